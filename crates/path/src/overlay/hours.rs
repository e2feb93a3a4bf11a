//! What is left of the hours of a topic when some of it is hidden.

use std::collections::HashSet;

use crate::parts::{ItemInfo, Topic};

/// Takes the part of a topic's hours that falls on what is hidden of it.
pub(super) fn fewer_hours(topic: &mut Topic, before: &Topic, hidden: &HashSet<&str>) {
    let Some(hours) = before.hours else { return };
    let left = if before.has_skills() {
        let parts = |stays: &dyn Fn(&str) -> bool| {
            let skills = before.skills.iter().map(|skill| &skill.tracked);
            let some = |can_count: bool| {
                let alive =
                    skills.clone().filter(|it| !it.retired && (it.can_count() || !can_count));
                alive.filter(|it| stays(&it.id)).count()
            };
            // Where none counts, the hours are spread over those that are optional.
            let counted = skills.clone().any(ItemInfo::can_count);
            let parts = some(counted);
            before.choose.map_or(parts, |most| parts.min(usize::from(most)))
        };
        let (all, stay) = (parts(&|_| true), parts(&|id| !hidden.contains(id)));
        if all == 0 { 1.0 } else { stay as f64 / all as f64 }
    } else {
        let counted = || before.resources.iter().filter(|one| one.tracked.can_count());
        let unknown = counted().filter(|one| one.hours.is_none()).count();
        let known: f64 = counted().filter_map(|one| one.hours).sum();
        let share = if unknown == 0 { 0.0 } else { (hours - known).max(0.0) / unknown as f64 };
        let gone = counted().filter(|one| hidden.contains(one.tracked.id.as_str()));
        let gone: f64 = gone.map(|one| one.hours.unwrap_or(share)).sum();
        ((hours - gone) / hours).clamp(0.0, 1.0)
    };
    if left < 1.0 {
        let rest = |hours: f64| hours * left;
        topic.hours = Some(rest(hours)).filter(|hours| *hours > 0.0);
        topic.range = before.range.map(|ends| ends.map(rest)).filter(|_| topic.hours.is_some());
    }
}
