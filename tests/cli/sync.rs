//! One record on several machines, as people meet it.

use std::fs;
use std::process::{Output, Stdio};

use crate::prompts::answered;
use crate::sandbox::{Sandbox, words};
use crate::shelf;

/// Two machines and what carries a folder between them.
struct Machines {
    laptop: Sandbox,
    desktop: Sandbox,
    carrier: tempfile::TempDir,
}

impl Machines {
    /// The first has the log and its key.
    fn begun() -> Self {
        let machines = Self {
            laptop: shelf::following(),
            desktop: shelf::home(),
            carrier: tempfile::tempdir().unwrap(),
        };
        machines.laptop.ok(["sync", "init", &machines.folder()]);
        machines
    }

    /// Both have it.
    fn joined() -> Self {
        let machines = Self::begun();
        let output = machines.join(&["--yes"]);
        assert!(output.status.success(), "{}", machines.desktop.said(&output));
        machines
    }

    fn folder(&self) -> String {
        self.carrier.path().join("log").to_str().unwrap().to_owned()
    }

    fn key(&self) -> String {
        self.laptop.ok(["sync", "key", "--show", "--quiet"]).trim().to_owned()
    }

    /// The second machine joins; the key comes from standard input.
    fn join(&self, more: &[&str]) -> Output {
        self.join_as(&self.desktop, more)
    }

    fn join_as(&self, machine: &Sandbox, more: &[&str]) -> Output {
        let file = self.carrier.path().join("key.txt");
        fs::write(&file, self.key()).unwrap();
        let folder = self.folder();
        let mut command = machine.command();
        command
            .env_remove("COLUMNS")
            .args(["sync", "join", &folder])
            .args(more)
            .stdin(fs::File::open(file).unwrap());
        command.output().unwrap()
    }

    /// What a machine says, with what differs each time spelt in one way.
    fn said(&self, machine: &Sandbox, line: &str) -> String {
        let mut command = machine.command();
        // In a pipe a sentence is one line, however long the name of a folder is.
        command.env_remove("COLUMNS").args(words(&line.replace("FOLDER", &self.folder())));
        self.spelt(&machine.said(&command.output().unwrap()))
    }

    fn spelt(&self, said: &str) -> String {
        let said = said.replace(&self.folder(), "FOLDER");
        let mut spelt = String::new();
        for part in said.split_inclusive(|c: char| !c.is_ascii_hexdigit() && c != '-') {
            let end = part.char_indices().next_back().map_or(0, |(at, _)| at);
            let (id, rest) = part.split_at(end);
            let is_id = id.len() == 36 && id.matches('-').count() == 4;
            spelt.push_str(&if is_id { format!("ID{rest}") } else { part.to_owned() });
        }
        spelt
    }
}

#[test]
fn two_machines_become_one_record() {
    let both = Machines::begun();
    insta::assert_snapshot!(both.said(&both.laptop, "sync --status"), @"
    home (FOLDER)
      everything here is sent; last synced on 2026-11-20 at 08:30 UTC
    ");
    both.desktop.ok(["done", "web/graphql"]);
    let asked = both.join(&[]);
    insta::assert_snapshot!(both.spelt(&both.desktop.said(&asked)), @"
    --- stderr ---
    error: this record has changes of its own, which would become part of the log; there is no terminal to ask on
      here: 1 change on 2026-11-20, by 1 device
      there: 2 changes on 2026-11-20, by 1 device
    hint: pass `--yes` to confirm; a copy of the record as it is now is kept
    [exit 2]
    ");
    let joined = both.join(&["--yes"]);
    insta::assert_snapshot!(both.spelt(&both.desktop.said(&joined)), @"
    joined home (FOLDER): received 2 changes, sent 1 change
      here before: 1 change on 2026-11-20, by 1 device
      there before: 2 changes on 2026-11-20, by 1 device
      the record from before is kept in ~/.local/share/milepost/progress.db.before-join-2026-11-20
      the key is kept in ~/.local/share/milepost/keys/ID.key
    --- stderr ---
    next: `milepost sync` whenever you want; `milepost` says how much is not synced yet
    ");
    both.laptop.ok(["skip", "web/graphql", "--why", "not now"]);
    insta::assert_snapshot!(both.laptop.ok([""; 0]).lines().find(|line| line.contains("sync")).unwrap(), @"1 change not synced: `milepost sync`");
    insta::assert_snapshot!(both.said(&both.laptop, "sync --dry-run"), @"
    would have sent 1 change to home (FOLDER) and received 1 change
      web/graphql (GraphQL): done on another machine, skipped here: skipped counts
    ");
    let said = both.said(&both.laptop, "sync");
    let machine = milepost_core::internals::store::machine_name().unwrap();
    assert!(!said.contains(&machine), "both machines are called so: {said}");
    insta::assert_snapshot!(said, @"
    sent 1 change to home (FOLDER) and received 1 change
      web/graphql (GraphQL): done on another machine, skipped here: skipped counts
    ");
    insta::assert_snapshot!(both.said(&both.desktop, "sync"), @"received 1 change from home (FOLDER)");
    insta::assert_snapshot!(both.said(&both.desktop, "sync"), @"in sync with home (FOLDER)");
    for line in ["log --json", "list web --json", "show web/graphql --json"] {
        let events = |machine: &Sandbox| machine.ok(words(line));
        assert_eq!(events(&both.laptop), events(&both.desktop), "{line}");
    }
    // Each takes back its own.
    both.laptop.ok(["undo"]);
    both.laptop.ok(["sync"]);
    both.desktop.ok(["sync"]);
    assert_eq!(both.desktop.json(["show", "web/graphql"])["status"], "done");
    for machine in [&both.laptop, &both.desktop] {
        assert_eq!(machine.json(["doctor"])["errors"], 0);
        assert_eq!(machine.json([""; 0])["unsynced"], 0);
    }
}

#[test]
fn what_cannot_be_synced_is_refused_with_what_to_do() {
    let both = Machines::begun();
    let bare = Sandbox::new();
    insta::assert_snapshot!(both.said(&bare, "sync"), @"
    --- stderr ---
    error: this record is not synced with anything yet
    hint: `milepost sync init REMOTE` begins a log; `milepost sync join REMOTE` adds this machine to a log that another one began
    [exit 1]
    ");
    insta::assert_snapshot!(both.said(&bare, "sync key --show"), @"
    --- stderr ---
    error: this record is not synced with anything yet
    hint: `milepost sync init REMOTE` begins a log; `milepost sync join REMOTE` adds this machine to a log that another one began
    [exit 1]
    ");
    insta::assert_snapshot!(both.said(&bare, "sync --status"), @"
    this record is not synced with anything yet
    --- stderr ---
    `milepost sync init REMOTE` begins a log; `milepost sync join REMOTE` adds this machine to a log that another one began
    ");
    insta::assert_snapshot!(both.said(&bare, "sync join FOLDER"), @"
    --- stderr ---
    error: this machine does not have the key of the log at home (FOLDER)
    hint: `milepost sync key --show` shows it on another machine; put it into MILEPOST_SYNC_KEY, or into ~/.local/share/milepost/keys/ID.key
    hint: or pipe it in: `milepost sync join FOLDER < key.txt`
    [exit 1]
    ");
    insta::assert_snapshot!(both.said(&bare, "sync init FOLDER"), @"
    --- stderr ---
    error: there is already a log at FOLDER
    hint: `milepost sync join FOLDER` adds this machine to it; `--new` begins another log beside it
    [exit 1]
    ");
    insta::assert_snapshot!(both.said(&bare, "sync init nowhere/near"), @"
    --- stderr ---
    error: there is no folder ~/nowhere, so nothing was created in it
    hint: create it, or plug in the disk; the address of a repository is https://…, ssh://… or user@host:path
    [exit 1]
    ");
    insta::assert_snapshot!(both.said(&bare, "sync init postgres://me:s3cret@example.org/db"), @"
    --- stderr ---
    error: this address has a password in it, which would be stored and shown
    hint: leave it out: milepost asks for it, or takes it from PGPASSWORD or the passfile (~/.pgpass)
    [exit 1]
    ");
    insta::assert_snapshot!(both.said(&bare, "sync init https://me:s3cret@example.org/x.git"), @"
    --- stderr ---
    error: this address has a password or a token in it, which would be stored and shown
    hint: leave it out: git asks for it, or knows it from its credential helper
    [exit 1]
    ");
    insta::assert_snapshot!(both.said(&bare, "sync init s3://bucket"), @"
    --- stderr ---
    error: git does not speak this protocol by itself
    hint: use https://, ssh://, git://, file:// or user@host:path, or name a folder
    [exit 2]
    ");
    insta::assert_snapshot!(both.said(&bare, "sync init FOLDER --name join"), @"
    --- stderr ---
    error: `join` cannot be the name of a remote
    hint: use up to 40 letters, digits, `-`, `_` or `.`; `init`, `join`, `key`, `forget` and `help` are commands
    [exit 2]
    ");
    insta::assert_snapshot!(both.said(&both.laptop, "sync init FOLDER"), @"
    --- stderr ---
    error: this record already has a remote `home`: FOLDER
    hint: `milepost sync` syncs with it; `--name NAME` adds another remote, `milepost sync forget home` unlinks this one
    [exit 1]
    ");
    insta::assert_snapshot!(both.said(&both.laptop, "sync init"), @"
    --- stderr ---
    error: `milepost sync init` needs REMOTE
      REMOTE: A git URL, the path of a repository, a folder, or postgres://…
    hint: for example `milepost sync init git@example.org:me/record.git`
    hint: `milepost sync init --help` explains the rest
    [exit 2]
    ");
    insta::assert_snapshot!(both.said(&both.laptop, "sync jion FOLDER"), @"
    --- stderr ---
    error: `milepost sync` has no command `jion`
    hint: did you mean `join`?
    [exit 2]
    ");
    insta::assert_snapshot!(both.said(&both.laptop, "sync push FOLDER"), @"
    --- stderr ---
    error: `milepost sync` has no command `push`
    hint: `milepost sync --help` lists its commands
    [exit 2]
    ");
    insta::assert_snapshot!(both.said(&both.laptop, "sync work"), @"
    --- stderr ---
    error: there is no remote `work`
    hint: `milepost sync --status` lists them
    [exit 1]
    ");
    insta::assert_snapshot!(both.said(&both.laptop, "sync forget --erase"), @"
    --- stderr ---
    error: the log at home (FOLDER) would be erased; there is no terminal to ask on
    hint: pass `--yes` to confirm; your record here is kept
    [exit 2]
    ");
    // Another log, with the key of the first.
    let other = Machines::begun();
    let mut stranger = shelf::following();
    stranger.set("MILEPOST_SYNC_KEY", &other.key());
    insta::assert_snapshot!(both.said(&stranger, "sync join FOLDER --yes"), @"
    --- stderr ---
    error: this key does not open the log at FOLDER
    hint: `milepost sync key --show` shows the right one on a machine of that log
    [exit 1]
    ");
    stranger.set("MILEPOST_SYNC_KEY", &other.key().replace('-', "")[1..]);
    insta::assert_snapshot!(both.said(&stranger, "sync join FOLDER --yes"), @"
    --- stderr ---
    error: MILEPOST_SYNC_KEY: this is not a key: it has 55 characters, and a key has 56
    hint: set it to what `milepost sync key --show` shows, or unset it
    [exit 2]
    ");
    // A record belongs to one log.
    let mut member = other.laptop;
    member.set("MILEPOST_SYNC_KEY", &both.key());
    insta::assert_snapshot!(both.said(&member, "sync join FOLDER --name second"), @"
    --- stderr ---
    error: this record belongs to the log ID, and the one there is ID
    hint: use another record, with `--db FILE`; to merge two logs of yours, unlink this record first, with `milepost sync forget`
    [exit 1]
    ");
    fs::rename(both.folder(), format!("{}-away", both.folder())).unwrap();
    insta::assert_snapshot!(both.said(&both.laptop, "sync"), @"
    --- stderr ---
    error: the folder of the remote is not there: FOLDER
    hint: plug in or mount the disk, and sync again; everything else works without it
    [exit 1]
    ");
    fs::create_dir(both.folder()).unwrap();
    insta::assert_snapshot!(both.said(&both.laptop, "sync"), @"
    --- stderr ---
    error: the log of this record is no longer at home (FOLDER)
    hint: `milepost sync --repair` puts it back from this record; `milepost sync forget` unlinks it
    [exit 1]
    ");
}

#[test]
fn the_key_is_typed_unseen_and_never_shown_by_itself() {
    let both = Machines::begun();
    let key = both.key();
    let line = format!("sync join {}", both.folder());
    use milepost::prompt::Answer::{Confirm, Text};
    both.desktop.ok(["done", "web/graphql"]);
    let typed = [Text(Some("JR9T-nonsense".to_owned())), Text(Some(key.clone())), Confirm(true)];
    let said = both.spelt(&answered(&both.desktop, &line, &typed));
    let (_, said) = said.split_once("--- stderr ---\n").unwrap();
    insta::assert_snapshot!(said, @"
    the log is encrypted: `milepost sync key --show` shows its key on a machine that
      has it
    this is not a key: it has 12 characters, and a key has 56
    here:  1 change on 2026-11-20, by 1 device
    there: 2 changes on 2026-11-20, by 1 device
    next: `milepost sync` whenever you want; `milepost` says how much is not synced
      yet
    ");
    assert!(!said.contains(&key[..9]), "{said}");
    for line in ["sync", "sync --status", "sync key", "doctor", "sync --json", "export --full"] {
        let said = both.laptop.run(words(line));
        assert!(!said.contains(&key[..9]), "{line}: {said}");
    }
    insta::assert_snapshot!(both.said(&both.laptop, "sync key"), @"the key is in ~/.local/share/milepost/keys/ID.key; `milepost sync key --show` shows it");
    let check = |given: &str| {
        let file = both.carrier.path().join("given");
        fs::write(&file, given).unwrap();
        let mut command = both.laptop.command();
        command
            .env_remove("COLUMNS")
            .args(["sync", "key", "--check"])
            .stdin(fs::File::open(&file).unwrap());
        both.spelt(&both.laptop.said(&command.output().unwrap()))
    };
    insta::assert_snapshot!(check(&key.to_lowercase().replace('-', " ")), @"this is the key of this log");
    insta::assert_snapshot!(check(&Machines::begun().key()), @"
    --- stderr ---
    error: this is a key, but not the key of this log
    hint: `milepost sync key --show` shows the key of this log
    [exit 1]
    ");
    insta::assert_snapshot!(check("one two"), @"
    --- stderr ---
    error: this is not a key: it has 6 characters, and a key has 56
    hint: `milepost sync key --show` shows it on a machine that has it
    [exit 1]
    ");
    insta::assert_snapshot!(check(""), @"
    --- stderr ---
    error: no key was given, and there is no terminal to ask on
    hint: pipe it in, or set MILEPOST_SYNC_KEY; an argument would be visible to others
    [exit 2]
    ");
}

#[test]
fn what_the_remote_lost_is_told_and_put_back() {
    let both = Machines::joined();
    both.laptop.ok(["done", "web/graphql"]);
    both.laptop.ok(["sync"]);
    both.desktop.ok(["sync"]);
    let mut newest = Vec::new();
    for entry in walk(both.carrier.path()) {
        if entry.to_str().unwrap().ends_with(".seg") {
            newest.push(entry);
        }
    }
    newest.sort_by_key(|file| fs::metadata(file).unwrap().modified().unwrap());
    fs::remove_file(newest.last().unwrap()).unwrap();
    insta::assert_snapshot!(both.said(&both.desktop, "sync"), @"
    in sync with home (FOLDER)
    --- stderr ---
    warning: home has lost 1 segment: `milepost sync --repair` puts back what this record has of it
    ");
    insta::assert_snapshot!(both.said(&both.desktop, "sync --repair"), @"
    sent 1 change to home (FOLDER)
    --- stderr ---
    warning: home had lost 1 segment; what this record has of it was put back. Run the same command on your other machines: each puts back what only it has
    ");
    insta::assert_snapshot!(both.said(&both.laptop, "sync"), @"
    in sync with home (FOLDER)
    --- stderr ---
    warning: home has lost 1 segment: `milepost sync --repair` puts back what this record has of it
    ");
    // A file that is cut off is left out and named.
    let torn = &newest[0];
    let whole = fs::read(torn).unwrap();
    fs::write(torn, &whole[..whole.len() / 2]).unwrap();
    let third = shelf::home();
    let said = third.said(&both.join_as(&third, &[]));
    assert!(said.contains("is not whole yet"), "{said}");
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(walk(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[test]
fn a_copy_of_a_record_goes_on_as_a_device_of_its_own() {
    let both = Machines::joined();
    both.laptop.ok(["backup", "before.db"]);
    both.laptop.ok(["done", "web/graphql"]);
    both.laptop.ok(["sync"]);
    both.laptop.ok(["restore", "before.db", "--yes"]);
    insta::assert_snapshot!(both.said(&both.laptop, "sync"), @"
    received 1 change from home (FOLDER)
      this record is a copy of one that has synced since, or an earlier state of it: from now on it counts as a device of its own, and nothing is lost
    ");
    assert_eq!(both.laptop.json(["show", "web/graphql"])["status"], "done");
}

#[test]
fn followed_paths_that_are_not_installed_are_named() {
    let machines = Machines {
        laptop: shelf::following(),
        desktop: Sandbox::new(),
        carrier: tempfile::tempdir().unwrap(),
    };
    machines.laptop.ok(["sync", "init", &machines.folder()]);
    let joined = machines.join(&[]);
    insta::assert_snapshot!(machines.spelt(&machines.desktop.said(&joined)), @"
    joined home (FOLDER): received 2 changes
      here before: nothing recorded
      there before: 2 changes on 2026-11-20, by 1 device
      the key is kept in ~/.local/share/milepost/keys/ID.key
    --- stderr ---
    warning: you follow the paths `tools` and `web`, which are not installed here; sync carries no path files: copy their files from the other machine and `milepost add` them
    next: `milepost sync` whenever you want; `milepost` says how much is not synced yet
    ");
    let said = machines.desktop.run(["doctor"]);
    assert!(said.contains("sync carries no path files"), "{said}");
}

#[test]
fn a_clock_that_is_ahead_is_told_by_doctor() {
    let mut both = Machines::joined();
    both.laptop.set("MILEPOST_NOW", "2026-11-20T13:45:00+01:00");
    both.laptop.ok(["done", "web/graphql"]);
    both.laptop.ok(["sync"]);
    both.desktop.ok(["sync"]);
    let said = both.said(&both.desktop, "doctor");
    let said: Vec<_> = said.lines().skip_while(|line| !line.starts_with("warning")).collect();
    insta::assert_snapshot!(said[..2].join("\n"), @"
    warning another device (ID) recorded something at 2026-11-20 12:45:00 UTC, which is 4 hours ahead of the clock here: one of the two is wrong, or was
            help: set the clock that is wrong; days can be off, and the order of what was recorded does not depend on it
    ");
}

#[test]
fn names_of_remotes_are_completed() {
    let both = Machines::begun();
    let stick = both.carrier.path().join("stick");
    both.laptop.ok(["sync", "init", stick.to_str().unwrap(), "--name", "stick"]);
    let mut command = both.laptop.command();
    command.env("MILEPOST_COMPLETE", "fish").args(["--", "milepost", "sync", "s"]);
    let said = both.laptop.said(&command.stdin(Stdio::null()).output().unwrap());
    assert!(said.contains("stick"), "{said}");
    insta::assert_snapshot!(both.said(&both.laptop, "sync"), @"in sync with home (FOLDER)");
    both.laptop.ok(["sync", "forget", "home"]);
    insta::assert_snapshot!(both.said(&both.laptop, "sync").replace(both.carrier.path().to_str().unwrap(), "~"), @"in sync with stick (~/stick)");
    insta::assert_snapshot!(both.said(&both.laptop, "sync forget stick --erase --yes").replace(both.carrier.path().to_str().unwrap(), "~"), @"forgot stick (~/stick) and erased the log there, and deleted its key");
}
