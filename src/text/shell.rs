//! Commands that somebody copies from the screen into a shell.

use std::borrow::Cow;

/// A text as one word of a command for a POSIX shell, a file's name above all: in quotes where the
/// shell would take it apart, and never taken for an option.
pub(crate) fn word(text: &str) -> Cow<'_, str> {
    if text.starts_with('-') {
        Cow::Owned(format!("'./{}'", escaped(text)))
    } else {
        self::text(text)
    }
}

/// A text that is no file as one word of a command, where that takes one that begins with a hyphen.
pub(crate) fn text(text: &str) -> Cow<'_, str> {
    let is_plain = |char: char| char.is_alphanumeric() || "/._-+:@%,=".contains(char);
    let begins_plain = !text.starts_with(['-', '=', '~']);
    if !text.is_empty() && begins_plain && text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("'{}'", escaped(text)))
}

fn escaped(text: &str) -> String {
    text.replace('\'', "'\\''")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stays_one() {
        for (text, expected) in [
            ("portfolio.md", "portfolio.md"),
            ("/srv/é/a_b-c.html", "/srv/é/a_b-c.html"),
            ("my portfolio.md", "'my portfolio.md'"),
            ("it's.md", "'it'\\''s.md'"),
            ("$(rm -r x)", "'$(rm -r x)'"),
            ("a\"b\\c`d", "'a\"b\\c`d'"),
            ("-x", "'./-x'"),
            ("~/x", "'~/x'"),
            ("", "''"),
        ] {
            assert_eq!(word(text), expected, "{text:?}");
        }
        assert_eq!(super::text("-x"), "'-x'");
    }
}
