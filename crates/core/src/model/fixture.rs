//! Standings and histories for tests, in few lines; roadmaps are sketched by `milepost-path`'s.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "it is for tests"
)]

use std::convert::Infallible;

use chrono::{DateTime, Days, NaiveDate};
pub use milepost_path::fixture::*;
use milepost_path::{Item, Node, Ref, Roadmap};
use proptest::prelude::*;
use uuid::Uuid;

use super::as_marked;
use super::away::{self, Away};
use super::decision::{before, tell_apart, things_before};
use super::effort::{self, Session};
use super::event::{Annotation, Event, EventKind, Grade, NewEvent, Part};
use super::history::{Whose, redo_entries, to_redo, to_undo, undo_entries};
use super::learner::{Learner, recorded_refs};
use super::likeness::Thing;
use super::marking;
use super::marking::{Aims, Decision, Mark, Target};
use super::standing::{self, Assessment, ItemState, Standing, Status, SubjectState};
use super::states::After;

/// Sketches of three paths in which an item can be held back, or left out, for every reason there is.
pub const COURSES: &str = "
    path base
    stage s
    topic basics 10h = Basics
    skill x
    skill y
    resource x-course 6h teaches=x = Course of X
    resource y-course 4h teaches=y = Course of Y
    path p
    stage one
    topic t 24h needs=base/x = Topic T
    skill a
    skill b
    skill c optional
    resource core-a 10h teaches=a = Core A
    resource core-b 10h teaches=b paid = Core B
    resource both 30h teaches=a,b instead=core-a,core-b = Both
    resource more 5h teaches=b optional = More
    resource lookup 1h teaches= = Look-up
    milestone m 5h needs=t = Milestone M
    stage two
    topic v 6h = Topic V
    skill d
    resource v-course 6h = Course of V
    milestone n 3h needs=m,v = Milestone N
    milestone aside 3h optional = Aside
    path other
    stage s
    topic o
    skill q
";

/// What a learner sees of random paths.
pub fn viewed<'a>(world: &'a World, standing: &'a Standing) -> Learner<'a> {
    Learner { shelf: &world.shelf, standing }
}

/// A standing in which items have a status since the first of January, written as
/// `a/k=done a/m=skipped`.
pub fn standing(marks: &str) -> Standing {
    let mut standing = Standing::default();
    for mark in marks.split_whitespace() {
        let (reference, status) = mark.split_once('=').unwrap();
        let state = ItemState {
            status: Status::parse(status).unwrap(),
            since: Some(day(1, 1)),
            ..ItemState::default()
        };
        standing.put(&Ref::from_text(reference), Some(SubjectState::Item(state)));
    }
    standing
}

/// Puts off topics and items until a day, named as in `a/k a/t`.
pub fn snooze(standing: &mut Standing, references: &str, until: NaiveDate) {
    for reference in references.split_whitespace().map(Ref::from_text) {
        let fact = EventKind::Snoozed(Some(until));
        let state = SubjectState::after(standing.subject(&reference), day(1, 1), &fact);
        standing.put(&reference, state);
    }
}

/// A log and the standing beside it, kept as the store keeps them.
#[derive(Debug, Clone, Default)]
pub struct Log {
    /// Oldest first.
    pub events: Vec<Event>,
    /// Brought up to date with each event.
    pub standing: Standing,
    commands: u128,
}

impl Log {
    /// Appends what a command decided, as one command.
    pub fn append(&mut self, entries: Vec<NewEvent>, on: NaiveDate) {
        self.commands += 1;
        for entry in entries {
            let event = Event {
                id: Uuid::from_u128(1_000_000 + self.events.len() as u128),
                device: Uuid::from_u128(1),
                command: Uuid::from_u128(self.commands),
                at: DateTime::from_timestamp_millis(self.events.len() as i64).unwrap(),
                on,
                by: None,
                entry,
            };
            let subject = event.entry.subject.clone();
            let state = if event.entry.speaks_of_events() {
                let earlier = self.events.iter().filter(|one| one.entry.subject == subject);
                SubjectState::fold(earlier.chain([&event]))
            } else {
                SubjectState::after(self.standing.subject(&subject), on, &event.entry.fact)
            };
            self.standing.put(&subject, state);
            self.events.push(event);
            let own = || self.events.iter().filter(|one| one.entry.subject == subject);
            let days = effort::fold(standing::counting(own()));
            let things = things_before(own());
            let is_own = |other: &Ref| other.as_str().split('@').next() == Some(subject.as_str());
            let mut efforts = effort::listed(&subject, &days).collect();
            tell_apart(&mut efforts, &things, false);
            let others = self.standing.efforts().iter();
            efforts.extend(others.filter(|effort| !is_own(&effort.subject)).cloned());
            self.standing.put_efforts(efforts);
            // Those that were set apart by what was taken back are none any more.
            for event in own().filter(|one| matches!(one.entry.fact, EventKind::SetApart(_))) {
                self.standing.put(&before(&subject, event.id), None);
            }
            things.into_iter().for_each(|one| self.standing.put(&one.reference, one.state));
        }
    }

    /// Takes the last change back; whether there was one.
    pub fn undo(&mut self) -> bool {
        let commands = to_undo(self.newest_first(), 1, &Whose::ANY).unwrap();
        let entries = commands.first().map(|one| undo_entries(one.events()));
        let found = entries.is_some();
        self.append(entries.unwrap_or_default(), day(12, 31));
        found
    }

    /// Removes a text, perhaps one that was removed or taken back before.
    pub fn remove(&mut self, at: usize) {
        let texts = self.events.iter().flat_map(|event| {
            let texts = event.entry.remark().into_iter().flat_map(Annotation::texts);
            texts.map(move |(number, _)| (event, number))
        });
        let texts: Vec<_> = texts.collect();
        let entry = texts.get(at % texts.len().max(1)).map(|(event, number)| NewEvent {
            fact: EventKind::Unnoted(Part { event: event.id, number: *number }),
            ..event.entry.clone()
        });
        self.append(entry.into_iter().collect(), day(12, 31));
    }

    /// Brings back what was taken back last; whether there was something.
    pub fn redo(&mut self) -> bool {
        let markers = to_redo(self.newest_first(), &Whose::ANY).unwrap();
        let found = markers.is_some();
        self.append(redo_entries(&markers.unwrap_or_default()), day(12, 31));
        found
    }

    /// From its end, as the store hands it over.
    pub fn newest_first(&self) -> impl Iterator<Item = Result<Event, Infallible>> {
        self.events.iter().rev().cloned().map(Ok)
    }
}

/// Random paths and what was done in them.
pub fn histories() -> impl Strategy<Value = (World, Log)> {
    (worlds(), numbers(120)).prop_map(|(world, numbers)| {
        let mut choices = Choices::new(&numbers);
        let mut log = Log::default();
        while choices.has_more() {
            let step = Step::new(&world, &log.standing, &mut choices);
            step.run(&mut log);
        }
        (world, log)
    })
}

/// One command.
#[derive(Debug, Clone)]
pub enum Step {
    Change(Vec<NewEvent>, NaiveDate),
    Undo,
    Redo,
    /// Removes one of the texts that were said, whichever this chooses.
    Remove(usize),
}

impl Step {
    /// What somebody can do next.
    pub fn new(world: &World, standing: &Standing, choices: &mut Choices<'_>) -> Self {
        let on = day(1, 1) + Days::new(choices.below(300) as u64);
        match choices.below(18) {
            0..5 => Self::Change(random_mark(world, standing, choices).entries, on),
            5 => {
                let targets = random_targets(world, standing, choices);
                let remark = random_remark(choices);
                Self::Change(marking::note(&remark, &targets).entries, on)
            }
            6 => {
                let path = &world.shelf[choices.below(world.shelf.len())];
                let now = standing.following().get(&path.id);
                let fact = match now {
                    Some(_) if choices.once_in(2) => Some(EventKind::Stopped),
                    _ => marking::follow(random_aims(choices), now).map(EventKind::Started),
                };
                let entry =
                    |fact| NewEvent { subject: Ref::path_only(&path.id), title: None, fact };
                Self::Change(fact.map(entry).into_iter().collect(), on)
            }
            11 => {
                let subject = Ref::area(choices.one_of(&["data", "security"]));
                let level = choices.below(5) as u8;
                let fact = EventKind::Assessed { level, remark: random_remark(choices) };
                Self::Change(vec![NewEvent { subject, title: None, fact }], on)
            }
            12 => {
                let subject = Ref::question("p0", choices.one_of(&["why", "how"]));
                let fact = EventKind::Answered { grade: choices.one_of(&Grade::ALL) };
                Self::Change(vec![NewEvent { subject, title: None, fact }], on)
            }
            13 => {
                let mut targets = random_targets(world, standing, choices);
                let stages = world
                    .shelf
                    .iter()
                    .flat_map(|path| path.stages.iter().map(move |stage| (path, stage)));
                let topics: Vec<Node<'_>> = stages
                    .flat_map(|(path, stage)| {
                        stage.topics.iter().map(move |topic| Node::Topic(path, stage, topic))
                    })
                    .collect();
                if !topics.is_empty() && choices.once_in(2) {
                    let topic = choices.one_of(&topics);
                    targets = vec![viewed(world, standing).snooze_target(&topic)];
                }
                let until = choices.one_of(&[Some(day(6, 1)), Some(day(9, 1)), None]);
                Self::Change(marking::snooze(until, &targets).entries, on)
            }
            14 => {
                let targets = random_targets(world, standing, choices);
                let studied = |target: &Target| NewEvent {
                    subject: target.kept.clone(),
                    title: None,
                    fact: EventKind::Studied {
                        session: Session { minutes: 1 + choices.below(90) as u32, from: None },
                        begins: target.state.status.is_open(),
                        remark: random_remark(choices),
                    },
                };
                Self::Change(targets.iter().take(1).map(studied).collect(), on)
            }
            15 => {
                let to = on + Days::new(choices.below(9) as u64);
                let entries = if choices.once_in(3) {
                    away::remove(on, standing.away())
                } else {
                    let wanted = Away { from: on, to, why: random_remark(choices).note };
                    away::add(wanted, standing.away())
                };
                Self::Change(entries, on)
            }
            16 => Self::Remove(choices.below(1000)),
            17 => Self::Change(random_decision(world, choices), on),
            7 | 8 => Self::Undo,
            9 => Self::Redo,
            _ => Self::Change(recorded_before(world, choices), on),
        }
    }

    pub fn run(self, log: &mut Log) {
        match self {
            Self::Change(entries, on) => log.append(entries, on),
            Self::Undo => {
                log.undo();
            }
            Self::Redo => {
                log.redo();
            }
            Self::Remove(at) => log.remove(at),
        }
    }
}

/// That an item has the record of another one, or another thing than it had.
fn random_decision(world: &World, choices: &mut Choices<'_>) -> Vec<NewEvent> {
    let items = world.items();
    if items.is_empty() {
        return Vec::new();
    }
    let item = items[choices.below(items.len())];
    let from = items[choices.below(items.len())];
    let fact = match choices.once_in(2) {
        true => EventKind::Renamed(from.reference()),
        false => EventKind::SetApart(Thing { title: "before".to_owned(), ..Thing::default() }),
    };
    vec![NewEvent { subject: item.reference(), title: Some(item.title().to_owned()), fact }]
}

/// What was recorded of an item before it was renamed or tied to another.
fn recorded_before(world: &World, choices: &mut Choices<'_>) -> Vec<NewEvent> {
    let items = world.items();
    let tied = |item: &&Item<'_>| recorded_refs(&world.shelf, item).len() > 1;
    let tied: Vec<&Item<'_>> = items.iter().filter(tied).collect();
    if tied.is_empty() {
        return Vec::new();
    }
    let places = recorded_refs(&world.shelf, tied[choices.below(tied.len())]);
    let remark = random_remark(choices);
    let fact = match choices.below(3) {
        0 => EventKind::Noted(remark),
        1 => EventKind::Marked { status: Status::Done, known: false, remark, item: None },
        _ => EventKind::Marked { status: Status::Doing, known: false, remark, item: None },
    };
    let subject = places[choices.below(places.len())].clone();
    vec![NewEvent { subject, title: None, fact }]
}

fn random_mark(world: &World, standing: &Standing, choices: &mut Choices<'_>) -> Decision {
    let targets = random_targets(world, standing, choices);
    let mark = Mark {
        status: choices.one_of(&[Status::Done, Status::Doing, Status::Todo, Status::Skipped]),
        known: choices.once_in(4),
        on: choices.once_in(3).then(|| day(2, 1)),
        remark: random_remark(choices),
    };
    let mut decision = marking::mark(&mark, &targets);
    // Older events do not say what the item was.
    if !choices.once_in(4) {
        let items = targets.iter().map(|target| item(&world.shelf, target.named.as_str()));
        complete(&mut decision, &items.collect::<Vec<_>>(), &viewed(world, standing));
    }
    decision
}

/// Adds to marks what the items are, as a command does.
fn complete(decision: &mut Decision, items: &[Item<'_>], view: &Learner<'_>) {
    let after = After::new(view.standing, &decision.entries, day(2, 1));
    as_marked::complete(&mut decision.entries, items, &Learner { standing: &after, ..*view });
}

/// Marks items as a command does, each on a day of January, written as `p/a=done@5 p/b=skipped@6`.
pub fn marks(shelf: &Vec<Roadmap>, marks: &str) -> Log {
    let mut log = Log::default();
    for mark in marks.split_whitespace() {
        let (mark, on) = mark.split_once('@').unwrap();
        let (reference, status) = mark.split_once('=').unwrap();
        let status = Status::parse(status).unwrap();
        let on = day(1, on.parse().unwrap());
        let item = item(shelf, reference);
        let view = Learner { shelf, standing: &log.standing };
        let mark = Mark { status, known: false, on: Some(on), remark: Annotation::default() };
        let mut decision = marking::mark(&mark, &[view.target(&item)]);
        complete(&mut decision, &[item], &view);
        log.append(decision.entries, on);
    }
    log
}

/// One to three items, perhaps one twice or two that are the same.
pub fn random_targets(
    world: &World,
    standing: &Standing,
    choices: &mut Choices<'_>,
) -> Vec<Target> {
    let items = world.items();
    let count = if items.is_empty() { 0 } else { 1 + choices.below(3) };
    let view = viewed(world, standing);
    (0..count).map(|_| view.target(&items[choices.below(items.len())])).collect()
}

pub fn random_remark(choices: &mut Choices<'_>) -> Annotation {
    let texts = ["one", "two", "three"];
    Annotation {
        note: choices.once_in(3).then(|| choices.one_of(&texts).to_owned()),
        evidence: (0..choices.below(3)).map(|_| choices.one_of(&texts).to_owned()).collect(),
    }
}

fn random_aims(choices: &mut Choices<'_>) -> Aims {
    Aims {
        target_on: choices.once_in(2).then(|| choices.once_in(4).then(|| day(6, 1))),
        hours_per_week: choices.once_in(2).then(|| choices.once_in(4).then_some(5.0)),
        role: choices.once_in(4).then(|| choices.once_in(2).then(|| "dev".to_owned())),
    }
}

/// Levels that somebody gave themselves, one after the other.
pub fn assess(standing: &mut Standing, levels: &[(&str, u8)]) {
    for (area, level) in levels {
        let one = Assessment { on: day(1, 1), level: *level, note: None, evidence: Vec::new() };
        let mut all = standing.assessments(area).to_vec();
        all.push(one);
        standing.put(&Ref::area(area), Some(SubjectState::Area(all)));
    }
}
