//! Faults: the program killed, refused, starved of room and run many times at once. Whatever
//! happens, what was acknowledged is there, what was not is not, and the next command works.
//!
//! - `sandbox`: a record to break, copied for each try, and the look at it afterwards.
//! - `tracing`: runs the program under strace, which counts, kills and refuses system calls. Tests
//!   that need it are ignored until the gate asks for them.
//! - `kill`: killed before system calls that change something.
//! - `io_errors`: such calls refused, interrupted or cut short in turn.
//! - `refused`: outputs that take nothing, and places where nothing can be written.
//! - `disk`: a small file system that is full, and one that only reads.
//! - `concurrency`: many at once, locks that others hold.
//! - `damage`: what lies there is no record, or a damaged one.
//! - `upgrade`: an older record is brought up, killed and refused at any call.
//! - `network`: what a sync reaches, whom it holds up, and what of its secrets others see.
//! - `sync`: a sync killed, or refused a call, and what two more make of it.
//! - `files`: what the program makes, under which names, with which modes and in which order.

#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::panic, clippy::print_stderr)]
// Descriptors, signals, modes and strace.
#![cfg(unix)]

#[path = "../engines/mod.rs"]
mod engines;

mod concurrency;
mod damage;
mod disk;
mod files;
mod io_errors;
mod kill;
mod network;
mod refused;
mod sandbox;
mod sync;
mod tracing;
mod upgrade;
