//! `milepost stop`

use milepost_core::report::stop::{self, Query, Report};
use milepost_path::safe;

use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};
use crate::text::width;

/// Stop following a path
///
/// Your record of it is kept, and counts again if you start the path again.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost stop ml-engineering")]
pub struct Args {
    /// The paths to stop following
    #[arg(value_name = "PATH", required = true, add = super::completions::followed())]
    paths: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// A path is unknown, or the record cannot be written.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let query = Query { paths: args.paths.clone() };
    out.tell_answer(&stop::report(&query, &context.app)?, text)
}

fn text(report: &Report, screen: &Screen) -> String {
    let stopped = report.stopped.iter();
    // What is not installed is known by its record only, which can come from elsewhere.
    let shown = |id: &String| safe::short(id, 80);
    let stopped = stopped.map(|id| format!("stopped following {}; its record is kept", shown(id)));
    let unchanged = report.unchanged.iter();
    let unchanged = unchanged.map(|id| format!("{id} was not followed; nothing changed"));
    let lines = stopped.chain(unchanged);
    lines.map(|line| width::wrap_indented("", "  ", &line, screen.text_width())).collect()
}
