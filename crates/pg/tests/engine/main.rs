//! PostgreSQL as a remote, on the real server: each test has a database of its own, and some a cluster,
//! a standby, a pooler, or a proxy that breaks what passes.

#![cfg(unix)]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::disallowed_methods, reason = "tests wait, and look at the system")]

mod access;
mod breaks;
#[path = "../../../../tests/engines/mod.rs"]
mod engines;
mod histories;
#[allow(dead_code, unreachable_pub, reason = "the tests take from it what they need")]
mod kit;
mod machines;
#[allow(dead_code, unreachable_pub, reason = "the tests take from it what they need")]
mod opened;
mod program;
#[path = "../../../../tests/cli/pty.rs"]
mod pty;
#[path = "../../../../tests/cli/sandbox.rs"]
mod sandbox;
mod servers;
#[allow(dead_code, reason = "the tests take from it what they need")]
#[path = "../../../../tests/cli/shelf.rs"]
mod shelf;
mod the_kit;
mod verbs;
