//! Career guidance: the fit with each role, its gaps, and recommendations that go towards one.

use crate::sandbox::words;
use crate::shelf;

#[test]
fn roles_by_fit() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.run(["roles"]), @"
      web-developer  ░░░░░░░░░░░░░░░░░░░░░░░░      0%  core 0/1  2 gaps
      operator       ░░░░░░░░░░░░░░░░░░░░░░░░      0%  core 0/2  3 gaps

    The fit is the share of what a role needs that you have; the more it needs of an
    area, the more that area counts. core 2/3: you are within one level in 2 of the
    3 areas that matter most. 0 of 3 skill areas assessed (`milepost assess`).
    `milepost roles ROLE` shows the gaps and what closes them.
    ");
    sandbox.ok(words("start web --role operator"));
    sandbox.ok(words("assess shells --level 3"));
    insta::assert_snapshot!(sandbox.run(["roles"]), @"
    * operator       ███████████▎░░░░░░░░░░░░   47.3%  core 1/2  2 gaps
      web-developer  ██▍░░░░░░░░░░░░░░░░░░░░░     10%  core 0/1  1 gap

    * where your paths lead. The fit is the share of what a role needs that you
    have; the more it needs of an area, the more that area counts. core 2/3: you are
    within one level in 2 of the 3 areas that matter most. 1 of 3 skill areas
    assessed (`milepost assess`). `milepost roles ROLE` shows the gaps and what
    closes them.
    ");
}

#[test]
fn each_role_that_a_followed_path_is_for_is_marked() {
    let sandbox = shelf::following();
    sandbox.ok(words("start web --role operator"));
    sandbox.ok(words("start tools --role web-developer"));
    let roles = sandbox.ok(["roles"]);
    for role in ["* operator", "* web-developer"] {
        assert!(roles.contains(role), "{roles}");
    }
    sandbox.ok(words("start tools --role none"));
    assert!(!sandbox.ok(["roles"]).contains("* web-developer"));
}

#[test]
fn a_role_begins_with_its_own_path_where_none_is_followed() {
    let sandbox = shelf::home();
    let said = sandbox.ok(words("roles operator"));
    assert!(said.ends_with("To begin: `milepost start web --role operator`.\n"), "{said}");
    sandbox.ok(words("start web --role operator"));
    let said = sandbox.ok(words("roles operator"));
    assert!(said.ends_with("`milepost next --role operator` shows more.\n"), "{said}");
}

#[test]
fn one_role_with_its_gaps_and_what_closes_them() {
    let sandbox = shelf::following();
    sandbox.ok(words("done tools/shell --yes"));
    assert!(sandbox.ok(words("roles operator")).contains("your record suggests it"));
    sandbox.ok(words("assess shells --level 1"));
    insta::assert_snapshot!(sandbox.run(words("roles operator")), @"
    Operator  operator
    Keeps services up.

    Delivers     alerts
    Measured by  uptime
    Path         Web Services (web), followed, 0%
    Fit          15.7% of what it needs, each area weighted by the level that it
                 needs; 0 of 2 core areas within one level; 1 of its 3 areas is
                 assessed

    Shells    ██░░░░··  1 of 3
    Services  ░░······  - of 1
    Watching  ░░░░░░··  - of 3

    Gaps, largest first
    Watching: level 0, needs 3
      1 foundation: no installed path leads there; learn it at work, and keep
                    evidence
      2 working: no installed path proves it (Operations web/operations only touches
                 it); learn it at work, and keep evidence
      3 advanced: no installed path leads there; learn it at work, and keep evidence
    Shells: level 1, needs 3, about 4 h
      2 working: A backup script (tools/backup-script; milestone, 4 h)
      3 advanced: no installed path leads there; learn it at work, and keep evidence
    Services: level 0, needs 1, about 6 h
      1 foundation: Networks (tools/networks; topic, 6 h)
    Hours include what you must study and build first. What you build speaks for
    lower levels, too, so a gap takes what leads to its highest level.

    First
    HTTP, a Guide  tools/http-guide (docs, 45 min)
      - teaches HTTP and Reading logs, to start Networks
      - for APIs (stage 1)
      - raises Services: the role needs level 1
    `milepost next --role operator` shows more.
    ");
    sandbox.ok(words("assess services --level 3"));
    insta::assert_snapshot!(sandbox.run(words("roles web-developer")), @"
    Web Developer  web-developer
    Builds services that others call.

    Delivers     services and their documentation
    Measured by  errors per call
    Path         Web Services (web), followed, 0%
    Fit          100% of what it needs, each area weighted by the level that it
                 needs; 1 of 1 core area within one level; 2 of its 2 areas are
                 assessed

    Shells    ██······  1 of 1
    Services  ██████··  3 of 3

    No gaps: by your own assessment, you have everything it needs.
    ");
    insta::assert_snapshot!(sandbox.run(words("roles web-develper")), @"
    --- stderr ---
    error: there is no role `web-develper`
    hint: did you mean `web-developer`?
    hint: `milepost roles` lists them
    [exit 1]
    ");
}

#[test]
fn a_role_steers_what_is_next() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.run(words("next -n 1")), @"
    1. HTTP, a Guide (docs, free, 45 min)  tools/http-guide
       Enough for everything that follows.
       - teaches HTTP and Reading logs, to start Networks; for APIs (stage 1)
    ");
    insta::assert_snapshot!(sandbox.run(words("next -n 1 --role operator")), @"
    1. HTTP, a Guide (docs, free, 45 min)  tools/http-guide
       Enough for everything that follows.
       - teaches HTTP and Reading logs, to start Networks; for APIs (stage 1);
         raises Services: the role needs level 1
    ");
    insta::assert_snapshot!(sandbox.run(words("start web --role operator")), @"
    following Web Services (web): 34 h, to be ready for operator
    you already follow tools; nothing changed
    --- stderr ---
    `milepost next` says what to study first, and why
    ");
    insta::assert_snapshot!(sandbox.run(words("start web --role operator")), @"
    you already follow tools; nothing changed
    you already follow web; nothing changed
    ");
    // The dashboard and `next` agree.
    let next = sandbox.json(words("next -n 3"));
    let dashboard = sandbox.json::<&str>([]);
    for at in 0..3 {
        assert_eq!(next["recommendations"][at]["ref"], dashboard["next"][at]["ref"]);
    }
    assert_eq!(next["role"], "Operator");
    // A level that the learner has no longer attracts recommendations.
    sandbox.ok(words("assess shells --level 3"));
    insta::assert_snapshot!(sandbox.run(words("next -n 1")), @"
    1. HTTP, a Guide (docs, free, 45 min)  tools/http-guide
       Enough for everything that follows.
       - teaches HTTP and Reading logs, to start Networks; for APIs (stage 1);
         raises Services: the role needs level 1
    ");
    insta::assert_snapshot!(sandbox.run(words("next --role opertor")), @"
    --- stderr ---
    error: there is no role `opertor`
    hint: did you mean `operator`?
    hint: `milepost roles` lists them
    [exit 1]
    ");
    insta::assert_snapshot!(sandbox.run(words("start web --role pilot")), @"
    --- stderr ---
    error: there is no role `pilot`
    hint: `milepost roles` lists them
    [exit 1]
    ");
}
