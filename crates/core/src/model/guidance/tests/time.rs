//! What is snoozed, what was left alone, and time that was logged.

use super::*;

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
