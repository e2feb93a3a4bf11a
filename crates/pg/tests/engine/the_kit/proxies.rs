//! What the proxy counts, and how it breaks what passes.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use tokio_postgres::types::Type;

use crate::kit::client::{Session, said};
use crate::kit::database::Database;
use crate::kit::proxy::{Counts, Direction, Proxy};

/// Opens a session through the proxy and adds a row to the table `kept`.
fn add(database: &Database, proxy: &Proxy) -> Result<(), tokio_postgres::Error> {
    let session = Session::open(&database.config_at(&database.owner, proxy.port()))?;
    session.sql("INSERT INTO kept VALUES (1)").map(drop)
}

fn with_table() -> Option<(Database<'static>, Proxy)> {
    let database = Database::new()?;
    database.session().sql("CREATE TABLE kept (n int)").unwrap();
    let proxy = Proxy::to(database.cluster);
    Some((database, proxy))
}

fn rows(database: &Database) -> String {
    database.sql("SELECT count(*) FROM kept").remove(0)
}

#[test]
fn it_counts_messages_and_round_trips() {
    let Some((database, proxy)) = with_table() else { return };
    let config = database.config_at(&database.owner, proxy.port());
    let session = &Session::open(&config).unwrap();
    let connected = proxy.counts();
    // The start, and the two steps of SCRAM.
    assert_eq!((connected.round_trips, connected.messages_to_server), (3, 3));
    assert_eq!((connected.connections, proxy.open()), (1, 1));
    session.sql("SELECT 1").unwrap();
    let simple = proxy.counts() - connected;
    // Back come what the row is like, the row, the end of the statement, and that the server is ready.
    let expected = Counts {
        round_trips: 1,
        messages_to_server: 1,
        messages_to_client: 4,
        bytes_to_server: 14,
        ..Counts::default()
    };
    assert_eq!(Counts { bytes_to_client: 0, ..simple }, expected);
    let typed = session.client().query_typed("SELECT $1::int4", &[(&7, Type::INT4)]);
    assert_eq!(session.wait(typed).unwrap().len(), 1);
    assert_eq!((proxy.counts() - connected).round_trips, 2);
    // Three, of which none waits for the answer to another.
    proxy.latency(Duration::from_millis(500));
    let three = [0, 10, 20].map(|delay| async move {
        tokio::time::sleep(Duration::from_millis(delay)).await;
        session.client().simple_query("SELECT 1").await
    });
    let three = session.wait(futures_util::future::join_all(three));
    assert!(three.iter().all(Result::is_ok));
    let counts = proxy.counts() - connected;
    assert_eq!((counts.round_trips, counts.cuts), (3, 0));
}

/// Whatever message of the client is its last, the row is there afterwards if the server got the statement.
#[test]
fn it_cuts_after_each_message_to_the_server() {
    let Some((database, proxy)) = with_table() else { return };
    for after in 0..4 {
        proxy.cut_after(Direction::ToServer, after);
        add(&database, &proxy).unwrap_err();
        assert_eq!(proxy.counts().cuts, after + 1);
        assert_eq!(rows(&database), "0");
    }
    // The fourth has the statement, and nobody hears that it is done.
    proxy.cut_after(Direction::ToServer, 4);
    add(&database, &proxy).unwrap_err();
    assert_eq!(rows(&database), "1");
    // Only that connection was cut.
    add(&database, &proxy).unwrap();
    assert_eq!((rows(&database).as_str(), proxy.counts().cuts), ("2", 5));
}

#[test]
fn it_cuts_after_each_message_to_the_client() {
    let Some((database, proxy)) = with_table() else { return };
    add(&database, &proxy).unwrap();
    // `CommandComplete` and `ReadyForQuery` are the answer to the statement.
    let all = proxy.counts().messages_to_client;
    for after in 0..all {
        proxy.cut_after(Direction::ToClient, after);
        add(&database, &proxy).unwrap_err();
    }
    // The last of them lost only that the server is ready again; the others came before the statement.
    assert_eq!(rows(&database), "2");
    proxy.cut_after(Direction::ToClient, all);
    add(&database, &proxy).unwrap();
    assert_eq!((rows(&database).as_str(), proxy.counts().cuts), ("3", all + 1));
}

#[test]
fn it_cuts_one_connection_of_some() {
    let Some((database, proxy)) = with_table() else { return };
    proxy.cut_every_nth_connection(3, Direction::ToServer, 4);
    let added: Vec<bool> = (0..6).map(|_| add(&database, &proxy).is_ok()).collect();
    assert_eq!(added, [true, true, false, true, true, false]);
    assert_eq!(rows(&database), "6");
    proxy.refuse();
    add(&database, &proxy).unwrap_err();
    proxy.heal();
    let session = Session::open(&database.config_at(&database.owner, proxy.port())).unwrap();
    proxy.cut_now();
    session.sql("SELECT 1").unwrap_err();
    assert_eq!(proxy.counts().cuts, 4);
}

#[test]
fn it_stalls_and_goes_on() {
    let Some((database, proxy)) = with_table() else { return };
    proxy.stall_after(Direction::ToServer, 4);
    let config = database.config_at(&database.owner, proxy.port());
    let session = Session::open(&config).unwrap();
    let added = session.client().simple_query("INSERT INTO kept VALUES (1)");
    let mut added = std::pin::pin!(added);
    let soon = session.wait(async {
        tokio::time::timeout(Duration::from_millis(300), added.as_mut()).await.is_ok()
    });
    // The server did it, and its answer is held.
    assert!(!soon);
    assert_eq!((rows(&database).as_str(), proxy.open()), ("1", 1));
    proxy.heal();
    session.wait(added).unwrap();
}

#[test]
fn it_passes_byte_by_byte() {
    let Some((database, proxy)) = with_table() else { return };
    proxy.trickle(Duration::from_millis(2));
    // What asks for TLS; the server has none and says so with a byte.
    let mut raw = TcpStream::connect(("127.0.0.1", proxy.port())).unwrap();
    let asks = [[0, 0, 0, 8], 80_877_103_u32.to_be_bytes()].concat();
    raw.write_all(&asks).unwrap();
    let mut answer = [0; 100];
    assert_eq!((raw.read(&mut answer).unwrap(), answer[0]), (1, b'N'));
    let user = b"user\0nobody\0\0";
    let length = (8 + user.len() as u32).to_be_bytes();
    raw.write_all(&[&length, &196_608_u32.to_be_bytes(), &user[..]].concat()).unwrap();
    let mut reads = Vec::new();
    while reads.iter().sum::<usize>() < 20 {
        reads.push(raw.read(&mut answer).unwrap());
    }
    assert!(reads.len() > 5, "{reads:?}");
    drop(raw);
    add(&database, &proxy).unwrap();
    assert_eq!(rows(&database), "1");
}

#[test]
fn it_records_what_passes() {
    let Some((database, proxy)) = with_table() else { return };
    let session = Session::open(&database.config_at(&database.owner, proxy.port())).unwrap();
    session.sql("SELECT 'before'").unwrap();
    proxy.record();
    let refused = session.sql("SELECT 'canary', 1 / 0").unwrap_err();
    assert_eq!(said(&refused), "division by zero (22012)");
    let has = |direction, text: &str| {
        proxy.recorded(direction).windows(text.len()).any(|part| part == text.as_bytes())
    };
    assert!(has(Direction::ToServer, "canary") && has(Direction::ToClient, "division by zero"));
    assert!(!has(Direction::ToServer, "before") && !has(Direction::ToServer, "division"));
}
