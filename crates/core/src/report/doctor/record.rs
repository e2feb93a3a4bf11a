//! The record itself: whether it can be opened, and the deep look at it.

use std::path::{Path, PathBuf};

use milepost_path::Ref;

use super::{Finding, Remedy, What};
use crate::model::decision::is_before;
use crate::model::standing::Standing;
use crate::report::App;
use crate::store::{self, Ahead, Store, StoreError, Verdict};

/// What is known of the record after it was examined.
#[derive(Default)]
pub(super) struct Examined {
    /// How many events it has.
    pub(super) events: Option<usize>,
    /// The devices that recorded something at a time that is still to come.
    pub(super) ahead: Vec<Ahead>,
    /// Whether it is synced.
    pub(super) is_synced: bool,
    /// What it says; `None` if that cannot be read.
    pub(super) standing: Option<Standing>,
}

/// Examines the record, and mends it.
pub(super) fn look(db: &Path, fix: bool, app: &App, findings: &mut Vec<Finding>) -> Examined {
    let verdict = match examine(db) {
        Ok(Some(verdict)) => verdict,
        Ok(None) => {
            findings.push(What::NothingRecorded(db.to_owned()).into());
            return Examined { standing: Some(Standing::default()), ..Examined::default() };
        }
        Err(error) => {
            findings.push(What::Unusable(error).into());
            return Examined::default();
        }
    };
    let (events, subjects) = (verdict.events, verdict.subjects);
    let mut left = (events, subjects, verdict.is_whole());
    let rebuilt =
        (fix && !verdict.is_whole() && verdict.can_be_rebuilt()).then(|| rebuild(db, app));
    let told = findings.len();
    findings.extend(faults(verdict));
    match rebuilt {
        Some(Ok((copy, after))) => {
            findings.iter_mut().skip(told).for_each(|one| one.fixed = true);
            findings.push(What::CopyFromBefore(copy).into());
            left = (after.events, after.subjects, after.is_whole());
            findings.extend(faults(after));
        }
        Some(Err(error)) => findings.push(What::Failed(error).into()),
        None => {}
    }
    let (events, subjects, is_whole) = left;
    if is_whole {
        findings.push(What::Whole { file: db.to_owned(), events, subjects }.into());
    }
    let standing = match standing(db) {
        Ok(standing) => Some(standing),
        Err(error) => {
            findings.push(What::Failed(error).into());
            None
        }
    };
    let unsound = standing.as_ref().map(unsound).filter(|unsound| !unsound.is_empty());
    findings.extend(unsound.map(|unsound| What::Unsound(unsound).into()));
    // Where they cannot be read, something else was found already.
    let (ahead, is_synced) = beside(db, app).unwrap_or_default();
    Examined { events: Some(events), ahead, is_synced, standing }
}

fn examine(db: &Path) -> Result<Option<Verdict>, StoreError> {
    let Some(mut store) = Store::open(db)? else {
        return Ok(None);
    };
    Ok(Some(store.read()?.verify()))
}

fn standing(db: &Path) -> Result<Standing, StoreError> {
    match Store::open(db)? {
        Some(mut store) => store.read()?.standing(),
        None => Ok(Standing::default()),
    }
}

/// What else of the record is looked at: clocks, and whether it is synced.
fn beside(db: &Path, app: &App) -> Result<(Vec<Ahead>, bool), StoreError> {
    let Some(mut store) = Store::open(db)? else { return Ok(Default::default()) };
    let reading = store.read()?;
    Ok((reading.ahead_of(app.stamp.now)?, reading.unsynced()?.is_some()))
}

/// The references of the record that no path can have.
fn unsound(standing: &Standing) -> Vec<Ref> {
    let items = standing.items().into_iter().map(|(reference, _)| reference);
    let paths = standing.following().keys().map(|id| Ref::path_only(id));
    let areas = standing.assessed().keys().map(|id| Ref::area(id));
    let questions = standing.answered().keys().cloned();
    let all = items.chain(paths).chain(areas).chain(questions);
    all.filter(|one| !one.is_sound() && !is_before(one)).collect()
}

/// Makes again what follows from the log; gives the copy from before, and what is there now.
fn rebuild(db: &Path, app: &App) -> Result<(PathBuf, Verdict), StoreError> {
    let copy = store::rebuild(db, app.stamp)?;
    let verdict = examine(db)?.ok_or_else(|| StoreError::Gone(db.to_owned()))?;
    Ok((copy, verdict))
}

fn faults(verdict: Verdict) -> Vec<Finding> {
    let remedy = if verdict.can_be_rebuilt() {
        Remedy::Rebuild
    } else if verdict.log_is_sound() {
        Remedy::Export
    } else {
        Remedy::Restore
    };
    let (last, left_out) = (verdict.faults.len(), verdict.left_out);
    let faults = verdict.faults.into_iter().zip(1..);
    faults
        .map(|(fault, at)| {
            let more = if at == last { left_out } else { 0 };
            What::Damaged { fault, more, remedy }.into()
        })
        .collect()
}
