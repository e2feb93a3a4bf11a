//! The paths and the career file that are part of the program, as `build.rs` made them from `paths/*.toml`.

/// A path that is part of the program.
#[derive(Debug)]
pub struct BuiltIn {
    /// Its id.
    pub id: &'static str,
    /// Ids of other paths that it names.
    pub mentions: &'static [&'static str],
    /// Ids that it had before.
    pub replaces: &'static [&'static str],
    /// Changes with its index.
    pub fingerprint: u64,
    /// Its index.
    pub index: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/built_in.rs"));
