//! `milepost status`: progress, pace, forecast and activity; `text` writes it for people and
//! `burndown` draws it.

mod burndown;
mod text;

use crate::context::Context;
use crate::error::Result;
use crate::output::Output;
use crate::report::status::{self, Query};

/// Say how far you are, and when you arrive
///
/// The percentage is the hours of the done goals over the hours of all goals that are not skipped;
/// 100 only when none is left. Goals are skills and milestones, and the resources of a topic that
/// has no skills; what is optional is not counted.
///
/// Pace, forecast and activity are of the path and of those that it requires. The pace is of the hours
/// that you studied, where you record them; else of the hours that the plan gives to what you finished.
/// The forecast begins with the day at the hours a week that you planned, then the range by your pace:
/// eight of ten learners arrive in it. What you credit with `--known` counts as done, not as pace.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost status
  milepost status ai-integration --burndown
  milepost status --json")]
pub struct Args {
    /// The path; the followed ones where it is left out
    #[arg(value_name = "PATH", add = super::completions::paths())]
    path: Option<String>,

    /// Draw the hours that are left over time, with the plan and the forecast
    #[arg(long)]
    burndown: bool,
}

/// Runs the command.
///
/// # Errors
/// The path is unknown, or the record cannot be read.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let query = Query { path: args.path.clone(), news: !out.is_quiet() };
    let answer = status::report(&query, &context.app)?;
    out.tell_answer(&answer, if args.burndown { burndown::text } else { text::text })
}
