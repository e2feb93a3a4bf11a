//! Servers that are not plain: a standby, one that took over, a pooler.

use milepost_core::internals::sync::Options;
use milepost_core::internals::sync::fixture::Home;
use milepost_core::sync::remote::RemoteError;
use milepost_core::{Status, SyncError};

use crate::kit::bouncer::Bouncer;
use crate::kit::cluster::{Cluster, Options as Settings, Stop};
use crate::kit::database::Database;
use crate::kit::proxy::Proxy;
use crate::kit::standby::Standby;
use crate::opened::Opened;

#[test]
fn a_standby_that_took_over_without_the_last_segments_is_told_and_repaired() {
    let Some(primary) = Cluster::start(&Settings::default()) else { return };
    let database = Database::on(&primary);
    let standby = Standby::of(&primary);
    let clients = Proxy::to(&primary);
    let opened = Opened::at(&database, &database.owner, clients.port());
    let (laptop, desktop) = (Home::new(), Home::new());
    laptop.mark("a/x", Status::Done);
    let key = laptop.init(&mut *opened.remote());
    laptop.sync(&mut *opened.remote());
    desktop.join(&mut *opened.remote(), &key);
    standby.catch_up(&primary);
    standby.lag();
    // Three segments that only the primary has: two of one machine, one of the other.
    for item in ["a/y", "a/z"] {
        laptop.mark(item, Status::Done);
        laptop.sync(&mut *opened.remote());
    }
    desktop.mark("b/x", Status::Done);
    desktop.sync(&mut *opened.remote());
    laptop.sync(&mut *opened.remote());
    let acknowledged = laptop.ids();
    primary.stop(Stop::Immediate);
    standby.promote();
    clients.switch_to(standby.port());
    // Others write on where it went back to.
    let fresh = Home::new();
    fresh.join(&mut *opened.remote(), &key);
    fresh.mark("c/x", Status::Done);
    fresh.sync(&mut *opened.remote());
    let told = laptop.sync(&mut *opened.remote());
    assert_eq!((told.lost, told.received), (3, 1));
    let repair = Options { repair: true, ..Options::default() };
    laptop.try_sync(&mut *opened.remote(), repair).unwrap();
    desktop.try_sync(&mut *opened.remote(), repair).unwrap();
    for home in [&fresh, &laptop, &desktop, &fresh, &laptop, &desktop] {
        home.sync(&mut *opened.remote());
    }
    laptop.agrees_with(&desktop);
    fresh.agrees_with(&desktop);
    let ids = fresh.ids();
    assert!(acknowledged.iter().all(|id| ids.contains(id)));
    assert_eq!(laptop.sync(&mut *opened.remote()).lost, 0);
}

#[test]
fn nobody_syncs_with_a_standby() {
    let Some(primary) = Cluster::start(&Settings::default()) else { return };
    let database = Database::on(&primary);
    let home = Home::new();
    home.mark("a/x", Status::Done);
    home.init(&mut *Opened::new(&database).remote());
    let standby = Standby::of(&primary);
    let only = Opened::at(&database, &database.owner, standby.port());
    let refused = home.try_sync(&mut *only.remote(), Options::default());
    let is_told = |said: &str| said.contains("standby");
    assert!(
        matches!(&refused, Err(SyncError::Remote(RemoteError::Refused { said })) if is_told(said)),
        "{refused:?}"
    );
    // With both named, the one that takes writes is found, whichever comes first.
    let role = &database.owner;
    let url = |first: u16, second: u16| {
        format!("postgres://{}@127.0.0.1:{first},127.0.0.1:{second}/{}", role.name, database.name)
    };
    for url in [
        url(standby.port(), primary.port()),
        url(primary.port(), standby.port()),
        url(1, primary.port()),
    ] {
        let both = Opened::by(&url, &database.passfile_line(role));
        home.mark("a/y", Status::Done);
        assert!(home.sync(&mut *both.remote()).sent > 0, "{url}");
    }
}

#[test]
fn a_pooler_that_hands_each_transaction_to_another_session_is_no_matter() {
    let Some(database) = Database::new() else { return };
    let Some(bouncer) = Bouncer::to(database.cluster, 3) else { return };
    let opened = Opened::at(&database, &database.owner, bouncer.port());
    let first = Home::new();
    first.mark("a/first", Status::Done);
    let key = first.init(&mut *opened.remote());
    first.sync(&mut *opened.remote());
    let homes: Vec<Home> = (0..6)
        .map(|_| {
            let home = Home::new();
            home.join(&mut *opened.remote(), &key);
            home
        })
        .collect();
    std::thread::scope(|scope| {
        for (at, home) in homes.iter().enumerate() {
            let opened = &opened;
            scope.spawn(move || {
                for change in 0..3 {
                    home.mark(&format!("m{at}/c{change}"), Status::Done);
                    home.sync(&mut *opened.remote());
                }
            });
        }
    });
    for home in &homes {
        home.sync(&mut *opened.remote());
        assert_eq!(home.ids().len(), 1 + 6 * 3);
    }
    homes[0].agrees_with(&homes[5]);
}
