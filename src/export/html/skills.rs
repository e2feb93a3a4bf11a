//! The skills by stage and topic, and what was studied.

use std::collections::HashSet;

use askama::Template;
use askama::filters::HtmlSafe;
use milepost_core::Status;
use milepost_core::report::export::{Document, ItemPart, PathPart, StagePart, TopicPart};
use milepost_path::{NodeKind, Ref};

use super::super::{Options, done_of};
use super::address::{Web, web};
use super::parts::{Day, Note, Proof, Sentence, notes, proofs};
use crate::text::quantity;

/// A skill in a row of several.
pub(super) struct Skill<'a> {
    pub title: &'a str,
    /// What a person who has it can say: "I ...".
    pub can: Option<Sentence<'a>>,
    pub retired: bool,
    pub evidence: Vec<Proof<'a>>,
}

/// A topic with its skills by status.
#[derive(Template)]
#[template(path = "portfolio/topic.html", whitespace = "minimize")]
pub(super) struct Topic<'a> {
    title: &'a str,
    count: Option<String>,
    /// The done ones with such a statement, and the others.
    told: Vec<Skill<'a>>,
    done: Vec<Skill<'a>>,
    doing: Vec<Skill<'a>>,
    ahead: Vec<Skill<'a>>,
    evidence: Vec<Proof<'a>>,
    notes: Vec<Note<'a>>,
}

impl HtmlSafe for Topic<'_> {}

/// A stage in which something was begun.
pub(super) struct Stage<'a> {
    pub title: &'a str,
    pub topics: Vec<Topic<'a>>,
    pub evidence: Vec<Proof<'a>>,
    pub notes: Vec<Note<'a>>,
}

/// The skills of a path.
pub(super) struct Skills<'a> {
    pub path: &'a str,
    pub stages: Vec<Stage<'a>>,
    /// The other stages.
    pub ahead: Vec<Ahead<'a>>,
}

/// A stage in which nothing was begun, in a row of several.
pub(super) struct Ahead<'a> {
    pub title: &'a str,
    pub skills: String,
}

/// The skills of the paths in which some were begun.
pub(super) fn skills(document: &Document, options: Options) -> Vec<Skills<'_>> {
    document.paths.iter().filter_map(|path| of_path(path, options)).collect()
}

fn of_path(path: &PathPart, options: Options) -> Option<Skills<'_>> {
    let (begun, rest): (Vec<&StagePart>, Vec<&StagePart>) =
        path.stages.iter().partition(|stage| is_begun(stage, options));
    let rest = rest.into_iter().filter(|_| !options.public);
    let left = rest.filter(|stage| stage.progress.skills.left() > 0);
    let ahead: Vec<Ahead<'_>> = left
        .map(|stage| Ahead {
            title: &stage.title,
            skills: quantity::count(stage.progress.skills.left(), "skill"),
        })
        .collect();
    (!begun.is_empty()).then(|| Skills {
        path: &path.title,
        stages: begun.into_iter().map(|stage| of_stage(stage, options)).collect(),
        ahead,
    })
}

fn is_begun(stage: &StagePart, options: Options) -> bool {
    let is_skill = |item: &&ItemPart| item.kind == NodeKind::Skill;
    let said = |notes: bool, evidence: bool| evidence || (options.notes && notes);
    stage.items.iter().filter(is_skill).any(ItemPart::is_begun)
        || said(!stage.notes.is_empty(), !stage.evidence.is_empty())
        || stage
            .topics
            .iter()
            .any(|topic| said(!topic.notes.is_empty(), !topic.evidence.is_empty()))
}

fn of_stage(stage: &StagePart, options: Options) -> Stage<'_> {
    let topics = stage.topics.iter().map(|topic| of_topic(stage, topic, options));
    Stage {
        title: &stage.title,
        topics: topics.filter(|topic| !topic.is_empty()).collect(),
        evidence: proofs(&stage.evidence),
        notes: notes(&stage.notes, None, options),
    }
}

fn of_topic<'a>(stage: &'a StagePart, topic: &'a TopicPart, options: Options) -> Topic<'a> {
    let of_topic = |item: &&ItemPart| {
        item.kind == NodeKind::Skill && item.topic.as_deref() == Some(topic.id.as_str())
    };
    let items: Vec<&ItemPart> = stage.items.iter().filter(of_topic).collect();
    let with = |status: Status| -> Vec<Skill<'a>> {
        let items = items.iter().filter(|item| item.status == status && item.is_shown());
        let items = items.filter(|item| status != Status::Todo || item.is_ahead());
        items
            .map(|item| Skill {
                title: &item.title,
                can: item.can.as_deref().map(Sentence::of),
                retired: item.retired,
                evidence: proofs(&item.evidence),
            })
            .collect()
    };
    let (told, done) = with(Status::Done).into_iter().partition(|skill| skill.can.is_some());
    let mut said = notes(&topic.notes, None, options);
    for item in &items {
        said.extend(notes(&item.notes, Some(&item.title), options));
    }
    Topic {
        title: &topic.title,
        count: done_of(topic.progress.skills, "skill").filter(|_| !options.public),
        told,
        done,
        doing: with(Status::Doing),
        ahead: with(Status::Todo),
        evidence: proofs(&topic.evidence),
        notes: said,
    }
}

impl Topic<'_> {
    fn is_empty(&self) -> bool {
        [&self.told, &self.done, &self.doing, &self.ahead].iter().all(|skills| skills.is_empty())
            && self.evidence.is_empty()
            && self.notes.is_empty()
    }
}

/// Something that was studied.
#[derive(Template)]
#[template(path = "portfolio/study.html", whitespace = "minimize")]
pub(super) struct Study<'a> {
    title: &'a str,
    web: Option<Web>,
    part: Option<&'a str>,
    retired: bool,
    by: Option<&'a str>,
    kind: Option<&'static str>,
    on: Option<Day>,
    evidence: Vec<Proof<'a>>,
    notes: Vec<Note<'a>>,
}

impl HtmlSafe for Study<'_> {}

/// What was studied, each once, though it can stand in several paths.
pub(super) fn studied(document: &Document, options: Options) -> Vec<Study<'_>> {
    let mut seen: HashSet<&Ref> = HashSet::new();
    let stages = document.paths.iter().flat_map(|path| &path.stages);
    stages
        .flat_map(|stage| &stage.items)
        .filter(|item| item.kind == NodeKind::Resource && item.status == Status::Done)
        .filter(|item| seen.insert(item.same_as.as_ref().unwrap_or(&item.reference)))
        .map(|item| Study {
            title: &item.title,
            web: item.url.as_deref().and_then(web),
            part: item.part.as_deref(),
            retired: item.retired,
            by: item.by.as_deref(),
            kind: item.resource_kind.map(|kind| kind.as_str()),
            on: item.since.filter(|_| !item.known).map(Day::from),
            evidence: proofs(&item.evidence),
            notes: notes(&item.notes, None, options),
        })
        .collect()
}
