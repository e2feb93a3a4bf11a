//! The burndown: hours left over time as steps, the plan as a dashed line, the forecast as the cone
//! between its earliest and its latest day.

use askama::Template;
use askama::filters::HtmlSafe;
use chrono::{Datelike, Days, Months, NaiveDate};

use super::super::document::PathPart;
use super::parts::Day;
use crate::model::outlook::Left;
use crate::model::timeline::Forecast;
use crate::text::quantity;

/// Width and height of the plot, in its own units; it is stretched to what there is.
const SIZE: f64 = 1000.0;
/// How often longer than all else a forecast may make the picture.
const LONGEST: f64 = 1.8;

/// The picture of a path's hours.
#[derive(Template)]
#[template(path = "portfolio/burndown.html", whitespace = "minimize")]
pub(super) struct Burndown {
    id: String,
    /// The steps of what was left, and the area below them.
    left: String,
    area: String,
    /// The plan, from the start to the day on which all should be done.
    plan: Option<String>,
    cone: Option<String>,
    lines: Vec<Tick>,
    months: Vec<Tick>,
    /// None where nothing is left: the picture ends on the day of arrival.
    today: Option<Tick>,
    target: Option<Tick>,
    now: String,
    first: Point,
    planned: Option<Day>,
    forecast: Option<(Day, Day)>,
    points: Vec<Point>,
}

impl HtmlSafe for Burndown {}

/// A line of the grid, with its label.
struct Tick {
    /// In the units of the plot.
    at: String,
    /// In percent.
    percent: String,
    anchor: &'static str,
    label: String,
}

struct Point {
    on: Day,
    value: f64,
    hours: String,
}

impl From<&Left> for Point {
    fn from(left: &Left) -> Self {
        Self { on: left.on.into(), value: left.hours, hours: quantity::hours(left.hours) }
    }
}

/// Where days and hours are in the plot.
struct Scale {
    start: NaiveDate,
    days: f64,
    hours: f64,
}

impl Scale {
    fn x(&self, day: NaiveDate) -> f64 {
        day.signed_duration_since(self.start).num_days() as f64 / self.days * SIZE
    }

    fn y(&self, hours: f64) -> f64 {
        SIZE - hours / self.hours * SIZE
    }

    fn at(&self, day: NaiveDate, hours: f64) -> String {
        format!("{:.1} {:.1}", self.x(day), self.y(hours))
    }

    fn tick(&self, day: NaiveDate, label: String) -> Tick {
        let x = self.x(day);
        let anchor = match x {
            x if x < SIZE * 0.12 => "start",
            x if x > SIZE * 0.88 => "end",
            _ => "middle",
        };
        Tick { at: format!("{x:.1}"), percent: format!("{:.2}%", x / SIZE * 100.0), anchor, label }
    }
}

/// The picture; none where there are no hours or nothing was begun.
pub(super) fn burndown(path: &PathPart, as_of: NaiveDate) -> Option<Burndown> {
    let arrived = path.burndown.iter().position(|point| point.hours <= 0.0);
    let points = path.burndown.get(..arrived.map_or(path.burndown.len(), |at| at + 1))?;
    let (first, last) = (points.first()?, points.last()?);
    if first.hours <= 0.0 || !(path.followed || last.hours < first.hours) {
        return None;
    }
    let planned = path.target_on.or(path.planned_end).filter(|end| *end > first.on);
    let end = match arrived {
        Some(_) => last.on,
        None => end(first.on, as_of, planned, path.forecast),
    };
    let days = end.signed_duration_since(first.on).num_days().max(7) as f64;
    let scale = Scale { start: first.on, days, hours: first.hours * 1.04 };

    let mut left = format!("M{}", scale.at(first.on, first.hours));
    for point in points.iter().skip(1) {
        left.push_str(&format!("H{:.1}V{:.1}", scale.x(point.on), scale.y(point.hours)));
    }
    let area = format!("{left}V{SIZE}H0Z");
    let plan = planned.map(|end| {
        let from = path.started_on.unwrap_or(first.on).max(first.on);
        format!("M{}L{}", scale.at(from, first.hours), scale.at(end, 0.0))
    });
    let cone = path.forecast.map(|forecast| {
        let corners = [(as_of, last.hours), (forecast.earliest, 0.0), (forecast.latest, 0.0)];
        corners.map(|(day, hours)| scale.at(day, hours).replace(' ', ",")).join(" ")
    });
    Some(Burndown {
        id: path.id.clone(),
        left,
        area,
        plan,
        cone,
        lines: lines(&scale),
        months: months(&scale, end),
        today: arrived.is_none().then(|| scale.tick(as_of, "today".to_owned())),
        target: path
            .target_on
            .filter(|day| *day > first.on && *day <= end)
            .map(|day| scale.tick(day, "target".to_owned())),
        now: quantity::hours(last.hours),
        first: Point::from(first),
        planned: planned.map(Day::from),
        forecast: path.forecast.map(|one| (one.earliest.into(), one.latest.into())),
        points: points.iter().map(Point::from).collect(),
    })
}

/// The last day of the picture: all of it, but a latest day far away would leave no room for the
/// rest, so the cone is cut there.
fn end(
    start: NaiveDate,
    as_of: NaiveDate,
    planned: Option<NaiveDate>,
    forecast: Option<Forecast>,
) -> NaiveDate {
    let known = [Some(as_of), planned, forecast.map(|forecast| forecast.earliest)];
    let known = known.into_iter().flatten().max().unwrap_or(as_of);
    let Some(latest) = forecast.map(|forecast| forecast.latest) else { return known };
    let days = known.signed_duration_since(start).num_days() as f64 * LONGEST;
    let most = start.checked_add_days(Days::new(days as u64)).unwrap_or(known);
    known.max(latest.min(most))
}

/// Three to five lines at round hours.
fn lines(scale: &Scale) -> Vec<Tick> {
    let rough = scale.hours / 4.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= rough)
        .unwrap_or(rough);
    let hours = (1..=4).map(|line| f64::from(line) * step).take_while(|line| *line <= scale.hours);
    hours
        .map(|hours| {
            let y = scale.y(hours);
            Tick {
                at: format!("{y:.1}"),
                percent: format!("{:.2}%", y / SIZE * 100.0),
                anchor: "end",
                label: quantity::hours(hours),
            }
        })
        .collect()
}

/// At most five months, far enough from each other and from the sides.
fn months(scale: &Scale, end: NaiveDate) -> Vec<Tick> {
    let all = scale.days / 30.4;
    let step = [1, 2, 3, 6, 12, 24, 36, 60]
        .into_iter()
        .find(|step| all / f64::from(*step) <= 5.4)
        .unwrap_or(120);
    let mut found = Vec::new();
    let mut month = scale.start.with_day(1);
    while let Some(day) = month.filter(|day| *day <= end) {
        let x = scale.x(day);
        let rank = u32::try_from(day.year()).unwrap_or(0) * 12 + day.month0();
        if rank.is_multiple_of(step) && (SIZE * 0.06..SIZE * 0.94).contains(&x) {
            found.push(scale.tick(day, day.format("%b %Y").to_string()));
        }
        month = day.checked_add_months(Months::new(1));
    }
    found
}
