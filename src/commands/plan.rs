//! `milepost plan`

use chrono::NaiveDate;
use milepost_core::forecast::{Away, Basis};
use milepost_core::report::plan::{self, Query, Report, WeekPart};
use milepost_core::schedule::Portion;
use milepost_path::{NodeKind, safe};

use super::shared::resource_type::Type;
use super::shared::{item_row, weekly_hours};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::{Output, Screen};
use crate::text::{day, quantity, width};
use crate::words::plan::note;

/// Show the plan, week by week
///
/// Shows what to study, prove and build, in the order of `milepost next`; when to expect each
/// milestone; the total hours, and what you must pay for.
///
/// Each week has --hours-per-week hours. Without that option, milepost takes the hours that you set
/// with `milepost start`, or else your pace.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost plan
  milepost plan ai-integration --weeks 4 --hours-per-week 6
  milepost plan --free --from 2027-01-04")]
pub struct Args {
    /// The paths [default: the paths that you follow]
    #[arg(value_name = "PATH", add = super::completions::paths())]
    paths: Vec<String>,

    /// Show this many weeks; 0 for all
    #[arg(long, value_name = "N", default_value_t = 8)]
    weeks: u16,

    /// The hours a week that you study
    #[arg(long, value_name = "N")]
    hours_per_week: Option<f64>,

    /// The first day [default: today]: 2027-01-04, `in 2 weeks`, monday
    #[arg(long, value_name = "DATE")]
    from: Option<String>,

    /// Only what costs nothing
    #[arg(long)]
    free: bool,

    /// Only resources of this type; can be given several times
    #[arg(long = "type", value_name = "TYPE")]
    types: Vec<Type>,

    /// Only what is for this role or all roles; its largest gap comes first
    #[arg(long, value_name = "ROLE", add = super::completions::roles())]
    role: Option<String>,

    /// Include what you do not need: the rest of the paths that yours require
    #[arg(long)]
    all: bool,
}

/// Runs the command.
///
/// # Errors
/// A path or role is unknown, an option makes no sense, or the record cannot be read.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let day = |text| day::parse_future(text, context.app.today());
    let from = args.from.as_deref().map(day).transpose().map_err(|error| {
        Error::usage(error.problem()).hint(format!("write {}", error.accepted()))
    })?;
    if let Some(hours) = args.hours_per_week {
        weekly_hours::check(hours)?;
    }
    let query = Query {
        paths: args.paths.clone(),
        weeks: args.weeks,
        hours_per_week: args.hours_per_week,
        usual_hours_per_week: context.config.hours_per_week,
        from,
        free: args.free,
        kinds: args.types.iter().map(Type::kind).collect(),
        role: args.role.clone(),
        all: args.all,
        news: !out.is_quiet(),
    };
    out.tell_answer(&plan::report(&query, &context.app)?, text)
}

/// The report for people.
pub fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let mut text = String::new();
    if let Some(rate) = report.rate {
        let hours = quantity::hours(rate.hours_per_week);
        let basis = match rate.basis {
            Basis::Plan if report.is_shared => {
                format!("at {hours} a week, the total of your paths")
            }
            Basis::Plan => format!("at {hours} a week"),
            Basis::Pace => format!("at your pace of {hours} a week"),
        };
        let head = format!("{} of plan, {basis}", quantity::hours(report.hours));
        text.push_str(&width::wrap_indented("", "", &head, columns));
    }
    let told =
        |pause: &str| format!("\n{}", width::wrap_indented("", "  ", &paint.dim(pause), columns));
    let mut ended = report.from.pred_opt();
    for week in &report.weeks {
        text.extend(pause(report, ended, Some(week)).as_deref().map(told));
        ended = Some(week.to);
        text.push('\n');
        let head = format!("{} to {}, {}", week.from, week.to, quantity::hours(week.hours));
        text.push_str(&format!("{}\n", paint.heading(&head)));
        for portion in &week.work {
            text.push_str(&line(portion, screen));
        }
    }
    if report.more {
        text.extend(pause(report, ended, None).as_deref().map(told));
        let more = match (report.weeks.is_empty(), report.all_weeks) {
            (_, true) => "and so on for more than ten years",
            (true, false) => "`milepost plan --weeks 0` shows all weeks",
            (false, false) => "and so on: `milepost plan --weeks 0` shows all weeks",
        };
        text.push('\n');
        text.push_str(&width::wrap_indented("", "  ", more, columns));
    }
    if !report.milestones.is_empty() {
        text.push_str(&format!("\n{}\n", paint.heading("Milestones")));
        for one in &report.milestones {
            let head = format!("  {}  ", one.on);
            let reference = paint.dim(one.reference.as_str());
            text.push_str(&item_row::line(&head, &safe::line(&one.title), &reference, screen));
        }
    }
    if !report.paid.is_empty() {
        let titles: Vec<String> =
            report.paid.iter().map(|one| safe::line(&one.title).into_owned()).collect();
        let it = if titles.len() == 1 { "it" } else { "them" };
        let paid =
            format!("You must pay for {} (`--free` plans without {it}).", quantity::list(&titles));
        text.push('\n');
        text.push_str(&width::wrap_indented("", "  ", &paid, columns));
    }
    match note(report) {
        Some(note) => text + &width::wrap_indented("", "  ", &note, columns),
        None if report.weeks.is_empty() => {
            text + &width::wrap_indented("", "", "Nothing left to plan.", columns)
        }
        None => text,
    }
}

/// What is between the day on which a week ended and the next week of a plan: days away, or a wait.
fn pause(report: &Report, ended: Option<NaiveDate>, next: Option<&WeekPart>) -> Option<String> {
    let from = ended?.succ_opt()?;
    let to = next.map_or(Some(from), |week| week.from.pred_opt())?;
    if from > to {
        return None;
    }
    let away = report.away.iter().find(|away| away.from <= to && from <= away.to);
    Some(match away {
        Some(Away { from, to, why: None }) => format!("{from} to {to}, away"),
        Some(Away { from, to, why: Some(why) }) => {
            format!("{from} to {to}, away: {}", safe::short(why, 60))
        }
        None => {
            next?;
            format!("{from} to {to}, nothing to study")
        }
    })
}

/// A portion of a week: what to do, with its hours.
fn line(portion: &Portion, screen: &Screen) -> String {
    let paint = screen.paint;
    let title = safe::line(&portion.title);
    let what = match portion.kind {
        NodeKind::Skill if portion.of > 0.0 => format!("prove {title}, with practice"),
        NodeKind::Skill => format!("prove {title}"),
        NodeKind::Milestone => format!("milestone: {}", paint.bold(&title)),
        _ => match &portion.url {
            Some(url) => paint.link(url, &title),
            None => title.into_owned(),
        },
    };
    let hours = quantity::hours(portion.hours);
    let head = match (portion.of > portion.hours, portion.of > 0.0) {
        (true, _) => format!("{hours} of {}", quantity::hours(portion.of)),
        (false, true) => hours,
        (false, false) => String::new(),
    };
    let head = format!("  {}  ", width::pad_left(&head, 13));
    item_row::line(&head, &what, &paint.dim(portion.reference.as_str()), screen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paint::Paint;
    use milepost_core::report::fixture::Home;

    const BAKING: &str = r#"format = 1
id = "baking"
title = "Baking"

[[stages]]
id = "first"
title = "First"

[[stages.topics]]
id = "dough"
title = "Dough"
hours = 4
skills = [{ id = "knead", title = "Knead dough" }]

[[stages.topics.resources]]
id = "book"
title = "The Book"
type = "book"
cost = "paid"
hours = 3

[[stages.milestones]]
id = "loaf"
title = "Bake a loaf"
hours = 2
requires = ["dough"]
criteria = ["It rose."]
"#;

    #[test]
    fn a_plan_says_what_to_do_each_week() {
        let home = Home::with(&[("baking.toml", BAKING)]);
        let paint = Paint { colour: false, links: false, unicode: true };
        let said = |weeks| {
            let paths = vec!["baking".to_owned(), "Baking".to_owned()];
            let query = Query { paths, weeks, hours_per_week: Some(3.5), ..Query::default() };
            let answer = plan::report(&query, &home.app()).unwrap();
            text(&answer.report, &Screen { width: Some(80), paint })
        };
        insta::assert_snapshot!(said(0), @"
        6 h of plan, at 3.5 h a week

        2026-11-20 to 2026-11-22, 1.5 h
           1.5 h of 3 h  The Book  baking/book

        2026-11-23 to 2026-11-29, 3.5 h
           1.5 h of 3 h  The Book  baking/book
                    1 h  prove Knead dough, with practice  baking/knead
             1 h of 2 h  milestone: Bake a loaf  baking/loaf

        2026-11-30 to 2026-12-06, 1 h
             1 h of 2 h  milestone: Bake a loaf  baking/loaf

        Milestones
          2026-12-01  Bake a loaf  baking/loaf

        You must pay for The Book (`--free` plans without it).
        ");
        insta::assert_snapshot!(said(1), @"
        6 h of plan, at 3.5 h a week

        2026-11-20 to 2026-11-22, 1.5 h
           1.5 h of 3 h  The Book  baking/book

        and so on: `milepost plan --weeks 0` shows all weeks

        Milestones
          2026-12-01  Bake a loaf  baking/loaf

        You must pay for The Book (`--free` plans without it).
        ");
    }
}
