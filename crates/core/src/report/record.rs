//! A whole log: what `import` takes up, and what an export of everything writes.

use uuid::Uuid;

use super::{Answer, App, Refusal, Result, export};
pub use crate::lines::EventFault;
use crate::model::event::StoredEvent;
use crate::store;

/// A whole log.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The device that the record belongs to.
    pub(crate) device: Uuid,
    /// What names its machine; `None` if that is not known.
    pub(crate) machine: Option<Uuid>,
    /// All events, oldest first.
    pub(crate) events: Vec<StoredEvent>,
}

/// Why no record can be read from a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is a database of SQLite.
    Sqlite,
    /// A newer version of the program wrote it.
    Newer {
        /// The number of its form.
        form: u64,
        /// The newest form that is known.
        newest: u32,
    },
    /// It is a portfolio, which does not say what happened.
    Portfolio,
    /// It is something else.
    Other,
    /// It is damaged.
    Damaged {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1; 0 at the beginning.
        column: usize,
        /// What the parser says of it.
        what: String,
    },
    /// An event is not as this program writes one.
    Event(Uuid, EventFault),
}

/// The whole record.
///
/// # Errors
/// Nothing is recorded, or the record cannot be read.
pub fn report(app: &App) -> Result<Answer<Record>> {
    let log = match app.store()? {
        Some(mut store) => Some(store.read()?.log()?),
        None => None,
    };
    let Some((device, events)) = log.filter(|(_, events)| !events.is_empty()) else {
        return Err(Refusal::Export(export::Refusal::NothingRecorded).into());
    };
    Ok(app.answer(Record { device, machine: store::machine(device), events }))
}
