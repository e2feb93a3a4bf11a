//! The way to something: what of a plan it needs.

use chrono::NaiveDate;
use milepost_path::{Milestone, Ref, Requirement, Roadmap, Stage, Topic};

use super::NextFilter;
use super::need::{Need, REST};
use super::scope::{Scope, ScopeTopic, Waiter};
use super::state::State;
use crate::model::amounts;
use crate::model::learner::Learner;

/// For each goal, which is a list of topics, milestones and skills: the hours to its end, with all
/// that must be studied and built before; each thing once. Topics for another role are left out.
///
/// They are those of the plan of a path that asks for nothing else, but for the milestones that a plan
/// adds because they prove what is studied anyway.
pub(crate) fn hours_to(view: &Learner<'_>, goals: &[Vec<Ref>], role: &str) -> Vec<f64> {
    let roadmap = Roadmap {
        stages: goals.iter().map(|goal| asking_for(goal)).collect(),
        ..Roadmap::default()
    };
    // The shelf and the record are lent for no longer than the path lives.
    let view: Learner<'_> = *view;
    let filter = NextFilter { role: Some(role.to_owned()), ..NextFilter::default() };
    let is_wanted = |topic: &Topic| filter.is_for(topic);
    let scope = Scope::new(&view, &[&roadmap], |_| true, is_wanted, NaiveDate::MAX);
    let state = State::new(&scope, NaiveDate::MAX);
    let of_goal = |goal: usize| {
        // All but its stage come after everything.
        let rank = |stage: usize| if stage == goal { 0 } else { REST };
        let ranks = |path: &super::scope::ScopePath<'_>| match path.is_goal {
            true => (0..path.stages.len()).map(rank).collect(),
            false => Vec::new(),
        };
        let ranks: Vec<Vec<u32>> = scope.paths.iter().map(ranks).collect();
        hours(&scope, &state, &Need::new(&scope, &state, &ranks))
    };
    (0..goals.len()).map(of_goal).collect()
}

/// A stage with one milestone of no hours.
fn asking_for(goal: &[Ref]) -> Stage {
    let requires = goal.iter().map(|end| Requirement { any_of: vec![end.clone()] }).collect();
    let milestones = vec![Milestone { requires, ..Milestone::default() }];
    Stage { milestones, ..Stage::default() }
}

/// The hours of all that is needed and open.
fn hours(scope: &Scope<'_>, state: &State, need: &Need) -> f64 {
    let topics = scope.topics.iter().enumerate().filter(|(at, _)| need.of_topic(*at) != REST);
    let studied = topics.map(|(at, topic)| match state.left_of_topic(at) {
        0 => 0.0,
        _ => hours_of_topic(scope, topic, state, need),
    });
    // What is needed for something has that for a cause; what only proves has none.
    let milestones = scope.milestones.iter().enumerate();
    let required = milestones.filter(|(at, one)| {
        let is_required = need.is_brought_forward(Waiter::Milestone(*at));
        is_required && need.of_milestone(*at) != REST && state.is_open(one.item)
    });
    let built =
        required.filter_map(|(_, one)| Some(state.left_of(scope, one.item, one.what.hours()?)));
    amounts::sum(studied.chain(built))
}

/// What is left of the course of a topic for the skills that are needed, with the practice that the
/// topic leaves room for where they are all that is left.
fn hours_of_topic(scope: &Scope<'_>, topic: &ScopeTopic<'_>, state: &State, need: &Need) -> f64 {
    let course = topic.course(state);
    let is_needed = |item: usize| need.of_item(item) != REST;
    let is_needed_skill = |skill: &usize| {
        let item = topic.skills.get(*skill).map(|one| one.item);
        topic.is_wanted(*skill, state) && item.is_some_and(is_needed)
    };
    let open = course.open.iter().filter_map(|slot| topic.resources.get(slot.resource));
    let studied = open.filter(|resource| match topic.is_reading {
        true => is_needed(resource.item),
        false => resource.teaches.iter().any(is_needed_skill),
    });
    let studied: f64 =
        studied.map(|resource| state.left_of(scope, resource.item, resource.hours)).sum();
    let mut wanted = (0..topic.skills.len()).filter(|skill| topic.is_wanted(*skill, state));
    let spare =
        if wanted.all(|skill| is_needed_skill(&skill)) { topic.spare(&course, state) } else { 0.0 };
    studied + topic.left_to_practise(spare)
}

#[cfg(test)]
mod tests;
