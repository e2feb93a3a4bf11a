//! `show`.

use crate::sandbox::Sandbox;
use crate::shelf;

#[test]
fn a_path_is_a_tree() {
    let sandbox = shelf::lived_in();
    insta::assert_snapshot!(sandbox.run(["show", "web"]), @"
    Web Services  web
    ███████████▊░░░░░░░░ 58.8%  20 h of 34 h
    From a first API to a service that stays up.

    Build (months 0-3)  100%
      APIs  apis  12 h
        [x] REST  rest
        [x] HTTP  http
        [ ] GraphQL (optional)  graphql
        0 of 2 resources done
      [x] A service in public  service  8 h

    Run (months 3-6)  0%
      Operations  operations  9 h
        [ ] Log pipelines  logs
        [ ] Alerts  alerts
        0 of 1 resource done
      [ ] A month on call  on-call  5 h  needs Operations
    ");
}

#[test]
fn a_stage_and_a_topic() {
    let sandbox = shelf::lived_in();
    insta::assert_snapshot!(sandbox.play(
        "show web/run
         show apis",
    ), @"
    $ show web/run
    Run (months 3-6)  0%
      Operations  operations  9 h
        [ ] Log pipelines  logs
        [ ] Alerts  alerts
        0 of 1 resource done
      [ ] A month on call  on-call  5 h  needs Operations

    Requires (all met)
      - tools
    $ show apis
    APIs  web/apis
    ████████████████████ 100%  12 h of 12 h
    Design one that others can use.

    Skills
      [x] REST  rest
      [x] HTTP  http
      [ ] GraphQL (optional)  graphql

    Resources
      [~] Designing APIs  rest-guide  guide, free, 3 h
      [ ] APIs on Film  api-videos  video, freemium, ongoing

    Requires (all met)
      - tools/networks

    Leads to
      - web/service

    Notes
      1. read the second half again
    ");
}

#[test]
fn a_skill_a_resource_and_a_milestone_in_full() {
    let sandbox = shelf::lived_in();
    insta::assert_snapshot!(sandbox.play(
        "show rest
         show web/http
         show http-guide
         show service
         show graphql",
    ), @"
    $ show rest
    REST  web/rest

    status    [x] done since 2026-11-06
    kind      skill
    effort    6 h
    stage     build
    topic     apis

    Taught by
      [~] Designing APIs (guide, free, 3 h, core)  rest-guide
      [ ] APIs on Film (video, freemium, core)  api-videos

    Requires (all met)
      - tools/networks

    Leads to
      - web/service

    Evidence
      1. https://example.org/me/rest
    $ show web/http
    HTTP  web/http

    status    [x] done since 2026-10-09
    kind      skill
    effort    6 h
    stage     build
    topic     apis
    same as   tools/http

    Taught by
      [ ] APIs on Film (video, freemium, core)  api-videos

    Requires (all met)
      - tools/networks

    Leads to
      - web/service

    Notes
      1. status codes at last
    $ show http-guide
    HTTP, a Guide  tools/http-guide
    Enough for everything that follows.

    status    [x] done since 2026-10-16
    kind      docs (free)
    effort    45 min
    stage     first
    topic     networks
    teaches   http, logs
    url       https://example.org/http

    Leads to
      - web/apis
    $ show service
    A service in public  web/service

    status    [x] done since 2026-11-16
    kind      milestone
    effort    8 h
    stage     build

    Criteria
      - A stranger can call it.
      - It answers wrong calls with a reason.

    To hand in
      - repository

    Requires (all met)
      - web/apis

    Leads to
      - web/operations

    Notes
      1. it answers

    Evidence
      2. https://example.org/me/service
    $ show graphql
    GraphQL  web/graphql

    status    [ ] todo
    kind      skill
    stage     build
    topic     apis
    optional  shown, but not counted

    Taught by
      [ ] APIs on Film (video, freemium, core)  api-videos

    Requires (all met)
      - tools/networks

    Leads to
      - web/service
    ");
}

#[test]
fn on_a_narrow_screen_nothing_is_lost() {
    let mut sandbox = shelf::lived_in();
    sandbox.set("COLUMNS", "40");
    insta::assert_snapshot!(sandbox.run(["show", "web"]), @"
    Web Services  web
    █████▉░░░░ 58.8%  20 h of 34 h
    From a first API to a service that stays
    up.

    Build (months 0-3)  100%
      APIs  apis  12 h
        [x] REST  rest
        [x] HTTP  http
        [ ] GraphQL (optional)  graphql
        0 of 2 resources done
      [x] A service in public  service  8 h

    Run (months 3-6)  0%
      Operations  operations  9 h
        [ ] Log pipelines  logs
        [ ] Alerts  alerts
        0 of 1 resource done
      [ ] A month on call
          on-call  5 h  needs Operations
    ");
}

#[test]
fn without_a_reference_the_followed_paths_are_shown() {
    let sandbox = shelf::lived_in();
    let one = |path| sandbox.ok(["show", path]);
    assert_eq!(sandbox.ok(["show"]), format!("{}\n{}\n", one("tools"), one("web")));
    insta::assert_snapshot!(shelf::home().run(["show"]), @"
    --- stderr ---
    error: you follow no path yet
    hint: `milepost paths` lists them, `milepost show PATH` shows one
    [exit 1]
    ");
}

#[test]
fn the_graph_of_what_requires_what() {
    let sandbox = shelf::lived_in();
    insta::assert_snapshot!(sandbox.play(
        "show web --graph mermaid
         show tools --graph dot
         show web --graph svg",
    ), @r#"
    $ show web --graph mermaid
    flowchart LR
      subgraph s0 ["Build"]
        n_web_apis["APIs"]:::done
        n_web_service{{"A service in public"}}:::done
      end
      subgraph s1 ["Run"]
        n_web_operations["Operations"]:::ready
        n_web_on_call{{"A month on call"}}:::waiting
      end
      n_tools_backup_script(["A backup script (tools)"])
      n_tools_networks(["Networks (tools)"])
      n_tools_shell(["Shell (tools)"])
      n_tools_networks --> n_web_apis
      n_web_apis --> n_web_service
      n_web_service --> n_web_operations
      n_tools_shell -.-> n_web_operations
      n_tools_backup_script -.-> n_web_operations
      n_web_operations --> n_web_on_call
      classDef done stroke:#1a7f37,stroke-width:3px
      classDef ready stroke-width:3px
      classDef waiting stroke-dasharray:4
    $ show tools --graph dot
    digraph "tools" {
      rankdir=LR;
      node [shape=box, style=rounded];
      subgraph cluster_0 {
        label="First steps";
        "tools/shell" [label="Shell [done]", color=darkgreen, penwidth=2];
        "tools/networks" [label="Networks [done]", color=darkgreen, penwidth=2];
        "tools/backup-script" [label="A backup script [done]", shape=hexagon, style=solid, color=darkgreen, penwidth=2];
      }
      "tools/shell" -> "tools/backup-script";
    }
    $ show web --graph svg
    --- stderr ---
    error: `--graph` does not take `svg`
    hint: choose from dot, mermaid
    [exit 2]
    "#);
}

#[test]
fn a_term_of_the_glossary() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.play(
        "show glossary/cold-start
         show uptime
         show glossary",
    ), @"
    $ show glossary/cold-start
    Cold start  glossary/cold-start
    The first answer of a service that was asleep.

    source    A. Author, Staying Up
    url       https://example.org/cold-start
    $ show uptime
    Uptime  glossary/uptime
    The share of time in which it answers.
    $ show glossary
    Uptime  glossary/uptime
    The share of time in which it answers.

    Cold start  glossary/cold-start
    The first answer of a service that was asleep.
    ");
}

/// Things that `show` does not know, but other commands show.
#[test]
fn what_else_the_career_file_has() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.play(
        "show career
         show watching
         show operator
         show uptimes
         show glossary/nonsense",
    ), @"
    $ show career
    --- stderr ---
    error: `career` is not a path: it has the skill areas, roles and glossary
    hint: see `milepost assess --list`, `milepost roles` and `milepost show glossary`
    [exit 1]
    $ show watching
    --- stderr ---
    error: `watching` is a skill area
    hint: `milepost assess watching --list` shows it
    [exit 1]
    $ show operator
    --- stderr ---
    error: `operator` is a role
    hint: `milepost roles operator` shows it
    [exit 1]
    $ show uptimes
    --- stderr ---
    error: nothing is called `uptimes`
    hint: did you mean `glossary/uptime`?
    [exit 1]
    $ show glossary/nonsense
    --- stderr ---
    error: the glossary has no term `nonsense`
    hint: `milepost show glossary` lists its terms
    [exit 1]
    ");
}

/// A path with the keys that few paths have.
const RARE: &str = r#"format = 1
id = "databases"
title = "Databases"
version = "2"
author = "Ada Example"
license = "CC BY 4.0"

[[stages]]
id = "queries"
title = "Queries"
replaces = ["reading"]

[[stages.topics]]
id = "sql"
title = "SQL"
url = "https://example.org/sql"
about = """
Read a table first.

Any database will do."""
hours = 20
tags = ["relational"]
links = [{ title = "The forum", url = "https://example.org/forum" }]
replaces = ["tables"]
skills = [
  { id = "joins", title = "Joins", can = "I write a query with two joins." },
  { id = "cursors", title = "Cursors", retired = true },
]

[[stages.topics.resources]]
id = "book"
title = "The book"
type = "book"
part = "chapters 1 to 6"
hours = 20

[[stages.topics.resources]]
id = "course"
title = "The course"
type = "course"
lang = "de"
hours = 24
instead_of = ["book"]

[[stages.milestones]]
id = "report"
title = "A report"
hours = 6
pass = 3
criteria = [{ text = "It runs.", points = 2 }, { text = "Tests", scale = ["0: none", "3: all"] }]
"#;

#[test]
fn the_rarer_keys_are_shown_found_and_opened() {
    let sandbox = Sandbox::new();
    sandbox.write("databases.toml", RARE);
    sandbox.ok(["add", "databases.toml", "--yes"]);
    let said = |args: &[&str], parts: &[&str]| {
        let said = sandbox.run(args);
        for part in parts {
            assert!(said.contains(part), "{part} in\n{said}");
        }
    };
    said(&["show", "databases"], &["version 2, by Ada Example, CC BY 4.0"]);
    let topic =
        ["https://example.org/sql\n", "Read a table first.\n\nAny database", "The forum  https"];
    said(&["show", "databases/sql"], &topic);
    said(&["show", "databases/joins"], &["you can   I write a query with two joins."]);
    said(&["show", "databases/book"], &["chapters 1 to 6", "or        databases/course"]);
    said(&["show", "databases/course"], &["language  de", "in place  of databases/book"]);
    let milestone =
        ["pass      3 points", "It runs. (2 points)", "Tests (3 points) - 0: none; 3: all"];
    said(&["show", "databases/report"], &milestone);
    // Old ids find what replaces them, of whatever kind.
    assert_eq!(sandbox.json(["show", "databases/tables"])["ref"], "databases/sql");
    assert_eq!(sandbox.json(["show", "databases/reading"])["ref"], "databases/queries");
    said(&["search", "relational"], &["databases/sql"]);
    said(&["search", "query two joins"], &["databases/joins"]);
    said(&["open", "databases/sql", "--print"], &["https://example.org/sql"]);
    // What is retired is shown to those who have it in their record.
    let has_it = || sandbox.run(["show", "databases/sql"]).contains("Cursors");
    assert!(!has_it());
    sandbox.ok(["done", "databases/cursors"]);
    assert!(has_it());
}

#[test]
fn a_skill_names_what_teaches_it() {
    let sandbox = shelf::searching();
    sandbox.ok(["done", "manual"]);
    insta::assert_snapshot!(sandbox.play("show ivf\nshow video"), @"
    $ show ivf
    IVF  search/ivf

    you can   I can tune an IVF index.
    status    [ ] todo
    kind      skill
    effort    6 h
    stage     only
    topic     vectors

    Taught by
      [x] The Manual (tutorial, free, 6 h, core)  manual
      [ ] The Wiki (docs, free, 6 h, core)  wiki
      [ ] All on Film (video, paid, 12 h, instead of The Manual and The Wiki)  video

    Leads to
      - search/engine
    $ show video
    All on Film  search/video

    status    [ ] todo
    kind      video (paid)
    effort    12 h
    stage     only
    topic     vectors
    teaches   flat, ivf, scale
    in place  of search/manual, search/wiki

    Leads to
      - search/engine
    ");
    let taught_by = &sandbox.json(["show", "ivf"])["taught_by"];
    let kinds = |one: &serde_json::Value| (one["core"].clone(), one["status"].clone());
    let all: Vec<_> = taught_by.as_array().unwrap().iter().map(kinds).collect();
    let of = |core: bool, status: &str| (core.into(), status.into());
    assert_eq!(all, [of(true, "done"), of(true, "todo"), of(false, "todo")]);
    assert_eq!(taught_by[2]["instead_of"][1], "search/wiki");
}

#[test]
fn a_stage_begins_with_its_title_as_everything_does() {
    let sandbox = Sandbox::following("ai-integration");
    let text = sandbox.ok(["show", "ai-integration/foundation"]);
    let stage = sandbox.json(["show", "ai-integration/foundation"]);
    let (title, summary) = (&stage["title"], &stage["summary"]);
    assert!(text.starts_with(title.as_str().unwrap()), "{text}");
    let second = text.lines().nth(1).unwrap();
    assert!(summary.as_str().unwrap().starts_with(second), "{text}");
}
