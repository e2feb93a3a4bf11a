//! A skill, resource or milestone in the portfolio.

use chrono::NaiveDate;
use milepost_path::{
    Cost, Criterion, Item, Link, Milestone, Node, NodeKind, Ref, Resource, ResourceKind, find,
};
use rustc_hash::FxHashSet;
use serde::Serialize;

use super::document::{StudyDay, requires, said, studied};
use crate::model::as_marked;
use crate::model::counting::{self, Counts};
use crate::model::learner::{Learner, progress_ref};
use crate::model::standing::{Dated, Status};
use crate::report::requires::Requires;

/// A skill, resource or milestone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemPart {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its kind.
    pub kind: NodeKind,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence about it.
    pub summary: Option<String>,
    /// Plain text of several lines.
    pub about: Option<String>,
    /// What a person who has the skill can say: "I ...".
    pub can: Option<String>,
    /// The id of its topic; a milestone has none.
    pub topic: Option<String>,
    /// The id of a milestone's heading in the portfolio.
    pub portfolio: Option<String>,
    /// Shown, but not counted.
    pub optional: bool,
    /// Shown to those who have it in their record, and counted for nobody.
    pub retired: bool,
    /// What it is for the percentages.
    #[serde(skip)]
    pub counts: Counts,
    /// Its status.
    pub status: Status,
    /// The day since which it has this status.
    pub since: Option<NaiveDate>,
    /// The day on which it was begun, where that was said.
    pub begun: Option<NaiveDate>,
    /// Credited as already known, not studied.
    pub known: bool,
    /// Its effort.
    pub hours: Option<f64>,
    /// The ends of its effort, where the file gives a range.
    pub hours_range: Option<[f64; 2]>,
    /// Its address.
    pub url: Option<String>,
    /// More addresses.
    pub links: Vec<Link>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// A resource's kind.
    #[serde(rename = "type")]
    pub resource_kind: Option<ResourceKind>,
    /// What a resource costs.
    pub cost: Option<Cost>,
    /// A resource's author or provider.
    pub by: Option<String>,
    /// Which part of a resource is meant.
    pub part: Option<String>,
    /// A resource's language, where it is another than the path's.
    pub lang: Option<String>,
    /// The resources that this one can take the place of.
    pub instead_of: Vec<Ref>,
    /// Ids of the skills that a resource teaches.
    pub teaches: Vec<String>,
    /// Look-up material, which teaches nothing.
    pub look_up: bool,
    /// What it requires itself.
    pub requires: Vec<Requires>,
    /// Ids that it had before.
    pub replaces: Vec<String>,
    /// What a milestone has to meet.
    pub criteria: Vec<String>,
    /// Of a milestone whose criteria changed since it was done: those that it was done under.
    pub done_under: Option<Vec<String>>,
    /// The criteria with their points; empty where nobody counts points.
    pub rubric: Vec<Criterion>,
    /// How many points are enough.
    pub pass: Option<u16>,
    /// What to hand in as proof of a milestone.
    pub proof: Vec<String>,
    /// Titles of the skills that a milestone shows, by what it requires: those that are done. It
    /// proves none that is open, whether or not it is done itself.
    pub skills: Vec<String>,
    /// Titles of the skills that it requires and that are open.
    pub open_skills: Vec<String>,
    /// Notes, oldest first.
    pub notes: Vec<Dated>,
    /// Evidence, oldest first.
    pub evidence: Vec<Dated>,
    /// The time that was spent on it, by day.
    pub studied: Vec<StudyDay>,
    /// The item of another path under which its progress is kept.
    pub same_as: Option<Ref>,
}

impl ItemPart {
    /// A skill of which nothing is known.
    pub(super) fn empty(reference: Ref) -> Self {
        Self {
            reference,
            kind: NodeKind::Skill,
            id: String::new(),
            title: String::new(),
            summary: None,
            about: None,
            can: None,
            topic: None,
            portfolio: None,
            optional: false,
            retired: false,
            counts: Counts::Goal,
            status: Status::Todo,
            since: None,
            begun: None,
            known: false,
            hours: None,
            hours_range: None,
            url: None,
            links: Vec::new(),
            tags: Vec::new(),
            resource_kind: None,
            cost: None,
            by: None,
            part: None,
            lang: None,
            instead_of: Vec::new(),
            teaches: Vec::new(),
            look_up: false,
            requires: Vec::new(),
            replaces: Vec::new(),
            criteria: Vec::new(),
            done_under: None,
            rubric: Vec::new(),
            pass: None,
            proof: Vec::new(),
            skills: Vec::new(),
            open_skills: Vec::new(),
            notes: Vec::new(),
            evidence: Vec::new(),
            studied: Vec::new(),
            same_as: None,
        }
    }

    /// The time that was spent on it, in minutes.
    pub fn minutes(&self) -> u32 {
        self.studied.iter().fold(0, |sum, day| sum.saturating_add(day.minutes))
    }

    /// Whether it is more than a plan.
    pub fn is_begun(&self) -> bool {
        matches!(self.status, Status::Done | Status::Doing) || !self.evidence.is_empty()
    }

    /// Whether it went from its path before anything of it was recorded.
    pub fn is_gone(&self) -> bool {
        let is_silent = self.notes.is_empty() && self.evidence.is_empty();
        self.retired && self.status == Status::Todo && is_silent
    }

    /// Whether a portfolio shows it: what was skipped, or went from the path before it was begun,
    /// is nobody's business.
    pub fn is_shown(&self) -> bool {
        self.status != Status::Skipped && (self.is_begun() || !self.retired)
    }

    /// Whether it is still to be begun: what nothing counts is no plan.
    pub fn is_ahead(&self) -> bool {
        self.status == Status::Todo && self.counts != Counts::Aside
    }

    /// The criteria that a portfolio shows: of what is done, those that it was done under.
    pub fn proven_criteria(&self) -> &[String] {
        self.done_under.as_ref().unwrap_or(&self.criteria)
    }

    /// The points that a criterion is worth, where points are counted; those of today say nothing about
    /// other criteria.
    pub fn points(&self, criterion: usize) -> Option<u16> {
        self.rubric.get(criterion).filter(|_| self.done_under.is_none())?.points
    }

    /// What is done comes before what is begun, and that before what is ahead.
    pub fn rank(&self) -> u8 {
        match self.status {
            Status::Done => 0,
            Status::Doing => 1,
            Status::Todo | Status::Skipped => 2,
        }
    }
}

/// All that a path file and the record say of an item by itself.
pub(super) fn item_part(item: &Item<'_>, view: &Learner<'_>) -> ItemPart {
    let state = view.state(item);
    let tracked = item.tracked();
    let (notes, evidence) = said(&Node::Item(*item), view);
    let place = progress_ref(view.shelf, item);
    let reference = item.reference();
    let part = ItemPart {
        kind: item.kind(),
        id: tracked.id.clone(),
        title: tracked.title.clone(),
        summary: tracked.summary.clone(),
        about: tracked.details().about.clone(),
        can: item.skill().and_then(|skill| skill.can.clone()),
        topic: item.topic.map(|topic| topic.id.clone()),
        optional: tracked.optional,
        retired: tracked.retired,
        status: view.status(item),
        since: state.and_then(|state| state.since),
        begun: state.and_then(|state| state.begun),
        known: state.is_some_and(|state| state.known),
        hours: item.hours(),
        hours_range: item.hours_range().filter(|[least, most]| least != most),
        url: item.url().map(str::to_owned),
        links: tracked.details().links.clone(),
        tags: tracked.details().tags.clone(),
        replaces: tracked.replaces.clone(),
        notes,
        evidence,
        studied: studied(&Node::Item(*item), view),
        same_as: (place != reference).then_some(place),
        ..ItemPart::empty(reference)
    };
    match (item.resource(), item.milestone()) {
        (Some(resource), _) => with_resource(part, item, resource),
        (_, Some(milestone)) => {
            let done_under = as_marked::done_under(item, state).map(<[String]>::to_vec);
            ItemPart { done_under, ..with_milestone(part, milestone) }
        }
        (None, None) => part,
    }
}

/// What only a resource has.
fn with_resource(part: ItemPart, item: &Item<'_>, resource: &Resource) -> ItemPart {
    ItemPart {
        resource_kind: Some(resource.kind),
        cost: resource.cost,
        by: resource.by.clone(),
        part: resource.part.clone(),
        lang: resource.lang.clone(),
        instead_of: resource.instead_of.iter().map(|id| Ref::node(&item.roadmap.id, id)).collect(),
        teaches: resource.skills.clone(),
        look_up: resource.is_reference,
        requires: requires(&resource.requires),
        ..part
    }
}

/// What only a milestone has.
fn with_milestone(part: ItemPart, milestone: &Milestone) -> ItemPart {
    ItemPart {
        portfolio: milestone.portfolio.clone(),
        criteria: milestone.criteria.iter().map(|one| one.text.clone()).collect(),
        rubric: milestone.rubric().to_vec(),
        pass: milestone.pass,
        proof: milestone.evidence.clone(),
        requires: requires(&milestone.requires),
        ..part
    }
}

/// Titles of the skills, and of the skills of the topics, that a milestone requires, each once: the
/// done ones and the open ones. What was skipped is neither, nor is an open skill that nothing counts.
pub(super) fn required_skills(
    milestone: &Milestone,
    view: &Learner<'_>,
) -> (Vec<String>, Vec<String>) {
    let (mut done, mut open) = (Titles::default(), Titles::default());
    for requirement in &milestone.requires {
        let alternatives = requirement.any_of.iter();
        let mut nodes: Vec<Node<'_>> =
            alternatives.filter_map(|one| find(view.shelf, one)).collect();
        // One of the alternatives suffices: the finished ones are those that it rests on.
        if nodes.iter().any(|node| view.is_finished(node)) {
            nodes.retain(|node| view.is_finished(node));
        } else {
            nodes.truncate(1);
        }
        nodes.retain(|node| matches!(node.kind(), NodeKind::Skill | NodeKind::Topic));
        for node in &nodes {
            counting::each(view, node, |item, counts| {
                let titles = match view.status(&item) {
                    Status::Done => &mut done,
                    Status::Todo | Status::Doing if counts != Counts::Aside => &mut open,
                    Status::Todo | Status::Doing | Status::Skipped => return,
                };
                if item.kind() == NodeKind::Skill {
                    titles.add(item.title());
                }
            });
        }
    }
    (done.titles, open.titles)
}

/// Titles, each once.
#[derive(Default)]
struct Titles<'t> {
    titles: Vec<String>,
    seen: FxHashSet<&'t str>,
}

impl<'t> Titles<'t> {
    fn add(&mut self, title: &'t str) {
        if self.seen.insert(title) {
            self.titles.push(title.to_owned());
        }
    }
}
