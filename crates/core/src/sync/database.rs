//! Where a database is, as a learner names it. The program `milepost-pg` speaks to it and reads the rest of
//! the address; here, what cannot be kept in a record is refused.

use std::fmt;
use std::time::Duration;

use super::git::AddressFault as Fault;
use super::git::address::{MOST_CHARS, has_password};
use super::remote::Remote;

/// The program that speaks to databases: the same as this one, with their protocol.
pub const PROGRAM: &str = "milepost-pg";

/// The address of a PostgreSQL database, without a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database(String);

impl Database {
    /// The address that a text is. `None` where its scheme is another one.
    ///
    /// # Errors
    /// Why it is not kept.
    pub fn read(text: &str) -> Option<Result<Self, Fault>> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://")?;
        ["postgres", "postgresql"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known))
            .then(|| check(text, rest).map(|()| Self(text.to_owned())))
    }

    /// As it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Database {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

fn check(text: &str, rest: &str) -> Result<(), Fault> {
    if text.chars().count() > MOST_CHARS {
        return Err(Fault::Length);
    }
    if text.chars().any(milepost_path::chars::is_unsafe) {
        return Err(Fault::Hidden);
    }
    // `password`, `sslpassword`, and either with a letter as %70: no value that a setting needs says so.
    let (place, settings) = rest.split_once('?').unwrap_or((rest, ""));
    let is_secret = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.contains("pass") || name.contains('%')
    };
    let names = settings.split('&').map(|one| one.split_once('=').map_or(one, |(name, _)| name));
    let has_secret = names.into_iter().any(|name| is_secret(name) && name != "passfile");
    // `me:12/34@host`: an @ in the name of a database can be %40, one behind a password is not known from it.
    let has_slash = |(authority, path): (&str, &str)| authority.contains(':') && path.contains('@');
    if has_secret || has_password(rest) || place.split_once('/').is_some_and(has_slash) {
        return Err(Fault::Password);
    }
    Ok(())
}

/// How a database is spoken to.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    /// How long each call can take.
    pub time: Duration,
    /// Whether a password can be asked for at the terminal.
    pub can_ask: bool,
}

/// Makes a remote of the address of a database. Nobody is asked yet.
pub type OpenDatabase = fn(&Database, Session) -> Box<dyn Remote>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_as_it_is_written() {
        for text in [
            "postgres://host/db",
            "postgresql://me@host:5433/db",
            "POSTGRES://me@one:5432,two:5433/db",
            "postgres://me@[::1]:5432/db",
            "postgres:///db?host=/run/postgresql&user=me",
            "postgres://host:5432/a%40b",
            "postgres://host:5432/db?user=me@work",
            "postgres://host/db?sslrootcert=/etc/ca%20one.pem&passfile=/home/me/pass",
        ] {
            let read = Database::read(text).unwrap().map(|read| read.to_string());
            assert_eq!(read.as_deref(), Ok(text));
        }
        for other in ["https://host/db", "postgres:host", "host", "postgres"] {
            assert_eq!(Database::read(other), None, "{other}");
        }
    }

    #[test]
    fn a_password_is_refused_wherever_it_stands() {
        for text in [
            "postgres://me:s3cret@host/db",
            "postgres://me:s3/cret@host/db",
            "postgres://:s3cret@host/db",
            "postgres://me:/s3cret@host/db",
            "postgres://me:12/s3cret@host/db",
            "postgres://me%3As3cret@host/db",
            "postgres://host/db?password=s3cret",
            "postgres://host/db?user=me&PassWord=s3cret",
            "postgres://host/db?p%61ssword=s3cret",
            "postgres://host/db?sslpassword=s3cret",
        ] {
            assert_eq!(Database::read(text), Some(Err(Fault::Password)), "{text}");
        }
        assert_eq!(Database::read("postgres://host/d\u{1b}b"), Some(Err(Fault::Hidden)));
        let long = format!("postgres://host/{}", "d".repeat(MOST_CHARS));
        assert_eq!(Database::read(&long), Some(Err(Fault::Length)));
    }
}
