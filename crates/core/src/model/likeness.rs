//! Whether two things of a path are the same thing: their kinds, titles and addresses.

use milepost_path::NodeKind;
use milepost_path::address::Address;
use serde::{Deserialize, Serialize};

use super::form;

/// Titles are alike from this similarity on (normalised Levenshtein, 0 to 1): `Git basics` and
/// `Git basic` are at 0.9, `Intro to Rust` and `Intro to Java` at 0.69.
const ALIKE: f64 = 0.75;
/// Or when more than this share of the words of the shorter title is in the longer one.
const SHARED: f64 = 0.5;
/// Words up to this length are articles and prepositions in many languages.
const SHORT: usize = 2;

/// What a thing of a path is, apart from its id.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Thing {
    /// The kind of a node; none for a question or a skill area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<NodeKind>,
    /// Its title, or the question.
    pub title: String,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The statements of a skill area, lowest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<String>,
}

impl Thing {
    /// Whether it is probably another thing than one that had the same id: its kind differs, its
    /// title and its address are both unlike, or no statement of a skill area is like it was.
    pub(crate) fn is_another(&self, before: &Self) -> bool {
        let kinds_differ = self.kind.zip(before.kind).is_some_and(|(one, other)| one != other);
        let mut levels = self.levels.iter().zip(&before.levels).peekable();
        let levels_differ =
            levels.peek().is_some() && levels.all(|(one, other)| !is_like(one, other));
        kinds_differ
            || levels_differ
            || !(is_like(&self.title, &before.title) || self.has_url_of(before))
    }

    fn has_url_of(&self, other: &Self) -> bool {
        let keys = self.url_key().zip(other.url_key());
        keys.is_some_and(|(one, other)| one == other)
    }

    /// The address in the form in which it is compared.
    pub(crate) fn url_key(&self) -> Option<String> {
        self.url.as_deref().map(url_key)
    }
}

/// Whether two titles are probably of one thing.
pub(crate) fn is_like(one: &str, other: &str) -> bool {
    one == other || are_like(&title_key(one), &title_key(other))
}

/// Whether the keys of two titles are alike.
fn are_like(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (words_of_one, words_of_other) = (words(one), words(other));
    let shared = words_of_one.iter().filter(|word| words_of_other.contains(word)).count() as f64;
    let shorter = words_of_one.len().min(words_of_other.len());
    if shorter > 0 && shared / shorter as f64 > SHARED {
        return true;
    }
    // What differs that much in length is not worth the comparison, which takes its square.
    let (short, long) = (one.len().min(other.len()), one.len().max(other.len()));
    short as f64 >= ALIKE * long as f64 && strsim::normalized_levenshtein(one, other) >= ALIKE
}

/// The words of a title that say something.
fn words(key: &str) -> Vec<&str> {
    let all = || key.split(' ').filter(|word| !word.is_empty());
    let mut words: Vec<&str> = all().filter(|word| word.chars().count() > SHORT).collect();
    if words.is_empty() {
        words = all().collect();
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// A title without case, accents and what stands between the words. Where nothing else is in it,
/// as it is.
pub(crate) fn title_key(title: &str) -> String {
    let folded = form::folded(title);
    let mut key = String::with_capacity(folded.len());
    let mut is_between = false;
    for c in folded.chars() {
        // What is part of a name: `C`, `C++` and `C#` are three things.
        if c.is_alphanumeric() || matches!(c, '+' | '#') {
            if is_between && !key.is_empty() {
                key.push(' ');
            }
            is_between = false;
            key.extend(c.to_lowercase());
        } else {
            is_between = true;
        }
    }
    if key.is_empty() { folded.to_lowercase() } else { key }
}

/// An address without what does not change where it leads: the scheme, `www.`, the case of the host,
/// a slash at the end, and what is after `#`.
pub(crate) fn url_key(url: &str) -> String {
    let Some(address) = Address::of(url) else {
        return url.trim().to_owned();
    };
    let (authority, after) = address.split();
    let after = after.split('#').next().unwrap_or_default().trim_end_matches('/');
    let host = authority.to_lowercase();
    [host.strip_prefix("www.").unwrap_or(&host), after].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_one_thing_are_alike() {
        for (one, other, expected) in [
            ("Reading CSV files", "Reading CSV files", true),
            ("Reading CSV files", "reading  csv-files", true),
            ("Reading CSV files", "Reading CSV and TSV files", true),
            ("Git basics", "Git basic", true),
            ("Python", "Python (Advanced)", true),
            ("Café", "Cafe\u{301}", true),
            ("C", "C", true),
            ("日本語", "日本語", true),
            ("!!!", "!!!", true),
            ("Reading CSV files", "Kubernetes", false),
            ("A data report", "A cluster that heals itself", false),
            ("Bread", "Sailing", false),
            ("Intro to Rust", "Intro to Java", false),
            ("C", "C++", false),
            ("!!!", "???", false),
        ] {
            assert_eq!(is_like(one, other), expected, "{one:?} {other:?}");
            assert_eq!(is_like(other, one), expected, "{other:?} {one:?}");
        }
    }

    #[test]
    fn an_address_is_where_it_leads() {
        let key = url_key("https://example.org/a?v=1");
        for same in ["http://www.Example.org/a?v=1#x", " HTTPS://example.org/a?v=1/ "] {
            assert_eq!(url_key(same), key, "{same}");
        }
        for other in ["https://example.org/a?v=2", "https://example.org/A?v=1", "chapter 3"] {
            assert_ne!(url_key(other), key, "{other}");
        }
    }

    #[test]
    fn another_thing_has_another_kind_or_neither_title_nor_address() {
        let thing = |kind, title: &str, url: Option<&str>| Thing {
            kind,
            title: title.to_owned(),
            url: url.map(str::to_owned),
            ..Thing::default()
        };
        let skill = Some(NodeKind::Skill);
        let bread = thing(skill, "Bread", Some("https://a.b/1"));
        for (now, expected) in [
            (thing(skill, "Bread", None), false),
            (thing(skill, "Sailing", Some("http://a.b/1/")), false),
            (thing(None, "Bread", None), false),
            (thing(Some(NodeKind::Resource), "Bread", Some("https://a.b/1")), true),
            (thing(skill, "Sailing", None), true),
            (thing(skill, "Sailing", Some("https://a.b/2")), true),
        ] {
            assert_eq!(now.is_another(&bread), expected, "{now:?}");
        }
        let area = |levels: [&str; 2]| Thing {
            title: "Deployment".to_owned(),
            levels: levels.map(str::to_owned).to_vec(),
            ..Thing::default()
        };
        let before = area(["I copy files.", "I script it."]);
        assert!(!area(["I copy the files.", "I run a cluster."]).is_another(&before));
        assert!(area(["I know a cluster.", "I run one."]).is_another(&before));
    }
}
