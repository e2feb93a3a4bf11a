//! What a title says, besides what something is called.

use super::*;
use crate::draft::Hours;

#[test]
fn what_stands_at_the_end_of_a_title_is_taken_where_all_of_it_is_known() {
    use ResourceKind::{Book, Video};
    for (text, title, hours, kind) in [
        ("Automate the Boring Stuff (book, 40h)", "Automate the Boring Stuff", 40.0, Some(Book)),
        ("Graphs [video; 90 min] (optional)", "Graphs", 1.5, Some(Video)),
        ("Pandas on Kaggle — 4 hours", "Pandas on Kaggle", 4.0, None),
        ("Pandas - 30m", "Pandas", 0.5, None),
        // Of these, not all is known, so that nothing of it is taken.
        ("Graphs (book, second edition)", "Graphs (book, second edition)", 0.0, None),
        ("Graphs - a book", "Graphs - a book", 0.0, None),
        ("4 hours", "4 hours", 0.0, None),
    ] {
        let mut entry = Entry::default();
        assert_eq!(of_ends(text, &mut entry), title);
        let hours = Some(Hours(hours, hours)).filter(|_| hours > 0.0);
        assert_eq!((entry.hours, entry.kind), (hours, kind), "{text}");
    }
    let mut ticked = Entry::default();
    ticked.node.title = "Pandas on Kaggle — 4 hours (done 2026-10-04)".to_owned();
    take_tick(&mut ticked);
    assert_eq!(
        (ticked.node.title.as_str(), ticked.hours),
        ("Pandas on Kaggle", Some(Hours(4.0, 4.0)))
    );
}

#[test]
fn titles_without_decoration() {
    for (text, expected) in [
        ("🧩 LLM Fundamentals", "LLM Fundamentals"),
        ("Videos:", "Videos"),
        ("C++", "C++"),
        (".NET", ".NET"),
        ("What is it?", "What is it?"),
        ("— Arrays —", "Arrays"),
        ("🤖", ""),
    ] {
        assert_eq!(plain(text), expected);
    }
    assert_eq!(of_heading("1. Running LLMs"), "Running LLMs");
    assert_eq!(of_heading("2) Agents"), "Agents");
    assert_eq!(of_heading("3.1.2 Graphs"), "3.1.2 Graphs");
    assert_eq!(of_heading("2025 Cohort"), "2025 Cohort");
    assert!(is_generic("Video:") && is_generic("GitHub repository") && !is_generic("Arrays"));
}

#[test]
fn a_long_line_has_a_short_title() {
    let (short, whole) = shorten(&"word ".repeat(60));
    assert!(short.chars().count() <= LONGEST_TITLE && short.ends_with("word…"));
    assert!(whole.is_some());
}
