//! From a line of text to an entry: which part of it is the title, and what the rest says.

use milepost_path::address::Address;
use milepost_path::{Link, ResourceKind};

use super::effort;
use super::entry::Entry;
use super::kind;
use super::rich::{Rich, Target};
use super::tick;
use crate::draft::Node;
use crate::guess::{Guess, Guessed};

/// How many characters a title has at most.
const LONGEST_TITLE: usize = 120;
/// How many characters a summary has at most: what is longer stands in `about`.
const LONGEST_SUMMARY: usize = 240;
/// How many characters the name of an author has at most.
const LONGEST_NAME: usize = 80;

/// How many things brackets say at most.
const MOST_SAID: usize = 5;

/// Titles that say nothing without what stands over them.
const GENERIC: [&str; 52] = [
    "article",
    "articles",
    "assignment",
    "blog",
    "blog post",
    "book",
    "chat",
    "code",
    "course",
    "demo",
    "description",
    "discussion",
    "docs",
    "documentation",
    "download",
    "example",
    "examples",
    "exercise",
    "exercises",
    "github",
    "github repo",
    "github repository",
    "here",
    "homework",
    "implement",
    "introduction",
    "lecture",
    "lesson",
    "link",
    "misc",
    "more",
    "notes",
    "other",
    "overview",
    "paper",
    "pdf",
    "playlist",
    "post",
    "project",
    "quiz",
    "readme",
    "repo",
    "repository",
    "resources",
    "slide",
    "slides",
    "solution",
    "solutions",
    "tutorial",
    "video",
    "videos",
    "website",
];

/// Whether a title says nothing without what stands over it.
pub(super) fn is_generic(title: &str) -> bool {
    let title = title.trim_end_matches(|c: char| !c.is_alphanumeric());
    title.len() < 20 && GENERIC.contains(&title.to_lowercase().as_str())
}

/// A title without decoration: numbers of a list, pictures, dashes around it.
pub(super) fn plain(title: &str) -> String {
    let is_inside = |c: char| {
        c.is_alphanumeric()
            || matches!(
                c,
                '(' | '[' | '{' | '"' | '“' | '\'' | '<' | '.' | '$' | '@' | '/' | '¿' | '¡' | '+'
            )
    };
    let title = title.trim_start_matches(|c: char| !is_inside(c));
    let title = title.trim_end_matches(|c: char| {
        let is_end = c.is_alphanumeric()
            || matches!(
                c,
                ')' | ']'
                    | '}'
                    | '"'
                    | '”'
                    | '\''
                    | '>'
                    | '.'
                    | '?'
                    | '!'
                    | '%'
                    | '+'
                    | '#'
                    | '/'
                    | '…'
                    | '\u{300}'..='\u{36F}'
            );
        !is_end
    });
    title.trim().to_owned()
}

/// A heading without the number before it.
pub(super) fn of_heading(heading: &str) -> String {
    let heading = plain(heading);
    let rest = heading.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = heading.get(..heading.len() - rest.len()).unwrap_or_default();
    match rest.strip_prefix([' ', ')']) {
        Some(rest)
            if number.ends_with('.')
                || heading.get(number.len()..).is_some_and(|r| r.starts_with(')')) =>
        {
            plain(rest)
        }
        _ => heading,
    }
}

/// What a line says, read as one thing. `None` where nothing in it can be a title.
pub(super) fn entry(rich: &Rich, line: usize) -> Option<Entry> {
    let (title_end, first) = title_of(rich);
    let rest = rich.part(title_end..rich.text.len());
    let title = match first {
        Some(index) => rich.links.get(index).map(|link| link.title.clone()).unwrap_or_default(),
        None => {
            let title = rich.without_addresses(0..title_end);
            // What stood between a title and its address is no part of it.
            title.trim_end_matches([' ', ':', '-', '–', '—', ',', '|']).to_owned()
        }
    };
    let mut entry = Entry { node: Node::new(String::new(), line), ..Entry::default() };
    let title = of_ends(&title, &mut entry);
    let mut title = plain(&title);
    if !title.contains(char::is_alphanumeric)
        && let Some((_, url)) = rich.pages().next()
    {
        title = of_address(url);
        entry.node.guesses.push(Guess::new(Guessed::Title, url));
    }
    let (title, whole) = shorten(&title);
    entry.node.about.extend(whole);
    if title.is_empty() {
        return None;
    }
    entry.node.title = title;
    links(rich, first, &mut entry.node);
    rest_of(&rest, &mut entry);
    Some(entry)
}

/// Where the title of a line ends; and the link that is the title, if one is.
fn title_of(rich: &Rich) -> (usize, Option<usize>) {
    let is_word = |text: &str| text.contains(char::is_alphanumeric);
    let first = rich.links.first().filter(|link| {
        let before = rich.text.get(..link.at.start).unwrap_or_default();
        !is_word(before) && is_word(&link.title) && !link.is_bare()
    });
    if let Some(link) = first {
        return (link.at.end, Some(0));
    }
    if rich.bold > 0 && rich.text.get(..rich.bold).is_some_and(is_word) {
        return (rich.bold, None);
    }
    if rich.text.chars().count() <= LONGEST_TITLE {
        return (rich.text.len(), None);
    }
    // A long line begins with its title, if it has one.
    let ends = [": ", " - ", " – ", " — ", ". ", "; ", " ("];
    let cut = ends.iter().filter_map(|end| rich.text.find(end)).min();
    let limit = rich.text.char_indices().nth(LONGEST_TITLE).map_or(rich.text.len(), |(at, _)| at);
    match cut.filter(|cut| *cut <= limit && *cut > 2) {
        Some(cut) => (cut, None),
        None => (rich.text.len(), None),
    }
}

/// What a page might be called, by its address: the last words of its path, and its site.
fn of_address(url: &str) -> String {
    let Some(address) = Address::of(url) else { return url.to_owned() };
    let (site, path) = (address.site(), address.path());
    if address.rest.contains('?') {
        // What is asked of a page says which one it is, in no words.
        return site.to_owned();
    }
    let last = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default();
    let last = last.rsplit_once('.').map_or(last, |(name, _)| name);
    let words: Vec<&str> = last.split(['-', '_', '+']).filter(|word| !word.is_empty()).collect();
    // What a machine numbered says nothing.
    let is_word = |word: &&str| word.len() > 1 && word.chars().all(char::is_alphabetic);
    if words.is_empty() || !words.iter().any(is_word) || last.contains('%') {
        return site.to_owned();
    }
    let words = words.join(" ");
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    let words: String = first.into_iter().flatten().chain(letters).collect();
    format!("{words} ({site})")
}

/// The title, cut at a word if it is long, and then the whole of it.
fn shorten(title: &str) -> (String, Option<String>) {
    let Some((limit, _)) = title.char_indices().nth(LONGEST_TITLE) else {
        return (title.to_owned(), None);
    };
    let short = title.get(..limit).unwrap_or(title);
    let short = short.rsplit_once(' ').map_or(short, |(short, _)| short);
    (format!("{}…", plain(short)), Some(title.to_owned()))
}

/// The addresses of a line: the first is that of the entry, the others are more of it.
fn links(rich: &Rich, title: Option<usize>, node: &mut Node) {
    // Where the title itself leads to no page, no other link leads to the thing.
    let has_own = title.and_then(|title| rich.links.get(title));
    let has_own = has_own.is_none_or(|link| matches!(link.to, Target::Web(_)));
    for (link, url) in rich.pages() {
        if node.url.is_none() && node.links.is_empty() && has_own {
            node.url = Some(url.to_owned());
        } else {
            add_link(node, &link.title, url);
        }
    }
}

/// Adds an address to a node, unless it has it.
pub(super) fn add_link(node: &mut Node, title: &str, url: &str) {
    let has = node.url.as_deref() == Some(url) || node.links.iter().any(|one| one.url == url);
    // More would be a list of its own.
    if has || node.links.len() >= 100 {
        return;
    }
    let title = shorten(&plain(title)).0;
    let site = || Address::of(url).map_or_else(String::new, |address| address.site().to_owned());
    let title = if title.is_empty() { site() } else { title };
    node.links.push(Link { title, url: url.to_owned() });
}

/// What a title says in brackets at its ends: `(video)`, `(optional)`, `[Deprecated]`.
fn of_ends(title: &str, entry: &mut Entry) -> String {
    let mut title = title.trim();
    loop {
        let open = title.rfind(['(', '[']).filter(|_| title.ends_with([')', ']']));
        if let Some(open) = open
            && let (Some(before), Some(inner)) =
                (title.get(..open), title.get(open + 1..title.len() - 1))
            && !before.trim().is_empty()
            && says(inner, entry)
        {
            title = before.trim();
            continue;
        }
        let close = title.find([')', ']']).filter(|_| title.starts_with(['(', '[']));
        if let Some(close) = close
            && let (Some(inner), Some(after)) = (title.get(1..close), title.get(close + 1..))
            && !after.trim().is_empty()
            && says(inner, entry)
        {
            title = after.trim();
            continue;
        }
        return without_effort(title, entry);
    }
}

/// A title without an effort that stands behind a dash at its end, or in brackets in the middle of it:
/// `Graphs - 10h`, `Graphs (10h) in practice`.
fn without_effort(title: &str, entry: &mut Entry) -> String {
    let behind = [" - ", " – ", " — "].iter().find_map(|dash| title.rsplit_once(dash));
    if let Some((before, behind)) = behind
        && let Some(hours) = effort::said(behind)
    {
        entry.hours = entry.hours.or(Some(hours));
        return before.trim_end().to_owned();
    }
    for (open, _) in title.match_indices(['(', '[']) {
        let (before, rest) = title.split_at(open);
        let Some((inner, after)) = rest.get(1..).and_then(|rest| rest.split_once([')', ']']))
        else {
            break;
        };
        if let Some(hours) = effort::said(inner) {
            entry.hours = entry.hours.or(Some(hours));
            return format!("{} {}", before.trim_end(), after.trim_start()).trim().to_owned();
        }
    }
    title.to_owned()
}

/// Takes what stands in brackets, one thing or several: `book, 40h`; false where some of it means
/// nothing that is known.
fn says(inner: &str, entry: &mut Entry) -> bool {
    if says_one(inner, entry) {
        return true;
    }
    let parts = || inner.split([',', ';']);
    let mut all = entry.clone();
    if (2..=MOST_SAID).contains(&parts().count()) && parts().all(|one| says_one(one, &mut all)) {
        *entry = all;
        return true;
    }
    false
}

fn says_one(inner: &str, entry: &mut Entry) -> bool {
    let words = inner.trim().to_lowercase();
    if let Some(kind) = kind::of(&words) {
        entry.kind = entry.kind.or(Some(kind));
        return true;
    }
    if let Some(hours) = effort::said(&words) {
        entry.hours = entry.hours.or(Some(hours));
        return true;
    }
    match words.as_str() {
        "optional" | "bonus" | "extra" | "extra credit" => entry.node.optional = true,
        "deprecated" | "retired" | "removed" | "dead" | "archived" | "discontinued" => {
            entry.node.retired = true
        }
        _ => return false,
    }
    true
}

/// What a thing is a part of, such as `chapters 3 to 7`.
fn part(inner: &str) -> Option<&str> {
    const STARTS: [&str; 22] = [
        "start watching",
        "start at",
        "start from",
        "starts at",
        "from ",
        "until ",
        "up to ",
        "only ",
        "ch. ",
        "ch ",
        "chapter ",
        "chapters ",
        "section ",
        "sections ",
        "part ",
        "parts ",
        "page ",
        "pages ",
        "lecture ",
        "lectures ",
        "week ",
        "weeks ",
    ];
    let words = inner.trim().to_lowercase();
    let is_part = words.len() <= 80
        && words.contains(|c: char| c.is_ascii_digit())
        && STARTS.iter().any(|start| words.starts_with(start));
    is_part.then_some(inner.trim())
}

/// What follows a title: brackets, an author, a sentence.
fn rest_of(rest: &Rich, entry: &mut Entry) {
    let mut text = rest.text.trim();
    let mut beside = rest.beside_links();
    while let Some(inner) = text.strip_prefix(['(', '[']) {
        let Some(close) = inner.find([')', ']']) else { break };
        let (Some(bracket), Some(after)) = (inner.get(..close), inner.get(close + 1..)) else {
            break;
        };
        if let Some(part) = part(bracket) {
            entry.part = Some(part.to_owned());
            entry.node.guesses.push(Guess::new(Guessed::Part, part));
        } else if !says(bracket, entry) {
            break;
        }
        text = after.trim_start();
        beside = text.to_owned();
    }
    if let Some(after) = author(text, entry) {
        text = after;
        beside = after.to_owned();
    }
    let lower = text.to_lowercase();
    if lower.contains("[deprecated]") || lower.ends_with("(deprecated)") {
        entry.node.retired = true;
    }
    // `(alternative)` and `and` beside links say nothing that the links do not.
    let mut words = beside.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_filler = |word: &str| {
        matches!(
            word.to_lowercase().as_str(),
            "or" | "and" | "alternative" | "chat" | "also" | "see"
        )
    };
    if words.all(is_filler) {
        return;
    }
    let starts = |c: char| {
        c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | ',' | '.' | '|' | ';' | '*')
    };
    let text = text.trim_start_matches(starts).trim();
    let text = hours(text, entry).trim_start_matches(starts).trim();
    if text.is_empty() || tick::is_marked(text) && text.chars().count() < 3 {
    } else if text.chars().count() <= LONGEST_SUMMARY && entry.node.summary.is_none() {
        entry.node.summary = Some(text.to_owned());
    } else {
        entry.node.about.push(text.to_owned());
    }
}

/// Takes an effort at the beginning of a text, and gives what follows it.
fn hours<'t>(text: &'t str, entry: &mut Entry) -> &'t str {
    const ENDS: [&str; 8] = [", ", "; ", ". ", " - ", " – ", " — ", " · ", " | "];
    if !text.starts_with(|c: char| c.is_ascii_digit() || "~≈aAceETt".contains(c)) {
        return text;
    }
    let ends = text.char_indices().filter(|(at, _)| {
        text.get(*at..).is_some_and(|rest| ENDS.iter().any(|end| rest.starts_with(end)))
    });
    let mut ends: Vec<usize> = ends.map(|(at, _)| at).take(2).collect();
    ends.push(text.len());
    // The longest counts: `4 weeks, 8-10 hours/week` is one.
    for end in ends.into_iter().rev() {
        let Some((before, after)) = text.split_at_checked(end) else { continue };
        if let Some(hours) = effort::said(before) {
            entry.hours = entry.hours.or(Some(hours));
            return after;
        }
    }
    text
}

/// Takes `by AUTHOR` and gives what follows it.
fn author<'t>(text: &'t str, entry: &mut Entry) -> Option<&'t str> {
    let text = text.trim_start_matches(['-', '–', '—', ',', ' ']);
    let rest = text.strip_prefix("by ")?;
    let ends = [":", " - ", " – ", " — ", ". ", ", ", " (", ";"];
    let end = ends.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
    let name = rest.get(..end)?.trim().trim_end_matches('.');
    let is_name = !name.is_empty() && name.chars().count() <= LONGEST_NAME;
    if !is_name {
        return None;
    }
    entry.by = Some(name.to_owned());
    rest.get(end..)
}

/// Ticks an entry that its source says is done, and takes the mark and the day out of its texts.
pub(super) fn take_tick(entry: &mut Entry) {
    let (of_title, title) = tick::take(&entry.node.title);
    // What stood before the mark can stand at the end now.
    let title = of_ends(&title, entry);
    let node = &mut entry.node;
    let (of_summary, summary) = tick::take(node.summary.as_deref().unwrap_or_default());
    node.title = title;
    node.summary = Some(summary).filter(|summary| !summary.is_empty());
    node.tick = Some(if of_title.on.is_some() { of_title } else { of_summary });
}

/// Sets the kind that the heading over an entry names, where it says nothing of it.
pub(super) fn kind_of_section(entry: &mut Entry, kind: Option<ResourceKind>, heading: &str) {
    if let (None, Some(kind)) = (entry.kind, kind) {
        entry.kind = Some(kind);
        entry.node.guesses.push(Guess::new(Guessed::Type, heading));
    }
}

#[cfg(test)]
mod tests;
