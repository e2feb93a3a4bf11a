//! The record itself: whether it can be opened, and the deep look at it.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::{Finding, Severity};
use crate::context::Context;
use crate::error::{Code, Error, Kind, Result};
use crate::model::roadmap::Ref;
use crate::model::standing::Standing;
use crate::store::{self, Part, Store, Verdict};
use crate::text::{quantity, safe};

/// What to do where the log is damaged.
const RESTORE: &str = "`milepost restore FILE` puts a copy in its place, and keeps this one; copies of the \
     last days are in `backups` beside it; check the disk, too";

/// How many references are named; the others are counted.
const MOST_NAMED: usize = 5;

/// What is known of the record after it was examined.
#[derive(Default)]
pub(super) struct Examined {
    /// How many events it has.
    pub(super) events: Option<usize>,
    /// When the latest of them was recorded.
    pub(super) latest: Option<DateTime<Utc>>,
    /// What it says; none where that cannot be read.
    pub(super) standing: Option<Standing>,
    /// Whether no command can use it.
    pub(super) unusable: bool,
}

/// Examines the record, and mends it.
pub(super) fn look(
    db: &Path,
    fix: bool,
    context: &Context,
    findings: &mut Vec<Finding>,
) -> Examined {
    let verdict = match examine(db) {
        Ok(Some(verdict)) => verdict,
        Ok(None) => {
            let place = db.display();
            let message = format!("nothing is recorded yet; the first mark will make {place}");
            findings.push(Finding::ok("record", message));
            return Examined { standing: Some(Standing::default()), ..Examined::default() };
        }
        Err(error) => return unusable(&error, findings),
    };
    let mut left = verdict;
    let mut told: Vec<Finding> = faults(&left);
    if fix && !left.is_whole() && left.can_be_rebuilt() {
        match rebuild(db, context) {
            Ok((copy, after)) => {
                for one in &mut told {
                    one.fixed = true;
                }
                told.push(Finding::ok("record", format!("a copy from before is in {copy}")));
                left = after;
                told.extend(faults(&left));
            }
            Err(error) => told.push(Finding::of_error("record", &error)),
        }
    }
    findings.append(&mut told);
    if left.is_whole() {
        let events = quantity::count(left.events, "event");
        let subjects = quantity::count(left.subjects, "subject");
        findings.push(Finding::ok(
            "record",
            format!(
                "{events} on {subjects}, each as it was recorded, and all follows from them: {}",
                db.display()
            ),
        ));
    }
    let standing = standing(db).map_err(|error| findings.push(Finding::of_error("record", &error)));
    if let Ok(standing) = &standing {
        unsound(standing, findings);
    }
    Examined {
        events: Some(left.events),
        latest: left.latest,
        standing: standing.ok(),
        unusable: false,
    }
}

fn examine(db: &Path) -> Result<Option<Verdict>> {
    let Some(mut store) = Store::open(db)? else {
        return Ok(None);
    };
    Ok(Some(store.read()?.verify()))
}

fn standing(db: &Path) -> Result<Standing> {
    match Store::open(db)? {
        Some(mut store) => Ok(store.read()?.standing()?),
        None => Ok(Standing::default()),
    }
}

/// What is recorded under references that no path can have. Versions that imported them let them in.
fn unsound(standing: &Standing, findings: &mut Vec<Finding>) {
    let items = standing.items().into_iter().map(|(reference, _)| reference);
    let paths = standing.following().keys().map(|id| Ref::path_only(id));
    let areas = standing.assessed().keys().map(|id| Ref::area(id));
    let questions = standing.answered().keys().cloned();
    let all = items.chain(paths).chain(areas).chain(questions);
    let unsound: Vec<Ref> = all.filter(|reference| !reference.is_sound()).collect();
    if unsound.is_empty() {
        return;
    }
    let names: Vec<String> = unsound
        .iter()
        .take(MOST_NAMED)
        .map(|one| format!("`{}`", safe::short(one.as_str(), 40)))
        .collect();
    findings.push(Finding::new(
        "references",
        Severity::Warning,
        format!(
            "the record has {} that no path can have, among them {}",
            quantity::count(unsound.len(), "reference"),
            quantity::list(&names)
        ),
        "an import brought them; to get rid of them, `milepost export --full -o record.json`, delete \
         their lines, and import the file into a new record with `milepost --db NEW import record.json`",
    ));
}

/// Makes the standing again; gives the name of the copy, and what is there now.
fn rebuild(db: &Path, context: &Context) -> Result<(String, Verdict)> {
    let copy = store::rebuild(db, context.stamp)?;
    let verdict = examine(db)?.ok_or_else(|| {
        Error::new(Code::Moved, format!("{} was removed meanwhile", db.display()))
    })?;
    Ok((copy.display().to_string(), verdict))
}

fn unusable(error: &Error, findings: &mut Vec<Finding>) -> Examined {
    let mut finding = Finding::of_error("record", error);
    if error.code() == Code::Damaged {
        // Its hint sends you here.
        finding.help = Some(RESTORE.to_owned());
    }
    findings.push(finding);
    Examined { unusable: error.kind() == Kind::Database, ..Examined::default() }
}

fn faults(verdict: &Verdict) -> Vec<Finding> {
    let help = if verdict.can_be_rebuilt() {
        "the log is whole: `milepost doctor --fix` makes the rest from it again, and keeps a copy"
    } else if verdict.log_is_sound() {
        "the log is whole: `milepost export --full -o record.json` writes it out, and `milepost \
         --db NEW import record.json` makes a new record of it, to be put in the place of this one"
    } else {
        RESTORE
    };
    let mut findings: Vec<Finding> = verdict
        .faults
        .iter()
        .map(|fault| {
            let (code, part) = match fault.part {
                Part::File | Part::Mode => ("file", "the file"),
                Part::Index => ("index", "an index"),
                Part::Schema | Part::Around => ("schema", "the schema"),
                Part::Log => ("log", "the log"),
                Part::Standing => ("standing", "the standing"),
            };
            Finding::new(code, Severity::Error, format!("{part} is damaged: {}", fault.what), help)
        })
        .collect();
    if let Some(last) = findings.last_mut().filter(|_| verdict.left_out > 0) {
        let more = quantity::thousands(verdict.left_out);
        last.message = format!("{}; and {more} more", last.message);
    }
    findings
}
