use proptest::prelude::*;

use super::*;
use crate::model::fixture::cases;

fn unit(kind: Kind, hours: f64, left: f64) -> Unit {
    let worth = hours - left;
    let (logged, begun, ended) = (0.0, None, None);
    Unit { kind, hours, left, spare: [0.0; 2], worth, logged, begun, ended }
}

fn work(on: i64, hours: f64) -> Work {
    Work { on, kind: Kind::Topic, hours }
}

/// Four topics of 40 h and a milestone of 40 h, after so many days; nothing happened.
fn fresh(today: i64, planned: Option<f64>) -> History {
    let mut units = vec![unit(Kind::Topic, 40.0, 40.0); 4];
    units.push(unit(Kind::Milestone, 40.0, 40.0));
    History { today, planned, units, next: 40.0, ..History::default() }
}

/// So many hours were logged on each of so many days, on the first topic.
fn logged(today: i64, planned: Option<f64>, days: &[i64], hours: f64) -> History {
    let mut history = fresh(today, planned);
    history.logged = days.iter().map(|on| (*on, hours)).collect();
    history.units[0].logged = days.len() as f64 * hours;
    history.units[0].begun = days.first().copied();
    history
}

/// The first topic was finished on a day.
fn finished(today: i64, planned: Option<f64>, on: i64, is_logged: bool) -> History {
    let mut history = fresh(today, planned);
    history.units[0] = unit(Kind::Topic, 40.0, 0.0);
    history.finished = vec![work(on, 40.0)];
    history.finishes = vec![Finish { on, hours: 40.0, is_logged }];
    history
}

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 1e-6
}

#[test]
fn the_plan_is_a_pace_until_there_is_another_and_without_both_there_is_none() {
    for (history, expected) in [
        (fresh(0, None), None),
        (fresh(100, None), None),
        (fresh(0, Some(8.0)), Some((8.0, false))),
        (fresh(0, Some(0.0)), None),
        // 32 h of plan in four weeks, and 40 h in two: what was finished on the first days is the work of
        // two weeks, and without a plan it is a guess before.
        (finished(6, Some(8.0), 6, false), Some((72.0 / 6.0, true))),
        (finished(12, None, 0, false), None),
        (finished(13, None, 0, false), Some((20.0, true))),
        (finished(60, None, 27, false), Some((10.0, true))),
        (logged(13, None, &[0, 3, 7, 10], 2.0), Some((4.0, true))),
        (logged(12, None, &[0, 3, 7, 10], 2.0), None),
    ] {
        let found = history.estimate().map(|one| (one.rate, one.pace.is_some()));
        match (found, expected) {
            (None, None) => {}
            (Some((pace, measured)), Some((expected, is_measured))) => {
                // Recent weeks weigh more.
                assert!((pace - expected).abs() < 0.05 * expected, "{pace}, not {expected}");
                assert_eq!(measured, is_measured);
            }
            other => panic!("{other:?}: {history:?}"),
        }
    }
}

#[test]
fn a_steady_six_hours_a_week_read_as_six_whatever_was_planned() {
    for planned in [None, Some(6.0), Some(12.0)] {
        let evenings: Vec<i64> = (0..140).filter(|day| [1, 3, 5].contains(&(day % 7))).collect();
        for today in (20..140).step_by(7) {
            let so_far = evenings.partition_point(|on| *on <= today);
            let history = logged(today, planned, &evenings[..so_far], 2.0);
            let pace = history.estimate().unwrap().pace.unwrap();
            // The first evening is the first day that counts.
            assert!((pace.hours_per_week - 6.0).abs() < 0.5, "{today}: {pace:?}");
        }
    }
    let first = |today| logged(today, Some(8.0), &[0, 2], 3.0).estimate().unwrap().pace;
    assert_eq!(first(5), None, "no week has passed");
    let pace = first(6).unwrap();
    assert!(pace.hours_per_week < 6.0 && pace.weeks == 1, "{pace:?}");
}

#[test]
fn nothing_left_is_no_estimate() {
    let mut history = fresh(30, Some(8.0));
    history.units.clear();
    assert_eq!(history.estimate(), None);
    history.units.push(unit(Kind::Topic, 40.0, 0.0));
    assert_eq!(history.estimate(), None);
}

#[test]
fn minutes_are_the_measure_while_they_tell_the_whole() {
    let with = |mut history: History, on: i64, is_logged: bool| {
        history.finished.push(work(on, 40.0));
        history.finishes.push(Finish { on, hours: 40.0, is_logged });
        history
    };
    let log = |today| logged(today, Some(8.0), &[0, 7, 14, 21], 4.0);
    for (what, history, basis) in [
        ("nothing logged", fresh(30, Some(8.0)), Measure::Planned),
        ("logged", log(21), Measure::Studied),
        ("a year of silence", log(386), Measure::Studied),
        ("finished with time", with(log(30), 28, true), Measure::Studied),
        ("finished without", with(log(30), 28, false), Measure::Planned),
        (
            "most of it with time",
            with(with(with(log(30), 9, true), 20, true), 28, true),
            Measure::Studied,
        ),
        ("half of it", with(with(log(30), 20, true), 28, false), Measure::Planned),
        ("logs stopped four weeks before", with(log(60), 49, true), Measure::Planned),
        ("that was long ago", with(log(80), 21 - 56, false), Measure::Studied),
    ] {
        assert_eq!(history.estimate().unwrap().basis, basis, "{what}");
    }
}

/// A topic of 66 h, begun on day 0, on which so much was spent.
fn spent(hours: f64) -> History {
    let mut history = fresh(70, Some(7.0));
    history.units[0] = unit(Kind::Topic, 66.0, 60.0);
    history.units[0].begun = Some(0);
    history.units[0].logged = hours;
    history.logged = vec![(0, hours)];
    history
}

/// The factors of a history, of topics and of milestones.
fn factors(history: &History) -> [f64; 2] {
    let kinds = factor::evidence(&history.units, 0, history.today);
    let ByKind { topics, milestones } = factor::factors(&kinds);
    [topics, milestones]
}

#[test]
fn a_unit_that_is_late_raises_the_factor_before_it_is_done() {
    let factor: Vec<f64> =
        [0.5, 30.0, 66.0, 80.0, 92.0, 120.0].map(|hours| factors(&spent(hours))[0]).to_vec();
    assert_eq!(factor[..3], [1.0; 3]);
    assert!(factor[2..].is_sorted_by(|a, b| a < b), "{factor:?}");
    // 120 h of 66, of which a tenth counts as long as it is not done.
    let both = (60.0 + 0.1 * 120.0) / (60.0 + 0.1 * 66.0);
    let expected = (60.0 * both + 0.1 * 120.0) / (60.0 + 0.1 * 66.0);
    assert!(near(factor[5], expected), "{factor:?}");
}

#[test]
fn what_was_finished_counts_slowly() {
    let after = |days: i64| {
        let mut history = spent(30.0);
        let finished = Unit { hours: 20.0, left: 0.0, ended: Some(70), ..history.units[0] };
        history.units[0] = finished;
        history.today += days;
        factors(&history)[0]
    };
    let found = [0, 7, 42, 84, 400].map(after);
    assert!(found[..4].is_sorted_by(|a, b| a < b), "{found:?}");
    // 20 h took 30. 60 h more pull that to the factor of both kinds, and 60 h pull that one to 1.
    let factor = |share: f64| {
        let both = (60.0 + share * 30.0) / (60.0 + share * 20.0);
        (60.0 * both + share * 30.0) / (60.0 + share * 20.0)
    };
    let shares = [0.1, 0.175, 0.55, 1.0, 1.0];
    assert!(
        found.iter().zip(shares).all(|(found, share)| near(*found, factor(share))),
        "{found:?}"
    );
}

#[test]
fn a_kind_that_nothing_tells_is_as_the_other_unless_they_differ() {
    let of = |topics: f64, milestone: Option<f64>| {
        let mut history = fresh(400, Some(7.0));
        let mut done = |kind: Kind, hours: f64, times: f64| {
            let mut unit = unit(kind, hours, 0.0);
            (unit.logged, unit.begun, unit.ended) = (times * hours, Some(1), Some(10));
            history.units.push(unit);
        };
        done(Kind::Topic, 120.0, topics);
        if let Some(times) = milestone {
            done(Kind::Milestone, 30.0, times);
        }
        factors(&history)
    };
    let [topics, milestones] = of(1.4, None);
    assert!(topics > 1.3 && milestones > 1.2, "{topics} {milestones}");
    let [_, slow] = of(1.4, Some(1.4));
    assert!(slow > milestones, "{slow} {milestones}");
    // Who reads twice as fast, and builds slowly: each is what was measured, with one unit beside it that
    // takes as long as planned. A unit of 30 h counts three quarters, as 10 h count half.
    let [topics, milestones] = of(0.45, Some(1.4));
    assert!((topics - (0.45 * 12.0 / 13.0 + 1.0) / (12.0 / 13.0 + 1.0)).abs() < 0.02, "{topics}");
    assert!((milestones - (1.4 * 0.75 + 1.0) / 1.75).abs() < 0.02, "{milestones}");
}

#[test]
fn days_alone_tell_two_speeds() {
    let work = |on, kind, hours| Work { on, kind, hours };
    let of = |finished: &[Work]| {
        let ByKind { topics, milestones } = factor::by_days(finished, 0, LEAST_DAYS);
        [topics, milestones]
    };
    assert_eq!(of(&[]), [1.0; 2]);
    let (topic, milestone) = (Kind::Topic, Kind::Milestone);
    assert_eq!(of(&[work(20, topic, 40.0), work(90, topic, 20.0)]), [1.0; 2], "only one kind");
    let alike = [work(27, topic, 40.0), work(55, milestone, 40.0)];
    assert!(of(&alike).iter().all(|factor| near(*factor, 1.0)), "{:?}", of(&alike));
    // 60 h in four weeks, and then 40 h in twelve.
    let [topics, milestones] = of(&[work(27, topic, 60.0), work(111, milestone, 40.0)]);
    assert!((0.6..0.8).contains(&topics), "{topics}");
    assert!((1.25..1.5).contains(&milestones), "{milestones}");
    // What was done on the first day is the work of two weeks.
    let [first, _] = of(&[work(0, topic, 40.0), work(84, milestone, 10.0)]);
    assert!(first > 0.65, "{first}");
}

/// Three evenings a week on which so much was studied as the week says.
fn weekly(weeks: u64, hours: impl Fn(u64) -> f64) -> History {
    let evenings = |week: u64| [1, 3, 5].map(|day| (7 * week as i64 + day, hours(week) / 3.0));
    let mut history = fresh(7 * weeks as i64 - 1, Some(7.0));
    history.logged = (0..weeks).flat_map(evenings).filter(|(_, hours)| *hours > 0.0).collect();
    history
}

#[test]
fn a_new_level_counts_slowly_and_in_the_end_wholly() {
    // Around seven hours, and around four from week 30 on.
    let hours = |week: u64| [6.0, 8.0, 7.0][week as usize % 3] - if week < 30 { 0.0 } else { 3.0 };
    let rate = |weeks: u64| weekly(weeks, hours).estimate().unwrap().rate;
    let found = [30, 42, 50, 60, 70].map(rate);
    assert!((6.8..7.2).contains(&found[0]), "{found:?}");
    assert!(found.is_sorted_by(|before, now| before > now), "{found:?}");
    // Little until twelve weeks tell it, and wholly half a year later.
    assert!(found[1] > 5.9 && (3.9..4.2).contains(&found[4]), "{found:?}");
    let pace = weekly(70, hours).estimate().unwrap().pace.unwrap().hours_per_week;
    assert!((3.9..4.2).contains(&pace), "{pace}");
    let steps: Vec<f64> = (30..70).map(|week| rate(week) / rate(week + 1) - 1.0).collect();
    assert!(steps.iter().all(|step| *step < 0.04), "{steps:?}");
    // Who studies more is believed as well.
    let more = weekly(70, |week| 11.0 - hours(week)).estimate().unwrap().rate;
    assert!((6.8..7.2).contains(&more), "{more}");
}

#[test]
fn neither_a_pause_nor_uneven_weeks_are_a_new_level() {
    let steady = |week: u64| [6.0, 8.0, 7.0][week as usize % 3];
    let uneven = |week: u64| [1.0, 14.0, 0.0, 9.0, 12.0][week as usize % 5];
    let flat = |week: u64| if week < 60 { 7.0 } else { 7.1 };
    for (what, history) in [
        ("steady", weekly(80, steady)),
        ("a pause", weekly(80, |week| if (50..65).contains(&week) { 0.0 } else { steady(week) })),
        ("silence", History { today: 7 * 100, ..weekly(80, steady) }),
        ("uneven", weekly(80, uneven)),
        ("one huge week", weekly(80, |week| if week == 60 { 40.0 } else { steady(week) })),
        ("every second week", weekly(80, |week| steady(week) * (1 - week % 2) as f64)),
        ("eleven weeks", weekly(80, |week| if week < 69 { steady(week) } else { 3.0 })),
    ] {
        let level = level::level(&history.logged);
        let hours: Vec<f64> = history.logged.iter().map(|one| level.of(*one)).collect();
        let as_logged: Vec<f64> = history.logged.iter().map(|one| one.1).collect();
        assert_eq!(hours, as_logged, "{what}");
    }
    // Weeks that were all alike are certain, also of a tenth of an hour.
    let level = level::level(&weekly(98, flat).logged);
    assert!((level.of((0, 7.0)) - 7.1).abs() < 0.01, "{level:?}");
    assert_eq!(level::level(&[]), level::level(&[(3, 1.0)]));
}

#[test]
fn a_week_of_silence_costs_nothing() {
    let rate =
        |today| logged(today, Some(7.0), &[0, 2, 4, 14, 16, 18], 4.0).estimate().unwrap().rate;
    let full = rate(18);
    for today in 19..=25 {
        assert_eq!(rate(today), full, "{today}");
    }
    assert!(rate(26) < full);
}

#[test]
fn what_was_planned_fades() {
    let rate = |weeks: i64| {
        let days: Vec<i64> = (0..7 * weeks).step_by(7).collect();
        logged(7 * weeks - 1, Some(14.0), &days, 7.0).estimate().unwrap().rate
    };
    let off = [4, 26, 104].map(|weeks| rate(weeks) / 7.0 - 1.0);
    assert!(off[0] > 0.3 && off[1] < 0.15 && off[2] < 0.03, "{off:?}");
}

#[test]
fn the_factor_is_told_from_three_units_and_sixty_hours_on() {
    let told = |hours: &[f64]| {
        let mut history = fresh(200, Some(7.0));
        history.logged = vec![(0, 1.0), (199, 1.0)];
        for hours in hours {
            let mut unit = unit(Kind::Topic, *hours, 0.0);
            (unit.logged, unit.begun) = (1.4 * hours, Some(1));
            history.units.push(unit);
        }
        history.estimate().unwrap().pace.unwrap().calibration
    };
    assert_eq!(told(&[30.0, 30.0]), None);
    assert_eq!(told(&[19.0, 20.0, 20.0]), None);
    let topics = told(&[56.0, 34.0, 68.0]).unwrap();
    // 1.4, which 60 h pull down.
    assert_eq!((topics.topics, topics.milestones), (Some(1.28), None));
}

#[test]
fn what_began_before_the_first_minute_tells_nothing_and_counts_by_the_plan() {
    let of = |begun: i64| {
        let mut history = logged(120, Some(7.0), &[100, 110], 3.0);
        history.units[0] = unit(Kind::Topic, 66.0, 20.0);
        (history.units[0].begun, history.units[0].logged) = (Some(begun), 6.0);
        history.estimate().unwrap().left
    };
    assert!(near(of(0), 20.0 + 160.0), "{}", of(0));
    assert!(near(of(100), 60.0 + 160.0), "{}", of(100));
}

#[test]
fn a_late_unit_is_never_done_by_minutes() {
    let mut history = logged(120, Some(7.0), &[100], 1.0);
    history.units.truncate(1);
    history.units[0].logged = 90.0;
    let left = history.estimate().unwrap().left;
    let [factor, _] = factors(&history);
    assert!(factor > 1.05 && near(left, 0.1 * 40.0 * factor), "{left} {factor}");
}

#[test]
fn silence_that_the_next_unit_explains_costs_nothing() {
    // 72 h in six weeks: one and a half times the 40 h that are next take five weeks.
    let mid = |today: i64| {
        let estimate = finished(today, Some(8.0), 6, false).estimate().unwrap();
        (estimate.rate, estimate.arrival(0.0))
    };
    let (pace, arrival) = mid(6);
    for today in 7..=6 + 35 {
        // After nine tenths of them it is late, by a day a day: what is next is not done by silence.
        let late = (today - (6 + 21)).max(0) as f64;
        assert_eq!(mid(today), (pace, arrival + late), "{today}");
    }
    let (later, late) = mid(6 + 60);
    assert!(later < pace && late > arrival);
    // Nine weeks of silence, then 60 h: the middle hardly moves, by the 1.5 weeks that 60 h take.
    let mut before = finished(6 + 63, Some(8.0), 6, false);
    before.units.push(unit(Kind::Milestone, 60.0, 60.0));
    before.next = 60.0;
    let mut after = before.clone();
    after.units[5] = unit(Kind::Milestone, 60.0, 0.0);
    after.finished.push(Work { on: 69, kind: Kind::Milestone, hours: 60.0 });
    after.finishes.push(Finish { on: 69, hours: 60.0, is_logged: false });
    after.next = 40.0;
    let [before, after] = [before, after].map(|one| one.estimate().unwrap().arrival(0.0));
    assert!((before - after).abs() < 30.0, "{before} {after}");
}

#[test]
fn the_ends_that_a_path_gives_are_in_the_range() {
    let at_end = |history: &History, hours: f64| {
        let estimate = history.estimate().unwrap();
        estimate.base + 7.0 * hours / estimate.rate
    };
    for plain in [logged(40, Some(7.0), &[1, 9, 20, 33, 39], 4.0), fresh(3, Some(7.0))] {
        let before = plain.estimate().unwrap();
        let mut wide = plain.clone();
        wide.units.iter_mut().for_each(|unit| unit.spare = [30.0, 60.0]);
        let ends = wide.estimate().unwrap();
        assert_eq!((ends.left, ends.rate), (before.left, before.rate), "the middle is the mean");
        assert_eq!(ends.arrival(0.0), before.arrival(0.0));
        let [least, most] = ends.ends;
        assert!(least < before.left - 100.0 && most > before.left + 250.0, "{ends:?}");
        assert!(ends.arrival(-EIGHT_OF_TEN) < at_end(&plain, least).min(before.arrival(-1.28)));
        assert!(ends.arrival(EIGHT_OF_TEN) > at_end(&plain, most).max(before.arrival(1.28)));
        // A narrow range is nearly covered by the spread that there is.
        wide.units.iter_mut().for_each(|unit| unit.spare = [4.0, 4.0]);
        let narrow = wide.estimate().unwrap().arrival(EIGHT_OF_TEN) - before.arrival(0.0);
        let without = before.arrival(EIGHT_OF_TEN) - before.arrival(0.0);
        assert!((1.0..1.05).contains(&(narrow / without)), "{narrow} {without}");
        // Choosing the largest makes the end later, and never earlier.
        let choice = History { choice: 90.0, ..plain.clone() }.estimate().unwrap();
        assert_eq!(choice.arrival(-1.28), before.arrival(-1.28));
        assert!(choice.arrival(1.28) > at_end(&plain, before.left + 90.0));
    }
}

#[test]
fn slower_weeks_are_said() {
    let days = |to: i64| (0..to).step_by(3).collect::<Vec<_>>();
    let lately = |history: History| history.estimate().unwrap().lately;
    assert_eq!(lately(logged(200, Some(7.0), &days(200), 3.0)), None);
    assert_eq!(lately(logged(200, Some(7.0), &days(144), 3.0)), Some(0.0));
    let slow = lately(logged(200, Some(7.0), &days(160), 3.0)).unwrap();
    assert!((1.8..2.4).contains(&slow), "{slow}");
    assert_eq!(lately(finished(200, Some(7.0), 6, false)), None, "what is finished is lumpy");
}

#[test]
fn the_last_weeks_are_no_more_than_there_are() {
    let recent = |today: i64, basis| {
        let pace = logged(today, None, &[0, 6, 20], 6.0).recent(4, basis)?;
        Some((pace.hours_per_week, pace.weeks))
    };
    assert_eq!(recent(6, Measure::Studied), Some((18.0, 1)));
    assert_eq!(recent(27, Measure::Studied), Some((4.5, 4)));
    assert_eq!(recent(48, Measure::Studied), None);
    assert_eq!(recent(27, Measure::Planned), None);
}

/// Days on which hours were logged, and days on which a topic of 20 h was finished.
fn histories() -> impl Strategy<Value = History> {
    let logs = prop::collection::vec((0..200_i64, 0.25..6.0_f64), 0..60);
    let finishes = prop::collection::vec((0..200_i64, any::<bool>()), 0..8);
    (logs, finishes, prop::option::of(1.0..20.0_f64)).prop_map(|(logged, finishes, planned)| {
        let mut history = fresh(200, planned);
        for (on, is_logged) in finishes {
            let mut unit = unit(Kind::Topic, 20.0, 0.0);
            unit.begun = Some(on);
            history.units.push(unit);
            history.finished.push(work(on, 20.0));
            history.finishes.push(Finish { on, hours: 20.0, is_logged });
        }
        history.logged = logged;
        history
    })
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn an_idle_day_moves_the_pace_by_a_day_of_it_at_most(history in histories()) {
        let mut before: Option<Estimate> = None;
        // Without a plan, the first minutes tell a pace when they are two weeks old, silence or not.
        let first = history.logged.iter().map(|(on, _)| on + LEAST_DAYS).min();
        for today in first.unwrap_or(200).max(200)..340 {
            let estimate = History { today, ..history.clone() }.estimate();
            if let Some((before, now)) = before.zip(estimate) {
                prop_assert_eq!(before.basis, now.basis, "silence changes no clock");
                prop_assert!(now.rate <= before.rate + 1e-9);
                let Some((before, now)) = before.pace.zip(now.pace) else { continue };
                let moved = before.hours_per_week - now.hours_per_week;
                let most = before.hours_per_week / 7.0 / f64::from(before.weeks);
                prop_assert!(moved <= most + 1e-9, "{moved}, not {most}, on {today}");
                prop_assert!(moved >= -1e-9, "rest makes nobody faster: {moved} on {today}");
            }
            before = estimate.or(before);
        }
    }

    #[test]
    fn an_estimate_is_a_number_and_the_ends_are_around_the_middle(history in histories()) {
        let Some(estimate) = history.estimate() else { return Ok(()) };
        let ends = [-1.28, 0.0, 1.28].map(|off| estimate.arrival(off));
        prop_assert!(ends.iter().all(|end| end.is_finite()));
        prop_assert!(ends.is_sorted() && estimate.spread > 0.1 && estimate.left > 0.0);
        prop_assert!(estimate.rate > 0.0 && estimate.pace.is_none_or(|pace| pace.weeks > 0));
    }

    #[test]
    fn more_hours_are_a_faster_pace(history in histories(), on in 190..200_i64) {
        let Some(before) = history.estimate() else { return Ok(()) };
        let mut more = history;
        more.logged.push((on, 2.0));
        let Some(after) = more.estimate() else { return Ok(()) };
        if before.basis == Measure::Studied && after.basis == Measure::Studied {
            prop_assert!(after.rate >= before.rate - 1e-9);
            let pace = |estimate: Estimate| estimate.pace.map(|pace| pace.hours_per_week);
            prop_assert!(pace(after) > pace(before));
        }
    }
}
