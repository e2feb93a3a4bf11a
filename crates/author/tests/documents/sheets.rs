//! Sheets of rows and columns, and decks of cards.

use super::*;

#[test]
fn decks_of_cards() {
    let (_, path) = made(Kind::Cards, "deck.txt");
    let groups: Vec<_> =
        path.interview.iter().map(|one| (one.title.as_str(), one.questions.len())).collect();
    assert_eq!(groups, [("Heaps", 3), ("stacks", 1)]);
    let heap = &path.interview[0].questions[0];
    assert_eq!(heap.ask, "What is a heap?");
    assert_eq!(heap.look_for.as_deref(), Some("A tree in an array. Its root is the least."));
    let gap = &path.interview[1].questions[0];
    assert_eq!(
        (gap.ask.as_str(), gap.look_for.as_deref()),
        ("A _____ is last in, first out.", Some("stack"))
    );

    for kind in [Kind::Cards, Kind::Csv] {
        let (draft, path) = made(kind, "cards.csv");
        let questions: Vec<&str> = path.questions().map(|one| one.question.ask.as_str()).collect();
        assert_eq!(
            questions,
            ["What is a boat, and why?", "A _____ is a rope", "What is \"lee\"?"]
        );
        assert_eq!(draft.counts.left_out[&LeftOut::Untitled], 1);
    }
}

#[test]
fn notes_with_a_guid_and_a_deck() {
    let (_, path) = made(Kind::Cards, "notes.txt");
    let groups: Vec<_> =
        path.interview.iter().map(|one| (one.title.as_str(), one.questions.len())).collect();
    assert_eq!(groups, [("heaps", 1), ("queues", 1)]);
    let heap = &path.interview[0].questions[0];
    assert_eq!(
        (heap.ask.as_str(), heap.look_for.as_deref()),
        ("What is a heap?", Some("A tree in an array."))
    );
}

#[test]
fn a_sheet_of_courses() {
    let (draft, path) = made(Kind::Csv, "sheet.csv");
    assert_eq!(
        outline(&path),
        "\
# sheet
- Clay
  r Pottery for All
  r Glazes
- Cloth
  r Weaving: Loom, Ltd.
  r Weaving: Another Loom
"
    );
    let pottery = item(&path, "Pottery for All").resource().unwrap();
    assert_eq!(pottery.cost.map(|cost| cost.as_str()), Some("free"));
    assert_eq!(pottery.by.as_deref(), Some("Clay School"));
    assert_eq!(pottery.tracked.details().tags, ["beginner", "online"]);
    assert!(about(&path, "Glazes").contains("rating: 4.7"));
    assert_eq!(item(&path, "Glazes").resource().unwrap().hours, None, "weeks are no effort");
    let columns: Vec<_> =
        draft.counts.columns.iter().map(|one| (one.name.as_str(), one.kept_in)).collect();
    assert_eq!(columns, [("rating", Some("about"))]);
}

#[test]
fn a_sheet_with_ticks() {
    let (draft, path) = made(Kind::Tsv, "hours.tsv");
    assert_eq!(
        outline(&path),
        "# hours\n- Week 1\n  r Notes and rests\n  r Scales\n- Week 2\n  r Chords\n"
    );
    assert_eq!(item(&path, "Chords").hours(), Some(1.5));
    assert_eq!(item(&path, "Scales").hours_range(), Some([3.0, 4.0]));
    let day = Some("2026-05-17".to_owned());
    assert_eq!(ticked(&draft), [("Notes and rests", None), ("Chords", day)]);
}

#[test]
fn the_columns_of_our_own_export() {
    let (draft, path) = made(Kind::Csv, "export.csv");
    assert_eq!(
        outline(&path),
        "# base\n- tables\n  s Joining tables\n  r A book of tables\n  m A shop\n"
    );
    let ids: Vec<&str> = path.items().map(|item| item.tracked().id.as_str()).collect();
    assert_eq!(ids, ["join", "book", "shop"]);
    assert_eq!(
        item(&path, "Joining tables").skill().unwrap().can.as_deref(),
        Some("I can join two tables")
    );
    assert_eq!(item(&path, "Joining tables").hours_range(), Some([8.0, 12.0]));
    let book = item(&path, "A book of tables").resource().unwrap();
    assert!(book.tracked.optional);
    assert_eq!((book.part.as_deref(), book.lang.as_deref()), (Some("chapters 1 to 3"), Some("en")));
    assert_eq!(ticked(&draft), [("Joining tables", Some("2026-05-17".to_owned()))]);
}

#[test]
fn without_headings_the_cells_say_what_they_are() {
    let text = "Knots;https://knots.example\nSails;https://sails.example\n";
    let draft = draft_of(Kind::Csv, "list.csv", text).unwrap();
    let path = path(&write::toml(&draft, "it"));
    assert_eq!(outline(&path), "# list\n- list\n  r Knots\n  r Sails\n");
    assert_eq!(item(&path, "Sails").url(), Some("https://sails.example"));
}
