//! Another machine: a record is merged with the log that others share. A look at both comes first, and no
//! other command has to wait meanwhile.

use std::cell::RefCell;
use std::path::PathBuf;

use uuid::Uuid;

use super::conflict::Conflict;
use super::error::SyncError;
use super::exchange::each;
use super::header::{Header, HeaderError};
use super::key::{Key, KeyError};
use super::link::{refuse_name, refuse_other_log};
use super::remote::Remote;
use super::segment::Seal;
use super::take::{How, Part, Skipped, Took, are_erasing, into, marks};
use super::{Here, Machine};
use crate::store::synced::{NewLink, Span, Spanning};
use crate::store::{Reading, Store, Writing, restore};

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Join<'a> {
    /// What the learner calls the remote.
    pub name: &'a str,
    /// Where it is.
    pub url: &'a str,
    /// What this machine is.
    pub machine: Machine<'a>,
    /// Whether the key is kept beside the record. It is given with each command otherwise.
    pub keep_key: bool,
}

/// What would be merged. Nothing was changed.
#[derive(Debug)]
pub(crate) struct Joining<'a> {
    query: Join<'a>,
    key: Key,
    seal: Seal,
    parts: Vec<Part>,
    /// The log.
    pub log: Uuid,
    /// What the record has.
    pub ours: Span,
    /// What is there.
    pub theirs: Span,
    /// How many events both have.
    pub common: usize,
    /// The segments that cannot be taken.
    pub skipped: Vec<Skipped>,
}

/// What was joined.
#[derive(Debug)]
pub struct Joined {
    /// The log.
    pub log: Uuid,
    /// How many events came.
    pub received: usize,
    /// A copy of the record as it was before. `None` if it was empty, or if nothing came.
    pub kept: Option<PathBuf>,
    /// The segments that were not taken.
    pub skipped: Vec<Skipped>,
    /// The items that two machines marked.
    pub conflicts: Vec<Conflict>,
}

/// Looks at the log that a record would be merged with: the one that its key opens.
///
/// # Errors
/// The remote has no log that the key opens; the record has a remote of this name, or belongs to another log;
/// or one of them cannot be read.
pub(crate) fn look<'a>(
    here: &Here<'_>,
    remote: &mut dyn Remote,
    query: Join<'a>,
) -> Result<Joining<'a>, SyncError> {
    let mut store = Store::open(here.record)?;
    let linked = match &mut store {
        Some(store) => store.read()?.remotes()?,
        None => Vec::new(),
    };
    refuse_name(&linked, query.name)?;
    let (log, key) = find(here, remote)?;
    refuse_other_log(&linked, log)?;
    let mut joining = Joining {
        query,
        seal: Seal::new(log, &key),
        key,
        log,
        skipped: Vec::new(),
        ours: Span::default(),
        theirs: Span::default(),
        common: 0,
        parts: Vec::new(),
    };
    let mut theirs = Spanning::default();
    let names = remote.list(log, None)?.names;
    each(remote, log, &names, &mut |name, sealed| match Part::open(
        &joining.seal,
        name,
        sealed.as_deref(),
    ) {
        Ok(part) => {
            part.events().iter().for_each(|one| theirs.add(&one.event));
            joining.parts.push(part.close(sealed.unwrap_or_default()));
        }
        Err(skipped) => joining.skipped.push(skipped),
    })?;
    joining.theirs = theirs.span();
    if let Some(store) = &mut store {
        let reading = store.read()?;
        joining.ours = reading.span()?;
        let new = reading.sift(&marks(&joining.parts))?.union.new.len();
        joining.common = joining.theirs.events.saturating_sub(new);
    }
    Ok(joining)
}

/// The log that the key opens.
fn find(here: &Here<'_>, remote: &mut dyn Remote) -> Result<(Uuid, Key), SyncError> {
    let logs = remote.logs()?;
    let mut told = None;
    for log in &logs {
        let Some(header) = remote.header(*log)? else { continue };
        let key = match here.key(*log) {
            Ok(key) => key,
            Err(error @ KeyError::Missing(_)) => {
                told.get_or_insert(SyncError::Key(error));
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        match Header::read(&header, *log).and_then(|header| header.is_of(&key)) {
            Ok(()) => return Ok((*log, key)),
            Err(HeaderError::OtherKey) => {}
            Err(error) => {
                told.get_or_insert(SyncError::Header(*log, error));
            }
        }
    }
    Err(told.unwrap_or(match logs.len() {
        0 => SyncError::NoLogs,
        logs => SyncError::NoLogOfKey(logs),
    }))
}

impl Joining<'_> {
    /// Merges the record with the log. Its own events are sent with the next sync.
    ///
    /// # Errors
    /// As [`look`]; or the key or the record cannot be written. The record is as it was then.
    pub(crate) fn finish(self, here: &Here<'_>) -> Result<Joined, SyncError> {
        let Self { query, key, seal, parts, log, mut skipped, .. } = self;
        let mut store = Store::open_or_create(here.record)?;
        if query.keep_key {
            key.keep(here.record, log)?;
        }
        let is_erasing = are_erasing(&store.read()?, &parts)?;
        let parts = RefCell::new(parts);
        let mut kept = None;
        let look = |reading: &Reading<'_>| {
            let linked = reading.remotes()?;
            refuse_name(&linked, query.name)?;
            refuse_other_log(&linked, log)?;
            let parts = parts.borrow();
            if reading.count()? > 0 && !reading.sift(&marks(&parts))?.union.new.is_empty() {
                kept = Some(restore::keep_before(reading, here.record, "join", here.stamp.today)?);
            }
            Ok::<(), SyncError>(())
        };
        let change = |writing: &mut Writing<'_>, (): &()| {
            query.machine.become_it(writing, log)?;
            writing.link(&NewLink {
                name: query.name,
                url: query.url,
                log,
                stream: query.machine.stream(log),
                is_shared: query.machine.is_shared,
                machine: query.machine.name,
            })?;
            let linked = writing.reading().remote(query.name)?;
            let linked = linked.ok_or_else(|| SyncError::NoRemote(query.name.to_owned()))?;
            let how = How { stamp: here.stamp, afresh: None, is_copied: false, dry_run: false };
            into(writing, linked, &seal, parts.take(), how)
        };
        let done = if is_erasing {
            store.write_anew(here.stamp, look, change)
        } else {
            store.write_after(here.stamp, look).and_then(|(mut writing, found)| {
                let took = change(&mut writing, &found)?;
                writing.commit()?;
                Ok(took)
            })
        };
        if done.is_err()
            && let Some(kept) = kept.take()
        {
            // Nothing was changed, so it is one too many.
            let _ = std::fs::remove_file(kept);
        }
        let took: Took = done?;
        skipped.extend(took.skipped);
        let (received, conflicts) = (took.new.len(), took.conflicts);
        Ok(Joined { log, received, kept, skipped, conflicts })
    }
}
