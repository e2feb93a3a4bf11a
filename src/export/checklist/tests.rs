//! What a list of boxes looks like, and that it is read back with the ticks that it was written with.

use chrono::NaiveDate;
use milepost_author::made::from_document;
use milepost_author::read::{Kind, Options};
use milepost_core::report::export::sample::{base, day, sample, sample_of, told, web};
use milepost_path::Ref;
use proptest::prelude::*;

use super::*;

#[test]
fn a_small_list() {
    insta::assert_snapshot!(render(&told()), @r#"
    # Web services

    ## Foundation

    ### APIs in \*Python\*

    - [x] FastAPI (3.3 h) (2026-01-20)
    - [x] REST\_principles (3.3 h) (retired) (2026-01-21)
    - [x] SQL \| NoSQL (3.3 h)
    - [ ] GraphQL (optional)
    - [x] [Web APIs \[2nd ed.\]](https://example.org/a_%28b%29) (chapters 3 to 7) (4 h) (2026-02-03)
    - [ ] Never read (4 h)

    ### Deployment

    - [ ] Docker (5 h)
    - [ ] 1\. Cloud (5 h)
    - [x] \# A talk (4 h) (retired) (2026-02-04)

    ### Milestones

    - [ ] A function (8 h)
    - [x] First API: &lt;b>bold&lt;/b> (8 h) (2026-03-01)

    ## Scale

    ### Queues

    - [ ] Queues (10 h)

    ### Milestones

    - [ ] Scaled (8 h)

    ---

    The path Web services is by A \*Mentor\*, under CC BY 4.0.
    "#);
}

#[test]
fn several_paths_follow_each_other() {
    let list = render(&sample_of(&vec![base(), web()], 0));
    let headings: Vec<&str> = list.lines().filter(|line| line.starts_with('#')).collect();
    insta::assert_snapshot!(headings.join("\n"), @r#"
    # Basics
    ## Start
    ### Tools
    # Web services
    ## Foundation
    ### APIs in \*Python\*
    ### Deployment
    ### Milestones
    ## Scale
    ### Queues
    ### Milestones
    "#);
    let mut document = sample();
    for item in document.paths[0].stages.iter_mut().flat_map(|stage| &mut stage.items) {
        item.status = Status::Skipped;
    }
    assert_eq!(render(&document), "# Web services\n\nYou skipped all of it.\n");
}

/// Title and day of each tick that a document has, when it is read as one that somebody wrote.
fn ticks(markdown: &str) -> Vec<(String, Option<NaiveDate>)> {
    let options = Options { name: "list.md".to_owned(), ..Options::default() };
    let made = from_document(Kind::Markdown, markdown, &options, "again")
        .unwrap_or_else(|error| panic!("{error:?}: {markdown}"));
    made.ticks.into_iter().map(|tick| (tick.title, tick.on)).collect()
}

/// Title and day of each item that is done; a title without the decoration that no reader keeps.
fn done(document: &Document) -> Vec<(String, Option<NaiveDate>)> {
    let items = document.paths.iter().flat_map(PathPart::items);
    let done = items.filter(|item| item.status == Status::Done);
    let day = |item: &ItemPart| item.since.filter(|_| !item.known);
    done.map(|item| (item.title.trim_start_matches("# ").to_owned(), day(item))).collect()
}

#[test]
fn the_ticks_come_back() {
    let mut document = told();
    let items = &mut document.paths[0].stages[0].items;
    for (item, optional) in items.iter_mut().zip([true, false].into_iter().cycle()) {
        item.optional = optional;
    }
    let list = render(&document);
    assert_eq!(ticks(&list), done(&document), "{list}");
    assert_eq!(done(&document).len(), 6);
}

#[test]
fn headings_about_a_document_hide_no_tick() {
    for title in ["Contributing", "Community of practice", "FAQ", "1. License", "How to use it"] {
        let mut document = sample();
        let path = &mut document.paths[0];
        path.title = title.to_owned();
        path.stages[0].title = title.to_owned();
        path.stages[0].topics[0].title = title.to_owned();
        let list = render(&document);
        assert_eq!(ticks(&list), done(&document), "{list}");
    }
}

proptest! {
    /// Whatever titles say, what is done is ticked and nothing else is.
    #[test]
    fn any_title_keeps_its_tick(
        titles in proptest::collection::vec("[a-z]{4}[-a-z `*_\\[\\](){}#+.!|<>&~$:;,\"'✅\u{202e}é]{0,16}", 12),
        statuses in proptest::collection::vec(0..4_u8, 12),
        known: bool,
    ) {
        let mut document = sample();
        let path = &mut document.paths[0];
        let items = path.stages.iter_mut().flat_map(|stage| &mut stage.items);
        let said = titles.iter().zip(statuses);
        for (at, (item, (title, status))) in items.zip(said).enumerate() {
            // What is the same twice becomes one.
            item.title = format!("{title}{at}");
            item.reference = Ref::from_text(&format!("web/x{at}"));
            item.known = known;
            item.status = match status {
                0 => Status::Todo,
                1 => Status::Doing,
                2 => Status::Skipped,
                _ => Status::Done,
            };
            item.since = (status == 3).then(|| day(2026, 1, 1 + at as u32));
        }
        let expected: Vec<_> = done(&document).into_iter().map(|(_, day)| day).collect();
        let list = render(&document);
        prop_assert_eq!(list.matches("- [x] ").count(), expected.len());
        let days: Vec<_> = ticks(&list).into_iter().map(|(_, day)| day).collect();
        prop_assert_eq!(days, expected, "{}", list);
    }

    #[test]
    fn the_form_is_neat(title: String, part: String) {
        let mut document = told();
        let path = &mut document.paths[0];
        path.title = title.clone();
        for stage in &mut path.stages {
            stage.title = title.clone();
            stage.topics.iter_mut().for_each(|topic| topic.title = title.clone());
            for item in &mut stage.items {
                item.title = title.clone();
                item.part = Some(part.clone());
            }
        }
        let boxes = |list: &str| {
            list.lines().filter(|line| ["- [x] ", "- [ ] "].iter().any(|it| line.starts_with(it))).count()
        };
        let list = render(&document);
        prop_assert_eq!(boxes(&list), boxes(&render(&told())));
        prop_assert!(list.ends_with('\n') && !list.ends_with("\n\n") && !list.contains("\n\n\n"));
        prop_assert!(list.lines().all(|line| line.trim_end() == line), "{}", list);
        prop_assert!(!list.chars().any(|char| char != '\n' && milepost_path::chars::is_unsafe(char)));
    }
}
