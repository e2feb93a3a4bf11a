//! What each verb does, in any kind of repository, and what it costs.

use std::fs;

use uuid::Uuid;

use super::sandbox::{HEADER, LOG, Sandbox, assert_has, got, listed, names, segment, segments};
use crate::sync::remote::{Erased, Remote, RemoteError};

fn no_log<T: std::fmt::Debug>(result: Result<T, RemoteError>) {
    assert!(matches!(result, Err(RemoteError::NoLog(LOG))), "{result:?}");
}

/// A whole life of a log in a repository that has no branch of ours.
fn is_a_remote(sandbox: &Sandbox, address: &str) {
    let mut git = sandbox.machine("one", address);
    assert!(git.logs().unwrap().is_empty());
    assert_eq!(git.header(LOG).unwrap(), None);
    no_log(git.list(LOG, None));
    no_log(git.put(LOG, &[segment(1, 1)]));
    assert_eq!(git.erase(LOG).unwrap(), Erased::HistoryStays);

    git.create(LOG, HEADER).unwrap();
    git.create(LOG, HEADER).unwrap();
    let other = git.create(LOG, b"{\"format\":2}\n");
    assert!(matches!(other, Err(RemoteError::OtherHeader(LOG))), "{other:?}");
    assert_eq!(git.header(LOG).unwrap().unwrap(), HEADER);
    assert_eq!(listed(&mut git), []);
    let first = segments(1, 60..=70);
    git.put(LOG, &first).unwrap();
    git.put(LOG, &first).unwrap();
    git.put(LOG, &[]).unwrap();
    assert_has(&mut git, &first);

    // Another machine, which never saw it.
    let mut two = sandbox.machine("two", address);
    assert_eq!(two.logs().unwrap(), [LOG]);
    assert_eq!(two.header(LOG).unwrap().unwrap(), HEADER);
    assert_has(&mut two, &first);
    let cursor = two.list(LOG, None).unwrap().cursor.unwrap();
    let second = segments(2, 1..=2);
    two.put(LOG, &second).unwrap();

    // Only what is new.
    let listing = git.list(LOG, Some(&cursor)).unwrap();
    assert_eq!((listing.names, listing.is_whole), (names(&second), false));
    let next = listing.cursor.unwrap();
    let listing = git.list(LOG, Some(&next)).unwrap();
    assert_eq!((listing.names, listing.is_whole), (vec![], false));
    assert_eq!(listing.cursor.unwrap(), next);
    assert_has(&mut git, &[first.clone(), second].concat());

    // What is not there is handed over as nothing.
    let none = segment(3, 1).0;
    let found = got(&mut git, &[none, first[0].0]);
    assert_eq!(found, [(none, None), (first[0].0, Some(first[0].1.clone()))]);

    // A second log beside it.
    let beside = Uuid::from_u128(0x11);
    git.create(beside, b"other").unwrap();
    assert_eq!(git.logs().unwrap(), [LOG, beside]);
    assert_eq!(git.list(beside, None).unwrap().names, []);
    assert_eq!(git.erase(LOG).unwrap(), Erased::HistoryStays);
    no_log(git.list(LOG, Some(&next)));
    assert_eq!(two.list(beside, None).unwrap().names, []);
    assert_eq!(two.logs().unwrap(), [beside]);
    assert_eq!(two.header(LOG).unwrap(), None);
}

#[test]
fn an_empty_repository_is_a_remote() {
    let sandbox = Sandbox::new();
    let path = sandbox.repository("log.git");
    is_a_remote(&sandbox, &path);
    // Who looks and removes what is not there leaves it empty.
    let path = sandbox.repository("other.git");
    let mut git = sandbox.machine("three", &path);
    assert_eq!(git.header(LOG).unwrap(), None);
    git.erase(LOG).unwrap();
    assert_eq!(sandbox.git(&["--git-dir", &path, "for-each-ref"]), "");
}

#[test]
fn a_repository_with_sha_256_is_a_remote() {
    let sandbox = Sandbox::new();
    let make = |name: &str| {
        let path = sandbox.path(name).into_os_string().into_string().unwrap();
        sandbox.git(&["init", "--quiet", "--bare", "--object-format=sha256", &path]);
        path
    };
    let used = make("used.git");
    is_a_remote(&sandbox, &used);

    // It was made anew with other ids, under the same address.
    let path = sandbox.with_log("changed.git");
    let mut git = sandbox.machine("four", &path);
    git.put(LOG, &segments(1, 1..=3)).unwrap();
    fs::remove_dir_all(&path).unwrap();
    make("changed.git");
    let mut git = sandbox.machine("four", &path);
    assert_eq!(git.header(LOG).unwrap(), None);
    git.create(LOG, HEADER).unwrap();
    git.put(LOG, &segments(1, 1..=3)).unwrap();
    assert_has(&mut sandbox.machine("five", &path), &segments(1, 1..=3));
}

#[test]
fn other_branches_and_work_trees_stay_as_they_are() {
    let sandbox = Sandbox::new();
    let path = sandbox.path("project").into_os_string().into_string().unwrap();
    sandbox.git(&["init", "--quiet", "--initial-branch=main", &path]);
    fs::write(sandbox.path("project/file"), "mine").unwrap();
    sandbox.git(&["-C", &path, "add", "."]);
    sandbox.git(&["-C", &path, "commit", "--quiet", "--message=mine"]);
    sandbox.git(&["-C", &path, "tag", "v1"]);
    sandbox.git(&["-C", &path, "branch", "milepost-2"]);
    let others = || {
        let all = sandbox.git(&["-C", &path, "for-each-ref", "--format=%(refname) %(objectname)"]);
        let all = all.lines().map(str::to_owned);
        all.filter(|line| !line.starts_with("refs/heads/milepost ")).collect::<Vec<_>>()
    };
    let before = others();
    assert_eq!(before.len(), 3);
    is_a_remote(&sandbox, &path);
    assert_eq!(others(), before);
    assert_eq!(sandbox.git(&["-C", &path, "status", "--porcelain"]), "");
    // Nothing of them was fetched.
    let clone = sandbox.clone_of("two").into_os_string().into_string().unwrap();
    let refs = sandbox.git(&["--git-dir", &clone, "for-each-ref", "--format=%(refname)"]);
    assert_eq!(refs, "refs/heads/milepost");
}

#[test]
fn a_clone_begins_without_history() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    let mut git = sandbox.machine("one", &path);
    for number in 1..=5 {
        git.put(LOG, &[segment(1, number)]).unwrap();
    }
    let mut two = sandbox.machine("two", &path);
    assert_has(&mut two, &segments(1, 1..=5));
    let clone = sandbox.clone_of("two").into_os_string().into_string().unwrap();
    let count = || sandbox.git(&["--git-dir", &clone, "rev-list", "--count", "milepost"]);
    assert_eq!(count(), "1");
    git.put(LOG, &[segment(1, 6)]).unwrap();
    assert_has(&mut two, &segments(1, 1..=6));
    assert_eq!(count(), "2");
    two.put(LOG, &[segment(2, 1)]).unwrap();
    assert_eq!(sandbox.git(&["--git-dir", &path, "rev-list", "--count", "milepost"]), "8");
}

#[test]
fn a_sync_asks_git_for_little() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    let mut git = sandbox.machine("one", &path);
    git.put(LOG, &segments(1, 1..=2)).unwrap();
    let cursor = git.list(LOG, None).unwrap().cursor.unwrap();
    sandbox.watch_git();
    let sync = |since: &[u8], put: &[_], gets: bool| {
        let mut git = sandbox.machine("one", &path);
        assert!(git.header(LOG).unwrap().is_some());
        let listing = git.list(LOG, Some(since)).unwrap();
        assert_eq!(got(&mut git, &listing.names).len(), usize::from(gets));
        git.put(LOG, put).unwrap();
        listing.cursor.unwrap()
    };
    // Nothing new, and one connection.
    assert_eq!(sync(&cursor, &[], false), cursor);
    assert_eq!(sandbox.asked(), ["fetch", "cat-file"]);
    // One event, and two connections.
    sync(&cursor, &[segment(1, 3)], false);
    assert_eq!(sandbox.asked(), ["fetch", "cat-file", "fast-import", "push"]);
    // What is there already is not pushed.
    sync(&cursor, &[segment(1, 3)], true);
    let sync = [&["fetch"], &["cat-file"; 6][..], &["fast-import"]].concat();
    assert_eq!(sandbox.asked(), sync);
    // The first time.
    let mut two = sandbox.machine("two", &path);
    assert_eq!(listed(&mut two), names(&segments(1, 1..=3)));
    assert_eq!(
        sandbox.asked(),
        ["version", "ls-remote", "init", "fetch", "cat-file", "cat-file", "cat-file"]
    );
}

#[test]
fn a_clone_is_packed_where_it_became_large() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    let mut git = sandbox.machine("one", &path);
    let clone = sandbox.clone_of("one").into_os_string().into_string().unwrap();
    let loose = || {
        let counted = sandbox.git(&["--git-dir", &clone, "count-objects"]);
        counted.split(' ').next().unwrap().parse::<usize>().unwrap()
    };
    let cursor = git.list(LOG, None).unwrap().cursor.unwrap();
    git.put(LOG, &segments(1, 1..=3)).unwrap();
    assert!(loose() > 0);
    // As many objects as 200 pushes leave.
    fs::create_dir(sandbox.path("loose")).unwrap();
    let files: String = (0..1400)
        .map(|number| {
            let file = format!("loose/{number}");
            fs::write(sandbox.path(&file), &file).unwrap();
            format!("{}\n", sandbox.path(&file).display())
        })
        .collect();
    sandbox
        .git_with(&["--git-dir", &clone, "hash-object", "-w", "--stdin-paths"], files.as_bytes());
    assert!(loose() > 1400);
    git.put(LOG, &segments(1, 4..=4)).unwrap();
    assert_eq!(loose(), 0);
    assert_has(&mut git, &segments(1, 1..=4));
    assert_has(&mut sandbox.machine("one", &path), &segments(1, 1..=4));
    let mut git = sandbox.machine("one", &path);
    assert_eq!(git.list(LOG, Some(&cursor)).unwrap().names, names(&segments(1, 1..=4)));
    git.put(LOG, &segments(1, 5..=5)).unwrap();
    assert_has(&mut git, &segments(1, 1..=5));
}

#[test]
fn many_segments_go_and_come() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    let mut all = segments(1, 1..=2500);
    // The longest that there can be.
    let stream = Uuid::from_u128(2);
    let mut byte = 1_u32;
    let mut random = || {
        byte = byte.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (byte >> 24) as u8
    };
    for number in 1..=3 {
        let sealed: Vec<u8> = (0..crate::sync::remote::MOST_BYTES).map(|_| random()).collect();
        all.push((crate::sync::remote::Name::of(stream, number, &sealed), sealed));
    }
    sandbox.machine("one", &path).put(LOG, &all).unwrap();
    assert_has(&mut sandbox.machine("two", &path), &all);
}
