use proptest::prelude::*;

use super::super::event::Goals;
use super::super::fixture::{cases, day as of_2026, histories, sketch, snooze, viewed};
use super::super::forecast::NoForecast;
use super::super::guidance::WALKS;
use super::super::path_forecast::{Without, outlook};
use super::super::standing::{Following, ItemState, Standing, Status, SubjectState};
use super::*;

/// A Monday.
const TODAY: &str = "2026-11-16";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn following(paths: &[(&str, Option<f64>)]) -> Standing {
    let mut standing = Standing::default();
    for (path, hours_per_week) in paths {
        let goals = Goals { target_on: None, hours_per_week: *hours_per_week, role: None };
        let following = Following { since: day("2026-11-02"), goals };
        standing.put(&Ref::path_only(path), Some(SubjectState::Path(following)));
    }
    standing
}

fn put(standing: &mut Standing, reference: &str, status: Status, since: &str) {
    let state = ItemState { status, since: Some(day(since)), ..ItemState::default() };
    standing.put(&Ref::from_text(reference), Some(SubjectState::Item(state)));
}

/// The schedule of all paths of a shelf.
fn scheduled(shelf: &Vec<Roadmap>, standing: &Standing, frame: Frame) -> Schedule {
    let view = Learner { shelf, standing };
    let outlooks: Vec<PathForecast<'_>> =
        shelf.iter().map(|path| outlook(&view, path, frame.from)).collect();
    schedule(&view, &outlooks, &NextFilter::default(), frame)
}

fn today() -> Frame {
    Frame::from(day(TODAY))
}

/// `id hours`, by week.
fn work(schedule: &Schedule) -> Vec<Vec<String>> {
    let portion = |one: &Portion| format!("{} {}", one.reference, one.hours);
    schedule.weeks.iter().map(|week| week.work.iter().map(portion).collect()).collect()
}

fn days(schedule: &Schedule) -> Vec<String> {
    schedule.milestones.iter().map(|one| format!("{} {}", one.reference, one.on)).collect()
}

/// A topic of 10 h with a course of 8 h, and a milestone.
const PATH: &str = "
    path p
    stage s
    topic t 10h
    skill a
    skill b
    resource ra 5h teaches=a
    resource rb 3h paid teaches=b
    milestone m 4h needs=t
    milestone n needs=m
";

#[test]
fn weeks_hold_the_planned_hours_and_what_takes_none() {
    let shelf = sketch(PATH);
    let schedule = scheduled(&shelf, &following(&[("p", Some(7.0))]), today());
    let expected: [&[&str]; 2] =
        [&["p/ra 5", "p/a 0", "p/rb 2"], &["p/rb 1", "p/b 2", "p/m 4", "p/n 0"]];
    assert_eq!(work(&schedule), expected);
    let week = &schedule.weeks[1];
    assert_eq!((week.from, week.to, week.hours), (day("2026-11-23"), day("2026-11-29"), 7.0));
    let [first, practice, ..] = &week.work[..] else { panic!() };
    assert_eq!((first.finishes, first.of), (true, 3.0));
    assert_eq!((practice.finishes, practice.of), (true, 2.0));
    assert_eq!(days(&schedule), ["p/m 2026-11-29", "p/n 2026-11-29"]);
    assert_eq!(schedule.milestones[0].rate, Rate { hours_per_week: 7.0, basis: Basis::Plan });
    assert_eq!((schedule.hours, schedule.notes.len()), (14.0, 0));
    let paid: Vec<String> = schedule.paid.iter().map(|one| one.reference.to_string()).collect();
    assert_eq!(paid, ["p/rb"]);
}

#[test]
fn the_week_that_has_begun_gets_what_is_left_of_it() {
    let shelf = sketch(PATH);
    let standing = following(&[("p", Some(7.0))]);
    for (from, hours) in [(TODAY, 7.0), ("2026-11-18", 5.0), ("2026-11-22", 1.0)] {
        let week = &scheduled(&shelf, &standing, Frame::from(day(from))).weeks[0];
        assert_eq!((week.from, week.to), (day(from), day("2026-11-22")));
        assert!((week.hours - hours).abs() < 1e-9, "{from}: {}", week.hours);
    }
}

#[test]
fn there_are_as_many_weeks_as_asked_for_and_days_for_ten_years() {
    let shelf = sketch("path p\nstage s\nmilestone m 900h");
    let standing = following(&[("p", Some(1.0))]);
    let schedule = scheduled(&shelf, &standing, today());
    assert_eq!((schedule.weeks.len(), days(&schedule).len()), (12, 0));
    let few = scheduled(&shelf, &standing, Frame { weeks: 3, ..today() });
    assert_eq!(few.weeks.len(), 3);
    let quick = Frame { hours_per_week: Some(900.0), ..today() };
    assert_eq!(days(&scheduled(&shelf, &standing, quick)), ["p/m 2026-11-22"]);
}

#[test]
fn without_a_plan_the_pace_says_when_and_without_both_a_note_says_why() {
    let shelf = sketch(PATH);
    let mut standing = following(&[("p", None)]);
    let none = scheduled(&shelf, &standing, today());
    assert!(none.weeks.is_empty() && none.milestones.is_empty());
    assert_eq!(
        none.notes,
        [Note::NoRate(Some(Without { why: NoForecast::NoPace, rest: Vec::new() }))]
    );
    put(&mut standing, "p/a", Status::Done, "2026-11-08");
    put(&mut standing, "p/b", Status::Done, "2026-11-15");
    let paced = scheduled(&shelf, &standing, today());
    assert_eq!(paced.rate, Some(Rate { hours_per_week: 5.0, basis: Basis::Pace }));
    assert_eq!(work(&paced), [["p/m 4", "p/n 0"]]);
}

#[test]
fn skills_are_proven_once_though_the_practice_takes_weeks() {
    let shelf = sketch(
        "path p
         stage s
         topic t 20h
         skill a
         skill b
         resource r 4h",
    );
    let laid = scheduled(&shelf, &following(&[("p", Some(7.0))]), today());
    let expected: [&[&str]; 3] = [&["p/r 4", "p/a 0", "p/b 3"], &["p/b 7"], &["p/b 6"]];
    assert_eq!(work(&laid), expected);
}

#[test]
fn what_is_snoozed_is_laid_after_its_day() {
    let shelf = sketch(
        "path p
         stage s
         topic t 4h
         skill a
         resource ra 4h
         topic u 14h
         skill b
         resource rb 14h
         milestone m 7h needs=t",
    );
    let mut standing = following(&[("p", Some(7.0))]);
    // It comes as soon as its day has come, though other things are left.
    snooze(&mut standing, "p/t", day("2026-11-29"));
    let laid = scheduled(&shelf, &standing, today());
    let expected: [&[&str]; 4] =
        [&["p/rb 7"], &["p/rb 7", "p/b 0"], &["p/ra 4", "p/a 0", "p/m 3"], &["p/m 4"]];
    assert_eq!(work(&laid), expected);
    assert_eq!((days(&laid), laid.notes), (vec!["p/m 2026-12-10".to_owned()], Vec::new()));
    // Where nothing else is left, the weeks until then are empty, and a note says why.
    snooze(&mut standing, "p/t p/u", day("2026-12-09"));
    let laid = scheduled(&shelf, &standing, today());
    assert_eq!(work(&laid)[0], ["p/ra 4", "p/a 0", "p/m 1"]);
    assert_eq!(
        (laid.weeks[0].from, laid.weeks[0].to, laid.weeks[1].from),
        (day("2026-12-07"), day("2026-12-13"), day("2026-12-14"))
    );
    assert_eq!(days(&laid), ["p/m 2026-12-19"]);
    assert_eq!(laid.notes, [Note::Snoozed(day("2026-12-09"))]);
    // Without a rate it is only put last.
    let paceless = following(&[("p", None)]);
    assert_eq!(scheduled(&shelf, &paceless, today()).hours, 25.0);
}

#[test]
fn a_means_adds_no_hours_and_two_ends_do() {
    let shelf = sketch(
        "path base
         stage s
         topic t 5h
         skill x
         path p needs=base/
         stage s
         topic t 5h needs=base/x
         skill a
         path q
         stage s
         topic t 5h
         skill b",
    );
    let rate = |paths: &[(&str, Option<f64>)]| {
        scheduled(&shelf, &following(paths), today()).rate.map(|rate| rate.hours_per_week)
    };
    assert_eq!(rate(&[("base", Some(9.0)), ("p", Some(3.0)), ("q", Some(4.0))]), Some(7.0));
    assert_eq!(rate(&[("base", Some(9.0)), ("p", None)]), Some(9.0));
    assert_eq!(rate(&[("base", None), ("p", None), ("q", Some(4.0))]), Some(4.0));
}

#[test]
fn a_plan_is_walked_once_unless_something_is_snoozed_now() {
    let shelf = sketch("path p\nstage s\ntopic t 5h\nskill a\nresource ra 5h teaches=a");
    let walks_once = |until: &str| {
        let mut standing = following(&[("p", Some(5.0))]);
        snooze(&mut standing, "p/ra", until.parse().unwrap());
        let view = Learner { shelf: &shelf, standing: &standing };
        let outlooks = [outlook(&view, &shelf[0], day(TODAY))];
        walked(&view, &outlooks, &NextFilter::default(), &today()).is_some()
    };
    assert!(walks_once("2020-01-01") && walks_once(TODAY));
    assert!(!walks_once("2026-11-17"));
}

#[test]
fn a_plan_without_known_hours_is_walked_as_often_as_it_tells_something() {
    let mut shelf =
        sketch("path p\nstage s\ntopic t 5h\nskill a\nskill b\nresource ra 5h teaches=a");
    shelf.extend(sketch("path q\nstage s\ntopic u 5h\nskill c\nresource rc 5h teaches=c"));
    let walks = |standing: &Standing, paths: &[&Roadmap], free: bool, today: &str| {
        let view = Learner { shelf: &shelf, standing };
        let paths: Vec<&Roadmap> =
            paths.iter().filter_map(|path| shelf.iter().find(|one| one.id == path.id)).collect();
        let filter = NextFilter { free, today: day(today), ..NextFilter::default() };
        let before = WALKS.with(std::cell::Cell::get);
        let found = schedule_by_pace(&view, &paths, day(today), &filter, Frame::from(day(today)));
        (WALKS.with(std::cell::Cell::get) - before, found.rate.is_some())
    };
    let all: Vec<&Roadmap> = shelf.iter().collect();
    // Two weeks after the start nothing tells a pace.
    let mut standing = following(&[("p", None), ("q", None)]);
    for paths in [&all[..1], &all[..]] {
        assert_eq!(walks(&standing, paths, false, TODAY), (1, false));
        assert_eq!(walks(&standing, paths, true, "2026-11-14"), (1, false));
    }
    // The pace is that of the whole plan.
    put(&mut standing, "p/a", Status::Done, "2026-11-03");
    for paths in [&all[..1], &all[..]] {
        assert_eq!(walks(&standing, paths, false, "2026-11-30"), (1, true));
        assert_eq!(walks(&standing, paths, true, "2026-11-30"), (2, true));
    }
}

#[test]
fn a_finished_path_has_nothing_ahead() {
    let shelf = sketch("path p\nstage s\ntopic t 5h\nskill a");
    let mut standing = following(&[("p", Some(5.0))]);
    put(&mut standing, "p/a", Status::Done, "2026-11-03");
    assert_eq!(scheduled(&shelf, &standing, today()), Schedule::default());
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn the_weeks_hold_the_whole_plan_and_the_forecast_counts_its_hours(
        (world, log) in histories(),
        hours in 0.5_f64..20.0,
    ) {
        let view = viewed(&world, &log.standing);
        let paths = world.paths();
        let outlooks: Vec<PathForecast<'_>> =
            paths.iter().map(|path| outlook(&view, path, of_2026(12, 31))).collect();
        let frame = Frame {
            weeks: 4_000,
            hours_per_week: Some(hours),
            ..Frame::from(of_2026(12, 31))
        };
        let filter = NextFilter { today: frame.from, ..NextFilter::default() };
        let schedule = schedule(&view, &outlooks, &filter, frame);
        if route::planned_hours(&view, &paths).is_none() {
            let frame = Frame { hours_per_week: None, ..frame };
            let by_pace = schedule_by_pace(&view, &paths, frame.from, &filter, frame);
            prop_assert_eq!(&by_pace, &self::schedule(&view, &outlooks, &filter, frame));
        }
        // Where the hours are known, nobody needs an outlook.
        prop_assert_eq!(&schedule_at(&view, &paths, hours, &filter, frame), &schedule);
        let laid = amounts::sum(schedule.weeks.iter().map(|week| week.hours));
        prop_assert!((laid - schedule.hours).abs() < 1e-3, "{laid} of {}", schedule.hours);
        for week in &schedule.weeks {
            prop_assert!(week.hours <= hours + 1e-3);
            // A milestone has its day in the week in which it is finished.
            for one in week.work.iter().filter(|one| one.finishes) {
                let mut of = schedule.milestones.iter().filter(|of| of.reference == one.reference);
                prop_assert!(of.all(|of| (week.from..=week.to).contains(&of.on)), "{of:?} {week:?}");
            }
        }
        let own = Guide::new(&view, &outlooks[0].plan.paths, &filter).plan(false);
        let own = amounts::sum(own.iter().map(|step| step.hours));
        prop_assert_eq!(amounts::sum(outlooks[0].plan.steps.iter().map(|step| step.hours)), own);
        // A plan that an outlook has walked is the one that would be walked.
        if let Some(steps) = walked(&view, &outlooks, &filter, &frame) {
            let said = |steps: &[Step<'_>]| {
                let said = steps.iter().map(|one| (format!("{:?}", one.act.items().iter().map(Item::reference).collect::<Vec<_>>()), one.hours));
                said.collect::<Vec<_>>()
            };
            prop_assert_eq!(said(steps), said(&Guide::new(&view, &paths, &filter).plan(false)));
        }
    }
}
