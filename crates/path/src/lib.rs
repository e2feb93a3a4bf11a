//! What a path file is: a learning roadmap in TOML, read and checked, and as a value.
//!
//! | I want to change … | open |
//! |---|---|
//! | what a path consists of; how its parts are found | `parts.rs`; `roadmap.rs`, `node.rs` |
//! | references and ids; the words for kinds | `reference.rs`; `kind.rs` |
//! | where paths are found | `shelf.rs` |
//! | what an overlay can do; how it becomes one path with its base | `overlay.rs`; `overlay/apply.rs` |
//! | skill areas, roles, the glossary | `career.rs` |
//! | where the ids of a file stand | `format/places.rs` |
//! | a key of the format, or a check | `format/reader.rs`, `format/validate.rs`; `format/career/` for career files, `format/overlay/` for overlays |
//! | a key of a list of ticks | `format/ticks.rs` |
//! | what is a web address; a near name; a graph | `address.rs`; `near.rs`; `graph.rs` |
//! | how much a file can hold | `limits.rs` |
//! | how a list is sorted that is short or seldom sorted | `sort.rs` |
//! | which characters are unsafe, and how text is made safe | `chars.rs`; `safe.rs` |

pub mod address;
mod career;
pub mod chars;
#[cfg(any(test, feature = "fixtures"))]
pub mod fixture;
mod format;
pub mod graph;
mod kind;
pub mod limits;
pub mod near;
mod node;
pub mod overlay;
mod parts;
mod reference;
mod roadmap;
pub mod safe;
mod shelf;
pub mod sort;

pub use career::{Area, Career, HIGHEST, LEVELS, Practice, Raise, Role, Target, Term};
pub use format::{
    Allowed, Code, Diagnostic, Foreign, MOST_DIAGNOSTICS, MOST_TICKS, Places, Purpose, Reading,
    Severity, Tick, check_foreign, line_column, most_important, read, read_ticks, refused,
};
pub use kind::{Cost, NodeKind, ResourceKind};
pub use node::{Item, ItemBody, Node};
pub use parts::{
    Criterion, Details, Heading, InterviewTopic, ItemInfo, Link, Milestone, PathQuestion, Question,
    Requirement, Resource, Share, Skill, Stage, Step, Topic, points,
};
pub use reference::{
    AREA, AWAY, CAREER, GLOSSARY, QUESTION, RESERVED, Ref, RefTarget, is_id, is_lang,
};
pub use roadmap::{Index, Roadmap};
pub use shelf::{Shelf, find};

/// Changes with the version and the sources of this crate: what was written under another one (an
/// index in a cache) is not to be read.
pub const INDEX_FINGERPRINT: &str = env!("MILEPOST_INDEX_FINGERPRINT");
