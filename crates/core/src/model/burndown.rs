//! What a burndown shows, on a terminal and on the page: from when on, and where the planned line
//! begins.

use chrono::{Days, NaiveDate};

use super::path_forecast::Left;

/// What is shown of the hours left over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Hours left, from the first day that is shown up to now.
    pub points: Vec<Left>,
    /// The planned line: what was left when the path was begun, and the day to have none left.
    pub plan: Option<(Left, NaiveDate)>,
}

/// What is shown of some points, of which there is one at least; `end` is the last day of the
/// picture, `plan` the day to have none left.
///
/// A plan cannot begin before the path was: what was done earlier, or credited with an earlier day,
/// is no part of it. Nor does it fill the picture: what was before the beginning takes half of it at
/// most.
pub fn shown(
    points: &[Left],
    started_on: Option<NaiveDate>,
    plan: Option<NaiveDate>,
    end: NaiveDate,
) -> Option<Shown> {
    let first = points.first()?;
    let start = started_on.unwrap_or(first.on).max(first.on);
    let after = end.signed_duration_since(start).num_days().max(1).unsigned_abs();
    let from = start.checked_sub_days(Days::new(after)).unwrap_or(first.on).max(first.on);
    let kept = points.iter().filter(|point| point.on > from).copied();
    let points: Vec<Left> = std::iter::once(left_on(points, from)?).chain(kept).collect();
    // The work of the first day is part of the plan.
    let begin = start.pred_opt().filter(|day| *day >= from).unwrap_or(start);
    let begin = left_on(&points, begin)?;
    Some(Shown { plan: plan.filter(|day| *day > begin.on).map(|day| (begin, day)), points })
}

/// What was left at the end of a day.
fn left_on(points: &[Left], day: NaiveDate) -> Option<Left> {
    let before = points.iter().take_while(|point| point.on <= day).last();
    before.or(points.first()).map(|left| Left { on: day, hours: left.hours })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn left(points: &[(&str, f64)]) -> Vec<Left> {
        points.iter().map(|(on, hours)| Left { on: day(on), hours: *hours }).collect()
    }

    #[test]
    fn the_plan_begins_with_the_path() {
        let points = left(&[("2026-10-31", 80.0), ("2026-11-05", 60.0), ("2026-12-01", 60.0)]);
        let end = day("2027-03-01");
        let shown = shown(&points, Some(day("2026-11-01")), Some(end), end).unwrap();
        assert_eq!(shown.points, points);
        assert_eq!(shown.plan, Some((points[0], end)));
    }

    #[test]
    fn what_was_done_years_before_is_neither_planned_nor_most_of_the_picture() {
        let points = left(&[
            ("2019-04-30", 80.0),
            ("2019-05-01", 76.0),
            ("2026-11-03", 72.0),
            ("2026-11-15", 56.0),
        ]);
        let end = day("2026-12-02");
        let shown = shown(&points, Some(day("2026-11-02")), Some(end), end).unwrap();
        // Thirty days on both sides of the start.
        let expected = left(&[("2026-10-03", 76.0), ("2026-11-03", 72.0), ("2026-11-15", 56.0)]);
        assert_eq!(shown.points, expected);
        assert_eq!(shown.plan, Some((left(&[("2026-11-01", 76.0)])[0], end)));
    }

    #[test]
    fn nothing_is_planned_for_a_day_that_was_before() {
        let points = left(&[("2026-10-31", 80.0), ("2026-12-01", 80.0)]);
        let end = day("2026-12-01");
        let plan = |plan| shown(&points, Some(day("2026-11-01")), plan, end).unwrap().plan;
        assert_eq!(plan(Some(day("2026-10-01"))), None);
        assert_eq!(plan(None), None);
        assert_eq!(shown(&[], None, None, end), None);
        // A path that is not followed is planned from its first mark on.
        let shown = shown(&points, None, Some(end), end).unwrap();
        assert_eq!(shown.plan, Some((points[0], end)));
    }
}
