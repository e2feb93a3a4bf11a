//! A clone that is damaged, a git that is killed, is old or is not there, a remote that hangs.

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::{Duration, Instant};

use super::http::{self, Manner};
use super::sandbox::{HEADER, LOG, Sandbox, assert_has, got, listed, names, segment, segments};
use crate::sync::git::program::Deadline;
use crate::sync::remote::{Remote, RemoteError};

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()))
        } else {
            found.push(entry.path())
        }
    }
    found
}

fn each_object(clone: &Path, damage: impl Fn(Vec<u8>) -> Vec<u8>) {
    let objects = files(&clone.join("objects"));
    assert!(objects.len() > 5);
    for file in objects {
        let bytes = fs::read(&file).unwrap();
        // git makes them read-only.
        fs::remove_file(&file).unwrap();
        fs::write(&file, damage(bytes)).unwrap();
    }
}

/// Says what was being done when something goes wrong.
struct Doing(String);

impl Drop for Doing {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let _ = writeln!(std::io::stderr(), "in: {}", self.0);
        }
    }
}

type Damage = fn(&Path);

/// What can be wrong with a clone.
const DAMAGES: &[(&str, Damage)] = &[
    ("gone", |clone| fs::remove_dir_all(clone).unwrap()),
    ("empty", |clone| {
        fs::remove_dir_all(clone).unwrap();
        fs::create_dir(clone).unwrap();
    }),
    ("a file", |clone| {
        fs::remove_dir_all(clone).unwrap();
        fs::write(clone, "x").unwrap();
    }),
    ("a link to nowhere", |clone| {
        fs::remove_dir_all(clone).unwrap();
        symlink("/nowhere/at/all", clone).unwrap();
    }),
    ("half made", |clone| fs::rename(clone, clone.with_file_name("git.new")).unwrap()),
    ("no HEAD", |clone| fs::remove_file(clone.join("HEAD")).unwrap()),
    ("an empty HEAD", |clone| fs::write(clone.join("HEAD"), "").unwrap()),
    ("a configuration that is none", |clone| fs::write(clone.join("config"), "[\0").unwrap()),
    ("no objects", |clone| fs::remove_dir_all(clone.join("objects")).unwrap()),
    ("no packs", |clone| {
        files(&clone.join("objects/pack")).iter().for_each(|file| fs::remove_file(file).unwrap());
    }),
    ("no loose objects", |clone| {
        for file in files(&clone.join("objects")) {
            if !file.starts_with(clone.join("objects/pack")) {
                fs::remove_file(file).unwrap();
            }
        }
    }),
    ("empty objects", |clone| each_object(clone, |_| Vec::new())),
    ("half of each object", |clone| {
        each_object(clone, |mut bytes| {
            bytes.truncate(bytes.len() / 2);
            bytes
        });
    }),
    ("zeros within each object", |clone| {
        each_object(clone, |mut bytes| {
            let middle = bytes.len() / 2;
            bytes[middle..].iter_mut().take(20).for_each(|byte| *byte = 0);
            bytes
        });
    }),
    ("a branch that is none", |clone| {
        fs::write(clone.join("refs/heads/milepost"), "x\n").unwrap();
    }),
    ("a branch that leads nowhere", |clone| {
        fs::write(clone.join("refs/heads/milepost"), "1".repeat(40) + "\n").unwrap();
    }),
    ("packed refs that are none", |clone| fs::write(clone.join("packed-refs"), "\0").unwrap()),
    ("a shallow file that is none", |clone| fs::write(clone.join("shallow"), "x\n").unwrap()),
    ("no shallow file", |clone| fs::remove_file(clone.join("shallow")).unwrap()),
    ("objects of others", |clone| {
        fs::create_dir_all(clone.join("objects/info")).unwrap();
        fs::write(clone.join("objects/info/alternates"), "/nowhere\n").unwrap();
    }),
    ("locks", |clone| {
        for lock in ["index", "shallow", "config", "HEAD", "packed-refs", "refs/heads/milepost"] {
            fs::write(clone.join(format!("{lock}.lock")), "").unwrap();
        }
        fs::write(clone.join("gc.pid"), "1 x").unwrap();
        fs::write(clone.join("objects/pack/tmp_pack_x"), "x").unwrap();
    }),
    ("a lock that is a folder", |clone| fs::create_dir(clone.join("shallow.lock")).unwrap()),
    ("a folder for what was fetched", |clone| {
        let _ = fs::remove_file(clone.join("FETCH_HEAD"));
        fs::create_dir(clone.join("FETCH_HEAD")).unwrap();
    }),
];

#[test]
#[ignore = "takes seconds; the gate runs it"]
fn a_clone_that_is_damaged_is_made_good() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    let mut git = sandbox.machine("other", &path);
    git.put(LOG, &segments(1, 1..=2)).unwrap();
    let mut all = segments(1, 1..=2);
    for (stream, (what, damage)) in (10..).zip(DAMAGES) {
        let _doing = Doing((*what).to_owned());
        // One that has packs, and objects that are not packed.
        let mut git = sandbox.machine("one", &path);
        let cursor = git.list(LOG, None).unwrap().cursor.unwrap();
        git.put(LOG, &[segment(stream, 1)]).unwrap();
        all.push(segment(stream, 1));
        let clone = sandbox.clone_of("one");
        damage(&clone);
        // In the middle of a sync, and in one that begins with it.
        assert_eq!(got(&mut git, &names(&all)).len(), all.len(), "{what}");
        damage_again(&clone, damage);
        git.put(LOG, &[segment(stream, 2)]).unwrap();
        all.push(segment(stream, 2));
        damage_again(&clone, damage);
        let mut git = sandbox.machine("one", &path);
        assert_eq!(git.header(LOG).unwrap().unwrap(), HEADER);
        let new = git.list(LOG, Some(&cursor)).unwrap();
        if new.is_whole {
            assert_eq!(new.names, names(&all), "{what}");
        } else {
            assert_eq!(new.names, names(&segments(stream, 1..=2)), "{what}");
        }
        damage_again(&clone, damage);
        assert_has(&mut git, &all);
        assert!(!clone.with_file_name("git.new").exists());
        fs::remove_dir_all(sandbox.path("machines/one")).unwrap();
    }
    assert_has(&mut sandbox.machine("other", &path), &all);
}

/// A clone that was just made has no loose objects, and not each file is there.
fn damage_again(clone: &Path, damage: &Damage) {
    let _ = std::panic::catch_unwind(|| damage(clone));
}

#[test]
#[ignore = "takes seconds; the gate runs it"]
fn a_git_that_is_killed_loses_nothing() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    let empty = sandbox.repository("empty.git");
    sandbox.watch_git();
    let mut stream = 100;
    let mut all = Vec::new();
    let first = ["version", "ls-remote", "init", "clone"];
    let each = ["fetch", "cat-file", "fast-import", "push", "gc"];
    for command in first.into_iter().chain(each) {
        for when in ["before", "middle", "after"] {
            if when == "middle" && ["version", "init", "cat-file"].contains(&command) {
                // It is over before it can be met there.
                continue;
            }
            stream += 1;
            let _doing = Doing(format!("{command} {when}"));
            let mut git = sandbox.machine("one", &path);
            let cursor = git.list(LOG, None).unwrap().cursor;
            sandbox.machine("two", &path).put(LOG, &[segment(stream, 1)]).unwrap();
            all.push(segment(stream, 1));
            let is_first = first.contains(&command);
            let (name, address) = if is_first {
                ("new", if command == "clone" { &empty } else { &path })
            } else {
                ("one", &path)
            };
            if command == "gc" {
                let loose = sandbox.clone_of("one").join("objects/17");
                fs::create_dir_all(&loose).unwrap();
                (0..90).for_each(|name| fs::write(loose.join(name.to_string()), "").unwrap());
            }
            fs::write(sandbox.path("kill"), format!("{command} {when}\n")).unwrap();
            let sync = || -> Result<(), RemoteError> {
                let mut git = sandbox.machine(name, address);
                git.header(LOG)?;
                let listing = git.list(LOG, cursor.as_deref())?;
                git.get(LOG, &listing.names, &mut |name, bytes| {
                    assert!(bytes.is_some_and(|bytes| name.is_of(&bytes)));
                })?;
                git.put(LOG, &[segment(stream, 2)]).map(drop)
            };
            // Whether it was mended or told: nothing is wrong afterwards.
            let told = sync();
            assert!(!sandbox.path("kill").exists(), "{command} {when}: never asked for, {told:?}");
            if command == "clone" {
                let log = sandbox.machine(name, address).header(LOG).unwrap();
                assert_eq!(log, None);
            } else {
                let segment = segment(stream, 2);
                sandbox.machine(name, address).put(LOG, std::slice::from_ref(&segment)).unwrap();
                all.push(segment);
            }
            assert_has(&mut sandbox.machine("one", &path), &all);
            let _ = fs::remove_dir_all(sandbox.path("machines/new"));
        }
    }
    #[cfg(target_os = "linux")]
    sandbox.assert_quiet();
    // Each push was made once.
    let commits = sandbox.git(&["--git-dir", &path, "rev-list", "--count", "milepost"]);
    assert_eq!(commits, (1 + all.len()).to_string());
}

#[test]
fn no_git_and_an_old_one() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    let is_missing = |result: Result<_, RemoteError>| match result {
        Err(RemoteError::NoProgram { program: "git", needs: "2.25" }) => {}
        other => panic!("{other:?}"),
    };
    sandbox.install("git", "echo git version 2.24.9\n");
    is_missing(sandbox.machine("new", &path).logs());
    sandbox.install("git", "exit 0\n");
    is_missing(sandbox.machine("new", &path).logs());
    let mut git = sandbox.machine("new", &path);
    let nowhere = sandbox.path("home").into_os_string();
    git.cache.program.environment.push(("PATH".into(), Some(nowhere)));
    is_missing(git.logs());
    is_missing(git.create(LOG, HEADER).map(|()| vec![]));
    // It is there, and does not work: that is something else.
    sandbox.install("git", "echo 'git: cannot load libz' >&2; exit 127\n");
    let logs = sandbox.machine("new", &path).logs();
    assert!(matches!(logs, Err(RemoteError::Io { .. })), "{logs:?}");
}

/// What it prints comes after its end where nobody had the time to read it before.
#[test]
fn nothing_that_git_prints_is_left_out() {
    let sandbox = Sandbox::new();
    sandbox.install("git", "(sleep 0.5; echo git version 2.47.0) & exit 0\n");
    let git = sandbox.machine("one", "/log.git");
    let deadline = Deadline::after(super::sandbox::LONG);
    git.cache.program.check(&sandbox.path("home"), deadline).unwrap();
}

/// It is over soon after its time, and nothing that it started goes on.
#[cfg(target_os = "linux")]
fn times_out(sandbox: &Sandbox, address: &str, put: bool) {
    for can_ask in [false, true] {
        let after = Duration::from_millis(700);
        let mut git = sandbox.machine_within("one", address, super::sandbox::LONG, can_ask);
        if put {
            assert_eq!(listed(&mut git), []);
        }
        git.timeout = after;
        let begun = Instant::now();
        let result =
            if put { git.put(LOG, &[segment(1, 1)]).map(drop) } else { git.header(LOG).map(drop) };
        let took = begun.elapsed();
        assert!(
            matches!(result, Err(RemoteError::TimedOut { after: told }) if told == after),
            "{result:?}"
        );
        assert!(took >= after && took < Duration::from_secs(20), "{took:?}");
        sandbox.assert_quiet();
    }
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes seconds; the gate runs it"]
fn a_remote_that_hangs_is_left_in_time() {
    let sandbox = Sandbox::new();
    let server = http::serve(sandbox.path(""), Manner::Silent);
    for scheme in ["http", "git"] {
        times_out(&sandbox, &format!("{scheme}://{server}/log.git"), false);
    }
    // ssh that waits, and has started something itself.
    sandbox.install("ssh", "sleep 100 & sleep 100\n");
    times_out(&sandbox, "host.example:log.git", false);
    // A push that hangs at the other side.
    let path = sandbox.with_log("log.git");
    sandbox.hook(&path, "pre-receive", "exec sleep 100\n");
    times_out(&sandbox, &path, true);
    fs::remove_file(sandbox.path("log.git/hooks/pre-receive")).unwrap();
    let mut git = sandbox.machine("one", &path);
    git.put(LOG, &segments(1, 1..=2)).unwrap();
    assert_has(&mut git, &segments(1, 1..=2));
}

/// Whom a git that was killed had started is not left alone.
#[cfg(target_os = "linux")]
#[test]
fn a_git_that_is_killed_leaves_nobody() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    sandbox.install("git", "(trap '' HUP INT TERM; sleep 100 & sleep 100) & kill -9 $$\n");
    let logs = sandbox.machine("one", &path).logs();
    assert!(matches!(logs, Err(RemoteError::Io { .. })), "{logs:?}");
    sandbox.assert_quiet();
}

/// A git that says much says it within bounds.
#[test]
fn much_that_is_said_is_cut() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    let much = "yes 'https://me:s3cret@host/' | head -c 5000000 >&2; echo denied >&2; exit 1\n";
    sandbox.hook(&path, "pre-receive", much);
    let put = sandbox.machine("one", &path).put(LOG, &[segment(1, 1)]);
    let Err(RemoteError::Refused { said }) = put else { panic!("{put:?}") };
    assert!(said.chars().count() <= 400 && !said.contains("s3cret"), "{said}");
    assert!(said.starts_with("remote: https://host/ remote:"), "{said}");
}
