//! The program as it is met from outside: what each command says, its exit code, and the JSON that
//! scripts rely on. One home a test ([`sandbox`]); most of them with two small paths ([`shelf`]).

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]

#[path = "../engines/mod.rs"]
mod engines;
mod sandbox;
mod shelf;

mod add_remove;
mod agree;
mod assess;
mod away;
mod backup;
mod bent_paths;
mod brief;
mod check;
mod compare;
mod completions;
mod config;
mod configuration;
mod dashboard;
mod doctor;
mod errors;
mod everywhere;
mod export;
mod first_run;
mod fmt;
mod help;
mod import;
mod interview;
mod json;
mod json_docs;
mod json_errors;
mod list;
mod log;
mod marks;
#[cfg(unix)]
mod new;
mod news;
mod next;
mod note;
mod open;
mod overlay;
mod programs;
mod prompts;
#[cfg(unix)]
mod pty;
#[cfg(unix)]
mod recipes;
mod redact;
mod retired;
mod roles;
mod schema;
mod search;
mod show;
mod start_stop;
mod status;
mod study;
mod sync;
mod terminal;
mod ticks;
mod undo_redo;
