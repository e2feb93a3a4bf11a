//! Many machines on one log at once, and what a sync costs.

use std::time::Duration;

use milepost_core::Status;
use milepost_core::internals::sync::fixture::Home;
use milepost_core::sync::Key;
use uuid::Uuid;

use crate::kit::cluster::{Cluster, Options};
use crate::kit::database::Database;
use crate::kit::proxy::{Counts, Proxy};
use crate::opened::{Opened, segments};

/// So many machines that share a record, with so many changes each, of which all sync while the others do.
fn write_at_once(database: &Database<'_>, machines: usize, changes: usize) {
    let opened = Opened::new(database);
    let first = Home::new();
    first.mark("a/first", Status::Done);
    let key = first.init(&mut *opened.remote());
    first.sync(&mut *opened.remote());
    let homes: Vec<Home> = (0..machines).map(|_| joined(&opened, &key)).collect();
    std::thread::scope(|scope| {
        for (at, home) in homes.iter().enumerate() {
            let opened = &opened;
            scope.spawn(move || {
                for change in 0..changes {
                    home.mark(&format!("m{at}/c{change}"), Status::Done);
                    // `sync` panics where one fails.
                    home.sync(&mut *opened.remote());
                }
            });
        }
    });
    for home in &homes {
        let synced = home.sync(&mut *opened.remote());
        assert_eq!((synced.sent, synced.lost, synced.skipped.len()), (0, 0, 0));
    }
    let ids = homes[0].ids();
    assert_eq!(ids.len(), 1 + machines * changes, "none is lost, and none is there twice");
    assert!(homes[1..].iter().all(|home| home.ids() == ids));
    first.sync(&mut *opened.remote());
    first.agrees_with(&homes[0]);
    let rows = database.sql(
        "SELECT head, (SELECT max(pos) FROM milepost_segment), (SELECT count(*) FROM milepost_segment) \
         FROM milepost_log",
    );
    let numbers: Vec<&str> = rows[0].split('|').collect();
    assert!(numbers[0] == numbers[1] && numbers[1] == numbers[2], "a gap: {numbers:?}");
}

fn joined(opened: &Opened, key: &Key) -> Home {
    let home = Home::new();
    home.join(&mut *opened.remote(), key);
    home
}

#[test]
fn many_machines_write_to_one_log_at_once() {
    let Some(database) = Database::new() else { return };
    write_at_once(&database, 16, 3);
}

#[test]
#[ignore = "16 machines with 100 changes each"]
fn of_sixteen_machines_with_a_hundred_changes_each_nothing_is_lost() {
    let Some(database) = Database::new() else { return };
    write_at_once(&database, 16, 100);
}

#[test]
fn where_a_server_lets_none_pass_another_all_get_their_turn() {
    let settings = Options { default_transaction_isolation: "serializable", ..Options::default() };
    let Some(cluster) = Cluster::start(&settings) else { return };
    let database = Database::on(&cluster);
    write_at_once(&database, 8, 2);
    // Where they write without a pause, they are in each other's way.
    let opened = Opened::new(&database);
    let log = opened.remote().logs().unwrap()[0];
    let before = opened.remote().list(log, None).unwrap().names.len();
    std::thread::scope(|scope| {
        for stream in 1..9 {
            let opened = &opened;
            scope.spawn(move || {
                let mut remote = opened.remote();
                for number in 1..16 {
                    let segments = segments(Uuid::from_u128(stream), number..number + 1);
                    remote.put(log, &segments).unwrap();
                }
            });
        }
    });
    let after = opened.remote().list(log, None).unwrap().names.len();
    assert_eq!(after, before + 8 * 15);
    assert_eq!(database.sql("SELECT head FROM milepost_log"), [after.to_string()]);
    assert!(database.log().contains("could not serialize access"));
}

/// What a sync costs.
fn cost(proxy: &Proxy, home: &Home, opened: &Opened) -> Counts {
    let before = proxy.counts();
    home.sync(&mut *opened.remote());
    proxy.counts() - before
}

#[test]
fn nothing_new_costs_one_round_trip_and_one_change_two() {
    let Some(database) = Database::new() else { return };
    let proxy = Proxy::to(database.cluster);
    // What the client sends without waiting is one flight.
    proxy.latency(Duration::from_millis(20));
    let opened = Opened::at(&database, &database.owner, proxy.port());
    let before = proxy.counts();
    let _ = opened.remote().logs();
    let login = (proxy.counts() - before).round_trips - 1;
    let laptop = Home::new();
    laptop.mark("a/x", Status::Done);
    let key = laptop.init(&mut *opened.remote());
    laptop.sync(&mut *opened.remote());
    let desktop = joined(&opened, &key);
    desktop.sync(&mut *opened.remote());
    let trips = |home: &Home| {
        let cost = cost(&proxy, home, &opened);
        assert_eq!(cost.connections, 1);
        cost.round_trips - login
    };
    assert_eq!(trips(&laptop), 1, "nothing new");
    laptop.mark("a/y", Status::Done);
    assert_eq!(trips(&laptop), 2, "one change is sent");
    assert_eq!(trips(&laptop), 1, "nothing new, after a change of its own");
    assert_eq!(trips(&desktop), 2, "one change is received");
    assert_eq!(trips(&desktop), 1, "nothing new, after a change of another");
    // Both ways: a list, and a put.
    laptop.mark("a/z", Status::Done);
    trips(&laptop);
    desktop.mark("b/x", Status::Done);
    assert_eq!(trips(&desktop), 3, "one change each way");
    assert_eq!(trips(&desktop), 1, "nothing new, after both");
}
