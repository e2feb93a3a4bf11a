//! What went wrong with a server: whether it is worth another try, and what it is called.

use std::error::Error as _;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use milepost::error::reason;
use milepost_core::sync::remote::RemoteError;
use milepost_path::safe;
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

/// How often a connection is made anew within one call.
pub(crate) const MOST_BREAKS: u32 = 5;

/// Why a call did not work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What the driver says, of a server that was reached.
    Server(Error),
    /// No server was reached.
    Unreachable(String),
    /// A server was reached, and is not one that a log is kept at.
    Refused(String),
    /// The server wants a password, and none is known.
    NoPassword,
    /// The password that is known cannot be used.
    NoEntry(String),
    /// A server was reached, and does not prove who it is.
    Unproven(String),
    /// The person was asked for the password, and gave up.
    Cancelled,
    /// What was found decides it.
    Found(RemoteError),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Server(error)
    }
}

impl From<RemoteError> for Failure {
    fn from(error: RemoteError) -> Self {
        Self::Found(error)
    }
}

/// Whether another try can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Retry {
    /// None can.
    Never,
    /// The statement met another one, which got its way: this one will, too.
    Conflict,
    /// The connection is of no use any more.
    Broken,
}

impl Failure {
    /// Whether another try can help.
    pub(crate) fn retry(&self) -> Retry {
        let Self::Server(error) = self else { return Retry::Never };
        let Some(code) = error.code() else {
            // The server says nothing more: unless it or what lies between cannot be understood, it is gone.
            return match is_broken(error) {
                true => Retry::Broken,
                false => Retry::Never,
            };
        };
        match *code {
            SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => {
                Retry::Conflict
            }
            SqlState::ADMIN_SHUTDOWN
            | SqlState::CRASH_SHUTDOWN
            | SqlState::CANNOT_CONNECT_NOW
            | SqlState::TOO_MANY_CONNECTIONS => Retry::Broken,
            _ if code.code().starts_with("08") => Retry::Broken,
            _ => Retry::Never,
        }
    }

    /// Whether there is no table of ours.
    pub(crate) fn is_no_table(&self) -> bool {
        matches!(self, Self::Server(error) if error.code() == Some(&SqlState::UNDEFINED_TABLE))
    }

    /// Whether a row with this key is there already.
    pub(crate) fn is_there(&self) -> bool {
        matches!(self, Self::Server(error) if error.code() == Some(&SqlState::UNIQUE_VIOLATION))
    }

    /// Whether somebody else made the same table at the same time.
    pub(crate) fn is_made_by_another(&self) -> bool {
        let Self::Server(error) = self else { return false };
        self.is_there()
            || error.code() == Some(&SqlState::DUPLICATE_TABLE)
            || error.code() == Some(&SqlState::DUPLICATE_OBJECT)
    }

    /// What it is called.
    pub(crate) fn told(self) -> RemoteError {
        match self {
            Self::Found(error) => error,
            Self::Unreachable(said) => RemoteError::Unreachable { said: safe::short(&said, 300) },
            Self::Refused(said) => RemoteError::Refused { said: safe::short(&said, 300) },
            Self::NoPassword => {
                RemoteError::NoEntry { said: "it wants a password, and none is known".to_owned() }
            }
            Self::NoEntry(said) => RemoteError::NoEntry { said: safe::short(&said, 300) },
            Self::Unproven(said) => RemoteError::Unproven { said: safe::short(&said, 300) },
            Self::Cancelled => RemoteError::Cancelled,
            Self::Server(error) => of_server(&error),
        }
    }
}

fn of_server(error: &Error) -> RemoteError {
    let Some(db) = error.as_db_error() else {
        let why = error.source().map(|source| match source.downcast_ref::<std::io::Error>() {
            Some(error) => reason(error),
            None => source.to_string(),
        });
        let said = match why.filter(|why| !why.is_empty()) {
            Some(why) => safe::short(&why, 300),
            None => error.to_string(),
        };
        return if is_broken(error) {
            RemoteError::Unreachable { said: format!("the connection broke: {said}") }
        } else {
            RemoteError::Foreign { said }
        };
    };
    let said = safe::short(db.message(), 300);
    match db.code() {
        // Columns that are not ours, or of other types.
        &SqlState::UNDEFINED_COLUMN
        | &SqlState::DATATYPE_MISMATCH
        | &SqlState::UNDEFINED_FUNCTION => {
            RemoteError::Foreign { said: format!("its table is not milepost's: {said}") }
        }
        code => {
            let said = format!("{said} ({})", code.code());
            // The class of what went wrong with who asks.
            match code.code().starts_with("28") {
                true => RemoteError::NoEntry { said },
                false => RemoteError::Refused { said },
            }
        }
    }
}

/// Whether it is the connection that failed, not what was said on it.
fn is_broken(error: &Error) -> bool {
    error.is_closed()
        || error.source().is_some_and(|source| {
            source.downcast_ref::<std::io::Error>().is_some_and(|io| {
                // What cannot be understood has this kind.
                io.kind() != std::io::ErrorKind::InvalidInput
                    && io.kind() != std::io::ErrorKind::InvalidData
            })
        })
}

/// How long to wait before the try after so many: any time up to a bound that doubles, so that those who met
/// do not meet again.
pub(crate) fn pause(tries: u32) -> Duration {
    const FIRST: u64 = 20;
    const MOST: u64 = 2000;
    let bound = FIRST.saturating_mul(1 << tries.min(10)).min(MOST);
    // A new state is random, which is all that is needed here.
    let random = RandomState::new().build_hasher().finish();
    Duration::from_millis(random % (bound + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_are_bounded_and_differ() {
        let pauses: Vec<Duration> = (0..40).map(pause).collect();
        assert!(pauses.iter().all(|pause| *pause <= Duration::from_secs(2)));
        assert!(pauses.iter().any(|pause| *pause > Duration::from_millis(100)));
        assert!(pause(0) <= Duration::from_millis(20));
        let late: std::collections::BTreeSet<_> = (0..20).map(|_| pause(30)).collect();
        assert!(late.len() > 10);
    }

    #[test]
    fn what_no_server_said_is_never_tried_again() {
        for failure in [
            Failure::Unreachable("nobody".to_owned()),
            Failure::Refused("no".to_owned()),
            Failure::NoPassword,
            Failure::NoEntry("no".to_owned()),
            Failure::Unproven("no".to_owned()),
            Failure::Cancelled,
            Failure::Found(RemoteError::TooMany { most: 1 }),
        ] {
            assert_eq!(failure.retry(), Retry::Never);
        }
    }
}
