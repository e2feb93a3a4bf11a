//! The JSON of every report, read strictly: a field that is renamed, missing, added or of another
//! type fails here. What is added on purpose is added here too, and to the documentation.

#![allow(dead_code, reason = "reading a report strictly is what its fields are for")]

mod changes;
mod files;
mod guidance;
mod log;
mod lookup;
mod mirrors;
mod portfolio;
mod progress;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::sandbox::{Sandbox, words};
use crate::shelf;
use mirrors::*;

/// The report of a command line, read strictly.
fn read<T: DeserializeOwned>(sandbox: &Sandbox, line: &str) -> T {
    let said = sandbox.ok(words(line).into_iter().chain(["--json".to_owned()]));
    serde_json::from_str(&said).unwrap_or_else(|error| panic!("{line}: {error}\n{said}"))
}

/// `show`, whose fields are also those of its children.
fn show(sandbox: &Sandbox, reference: &str) -> Show {
    let mut value = sandbox.json(["show", reference]);
    let fields = value.as_object_mut().unwrap();
    assert_eq!(fields.remove("schema"), Some(1.into()));
    assert_eq!(fields.remove("command"), Some("show".into()));
    serde_json::from_value(value).unwrap_or_else(|error| panic!("show {reference}: {error}"))
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn the_record_is_saved_and_restored() {
    let sandbox = shelf::following();
    let backup: Backup = read(&sandbox, "backup copy.db");
    assert_eq!((backup.file.as_str(), backup.replaced), ("copy.db", false));
    assert!(backup.events > 0 && backup.bytes > 0);
    let restore: Restore = read(&sandbox, "restore copy.db");
    assert!(!restore.changed && restore.kept.0.is_none());
    assert_eq!(
        (restore.events, restore.events_before),
        (backup.events, Nullable(Some(backup.events)))
    );
    let restore: Restore = read(&sandbox, "restore copy.db --db elsewhere.db");
    assert!(restore.changed && restore.events_before.0.is_none());
}

#[test]
fn the_mirrors_are_strict() {
    let good = r#"{"schema":1,"command":"stop","stopped":[],"unchanged":[]}"#;
    assert!(serde_json::from_str::<Stop>(good).is_ok());
    assert!(serde_json::from_str::<Stop>(&good.replace("\"unchanged\"", "\"same\"")).is_err());
    assert!(serde_json::from_str::<Stop>(&good.replace("}", ",\"more\":1}")).is_err());
    let note = r#"{"schema":1,"command":"next","prove":[],"recommendations":[],"code":null,"role":null,"reviews":null,"reviews_due":0,"why":null,"note":null}"#;
    assert!(serde_json::from_str::<Next>(note).is_ok());
    assert!(serde_json::from_str::<Next>(&note.replace(",\"note\":null", "")).is_err());
}
