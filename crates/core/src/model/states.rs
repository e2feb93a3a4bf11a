//! Where the state of an item is found. [`Standing`] has the state of everything; the record reads
//! each state when it is asked for; [`After`] has what a decision changes. None of them takes what
//! it has not read for `todo`.

use std::cell::OnceCell;

use chrono::NaiveDate;
use milepost_path::Ref;

use super::event::NewEvent;
use super::standing::{ItemState, Standing, SubjectState};

/// The state of everything, however it is read.
pub trait States {
    /// The state of an item; none if nothing was ever said about it.
    fn item(&self, path: &str, id: &str) -> Option<&ItemState>;

    /// The state of everything at once. A mark must not need it: the record has to be read whole.
    fn all(&self) -> &Standing;

    /// The state that is kept under a reference.
    fn item_at(&self, reference: &Ref) -> Option<&ItemState> {
        self.item(reference.path(), reference.id()?)
    }
}

impl States for Standing {
    fn item(&self, path: &str, id: &str) -> Option<&ItemState> {
        self.item(path, id)
    }

    fn all(&self) -> &Standing {
        self
    }
}

/// The states once some entries are recorded.
pub(crate) struct After<'a> {
    before: &'a dyn States,
    entries: Vec<(NewEvent, NaiveDate)>,
    /// The items that the entries are about, and nothing else.
    changed: Standing,
    all: OnceCell<Standing>,
}

impl<'a> After<'a> {
    /// Records entries for a day on top of the states before them.
    pub(crate) fn new(before: &'a dyn States, entries: &[NewEvent], on: NaiveDate) -> Self {
        Self::of(before, entries.iter().map(|entry| (entry.clone(), on)))
    }

    /// Records entries, each for its day, on top of the states before them.
    pub(crate) fn of(
        before: &'a dyn States,
        entries: impl IntoIterator<Item = (NewEvent, NaiveDate)>,
    ) -> Self {
        let entries: Vec<(NewEvent, NaiveDate)> = entries.into_iter().collect();
        let mut changed = Standing::default();
        for (NewEvent { subject, fact, .. }, on) in &entries {
            let known = changed.item_at(subject).or_else(|| before.item_at(subject));
            let state = SubjectState::after(known.cloned().map(SubjectState::Item), *on, fact);
            changed.put(subject, state);
        }
        Self { before, entries, changed, all: OnceCell::new() }
    }
}

impl States for After<'_> {
    fn item(&self, path: &str, id: &str) -> Option<&ItemState> {
        self.changed.item(path, id).or_else(|| self.before.item(path, id))
    }

    fn all(&self) -> &Standing {
        self.all.get_or_init(|| {
            let mut all = self.before.all().clone();
            for (NewEvent { subject, fact, .. }, on) in &self.entries {
                let state = SubjectState::after(all.subject(subject), *on, fact);
                all.put(subject, state);
            }
            all
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::event::EventKind;
    use crate::model::fixture::{Choices, Step, cases, histories, numbers};

    proptest! {
        #![proptest_config(cases(64))]

        /// What is laid over the states is what the record has once it is written.
        #[test]
        fn after_is_what_is_recorded((world, log) in histories(), numbers in numbers(20)) {
            let step = Step::new(&world, &log.standing, &mut Choices::new(&numbers));
            let Step::Change(entries, on) = step else { return Ok(()) };
            // What a thing was before has the id of the event in its name, which is not known yet.
            let is_apart = |entry: &NewEvent| matches!(entry.fact, EventKind::SetApart(_));
            prop_assume!(!entries.iter().any(is_apart));
            let mut written = log.clone();
            written.append(entries.clone(), on);
            let after = After::new(&log.standing, &entries, on);
            for item in world.items() {
                let (path, id) = (&item.roadmap.id, item.id());
                prop_assert_eq!(after.item(path, id), written.standing.item(path, id));
            }
            let mut all = after.all().clone();
            all.put_efforts(written.standing.efforts().to_vec());
            prop_assert_eq!(&all, &written.standing);
        }
    }
}
