//! Learners who follow milepost through the shipped paths, from the first evening to the last: what
//! it takes them, whether a mentor would sign it, and the cases that a wrong order would break.
//!
//! `cargo test --test guidance -- --nocapture` prints what was measured.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub
)]

mod cases;
mod learner;
mod measure;
mod need;
mod transcripts;
mod walks;

#[path = "../cli/sandbox.rs"]
mod sandbox;
