//! A real small file system: full to the page, then with room again, then one that only reads. It is
//! mounted where no other process sees it, and gone with the shell that made it.

use std::process::{Command, Output};

use super::engines;
use super::sandbox::{Sandbox, assert_told, said};
use super::sync::{Two, copy};

const MARK: &str = "done foundations/algorithms";

/// A shell that has a file system of its own over the folder of the record, with a copy of the
/// record on it. `$1` is the binary; what is left in `out` outlives the file system.
struct Disk {
    sandbox: Sandbox,
}

impl Disk {
    /// None where this machine lets nobody mount; says so.
    fn new() -> Option<Self> {
        let disk = Self { sandbox: Sandbox::with_record() };
        let why = match disk.command("true").output() {
            Ok(output) if output.status.success() => return Some(disk),
            Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
            Err(error) => error.to_string(),
        };
        let why = why.trim();
        engines::not_allowed(&format!("no small file system can be mounted here: {why}"));
        None
    }

    fn run(&self, script: &str) -> Output {
        self.command(script).output().unwrap()
    }

    fn command(&self, script: &str) -> Command {
        let script = format!(
            "set -e; mkdir -p out; cp .local/share/milepost/progress.db out/before.db
             mount -t tmpfs -o size=128k,mode=700 none .local/share/milepost
             cp out/before.db .local/share/milepost/progress.db
             cd .local/share/milepost; out=$HOME/out; milepost() {{ \"$MILEPOST\" \"$@\"; }}
             {script}"
        );
        alone(&self.sandbox, &script)
    }

    /// What a command left in `out`.
    fn left(&self, name: &str) -> Output {
        left(&self.sandbox, name)
    }

    /// The record that was left in `out`, in a home of its own.
    fn record(&self, name: &str) -> Sandbox {
        let copy = Sandbox::new();
        std::fs::create_dir_all(copy.folder()).unwrap();
        std::fs::copy(self.sandbox.home().join(format!("out/{name}.db")), copy.db()).unwrap();
        copy
    }
}

/// A shell that mounts what nobody else sees.
fn alone(sandbox: &Sandbox, script: &str) -> Command {
    let mut command = sandbox.program("unshare");
    command.env("PATH", super::tracing::path()).env("MILEPOST", Sandbox::binary());
    // Root of a user namespace of its own, where it is not root already.
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script]);
    command
}

/// What a command left in `out`: its exit code, and what it said.
fn left(sandbox: &Sandbox, name: &str) -> Output {
    use std::os::unix::process::ExitStatusExt;
    let read =
        |kind: &str| std::fs::read(sandbox.home().join(format!("out/{name}.{kind}"))).unwrap();
    let code: i32 = String::from_utf8(read("code")).unwrap().trim().parse().unwrap();
    Output {
        status: std::process::ExitStatus::from_raw(code << 8),
        stdout: read("stdout"),
        stderr: read("stderr"),
    }
}

/// The lines of a shell that run a command and keep how it ended.
fn keeping(name: &str, args: &str) -> String {
    format!(
        "code=0; milepost {args} >$out/{name}.stdout 2>$out/{name}.stderr || code=$?
         echo $code >$out/{name}.code\n"
    )
}

#[test]
fn a_disk_that_is_full_loses_nothing_and_goes_on_with_room_again() {
    let Some(disk) = Disk::new() else {
        return;
    };
    let before = disk.sandbox.events();
    let mut acknowledged = Vec::new();
    // From no room at all to enough, page by page: a mark needs a journal of some pages.
    for pages in 0..=10 {
        let script = [
            // Filled to the brim, then so many pages are given back.
            "dd if=/dev/zero of=filler bs=4096 2>/dev/null || true\n".to_owned(),
            format!("truncate -s $(($(stat -c %s filler) - {pages} * 4096)) filler\n"),
            keeping("reads", "log --json"),
            keeping("full", MARK),
            "rm filler\n".to_owned(),
            keeping("room", "done foundations/sql"),
            "ls -A | tr '\\n' ' ' >$out/names; cp progress.db $out/after.db\n".to_owned(),
        ];
        let output = disk.run(&script.concat());
        let place = format!("{pages} pages: {}", said(&output));
        assert!(output.status.success(), "{place}");
        let (reads, full, room) = (disk.left("reads"), disk.left("full"), disk.left("room"));
        assert!(reads.status.success(), "{place}: {}", said(&reads));
        assert!(room.status.success(), "{place}: {}", said(&room));
        let names = std::fs::read_to_string(disk.sandbox.home().join("out/names")).unwrap();
        assert_eq!(names.trim(), "progress.db", "{place}");
        let after = disk.record("after");
        let events = after.events();
        assert!(events.starts_with(&before), "{place}");
        let kept = after.done().contains("foundations/algorithms");
        assert!(after.done().contains("foundations/sql"), "{place}");
        assert_eq!(full.status.success(), kept, "{place}: {}", said(&full));
        if !kept {
            assert_told(&full, &[1]);
            let told = String::from_utf8_lossy(&full.stderr).into_owned();
            assert!(told.contains("full") || told.contains("make room"), "{place}: {told}");
        }
        acknowledged.push(kept);
    }
    assert_eq!(acknowledged.first(), Some(&false), "{acknowledged:?}");
    assert_eq!(acknowledged.last(), Some(&true), "{acknowledged:?}");
}

#[test]
fn a_disk_without_room_for_a_first_record_gets_none() {
    let Some(disk) = Disk::new() else {
        return;
    };
    for pages in 0..=4 {
        let script = [
            "rm progress.db; dd if=/dev/zero of=filler bs=4096 2>/dev/null || true\n".to_owned(),
            format!("truncate -s $(($(stat -c %s filler) - {pages} * 4096)) filler\n"),
            keeping("full", MARK),
            "ls -A | tr '\\n' ' ' >$out/names; rm filler\n".to_owned(),
            keeping("room", MARK),
            "cp progress.db $out/after.db\n".to_owned(),
        ];
        let output = disk.run(&script.concat());
        let place = format!("{pages} pages: {}", said(&output));
        assert!(output.status.success(), "{place}");
        assert_told(&disk.left("full"), &[1]);
        let names = std::fs::read_to_string(disk.sandbox.home().join("out/names")).unwrap();
        assert_eq!(names.trim(), "filler", "{place}");
        assert!(disk.left("room").status.success(), "{place}");
        assert!(disk.record("after").done().contains("foundations/algorithms"), "{place}");
    }
}

#[test]
fn a_disk_that_only_reads_is_read() {
    let Some(disk) = Disk::new() else {
        return;
    };
    let script = [
        "mount -o remount,ro none . || mount -o remount,bind,ro none .\n".to_owned(),
        keeping("reads", "log --json"),
        keeping("mark", MARK),
        "cp progress.db $out/after.db\n".to_owned(),
    ];
    let output = disk.run(&script.concat());
    assert!(output.status.success(), "{}", said(&output));
    let reads = disk.left("reads");
    assert!(reads.status.success(), "{}", said(&reads));
    assert!(String::from_utf8_lossy(&reads.stdout).contains("\"note\":\"before\""));
    assert_told(&disk.left("mark"), &[1]);
    assert_eq!(disk.record("after").events(), disk.sandbox.events());
}

/// Syncs while a folder of the home is a small disk that is full but for some pages, and once more with room again.
/// Afterwards two syncs of each make both records equal. Says whether the first one came to its end.
fn synced_when_full(two: &Two, folder: &str, size: &str, pages: usize) -> bool {
    two.restore();
    let script = format!(
        "set -e; mkdir out; cp -r {folder} out/before
         mount -t tmpfs -o size={size},mode=700 none {folder}; cp -r out/before/. {folder}
         out=$HOME/out; milepost() {{ \"$MILEPOST\" \"$@\"; }}
         dd if=/dev/zero of={folder}/filler bs=4096 2>/dev/null || true
         truncate -s $(($(stat -c %s {folder}/filler) - {pages} * 4096)) {folder}/filler
         {}{}rm {folder}/filler
         {}cp -r {folder} out/after",
        keeping("full", "sync"),
        keeping("reads", "log --json"),
        keeping("room", "sync")
    );
    let output = alone(&two.sandbox, &script).output().unwrap();
    let place = format!("{folder}, {pages} pages: {}", said(&output));
    assert!(output.status.success(), "{place}");
    let (full, room) = (left(&two.sandbox, "full"), left(&two.sandbox, "room"));
    assert!(left(&two.sandbox, "reads").status.success(), "{place}");
    assert!(room.status.success(), "{place}: {}", said(&room));
    if !full.status.success() {
        assert_told(&full, &[1]);
        let told = String::from_utf8_lossy(&full.stderr).into_owned();
        let is_said = ["full", "make room", "space"].iter().any(|part| told.contains(part));
        assert!(is_said, "{place}: {told}");
    }
    let lies = two.sandbox.home().join(folder);
    std::fs::remove_dir_all(&lies).unwrap();
    std::fs::create_dir(&lies).unwrap();
    copy(&two.sandbox.home().join("out/after"), &lies);
    two.are_one(&place);
    full.status.success()
}

#[test]
fn a_sync_on_a_full_disk_loses_nothing_and_goes_on_with_room_again() {
    if Disk::new().is_none() {
        return;
    }
    let two = Two::new();
    for (folder, size, pages) in [
        ("shared", "64k", &[0, 1, 8][..]),
        (".local/share/milepost", "1m", &[0, 1, 2, 4, 8, 12, 16, 64][..]),
    ] {
        let whole: Vec<bool> =
            pages.iter().map(|pages| synced_when_full(&two, folder, size, *pages)).collect();
        assert_eq!((whole.first(), whole.last()), (Some(&false), Some(&true)), "{whole:?}");
    }
}
