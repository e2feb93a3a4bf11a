//! Work and arrival in words: what was done in a week and of an item, how fast, and when the learner
//! arrives.

use chrono::{Datelike, NaiveDate};
use milepost_core::forecast::Steady;
use milepost_core::forecast::{Basis, Forecast};
use milepost_core::forecast::{Measure, Pace};

use crate::text::quantity;

/// Beyond so many weeks a range is one of months.
const FAR: i64 = 26;

/// The hours of a week: `6.5 h studied`, or `22 h of the plan finished`.
pub fn worked(hours: f64, basis: Option<Measure>) -> String {
    match basis {
        Some(Measure::Studied) => format!("{} studied", quantity::hours(hours)),
        // What was read before is proven, or the plan gives it no hours.
        Some(Measure::Planned) if hours <= 0.0 => "something finished".to_owned(),
        Some(Measure::Planned) => format!("{} of the plan finished", quantity::hours(hours)),
        None => "nothing yet".to_owned(),
    }
}

/// A pace: `6.1 h studied a week`, or `5 h of the plan a week`.
pub(crate) fn pace(pace: &Pace) -> String {
    let hours = quantity::hours(pace.hours_per_week);
    match pace.basis {
        Measure::Studied => format!("{hours} studied a week"),
        Measure::Planned => format!("{hours} of the plan a week"),
    }
}

/// What a measure counts: what was studied, or what was finished.
pub(crate) fn done(basis: Measure) -> &'static str {
    match basis {
        Measure::Studied => "studied",
        Measure::Planned => "finished",
    }
}

/// A steady day: `2028-05-22 at your planned 8 h a week`; `None` if there is only a pace, whose range
/// says it.
pub(crate) fn steady(steady: &Steady) -> Option<String> {
    let hours = quantity::hours(steady.rate.hours_per_week);
    (steady.rate.basis == Basis::Plan)
        .then(|| format!("{} at your planned {hours} a week", steady.on))
}

/// A range as seen from a day: `in 6 to 12 weeks`, and `March to September 2028` where it is further.
pub(crate) fn range(forecast: &Forecast, today: NaiveDate) -> String {
    let Forecast { earliest, latest, .. } = *forecast;
    let weeks = |day: NaiveDate| day.signed_duration_since(today).num_days() as f64 / 7.0;
    let (first, last) = (weeks(earliest).floor().max(0.0), weeks(latest).ceil());
    if last <= FAR as f64 {
        return match (first as i64, last as i64) {
            (0, 1) => "within a week".to_owned(),
            (0, last) => format!("within {last} weeks"),
            (first, last) => format!("in {first} to {last} weeks"),
        };
    }
    let month = |day: NaiveDate| day.format("%B %Y").to_string();
    if (earliest.year(), earliest.month()) == (latest.year(), latest.month()) {
        format!("in {}", month(latest))
    } else if earliest.year() == latest.year() {
        format!("{} to {}", earliest.format("%B"), month(latest))
    } else {
        format!("{} to {}", month(earliest), month(latest))
    }
}

/// The time that was spent, and what is planned if that is known: `45 min of 3 h`.
pub(crate) fn spent(minutes: u32, planned: Option<f64>) -> String {
    let (spent, beyond) = measured(minutes, planned);
    spent + &beyond
}

/// The same while it goes on: `45 min of 3 h so far`, and `22 h so far, 8 h planned`.
pub(crate) fn so_far(minutes: u32, planned: Option<f64>) -> String {
    let (spent, beyond) = measured(minutes, planned);
    format!("{spent} so far{beyond}")
}

/// The time that was spent, of what is planned; and behind it, where it was more, what was planned.
fn measured(minutes: u32, planned: Option<f64>) -> (String, String) {
    let spent = quantity::minutes(minutes);
    match planned.map(|hours| (hours, quantity::hours(hours))) {
        None => (spent, String::new()),
        Some((hours, planned)) if f64::from(minutes) <= hours * 60.0 => {
            (format!("{spent} of {planned}"), String::new())
        }
        Some((_, planned)) => (spent, format!(", {planned} planned")),
    }
}

/// What is left of the hours of something: `9 of 15 h left`; `15 h` where nothing was studied of it.
pub(crate) fn left(left: Option<f64>, hours: Option<f64>) -> String {
    let Some(left) = left.or(hours) else { return String::new() };
    let said = quantity::hours(left);
    match hours.filter(|hours| *hours != left) {
        None => said,
        Some(hours) if left > hours => format!("{said} left"),
        Some(hours) => {
            let all = quantity::hours(hours);
            if all == said {
                // A little of much, rounded, is nothing.
                return all;
            }
            // The unit once, where both have the same.
            let short = said.strip_suffix(" h").filter(|_| all.ends_with(" h"));
            format!("{} of {all} left", short.unwrap_or(&said))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_in_weeks_and_further_away_in_months() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (earliest, latest, words) in [
            ("2026-11-30", "2026-12-01", "within a week"),
            ("2026-12-02", "2026-12-14", "within 3 weeks"),
            ("2026-12-08", "2026-12-09", "in 1 to 2 weeks"),
            ("2027-01-12", "2027-02-20", "in 6 to 12 weeks"),
            ("2027-01-12", "2027-05-30", "in 6 to 26 weeks"),
            ("2027-01-12", "2027-06-01", "January to June 2027"),
            ("2027-03-12", "2028-06-01", "March 2027 to June 2028"),
            ("2028-06-01", "2028-06-29", "in June 2028"),
        ] {
            let [earliest, latest] = [earliest, latest].map(day);
            let forecast = Forecast { earliest, latest, expected: earliest };
            assert_eq!(range(&forecast, day("2026-11-29")), words, "{earliest} {latest}");
        }
    }
}
