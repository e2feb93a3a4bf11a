//! The end of git and of all that it started: ssh, helpers, what indexes packs.
//!
//! git stays in our group of processes, so that Ctrl-C ends it as it ends us, and so that who can be asked
//! is asked at the terminal, which only that group can read. What belongs to a run of git is therefore
//! found one by one: below it, and, where a process has lost its parent, by a mark in its environment.

use std::process::{Child, Command};

/// The variable that says to which run of git a process belongs.
const MARK: &str = "MILEPOST_GIT_RUN";

/// How often it is looked for processes that were started meanwhile.
#[cfg(unix)]
const LOOKS: usize = 3;

/// Marks what a command starts.
pub(super) fn mark(command: &mut Command, run: &str) {
    command.env(MARK, run);
}

/// Ends a process, whom it started, and whom those started.
pub(super) fn tree(child: &mut Child, run: &str) {
    let root = child.id();
    // First the process that starts others. A process that is already gone needs nothing.
    each(Some(root), run, &mut || drop(child.kill()));
    let _ = child.wait();
}

/// Ends whom a process had started that is gone itself.
pub(super) fn orphans(run: &str) {
    each(None, run, &mut || ());
}

#[cfg(unix)]
fn each(root: Option<u32>, run: &str, first: &mut dyn FnMut()) {
    for _ in 0..LOOKS {
        let others = unix::others(root, run);
        first();
        if others.is_empty() {
            break;
        }
        unix::kill(&others);
    }
}

#[cfg(not(unix))]
fn each(_: Option<u32>, _: &str, first: &mut dyn FnMut()) {
    first();
}

#[cfg(unix)]
mod unix {
    use rustix::process::{Pid, Signal, kill_process};

    /// A process, its parent, and whether it belongs to the run that is looked for.
    type Process = (u32, u32, bool);

    pub(super) fn kill(processes: &[u32]) {
        for process in processes.iter().filter_map(|id| Pid::from_raw(id.cast_signed())) {
            let _ = kill_process(process, Signal::KILL);
        }
    }

    /// The processes below another one, and those that belong to its run.
    pub(super) fn others(root: Option<u32>, run: &str) -> Vec<u32> {
        let all = processes(run);
        let ours = all.iter().filter(|(id, _, is_ours)| *is_ours && root != Some(*id));
        let mut found: Vec<u32> = root.into_iter().chain(ours.map(|(id, ..)| *id)).collect();
        let mut at = 0;
        while let Some(parent) = found.get(at).copied() {
            let below = all.iter().filter(|(_, its_parent, _)| *its_parent == parent);
            for (id, ..) in below {
                if !found.contains(id) {
                    found.push(*id);
                }
            }
            at += 1;
        }
        found.retain(|id| root != Some(*id));
        found
    }

    #[cfg(target_os = "linux")]
    fn processes(run: &str) -> Vec<Process> {
        let mark = format!("{}={run}", super::MARK);
        let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
        let read = |entry: std::fs::DirEntry| {
            let id = entry.file_name().to_str()?.parse().ok()?;
            let line = std::fs::read(entry.path().join("stat")).ok()?;
            let line = String::from_utf8_lossy(&line);
            // The name of the program, in brackets, can hold anything.
            let (_, after) = line.rsplit_once(')')?;
            let parent = after.split_ascii_whitespace().nth(1)?.parse().ok()?;
            // That of other people cannot be read.
            let environment = std::fs::read(entry.path().join("environ")).unwrap_or_default();
            let is_ours = environment.split(|byte| *byte == 0).any(|one| one == mark.as_bytes());
            Some((id, parent, is_ours))
        };
        all.filter_map(read).collect()
    }

    /// As POSIX has it, which does not show the environment.
    #[cfg(not(target_os = "linux"))]
    fn processes(_: &str) -> Vec<Process> {
        let mut list = std::process::Command::new("ps");
        let listed = list.args(["-A", "-o", "pid=", "-o", "ppid="]).output();
        let text = listed.map(|listed| listed.stdout).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let read = |line: &str| {
            let mut numbers = line.split_ascii_whitespace();
            Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?, false))
        };
        text.lines().filter_map(read).collect()
    }
}
