//! Whole histories over a database: whatever is written, copied, restored and cut off, in the end all machines
//! have one log.

use std::cell::Cell;

use milepost_core::internals::sync::fixture::histories::{There, five_hundred_changes, play};

use crate::kit::database::Database;
use crate::kit::proxy::{Direction, Proxy};
use crate::opened::Opened;

fn there(opened: Opened) -> There<'static> {
    There { remote: Box::new(move |_| opened.remote()), hides: false }
}

#[test]
fn all_machines_have_one_log_in_the_end() {
    let Some(_) = Database::new() else { return };
    let mut databases = Vec::new();
    let (cut_off, _) = play(0..2, 30, || {
        let database = Database::new().unwrap();
        let there = there(Opened::new(&database));
        databases.push(database);
        there
    });
    assert!(cut_off > 0);
}

#[test]
#[ignore = "500 changes"]
fn after_five_hundred_changes_with_every_third_connection_cut_three_machines_have_one_log() {
    let Some(database) = Database::new() else { return };
    let proxy = Proxy::to(database.cluster);
    let opened = Opened::at(&database, &database.owner, proxy.port());
    let _ = opened.remote().logs();
    let login = proxy.counts().messages_to_client;
    let syncs = Cell::new(0);
    let remote = |_| {
        // Each time at another place: in the login, in the answers, behind them.
        let at = login.saturating_sub(8) + syncs.replace(syncs.get() + 1) % 24;
        proxy.cut_every_nth_connection(3, Direction::ToClient, at);
        opened.remote()
    };
    five_hundred_changes(There { remote: Box::new(remote), hides: false });
    let counts = proxy.counts();
    assert!(counts.cuts > 50 && counts.connections < 6 * counts.cuts, "{counts:?}");
}
