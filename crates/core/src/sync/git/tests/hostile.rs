//! A configuration that would change everything, and what somebody hostile placed in the repository.

use std::fmt::Write;
use std::fs;

use uuid::Uuid;

use super::http::{self, Manner};
use super::sandbox::{HEADER, LOG, Sandbox, assert_has, got, listed, names, segment, segments};
use crate::sync::remote::{MOST_BYTES, Name, Remote, RemoteError};

/// What a learner can have in `~/.gitconfig`; MARK is a program that leaves a mark.
const CONFIG: &str = r#"
[alias]
    fetch = "!MARK"
    push = "!MARK"
[clone]
    defaultRemoteName = upstream
    rejectShallow = true
[color]
    ui = always
    push = always
    transport = always
    remote = always
[commit]
    gpgSign = true
    template = /nowhere
[core]
    abbrev = 4
    attributesFile = ATTRIBUTES
    autocrlf = true
    eol = crlf
    fsmonitor = MARK
    hooksPath = HOOKS
    logAllRefUpdates = always
    pager = MARK
    quotePath = true
    safecrlf = true
[diff]
    external = MARK
    noprefix = true
    renames = copies
[fetch]
    fsckObjects = true
    prune = true
    pruneTags = true
    recurseSubmodules = true
    writeCommitGraph = true
[filter "evil"]
    clean = MARK
    smudge = MARK
    required = true
[gc]
    auto = 1
[gpg]
    program = MARK
[i18n]
    commitEncoding = ISO-8859-1
    logOutputEncoding = ISO-8859-1
[init]
    defaultBranch = trunk
    defaultObjectFormat = sha256
    defaultRefFormat = reftable
    templateDir = HOOKS
[maintenance]
    auto = true
[protocol]
    version = VERSION
[push]
    default = nothing
    followTags = true
    gpgSign = true
    recurseSubmodules = on-demand
[safe]
    bareRepository = explicit
[submodule]
    recurse = true
[tag]
    gpgSign = true
[transfer]
    fsckObjects = true
[user]
    useConfigOnly = true
"#;

const HOOKS: [&str; 9] = [
    "fsmonitor-watchman",
    "post-checkout",
    "post-commit",
    "post-index-change",
    "post-rewrite",
    "pre-auto-gc",
    "pre-commit",
    "pre-push",
    "reference-transaction",
];

#[test]
fn a_configuration_changes_nothing() {
    for version in ["0", "2"] {
        let sandbox = Sandbox::new();
        sandbox.repository("log.git");
        // The other side has a configuration of its own there.
        let server = http::serve(sandbox.path(""), Manner::Open);
        sandbox.install("mark", &format!(": >'{}'", sandbox.path("marked").display()));
        let mark = sandbox.path("bin/mark").into_os_string().into_string().unwrap();
        for hook in HOOKS {
            sandbox.hook(sandbox.path("").to_str().unwrap(), hook, &format!("{mark}\n"));
        }
        fs::write(sandbox.path("attributes"), "* text eol=crlf filter=evil\n").unwrap();
        let config = CONFIG.replace("MARK", &mark).replace("VERSION", version);
        let config = config.replace("HOOKS", sandbox.path("hooks").to_str().unwrap());
        sandbox
            .configure(&config.replace("ATTRIBUTES", sandbox.path("attributes").to_str().unwrap()));
        let address = format!("http://{server}/log.git");
        let german =
            [("LANG", "de_DE.UTF-8"), ("LC_MESSAGES", "de_DE.UTF-8"), ("GIT_PAGER", &mark)];
        let machine = |name: &str| {
            let mut git = sandbox.machine(name, &address);
            let set = german.map(|(name, value)| (name.into(), Some(value.into())));
            git.cache.program.environment.extend(set);
            git
        };
        let mut git = machine("one");
        git.create(LOG, HEADER).unwrap();
        git.put(LOG, &segments(1, 1..=3)).unwrap();
        let mut two = machine("two");
        assert_eq!(two.header(LOG).unwrap().unwrap(), HEADER);
        assert_has(&mut two, &segments(1, 1..=3));
        let cursor = two.list(LOG, None).unwrap().cursor;
        git.put(LOG, &segments(1, 4..=4)).unwrap();
        let listing = two.list(LOG, cursor.as_deref()).unwrap();
        assert_eq!(listing.names, names(&segments(1, 4..=4)));
        assert!(!sandbox.path("marked").exists());
        // The same commit for everybody, without a signature.
        let path = sandbox.path("log.git").into_os_string().into_string().unwrap();
        sandbox.configure("");
        let commit = sandbox.git(&["--git-dir", &path, "cat-file", "commit", "milepost"]);
        assert!(commit.contains("\nauthor milepost <milepost@localhost> "), "{commit}");
        assert!(commit.ends_with(" +0000\n\nmilepost"), "{commit}");
    }
}

#[test]
fn an_address_of_the_configuration_starts_nothing() {
    let sandbox = Sandbox::new();
    sandbox.install("mark", &format!(": >'{}'", sandbox.path("marked").display()));
    for scheme in ["ext", "fd"] {
        let text = format!(
            "[protocol]\n\tallow = always\n[protocol \"{scheme}\"]\n\tallow = always\n\
             [url \"{scheme}::mark\"]\n\tinsteadOf = log:\n"
        );
        sandbox.configure(&text);
        let logs = sandbox.machine("one", "log:log.git").logs();
        let Err(RemoteError::Unreachable { said }) = logs else { panic!("{logs:?}") };
        assert!(said.contains(&format!("transport '{scheme}' not allowed")), "{said}");
    }
    assert!(!sandbox.path("marked").exists());
}

/// Makes a commit on our branch of a repository, of files with their modes.
fn place(sandbox: &Sandbox, repository: &str, files: &[(&str, &str, &[u8])]) {
    let mut stream = b"commit refs/heads/milepost\ncommitter Evil <evil@localhost> 0 +0000\n\
        data 4\nevil\nfrom refs/heads/milepost^0\n"
        .to_vec();
    for (mode, path, bytes) in files {
        // A path can hold anything that is not a quote here.
        if *mode == "160000" {
            stream.extend(format!("M {mode} {} \"{path}\"\n", "1".repeat(40)).bytes());
        } else {
            stream.extend(format!("M {mode} inline \"{path}\"\ndata {}\n", bytes.len()).bytes());
            stream.extend_from_slice(bytes);
            stream.push(b'\n');
        }
    }
    sandbox.git_with(&["--git-dir", repository, "fast-import", "--quiet"], &stream);
}

#[test]
fn what_somebody_placed_there_is_neither_followed_nor_executed() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    let mut git = sandbox.machine("one", &path);
    git.put(LOG, &segments(1, 1..=3)).unwrap();
    let cursor = git.list(LOG, None).unwrap().cursor;
    let in_log = |name: &str| format!("{LOG}/{name}");
    let of = |stream: u128, number: u64| in_log(&segment(stream, number).0.to_string());
    let target = sandbox.path("outside").into_os_string().into_string().unwrap();
    let (stream, other) = (Uuid::from_u128(5), Uuid::from_u128(6));
    let huge = vec![0; MOST_BYTES + 1];
    let late = in_log(&format!("{}.sync-conflict-20261130", segment(1, 9).0));
    let deep = in_log(&["x"; 500].join("/"));
    let placed: [(&str, &str, &[u8]); 16] = [
        ("120000", &of(3, 1), target.as_bytes()),
        ("120000", &in_log(&stream.to_string()), b"../../.."),
        ("160000", &in_log(&other.to_string()), b""),
        ("100755", &of(4, 1), &segment(4, 1).1),
        ("100644", &of(1, 4), &huge),
        ("100644", &of(1, 5), b"torn"),
        ("100644", &late, b"late"),
        ("100644", &in_log("\\033[2J\\n\\377"), b"x"),
        ("100644", &deep, b"x"),
        ("100644", ".gitattributes", b"* text eol=crlf filter=evil\n"),
        ("100644", ".gitmodules", b"[submodule \"x\"]\n\tpath = x\n\turl = ext::touch marked\n"),
        ("160000", "x", b""),
        ("120000", "y", b"/"),
        ("100755", "hooks/pre-push", b"#!/bin/sh\ntouch marked\n"),
        ("100644", &format!("{stream}/file"), b"no header"),
        ("100644", &format!("{other}"), b"no folder"),
    ];
    place(&sandbox, &path, &placed);
    let mut ours = segments(1, 1..=3);
    let strange = [segment(1, 4).0, segment(1, 5).0];
    let mut expected = names(&ours);
    expected.extend(strange);
    expected.sort_unstable();
    let mut two = sandbox.machine("two", &path);
    assert_eq!(two.logs().unwrap(), [LOG]);
    assert_eq!(listed(&mut two), expected);
    let listing = git.list(LOG, cursor.as_deref()).unwrap();
    assert_eq!((listing.names.as_slice(), listing.is_whole), (strange.as_slice(), false));
    // One that is too large, one that is torn, a link and what is not there: the others come.
    let asked = [strange[0], ours[0].0, strange[1], segment(3, 1).0, segment(7, 1).0];
    let found = got(&mut two, &asked);
    let bytes: Vec<_> = found.into_iter().map(|(_, bytes)| bytes).collect();
    let link = target.clone().into_bytes();
    let sealed = ours[0].1.clone();
    assert_eq!(bytes, [Some(vec![]), Some(sealed), Some(b"torn".to_vec()), Some(link), None]);
    // What is wrong is put right, and ours lands in no other place.
    let right = [segment(1, 4), segment(1, 5), segment(3, 1), segment(4, 1)];
    git.put(LOG, &right).unwrap();
    let inside = Name::of(stream, 1, b"inside");
    git.put(LOG, &[(inside, b"inside".to_vec())]).unwrap();
    ours.extend(right);
    ours.push((inside, b"inside".to_vec()));
    assert_has(&mut sandbox.machine("three", &path), &ours);
    assert!(!sandbox.path("outside").exists() && !sandbox.path("marked").exists());
    let kept = sandbox.git(&["--git-dir", &path, "ls-tree", "milepost", "y", ".gitmodules"]);
    assert_eq!(kept.lines().count(), 2);
}

#[test]
fn a_header_that_is_none_is_told() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    let header = format!("{LOG}/header.json");
    let inside = format!("{header}/file");
    let in_the_way = |git: Result<_, RemoteError>| {
        assert!(matches!(git, Err(RemoteError::InTheWay(_))), "{git:?}");
    };
    place(&sandbox, &path, &[("100644", &header, &[b' '; 5000])]);
    in_the_way(sandbox.machine("one", &path).header(LOG));
    place(&sandbox, &path, &[("100644", &header, &vec![b' '; 5_000_000])]);
    in_the_way(sandbox.machine("one", &path).header(LOG));
    place(&sandbox, &path, &[("100644", &inside, b"x")]);
    in_the_way(sandbox.machine("one", &path).header(LOG));
    // Something else in the place of the log: it is made in its stead.
    for mode in ["100644", "120000", "160000"] {
        place(&sandbox, &path, &[(mode, &LOG.to_string(), b"/")]);
        let mut git = sandbox.machine("one", &path);
        assert!(git.logs().unwrap().is_empty());
        assert_eq!(git.header(LOG).unwrap(), None);
        for cursor in [None, Some("1".repeat(40))] {
            let listing = git.list(LOG, cursor.as_deref().map(str::as_bytes));
            assert!(matches!(listing, Err(RemoteError::NoLog(LOG))), "{listing:?}");
        }
        git.create(LOG, HEADER).unwrap();
        git.put(LOG, &segments(1, 1..=2)).unwrap();
        assert_has(&mut git, &segments(1, 1..=2));
    }
}

/// A folder with as many entries, all of them the same.
fn same(sandbox: &Sandbox, repository: &str, entry: &str, count: usize) -> String {
    let mut tree = String::new();
    for number in 0..count {
        writeln!(tree, "{entry}\t{number:04}").unwrap();
    }
    let tree = sandbox.git_with(&["--git-dir", repository, "mktree"], tree.as_bytes());
    format!("040000 tree {tree}")
}

#[test]
fn folders_within_folders_cost_nothing() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    let file = sandbox.git_with(&["--git-dir", &path, "hash-object", "-w", "--stdin"], b"x");
    let file = format!("100644 blob {file}");
    // 10,000,000,000 files, in folders that are none of ours.
    let endless = (0..5).fold(file.clone(), |entry, _| same(&sandbox, &path, &entry, 100));
    let folders = same(&sandbox, &path, &same(&sandbox, &path, &endless, 100), 2);
    // 4,000,000 files, where ours would be.
    let many = same(&sandbox, &path, &same(&sandbox, &path, &file, 2000), 2000);
    let old = sandbox.git(&["--git-dir", &path, "ls-tree", &format!("milepost:{LOG}")]);
    let cursor = sandbox.machine("one", &path).list(LOG, None).unwrap().cursor;
    for (folder, is_many) in [(folders, false), (many, true)] {
        let stream = Uuid::from_u128(9);
        let log = format!("{old}\n{endless}\tendless\n{folder}\t{stream}\n");
        let log = sandbox.git_with(&["--git-dir", &path, "mktree"], log.as_bytes());
        let root = format!("040000 tree {log}\t{LOG}\n");
        let root = sandbox.git_with(&["--git-dir", &path, "mktree"], root.as_bytes());
        let arguments = ["--git-dir", &path, "commit-tree", "-m", "x", "-p", "milepost", &root];
        let commit = sandbox.git(&arguments);
        sandbox.git(&["--git-dir", &path, "update-ref", "refs/heads/milepost", &commit]);
        for cursor in [None, cursor.as_deref()].into_iter().skip(usize::from(is_many)) {
            let listing = sandbox.machine("one", &path).list(LOG, cursor);
            match listing {
                Err(RemoteError::TooMany { .. }) if is_many => {}
                Ok(listing) if !is_many => assert_eq!(listing.names, []),
                other => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn what_is_enormous_is_not_fetched() {
    let sandbox = Sandbox::new();
    let path = sandbox.with_log("log.git");
    let mut state = 1_u32;
    let noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let noise: Vec<u8> = std::iter::repeat_with(noise).take(4 << 20).collect();
    place(&sandbox, &path, &[("100644", "large", &noise)]);
    // Nothing more comes, so that it is not over before somebody looks.
    let slow = "for word; do last=$word; done\nsh -c \"$last\" | { dd bs=32k count=100 2>/dev/null; \
                [ -z \"$(head -c 1 | tr '\\000' x)\" ] || sleep 100; }\n";
    sandbox.install("ssh", slow);
    let mut git = sandbox.machine("one", &format!("host.example:{path}"));
    git.cache.most_fetched = 1 << 20;
    let header = git.header(LOG);
    let Err(RemoteError::Foreign { said }) = header else { panic!("{header:?}") };
    assert_eq!(said, "more than 1 MiB at once");
    #[cfg(target_os = "linux")]
    sandbox.assert_quiet();
    // It is not too large for who allows as much.
    assert_has(&mut sandbox.machine("one", &path), &[]);
}
