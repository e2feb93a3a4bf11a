//! What a path file is: a learning roadmap in TOML, read and checked, and as a value.
//!
//! | I want to change … | open |
//! |---|---|
//! | what a path consists of | `roadmap.rs` |
//! | skill areas, roles, the glossary | `career.rs` |
//! | a key of the format, or a check | `format/reader.rs`, `format/validate.rs`; `format/career/` for career files |
//! | what is a web address; an id; a near name | `address.rs`; `roadmap.rs`; `near.rs` |
//! | which characters are unsafe, and how text is made safe | `chars.rs`; `safe.rs` |

pub mod address;
mod career;
pub mod chars;
#[cfg(any(test, feature = "fixtures"))]
pub mod fixture;
mod format;
pub mod near;
mod roadmap;
pub mod safe;

pub use career::{Area, Career, HIGHEST, LEVELS, Practice, Raise, Role, Target, Term};
pub use format::{
    Code, Diagnostic, Foreign, MOST_DIAGNOSTICS, Purpose, Reading, Severity, check_foreign,
    line_column, most_important, read,
};
pub use roadmap::*;

/// Changes with the version and the sources of this crate: what was written under another one (an
/// index in a cache) is not to be read.
pub const INDEX_FINGERPRINT: &str = env!("MILEPOST_INDEX_FINGERPRINT");
