//! `milepost snooze`

use chrono::NaiveDate;
use milepost_core::report::snooze::{self, Query, Report};
use milepost_path::safe;

use super::shared::{item_row, select};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::{Output, Screen};
use crate::text::{day, width};
use crate::words::snooze as said;

/// Hide something from `next` and `plan` until a day
///
/// It stays open and still counts, and what requires it waits, too. milepost does not ask you to
/// prove a snoozed skill, and suggests nothing from a snoozed topic. `none` ends the snooze, and so
/// does `milepost doing`, `study`, `done` or `skip` on an item.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost snooze faiss 2027-01-10
  milepost snooze cloud-platforms \"in 3 weeks\"
  milepost snooze fastapi monday
  milepost snooze faiss none")]
pub struct Args {
    /// The items and topics
    #[arg(value_name = "REF", required = true, add = super::completions::open())]
    refs: Vec<String>,

    /// When it comes back: 2027-01-10, `in 3 weeks`, monday, or `none` (now)
    #[arg(value_name = "UNTIL", required = true)]
    until: String,
}

/// Runs the command.
///
/// # Errors
/// A reference is unknown or names what cannot be snoozed, UNTIL is no day to come, or the record cannot
/// be written.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let until = match args.until.as_str() {
        "none" => None,
        text => Some(coming(text, context.app.today())?),
    };
    let query = Query { refs: args.refs.clone(), until };
    let replace = |query: &mut Query, name: &str, chosen: &str| {
        select::replace_in(&mut query.refs, name, chosen)
    };
    let answer =
        select::complete(query, replace, out, |query| snooze::report(query, &context.app))?;
    out.tell_answer(&answer, text)
}

/// The day that UNTIL names.
fn coming(text: &str, today: NaiveDate) -> Result<NaiveDate> {
    day::parse_future(text, today).map_err(|error| {
        Error::usage(error.problem()).hint(format!("write {}, or `none`", error.accepted()))
    })
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let how = said::done(report.until);
    let changed = report.changed.iter().map(|change| {
        let title = paint.bold(&safe::line(&change.title));
        item_row::line(
            "",
            &title,
            &format!("{}  {how}", paint.dim(change.reference.as_str())),
            screen,
        )
    });
    let unchanged = report.unchanged.iter().map(|(reference, status)| {
        let how = said::so_already(*status, report.until);
        let line = format!("{reference} {how}; nothing changed");
        width::wrap_indented("", "    ", &line, screen.text_width())
    });
    changed.chain(unchanged).collect()
}
