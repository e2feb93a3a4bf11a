//! `doctor`: what is found, its remedy, and what `--fix` mends.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rusqlite::Connection;

use crate::sandbox::Sandbox;
use crate::shelf;

/// What the machine that runs the tests can add.
const OF_THE_MACHINE: [&str; 3] = ["network", "space", "owner"];

/// The report, without what depends on the machine: the lines `code severity message | help`.
fn found(sandbox: &Sandbox, args: &[&str]) -> Vec<String> {
    let output = sandbox.output([&["doctor", "--json"], args].concat());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", sandbox.said(&output)));
    let home = sandbox.home().to_str().unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let errors = report["errors"].as_u64().unwrap();
    assert_eq!(errors > 0, !output.status.success(), "{}", sandbox.said(&output));
    assert!(output.stderr.is_empty(), "{}", sandbox.said(&output));
    findings
        .filter(|one| !OF_THE_MACHINE.contains(&one["code"].as_str().unwrap()))
        .map(|one| {
            let severity =
                if one["fixed"] == true { "fixed" } else { one["severity"].as_str().unwrap() };
            let help = one["help"].as_str().unwrap_or("-");
            assert!(severity == "ok" || severity == "fixed" || help != "-", "a remedy: {one}");
            let message = one["message"].as_str().unwrap();
            format!("{} {severity}: {message} | {help}", one["code"].as_str().unwrap())
                .replace(home, "~")
        })
        .collect()
}

/// [`shelf::lived_in`] as the program leaves it, for a copy has the modes of this process; and with
/// nothing that takes the place of what is built in.
fn lived_in() -> Sandbox {
    let sandbox = lived_in_with_career();
    fs::remove_file(sandbox.home().join(".config/milepost/paths/career.toml")).unwrap();
    sandbox
}

fn lived_in_with_career() -> Sandbox {
    let sandbox = shelf::lived_in();
    mode(&sandbox.db(), 0o600);
    mode(sandbox.db().parent().unwrap(), 0o700);
    sandbox
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Changes the record past the program.
fn change(sandbox: &Sandbox, statements: &str) {
    Connection::open(sandbox.db()).unwrap().execute_batch(statements).unwrap();
}

#[test]
fn all_is_well() {
    assert_eq!(
        found(&Sandbox::new(), &[]),
        ["record ok: nothing is recorded yet; the first change will create \
          ~/.local/share/milepost/progress.db | -"]
    );
    let sandbox = lived_in();
    let said = found(&sandbox, &[]);
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].starts_with("record ok: "), "{said:#?}");
    assert!(said[0].contains("all intact"), "{said:#?}");
    assert_eq!(said[1], "paths ok: 2 files with paths of your own, no problems | -");
    assert_eq!(found(&sandbox, &["--fix"]), said, "there is nothing to mend");
}

#[test]
fn what_does_not_follow_from_the_log_is_made_again() {
    let sandbox = lived_in();
    let before = sandbox.json(["status"]);
    change(
        &sandbox,
        "UPDATE standing SET status = 'skipped' WHERE subject = 'tools/pipes';
         DELETE FROM standing WHERE subject = 'web';
         INSERT INTO standing (subject, last, status, since) VALUES ('tools/x', 1, 'done', '2026-01-01')",
    );
    assert_ne!(sandbox.json(["status"]), before, "the answers are wrong, and no command can know");
    let said = found(&sandbox, &[]);
    assert!(said[0].starts_with("standing error: the standing is damaged: "), "{said:#?}");
    assert!(said[0].ends_with("and keeps a copy"), "{said:#?}");
    assert_eq!(sandbox.json(["log"])["schema"], 1);
    let said = found(&sandbox, &["--fix"]);
    assert!(said.iter().any(|one| one.starts_with("standing fixed: ")), "{said:#?}");
    let copy = "record ok: a copy of the earlier version is in \
                ~/.local/share/milepost/progress.db.before-rebuild-2026-11-20 | -";
    assert!(said.iter().any(|one| one == copy), "{said:#?}");
    assert_eq!(sandbox.json(["status"]), before);
    assert!(found(&sandbox, &["--fix"])[0].starts_with("record ok: "), "a second time all is well");
    // The record, its copy, and the last good texts of the followed paths.
    assert_eq!(fs::read_dir(sandbox.db().parent().unwrap()).unwrap().count(), 3);
}

#[test]
fn a_damaged_log_is_told_and_not_touched() {
    let sandbox = lived_in();
    change(
        &sandbox,
        "DROP TRIGGER event_is_never_changed; UPDATE event SET day = '2025-01-01' WHERE seq = 2",
    );
    let before = fs::read(sandbox.db()).unwrap();
    for args in [&[][..], &["--fix"]] {
        let said = found(&sandbox, args);
        assert!(said[0].starts_with("schema error: "), "{said:#?}");
        assert_eq!(
            said[1],
            "log error: the log is damaged: event 2: its checksum does not match | `milepost restore FILE` puts a copy in its place and keeps this one; `backups` beside it has copies of the last few days; check the disk, too"
        );
        assert_eq!(fs::read(sandbox.db()).unwrap(), before);
    }
    assert_eq!(sandbox.code(["doctor"]), 1);
    assert_eq!(sandbox.code(["log"]), 3);
}

#[test]
fn damaged_tables_over_a_sound_log_have_a_way_out() {
    let sandbox = lived_in();
    change(&sandbox, "ALTER TABLE standing ADD COLUMN mood TEXT");
    let said = found(&sandbox, &["--fix"]);
    assert!(said[0].contains("the table `standing` was changed"), "{said:#?}");
    assert!(said[0].contains("`milepost export --full -o record.json`"), "{said:#?}");
    let before = sandbox.json(["status"]);
    sandbox.ok(["export", "--full", "-o", "record.json"]);
    sandbox.ok(["--db", "new.db", "import", "record.json"]);
    fs::rename(sandbox.home().join("new.db"), sandbox.db()).unwrap();
    assert_eq!(sandbox.json(["status"]), before);
    assert!(found(&sandbox, &[])[0].starts_with("record ok: "));
}

#[test]
fn what_another_program_put_around_the_tables_is_mended() {
    for statement in [
        "CREATE TRIGGER theirs AFTER INSERT ON event BEGIN SELECT 1; END",
        "CREATE INDEX theirs ON standing (since)",
        "DROP TRIGGER event_is_never_changed",
        "PRAGMA journal_mode = WAL",
    ] {
        let sandbox = lived_in();
        let before = sandbox.json(["status"]);
        sandbox.ok(["backup", "copy.db"]);
        let copy = Connection::open(sandbox.home().join("copy.db")).unwrap();
        copy.execute_batch(statement).unwrap();
        drop(copy);
        sandbox.ok(["note", "tools/scripts", "later than the copy"]);
        // What `restore` promises, `doctor` keeps.
        let said = sandbox.run(["restore", "copy.db", "--yes"]);
        assert!(said.contains("`milepost doctor --fix` repairs it"), "{statement}: {said}");
        assert!(found(&sandbox, &[]).iter().any(|one| one.contains(" error: ")), "{statement}");
        let said = found(&sandbox, &["--fix"]);
        assert!(said.iter().any(|one| one.contains(" fixed: ")), "{statement}: {said:#?}");
        assert!(found(&sandbox, &[])[0].starts_with("record ok: "), "{statement}");
        assert_eq!(sandbox.json(["status"]), before, "{statement}");
    }
}

#[test]
fn references_that_no_path_can_have_are_found() {
    let sandbox = lived_in();
    assert!(!found(&sandbox, &[]).iter().any(|one| one.starts_with("references ")));
    change(
        &sandbox,
        "INSERT INTO standing (subject, last, status, since) VALUES
             ('..', 1, 'following', '2026-01-01'), ('a/b' || char(10) || 'c', 1, 'done', '2026-01-01')",
    );
    let said = found(&sandbox, &[]);
    let one = said.iter().find(|one| one.starts_with("references warning: ")).unwrap();
    assert!(
        one.contains("2 references that no path can contain, including `a/b c` and `..`"),
        "{one}"
    );
}

#[test]
fn what_others_may_do_is_found_and_mended() {
    let sandbox = lived_in();
    let folder = sandbox.db().parent().unwrap().to_owned();
    mode(&sandbox.db(), 0o664);
    mode(&folder, 0o755);
    fs::write(folder.join(".milepost-x.new"), "").unwrap();
    let said = found(&sandbox, &[]);
    let codes: Vec<&str> = said.iter().map(|one| one.split(':').next().unwrap()).collect();
    assert_eq!(
        codes,
        ["permissions warning", "permissions warning", "leftovers note", "record ok", "paths ok"],
        "{said:#?}"
    );
    assert_eq!(sandbox.code(["doctor"]), 0, "warnings are no errors");
    let said = found(&sandbox, &["--fix"]);
    assert_eq!(said.iter().filter(|one| one.contains(" fixed: ")).count(), 3, "{said:#?}");
    assert_eq!(fs::metadata(sandbox.db()).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    assert!(found(&sandbox, &[])[0].starts_with("record ok: "));
}

#[test]
fn paths_and_what_is_recorded_of_them() {
    let sandbox = lived_in_with_career();
    let paths = ".config/milepost/paths";
    fs::remove_file(sandbox.home().join(paths).join("web.toml")).unwrap();
    sandbox.write(&format!("{paths}/broken.toml"), "format = 1\nid = \"broken\"\ntitel = 3\n");
    sandbox.write(&format!("{paths}/copy.toml"), shelf::TOOLS);
    sandbox.write(
        &format!("{paths}/foundations.toml"),
        &shelf::TOOLS.replace("id = \"tools\"", "id = \"foundations\""),
    );
    let said: Vec<String> =
        found(&sandbox, &[]).into_iter().filter(|one| !one.starts_with("record ok")).collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    paths error: ~/.config/milepost/paths/broken.toml:3:1: a path has no key `titel` (1 error, 0 warnings); it is ignored | `milepost check ~/.config/milepost/paths/broken.toml` shows every problem
    paths warning: ~/.config/milepost/paths/career.toml:21:10: there is no usable path `web` (5 errors, 0 warnings) | `milepost check ~/.config/milepost/paths/career.toml` shows every problem
    paths warning: two files have the id `tools`, and only one is used: ~/.config/milepost/paths/copy.toml and ~/.config/milepost/paths/tools.toml | give each path its own id, or move one of the files away
    paths note: ~/.config/milepost/paths/career.toml replaces the built-in career file `career` | `milepost remove career` restores the built-in one
    paths note: ~/.config/milepost/paths/foundations.toml replaces the built-in path `foundations` | `milepost remove foundations` restores the built-in one
    missing-path warning: you follow the path `web`, but it is not installed | `milepost add` its file again, or `milepost stop web`; its record is kept
    retired note: no installed path contains 4 items of your record: web/apis, web/rest, web/rest-guide and web/service | they are kept, and `milepost show` shows each; if something replaced one, say so in the path file: `replaces = ["old-id"]`
    "#);
}

#[test]
fn the_configuration_the_clock_and_the_zone() {
    let mut sandbox = lived_in();
    sandbox.write(".config/milepost/config.toml", "color = \"always\"\nfont = \"big\"\n");
    sandbox.set("MILEPOST_NOW", "2026-11-20T08:00:00+01:00").set("TZ", "Nowhere/At_All");
    let said = found(&sandbox, &[]);
    let said: Vec<&String> = said.iter().filter(|one| !one.contains(" ok: ")).collect();
    let starts = [
        "clock warning: the latest event has the time 2026-11-20 08:30:00 UTC, which",
        "zone warning: TZ is `Nowhere/At_All`",
        "config error: ~/.config/milepost/config.toml:2: unknown key `font`",
    ];
    // Where no zones are installed, none can be looked up.
    let starts = starts.iter().filter(|start| {
        !start.starts_with("zone") || std::path::Path::new("/usr/share/zoneinfo").is_dir()
    });
    for (one, start) in said.iter().zip(starts) {
        assert!(one.starts_with(start), "{said:#?}");
    }
    assert_eq!(sandbox.code(["doctor"]), 1);
    assert_eq!(sandbox.code(["status"]), 1, "other commands refuse");
}

#[test]
fn a_note_that_was_not_recorded_is_named() {
    let sandbox = lived_in();
    sandbox.write(".local/share/milepost/drafts/http-aBc123/note.md", "what I learnt\n");
    sandbox.write(".local/share/milepost/drafts/rest-dEf456/note.md", "");
    let file = "~/.local/share/milepost/drafts/http-aBc123/note.md";
    let drafts = found(&sandbox, &[]);
    assert_eq!(drafts.iter().filter(|one| one.starts_with("drafts")).count(), 1, "{drafts:#?}");
    let told = format!(
        "drafts note: {file} holds a note that was not recorded | \
         `milepost note REF - < {file}` records it; then delete the file"
    );
    assert!(drafts.contains(&told), "{drafts:#?}");
}

#[test]
fn a_command_in_a_hint_can_be_pasted() {
    let sandbox = Sandbox::new();
    let folder = sandbox.write("my own/milepost notes/x", "").parent().unwrap().to_owned();
    mode(&folder, 0o777);
    let mut command = sandbox.command();
    command.args(["doctor", "--db"]).arg(folder.join("progress.db")).env("COLUMNS", "40");
    let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(said.contains("`chmod go-w\n"), "{said}");
    assert!(said.contains(&format!("'{}'`,", folder.display())), "one word, on one line: {said}");
}

#[test]
fn names_can_be_copied_from_the_report() {
    let sandbox = lived_in();
    let folder = format!("a folder with blanks/{}", "and-a-long-name-".repeat(8));
    let file = sandbox.write(&format!("{folder}/broken.toml"), "format = 1\ntitel = 3\n");
    let report = |columns: Option<&str>| {
        let mut command = sandbox.command();
        command.env_remove("COLUMNS").env("MILEPOST_PATHS", &file).arg("doctor");
        command.envs(columns.map(|columns| ("COLUMNS", columns)));
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let name = file.to_str().unwrap();
    let said = report(None);
    assert!(said.contains(&format!("{name}:1:1: ")), "in a pipe it is whole: {said}");
    assert!(said.contains(&format!("`milepost check '{name}'` shows every problem")), "{said}");
    let end = name.rsplit_once(' ').unwrap().1;
    assert!(report(Some("60")).contains(end), "on a screen it is broken at blanks only");
}

#[test]
fn a_record_that_is_none_is_told_as_what_it_is() {
    let cut = fs::read(lived_in().db()).unwrap()[..5000].to_vec();
    for (bytes, words) in [
        (&b"not a database"[..], "is not a SQLite database"),
        (b"", "is empty"),
        (&cut, "is damaged: it is cut off | `milepost restore FILE`"),
    ] {
        let sandbox = Sandbox::new();
        sandbox.write(".local/share/milepost/progress.db", "");
        fs::write(sandbox.db(), bytes).unwrap();
        mode(&sandbox.db(), 0o600);
        assert_eq!(sandbox.code(["doctor"]), 3);
        let said = found(&sandbox, &["--fix"]);
        assert!(said.iter().any(|one| one.contains(words)), "{said:#?}");
        assert_eq!(fs::read(sandbox.db()).unwrap(), bytes);
    }
}
