//! A server that answers for long does not grow.

use serde_json::{Value, json};

use crate::session::{Era, Session};
use crate::shelf;

/// What a thousand calls can add, in bytes, because the allocator keeps its free memory in other places.
const MOST: u64 = 4 * 1024 * 1024;

#[test]
fn a_thousand_calls_leave_nothing_behind() {
    let sandbox = shelf::lived_in();
    for (era, times) in [(Era::Sessions, 200), (Era::Stateless, 1000)] {
        let session = Session::start(&sandbox, era);
        let Some(_) = resident(session.id()) else {
            eprintln!("skipped: this system does not say how much memory a process has");
            return;
        };
        let calls: [(&str, Value); 5] = [
            ("status", json!({})),
            ("next", json!({"limit": 0})),
            ("show", json!({"ref": "web"})),
            ("show", json!({"ref": "nothing"})),
            ("check_path", json!({"text": shelf::WEB})),
        ];
        let round = |times: usize| {
            for (tool, arguments) in calls.iter().cycle().take(times) {
                session.call(tool, arguments.clone());
            }
            resident(session.id()).unwrap()
        };
        let before = round(150);
        let after = round(times);
        let grown = after.saturating_sub(before);
        assert!(grown < MOST, "{era:?}: {before} bytes became {after}");
        assert!(session.end());
    }
}

/// The memory of a process in use, in bytes of 4 KiB pages; `None` if the system does not say.
pub(crate) fn resident(process: u32) -> Option<u64> {
    let pages = std::fs::read_to_string(format!("/proc/{process}/statm")).ok()?;
    let pages: u64 = pages.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096)
}
