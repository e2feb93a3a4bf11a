//! What is refused before it is parsed: a parser keeps each mark of a text in memory.

use super::super::{Many, ReadError};

/// How many marks and lines a text can have: some 200 MB while it is parsed.
const MOST_MARKS: usize = 3_000_000;

/// Counts what the parser keeps.
pub(super) fn check(text: &str) -> Result<(), ReadError> {
    let is_mark = |byte: &&u8| {
        matches!(
            **byte,
            b'*' | b'_'
                | b'~'
                | b'`'
                | b'['
                | b']'
                | b'!'
                | b'<'
                | b'&'
                | b'|'
                | b'\\'
                | b'>'
                | b'-'
                | b'+'
                | b'\n'
                | b'\r'
        )
    };
    if text.bytes().filter(|byte| is_mark(&byte)).count() > MOST_MARKS {
        return Err(ReadError::TooMany { what: Many::Marks, most: MOST_MARKS });
    }
    Ok(())
}
