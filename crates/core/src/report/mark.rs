//! Marking items, which `done`, `doing`, `skip` and `todo` have in common, and saying something about
//! them: from references to one transaction, and what it changed.

mod finish;
mod outcome;

use chrono::NaiveDate;
use milepost_path::{Item, Node, NodeKind, Ref};

pub use self::finish::{Finished, Later, Studied, Titled, Unshown, Waiting};
use self::finish::{Lessons, Request};
pub(crate) use self::outcome::not_followed;
pub(super) use self::outcome::{Outcome, Part, outcome};
use super::change::Changed;
use super::{Answer, App, Candidate, Error, Result, references, remark, texts};
use crate::model::counting;
use crate::model::event::{Annotation, NewEvent};
use crate::model::learner::Learner;
use crate::model::marking::Correction;
use crate::model::progress::Count;
use crate::model::standing::{ItemState, Standing, Status};
use crate::model::states::{After, States};
use crate::store::{Reading, Store, Writing};

/// What is done to items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// They are done.
    Done,
    /// They are in progress.
    Doing,
    /// They are left out.
    Skip,
    /// They are open again.
    Todo,
    /// Something is said about them.
    Note,
}

impl Verb {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Doing => "doing",
            Self::Skip => "skip",
            Self::Todo => "todo",
            Self::Note => "note",
        }
    }

    /// The status that it gives; `None` if something is only said.
    pub fn status(self) -> Option<Status> {
        match self {
            Self::Done => Some(Status::Done),
            Self::Doing => Some(Status::Doing),
            Self::Skip => Some(Status::Skipped),
            Self::Todo => Some(Status::Todo),
            Self::Note => None,
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Query {
    /// What is done.
    pub verb: Verb,
    /// The items, or the topics, stages and paths whose items are meant.
    pub refs: Vec<String>,
    /// Whether the items are credited as already known.
    pub known: bool,
    /// What is said about them.
    pub remark: Annotation,
    /// Whether the learner meant evidence that leads nowhere.
    pub is_meant: bool,
    /// The day on which it was; today where none is named.
    pub on: Option<NaiveDate>,
    /// Whether all items of topics, stages and paths are meant.
    pub yes: bool,
    /// The topics, stages and paths of which the learner agreed to mark all items.
    pub agreed: Vec<Ref>,
    /// Whether the skills that a resource leaves studied are done with it.
    pub with_skills: bool,
    /// Which of the studied skills are true of the learner; `None` if nobody was asked.
    pub skills: Option<Vec<Ref>>,
    /// What shows a milestone; `None` if nobody was asked.
    pub shown: Option<Vec<String>>,
    /// Whether it is only told what would change.
    pub dry_run: bool,
}

impl Query {
    /// A request that says nothing besides, for today.
    pub fn new(verb: Verb, refs: Vec<String>) -> Self {
        Self {
            verb,
            refs,
            known: false,
            remark: Annotation::default(),
            is_meant: false,
            on: None,
            yes: false,
            agreed: Vec::new(),
            with_skills: false,
            skills: None,
            shown: None,
            dry_run: false,
        }
    }
}

/// What is asked about a mark before it is made.
#[derive(Debug, Default)]
pub struct Questions {
    /// The skills that become studied by it: which of them are true?
    pub skills: Vec<Studied>,
    /// The criteria of the milestone that is finished by it, where nothing shows it yet: what does?
    pub criteria: Option<Vec<String>>,
}

/// What a mark changed.
#[derive(Debug)]
pub struct Report {
    /// What was asked for.
    pub verb: Verb,
    /// Whether a day was named.
    pub is_dated: bool,
    /// What changed.
    pub changed: Vec<Changed>,
    /// What was corrected by each change, where the status stayed.
    pub corrected: Vec<Option<Correction>>,
    /// What was so already, with its state.
    pub unchanged: Vec<(Ref, ItemState)>,
    /// What became ready by it.
    pub unlocked: Vec<Candidate>,
    /// How far the topic of a single changed item is by it.
    pub topic: Option<TopicCount>,
    /// A path whose percentage fell by it.
    pub fallen: Option<Fallen>,
    /// What `done` tells besides.
    pub finished: Option<Finished>,
}

/// How far a topic is, counted in what the mark was about.
#[derive(Debug)]
pub struct TopicCount {
    /// The title of the topic.
    pub title: String,
    /// Skills or resources.
    pub of: NodeKind,
    /// How many there are.
    pub count: Count,
}

/// That the percentage of a path fell, though something was done: the larger of the topics of which
/// one is enough was begun.
#[derive(Debug)]
pub struct Fallen {
    /// The id of the path.
    pub path: String,
    /// The title of the stage in which there is the choice.
    pub stage: String,
    /// The percentage before and now.
    pub percent: [f64; 2],
}

/// Why nothing is marked.
#[derive(Debug)]
pub enum Refusal {
    /// Nothing is named.
    NoneNamed(Verb),
    /// A topic, stage or path has several items to mark, and nobody agreed to that.
    NeedsYes {
        /// What is done to them.
        verb: Verb,
        /// The topic, stage or path.
        of: Candidate,
        /// How many they are.
        count: usize,
        /// Whether all of them are resources; else they are goals.
        are_resources: bool,
    },
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        super::Refusal::Mark(refusal).into()
    }
}

/// What is to be asked about a mark before it is made.
///
/// # Errors
/// As [`report`], but for what concerns writing.
pub fn questions(query: &Query, app: &App) -> Result<Questions> {
    let mut store = app.store()?;
    let nodes = nodes(query, store.as_mut(), app)?;
    let ask = |states: &dyn States| {
        let view = Learner { shelf: app.catalog(), standing: states };
        let items = items(query, &nodes, &view);
        let part = part(query, &query.remark, items);
        let decision = part.decide(query.verb, &view);
        let on = query.on.unwrap_or(app.today());
        let after = After::new(states, &decision.entries, on);
        let after = Learner { standing: &after, ..view };
        let mut questions = Questions::default();
        if !query.with_skills {
            let lessons = Lessons::of(&part.items, &view, &after, app.today());
            questions.skills =
                lessons.studied.iter().map(|one| Studied::new(one, &after)).collect();
        }
        let request = Request { query, parts: std::slice::from_ref(&part) };
        if let Some(Unshown::One(_, criteria)) = request.unshown(&decision, &view) {
            questions.criteria = Some(criteria);
        }
        questions
    };
    match &mut store {
        Some(store) => Ok(store.read()?.ask(ask)?),
        None => Ok(ask(&Standing::default())),
    }
}

/// Marks items, or says something about them: all of it or nothing.
///
/// # Errors
/// A reference is unknown or unclear, something has to be agreed to, what is said cannot be said, or the
/// record cannot be read or written.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let mut said = remark::remark(query.remark.note.as_deref(), &query.remark.evidence)?;
    let given = said.evidence.clone();
    said.evidence
        .extend(remark::remark(None, query.shown.as_deref().unwrap_or_default())?.evidence);
    let mut store = app.store()?;
    let nodes = nodes(query, store.as_mut(), app)?;
    let come_to = |states: &dyn States, followed: &[String]| {
        let view = Learner { shelf: app.catalog(), standing: states };
        let part = part(query, &said, items(query, &nodes, &view));
        outcome(query, &[part], followed, states, app)
    };
    let of = |reading: &Reading<'_>| -> Result<Outcome> {
        let followed = reading.followed_ids()?;
        Ok(reading.ask(|states| come_to(states, &followed))?)
    };
    let outcome = match (store, query.dry_run) {
        (Some(mut store), true) => of(&store.read()?)?,
        // There is no record yet, and none is made.
        (None, true) => come_to(&Standing::default(), &[]),
        (store, false) => {
            let mut store = store.map_or_else(|| app.store_to_write(), Ok)?;
            let writing = store.write(app.stamp)?;
            let mut outcome = of(writing.reading())?;
            record(std::mem::take(&mut outcome.entries), writing, app)?;
            outcome
        }
    };
    let mut answer = app.answer(outcome.report).hints(outcome.hints);
    if !query.is_meant {
        answer.warnings.extend(texts::slips(&given, &nodes, app));
    }
    Ok(answer)
}

/// Records what marks come to, in one transaction; nothing is written where they change nothing.
///
/// # Errors
/// The record cannot be written.
pub(super) fn record(
    entries: Vec<(NewEvent, NaiveDate)>,
    mut writing: Writing<'_>,
    app: &App,
) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    for (entry, on) in entries {
        writing.append(entry, on)?;
    }
    app.commit(writing)
}

/// The items of a request, with what is said of them.
fn part<'a>(query: &Query, remark: &Annotation, items: Vec<Item<'a>>) -> Part<'a> {
    Part { items, known: query.known, on: query.on, remark: remark.clone() }
}

/// The nodes that are named, once all that is open about them is settled.
fn nodes<'a>(query: &Query, store: Option<&mut Store>, app: &'a App) -> Result<Vec<Node<'a>>> {
    let reading = store.map(Store::read).transpose()?;
    if query.refs.is_empty() {
        return Err(Refusal::NoneNamed(query.verb).into());
    }
    let followed = match &reading {
        Some(reading) => reading.followed_ids()?,
        None => Vec::new(),
    };
    let followed: Vec<&str> = followed.iter().map(String::as_str).collect();
    let nodes = match (references::nodes(&query.refs, &followed, app), &reading) {
        (Err(Error::Refused(why)), Some(reading)) => {
            let standing = reading.standing()?;
            return Err(references::no_longer_there(&query.refs, *why, &standing, app).into());
        }
        (nodes, _) => nodes?,
    };
    let is_settled = |node: &&Node<'_>| {
        query.yes || matches!(node, Node::Item(_)) || query.agreed.contains(&node.reference())
    };
    let open: Vec<&Node<'a>> = nodes.iter().filter(|node| !is_settled(node)).collect();
    // Only who names a whole topic without a yes needs a look at what is in it.
    if open.is_empty() {
        return Ok(nodes);
    }
    let needs_yes = |states: &dyn States| {
        let view = Learner { shelf: app.catalog(), standing: states };
        open.iter().find_map(|node| {
            let items = within(node, query.verb.status(), &view);
            let are_resources = items.iter().all(|item| item.resource().is_some());
            (items.len() > 1).then(|| Refusal::NeedsYes {
                verb: query.verb,
                of: Candidate::new(node),
                count: items.len(),
                are_resources,
            })
        })
    };
    let refusal = match &reading {
        Some(reading) => reading.ask(needs_yes)?,
        None => needs_yes(&Standing::default()),
    };
    refusal.map_or(Ok(nodes), |refusal| Err(refusal.into()))
}

/// The items that are meant: an item itself; of a topic, stage or path those within it.
fn items<'a>(query: &Query, nodes: &[Node<'a>], view: &Learner<'_>) -> Vec<Item<'a>> {
    let of = |node: &Node<'a>| match node {
        Node::Item(item) => vec![*item],
        node => within(node, query.verb.status(), view),
    };
    nodes.iter().flat_map(of).collect()
}

/// The items of a topic, stage or path that a mark of it is for.
pub(super) fn within<'a>(
    node: &Node<'a>,
    status: Option<Status>,
    view: &Learner<'_>,
) -> Vec<Item<'a>> {
    let mut items = match status {
        // Of what leaves a choice, all is given up or taken back, but only so many are done.
        Some(Status::Skipped | Status::Todo) => {
            let mut items = node.items();
            items.retain(Item::is_goal);
            items
        }
        _ => counting::goals(view, node),
    };
    items.retain(|item| match status {
        Some(Status::Todo) => view.status(item) != Status::Todo,
        Some(Status::Doing) => view.status(item) == Status::Todo,
        _ => view.is_open(item),
    });
    items
}

#[cfg(test)]
mod tests;
