//! What an assistant reads, without what it could be misled by: characters that hide, reorder or act,
//! and texts without an end. Titles, notes, evidence and paths are written by others.

use milepost_path::chars::{is_invisible, is_unsafe};
use serde_json::Value;

/// The longest text of an answer, in characters.
pub(crate) const MOST_CHARS: usize = 2000;

/// A text of several lines, made safe to show: characters that cannot be seen are left out; those that
/// act on a terminal or reorder text become U+FFFD, as everywhere in milepost.
pub(crate) fn text(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\t' => shown.push(char),
            _ if is_unsafe(char) => shown.push(char::REPLACEMENT_CHARACTER),
            _ if is_invisible(char) => {}
            _ => shown.push(char),
        }
    }
    shown
}

/// As [`text`], of at most [`MOST_CHARS`] characters, the last of them '…' where something was cut.
fn short(long: &str) -> String {
    let mut shown = text(long);
    if let Some((end, _)) = shown.char_indices().nth(MOST_CHARS) {
        let before = shown.get(..end).and_then(|kept| kept.char_indices().next_back());
        shown.truncate(before.map_or(0, |(last, _)| last));
        shown.push('…');
    }
    shown
}

/// The same for each text of a document.
pub(crate) fn document(value: &mut Value) {
    match value {
        Value::String(text) => *text = short(text),
        Value::Array(items) => items.iter_mut().for_each(document),
        Value::Object(fields) => fields.values_mut().for_each(document),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_hides_reorders_or_acts_is_out() {
        for (raw, shown) in [
            ("plain", "plain"),
            ("two\r\nlines\tand 中文, naïve", "two\nlines\tand 中文, naïve"),
            ("\u{202E}evil\u{202C}", "\u{FFFD}evil\u{FFFD}"),
            ("a\u{200B}b\u{2060}c\u{FEFF}d\u{AD}e", "abcde"),
            ("\u{E0041}\u{E0042}x", "\u{FFFD}\u{FFFD}x"),
            ("\x1b[2J\0", "\u{FFFD}[2J\u{FFFD}"),
            ("👩\u{200D}💻", "👩💻"),
            ("a\rb", "a\u{FFFD}b"),
        ] {
            assert_eq!(text(raw), shown, "{raw:?}");
        }
    }

    #[test]
    fn every_text_of_a_document_is_cleaned_and_capped() {
        let long = "é".repeat(MOST_CHARS + 1);
        let mut value = json!({"a": ["x\u{200B}y", {"b": long}], "n": 1, "z": null});
        document(&mut value);
        assert_eq!(value["a"][0], "xy");
        let cut = value["a"][1]["b"].as_str().unwrap();
        assert_eq!(cut.chars().count(), MOST_CHARS);
        assert!(cut.ends_with("é…"));
        let exact = "é".repeat(MOST_CHARS);
        let mut value = json!(exact);
        document(&mut value);
        assert_eq!(value, json!(exact));
    }
}
