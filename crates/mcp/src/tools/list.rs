//! `list`.

use milepost::commands::list as command;
use milepost::error::Result;
use milepost_core::Status;
use milepost_core::report::list::{Query, Report, report};
use milepost_path::NodeKind;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Ask, Call, More, NEXT_CURSOR};
use crate::answer::Made;
use crate::pages::Place;

pub(super) struct List;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct Arguments {
    /// The id or title of a path; all that the learner follows without it.
    path: Option<String>,
    /// Only items of this kind.
    kind: Option<Kind>,
    /// Only items with this status.
    status: Option<Status>,
    /// Only items of the stage with this id or title.
    stage: Option<String>,
    /// Only items of the topic with this id or title.
    topic: Option<String>,
    /// Only what is free.
    free: bool,
    /// Only what is open and ready to begin.
    ready: bool,
    /// At most this many; all of them without it, in pages.
    limit: Option<u16>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The kinds of items.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Skill,
    Resource,
    Milestone,
}

impl Kind {
    fn kind(self) -> NodeKind {
        match self {
            Self::Skill => NodeKind::Skill,
            Self::Resource => NodeKind::Resource,
            Self::Milestone => NodeKind::Milestone,
        }
    }
}

impl Ask for List {
    const NAME: &'static str = "list";
    const TITLE: &'static str = "Items that match filters";
    const ABOUT: &'static str = "The skills, resources and milestones that match all filters, in the \
        order of their path, each with its reference and status.";
    const MORE: &'static [More] = &[NEXT_CURSOR];
    type Arguments = Arguments;
    type Report = Report;

    fn run(arguments: Arguments, call: &Call<'_>) -> Result<Made> {
        let query = Query {
            path: arguments.path,
            kind: arguments.kind.map(Kind::kind),
            status: arguments.status,
            stage: arguments.stage,
            topic: arguments.topic,
            free: arguments.free,
            ready: arguments.ready,
        };
        let mut answer = report(&query, &call.context.app)?;
        if let Some(most) = arguments.limit.filter(|most| *most > 0) {
            answer.report.items.truncate(usize::from(most));
        }
        let place = Place::read(call.id, &answer.report, arguments.cursor.as_deref())?;
        let next = place.cut(&mut answer.report.items)?;
        Ok(Made::of(&answer, command::text)?.with_next(next))
    }
}
