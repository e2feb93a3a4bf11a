//! What a résumé says, and what it leaves out. That it is valid, `tests/cli/export` shows.

use milepost_core::internals::export::public;
use milepost_core::report::export::Matrix;
use milepost_core::report::export::sample::{day, sample, told};
use milepost_path::chars::is_unsafe;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn area(title: &str, level: u8, topics: &[&str]) -> MatrixArea {
    MatrixArea {
        id: "a".to_owned(),
        title: title.to_owned(),
        level: Some(level),
        on: Some(day(2026, 1, 1)),
        target: None,
        statement: None,
        history: Vec::new(),
        notes: Vec::new(),
        evidence: Vec::new(),
        topics: topics.iter().map(|title| (*title).to_owned()).collect(),
    }
}

fn assessed(mut document: Document) -> Document {
    let areas = vec![area("Shells", 3, &["APIs in *Python*"]), area("Models", 1, &[])];
    document.matrix = Some(Matrix { role: None, areas });
    document
}

fn read(document: &Document) -> Value {
    serde_json::from_str(&render(document).unwrap()).unwrap()
}

/// The project that the sample has finished.
fn api(document: &mut Document) -> &mut ItemPart {
    let mut items = document.paths[0].stages.iter_mut().flat_map(|stage| &mut stage.items);
    items.find(|item| item.id == "first-api").unwrap()
}

#[test]
fn a_small_resume() {
    insta::assert_snapshot!(render(&assessed(public(&told()).unwrap())).unwrap(), @r#"
    {
      "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
      "basics": {
        "name": "Ada"
      },
      "skills": [
        {
          "name": "Shells",
          "level": "advanced",
          "keywords": [
            "APIs in *Python*"
          ]
        },
        {
          "name": "Models",
          "level": "foundation"
        }
      ],
      "projects": [
        {
          "name": "First API: <b>bold</b>",
          "description": "A milestone of the learning path Web services (by A *Mentor*, under CC BY 4.0).",
          "highlights": [
            "It answers in `200 ms` | or less.",
            "Eight tests pass.",
            "Evidence: docs/`odd` name.md"
          ],
          "keywords": [
            "FastAPI",
            "REST_principles",
            "SQL | NoSQL"
          ],
          "startDate": "2026-02-10",
          "endDate": "2026-03-01",
          "url": "https://github.com/ada/api"
        }
      ]
    }
    "#);
}

#[test]
fn nothing_empty_is_written() {
    let mut document = public(&sample()).unwrap();
    document.owner = Some(" \n".to_owned());
    let item = api(&mut document);
    (item.known, item.evidence, item.criteria, item.skills) = (true, vec![], vec![], vec![]);
    let description = "A milestone of the learning path Web services.";
    let project = json!({"name": "First API: <b>bold</b>", "description": description});
    assert_eq!(read(&document), json!({"$schema": SCHEMA, "projects": [project]}));
}

#[test]
fn days_are_those_of_the_work() {
    for (begun, since, known, expected) in [
        (Some(day(2026, 2, 1)), Some(day(2026, 3, 1)), false, ["2026-02-01", "2026-03-01"]),
        (None, Some(day(2026, 3, 1)), false, ["", "2026-03-01"]),
        (Some(day(2026, 4, 1)), Some(day(2026, 3, 1)), false, ["", "2026-03-01"]),
        (Some(day(2026, 2, 1)), Some(day(2026, 3, 1)), true, ["", ""]),
        (Some(day(999, 12, 31)), Some(day(3000, 1, 1)), false, ["", ""]),
    ] {
        let mut document = public(&sample()).unwrap();
        let item = api(&mut document);
        (item.begun, item.since, item.known) = (begun, since, known);
        let project = read(&document)["projects"][0].clone();
        let days = ["startDate", "endDate"].map(|key| project[key].as_str().unwrap_or_default());
        assert_eq!(days, expected, "{begun:?} {since:?} {known}");
    }
}

#[test]
fn the_first_address_is_that_of_the_project() {
    let said = |text: &str| Dated { on: day(2026, 3, 1), text: text.to_owned() };
    for (evidence, url, others) in [
        (&["docs/a.md", "https://a.b/ü", "https://c.d"][..], "https://a.b/%C3%BC", 2),
        (&["https://a:port/", "a1b2c3"], "", 2),
        (&["javascript:alert(1)"], "", 1),
        (&[], "", 0),
    ] {
        let mut document = public(&sample()).unwrap();
        let item = api(&mut document);
        item.evidence = evidence.iter().map(|text| said(text)).collect();
        let criteria = item.criteria.len();
        let project = read(&document)["projects"][0].clone();
        assert_eq!(project["url"].as_str().unwrap_or_default(), url);
        assert_eq!(project["highlights"].as_array().unwrap().len(), criteria + others);
    }
}

#[test]
fn what_is_done_last_comes_first() {
    let mut document = public(&sample()).unwrap();
    let api = api(&mut document).clone();
    let later = |id: &str, title: &str, since| ItemPart {
        reference: Ref::from_text(id),
        title: title.to_owned(),
        since,
        ..api.clone()
    };
    document.earlier = vec![
        later("gone/undated", "Undated", None),
        later("gone/newest", "Newest", Some(day(2026, 3, 2))),
        // The same thing in another path.
        ItemPart { same_as: Some(api.reference.clone()), ..later("base/api", "Again", None) },
    ];
    let projects = read(&document)["projects"].clone();
    let names: Vec<&str> =
        projects.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Newest", "First API: <b>bold</b>", "Undated"]);
    assert_eq!(projects[0]["description"], Value::Null, "nobody knows its path");
}

/// All texts of a value.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

proptest! {
    #[test]
    fn every_text_is_a_line_that_shows(
        text in "[-\\PC\n\r\t\"'<>&\u{202e}\u{2028}\0\u{9b}]{0,20}"
    ) {
        let mut document = assessed(public(&told()).unwrap());
        document.owner = Some(text.clone());
        document.paths[0].title = text.clone();
        document.paths[0].author = Some(text.clone());
        let item = api(&mut document);
        item.title = text.clone();
        item.criteria = vec![text.clone()];
        item.skills = vec![text.clone()];
        item.evidence.iter_mut().for_each(|said| said.text = text.clone());
        if let Some(matrix) = &mut document.matrix {
            matrix.areas[0].title = text.clone();
            matrix.areas[0].topics = vec![text];
        }
        let resume = read(&document);
        for text in texts(&resume) {
            prop_assert!(!text.trim().is_empty() && text.trim() == text, "{:?}", text);
            prop_assert!(!text.chars().any(is_unsafe), "{:?}", text);
        }
    }
}
