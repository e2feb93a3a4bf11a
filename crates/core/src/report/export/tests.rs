use super::super::Named;
use super::super::fixture::{Home, refused};
use super::*;
use crate::model::event::{Annotation, EventKind};
use crate::model::standing::Status;
use crate::report::Refusal as Refused;

const PATH: (&str, &str) = (
    "p.toml",
    "format = 1\nid = \"p\"\ntitle = \"The way\"\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
    [[stages.topics]]\nid = \"t\"\ntitle = \"T\"\nhours = 2\nskills = [{ id = \"a\", title = \"A\" }]\n",
);

fn done(remark: Annotation) -> EventKind {
    EventKind::Marked { status: Status::Done, known: false, remark, item: None }
}

fn evidence() -> Annotation {
    Annotation { evidence: vec!["https://example.org".to_owned()], ..Annotation::default() }
}

fn asked(home: &Home, purpose: Purpose, public: bool) -> Result<Answer<Document>> {
    report(&Query { purpose, public, ..Query::default() }, &home.app())
}

#[test]
fn what_it_is_for_decides_what_is_enough() {
    let home = Home::with(&[PATH]);
    let why = |purpose| match refused(asked(&home, purpose, false)) {
        Refused::Export(why) => why,
        other => panic!("{other:?}"),
    };
    assert!(matches!(why(Purpose::Data), Refusal::Nothing));
    // What no path has, without evidence, is no earlier work.
    let today = home.app().today();
    home.record([("gone/x", today, done(Annotation::default()))]);
    assert!(matches!(why(Purpose::Portfolio), Refusal::InNoPath));
    for purpose in [Purpose::Calendar, Purpose::Checklist, Purpose::Cards] {
        assert!(matches!(why(purpose), Refusal::InNoPath), "{purpose:?}");
    }
    let answer = asked(&home, Purpose::Data, false).unwrap();
    assert_eq!((answer.report.retired.len(), answer.hints.len()), (1, 0));
    // With evidence, it is; what is only in the data is left out, and that is said.
    home.record([("gone/y", today, done(evidence()))]);
    let answer = asked(&home, Purpose::Portfolio, false).unwrap();
    assert_eq!((answer.report.earlier.len(), answer.report.paths.len()), (1, 0));
    assert!(matches!(answer.hints[..], [Hint::LeftOut(1)]), "{:?}", answer.hints);
    assert!(matches!(why(Purpose::Calendar), Refusal::InNoPath));
    // A list of what paths have says that something is not in it.
    home.follow(&["p"]);
    let answer = asked(&home, Purpose::Checklist, false).unwrap();
    assert!(matches!(answer.hints[..], [Hint::LeftOut(2)]), "{:?}", answer.hints);
}

#[test]
fn only_a_calendar_names_the_device_and_what_has_no_day() {
    let home = Home::with(&[PATH]);
    home.follow(&["p"]);
    for (purpose, is_calendar) in
        [(Purpose::Data, false), (Purpose::Portfolio, false), (Purpose::Calendar, true)]
    {
        let answer = asked(&home, purpose, false).unwrap();
        assert_eq!(answer.report.device.is_some(), is_calendar, "{purpose:?}");
        let is_told = answer.hints.iter().any(|hint| matches!(hint, Hint::NoDay(_)));
        assert_eq!(is_told, is_calendar, "{purpose:?}");
    }
}

#[test]
fn cards_need_a_question() {
    let asks = "[[interview]]\nid = \"i\"\ntitle = \"I\"\ntopics = [\"t\"]\nquestions = [{ id = \"q\", \
                ask = \"Why?\" }]\n";
    let asking = PATH.1.replace("\"p\"", "\"asking\"").replace("The way", "Another") + asks;
    let home = Home::with(&[PATH, ("asking.toml", asking.as_str())]);
    home.follow(&["p"]);
    // What no path has any longer is not missed here.
    home.record([("gone/x", home.app().today(), done(Annotation::default()))]);
    match refused(asked(&home, Purpose::Cards, false)) {
        Refused::Export(Refusal::NoQuestions { with }) => assert_eq!(with, ["asking"]),
        other => panic!("{other:?}"),
    }
    home.follow(&["asking"]);
    let answer = asked(&home, Purpose::Cards, false).unwrap();
    assert!(answer.hints.is_empty(), "{:?}", answer.hints);
    let questions = answer.report.paths.iter().flat_map(PathPart::questions);
    let asked: Vec<_> =
        questions.map(|(topic, one)| (topic.id.as_str(), one.id.as_str())).collect();
    assert_eq!(asked, [("i", "q")]);
}

const CAREER: (&str, &str) = (
    "career.toml",
    "format = 1\nkind = \"career\"\ntitle = \"Careers\"\n[[areas]]\nid = \"x\"\ntitle = \"X\"\n\
     levels = [\"I a.\", \"I b.\", \"I c.\", \"I d.\"]\nraised_by = [\n\
     { by = \"p/t\", weight = 3, level = 1 }, { by = \"p/u\", weight = 2, level = 1 },\n\
     { by = \"p/v\", weight = 1, level = 1 }, { by = \"p/open\", weight = 3, level = 1 }]\n",
);

#[test]
fn a_resume_has_what_is_done_and_levels_with_what_speaks_for_them() {
    let topic = |id: &str| {
        let title = id.to_uppercase();
        let skill = format!("{{ id = \"{id}-skill\", title = \"Skill\" }}");
        format!(
            "[[stages.topics]]\nid = \"{id}\"\ntitle = \"{title}\"\nhours = 1\nskills = [{skill}]\n"
        )
    };
    let topics: String = ["u", "v", "open"].iter().map(|id| topic(id)).collect();
    let milestone = "[[stages.milestones]]\nid = \"m\"\ntitle = \"M\"\ncriteria = [\"It is.\"]\n";
    let path = format!("{}{topics}{milestone}", PATH.1);
    let home = Home::with(&[("p.toml", &path), CAREER]);
    let why = |home: &Home| match refused(asked(home, Purpose::Resume, false)) {
        Refused::Export(why) => why,
        other => panic!("{other:?}"),
    };
    // Nothing is recorded; then what is, is nothing for a résumé.
    assert!(matches!(why(&home), Refusal::NothingForResume));
    home.follow(&["p"]);
    let today = home.app().today();
    let note = Annotation { note: Some("private".to_owned()), ..Annotation::default() };
    home.record([("p/a", today, done(note.clone())), ("p/u-skill", today, done(note.clone()))]);
    home.record([("p/v-skill", today, done(note.clone()))]);
    assert!(matches!(why(&home), Refusal::NothingForResume));
    home.record([("p/m", today, done(note.clone()))]);
    let answer = asked(&home, Purpose::Resume, false).unwrap();
    assert!(matches!(answer.hints[..], [Hint::NoOwner]), "{:?}", answer.hints);
    let milestones: Vec<&ItemPart> =
        answer.report.paths.iter().flat_map(PathPart::milestones).collect();
    assert_eq!((milestones.len(), milestones[0].notes.len()), (1, 0));
    assert!(answer.report.matrix.is_none());

    let assessed = EventKind::Assessed { level: 2, remark: note };
    home.record([("career/area:x", today, assessed)]);
    let topics = |purpose| {
        let document = asked(&home, purpose, false).unwrap().report;
        document.matrix.unwrap().areas[0].topics.clone()
    };
    assert_eq!(topics(Purpose::Resume), ["T", "U"]);
    assert!(topics(Purpose::Data).is_empty(), "nothing else asks for them");
}

#[test]
fn what_is_public_is_done() {
    let home = Home::with(&[PATH]);
    home.follow(&["p"]);
    let why = refused(asked(&home, Purpose::Portfolio, true));
    assert!(matches!(why, Refused::Export(Refusal::NothingDone)), "{why:?}");
    let note = Annotation { note: Some("private".to_owned()), ..Annotation::default() };
    home.record([("p/a", home.app().today(), done(note))]);
    let items = |public| {
        let document = asked(&home, Purpose::Portfolio, public).unwrap().report;
        let items: Vec<ItemPart> =
            document.paths.iter().flat_map(PathPart::items).cloned().collect();
        items
    };
    assert_eq!(items(false)[0].notes.len(), 1);
    assert!(items(true)[0].notes.is_empty());
}

#[test]
fn a_path_is_named_by_id_or_title() {
    let home = Home::with(&[PATH]);
    let named = |name: &str| {
        let paths = vec![name.to_owned(), "p".to_owned()];
        report(&Query { paths, ..Query::default() }, &home.app())
    };
    assert_eq!(named("the way").unwrap().report.paths.len(), 1);
    let why = refused(named("q"));
    assert!(matches!(why, Refused::Unknown { what: Named::Path, .. }), "{why:?}");
}
