//! `milepost list`

use clap::ValueEnum;
use milepost_core::Status;
use milepost_core::report::list::{self, Query, Report};
use milepost_path::NodeKind;

use super::shared::item_row;
use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};
use crate::text::columns::{Align, rows};
use crate::text::quantity;

/// List items, one per line
///
/// Lists the items of the paths that you follow, or of one path. You can combine filters.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost list --status todo --kind skill
  milepost list ai-integration --stage foundation
  milepost list --kind resource --free --ready")]
pub struct Args {
    /// The path [default: the paths that you follow]
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

    /// Only free items
    #[arg(long)]
    free: bool,

    /// Only open items that are ready to begin
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

/// Runs the command.
///
/// # Errors
/// The path, stage or topic is unknown, or the record cannot be read.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let query = Query {
        path: args.path.clone(),
        kind: args.kind.map(Kind::kind),
        status: args.status.map(StatusWord::status),
        stage: args.stage.clone(),
        topic: args.topic.clone(),
        free: args.free,
        ready: args.ready,
    };
    out.tell_answer(&list::report(&query, &context.app)?, text)
}

/// The report for people.
pub fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let lines: Vec<Vec<String>> = report
        .items
        .iter()
        .map(|item| {
            let mark = item_row::mark_of(item, paint);
            let title = item_row::title(&item.title, item.is_retired);
            let hours = item.hours.map_or(String::new(), quantity::hours);
            let what = item.what().to_owned();
            vec![mark, paint.dim(item.reference.as_str()), what, hours, title]
        })
        .collect();
    let align = [Align::Left, Align::Left, Align::Left, Align::Right, Align::Left];
    rows(&lines, &align, screen.width, 1).unwrap_or_else(|| {
        // A narrow screen has no room for columns.
        let lines = report.items.iter().map(|item| {
            let mark = item_row::mark_of(item, paint) + " ";
            let reference = paint.dim(item.reference.as_str());
            item_row::line(
                &mark,
                &item_row::title(&item.title, item.is_retired),
                &reference,
                screen,
            )
        });
        lines.collect()
    })
}
