//! Comments that allow what a warning warns of: `# check: allow twice-url`.
//!
//! Behind a value, a comment holds for its line; on a line of its own, for the lines up to the next
//! blank one; above everything else in the file, for the whole file. An error cannot be allowed.

use std::ops::Range;

use super::diagnostic::Code;

/// A code that is allowed in some lines.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Allowed {
    pub(super) code: Code,
    /// Counted from 1.
    pub(super) lines: Range<usize>,
}

/// How many warnings the comments of a file can allow; each warning is looked up among them.
const MOST_ALLOWED: usize = 1_000;

/// What the comments of a text allow.
pub(super) fn allowed(text: &str) -> Vec<Allowed> {
    let mut allowed: Vec<Allowed> = Vec::new();
    // Where those start that hold up to the next blank line.
    let mut open = 0;
    let mut in_head = true;
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let line = line.trim();
        if line.is_empty() && !in_head {
            close(allowed.get_mut(open..), number);
            open = allowed.len();
        }
        in_head &= line.is_empty() || line.starts_with('#');
        if allowed.len() >= MOST_ALLOWED {
            continue;
        }
        let Some((before, codes)) = split(line) else { continue };
        let lines = match (in_head, before.trim().is_empty()) {
            (true, _) => 1..usize::MAX,
            (false, true) => number..usize::MAX,
            (false, false) => number..number + 1,
        };
        let codes = codes.split([' ', ',', '\t']).take(Code::ALL.len());
        let known = codes.filter_map(|word| Code::ALL.iter().find(|code| code.as_str() == word));
        allowed.extend(known.map(|code| Allowed { code: *code, lines: lines.clone() }));
        if in_head {
            open = allowed.len();
        }
    }
    allowed
}

/// What stands before such a comment, and the codes in it.
fn split(line: &str) -> Option<(&str, &str)> {
    let (before, comment) = line.rsplit_once('#')?;
    let codes = comment.trim_start().strip_prefix("check:")?.trim_start().strip_prefix("allow ")?;
    Some((before, codes))
}

/// Ends what holds up to a blank line.
fn close(open: Option<&mut [Allowed]>, line: usize) {
    for one in open.into_iter().flatten() {
        one.lines.end = one.lines.end.min(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_holds_for_its_line_its_block_or_the_file() {
        let text = "# A path.\n\n#check: allow empty\nid = 1 # check: allow no-hours, markup\n\
                    # check:  allow twice-url\nurl = 2\n\nurl = 3 # check: allow nothing\n\
                    # check: allow twice-url";
        let found: Vec<_> =
            allowed(text).into_iter().map(|one| (one.code.as_str(), one.lines)).collect();
        let expected = [
            ("empty", 1..usize::MAX),
            ("no-hours", 4..5),
            ("markup", 4..5),
            ("twice-url", 5..7),
            ("twice-url", 9..usize::MAX),
        ];
        assert_eq!(found, expected);
    }
}
