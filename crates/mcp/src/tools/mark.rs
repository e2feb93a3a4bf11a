//! `mark`: `done`, `doing`, `skip` and `todo`, and `note` where no status is given.

use milepost::commands::note as noting;
use milepost::commands::shared::mark as command;
use milepost::error::{Code, Error, Result};
use milepost::text::quantity;
use milepost_core::report::mark::{self, Query, Report, Verb};
use milepost_core::report::note;
use milepost_core::{Annotation, Refusal};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Ask, Call, Effect};
use crate::answer::Made;

pub(super) struct Mark;

/// How many things can be marked at once. To mark more, a caller names a topic.
const MOST_REFS: usize = 100;

#[derive(Deserialize, JsonSchema)]
pub(super) struct Arguments {
    /// Skills, resources, milestones, or whole topics, stages and paths (`confirm`): references
    /// (`path/item`), ids or titles.
    refs: Vec<String>,
    /// Their new status. Without it, only the note and the evidence are added, to one thing.
    status: Option<Becomes>,
    /// The day it happened: 2026-11-16, `yesterday`, `monday`, `3 days ago`; today without it.
    on: Option<String>,
    /// A note of the learner's own, in their words. For what has the status already, leave `status` out.
    note: Option<String>,
    /// What shows it: addresses, files or commits.
    #[serde(default)]
    evidence: Vec<String>,
    /// Only say what would change. Nothing is recorded.
    #[serde(default)]
    dry_run: bool,
    /// The learner has agreed that all of a topic, stage or path is marked.
    #[serde(default)]
    confirm: bool,
}

/// The status that a mark gives.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Becomes {
    Done,
    Doing,
    Skipped,
    Todo,
}

impl Becomes {
    fn verb(self) -> Verb {
        match self {
            Self::Done => Verb::Done,
            Self::Doing => Verb::Doing,
            Self::Skipped => Verb::Skip,
            Self::Todo => Verb::Todo,
        }
    }
}

impl Ask for Mark {
    const NAME: &'static str = "mark";
    const TITLE: &'static str = "Mark things, or add a note";
    const ABOUT: &'static str = "Records that things are done, in progress, skipped or open again, or \
        adds a note or evidence. Record only what the learner told you, and say afterwards what you \
        recorded. A skill is done when the learner can do it, not when they have read about it.";
    const EFFECT: Effect = Effect::RecordsEachTime;
    type Arguments = Arguments;
    type Report = Report;

    fn run(arguments: Arguments, call: &Call<'_>) -> Result<Made> {
        let Arguments { refs, status, on, note, evidence, dry_run, confirm } = arguments;
        let (context, app) = (call.context, &call.context.app);
        if refs.is_empty() {
            return Err(Error::usage("`refs` is empty").hint("`next` and `search` give references"));
        }
        if refs.len() > MOST_REFS {
            return Err(Error::usage(format!("`refs` names {} things", refs.len())).hint(format!(
                "the limit is {MOST_REFS}; to mark everything in a topic, name the topic"
            )));
        }
        let on = command::day_or_none(on.as_deref(), context)?;
        let remark = Annotation { note, evidence };
        let Some(status) = status else {
            return said(refs, remark, on, dry_run, call);
        };
        let query = Query { remark, on, dry_run, yes: confirm, ..Query::new(status.verb(), refs) };
        let answer = mark::report(&query, app).map_err(unconfirmed)?;
        let is_recorded = !dry_run && !answer.report.changed.is_empty();
        Made::of(&answer, command::text)?.recorded(is_recorded, call)
    }
}

/// Adds a note and evidence to one thing.
fn said(
    refs: Vec<String>,
    remark: Annotation,
    on: Option<chrono::NaiveDate>,
    dry_run: bool,
    call: &Call<'_>,
) -> Result<Made> {
    if remark.is_empty() {
        return Err(Error::usage("`status`, `note` and `evidence` are missing")
            .hint("give the new status, or what to note"));
    }
    if dry_run {
        return Err(Error::usage("`dry_run` needs a `status`").hint("a note changes nothing else"));
    }
    let Ok([reference]) = <[String; 1]>::try_from(refs) else {
        return Err(Error::usage("a note is about one thing").hint("call this once for each"));
    };
    let what = note::What::Add { remark, is_meant: false, on };
    let answer = note::report(&note::Query { reference, what }, &call.context.app)?;
    let is_recorded = match &answer.report {
        note::Report::Item(report) => !report.changed.is_empty(),
        note::Report::Whole { changes, .. } | note::Report::Removed { changes, .. } => {
            !changes.changed.is_empty()
        }
    };
    Made::of(&answer, noting::text)?.recorded(is_recorded, call)
}

/// If the learner must agree, the error says so to a caller that can ask them.
fn unconfirmed(error: milepost_core::Error) -> Error {
    if let milepost_core::Error::Refused(refusal) = &error
        && let Refusal::Mark(mark::Refusal::NeedsYes { of, count, are_resources, .. }) = &**refusal
    {
        let noun = if *are_resources { "resource" } else { "goal" };
        let what = quantity::count(*count, noun);
        let (name, kind) = (&of.reference, of.kind);
        return Error::new(Code::Refused, format!("`{name}` is a {kind}, which would mark {what}"))
            .hint("ask the learner; if all of it is meant, call this again with `confirm`: true")
            .hint("or name the items; with `confirm` and `dry_run` this says which they are");
    }
    error.into()
}
