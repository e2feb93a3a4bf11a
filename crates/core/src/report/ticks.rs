//! A list of what is done, which came from somewhere else: what each line of it names, and all of it
//! marked done in one change.

pub mod csv;
mod find;
pub mod list;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use milepost_path::{Item, Node, Ref};

use self::find::Finder;
pub use self::find::{By, Unclear, Why};
use self::list::{List, Tick};
use super::mark::{self, Part, Verb, outcome, within};
use super::{Answer, App, Candidate, Error, Result, texts};
use crate::catalog::Catalog;
use crate::model::learner::{Learner, progress_ref};
use crate::model::standing::{Standing, Status};
use crate::model::states::States;

/// More slips than these help nobody.
const MOST_SLIPS: usize = 20;

/// What is asked for.
#[derive(Debug, Default)]
pub struct Query {
    /// The name of the list, for messages.
    pub name: String,
    /// What it says.
    pub list: List,
    /// The day of the lines that name none; today without one.
    pub on: Option<NaiveDate>,
    /// Leave out the lines that are not clear.
    pub skip_unclear: bool,
    /// Record what the list comes to, which somebody has seen or does not want to see.
    pub yes: bool,
}

/// What a list came to, or would.
#[derive(Debug)]
pub struct Report {
    /// What each line names, in the order of the list.
    pub found: Vec<Found>,
    /// The lines that were left out.
    pub not_found: Vec<Unclear>,
    /// How many rows say that their item is not done.
    pub not_done: usize,
    /// What it changes.
    pub mark: mark::Report,
    /// For each change, its day and whether it is credited as known.
    pub details: Vec<(NaiveDate, bool)>,
}

/// What a line names.
#[derive(Debug)]
pub struct Found {
    /// The line.
    pub line: usize,
    /// By what it names it.
    pub by: By,
    /// What it names.
    pub node: Candidate,
    /// How many items of a topic, stage or path it marks; `None` for an item.
    pub items: Option<usize>,
}

/// Why nothing of a list is recorded.
#[derive(Debug)]
pub enum Refusal {
    /// Lines are not clear.
    Unclear {
        /// The name of the list.
        name: String,
        /// The lines.
        lines: Vec<Unclear>,
        /// How many ticks the list has.
        of: usize,
    },
    /// Nobody has agreed to record what it comes to.
    NeedsYes(Box<Report>),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        super::Refusal::Ticks(refusal).into()
    }
}

/// Marks what a list says is done: all of it or nothing.
///
/// # Errors
/// Lines are not clear, nobody has agreed yet, or the record cannot be read or written.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let followed = app.followed_ids()?;
    let ids: Vec<&str> = followed.iter().map(String::as_str).collect();
    let (clear, not_found) = clear(&query.list.ticks, app.catalog(), &ids);
    if !not_found.is_empty() && !query.skip_unclear {
        let (name, of) = (query.name.clone(), query.list.ticks.len());
        return Err(Refusal::Unclear { name, lines: not_found, of }.into());
    }
    let come_to = |states: &dyn States| {
        let view = Learner { shelf: app.catalog(), standing: states };
        let (parts, counts) = parts(&clear, query.on, &view);
        let request = mark::Query::new(Verb::Done, Vec::new());
        (outcome(&request, &parts, &followed, states, app), counts)
    };
    let mut store = app.store()?;
    let (outcome, counts) = if query.yes {
        let mut store = match store {
            Some(store) => store,
            None => app.store_to_write()?,
        };
        let writing = store.write(app.stamp)?;
        let (mut outcome, counts) = writing.reading().ask(come_to)?;
        mark::record(std::mem::take(&mut outcome.entries), writing, app)?;
        (outcome, counts)
    } else {
        match &mut store {
            Some(store) => store.read()?.ask(come_to)?,
            None => come_to(&Standing::default()),
        }
    };
    let found = clear.iter().zip(counts).map(|(one, items)| Found {
        line: one.tick.line,
        by: one.by,
        node: Candidate::new(&one.node),
        items,
    });
    let report = Report {
        found: found.collect(),
        not_found,
        not_done: query.list.not_done,
        mark: outcome.report,
        details: outcome.details,
    };
    if !query.yes && !report.mark.changed.is_empty() {
        return Err(Refusal::NeedsYes(Box::new(report)).into());
    }
    let mut answer = app.answer(report).hints(outcome.hints);
    // What was recorded before was told then.
    let has_changed = !answer.report.mark.changed.is_empty();
    let slips = clear.iter().filter(|_| has_changed).flat_map(|one| {
        texts::slips(&one.tick.remark.evidence, std::slice::from_ref(&one.node), app)
    });
    answer.warnings.extend(slips.take(MOST_SLIPS));
    Ok(answer)
}

/// A line that names one thing.
struct Clear<'a> {
    tick: Tick,
    node: Node<'a>,
    by: By,
}

/// The lines that name one thing, each thing once, and those that do not.
fn clear<'a>(
    ticks: &[Tick],
    catalog: &'a Catalog,
    followed: &[&str],
) -> (Vec<Clear<'a>>, Vec<Unclear>) {
    let mut finder = Finder::new(catalog, followed);
    let (mut clear, mut unclear): (Vec<Clear<'a>>, _) = (Vec::new(), Vec::new());
    let mut places: HashMap<Ref, usize> = HashMap::new();
    for tick in ticks {
        let found = finder.find(tick).and_then(|(node, by)| {
            let place = place(&node, catalog);
            let Some(before) = places.get(&place).and_then(|at| clear.get_mut(*at)) else {
                places.insert(place, clear.len());
                clear.push(Clear { tick: tick.clone(), node, by });
                return Ok(());
            };
            before.add(tick).ok_or_else(|| Why::Twice(Candidate::new(&node), before.tick.line))
        });
        if let Err(why) = found {
            unclear.push(Unclear { line: tick.line, name: tick.name.clone(), why });
        }
    }
    (clear, unclear)
}

fn place(node: &Node<'_>, catalog: &Catalog) -> Ref {
    match node {
        Node::Item(item) => progress_ref(catalog, item),
        node => node.reference(),
    }
}

impl Clear<'_> {
    /// Takes in what another line says about the same; `None` if it says something else.
    fn add(&mut self, other: &Tick) -> Option<()> {
        let (own, other_note) = (&mut self.tick, &other.remark.note);
        let is_same = own.on == other.on && own.known == other.known;
        let fits =
            own.remark.note.is_none() || other_note.is_none() || own.remark.note == *other_note;
        (is_same && fits).then(|| {
            own.remark.note = own.remark.note.take().or_else(|| other_note.clone());
            own.remark.evidence.extend(other.remark.evidence.iter().cloned());
        })
    }
}

/// What is marked by each line, and of each line that names more than an item, how many items it marks.
/// An item that has a line of its own is marked by that alone, and one of a topic by the line of the topic
/// rather than by that of the stage.
fn parts<'a>(
    clear: &[Clear<'a>],
    on: Option<NaiveDate>,
    view: &Learner<'_>,
) -> (Vec<Part<'a>>, Vec<Option<usize>>) {
    let mut order: Vec<usize> = (0..clear.len()).collect();
    milepost_path::sort::by_key(&mut order, |at| clear.get(*at).map(|one| size(&one.node)));
    let mut counts: Vec<Option<usize>> = vec![None; clear.len()];
    let mut taken: HashSet<Ref> = HashSet::new();
    let mut parts = Vec::with_capacity(clear.len());
    for at in order {
        let Some(Clear { tick, node, .. }) = clear.get(at) else { continue };
        let is_new = |item: &Item<'a>| taken.insert(progress_ref(view.shelf, item));
        let items: Vec<Item<'a>> = match node {
            Node::Item(item) => [*item].into_iter().filter(is_new).collect(),
            node => {
                let within = within(node, Some(Status::Done), view);
                within.into_iter().filter(is_new).collect()
            }
        };
        if !matches!(node, Node::Item(_))
            && let Some(count) = counts.get_mut(at)
        {
            *count = Some(items.len());
        }
        // What is done already is credited only where the line says so.
        let is_done = |item: &Item<'_>| view.status(item) == Status::Done;
        let known = tick.known.unwrap_or(!items.first().is_some_and(is_done));
        parts.push(Part { items, known, on: tick.on.or(on), remark: tick.remark.clone() });
    }
    (parts, counts)
}

/// What is smaller goes first.
fn size(node: &Node<'_>) -> u8 {
    match node {
        Node::Item(_) => 0,
        Node::Topic(..) => 1,
        Node::Stage(..) => 2,
        Node::Path(_) => 3,
    }
}

#[cfg(test)]
mod tests;
