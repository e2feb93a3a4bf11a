use super::*;
use crate::model::away::Away;
use crate::model::effort::Effort;
use crate::model::event::Goals;
use crate::model::fixture::{day, sketch};
use crate::model::forecast::NoForecast;
use crate::model::guidance::{Guide, NextFilter};
use crate::model::pace::Measure;
use crate::model::path_forecast::{Note, PathForecast, Without, outlook};
use crate::model::standing::{Following, Standing, SubjectState};

const PATH: &str = "
    path base
    stage s
    topic t 20h
    skill x
    path p needs=base/
    stage s
    topic web 30h
    skill a
    skill b
    resource ra 10h teaches=a
    resource rb 8h teaches=b
    resource extra 5h optional teaches=a
    topic more 20h
    skill c
    milestone m 12h needs=web";

fn follow(standing: &mut Standing, path: &str, since: NaiveDate, hours_per_week: Option<f64>) {
    let goals = Goals { target_on: None, hours_per_week, role: None };
    standing.put(&Ref::path_only(path), Some(SubjectState::Path(Following { since, goals })));
}

fn put(standing: &mut Standing, reference: &str, status: Status, since: NaiveDate, known: bool) {
    let since = Some(since);
    let state = ItemState { status, since, known, ..ItemState::default() };
    standing.put(&Ref::from_text(reference), Some(SubjectState::Item(state)));
}

fn effort(on: NaiveDate, subject: &str, minutes: u32) -> Effort {
    Effort { on, subject: Ref::from_text(subject), minutes }
}

fn of(standing: &Standing, begun: Option<NaiveDate>, today: NaiveDate) -> History {
    let shelf = sketch(PATH);
    let view = Learner { shelf: &shelf, standing };
    let route = [&shelf[1], &shelf[0]];
    let steps = Guide::new(&view, &route[..1], &NextFilter::default()).plan(false);
    history(&view, &route, &steps, (begun, None), today)
}

#[test]
fn topics_and_milestones_with_what_happened_to_them() {
    let mut standing = Standing::default();
    put(&mut standing, "p/ra", Status::Done, day(3, 4), false);
    put(&mut standing, "p/a", Status::Done, day(3, 5), false);
    put(&mut standing, "p/rb", Status::Doing, day(3, 6), false);
    put(&mut standing, "base/x", Status::Done, day(3, 1), true);
    standing.put_efforts(vec![
        effort(day(3, 3), "p/extra", 90),
        effort(day(3, 6), "p/web", 30),
        effort(day(3, 6), "p/m", 60),
        effort(day(3, 6), "elsewhere/m", 600),
        effort(day(3, 11), "p/m", 600),
    ]);
    let history = of(&standing, Some(day(3, 2)), day(3, 10));
    let start = history.start;
    assert_eq!(history.today - start, 8);
    let [web, ..] = &history.units[..] else { panic!() };
    // Open: the course of b, and the practice for it. Proven: half of the topic, which is more than
    // what was read.
    assert_eq!((web.kind, web.hours, web.worth, web.logged), (Kind::Topic, 30.0, 15.0, 2.0));
    assert_eq!(web.begun, Some(start + 1));
    let milestone = history.units.iter().find(|unit| unit.kind == Kind::Milestone).unwrap();
    assert_eq!((milestone.hours, milestone.left, milestone.logged), (12.0, 12.0, 1.0));
    // What was credited is no work, and what is of another path or of tomorrow is none either.
    assert_eq!(history.logged, [(start + 1, 1.5), (start + 4, 1.5)]);
    let work = |on, hours| Work { on, kind: Kind::Topic, hours };
    assert_eq!(history.finished, [work(start + 2, 10.0), work(start + 3, 5.0)]);
    assert_eq!(history.finishes, [Finish { on: start + 2, hours: 10.0, is_logged: true }]);
    assert_eq!(history.next, web.left);
}

/// By how much the units of a path with ranges can be less and more, and what its choice can add.
fn ends_of(
    text: &str,
    ranges: &[(&str, [f64; 2])],
    marks: &[(&str, Status)],
) -> (Vec<[f64; 2]>, f64) {
    let mut shelf = sketch(text);
    for topic in shelf[0].stages.iter_mut().flat_map(|stage| &mut stage.topics) {
        let of = |id: &str| ranges.iter().find(|(one, _)| *one == id).map(|(_, ends)| *ends);
        topic.range = of(&topic.id);
        topic.resources.iter_mut().for_each(|one| one.range = of(&one.tracked.id));
    }
    let shelf: Vec<Roadmap> = shelf.into_iter().map(Roadmap::indexed).collect();
    let mut standing = Standing::default();
    marks.iter().for_each(|(mark, status)| put(&mut standing, mark, *status, day(3, 4), false));
    standing.put_efforts(vec![effort(day(3, 5), "p/ra", 300)]);
    let view = Learner { shelf: &shelf, standing: &standing };
    let route = [&shelf[0]];
    let filter = NextFilter { today: day(3, 10), ..NextFilter::default() };
    let steps = Guide::new(&view, &route, &filter).plan(false);
    let history = history(&view, &route, &steps, (None, None), day(3, 10));
    (history.units.iter().map(|unit| unit.spare).collect(), history.choice)
}

#[test]
fn a_range_of_hours_is_by_how_much_what_is_ahead_can_differ() {
    let text = "
        path p
        stage s
        topic t 20h
        skill a
        skill b
        resource ra 10h teaches=a
        resource rb 6h teaches=b";
    let topic = ("t", [14.0, 26.0]);
    let reading = ("ra", [6.0, 14.0]);
    let doing = ("p/ra", Status::Doing);
    for (ranges, marks, expected) in [
        (&[][..], &[][..], [0.0, 0.0]),
        // Half of it was studied.
        (&[reading], &[doing], [2.0, 2.0]),
        (&[topic], &[], [6.0, 6.0]),
        // What is read for a topic is a part of it.
        (&[topic, reading], &[doing], [6.0, 6.0]),
        (&[topic], &[("p/a", Status::Done)], [3.0, 3.0]),
        (&[reading], &[("p/ra", Status::Done), ("p/a", Status::Done)], [0.0, 0.0]),
    ] {
        let (found, choice) = ends_of(text, ranges, marks);
        let near = found[0].iter().zip(expected).all(|(one, other)| (one - other).abs() < 0.3);
        assert!(near && choice == 0.0, "{ranges:?} {marks:?}: {found:?}");
    }
}

#[test]
fn the_largest_choice_is_by_how_much_it_can_be_more() {
    let text = "
        path p
        stage s choose=2
        topic small 5h
        skill a
        topic middle 10h
        skill b
        topic large 30h
        skill c";
    let large = ("large", [20.0, 40.0]);
    for (ranges, marks, expected) in [
        (&[][..], &[][..], 25.0),
        (&[large], &[], 35.0),
        (&[], &[("p/a", Status::Done)], 20.0),
        (&[], &[("p/a", Status::Done), ("p/b", Status::Doing)], 0.0),
        (&[], &[("p/c", Status::Skipped)], 0.0),
    ] {
        assert_eq!(ends_of(text, ranges, marks).1, expected, "{ranges:?} {marks:?}");
    }
}

#[test]
fn what_was_read_is_worth_something_before_it_is_proven() {
    let worth = |marks: &[&str]| {
        let mut standing = Standing::default();
        for mark in marks {
            put(&mut standing, mark, Status::Done, day(3, 4), false);
        }
        let history = of(&standing, Some(day(3, 2)), day(3, 10));
        history.units.iter().map(|unit| unit.worth).sum::<f64>()
    };
    for (marks, expected) in [
        (&[][..], 0.0),
        (&["p/ra"], 10.0),
        (&["p/ra", "p/a"], 15.0),
        (&["p/ra", "p/rb", "p/a"], 18.0),
        // All of the reading is nine tenths at most.
        (&["p/ra", "p/rb", "p/extra", "p/a"], 23.0),
        (&["p/a", "p/b", "p/m"], 42.0),
    ] {
        assert_eq!(worth(marks), expected, "{marks:?}");
    }
}

#[test]
fn one_old_mark_is_no_history() {
    let start = |marks: &[NaiveDate], begun: Option<NaiveDate>| {
        let mut standing = Standing::default();
        for (mark, item) in marks.iter().zip(["p/a", "p/b", "p/c"]) {
            put(&mut standing, item, Status::Done, *mark, false);
        }
        let history = of(&standing, begun, day(6, 30));
        let worth: f64 = history.units.iter().map(|unit| unit.worth).sum();
        (history.today - history.start, worth)
    };
    let date = |text: &str| text.parse::<NaiveDate>().unwrap();
    for (marks, begun, expected) in [
        (&[][..], None, (0, 0.0)),
        (&[day(6, 20)], None, (10, 15.0)),
        (&[], Some(day(6, 1)), (29, 0.0)),
        (&[day(6, 20), day(6, 28)], Some(day(6, 1)), (29, 30.0)),
        // Begun before it was said, in two steps.
        (&[day(6, 20), day(4, 10)], Some(day(6, 25)), (81, 30.0)),
        // Seven years ago: neither time nor work.
        (&[date("2019-05-01"), day(6, 20)], Some(day(6, 1)), (29, 15.0)),
        // A mark of the future is none yet; a start in the future is today.
        (&[day(6, 20), day(7, 1)], Some(day(6, 1)), (29, 15.0)),
        (&[], Some(day(7, 20)), (0, 0.0)),
    ] {
        assert_eq!(start(marks, begun), expected, "{marks:?}, begun {begun:?}");
    }
}

/// A learner of two topics, later than in truth by some days from the third week on.
fn learner(later: u64, away: Vec<Away>) -> Standing {
    let on = |at: u64| day(1, 5) + chrono::Days::new(if at > 14 { at + later } else { at });
    let mut standing = Standing::default();
    follow(&mut standing, "p", on(0), Some(6.0));
    put(&mut standing, "base/x", Status::Done, on(0), true);
    put(&mut standing, "p/ra", Status::Done, on(10), false);
    put(&mut standing, "p/a", Status::Done, on(20), false);
    let minutes = [1, 4, 9, 13, 16, 22, 30].map(|at| effort(on(at), "p/ra", 120));
    standing.put_efforts(minutes.to_vec());
    for Away { from, to, why } in away {
        standing.put(&Ref::away(from), Some(SubjectState::Away { to, why }));
    }
    standing
}

fn foretold(standing: &Standing, today: NaiveDate) -> PathForecast<'static> {
    let shelf: &'static Vec<Roadmap> = Box::leak(Box::new(sketch(PATH)));
    let standing: &'static Standing = Box::leak(Box::new(standing.clone()));
    outlook(&Learner { shelf, standing }, &shelf[1], today)
}

#[test]
fn a_pause_that_is_said_afterwards_leaves_the_history_without_it_to_the_day() {
    let today = day(1, 5) + chrono::Days::new(32);
    let pause = chrono::Days::new(42);
    let away = Away { from: day(1, 20), to: day(1, 19) + pause, why: None };
    let without = foretold(&learner(0, Vec::new()), today);
    let with = foretold(&learner(42, vec![away]), today + pause);
    assert_eq!(with.pace, without.pace);
    assert_eq!(with.recent_pace, without.recent_pace);
    let later = |day: NaiveDate| day + pause;
    let (with_range, range) = (with.forecast.unwrap(), without.forecast.unwrap());
    assert_eq!(with_range.earliest, later(range.earliest));
    assert_eq!(with_range.latest, later(range.latest));
    assert_eq!(with.steady.unwrap().on, later(without.steady.unwrap().on));
    // Said of nothing it is a slower pace.
    let unsaid = foretold(&learner(42, Vec::new()), today + pause);
    assert!(unsaid.pace.unwrap().hours_per_week < with.pace.unwrap().hours_per_week);
}

#[test]
fn a_record_without_minutes_reads_as_before() {
    let mut standing = learner(0, Vec::new());
    standing.put_efforts(Vec::new());
    let outlook = foretold(&standing, day(2, 6));
    let pace = outlook.pace.unwrap();
    assert_eq!((pace.basis, pace.calibration), (Measure::Planned, None));
    assert!(
        minutes(&Learner { shelf: &sketch(PATH), standing: &standing }, &[], day(2, 6)).is_empty()
    );
}

#[test]
fn at_a_hundred_percent_the_learner_has_arrived() {
    let mut standing = Standing::default();
    follow(&mut standing, "p", day(1, 5), Some(6.0));
    follow(&mut standing, "base", day(1, 5), None);
    for item in ["p/a", "p/b", "p/c", "p/m"] {
        put(&mut standing, item, Status::Done, day(2, 1), false);
    }
    let outlook = foretold(&standing, day(2, 6));
    assert!(outlook.forecast.is_err() && outlook.steady.is_none());
    let arrived = |rest: &[(&str, f64)]| {
        let rest = rest.iter().map(|(id, hours)| ((*id).to_owned(), *hours)).collect();
        Note::Without(Without { why: NoForecast::Finished, rest })
    };
    assert_eq!(outlook.note(), arrived(&[("base", 20.0)]));
    put(&mut standing, "base/x", Status::Skipped, day(2, 1), false);
    assert_eq!(foretold(&standing, day(2, 6)).note(), arrived(&[]));
}
