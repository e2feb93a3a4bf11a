//! What is said beside a forecast, or in its place.

use milepost_core::forecast::Calibration;
use milepost_core::forecast::NoForecast;
use milepost_core::forecast::{Note, Without};
use milepost_core::schedule;

/// What goes with a forecast, or why there is none; `None` if a forecast stands alone.
pub(crate) fn note(note: &Note) -> Option<String> {
    let (calibration, lately, counting) = match note {
        Note::Without(without) => return Some(no_forecast(without)),
        Note::With { calibration, lately, counting } => (calibration, lately, counting),
    };
    let mut parts: Vec<String> = calibration.map(calibrated).into_iter().collect();
    parts.extend(lately.map(|(hours, day)| match day {
        Some(day) => format!("at the {hours:.1} h a week of the last 8 weeks: {day}"),
        None if hours < 0.05 => "nothing done in the last 8 weeks".to_owned(),
        None => format!("the last 8 weeks had {hours:.1} h a week"),
    }));
    if !counting.is_empty() {
        parts.push(format!("counting what it needs of {}", counting.join(" and ")));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Why there is no forecast, as a sentence.
pub(crate) fn no_forecast(without: &Without) -> String {
    match without.why {
        NoForecast::Finished if !without.rest.is_empty() => {
            let rest =
                without.rest.iter().map(|(id, hours)| format!("{id} still has {hours:.0} h"));
            format!("arrived; {}", rest.collect::<Vec<_>>().join(", "))
        }
        NoForecast::Finished => "arrived: nothing left".to_owned(),
        NoForecast::NoPace => "no forecast: nothing studied or finished yet".to_owned(),
        NoForecast::TooEarly => "no forecast yet: it needs two weeks of history".to_owned(),
        NoForecast::NoHours => "no forecast: what is left has no hours".to_owned(),
        NoForecast::TooFar => "no forecast: it reaches beyond the year 9999".to_owned(),
    }
}

/// Why something of a plan has no day, as a sentence.
pub(crate) fn no_day(note: &schedule::Note) -> String {
    match note {
        schedule::Note::Snoozed(until) => {
            let waits = "everything left is snoozed, or waits for something snoozed";
            format!("nothing goes on before {until}: {waits}")
        }
        schedule::Note::Away(back) => format!("nothing goes on before {back}: you are away"),
        schedule::Note::NoHours => "no dates: nothing in the plan has hours".to_owned(),
        schedule::Note::NoRate(why) => {
            let why = why.as_ref().map_or("no forecast".to_owned(), no_forecast);
            format!("no dates: {why}, and no weekly hours are planned")
        }
    }
}

/// How long things take, as a clause.
fn calibrated(calibration: Calibration) -> String {
    let times = |factor: f64| match format!("{factor:.1}").as_str() {
        "1.0" => "as long as planned".to_owned(),
        times => format!("{times} times the plan"),
    };
    match (calibration.topics.map(times), calibration.milestones.map(times)) {
        (Some(topics), Some(milestones)) => {
            format!("your topics take {topics}, your milestones {milestones}")
        }
        (Some(topics), None) => format!("your topics take {topics}"),
        (None, Some(milestones)) => format!("your milestones take {milestones}"),
        (None, None) => String::new(),
    }
}
