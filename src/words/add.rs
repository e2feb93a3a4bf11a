//! What an installed file does to the record, in sentences: for the answer, for the questions before
//! it, and for why nothing was added.

mod besides;

use std::collections::HashSet;

use milepost_core::DiskError;
use milepost_core::effects::{Change, Dependent, Effects, LooksRenamed, Reused, Tick, Turn, Why};
use milepost_core::progress::Hours;
use milepost_core::report::add::{Added, Doubt, Kind, Refusal, Report};
use milepost_core::report::overlay::Bending;
use milepost_path::{CAREER, Ref, safe};

use self::besides::Besides;
use super::overlay as said;
use crate::error::{Code, Error};
use crate::text::{quantity, shell};

/// How many lines of a group are shown.
const MOST: usize = 5;

/// A line with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// The line.
    pub head: String,
    /// The lines below it.
    pub lines: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

impl Group {
    fn new(head: impl Into<String>) -> Self {
        Self { head: head.into(), ..Self::default() }
    }
}

/// What was done with a file, or would be.
pub(crate) fn head(added: &Added, is_done: bool) -> String {
    let would = if is_done { "" } else { "would be " };
    let how = match added.kind {
        Kind::New => "added",
        Kind::Update => "updated",
        Kind::InsteadOfBuiltIn if added.id == CAREER => "added, replacing the built-in one",
        Kind::InsteadOfBuiltIn => "added, replacing the built-in path",
    };
    let what = if is_overlay(&added.id) { "overlay of " } else { "" };
    let (id, title) = (&added.id, safe::line(&added.title));
    let renamed = added.renamed_from.iter().map(|old| format!(", renamed {old} -> {id}"));
    let renamed: String = renamed.collect();
    format!("{would}{how}: {what}{title} ({id}){renamed}{}", versions(added))
}

/// The version and the day of a file that takes the place of another.
fn versions(added: &Added) -> String {
    let mut text = String::new();
    if let Change { before: Some(before), after: Some(after) } = &added.version
        && before != after
    {
        text.push_str(&format!(", version {} -> {}", safe::line(before), safe::line(after)));
    }
    if let Change { before: Some(before), after: Some(after) } = &added.updated
        && before != after
    {
        let older = if after < before { ", which is older" } else { "" };
        text.push_str(&format!(", {before} -> {after}{older}"));
    }
    text
}

/// What a file does, in groups of lines; `all` leaves nothing out. `named` makes a reference stand
/// back.
pub(crate) fn groups(added: &Added, all: bool, named: &dyn Fn(&str) -> String) -> Vec<Group> {
    let mut groups = Vec::new();
    if let Some(effects) = &added.effects {
        groups.extend(record(effects));
        groups.extend(told(effects, all, named));
    }
    if let Some(changes) = &added.changes {
        let besides =
            Besides { changes, effects: added.effects.as_ref(), is_overlay: is_overlay(&added.id) };
        groups.extend(besides.told(all, named));
    }
    groups.extend(added.overlay.iter().flat_map(|overlay| of_overlay(overlay, all)));
    groups
}

/// What becomes of the overlay of a path that gets another version.
fn of_overlay(overlay: &Bending, all: bool) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut group = |what: &str, lines: Vec<String>| {
        let count = lines.len();
        if count > 0 {
            groups.push(shortened(format!("{what}, {}:", quantity::thousands(count)), lines, all));
        }
    };
    let changed = overlay.hours.iter().filter(|set| set.path.before != set.path.after);
    group("your overlay keeps its hours", changed.map(said::hours).collect());
    let loose = overlay.loose.iter().map(said::loose);
    group("loose in your overlay", loose.collect());
    groups
}

/// How far the learner is by it.
fn record(effects: &Effects) -> Option<Group> {
    let percent = (effects.percent.before, effects.percent.after);
    let hours = (effects.hours.before, effects.hours.after);
    let ((Some(before), Some(after)), (Some(of), Some(now))) = (percent, hours) else {
        return None;
    };
    if before == after && of == now {
        return None;
    }
    let spent = |hours: Hours| {
        format!("{} of {}", quantity::hours(hours.done), quantity::hours(hours.total))
    };
    let (before, after) = (quantity::percent(before), quantity::percent(after));
    let percent = if before == after { after } else { format!("{before} -> {after}") };
    Some(Group::new(format!("your record: {percent}, {} -> {}", spent(of), spent(now))))
}

/// What becomes of what is recorded.
fn told(effects: &Effects, all: bool, named: &dyn Fn(&str) -> String) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut group = |what: &str, lines: Vec<String>| {
        let count = lines.len();
        if count > 0 {
            groups.push(shortened(format!("{what}, {}:", quantity::thousands(count)), lines, all));
        }
    };
    // What is told elsewhere is not told twice.
    let looks = effects.looks_renamed.iter().map(|one| &one.from);
    let known: HashSet<&Ref> =
        looks.chain(effects.set_apart.iter().map(|one| &one.reference)).collect();
    let lost = effects.lost.iter().filter(|turn| !known.contains(&turn.reference));
    group("ticks lost", lost.map(|turn| turned(turn, named)).collect());
    let looks = effects.looks_renamed.iter().map(|one| looks_renamed(one, named));
    group("looks renamed", looks.collect());
    group(
        "same id, different thing?",
        effects.reused.iter().map(|one| reused(one, named)).collect(),
    );
    let apart = effects.set_apart.iter().map(|one| reused(one, named));
    group("same id, different thing; the record stays with the earlier one", apart.collect());
    group("newly marked", effects.gained.iter().map(|turn| turned(turn, named)).collect());
    group("back, with their record", effects.back.iter().map(|one| is_back(one, named)).collect());
    let renamed = effects.renamed.iter();
    let renamed =
        renamed.map(|one| format!("{} -> {}", named(one.from.as_str()), named(one.to.as_str())));
    group("renamed, with their record", renamed.collect());
    let references = |all: &[Ref]| -> Vec<String> {
        let told = all.iter().filter(|one| !known.contains(one));
        told.map(|one| named(one.as_str())).collect()
    };
    group("answers lost", references(&effects.answers_lost));
    group("levels lost", references(&effects.levels_lost));
    let tied = effects.tied.iter().map(|one| {
        let (own, kept) = (tick_word(one.status), tick_word(one.kept_status));
        format!("{} ({own}) = {} ({kept})", named(one.reference.as_str()), named(one.kept.as_str()))
    });
    group("now counted as the same item as in another path", tied.collect());
    let dependents = effects.dependents.iter();
    let dependents = dependents.map(|Dependent { path, reference }| {
        format!("{} needs {}", named(path), named(reference.as_str()))
    });
    group("other paths that need what is gone", dependents.collect());
    group("no longer ready", references(&effects.locked));
    groups
}

fn turned(turn: &Turn, named: &dyn Fn(&str) -> String) -> String {
    let word = |tick: Option<Tick>, none: &str| tick.map_or(none.to_owned(), tick_word);
    let since = turn.on.map_or(String::new(), |on| format!(" since {on}"));
    let by = turn.by.as_ref().map_or(String::new(), |by| {
        let by = by.as_str().split('@').next().unwrap_or_default();
        format!(", by {}", named(by))
    });
    let (before, after) = (word(turn.before, "new"), word(turn.after, "gone"));
    // The day is that of the greater of the two.
    let (before, after) = match turn.before > turn.after {
        true => (before + &since, after),
        false => (before, after + &since),
    };
    let title = safe::line(&turn.title);
    format!("{title} {}: {before} -> {after}{by}", named(turn.reference.as_str()))
}

fn is_back(turn: &Turn, named: &dyn Fn(&str) -> String) -> String {
    let since = turn.on.map_or(String::new(), |on| format!(" since {on}"));
    let status = turn.after.map_or_else(String::new, tick_word);
    let title = safe::line(&turn.title);
    format!("{title} {}: {status}{since}", named(turn.reference.as_str()))
}

fn tick_word(tick: Tick) -> String {
    match tick {
        Tick::Todo => "todo".to_owned(),
        Tick::Noted => "a note".to_owned(),
        Tick::Skipped => "skipped".to_owned(),
        Tick::Doing => "doing".to_owned(),
        Tick::Done => "done".to_owned(),
        Tick::Answers(many) => quantity::count(many, "answer"),
        Tick::Levels(many) => quantity::count(many, "assessment"),
    }
}

fn looks_renamed(one: &LooksRenamed, named: &dyn Fn(&str) -> String) -> String {
    let why = match one.why {
        Why::Title => "same title",
        Why::Url => "same URL",
    };
    let (from, to) = (named(one.from.as_str()), named(one.to.as_str()));
    format!("{from} -> {to} {} ({why})", safe::line(&one.title))
}

fn reused(one: &Reused, named: &dyn Fn(&str) -> String) -> String {
    let (from, to) = (safe::line(&one.from), safe::line(&one.to));
    let status = tick_word(one.status);
    format!("{} \"{from}\" ({status}) -> \"{to}\"", named(one.reference.as_str()))
}

/// Whether what is installed under an id is an overlay.
fn is_overlay(id: &str) -> bool {
    id.ends_with(".overlay")
}

fn shortened(head: String, mut lines: Vec<String>, all: bool) -> Group {
    let more = if all { 0 } else { lines.len().saturating_sub(MOST) };
    lines.truncate(lines.len() - more);
    Group { head, lines, more }
}

/// What would be lost or gained, in a few words.
fn at_stake(effects: &Effects) -> Vec<String> {
    let answers = effects.answers_lost.len();
    let lost = |many: usize, what: &str| format!("lose {}", quantity::count(many, what));
    let parts = [
        (effects.lost.len(), lost(effects.lost.len(), "tick")),
        (
            answers,
            match answers {
                1 => "lose the answers to 1 question".to_owned(),
                many => format!("lose the answers to {many} questions"),
            },
        ),
        (effects.levels_lost.len(), lost(effects.levels_lost.len(), "skill area")),
        (
            effects.gained.len(),
            format!("mark {} that you did not mark", quantity::count(effects.gained.len(), "item")),
        ),
        (
            effects.reused.len(),
            format!(
                "use {} of your record for something else",
                quantity::count(effects.reused.len(), "id")
            ),
        ),
    ];
    parts.into_iter().filter(|(many, _)| *many > 0).map(|(_, text)| text).collect()
}

/// A question, and what an answer of yes means.
pub(crate) fn question(doubt: &Doubt) -> String {
    let bare = |text: &str| text.to_owned();
    match doubt {
        Doubt::AnotherPath(id) => {
            format!(
                "It has nothing in common with the `{id}` that you have a record of. Install it anyway?"
            )
        }
        Doubt::Renamed(one) => {
            format!("{}: is it the same thing, renamed?", looks_renamed(one, &bare))
        }
        Doubt::Another(one) => {
            format!(
                "{}: is it something else, which does not have that record?",
                reused(one, &bare)
            )
        }
        Doubt::Replace(id, kind) => match kind {
            Kind::New => format!("Add `{id}` anyway?"),
            kind => format!("{}. Replace it?", stands(id, *kind)),
        },
    }
}

/// What is there in the place of a file.
fn stands(id: &str, kind: Kind) -> String {
    let what = match kind {
        Kind::New => "is new",
        Kind::Update => "is already installed in another version",
        Kind::InsteadOfBuiltIn if id == CAREER => "is built in, and this file would replace it",
        Kind::InsteadOfBuiltIn => "is a built-in path, which this file would replace",
    };
    format!("`{id}` {what}")
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        refused(refusal)
    }
}

/// Why nothing was added.
fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::NoFolder => {
            Error::new(Code::NoHome, "there is no home directory to keep paths in")
                .hint("name a directory with MILEPOST_CONFIG")
        }
        Refusal::Unread(error) => {
            nothing_was(error).hint("name a path file; `milepost check FILE` examines one")
        }
        Refusal::Invalid(one) => Error::new(
            Code::InvalidFile,
            format!(
                "{} has {}, the first at {}:{}: {}; nothing was added",
                one.file,
                quantity::count(one.errors, "error"),
                one.line,
                one.column,
                one.message
            ),
        )
        .hint(format!("`milepost check {}` shows all of them", shell::word(&one.file))),
        Refusal::NoPath(file) => {
            Error::new(Code::InvalidFile, format!("{file} holds no path; nothing was added"))
        }
        Refusal::Twice(id) if id == CAREER => {
            Error::new(Code::InvalidFile, "two of the files are career files")
                .hint("name one of them: there can be only one")
        }
        Refusal::Twice(id) => {
            Error::new(Code::InvalidFile, format!("two of the files have the id `{id}`"))
                .hint("give each path its own id")
        }
        Refusal::InstalledUnread(error) => {
            nothing_was(error).hint("this file would replace it: make it readable, or move it away")
        }
        Refusal::NothingBefore(id) => Error::new(
            Code::NothingThere,
            format!("no other version of `{}` is kept", safe::short(&id, 80)),
        )
        .hint("milepost keeps the last three versions of each path that `add` replaced or `remove` removed"),
        Refusal::Open(report, doubts) => open(&report, &doubts),
        Refusal::Doubtful(report) => doubtful(&report),
        Refusal::Unwritten(error, stays) if stays.is_empty() => nothing_was(error),
        Refusal::Unwritten(error, stays) => {
            Error::from(error).hint(format!("still installed: {}", stays.join(", ")))
        }
    }
}

fn nothing_was(error: DiskError) -> Error {
    let error = Error::from(error);
    let message = format!("{error}; nothing was added");
    error.reworded(message)
}

/// The error if there are open questions and nobody to ask.
fn open(report: &Report, doubts: &[Doubt]) -> Error {
    match doubts.first() {
        Some(Doubt::Replace(id, _)) if report.is_back => Error::new(
            Code::Refused,
            format!("what was there before would replace `{id}`; nothing was added"),
        )
        .hint("`--dry-run` shows what it changes; pass `--yes` to confirm"),
        Some(Doubt::Replace(id, kind)) if *kind != Kind::New => {
            let another = match id {
                id if id == CAREER => String::new(),
                id if is_overlay(id) => {
                    let installed = report.added.iter().find(|added| added.id == *id);
                    let file = installed.map(|added| shell::word(&added.file));
                    file.map_or_else(String::new, |file| format!(", or edit {file} instead"))
                }
                _ => ", or give the path another id".to_owned(),
            };
            Error::new(Code::Refused, format!("{}; nothing was added", stands(id, *kind))).hint(
                format!("`--dry-run` shows what it changes; pass `--yes` to confirm{another}"),
            )
        }
        _ => doubtful(report),
    }
}

/// The error if something would be lost or gained that nobody agreed to.
fn doubtful(report: &Report) -> Error {
    let with_effects = report.added.iter().filter_map(|one| Some((one, one.effects.as_ref()?)));
    let mut error: Option<Error> = None;
    let (mut carry, mut force, mut lose) = (false, false, false);
    for (added, effects) in with_effects {
        let mut stakes = at_stake(effects);
        if effects.is_another {
            stakes = vec!["be a different path under an id that you have a record of".into()];
        }
        if stakes.is_empty() {
            continue;
        }
        carry |= !effects.looks_renamed.is_empty();
        force |= effects.is_another;
        lose |= effects.are_doubtful();
        let message =
            format!("`{}` would {}; nothing was added", added.id, quantity::list(&stakes));
        let known = error.take().unwrap_or_else(|| Error::new(Code::Refused, message));
        let groups = told(effects, false, &str::to_owned);
        let groups = record(effects).into_iter().chain(groups);
        error = Some(groups.fold(known, |error, group| {
            let Group { head, lines, more } = group;
            let error = lines
                .into_iter()
                .fold(error.detail(head), |error, line| error.detail(format!("  {line}")));
            if more > 0 { error.detail(format!("  and {more} more")) } else { error }
        }));
    }
    let mut error = error.unwrap_or_else(|| Error::new(Code::Refused, "nothing was added"));
    for (wanted, hint) in [
        (force, "`--force` installs it anyway; or give it an id of its own"),
        (carry, "`--yes --carry` keeps the record of what looks renamed"),
        (lose, "`--yes --lose` accepts the rest; the record keeps it"),
        (true, "`--dry-run --all` shows every line"),
    ] {
        if wanted {
            error = error.hint(hint);
        }
    }
    error
}

/// What a file that is replaced can be brought back with.
pub(crate) fn way_back(report: &Report) -> Option<String> {
    let kept = report.added.iter().filter(|one| one.kept.is_some());
    let commands: Vec<String> =
        kept.map(|one| format!("`milepost add --back {}`", one.id)).collect();
    let bring = if commands.len() == 1 { "brings" } else { "bring" };
    (!commands.is_empty()).then(|| {
        let all = quantity::list(&commands);
        format!("{all} {bring} back what was there; `milepost undo` takes back marks, not files")
    })
}

#[cfg(test)]
mod tests;
