use milepost_path::ItemInfo;
use proptest::prelude::*;

use super::*;
use crate::model::activity::{ActiveDay, Activity, activity};
use crate::model::effort::Effort;
use crate::model::event::Goals;
use crate::model::fixture::{Log, World, cases, day, histories, marks, sketch, standing};
use crate::model::pace::History;
use crate::model::progress::progress;
use crate::model::standing::{Following, Standing, SubjectState};
use crate::model::units;

const PATH: &str = "path p
    stage s
    topic t 20h
    skill a
    skill b
    resource r 30h
    resource way 2h optional
    topic u choose=1
    skill x
    skill y
    topic v
    resource w 5h
    stage z
    topic last 3h
    skill k
    milestone m 8h";

/// What is shown of the past: by day, and for a pace.
fn past(shelf: &Vec<Roadmap>, standing: &Standing) -> (Activity, History) {
    let view = Learner { shelf, standing };
    let paths: Vec<&Roadmap> = shelf.iter().collect();
    let today = day(1, 25);
    let history = units::history(&view, &paths, &[], (Some(day(1, 1)), None), today);
    (activity(&view, &paths, today), history)
}

fn log() -> Log {
    let shelf = sketch(PATH);
    let all =
        "p/r=done@5 p/a=done@8 p/way=done@9 p/w=done@12 p/x=done@13 p/m=done@19 p/k=skipped@20";
    let mut log = marks(&shelf, all);
    let studied = |subject: &str, on| Effort {
        on: day(1, on),
        subject: Ref::from_text(subject),
        minutes: 30,
    };
    log.standing.put_efforts(vec![studied("p/b", 3), studied("p/t", 4), studied("p/m", 18)]);
    let following = Following { since: day(1, 1), goals: Goals::default() };
    log.standing.put(&Ref::path_only("p"), Some(SubjectState::Path(following)));
    log
}

#[test]
fn no_change_of_a_path_changes_the_past() {
    let log = log();
    let before = past(&sketch(PATH), &log.standing);
    let days: Vec<_> = before.0.days.iter().map(|day| (day.on, day.items, day.hours)).collect();
    let hours = [(3, 0, 0.0), (4, 0, 0.0), (5, 1, 18.0), (8, 1, 0.0), (9, 1, 0.0), (12, 1, 5.0)];
    let more = [(13, 1, 0.0), (18, 0, 0.0), (19, 1, 8.0)];
    let expected = hours.into_iter().chain(more);
    assert_eq!(
        days,
        expected.map(|(on, items, hours)| (day(1, on), items, hours)).collect::<Vec<_>>()
    );
    for (what, from, to) in [
        ("retired", "skill a", "skill a retired"),
        ("retired", "milestone m 8h", "milestone m 8h retired"),
        ("optional", "skill a", "skill a optional"),
        ("counted", "resource way 2h optional", "resource way 2h"),
        ("removed", "skill a\n", ""),
        ("removed", "milestone m 8h", ""),
        ("removed", "resource r 30h\n", ""),
        ("removed, what was only studied", "skill b\n", ""),
        ("removed", "topic u choose=1\n    skill x\n    skill y\n", ""),
        ("other hours", "topic t 20h", "topic t 90h"),
        ("other hours", "topic t 20h", "topic t 2h"),
        ("other hours", "resource r 30h", "resource r 1h"),
        ("other hours", "milestone m 8h", "milestone m 80h"),
        ("more in the topic", "skill b", "skill b\n skill c"),
        ("renamed", "topic t 20h", "topic t2 20h was=t"),
        ("renamed", "skill a", "skill a2 was=a"),
        ("moved", "    skill a\n", ""),
        ("by hours", "topic v", "topic v 50h"),
    ] {
        let mut text = PATH.replace(from, to);
        assert_ne!(text, PATH);
        if what == "moved" {
            text = text.replace("skill k", "skill k\n skill a");
        }
        let after = past(&sketch(&text), &log.standing);
        assert_eq!(after.0, before.0, "{what}: {from} -> {to}");
        let shown = |history: &History| {
            let worth = amounts::sum(history.units.iter().map(|unit| unit.worth));
            let (logged, finished) = (history.logged.clone(), history.finished.clone());
            let finished: Vec<_> = finished.into_iter().filter(|one| one.hours > 0.0).collect();
            (history.start, worth, logged, finished, history.finishes.len())
        };
        assert_eq!(shown(&after.1), shown(&before.1), "{what}: {from} -> {to}");
    }
}

#[test]
fn a_path_that_is_gone_leaves_its_past_to_all_that_is_followed() {
    let log = log();
    let (before, _) = past(&sketch(PATH), &log.standing);
    assert_eq!(past(&Vec::new(), &log.standing).0, before);
    let other = sketch("path q\n stage s\n topic t\n skill a");
    assert_eq!(past(&other, &log.standing).0, before);
    // One of two paths that are followed has no share in what is gone.
    let mut standing = log.standing.clone();
    let following = Following { since: day(1, 1), goals: Goals::default() };
    standing.put(&Ref::path_only("q"), Some(SubjectState::Path(following)));
    let both =
        sketch("path q\n stage s\n topic t\n skill a\n path o\n stage s\n topic t\n skill a");
    let view = Learner { shelf: &both, standing: &standing };
    assert_eq!(activity(&view, &[&both[1]], day(1, 25)).active_days, 0);
    assert_eq!(activity(&view, &[&both[0]], day(1, 25)).active_days, before.active_days);
}

#[test]
fn older_events_have_what_their_path_says_and_else_a_day() {
    let shelf = sketch("path p\n stage s\n topic t 10h\n skill a\n skill b\n milestone m 4h");
    let standing = standing("p/a=done p/gone=done p/m=done p/off=skipped");
    let view = Learner { shelf: &shelf, standing: &standing };
    let activity = activity(&view, &[&shelf[0]], day(1, 25));
    let [one] = activity.days.as_slice() else { panic!("{activity:?}") };
    assert_eq!((one.items, one.hours), (3, 9.0));
}

#[test]
fn what_a_choice_leaves_out_is_as_it_was_chosen() {
    let shelf = sketch("path p\n stage s choose=1\n topic t 4h\n skill a\n topic u 9h\n skill b");
    let log = marks(&shelf, "p/b=done@5");
    let was = log.standing.item("p", "b").unwrap().as_marked.clone().unwrap();
    assert!(was.is_goal, "what is done is what was chosen: {was:?}");
    assert_eq!((was.hours, was.within.as_str()), (Some(9.0), "p/u"));
}

#[test]
fn an_event_says_what_the_item_was() {
    let shelf = sketch(
        "path p
         stage s
         topic t 10h
         skill a
         skill b
         resource r 3h
         resource o 2h optional
         topic u
         resource w 5h
         milestone m 4h
         path q
         stage s
         topic t
         skill same same=p/a",
    );
    let was = |all: &str, id: &str| {
        let log = marks(&shelf, all);
        serde_json::to_string(&log.standing.item("p", id).unwrap().as_marked).unwrap()
    };
    for (all, id, expected) in [
        ("p/a=done@1", "a", r#"{"kind":"skill","in":"p/t","hours":5.0,"goal":true}"#),
        ("p/r=done@1", "r", r#"{"kind":"resource","in":"p/t","hours":3.0,"of":10.0}"#),
        ("p/b=skipped@1 p/r=done@1", "r", r#"{"kind":"resource","in":"p/t","hours":3.0,"of":5.0}"#),
        ("p/o=done@1", "o", r#"{"kind":"resource","in":"p/t","hours":2.0}"#),
        ("p/w=doing@1", "w", r#"{"kind":"resource","in":"p/u","hours":5.0,"goal":true}"#),
        ("p/m=done@1", "m", r#"{"kind":"milestone","in":"p/s","hours":4.0,"goal":true}"#),
        ("q/same=done@1", "a", r#"{"kind":"skill","in":"q/t","goal":true}"#),
    ] {
        assert_eq!(was(all, id), expected, "{all}");
    }
}

/// The same paths with other hours, and each item that many steps on retired.
fn changed(world: &World, hours: f64, step: usize) -> Vec<Roadmap> {
    let mut shelf = world.shelf.clone();
    let mut number = 0;
    let mut retire = |tracked: &mut ItemInfo| {
        number += 1;
        tracked.retired |= number % step == 0;
    };
    for stage in shelf.iter_mut().flat_map(|path| &mut path.stages) {
        for topic in &mut stage.topics {
            topic.hours = topic.hours.map(|was| was + hours);
            topic.skills.iter_mut().for_each(|skill| retire(&mut skill.tracked));
            for resource in &mut topic.resources {
                resource.hours = resource.hours.map(|was| was + hours);
                retire(&mut resource.tracked);
            }
        }
        for milestone in &mut stage.milestones {
            milestone.hours = milestone.hours.map(|was| was + hours);
            retire(&mut milestone.tracked);
        }
    }
    shelf.into_iter().map(Roadmap::indexed).collect()
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn days_stay_whatever_a_path_becomes((world, log) in histories(), step in 1..4_usize) {
        let days = |shelf: &Vec<Roadmap>| {
            let (activity, _) = past(shelf, &log.standing);
            let day = |day: ActiveDay| (day.on, day.items, day.minutes);
            activity.days.into_iter().map(day).collect::<Vec<_>>()
        };
        prop_assert_eq!(days(&changed(&world, 5.0, step)), days(&world.shelf));
    }

    #[test]
    fn hours_are_those_of_the_progress_while_no_path_changes((world, log) in histories()) {
        // Of the skills and milestones of one path, marked without a choice or a second name.
        let text = world.text.replace("choose=", "role=").replace("same=", "role=");
        let shelf = sketch(&text);
        let all: Vec<String> = log.standing.items().iter().filter_map(|(reference, state)| {
            let node = find(&shelf, reference)?;
            let Node::Item(item) = node else { return None };
            (item.resource().is_none() && state.is_marked())
                .then(|| format!("{}={}@1", item.reference(), state.status.as_str()))
        }).collect();
        let log = marks(&shelf, &all.join(" "));
        for path in &shelf {
            let view = Learner { shelf: &shelf, standing: &log.standing };
            let hours = amounts::sum(activity(&view, &[path], day(1, 2)).days.iter().map(|day| day.hours));
            let done = progress(&view, &Node::Path(path)).hours.done;
            prop_assert!((hours - done).abs() < 1e-6, "{} {}", hours, done);
        }
    }
}
