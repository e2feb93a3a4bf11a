mod requirements;

use milepost_path::{NodeKind, Requirement, Roadmap, find};
use proptest::prelude::*;

use super::*;
use crate::model::effort::Effort;
use crate::model::event::Grade;
use crate::model::fixture::{cases, day, histories, item, sketch, standing, viewed, worlds};
use crate::model::standing::{Standing, SubjectState};

fn texts(places: &[Ref]) -> Vec<&str> {
    places.iter().map(Ref::as_str).collect()
}

fn node<'s>(shelf: &'s Vec<Roadmap>, reference: &str) -> Node<'s> {
    find(shelf, &Ref::from_text(reference)).unwrap()
}

/// Items of one topic in each of several paths, written as `a/x same=b/x was=old`.
fn items(lines: &[&str]) -> Vec<Roadmap> {
    let mut text = String::new();
    let mut last = "";
    for line in lines {
        let (path, rest) = line.split_once('/').unwrap();
        if path != last {
            text.push_str(&format!("path {path}\nstage s\ntopic t\n"));
        }
        last = path;
        text.push_str(&format!("skill {rest}\n"));
    }
    sketch(&text)
}

#[test]
fn time_is_summed_wherever_it_is_recorded() {
    let shelf = items(&["a/x same=b/y was=old", "b/y"]);
    let mut standing = Standing::default();
    let effort = |subject: &str, on, minutes| Effort {
        subject: Ref::from_text(subject),
        on: day(1, on),
        minutes,
    };
    standing.put_efforts(vec![
        effort("b/y", 2, 10),
        effort("a/old", 1, 5),
        effort("a/t", 1, 7),
        effort("b/y", 1, 20),
    ]);
    let view = Learner { shelf: &shelf, standing: &standing };
    for (reference, minutes) in [("a/x", 35), ("b/y", 30), ("a/t", 7), ("b/t", 0)] {
        assert_eq!(view.minutes(&node(&shelf, reference)), minutes, "{reference}");
    }
    for (reference, minutes) in [("a", 42), ("a/s", 42), ("a/t", 42), ("a/x", 35), ("b", 30)] {
        assert_eq!(view.minutes_within(&node(&shelf, reference)), minutes, "{reference}");
    }
    let days: Vec<_> =
        standing.efforts().iter().map(|one| (one.subject.as_str(), one.on)).collect();
    assert_eq!(
        days,
        [("a/old", day(1, 1)), ("a/t", day(1, 1)), ("b/y", day(1, 1)), ("b/y", day(1, 2))]
    );
}

#[test]
fn where_progress_is_kept() {
    for (lines, of, expected) in [
        (&["a/x"][..], "a/x", &["a/x"][..]),
        (&["a/x was=old,older"], "a/x", &["a/x", "a/old", "a/older"]),
        (&["a/x same=b/y", "b/y"], "a/x", &["b/y", "a/x"]),
        (&["a/x same=b/y", "b/y"], "b/y", &["b/y"]),
        // A chain: each place on the way might have been the one that counted.
        (&["a/x same=b/y", "b/y same=c/z", "c/z"], "a/x", &["c/z", "b/y", "a/x"]),
        (
            &["a/x same=b/y was=o", "b/y same=c/z was=p", "c/z was=q"],
            "a/x",
            &["c/z", "c/q", "b/y", "b/p", "a/x", "a/o"],
        ),
        // An old id means what replaced it.
        (&["a/x same=b/old", "b/y was=old"], "a/x", &["b/y", "b/old", "a/x"]),
        // What is missing still is where the progress belongs.
        (&["a/x same=gone/y"], "a/x", &["gone/y", "a/x"]),
        (&["a/x same=b/gone", "b/y"], "a/x", &["b/gone", "a/x"]),
        (&["a/x same=b/y", "b/y same=gone/z"], "a/x", &["gone/z", "b/y", "a/x"]),
        // Only an item can be the same as an item.
        (&["a/x same=b/t", "b/y"], "a/x", &["a/x"]),
        (&["a/x same=b", "b/y"], "a/x", &["a/x"]),
        // A circle is kept in one place, from wherever one looks.
        (&["a/x same=a/x"], "a/x", &["a/x"]),
        (&["a/x same=b/y", "b/y same=a/x"], "a/x", &["a/x", "b/y"]),
        (&["a/x same=b/y", "b/y same=a/x"], "b/y", &["a/x", "b/y"]),
        (&["a/x same=b/y", "b/y same=c/z", "c/z same=a/x"], "b/y", &["a/x", "c/z", "b/y"]),
        (&["a/x same=b/y", "b/y same=c/z", "c/z same=b/y"], "a/x", &["b/y", "c/z", "a/x"]),
        (&["a/x same=b/y", "b/y same=c/z", "c/z same=b/y"], "c/z", &["b/y", "c/z"]),
    ] {
        let shelf = items(lines);
        let of = item(&shelf, of);
        assert_eq!(texts(&recorded_refs(&shelf, &of)), expected, "{lines:?}");
        assert_eq!(progress_ref(&shelf, &of).as_str(), expected[0], "{lines:?}");
    }
}

#[test]
fn a_long_chain_ends() {
    let lines: Vec<String> = (0..40).map(|n| format!("p{n}/x same=p{}/x", n + 1)).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let shelf = items(&lines);
    assert_eq!(progress_ref(&shelf, &item(&shelf, "p0/x")).as_str(), "p16/x");
    assert_eq!(progress_ref(&shelf, &item(&shelf, "p30/x")).as_str(), "p40/x");
}

#[test]
fn what_was_recorded_before_carries_over() {
    let shelf = items(&["a/x same=b/y was=old", "b/y was=former"]);
    for (marks, a, b) in [
        ("", Status::Todo, Status::Todo),
        ("a/old=done", Status::Done, Status::Todo),
        ("a/x=done a/old=doing", Status::Done, Status::Todo),
        ("b/former=done", Status::Done, Status::Done),
        ("b/former=done b/y=todo", Status::Todo, Status::Todo),
        ("b/y=doing a/x=done", Status::Doing, Status::Doing),
        ("b/y=skipped", Status::Skipped, Status::Skipped),
    ] {
        let standing = standing(marks);
        let view = Learner { shelf: &shelf, standing: &standing };
        assert_eq!(view.status(&item(&shelf, "a/x")), a, "{marks}");
        assert_eq!(view.status(&item(&shelf, "b/y")), b, "{marks}");
    }
}

#[test]
fn a_note_on_a_renamed_item_takes_nothing_from_it() {
    let shelf = items(&["a/x was=old"]);
    let said = |on, text: &str| Dated { on: day(1, on), text: text.to_owned() };
    let old = ItemState {
        status: Status::Done,
        since: Some(day(1, 2)),
        notes: vec![said(1, "first"), said(4, "last")],
        evidence: vec![said(2, "u")],
        ..ItemState::default()
    };
    let new = ItemState {
        notes: vec![said(3, "middle")],
        evidence: vec![said(3, "v"), said(3, "u")],
        ..ItemState::default()
    };
    let mut standing = Standing::default();
    standing.put(&Ref::from_text("a/old"), Some(SubjectState::Item(old)));
    standing.put(&Ref::from_text("a/x"), Some(SubjectState::Item(new)));
    let view = Learner { shelf: &shelf, standing: &standing };
    let x = item(&shelf, "a/x");
    let texts =
        |said: Vec<&Dated>| said.into_iter().map(|said| said.text.clone()).collect::<Vec<_>>();
    assert_eq!(view.status(&x), Status::Done);
    assert_eq!(texts(view.notes(&x)), ["first", "middle", "last"]);
    assert_eq!(texts(view.evidence(&x)), ["u", "v"], "each once, the oldest");
    let target = view.target(&x);
    assert_eq!((target.kept.as_str(), target.state.since), ("a/x", Some(day(1, 2))));
    assert_eq!(target.state.notes.len(), 3);
}

#[test]
fn of_merged_items_the_best_status_holds_in_any_order() {
    let merged = |olds: &str, marks: &str| {
        let shelf = sketch(&format!("path p\nstage s\ntopic t 1h\nskill c was={olds}"));
        let standing = standing(marks);
        let view = Learner { shelf: &shelf, standing: &standing };
        view.status(&item(&shelf, "p/c"))
    };
    for olds in ["a,b", "b,a"] {
        assert_eq!(merged(olds, "p/a=done p/b=skipped"), Status::Done, "{olds}");
        assert_eq!(merged(olds, "p/a=doing p/b=done"), Status::Done, "{olds}");
        assert_eq!(merged(olds, "p/a=todo p/b=done"), Status::Done, "{olds}");
        assert_eq!(merged(olds, "p/a=doing p/b=skipped"), Status::Doing, "{olds}");
        assert_eq!(merged(olds, "p/b=done"), Status::Done, "{olds}");
        // What you said of the item itself is newer than what was said of those that it replaces.
        assert_eq!(merged(olds, "p/c=todo p/a=done p/b=done"), Status::Todo, "{olds}");
    }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn what_is_kept_in_one_place_stays_there(world in worlds()) {
        for item in world.items() {
            let place = progress_ref(&world.shelf, &item);
            let places = recorded_refs(&world.shelf, &item);
            prop_assert_eq!(places.first(), Some(&place));
            let once: HashSet<&Ref> = places.iter().collect();
            prop_assert_eq!(once.len(), places.len());
            prop_assert!(places.contains(&item.reference()));
            if let Some(Node::Item(original)) = find(&world.shelf, &place) {
                prop_assert_eq!(original.reference(), place.clone(), "no old id");
                prop_assert_eq!(progress_ref(&world.shelf, &original), place);
            }
        }
    }

    #[test]
    fn what_is_recorded_where_it_is_kept_is_the_state((world, log) in histories()) {
        let view = viewed(&world, &log.standing);
        for item in world.items() {
            let target = view.target(&item);
            prop_assert_eq!(target.state.status, view.status(&item));
            let mut standing = log.standing.clone();
            let state = ItemState {
                status: Status::Skipped,
                since: Some(day(12, 1)),
                ..ItemState::default()
            };
            standing.put(&target.kept, Some(SubjectState::Item(state)));
            let after = viewed(&world, &standing);
            for other in world.items() {
                if progress_ref(&world.shelf, &other) == target.kept {
                    prop_assert_eq!(after.status(&other), Status::Skipped);
                }
            }
        }
    }

    #[test]
    fn readiness_says_what_the_view_says((world, log) in histories()) {
        let view = viewed(&world, &log.standing);
        let mut readiness = RequirementCache::new(view);
        for roadmap in &world.shelf {
            for id in roadmap.ids() {
                let node = roadmap.node(id).unwrap();
                let unmet = view.unmet(&node);
                prop_assert_eq!(readiness.unmet(&node), unmet.clone());
                prop_assert_eq!(readiness.is_ready(&node), unmet.is_empty());
                prop_assert_eq!(view.is_ready(&node), unmet.is_empty());
            }
        }
    }

    #[test]
    fn dependents_are_those_that_finishing_it_could_free((world, log) in histories()) {
        let view = viewed(&world, &log.standing);
        for item in world.items() {
            let node = Node::Item(item);
            let found: Vec<Ref> =
                view.dependents(&node, &world.shelf).iter().map(Node::reference).collect();
            for holder in world.shelf.iter().flat_map(gated_nodes) {
                let named = holder.requirements().iter().any(|requirement| {
                    requirement.any_of.iter().filter_map(|one| find(&world.shelf, one)).any(|one| {
                        let items = one.items();
                        items.iter().any(|inside| inside.reference() == item.reference())
                            || one.kind() == NodeKind::Path
                                && one.roadmap().id == item.roadmap.id
                    })
                });
                let is_own = match (holder, item.topic) {
                    (Node::Topic(roadmap, _, topic), Some(own)) => {
                        roadmap.id == item.roadmap.id && topic.id == own.id
                    }
                    _ => false,
                };
                if is_own {
                    prop_assert!(!found.contains(&holder.reference()));
                } else if named {
                    prop_assert!(found.contains(&holder.reference()), "{:?}", holder.reference());
                }
            }
        }
    }
}

/// A path that was called `old` before, and its parts under old ids and as they are.
const RENAMED: &str = "
    path new was=old
    stage s was=stage-before
    topic t 2h was=topic-before
    skill a was=a-before
    skill b
    interview i needs=t
    question q was=q-before = Why?
    path other
    stage one
    topic two needs=old/t
    skill three same=old/b";

#[test]
fn what_was_recorded_of_a_renamed_path_is_of_the_new_one() {
    let shelf = sketch(RENAMED);
    let record = standing("old/a-before=done old/b=doing");
    let view = Learner { shelf: &shelf, standing: &record };
    assert_eq!(view.status(&item(&shelf, "new/a")), Status::Done);
    assert_eq!(view.status(&item(&shelf, "new/b")), Status::Doing);
    assert_eq!(progress_ref(&shelf, &item(&shelf, "other/three")), Ref::from_text("new/b"));
    assert_eq!(view.status(&item(&shelf, "other/three")), Status::Doing);
    assert!(!view.is_ready(&node(&shelf, "other/two")), "old/t is new/t, which is open");
    let record = standing("old/a=done new/b=done old/b=todo");
    let view = Learner { shelf: &shelf, standing: &record };
    assert!(view.is_ready(&node(&shelf, "other/two")), "what is said of it now goes first");
    let dependents = view.dependents(&node(&shelf, "new/a"), &shelf);
    let dependents: Vec<Ref> = dependents.iter().map(Node::reference).collect();
    assert_eq!(texts(&dependents), ["other/two"]);
}

#[test]
fn a_path_that_is_installed_keeps_its_record() {
    let shelf = sketch(&format!("{RENAMED}\npath old\nstage s\ntopic t\nskill a"));
    let record = standing("old/a=done old/b=done");
    let view = Learner { shelf: &shelf, standing: &record };
    assert_eq!(view.status(&item(&shelf, "old/a")), Status::Done);
    assert_eq!(view.status(&item(&shelf, "new/a")), Status::Todo);
    assert_eq!(view.status(&item(&shelf, "new/b")), Status::Todo);
}

#[test]
fn what_was_said_of_a_topic_or_stage_before_it_was_renamed_is_found() {
    let shelf = sketch(RENAMED);
    let mut record = Standing::default();
    for (at, reference) in
        ["old/topic-before", "new/topic-before", "new/t", "old/stage-before"].iter().enumerate()
    {
        let said = Dated { on: day(1, 1 + at as u32), text: (*reference).to_owned() };
        let state =
            ItemState { notes: vec![said.clone()], evidence: vec![said], ..ItemState::default() };
        record.put(&Ref::from_text(reference), Some(SubjectState::Item(state)));
    }
    let view = Learner { shelf: &shelf, standing: &record };
    let said =
        |said: Vec<&Dated>| -> Vec<String> { said.iter().map(|one| one.text.clone()).collect() };
    let topic = node(&shelf, "new/t");
    let all = ["old/topic-before", "new/topic-before", "new/t"];
    assert_eq!(said(view.notes_on(&topic)), all);
    assert_eq!(said(view.evidence_for(&topic)), all);
    assert_eq!(said(view.notes_on(&node(&shelf, "new/s"))), ["old/stage-before"]);
}

#[test]
fn answers_of_a_renamed_question_are_in_time() {
    let shelf = sketch(RENAMED);
    let mut record = Standing::default();
    for (id, on, grade) in [
        (Ref::question("new", "q"), day(3, 1), Grade::Good),
        (Ref::question("new", "q-before"), day(2, 1), Grade::Hard),
        (Ref::question("old", "q-before"), day(1, 1), Grade::Again),
        (Ref::question("old", "q"), day(3, 1), Grade::Easy),
    ] {
        record.put(&id, Some(SubjectState::Question(vec![Answer { on, grade }])));
    }
    let view = Learner { shelf: &shelf, standing: &record };
    let grades: Vec<Grade> =
        view.answers(&shelf[0].question("q").unwrap()).iter().map(|one| one.grade).collect();
    assert_eq!(grades, [Grade::Again, Grade::Hard, Grade::Easy, Grade::Good]);
}
