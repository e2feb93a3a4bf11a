//! Roadmaps, standings and histories for tests, in few lines.
//!
//! A sketch is a text with a node a line, in the order of a path file; what it stands in is the last
//! such node above it:
//!
//! ```text
//! path a needs=b
//! stage s needs=b/t
//! topic t 6h needs=m,u|b/v role=dev choose=1
//! skill k optional same=b/k was=old,older can=I_bake_bread
//! resource r 2h video paid teaches=k instead=r0 part=chapters_1_to_3 retired
//! milestone m 3h needs=t = Title of the milestone
//! interview i needs=t
//! question q = What is asked?
//! ```
//!
//! `needs` separates with commas what is all needed and with bars what of it suffices; `b/` means the
//! whole path, and an underscore is a space in what one reads. A resource that names no skills teaches all that its topic has by then. The title is
//! the id where none is given.
//!
//! What is random is made of a list of numbers, so that proptest shrinks it to fewer and smaller
//! ones, that is to smaller paths and shorter histories.

use std::collections::HashSet;
use std::convert::Infallible;
use std::fmt;

use chrono::{DateTime, Days, NaiveDate};
use proptest::prelude::*;
use proptest::test_runner::Config;
use uuid::Uuid;

use super::as_marked;
use super::away::{self, Away};
use super::career::{Area, Career, Raise, Role, Target as Needed};
use super::decision::{before, tell_apart, things_before};
use super::effort::{self, Session};
use super::event::{Entry, Event, Fact, Grade, Part, Remark};
use super::history::{Whose, redo_entries, to_redo, to_undo, undo_entries};
use super::likeness::Thing;
use super::roadmap::{
    Cost, InterviewTopic, Item, Milestone, Node, Question, Ref, Requirement, Resource,
    ResourceKind, Roadmap, Shelf, Skill, Stage, Topic, Tracked,
};
use super::standing::{
    self, Aims, Assessment, Decision, ItemState, Mark, Standing, Status, Subject, Target,
};
use super::states::After;
use super::view::{View, places};

/// Few enough cases for a suite that takes seconds; nothing is written beside the code.
pub(crate) fn cases(count: u32) -> Config {
    Config { cases: count, failure_persistence: None, ..Config::default() }
}

/// A day of 2026.
pub(crate) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// The paths of a sketch.
pub(crate) fn sketch(text: &str) -> Vec<Roadmap> {
    let mut paths: Vec<Roadmap> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let line = Line::read(line);
        if line.kind == "path" {
            paths.push(Roadmap {
                id: line.tracked.id.clone(),
                title: line.tracked.title.clone(),
                requires: line.requires(None),
                replaces: line.tracked.replaces,
                ..Roadmap::default()
            });
            continue;
        }
        let path = paths.last_mut().expect("a path comes first");
        if line.kind == "interview" {
            let topics = line.needs.split(',').filter(|id| !id.is_empty());
            path.interview.push(InterviewTopic {
                id: line.tracked.id,
                title: line.tracked.title,
                topics: topics.map(str::to_owned).collect(),
                ..InterviewTopic::default()
            });
            continue;
        }
        if line.kind == "question" {
            let topic = path.interview.last_mut().expect("an interview topic comes first");
            let Tracked { id, title: ask, replaces, .. } = line.tracked;
            topic.questions.push(Question { id, ask, replaces, ..Question::default() });
            continue;
        }
        let requires = line.requires(Some(&path.id));
        if line.kind == "stage" {
            path.stages.push(Stage {
                id: line.tracked.id,
                title: line.tracked.title,
                replaces: line.tracked.replaces,
                choose: line.choose,
                requires,
                ..Stage::default()
            });
            continue;
        }
        let stage = path.stages.last_mut().expect("a stage comes before what is in it");
        match line.kind.as_str() {
            "topic" => stage.topics.push(Topic {
                id: line.tracked.id,
                title: line.tracked.title,
                replaces: line.tracked.replaces,
                choose: line.choose,
                hours: line.hours,
                requires,
                roles: line.roles,
                ..Topic::default()
            }),
            "milestone" => stage.milestones.push(Milestone {
                tracked: line.tracked,
                hours: line.hours,
                requires,
                ..Milestone::default()
            }),
            kind => {
                let topic = stage.topics.last_mut().expect("a topic comes before what is in it");
                let all = || topic.skills.iter().map(|skill| skill.tracked.id.clone()).collect();
                match kind {
                    "skill" => topic.skills.push(Skill { tracked: line.tracked, can: line.can }),
                    "resource" => topic.resources.push(Resource {
                        skills: line.teaches.unwrap_or_else(all),
                        tracked: line.tracked,
                        kind: line.resource,
                        cost: Some(line.cost),
                        instead_of: line.instead_of,
                        part: line.part,
                        hours: line.hours,
                        ..Resource::default()
                    }),
                    kind => panic!("no kind of node: {kind}"),
                }
            }
        }
    }
    paths.iter_mut().flat_map(|path| &mut path.stages).for_each(without_empty_choices);
    paths.into_iter().map(Roadmap::indexed).collect()
}

/// Drops a `choose` that leaves no choice, as no path file can have it.
fn without_empty_choices(stage: &mut Stage) {
    let topics = stage.topics.len();
    stage.choose = stage.choose.filter(|most| usize::from(*most) < topics);
    for topic in &mut stage.topics {
        let skills = topic.skills.iter().filter(|skill| skill.tracked.can_count()).count();
        topic.choose = topic.choose.filter(|most| usize::from(*most) < skills);
    }
}

struct Line {
    kind: String,
    tracked: Tracked,
    hours: Option<f64>,
    choose: Option<u16>,
    part: Option<String>,
    can: Option<String>,
    needs: String,
    roles: Vec<String>,
    teaches: Option<Vec<String>>,
    instead_of: Vec<String>,
    resource: ResourceKind,
    cost: Cost,
}

impl Line {
    fn read(line: &str) -> Self {
        let (words, title) = line.split_once(" = ").unwrap_or((line, ""));
        let mut words = words.split_whitespace();
        let kind = words.next().unwrap().to_owned();
        let id = words.next().expect("an id after the kind").to_owned();
        let title = if title.is_empty() { id.clone() } else { title.to_owned() };
        let mut read = Self {
            kind,
            tracked: Tracked { id, title, ..Tracked::default() },
            hours: None,
            choose: None,
            part: None,
            can: None,
            needs: String::new(),
            roles: Vec::new(),
            teaches: None,
            instead_of: Vec::new(),
            resource: ResourceKind::Docs,
            cost: Cost::Free,
        };
        let list = |text: &str| text.split(',').map(str::to_owned).collect();
        for word in words {
            let hours = word.strip_suffix('h').and_then(|hours| hours.parse().ok());
            match word.split_once('=') {
                Some(("choose", number)) => read.choose = number.parse().ok(),
                Some(("part", part)) => read.part = Some(part.replace('_', " ")),
                Some(("can", can)) => read.can = Some(can.replace('_', " ")),
                Some(("needs", needs)) => read.needs = needs.to_owned(),
                Some(("role", roles)) => read.roles = list(roles),
                Some(("teaches", "")) => read.teaches = Some(Vec::new()),
                Some(("teaches", skills)) => read.teaches = Some(list(skills)),
                Some(("instead", others)) => read.instead_of = list(others),
                Some(("same", other)) => read.tracked.same_as = Some(Ref::from_text(other)),
                Some(("was", olds)) => read.tracked.replaces = list(olds),
                None if hours.is_some() => read.hours = hours,
                None if word == "optional" => read.tracked.optional = true,
                None if word == "retired" => read.tracked.retired = true,
                _ => match (ResourceKind::parse(word), Cost::parse(word)) {
                    (Some(kind), _) => read.resource = kind,
                    (_, Some(cost)) => read.cost = cost,
                    _ => panic!("no word of a sketch: {word}"),
                },
            }
        }
        read
    }

    fn requires(&self, path: Option<&str>) -> Vec<Requirement> {
        let reference = |text: &str| match (text.strip_suffix('/'), path) {
            (Some(whole), _) => Ref::path_only(whole),
            (None, Some(path)) if !text.contains('/') => Ref::node(path, text),
            _ => Ref::from_text(text),
        };
        let entries = self.needs.split(',').filter(|entry| !entry.is_empty());
        entries
            .map(|entry| Requirement { any_of: entry.split('|').map(reference).collect() })
            .collect()
    }
}

/// The item under a reference.
pub(crate) fn item<'s>(shelf: &'s dyn Shelf, reference: &str) -> Item<'s> {
    let reference = Ref::from_text(reference);
    let roadmap = shelf.roadmap(reference.path()).unwrap();
    roadmap.item(reference.id().unwrap()).unwrap()
}

/// A standing in which items have a status since the first of January, written as
/// `a/k=done a/m=skipped`.
pub(crate) fn standing(marks: &str) -> Standing {
    let mut standing = Standing::default();
    for mark in marks.split_whitespace() {
        let (reference, status) = mark.split_once('=').unwrap();
        let state = ItemState {
            status: Status::parse(status).unwrap(),
            since: Some(day(1, 1)),
            ..ItemState::default()
        };
        standing.put(&Ref::from_text(reference), Some(Subject::Item(state)));
    }
    standing
}

/// Puts off topics and items until a day, named as in `a/k a/t`.
pub(crate) fn snooze(standing: &mut Standing, references: &str, until: NaiveDate) {
    for reference in references.split_whitespace().map(Ref::from_text) {
        let fact = Fact::Snoozed(Some(until));
        let state = Subject::after(standing.subject(&reference), day(1, 1), &fact);
        standing.put(&reference, state);
    }
}

/// A log and the standing beside it, kept as the store keeps them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log {
    /// Oldest first.
    pub events: Vec<Event>,
    /// Brought up to date with each event.
    pub standing: Standing,
    commands: u128,
}

impl Log {
    /// Appends what a command decided, as one command.
    pub(crate) fn append(&mut self, entries: Vec<Entry>, on: NaiveDate) {
        self.commands += 1;
        for entry in entries {
            let event = Event {
                id: Uuid::from_u128(1_000_000 + self.events.len() as u128),
                device: Uuid::from_u128(1),
                command: Uuid::from_u128(self.commands),
                at: DateTime::from_timestamp_millis(self.events.len() as i64).unwrap(),
                on,
                entry,
            };
            let subject = event.entry.subject.clone();
            let state = if event.entry.speaks_of_events() {
                let earlier = self.events.iter().filter(|one| one.entry.subject == subject);
                Subject::fold(earlier.chain([&event]))
            } else {
                Subject::after(self.standing.subject(&subject), on, &event.entry.fact)
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
            for event in own().filter(|one| matches!(one.entry.fact, Fact::SetApart(_))) {
                self.standing.put(&before(&subject, event.id), None);
            }
            things.into_iter().for_each(|one| self.standing.put(&one.reference, one.state));
        }
    }

    /// Takes the last change back; whether there was one.
    pub(crate) fn undo(&mut self) -> bool {
        let commands = to_undo(self.newest_first(), 1, &Whose::ANY).unwrap();
        let entries = commands.first().map(|one| undo_entries(one.events()));
        let found = entries.is_some();
        self.append(entries.unwrap_or_default(), day(12, 31));
        found
    }

    /// Removes a text, perhaps one that was removed or taken back before.
    pub(crate) fn remove(&mut self, at: usize) {
        let texts = self.events.iter().flat_map(|event| {
            let texts = event.entry.remark().into_iter().flat_map(Remark::texts);
            texts.map(move |(number, _)| (event, number))
        });
        let texts: Vec<_> = texts.collect();
        let entry = texts.get(at % texts.len().max(1)).map(|(event, number)| Entry {
            fact: Fact::Unnoted(Part { event: event.id, number: *number }),
            ..event.entry.clone()
        });
        self.append(entry.into_iter().collect(), day(12, 31));
    }

    /// Brings back what was taken back last; whether there was something.
    pub(crate) fn redo(&mut self) -> bool {
        let markers = to_redo(self.newest_first(), &Whose::ANY).unwrap();
        let found = markers.is_some();
        self.append(redo_entries(&markers.unwrap_or_default()), day(12, 31));
        found
    }

    /// From its end, as the store hands it over.
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = Result<Event, Infallible>> {
        self.events.iter().rev().cloned().map(Ok)
    }
}

/// Decisions drawn from a list of numbers; the simplest ones when it is used up.
pub(crate) struct Choices<'n>(std::slice::Iter<'n, u16>);

impl<'n> Choices<'n> {
    pub(crate) fn new(numbers: &'n [u16]) -> Self {
        Self(numbers.iter())
    }

    /// Whether there are numbers left.
    pub(crate) fn has_more(&self) -> bool {
        self.0.len() > 0
    }

    /// A number below this one, which is above 0.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        self.0.next().map_or(0, |number| usize::from(*number) % count)
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    pub(crate) fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// Random paths, with requirements and ties that may lead in circles or nowhere.
#[derive(Clone)]
pub(crate) struct World {
    pub shelf: Vec<Roadmap>,
    pub text: String,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\n")?;
        f.write_str(&self.text)
    }
}

impl World {
    fn new(choices: &mut Choices<'_>) -> Self {
        let text = random_sketch(choices);
        Self { shelf: sketch(&text), text }
    }

    pub(crate) fn paths(&self) -> Vec<&Roadmap> {
        self.shelf.iter().collect()
    }

    pub(crate) fn items(&self) -> Vec<Item<'_>> {
        self.shelf.iter().flat_map(Roadmap::items).collect()
    }

    pub(crate) fn view<'a>(&'a self, standing: &'a Standing) -> View<'a> {
        View { shelf: &self.shelf, standing }
    }
}

/// Random paths.
pub(crate) fn worlds() -> impl Strategy<Value = World> {
    numbers(250).prop_map(|numbers| World::new(&mut Choices::new(&numbers)))
}

/// Random paths and what was done in them.
pub(crate) fn histories() -> impl Strategy<Value = (World, Log)> {
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

/// Numbers to choose by.
pub(crate) fn numbers(most: usize) -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..most)
}

/// One command.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Change(Vec<Entry>, NaiveDate),
    Undo,
    Redo,
    /// Removes one of the texts that were said, whichever this chooses.
    Remove(usize),
}

impl Step {
    /// What somebody may do next.
    pub(crate) fn new(world: &World, standing: &Standing, choices: &mut Choices<'_>) -> Self {
        let on = day(1, 1) + Days::new(choices.below(300) as u64);
        match choices.below(18) {
            0..5 => Self::Change(random_mark(world, standing, choices).entries, on),
            5 => {
                let targets = random_targets(world, standing, choices);
                let remark = random_remark(choices);
                Self::Change(standing::note(&remark, &targets).entries, on)
            }
            6 => {
                let path = &world.shelf[choices.below(world.shelf.len())];
                let now = standing.following().get(&path.id);
                let fact = match now {
                    Some(_) if choices.once_in(2) => Some(Fact::Stopped),
                    _ => standing::follow(random_aims(choices), now).map(Fact::Started),
                };
                let entry = |fact| Entry { subject: Ref::path_only(&path.id), title: None, fact };
                Self::Change(fact.map(entry).into_iter().collect(), on)
            }
            11 => {
                let subject = Ref::area(choices.one_of(&["data", "security"]));
                let level = choices.below(5) as u8;
                let fact = Fact::Assessed { level, remark: random_remark(choices) };
                Self::Change(vec![Entry { subject, title: None, fact }], on)
            }
            12 => {
                let subject = Ref::question("p0", choices.one_of(&["why", "how"]));
                let fact = Fact::Answered { grade: choices.one_of(&Grade::ALL) };
                Self::Change(vec![Entry { subject, title: None, fact }], on)
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
                    targets = vec![world.view(standing).snooze_target(&topic)];
                }
                let until = choices.one_of(&[Some(day(6, 1)), Some(day(9, 1)), None]);
                Self::Change(standing::snooze(until, &targets).entries, on)
            }
            14 => {
                let targets = random_targets(world, standing, choices);
                let studied = |target: &Target| Entry {
                    subject: target.kept.clone(),
                    title: None,
                    fact: Fact::Studied {
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

    pub(crate) fn run(self, log: &mut Log) {
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
fn random_decision(world: &World, choices: &mut Choices<'_>) -> Vec<Entry> {
    let items = world.items();
    if items.is_empty() {
        return Vec::new();
    }
    let item = items[choices.below(items.len())];
    let from = items[choices.below(items.len())];
    let fact = match choices.once_in(2) {
        true => Fact::Renamed(from.reference()),
        false => Fact::SetApart(Thing { title: "before".to_owned(), ..Thing::default() }),
    };
    vec![Entry { subject: item.reference(), title: Some(item.title().to_owned()), fact }]
}

/// What was recorded of an item before it was renamed or tied to another.
fn recorded_before(world: &World, choices: &mut Choices<'_>) -> Vec<Entry> {
    let items = world.items();
    let tied = |item: &&Item<'_>| places(&world.shelf, item).len() > 1;
    let tied: Vec<&Item<'_>> = items.iter().filter(tied).collect();
    if tied.is_empty() {
        return Vec::new();
    }
    let places = places(&world.shelf, tied[choices.below(tied.len())]);
    let remark = random_remark(choices);
    let fact = match choices.below(3) {
        0 => Fact::Noted(remark),
        1 => Fact::Marked { status: Status::Done, known: false, remark, item: None },
        _ => Fact::Marked { status: Status::Doing, known: false, remark, item: None },
    };
    let subject = places[choices.below(places.len())].clone();
    vec![Entry { subject, title: None, fact }]
}

fn random_mark(world: &World, standing: &Standing, choices: &mut Choices<'_>) -> Decision {
    let targets = random_targets(world, standing, choices);
    let mark = Mark {
        status: choices.one_of(&[Status::Done, Status::Doing, Status::Todo, Status::Skipped]),
        known: choices.once_in(4),
        on: choices.once_in(3).then(|| day(2, 1)),
        remark: random_remark(choices),
    };
    let mut decision = standing::mark(&mark, &targets);
    // Older events do not say what the item was.
    if !choices.once_in(4) {
        let items = targets.iter().map(|target| item(&world.shelf, target.named.as_str()));
        complete(&mut decision, &items.collect::<Vec<_>>(), &world.view(standing));
    }
    decision
}

/// Adds to marks what the items are, as a command does.
fn complete(decision: &mut Decision, items: &[Item<'_>], view: &View<'_>) {
    let after = After::new(view.standing, &decision.entries, day(2, 1));
    as_marked::complete(&mut decision.entries, items, &View { standing: &after, ..*view });
}

/// Marks items as a command does, each on a day of January, written as `p/a=done@5 p/b=skipped@6`.
pub(crate) fn marks(shelf: &Vec<Roadmap>, marks: &str) -> Log {
    let mut log = Log::default();
    for mark in marks.split_whitespace() {
        let (mark, on) = mark.split_once('@').unwrap();
        let (reference, status) = mark.split_once('=').unwrap();
        let status = Status::parse(status).unwrap();
        let on = day(1, on.parse().unwrap());
        let item = item(shelf, reference);
        let view = View { shelf, standing: &log.standing };
        let mark = Mark { status, known: false, on: Some(on), remark: Remark::default() };
        let mut decision = standing::mark(&mark, &[view.target(&item)]);
        complete(&mut decision, &[item], &view);
        log.append(decision.entries, on);
    }
    log
}

/// One to three items, perhaps one twice or two that are the same.
pub(crate) fn random_targets(
    world: &World,
    standing: &Standing,
    choices: &mut Choices<'_>,
) -> Vec<Target> {
    let items = world.items();
    let count = if items.is_empty() { 0 } else { 1 + choices.below(3) };
    let view = world.view(standing);
    (0..count).map(|_| view.target(&items[choices.below(items.len())])).collect()
}

pub(crate) fn random_remark(choices: &mut Choices<'_>) -> Remark {
    let texts = ["one", "two", "three"];
    Remark {
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

const EFFORTS: [&str; 6] = ["", " 1h", " 0.5h", " 10h", " 2h", " 3.3333333333333335h"];

fn random_sketch(choices: &mut Choices<'_>) -> String {
    // Ids first: requirements may name what comes later.
    let mut lines: Vec<(usize, &str, String)> = Vec::new();
    for path in 0..=choices.below(3) {
        lines.push((path, "path", format!("p{path}")));
        let mut number = 0;
        let mut line = |kind: &'static str| {
            number += 1;
            let letter = &kind[..1];
            lines.push((path, kind, format!("{letter}{number}")));
        };
        for _ in 0..=choices.below(3) {
            line("stage");
            for _ in 0..choices.below(4) {
                line("topic");
                (0..choices.below(4)).for_each(|_| line("skill"));
                (0..choices.below(4)).for_each(|_| line("resource"));
            }
            (0..choices.below(3)).for_each(|_| line("milestone"));
        }
    }
    // A stage and a skill begin with the same letter, but not with the same number.
    let mut text = String::new();
    let mut olds = Vec::new();
    let mut own: Vec<String> = Vec::new();
    let mut core: Vec<String> = Vec::new();
    for (path, kind, id) in &lines {
        if *kind == "topic" {
            own.clear();
            core.clear();
        }
        text.push_str(&format!("{kind} {id}"));
        if matches!(*kind, "topic" | "resource" | "milestone") {
            text.push_str(choices.one_of(&EFFORTS));
        }
        if matches!(*kind, "skill" | "resource" | "milestone") {
            if choices.once_in(6) {
                text.push_str(" optional");
            }
            if choices.once_in(10) {
                text.push_str(" retired");
            }
            if choices.once_in(8) {
                text.push_str(&format!(" was=old{}", olds.len()));
                olds.push(format!("p{path}/old{}", olds.len()));
            }
            let others: Vec<_> =
                lines.iter().filter(|other| other.0 != *path && other.1 == *kind).collect();
            if choices.once_in(5) {
                match others.get(choices.below(others.len() + 1)) {
                    Some((path, _, id)) => text.push_str(&format!(" same=p{path}/{id}")),
                    None => text.push_str(" same=gone/x"),
                }
            }
        }
        match *kind {
            "stage" | "topic" if choices.once_in(4) => {
                text.push_str(&format!(" choose={}", 1 + choices.below(2)));
            }
            "topic" if choices.once_in(4) => text.push_str(" role=dev"),
            "skill" => own.push(id.clone()),
            "resource" => {
                text.push_str(choices.one_of(&["", " paid", " video"]));
                if choices.once_in(2) {
                    let taught: Vec<&str> =
                        own.iter().filter(|_| choices.once_in(2)).map(String::as_str).collect();
                    text.push_str(&format!(" teaches={}", taught.join(",")));
                }
                if !core.is_empty() && choices.once_in(4) {
                    let others = (0..=choices.below(2)).map(|_| choices.below(core.len()));
                    let mut others: Vec<usize> = others.collect();
                    others.sort_unstable();
                    others.dedup();
                    let others: Vec<&str> = others.iter().map(|at| core[*at].as_str()).collect();
                    text.push_str(&format!(" instead={}", others.join(",")));
                } else {
                    core.push(id.clone());
                }
            }
            _ => {}
        }
        if matches!(*kind, "path" | "stage" | "topic" | "milestone") && choices.once_in(3) {
            let needs = random_needs(*kind == "path", &lines, &olds, choices);
            text.push_str(&format!(" needs={needs}"));
        }
        text.push('\n');
    }
    text
}

fn random_needs(
    paths_only: bool,
    lines: &[(usize, &str, String)],
    olds: &[String],
    choices: &mut Choices<'_>,
) -> String {
    let mut any: HashSet<String> = HashSet::new();
    let mut all = Vec::new();
    for _ in 0..=choices.below(2) {
        let mut alternatives = Vec::new();
        for _ in 0..=choices.below(2) {
            let (path, kind, id) = &lines[choices.below(lines.len())];
            let name = match *kind {
                _ if choices.once_in(12) => "gone/x".to_owned(),
                _ if !olds.is_empty() && !paths_only && choices.once_in(8) => {
                    olds[choices.below(olds.len())].clone()
                }
                "path" => format!("p{path}/"),
                _ if paths_only => format!("p{path}/"),
                "resource" => continue,
                _ => format!("p{path}/{id}"),
            };
            if any.insert(name.clone()) {
                alternatives.push(name);
            }
        }
        if !alternatives.is_empty() {
            all.push(alternatives.join("|"));
        }
    }
    all.join(",")
}

/// `data t:3>1 m:2>2` is an area and what raises it: reference, weight and level.
pub(crate) fn area(line: &str) -> Area {
    let mut words = line.split_whitespace();
    let id = words.next().unwrap();
    let raise = |word: &str| {
        let (by, rest) = word.split_once(':').unwrap();
        let (weight, level) = rest.split_once('>').unwrap();
        Raise {
            by: Ref::from_text(by),
            weight: weight.parse().unwrap(),
            level: level.parse().unwrap(),
        }
    };
    Area {
        id: id.to_owned(),
        title: id.to_uppercase(),
        summary: None,
        replaces: Vec::new(),
        levels: std::array::from_fn(|at| format!("{id} {}", at + 1)),
        raised_by: words.map(raise).collect(),
    }
}

/// A career file with one role that needs these levels of these areas.
pub(crate) fn career(areas: &str, targets: &[(&str, u8)]) -> Career {
    let target = |(area, level): &(&str, u8)| Needed { area: (*area).to_owned(), level: *level };
    let role = Role {
        id: "dev".to_owned(),
        title: "Developer".to_owned(),
        scope: String::new(),
        deliverables: Vec::new(),
        metrics: Vec::new(),
        paths: Vec::new(),
        targets: targets.iter().map(target).collect(),
    };
    let areas = areas.lines().filter(|line| !line.trim().is_empty()).map(area).collect();
    Career { areas, roles: vec![role], ..Career::default() }
}

/// Levels that somebody gave themselves, one after the other.
pub(crate) fn assess(standing: &mut Standing, levels: &[(&str, u8)]) {
    for (area, level) in levels {
        let one = Assessment { on: day(1, 1), level: *level, note: None, evidence: Vec::new() };
        let mut all = standing.assessments(area).to_vec();
        all.push(one);
        standing.put(&Ref::area(area), Some(Subject::Area(all)));
    }
}
