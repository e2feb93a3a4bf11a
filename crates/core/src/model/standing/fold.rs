//! The standing that follows from a whole log. A record keeps rows instead; the tests hold that they agree.

use std::collections::BTreeMap;

use milepost_path::Ref;

use super::{Standing, SubjectState, counting};
use crate::model::decision::{tell_apart, things_before};
use crate::model::effort;
use crate::model::event::{Event, EventKind};

/// Folds a log, oldest event first.
pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> Standing {
    let mut by_subject: BTreeMap<&Ref, Vec<&Event>> = BTreeMap::new();
    for event in events {
        by_subject.entry(&event.entry.subject).or_default().push(event);
    }
    let mut standing = Standing::default();
    let (mut efforts, mut things) = (Vec::new(), Vec::new());
    for (subject, events) in by_subject {
        efforts.extend(effort::listed(subject, &effort::fold(counting(events.iter().copied()))));
        if events.iter().any(|event| matches!(event.entry.fact, EventKind::SetApart(_))) {
            things.extend(things_before(events.iter().copied()));
        }
        standing.put(subject, SubjectState::fold(events));
    }
    tell_apart(&mut efforts, &things, false);
    standing.put_efforts(efforts);
    things.into_iter().for_each(|one| standing.put(&one.reference, one.state));
    standing
}
