//! What a sync reaches, whom it holds up, and what of its secrets others see.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use clap::CommandFactory;
use rustix::process::{Pid, Signal, kill_process};

use super::engines;
use super::sandbox::{Sandbox, assert_told, said};
use super::tracing;

/// A use of each command, in this order; each has an answer.
const USES: &[&[&str]] = &[
    &[],
    &["paths"],
    &["start", "ai-integration"],
    &["show", "foundations"],
    &["list"],
    &["doing", "foundations/sql"],
    &["done", "foundations/sql"],
    &["skip", "foundations/algorithms"],
    &["todo", "foundations/algorithms"],
    &["note", "foundations/sql", "one", "--evidence", "https://example.org/"],
    &["redact", "foundations/sql", "1", "--yes"],
    &["snooze", "foundations/algorithms", "2026-12-24"],
    &["study", "foundations/algorithms", "45m"],
    &["away", "2026-12-20"],
    &["undo"],
    &["redo"],
    &["status"],
    &["status", "--short"],
    &["next"],
    &["plan"],
    &["log"],
    &["search", "git"],
    &["assess", "--list"],
    &["roles"],
    &["interview", "--list"],
    &["compare", "ai-integration", "ml-engineering"],
    &["export", "-o", "portfolio.html", "--format", "html"],
    &["export", "--full", "-o", "record.json"],
    &["import", "record.json"],
    &["open", "foundations/cs50-python", "--print"],
    &["new", "fresh", "-o", "fresh.toml"],
    &["fmt", "fresh.toml"],
    &["schema", "path"],
    &["add", "fresh.toml"],
    &["check"],
    &["remove", "fresh", "--yes"],
    &["hide", "foundations/algorithms"],
    &["hide", "--remove", "foundations/algorithms"],
    &["link", "foundations/sql", "https://example.org/wiki"],
    &["sync", "init", "shared"],
    &["sync", "key", "--show"],
    &["sync", "--status"],
    &["done", "foundations/algorithms"],
    &["sync"],
    &["sync", "forget"],
    &["sync", "join", "shared"],
    &["sync", "--repair"],
    &["backup", "backup.db"],
    &["restore", "backup.db"],
    &["doctor"],
    &["config", "set", "name", "Anna"],
    &["completions", "bash"],
    &["stop", "ai-integration"],
];

#[test]
fn no_command_is_left_out() {
    let known = milepost::cli::Cli::command();
    let known = known.get_subcommands().map(|one| one.get_name().to_owned());
    let used: BTreeSet<String> =
        USES.iter().filter_map(|args| args.first()).map(|name| (*name).to_owned()).collect();
    // `mcp` starts another program, and is nothing but that.
    let alone = |name: &String| !["help", "mcp"].contains(&name.as_str());
    assert_eq!(used, known.filter(alone).collect());
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn no_command_opens_a_socket() {
    if !tracing::is_possible() {
        return;
    }
    let sandbox = Sandbox::with_record();
    for args in USES {
        let (output, calls) = tracing::network_calls(&sandbox, args, None);
        assert!(output.status.success(), "{args:?}: {}", said(&output));
        assert!(calls.is_empty(), "{args:?}: {calls:#?}");
    }
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_sync_over_git_opens_no_socket_itself() {
    let Some(git) = Git::new() else { return };
    if !tracing::is_possible() {
        return;
    }
    let sandbox = Sandbox::with_record();
    let repository = git.repository(&sandbox);
    for args in [&["sync", "init", &repository][..], &["done", "foundations/sql"], &["sync"]] {
        let (output, calls) = tracing::network_calls(&sandbox, args, Some(git.folder.path()));
        assert!(output.status.success(), "{args:?}: {}", said(&output));
        assert!(calls.is_empty(), "{args:?}: {calls:#?}");
    }
    assert!(git.log().contains("push"), "git was started: {}", git.log());
}

/// A `git` that writes down with what it is started and then starts the real one, or waits.
struct Git {
    folder: tempfile::TempDir,
    real: PathBuf,
}

impl Git {
    /// None, which is told, where there is no git.
    fn new() -> Option<Self> {
        let Some(real) = engines::program(&["git"]) else {
            engines::missing("there is no git here");
            return None;
        };
        let git = Self { folder: tempfile::tempdir().unwrap(), real };
        git.does("exec \"$real\" \"$@\"");
        Some(git)
    }

    /// From now on it does this.
    fn does(&self, what: &str) {
        let (log, real) = (self.file("log"), self.real.display());
        let path = "/usr/local/bin:/usr/bin:/bin";
        let script = format!(
            "#!/bin/sh\nPATH={path}\nreal={real}\nlog={}\n{{ printf '%s\\n' \"git $*\"; env; }} >> \"$log\"\n\
             {what}\n",
            log.display()
        );
        // Under another name first: another test that starts a program now could hold it open.
        let (new, file) = (self.file("new"), self.file("git"));
        fs::write(&new, script).unwrap();
        fs::set_permissions(&new, fs::Permissions::from_mode(0o755)).unwrap();
        fs::rename(new, file).unwrap();
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn log(&self) -> String {
        fs::read_to_string(self.file("log")).unwrap_or_default()
    }

    /// A repository in a home.
    fn repository(&self, sandbox: &Sandbox) -> String {
        let place = sandbox.home().join("log.git");
        let made =
            Command::new(&self.real).args(["init", "--quiet", "--bare"]).arg(&place).status();
        assert!(made.unwrap().success());
        place.to_str().unwrap().to_owned()
    }

    fn run(&self, sandbox: &Sandbox, args: &[&str], key: Option<&str>) -> Output {
        let mut command = sandbox.milepost(args);
        command.env("PATH", self.folder.path()).envs(key.map(|key| ("MILEPOST_SYNC_KEY", key)));
        command.output().unwrap()
    }
}

#[test]
fn while_a_sync_stalls_everything_else_goes_on() {
    let Some(git) = Git::new() else { return };
    let sandbox = Sandbox::with_record();
    let repository = git.repository(&sandbox);
    let begun = git.run(&sandbox, &["sync", "init", &repository], None);
    assert!(begun.status.success(), "{}", said(&begun));

    let (stalled, go) = (git.file("stalled"), git.file("go"));
    let waits = format!("while [ -e \"$log\" ] && [ ! -e {} ]; do sleep 0.02; done", go.display());
    git.does(&format!(": > {}; {waits}; exit 1", stalled.display()));
    sandbox.ok(&["done", "foundations/sql"]);
    let mut command = sandbox.milepost(&["sync"]);
    command.env("PATH", git.folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut syncing = command.spawn().unwrap();
    while !stalled.exists() {
        assert!(syncing.try_wait().unwrap().is_none(), "it did not come to git");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    for args in [&["done", "foundations/algorithms"][..], &["next"], &[], &["undo"], &["doctor"]] {
        sandbox.ok(args);
        assert!(syncing.try_wait().unwrap().is_none(), "{args:?} waited for the sync");
    }
    // Another sync says for what it waits.
    let other = git.run(&sandbox, &["sync", "--timeout", "1"], None);
    assert_told(&other, &[1]);
    let told = said(&other);
    assert!(told.contains("waiting for it") && told.contains("is still running"), "{told}");

    fs::write(go, "").unwrap();
    let ended = syncing.wait_with_output().unwrap();
    assert_told(&ended, &[1]);

    git.does("exec \"$real\" \"$@\"");
    let after = git.run(&sandbox, &["sync"], None);
    assert!(after.status.success(), "{}", said(&after));
    assert!(sandbox.done().contains("foundations/sql"));
}

/// A push that a hook of the repository holds up for as long as nobody writes `go`.
struct HeldUp {
    git: Git,
    sandbox: Sandbox,
}

impl HeldUp {
    fn new() -> Option<Self> {
        let git = Git::new()?;
        let sandbox = Sandbox::with_record();
        let repository = git.repository(&sandbox);
        let begun = git.run(&sandbox, &["sync", "init", &repository], None);
        assert!(begun.status.success(), "{}", said(&begun));
        let (stalled, go) = (git.file("stalled"), git.file("go"));
        let waits = format!(
            "#!/bin/sh\n: > {}\nwhile [ ! -e {} ]; do sleep 0.02; done\n",
            stalled.display(),
            go.display()
        );
        let hook = Path::new(&repository).join("hooks/pre-receive");
        fs::create_dir_all(hook.parent().unwrap()).unwrap();
        fs::write(&hook, waits).unwrap();
        fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
        sandbox.ok(&["done", "foundations/sql"]);
        Some(Self { git, sandbox })
    }

    /// A sync that has come as far as the hook.
    fn sync(&self, mut command: Command) -> Child {
        let _ = fs::remove_file(self.git.file("stalled"));
        command.env("PATH", self.git.folder.path());
        let mut syncing = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        while !self.git.file("stalled").exists() {
            assert!(syncing.try_wait().unwrap().is_none(), "it did not come to the hook");
            std::thread::sleep(Duration::from_millis(5));
        }
        syncing
    }

    /// What still runs after a while: what a hook was waiting for ends by itself.
    fn left_running(&self) -> Vec<String> {
        let begun = std::time::Instant::now();
        loop {
            let running = self.running();
            if running.is_empty() || begun.elapsed() > Duration::from_secs(10) {
                return running;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// What runs of all that was started in this home.
    fn running(&self) -> Vec<String> {
        let home = format!("HOME={}", self.sandbox.home().display());
        let is_ours = |entry: &fs::DirEntry| {
            let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
            environment.split(|byte| *byte == 0).any(|one| one == home.as_bytes())
        };
        let all = fs::read_dir("/proc").into_iter().flatten().flatten().filter(is_ours);
        all.filter_map(|entry| fs::read_to_string(entry.path().join("stat")).ok()).collect()
    }
}

fn send(to: &Child, signal: Signal) {
    kill_process(Pid::from_child(to), signal).unwrap();
}

#[test]
fn a_signal_that_ends_a_sync_ends_the_git_that_hangs() {
    let Some(held) = HeldUp::new() else { return };
    for signal in [Signal::TERM, Signal::INT, Signal::HUP] {
        // Tests that are run by `nohup`, or behind another command, ignore some, and so would the program.
        let mut command = held.sandbox.program("/usr/bin/env");
        if cfg!(target_os = "linux") {
            command.arg("--default-signal=TERM,INT,HUP");
        }
        let syncing = held.sync({
            command.arg(Sandbox::binary()).arg("sync");
            command
        });
        assert!(cfg!(not(target_os = "linux")) || held.running().len() > 2);
        send(&syncing, signal);
        let ended = syncing.wait_with_output().unwrap();
        assert_eq!(ended.status.signal(), Some(signal.as_raw()), "{}", said(&ended));
        assert_eq!(held.left_running(), [""; 0], "{signal:?}");
    }
    fs::write(held.git.file("go"), "").unwrap();
    let after = held.git.run(&held.sandbox, &["sync"], None);
    assert!(
        String::from_utf8_lossy(&after.stdout).starts_with("sent 1 change"),
        "{}",
        said(&after)
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_signal_that_is_ignored_stays_so_in_a_sync() {
    let Some(held) = HeldUp::new() else { return };
    let mut shell = held.sandbox.program("/bin/sh");
    shell.args(["-c", "trap '' HUP; exec \"$0\" sync"]).arg(Sandbox::binary());
    let syncing = held.sync(shell);
    send(&syncing, Signal::HUP);
    std::thread::sleep(Duration::from_millis(200));
    fs::write(held.git.file("go"), "").unwrap();
    let ended = syncing.wait_with_output().unwrap();
    assert!(ended.status.success(), "{}", said(&ended));
}

#[test]
fn a_secret_is_nowhere_but_where_it_belongs() {
    let Some(git) = Git::new() else { return };
    let sandbox = Sandbox::with_record();
    let repository = git.repository(&sandbox);
    let begun = git.run(&sandbox, &["sync", "init", &repository], None);
    assert!(begun.status.success(), "{}", said(&begun));
    let key = String::from_utf8(sandbox.ok(&["sync", "key", "--show"]).stdout).unwrap();
    let key = key.trim();

    // A machine that is handed the key keeps it nowhere, and hands it to nobody.
    let other = Sandbox::new();
    let joined = git.run(&other, &["sync", "join", &repository, "--device", "ci"], Some(key));
    assert!(joined.status.success(), "{}", said(&joined));
    other.ok(&["note", "foundations/git", "canary"]);
    let synced = git.run(&other, &["sync", "--json"], Some(key));
    assert!(synced.status.success(), "{}", said(&synced));
    let wrong = git.run(&other, &["sync"], Some(&format!("{key}0")));
    let password = "https://me:s3cret@example.org/log.git";
    let refused = git.run(&other, &["sync", "init", password, "--name", "second"], Some(key));
    assert_told(&refused, &[1]);
    for output in [&begun, &joined, &synced, &wrong, &refused] {
        let said = said(output);
        assert!(!said.contains(&key[..9]) && !said.contains("s3cret"), "{said}");
    }
    let log = git.log();
    assert!(log.contains("push") && !log.contains(&key[..9]) && !log.contains("MILEPOST_SYNC_KEY"));

    let secrets = [key.as_bytes(), &bytes_of(key)[..16], b"s3cret"];
    let of_ci = holders(other.home(), &secrets);
    assert!(of_ci.is_empty(), "{of_ci:?}");
    let [kept] = &holders(sandbox.home(), &secrets)[..] else { panic!("one file has the key") };
    assert_eq!(kept.extension().unwrap(), "key");
    // What the carrier has says nothing; the record does.
    assert!(holders(&sandbox.home().join("log.git"), &[b"canary", b"foundations"]).is_empty());
    assert!(!holders(&other.folder(), &[b"canary"]).is_empty());
}

/// The bytes of a key that is shown in Crockford's base32.
fn bytes_of(key: &str) -> Vec<u8> {
    let digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let digits = key.chars().filter_map(|digit| digits.find(digit));
    let bits: Vec<bool> =
        digits.flat_map(|digit| (0..5).rev().map(move |bit| digit >> bit & 1 == 1)).collect();
    let byte = |bits: &[bool]| bits.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit));
    bits.chunks_exact(8).map(byte).collect()
}

/// The files below a folder in which one of these stands.
fn holders(folder: &Path, secrets: &[&[u8]]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holders(&path, secrets));
        } else if let Ok(bytes) = fs::read(&path)
            && secrets.iter().any(|secret| bytes.windows(secret.len()).any(|part| part == *secret))
        {
            found.push(path);
        }
    }
    found
}
