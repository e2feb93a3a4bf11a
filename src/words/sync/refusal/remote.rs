//! What went wrong between a record and a remote, as a person is told it.

use milepost_core::SyncError;
use milepost_core::disk::show;
use milepost_core::sync::database::Database;
use milepost_core::sync::remote::RemoteError;
use milepost_core::sync::{HeaderError, KeyError, Location};
use milepost_path::safe;

use super::super::{argument, place};
use super::no_key;
use crate::error::{Code, Error, reason};
use crate::text::{quantity, shell};

const WORKS_WITHOUT: &str = "sync again later; everything else works without it";

/// With which remote something failed.
pub(super) struct At {
    pub(super) remote: String,
    pub(super) url: String,
}

impl At {
    /// It in a sentence.
    fn name(&self) -> String {
        format!("{} ({})", safe::short(&self.remote, 60), place(&self.url))
    }

    /// Whether it is a database, so that what is said of repositories and folders is wrong.
    fn is_database(&self) -> bool {
        Database::read(&self.url).is_some()
    }

    /// Where the header of a log is.
    fn header_file(&self) -> &'static str {
        if self.is_database() { "its row in milepost_log" } else { "header.json" }
    }

    /// Where it is, as an argument.
    fn word(&self) -> String {
        shell::word(&place(&self.url)).into_owned()
    }

    fn is_repository(&self) -> bool {
        matches!(Location::of(&self.url), Ok(Location::Git(_)))
    }

    /// What went wrong between a record and this remote, with what to do next.
    pub(super) fn told(&self, error: SyncError) -> Error {
        match error {
            SyncError::NoRecord(file) => {
                Error::new(Code::NoRecord, format!("nothing is recorded yet in {}", show(&file)))
                    .hint("`milepost start PATH` begins a record")
            }
            SyncError::NoRemote(name) => Error::new(
                Code::UnknownName,
                format!("the remote `{}` was forgotten in the meantime", safe::short(&name, 60)),
            )
            .hint("`milepost sync --status` lists the remotes"),
            SyncError::NotLinked => {
                Error::new(Code::NothingThere, "this record is not synced with anything yet").hint(
                    "`milepost sync init REMOTE` begins a log; `milepost sync join REMOTE` adds this \
                     machine to a log that another one began",
                )
            }
            SyncError::IsLinked { name, url } => Error::new(
                Code::Refused,
                format!("this record already has a remote `{name}`: {}", place(&url)),
            )
            .hint(format!(
                "`milepost sync{0}` syncs with it; `--name NAME` adds another remote, `milepost sync \
                 forget {name}` unlinks this one",
                argument(&name)
            )),
            SyncError::OtherLog { ours, theirs } => Error::new(
                Code::Refused,
                format!("this record belongs to the log {ours}, and the one there is {theirs}"),
            )
            .hint(
                "use another record, with `--db FILE`; to merge two logs of yours, unlink this record \
                 first, with `milepost sync forget`",
            ),
            SyncError::HasLogs(_) => {
                Error::new(Code::Refused, format!("there is already a log at {}", place(&self.url)))
                    .hint(format!(
                        "`milepost sync join {}` adds this machine to it; `--new` begins another log \
                         beside it",
                        self.word()
                    ))
            }
            SyncError::NoLogs => {
                Error::new(Code::NothingThere, format!("there is no log at {}", place(&self.url)))
                    .hint(format!(
                        "`milepost sync init {}` begins one, on the machine that has your record",
                        self.word()
                    ))
            }
            SyncError::NoLog(_) | SyncError::Remote(RemoteError::NoLog(_)) => Error::new(
                Code::NothingThere,
                format!("the log of this record is no longer at {}", self.name()),
            )
            .hint(format!(
                "`milepost sync{0} --repair` puts it back from this record; `milepost sync forget{0}` \
                 unlinks it",
                argument(&self.remote)
            )),
            SyncError::NoLogOfKey(logs) => Error::new(
                Code::WrongKey,
                match logs {
                    1 => format!("this key does not open the log at {}", place(&self.url)),
                    logs => format!("this key opens none of the {logs} logs at {}", place(&self.url)),
                },
            )
            .hint("`milepost sync key --show` shows the right one on a machine of that log"),
            SyncError::Header(_, error) => self.header(error),
            SyncError::Key(error) => self.key(error),
            SyncError::Remote(error) => self.remote(error),
            SyncError::Store(error) => error.into(),
            SyncError::NoTurn(file, error) => Error::new(
                Code::unwritable(&error),
                format!("{} cannot be written: {}", show(&file), reason(&error)),
            )
            .hint("check the permissions of its directory and the free space on the disk"),
            SyncError::Busy(_) => Error::new(
                Code::Locked,
                format!("another sync with {} is still running", self.name()),
            )
            .hint("try again when it has finished; `--timeout SECONDS` waits longer"),
        }
    }

    fn header(&self, error: HeaderError) -> Error {
        let log = format!("the log at {}", self.name());
        match error {
            HeaderError::Unreadable => {
                Error::new(Code::WrongKind, format!("the header of {log} cannot be read"))
                    .hint(format!(
                        "if you can, restore an earlier version of {} at the remote",
                        self.header_file()
                    ))
            }
            HeaderError::Newer { form, newest } => Error::new(
                Code::NewerFile,
                format!("a newer milepost made {log} (form {form}; this one knows {newest})"),
            )
            .hint("install the newer version; nothing was changed"),
            HeaderError::Cipher(cipher) => Error::new(
                Code::NewerFile,
                format!("{log} is encrypted with {}, which this version does not know", safe::short(&cipher, 60)),
            )
            .hint("install a newer version; nothing was changed"),
            HeaderError::OtherLog(other) => {
                Error::new(Code::WrongKind, format!("{log} says that it is the log {other}"))
                    .hint(match self.is_database() {
                        true => "put its rows back as they were",
                        false => "put its folder back where it was",
                    })
            }
            HeaderError::OtherKey => Error::new(
                Code::WrongKey,
                format!("the key here is not the key of {log}; nothing was sent"),
            )
            .hint(
                "if MILEPOST_SYNC_KEY is set, check it; `milepost sync key --show` shows the right key on \
                 another machine",
            ),
        }
    }

    fn key(&self, error: KeyError) -> Error {
        match error {
            KeyError::Missing(file) => {
                let of = if self.remote.is_empty() {
                    "this log".to_owned()
                } else {
                    format!("the log at {}", self.name())
                };
                Error::new(Code::NoKey, format!("this machine does not have the key of {of}")).hint(
                    format!(
                        "`milepost sync key --show` shows it on another machine; put it into \
                     MILEPOST_SYNC_KEY, or into {}",
                        show(&file)
                    ),
                )
            }
            KeyError::Unusable(file, why) => {
                let why = no_key(why);
                Error::new(Code::WrongKey, format!("{}: {}", show(&file), why.message()))
                    .hint("move the file away, and put the key there again; another machine has it")
            }
            KeyError::Another(file) => Error::new(
                Code::Refused,
                format!(
                    "{} has a different key for this log, so it was not overwritten",
                    show(&file)
                ),
            )
            .hint("move the file away if it is wrong, and try again"),
            KeyError::Disk(error) => hinted(
                error.into(),
                "check its permissions and the disk; another machine of this log has the key, too",
            ),
            KeyError::NoChance(what) => {
                Error::new(Code::Internal, format!("the system gives no random numbers: {what}"))
                    .hint("try again")
            }
        }
    }

    fn remote(&self, error: RemoteError) -> Error {
        let name = self.name();
        match error {
            RemoteError::NoFolder(folder) => Error::new(
                Code::Unreachable,
                format!("the folder of the remote is not there: {}", show(&folder)),
            )
            .hint("plug in or mount the disk, and sync again; everything else works without it"),
            RemoteError::Unreachable { said } => {
                let told =
                    Error::new(Code::Unreachable, format!("{name} cannot be reached: {said}"));
                match why_not_let_in(&said).filter(|_| self.is_repository()) {
                    Some(check) => told
                        .hint(format!("{check}; `git ls-remote {}` must work first", self.word()))
                        .hint(WORKS_WITHOUT),
                    None => {
                        told.hint(format!("check the address and the network; {WORKS_WITHOUT}"))
                    }
                }
            }
            RemoteError::TimedOut { after } => Error::new(
                Code::TimedOut,
                format!("{name} took longer than {}", seconds(after.as_secs())),
            )
            .hint(format!(
                "what arrived until then is kept; `milepost sync{} --timeout 600` gives it more time",
                argument(&self.remote)
            )),
            RemoteError::Refused { said } => {
                let allowed = match self.is_database() {
                    true => "check the address, and what the role can do there",
                    false => "check that you can push there",
                };
                Error::new(Code::Denied, format!("{name} refused: {said}"))
                    .hint(format!("{allowed}; the next `milepost sync` tries again"))
            }
            RemoteError::NoEntry { said } => Error::new(
                Code::Denied,
                format!("could not log in to {name}: {said}"),
            )
            .hint(
                "the password comes from PGPASSWORD, else from the passfile (~/.pgpass), else you \
                     are asked at a terminal",
            ),
            RemoteError::Unproven { said } => Error::new(
                Code::Denied,
                format!("{name} is not trusted: {said}"),
            )
            .hint(
                "no password and nothing of your record was sent; if the certificate is signed by \
                     your own authority, add `?sslrootcert=FILE` to the address",
            ),
            RemoteError::Cancelled => Error::cancelled(),
            RemoteError::NoProgram { program, needs } => Error::new(
                Code::NoProgram,
                format!("this remote needs {program} {needs} or newer, which is not installed"),
            )
            .hint(format!("install {program}, or sync over a folder")),
            RemoteError::Foreign { said } => {
                Error::new(Code::WrongKind, format!("{name} cannot be used as a remote: {said}"))
                    .hint("check the address; `milepost sync --status` lists the remotes")
            }
            RemoteError::NoLog(log) => self.told(SyncError::NoLog(log)),
            RemoteError::OtherHeader(log) => Error::new(
                Code::Refused,
                format!("{name} has the log {log} with a different header, which was not replaced"),
            )
            .hint(format!("somebody changed {} there: restore the earlier version", self.header_file())),
            RemoteError::TooMany { most } => Error::new(
                Code::WrongKind,
                format!("{name} lists more than {} segments", quantity::thousands(most)),
            )
            .hint(
                "`milepost sync init` begins a new log elsewhere, with all that is recorded here",
            ),
            RemoteError::InTheWay(path) => Error::new(
                Code::WrongKind,
                format!("{} is neither a folder nor a file of the log", show(&path)),
            )
            .hint("move it away"),
            RemoteError::Disk(error) => {
                hinted(error.into(), "check its permissions and the disk; then sync again")
            }
            RemoteError::Io { path, error } => Error::new(
                Code::unwritable(&error),
                format!("{} cannot be used: {}", show(&path), reason(&error)),
            )
            .hint("check its permissions and the free space on the disk; then sync again"),
        }
    }
}

/// What to check where git, and what it started, say that somebody answers there and does not let it in. They say
/// so to people only, so this is a guess, on which nothing rests but a hint.
fn why_not_let_in(said: &str) -> Option<&'static str> {
    const LOGIN: &str = "check your login there: your ssh key, or what git knows of your password";
    const SAID: &[(&str, &str)] = &[
        ("Authentication failed", LOGIN),
        ("Permission denied", LOGIN),
        ("Access denied", LOGIN),
        ("could not read Username", LOGIN),
        ("could not read Password", LOGIN),
        ("terminal prompts disabled", LOGIN),
        ("returned error: 401", LOGIN),
        ("returned error: 403", LOGIN),
        ("Host key verification failed", "ssh does not know this host, or knows it as another"),
        ("does not appear to be a git repository", "check the path in the address"),
        // What hosts say of a private repository to whom they do not know.
        ("not found", "check the path in the address, and that your login can read there"),
    ];
    SAID.iter().find(|(part, _)| said.contains(part)).map(|(_, check)| *check)
}

/// An error with something to do, where it says nothing of that itself.
fn hinted(error: Error, hint: &str) -> Error {
    if error.hints().is_empty() { error.hint(hint) } else { error }
}

fn seconds(count: u64) -> String {
    quantity::count(usize::try_from(count).unwrap_or(usize::MAX), "second")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hints(url: &str, said: &str) -> Vec<String> {
        let at = At { remote: "home".to_owned(), url: url.to_owned() };
        let told = at.remote(RemoteError::Unreachable { said: said.to_owned() });
        // Whatever is guessed, it is what it was.
        assert_eq!(told.code(), Code::Unreachable);
        assert!(told.message().ends_with(said));
        told.hints().to_vec()
    }

    #[test]
    fn who_is_not_let_in_is_not_sent_to_look_at_the_network() {
        let url = "git@host.example:me/log.git";
        for (said, check) in [
            ("Permission denied (publickey). fatal: Could not read from remote", "your login"),
            (
                "fatal: could not read Username for 'https://host': terminal prompts disabled",
                "your login",
            ),
            ("remote: Invalid username or password. fatal: Authentication failed", "your login"),
            ("Host key verification failed. fatal: Could not read", "does not know this host"),
            ("fatal: '/srv/x' does not appear to be a git repository", "the path"),
            ("remote: Repository not found.", "the path"),
        ] {
            let [first, second] = &*hints(url, said) else { panic!("{said}") };
            assert!(first.contains(check), "{first}");
            assert!(first.ends_with("`git ls-remote git@host.example:me/log.git` must work first"));
            assert_eq!(second, WORKS_WITHOUT);
        }
        for (url, said) in [
            (url, "ssh: Could not resolve hostname host.example: Name or service not known"),
            (url, "fatal: unable to access: Failed to connect to host.example port 443"),
            // What another carrier says is not git's.
            ("folder:/mnt/log", "Permission denied"),
        ] {
            let hints = hints(url, said);
            assert!(hints.len() == 1 && hints[0].starts_with("check the address and the network"));
        }
    }
}
