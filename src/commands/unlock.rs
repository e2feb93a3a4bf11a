//! What a change unlocks: topics and milestones of followed paths that were held back and are
//! ready after it.
//!
//! Only what can matter is looked at, step by step: the nodes that name a changed item in a
//! requirement, then those of them whose requirement is met by the change, then all else that
//! these require. So a mark inside one path does not open the others. Each step is taken for all
//! items together: a path of thousands of topics is walked once, and not once for each of them.

use std::collections::{HashMap, HashSet};

use crate::catalog::Catalog;
use crate::error::Result;
use crate::model::roadmap::{Item, Node, Ref, Requirement, Roadmap, Shelf, find};
use crate::model::standing::{Standing, Status, Subject};
use crate::model::view::{Readiness, View, holdable, holders, kept, places};
use crate::store::Reading;

/// What becomes ready when these items, open so far, get a status that finishes them.
///
/// # Errors
/// The record cannot be read.
pub fn unlocked<'a>(
    finished: &[Item<'a>],
    status: Status,
    catalog: &'a Catalog,
    followed: &[&str],
    reading: &Reading<'_>,
) -> Result<Vec<Node<'a>>> {
    let around = Around {
        shelf: catalog,
        mentioning: &|path| {
            let ids = catalog.that_mention(path, followed).into_iter();
            ids.filter_map(|id| catalog.roadmap(id)).collect()
        },
        standing_of: &|wanted| Ok(reading.standing_of(wanted)?),
    };
    around.unlocked(finished, status)
}

/// What is known of the paths and of the record.
struct Around<'a, 'f> {
    shelf: &'a dyn Shelf,
    /// The followed paths that name something of a path.
    mentioning: &'f dyn Fn(&str) -> Vec<&'a Roadmap>,
    /// The state of some subjects.
    standing_of: &'f dyn Fn(&[Ref]) -> Result<Standing>,
}

impl<'a> Around<'a, '_> {
    fn unlocked(&self, finished: &[Item<'a>], status: Status) -> Result<Vec<Node<'a>>> {
        let equals = self.equals(finished);
        let names = Names::of(self.shelf, &equals);
        let mut waiting: Vec<(Node<'a>, Vec<&'a Requirement>)> = Vec::new();
        for node in self.paths(&equals).into_iter().flat_map(holdable) {
            let mut touched = node.requirements();
            touched.retain(|requirement| names.lead_to(requirement, &node));
            if !touched.is_empty() {
                waiting.push((node, touched));
            }
        }
        if waiting.is_empty() {
            return Ok(Vec::new());
        }
        let changes = Changes {
            finished: finished.iter().map(|item| kept(self.shelf, item)).collect(),
            status,
        };
        let touched = waiting.iter().flat_map(|(_, touched)| touched).copied();
        let before = (self.standing_of)(&required(self.shelf, touched))?;
        let after = changes.made_in(before.clone());
        let mut before = Readiness::new(View { shelf: self.shelf, standing: &before });
        let mut after = Readiness::new(View { shelf: self.shelf, standing: &after });
        waiting.retain(|(_, touched)| {
            touched.iter().all(|requirement| after.is_met(requirement))
                && touched.iter().any(|requirement| !before.is_met(requirement))
        });
        let nodes: Vec<Node<'a>> = waiting.into_iter().map(|(node, _)| node).collect();
        let mut wanted = required(self.shelf, nodes.iter().flat_map(Node::requirements));
        let own = nodes.iter().flat_map(Node::items);
        wanted.extend(own.flat_map(|item| places(self.shelf, &item)));
        // As it is after the change: what the change itself finishes was not unlocked by it.
        let after = changes.made_in((self.standing_of)(&wanted)?);
        let view = View { shelf: self.shelf, standing: &after };
        let mut ready = Readiness::new(view);
        let is_unlocked = |node: &Node<'_>| ready.is_ready(node) && !view.is_finished(node);
        Ok(nodes.into_iter().filter(is_unlocked).collect())
    }

    /// The items, those that they are the same as, and those of followed paths that are the same.
    fn equals(&self, items: &[Item<'a>]) -> Vec<Item<'a>> {
        let mut equals = items.to_vec();
        let mut by_path: Vec<(String, HashSet<Ref>)> = Vec::new();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for item in items {
            let place = kept(self.shelf, item);
            if let Some(Node::Item(original)) = find(self.shelf, &place) {
                equals.push(original);
            }
            let path = place.path().to_owned();
            let at = *numbers.entry(path.clone()).or_insert(by_path.len());
            if at == by_path.len() {
                by_path.push((path, HashSet::new()));
            }
            if let Some((_, places)) = by_path.get_mut(at) {
                places.insert(place);
            }
        }
        for (path, places) in &by_path {
            let others = (self.mentioning)(path).into_iter().flat_map(Roadmap::items);
            equals.extend(others.filter(|other| {
                other.tracked().same_as.as_ref().is_some_and(|same| places.contains(same))
            }));
        }
        let mut seen = HashSet::new();
        equals.retain(|item| seen.insert(item.reference()));
        equals
    }

    /// The paths of some items, and those that name something of them, each once.
    fn paths(&self, items: &[Item<'a>]) -> Vec<&'a Roadmap> {
        let mut paths: Vec<&Roadmap> = Vec::new();
        let (mut walked, mut seen) = (HashSet::new(), HashSet::new());
        for path in items.iter().map(|item| item.roadmap) {
            if walked.insert(path.id.as_str()) {
                let others = (self.mentioning)(&path.id);
                let found = std::iter::once(path).chain(others);
                paths.extend(found.filter(|path| seen.insert(path.id.as_str())));
            }
        }
        paths
    }
}

/// The places on which some requirements depend, each requirement looked at once.
pub fn required<'r>(
    shelf: &dyn Shelf,
    requirements: impl IntoIterator<Item = &'r Requirement>,
) -> Vec<Ref> {
    let mut seen = HashSet::new();
    let references = requirements.into_iter().flat_map(|requirement| &requirement.any_of);
    references
        .filter(|reference| seen.insert(*reference))
        .filter_map(|reference| find(shelf, reference))
        // An item that is named itself need not count.
        .flat_map(|node| {
            let mut items = node.items();
            items.retain(|item| node.kind().is_item() || item.is_goal());
            items
        })
        .flat_map(|item| places(shelf, &item))
        .collect()
}

/// The references by which a requirement can mean an item that changes. With each the topic that
/// the item is part of, where it is only one: a topic may require the very thing that a skill of it
/// is the same as, and that it leads to its own topic is not worth a word.
struct Names(HashMap<Ref, Option<Ref>>);

impl Names {
    fn of(shelf: &dyn Shelf, items: &[Item<'_>]) -> Self {
        let mut names: HashMap<Ref, Option<Ref>> = HashMap::new();
        for item in items {
            let own = item.topic.map(|topic| Ref::node(&item.roadmap.id, &topic.id));
            for name in holders(shelf, &Node::Item(*item)) {
                let known = names.entry(name).or_insert_with(|| own.clone());
                if *known != own {
                    *known = None;
                }
            }
        }
        Self(names)
    }

    fn lead_to(&self, requirement: &Requirement, node: &Node<'_>) -> bool {
        requirement.any_of.iter().any(|reference| match self.0.get(reference) {
            Some(own) => own.is_none() || *own != Some(node.reference()),
            None => false,
        })
    }
}

/// Places that get another status.
struct Changes {
    finished: Vec<Ref>,
    status: Status,
}

impl Changes {
    fn made_in(&self, mut standing: Standing) -> Standing {
        for place in &self.finished {
            let mut state = match standing.subject(place) {
                Some(Subject::Item(item)) => item,
                _ => Default::default(),
            };
            state.status = self.status;
            standing.put(place, Some(Subject::Item(state)));
        }
        standing
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::catalog::format;

    /// A path in which each topic requires the one before it, and the second stage the whole first.
    fn long(topics: usize) -> Roadmap {
        let mut text = String::from(
            "format = 1\nid = \"long\"\ntitle = \"Long\"\n[[stages]]\nid = \"one\"\ntitle = \"One\"\n",
        );
        let mut topic = |n: usize, requires: &str| {
            text.push_str(&format!(
                "[[stages.topics]]\nid = \"t{n}\"\ntitle = \"T\"\nhours = 1\n{requires}\
                 skills = [{{ id = \"s{n}\", title = \"S{n}\" }}]\n"
            ));
        };
        topic(0, "");
        for n in 1..topics {
            topic(n, &format!("requires = [\"t{}\"]\n", n - 1));
        }
        text.push_str("[[stages]]\nid = \"two\"\ntitle = \"Two\"\nrequires = [\"one\"]\n");
        for n in 0..topics {
            text.push_str(&format!(
                "[[stages.topics]]\nid = \"u{n}\"\ntitle = \"U\"\nhours = 1\n\
                 skills = [{{ id = \"v{n}\", title = \"V\" }}]\n"
            ));
        }
        format::read(&text).roadmap.unwrap()
    }

    struct Counted<'a> {
        roadmap: &'a Roadmap,
        looks: Cell<usize>,
    }

    impl Shelf for Counted<'_> {
        fn roadmap(&self, id: &str) -> Option<&Roadmap> {
            self.looks.set(self.looks.get() + 1);
            (id == self.roadmap.id).then_some(self.roadmap)
        }
    }

    /// How often a path is looked up and how many states are read, to finish a whole stage.
    fn work(topics: usize) -> (usize, usize) {
        let roadmap = long(topics);
        let shelf = Counted { roadmap: &roadmap, looks: Cell::new(0) };
        let reads = Cell::new(0);
        let around = Around {
            shelf: &shelf,
            mentioning: &|_| Vec::new(),
            standing_of: &|wanted| {
                reads.set(reads.get() + wanted.len());
                Ok(Standing::default())
            },
        };
        let finished: Vec<Item<'_>> = roadmap.items().take(topics).collect();
        let unlocked = around.unlocked(&finished, Status::Done).unwrap();
        // What the change finishes itself is not unlocked; all that waited for the stage is.
        assert_eq!(unlocked.len(), topics);
        assert!(unlocked.iter().all(|node| node.title() == "U"));
        (shelf.looks.get(), reads.get())
    }

    #[test]
    fn twice_the_topics_are_twice_the_work() {
        let (few, many) = (work(200), work(400));
        assert!(few.0 > 200 && few.1 > 200, "{few:?}");
        assert!(many.0 < few.0 * 5 / 2 && many.1 < few.1 * 5 / 2, "{few:?}, {many:?}");
    }
}
