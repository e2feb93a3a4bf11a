//! What is next, and which paths are followed.

use super::*;

#[test]
fn plan() {
    let sandbox = shelf::following();
    let plan: Plan = read(&sandbox, "plan --hours-per-week 5 --weeks 0");
    assert_eq!(plan.from, day("2026-11-20"));
    let rate = plan.rate.0.as_ref().unwrap();
    assert_eq!((rate.hours_per_week, rate.basis.as_str()), (5.0, "plan"));
    let laid: f64 = plan.weeks.iter().map(|week| week.hours).sum();
    assert!((laid - plan.hours).abs() < 1e-6, "{laid} of {}", plan.hours);
    // It begins as `next` does, and every milestone of it has its day.
    let next: Next = read(&sandbox, "next");
    let first = &plan.weeks[0].work[0];
    assert_eq!(first.r#ref, next.recommendations[0].r#ref);
    assert!(first.hours <= first.of && first.url.0.is_some());
    let built = plan.weeks.iter().flat_map(|week| &week.work);
    let built = built.filter(|one| one.kind == Kind::Milestone && one.finishes);
    let built: Vec<&str> = built.map(|one| one.r#ref.as_str()).collect();
    let days: Vec<&str> = plan.milestones.iter().map(|one| one.r#ref.as_str()).collect();
    assert_eq!(built, days);
    let shell = plan.paid.iter().any(|one| one.r#ref == "web/ops-book");
    assert!(shell, "{:?}", plan.paid);
    let free: Plan = read(&sandbox, "plan --hours-per-week 5 --free");
    assert!(free.paid.is_empty());
    let none: Plan = read(&shelf::home(), "plan");
    assert!(none.weeks.is_empty() && none.note.0.is_some() && none.rate.0.is_none());
}

#[test]
fn next() {
    let sandbox = shelf::following();
    let next: Next = read(&sandbox, "next -n 0");
    assert_eq!(next.note, Nullable(None));
    let first = &next.recommendations[0];
    assert_eq!((first.r#ref.as_str(), first.kind), ("tools/http-guide", Kind::Resource));
    assert_eq!(first.topic, Nullable(Some("networks".to_owned())));
    assert_eq!(first.hours, Nullable(Some(0.75)));
    assert_eq!(
        (&first.resource, &first.cost),
        (&Nullable(Some("docs".to_owned())), &Nullable(Some(Cost::Free)))
    );
    let codes: Vec<&str> = first.because.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["covers", "needed-for"]);
    let wished: Next = read(&sandbox, "next --time 1h --free");
    let minutes: Vec<_> = wished.recommendations.iter().map(|one| one.minutes.0).collect();
    assert_eq!(minutes, [Some(45), Some(15)], "the first, and a part of the next");
    let none: Next = read(&shelf::home(), "next");
    assert!(none.recommendations.is_empty() && none.note.0.is_some());
    assert_eq!(none.code.0.as_deref(), Some("no-path"));
    // What was studied is asked for.
    sandbox.ok(["done", "tools/http-guide"]);
    let asked: Next = read(&sandbox, "next");
    assert!(
        asked.prove.iter().all(|one| one.studied_by == ["tools/http-guide"]),
        "{:?}",
        asked.prove
    );
    assert!(!asked.prove.is_empty());
    // A milestone and a skill have neither address nor cost.
    sandbox.ok(["done", "tools/shell", "--yes"]);
    let next: Next = read(&sandbox, "next -n 0");
    let milestone = next.recommendations.iter().find(|one| one.kind == Kind::Milestone).unwrap();
    assert_eq!((&milestone.topic, &milestone.url), (&Nullable(None), &Nullable(None)));
}

#[test]
fn paths_are_started_and_stopped() {
    let sandbox = shelf::home();
    let start: Start = read(&sandbox, "start web --by 2027-06-30 --hours-per-week 5");
    let [tools, web] = start.started.as_slice() else { panic!("{start:?}") };
    assert_eq!(tools.required_by, Nullable(Some("web".to_owned())));
    assert_eq!(
        (&web.required_by, &web.target_on),
        (&Nullable(None), &Nullable(Some(day("2027-06-30"))))
    );
    assert_eq!((web.hours_per_week.0, web.hours), (Some(5.0), 34.0));
    let stop: Stop = read(&sandbox, "stop web");
    assert_eq!((stop.stopped, stop.unchanged.len()), (vec!["web".to_owned()], 0));
    let open: Open = read(&sandbox, "open http-guide --print");
    assert_eq!(
        (open.r#ref.as_str(), open.url.as_str(), open.opened),
        ("tools/http-guide", "https://example.org/http", false)
    );
}
