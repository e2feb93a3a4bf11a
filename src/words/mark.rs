//! `done`, `doing`, `skip`, `todo` and `note` as JSON, and the sentences that go with them.

use milepost_core::progress::Correction;
use milepost_core::progress::ItemState;
use milepost_core::report::change::Changed;
use milepost_core::report::mark::{
    Fallen, Finished, Later, Refusal, Report, TopicCount, Unshown, Verb, Waiting,
};
use milepost_core::{Candidate, Status};
use milepost_path::{NodeKind, Ref, safe};
use serde::Serialize;

use super::Document;
use crate::error::{Code, Error};
use crate::text::quantity;

/// How many titles of what a milestone requires are named.
const MOST_TITLES: usize = 3;

#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct Json<'a> {
    changed: &'a [Changed],
    unchanged: Vec<&'a Ref>,
    unlocked: Vec<&'a Ref>,
    #[serde(flatten)]
    finished: &'a Option<Finished>,
}

impl Document for Report {
    const COMMAND: &'static str = "mark";

    fn command(&self) -> &'static str {
        self.verb.as_str()
    }

    fn json(&self) -> impl Serialize {
        Json {
            changed: &self.changed,
            unchanged: self.unchanged.iter().map(|(reference, _)| reference).collect(),
            unlocked: self.unlocked.iter().map(|one| &one.reference).collect(),
            finished: &self.finished,
        }
    }
}

super::described!(Report as Json<'static>);

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoneNamed(verb) => none_named(verb.as_str()),
            Refusal::NeedsYes { of, count, are_resources, .. } => {
                let (name, kind) = (&of.reference, of.kind);
                let what = quantity::count(count, noun(are_resources));
                let message = format!(
                    "`{name}` is a {kind}, which would mark {what}; there is no terminal \
                     to ask on"
                );
                Self::new(Code::NoTerminal, message).hint(
                    "pass `--yes` to confirm, or name the \
                 items",
                )
            }
        }
    }
}

/// That a command needs an item, and nobody can be asked for one.
pub(crate) fn none_named(command: &str) -> Error {
    Error::new(Code::NoTerminal, format!("`milepost {command}` needs an item"))
        .hint(format!("for example `milepost {command} fastapi`; `milepost next` lists some"))
}

/// That there is no item to choose.
pub(crate) fn nothing_open() -> Error {
    Error::new(Code::NothingThere, "nothing that you follow is open and ready")
        .hint("`milepost start PATH` follows a path; `milepost paths` lists them")
}

/// What is done to items, as a question begins.
pub(crate) fn verb(verb: Verb) -> &'static str {
    match verb {
        Verb::Done => "Mark done",
        Verb::Doing => "Begin",
        Verb::Skip => "Skip",
        Verb::Todo => "Open again",
        Verb::Note => "Note on",
    }
}

/// Whether all items of something are meant, as a question.
pub(crate) fn are_all_meant(
    of: &Candidate,
    action: Verb,
    count: usize,
    are_resources: bool,
) -> String {
    let what = quantity::count(count, noun(are_resources));
    format!("{} {what} of {} ({})?", verb(action), of.reference, of.kind)
}

fn noun(are_resources: bool) -> &'static str {
    if are_resources { "resource" } else { "goal" }
}

/// How far a topic is.
pub(crate) fn topic(topic: &TopicCount) -> String {
    let noun = if topic.of == NodeKind::Skill { "skill" } else { "resource" };
    let of = quantity::count(topic.count.counted(), noun);
    format!("{}: {} of {of} done", safe::line(&topic.title), topic.count.done)
}

/// That the percentage of a path fell.
pub(crate) fn fallen(fallen: &Fallen) -> String {
    let (path, stage) = (&fallen.path, safe::line(&fallen.stage));
    let [was, is] = fallen.percent.map(quantity::percent);
    format!("{path} is at {is}, was at {was}: you chose the longer option of {stage}")
}

/// What was corrected of something that was so already.
pub(crate) fn corrected(correction: Correction) -> String {
    let day = match correction.since {
        Some((Some(before), after)) => format!("  day {before} -> {after}"),
        Some((None, after)) => format!("  day {after}"),
        None => String::new(),
    };
    let known = if correction.known { "  credited as known" } else { "" };
    day + known
}

/// That something is so already, and how its day is changed where none was named.
pub(crate) fn so_already(reference: &Ref, state: &ItemState, verb: Verb, is_dated: bool) -> String {
    let Some(status) = verb.status() else {
        return format!("{reference}: nothing new");
    };
    let said = format!("{reference} is already {}; nothing changed", status.as_str());
    let has_day = state.since.is_some() && status != Status::Todo;
    if has_day && !is_dated { said + " (`--on` changes its day)" } else { said }
}

/// What is still open of what a milestone requires.
pub(crate) fn waiting(waiting: &Waiting) -> String {
    let line = |title: &String| safe::line(title).into_owned();
    let alternatives = |of: &Vec<String>| of.iter().map(line).collect::<Vec<_>>().join(" or ");
    let mut titles: Vec<String> =
        waiting.requires.iter().take(MOST_TITLES).map(alternatives).collect();
    let more = waiting.requires.len().saturating_sub(MOST_TITLES);
    titles.extend((more > 0).then(|| format!("{more} more")));
    let of = waiting.title.as_ref().map_or("it".to_owned(), line);
    format!("still open of what {of} requires: {}", quantity::list(&titles))
}

/// How to say what shows a milestone.
pub(crate) fn unshown(unshown: &Unshown) -> String {
    match unshown {
        Unshown::Several(first) => {
            format!("add evidence for a milestone: `milepost note {first} --evidence URL`")
        }
        Unshown::One(name, _) => {
            format!("evidence to add with `milepost note {name} --evidence URL`:")
        }
    }
}

/// That something else still teaches a skill.
pub(crate) fn later(later: &Later) -> String {
    let titles: Vec<&str> = later.after.iter().map(|one| one.title.as_str()).collect();
    format!("still to study for {}: {}", later.title, quantity::list(&titles))
}
