//! Why nothing was synced, as a person is told it, with what to do next.

mod remote;

use milepost_core::disk::show;
use milepost_core::report::sync::{Failed, MOST_CHARS, Refusal};
use milepost_core::sync::AddressFault;
use milepost_core::sync::{NoKey, NoLocation};
use milepost_path::safe;

use super::{argument, changes, place, span};
use crate::error::{Code, Error};
use crate::text::quantity;
use remote::At;

const SHOWS_KEY: &str = "`milepost sync key --show` shows it on a machine that has it";

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoLocation(why) => no_location(why),
            Refusal::BadName(name) => {
                let name = safe::short(&name, 60);
                Self::usage(format!("`{name}` cannot be the name of a remote")).hint(format!(
                    "use up to {MOST_CHARS} letters, digits, `-`, `_` or `.`; `init`, `join`, `key`, \
                     `forget` and `help` are commands"
                ))
            }
            Refusal::NotItsName => {
                Self::usage("this is an address; give the name of a remote here")
                    .hint("`milepost sync --status` lists the remotes with their names")
                    .hint("`milepost sync init REMOTE` sets up a new one, `milepost sync join REMOTE` adds one that has a log")
            }
            Refusal::Several(names) => {
                let first = names.first().map_or("NAME", String::as_str).to_owned();
                let count = quantity::count(names.len(), "remote");
                Self::new(
                    Code::AmbiguousRef,
                    format!("this record has {count}: {}", quantity::list(&names)),
                )
                .hint(format!("name the one that you mean: `milepost sync {first}`"))
            }
            Refusal::NoParent(folder) => Self::new(
                Code::NothingThere,
                format!("there is no folder {}, so nothing was created in it", show(&folder)),
            )
            .hint(
                "create it, or plug in the disk; the address of a repository is https://…, ssh://… or \
                 user@host:path",
            ),
            Refusal::NoKey(why) => no_key(why),
            Refusal::OtherKey => {
                Self::new(Code::WrongKey, "this is a key, but not the key of this log")
                    .hint("`milepost sync key --show` shows the key of this log")
            }
            Refusal::JoinNeedsYes(sides) => Self::new(
                Code::NoTerminal,
                "this record has changes of its own, which would become part of the log; there is no \
                 terminal to ask on",
            )
            .detail(format!("here: {}", span(&sides.ours)))
            .detail(format!("there: {}", span(&sides.theirs)))
            .hint("pass `--yes` to confirm; a copy of the record as it is now is kept"),
            Refusal::EraseNeedsYes { remote, url, .. } => Self::new(
                Code::NoTerminal,
                format!(
                    "the log at {remote} ({}) would be erased; there is no terminal to ask on",
                    place(&url)
                ),
            )
            .hint("pass `--yes` to confirm; your record here is kept"),
            Refusal::Failed(failed) => {
                let Failed { remote, url, is_linked, error } = *failed;
                let at = At { remote, url };
                let told = at.told(error);
                if is_linked && !at.remote.is_empty() {
                    return told.hint(format!(
                        "the remote is set up: `milepost sync{}` sends what is recorded here",
                        argument(&at.remote)
                    ));
                }
                told
            }
        }
    }
}

/// Asks whether a log is to be erased.
pub(crate) fn ask_to_erase(remote: &str, url: &str, waiting: u64) -> String {
    let waiting = usize::try_from(waiting).unwrap_or(usize::MAX);
    let only_here = match waiting {
        0 => String::new(),
        waiting => format!(" ({} only here)", changes(waiting)),
    };
    format!(
        "Erase the log at {remote}, {}? This record stays{only_here}; other machines cannot sync there \
         any more.",
        place(url)
    )
}

/// That a text is no key, without any of it.
pub(crate) fn no_key(why: NoKey) -> Error {
    let why = match why {
        NoKey::Length { found, expected } => {
            format!("it has {}, and a key has {expected}", quantity::count(found, "character"))
        }
        NoKey::Digit(at) => format!("character {at} is not one that a key has"),
        NoKey::Checksum => "a digit is wrong, or two are swapped".to_owned(),
    };
    Error::new(Code::WrongKey, format!("this is not a key: {why}")).hint(SHOWS_KEY)
}

fn no_location(why: NoLocation) -> Error {
    let fault = match why {
        NoLocation::Database(AddressFault::Password) => {
            return Error::new(
                Code::Refused,
                "this address has a password in it, which would be stored and shown",
            )
            .hint(
                "leave it out: milepost asks for it, or takes it from PGPASSWORD or the passfile \
                 (~/.pgpass)",
            );
        }
        NoLocation::Database(fault) | NoLocation::Address(fault) => fault,
    };
    let (message, hint) = match fault {
        AddressFault::Password => {
            return Error::new(
                Code::Refused,
                "this address has a password or a token in it, which would be stored and shown",
            )
            .hint("leave it out: git asks for it, or knows it from its credential helper");
        }
        AddressFault::Length => (
            "the address of the remote is empty or too long",
            "name a git repository, a folder or a PostgreSQL database, for example \
             `git@example.org:log.git`",
        ),
        AddressFault::Hidden => (
            "the address of the remote has a character that cannot be seen",
            "type it again, without line breaks",
        ),
        AddressFault::Option => {
            ("the address of the remote, or its host, begins with `-`", "write a folder as ./-name")
        }
        AddressFault::Scheme => (
            "git does not speak this protocol by itself",
            "use https://, ssh://, git://, file:// or user@host:path, or name a folder",
        ),
        AddressFault::Host => ("the address of the remote names no host", "check the address"),
    };
    Error::usage(message).hint(hint)
}
