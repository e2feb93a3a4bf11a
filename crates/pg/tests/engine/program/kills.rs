//! A program that is killed in the middle: the next sync does what is left, and everything once.

use std::process::Stdio;
use std::time::{Duration, Instant};

use super::Machines;
use crate::kit::database::Database;
use crate::kit::proxy::{Direction, Proxy};

/// Kills a sync when so many messages passed in a direction; whether it got that far.
fn killed_at(both: &Machines<'_>, proxy: &Proxy, way: Direction, after: usize) -> bool {
    let before = proxy.counts();
    let passed = || {
        let counts = proxy.counts() - before;
        match way {
            Direction::ToServer => counts.messages_to_server,
            Direction::ToClient => counts.messages_to_client,
        }
    };
    proxy.stall_after(way, after);
    let mut command = both.command(&both.laptop, "sync");
    let mut sync = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let end = Instant::now() + Duration::from_secs(60);
    let is_done = loop {
        if let Some(status) = sync.try_wait().unwrap() {
            assert!(status.success(), "{status}");
            break true;
        }
        if (proxy.counts() - before).connections > 0 && passed() >= after {
            break false;
        }
        assert!(Instant::now() < end, "it hangs at {:?}", proxy.counts() - before);
        std::thread::sleep(Duration::from_millis(2));
    };
    // This is SIGKILL.
    let _ = sync.kill();
    sync.wait().unwrap();
    proxy.heal();
    !is_done
}

fn everything_is_there_once(way: Direction, step: usize) {
    let Some(database) = Database::new() else { return };
    let proxy = Proxy::to(database.cluster);
    let url = database.url_at(&database.owner, proxy.port());
    let mut both = Machines::at(database, url);
    both.laptop.ok(["sync", "init", &both.url]);
    // The other one does not go through what breaks.
    both.url = both.database.url();
    let joined = both.join(&["--yes"]);
    assert!(joined.status.success(), "{}", both.desktop.said(&joined));
    let mut kills = 0;
    for at in 0.. {
        let note = format!("note {at}");
        both.desktop.ok(["note", "web/rest", &format!("desktop {note}")]);
        both.desktop.ok(["sync"]);
        both.laptop.ok(["note", "web/graphql", &format!("laptop {note}")]);
        if !killed_at(&both, &proxy, way, at * step) {
            break;
        }
        kills += 1;
        both.laptop.ok(["sync"]);
        assert!(both.laptop.json([""; 0])["unsynced"] == 0);
    }
    assert!(kills > 4, "{kills}");
    both.laptop.ok(["sync"]);
    both.desktop.ok(["sync"]);
    let log = both.laptop.ok(["log", "--limit", "0", "--json"]);
    assert_eq!(log, both.desktop.ok(["log", "--limit", "0", "--json"]));
    for who in ["laptop", "desktop"] {
        for at in 0..=kills {
            let note = format!("\"{who} note {at}\"");
            assert_eq!(log.matches(&note).count(), 1, "{note}");
        }
    }
    // What was joined, and one for each note.
    assert_eq!(both.segments(), 1 + 2 * (kills + 1));
}

#[test]
fn killed_after_any_question_a_sync_is_done_by_the_next() {
    everything_is_there_once(Direction::ToServer, 1);
}

#[test]
fn killed_after_any_answer_a_sync_is_done_by_the_next() {
    everything_is_there_once(Direction::ToClient, 3);
}
