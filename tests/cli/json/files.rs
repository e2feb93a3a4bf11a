//! Files of paths: made, checked, added, laid over.

use super::*;

/// The shell's path as another one, which nobody has.
fn new_path() -> String {
    shelf::TOOLS.replace("id = \"tools\"", "id = \"new\"")
}

#[test]
fn what_editors_and_shells_read() {
    let sandbox = shelf::home();
    sandbox.write("new.toml", &new_path());
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
    let completions: Completions = read(&sandbox, "completions fish");
    assert_eq!(completions.shell, "fish");
    let help: Help = read(&sandbox, "help sync init");
    assert_eq!(help.topic.0.as_deref(), Some("sync init"));
    assert!(help.text.starts_with("Examples:\n"));
    let version: Version = read(&sandbox, "--version");
    assert_eq!(version.version, env!("CARGO_PKG_VERSION"));
}

#[test]
fn the_configuration_is_shown_and_changed() {
    let mut sandbox = shelf::home();
    let list: Config = read(&sandbox, "config");
    assert!(!list.exists && !list.written && list.changed.is_empty());
    let origins = list.settings.iter().map(|one| one.origin.0.as_deref().unwrap_or("null"));
    assert_eq!(origins.collect::<Vec<_>>(), ["default", "default", "null", "null", "default"]);
    let set: Config = read(&sandbox, "config set hours_per_week 6.5");
    assert!(set.exists && set.written && set.file.0.unwrap().ends_with("/config.toml"));
    let change = &set.changed[0];
    assert_eq!((change.key.as_str(), &change.from.0), ("hours_per_week", &None));
    assert_eq!(change.to.0, Some(6.5.into()));
    let set: Config = read(&sandbox, "config set hours_per_week 6.5");
    assert!(!set.written && set.changed.is_empty());
    assert_eq!(set.settings[0].line.0, Some(2));
    sandbox.set("NO_COLOR", "1");
    let set: Config = read(&sandbox, "config set color always");
    let color = &set.settings[0];
    assert_eq!(color.value.0, Some("never".into()));
    assert_eq!(color.in_file.0, Some("always".into()));
    assert_eq!(color.origin.0.as_deref(), Some("environment"));
    assert_eq!(color.from.0.as_deref(), Some("NO_COLOR"));
    let get: Config = read(&sandbox, "config get copies --db x.db");
    assert_eq!((get.settings.len(), &get.settings[0].value.0), (1, &Some(true.into())));
    let unset: Config = read(&sandbox, "config unset color");
    assert_eq!((&unset.changed[0].from.0, &unset.changed[0].to.0), (&Some("always".into()), &None));
    let path: Config = read(&sandbox, "config path");
    assert!(path.exists && path.settings.is_empty());
}

#[test]
fn a_path_is_added_updated_and_removed() {
    let sandbox = shelf::home();
    sandbox.write("new.toml", &new_path());
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
    let newer = new_path().replace("id = \"pipes\"", "id = \"plumbing\"");
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

    let remove: Remove = read(&sandbox, "remove new --yes");
    assert_eq!((remove.removed.as_str(), remove.built_in_is_back), ("new", false));
    assert!(remove.kept.0.is_some() && remove.effects.0.is_some());
    assert!(remove.file.ends_with("/paths/new.toml"));
}

#[test]
fn an_overlay_hides_and_links() {
    let sandbox = shelf::home();
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
