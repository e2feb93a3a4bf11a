//! The learner: what is recorded, what follows from it, and a report for each question.
//!
//! Ask it with an [`App`](report::App) and the `Query` of a verb in [`report`]; what comes back are codes
//! and values. Sentences, flags and the terminal are a front end's. Imports go down only: `report →
//! {catalog, sync → store} → model → milepost-path`.
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

pub mod catalog;
pub mod disk;
pub mod interrupt;
pub mod json;
mod lines;
pub mod model;
pub mod report;
pub mod store;
pub mod sync;
pub mod transfer;
