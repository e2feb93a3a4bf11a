//! `milepost start`

mod ask;

use chrono::NaiveDate;
use serde::Serialize;

use super::{mark, select, weekly_hours};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::amounts;
use crate::model::away;
use crate::model::counting;
use crate::model::event::{Entry, Fact, Remark};
use crate::model::guidance::Guide;
use crate::model::progress::progress;
use crate::model::roadmap::{Item, Node, Ref, Roadmap};
use crate::model::route;
use crate::model::standing::{self, Aims, Mark, Standing, Status, Target};
use crate::model::view::View;
use crate::output::{Output, Screen};
use crate::report::aim;
use crate::text::{day, quantity, safe, width};

/// Follow a path
///
/// Paths that it requires are followed with it. Goals are optional; said again, they are changed, and
/// `none` takes one away. At a terminal you are asked what you know already and how many hours a week
/// you study, unless you say so.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost start ai-integration
  milepost start ml-engineering --by 2028-06-30 --hours-per-week 8
  milepost start ai-integration --role ai-engineer --known git --known sql
  milepost start ai-integration --on \"3 weeks ago\" --by none")]
pub struct Args {
    /// The paths to follow
    #[arg(value_name = "PATH", required = true, add = super::completions::paths())]
    paths: Vec<String>,

    /// The day to finish by: 2028-06-30, `in 18 months`; `none` for no such day
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    by: Option<String>,

    /// The hours that you mean to study a week; `none` for no plan
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    hours_per_week: Option<String>,

    /// The role that you want to be ready for: `milepost next` then goes towards its gaps; `none` for no
    /// role
    #[arg(long, value_name = "ROLE", add = super::completions::roles())]
    role: Option<String>,

    /// The day on which you began: 2026-11-20, yesterday, monday, `3 days ago`
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, add = super::completions::past_days())]
    on: Option<String>,

    /// What you know already, which is credited: topics and items; may be given several times
    #[arg(long, value_name = "REF", add = super::completions::open())]
    known: Vec<String>,
}

#[derive(Serialize)]
struct Report {
    started: Vec<Started>,
    unchanged: Vec<String>,
    /// What is credited as known.
    known: Vec<Ref>,
    #[serde(skip)]
    today: NaiveDate,
}

#[derive(Serialize)]
struct Started {
    id: String,
    title: String,
    started_on: NaiveDate,
    target_on: Option<NaiveDate>,
    hours_per_week: Option<f64>,
    role: Option<String>,
    /// The path that asked for it, where it was not named itself.
    required_by: Option<String>,
    hours: f64,
    /// What is left of it, and of what it needs of other paths.
    hours_left: Option<f64>,
    /// The hours a week that this takes until the day to finish by.
    needs_hours_per_week: Option<f64>,
}

/// Runs the command.
///
/// # Errors
/// A path is unknown, a goal makes no sense, or the record cannot be written.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let aims = aims(args, context)?;
    let on = mark::day(args.on.as_deref(), context)?;
    let mut named = Vec::new();
    for id in &args.paths {
        named.push(context.path(id)?);
    }
    let answers = ask::ask(args, &named, context, out)?;
    let usual = answers.hours_per_week.or(context.config.hours_per_week);
    let known = if args.known.is_empty() {
        answers.known
    } else {
        let ids: Vec<&str> = named.iter().map(|path| path.id.as_str()).collect();
        select::nodes(&args.known, &ids, context, out)?
    };

    let catalog = context.catalog();
    let mut store = context.store_to_write()?;
    let mut writing = store.write(context.stamp)?;
    let before = catalog.read_as(writing.reading().standing_of([])?);
    // What is required comes first.
    let required = route::required(catalog, &before, &named);
    let required = required.into_iter().map(|(path, by)| (path, Some(by.id.clone())));
    let wanted = required.chain(named.iter().map(|path| (*path, None)));
    let nothing = Standing::default();
    let view = View { shelf: catalog, standing: &nothing };
    let mut report = Report {
        started: Vec::new(),
        unchanged: Vec::new(),
        known: Vec::new(),
        today: context.today(),
    };
    for (roadmap, required_by) in wanted {
        let now = before.following().get(&roadmap.id);
        // Goals are for what was named; the paths that it requires are means.
        let aims = match (&required_by, now) {
            (Some(_), _) => Aims::default(),
            (None, None) => {
                Aims { hours_per_week: aims.hours_per_week.or(Some(usual)), ..aims.clone() }
            }
            (None, Some(_)) => aims.clone(),
        };
        let moved = now.filter(|now| args.on.is_some() && required_by.is_none() && now.since != on);
        let goals = standing::follow(aims, now).or(moved.map(|now| now.goals.clone()));
        let Some(goals) = goals else {
            report.unchanged.push(roadmap.id.clone());
            continue;
        };
        let entry = |fact| Entry {
            subject: Ref::path_only(&roadmap.id),
            title: Some(roadmap.title.clone()),
            fact,
        };
        if moved.is_some() {
            // A path is followed since the day on which it was begun after it was last left.
            writing.append(entry(Fact::Stopped), context.today())?;
        }
        let since = now.filter(|_| moved.is_none()).map_or(on, |now| now.since);
        let on = if now.is_some() && moved.is_none() { context.today() } else { on };
        writing.append(entry(Fact::Started(goals.clone())), on)?;
        report.started.push(Started {
            id: roadmap.id.clone(),
            title: roadmap.title.clone(),
            started_on: since,
            target_on: goals.target_on,
            hours_per_week: goals.hours_per_week,
            role: goals.role,
            required_by,
            hours: progress(&view, &Node::Path(roadmap)).hours.total,
            hours_left: None,
            needs_hours_per_week: None,
        });
    }
    if !known.is_empty() {
        let standing = catalog.read_as(writing.reading().standing()?);
        let view = View { shelf: catalog, standing: &standing };
        for (entry, reference) in credited(&known, &view) {
            writing.append(entry, on)?;
            report.known.push(reference);
        }
    }
    if report.started.iter().any(|path| path.target_on.is_some()) {
        let mut standing = catalog.read_as(writing.reading().standing()?);
        standing.put_efforts(writing.reading().effort_sums(context.today())?);
        for path in &mut report.started {
            let found = named.iter().find(|one| one.id == path.id);
            if let (Some(roadmap), Some(target)) = (found, path.target_on) {
                let hours = hours_left(roadmap, &standing, context)?;
                path.hours_left = Some(hours);
                let away = away::joined(standing.away());
                let days = away::days_there(context.today(), target, &away);
                path.needs_hours_per_week =
                    (days > 0 && hours > 0.0).then(|| hours * 7.0 / days as f64);
            }
        }
    }
    if report.started.is_empty() && report.known.is_empty() {
        drop(writing);
    } else {
        context.commit(writing)?;
        out.say("next: `milepost next` says what to study first, and why");
    }
    out.report("start", &report, text)
}

/// What is said of the goals.
fn aims(args: &Args, context: &Context) -> Result<Aims> {
    let target_on = match args.by.as_deref() {
        None => None,
        Some("none") => Some(None),
        Some(text) => Some(Some(day::parse_future(text, context.today()).map_err(|error| {
            Error::usage(error.problem()).hint(format!("write {}, or `none`", error.accepted()))
        })?)),
    };
    let hours_per_week = match args.hours_per_week.as_deref() {
        None => None,
        Some("none") => Some(None),
        Some(text) => Some(Some(weekly_hours::read(text)?)),
    };
    let role = match args.role.as_deref() {
        None => None,
        Some("none") => Some(None),
        Some(text) => Some(Some(aim::role(text, &context.app)?.id.clone())),
    };
    Ok(Aims { target_on, hours_per_week, role })
}

/// What credits the open goals of some nodes.
fn credited(known: &[Node<'_>], view: &View<'_>) -> Vec<(Entry, Ref)> {
    let goals = known.iter().flat_map(|node| match node {
        Node::Item(item) => vec![*item],
        node => counting::goals(view, node),
    });
    let open: Vec<Item<'_>> = goals.filter(|item| view.is_open(item)).collect();
    let targets: Vec<Target> = open.iter().map(|item| view.target(item)).collect();
    let mark = Mark { status: Status::Done, known: true, on: None, remark: Remark::default() };
    let decision = standing::mark(&mark, &targets);
    let references = decision.changed.into_iter().map(|change| change.named);
    decision.entries.into_iter().zip(references).collect()
}

/// What is left of the plan of a path.
fn hours_left(roadmap: &Roadmap, standing: &Standing, context: &Context) -> Result<f64> {
    let view = View { shelf: context.catalog(), standing };
    let wish = aim::filter(None, &[roadmap], standing, &context.app)?;
    let steps = Guide::new(&view, &[roadmap], &wish).plan(false);
    Ok(amounts::sum(steps.iter().map(|step| step.hours)))
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    let mut push = |first: &str, rest: &str, line: &str| {
        text.push_str(&width::wrap_indented(first, rest, line, screen.text_width()));
    };
    for path in &report.started {
        let title = paint.bold(&safe::line(&path.title));
        let mut facts = vec![quantity::hours(path.hours)];
        facts.extend(path.required_by.as_ref().map(|by| format!("required by {by}")));
        if path.started_on != report.today {
            facts.push(format!("since {}", path.started_on));
        }
        facts.extend(path.target_on.map(|day| {
            let passed = if day < report.today { ", which has passed" } else { "" };
            format!("by {day}{passed}")
        }));
        let weekly = path.hours_per_week.map(|hours| format!("{} a week", quantity::hours(hours)));
        facts.extend(weekly);
        facts
            .extend(path.role.as_ref().map(|role| format!("to be ready for {}", safe::line(role))));
        push(
            "",
            "  ",
            &format!("following {title} {} ({})", paint.dim(&path.id), facts.join(", ")),
        );
        if let Some(needs) = needs(path, report.today) {
            push("    ", "    ", &needs);
        }
    }
    for id in &report.unchanged {
        push("", "  ", &format!("{id} is followed already; nothing changed"));
    }
    if !report.known.is_empty() {
        let goals = quantity::count(report.known.len(), "goal");
        push("", "  ", &format!("{goals} credited as known"));
    }
    text
}

/// What it takes to finish in time.
fn needs(path: &Started, today: NaiveDate) -> Option<String> {
    let target = path.target_on.filter(|day| *day >= today)?;
    let hours = path.hours_left.filter(|hours| *hours > 0.0)?;
    let left = quantity::hours(hours);
    // Without a number, no day until then is one of study.
    let Some(need) = path.needs_hours_per_week.filter(|need| *need <= weekly_hours::MOST) else {
        return Some(format!("{left} of plan do not fit in the days until {target}"));
    };
    let week = quantity::hours(need);
    let planned = path.hours_per_week.filter(|hours| *hours < need);
    let more = planned.map_or(String::new(), |hours| {
        format!(", more than the {} that you mean to study", quantity::hours(hours))
    });
    Some(format!("needs about {week} a week{more}: {left} of plan until {target}"))
}
