//! This record becomes part of a log that other machines share. What would become one is looked at first;
//! then the front end asks, and [`Door::finish`] does it.

use std::path::PathBuf;
use std::time::Duration;

use uuid::Uuid;

use super::{Access, Place, Refusal, Report as Exchanged, exchange, here, told};
use crate::report::{Answer, App, Result};
use crate::store::machine_name;
use crate::sync::remote::Remote;
use crate::sync::{self, Join, Joined, Key, Machine, Options, Span, Turn, key_file};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query {
    /// The remote.
    pub place: Place,
    /// What this machine is called, for people.
    pub machine: Option<String>,
    /// Whether all machines of that name are one device.
    pub is_shared: bool,
    /// How the remote is spoken to.
    pub access: Access,
}

impl Query {
    /// For a remote; `device` is what all machines of that name are together, for those that live for one
    /// command.
    pub fn new(place: Place, device: Option<String>, access: Access) -> Self {
        let is_shared = device.is_some();
        Self { place, machine: device.or_else(machine_name), is_shared, access }
    }
}

/// What would become one.
#[derive(Debug, Clone)]
pub struct Sides {
    /// What the record has.
    pub ours: Span,
    /// What is there.
    pub theirs: Span,
    /// How many changes both have.
    pub common: usize,
}

impl Sides {
    /// Whether the learner is asked: a record that has nothing, or nothing else, loses nothing.
    pub fn needs_yes(&self) -> bool {
        self.ours.events > self.common
    }
}

/// What was joined.
#[derive(Debug)]
pub struct Report {
    /// What came and what was sent.
    pub exchanged: Exchanged,
    /// The log.
    pub log: Uuid,
    /// What both sides had before.
    pub sides: Sides,
    /// A copy of the record as it was before. `None` if it was empty, or if nothing came.
    pub kept: Option<PathBuf>,
    /// The file of the key. `None` if each command is given the key.
    pub key_file: Option<PathBuf>,
}

/// A remote that was opened to be joined.
pub struct Door<'a> {
    query: &'a Query,
    app: &'a App,
    db: PathBuf,
    remote: Box<dyn Remote>,
    key: Option<Key>,
    keeps_key: bool,
    _turn: Turn,
}

/// What was seen.
pub struct Seen<'a> {
    joining: sync::Joining<'a>,
    /// Both sides.
    pub sides: Sides,
}

/// Opens a remote, for as long as it takes. Another sync with it is waited for so long.
///
/// # Errors
/// Another sync goes on with it.
pub fn open<'a>(query: &'a Query, patience: Duration, app: &'a App) -> Result<Door<'a>> {
    let db = app.db()?;
    let access = Access { patience, ..query.access.clone() };
    let (remote, turn) = query.place.open(&db, &access)?;
    let key = query.access.key.clone();
    Ok(Door { query, app, db, remote, keeps_key: key.is_none(), key, _turn: turn })
}

impl<'a> Door<'a> {
    /// Takes a key that the learner gave, which is kept beside the record then.
    pub fn give(&mut self, key: Key) {
        self.key = Some(key);
    }

    /// Looks at both sides. Nothing is changed.
    ///
    /// # Errors
    /// There is no log that the key opens, or no key; the record belongs to another log; or something
    /// cannot be read.
    pub fn look(&mut self) -> Result<Seen<'a>> {
        let Query { place, machine, is_shared, .. } = self.query;
        let machine = Machine { name: machine.as_deref(), is_shared: *is_shared };
        let query = Join { name: &place.name, url: &place.url, machine, keep_key: self.keeps_key };
        let here = here(&self.db, self.app.stamp, self.key.as_ref());
        let looked = sync::look(&here, &mut *self.remote, query);
        let joining = looked.map_err(|error| place.failed(error))?;
        let sides = Sides {
            ours: joining.ours.clone(),
            theirs: joining.theirs.clone(),
            common: joining.common,
        };
        Ok(Seen { joining, sides })
    }

    /// Makes them one, and sends what is new here.
    ///
    /// # Errors
    /// The record has changes of its own and nobody said yes; or something cannot be written.
    pub fn finish(mut self, seen: Seen<'a>, yes: bool) -> Result<Answer<Report>> {
        let Seen { joining, sides } = seen;
        if sides.needs_yes() && !yes {
            return Err(Refusal::JoinNeedsYes(Box::new(sides)).into());
        }
        let place = &self.query.place;
        let here = here(&self.db, self.app.stamp, self.key.as_ref());
        let joined = joining.finish(&here).map_err(|error| place.failed(error))?;
        let Joined { log, received, kept, skipped, conflicts } = joined;
        if received > 0 {
            self.app.was_changed()?;
        }
        let access = Access { key: self.key.clone(), ..self.query.access.clone() };
        let options = Options { pull: false, timeout: Some(access.time), ..Options::default() };
        let sent = exchange(place, &mut *self.remote, &access, options, self.app);
        let sent = sent.map_err(|error| place.failed_later(error))?;
        let exchanged = Exchanged { received, skipped, conflicts, ..sent };
        let Answer { report: exchanged, hints, warnings } = told(exchanged, self.app)?;
        let key_file = self.keeps_key.then(|| key_file(&self.db, log));
        let report = Report { exchanged, log, sides, kept, key_file };
        Ok(Answer { report, hints, warnings })
    }
}
