//! `export`: where each format goes, and what is refused.

use std::os::unix::fs::PermissionsExt;

use crate::sandbox::Sandbox;
use crate::shelf;

fn with_a_record() -> Sandbox {
    let sandbox = shelf::following();
    sandbox.ok(["start", "web", "--hours-per-week", "6", "--by", "2027-06-30"]);
    sandbox.ok(["done", "pipes", "--evidence", "https://example.com/pipes", "--note", "private"]);
    sandbox
}

#[test]
fn a_file_is_written_whole_and_private() {
    let sandbox = with_a_record();
    for (name, starts) in [
        ("portfolio.md", "# Portfolio of Ada"),
        ("portfolio.html", "<!DOCTYPE html>"),
        ("portfolio.csv", "path,stage,topic,ref,"),
        ("portfolio.json", "{"),
        ("plan.ics", "BEGIN:VCALENDAR\r\n"),
    ] {
        // The ending of the name says the format.
        let said = sandbox.run(["export", "--name", "Ada", "-o", name]);
        assert!(said.contains(&format!("wrote {name}")), "{said}");
        let path = sandbox.home().join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            text.to_lowercase().starts_with(&starts.to_lowercase()),
            "{name}: {:?}",
            &text[..60.min(text.len())]
        );
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{name}");
        assert_eq!(text.contains("private"), name == "portfolio.json", "{name}: notes");
    }
    let left: Vec<_> = std::fs::read_dir(sandbox.home())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(".tmp") || name.ends_with('~'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn notes_are_shown_only_when_asked_for() {
    let sandbox = with_a_record();
    for format in ["markdown", "html", "csv"] {
        assert!(!sandbox.ok(["export", "--format", format]).contains("private"), "{format}");
        let with = sandbox.ok(["export", "--format", format, "--notes"]);
        assert!(with.contains("private"), "{format}");
    }
}

#[test]
fn the_calendar_has_the_day_one_aims_at() {
    let sandbox = with_a_record();
    let calendar = sandbox.ok(["export", "--format", "ics"]);
    assert!(calendar.ends_with("END:VCALENDAR\r\n"), "{calendar}");
    assert!(calendar.contains("DTSTART;VALUE=DATE:20270630\r\n"), "{calendar}");
    assert!(calendar.lines().all(|line| line.len() <= 75), "{calendar}");
}

#[test]
fn what_cannot_be_written_is_refused_and_nothing_is_lost() {
    let sandbox = with_a_record();
    let db = sandbox.db();
    let before = std::fs::read(&db).unwrap();
    let db = db.to_str().unwrap();
    for (args, code) in [
        (&["export", "-o", db][..], 1),
        (&["export", "-o", "no/such/folder.md"], 1),
        (&["export", "-o", "."], 1),
        (&["export", "nothing"], 1),
        (&["export", "--format", "pdf"], 2),
        (&["export", "--format", "html", "--open"], 2),
    ] {
        let output = sandbox.output(args);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", sandbox.said(&output));
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{args:?}");
    }
    assert_eq!(std::fs::read(sandbox.db()).unwrap(), before);
}

#[test]
fn without_a_path_there_is_nothing_to_export() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!(sandbox.run(["export"]), @"
    --- stderr ---
    error: there is nothing to export: no path is followed and nothing is recorded
    hint: `milepost start PATH` follows a path; `milepost paths` lists them
    [exit 1]
    ");
}
