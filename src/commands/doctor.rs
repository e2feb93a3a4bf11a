//! `milepost doctor`

mod around;
mod paths;
mod record;

use std::path::Path;

use serde::Serialize;

use super::draft;
use crate::catalog::index;
use crate::context::Context;
use crate::error::{Error, Kind, Outcome, Result};
use crate::output::{Output, Screen};
use crate::text::{quantity, safe, shell, width};

/// Examine the record and everything around it
///
/// The record is read as a whole: every event agrees with its checksum and is in its place, and what
/// the reports say follows from them. Then who may read it, the file system, the clock, your path
/// files and the configuration. Each finding comes with its remedy. The exit code is 1 where there
/// is an error, and 3 where the record cannot be read at all.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost doctor
  milepost doctor --fix
  milepost doctor --json")]
pub struct Args {
    /// Mend what can be mended without losing anything; before the record is written, a copy of it
    /// is kept
    #[arg(long)]
    fix: bool,
}

#[derive(Serialize)]
struct Report {
    /// The record.
    file: Option<String>,
    /// How many events it has; null where it could not be looked at.
    events: Option<usize>,
    findings: Vec<Finding>,
    errors: usize,
    warnings: usize,
    notes: usize,
    fixed: usize,
}

/// One thing that was looked at, or found.
#[derive(Serialize)]
struct Finding {
    /// What it is about, as a stable word.
    code: &'static str,
    severity: Severity,
    message: String,
    /// What to do.
    help: Option<String>,
    /// Whether it was mended.
    fixed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Severity {
    Ok,
    Note,
    Warning,
    Error,
}

impl Finding {
    fn ok(code: &'static str, message: impl Into<String>) -> Self {
        let (severity, message) = (Severity::Ok, message.into());
        Self { code, severity, message, help: None, fixed: false }
    }

    fn new(
        code: &'static str,
        severity: Severity,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let (message, help) = (message.into(), Some(help.into()));
        Self { code, severity, message, help, fixed: false }
    }

    /// What an error says, with its remedies.
    fn of_error(code: &'static str, error: &Error) -> Self {
        let help = (!error.hints().is_empty()).then(|| error.hints().join("; "));
        let (severity, message) = (Severity::Error, error.message().to_owned());
        Self { code, severity, message, help, fixed: false }
    }
}

/// Runs the command.
///
/// # Errors
/// The answer has no JSON. The errors among the findings are the answer.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<Outcome> {
    let mut findings = Vec::new();
    let mut examined = record::Examined::default();
    match context.db() {
        Ok(db) => {
            around::look(&db, args.fix, &mut findings);
            examined = record::look(&db, args.fix, context, &mut findings);
            around::look_beside(&db, &mut findings);
            drafts(&db, &mut findings);
        }
        Err(error) => findings.push(Finding::of_error("record", &error.into())),
    }
    clock(examined.latest, context, &mut findings);
    paths::look(examined.standing.as_ref(), context, &mut findings);
    if let Some(error) = &context.config.problem {
        findings.push(Finding::of_error("config", error));
    }
    cache(args.fix, context, &mut findings);
    // All of them are among the findings.
    let _ = context.take_warnings();
    let count = |severity: Severity| {
        findings.iter().filter(|one| one.severity == severity && !one.fixed).count()
    };
    let report = Report {
        file: context.places.db.as_ref().map(|db| db.display().to_string()),
        events: examined.events,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
        fixed: findings.iter().filter(|one| one.fixed).count(),
        findings,
    };
    out.report("doctor", &report, text)?;
    Ok(match (report.errors, examined.unusable) {
        (0, _) => Outcome::Good,
        (_, true) => Outcome::Found(Kind::Database),
        (_, false) => Outcome::Found(Kind::Failed),
    })
}

/// Notes that were written in an editor, and could not be recorded.
fn drafts(db: &Path, findings: &mut Vec<Finding>) {
    findings.extend(draft::all(db).iter().map(|file| {
        let file = file.display().to_string();
        Finding::new(
            "drafts",
            Severity::Note,
            format!("{file} holds a note that was not recorded"),
            format!("`milepost note REF - < {}` records it; then remove it", shell::word(&file)),
        )
    }));
}

/// The time that events were recorded at, and the zone that days are counted in.
fn clock(
    latest: Option<chrono::DateTime<chrono::Utc>>,
    context: &Context,
    findings: &mut Vec<Finding>,
) {
    if let Some(latest) = latest.filter(|latest| *latest > context.stamp.now) {
        findings.push(Finding::new(
            "clock",
            Severity::Warning,
            format!(
                "the latest event was recorded at {}, which is still to come: the clock is wrong, \
                 or was",
                latest.format("%Y-%m-%d %H:%M:%S UTC")
            ),
            "set the clock; the order of what was recorded does not depend on it",
        ));
    }
    if let Some(zone) = &context.config.zone
        && !context.zone_is_known
    {
        findings.push(Finding::new(
            "zone",
            Severity::Warning,
            format!(
                "TZ is `{}`, which is no time zone here, so days are those of UTC",
                safe::short(zone, 80)
            ),
            "set it to a name such as Europe/Berlin, or leave it unset",
        ));
    }
}

/// Indexes that are of no use to anyone.
fn cache(fix: bool, context: &Context, findings: &mut Vec<Finding>) {
    let Some(cache) = &context.places.cache else {
        return;
    };
    let useless = index::useless(cache);
    if useless.is_empty() {
        return;
    }
    let place = cache.display();
    let files = quantity::count(useless.len(), "file");
    let mut finding = Finding::new(
        "cache",
        Severity::Note,
        format!("{files} in {place} are of another version, or damaged; they are not read"),
        "`milepost doctor --fix` removes them",
    );
    if fix {
        finding.fixed = useless.iter().all(|file| std::fs::remove_file(file).is_ok());
    }
    findings.push(finding);
}

fn text(report: &Report, screen: &Screen) -> String {
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
