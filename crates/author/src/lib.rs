//! What the author of a path needs: the draft of a path, made from another document, and its TOML.
//!
//! A source goes through `read` (one file a kind of source, into a [`draft::Draft`]), `settle` (ids,
//! requirements, what no source says) and `write` (the TOML of a path that passes `check`). Nothing
//! here opens a file, asks anybody or knows a learner.
//!
//! | I want to change … | open |
//! |---|---|
//! | what a draft can say | `draft.rs` |
//! | which sources are told apart, and how; their limits | `read/mod.rs`, `read/error.rs` |
//! | how one kind of source is read | `read/KIND.rs` |
//! | which id a title gets | `ids.rs` |
//! | what is guessed about a resource: its type from its address | `guess.rs` |
//! | how requirements by title find what they mean | `settle.rs` |
//! | the look of the TOML, the comments in it | `write.rs`; `block.rs`, `value.rs` |
//! | what a shipped path looks like as TOML; a copy of a file | `roadmap.rs`; `copy.rs` |
//! | the file to begin with | `starter.rs` |
//! | the list of what a document has ticked | `ticks.rs` |
//! | how a document is read again into a file that was edited; what became another kind of item | `update.rs`; `update/switch.rs` |
//! | where relative links lead | `read/base.rs` |
//! | what `new` gives and refuses | `made.rs` |
//! | the form of a path file: order of keys, blank lines | `format.rs` and its folder |
//! | what is counted on the way | `counts.rs` |

pub mod block;
mod copy;
pub mod counts;
pub mod draft;
mod edit;
pub mod format;
pub mod guess;
pub mod ids;
pub mod made;
pub mod origin;
pub mod read;
pub mod roadmap;
pub mod settle;
mod starter;
pub mod ticks;
pub mod update;
pub mod value;
pub mod write;
