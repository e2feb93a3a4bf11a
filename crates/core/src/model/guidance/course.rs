//! The course of a topic: of each group of alternatives the one to study, in the author's order.
//!
//! A resource that names others in `instead_of` replaces them all. What it names is *covered* once it
//! is done or in progress. It *stands in*, in the place of the first that it names, only when all that
//! it names is skipped or does not fit the filters and none of it is done, in progress or covered.

use rustc_hash::{FxHashMap, FxHashSet};

use super::scope::{ScopeResource, ScopeTopic};
use super::state::State;
use crate::model::left;
use crate::model::standing::Status;

/// The course of a topic in a state.
#[derive(Debug, Default)]
pub(super) struct Course {
    /// What is left to study and teaches something open, in order.
    pub(super) open: Vec<Slot>,
    /// The hours of the course: of what was studied and of what is left.
    pub(super) hours: f64,
}

/// A place in a course.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// The resource of the topic to study, by position.
    pub(super) resource: usize,
    /// The resource in whose place it stands, by position; itself where it stands for itself.
    pub(super) place: usize,
}

impl ScopeTopic<'_> {
    /// The hours of the goals of the topic.
    pub(super) fn effort(&self) -> f64 {
        if self.is_reading {
            self.resources.iter().fold(0.0, |sum, one| sum + one.hours)
        } else {
            self.skills.iter().filter(|one| one.counts).fold(0.0, |sum, one| sum + one.hours)
        }
    }

    /// Whether a skill, by position, is counted and open, so that it is worth studying for.
    pub(super) fn is_wanted(&self, skill: usize, state: &State) -> bool {
        self.skills.get(skill).is_some_and(|one| one.counts && state.is_open(one.item))
    }

    /// The course of the topic.
    pub(super) fn course(&self, state: &State) -> Course {
        let mut course = Course::default();
        let status = |at: usize| self.resources.get(at).map(|one| state.status(one.item));
        let hours = |at: usize| self.resources.get(at).map_or(0.0, |one| one.hours);
        let mut placed: FxHashSet<usize> = FxHashSet::default();
        for (at, one) in self.resources.iter().enumerate().filter(|(_, one)| one.is_core) {
            let alternatives = || one.alternatives.iter().copied();
            if state.is_done(one.item) {
                course.hours += one.hours;
                continue;
            }
            if let Some(other) = alternatives().find(|at| status(*at) == Some(Status::Done)) {
                if placed.insert(other) {
                    course.hours += hours(other);
                }
                continue;
            }
            let begun = alternatives().find(|at| status(*at) == Some(Status::Doing));
            let own = || {
                let goes = state.is_doing(one.item) || (state.is_open(one.item) && one.fits);
                goes.then_some(at)
            };
            let other = || alternatives().find(|at| self.stands_in(*at, state));
            let Some(resource) = begun.or_else(own).or_else(other) else { continue };
            if resource != at && !placed.insert(resource) {
                continue;
            }
            if self.teaches_wanted(resource, state) {
                course.hours += hours(resource);
                course.open.push(Slot { resource, place: at });
            }
        }
        course
    }

    /// Whether a resource teaches a skill that is counted and open, or is what is to be done itself.
    pub(super) fn teaches_wanted(&self, resource: usize, state: &State) -> bool {
        self.resources.get(resource).is_some_and(|one| {
            let mut taught = one.teaches.iter();
            self.is_reading || taught.any(|skill| self.is_wanted(*skill, state))
        })
    }

    /// Whether a resource is open, fits, and everything that it names is skipped or does not fit.
    fn stands_in(&self, resource: usize, state: &State) -> bool {
        let Some(one) = self.resources.get(resource) else { return false };
        let gives_way = |at: &usize| {
            self.resources.get(*at).is_some_and(|named| match state.status(named.item) {
                Status::Skipped => !self.is_covered(*at, state),
                Status::Todo => !named.fits && !self.is_covered(*at, state),
                Status::Doing | Status::Done => false,
            })
        };
        one.fits
            && !one.resource.tracked.optional
            && state.is_open(one.item)
            && one.instead_of.iter().all(gives_way)
    }

    /// Whether an alternative to a resource is done or in progress.
    fn is_covered(&self, resource: usize, state: &State) -> bool {
        self.resources.get(resource).is_some_and(|one| {
            let mut others = one.alternatives.iter().filter_map(|at| self.resources.get(*at));
            others.any(|other| matches!(state.status(other.item), Status::Done | Status::Doing))
        })
    }

    /// Whether a resource would only repeat another that was studied or begun: it covers this, or all
    /// that this can stand in for.
    pub(super) fn repeats(&self, resource: usize, state: &State) -> bool {
        let Some(one) = self.resources.get(resource) else { return false };
        let has = |at: &usize| {
            let other = self.resources.get(*at);
            other.is_some_and(|other| state.is_done(other.item) || state.is_doing(other.item))
        };
        let stands_in = !one.instead_of.is_empty();
        self.is_covered(resource, state) || (stands_in && one.instead_of.iter().all(has))
    }

    /// For each skill, by position, whether some resources teach it.
    pub(super) fn taught<'t>(
        &self,
        resources: impl IntoIterator<Item = &'t ScopeResource<'t>>,
    ) -> Vec<bool> {
        let mut taught = vec![false; self.skills.len()];
        for skill in resources.into_iter().flat_map(|one| &one.teaches) {
            if let Some(taught) = taught.get_mut(*skill) {
                *taught = true;
            }
        }
        taught
    }

    /// For some skills, by position, the resources that teach each, in order.
    pub(super) fn taught_by(&self, skills: &[usize]) -> FxHashMap<usize, Vec<usize>> {
        let mut found: FxHashMap<usize, Vec<usize>> =
            skills.iter().map(|skill| (*skill, Vec::new())).collect();
        for (at, one) in self.resources.iter().enumerate() {
            for skill in &one.teaches {
                if let Some(teachers) = found.get_mut(skill) {
                    teachers.push(at);
                }
            }
        }
        found
    }

    /// For each skill, by position, whether something that teaches it was studied.
    pub(super) fn studied(&self, state: &State) -> Vec<bool> {
        self.taught(self.resources.iter().filter(|one| state.is_done(one.item)))
    }

    /// What practice the hours of the topic leave beyond those of its course, in hours: those of the
    /// skills that are open or were proven after study, less those of the course.
    pub(super) fn spare(&self, course: &Course, state: &State) -> f64 {
        let counted = self.skills.iter().enumerate().filter(|(_, one)| one.counts);
        let mut studied: Option<Vec<bool>> = None;
        let mut was_studied = |at: usize| {
            let studied = studied.get_or_insert_with(|| self.studied(state));
            studied.get(at).copied().unwrap_or(false)
        };
        let due = counted.filter(|(at, one)| {
            let proven = state.is_done(one.item) && !state.is_known(one.item);
            state.is_open(one.item) || (proven && was_studied(*at))
        });
        let due = due.fold(0.0, |sum, (_, one)| sum + one.hours);
        // Where some of the skills are enough, all of them together would be more than the topic.
        let most = self.topic.hours.unwrap_or(0.0);
        (due.min(most) - course.hours).max(0.0)
    }

    /// What is left of some hours of practice.
    pub(super) fn left_to_practise(&self, spare: f64) -> f64 {
        left::left(spare, self.practised, 1.0)
    }
}
