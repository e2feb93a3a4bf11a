//! What another version of a path changes, for somebody who has a record on it.
//!
//! Nodes are told apart by their ids. An item whose old id is among the `replaces` of a new one was
//! renamed, and its record follows; what else is gone keeps its record, which no report counts.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::roadmap::{Item, Node, NodeKind, Ref, Resource, Roadmap, What};
use super::standing::{Standing, Status};

/// The differences, each in the order of its file.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Revision {
    /// What is new.
    pub added: Vec<Part>,
    /// What has another id now.
    pub renamed: Vec<Renamed>,
    /// What is gone.
    pub removed: Vec<Removed>,
    /// What stays under its id, but says something else or stands elsewhere.
    pub changed: Vec<Part>,
    /// The keys of the path itself that say something else.
    pub path_keys: Vec<&'static str>,
}

/// A stage, topic or item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its kind.
    pub kind: NodeKind,
    /// Its title.
    pub title: String,
}

/// An item with another id.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Renamed {
    /// What it is now.
    #[serde(flatten)]
    pub part: Part,
    /// Its reference before.
    pub from: Ref,
}

/// Something that is gone.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
pub fn revision(old: &Roadmap, new: &Roadmap, standing: &Standing) -> Revision {
    let before: HashMap<String, Node<'_>> = nodes(old).map(|node| (id(&node), node)).collect();
    let mut revision = Revision { path_keys: path_keys(old, new), ..Revision::default() };
    let mut seen: HashSet<String> = HashSet::new();
    for node in nodes(new) {
        let own = id(&node);
        if let Some(known) = before.get(&own) {
            if differs(known, &node) {
                revision.changed.push(part(&node));
            }
            seen.insert(own);
            continue;
        }
        let replaces = match &node {
            Node::Item(item) => item.tracked().replaces.as_slice(),
            _ => &[],
        };
        // Where several became one, each is followed by it.
        let olds: Vec<&String> = replaces.iter().filter(|old| before.contains_key(*old)).collect();
        if olds.is_empty() {
            revision.added.push(part(&node));
        }
        for old in olds {
            let from = Ref::node(&new.id, old);
            revision.renamed.push(Renamed { part: part(&node), from });
            seen.insert(old.clone());
        }
    }
    let gone = nodes(old).filter(|node| !seen.contains(&id(node)));
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

/// The stages, topics and items, in the order of the file.
fn nodes(roadmap: &Roadmap) -> impl Iterator<Item = Node<'_>> {
    roadmap.stages.iter().flat_map(move |stage| {
        let topics = stage.topics.iter().map(move |topic| Node::Topic(roadmap, stage, topic));
        let items = roadmap.items_of_stage(stage).map(Node::Item);
        std::iter::once(Node::Stage(roadmap, stage)).chain(topics).chain(items)
    })
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
fn differs(old: &Node<'_>, new: &Node<'_>) -> bool {
    match (old, new) {
        (Node::Stage(_, a), Node::Stage(_, b)) => {
            (&a.title, &a.summary, &a.months) != (&b.title, &b.summary, &b.months)
                || a.requires != b.requires
        }
        (Node::Topic(_, in_a, a), Node::Topic(_, in_b, b)) => {
            in_a.id != in_b.id
                || (&a.title, &a.summary, a.hours) != (&b.title, &b.summary, b.hours)
                || (&a.requires, &a.roles) != (&b.requires, &b.roles)
        }
        (Node::Item(a), Node::Item(b)) => place(a) != place(b) || !is_same(a, b),
        _ => true,
    }
}

fn place<'a>(item: &Item<'a>) -> (&'a str, Option<&'a str>) {
    (&item.stage.id, item.topic.map(|topic| topic.id.as_str()))
}

/// Whether two items are the same kind of thing and say the same.
fn is_same(a: &Item<'_>, b: &Item<'_>) -> bool {
    match (a.what, b.what) {
        (What::Skill(a), What::Skill(b)) => a == b,
        (What::Resource(one), What::Resource(other)) => {
            // One that names no skills teaches all of its topic: new ones are told by themselves.
            let skills = |item: &Item<'_>| -> Vec<String> {
                let skills = item.topic.iter().flat_map(|topic| &topic.skills);
                skills.map(|skill| skill.tracked.id.clone()).collect()
            };
            let teaches_the_same = one.skills == other.skills || skills(a) != skills(b);
            let other = Resource { skills: one.skills.clone(), ..other.clone() };
            teaches_the_same && *one == other
        }
        (What::Milestone(a), What::Milestone(b)) => a == b,
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
        lines.extend(found.changed.iter().map(|part| format!("~ {}", name(part))));
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
        milestone m 3h";

    #[test]
    fn what_another_version_changes() {
        for (from, to, marks, expected) in [
            ("skill l", "skill l", "", &[][..]),
            ("skill l", "skill l\nskill n", "", &["+ skill p/n"]),
            ("skill l\n", "\n", "p/l=done", &["- skill p/l done"]),
            ("skill l\n", "\n", "", &["- skill p/l"]),
            ("skill l", "skill n was=l", "p/l=done", &["> skill p/n was p/l"]),
            // Two became one.
            (
                "skill k\n        skill l",
                "skill n was=k,l",
                "",
                &["> skill p/n was p/k", "> skill p/n was p/l"],
            ),
            ("milestone m 3h", "milestone m 5h", "", &["~ milestone p/m"]),
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
}
