use milepost_core::internals::export::public as stripped;
use milepost_core::internals::export::{document, retired};
use milepost_core::internals::fixture::{day, marks, sketch};
use milepost_core::internals::former::Former;
use milepost_core::internals::guidance::NextFilter;
use milepost_core::internals::learner::Learner;
use milepost_core::internals::standing::{Standing, SubjectState};
use milepost_core::progress::Dated;
use milepost_core::report::export::Document;
use milepost_path::{Ref, Roadmap};

use super::super::{Format, Options, render};

const PATH: &str = "path p
    stage s
    topic t
    skill a
    milestone gone 4h = A compiler
    milestone old 2h = An editor
    milestone now 2h = A shell
    milestone open 1h";

/// A portfolio of the path as it is now: each milestone was marked with the criterion `first`.
fn portfolio(now: &str, criterion: &str) -> Document {
    let with = |text: &str, criterion: &str| -> Vec<Roadmap> {
        let mut shelf = sketch(text);
        for milestone in shelf.iter_mut().flat_map(|path| &mut path.stages[0].milestones) {
            milestone.criteria = vec![criterion.to_owned().into()];
        }
        shelf
    };
    let all = "p/a=done@1 p/gone=done@2 p/old=done@3 p/now=done@4 p/open=skipped@5";
    let mut standing: Standing = marks(&with(PATH, "first"), all).standing;
    let gone = Ref::from_text("p/gone");
    let Some(SubjectState::Item(mut state)) = standing.subject(&gone) else { panic!() };
    state.evidence = vec![Dated { on: day(1, 2), text: "https://example.org/c".to_owned() }];
    standing.put(&gone, Some(SubjectState::Item(state)));
    let shelf = with(now, criterion);
    let view = Learner { shelf: &shelf, standing: &standing };
    let paths: Vec<&Roadmap> = shelf.iter().collect();
    let formers = milepost_core::internals::retired::retired(&paths, &view).into_iter().map(
        |(reference, state)| {
            let title = reference.as_str().to_uppercase();
            Former::new(reference, Some(title), state.clone())
        },
    );
    let retired = retired(formers.collect(), &standing);
    document(&paths, &view, None, day(2, 1), retired, &NextFilter::default())
}

fn changed() -> Document {
    let now = PATH.replace("milestone gone 4h = A compiler\n", "").replace("skill a\n", "");
    let now =
        now.replace("milestone old", "milestone old retired").replace("milestone open 1h", "");
    portfolio(&now, "second")
}

fn shown(document: &Document, format: Format, public: bool) -> String {
    let reduced = public.then(|| stripped(document).unwrap());
    render(reduced.as_ref().unwrap_or(document), format, Options { notes: false, public }).unwrap()
}

#[test]
fn what_a_path_no_longer_has_is_earlier_work() {
    let document = changed();
    let earlier: Vec<&str> = document.earlier.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(earlier, ["An editor", "P/GONE"]);
    for public in [false, true] {
        let text = shown(&document, Format::Markdown, public);
        let (work, rest) = text.split_once("## Earlier work").unwrap();
        assert!(work.contains("A shell") && !work.contains("An editor"), "{text}");
        for piece in ["An editor", "P/GONE** (2026-01-02)", "(https://example.org/c)", "first"] {
            assert!(rest.contains(piece), "{piece}: {text}");
        }
        let page = shown(&document, Format::Html, public);
        let (_, rest) = page.split_once("id=\"earlier\"").unwrap();
        let (rest, _) = rest.split_once("</section>").unwrap();
        for piece in ["An editor", "P/GONE", "example.org/c", "first"] {
            assert!(rest.contains(piece), "{piece}: {rest}");
        }
    }
    let rows = shown(&document, Format::Csv, false);
    let row = rows.lines().find(|row| row.contains("P/GONE")).unwrap();
    assert!(row.starts_with("p,,,p/gone,milestone,P/GONE,done,2026-01-02,"), "{row}");
    assert_eq!(rows.matches("An editor").count(), 1);
    let json: serde_json::Value =
        serde_json::from_str(&shown(&document, Format::Json, false)).unwrap();
    let gone = &json["retired"][1];
    assert_eq!(
        (&gone["ref"], &gone["kind"], &gone["criteria"][0], &gone["hours"]),
        (&"p/gone".into(), &"milestone".into(), &"first".into(), &4.0.into())
    );
    let same = portfolio(PATH, "first");
    assert!(same.earlier.is_empty() && !shown(&same, Format::Markdown, false).contains("Earlier"));
}

#[test]
fn a_milestone_proves_the_criteria_that_it_was_done_under() {
    for (now, says) in [("first", false), ("second", true)] {
        let document = portfolio(PATH, now);
        let text = shown(&document, Format::Markdown, false);
        let page = shown(&document, Format::Html, false);
        assert_eq!(text.contains("Criteria (changed since):\n        - first"), says, "{text}");
        assert_eq!(page.contains("changed since"), says);
        assert!(!text.contains("second") && !page.contains("second"), "{text}");
        let json: serde_json::Value =
            serde_json::from_str(&shown(&document, Format::Json, false)).unwrap();
        let items = json["paths"][0]["stages"][0]["items"].as_array().unwrap();
        let shell = items.iter().find(|item| item["id"] == "now").unwrap();
        assert_eq!(shell["criteria"][0], now, "a copy of the path");
        assert_eq!(shell["done_under"].is_null(), !says);
    }
}
