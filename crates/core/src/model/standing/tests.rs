use chrono::DateTime;
use proptest::prelude::*;
use uuid::Uuid;

use std::hash::Hash;

use super::super::event::{Annotation, Goals, Grade, NewEvent};
use super::subject::firsts;
use super::*;
use crate::model::fixture::{Choices, Log, Step, cases, day, histories, numbers, viewed, worlds};

thread_local! {
    static COMPARED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// A piece of evidence that counts how often one is compared with another.
#[derive(Debug, Clone, Copy, Eq)]
struct Compared(usize);

impl Hash for Compared {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl PartialEq for Compared {
    fn eq(&self, other: &Self) -> bool {
        COMPARED.set(COMPARED.get() + 1);
        self.0 == other.0
    }
}

#[test]
fn much_evidence_is_not_compared_with_all_the_rest() {
    let all = |from, to| (from..to).map(Compared);
    let first = firsts(all(0, 2000).chain(all(1000, 4000)).chain(all(0, 4000)));
    let expected = (0..2000).map(|_| true).chain((1000..4000).map(|one| one >= 2000));
    assert_eq!(first, expected.chain((0..4000).map(|_| false)).collect::<Vec<_>>());
    assert!(COMPARED.get() < 20_000, "{}", COMPARED.get());
}

pub(in crate::model) fn corrected(status: Status, dated: bool, known: bool) -> EventKind {
    EventKind::Corrected { status, dated, known, remark: Annotation::default() }
}

#[test]
fn a_correction_moves_the_day_or_credits_and_changes_no_status() {
    use Status::{Doing, Done, Todo};
    for (facts, status, since, begun, known) in [
        (vec![marked(Done), corrected(Done, true, false)], Done, Some(2), None, false),
        (vec![marked(Done), corrected(Done, false, true)], Done, Some(1), None, true),
        (vec![marked(Doing), corrected(Doing, true, false)], Doing, Some(2), Some(2), false),
        // What was begun once stays begun then.
        (
            vec![marked(Doing), marked(Done), marked(Doing), corrected(Doing, true, false)],
            Doing,
            Some(4),
            Some(1),
            false,
        ),
        // Another machine took it back meanwhile, or it was never so.
        (vec![marked(Done), marked(Todo), corrected(Done, true, true)], Todo, Some(2), None, false),
        (vec![corrected(Done, true, true)], Todo, None, None, false),
        // The last one says it.
        (
            vec![marked(Done), corrected(Done, true, false), corrected(Done, true, false)],
            Done,
            Some(3),
            None,
            false,
        ),
    ] {
        let item = item_after(&facts);
        let on = |on: Option<u32>| on.map(|on| day(1, on));
        let expected = (status, on(since), on(begun), known);
        assert_eq!((item.status, item.since, item.begun, item.known), expected, "{facts:?}");
    }
}

#[test]
fn evidence_that_is_said_often_is_kept_once() {
    let facts = (0..10_000).map(|n| EventKind::Noted(remark(None, &[&format!("e{}", n % 5_000)])));
    let event = |fact| Event {
        id: Uuid::nil(),
        device: Uuid::nil(),
        command: Uuid::nil(),
        at: DateTime::default(),
        on: day(1, 1),
        by: None,
        entry: NewEvent { subject: Ref::from_text("a/x"), title: None, fact },
    };
    let log: Vec<Event> = facts.map(event).collect();
    let Some(SubjectState::Item(item)) = SubjectState::fold(&log) else { panic!("no item") };
    assert_eq!(item.evidence.len(), 5_000);
}

pub(in crate::model) fn remark(note: Option<&str>, evidence: &[&str]) -> Annotation {
    Annotation {
        note: note.map(str::to_owned),
        evidence: evidence.iter().map(|text| (*text).to_owned()).collect(),
    }
}

pub(in crate::model) fn marked(status: Status) -> EventKind {
    EventKind::Marked { status, known: false, remark: Annotation::default(), item: None }
}

/// The item that a chain of facts leads to, one fact a day of January.
fn item_after(facts: &[EventKind]) -> ItemState {
    let mut state = None;
    for (fact, on) in facts.iter().zip(1..) {
        state = SubjectState::after(state, day(1, on), fact);
    }
    match state {
        Some(SubjectState::Item(item)) => item,
        other => panic!("no item: {other:?}"),
    }
}

#[test]
fn an_item_knows_since_when_and_when_it_was_begun() {
    use Status::{Doing, Done, Skipped, Todo};
    for (statuses, since, begun) in [
        (&[Doing][..], 1, Some(1)),
        (&[Doing, Done], 2, Some(1)),
        (&[Done], 1, None),
        (&[Doing, Todo], 2, None),
        (&[Doing, Todo, Doing], 3, Some(3)),
        (&[Doing, Skipped, Doing], 3, Some(1)),
        (&[Doing, Done, Doing, Done], 4, Some(1)),
    ] {
        let facts: Vec<EventKind> = statuses.iter().copied().map(marked).collect();
        let item = item_after(&facts);
        assert_eq!(item.status, *statuses.last().unwrap());
        assert_eq!(item.since, Some(day(1, since)), "{statuses:?}");
        assert_eq!(item.begun, begun.map(|on| day(1, on)), "{statuses:?}");
    }
}

#[test]
fn saying_something_keeps_the_status_and_its_day() {
    let said = EventKind::Noted(remark(Some("hard"), &["u", "v"]));
    let item = item_after(&[marked(Status::Doing), said.clone(), said]);
    assert_eq!((item.status, item.since), (Status::Doing, Some(day(1, 1))));
    let texts = |said: &[Dated]| said.iter().map(|said| said.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&item.notes), ["hard", "hard"]);
    assert_eq!(texts(&item.evidence), ["u", "v"], "evidence is not doubled");
    assert!(!item_after(&[EventKind::Noted(remark(Some("hard"), &[]))]).is_marked());
    assert!(item_after(&[marked(Status::Todo)]).is_marked());
}

#[test]
fn only_the_newest_mark_says_whether_it_was_known() {
    let known = EventKind::Marked {
        status: Status::Done,
        known: true,
        remark: Annotation::default(),
        item: None,
    };
    assert!(item_after(std::slice::from_ref(&known)).known);
    assert!(item_after(&[known.clone(), EventKind::Noted(remark(Some("n"), &[]))]).known);
    assert!(!item_after(&[known, marked(Status::Done)]).known);
}

#[test]
fn what_is_snoozed_is_so_until_it_is_taken_up_or_closed() {
    let until = |on: Option<u32>| on.map(|on| day(6, on));
    let snoozed = |on| EventKind::Snoozed(until(on));
    for (facts, expected) in [
        (&[snoozed(Some(1))][..], Some(1)),
        (&[snoozed(Some(1)), snoozed(Some(2))], Some(2)),
        (&[snoozed(Some(1)), snoozed(None)], None),
        (&[snoozed(Some(1)), EventKind::Noted(remark(Some("n"), &[]))], Some(1)),
        (&[snoozed(Some(1)), marked(Status::Todo)], Some(1)),
        (&[snoozed(Some(1)), marked(Status::Doing)], None),
        (&[snoozed(Some(1)), marked(Status::Done)], None),
        (&[snoozed(Some(1)), marked(Status::Skipped)], None),
        (&[marked(Status::Doing), snoozed(Some(1))], Some(1)),
    ] {
        assert_eq!(item_after(facts).snoozed_until, until(expected), "{facts:?}");
    }
    let item = item_after(&[marked(Status::Doing), snoozed(Some(1))]);
    assert_eq!((item.status, item.since), (Status::Doing, Some(day(1, 1))));
    assert!(!item_after(&[snoozed(Some(1))]).is_marked());
}

#[test]
fn what_is_open_is_in_progress_since_the_first_day_of_study() {
    let studied = |begins| EventKind::Studied {
        session: crate::model::effort::Session { minutes: 45, from: None },
        begins,
        remark: Annotation::default(),
    };
    let folded = |facts: &[(EventKind, u32)]| {
        let after =
            |state, (fact, on): &(EventKind, u32)| SubjectState::after(state, day(1, *on), fact);
        match facts.iter().fold(None, after) {
            Some(SubjectState::Item(item)) => (item.status, item.since, item.begun),
            other => panic!("no item: {other:?}"),
        }
    };
    let (first, second) = (Some(day(1, 1)), Some(day(1, 2)));
    for (facts, state) in [
        (vec![(studied(true), 2)], (Status::Doing, second, second)),
        // Whichever is recorded first.
        (vec![(studied(true), 2), (studied(true), 1)], (Status::Doing, first, first)),
        (vec![(marked(Status::Doing), 2), (studied(true), 1)], (Status::Doing, first, first)),
        (vec![(studied(true), 1), (marked(Status::Done), 2)], (Status::Done, second, first)),
        // On another machine it was done meanwhile, or left out.
        (vec![(marked(Status::Done), 2), (studied(true), 3)], (Status::Done, second, None)),
        (vec![(marked(Status::Skipped), 2), (studied(true), 3)], (Status::Skipped, second, None)),
        // A topic has no status.
        (vec![(studied(false), 2)], (Status::Todo, None, None)),
    ] {
        assert_eq!(folded(&facts), state, "{facts:?}");
    }
}

#[test]
fn a_path_is_followed_since_it_was_begun_with_the_newest_goals() {
    let goals = |hours| Goals { target_on: None, hours_per_week: Some(hours), role: None };
    let first = SubjectState::after(None, day(1, 1), &EventKind::Started(goals(1.0)));
    let second = SubjectState::after(first, day(1, 2), &EventKind::Started(goals(2.0)));
    let following = Following { since: day(1, 1), goals: goals(2.0) };
    assert_eq!(second, Some(SubjectState::Path(following.clone())));
    let noted = SubjectState::after(second, day(1, 3), &EventKind::Noted(remark(Some("n"), &[])));
    let marked = SubjectState::after(noted, day(1, 3), &marked(Status::Done));
    assert_eq!(marked, Some(SubjectState::Path(following)), "a note does not end following");
    assert_eq!(SubjectState::after(marked, day(1, 4), &EventKind::Stopped), None);
}

#[test]
fn assessments_and_answers_are_kept_in_their_order_and_mix_with_nothing() {
    let assessed = |level| EventKind::Assessed { level, remark: remark(None, &["e"]) };
    let area = SubjectState::after(None, day(1, 1), &assessed(1));
    let area = SubjectState::after(area, day(1, 2), &assessed(3));
    let Some(SubjectState::Area(assessments)) = &area else { panic!("{area:?}") };
    assert_eq!(assessments.iter().map(|one| one.level).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(assessments[1].on, day(1, 2));
    assert_eq!(assessments[1].evidence, ["e"]);
    let answered = EventKind::Answered { grade: Grade::Hard };
    let question = SubjectState::after(None, day(1, 1), &answered);
    let answer = Answer { on: day(1, 1), grade: Grade::Hard };
    assert_eq!(question, Some(SubjectState::Question(vec![answer])));
    // What cannot be said of a subject leaves it as it is.
    for fact in [marked(Status::Done), EventKind::Noted(remark(Some("n"), &[])), answered] {
        assert_eq!(SubjectState::after(area.clone(), day(1, 3), &fact), area, "{fact:?}");
    }
    for fact in [marked(Status::Done), assessed(1)] {
        assert_eq!(SubjectState::after(question.clone(), day(1, 3), &fact), question, "{fact:?}");
    }
}

#[test]
fn a_standing_keeps_each_subject_under_its_own_kind() {
    let assessment = Assessment { on: day(1, 1), level: 2, note: None, evidence: Vec::new() };
    let answer = Answer { on: day(1, 1), grade: Grade::Good };
    let (area, question) = (Ref::area("data"), Ref::question("p", "why"));
    let mut standing = Standing::default();
    standing.put(&area, Some(SubjectState::Area(vec![assessment.clone()])));
    standing.put(&question, Some(SubjectState::Question(vec![answer])));
    assert_eq!(standing.assessments("data"), [assessment]);
    assert_eq!(standing.answers(&question), [answer]);
    assert!(standing.items().is_empty(), "neither is an item");
    standing.put(&area, None);
    standing.put(&question, None);
    assert_eq!(standing, Standing::default());
}

#[test]
fn what_is_put_is_found() {
    let mut standing = Standing::default();
    let item = ItemState { status: Status::Doing, ..ItemState::default() };
    let path = Following { since: day(1, 2), goals: Goals::default() };
    let earlier = Following { since: day(1, 1), goals: Goals::default() };
    let (a, z) = (Ref::from_text("p/a"), Ref::from_text("p/z"));
    standing.put(&z, Some(SubjectState::Item(item.clone())));
    standing.put(&a, Some(SubjectState::Item(item.clone())));
    for (id, following) in [("p", path.clone()), ("q", earlier), ("o", path)] {
        standing.put(&Ref::path_only(id), Some(SubjectState::Path(following)));
    }
    assert_eq!(standing.item("p", "a"), Some(&item));
    assert_eq!(standing.subject(&a), Some(SubjectState::Item(item.clone())));
    assert_eq!(standing.items(), [(a.clone(), &item), (z.clone(), &item)]);
    assert_eq!(standing.followed_ids(), ["q", "o", "p"]);
    assert_eq!(standing.item_at(&Ref::path_only("p")), None);
    for subject in [a, z, Ref::path_only("p"), Ref::path_only("q"), Ref::path_only("o")] {
        standing.put(&subject, None);
        assert_eq!(standing.subject(&subject), None);
    }
    assert_eq!(standing, Standing::default(), "nothing empty is left behind");
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn the_standing_is_the_fold_of_the_log((_, log) in histories()) {
        prop_assert_eq!(fold(&log.events), log.standing);
    }

    #[test]
    fn undo_and_redo_walk_through_the_states_that_were(world in worlds(), steps in numbers(150)) {
        // The states that undo leads back to, the newest last, and those that redo leads to.
        let mut before = Vec::new();
        let mut after = Vec::new();
        let mut choices = Choices::new(&steps);
        let mut log = Log::default();
        while choices.has_more() {
            match Step::new(&world, &log.standing, &mut choices) {
                Step::Change(entries, _) if entries.is_empty() => {}
                Step::Change(entries, on) => {
                    before.push(log.standing.clone());
                    after.clear();
                    log.append(entries, on);
                }
                Step::Remove(at) => {
                    let (was, count) = (log.standing.clone(), log.events.len());
                    log.remove(at);
                    if log.events.len() > count {
                        before.push(was);
                        after.clear();
                    }
                }
                Step::Undo => {
                    let now = log.standing.clone();
                    prop_assert_eq!(log.undo(), !before.is_empty());
                    if let Some(was) = before.pop() {
                        prop_assert_eq!(&log.standing, &was);
                        after.push(now);
                    }
                }
                Step::Redo => {
                    let now = log.standing.clone();
                    prop_assert_eq!(log.redo(), !after.is_empty());
                    if let Some(will) = after.pop() {
                        prop_assert_eq!(&log.standing, &will);
                        before.push(now);
                    }
                }
            }
        }
    }

    #[test]
    fn evidence_stands_once((world, log) in histories()) {
        for item in world.items() {
            let view = viewed(&world, &log.standing);
            let evidence = view.target(&item).state.evidence;
            let texts: HashSet<&str> = evidence.iter().map(|said| said.text.as_str()).collect();
            prop_assert_eq!(texts.len(), evidence.len());
        }
        for (_, state) in log.standing.items() {
            let texts: HashSet<&str> = state.evidence.iter().map(|said| said.text.as_str()).collect();
            prop_assert_eq!(texts.len(), state.evidence.len());
        }
    }

}
