//! The JSON of every report, read strictly: a field that is renamed, missing, added or of another
//! type fails here. What is added on purpose is added here too, and to the documentation.

#![allow(dead_code, reason = "reading a report strictly is what its fields are for")]

mod changes;
mod mirrors;
mod portfolio;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::sandbox::{Sandbox, words};
use crate::shelf;
use mirrors::*;

/// The report of a command line, read strictly.
fn read<T: DeserializeOwned>(sandbox: &Sandbox, line: &str) -> T {
    let said = sandbox.ok(words(line).into_iter().chain(["--json".to_owned()]));
    serde_json::from_str(&said).unwrap_or_else(|error| panic!("{line}: {error}\n{said}"))
}

/// `show`, whose fields are also those of its children.
fn show(sandbox: &Sandbox, reference: &str) -> Show {
    let mut value = sandbox.json(["show", reference]);
    let fields = value.as_object_mut().unwrap();
    assert_eq!(fields.remove("schema"), Some(1.into()));
    assert_eq!(fields.remove("command"), Some("show".into()));
    serde_json::from_value(value).unwrap_or_else(|error| panic!("show {reference}: {error}"))
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

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
fn log() {
    let sandbox = shelf::lived_in();
    let log: Log = read(&sandbox, "log --limit 0");
    let actions: Vec<Action> = log.events.iter().map(|event| event.action).collect();
    use Action::{Doing, Done, Noted, Skipped, Started, Undone};
    assert_eq!(
        actions,
        [
            Noted, Undone, Done, Done, Skipped, Done, Doing, Done, Done, Done, Done, Done, Started,
            Started
        ]
    );
    let service = log.events.iter().find(|event| event.r#ref == "web/service").unwrap();
    assert_eq!(service.on, day("2026-11-16"));
    assert_eq!(
        service.at,
        "2026-11-20T08:30:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap()
    );
    assert_eq!(service.title, Nullable(Some("A service in public".to_owned())));
    assert_eq!(service.note, Nullable(Some("it answers".to_owned())));
    assert_eq!(service.evidence, ["https://example.org/me/service"]);
    let undone: Vec<&str> =
        log.events.iter().filter(|event| event.undone).map(|event| event.r#ref.as_str()).collect();
    assert_eq!(undone, ["web/alerts"]);
    sandbox.ok(["redo"]);
    sandbox.ok(["stop", "web"]);
    sandbox.ok(["todo", "rest"]);
    let log: Log = read(&sandbox, "log");
    assert!(
        [Action::Stopped, Action::Todo].iter().all(|a| log.events.iter().any(|e| e.action == *a))
    );
}

#[test]
fn a_week() {
    let sandbox = shelf::lived_in();
    let log: Log = read(&sandbox, "log");
    assert!(log.week.0.is_none());
    let log: Log = read(&sandbox, "log --week");
    let week = log.week.0.unwrap();
    assert_eq!((week.from, week.to, week.hours), (day("2026-11-16"), day("2026-11-20"), 8.0));
    let refs = |lines: &[WeekLine]| lines.iter().map(|l| l.r#ref.clone()).collect::<Vec<_>>();
    assert_eq!(refs(&week.done), ["web/service"]);
    assert_eq!(refs(&week.stalled), ["web/rest-guide"]);
    assert!(week.begun.is_empty());
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

#[test]
fn show_of_every_kind() {
    let sandbox = shelf::lived_in();
    let path = show(&sandbox, "web");
    assert_eq!(path.kind, Nullable(Some(Kind::Path)));
    assert_eq!((&path.status, &path.stage), (&Nullable(None), &Nullable(None)));
    assert_eq!(path.children.len(), 2);
    let stage = show(&sandbox, "web/build");
    assert_eq!(stage.kind, Nullable(Some(Kind::Stage)));
    assert_eq!(stage.months, Nullable(Some([0.0, 3.0])));
    let kinds: Vec<_> = stage.children.iter().map(|child| child.kind.0.unwrap()).collect();
    assert_eq!(kinds, [Kind::Topic, Kind::Milestone]);
    let topic = show(&sandbox, "web/operations");
    let any = vec!["tools/shell".to_owned(), "tools/backup-script".to_owned()];
    assert!(topic.requires.contains(&Requires::AnyOf(any)), "{:?}", topic.requires);
    assert!(topic.requires.contains(&Requires::One("web/service".to_owned())));
    assert_eq!(topic.unlocks, ["web/on-call"]);
    assert_eq!(topic.ready, Nullable(Some(true)));
    let apis = show(&sandbox, "apis");
    assert_eq!(apis.notes, ["read the second half again"]);
    let skill = show(&sandbox, "rest");
    assert_eq!(
        (&skill.status, &skill.since),
        (&Nullable(Some(ItemStatus::Done)), &Nullable(Some(day("2026-11-06"))))
    );
    assert_eq!(skill.evidence, ["https://example.org/me/rest"]);
    assert_eq!(skill.known, Nullable(Some(false)));
    let same = show(&sandbox, "web/http");
    assert_eq!(same.same_as, Nullable(Some("tools/http".to_owned())));
    assert_eq!((&same.status, same.notes.len()), (&Nullable(Some(ItemStatus::Done)), 1));
    let resource = show(&sandbox, "shell-book");
    assert_eq!(resource.by, Nullable(Some("A. Author".to_owned())));
    assert_eq!(resource.teaches, ["pipes", "scripts"]);
    assert_eq!(
        (&resource.cost, &resource.hours),
        (&Nullable(Some(Cost::Free)), &Nullable(Some(8.0)))
    );
    let milestone = show(&sandbox, "service");
    assert_eq!(milestone.criteria.len(), 2);
    assert_eq!(milestone.proof, ["repository"]);
    assert_eq!(milestone.topic, Nullable(None));
    assert_eq!(show(&sandbox, "graphql").optional, Nullable(Some(true)));
    assert_eq!(show(&sandbox, "pipes").known, Nullable(Some(true)));
    let term: ShowTerm = read(&sandbox, "show cold-start");
    assert_eq!((term.r#ref.as_str(), term.kind.as_str()), ("glossary/cold-start", "term"));
    assert_eq!((term.title.as_str(), &term.path), ("Cold start", &Nullable(None)));
    assert!(term.meaning.starts_with("The first answer") && term.source.0.is_some());
    let term: ShowTerm = read(&sandbox, "show uptime");
    assert_eq!((term.source, term.url, term.children.len()), (Nullable(None), Nullable(None), 0));
    let terms = sandbox.json(["show", "glossary"])["children"].take();
    assert_eq!(
        (terms[0]["ref"].as_str(), terms[1]["ref"].as_str()),
        (Some("glossary/uptime"), Some("glossary/cold-start"))
    );
}

#[test]
fn lists() {
    let sandbox = shelf::lived_in();
    let list: List = read(&sandbox, "list");
    assert_eq!(list.items.len(), 18);
    let book = list.items.iter().find(|item| item.r#ref == "web/ops-book").unwrap();
    assert_eq!((book.kind, book.status), (Kind::Resource, ItemStatus::Todo));
    assert_eq!(
        (&book.resource, &book.cost),
        (&Nullable(Some("book".to_owned())), &Nullable(Some(Cost::Paid)))
    );
    assert_eq!(book.url, Nullable(Some("https://example.org/ops".to_owned())));
    let videos = list.items.iter().find(|item| item.r#ref == "web/api-videos").unwrap();
    assert_eq!((&videos.hours, &videos.url), (&Nullable(None), &Nullable(None)));

    let search: Search = read(&sandbox, "search status codes at last");
    // The same item stands in both paths.
    assert_eq!((search.found, search.items[0].r#ref.as_str()), (2, "tools/http"));
    assert_eq!(search.items[0].snippet, Nullable(Some("status codes at last".to_owned())));
    let search: Search = read(&sandbox, "search idempotent");
    assert_eq!(
        (search.items[0].kind.as_str(), &search.items[0].status),
        ("question", &Nullable(None))
    );
    let search: Search = read(&sandbox, "search asleep");
    let [term] = search.items.as_slice() else { panic!("{search:?}") };
    assert_eq!((term.r#ref.as_str(), term.kind.as_str()), ("glossary/cold-start", "term"));
    assert_eq!(
        (&term.path, &term.stage, &term.status),
        (&Nullable(None), &Nullable(None), &Nullable(None))
    );
    assert_eq!(term.url, Nullable(Some("https://example.org/cold-start".to_owned())));
    let search: Search = read(&sandbox, "search service --limit 1");
    assert!(search.found > 1 && search.items.len() == 1 && search.items[0].score > 0.0);

    let paths: Paths = read(&sandbox, "paths");
    let web = paths.paths.iter().find(|path| path.id == "web").unwrap();
    assert!(web.followed && web.source.ends_with("/paths/web.toml") && !web.replaces_built_in);
    assert_eq!(
        (web.stages, web.topics, web.skills, web.milestones, web.resources),
        (2, 2, 4, 2, 3)
    );
    assert_eq!((web.hours, web.percent), (34.0, 58.8));
    assert!(paths.paths.iter().any(|path| path.source == "built-in"));
    assert!(paths.career_source.ends_with("/paths/career.toml"));
    assert!(web.outdated.0.is_none() && paths.career_outdated.0.is_none());
    let added = Sandbox::new();
    assert_eq!(read::<Paths>(&added, "paths").career_source, "built-in");
    let file = added.write("tools.toml", shelf::TOOLS);
    added.ok(["add", "tools.toml"]);
    added.write("tools.toml", &shelf::TOOLS.replacen("title", "version = \"2\"\ntitle", 1));
    let paths: Paths = read(&added, "paths");
    let tools = paths.paths.iter().find(|path| path.id == "tools").unwrap();
    let outdated = tools.outdated.0.as_ref().unwrap();
    assert_eq!((outdated.file.as_str(), &outdated.updated.0), (file.to_str().unwrap(), &None));
    assert_eq!(outdated.version.0.as_deref(), Some("2"));
}

#[test]
fn everything_else() {
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

    sandbox.write("new.toml", &shelf::TOOLS.replace("id = \"tools\"", "id = \"new\""));
    let check: Check = read(&sandbox, "check new.toml");
    assert_eq!((check.files[0].file.as_str(), check.errors, check.warnings), ("new.toml", 0, 0));
    sandbox.write("odd.toml", "format = 1\nid = \"odd\"\ntitle = \"Odd\"\n");
    let check: Check = read(&sandbox, "check odd.toml");
    let one = &check.files[0].diagnostics[0];
    assert_eq!((one.severity, one.code.as_str(), check.warnings), (Severity::Warning, "empty", 1));
    assert_eq!((one.line, one.column, one.end_line, one.end_column), (2, 6, 2, 11));

    let fmt: Fmt = read(&sandbox, "fmt new.toml");
    assert_eq!((fmt.files[0].file.as_str(), fmt.files[0].form), ("new.toml", Form::Unchanged));
    assert!(fmt.files[0].text.0.is_none() && fmt.files[0].diagnostics.is_empty());
    let schema: Schema = read(&sandbox, "schema config");
    assert_eq!((schema.kind.as_str(), schema.json_schema.is_object()), ("config", true));

    let add: Add = read(&sandbox, "add new.toml --dry-run");
    assert_eq!(
        (add.dry_run, add.added[0].kind, add.added[0].id.as_str()),
        (true, AddedAs::New, "new")
    );
    let add: Add = read(&sandbox, "add new.toml");
    assert!(!add.dry_run && add.added[0].file.ends_with("/paths/new.toml"));
    let add: Add = read(&sandbox, "add new.toml");
    assert_eq!((add.added.len(), add.unchanged), (0, vec!["new".to_owned()]));
    sandbox.ok(["done", "new/pipes", "new/scripts"]);
    let newer = shelf::TOOLS.replace("id = \"tools\"", "id = \"new\"");
    let newer = newer.replace("id = \"pipes\"", "id = \"plumbing\"");
    sandbox.write("new.toml", &newer.replace("title = \"Scripts\"", "title = \"Knitting\""));
    let refused = sandbox.output(["add", "new.toml", "--yes"]);
    assert_eq!(refused.status.code(), Some(1));
    let add: Add = read(&sandbox, "add new.toml --dry-run");
    let effects = add.added[0].effects.0.as_ref().unwrap();
    assert_eq!(effects.looks_renamed[0].why, "same title");
    assert_eq!(
        (effects.lost[0].r#ref.as_str(), effects.reused[0].r#ref.as_str()),
        ("new/pipes", "new/scripts")
    );
    assert_eq!(
        (&effects.lost[0].before, &effects.lost[0].after),
        (&Nullable(Some("done".to_owned())), &Nullable(None))
    );
    let add: Add = read(&sandbox, "add new.toml --yes --carry --lose");
    let effects = add.added[0].effects.0.as_ref().unwrap();
    assert_eq!((effects.renamed.len(), effects.set_apart.len(), effects.reused.len()), (1, 1, 0));
    assert!(add.added[0].kept.0.is_some());
    let log: Log = read(&sandbox, "log --limit 2");
    let said = |at: usize| (log.events[at].action, log.events[at].from.0.as_deref());
    assert_eq!(said(0), (Action::SetApart, Some("Scripts")));
    assert_eq!(said(1), (Action::Renamed, Some("new/pipes")));
    let hide: Hide = read(&sandbox, "hide web/rest --dry-run");
    assert!(hide.dry_run && hide.overlays[0].added.contains(&"  \"rest\",".to_owned()));
    let link: LinkAdded = read(&sandbox, "link web/rest https://example.org -n");
    assert!(link.dry_run && link.overlay.0.unwrap().removed.is_empty());
    let hide: Hide = read(&sandbox, "hide web/rest web/graphql");
    assert!(!hide.dry_run);
    assert!(hide.hidden && hide.unchanged.is_empty() && hide.overlays[0].is_new);
    assert_eq!((hide.changed[0].r#ref.as_str(), hide.changed.len()), ("web/rest", 2));
    let hide: Hide = read(&sandbox, "hide --remove web/rest web/http");
    assert!(!hide.hidden && hide.changed.len() == 1 && hide.unchanged == ["web/http"]);
    assert!(
        hide.overlays[0].kept.0.is_some() && hide.overlays[0].file.ends_with("web.overlay.toml")
    );
    let link: LinkAdded = read(&sandbox, "link web/rest https://www.example.org/rest-wiki");
    assert_eq!((link.r#ref.as_str(), link.link.title.as_str()), ("web/rest", "example.org"));
    assert_eq!(link.overlay.0.as_ref().unwrap().path, "web");
    let link: LinkAdded = read(&sandbox, "link web/rest https://www.example.org/rest-wiki");
    assert!(link.overlay.0.is_none());
    let overlay = "format = 1\nkind = \"overlay\"\nextends = \"web\"\n[hide]\nitems = [\"gone\"]\n";
    sandbox.write("web.overlay.toml", overlay);
    let add: Add = read(&sandbox, "add web.overlay.toml --yes --lose");
    assert_eq!(add.added[0].id, "web.overlay");
    let paths: Paths = read(&sandbox, "paths");
    let web = paths.paths.iter().find(|path| path.id == "web").unwrap();
    let loose = &web.overlay.0.as_ref().unwrap().loose[0];
    assert_eq!(
        (loose.id.as_str(), loose.by.as_str(), loose.why.as_str()),
        ("gone", "gone", "gone")
    );
    let remove: Remove = read(&sandbox, "remove web --overlay --yes");
    assert_eq!(remove.removed, "web.overlay");

    let remove: Remove = read(&sandbox, "remove new --yes");
    assert_eq!((remove.removed.as_str(), remove.built_in_is_back), ("new", false));
    assert!(remove.kept.0.is_some() && remove.effects.0.is_some());
    assert!(remove.file.ends_with("/paths/new.toml"));
    let backup: Backup = read(&sandbox, "backup copy.db");
    assert_eq!((backup.file.as_str(), backup.replaced), ("copy.db", false));
    assert!(backup.events > 0 && backup.bytes > 0);
    let restore: Restore = read(&sandbox, "restore copy.db");
    assert!(!restore.changed && restore.kept.0.is_none());
    assert_eq!(
        (restore.events, restore.events_before),
        (backup.events, Nullable(Some(backup.events)))
    );
    let restore: Restore = read(&sandbox, "restore copy.db --db elsewhere.db");
    assert!(restore.changed && restore.events_before.0.is_none());
    let completions: Completions = read(&sandbox, "completions fish");
    assert_eq!(completions.shell, "fish");
}

#[test]
fn the_mirrors_are_strict() {
    let good = r#"{"schema":1,"command":"stop","stopped":[],"unchanged":[]}"#;
    assert!(serde_json::from_str::<Stop>(good).is_ok());
    assert!(serde_json::from_str::<Stop>(&good.replace("\"unchanged\"", "\"same\"")).is_err());
    assert!(serde_json::from_str::<Stop>(&good.replace("}", ",\"more\":1}")).is_err());
    let note = r#"{"schema":1,"command":"next","prove":[],"recommendations":[],"code":null,"role":null,"reviews":null,"reviews_due":0,"why":null,"note":null}"#;
    assert!(serde_json::from_str::<Next>(note).is_ok());
    assert!(serde_json::from_str::<Next>(&note.replace(",\"note\":null", "")).is_err());
}

#[test]
fn a_path_made_of_a_document() {
    let sandbox = Sandbox::new();
    let row =
        |hours: &str| format!("Title,URL,Hours,Mood\nRope,https://example.org/rope,{hours},good\n");
    sandbox.write("courses.csv", &row("8"));
    let made: New = read(&sandbox, "new knots --from courses.csv");
    assert_eq!((made.size.resources, made.file), (1, Nullable(Some("knots.toml".to_owned()))));
    assert_eq!(made.columns.len(), 1);
    assert_eq!(made.text, Nullable(None));
    let text: New = read(&sandbox, "new knots -o -");
    assert!(text.text.0.is_some_and(|text| text.contains("id = \"knots\"")));
    sandbox.write("courses.csv", &(row("9") + "Net,https://example.org/net,2,\n"));
    let again: New = read(&sandbox, "new knots --from courses.csv --update knots.toml");
    let update = again.update.0.unwrap();
    assert_eq!((update.added.len(), update.changed.len(), update.conflicts.len()), (1, 1, 0));
}
