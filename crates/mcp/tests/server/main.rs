//! The server as clients meet it: rmcp's own client over pipes to the real program, in both eras of the
//! protocol, and clients that mean no good.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::disallowed_methods, reason = "tests wait, and look at the system")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod agree;
mod eras;
mod growth;
mod hidden;
mod hostile;
mod pages;
mod sandbox;
mod schemas;
mod session;
#[path = "../../../../tests/cli/shelf.rs"]
#[allow(dead_code, reason = "these tests need a part of it")]
mod shelf;
mod surroundings;
