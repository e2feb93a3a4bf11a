//! What a plan costs and how it is laid out, in figures.

use std::collections::{BTreeMap, BTreeSet};

use milepost_core::internals::guidance::{Act, Step};
use milepost_path::{Item, Ref, Resource};

/// Hours of study and building, and the same with the practice that the plan leaves room for.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Hours {
    pub studied: f64,
    pub planned: f64,
}

#[derive(Debug, Default)]
pub struct Measures {
    /// What the goals that the plan reaches take by their own hours.
    pub needed: f64,
    pub total: Hours,
    /// Before each milestone.
    pub before: BTreeMap<String, Hours>,
    /// Before the first milestone of the path itself.
    pub first: Option<Hours>,
    /// The most hours without building anything, and what they end with.
    pub longest: (f64, String),
    /// Topics that were taken up again after another was studied.
    pub again: Vec<String>,
    /// Resources that were studied though an alternative to them was.
    pub after_another: Vec<String>,
    pub paid: Vec<String>,
}

/// Measures the plan for a path.
pub fn measure(steps: &[Step<'_>], path: &str) -> Measures {
    let mut all = Measures::default();
    let mut run = 0.0;
    let mut left: BTreeSet<Ref> = BTreeSet::new();
    let mut last: Option<Ref> = None;
    let mut studied: Vec<Item<'_>> = Vec::new();
    for step in steps {
        if let Act::Build(item) = &step.act {
            all.before.insert(item.id().to_owned(), all.total);
            if item.roadmap.id == path && all.first.is_none() {
                all.first = Some(all.total);
            }
            run = 0.0;
        }
        all.total.planned += step.hours;
        match &step.act {
            Act::Study(item) => {
                all.total.studied += step.hours;
                run += step.hours;
                let topic = Ref::node(&item.roadmap.id, &item.topic.unwrap().id);
                if last.as_ref() != Some(&topic) {
                    if left.contains(&topic) {
                        all.again.push(format!("{topic} at {}", item.id()));
                    }
                    left.extend(last.replace(topic));
                }
                if studied.iter().any(|other| are_alternatives(item, other)) {
                    all.after_another.push(item.id().to_owned());
                }
                if !item.resource().unwrap().is_free() {
                    all.paid.push(item.id().to_owned());
                }
                studied.push(*item);
            }
            Act::Prove(_, skills) => {
                run += step.hours;
                all.needed += skills.iter().filter_map(Item::hours).sum::<f64>();
            }
            Act::Build(item) => {
                all.total.studied += step.hours;
                all.needed += item.hours().unwrap();
            }
        }
        if run > all.longest.0 {
            all.longest = (run, step.act.items()[0].id().to_owned());
        }
    }
    all
}

/// Whether one of two can take the place of the other, or both that of a third.
pub fn are_alternatives(one: &Item<'_>, other: &Item<'_>) -> bool {
    let is_same_topic = one.roadmap.id == other.roadmap.id
        && one.topic.map(|topic| &topic.id) == other.topic.map(|topic| &topic.id);
    let (Some(a), Some(b)) = (one.resource(), other.resource()) else { return false };
    let names = |a: &Resource, id: &str| a.instead_of.iter().any(|named| named == id);
    is_same_topic
        && (names(a, other.id())
            || names(b, one.id())
            || a.instead_of.iter().any(|named| names(b, named)))
}
