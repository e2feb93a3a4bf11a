//! What another version of a path changes, for somebody who has a record on it.
//!
//! Nodes are told apart by their ids. One whose old id is among the `replaces` of a new one was
//! renamed, and its record follows; what else is gone keeps its record, which no report counts.

use std::collections::{HashMap, HashSet};

use milepost_path::{
    Item, ItemBody, ItemInfo, Milestone, Node, NodeKind, Ref, Requirement, Resource, Roadmap,
};
use serde::Serialize;

use super::standing::{Standing, Status};

/// The differences, each in the order of its file.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Revision {
    /// What is new.
    pub added: Vec<Part>,
    /// What has another id now.
    pub renamed: Vec<Renamed>,
    /// What is gone.
    pub removed: Vec<Removed>,
    /// What stays under its id, but says something else or stands elsewhere.
    pub changed: Vec<Changed>,
    /// The keys of the path itself that say something else.
    pub path_keys: Vec<&'static str>,
}

/// A stage, topic or item.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Part {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its kind.
    pub kind: NodeKind,
    /// Its title.
    pub title: String,
}

/// Something that says something else.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Changed {
    /// What it is now.
    #[serde(flatten)]
    pub part: Part,
    /// What of it differs; empty where it is nothing of these.
    pub what: Vec<Field>,
}

/// A key that says something else.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Field {
    /// The key; `in` is the topic or stage that it stands in.
    pub key: &'static str,
    /// What it said, where that is one short text.
    pub from: Option<String>,
    /// What it says.
    pub to: Option<String>,
}

/// Something with another id.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Renamed {
    /// What it is now.
    #[serde(flatten)]
    pub part: Part,
    /// Its reference before.
    pub from: Ref,
}

/// Something that is gone.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Removed {
    /// What it was.
    #[serde(flatten)]
    pub part: Part,
    /// The status that is recorded of it, if any.
    pub status: Option<Status>,
}

impl Revision {
    /// Whether nothing differs that a learner would see.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a new version of a path changes.
pub(crate) fn revision(old: &Roadmap, new: &Roadmap, standing: &Standing) -> Revision {
    let before: HashMap<String, Node<'_>> = old.nodes().map(|node| (id(&node), node)).collect();
    let renames = Renames::of(old, new, &before);
    let mut revision = Revision { path_keys: path_keys(old, new), ..Revision::default() };
    let mut seen: HashSet<String> = HashSet::new();
    for node in new.nodes() {
        let own = id(&node);
        if let Some(known) = before.get(&own) {
            if differs(known, &node, &renames) {
                revision.changed.push(Changed { part: part(&node), what: fields(known, &node) });
            }
            seen.insert(own);
            continue;
        }
        // Where several became one, each is followed by it.
        let olds = node.replaces().iter();
        let olds: Vec<&String> = olds.filter(|old| before.contains_key(*old)).collect();
        if olds.is_empty() {
            revision.added.push(part(&node));
        }
        for name in olds {
            let from = Ref::node(&old.id, name);
            revision.renamed.push(Renamed { part: part(&node), from });
            seen.insert(name.clone());
        }
    }
    let gone = old.nodes().filter(|node| !seen.contains(&id(node)));
    revision.removed = gone
        .map(|node| {
            let state = standing.item_at(&node.reference()).filter(|state| state.is_marked());
            Removed { part: part(&node), status: state.map(|state| state.status) }
        })
        .collect();
    revision
}

fn part(node: &Node<'_>) -> Part {
    Part { reference: node.reference(), kind: node.kind(), title: node.title().to_owned() }
}

fn id(node: &Node<'_>) -> String {
    node.reference().id().unwrap_or_default().to_owned()
}

fn path_keys(old: &Roadmap, new: &Roadmap) -> Vec<&'static str> {
    let keys = [
        ("title", old.title != new.title),
        ("summary", old.summary != new.summary),
        ("role", old.role != new.role),
        ("requires", old.requires != new.requires),
        ("portfolio", old.portfolio != new.portfolio),
        ("interview", old.interview != new.interview),
    ];
    keys.into_iter().filter(|(_, differs)| *differs).map(|(key, _)| key).collect()
}

/// Whether something says something else, or stands elsewhere. What is in it is compared by itself.
fn differs(old: &Node<'_>, new: &Node<'_>, renames: &Renames<'_>) -> bool {
    match (old, new) {
        (Node::Stage(_, a), Node::Stage(_, b)) => {
            (&a.title, &a.summary, &a.months) != (&b.title, &b.summary, &b.months)
                || !renames.are_requirements(&a.requires, &b.requires)
        }
        (Node::Topic(_, in_a, a), Node::Topic(_, in_b, b)) => {
            !renames.is_id(&in_a.id, &in_b.id)
                || (&a.title, &a.summary, a.hours) != (&b.title, &b.summary, b.hours)
                || a.roles != b.roles
                || !renames.are_requirements(&a.requires, &b.requires)
        }
        (Node::Item(a), Node::Item(b)) => {
            let is_there = match (a.topic, b.topic) {
                (Some(a), Some(b)) => renames.is_id(&a.id, &b.id),
                (a, b) => a.is_none() && b.is_none(),
            };
            !is_there || !renames.is_id(&a.stage.id, &b.stage.id) || !is_same(a, b, renames)
        }
        _ => true,
    }
}

/// The keys of a node of which a learner can want to know that they say something else.
fn fields(old: &Node<'_>, new: &Node<'_>) -> Vec<Field> {
    let texts = |key, from: Option<String>, to: Option<String>| {
        (from != to).then_some(Field { key, from, to })
    };
    let flag = |key, from: bool, to: bool| texts(key, Some(from.to_string()), Some(to.to_string()));
    let bare = |key, differs: bool| differs.then_some(Field { key, from: None, to: None });
    let hours = |node: &Node<'_>| {
        match node {
            Node::Topic(_, _, topic) => topic.hours,
            Node::Item(item) => match item.what {
                ItemBody::Skill(_) => None,
                ItemBody::Resource(resource) => resource.hours,
                ItemBody::Milestone(milestone) => milestone.hours,
            },
            Node::Path(_) | Node::Stage(..) => None,
        }
        .map(|hours| hours.to_string())
    };
    let tracked = |node: &Node<'_>| match node {
        Node::Item(item) => item.tracked().clone(),
        _ => ItemInfo::default(),
    };
    let criteria = |node: &Node<'_>| match node {
        Node::Item(item) => item.milestone().map(|milestone| milestone.criteria.clone()),
        _ => None,
    };
    let place = |node: &Node<'_>| match node {
        Node::Item(Item { topic: Some(topic), .. }) => Some(topic.id.clone()),
        Node::Topic(_, stage, _) | Node::Item(Item { stage, .. }) => Some(stage.id.clone()),
        Node::Path(_) | Node::Stage(..) => None,
    };
    let (one, other) = (tracked(old), tracked(new));
    let same_as = |tracked: ItemInfo| tracked.same_as.map(|other| other.to_string());
    let url = |node: &Node<'_>| node.url().map(str::to_owned);
    [
        bare("kind", old.kind() != new.kind()),
        texts("title", Some(old.title().to_owned()), Some(new.title().to_owned())),
        texts("in", place(old), place(new)),
        texts("hours", hours(old), hours(new)),
        texts("url", url(old), url(new)),
        flag("optional", one.optional, other.optional),
        flag("retired", one.retired, other.retired),
        bare("replaces", old.replaces() != new.replaces()),
        texts("same_as", same_as(one), same_as(other)),
        bare("criteria", criteria(old) != criteria(new)),
        bare("requires", old.requirements() != new.requirements()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What has another id now, so that what stands in it is where it was, and what requires it requires
/// the same.
struct Renames<'r> {
    old_path: &'r str,
    new_path: &'r str,
    ids: HashMap<&'r str, &'r str>,
}

impl<'r> Renames<'r> {
    fn of(old: &'r Roadmap, new: &'r Roadmap, before: &HashMap<String, Node<'_>>) -> Self {
        let renamed = new.nodes().filter_map(|node| Some((node.id()?, node.replaces())));
        let renamed = renamed.filter(|(id, _)| !before.contains_key(*id));
        let ids = renamed.flat_map(|(id, olds)| olds.iter().map(move |old| (old.as_str(), id)));
        Self { old_path: &old.id, new_path: &new.id, ids: ids.collect() }
    }

    fn is_id(&self, old: &str, new: &str) -> bool {
        old == new || self.ids.get(old) == Some(&new)
    }

    fn is_reference(&self, old: &Ref, new: &Ref) -> bool {
        let is_own = old.path() == self.old_path && new.path() == self.new_path;
        match (old.id(), new.id()) {
            (Some(old), Some(new)) if is_own => self.is_id(old, new),
            _ => old == new,
        }
    }

    fn are_requirements(&self, old: &[Requirement], new: &[Requirement]) -> bool {
        let is_same = |(old, new): (&Requirement, &Requirement)| {
            let mut pairs = old.any_of.iter().zip(&new.any_of);
            old.any_of.len() == new.any_of.len()
                && pairs.all(|(old, new)| self.is_reference(old, new))
        };
        old.len() == new.len() && old.iter().zip(new).all(is_same)
    }
}

/// Whether two items are the same kind of thing and say the same.
fn is_same(a: &Item<'_>, b: &Item<'_>, renames: &Renames<'_>) -> bool {
    match (a.what, b.what) {
        (ItemBody::Skill(a), ItemBody::Skill(b)) => a == b,
        (ItemBody::Resource(one), ItemBody::Resource(other)) => {
            // One that names no skills teaches all of its topic: new ones are told by themselves.
            let skills = |item: &Item<'_>| -> Vec<String> {
                let skills = item.topic.iter().flat_map(|topic| &topic.skills);
                skills.map(|skill| skill.tracked.id.clone()).collect()
            };
            let teaches_the_same = one.skills == other.skills || skills(a) != skills(b);
            let requires_the_same = renames.are_requirements(&one.requires, &other.requires);
            let other = Resource {
                skills: one.skills.clone(),
                requires: one.requires.clone(),
                ..other.clone()
            };
            teaches_the_same && requires_the_same && *one == other
        }
        (ItemBody::Milestone(one), ItemBody::Milestone(other)) => {
            let requires_the_same = renames.are_requirements(&one.requires, &other.requires);
            let other = Milestone { requires: one.requires.clone(), ..other.clone() };
            requires_the_same && *one == other
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{sketch, standing};
    use super::*;

    fn compared(old: &str, new: &str, marks: &str) -> Vec<String> {
        let (old, new) = (sketch(old), sketch(new));
        let found = revision(&old[0], &new[0], &standing(marks));
        let mut lines = Vec::new();
        let name = |part: &Part| format!("{} {}", part.kind, part.reference);
        lines.extend(found.added.iter().map(|part| format!("+ {}", name(part))));
        let renamed = |one: &Renamed| format!("> {} was {}", name(&one.part), one.from);
        lines.extend(found.renamed.iter().map(renamed));
        let removed = |one: &Removed| {
            let status = one.status.map_or(String::new(), |status| format!(" {}", status.as_str()));
            format!("- {}{status}", name(&one.part))
        };
        lines.extend(found.removed.iter().map(removed));
        lines.extend(found.changed.iter().map(|one| format!("~ {}", name(&one.part))));
        lines.extend(found.path_keys.iter().map(|key| (*key).to_owned()));
        assert_eq!(lines.is_empty(), found.is_empty());
        lines
    }

    const OLD: &str = "
        path p
        stage s
        topic t 4h
        skill k
        skill l
        resource r 2h
        milestone m 3h needs=t";

    #[test]
    fn what_another_version_changes() {
        for (from, to, marks, expected) in [
            ("skill l", "skill l", "", &[][..]),
            ("skill l", "skill l\nskill n", "", &["+ skill p/n"]),
            ("skill l\n", "\n", "p/l=done", &["- skill p/l done"]),
            ("skill l\n", "\n", "", &["- skill p/l"]),
            ("skill l", "skill n was=l", "p/l=done", &["> skill p/n was p/l"]),
            ("topic t 4h", "topic u 4h was=t", "", &["> topic p/u was p/t"]),
            ("stage s", "stage u was=s", "", &["> stage p/u was p/s"]),
            // Two became one.
            (
                "skill k\n        skill l",
                "skill n was=k,l",
                "",
                &["> skill p/n was p/k", "> skill p/n was p/l"],
            ),
            ("milestone m 3h", "milestone m 5h", "", &["~ milestone p/m"]),
            ("needs=t", "needs=s", "", &["~ milestone p/m"]),
            ("topic t 4h", "topic t 5h", "", &["~ topic p/t"]),
            ("resource r 2h", "resource r 2h paid", "", &["~ resource p/r"]),
            ("resource r 2h", "resource r 2h teaches=k", "", &["~ resource p/r"]),
            (
                "stage s",
                "stage u",
                "",
                &[
                    "+ stage p/u",
                    "- stage p/s",
                    "~ topic p/t",
                    "~ skill p/k",
                    "~ skill p/l",
                    "~ resource p/r",
                    "~ milestone p/m",
                ],
            ),
            ("path p", "path p = Another title", "", &["title"]),
        ] {
            assert_eq!(compared(OLD, &OLD.replacen(from, to, 1), marks), expected, "{from} {to}");
        }
    }

    #[test]
    fn what_requires_something_renamed_is_as_it_was() {
        let new = OLD.replace("path p", "path q was=p = p").replace("topic t", "topic u was=t");
        let new = new.replace("needs=t", "needs=u");
        assert_eq!(compared(OLD, &new, "p/k=done"), ["> topic q/u was p/t"]);
        let new = new.replace("needs=u", "needs=s");
        assert_eq!(compared(OLD, &new, ""), ["> topic q/u was p/t", "~ milestone q/m"]);
    }
}
