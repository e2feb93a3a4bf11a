//! A database as a remote, as the program opens it.

use std::time::Duration;

use milepost_core::sync::database::{self, Session};
use milepost_core::sync::remote::{Name, Remote};
use uuid::Uuid;

use crate::kit::database::{Database, Role};

/// How the tests come in: each opens remotes like a machine of its own.
pub struct Opened {
    url: String,
    pub time: Duration,
    _passfile: tempfile::NamedTempFile,
}

impl Opened {
    /// As its owner, over loopback.
    pub fn new(database: &Database<'_>) -> Self {
        Self::at(database, &database.owner, database.cluster.port())
    }

    /// As a role, at a port of loopback.
    pub fn at(database: &Database<'_>, role: &Role, port: u16) -> Self {
        Self::by(&database.url_at(role, port), &database.passfile_line(role))
    }

    /// By an address, with what stands in the passfile.
    pub fn by(url: &str, passwords: &str) -> Self {
        let passfile = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(passfile.path(), passwords).unwrap();
        let sign = if url.contains('?') { '&' } else { '?' };
        let url = format!("{url}{sign}passfile={}", passfile.path().display());
        Self { url, time: Duration::from_secs(30), _passfile: passfile }
    }

    /// The address, with the passfile.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn remote(&self) -> Box<dyn Remote> {
        let address = database::Database::read(&self.url).unwrap().unwrap();
        milepost_pg::open(&address, Session { time: self.time, can_ask: false })
    }
}

/// Segments that say their number.
pub fn segments(stream: Uuid, numbers: std::ops::Range<u64>) -> Vec<(Name, Vec<u8>)> {
    numbers.map(|number| bytes(stream, number, 20)).collect()
}

/// One of this length.
pub fn bytes(stream: Uuid, number: u64, length: usize) -> (Name, Vec<u8>) {
    let sealed: Vec<u8> = number.to_be_bytes().into_iter().cycle().take(length).collect();
    (Name::of(stream, number, &sealed), sealed)
}

/// Gets these, all of which are there.
pub fn all(remote: &mut dyn Remote, log: Uuid, names: &[Name]) -> Vec<(Name, Vec<u8>)> {
    let mut found = Vec::new();
    remote.get(log, names, &mut |name, bytes| found.push((name, bytes.unwrap()))).unwrap();
    found
}
