//! The texts that were said of something: which of them still stand, where each is recorded, and the
//! numbers by which a person names them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use milepost_path::Ref;
use serde::Serialize;
use uuid::Uuid;

use super::event::{Event, EventKind, Part};
use super::form;
use super::learner::in_order;
use super::standing::{Dated, SubjectState, counting};

/// The texts that were removed, by the events of one subject that count.
pub(super) fn removed(counting: &[&Event]) -> HashSet<Part> {
    let parts = counting.iter().filter_map(|event| match event.entry.fact {
        EventKind::Unnoted(part) | EventKind::Redacted(part) => Some(part),
        _ => None,
    });
    parts.collect()
}

/// What an event says without the texts that were removed; `None` if nothing is left of it.
pub(super) fn without<'e>(event: &'e Event, removed: &HashSet<Part>) -> Option<Cow<'e, EventKind>> {
    let fact = &event.entry.fact;
    let is_removed = |number| removed.contains(&Part { event: event.id, number });
    if removed.is_empty() || !event.entry.texts().any(|(number, _)| is_removed(number)) {
        return Some(Cow::Borrowed(fact));
    }
    let mut fact = fact.clone();
    if let Some(remark) = fact.remark_mut() {
        remark.note = remark.note.take().filter(|_| !is_removed(0));
        let mut number = 0;
        remark.evidence.retain(|_| {
            number += 1;
            !is_removed(number)
        });
    }
    if let EventKind::Away { why, .. } = &mut fact {
        *why = why.take().filter(|_| !is_removed(0));
    }
    match &fact {
        EventKind::Noted(remark) if remark.is_empty() => None,
        _ => Some(Cow::Owned(fact)),
    }
}

/// What a text was said as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A note.
    Note,
    /// A piece of evidence.
    Evidence,
}

impl Kind {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Evidence => "evidence",
        }
    }
}

/// A text that stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    /// What it was said as.
    pub kind: Kind,
    /// The text, and its day.
    pub said: Dated,
    /// Where it is recorded: evidence that was given again stands in several events.
    pub parts: Vec<(Ref, Part)>,
}

/// The texts of one node that stand, and those that do not.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    /// Those that stand, in the order in which a person numbers them: the notes, then the evidence, as a
    /// [`Learner`](super::learner::Learner) has them.
    pub standing: Vec<Text>,
    /// Those that were removed or taken back, but are kept.
    pub gone: Vec<Text>,
}

impl Texts {
    /// Whether nothing was said.
    pub(crate) fn is_empty(&self) -> bool {
        self.standing.is_empty() && self.gone.is_empty()
    }

    /// The texts at the places of a node. Each place comes with its events, oldest first.
    pub(crate) fn of(places: &[(Ref, Vec<Event>)]) -> Self {
        let (mut notes, mut evidence, mut gone) = (Vec::new(), Vec::new(), Vec::new());
        let mut states = 0;
        for (place, events) in places {
            states +=
                usize::from(matches!(SubjectState::fold(events), Some(SubjectState::Item(_))));
            let counting = counting(events);
            let removed = removed(&counting);
            let counting: HashSet<Uuid> = counting.into_iter().map(|event| event.id).collect();
            let mut known: HashMap<&str, usize> = HashMap::new();
            for event in events {
                for (number, text) in event.entry.texts() {
                    // An empty text was erased.
                    if text.is_empty() {
                        continue;
                    }
                    let part = Part { event: event.id, number };
                    let said = Dated { on: event.on, text: text.to_owned() };
                    let kind = if number == 0 { Kind::Note } else { Kind::Evidence };
                    let new = Text { kind, said, parts: vec![(place.clone(), part)] };
                    if !counting.contains(&event.id) || removed.contains(&part) {
                        gone.push(new);
                    } else if kind == Kind::Note {
                        notes.push(new);
                    } else if let Some(first) = known.get(text).and_then(|at| evidence.get_mut(*at))
                    {
                        let first: &mut Text = first;
                        first.parts.extend(new.parts);
                    } else {
                        known.insert(text, evidence.len());
                        evidence.push(new);
                    }
                }
            }
        }
        in_order(&mut notes, states, |text| text.said.on);
        in_order(&mut evidence, states, |text| text.said.on);
        let mut standing: Vec<Text> = notes;
        let first = standing.len();
        for text in evidence {
            let mut known = standing.iter_mut().skip(first);
            let form = form::composed(&text.said.text).into_owned();
            match known.find(|one| form::composed(&one.said.text) == form) {
                Some(known) => known.parts.extend(text.parts),
                None => standing.push(text),
            }
        }
        Self { standing, gone }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::decision::of_thing;
    use crate::model::fixture::{cases, histories, viewed};
    use crate::model::learner::places_of;
    use milepost_path::Node;

    proptest! {
        #![proptest_config(cases(300))]

        #[test]
        fn numbers_are_those_of_a_view((world, log) in histories()) {
            let view = viewed(&world, &log.standing);
            for item in world.items() {
                let node = Node::Item(item);
                let events = |place: Ref| {
                    let of = log.events.iter().filter(|one| one.entry.subject == place);
                    let events = of_thing(&place, of.cloned().collect());
                    (place, events)
                };
                let places: Vec<_> = places_of(&world.shelf, &node).into_iter().map(events).collect();
                let texts = Texts::of(&places).standing;
                let said = |wanted| -> Vec<&Dated> {
                    texts.iter().filter(|one| one.kind == wanted).map(|one| &one.said).collect()
                };
                prop_assert_eq!(said(Kind::Note), view.notes_on(&node));
                prop_assert_eq!(said(Kind::Evidence), view.evidence_for(&node));
                prop_assert!(texts.is_sorted_by_key(|one| one.kind == Kind::Evidence));
            }
        }
    }
}
