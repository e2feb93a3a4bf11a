//! One topic by itself: who teaches a skill of it, which of its skills were studied, and what still
//! teaches the others. The rules are those of the plan; only the rest of the paths is left out, so
//! that a mark looks at no more than it needs.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use milepost_path::{Item, ItemBody, sort};

use super::need::Need;
use super::order::Ground;
use super::scope::{Scope, ScopeResource};
use super::state::State;
use crate::model::learner::Learner;

/// A topic with its course.
pub struct Lesson<'a> {
    at: Item<'a>,
    scope: Scope<'a>,
    state: State,
}

/// A resource that teaches a skill.
#[derive(Debug, Clone)]
pub(crate) struct Teacher<'a> {
    /// The resource.
    pub item: Item<'a>,
    /// Whether it is part of the course of its topic, and not an alternative or an addition.
    pub is_core: bool,
    /// What it can stand in for.
    pub instead_of: Vec<Item<'a>>,
}

impl<'a> Lesson<'a> {
    /// The topic of an item on a day; `None` if it stands in no topic.
    pub fn of(view: &Learner<'a>, item: &Item<'a>, today: NaiveDate) -> Option<Self> {
        let scope = Scope::of_topic(view, item)?;
        let state = State::new(&scope, today);
        Some(Self { at: *item, scope, state })
    }

    /// The skills that were studied and are open: nothing open of the course teaches them.
    pub fn studied(&self) -> Vec<Item<'a>> {
        let need = Need::new(&self.scope, &self.state, &[vec![0]]);
        let (scope, state) = (&self.scope, &self.state);
        let ground = Ground { scope, state, need: &need, aim: None, levels: &[] };
        ground.studied(0).into_iter().filter_map(|skill| self.skill(skill)).collect()
    }

    /// The open skills that some resources of the topic teach, each with what of the course still
    /// teaches it; those that nothing teaches any more are left out.
    pub(crate) fn taught_later(&self, resources: &[Item<'_>]) -> Vec<(Item<'a>, Vec<Item<'a>>)> {
        let Some(topic) = self.scope.topics.first() else { return Vec::new() };
        let ids: HashSet<&str> = resources.iter().map(Item::id).collect();
        let is_named = |one: &ScopeResource<'_>| ids.contains(one.resource.tracked.id.as_str());
        let course = topic.course(&self.state);
        let open = course.open.iter().filter_map(|slot| topic.resources.get(slot.resource));
        let mut teachers: HashMap<usize, Vec<Item<'a>>> = HashMap::new();
        for one in open.filter(|one| !is_named(one)) {
            let item = self.item(ItemBody::Resource(one.resource));
            let teaches: HashSet<usize> = one.teaches.iter().copied().collect();
            teaches.into_iter().for_each(|skill| teachers.entry(skill).or_default().push(item));
        }
        let taught = topic.resources.iter().filter(|one| is_named(one));
        let taught = taught.flat_map(|one| one.teaches.iter().copied());
        let later = taught.filter(|skill| topic.is_wanted(*skill, &self.state));
        // Each skill is told once.
        later.filter_map(|skill| Some((self.skill(skill)?, teachers.remove(&skill)?))).collect()
    }

    /// What teaches a skill, the first to study before the others: the course, as `next` goes through it;
    /// then what stands open beside it; then what was studied, where somebody looks things up, before what
    /// can only repeat it; then what was skipped. Of equals the free ones come first, then the order of the
    /// file decides.
    pub(crate) fn by_worth(&self, skill: &Item<'_>) -> Vec<Item<'a>> {
        let Some(topic) = self.scope.topics.first() else { return Vec::new() };
        let Some(skill) = topic.skills.iter().position(|one| one.skill.tracked.id == skill.id())
        else {
            return Vec::new();
        };
        let course = topic.course(&self.state);
        let rank = |at: usize, one: &ScopeResource<'_>| {
            if let Some(turn) = course.open.iter().position(|slot| slot.resource == at) {
                // What is in progress comes before everything.
                return (0, !self.state.is_doing(one.item), turn);
            }
            let worth = match (self.state.is_open(one.item), topic.repeats(at, &self.state)) {
                (true, false) => 1,
                (false, _) if self.state.is_done(one.item) => 2,
                (true, true) => 3,
                (false, _) => 4,
            };
            (worth, !one.resource.is_free(), at)
        };
        let teachers = topic.resources.iter().enumerate();
        let mut teachers: Vec<_> = teachers
            .filter(|(_, one)| one.teaches.contains(&skill))
            .map(|(at, one)| (rank(at, one), self.item(ItemBody::Resource(one.resource))))
            .collect();
        sort::by_key(&mut teachers, |(rank, _)| *rank);
        teachers.into_iter().map(|(_, item)| item).collect()
    }

    /// What teaches a skill, in the order of the file.
    pub(crate) fn teachers(&self, skill: &Item<'_>) -> Vec<Teacher<'a>> {
        let Some(topic) = self.scope.topics.first() else { return Vec::new() };
        let at = topic.skills.iter().position(|one| one.skill.tracked.id == skill.id());
        let teachers =
            topic.resources.iter().filter(|one| at.is_some_and(|at| one.teaches.contains(&at)));
        let named = |at: &usize| topic.resources.get(*at);
        teachers
            .map(|one| Teacher {
                item: self.item(ItemBody::Resource(one.resource)),
                is_core: one.is_core,
                instead_of: one
                    .instead_of
                    .iter()
                    .filter_map(named)
                    .map(|other| self.item(ItemBody::Resource(other.resource)))
                    .collect(),
            })
            .collect()
    }

    fn skill(&self, skill: usize) -> Option<Item<'a>> {
        let topic = self.scope.topics.first()?;
        topic.skills.get(skill).map(|one| self.item(ItemBody::Skill(one.skill)))
    }

    fn item(&self, what: ItemBody<'a>) -> Item<'a> {
        Item { what, ..self.at }
    }
}

#[cfg(test)]
mod tests;
