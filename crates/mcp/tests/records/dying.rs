//! A client or a server that dies in the middle leaves all of a call or nothing of it.

use std::time::Duration;

use serde_json::{Value, json};

use crate::home::Home;
use crate::session::{Era, Session};

const ITEMS: [&str; 5] = ["tools/pipes", "tools/scripts", "tools/http", "tools/logs", "web/rest"];

/// How many of the items are done.
fn done(home: &Home) -> usize {
    let list = home.json(&["list", "--status", "done"]);
    list["items"].as_array().unwrap().len()
}

#[test]
fn of_a_call_whose_client_or_server_dies_there_is_all_or_nothing() {
    let home = Home::following();
    for round in 0..24u64 {
        let mut session = Session::writing(&home, Era::Initialized);
        session.send(
            "tools/call",
            json!({"name": "mark", "arguments": {"refs": ITEMS, "status": "done"}}),
        );
        std::thread::sleep(Duration::from_millis(round / 2 * 6));
        if round % 2 == 0 {
            session.client_dies()
        } else {
            session.kill()
        }
        let count = done(&home);
        assert!(count == 0 || count == ITEMS.len(), "{count} of {} are done", ITEMS.len());
        assert_eq!(home.code(&["doctor"]), 0);
        if count > 0 {
            let log = home.json(&["log", "--limit", "5"]);
            let is_whole = |event: &Value| event["by"] == "mcp:tester" && event["action"] == "done";
            assert!(log["events"].as_array().unwrap().iter().all(is_whole), "{log}");
            home.json(&["undo"]);
        }
        assert_eq!(done(&home), 0, "it was one command");
    }
}
