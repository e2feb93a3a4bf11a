//! `interview`: sessions at the terminal, answers from files, lists and readiness; and where else
//! questions are met.

mod files;

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
    let before = sandbox.events();
    let mut answers = keys(&[SHOW, "good", SHOW]);
    answers.push(Cancel);
    let said = answered(&sandbox, "interview", &answers);
    let end = said.split("About caches").last().unwrap();
    assert!(said.starts_with("good   The queue is full."), "{said}");
    assert!(end.contains("stopped; 1 answer saved") && end.ends_with("[exit 130]\n"), "{said}");
    assert_eq!(sandbox.events(), before + 1);
    // To stop is no accident.
    let said = answered(&sandbox, "interview", &keys(&[SHOW, "hard", "stops"]));
    assert!(!said.contains("[exit") && said.contains("1 answer: 1 hard"), "{said}");
    assert_eq!(sandbox.events(), before + 2);
    // What is left out stays as it was; what was answered today is not asked again.
    let said = answered(&sandbox, "interview", &keys(&["skips", SHOW, "good"]));
    assert!(
        said.starts_with("nothing answered\n") && said.matches(" of 1)").count() == 1,
        "{said}"
    );
    assert_eq!(sandbox.events(), before + 2);
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
    let before = sandbox.events();
    for answers in [&[][..], &keys(&[SHOW]), &keys(&["stops"]), &keys(&[SHOW, "stops"])] {
        let said = answered(&sandbox, "interview", answers);
        let is_told = ["nothing answered", "cancelled; nothing was changed"];
        assert!(is_told.iter().any(|words| said.contains(words)), "{said}");
    }
    assert_eq!(sandbox.events(), before);
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
fn a_path_without_questions_says_where_there_are_some() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.play(
        "interview --list
         interview tools --list",
    ), @"
    $ interview --list
    --- stderr ---
    error: you follow no path yet
    hint: these paths have some: `ai-integration`, `ml-engineering`, `web`; for example `milepost interview ai-integration`
    [exit 1]
    $ interview tools --list
    --- stderr ---
    error: `tools` has no interview questions
    hint: these paths have some: `ai-integration`, `ml-engineering`, `web`; for example `milepost interview ai-integration`
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
