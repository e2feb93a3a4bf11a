use fsrs::FSRSReview;
use milepost_path::Ref;
use proptest::prelude::*;

use super::*;
use crate::model::fixture::{cases, day, sketch, standing};
use crate::model::progress::Count;
use crate::model::standing::{Standing, Status, SubjectState};
use Grade::{Again, Easy, Good, Hard};

fn answer(on: NaiveDate, grade: Grade) -> Answer {
    Answer { on, grade }
}

/// Records answers, written as `a/q=good@3-1,easy@3-9`.
fn answered(standing: &mut Standing, texts: &[&str]) {
    for text in texts {
        let (question, answers) = text.split_once('=').unwrap();
        let (path, id) = question.split_once('/').unwrap();
        let answers = answers.split(',').map(|text| {
            let (grade, on) = text.split_once('@').unwrap();
            let (month, of_month) = on.split_once('-').unwrap();
            answer(
                day(month.parse().unwrap(), of_month.parse().unwrap()),
                Grade::parse(grade).unwrap(),
            )
        });
        let subject = SubjectState::Question(answers.collect());
        standing.put(&Ref::question(path, id), Some(subject));
    }
}

fn any_answers() -> impl Strategy<Value = Vec<Answer>> {
    let answer = (0u64..400, proptest::sample::select(Grade::ALL.to_vec()))
        .prop_map(|(days, grade)| answer(day(1, 1) + Days::new(days), grade));
    proptest::collection::vec(answer, 1..12)
}

#[test]
fn when_a_question_is_due() {
    for (answers, times, due_on) in [
        (&[(Again, day(3, 1))][..], 1, day(3, 2)),
        (&[(Hard, day(3, 1))], 1, day(3, 2)),
        (&[(Good, day(3, 1))], 1, day(3, 3)),
        (&[(Easy, day(3, 1))], 1, day(3, 9)),
        (&[(Good, day(3, 1)), (Good, day(3, 3))], 2, day(3, 14)),
        (&[(Good, day(3, 1)), (Good, day(3, 3)), (Good, day(3, 14))], 3, day(4, 29)),
        (&[(Good, day(3, 1)), (Good, day(3, 3)), (Again, day(3, 14))], 3, day(3, 16)),
        // Asked again on the day on which it was not known.
        (&[(Again, day(3, 1)), (Good, day(3, 1))], 2, day(3, 2)),
    ] {
        let answers: Vec<Answer> = answers.iter().map(|(grade, on)| answer(*on, *grade)).collect();
        let memory = Memory::of(&answers).unwrap();
        assert_eq!((memory.times, memory.due_on), (times, due_on), "{answers:?}");
        assert!(!memory.is_due(due_on.pred_opt().unwrap()) && memory.is_due(due_on));
        assert_eq!(memory.recall(memory.last.on), 1.0);
    }
    assert_eq!(Memory::of(&[]), None);
}

#[test]
fn the_last_days_of_the_calendar_are_survived() {
    let memory = Memory::of(&[answer(NaiveDate::MAX, Easy), answer(NaiveDate::MIN, Good)]).unwrap();
    assert_eq!(memory.due_on, NaiveDate::MAX);
    assert_eq!(memory.last.grade, Easy);
    assert_eq!(memory.recall(NaiveDate::MIN), 1.0, "an answer for a day to come is no forgetting");
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn replaying_all_answers_is_taking_one_after_the_other(mut answers in any_answers()) {
        answers.sort_by_key(|answer| answer.on);
        let fsrs = FSRS::default();
        let mut state = None;
        let mut before = answers[0].on;
        for answer in &answers {
            let days = answer.on.signed_duration_since(before).num_days() as u32;
            let next = fsrs.next_states(state, RETENTION, days).unwrap();
            let next = match answer.grade {
                Again => next.again,
                Hard => next.hard,
                Good => next.good,
                Easy => next.easy,
            };
            state = Some(next.memory);
            before = answer.on;
        }
        prop_assert_eq!(Memory::of(&answers).unwrap().state, state.unwrap());
        let reviews = vec![FSRSReview { rating: 3, delta_t: 0 }];
        let one = fsrs.memory_state(FSRSItem { reviews }, None).unwrap();
        prop_assert_eq!(Memory::of(&[answer(before, Good)]).unwrap().state, one);
    }

    #[test]
    fn the_order_in_which_days_were_recorded_changes_nothing(answers in any_answers()) {
        let mut by_day = answers.clone();
        by_day.sort_by_key(|answer| answer.on);
        prop_assert_eq!(Memory::of(&answers), Memory::of(&by_day));
    }

    #[test]
    fn a_better_grade_is_never_due_sooner(answers in any_answers(), days in 0u64..400) {
        let last = answers.iter().map(|answer| answer.on).max().unwrap();
        let dues: Vec<NaiveDate> = Grade::ALL.into_iter().map(|grade| {
            let mut answers = answers.clone();
            answers.push(answer(last + Days::new(days), grade));
            Memory::of(&answers).unwrap().due_on
        }).collect();
        prop_assert!(dues.is_sorted(), "{:?}", dues);
    }

    #[test]
    fn what_is_forgotten_only_grows(answers in any_answers(), days in 0u64..4000) {
        let memory = Memory::of(&answers).unwrap();
        let on = memory.last.on + Days::new(days);
        let (now, later) = (memory.recall(on), memory.recall(on + Days::new(1)));
        prop_assert!(now > 0.0 && now <= 1.0 && later < now, "{} {}", now, later);
        prop_assert!(memory.due_on > memory.last.on);
        let days = memory.due_on.signed_duration_since(memory.last.on).num_days() as f64;
        prop_assert!((days - memory.stability().max(1.0)).abs() <= 0.5, "{}", days);
    }

    #[test]
    fn every_question_stands_once_in_the_order(
        done in proptest::sample::subsequence(vec!["a/x=done", "a/y=done", "b/z=done"], 0..=3),
        answers in proptest::collection::vec(proptest::option::of(any_answers()), 7),
    ) {
        let shelf = two_paths();
        let mut standing = standing(&done.join(" "));
        let paths: Vec<&Roadmap> = shelf.iter().collect();
        let questions: Vec<PathQuestion<'_>> = paths.iter().flat_map(|path| path.questions()).collect();
        for (asked, answers) in questions.iter().zip(answers) {
            standing.put(&asked.reference(), answers.map(SubjectState::Question));
        }
        let view = Learner { shelf: &shelf, standing: &standing };
        let today = day(7, 1);
        let ordered = order(&view, &paths, today);
        let mut refs: Vec<Ref> = ordered.iter().map(|one| one.asked.reference()).collect();
        prop_assert_eq!(
            order(&view, &paths, today).iter().map(|one| one.asked.reference()).collect::<Vec<_>>(),
            refs.clone()
        );
        let due_at_first = ordered.iter().take_while(|one| one.because.code() == "due").count();
        prop_assert_eq!(due_at_first, due(&view, &paths, today));
        let recalls: Vec<f64> = ordered.iter().take(due_at_first)
            .map(|one| one.memory.unwrap().recall(today)).collect();
        prop_assert!(recalls.is_sorted());
        let closed = ordered.iter().position(|one| !one.is_open).unwrap_or(ordered.len());
        prop_assert!(ordered[closed..].iter().all(|one| !one.is_open));
        refs.sort();
        let mut all: Vec<Ref> = questions.iter().map(PathQuestion::reference).collect();
        all.sort();
        prop_assert_eq!(refs, all);
        for one in readiness(&view, &paths, today) {
            prop_assert!((0.0..=100.0).contains(&one.percent));
            prop_assert_eq!(one.grades.iter().sum::<usize>(), one.answered);
            prop_assert!(one.due <= one.answered);
        }
    }
}

fn two_paths() -> Vec<Roadmap> {
    sketch(
        "path a
         stage s
         topic t 2h
         skill x
         topic u 2h needs=t
         skill y
         milestone m 4h needs=t
         milestone n 4h needs=y
         interview one needs=t
         question q1 = First?
         question q2 = Second?
         interview two needs=t,u
         question q3 = Third?
         question q4 = Fourth?
         question q5 = Fifth?
         path b
         stage s
         topic v 2h = V of b
         skill z
         interview three needs=v
         question q1 = First of b?
         question q2 = Second of b?",
    )
}

/// The order as `code ref` lines.
fn ordered(standing: &Standing, today: NaiveDate) -> Vec<String> {
    let shelf = two_paths();
    let paths: Vec<&Roadmap> = shelf.iter().collect();
    let view = Learner { shelf: &shelf, standing };
    let line = |one: Candidate<'_>| {
        let reference = one.asked.reference();
        format!("{} {}", one.because.code(), reference.as_str().replace("question:", ""))
    };
    order(&view, &paths, today).into_iter().map(line).collect()
}

#[test]
fn without_a_record_the_files_give_the_order() {
    assert_eq!(
        ordered(&Standing::default(), day(3, 10)),
        ["new a/q1", "new a/q2", "new a/q3", "new a/q4", "new a/q5", "new b/q1", "new b/q2"]
    );
}

#[test]
fn due_first_then_finished_topics_in_turn_the_weakest_first() {
    let mut record = standing("a/x=done b/z=done");
    answered(&mut record, &["a/q1=again@3-1", "a/q3=good@3-1", "a/q4=easy@3-9", "b/q2=good@3-10"]);
    assert_eq!(
        ordered(&record, day(3, 10)),
        [
            // Known worst, though not due longest.
            "due a/q1",
            "due a/q3",
            // Of one question of two something is known, of two of three, of one of two; the least
            // first.
            "finished-topic a/q2",
            "finished-topic b/q1",
            "finished-topic a/q5",
            "early a/q4",
            "answered-today b/q2",
        ]
    );
    // Topics take turns: each question that is asked makes the others of its topic wait.
    let record = standing("a/x=done b/z=done");
    assert_eq!(
        ordered(&record, day(3, 10)),
        [
            "finished-topic a/q1",
            "finished-topic b/q1",
            "finished-topic a/q3",
            "finished-topic a/q4",
            "finished-topic a/q2",
            "finished-topic b/q2",
            "finished-topic a/q5",
        ]
    );
}

#[test]
fn every_place_has_a_reason() {
    let shelf = two_paths();
    let paths: Vec<&Roadmap> = shelf.iter().collect();
    let mut record = standing("a/x=done");
    answered(&mut record, &["a/q1=good@3-1", "a/q2=easy@3-9", "b/q1=hard@3-10", "b/q2=good@3-8"]);
    let view = Learner { shelf: &shelf, standing: &record };
    let texts: Vec<String> = order(&view, &paths, day(3, 10))
        .into_iter()
        .map(|one| format!("{:.2?}", one.because))
        .collect();
    insta::assert_snapshot!(texts.join("\n"), @r#"
    Due { since: Some(2026-03-03), recall: 0.78 }
    Due { since: None, recall: 0.91 }
    FinishedTopic { titles: ["t"], of: 2 }
    FinishedTopic { titles: ["t"], of: 2 }
    FinishedTopic { titles: ["t"], of: 2 }
    Early { due_on: 2026-03-17, recall: 0.98 }
    AnsweredToday(2026-03-11)
    "#);
}

#[test]
fn only_questions_that_are_there_are_due() {
    let shelf = two_paths();
    let paths: Vec<&Roadmap> = shelf.iter().collect();
    let mut record = Standing::default();
    let due = |record: &Standing, paths: &[&Roadmap], today| {
        due(&Learner { shelf: &shelf, standing: record }, paths, today)
    };
    assert_eq!(due(&record, &paths, day(3, 10)), 0);
    answered(&mut record, &["a/q1=good@3-1", "a/gone=good@3-1", "c/q1=good@3-1", "b/q1=easy@3-9"]);
    assert_eq!(due(&record, &paths, day(3, 2)), 0);
    assert_eq!(due(&record, &paths, day(3, 10)), 1);
    assert_eq!(due(&record, &paths, day(5, 10)), 2);
    assert_eq!(due(&record, &paths[1..], day(5, 10)), 1);
}

#[test]
fn readiness_is_half_recall_a_quarter_skills_a_quarter_milestones() {
    let shelf = two_paths();
    let paths: Vec<&Roadmap> = shelf.iter().collect();
    let read = |record: &Standing, today| {
        let view = Learner { shelf: &shelf, standing: record };
        let line = |one: Readiness<'_>| {
            let Readiness { topic, percent, ref advice, .. } = one;
            format!("{} {percent} {}: {advice:?}", topic.id, advice.code())
        };
        readiness(&view, &paths, today).into_iter().map(line).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(read(&Standing::default(), day(3, 10)), @r#"
    one 0 finish-topic: FinishTopic { reference: Ref("a/t"), title: "t", left: 1, kind: Skill }
    two 0 finish-topic: FinishTopic { reference: Ref("a/t"), title: "t", left: 1, kind: Skill }
    three 0 finish-topic: FinishTopic { reference: Ref("b/v"), title: "V of b", left: 1, kind: Skill }
    "#);
    // One: 2 × 0.5 + 1 + 0 of 4; two: 0 + 0.5 + 0 of 4; three has no milestone: 0 + 1 of 3.
    let mut record = standing("a/x=done b/z=done");
    answered(&mut record, &["a/q1=good@3-10"]);
    insta::assert_snapshot!(read(&record, day(3, 10)), @"
    two 12.5 new: New(3)
    three 33.3 new: New(2)
    one 50 new: New(1)
    ");
    // What is skipped counts nowhere.
    let mut record = standing("a/x=done a/y=skipped a/m=done a/n=skipped");
    answered(&mut record, &["a/q1=good@3-10", "a/q2=easy@3-10", "b/q1=again@3-1"]);
    insta::assert_snapshot!(read(&record, day(3, 10)), @"
    three 18.6 due: Due(1)
    two 50 new: New(3)
    one 100 keep: Keep(Some(2026-03-12))
    ");
}

#[test]
fn readiness_shows_how_it_came_about() {
    let shelf = two_paths();
    let paths: Vec<&Roadmap> = shelf.iter().collect();
    let mut record = standing("a/x=done a/n=done");
    answered(&mut record, &["a/q3=good@3-1,again@3-5", "a/q4=easy@3-9"]);
    let view = Learner { shelf: &shelf, standing: &record };
    let all = readiness(&view, &paths, day(3, 10));
    let two = all.iter().find(|one| one.topic.id == "two").unwrap();
    assert_eq!(two.skills, Count { done: 1, skipped: 0, total: 2 });
    // The one requires a topic, the other a skill.
    assert_eq!(two.milestones, Count { done: 1, skipped: 0, total: 2 });
    assert_eq!((two.answered, two.due, two.grades), (2, 1, [1, 0, 0, 1]));
    assert_eq!(two.last_on, Some(day(3, 9)));
    let one = all.iter().find(|one| one.topic.id == "one").unwrap();
    assert_eq!(one.milestones, Count { done: 0, skipped: 0, total: 1 });
    assert_eq!(Status::Done, record.item("a", "n").unwrap().status);
}
