use chrono::Days;
use proptest::prelude::*;

use super::*;
use crate::model::fixture::{cases, day, histories, sketch, standing};
use crate::model::standing::{ItemState, Standing, Subject};

/// What was finished so many days ago, with its hours.
fn ago(today: NaiveDate, all: &[(u64, f64)]) -> Vec<Finished> {
    let mut finished: Vec<Finished> = all
        .iter()
        .map(|(days, hours)| Finished { on: today - Days::new(*days), hours: *hours })
        .collect();
    finished.sort_by_key(|one| one.on);
    finished
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[test]
fn what_counts_as_finished_by_study() {
    let shelf = sketch(
        "path p
         stage s
         topic t 10h
         skill a
         skill b optional
         resource r 3h
         milestone m 4h
         path q
         stage s
         topic t
         resource x 3h
         resource y 5h optional",
    );
    for (marks, known, expected) in [
        ("", "", &[][..]),
        ("p/a=done", "", &[10.0][..]),
        ("p/a=done p/m=done", "", &[10.0, 4.0]),
        // What a percentage does not count is activity, but no pace.
        ("p/b=done", "", &[0.0]),
        ("p/r=done", "", &[0.0]),
        ("q/x=done q/y=done", "", &[3.0, 0.0]),
        ("p/a=doing p/m=skipped q/x=todo", "", &[]),
        ("p/a=done p/m=done", "p/a", &[4.0]),
    ] {
        let mut standing = standing(marks);
        if !known.is_empty() {
            let reference = Ref::from_text(known);
            let state = standing.item_at(&reference).unwrap().clone();
            let state = ItemState { known: true, ..state };
            standing.put(&reference, Some(Subject::Item(state)));
        }
        let view = View { shelf: &shelf, standing: &standing };
        let finished = finished(&view, &shelf);
        assert!(finished.iter().all(|one| one.on == day(1, 1)));
        let hours: Vec<f64> = finished.iter().map(|one| one.hours).collect();
        assert_eq!(hours, expected, "{marks}, known {known}");
    }
}

#[test]
fn an_item_of_several_paths_is_finished_once() {
    let shelf = sketch(
        "path shows
         stage s
         topic t
         resource r 1h optional same=counts/r
         path counts
         stage s
         topic t
         resource r 3h
         path also
         stage s
         topic t
         resource r 2h same=counts/r",
    );
    let standing = standing("counts/r=done");
    let view = View { shelf: &shelf, standing: &standing };
    for (order, hours) in [([0, 1, 2], 3.0), ([2, 1, 0], 2.0), ([1, 0, 2], 3.0)] {
        let found = finished(&view, order.map(|at| &shelf[at]));
        assert_eq!(found, [Finished { on: day(1, 1), hours }], "{order:?}");
    }
    assert_eq!(finished(&view, [&shelf[0]]), [Finished { on: day(1, 1), hours: 0.0 }]);
}

#[test]
fn weeks_of_history_are_whole_ones() {
    let today = day(6, 30);
    for (first, since, weeks) in [
        (None, 0, 0),
        (None, 5, 0),
        (None, 6, 1),
        (None, 12, 1),
        (None, 13, 2),
        (Some(3), 13, 2),
        (Some(27), 13, 4),
        (Some(27), 0, 4),
        (Some(363), 0, 52),
    ] {
        let finished: Vec<_> = first.into_iter().map(|days| (days, 1.0)).collect();
        let finished = ago(today, &finished);
        assert_eq!(weeks_of_history(&finished, today - Days::new(since), today), weeks);
    }
    // A clock that went back is no history, and no panic.
    assert_eq!(weeks_of_history(&[], day(12, 31), today), 0);
    assert_eq!(weeks_of_history(&[], NaiveDate::MAX, NaiveDate::MIN), 0);
}

#[test]
fn the_pace_is_the_mean_of_the_weeks_with_its_standard_error() {
    let today = day(6, 30);
    for (finished, since, window, expected) in [
        // Less than a week, and nothing in it.
        (&[(0, 9.0)][..], 5, 12, None),
        (&[], 90, 12, None),
        (&[(90, 9.0)], 90, 12, None),
        // Nothing that a percentage counts.
        (&[(1, 0.0)], 30, 12, None),
        // One week: the mean is as uncertain as it is large.
        (&[(0, 3.0), (6, 4.0)], 6, 12, Some((7.0, 1, 7.0))),
        // 6 and 2: mean 4, s = sqrt((4 + 4) / 1), s / sqrt(2) = 2.
        (&[(0, 6.0), (7, 2.0)], 13, 12, Some((4.0, 2, 2.0))),
        // Steady.
        (&[(0, 5.0), (7, 5.0), (14, 5.0), (21, 5.0)], 27, 12, Some((5.0, 4, 0.0))),
        // 0, 0, 0, 12: mean 3, squares 27 + 81 = 108, s = 6, s / 2 = 3.
        (&[(21, 12.0)], 27, 12, Some((3.0, 4, 3.0))),
        // 8, 4, 0: mean 4, squares 32, s = 4, s / sqrt(3).
        (&[(6, 8.0), (13, 4.0)], 20, 12, Some((4.0, 3, 4.0 / 3_f64.sqrt()))),
        // The window leaves out what was before, and history bounds the window.
        (&[(0, 6.0), (7, 2.0), (14, 100.0)], 100, 2, Some((4.0, 2, 2.0))),
        (&[(0, 6.0), (7, 2.0)], 13, 4, Some((4.0, 2, 2.0))),
        (&[(0, 6.0), (7, 2.0)], 13, 0, None),
    ] {
        let pace = pace(&ago(today, finished), today - Days::new(since), today, window);
        match (pace, expected) {
            (None, None) => {}
            (Some(pace), Some((mean, weeks, error))) => {
                assert!(near(pace.hours_per_week, mean), "{finished:?}: {pace:?}");
                assert!(near(pace.error, error), "{finished:?}: {pace:?}");
                assert_eq!(pace.weeks, weeks, "{finished:?}");
            }
            other => panic!("{finished:?}: {other:?}"),
        }
    }
}

#[test]
fn the_forecast_is_a_range_or_a_reason() {
    let today = day(6, 1);
    let pace = |hours_per_week, error| Pace { hours_per_week, weeks: 4, error };
    let range = |earliest, latest| Ok((earliest, latest));
    for (left, nothing_left, given, weeks, expected) in [
        (0.0, true, None, 0, Err(NoForecast::Finished)),
        (10.0, false, Some(pace(5.0, 1.0)), 0, Err(NoForecast::TooEarly)),
        (10.0, false, Some(pace(5.0, 1.0)), 1, Err(NoForecast::TooEarly)),
        (10.0, false, None, 1, Err(NoForecast::TooEarly)),
        (0.0, false, Some(pace(5.0, 1.0)), 4, Err(NoForecast::NoHours)),
        (10.0, false, None, 2, Err(NoForecast::NoPace)),
        (10.0, false, Some(pace(5.0, 0.0)), 2, range(day(6, 15), day(6, 15))),
        // 12 h at 6 and at 4 a week: 14 and 21 days.
        (12.0, false, Some(pace(5.0, 1.0)), 4, range(day(6, 15), day(6, 22))),
        // 10 h at 6 and at 4 a week: 11.67 and 17.5 days, begun days count.
        (10.0, false, Some(pace(5.0, 1.0)), 4, range(day(6, 13), day(6, 19))),
        // Thirds that sum up to a hair more than ten.
        (10.0 + 4e-15, false, Some(pace(5.0, 0.0)), 4, range(day(6, 15), day(6, 15))),
        // As slow as this it may stand still, or take more than ten years.
        (10.0, false, Some(pace(5.0, 5.0)), 4, Err(NoForecast::NotConverging(pace(5.0, 5.0)))),
        (10.0, false, Some(pace(5.0, 6.0)), 4, Err(NoForecast::NotConverging(pace(5.0, 6.0)))),
        (521.0, false, Some(pace(1.0, 0.0)), 4, Err(NoForecast::NotConverging(pace(1.0, 0.0)))),
        (
            520.0,
            false,
            Some(pace(2.0, 1.0)),
            4,
            range(day(6, 1) + Days::new(1214), day(6, 1) + Days::new(3640)),
        ),
    ] {
        let found = forecast(left, nothing_left, given, weeks, today);
        let found = found.map(|forecast| (forecast.earliest, forecast.latest));
        assert_eq!(found, expected, "{left} left, {given:?}");
    }
    // Beyond the calendar.
    let found = forecast(10.0, false, Some(pace(5.0, 0.0)), 4, NaiveDate::MAX);
    assert_eq!(found, Err(NoForecast::NotConverging(pace(5.0, 0.0))));
}

fn activity_on(days: &[NaiveDate], today: NaiveDate) -> Activity {
    let mut finished: Vec<Finished> =
        days.iter().map(|on| Finished { on: *on, hours: 1.0 }).collect();
    finished.sort_by_key(|one| one.on);
    activity(&finished, today)
}

#[test]
fn streaks_are_weeks_in_a_row_across_the_end_of_years() {
    let date = |text: &str| text.parse::<NaiveDate>().unwrap();
    // 2026-06-01 is a Monday; 2026-12-31 a Thursday; 2021-01-03, a Sunday, is in week 53 of 2020.
    for (days, today, streak, longest) in [
        (&[][..], "2026-06-03", 0, 0),
        (&["2026-06-01"], "2026-06-01", 1, 1),
        (&["2026-06-01"], "2026-06-07", 1, 1),
        // A week that has just begun does not end it; when it is over, it does.
        (&["2026-06-01"], "2026-06-08", 1, 1),
        (&["2026-06-01"], "2026-06-14", 1, 1),
        (&["2026-06-01"], "2026-06-15", 0, 1),
        (&["2026-06-07", "2026-06-08"], "2026-06-08", 2, 2),
        (&["2026-06-01", "2026-06-07"], "2026-06-07", 1, 1),
        (&["2026-06-01", "2026-06-15"], "2026-06-15", 1, 1),
        (&["2026-05-04", "2026-05-11", "2026-05-18", "2026-06-01"], "2026-06-02", 1, 3),
        (&["2026-12-22", "2026-12-30", "2027-01-04"], "2027-01-05", 3, 3),
        (&["2026-12-31", "2027-01-01"], "2027-01-02", 1, 1),
        (&["2020-12-27", "2021-01-03", "2021-01-04"], "2021-01-04", 3, 3),
        (&["2024-12-29", "2024-12-30", "2025-01-06"], "2025-01-12", 3, 3),
    ] {
        let days: Vec<NaiveDate> = days.iter().map(|day| date(day)).collect();
        let activity = activity_on(&days, date(today));
        assert_eq!(activity.streak_weeks, streak, "{days:?} on {today}");
        assert_eq!(activity.longest_streak_weeks, longest, "{days:?} on {today}");
    }
}

#[test]
fn activity_by_day_and_in_this_week() {
    let finished = [
        Finished { on: day(6, 7), hours: 4.0 },
        Finished { on: day(6, 8), hours: 1.5 },
        Finished { on: day(6, 8), hours: 0.0 },
        Finished { on: day(6, 10), hours: 2.0 },
    ];
    let activity = activity(&finished, day(6, 10));
    let days: Vec<_> = activity.days.iter().map(|day| (day.on, day.items, day.hours)).collect();
    assert_eq!(days, [(day(6, 7), 1, 4.0), (day(6, 8), 2, 1.5), (day(6, 10), 1, 2.0)]);
    assert_eq!((activity.active_days, activity.hours_this_week), (3, 3.5));
    let none = super::activity(&finished[..1], day(6, 10)).hours_this_week;
    assert!(none == 0.0 && none.is_sign_positive(), "not -0, which would be shown");
}

#[test]
fn weeks_begin_on_monday() {
    let mut on = NaiveDate::from_ymd_opt(1999, 12, 20).unwrap();
    let mut number = week_number(on);
    for _ in 0..3000 {
        let next = on + Days::new(1);
        let begins = next.weekday() == chrono::Weekday::Mon;
        assert_eq!(week_number(next) - number, i64::from(begins), "{next}");
        (on, number) = (next, week_number(next));
    }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_pace_is_between_the_slowest_and_the_fastest_week(
        finished in prop::collection::vec((0..200_u64, 0.1..20.0_f64), 0..30),
        since in 0..200_u64,
        window in 1..20_u32,
    ) {
        let today = day(12, 31);
        let finished = ago(today, &finished);
        let Some(pace) = pace(&finished, today - Days::new(since), today, window) else {
            return Ok(());
        };
        prop_assert!(pace.weeks >= 1 && pace.weeks <= window);
        prop_assert!(pace.hours_per_week > 0.0 && pace.error >= 0.0);
        let inside = |one: &&Finished| (today - one.on).num_days() < i64::from(pace.weeks) * 7;
        let sum: f64 = finished.iter().filter(inside).map(|one| one.hours).sum();
        prop_assert!((pace.hours_per_week * f64::from(pace.weeks) - sum).abs() < 1e-6);
        // The standard error of n numbers that are not negative is at most their mean.
        prop_assert!(pace.error <= pace.hours_per_week + 1e-9, "{:?}", pace);
    }

    #[test]
    fn a_forecast_lies_ahead_and_more_takes_longer(
        left in 0.1..2000.0_f64,
        more in 0.0..500.0_f64,
        mean in 0.1..40.0_f64,
        error in 0.0..40.0_f64,
    ) {
        let today = day(6, 1);
        let pace = Some(Pace { hours_per_week: mean, weeks: 4, error });
        let first = forecast(left, false, pace, 4, today);
        let second = forecast(left + more, false, pace, 4, today);
        if let Ok(first) = first {
            prop_assert!(today <= first.earliest && first.earliest <= first.latest);
        }
        match (first, second) {
            (Ok(first), Ok(second)) => {
                prop_assert!(first.earliest <= second.earliest && first.latest <= second.latest);
            }
            (Err(_), Ok(_)) => prop_assert!(false, "more is left, and yet it converges"),
            _ => {}
        }
    }

    #[test]
    fn activity_is_what_was_finished((world, log) in histories(), today in 0..365_u64) {
        let view = world.view(&log.standing);
        let finished = finished(&view, &world.shelf);
        prop_assert!(finished.is_sorted_by_key(|one| one.on));
        let activity = activity(&finished, day(1, 1) + Days::new(today));
        prop_assert_eq!(activity.days.iter().map(|day| day.items).sum::<usize>(), finished.len());
        prop_assert_eq!(activity.active_days, activity.days.len());
        prop_assert!(activity.streak_weeks <= activity.longest_streak_weeks);
        prop_assert!(activity.longest_streak_weeks as usize <= activity.active_days);
        prop_assert_eq!(activity.longest_streak_weeks == 0, finished.is_empty());
        let hours: f64 = finished.iter().map(|one| one.hours).sum();
        let by_day: f64 = activity.days.iter().map(|day| day.hours).sum();
        prop_assert!((hours - by_day).abs() < 1e-6);
    }

    #[test]
    fn what_was_known_is_no_pace((world, log) in histories()) {
        let mut standing = Standing::default();
        for (reference, state) in log.standing.items() {
            let state = ItemState { known: true, ..state.clone() };
            standing.put(&reference, Some(Subject::Item(state)));
        }
        prop_assert_eq!(finished(&world.view(&standing), &world.shelf), []);
    }
}
