//! Files that other programs have, each with the traps of a real one, and the paths that they become.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use milepost_author::counts::{Construct, Counts, LeftOut};
use milepost_author::made::{self, Made, MakeError};
use milepost_author::read::{Kind, Many, Options, ReadError, detect};
use milepost_path::Roadmap;

fn source(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/sources/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// What a file becomes: the same each time, and as it was when the file is read again.
fn made(name: &str, expected: Kind) -> (Made, Roadmap) {
    let text = source(name);
    let kind = detect(name, &text).unwrap();
    assert_eq!(kind, expected, "{name}");
    let options = Options { name: name.to_owned(), ..Options::default() };
    let made = made::from_document(kind, &text, &options, "it").unwrap();
    assert_eq!(made::from_document(kind, &text, &options, "it").as_ref(), Ok(&made));
    assert!(made::updated(&made.text, kind, &text, &options, "it").unwrap().is_unchanged);
    let path = milepost_path::read(&made.text).roadmap.unwrap();
    (made, path)
}

/// The topics with their skills and resources, an id each.
fn outline(path: &Roadmap) -> Vec<String> {
    let topics = path.stages.iter().flat_map(|stage| &stage.topics);
    topics
        .map(|topic| {
            let skills = topic.skills.iter().map(|one| one.tracked.id.as_str());
            let resources = topic.resources.iter().map(|one| one.tracked.id.as_str());
            let all: Vec<&str> = skills.chain(["|"]).chain(resources).collect();
            format!("{}: {}", topic.id, all.join(" "))
        })
        .collect()
}

fn left_out(counts: &Counts, what: LeftOut) -> usize {
    counts.left_out.get(&what).copied().unwrap_or_default()
}

#[test]
fn a_drawn_roadmap() {
    let (made, path) = made("graph.json", Kind::Roadmap);
    assert_eq!(path.title, "Beekeeping");
    assert_eq!(
        outline(&path),
        ["colonies: colonies-queens brood |", "honey: extracting honey-queens | a-field-guide",]
    );
    let brood = path.items().find(|item| item.tracked().id == "brood").unwrap();
    assert!(brood.tracked().optional, "its legend says so");
    assert!(made.text.contains("x-uuid = \"sub-queen-2\""));
    assert_eq!(made.counts.read[&Construct::Nodes], 11);
    assert_eq!(left_out(&made.counts, LeftOut::Dangling), 1);
    assert_eq!(left_out(&made.counts, LeftOut::Decoration), 3);
}

#[test]
fn the_texts_of_a_roadmap() {
    let (_, path) = made("flat.json", Kind::Roadmap);
    assert_eq!(
        outline(&path),
        ["colonies: | a-colony-in-a-year colonies-the-code", "honey: honey-skill |"]
    );
    let colonies = &path.stages[0].topics[0];
    assert_eq!(colonies.details().about.as_deref(), Some("How bees live together."));
}

#[test]
fn a_track_of_exercises() {
    let (made, path) = made("track.json", Kind::Exercism);
    assert_eq!(
        outline(&path),
        [
            "concepts-loops: loops | first-loop",
            "hitches-friction: hitches friction | mooring",
            "easy-exercises: | bowline",
            "medium-exercises: | clove",
            "hard-exercises: | old-bend",
        ]
    );
    let mooring = &path.stages[0].topics[1];
    assert_eq!(mooring.requires.len(), 1);
    assert_eq!(mooring.details().about.as_deref(), Some("Needs: rope-care"), "nothing teaches it");
    let practice = &path.stages[1];
    let bowline = &practice.topics[0].resources[0];
    assert_eq!(bowline.tracked.details().tags, ["loops", "end-loops", "rescue"]);
    assert_eq!(bowline.url.as_deref(), Some("https://exercism.org/tracks/knots/exercises/bowline"));
    assert!(practice.topics[2].resources[0].tracked.retired, "it is deprecated");
    assert_eq!(left_out(&made.counts, LeftOut::Unfinished), 2);
    assert_eq!(left_out(&made.counts, LeftOut::Untaught), 1);
}

#[test]
fn exercises_in_folders() {
    let (_, path) = made("exercises.toml", Kind::Rustlings);
    assert_eq!(
        outline(&path),
        [
            "part-1-intro: | intro1",
            "simple-loops: | simple-loops1 simple-loops2",
            "bends: | bends1"
        ]
    );
    let quiz = &path.stages[0].milestones[0];
    assert_eq!((quiz.tracked.id.as_str(), quiz.requires.len()), ("quiz1", 2));
    let hint = path.stages[0].topics[0].resources[0].tracked.details().about.clone();
    assert_eq!(
        hint.as_deref(),
        Some("Hint:\n\nLook at the end that is free.\nIt is the one that moves.")
    );
}

#[test]
fn a_curriculum() {
    let (made, path) = made("curriculum.json", Kind::Curriculum);
    assert_eq!(made.counts.read[&Construct::Courses], 5);
    let named = |id: &str| {
        let mut topics = path.stages.iter().flat_map(|stage| &stage.topics);
        topics.find_map(|topic| topic.resources.iter().find(|one| one.tracked.id == id)).cloned()
    };
    let first = named("rope-i").unwrap();
    assert_eq!(first.range, Some([40.0, 72.0]));
    let second = named("rope-ii").unwrap();
    assert_eq!(second.url.as_deref(), Some("https://example.org/rope-2"));
    assert_eq!(second.requires.len(), 1, "{:?}", second.requires);
    let sailing = named("sailing-afloat").unwrap();
    assert_eq!(sailing.hours, None);
    let ropes = path.stages[0].topics[0].clone();
    assert_eq!(ropes.details().tags, ["fibres", "loads"]);
    assert!(named("nets-a").is_some() && named("sails-a").is_some());
}

#[test]
fn too_much_ends_in_an_error() {
    let options = Options { name: "big.json".to_owned(), ..Options::default() };
    let read = |kind: Kind, text: &str| made::from_document(kind, text, &options, "it").err();
    let node = r#"{"id":"a","type":"topic","data":{"label":"A"}},"#;
    let graph = format!("{{\"nodes\":[{}{{}}]}}", node.repeat(100_000));
    assert_eq!(
        read(Kind::Roadmap, &graph),
        Some(MakeError::Source(ReadError::TooMany { what: Many::Nodes, most: 10_000 }))
    );
    let entries: Vec<String> =
        (0..60_002).map(|at| format!("\"{at}\":{{\"title\":\"A\"}}")).collect();
    assert_eq!(
        read(Kind::Roadmap, &format!("{{{}}}", entries.join(","))),
        Some(MakeError::Source(ReadError::TooMany { what: Many::Items, most: 60_000 }))
    );
    let deep = "[".repeat(200_000);
    assert!(matches!(
        read(Kind::Exercism, &deep),
        Some(MakeError::Source(ReadError::Syntax { .. }))
    ));
    let large = " ".repeat(17 * 1024 * 1024);
    assert_eq!(read(Kind::Roadmap, &large), Some(MakeError::Source(ReadError::TooLarge)));
    let dotted = format!("[[exercises]]\n{} = 1\n", vec!["a"; 100].join("."));
    assert!(matches!(
        read(Kind::Rustlings, &dotted),
        Some(MakeError::Source(ReadError::Syntax { line: 2, .. }))
    ));
    // As many as people draw at most: each subtopic is compared with each topic.
    let nodes: Vec<String> = (0..10_000)
        .map(|at| {
            let kind = if at % 2 == 0 { "topic" } else { "subtopic" };
            format!(r#"{{"id":"{at}","type":"{kind}","position":{{"x":{at},"y":{at}}},"data":{{"label":"N {at}"}}}}"#)
        })
        .collect();
    assert_eq!(read(Kind::Roadmap, &format!("{{\"nodes\":[{}]}}", nodes.join(","))), None);
}

#[test]
fn what_no_reader_knows_is_told() {
    for (name, text, expected) in [
        ("a.json", "{\"a\":1}", ReadError::Unknown),
        ("a.json", "[1,2]", ReadError::Unknown),
        ("a.toml", "a = 1\n", ReadError::Unknown),
        ("a.pdf", "%PDF", ReadError::Unknown),
    ] {
        assert_eq!(detect(name, text), Err(expected), "{name} {text}");
    }
    assert!(matches!(detect("a.json", "{\"a\":"), Err(ReadError::Syntax { .. })));
    assert!(matches!(detect("a.toml", "a = \n"), Err(ReadError::Syntax { line: 1, .. })));
    assert_eq!(detect("path.toml", "format = 1\nid = \"a\"\n"), Ok(Kind::Path));
}
