use super::super::fixture::{Home, refused};
use super::super::{Hint, Named, Refusal as Refused, remark};
use super::*;
use crate::model::event::{EventKind, Goals};
use crate::report::Warning;

const TOOLS: &str = r#"format = 1
id = "tools"
title = "Tools"
[[stages]]
id = "first"
title = "First"
[[stages.topics]]
id = "shell"
title = "Shell"
hours = 10
skills = [{ id = "pipes", title = "Pipes" }, { id = "scripts", title = "Scripts", can = "I automate" }]
[[stages.topics.resources]]
id = "book"
title = "The Book"
type = "book"
cost = "free"
url = "https://example.org/book"
hours = 8
skills = ["scripts"]
[[stages.topics]]
id = "networks"
title = "Networks"
hours = 6
skills = [{ id = "http", title = "HTTP" }, { id = "logs", title = "Reading logs" }]
[[stages.milestones]]
id = "backup"
title = "A backup"
hours = 4
requires = ["shell"]
criteria = ["It restores what it saved."]
"#;

const WEB: &str = r#"format = 1
id = "web"
title = "Web"
[[stages]]
id = "build"
title = "Build"
[[stages.topics]]
id = "apis"
title = "APIs"
hours = 12
requires = ["tools/networks"]
skills = [
  { id = "rest", title = "REST" },
  { id = "http", title = "HTTP", same_as = "tools/http" },
  { id = "graphql", title = "GraphQL", optional = true },
]
[[stages.topics]]
id = "run"
title = "Run"
hours = 9
requires = [["tools/shell", "tools/backup"]]
skills = [{ id = "logs", title = "Log pipelines" }]
[[stages.topics]]
id = "more"
title = "More"
hours = 3
requires = ["graphql"]
skills = [{ id = "schemas", title = "Schemas" }]
"#;

/// A home with both paths, of which some are followed.
fn following(paths: &[&str]) -> Home {
    let home = Home::with(&[("tools.toml", TOOLS), ("web.toml", WEB)]);
    if !paths.is_empty() {
        let app = home.app();
        let mut store = app.store_to_write().unwrap();
        let mut writing = store.write(app.stamp).unwrap();
        for path in paths {
            let (subject, fact) = (Ref::path_only(path), EventKind::Started(Goals::default()));
            writing.append(NewEvent { subject, title: None, fact }, app.today()).unwrap();
        }
        app.commit(writing).unwrap();
    }
    home
}

fn query(verb: Verb, refs: &str) -> Query {
    Query::new(verb, refs.split_whitespace().map(str::to_owned).collect())
}

/// What a mark changes, and what it unlocks: `tools/pipes tools/scripts > tools/backup`.
fn marked(home: &Home, verb: Verb, refs: &str) -> String {
    let query = Query { yes: true, ..query(verb, refs) };
    let report = report(&query, &home.app()).unwrap().report;
    let changed = report.changed.iter().map(|one| one.reference.as_str());
    let unlocked = report.unlocked.iter().map(|one| one.reference.as_str());
    let words: Vec<&str> = changed.chain([">"]).chain(unlocked).collect();
    words.join(" ").trim_end_matches([' ', '>']).to_owned()
}

#[test]
fn a_mark_changes_what_it_means_and_unlocks_what_waited_for_it() {
    use Verb::{Doing, Done, Skip, Todo};
    let both: &[&str] = &["tools", "web"];
    type Case<'c> = (&'c [&'c str], &'c [(Verb, &'c str, &'c str)]);
    let cases: &[Case<'_>] = &[
        // One open goal of a topic takes no question; what is optional is not marked with it.
        (
            both,
            &[
                (Done, "pipes", "tools/pipes"),
                (Done, "shell", "tools/scripts > tools/backup web/run"),
            ],
        ),
        (both, &[(Done, "apis", "web/rest web/http"), (Done, "graphql", "web/graphql > web/more")]),
        // A requirement in another path, through the item that is the same in both.
        (both, &[(Done, "web/http", "web/http"), (Done, "tools/logs", "tools/logs > web/apis")]),
        (both, &[(Done, "tools/logs", "tools/logs"), (Skip, "web/http", "web/http > web/apis")]),
        (both, &[(Done, "http web/http", "tools/http"), (Done, "tools/http", "")]),
        // Any one of two suffices, and the second unlocks nothing any more.
        (
            both,
            &[
                (Skip, "backup", "tools/backup > web/run"),
                (Done, "shell", "tools/pipes tools/scripts"),
            ],
        ),
        // What is not followed is not looked at, and what the change finishes was not unlocked by it.
        (&["tools"], &[(Done, "networks", "tools/http tools/logs")]),
        (
            &["tools"],
            &[(Done, "tools", "tools/pipes tools/scripts tools/http tools/logs tools/backup")],
        ),
        // To take up or to open again unlocks nothing.
        (
            both,
            &[
                (Doing, "shell", "tools/pipes tools/scripts"),
                (Todo, "shell", "tools/pipes tools/scripts"),
            ],
        ),
    ];
    for (paths, marks) in cases {
        let home = following(paths);
        for (verb, refs, expected) in *marks {
            assert_eq!(marked(&home, *verb, refs), *expected, "{verb:?} {refs} of {marks:?}");
        }
    }
}

#[test]
fn what_is_open_about_a_query_is_refused_before_anything_is_made() {
    let home = following(&[]);
    let ask = |query: &Query| refused(report(query, &home.app()));
    let wanted = ask(&query(Verb::Skip, ""));
    assert!(matches!(wanted, Refused::Mark(Refusal::NoneNamed(Verb::Skip))), "{wanted:?}");
    let unknown = ask(&query(Verb::Done, "pipes nope"));
    assert!(matches!(unknown, Refused::Unknown { what: Named::Ref, .. }), "{unknown:?}");
    let several = ask(&query(Verb::Done, "pipes logs"));
    assert!(matches!(&several, Refused::Ambiguous { candidates, .. } if candidates.len() == 2));
    let long =
        Annotation { note: Some("x".repeat(remark::MOST_NOTE + 1)), ..Annotation::default() };
    let long = ask(&Query { remark: long, ..query(Verb::Done, "pipes") });
    assert!(matches!(long, Refused::Remark(remark::Refusal::LongNote)), "{long:?}");
    // Each topic is asked about, and one that was agreed to not again.
    let mut query = query(Verb::Done, "pipes shell networks");
    for (topic, count) in [("tools/shell", 2), ("tools/networks", 2)] {
        let Refused::Mark(Refusal::NeedsYes { of, count: asked, are_resources, .. }) = ask(&query)
        else {
            panic!("{topic}");
        };
        assert_eq!((of.reference.as_str(), asked, are_resources), (topic, count, false));
        assert!(matches!(refused(questions(&query, &home.app())), Refused::Mark(_)));
        query.agreed.push(of.reference);
    }
    assert!(!home.file("record.db").exists(), "nothing was made so far");
    let answer = report(&query, &home.app()).unwrap();
    assert_eq!(answer.report.changed.len(), 4);
    assert!(matches!(answer.hints.as_slice(), [Hint::NotFollowed(path)] if path == "tools"));
}

#[test]
fn what_is_asked_before_a_mark_is_answered_in_its_query() {
    let home = following(&["tools"]);
    let book = query(Verb::Done, "book");
    let asked = questions(&book, &home.app()).unwrap();
    let skills: Vec<_> =
        asked.skills.iter().map(|one| (one.reference.as_str(), one.can.as_deref())).collect();
    assert_eq!(skills, [("tools/scripts", Some("I automate"))]);
    let none = questions(&Query { with_skills: true, ..book.clone() }, &home.app()).unwrap();
    assert!(none.skills.is_empty() && none.criteria.is_none());
    let skills = Some(asked.skills.into_iter().map(|one| one.reference).collect());
    let answer = report(&Query { skills, ..book }, &home.app()).unwrap().report;
    let changed: Vec<&str> = answer.changed.iter().map(|one| one.reference.as_str()).collect();
    assert_eq!(changed, ["tools/book", "tools/scripts"]);

    let backup = query(Verb::Done, "backup");
    let asked = questions(&backup, &home.app()).unwrap();
    assert_eq!(asked.criteria.as_deref(), Some(&["It restores what it saved.".to_owned()][..]));
    let shown = Some(vec!["nowhere".to_owned()]);
    let answer = report(&Query { shown, ..backup }, &home.app()).unwrap();
    // The question has shown that it leads nowhere.
    assert!(answer.warnings.is_empty(), "{:?}", answer.warnings);
    let finished = answer.report.finished.unwrap();
    assert!(finished.unshown.is_none());
    assert_eq!(finished.waiting[0].requires, [["Shell"]]);
}

#[test]
fn evidence_that_leads_nowhere_is_warned_of_once() {
    let home = following(&["tools"]);
    let said = |refs: &str, evidence: &str, is_meant| {
        let remark = Annotation { note: None, evidence: vec![evidence.to_owned()] };
        let query = Query { remark, is_meant, ..query(Verb::Done, refs) };
        let warnings = report(&query, &home.app()).unwrap().warnings;
        let at = warnings.into_iter().map(|warning| match warning {
            Warning::Evidence(text, at) => {
                let at = at.map(|(reference, number)| format!("{reference} {number}"));
                (text, at.unwrap_or_default())
            }
            other => panic!("{other:?}"),
        });
        at.collect::<Vec<_>>()
    };
    let slip = |text: &str, at: &str| vec![(text.to_owned(), at.to_owned())];
    // The number is the one that removes it.
    assert_eq!(said("pipes", "no such file", false), slip("no such file", "tools/pipes 1"));
    assert_eq!(said("pipes", "no other file", true), []);
    assert_eq!(said("pipes", "no third file", false), slip("no third file", "tools/pipes 3"));
    assert_eq!(said("pipes", "https://example.org/p", false), []);
    // Of several there is no number.
    assert_eq!(said("pipes scripts", "no file", false), slip("no file", ""));
}

#[test]
fn what_is_not_wanted_any_more_is_not_recorded() {
    let home = following(&["tools"]);
    let mut app = home.app();
    app.is_wanted = Some(Box::new(|| false));
    let refusal = refused(report(&query(Verb::Done, "pipes"), &app));
    assert!(matches!(refusal, Refused::GivenUp), "{refusal:?}");
    assert!(home.app().standing().unwrap().item_at(&Ref::from_text("tools/pipes")).is_none());
    app.is_wanted = Some(Box::new(|| true));
    assert_eq!(report(&query(Verb::Done, "pipes"), &app).unwrap().report.changed.len(), 1);
}

#[test]
fn a_dry_run_tells_the_same_and_records_nothing() {
    let home = following(&["tools"]);
    let dry = Query { dry_run: true, ..query(Verb::Done, "pipes") };
    let told = |query: &Query| {
        let report = report(query, &home.app()).unwrap().report;
        let changed =
            report.changed.iter().map(|one| (one.reference.to_string(), one.from, one.to));
        changed.collect::<Vec<_>>()
    };
    let before = home.app().standing().unwrap();
    let expected = told(&dry);
    assert_eq!(home.app().standing().unwrap(), before);
    assert_eq!(told(&query(Verb::Done, "pipes")), expected);
    assert_eq!(told(&dry), [], "it is so already");
}
