use crate::model::fixture::{day, sketch, snooze, standing};
use crate::model::guidance::{Guide, Wish};
use crate::model::roadmap::{Ref, Roadmap, find};
use crate::model::view::View;

const SHELF: &str = "
    path base
    stage s
    topic basics 10h = Basics
    skill x
    skill y
    resource x-course 6h teaches=x = Course of X
    resource y-course 4h teaches=y = Course of Y
    path p
    stage one
    topic t 24h needs=base/x = Topic T
    skill a
    skill b
    skill c optional
    resource core-a 10h teaches=a = Core A
    resource core-b 10h teaches=b paid = Core B
    resource both 30h teaches=a,b instead=core-a,core-b = Both
    resource more 5h teaches=b optional = More
    resource lookup 1h teaches= = Look-up
    milestone m 5h needs=t = Milestone M
    stage two
    topic v 6h = Topic V
    skill d
    resource v-course 6h = Course of V
    milestone n 3h needs=m,v = Milestone N
    milestone aside 3h optional = Aside
    path other
    stage s
    topic o
    skill q
";

fn why_of(shelf: &Vec<Roadmap>, marks: &str, wish: &Wish<'_>, reference: &str) -> String {
    let standing = standing(marks);
    let view = View { shelf, standing: &standing };
    let path = shelf.iter().find(|path| path.id == "p").unwrap();
    let node = find(shelf, &Ref::from_text(reference)).unwrap();
    let why = Guide::new(&view, &[path], wish).why(&node);
    let before =
        why.before.map_or(String::new(), |one| format!(" | {} h, {}", one.hours, one.steps));
    format!("{}: {}{before}", why.because.code, why.because.text)
}

#[test]
fn what_is_snoozed_says_until_when_and_how_it_comes_back() {
    let shelf = sketch(SHELF);
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
        let view = View { shelf: &shelf, standing: &standing };
        let node = find(&shelf, &Ref::from_text(reference)).unwrap();
        let why = Guide::new(&view, &[path], &Wish::default()).why(&node);
        assert_eq!((why.because.code, why.before), ("snoozed", None));
        assert_eq!(why.because.text, format!("{expected} brings it back"));
        let later = Wish { today: day(6, 1), ..Wish::default() };
        assert_ne!(Guide::new(&view, &[path], &later).why(&node).because.code, "snoozed");
    }
}

#[test]
fn each_reason_is_named() {
    let shelf = sketch(SHELF);
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
        ("base/x=done p/both=done", "p/m", "waits: it waits for Topic T: only the proof is left"),
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
            "alternative: it is an alternative to Core A and Core B; `milepost doing p/both` takes it instead",
        ),
        ("p/both=doing", "p/core-a", "alternative: Both, which is in progress, covers it"),
        ("p/both=done", "p/core-b", "alternative: Both, which is done, covers it"),
        ("p/core-a=done", "p/both", "alternative: it is an alternative to Core A, which is done"),
        // What no plan has.
        ("", "p/lookup", "look-up: it is there to look things up, not to be studied"),
        ("", "p/more", "optional: it is optional: take it if you like"),
        ("", "p/c", "optional: it is optional: take it if you like"),
        ("", "p/aside", "optional: it is optional: take it if you like"),
        ("p/a=done", "p/core-a", "nothing-open: all that it teaches is done or skipped"),
        // What is closed.
        ("p/core-a=done", "p/core-a", "done: you did it on 2026-01-01"),
        (
            "p/m=skipped",
            "p/m",
            "skipped: you skipped it on 2026-01-01; `milepost todo p/m` takes that back",
        ),
        ("p/d=done", "p/v", "done: none of its skills is left to do"),
        // What nothing needs.
        (
            "base/x=done",
            "base/y-course",
            "rest: nothing that you follow needs it: it comes at the very end, and `milepost next --all` shows it | 38 h, 6",
        ),
        (
            "",
            "other/q",
            "not-followed: you do not follow other, and nothing that you follow requires it; `milepost start other` follows it",
        ),
    ] {
        assert_eq!(
            why_of(&shelf, marks, &Wish::default(), reference),
            expected,
            "{marks} {reference}"
        );
    }
    let free = Wish { free: true, ..Wish::default() };
    assert_eq!(
        why_of(&shelf, "base/x=done", &free, "p/core-b"),
        "filtered: it does not fit your filters"
    );
}

#[test]
fn the_head_of_the_plan_is_next_and_nothing_else_is() {
    let shelf = sketch(SHELF);
    let mut marks = String::new();
    for _ in 0..20 {
        let standing = standing(&marks);
        let view = View { shelf: &shelf, standing: &standing };
        let path = shelf.iter().find(|path| path.id == "p").unwrap();
        let guide = Guide::new(&view, &[path], &Wish::default());
        let Some(step) = guide.plan(true).into_iter().next() else { return };
        // A proof takes no time: what `next` has first is the first step that does.
        let next = guide.next(1, false).unwrap_or_default();
        let head = next.first().map(|one| one.item.reference());
        for item in shelf.iter().flat_map(|path| path.items()) {
            let code = guide.why(&crate::model::roadmap::Node::Item(item)).because.code;
            let is_next = Some(item.reference()) == head;
            assert_eq!(code == "next", is_next, "{marks}: {}", item.reference());
        }
        for item in step.act.items() {
            marks.push_str(&format!(" {}=done", item.reference()));
        }
    }
    panic!("the plan has no end: {marks}");
}
