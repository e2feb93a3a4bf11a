//! Two learners through the shipped paths, each in two ways, from the first evening to the last: what
//! every evening is answered, what a week says of itself, and what the forecast makes of it.
//!
//! A month a line: the percentage, the hours studied, the hours of the plan that were done by them, the
//! pace (with a star where it is that of the plan), the hours that its last week says, when the learner
//! arrives, and what `next` said last.

use std::fmt::Write;

use chrono::{Datelike, Days, NaiveDate};
use milepost::words::work;
use milepost_core::Catalog;
use milepost_core::forecast::Measure;
use milepost_core::forecast::{Forecast, NoForecast};
use milepost_core::internals::activity::activity;
use milepost_core::internals::path_forecast::PathForecast;
use milepost_core::internals::progress::progress;
use milepost_core::internals::study_days::StudyDays;
use milepost_core::internals::units;
use milepost_core::progress::Activity;
use milepost_path::Node;

use crate::life::{Life, START, Way, day_of};
use crate::quantile;

const WAYS: [Way; 4] = [
    // The pause is said when it is over: until then each of its weeks costs more than itself.
    Way {
        name: "obedient, logged, away said",
        is_keen: false,
        logs: true,
        says_away: true,
        most_moves: [18.0, 30.0],
    },
    Way {
        name: "obedient",
        is_keen: false,
        logs: false,
        says_away: false,
        most_moves: [80.0, 18.0],
    },
    // The holidays are not said, so that each of their days costs one.
    Way {
        name: "keen, logged",
        is_keen: true,
        logs: true,
        says_away: false,
        most_moves: [38.0, 26.0],
    },
    Way {
        name: "keen, away said",
        is_keen: true,
        logs: false,
        says_away: true,
        most_moves: [92.0, 26.0],
    },
];
/// Each week of the first years is looked at, and of what comes later every fourth.
const WEEKS: u64 = 104;
/// By then each has arrived.
const MOST_WEEKS: u64 = 260;

#[test]
fn two_years_with_milepost() {
    let transcripts = std::thread::scope(|scope| {
        let walks = WAYS.map(|way| scope.spawn(move || walk(way)));
        walks.map(|walk| walk.join().unwrap())
    });
    let (mut covered, mut all) = (0, 0);
    for (transcript, ranges) in transcripts {
        println!("{transcript}");
        covered += ranges.iter().filter(|is_in| **is_in).count();
        all += ranges.len();
    }
    let cover = covered as f64 / all as f64;
    println!("{:.0} % of the ranges hold", 100.0 * cover);
    assert!(cover >= 0.75, "{cover}");
}

/// The transcript of a life, and whether each range held from the tenth week on.
fn walk(way: Way) -> (String, Vec<bool>) {
    let catalog = Catalog::new(milepost::builtin::BUILT_INS, Vec::new(), false, None);
    let mut text = format!(
        "{:27} {:>5} {:>7} {:>5} {:>5} {:>4}  {:10} {:22} next\n",
        way.name, "%", "studied", "ratio", "pace", "week", "arrives", "between"
    );
    let mut life = Life::new(way, &catalog);
    let mut forecasts: Vec<(u64, Forecast)> = Vec::new();
    for week in 0..MOST_WEEKS {
        life.live(week);
        if week > WEEKS && week % 4 > 0 {
            continue;
        }
        let outlook = life.outlook();
        let at = format!("{}, week {week}", way.name);
        let range = match outlook.forecast {
            Ok(range) => range,
            Err(NoForecast::Finished) => break,
            Err(why) => panic!("{at}: {why:?}"),
        };
        assert!(life.today < range.earliest && range.earliest < range.latest, "{at}: {range:?}");
        let active = activity(&life.view(), life.paths(), life.today);
        hold_week(&life, &active, &at);
        let ratio = worth(&life, &outlook) / life.studied;
        if week >= 10 {
            assert!((0.75..=1.35).contains(&ratio), "{at}: {ratio} hours of plan an hour");
        }
        let is_last_of_month = (life.today + Days::new(7)).month() != life.today.month();
        if week <= WEEKS && is_last_of_month {
            text.push_str(&line(&life, &outlook, range, ratio, active.hours_this_week));
        }
        forecasts.push((week, range));
    }
    let (evenings, with_work) = life.evenings;
    assert!(with_work * 100 >= evenings * 95, "{}: {with_work} of {evenings}", way.name);
    let percent = progress(&life.view(), &Node::Path(life.path())).percent;
    assert_eq!(percent, 100.0, "{}", way.name);
    writeln!(text, "{} {percent:.1} {:7.0} arrived", life.today, life.studied).unwrap();
    let moves = moves(&forecasts);
    writeln!(text, "95 % of the weekly moves: {moves:?} days").unwrap();
    let is_still = moves.iter().zip(way.most_moves).all(|(days, most)| *days <= most);
    assert!(is_still, "{}: {moves:?}", way.name);
    let told = forecasts.iter().filter(|(week, _)| *week >= 10);
    let holds = |range: &Forecast| (range.earliest..=range.latest).contains(&life.today);
    (text, told.map(|(_, range)| holds(range)).collect())
}

/// What a week says of itself: its hours, and the streak.
fn hold_week(life: &Life<'_>, active: &Activity, at: &str) {
    let hours = life.hours_this_week();
    if life.way.logs && hours > 0.0 {
        assert_eq!(active.basis_this_week, Some(Measure::Studied), "{at}");
        assert!((active.hours_this_week - hours).abs() < 0.01, "{at}: {hours}");
    } else if life.active.contains(&life.week()) {
        assert_eq!(active.basis_this_week, Some(Measure::Planned), "{at}");
        let words = work::worked(active.hours_this_week, active.basis_this_week);
        assert!(!words.starts_with("0 h"), "{at}: {words}");
    } else {
        assert_eq!(active.basis_this_week, None, "{at}");
    }
    let days = StudyDays::without(life.away());
    let mut streak = 0;
    // This week is not over.
    for week in (0..=life.week()).rev() {
        let is_away = days.count(day_of(week), day_of(week) + Days::new(6)) == 0;
        if life.active.contains(&week) && !is_away {
            streak += 1;
        } else if !is_away && week < life.week() {
            break;
        }
    }
    assert_eq!(active.streak_weeks, streak, "{at}");
}

/// The 95th percentile of how far the forecast moves in a week, in days: in the weeks 10 to 40, and later.
fn moves(forecasts: &[(u64, Forecast)]) -> [f64; 2] {
    let mut moves: [Vec<f64>; 2] = Default::default();
    for pair in forecasts.windows(2) {
        let [(before, was), (week, is)] = pair else { continue };
        if *week >= 10 && week - before == 1 {
            let days = (is.expected - was.expected).num_days().abs();
            moves[usize::from(*week >= 40)].push(days as f64);
        }
    }
    moves.map(|mut days| quantile(&mut days, 0.95))
}

/// The hours of the plan that were done, with what was read of topics that are not proven.
fn worth(life: &Life<'_>, outlook: &PathForecast<'_>) -> f64 {
    let (view, steps) = (life.view(), &outlook.plan.steps);
    let history = units::history(&view, &outlook.route, steps, (Some(START), None), life.today);
    history.units.iter().map(|unit| unit.worth).sum()
}

fn line(
    life: &Life<'_>,
    outlook: &PathForecast<'_>,
    range: Forecast,
    ratio: f64,
    this_week: f64,
) -> String {
    let percent = progress(&life.view(), &Node::Path(life.path())).percent;
    let pace = outlook.pace.map_or("-".to_owned(), |pace| {
        let of_plan = if pace.basis == Measure::Studied { " " } else { "*" };
        format!("{:.1}{of_plan}", pace.hours_per_week)
    });
    let month: fn(NaiveDate) -> String = |day| day.format("%Y-%m").to_string();
    format!(
        "{:27} {percent:5.1} {:7.0} {ratio:5.2} {pace:>5} {this_week:4.0}  {} {}..{} {}\n",
        month(life.today),
        life.studied,
        range.expected,
        range.earliest,
        range.latest,
        life.told,
    )
}
