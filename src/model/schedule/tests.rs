use proptest::{collection, prelude::*};

use super::super::event::Goals;
use super::super::outlook::outlook;
use super::super::roadmap::{
    Milestone, Node, Requirement, Resource, ResourceKind, Skill, Stage, Topic, Tracked,
};
use super::super::standing::{Following, ItemState, Standing, Subject};
use super::*;

/// A Monday.
const TODAY: &str = "2026-11-16";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn tracked(id: &str) -> Tracked {
    Tracked { id: id.to_owned(), title: id.to_uppercase(), ..Tracked::default() }
}

/// `a`, or `a|b` for alternatives.
fn requires(requirements: &[&str]) -> Vec<Requirement> {
    let any_of =
        |text: &&str| Requirement { any_of: text.split('|').map(Ref::from_text).collect() };
    requirements.iter().map(any_of).collect()
}

/// A topic of 5 h a skill.
fn topic(id: &str, skills: &[&str], required: &[&str]) -> Topic {
    let skill = |id: &&str| Skill { tracked: tracked(id), ..Skill::default() };
    Topic {
        id: id.to_owned(),
        title: id.to_owned(),
        hours: Some(5.0 * skills.len() as f64),
        requires: requires(required),
        skills: skills.iter().map(skill).collect(),
        ..Topic::default()
    }
}

fn milestone(id: &str, hours: f64, required: &[&str]) -> Milestone {
    Milestone {
        tracked: tracked(id),
        hours: Some(hours),
        requires: requires(required),
        ..Milestone::default()
    }
}

fn path(id: &str, required: &[&str], topics: Vec<Topic>, milestones: Vec<Milestone>) -> Roadmap {
    Roadmap {
        id: id.to_owned(),
        title: id.to_owned(),
        requires: requires(required),
        stages: vec![Stage {
            id: "s".to_owned(),
            title: "S".to_owned(),
            topics,
            milestones,
            ..Stage::default()
        }],
        ..Roadmap::default()
    }
    .indexed()
}

fn following(paths: &[(&str, Option<f64>)]) -> Standing {
    let mut standing = Standing::default();
    for (path, hours_per_week) in paths {
        let goals = Goals { target_on: None, hours_per_week: *hours_per_week, role: None };
        let following = Following { since: day("2026-11-02"), goals };
        standing.put(&Ref::path_only(path), Some(Subject::Path(following)));
    }
    standing
}

fn put(standing: &mut Standing, reference: &str, status: Status, since: &str) {
    let state = ItemState { status, since: Some(day(since)), ..ItemState::default() };
    standing.put(&Ref::from_text(reference), Some(Subject::Item(state)));
}

/// The schedule of all paths of a shelf.
fn scheduled(shelf: &Vec<Roadmap>, standing: &Standing, today: &str) -> Schedule {
    let view = View { shelf, standing };
    let outlooks: Vec<Outlook<'_>> =
        shelf.iter().map(|path| outlook(&view, path, day(today))).collect();
    schedule(&view, &outlooks, day(today))
}

/// `id hours`, by week.
fn work(schedule: &Schedule) -> Vec<Vec<String>> {
    let portion = |one: &Portion| format!("{} {}", one.reference, one.hours);
    schedule.weeks.iter().map(|week| week.work.iter().map(portion).collect()).collect()
}

fn days(schedule: &Schedule) -> Vec<String> {
    schedule.milestones.iter().map(|one| format!("{} {}", one.reference, one.on)).collect()
}

fn order_of(shelf: &Vec<Roadmap>, standing: &Standing) -> (Vec<String>, Option<Ref>) {
    let view = View { shelf, standing };
    let outlook = outlook(&view, shelf.last().unwrap(), day(TODAY));
    let (order, held) = order(&view, &outlook.route);
    (order.iter().map(|work| work.item.reference().to_string()).collect(), held)
}

#[test]
fn goals_stand_in_the_order_in_which_they_can_be_done() {
    // Topics, milestones, what is required by the path; the order of it.
    let a = |required: &[&str]| topic("ta", &["a1", "a2"], required);
    let b = |required: &[&str]| topic("tb", &["b1"], required);
    for (name, topics, milestones, expected) in [
        ("the file", vec![a(&[]), b(&[])], vec![milestone("m", 1.0, &[])], "a1 a2 b1 m"),
        ("a requirement", vec![a(&["p/tb"]), b(&[])], vec![], "b1 a1 a2"),
        (
            "of an item",
            vec![a(&["p/m"]), b(&[])],
            vec![milestone("m", 1.0, &["p/tb"])],
            "b1 m a1 a2",
        ),
        ("a skill of a topic", vec![a(&[]), b(&["p/a1"])], vec![], "a1 a2 b1"),
        (
            "alternatives",
            vec![a(&["p/m|p/tb"]), b(&[])],
            vec![milestone("m", 1.0, &["p/ta"])],
            "b1 a1 a2 m",
        ),
        ("a circle", vec![a(&["p/tb"]), b(&["p/ta"])], vec![milestone("m", 1.0, &[])], "m"),
        (
            "a way out of a circle",
            vec![a(&["p/tb|p/m"]), b(&["p/ta"])],
            vec![milestone("m", 1.0, &[])],
            "m a1 a2 b1",
        ),
        ("what is not there", vec![a(&["x/y", "p/z"]), b(&[])], vec![], "a1 a2 b1"),
    ] {
        let shelf = vec![path("p", &[], topics, milestones)];
        let (order, _) = order_of(&shelf, &following(&[("p", None)]));
        let expected: Vec<String> = expected.split(' ').map(|id| format!("p/{id}")).collect();
        assert_eq!(order, expected, "{name}");
    }
}

#[test]
fn what_is_in_progress_comes_first_and_what_is_finished_not_at_all() {
    let topics = vec![topic("ta", &["a1", "a2", "a3"], &[]), topic("tb", &["b1"], &[])];
    let mut shelf = vec![path("p", &[], topics, vec![milestone("m", 1.0, &["p/tb"])])];
    shelf[0].stages[0].topics[0].skills[2].tracked.optional = true;
    let mut standing = following(&[("p", None)]);
    put(&mut standing, "p/b1", Status::Doing, "2026-11-10");
    put(&mut standing, "p/m", Status::Doing, "2026-11-10");
    put(&mut standing, "p/a1", Status::Skipped, "2026-11-10");
    assert_eq!(order_of(&shelf, &standing).0, ["p/b1", "p/m", "p/a2"]);
}

#[test]
fn the_route_begins_with_what_is_required() {
    let base = || path("base", &[], vec![topic("t", &["x", "y"], &[])], vec![]);
    let mut own = path(
        "p",
        &["base"],
        vec![topic("t", &["a"], &[]), topic("u", &["z"], &["base/y"])],
        vec![],
    );
    own.stages[0].topics[0].skills[0].tracked.same_as = Some(Ref::from_text("base/x"));
    let shelf = vec![base(), own];
    let (order, held) = order_of(&shelf, &following(&[("base", None), ("p", None)]));
    assert_eq!(order, ["base/x", "base/y", "p/z"], "what stands in both is done once");
    assert_eq!(held, None);
    // Nobody follows it: what it holds back is not reached.
    let (order, held) = order_of(&shelf, &following(&[("p", None)]));
    assert_eq!(order, Vec::<String>::new());
    assert_eq!(held, Some(Ref::from_text("base")));
    // Without its file, nothing is held back.
    let shelf = vec![shelf[1].clone()];
    assert_eq!(order_of(&shelf, &following(&[("p", None)])).0, ["p/a", "p/z"]);
}

#[test]
fn weeks_hold_the_planned_hours() {
    let topics = vec![topic("ta", &["a1", "a2"], &[]), topic("tb", &["b1"], &[])];
    let shelf =
        vec![path("p", &[], topics, vec![milestone("m", 1.0, &[]), milestone("n", 0.0, &[])])];
    let standing = following(&[("p", Some(7.0))]);
    let schedule = scheduled(&shelf, &standing, TODAY);
    let expected: [&[&str]; 3] =
        [&["p/a1 5", "p/a2 2"], &["p/a2 3", "p/b1 4"], &["p/b1 1", "p/m 1", "p/n 0"]];
    assert_eq!(work(&schedule), expected);
    let week = &schedule.weeks[1];
    assert_eq!((week.from, week.to, week.hours), (day("2026-11-23"), day("2026-11-29"), 7.0));
    let [first, second] = &week.work[..] else { panic!() };
    assert_eq!((first.finishes, first.of), (true, 5.0));
    assert_eq!((second.finishes, second.of), (false, 5.0));
    // 16 h and then nothing, at an hour a day.
    assert_eq!(days(&schedule), ["p/m 2026-12-02", "p/n 2026-12-02"]);
    assert_eq!(schedule.milestones[0].rate, Rate { hours_per_week: 7.0, basis: Basis::Plan });
    assert_eq!(schedule.notes, Vec::<String>::new());
}

#[test]
fn the_week_that_has_begun_gets_what_is_left_of_it() {
    let shelf = vec![path("p", &[], vec![topic("t", &["a", "b"], &[])], vec![])];
    let standing = following(&[("p", Some(7.0))]);
    for (today, hours) in [(TODAY, 7.0), ("2026-11-18", 5.0), ("2026-11-22", 1.0)] {
        let week = &scheduled(&shelf, &standing, today).weeks[0];
        assert_eq!((week.from, week.to), (day(today), day("2026-11-22")));
        assert!((week.hours - hours).abs() < 1e-9, "{today}: {}", week.hours);
    }
}

#[test]
fn there_are_twelve_weeks_at_most() {
    let shelf =
        vec![path("p", &[], vec![topic("t", &["a"], &[])], vec![milestone("m", 900.0, &[])])];
    let schedule = scheduled(&shelf, &following(&[("p", Some(1.0))]), TODAY);
    assert_eq!(schedule.weeks.len(), 12);
    assert_eq!(days(&schedule), Vec::<String>::new(), "more than ten years away");
}

#[test]
fn the_pace_says_when_and_the_plan_how_much() {
    let topics = vec![topic("t", &["a", "b", "c", "d"], &[])];
    let shelf = vec![path("p", &[], topics, vec![milestone("m", 5.0, &[])])];
    let done = |hours| {
        let mut standing = following(&[("p", hours)]);
        put(&mut standing, "p/a", Status::Done, "2026-11-08");
        put(&mut standing, "p/b", Status::Done, "2026-11-15");
        standing
    };
    // 5 h a week in both of the two weeks, with 15 h left.
    let schedule = scheduled(&shelf, &done(Some(8.0)), TODAY);
    assert_eq!(days(&schedule), ["p/m 2026-12-07"]);
    assert_eq!(schedule.milestones[0].rate.basis, Basis::Pace);
    assert_eq!(work(&schedule)[0], ["p/c 5", "p/d 3"]);
    let schedule = scheduled(&shelf, &done(None), TODAY);
    assert_eq!(work(&schedule), [["p/c 5"], ["p/d 5"], ["p/m 5"]]);
}

#[test]
fn without_pace_and_plan_a_note_says_why() {
    let shelf = vec![path("p", &[], vec![topic("t", &["a"], &[])], vec![milestone("m", 5.0, &[])])];
    let schedule = scheduled(&shelf, &following(&[("p", None)]), TODAY);
    assert!(schedule.weeks.is_empty() && schedule.milestones.is_empty());
    assert_eq!(
        schedule.notes,
        ["no days for `p`: no forecast: nothing was finished by study in the last 12 weeks, \
          and no hours a week are planned"]
    );
    // Two weeks were too early, so is one.
    let mut standing = following(&[("p", None)]);
    put(&mut standing, "p/a", Status::Done, "2026-11-03");
    let schedule = scheduled(&shelf, &standing, "2026-11-09");
    assert!(schedule.notes[0].contains("before two weeks"), "{:?}", schedule.notes);
}

#[test]
fn paths_without_days_for_the_same_reason_share_a_note() {
    let base = path("base", &[], vec![topic("t", &["x"], &[])], vec![]);
    let own = path("p", &["base"], vec![topic("t", &["a"], &[])], vec![]);
    let mut idle = path("idle", &[], vec![topic("t", &["c"], &[])], vec![]);
    idle.stages[0].topics[0].hours = None;
    let shelf = vec![base, own, idle.indexed()];
    let standing = following(&[("base", None), ("p", None), ("idle", Some(5.0))]);
    let notes = scheduled(&shelf, &standing, TODAY).notes;
    assert_eq!(notes.len(), 2);
    assert!(notes[0].starts_with("no days for `base` and `p`: no forecast"), "{notes:?}");
    assert!(notes[1].starts_with("no days for `idle`: nothing that"), "{notes:?}");
}

#[test]
fn what_nobody_follows_holds_back_with_a_note() {
    let base = path("base", &[], vec![topic("t", &["x"], &[])], vec![]);
    let topics = vec![topic("t", &["a"], &[]), topic("u", &["b"], &["base/x"])];
    let shelf = vec![base, path("p", &[], topics, vec![milestone("m", 1.0, &["p/u"])])];
    let standing = following(&[("p", Some(5.0))]);
    let view = View { shelf: &shelf, standing: &standing };
    let outlook = outlook(&view, &shelf[1], day(TODAY));
    let schedule = schedule(&view, &[outlook], day(TODAY));
    assert_eq!(work(&schedule), [["p/a 5"]]);
    assert_eq!(days(&schedule), Vec::<String>::new());
    assert_eq!(
        schedule.notes,
        ["some of `p` has no day: it waits for `base/x`, which no followed path leads to"]
    );
}

#[test]
fn a_finished_path_has_nothing_ahead() {
    let shelf = vec![path("p", &[], vec![topic("t", &["a"], &[])], vec![])];
    let mut standing = following(&[("p", Some(5.0))]);
    put(&mut standing, "p/a", Status::Done, "2026-11-03");
    assert_eq!(scheduled(&shelf, &standing, TODAY), Schedule::default());
}

#[test]
fn a_path_that_is_a_means_has_the_hours_of_its_end() {
    let base = path("base", &[], vec![topic("t", &["x"], &[])], vec![milestone("m", 2.0, &[])]);
    let own = path("p", &["base"], vec![topic("t", &["a"], &[])], vec![milestone("n", 2.0, &[])]);
    let shelf = vec![base, own];
    let standing = following(&[("base", None), ("p", Some(7.0))]);
    let schedule = scheduled(&shelf, &standing, TODAY);
    assert_eq!(days(&schedule), ["base/m 2026-11-23", "p/n 2026-11-30"]);
    // One plan, not one for each of them.
    let expected: [&[&str]; 2] = [&["base/x 5", "base/m 2"], &["p/a 5", "p/n 2"]];
    assert_eq!(work(&schedule), expected);
}

#[test]
fn paths_side_by_side_share_the_weeks() {
    let one = path("one", &[], vec![topic("t", &["x", "y"], &[])], vec![]);
    let mut two = path("two", &[], vec![topic("t", &["a", "b"], &[])], vec![]);
    two.stages[0].topics[0].skills[0].tracked.same_as = Some(Ref::from_text("one/x"));
    let shelf = vec![one, two];
    let standing = following(&[("one", Some(5.0)), ("two", Some(3.0))]);
    let schedule = scheduled(&shelf, &standing, TODAY);
    let expected: [&[&str]; 2] = [&["one/x 5", "two/b 3"], &["one/y 5", "two/b 2"]];
    assert_eq!(work(&schedule), expected);
    assert_eq!(schedule.weeks[0].hours, 8.0);
}

#[test]
fn paths_that_require_each_other_are_planned_once() {
    let one = path("one", &["two"], vec![topic("t", &["x"], &[])], vec![]);
    let two = path("two", &[], vec![topic("t", &["a"], &["one/y"])], vec![]);
    let mut two = two;
    two.requires = requires(&["one"]);
    let shelf = vec![one, two];
    let schedule = scheduled(&shelf, &following(&[("one", Some(5.0)), ("two", Some(5.0))]), TODAY);
    assert_eq!(work(&schedule), [["two/a 5"], ["one/x 5"]]);
}

#[test]
fn a_skill_says_what_to_study_for_it() {
    let mut shelf = vec![path("p", &[], vec![topic("t", &["a", "b"], &[])], vec![])];
    let resource = |id: &str, skills: &[&str]| Resource {
        tracked: tracked(id),
        url: Some(format!("https://example.org/{id}")),
        kind: ResourceKind::Book,
        skills: skills.iter().map(|id| (*id).to_owned()).collect(),
        ..Resource::default()
    };
    shelf[0].stages[0].topics[0].resources =
        vec![resource("read", &["a"]), resource("first", &["a"]), resource("begun", &["a"])];
    let mut standing = following(&[("p", Some(20.0))]);
    put(&mut standing, "p/read", Status::Done, "2026-11-10");
    let study = |standing: &Standing| -> Vec<Option<String>> {
        let schedule = scheduled(&shelf, standing, TODAY);
        let work = schedule.weeks.into_iter().flat_map(|week| week.work);
        work.map(|portion| portion.study.map(|study| study.title)).collect()
    };
    assert_eq!(study(&standing), [Some("FIRST".to_owned()), None]);
    put(&mut standing, "p/begun", Status::Doing, "2026-11-10");
    assert_eq!(study(&standing), [Some("BEGUN".to_owned()), None]);
}

proptest! {
    #[test]
    fn everything_is_planned_once_and_after_what_it_requires(
        requirements in collection::vec((0_usize..8, 0_usize..8), 0..10),
        statuses in collection::vec(proptest::sample::select(Status::ALL.to_vec()), 8),
        hours in 0.5_f64..20.0,
    ) {
        // A requirement names an earlier topic, so that there is no circle.
        let mut topics: Vec<Topic> = (0..8)
            .map(|n| topic(&format!("t{n}"), &[&format!("a{n}"), &format!("b{n}")], &[]))
            .collect();
        for (one, other) in requirements {
            let (from, to) = (one.min(other), one.max(other));
            if from != to {
                // The later in the file first: the order has to turn it round.
                topics[from].requires.extend(requires(&[&format!("p/t{to}")]));
            }
        }
        let shelf = vec![path("p", &[], topics, vec![milestone("m", 3.0, &["p/s"])])];
        let mut standing = following(&[("p", Some(hours))]);
        for (n, status) in statuses.into_iter().enumerate() {
            put(&mut standing, &format!("p/a{n}"), status, TODAY);
        }
        let view = View { shelf: &shelf, standing: &standing };
        let outlook = outlook(&view, &shelf[0], day(TODAY));
        let (order, held) = order(&view, &outlook.route);
        // The milestone requires its own stage, so itself: a circle, which is never reached.
        prop_assert_eq!(held, None);
        let sum: f64 = order.iter().map(|work| work.hours).sum();
        prop_assert!((sum + 3.0 - outlook.hours_left).abs() < 1e-9);
        let mut later = standing.clone();
        for work in &order {
            let view = View { shelf: &shelf, standing: &later };
            prop_assert!(view.is_ready(&Node::Item(work.item)));
            prop_assert!(view.is_open(&work.item));
            put(&mut later, work.kept.as_str(), Status::Done, TODAY);
        }
        let schedule = schedule(&view, &[outlook], day(TODAY));
        let planned: f64 = schedule.weeks.iter().map(|week| week.hours).sum();
        prop_assert!((planned - sum.min(12.0 * hours)).abs() < 1e-3);
        for week in &schedule.weeks {
            prop_assert!(week.hours <= hours + 1e-3);
        }
    }
}
