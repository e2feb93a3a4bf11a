//! A process that answers for long does not grow: whatever serves reports to another program runs
//! them one after the other in one process. Alone in its test program, so that nothing else is
//! counted.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

#[path = "cli/sandbox.rs"]
mod sandbox;
#[path = "cli/shelf.rs"]
#[allow(dead_code, reason = "one test needs a part of it")]
mod shelf;

use std::ffi::OsString;

use milepost::Io;
use sandbox::{NOW, Sandbox, words};

/// What a thousand reports can add, in bytes, because the allocator keeps its free memory in other
/// places. One that kept its paths would add some 100 KiB each time.
const MOST: u64 = 4 * 1024 * 1024;

#[test]
fn a_thousand_reports_in_one_process_leave_nothing_behind() {
    if resident().is_none() {
        println!("skipped: this system does not say how much memory a process has");
        return;
    }
    let sandbox = shelf::lived_in();
    let lines = ["status --json", "next", "show web/rest", "log", "show nothing --json", "nope"];
    let round = |times: usize| {
        for line in lines.iter().cycle().take(times) {
            answer(&sandbox, line);
        }
        resident().unwrap()
    };
    let before = round(200);
    let after = round(1000);
    let grown = after.saturating_sub(before);
    assert!(grown < MOST, "{before} bytes became {after}");
}

/// One report in this process.
fn answer(sandbox: &Sandbox, line: &str) {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let home = sandbox.home().to_owned();
    let mut io = Io {
        stdout: Box::new(&mut stdout),
        stderr: Box::new(&mut stderr),
        stdout_is_terminal: false,
        stderr_is_terminal: false,
        prompt: None,
        database: None,
        env: Box::new(move |name| match name {
            "MILEPOST_NOW" => Some(NOW.into()),
            "MILEPOST_CONFIG" => Some(home.join(".config/milepost").into_os_string()),
            "MILEPOST_DB" => Some(home.join(".local/share/milepost/progress.db").into()),
            _ => None,
        }),
    };
    let args = ["milepost".to_owned()].into_iter().chain(words(line));
    let exit = milepost::run(args.map(OsString::from), &mut io).exit();
    drop(io);
    let wrong = line.starts_with("nope") || line.contains("nothing");
    assert_eq!(exit != 0, wrong, "{line}: {}", String::from_utf8_lossy(&stderr));
    assert_ne!(stdout.len() + stderr.len(), 0, "{line}");
}

/// The memory of this process in use, in bytes of 4 KiB pages; `None` if the system does not say.
fn resident() -> Option<u64> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = pages.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096)
}
