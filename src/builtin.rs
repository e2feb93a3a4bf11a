//! The paths and the career file that are part of the program, as `build.rs` made them from `paths/*.toml`.

use milepost_core::catalog::builtin::{BuiltIn, BuiltIns};

include!(concat!(env!("OUT_DIR"), "/built_in.rs"));
