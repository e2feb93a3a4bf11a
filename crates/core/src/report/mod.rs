//! What milepost can answer, apart from any way to ask: one file a verb, with its `Query`, its
//! `Report` and the function that makes one of the other.
//!
//! A front end (the command line, a test, another program) fills a [`App`] and a `Query` and gets an
//! [`Answer`] or an [`Error`]. All of them hold codes and values; their sentences stand in `words`,
//! for JSON and for text. Nothing here knows a flag, asks, or writes to a terminal. Where a query
//! leaves something open, the error says what ([`Refusal`]): the front end completes the query and
//! asks again.

pub mod add;
pub mod aim;
pub(crate) mod answer;
pub(crate) mod app;
pub mod assess;
pub mod away;
pub mod backup;
mod before;
pub mod change;
pub mod check;
pub mod choice;
pub mod compare;
pub mod dashboard;
pub mod doctor;
pub(crate) mod error;
pub mod export;
#[cfg(any(test, feature = "fixtures"))]
pub mod fixture;
mod given;
pub mod hide;
pub mod import;
pub mod interview;
pub mod link;
pub mod list;
pub mod log;
pub mod mark;
pub mod news;
pub mod next;
pub mod note;
pub mod open;
mod origins;
pub mod overlay;
pub mod paths;
pub mod plan;
pub mod record;
pub mod redact;
pub mod redo;
pub mod references;
pub mod remark;
pub mod remove;
pub mod requires;
pub mod restore;
pub mod revert;
pub mod roles;
pub mod row;
pub mod search;
pub mod show;
pub mod snooze;
pub mod start;
pub mod status;
pub mod stop;
pub mod study;
pub mod sync;
pub mod texts;
pub mod ticks;
pub mod undo;
pub mod values;

pub(crate) use answer::{Answer, Hint, NoPath, Warning};
pub(crate) use app::App;
pub(crate) use error::{Candidate, Error, Named, Refusal, Result};
