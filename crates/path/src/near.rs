//! What a person might have meant: the near name, and the id made of a title.

use crate::sort;
use std::borrow::Cow;

/// How alike a name must be to be worth a question (Jaro-Winkler, 0 to 1): `fastpi` and `fastapi` are
/// at 0.97. At 0.75 `podcast` would suggest `docs`.
const NEAR: f64 = 0.8;
/// Names of this length are too short for Jaro-Winkler to see one slip: `mpc` for `mcp` is at 0.56.
const SHORT: usize = 3;
/// Names are short. A longer text is not a name, and comparing it would cost its square.
const LONGEST: usize = 100;

/// What stands beside the names that are most like a text, the most alike first; of equals the first.
pub fn near<'n, T>(text: &str, names: impl IntoIterator<Item = (&'n str, T)>) -> Vec<T> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let wanted = as_id(&text.to_lowercase()).into_owned();
    let names = names.into_iter().map(|(name, shown)| (likeness(&wanted, name), shown));
    let mut scored: Vec<(f64, T)> = names.filter(|(likeness, _)| *likeness >= NEAR).collect();
    sort::by(&mut scored, |a, b| b.0.total_cmp(&a.0));
    scored.into_iter().map(|(_, shown)| shown).collect()
}

/// The name that is most like a text, the first of them where two are alike.
pub fn nearest<'n>(text: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    near(text, names.into_iter().map(|name| (name, name))).into_iter().next()
}

/// What people type for `FastAPI` or `rest principles` is compared as an id would be spelt.
fn as_id(text: &str) -> Cow<'_, str> {
    let parts = |char: char| char == '_' || char.is_whitespace();
    if text.contains(parts) { text.replace(parts, "-").into() } else { text.into() }
}

fn likeness(wanted: &str, name: &str) -> f64 {
    let name = as_id(name);
    // A name that contains what was typed as a whole word is what was meant more often than not, the
    // more so the less there is beside it.
    if !wanted.is_empty() && name.split('-').any(|part| part == wanted) {
        return 0.9 + 0.1 * wanted.len() as f64 / name.len() as f64;
    }
    // Of a longer word, a likeness as great as that of a whole word would be chance.
    let alike = 0.99 * strsim::jaro_winkler(wanted, &name);
    // In so short a name, a single slip leaves too little in place for Jaro-Winkler.
    if alike < NEAR && name.len() == SHORT && strsim::osa_distance(wanted, &name) == 1 {
        return NEAR;
    }
    alike
}

/// An id made of a text: `REST principles` gives `rest-principles`, and `C++` gives `c-plus-plus`, since
/// it is not C. None where nothing is left.
pub fn slug(text: &str) -> Option<String> {
    slug_within(text, 64)
}

/// An id of at most so many characters made of a text, without the last words where it is longer.
pub fn slug_within(text: &str, most: usize) -> Option<String> {
    let mut slug = String::new();
    let mut chars = text.chars().flat_map(char::to_lowercase).peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let is_letter = before.is_alphabetic() && slug.ends_with(|c: char| c.is_ascii_alphabetic());
        let is_behind = is_letter || (before == '+' && slug.ends_with("-plus"));
        let is_end = |next: Option<&char>| next.is_none_or(|next| !next.is_alphanumeric());
        let word = match c {
            '+' if is_behind && (before == '+' || is_end(chars.peek())) => Some("-plus"),
            '#' if is_behind && is_end(chars.peek()) => Some("-sharp"),
            _ => None,
        };
        let is_next = before == '+' && slug.ends_with("-plus");
        before = c;
        if c.is_ascii_alphanumeric() {
            // What follows such a word begins another one: `C++17`.
            if is_next {
                slug.push('-');
            }
            slug.push(c);
        } else if let Some(word) = word {
            slug.push_str(word);
        } else if let Some(letters) = plain_letters(c) {
            slug.push_str(letters);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() > most {
            let whole = slug.get(..=most).and_then(|start| start.rfind('-'));
            slug.truncate(whole.unwrap_or(most));
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// The letters of the alphabet that stand for a small letter with a mark.
fn plain_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ð' | 'ď' | 'đ' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ì'..='ï' | 'ĩ' | 'ī' | 'į' | 'ı' => "i",
        'ľ' | 'ł' | 'ļ' | 'ĺ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_prefers_the_most_alike_and_the_first() {
        let names = ["fastapi", "rest-principles", "api-security"];
        assert_eq!(nearest("fastpi", names), Some("fastapi"));
        assert_eq!(nearest("FastAPI", names), Some("fastapi"));
        assert_eq!(nearest("kubernetes", names), None);
        assert_eq!(nearest("", names), None);
        assert_eq!(nearest("ab", ["abc", "abd"]), Some("abc"));
        assert_eq!(nearest(&"a".repeat(101), ["a"]), None);
        assert_eq!(nearest("look for", ["ask", "look_for"]), Some("look_for"));
        assert_eq!(nearest("principles", names), Some("rest-principles"), "a whole word of it");
        // One slip in a short name: letters in the wrong order, and one that is wrong, extra or missing.
        for slip in ["mpc", "ncp", "cp", "mxcp"] {
            assert_eq!(nearest(slip, ["fmt", "mcp"]), Some("mcp"), "{slip}");
        }
        assert_eq!(nearest("pmc", ["mcp"]), None, "two slips");
        // What is only a little alike is not what was meant.
        assert_eq!(nearest("podcast", ["docs", "paper"]), None);
    }

    #[test]
    fn slugs_are_ids() {
        assert_eq!(slug("REST principles").as_deref(), Some("rest-principles"));
        assert_eq!(slug("  C++ & Rust!").as_deref(), Some("c-plus-plus-rust"));
        for (text, expected) in [
            ("C", "c"),
            ("C++17 and C#", "c-plus-plus-17-and-c-sharp"),
            ("F# (functional)", "f-sharp-functional"),
            ("Notepad++", "notepad-plus-plus"),
            ("STL (C++)", "stl-c-plus-plus"),
            ("a+b, 1+1, Python 3.8+", "a-b-1-1-python-3-8"),
            ("Issue #12, a#b, +1", "issue-12-a-b-1"),
            ("Größe+", "grosse-plus"),
            ("日+ 1", "1"),
        ] {
            assert_eq!(slug(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(slug("Base de données, Größe").as_deref(), Some("base-de-donnees-grosse"));
        assert_eq!(slug("日本"), None);
        assert_eq!(slug(&"a-".repeat(80)).map(|s| s.len()), Some(63));
        for (most, expected) in
            [(15, "rest-principles"), (14, "rest"), (5, "rest"), (4, "rest"), (2, "re")]
        {
            assert_eq!(slug_within("REST principles", most).as_deref(), Some(expected), "{most}");
        }
        assert_eq!(slug_within("REST principles of APIs", 15).as_deref(), Some("rest-principles"));
    }
}
