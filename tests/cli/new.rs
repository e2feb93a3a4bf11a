//! `new`.

use crate::sandbox::Sandbox;
use crate::shelf;

const COURSES: &str = "\
# Knots

## Basics

- [x] [Rope care](https://example.org/care)
- [ ] [First loops](https://example.org/loops)

## Bends

| Course | Duration | Effort | Mood |
|---|---|---|---|
| [Two ropes](https://example.org/two) | 4 weeks | 2-3 hours/week | calm |

See [below](#bends).
";

#[test]
fn a_file_to_begin_with_passes_check() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!(sandbox.run(["new", "knots"]), @"
    --- stderr ---
    wrote knots.toml (1,935 bytes)
    next: milepost check knots.toml; milepost add knots.toml
    ");
    insta::assert_snapshot!(sandbox.run(["check", "knots.toml"]), @"1 file: 0 errors, 0 warnings");
    let text = std::fs::read_to_string(sandbox.home().join("knots.toml")).unwrap();
    assert!(text.starts_with("#:schema ") && text.contains("id = \"knots\" "));
    // What stands behind the comments is right, too.
    let lines = text.lines().map(|line| match line.strip_prefix("# ") {
        Some(rest) if rest.contains(" = ") && !rest.contains('`') => rest,
        _ => line,
    });
    let all: Vec<&str> = lines.collect();
    let all = all.join("\n").replace("requires = [\"other-topic\"]", "");
    let all = all.replace("requires = [\"foundations\"]", "");
    sandbox.write("all.toml", &all);
    assert_eq!(sandbox.code(["check", "all.toml"]), 0, "{}", sandbox.run(["check", "all.toml"]));
}

#[test]
fn a_draft_of_a_document() {
    let sandbox = Sandbox::new();
    sandbox.write("README.md", COURSES);
    insta::assert_snapshot!(
        sandbox.run(["new", "knots", "--from", "README.md", "--ticks", "ticks.toml"]),
        @r#"
    --- stderr ---
    read README.md: 3 headings, 1 table, 1 row, 2 tasks, 2 bullets, 3 links -> 1
      stage, 2 topics and 3 resources
    guessed, each with a comment: hours 1, type 3, section 1
    unknown columns: "Mood" -> about
    left out: 1 paragraph, 1 anchor
    wrote ticks.toml (1 tick)
    wrote knots.toml (1,160 bytes)
    next: milepost check knots.toml; milepost add knots.toml; milepost done --from
      ticks.toml
    "#
    );
    insta::assert_snapshot!(std::fs::read_to_string(sandbox.home().join("knots.toml")).unwrap(), @r#"
    #:schema path.schema.json
    # Made from README.md by `milepost new`. A comment with `guessed:` says what the
    # source does not: correct what is wrong, and delete the comment.
    format = 1
    id = "knots"
    title = "Knots"
    source = "README.md"
    x-from = "source:7a591 title:2ed7b"

    # guessed: section
    [[stages]]
    id = "knots"
    title = "Knots"
    x-from = "title:2ed7b"

    [[stages.topics]]
    id = "knots-basics"
    title = "Basics"
    x-from = "title:8e8a6"

    # guessed: type
    [[stages.topics.resources]]
    id = "rope-care"
    title = "Rope care"
    url = "https://example.org/care"
    type = "article"
    x-from = "title:1bc08 type:59ff0 url:1382a"

    # guessed: type
    [[stages.topics.resources]]
    id = "first-loops"
    title = "First loops"
    url = "https://example.org/loops"
    type = "article"
    x-from = "title:c9f8b type:59ff0 url:d3fe0"

    [[stages.topics]]
    id = "bends"
    title = "Bends"
    x-from = "title:1cc0f"

    # guessed: hours, from "4 weeks x 2-3 hours/week"
    # guessed: type, from "Course"
    [[stages.topics.resources]]
    id = "two-ropes"
    title = "Two ropes"
    about = "Mood: calm"
    url = "https://example.org/two"
    type = "course"
    hours = [8, 12]
    x-from = "about:7f4a1 hours:6c99f title:0c1c2 type:d86e5 url:5b0dd"
    "#);
    insta::assert_snapshot!(std::fs::read_to_string(sandbox.home().join("ticks.toml")).unwrap(), @r#"
    # What is ticked in README.md. Delete what you have not done, then record the rest:
    # milepost done --from FILE

    [[tick]]
    ref = "knots/rope-care"
    title = "Rope care"
    "#);
    assert_eq!(sandbox.code(["check", "knots.toml"]), 0);
    assert!(!sandbox.db().exists(), "the record is not touched");
    assert!(
        sandbox.run(["paths"]).lines().all(|line| !line.starts_with("knots")),
        "nor is it added"
    );
}

#[test]
fn nothing_is_overwritten_unasked() {
    let sandbox = Sandbox::new();
    sandbox.write("knots.toml", "mine");
    sandbox.write("README.md", COURSES);
    insta::assert_snapshot!(sandbox.run(["new", "knots", "--from", "README.md"]), @"
    --- stderr ---
    error: knots.toml already exists
    hint: `--force` overwrites it; `-o FILE` names another file
    [exit 1]
    ");
    assert_eq!(std::fs::read_to_string(sandbox.home().join("knots.toml")).unwrap(), "mine");
    let ticks = ["new", "other", "--from", "README.md", "--ticks", "knots.toml"];
    assert_eq!(sandbox.code(ticks), 1);
    assert!(!sandbox.home().join("other.toml").exists(), "all or nothing");
    assert_eq!(sandbox.code(["new", "knots", "--from", "README.md", "--force"]), 0);
}

#[test]
fn the_document_is_read_again_into_an_edited_file() {
    let sandbox = Sandbox::new();
    sandbox.write("README.md", COURSES);
    sandbox.ok(["new", "knots", "--from", "README.md"]);
    let file = sandbox.home().join("knots.toml");
    let update = ["new", "knots", "--from", "README.md", "--update", "knots.toml"];
    insta::assert_snapshot!(sandbox.run(update), @r#"
    --- stderr ---
    read README.md: 3 headings, 1 table, 1 row, 2 tasks, 2 bullets, 3 links -> 1
      stage, 2 topics and 3 resources
    guessed, each with a comment: hours 1, type 3, section 1
    unknown columns: "Mood" -> about
    left out: 1 paragraph, 1 anchor
    the source has nothing new; knots.toml is unchanged
    "#);
    let edited = std::fs::read_to_string(&file).unwrap();
    let edited = edited.replace("hours = [8, 12]", "hours = 20 # slowly");
    std::fs::write(&file, &edited).unwrap();
    let changed =
        COURSES.replace("4 weeks", "6 weeks").replace("First loops", "The first loops").replace(
            "- [x] [Rope care](https://example.org/care)\n",
            "- [ ] [Whipping](https://example.org/whip)\n",
        );
    sandbox.write("README.md", &changed);
    insta::assert_snapshot!(sandbox.run(update), @r#"
    --- stderr ---
    read README.md: 3 headings, 1 table, 1 row, 2 tasks, 2 bullets, 3 links -> 1
      stage, 2 topics and 4 resources
    guessed, each with a comment: hours 1, type 3, section 1
    unknown columns: "Mood" -> about
    left out: 1 paragraph, 1 anchor
    added, 1: whipping "Whipping"
    changed, 1: first-loops (title)
    retired (no longer in the source), 1: rope-care "Rope care"
    changed in the source and by you (your edit stays), 1: two-ropes hours: the
      source says [12, 18]
    wrote knots.toml (1,371 bytes)
    next: milepost check knots.toml; milepost add knots.toml
    "#);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("hours = 20 # slowly"), "{text}");
    assert_eq!(sandbox.code(["check", "knots.toml"]), 0);
}

#[test]
fn a_copy_of_a_path_is_the_path_under_another_id() {
    let sandbox = Sandbox::new();
    for id in [
        "foundations",
        "ai-integration",
        "ml-engineering",
        "ml-ai-curriculum",
        "checklists",
        "resource-library",
        "team-structure",
    ] {
        sandbox.ok(["new", id, "--from", id, "-o", "same.toml", "--force"]);
        let shipped = format!("{}/paths/{id}.toml", env!("CARGO_MANIFEST_DIR"));
        let shipped = std::fs::read_to_string(shipped).unwrap();
        let same = std::fs::read_to_string(sandbox.home().join("same.toml")).unwrap();
        assert_eq!(
            milepost_path::read(&same).roadmap.unwrap(),
            milepost_path::read(&shipped).roadmap.unwrap(),
            "{id}"
        );
        // The comments at the top, too, after the schema; `tests/content` sees that there are no others.
        for comment in shipped.lines().take_while(|line| line.starts_with('#')).skip(1) {
            assert!(same.contains(comment), "{id}: {comment}");
        }
    }
    insta::assert_snapshot!(sandbox.run(["new", "mine", "--from", "foundations"]), @"
    --- stderr ---
    copied foundations: 1 stage, 3 topics, 12 skills, 19 resources and 1 milestone
    wrote mine.toml (11,359 bytes)
    next: milepost check mine.toml; milepost add mine.toml
    ");
    assert_eq!(sandbox.code(["check", "mine.toml"]), 0);
}

#[test]
fn a_copy_of_a_file_keeps_its_comments_and_says_its_own_new_name() {
    let sandbox = shelf::home();
    let text = shelf::TOOLS.replacen("title =", "# my comment\ntitle =", 1);
    sandbox.write("tools.toml", &text);
    sandbox.ok(["new", "gear", "--from", "tools.toml"]);
    let copy = std::fs::read_to_string(sandbox.home().join("gear.toml")).unwrap();
    assert!(copy.contains("# my comment\n") && copy.contains("id = \"gear\""), "{copy}");
    assert!(!copy.contains("\"tools/"), "{copy}");
}

#[test]
fn what_cannot_be_made_is_told() {
    let sandbox = Sandbox::new();
    sandbox.write("empty.md", "\n");
    sandbox.write("broken.json", "{\"nodes\": [}");
    sandbox.write("other.json", "{\"a\": 1}");
    sandbox.write("page.html", "<p>");
    let mut told = String::new();
    for line in [
        "new",
        "new Foo_Bar",
        "new career",
        "new x --from foundation",
        "new x --from missing.md",
        "new x --from empty.md",
        "new x --from broken.json",
        "new x --from other.json",
        "new x --from page.html",
        "new x --from page.html --as rust",
        "new x --from . --as md",
        "new x --update x.toml",
        "new x --from foundations --update x.toml",
        "new x -o missing/x.toml",
    ] {
        told.push_str(&sandbox.play(line));
        told.push('\n');
    }
    insta::assert_snapshot!(told, @"
    $ new
    --- stderr ---
    error: `milepost new` needs ID
      ID: The id of the new path: a-z, 0-9 and hyphens
    hint: for example `milepost new cooking`
    hint: `milepost new --help` explains the rest
    [exit 2]

    $ new Foo_Bar
    --- stderr ---
    error: `Foo_Bar` is not an id: a-z, 0-9 and single hyphens, at most 64
    hint: did you mean `milepost new foo-bar`?
    [exit 2]

    $ new career
    --- stderr ---
    error: a path cannot be called `career`: milepost uses that name
    hint: give it another id
    [exit 2]

    $ new x --from foundation
    --- stderr ---
    error: there is no path and no file `foundation`
    hint: did you mean `foundations`?
    [exit 1]

    $ new x --from missing.md
    --- stderr ---
    error: there is no file missing.md
    hint: check the name, or name a path: `milepost paths` lists them
    [exit 1]

    $ new x --from empty.md
    --- stderr ---
    error: empty.md has nothing that a path can be made of
    hint: a path is made of headings with lists or tables, rows, cards, nodes or exercises
    hint: if milepost read it as the wrong kind of document, pass `--as KIND`
    [exit 1]

    $ new x --from broken.json
    --- stderr ---
    error: broken.json:1:12: expected value
    hint: correct it there, or pass `--as KIND` if it is another kind of file
    [exit 1]

    $ new x --from other.json
    --- stderr ---
    error: it is not clear what kind of document other.json is
    hint: add `--as KIND`: `path`, `md`, `csv`, `tsv`, `roadmap`, `curriculum`, `exercism`, `rustlings`, `cards`
    [exit 2]

    $ new x --from page.html
    --- stderr ---
    error: it is not clear what kind of document page.html is
    hint: add `--as KIND`: `path`, `md`, `csv`, `tsv`, `roadmap`, `curriculum`, `exercism`, `rustlings`, `cards`
    [exit 2]

    $ new x --from page.html --as rust
    --- stderr ---
    error: `--as` does not take `rust`
    hint: did you mean `rustlings`?
    hint: choose from path, md, csv, tsv, roadmap, curriculum, exercism, rustlings, cards
    [exit 2]

    $ new x --from . --as md
    --- stderr ---
    error: . is a directory
    hint: name a file, or `-` for standard input
    [exit 1]

    $ new x --update x.toml
    --- stderr ---
    error: `milepost new` needs --from SOURCE
      --from SOURCE: A path to copy, or a document to make one from; `-` is standard input
    hint: for example `milepost new mine --from ai-integration`
    hint: `milepost new --help` explains the rest
    [exit 2]

    $ new x --from foundations --update x.toml
    --- stderr ---
    error: `--update` works only with a document, not with a path
    hint: `milepost new ID --from PATH -o FILE` writes a copy beside yours, to compare them
    [exit 2]

    $ new x -o missing/x.toml
    --- stderr ---
    error: missing/x.toml cannot be written: there is no directory missing
    hint: create the directory, or name another file
    [exit 1]
    ");
}

/// A link that gets a box is the same thing to who has read it.
#[test]
fn an_item_that_becomes_another_kind_keeps_its_ticks() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "list.md",
        "# Rust\n\n## Basics\n\n- [x] [The Book](https://example.org/book)\n- [ ] [Exercises](https://example.org/ex)\n",
    );
    sandbox.play(
        "new rust --from list.md --ticks t.toml
         add rust.toml
         start rust
         done --from t.toml --yes",
    );
    sandbox.write(
        "list.md",
        "# Rust\n\n## Basics\n\n- [x] The Book\n- [ ] Exercises\n- [ ] A project of my own\n",
    );
    insta::assert_snapshot!(sandbox.play(
        "list rust
         new rust --from list.md --update rust.toml --ticks t.toml --force
         add rust.toml --dry-run
         add rust.toml --yes
         list rust
         done --from t.toml",
    ), @r#"
    $ list rust
    [x]  rust/basics-the-book          book         The Book
    [ ]  rust/basics-basics-exercises  exercise     Basics: Exercises
    $ new rust --from list.md --update rust.toml --ticks t.toml --force
    --- stderr ---
    read list.md: 2 headings, 3 tasks, 3 bullets -> 1 stage, 1 topic and 3 skills
    guessed, each with a comment: section 1
    added, 1: a-project-of-my-own "A project of my own"
    now a different kind of item (the record goes with it), 2: basics-the-book ->
      basics-the-book-skill, basics-basics-exercises ->
      basics-basics-exercises-skill
    wrote t.toml (1 tick)
    wrote rust.toml (774 bytes)
    a path with this id is installed: `milepost add` shows what would change
    next: milepost check rust.toml; milepost add rust.toml; milepost done --from
      t.toml
    $ add rust.toml --dry-run
    would be updated: Rust (rust)
      your record: 50% -> 33.3%, 0 h of 0 h -> 0 h of 0 h
      renamed, with their record, 2:
        rust/basics-the-book -> rust/basics-the-book-skill
        rust/basics-basics-exercises -> rust/basics-basics-exercises-skill
      besides: 1 added
    $ add rust.toml --yes
    updated: Rust (rust)
      your record: 50% -> 33.3%, 0 h of 0 h -> 0 h of 0 h
      renamed, with their record, 2:
        rust/basics-the-book -> rust/basics-the-book-skill
        rust/basics-basics-exercises -> rust/basics-basics-exercises-skill
      besides: 1 added
    --- stderr ---
    `milepost add --back rust` brings back what was there; `milepost undo` takes
      back marks, not files
    $ list rust
    [x]  rust/basics-the-book-skill          skill     The Book
    [ ]  rust/basics-basics-exercises-skill  skill     Basics: Exercises
    [ ]  rust/a-project-of-my-own            skill     A project of my own
    $ done --from t.toml
    done already, 1:
      rust/basics-the-book-skill  2026-11-20
    nothing changed
    "#);
}

#[test]
fn import_says_what_reads_a_document() {
    let sandbox = Sandbox::new();
    sandbox.write("README.md", COURSES);
    insta::assert_snapshot!(sandbox.run(["import", "README.md"]), @"
    --- stderr ---
    error: README.md:1:1: expected value
    hint: `milepost export --format json --full` writes what can be imported
    hint: `milepost new ID --from README.md` makes a path from it
    [exit 1]
    ");
}
