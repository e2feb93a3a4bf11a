//! What a cell of prerequisites names: the things of the document that are meant, and mere words.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::entry::Entry;
use super::rich::Rich;
use super::table::is_said;
use super::title;
use crate::draft::Need;

/// How many prerequisites of one thing are kept.
const MOST: usize = 20;

/// What a document has, by the names that it can be called.
pub(super) struct Known {
    titles: HashMap<String, String>,
    urls: HashSet<String>,
}

impl Known {
    /// What entries and headings are called. What stands before a colon is a name, too, where it is
    /// that of one thing only.
    pub(super) fn of<'e>(
        entries: impl Iterator<Item = &'e Entry>,
        headings: impl Iterator<Item = &'e str>,
    ) -> Self {
        let mut titles: HashMap<String, String> = HashMap::new();
        let mut short: HashMap<String, Option<String>> = HashMap::new();
        let mut urls = HashSet::new();
        let mut add = |title: &str| {
            titles.entry(plain(title)).or_insert_with(|| title.to_owned());
            if let Some((before, _)) = title.split_once(": ") {
                let only = short.entry(plain(before)).or_insert_with(|| Some(title.to_owned()));
                only.take_if(|known| known != title);
            }
        };
        headings.for_each(&mut add);
        for entry in entries {
            add(&entry.node.title);
            urls.extend(entry.node.url.clone());
        }
        for (name, title) in short {
            if let Some(title) = title {
                titles.entry(name).or_insert(title);
            }
        }
        titles.remove("");
        Self { titles, urls }
    }

    /// Makes requirements of the prerequisites of an entry.
    pub(super) fn resolve(&self, entry: &mut Entry) {
        let Some(cell) = entry.needs.take() else { return };
        let mut found = |place: Range<usize>| {
            let text = cell.text.get(place.clone()).unwrap_or_default().trim();
            let link = cell.pages().find(|(link, _)| {
                place.start <= link.at.start && link.at.end <= place.end && !link.at.is_empty()
            });
            let need = match (self.titles.get(&plain(text)), link) {
                (Some(title), _) => title.clone(),
                (None, Some((_, url))) if self.urls.contains(url) => url.to_owned(),
                (None, Some((link, url))) => {
                    title::add_link(&mut entry.node, &link.title, url);
                    text.to_owned()
                }
                (None, None) => text.to_owned(),
            };
            if is_said(text) {
                entry.node.requires.push(Need::Named(need));
            }
        };
        let mut parts = parts(&cell);
        parts.truncate(MOST);
        let mut at = 0;
        while at < parts.len() {
            // A title can have a comma: the most parts that are one together.
            let whole = (at + 1..=parts.len()).rev().find_map(|end| {
                let (first, last) = (parts.get(at)?, parts.get(end - 1)?);
                let place = first.start..last.end;
                let is_known = self.titles.contains_key(&plain(cell.text.get(place.clone())?));
                is_known.then_some((place, end))
            });
            let (place, next) = match whole {
                Some((place, next)) => (place, next),
                None => (parts.get(at).cloned().unwrap_or_default(), at + 1),
            };
            let text = cell.text.get(place.clone()).unwrap_or_default();
            match text.find(" and ").filter(|_| !self.titles.contains_key(&plain(text))) {
                Some(and) if self.has_both(text, and) => {
                    found(place.start..place.start + and);
                    found(place.start + and + " and ".len()..place.end);
                }
                _ => found(place),
            }
            at = next;
        }
    }

    fn has_both(&self, text: &str, and: usize) -> bool {
        let has =
            |part: Option<&str>| part.is_some_and(|part| self.titles.contains_key(&plain(part)));
        has(text.get(..and)) && has(text.get(and + " and ".len()..))
    }
}

/// The parts of a cell between commas, without `and` before them.
fn parts(cell: &Rich) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut next = 0;
    for part in cell.text.split([',', ';']) {
        let mut start = next;
        next += part.len() + 1;
        let trimmed = part.trim_start();
        start += part.len() - trimmed.len();
        let rest = trimmed.strip_prefix("and ").unwrap_or(trimmed);
        start += trimmed.len() - rest.len();
        if is_said(rest) {
            parts.push(start..start + rest.trim_end().len());
        }
    }
    parts
}

/// A name without what people write in different ways.
fn plain(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '+' && c != '#');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::Counts;

    fn needs(titles: &[&str], cell: &str) -> Vec<String> {
        let mut counts = Counts::default();
        let entry = |title: &&str| title::entry(&Rich::plain(title, &mut counts), 1);
        let entries: Vec<Entry> = titles.iter().filter_map(entry).collect();
        let known = Known::of(entries.iter(), ["Core programming"].into_iter());
        let needs = Some(Rich::plain(cell, &mut Counts::default()));
        let mut entry = Entry { needs, ..Entry::default() };
        known.resolve(&mut entry);
        let text = |need: Need| match need {
            Need::Named(text) | Need::Found(text) => text,
        };
        entry.node.requires.into_iter().map(text).collect()
    }

    #[test]
    fn what_prerequisites_name() {
        let titles = [
            "Calculus 1A: Limits",
            "Object-Oriented Design",
            "Safe Code: Rules, Design, and Reuse",
        ];
        assert_eq!(needs(&titles, "Calculus 1A, algebra"), ["Calculus 1A: Limits", "algebra"]);
        assert_eq!(needs(&titles, "object oriented design"), ["Object-Oriented Design"]);
        assert_eq!(needs(&titles, "Safe Code: Rules, Design, and Reuse"), titles[2..]);
        assert_eq!(
            needs(&titles, "Core Programming and Calculus 1A"),
            ["Core programming", "Calculus 1A: Limits"]
        );
        assert_eq!(needs(&titles, "C++ and Java, or Rust"), ["C++ and Java", "or Rust"]);
        assert!(needs(&titles, "none").is_empty() && needs(&titles, "-, ").is_empty());
        // Two things with one name are none.
        assert_eq!(needs(&["A: one", "A: two"], "A"), ["A"]);
    }
}
