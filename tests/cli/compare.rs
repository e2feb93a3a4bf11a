//! `compare`.

use crate::shelf;

#[test]
fn what_two_paths_share_and_what_each_still_costs() {
    let sandbox = shelf::lived_in();
    insta::assert_snapshot!(sandbox.run(["compare", "tools", "web"]), @"
    Tools  tools
    Stage        Left    Of  Done
    ─────────────────────────────
    First steps   0 h  16 h  100%
    Total         0 h  16 h  100%

    Web Services  web
    Stage  Left    Of   Done
    ────────────────────────
    Build   0 h  20 h   100%
    Run    14 h  14 h     0%
    Total  14 h  34 h  58.8%
    its plan takes 28 h: all that is left to study, prove and build

    Shared
    [x]  skill  tools/http  HTTP

    One of them is finished, so there is no order to choose.
    ");
}

#[test]
fn paths_that_share_nothing_and_no_paths() {
    let sandbox = shelf::home();
    let lonely = shelf::TOOLS.replace("id = \"tools\"", "id = \"lonely\"");
    sandbox.write(".config/milepost/paths/lonely.toml", &lonely);
    insta::assert_snapshot!(sandbox.play(
        "compare tools lonely
         compare tools tools
         compare tools nope
         compare tools",
    ), @"
    $ compare tools lonely
    Tools  tools
    Stage        Left    Of  Done
    ─────────────────────────────
    First steps  20 h  20 h    0%
    Total        20 h  20 h    0%
    its plan takes 30 h: all that is left to study, prove and build

    Tools  lonely
    Stage        Left    Of  Done
    ─────────────────────────────
    First steps  20 h  20 h    0%
    Total        20 h  20 h    0%
    its plan takes 30 h: all that is left to study, prove and build

    Shared
    they share no items

    Finish tools first: both have 20 h left, and you named it first.
    $ compare tools tools
    --- stderr ---
    error: `tools` is named twice
    hint: name two different paths; `milepost paths` lists them
    [exit 2]
    $ compare tools nope
    --- stderr ---
    error: there is no path `nope`
    hint: `milepost paths` lists them
    [exit 1]
    $ compare tools
    --- stderr ---
    error: `milepost compare` needs PATH
      PATH: The other path
    hint: for example `milepost compare ai-integration ml-engineering`
    hint: `milepost compare --help` explains the rest
    [exit 2]
    ");
}

#[test]
fn of_two_paths_that_are_not_named_each_is_explained() {
    insta::assert_snapshot!(shelf::home().run(["compare"]), @"
    --- stderr ---
    error: `milepost compare` needs PATH and PATH
      PATH: One path
      PATH: The other path
    hint: for example `milepost compare ai-integration ml-engineering`
    hint: `milepost compare --help` explains the rest
    [exit 2]
    ");
}
