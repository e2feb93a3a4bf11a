//! The commands: one file a verb, with its arguments and help, what it does, its report and the
//! report's text. What several verbs share stands in [`answers`], `draft`, [`input`],
//! [`mark`], [`resource_type`], [`row`], [`select`] and [`weekly_hours`]; a command calls no other
//! command.

pub mod add;
pub mod answers;
pub mod assess;
pub mod away;
pub mod backup;
pub mod check;
pub mod compare;
pub mod completions;
pub mod dashboard;
pub mod doctor;
pub mod doing;
pub mod done;
mod draft;
pub mod export;
pub mod import;
pub mod input;
pub mod interview;
pub mod list;
pub mod log;
pub mod mark;
pub mod next;
pub mod note;
pub mod open;
pub mod paths;
pub mod plan;
pub mod redact;
pub mod redo;
pub mod remove;
pub mod resource_type;
pub mod restore;
pub mod roles;
pub mod row;
pub mod search;
pub mod select;
pub mod show;
pub mod skip;
pub mod snooze;
pub mod start;
pub mod status;
pub mod stop;
pub mod study;
pub mod todo;
pub mod undo;
pub mod weekly_hours;
