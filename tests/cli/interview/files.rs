//! Answers from files and from standard input.

use super::*;

#[test]
fn where_nobody_answers_there_are_files() {
    let sandbox = quiz();
    sandbox.write(
        "grades.toml",
        "[grades]\nfull-queue = \"again\"\n\"quiz/dead-letters\" = \"good\"\n\
         \"quiz/question:stampede\" = \"easy\"\n",
    );
    insta::assert_snapshot!(sandbox.play(
        "interview
         interview --answers grades.toml --on \"3 days ago\"
         interview --answers grades.toml --on \"3 days ago\"
         interview --list
         interview --readiness
         next -n 1
         next web -n 1
         show quiz/question:full-queue
         interview --answers grades.toml
         undo
         undo
         interview --list",
    ), @r#"
    $ interview
    --- stderr ---
    error: an interview needs you at a terminal, and there is none
    hint: `milepost interview --list` shows the questions; `--answers FILE` records grades
    [exit 2]
    $ interview --answers grades.toml --on "3 days ago"
    again  The queue is full. What now?  quiz/question:full-queue  due 2026-11-18
    good   What goes into a dead letter queue?
           quiz/question:dead-letters  due 2026-11-19
    easy   A hot key expires. What happens?  quiz/question:stampede  due 2026-11-25
    3 answers: 1 again, 1 good, 1 easy
    $ interview --answers grades.toml --on "3 days ago"
    quiz/question:full-queue already has that answer for that day; nothing changed
    quiz/question:dead-letters already has that answer for that day; nothing changed
    quiz/question:stampede already has that answer for that day; nothing changed
    $ interview --list
    due         again  full-queue    The queue is full. What now?
    due         good   dead-letters  What goes into a dead letter queue?
    2026-11-25  easy   stampede      A hot key expires. What happens?
    $ interview --readiness
     47.7%  About caches  quiz
            recall 95%: 1 of 1 question answered (1 easy, last 3 days ago)
            0 of 1 skill done; 0 of 1 milestone proven
            next: finish Caches first (1 skill open): `milepost show quiz/caches`
     51.3%  About queues  quiz
            recall 77%: 2 of 2 questions answered (1 again, 1 good, last 3 days
            ago), 2 due
            0 of 1 skill done; no milestone to count
            next: answer 2 due questions: `milepost interview quiz`

    Readiness is half the recall expected today (never answered counts 0), a quarter
    the skills done, a quarter the milestones proven.
    $ next -n 1
    Nothing left to study for:
    ? Eviction  milepost done quiz/eviction
      if not yet, the plan has 4 h for practice

    nothing else is ready: prove what you studied; mark each skill that you have,
    for example `milepost done quiz/eviction`
    --- stderr ---
    2 interview questions are due: `milepost interview`
    $ next web -n 1
    1. HTTP, a Guide (docs, free, 45 min)  tools/http-guide
       Enough for everything that follows.
       - teaches HTTP and Reading logs, to start Networks; for APIs (stage 1)
    $ show quiz/question:full-queue
    The queue is full. What now?  quiz/question:full-queue

    topic      About queues
    exercises  quiz/queues
    due        since 2026-11-18

    A strong answer covers
      Shed, block or spill; who is told.

    Answers
      2026-11-17  again
    $ interview --answers grades.toml
    again  The queue is full. What now?  quiz/question:full-queue  due 2026-11-21
    good   What goes into a dead letter queue?
           quiz/question:dead-letters  due 2026-12-04
    easy   A hot key expires. What happens?  quiz/question:stampede  due 2026-12-25
    3 answers: 1 again, 1 good, 1 easy
    $ undo
    The queue is full. What now?
      quiz/question:full-queue  the newest answer is undone
    What goes into a dead letter queue?
      quiz/question:dead-letters  the newest answer is undone
    A hot key expires. What happens?
      quiz/question:stampede  the newest answer is undone
    $ undo
    The queue is full. What now?
      quiz/question:full-queue  not answered now, was again
    What goes into a dead letter queue?
      quiz/question:dead-letters  not answered now, was good
    A hot key expires. What happens?
      quiz/question:stampede  not answered now, was easy
    $ interview --list
    new  -  full-queue    The queue is full. What now?
    new  -  dead-letters  What goes into a dead letter queue?
    new  -  stampede      A hot key expires. What happens?
    "#);
}

#[test]
fn answers_come_from_standard_input_too() {
    use std::io::Write;
    let sandbox = quiz();
    let mut command = sandbox.command();
    command.args(["interview", "--answers", "-", "--json"]).stdin(std::process::Stdio::piped());
    let mut child = command.stdout(std::process::Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"grades.stampede = \"hard\"").unwrap();
    let output = child.wait_with_output().unwrap();
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["answered"][0]["ref"], "quiz/question:stampede");
}

#[test]
fn every_wrong_line_of_a_file_is_told_and_nothing_is_recorded() {
    let sandbox = quiz();
    let before = sandbox.events();
    let mut said = String::new();
    for (name, text) in [
        (
            "many.toml",
            "levels = 1\n[grades]\nstampede = \"good\"\n\"quiz/question:stampede\" = \"fine\"\n\
             stampde = \"good\"\nzzz = 3\n\"web/idempotency\" = [\"good\"]\n",
        ),
        ("syntax.toml", "[grades]\nstampede = good\nfull-queue =\n"),
        ("empty.toml", "# later\n"),
        ("no-table.toml", "grades = \"good\"\n"),
    ] {
        sandbox.write(name, text);
        said.push_str(&sandbox.run(["interview", "--answers", name]));
    }
    insta::assert_snapshot!(said, @r#"
    --- stderr ---
    error: 6 problems in many.toml, so nothing was recorded:
      many.toml:1:1: unknown key `levels`; the file has a table [grades] with lines such as `idempotency = "good"`
      many.toml:4:1: `quiz/question:stampede` is the same question as `stampede`
      many.toml:4:28: `fine` is not a grade; write "again", "hard", "good" or "easy"
      many.toml:5:1: no interview question is called `stampde`; did you mean `quiz/question:stampede`?
      many.toml:6:1: no interview question is called `zzz`; `milepost interview --list` lists them
      many.toml:7:21: `["good"]` is not a grade; write "again", "hard", "good" or "easy"
    [exit 1]
    --- stderr ---
    error: 2 problems in syntax.toml, so nothing was recorded:
      syntax.toml:2:12: a value or its quotes are missing here
      syntax.toml:3:13: a value or its quotes are missing here
    [exit 1]
    --- stderr ---
    error: 1 problem in empty.toml, so nothing was recorded:
      empty.toml:1:1: there are no grades; the file has a table [grades] with lines such as `idempotency = "good"`
    [exit 1]
    --- stderr ---
    error: 1 problem in no-table.toml, so nothing was recorded:
      no-table.toml:1:10: `grades` is not a table; the file has a table [grades] with lines such as `idempotency = "good"`
    [exit 1]
    "#);
    insta::assert_snapshot!(sandbox.play(
        "interview --answers nowhere.toml
         interview --answers .
         interview --answers many.toml --on tomorrow
         interview --answers many.toml --list
         interview --on yesterday",
    ), @r#"
    $ interview --answers nowhere.toml
    --- stderr ---
    error: there is no file nowhere.toml
    hint: check the name
    [exit 1]
    $ interview --answers .
    --- stderr ---
    error: . is a directory
    hint: name a file, or `-` for standard input
    [exit 1]
    $ interview --answers many.toml --on tomorrow
    --- stderr ---
    error: "tomorrow" is in the future (today is 2026-11-20)
    hint: write 2026-11-20, today, yesterday, a weekday, 3 days ago or 2 weeks ago
    [exit 2]
    $ interview --answers many.toml --list
    --- stderr ---
    error: `--answers` does not go with `--list`
    hint: `milepost interview --help` explains the options
    [exit 2]
    $ interview --on yesterday
    --- stderr ---
    error: `milepost interview` needs --answers FILE
      --answers FILE: Read grades from a TOML file (`-` for standard input)
    hint: for example `milepost interview --answers grades.toml --on yesterday`
    hint: `milepost interview --help` explains the rest
    [exit 2]
    "#);
    assert_eq!(sandbox.events(), before);
    sandbox.write("none.toml", "[grades]\n");
    assert_eq!(sandbox.ok(["interview", "--answers", "none.toml"]), "nothing answered\n");
}
