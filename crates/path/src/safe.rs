//! Text made safe for a terminal: the one place where that is done.
//!
//! Rule 14 of the guarantees: everything foreign (titles, notes, URLs, file names, arguments, and
//! what clap and the TOML parser repeat of them) passes here before it is painted or laid out.
//! What could move the cursor, start an escape, reorder or hide text becomes visible: a newline or
//! a tab a space, all else U+FFFD. Paint afterwards: our own escapes would not survive either.

use std::borrow::Cow;

use crate::chars::is_unsafe;

/// What stands for a character that is not shown.
const REPLACEMENT: char = '\u{FFFD}';

/// Makes a text safe for one line of a terminal; borrowed where nothing is to do.
///
/// A newline (also `\r\n`) and a tab become a space. Other C0 and C1 controls, DEL, bidirectional
/// controls, U+2028, U+2029 and tag characters become U+FFFD each.
pub fn line(text: &str) -> Cow<'_, str> {
    if is_safe(text) { Cow::Borrowed(text) } else { Cow::Owned(cleaned(text, ' ').collect()) }
}

/// Makes a text of several lines safe: like [`line()`], but `\n` stays and `\r\n` becomes `\n`.
pub fn block(text: &str) -> String {
    if is_safe(text) { text.to_owned() } else { cleaned(text, '\n').collect() }
}

/// [`line()`] of at most `max_chars` characters, the last of them '…' where something was cut.
///
/// For messages that repeat foreign input, which can be of any length; only as much of it is read
/// as is shown.
pub fn short(text: &str, max_chars: usize) -> String {
    let mut rest = cleaned(text, ' ');
    let mut shown: String = rest.by_ref().take(max_chars).collect();
    if rest.next().is_some() && shown.pop().is_some() {
        shown.push('…');
    }
    shown
}

fn is_safe(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || !text.chars().any(is_unsafe)
}

/// The characters of a text, each line break as `newline`, the unsafe ones replaced.
fn cleaned(text: &str, newline: char) -> impl Iterator<Item = char> {
    let mut chars = text.chars().peekable();
    std::iter::from_fn(move || {
        let char = chars.next()?;
        if char == '\r' && chars.next_if_eq(&'\n').is_some() {
            return Some(newline);
        }
        Some(match char {
            '\n' => newline,
            '\t' => ' ',
            _ if is_unsafe(char) => REPLACEMENT,
            _ => char,
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn unsafe_characters_become_visible() {
        for (text, expected) in [
            ("", ""),
            ("REST principles", "REST principles"),
            ("naïve 中文 👩‍💻 e\u{301}", "naïve 中文 👩‍💻 e\u{301}"),
            ("a\nb\tc\r\nd", "a b c d"),
            ("a\rb", "a\u{FFFD}b"),
            ("\x0B\x0C\u{85}", "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("\x1b[2J", "\u{FFFD}[2J"),
            ("\u{9b}2J\u{7f}\0\x07", "\u{FFFD}2J\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("\u{202E}evil\u{202C}", "\u{FFFD}evil\u{FFFD}"),
            ("\u{61C}\u{200E}\u{200F}", "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("\u{2028}\u{2029}", "\u{FFFD}\u{FFFD}"),
            ("\u{E0041}\u{E007F}", "\u{FFFD}\u{FFFD}"),
        ] {
            assert_eq!(line(text), expected, "{text:?}");
        }
    }

    #[test]
    fn nothing_to_do_borrows() {
        assert!(matches!(line("plain"), Cow::Borrowed(_)));
        assert!(matches!(line("größer 中"), Cow::Borrowed(_)));
        assert!(matches!(line("a\tb"), Cow::Owned(_)));
    }

    #[test]
    fn every_listed_character_is_replaced() {
        let listed = (0..0x20)
            .chain(0x7F..0xA0)
            .chain([0x61C, 0x200E, 0x200F, 0x2028, 0x2029])
            .chain(0x202A..=0x202E)
            .chain(0x2066..=0x2069)
            .chain(0xE0000..=0xE007F);
        for char in listed.filter_map(char::from_u32) {
            assert!(!line(&char.to_string()).contains(char), "{char:?}");
            assert!(char == '\n' || !block(&char.to_string()).contains(char), "{char:?}");
        }
        for char in ['\u{200B}', '\u{200D}', '\u{FE0F}', '\u{202F}', '\u{2065}', '\u{206A}', ' '] {
            assert!(line(&char.to_string()).contains(char), "{char:?}");
        }
    }

    #[test]
    fn a_block_keeps_its_lines() {
        assert_eq!(block("a\r\n\tb\n\nc\rd\x1b"), "a\n b\n\nc\u{FFFD}d\u{FFFD}");
        assert_eq!(block("plain"), "plain");
    }

    #[test]
    fn long_input_is_cut() {
        for (text, max, expected) in [
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("a\r\nbc", 4, "a bc"),
            ("\x1b\x1b\x1b", 2, "\u{FFFD}…"),
            ("abc", 1, "…"),
            ("abc", 0, ""),
            ("", 5, ""),
        ] {
            assert_eq!(short(text, max), expected, "{text:?} {max}");
        }
    }

    proptest! {
        #[test]
        fn nothing_unsafe_remains(text in any::<String>(), max in 0_usize..20) {
            let safe = line(&text);
            prop_assert!(!safe.chars().any(is_unsafe));
            prop_assert_eq!(line(&safe), safe.clone());
            prop_assert!(!block(&text).chars().any(|char| char != '\n' && is_unsafe(char)));
            let cut = short(&text, max);
            prop_assert!(cut.chars().count() <= max);
            prop_assert!(cut == safe || cut.ends_with('…') || max == 0);
        }
    }
}
