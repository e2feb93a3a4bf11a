//! That each question is one line of five columns, whatever stands in it, and stays the same note.

use milepost_core::report::export::sample::sample;
use milepost_path::chars::is_unsafe;
use proptest::prelude::*;

use super::*;

fn question(id: &str, ask: &str) -> Question {
    Question { id: id.to_owned(), ask: ask.to_owned(), ..Question::default() }
}

/// The sample with two questions.
fn asked() -> Document {
    let mut document = sample();
    let first = Question {
        look_for: Some("The `same` effect, once or twice.".to_owned()),
        about: Some("RFC 9110\nsays more.".to_owned()),
        ..question("idempotency", "What makes a `PUT` <idempotent>?")
    };
    document.paths[0].interview = vec![InterviewTopic {
        id: "design".to_owned(),
        title: "API \"design\"".to_owned(),
        topics: vec!["api".to_owned(), "deploy".to_owned()],
        questions: vec![first, question("limits", "[sound:a.mp3] {{c1::x}}")],
        ..InterviewTopic::default()
    }];
    document
}

/// The columns of each note.
fn notes(document: &Document) -> Vec<Vec<String>> {
    let text = render(document).unwrap();
    let notes = text.strip_prefix(HEAD).unwrap();
    notes.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

#[test]
fn a_question_is_a_line() {
    insta::assert_snapshot!(render(&asked()).unwrap().replace('\t', "\n\\t "), @r#"
    #separator:tab
    #html:true
    #notetype:Basic
    #if matches:update current
    #guid column:1
    #deck column:2
    #tags column:5
    milepost:web/question:idempotency
    \t milepost::web::design
    \t <bdi>What makes a <code>PUT</code> &#60;idempotent&#62;?</bdi>
    \t <bdi>The <code>same</code> effect, once or twice.</bdi><br><br><bdi>RFC 9110</bdi><br><bdi>says more.</bdi><br><br><small><bdi>Web services</bdi>: <bdi>API &#34;design&#34;</bdi></small>
    \t milepost::web::api milepost::web::deploy
    milepost:web/question:limits
    \t milepost::web::design
    \t <bdi>&#91;sound:a.mp3] {{c1::x}}</bdi>
    \t <small><bdi>Web services</bdi>: <bdi>API &#34;design&#34;</bdi></small>
    \t milepost::web::api milepost::web::deploy
    "#);
}

#[test]
fn what_a_path_is_made_by_stands_on_its_cards() {
    let mut document = asked();
    document.paths[0].author = Some("A <Mentor>".to_owned());
    document.paths[0].license = Some("CC BY 4.0".to_owned());
    let back = &notes(&document)[0][3];
    assert!(back.contains("(<bdi>by A &#60;Mentor&#62;, under CC BY 4.0</bdi>)"), "{back}");
}

#[test]
fn a_note_keeps_its_name_when_ids_change() {
    let before = notes(&asked());
    let mut document = asked();
    let path = &mut document.paths[0];
    (path.id, path.title) = ("services".to_owned(), "Services".to_owned());
    path.replaces = vec!["web".to_owned(), "webs".to_owned()];
    let questions = &mut path.interview[0].questions;
    questions.swap(0, 1);
    questions[1].id = "idempotent".to_owned();
    questions[1].ask = "Otherwise?".to_owned();
    questions[1].replaces = vec!["idempotency".to_owned(), "same-effect".to_owned()];
    let after = notes(&document);
    assert_eq!([&after[0][0], &after[1][0]], [&before[1][0], &before[0][0]]);
    assert_eq!(after[1][1], "milepost::services::design");
    assert!(after[1][2].contains("Otherwise?"));
}

proptest! {
    #[test]
    fn no_text_makes_a_row_a_column_or_markup(
        text in "[-\\PC\n\r\t\"'<>&#;\\[\\]{}`\u{202e}\u{2028}\0]{0,20}"
    ) {
        let mut document = asked();
        let plain = notes(&document);
        let path = &mut document.paths[0];
        path.title = text.clone();
        path.author = Some(text.clone());
        let topic = &mut path.interview[0];
        topic.title = text.clone();
        topic.questions[0].ask = text.clone();
        topic.questions[0].look_for = Some(text.clone());
        topic.questions[0].about = Some(text);
        let rows = notes(&document);
        prop_assert_eq!(rows.len(), plain.len());
        for (row, plain) in rows.iter().zip(&plain) {
            prop_assert_eq!(row.len(), 5);
            prop_assert_eq!([&row[0], &row[1], &row[4]], [&plain[0], &plain[1], &plain[4]]);
            for field in &row[2..4] {
                prop_assert!(!field.chars().any(is_unsafe), "{:?}", field);
                prop_assert!(!field.contains(['"', '[']), "{:?}", field);
                let mut rest = field.clone();
                for tag in ["bdi", "small", "code"] {
                    rest = rest.replace(&format!("<{tag}>"), "").replace(&format!("</{tag}>"), "");
                }
                let rest = rest.replace("<br>", "");
                prop_assert!(!rest.contains(['<', '>']), "{:?}", field);
            }
        }
    }
}
