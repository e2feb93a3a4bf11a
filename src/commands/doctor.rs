//! `milepost doctor`

use milepost_core::Answer;
use milepost_core::report::doctor::{self, Query, Report, Severity, What};
use milepost_path::safe;

use crate::context::Context;
use crate::error::{Error, Kind, Outcome, Result};
use crate::output::{Output, Screen};
use crate::text::{quantity, width};
use crate::words::doctor::Told;

/// Check the record and its surroundings
///
/// Reads the whole record: every event must match its checksum and be in its place, and the reports
/// must follow from the events. Then checks who can read it, the file system, the clock, your path
/// files and the configuration. Each finding comes with a remedy. The exit code is 1 if there is an
/// error, and 3 if the record cannot be read at all.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost doctor
  milepost doctor --fix
  milepost doctor --json")]
pub struct Args {
    /// Copy the record, then repair what can be repaired without loss
    #[arg(long)]
    fix: bool,
}

/// Runs the command.
///
/// # Errors
/// The answer has no JSON. The errors among the findings are the answer.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<Outcome> {
    let zone = context.config.zone.as_ref().filter(|_| !context.zone_is_known);
    let query = Query { fix: args.fix, unknown_zone: zone.cloned() };
    let Answer { report, hints, warnings } = doctor::report(&query, &context.app);
    let is_unusable = is_unusable(&report);
    let report = Told::new(&report, context.config.problem.as_ref());
    let errors = report.errors;
    out.tell_answer(&Answer { report, hints, warnings }, text)?;
    Ok(match (errors, is_unusable) {
        (0, _) => Outcome::Good,
        (_, true) => Outcome::Found(Kind::Database),
        (_, false) => Outcome::Found(Kind::Failed),
    })
}

/// Whether no command can use the record.
fn is_unusable(report: &Report) -> bool {
    report.findings.iter().any(|one| match &one.what {
        What::Unusable(error) => Error::from(error).kind() == Kind::Database,
        _ => false,
    })
}

fn text(report: &Told, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    let columns = screen.sentence_width();
    for (at, one) in report.findings.iter().enumerate() {
        let label = match (one.fixed, one.severity) {
            (true, _) => paint.good("fixed   "),
            (_, Severity::Ok) => paint.good("ok      "),
            (_, Severity::Note) => paint.dim("note    "),
            (_, Severity::Warning) => paint.warn("warning "),
            (_, Severity::Error) => paint.bad("error   "),
        };
        text.push_str(&width::wrap_indented(
            &label,
            "        ",
            &safe::line(&one.message),
            columns,
        ));
        // One remedy for several findings is said once, after the last of them.
        let next = report.findings.get(at + 1);
        let said_next = next.is_some_and(|next| next.help == one.help && !next.fixed);
        if let Some(help) = one.help.as_ref().filter(|_| !one.fixed && !said_next) {
            let label = format!("        {} ", paint.bold("help:"));
            text.push_str(&width::wrap_indented(&label, "        ", &safe::line(help), columns));
        }
    }
    let counts = [(report.errors, "error"), (report.warnings, "warning"), (report.notes, "note")];
    let mut counts: Vec<String> = counts
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, noun)| quantity::count(n, noun))
        .collect();
    if counts.is_empty() {
        counts.push("all is well".to_owned());
    }
    if report.fixed > 0 {
        counts.push(format!("{} fixed", quantity::thousands(report.fixed)));
    }
    text.push_str(&format!("\n{}\n", counts.join(", ")));
    text
}
