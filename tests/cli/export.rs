//! `export`: where each format goes, and what is refused.

mod handed_on;
mod jsonresume;

use std::os::unix::fs::PermissionsExt;

use crate::sandbox::Sandbox;
use crate::shelf;

fn with_a_record() -> Sandbox {
    let sandbox = shelf::home();
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
fn the_answer_says_how_others_can_read_it() {
    let sandbox = with_a_record();
    let said = sandbox.run(["export", "-o", "my portfolio.html"]);
    assert!(
        said.contains("only you can read it; `chmod a+r 'my portfolio.html'` lets others read it"),
        "{said}"
    );
    let page = sandbox.home().join("my portfolio.html");
    let mode = || page.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(), 0o600);
    std::fs::set_permissions(&page, std::fs::Permissions::from_mode(0o644)).unwrap();
    let said = sandbox.run(["export", "-o", "my portfolio.html"]);
    assert!(said.contains("wrote my portfolio.html") && !said.contains("chmod"), "{said}");
    assert_eq!(mode(), 0o644);
    // What is for programs or goes back into milepost is nobody else's business.
    for name in ["items.csv", "portfolio.json"] {
        assert!(!sandbox.run(["export", "-o", name]).contains("chmod"), "{name}");
    }
    assert_eq!(sandbox.run(["export", "-o", "quiet.md", "--quiet"]), "");
}

#[test]
fn an_ending_says_the_format_or_is_refused() {
    let sandbox = with_a_record();
    insta::assert_snapshot!(
        sandbox.play(
            "export -o portfolio.pdf
             export -o items.xlsx --format csv
             export -o plan.ical
             export -o portfolio.txt
             export -o \"my page.html\" --format markdown
             export --full -o record.yaml
             export -o portfolio.html --bom"
        ),
        @r#"
    $ export -o portfolio.pdf
    --- stderr ---
    error: milepost cannot write portfolio.pdf: that format is not supported
    hint: `-o portfolio.html` is a page; `--open` shows it in the browser, which can print it to a PDF
    [exit 2]
    $ export -o items.xlsx --format csv
    --- stderr ---
    error: milepost cannot write items.xlsx: that format is not supported
    hint: `-o items.csv` opens in any spreadsheet
    [exit 2]
    $ export -o plan.ical
    --- stderr ---
    error: milepost cannot write plan.ical: that format is not supported
    hint: `-o plan.ics` goes into any calendar
    [exit 2]
    $ export -o portfolio.txt
    --- stderr ---
    error: the ending of portfolio.txt is not a format that milepost writes
    hint: end it in .md, .html, .json, .csv or .ics, or pass `--format FORMAT`
    [exit 2]
    $ export -o "my page.html" --format markdown
    --- stderr ---
    error: the ending of my page.html and `--format` disagree
    hint: omit `--format`, or name the file: `-o 'my page.md'`
    [exit 2]
    $ export --full -o record.yaml
    --- stderr ---
    error: milepost cannot write record.yaml: that format is not supported
    hint: `-o record.json` is for programs
    [exit 2]
    $ export -o portfolio.html --bom
    --- stderr ---
    error: `--bom` works only with CSV
    hint: `milepost export --format csv --bom -o items.csv`
    [exit 2]
    "#
    );
    let left: Vec<_> = std::fs::read_dir(sandbox.home()).unwrap().collect();
    assert!(left.iter().flatten().all(|entry| entry.path().is_dir()), "{left:?}");
    sandbox.ok(["export", "-o", "portfolio.txt", "--format", "markdown"]);
    sandbox.ok(["export", "-o", "portfolio"]);
    // Also where the answer about it is JSON.
    assert_eq!(sandbox.json(["export", "-o", "page.html"])["format"], "html");
    let page = std::fs::read_to_string(sandbox.home().join("page.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>"));
}

#[test]
fn excel_gets_a_byte_order_mark_when_asked() {
    let sandbox = with_a_record();
    let plain = sandbox.ok(["export", "--format", "csv"]);
    assert!(plain.starts_with("path,"));
    assert_eq!(sandbox.ok(["export", "--format", "csv", "--bom"]), format!("\u{feff}{plain}"));
    sandbox.ok(["export", "-o", "items.csv", "--bom"]);
    let bytes = std::fs::read(sandbox.home().join("items.csv")).unwrap();
    assert!(bytes.starts_with(b"\xEF\xBB\xBFpath,"));
}

#[test]
fn what_is_no_file_is_written_by_the_standard_output() {
    let sandbox = with_a_record();
    for name in ["/dev/null", "/dev/stdout"] {
        let output = sandbox.output(["export", "--format", "markdown", "-o", name]);
        let said = sandbox.said(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(&format!("{name} is not a regular file")), "{said}");
        assert!(said.contains("hint: `-o -` writes to standard output"), "{said}");
    }
    assert!(sandbox.ok(["export", "-o", "-"]).starts_with("# Learning portfolio"));
}

/// With `sudo`, the home and all in it can be somebody else's.
#[test]
fn what_root_writes_belongs_to_whose_folder_it_is() {
    use std::os::unix::fs::{MetadataExt, chown};

    let sandbox = with_a_record();
    let folder = sandbox.home().join("theirs");
    std::fs::create_dir(&folder).unwrap();
    let old = sandbox.write("theirs/old.md", "old");
    if chown(&folder, Some(4321), Some(4322)).is_err() {
        crate::engines::not_allowed("only root can give files away");
        return;
    }
    chown(&old, Some(4323), Some(4324)).unwrap();
    for name in ["new.md", "old.md"] {
        sandbox.ok(["export", "-o", &format!("theirs/{name}")]);
    }
    let owner = |name: &str| {
        let file = folder.join(name).metadata().unwrap();
        (file.uid(), file.gid(), file.permissions().mode() & 0o777)
    };
    assert_eq!(owner("new.md"), (4321, 4322, 0o600));
    assert_eq!(owner("old.md"), (4323, 4324, 0o644));
}

#[test]
fn calendars_of_two_records_share_no_entry() {
    let ids = |sandbox: &Sandbox, args: &[&str]| -> std::collections::BTreeSet<String> {
        let calendar = sandbox.ok([&["export", "--format", "ics"], args].concat());
        let lines = calendar.replace("\r\n ", "");
        let ids = lines.lines().filter(|line| line.starts_with("UID:"));
        ids.map(str::to_owned).collect()
    };
    let (ada, ben) = (with_a_record(), with_a_record());
    let (of_ada, of_ben) = (ids(&ada, &[]), ids(&ben, &[]));
    assert!(of_ada.len() > 5 && of_ada.is_disjoint(&of_ben), "{of_ada:?} {of_ben:?}");
    assert_eq!(of_ada, ids(&ada, &[]));
    let study = |ids: std::collections::BTreeSet<String>| -> Vec<String> {
        ids.into_iter().filter(|id| id.starts_with("UID:study.")).collect()
    };
    ada.ok(["start", "tools", "--hours-per-week", "3"]);
    let (web, tools) = (study(ids(&ada, &["web"])), study(ids(&ada, &["tools"])));
    assert!(!web.is_empty() && web.iter().all(|id| !tools.contains(id)), "{web:?} {tools:?}");
}

#[test]
fn notes_are_shown_only_when_asked_for() {
    let sandbox = with_a_record();
    assert!(!sandbox.ok(["export"]).contains("private"));
    assert!(sandbox.ok(["export", "--notes"]).contains("private"));
}

#[test]
fn the_public_portfolio_has_only_what_is_done() {
    let sandbox = shelf::lived_in();
    for format in ["markdown", "html"] {
        let whole = sandbox.ok(["export", "--format", format]);
        let public = sandbox.ok(["export", "--format", format, "--public"]);
        let sheet = public.split_once("</style>").map_or(&*public, |(_, body)| body);
        for open in
            ["Progress", "ahead", "*open:*", "In progress", "in progress", "From a first API"]
        {
            assert!(!sheet.contains(open), "{format}: {open}\n{sheet}");
        }
        assert!(whole.contains("First API") || whole.contains("HTTP"), "{whole}");
        assert!(public.len() < whole.len(), "{format}");
        assert!(sheet.contains("HTTP"), "{format}\n{sheet}");
    }
    let refused = sandbox.play(
        "export --public --format csv
         export --public -o plan.ics
         export --public --notes
         export --public --full",
    );
    insta::assert_snapshot!(refused, @"
    $ export --public --format csv
    --- stderr ---
    error: `--public` works only with Markdown, HTML and JSON Resume
    hint: `milepost export --public -o portfolio.html`
    [exit 2]
    $ export --public -o plan.ics
    --- stderr ---
    error: `--public` works only with Markdown, HTML and JSON Resume
    hint: `milepost export --public -o portfolio.html`
    [exit 2]
    $ export --public --notes
    --- stderr ---
    error: `--public` does not go with `--notes`
    hint: `milepost export --help` explains the options
    [exit 2]
    $ export --public --full
    --- stderr ---
    error: `--public` does not go with `--full`
    hint: `milepost export --help` explains the options
    [exit 2]
    ");
    assert_eq!(sandbox.code(["export", "--public", "--json"]), 2);
    let untouched = shelf::following();
    insta::assert_snapshot!(untouched.run(["export", "--public"]), @"
    --- stderr ---
    error: you have finished nothing yet that you could show
    hint: omit `--public` to include what is in progress and planned
    [exit 1]
    ");
}

/// It keeps what somebody did when the author takes an item out of the path.
#[test]
fn what_the_path_retired_is_shown_as_done_and_counted_for_nobody() {
    let sandbox = with_a_record();
    sandbox.ok(["done", "http"]);
    let percent = |sandbox: &Sandbox| {
        sandbox.json(["status", "tools"])["paths"][0]["progress"]["skills"].clone()
    };
    let before = percent(&sandbox);
    let retire =
        |text: &str| text.replace("title = \"HTTP\" }", "title = \"HTTP\", retired = true }");
    let retire = |text: &str| {
        let logs = "title = \"Reading logs\" }";
        retire(text).replace(logs, "title = \"Reading logs\", retired = true }")
    };
    sandbox.write(".config/milepost/paths/tools.toml", &retire(shelf::TOOLS));
    let after = percent(&sandbox);
    assert_eq!((&before["done"], &before["total"]), (&2.into(), &4.into()));
    assert_eq!((&after["done"], &after["total"]), (&1.into(), &2.into()));
    let markdown = sandbox.ok(["export", "tools"]);
    assert!(
        markdown.contains("HTTP (retired)") && !markdown.contains("Reading logs"),
        "{markdown}"
    );
    let page = sandbox.ok(["export", "tools", "--format", "html"]);
    assert!(page.contains("(retired)") && !page.contains("Reading logs"), "{page}");
    let rows = sandbox.ok(["export", "tools", "--format", "csv"]);
    assert!(
        rows.lines().any(|row| row.contains("tools/http,") && row.ends_with(",true,0")),
        "{rows}"
    );
    assert!(!rows.contains("tools/logs"), "{rows}");
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
        (&["export", "--format", "markdown", "-o", db][..], 1),
        (&["export", "-o", db], 2),
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
    error: nothing to export: you follow no path and nothing is recorded
    hint: `milepost start PATH` follows a path; `milepost paths` lists them
    [exit 1]
    ");
}

#[test]
fn the_time_that_was_spent_is_in_each_export_but_the_public_one() {
    let sandbox = shelf::lived_in();
    for line in [
        "study service 1h --on monday --from 19:30",
        "study service 30m --on monday",
        "study service 2h --on yesterday",
        "study web/apis 20m",
        "away 2026-12-20 2027-01-03 --why skiing",
    ] {
        sandbox.ok(crate::sandbox::words(line));
    }
    let of = |format: &[&str]| sandbox.ok(["export", "web"].iter().chain(format));
    assert!(of(&[]).contains("**A service in public** (2026-11-16, 3.5 h studied)"));
    assert!(of(&["--format", "html"]).contains(", 3.5 h studied"));
    let csv = of(&["--format", "csv"]);
    let row = csv.lines().find(|line| line.contains("web/service")).unwrap();
    assert!(csv.lines().next().unwrap().ends_with(",minutes") && row.ends_with(",210"), "{row}");
    let json = sandbox.json(["export", "web", "--format", "json"]);
    let stage = json["paths"][0]["stages"].as_array().unwrap().iter();
    let parts = |of: &str| -> Vec<serde_json::Value> {
        let parts = stage.clone().flat_map(|stage| stage[of].as_array().unwrap().clone());
        parts.filter(|part| part["studied"] != serde_json::json!([])).collect()
    };
    let items = parts("items");
    let days = serde_json::json!([
        { "on": "2026-11-16", "minutes": 90 },
        { "on": "2026-11-19", "minutes": 120 },
    ]);
    assert_eq!((items.len(), &items[0]["id"], &items[0]["studied"]), (1, &"service".into(), &days));
    assert_eq!(parts("topics")[0]["studied"][0]["minutes"], 20);
    assert_eq!(json["away"][0]["why"], "skiing");
    for format in ["markdown", "html"] {
        let public = of(&["--public", "--format", format]);
        assert!(public.contains("A service in public"), "{public}");
        for word in ["h studied", "skiing", "19:30", "2026-12-20"] {
            assert!(!public.contains(word), "{word} in {public}");
        }
    }
    // The whole record carries all of it, and comes back whole.
    sandbox.ok(["export", "--full", "-o", "record.json"]);
    let other = shelf::home();
    let record = sandbox.home().join("record.json");
    other.ok(["import", record.to_str().unwrap()]);
    assert_eq!(other.json(["show", "service"])["minutes"], 210);
    assert_eq!(other.json(["away"])["away"][0]["to"], "2027-01-03");
}
