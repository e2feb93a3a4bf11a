//! The ids of a draft: each from what its node is called, none from its place in a list.
//!
//! A record is kept under ids, so an id must mean the same thing when the document is read again
//! next year with something new above it. A title is its id where that is clear. Where it says little
//! (`Video`) or stands twice, what it stands in comes before it, then the site of its address behind
//! it, and last a hash of all that is known of it. A number that counts equal titles would shift.

use std::collections::{HashMap, HashSet};

use milepost_path::address::Address;
use milepost_path::is_id;
use milepost_path::near::slug_within;
use xxhash_rust::xxh3::xxh3_64;

use crate::draft::Kind;

/// What an id is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<'a> {
    /// What it is.
    pub kind: Kind,
    /// The number of what it stands in.
    pub parent: Option<usize>,
    /// Its title.
    pub title: &'a str,
    /// What the source calls it, if that can be an id.
    pub wish: Option<&'a str>,
    /// Its address.
    pub url: Option<&'a str>,
    /// All that is known of it, in one text: two with the same are the same.
    pub known: String,
}

const MOST: usize = 64;
/// Of a section before a title.
const MOST_OF_SECTION: usize = 28;

/// What overlays begin their ids with, so no path does.
const OF_OVERLAYS: &str = "my-";

/// Words that say nothing of what something is about.
const GENERIC: &[&str] = &[
    "a",
    "about",
    "an",
    "and",
    "answer",
    "answers",
    "article",
    "assignment",
    "assignments",
    "basics",
    "blog",
    "book",
    "books",
    "challenge",
    "challenges",
    "chapter",
    "code",
    "conclusion",
    "course",
    "courses",
    "demo",
    "docs",
    "documentation",
    "example",
    "examples",
    "exercise",
    "exercises",
    "extra",
    "faq",
    "final",
    "further",
    "general",
    "getting",
    "github",
    "guide",
    "here",
    "homework",
    "in",
    "intro",
    "introduction",
    "item",
    "lab",
    "labs",
    "lecture",
    "lectures",
    "lesson",
    "lessons",
    "link",
    "links",
    "list",
    "misc",
    "miscellaneous",
    "module",
    "more",
    "next",
    "notebook",
    "notes",
    "of",
    "official",
    "on",
    "optional",
    "other",
    "overview",
    "page",
    "paper",
    "papers",
    "part",
    "playlist",
    "podcast",
    "post",
    "practice",
    "prerequisites",
    "problem",
    "problems",
    "project",
    "projects",
    "questions",
    "quiz",
    "read",
    "readings",
    "reading",
    "recap",
    "reference",
    "references",
    "repo",
    "repository",
    "resource",
    "resources",
    "review",
    "section",
    "session",
    "site",
    "slides",
    "solution",
    "solutions",
    "source",
    "start",
    "started",
    "steps",
    "summary",
    "syllabus",
    "test",
    "tests",
    "text",
    "the",
    "to",
    "tools",
    "topic",
    "topics",
    "tutorial",
    "tutorials",
    "unit",
    "video",
    "videos",
    "watch",
    "website",
    "week",
    "wiki",
    "youtube",
];

/// The id of each, in their order. All are different.
///
/// An id depends on the title of a node, on what the node stands in, and on which others have the
/// same title. It does not depend on the place in a list.
pub fn assign(named: &[Named<'_>]) -> Vec<String> {
    let bases: Vec<String> = named.iter().map(base).collect();
    let mut ids: Vec<Option<String>> = vec![None; named.len()];
    let mut taken: HashSet<String> = HashSet::new();
    for step in Step::ALL {
        let open = || ids.iter().enumerate().filter(|(_, id)| id.is_none()).map(|(at, _)| at);
        let proposed: Vec<(usize, String)> = open()
            .filter_map(|at| Some((at, proposal(step, at, named, &bases)?)))
            .filter(|(_, id)| !taken.contains(id))
            .collect();
        let mut claims: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, id) in &proposed {
            claims.entry(id).or_default().push(*at);
        }
        // Once for each id: where thousands claim the same, asking each of them would take minutes.
        let given: Vec<(usize, String)> = claims
            .into_iter()
            .filter_map(|(id, all)| Some((first(&all, named)?, id.to_owned())))
            .collect();
        for (at, id) in given {
            taken.insert(id.clone());
            if let Some(slot) = ids.get_mut(at) {
                *slot = Some(id);
            }
        }
    }
    let mut counts: HashMap<&str, u64> = HashMap::new();
    let left = ids.into_iter().zip(named).map(|(id, one)| {
        id.unwrap_or_else(|| {
            let count = counts.entry(&one.known).or_default();
            loop {
                // Things that are the same in all that is known: whichever comes first is the first.
                *count += 1;
                let known = format!("{} {count}", one.known);
                let id = format!("item-{:012x}", xxh3_64(known.as_bytes()) >> 16);
                if taken.insert(id.clone()) {
                    break id;
                }
            }
        })
    });
    left.collect()
}

/// An id for something new whose own id is taken: with a hash of what is known of it.
pub fn beside(id: &str, known: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut known = known.to_owned();
    loop {
        let new = joined(&[id, &format!("{:06x}", xxh3_64(known.as_bytes()) >> 40)]);
        if !is_taken(&new) {
            return new;
        }
        known.push('+');
    }
}

/// The only one of the highest kind among those that claim an id.
fn first(all: &[usize], named: &[Named<'_>]) -> Option<usize> {
    let kind = |at: usize| named.get(at).map(|one| one.kind);
    let highest = all.iter().filter_map(|at| kind(*at)).min()?;
    let mut those = all.iter().filter(|at| kind(**at) == Some(highest));
    those.next().copied().filter(|_| those.next().is_none())
}

/// The ways to an id, the plainest first.
#[derive(Debug, Clone, Copy)]
enum Step {
    Wish,
    Title,
    Section,
    Sections,
    Site,
    Hash,
    LongHash,
}

impl Step {
    const ALL: [Self; 7] = [
        Self::Wish,
        Self::Title,
        Self::Section,
        Self::Sections,
        Self::Site,
        Self::Hash,
        Self::LongHash,
    ];
}

fn proposal(step: Step, at: usize, named: &[Named<'_>], bases: &[String]) -> Option<String> {
    let (one, base) = (named.get(at)?, bases.get(at)?.as_str());
    let section = one.parent.and_then(|parent| Some((named.get(parent)?, bases.get(parent)?)));
    let before = section.map(|(_, base)| base.as_str());
    match step {
        Step::Wish => {
            one.wish.filter(|wish| is_id(wish) && !wish.starts_with(OF_OVERLAYS)).map(str::to_owned)
        }
        Step::Title => {
            let is_item = !matches!(one.kind, Kind::Stage | Kind::Interview);
            (!(is_item && is_generic(base))).then(|| base.to_owned())
        }
        // A section called the same says nothing more; what it is then does.
        Step::Section => Some(match before.filter(|before| *before != base) {
            Some(before) => joined(&[before, base]),
            None => joined(&[base, one.kind.as_str()]),
        }),
        Step::Sections => {
            let (section, before) = section?;
            let outer = bases.get(section.parent?)?;
            Some(joined(&[outer, before, base]))
        }
        Step::Site => {
            let site = Address::of(one.url?)?.site().split(['.', ':']).next()?.to_owned();
            let site = slug_within(&site, 20)?;
            Some(joined(&[before.unwrap_or_default(), base, &site]))
        }
        Step::Hash => {
            Some(joined(&[base, &format!("{:06x}", xxh3_64(one.known.as_bytes()) >> 40)]))
        }
        Step::LongHash => {
            let mut known = one.known.clone();
            let mut holder = one.parent;
            while let Some(outer) = holder.and_then(|at| named.get(at)) {
                known.push('\n');
                known.push_str(&outer.known);
                holder = outer.parent;
            }
            Some(joined(&[base, &format!("{:012x}", xxh3_64(known.as_bytes()) >> 16)]))
        }
    }
}

/// The id of a title alone; of a title in letters that have no place in ids, a hash.
fn base(one: &Named<'_>) -> String {
    let slug = slug_within(one.title, MOST);
    let slug = slug.as_deref().map(|slug| slug.strip_prefix(OF_OVERLAYS).unwrap_or(slug));
    slug.map_or_else(
        || format!("{}-{:08x}", one.kind.as_str(), xxh3_64(one.title.as_bytes()) >> 32),
        str::to_owned,
    )
}

/// Parts as one id: the last is whole, those before it are cut at word ends.
fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    let mut id = String::new();
    let tail = parts.last().copied().unwrap_or_default();
    // A hash or a site at the end stays whole, what stands before gives way.
    for (at, part) in parts.iter().enumerate() {
        let is_last = at + 1 == parts.len();
        let room = if is_last {
            MOST - id.len()
        } else {
            MOST_OF_SECTION.min((MOST - id.len()).saturating_sub(tail.len().min(MOST / 2) + 2))
        };
        if let Some(part) = slug_within(part, room) {
            id.push_str(&part);
            if !is_last && id.len() + 1 < MOST {
                id.push('-');
            }
        }
    }
    id.trim_end_matches('-').to_owned()
}

/// Whether a title says nothing of what it is about: `Part 2`, `GitHub repository`.
fn is_generic(slug: &str) -> bool {
    slug.split('-').all(|word| {
        word.len() < 2 || word.bytes().all(|byte| byte.is_ascii_digit()) || GENERIC.contains(&word)
    })
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn many_of_one_title_end() {
        let named: Vec<Named<'_>> = (0..50_000_usize)
            .map(|at| Named {
                kind: if at % 2 == 0 { Kind::Topic } else { Kind::Skill },
                parent: at.checked_sub(1).filter(|_| at % 2 == 1),
                title: "Arrays",
                wish: None,
                url: None,
                known: format!("arrays {}", at / 4),
            })
            .collect();
        let start = Instant::now();
        let ids = assign(&named);
        // No measurement: only what grows with the square would take so long.
        assert!(start.elapsed().as_secs() < 20);
        assert!(ids.iter().all(|id| is_id(id)));
        assert_eq!(ids.into_iter().collect::<HashSet<_>>().len(), named.len());
    }
}
