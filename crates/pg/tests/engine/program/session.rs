//! A record on two machines, from its first sync to the end of its log.

use serde_json::json;

use super::Machines;
use crate::kit::database::Database;
use crate::pty::Terminal;
use crate::sandbox::words;

#[test]
fn two_machines_become_one_record() {
    let Some(database) = Database::new() else { return };
    let both = Machines::on(database);
    insta::assert_snapshot!(both.said(&both.laptop, "sync init DATABASE"), @"
    this record now syncs with home (DATABASE): sent 2 changes
      the key is in ~/.local/share/milepost/keys/ID.key; `milepost sync key --show` shows it: keep a copy where you keep passwords, and type it on your other machines
    --- stderr ---
    next: on your other machine, `milepost sync join DATABASE`
    ");
    insta::assert_snapshot!(both.said(&both.laptop, "sync --status"), @"
    home (DATABASE)
      everything here is sent; last synced on 2026-11-20 at 08:30 UTC
    ");
    both.desktop.ok(["done", "web/graphql"]);
    let joined = both.join(&["--yes"]);
    insta::assert_snapshot!(both.spelt(&both.desktop.said(&joined)), @"
    joined home (DATABASE): received 2 changes, sent 1 change
      here before: 1 change on 2026-11-20, by 1 device
      there before: 2 changes on 2026-11-20, by 1 device
      the record from before is kept in ~/.local/share/milepost/progress.db.before-join-2026-11-20
      the key is kept in ~/.local/share/milepost/keys/ID.key
    --- stderr ---
    next: `milepost sync` whenever you want; `milepost` says how much is not synced yet
    ");
    both.laptop.ok(["skip", "web/graphql", "--why", "not now"]);
    let dashboard = both.laptop.ok([""; 0]);
    insta::assert_snapshot!(dashboard.lines().find(|line| line.contains("sync")).unwrap(), @"1 change not synced: `milepost sync`");
    insta::assert_snapshot!(both.said(&both.laptop, "sync --dry-run"), @"
    would have sent 1 change to home (DATABASE) and received 1 change
      web/graphql (GraphQL): done on another machine, skipped here: skipped counts
    ");
    let before = both.segments();
    insta::assert_snapshot!(both.said(&both.laptop, "sync"), @"
    sent 1 change to home (DATABASE) and received 1 change
      web/graphql (GraphQL): done on another machine, skipped here: skipped counts
    ");
    assert_eq!(both.segments(), before + 1, "a dry run sent nothing");
    insta::assert_snapshot!(both.said(&both.desktop, "sync"), @"received 1 change from home (DATABASE)");
    insta::assert_snapshot!(both.said(&both.desktop, "sync"), @"in sync with home (DATABASE)");
    for line in ["log --json", "list web --json", "show web/graphql --json"] {
        assert_eq!(both.laptop.ok(words(line)), both.desktop.ok(words(line)), "{line}");
    }
    for machine in [&both.laptop, &both.desktop] {
        assert_eq!(machine.json(["doctor"])["errors"], 0);
        assert_eq!(machine.json([""; 0])["unsynced"], 0);
    }
    let mut completed = both.laptop.command();
    completed.env("MILEPOST_COMPLETE", "fish").args(["--", "milepost", "sync", "h"]);
    let said = both.laptop.said(&completed.output().unwrap());
    assert!(said.contains("home"), "{said}");
}

#[test]
fn what_the_database_lost_is_told_and_put_back() {
    let Some(database) = Database::new() else { return };
    let both = Machines::joined(database);
    both.laptop.ok(["done", "web/graphql"]);
    both.laptop.ok(["sync"]);
    both.desktop.ok(["sync"]);
    both.database.sql(
        "DELETE FROM milepost_segment WHERE pos = (SELECT max(pos) FROM milepost_segment); \
         UPDATE milepost_log SET head = head - 1",
    );
    insta::assert_snapshot!(both.said(&both.desktop, "sync"), @"
    in sync with home (DATABASE)
    --- stderr ---
    warning: home has lost 1 segment: `milepost sync --repair` puts back what this record has of it
    ");
    insta::assert_snapshot!(both.said(&both.desktop, "sync --repair"), @"
    sent 1 change to home (DATABASE)
    --- stderr ---
    warning: home had lost 1 segment; what this record has of it was put back. Run the same command on your other machines: each puts back what only it has
    ");
    insta::assert_snapshot!(both.said(&both.laptop, "sync"), @"
    in sync with home (DATABASE)
    --- stderr ---
    warning: home has lost 1 segment: `milepost sync --repair` puts back what this record has of it
    ");
    insta::assert_snapshot!(both.said(&both.laptop, "sync"), @"in sync with home (DATABASE)");
    // All of it.
    both.database.sql("DROP TABLE milepost_log, milepost_segment");
    insta::assert_snapshot!(both.said(&both.laptop, "sync"), @"
    --- stderr ---
    error: the log of this record is no longer at home (DATABASE)
    hint: `milepost sync --repair` puts it back from this record; `milepost sync forget` unlinks it
    [exit 1]
    ");
    insta::assert_snapshot!(both.said(&both.laptop, "sync --repair"), @"
    sent 3 changes to home (DATABASE)
    --- stderr ---
    warning: home had lost 3 segments; what this record has of them was put back. Run the same command on your other machines: each puts back what only it has
    ");
    insta::assert_snapshot!(both.said(&both.desktop, "sync"), @"
    in sync with home (DATABASE)
    --- stderr ---
    warning: home has lost 2 segments: `milepost sync --repair` puts back what this record has of them
    ");
    assert_eq!(both.laptop.ok(["log", "--json"]), both.desktop.ok(["log", "--json"]));
}

#[test]
fn a_log_is_erased_when_somebody_says_so() {
    let Some(database) = Database::new() else { return };
    let both = Machines::begun(database);
    insta::assert_snapshot!(both.said(&both.laptop, "sync forget --erase"), @"
    --- stderr ---
    error: the log at home (DATABASE) would be erased; there is no terminal to ask on
    hint: pass `--yes` to confirm; your record here is kept
    [exit 2]
    ");
    assert_eq!(both.database.sql("SELECT count(*) FROM milepost_log"), ["1"]);
    // At a terminal it is asked.
    let ask = |answer: &str| {
        let mut command = both.laptop.command();
        let mut terminal = Terminal::run(command.args(["sync", "forget", "--erase"]), (24, 200));
        terminal.shows("[y/N]");
        terminal.is_asked();
        terminal.press(answer);
        let (code, left) = terminal.ends();
        // Where a line breaks rests on how long the address is.
        let words: Vec<&str> = left.split_whitespace().collect();
        (code, both.spelt(&words.join(" ")))
    };
    let (code, said) = ask("n");
    assert_eq!(both.database.sql("SELECT count(*) FROM milepost_log"), ["1"], "{said}");
    insta::assert_snapshot!(format!("{code:?}\n{said}"), @"
    Some(130)
    Erase the log at home, DATABASE? This record stays; other machines cannot sync there any more. no error: cancelled; nothing was changed
    ");
    let (code, said) = ask("y");
    insta::assert_snapshot!(format!("{code:?}\n{said}"), @"
    Some(0)
    Erase the log at home, DATABASE? This record stays; other machines cannot sync there any more. yes forgot home (DATABASE) and removed the log there, and deleted its key; backups of the database can still have it, encrypted: to get rid of it, ask the people who run the database
    ");
    let left = "SELECT (SELECT count(*) FROM milepost_log), count(*) FROM milepost_segment";
    assert_eq!(both.database.sql(left), ["0|0"]);
    // By itself, and at once.
    both.laptop.ok(["sync", "init", &both.url]);
    insta::assert_snapshot!(both.said(&both.laptop, "sync forget --erase --yes"), @"forgot home (DATABASE) and removed the log there, and deleted its key; backups of the database can still have it, encrypted: to get rid of it, ask the people who run the database");
    assert_eq!(both.database.sql(left), ["0|0"]);
    assert!(both.laptop.db().exists());
}

#[test]
fn scripts_get_what_they_get_from_any_remote() {
    let Some(database) = Database::new() else { return };
    let both = Machines::on(database);
    let url = json!(both.url);
    let made = both.laptop.json(["sync", "init", &both.url]);
    assert_eq!((&made["url"], &made["created"], &made["sent"]), (&url, &json!(true), &json!(2)));
    let mut joined = both.join(&["--json"]);
    let joined: serde_json::Value = serde_json::from_slice(&joined.stdout.split_off(0)).unwrap();
    assert_eq!((&joined["url"], &joined["received"]), (&url, &json!(2)));
    assert_eq!(joined["log"], made["log"]);
    both.laptop.ok(["done", "web/graphql"]);
    let status = both.laptop.json(["sync", "--status"]);
    assert_eq!(status["remotes"][0]["url"], url);
    assert_eq!(status["remotes"][0]["waiting"], 1);
    let dry = both.laptop.json(["sync", "--dry-run"]);
    assert_eq!((&dry["dry_run"], &dry["sent"]), (&json!(true), &json!(1)));
    let synced = both.laptop.json(["sync"]);
    assert_eq!((&synced["sent"], &synced["received"]), (&json!(1), &json!(0)));
    let repaired = both.desktop.json(["sync", "--repair"]);
    assert_eq!((&repaired["received"], &repaired["repaired"]), (&json!(1), &json!(true)));
    let forgotten = both.laptop.json(["sync", "forget", "--erase", "--yes"]);
    assert_eq!((&forgotten["erased"], &forgotten["url"]), (&json!("history-stays"), &url));
    let output = both.command(&both.desktop, "sync --json").output().unwrap();
    let failed: serde_json::Value = serde_json::from_slice(&output.stdout)
        .or_else(|_| serde_json::from_slice(&output.stderr))
        .unwrap_or_else(|error| panic!("{error}: {}", both.desktop.said(&output)));
    assert_eq!(failed["error"]["code"], "nothing-there", "{failed}");
}
