//! What finishing an item helps to unlock: which open topics and milestones wait for what.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::fit::{Pull, Steer};
use super::super::roadmap::{Item, Node, Ref, Roadmap, What, find};
use super::super::view::{Readiness, View, holdable, kept};
use super::Offer;

/// Above this, what an item helps to unlock is not counted on: the number says enough, and counting
/// on for each item of a large path would take time with the square of its size.
pub(super) const MOST_COUNTED: usize = 1_000;
/// How many titles of what is unlocked are shown.
const MOST_TITLES: usize = 3;

/// What finishing an item helps to unlock.
#[derive(Debug, Clone, Default)]
pub(super) struct Unlocks<'a> {
    /// How many topics and milestones, directly or through others.
    pub(super) count: usize,
    /// The titles of the first ones that wait for it directly.
    pub(super) direct: Vec<&'a str>,
    /// Of all of them, the one that does most for the role that is aimed at.
    pub(super) ahead: Option<Ahead<'a>>,
}

/// Something that is not ready yet and does something for a role.
#[derive(Debug, Clone)]
pub(super) struct Ahead<'a> {
    pub(super) title: &'a str,
    pub(super) pull: Pull,
}

/// Which open topics and milestones wait for what, directly or through others.
pub(super) struct Unlocking<'a, 'v> {
    view: View<'v>,
    /// Numbers of the nodes, paths too, that somebody waits for: by path and id.
    names: FxHashMap<String, FxHashMap<String, usize>>,
    /// The nodes that wait for each of these.
    held: Vec<Vec<usize>>,
    /// The nodes that wait.
    waiting: Vec<Waiting<'a>>,
    /// Items with a `same_as`, by where they are kept: finished together.
    same: FxHashMap<Ref, Vec<Item<'a>>>,
    /// What was counted already, by the names with which it began.
    known: FxHashMap<Vec<usize>, Unlocks<'a>>,
}

struct Waiting<'a> {
    node: Node<'a>,
    /// What it does for the role that is aimed at.
    pull: Option<Pull>,
    /// The names that it helps to finish.
    helps: Vec<usize>,
    /// The last count that met it.
    met: usize,
}

/// The id under which a whole path is named.
const WHOLE: &str = "";

impl<'a, 'v> Unlocking<'a, 'v> {
    pub(super) fn new(
        view: &View<'v>,
        paths: &[&'a Roadmap],
        steer: Option<&Steer>,
        readiness: &mut Readiness<'_>,
    ) -> Self {
        let mut unlocking = Self {
            view: *view,
            names: FxHashMap::default(),
            held: Vec::new(),
            waiting: Vec::new(),
            same: FxHashMap::default(),
            known: FxHashMap::default(),
        };
        // What a reference means, looked up once: an id of old means what replaced it.
        let mut numbers: FxHashMap<&'a Ref, usize> = FxHashMap::default();
        for node in paths.iter().flat_map(|roadmap| holdable(roadmap)) {
            let unmet = readiness.unmet(&node);
            if unmet.is_empty() || view.is_finished(&node) {
                continue;
            }
            let at = unlocking.waiting.len();
            let pull = steer.and_then(|steer| steer.pull(&node)).cloned();
            unlocking.waiting.push(Waiting { node, pull, helps: Vec::new(), met: 0 });
            for reference in unmet.into_iter().flat_map(|requirement| &requirement.any_of) {
                let number =
                    numbers.entry(reference).or_insert_with(|| unlocking.number(reference));
                if let Some(held) = unlocking.held.get_mut(*number) {
                    held.push(at);
                }
            }
        }
        if unlocking.waiting.is_empty() {
            return unlocking;
        }
        for item in paths.iter().flat_map(|roadmap| roadmap.items()) {
            if item.tracked().same_as.is_some() {
                unlocking.same.entry(kept(view.shelf, &item)).or_default().push(item);
            }
        }
        let mut helps = Vec::new();
        for waiting in &unlocking.waiting {
            helps.push(unlocking.helped_by(&waiting.node));
        }
        for (waiting, helps) in unlocking.waiting.iter_mut().zip(helps) {
            waiting.helps = helps;
        }
        unlocking
    }

    /// The number of what a reference names, a new one where it has none yet. What is not there
    /// keeps the reference as its name: an item may be the same as it.
    fn number(&mut self, reference: &Ref) -> usize {
        let node = find(self.view.shelf, reference).map(|node| node.reference());
        let node = node.as_ref().unwrap_or(reference);
        let next = self.held.len();
        let in_path = self.names.entry(node.path().to_owned()).or_default();
        let number = *in_path.entry(node.id().unwrap_or(WHOLE).to_owned()).or_insert(next);
        if number == next {
            self.held.push(Vec::new());
        }
        number
    }

    fn number_of(&self, name: &Ref) -> Option<usize> {
        self.names.get(name.path())?.get(name.id().unwrap_or(WHOLE)).copied()
    }

    /// Adds the names by which somebody waits for a node: its own and, where it is counted in
    /// them, those of its topic, its stage and its path.
    fn add_names(&self, node: &Node<'_>, counted: bool, names: &mut Vec<usize>) {
        let Some(in_path) = self.names.get(&node.roadmap().id) else {
            return;
        };
        let own = match node {
            Node::Path(_) => None,
            Node::Stage(_, stage) => Some(stage.id.as_str()),
            Node::Topic(_, _, topic) => Some(topic.id.as_str()),
            Node::Item(item) => Some(item.id()),
        };
        let topic = node.topic().map(|topic| topic.id.as_str());
        let stage = node.stage().map(|stage| stage.id.as_str());
        let around = [topic, stage, Some(WHOLE)].into_iter().flatten().filter(|_| counted);
        for id in own.into_iter().chain(around) {
            names.extend(in_path.get(id));
        }
    }

    /// Adds the names of an item and of all that are the same.
    fn add_item(&self, item: &Item<'a>, counted: bool, names: &mut Vec<usize>) {
        self.add_names(&Node::Item(*item), counted, names);
        if self.same.is_empty() {
            return;
        }
        let place = kept(self.view.shelf, item);
        // What is optional here may be counted there.
        let goal = |item: &Item<'_>| item.is_goal();
        match find(self.view.shelf, &place) {
            Some(Node::Item(original)) => {
                self.add_names(&Node::Item(original), goal(&original), names);
            }
            Some(_) => {}
            None => names.extend(self.number_of(&place)),
        }
        for other in self.same.get(&place).into_iter().flatten() {
            self.add_names(&Node::Item(*other), goal(other), names);
        }
    }

    /// The names that a waiting node helps to finish once it is finished itself.
    fn helped_by(&self, node: &Node<'a>) -> Vec<usize> {
        let mut names = Vec::new();
        match node {
            Node::Item(item) => self.add_item(item, item.is_goal(), &mut names),
            Node::Topic(roadmap, stage, topic) => {
                self.add_names(node, true, &mut names);
                // Somebody may wait for one of its skills only.
                for item in roadmap.items_of_topic(stage, topic) {
                    if item.resource().is_none() || item.is_goal() {
                        self.add_item(&item, item.is_goal(), &mut names);
                    }
                }
            }
            _ => self.add_names(node, true, &mut names),
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// What finishing an item, and with a resource the skills that it teaches, helps to unlock.
    pub(super) fn by(&mut self, offer: &Offer<'a>) -> Unlocks<'a> {
        if self.held.is_empty() {
            return Unlocks::default();
        }
        let item = offer.item;
        let mut names = Vec::new();
        self.add_item(&item, offer.counts, &mut names);
        if item.resource().is_some() {
            for skill in &offer.covers {
                let skill_item = Item { what: What::Skill(skill), ..item };
                self.add_item(&skill_item, skill_item.is_goal(), &mut names);
            }
        }
        names.sort_unstable();
        names.dedup();
        if let Some(known) = self.known.get(&names) {
            return known.clone();
        }
        let unlocks = self.count(&names);
        self.known.insert(names, unlocks.clone());
        unlocks
    }

    fn count(&mut self, names: &[usize]) -> Unlocks<'a> {
        // Each count has its own number, so that nothing need be wiped between them.
        let turn = self.known.len() + 1;
        let mut asked: FxHashSet<usize> = names.iter().copied().collect();
        let mut round = names.to_vec();
        let mut unlocks = Unlocks::default();
        let mut first_round = true;
        let mut direct = Vec::new();
        while !round.is_empty() {
            let mut next = Vec::new();
            for at in round.iter().filter_map(|name| self.held.get(*name)).flatten() {
                if unlocks.count == MOST_COUNTED {
                    break;
                }
                let Some(waiting) = self.waiting.get_mut(*at) else { continue };
                if waiting.met == turn {
                    continue;
                }
                waiting.met = turn;
                unlocks.count += 1;
                if let Some(pull) = &waiting.pull
                    && unlocks
                        .ahead
                        .as_ref()
                        .is_none_or(|ahead| ahead.pull.strength < pull.strength)
                {
                    unlocks.ahead = Some(Ahead { title: waiting.node.title(), pull: pull.clone() });
                }
                if first_round {
                    direct.push(*at);
                }
                next.extend(waiting.helps.iter().copied().filter(|name| asked.insert(*name)));
            }
            first_round = false;
            round = next;
        }
        direct.sort_unstable();
        let titles = direct.iter().filter_map(|at| self.waiting.get(*at));
        unlocks.direct = titles.take(MOST_TITLES).map(|waiting| waiting.node.title()).collect();
        unlocks
    }
}
