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

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "it is for tests"
)]

use std::collections::HashSet;
use std::fmt;

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::career::{Area, Career, Raise, Role, Target};
use crate::kind::{Cost, ResourceKind};
use crate::node::Item;
use crate::parts::{
    InterviewTopic, ItemInfo, Milestone, Question, Requirement, Resource, Skill, Stage, Topic,
};
use crate::reference::Ref;
use crate::roadmap::Roadmap;
use crate::shelf::Shelf;

/// Few enough cases for a suite that takes seconds; nothing is written beside the code.
pub fn cases(count: u32) -> Config {
    Config { cases: count, failure_persistence: None, ..Config::default() }
}

/// A day of 2026.
pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// The paths of a sketch.
pub fn sketch(text: &str) -> Vec<Roadmap> {
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
            let ItemInfo { id, title: ask, replaces, .. } = line.tracked;
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
                        requires,
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
    tracked: ItemInfo,
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
            tracked: ItemInfo { id, title, ..ItemInfo::default() },
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
pub fn item<'s>(shelf: &'s dyn Shelf, reference: &str) -> Item<'s> {
    let reference = Ref::from_text(reference);
    let roadmap = shelf.roadmap(reference.path()).unwrap();
    roadmap.item(reference.id().unwrap()).unwrap()
}

/// Decisions drawn from a list of numbers; the simplest ones when it is used up.
pub struct Choices<'n>(std::slice::Iter<'n, u16>);

impl<'n> Choices<'n> {
    pub fn new(numbers: &'n [u16]) -> Self {
        Self(numbers.iter())
    }

    /// Whether there are numbers left.
    pub fn has_more(&self) -> bool {
        self.0.len() > 0
    }

    /// A number below this one, which is above 0.
    pub fn below(&mut self, count: usize) -> usize {
        self.0.next().map_or(0, |number| usize::from(*number) % count)
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// Random paths, with requirements and ties that can lead in circles or nowhere.
#[derive(Clone)]
pub struct World {
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

    pub fn paths(&self) -> Vec<&Roadmap> {
        self.shelf.iter().collect()
    }

    pub fn items(&self) -> Vec<Item<'_>> {
        self.shelf.iter().flat_map(Roadmap::items).collect()
    }
}

/// Random paths.
pub fn worlds() -> impl Strategy<Value = World> {
    numbers(250).prop_map(|numbers| World::new(&mut Choices::new(&numbers)))
}

/// Numbers to choose by.
pub fn numbers(most: usize) -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..most)
}

const EFFORTS: [&str; 6] = ["", " 1h", " 0.5h", " 10h", " 2h", " 3.3333333333333335h"];

fn random_sketch(choices: &mut Choices<'_>) -> String {
    // Ids first: requirements can name what comes later.
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
        let often = if *kind == "resource" { 8 } else { 3 };
        if *kind != "skill" && choices.once_in(often) {
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
pub fn area(line: &str) -> Area {
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
pub fn career(areas: &str, targets: &[(&str, u8)]) -> Career {
    let target = |(area, level): &(&str, u8)| Target { area: (*area).to_owned(), level: *level };
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
