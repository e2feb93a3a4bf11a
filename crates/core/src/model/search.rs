//! Full text search over paths, the glossary and the learner's notes.
//!
//! Every word of the query must begin a word of the entry or be another number of it, whatever the case and the
//! accents. An entry scores by where the words are found: in the title most, in a tag less, in what describes it
//! least; whole words more than others. Equal scores keep the order of the files.

mod wanted;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use milepost_path::near::nearest;
use milepost_path::{Item, ItemBody, Node, NodeKind, PathQuestion, Ref, Roadmap, Term, sort};

use self::wanted::Wanted;
use super::form;
use super::former::Former;
use super::learner::{Learner, gated_nodes};
use super::standing::Dated;

const IN_TITLE: f64 = 10.0;
const IN_ID: f64 = 6.0;
const IN_TAG: f64 = 6.0;
const IN_NOTE: f64 = 5.0;
const IN_TEXT: f64 = 2.0;
/// How many characters of a text are shown before the word that was found, and from it on.
const BEFORE: usize = 28;
const AFTER: usize = 132;

/// What was found.
#[derive(Debug, Clone)]
pub struct Hit<'a> {
    /// The node, question or term.
    pub what: Found<'a>,
    /// The higher, the better.
    pub score: f64,
    /// An excerpt of the text in which the first word was found, other than the title; of a term,
    /// what it means.
    pub snippet: Option<String>,
}

/// The kinds of entries that a search finds.
#[derive(Debug, Clone, Copy)]
pub enum Found<'a> {
    /// A path, stage, topic or item.
    Node(Node<'a>),
    /// An interview question.
    Question(PathQuestion<'a>),
    /// A term of the glossary.
    Term(&'a Term),
    /// Something in the record that no path has any more.
    Former(&'a Former),
}

impl<'a> Found<'a> {
    /// Its reference.
    pub(crate) fn reference(&self) -> Ref {
        match self {
            Self::Node(node) => node.reference(),
            Self::Question(asked) => asked.reference(),
            Self::Term(term) => Ref::term(&term.id),
            Self::Former(former) => former.reference.clone(),
        }
    }

    /// The word for its kind.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Node(node) => node.kind().as_str(),
            Self::Question(_) => "question",
            Self::Term(_) => "term",
            Self::Former(former) => former.kind().map_or("item", NodeKind::as_str),
        }
    }

    /// Its title; a question's is the question.
    pub fn title(&self) -> &'a str {
        match self {
            Self::Node(node) => node.title(),
            Self::Question(asked) => &asked.question.ask,
            Self::Term(term) => &term.title,
            Self::Former(former) => &former.title,
        }
    }

    /// The item that it is.
    pub(crate) fn item(&self) -> Option<&Item<'a>> {
        match self {
            Self::Node(Node::Item(item)) => Some(item),
            _ => None,
        }
    }

    /// Its page: of a topic or an item, or of the source of the term.
    pub(crate) fn url(&self) -> Option<&'a str> {
        match self {
            Self::Node(node) => node.url(),
            Self::Term(term) => term.url.as_deref(),
            _ => None,
        }
    }
}

struct Field<'a> {
    text: &'a str,
    folded: Cow<'a, str>,
    weight: f64,
}

impl<'a> Field<'a> {
    fn new(text: &'a str, weight: f64) -> Self {
        Self { text, folded: form::folded(text), weight }
    }

    /// How well the word of the text fits that fits best.
    fn best(&self, wanted: &Wanted) -> f64 {
        in_words(&self.folded).map(|word| wanted.fits(word)).fold(0.0, f64::max)
    }
}

/// Where words are searched.
pub struct Places<'a, 'v> {
    /// What is recorded of the entries.
    pub view: &'v Learner<'v>,
    /// The paths.
    pub paths: &'v [&'a Roadmap],
    /// The glossary.
    pub terms: &'a [Term],
    /// What is recorded but in no path.
    pub formers: &'a [Former],
    /// Whether the learner's notes are searched, too.
    pub notes: bool,
}

/// Finds entries in which every word of the query occurs, the best first.
pub fn search<'a>(places: &Places<'a, '_>, query: &str) -> Vec<Hit<'a>> {
    let words = asked(query);
    if words.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<Hit<'a>> =
        places.entries().filter_map(|found| hit(places, found, &words)).collect();
    // Stable, so that equal scores keep their order.
    sort::by(&mut hits, |a, b| b.score.total_cmp(&a.score));
    hits
}

/// The first word of a query that no entry has, with the word of a title, an id or a tag that is most like
/// it.
pub(crate) fn unknown(places: &Places<'_, '_>, query: &str) -> Option<(String, Option<String>)> {
    let mut words = asked(query);
    let mut names = BTreeSet::new();
    for found in places.entries() {
        for field in fields(places, found, &found.reference()) {
            words.retain(|wanted| field.best(wanted) == 0.0);
            if field.weight >= IN_TAG {
                names.extend(in_words(&field.folded).map(str::to_lowercase));
            }
        }
        if words.is_empty() {
            return None;
        }
    }
    let word = words.first()?.word();
    let near = nearest(word, names.iter().map(String::as_str));
    Some((word.to_owned(), near.map(str::to_owned)))
}

/// The words of a query. A word that is asked for twice adds nothing, and a pasted text has thousands of
/// them.
fn asked(query: &str) -> Vec<Wanted> {
    let query = form::folded(query).to_lowercase();
    let mut asked = HashSet::new();
    in_words(&query).filter(|word| asked.insert(*word)).map(Wanted::new).collect()
}

impl<'a> Places<'a, '_> {
    fn entries(&self) -> impl Iterator<Item = Found<'a>> {
        let of_paths = self.paths.iter().flat_map(|roadmap| {
            let stages = roadmap.stages.iter().map(|stage| Node::Stage(roadmap, stage));
            let topics = gated_nodes(roadmap).filter(|node| node.kind() == NodeKind::Topic);
            let items = roadmap.items().filter(|item| self.view.is_shown(item)).map(Node::Item);
            let nodes =
                std::iter::once(Node::Path(roadmap)).chain(stages).chain(topics).chain(items);
            nodes.map(Found::Node).chain(roadmap.questions().map(Found::Question))
        });
        let terms = self.terms.iter().map(Found::Term);
        of_paths.chain(terms).chain(self.formers.iter().map(Found::Former))
    }
}

/// The texts of an entry: its title and its id first.
fn fields<'f, 'a: 'f>(
    places: &Places<'a, 'f>,
    found: Found<'a>,
    reference: &'f Ref,
) -> Vec<Field<'f>> {
    let id = match found {
        // Its reference has the word for its kind, too.
        Found::Question(asked) => &asked.question.id,
        _ => reference.id().unwrap_or(reference.path()),
    };
    let mut fields = vec![Field::new(found.title(), IN_TITLE), Field::new(id, IN_ID)];
    let mut text = |text: Option<&'f str>| {
        fields.extend(text.map(|text| Field::new(text, IN_TEXT)));
    };
    let mut said: Vec<&'f Dated> = Vec::new();
    match found {
        Found::Question(asked) => {
            text(asked.question.look_for.as_deref());
            text(asked.question.about.as_deref());
            text(Some(&asked.topic.title));
        }
        Found::Term(term) => {
            text(Some(&term.meaning));
            text(term.source.as_deref());
        }
        Found::Former(former) => {
            former.criteria().iter().for_each(|one| text(Some(one)));
            let notes = former.state.notes.iter().filter(|_| places.notes);
            said = notes.chain(&former.state.evidence).collect();
        }
        Found::Node(node) => {
            text(node.summary());
            text(node.about());
            node.links().iter().for_each(|link| text(Some(&link.title)));
            if let Node::Item(item) = node {
                text(item.topic.map(|topic| topic.title.as_str()));
                if let Some(resource) = item.resource() {
                    text(resource.by.as_deref());
                    text(Some(resource.kind.as_str()));
                    text(resource.part.as_deref());
                }
                if let ItemBody::Skill(skill) = item.what {
                    text(skill.can.as_deref());
                }
                for criterion in item.milestone().into_iter().flat_map(|m| &m.criteria) {
                    text(Some(&criterion.text));
                }
            }
            fields.extend(node.tags().iter().map(|tag| Field::new(tag, IN_TAG)));
            said = if places.notes { places.view.notes_on(&node) } else { Vec::new() };
            said.extend(places.view.evidence_for(&node));
        }
    }
    fields.extend(said.into_iter().map(|said| Field::new(&said.text, IN_NOTE)));
    fields
}

fn hit<'a>(places: &Places<'a, '_>, found: Found<'a>, query: &[Wanted]) -> Option<Hit<'a>> {
    let reference = found.reference();
    let fields = fields(places, found, &reference);
    let mut score = 0.0;
    let mut snippet = None;
    for wanted in query {
        let mut best = 0.0;
        for (position, field) in fields.iter().enumerate() {
            let points = field.weight * field.best(wanted);
            if points > best {
                best = points;
            }
            if points > 0.0 && position > 1 && snippet.is_none() {
                snippet = Some(excerpt(field.text, wanted));
            }
        }
        if best == 0.0 {
            return None;
        }
        score += best;
    }
    if let Found::Term(term) = found {
        snippet = Some(term.meaning.clone());
    }
    Some(Hit { what: found, score, snippet })
}

/// The part of a text around the first word that fits the one searched.
fn excerpt(text: &str, wanted: &Wanted) -> String {
    let (mut folded, mut places) = (String::new(), Vec::new());
    form::fold(text, |at, c| {
        folded.push(c);
        places.resize(folded.len(), at);
    });
    let found = in_words(&folded).find(|word| wanted.fits(word) > 0.0);
    let found = found.map_or(0, |word| word.as_ptr().addr() - folded.as_ptr().addr());
    let at = places.get(found).copied().unwrap_or(0);
    let (before, after) = text.split_at_checked(at).unwrap_or(("", text));
    let left = before.char_indices().rev().take(BEFORE).last().map_or(0, |(start, _)| start);
    let right = after.char_indices().nth(AFTER).map_or(text.len(), |(end, _)| at + end);
    // Words stay whole, unless one is longer than the excerpt.
    let start = match text.get(left..at).and_then(|part| part.find(char::is_whitespace)) {
        Some(gap) if left > 0 => left + gap,
        _ => left,
    };
    let end = match text.get(at..right).and_then(|part| part.rfind(char::is_whitespace)) {
        Some(gap) if right < text.len() => at + gap,
        _ => right,
    };
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    let part = text.get(start..end).unwrap_or(text).trim();
    format!("{}{part}{}", cut(start > 0), cut(end < text.len()))
}

fn in_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests;
