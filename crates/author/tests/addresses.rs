//! Where the links of a document lead that are relative to it, and the hours that stand beside links.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use milepost_author::counts::LeftOut;
use milepost_author::draft::Draft;
use milepost_author::read::{self, Kind, Options};
use milepost_author::settle::settle;

fn made(kind: Kind, text: &str, base: Option<&str>) -> Draft {
    let options = Options { name: "list.md".to_owned(), base: base.map(str::to_owned) };
    settle(read::read(kind, text, &options).unwrap(), &options).unwrap()
}

fn urls(draft: &Draft) -> Vec<&str> {
    draft.nodes().into_iter().filter_map(|(_, _, node)| node.url.as_deref()).collect()
}

const LIST: &str = "# Rust\n\n## Basics\n\n- [ ] [The book](book/ch01.md)\n- [ ] [Exercises](../ex/)\n\
    - [ ] [Elsewhere](https://other.org/a) and <a href=\"/more\">more</a>\n- [ ] [Mail](mailto:a@b.org)\n";

#[test]
fn relative_links_lead_beside_the_document() {
    let draft = made(Kind::Markdown, LIST, None);
    assert_eq!(urls(&draft), ["https://other.org/a"]);
    assert_eq!(draft.counts.left_out.get(&LeftOut::Links), Some(&4));
    let draft = made(Kind::Markdown, LIST, Some("https://example.org/rust/README.md"));
    let expected =
        ["https://example.org/rust/book/ch01.md", "https://example.org/ex/", "https://other.org/a"];
    assert_eq!(urls(&draft), expected);
    assert_eq!(draft.counts.left_out.get(&LeftOut::Links), Some(&1));
    let links: Vec<&str> = draft
        .nodes()
        .into_iter()
        .flat_map(|(_, _, node)| node.links.iter().map(|link| link.url.as_str()))
        .collect();
    assert_eq!(links, ["https://example.org/more"]);
}

#[test]
fn a_document_can_say_its_address_and_an_option_counts_before_it() {
    let text = format!("---\ntitle: Rust\nsource: https://example.org/rust/\n---\n{LIST}");
    assert_eq!(
        urls(&made(Kind::Markdown, &text, None))[0],
        "https://example.org/rust/book/ch01.md"
    );
    let told = made(Kind::Markdown, &text, Some("https://mine.org"));
    assert_eq!(urls(&told)[0], "https://mine.org/book/ch01.md");
}

#[test]
fn hours_beside_a_link_are_hours() {
    let text = "# Rust\n\n## Basics\n\n- [ ] [A](https://a.org/1) (20 hours)\n\
        - [ ] [B](https://a.org/2) - 90 min, with exercises\n\
        - [ ] [C](https://a.org/3): 4 weeks, 8-10 hours/week. Free.\n\
        - [ ] [D (about 3 h)](https://a.org/4)\n- [ ] [E](https://a.org/5) - 24 hours of Le Mans\n";
    let draft = made(Kind::Markdown, text, None);
    let topic = &draft.stages[0].topics[0];
    let said: Vec<_> = topic
        .resources
        .iter()
        .map(|one| {
            let hours = one.hours.map(|hours| (hours.0, hours.1));
            (one.node.title.as_str(), hours, one.node.summary.as_deref())
        })
        .collect();
    let expected = [
        ("A", Some((20.0, 20.0)), None),
        ("B", Some((1.5, 1.5)), Some("with exercises")),
        ("C", Some((32.0, 40.0)), Some("Free.")),
        ("D", Some((3.0, 3.0)), None),
        ("E", None, Some("24 hours of Le Mans")),
    ];
    assert_eq!(said, expected);
    // A skill has no hours of its own: they stay as text.
    let text = "# Rust\n\n## Basics\n\n- [ ] Traits (3 hours)\n- [ ] Lifetimes\n";
    let draft = made(Kind::Markdown, text, None);
    let skill = &draft.stages[0].topics[0].skills[0].node;
    assert_eq!(
        (skill.title.as_str(), skill.about.as_slice()),
        ("Traits", &["Effort: 3 hours".to_owned()][..])
    );
}

#[test]
fn weeks_and_hours_in_one_cell_are_hours() {
    let text = "Course,URL,Duration\nAlgorithms,https://a.org/1,\"4 weeks, 8-10 hours/week\"\n\
        Graphs,https://a.org/2,3 weeks\nTrees,https://a.org/3,20 hours\n";
    let draft = made(Kind::Csv, text, None);
    let all =
        draft.stages.iter().flat_map(|stage| &stage.topics).flat_map(|topic| &topic.resources);
    let hours: Vec<_> = all.map(|one| one.hours.map(|hours| (hours.0, hours.1))).collect();
    assert_eq!(hours, [Some((32.0, 40.0)), None, Some((20.0, 20.0))]);
}

#[test]
fn languages_with_signs_in_their_names_have_ids_of_their_own() {
    let text = "# Languages\n\n## Each\n\n- [ ] [C](https://a.org/c)\n- [ ] [C++](https://a.org/cpp)\n\
        - [ ] [C#](https://a.org/cs)\n";
    let draft = made(Kind::Markdown, text, None);
    let ids: Vec<_> =
        draft.stages[0].topics[0].resources.iter().map(|one| one.node.id.as_deref()).collect();
    assert_eq!(ids, [Some("each-c"), Some("c-plus-plus"), Some("c-sharp")]);
}
