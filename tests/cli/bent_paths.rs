//! Paths that an overlay bends, when something happens to the path: its file breaks, it gets another
//! version, things in it are renamed. What is said before is what is so afterwards.

use serde_json::Value;

use crate::brief::brief;
use crate::overlay::bent;
use crate::sandbox::Sandbox;
use crate::shelf;

/// The overlay is installed, two things are hidden, and one of its own is done.
fn home() -> Sandbox {
    let sandbox = bent();
    sandbox.play("add mine.toml --yes\nhide web/rest alerts\ndone my-grpc --on 2026-11-12");
    sandbox
}

/// How far somebody is.
fn progress(sandbox: &Sandbox) -> (Value, Value) {
    let status = sandbox.json(["status", "web"]);
    let progress = &status["paths"][0]["progress"];
    (progress["percent"].clone(), progress["hours"].clone())
}

#[test]
fn an_overlay_bends_the_last_good_text_of_a_broken_path() {
    let sandbox = home();
    let before = progress(&sandbox);
    let installed = ".config/milepost/paths/web.toml";
    sandbox.write(installed, &shelf::WEB.replace("title = \"APIs\"", "title = \"APIs"));
    assert_eq!(progress(&sandbox), before);
    insta::assert_snapshot!(sandbox.play(
        "list web --kind skill
         hide web/http
         hide --remove web/rest
         link apis https://wiki.example.org/api
         list web --kind skill
         doctor",
    ), @"
    $ list web --kind skill
    [ ]  web/http        skill  5.3 h  HTTP
    [ ]  web/graphql     skill         GraphQL
    [x]  web/my-grpc     skill  5.3 h  gRPC
    [ ]  web/my-openapi  skill  5.3 h  OpenAPI
    [ ]  web/logs        skill  4.5 h  Log pipelines
    --- stderr ---
    warning: ~/.config/milepost/paths/web.toml:18:14: a string is not closed on its line; the path is ignored, `milepost check ~/.config/milepost/paths/web.toml` shows all problems
    warning: the last good version of `web` is used until ~/.config/milepost/paths/web.toml is corrected
    $ hide web/http
    HTTP  web/http  hidden
    web: 39.8% -> 47.7%, 13 h of 34 h -> 16 h of 34 h
    --- stderr ---
    warning: ~/.config/milepost/paths/web.toml:18:14: a string is not closed on its line; the path is ignored, `milepost check ~/.config/milepost/paths/web.toml` shows all problems
    warning: the last good version of `web` is used until ~/.config/milepost/paths/web.toml is corrected
    written to ~/.config/milepost/paths/web.overlay.toml; your record
      is kept. `milepost hide --remove web/http` shows it again, `milepost undo`
      does not
    $ hide --remove web/rest
    REST  web/rest  shown again
    web: 47.7% -> 55.7%, 16 h of 34 h -> 19 h of 34 h
    --- stderr ---
    warning: ~/.config/milepost/paths/web.toml:18:14: a string is not closed on its line; the path is ignored, `milepost check ~/.config/milepost/paths/web.toml` shows all problems
    warning: the last good version of `web` is used until ~/.config/milepost/paths/web.toml is corrected
    `milepost hide web/rest` hides it again, `milepost undo` does not
    $ link apis https://wiki.example.org/api
    linked APIs (web/apis) to wiki.example.org; `milepost show web/apis` shows it
    --- stderr ---
    warning: ~/.config/milepost/paths/web.toml:18:14: a string is not closed on its line; the path is ignored, `milepost check ~/.config/milepost/paths/web.toml` shows all problems
    warning: the last good version of `web` is used until ~/.config/milepost/paths/web.toml is corrected
    written to ~/.config/milepost/paths/web.overlay.toml; `milepost
      add --back web.overlay` brings back what was there, `milepost undo` does not
    $ list web --kind skill
    [x]  web/rest        skill  5.3 h  REST
    [ ]  web/graphql     skill         GraphQL
    [x]  web/my-grpc     skill  5.3 h  gRPC
    [ ]  web/my-openapi  skill  5.3 h  OpenAPI
    [ ]  web/logs        skill  4.5 h  Log pipelines
    --- stderr ---
    warning: ~/.config/milepost/paths/web.toml:18:14: a string is not closed on its line; the path is ignored, `milepost check ~/.config/milepost/paths/web.toml` shows all problems
    warning: the last good version of `web` is used until ~/.config/milepost/paths/web.toml is corrected
    $ doctor
    ok      5 events on 5 subjects, all intact, and every report follows from them:
            ~/.local/share/milepost/progress.db
    error   ~/.config/milepost/paths/web.toml:18:14: a string is not
            closed on its line (1 error, 0 warnings); it is ignored
            help: `milepost check ~/.config/milepost/paths/web.toml`
            shows every problem
    note    ~/.config/milepost/paths/web.overlay.toml sets hours:
            apis: the path says 12 h; yours stays 16 h
            help: remove `hours` from the overlay to follow the path

    1 error, 1 note
    [exit 1]
    ");
    // The path comes back as it is written, with all of it.
    sandbox.write(installed, shelf::WEB);
    insta::assert_snapshot!(sandbox.play("list web --kind skill"), @"
    $ list web --kind skill
    [x]  web/rest        skill  5.3 h  REST
    [ ]  web/graphql     skill         GraphQL
    [x]  web/my-grpc     skill  5.3 h  gRPC
    [ ]  web/my-openapi  skill  5.3 h  OpenAPI
    [ ]  web/logs        skill  4.5 h  Log pipelines
    ");
}

#[test]
fn an_overlay_follows_what_was_decided_of_its_path() {
    let sandbox = bent();
    sandbox.write(
        "ours.toml",
        "format = 1\nkind = \"overlay\"\nextends = \"web\"\n\n[[topics]]\nid = \"apis\"\nhours = 16\n\
         skills = [\n  { id = \"rest\", optional = true },\n  \
         { id = \"my-grpc\", title = \"gRPC\", after = \"rest\" },\n]\n\n\
         [hide]\nitems = [\"ops-book\", \"graphql\"]\n",
    );
    sandbox.play("add ours.toml --yes --lose\ndone my-grpc --on 2026-11-12");
    // The author renames one without `replaces`, and gives the id of another to something else.
    let next = shelf::WEB
        .replace(
            "id = \"rest\", title = \"REST\", replaces = [\"restful\"]",
            "id = \"http-apis\", title = \"REST\"",
        )
        .replace("skills = [\"rest\"]", "skills = [\"http-apis\"]")
        .replace("title = \"Staying Up\"", "title = \"Sailing\"")
        .replace("example.org/ops", "example.org/sails");
    sandbox.write("next.toml", &next);
    insta::assert_snapshot!(brief(&sandbox.play(
        "add next.toml --yes
         add next.toml --yes --carry --lose
         show apis
         show web/http-apis
         hide --remove ops-book
         list web --kind resource
         doctor
         undo
         doctor",
    )), @r#"
    $ add next.toml --yes
    --- stderr ---
    error: `web` would lose 1 tick; nothing was added
      your record: 42.1% -> 35%, 16 h of 38 h -> 13 h of 38 h
      looks renamed, 1:
        web/rest -> web/http-apis REST (same title)
    hint: `--yes --carry` keeps the record of what looks renamed
    hint: `--yes --lose` accepts the rest; the record keeps it
    hint: `--dry-run --all` shows every line
    [exit 1]
    $ add next.toml --yes --carry --lose
    updated: Web Services (web)
      renamed, with their record, 1:
        web/rest -> web/http-apis
      besides: 1 added, 1 removed, 1 changed (title 1, url 1)
    --- stderr ---
    `milepost add --back web` brings back what was there; `milepost undo` takes back
      marks, not files
    $ show apis
    APIs  web/apis
    ██████████░░░░░░░░░░ 50%  8 h of 16 h
    Design one that others can use.

    Skills
      [x] REST (optional)  http-apis
      [x] gRPC  my-grpc
      [ ] HTTP  http

    Resources
      [ ] Designing APIs  rest-guide  guide, free, 3 h
      [ ] APIs on Film  api-videos  video, freemium, ongoing

    Requires
      - tools/networks
      still open: Networks

    Leads to
      - web/service
    $ show web/http-apis
    REST  web/http-apis

    status    [x] done since 2026-11-02
    optional  shown, but not counted

    Evidence
      1. https://example.org/api
    $ hide --remove ops-book
    Sailing  web/ops-book  shown again
    --- stderr ---
    `milepost hide web/ops-book` hides it again, `milepost undo` does not
    $ list web --kind resource
    [ ]  web/rest-guide  guide   3 h  Designing APIs
    [ ]  web/api-videos  video        APIs on Film
    [ ]  web/ops-book    book   20 h  Sailing
    $ doctor
    ok      6 events on 6 subjects, all intact, and every report follows from them:
            ~/.local/share/milepost/progress.db
    note    ~/.config/milepost/paths/web.overlay.toml sets hours:
            apis: the path says 12 h; yours stays 16 h
            help: remove `hours` from the overlay to follow the path

    1 note
    $ undo
    [ ] REST  web/http-apis  what was recorded is undone
    $ doctor
    ok      7 events on 6 subjects, all intact, and every report follows from them:
            ~/.local/share/milepost/progress.db
    warning ~/.config/milepost/paths/web.overlay.toml:9:10: the path
            `web` has no `rest` (0 errors, 2 warnings)
            help: `milepost check
            ~/.config/milepost/paths/web.overlay.toml` shows every
            problem
    note    ~/.config/milepost/paths/web.overlay.toml sets hours:
            apis: the path says 12 h; yours stays 16 h
            help: remove `hours` from the overlay to follow the path
    note    no installed path contains 1 item of your record: web/rest
            help: they are kept, and `milepost show` shows each; if something
            replaced one, say so in the path file: `replaces = ["old-id"]`

    1 warning, 2 notes
    "#);
}

/// What an author can do to a path, and what `add` says of it before.
#[test]
fn the_preview_of_a_bent_path_is_what_is_seen_afterwards() {
    let rest = "{ id = \"rest\", title = \"REST\", replaces = [\"restful\"] },\n";
    let versions: [(&str, &[(&str, &str)]); 9] = [
        ("other hours", &[("hours = 12\n", "hours = 20\n"), ("hours = 8\n", "hours = 2\n")]),
        (
            "one is renamed",
            &[
                ("id = \"rest\",", "id = \"http-apis\","),
                ("[\"rest\"]", "[\"http-apis\"]"),
                ("[\"restful\"]", "[\"restful\", \"rest\"]"),
            ],
        ),
        ("one goes", &[(rest, ""), ("skills = [\"rest\"]\n", "")]),
        ("one is retired", &[("title = \"REST\",", "title = \"REST\", retired = true,")]),
        (
            "some are added",
            &[(
                rest,
                "{ id = \"rest\", title = \"REST\" }, { id = \"soap\", title = \"SOAP\" }, { id = \"rpc\", title = \"RPC\" },\n",
            )],
        ),
        (
            "a topic goes",
            &[
                ("id = \"apis\"", "id = \"interfaces\""),
                ("requires = [\"apis\"]", "requires = [\"interfaces\"]"),
                ("topics = [\"apis\"]", "topics = [\"interfaces\"]"),
            ],
        ),
        (
            "a topic is renamed",
            &[
                ("id = \"apis\"", "id = \"interfaces\"\nreplaces = [\"apis\"]"),
                ("requires = [\"apis\"]", "requires = [\"interfaces\"]"),
                ("topics = [\"apis\"]", "topics = [\"interfaces\"]"),
            ],
        ),
        ("what is hidden goes", &[("  { id = \"alerts\", title = \"Alerts\" },\n", "")]),
        (
            "one counts no longer",
            &[(
                "{ id = \"http\", title = \"HTTP\",",
                "{ id = \"http\", title = \"HTTP\", optional = true,",
            )],
        ),
    ];
    for (what, changes) in versions {
        let sandbox = home();
        let next = changes.iter().fold(shelf::WEB.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{what}: {from}");
            text.replace(from, to)
        });
        sandbox.write("next.toml", &next);
        let statuses = || {
            sandbox.json(["list", "web"])["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| (item["ref"].clone(), item["status"].clone()))
                .collect::<Vec<_>>()
        };
        let (before, items_before) = (progress(&sandbox), statuses());
        let preview = sandbox.json(["add", "next.toml", "--dry-run"]);
        assert_eq!(
            (progress(&sandbox), statuses()),
            (before.clone(), items_before.clone()),
            "{what}"
        );
        let effects = &preview["added"][0]["effects"];
        sandbox.ok(["add", "next.toml", "--yes", "--lose"]);
        let after = progress(&sandbox);
        let side = |side: &str| (effects["percent"][side].clone(), effects["hours"][side].clone());
        assert_eq!((side("before"), side("after")), (before, after), "{what}");
        // What is done and no longer seen is what was told as lost.
        let now = statuses();
        let is_done = |(_, status): &&(Value, Value)| status == "done";
        let mut gone: Vec<&Value> = items_before
            .iter()
            .filter(is_done)
            .filter(|(reference, _)| !now.iter().any(|one| one.0 == *reference && is_done(&one)))
            .map(|(reference, _)| reference)
            .collect();
        let renamed = effects["renamed"].as_array().unwrap();
        gone.retain(|one| !renamed.iter().any(|it| it["from"] == **one));
        let lost: Vec<&Value> =
            effects["lost"].as_array().unwrap().iter().map(|it| &it["ref"]).collect();
        assert_eq!(gone, lost, "{what}");
        // And the hidden one comes back with its tick, where the path has it still.
        let shown = sandbox.output(["hide", "--remove", "web/rest"]);
        let rest = statuses().into_iter().find(|(reference, _)| {
            ["web/rest", "web/http-apis"].contains(&reference.as_str().unwrap())
        });
        let is_there = !["one goes"].contains(&what);
        assert_eq!(shown.status.success(), is_there, "{what}: {}", sandbox.said(&shown));
        assert_eq!(rest.map(|(_, status)| status), is_there.then(|| "done".into()), "{what}");
    }
}

#[test]
fn a_portfolio_means_what_the_path_says() {
    let sandbox = bent();
    let milestone = |sandbox: &Sandbox| {
        let portfolio = sandbox.json(["export", "web", "--format", "json"]);
        let stages = portfolio["paths"][0]["stages"].as_array().unwrap().clone();
        let all = stages.iter().flat_map(|stage| stage["items"].as_array().unwrap().clone());
        let mut one = all.into_iter().find(|one| one["ref"] == "web/service").unwrap();
        // Which skills it shows are those of its topics, as they are seen.
        one.as_object_mut().unwrap().retain(|key, _| !key.contains("skills"));
        one
    };
    let before = milestone(&sandbox);
    assert_eq!(before["criteria"].as_array().unwrap().len(), 2);
    sandbox.write(
        "lighter.toml",
        "format = 1\nkind = \"overlay\"\nextends = \"web\"\n\n[[topics]]\nid = \"apis\"\nhours = 1\n\
         skills = [{ id = \"my-easy\", title = \"Easy\" }]\n\n[[milestones]]\nid = \"on-call\"\n\
         optional = true\n\n[hide]\nitems = [\"http\", \"operations\", \"rest-guide\"]\n",
    );
    sandbox.ok(["add", "lighter.toml", "--yes", "--lose"]);
    assert_eq!(milestone(&sandbox), before);
    for (what, line) in [
        ("its title", "title = \"Lead of all services\""),
        ("its criteria", "criteria = [\"It was tried.\"]"),
        ("what else it was", "replaces = [\"on-call\"]"),
        ("its points", "pass = 1"),
    ] {
        let text = format!(
            "format = 1\nkind = \"overlay\"\nextends = \"web\"\n\n[[milestones]]\nid = \"service\"\n{line}\n"
        );
        sandbox.write("forged.toml", &text);
        let said = sandbox.output(["add", "forged.toml", "--yes", "--lose"]);
        let said = sandbox.said(&said);
        assert!(
            said.contains("an overlay cannot set") && said.contains("[exit 1]"),
            "{what}: {said}"
        );
    }
    assert_eq!(milestone(&sandbox), before);
}
