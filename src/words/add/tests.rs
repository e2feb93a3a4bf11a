//! Another version of a path with 20 marks and 3 answers: what is told, what is so afterwards, and the
//! way back.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, NaiveTime};
use milepost_core::internals::effects;
use milepost_core::internals::event::{EventKind, NewEvent};
use milepost_core::internals::learner::Learner;
use milepost_core::internals::progress::progress;
use milepost_core::report::add::{Doubt, Given, Kind, Query, Refusal, Report, report};
use milepost_core::report::fixture;
use milepost_core::{
    Annotation, App, Error, Goals, Grade, Places, Refusal as Refused, Result, Stamp, Status,
};
use milepost_path::{Node, Ref};

use super::{Group, groups, head};
use crate::builtin::BUILT_INS;

const V1: &str = include_str!("tests/course.toml");

/// Every mark of the course: 20, by id.
const MARKS: &[(&str, Status)] = &[
    ("k1", Status::Done),
    ("k2", Status::Done),
    ("k3", Status::Done),
    ("k4", Status::Skipped),
    ("k5", Status::Done),
    ("k7", Status::Done),
    ("k8", Status::Doing),
    ("k9", Status::Done),
    ("k10", Status::Done),
    ("k11", Status::Done),
    ("k12", Status::Doing),
    ("r1", Status::Done),
    ("r2", Status::Done),
    ("r3", Status::Doing),
    ("r4", Status::Done),
    ("r5", Status::Done),
    ("r6", Status::Skipped),
    ("m1", Status::Done),
    ("m2", Status::Done),
    ("m3", Status::Doing),
];

pub(super) struct World {
    folder: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The course is installed and followed, with its marks and answers.
    fn with_record() -> Self {
        let world = Self::new();
        world.install("course", V1);
        let mut entries = vec![entry("course", EventKind::Started(Goals::default()))];
        for (id, status) in MARKS {
            let evidence = match *id {
                "m1" | "k1" => vec![format!("https://example.org/{id}-done")],
                _ => Vec::new(),
            };
            let remark = Annotation { note: None, evidence };
            let fact = EventKind::Marked { status: *status, known: false, remark, item: None };
            entries.push(entry(&format!("course/{id}"), fact));
        }
        let note = Annotation { note: Some("ask Ada".to_owned()), evidence: Vec::new() };
        entries.push(entry("course/t1", EventKind::Noted(note)));
        for id in ["q1", "q2", "q3"] {
            let fact = EventKind::Answered { grade: Grade::Good };
            entries.push(entry(&format!("course/question:{id}"), fact));
        }
        world.record(entries);
        world
    }

    fn paths(&self) -> PathBuf {
        self.folder.path().join("paths")
    }

    fn install(&self, id: &str, text: &str) {
        fs::create_dir_all(self.paths()).unwrap();
        fs::write(self.paths().join(format!("{id}.toml")), text).unwrap();
    }

    fn app(&self) -> App {
        let places = Places {
            built_ins: BUILT_INS,
            db: Some(self.folder.path().join("progress.db")),
            paths: vec![self.paths()],
            paths_folder: Some(self.paths()),
            ..Places::default()
        };
        App::new(places, stamp(), NaiveTime::MIN)
    }

    fn record(&self, entries: Vec<NewEvent>) {
        let app = self.app();
        let mut store = fixture::record(&app);
        let mut writing = store.write(stamp()).unwrap();
        let title = |reference: &Ref| {
            let roadmap = app.catalog().roadmap(reference.path())?;
            Some(effects_title(roadmap, reference))
        };
        for entry in entries {
            let title = title(&entry.subject);
            writing.append(NewEvent { title, ..entry }, day(1)).unwrap();
        }
        writing.commit().unwrap();
    }

    fn ask(&self, query: &Query) -> Result<Report> {
        report(query, &self.app()).map(|answer| answer.report)
    }

    /// How everything stands that is recorded: status, evidence and notes, answers, percentage.
    fn state(&self) -> BTreeMap<String, String> {
        let app = self.app();
        let standing = fixture::standing(&app);
        let view = Learner { shelf: app.catalog(), standing: &standing };
        let mut state = BTreeMap::new();
        for (roadmap, _) in app.catalog().all() {
            if !standing.following().contains_key(&roadmap.id) {
                continue;
            }
            for node in roadmap.nodes() {
                let (notes, evidence) =
                    (view.notes_on(&node).len(), view.evidence_for(&node).len());
                let status = match &node {
                    Node::Item(item) => view.status(item).as_str(),
                    _ => "todo",
                };
                let said = if notes + evidence > 0 { "+" } else { "" };
                if (status, said) != ("todo", "") {
                    let key = node.id().unwrap_or_default().to_owned();
                    state.insert(key, format!("{status}{said}"));
                }
            }
            for asked in roadmap.questions() {
                let answers = view.answers(&asked).len();
                if answers > 0 {
                    state.insert(asked.question.id.clone(), format!("{answers} answers"));
                }
            }
            let percent = progress(&view, &Node::Path(roadmap)).percent;
            state.insert("%".to_owned(), format!("{percent}"));
        }
        state
    }

    fn events(&self) -> usize {
        fixture::record(&self.app()).read().unwrap().log().unwrap().1.len()
    }

    fn installed(&self) -> String {
        fs::read_to_string(self.paths().join("course.toml")).unwrap_or_default()
    }
}

fn effects_title(roadmap: &milepost_path::Roadmap, reference: &Ref) -> String {
    let thing = effects::thing_at(roadmap, reference);
    thing.map_or(String::new(), |thing| thing.title)
}

fn stamp() -> Stamp {
    let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
    Stamp { now, today: day(20) }
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn entry(subject: &str, fact: EventKind) -> NewEvent {
    NewEvent { subject: Ref::from_text(subject), title: None, fact }
}

fn files(texts: &[&str]) -> Query {
    let given = |(at, text): (usize, &&str)| Given::Text(format!("{at}.toml"), (*text).to_owned());
    Query { files: texts.iter().enumerate().map(given).collect(), ..Query::default() }
}

/// What is told of the first file, a line each.
fn told(report: &Report) -> Vec<String> {
    let Some(added) = report.added.first() else { return Vec::new() };
    let mut lines = vec![self::head(added, false)];
    for Group { head, lines: below, more } in groups(added, false, &str::to_owned) {
        lines.push(head);
        lines.extend(below.into_iter().map(|line| format!("  {line}")));
        if more > 0 {
            lines.push(format!("  and {more} more"));
        }
    }
    lines
}

/// What differs between two states, such as `k1 done -> todo`.
fn differences(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let keys: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let of = |state: &BTreeMap<String, String>, key: &String| {
        state.get(key).cloned().unwrap_or_else(|| "-".to_owned())
    };
    let changed = keys.into_iter().filter(|key| before.get(*key) != after.get(*key));
    changed.map(|key| format!("{key} {} -> {}", of(before, key), of(after, key))).collect()
}

/// A row of the table: a new version, whether a yes alone is refused, and what is told and so.
struct Row {
    /// What is replaced in the file.
    edit: &'static [(&'static str, &'static str)],
    refused: bool,
    /// What is told before; then what differs when what looks renamed is carried and the rest accepted.
    /// Where it does not begin with another head, [`HEAD`] comes first.
    says: &'static str,
}

/// What is told first of a version that says nothing of its age.
const HEAD: &str = "would be updated: Data Course (course)";

fn edited(text: &str, edit: &[(&str, &str)]) -> String {
    edit.iter().fold(text.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    })
}

fn check(name: &str, row: &Row) {
    let world = World::with_record();
    let before = world.state();
    assert_eq!(before.len(), MARKS.len() + 1 + 3 + 1, "{before:#?}");
    let v2 = edited(V1, row.edit);
    let events = world.events();
    let mut said =
        world.ask(&Query { dry_run: true, ..files(&[&v2]) }).map(|it| told(&it)).unwrap();
    let yes = world.ask(&Query { yes: true, ..files(&[&v2]) });
    if row.refused {
        let Err(Error::Refused(refusal)) = yes else { panic!("{name}: not refused, {said:#?}") };
        assert!(
            matches!(*refusal, Refused::Add(it) if matches!(*it, Refusal::Doubtful(_))),
            "{name}"
        );
        assert_eq!(world.installed(), V1, "{name}");
        assert_eq!(world.events(), events, "{name}");
        let all = Query { yes: true, carry: true, lose: true, ..files(&[&v2]) };
        let done = world.ask(&all).unwrap();
        // What was told of the percentage came true.
        let percent = done.added[0].effects.as_ref().unwrap().percent.after.unwrap();
        assert_eq!(world.state()["%"], format!("{percent}"), "{name}");
    } else {
        yes.unwrap();
    }
    assert_eq!(world.installed(), v2, "{name}");
    let after = world.state();
    said.push("then".to_owned());
    said.extend(differences(&before, &after));
    let said = said.join("\n");
    let expected: Vec<&str> =
        row.says.lines().map(|line| line.strip_prefix("            ").unwrap_or(line)).collect();
    let expected = expected.join("\n").trim().to_owned();
    let has_head = expected.starts_with("would be updated: ");
    let expected = if has_head { expected } else { format!("{HEAD}\n{expected}") };
    assert!(said == expected, "<<<{name}\n{said}\n>>>");
    // The same again changes nothing.
    let again = world.ask(&Query { yes: true, ..files(&[&v2]) }).unwrap();
    assert_eq!(again.unchanged, ["course"], "{name}");
    // And back.
    let back = Query { back: Some("course".to_owned()), yes: true, lose: true, ..Query::default() };
    world.ask(&back).unwrap();
    assert_eq!(world.installed(), V1, "{name}");
    assert_eq!(differences(&before, &world.state()), [""; 0], "{name}: back");
    // And forth: what was decided still holds.
    world.ask(&Query { yes: true, carry: true, lose: true, ..back }).unwrap();
    assert_eq!(world.installed(), v2, "{name}");
    assert_eq!(differences(&after, &world.state()), [""; 0], "{name}: forth");
}

macro_rules! rows {
    ($($name:ident { edit: $edit:expr, refused: $refused:expr, says: $says:expr $(,)? })*) => {
        $(#[test]
        fn $name() {
            check(stringify!($name), &Row { edit: &$edit, refused: $refused, says: $says });
        })*
    };
}

mod contents;
mod ids;
mod more;
