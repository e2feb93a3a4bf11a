//! Overlays: a path is bent without a copy of it, and still gets its updates.

mod update;

use std::sync::OnceLock;

use crate::sandbox::Sandbox;
use crate::shelf;

const OVERLAY: &str = r#"format = 1
kind = "overlay"
extends = "web"

# What our team needs besides.
[[topics]]
id = "apis"
hours = 16
skills = [
  { id = "my-grpc", title = "gRPC" }, # the gateway speaks it
  { id = "my-openapi", title = "OpenAPI" },
]
"#;

/// A record on `web`, and an overlay of it.
pub(crate) fn bent() -> Sandbox {
    static RECORD: OnceLock<Vec<u8>> = OnceLock::new();
    let home = || {
        let sandbox = Sandbox::new();
        sandbox.write("tools.toml", shelf::TOOLS);
        sandbox.write("web.toml", shelf::WEB);
        sandbox.write("mine.toml", OVERLAY);
        sandbox.ok(["add", "tools.toml", "web.toml"]);
        sandbox
    };
    let commands = [
        "start web",
        "done web/rest --on 2026-11-02 --evidence https://example.org/api",
        "done service --on 2026-11-10 --evidence https://example.org/service",
    ];
    shelf::with_record(&RECORD, home, &commands)
}

/// What was said, without the table of all paths, since what ships is in that, and without the
/// calendar of `status`, which has tests of its own.
fn without_tables(said: &str) -> String {
    let (mut is_table, mut is_calendar) = (false, false);
    let mut stays = |line: &&str| {
        is_table = (is_table || line.starts_with("Path ")) && !line.starts_with("* You follow");
        is_calendar = (is_calendar || *line == "Activity") && !line.starts_with("This week: ");
        !is_table && !is_calendar
    };
    said.lines().filter(|line| stays(line)).map(|line| format!("{line}\n")).collect()
}

#[test]
fn five_commands_bend_a_path_and_each_says_how_it_is_taken_back() {
    let sandbox = bent();
    insta::assert_snapshot!(without_tables(&sandbox.play(
        "check mine.toml
         add mine.toml --dry-run
         add mine.toml --yes
         hide web/rest api-videos operations
         link apis https://wiki.example.org/api --title \"Our wiki\"
         done my-grpc
         paths
         show apis
         hide rest my-grpc web
         hide --remove alerts
         done web/rest
         show web/rest
         link web https://example.org
         link apis example.org
         status web",
    )), @r#"
    $ check mine.toml
    1 file: 0 errors, 0 warnings
    $ add mine.toml --dry-run
    would be added: overlay of Web Services (web.overlay)
      your record: 41.1% -> 31.5%, 14 h of 34 h -> 12 h of 38 h
      besides: 2 added, 1 changed (hours 1)
    $ add mine.toml --yes
    added: overlay of Web Services (web.overlay)
      your record: 41.1% -> 31.5%, 14 h of 34 h -> 12 h of 38 h
      besides: 2 added, 1 changed (hours 1)
    $ hide web/rest api-videos operations
    REST  web/rest  hidden
    APIs on Film  web/api-videos  hidden
    Operations  web/operations  hidden
    web: 31.5% -> 27.5%, 12 h of 38 h -> 8 h of 29 h
    --- stderr ---
    written to ~/.config/milepost/paths/web.overlay.toml; your record
      is kept. `milepost hide --remove web/rest web/api-videos web/operations` shows
      them again, `milepost undo` does not
    $ link apis https://wiki.example.org/api --title "Our wiki"
    linked APIs (web/apis) to Our wiki; `milepost show web/apis` shows it
    --- stderr ---
    written to ~/.config/milepost/paths/web.overlay.toml; `milepost
      add --back web.overlay` brings back what was there, `milepost undo` does not
    $ done my-grpc
    [x] gRPC  web/my-grpc
        APIs: 1 of 3 skills done
    $ paths
    * You follow it. `milepost show PATH` shows a path.
    tools comes from ~/.config/milepost/paths/tools.toml
    web comes from ~/.config/milepost/paths/web.toml
    web has an overlay: 2 added, 3 hidden and 1 with other hours
      apis: the path says 12 h; yours stays 16 h
    $ show apis
    APIs  web/apis
    ██████▋░░░░░░░░░░░░░ 33.3%  5.3 h of 16 h
    Design one that others can use.

    Skills
      [ ] HTTP  http
      [ ] GraphQL (optional)  graphql
      [x] gRPC  my-grpc
      [ ] OpenAPI  my-openapi

    Resources
      [ ] Designing APIs  rest-guide  guide, free, 3 h

    Links
      - Our wiki  https://wiki.example.org/api

    Requires
      - tools/networks
      still open: Networks

    Leads to
      - web/service
    $ hide rest my-grpc web
    --- stderr ---
    error: web/my-grpc is your own, so there is nothing to hide
    hint: remove it from ~/.config/milepost/paths/web.overlay.toml
    [exit 1]
    $ hide --remove alerts
    --- stderr ---
    error: web/alerts is hidden because web/operations is
    hint: `milepost hide --remove web/operations` shows all of it
    [exit 1]
    $ done web/rest
    --- stderr ---
    error: web/rest is hidden by your overlay of its path
    hint: `milepost hide --remove web/rest` shows it again
    [exit 1]
    $ show web/rest
    --- stderr ---
    error: web/rest is hidden by your overlay of its path
    hint: `milepost hide --remove web/rest` shows it again
    [exit 1]
    $ link web https://example.org
    --- stderr ---
    error: `web` is a whole path
    hint: name a part of it: `milepost show web` lists them
    [exit 1]
    $ link apis example.org
    --- stderr ---
    error: `example.org` is not a web address
    hint: write the whole address, with http:// or https:// and without spaces
    [exit 2]
    $ status web
    Web Services  web
    █████████████▊░░░░░░░░░░░░░░░░ 45.9%  13 h of 29 h
    Stage  Months  Milestones  Skills  Resources  Hours   Done
    ──────────────────────────────────────────────────────────
    Build     0-3         1/1     1/3        0/1  13/24  55.5%
    Run       3-6         0/1       -          -    0/5     0%
    since    2026-11-20, planned until 2027-05-20
    pace     7.1 h of the plan a week over 2 weeks
    forecast in 2 to 12 weeks by your pace; in time for 2027-05-20; counting what it
             needs of tools

    This week: 5.3 h of the plan finished; 3 weeks in a row, longest 3; 3 active
    days in all
    "#);
    let written = sandbox.home().join(".config/milepost/paths/web.overlay.toml");
    insta::assert_snapshot!(std::fs::read_to_string(written).unwrap(), @r#"
    format = 1
    kind = "overlay"
    extends = "web"

    # What our team needs besides.
    [[topics]]
    id = "apis"
    hours = 16
    skills = [
      { id = "my-grpc", title = "gRPC" }, # the gateway speaks it
      { id = "my-openapi", title = "OpenAPI" },
    ]
    links = [
      { title = "Our wiki", url = "https://wiki.example.org/api" },
    ]

    [hide]
    items = [
      "rest",
      "api-videos",
      "operations",
    ]
    "#);
    insta::assert_snapshot!(sandbox.play(
        "doctor
         hide --remove web/rest operations
         show web/rest
         list web --status done
         undo --list
         add --back web.overlay --dry-run
         add --back web.overlay --yes --lose
         remove web --overlay --yes
         remove web --overlay --yes
         list web --status done",
    ), @"
    $ doctor
    ok      5 events on 5 subjects, all intact, and every report follows from them:
            ~/.local/share/milepost/progress.db
    note    ~/.config/milepost/paths/web.overlay.toml sets hours:
            apis: the path says 12 h; yours stays 16 h
            help: remove `hours` from the overlay to follow the path

    1 note
    $ hide --remove web/rest operations
    REST  web/rest  shown again
    Operations  web/operations  shown again
    web: 45.9% -> 42.1%, 13 h of 29 h -> 16 h of 38 h
    --- stderr ---
    `milepost hide web/rest web/operations` hides them again, `milepost undo` does
      not
    $ show web/rest
    REST  web/rest

    status    [x] done since 2026-11-02
    kind      skill
    effort    4 h
    stage     build
    topic     apis

    Taught by
      [ ] Designing APIs (guide, free, 3 h, core)  rest-guide

    Requires
      - tools/networks
      still open: Networks

    Leads to
      - web/service

    Evidence
      1. https://example.org/api
    $ list web --status done
    [x]  web/rest     skill      4 h  REST
    [x]  web/my-grpc  skill      4 h  gRPC
    [x]  web/service  milestone  8 h  A service in public
    $ undo --list
     1. done gRPC
     2. done A service in public
     3. done REST
     4. started Tools and 1 more
    $ add --back web.overlay --dry-run
    would be updated: overlay of Web Services (web.overlay)
      your record: 42.1% -> 45.9%, 16 h of 38 h -> 13 h of 29 h
      ticks lost, 1:
        REST web/rest: done since 2026-11-02 -> gone
      besides: 5 hidden, 1 changed (requires 1)
    $ add --back web.overlay --yes --lose
    updated: overlay of Web Services (web.overlay)
      your record: 42.1% -> 45.9%, 16 h of 38 h -> 13 h of 29 h
      ticks lost, 1:
        REST web/rest: done since 2026-11-02 -> gone
      besides: 5 hidden, 1 changed (requires 1)
    --- stderr ---
    `milepost add --back web.overlay` brings back what was there; `milepost undo`
      takes back marks, not files
    $ remove web --overlay --yes
    removed web.overlay; its record is kept
      not seen until it is added again: 1 tick
    --- stderr ---
    `milepost add --back web.overlay` brings its file back
    $ remove web --overlay --yes
    --- stderr ---
    error: `web` has no overlay
    hint: `milepost remove web` removes the path itself, if it is your own
    [exit 1]
    $ list web --status done
    [x]  web/rest     skill      6 h  REST
    [x]  web/service  milestone  8 h  A service in public
    ");
}

#[test]
fn a_rehearsal_shows_what_would_be_written_and_writes_nothing() {
    let sandbox = bent();
    insta::assert_snapshot!(without_tables(&sandbox.play(
        "hide web/rest api-videos --dry-run
         link apis https://wiki.example.org/api --dry-run
         hide --remove rest -n
         paths
         hide web/rest --quiet
         hide api-videos -n
         hide --remove web/rest -n
         link web/http https://wiki.example.org/http -n
         link web/http https://example.org/http#frag -n
         link apis https://wiki.example.org/api --quiet
         fmt --check .config/milepost/paths/web.overlay.toml",
    )), @r#"
    $ hide web/rest api-videos --dry-run
    REST  web/rest  would be hidden
    APIs on Film  web/api-videos  would be hidden
    web: 41.1% -> 28.5%, 14 h of 34 h -> 8 h of 28 h
    would write ~/.config/milepost/paths/web.overlay.toml:
      + #:schema overlay.schema.json
      + # What you add to Web Services, hide in it and set in it.
      + format = 1
      + kind = "overlay"
      + extends = "web"
      +
      + [hide]
      + items = [
      +   "rest",
      +   "api-videos",
      + ]
    $ link apis https://wiki.example.org/api --dry-run
    would link APIs (web/apis) to wiki.example.org
    web: your progress stays as it is
    would write ~/.config/milepost/paths/web.overlay.toml:
      + #:schema overlay.schema.json
      + # What you add to Web Services, hide in it and set in it.
      + format = 1
      + kind = "overlay"
      + extends = "web"
      +
      + [[topics]]
      + id = "apis"
      + links = [
      +   { title = "wiki.example.org", url = "https://wiki.example.org/api" },
      + ]
    $ hide --remove rest -n
    web/rest is not hidden; nothing changed
    $ paths
    * You follow it. `milepost show PATH` shows a path.
    tools comes from ~/.config/milepost/paths/tools.toml
    web comes from ~/.config/milepost/paths/web.toml
    $ hide web/rest --quiet
    REST  web/rest  hidden
    web: 41.1% -> 28.5%, 14 h of 34 h -> 8 h of 28 h
    $ hide api-videos -n
    APIs on Film  web/api-videos  would be hidden
    web: your progress stays as it is
    would change ~/.config/milepost/paths/web.overlay.toml:
      +   "api-videos",
    $ hide --remove web/rest -n
    REST  web/rest  would be shown again
    web: 28.5% -> 41.1%, 8 h of 28 h -> 14 h of 34 h
    would change ~/.config/milepost/paths/web.overlay.toml:
      -
      - [hide]
      - items = [
      -   "rest",
      - ]
    $ link web/http https://wiki.example.org/http -n
    would link HTTP (web/http) to wiki.example.org
    web: your progress stays as it is
    would change ~/.config/milepost/paths/web.overlay.toml:
      +
      + [[topics]]
      + id = "apis"
      + skills = [
      +   { id = "http", links = [{ title = "wiki.example.org", url = "https://wiki.example.org/http" }] },
      + ]
    $ link web/http https://example.org/http#frag -n
    would link HTTP (web/http) to example.org
    web: your progress stays as it is
    would change ~/.config/milepost/paths/web.overlay.toml:
      +
      + [[topics]]
      + id = "apis"
      + skills = [
      +   { id = "http", links = [{ title = "example.org", url = "https://example.org/http#frag" }] },
      + ]
    $ link apis https://wiki.example.org/api --quiet
    linked APIs (web/apis) to wiki.example.org; `milepost show web/apis` shows it
    $ fmt --check .config/milepost/paths/web.overlay.toml
    1 file: 1 unchanged
    "#);
    let written = sandbox.home().join(".config/milepost/paths/web.overlay.toml");
    insta::assert_snapshot!(std::fs::read_to_string(written).unwrap(), @r#"
    #:schema overlay.schema.json
    # What you add to Web Services, hide in it and set in it.
    format = 1
    kind = "overlay"
    extends = "web"

    [hide]
    items = [
      "rest",
    ]

    [[topics]]
    id = "apis"
    links = [
      { title = "wiki.example.org", url = "https://wiki.example.org/api" },
    ]
    "#);
}
