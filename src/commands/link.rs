//! `milepost link`

use milepost_core::report::link::{self, Query, Report};
use milepost_path::safe;

use super::shared::{overlay, select};
use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};
use crate::text::width;
use crate::words::overlay as said;

/// Add a link to a topic, skill, resource or milestone
///
/// `milepost show` lists it. This makes no copy of the path: an overlay, a file beside your own paths,
/// has the link, so updates of the path still reach you.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost link fastapi https://wiki.example.org/fastapi
  milepost link apis https://example.org/style --title \"Our style\"")]
pub struct Args {
    /// The topic, skill, resource or milestone that gets the link
    #[arg(value_name = "REF", add = super::completions::references())]
    reference: String,

    /// The address, with http:// or https://
    #[arg(value_name = "URL")]
    url: String,

    /// The title of the link [default: the host of URL]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,

    /// Show what would be written, but change nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
}

/// Runs the command.
///
/// # Errors
/// The reference is unknown or can have no link, the address is none, or the overlay cannot be read
/// or written.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let Args { reference, url, title, dry_run } = args;
    let query = Query {
        reference: reference.clone(),
        url: url.clone(),
        title: title.clone(),
        dry_run: *dry_run,
    };
    let replace = |query: &mut Query, _: &str, chosen: &str| query.reference = chosen.to_owned();
    let answer = select::complete(query, replace, out, |query| link::report(query, &context.app))?;
    let written = answer.report.overlay.as_ref().filter(|_| !dry_run);
    let back = written.map(said::back);
    out.tell_answer(&answer, text)?;
    if let Some(back) = back {
        out.say(&back);
    }
    Ok(())
}

fn text(report: &Report, screen: &Screen) -> String {
    let reference = &report.reference;
    let (title, link) = (safe::line(&report.title), safe::line(&report.link.title));
    let line = match (report.overlay.is_some(), report.dry_run) {
        (true, true) => format!("would link {title} ({reference}) to {link}"),
        (true, false) => {
            format!("linked {title} ({reference}) to {link}; `milepost show {reference}` shows it")
        }
        (false, _) => format!("{reference} already has this link; nothing changed"),
    };
    let line = width::wrap_indented("", "  ", &line, screen.text_width());
    let overlay = report.overlay.iter().map(|one| overlay::text(one, report.dry_run, screen));
    std::iter::once(line).chain(overlay).collect()
}
