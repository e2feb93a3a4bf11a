//! The calendar of activity: a cell a day, weeks as columns from Monday, five shades whose lightness
//! differs, so that grey and colour say the same.

use std::collections::HashMap;

use askama::Template;
use askama::filters::HtmlSafe;
use chrono::{Datelike, Days, NaiveDate};
use milepost_core::progress::{ActiveDay, Activity};

use super::parts::Day;
use crate::text::calendar::level;
use crate::text::quantity;
use crate::words::work;

/// The columns.
const WEEKS: u64 = 26;

/// The calendar of the last weeks.
#[derive(Template)]
#[template(path = "portfolio/activity.html", whitespace = "minimize")]
pub(super) struct Calendar<'a> {
    activity: &'a Activity,
    cells: Vec<Cell>,
    months: Vec<Month>,
    from: Day,
    to: Day,
    /// Whether minutes were logged in these weeks.
    with_minutes: bool,
    /// The active days of these weeks, the newest first.
    shown: Vec<Row>,
}

impl HtmlSafe for Calendar<'_> {}

struct Cell {
    x: u64,
    y: u64,
    level: usize,
}

struct Month {
    x: String,
    name: String,
}

struct Row {
    on: Day,
    items: usize,
    hours: String,
    studied: String,
}

impl Calendar<'_> {
    /// What was done, in a sentence.
    fn words(&self) -> String {
        let Activity {
            streak_weeks,
            longest_streak_weeks,
            active_days,
            hours_this_week,
            basis_this_week,
            ..
        } = self.activity;
        let weeks = |weeks: &u32| quantity::count(*weeks as usize, "active week");
        format!(
            "{} in all, {} in a row up to now (longest row {longest_streak_weeks}), {} since \
             Monday.",
            quantity::count(*active_days, "active day"),
            weeks(streak_weeks),
            work::worked(*hours_this_week, *basis_this_week),
        )
    }
}

/// The calendar of the weeks up to a day; `None` if nothing was finished.
pub(super) fn calendar(activity: &Activity, today: NaiveDate) -> Option<Calendar<'_>> {
    let monday =
        today.checked_sub_days(Days::new(u64::from(today.weekday().num_days_from_monday())))?;
    let first = monday.checked_sub_days(Days::new(7 * (WEEKS - 1)))?;
    let shown: Vec<&ActiveDay> =
        activity.days.iter().filter(|day| (first..=today).contains(&day.on)).collect();
    if activity.days.is_empty() {
        return None;
    }
    let busiest = shown.iter().map(|day| day.amount()).fold(0.0, f64::max);
    let amounts: HashMap<NaiveDate, f64> = shown.iter().map(|day| (day.on, day.amount())).collect();
    let days = first.iter_days().take_while(|day| *day <= today);
    let cells = days
        .zip(0_u64..)
        .map(|(day, at)| Cell {
            x: at / 7,
            y: at % 7,
            level: level(amounts.get(&day).copied().unwrap_or(0.0), busiest),
        })
        .collect();
    Some(Calendar {
        activity,
        cells,
        months: months(first),
        from: first.into(),
        to: today.into(),
        with_minutes: shown.iter().any(|day| day.minutes > 0),
        shown: shown
            .into_iter()
            .rev()
            .map(|day| Row {
                on: day.on.into(),
                items: day.items,
                hours: quantity::hours(day.hours),
                studied: quantity::hours(f64::from(day.minutes) / 60.0),
            })
            .collect(),
    })
}

/// The months that begin in these weeks, where there is room for the name.
fn months(first: NaiveDate) -> Vec<Month> {
    let mondays = first.iter_days().step_by(7).zip(0..WEEKS);
    mondays
        .filter(|(monday, week)| monday.day() <= 7 && *week < WEEKS - 1)
        .map(|(monday, week)| Month {
            x: format!("{:.2}%", week as f64 / WEEKS as f64 * 100.0),
            name: monday.format("%b").to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use milepost_core::report::export::sample::day;
    use std::collections::BTreeMap;

    use milepost_core::internals::activity::{Finished, of_days};
    use milepost_core::internals::study_days::StudyDays;

    fn finished(days: &[(u32, u32, usize)]) -> Activity {
        let days = days.iter().flat_map(|&(month, of_month, items)| {
            std::iter::repeat_n(Finished { on: day(2026, month, of_month), hours: 1.0 }, items)
        });
        let finished: Vec<Finished> = days.collect();
        of_days(&finished, &BTreeMap::new(), &StudyDays::default(), day(2026, 11, 20))
    }

    #[test]
    fn a_cell_a_day_from_a_monday_to_today() {
        let activity = finished(&[(5, 1, 9), (5, 25, 1), (11, 20, 4)]);
        // A Friday.
        let calendar = calendar(&activity, day(2026, 11, 20)).unwrap();
        assert_eq!(calendar.cells.len(), 25 * 7 + 5);
        let levels = |level: usize| -> Vec<(u64, u64)> {
            let cells = calendar.cells.iter().filter(|cell| cell.level == level);
            cells.map(|cell| (cell.x, cell.y)).collect()
        };
        assert_eq!(levels(4), [(25, 4)]);
        assert_eq!(levels(1), [(0, 0)]);
        // What is before the first Monday is in no cell and no row.
        assert_eq!(calendar.shown.len(), 2);
        assert_eq!(calendar.shown[0].items, 4);
        let names: Vec<&str> = calendar.months.iter().map(|month| month.name.as_str()).collect();
        assert_eq!(names, ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]);
        assert_eq!(
            calendar.words(),
            "3 active days in all, 1 active week in a row up to now (longest row 1), 4 h of the plan finished \
             since Monday."
        );
    }

    #[test]
    fn nothing_done_is_no_picture() {
        assert!(calendar(&finished(&[]), day(2026, 11, 20)).is_none());
        assert!(calendar(&finished(&[(1, 1, 1)]), NaiveDate::MIN).is_none());
    }
}
