mod any;
mod kept;
mod large;
mod time;

use chrono::{Days, NaiveDate};
use milepost_path::{Item, Node, Ref, Roadmap};
use proptest::prelude::*;

use super::*;
use crate::model::effort::Effort;
use crate::model::fixture::{World, cases, histories, sketch, snooze, standing, viewed};
use crate::model::learner::{Learner, progress_ref};
use crate::model::left::Spending;
use crate::model::standing::{self, ItemState, Standing, Status, SubjectState};

/// Steps as a line each: what they do, and their hours.
fn lines(steps: &[Step<'_>]) -> Vec<String> {
    let line = |step: &Step<'_>| {
        let word = match step.act {
            Act::Study(_) => "study",
            Act::Prove(..) => "prove",
            Act::Build(_) => "build",
        };
        let items: Vec<String> =
            step.act.items().iter().map(|item| item.reference().to_string()).collect();
        let rest = if step.is_rest { " rest" } else { "" };
        format!("{word} {} {:.3}{rest}", items.join(","), step.hours)
    };
    steps.iter().map(line).collect()
}

/// Steps as a line each, without their hours.
fn acts(steps: &[Step<'_>]) -> Vec<String> {
    let without = |line: String| {
        let words: Vec<&str> = line.split(' ').collect();
        format!("{} {} {:?}", words[0], words[1], words.get(3))
    };
    lines(steps).into_iter().map(without).collect()
}

fn goals(shelf: &[Roadmap]) -> Vec<&Roadmap> {
    shelf.iter().collect()
}

/// The ids of a plan in order; a proof has a question mark.
fn plan_of(shelf: &Vec<Roadmap>, standing: &Standing, filter: &NextFilter<'_>) -> String {
    let view = Learner { shelf, standing };
    let steps = Guide::new(&view, &goals(shelf), filter).plan(false);
    let word = |step: &Step<'_>| {
        let ids: Vec<&str> = step.act.items().iter().map(|item| item.id()).collect();
        match step.act {
            Act::Prove(..) => format!("{}?", ids.join("+")),
            _ => ids.join("+"),
        }
    };
    steps.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn next_of(shelf: &Vec<Roadmap>, standing: &Standing, filter: &NextFilter<'_>) -> Vec<String> {
    let view = Learner { shelf, standing };
    let guide = Guide::new(&view, &goals(shelf), filter);
    let next = guide.next(usize::MAX, false).unwrap_or_default();
    next.iter().map(|one| one.item.id().to_owned()).collect()
}

fn questions_of(shelf: &Vec<Roadmap>, standing: &Standing) -> Vec<String> {
    let view = Learner { shelf, standing };
    let guide = Guide::new(&view, &goals(shelf), &NextFilter::default());
    guide.to_prove().iter().map(|one| one.item.id().to_owned()).collect()
}

/// What a learner has done, with the day of each: `a/k=done`, in order.
fn done_in_order(marks: &str) -> Standing {
    let mut standing = standing(marks);
    for (at, mark) in marks.split_whitespace().enumerate() {
        let reference = Ref::from_text(mark.split_once('=').unwrap().0);
        let mut state = standing.item_at(&reference).unwrap().clone();
        state.since = Some(day(at as u64));
        standing.put(&reference, Some(SubjectState::Item(state)));
    }
    standing
}

fn day(after: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(after)
}

/// Makes a step done on a day. Who logged time on it logs what it took.
fn apply(step: &Step<'_>, view: &Learner<'_>, on: NaiveDate) -> Standing {
    let mut after = view.standing.all().clone();
    let spending = Spending::of(view, on);
    let mut efforts = after.efforts().to_vec();
    for item in step.act.items() {
        let subject = progress_ref(view.shelf, item);
        let state = ItemState { status: Status::Done, since: Some(on), ..ItemState::default() };
        after.put(&subject, Some(SubjectState::Item(state)));
        let is_work = !matches!(step.act, Act::Prove(..));
        if let Some(spent) = spending.on(&subject).filter(|_| is_work) {
            let minutes = (step.hours * 60.0).round() as u32;
            efforts.push(Effort { on: spent.last, subject, minutes });
        }
    }
    after.put_efforts(efforts);
    after
}

const ALTERNATIVES: &str = "
    path p
    stage s
    topic t 40h
    skill a
    skill b
    resource core-a 10h teaches=a
    resource core-b 10h teaches=b
    resource both 30h teaches=a,b instead=core-a,core-b
    resource short-a 2h teaches=a instead=core-a
    resource lookup 1h teaches=
    milestone m 5h needs=t
";

#[test]
fn alternatives_stand_in_only_for_all_that_they_name() {
    for (marks, expected) in [
        ("", "core-a a? core-b b? m"),
        // A shorter alternative takes the place of what was skipped; the longer one does not.
        ("p/core-a=skipped", "short-a a? core-b b? m"),
        ("p/core-b=skipped", "core-a a? b? m"),
        ("p/core-a=skipped p/short-a=skipped", "core-b b? a? m"),
        ("p/core-a=skipped p/core-b=skipped p/short-a=skipped", "both a+b? m"),
        // What an alternative covers is not studied again.
        ("p/both=done", "a+b? m"),
        ("p/both=doing", "both a+b? m"),
        ("p/short-a=done", "a? core-b b? m"),
        ("p/short-a=doing p/core-a=skipped", "short-a a? core-b b? m"),
        // The same in the middle: what is in progress comes first.
        ("p/core-b=doing", "core-b b? core-a a? m"),
        ("p/core-a=done", "a? core-b b? m"),
        ("p/a=done p/b=done", "m"),
        ("p/a=done p/b=done p/core-b=doing", "core-b m"),
    ] {
        let shelf = sketch(ALTERNATIVES);
        let plan = plan_of(&shelf, &standing(marks), &NextFilter::default());
        assert_eq!(plan, expected, "{marks}");
    }
}

#[test]
fn what_must_be_paid_for_gives_way_to_what_is_free() {
    let shelf = sketch(
        "path p
         stage s
         topic t 20h
         skill a
         skill b
         resource video 5h paid teaches=a
         resource book 9h paid teaches=b
         resource lectures 12h teaches=a instead=video",
    );
    let free = NextFilter { free: true, ..NextFilter::default() };
    assert_eq!(plan_of(&shelf, &Standing::default(), &free), "lectures a? b?");
    assert_eq!(plan_of(&shelf, &Standing::default(), &NextFilter::default()), "video a? book b?");
    // What is in progress is shown whatever it costs.
    assert_eq!(plan_of(&shelf, &standing("p/book=doing"), &free), "book b? lectures a?");
}

#[test]
fn a_topic_that_is_begun_is_finished_before_another_and_a_milestone_comes_first() {
    let shelf = sketch(
        "path p
         stage s
         topic t 20h
         skill a
         skill b
         resource ra 5h teaches=a
         resource rb 5h teaches=b
         topic u 20h
         skill c
         skill d
         resource rc 5h teaches=c
         resource rd 5h teaches=d
         milestone m 5h needs=c
         milestone last 5h needs=t,u",
    );
    assert_eq!(
        plan_of(&shelf, &Standing::default(), &NextFilter::default()),
        "ra a? rb b? rc c? m rd d? last"
    );
    let begun = standing("p/rc=done");
    assert_eq!(plan_of(&shelf, &begun, &NextFilter::default()), "c? m rd d? ra a? rb b? last");
    // Two begun topics: the one that was studied last.
    let both = done_in_order("p/rc=done p/c=done p/m=done p/ra=done");
    assert_eq!(plan_of(&shelf, &both, &NextFilter::default()), "a? rb b? rd d? last");
    assert_eq!(next_of(&shelf, &both, &NextFilter::default()), ["rb", "rd"]);
    assert_eq!(questions_of(&shelf, &both), ["a"]);
}

#[test]
fn what_an_earlier_stage_needs_belongs_to_it_as_a_whole() {
    let shelf = sketch(
        "path p
         stage one
         topic t 10h
         skill a
         resource ra 5h teaches=a
         milestone m 5h needs=t,c
         stage two
         topic u 20h
         skill b
         resource rb 5h teaches=b
         topic v 20h
         skill c
         skill d
         resource rc 5h teaches=c
         resource rd 5h teaches=d",
    );
    assert_eq!(
        plan_of(&shelf, &Standing::default(), &NextFilter::default()),
        "ra a? rc c? m rd d? rb b?"
    );
    let view = Learner { shelf: &shelf, standing: &standing("p/ra=done p/a=done") };
    let guide = Guide::new(&view, &goals(&shelf), &NextFilter::default());
    let because = &guide.next(1, false).unwrap()[0].because;
    let needed = Reason::NeededFor { title: "m".to_owned(), stage: Some(1), part_of: None };
    assert!(because.contains(&needed), "{because:?}");
}

/// For what the first step is needed, in a stage of which number; the topic of which it is a part.
fn needed_for(
    shelf: &Vec<Roadmap>,
    standing: &Standing,
) -> Option<(String, Option<usize>, Option<String>)> {
    let view = Learner { shelf, standing };
    let guide = Guide::new(&view, &goals(shelf), &NextFilter::default());
    let first = guide.next(1, false).unwrap().remove(0);
    first.because.into_iter().find_map(|one| match one {
        Reason::NeededFor { title, stage, part_of } => Some((title, stage, part_of)),
        _ => None,
    })
}

#[test]
fn a_reason_names_only_what_is_open_and_needs_this_very_thing() {
    let shelf = sketch(
        "path base
         stage s
         topic tools 20h
         skill git
         skill sql
         resource rgit 5h teaches=git
         resource rsql 5h teaches=sql
         path goal needs=base/
         stage one
         topic api 10h needs=base/git,base/sql
         skill a
         resource ra 5h teaches=a
         topic models 10h needs=base/git
         skill b
         resource rb 5h teaches=b
         milestone m 5h needs=api,d
         stage two
         topic v 20h
         skill e
         skill d
         resource re 5h teaches=e
         resource rd 5h teaches=d",
    );
    let required = "base/rgit=done base/git=done";
    let first = format!(
        "{required} base/rsql=done base/sql=done goal/ra=done goal/a=done \
                         goal/rb=done goal/b=done"
    );
    for (marks, expected) in [
        ("", Some(("api", None))),
        // Only the first of the two topics needs it.
        (required, Some(("api", None))),
        // The topic belongs to that stage as a whole; the milestone needs the second half of it.
        (&first, Some(("m", Some("v")))),
        (&format!("{first} goal/re=done goal/e=done"), Some(("m", None))),
        // It is built: the rest of the topic is for nothing earlier.
        (&format!("{first} goal/rd=done goal/d=done goal/m=done"), None),
    ] {
        let expected =
            expected.map(|(title, of)| (title.to_owned(), Some(1), of.map(str::to_owned)));
        assert_eq!(needed_for(&shelf, &standing(marks)), expected, "{marks}");
    }
}

const REQUIRED: &str = "
    path base
    stage s
    topic tools 30h
    skill git
    skill shell
    skill maths
    resource rgit 5h teaches=git
    resource rshell 5h teaches=shell
    resource rmaths 50h teaches=maths
    milestone check 4h needs=git,shell
    milestone thesis 90h needs=tools
    path goal needs=base/
    stage s
    topic t 10h needs=base/git,base/shell
    skill a
    resource ra 5h teaches=a
";

#[test]
fn of_a_required_path_comes_what_is_needed_and_the_rest_at_the_end() {
    let shelf = sketch(REQUIRED);
    let none = Standing::default();
    assert_eq!(
        plan_of(&shelf, &none, &NextFilter::default()),
        "rgit git? rshell shell? check ra a?"
    );
    let view = Learner { shelf: &shelf, standing: &none };
    let all = Guide::new(&view, &goals(&shelf), &NextFilter::default()).plan(true);
    assert_eq!(
        lines(&all)[7..],
        [
            "study base/rmaths 50.000 rest",
            "prove base/maths 0.000 rest",
            "build base/thesis 90.000 rest"
        ]
    );
    // What was credited needs no check.
    let mut known = standing("base/git=done base/shell=done");
    for id in ["base/git", "base/shell"] {
        let reference = Ref::from_text(id);
        let state = ItemState { known: true, ..known.item_at(&reference).unwrap().clone() };
        known.put(&reference, Some(SubjectState::Item(state)));
    }
    assert_eq!(plan_of(&shelf, &known, &NextFilter::default()), "ra a?");
    // What was studied does.
    let studied = standing("base/git=done base/shell=done");
    assert_eq!(plan_of(&shelf, &studied, &NextFilter::default()), "check ra a?");
    // What is needed for nothing that is open is not needed.
    let past = standing("goal/ra=done goal/a=done");
    assert_eq!(plan_of(&shelf, &past, &NextFilter::default()), "");
}

#[test]
fn nothing_left_but_to_prove_is_said_so() {
    let shelf = sketch(
        "path p
         stage s
         topic t 20h
         skill a
         resource ra 5h teaches=a
         topic u 20h needs=t
         skill b
         resource rb 5h teaches=b",
    );
    let standing = standing("p/ra=done");
    let view = Learner { shelf: &shelf, standing: &standing };
    let guide = Guide::new(&view, &goals(&shelf), &NextFilter::default());
    assert_eq!(guide.next(5, false).unwrap_err(), Nothing::Prove);
    let proofs = guide.to_prove();
    assert_eq!((proofs.len(), proofs[0].item.id(), proofs[0].spare), (1, "a", 15.0));
    assert_eq!(proofs[0].studied_by[0].id(), "ra");
}

#[test]
fn what_is_skipped_as_a_whole_is_asked_for_and_blocks_nobody() {
    let shelf = sketch(
        "path p
         stage s
         topic t 20h
         skill a
         skill b
         resource ra 5h teaches=a
         resource rb 5h teaches=b
         topic u 20h
         skill c
         resource rc 5h teaches=c",
    );
    let standing = standing("p/ra=skipped p/rb=skipped");
    assert_eq!(plan_of(&shelf, &standing, &NextFilter::default()), "a+b? rc c?");
    assert_eq!(next_of(&shelf, &standing, &NextFilter::default()), ["rc"]);
}

#[test]
fn a_path_of_readings_is_read_in_order() {
    let shelf = sketch(
        "path p
         stage s
         topic t 3h
         resource one 1h
         resource two 1h optional
         resource three 1h
         milestone m needs=t",
    );
    assert_eq!(plan_of(&shelf, &Standing::default(), &NextFilter::default()), "one three m");
    assert_eq!(next_of(&shelf, &standing("p/three=doing"), &NextFilter::default()), ["three"]);
}

#[test]
fn where_some_parts_are_enough_no_more_is_planned() {
    let mut shelf = sketch(
        "path p
         stage s
         topic t 9h
         skill a
         skill b
         skill c
         resource ra 3h teaches=a
         resource rb 3h teaches=b
         resource rc 3h teaches=c
         topic u 3h
         skill d
         resource rd 3h teaches=d
         stage after needs=s
         topic v 3h
         skill e
         resource re 3h teaches=e",
    );
    shelf[0].stages[0].topics[0].choose = Some(2);
    let plan = |shelf: &Vec<Roadmap>, marks: &str| {
        plan_of(shelf, &standing(marks), &NextFilter::default())
    };
    assert_eq!(plan(&shelf, ""), "ra a? rb b? rd d? re e?");
    assert_eq!(plan(&shelf, "p/rc=done"), "c? ra a? rd d? re e?");
    // Of the topics of the stage one is enough: the one in progress, else the shorter.
    shelf[0].stages[0].choose = Some(1);
    assert_eq!(plan(&shelf, ""), "rd d? re e?");
    assert_eq!(plan(&shelf, "p/ra=done"), "a? rb b? re e?");
    assert_eq!(plan(&shelf, "p/rd=skipped p/d=skipped"), "ra a? rb b? re e?");
}

#[test]
fn two_paths_side_by_side_take_turns_by_stage() {
    let shelf = sketch(
        "path p
         stage p1
         topic pt 1h
         skill pa
         resource pra 1h
         stage p2
         topic pu 1h
         skill pb
         resource prb 1h
         path q
         stage q1
         topic qt 1h
         skill qa
         resource qra 1h",
    );
    assert_eq!(
        plan_of(&shelf, &Standing::default(), &NextFilter::default()),
        "pra pa? qra qa? prb pb?"
    );
    // One thing of each topic of the same stage is a choice; the next stage is for later.
    let view = Learner { shelf: &shelf, standing: &Standing::default() };
    let guide = Guide::new(&view, &goals(&shelf), &NextFilter::default());
    let next = guide.next(9, false).unwrap();
    let shown: Vec<(&str, bool)> = next.iter().map(|one| (one.item.id(), one.is_later)).collect();
    assert_eq!(shown, [("pra", false), ("qra", false), ("prb", true)]);
}
