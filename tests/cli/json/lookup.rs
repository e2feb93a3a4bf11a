//! What the paths have: `show`, `list`, `search`, `paths`.

use super::*;

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
