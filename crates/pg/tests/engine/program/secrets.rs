//! What nobody but the learner must see is in nothing that others can look at.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::Machines;
use crate::kit::database::Database;
use crate::kit::home::run;
use crate::kit::proxy::{Direction, Proxy};
use crate::pty::Terminal;

/// A text that must not be found, in each form that it could have.
struct Canary {
    name: &'static str,
    forms: Vec<Vec<u8>>,
}

impl Canary {
    fn new(name: &'static str, text: &str) -> Self {
        let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
        let plain = text.replace('-', "");
        let forms = [text, &text.to_lowercase(), &plain, &plain.to_lowercase()];
        let mut forms: Vec<Vec<u8>> =
            forms.iter().flat_map(|form| [form.to_string(), hex(form)]).map(Vec::from).collect();
        forms.dedup();
        Self { name, forms }
    }

    fn is_not_in(&self, what: &str, bytes: &[u8]) {
        for form in &self.forms {
            let found = bytes.windows(form.len()).position(|part| part == form.as_slice());
            let around = |at: usize| {
                let part = &bytes[at.saturating_sub(80)..bytes.len().min(at + 80)];
                String::from_utf8_lossy(part).into_owned()
            };
            assert!(found.is_none(), "{} in {what}: {}", self.name, around(found.unwrap_or(0)));
        }
    }
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn nobody_sees_what_is_the_learners() {
    let Some(database) = Database::new() else { return };
    let proxy = Proxy::to(database.cluster);
    let url = database.url_at(&database.owner, proxy.port());
    let mut both = Machines::at(database, url);
    proxy.record();
    let mut said: Vec<(String, Vec<u8>)> = Vec::new();
    for line in [
        "note web/rest \"canary-of-a-note\"",
        "done web/service --evidence https://example.org/canary-of-evidence",
        "skip web/graphql --why \"canary-of-a-reason\"",
    ] {
        both.command(&both.laptop, line).output().unwrap();
    }
    // The titles that a record has of its items.
    let titles = ["Designing APIs", "A service in public"];
    both.laptop.ok(["done", "web/rest-guide"]);
    let mut tell = |both: &Machines<'_>, line: &str| {
        for (machine, sandbox) in [("laptop", &both.laptop), ("desktop", &both.desktop)] {
            let output = both.command(sandbox, line).output().unwrap();
            let bytes = [output.stdout, output.stderr].concat();
            said.push((format!("what the {machine} says to `{line}`"), bytes));
        }
    };
    tell(&both, "sync init DATABASE");
    let joined = both.join(&["--yes", "--device", "canary-machine"]);
    assert!(joined.status.success(), "{}", both.desktop.said(&joined));
    for line in
        ["sync", "sync --status", "sync --json", "sync --dry-run", "sync --repair", "doctor"]
    {
        tell(&both, line);
    }
    let key = both.key();
    let password = both.database.owner.password.clone();
    // While it runs, what other users of the machine see of it.
    both.laptop.ok(["note", "web/rest", "canary-of-a-note, again"]);
    let before = proxy.counts().messages_to_server;
    proxy.stall_after(Direction::ToServer, 6);
    let mut command = both.command(&both.laptop, "sync --timeout 30");
    let mut sync = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let end = Instant::now() + Duration::from_secs(30);
    while proxy.counts().messages_to_server < before + 6 && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(5));
    }
    let seen = fs::read(format!("/proc/{}/cmdline", sync.id())).unwrap_or_default();
    assert!(
        cfg!(not(target_os = "linux")) || seen.ends_with(b"sync\0--timeout\x0030\0"),
        "{seen:?}"
    );
    let in_argv = |canary: &Canary| canary.is_not_in("argv", &seen);
    // Wrong passwords are shown as little as right ones.
    proxy.heal();
    assert!(sync.wait().unwrap().success());
    both.laptop.set("PGPASSWORD", "canary-of-a-wrong-password");
    tell(&both, "sync");
    tell(&both, "sync --json");
    // Typed, it stays in this process.
    both.laptop.set("PGPASSWORD", "");
    let mut command = both.laptop.command();
    let mut terminal = Terminal::run(command.arg("sync"), (24, 100));
    terminal.shows("(not shown)");
    terminal.is_asked();
    for place in ["cmdline", "environ"] {
        let seen = fs::read(format!("/proc/{}/{place}", terminal.child.id())).unwrap_or_default();
        Canary::new("the password", &password).is_not_in(place, &seen);
    }
    terminal.press(&format!("{password}\r"));
    let (code, left) = terminal.ends();
    assert_eq!(code, Some(0), "{left}");
    said.push(("the screen".to_owned(), left.into_bytes()));

    let cluster = both.database.cluster;
    let mut dump = cluster.command("pg_dump");
    dump.arg("--host").arg(cluster.folder()).arg(format!("--port={}", cluster.port()));
    let dump = run(dump.args(["--username=postgres", &both.database.name]));
    assert!(dump.contains("milepost_segment"), "{dump}");
    let log = both.database.log();
    assert!(log.contains("INSERT INTO milepost_segment") && log.contains("$1 = "), "{log}");
    let mut open = vec![("the dump", dump.into_bytes()), ("the server's log", log.into_bytes())];
    for way in [Direction::ToServer, Direction::ToClient] {
        open.push(("what passed", proxy.recorded(way)));
    }
    let records: Vec<(String, Vec<u8>)> = [&both.laptop, &both.desktop]
        .iter()
        .flat_map(|sandbox| files(sandbox.home()))
        .map(|file| (file.display().to_string(), fs::read(file).unwrap()))
        .collect();
    assert!(records.iter().any(|(file, _)| file.ends_with("progress.db")));

    let mut learners = vec![
        Canary::new("a note", "canary-of-a-note"),
        Canary::new("evidence", "canary-of-evidence"),
        Canary::new("a reason", "canary-of-a-reason"),
        Canary::new("the name of the machine", "canary-machine"),
        Canary::new("an item", "web/rest"),
    ];
    learners.extend(titles.map(|title| Canary::new("a title", title)));
    let secrets = [
        Canary::new("the password", &password),
        Canary::new("a wrong password", "canary-of-a-wrong-password"),
        Canary::new("the key", &key),
    ];
    for canary in learners.iter().chain(&secrets) {
        for (what, bytes) in &open {
            canary.is_not_in(what, bytes);
        }
        in_argv(canary);
    }
    for canary in &secrets {
        for (what, bytes) in &said {
            canary.is_not_in(what, bytes);
        }
        for (file, bytes) in &records {
            if !file.contains("/keys/") {
                canary.is_not_in(file, bytes);
            }
        }
    }
    // They are found where they are.
    let record = records.iter().find(|(file, _)| file.ends_with("progress.db")).unwrap();
    let has = |text: &str| record.1.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(has("canary-of-a-note") && has(titles[0]) && has("web/rest"));
    assert!(
        records.iter().any(|(file, bytes)| file.contains("/keys/")
            && String::from_utf8_lossy(bytes).contains(&key))
    );
}
