//! Runs the program under strace: counts its system calls, and kills it or refuses at one of them.

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

/// Whether system calls can be traced here; says so where not.
pub fn is_possible() -> bool {
    static POSSIBLE: OnceLock<bool> = OnceLock::new();
    let possible = *POSSIBLE.get_or_init(|| {
        let sandbox = Sandbox::new();
        let log = sandbox.home().join("log");
        let mut strace = sandbox.program("strace");
        strace.env("PATH", path()).arg("-o").arg(log).arg("true");
        strace.output().is_ok_and(|output| output.status.success())
    });
    if !possible {
        engines::missing("there is no strace here, or it may not trace");
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
    let output = strace(sandbox, &["-y", "-o", log.to_str().unwrap(), "-e", &names], args);
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

/// Runs a command that is killed just before a call.
pub fn killed_at(sandbox: &Sandbox, call: &Call, args: &[&str]) -> Output {
    let what = format!("signal=SIGKILL:when={}", call.nth);
    injected(sandbox, call, &what, args)
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

/// What is done to a call: strace's words for it, and whether to all of that name after it, too.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    pub what: &'static str,
    pub all_after: bool,
}

/// Runs a command in which a fault befalls a call.
pub fn faulted_at(sandbox: &Sandbox, call: &Call, fault: Fault, args: &[&str]) -> Output {
    let after = if fault.all_after { "+" } else { "" };
    injected(sandbox, call, &format!("{}:when={}{after}", fault.what, call.nth), args)
}

/// Runs a command whose sleeps are over as soon as they begin.
pub fn without_sleep(sandbox: &Sandbox, args: &[&str]) -> Output {
    let calls = "?nanosleep,?clock_nanosleep";
    let (trace, inject) = (format!("trace={calls}"), format!("inject={calls}:retval=0"));
    strace(sandbox, &["-o", "/dev/null", "-e", &trace, "-e", &inject], args)
}

fn injected(sandbox: &Sandbox, call: &Call, what: &str, args: &[&str]) -> Output {
    let name = &call.name;
    let trace = format!("trace={name}");
    let inject = format!("inject={name}:{what}");
    strace(sandbox, &["-o", "/dev/null", "-e", &trace, "-e", &inject], args)
}

fn strace(sandbox: &Sandbox, options: &[&str], args: &[&str]) -> Output {
    let mut strace = sandbox.program("strace");
    strace.env("PATH", path()).arg("-f").args(options).arg(Sandbox::binary()).args(args);
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
