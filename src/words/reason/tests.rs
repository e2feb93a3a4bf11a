use milepost_core::guidance::{LeftOut, Reason};
use milepost_core::internals::fixture::{COURSES, day, sketch, snooze, standing};
use milepost_core::internals::guidance::{Guide, NextFilter};
use milepost_core::internals::learner::Learner;
use milepost_path::{Ref, Roadmap, find};

use super::{sentence, why_not};

fn why_of(shelf: &Vec<Roadmap>, marks: &str, filter: &NextFilter<'_>, reference: &str) -> String {
    let standing = standing(marks);
    let view = Learner { shelf, standing: &standing };
    let path = shelf.iter().find(|path| path.id == "p").unwrap();
    let node = find(shelf, &Ref::from_text(reference)).unwrap();
    let why = Guide::new(&view, &[path], filter).why(&node);
    let before =
        why.before.map_or(String::new(), |one| format!(" | {} h, {}", one.hours, one.steps));
    format!("{}: {}{before}", why.because.code(), why_not(&why.because))
}

#[test]
fn what_is_snoozed_says_until_when_and_how_it_comes_back() {
    let shelf = sketch(COURSES);
    let path = shelf.iter().find(|path| path.id == "p").unwrap();
    for (marks, snoozed, reference, expected) in [
        ("", "p/core-a", "p/core-a", "snoozed until 2026-06-01; `milepost snooze p/core-a none`"),
        ("", "p/m", "p/m", "snoozed until 2026-06-01; `milepost snooze p/m none`"),
        ("", "p/t", "p/t", "snoozed until 2026-06-01; `milepost snooze p/t none`"),
        ("", "p/t", "p/a", "its topic is snoozed until 2026-06-01; `milepost snooze p/t none`"),
        (
            "",
            "p/a",
            "p/core-a",
            "what it teaches is snoozed until 2026-06-01; `milepost snooze p/a none`",
        ),
        ("p/core-a=done", "p/a", "p/a", "snoozed until 2026-06-01; `milepost snooze p/a none`"),
    ] {
        let mut standing = standing(marks);
        snooze(&mut standing, snoozed, day(6, 1));
        let view = Learner { shelf: &shelf, standing: &standing };
        let node = find(&shelf, &Ref::from_text(reference)).unwrap();
        let why = Guide::new(&view, &[path], &NextFilter::default()).why(&node);
        assert_eq!((why.because.code(), why.before), ("snoozed", None));
        assert_eq!(why_not(&why.because), format!("{expected} brings it back"));
        let later = NextFilter { today: day(6, 1), ..NextFilter::default() };
        assert_ne!(Guide::new(&view, &[path], &later).why(&node).because.code(), "snoozed");
    }
}

#[test]
fn what_is_not_next_says_why() {
    let shelf = sketch(COURSES);
    for (marks, reference, expected) in [
        ("", "base/x-course", "next: it is the next step"),
        ("", "base/x", "study-first: you have not studied it yet: Course of X | 6 h, 1"),
        ("", "base/basics", "next: it is the next step"),
        (
            "base/x-course=done",
            "base/x",
            "prove: you have studied it: `milepost done base/x` if you can do it",
        ),
        // It waits, and something else is on the way.
        ("", "p/core-a", "waits: it waits for x; next on the way is Course of X | 6 h, 1"),
        ("", "p/t", "waits: it waits for x; next on the way is Course of X | 6 h, 1"),
        ("", "p/m", "waits: it waits for Topic T; next on the way is Course of X | 30 h, 4"),
        (
            "base/x=done",
            "p/n",
            "waits: it waits for Milestone M and Topic V; next on the way is Core A | 35 h, 5",
        ),
        (
            "base/x=done p/both=done",
            "p/m",
            "waits: it waits for Topic T, where only the proof is \
         left",
        ),
        // Nothing holds it back, but other steps come first.
        (
            "base/x=done",
            "p/core-b",
            "later: Core A comes first; nothing else holds it back | 10 h, 1",
        ),
        (
            "base/x=done",
            "p/v-course",
            "later: Core A comes first; nothing else holds it back | 29 h, 4",
        ),
        ("base/x=done", "p/b", "study-first: you have not studied it yet: Core B | 20 h, 2"),
        // An alternative.
        (
            "base/x=done",
            "p/both",
            "alternative: it is an alternative to Core A and Core B; `milepost doing p/both` \
             chooses it instead",
        ),
        ("p/both=doing", "p/core-a", "alternative: Both, which is in progress, covers it"),
        ("p/both=done", "p/core-b", "alternative: Both, which is done, covers it"),
        ("p/core-a=done", "p/both", "alternative: it is an alternative to Core A, which is done"),
        // What no plan has.
        ("", "p/lookup", "look-up: it is for reference, not for study"),
        ("", "p/more", "optional: it is optional"),
        ("", "p/c", "optional: it is optional"),
        ("", "p/aside", "optional: it is optional"),
        ("p/a=done", "p/core-a", "nothing-open: everything it teaches is done or skipped"),
        // What is closed.
        ("p/core-a=done", "p/core-a", "done: you did it on 2026-01-01"),
        (
            "p/m=skipped",
            "p/m",
            "skipped: you skipped it on 2026-01-01; `milepost todo p/m` reopens it",
        ),
        ("p/d=done", "p/v", "done: all its skills are done or skipped"),
        // What nothing needs.
        (
            "base/x=done",
            "base/y-course",
            "rest: nothing you follow needs it, so it comes last; `milepost next --all` shows it \
             | 38 h, 6",
        ),
        (
            "",
            "other/q",
            "not-followed: you do not follow other, and nothing you follow requires it; `milepost \
             start other` follows it",
        ),
    ] {
        assert_eq!(
            why_of(&shelf, marks, &NextFilter::default(), reference),
            expected,
            "{marks} {reference}"
        );
    }
    let free = NextFilter { free: true, ..NextFilter::default() };
    assert_eq!(
        why_of(&shelf, "base/x=done", &free, "p/core-b"),
        "filtered: it does not match your filters"
    );
}

#[test]
fn a_step_says_why_it_comes() {
    let text = str::to_owned;
    let all = |titles: &str| -> Vec<String> { titles.split(' ').map(str::to_owned).collect() };
    let (topic, milestone) = (Ref::from_text("p/t"), Ref::from_text("p/m"));
    let instead = |because| Reason::Instead { of: text("Course"), because };
    let gap = |level| Reason::RoleGap { area: text("Models"), level, target: 3 };
    let needed = |stage, part_of| Reason::NeededFor { title: text("QA"), stage, part_of };
    for (reason, expected) in [
        (Reason::InProgress(Some(day(6, 1))), "in-progress: in progress since 2026-06-01"),
        (Reason::InProgress(None), "in-progress: in progress"),
        (
            Reason::Untouched { weeks: 4, reference: milestone.clone() },
            "untouched: untouched for 4 weeks: go on, or `milepost todo p/m`",
        ),
        (Reason::FitsTime { minutes: 45 }, "fits-time: or this, which fits completely: 45 min"),
        (
            Reason::Covers { skills: all("a b c d e"), begins: Some(text("T")) },
            "covers: teaches a, b, c and 2 more, to start T",
        ),
        (Reason::Covers { skills: all("a"), begins: None }, "covers: teaches a"),
        (instead(LeftOut::Skipped), "instead: in place of Course, which you skipped"),
        (
            instead(LeftOut::Filtered),
            "instead: in place of Course, which does not match your filters",
        ),
        (instead(LeftOut::Paid), "instead: free, in place of Course"),
        (
            Reason::ReadyByCredit(milestone),
            "ready: you know everything it requires: build it, or credit it with `milepost done \
             p/m --known`",
        ),
        (Reason::Ready(Vec::new()), "ready: everything it requires is done: prove it by building"),
        (
            Reason::Ready(all("a b c")),
            "ready: everything it requires is done; building it proves a, b and c",
        ),
        (needed(None, None), "needed-for: for QA"),
        (needed(Some(2), None), "needed-for: for QA (stage 2)"),
        (needed(Some(2), Some(text("T"))), "needed-for: part of T, for QA (stage 2)"),
        (Reason::Rest(text("Base")), "rest: the rest of Base: nothing you follow needs it"),
        (gap(0), "role-gap: raises Models: the role needs level 3"),
        (gap(1), "role-gap: raises Models: you are at level 1, the role needs 3"),
        (
            Reason::Assessed { area: text("Models"), level: 2, reference: topic },
            "assessed: you rated yourself level 2 in Models: if you know this, credit it with \
             `milepost done p/t --known`",
        ),
        (Reason::Unlocks { titles: all("a b"), once_proven: false }, "unlocks: unlocks a and b"),
        (
            Reason::Unlocks { titles: all("a"), once_proven: true },
            "unlocks: unlocks a once you prove it",
        ),
    ] {
        assert_eq!(format!("{}: {}", reason.code(), sentence(&reason)), expected);
    }
}
