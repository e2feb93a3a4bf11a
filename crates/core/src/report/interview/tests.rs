use super::*;
use crate::model::fixture::day;
use crate::report::Refusal as Refused;
use crate::report::fixture::{Home, refused};

const QUIZ: &str = r#"format = 1
id = "quiz"
title = "Quiz"

[[stages]]
id = "only"
title = "Only"

[[stages.topics]]
id = "queues"
title = "Queues"
hours = 4
skills = [{ id = "backpressure", title = "Backpressure" }]

[[interview]]
id = "about-queues"
title = "About queues"
topics = ["queues"]
questions = [
  { id = "full-queue", ask = "The queue is full. What now?" },
  { id = "dead-letters", ask = "What goes into a dead letter queue?" },
]
"#;

const CAREER: &str = r#"format = 1
kind = "career"
title = "Careers"

[[practice]]
id = "design"
title = "Design an API"
minutes = 45
task = "Design one and defend it."
criteria = ["A diagram is there."]
"#;

fn home() -> Home {
    let plain = QUIZ.split("[[interview]]").next().unwrap().replace("quiz", "plain");
    Home::with(&[("quiz.toml", QUIZ), ("plain.toml", &plain), ("career.toml", CAREER)])
}

fn answers(given: &[(&str, Grade)], just_now: Option<Stamp>) -> Answers {
    let given = given.iter().map(|(question, grade)| ((*question).to_owned(), *grade));
    Answers { given: given.collect(), on: day(11, 20), just_now }
}

fn quiz(most: Option<usize>, open: bool) -> Questions {
    Questions { path: Some("quiz".to_owned()), most, open }
}

/// How often each question of a list was answered, with its code.
fn list(query: &Questions, home: &Home) -> Vec<(String, usize, &'static str)> {
    let report = questions(query, &home.app()).unwrap();
    let line = |one: QuestionPart| {
        let id = one.reference.as_str().rsplit(':').next().unwrap().to_owned();
        (id, one.times, one.because.code())
    };
    report.questions.into_iter().map(line).collect()
}

#[test]
fn a_file_records_an_answer_once_and_a_session_each() {
    let home = home();
    let given = [("full-queue", Grade::Again)];
    for (just_now, answered, times) in
        [(false, 1, 1), (false, 0, 1), (true, 1, 2), (true, 1, 3), (false, 0, 3)]
    {
        let app = home.app();
        let stamp = just_now.then_some(app.stamp);
        let report = record(&answers(&given, stamp), &app).unwrap();
        assert_eq!(report.answered.len(), answered);
        assert_eq!(report.answered.len() + report.unchanged.len(), 1);
        assert!(report.answered.iter().all(|one| one.times == times));
        let full = ("full-queue".to_owned(), times, "answered-today");
        let new = ("dead-letters".to_owned(), 0, "new");
        assert_eq!(list(&quiz(None, false), &home), [new.clone(), full]);
        // A session asks nothing twice a day.
        assert_eq!(list(&quiz(None, true), &home), [new]);
    }
    assert_eq!(list(&quiz(Some(1), false), &home).len(), 1);
}

#[test]
fn one_wrong_answer_keeps_all_of_them_back() {
    let home = home();
    let given = [("full-queue", Grade::Good), ("full-que", Grade::Good)];
    let refusal = refused(record(&answers(&given, None), &home.app()));
    assert!(matches!(refusal, Refused::Unknown { what: Named::Question, .. }), "{refusal:?}");
    assert!(!home.file("record.db").exists());
    assert!(record(&answers(&[], None), &home.app()).unwrap().answered.is_empty());
    assert!(!home.file("record.db").exists());
}

#[test]
fn where_there_are_no_questions_the_paths_with_some_are_named() {
    let home = home();
    for (path, named) in [(Some("plain"), Some("plain")), (None, None)] {
        let path = path.map(str::to_owned);
        let Refused::Interview(Refusal::NoQuestions { path, none, with }) =
            refused(report(&Query::Readiness(path), &home.app()))
        else {
            panic!("there are questions");
        };
        assert_eq!((path.as_deref(), none.is_none()), (named, named.is_some()));
        assert!(with.contains(&"quiz".to_owned()) && !with.contains(&"plain".to_owned()));
    }
}

#[test]
fn mock_interviews_are_found_by_id_or_title() {
    let home = home();
    for (name, count) in [(None, Some(1)), (Some("design an api"), Some(1)), (Some("desing"), None)]
    {
        let query = Query::Practice(name.map(str::to_owned));
        match count {
            Some(count) => {
                let practice = report(&query, &home.app()).unwrap().report.practice;
                assert_eq!(practice.len(), count);
            }
            None => assert!(matches!(
                refused(report(&query, &home.app())),
                Refused::Unknown { what: Named::Practice, near, .. } if near == ["design"]
            )),
        }
    }
}

#[test]
fn readiness_says_what_to_do_next() {
    let home = home();
    let query = Query::Readiness(Some("quiz".to_owned()));
    let advice = || report(&query, &home.app()).unwrap().report.readiness[0].advice.clone();
    assert_eq!(advice().code(), "finish-topic");
    let early = Answers { on: day(10, 1), ..answers(&[("full-queue", Grade::Good)], None) };
    record(&early, &home.app()).unwrap();
    assert_eq!(advice(), Advice::Due(1));
}
