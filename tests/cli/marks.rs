//! `done`, `doing`, `skip` and `todo`.

mod days;
mod names;
mod remarks;

use crate::brief::brief;
use crate::sandbox::{Sandbox, words};
use crate::shelf;

fn status_of(sandbox: &Sandbox, reference: &str) -> String {
    sandbox.json(["show", reference])["status"].as_str().unwrap().to_owned()
}

#[test]
fn a_mark_says_what_changed_and_what_that_unlocked() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(brief(&sandbox.play(
        "doing pipes
         done pipes
         done scripts
         todo scripts
         skip scripts --why \"awk will do\"
         show scripts",
    )), @r#"
    $ doing pipes
    [~] Pipes  tools/pipes
        Shell: 0 of 2 skills done
    $ done pipes
    [x] Pipes  tools/pipes
        Shell: 1 of 2 skills done
    $ done scripts
    [x] Scripts  tools/scripts
        Shell: 2 of 2 skills done
    unlocked milestone: A backup script  tools/backup-script
    $ todo scripts
    [ ] Scripts  tools/scripts
        Shell: 1 of 2 skills done
    $ skip scripts --why "awk will do"
    [-] Scripts  tools/scripts
        Shell: 1 of 1 skill done
    unlocked milestone: A backup script  tools/backup-script
    $ show scripts
    Scripts  tools/scripts

    status    [-] skipped since 2026-11-20
    effort    5 h

    Notes
      1. awk will do
    "#);
}

#[test]
fn several_items_are_one_change() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "done pipes scripts tools/pipes backup-script
         undo
         list tools --status done",
    ), @"
    $ done pipes scripts tools/pipes backup-script
    [x] Pipes  tools/pipes
    [x] Scripts  tools/scripts
    [x] A backup script  tools/backup-script
        add evidence for a milestone: `milepost note tools/backup-script --evidence
        URL`
    $ undo
    [ ] Pipes  tools/pipes  todo again, was done
    [ ] Scripts  tools/scripts  todo again, was done
    [ ] A backup script  tools/backup-script  todo again, was done
    $ list tools --status done
    --- stderr ---
    no item matches the filters; remove one
    ");
}

#[test]
fn saying_it_again_changes_nothing() {
    let sandbox = shelf::following();
    sandbox.ok(["done", "pipes"]);
    let before = sandbox.events();
    insta::assert_snapshot!(sandbox.play(
        "done pipes
         done pipes scripts
         todo http
         done tools/shell
         done tools/shell --yes",
    ), @"
    $ done pipes
    tools/pipes is already done; nothing changed (`--on` changes its day)
    $ done pipes scripts
    [x] Scripts  tools/scripts
    tools/pipes is already done; nothing changed (`--on` changes its day)
    unlocked milestone: A backup script  tools/backup-script
    $ todo http
    tools/http is already todo; nothing changed
    $ done tools/shell
    nothing to change
    $ done tools/shell --yes
    nothing to change
    ");
    assert_eq!(sandbox.events(), before + 1, "only scripts was new");
}

#[test]
fn a_topic_a_stage_or_a_path_takes_a_yes() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "done networks
         done tools/first
         skip web
         todo tools
         list --status done
         done networks --yes
         doing tools/first --yes
         done tools/first --yes
         todo tools/first --yes",
    ), @"
    $ done networks
    --- stderr ---
    error: `tools/networks` is a topic, which would mark 2 goals; there is no terminal to ask on
    hint: pass `--yes` to confirm, or name the items
    [exit 2]
    $ done tools/first
    --- stderr ---
    error: `tools/first` is a stage, which would mark 5 goals; there is no terminal to ask on
    hint: pass `--yes` to confirm, or name the items
    [exit 2]
    $ skip web
    --- stderr ---
    error: `web` is a path, which would mark 6 goals; there is no terminal to ask on
    hint: pass `--yes` to confirm, or name the items
    [exit 2]
    $ todo tools
    nothing to change
    $ list --status done
    --- stderr ---
    no item matches the filters; remove one
    $ done networks --yes
    [x] HTTP  tools/http
    [x] Reading logs  tools/logs
    unlocked topic: APIs  web/apis
    $ doing tools/first --yes
    [~] Pipes  tools/pipes
    [~] Scripts  tools/scripts
    [~] A backup script  tools/backup-script
    $ done tools/first --yes
    [x] Pipes  tools/pipes
    [x] Scripts  tools/scripts
    [x] A backup script  tools/backup-script
        add evidence for a milestone: `milepost note tools/backup-script --evidence
        URL`
    $ todo tools/first --yes
    [ ] Pipes  tools/pipes
    [ ] Scripts  tools/scripts
    [ ] HTTP  tools/http
    [ ] Reading logs  tools/logs
    [ ] A backup script  tools/backup-script
    ");
}

#[test]
fn one_bad_reference_and_nothing_happens() {
    let sandbox = shelf::following();
    let before = sandbox.events();
    insta::assert_snapshot!(sandbox.play(
        "done pipes scripts nope
         done pipes logs
         done pipes networks
         list --status done",
    ), @"
    $ done pipes scripts nope
    --- stderr ---
    error: nothing is called `nope`
    hint: `milepost list` lists items, `milepost search` searches everything
    [exit 1]
    $ done pipes logs
    --- stderr ---
    error: `logs` could mean 2 things
    hint: tools/logs  (skill: Reading logs)
    hint: web/logs  (skill: Log pipelines)
    [exit 1]
    $ done pipes networks
    --- stderr ---
    error: `tools/networks` is a topic, which would mark 2 goals; there is no terminal to ask on
    hint: pass `--yes` to confirm, or name the items
    [exit 2]
    $ list --status done
    --- stderr ---
    no item matches the filters; remove one
    ");
    assert_eq!(sandbox.events(), before);
}

#[test]
fn what_is_not_followed_can_be_marked_and_that_is_said() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.play(
        "done tools/pipes web/rest
         --quiet done tools/scripts
         --quiet done nope",
    ), @"
    $ done tools/pipes web/rest
    [x] Pipes  tools/pipes
    [x] REST  web/rest
    --- stderr ---
    you do not follow `tools` yet: `milepost start tools`
    you do not follow `web` yet: `milepost start web`
    $ --quiet done tools/scripts
    [x] Scripts  tools/scripts
        Shell: 2 of 2 skills done
    unlocked milestone: A backup script  tools/backup-script
    $ --quiet done nope
    --- stderr ---
    error: nothing is called `nope`
    hint: `milepost list` lists items, `milepost search` searches everything
    [exit 1]
    ");
}

#[test]
fn a_resource_names_the_skills_that_it_leaves_studied() {
    let sandbox = shelf::searching();
    insta::assert_snapshot!(sandbox.play(
        "done manual
         done wiki
         done wiki --with-skills
         undo
         list --status done
         done benchmarks",
    ), @"
    $ done manual
    [x] The Manual  search/manual
    Studied: can you do this?
    ? I can build a flat index and measure its recall.  milepost done search/flat
    still to study for IVF: The Wiki
    $ done wiki
    [x] The Wiki  search/wiki
    Studied: can you do this?
    ? I can tune an IVF index.  milepost done search/ivf
    ? Scale  milepost done search/scale
    for all of them: `milepost done search/wiki --with-skills`
    $ done wiki --with-skills
    [x] IVF  search/ivf
    [x] Scale  search/scale
    search/wiki is already done; nothing changed (`--on` changes its day)
    $ undo
    [ ] IVF  search/ivf  todo again, was done
    [ ] Scale  search/scale  todo again, was done
    $ list --status done
    [x]  search/manual  tutorial  6 h  The Manual
    [x]  search/wiki    docs      6 h  The Wiki
    $ done benchmarks
    [x] Benchmarks  search/benchmarks
    ");
}

#[test]
fn skills_are_marked_in_the_same_command_as_the_resource() {
    let sandbox = shelf::searching();
    let said = sandbox.json(["done", "manual", "wiki", "--with-skills", "--note", "both read"]);
    let refs = |key: &str| -> Vec<String> {
        let all = said[key].as_array().unwrap().iter();
        all.map(|one| one["ref"].as_str().unwrap().to_owned()).collect()
    };
    let skills = ["search/flat", "search/ivf", "search/scale"];
    assert_eq!(refs("changed"), [["search/manual", "search/wiki"].as_slice(), &skills].concat());
    assert_eq!(refs("studied"), skills);
    assert_eq!(said["studied"][1]["can"], "I can tune an IVF index.");
    // What is said is said of what was named.
    assert_eq!(sandbox.json(["show", "manual"])["notes"][0], "both read");
    assert!(sandbox.json(["show", "flat"])["notes"].as_array().unwrap().is_empty());
    sandbox.ok(["undo"]);
    assert_eq!(["manual", "flat", "scale"].map(|one| status_of(&sandbox, one)), ["todo"; 3]);
}

#[test]
fn a_milestone_says_what_it_asks_for_and_how_it_is_shown() {
    let sandbox = shelf::searching();
    insta::assert_snapshot!(sandbox.play(
        "done engine
         done engine
         todo engine
         done engine flat
         todo engine
         done engine --evidence https://example.org/me/engine
         todo engine
         done engine --known",
    ), @"
    $ done engine
    [x] A search engine  search/engine
        still open of what it requires: Vectors
        evidence to add with `milepost note search/engine --evidence URL`:
        - A stranger finds what they look for.
        - It says how long it took.
    $ done engine
    search/engine is already done; nothing changed (`--on` changes its day)
    $ todo engine
    [ ] A search engine  search/engine
    $ done engine flat
    [x] A search engine  search/engine
    [x] Flat indexes  search/flat
        still open of what it requires: Vectors
        add evidence for a milestone: `milepost note search/engine --evidence URL`
    $ todo engine
    [ ] A search engine  search/engine
    $ done engine --evidence https://example.org/me/engine
    [x] A search engine  search/engine
        still open of what it requires: Vectors
    $ todo engine
    [ ] A search engine  search/engine
    $ done engine --known
    [x] A search engine  search/engine
    ");
}
