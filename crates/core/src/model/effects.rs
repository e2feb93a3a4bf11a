//! What another version of a path or career file does to the record, as the learner sees it before and
//! after: by the functions of every view, so that it cannot be untrue.
//!
//! Whether two versions of a thing are one thing is decided here, too: by id, by the `replaces` of the
//! files, by what the learner decided. What only looks so is a question.

pub mod breach;
mod compare;

use chrono::NaiveDate;
use milepost_path::{CAREER, Career, Node, QUESTION, Ref, RefTarget, Roadmap, Shelf, find};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use uuid::Uuid;

use self::compare::{Piece, compare, locked, pieces, recorded, tied};
use super::decision::{self, Decision, thing_asked, thing_assessed, thing_of};
use super::event::{EventKind, NewEvent};
use super::learner::Learner;
use super::likeness::Thing;
use super::progress::{Hours, progress};
use super::standing::{Standing, Status};

/// What a new version does.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Effects {
    /// The percentage of the path.
    pub percent: Change<Option<f64>>,
    /// The hours that it counts.
    pub hours: Change<Option<Hours>>,
    /// Statuses, notes and evidence that are seen no longer, or say less.
    pub lost: Vec<Turn>,
    /// Statuses that nobody gave to what has them.
    pub gained: Vec<Turn>,
    /// What the record has from an older version, and the version in between had not.
    pub back: Vec<Turn>,
    /// What has another id, by what the file says or the learner decided.
    pub renamed: Vec<Renamed>,
    /// What has a record and probably has another id.
    pub looks_renamed: Vec<LooksRenamed>,
    /// Ids with a record that probably have another thing now.
    pub reused: Vec<Reused>,
    /// Ids whose record stays with the thing before.
    pub set_apart: Vec<Reused>,
    /// Interview questions whose answers are seen no longer.
    pub answers_lost: Vec<Ref>,
    /// Skill areas whose levels are seen no longer.
    pub levels_lost: Vec<Ref>,
    /// What of other files names something that is gone.
    pub dependents: Vec<Dependent>,
    /// Topics and milestones that were ready and are held back.
    pub locked: Vec<Ref>,
    /// What has a record and is the same as an item of another path now.
    pub tied: Vec<Tied>,
    /// Whether what stays stands in another order.
    pub reordered: bool,
    /// Whether nothing is in both: it is probably another path.
    #[serde(skip)]
    pub is_another: bool,
}

/// A value before and after.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Change<T> {
    /// Before.
    pub before: T,
    /// After.
    pub after: T,
}

/// How something stood and stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Turn {
    /// The thing.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
    /// Before; `None` if it was not there.
    pub before: Option<Tick>,
    /// After; `None` if it is not there.
    pub after: Option<Tick>,
    /// The reference under which that is recorded, where it is another one.
    pub by: Option<Ref>,
    /// The day since which it stood so, or stands so.
    pub on: Option<NaiveDate>,
}

/// Another id.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Renamed {
    /// Before.
    pub from: Ref,
    /// After.
    pub to: Ref,
}

/// What is probably another id of one thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct LooksRenamed {
    /// Before.
    pub from: Ref,
    /// After.
    pub to: Ref,
    /// Why.
    pub why: Why,
    /// Its title after.
    pub title: String,
}

/// Why two things are probably one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub enum Why {
    /// Their titles are the same, and no others.
    #[serde(rename = "same title")]
    Title,
    /// Their addresses are the same, and no others.
    #[serde(rename = "same URL")]
    Url,
}

/// An id with another thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Reused {
    /// The id.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// The title of the thing before.
    pub from: String,
    /// The title of the thing after.
    pub to: String,
    /// What is recorded of it.
    pub status: Tick,
}

/// An item with a record that is the same as another one now, under which it is kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Tied {
    /// The item.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// What is recorded of it.
    pub status: Tick,
    /// Where it is kept from now on.
    pub kept: Ref,
    /// What is recorded there.
    pub kept_status: Tick,
}

/// Something that names what is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Dependent {
    /// The path that names it, or `career`.
    pub path: String,
    /// What it names.
    #[serde(rename = "ref")]
    pub reference: Ref,
}

/// How much is recorded of something, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Tick {
    /// It is there, and nothing is recorded of it.
    Todo,
    /// Notes or evidence alone.
    Noted,
    /// Left out on purpose.
    Skipped,
    /// Begun.
    Doing,
    /// Finished.
    Done,
    /// So many answers to a question.
    #[serde(untagged)]
    Answers(usize),
    /// So many assessments of a skill area.
    #[serde(untagged)]
    Levels(usize),
}

impl Tick {
    fn of(status: Status) -> Self {
        match status {
            Status::Todo => Self::Todo,
            Status::Skipped => Self::Skipped,
            Status::Doing => Self::Doing,
            Status::Done => Self::Done,
        }
    }
}

/// What was decided about what is in doubt.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Choices {
    /// What has another id, from and to.
    pub carried: Vec<(Ref, Ref)>,
    /// Ids that have another thing.
    pub apart: FxHashSet<Ref>,
    /// Ids that have the same thing, whatever it looks like.
    pub same: Vec<Ref>,
}

impl Choices {
    /// Takes something for renamed. An id that has another thing now keeps nothing of it.
    pub(crate) fn carry(&mut self, one: &LooksRenamed, reused: &FxHashSet<&Ref>) {
        self.carried.push((one.from.clone(), one.to.clone()));
        for end in [&one.from, &one.to] {
            if reused.contains(end) {
                self.set_apart(end);
            }
        }
    }

    /// Takes an id for that of another thing.
    pub(crate) fn set_apart(&mut self, reference: &Ref) {
        self.apart.insert(reference.clone());
    }
}

/// What is there before.
pub(crate) enum Before<'a> {
    /// Another version of the path.
    Path(Learner<'a>, &'a Roadmap),
    /// Only the record of it: the ids of the path, and the titles that the record has.
    Record(&'a Standing, Vec<&'a str>, &'a dyn Fn(&Ref) -> Option<String>),
}

/// What there is before, as it is seen: looked at once for all that could come after.
pub(crate) struct Seen<'a> {
    path: Option<(Learner<'a>, &'a Roadmap)>,
    pieces: Vec<Piece>,
}

impl<'a> Seen<'a> {
    /// The path, where there is one.
    pub(crate) fn path(&self) -> Option<&'a Roadmap> {
        self.path.map(|(_, path)| path)
    }

    /// Looks at it.
    pub(crate) fn of(before: &Before<'a>) -> Self {
        match before {
            Before::Path(view, old) => Self { path: Some((*view, old)), pieces: pieces(view, old) },
            Before::Record(standing, ids, title) => {
                let has = |reference: &Ref| ids.contains(&reference.path());
                Self { path: None, pieces: recorded(standing, &has, *title) }
            }
        }
    }

    /// With what the record has from older versions of the path: what has these titles there.
    pub(crate) fn and_former(
        mut self,
        standing: &Standing,
        titles: &FxHashMap<Ref, String>,
    ) -> Self {
        let has = |reference: &Ref| titles.contains_key(reference);
        let found = recorded(standing, &has, &|reference| titles.get(reference).cloned());
        self.pieces.extend(found.into_iter().map(Piece::of_older));
        self
    }
}

/// What the record has from an older version of a path, and a new version brings back.
///
/// The version in between lacks it, also under every id that its `replaces` lists.
pub(crate) fn former(standing: &Standing, ids: &[&str], old: &Roadmap, new: &Roadmap) -> Vec<Ref> {
    let keys = |roadmap: &Roadmap| {
        let nodes = roadmap.nodes();
        let nodes = nodes.flat_map(|node| {
            let own = node.id().map(str::to_owned);
            own.into_iter().chain(node.replaces().to_vec()).collect::<Vec<_>>()
        });
        let questions = roadmap.questions().flat_map(|asked| {
            let ids = std::iter::once(&asked.question.id).chain(&asked.question.replaces);
            ids.map(|id| [QUESTION, id].concat()).collect::<Vec<_>>()
        });
        nodes.chain(questions).collect::<FxHashSet<String>>()
    };
    let recorded = || {
        let items = standing.items().into_iter().map(|(reference, _)| reference);
        let all = items.chain(standing.answered().keys().cloned());
        all.filter(|one| ids.contains(&one.path()) && !decision::is_before(one))
    };
    if recorded().next().is_none() {
        return Vec::new();
    }
    let (old, new) = (keys(old), keys(new));
    let is_former = |one: &Ref| one.id().is_some_and(|id| !old.contains(id) && new.contains(id));
    recorded().filter(is_former).collect()
}

impl Effects {
    /// Whether something of the record would vanish or appear that nobody decided about.
    pub fn are_doubtful(&self) -> bool {
        self.loses() || !self.gained.is_empty()
    }

    /// Whether something of the record would vanish, or belong to another thing.
    pub(crate) fn loses(&self) -> bool {
        !(self.lost.is_empty()
            && self.reused.is_empty()
            && self.answers_lost.is_empty()
            && self.levels_lost.is_empty())
    }
}

/// What a new version of a path does.
pub(crate) fn of_path(
    before: &Seen<'_>,
    after: Learner<'_>,
    new: &Roadmap,
    choices: &Choices,
) -> Effects {
    let mut effects = compare(&before.pieces, &pieces(&after, new), choices);
    let now = progress(&after, &Node::Path(new));
    effects.percent.after = Some(now.percent);
    effects.hours.after = Some(now.hours);
    if let Some((view, old)) = before.path {
        let then = progress(&view, &Node::Path(old));
        effects.percent.before = Some(then.percent);
        effects.hours.before = Some(then.hours);
        effects.locked = locked(view, old, after, new);
        effects.tied = tied(old, after, new);
    }
    effects
}

/// What a new version of the career file does.
pub(crate) fn of_career(
    old: &Career,
    new: &Career,
    before: &Standing,
    after: &Standing,
    choices: &Choices,
) -> Effects {
    let old: Vec<Piece> = old.areas.iter().map(|area| Piece::of_area(area, before)).collect();
    let new: Vec<Piece> = new.areas.iter().map(|area| Piece::of_area(area, after)).collect();
    Effects { is_another: false, ..compare(&old, &new, choices) }
}

/// What of other paths and of the career file names something of a path that is found before and
/// not after.
pub(crate) fn dependents<'r>(
    before: &dyn Shelf,
    after: &dyn Shelf,
    ids: &[&str],
    others: impl IntoIterator<Item = &'r Roadmap>,
    career: Option<&Career>,
) -> Vec<Dependent> {
    let mut found: Vec<Dependent> = Vec::new();
    let mut look = |path: &str, reference: &Ref| {
        let is_gone = ids.contains(&reference.path())
            && find(before, reference).is_some()
            && find(after, reference).is_none();
        if is_gone {
            let one = Dependent { path: path.to_owned(), reference: reference.clone() };
            if !found.contains(&one) {
                found.push(one);
            }
        }
    };
    for roadmap in others.into_iter().filter(|one| !ids.contains(&one.id.as_str())) {
        roadmap.references().for_each(|reference| look(&roadmap.id, reference));
    }
    for area in career.into_iter().flat_map(|career| &career.areas) {
        area.raised_by.iter().for_each(|raise| look(CAREER, &raise.by));
    }
    found
}

/// The events that record what was chosen of what is in doubt. What is renamed comes first: what is set
/// apart ends with it.
pub(crate) fn entries(reused: &[Reused], choices: &Choices, things: &Things<'_>) -> Vec<NewEvent> {
    let title = |reference: &Ref| (things.after)(reference).map(|thing| thing.title);
    let renamed = choices.carried.iter().map(|(from, to)| NewEvent {
        subject: to.clone(),
        title: title(to),
        fact: EventKind::Renamed(from.clone()),
    });
    let apart = reused.iter().filter(|one| choices.apart.contains(&one.reference));
    let apart = apart.map(|one| NewEvent {
        subject: one.reference.clone(),
        title: Some(one.to.clone()),
        fact: EventKind::SetApart(
            (things.before)(&one.reference)
                .unwrap_or_else(|| Thing { title: one.from.clone(), ..Thing::default() }),
        ),
    });
    renamed.chain(apart).collect()
}

/// What has which reference, before and after.
pub(crate) struct Things<'a> {
    /// Before.
    pub before: &'a dyn Fn(&Ref) -> Option<Thing>,
    /// After.
    pub after: &'a dyn Fn(&Ref) -> Option<Thing>,
}

/// The decisions that some entries of one command will be, to look at what they will do.
pub(crate) fn foreseen(entries: &[NewEvent]) -> Vec<Decision> {
    let decide = |(at, entry): (usize, &NewEvent)| {
        let what = match &entry.fact {
            EventKind::Renamed(from) => decision::What::Renamed(from.clone()),
            EventKind::SetApart(was) => decision::What::SetApart(was.clone()),
            _ => return None,
        };
        let id = Uuid::from_u128(at as u128);
        Some(Decision { id, command: Uuid::nil(), subject: entry.subject.clone(), what })
    };
    entries.iter().enumerate().filter_map(decide).collect()
}

/// The standing in which foreseen decisions are made.
pub(crate) fn foreseen_in(mut standing: Standing, decisions: &[Decision]) -> Standing {
    for one in decisions {
        if let decision::What::SetApart(_) = one.what {
            let state = standing.subject(&one.subject);
            standing.put(&decision::before(&one.subject, one.id), state);
            standing.put(&one.subject, None);
        }
    }
    standing
}

/// The thing that has a reference in a path.
pub fn thing_at(roadmap: &Roadmap, reference: &Ref) -> Option<Thing> {
    match reference.target() {
        RefTarget::Node(id) => roadmap.node(id).map(|node| thing_of(&node)),
        RefTarget::Question(id) => {
            let asked = roadmap.questions().find(|asked| asked.question.id == id)?;
            Some(thing_asked(asked.question))
        }
        _ => None,
    }
}

/// The skill area that has a reference.
pub(crate) fn area_at(career: &Career, reference: &Ref) -> Option<Thing> {
    match reference.target() {
        RefTarget::Area(id) => career.area(id).map(thing_assessed),
        _ => None,
    }
}
