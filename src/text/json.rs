//! The envelope that every JSON answer has, and its one way of being written. `output` calls it for
//! reports, `export` for files: the same document, the same bytes.

use serde::Serialize;

/// The version of the JSON that reports have.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Envelope<'a, R> {
    schema: u32,
    command: &'a str,
    #[serde(flatten)]
    report: &'a R,
}

/// A report as one JSON document: on one line, or spread out for a person to read. Ends with a
/// newline.
///
/// # Errors
/// A value has no JSON.
pub fn document<R: Serialize>(
    command: &str,
    report: &R,
    spread: bool,
) -> Result<String, serde_json::Error> {
    let envelope = Envelope { schema: SCHEMA, command, report };
    let text = if spread {
        serde_json::to_string_pretty(&envelope)?
    } else {
        serde_json::to_string(&envelope)?
    };
    // JSON lets DEL and C1 stand as they are, terminals act on them. They occur in strings only.
    let mut safe = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        match c {
            '\u{7f}'..='\u{9f}' => safe.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => safe.push(c),
        }
    }
    safe.push('\n');
    Ok(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_one_document_in_an_envelope() {
        let report = std::collections::BTreeMap::from([("title", "a\u{7f}\u{9b}b\n\u{1b}")]);
        assert_eq!(
            document("show", &report, false).unwrap(),
            "{\"schema\":1,\"command\":\"show\",\"title\":\"a\\u007f\\u009bb\\n\\u001b\"}\n"
        );
        let spread = document("show", &report, true).unwrap();
        assert_eq!(spread.lines().count(), 5);
        assert!(!spread.chars().any(|c| c.is_control() && c != '\n'));
    }
}
