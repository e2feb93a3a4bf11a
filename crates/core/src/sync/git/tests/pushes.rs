//! Several at once, and a remote that refuses or went back.

use std::fs;
use std::io::Write;
use std::thread;

use super::sandbox::{HEADER, LOG, Sandbox, assert_has, listed, names, refused, segment, segments};
use crate::sync::remote::{Remote, RemoteError};

/// Two who push are both held until the other one is there too: so one of them comes too late.
const HOLD: &str = r#"mkdir -p held; : >held/$$
count=0
while [ "$(ls held | wc -l)" -lt 2 ] && [ $count -lt 500 ]; do sleep 0.01; count=$((count + 1)); done
exit 0
"#;

#[test]
fn two_at_once_are_both_there() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    let mut machines = [1, 2].map(|stream: u128| {
        let mut git = sandbox.machine(&stream.to_string(), &path);
        assert_eq!(listed(&mut git), []);
        (stream, git)
    });
    sandbox.hook(&path, "pre-receive", HOLD);
    thread::scope(|scope| {
        for (stream, git) in &mut machines {
            scope.spawn(|| git.put(LOG, &segments(*stream, 1..=2)).unwrap());
        }
    });
    let held = fs::read_dir(sandbox.path("log.git/held")).unwrap().count();
    assert_eq!(held, 3, "one of them came too late, and put theirs again");
    let all = [segments(1, 1..=2), segments(2, 1..=2)].concat();
    assert_has(&mut sandbox.machine("three", &path), &all);
    for (_, git) in &mut machines {
        assert_has(git, &all);
    }
}

#[test]
#[ignore = "takes seconds; the gate runs it"]
fn eight_at_once_are_all_there() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    thread::scope(|scope| {
        for stream in 1..=8_u128 {
            let mut git = sandbox.machine(&stream.to_string(), &path);
            scope.spawn(move || {
                for number in 1..=3 {
                    git.put(LOG, &[segment(stream, number)]).unwrap();
                }
            });
        }
    });
    let all: Vec<_> = (1..=8).flat_map(|stream| segments(stream, 1..=3)).collect();
    assert_has(&mut sandbox.machine("all", &path), &all);
}

#[test]
fn two_who_make_a_log_at_once_make_one() {
    for other in [HEADER, b"another\n"] {
        let sandbox = Sandbox::new();
        let path = sandbox.repository("log.git");
        let mut one = sandbox.machine("one", &path);
        let mut two = sandbox.machine("two", &path);
        assert_eq!((one.header(LOG).unwrap(), two.header(LOG).unwrap()), (None, None));
        one.create(LOG, HEADER).unwrap();
        let made = two.create(LOG, other);
        if other == HEADER {
            made.unwrap();
        } else {
            assert!(matches!(made, Err(RemoteError::OtherHeader(LOG))), "{made:?}");
        }
        assert_eq!(two.header(LOG).unwrap().unwrap(), HEADER);
        assert_eq!(sandbox.git(&["--git-dir", &path, "rev-list", "--count", "milepost"]), "1");
    }
}

#[test]
fn what_was_checked_is_checked_again() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    let mut git = sandbox.machine("one", &path);
    assert!(git.header(LOG).unwrap().is_some());
    let mut other = sandbox.machine("two", &path);
    other.erase(LOG).unwrap();
    let put = git.put(LOG, &[segment(1, 1)]);
    assert!(matches!(put, Err(RemoteError::NoLog(LOG))), "{put:?}");
    other.create(LOG, b"another\n").unwrap();
    let put = git.put(LOG, &[segment(1, 1)]);
    assert!(matches!(put, Err(RemoteError::OtherHeader(LOG))), "{put:?}");
    assert_eq!(listed(&mut sandbox.machine("three", &path)), []);
}

#[test]
fn a_hook_refuses() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    sandbox.hook(&path, "pre-receive", "echo 'no room left for you' >&2; : >>asked; exit 1\n");
    let mut git = sandbox.machine("one", &path);
    let said = refused(git.put(LOG, &segments(1, 1..=2)));
    assert!(said.contains("remote: no room left for you"), "{said}");
    assert!(said.contains("pre-receive hook declined"), "{said}");
    assert_eq!(listed(&mut git), []);
    fs::remove_file(sandbox.path("log.git/hooks/pre-receive")).unwrap();
    git.put(LOG, &segments(1, 1..=2)).unwrap();
    assert_has(&mut git, &segments(1, 1..=2));
}

#[test]
fn what_is_refused_for_a_moment_is_tried_again() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    let mut git = sandbox.machine("one", &path);
    assert_eq!(listed(&mut git), []);
    let once = "[ -e once ] && exit 0; : >once; exit 1\n";
    sandbox.hook(&path, "pre-receive", once);
    git.put(LOG, &segments(1, 1..=2)).unwrap();
    assert_has(&mut git, &segments(1, 1..=2));
}

#[test]
fn a_remote_that_went_back_shows_what_it_has() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    let mut git = sandbox.machine("one", &path);
    git.put(LOG, &segments(1, 1..=1)).unwrap();
    git.put(LOG, &segments(1, 2..=3)).unwrap();
    let before = git.list(LOG, None).unwrap();
    assert_eq!(before.names.len(), 3);
    let cursor = before.cursor.as_deref();
    sandbox.git(&["--git-dir", &path, "update-ref", "refs/heads/milepost", "milepost~1"]);
    // The same machine, a later sync, and another one whose clone knows nothing of it.
    for name in ["one", "two"] {
        let listing = sandbox.machine(name, &path).list(LOG, cursor).unwrap();
        assert_eq!((listing.names, listing.is_whole), (names(&segments(1, 1..=1)), true));
    }
    let listing = git.list(LOG, cursor).unwrap();
    assert_eq!((listing.names, listing.is_whole), (names(&segments(1, 1..=1)), true));
    // What was lost is put again, on top of what is there.
    let mut two = sandbox.machine("two", &path);
    two.put(LOG, &segments(2, 1..=1)).unwrap();
    git.put(LOG, &segments(1, 1..=3)).unwrap();
    assert_has(&mut git, &[segments(1, 1..=3), segments(2, 1..=1)].concat());

    // Other history, with the same files.
    let other = sandbox.git(&["--git-dir", &path, "commit-tree", "-m", "other", "milepost^{tree}"]);
    sandbox.git(&["--git-dir", &path, "update-ref", "refs/heads/milepost", &other]);
    let listing = git.list(LOG, cursor).unwrap();
    assert_eq!((listing.names, listing.is_whole), (names(&segments(2, 1..=1)), false));
    git.put(LOG, &segments(1, 4..=4)).unwrap();
    assert_has(&mut git, &[segments(1, 1..=4), segments(2, 1..=1)].concat());
}

#[test]
fn a_branch_that_was_deleted_has_no_log() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    let mut git = sandbox.machine("one", &path);
    git.put(LOG, &segments(1, 1..=2)).unwrap();
    let cursor = git.list(LOG, None).unwrap().cursor.unwrap();
    sandbox.git(&["--git-dir", &path, "update-ref", "-d", "refs/heads/milepost"]);
    let put = git.put(LOG, &segments(1, 3..=3));
    assert!(matches!(put, Err(RemoteError::NoLog(LOG))), "{put:?}");
    let mut git = sandbox.machine("one", &path);
    assert_eq!((git.logs().unwrap(), git.header(LOG).unwrap()), (vec![], None));
    let listing = git.list(LOG, Some(&cursor));
    assert!(matches!(listing, Err(RemoteError::NoLog(LOG))), "{listing:?}");
    git.create(LOG, HEADER).unwrap();
    git.put(LOG, &segments(1, 1..=3)).unwrap();
    assert_has(&mut sandbox.machine("two", &path), &segments(1, 1..=3));
}

/// The repository is on a disk of its own, which is full.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full() {
    let sandbox = Sandbox::new();
    for full in ["there", "machines"] {
        let disk = sandbox.path(full);
        fs::create_dir_all(&disk).unwrap();
        let mut mount = sandbox.command("mount");
        mount.args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"]).arg(&disk);
        let mounted = mount.stderr(std::process::Stdio::null()).status();
        if !mounted.is_ok_and(|status| status.success()) {
            let line = "skipped: a_disk_that_is_full: no file system can be mounted here\n";
            let _ = std::io::stderr().write_all(line.as_bytes());
            return;
        }
        let run = || {
            let name = if full == "there" { "there/log.git" } else { "log.git" };
            let path = sandbox.with_log(name);
            let mut git = sandbox.machine("one", &path);
            git.put(LOG, &segments(1, 1..=2)).unwrap();
            let filler = disk.join("filler");
            let mut file = fs::File::create(&filler).unwrap();
            while file.write_all(&[1; 4096]).is_ok() {}
            drop(file);
            let mut git = sandbox.machine("one", &path);
            let put = git.put(LOG, &segments(1, 3..=30));
            match (full, put) {
                ("there", Err(RemoteError::Refused { said })) => {
                    assert!(said.contains("space"), "{said}")
                }
                ("machines", Err(RemoteError::Io { error, .. })) => {
                    assert_eq!(error.kind(), std::io::ErrorKind::StorageFull, "{error}");
                }
                (_, other) => panic!("{full}: {other:?}"),
            }
            fs::remove_file(&filler).unwrap();
            let mut git = sandbox.machine("one", &path);
            git.put(LOG, &segments(1, 3..=30)).unwrap();
            assert_has(&mut git, &segments(1, 1..=30));
        };
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
        assert!(sandbox.command("umount").arg("-l").arg(&disk).status().unwrap().success());
        outcome.unwrap();
    }
}
