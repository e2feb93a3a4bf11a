//! What is refused before it is parsed: a parser keeps each mark of a text in memory, and each level of
//! what is nested.

use crate::read::{Many, ReadError};

/// How many marks and lines a text can have: more than 60,000 links, and some 100 MB while it is parsed.
const MOST_MARKS: usize = 1_000_000;
/// How many lists and quotes can begin in one line.
const MOST_LEVELS: usize = 100;

/// Counts what the parser keeps.
pub(super) fn check(text: &str) -> Result<(), ReadError> {
    let mut marks = 0;
    for line in text.as_bytes().split(|byte| matches!(byte, b'\n' | b'\r')) {
        if levels(line) > MOST_LEVELS {
            return Err(ReadError::TooMany { what: Many::Levels, most: MOST_LEVELS });
        }
        marks += 1 + line.iter().filter(|byte| is_mark(**byte)).count();
    }
    if marks > MOST_MARKS {
        return Err(ReadError::TooMany { what: Many::Marks, most: MOST_MARKS });
    }
    Ok(())
}

fn is_mark(byte: u8) -> bool {
    matches!(
        byte,
        b'*' | b'_' | b'~' | b'`' | b'[' | b']' | b'!' | b'<' | b'>' | b'&' | b'|' | b'\\'
    )
}

/// How many lists and quotes begin in a line, as far as it matters.
fn levels(line: &[u8]) -> usize {
    let mut rest = line;
    let mut levels = 0;
    while levels <= MOST_LEVELS {
        rest = rest.trim_ascii_start();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (mark, is_quote) = match rest.get(digits) {
            Some(b'>') if digits == 0 => (1, true),
            Some(b'-' | b'+' | b'*') if digits == 0 => (1, false),
            Some(b'.' | b')') if digits > 0 => (digits + 1, false),
            _ => break,
        };
        let Some(after) = rest.get(mark..) else { break };
        if !is_quote && !after.first().is_none_or(u8::is_ascii_whitespace) {
            break;
        }
        rest = after;
        levels += 1;
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_of_a_line() {
        for (line, expected) in [
            ("- a", 1),
            ("> 1. a", 2),
            ("  * * [a]", 2),
            ("word - a", 0),
            ("", 0),
            ("12", 0),
            ("---|---", 0),
        ] {
            assert_eq!(levels(line.as_bytes()), expected, "{line}");
        }
        assert!(check(&"-".repeat(800)).is_ok());
        assert!(check(&">".repeat(200)).is_err());
    }
}
