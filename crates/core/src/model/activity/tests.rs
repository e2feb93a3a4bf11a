use chrono::Days;
use proptest::prelude::*;

use super::*;
use crate::model::away::Away;
use crate::model::fixture::{cases, day, histories, sketch, standing, viewed};
use crate::model::standing::{ItemState, Standing, SubjectState};

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
        // What a percentage does not count is activity without hours,
        ("p/b=done", "", &[0.0]),
        // but what is read for a topic is worth something before it is proven, and then once.
        ("p/r=done", "", &[3.0]),
        ("p/r=done p/a=done", "", &[10.0, 0.0]),
        ("p/r=done", "p/r", &[]),
        ("q/x=done q/y=done", "", &[3.0, 0.0]),
        ("p/a=doing p/m=skipped q/x=todo", "", &[]),
        ("p/a=done p/m=done", "p/a", &[4.0]),
    ] {
        let mut standing = standing(marks);
        if !known.is_empty() {
            let reference = Ref::from_text(known);
            let state = standing.item_at(&reference).unwrap().clone();
            let state = ItemState { known: true, ..state };
            standing.put(&reference, Some(SubjectState::Item(state)));
        }
        let view = Learner { shelf: &shelf, standing: &standing };
        let finished = finished(&view, &shelf.iter().collect::<Vec<_>>());
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
    let view = Learner { shelf: &shelf, standing: &standing };
    for (order, hours) in [([0, 1, 2], 3.0), ([2, 1, 0], 2.0), ([1, 0, 2], 3.0)] {
        let found = finished(&view, &order.map(|at| &shelf[at]));
        assert_eq!(found, [Finished { on: day(1, 1), hours }], "{order:?}");
    }
    assert_eq!(finished(&view, &[&shelf[0]]), [Finished { on: day(1, 1), hours: 0.0 }]);
}

fn activity_on(days: &[NaiveDate], today: NaiveDate) -> Activity {
    let mut finished: Vec<Finished> =
        days.iter().map(|on| Finished { on: *on, hours: 1.0 }).collect();
    finished.sort_by_key(|one| one.on);
    of(&finished, today)
}

fn of(finished: &[Finished], today: NaiveDate) -> Activity {
    of_days(finished, &BTreeMap::new(), &StudyDays::default(), today)
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
    let activity = of(&finished, day(6, 10));
    let days: Vec<_> = activity.days.iter().map(|day| (day.on, day.items, day.hours)).collect();
    assert_eq!(days, [(day(6, 7), 1, 4.0), (day(6, 8), 2, 1.5), (day(6, 10), 1, 2.0)]);
    assert_eq!((activity.active_days, activity.hours_this_week), (3, 3.5));
    let none = of(&finished[..1], day(6, 10)).hours_this_week;
    assert!(none == 0.0 && none.is_sign_positive(), "not -0, which would be shown");
}

#[test]
fn a_mark_of_the_future_counts_when_its_day_has_come() {
    let date = |text: &str| text.parse::<NaiveDate>().unwrap();
    // Four Mondays, and a mark from a wrong clock.
    let marks = ["2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26", "2031-01-01"].map(date);
    let activity = activity_on(&marks, date("2026-10-27"));
    assert_eq!((activity.streak_weeks, activity.longest_streak_weeks), (4, 4));
    assert_eq!((activity.active_days, activity.hours_this_week), (4, 1.0));
    // A mark of tomorrow is nothing of this week either.
    assert_eq!(activity_on(&[date("2026-10-28")], date("2026-10-27")), Activity::default());
    assert_eq!(activity_on(&marks, date("2031-01-01")).streak_weeks, 1);
}

#[test]
fn weeks_away_neither_break_nor_lengthen_a_row() {
    let date = |text: &str| text.parse::<NaiveDate>().unwrap();
    // 2026-06-01 is a Monday.
    for (days, away, today, row) in [
        (&["2026-06-01", "2026-06-22"][..], &[][..], "2026-06-22", (1, 1)),
        (&["2026-06-01", "2026-06-22"], &[("2026-06-08", "2026-06-21")], "2026-06-22", (2, 2)),
        // One of the two weeks had no day away.
        (&["2026-06-01", "2026-06-22"], &[("2026-06-08", "2026-06-14")], "2026-06-22", (1, 1)),
        // A week that is away in part is none to ask for.
        (&["2026-06-01", "2026-06-15"], &[("2026-06-11", "2026-06-11")], "2026-06-15", (2, 2)),
        // Who studied in a part of it did.
        (&["2026-06-01", "2026-06-08"], &[("2026-06-11", "2026-06-18")], "2026-06-21", (2, 2)),
        (&["2026-06-01", "2026-06-08"], &[("2026-06-11", "2026-06-18")], "2026-06-29", (0, 2)),
        // On holiday is on holiday.
        (
            &["2026-06-01", "2026-06-10", "2026-06-15"],
            &[("2026-06-08", "2026-06-14")],
            "2026-06-15",
            (2, 2),
        ),
        (&["2026-06-10"], &[("2026-06-08", "2026-06-14")], "2026-06-10", (0, 0)),
    ] {
        let finished: Vec<Finished> =
            days.iter().map(|on| Finished { on: date(on), hours: 1.0 }).collect();
        let stretch =
            |(from, to): &(&str, &str)| Away { from: date(from), to: date(to), why: None };
        let study_days = StudyDays::without(&away.iter().map(stretch).collect::<Vec<_>>());
        let activity = of_days(&finished, &BTreeMap::new(), &study_days, date(today));
        let found = (activity.streak_weeks, activity.longest_streak_weeks);
        assert_eq!(found, row, "{days:?}, away {away:?}, on {today}");
    }
}

#[test]
fn a_week_with_minutes_counts_them_and_one_without_what_was_finished() {
    let minutes = BTreeMap::from([(day(6, 2), 45), (day(6, 9), 90), (day(6, 11), 30)]);
    let finished =
        [Finished { on: day(6, 9), hours: 22.0 }, Finished { on: day(6, 16), hours: 22.0 }];
    for (today, expected) in [
        (day(5, 31), None),
        (day(6, 3), Some((0.75, Measure::Studied))),
        (day(6, 10), Some((1.5, Measure::Studied))),
        (day(6, 14), Some((2.0, Measure::Studied))),
        (day(6, 15), None),
        (day(6, 16), Some((22.0, Measure::Planned))),
    ] {
        let activity = of_days(&finished, &minutes, &StudyDays::default(), today);
        let found = activity.basis_this_week.map(|basis| (activity.hours_this_week, basis));
        assert_eq!(found, expected, "{today}");
    }
    let activity = of_days(&finished, &minutes, &StudyDays::default(), day(6, 16));
    assert_eq!((activity.active_days, activity.streak_weeks), (4, 3));
    let days = activity.days.iter();
    let days: Vec<_> = days.map(|day| (day.items, day.minutes, day.amount())).collect();
    assert_eq!(days, [(0, 45, 0.75), (1, 90, 1.5), (0, 30, 0.5), (1, 0, 22.1)]);
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
    fn activity_is_what_was_finished((world, log) in histories(), today in 0..365_u64) {
        let view = viewed(&world, &log.standing);
        let finished = finished(&view, &world.shelf.iter().collect::<Vec<_>>());
        prop_assert!(finished.is_sorted_by_key(|one| one.on));
        let today = day(1, 1) + Days::new(today);
        let activity = of(&finished, today);
        let finished: Vec<_> = finished.into_iter().filter(|one| one.on <= today).collect();
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
            standing.put(&reference, Some(SubjectState::Item(state)));
        }
        let paths: Vec<&Roadmap> = world.shelf.iter().collect();
        prop_assert_eq!(finished(&viewed(&world, &standing), &paths), []);
    }
}
