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

const SNOOZED: &str = "
    path p
    stage one
    topic t 20h
    skill a
    skill b
    resource ra 5h teaches=a
    resource rb 5h teaches=b
    milestone m 5h needs=t
    stage two
    topic u 20h needs=m
    skill c
    resource rc 5h teaches=c
    topic v 20h
    skill d
    resource rd 5h teaches=d
";

/// What is snoozed until a day comes on it, and what needs it waits.
#[test]
fn what_is_snoozed_waits_for_its_day_and_so_does_what_needs_it() {
    let shelf = sketch(SNOOZED);
    let june = crate::model::fixture::day(6, 1);
    let today = |after: u64| NextFilter {
        today: june - Days::new(1) + Days::new(after),
        ..NextFilter::default()
    };
    for (marks, snoozed, expected) in [
        ("", "", "ra a? rb b? m rc c? rd d?"),
        // Another resource of the topic comes first; its skill is not asked for in the meantime.
        ("", "p/ra", "rb b? rd d? ra a? m rc c?"),
        // A whole topic: the head is elsewhere, and the milestone waits.
        ("", "p/t", "rd d? ra a? rb b? m rc c?"),
        // The milestone, and with it the topic that requires it.
        ("", "p/m", "ra a? rb b? rd d? m rc c?"),
        // A skill is not asked for, and nothing is studied for it.
        ("p/ra=done", "p/a", "rb b? rd d? a? m rc c?"),
        ("", "p/a", "rb b? rd d? ra a? m rc c?"),
        // What is in progress can be put off, too.
        ("p/ra=doing", "p/ra", "rb b? rd d? ra a? m rc c?"),
        // All of it.
        ("", "p/t p/v", "ra a? rb b? m rc c? rd d?"),
    ] {
        let mut standing = standing(marks);
        snooze(&mut standing, snoozed, june);
        assert_eq!(plan_of(&shelf, &standing, &today(0)), expected, "{marks} {snoozed}");
        let awake = plan_of(&shelf, &crate::model::fixture::standing(marks), &today(1));
        assert_eq!(plan_of(&shelf, &standing, &today(1)), awake, "on its day: {snoozed}");
    }
    // Before its day there is nothing to do but to wait.
    let mut standing = Standing::default();
    snooze(&mut standing, "p/t p/v", june);
    let view = Learner { shelf: &shelf, standing: &standing };
    let guide = Guide::new(&view, &goals(&shelf), &today(0));
    let nothing = Nothing::Snoozed(Ref::from_text("p/t"), june);
    assert_eq!(guide.next(5, false).unwrap_err(), nothing);
    assert_eq!(guide.plan(false)[0].not_before, Some(june));
    let awake = Guide::new(&view, &goals(&shelf), &today(1));
    assert_eq!(awake.next(1, false).unwrap()[0].item.id(), "ra");
    assert_eq!(awake.plan(false)[0].not_before, None);
}

#[test]
fn what_is_snoozed_changes_no_sum_of_hours() {
    let shelf =
        sketch("path p\nstage s\ntopic t 10h\nskill a\nskill b\nskill c\nresource rc 2h teaches=c");
    let today = NextFilter { today: day(0), ..NextFilter::default() };
    for (marks, snoozed) in
        [("", ""), ("", "p/a"), ("", "p/c"), ("", "p/a p/b"), ("p/rc=done", "p/b")]
    {
        let mut standing = standing(marks);
        snooze(&mut standing, snoozed, day(9));
        let view = Learner { shelf: &shelf, standing: &standing };
        let steps = Guide::new(&view, &goals(&shelf), &today).plan(false);
        let hours: f64 = steps.iter().map(|step| step.hours).sum();
        let done = if marks.is_empty() { 0.0 } else { 2.0 };
        assert!((hours + done - 10.0).abs() < 1e-9, "{snoozed}: {:?}", lines(&steps));
    }
}

#[test]
fn what_is_in_progress_and_was_not_touched_for_weeks_is_asked_about_once() {
    let shelf = sketch(BEGUN);
    let asked = |after: u64, logged: Option<u64>, away: &[(u64, u64)]| -> Vec<(i64, String)> {
        let mut standing = done_in_order("p/ra=doing p/rb=doing p/m=doing");
        let effort =
            |after| Effort { on: day(after), subject: Ref::from_text("p/ra"), minutes: 30 };
        standing.put_efforts(logged.map(effort).into_iter().collect());
        for (from, to) in away {
            let kept = SubjectState::Away { to: day(*to), why: None };
            standing.put(&Ref::away(day(*from)), Some(kept));
        }
        let view = Learner { shelf: &shelf, standing: &standing };
        let today = NextFilter { today: day(after), ..NextFilter::default() };
        let next = Guide::new(&view, &goals(&shelf), &today).next(9, false).unwrap();
        let because = next.iter().flat_map(|one| &one.because);
        let asked = because.filter_map(|one| match one {
            Reason::Untouched { weeks, reference } => Some((*weeks, reference.to_string())),
            _ => None,
        });
        asked.collect()
    };
    let of = |weeks: i64, id: &str| vec![(weeks, format!("p/{id}"))];
    let none = Vec::new();
    assert_eq!(asked(27, None, &[]), none);
    assert_eq!(asked(28, None, &[]), of(4, "ra"));
    assert_eq!(asked(60, None, &[]), of(8, "ra"), "one of the three");
    assert_eq!(asked(60, Some(50), &[]), of(8, "rb"), "the first has time");
    // Days away do not count, whenever they are recorded.
    assert_eq!(asked(60, None, &[(5, 30), (35, 45)]), none);
    assert_eq!(asked(66, None, &[(5, 30), (35, 45)]), of(4, "ra"));
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

const BEGUN: &str = "
    path p
    stage s
    topic t 40h
    skill a
    resource ra 10h teaches=a
    topic u 20h
    skill b
    skill c
    resource rb 5h teaches=b
    resource rc 5h teaches=c
    milestone m 8h needs=t,u
";

/// The plan of [`BEGUN`] with hours, after marks and minutes that were logged on days of 2026.
fn plan_with(marks: &str, logged: &[(&str, u32)]) -> Vec<String> {
    let shelf = sketch(BEGUN);
    let mut standing = standing(marks);
    let effort = |(at, (subject, minutes)): (usize, &(&str, u32))| Effort {
        on: day(at as u64),
        subject: Ref::from_text(subject),
        minutes: *minutes,
    };
    standing.put_efforts(logged.iter().enumerate().map(effort).collect());
    let view = Learner { shelf: &shelf, standing: &standing };
    let today = NextFilter { today: day(9), ..NextFilter::default() };
    let steps = Guide::new(&view, &goals(&shelf), &today).plan(false);
    let line = |step: &Step<'_>| {
        let hours = match step.hours == step.of {
            true => format!("{}", step.of),
            false => format!("{:.1}/{}", step.hours, step.of),
        };
        format!("{} {hours}", step.act.items()[0].id())
    };
    steps.iter().map(line).collect()
}

#[test]
fn time_that_was_logged_lowers_what_is_left_and_begins_a_topic() {
    for (marks, logged, expected) in [
        ("", &[][..], "ra 10, a 30, rb 5, b 0, rc 5, c 10, m 8"),
        // What is in progress comes first, with what is left of it.
        ("p/rb=doing", &[("p/rb", 120)], "rb 3.0/5, b 0, rc 5, c 10, ra 10, a 30, m 8"),
        // Late: a tenth is left.
        ("p/ra=doing", &[("p/ra", 6000)], "ra 1.0/10, a 30, rb 5, b 0, rc 5, c 10, m 8"),
        ("p/m=doing", &[("p/m", 60)], "m 7.0/8, ra 10, a 30, rb 5, b 0, rc 5, c 10"),
        // Time on a topic or a skill is practice, and begins the topic.
        ("", &[("p/u", 240)], "rb 5, b 0, rc 5, c 6.0/10, ra 10, a 30, m 8"),
        ("", &[("p/c", 240), ("p/u", 600)], "rb 5, b 0, rc 5, c 1.0/10, ra 10, a 30, m 8"),
        // Of two begun topics the one that was studied last.
        ("", &[("p/t", 60), ("p/c", 60)], "rb 5, b 0, rc 5, c 9.0/10, ra 10, a 29.0/30, m 8"),
        ("", &[("p/c", 60), ("p/t", 60)], "ra 10, a 29.0/30, rb 5, b 0, rc 5, c 9.0/10, m 8"),
        // How long finished resources took is how long those in progress take.
        (
            "p/rb=done p/b=done p/rc=doing",
            &[("p/rb", 900), ("p/rc", 60)],
            "rc 6.0/5, c 10, ra 10, a 30, m 8",
        ),
    ] {
        assert_eq!(plan_with(marks, logged).join(", "), expected, "{marks} {logged:?}");
    }
}

/// The paths, what was done in them, and the numbers that choose what is asked for.
fn filters(numbers: u8) -> NextFilter<'static> {
    // Before, between and after the days until which something is snoozed.
    let today = day(u64::from(numbers) * 2);
    NextFilter { free: numbers.is_multiple_of(3), today, ..NextFilter::default() }
}

fn reached(
    world: &World,
    standing: &Standing,
    filter: &NextFilter<'_>,
) -> Result<(), TestCaseError> {
    let mut standing = standing.clone();
    // What is logged for later begins to count while the plan waits.
    let past = standing.efforts().iter().filter(|effort| effort.on <= filter.today).cloned();
    standing.put_efforts(past.collect());
    let view = viewed(world, &standing);
    let paths = world.paths();
    let steps = Guide::new(&view, &paths, filter).plan(true);
    let Some(head) = steps.first() else { return Ok(()) };
    let after = apply(head, &view, day(4_000));
    let today = head.not_before.unwrap_or(filter.today);
    let filter = &NextFilter { today, ..filter.clone() };
    let rest = Guide::new(&viewed(world, &after), &paths, filter).plan(true);
    let expected = &steps[1..];
    // Time is logged in whole minutes.
    let is_near = |(one, other): (&Step<'_>, &Step<'_>)| (one.hours - other.hours).abs() < 0.01;
    let is_same = rest.iter().zip(expected).all(is_near) && acts(&rest) == acts(expected);
    prop_assert!(is_same, "{:?} {:#?} {:#?}", lines(&steps[..1]), lines(&rest), lines(expected));
    Ok(())
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn the_plan_after_its_first_step_is_the_rest_of_it(
        (world, log) in histories(),
        numbers in any::<u8>(),
    ) {
        reached(&world, &log.standing, &filters(numbers))?;
    }

    #[test]
    fn so_it_is_where_time_was_logged(
        (world, log) in histories(),
        numbers in any::<u8>(),
        minutes in prop::collection::vec((any::<u16>(), 0..9_000_u32), 0..12),
    ) {
        let mut standing = standing::fold(&log.events);
        let mut efforts = standing.efforts().to_vec();
        for path in &world.shelf {
            let topics = path.stages.iter().flat_map(|stage| &stage.topics).map(|one| &one.id);
            let items = path.items().map(|item| progress_ref(&world.shelf, &item));
            let subjects = topics.map(|id| Ref::node(&path.id, id)).chain(items);
            let subjects: Vec<Ref> = subjects.collect();
            for (at, minutes) in &minutes {
                let subject = subjects.get(usize::from(*at) % subjects.len().max(1));
                efforts.extend(subject.map(|subject| Effort {
                    on: day(u64::from(*at) % 300),
                    subject: subject.clone(),
                    minutes: *minutes,
                }));
            }
        }
        standing.put_efforts(efforts);
        reached(&world, &standing, &filters(numbers))?;
    }

    #[test]
    fn a_plan_ends_with_nothing_open_that_can_be_done(
        (world, log) in histories(),
        numbers in any::<u8>(),
    ) {
        let view = viewed(&world, &log.standing);
        let paths = world.paths();
        let filter = NextFilter { free: false, ..filters(numbers) };
        let steps = Guide::new(&view, &paths, &filter).plan(true);
        let mut seen = std::collections::HashSet::new();
        let mut standing = log.standing.clone();
        for step in &steps {
            for item in step.act.items() {
                prop_assert!(seen.insert(progress_ref(&world.shelf, item)), "twice: {}", item.reference());
                prop_assert!(view.is_open(item));
            }
            standing = apply(step, &viewed(&world, &standing), day(5_000));
        }
        let after = viewed(&world, &standing);
        prop_assert!(Guide::new(&after, &paths, &filter).plan(true).is_empty());
    }

    #[test]
    fn what_is_snoozed_is_in_no_plan_before_its_day(
        (world, log) in histories(),
        numbers in any::<u8>(),
    ) {
        let view = viewed(&world, &log.standing);
        let paths = world.paths();
        let filter = filters(numbers);
        let guide = Guide::new(&view, &paths, &filter);
        let until = |item: &Item<'_>| {
            let topic = item.topic.map(|topic| Node::Topic(item.roadmap, item.stage, topic));
            let own = view.snoozed_until(&Node::Item(*item));
            own.max(topic.and_then(|topic| view.snoozed_until(&topic)))
        };
        for step in guide.plan(true) {
            let today = step.not_before.unwrap_or(filter.today);
            for item in step.act.items() {
                prop_assert!(until(item).is_none_or(|day| day <= today), "{}", item.reference());
            }
        }
        for one in guide.next(usize::MAX, true).unwrap_or_default() {
            prop_assert!(until(&one.item).is_none_or(|day| day <= filter.today));
        }
        for one in guide.to_prove() {
            prop_assert!(until(&one.item).is_none_or(|day| day <= filter.today));
        }
    }

    #[test]
    fn what_is_next_is_the_first_work_of_the_plan(
        (world, log) in histories(),
        numbers in any::<u8>(),
    ) {
        let view = viewed(&world, &log.standing);
        let paths = world.paths();
        let guide = Guide::new(&view, &paths, &NextFilter { free: false, ..filters(numbers) });
        // What has to wait first is no step of today.
        let first = guide.plan(true).into_iter().next().filter(|one| one.not_before.is_none());
        let next = guide.next(1, true).ok().and_then(|next| next.into_iter().next());
        match first.map(|step| step.act) {
            Some(Act::Study(item) | Act::Build(item)) => {
                prop_assert_eq!(next.unwrap().item.reference(), item.reference());
            }
            Some(Act::Prove(_, skills)) => {
                let asked: Vec<Ref> =
                    guide.to_prove().iter().map(|one| one.item.reference()).collect();
                prop_assert!(skills.iter().all(|one| asked.contains(&one.reference())));
            }
            None => prop_assert!(next.is_none()),
        }
    }
}
