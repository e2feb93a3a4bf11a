//! `milepost hide`

use milepost_core::report::hide::{self, Query, Report};
use milepost_path::safe;

use super::shared::{item_row, overlay, select};
use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};
use crate::text::width;
use crate::words::overlay as said;

/// Hide parts of a path, or show them again
///
/// What you hide is neither shown nor counted, and holds nothing back. Your record of it is kept, and
/// counts again when you show it again. This makes no copy of the path: an overlay, a file beside your
/// own paths, says what is hidden, so updates of the path still reach you.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost hide fastapi-book fastapi-udemy
  milepost hide ai-integration/pinecone-docs
  milepost hide foundation --dry-run   show what it changes
  milepost hide --remove fastapi-book")]
pub struct Args {
    /// The stages, topics and items
    #[arg(value_name = "REF", required = true, add = super::completions::hidden_or_not())]
    refs: Vec<String>,

    /// Show them again
    #[arg(long)]
    remove: bool,

    /// Show what would be written and what it changes, but change nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
}

/// Runs the command.
///
/// # Errors
/// A reference is unknown or names what cannot be hidden, or the overlay cannot be read or written.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let query = Query { refs: args.refs.clone(), remove: args.remove, dry_run: args.dry_run };
    let replace = |query: &mut Query, name: &str, chosen: &str| {
        select::replace_in(&mut query.refs, name, chosen)
    };
    let answer = select::complete(query, replace, out, |query| hide::report(query, &context.app))?;
    let back = said::hidden_back(&answer.report);
    out.tell_answer(&answer, text)?;
    if let Some(back) = back {
        out.say(&back);
    }
    Ok(())
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let (how, already) = said::hidden(report);
    let changed = report.changed.iter().map(|part| {
        let title = paint.bold(&safe::line(&part.title));
        item_row::line(
            "",
            &title,
            &format!("{}  {how}", paint.dim(part.reference.as_str())),
            screen,
        )
    });
    let unchanged = report.unchanged.iter().map(|reference| {
        let line = format!("{reference} {already}; nothing changed");
        width::wrap_indented("", "    ", &line, columns)
    });
    let overlays = report.overlays.iter();
    let effects = overlays.map(|one| overlay::text(one, report.dry_run, screen));
    changed.chain(unchanged).chain(effects).collect()
}
