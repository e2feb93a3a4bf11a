//! git as a program that is started: with a list of arguments and never through a shell, with what would
//! bite of the learner's configuration turned off, within a time and within bounded memory.
//!
//! Nothing that it says is understood here but its exit code and what it prints for programs. Credentials,
//! ssh, proxies and where an address leads are the learner's, and so is the rest of their configuration.

mod kill;
mod said;

use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, SyncSender};
use std::thread;
use std::time::{Duration, Instant};

use uuid::Uuid;

use crate::interrupt::Hold;
use crate::sync::remote::RemoteError;
use said::Said;

/// The oldest version that is used: the first with all that is asked of it here.
pub(super) const OLDEST: (u32, u32) = (2, 25);
const NEEDS: &str = "2.25";

/// What of a learner's configuration would change what is kept, start something, wait for somebody, or
/// paint what is repeated.
const SETTINGS: &[&str] = &[
    "color.advice=never",
    "color.push=never",
    "color.remote=never",
    "color.transport=never",
    // What is larger is no segment: it is not held in memory.
    "core.bigFileThreshold=1m",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.logAllRefUpdates=false",
    "core.useReplaceRefs=false",
    "fetch.prune=false",
    "fetch.pruneTags=false",
    "fetch.recurseSubmodules=false",
    // What came is checked as a pack, and not taken apart in memory.
    "fetch.unpackLimit=1",
    "fetch.writeCommitGraph=false",
    "gc.auto=0",
    "gc.autoDetach=false",
    "init.defaultObjectFormat=sha1",
    "init.defaultRefFormat=files",
    "maintenance.auto=false",
    "protocol.ext.allow=never",
    "protocol.fd.allow=never",
    "push.followTags=false",
    "push.gpgSign=false",
    "push.recurseSubmodules=no",
    "submodule.recurse=false",
];

/// What git is not told: secrets of ours, and what says to the program that a hook of another repository
/// starts that it is at work in that one.
const UNSET: &[&str] = &[
    "MILEPOST_SYNC_KEY",
    "PGPASSWORD",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_DEFAULT_HASH",
    "GIT_DEFAULT_REF_FORMAT",
    "GIT_DIR",
    "GIT_GLOB_PATHSPECS",
    "GIT_GRAFT_FILE",
    "GIT_ICASE_PATHSPECS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_TEMPLATE_DIR",
    "GIT_WORK_TREE",
    "LANGUAGE",
];

/// What git is told. With UTC a commit does not say where in the world it was made.
const SET: &[(&str, &str)] = &[("GIT_LITERAL_PATHSPECS", "1"), ("LC_ALL", "C"), ("TZ", "UTC")];

/// Nobody is asked: what would ask fails at once.
const ASK_NOBODY: &[(&str, &str)] = &[
    ("GCM_INTERACTIVE", "never"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("SSH_ASKPASS", "false"),
    ("SSH_ASKPASS_REQUIRE", "force"),
];

/// How often it is seen whether git is still there, and what it does with the disk.
const TICK: Duration = Duration::from_millis(50);

/// How many bytes are read at a time; at most five such pieces wait.
const PIECE: usize = 64 * 1024;

/// When something has to be over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline {
    /// None where it is further away than the clock can say.
    at: Option<Instant>,
    after: Duration,
}

impl Deadline {
    pub(super) fn after(after: Duration) -> Self {
        Self { at: Instant::now().checked_add(after), after }
    }

    pub(super) fn left(&self) -> Duration {
        self.at.map_or(Duration::MAX, |at| at.saturating_duration_since(Instant::now()))
    }

    pub(super) fn over(&self) -> RemoteError {
        RemoteError::TimedOut { after: self.after }
    }
}

/// What writes to git.
pub(super) type Input<'a> = &'a (dyn Fn(&mut dyn Write) -> io::Result<()> + Sync);

/// What takes what git prints, until it has enough.
pub(super) type Output<'a> = &'a mut dyn FnMut(&[u8]) -> ControlFlow<()>;

/// How git ended.
#[derive(Debug)]
pub(super) struct Ended {
    /// None where it was stopped by a signal, or because what it printed was enough.
    code: Option<i32>,
    said: Said,
    /// Whether it was stopped because there was enough of it.
    pub(super) is_cut: bool,
}

impl Ended {
    pub(super) fn is_ok(&self) -> bool {
        self.code == Some(0)
    }

    /// What it said to people, or how it ended where it said nothing.
    pub(super) fn said(&self) -> String {
        let said = self.said.text();
        match self.code {
            _ if !said.is_empty() => said,
            Some(code) => format!("git: exit code {code}"),
            None => "git: stopped by a signal".to_owned(),
        }
    }

    /// With what the other side said in a line for programs.
    pub(super) fn said_with(mut self, summary: &[u8]) -> String {
        self.said.add(summary);
        self.said()
    }
}

/// git, and how it is started.
#[derive(Debug)]
pub(super) struct Program {
    /// What is set in its environment, or taken out of it.
    pub(super) environment: Vec<(OsString, Option<OsString>)>,
}

impl Program {
    pub(super) fn new(can_ask: bool) -> Self {
        let none: &[(&str, &str)] = &[];
        let set = SET.iter().chain(if can_ask { none } else { ASK_NOBODY });
        let set = set.map(|(name, value)| (name.into(), Some(value.into())));
        let unset = UNSET.iter().map(|name| (name.into(), None));
        Self { environment: unset.chain(set).collect() }
    }

    /// Runs `git ARGUMENTS` in a folder, and waits for its end or the deadline. `watch` says from time to
    /// time whether it can go on.
    ///
    /// # Errors
    /// There is no git; it cannot be started; or its time is over. Then nothing of it is left running. Nor is
    /// it where a signal ends the program meanwhile.
    pub(super) fn run(
        &self,
        folder: &Path,
        arguments: &[&OsStr],
        deadline: Deadline,
        input: Option<Input<'_>>,
        output: Output<'_>,
        watch: &dyn Fn() -> ControlFlow<()>,
    ) -> Result<Ended, RemoteError> {
        if deadline.left().is_zero() {
            return Err(deadline.over());
        }
        // It is the last to be dropped: what was started is ended first.
        let hold = Hold::begin();
        let run = Uuid::new_v4().to_string();
        let mut command = self.command(folder, arguments, input.is_some());
        kill::mark(&mut command, &run);
        let mut child = command.spawn().map_err(|error| {
            // A folder that is not there is told in the same way; the caller made it.
            if error.kind() == ErrorKind::NotFound { no_git() } else { not_run(folder, error) }
        })?;
        let stdin = child.stdin.take();
        let talk = thread::scope(|scope| {
            if let (Some(input), Some(mut stdin)) = (input, stdin) {
                // Where git ends before it has all, its exit code says so.
                let write = move || drop(input(&mut stdin).and_then(|()| stdin.flush()));
                if let Err(error) = thread::Builder::new().spawn_scoped(scope, write) {
                    kill::tree(&mut child, &run);
                    return Err(not_run(folder, error));
                }
            }
            let watch = || if hold.is_over() { ControlFlow::Break(()) } else { watch() };
            let talk = Self::listen(&mut child, deadline, output, &watch);
            if !matches!(talk, Ok(Talk { status: Some(_), .. })) {
                // Before the end of the scope, which waits for all writers.
                kill::tree(&mut child, &run);
            }
            talk.map_err(|error| {
                error.map_or_else(|| deadline.over(), |error| not_run(folder, error))
            })
        })?;
        let code = talk.status.and_then(|status| status.code());
        if talk.status.is_some() && code.is_none() {
            // A signal ended it, and whom it had started does not know.
            kill::orphans(&run);
        }
        Ok(Ended { code, said: talk.said, is_cut: talk.status.is_none() })
    }

    /// Which version of git there is.
    ///
    /// # Errors
    /// There is none, or one that is too old; or its time is over.
    pub(super) fn check(&self, folder: &Path, deadline: Deadline) -> Result<(), RemoteError> {
        let mut printed = Vec::new();
        let mut take = |bytes: &[u8]| keep(&mut printed, bytes, PIECE);
        let arguments = [OsStr::new("version")];
        let go_on = || ControlFlow::Continue(());
        let ended = self.run(folder, &arguments, deadline, None, &mut take, &go_on)?;
        if !ended.is_ok() {
            return Err(not_run(folder, io::Error::other(ended.said())));
        }
        if version(&printed).is_some_and(|version| version >= OLDEST) {
            Ok(())
        } else {
            Err(no_git())
        }
    }

    fn command(&self, folder: &Path, arguments: &[&OsStr], has_input: bool) -> Command {
        let mut command = Command::new("git");
        command.arg("--no-pager");
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command.args(arguments).current_dir(folder);
        for (name, value) in &self.environment {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command.stdin(if has_input { Stdio::piped() } else { Stdio::null() });
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Reads what git says until it ends. The error is `None` if its time is over.
    fn listen(
        child: &mut Child,
        deadline: Deadline,
        output: Output<'_>,
        watch: &dyn Fn() -> ControlFlow<()>,
    ) -> Result<Talk, Option<io::Error>> {
        let (send, heard) = mpsc::sync_channel(4);
        if let Some(stdout) = child.stdout.take() {
            read(stdout, send.clone(), Heard::Printed, Heard::PrintedAll).map_err(Some)?;
        }
        if let Some(stderr) = child.stderr.take() {
            read(stderr, send, Heard::Said, Heard::SaidAll).map_err(Some)?;
        }
        let mut said = Said::default();
        // All that git printed must be read. What it said on stderr need not be: a process that it left
        // behind, such as a connection that ssh shares, can keep that end open long after git ended.
        let (mut has_printed_all, mut has_said_all) = (false, false);
        let mut was_quiet = false;
        let mut ticked = Instant::now();
        while !(has_printed_all && has_said_all) {
            let left = deadline.left();
            if left.is_zero() {
                return Err(None);
            }
            match heard.recv_timeout(TICK.min(left)) {
                Ok(Heard::Printed(bytes)) => {
                    if output(&bytes).is_break() {
                        return Ok(Talk { status: None, said });
                    }
                }
                Ok(Heard::PrintedAll(end)) => {
                    end.map_err(Some)?;
                    has_printed_all = true;
                }
                Ok(Heard::Said(bytes)) => said.add(&bytes),
                Ok(Heard::SaidAll(end)) => {
                    end.map_err(Some)?;
                    has_said_all = true;
                }
                Err(RecvTimeoutError::Timeout) => {
                    let ended = child.try_wait().map_err(Some)?;
                    // Of one that a signal ended nothing more is worth waiting for.
                    let is_all = |status: &ExitStatus| has_printed_all || status.code().is_none();
                    let ended = ended.filter(is_all);
                    if ended.is_some() && was_quiet {
                        return Ok(Talk { status: ended, said });
                    }
                    was_quiet = ended.is_some();
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if ticked.elapsed() >= TICK {
                ticked = Instant::now();
                if watch().is_break() {
                    return Ok(Talk { status: None, said });
                }
            }
        }
        let mut pause = Duration::from_micros(100);
        loop {
            if let Some(status) = child.try_wait().map_err(Some)? {
                return Ok(Talk { status: Some(status), said });
            }
            if watch().is_break() {
                return Ok(Talk { status: None, said });
            }
            if deadline.left().is_zero() {
                return Err(None);
            }
            thread::sleep(pause.min(deadline.left()));
            pause = (pause * 2).min(TICK);
        }
    }
}

/// What was heard of git until its end. Without a status it is stopped, since there is enough of it.
struct Talk {
    status: Option<ExitStatus>,
    said: Said,
}

enum Heard {
    Printed(Vec<u8>),
    PrintedAll(io::Result<()>),
    Said(Vec<u8>),
    SaidAll(io::Result<()>),
}

/// Reads to the end, in a thread of its own.
fn read(
    mut from: impl Read + Send + 'static,
    to: SyncSender<Heard>,
    heard: fn(Vec<u8>) -> Heard,
    all: fn(io::Result<()>) -> Heard,
) -> io::Result<()> {
    let read = move || {
        let mut piece = vec![0; PIECE];
        let end = loop {
            match from.read(&mut piece) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => break Err(error),
                Ok(0) => break Ok(()),
                Ok(count) => {
                    let bytes = piece.get(..count).unwrap_or_default().to_vec();
                    if to.send(heard(bytes)).is_err() {
                        return;
                    }
                }
            }
        };
        // Nobody listens any more where enough was heard.
        let _ = to.send(all(end));
    };
    thread::Builder::new().spawn(read).map(drop)
}

/// Keeps what is printed, up to some bytes.
pub(super) fn keep(kept: &mut Vec<u8>, bytes: &[u8], most: usize) -> ControlFlow<()> {
    if kept.len().saturating_add(bytes.len()) > most {
        return ControlFlow::Break(());
    }
    kept.extend_from_slice(bytes);
    ControlFlow::Continue(())
}

/// The first two numbers of `git version 2.47.3 (whatever follows)`.
fn version(printed: &[u8]) -> Option<(u32, u32)> {
    let text = str::from_utf8(printed).ok()?;
    let mut numbers = text.strip_prefix("git version ")?.trim_end().split('.');
    let first = numbers.next()?.parse().ok()?;
    let second = numbers.next()?;
    let digits = second.find(|c: char| !c.is_ascii_digit()).unwrap_or(second.len());
    Some((first, second.get(..digits)?.parse().ok()?))
}

fn no_git() -> RemoteError {
    RemoteError::NoProgram { program: "git", needs: NEEDS }
}

fn not_run(folder: &Path, error: io::Error) -> RemoteError {
    RemoteError::Io { path: folder.to_owned(), error }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn versions_are_read() {
        for (printed, expected) in [
            ("git version 2.47.3\n", Some((2, 47))),
            ("git version 2.39.5 (Apple Git-154)\n", Some((2, 39))),
            ("git version 2.25.windows.1\n", Some((2, 25))),
            ("git version 2.9-rc1\n", Some((2, 9))),
            ("git version 3.0.0", Some((3, 0))),
            ("git version\n", None),
            ("2.47.3\n", None),
            ("git version two.one\n", None),
            ("git version 2.99999999999\n", None),
            ("", None),
        ] {
            assert_eq!(version(printed.as_bytes()), expected, "{printed}");
        }
        assert!(version(b"git version \xff").is_none());
    }

    #[test]
    fn git_is_told_no_secret_and_nothing_of_another_repository() {
        for can_ask in [false, true] {
            let command = Program::new(can_ask).command(Path::new("/"), &["push".as_ref()], false);
            let environment: HashMap<_, _> = command.get_envs().collect();
            for name in ["MILEPOST_SYNC_KEY", "PGPASSWORD", "GIT_DIR", "GIT_INDEX_FILE", "LANGUAGE"]
            {
                assert_eq!(environment.get(OsStr::new(name)), Some(&None), "{name}");
            }
            for (name, value) in [("LC_ALL", "C"), ("TZ", "UTC"), ("GIT_LITERAL_PATHSPECS", "1")] {
                assert_eq!(environment.get(OsStr::new(name)), Some(&Some(value.as_ref())));
            }
            // Who can be asked is asked as ever.
            let prompts = environment.get(OsStr::new("GIT_TERMINAL_PROMPT"));
            assert_eq!(prompts, (!can_ask).then_some(&Some("0".as_ref())));
            let arguments: Vec<_> = command.get_args().collect();
            assert!(arguments.contains(&OsStr::new("core.hooksPath=/dev/null")));
            assert_eq!(arguments.last(), Some(&OsStr::new("push")));
        }
    }

    #[test]
    fn no_time_is_told_before_anything_starts() {
        let mut never = |_: &[u8]| panic!("it was started");
        let go_on = || ControlFlow::Continue(());
        let folder = Path::new("/");
        let deadline = Deadline::after(Duration::ZERO);
        let arguments = ["version".as_ref()];
        let run = Program::new(false).run(folder, &arguments, deadline, None, &mut never, &go_on);
        assert!(matches!(run, Err(RemoteError::TimedOut { after: Duration::ZERO })), "{run:?}");
        assert_eq!(Deadline::after(Duration::MAX).left(), Duration::MAX);
    }
}
