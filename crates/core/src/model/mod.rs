//! The pure part: what a path is, what happened, what follows from it.
//!
//! Nothing here does io, reads the clock, or knows SQL, TOML or the command line. Everything is a
//! function of a [`Shelf`](milepost_path::Shelf) (the paths), [`states::States`] (the state of every item) and a
//! day.

pub mod activity;
pub(crate) mod amounts;
pub mod annotations;
pub mod as_marked;
pub mod away;
pub mod burndown;
pub(crate) mod compare;
pub mod counting;
pub mod decision;
pub mod effects;
pub mod effort;
pub mod event;
pub(crate) mod evidence;
pub mod fit;
#[cfg(any(test, feature = "fixtures"))]
pub mod fixture;
pub mod forecast;
pub(crate) mod form;
pub mod former;
pub mod gap;
pub mod guidance;
pub mod history;
pub mod interview;
pub mod learner;
pub(crate) mod left;
pub mod likeness;
pub mod marking;
pub mod order;
pub mod pace;
pub mod path_forecast;
pub mod progress;
pub mod retired;
pub mod revision;
pub(crate) mod route;
pub mod schedule;
pub mod search;
pub mod standing;
pub mod states;
pub mod study_days;
pub mod summary;
pub mod units;
pub(crate) mod unlock;
pub(crate) mod version;
