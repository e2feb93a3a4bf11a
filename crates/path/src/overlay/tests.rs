//! What an overlay makes of a path, in one example and in random ones.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::fixture::{Choices, World, cases, numbers, sketch, worlds};
use crate::node::{ItemBody, Node};
use crate::reference::Ref;

const BASE: &str = "
    path course
    stage first
    topic tools 40h = Tools
    skill git
    skill shell was=bash
    skill make
    skill docker
    resource handbook 10h book teaches=git,shell
    resource talk 1h video instead=handbook
    topic data 30h needs=docker,git|make
    skill sql
    milestone report 8h needs=data = A report
    stage second needs=first
    topic reading
    resource novel 6h
    resource poem";

fn base() -> Roadmap {
    sketch(BASE).remove(0)
}

fn overlay(text: &str) -> Overlay {
    let text = format!("format = 1\nkind = \"overlay\"\nextends = \"course\"\n{text}");
    let reading = crate::read(&text);
    reading.overlay.unwrap_or_else(|| panic!("{:#?}\nin\n{text}", reading.diagnostics))
}

fn bent(text: &str) -> (Roadmap, Vec<String>) {
    let (path, loose) = apply(&base(), &overlay(text));
    let told = |one: &Loose| format!("{} by {}: {}", one.id, one.by, one.why.as_str());
    (path, loose.iter().map(told).collect())
}

fn hours(path: &Roadmap, id: &str) -> Option<f64> {
    path.item(id).unwrap_or_else(|| panic!("{id}")).hours()
}

fn requires(path: &Roadmap, id: &str) -> Vec<String> {
    let node = path.node(id).unwrap();
    let any = |one: &Requirement| one.any_of.iter().map(Ref::as_str).collect::<Vec<_>>().join("|");
    node.requirements().into_iter().map(any).collect()
}

fn ids(path: &Roadmap) -> Vec<&str> {
    path.nodes().filter_map(|node| node.id()).collect()
}

#[test]
fn what_is_added_finds_its_place() {
    let (path, loose) = bent(
        r#"
        [[topics]]
        id = "tools"
        skills = [{ id = "my-jj", title = "Jujutsu", after = "git" }]
        resources = [
          { id = "my-guide", title = "Our guide", type = "docs", skills = ["my-jj", "bash"] },
          { id = "my-film", title = "A film", type = "video", instead_of = ["handbook"] },
        ]
        [[stages]]
        id = "my-week"
        title = "Team week"
        after = "first"
        requires = ["report"]
        [[stages.topics]]
        id = "my-team"
        title = "Team"
        hours = 4
        skills = [{ id = "my-pairing", title = "Pairing" }]
        [[stages]]
        id = "second"
        [[stages.milestones]]
        id = "my-essay"
        title = "An essay"
        hours = 2
        criteria = ["It has a title."]
        "#,
    );
    assert_eq!(loose, [""; 0]);
    let stages: Vec<&str> = path.stages.iter().map(|stage| stage.id.as_str()).collect();
    assert_eq!(stages, ["first", "my-week", "second"]);
    let tools = path.node("tools").unwrap().topic().unwrap();
    let skills: Vec<&str> = tools.skills.iter().map(|skill| skill.tracked.id.as_str()).collect();
    assert_eq!(skills, ["git", "my-jj", "shell", "make", "docker"]);
    assert_eq!(hours(&path, "my-jj"), Some(8.0));
    let resource = |id: &str| path.item(id).unwrap().resource().unwrap();
    // What has an old id is taught under the one that it has now.
    assert_eq!(resource("my-guide").skills, ["my-jj", "shell"]);
    assert_eq!(resource("my-film").skills, ["git", "shell", "make", "docker", "my-jj"]);
    assert_eq!(resource("my-film").instead_of, ["handbook"]);
    assert_eq!(requires(&path, "my-team"), ["course/report"]);
    assert!(path.item("my-essay").unwrap().stage.id == "second");
    // The skills that the base names its resources for stay what they were.
    assert_eq!(resource("talk").skills, ["git", "shell", "make", "docker"]);
}

#[test]
fn what_is_hidden_is_not_counted_and_holds_nobody_back() {
    let (path, loose) = bent("[hide]\nitems = [\"docker\", \"bash\", \"handbook\", \"make\"]");
    assert_eq!(loose, [""; 0]);
    assert_eq!(path.hidden, ["bash", "docker", "handbook", "make", "shell"]);
    assert!(path.hides("shell") && !path.hides("git"));
    let left = ["first", "tools", "data", "git", "talk", "sql", "report"];
    assert_eq!(ids(&path)[..7], left);
    // One of four skills is left, with the part that it had.
    assert_eq!(hours(&path, "git"), Some(10.0));
    let talk = path.item("talk").unwrap().resource().unwrap();
    assert!(talk.instead_of.is_empty() && talk.skills == ["git"]);
    assert_eq!(requires(&path, "data"), ["course/git"]);
    // A topic whose skills are all hidden is hidden with its resources, and a stage without parts.
    let (path, _) = bent("[hide]\nitems = [\"sql\", \"novel\"]");
    assert_eq!(path.hidden, ["data", "novel", "sql"]);
    assert_eq!(requires(&path, "report"), [""; 0]);
    assert_eq!(hours(&path, "poem"), None);
    let (path, _) = bent("[hide]\nitems = [\"reading\"]");
    assert_eq!(path.hidden, ["novel", "poem", "reading", "second"]);
    // Unless something of one's own stands there.
    let (path, _) = bent(
        "[[topics]]\nid = \"data\"\nskills = [{ id = \"my-dax\", title = \"DAX\" }]\n[hide]\nitems = [\"sql\"]",
    );
    assert_eq!(path.hidden, ["sql"]);
    assert!(path.item("my-dax").is_some());
}

#[test]
fn what_is_set_is_set() {
    let (path, loose) = bent(
        r#"
        [[stages]]
        id = "second"
        months = [1, 2.5]
        after = "my-stage"
        [[stages]]
        id = "my-stage"
        title = "Mine"
        [[topics]]
        id = "tools"
        hours = [40, 60]
        skills = [{ id = "make", optional = true }, { id = "bash", links = [{ title = "Manual", url = "https://example.org/" }] }]
        [[topics]]
        id = "reading"
        requires = ["sql", ["novel", "other/thing"]]
        [[milestones]]
        id = "report"
        hours = 12
        requires = ["shell"]
        "#,
    );
    assert_eq!(loose, ["novel by reading: kind"]);
    let stages: Vec<&str> = path.stages.iter().map(|stage| stage.id.as_str()).collect();
    assert_eq!(stages, ["first", "my-stage", "second"]);
    assert_eq!(path.stages[2].months, Some([1.0, 2.5]));
    assert!(!path.item("make").unwrap().can_count());
    let git = path.item("git").unwrap();
    assert_eq!(git.hours_range().map(|ends| ends.map(f64::round)), Some([13.0, 20.0]));
    assert_eq!(path.node("shell").unwrap().links()[0].url, "https://example.org/");
    assert_eq!(hours(&path, "report"), Some(12.0));
    assert_eq!(requires(&path, "report"), ["course/data", "course/shell"]);
    assert_eq!(requires(&path, "reading"), ["course/sql", "other/thing", "course/first"]);
}

#[test]
fn what_the_base_has_no_longer_is_loose() {
    let (path, loose) = bent(
        r#"
        [[topics]]
        id = "gone"
        hours = 3
        skills = [{ id = "my-lost", title = "Lost" }]
        [[topics]]
        id = "report"
        hours = 3
        [[topics]]
        id = "data"
        requires = ["report", "missing"]
        resources = [{ id = "my-docs", title = "Docs", type = "docs", skills = ["git", "never"], instead_of = ["talk"] }]
        skills = [{ id = "my-dax", title = "DAX", after = "git" }, { id = "my-x", title = "X", after = "my-y" }]
        [hide]
        items = ["away", "git"]
        "#,
    );
    let expected = [
        "away by away: gone",
        "gone by gone: gone",
        "report by report: kind",
        "gone by my-lost: gone",
        "never by my-docs: gone",
        "talk by my-docs: elsewhere",
        "my-y by my-x: gone",
        "missing by data: gone",
        "report by data: circle",
    ];
    assert_eq!(loose, expected);
    assert!(path.item("my-lost").is_none() && path.item("my-dax").is_some());
    assert!(path.item("my-docs").unwrap().resource().unwrap().skills.is_empty());
}

#[test]
fn a_base_with_ids_of_overlays_is_left_alone() {
    let mut base = base();
    assert_eq!(Overlay::clash(&base), None);
    base.stages[0].topics[0].skills[0].tracked.replaces.push("my-old".to_owned());
    let base = base.indexed();
    assert_eq!(Overlay::clash(&base), Some("my-old"));
    let overlay = overlay("[hide]\nitems = [\"git\"]");
    assert_eq!(apply(&base, &overlay), (base.clone(), Vec::new()));
}

/// As many parts as a file can have, each as awkward as can be, in time that nobody notices much.
#[test]
fn a_huge_overlay_ends_soon() {
    let many = 20_000;
    let item = |at: usize| format!("my-{at}");
    let skill = |at: usize| {
        let tracked = crate::ItemInfo { id: item(at), ..Default::default() };
        Added {
            within: Some("tools".to_owned()),
            after: Some(item((at * 7_919) % many)),
            node: New::Skill(Box::new(Skill { tracked, can: None })),
        }
    };
    let resource = |at: usize| {
        let tracked = crate::ItemInfo { id: format!("my-r{at}"), ..Default::default() };
        let node = New::Resource(Box::new(Resource { tracked, ..Default::default() }), true);
        Added { within: Some("tools".to_owned()), after: None, node }
    };
    let overlay = Overlay {
        extends: "course".to_owned(),
        added: (0..many).map(skill).chain((0..100).map(resource)).collect(),
        hidden: (0..many).map(|at| format!("gone-{at}")).collect(),
        ..Overlay::default()
    };
    let (path, loose) = apply(&base(), &overlay);
    assert_eq!(path.node("tools").unwrap().topic().unwrap().skills.len(), 4 + many);
    // Each resource would teach all of it by name.
    let resources = path.node("tools").unwrap().topic().unwrap().resources.len();
    assert_eq!(resources, 2 + 250_000 / (4 + many));
    assert_eq!(loose.len(), 1_000);
}

/// An overlay of the first path, as a learner could write it, with ids that are not there among them.
fn random(world: &World, choices: &mut Choices<'_>) -> Overlay {
    let base = &world.shelf[0];
    let nodes: Vec<(String, NodeKind)> = base
        .nodes()
        .map(|node| (node.id().unwrap().to_owned(), node.kind()))
        .chain([("absent".to_owned(), NodeKind::Topic)])
        .collect();
    let any = |choices: &mut Choices<'_>| nodes[choices.below(nodes.len())].clone();
    let mut overlay = Overlay { extends: base.id.clone(), ..Overlay::default() };
    let requires = |choices: &mut Choices<'_>| {
        let one = |choices: &mut Choices<'_>| Ref::node(&base.id, &any(choices).0);
        match choices.once_in(3) {
            true => vec![Requirement { any_of: vec![one(choices), one(choices)] }],
            false => Vec::new(),
        }
    };
    let mut number = 0;
    while choices.has_more() {
        number += 1;
        let (id, kind) = any(choices);
        match choices.below(3) {
            0 => overlay.hidden.push(id),
            1 => {
                let may = kind != NodeKind::Stage && kind != NodeKind::Skill;
                overlay.changes.push(Change {
                    hours: (may && choices.once_in(2)).then_some(7.0),
                    range: None,
                    optional: (kind.is_item() && choices.once_in(2)).then(|| choices.once_in(2)),
                    months: (kind == NodeKind::Stage).then_some([0.0, 1.0]),
                    requires: if kind == NodeKind::Skill { Vec::new() } else { requires(choices) },
                    links: Vec::new(),
                    after: choices.once_in(3).then(|| any(choices).0),
                    id,
                    kind,
                });
            }
            _ => {
                let tracked = crate::ItemInfo {
                    id: format!("my-{number}"),
                    title: "Mine".to_owned(),
                    ..Default::default()
                };
                let node = match (kind, choices.below(2)) {
                    (NodeKind::Stage, 0) => New::Milestone(Box::new(Milestone {
                        tracked,
                        requires: requires(choices),
                        ..Default::default()
                    })),
                    (NodeKind::Stage, _) => New::Topic(Box::new(Topic {
                        id: tracked.id,
                        hours: Some(3.0),
                        requires: requires(choices),
                        ..Default::default()
                    })),
                    (NodeKind::Topic, 0) => New::Skill(Box::new(Skill { tracked, can: None })),
                    (NodeKind::Topic, _) => New::Resource(
                        Box::new(Resource {
                            tracked,
                            skills: vec![any(choices).0],
                            instead_of: vec![any(choices).0],
                            ..Default::default()
                        }),
                        choices.once_in(2),
                    ),
                    _ => New::Stage(Box::new(Stage { id: tracked.id, ..Default::default() })),
                };
                let within = (node.kind() != NodeKind::Stage).then_some(id);
                let after = choices.once_in(3).then(|| any(choices).0);
                overlay.added.push(Added { within, after, node });
            }
        }
    }
    overlay
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn what_comes_out_is_a_path_that_means_what_the_base_says(
        world in worlds(),
        numbers in numbers(120),
    ) {
        let base = &world.shelf[0];
        let overlay = random(&world, &mut Choices::new(&numbers));
        let (path, loose) = apply(base, &overlay);
        prop_assert!(path.ids().collect::<Vec<_>>().is_sorted_by(|a, b| a < b));
        prop_assert!(path.hidden.is_sorted());
        let now: HashSet<&str> = path.ids().collect();
        for node in base.nodes() {
            let id = node.id().unwrap();
            prop_assert_eq!(now.contains(id), !path.hides(id), "{}", id);
            let Some(other) = path.node(id) else { continue };
            prop_assert_eq!(other.kind(), node.kind());
            prop_assert_eq!(other.title(), node.title());
            prop_assert_eq!(other.replaces(), node.replaces());
            if let (Node::Item(one), Node::Item(other)) = (node, other) {
                prop_assert_eq!(&one.tracked().same_as, &other.tracked().same_as);
                if let (ItemBody::Milestone(one), ItemBody::Milestone(other)) = (one.what, other.what) {
                    prop_assert_eq!(&one.criteria, &other.criteria);
                }
            }
        }
        prop_assert!(now.iter().all(|id| is_own(id) || base.node(id).is_some()));
        // Nothing is required that is hidden, and what is required besides is there.
        for reference in path.references().filter(|one| one.path() == path.id) {
            let Some(id) = reference.id() else { continue };
            prop_assert!(path.resolve(id).is_some() || base.resolve(id).is_none(), "{}", id);
        }
        for topic in path.stages.iter().flat_map(|stage| &stage.topics) {
            for resource in &topic.resources {
                let beside = |id: &String| topic.skills.iter().any(|skill| skill.tracked.id == *id);
                let was = base.item(&resource.tracked.id).and_then(|item| item.resource());
                let kept = |id: &String| was.is_some_and(|was| was.skills.contains(id));
                prop_assert!(resource.skills.iter().all(|id| beside(id) || kept(id)));
            }
        }
        for one in &loose {
            prop_assert!(one.why != Why::Gone || base.resolve(&one.id).is_none(), "{:?}", one);
        }
        // Once more is the same, and without the overlay all is back.
        prop_assert_eq!(apply(base, &overlay).0, path);
        let none = Overlay { extends: base.id.clone(), ..Overlay::default() };
        prop_assert_eq!(&apply(base, &none).0, base);
    }

    #[test]
    fn hiding_leaves_the_rest_its_hours(world in worlds(), numbers in numbers(12)) {
        let base = &world.shelf[0];
        let mut choices = Choices::new(&numbers);
        let items: Vec<_> = base.items().collect();
        let mut overlay = Overlay { extends: base.id.clone(), ..Overlay::default() };
        while choices.has_more() && !items.is_empty() {
            overlay.hidden.push(items[choices.below(items.len())].id().to_owned());
        }
        let (path, _) = apply(base, &overlay);
        for item in path.items().filter(|item| item.topic.is_none_or(|topic| topic.choose.is_none())) {
            let before = base.item(item.id()).unwrap();
            if before.topic.is_some_and(|topic| topic.choose.is_some()) || !before.is_goal() {
                continue;
            }
            // Where the last that counts is hidden, the optional ones have what is left: nothing.
            let (was, is) = (before.hours(), item.hours());
            let same = match (was, is) {
                (Some(was), Some(is)) => (was - is).abs() < 1e-9,
                (was, is) => was == is,
            };
            prop_assert!(same, "{} {:?} {:?}", item.id(), was, is);
        }
    }
}
