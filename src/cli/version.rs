//! What `--version` says beyond the version: what you are asked first when you report a fault.

use std::sync::OnceLock;

use milepost_core::record;

use crate::builtin::{TARGET, UPDATED};

/// The version of the program and of what it comes with.
pub(super) fn long() -> &'static str {
    // clap takes nothing else.
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let version = env!("CARGO_PKG_VERSION");
        let (form, sqlite) = (record::FORM, record::sqlite_version());
        format!(
            "{version}\nrecord: version {form}, SQLite {sqlite}\npaths: as of {UPDATED}\nbuilt for \
             {TARGET}"
        )
    })
}
