//! A private folder for a program that does not run as root, and a keeper that clears up.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

use crate::engines;

/// A folder that only the user of the engines can enter.
pub struct Home {
    folder: PathBuf,
    keeper: Child,
}

/// Waits until the tests close its standard input, which the system does for them when they are killed.
/// It has a process group of its own: Ctrl-C does not reach it.
const KEEPER: &str = r#"
trap '' HUP INT TERM
cat >/dev/null
eval "$2"
for again in 1 2 3 4 5 6 7 8 9 10; do
    rm -rf "$1" && break
    sleep 0.2
done
"#;

impl Home {
    /// Makes the folder, in memory where there is room. At the end the shell command `stop` runs, which finds
    /// the folder as `$1`.
    pub fn new(stop: &str) -> Self {
        let place = if *HAS_MEMORY { PathBuf::from(MEMORY) } else { std::env::temp_dir() };
        Self::in_folder(&place, stop)
    }

    /// Makes it on the disk, under the temporary directory.
    pub fn on_disk(stop: &str) -> Self {
        Self::in_folder(&std::env::temp_dir(), stop)
    }

    fn in_folder(place: &Path, stop: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("milepost-pg-").tempdir_in(place).unwrap();
        if let Some(user) = *USER {
            std::os::unix::fs::chown(folder.path(), Some(user.id), Some(user.group)).unwrap();
        }
        let mut keeper = as_user("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(folder.path()).arg(stop);
        keeper.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let keeper = keeper.process_group(0).current_dir("/").spawn().unwrap();
        Self { folder: folder.keep(), keeper }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A program that runs as the user of the engines, in this folder.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = as_user(program);
        command.current_dir(&self.folder).env("HOME", &self.folder).stdin(Stdio::null());
        command
    }

    /// Writes a file that the user of the engines owns and nobody else can read.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        use std::io::Write;
        use std::os::unix::fs::OpenOptionsExt;
        let path = self.folder.join(name);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let mut file = options.open(&path).unwrap();
        file.write_all(content.as_ref()).unwrap();
        if let Some(user) = *USER {
            std::os::unix::fs::fchown(&file, Some(user.id), Some(user.group)).unwrap();
        }
        path
    }
}

/// Folders here are in memory, as far as there is some: a container has 64 MB, and ten clusters take 300.
const MEMORY: &str = "/dev/shm";
static HAS_MEMORY: LazyLock<bool> = LazyLock::new(|| {
    let free = Command::new("df").args(["-Pk", MEMORY]).output();
    let free = free.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let kilobytes = |said: String| said.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok();
    free.ok().and_then(kilobytes).is_some_and(|free: u64| free > 1_000_000)
});

impl Drop for Home {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// What a program said; the test fails when it fails.
pub fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (said(&output.stdout), said(&output.stderr));
    assert!(output.status.success(), "{command:?}: {}\n{out}{err}", output.status);
    out
}

/// Nothing of the environment of the tests reaches an engine but where programs and libraries are.
fn as_user(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("LC_ALL", "C").env("TZ", "UTC");
    for name in ["PATH", "LD_LIBRARY_PATH"] {
        if let Some(value) = engines::variable(name) {
            command.env(name, value);
        }
    }
    if let Some(user) = *USER {
        command.uid(user.id).gid(user.group);
    }
    command
}

#[derive(Clone, Copy)]
struct User {
    id: u32,
    group: u32,
}

/// Whom the engines run as when the tests run as root, which the engines refuse.
static USER: LazyLock<Option<User>> = LazyLock::new(|| {
    if !rustix::process::geteuid().is_root() {
        return None;
    }
    let known = std::fs::read_to_string("/etc/passwd").unwrap();
    let find = |name: &str| {
        let line = known.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some(User { id: fields.next()?.parse().ok()?, group: fields.next()?.parse().ok()? })
    };
    Some(find("postgres").or_else(|| find("nobody")).expect("a user that is not root"))
});
