//! Adds a note or evidence to something, or removes one.

use chrono::NaiveDate;
use milepost_path::{Node, NodeKind, Ref};

use super::change::{Changed, Changes, State};
use super::{Answer, App, Error, Hint, Result, mark, references, remark, texts};
use crate::catalog::reference::{Lookup, look_up};
use crate::model::annotations::Kind;
use crate::model::event::{Annotation, EventKind, NewEvent};
use crate::model::learner::Learner;
use crate::model::standing::{Status, SubjectState};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query {
    /// What it is about.
    pub reference: String,
    /// What is said of it.
    pub what: What,
}

/// What is said of something.
#[derive(Debug, Clone)]
pub enum What {
    /// A note and evidence.
    Add {
        /// The note and the evidence.
        remark: Annotation,
        /// Whether the learner meant evidence that leads nowhere.
        is_meant: bool,
        /// The day that it is for; today without one.
        on: Option<NaiveDate>,
    },
    /// The text with this number is removed.
    Remove(usize),
}

/// What was said.
#[derive(Debug)]
pub enum Report {
    /// Of an item: as a mark that changes no status.
    Item(mark::Report),
    /// Of a stage or a topic, or of what is no longer in its path; it is kept with that itself.
    Whole {
        /// What it is about.
        about: About,
        /// What was said of it; nothing if all of it was said before.
        changes: Changes,
    },
    /// A text was removed.
    Removed {
        /// What it was about.
        about: About,
        /// The status of an item.
        status: Option<Status>,
        /// What the text was said as.
        kind: Kind,
        /// The text.
        text: String,
        /// What it was removed of.
        changes: Changes,
    },
}

/// What a note is about.
#[derive(Debug, Clone)]
pub struct About {
    /// Its reference.
    pub reference: Ref,
    /// Its title.
    pub title: String,
    /// Its kind; none if it is in no path.
    pub kind: Option<NodeKind>,
    /// Whether it is no longer in its path.
    pub is_former: bool,
}

/// Why nothing can be said of something.
#[derive(Debug)]
pub enum Refusal {
    /// It is a path.
    Path(Ref),
    /// It is no longer in its path, so that only a note can be added.
    Former(Ref),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        super::Refusal::Note(refusal).into()
    }
}

/// What a note with this reference is about.
///
/// # Errors
/// The reference is unknown, could mean several things, or means a path.
pub fn about(reference: &str, app: &App) -> Result<About> {
    Ok(match found(reference, app)? {
        Found::Node(node) => of_node(&node),
        Found::Former(about) => about,
    })
}

fn of_node(node: &Node<'_>) -> About {
    let (reference, title) = (node.reference(), node.title().to_owned());
    About { reference, title, kind: Some(node.kind()), is_former: false }
}

enum Found<'a> {
    Node(Node<'a>),
    Former(About),
}

fn found<'a>(reference: &str, app: &'a App) -> Result<Found<'a>> {
    let followed = app.followed_ids()?;
    let followed: Vec<&str> = followed.iter().map(String::as_str).collect();
    // Only what names nothing of a path.
    if let Lookup::Unknown(_) = look_up(app.catalog(), reference, &followed)
        && let Some(former) = app.former(reference, &app.standing()?)?
    {
        let kind = former.kind();
        let (reference, title) = (former.reference, former.title);
        return Ok(Found::Former(About { reference, title, kind, is_former: true }));
    }
    match references::node(reference, &followed, app)? {
        Node::Path(path) => Err(Refusal::Path(Ref::path_only(&path.id)).into()),
        node => Ok(Found::Node(node)),
    }
}

/// Adds what is said, or removes a text.
///
/// # Errors
/// As [`about`]; or what is said cannot be said, there is no such text, or the record cannot be written.
/// Nothing was changed then.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    match (found(&query.reference, app)?, query.what.clone()) {
        (Found::Node(node), What::Remove(number)) => remove(&node, number, app),
        (Found::Former(about), What::Remove(_)) => Err(Refusal::Former(about.reference).into()),
        (Found::Node(Node::Item(item)), What::Add { remark, is_meant, on }) => {
            let refs = vec![item.reference().to_string()];
            let new = mark::Query::new(mark::Verb::Note, refs);
            let Answer { report, hints, warnings } =
                mark::report(&mark::Query { remark, is_meant, on, ..new }, app)?;
            Ok(Answer { report: Report::Item(report), hints, warnings })
        }
        (found, What::Add { remark, is_meant, on }) => {
            let (about, nodes) = match found {
                Found::Node(node) => (of_node(&node), vec![node]),
                Found::Former(about) => (about, Vec::new()),
            };
            let remark = remark::remark(remark.note.as_deref(), &remark.evidence)?;
            let given = remark.evidence.clone();
            let changes = add(&about, remark, on.unwrap_or(app.today()), app)?;
            let mut answer = app.answer(Report::Whole { about, changes });
            if !is_meant {
                answer.warnings.extend(texts::slips(&given, &nodes, app));
            }
            Ok(answer)
        }
    }
}

fn add(about: &About, mut remark: Annotation, on: NaiveDate, app: &App) -> Result<Changes> {
    let mut store = app.store_to_write()?;
    let mut writing = store.write(app.stamp)?;
    let subject = about.reference.clone();
    let known = match writing.reading().subject(&subject)? {
        Some(SubjectState::Item(state)) => state,
        _ => Default::default(),
    };
    remark.evidence.retain(|text| !known.evidence.iter().any(|said| said.text == *text));
    if remark.is_empty() {
        return Ok(Changes { unchanged: vec![subject], ..Changes::default() });
    }
    let entry =
        NewEvent { subject, title: Some(about.title.clone()), fact: EventKind::Noted(remark) };
    writing.append(entry, on)?;
    app.commit(writing)?;
    Ok(said_of(about, known.status))
}

/// That something was said of what stands as it stood.
fn said_of(about: &About, status: Status) -> Changes {
    let state = State::Item(status);
    let (reference, title) = (about.reference.clone(), about.title.clone());
    let changed = Changed { reference, title, from: state, to: state };
    Changes { changed: vec![changed], ..Changes::default() }
}

/// Removes the text with a number. What the number names is looked up in the transaction: nobody else
/// can add or remove one in between.
fn remove(node: &Node<'_>, number: usize, app: &App) -> Result<Answer<Report>> {
    let about = of_node(node);
    let Some(mut store) = app.store()? else {
        return Err(texts::no_text(number, &[], &node.reference()));
    };
    let mut writing = store.write(app.stamp)?;
    let found = texts::of(node, writing.reading(), app)?;
    let text = texts::with_number(number, &found.standing, &node.reference())?;
    let status = match node {
        Node::Item(item) => Some(
            writing
                .reading()
                .ask(|states| Learner { shelf: app.catalog(), standing: states }.status(item))?,
        ),
        _ => None,
    };
    for (place, part) in &text.parts {
        let (subject, title) = (place.clone(), Some(about.title.clone()));
        writing
            .append(NewEvent { subject, title, fact: EventKind::Unnoted(*part) }, app.today())?;
    }
    app.commit(writing)?;
    let changes = said_of(&about, status.unwrap_or_default());
    let (kind, text) = (text.kind, text.said.text.clone());
    let report = Report::Removed { about, status, kind, text, changes };
    Ok(app.answer(report).hint(Hint::NoteRemoved))
}
