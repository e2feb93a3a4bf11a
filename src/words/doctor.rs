//! What `doctor` found, in words: each finding with its message and its remedy.

use std::path::Path;

use milepost_core::Refusal;
use milepost_core::record::Problem;
use milepost_core::record::{Fault, Part};
use milepost_core::report::doctor::{Finding, Remedy, Report, Severity, What};
use milepost_path::{CAREER, Ref, safe};
use serde::Serialize;

use super::Document;
use super::disk_error::unread_file;
use super::{catalog_problem, overlay, store_error};
use crate::error::{Code, Error, reason, remedy};
use crate::text::{quantity, shell};

/// What to do where the log is damaged.
const RESTORE: &str = "`milepost restore FILE` puts a copy in its place and keeps this one; \
`backups` beside it has copies of the last few days; check the disk, too";

/// More references than these are counted, not named.
const MOST_NAMED: usize = 5;

/// A report in words.
#[derive(Debug, Serialize)]
pub struct Told {
    /// The record.
    file: Option<String>,
    /// How many events it has; null where it could not be looked at.
    events: Option<usize>,
    /// What was looked at, or found.
    pub findings: Vec<Line>,
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings there are.
    pub warnings: usize,
    /// How many notes there are.
    pub notes: usize,
    /// How much was mended.
    pub fixed: usize,
}

/// One finding.
#[derive(Debug, Serialize)]
pub struct Line {
    /// What it is about, as a stable word.
    code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What was found.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Whether it was mended.
    pub fixed: bool,
}

impl Document for Told {
    const COMMAND: &'static str = "doctor";

    fn json(&self) -> impl Serialize {
        self
    }
}

impl Told {
    /// The words of a report, and what is wrong with the configuration, which only a front end knows.
    pub(crate) fn new(report: &Report, configuration: Option<&Error>) -> Self {
        let mut findings: Vec<Line> = report.findings.iter().map(Line::new).collect();
        // It stands with what the learner wrote, before what the program keeps for itself.
        let cache = |one: &Finding| matches!(one.what, What::Useless { .. });
        let at = report.findings.iter().position(cache).unwrap_or(findings.len());
        findings.splice(at..at, configuration.map(|error| Line::of_error("config", error)));
        let count = |severity: Severity| {
            findings.iter().filter(|one| one.severity == severity && !one.fixed).count()
        };
        Self {
            file: report.file.as_ref().map(|file| file.display().to_string()),
            events: report.events,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            fixed: findings.iter().filter(|one| one.fixed).count(),
            findings,
        }
    }
}

impl Line {
    fn new(finding: &Finding) -> Self {
        let (message, help) = words(&finding.what);
        let (code, severity) = (finding.what.code(), finding.what.severity());
        Self { code, severity, message, help, fixed: finding.fixed }
    }

    fn of_error(code: &'static str, error: &Error) -> Self {
        let (message, help) = of_error(error);
        Self { code, severity: Severity::Error, message, help, fixed: false }
    }
}

type Words = (String, Option<String>);

/// What an error says, with its remedies.
fn of_error(error: &Error) -> Words {
    let help = (!error.hints().is_empty()).then(|| error.hints().join("; "));
    (error.message().to_owned(), help)
}

/// The message of a finding, and what to do.
fn words(what: &What) -> Words {
    let (message, help) = match what {
        What::NoHome => return of_error(&Refusal::NoHome.into()),
        What::Failed(error) => return of_error(&error.into()),
        What::Unusable(error) => {
            let error = Error::from(error);
            let (message, help) = of_error(&error);
            // The hint of a damaged record sends you here.
            let is_damaged = error.code() == Code::Damaged;
            return (message, if is_damaged { Some(RESTORE.to_owned()) } else { help });
        }
        What::NothingRecorded(file) => {
            return ok(format!(
                "nothing is recorded yet; the first change will create {}",
                file.display()
            ));
        }
        What::Whole { file, events, subjects } => {
            let events = quantity::count(*events, "event");
            let subjects = quantity::count(*subjects, "subject");
            return ok(format!(
                "{events} on {subjects}, all intact, and every report follows from them: {}",
                file.display()
            ));
        }
        What::CopyFromBefore(copy) => {
            return ok(format!("a copy of the earlier version is in {}", copy.display()));
        }
        What::PathsAreFine(files) => {
            let files = quantity::count(*files, "file");
            return ok(format!("{files} with paths of your own, no problems"));
        }
        What::Around(trouble, not_mended) => {
            let (message, help) = around(trouble);
            (message, not_mended.as_ref().map_or(help, store_error::message))
        }
        What::Damaged { fault, more, remedy } => damaged(fault, *more, *remedy),
        What::Unsound(references) => (
            format!(
                "the record has {} that no path can contain, including {}",
                quantity::count(references.len(), "reference"),
                quantity::list(&named(references, |name| format!("`{}`", safe::short(name, 40))))
            ),
            "an import brought them; to remove them, run `milepost export --full -o record.json`, \
             delete their lines, and import the file into a new record with `milepost --db NEW \
             import record.json`"
                .to_owned(),
        ),
        What::Draft(file) => {
            let file = file.display().to_string();
            (
                format!("{file} holds a note that was not recorded"),
                format!(
                    "`milepost note REF - < {}` records it; then delete the file",
                    shell::word(&file)
                ),
            )
        }
        What::EventToCome(latest) => (
            format!(
                "the latest event has the time {}, which is in the future: the clock is wrong, or \
                 was",
                latest.format("%Y-%m-%d %H:%M:%S UTC")
            ),
            "set the clock; the order of what was recorded does not depend on it".to_owned(),
        ),
        What::ClockAhead { device, at, by } => (
            format!(
                "another device ({device}) recorded something at {}, which is {} ahead of the clock \
                 here: one of the two is wrong, or was",
                at.format("%Y-%m-%d %H:%M:%S UTC"),
                quantity::count(usize::try_from(by.num_hours()).unwrap_or(0), "hour")
            ),
            "set the clock that is wrong; days can be off, and the order of what was recorded does not \
             depend on it"
                .to_owned(),
        ),
        What::UnknownZone(zone) => (
            format!(
                "TZ is `{}`, which is not a known time zone, so days follow UTC",
                safe::short(zone, 80)
            ),
            "set it to a name such as Europe/Berlin, or unset it".to_owned(),
        ),
        What::UnreadPlace { place, error, is_named } => (
            format!("{} is not searched for paths: {}", place.display(), reason(error)),
            if *is_named {
                "correct MILEPOST_PATHS, or the file or folder it \
             names"
            } else {
                "check that it exists and that you can read it"
            }
            .to_owned(),
        ),
        What::UnreadFile(file, unread) => (
            format!("{}; it is ignored", unread_file(file, unread)),
            remedy(unread).to_owned(),
        ),
        What::Invalid { file, line, column, message, errors, warnings, is_usable } => {
            let place = file.display().to_string();
            let (errors, warnings) =
                (quantity::count(*errors, "error"), quantity::count(*warnings, "warning"));
            let left_out = if *is_usable { "" } else { "; it is ignored" };
            (
                format!("{place}:{line}:{column}: {message} ({errors}, {warnings}){left_out}"),
                format!("`milepost check {}` shows every problem", shell::word(&place)),
            )
        }
        What::SameId { id, files: [first, second] } => (
            format!(
                "two files have the id `{id}`, and only one is used: {} and {}",
                first.display(),
                second.display()
            ),
            "give each path its own id, or move one of the files away".to_owned(),
        ),
        What::Replaces { file, id } => {
            let what = if id == CAREER { "career file" } else { "path" };
            (
                format!("{} replaces the built-in {what} `{id}`", file.display()),
                format!("`milepost remove {id}` restores the built-in one"),
            )
        }
        What::Overlay(problem) => (
            catalog_problem::problem(problem),
            "correct the overlay, or move it away; its path works without it".to_owned(),
        ),
        What::HoursSet(bent) => {
            let set: Vec<String> = bent.hours.iter().map(overlay::hours).collect();
            (
                format!("{} sets hours: {}", bent.file, set.join("; ")),
                "remove `hours` from the overlay to follow the path".to_owned(),
            )
        }
        What::MissingPath(id, is_synced) => {
            let id = safe::short(id, 80);
            let add = match is_synced {
                true => "sync carries no path files: copy its file from the other machine and \
                         `milepost add` it",
                false => "`milepost add` its file again",
            };
            (
                format!("you follow the path `{id}`, but it is not installed"),
                format!("{add}, or `milepost stop {id}`; its record is kept"),
            )
        }
        What::Retired(references) => (
            format!(
                "no installed path contains {} of your record: {}",
                quantity::count(references.len(), "item"),
                quantity::list(&all_named(references))
            ),
            "they are kept, and `milepost show` shows each; if something replaced one, say so in \
             the path file: `replaces = [\"old-id\"]`"
                .to_owned(),
        ),
        What::Unasked(references) => (
            format!(
                "no installed file has {} with a record: {}",
                quantity::count(references.len(), "question or skill area")
                    .replace("question or skill areas", "questions and skill areas"),
                quantity::list(&all_named(references))
            ),
            "answers and levels are kept; say in the file what took their place: \
             `replaces = [\"old-id\"]`"
                .to_owned(),
        ),
        What::Useless { cache, files } => (
            format!(
                "{} in {} are from another version, or damaged; they are ignored",
                quantity::count(*files, "file"),
                cache.display()
            ),
            "`milepost doctor --fix` removes them".to_owned(),
        ),
    };
    (message, Some(help))
}

fn ok(message: String) -> Words {
    (message, None)
}

/// The first references, as they are shown.
fn named(references: &[Ref], show: impl Fn(&str) -> String) -> Vec<String> {
    references.iter().take(MOST_NAMED).map(|one| show(one.as_str())).collect()
}

/// The first references, and how many more there are.
fn all_named(references: &[Ref]) -> Vec<String> {
    let mut names = named(references, |name| safe::short(name, 80));
    if references.len() > MOST_NAMED {
        names.push(format!("{} more", quantity::thousands(references.len() - MOST_NAMED)));
    }
    names
}

fn damaged(fault: &Fault, more: usize, remedy: Remedy) -> (String, String) {
    let part = match fault.part {
        Part::File | Part::Mode => "the file",
        Part::Index => "an index",
        Part::Schema | Part::Around => "the schema",
        Part::Log => "the log",
        Part::Standing => "the standing",
    };
    let more = match more {
        0 => String::new(),
        more => format!("; and {} more", quantity::thousands(more)),
    };
    let help = match remedy {
        Remedy::Rebuild => {
            "the log is intact: `milepost doctor --fix` rebuilds the rest from it, and keeps a copy"
        }
        Remedy::Export => {
            "the log is intact: `milepost export --full -o record.json` writes it out, and \
             `milepost --db NEW import record.json` makes a new record from it, with which you can \
             replace this one"
        }
        Remedy::Restore => RESTORE,
    };
    (format!("{part} is damaged: {}{more}", store_error::damage(&fault.what)), help.to_owned())
}

/// The name of a file in a command.
fn word(path: &Path) -> String {
    shell::word(&path.display().to_string()).into_owned()
}

/// What lies around the record.
fn around(trouble: &Problem) -> (String, String) {
    const FIX: &str = "`milepost doctor --fix` makes it private";
    match trouble {
        Problem::OpenFile(path, mode) => (
            format!("other users can read or change {} (mode {mode:04o})", path.display()),
            FIX.to_owned(),
        ),
        Problem::OpenDirectory(path, mode) => {
            (format!("other users can read {} (mode {mode:04o})", path.display()), FIX.to_owned())
        }
        Problem::ReplaceableByOthers(path, mode) => (
            format!(
                "other users can replace the record, because they can write to {} (mode \
                 {mode:04o})",
                path.display()
            ),
            format!("`chmod go-w {}`, or keep the record elsewhere", word(path)),
        ),
        Problem::Owner(path, owner, me) => (
            format!("{} belongs to user {owner}, and you are user {me}", path.display()),
            "run milepost as that user, or change the owner with `chown`"
                .to_owned(),
        ),
        Problem::WriteProtected(path) => (
            format!("{} is write-protected, so nothing can be recorded", path.display()),
            format!("`chmod u+w {}`, unless you want it that way", word(path)),
        ),
        Problem::Leftovers(files) => {
            let n = quantity::count(files.len(), "file");
            let first = files.first().map(|file| file.display().to_string()).unwrap_or_default();
            (
                format!("{n} left by a milepost that was killed while it wrote: {first}"),
                "`milepost doctor --fix` removes them".to_owned(),
            )
        }
        Problem::Orphan(journal) => (
            format!("the record is missing, but its journal is there: {}", journal.display()),
            "put the record back beside it; or, to start over, delete the journal".to_owned(),
        ),
        Problem::Beside(file) => (
            format!("{} is beside the record, and not from milepost", file.display()),
            "close any other program that has the record open; if there is none, move the file away"
                .to_owned(),
        ),
        Problem::LittleRoom(free) => (
            format!(
                "the disk of the record has {} MiB left",
                quantity::thousands(usize::try_from(free >> 20).unwrap_or(usize::MAX))
            ),
            "free some space; a full disk loses nothing, but nothing more can be \
             recorded".to_owned(),
        ),
        Problem::ReadOnly => (
            "the file system of the record is mounted read-only, so nothing can be recorded"
                .to_owned(),
            "mount it writable, or name another file with `--db`".to_owned(),
        ),
        Problem::Network(kind) => (
            format!(
                "the record is on a network file system ({kind}), where locks and writes are not \
                 reliable"
            ),
            "keep the record on a local disk, and `milepost backup` to the network"
                .to_owned(),
        ),
    }
}
