//! What was synced, in words and as JSON.

mod refusal;

use std::path::PathBuf;

use milepost_core::Status;
use milepost_core::report::sync::{HOME, Report, forget, init, join, key, status};
use milepost_core::sync::database::Database;
use milepost_core::sync::remote::Erased;
use milepost_core::sync::{Conflict, Fault, Key, Renamed, Side, Skipped, Span};
use milepost_path::safe;
use serde::Serialize;

use super::Document;
use crate::text::{quantity, shell};

pub(crate) use refusal::{ask_to_erase, no_key};

/// The most of an address that is shown.
const MOST_CHARS: usize = 200;

/// How many segments, paths or changes are named, before the others are only counted.
const MOST_NAMED: usize = 5;

#[derive(Serialize)]
struct Json<'a> {
    remote: &'a str,
    url: &'a str,
    sent: usize,
    received: usize,
    waiting: u64,
    skipped: Vec<SkippedJson>,
    conflicts: Vec<ConflictJson<'a>>,
    remotes_lost: usize,
    repaired: bool,
    renamed: Option<RenamedJson>,
    too_long: Vec<String>,
    missing_paths: &'a [String],
    dry_run: bool,
}

#[derive(Serialize)]
struct SkippedJson {
    segment: String,
    code: &'static str,
    message: String,
}

#[derive(Serialize)]
struct ConflictJson<'a> {
    #[serde(rename = "ref")]
    reference: &'a str,
    title: Option<&'a str>,
    ours: SideJson<'a>,
    theirs: SideJson<'a>,
    counts: &'static str,
    text: String,
}

#[derive(Serialize)]
struct SideJson<'a> {
    status: &'static str,
    on: String,
    device: String,
    machine: Option<&'a str>,
}

#[derive(Serialize)]
struct RenamedJson {
    from: String,
    to: String,
}

fn json(report: &Report) -> Json<'_> {
    let renamed =
        |one: Renamed| RenamedJson { from: one.before.to_string(), to: one.now.to_string() };
    Json {
        remote: &report.remote,
        url: &report.url,
        sent: report.sent,
        received: report.received,
        waiting: report.waiting,
        skipped: report.skipped.iter().map(skipped_json).collect(),
        conflicts: report.conflicts.iter().map(conflict_json).collect(),
        remotes_lost: report.lost,
        repaired: report.repaired,
        renamed: report.renamed.map(renamed),
        too_long: report.too_long.iter().map(ToString::to_string).collect(),
        missing_paths: &report.missing_paths,
        dry_run: report.dry_run,
    }
}

fn skipped_json(one: &Skipped) -> SkippedJson {
    let (code, message) = fault(&one.fault);
    SkippedJson { segment: one.name.to_string(), code, message }
}

fn conflict_json(one: &Conflict) -> ConflictJson<'_> {
    ConflictJson {
        reference: one.subject.as_str(),
        title: one.title.as_deref(),
        ours: side_json(&one.ours),
        theirs: side_json(&one.theirs),
        counts: if one.ours_counts { "ours" } else { "theirs" },
        text: conflict(one),
    }
}

fn side_json(side: &Side) -> SideJson<'_> {
    SideJson {
        status: side.status.as_str(),
        on: side.on.to_string(),
        device: side.device.to_string(),
        machine: side.machine.as_deref(),
    }
}

impl Document for Report {
    const COMMAND: &'static str = "sync";

    fn json(&self) -> impl Serialize {
        json(self)
    }
}

impl Document for status::Report {
    const COMMAND: &'static str = "sync";

    fn json(&self) -> impl Serialize {
        self
    }
}

#[derive(Serialize)]
struct InitJson<'a> {
    #[serde(flatten)]
    exchanged: Json<'a>,
    log: String,
    created: bool,
    key_file: &'a Option<PathBuf>,
}

impl Document for init::Report {
    const COMMAND: &'static str = "sync";

    fn json(&self) -> impl Serialize {
        InitJson {
            exchanged: json(&self.exchanged),
            log: self.log.to_string(),
            created: self.is_new,
            key_file: &self.key_file,
        }
    }
}

#[derive(Serialize)]
struct JoinJson<'a> {
    #[serde(flatten)]
    exchanged: Json<'a>,
    log: String,
    ours: SpanJson,
    theirs: SpanJson,
    common: usize,
    kept: &'a Option<PathBuf>,
    key_file: &'a Option<PathBuf>,
}

#[derive(Serialize)]
struct SpanJson {
    events: usize,
    from: Option<String>,
    to: Option<String>,
    devices: usize,
}

fn span_json(span: &Span) -> SpanJson {
    let (from, to) = span.days.map(|(from, to)| (from.to_string(), to.to_string())).unzip();
    SpanJson { events: span.events, from, to, devices: span.devices }
}

impl Document for join::Report {
    const COMMAND: &'static str = "sync";

    fn json(&self) -> impl Serialize {
        JoinJson {
            exchanged: json(&self.exchanged),
            log: self.log.to_string(),
            ours: span_json(&self.sides.ours),
            theirs: span_json(&self.sides.theirs),
            common: self.sides.common,
            kept: &self.kept,
            key_file: &self.key_file,
        }
    }
}

#[derive(Serialize)]
struct KeyJson<'a> {
    log: String,
    file: &'a Option<PathBuf>,
    key: Option<String>,
    checked: bool,
}

impl Document for key::Report {
    const COMMAND: &'static str = "sync";

    fn json(&self) -> impl Serialize {
        KeyJson {
            log: self.log.to_string(),
            file: &self.file,
            key: self.key.as_ref().map(Key::show),
            checked: self.was_checked,
        }
    }
}

#[derive(Serialize)]
struct ForgetJson<'a> {
    remote: &'a str,
    url: &'a str,
    log: String,
    erased: Option<&'static str>,
    key_removed: bool,
}

impl Document for forget::Report {
    const COMMAND: &'static str = "sync";

    fn json(&self) -> impl Serialize {
        ForgetJson {
            remote: &self.remote,
            url: &self.url,
            log: self.log.to_string(),
            erased: self.erased.map(|erased| match erased {
                Erased::All => "all",
                Erased::HistoryStays => "history-stays",
            }),
            key_removed: self.key_removed,
        }
    }
}

/// Where a remote is, as it is shown.
pub(crate) fn place(url: &str) -> String {
    safe::short(url.strip_prefix("folder:").unwrap_or(url), MOST_CHARS)
}

/// A remote as an argument, with the blank before it; nothing for the usual one.
pub(crate) fn argument(name: &str) -> String {
    if name == HOME { String::new() } else { format!(" {}", shell::word(name)) }
}

/// A number of changes.
pub(crate) fn changes(count: usize) -> String {
    quantity::count(count, "change")
}

/// How many changes are at no remote yet.
pub(crate) fn unsynced(count: u64) -> String {
    format!("{} not synced", changes(usize::try_from(count).unwrap_or(usize::MAX)))
}

/// What was sent and what came.
pub(crate) fn exchanged(report: &Report) -> String {
    let name = &report.remote;
    let place = place(&report.url);
    let (sent, received) = (changes(report.sent), changes(report.received));
    let would = if report.dry_run { "would have " } else { "" };
    match (report.sent, report.received) {
        (0, 0) if report.waiting > 0 => {
            format!("nothing new at {name} ({place}); {}", unsynced(report.waiting))
        }
        (0, 0) => format!("in sync with {name} ({place})"),
        (_, 0) => format!("{would}sent {sent} to {name} ({place})"),
        (0, _) => format!("{would}received {received} from {name} ({place})"),
        (_, _) => format!("{would}sent {sent} to {name} ({place}) and received {received}"),
    }
}

/// An item that two machines marked, and what counts.
pub(crate) fn conflict(conflict: &Conflict) -> String {
    let Conflict { subject, title, ours, theirs, ours_counts } = conflict;
    let same = ours.machine == theirs.machine;
    let on = |side: &Side, otherwise: &str| match side.machine.as_deref().filter(|_| !same) {
        Some(machine) => format!("{} on {}", word(side.status), safe::short(machine, 40)),
        None => format!("{} {otherwise}", word(side.status)),
    };
    let (here, there) = (on(ours, "here"), on(theirs, "on another machine"));
    let counts = word(if *ours_counts { ours } else { theirs }.status);
    let title =
        title.as_deref().map_or(String::new(), |title| format!(" ({})", safe::short(title, 80)));
    format!("{}{title}: {there}, {here}: {counts} counts", safe::short(subject.as_str(), 100))
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Todo => "to do",
        Status::Doing => "in progress",
        Status::Done => "done",
        Status::Skipped => "skipped",
    }
}

/// That the record is another device from now on.
pub const RENAMED: &str = "this record is a copy of one that has synced since, or an earlier state of it: \
     from now on it counts as a device of its own, and nothing is lost";

/// What must be told of a sync beside what it did, each with what to do.
pub(crate) fn warnings(report: &Report) -> Vec<String> {
    let mut warnings = Vec::new();
    let name = &report.remote;
    if report.lost > 0 {
        let them = if report.lost == 1 { "it" } else { "them" };
        let lost = quantity::count(report.lost, "segment");
        warnings.push(if report.repaired {
            format!(
                "{name} had lost {lost}; what this record has of {them} was put back. Run the same \
                 command on your other machines: each puts back what only it has"
            )
        } else {
            format!(
                "{name} has lost {lost}: `milepost sync{} --repair` puts back what this record has of \
                 {them}",
                argument(name)
            )
        });
    }
    for one in report.skipped.iter().take(MOST_NAMED) {
        warnings.push(format!("segment {} is left out: {}", one.name, fault(&one.fault).1));
    }
    if let Some(more) = report.skipped.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        let more = quantity::count(more, "more segment");
        warnings.push(format!("{more} left out; `--json` lists all of them"));
    }
    if !report.too_long.is_empty() {
        let many = changes(report.too_long.len());
        warnings.push(format!(
            "{many} too long to sync: `milepost export --full` and `milepost import` carry them"
        ));
    }
    if !report.missing_paths.is_empty() {
        let ids = report.missing_paths.iter().map(|id| format!("`{}`", safe::short(id, 80)));
        let mut ids: Vec<String> = ids.collect();
        let (paths, are, files) = match ids.len() {
            1 => ("path", "is", "its file"),
            _ => ("paths", "are", "their files"),
        };
        if ids.len() > MOST_NAMED {
            let more = ids.len() - MOST_NAMED;
            ids.truncate(MOST_NAMED);
            ids.push(format!("{} more", quantity::thousands(more)));
        }
        warnings.push(format!(
            "you follow the {paths} {}, which {are} not installed here; sync carries no path files: copy \
             {files} from the other machine and `milepost add` {}",
            quantity::list(&ids),
            if ids.len() == 1 { "it" } else { "them" }
        ));
    }
    warnings
}

/// Why a segment is not taken: a stable word, and what a person is told.
fn fault(fault: &Fault) -> (&'static str, String) {
    match fault {
        Fault::Missing => (
            "missing",
            "it is listed, but cannot be read; the next sync tries again".to_owned(),
        ),
        Fault::Torn => (
            "torn",
            "it is not whole yet, or was changed; the next sync tries again, and `--repair` on the \
             machine that sent it puts it back"
                .to_owned(),
        ),
        Fault::Sealed => (
            "sealed",
            "the key does not open it, so somebody else put it there; you can delete it".to_owned(),
        ),
        Fault::Newer => (
            "newer",
            "a newer milepost wrote it; install the newer version here, and sync again".to_owned(),
        ),
        Fault::Damaged(what) => {
            ("damaged", format!("it cannot be read: {}", safe::short(what, 120)))
        }
        Fault::Event(id) => ("event", format!("event {id} in it is damaged")),
        Fault::TwoFacts(id) => {
            ("two-facts", format!("event {id} in it differs from the one that is recorded here"))
        }
    }
}

/// What one side of a join has.
pub(crate) fn span(span: &Span) -> String {
    let Some((from, to)) = span.days else { return "nothing recorded".to_owned() };
    let devices = quantity::count(span.devices, "device");
    let days = if from == to { format!("on {from}") } else { format!("from {from} to {to}") };
    format!("{} {days}, by {devices}", changes(span.events))
}

/// What became of a log that was forgotten.
pub(crate) fn forgotten(report: &forget::Report) -> String {
    let (name, place) = (&report.remote, place(&report.url));
    let key = if report.key_removed { ", and deleted its key" } else { "" };
    match report.erased {
        None => format!(
            "forgot {name} ({place}); it still has what you sent, and this machine still has the key"
        ),
        Some(Erased::All) => format!("forgot {name} ({place}) and erased the log there{key}"),
        Some(Erased::HistoryStays) if Database::read(&report.url).is_some() => format!(
            "forgot {name} ({place}) and removed the log there{key}; backups of the database can \
             still have it, encrypted: to get rid of it, ask the people who run the database"
        ),
        Some(Erased::HistoryStays) => format!(
            "forgot {name} ({place}) and removed the log there{key}; the history of the repository \
             still has it, encrypted: to get rid of it, delete the repository"
        ),
    }
}
