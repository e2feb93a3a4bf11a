//! A calendar of activity: a cell a day, weeks as columns that begin on Monday, five levels that can
//! be told apart without colour. `status` shows it.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

/// The rows, from Monday; every second one is labelled.
const DAYS: [&str; 7] = ["Mon", "", "Wed", "", "Fri", "", "Sun"];
const LEVELS: [char; 5] = ['·', '░', '▒', '▓', '█'];
const ASCII_LEVELS: [char; 5] = ['.', '-', '+', '*', '#'];
/// Columns of the labels.
const LABEL: usize = 4;

/// How active a day was, 0 to 4, against the busiest day; any activity is at least 1.
pub(crate) fn level(value: f64, busiest: f64) -> usize {
    if value > 0.0 && busiest > 0.0 {
        ((value / busiest * 4.0).ceil() as usize).clamp(1, 4)
    } else {
        0
    }
}

/// The calendar of the last `weeks` weeks up to today, as lines of at most `columns` columns; fewer
/// weeks where the screen is too narrow.
///
/// `days` gives the activity of a day: any measure, above 0 where there was some.
pub(crate) fn calendar(
    days: &BTreeMap<NaiveDate, f64>,
    today: NaiveDate,
    weeks: usize,
    columns: usize,
    unicode: bool,
) -> String {
    let room = columns.saturating_sub(LABEL);
    // Two columns a week read better; one does where there is no room.
    let step = if weeks * 2 <= room { 2 } else { 1 };
    let weeks = weeks.min(room / step).max(1);
    let before = 7 * (weeks as u64 - 1) + u64::from(today.weekday().num_days_from_monday());
    let Some(first) = today.checked_sub_days(Days::new(before)) else {
        return String::new();
    };
    let shown = days.range(first..=today);
    let busiest = shown.fold(0.0_f64, |most, (_, value)| most.max(*value));
    let levels = if unicode { LEVELS } else { ASCII_LEVELS };

    let mut text = months(first, weeks, step);
    for (row, label) in DAYS.iter().enumerate() {
        let mut line = format!("{label:<LABEL$}");
        for week in 0..weeks {
            // Behind today there is nothing, be it because the calendar ends.
            let day = first.checked_add_days(Days::new((week * 7 + row) as u64));
            let cell = match day.filter(|day| *day <= today) {
                Some(day) => {
                    let value = days.get(&day).copied().unwrap_or(0.0);
                    levels.get(level(value, busiest)).copied().unwrap_or(' ')
                }
                None => ' ',
            };
            line.push(cell);
            if step == 2 {
                line.push(' ');
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// What the cells mean.
pub(crate) fn legend(unicode: bool) -> String {
    let levels = if unicode { LEVELS } else { ASCII_LEVELS };
    let cells: Vec<String> = levels.iter().map(char::to_string).collect();
    format!("less {} more", cells.join(" "))
}

/// The names of the months above the weeks in which they begin, as far as they do not touch.
fn months(first: NaiveDate, weeks: usize, step: usize) -> String {
    let mut line = " ".repeat(LABEL);
    for week in 0..weeks {
        // The month of the first week is named unless the next one follows too closely.
        let monday = |week: usize| first.checked_add_days(Days::new(week as u64 * 7));
        let begins = |week: usize| monday(week).is_some_and(|monday| monday.day() <= 7);
        let named = begins(week) || (week == 0 && !(1..=4 / step).any(begins));
        let at = LABEL + week * step;
        let room = line.len() < at || (line.len() == at && (week == 0 || line.ends_with(' ')));
        // A name that would stand out behind the last week is left out.
        if named && room && at + 3 <= LABEL + weeks * step {
            line.push_str(&" ".repeat(at - line.len()));
            line.extend(monday(week).map(|monday| monday.format("%b").to_string()));
        }
    }
    let mut line = line.trim_end().to_owned();
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::columns;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn levels() {
        for (value, busiest, expected) in [
            (0.0, 10.0, 0),
            (0.1, 10.0, 1),
            (2.5, 10.0, 1),
            (2.6, 10.0, 2),
            (7.5, 10.0, 3),
            (10.0, 10.0, 4),
            (3.0, 0.0, 0),
            (f64::NAN, 10.0, 0),
        ] {
            assert_eq!(level(value, busiest), expected, "{value} of {busiest}");
        }
    }

    #[test]
    fn four_weeks() {
        let days = [("2026-11-02", 1.0), ("2026-11-19", 8.0), ("2026-11-20", 4.0)];
        let days = days.map(|(on, value)| (day(on), value)).into_iter().collect();
        // 2026-11-20 is a Friday.
        let shown = calendar(&days, day("2026-11-20"), 4, 40, false);
        assert_eq!(
            shown,
            "      Nov\nMon . - . .\n    . . . .\nWed . . . .\n    . . . #\nFri . . . +\n    . . .\nSun . . .\n"
        );
    }

    #[test]
    fn the_calendar_has_an_end_and_a_beginning() {
        for today in
            [NaiveDate::MAX, NaiveDate::MAX - Days::new(3), NaiveDate::MIN + Days::new(200)]
        {
            let shown = calendar(&BTreeMap::from([(today, 1.0)]), today, 4, 40, false);
            assert_eq!(shown.matches('#').count(), 1, "{today}: {shown}");
        }
        assert_eq!(calendar(&BTreeMap::new(), NaiveDate::MIN, 4, 40, false), "");
    }

    #[test]
    fn it_fits_any_screen() {
        let days = BTreeMap::from([(day("2026-11-02"), 1.0)]);
        for width in [0, 1, 5, 20, 40, 57, 80, 200] {
            let shown = calendar(&days, day("2026-11-20"), 26, width, true);
            for line in shown.lines() {
                assert!(columns(line) <= width.max(LABEL + 3), "{width}: {line:?}");
            }
        }
    }
}
