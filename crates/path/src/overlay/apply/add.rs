//! What an overlay adds finds its place.

use std::collections::HashMap;

use super::Bending;
use crate::kind::NodeKind;
use crate::overlay::{New, Why, is_own};
use crate::parts::{Milestone, Resource, Stage, Topic};

/// So many a path can have of each, as in a file: positions are kept in 16 bits.
const MOST_ENTRIES: usize = 60_000;
const MOST_STAGES: usize = 1_000;
const MOST_ITEMS: usize = 100_000;
/// How many skills the resources of an overlay can teach by naming none: each is kept by name.
const MOST_IMPLIED: usize = 250_000;

impl Bending<'_> {
    pub(super) fn add(&mut self) {
        // Where each stage and topic is. What is added goes to the end, so that none of it moves.
        let mut places: HashMap<String, (usize, Option<usize>)> = HashMap::new();
        for (s, stage) in self.path.stages.iter().enumerate() {
            places.insert(stage.id.clone(), (s, None));
            let topics = stage.topics.iter().enumerate();
            places.extend(topics.map(|(t, topic)| (topic.id.clone(), (s, Some(t)))));
        }
        let mut own_topics: HashMap<&str, &str> = HashMap::new();
        let (mut items, mut implied) = (self.path.items().count(), 0);
        for added in &self.overlay.added {
            let (id, kind) = (added.node.id(), added.node.kind());
            let wanted = match kind {
                NodeKind::Topic | NodeKind::Milestone => NodeKind::Stage,
                _ => NodeKind::Topic,
            };
            let within = match added.within.as_deref() {
                None => "",
                Some(own) if is_own(own) => own,
                Some(of_base) => match self.now_as(of_base, wanted) {
                    Ok(now) => now,
                    Err(why) => {
                        self.tell(of_base, id, why);
                        continue;
                    }
                },
            };
            items += usize::from(kind.is_item());
            let place = places.get(within).copied();
            if place.is_none() && kind != NodeKind::Stage {
                // What it stands in is loose, or hidden, and so is this.
                if self.hidden.contains(within) {
                    self.hidden.insert(id.to_owned());
                }
                continue;
            }
            let (stage, topic) = place.unwrap_or((self.path.stages.len(), None));
            let new_stage = (kind == NodeKind::Stage && stage < MOST_STAGES).then(Stage::default);
            self.path.stages.extend(new_stage);
            let Some(stage_at) = self.path.stages.get_mut(stage) else {
                self.tell(id, id, Why::TooMany);
                continue;
            };
            let topic_at = topic.and_then(|topic| stage_at.topics.get_mut(topic));
            let mut fits = items <= MOST_ITEMS;
            match (&added.node, topic_at) {
                (New::Stage(new), _) => {
                    *stage_at = Stage { requires: Vec::new(), ..(**new).clone() };
                    places.insert(id.to_owned(), (stage, None));
                }
                (New::Topic(new), _) => {
                    let at = stage_at.topics.len();
                    let new = Topic { requires: Vec::new(), ..(**new).clone() };
                    fits = push(&mut stage_at.topics, new, true);
                    if fits {
                        places.insert(id.to_owned(), (stage, Some(at)));
                    }
                }
                (New::Milestone(new), _) => {
                    let new = Milestone { requires: Vec::new(), ..(**new).clone() };
                    let heading = new.portfolio.clone();
                    fits = push(&mut stage_at.milestones, new, fits);
                    self.heading(heading.as_deref(), id, stage);
                }
                (New::Skill(new), Some(topic)) => {
                    fits = push(&mut topic.skills, (**new).clone(), fits);
                    own_topics.insert(id, within);
                }
                (New::Resource(new, teaches_all), Some(topic)) => {
                    let alive = topic.skills.iter().filter(|skill| !skill.tracked.retired);
                    let mut new = Resource { requires: Vec::new(), ..(**new).clone() };
                    if *teaches_all && fits {
                        implied += topic.skills.len();
                        fits = implied <= MOST_IMPLIED;
                        let alive = alive.map(|skill| skill.tracked.id.clone());
                        new.skills = if fits { alive.collect() } else { Vec::new() };
                    }
                    let (skills, instead_of) =
                        (std::mem::take(&mut new.skills), std::mem::take(&mut new.instead_of));
                    if !fits {
                        self.tell(id, id, Why::TooMany);
                        continue;
                    }
                    let (skills, instead_of) = (
                        self.beside(skills, NodeKind::Skill, within, id, &own_topics),
                        self.beside(instead_of, NodeKind::Resource, within, id, &own_topics),
                    );
                    let others = instead_of.iter().filter_map(|other| self.base.item(other));
                    let others: Vec<_> = others.collect();
                    // An alternative counts as far as that which it is an alternative to.
                    if let Some(other) = others.first() {
                        new.tracked.optional = other.tracked().optional;
                    }
                    own_topics.insert(id, within);
                    (new.skills, new.instead_of) = (skills, instead_of);
                    let stage = self.path.stages.get_mut(stage);
                    let topic =
                        stage.zip(topic_number(place)).and_then(|(s, t)| s.topics.get_mut(t));
                    fits = topic.is_some_and(|topic| push(&mut topic.resources, new, true));
                }
                (New::Skill(_) | New::Resource(..), None) => continue,
            }
            if !fits {
                self.tell(id, id, Why::TooMany);
            }
        }
    }

    /// Unlinks a new milestone from a heading that the portfolio does not have.
    fn heading(&mut self, heading: Option<&str>, id: &str, stage: usize) {
        let Some(heading) = heading else { return };
        if self.path.portfolio.iter().any(|one| one.id == heading) {
            return;
        }
        self.tell(heading, id, Why::Gone);
        let stage = self.path.stages.get_mut(stage);
        if let Some(new) = stage.and_then(|stage| stage.milestones.last_mut()) {
            new.portfolio = None;
        }
    }

    /// Of some ids those that stand in a topic, by the ids that they have now.
    fn beside(
        &mut self,
        ids: Vec<String>,
        kind: NodeKind,
        topic: &str,
        by: &str,
        own_topics: &HashMap<&str, &str>,
    ) -> Vec<String> {
        let mut beside = Vec::with_capacity(ids.len());
        for id in ids {
            let node = self.base.resolve(&id);
            let is_here = match node {
                None => own_topics.get(id.as_str()) == Some(&topic),
                Some(node) => {
                    node.kind() == kind && node.topic().is_some_and(|its| its.id == topic)
                }
            };
            let now = node.and_then(|node| node.id()).unwrap_or(&id);
            if self.hidden.contains(now) {
                continue;
            }
            match node {
                _ if is_here => beside.push(now.to_owned()),
                None if !is_own(&id) => self.tell(&id, by, Why::Gone),
                Some(node) if node.kind() != kind => self.tell(&id, by, Why::Kind(node.kind())),
                _ => self.tell(&id, by, Why::Elsewhere),
            }
        }
        beside
    }
}

fn topic_number(place: Option<(usize, Option<usize>)>) -> Option<usize> {
    place.and_then(|(_, topic)| topic)
}

/// Adds to a list that has room; whether it had.
fn push<T>(list: &mut Vec<T>, one: T, fits: bool) -> bool {
    let fits = fits && list.len() < MOST_ENTRIES;
    list.extend(fits.then_some(one));
    fits
}
