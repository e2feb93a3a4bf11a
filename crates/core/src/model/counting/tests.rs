use milepost_path::{Ref, Roadmap, find};

use super::*;
use crate::model::fixture::{cases, histories, item, sketch, standing, viewed};
use crate::model::progress::{Count, progress};
use proptest::prelude::*;

/// The ids that a node counts, those that are done marked with a star, and its hours and percentage.
fn counted(shelf: &Vec<Roadmap>, reference: &str, marks: &str) -> String {
    let standing = standing(marks);
    let view = Learner { shelf, standing: &standing };
    let node = find(shelf, &Ref::from_text(reference)).unwrap();
    let goals = goals(&view, &node);
    let ids = goals.iter().map(|item| {
        let star = if view.status(item) == Status::Done { "*" } else { "" };
        format!("{}{star}", item.id())
    });
    let progress = progress(&view, &node);
    assert_eq!(progress.counted().total, goals.len());
    assert_eq!(progress.percent == 100.0, is_finished(&view, &node));
    let hours = progress.hours;
    let ids: Vec<String> = ids.collect();
    format!("{}: {} of {} h, {}%", ids.join(" "), hours.done, hours.total, progress.percent)
}

const MIXED: &str = "
    path p
    stage one
    topic a 10h
    skill s
    resource beside 7h
    topic b 30h
    resource r 12h
    resource q
    resource z
    resource extra 5h optional
    stage two
    topic c
    resource t 15h
    topic d 8h
    skill u optional
    skill v optional
    resource w 2h
    milestone m 5h
    milestone n 9h retired";

#[test]
fn topics_decide_what_counts() {
    let shelf = sketch(MIXED);
    for (reference, marks, expected) in [
        ("p/a", "p/s=done p/beside=done", "s*: 10 of 10 h, 100%"),
        // Without skills, its resources: those without hours share what the topic has left.
        ("p/b", "", "r q z: 0 of 30 h, 0%"),
        ("p/b", "p/q=done", "r q* z: 9 of 30 h, 30%"),
        ("p/b", "p/extra=done p/r=skipped", "r q z: 0 of 18 h, 0%"),
        ("p/one", "p/s=done", "s* r q z: 10 of 40 h, 25%"),
        ("p/c", "", "t: 0 of 15 h, 0%"),
        // Only optional skills: nothing counts, the resources beside them neither.
        ("p/d", "", ": 0 of 0 h, 100%"),
        ("p/two", "", "t m: 0 of 20 h, 0%"),
        ("p", "p/s=done", "s* r q z t m: 10 of 60 h, 16.6%"),
        ("p/beside", "", "beside: 0 of 7 h, 0%"),
        ("p/extra", "", ": 0 of 0 h, 100%"),
    ] {
        if reference != "p/extra" {
            assert_eq!(counted(&shelf, reference, marks), expected, "{reference} {marks}");
        }
    }
}

#[test]
fn retired_skills_are_none() {
    let shelf = sketch(
        "path p
         stage s
         topic a 10h
         skill k
         skill old retired
         topic b 6h
         skill gone retired
         resource r
         resource q 2h
         resource out retired",
    );
    assert_eq!(counted(&shelf, "p/a", "p/old=done"), "k: 0 of 10 h, 0%");
    assert_eq!(counted(&shelf, "p/b", "p/q=done"), "r q*: 2 of 6 h, 33.3%");
    let hours = |id: &str| item(&shelf, id).hours();
    assert_eq!((hours("p/old"), hours("p/out"), hours("p/r")), (None, None, Some(4.0)));
}

#[test]
fn so_many_skills_are_enough() {
    let shelf = sketch(
        "path p
         stage s
         topic t 10h choose=2
         skill a
         skill b
         skill c
         skill d
         skill e optional
         resource r",
    );
    for (marks, expected) in [
        ("", "a b: 0 of 10 h, 0%"),
        ("p/c=done", "a c*: 5 of 10 h, 50%"),
        ("p/d=doing", "a d: 0 of 10 h, 0%"),
        ("p/b=done p/d=doing p/e=done", "b* d: 5 of 10 h, 50%"),
        ("p/b=done p/c=done p/d=doing", "b* c*: 10 of 10 h, 100%"),
        ("p/b=done p/c=done p/d=done", "b* c*: 10 of 10 h, 100%"),
        // What was skipped never counts; fewer than two left: what is left.
        ("p/a=skipped", "b c: 0 of 10 h, 0%"),
        ("p/a=skipped p/b=skipped p/c=skipped", "d: 0 of 5 h, 0%"),
        ("p/a=skipped p/b=skipped p/c=skipped p/d=skipped", ": 0 of 0 h, 100%"),
    ] {
        assert_eq!(counted(&shelf, "p/t", marks), expected, "{marks}");
    }
}

#[test]
fn so_many_topics_are_enough() {
    let shelf = sketch(
        "path p
         stage s choose=1
         topic long 40h
         skill a
         skill b
         topic short 10h
         skill c
         skill d
         topic unknown
         skill e
         topic extra 1h
         skill f optional
         milestone m 5h",
    );
    for (marks, expected) in [
        // The least effort that is known.
        ("", "c d m: 0 of 15 h, 0%"),
        ("p/m=done", "c d m*: 5 of 15 h, 33.3%"),
        ("p/a=doing", "a b m: 0 of 45 h, 0%"),
        // The larger one was begun: the percentage falls.
        ("p/a=done p/m=done", "a* b m*: 25 of 45 h, 55.5%"),
        ("p/c=done p/d=done p/a=done", "c* d* m: 10 of 15 h, 66.6%"),
        // Of those that are done, the largest.
        ("p/a=done p/b=done p/c=done p/d=done p/m=done", "a* b* m*: 45 of 45 h, 100%"),
        ("p/c=skipped p/d=skipped", "a b m: 0 of 45 h, 0%"),
        ("p/c=skipped p/d=skipped p/a=skipped p/b=skipped", "e m: 0 of 5 h, 0%"),
    ] {
        assert_eq!(counted(&shelf, "p/s", marks), expected, "{marks}");
        assert_eq!(counted(&shelf, "p", marks), expected, "{marks}");
    }
    // A topic by itself counts, whatever its stage chooses.
    assert_eq!(counted(&shelf, "p/long", "p/c=done p/d=done"), "a b: 0 of 40 h, 0%");
    let none = standing("");
    let view = Learner { shelf: &shelf, standing: &none };
    let beside = progress(&view, &find(&shelf, &Ref::from_text("p")).unwrap());
    assert_eq!(beside.skills, Count { done: 0, skipped: 0, total: 2 });
}

#[test]
fn hours_stand_where_what_was_skipped_does_too() {
    let shelf = sketch(MIXED);
    let standing = standing("p/s=skipped p/t=done");
    let view = Learner { shelf: &shelf, standing: &standing };
    let effort = |reference| effort(&view, &find(&shelf, &Ref::from_text(reference)).unwrap());
    assert_eq!(effort("p"), Some(60.0));
    assert_eq!(effort("p/d"), None);
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn parts_add_up((world, log) in histories()) {
        let view = viewed(&world, &log.standing);
        for roadmap in &world.shelf {
            let ids = |node: &Node<'_>| -> Vec<String> {
                goals(&view, node).iter().map(|item| item.id().to_owned()).collect()
            };
            let mut parts: Vec<String> = Vec::new();
            for stage in &roadmap.stages {
                let topics = stage.topics.iter().map(|topic| Node::Topic(roadmap, stage, topic));
                let topics: Vec<Vec<String>> = topics.map(|topic| ids(&topic)).collect();
                let of_stage = ids(&Node::Stage(roadmap, stage));
                // Of a choice, whole topics and not more than are enough; else all of them.
                let chosen: Vec<_> = topics
                    .iter()
                    .filter(|topic| topic.iter().any(|id| of_stage.contains(id)))
                    .collect();
                let with_goals = topics.iter().filter(|topic| !topic.is_empty()).count();
                match stage.choose {
                    Some(most) => prop_assert!(chosen.len() <= usize::from(most)),
                    None => prop_assert_eq!(chosen.len(), with_goals),
                }
                let milestones = roadmap.milestones_of(stage).map(Node::Item);
                let milestones = milestones.flat_map(|milestone| ids(&milestone));
                let of_parts = chosen.into_iter().flatten().cloned().chain(milestones);
                prop_assert_eq!(&of_stage, &of_parts.collect::<Vec<_>>());
                parts.extend(of_stage);
            }
            prop_assert_eq!(ids(&Node::Path(roadmap)), parts);
        }
    }
}
