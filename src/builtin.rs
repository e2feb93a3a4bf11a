//! The paths and the career file that are part of the program, as `build.rs` made them from `paths/*.toml`.

use milepost_core::catalog::builtin::{BuiltIn, BuiltIns};

include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

/// How a path file is written, for whoever writes one: `docs/path-format.md`.
pub const PATH_FORMAT: &str = include_str!("../docs/path-format.md");
