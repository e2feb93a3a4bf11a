//! The burndown: hours left over time as steps, the plan as a dashed line, the forecast as the cone
//! between its earliest and its latest day.

use askama::Template;
use askama::filters::HtmlSafe;
use chrono::{Datelike, Days, Months, NaiveDate};
use milepost_core::forecast::Forecast;
use milepost_core::forecast::Left;
use milepost_core::forecast::{Shown, shown};
use milepost_core::report::export::PathPart;

use super::parts::Day;
use crate::text::quantity;

/// Width and height of the plot, in its own units; it is stretched to what there is.
const SIZE: f64 = 1000.0;
/// Below this many days there is nothing to see.
const LEAST_DAYS: f64 = 14.0;
/// How often longer than all else a forecast can make the picture.
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

/// The picture; `None` if there are no hours, nothing was begun, or it is too early.
pub(super) fn burndown(path: &PathPart, as_of: NaiveDate) -> Option<Burndown> {
    let arrived = path.burndown.iter().position(|point| point.hours <= 0.0);
    let points = path.burndown.get(..arrived.map_or(path.burndown.len(), |at| at + 1))?;
    let (first, last) = (points.first()?, points.last()?);
    if first.hours <= 0.0 || !(path.followed || last.hours < first.hours) {
        return None;
    }
    let started_on = path.started_on.unwrap_or(first.on).max(first.on);
    let planned = path.target_on.or(path.planned_end);
    let end = match arrived {
        Some(_) => last.on,
        None => end(started_on, as_of, planned.filter(|end| *end > started_on), path.forecast),
    };
    let Shown { points: drawn, plan } = shown(points, path.started_on, planned, end)?;
    let begin = drawn.first()?;
    let days = end.signed_duration_since(begin.on).num_days() as f64;
    if days < LEAST_DAYS || begin.hours <= 0.0 {
        return None;
    }
    let scale = Scale { start: begin.on, days, hours: begin.hours * 1.04 };

    let mut left = format!("M{}", scale.at(begin.on, begin.hours));
    for point in drawn.iter().skip(1) {
        left.push_str(&format!("H{:.1}V{:.1}", scale.x(point.on), scale.y(point.hours)));
    }
    let area = format!("{left}V{SIZE}H0Z");
    let line = plan
        .map(|(from, end)| format!("M{}L{}", scale.at(from.on, from.hours), scale.at(end, 0.0)));
    let cone = path.forecast.map(|forecast| {
        let corners = [(as_of, last.hours), (forecast.earliest, 0.0), (forecast.latest, 0.0)];
        corners.map(|(day, hours)| scale.at(day, hours).replace(' ', ",")).join(" ")
    });
    Some(Burndown {
        id: path.id.clone(),
        left,
        area,
        plan: line,
        cone,
        lines: lines(&scale),
        months: months(&scale, end),
        today: arrived.is_none().then(|| scale.tick(as_of, "today".to_owned())),
        target: path
            .target_on
            .filter(|day| *day > begin.on && *day <= end)
            .map(|day| scale.tick(day, "target".to_owned())),
        now: quantity::hours(last.hours),
        first: Point::from(begin),
        planned: plan.map(|(_, end)| end.into()),
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
        if rank.is_multiple_of(step) && (SIZE * 0.09..SIZE * 0.91).contains(&x) {
            // Not moved inwards at the sides: it would meet its neighbour.
            let tick = scale.tick(day, day.format("%b %Y").to_string());
            found.push(Tick { anchor: "middle", ..tick });
        }
        month = day.checked_add_months(Months::new(1));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use milepost_core::report::export::sample::{day, sample};

    /// A path of 100 h since January, of which 60 are left in April.
    fn path() -> PathPart {
        let mut path = sample().paths.remove(0);
        let points = [(day(2026, 1, 1), 100.0), (day(2026, 2, 1), 80.0), (day(2026, 4, 1), 60.0)];
        path.burndown = points.map(|(on, hours)| Left { on, hours }).to_vec();
        path.started_on = Some(day(2026, 1, 1));
        (path.target_on, path.planned_end, path.forecast) = (None, None, None);
        path
    }

    #[test]
    fn it_goes_down_in_steps() {
        let picture = burndown(&path(), day(2026, 4, 1)).unwrap();
        // 31 of 90 days, and 80, 60 of 104 h.
        assert_eq!(picture.left, "M0.0 38.5H344.4V230.8H1000.0V423.1");
        assert_eq!(picture.area, "M0.0 38.5H344.4V230.8H1000.0V423.1V1000H0Z");
        assert_eq!((picture.plan, picture.cone), (None, None));
        let labels = |ticks: &[Tick]| -> Vec<String> {
            ticks.iter().map(|tick| tick.label.clone()).collect()
        };
        assert_eq!(labels(&picture.lines), ["50 h", "100 h"]);
        assert_eq!(labels(&picture.months), ["Feb 2026", "Mar 2026"]);
    }

    #[test]
    fn the_plan_ends_on_the_target_else_with_the_months() {
        let mut path = path();
        path.planned_end = Some(day(2026, 12, 27));
        let with_months = burndown(&path, day(2026, 4, 1)).unwrap();
        assert_eq!(with_months.plan.unwrap(), "M0.0 38.5L1000.0 1000.0");
        assert!(with_months.target.is_none());
        path.target_on = Some(day(2026, 6, 30));
        let with_target = burndown(&path, day(2026, 4, 1)).unwrap();
        assert_eq!(with_target.plan.unwrap(), "M0.0 38.5L1000.0 1000.0");
        assert_eq!(with_target.target.unwrap().percent, "100.00%");
    }

    #[test]
    fn the_plan_begins_with_the_path_and_not_with_the_oldest_mark() {
        let mut path = path();
        path.burndown.insert(0, Left { on: day(2019, 1, 1), hours: 110.0 });
        (path.started_on, path.planned_end) = (Some(day(2026, 1, 2)), Some(day(2026, 7, 1)));
        let picture = burndown(&path, day(2026, 4, 1)).unwrap();
        // As many days before the start as after it, but for the one whose work is planned.
        assert_eq!(picture.plan.unwrap(), "M497.2 125.9L1000.0 1000.0");
        assert!(picture.left.starts_with("M0.0 38.5H"), "{}", picture.left);
    }

    #[test]
    fn a_forecast_far_away_leaves_room_for_the_rest() {
        let mut path = path();
        let far = |latest| Forecast { earliest: day(2026, 6, 30), latest, expected: latest };
        path.forecast = Some(far(day(2026, 8, 29)));
        let near = burndown(&path, day(2026, 4, 1)).unwrap();
        assert_eq!(near.cone.unwrap(), "375.0,423.1 750.0,1000.0 1000.0,1000.0");
        path.forecast = Some(far(day(2036, 1, 1)));
        let cut = burndown(&path, day(2026, 4, 1)).unwrap();
        // 180 days up to the earliest, 1.8 times that in all.
        let today: f64 = cut.today.unwrap().at.parse().unwrap();
        assert!((today - 90.0 / 324.0 * SIZE).abs() < 0.1, "{today}");
    }

    #[test]
    fn months_have_room_on_a_phone() {
        for days in (14..4000).step_by(7) {
            let start = day(2026, 3, 3);
            let end = start + Days::new(days);
            let scale = Scale { start, days: days as f64, hours: 100.0 };
            let at: Vec<f64> =
                months(&scale, end).iter().map(|tick| tick.at.parse().unwrap()).collect();
            let close = at.windows(2).any(|pair| pair[1] - pair[0] < SIZE * 0.16);
            assert!(!close && at.len() <= 6, "{days} days: {at:?}");
        }
    }

    #[test]
    fn it_ends_on_arrival() {
        let mut path = path();
        path.burndown[1].hours = 0.0;
        path.burndown[2].hours = 0.0;
        let picture = burndown(&path, day(2026, 4, 1)).unwrap();
        assert_eq!(picture.left, "M0.0 38.5H1000.0V1000.0");
        assert!(picture.today.is_none());
    }

    #[test]
    fn too_little_is_no_picture() {
        let as_of = day(2026, 4, 1);
        let mut early = path();
        early.burndown[0].on = day(2026, 3, 25);
        early.burndown.remove(1);
        assert!(burndown(&early, as_of).is_none());
        let mut without_hours = path();
        without_hours.burndown.iter_mut().for_each(|point| point.hours = 0.0);
        assert!(burndown(&without_hours, as_of).is_none());
        let mut nothing = path();
        nothing.burndown.clear();
        assert!(burndown(&nothing, as_of).is_none());
    }
}
