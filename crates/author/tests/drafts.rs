//! Whatever a draft says, its TOML is a path that passes `check`, and the same each time.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod random;

use milepost_author::draft::{Draft, Need, Node, Resource, Stage, Topic};
use milepost_author::read::{Options, ReadError};
use milepost_author::settle::settle;
use milepost_author::write::toml;
use milepost_path::{Roadmap, Severity};
use proptest::prelude::*;

fn options() -> Options {
    Options { name: "courses.md".to_owned(), ..Options::default() }
}

/// The path that a draft becomes, and its text.
fn written(draft: Draft) -> (Roadmap, String) {
    let settled = settle(draft, &options()).unwrap();
    let text = toml(&settled, "courses");
    let reading = milepost_path::read(&text);
    let errors: Vec<_> =
        reading.diagnostics.iter().filter(|one| one.severity == Severity::Error).collect();
    (reading.roadmap.unwrap_or_else(|| panic!("{errors:#?}\n{text}")), text)
}

fn resource(title: &str, url: Option<&str>) -> Resource {
    let node = Node { url: url.map(str::to_owned), ..Node::new(title, 1) };
    Resource { node, ..Resource::default() }
}

fn stage(title: &str, topics: Vec<Topic>) -> Stage {
    Stage { node: Node::new(title, 1), topics, ..Stage::default() }
}

fn topic(title: &str, resources: Vec<Resource>) -> Topic {
    Topic { node: Node::new(title, 1), resources, ..Topic::default() }
}

fn ids(roadmap: &Roadmap) -> Vec<String> {
    roadmap.items().map(|item| item.tracked().id.clone()).collect()
}

#[test]
fn ids_say_what_something_is() {
    let draft = Draft {
        stages: vec![stage(
            "Core",
            vec![
                topic(
                    "Trees",
                    vec![
                        resource("Video", Some("https://youtube.com/a")),
                        resource("Video", Some("https://vimeo.com/b")),
                        resource("My notes on trees", None),
                        resource("Trees", Some("https://example.org/trees")),
                        resource("木", None),
                    ],
                ),
                topic(
                    "Graphs",
                    vec![
                        resource("Video", None),
                        resource(
                            "A title that goes on and on until it has many more than sixty-four characters",
                            None,
                        ),
                    ],
                ),
            ],
        )],
        ..Draft::default()
    };
    let (roadmap, _) = written(draft);
    assert_eq!(
        ids(&roadmap),
        [
            "trees-video-youtube",
            "trees-video-vimeo",
            "notes-on-trees",
            "trees-resource",
            "resource-f670edeb",
            "graphs-video",
            "a-title-that-goes-on-and-on-until-it-has-many-more-than-sixty",
        ]
    );
}

#[test]
fn what_is_required_is_found_by_its_name_or_becomes_words() {
    let needs = |names: &[&str]| names.iter().map(|name| Need::Named((*name).to_owned())).collect();
    let mut second = resource("Algorithms", None);
    second.node.requires =
        needs(&["Programming", "a language like C", "https://example.org/sets/"]);
    let mut first = resource("Programming", None);
    first.node.requires = needs(&["Algorithms"]);
    let draft = Draft {
        stages: vec![stage(
            "Core",
            vec![topic(
                "Courses",
                vec![first, second, resource("Sets", Some("https://example.org/sets"))],
            )],
        )],
        ..Draft::default()
    };
    let settled = settle(draft.clone(), &options()).unwrap();
    let counted = settled.counts.requirements;
    assert_eq!((counted.found, counted.text, counted.circular), (2, 1, 1));
    let (roadmap, _) = written(draft);
    let [programming, algorithms, _] = roadmap.stages[0].topics[0].resources.as_slice() else {
        panic!("three");
    };
    assert!(programming.requires.is_empty());
    assert_eq!(programming.tracked.details().about.as_deref(), Some("Needs: Algorithms"));
    assert_eq!(algorithms.requires.len(), 2);
    assert_eq!(algorithms.tracked.details().about.as_deref(), Some("Needs: a language like C"));
}

#[test]
fn nothing_is_not_a_path() {
    assert_eq!(settle(Draft::default(), &options()), Err(ReadError::Nothing));
    let empty = Draft { stages: vec![stage("Core", Vec::new())], ..Draft::default() };
    assert_eq!(settle(empty, &options()), Err(ReadError::Nothing));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_draft_is_a_path(draft in random::drafts()) {
        match settle(draft.clone(), &options()) {
            Err(error) => prop_assert_eq!(error, ReadError::Nothing),
            Ok(settled) => {
                let (_, text) = written(draft);
                prop_assert_eq!(&text, &toml(&settled, "courses"));
            }
        }
    }

    /// What stands above it in a list changes no id.
    #[test]
    fn ids_do_not_depend_on_the_order(mut draft in random::drafts()) {
        let by_title = |draft: &Draft| {
            let settled = settle(draft.clone(), &options()).ok()?;
            let nodes = settled.nodes();
            let mut ids: Vec<(String, String)> = nodes
                .iter()
                .map(|(_, _, node)| (node.title.clone(), node.id.clone().unwrap()))
                .collect();
            ids.sort();
            Some(ids)
        };
        let before = by_title(&draft);
        for stage in &mut draft.stages {
            stage.topics.reverse();
            for topic in &mut stage.topics {
                topic.skills.reverse();
                topic.resources.reverse();
            }
        }
        prop_assert_eq!(before, by_title(&draft));
    }
}
