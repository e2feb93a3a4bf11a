//! The deep look at a record: everything that is kept is read, and compared with what it must be.
//!
//! SQLite looks at its own structure; the tables are those of this version; every event can be
//! read, agrees with its checksum and its seal and stands in its place, which is that of its key;
//! their number and sum are those that were kept; and each row of the standing is what follows from the log. What passes
//! gives no answer that was not recorded.
//!
//! The log is read once, in its order. What is held meanwhile is the standing, and the id of each
//! event.

use std::collections::hash_map::Entry;
use std::path::Path;

use milepost_path::{Ref, sort};
use rusqlite::Connection;
use rustc_hash::FxHashMap;
use uuid::Uuid;

use super::error::{Damage, Result, SchemaFault, StoreError};
use super::failure::{damaged, explain};
use super::{Reading, devices, effort, log, schema, standing};
use crate::model::effort::{self as spent, Days};
use crate::model::event::EventKind;
use crate::model::order::Key;
use crate::model::standing::{SubjectState, counting};

/// More faults than these are counted, not described.
const MOST_FAULTS: usize = 20;

/// What a deep look found.
#[derive(Debug)]
pub struct Verdict {
    /// How many events there are.
    pub events: usize,
    /// How many subjects they are about.
    pub subjects: usize,
    /// What is wrong, at most twenty of each part; in the order of [`Part`].
    pub faults: Vec<Fault>,
    /// How many more faults there are.
    pub left_out: usize,
}

/// Something that is not as it must be.
#[derive(Debug)]
pub struct Fault {
    /// Where.
    pub part: Part,
    /// What.
    pub what: Damage,
}

/// The worst that a deep look found.
#[derive(Debug)]
pub struct Worst {
    /// What.
    pub what: Damage,
    /// Whether all that is wrong can be made again without a loss.
    pub can_be_rebuilt: bool,
}

/// The parts of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The file as SQLite sees it: pages, trees, values.
    File,
    /// The journal mode that the promises rest on, which can be set again.
    Mode,
    /// An index, which is made of the standing and can be made again.
    Index,
    /// The tables.
    Schema,
    /// The triggers and indexes of the tables, which can be made again.
    Around,
    /// The events, which are what must not be lost.
    Log,
    /// The standing, which follows from the log.
    Standing,
}

impl Verdict {
    /// Whether nothing is wrong.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }

    /// Whether every event is there and is what was recorded.
    pub(crate) fn log_is_sound(&self) -> bool {
        !self.has(Part::Log)
    }

    /// Whether all that is wrong can be made again in this file without a loss: where the file
    /// itself is damaged, writing to it could damage more.
    pub(crate) fn can_be_rebuilt(&self) -> bool {
        ![Part::File, Part::Schema, Part::Log].into_iter().any(|part| self.has(part))
    }

    /// The worst of the faults.
    pub(crate) fn into_worst(self) -> Option<Worst> {
        let can_be_rebuilt = self.can_be_rebuilt();
        let worst = self.faults.into_iter().next();
        worst.map(|fault| Worst { what: fault.what, can_be_rebuilt })
    }

    /// The worst of the faults as an error.
    pub(super) fn into_result(self, path: &Path) -> Result<()> {
        self.into_worst().map_or(Ok(()), |worst| Err(damaged(path, worst.what)))
    }

    /// Whether something is wrong with a part.
    pub(super) fn has(&self, part: Part) -> bool {
        self.faults.iter().any(|fault| fault.part == part)
    }
}

impl Reading<'_> {
    /// Looks at everything. What cannot be read is a fault, too.
    pub fn verify(&self) -> Verdict {
        look(&self.transaction, self.path).0
    }
}

/// What the log says.
#[derive(Default)]
pub(super) struct Folded {
    /// Of a subject: the number of its newest event, and its state.
    pub(super) subjects: FxHashMap<Ref, (i64, Option<SubjectState>)>,
    /// The time that was spent on what was studied.
    pub(super) efforts: FxHashMap<Ref, Days>,
}

/// Looks at everything; gives the fold of the log as well, which is empty where the log is not
/// sound.
pub(super) fn look(connection: &Connection, path: &Path) -> (Verdict, Folded) {
    let mut found = Found { path, faults: Vec::new(), left_out: 0 };
    found.structure(connection);
    let told = found.schema(connection);
    found.note(Part::Schema, told);
    let (events, folded) = found.log(connection);
    let subjects = folded.subjects.len();
    if found.faults.iter().all(|fault| fault.part != Part::Log) {
        let told = found.standing(connection, &folded);
        found.note(Part::Standing, told);
        let told = found.efforts(connection, &folded);
        found.note(Part::Standing, told);
    }
    let Found { mut faults, left_out, .. } = found;
    sort::by_key(&mut faults, |fault| fault.part);
    (Verdict { events, subjects, faults, left_out }, folded)
}

struct Found<'a> {
    path: &'a Path,
    faults: Vec<Fault>,
    left_out: usize,
}

impl Found<'_> {
    fn add(&mut self, part: Part, what: Damage) {
        if self.faults.iter().filter(|fault| fault.part == part).count() < MOST_FAULTS {
            self.faults.push(Fault { part, what });
        } else {
            self.left_out += 1;
        }
    }

    fn note(&mut self, part: Part, told: Result<()>) {
        match told {
            Ok(()) => {}
            Err(StoreError::Damaged(_, what)) => self.add(part, what),
            Err(other) => self.add(part, Damage::Unread(Box::new(other))),
        }
    }

    fn sql<T>(&self, result: rusqlite::Result<T>) -> Result<T> {
        result.map_err(|error| explain(self.path, error))
    }

    /// What SQLite finds, and the journal that the promises rest on.
    fn structure(&mut self, connection: &Connection) {
        let mut said = Vec::new();
        let ran = connection.pragma(None, "integrity_check", MOST_FAULTS as i64, |row| {
            said.push(row.get::<_, String>(0)?);
            Ok(())
        });
        for what in said.into_iter().filter(|what| what != "ok") {
            let of_index = what.contains(" from index ") || what.contains(" in index ");
            let part = if of_index { Part::Index } else { Part::File };
            self.add(part, Damage::Said(what.replace('\n', " ")));
        }
        let ran = self.sql(ran);
        self.note(Part::File, ran);
        let mode = connection.pragma_query_value(None, "journal_mode", |row| row.get(0));
        match self.sql(mode) {
            Ok(mode) if mode == "delete" => {}
            Ok::<String, _>(mode) => self.add(Part::Mode, Damage::Mode(mode)),
            Err(error) => self.note(Part::File, Err(error)),
        }
    }

    /// The tables, indexes and triggers must be those of a new record.
    fn schema(&mut self, connection: &Connection) -> Result<()> {
        let SchemaFaults { missing, changed, foreign } =
            self.sql(SchemaFaults::find(connection))?;
        for (parts, how) in [
            (missing, SchemaFault::Missing),
            (changed, SchemaFault::Changed),
            (foreign, SchemaFault::Foreign),
        ] {
            for part in parts {
                let of = if part.kind == "table" { Part::Schema } else { Part::Around };
                self.add(of, Damage::Schema(part.kind, part.name, how));
            }
        }
        Ok(())
    }

    /// Every event, in its place. Gives how many could be read, and the fold.
    fn log(&mut self, connection: &Connection) -> (usize, Folded) {
        let mut walk = Walk::default();
        if let Err(error) = self.walk(connection, &mut walk) {
            self.note(Part::Log, Err(error));
        }
        self.ids(std::mem::take(&mut walk.ids));
        if self.faults.iter().any(|fault| fault.part == Part::Log) {
            return (walk.events, Folded::default());
        }
        for (_, state) in walk.folded.subjects.values_mut() {
            *state = SubjectState::settled(state.take());
        }
        // What speaks of other events makes of a subject what follows from all its events.
        for subject in walk.marked {
            if let Some((last, state)) = walk.folded.subjects.get_mut(&subject) {
                match log::of_subject(connection, self.path, *last) {
                    Ok(events) => {
                        *state = SubjectState::fold(&events);
                        let days = spent::fold(counting(&events));
                        walk.folded.efforts.insert(subject, days);
                    }
                    Err(error) => self.note(Part::Log, Err(error)),
                }
            }
        }
        (walk.events, walk.folded)
    }

    fn walk(&mut self, connection: &Connection, walk: &mut Walk) -> Result<()> {
        let head = log::Head::read(connection, self.path);
        let mut select = self.sql(log::select_from(connection))?;
        let mut rows = self.sql(select.query([i64::MIN]))?;
        let (mut expected, mut sum) = (1, 0i64);
        while let Some(row) = self.sql(rows.next())? {
            let read = log::read(row, self.path);
            let seq = match &read {
                Ok(read) => read.seq,
                Err(_) => row.get(0).unwrap_or(expected),
            };
            if seq != expected {
                self.add(Part::Log, Damage::Missing(expected));
            }
            expected = seq.saturating_add(1);
            match read {
                Ok(read) => {
                    sum = sum.wrapping_add(read.checksum);
                    if let Some(what) = walk.take(read) {
                        self.add(Part::Log, what);
                    }
                }
                Err(error) => self.note(Part::Log, Err(error)),
            }
        }
        let head = head?;
        if !head.agrees(expected - 1, sum) {
            let (kept, there) = (head.count(), walk.events);
            self.add(
                Part::Log,
                if usize::try_from(kept) == Ok(there) {
                    Damage::Sum
                } else {
                    Damage::Count(there, kept)
                },
            );
        }
        if !self.sql(devices::are_sound(connection, head.device))? {
            self.add(Part::Log, Damage::Devices);
        }
        Ok(())
    }

    /// No two events have the same id.
    fn ids(&mut self, mut ids: Vec<Uuid>) {
        ids.sort_unstable();
        for pair in ids.windows(2) {
            if let [one, other] = pair
                && one == other
            {
                self.add(Part::Log, Damage::Twice(*one));
            }
        }
    }

    /// Each row of the standing is what follows from the log, and there are no others.
    fn standing(&mut self, connection: &Connection, folded: &Folded) -> Result<()> {
        let path = self.path;
        // Rows of subjects that the log knows; and rows that cannot be read, which can be such.
        let mut seen = 0;
        standing::each(connection, |row| {
            let (subject, last, state) = match row {
                Ok(row) => row,
                Err(error) => {
                    seen += 1;
                    self.note(Part::Standing, Err(explain(path, error)));
                    return;
                }
            };
            match folded.subjects.get(&subject) {
                None => self.add(Part::Standing, Damage::NoEvents(subject)),
                Some(follows) => {
                    seen += 1;
                    if *follows != (last, state) {
                        self.add(Part::Standing, Damage::NotFollowing(subject));
                    }
                }
            }
        })
        .map_err(|error| explain(path, error))?;
        match folded.subjects.len().saturating_sub(seen) {
            0 => {}
            missing => self.add(Part::Standing, Damage::Rows(missing)),
        }
        Ok(())
    }

    /// So it is with the time that was spent.
    fn efforts(&mut self, connection: &Connection, folded: &Folded) -> Result<()> {
        let path = self.path;
        let mut left: FxHashMap<&Ref, Days> =
            folded.efforts.iter().map(|(subject, days)| (subject, days.clone())).collect();
        effort::each(connection, |row| {
            let row = match row {
                Ok(row) => row,
                Err(error) => return self.note(Part::Standing, Err(explain(path, error))),
            };
            let follows = left.get_mut(&row.subject).and_then(|days| days.remove(&row.on));
            if follows != Some(row.minutes) {
                self.add(Part::Standing, Damage::TimeNotFollowing(row.subject, row.on));
            }
        })
        .map_err(|error| explain(path, error))?;
        for (subject, days) in left {
            for on in days.keys() {
                self.add(Part::Standing, Damage::TimeMissing(subject.clone(), *on));
            }
        }
        Ok(())
    }
}

/// What is known on the way through the log.
#[derive(Default)]
struct Walk {
    events: usize,
    ids: Vec<Uuid>,
    newest: Option<Key>,
    folded: Folded,
    /// Subjects of which something was taken back or removed.
    marked: std::collections::HashSet<Ref>,
}

impl Walk {
    /// Takes the next event; tells what is wrong with its place.
    fn take(&mut self, row: log::Row) -> Option<Damage> {
        let log::Row { seq, event, prev, ord, .. } = row;
        self.events += 1;
        let key = Some(Key::of(event.id, ord));
        let in_order = std::mem::replace(&mut self.newest, key) < key;
        self.ids.push(event.id);
        let subject = event.entry.subject.clone();
        if event.entry.speaks_of_events() {
            self.marked.insert(subject.clone());
        }
        if matches!(event.entry.fact, EventKind::Studied { .. }) {
            spent::add(self.folded.efforts.entry(subject.clone()).or_default(), &event);
        }
        let before = match self.folded.subjects.entry(subject) {
            Entry::Occupied(mut known) => {
                let (last, state) = known.get_mut();
                *state = SubjectState::heard(state.take(), event.on, &event.entry.fact);
                Some(std::mem::replace(last, seq))
            }
            Entry::Vacant(new) => {
                new.insert((seq, SubjectState::heard(None, event.on, &event.entry.fact)));
                None
            }
        };
        if before != prev {
            return Some(Damage::WrongBefore(seq));
        }
        (!in_order).then_some(Damage::OutOfOrder(seq))
    }
}

/// How the schema of a file differs from that of a new record.
struct SchemaFaults {
    missing: Vec<SchemaPart>,
    /// As they must be.
    changed: Vec<SchemaPart>,
    /// What somebody else put on a table of ours.
    foreign: Vec<SchemaPart>,
}

impl SchemaFaults {
    fn find(connection: &Connection) -> rusqlite::Result<Self> {
        let (wanted, there) = (expected_schema()?, parts_of_schema(connection)?);
        let foreign = there.iter().filter(|part| {
            wanted.iter().all(|other| other.name != part.name)
                && wanted.iter().any(|other| other.name == part.table)
        });
        let foreign = foreign.cloned().collect();
        let differ = wanted.into_iter().filter(|part| !there.contains(part));
        let is_there = |part: &SchemaPart| there.iter().any(|other| other.name == part.name);
        let (changed, missing) = differ.partition(is_there);
        Ok(Self { missing, changed, foreign })
    }
}

/// Makes the triggers and indexes those of a new record. Tables stay as they are.
pub(super) fn mend_around(connection: &Connection) -> rusqlite::Result<()> {
    let SchemaFaults { missing, changed, foreign } = SchemaFaults::find(connection)?;
    let is_around = |part: &&SchemaPart| matches!(part.kind.as_str(), "trigger" | "index");
    for part in changed.iter().chain(&foreign).filter(is_around) {
        let name = part.name.replace('"', "\"\"");
        // Both kinds: under the name of a trigger there can be an index.
        connection.execute_batch(&format!(
            "DROP TRIGGER IF EXISTS \"{name}\"; DROP INDEX IF EXISTS \"{name}\""
        ))?;
    }
    for part in changed.iter().chain(&missing).filter(is_around) {
        connection.execute_batch(part.sql.as_deref().unwrap_or_default())?;
    }
    Ok(())
}

#[derive(Clone, PartialEq)]
struct SchemaPart {
    kind: String,
    name: String,
    table: String,
    sql: Option<String>,
}

fn expected_schema() -> rusqlite::Result<Vec<SchemaPart>> {
    let connection = Connection::open_in_memory()?;
    schema::make(&connection, Uuid::nil().as_bytes())?;
    parts_of_schema(&connection)
}

/// All but what SQLite keeps for itself.
fn parts_of_schema(connection: &Connection) -> rusqlite::Result<Vec<SchemaPart>> {
    let select =
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'";
    let mut select = connection.prepare(select)?;
    let parts = select.query_map([], |row| {
        Ok(SchemaPart {
            kind: row.get(0)?,
            name: row.get(1)?,
            table: row.get(2)?,
            sql: row.get(3)?,
        })
    })?;
    parts.collect()
}

#[cfg(test)]
mod tests;
