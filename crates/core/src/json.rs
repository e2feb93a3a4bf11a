//! The envelope that every JSON answer has, and its one way of being written. `output` calls it for
//! reports, `export` for files: the same document, the same bytes.

use std::io;

use milepost_path::chars::is_unsafe;
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

/// The version of the JSON that reports have.
pub const SCHEMA: u32 = 1;

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
    envelope(command, report, if spread { usize::MAX } else { 0 })
}

fn envelope<R: Serialize>(
    command: &str,
    report: &R,
    spread: usize,
) -> Result<String, serde_json::Error> {
    written(&Envelope { schema: SCHEMA, command, report }, spread)
}

/// A value spread out for a person to read, without the envelope: for the forms of other programs.
/// Ends with a newline.
///
/// # Errors
/// A value has no JSON.
pub fn plain<R: Serialize>(value: &R) -> Result<String, serde_json::Error> {
    written(value, usize::MAX)
}

fn written(value: &impl Serialize, spread: usize) -> Result<String, serde_json::Error> {
    let mut bytes = Vec::new();
    let spread = Spread { outer: PrettyFormatter::new(), depth: 0, most: spread };
    value.serialize(&mut Serializer::with_formatter(&mut bytes, spread))?;
    Ok(safe(&String::from_utf8_lossy(&bytes)))
}

/// That a command failed, as one JSON document on one line. Ends with a newline.
///
/// # Errors
/// A value has no JSON.
pub fn failure(error: &impl Serialize) -> Result<String, serde_json::Error> {
    #[derive(Serialize)]
    struct Failure<'a, E> {
        schema: u32,
        error: &'a E,
    }
    Ok(safe(&serde_json::to_string(&Failure { schema: SCHEMA, error })?))
}

/// A report as one JSON document with a line for each of its fields, and for each entry of a list
/// that is one of them. Ends with a newline.
///
/// # Errors
/// A value has no JSON.
pub(crate) fn document_in_rows<R: Serialize>(
    command: &str,
    report: &R,
) -> Result<String, serde_json::Error> {
    envelope(command, report, ROWS)
}

/// The document, and the lists in it.
const ROWS: usize = 2;

/// Spread out down to a depth, on one line below it. One formatter for all three forms: with one for
/// each, the program has the code that writes each report three times.
struct Spread {
    outer: PrettyFormatter<'static>,
    depth: usize,
    most: usize,
}

/// Methods that ask the one formatter or the other.
macro_rules! by_depth {
    ($($method:ident($($argument:ident: $type:ty)?);)*) => {$(
        fn $method<W: ?Sized + io::Write>(
            &mut self,
            writer: &mut W,
            $($argument: $type,)?
        ) -> io::Result<()> {
            if self.depth <= self.most {
                self.outer.$method(writer $(, $argument)?)
            } else {
                CompactFormatter.$method(writer $(, $argument)?)
            }
        }
    )*};
}

/// The beginnings and ends of lists and objects.
macro_rules! nesting {
    ($($begin:ident $end:ident;)*) => {$(
        fn $begin<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
            self.depth += 1;
            if self.depth <= self.most {
                self.outer.$begin(writer)
            } else {
                CompactFormatter.$begin(writer)
            }
        }

        fn $end<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
            let spread = self.depth <= self.most;
            self.depth -= 1;
            if spread { self.outer.$end(writer) } else { CompactFormatter.$end(writer) }
        }
    )*};
}

impl Formatter for Spread {
    nesting! {
        begin_array end_array;
        begin_object end_object;
    }
    by_depth! {
        begin_array_value(first: bool);
        end_array_value();
        begin_object_key(first: bool);
        begin_object_value();
        end_object_value();
    }
}

/// The document with what a terminal acts on, DEL and C1, and what reorders or hides text written
/// as escapes, which JSON would let stand. It occurs in strings only, and is the same text when it is
/// read. Most of a long document is plain, and passes whole.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 1);
    let mut rest = text;
    loop {
        let (plain, tail) = rest.split_at(plain_length(rest.as_bytes()));
        safe.push_str(plain);
        let mut chars = tail.chars();
        match chars.next() {
            Some(c) if is_unsafe(c) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    safe.push_str(&format!("\\u{unit:04x}"));
                }
            }
            Some(c) => safe.push(c),
            None => break,
        }
        rest = chars.as_str();
    }
    safe.push('\n');
    safe
}

/// How many of the first bytes are printable ASCII or newlines.
fn plain_length(bytes: &[u8]) -> usize {
    const AT_ONCE: usize = 32;
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') | (*byte == b'\n');
    // Without a way out in the middle, many bytes are looked at with one instruction.
    let all_plain = |chunk: &&[u8]| chunk.iter().fold(true, |all, byte| all & is_plain(byte));
    let whole = AT_ONCE * bytes.chunks_exact(AT_ONCE).take_while(all_plain).count();
    let rest = bytes.get(whole..).unwrap_or_default();
    whole + rest.iter().position(|byte| !is_plain(byte)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn it_is_one_document_in_an_envelope() {
        let report = BTreeMap::from([("title", "a\u{7f}\u{9b}b\n\u{1b}")]);
        assert_eq!(
            document("show", &report, false).unwrap(),
            "{\"schema\":1,\"command\":\"show\",\"title\":\"a\\u007f\\u009bb\\n\\u001b\"}\n"
        );
        let rows = BTreeMap::from([
            ("a", vec![BTreeMap::from([("x", vec![1, 2]), ("y", vec![])])]),
            ("b", vec![]),
        ]);
        let rows = document_in_rows("show", &rows).unwrap();
        let a = "  \"a\": [\n    {\"x\":[1,2],\"y\":[]}\n  ],\n  \"b\": []";
        assert_eq!(rows, format!("{{\n  \"schema\": 1,\n  \"command\": \"show\",\n{a}\n}}\n"));
        let hidden = "\u{202e}\u{2028}\u{200f}\u{e0041} \u{200d}";
        let report = BTreeMap::from([("title", hidden)]);
        let text = document("show", &report, false).unwrap();
        assert!(text.contains(r#""\u202e\u2028\u200f\udb40\udc41 "#), "{text}");
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["title"], hidden, "it is the same text when it is read");
        for length in 0..100 {
            let text = format!("{}é{}\u{9b}", "a".repeat(length), "b".repeat(99 - length));
            let written = format!("{}é{}\\u009b\n", "a".repeat(length), "b".repeat(99 - length));
            assert_eq!(safe(&text), written);
        }
        let spread = document("show", &report, true).unwrap();
        assert_eq!(spread.lines().count(), 5);
        assert!(!spread.chars().any(|c| c.is_control() && c != '\n'));
    }
}
