//! What an overlay does and what of it is loose, in sentences.

use milepost_core::progress::Hours;
use milepost_core::report::hide;
use milepost_core::report::overlay::change::{Changed, Refusal};
use milepost_core::report::overlay::{Bending, HoursSet, Loose};
use milepost_path::{NodeKind, safe};

use crate::error::{Code, Error};
use crate::text::{quantity, shell};

/// What an overlay does, in a few words: `2 added, 3 hidden`.
pub(crate) fn summary(overlay: &Bending) -> String {
    let parts = [(overlay.added, "added"), (overlay.hidden, "hidden")];
    let parts = parts.into_iter().filter(|(many, _)| *many > 0);
    let mut parts: Vec<String> =
        parts.map(|(many, what)| format!("{} {what}", quantity::thousands(many))).collect();
    if !overlay.hours.is_empty() {
        parts.push(format!("{} with other hours", quantity::thousands(overlay.hours.len())));
    }
    if parts.is_empty() { "nothing added or hidden".to_owned() } else { quantity::list(&parts) }
}

/// Hours that stay as the overlay sets them.
pub(crate) fn hours(set: &HoursSet) -> String {
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
pub(crate) fn loose(loose: &Loose) -> String {
    let (id, by) = (safe::short(&loose.id, 80), safe::short(&loose.by, 80));
    let by = if id == by { String::new() } else { format!(", which {by} names") };
    match loose.why {
        "gone" => format!("{id}{by}: the path does not have it"),
        "kind" => format!("{id}{by}: it is a different kind of thing in the path"),
        "elsewhere" => format!("{id}{by}: it is elsewhere in the path"),
        "circle" => format!("{id}{by}: requirements would form a circle"),
        _ => format!("{id}{by}: the path has no room for it"),
    }
}

/// What was done to something by hiding it or showing it again, and that it is so already.
pub(crate) fn hidden(report: &hide::Report) -> (&'static str, &'static str) {
    match (report.hidden, report.dry_run) {
        (true, false) => ("hidden", "is already hidden"),
        (true, true) => ("would be hidden", "is already hidden"),
        (false, false) => ("shown again", "is not hidden"),
        (false, true) => ("would be shown again", "is not hidden"),
    }
}

/// That a change does nothing to the record.
pub(crate) fn no_effect(changed: &Changed) -> String {
    format!("{}: your progress stays as it is", changed.path)
}

/// What a rehearsal would write.
pub(crate) fn would_write(changed: &Changed) -> String {
    let how = if changed.is_new { "would write" } else { "would change" };
    format!("{how} {}:", changed.file)
}

/// How far you are by a change of an overlay.
pub(crate) fn effect(changed: &Changed) -> Option<String> {
    let (percent, hours) = (changed.percent, changed.hours);
    if percent.before == percent.after && hours.before == hours.after {
        return None;
    }
    let spent = |hours: Hours| {
        format!("{} of {}", quantity::hours(hours.done), quantity::hours(hours.total))
    };
    let (before, after) = (quantity::percent(percent.before), quantity::percent(percent.after));
    let percent = if before == after { after } else { format!("{before} -> {after}") };
    Some(format!("{}: {percent}, {} -> {}", changed.path, spent(hours.before), spent(hours.after)))
}

/// How what was hidden is shown again, or the other way round.
pub(crate) fn hidden_back(report: &hide::Report) -> Option<String> {
    if report.changed.is_empty() || report.dry_run {
        return None;
    }
    // All of them: what is shown works when it is pasted.
    let refs: Vec<&str> = report.changed.iter().map(|one| one.reference.as_str()).collect();
    let them = if refs.len() > 1 { "them" } else { "it" };
    let refs = refs.join(" ");
    let files: Vec<String> = report.overlays.iter().map(|one| one.file.clone()).collect();
    let written = quantity::list(&files);
    Some(match report.hidden {
        true => format!(
            "written to {written}; your record is kept. `milepost hide --remove {refs}` shows {them} again, \
             `milepost undo` does not"
        ),
        false => format!("`milepost hide {refs}` hides {them} again, `milepost undo` does not"),
    })
}

/// How a change of an overlay is taken back.
pub(crate) fn back(changed: &Changed) -> String {
    let (id, file) = (&changed.path, &changed.file);
    if changed.is_new {
        return format!(
            "written to {file}; `milepost remove {id} --overlay` takes it back, `milepost undo` does not"
        );
    }
    match &changed.kept {
        Some(_) => format!(
            "written to {file}; `milepost add --back {id}.overlay` brings back what was there, \
             `milepost undo` does not"
        ),
        None => format!("written to {file}; edit it to take this back: `milepost undo` does not"),
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoFolder => {
                Self::new(Code::NoHome, "there is no home directory to keep overlays in")
                    .hint("name a directory with MILEPOST_CONFIG")
            }
            Refusal::WrongKind(node) => {
                let (name, kind) = (&node.reference, node.kind);
                let error = Self::new(
                    Code::WrongKind,
                    match kind {
                        NodeKind::Path => format!("`{name}` is a whole path"),
                        _ => format!("`{name}` is a {kind}, which has no links"),
                    },
                );
                error.hint(format!("name a part of it: `milepost show {name}` lists them"))
            }
            Refusal::IsOwn(reference, file) => Self::new(
                Code::Refused,
                format!("{reference} is your own, so there is nothing to hide"),
            )
            .hint(format!("remove it from {file}")),
            Refusal::HiddenWithin(reference, within) => {
                Self::new(Code::Refused, format!("{reference} is hidden because {within} is"))
                    .hint(format!("`milepost hide --remove {within}` shows all of it"))
            }
            Refusal::Clash(path, id) => Self::new(
                Code::Refused,
                format!("`{path}` has the id `{id}`, which only an overlay can have"),
            )
            .hint("rename it in the path file, with `replaces`; then the path can have an overlay"),
            Refusal::OfAnother { file, id } => Self::new(
                Code::InvalidFile,
                format!("{file} does not say `extends = \"{id}\"`; nothing was changed"),
            )
            .hint("correct its `extends`, or move the file away"),
            Refusal::Broken { file, line, column, message } => Self::new(
                Code::InvalidFile,
                format!("{file}:{line}:{column}: {message}; nothing was changed"),
            )
            .hint(format!("`milepost check {}` shows every problem", shell::word(&file))),
            Refusal::Unfit(message) => {
                Self::new(Code::Usage, format!("{message}; nothing was changed"))
            }
            Refusal::NoAddress(url) => {
                let shown = safe::short(&url, 80);
                Self::usage(format!("`{shown}` is not a web address"))
                    .hint("write the whole address, with http:// or https:// and without spaces")
            }
        }
    }
}
