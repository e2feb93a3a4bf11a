//! A sync: take what is new there, send what is new here.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use rustc_hash::FxHashSet;
use uuid::Uuid;

use super::conflict::Conflict;
use super::error::SyncError;
use super::header::Header;
use super::key::Key;
use super::remote::{Listing, Name, Remote, RemoteError, Take};
use super::segment::{Cut, Seal, Sealed};
use super::take::{Batch, How, Part, Renamed, Skipped, take};
use super::{Here, Linked};
use crate::store::synced::{Mark, Waiting};
use crate::store::{self, Reading, Store, StoreError};

/// How many segments are got first; if they are small, more are got at once after that.
const FEW: usize = 8;

/// The most segments that are got at once.
const MANY: usize = 1024;

/// How many sealed bytes are got at once, judged by the size of those before.
const AT_ONCE: usize = 4 << 20;

/// What is beyond this is got again later, should those before have been much smaller. What the tests share is
/// little.
const TOO_MUCH: usize = if cfg!(test) { 1 << 12 } else { 2 * AT_ONCE };

/// How many segments are cut and put at once.
const PUT_AT_ONCE: usize = 16;

/// What a sync does.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Takes what is new there.
    pub pull: bool,
    /// Sends what is new here.
    pub push: bool,
    /// Only says what would be done.
    pub dry_run: bool,
    /// Puts again what the remote has lost. It takes both directions.
    pub repair: bool,
    /// When to give up, as soon as the remote lets go.
    pub timeout: Option<Duration>,
}

impl Default for Options {
    fn default() -> Self {
        Self { pull: true, push: true, dry_run: false, repair: false, timeout: None }
    }
}

/// What a sync did, or would do.
#[derive(Debug, Default)]
pub struct Synced {
    /// How many events of the log are there that were not.
    pub sent: usize,
    /// How many events are here that were not.
    pub received: usize,
    /// The segments that were not taken.
    pub skipped: Vec<Skipped>,
    /// The events that are too long to be sent.
    pub too_long: Vec<Uuid>,
    /// The items that two machines marked.
    pub conflicts: Vec<Conflict>,
    /// How many segments the remote has lost.
    pub lost: usize,
    /// That the record goes on as another device.
    pub renamed: Option<Renamed>,
    /// Whether the record was written to, but for what it knows of its remotes.
    pub changed: bool,
}

/// What a sync has at hand.
struct Exchange<'a> {
    here: &'a Here<'a>,
    remote: &'a mut dyn Remote,
    name: &'a str,
    log: Uuid,
    seal: Seal,
    options: Options,
    end: Option<Instant>,
    report: Synced,
}

/// Takes what is new at a remote and sends what is new here. No transaction of the record is open while the
/// remote is asked.
///
/// # Errors
/// The record has no such remote; the log there is not what it was, or the key is another one: then nothing
/// was put. Or the remote, the key or the record cannot be read or written: what came before holds, and the
/// next sync goes on from there.
pub fn sync(
    here: &Here<'_>,
    remote: &mut dyn Remote,
    name: &str,
    options: Options,
) -> Result<Synced, SyncError> {
    let (mut store, linked) = here.linked(name)?;
    let key = here.key(linked.log)?;
    let repair = options.repair || linked.is_off();
    let options =
        Options { pull: options.pull || repair, push: options.push || repair, repair, ..options };
    let mut exchange = Exchange {
        here,
        remote,
        name,
        log: linked.log,
        seal: Seal::new(linked.log, &key),
        options,
        end: options.timeout.and_then(|timeout| Instant::now().checked_add(timeout)),
        report: Synced::default(),
    };
    exchange.check_header(&key)?;
    let mut cursor = if options.pull { exchange.pull(&mut store, &linked)? } else { linked.cursor };
    if options.push {
        let behind = exchange.push(&mut store)?;
        // What was left is listed once more.
        cursor = behind.filter(|_| exchange.report.skipped.is_empty()).or(cursor);
    }
    if !options.dry_run {
        let writing = store.write(here.stamp)?;
        if let Some(linked) = writing.reading().remote(name)? {
            writing.was_synced(&linked, cursor.as_deref())?;
        }
        writing.commit()?;
    }
    Ok(exchange.report)
}

impl Exchange<'_> {
    /// Stops where there is no time left. What was done holds.
    fn in_time(&self) -> Result<(), SyncError> {
        match (self.end, self.options.timeout) {
            (Some(end), Some(after)) if Instant::now() >= end => {
                Err(RemoteError::TimedOut { after }.into())
            }
            _ => Ok(()),
        }
    }

    /// Checks, before anything is put, that the log there and its key are the right ones.
    fn check_header(&mut self, key: &Key) -> Result<(), SyncError> {
        let log = self.log;
        let unusable = |error| SyncError::Header(log, error);
        let Some(header) = self.remote.header(log)? else {
            if !self.options.repair || self.options.dry_run {
                return Err(SyncError::NoLog(log));
            }
            let header = Header::new(log, key).render();
            return Ok(self.remote.create(log, header.as_bytes())?);
        };
        Header::read(&header, log).and_then(|header| header.is_of(key)).map_err(unusable)
    }

    /// Takes what is new; gives from where the next listing goes on.
    fn pull(&mut self, store: &mut Store, linked: &Linked) -> Result<Option<Vec<u8>>, SyncError> {
        let repair = self.options.repair;
        let (taken, outbox) = {
            let reading = store.read()?;
            let outbox = reading.outbox(linked)?;
            let outbox: FxHashSet<Name> =
                outbox.iter().map(|one| Name::unpack(&one.name)).collect();
            let taken: FxHashSet<Name> = reading.taken(linked)?.iter().map(Name::unpack).collect();
            (taken, outbox)
        };
        self.in_time()?;
        let since = linked.cursor.as_deref().filter(|_| !repair);
        let Listing { names, cursor, is_whole } = self.remote.list(self.log, since)?;
        let mut lost = Vec::new();
        if is_whole {
            let there: FxHashSet<&Name> = names.iter().collect();
            lost.extend(taken.iter().copied().filter(|name| !there.contains(name)));
        }
        self.report.lost = lost.len();
        let is_new = |name: &Name| (repair || !taken.contains(name)) && !outbox.contains(name);
        let mut new: Vec<Name> = names.into_iter().filter(is_new).collect();
        // About as they were written, so that most are appended.
        new.sort_unstable_by_key(|name| (name.number, name.stream, name.hash));
        new.dedup();
        let is_foreign = |name: &Name| {
            name.stream == linked.stream && !linked.is_shared && !taken.contains(name)
        };
        let mut afresh = repair;
        let mut seen = FxHashSet::default();
        let mut marks = Vec::new();
        let mut next = FEW;
        let mut rest = VecDeque::from(new);
        // If nothing is there any longer, the record must know that, too.
        while !rest.is_empty() || afresh {
            self.in_time()?;
            let now: Vec<Name> = rest.drain(..next.min(rest.len())).collect();
            let Got { segments, bytes, later } = get(self.remote, self.log, &now)?;
            next = (AT_ONCE / (bytes / segments.len().max(1)).max(1)).clamp(FEW, MANY);
            later.into_iter().rev().for_each(|name| rest.push_front(name));
            let (mut open, mut parts) = (Batch::default(), Vec::new());
            for (name, sealed) in segments {
                match Part::open(&self.seal, name, sealed.as_deref()) {
                    // They are taken in one transaction, and this one is opened again when it is its turn.
                    Ok(part) if open.is_full() => {
                        parts.push(part.close(sealed.unwrap_or_default()));
                    }
                    Ok(part) => {
                        open.add(&part);
                        parts.push(part);
                    }
                    Err(skipped) => self.report.skipped.push(skipped),
                }
            }
            let how = How {
                stamp: self.here.stamp,
                afresh: afresh.then_some(lost.as_slice()),
                is_copied: parts.iter().any(|part| is_foreign(&part.name)),
                dry_run: self.options.dry_run,
            };
            if parts.is_empty() && !afresh {
                continue;
            }
            afresh = false;
            let took = take(store, self.name, &self.seal, parts, how)?;
            self.report.changed |= !took.new.is_empty() || took.renamed.is_some();
            self.report.skipped.extend(took.skipped);
            self.report.conflicts.extend(took.conflicts);
            self.report.renamed = self.report.renamed.or(took.renamed);
            seen.extend(took.new);
            if self.options.dry_run {
                marks.extend(took.marks);
            }
        }
        self.report.received = seen.len();
        if self.options.dry_run && self.options.push {
            self.would_send(store, &marks)?;
        }
        // What was left is listed once more.
        Ok(if self.report.skipped.is_empty() { cursor } else { linked.cursor.clone() })
    }

    /// Says how many events would be sent, when these are there.
    fn would_send(&mut self, store: &mut Store, there: &[Mark]) -> Result<(), SyncError> {
        let reading = store.read()?;
        let Some(linked) = reading.remote(self.name)? else { return Ok(()) };
        let there: FxHashSet<Uuid> = there.iter().map(|mark| mark.event).collect();
        let unsent =
            if self.options.repair { reading.all_numbers()? } else { reading.unsent(&linked)? };
        for seq in unsent {
            if !there.contains(&reading.recorded(seq)?.event.id) {
                self.report.sent += 1;
            }
        }
        Ok(())
    }

    /// Sends what is new here; gives from where the next listing goes on, if the remote knows.
    fn push(&mut self, store: &mut Store) -> Result<Option<Vec<u8>>, SyncError> {
        if self.options.dry_run {
            if !self.options.pull {
                self.would_send(store, &[])?;
            }
            return Ok(None);
        }
        let mut behind = None;
        let mut more = true;
        // What is recorded meanwhile goes with the next sync: otherwise constant writing would never let this
        // one end.
        while more {
            let Some(waiting) = self.next_outbox(store, &mut more)? else { break };
            let segments: Vec<(Name, Vec<u8>)> = waiting
                .iter()
                .map(|segment| (Name::unpack(&segment.name), segment.body.clone()))
                .collect();
            self.in_time()?;
            behind = self.remote.put(self.log, &segments)?;
            drop(segments);
            let writing = store.write(self.here.stamp)?;
            let linked = self.still_linked(writing.reading())?;
            writing.was_put(&linked, &waiting)?;
            writing.commit()?;
            self.report.sent += waiting.iter().map(|segment| segment.events.len()).sum::<usize>();
        }
        Ok(behind)
    }

    /// What is to be put next: what is left of the last time, else what is cut of what is new, and whether
    /// there is more. None where everything is there.
    fn next_outbox(
        &mut self,
        store: &mut Store,
        more: &mut bool,
    ) -> Result<Option<Vec<Waiting>>, SyncError> {
        {
            let reading = store.read()?;
            let linked = self.still_linked(&reading)?;
            let left = reading.outbox(&linked)?;
            if !left.is_empty() {
                return Ok(Some(left));
            }
            if linked.waiting == 0 {
                return Ok(None);
            }
        }
        let writing = store.write(self.here.stamp)?;
        let reading = writing.reading();
        let linked = self.still_linked(reading)?;
        let (form, machine) = (store::FORM, linked.machine.clone());
        let mut cut = Cut::new(&self.seal, linked.stream, linked.number, form, machine);
        for seq in reading.unsent(&linked)? {
            if cut.done.len() >= PUT_AT_ONCE {
                break;
            }
            let no_json = |error: serde_json::Error| StoreError::NoPayload(error.to_string());
            cut.add(&reading.recorded(seq)?).map_err(no_json)?;
        }
        *more = cut.done.len() >= PUT_AT_ONCE;
        if !*more {
            cut.end();
        }
        let (number, too_long) = (cut.number(), cut.too_long);
        let waiting: Vec<Waiting> = cut
            .done
            .into_iter()
            .map(|Sealed { name, bytes, events }| Waiting {
                name: name.pack(),
                body: bytes,
                events,
            })
            .collect();
        self.report.too_long = too_long;
        if waiting.is_empty() {
            return Ok(None);
        }
        writing.put_out(&linked, number, &waiting)?;
        writing.commit()?;
        Ok(Some(waiting))
    }

    fn still_linked(&self, reading: &Reading<'_>) -> Result<Linked, SyncError> {
        reading.remote(self.name)?.ok_or_else(|| SyncError::NoRemote(self.name.to_owned()))
    }
}

/// What was got.
#[derive(Default)]
struct Got {
    segments: Vec<(Name, Option<Vec<u8>>)>,
    bytes: usize,
    /// What was too much at once.
    later: Vec<Name>,
}

/// Gets segments.
fn get(remote: &mut dyn Remote, log: Uuid, names: &[Name]) -> Result<Got, SyncError> {
    let mut got = Got::default();
    each(remote, log, names, &mut |name, sealed| {
        if got.bytes > TOO_MUCH {
            got.later.push(name);
        } else {
            got.bytes += sealed.as_ref().map_or(0, Vec::len);
            got.segments.push((name, sealed));
        }
    })?;
    Ok(got)
}

/// Gets segments, and hands over each of them once.
pub(super) fn each(
    remote: &mut dyn Remote,
    log: Uuid,
    names: &[Name],
    take: &mut Take<'_>,
) -> Result<(), SyncError> {
    if names.is_empty() {
        return Ok(());
    }
    let mut missing: FxHashSet<Name> = names.iter().copied().collect();
    remote.get(log, names, &mut |name, sealed| {
        if missing.remove(&name) {
            take(name, sealed);
        }
    })?;
    let missing = names.iter().filter(|name| missing.contains(name));
    missing.for_each(|name| take(*name, None));
    Ok(())
}
