//! The ways in which git reaches a repository.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::http::{self, Manner};
use super::sandbox::{
    HEADER, LOG, Sandbox, assert_has, listed, refused, search_path, segment, segments,
};
use crate::sync::remote::{Remote, RemoteError};

/// That two machines meet there, over more bytes than git sends at once.
fn meet(sandbox: &Sandbox, address: &str) {
    let mut git = sandbox.machine("one", address);
    git.create(LOG, HEADER).unwrap();
    git.put(LOG, &segments(1, 1..=3)).unwrap();
    let mut two = sandbox.machine("two", address);
    assert_has(&mut two, &segments(1, 1..=3));
    two.put(LOG, &segments(2, 1..=2)).unwrap();
    assert_has(&mut git, &[segments(1, 1..=3), segments(2, 1..=2)].concat());
}

fn unreachable<T: std::fmt::Debug>(result: Result<T, RemoteError>) -> String {
    match result {
        Err(RemoteError::Unreachable { said }) => said,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_path_and_an_address_of_a_file() {
    let sandbox = Sandbox::new();
    let path = sandbox.repository("with a blank.git");
    meet(&sandbox, &path);
    let path = sandbox.repository("log.git");
    meet(&sandbox, &format!("file://{path}"));
}

#[test]
fn nothing_there_is_told() {
    let sandbox = Sandbox::new();
    let path = sandbox.path("nothing.git").into_os_string().into_string().unwrap();
    fs::create_dir(sandbox.path("empty")).unwrap();
    let empty = sandbox.path("empty").into_os_string().into_string().unwrap();
    for address in [path.clone(), format!("file://{path}"), empty] {
        let said = unreachable(sandbox.machine("one", &address).header(LOG));
        assert!(said.contains("does not appear to be a git repository"), "{said}");
    }
    // Nobody listens there.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for scheme in ["git", "http"] {
        let address = format!("{scheme}://127.0.0.1:{port}/log.git");
        let said = unreachable(sandbox.machine("one", &address).create(LOG, HEADER));
        assert!(said.contains("127.0.0.1"), "{said}");
    }
    // A clone that is there is kept until somebody answers again.
    let path = sandbox.with_log("log.git");
    let mut git = sandbox.machine("two", &path);
    git.put(LOG, &segments(1, 1..=2)).unwrap();
    let away = sandbox.path("away.git");
    fs::rename(&path, &away).unwrap();
    unreachable(git.list(LOG, None));
    unreachable(sandbox.machine("two", &path).header(LOG));
    unreachable(git.put(LOG, &segments(1, 3..=3)));
    assert!(sandbox.clone_of("two").is_dir());
    fs::rename(&away, &path).unwrap();
    git.put(LOG, &segments(1, 3..=3)).unwrap();
    assert_has(&mut git, &segments(1, 1..=3));
}

#[test]
fn a_daemon_of_git() {
    let sandbox = Sandbox::new();
    sandbox.repository("log.git");
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    // Not by `git daemon`, which starts it as a process of its own: that would outlive the test.
    let programs = sandbox.git(&["--exec-path"]);
    let mut command = sandbox.command(&format!("{programs}/git-daemon"));
    let base = format!("--base-path={}", sandbox.path("").display());
    command.args(["--listen=127.0.0.1", "--export-all", "--reuseaddr", "--verbose"]);
    command.arg(format!("--port={port}")).arg(base).arg("--enable=receive-pack");
    let mut daemon = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(daemon.stderr.take().unwrap()).lines();
    let is_ready = said.any(|line| line.unwrap().contains("Ready to rumble"));
    let rest = std::thread::spawn(move || said.for_each(drop));
    let meets = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        assert!(is_ready);
        meet(&sandbox, &format!("git://127.0.0.1:{port}/log.git"));
    }));
    daemon.kill().unwrap();
    daemon.wait().unwrap();
    rest.join().unwrap();
    meets.unwrap();
    #[cfg(target_os = "linux")]
    sandbox.assert_quiet();
}

#[test]
fn a_web_server() {
    let sandbox = Sandbox::new();
    sandbox.repository("log.git");
    let server = http::serve(sandbox.path(""), Manner::Open);
    let address = format!("http://{server}/log.git");
    meet(&sandbox, &address);
    // More than git sends in one piece.
    let mut all = Vec::new();
    for number in 1..=4 {
        let mut state = number as u32;
        let next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let sealed: Vec<u8> = std::iter::repeat_with(next).take(500_000).collect();
        let name = crate::sync::remote::Name::of(uuid::Uuid::from_u128(9), number, &sealed);
        all.push((name, sealed));
    }
    sandbox.machine("one", &address).put(LOG, &all).unwrap();
    all.extend([segments(1, 1..=3), segments(2, 1..=2)].concat());
    assert_has(&mut sandbox.machine("three", &address), &all);
    let said = unreachable(sandbox.machine("four", &format!("{address}x")).logs());
    assert!(said.contains("not found"), "{said}");
}

#[test]
fn a_web_server_that_only_reads() {
    let sandbox = Sandbox::new();
    sandbox.with_log("log.git");
    let server = http::serve(sandbox.path(""), Manner::ReadOnly);
    let mut git = sandbox.machine("one", &format!("http://{server}/log.git"));
    assert_eq!(listed(&mut git), []);
    let said = refused(git.put(LOG, &[segment(1, 1)]));
    assert!(said.contains("403"), "{said}");
}

#[test]
fn credentials_are_those_of_the_learner_and_never_repeated() {
    let sandbox = Sandbox::new();
    sandbox.repository("log.git");
    let server = http::serve(sandbox.path(""), Manner::Password);
    let address = format!("http://{server}/log.git");
    let said = unreachable(sandbox.machine("one", &address).logs());
    assert!(said.contains("terminal prompts disabled"), "{said}");
    let helper = "!f() { echo username=me; echo password=s3cret; }; f";
    sandbox.configure(&format!("[credential]\n\thelper = \"{helper}\"\n"));
    meet(&sandbox, &address);
    // Where an address leads is the learner's: also to one with a password, which stays theirs.
    sandbox.configure(&format!("[url \"http://me:s3cret@{server}/\"]\n\tinsteadOf = log:\n"));
    assert_eq!(sandbox.machine("three", "log:log.git").logs().unwrap(), [LOG]);
    sandbox.configure(&format!("[url \"http://me:wr0ng@{server}/\"]\n\tinsteadOf = log:\n"));
    let said = unreachable(sandbox.machine("four", "log:log.git").logs());
    assert!(!said.contains("wr0ng") && said.contains(&server.to_string()), "{said}");
}

/// What ssh is asked for goes to a shell at the other side; this one is here.
const SSH: &str = r#"echo "$@" >>"$HOME/ssh.log"
for word; do last=$word; done
case "$*" in *" -G "*|"-G "*) exit 0 ;; esac
exec sh -c "$last"
"#;

#[test]
fn ssh() {
    let sandbox = Sandbox::new();
    let path = sandbox.repository("log.git");
    sandbox.install("ssh", SSH);
    meet(&sandbox, &format!("ssh://me@host.example:2222{path}"));
    let log = || fs::read_to_string(sandbox.path("home/ssh.log")).unwrap();
    assert!(log().contains("-p 2222 me@host.example git-upload-pack "), "{}", log());
    let path = sandbox.repository("other.git");
    meet(&sandbox, &format!("me@host.example:{path}"));
    assert!(log().contains("me@host.example git-receive-pack "), "{}", log());
    // It refuses, on many lines and in colour.
    let script =
        "printf 'Banner\\n\\033[31mPermission denied (publickey).\\033[0m\\r\\n' >&2; exit 255";
    sandbox.install("ssh", script);
    let said = unreachable(sandbox.machine("one", &format!("me@host.example:{path}")).logs());
    let expected = "Banner \u{FFFD}[31mPermission denied (publickey).\u{FFFD}[0m fatal: Could not";
    assert!(said.starts_with(expected), "{said}");
}

/// A connection that ssh shares stays when git has ended, and keeps its pipes.
#[test]
fn ssh_that_stays() {
    let sandbox = Sandbox::new();
    let path = sandbox.repository("log.git");
    let stays = format!("sleep 60 & echo $! >>\"$HOME/stays\"\n{SSH}");
    sandbox.install("ssh", &stays);
    let begun = Instant::now();
    meet(&sandbox, &format!("me@host.example:{path}"));
    assert!(begun.elapsed() < Duration::from_secs(60));
    let stays = fs::read_to_string(sandbox.path("home/stays")).unwrap();
    for process in stays.lines() {
        let alive =
            sandbox.command("kill").env("PATH", search_path()).arg(process).status().unwrap();
        assert!(alive.success(), "it is the learner's, and was ended");
    }
}
