//! `milepost list`

use std::collections::HashSet;

use clap::ValueEnum;
use serde::Serialize;

use super::row::{self, Row};
use crate::catalog::reference::named;
use crate::context::{Context, meant};
use crate::error::{Code, Error, Result};
use crate::model::roadmap::{Item, Node, NodeKind, Resource};
use crate::model::standing::Status;
use crate::model::view::{Readiness, View};
use crate::output::{Output, Screen};
use crate::text::columns::{Align, rows};
use crate::text::{quantity, safe};

/// List items, one a line
///
/// Those of the followed paths, or of one path; filters may be combined.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost list --status todo --kind skill
  milepost list ai-integration --stage foundation
  milepost list --kind resource --free --ready")]
pub struct Args {
    /// The path; the followed ones where it is left out
    #[arg(value_name = "PATH", add = super::completions::paths())]
    path: Option<String>,

    /// Only items of this kind
    #[arg(long, value_name = "KIND")]
    kind: Option<Kind>,

    /// Only items with this status
    #[arg(long, value_name = "STATUS")]
    status: Option<StatusWord>,

    /// Only items of this stage
    #[arg(long, value_name = "ID", add = super::completions::stages())]
    stage: Option<String>,

    /// Only items of this topic
    #[arg(long, value_name = "ID", add = super::completions::topics())]
    topic: Option<String>,

    /// Nothing that must be paid for
    #[arg(long)]
    free: bool,

    /// Only what is open and held back by nothing
    #[arg(long)]
    ready: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Skill,
    Resource,
    Milestone,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum StatusWord {
    Todo,
    Doing,
    Done,
    Skipped,
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

impl StatusWord {
    fn status(self) -> Status {
        match self {
            Self::Todo => Status::Todo,
            Self::Doing => Status::Doing,
            Self::Done => Status::Done,
            Self::Skipped => Status::Skipped,
        }
    }
}

#[derive(Serialize)]
struct Report {
    items: Vec<Row>,
}

/// Runs the command.
///
/// # Errors
/// The path, stage or topic is unknown, or the record cannot be read.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let standing = context.standing()?;
    let view = View { shelf: context.catalog(), standing: &standing };
    let paths = context.chosen(args.path.as_deref(), &standing)?;
    if paths.is_empty() {
        out.say("no path is followed yet: `milepost paths` lists them, `milepost list PATH` one");
    }
    let stages = || paths.iter().flat_map(|path| &path.stages);
    let names = stages().map(|stage| (stage.id.as_str(), stage.title.as_str()));
    let wanted_stage = known("stage", args.stage.as_deref(), names)?;
    let topics = stages().flat_map(|stage| &stage.topics);
    let names = topics.map(|topic| (topic.id.as_str(), topic.title.as_str()));
    let wanted_topic = known("topic", args.topic.as_deref(), names)?;

    let mut readiness = Readiness::new(view);
    let mut items = Vec::new();
    for roadmap in &paths {
        for stage in &roadmap.stages {
            if wanted_stage.is_some_and(|id| *id != stage.id) {
                continue;
            }
            for topic in &stage.topics {
                if wanted_topic.is_some_and(|id| *id != topic.id) {
                    continue;
                }
                // All items of a topic are held back by the same.
                if args.ready && !readiness.is_ready(&Node::Topic(roadmap, stage, topic)) {
                    continue;
                }
                let found = roadmap.items_of_topic(stage, topic);
                items.extend(found.filter(|item| is_wanted(item, args, &view)));
            }
            if args.topic.is_none() {
                let milestones = roadmap.items_of_stage(stage).filter(|item| {
                    item.milestone().is_some()
                        && is_wanted(item, args, &view)
                        && (!args.ready || readiness.is_ready(&Node::Item(*item)))
                });
                items.extend(milestones);
            }
        }
    }
    if items.is_empty() && !paths.is_empty() {
        out.say("no item fits: leave a filter out");
    }
    let items = items.iter().map(|item| Row::new(item, &view)).collect();
    out.report("list", &Report { items }, text)
}

fn is_wanted(item: &Item<'_>, args: &Args, view: &View<'_>) -> bool {
    let status = view.status(item);
    view.is_shown(item)
        && args.kind.is_none_or(|kind| item.kind() == kind.kind())
        && args.status.is_none_or(|wanted| status == wanted.status())
        && (!args.free || item.resource().is_none_or(Resource::is_free))
        && (!args.ready || status.is_open())
}

/// The id of a stage or topic that was named; none where none was, or where there are none.
fn known<'n>(
    what: &str,
    wanted: Option<&str>,
    names: impl Iterator<Item = (&'n str, &'n str)>,
) -> Result<Option<&'n str>> {
    // Several paths can have one of the same name.
    let mut seen = HashSet::new();
    let names: Vec<(&str, &str)> = names.filter(|name| seen.insert(*name)).collect();
    let Some(wanted) = wanted.filter(|_| !names.is_empty()) else {
        return Ok(None);
    };
    let found = named(wanted, names.iter().copied()).and_then(|at| names.get(at));
    if let Some((id, _)) = found {
        return Ok(Some(id));
    }
    let ids: Vec<&str> = names.iter().map(|(id, _)| *id).collect();
    let hint = meant(wanted, ids.iter().copied());
    Err(Error::new(
        Code::UnknownName,
        format!("there is no {what} `{}` here", safe::short(wanted, 80)),
    )
    .hint(hint.unwrap_or_else(|| format!("there are: {}", ids.join(", ")))))
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    // A narrow screen has no room for columns.
    if screen.width.is_some_and(|width| width < 60) {
        let lines = report.items.iter().map(|item| {
            let mark = item.mark(paint) + " ";
            let reference = paint.dim(item.reference.as_str());
            row::line(&mark, &row::title(&item.title, item.is_retired), &reference, screen)
        });
        return lines.collect();
    }
    let lines: Vec<Vec<String>> = report
        .items
        .iter()
        .map(|item| {
            let mark = item.mark(paint);
            let title = row::title(&item.title, item.is_retired);
            let hours = item.hours.map_or(String::new(), quantity::hours);
            let what = item.what().to_owned();
            vec![mark, paint.dim(item.reference.as_str()), what, hours, title]
        })
        .collect();
    let align = [Align::Left, Align::Left, Align::Left, Align::Right, Align::Left];
    rows(&lines, &align, screen.width)
}
