//! The paths and the career file that are part of the program, as `build.rs` made them from `paths/*.toml`.

use milepost_core::{BuiltIn, BuiltIns};

include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

/// How to write a path file: `docs/path-format.md`.
pub const PATH_FORMAT: &str = include_str!("../docs/path-format.md");
