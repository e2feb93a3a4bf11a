//! `next`.

use crate::shelf;

#[test]
fn every_recommendation_says_why() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.run(["next"]), @"
    1. HTTP, a Guide
       tools/http-guide (docs, free, 45 min)
       - teaches 2 open skills: HTTP, Reading logs
       - on the way to 4 more: APIs, A service in public, ...
       - in stage 1, First steps
       https://example.org/http

    2. The Shell Book
       tools/shell-book (book, free, 8 h, A. Author)
       - teaches 2 open skills: Pipes, Scripts
       - on the way to 3 more: A backup script, Operations, ...
       - in stage 1, First steps
       https://example.org/shell

    3. Shell in Depth
       tools/shell-course (course, paid, 12 h)
       - teaches 1 open skill: Scripts
       - on the way to 3 more: A backup script, Operations, ...
       - in stage 1, First steps
       https://example.org/course
    ");
}

#[test]
fn what_is_in_progress_comes_first() {
    let sandbox = shelf::lived_in();
    insta::assert_snapshot!(sandbox.run(["next"]), @"
    1. APIs on Film
       web/api-videos (video, freemium)
       - teaches 1 open skill: GraphQL
       - in stage 1, Build

    2. Staying Up
       web/ops-book (book, paid, 20 h)
       - teaches 2 open skills: Log pipelines, Alerts
       - on the way to 1 more: A month on call
       - in stage 2, Run
       https://example.org/ops
    ");
}

#[test]
fn a_list_can_be_had_to_measure() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "next --time 1h --free
         next --type course -n 1
         next --type paper
         next --time 5m
         next web
         next -n 1 --role nobody",
    ), @"
    $ next --time 1h --free
    1. HTTP, a Guide
       tools/http-guide (docs, free, 45 min)
       - teaches 2 open skills: HTTP, Reading logs
       - on the way to 4 more: APIs, A service in public, ...
       - in stage 1, First steps
       - fits the time: 45 min
       - free
       https://example.org/http
    $ next --type course -n 1
    1. Shell in Depth
       tools/shell-course (course, paid, 12 h)
       - teaches 1 open skill: Scripts
       - on the way to 3 more: A backup script, Operations, ...
       - in stage 1, First steps
       https://example.org/course
    $ next --type paper
    nothing that is ready is as wished: leave a filter out
    $ next --time 5m
    nothing that is ready is as wished; the shortest of all takes 45 min: leave a
    filter out
    $ next web
    all that is open is held back by Networks (tools/networks), Shell (tools/shell)
    and A backup script (tools/backup-script): finish that first, for example with
    `milepost next tools`, or look ahead with `milepost list web --status todo`
    $ next -n 1 --role nobody
    --- stderr ---
    error: there is no role `nobody`
    hint: `milepost roles` lists all of them
    [exit 1]
    ");
}

#[test]
fn zero_means_all_as_elsewhere() {
    let sandbox = shelf::following();
    let count = |args: &[&str]| {
        let next = sandbox.json(args);
        next["recommendations"].as_array().unwrap().len()
    };
    sandbox.ok(["done", "tools", "--yes"]);
    sandbox.ok(["done", "apis", "--yes"]);
    let all = count(&["next", "-n", "0"]);
    assert!(all >= 1);
    assert_eq!(count(&["next", "-n", "1"]), 1);
    assert_eq!(count(&["next", "-n", "65535"]), all);
}

#[test]
fn nothing_to_recommend_is_explained() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.play(
        "next
         next tools --time soon
         next tools --time 0
         next tools --type song
         next nope
         done tools --yes --quiet
         next tools",
    ), @r#"
    $ next
    no path is followed yet: `milepost paths` lists them, `milepost start PATH`
    follows one
    $ next tools --time soon
    --- stderr ---
    error: "soon" is not a span of time
    hint: write 45m, 1h30m, 1.5h, 2h or 90 (minutes)
    [exit 2]
    $ next tools --time 0
    --- stderr ---
    error: "0" is no time at all
    hint: write 45m, 1h30m, 1.5h, 2h or 90 (minutes)
    [exit 2]
    $ next tools --type song
    --- stderr ---
    error: invalid value 'song' for '--type <TYPE>'
      [possible values: docs, book, course, video, tutorial, paper, guide, tool, community, conference]

    For more information, try '--help'.
    [exit 2]
    $ next nope
    --- stderr ---
    error: there is no path `nope`
    hint: `milepost paths` lists all of them
    [exit 1]
    $ done tools --yes --quiet
    [x] Pipes  tools/pipes
    [x] Scripts  tools/scripts
    [x] HTTP  tools/http
    [x] Reading logs  tools/logs
    [x] A backup script  tools/backup-script
    $ next tools
    nothing is left: all of it is done or skipped. `milepost export` writes the
    portfolio, `milepost paths` shows where to go on
    "#);
}
