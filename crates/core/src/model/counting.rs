//! What a percentage counts: the one rule, from which every view has its numbers.
//!
//! Topics decide. The goals of a topic are its skills; of a topic without skills, its resources. A
//! milestone is a goal of its stage. What is optional or retired never is one, so a topic that has
//! only optional skills has no goals. Hours are [`Item::hours`]. So topics add up to their stage and
//! stages to their path.
//!
//! Where `choose` leaves a choice, so many parts count as it says: first what is done, then what is
//! in progress, then what takes the least.

use std::ops::ControlFlow;

use milepost_path::{Item, Node, NodeKind, Stage, Topic, sort};

use super::amounts;
use super::learner::Learner;
use super::standing::Status;

/// What an item is for the percentage of what it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// It is counted.
    Goal,
    /// A resource beside the skills that it teaches: it is counted apart.
    Means,
    /// It is not counted: it is optional or retired, or enough others were chosen.
    Aside,
}

impl Counts {
    fn of(item: &Item<'_>) -> Self {
        match (item.can_count(), item.is_goal()) {
            (false, _) => Self::Aside,
            (true, true) => Self::Goal,
            (true, false) => Self::Means,
        }
    }
}

type Look<'a> = (Item<'a>, Counts);

/// Shows each item of a node, in the order of the file, with what it is for the node's percentage.
/// An item by itself counts, unless nothing can count it.
pub(crate) fn each<'a>(
    view: &Learner<'_>,
    node: &Node<'a>,
    mut show: impl FnMut(Item<'a>, Counts),
) {
    let _ = walk(view, node, &mut |(item, counts)| {
        show(item, counts);
        ControlFlow::<()>::Continue(())
    });
}

/// The items of a node that its percentage counts, in the order of the file.
pub fn goals<'a>(view: &Learner<'_>, node: &Node<'a>) -> Vec<Item<'a>> {
    let mut goals = Vec::new();
    each(view, node, |item, counts| goals.extend((counts == Counts::Goal).then_some(item)));
    goals
}

/// The hours of all that a node's percentage counts, what was skipped too; `None` if it counts
/// nothing.
pub(crate) fn effort(view: &Learner<'_>, node: &Node<'_>) -> Option<f64> {
    let goals = goals(view, node);
    (!goals.is_empty()).then(|| amounts::sum(goals.iter().filter_map(Item::hours)))
}

/// Whether nothing is left of a node: an item that is done or skipped, or a topic, stage or path of
/// which nothing that counts is open.
pub(crate) fn is_finished(view: &Learner<'_>, node: &Node<'_>) -> bool {
    if let Node::Item(item) = node {
        return !view.is_open(item);
    }
    let found = walk(view, node, &mut |(item, counts)| {
        if counts == Counts::Goal && view.is_open(&item) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    found.is_continue()
}

fn walk<'a>(
    view: &Learner<'_>,
    node: &Node<'a>,
    show: &mut impl FnMut(Look<'a>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    match *node {
        Node::Path(roadmap) => {
            let mut stages = roadmap.stages.iter();
            stages.try_for_each(|stage| of_stage(view, node, stage, show))
        }
        Node::Stage(_, stage) => of_stage(view, node, stage, show),
        Node::Topic(_, stage, topic) => of_topic(view, node, stage, topic, show),
        Node::Item(item) => {
            show((item, if item.can_count() { Counts::Goal } else { Counts::Aside }))
        }
    }
}

fn of_stage<'a>(
    view: &Learner<'_>,
    of: &Node<'a>,
    stage: &'a Stage,
    show: &mut impl FnMut(Look<'a>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    match stage.choose {
        None => {
            let mut topics = stage.topics.iter();
            topics.try_for_each(|topic| of_topic(view, of, stage, topic, show))?;
        }
        Some(most) => {
            chosen_topics(view, of, stage, usize::from(most))
                .into_iter()
                .try_for_each(&mut *show)?;
        }
    }
    let mut milestones = of.roadmap().milestones_of(stage);
    milestones.try_for_each(|item| show((item, Counts::of(&item))))
}

fn of_topic<'a>(
    view: &Learner<'_>,
    of: &Node<'a>,
    stage: &'a Stage,
    topic: &'a Topic,
    show: &mut impl FnMut(Look<'a>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut items = of.roadmap().items_of_topic(stage, topic).map(|item| (item, Counts::of(&item)));
    match topic.choose {
        None => items.try_for_each(show),
        Some(most) => {
            chosen_skills(view, items.collect(), usize::from(most)).into_iter().try_for_each(show)
        }
    }
}

/// The items of a topic of which so many skills are enough.
fn chosen_skills<'a>(view: &Learner<'_>, mut items: Vec<Look<'a>>, most: usize) -> Vec<Look<'a>> {
    let parts: Vec<Part> = items
        .iter()
        .enumerate()
        .filter(|(_, (item, counts))| *counts == Counts::Goal && item.kind() == NodeKind::Skill)
        .map(|(at, (item, _))| Part { at, status: view.status(item), hours: item.hours() })
        .collect();
    for at in passed_over(parts, most) {
        if let Some((_, counts)) = items.get_mut(at) {
            *counts = Counts::Aside;
        }
    }
    items
}

/// The items of the topics of a stage of which so many topics are enough.
fn chosen_topics<'a>(
    view: &Learner<'_>,
    of: &Node<'a>,
    stage: &'a Stage,
    most: usize,
) -> Vec<Look<'a>> {
    let looked = |topic: &'a Topic| {
        let mut items = Vec::new();
        let _ = of_topic(view, of, stage, topic, &mut |look| {
            items.push(look);
            ControlFlow::<()>::Continue(())
        });
        items
    };
    let mut topics: Vec<Vec<Look<'a>>> = stage.topics.iter().map(looked).collect();
    let parts = topics.iter().enumerate().filter_map(|(at, items)| Part::of_goals(view, at, items));
    for at in passed_over(parts.collect(), most) {
        for (_, counts) in topics.get_mut(at).into_iter().flatten() {
            *counts = Counts::Aside;
        }
    }
    topics.into_iter().flatten().collect()
}

/// One of those among which there is a choice.
struct Part {
    at: usize,
    status: Status,
    hours: Option<f64>,
}

impl Part {
    /// A topic as a part of its stage; `None` if it has no goals, since then there is nothing in it
    /// to choose.
    fn of_goals(view: &Learner<'_>, at: usize, items: &[Look<'_>]) -> Option<Self> {
        let goals = || items.iter().filter(|(_, counts)| *counts == Counts::Goal);
        goals().next()?;
        let mut statuses: Vec<Status> = goals().map(|(item, _)| view.status(item)).collect();
        statuses.sort_unstable();
        statuses.dedup();
        let is_open = statuses.iter().any(|status| status.is_open());
        let is_begun = statuses.contains(&Status::Done) || statuses.contains(&Status::Doing);
        let status = match (is_open, is_begun) {
            (true, true) => Status::Doing,
            (true, false) => Status::Todo,
            (false, true) => Status::Done,
            (false, false) => Status::Skipped,
        };
        let hours = amounts::sum(goals().filter_map(|(item, _)| item.hours()));
        Some(Self { at, status, hours: (hours > 0.0).then_some(hours) })
    }

    /// What is less comes first. An effort that is not known is not the least.
    fn rank(&self) -> (u8, f64) {
        let hours = self.hours.unwrap_or(f64::INFINITY);
        match self.status {
            Status::Done => (0, -self.hours.unwrap_or(0.0)),
            Status::Doing => (1, hours),
            Status::Todo => (2, hours),
            Status::Skipped => (3, hours),
        }
    }
}

/// Where the parts are that do not count when so many are enough: what was skipped never does.
fn passed_over(mut parts: Vec<Part>, most: usize) -> Vec<usize> {
    sort::by(&mut parts, |a, b| {
        let ((a, of_a), (b, of_b)) = (a.rank(), b.rank());
        a.cmp(&b).then(of_a.total_cmp(&of_b))
    });
    let counted = parts.iter().take(most).take_while(|part| part.status != Status::Skipped).count();
    parts.into_iter().skip(counted).map(|part| part.at).collect()
}

#[cfg(test)]
mod tests;
