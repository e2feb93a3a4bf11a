//! What was met in a source: read, guessed, left out.

use std::collections::BTreeMap;

use serde::Serialize;

/// How many unknown columns are named.
const MOST_COLUMNS: usize = 100;

/// What was met in a source. Guesses and ticks are counted where they stand, in the draft.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// What the source is made of.
    pub read: BTreeMap<Construct, usize>,
    /// What has no place in a path and was left out.
    pub left_out: BTreeMap<LeftOut, usize>,
    /// Columns of tables whose heading means nothing known.
    pub columns: Vec<Column>,
    /// What became of the requirements; `settle` counts them.
    pub requirements: Requirements,
}

/// What became of the requirements of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Requirements {
    /// They name something in the source.
    pub found: usize,
    /// They are words, and are kept as text.
    pub text: usize,
    /// They would lead in a circle, and are kept as text.
    pub circular: usize,
}

impl Counts {
    /// Counts one thing that was read.
    pub fn read(&mut self, what: Construct) {
        *self.read.entry(what).or_default() += 1;
    }

    /// Counts one thing that was left out.
    pub fn leave_out(&mut self, what: LeftOut) {
        *self.left_out.entry(what).or_default() += 1;
    }

    /// Notes a column with an unknown heading, and the key that its cells went to.
    pub fn column(&mut self, name: &str, kept_in: Option<&'static str>) {
        // A source with more is no table for people.
        let is_full = self.columns.len() >= MOST_COLUMNS;
        match self.columns.iter_mut().find(|one| one.name == name && one.kept_in == kept_in) {
            Some(column) => column.tables += 1,
            None if is_full => {}
            None => self.columns.push(Column { name: name.to_owned(), kept_in, tables: 1 }),
        }
    }
}

/// A column of a table whose heading means nothing known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// The key that its cells were kept in; `None` if they were left out.
    pub kept_in: Option<&'static str>,
    /// In how many tables it stands.
    pub tables: usize,
}

/// What a source is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Construct {
    Headings,
    Tables,
    Rows,
    Tasks,
    Bullets,
    Links,
    Nodes,
    Edges,
    Courses,
    Exercises,
    Subjects,
    Cards,
}

/// What has no place in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOut {
    /// Prose.
    Paragraphs,
    /// Links to a place in the document itself.
    Anchors,
    /// Pictures.
    Images,
    /// Links that are neither http nor https.
    Links,
    /// HTML.
    Html,
    /// Code blocks.
    Code,
    /// Rows, entries or nodes without a title.
    Untitled,
    /// What is the same as something before it: title, section and address.
    Doubles,
    /// Nodes of a graph that are no subject: lines, buttons, decoration.
    Decoration,
    /// Edges of a graph that lead nowhere.
    Dangling,
    /// Exercises that their author has not finished, or has given up.
    Unfinished,
    /// Subjects that nothing in the source teaches.
    Untaught,
}
