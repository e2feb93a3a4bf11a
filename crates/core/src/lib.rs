//! The learner: what is recorded, what follows from it, and a report for each question.
//!
//! Ask it with an [`App`] and the `Query` of a verb in [`report`]; what comes back are codes and values.
//! Sentences, flags and the terminal are a front end's:
//!
//! ```
//! use milepost_core::report::next::{self, Query};
//! use milepost_core::{App, Places, Result, Stamp};
//!
//! fn main() -> Result<()> {
//!     let now: chrono::DateTime<chrono::Utc> = "2026-11-20T10:00:00Z".parse().expect("it is a time");
//!     let places = Places {
//!         db: Some("record.db".into()),
//!         paths: vec!["paths".into()],
//!         ..Places::default()
//!     };
//!     let app = App::new(places, Stamp { now, today: now.date_naive() }, now.time());
//!     let answer = next::report(&Query { most: Some(3), ..Query::default() }, &app)?;
//!     for step in &answer.report.recommendations {
//!         println!("{}", step.row.title);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! All that another crate can name stands at the end of this file, in [`report`] and in [`sync`]. Everything
//! else is private; what the tests, fuzzers and benchmarks of this workspace look into is listed in
//! `internals.rs`, behind a feature of that name. Imports go down only: `report → {catalog, sync → store} →
//! model → milepost-path`.
//!
//! | I want to change … | open |
//! |---|---|
//! | what `milepost X` reports, for every front end | `report/X.rs` |
//! | what done, doing, skip and todo share | `report/mark.rs` |
//! | what a list of ticks says; what its lines name | `report/ticks/list.rs`, `ticks/csv.rs`; `ticks/find.rs` |
//! | what a note or evidence can be | `report/remark.rs` |
//! | how a REF becomes a node | `report/references.rs`, `catalog/reference.rs` |
//! | what is recorded that no installed path shows | `model/retired.rs` |
//! | what counts as progress; as activity | `model/progress.rs`; `model/activity.rs` |
//! | pace, how long things take; forecast | `model/pace.rs`, `units.rs`; `forecast.rs` |
//! | days away, and days that count | `model/away.rs`; `study_days.rs` |
//! | what a burndown shows, where its plan begins | `model/burndown.rs` |
//! | what is next, the plan, and its reasons | `model/guidance.rs` and its folder |
//! | what a percentage counts | `model/counting.rs` |
//! | the fit with a role, and what the record speaks for; what closes a gap | `model/fit.rs`; `model/gap.rs` |
//! | which interview question is asked, when it is due, readiness | `model/interview.rs` |
//! | when something is ready, where progress is kept | `model/learner.rs` |
//! | where states come from; how a mark reads only those that it needs | `model/states.rs`; `store/states.rs` |
//! | what a mark unlocks | `model/unlock.rs` |
//! | what a mark keeps of its item, so that no path changes the past | `model/as_marked.rs` |
//! | what is recorded but in no path any more | `model/former.rs` |
//! | what a mark changes; what is so then; undo and redo | `model/marking.rs`; `standing.rs`; `history.rs` |
//! | what an event can say; how it is written | `model/event.rs`; `event/payload.rs` |
//! | who made an event, if not the learner | `model/event/actor.rs`; who acts: `report/app.rs` |
//! | what stands in for a broken path file; how a changed one is told | `catalog/last_good.rs` |
//! | where overlays are found, and when one is not used | `catalog/overlays.rs` |
//! | how `hide` and `link` change the text of an overlay; how it is written | `report/overlay/edit.rs`; `report/overlay/change.rs` |
//! | how new content that ships is told once | `report/news.rs`; `catalog/seen.rs` |
//! | which notes and evidence stand, and their numbers; how one is erased | `model/annotations.rs`; `store/erase.rs` |
//! | what came with an import | `store/imports.rs` |
//! | what a new version of a file does to the record, and to every record; whether two things are one | `model/effects.rs`; `effects/breach.rs`; `likeness.rs` |
//! | what the learner decided about things that changed | `model/decision.rs`; `store/decisions.rs` |
//! | what an overlay does not keep of its version before | `report/check/against/overlays.rs` |
//! | what `add` and `remove` keep, and bring back | `report/before.rs` |
//! | where installed files came from; which version is newer | `report/origins.rs`; `model/version.rs` |
//! | a table or column of the database | `store/schema.rs` (a new step only) and its rows |
//! | what `doctor` finds in a record; around it | `store/verify.rs`; `store/environment.rs` |
//! | the facts when something is wrong with a record | `store/error.rs` |
//! | the whole record as JSON; an event in it; how two become one | `transfer.rs`; `lines.rs`; `store/merge.rs` |
//! | the order of the log, and the ids of events | `model/order.rs`; labels of older events: `store/relabel.rs` |
//! | what a portfolio has, and what of it is for the public | `report/export/` |
//! | backups, daily copies, upgrades of older records | `store/snapshot.rs`; `auto_backup.rs`, `restore.rs`, `migrate.rs` |
//! | how a record is shared with other machines; what it knows of them | `sync/`, which has a map; `store/synced.rs` |
//! | where an event stands in the log, by its id | `store/find.rs` |
//! | how a file is written whole, privately and durably | `disk.rs` |
//! | what is the same in a search | `model/form.rs` |
//! | how JSON is written | `json.rs` |
//! | what a signal must wait for that ends the program | `interrupt.rs` |

#![cfg_attr(not(feature = "fixtures"), allow(unreachable_pub))]
#![cfg_attr(any(test, feature = "internals"), allow(unnameable_types))]

mod catalog;
pub mod disk;
#[cfg(feature = "internals")]
pub mod internals;
pub mod interrupt;
pub mod json;
mod lines;
mod model;
pub mod report;
mod store;
pub mod sync;
pub mod transfer;

pub use catalog::builtin::{BuiltIn, BuiltIns};
pub use catalog::{Catalog, Source};
pub use disk::DiskError;
pub use json::SCHEMA;
pub use model::effort::DAY;
pub use model::event::{Actor, Annotation, Goals, Grade};
pub use model::standing::Status;
pub use report::answer::{Answer, Hint, NoPath, Warning};
pub use report::app::{App, Places};
pub use report::error::{Candidate, Error, Named, Refusal, Result};
pub use store::Stamp;
pub use store::error::StoreError;
pub use sync::error::SyncError;

/// What can be wrong with the files of paths.
pub mod paths {
    pub use crate::catalog::file::{MOST_BYTES, overlay_name};
    pub use crate::catalog::problem::{Invalid, Kind, Problem};
}

/// What can be wrong with a record, and around it.
pub mod record {
    pub use crate::model::history::Import;
    pub use crate::store::environment::{DRAFT, DRAFTS, Problem, drafts};
    pub use crate::store::error::{Damage, EventFault, SchemaFault};
    pub use crate::store::restore::Present;
    pub use crate::store::verify::{Fault, Part, Worst};
    pub use crate::store::{FORM, sqlite_version};
}

/// How far a learner is: counts and hours, the state of an item, and what was done on which day.
pub mod progress {
    pub use crate::model::activity::{ActiveDay, Activity};
    pub use crate::model::annotations::Kind;
    pub use crate::model::as_marked::AsMarked;
    pub use crate::model::counting::Counts;
    pub use crate::model::marking::{Aims, Correction};
    pub use crate::model::progress::{Count, Hours, Progress};
    pub use crate::model::standing::{Assessment, Dated, ItemState};
    pub use crate::model::summary::Summary;
}

/// When a learner arrives: pace, what is left, days away, and the curves of both.
pub mod forecast {
    pub use crate::model::away::{Away, MOST_DAYS};
    pub use crate::model::burndown::{Shown, shown};
    pub use crate::model::forecast::{Basis, Forecast, NoForecast, Rate};
    pub use crate::model::pace::{Calibration, Measure, Pace};
    pub use crate::model::path_forecast::{Left, Note, RECENT_WEEKS, Steady, Without};
}

/// A plan in weeks.
pub mod schedule {
    pub use crate::model::schedule::{Expected, Note, Paid, Portion, Schedule, Week};
}

/// What is next, and why; what is not, and why not.
pub mod guidance {
    pub use crate::model::guidance::{Before, LeftOut, Reason, Snoozed, StepName, WhyNot};
}

/// Which interview question is asked, and why.
pub mod interview {
    pub use crate::model::interview::{Advice, Reason};
    pub use crate::model::standing::Answer;
}

/// How a learner fits a role.
pub mod fit {
    pub use crate::model::fit::{Core, Fit};
}

/// What a new version of a path does to a record.
pub mod effects {
    pub use crate::model::effects::{
        Change, Dependent, Effects, LooksRenamed, Renamed, Reused, Tick, Tied, Turn, Why, breach,
    };
}

/// What two versions of a path differ in.
pub mod revision {
    pub use crate::model::revision::{Changed, Field, Part, Removed, Renamed, Revision};
}
