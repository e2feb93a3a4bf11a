//! Documents as people write them, each with the traps of a real one, and the paths that they become.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod markdown;
mod sheets;

use milepost_author::counts::LeftOut;
use milepost_author::draft::{Draft, Kind as NodeKind, Node};
use milepost_author::read::{self, Kind, Options, ReadError};
use milepost_author::settle::settle;
use milepost_author::write;
use milepost_path::{Item, Node as PathNode, ResourceKind, Roadmap, Severity};

fn source(name: &str) -> String {
    let file = format!("{}/tests/sources/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn draft_of(kind: Kind, name: &str, text: &str) -> Result<Draft, ReadError> {
    let options = Options { name: name.to_owned(), ..Options::default() };
    settle(read::read(kind, text, &options)?, &options)
}

/// The draft of a source, and the path that is written of it: without an error, and twice the same.
fn made(kind: Kind, name: &str) -> (Draft, Roadmap) {
    let text = source(name);
    let draft = draft_of(kind, name, &text).unwrap_or_else(|error| panic!("{name}: {error:?}"));
    let toml = write::toml(&draft, "it");
    assert_eq!(toml, write::toml(&draft_of(kind, name, &text).unwrap(), "it"), "{name}");
    (draft, path(&toml))
}

fn path(toml: &str) -> Roadmap {
    let reading = milepost_path::read(toml);
    let errors = reading.diagnostics.iter().filter(|one| one.severity == Severity::Error);
    let errors: Vec<_> = errors.map(|one| (one.code, &one.message)).collect();
    assert!(errors.is_empty(), "{errors:?}\n{toml}");
    reading.roadmap.unwrap_or_else(|| panic!("no path:\n{toml}"))
}

fn markdown(name: &str) -> (Draft, Roadmap) {
    made(Kind::Markdown, name)
}

/// The stages, topics and items of a path, one a line: `#` a stage, `-` a topic, `s` a skill, `r` a
/// resource, `m` a milestone.
fn outline(path: &Roadmap) -> String {
    let line = |node: PathNode<'_>| match node {
        PathNode::Stage(_, stage) => format!("# {}\n", stage.title),
        PathNode::Topic(_, _, topic) => format!("- {}\n", topic.title),
        PathNode::Item(item) => {
            let mark = item.kind().as_str().chars().next().unwrap_or(' ');
            format!("  {mark} {}\n", item.tracked().title)
        }
        PathNode::Path(_) => String::new(),
    };
    let mut lines = String::new();
    for stage in &path.stages {
        lines += &line(PathNode::Stage(path, stage));
        for topic in &stage.topics {
            lines += &line(PathNode::Topic(path, stage, topic));
            path.items_of_topic(stage, topic).for_each(|one| lines += &line(PathNode::Item(one)));
        }
        path.milestones_of(stage).for_each(|one| lines += &line(PathNode::Item(one)));
    }
    lines
}

fn item<'p>(path: &'p Roadmap, title: &str) -> Item<'p> {
    let mut found = path.items().filter(|item| item.tracked().title == title);
    let first = found.next().unwrap_or_else(|| panic!("no {title} in\n{}", outline(path)));
    assert!(found.next().is_none(), "{title} stands twice");
    first
}

fn needs(path: &Roadmap, title: &str) -> Vec<String> {
    let requires = &item(path, title).resource().unwrap().requires;
    requires.iter().flat_map(|one| &one.any_of).map(|one| one.id().unwrap().to_owned()).collect()
}

fn about<'p>(path: &'p Roadmap, title: &str) -> &'p str {
    item(path, title).tracked().details().about.as_deref().unwrap_or_default()
}

fn links(path: &Roadmap, title: &str) -> Vec<(String, String)> {
    let details = item(path, title).tracked().details();
    details.links.iter().map(|link| (link.title.clone(), link.url.clone())).collect()
}

fn ticked(draft: &Draft) -> Vec<(&str, Option<String>)> {
    let all: Vec<(NodeKind, Option<usize>, &Node)> = draft.nodes();
    let tick = |node: &Node| node.tick.as_ref().map(|tick| tick.on.map(|on| on.to_string()));
    let found = all.into_iter().filter_map(|(_, _, node)| Some((node.title.as_str(), tick(node)?)));
    found.collect()
}

#[test]
fn what_is_nothing_is_said() {
    for (kind, text) in [
        (Kind::Markdown, ""),
        (Kind::Markdown, "Only prose, in one paragraph."),
        (Kind::Csv, ""),
        (Kind::Csv, "\n\n,,\n"),
        (Kind::Cards, "#separator:tab\n"),
    ] {
        assert_eq!(draft_of(kind, "it", text).err(), Some(ReadError::Nothing), "{text:?}");
    }
}

#[test]
fn what_is_too_much_is_said() {
    let many = |text: &str, times| text.repeat(times);
    for (kind, text) in [
        (Kind::Csv, many("a,b\n", 60_001)),
        (Kind::Markdown, many("*_", 600_000)),
        (Kind::Markdown, many("- [a](https://a.example)\n", 60_001)),
    ] {
        let error = draft_of(kind, "it", &text).err();
        assert!(matches!(error, Some(ReadError::TooMany { .. })), "{error:?}");
    }
}
