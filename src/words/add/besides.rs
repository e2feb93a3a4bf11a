//! What another version changes beside the record: what comes and goes, and what it says otherwise.

use milepost_core::effects::Effects;
use milepost_core::revision::{Changed, Field, Part, Revision};
use milepost_path::{overlay, safe};

use super::{Group, shortened};
use crate::text::quantity;

/// What else another version changes.
pub(super) struct Besides<'a> {
    pub(super) changes: &'a Revision,
    pub(super) effects: Option<&'a Effects>,
    /// Whether it is an overlay that gets another version.
    pub(super) is_overlay: bool,
}

impl Besides<'_> {
    /// It in groups of lines; `all` leaves nothing out.
    pub(super) fn told(&self, all: bool, named: &dyn Fn(&str) -> String) -> Vec<Group> {
        let Self { changes, effects, .. } = self;
        let mut groups = if all { self.lines(named) } else { Vec::new() };
        let mut counts = Vec::new();
        if !all {
            let many = self.parts().into_iter().map(|(what, parts)| (parts.len(), what));
            let many = many.filter(|(many, _)| *many > 0);
            counts.extend(many.map(|(many, what)| format!("{} {what}", quantity::thousands(many))));
            if effects.is_none() && !changes.renamed.is_empty() {
                counts.push(format!("{} renamed", quantity::thousands(changes.renamed.len())));
            }
            if !changes.changed.is_empty() {
                let many = quantity::thousands(changes.changed.len());
                counts.push(format!("{many} changed{}", keys(&changes.changed)));
            }
        }
        if effects.is_some_and(|effects| effects.reordered) {
            counts.push("another order".to_owned());
        }
        if !changes.path_keys.is_empty() {
            counts.push(format!("{} of the path itself", quantity::list(&changes.path_keys)));
        }
        if !counts.is_empty() {
            let other = if groups.is_empty() { "besides" } else { "and" };
            groups.push(Group::new(format!("{other}: {}", counts.join(", "))));
        }
        if groups.is_empty() && changes.is_empty() {
            groups.push(Group::new("it changes only the text of the file"));
        }
        groups
    }

    /// What comes and what goes. An overlay adds and removes only what is its own: it shows and hides
    /// what the path has.
    fn parts(&self) -> [(&'static str, Vec<&Part>); 4] {
        let is_own = |part: &&Part| part.reference.id().is_some_and(overlay::is_own);
        let is_real = |part: &&Part| !self.is_overlay || is_own(part);
        let (added, shown) = self.changes.added.iter().partition(is_real);
        let removed = self.changes.removed.iter().map(|one| &one.part);
        let (removed, hidden) = removed.partition(is_real);
        [("added", added), ("shown again", shown), ("removed", removed), ("hidden", hidden)]
    }

    /// Every change on a line.
    fn lines(&self, named: &dyn Fn(&str) -> String) -> Vec<Group> {
        let part = |part: &Part| {
            let title = safe::line(&part.title);
            format!("{title} {} ({})", named(part.reference.as_str()), part.kind)
        };
        let changed = self.changes.changed.iter();
        let changed = changed.map(|one| format!("{}{}", part(&one.part), fields(one))).collect();
        let parts = self.parts().into_iter();
        let parts = parts.map(|(what, parts)| (what, parts.into_iter().map(part).collect()));
        let groups = parts.chain([("changed", changed)]);
        let groups = groups.filter(|(_, lines): &(_, Vec<String>)| !lines.is_empty());
        let group = |(what, lines): (&str, Vec<String>)| {
            let head = format!("{what}, {}:", quantity::thousands(lines.len()));
            shortened(head, lines, true)
        };
        groups.map(group).collect()
    }
}

/// How often which key differs, such as ` (hours 1, title 2)`.
fn keys(changed: &[Changed]) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for field in changed.iter().flat_map(|one| &one.what) {
        match counts.iter_mut().find(|(key, _)| *key == field.key) {
            Some((_, count)) => *count += 1,
            None => counts.push((field.key, 1)),
        }
    }
    let counts: Vec<String> =
        counts.iter().map(|(key, count)| format!("{} {count}", place(key))).collect();
    if counts.is_empty() { String::new() } else { format!(" ({})", counts.join(", ")) }
}

/// What differs of one thing: old and new.
fn fields(changed: &Changed) -> String {
    let field = |field: &Field| {
        let key = place(field.key);
        match (&field.from, &field.to) {
            (None, None) => key.to_owned(),
            (from, to) => {
                let short = |text: &Option<String>| match text {
                    Some(text) => safe::short(text, 80),
                    None => "none".to_owned(),
                };
                format!("{key} {} -> {}", short(from), short(to))
            }
        }
    };
    let fields: Vec<String> = changed.what.iter().map(field).collect();
    if fields.is_empty() { String::new() } else { format!(": {}", fields.join("; ")) }
}

/// The word for a key.
fn place(key: &'static str) -> &'static str {
    if key == "in" { "place" } else { key }
}
