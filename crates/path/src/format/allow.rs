//! Comments that allow what a check warns of: `# check: allow twice-url`.
//!
//! Behind a value, a comment holds for its line; on a line of its own, for the lines up to the next
//! blank one; above everything else in the file, for the whole file. An error of the file cannot be
//! allowed. What a comparison with another version finds can: the file is good by itself.

use std::ops::Range;

/// How many words of a comment are taken for codes.
const MOST_CODES: usize = 100;
/// How many codes the comments of a file can allow; each warning is looked up among them.
const MOST_ALLOWED: usize = 1_000;

/// What the comments of a text allow, in which lines.
#[derive(Debug)]
pub struct Allowed<'t> {
    all: Vec<One<'t>>,
}

#[derive(Debug, PartialEq, Eq)]
struct One<'t> {
    code: &'t str,
    /// Counted from 1.
    lines: Range<usize>,
}

impl<'t> Allowed<'t> {
    /// Reads the comments of a text.
    pub fn of(text: &'t str) -> Self {
        let mut all: Vec<One<'t>> = Vec::new();
        // Where those start that hold up to the next blank line.
        let mut open = 0;
        let mut in_head = true;
        for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let line = line.trim();
            if line.is_empty() && !in_head {
                close(all.get_mut(open..), number);
                open = all.len();
            }
            in_head &= line.is_empty() || line.starts_with('#');
            if all.len() >= MOST_ALLOWED {
                continue;
            }
            let Some((before, codes)) = split(line) else { continue };
            let lines = match (in_head, before.trim().is_empty()) {
                (true, _) => 1..usize::MAX,
                (false, true) => number..usize::MAX,
                (false, false) => number..number + 1,
            };
            let codes = codes.split([' ', ',', '\t']).filter(|word| !word.is_empty());
            all.extend(codes.take(MOST_CODES).map(|code| One { code, lines: lines.clone() }));
            if in_head {
                open = all.len();
            }
        }
        Self { all }
    }

    /// Whether they allow what this code warns of in a line, counted from 1.
    pub fn has(&self, code: &str, line: usize) -> bool {
        self.all.iter().any(|one| one.code == code && one.lines.contains(&line))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// What stands before such a comment, and the codes in it.
fn split(line: &str) -> Option<(&str, &str)> {
    let (before, comment) = line.rsplit_once('#')?;
    let codes = comment.trim_start().strip_prefix("check:")?.trim_start().strip_prefix("allow ")?;
    Some((before, codes))
}

/// Ends what holds up to a blank line.
fn close(open: Option<&mut [One<'_>]>, line: usize) {
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
            Allowed::of(text).all.into_iter().map(|one| (one.code, one.lines)).collect();
        let expected = [
            ("empty", 1..usize::MAX),
            ("no-hours", 4..5),
            ("markup", 4..5),
            ("twice-url", 5..7),
            ("nothing", 8..9),
            ("twice-url", 9..usize::MAX),
        ];
        assert_eq!(found, expected);
    }
}
