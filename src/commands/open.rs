//! `milepost open`

use std::io::ErrorKind;

use milepost_core::report::open::{self as page, Query};
use milepost_path::safe;

use super::shared::select;
use crate::context::Context;
use crate::error::{Code, Error, Result, reason};
use crate::output::Output;

/// Open a resource's page in the browser
///
/// Topics, skills and milestones can have a page as well. A skill without one opens a resource that
/// teaches it: the one that `next` would show, else an open one that repeats nothing that you did,
/// else one that you studied, and of two the one that is free.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost open fastapi-docs
  milepost open fastapi --print")]
pub struct Args {
    /// A resource, skill, topic or milestone
    #[arg(value_name = "REF", add = super::completions::references())]
    reference: String,

    /// Only print the URL
    #[arg(long)]
    print: bool,
}

/// Runs the command.
///
/// # Errors
/// The reference is unknown, there is no address, or no browser can be run.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let query = Query { reference: args.reference.clone(), print: args.print };
    let replace = |query: &mut Query, _: &str, chosen: &str| query.reference = chosen.to_owned();
    let answer = select::complete(query, replace, out, |query| page::report(query, &context.app))?;
    if let Some(href) = answer.report.href.as_ref().filter(|_| answer.report.opened) {
        open::that_detached(href).map_err(|error| {
            let print = format!("milepost open {} --print", answer.report.reference);
            // What the library says of a program that failed is written for developers.
            let why = match error.kind() {
                ErrorKind::Other => String::new(),
                _ => format!(": {}", reason(&error)),
            };
            Error::new(Code::NoProgram, format!("could not start a browser{why}"))
                .hint(format!("`{print}` prints the address"))
        })?;
    }
    out.tell_answer(&answer, |report, _| {
        let url = safe::line(&report.url);
        if report.opened {
            format!("opened {}  {url}\n", safe::line(&report.title))
        } else {
            format!("{url}\n")
        }
    })
}
