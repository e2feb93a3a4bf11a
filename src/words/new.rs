//! A path that is made from something else: what it became, what was guessed, what was left out, and why
//! nothing was made.

use std::collections::BTreeMap;

use milepost_author::counts::{Column, Construct, Counts, LeftOut};
use milepost_author::guess::Guessed;
use milepost_author::made::{Made, MakeError, Size};
use milepost_author::read::{Kind, Many, ReadError};
use milepost_author::update::{Entry, Update};
use milepost_path::safe;
use serde::Serialize;

use crate::error::{Code, Error};
use crate::text::quantity;

/// What `new` answers, as JSON.
#[derive(Debug, Serialize)]
pub struct Report<'m> {
    id: &'m str,
    /// The file that was written.
    file: Option<String>,
    from: Option<From<'m>>,
    size: Size,
    read: &'m BTreeMap<Construct, usize>,
    guessed: &'m BTreeMap<Guessed, usize>,
    requirements: Requirements,
    columns: &'m [Column],
    left_out: &'m BTreeMap<LeftOut, usize>,
    ticks: Ticks,
    /// What an update changed.
    update: Option<&'m Update>,
    /// What `check` warns of.
    warnings: usize,
    /// The path, where it is in no file.
    text: Option<&'m str>,
}

#[derive(Debug, Serialize)]
struct From<'m> {
    name: &'m str,
    kind: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Requirements {
    found: usize,
    text: usize,
    circular: usize,
}

#[derive(Debug, Serialize)]
struct Ticks {
    found: usize,
    file: Option<String>,
}

/// What a path was made from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'m> {
    /// The name of the file, or the id of the path; `None` where it was begun.
    pub name: Option<&'m str>,
    /// What kind of document it is; `None` if it is a path.
    pub kind: Option<Kind>,
}

/// What was written.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// The file with the path.
    pub file: Option<String>,
    /// The file with what is ticked.
    pub ticks: Option<String>,
}

impl<'m> Report<'m> {
    /// What `new` answers.
    pub(crate) fn new(made: &'m Made, id: &'m str, origin: Origin<'m>, written: &Written) -> Self {
        let Counts { read, left_out, columns, requirements } = &made.counts;
        Self {
            id,
            file: written.file.clone(),
            from: origin.name.map(|name| From { name, kind: origin.kind.map(Kind::as_str) }),
            size: made.size,
            read,
            guessed: &made.guessed,
            requirements: Requirements {
                found: requirements.found,
                text: requirements.text,
                circular: requirements.circular,
            },
            columns,
            left_out,
            ticks: Ticks { found: made.ticks.len(), file: written.ticks.clone() },
            update: made.update.as_ref(),
            warnings: made.warnings,
            text: written.file.is_none().then_some(made.text.as_str()),
        }
    }
}

/// What is said of a path that was made, a line each.
pub(crate) fn lines(made: &Made, origin: Origin<'_>) -> Vec<String> {
    let became = quantity::list(&sizes(made.size));
    let Some(name) = origin.name else {
        return Vec::new();
    };
    let name = safe::short(name, 200);
    if origin.kind.is_none() {
        return vec![format!("copied {name}: {became}")];
    }
    let counts = &made.counts;
    let read = counted(&counts.read, construct);
    let mut lines = vec![match read.as_slice() {
        [] => format!("read {name} -> {became}"),
        read => format!("read {name}: {} -> {became}", read.join(", ")),
    }];
    if !made.guessed.is_empty() {
        let guessed = made.guessed.iter();
        let guessed =
            guessed.map(|(what, n)| format!("{} {}", what.as_str(), quantity::thousands(*n)));
        let guessed: Vec<String> = guessed.collect();
        lines.push(format!("guessed, each with a comment: {}", guessed.join(", ")));
    }
    lines.extend(requirements(counts));
    let columns = counts.columns.iter().map(column);
    let columns: Vec<String> = columns.collect();
    if !columns.is_empty() {
        lines.push(format!("unknown columns: {}", columns.join(", ")));
    }
    let left_out = counted(&counts.left_out, left_out);
    if !left_out.is_empty() {
        lines.push(format!("left out: {}", left_out.join(", ")));
    }
    lines.extend(made.update.iter().flat_map(update));
    lines
}

/// How many things that an update changed are named; the JSON has all of them.
const MOST_NAMED: usize = 10;

fn update(update: &Update) -> Vec<String> {
    let mut lines = Vec::new();
    let mut tell = |what: &str, all: Vec<String>| {
        if !all.is_empty() {
            let more = all.len().saturating_sub(MOST_NAMED);
            let named = all.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            lines.push(format!("{what}, {}: {named}{more}", quantity::thousands(all.len())));
        }
    };
    let entry = |entry: &Entry| format!("{} \"{}\"", entry.id, safe::short(&entry.title, 60));
    tell("added", update.added.iter().map(entry).collect());
    let changed = update.changed.iter();
    tell("changed", changed.map(|one| format!("{} ({})", one.id, one.keys.join(", "))).collect());
    tell("retired (no longer in the source)", update.retired.iter().map(entry).collect());
    let switched = update.switched.iter();
    let switched = switched.map(|one| format!("{} -> {}", one.from, one.to));
    tell("now a different kind of item (the record goes with it)", switched.collect());
    let conflicts = update.conflicts.iter().map(|one| {
        let says = one.source.as_deref().map_or("nothing".to_owned(), |says| safe::short(says, 80));
        format!("{} {}: the source says {says}", one.id, one.key)
    });
    tell("changed in the source and by you (your edit stays)", conflicts.collect());
    lines
}

fn requirements(counts: &Counts) -> Option<String> {
    let of = counts.requirements;
    let all = of.found + of.text + of.circular;
    if all == 0 {
        return None;
    }
    let mut parts = vec![format!("{} found", quantity::thousands(of.found))];
    if of.text > 0 {
        parts.push(format!("{} kept as text (\"Needs: ...\")", quantity::thousands(of.text)));
    }
    if of.circular > 0 {
        let circular = quantity::thousands(of.circular);
        parts.push(format!("{circular} kept as text, because they form a circle"));
    }
    Some(format!("{}: {}", quantity::count(all, "requirement"), parts.join(", ")))
}

fn column(column: &Column) -> String {
    let name = safe::short(&column.name, 60);
    let became = match column.kept_in {
        Some(key) => format!("\"{name}\" -> {key}"),
        None => format!("\"{name}\" left out"),
    };
    if column.tables > 1 { format!("{became} ({} tables)", column.tables) } else { became }
}

fn sizes(size: Size) -> Vec<String> {
    let all = [
        (size.stages, "stage"),
        (size.topics, "topic"),
        (size.skills, "skill"),
        (size.resources, "resource"),
        (size.milestones, "milestone"),
        (size.questions, "question"),
    ];
    let there = all.into_iter().filter(|(n, _)| *n > 0);
    there.map(|(n, noun)| quantity::count(n, noun)).collect()
}

fn counted<T: Copy + Ord>(
    counts: &BTreeMap<T, usize>,
    words: fn(T) -> (&'static str, &'static str),
) -> Vec<String> {
    let counted = |(what, n): (&T, &usize)| {
        let (noun, which) = words(*what);
        format!("{}{which}", quantity::count(*n, noun))
    };
    counts.iter().map(counted).collect()
}

/// A noun, and what stands behind it.
fn construct(what: Construct) -> (&'static str, &'static str) {
    match what {
        Construct::Headings => ("heading", ""),
        Construct::Tables => ("table", ""),
        Construct::Rows => ("row", ""),
        Construct::Tasks => ("task", ""),
        Construct::Bullets => ("bullet", ""),
        Construct::Links => ("link", ""),
        Construct::Nodes => ("node", ""),
        Construct::Edges => ("edge", ""),
        Construct::Courses => ("course", ""),
        Construct::Exercises => ("exercise", ""),
        Construct::Subjects => ("subject", ""),
        Construct::Cards => ("card", ""),
    }
}

fn left_out(what: LeftOut) -> (&'static str, &'static str) {
    match what {
        LeftOut::Paragraphs => ("paragraph", ""),
        LeftOut::Anchors => ("anchor", ""),
        LeftOut::Images => ("image", ""),
        LeftOut::Links => ("link", " (neither http nor https)"),
        LeftOut::Html => ("HTML tag", ""),
        LeftOut::Code => ("code block", ""),
        LeftOut::Untitled => ("entry", " without a title"),
        LeftOut::Doubles => ("double", ""),
        LeftOut::Decoration => ("decorative node", ""),
        LeftOut::Dangling => ("edge", " that leads nowhere"),
        LeftOut::Unfinished => ("unfinished exercise", ""),
        LeftOut::Untaught => ("subject", " that nothing teaches"),
    }
}

/// Why no path was made of a source with this name.
pub(crate) fn unmade(name: &str, why: &MakeError) -> Error {
    let invalid = |message: String| Error::new(Code::InvalidFile, message);
    match why {
        MakeError::Source(why) => unreadable(name, why),
        MakeError::Invalid(wrong) => invalid(format!(
            "{name} would become a path with an error: {}",
            safe::short(&wrong.message, 300)
        ))
        .hint("`milepost check FILE` says what is wrong with a path file"),
        MakeError::File(wrong) => invalid(format!(
            "the file to update has an error: {}",
            safe::short(&wrong.message, 300)
        ))
        .hint("correct it first: `milepost check FILE` shows where it is"),
        MakeError::OtherId(id) => Error::new(
            Code::Refused,
            format!("the file to update is the path `{}`", safe::short(id, 80)),
        )
        .hint("give that id to `milepost new`, or name another file"),
    }
}

/// The kinds of sources, for a hint.
fn kinds() -> String {
    Kind::ALL.map(|kind| format!("`{}`", kind.as_str())).join(", ")
}

fn unreadable(name: &str, why: &ReadError) -> Error {
    let invalid = |message: String| Error::new(Code::InvalidFile, message);
    match why {
        ReadError::TooLarge => invalid(format!("{name} has more than 16 MiB"))
            .hint("split it, and make a path from each part"),
        ReadError::NotText { at } => {
            invalid(format!("{name} is not UTF-8 at byte {at}")).hint("save it as UTF-8")
        }
        ReadError::TooMany { what, most } => {
            let most = quantity::thousands(*most);
            invalid(format!("{name} has more than {most} {}, too many for a path", many(*what)))
                .hint("put the part that you want to study into a file of its own")
        }
        ReadError::Nothing => invalid(format!("{name} has nothing that a path can be made of"))
            .hint(
                "a path is made of headings with lists or tables, rows, cards, nodes or exercises",
            )
            .hint("if milepost read it as the wrong kind of document, pass `--as KIND`"),
        ReadError::Unknown => {
            Error::usage(format!("it is not clear what kind of document {name} is"))
                .hint(format!("add `--as KIND`: {}", kinds()))
        }
        ReadError::Syntax { line, column, message } => {
            let place = match column {
                0 => format!("{name}:{line}"),
                column => format!("{name}:{line}:{column}"),
            };
            invalid(format!("{place}: {}", safe::short(message, 300)))
                .hint("correct it there, or pass `--as KIND` if it is another kind of file")
        }
        ReadError::Missing { key } => invalid(format!("{name} has no `{key}`"))
            .hint(format!("if it is another kind of file, pass `--as KIND`: {}", kinds())),
    }
}

fn many(what: Many) -> &'static str {
    match what {
        Many::Stages => "stages",
        Many::Items => "items",
        Many::Links => "links",
        Many::Marks => "links, cells and other marks",
        Many::Rows => "rows",
        Many::Nodes => "nodes",
        Many::Edges => "edges",
        Many::Levels => "levels",
        Many::Bytes => "bytes",
    }
}
