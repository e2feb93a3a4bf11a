use milepost_path::overlay::Overlay;

use super::*;

fn read(text: &str) -> Overlay {
    let reading = milepost_path::read(text);
    reading.overlay.unwrap_or_else(|| panic!("{:#?}\nin\n{text}", reading.diagnostics))
}

fn skill<'n>(id: &'n str, topic: &'n str) -> Target<'n> {
    Target { kind: NodeKind::Skill, ids: vec![id], topic: vec![topic] }
}

const URL: &str = "https://example.org/";

#[test]
fn a_new_one_grows_entry_by_entry() {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 21);
    let mut draft = Draft::new("course", "The \"Course\"", day);
    assert!(read(&draft.text()).is_empty());
    assert!(draft.hide("one") && draft.hide("two") && !draft.hide("one"));
    assert!(draft.link(&skill("git", "tools"), "A", URL));
    assert!(!draft.link(&skill("git", "tools"), "B", URL));
    let resource = |id| Target { kind: NodeKind::Resource, ids: vec![id], topic: vec!["tools"] };
    assert!(draft.link(&resource("book"), "A", URL) && draft.link(&resource("talk"), "A", URL));
    let topic = |id| Target { kind: NodeKind::Topic, ids: vec![id], topic: Vec::new() };
    assert!(draft.link(&topic("tools"), "A", URL) && draft.link(&topic("data"), "A", URL));
    assert!(draft.link(&topic("tools"), "B", "https://example.org/b"));
    let milestone = Target { kind: NodeKind::Milestone, ids: vec!["report"], topic: Vec::new() };
    assert!(draft.link(&milestone, "A", URL));
    let stage = Target { kind: NodeKind::Stage, ids: vec!["first"], topic: Vec::new() };
    assert!(!draft.link(&stage, "A", URL));
    let text = draft.text();
    insta::assert_snapshot!(text, @r#"
    #:schema overlay.schema.json
    # What you add to The "Course", hide in it and set in it.
    format = 1
    kind = "overlay"
    extends = "course"
    written_for = 2026-11-21

    [hide]
    items = [
      "one",
      "two",
    ]

    [[topics]]
    id = "tools"
    skills = [
      { id = "git", links = [{ title = "A", url = "https://example.org/" }] },
    ]
    links = [
      { title = "A", url = "https://example.org/" },
      { title = "B", url = "https://example.org/b" },
    ]

    [[topics.resources]]
    id = "book"
    links = [
      { title = "A", url = "https://example.org/" },
    ]

    [[topics.resources]]
    id = "talk"
    links = [
      { title = "A", url = "https://example.org/" },
    ]

    [[topics]]
    id = "data"
    links = [
      { title = "A", url = "https://example.org/" },
    ]

    [[milestones]]
    id = "report"
    links = [
      { title = "A", url = "https://example.org/" },
    ]
    "#);
    let overlay = read(&text);
    assert_eq!((overlay.hidden.len(), overlay.changes.len()), (2, 6));
    // Back again, one after the other.
    let mut draft = Draft::of(&text).unwrap();
    assert!(draft.show(&["one"]) && !draft.show(&["one"]) && draft.show(&["x", "two"]));
    assert!(!draft.text().contains("[hide]"));
    assert_eq!(read(&draft.text()).changes, overlay.changes);
}

#[test]
fn what_somebody_wrote_stays() {
    let text = "\
# Mine.
format = 1   # as all
kind = 'overlay'
extends = \"course\"

[[topics]]    # the tools
id = \"tools\"
hours = 90    # more than they say
skills = [
    # ours
    { id = \"my-jj\", title = \"Jujutsu\" }, # at last
    { id = \"bash\", links = [{ title = \"Manual\", url = \"https://example.org/man\" }] },
]

[[stages]]
id = \"my-week\"
title = \"Week\"
topics = [{ id = \"my-topic\", title = \"T\" }]

[hide]
# What bores me.
items = [
    \"one\", # too easy
    # too long
    \"two\",
    \"three\", # known
]
";
    let mut draft = Draft::of(text).unwrap();
    assert_eq!(draft.text(), text);
    assert!(draft.hide("four"));
    let shell = Target { kind: NodeKind::Skill, ids: vec!["shell", "bash"], topic: vec!["tools"] };
    assert!(draft.link(&shell, "More", URL));
    assert!(draft.link(&skill("my-jj", "tools"), "More", URL));
    let own = Target { kind: NodeKind::Resource, ids: vec!["my-book"], topic: vec!["my-topic"] };
    // One that is not there is made beside its topic, in brackets as that is.
    assert!(draft.link(&own, "More", URL));
    insta::assert_snapshot!(draft.text(), @r#"
    # Mine.
    format = 1   # as all
    kind = 'overlay'
    extends = "course"

    [[topics]]    # the tools
    id = "tools"
    hours = 90    # more than they say
    skills = [
        # ours
        { id = "my-jj", title = "Jujutsu", links = [{ title = "More", url = "https://example.org/" }] }, # at last
        { id = "bash", links = [{ title = "Manual", url = "https://example.org/man" }, { title = "More", url = "https://example.org/" }] },
    ]

    [[stages]]
    id = "my-week"
    title = "Week"
    topics = [{ id = "my-topic", title = "T", resources = [{ id = "my-book", links = [{ title = "More", url = "https://example.org/" }] }] }]

    [hide]
    # What bores me.
    items = [
        "one", # too easy
        # too long
        "two",
        "three", # known
      "four",
    ]
    "#);
    let comments = |text: &str| text.matches('#').count();
    assert_eq!(comments(&draft.text()), comments(text));
    for id in ["two", "four", "three", "one"] {
        assert!(draft.show(&[id]), "{id}");
        assert!(draft.text().parse::<DocumentMut>().is_ok(), "{}", draft.text());
        assert_eq!(comments(&draft.text()), comments(text), "{}", draft.text());
    }
}

#[test]
fn a_list_on_one_line_stays_on_one_line() {
    let text = "format = 1\nkind = \"overlay\"\nextends = \"c\"\nhide = { items = [\"a\"] }\n";
    let mut draft = Draft::of(text).unwrap();
    assert!(draft.hide("b"));
    assert!(draft.text().ends_with("hide = { items = [\"a\", \"b\"] }\n"), "{}", draft.text());
    assert!(draft.show(&["a"]) && draft.show(&["b"]));
    assert!(!draft.text().contains("hide"));
    assert!(Draft::of("[").is_err());
}
