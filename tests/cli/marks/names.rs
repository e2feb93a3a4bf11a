//! By which names an item is marked.

use super::*;

#[test]
fn an_item_that_is_the_same_in_two_paths_is_ticked_once() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "done web/http
         done tools/http http
         undo
         done http web/http",
    ), @"
    $ done web/http
    [x] HTTP  web/http
        APIs: 1 of 2 skills done
    $ done tools/http http
    tools/http is already done; nothing changed (`--on` changes its day)
    $ undo
    [ ] HTTP  tools/http  todo again, was done
    $ done http web/http
    [x] HTTP  tools/http
    ");
    assert_eq!(status_of(&sandbox, "tools/http"), "done");
    assert_eq!(status_of(&sandbox, "web/http"), "done");
}

#[test]
fn an_old_id_still_works_and_its_progress_follows() {
    let sandbox = shelf::home();
    let older = shelf::WEB
        .replace(
            r#"{ id = "rest", title = "REST", replaces = ["restful"] }"#,
            r#"{ id = "restful", title = "RESTful" }"#,
        )
        .replace(r#"skills = ["rest"]"#, "");
    sandbox.write(".config/milepost/paths/web.toml", &older);
    sandbox.ok(["start", "web"]);
    sandbox.ok(["done", "web/restful", "--note", "by the book"]);
    sandbox.write(".config/milepost/paths/web.toml", shelf::WEB);
    insta::assert_snapshot!(brief(&sandbox.play(
        "show web/rest
         done restful
         todo web/restful
         show web/rest",
    )), @"
    $ show web/rest
    REST  web/rest

    status    [x] done since 2026-11-20
    effort    6 h

    Notes
      1. by the book
    $ done restful
    web/rest is already done; nothing changed (`--on` changes its day)
    $ todo web/restful
    [ ] REST  web/rest
        APIs: 0 of 2 skills done
    $ show web/rest
    REST  web/rest

    status    [ ] todo since 2026-11-20
    effort    6 h

    Notes
      1. by the book
    ");
}

#[test]
fn without_a_terminal_an_item_has_to_be_named() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "done
         doing
         skip
         todo",
    ), @"
    $ done
    --- stderr ---
    error: `milepost done` needs an item
    hint: for example `milepost done fastapi`; `milepost next` lists some
    [exit 2]
    $ doing
    --- stderr ---
    error: `milepost doing` needs an item
    hint: for example `milepost doing fastapi`; `milepost next` lists some
    [exit 2]
    $ skip
    --- stderr ---
    error: `milepost skip` needs an item
    hint: for example `milepost skip fastapi`; `milepost next` lists some
    [exit 2]
    $ todo
    --- stderr ---
    error: `milepost todo` needs REF
      REF: The items, topics, stages or paths
    hint: for example `milepost todo fastapi`
    hint: `milepost todo --help` explains the rest
    [exit 2]
    ");
}

#[test]
fn names_are_found_in_any_case_and_by_title() {
    let sandbox = shelf::home();
    for (command, said) in [
        ("start WEB --role \"web developer\"", "to be ready for web-developer"),
        ("done PIPES", "tools/pipes"),
        ("done Tools/Scripts", "tools/scripts"),
        ("todo \"a service in PUBLIC\"", "web/service is already todo"),
        ("note \"the shell book\" \"half of it\"", "tools/shell-book  noted"),
        ("note \"Web services\" x", "not to paths"),
        ("show \"Reading Logs\"", "tools/logs"),
        ("show WEB/Question:IDEMPOTENCY", "What makes a call idempotent?"),
        ("show Tools", "Tools  tools"),
        ("open \"http, a guide\" --print", "https://example.org/http"),
        ("list \"Web Services\" --topic Operations", "web/alerts"),
        ("list --stage BUILD --topic apis", "web/rest"),
        ("status Web", "Web Services"),
        ("next --role OPERATOR", "raises Shells"),
        ("roles \"Web Developer\"", "Builds services"),
        ("assess SERVICES --level 1", "Services is at level 1"),
        ("interview --practice \"design an API\"", "Design one and defend it."),
        ("interview Web --list", "idempotent"),
        ("export WEB", "Web Services"),
        ("stop Web", "stopped following web"),
    ] {
        let says = sandbox.run(words(command));
        assert!(says.contains(said), "{command}: {says}");
    }
    // What is kept is the name as it is written in the path.
    assert!(sandbox.ok(["export", "--full"]).contains("\"web-developer\""));
    for (command, said) in [
        ("done \"a shell\"", "nothing is called `a shell`"),
        ("list web --topic nope", "there is no topic `nope` here"),
        ("stop Webs", "did you mean `web`?"),
        ("roles developer", "there is no role `developer`"),
    ] {
        let says = sandbox.run(words(command));
        assert!(says.contains(said), "{command}: {says}");
    }
}

#[test]
fn what_next_asks_for_is_what_done_names() {
    let sandbox = shelf::searching();
    let refs = |said: &serde_json::Value| -> Vec<String> {
        let all = said.as_array().unwrap().iter();
        all.map(|one| one["ref"].as_str().unwrap().to_owned()).collect()
    };
    let manual = sandbox.json(["done", "manual"]);
    assert_eq!(refs(&manual["studied"]), ["search/flat"]);
    assert_eq!(refs(&manual["later"]), ["search/ivf"]);
    assert_eq!(refs(&manual["later"][0]["after"]), ["search/wiki"]);
    assert_eq!(refs(&sandbox.json(["next"])["prove"]), ["search/flat"]);
    // A skipped resource no longer teaches anything, so the other must be studied, too.
    sandbox.ok(["skip", "wiki"]);
    // Nothing is left to study for the third, so `next` asks for that, too.
    let prove = refs(&sandbox.json(["next"])["prove"]);
    assert_eq!(prove, ["search/flat", "search/ivf", "search/scale"]);
    let again = sandbox.json(["done", "manual", "--with-skills"]);
    assert_eq!(refs(&again["studied"]), ["search/flat", "search/ivf"]);
    assert_eq!(refs(&sandbox.json(["next"])["prove"]), ["search/scale"]);
}
