//! The text of config.toml with a key changed: all else stays as it is written, comments and blanks too.
//! All keys stand in the first table, so the end of the text has room for one more.

use std::ops::Range;

use milepost_author::value;

use super::file::{Key, Problem, Value, table};

/// The first line of a new file, which tells an editor what can stand in it.
pub(crate) const SCHEMA: &str = "#:schema config.schema.json\n";

/// The text with another value of a key.
///
/// # Errors
/// It is not TOML.
pub(crate) fn with(text: &str, key: Key, value: &Value) -> Result<String, Problem> {
    let value = match value {
        Value::Text(text) => value::Value::Text(text.clone()),
        Value::Number(number) => value::Value::Number(*number),
        Value::Truth(truth) => value::Value::Flag(*truth),
    };
    let value = value.toml();
    if let Some([_, written]) = place(text, key)? {
        return Ok(replaced(text, written, &value));
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { end };
    Ok(format!("{text}{gap}{} = {value}{end}", key.name()))
}

/// The text without the lines of a key.
///
/// # Errors
/// It is not TOML.
pub(crate) fn without(text: &str, key: Key) -> Result<String, Problem> {
    let Some([key, value]) = place(text, key)? else { return Ok(text.to_owned()) };
    let before = text.get(..key.start).and_then(|before| before.rfind('\n'));
    let behind = text.get(value.end..).and_then(|behind| behind.find('\n'));
    let lines = before.map_or(0, |at| at + 1)..behind.map_or(text.len(), |at| value.end + at + 1);
    Ok(replaced(text, lines, ""))
}

/// Where a key stands, and its value.
fn place(text: &str, key: Key) -> Result<Option<[Range<usize>; 2]>, Problem> {
    let table = table(text)?;
    let mut pairs = table.iter().filter(|(name, _)| name.get_ref().as_ref() == key.name());
    Ok(pairs.next().map(|(name, value)| [name.span(), value.span()]))
}

fn replaced(text: &str, place: Range<usize>, by: &str) -> String {
    let before = text.get(..place.start).unwrap_or_default();
    let behind = text.get(place.end..).unwrap_or_default();
    [before, by, behind].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "#:schema x\n# Mine.\nname   = 'Anna'  # me\n\n# Not yet:\n# copies = false\n\"db\" = \"\"\"\n~/a\\\n.db\"\"\"\ncolor = \"auto\"";

    #[test]
    fn all_else_stays_as_it_is_written() {
        let name = with(TEXT, Key::Name, &Value::Text("A \"B\"\n\u{1b}".to_owned())).unwrap();
        let (before, rest) = name.split_once("name   = ").unwrap();
        let (value, rest) = rest.split_once("  # me").unwrap();
        assert_eq!(TEXT, format!("{before}name   = 'Anna'  # me{rest}"));
        assert!(!value.contains('\n') && !value.contains('\u{1b}'), "{value:?}");
        let db = with(TEXT, Key::Db, &Value::Text("b.db".to_owned())).unwrap();
        assert_eq!(db, TEXT.replace("\"\"\"\n~/a\\\n.db\"\"\"", "\"b.db\""));
        let hours = with(TEXT, Key::HoursPerWeek, &Value::Number(6.0)).unwrap();
        assert_eq!(hours, format!("{TEXT}\nhours_per_week = 6\n"));
        let dos = TEXT.replace('\n', "\r\n");
        let hours = with(&dos, Key::HoursPerWeek, &Value::Number(6.5)).unwrap();
        assert_eq!(hours, format!("{dos}\r\nhours_per_week = 6.5\r\n"));
        assert_eq!(with("", Key::Copies, &Value::Truth(false)).unwrap(), "copies = false\n");
    }

    #[test]
    fn a_key_goes_with_its_lines() {
        assert_eq!(without(TEXT, Key::Copies).unwrap(), TEXT);
        assert_eq!(without(TEXT, Key::Name).unwrap(), TEXT.replace("name   = 'Anna'  # me\n", ""));
        let db = "\"db\" = \"\"\"\n~/a\\\n.db\"\"\"\n";
        assert_eq!(without(TEXT, Key::Db).unwrap(), TEXT.replace(db, ""));
        assert_eq!(without(TEXT, Key::Color).unwrap(), TEXT.replace("color = \"auto\"", ""));
        assert_eq!(without("  name = 'é'\r\n", Key::Name).unwrap(), "");
    }

    #[test]
    fn what_is_no_toml_is_not_changed() {
        for text in ["name = ", "[", "name = 1\nname = 2\n"] {
            assert!(with(text, Key::Name, &Value::Truth(true)).is_err(), "{text}");
            assert!(without(text, Key::Name).is_err(), "{text}");
        }
    }
}
