//! `list`.

use crate::sandbox::Sandbox;
use crate::shelf;

#[test]
fn items_one_a_line() {
    let sandbox = shelf::lived_in();
    insta::assert_snapshot!(sandbox.run(["list"]), @"
    [x]  tools/pipes          skill         5 h  Pipes
    [x]  tools/scripts        skill         5 h  Scripts
    [ ]  tools/shell-book     book          8 h  The Shell Book
    [ ]  tools/shell-course   course       12 h  Shell in Depth
    [x]  tools/http           skill         3 h  HTTP
    [x]  tools/logs           skill         3 h  Reading logs
    [x]  tools/http-guide     docs       45 min  HTTP, a Guide
    [-]  tools/backup-script  milestone     4 h  A backup script
    [x]  web/rest             skill         6 h  REST
    [x]  web/http             skill         6 h  HTTP
    [ ]  web/graphql          skill              GraphQL
    [~]  web/rest-guide       guide         3 h  Designing APIs
    [ ]  web/api-videos       video              APIs on Film
    [x]  web/service          milestone     8 h  A service in public
    [ ]  web/logs             skill       4.5 h  Log pipelines
    [ ]  web/alerts           skill       4.5 h  Alerts
    [ ]  web/ops-book         book         20 h  Staying Up
    [ ]  web/on-call          milestone     5 h  A month on call
    ");
}

#[test]
fn a_narrow_screen_cuts_no_reference() {
    let mut sandbox = shelf::lived_in();
    sandbox.set("COLUMNS", "30");
    insta::assert_snapshot!(sandbox.run(["list", "web"]), @"
    [x] REST  web/rest
    [x] HTTP  web/http
    [ ] GraphQL  web/graphql
    [~] Designing APIs
        web/rest-guide
    [ ] APIs on Film
        web/api-videos
    [x] A service in public
        web/service
    [ ] Log pipelines  web/logs
    [ ] Alerts  web/alerts
    [ ] Staying Up  web/ops-book
    [ ] A month on call
        web/on-call
    ");
}

#[test]
fn filters_may_be_combined() {
    let sandbox = shelf::lived_in();
    let refs = |args: &str| {
        let args: Vec<&str> = ["list"].into_iter().chain(args.split_whitespace()).collect();
        let items = sandbox.json(&args);
        let items = items["items"].as_array().unwrap();
        items.iter().map(|item| item["ref"].as_str().unwrap()).collect::<Vec<_>>().join(" ")
    };
    for (args, expected) in [
        ("--kind milestone", "tools/backup-script web/service web/on-call"),
        ("--kind milestone --status done", "web/service"),
        ("--status skipped", "tools/backup-script"),
        ("--status doing", "web/rest-guide"),
        ("web --stage run --kind skill", "web/logs web/alerts"),
        ("--topic shell", "tools/pipes tools/scripts tools/shell-book tools/shell-course"),
        ("--topic shell --free", "tools/pipes tools/scripts tools/shell-book"),
        (
            "--kind resource --free",
            "tools/shell-book tools/http-guide web/rest-guide web/api-videos",
        ),
        ("--ready --kind skill", "web/graphql web/logs web/alerts"),
        ("--ready --kind milestone", ""),
    ] {
        assert_eq!(refs(args), expected, "{args}");
    }
}

#[test]
fn an_empty_list_says_why() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.play(
        "list
         list tools --status done
         list tools --status done --quiet
         list tools --stage frist
         list tools --topic nowhere
         list tool
         list --kind topic
         list --status finished",
    ), @"
    $ list
    --- stderr ---
    you follow no path yet: `milepost paths` lists them, `milepost list PATH` lists
      the items of one
    $ list tools --status done
    --- stderr ---
    no item matches the filters; remove one
    $ list tools --status done --quiet
    $ list tools --stage frist
    --- stderr ---
    error: there is no stage `frist` here
    hint: did you mean `first`?
    [exit 1]
    $ list tools --topic nowhere
    --- stderr ---
    error: there is no topic `nowhere` here
    hint: choose from shell, networks
    [exit 1]
    $ list tool
    --- stderr ---
    error: there is no path `tool`
    hint: did you mean `tools`?
    [exit 1]
    $ list --kind topic
    --- stderr ---
    error: `--kind` does not take `topic`
    hint: choose from skill, resource, milestone
    [exit 2]
    $ list --status finished
    --- stderr ---
    error: `--status` does not take `finished`
    hint: choose from todo, doing, done, skipped
    [exit 2]
    ");
}

#[test]
fn what_is_retired_is_listed_and_found_only_where_it_is_in_the_record() {
    let sandbox = Sandbox::new();
    sandbox.write("a.toml", shelf::TOOLS);
    sandbox.ok(["add", "a.toml"]);
    sandbox.ok(["start", "tools"]);
    let old = "{ id = \"pipes\", title = \"Pipes\"";
    assert!(shelf::TOOLS.contains(old), "{}", shelf::TOOLS);
    let text = shelf::TOOLS.replace(old, &format!("{old}, retired = true"));
    sandbox.write("b.toml", &text);
    sandbox.ok(["add", "b.toml", "--yes"]);
    let shown = || (sandbox.run(["list"]), sandbox.run(["search", "pipes"]));
    let (listed, found) = shown();
    assert!(!listed.contains("tools/pipes") && !found.contains("tools/pipes"), "{listed}{found}");
    sandbox.ok(["done", "tools/pipes"]);
    let (listed, found) = shown();
    assert!(
        listed.contains("Pipes (retired)") && found.contains("Pipes (retired)"),
        "{listed}{found}"
    );
    sandbox.ok(["undo"]);
    assert!(!shown().0.contains("tools/pipes"), "as if nothing had been said of it");
}

#[test]
fn a_part_where_a_path_belongs() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play("list networks\nnext http\nstatus first\nstart nowhere\ndone \"\""), @r#"
    $ list networks
    --- stderr ---
    error: there is no path `networks`
    hint: it is a topic of `tools`: `milepost show tools/networks` shows it
    [exit 1]
    $ next http
    --- stderr ---
    error: there is no path `http`
    hint: it is a skill of `tools`: `milepost show tools/http` shows it
    [exit 1]
    $ status first
    --- stderr ---
    error: there is no path `first`
    hint: it is a stage of `tools`: `milepost show tools/first` shows it
    [exit 1]
    $ start nowhere
    --- stderr ---
    error: there is no path `nowhere`
    hint: `milepost paths` lists them
    [exit 1]
    $ done ""
    --- stderr ---
    error: an empty text names nothing
    hint: `milepost list` lists items, `milepost search` searches everything
    [exit 1]
    "#);
}
