use super::*;
use crate::model::event::{Annotation, EventKind};
use crate::model::fixture::day;
use crate::report::Refusal as Refused;
use crate::report::fixture::{Home, refused};

fn path(id: &str) -> String {
    format!(
        "format = 1\nid = \"{id}\"\ntitle = \"Quokkas\"\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
         [[stages.topics]]\nid = \"t\"\ntitle = \"T\"\n\
         skills = [{{ id = \"a\", title = \"Quokkas\" }}, {{ id = \"b\", title = \"Wombats\" }}]\n"
    )
}

fn found(text: &str, limit: usize, home: &Home) -> (Vec<String>, usize, usize) {
    let query = Query { text: text.to_owned(), limit, notes: true };
    let answer = report(&query, &home.app()).unwrap();
    let items = answer.report.items.iter().map(|one| one.row.reference.to_string());
    (items.collect(), answer.report.found, answer.hints.len())
}

#[test]
fn followed_paths_come_first_and_all_are_counted() {
    let home = Home::with(&[("a.toml", &path("first")), ("b.toml", &path("second"))]);
    let all = ["first", "first/a", "second", "second/a"];
    let (items, count, hints) = found("quokkas", 0, &home);
    assert_eq!((items.as_slice(), count, hints), (all.map(str::to_owned).as_slice(), 4, 0));
    home.follow(&["second"]);
    let (items, count, _) = found("quokkas", 2, &home);
    assert_eq!(
        (items.as_slice(), count),
        (["second", "second/a"].map(str::to_owned).as_slice(), 4)
    );
}

#[test]
fn a_long_note_is_shown_where_it_has_the_word() {
    let home = Home::with(&[("a.toml", &path("first"))]);
    let note = format!("{}caf\u{e9} talk{}", "before ".repeat(3000), " after".repeat(3000));
    let remark = Annotation { note: Some(note), evidence: Vec::new() };
    home.record([("first/b", day(11, 20), EventKind::Noted(remark))]);
    for text in ["cafe", "cafe\u{301}"] {
        let query = Query { text: text.to_owned(), limit: 1, notes: true };
        let report = report(&query, &home.app()).unwrap().report;
        let snippet = report.items[0].snippet.clone().unwrap();
        assert!(snippet.contains("\u{2026}before before before caf\u{e9} talk after"), "{snippet}");
        assert!(snippet.len() < 300, "{snippet}");
    }
}

#[test]
fn what_no_entry_has_is_hinted_at_and_no_word_is_refused() {
    let home = Home::with(&[]);
    assert_eq!(found("xyzzyx", 20, &home), (Vec::new(), 0, 1));
    for text in ["", " ", "!!", "- _"] {
        let query = Query { text: text.to_owned(), limit: 20, notes: true };
        let refusal = refused(report(&query, &home.app()));
        assert!(matches!(refusal, Refused::Search(Refusal::NoWord)), "{text}");
    }
}
