//! A career file of the learner's own.

use super::*;

const CAREER: &str = r#"format = 1
kind = "career"
title = "Crafts"

[[areas]]
id = "tools"
title = "Tools"
levels = ["I use one.", "I use two.", "I choose them.", "I make them."]
raised_by = [{ by = "tools/pipes", weight = 3, level = 1 }]
"#;

#[test]
fn a_career_file_of_ones_own_takes_the_place_of_the_built_in_one() {
    let sandbox = shelf::home();
    sandbox.write("mine.toml", CAREER);
    sandbox.write("better.toml", &CAREER.replace("Crafts", "Better crafts"));
    sandbox.write("broken.toml", &CAREER.replace("tools/pipes", "tools/pipe"));
    insta::assert_snapshot!(sandbox.play(
        "remove career --yes
         check mine.toml broken.toml
         add mine.toml
         add broken.toml --yes
         add mine.toml better.toml --yes
         add mine.toml --dry-run
         add mine.toml --yes
         add mine.toml
         add better.toml
         add better.toml --yes
         start tools
         remove career
         remove career --yes
         remove career --yes",
    ), @r#"
    $ remove career --yes
    removed career; the built-in one is back; its record is kept
    --- stderr ---
    `milepost add --back career` brings its file back
    $ check mine.toml broken.toml
    broken.toml:9:21: error[unknown-reference]: the path `tools` has no `pipe`
      |
    9 | raised_by = [{ by = "tools/pipe", weight = 3, level = 1 }]
      |                     ^^^^^^^^^^^^
      help: did you mean `pipes`?

    2 files: 1 error, 0 warnings
    [exit 1]
    $ add mine.toml
    --- stderr ---
    error: `career` is built in, and this file would replace it; nothing was added
    hint: `--dry-run` shows what it changes; pass `--yes` to confirm
    [exit 1]
    $ add broken.toml --yes
    --- stderr ---
    error: broken.toml has 1 error, the first at 9:21: the path `tools` has no `pipe`; nothing was added
    hint: `milepost check broken.toml` shows all of them
    [exit 1]
    $ add mine.toml better.toml --yes
    --- stderr ---
    error: two of the files are career files
    hint: name one of them: there can be only one
    [exit 1]
    $ add mine.toml --dry-run
    would be added, replacing the built-in one: Crafts (career)
    $ add mine.toml --yes
    added, replacing the built-in one: Crafts (career)
    $ add mine.toml
    career is already installed in this version; nothing changed
    $ add better.toml
    --- stderr ---
    error: `career` is already installed in another version; nothing was added
    hint: `--dry-run` shows what it changes; pass `--yes` to confirm
    [exit 1]
    $ add better.toml --yes
    updated: Better crafts (career)
    --- stderr ---
    `milepost add --back career` brings back what was there; `milepost undo` takes
      back marks, not files
    $ start tools
    following Tools (tools): 20 h
    --- stderr ---
    `milepost next` says what to study first, and why
    $ remove career
    --- stderr ---
    error: ~/.config/milepost/paths/career.toml would be removed; there is no terminal to ask on
    hint: pass `--yes` to confirm
    [exit 2]
    $ remove career --yes
    removed career; the built-in one is back; its record is kept
    --- stderr ---
    `milepost add --back career` brings its file back
    $ remove career --yes
    --- stderr ---
    error: `career` is built in and cannot be removed
    hint: `milepost add` replaces it with one of your own
    [exit 1]
    "#);
}

#[test]
fn no_path_is_called_career() {
    let sandbox = Sandbox::new();
    sandbox.write("career.toml", &shelf::TOOLS.replace("id = \"tools\"", "id = \"career\""));
    insta::assert_snapshot!(sandbox.run(["add", "career.toml"]), @"
    --- stderr ---
    error: career.toml has 1 error, the first at 2:6: a path cannot be called `career`: milepost uses that name; nothing was added
    hint: `milepost check career.toml` shows all of them
    [exit 1]
    ");
}
