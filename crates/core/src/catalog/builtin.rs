//! Paths and a career file that are part of a program. It makes their indexes when it is built and
//! hands them in: this crate embeds none.

use milepost_path::{Career, Roadmap};

use super::index::decode_built_in;

/// A path that is part of the program.
#[derive(Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// Its id.
    pub id: &'static str,
    /// Ids of other paths that it names.
    pub mentions: &'static [&'static str],
    /// Ids that it had before.
    pub replaces: &'static [&'static str],
    /// Changes with its index.
    pub fingerprint: u64,
    /// The comments at the top of its file, a line each, without the `#`.
    pub comments: &'static [&'static str],
    /// Its index.
    pub index: &'static [u8],
}

impl BuiltIn {
    /// The path itself. `None` if this is not its index.
    pub fn roadmap(&self) -> Option<Roadmap> {
        decode_built_in(self.index)
    }
}

/// All that is part of the program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BuiltIns {
    /// The paths, in the order in which they are listed.
    pub paths: &'static [BuiltIn],
    /// The index of the career file; empty where there is none.
    pub career: &'static [u8],
}

impl BuiltIns {
    /// The path with this id.
    pub fn path(self, id: &str) -> Option<&'static BuiltIn> {
        self.paths.iter().find(|one| one.id == id)
    }

    /// The career file. `None` if there is none, or this is not its index.
    pub fn career(self) -> Option<Career> {
        decode_built_in(self.career)
    }
}
