use proptest::prelude::*;

use super::*;
use crate::model::fixture::{
    Choices, Log, cases, day, histories, numbers, random_remark, random_targets, viewed, worlds,
};
use crate::model::standing::tests::{corrected, marked, remark};
use crate::model::standing::{Dated, Standing};

#[test]
fn another_day_or_a_credit_corrects_what_is_so_already() {
    let state = ItemState { since: Some(day(1, 5)), ..target("a/x", Status::Done).state };
    let so = Target { state, marked: Ref::from_text("old/x"), ..target("a/x", Status::Done) };
    let dated = |on, known| Mark { on, known, ..done(None, &[]) };
    for (request, expected) in [
        (dated(None, false), None),
        (dated(Some(day(1, 5)), false), None),
        (dated(Some(day(1, 4)), false), Some((true, false))),
        (dated(None, true), Some((false, true))),
        (dated(Some(day(1, 4)), true), Some((true, true))),
        (dated(Some(day(1, 5)), true), Some((false, true))),
    ] {
        let decision = mark(&request, std::slice::from_ref(&so));
        let facts: Vec<_> = decision.entries.iter().map(|entry| entry.fact.clone()).collect();
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(dated, known)| corrected(Status::Done, dated, known))
            .collect();
        assert_eq!(facts, expected, "{request:?}");
        // It is recorded where the status is.
        assert!(decision.entries.iter().all(|entry| entry.subject == so.marked));
        assert_eq!(decision.changed.len(), expected.len());
        assert!(decision.changed.iter().all(|one| one.from == one.to && one.correction.is_some()));
    }
    let open = target("a/x", Status::Todo);
    let request = Mark { status: Status::Todo, ..dated(Some(day(1, 4)), false) };
    assert!(mark(&request, &[open]).entries.is_empty(), "what is to be done has no day");
}

#[test]
fn the_same_evidence_in_two_forms_of_unicode_is_one() {
    let mut target = target("a/x", Status::Done);
    target.state.evidence = vec![Dated { on: day(1, 1), text: "cafe\u{301}".to_owned() }];
    let said = remark(None, &["caf\u{e9}", "CAF\u{c9}", "Cafe\u{301}", "Caf\u{e9}"]);
    assert_eq!(news(&said, &target.state).evidence, ["CAF\u{c9}", "Cafe\u{301}"]);
    assert!(note(&remark(None, &["caf\u{e9}"]), &[target]).entries.is_empty());
}

fn target(kept: &str, status: Status) -> Target {
    Target {
        named: Ref::from_text(kept),
        kept: Ref::from_text(kept),
        marked: Ref::from_text(kept),
        title: kept.to_owned(),
        state: ItemState { status, ..ItemState::default() },
    }
}

fn done(note: Option<&str>, evidence: &[&str]) -> Mark {
    Mark { status: Status::Done, known: false, on: None, remark: remark(note, evidence) }
}

#[test]
fn to_snooze_says_what_is_new_and_nothing_of_what_is_closed() {
    let named = |reference, status, snoozed_until| {
        let mut target = target(reference, status);
        target.state.snoozed_until = snoozed_until;
        target
    };
    let (june, july) = (Some(day(6, 1)), Some(day(7, 1)));
    for (target, until, expected) in [
        (named("p/a", Status::Todo, None), june, Some(june)),
        (named("p/a", Status::Doing, june), july, Some(july)),
        (named("p/a", Status::Todo, june), None, Some(None)),
        (named("p/a", Status::Todo, june), june, None),
        (named("p/a", Status::Todo, None), None, None),
        (named("p/a", Status::Done, None), june, None),
        (named("p/a", Status::Skipped, None), june, None),
    ] {
        let decision = snooze(until, std::slice::from_ref(&target));
        let fact = decision.entries.into_iter().map(|entry| entry.fact).next();
        assert_eq!(fact, expected.map(EventKind::Snoozed), "{target:?}");
        assert_eq!(decision.unchanged.len(), usize::from(expected.is_none()));
    }
    // What is in progress and snoozed is taken up again.
    let request =
        Mark { status: Status::Doing, known: false, on: None, remark: Annotation::default() };
    let decision = mark(&request, &[named("p/a", Status::Doing, june)]);
    assert_eq!(decision.entries[0].fact, marked(Status::Doing));
}

#[test]
fn a_mark_says_what_changes_and_what_was_so() {
    let targets = [target("p/a", Status::Todo), target("p/b", Status::Done)];
    let decision = mark(&done(None, &[]), &targets);
    assert_eq!(decision.entries.len(), 1);
    assert_eq!(decision.entries[0].fact, marked(Status::Done));
    let change = &decision.changed[0];
    assert_eq!(
        (change.named.as_str(), change.from, change.to),
        ("p/a", Status::Todo, Status::Done)
    );
    assert_eq!(decision.unchanged, [target("p/b", Status::Done)]);
}

#[test]
fn what_is_said_with_a_mark_that_changes_nothing_is_said_once() {
    let mut was = target("p/a", Status::Done);
    let said = |text: &str| Dated { on: day(1, 1), text: text.to_owned() };
    was.state.notes.push(said("n"));
    was.state.evidence.push(said("u"));
    for (note, evidence, expected) in [
        (None, &[][..], None),
        (Some("n"), &["u"], None),
        (Some("new"), &["u"], Some(remark(Some("new"), &[]))),
        (Some("n"), &["v", "v", "u"], Some(remark(None, &["v"]))),
    ] {
        let decision = mark(&done(note, evidence), std::slice::from_ref(&was));
        let fact = decision.entries.into_iter().map(|entry| entry.fact).next();
        assert_eq!(fact, expected.map(EventKind::Noted), "{note:?} {evidence:?}");
    }
    let mut todo = was.clone();
    todo.state.status = Status::Todo;
    let fact = mark(&done(Some("n"), &["u"]), &[todo]).entries.remove(0).fact;
    let expected = remark(Some("n"), &[]);
    assert_eq!(
        fact,
        EventKind::Marked { status: Status::Done, known: false, remark: expected, item: None }
    );
    // A note for its own sake can say again what was said some day before.
    let again = note(&remark(Some("n"), &["u"]), &[was]);
    assert_eq!(again.entries[0].fact, EventKind::Noted(remark(Some("n"), &[])));
    assert_eq!(again.changed[0].to, Status::Done);
}

#[test]
fn an_item_counts_once_by_whatever_name() {
    let a = target("p/a", Status::Todo);
    let other_name = Target { named: Ref::from_text("q/b"), ..a.clone() };
    let decision = mark(&done(None, &[]), &[a.clone(), a.clone(), other_name]);
    assert_eq!((decision.entries.len(), decision.changed.len()), (1, 1));

    let so = target("p/a", Status::Done);
    let decision = mark(&done(None, &[]), &[so.clone(), so.clone()]);
    assert_eq!((decision.entries.len(), decision.unchanged.len()), (0, 1));

    // One name carries over that it is done; the item itself is not.
    let carried = Target { named: Ref::from_text("q/b"), ..so };
    for targets in [[carried.clone(), a.clone()], [a, carried]] {
        let decision = mark(&done(None, &[]), &targets);
        assert_eq!(decision.entries.len(), 1, "{targets:?}");
        assert_eq!(decision.changed[0].named.as_str(), "p/a");
    }
}

#[test]
fn goals_that_are_not_given_stay() {
    let goals = |target_on, hours_per_week, role: Option<&str>| Goals {
        target_on,
        hours_per_week,
        role: role.map(str::to_owned),
    };
    let aims = |target_on, hours_per_week, role: Option<Option<&str>>| Aims {
        target_on,
        hours_per_week,
        role: role.map(|role| role.map(str::to_owned)),
    };
    let (june, july, dev) = (Some(day(6, 1)), Some(day(7, 1)), Some("dev"));
    let now = Following { since: day(1, 1), goals: goals(june, Some(3.0), dev) };
    let nothing = aims(None, None, None);
    let all = aims(Some(june), Some(Some(5.0)), Some(dev));
    let none = aims(Some(None), Some(None), Some(None));
    for (given, now, expected) in [
        (&nothing, None, Some(goals(None, None, None))),
        (&none, None, Some(goals(None, None, None))),
        (&all, None, Some(goals(june, Some(5.0), dev))),
        (&all, Some(&now), Some(goals(june, Some(5.0), dev))),
        (&aims(Some(july), None, None), Some(&now), Some(goals(july, Some(3.0), dev))),
        (
            &aims(None, None, Some(Some("ops"))),
            Some(&now),
            Some(goals(june, Some(3.0), Some("ops"))),
        ),
        (&aims(Some(None), None, None), Some(&now), Some(goals(None, Some(3.0), dev))),
        (&aims(None, Some(None), None), Some(&now), Some(goals(june, None, dev))),
        (&none, Some(&now), Some(goals(None, None, None))),
        (&aims(Some(june), Some(Some(3.0)), Some(dev)), Some(&now), None),
        (&nothing, Some(&now), None),
    ] {
        assert_eq!(follow(given.clone(), now), expected, "{given:?}");
    }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn doing_the_same_again_changes_nothing(
        (world, mut log) in histories(),
        choices in numbers(20),
        status in prop::sample::select(Status::ALL.to_vec()),
    ) {
        let mut choices = Choices::new(&choices);
        let mut named = random_targets(&world, &log.standing, &mut choices);
        // Two names of one item might have carried over different evidence: then the second time adds
        // what the first name had and the second lacks.
        let mut seen = HashSet::new();
        named.retain(|target| seen.insert(target.kept.clone()));
        let request =
            Mark { status, known: choices.once_in(2), on: None, remark: random_remark(&mut choices) };
        let again = |log: &Log| -> Vec<Target> {
            let named = named.iter().map(|target| target.named.as_str());
            let items = named.map(|named| crate::model::fixture::item(&world.shelf, named));
            items.map(|item| viewed(&world, &log.standing).target(&item)).collect()
        };
        let first = mark(&request, &again(&log));
        log.append(first.entries, day(12, 1));
        let second = mark(&request, &again(&log));
        prop_assert_eq!(second.entries, []);
        prop_assert_eq!(second.changed, []);
        for target in again(&log) {
            prop_assert_eq!(target.state.status, status);
        }
    }

    #[test]
    fn an_event_is_about_each_item_once(world in worlds(), choices in numbers(20)) {
        let mut choices = Choices::new(&choices);
        let standing = Standing::default();
        let targets = random_targets(&world, &standing, &mut choices);
        let decision = mark(&done(None, &[]), &targets);
        let subjects: HashSet<&Ref> = decision.entries.iter().map(|entry| &entry.subject).collect();
        let kept: HashSet<&Ref> = targets.iter().map(|target| &target.kept).collect();
        prop_assert_eq!(subjects.len(), decision.entries.len());
        prop_assert_eq!(subjects, kept);
    }
}
