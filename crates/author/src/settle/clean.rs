//! Texts as a path can have them: plain, in bounds, and without what is not shown.

use std::collections::HashSet;

use milepost_path::address::Address;
use milepost_path::chars::is_unsafe;
use milepost_path::limits::{MOST_CHARACTERS, MOST_OF_LINES};
use milepost_path::{Link, is_lang};

use crate::counts::{Counts, LeftOut};
use crate::draft::{Draft, Node};
use crate::read::Options;

/// More tags or links of a single node are no help to anybody.
const MOST_OF_NODE: usize = 50;

/// Cleans all texts of a draft and leaves out what has no title.
pub(super) fn clean(draft: &mut Draft, options: &Options) {
    draft.title = draft.title.take().and_then(|title| line(&title));
    if draft.title.is_none() {
        let name = options.name.rsplit_once('.').map_or(options.name.as_str(), |(name, _)| name);
        draft.title = line(&name.replace(['_', '-'], " "));
    }
    if draft.source.is_none() {
        draft.source = line(&options.name);
    }
    for text in [
        &mut draft.summary,
        &mut draft.author,
        &mut draft.license,
        &mut draft.source,
        &mut draft.version,
    ] {
        *text = text.take().and_then(|text| line(&text));
    }
    draft.lang = draft.lang.take().filter(|tag| is_lang(tag));
    let Draft { stages, interview, counts, .. } = draft;
    for stage in &mut *stages {
        node(&mut stage.node, counts);
        for topic in &mut stage.topics {
            node(&mut topic.node, counts);
            for skill in &mut topic.skills {
                node(&mut skill.node, counts);
                skill.can = skill.can.take().and_then(|text| line(&text));
            }
            for resource in &mut topic.resources {
                node(&mut resource.node, counts);
                for text in [&mut resource.by, &mut resource.part] {
                    *text = text.take().and_then(|text| line(&text));
                }
                resource.lang = resource.lang.take().filter(|tag| is_lang(tag));
            }
            topic.skills.retain(|one| titled(&one.node, counts));
            topic.resources.retain(|one| titled(&one.node, counts));
        }
        for milestone in &mut stage.milestones {
            node(&mut milestone.node, counts);
            for criterion in &mut milestone.criteria {
                criterion.text = line(&criterion.text).unwrap_or_default();
                criterion.scale = criterion.scale.iter().filter_map(|step| line(step)).collect();
            }
            milestone.criteria.retain(|one| !one.text.is_empty());
        }
        stage.milestones.retain(|one| titled(&one.node, counts));
        stage.topics.retain(|one| titled(&one.node, counts));
    }
    stages.retain(|one| titled(&one.node, counts));
    for group in &mut *interview {
        node(&mut group.node, counts);
        for question in &mut group.questions {
            question.ask = line(&question.ask).unwrap_or_default();
            question.look_for = question.look_for.take().and_then(|text| line(&text));
            question.about = lines(&question.about);
        }
        let mut seen = HashSet::new();
        group.questions.retain(|one| {
            let is_new = seen.insert((one.ask.clone(), one.look_for.clone(), one.about.clone()));
            let wrong = match (one.ask.is_empty(), is_new) {
                (true, _) => LeftOut::Untitled,
                (_, false) => LeftOut::Doubles,
                _ => return true,
            };
            counts.leave_out(wrong);
            false
        });
    }
    interview.retain(|one| titled(&one.node, counts) && !one.questions.is_empty());
}

fn titled(node: &Node, counts: &mut Counts) -> bool {
    if node.title.is_empty() {
        counts.leave_out(LeftOut::Untitled);
    }
    !node.title.is_empty()
}

fn node(node: &mut Node, counts: &mut Counts) {
    node.title = line(&node.title).unwrap_or_default();
    node.summary = node.summary.take().and_then(|text| line(&text));
    if let Some(url) = node.url.take() {
        node.url = address(&url);
        if node.url.is_none() {
            counts.leave_out(LeftOut::Links);
        }
    }
    let before = node.links.len();
    node.links = node.links.iter().filter_map(link).take(MOST_OF_NODE).collect();
    for _ in node.links.len()..before {
        counts.leave_out(LeftOut::Links);
    }
    node.about = lines(&node.about);
    node.tags = node.tags.iter().filter_map(|tag| line(tag)).take(MOST_OF_NODE).collect();
    node.key = node.key.take().and_then(|key| line(&key));
    for guess in &mut node.guesses {
        guess.from = shortened(&line(&guess.from).unwrap_or_default(), 100);
    }
    if let Some(tick) = &mut node.tick {
        tick.note = tick.note.take().and_then(|text| line(&text));
    }
}

fn link(link: &Link) -> Option<Link> {
    let url = address(&link.url)?;
    Some(Link { title: line(&link.title).unwrap_or_else(|| url.clone()), url })
}

/// A web address that a path can have. Blanks in it are written as such.
fn address(url: &str) -> Option<String> {
    let url = url.trim().replace(' ', "%20");
    let fits = url.chars().nth(MOST_CHARACTERS).is_none();
    (fits && Address::read(&url).is_ok()).then_some(url)
}

/// A text as one line: each run of blanks is one, what is not shown is left out. `None` if nothing
/// remains.
pub(super) fn line(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len().min(MOST_CHARACTERS));
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() {
            blank = true;
        } else if !is_unsafe(c) && !is_invisible(c) {
            if blank && !out.is_empty() {
                out.push(' ');
            }
            blank = false;
            out.push(c);
        }
    }
    (!out.is_empty()).then(|| shortened(&out, MOST_CHARACTERS))
}

/// Whether a character only says where a word can break.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// Paragraphs as they are, each line clean; those that are empty are left out.
pub(super) fn lines(paragraphs: &[String]) -> Vec<String> {
    let mut room = MOST_OF_LINES;
    let mut kept = Vec::new();
    for paragraph in paragraphs {
        let lines: Vec<String> =
            paragraph.lines().map(|one| line(one).unwrap_or_default()).collect();
        let text = lines.join("\n");
        let text = text.trim_matches('\n');
        if text.is_empty() || room < 3 {
            continue;
        }
        let text = shortened(text, room);
        // Two for the break between them.
        room = room.saturating_sub(text.chars().count() + 2);
        kept.push(text);
    }
    kept
}

/// A text of at most so many characters, the last of them `…` where something was cut.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().nth(most).is_none() {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
    short.push('…');
    short
}
