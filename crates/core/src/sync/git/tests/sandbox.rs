//! A home, repositories and machines that use them.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use uuid::Uuid;

use crate::sync::git::{Address, Git};
use crate::sync::remote::{Name, Remote, RemoteError};

pub(super) const LOG: Uuid = Uuid::from_u128(0x10);
pub(super) const HEADER: &[u8] = b"{\"format\":1}\n";

/// Long enough for whatever should come to its end.
pub(super) const LONG: Duration = Duration::from_secs(120);

/// What of the tests' own environment would change how git behaves.
const UNSET: [&str; 8] = [
    "GIT_ASKPASS",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_PARAMETERS",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "all_proxy",
    "http_proxy",
];

pub(in crate::sync) struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    pub(in crate::sync) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["home", "bin"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        Self { folder }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes the learner's configuration of git.
    pub(super) fn configure(&self, text: &str) {
        fs::write(self.path("home/.gitconfig"), text).unwrap();
    }

    /// Puts a program before all others in the PATH.
    pub(super) fn install(&self, name: &str, script: &str) {
        let path = self.path("bin").join(name);
        // Not written in place: a process that is being started has it open.
        let new = path.with_extension("new");
        fs::write(&new, format!("#!/bin/sh\n{script}")).unwrap();
        fs::set_permissions(&new, fs::Permissions::from_mode(0o755)).unwrap();
        fs::rename(&new, &path).unwrap();
    }

    pub(super) fn environment(&self) -> Vec<(OsString, Option<OsString>)> {
        let mut path = self.path("bin").into_os_string();
        path.push(":");
        path.push(search_path());
        let set = [
            ("HOME", self.path("home").into_os_string()),
            ("XDG_CONFIG_HOME", self.path("home/.config").into_os_string()),
            ("GIT_CONFIG_NOSYSTEM", "1".into()),
            ("PATH", path),
        ];
        let unset = UNSET.iter().map(|name| (name.into(), None));
        unset.chain(set.map(|(name, value)| (name.into(), Some(value)))).collect()
    }

    /// A command that sees this home.
    pub(super) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        for (name, value) in self.environment() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// Runs the installed git, as the administrator of a repository would.
    pub(super) fn git(&self, arguments: &[&str]) -> String {
        self.git_with(arguments, b"")
    }

    pub(super) fn git_with(&self, arguments: &[&str], input: &[u8]) -> String {
        let settings = ["-c", "user.name=Somebody", "-c", "user.email=somebody@localhost"];
        let mut command = self.command("git");
        command.env("PATH", search_path()).args(settings).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    /// An empty repository without a work tree.
    pub(in crate::sync) fn repository(&self, name: &str) -> String {
        let path = self.path(name).into_os_string().into_string().unwrap();
        self.git(&["init", "--quiet", "--bare", &path]);
        path
    }

    /// A repository with the log in it.
    pub(super) fn with_log(&self, name: &str) -> String {
        let path = self.repository(name);
        self.machine("maker", &path).create(LOG, HEADER).unwrap();
        path
    }

    /// A machine that uses a repository.
    pub(in crate::sync) fn machine(&self, name: &str, address: &str) -> Git {
        self.machine_within(name, address, LONG, false)
    }

    pub(super) fn machine_within(
        &self,
        name: &str,
        address: &str,
        timeout: Duration,
        can_ask: bool,
    ) -> Git {
        let address = Address::read(address).unwrap();
        let mut git = Git::new(address, self.clone_of(name).parent().unwrap(), timeout, can_ask);
        git.cache.program.environment.extend(self.environment());
        git
    }

    /// The clone of a machine.
    pub(super) fn clone_of(&self, name: &str) -> PathBuf {
        self.path("machines").join(name).join("git")
    }

    /// A hook of a repository.
    pub(super) fn hook(&self, repository: &str, name: &str, script: &str) {
        let hooks = Path::new(repository).join("hooks");
        fs::create_dir_all(&hooks).unwrap();
        let path = hooks.join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Puts a git before the real one which notes what is asked of it, in the file `asked`, and which can
    /// be told by a file to end early: `kill` has the command, then `before`, `middle` or `after`.
    pub(super) fn watch_git(&self) {
        let (asked, kill) = (self.path("asked"), self.path("kill"));
        let real = search_path();
        let script = format!(
            r#"PATH='{}'; skip=; command=
for word; do
    [ -z "$skip" ] || {{ skip=; continue; }}
    case $word in -c) skip=1 ;; -*) ;; *) command=$word; break ;; esac
done
echo "$command" >>'{}'
if read -r which when 2>/dev/null <'{}' && [ "$which" = "$command" ]; then
    rm '{}'
    case $when in
        before) kill -9 $$ ;;
        middle) git "$@" & sleep 0.01; kill -9 $!; kill -9 $$ ;;
        after) git "$@"; kill -9 $$ ;;
    esac
fi
exec git "$@"
"#,
            real.to_str().unwrap(),
            asked.display(),
            kill.display(),
            kill.display()
        );
        self.install("git", &script);
    }

    /// What was asked of git since the last time.
    pub(super) fn asked(&self) -> Vec<String> {
        let asked = fs::read_to_string(self.path("asked")).unwrap_or_default();
        let _ = fs::remove_file(self.path("asked"));
        asked.lines().map(str::to_owned).collect()
    }

    /// That nothing goes on of all that was started in this home. What was killed is gone soon, not at once.
    #[cfg(target_os = "linux")]
    pub(super) fn assert_quiet(&self) {
        for _ in 0..200 {
            if self.running().is_empty() {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{:?}", self.running());
    }

    #[cfg(target_os = "linux")]
    fn running(&self) -> Vec<String> {
        let home = format!("HOME={}", self.path("home").display());
        let mut running = Vec::new();
        for entry in fs::read_dir("/proc").unwrap().flatten() {
            let is_ours = fs::read(entry.path().join("environ"))
                .is_ok_and(|all| all.split(|byte| *byte == 0).any(|one| one == home.as_bytes()));
            let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
            if is_ours && !line.is_empty() {
                running.push(String::from_utf8_lossy(&line).replace('\0', " "));
            }
        }
        running
    }
}

/// Where programs are, for the tests themselves.
#[expect(clippy::disallowed_methods, reason = "git is found where the tests find it")]
pub(super) fn search_path() -> OsString {
    std::env::var_os("PATH").unwrap()
}

/// A segment, which says whose it is and which.
pub(super) fn segment(stream: u128, number: u64) -> (Name, Vec<u8>) {
    let sealed = format!("sealed {stream} {number}\r\n\0").into_bytes();
    (Name::of(Uuid::from_u128(stream), number, &sealed), sealed)
}

pub(super) fn segments(
    stream: u128,
    numbers: std::ops::RangeInclusive<u64>,
) -> Vec<(Name, Vec<u8>)> {
    numbers.map(|number| segment(stream, number)).collect()
}

pub(super) fn names(segments: &[(Name, Vec<u8>)]) -> Vec<Name> {
    let mut names: Vec<Name> = segments.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    names
}

/// All that a remote has.
pub(super) fn listed(git: &mut impl Remote) -> Vec<Name> {
    let listing = git.list(LOG, None).unwrap();
    assert!(listing.is_whole);
    listing.names
}

/// What a remote hands over.
pub(super) fn got(git: &mut impl Remote, names: &[Name]) -> Vec<(Name, Option<Vec<u8>>)> {
    let mut found = Vec::new();
    git.get(LOG, names, &mut |name, bytes| found.push((name, bytes))).unwrap();
    found
}

/// That a remote has exactly these, and hands them over as they are.
pub(super) fn assert_has(git: &mut impl Remote, segments: &[(Name, Vec<u8>)]) {
    let names = names(segments);
    assert_eq!(listed(git), names);
    let mut found = got(git, &names);
    found.sort_unstable();
    let mut expected: Vec<_> =
        segments.iter().map(|(name, bytes)| (*name, Some(bytes.clone()))).collect();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

/// What the other side said when it refused.
pub(super) fn refused<T: std::fmt::Debug>(result: Result<T, RemoteError>) -> String {
    match result {
        Err(RemoteError::Refused { said }) => said,
        other => panic!("{other:?}"),
    }
}
