//! PostgreSQL as a remote: the segments of a log are rows of a table, and what speaks its protocol can keep
//! them. The program `milepost-pg` is milepost with this.
//!
//! | I want to change … | open |
//! |---|---|
//! | what an address can say | `address.rs` |
//! | where a password comes from | `password.rs` |
//! | how a server is reached; when it must prove who it is, and must take writes | `connect.rs` |
//! | when a connection is made anew, a password asked for, a call given up | `call.rs` |
//! | what is tried again, and what a failure is called | `failure.rs` |
//! | the tables and what is asked of them | `sql.rs` |
//! | how a log is listed, got and put | `remote.rs` |
//!
//! Nothing here is kept in a session: each statement stands by itself, so that a pooler can hand every one of
//! them to another server process.

mod address;
mod call;
mod connect;
mod environment;
mod failure;
mod password;
mod remote;
mod sql;

pub use remote::open;
