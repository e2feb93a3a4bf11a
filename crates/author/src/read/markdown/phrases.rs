//! Sentences that say how a list is meant: how many of it are enough, that what follows is an extra.

use crate::read::rich::Rich;

/// How many of what follows are enough, if a text says so: `Choose one of the following:`.
pub(super) fn choose(text: &str) -> Option<u16> {
    const STARTS: [&str; 9] = [
        "choose ",
        "just choose ",
        "pick ",
        "select ",
        "do any ",
        "take any ",
        "your choice",
        "one of the following",
        "any of the following",
    ];
    let text = text.trim().to_lowercase();
    if text.chars().count() > 90 {
        return None;
    }
    let start = STARTS.iter().find(|start| text.starts_with(**start))?;
    if !start.ends_with(' ') {
        let is_whole = text.trim_end_matches([':', '.']).len() <= start.len();
        return (is_whole || text.starts_with("one") || text.starts_with("any")).then_some(1);
    }
    let rest = text.strip_prefix(start)?;
    let mut words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next()?;
    let word = if matches!(first, "any" | "at") { words.next().unwrap_or(first) } else { first };
    let word = if word == "least" { words.next()? } else { word };
    Some(match word {
        "one" | "any" | "either" | "1" => 1,
        "two" | "2" => 2,
        "three" | "3" => 3,
        "four" | "4" => 4,
        "five" | "5" => 5,
        _ => return None,
    })
}

/// Whether a text says that all that follows it is an extra.
pub(super) fn is_optional_from_here(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("below this point is optional") || text.contains("below is optional")
}

/// The words of a paragraph that is all code, such as `heaps` `tries`; else empty.
pub(super) fn listed(text: &Rich) -> Vec<String> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let words = || text.codes.iter().filter_map(|at| text.text.get(at.clone()));
    let of_code: usize = words().map(letters).sum();
    if text.codes.len() < 2 || of_code * 2 < letters(&text.text) {
        return Vec::new();
    }
    let words = words().map(|word| word.trim().to_lowercase());
    words.filter(|word| !word.is_empty() && word.len() <= 60 && word != "and more").collect()
}

/// The points that an entry begins with, and what earns them: `2 points: it runs`.
pub(super) fn points(text: &str) -> Option<(u16, &str)> {
    let (number, rest) = text.trim().split_once(' ')?;
    let rest = rest.strip_prefix("points").or_else(|| rest.strip_prefix("point"))?;
    let rest = rest.trim_start().strip_prefix([':', '-', '–'])?.trim();
    let points: u16 = number.parse().ok()?;
    (points <= MOST_POINTS && !rest.is_empty()).then_some((points, rest))
}

/// The points that an entry ends with: `There are tests (1 point)`.
pub(super) fn worth(text: &str) -> Option<(&str, u16)> {
    let (before, bracket) = text.trim().strip_suffix(')')?.rsplit_once('(')?;
    let (number, word) = bracket.split_once(' ')?;
    let points: u16 = number.parse().ok()?;
    let before = before.trim();
    let is_sound = matches!(word, "point" | "points") && (1..=MOST_POINTS).contains(&points);
    (is_sound && !before.is_empty()).then_some((before, points))
}

/// The most points that a path file takes.
const MOST_POINTS: u16 = 1_000;

/// How long a text with alternatives is at most.
const LONGEST: usize = 1_500;
/// How often the word between alternatives is looked at.
const MOST_LOOKED_AT: usize = 20;

/// The parts of a line that are alternatives: `A or B`, with a link in each.
pub(super) fn alternatives(text: &Rich) -> Vec<Rich> {
    let mut parts = Vec::new();
    if text.text.len() > LONGEST {
        return parts;
    }
    let mut start = 0;
    for (at, _) in text.text.match_indices(" or ").take(MOST_LOOKED_AT) {
        let before = text.text.get(start..at).unwrap_or_default();
        let opened = before.matches(['(', '[']).count();
        let is_inside = opened > before.matches([')', ']']).count()
            || text.links.iter().any(|link| link.at.contains(&at));
        let has_link = text.links.iter().any(|link| start <= link.at.start && link.at.end <= at);
        if !is_inside && has_link && text.links.iter().any(|link| link.at.start >= at + 4) {
            parts.push(text.part(start..at));
            start = at + 4;
        }
    }
    if parts.is_empty() {
        return Vec::new();
    }
    parts.push(text.part(start..text.text.len()));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_many_are_enough() {
        for (text, expected) in [
            ("Choose one of the following:", Some(1)),
            ("Choose one:", Some(1)),
            ("Pick any two.", Some(2)),
            ("Your choice:", Some(1)),
            ("Choose at least 3 of these", Some(3)),
            ("Choose a language that you like", None),
            ("You choose one", None),
            ("Your choices matter in the long run", None),
        ] {
            assert_eq!(choose(text), expected, "{text}");
        }
    }

    #[test]
    fn points_of_a_rubric() {
        assert_eq!(points("2 points: it runs"), Some((2, "it runs")));
        assert_eq!(points("2 pointers: no"), None);
        assert_eq!(worth("There are tests (1 point)"), Some(("There are tests", 1)));
        assert_eq!(worth("(1 point)"), None);
    }
}
