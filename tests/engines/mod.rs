//! What some tests need and a machine can lack: a browser, strace, fonts, checkers from npm. A test
//! that lacks one is skipped, and says so where everybody sees it; with `MILEPOST_REQUIRE_ENGINES=1`,
//! which the gate sets where it could install them, it fails instead.

#![allow(unreachable_pub, dead_code, reason = "each test binary uses a part of it")]

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Tells that the test at hand is skipped because something is not installed.
pub fn missing(engine: &str) {
    let required = variable("MILEPOST_REQUIRE_ENGINES").is_some_and(|value| value == "1");
    assert!(!required, "{engine}, and MILEPOST_REQUIRE_ENGINES=1 asks for it");
    skip(engine);
}

/// Tells that the test at hand is skipped because this machine does not allow what it needs, which
/// no installation changes.
pub fn not_allowed(what: &str) {
    skip(what);
}

fn skip(why: &str) {
    static SKIPPED: AtomicUsize = AtomicUsize::new(0);
    let count = SKIPPED.fetch_add(1, Ordering::Relaxed) + 1;
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    // Not `eprintln!`: the harness keeps what that says to itself when a test passes.
    let line = format!("skipped: {test}: {why} ({count} skipped in this suite)\n");
    let _ = std::io::stderr().write_all(line.as_bytes());
}

/// The first of some programs that is on the PATH.
pub fn program(names: &[&str]) -> Option<PathBuf> {
    let path = variable("PATH")?;
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    let mut found =
        names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    found.find(|file| file.is_file())
}

/// The environment of the tests, which their programs do not see.
#[expect(clippy::disallowed_methods, reason = "engines are found where the tests find them")]
pub fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}
