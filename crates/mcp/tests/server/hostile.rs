//! Clients that mean no good, or die: they harm nothing, and the next request is answered.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use milepost_core::report::fixture;
use serde_json::json;

use crate::growth::resident;
use crate::session::{Bare, request};
use crate::shelf;

/// The memory that a server needs, whatever is sent to it.
const MOST_BYTES: u64 = 96 * 1024 * 1024;

/// Whether a server ended within some seconds, and well.
fn ends(bare: &mut Bare) -> Option<bool> {
    let until = Instant::now() + Duration::from_secs(20);
    while Instant::now() < until {
        if let Some(status) = bare.child.try_wait().unwrap() {
            return Some(status.success());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    None
}

fn is_small(bare: &Bare) {
    if let Some(bytes) = resident(bare.child.id()) {
        assert!(bytes < MOST_BYTES, "{bytes} bytes");
    }
}

#[test]
fn what_is_no_message_is_passed_over() {
    let sandbox = shelf::following();
    let mut bare = Bare::start(&sandbox);
    let deep = "[".repeat(100_000);
    for line in [
        &b"\xff\xfe\x00\x80 not UTF-8 \xc3\x28"[..],
        b"{\"jsonrpc\": \"2.0\", \"id\": \"\xff\", \"method\": \"tools/list\"}",
        b"",
        b"{",
        b"{}",
        b"[]",
        b"null",
        b"\"text\"",
        b"\0\0\0\0",
        b"{\"jsonrpc\": \"1.0\", \"id\": 1, \"method\": \"tools/list\"}",
        b"{\"jsonrpc\": \"2.0\", \"id\": {}, \"method\": \"tools/list\"}",
        b"{\"jsonrpc\": \"2.0\", \"id\": 7, \"method\": \"tools/call\", \"params\": 7}",
        b"{\"jsonrpc\": \"2.0\", \"id\": 8, \"method\": \"no/such/method\"}",
        b"{\"jsonrpc\": \"2.0\", \"id\": 9, \"result\": {}}",
        b"{\"jsonrpc\": \"2.0\", \"method\": \"notifications/cancelled\", \"params\": {\"requestId\": 99}}",
        deep.as_bytes(),
    ] {
        bare.write(line);
        bare.write(b"\n");
        assert!(bare.is_well(), "{}", String::from_utf8_lossy(line));
    }
    is_small(&bare);
}

#[test]
fn a_line_without_end_is_dropped() {
    let sandbox = shelf::following();
    let mut bare = Bare::start(&sandbox);
    let text = "x".repeat(10 * 1024 * 1024);
    bare.call("long", "check_path", &json!({"text": text}));
    assert!(bare.is_well());
    for _ in 0..40 {
        bare.write(&vec![b'['; 1024 * 1024]);
    }
    is_small(&bare);
    bare.write(b"\n");
    assert!(bare.is_well());
    is_small(&bare);
    // Many values, of which each takes more room than it has bytes.
    bare.write(format!("[{}0]\n", "0,".repeat(1_000_000)).as_bytes());
    assert!(bare.is_well());
    is_small(&bare);
}

#[test]
fn who_asks_for_everything_at_once_is_answered_in_turn() {
    const CALLS: usize = 700;
    let sandbox = shelf::lived_in();
    let mut bare = Bare::start(&sandbox);
    // Long ids, so that the requests are more than a pipe holds.
    let id = |at: usize| format!("{at}{}", "-".repeat(200));
    let call = |at| format!("{}\n", request(&id(at), "show", &json!({"ref": "web"})));
    let flood: String = (0..CALLS).map(call).collect();
    let mut stdin = bare.stdin.take().unwrap();
    // Waits as soon as the server has enough to do.
    let flooding = std::thread::spawn(move || {
        stdin.write_all(flood.as_bytes()).unwrap();
        stdin
    });
    std::thread::sleep(Duration::from_millis(1500));
    is_small(&bare);
    assert!(!flooding.is_finished(), "everything was read, though no answer was");
    let mut answered: Vec<bool> = vec![false; CALLS];
    while answered.iter().any(|one| !one) {
        let message = bare.next();
        assert!(message["result"]["structuredContent"]["ref"] == "web", "{message}");
        let at: usize = message["id"].as_str().unwrap().trim_end_matches('-').parse().unwrap();
        assert!(!std::mem::replace(&mut answered[at], true), "{at} was answered twice");
    }
    is_small(&bare);
    drop(flooding.join().unwrap());
    assert_eq!(ends(&mut bare), Some(true));
}

#[test]
fn a_record_that_somebody_writes_to_holds_nobody_up() {
    let sandbox = shelf::lived_in();
    let app = sandbox.app();
    let mut store = fixture::record(&app);
    let writing = store.write(app.stamp).unwrap();
    let mut bare = Bare::start(&sandbox);
    let begun = Instant::now();
    assert!(bare.is_well());
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    drop(writing);
    assert!(bare.is_well());
}

#[test]
fn a_client_that_closes_its_end_gets_what_it_asked_for() {
    let sandbox = shelf::lived_in();
    let mut server = sandbox.server();
    let mut child = server.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let hello = json!({"jsonrpc": "2.0", "id": "hello", "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"},
    }});
    writeln!(stdin, "{hello}").unwrap();
    for at in 0..20 {
        writeln!(stdin, "{}", request(&at.to_string(), "next", &json!({}))).unwrap();
    }
    // The last line has no end.
    write!(stdin, "{{\"jsonrpc\"").unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 21);
}

#[test]
fn a_client_that_dies_leaves_no_server_behind() {
    let sandbox = shelf::lived_in();
    let before = std::fs::read(sandbox.db()).unwrap();
    for at in 0..3 {
        let mut bare = Bare::start(&sandbox);
        for call in 0..at * 40 {
            bare.call(&call.to_string(), "show", &json!({"ref": "web"}));
        }
        // Nothing was read, and both pipes are closed.
        bare.close();
        assert!(ends(&mut bare).is_some(), "the server is still there");
    }
    assert_eq!(std::fs::read(sandbox.db()).unwrap(), before);
    let said = sandbox.json(["doctor"]);
    assert_eq!(said["errors"], 0, "{said}");
}

#[cfg(unix)]
#[test]
fn it_ends_when_it_is_asked_to() {
    let sandbox = shelf::following();
    // At once, after a call, and with calls that nobody reads.
    for calls in [0, 1, 30] {
        let mut bare = Bare::start(&sandbox);
        for call in 0..calls {
            bare.call(&call.to_string(), "status", &json!({}));
        }
        let kill = Command::new("kill").arg(bare.child.id().to_string()).status().unwrap();
        assert!(kill.success());
        assert_eq!(ends(&mut bare), Some(true), "{calls}");
    }
}

#[test]
fn who_says_nothing_and_leaves_is_no_failure() {
    let sandbox = shelf::home();
    let mut server = sandbox.server();
    let output = server.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(output.stdout.is_empty() && output.stderr.is_empty(), "{output:?}");
}
