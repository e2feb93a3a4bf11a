//! `milepost` alone: a welcome on the first run, the dashboard later; `text` writes both.

mod text;

use milepost_core::report::dashboard::{self, Query};

use crate::context::Context;
use crate::error::Result;
use crate::output::Output;

/// Runs the command.
///
/// # Errors
/// The record cannot be read.
pub(crate) fn run(context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let query = Query { news: !out.is_quiet() };
    out.tell_answer(&dashboard::report(&query, &context.app)?, |report, screen| {
        if report.first_run { text::welcome(report, screen) } else { text::text(report, screen) }
    })
}
