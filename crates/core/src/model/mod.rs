//! The pure part: what a path is, what happened, what follows from it.
//!
//! Nothing here does io, reads the clock, or knows SQL, TOML or the command line. Everything is a
//! function of a [`Shelf`](milepost_path::Shelf) (the paths), [`states::States`] (the state of every item) and a
//! day.

pub(crate) mod activity;
pub(crate) mod amounts;
pub(crate) mod annotations;
pub(crate) mod as_marked;
pub(crate) mod away;
pub(crate) mod burndown;
pub(crate) mod compare;
pub(crate) mod counting;
pub(crate) mod decision;
pub(crate) mod effects;
pub(crate) mod effort;
pub(crate) mod event;
pub(crate) mod evidence;
pub(crate) mod fit;
#[cfg(any(test, feature = "fixtures"))]
pub mod fixture;
pub(crate) mod forecast;
pub(crate) mod form;
pub(crate) mod former;
pub(crate) mod gap;
pub(crate) mod guidance;
pub(crate) mod history;
pub(crate) mod interview;
pub(crate) mod learner;
pub(crate) mod left;
pub(crate) mod likeness;
pub(crate) mod marking;
pub(crate) mod order;
pub(crate) mod pace;
pub(crate) mod path_forecast;
pub(crate) mod progress;
pub(crate) mod retired;
pub(crate) mod revision;
pub(crate) mod route;
pub(crate) mod schedule;
pub(crate) mod search;
pub(crate) mod standing;
pub(crate) mod states;
pub(crate) mod study_days;
pub(crate) mod summary;
pub(crate) mod units;
pub(crate) mod unlock;
pub(crate) mod version;
