//! What an overlay does and what of it is loose, in sentences.

use milepost_core::report::overlay::{Bending, HoursSet, Loose};
use milepost_path::safe;

use crate::text::quantity;

/// What an overlay does, in a few words: `2 added, 3 hidden`.
pub fn summary(overlay: &Bending) -> String {
    let parts = [(overlay.added, "added"), (overlay.hidden, "hidden")];
    let parts = parts.into_iter().filter(|(many, _)| *many > 0);
    let mut parts: Vec<String> =
        parts.map(|(many, what)| format!("{} {what}", quantity::thousands(many))).collect();
    if !overlay.hours.is_empty() {
        parts.push(format!("hours of {} set", quantity::thousands(overlay.hours.len())));
    }
    if parts.is_empty() {
        "no hours, nothing added or hidden".to_owned()
    } else {
        quantity::list(&parts)
    }
}

/// Hours that stay as the overlay sets them.
pub fn hours(set: &HoursSet) -> String {
    let amount = |hours: Option<f64>| hours.map_or("no hours".to_owned(), quantity::hours);
    let (before, after) = (set.path.before, set.path.after);
    let path = if before == after {
        amount(after)
    } else {
        format!("{} -> {}", amount(before), amount(after))
    };
    format!("{}: the path says {path}; yours stays {}", set.id, quantity::hours(set.yours))
}

/// What cannot be taken of an overlay.
pub fn loose(loose: &Loose) -> String {
    let (id, by) = (safe::short(&loose.id, 80), safe::short(&loose.by, 80));
    let by = if id == by { String::new() } else { format!(", which {by} names") };
    match loose.why {
        "gone" => format!("{id}{by}: the path does not have it"),
        "kind" => format!("{id}{by}: it is of another kind in the path"),
        "elsewhere" => format!("{id}{by}: it stands elsewhere in the path"),
        "circle" => format!("{id}{by}: requirements would form a circle"),
        _ => format!("{id}{by}: the path has no room for it"),
    }
}
