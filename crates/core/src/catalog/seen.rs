//! What was last seen of the paths that are followed: so that new content is told once, with what it
//! does to the percentage.
//!
//! Beside the indexes lies one small file. Its first line has a checksum of the rest and, for each
//! path, the fingerprint of the content that was seen; the rest has an outline of each: its ids, with
//! all that a percentage depends on, as a path file. So an outline outlives what an index is made of,
//! and the percentage before is reckoned from it with the marks of today: what was marked since makes
//! no difference, only what the content says does.
//!
//! As long as the fingerprints agree, the first line is all that is read. A file that is missing,
//! damaged or from nowhere is made anew without a word; where it cannot be written, nothing is told,
//! since it would be told each time.

use std::borrow::Cow;
use std::path::Path;

use milepost_path::{Item, ItemBody, Roadmap, Stage, Topic};
use xxhash_rust::xxh3::xxh3_64;

use super::index;
use crate::disk;

/// What the file is called, in the folder of the indexes, where nothing but an index is removed.
const NAME: &str = "seen";
/// What its first line begins with.
const MARK: &str = "milepost seen";
/// The first line is shorter.
const MOST_HEAD: usize = 4096;
/// The file is smaller.
const MOST_BYTES: u64 = 4 * 1024 * 1024;
/// What each outline begins with.
const FIRST: &str = "format = 1\n";

/// A path as it was seen last.
struct Seen {
    id: String,
    fingerprint: u64,
    outline: String,
}

/// Remembers the paths as they are, each with the fingerprint of its content, and gives those that
/// were otherwise when they were last seen: as they were, and as they are.
///
/// What ships is compared, which `base` gives; an overlay is the learner's own.
pub fn changed<'a>(
    cache: &Path,
    paths: &[(&'a Roadmap, u64)],
    base: &dyn Fn(&'a Roadmap) -> Cow<'a, Roadmap>,
) -> Vec<(Roadmap, &'a Roadmap)> {
    let file = index::folder(cache).join(NAME);
    let head = disk::read::head(&file, MOST_HEAD).unwrap_or_default();
    let head = String::from_utf8_lossy(&head);
    let known = head.split_once('\n').and_then(|(line, _)| read_head(line));
    let known = known.map(|(_, known)| known).unwrap_or_default();
    let is_known = |(path, fingerprint): &(&Roadmap, u64)| {
        known.iter().any(|(id, seen)| *id == path.id && seen == fingerprint)
    };
    if paths.iter().all(is_known) {
        return Vec::new();
    }
    let mut all = read(&file).unwrap_or_default();
    let mut changed = Vec::new();
    for (path, fingerprint) in paths {
        let was = |seen: &Seen| seen.id == path.id || path.replaces.contains(&seen.id);
        let before = all.iter().position(was).map(|at| all.swap_remove(at));
        let outline = outline(&base(path));
        if let Some(before) = before.filter(|before| before.outline != outline)
            && let Some(before) = milepost_path::read(&before.outline).roadmap
        {
            changed.push((before, *path));
        }
        all.push(Seen { id: path.id.clone(), fingerprint: *fingerprint, outline });
    }
    if write(cache, &all).is_err() {
        changed.clear();
    }
    changed
}

/// The checksum, and the paths with their fingerprints.
fn read_head(line: &str) -> Option<(u64, Vec<(&str, u64)>)> {
    let number = |text: &str| u64::from_str_radix(text, 16).ok();
    let mut words = line.strip_prefix(MARK)?.split_ascii_whitespace();
    let checksum = number(words.next()?)?;
    let paths = words.map(|word| word.split_once('=').and_then(|(id, at)| Some((id, number(at)?))));
    Some((checksum, paths.collect::<Option<_>>()?))
}

fn read(file: &Path) -> Option<Vec<Seen>> {
    let text = disk::read::text(file, MOST_BYTES).ok()?;
    // One with a longer head would be read and written each time.
    let (head, outlines) = text.split_once('\n').filter(|(head, _)| head.len() < MOST_HEAD)?;
    let (checksum, known) = read_head(head)?;
    if xxh3_64(outlines.as_bytes()) != checksum {
        return None;
    }
    let outlines = outlines.split(FIRST).skip(1).map(|outline| [FIRST, outline].concat());
    let seen = known.into_iter().zip(outlines);
    let seen =
        seen.map(|((id, fingerprint), outline)| Seen { id: id.to_owned(), fingerprint, outline });
    Some(seen.collect())
}

fn write(cache: &Path, all: &[Seen]) -> std::io::Result<()> {
    let outlines: String = all.iter().map(|seen| seen.outline.as_str()).collect();
    let mut head = format!("{MARK} {:x}", xxh3_64(outlines.as_bytes()));
    for seen in all {
        head.push_str(&format!(" {}={:x}", seen.id, seen.fingerprint));
    }
    head.push('\n');
    let folder = index::folder(cache);
    index::put(&folder, &folder.join(NAME), &[head.as_bytes(), outlines.as_bytes()])
}

/// Whether two versions of a path are the same in all that progress depends on.
pub(super) fn is_same(one: &Roadmap, other: &Roadmap) -> bool {
    outline(one) == outline(other)
}

/// A path with nothing but what progress depends on, as a path file. Titles are the ids.
fn outline(roadmap: &Roadmap) -> String {
    let mut text = FIRST.to_owned();
    named(&mut text, &roadmap.id, &roadmap.replaces);
    for stage in &roadmap.stages {
        text.push_str("[[stages]]\n");
        named(&mut text, &stage.id, &stage.replaces);
        given(&mut text, "choose", stage.choose);
        for topic in &stage.topics {
            outline_of_topic(&mut text, roadmap, stage, topic);
        }
        for item in roadmap.milestones_of(stage) {
            outline_of_item(&mut text, &item);
        }
    }
    text
}

fn outline_of_topic(text: &mut String, roadmap: &Roadmap, stage: &Stage, topic: &Topic) {
    text.push_str("[[stages.topics]]\n");
    named(text, &topic.id, &topic.replaces);
    given(text, "choose", topic.choose);
    given(text, "hours", topic.hours);
    for item in roadmap.items_of_topic(stage, topic) {
        outline_of_item(text, &item);
    }
}

fn outline_of_item(text: &mut String, item: &Item<'_>) {
    let (header, hours) = match item.what {
        ItemBody::Skill(_) => ("[[stages.topics.skills]]\n", None),
        ItemBody::Resource(resource) => {
            ("[[stages.topics.resources]]\ntype = \"docs\"\n", resource.hours)
        }
        ItemBody::Milestone(milestone) => ("[[stages.milestones]]\n", milestone.hours),
    };
    text.push_str(header);
    let tracked = item.tracked();
    named(text, &tracked.id, &tracked.replaces);
    given(text, "hours", hours);
    given(text, "optional", tracked.optional.then_some(true));
    given(text, "retired", tracked.retired.then_some(true));
    given(text, "same_as", tracked.same_as.as_ref().map(|other| format!("\"{other}\"")));
}

/// No id needs an escape in a file.
fn named(text: &mut String, id: &str, replaces: &[String]) {
    text.push_str(&format!("id = \"{id}\"\ntitle = \"{id}\"\n"));
    if !replaces.is_empty() {
        text.push_str(&format!("replaces = [\"{}\"]\n", replaces.join("\", \"")));
    }
}

fn given(text: &mut String, key: &str, value: Option<impl std::fmt::Display>) {
    if let Some(value) = value {
        text.push_str(&format!("{key} = {value}\n"));
    }
}

#[cfg(test)]
mod tests;
