//! `search`.

use crate::shelf;

#[test]
fn titles_questions_and_own_notes_are_found() {
    let sandbox = shelf::lived_in();
    insta::assert_snapshot!(sandbox.play(
        "search staying up
         search status codes at last
         search idempotent makes
         search FOLLOWS everything enough
         search asleep
         search xyzzyx
         search GRAPHQLS
         search wbe
         search idempotent asleep
         search \"!!\"
         search",
    ), @r#"
    $ search staying up
    [ ] Staying Up  web/ops-book  book
        Cold start  glossary/cold-start  term
        The first answer of a service that was asleep.
    $ search status codes at last
    [x] HTTP  tools/http  skill
        status codes at last
    [x] HTTP  web/http  skill
        status codes at last
    $ search idempotent makes
        What makes a call idempotent?  web/question:idempotency  question
    $ search FOLLOWS everything enough
    [x] HTTP, a Guide  tools/http-guide  docs
        Enough for everything that follows.
    $ search asleep
        Cold start  glossary/cold-start  term
        The first answer of a service that was asleep.
    $ search xyzzyx
    --- stderr ---
    nothing has `xyzzyx`; try the beginning of the word
    $ search GRAPHQLS
    [ ] GraphQL  web/graphql  skill
    $ search wbe
    --- stderr ---
    nothing has `wbe`; did you mean `web`?
    $ search idempotent asleep
    --- stderr ---
    nothing has all of these words; try fewer
    $ search "!!"
    --- stderr ---
    error: there are no words to search for
    hint: for example `milepost search vector database`
    [exit 2]
    $ search
    --- stderr ---
    error: `milepost search` needs TEXT
      TEXT: The words to search for
    hint: for example `milepost search vector`
    hint: `milepost search --help` explains the rest
    [exit 2]
    "#);
}

#[test]
fn a_limit_is_told() {
    let sandbox = shelf::home();
    let said = sandbox.ok(["search", "shell", "-l", "2"]);
    assert!(said.lines().last().unwrap().ends_with(" more: `--limit 0` shows all"), "{said}");
    assert!(!sandbox.ok(["search", "shell", "--limit", "0"]).contains(" more: "));
}

#[test]
fn a_long_title_never_pushes_the_reference_out() {
    let mut sandbox = shelf::home();
    sandbox.set("COLUMNS", "40");
    let said = sandbox.ok(["search", "stranger"]);
    assert!(said.contains("web/service"), "{said}");
    let said = sandbox.ok(["search", "fastapi"]);
    assert!(said.contains("ai-integration/fastapi-docs"), "{said}");
}
