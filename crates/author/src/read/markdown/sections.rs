//! The sections of a document: what its headings divide it into, and which of them are about the
//! document and not part of what it teaches.

use std::ops::Range;

use super::blocks::{Block, What};
use crate::read::rich::Rich;
use crate::read::title;

/// A section: a heading and what follows it up to the next one.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Section {
    /// 1 is the highest; 0 is what stands before all headings.
    pub(super) level: u8,
    /// In plain words; empty before all headings.
    pub(super) title: String,
    /// The heading as it stands.
    pub(super) heading: Rich,
    pub(super) line: usize,
    /// The section that it is in.
    pub(super) parent: Option<usize>,
    /// Its own blocks.
    pub(super) blocks: Range<usize>,
    /// Whether it is about the document.
    pub(super) is_aside: bool,
    /// Whether its heading says that it is an extra.
    pub(super) is_optional: bool,
}

/// The sections of a document, in their order, each after the one that it is in; and which of them
/// has the title of the document for its heading.
pub(super) fn sections(blocks: &[Block]) -> (Vec<Section>, Option<usize>) {
    let mut sections = vec![Section::default()];
    for (at, block) in blocks.iter().enumerate() {
        let What::Heading { level, text } = &block.what else { continue };
        let title = title::of_heading(&text.text);
        if title.is_empty() {
            continue;
        }
        if let Some(before) = sections.last_mut() {
            before.blocks.end = at;
        }
        sections.push(Section {
            // What is inside a list is below what the list is in.
            level: if block.depth > 0 { (*level).max(2) } else { *level },
            is_optional: is_optional(&title),
            title: without_optional(&title),
            heading: text.clone(),
            line: block.line,
            blocks: at + 1..at + 1,
            ..Section::default()
        });
    }
    if let Some(last) = sections.last_mut() {
        last.blocks.end = blocks.len();
    }
    let title = title_of(&mut sections);
    nest(&mut sections);
    (sections, title)
}

/// Which section has the title of the document: the first, if its heading is of the highest level, or
/// all others are below it.
fn title_of(sections: &mut [Section]) -> Option<usize> {
    let below = sections.get(2..).unwrap_or_default();
    let is_over =
        |first: &Section| !below.is_empty() && below.iter().all(|one| one.level > first.level);
    let title = sections.get(1).filter(|first| first.level == 1 || is_over(first))?;
    debug_assert!(!title.title.is_empty());
    // One more of the highest level in the midst of others was meant to be like these.
    let others: Vec<usize> = (2..sections.len())
        .filter(|at| sections.get(*at).is_some_and(|one| one.level == 1))
        .collect();
    if let [other] = others.as_slice() {
        let before = sections.iter().take(*other).filter(|one| one.level == 2).count();
        if before >= 2
            && let Some(section) = sections.get_mut(*other)
        {
            section.level = 2;
        }
    }
    Some(1)
}

/// Finds what each section is in; what is in one about the document is about it, too.
fn nest(sections: &mut [Section]) {
    let mut open: Vec<(u8, usize, bool)> = Vec::new();
    for (at, section) in sections.iter_mut().enumerate() {
        while open.last().is_some_and(|(level, ..)| *level >= section.level) {
            open.pop();
        }
        let parent = open.last().copied();
        section.parent = parent.map(|(_, at, _)| at);
        section.is_aside =
            parent.is_some_and(|(.., is_aside)| is_aside) || is_aside(&section.title);
        if section.level > 0 {
            open.push((section.level, at, section.is_aside));
        }
    }
}

/// Headings of what is about a document, whole.
const ASIDE: [&str; 46] = [
    "about",
    "about me",
    "acknowledgements",
    "acknowledgments",
    "authors",
    "backers",
    "changelog",
    "citation",
    "citing",
    "code of conduct",
    "community",
    "congratulations",
    "contact",
    "contents",
    "contributing",
    "contributors",
    "copyright",
    "credits",
    "disclaimer",
    "donate",
    "faq",
    "faqs",
    "feedback",
    "follow me",
    "frequently asked questions",
    "getting help",
    "help",
    "how to contribute",
    "important",
    "installation",
    "instructors",
    "licence",
    "license",
    "maintainers",
    "offline access",
    "questions",
    "sponsors",
    "star history",
    "support",
    "team",
    "thanks",
    "toc",
    "translations",
    "usage",
    "what is it",
    "why use it",
];
/// The beginnings of such headings.
const ASIDE_STARTS: [&str; 27] = [
    "about the",
    "about this",
    "about us",
    "code of conduct",
    "community",
    "contribut",
    "cohort",
    "follow us",
    "how to contribute",
    "how to show",
    "how to take",
    "how to use",
    "important note",
    "join ",
    "license",
    "meet the",
    "meet other",
    "other courses",
    "other free courses",
    "ready to",
    "special thanks",
    "sponsor",
    "supporters",
    "table of contents",
    "thanks to",
    "translation",
    "want to help",
];

/// Whether a heading is one of what is about the document: how to help, who wrote it, its contents.
pub(super) fn is_aside(title: &str) -> bool {
    let words = words(title);
    ASIDE.contains(&words.as_str()) || ASIDE_STARTS.iter().any(|start| words.starts_with(start))
}

/// Whether a section says what there must be before one begins.
pub(super) fn is_before(title: &str) -> bool {
    words(title).starts_with("prerequisite") || words(title) == "requirements"
}

/// Whether a section has all that a document teaches.
pub(super) fn is_curriculum(title: &str) -> bool {
    const NAMES: [&str; 12] = [
        "course content",
        "course contents",
        "course outline",
        "curriculum",
        "learning path",
        "lessons",
        "modules",
        "roadmap",
        "study plan",
        "syllabus",
        "the curriculum",
        "the study plan",
    ];
    NAMES.contains(&words(title).as_str())
}

fn words(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

fn is_optional(title: &str) -> bool {
    let words = words(title);
    let has = |word| words.split(' ').any(|one| one == word);
    has("optional") || has("bonus") || words == "extra credit"
}

/// A title without the word in brackets that says that it is an extra.
fn without_optional(title: &str) -> String {
    let title = title.trim();
    let end = title.len().saturating_sub("(optional)".len());
    match (title.get(..end), title.get(end..)) {
        (Some(before), Some(mark)) if mark.eq_ignore_ascii_case("(optional)") => {
            let before = before.trim();
            if before.is_empty() { title.to_owned() } else { before.to_owned() }
        }
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_about_the_document() {
        for aside in ["Table of Contents", "How to use it", "🤝 Contributing", "FAQ", "Contents"]
        {
            assert!(is_aside(aside), "{aside}");
        }
        for part in ["Contests", "Helper functions", "Motivation", "Questions about graphs"] {
            assert!(!is_aside(part), "{part}");
        }
        assert!(is_optional("Graphs (optional)") && !is_optional("Options"));
        assert_eq!(without_optional("Graphs (Optional)"), "Graphs");
        assert_eq!(without_optional("é"), "é");
    }
}
