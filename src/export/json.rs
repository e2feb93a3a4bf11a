//! The document as JSON, in the envelope that every report has: lossless, and the same bytes
//! wherever it goes.
//!
//! It is spread over lines, for it is a file that a person can keep, read and compare.

use milepost_core::json;
use milepost_core::report::export::Document;

use crate::error::{Result, no_json};
use crate::words::Document as _;

/// The document as one JSON document.
///
/// # Errors
/// A value has no JSON.
pub(crate) fn render(document: &Document) -> Result<String> {
    json::document(document.command(), &document.json(), true).map_err(no_json)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use milepost_core::report::export::sample;

    #[test]
    fn nothing_of_the_record_is_lost() {
        let document = sample::sample();
        let json: Value = serde_json::from_str(&render(&document).unwrap()).unwrap();
        assert_eq!(json["schema"], 1);
        assert_eq!(json["command"], "export");
        assert_eq!(json["owner"], "Ada");
        let api = json["paths"][0]["stages"][0]["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|item| item["id"] == "first-api")
            .unwrap();
        assert_eq!(api["ref"], "web/first-api");
        assert_eq!(api["kind"], "milestone");
        assert_eq!(api["status"], "done");
        assert_eq!(api["since"], "2026-03-01");
        assert_eq!(api["begun"], "2026-02-10");
        assert_eq!(api["topic"], Value::Null);
        assert_eq!(api["evidence"][0]["text"], "https://github.com/ada/api");
        assert_eq!(api["notes"][0]["text"], "private: the deadline\nwas <tight>");
        assert_eq!(json["retired"][0]["ref"], "web/old-thing");
        let answer =
            |on, grade| serde_json::json!({"ref": "web/question:gone", "on": on, "grade": grade});
        let answers = [answer("2026-02-01", "again"), answer("2026-02-02", "easy")];
        assert_eq!(json["answers"], serde_json::json!(answers));
    }

    #[test]
    fn control_characters_are_escaped() {
        let mut document = sample::sample();
        let owner = "a\u{7f}\u{9b}2J\u{1b}";
        document.owner = Some(owner.to_owned());
        let text = render(&document).unwrap();
        assert!(!text.chars().any(|char| char.is_control() && char != '\n'));
        let json: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["owner"], owner);
    }
}
