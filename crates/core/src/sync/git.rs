//! A remote that is the branch `milepost` of a repository, spoken to by the `git` that is installed.
//!
//! A sync is one fetch into a clone of our own and, where there is something to put, one push.
//! Everything else is done in the objects of that clone: there is no work tree, so nothing that somebody
//! else placed in the repository is ever written out, followed or executed. Other branches stay as they
//! are, and no push is forced: the slower machine puts its segments on top of what came.

pub(super) mod address;
mod cache;
mod commit;
mod lines;
mod listing;
mod objects;
mod program;

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use uuid::Uuid;

pub use address::{Address, Fault as AddressFault};

use super::remote::{Erased, Listing, MOST_BYTES, Name, Remote, RemoteError, Take};
use cache::{Cache, Fault, MOST_FETCHED, Oid};
use commit::{Built, Change};
use listing::Found;
use objects::{Kind, Object};
use program::{Deadline, Program};

/// How many files are read at once.
const AT_ONCE: usize = 1000;

/// A repository that keeps logs.
#[derive(Debug)]
pub(crate) struct Git {
    cache: Cache,
    timeout: Duration,
    /// The branch as it was fetched; the inner `None` says that there was no branch.
    tip: Option<Option<Oid>>,
    /// Whether what was fetched was neither listed nor changed yet: then a listing need not fetch again.
    is_fresh: bool,
    /// Whether the clone was made anew in this call because something was wrong with it.
    was_mended: bool,
    /// The header that the caller saw of a log.
    seen: Option<(Uuid, Oid)>,
}

impl Git {
    /// The repository at an address. `folder` is for its clone, a cache, and nobody else uses it
    /// meanwhile; `timeout` is for each call. With `can_ask` git and ssh can ask at the terminal.
    pub(crate) fn new(
        address: Address,
        folder: impl Into<PathBuf>,
        timeout: Duration,
        can_ask: bool,
    ) -> Self {
        let program = Program::new(can_ask);
        let cache = Cache { program, address, folder: folder.into(), most_fetched: MOST_FETCHED };
        Self { cache, timeout, tip: None, is_fresh: false, was_mended: false, seen: None }
    }

    /// Begins a call, which has its time.
    fn begin(&mut self) -> Deadline {
        self.was_mended = false;
        Deadline::after(self.timeout)
    }

    /// The newest commit of the branch, fetched where it is not known yet.
    fn tip(&mut self, deadline: Deadline) -> Result<Option<Oid>, RemoteError> {
        if let Some(tip) = &self.tip {
            return Ok(tip.clone());
        }
        self.fetch(deadline)
    }

    fn fetch(&mut self, deadline: Deadline) -> Result<Option<Oid>, RemoteError> {
        let tip = self.cache.fetch(deadline)?;
        self.is_fresh = true;
        self.tip = Some(tip.clone());
        Ok(tip)
    }

    /// Does something in the clone, with the newest commit of the branch; where the clone turns out to be
    /// damaged, once more in a new one.
    fn mended<T>(
        &mut self,
        deadline: Deadline,
        mut step: impl FnMut(&Cache, Option<&Oid>) -> Result<T, Fault>,
    ) -> Result<T, RemoteError> {
        let tip = self.tip(deadline)?;
        match step(&self.cache, tip.as_ref()) {
            Err(Fault::Damaged(_)) if !self.was_mended => {
                self.was_mended = true;
                let tip = self.cache.renew(deadline)?;
                self.tip = Some(tip.clone());
                step(&self.cache, tip.as_ref()).map_err(Fault::error)
            }
            done => done.map_err(Fault::error),
        }
    }

    /// Changes the branch: a commit on top of the newest one, and a push. If another machine was quicker,
    /// the push is refused and tried again on top of theirs, as long as there is time. Each refusal means
    /// that another push succeeded, so in the end all of them succeed.
    fn change(&mut self, log: Uuid, change: Change<'_>) -> Result<(), RemoteError> {
        let deadline = self.begin();
        let mut is_known_now = self.tip.is_none();
        if matches!(change, Change::Erase) && self.tip(deadline)?.is_none() {
            // Nothing is there at all.
            return Ok(());
        }
        let mut built: Option<Built> = None;
        let mut retries = 0;
        let mut was_unmoved = false;
        loop {
            let commit = match built.take() {
                Some(commit) => commit,
                None => self.mended(deadline, |cache, base| {
                    commit::build(cache, base, log, change, deadline)
                })?,
            };
            self.is_fresh = false;
            match self.check(log, change, &commit) {
                Ok(()) if !commit.changes => return Ok(()),
                Ok(()) => {}
                Err(error) if is_known_now => return Err(error),
                // What is known of the branch is of an earlier call.
                Err(_) => {
                    self.fetch(deadline)?;
                    is_known_now = true;
                    continue;
                }
            }
            let base = self.tip(deadline)?;
            let pushed = self.cache.push(&commit.commit, deadline)?;
            if pushed.is_there {
                self.tip = Some(Some(commit.commit));
                self.cache.pack_where_due(deadline);
                return Ok(());
            }
            thread::sleep(pause(retries).min(deadline.left()));
            retries += 1;
            let there = self.fetch(deadline)?;
            is_known_now = true;
            if there.as_ref() == Some(&commit.commit) {
                // It came, and the answer was lost.
                return Ok(());
            }
            if there == base {
                // Nobody was quicker. Somebody might have been at it, so it is tried once more.
                if was_unmoved {
                    return Err(RemoteError::Refused { said: pushed.said });
                }
                // A clone that lacks some of its history might not be able to push.
                let was_mended = self.was_mended;
                self.mended(deadline, |cache, tip| {
                    tip.map_or(Ok(()), |tip| cache.look_through(tip, deadline))
                })?;
                // A commit on what is still the newest one is as good as another.
                built = Some(commit).filter(|_| self.was_mended == was_mended);
            }
            was_unmoved = there == base;
        }
    }

    /// Whether the branch is still as the caller knows it, where it counts.
    fn check(&self, log: Uuid, change: Change<'_>, built: &Built) -> Result<(), RemoteError> {
        let before = built.header_before.as_ref();
        match change {
            Change::Create(_) if before.is_some() && before != built.header.as_ref() => {
                Err(RemoteError::OtherHeader(log))
            }
            Change::Put(_) => match (before, &self.seen) {
                (None, _) => Err(RemoteError::NoLog(log)),
                (Some(before), Some((seen_log, seen))) if *seen_log == log && before != seen => {
                    Err(RemoteError::OtherHeader(log))
                }
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }

    /// What is new since an older commit, or all.
    fn listing(
        cache: &Cache,
        tip: &Oid,
        log: Uuid,
        since: Option<&Oid>,
        deadline: Deadline,
    ) -> Result<Listing, Fault> {
        let cursor = Some(tip.as_str().as_bytes().to_vec());
        if since == Some(tip) {
            return Ok(Listing { names: Vec::new(), cursor, is_whole: false });
        }
        let find = |since| listing::segments(cache, since, tip, log, deadline);
        match find(since)? {
            Found::Names(names) => Ok(Listing { names, cursor, is_whole: since.is_none() }),
            Found::NoLog => Err(RemoteError::NoLog(log).into()),
            Found::WentBack => match find(None)? {
                Found::Names(names) => Ok(Listing { names, cursor, is_whole: true }),
                Found::NoLog | Found::WentBack => Err(RemoteError::NoLog(log).into()),
            },
        }
    }

    /// Hands over some segments, and says how many it came to.
    fn read(
        cache: &Cache,
        kinds: &[Kind],
        names: &[Name],
        deadline: Deadline,
        take: &mut Take<'_>,
        handed: &mut usize,
    ) -> Result<(), Fault> {
        let is_wanted = |size: u64| size <= MOST_BYTES as u64;
        let wanted: Vec<&str> = kinds
            .iter()
            .filter_map(|kind| match kind {
                Kind::Blob { oid, size } if is_wanted(*size) => Some(oid.as_str()),
                _ => None,
            })
            .collect();
        let mut found = names.iter().zip(kinds);
        // What is not read is handed over before what comes after it: nothing, or no bytes of ours.
        let mut pass = |blob: Option<Vec<u8>>, handed: &mut usize| {
            for (name, kind) in found.by_ref() {
                *handed += 1;
                match kind {
                    Kind::Blob { size, .. } if is_wanted(*size) => return take(*name, blob),
                    Kind::Missing => take(*name, None),
                    Kind::Blob { .. } | Kind::Other => take(*name, Some(Vec::new())),
                }
            }
        };
        let mut read = |blob: Option<Object>| pass(blob.map(|blob| blob.bytes), handed);
        objects::read(cache, &wanted, MOST_BYTES, deadline, &mut read)?;
        pass(None, handed);
        Ok(())
    }
}

impl Remote for Git {
    fn logs(&mut self) -> Result<Vec<Uuid>, RemoteError> {
        let deadline = self.begin();
        self.mended(deadline, |cache, tip| {
            tip.map_or_else(|| Ok(Vec::new()), |tip| listing::logs(cache, tip, deadline))
        })
    }

    fn header(&mut self, log: Uuid) -> Result<Option<Vec<u8>>, RemoteError> {
        let deadline = self.begin();
        let found = self.mended(deadline, |cache, tip| {
            tip.map_or(Ok(None), |tip| listing::header(cache, tip, log, deadline))
        })?;
        Ok(found.map(|(oid, header)| {
            self.seen = Some((log, oid));
            header
        }))
    }

    fn create(&mut self, log: Uuid, header: &[u8]) -> Result<(), RemoteError> {
        self.change(log, Change::Create(header))
    }

    fn list(&mut self, log: Uuid, since: Option<&[u8]>) -> Result<Listing, RemoteError> {
        let deadline = self.begin();
        if !self.is_fresh {
            self.fetch(deadline)?;
        }
        let since = since.and_then(Oid::read);
        let listing = self.mended(deadline, |cache, tip| {
            let tip = tip.ok_or(RemoteError::NoLog(log))?;
            Self::listing(cache, tip, log, since.as_ref(), deadline)
        })?;
        self.is_fresh = false;
        Ok(listing)
    }

    fn get(&mut self, log: Uuid, names: &[Name], take: &mut Take<'_>) -> Result<(), RemoteError> {
        let deadline = self.begin();
        for names in names.chunks(AT_ONCE) {
            let mut handed = 0;
            self.mended(deadline, |cache, tip| {
                let tip = tip.ok_or(RemoteError::NoLog(log))?;
                let names = names.get(handed..).unwrap_or_default();
                let paths: Vec<_> =
                    names.iter().map(|name| format!("{}:{log}/{name}", tip.as_str())).collect();
                let kinds = objects::kinds(cache, &paths, deadline)?;
                if let Some((name, _)) =
                    names.iter().zip(&kinds).find(|(_, kind)| **kind == Kind::Missing)
                {
                    listing::must_be_missing(cache, tip, &format!("{log}/{name}"), deadline)?;
                }
                Self::read(cache, &kinds, names, deadline, take, &mut handed)
            })?;
        }
        Ok(())
    }

    fn put(
        &mut self,
        log: Uuid,
        segments: &[(Name, Vec<u8>)],
    ) -> Result<Option<Vec<u8>>, RemoteError> {
        if !segments.is_empty() {
            self.change(log, Change::Put(segments))?;
        }
        Ok(None)
    }

    fn erase(&mut self, log: Uuid) -> Result<Erased, RemoteError> {
        self.change(log, Change::Erase)?;
        Ok(Erased::HistoryStays)
    }
}

/// How long to wait before it is tried again: longer each time, and never as long as somebody else does.
fn pause(retries: u32) -> Duration {
    let most = 100_u64 << retries.min(4);
    let (random, _) = Uuid::new_v4().as_u64_pair();
    Duration::from_millis(random % most + most / 2)
}

#[cfg(test)]
#[cfg(unix)]
pub(super) mod tests;
