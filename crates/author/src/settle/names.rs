//! Ids, and what the names in a source mean: requirements, alternatives, what is taught, what is asked
//! about.

use std::collections::{HashMap, HashSet};

use milepost_path::near::{slug, slug_within};

use super::doubles::{known, known_resource};
use crate::draft::{Draft, Kind, Need, Node, Question, Teaches, Topic};
use crate::ids::{Named, assign};

/// Gives every node its id, and turns names into ids.
pub(super) fn name(draft: &mut Draft) {
    let ids = ids(draft);
    let names = Names::of(draft, &ids);
    for (node, id) in draft.nodes_mut().into_iter().zip(ids) {
        node.id = Some(id);
    }
    let mut at = 0;
    for stage in &mut draft.stages {
        names.find(&mut stage.node, at);
        at += 1;
        for topic in &mut stage.topics {
            names.find(&mut topic.node, at);
            at += 1 + topic.skills.len();
            // Before what is asked of them is found.
            alternatives(topic, &names, at);
            taught(topic);
            for resource in &mut topic.resources {
                names.find(&mut resource.node, at);
                at += 1;
            }
            for skill in &mut topic.skills {
                // The format has no place for it.
                let needs = std::mem::take(&mut skill.node.requires);
                skill.node.requires = needs.into_iter().map(as_words).collect();
            }
        }
        for milestone in &mut stage.milestones {
            names.find(&mut milestone.node, at);
            at += 1;
        }
    }
    let mut questions = HashSet::new();
    for group in &mut draft.interview {
        let mut topics = HashSet::new();
        group.topics.retain_mut(|need| {
            let target = names.target(need, at, &[Kind::Topic]).map(str::to_owned);
            target.is_some_and(|id| {
                *need = Need::Found(id.clone());
                topics.insert(id)
            })
        });
        at += 1;
        for question in &mut group.questions {
            question.id = Some(question_id(question, &mut questions));
        }
    }
}

fn as_words(need: Need) -> Need {
    match need {
        Need::Named(text) | Need::Found(text) => Need::Named(text),
    }
}

/// Of what is in a section, as many bytes as tell two of them apart.
const MOST_KNOWN: usize = 4096;

fn ids(draft: &Draft) -> Vec<String> {
    let mut parts = draft.stages.iter().flat_map(|stage| {
        let topics = stage.topics.iter();
        topics.flat_map(|topic| &topic.resources)
    });
    let nodes = draft.nodes();
    let mut named: Vec<Named<'_>> = nodes
        .iter()
        .map(|(kind, parent, node)| Named {
            kind: *kind,
            parent: *parent,
            title: &node.title,
            wish: node.id.as_deref(),
            url: node.url.as_deref(),
            known: match kind {
                Kind::Resource => parts.next().map_or_else(String::new, known_resource),
                _ => known(node),
            },
        })
        .collect();
    // A section is also what is in it, in whatever order.
    let mut inner: Vec<(usize, &str)> = nodes
        .iter()
        .filter_map(|(_, parent, node)| Some(((*parent)?, node.title.as_str())))
        .collect();
    milepost_path::sort::by(&mut inner, Ord::cmp);
    for (parent, title) in inner {
        if let Some(holder) = named.get_mut(parent).filter(|one| one.known.len() < MOST_KNOWN) {
            holder.known.push('\n');
            holder.known.push_str(title);
        }
    }
    assign(&named)
}

/// The id of a question: its first words, and where others begin so, a hash of it all.
fn question_id(question: &Question, taken: &mut HashSet<String>) -> String {
    let wish = question.id.clone().filter(|id| milepost_path::is_id(id));
    let words = || slug_within(&question.ask, 40);
    let hash = || {
        let all = format!("{}\n{}", question.ask, question.look_for.as_deref().unwrap_or_default());
        format!("{:06x}", xxhash_rust::xxh3::xxh3_64(all.as_bytes()) >> 40)
    };
    let long = || Some(format!("{}-{}", words().unwrap_or_else(|| "card".to_owned()), hash()));
    let mut ways = [wish, words(), long()].into_iter().flatten();
    if let Some(id) = ways.find(|id| taken.insert(id.clone())) {
        return id;
    }
    let mut count = taken.len();
    loop {
        let id = format!("card-{}-{count}", hash());
        if taken.insert(id.clone()) {
            return id;
        }
        count += 1;
    }
}

/// What each name of a source can mean.
struct Names {
    /// Kind, parent and id of each node.
    nodes: Vec<(Kind, Option<usize>, String)>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Names {
    fn of(draft: &Draft, ids: &[String]) -> Self {
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        let nodes = draft.nodes();
        for (at, (_, _, node)) in nodes.iter().enumerate() {
            let names = [node.key.clone(), node.id.clone(), node.url.as_deref().map(plain)];
            let mut names: Vec<String> = names.into_iter().flatten().collect();
            names.extend(slug(&node.title));
            names.push(plain(&node.title));
            milepost_path::sort::by(&mut names, Ord::cmp);
            names.dedup();
            for name in names {
                by_name.entry(name).or_default().push(at);
            }
        }
        let nodes = nodes.into_iter().zip(ids);
        let nodes = nodes.map(|((kind, parent, _), id)| (kind, parent, id.clone())).collect();
        Self { nodes, by_name }
    }

    fn node(&self, at: usize) -> Option<(Kind, Option<usize>)> {
        self.nodes.get(at).map(|(kind, parent, _)| (*kind, *parent))
    }

    /// What holds a node, from the inside out.
    fn holders(&self, at: usize) -> [Option<usize>; 2] {
        let parent = self.node(at).and_then(|(_, parent)| parent);
        [parent, parent.and_then(|parent| self.node(parent)).and_then(|(_, parent)| parent)]
    }

    /// The only node of these kinds that a name can mean, seen from a node: the nearest, else the only.
    fn target<'n>(&'n self, need: &'n Need, from: usize, kinds: &[Kind]) -> Option<&'n str> {
        let name = match need {
            Need::Found(id) => return Some(id),
            Need::Named(name) => name,
        };
        let found = [name.clone(), plain(name)].into_iter().chain(slug(name));
        let found = found.filter_map(|name| self.by_name.get(&name)).next()?;
        let fits = |at: &&usize| self.node(**at).is_some_and(|(kind, _)| kinds.contains(&kind));
        let all: Vec<usize> = found.iter().filter(fits).copied().take(100).collect();
        let own = self.holders(from);
        let near = |at: usize| {
            let holders = self.holders(at);
            match own {
                [Some(topic), _] if holders.contains(&Some(topic)) => 0,
                [_, Some(stage)] if holders.contains(&Some(stage)) => 1,
                _ => 2,
            }
        };
        let nearest = all.iter().map(|at| near(*at)).min()?;
        let mut those = all.iter().filter(|at| near(**at) == nearest);
        let only = *those.next()?;
        if those.next().is_some() {
            // A topic and its only skill can have one title: what holds the other is meant.
            let highest = all.iter().filter_map(|at| self.node(*at)).map(|(kind, _)| kind).min()?;
            let is_highest = |at: &&usize| self.node(**at).is_some_and(|(kind, _)| kind == highest);
            let mut highest = all.iter().filter(is_highest);
            let first = highest.next()?;
            return highest.next().is_none().then(|| self.id(*first)).flatten();
        }
        self.id(only)
    }

    fn id(&self, at: usize) -> Option<&str> {
        self.nodes.get(at).map(|(_, _, id)| id.as_str())
    }

    /// Turns the names that a node requires into ids, where they mean something.
    fn find(&self, node: &mut Node, at: usize) {
        let kind = self.node(at).map(|(kind, _)| kind);
        let kinds: &[Kind] = match kind {
            Some(Kind::Resource) => {
                &[Kind::Stage, Kind::Topic, Kind::Milestone, Kind::Skill, Kind::Resource]
            }
            _ => &[Kind::Stage, Kind::Topic, Kind::Milestone, Kind::Skill],
        };
        let mut seen = HashSet::new();
        let mut needs = std::mem::take(&mut node.requires);
        for need in &mut needs {
            if let Some(id) = self.target(need, at, kinds) {
                *need = Need::Found(id.to_owned());
            }
        }
        needs.retain(|need| seen.insert(format!("{need:?}")));
        node.requires = needs;
    }
}

/// A name without what people write in different ways.
fn plain(name: &str) -> String {
    name.trim().trim_end_matches('/').to_lowercase()
}

/// The resources that each can take the place of: those of its topic, which stand for nothing else.
/// `end` is the number behind the skills of the topic, where its resources begin.
fn alternatives(topic: &mut Topic, names: &Names, end: usize) {
    let own: HashMap<String, bool> = topic
        .resources
        .iter()
        .filter(|one| one.instead_of.is_empty())
        .filter_map(|one| Some((one.node.id.clone()?, one.node.optional)))
        .collect();
    for (at, resource) in topic.resources.iter_mut().enumerate() {
        let mut seen = HashSet::new();
        let mut optional = None;
        let mut instead = std::mem::take(&mut resource.instead_of);
        instead.retain_mut(|need| {
            let target = names.target(need, end + at, &[Kind::Resource]).map(str::to_owned);
            let Some(id) = target.filter(|id| own.contains_key(id)) else { return false };
            // Both count or neither does: the first decides.
            let counts = own.get(&id).copied().unwrap_or_default();
            if optional.is_some_and(|one| one != counts) || !seen.insert(id.clone()) {
                return false;
            }
            optional = Some(counts);
            *need = Need::Found(id);
            true
        });
        if let Some(optional) = optional {
            resource.node.optional = optional;
        }
        resource.instead_of = instead;
    }
}

/// The skills that each resource teaches, by id.
fn taught(topic: &mut Topic) {
    let mut by_name: HashMap<String, String> = HashMap::new();
    for skill in &topic.skills {
        let Some(id) = &skill.node.id else { continue };
        for name in [skill.node.key.clone(), Some(plain(&skill.node.title)), Some(id.clone())] {
            by_name.entry(name.unwrap_or_default()).or_insert_with(|| id.clone());
        }
    }
    for resource in &mut topic.resources {
        let Teaches::Named(names) = &mut resource.teaches else { continue };
        let mut seen = HashSet::new();
        let found = names
            .iter()
            .filter_map(|name| by_name.get(name).or_else(|| by_name.get(&plain(name))).cloned());
        *names = found.filter(|id| seen.insert(id.clone())).collect();
    }
}
