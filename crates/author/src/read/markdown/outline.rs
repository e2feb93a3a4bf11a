//! Sections become stages and topics, as deep as a document has them.
//!
//! A path has two levels over its items. What is above all of a document, such as its title or
//! `Curriculum`, is none of them. Of what is left the highest heading is the stage and the lowest the
//! topic; a document with one level of headings is one stage.

use std::collections::HashMap;

use super::groups::{self, Found, Group};
use super::sections::{self, Section};
use crate::counts::{Counts, LeftOut};
use crate::draft::{Hours, Node, Stage, Topic};
use crate::guess::{Guess, Guessed};
use crate::read::arrange;
use crate::read::entry::{Entry, Shape};

/// How many stages a path has at most: what has more is one.
const MOST_STAGES: usize = 1_000;

/// The stages of a document.
pub(super) fn stages(
    sections: &[Section],
    title: Option<usize>,
    mut found: Vec<Found>,
    name: &str,
    counts: &mut Counts,
) -> Vec<Stage> {
    let of_document = |at: usize| at == 0 || Some(at) == title;
    // What stands before the first section is an introduction, where there are others.
    let has_others = found.iter().enumerate().any(|(at, one)| !of_document(at) && has_entries(one));
    for (_, one) in found.iter_mut().enumerate().filter(|(at, _)| has_others && of_document(*at)) {
        leave_out_introduction(one, counts);
    }
    only_curriculum(sections, &mut found, counts);
    let places: Vec<usize> =
        found.iter().enumerate().filter(|(_, one)| has_entries(one)).map(|(at, _)| at).collect();
    let chains: Vec<Vec<usize>> = places.iter().map(|at| chain(sections, title, *at)).collect();
    let common = common(&chains);
    let mut outline = Outline { sections, stages: Vec::new(), places: HashMap::new() };
    let holder = common.checked_sub(1).and_then(|last| chains.first()?.get(last).copied());
    let is_flat = is_flat(&chains, common);
    for (at, chain) in places.iter().zip(&chains) {
        let own = chain.get(common..).unwrap_or_default();
        let Some(found) = found.get_mut(*at).map(std::mem::take) else { continue };
        let (stage, over) = match (is_flat, own) {
            (true, over) => (holder, over),
            (_, []) => (holder, &[][..]),
            (false, [stage, over @ ..]) => (Some(*stage), over),
        };
        let over = over.split_last().map_or(&[][..], |(_, over)| over);
        outline.add(stage, over, *at, found, name);
    }
    outline.stages
}

fn has_entries(found: &Found) -> bool {
    !found.groups.is_empty()
}

/// Leaves out the links and subjects of an introduction; boxes to tick stay.
fn leave_out_introduction(found: &mut Found, counts: &mut Counts) {
    for group in &mut found.groups {
        group.entries.retain(|entry| {
            let is_kept = entry.shape == Shape::Task;
            if !is_kept {
                counts.leave_out(LeftOut::Paragraphs);
            }
            is_kept
        });
    }
    found.groups.retain(|group| !group.entries.is_empty());
}

/// Leaves out what is outside of the section that is called `Curriculum`, if that has most of it.
fn only_curriculum(sections: &[Section], found: &mut [Found], counts: &mut Counts) {
    let is_inside = |mut at: usize, of: usize| loop {
        if at == of {
            return true;
        }
        match sections.get(at).and_then(|section| section.parent) {
            Some(parent) => at = parent,
            None => return false,
        }
    };
    let size = |found: &Found| found.groups.iter().map(|group| group.entries.len()).sum::<usize>();
    let all: usize = found.iter().map(size).sum();
    let Some(of) = sections.iter().position(|section| sections::is_curriculum(&section.title))
    else {
        return;
    };
    let inside: Vec<bool> = (0..found.len()).map(|at| is_inside(at, of)).collect();
    let of_it: usize =
        found.iter().zip(&inside).filter(|(_, is)| **is).map(|(one, _)| size(one)).sum();
    if of_it * 2 < all || of_it == 0 {
        return;
    }
    for (one, is_inside) in found.iter_mut().zip(inside) {
        let has_task = |group: &Group| group.entries.iter().any(|one| one.shape == Shape::Task);
        if !is_inside && !one.groups.iter().any(has_task) {
            for _ in 0..size(one) {
                counts.leave_out(LeftOut::Paragraphs);
            }
            *one = Found::default();
        }
    }
}

/// The sections that one is in, the highest first, and itself; without that of the title.
fn chain(sections: &[Section], title: Option<usize>, at: usize) -> Vec<usize> {
    let mut chain = Vec::new();
    let mut next = Some(at);
    // A section is in one before it, so this ends; there are six levels of headings.
    while let Some(at) = next {
        if at > 0 && Some(at) != title {
            chain.push(at);
        }
        next = sections.get(at).and_then(|section| section.parent);
    }
    chain.reverse();
    chain
}

/// How many sections all are in.
fn common(chains: &[Vec<usize>]) -> usize {
    let Some(first) = chains.first() else { return 0 };
    // What has entries of its own is no mere holder of others.
    let is_shared = |depth: &usize| {
        chains.iter().all(|chain| chain.len() > depth + 1 && chain.get(*depth) == first.get(*depth))
    };
    (0..first.len()).take_while(is_shared).count()
}

/// Whether a document is one stage: most of its stages would have one topic, or they are too many.
fn is_flat(chains: &[Vec<usize>], common: usize) -> bool {
    let mut topics: HashMap<usize, usize> = HashMap::new();
    for stage in chains.iter().filter_map(|chain| chain.get(common)) {
        *topics.entry(*stage).or_default() += 1;
    }
    let single = topics.values().filter(|topics| **topics == 1).count();
    single * 10 >= topics.len() * 7 || topics.len() > MOST_STAGES
}

struct Outline<'s> {
    sections: &'s [Section],
    stages: Vec<Stage>,
    places: HashMap<Option<usize>, usize>,
}

impl Outline<'_> {
    /// Adds what a section has to a stage, which is a section or stands for the whole document.
    fn add(&mut self, stage: Option<usize>, over: &[usize], at: usize, found: Found, name: &str) {
        let place = match self.places.get(&stage) {
            Some(place) => *place,
            None => {
                let section = stage.and_then(|at| self.sections.get(at));
                let node = section.map_or_else(
                    || arrange::invented(name, 1),
                    |section| Node {
                        optional: section.is_optional,
                        ..Node::new(section.title.clone(), section.line)
                    },
                );
                self.stages.push(Stage { node, ..Stage::default() });
                self.places.insert(stage, self.stages.len() - 1);
                self.stages.len() - 1
            }
        };
        let (Some(section), Some(stage)) = (self.sections.get(at), self.stages.get_mut(place))
        else {
            return;
        };
        let titles = over.iter().filter_map(|at| self.sections.get(*at));
        let mut title: Vec<&str> = titles.map(|section| section.title.as_str()).collect();
        title.push(&section.title);
        let is_document = section.title.is_empty();
        let title = if is_document { stage.node.title.clone() } else { title.join(": ") };
        let mut node = Node { title, ..groups::node(section) };
        if is_document {
            node.guesses.push(Guess::new(Guessed::Section, ""));
        }
        node.tags = found.tags;
        for group in found.groups {
            let (mut topics, milestones) = topics(&node, group);
            stage.topics.append(&mut topics);
            stage.milestones.extend(milestones);
        }
    }
}

/// The topic that a group of entries is, and the milestones among them.
fn topics(section: &Node, group: Group) -> (Vec<Topic>, Vec<crate::draft::Milestone>) {
    let Group { title, url, choose, line, mut entries, .. } = group;
    let choose = choose.filter(|(most, _)| usize::from(*most) < entries.len());
    let mut node = section.clone();
    if let Some(title) = &title {
        node = Node { url, ..Node::new(title.clone(), line) };
    }
    let hours = choose.as_ref().and_then(|(most, _)| hours_of(*most, &entries));
    if let Some((most, from)) = &choose {
        if title.is_none() {
            node = Node::new(format!("{}: choose {most}", section.title), line);
        }
        node.guesses.push(Guess::new(Guessed::Choose, from.clone()));
        if hours.is_some() {
            node.guesses.push(Guess::new(Guessed::Hours, "the least and the most of them"));
        }
        for entry in &mut entries {
            entry.shape = Shape::Skill;
        }
    }
    let (mut topic, milestones) = arrange::topic(node, entries);
    topic.choose = choose.map(|(most, _)| most);
    if topic.choose.is_some() {
        topic.hours = hours;
    }
    let is_empty = topic.skills.is_empty() && topic.resources.is_empty();
    (if is_empty { Vec::new() } else { vec![topic] }, milestones)
}

/// The hours of so many of a group: those of the least and of the most of them.
fn hours_of(most: u16, entries: &[Entry]) -> Option<Hours> {
    let hours: Option<Vec<Hours>> = entries.iter().map(|entry| entry.hours).collect();
    let hours = hours?;
    let mut least: Vec<f64> = hours.iter().map(|hours| hours.0).collect();
    let mut longest: Vec<f64> = hours.iter().map(|hours| hours.1).collect();
    milepost_path::sort::by(&mut least, f64::total_cmp);
    milepost_path::sort::by(&mut longest, |a, b| b.total_cmp(a));
    let sum = |hours: Vec<f64>| hours.into_iter().take(usize::from(most)).sum::<f64>();
    Some(Hours(sum(least), sum(longest))).filter(|hours| hours.0 > 0.0 && hours.1 <= 10_000.0)
}
