//! A page as it is read: strictly, with all that holds of every one.

use super::*;

/// A tag, as strictly read as ours are written: lower case or SVG's names, attributes in double
/// quotes, no `<` or `>` anywhere else.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) closes: bool,
    /// `<rect/>`, or an element that has no end.
    pub(super) is_empty: bool,
}

impl Tag {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// The tags of a page, and its text. The style sheet is neither.
pub(super) fn read(html: &str) -> (Vec<Tag>, Vec<String>) {
    let (before, rest) = html.split_once("<style>").unwrap();
    let (_, after) = rest.split_once("</style>").unwrap();
    let before = before.strip_prefix("<!DOCTYPE html>").unwrap();
    let (mut tags, mut texts) = (Vec::new(), Vec::new());
    for part in [before, after] {
        let mut rest = part;
        while let Some((text, tail)) = rest.split_once('<') {
            assert!(!text.contains('>'), "a stray > in {text:?}");
            texts.push(text.to_owned());
            let (tag, tail) = tail.split_once('>').unwrap();
            tags.push(read_tag(tag));
            rest = tail;
        }
        assert!(!rest.contains('>'), "a stray > in {rest:?}");
    }
    (tags, texts)
}

fn read_tag(tag: &str) -> Tag {
    let closes = tag.starts_with('/');
    let tag = tag.trim_start_matches('/');
    let (tag, slash) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
    let end = tag.find(' ').unwrap_or(tag.len());
    let (name, mut rest) = tag.split_at(end);
    assert!(!name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()), "<{tag}>");
    let mut attributes = BTreeMap::new();
    while let Some(attribute) = rest.strip_prefix(' ').filter(|rest| !rest.is_empty()) {
        let (key, tail) = attribute.split_once("=\"").unwrap_or_else(|| panic!("<{tag}>"));
        assert!(key.chars().all(|c| c.is_ascii_alphabetic() || c == '-'), "{key:?} in <{tag}>");
        let (value, tail) = tail.split_once('"').unwrap();
        assert!(attributes.insert(key.to_owned(), value.to_owned()).is_none(), "{key} twice");
        rest = tail;
    }
    assert_eq!(rest, "", "<{tag}>");
    let is_empty = slash || matches!(name, "meta" | "br");
    Tag { name: name.to_owned(), attributes, closes, is_empty }
}

/// All that holds of every page.
pub(super) fn check(html: &str) -> Vec<Tag> {
    let (tags, _) = read(html);
    let mut open: Vec<&Tag> = Vec::new();
    let mut ids = HashSet::new();
    let mut level = 0;
    let mut titles = 0;
    for (at, tag) in tags.iter().enumerate() {
        if tag.closes {
            let opened = open.pop().unwrap_or_else(|| panic!("</{}> closes nothing", tag.name));
            assert_eq!(opened.name, tag.name);
            continue;
        }
        if !tag.is_empty {
            open.push(tag);
        }
        for forbidden in ["script", "iframe", "img", "link", "object", "embed", "form", "base"] {
            assert_ne!(tag.name, forbidden);
        }
        for (key, value) in &tag.attributes {
            assert!(!key.starts_with("on") && key != "style" && key != "src", "{key}={value}");
        }
        if let Some(id) = tag.get("id") {
            assert!(ids.insert(id), "the id {id} stands twice");
        }
        if let Some(href) = tag.get("href") {
            assert_eq!(tag.name, "a");
            let is_web = href.starts_with("http://") || href.starts_with("https://");
            assert!(is_web || href.starts_with('#'), "{href}");
            assert!(!is_web || tag.get("rel") == Some("noopener noreferrer"), "{href}");
        }
        if let Some(heading) = tag.name.strip_prefix('h').and_then(|level| level.parse().ok()) {
            assert!(heading <= level + 1, "<h{heading}> after <h{level}>");
            level = heading;
            titles += usize::from(heading == 1);
        }
        let is_inside_svg = open.iter().rev().skip(1).any(|tag| tag.name == "svg");
        if tag.name == "svg" && !is_inside_svg && tag.get("aria-hidden").is_none() {
            let is_hidden = open.iter().any(|tag| tag.get("aria-hidden").is_some());
            let next: Vec<&str> = tags[at + 1..].iter().map(|tag| tag.name.as_str()).collect();
            let named = tag.get("role") == Some("img") && next[0] == "title";
            assert!(is_hidden || named, "a picture without words");
        }
        if tag.name == "th" {
            assert!(matches!(tag.get("scope"), Some("col" | "row")));
        }
    }
    assert!(open.is_empty(), "{} is not closed", open.last().unwrap().name);
    assert_eq!(titles, 1);
    let refers = ["href", "aria-labelledby"];
    for (tag, key) in tags.iter().flat_map(|tag| refers.map(|key| (tag, key))) {
        let Some(value) = tag.get(key) else { continue };
        let targets: Vec<&str> = match key {
            "href" => value.strip_prefix('#').into_iter().collect(),
            _ => value.split(' ').collect(),
        };
        for target in targets {
            assert!(ids.contains(target), "nothing has the id {target}");
        }
    }
    for landmark in ["header", "nav", "main", "footer"] {
        assert_eq!(tags.iter().filter(|tag| tag.name == landmark && !tag.closes).count(), 1);
    }
    assert_eq!(tags[0].get("lang"), Some("en"));
    tags
}

pub(super) fn body(html: &str) -> &str {
    html.split_once("<body>").unwrap().1.split_once("</body>").unwrap().0
}

/// The page without blank lines, for a person to read.
pub(super) fn compact(html: &str) -> String {
    body(html).lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}
