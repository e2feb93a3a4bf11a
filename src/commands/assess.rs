//! `milepost assess`

mod answers;
mod session;
mod text;

use std::path::PathBuf;

use milepost_core::report::aim;
use milepost_core::report::assess::{self, Given, Query};
use milepost_path::HIGHEST;

pub use self::text::text;
use super::shared::mark;
use crate::config;
use crate::context::Context;
use crate::error::{Code, Error, Result};
use crate::output::Output;

/// Assess your own skills, area by area
///
/// Each area has four levels (1 foundation, 2 working, 3 advanced, 4 expert), each with a statement
/// that is true of you or not. A level counts only with all those below it, so the first no ends an
/// area. The level that your record suggests is shown, but never set for you. Each area is saved as
/// soon as you answer it, so you can stop at any time: the next `assess` continues with the areas
/// that you have not assessed that day.
///
/// With --list, or without a terminal, it shows the areas as they are: your level, the level the
/// role needs, and the level that your record suggests. A file for --answers has a table `levels`
/// with a line for each area, and optionally tables `evidence` and `notes`.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost assess
  milepost assess retrieval --evidence https://github.com/me/qa
  milepost assess retrieval --level 2
  milepost assess --list --role ml-engineer
  milepost assess --history
  milepost assess --answers levels.toml")]
pub struct Args {
    /// The skill area [default: all of them]
    #[arg(value_name = "AREA", add = super::completions::areas())]
    area: Option<String>,

    /// Set your level in AREA, 0 (none) to 4 (expert), without asking
    #[arg(
        long,
        value_name = "N",
        requires = "area",
        conflicts_with_all = ["answers", "list", "history"],
        value_parser = clap::value_parser!(u8).range(0..=HIGHEST as i64)
    )]
    level: Option<u8>,

    /// Add evidence: a URL, file or commit; can be given several times
    #[arg(long, value_name = "URL", requires = "area")]
    evidence: Vec<String>,

    /// Add a note; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", requires = "area", allow_hyphen_values = true)]
    note: Option<String>,

    /// The day it happened [default: today]: 2026-11-20, monday, `3 days ago`
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, add = super::completions::past_days())]
    on: Option<String>,

    /// Read the levels from a TOML file (`-` for standard input)
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["area", "list", "history"],
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    answers: Option<PathBuf>,

    /// Show the areas without asking
    #[arg(long, conflicts_with = "history")]
    list: bool,

    /// Show how your levels changed
    #[arg(long)]
    history: bool,

    /// Ask again about the areas that you assessed today
    #[arg(long)]
    again: bool,

    /// Compare with this role instead of the one that you aim at
    #[arg(long, value_name = "ROLE", add = super::completions::roles())]
    role: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// An area, role or level is unknown, the questions were left, or the record cannot be written.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let app = &context.app;
    aim::career(app)?;
    args.area.as_deref().map(|id| assess::area(id, app)).transpose()?;
    let on = mark::day(args.on.as_deref(), context)?;
    let remark = mark::given(args.note.as_deref(), &args.evidence)?;
    let is_meant = mark::is_meant(&remark.evidence, out)?;
    let (area, role) = (args.area.clone(), args.role.clone());
    let mut query = Query { area, role, on, is_meant, ..Query::default() };
    let shows = args.list || args.history;
    if let Some(file) = &args.answers {
        query.given = answers::read(file, app)?;
        for one in &query.given {
            query.is_meant = mark::is_meant(&one.remark.evidence, out)?;
        }
    } else if let (Some(area), Some(level)) = (&args.area, args.level) {
        query.given = vec![Given { area: area.clone(), level, remark }];
    } else if !shows && out.prompt().is_some() {
        let session = session::Session { query, again: args.again, remark };
        let (answer, left) = session.run(app, out)?;
        out.tell_answer(&answer, text::text)?;
        return left;
    } else if !remark.is_empty() {
        return Err(Error::new(
            Code::NoTerminal,
            "there is no level to record and no terminal to ask on",
        )
        .hint("pass `--level N`"));
    } else {
        query.to_record = !shows;
    }
    let answer = assess::report(&query, app)?;
    out.tell_answer(&answer, if args.history { text::history } else { text::text })
}
