//! `milepost status`: progress, pace, forecast and activity; `text` writes it for people, `burndown`
//! draws it and `short` makes a line of it.

mod burndown;
mod short;
mod text;

use milepost_core::report::status::{self, Query, Report};

use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};

/// Show how far you are, and when you arrive
///
/// The percentage is the hours of your done goals, out of the hours of all goals that you did not
/// skip. It is 100 only when no goal is left. Goals are skills and milestones, and the resources of a
/// topic that has no skills; optional ones do not count.
///
/// Pace, forecast and activity cover the path and the paths that it requires. The pace comes from the
/// hours that you studied, as long as you record them for most of what you finish; or else from the
/// planned hours of what you finished, and then hours that you studied do not count in it.
/// The forecast first gives the day on which you arrive at your planned hours a week, then a range at
/// your pace; eight out of ten learners arrive within it. What you credit with `--known` counts as
/// done, but not towards your pace.
///
/// `--short` is for a prompt or a status bar: the percentage, the days to your target, and how many
/// interview questions are due, in at most 40 columns. It prints nothing if you follow no path, and never
/// asks or warns. With `--json`, it answers with the whole document.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost status
  milepost status ai-integration --burndown
  milepost status --short          a line for your prompt or status bar
  milepost status --json")]
pub struct Args {
    /// The path [default: the paths that you follow]
    #[arg(value_name = "PATH", add = super::completions::paths())]
    path: Option<String>,

    /// Draw the hours left over time, with the plan and the forecast
    #[arg(long)]
    burndown: bool,

    /// Print one short line, or nothing if you follow no path
    #[arg(long, conflicts_with = "burndown")]
    short: bool,
}

/// Runs the command.
///
/// # Errors
/// The path is unknown, or the record cannot be read.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    if args.short && !out.is_json() {
        let report = status::short(args.path.as_deref(), &context.app)?;
        out.answer(&short::line(&report, context.app.today(), &out.screen()));
        return Ok(());
    }
    // What asks for it in short asks again and again, and must not take the news from somebody.
    let query = Query { path: args.path.clone(), news: !out.is_quiet() && !args.short };
    let answer = status::report(&query, &context.app)?;
    out.tell_answer(&answer, if args.burndown { burndown::text } else { text })
}

/// The report for people.
pub fn text(report: &Report, screen: &Screen) -> String {
    text::text(report, screen)
}
