//! Connections that break, stall and crawl, and servers that end sessions, crash and are full.

use std::time::{Duration, Instant};

use milepost_core::internals::sync::fixture::Home;
use milepost_core::internals::sync::{Options, Synced};
use milepost_core::sync::remote::RemoteError;
use milepost_core::{Status, SyncError};
use uuid::Uuid;

use crate::kit::cluster::{Cluster, Options as Settings, Stop};
use crate::kit::database::Database;
use crate::kit::proxy::{Direction, Proxy};
use crate::opened::{Opened, segments};

/// Two machines that share a record over a database, the first through a proxy.
struct Two<'a> {
    database: Database<'a>,
    proxy: Proxy,
    through: Opened,
    past: Opened,
    laptop: Home,
    desktop: Home,
}

impl<'a> Two<'a> {
    fn on(database: Database<'a>) -> Self {
        let proxy = Proxy::to(database.cluster);
        let through = Opened::at(&database, &database.owner, proxy.port());
        let past = Opened::new(&database);
        let (laptop, desktop) = (Home::new(), Home::new());
        laptop.mark("a/x", Status::Done);
        let key = laptop.init(&mut *past.remote());
        laptop.sync(&mut *past.remote());
        desktop.join(&mut *past.remote(), &key);
        Self { database, proxy, through, past, laptop, desktop }
    }

    /// Something new on either side, of which the desktop's is there already.
    fn goes_on(&self, at: usize) {
        self.desktop.mark(&format!("b/{at}"), Status::Done);
        self.desktop.sync(&mut *self.past.remote());
        self.laptop.mark(&format!("a/{at}"), Status::Done);
    }

    fn try_sync(&self) -> Result<Synced, SyncError> {
        self.laptop.try_sync(&mut *self.through.remote(), Options::default())
    }

    fn settles(&self) {
        self.laptop.sync(&mut *self.past.remote());
        self.desktop.sync(&mut *self.past.remote());
        self.laptop.agrees_with(&self.desktop);
        for home in [&self.laptop, &self.desktop] {
            let synced = home.sync(&mut *self.past.remote());
            assert_eq!((synced.sent, synced.received, synced.lost), (0, 0, 0));
        }
    }
}

/// Cut after each message in turn, a sync goes on with another connection, and does everything once.
fn cut_at_each_message(direction: Direction) {
    let Some(database) = Database::new() else { return };
    let two = Two::on(database);
    let mut cuts = 0;
    loop {
        two.goes_on(cuts);
        let before = two.proxy.counts();
        two.proxy.cut_after(direction, cuts);
        let synced = two.try_sync();
        let counts = two.proxy.counts() - before;
        two.proxy.heal();
        let synced = synced.unwrap_or_else(|error| panic!("cut after {cuts}: {error:?}"));
        assert_eq!((synced.sent, synced.received), (1, 1), "cut after {cuts}");
        // Behind the last one, nothing is left that could break.
        if counts.connections == 1 {
            break;
        }
        assert_eq!((counts.connections, counts.cuts), (2, 1), "cut after {cuts}");
        cuts += 1;
    }
    // Login, header, list and put.
    let least = if direction == Direction::ToServer { 15 } else { 30 };
    assert!(cuts > least, "{cuts}");
    two.settles();
    let logs = two.laptop.log().len();
    assert_eq!(logs, 3 + 2 * cuts, "nothing is there twice");
}

#[test]
fn a_connection_that_breaks_after_any_question_is_made_anew() {
    cut_at_each_message(Direction::ToServer);
}

#[test]
fn a_connection_that_breaks_after_any_answer_is_made_anew() {
    cut_at_each_message(Direction::ToClient);
}

#[test]
fn a_network_that_breaks_each_connection_is_told_and_the_next_sync_does_it() {
    let Some(database) = Database::new() else { return };
    let two = Two::on(database);
    // In the login, in the first answer, and at once.
    for (at, after) in [10, 24, 0].into_iter().enumerate() {
        two.goes_on(at);
        two.proxy.cut_every_nth_connection(1, Direction::ToClient, after);
        if after == 0 {
            two.proxy.refuse();
        }
        let failed = two.try_sync();
        two.proxy.heal();
        assert!(
            matches!(&failed, Err(SyncError::Remote(RemoteError::Unreachable { .. }))),
            "{failed:?}"
        );
        two.settles();
    }
}

#[test]
fn a_server_that_says_nothing_more_is_given_up_in_time() {
    let Some(database) = Database::new() else { return };
    let mut two = Two::on(database);
    two.through.time = Duration::from_millis(700);
    for (at, after) in [0, 5, 24, 30].into_iter().enumerate() {
        two.goes_on(at);
        two.proxy.stall_after(Direction::ToClient, after);
        let begun = Instant::now();
        let failed = two.try_sync();
        let took = begun.elapsed();
        two.proxy.heal();
        let is_told = matches!(&failed, Err(SyncError::Remote(RemoteError::TimedOut { after })) if *after == two.through.time);
        assert!(is_told, "stalled after {after}: {failed:?}");
        assert!(took < Duration::from_secs(6), "{took:?}");
        two.settles();
    }
}

#[test]
fn a_network_that_crawls_is_waited_for() {
    let Some(database) = Database::new() else { return };
    let two = Two::on(database);
    two.goes_on(0);
    two.proxy.trickle(Duration::from_micros(50));
    let synced = two.try_sync().unwrap();
    assert_eq!((synced.sent, synced.received), (1, 1));
    two.proxy.heal();
    two.settles();
}

#[test]
fn sessions_that_an_administrator_ends_are_begun_anew() {
    let Some(database) = Database::new() else { return };
    let opened = Opened::new(&database);
    let log = Uuid::from_u128(1);
    let mut remote = opened.remote();
    remote.create(log, b"header").unwrap();
    for at in 1..4 {
        database.end_sessions();
        remote.put(log, &segments(log, at..at + 1)).unwrap();
    }
    database.end_sessions();
    assert_eq!(remote.list(log, None).unwrap().names.len(), 3);
}

#[test]
fn a_server_that_crashes_in_the_midst_loses_nothing_that_was_acknowledged() {
    let settings = Settings { fsync: true, ..Settings::default() };
    let Some(cluster) = Cluster::start(&settings) else { return };
    let two = Two::on(Database::on(&cluster));
    for at in 0..3 {
        two.goes_on(at);
        let acknowledged = two.laptop.ids();
        std::thread::scope(|scope| {
            let crash = scope.spawn(|| {
                std::thread::sleep(Duration::from_millis(15 * at as u64));
                cluster.restart(Stop::Immediate);
            });
            // It might come through or not; what counts is what holds afterwards.
            let _ = two.try_sync();
            crash.join().unwrap();
        });
        two.settles();
        let ids = two.desktop.ids();
        assert!(acknowledged.iter().all(|id| ids.contains(id)));
    }
}

#[test]
fn where_no_connection_is_free_it_is_tried_again_and_then_told() {
    let settings = Settings { max_connections: 8, ..Settings::default() };
    let Some(cluster) = Cluster::start(&settings) else { return };
    let two = Two::on(Database::on(&cluster));
    two.goes_on(0);
    // Three are the superuser's.
    let taken: Vec<_> = (0..5).map(|_| two.database.session()).collect();
    let failed = two.try_sync();
    let is_told = |said: &str| said.contains("too many") || said.contains("remaining connection");
    assert!(
        matches!(&failed, Err(SyncError::Remote(RemoteError::Refused { said })) if is_told(said)),
        "{failed:?}"
    );
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(60));
            drop(taken);
        });
        // It has some tries.
        let _ = two.try_sync();
    });
    two.settles();
}
