//! The page as a whole: whose it is, an overview, the portfolio of each path, the skill matrix, the
//! skills, what was studied, and progress.

use askama::Template;
use milepost_core::progress::Progress;
use milepost_core::report::export::{Document, ItemPart, PathPart, StagePart};
use milepost_path::sort;

use super::super::{Options, done_of, hours_of, phrases};
use super::Style;
use super::activity::{Calendar, calendar};
use super::burndown::{Burndown, burndown};
use super::parts::{Bar, Day, Milestone};
use super::radar::{Radar, radar};
use super::skills::{Skills, Study, skills, studied};
use crate::text::quantity;
use crate::words::{forecast, work};

/// The page.
#[derive(Template)]
#[template(path = "portfolio/page.html", whitespace = "minimize")]
pub(super) struct Page<'a> {
    style: Style,
    owner: Option<&'a str>,
    as_of: Day,
    paths: Vec<PathSection<'a>>,
    /// What was built for milestones that are retired or gone.
    earlier: Vec<Milestone<'a>>,
    radar: Option<Radar<'a>>,
    skills: Vec<Skills<'a>>,
    studied: Vec<Study<'a>>,
    calendar: Option<Calendar<'a>>,
    /// Whether only what is done is shown.
    is_public: bool,
}

/// A path: what was built, and how far it is.
struct PathSection<'a> {
    part: &'a PathPart,
    numbers: Numbers,
    /// What is done, without what is not.
    done: Vec<String>,
    /// Whether more is to be said of it than how far it is.
    has_section: bool,
    /// What is left, where nothing was begun.
    not_begun: Option<String>,
    groups: Vec<Group<'a>>,
    stages: Vec<StageRow<'a>>,
    burndown: Option<Burndown>,
    started_on: Option<Day>,
    target_on: Option<Day>,
    planned_end: Option<Day>,
    hours_per_week: Option<String>,
    pace: Option<String>,
    recent_pace: Option<String>,
    steady: Option<String>,
    forecast: Option<(Day, Day)>,
    /// Why there is no forecast, or how it was reckoned.
    forecast_note: Option<String>,
}

/// The milestones under a heading.
struct Group<'a> {
    title: &'a str,
    milestones: Vec<Milestone<'a>>,
}

struct StageRow<'a> {
    part: &'a StagePart,
    months: Option<String>,
    numbers: Numbers,
}

/// How far something is, in a bar, a percentage and words.
struct Numbers {
    bar: Bar,
    percent: String,
    hours: Option<String>,
    words: Vec<String>,
}

impl Numbers {
    fn of(progress: Progress) -> Self {
        let words = [
            done_of(progress.milestones, "milestone"),
            done_of(progress.skills, "skill"),
            done_of(progress.resources, "resource"),
        ];
        Self {
            bar: Bar::of(progress.percent),
            percent: quantity::percent(progress.percent),
            hours: hours_of(progress.hours),
            words: words.into_iter().flatten().collect(),
        }
    }
}

fn done(progress: Progress) -> Vec<String> {
    let Progress { milestones, skills, resources, .. } = progress;
    let counts = [(milestones, "milestone"), (skills, "skill"), (resources, "resource")];
    let done = counts.into_iter().filter(|(count, _)| count.done > 0);
    done.map(|(count, noun)| quantity::count(count.done, noun)).collect()
}

/// The page of a document.
pub(super) fn page(document: &Document, options: Options) -> Page<'_> {
    Page {
        style: Style::new(),
        owner: document.owner.as_deref().map(str::trim).filter(|owner| !owner.is_empty()),
        as_of: document.as_of.into(),
        paths: document.paths.iter().map(|path| section(path, document, options)).collect(),
        earlier: document.earlier.iter().map(|item| Milestone::new(item, options)).collect(),
        radar: document.matrix.as_ref().map(|matrix| radar(matrix, options)),
        skills: skills(document, options),
        studied: studied(document, options),
        calendar: calendar(&document.activity, document.as_of),
        is_public: options.public,
    }
}

fn section<'a>(path: &'a PathPart, document: &Document, options: Options) -> PathSection<'a> {
    let milestones: Vec<&ItemPart> = path.milestones().collect();
    let groups = groups(path, &milestones, options);
    let a_week = |hours: f64| format!("{} a week", quantity::hours(hours));
    PathSection {
        numbers: Numbers::of(path.progress),
        done: done(path.progress),
        not_begun: (!path.is_begun()).then(|| phrases::ahead(path)),
        has_section: !options.public || !groups.is_empty(),
        groups,
        stages: path
            .stages
            .iter()
            .map(|part| StageRow {
                part,
                months: part.months.map(quantity::months),
                numbers: Numbers::of(part.progress),
            })
            .collect(),
        burndown: burndown(path, document.as_of),
        forecast_note: forecast::note(&path.note),
        started_on: path.started_on.map(Day::from),
        target_on: path.target_on.map(Day::from),
        planned_end: path.planned_end.map(Day::from),
        hours_per_week: path.hours_per_week.map(a_week),
        pace: path.pace.map(|pace| {
            let weeks = quantity::count(pace.weeks as usize, "week");
            format!("{} over {weeks}", work::pace(&pace))
        }),
        recent_pace: path
            .recent_pace
            // Where both windows are the same there is only one thing to say.
            .filter(|recent| path.pace.is_some_and(|pace| pace.weeks != recent.weeks))
            .map(|pace| {
                let weeks = quantity::count(pace.weeks as usize, "week");
                format!("{} over the last {weeks}", a_week(pace.hours_per_week))
            }),
        steady: path.steady.as_ref().and_then(work::steady),
        forecast: path.forecast.map(|one| (one.earliest.into(), one.latest.into())),
        part: path,
    }
}

/// The milestones under the headings of the portfolio, what was built first.
fn groups<'a>(path: &'a PathPart, milestones: &[&'a ItemPart], options: Options) -> Vec<Group<'a>> {
    let under = |id: Option<&str>| -> Vec<&'a ItemPart> {
        let known = |id: &str| path.portfolio.iter().any(|heading| heading.id == id);
        let heading = |item: &ItemPart| item.portfolio.clone().filter(|id| known(id));
        let mut under: Vec<&ItemPart> =
            milestones.iter().filter(|item| heading(item).as_deref() == id).copied().collect();
        sort::by_key(&mut under, |item| item.rank());
        under
    };
    let others = if path.portfolio.is_empty() { "Milestones" } else { "Other milestones" };
    let headings = path.portfolio.iter().map(|one| (one.title.as_str(), under(Some(&one.id))));
    let mut groups: Vec<(&str, Vec<&ItemPart>)> = headings.collect();
    groups.push((others, under(None)));
    groups.retain(|(_, items)| !items.is_empty());
    sort::by_key(&mut groups, |(_, items)| items.first().map(|item| item.rank()));
    let milestones = |items: Vec<&'a ItemPart>| -> Vec<Milestone<'a>> {
        items.into_iter().map(|item| Milestone::new(item, options)).collect()
    };
    groups
        .into_iter()
        .map(|(title, items)| Group { title, milestones: milestones(items) })
        .collect()
}
