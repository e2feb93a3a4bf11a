//! What changes beside an overlay: its path, another file, its own text.

use super::*;
use crate::brief::brief;

/// The next version of the path renames, retires, adds and says other hours.
#[test]
fn an_update_of_the_path_flows_through_with_a_true_preview() {
    let sandbox = bent();
    sandbox.play("add mine.toml --yes\nhide web/rest alerts\ndone my-grpc --on 2026-11-12");
    let next = shelf::WEB
        .replace("{ id = \"rest\", title = \"REST\", replaces = [\"restful\"] }",
            "{ id = \"http-apis\", title = \"REST\", replaces = [\"rest\"] },\n  { id = \"webhooks\", title = \"Webhooks\" }")
        .replace("skills = [\"rest\"]", "skills = [\"http-apis\"]")
        .replace("  { id = \"alerts\", title = \"Alerts\" },\n", "")
        .replace("title = \"GraphQL\", optional = true", "title = \"GraphQL\", retired = true")
        .replace("hours = 12\n", "hours = 15\n");
    sandbox.write("next.toml", &next);
    insta::assert_snapshot!(without_tables(&sandbox.play(
        "status web
         add next.toml --dry-run --all
         add next.toml --yes
         status web
         show apis
         paths
         check .config/milepost/paths/web.overlay.toml
         hide --remove web/http-apis
         show web/http-apis
         export web --format markdown",
    )), @r#"
    $ status web
    Web Services  web
    ███████████▉░░░░░░░░░░░░░░░░░░ 39.8%  13 h of 34 h
    Stage  Months  Milestones  Skills  Resources  Hours   Done
    ──────────────────────────────────────────────────────────
    Build     0-3         1/1     1/3        0/2  13/24  55.5%
    Run       3-6         0/1     0/1        0/1   0/10     0%
    since    2026-11-20, planned until 2027-05-20
    pace     8.7 h of the plan a week over 2 weeks
    forecast in 2 to 14 weeks by your pace; in time for 2027-05-20; counting what it
             needs of tools

    This week: nothing yet; 2 weeks in a row, longest 2; 3 active days in all
    $ add next.toml --dry-run --all
    would be updated: Web Services (web)
      your record: 39.8% -> 31.5%, 13 h of 34 h -> 12 h of 38 h
      added, 1:
        Webhooks web/webhooks (skill)
      removed, 1:
        Alerts web/alerts (skill)
      changed, 2:
        APIs web/apis (topic): hours 12 -> 15
        GraphQL web/graphql (skill): optional true -> false; retired false -> true
      your overlay keeps its hours, 1:
        apis: the path says 12 h -> 15 h; yours stays 16 h
      loose in your overlay, 1:
        alerts: the path does not have it
    $ add next.toml --yes
    updated: Web Services (web)
      your record: 39.8% -> 31.5%, 13 h of 34 h -> 12 h of 38 h
      besides: 1 added, 1 removed, 2 changed (hours 1, optional 1, retired 1)
      your overlay keeps its hours, 1:
        apis: the path says 12 h -> 15 h; yours stays 16 h
      loose in your overlay, 1:
        alerts: the path does not have it
    --- stderr ---
    `milepost add --back web` brings back what was there; `milepost undo` takes back
      marks, not files
    $ status web
    Web Services  web
    █████████▍░░░░░░░░░░░░░░░░░░░░ 31.5%  12 h of 38 h
    Stage  Months  Milestones  Skills  Resources  Hours  Done
    ─────────────────────────────────────────────────────────
    Build     0-3         1/1     1/4        0/2  12/24   50%
    Run       3-6         0/1     0/1        0/1   0/14    0%
    since    2026-11-20, planned until 2027-05-20
    pace     8.7 h of the plan a week over 2 weeks
    forecast in 3 to 15 weeks by your pace; in time for 2027-05-20; counting what it
             needs of tools

    This week: nothing yet; 2 weeks in a row, longest 2; 3 active days in all
    $ show apis
    APIs  web/apis
    █████░░░░░░░░░░░░░░░ 25%  4 h of 16 h
    Design one that others can use.

    Skills
      [ ] Webhooks  webhooks
      [ ] HTTP  http
      [x] gRPC  my-grpc
      [ ] OpenAPI  my-openapi

    Resources
      [ ] Designing APIs  rest-guide  guide, free, 3 h
      [ ] APIs on Film  api-videos  video, freemium, ongoing

    Requires
      - tools/networks
      still open: Networks

    Leads to
      - web/service
    $ paths
    * You follow it. `milepost show PATH` shows a path.
    tools comes from ~/.config/milepost/paths/tools.toml
    web comes from ~/.config/milepost/paths/web.toml
    web has an overlay: 2 added, 2 hidden and 1 with other hours
      apis: the path says 15 h; yours stays 16 h
      loose: alerts: the path does not have it
    $ check .config/milepost/paths/web.overlay.toml
    .config/milepost/paths/web.overlay.toml:17:3: warning[overlay-loose]: the path `web` has no `alerts`
       |
    17 |   "alerts",
       |   ^^^^^^^^
      help: correct the id, or remove what names it; the rest of the overlay works

    1 file: 0 errors, 1 warning
    $ hide --remove web/http-apis
    REST  web/http-apis  shown again
    web: 31.5% -> 37.8%, 12 h of 38 h -> 14 h of 38 h
    --- stderr ---
    `milepost hide web/http-apis` hides it again, `milepost undo` does not
    $ show web/http-apis
    REST  web/http-apis

    status    [x] done since 2026-11-02
    kind      skill
    effort    3.2 h
    stage     build
    topic     apis

    Taught by
      [ ] Designing APIs (guide, free, 3 h, core)  rest-guide
      [ ] APIs on Film (video, freemium, core)  api-videos

    Requires
      - tools/networks
      still open: Networks

    Leads to
      - web/service

    Evidence
      1. https://example.org/api
    $ export web --format markdown
    # Learning portfolio

    As of 2026-11-20.

    | Path | Progress | Milestones | Skills | Hours |
    |:-----|---------:|-----------:|-------:|------:|
    | Web Services | 37.8% | 1 of 2 | 2 of 6 | 14 h of 38 h |

    ## Web Services

    ### Services

    - [x] **A service in public** (2026-11-10)
        - Evidence: [example.org/service](https://example.org/service)
        - Skills: REST, gRPC
        - Criteria:
            - A stranger can call it.
            - It answers wrong calls with a reason.

    ### Other milestones

    - [ ] **A month on call**

    ## Skills

    ### Build

    - [ ] **APIs**: REST ([example.org/api](https://example.org/api)), gRPC; *open:* Webhooks, HTTP, OpenAPI

    Still ahead: Run (1 skill).

    ---

    Made with milepost
    "#);
}

/// Somebody writes by hand what `hide` and `link` have begun, or adds a file of somebody else.
#[test]
fn what_is_added_to_an_overlay_that_is_there_is_told() {
    let sandbox = bent();
    sandbox.play("hide rest -q\nlink apis https://wiki.example.org/api -q");
    insta::assert_snapshot!(sandbox.play(
        "add mine.toml
         add mine.toml --dry-run
         add mine.toml --dry-run --all",
    ), @"
    $ add mine.toml
    --- stderr ---
    error: `web.overlay` is already installed in another version; nothing was added
    hint: `--dry-run` shows what it changes; pass `--yes` to confirm, or edit ~/.config/milepost/paths/web.overlay.toml instead
    [exit 1]
    $ add mine.toml --dry-run
    would be updated: overlay of Web Services (web.overlay)
      your record: 28.5% -> 31.5%, 8 h of 28 h -> 12 h of 38 h
      back, with their record, 1:
        REST web/rest: done since 2026-11-02
      besides: 2 added, 1 shown again, 1 changed (hours 1)
    $ add mine.toml --dry-run --all
    would be updated: overlay of Web Services (web.overlay)
      your record: 28.5% -> 31.5%, 8 h of 28 h -> 12 h of 38 h
      back, with their record, 1:
        REST web/rest: done since 2026-11-02
      added, 2:
        gRPC web/my-grpc (skill)
        OpenAPI web/my-openapi (skill)
      shown again, 1:
        REST web/rest (skill)
      changed, 1:
        APIs web/apis (topic): hours 6 -> 16
    ");
    let file = ".config/milepost/paths/web.overlay.toml";
    let begun = std::fs::read_to_string(sandbox.home().join(file)).unwrap();
    let table = OVERLAY.split_once("# What").unwrap().1;
    sandbox.write(file, &format!("{begun}\n# What{table}"));
    insta::assert_snapshot!(sandbox.play("check"), @r#"
    $ check
    ~/.config/milepost/paths/web.overlay.toml:20:6: error[duplicate-id]: there is a table about `apis` already, on line 13
       |
    20 | id = "apis"
       |      ^^^^^^
      help: put the keys of both into one table

    3 files: 1 error, 0 warnings
    [exit 1]
    "#);
}

#[test]
fn an_overlay_that_is_broken_leaves_the_path_and_says_so() {
    let sandbox = bent();
    sandbox.write(".config/milepost/paths/web.overlay.toml", &OVERLAY.replace("gRPC", ""));
    insta::assert_snapshot!(without_tables(&brief(&sandbox.play(
        "show web/my-grpc
         status web
         hide web/rest
         link web/rest https://example.org
         doctor
         show tools/pipes",
    ))), @"
    $ show web/my-grpc
    --- stderr ---
    warning: ~/.config/milepost/paths/web.overlay.toml:10:29: `title` is empty; the overlay is ignored, `milepost check ~/.config/milepost/paths/web.overlay.toml` shows all problems
    error: nothing is called `web/my-grpc`
    hint: `milepost list` lists items, `milepost search` searches everything
    [exit 1]
    $ status web
    Web Services  web
    ████████████▎░░░░░░░░░░░░░░░░░ 41.1%  14 h of 34 h
    Stage  Months  Milestones  Skills  Resources  Hours  Done
    ─────────────────────────────────────────────────────────
    Build     0-3         1/1     1/2        0/2  14/20   70%
    Run       3-6         0/1     0/2        0/1   0/14    0%
    since    2026-11-20, planned until 2027-05-20
    pace     6.5 h of the plan a week over 2 weeks
    forecast in 3 to 15 weeks by your pace; in time for 2027-05-20; counting what it
             needs of tools

    This week: nothing yet; 2 weeks in a row, longest 2; 2 active days in all
    --- stderr ---
    warning: ~/.config/milepost/paths/web.overlay.toml:10:29: `title` is empty; the overlay is ignored, `milepost check ~/.config/milepost/paths/web.overlay.toml` shows all problems
    $ hide web/rest
    --- stderr ---
    warning: ~/.config/milepost/paths/web.overlay.toml:10:29: `title` is empty; the overlay is ignored, `milepost check ~/.config/milepost/paths/web.overlay.toml` shows all problems
    error: ~/.config/milepost/paths/web.overlay.toml:10:29: `title` is empty; nothing was changed
    hint: `milepost check ~/.config/milepost/paths/web.overlay.toml` shows every problem
    [exit 1]
    $ link web/rest https://example.org
    --- stderr ---
    warning: ~/.config/milepost/paths/web.overlay.toml:10:29: `title` is empty; the overlay is ignored, `milepost check ~/.config/milepost/paths/web.overlay.toml` shows all problems
    error: ~/.config/milepost/paths/web.overlay.toml:10:29: `title` is empty; nothing was changed
    hint: `milepost check ~/.config/milepost/paths/web.overlay.toml` shows every problem
    [exit 1]
    $ doctor
    ok      4 events on 4 subjects, all intact, and every report follows from them:
            ~/.local/share/milepost/progress.db
    error   ~/.config/milepost/paths/web.overlay.toml:10:29: `title`
            is empty (1 error, 0 warnings); it is ignored
            help: `milepost check
            ~/.config/milepost/paths/web.overlay.toml` shows every
            problem

    1 error
    [exit 1]
    $ show tools/pipes
    Pipes  tools/pipes

    status    [ ] todo
    effort    5 h
    --- stderr ---
    warning: ~/.config/milepost/paths/web.overlay.toml:10:29: `title` is empty; the overlay is ignored, `milepost check ~/.config/milepost/paths/web.overlay.toml` shows all problems
    ");
    sandbox.write(
        ".config/milepost/paths/web.overlay.toml",
        &OVERLAY.replace("hours = 16", "title = \"Ours\""),
    );
    insta::assert_snapshot!(sandbox.play(
        "check .config/milepost/paths/web.overlay.toml
         add .config/milepost/paths/web.overlay.toml",
    ), @r#"
    $ check .config/milepost/paths/web.overlay.toml
    .config/milepost/paths/web.overlay.toml:8:1: error[overlay-change]: an overlay cannot set `title` of `apis`
      |
    8 | title = "Ours"
      | ^^^^^
      help: to add something, begin its id with `my-`: `my-apis`; what the path has
        keeps its title

    1 file: 1 error, 0 warnings
    [exit 1]
    $ add .config/milepost/paths/web.overlay.toml
    --- stderr ---
    error: .config/milepost/paths/web.overlay.toml has 1 error, the first at 8:1: an overlay cannot set `title` of `apis`; nothing was added
    hint: `milepost check .config/milepost/paths/web.overlay.toml` shows all of them
    [exit 1]
    "#);
}
