//! Changes that need more than one step or more than one file, and the answers of somebody at a terminal.

mod back;

use super::*;
use milepost_core::effects::Tick;

/// What is refused, as what is told of it.
fn refused(world: &World, query: &Query) -> (Refusal, Vec<String>) {
    let (installed, events) = (world.installed(), world.events());
    let Err(Error::Refused(refusal)) = world.ask(query) else { panic!("not refused: {query:?}") };
    let Refused::Add(refusal) = *refusal else { panic!("{refusal:?}") };
    assert_eq!((world.installed(), world.events()), (installed, events), "something changed");
    let told = match &*refusal {
        Refusal::Open(report, _) | Refusal::Doubtful(report) => told(report),
        _ => Vec::new(),
    };
    (*refusal, told)
}

fn yes(texts: &[&str]) -> Query {
    Query { yes: true, ..files(texts) }
}

/// A path of one topic.
fn small(skills: &str) -> String {
    format!(
        "format = 1\nid = \"course\"\ntitle = \"P\"\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
         [[stages.topics]]\nid = \"t\"\ntitle = \"T\"\nhours = 4\nskills = [{skills}]\n"
    )
}

fn marked(world: &World, marks: &[(&str, Status)]) {
    let entry = |(id, status): &(&str, Status)| {
        let remark = Annotation { note: None, evidence: vec![format!("u-{id}")] };
        let fact = EventKind::Marked { status: *status, known: false, remark, item: None };
        super::entry(&format!("course/{id}"), fact)
    };
    let started = super::entry("course", EventKind::Started(Goals::default()));
    world.record([started].into_iter().chain(marks.iter().map(entry)).collect());
}

#[test]
fn an_id_with_another_thing_does_not_get_its_evidence() {
    let world = World::new();
    world.install("course", &small("{ id = \"k\", title = \"Bread\" }"));
    marked(&world, &[("k", Status::Done)]);
    let sailing = small("{ id = \"k\", title = \"Sailing\" }");
    let (refusal, told) = refused(&world, &yes(&[&sailing]));
    assert!(matches!(refusal, Refusal::Doubtful(_)));
    assert_eq!(
        told[2..4],
        ["same id, different thing?, 1:", "  course/k \"Bread\" (done) -> \"Sailing\""]
    );
    // At a terminal it is a question, and both answers are possible.
    let (refusal, _) = refused(&world, &files(&[&sailing]));
    let Refusal::Open(_, doubts) = refusal else { panic!("{refusal:?}") };
    let [doubt @ Doubt::Another(_)] = doubts.as_slice() else { panic!("{doubts:?}") };
    let replace = Doubt::Replace("course".to_owned(), Kind::Update);
    for (another, state) in [(true, None), (false, Some("done+"))] {
        let mut query = Query { answers: vec![(doubt.clone(), another)], ..files(&[&sailing]) };
        let (refusal, _) = refused(&world, &query);
        let Refusal::Open(_, last) = refusal else { panic!("{refusal:?}") };
        assert_eq!(last, std::slice::from_ref(&replace));
        query.answers.push((replace.clone(), true));
        world.ask(&query).unwrap();
        assert_eq!(world.state().get("k").map(String::as_str), state);
        world.ask(&Query { back: Some("course".to_owned()), lose: true, ..yes(&[]) }).unwrap();
        assert_eq!(world.state()["k"], "done+");
    }
}

#[test]
fn merging_is_the_same_in_whatever_order() {
    for order in ["\"b\", \"a\"", "\"a\", \"b\""] {
        let world = World::new();
        world.install(
            "course",
            &small("{ id = \"a\", title = \"A\" }, { id = \"b\", title = \"B\" }"),
        );
        marked(&world, &[("a", Status::Done), ("b", Status::Skipped)]);
        let v2 = small(&format!("{{ id = \"c\", title = \"C\", replaces = [{order}] }}"));
        world.ask(&yes(&[&v2])).unwrap();
        assert_eq!(world.state()["c"], "done+");
    }
}

#[test]
fn a_replaces_that_is_dropped_takes_the_tick_and_one_that_is_added_brings_it_back() {
    let world = World::new();
    let v2 = small("{ id = \"c\", title = \"C\", replaces = [\"a\"] }");
    let v3 = small("{ id = \"c\", title = \"C\" }");
    world.install("course", &v2);
    marked(&world, &[("a", Status::Done)]);
    let (_, told) = refused(&world, &yes(&[&v3]));
    assert_eq!(
        told[2..4],
        ["ticks lost, 1:", "  C course/c: done since 2026-11-01 -> todo, by course/a"]
    );
    world.ask(&Query { lose: true, ..yes(&[&v3]) }).unwrap();
    assert_eq!(world.state().get("c"), None);
    let (_, told) = refused(&world, &yes(&[&v2]));
    assert_eq!(
        told[2..4],
        ["newly marked, 1:", "  C course/c: todo -> done since 2026-11-01, by course/a"]
    );
    world.ask(&Query { lose: true, ..yes(&[&v2]) }).unwrap();
    assert_eq!(world.state()["c"], "done+");
}

#[test]
fn what_is_removed_is_previewed_from_the_record() {
    let world = World::with_record();
    let before = world.state();
    let removed =
        || milepost_core::report::remove::Query { path: "course".to_owned(), ..Default::default() };
    let report = milepost_core::report::remove::report(&removed(), &world.app()).unwrap().report;
    let effects = report.effects.unwrap();
    assert_eq!((effects.lost.len(), effects.answers_lost.len()), (21, 3));
    assert_eq!(effects.percent.after, None);
    assert_eq!(fs::read_to_string(report.kept.unwrap()).unwrap(), V1);
    // The same again brings all back, and asks nothing.
    let same = world.ask(&files(&[V1])).unwrap();
    let told = same.added[0].effects.clone().unwrap();
    assert!(!told.are_doubtful() && told.looks_renamed.is_empty(), "{told:?}");
    assert_eq!(world.state(), before);
    let _ = milepost_core::report::remove::report(&removed(), &world.app()).unwrap();
    let v2 = edited(
        V1,
        &[
            (r#"{ id = "k1","#, r#"{ id = "csv","#),
            (r#""Joining tables""#, r#""Knitting""#),
            ("  { id = \"k3\", title = \"Missing values\" },\n", ""),
            (r#"{ id = "q1","#, r#"{ id = "missing","#),
        ],
    );
    let (refusal, told) = refused(&world, &files(&[&v2]));
    assert!(matches!(refusal, Refusal::Open(..)), "even though the path is new");
    assert_eq!(
        told,
        [
            "would be added: Data Course (course)",
            "ticks lost, 1:",
            "  Missing values course/k3: done since 2026-11-01 -> gone",
            "looks renamed, 2:",
            "  course/k1 -> course/csv Reading CSV files (same title)",
            "  course/question:q1 -> course/question:missing What is a missing value? (same title)",
            "same id, different thing?, 1:",
            "  course/k2 \"Joining tables\" (done) -> \"Knitting\"",
        ]
    );
    assert!(matches!(refused(&world, &yes(&[&v2])).0, Refusal::Doubtful(_)));
    world.ask(&Query { carry: true, lose: true, ..yes(&[&v2]) }).unwrap();
    let changed = differences(&before, &world.state());
    assert_eq!(
        changed,
        [
            "% 70.2 -> 64.4",
            "csv - -> done+",
            "k1 done+ -> -",
            "k2 done -> -",
            "k3 done -> -",
            "missing - -> 1 answers",
            "q1 1 answers -> -",
        ]
    );
}

#[test]
fn another_path_with_the_same_id_must_be_wanted() {
    let world = World::with_record();
    let before = world.state();
    let other = "format = 1\nid = \"course\"\ntitle = \"Watercolour\"\n[[stages]]\nid = \"basics\"\n\
        title = \"Brushes\"\n[[stages.topics]]\nid = \"t1\"\ntitle = \"Paper\"\nhours = 4\n\
        skills = [{ id = \"k1\", title = \"Washes\" }, { id = \"k2\", title = \"Glazing\" }]\n";
    for query in [yes(&[other]), Query { lose: true, carry: true, ..yes(&[other]) }] {
        assert!(matches!(refused(&world, &query).0, Refusal::Doubtful(_)));
    }
    let (refusal, _) = refused(&world, &files(&[other]));
    let Refusal::Open(_, doubts) = refusal else { panic!("{refusal:?}") };
    assert_eq!(doubts, [Doubt::AnotherPath("course".to_owned())]);
    assert!(matches!(
        refused(&world, &Query { force: true, ..yes(&[other]) }).0,
        Refusal::Doubtful(_)
    ));
    world.ask(&Query { force: true, lose: true, ..yes(&[other]) }).unwrap();
    let now = world.state();
    assert_eq!((now.len(), &*now["%"]), (1, "0"), "nothing of it is marked: {now:?}");
    world
        .ask(&Query { back: Some("course".to_owned()), lose: true, force: true, ..yes(&[]) })
        .unwrap();
    assert_eq!(world.state(), before);
}

#[test]
fn a_path_with_another_id_goes_on_where_the_file_says_so() {
    let world = World::with_record();
    let before = world.state();
    let renamed = edited(V1, &[(r#"id = "course""#, "id = \"data\"\nreplaces = [\"course\"]")]);
    fs::remove_file(world.paths().join("course.toml")).unwrap();
    let report = world.ask(&files(&[&renamed])).unwrap();
    assert_eq!(report.added[0].renamed_from.as_deref(), Some("course"));
    assert_eq!(world.state(), before);
    // And with a thing of another id in it.
    let csv = edited(&renamed, &[(r#"{ id = "k1","#, r#"{ id = "csv","#)]);
    let (_, told) = refused(&world, &yes(&[&csv]));
    assert_eq!(
        told[2..4],
        ["looks renamed, 1:", "  data/k1 -> data/csv Reading CSV files (same title)"]
    );
    world.ask(&Query { carry: true, ..yes(&[&csv]) }).unwrap();
    assert_eq!(differences(&before, &world.state()), ["csv - -> done+", "k1 done+ -> -"]);
}

#[test]
fn what_other_files_name_is_told_when_it_goes() {
    let world = World::with_record();
    let next = "format = 1\nid = \"next\"\ntitle = \"Next\"\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
        [[stages.topics]]\nid = \"u\"\ntitle = \"U\"\nhours = 4\nrequires = [\"course/t1\", \"course/k1\"]\n\
        skills = [{ id = \"x\", title = \"X\" }]\n";
    world.install("next", next);
    let career = "format = 1\nkind = \"career\"\ntitle = \"C\"\n[[areas]]\nid = \"data\"\ntitle = \"Data\"\n\
        levels = [\"I a.\", \"I b.\", \"I c.\", \"I d.\"]\n\
        raised_by = [{ by = \"course/m1\", weight = 3, level = 1 }]\n";
    world.install("career", career);
    let v2 = edited(
        V1,
        &[
            (r#"id = "t1""#, r#"id = "tables""#),
            (r#"requires = ["t1"]"#, r#"requires = ["tables"]"#),
            (r#"topics = ["t1"]"#, r#"topics = ["tables"]"#),
            (r#"{ id = "k1","#, r#"{ id = "csv", replaces = ["k1"],"#),
            (r#"id = "m1""#, r#"id = "clean""#),
        ],
    );
    let report = world.ask(&Query { dry_run: true, ..files(&[&v2]) }).unwrap();
    let dependents = &report.added[0].effects.as_ref().unwrap().dependents;
    let named: Vec<String> =
        dependents.iter().map(|one| format!("{} {}", one.path, one.reference)).collect();
    assert_eq!(named, ["next course/t1", "career course/m1"], "what is renamed is found");
    // Added together with what names the new ids, nothing is hurt.
    let next = next.replace("course/t1", "course/tables");
    let report = world.ask(&Query { dry_run: true, ..files(&[&v2, &next]) }).unwrap();
    let dependents = &report.added[0].effects.as_ref().unwrap().dependents;
    assert_eq!(dependents.len(), 1, "{dependents:?}");
}

const CAREER: &str = r#"format = 1
kind = "career"
title = "Crafts"

[[areas]]
id = "tools"
title = "Tools"
levels = ["I use one.", "I use two.", "I choose them.", "I make them."]

[[areas]]
id = "ops"
title = "Deployment"
levels = ["I copy files.", "I write scripts.", "I plan releases.", "I teach it."]
"#;

#[test]
fn a_career_file_is_previewed_as_well() {
    let told_of = |edit: &[(&str, &str)]| {
        let world = World::new();
        world.install("career", CAREER);
        let fact = |level| EventKind::Assessed { level, remark: Annotation::default() };
        let areas = [("career/area:tools", 1), ("career/area:ops", 2)];
        world.record(areas.iter().map(|(area, level)| entry(area, fact(*level))).collect());
        let v2 = edited(CAREER, edit);
        let dry = world.ask(&Query { dry_run: true, ..files(&[&v2]) }).unwrap();
        let levels = || {
            let (app, standing) = (world.app(), fixture::standing(&world.app()));
            let areas = app.catalog().career().unwrap().areas.clone();
            let many = |area: &milepost_path::Area| -> usize {
                area.ids().map(|id| standing.assessments(id).len()).sum()
            };
            areas.iter().map(|area| format!("{} {}", area.id, many(area))).collect::<Vec<_>>()
        };
        let before = levels();
        let is_refused = world.ask(&yes(&[&v2])).is_err();
        world.ask(&Query { carry: true, lose: true, ..yes(&[&v2]) }).unwrap();
        let after = levels();
        world.ask(&Query { back: Some("career".to_owned()), lose: true, ..yes(&[]) }).unwrap();
        assert_eq!(levels(), before, "back");
        (told(&dry)[1..].to_vec(), is_refused, after)
    };
    let none: [&str; 0] = [];
    let (told, is_refused, after) = told_of(&[(r#""Crafts""#, r#""All crafts""#)]);
    assert_eq!(
        (told, is_refused, after),
        (none.map(str::to_owned).to_vec(), false, vec!["tools 1".to_owned(), "ops 1".to_owned()])
    );
    let (told, is_refused, after) = told_of(&[(r#"id = "ops""#, r#"id = "deploy""#)]);
    assert_eq!(
        told,
        ["looks renamed, 1:", "  career/area:ops -> career/area:deploy Deployment (same title)"]
    );
    assert_eq!((is_refused, after), (true, vec!["tools 1".to_owned(), "deploy 1".to_owned()]));
    let statements = r#"["I copy files.", "I write scripts.", "I plan releases.", "I teach it."]"#;
    let cluster =
        r#"["I know what a cluster is.", "I run a cluster.", "I mend one.", "I build one."]"#;
    let (told, is_refused, after) = told_of(&[(statements, cluster)]);
    assert_eq!(
        told,
        [
            "same id, different thing?, 1:",
            "  career/area:ops \"Deployment\" (1 assessment) -> \"Deployment\"",
        ]
    );
    assert_eq!((is_refused, after), (true, vec!["tools 1".to_owned(), "ops 0".to_owned()]));
    let area = format!("[[areas]]\nid = \"ops\"\ntitle = \"Deployment\"\nlevels = {statements}\n");
    let (told, is_refused, after) = told_of(&[(&area, "")]);
    assert_eq!(told, ["levels lost, 1:", "  career/area:ops"]);
    assert_eq!((is_refused, after), (true, vec!["tools 1".to_owned()]));
}

#[test]
fn each_doubt_is_asked_once_and_in_order() {
    let world = World::with_record();
    let v2 = edited(
        V1,
        &[
            (r#"{ id = "k1","#, r#"{ id = "csv","#),
            (
                r#"{ id = "k2", title = "Joining tables" }"#,
                r#"{ id = "k2", title = "Spreadsheets" }"#,
            ),
            (
                r#"{ id = "k4", title = "Spreadsheets" }"#,
                r#"{ id = "k4", title = "Joining tables" }"#,
            ),
            (r#""A data report""#, r#""Something else""#),
        ],
    );
    let mut query = files(&[&v2]);
    let mut asked = Vec::new();
    let report = loop {
        match world.ask(&query) {
            Ok(report) => break report,
            Err(Error::Refused(refusal)) => {
                let Refused::Add(refusal) = *refusal else { panic!("{refusal:?}") };
                let Refusal::Open(_, doubts) = *refusal else { panic!("{refusal:?}") };
                for doubt in doubts {
                    let (text, yes) = match &doubt {
                        Doubt::Renamed(one) => (format!("{} -> {}", one.from, one.to), true),
                        Doubt::Another(one) => (format!("another {}", one.reference), true),
                        doubt => (format!("{doubt:?}"), true),
                    };
                    asked.push(text);
                    query.answers.push((doubt, yes));
                }
            }
            Err(error) => panic!("{error:?}"),
        }
    };
    assert_eq!(
        asked,
        [
            "course/k1 -> course/csv",
            "course/k2 -> course/k4",
            "course/k4 -> course/k2",
            "another course/m3",
            "Replace(\"course\", Update)",
        ]
    );
    let state = world.state();
    assert_eq!((&*state["csv"], &*state["k2"], &*state["k4"]), ("done+", "skipped", "done"));
    assert_eq!(state.get("m3"), None);
    // What was decided is one command, which undo takes back.
    let effects = report.added[0].effects.as_ref().unwrap();
    let apart: Vec<Tick> = effects.set_apart.iter().map(|one| one.status).collect();
    assert_eq!(apart, [Tick::Done, Tick::Skipped, Tick::Doing]);
    let app = world.app();
    let _ =
        milepost_core::report::undo::report(&milepost_core::report::undo::Query::default(), &app)
            .unwrap();
    let state = world.state();
    assert_eq!((state.get("csv"), &*state["k2"], &*state["k4"]), (None, "done", "skipped"));
    assert_eq!(state["m3"], "doing");
}

#[test]
fn a_path_under_another_id_is_told_with_the_line_that_says_so() {
    let skills = "{ id = \"k\", title = \"Bread\" }, { id = \"l\", title = \"Butter\" }";
    let course = small(skills);
    let other = |text: &str| text.replace("id = \"course\"", "id = \"kitchen\"");
    let said = |world: &World, text: &str| {
        let query = Query { dry_run: true, ..files(&[text]) };
        let hints = report(&query, &world.app()).unwrap().hints;
        hints.iter().map(crate::words::hint).collect::<Vec<_>>()
    };
    let world = World::new();
    world.install("course", &course);
    marked(&world, &[("k", Status::Done), ("l", Status::Done)]);
    let installed = said(&world, &other(&course));
    insta::assert_snapshot!(installed.join("\n"), @r#"`kitchen` looks like `course` under another id; to keep your record of it, put `replaces = ["course"]` above the first table of its file and add it again, then `milepost remove course`"#);
    // The new version can have grown, and its ids can be others.
    let grown = other(&small(
        "{ id = \"one\", title = \"Bread\" }, { id = \"two\", title = \"butter\" }, \
         { id = \"three\", title = \"Cheese\" }",
    ));
    assert_eq!(said(&world, &grown), installed);
    // What the file says itself needs no hint, and neither does another path.
    let named = other(&course).replacen("title", "replaces = [\"course\"]\ntitle", 1);
    assert_eq!(said(&world, &named), [""; 0]);
    let unlike = small("{ id = \"k\", title = \"Sailing\" }, { id = \"l\", title = \"Butter\" }");
    assert_eq!(said(&world, &other(&unlike)), [""; 0]);
    // The record alone tells it, too.
    fs::remove_file(world.paths().join("course.toml")).unwrap();
    let recorded = said(&world, &other(&course));
    insta::assert_snapshot!(recorded.join("\n"), @r#"`kitchen` looks like `course` under another id; to keep your record of it, put `replaces = ["course"]` above the first table of its file and add it again"#);
    assert_eq!(said(&world, &course), [""; 0]);
}
