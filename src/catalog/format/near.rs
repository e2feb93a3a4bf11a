//! What a person may have meant: the near name, and the id made of a title.

/// From which likeness on a name is worth a question; `fastpi` and `fastapi` are at 0.97.
const NEAR: f64 = 0.75;

/// The candidate that is most like a name, the first of them where two are alike.
pub(super) fn nearest<'c>(
    wanted: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    // Names are short; a long text is none, and comparing it would cost its square.
    if wanted.len() > 100 {
        return None;
    }
    let wanted = wanted.to_lowercase();
    let mut best = None;
    let mut best_likeness = NEAR;
    for candidate in candidates {
        let likeness = strsim::jaro_winkler(&wanted, candidate);
        if likeness > best_likeness {
            best = Some(candidate);
            best_likeness = likeness;
        }
    }
    best
}

/// An id made of a text: `REST principles` gives `rest-principles`. None where nothing is left.
pub(super) fn slug(text: &str) -> Option<String> {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if let Some(letters) = plain_letters(c) {
            slug.push_str(letters);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= 64 {
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
    }

    #[test]
    fn slugs_are_ids() {
        assert_eq!(slug("REST principles").as_deref(), Some("rest-principles"));
        assert_eq!(slug("  C++ & Rust!").as_deref(), Some("c-rust"));
        assert_eq!(slug("Base de données, Größe").as_deref(), Some("base-de-donnees-grosse"));
        assert_eq!(slug("日本"), None);
        assert_eq!(slug(&"a-".repeat(80)).map(|s| s.len()), Some(63));
    }
}
