use milepost_path::Shelf;
use proptest::prelude::*;

use super::super::event::{Annotation, NewEvent};
use super::super::fixture::{Log, day, histories, item, sketch};
use super::super::learner::Learner;
use super::super::standing::{Standing, Status, fold};
use super::*;

const PATH: &str = "
    path p
    stage s
    topic t 4h
    skill a = Bread
    skill b = Sailing
    milestone m 3h = A loaf";

fn entry(subject: &str, fact: EventKind) -> NewEvent {
    NewEvent { subject: Ref::from_text(subject), title: None, fact }
}

fn mark(subject: &str, status: Status, evidence: &str) -> NewEvent {
    let remark = Annotation { note: None, evidence: vec![evidence.to_owned()] };
    entry(subject, EventKind::Marked { status, known: false, remark, item: None })
}

fn renamed(from: &str, to: &str) -> NewEvent {
    entry(to, EventKind::Renamed(Ref::from_text(from)))
}

fn set_apart(subject: &str, was: &str) -> NewEvent {
    let kind = Some(milepost_path::NodeKind::Skill);
    entry(subject, EventKind::SetApart(Thing { kind, title: was.to_owned(), ..Thing::default() }))
}

fn decisions(log: &Log) -> Decisions {
    let counting = counting_of_all(log);
    counting.iter().filter_map(|event| Decision::of(event)).collect()
}

fn counting_of_all(log: &Log) -> Vec<&Event> {
    super::super::standing::counting(&log.events)
}

/// The status and the evidence of an item of another version of the path.
fn seen(log: &Log, path: &str, reference: &str) -> String {
    let applied = sketch(path).into_iter().map(|one| decisions(log).applied_to(one));
    let shelf: Vec<_> = applied.collect();
    let view = Learner { shelf: &shelf, standing: &log.standing };
    let item = item(&shelf, reference);
    let evidence: Vec<&str> = view.evidence(&item).iter().map(|it| it.text.as_str()).collect();
    format!("{} {}", view.status(&item).as_str(), evidence.join(" ")).trim().to_owned()
}

fn log(commands: Vec<Vec<NewEvent>>) -> Log {
    let mut log = Log::default();
    commands.into_iter().for_each(|entries| log.append(entries, day(1, 1)));
    log
}

#[test]
fn a_rename_works_as_the_file_would_say_it() {
    let renamed_file = PATH.replace("skill a", "skill loaf");
    let mut log = log(vec![vec![mark("p/a", Status::Done, "u")], vec![renamed("p/a", "p/loaf")]]);
    assert_eq!(seen(&log, &renamed_file, "p/loaf"), "done u");
    // The file that has the id itself keeps its record.
    let both = PATH.replace("skill b", "skill loaf");
    assert_eq!(seen(&log, &both, "p/loaf"), "todo");
    assert_eq!(seen(&log, &both, "p/a"), "done u");
    assert_eq!(seen(&log, PATH, "p/a"), "done u");
    // What is marked from now on counts; what is recorded under the old id still arrives.
    log.append(vec![mark("p/a", Status::Doing, "v")], day(1, 2));
    assert_eq!(seen(&log, &renamed_file, "p/loaf"), "doing u v");
    log.append(vec![mark("p/loaf", Status::Todo, "w")], day(1, 3));
    assert_eq!(seen(&log, &renamed_file, "p/loaf"), "todo u v w");
    for _ in 0..3 {
        log.undo();
    }
    assert_eq!(seen(&log, &renamed_file, "p/loaf"), "todo", "the decision is taken back");
    log.redo();
    assert_eq!(seen(&log, &renamed_file, "p/loaf"), "done u");
}

#[test]
fn what_is_set_apart_stays_with_the_thing_before() {
    let sailing = PATH.replace("a = Bread", "a = Rowing");
    let mut log = log(vec![vec![mark("p/a", Status::Done, "u")], vec![set_apart("p/a", "Bread")]]);
    assert_eq!(seen(&log, &sailing, "p/a"), "todo");
    // The file that has the thing again has its record again.
    assert_eq!(seen(&log, PATH, "p/a"), "done u");
    log.append(vec![mark("p/a", Status::Doing, "v")], day(1, 2));
    assert_eq!(seen(&log, &sailing, "p/a"), "doing v");
    // A third thing: what was recorded of the second one is not the first one's.
    log.append(vec![set_apart("p/a", "Rowing")], day(1, 3));
    assert_eq!(seen(&log, &PATH.replace("a = Bread", "a = Knots"), "p/a"), "todo");
    assert_eq!(seen(&log, &sailing, "p/a"), "doing v");
    assert_eq!(seen(&log, PATH, "p/a"), "done u");
    log.undo();
    assert_eq!(seen(&log, &sailing, "p/a"), "doing v");
    log.undo();
    log.undo();
    assert_eq!(seen(&log, &sailing, "p/a"), "done u", "nothing is set apart");
}

#[test]
fn ids_can_be_exchanged_and_shifted() {
    let marks = || vec![mark("p/a", Status::Done, "u"), mark("p/b", Status::Skipped, "v")];
    let swapped = "
        path p
        stage s
        topic t 4h
        skill a = Sailing
        skill b = Bread
        milestone m 3h = A loaf";
    let apart = || vec![set_apart("p/a", "Bread"), set_apart("p/b", "Sailing")];
    let decided = [vec![renamed("p/a", "p/b"), renamed("p/b", "p/a")], apart()].concat();
    let exchanged = log(vec![marks(), decided]);
    assert_eq!(seen(&exchanged, swapped, "p/a"), "skipped v");
    assert_eq!(seen(&exchanged, swapped, "p/b"), "done u");
    // The old file, be it that it is back or that it never went.
    assert_eq!(seen(&exchanged, PATH, "p/a"), "done u");
    assert_eq!(seen(&exchanged, PATH, "p/b"), "skipped v");
    let shifted =
        PATH.replace("a = Bread", "a = Cake").replace("skill b", "skill a-2 = Bread\nskill b");
    let decided = vec![renamed("p/a", "p/a-2"), set_apart("p/a", "Bread")];
    let log = log(vec![marks(), decided, vec![mark("p/a", Status::Doing, "w")]]);
    assert_eq!(seen(&log, &shifted, "p/a-2"), "done u");
    assert_eq!(seen(&log, &shifted, "p/a"), "doing w");
    assert_eq!(seen(&log, &shifted, "p/b"), "skipped v");
}

#[test]
fn what_is_renamed_to_a_thing_is_not_carried_to_the_next_one() {
    let mut log = log(vec![
        vec![mark("p/a", Status::Done, "u")],
        vec![renamed("p/a", "p/b")],
        vec![set_apart("p/b", "Sailing")],
    ]);
    let gone = "path p\nstage s\ntopic t 4h\nskill b = ";
    assert_eq!(seen(&log, &format!("{gone}Sailing"), "p/b"), "done u");
    assert_eq!(seen(&log, &format!("{gone}Knots"), "p/b"), "todo");
    log.append(vec![renamed("p/a", "p/b")], day(1, 2));
    assert_eq!(seen(&log, &format!("{gone}Knots"), "p/b"), "done u");
}

#[test]
fn an_id_that_the_path_had_before_counts() {
    let log = log(vec![vec![mark("old/a", Status::Done, "u")], vec![renamed("old/a", "old/loaf")]]);
    let path = PATH.replace("path p", "path p was=old").replace("skill a", "skill loaf");
    assert_eq!(seen(&log, &path, "p/loaf"), "done u");
    assert!(log.standing.item("old", "a").is_some());
}

#[test]
fn questions_and_areas_are_decided_about_as_well() {
    use super::super::event::Grade;
    let answered =
        |id: &str| entry(&format!("p/question:{id}"), EventKind::Answered { grade: Grade::Good });
    let decided = log(vec![vec![answered("q")], vec![renamed("p/question:q", "p/question:why")]]);
    let path = "path p\ninterview i\nquestion why = Why?";
    let shelf: Vec<_> =
        sketch(path).into_iter().map(|one| decisions(&decided).applied_to(one)).collect();
    let view = Learner { shelf: &shelf, standing: &decided.standing };
    let asked = shelf.roadmap("p").unwrap().question("why").unwrap();
    assert_eq!(view.answers(&asked).len(), 1);

    let levels = ["I copy.", "I script.", "I run one.", "I make them."].map(str::to_owned);
    let area = |id: &str| Area {
        id: id.to_owned(),
        title: "Deployment".to_owned(),
        summary: None,
        replaces: Vec::new(),
        levels: levels.clone(),
        raised_by: Vec::new(),
    };
    let assess = |id: &str| {
        entry(
            &format!("career/area:{id}"),
            EventKind::Assessed { level: 2, remark: Annotation::default() },
        )
    };
    let apart = entry("career/area:ops", EventKind::SetApart(thing_assessed(&area("ops"))));
    let log = log(vec![
        vec![assess("ops"), assess("dep")],
        vec![renamed("career/area:dep", "career/area:deploy"), apart],
    ]);
    let career = |areas: Vec<Area>| Career { areas, ..Career::default() };
    let olds = |career: Career| -> Vec<usize> {
        let career = decisions(&log).applied_to_career(career);
        let levels = |area: &Area| area.ids().map(|id| log.standing.assessments(id).len()).sum();
        career.areas.iter().map(levels).collect()
    };
    assert_eq!(olds(career(vec![area("deploy"), area("ops")])), [1, 1], "the statements are back");
    let other = Area { levels: ["a", "b", "c", "d"].map(str::to_owned), ..area("ops") };
    assert_eq!(olds(career(vec![area("deploy"), other])), [1, 0]);
}

proptest! {
    #![proptest_config(super::super::fixture::cases(64))]

    /// Whatever was decided and taken back: the log alone says what is so, and every item of every
    /// version of a path can be looked at.
    #[test]
    fn what_follows_from_the_log_is_what_is_kept((world, log) in histories()) {
        prop_assert_eq!(&log.standing, &fold(&log.events));
        let decisions = decisions(&log);
        let shelf: Vec<Roadmap> =
            world.shelf.iter().map(|one| decisions.applied_to(one.clone())).collect();
        let view = Learner { shelf: &shelf, standing: &log.standing };
        for item in shelf.iter().flat_map(Roadmap::items) {
            let status = view.status(&item);
            // Nothing is invented: some record says so.
            let says = |standing: &Standing| {
                standing.items().iter().any(|(_, state)| state.status == status)
            };
            prop_assert!(status == Status::Todo || says(&log.standing));
        }
    }
}
