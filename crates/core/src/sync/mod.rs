//! One record on several machines: its log is shared as a grow-only set of sealed segments, kept by a
//! [`Remote`](remote::Remote) that cannot read them.
//!
//! | I want to change … | open |
//! |---|---|
//! | what a remote can be asked, the names of segments | `remote.rs` |
//! | a folder that something else carries | `folder.rs` |

pub mod folder;
pub mod remote;
