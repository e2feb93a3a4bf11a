//! `interview`: sessions at the terminal, answers from files, lists and readiness; and where else
//! questions are met.

use milepost::prompt::Answer::{self, Cancel, Key};
use serde_json::json;

use crate::prompts::answered;
use crate::sandbox::Sandbox;
use crate::shelf;

/// Two interview topics, of which the first exercises what is finished sooner.
const QUIZ: &str = r#"format = 1
id = "quiz"
title = "Quiz"

[[stages]]
id = "only"
title = "Only"

[[stages.topics]]
id = "caches"
title = "Caches"
hours = 4
skills = [{ id = "eviction", title = "Eviction" }]

[[stages.topics]]
id = "queues"
title = "Queues"
hours = 4
skills = [{ id = "backpressure", title = "Backpressure" }]

[[stages.milestones]]
id = "a-cache"
title = "A cache of one's own"
hours = 4
requires = ["caches"]
criteria = ["It forgets the right thing."]

[[interview]]
id = "about-queues"
title = "About queues"
topics = ["queues"]
questions = [
  { id = "full-queue", ask = "The queue is full. What now?", look_for = "Shed, block or spill; who is told." },
  { id = "dead-letters", ask = "What goes into a dead letter queue?" },
]

[[interview]]
id = "about-caches"
title = "About caches"
topics = ["caches"]
questions = [
  { id = "stampede", ask = "A hot key expires. What happens?", look_for = "All ask at once; one should fill." },
]
"#;

fn quiz() -> Sandbox {
    let sandbox = shelf::home();
    sandbox.write(".config/milepost/paths/quiz.toml", QUIZ);
    sandbox.ok(["start", "quiz"]);
    sandbox
}

fn keys(words: &[&'static str]) -> Vec<Answer> {
    words.iter().map(|word| Key(word)).collect()
}

const SHOW: &str = "shows what a strong answer covers";

fn events(sandbox: &Sandbox) -> usize {
    sandbox.json(["log", "--limit", "0"])["events"].as_array().unwrap().len()
}

#[test]
fn a_session_asks_shows_grades_and_schedules() {
    let sandbox = quiz();
    sandbox.ok(["done", "eviction"]);
    let said =
        answered(&sandbox, "interview -n 2", &keys(&[SHOW, "again", SHOW, "easy", SHOW, "good"]));
    insta::assert_snapshot!(said, @"
    again  A hot key expires. What happens?  quiz/question:stampede  due 2026-11-21
    easy   The queue is full. What now?  quiz/question:full-queue  due 2026-11-28
    good   A hot key expires. What happens?  quiz/question:stampede  due 2026-11-21
    3 answers: 1 again, 1 good, 1 easy
    --- stderr ---

    About caches (1 of 2)
    quiz/question:stampede
    new; from Caches, which you finished

      A hot key expires. What happens?



      All ask at once; one should fill.


    again, due again on 2026-11-21

    About queues (2 of 2)
    quiz/question:full-queue
    new; from a topic you have not finished

      The queue is full. What now?



      Shed, block or spill; who is told.


    easy, due again on 2026-11-28

    About caches (once more)
    quiz/question:stampede
    you graded it `again`

      A hot key expires. What happens?



      All ask at once; one should fill.


    good, due again on 2026-11-21
    ");
    insta::assert_snapshot!(sandbox.play("interview --list
        log --limit 3
        undo
        interview --list -n 1"), @r"
    $ interview --list
    new         -          dead-letters  What goes into a dead letter queue?
    2026-11-28  easy       full-queue    The queue is full. What now?
    2026-11-21  good (2x)  stampede      A hot key expires. What happens?
    $ log --limit 3
    2026-11-20
      answered  A hot key expires. What happens?  quiz/question:stampede  good
      answered  The queue is full. What now?  quiz/question:full-queue  easy
      answered  A hot key expires. What happens?  quiz/question:stampede  again
    $ undo
    A hot key expires. What happens?  quiz/question:stampede  again now, was good
    $ interview --list -n 1
    new  -  dead-letters  What goes into a dead letter queue?
    ");
}

#[test]
fn what_was_answered_is_kept_when_one_leaves() {
    let sandbox = quiz();
    let before = events(&sandbox);
    let mut answers = keys(&[SHOW, "good", SHOW]);
    answers.push(Cancel);
    let said = answered(&sandbox, "interview", &answers);
    let end = said.split("About caches").last().unwrap();
    assert!(said.starts_with("good   The queue is full."), "{said}");
    assert!(end.contains("stopped; 1 answer saved") && end.ends_with("[exit 130]\n"), "{said}");
    assert_eq!(events(&sandbox), before + 1);
    // To stop is no accident.
    let said = answered(&sandbox, "interview", &keys(&[SHOW, "hard", "stops"]));
    assert!(!said.contains("[exit") && said.contains("1 answer: 1 hard"), "{said}");
    assert_eq!(events(&sandbox), before + 2);
    // What is left out stays as it was; what was answered today is not asked again.
    let said = answered(&sandbox, "interview", &keys(&["skips", SHOW, "good"]));
    assert!(
        said.starts_with("nothing answered\n") && said.matches(" of 1)").count() == 1,
        "{said}"
    );
    assert_eq!(events(&sandbox), before + 2);
    assert_eq!(answered(&sandbox, "interview", &keys(&[SHOW, "good"])).matches("due").count(), 2);
    insta::assert_snapshot!(answered(&sandbox, "interview", &[]), @"
    nothing answered
    --- stderr ---
    you answered every question today; `milepost interview --readiness` sums up
    ");
}

#[test]
fn nothing_is_recorded_before_a_grade() {
    let sandbox = quiz();
    let before = events(&sandbox);
    for answers in [&[][..], &keys(&[SHOW]), &keys(&["stops"]), &keys(&[SHOW, "stops"])] {
        let said = answered(&sandbox, "interview", answers);
        let is_told = ["nothing answered", "cancelled; nothing was changed"];
        assert!(is_told.iter().any(|words| said.contains(words)), "{said}");
    }
    assert_eq!(events(&sandbox), before);
}

#[test]
fn a_session_ends_in_one_json_document() {
    let sandbox = quiz();
    let said = answered(&sandbox, "interview -n 1 --json", &keys(&[SHOW, "good"]));
    let document = said.split("--- stderr ---").next().unwrap();
    let document: serde_json::Value = serde_json::from_str(document).unwrap();
    assert_eq!(document["mode"], "session");
    assert_eq!(
        document["answered"],
        json!([{
            "ref": "quiz/question:full-queue", "title": "The queue is full. What now?",
            "grade": "good", "on": "2026-11-20", "due_on": "2026-11-22", "times": 1,
        }])
    );
}

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

    all that is left is to prove what you studied: `milepost done REF` for each
    skill you have
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
    let before = events(&sandbox);
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
    error: nowhere.toml cannot be read: there is no such file or directory
    hint: check the name and the permissions of the file
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
    error: the argument '--answers <FILE>' cannot be used with '--list'

    Usage: milepost interview --answers <FILE> [PATH]

    For more information, try '--help'.
    [exit 2]
    $ interview --on yesterday
    --- stderr ---
    error: `milepost interview` needs --answers FILE
      --answers FILE: Read grades from a TOML file (`-` for standard input)
    hint: for example `milepost interview --answers grades.toml --on yesterday`
    hint: `milepost interview --help` explains the rest
    [exit 2]
    "#);
    assert_eq!(events(&sandbox), before);
    sandbox.write("none.toml", "[grades]\n");
    assert_eq!(sandbox.ok(["interview", "--answers", "none.toml"]), "nothing answered\n");
}

#[test]
fn a_path_without_questions_says_where_there_are_some() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.play(
        "interview --list
         interview tools --list",
    ), @"
    $ interview --list
    --- stderr ---
    error: you follow no path yet
    hint: these paths have some: `ai-integration`, `ml-engineering`, `web`; `milepost interview PATH` asks them
    [exit 1]
    $ interview tools --list
    --- stderr ---
    error: `tools` has no interview questions
    hint: these paths have some: `ai-integration`, `ml-engineering`, `web`; `milepost interview PATH` asks them
    [exit 1]
    ");
    assert!(!sandbox.db().exists());
}

#[test]
fn questions_are_shown_and_found_by_the_name_that_answers_them() {
    let sandbox = quiz();
    insta::assert_snapshot!(sandbox.play(
        "show stampede
         show quiz/question:stampde
         show question:dead-letters
         done stampede
         search hot expires",
    ), @"
    $ show stampede
    A hot key expires. What happens?  quiz/question:stampede

    topic      About caches
    exercises  quiz/caches
    due        any time: it is new

    A strong answer covers
      All ask at once; one should fill.
    $ show quiz/question:stampde
    --- stderr ---
    error: no interview question is called `quiz/question:stampde`
    hint: did you mean `quiz/question:stampede`?
    [exit 1]
    $ show question:dead-letters
    What goes into a dead letter queue?  quiz/question:dead-letters

    topic      About queues
    exercises  quiz/queues
    due        any time: it is new
    $ done stampede
    --- stderr ---
    error: quiz/question:stampede is an interview question
    hint: `milepost show quiz/question:stampede` shows it, `milepost interview` asks it
    [exit 1]
    $ search hot expires
        A hot key expires. What happens?  quiz/question:stampede  question
    ");
    let found = sandbox.json(["search", "hot", "expires"])["items"][0]["ref"].clone();
    let shown = sandbox.json(["show", found.as_str().unwrap()]);
    assert_eq!((&shown["kind"], &shown["ref"]), (&json!("question"), &found));
}

#[test]
fn an_id_of_two_paths_is_the_followed_one_or_needs_its_path() {
    let sandbox = quiz();
    let other = QUIZ.replace("id = \"quiz\"", "id = \"other\"");
    sandbox.write(".config/milepost/paths/other.toml", &other);
    assert!(sandbox.ok(["show", "stampede"]).contains("quiz/question:stampede"));
    sandbox.ok(["start", "other"]);
    sandbox.write("grades.toml", "[grades]\nstampede = \"good\"\n\"other/stampede\" = \"hard\"\n");
    insta::assert_snapshot!(sandbox.play(
        "show stampede
         show other/stampede
         interview --answers grades.toml
         interview --list -n 2",
    ), @"
    $ show stampede
    --- stderr ---
    error: `stampede` could mean 2 questions
    hint: did you mean `other/question:stampede` or `quiz/question:stampede`?
    [exit 1]
    $ show other/stampede
    A hot key expires. What happens?  other/question:stampede

    topic      About caches
    exercises  other/caches
    due        any time: it is new

    A strong answer covers
      All ask at once; one should fill.
    $ interview --answers grades.toml
    --- stderr ---
    error: 1 problem in grades.toml, so nothing was recorded:
      grades.toml:2:1: `stampede` could mean 2 questions; did you mean `other/question:stampede` or `quiz/question:stampede`?
    [exit 1]
    $ interview --list -n 2
    new  -  other/full-queue    The queue is full. What now?
    new  -  other/dead-letters  What goes into a dead letter queue?
    ");
}

#[test]
fn mock_interviews_are_listed_and_shown() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.play(
        "interview --practice
         interview --practice design
         interview --practice desing",
    ), @"
    $ interview --practice
    Design an API  design  45 min
      Design one and defend it.

    `milepost interview --practice ID` shows the criteria of one.
    $ interview --practice design
    Design an API  design  45 min
      Design one and defend it.

    You did well if
      - A diagram is there.
    $ interview --practice desing
    --- stderr ---
    error: there is no mock interview `desing`
    hint: did you mean `design`?
    [exit 1]
    ");
}

#[test]
fn reviews_that_are_due_are_on_the_dashboard_and_with_what_is_next() {
    let mut sandbox = quiz();
    sandbox.write("grades.toml", "[grades]\nstampede = \"good\"\nfull-queue = \"easy\"\n");
    sandbox.ok(["interview", "--answers", "grades.toml"]);
    assert_eq!(sandbox.json([""; 0])["reviews_due"], 0);
    assert!(!sandbox.run([""; 0]).contains("due"));
    for (now, due, line) in [
        ("2026-11-22T09:00:00Z", 1, "1 interview question is due: `milepost interview`"),
        ("2026-12-22T09:00:00Z", 2, "2 interview questions are due: `milepost interview`"),
    ] {
        sandbox.set("MILEPOST_NOW", now);
        assert_eq!(sandbox.json([""; 0])["reviews_due"], due);
        assert_eq!(sandbox.json(["next"])["reviews_due"], due);
        let due = line.split(':').next().unwrap();
        assert!(sandbox.ok([""; 0]).contains(&format!("{due}, about ")));
        assert!(sandbox.run(["next"]).contains(line));
    }
    assert!(sandbox.run(["next", "quiz"]).contains("`milepost interview quiz`"));
    assert_eq!(sandbox.json(["next", "web"])["reviews_due"], 0, "of another path");
    // Stopped, it asks nothing, and the answers are kept.
    sandbox.ok(["stop", "quiz"]);
    sandbox.ok(["start", "tools"]);
    assert_eq!(sandbox.json(["next"])["reviews_due"], 0);
    let answers = json!([
        {"ref": "quiz/question:full-queue", "on": "2026-11-20", "grade": "easy"},
        {"ref": "quiz/question:stampede", "on": "2026-11-20", "grade": "good"},
    ]);
    assert_eq!(sandbox.json(["export"])["answers"], answers);
    assert_eq!(sandbox.json(["export", "quiz"])["answers"], answers);
    assert_eq!(sandbox.json(["export", "tools"])["answers"], json!([]));
    // Gone, its questions are due for nobody.
    std::fs::remove_file(sandbox.home().join(".config/milepost/paths/quiz.toml")).unwrap();
    assert_eq!(sandbox.json([""; 0])["reviews_due"], 0);
    assert_eq!(sandbox.json(["export"])["answers"], answers);
}
