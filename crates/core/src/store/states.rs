//! The state of items, read when a caller asks for them. A few are looked up one by one; a caller that
//! asks for many gets the whole table, so that a mark of a whole path does not look up each of its items.

use std::cell::{Cell, OnceCell};
use std::hash::BuildHasher;

use milepost_path::Ref;
use rustc_hash::FxBuildHasher;

use super::{Reading, Result, StoreError};
use crate::model::standing::{ItemState, Standing, SubjectState};
use crate::model::states::States;

/// So many look-ups take about as long as reading a table of some 1,500 rows.
const MOST_LOOKUPS: usize = 256;
const CHAINS: usize = 64;

/// What was looked up stays where it is, so that others can hold on to it while more is looked up.
struct LookedUp {
    path: String,
    id: String,
    state: Option<ItemState>,
    next: Link,
}

type Link = OnceCell<Box<LookedUp>>;

/// States that are read when they are asked for.
struct Lazy<'r> {
    reading: &'r Reading<'r>,
    chains: [Link; CHAINS],
    lookups: Cell<usize>,
    all: OnceCell<Standing>,
    /// The first error. What was answered since then is nothing to go by.
    error: OnceCell<StoreError>,
}

impl Reading<'_> {
    /// What follows from states that are read when they are asked for.
    ///
    /// # Errors
    /// One of them could not be read: then there is no answer, since it was made without that.
    pub(crate) fn ask<T>(&self, about: impl FnOnce(&dyn States) -> T) -> Result<T> {
        let lazy = Lazy::new(self);
        let answer = about(&lazy);
        match lazy.error.into_inner() {
            None => Ok(answer),
            Some(error) => Err(error),
        }
    }
}

impl<'r> Lazy<'r> {
    fn new(reading: &'r Reading<'r>) -> Self {
        Self {
            reading,
            chains: [const { OnceCell::new() }; CHAINS],
            lookups: Cell::new(0),
            all: OnceCell::new(),
            error: OnceCell::new(),
        }
    }

    fn or_error<T: Default>(&self, result: Result<T>) -> T {
        result.unwrap_or_else(|error| {
            // The first one stays.
            let _ = self.error.set(error);
            T::default()
        })
    }

    fn look_up(&self, path: &str, id: &str) -> Option<ItemState> {
        match self.or_error(self.reading.subject(&Ref::node(path, id))) {
            Some(SubjectState::Item(state)) => Some(state),
            _ => None,
        }
    }
}

impl States for Lazy<'_> {
    fn item(&self, path: &str, id: &str) -> Option<&ItemState> {
        let chain = FxBuildHasher.hash_one((path, id)) as usize % CHAINS;
        let mut link = self.chains.get(chain)?;
        while let Some(known) = link.get() {
            if known.id == id && known.path == path {
                return known.state.as_ref();
            }
            link = &known.next;
        }
        if self.lookups.get() == MOST_LOOKUPS {
            return self.all().item(path, id);
        }
        self.lookups.set(self.lookups.get() + 1);
        let looked_up = || {
            let (path, id, state) = (path.to_owned(), id.to_owned(), self.look_up(path, id));
            Box::new(LookedUp { path, id, state, next: OnceCell::new() })
        };
        link.get_or_init(looked_up).state.as_ref()
    }

    fn all(&self) -> &Standing {
        self.all.get_or_init(|| {
            let mut all = self.or_error(self.reading.standing());
            all.put_efforts(self.or_error(self.reading.efforts()));
            all
        })
    }
}

#[cfg(test)]
mod tests;
