use milepost_path::{Node, Ref, Stage};
use proptest::prelude::*;

use super::*;
use crate::model::fixture::{cases, histories, sketch, standing, viewed, worlds};
use crate::model::standing::{ItemState, Standing, SubjectState};

fn of(paths: &str, marks: &str) -> Progress {
    let shelf = sketch(paths);
    let standing = standing(marks);
    let view = Learner { shelf: &shelf, standing: &standing };
    progress(&view, &Node::Path(&shelf[0]))
}

const THIRDS: &str = "
    path p
    stage s
    topic t 10h
    skill a
    skill b
    skill c
    resource r 5h
    milestone m 5h";

#[test]
fn percentages() {
    let no_goals = "
        path p
        stage s
        topic t
        resource a 1h
        resource b 3h
        resource c 9h optional";
    let no_hours = "
        path p
        stage s
        topic t
        skill a
        skill b
        skill c";
    let some_hours = "
        path p
        stage s
        topic t
        skill a
        topic u 4h
        skill b";
    for (paths, marks, percent, hours) in [
        (THIRDS, "", 0.0, (0.0, 15.0)),
        (THIRDS, "p/a=done", 22.2, (10.0 / 3.0, 15.0)),
        (THIRDS, "p/a=done p/b=done", 44.4, (20.0 / 3.0, 15.0)),
        (THIRDS, "p/a=done p/b=done p/c=done", 66.6, (10.0, 15.0)),
        (THIRDS, "p/m=done", 33.3, (5.0, 15.0)),
        (THIRDS, "p/m=doing p/r=done", 0.0, (0.0, 15.0)),
        // Two thirds of twenty hours are two thirds, whatever the sums come to.
        (THIRDS, "p/a=done p/m=skipped", 33.3, (10.0 / 3.0, 10.0)),
        (THIRDS, "p/a=done p/b=done p/c=done p/m=skipped", 100.0, (10.0, 10.0)),
        (THIRDS, "p/a=skipped p/b=skipped p/c=skipped p/m=skipped", 100.0, (0.0, 0.0)),
        (no_goals, "p/a=done", 25.0, (1.0, 4.0)),
        (no_goals, "p/a=done p/b=skipped", 100.0, (1.0, 1.0)),
        (no_goals, "p/c=done", 0.0, (0.0, 4.0)),
        (no_hours, "p/a=done", 33.3, (0.0, 0.0)),
        (no_hours, "p/a=done p/b=skipped", 50.0, (0.0, 0.0)),
        // What has no hours counts as much as the others do on average.
        (some_hours, "p/b=done", 50.0, (4.0, 4.0)),
        (some_hours, "p/a=done", 50.0, (0.0, 4.0)),
        (some_hours, "p/a=done p/b=done", 100.0, (4.0, 4.0)),
        ("path p\n stage s", "", 100.0, (0.0, 0.0)),
    ] {
        let progress = of(paths, marks);
        assert_eq!(progress.percent, percent, "{paths} {marks}");
        assert!((progress.hours.done - hours.0).abs() < 1e-9, "{paths} {marks}: {progress:?}");
        assert!((progress.hours.total - hours.1).abs() < 1e-9, "{paths} {marks}: {progress:?}");
    }
}

#[test]
fn a_sum_of_thirds_is_the_decimal_that_it_means() {
    // Each skill has a third of an hour, a seventh, and so on: tenths of all are whole tenths.
    for parts in [3, 6, 7, 9, 11, 13, 30, 70, 99, 330] {
        let skills = |from: usize, to: usize| (from..to).map(|n| format!("skill k{n}\n")).collect();
        let whole: String = skills(0, parts * 10);
        let paths = format!("path p\nstage s\ntopic t 10h\n{whole}");
        for tenths in 1..10 {
            let done: String = (0..parts * tenths).map(|n| format!("p/k{n}=done ")).collect();
            assert_eq!(of(&paths, &done).percent, tenths as f64 * 10.0, "{parts} {tenths}");
        }
    }
}

#[test]
fn hours_that_are_spread_over_skills_add_up_again() {
    // 31 topics of 2 h over 7 skills each would be 61.99999999999986 h.
    let skills = |t: usize| (0..7).map(|n| format!("skill k{t}-{n}\n")).collect::<String>();
    let topics: String = (0..31).map(|t| format!("topic t{t} 2h\n{}", skills(t))).collect();
    let all = of(&format!("path p\nstage s\n{topics}"), "");
    assert_eq!(all.hours.total, 62.0);
}

#[test]
fn it_is_rounded_down_and_never_up_to_the_end() {
    let skills: String = (0..3000).map(|n| format!("skill k{n}\n")).collect();
    let paths = format!("path p\nstage s\ntopic t 3000h\n{skills}");
    for (done, percent) in [(1, 0.0), (2, 0.0), (3, 0.1), (1999, 66.6), (2000, 66.6), (2999, 99.9)]
    {
        let marks: String = (0..done).map(|n| format!("p/k{n}=done ")).collect();
        assert_eq!(of(&paths, &marks).percent, percent, "{done} of 3000");
    }
}

#[test]
fn skipped_stands_apart_from_done() {
    let progress = of(THIRDS, "p/a=skipped p/b=done p/r=skipped p/m=doing");
    assert_eq!(progress.skills, Count { done: 1, skipped: 1, total: 3 });
    assert_eq!(progress.milestones, Count { done: 0, skipped: 0, total: 1 });
    assert_eq!(progress.resources, Count { done: 0, skipped: 1, total: 1 });
    assert_eq!(progress.counted(), Count { done: 1, skipped: 1, total: 4 });
    assert_eq!(progress.counted().left(), 2);
    assert_eq!(progress.percent, 28.5, "20 of 70, the skipped third is in neither");
}

#[test]
fn what_is_optional_is_not_counted_and_takes_no_share() {
    let paths = "
        path p
        stage s
        topic t 10h
        skill a
        skill b optional
        milestone m 5h optional";
    let progress = of(paths, "p/b=done p/m=done");
    assert_eq!(progress.counted(), Count { done: 0, skipped: 0, total: 1 });
    // The topic's hours are for what it counts.
    assert_eq!((progress.percent, progress.hours.total), (0.0, 10.0));
    assert_eq!(of(paths, "p/a=done").percent, 100.0);
}

#[test]
fn an_item_counts_in_each_path_that_has_it() {
    let paths = "
        path p
        stage s
        topic t 10h
        skill a same=q/x
        skill b
        path q
        stage s
        topic t 10h
        skill x";
    assert_eq!(of(paths, "q/x=done").percent, 50.0);
    assert_eq!(of(paths, "q/x=skipped p/b=done").percent, 100.0);
}

/// Whether so many parts of something in a node, or of its stage, are enough.
fn leaves_a_choice(node: &Node<'_>) -> bool {
    let stages = node.stage().map_or(node.roadmap().stages.as_slice(), std::slice::from_ref);
    let chooses = |stage: &Stage| {
        stage.choose.is_some() || stage.topics.iter().any(|topic| topic.choose.is_some())
    };
    stages.iter().any(chooses)
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn it_can_be_trusted((world, log) in histories()) {
        let view = viewed(&world, &log.standing);
        for roadmap in &world.shelf {
            let stages = roadmap.stages.iter().map(|stage| Node::Stage(roadmap, stage));
            let topics = roadmap.stages.iter().flat_map(|stage| {
                stage.topics.iter().map(move |topic| Node::Topic(roadmap, stage, topic))
            });
            for node in [Node::Path(roadmap)].into_iter().chain(stages).chain(topics) {
                let progress = progress(&view, &node);
                let Progress { hours, percent, .. } = progress;
                let counted = progress.counted();
                prop_assert_eq!(percent == 100.0, counted.left() == 0);
                prop_assert_eq!(percent == 100.0, view.is_finished(&node));
                prop_assert!(percent == 100.0 || (0.0..=99.9).contains(&percent), "{}", percent);
                prop_assert_eq!((percent * 10.0).round() / 10.0, percent, "one decimal");
                prop_assert!(0.0 <= hours.done && hours.done <= hours.total, "{:?}", hours);
                let goals = counting::goals(&view, &node);
                let all_have_hours = goals.iter().all(|item| item.hours().is_some());
                if counted.left() > 0 && all_have_hours {
                    let exact = (hours.done / hours.total * 100.0).min(99.9);
                    prop_assert!(percent <= exact + 1e-6 && exact < percent + 0.1, "{}", exact);
                }
                let items: Vec<_> = node.items();
                let counts = |kind, status: Option<Status>| {
                    let of_kind = items.iter().filter(|item| item.kind() == kind);
                    let counted = of_kind.filter(|item| item.can_count());
                    counted.filter(|item| status == Some(view.status(item)) || status.is_none()).count()
                };
                // Of a choice, as many are counted as are enough.
                if leaves_a_choice(&node) {
                    continue;
                }
                for (kind, count) in [
                    (NodeKind::Skill, progress.skills),
                    (NodeKind::Resource, progress.resources),
                    (NodeKind::Milestone, progress.milestones),
                ] {
                    prop_assert_eq!(count.total, counts(kind, None));
                    prop_assert_eq!(count.done, counts(kind, Some(Status::Done)));
                    prop_assert_eq!(count.skipped, counts(kind, Some(Status::Skipped)));
                }
            }
        }
    }

    #[test]
    fn a_path_is_the_sum_of_its_stages((world, log) in histories()) {
        let view = viewed(&world, &log.standing);
        for roadmap in &world.shelf {
            let whole = progress(&view, &Node::Path(roadmap));
            let mut sum = Progress::default();
            for stage in &roadmap.stages {
                let part = progress(&view, &Node::Stage(roadmap, stage));
                sum.skills = sum.skills + part.skills;
                sum.resources = sum.resources + part.resources;
                sum.milestones = sum.milestones + part.milestones;
                sum.resource_goals = sum.resource_goals + part.resource_goals;
                sum.hours.done += part.hours.done;
                sum.hours.total += part.hours.total;
            }
            prop_assert_eq!(sum.skills, whole.skills);
            prop_assert_eq!(sum.resources, whole.resources);
            prop_assert_eq!(sum.milestones, whole.milestones);
            prop_assert_eq!(sum.counted(), whole.counted());
            prop_assert!((sum.hours.done - whole.hours.done).abs() < 1e-6);
            prop_assert!((sum.hours.total - whole.hours.total).abs() < 1e-6);
        }
    }

    #[test]
    fn doing_more_never_lowers_it((world, log) in histories(), pick in any::<u16>()) {
        let before = viewed(&world, &log.standing);
        let items = world.items();
        prop_assume!(!items.is_empty());
        let target = before.target(&items[usize::from(pick) % items.len()]);
        let mut standing: Standing = log.standing.clone();
        let state = ItemState {
            status: Status::Done,
            since: Some(crate::model::fixture::day(12, 1)),
            ..target.state
        };
        let place: Ref = target.kept;
        standing.put(&place, Some(SubjectState::Item(state)));
        let after = viewed(&world, &standing);
        // Where there is a choice, it falls when somebody takes the larger part.
        let paths = world.shelf.iter().filter(|path| !leaves_a_choice(&Node::Path(path)));
        for roadmap in paths {
            let path = Node::Path(roadmap);
            let (was, is) = (progress(&before, &path), progress(&after, &path));
            prop_assert!(was.percent <= is.percent, "{} {:?} {:?}", place, was, is);
        }
    }

    #[test]
    fn with_all_done_nothing_is_left(world in worlds()) {
        let mut standing = Standing::default();
        for item in world.items() {
            let state = ItemState { status: Status::Done, ..ItemState::default() };
            let place = viewed(&world, &Standing::default()).target(&item).kept;
            standing.put(&place, Some(SubjectState::Item(state)));
        }
        for roadmap in &world.shelf {
            let progress = progress(&viewed(&world, &standing), &Node::Path(roadmap));
            prop_assert_eq!((progress.percent, progress.hours.left()), (100.0, 0.0));
        }
    }
}
