//! Runs the program under strace: counts its system calls, and kills it or refuses at one of them.

use std::path::Path;
use std::process::{Output, Stdio};
use std::sync::OnceLock;

use super::engines;
use super::sandbox::Sandbox;

/// One system call of the program: the how manieth of its name, and its text, home spelt `~`.
#[derive(Debug, Clone)]
pub struct Call {
    pub name: String,
    pub nth: usize,
    pub text: String,
}

/// Stops the program at the calls that are named, at no others.
///
/// That halves the cost of a run. A signal that is sent at such a stop is lost, so kills do without.
const NAMED_ONLY: [&str; 2] = ["--seccomp-bpf", "-f"];
/// Stops the program at each call.
const EVERY_CALL: [&str; 1] = ["-f"];

/// Calls of which a command makes many that are alike.
const ALIKE: [&str; 4] = ["read", "pread64", "write", "pwrite64"];

/// Calls that end a series of reads or writes.
const TURNS: &str = "openat,creat,ftruncate,fallocate,fsync,fdatasync,rename,renameat,renameat2,link,linkat,\
    unlink,unlinkat,flock,close";

/// Whether system calls can be traced here; says so where not.
pub fn is_possible() -> bool {
    static POSSIBLE: OnceLock<bool> = OnceLock::new();
    let possible = *POSSIBLE.get_or_init(|| {
        let sandbox = Sandbox::new();
        let log = sandbox.home().join("log");
        let mut strace = sandbox.program("strace");
        strace.env("PATH", path()).args(NAMED_ONLY).arg("-o").arg(log).arg("true");
        strace.output().is_ok_and(|output| output.status.success())
    });
    if !possible {
        engines::missing("there is no strace 5.3 or newer here, or it is not allowed to trace");
    }
    possible
}

/// The calls of a command, among those named, that name something under home or write to what the
/// program was given. The others belong to the loader and the runtime.
pub fn calls(sandbox: &Sandbox, names: &str, args: &[&str]) -> Vec<Call> {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    // `?` lets strace go on where this machine has no call of that name.
    let names = format!("trace={}", optional(names));
    let options = ["-y", "-o", log.to_str().unwrap(), "-e", &names];
    let output = strace(sandbox, &[&NAMED_ONLY[..], &options].concat(), args);
    assert!(output.status.success(), "{}", super::sandbox::said(&output));
    let log = std::fs::read_to_string(log).unwrap();
    let home = sandbox.home().to_str().unwrap();
    let mut calls: Vec<Call> = Vec::new();
    for line in log.lines() {
        // `PID name(arguments) = result`
        let Some((name, _)) =
            line.split_once(' ').and_then(|(_, call)| call.trim_start().split_once('('))
        else {
            continue;
        };
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            continue;
        }
        let nth = 1 + calls.iter().filter(|call| call.name == name).count();
        calls.push(Call { name: name.to_owned(), nth, text: line.replace(home, "~") });
    }
    calls.retain(|call| call.text.contains("~/") || call.name == "write");
    calls
}

/// As [`calls`], but of those that are alike only the first and the last.
///
/// Alike are reads of one file and one length, and writes to a journal or a new file, with no call of
/// another kind between them. Until the sync or the renaming that follows, nobody reads a journal or a
/// new file, so it does not matter how much of it is there. Each write to the record itself leaves
/// another mixture of old and new pages, and stays.
/// `MILEPOST_ALL_CALLS=1` asks for every call, and the long runs do.
pub fn unlike_calls(sandbox: &Sandbox, names: &str, args: &[&str]) -> Vec<Call> {
    let all = calls(sandbox, &format!("{names},{TURNS}"), args);
    let mut part = 0;
    let mut kinds: Vec<(usize, String)> = Vec::new();
    for call in &all {
        if ALIKE.contains(&call.name.as_str()) {
            kinds.push((part, call.kind()));
        } else {
            part += 1;
            kinds.push((part, String::new()));
        }
    }
    let every = every_call_counts();
    let stays = |at: usize| {
        let is_new = !kinds[..at].contains(&kinds[at]);
        every || is_new || !kinds[at + 1..].contains(&kinds[at])
    };
    let staying = all.iter().enumerate().filter(|(at, _)| stays(*at)).map(|(_, call)| call.clone());
    let names: Vec<&str> = names.split(',').map(str::trim).collect();
    staying.filter(|call| names.contains(&call.name.as_str())).collect()
}

/// Whether sweeps leave no call out.
pub fn every_call_counts() -> bool {
    engines::variable("MILEPOST_ALL_CALLS").is_some_and(|value| value == "1")
}

impl Call {
    /// Its name, the file and the length, without what is written and where.
    fn kind(&self) -> String {
        // `PID pwrite64(5<~/file>, "text"..., 4096, 516) = 4096`
        let (file, rest) = self.text.split_once(", ").unwrap_or((&self.text, ""));
        let length = rest.rsplit_once("\"").map_or(rest, |(_, after)| after);
        let length = length.trim_start_matches("...").trim_start_matches(", ");
        let length = length.split([',', ')']).next().unwrap_or_default();
        // What is said to a person, or changes the record, is one of a kind.
        let of_record = self.name == "pwrite64" && file.ends_with("/progress.db>");
        let own = if self.name == "write" || of_record { rest } else { "" };
        format!("{file} {length} {own}")
    }
}

/// Runs a command that is killed just before a call.
pub fn killed_at(sandbox: &Sandbox, call: &Call, args: &[&str]) -> Output {
    let what = format!("signal=SIGKILL:when={}", call.nth);
    injected(sandbox, call, &what, &EVERY_CALL, args)
}

/// Runs a command that stops at a call, and goes on when something else was done.
pub fn stopped_at(
    sandbox: &Sandbox,
    call: &Call,
    args: &[&str],
    meanwhile: impl FnOnce(),
) -> Output {
    let name = &call.name;
    let trace = format!("trace={name}");
    let inject = format!("inject={name}:signal=SIGSTOP:when={}", call.nth);
    let log = sandbox.home().join("trace");
    let mut strace = sandbox.program("strace");
    strace.env("PATH", path()).args([
        "-f",
        "-o",
        log.to_str().unwrap(),
        "-e",
        &trace,
        "-e",
        &inject,
    ]);
    strace.arg(Sandbox::binary()).args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = strace.spawn().unwrap();
    let stopped = loop {
        let log = std::fs::read_to_string(&log).unwrap_or_default();
        // `PID --- stopped by SIGSTOP ---`
        if let Some(line) = log.lines().find(|line| line.contains("stopped by SIGSTOP")) {
            break line.split(' ').next().unwrap().to_owned();
        }
        assert!(running.try_wait().unwrap().is_none(), "it did not stop: {log}");
        std::thread::sleep(std::time::Duration::from_millis(5));
    };
    meanwhile();
    let goes_on = std::process::Command::new("sh")
        .args(["-c", &format!("kill -CONT {stopped}")])
        .status()
        .unwrap();
    assert!(goes_on.success());
    running.wait_with_output().unwrap()
}

/// Runs a command; gives the calls to a network that it made itself, not what it started. It finds
/// programs in a folder, where one is given.
pub fn network_calls(
    sandbox: &Sandbox,
    args: &[&str],
    programs: Option<&Path>,
) -> (Output, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let names = "trace=%network,execve,?execveat";
    let found = programs.map(|folder| format!("PATH={}", folder.display()));
    let mut options = vec!["-o", log.to_str().unwrap(), "-e", names];
    options.extend(found.iter().flat_map(|found| ["-E", found]));
    let output = strace(sandbox, &[&NAMED_ONLY[..], &options].concat(), args);
    let log = std::fs::read_to_string(log).unwrap();
    (output, made_by_itself(&log))
}

/// The calls of a log that are those of the program and not of one that it started.
fn made_by_itself(log: &str) -> Vec<String> {
    let mut others: Vec<&str> = Vec::new();
    let mut made = Vec::new();
    // The first line is the start of the program itself: `PID execve(…`.
    assert!(log.lines().next().is_some_and(|line| line.contains(" execve(")), "{log}");
    for line in log.lines().skip(1) {
        let (process, call) = line.split_once(' ').unwrap_or((line, ""));
        if call.contains("execve") {
            others.push(process);
        } else if call.contains('(') && !others.contains(&process) {
            made.push(line.to_owned());
        }
    }
    made
}

#[test]
fn a_call_to_a_network_is_seen_and_that_of_a_child_is_not() {
    let log = "7 execve(\"milepost\") = 0\n8 execve(\"git\") = 0\n8 socket(AF_INET) = 3\n\
               9 socket(AF_INET) = 3\n7 connect(3) = 0\n8 +++ exited with 0 +++\n";
    assert_eq!(made_by_itself(log), ["9 socket(AF_INET) = 3", "7 connect(3) = 0"]);
}

/// What is done to a call: strace's words for it, and whether to all of that name after it, too.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    pub what: &'static str,
    pub all_after: bool,
}

/// Runs a command in which a fault befalls a call.
pub fn faulted_at(sandbox: &Sandbox, call: &Call, fault: Fault, args: &[&str]) -> Output {
    let after = if fault.all_after { "+" } else { "" };
    let what = format!("{}:when={}{after}", fault.what, call.nth);
    injected(sandbox, call, &what, &NAMED_ONLY, args)
}

/// Runs a command whose sleeps are over as soon as they begin.
pub fn without_sleep(sandbox: &Sandbox, args: &[&str]) -> Output {
    let calls = "?nanosleep,?clock_nanosleep";
    let (trace, inject) = (format!("trace={calls}"), format!("inject={calls}:retval=0"));
    let options = ["-o", "/dev/null", "-e", &trace, "-e", &inject];
    strace(sandbox, &[&NAMED_ONLY[..], &options].concat(), args)
}

fn injected(sandbox: &Sandbox, call: &Call, what: &str, stops: &[&str], args: &[&str]) -> Output {
    let name = &call.name;
    let trace = format!("trace={name}");
    let inject = format!("inject={name}:{what}");
    let options = ["-o", "/dev/null", "-e", &trace, "-e", &inject];
    strace(sandbox, &[stops, &options].concat(), args)
}

fn strace(sandbox: &Sandbox, options: &[&str], args: &[&str]) -> Output {
    let mut strace = sandbox.program("strace");
    strace.env("PATH", path()).args(options).arg(Sandbox::binary()).args(args);
    strace.output().unwrap()
}

fn optional(names: &str) -> String {
    let names: Vec<String> = names.split(',').map(|name| format!("?{name}")).collect();
    names.join(",")
}

/// Where programs are found.
pub fn path() -> std::ffi::OsString {
    engines::variable("PATH").unwrap_or_default()
}
