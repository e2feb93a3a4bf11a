//! The sentences: what a report, an error or a fact means to a person, for text and for JSON, and for
//! every front end.

pub mod add;
mod assess;
mod away;
mod backup;
mod catalog_problem;
pub mod check;
pub mod compare;
pub mod config;
pub mod dashboard;
pub mod disk_error;
pub mod doctor;
mod error;
mod export;
pub mod fmt;
pub mod forecast;
mod hint;
mod import;
pub mod interview;
mod invalid_file;
pub mod item;
pub mod mark;
pub mod new;
mod news;
pub mod next;
mod note;
mod open;
pub mod overlay;
pub mod plan;
pub mod reason;
pub mod record;
pub mod redact;
pub mod remark;
mod remove;
pub mod restore;
pub mod revert;
pub mod roles;
mod search;
pub mod show;
pub mod snooze;
mod status;
pub mod store_error;
mod study;
pub mod sync;
pub mod texts;
pub mod ticks;
pub mod work;

use milepost_core::{NoPath, report};

pub use error::timed_out;
pub(crate) use error::{candidate, could_mean};
pub use hint::{hint, no_copy, warning};
pub(crate) use invalid_file::invalid_file;
use serde::Serialize;

/// Why there is no path.
fn no_path(why: NoPath) -> &'static str {
    match why {
        NoPath::Followed => "you follow no path yet",
        NoPath::Installed => "no path that you follow is installed here",
    }
}

/// That there is nothing to plan, since there is no path.
fn no_path_to_plan(why: NoPath) -> String {
    format!("{}: `milepost paths` lists them, `milepost start PATH` follows one", no_path(why))
}

/// A report as a JSON document: its values, with the sentences that go with them.
pub trait Document {
    /// The word for the command that it answers.
    const COMMAND: &'static str;

    /// The word for the command, where several have the same report.
    fn command(&self) -> &'static str {
        Self::COMMAND
    }

    /// What is written as JSON.
    fn json(&self) -> impl Serialize;
}

/// A document whose JSON has a schema, made of the types that it is written from: for front ends that
/// promise what they answer. What is never left out is required, and what can be null says so.
#[cfg(feature = "schemars")]
pub trait Described: Document {
    /// The schema of what [`Document::json`] writes.
    fn schema(generator: schemars::SchemaGenerator) -> schemars::Schema;
}

/// Says that the JSON of a report is written from a type.
macro_rules! described {
    ($report:ty as $json:ty) => {
        #[cfg(feature = "schemars")]
        impl $crate::words::Described for $report {
            fn schema(generator: schemars::SchemaGenerator) -> schemars::Schema {
                generator.into_root_schema_for::<$json>()
            }
        }
    };
}
use described;

/// Reports that are JSON as they are.
macro_rules! as_they_are {
    ($($command:ident),* $(,)?) => {
        $(impl Document for report::$command::Report {
            const COMMAND: &'static str = stringify!($command);

            fn json(&self) -> impl Serialize {
                self
            }
        })*
    };
}

as_they_are! {
    add,
    assess,
    away,
    backup,
    hide,
    import,
    link,
    list,
    log,
    open,
    paths,
    redact,
    redo,
    remove,
    restore,
    search,
    start,
    stop,
    study,
    undo,
}

described!(report::add::Report as report::add::Report);
described!(report::assess::Report as report::assess::Report);
described!(report::list::Report as report::list::Report);
described!(report::log::Report as report::log::Report);
described!(report::search::Report as report::search::Report);
described!(report::study::Report as report::study::Report);
described!(report::undo::Report as report::undo::Report);

/// Whether one of these was meant.
pub(crate) fn did_you_mean(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|one| format!("`{one}`")).collect();
    format!("did you mean {}?", names.join(" or "))
}
