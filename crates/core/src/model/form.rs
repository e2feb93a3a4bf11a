//! The form in which texts are compared: what looks the same is the same, however it was typed.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_compatible;

/// A text as it is searched: without case, accents and forms of writing, so that `Café` composed or
/// decomposed is `cafe`, `Straße` is `strasse`, and a ligature is its letters. Borrowed where it is
/// ASCII, whose case is left as it is.
pub(crate) fn folded(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    fold(text, |_, c| folded.push(c));
    Cow::Owned(folded)
}

/// Hands over each character of the folded text, with the place of the one that it is made of.
pub(crate) fn fold(text: &str, mut each: impl FnMut(usize, char)) {
    for (at, c) in text.char_indices() {
        decompose_compatible(c, |part| {
            if !is_accent(part) {
                // Through the upper case, since `ß` has no other lower case.
                let upper = part.to_uppercase();
                upper.flat_map(char::to_lowercase).for_each(|c| each(at, c));
            }
        });
    }
}

/// Marks that are put on letters. Those of other scripts can be vowels and stay.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// A text of which every form of the same characters is one and the same.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_is_searched_as_the_same() {
        for (text, expected) in [
            ("Caf\u{e9}", "cafe"),
            ("Cafe\u{301}", "cafe"),
            ("Straße", "strasse"),
            ("STRASSE\u{301}", "strasse"),
            ("ﬁne", "fine"),
            ("naïve résumé", "naive resume"),
            ("Ｆｕｌｌ", "full"),
            ("ΟΔΌΣ", "οδοσ"),
            ("οδός", "οδοσ"),
            ("Việt", "viet"),
            ("한", "\u{1112}\u{1161}\u{11ab}"),
        ] {
            assert_eq!(folded(text), expected, "{text}");
        }
        assert!(matches!(folded("Plain"), Cow::Borrowed("Plain")));
    }

    #[test]
    fn a_composed_text_is_of_one_form() {
        assert_eq!(composed("cafe\u{301}"), composed("caf\u{e9}"));
        assert_ne!(composed("caf\u{e9}"), composed("cafe"));
    }
}
