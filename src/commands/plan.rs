//! `milepost plan`

use chrono::NaiveDate;
use serde::Serialize;

use super::resource_type::Type;
use super::{row, weekly_hours};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::amounts;
use crate::model::forecast::{Basis, Rate};
use crate::model::guidance::NextFilter;
use crate::model::outlook::outlook;
use crate::model::roadmap::{NodeKind, Ref, ResourceKind, Roadmap};
use crate::model::schedule::{Expected, Frame, Paid, Portion, Schedule, schedule};
use crate::model::standing::Standing;
use crate::model::view::View;
use crate::output::{Output, Screen};
use crate::report::{aim, news};
use crate::text::{day, quantity, safe, width};
use crate::words;
use crate::words::forecast;

/// Show the plan, week by week
///
/// What to study, what to prove and what to build, in the order of `milepost next`, which is the head
/// of it; when to expect each milestone; the hours of all of it, and what you must pay for.
///
/// A week holds --hours-per-week; without it the hours that you started the paths with, else your pace.
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

    /// How many weeks to show; 0 for all
    #[arg(long, value_name = "N", default_value_t = 8)]
    weeks: u16,

    /// The hours that you study a week
    #[arg(long, value_name = "N")]
    hours_per_week: Option<f64>,

    /// The day on which it begins: 2027-01-04, `in 2 weeks`
    #[arg(long, value_name = "DATE")]
    from: Option<String>,

    /// Nothing that you must pay for
    #[arg(long)]
    free: bool,

    /// Only resources of this type; can be given several times
    #[arg(long = "type", value_name = "TYPE")]
    types: Vec<Type>,

    /// What is for this role, or for every role; what closes its largest gap first
    #[arg(long, value_name = "ROLE", add = super::completions::roles())]
    role: Option<String>,

    /// Also what nothing needs: the rest of the paths that yours require
    #[arg(long)]
    all: bool,
}

#[derive(Serialize)]
struct Report {
    from: NaiveDate,
    /// The hours a week that it reckons with, and where they are from.
    rate: Option<Rate>,
    weeks: Vec<WeekPart>,
    /// The milestones of the whole plan.
    milestones: Vec<Milestone>,
    /// The hours of the whole plan.
    hours: f64,
    /// What of it must be paid for.
    paid: Vec<Paid>,
    /// Why there are no weeks, or what has no day.
    note: Option<String>,
    /// Whether something comes after the weeks.
    #[serde(skip)]
    more: bool,
    /// Whether these are all weeks that there can be.
    #[serde(skip)]
    all_weeks: bool,
}

#[derive(Serialize)]
struct WeekPart {
    from: NaiveDate,
    to: NaiveDate,
    hours: f64,
    work: Vec<Portion>,
}

#[derive(Serialize)]
struct Milestone {
    #[serde(rename = "ref")]
    reference: Ref,
    title: String,
    on: NaiveDate,
}

/// Runs the command.
///
/// # Errors
/// A path or role is unknown, an option makes no sense, or the record cannot be read.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let from = match &args.from {
        None => context.today(),
        Some(text) => day::parse_future(text, context.today()).map_err(|error| {
            Error::usage(error.problem()).hint(format!("write {}", error.accepted()))
        })?,
    };
    if let Some(hours) = args.hours_per_week {
        weekly_hours::check(hours)?;
    }
    let standing = context.standing_with_efforts()?;
    let view = View { shelf: context.catalog(), standing: &standing };
    let paths = chosen(args, context, &standing)?;
    let kinds: Vec<ResourceKind> = args.types.iter().map(Type::kind).collect();
    let filter = NextFilter {
        free: args.free,
        kinds,
        today: from,
        ..aim::filter(args.role.as_deref(), &paths, &standing, &context.app)?
    };
    let outlooks: Vec<_> = paths.iter().map(|path| outlook(&view, path, context.today())).collect();
    let weeks =
        if args.weeks == 0 { u64::from(amounts::MOST_WEEKS) } else { u64::from(args.weeks) };
    let hours_per_week = args.hours_per_week.or(context
        .config
        .hours_per_week
        .filter(|_| outlooks.iter().all(|one| one.goals.hours_per_week.is_none())));
    let frame = Frame { from, weeks, hours_per_week, all: args.all };
    let plan = schedule(&view, &outlooks, &filter, frame);
    let note = if paths.is_empty() {
        Some(
            "you follow no path yet: `milepost paths` lists them, `milepost start PATH` follows one"
                .to_owned(),
        )
    } else {
        note(&plan)
    };
    out.report("plan", &report(plan, &frame, note), text)?;
    if !out.is_quiet() {
        let news = news::take(&paths, &view, &context.app);
        news.iter().for_each(|hint| out.say(&words::hint(hint)));
    }
    Ok(())
}

fn chosen<'a>(args: &Args, context: &'a Context, standing: &Standing) -> Result<Vec<&'a Roadmap>> {
    if args.paths.is_empty() {
        return Ok(context.followed(standing));
    }
    let mut paths: Vec<&Roadmap> = Vec::with_capacity(args.paths.len());
    for id in &args.paths {
        let path = context.path(id)?;
        if !paths.iter().any(|known| known.id == path.id) {
            paths.push(path);
        }
    }
    Ok(paths)
}

/// Why there are no weeks, with what to do about it.
fn note(plan: &Schedule) -> Option<String> {
    let note = forecast::no_day(plan.notes.first()?);
    Some(match plan.rate {
        Some(_) => note,
        None => format!("{note}: say how much you study with `--hours-per-week`"),
    })
}

fn report(plan: Schedule, frame: &Frame, note: Option<String>) -> Report {
    let laid = amounts::sum(plan.weeks.iter().map(|week| week.hours));
    let weeks = plan.weeks.into_iter().map(|week| WeekPart {
        from: week.from,
        to: week.to,
        hours: week.hours,
        work: week.work,
    });
    let milestone =
        |one: Expected| Milestone { reference: one.reference, title: one.title, on: one.on };
    Report {
        from: frame.from,
        rate: plan.rate,
        weeks: weeks.collect(),
        milestones: plan.milestones.into_iter().map(milestone).collect(),
        hours: plan.hours,
        paid: plan.paid,
        note,
        more: plan.rate.is_some() && plan.hours - laid > 0.01,
        all_weeks: frame.weeks >= u64::from(amounts::MOST_WEEKS),
    }
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let mut text = String::new();
    if let Some(rate) = report.rate {
        let hours = quantity::hours(rate.hours_per_week);
        let basis = match rate.basis {
            Basis::Plan => format!("at {hours} a week"),
            Basis::Pace => format!("at your pace of {hours} a week"),
        };
        let head = format!("{} of plan, {basis}", quantity::hours(report.hours));
        text.push_str(&width::wrap_indented("", "", &head, columns));
    }
    for week in &report.weeks {
        text.push('\n');
        let head = format!("{} to {}, {}", week.from, week.to, quantity::hours(week.hours));
        text.push_str(&format!("{}\n", paint.heading(&head)));
        for portion in &week.work {
            text.push_str(&line(portion, screen));
        }
    }
    if report.more {
        let more = match (report.weeks.is_empty(), report.all_weeks) {
            (_, true) => "and so on, for more than ten years",
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
            text.push_str(&row::line(&head, &safe::line(&one.title), &reference, screen));
        }
    }
    if !report.paid.is_empty() {
        let titles: Vec<String> =
            report.paid.iter().map(|one| safe::line(&one.title).into_owned()).collect();
        let paid =
            format!("You must pay for {} (`--free` plans without).", quantity::list(&titles));
        text.push('\n');
        text.push_str(&width::wrap_indented("", "  ", &paid, columns));
    }
    match &report.note {
        Some(note) => text + &width::wrap_indented("", "  ", note, columns),
        None if report.weeks.is_empty() => {
            text + &width::wrap_indented("", "", "Nothing is left to plan.", columns)
        }
        None => text,
    }
}

/// A portion of a week: what to do, with its hours.
fn line(portion: &Portion, screen: &Screen) -> String {
    let paint = screen.paint;
    let title = safe::line(&portion.title);
    let what = match portion.kind {
        NodeKind::Skill if portion.of > 0.0 => format!("prove {title}, with practice"),
        NodeKind::Skill => format!("prove {title}"),
        NodeKind::Milestone => format!("build {}", paint.bold(&title)),
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
    row::line(&head, &what, &paint.dim(portion.reference.as_str()), screen)
}
