use proptest::prelude::*;

use crate::fixture::{cases, item, sketch, worlds};
use crate::*;

#[test]
fn ids() {
    let longest = "a".repeat(64);
    let too_long = "a".repeat(65);
    for (text, expected) in [
        ("a", true),
        ("7", true),
        ("fastapi", true),
        ("rest-principles", true),
        ("gpt-4-1", true),
        ("0-0", true),
        (longest.as_str(), true),
        (too_long.as_str(), false),
        ("", false),
        ("-", false),
        ("-a", false),
        ("a-", false),
        ("a--b", false),
        ("A", false),
        ("a_b", false),
        ("a b", false),
        ("a/b", false),
        ("a.b", false),
        ("é", false),
        ("a\u{0301}", false),
        ("a\n", false),
        ("１", false),
    ] {
        assert_eq!(is_id(text), expected, "{text:?}");
    }
}

#[test]
fn references() {
    let node = Ref::node("ai-integration", "fastapi");
    assert_eq!((node.path(), node.id()), ("ai-integration", Some("fastapi")));
    assert_eq!(node.as_str(), "ai-integration/fastapi");
    assert_eq!(format!("[{node:>24}]"), "[  ai-integration/fastapi]");
    let path = Ref::path_only("ai-integration");
    assert_eq!((path.path(), path.id()), ("ai-integration", None));
    assert_eq!(Ref::from_text("ai-integration/fastapi"), node);
}

#[test]
fn words_are_read_as_they_are_written() {
    for kind in ResourceKind::ALL {
        assert_eq!(ResourceKind::parse(kind.as_str()), Some(kind));
    }
    for cost in Cost::ALL {
        assert_eq!(Cost::parse(cost.as_str()), Some(cost));
    }
    assert_eq!((ResourceKind::parse("Docs"), Cost::parse("")), (None, None));
    assert_eq!(Cost::ALL.map(Cost::is_free), [true, false, true]);
}

const PATH: &str = "
    path p needs=q,r
    stage one needs=q/a
    topic t 10h needs=u|q/b,gone/x
    skill a was=old,older
    skill b optional same=o/x
    skill c
    resource r 2h
    milestone m 3h needs=t
    stage two
    topic u
    skill d
    milestone n";

#[test]
fn effort() {
    let shelf = sketch(PATH);
    for (id, hours) in [
        ("p/a", Some(5.0)),
        ("p/b", None),
        ("p/r", Some(2.0)),
        ("p/m", Some(3.0)),
        ("p/d", None),
        ("p/n", None),
    ] {
        assert_eq!(item(&shelf, id).hours(), hours, "{id}");
    }
    let goals: Vec<&str> = shelf[0].items().filter(Item::is_goal).map(|item| item.id()).collect();
    assert_eq!(goals, ["a", "c", "m", "d", "n"]);
}

#[test]
fn a_share_of_a_range_is_a_range() {
    let topic = |topic: Topic, resources: &[(Option<f64>, Option<[f64; 2]>)]| {
        let resource = |(at, (hours, range)): (usize, &(Option<f64>, Option<[f64; 2]>))| Resource {
            tracked: ItemInfo { id: format!("r{at}"), ..ItemInfo::default() },
            hours: *hours,
            range: *range,
            ..Resource::default()
        };
        let resources = resources.iter().enumerate().map(resource).collect();
        let range = topic.range;
        let hours = range.map(|[least, most]| (least + most) / 2.0);
        let topics = vec![Topic { resources, hours, ..topic }];
        let stages = vec![Stage { topics, ..Stage::default() }];
        Roadmap { stages, ..Roadmap::default() }.indexed()
    };
    let ranges = |path: &Roadmap| path.items().map(|item| item.hours_range()).collect::<Vec<_>>();
    let range = Some([4.0, 8.0]);
    let of = |topic_range| Topic { range: topic_range, ..Topic::default() };
    let rest = topic(of(range), &[(None, None), (None, None)]);
    assert_eq!(ranges(&rest), [Some([2.0, 4.0]); 2]);
    // What has hours of its own leaves the rest: 0 to 4 hours for two.
    let rest = topic(of(range), &[(Some(4.0), None), (None, None), (None, None)]);
    assert_eq!(ranges(&rest), [Some([4.0, 4.0]), Some([0.0, 2.0]), Some([0.0, 2.0])]);
    // Nothing takes less than no time.
    let rest = topic(of(range), &[(Some(5.0), Some([2.0, 8.0])), (None, None)]);
    assert_eq!(ranges(&rest), [Some([2.0, 8.0]), Some([0.0, 3.0])]);
    let skill = |id: &str| Skill {
        tracked: ItemInfo { id: id.to_owned(), ..ItemInfo::default() },
        ..Skill::default()
    };
    let skills = vec![skill("k"), skill("l")];
    let with_skills = topic(Topic { skills, ..of(range) }, &[(None, None)]);
    assert_eq!(ranges(&with_skills), [Some([2.0, 4.0]), Some([2.0, 4.0]), None]);
}

#[test]
fn what_a_node_requires() {
    let shelf = sketch(PATH);
    for (id, expected) in [
        ("one", &["q/a"][..]),
        // Its own and its stage's.
        ("t", &["p/u q/b", "gone/x", "q/a"]),
        ("a", &["p/u q/b", "gone/x", "q/a"]),
        ("r", &["p/u q/b", "gone/x", "q/a"]),
        ("m", &["p/t", "q/a"]),
        // Where there are none, the path's.
        ("two", &["q", "r"]),
        ("u", &["q", "r"]),
        ("d", &["q", "r"]),
        ("n", &["q", "r"]),
    ] {
        let node = shelf[0].node(id).unwrap();
        let alternatives = |requirement: &Requirement| {
            requirement.any_of.iter().map(Ref::as_str).collect::<Vec<_>>().join(" ")
        };
        let found: Vec<String> = node.requirements().into_iter().map(alternatives).collect();
        assert_eq!(found, expected, "{id}");
    }
    assert_eq!(Node::Path(&shelf[0]).requirements().len(), 2);
}

#[test]
fn a_node_knows_where_it_stands() {
    let shelf = sketch(PATH);
    for (id, kind, stage, topic, items) in [
        ("one", NodeKind::Stage, "one", None, "a b c r m"),
        ("t", NodeKind::Topic, "one", Some("t"), "a b c r"),
        ("a", NodeKind::Skill, "one", Some("t"), "a"),
        ("r", NodeKind::Resource, "one", Some("t"), "r"),
        ("n", NodeKind::Milestone, "two", None, "n"),
    ] {
        let node = shelf[0].node(id).unwrap();
        assert_eq!((node.kind(), node.title()), (kind, id));
        assert_eq!(node.reference(), Ref::node("p", id));
        assert_eq!(node.stage().unwrap().id, stage);
        assert_eq!(node.topic().map(|topic| topic.id.as_str()), topic);
        let found: Vec<&str> = node.items().iter().map(|item| item.id()).collect();
        assert_eq!(found.join(" "), items);
        assert_eq!(kind.is_item(), node.items().len() == 1 && items == id);
    }
    let path = Node::Path(&shelf[0]);
    assert_eq!((path.kind(), path.reference()), (NodeKind::Path, Ref::path_only("p")));
    assert!(path.stage().is_none() && path.topic().is_none());
    assert_eq!(path.items().len(), 7);
}

#[test]
fn an_id_of_old_finds_what_replaced_it() {
    let shelf = sketch(PATH);
    for (reference, expected) in [
        ("p", Some("p")),
        ("p/a", Some("p/a")),
        ("p/old", Some("p/a")),
        ("p/older", Some("p/a")),
        ("p/oldest", None),
        ("q", None),
        ("q/a", None),
        ("p/", None),
    ] {
        let found = find(&shelf, &Ref::from_text(reference)).map(|node| node.reference());
        assert_eq!(found.as_ref().map(Ref::as_str), expected, "{reference}");
    }
    assert!(shelf[0].node("old").is_none(), "it is no id of the file");
    assert!(shelf[0].item("t").is_none() && shelf[0].item("a").is_some());
}

#[test]
fn it_names_other_paths_once() {
    let shelf = sketch(PATH);
    assert_eq!(shelf[0].mentions(), ["q", "r", "gone", "o"]);
    let alone = sketch("path p\nstage s needs=p/t\ntopic t\nskill a");
    assert_eq!(alone[0].mentions(), Vec::<&str>::new());
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_look_up_finds_what_a_linear_search_finds(world in worlds()) {
        for roadmap in &world.shelf {
            let mut all: Vec<(&str, NodeKind)> = Vec::new();
            for stage in &roadmap.stages {
                all.push((&stage.id, NodeKind::Stage));
                for topic in &stage.topics {
                    all.push((&topic.id, NodeKind::Topic));
                }
            }
            all.extend(roadmap.items().map(|item| (item.id(), item.kind())));
            for (id, kind) in &all {
                let node = roadmap.node(id).unwrap();
                prop_assert_eq!((node.reference(), node.kind()), (Ref::node(&roadmap.id, id), *kind));
                if let Node::Item(item) = node {
                    let linear = roadmap.items().find(|item| item.id() == *id).unwrap();
                    prop_assert!(std::ptr::eq(item.tracked(), linear.tracked()));
                    prop_assert!(std::ptr::eq(item.stage, linear.stage));
                    prop_assert_eq!(item.topic.map(|t| &t.id), linear.topic.map(|t| &t.id));
                }
            }
            let mut ids: Vec<&str> = all.iter().map(|(id, _)| *id).collect();
            ids.sort_unstable();
            prop_assert_eq!(roadmap.ids().collect::<Vec<_>>(), ids);
            for absent in ["", "a", "zz", "p0", "s", "t00"] {
                let expected = all.iter().any(|(id, _)| *id == absent);
                prop_assert_eq!(roadmap.node(absent).is_some(), expected);
            }
        }
    }

    #[test]
    fn the_parts_hold_all_items_in_the_order_of_the_file(world in worlds()) {
        for roadmap in &world.shelf {
            let all: Vec<&str> = roadmap.items().map(|item| item.id()).collect();
            let mut parts = Vec::new();
            for stage in &roadmap.stages {
                for topic in &stage.topics {
                    parts.extend(Node::Topic(roadmap, stage, topic).items());
                }
                let milestones = roadmap.items_of_stage(stage).filter(|item| item.topic.is_none());
                parts.extend(milestones);
            }
            let parts: Vec<&str> = parts.iter().map(Item::id).collect();
            prop_assert_eq!(all, parts);
        }
    }

    #[test]
    fn an_index_is_read_as_it_was_written(world in worlds()) {
        for roadmap in &world.shelf {
            let bytes = postcard::to_stdvec(roadmap).unwrap();
            let read: Roadmap = postcard::from_bytes(&bytes).unwrap();
            prop_assert_eq!(&read, roadmap);
            for id in roadmap.ids() {
                prop_assert_eq!(
                    read.node(id).map(|node| node.reference()),
                    Some(Ref::node(&roadmap.id, id))
                );
            }
        }
    }

    #[test]
    fn any_text_is_an_id_or_not(text in "\\PC{0,70}|[a-z0-9-]{0,70}") {
        let parts = text.split('-');
        let word = |part: &str| {
            !part.is_empty() && part.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9'))
        };
        let expected = text.chars().count() <= 64 && parts.into_iter().all(word);
        prop_assert_eq!(is_id(&text), expected);
    }
}
