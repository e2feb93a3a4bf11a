//! How far you are: the dashboard, `status`, `compare` with the graph of a path.

use super::*;

#[test]
fn dashboard() {
    let welcome: Dashboard = read(&shelf::home(), "");
    assert!(welcome.paths.iter().all(|path| !path.followed) && welcome.next.is_empty());
    assert!(welcome.hours_this_week.is_sign_positive(), "not -0.0");
    let board: Dashboard = read(&shelf::lived_in(), "");
    assert_eq!((board.schema, board.command.as_str()), (1, "dashboard"));
    assert_eq!(board.as_of, day("2026-11-20"));
    let ids: Vec<&str> = board.paths.iter().map(|path| path.id.as_str()).collect();
    assert_eq!(ids, ["tools", "web"]);
    assert!(board.paths.iter().all(|path| path.followed));
    assert_eq!(board.next[0].r#ref, "web/rest-guide");
    assert_eq!(board.next[0].because[0].code, "in-progress");
    assert_eq!(board.hours_this_week, 8.0);
    let [guide] = board.in_progress.as_slice() else { panic!("{board:?}") };
    assert_eq!((guide.r#ref.as_str(), guide.minutes), ("web/rest-guide", 0));
    assert_eq!(guide.since, Nullable(Some(day("2026-10-30"))));
    assert_eq!((guide.hours.0, guide.hours_left.0), (Some(3.0), Some(3.0)));
    let [tools, web] = board.paths.as_slice() else { panic!("{board:?}") };
    assert_eq!(tools.finished_on, Nullable(Some(day("2026-10-16"))));
    assert_eq!(tools.steady, Nullable(None), "it arrives with what it is a means to");
    assert_eq!(web.target_on, Nullable(Some(day("2027-06-30"))));
    let status: Status = read(&shelf::lived_in(), "status");
    assert_eq!((&web.steady, &web.forecast), (&status.paths[1].steady, &status.paths[1].forecast));
    assert_eq!(board.pause, Nullable(None), "it was recorded today, for days before");
    assert_eq!(board.suggestion.0.unwrap().code, "assess");
}

#[test]
fn status() {
    let sandbox = shelf::lived_in();
    let status: Status = read(&sandbox, "status");
    assert_eq!(status.as_of, day("2026-11-20"));
    let [tools, web] = status.paths.as_slice() else { panic!("{status:?}") };
    assert_eq!(tools.target_on, Nullable(None));
    assert_eq!(web.target_on, Nullable(Some(day("2027-06-30"))));
    assert_eq!(web.hours_per_week, Nullable(Some(5.0)));
    assert_eq!(web.started_on, Nullable(Some(day("2026-11-20"))));
    let Progress { milestones, skills, resources, hours, percent } = &web.progress;
    assert_eq!((milestones.done, milestones.skipped, milestones.total), (1, 0, 2));
    assert_eq!((skills.done, skills.total), (2, 4), "GraphQL is optional");
    assert_eq!((resources.done, resources.total), (0, 3));
    // 12 hours of a topic are 6 for each of its two skills; the optional one takes no share.
    assert_eq!((hours.done, hours.total, *percent), (20.0, 34.0, 58.8));
    let backup = &tools.progress.milestones;
    assert_eq!((backup.skipped, backup.total, tools.progress.hours.total), (1, 1, 16.0));
    assert_eq!(tools.progress.percent, 100.0);
    assert_eq!(
        web.stages.iter().map(|stage| stage.id.as_str()).collect::<Vec<_>>(),
        ["build", "run"]
    );
    assert_eq!(web.stages[0].months, Nullable(Some([0.0, 3.0])));
    let pace = web.pace.0.as_ref().unwrap();
    assert!(pace.weeks >= 5 && pace.hours_per_week > 0.0);
    let forecast = web.forecast.0.as_ref().unwrap();
    assert!(status.as_of < forecast.earliest && forecast.earliest < forecast.latest);
    assert_eq!(status.activity.active_days, 4, "what was known is no activity");
    assert_eq!(status.activity.days[0].on, day("2026-10-09"));
    assert_eq!(status.activity.days[0].items, 1);

    let left: Vec<f64> = web.burndown.iter().map(|left| left.hours).collect();
    assert!(left.is_sorted_by(|a, b| a >= b) && left.len() > 2, "{left:?}");
    assert_eq!(web.planned_end, Nullable(Some(day("2027-05-20"))), "six months");

    let only: Status = read(&sandbox, "status web");
    assert_eq!(only.paths.len(), 1);
    let fresh: Status = read(&shelf::following(), "status web");
    assert!(fresh.paths[0].pace.0.is_none() && fresh.paths[0].forecast.0.is_none());
    assert!(fresh.paths[0].forecast_note.0.is_some(), "no forecast is explained");
    let none: Status = read(&shelf::home(), "status");
    assert!(none.paths.is_empty());
}

#[test]
fn comparison_and_graph() {
    let sandbox = shelf::lived_in();
    let compare: Compare = read(&sandbox, "compare tools web");
    assert_eq!(
        compare.paths.iter().map(|path| path.id.as_str()).collect::<Vec<_>>(),
        ["tools", "web"]
    );
    assert_eq!((compare.paths[0].hours_left, compare.paths[1].hours_left), (0.0, 14.0));
    assert_eq!(compare.shared.items[0].r#ref, "tools/http");
    assert_eq!(compare.first, "tools");
    assert!(!compare.because.is_empty());
    let graph: Graph = read(&sandbox, "show web --graph mermaid");
    assert_eq!((graph.path.as_str(), graph.command.as_str()), ("web", "show"));
    assert!(graph.graph.contains("APIs"), "{}", graph.graph);
}
