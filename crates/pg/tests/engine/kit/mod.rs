//! What the tests against PostgreSQL are made of. Whatever is started here is stopped when its value is
//! dropped and when the tests end, in whichever way they end: see `home`.

pub mod bouncer;
pub mod certs;
pub mod client;
pub mod cluster;
pub mod database;
pub mod frames;
pub mod home;
pub mod proxy;
pub mod standby;

use std::net::TcpListener;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU16, Ordering};

/// A port on loopback that nobody listens on.
pub fn free_port() -> u16 {
    // Below those that systems give to outgoing connections, so that none takes it before it is used, or
    // while a cluster restarts. Random, for other tests run at the same time.
    const FIRST: u16 = 20_000;
    const COUNT: u16 = 12_000;
    static NEXT: LazyLock<AtomicU16> =
        LazyLock::new(|| AtomicU16::new(uuid::Uuid::new_v4().as_fields().1));
    loop {
        let port = FIRST + NEXT.fetch_add(1, Ordering::Relaxed) % COUNT;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
