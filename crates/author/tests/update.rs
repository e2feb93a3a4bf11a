//! A document that is read again into a path that was edited since.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod random;

use milepost_author::draft::{Draft, Hours, Node, Resource, Skill, Stage, Topic};
use milepost_author::read::Options;
use milepost_author::settle::settle;
use milepost_author::update::{Update, update};
use milepost_author::write::{blocks, toml};
use milepost_path::{Roadmap, Severity};
use proptest::prelude::*;

fn settled(draft: Draft) -> Draft {
    settle(draft, &Options { name: "courses.md".to_owned(), ..Options::default() }).unwrap()
}

fn text(draft: &Draft) -> String {
    toml(&settled(draft.clone()), "courses")
}

/// The file with what a draft says now.
fn again(file: &str, draft: &Draft) -> (String, Update) {
    let (text, update, _) = update(file, blocks(&settled(draft.clone()), "courses")).unwrap();
    (text, update)
}

fn path(text: &str) -> Roadmap {
    let reading = milepost_path::read(text);
    let errors: Vec<_> =
        reading.diagnostics.iter().filter(|one| one.severity == Severity::Error).collect();
    reading.roadmap.unwrap_or_else(|| panic!("{errors:#?}\n{text}"))
}

fn resource(title: &str, url: &str, hours: f64) -> Resource {
    let node = Node { url: Some(url.to_owned()), ..Node::new(title, 1) };
    Resource { node, hours: Some(Hours(hours, hours)), ..Resource::default() }
}

fn topic(title: &str, skills: &[&str], resources: Vec<Resource>) -> Topic {
    let skill = |title: &&str| Skill { node: Node::new(*title, 1), can: None };
    Topic {
        node: Node::new(title, 1),
        skills: skills.iter().map(skill).collect(),
        resources,
        ..Topic::default()
    }
}

fn courses(topics: Vec<Topic>) -> Draft {
    let stage = Stage { node: Node::new("Core", 1), topics, ..Stage::default() };
    Draft { title: Some("Courses".to_owned()), stages: vec![stage], ..Draft::default() }
}

fn first() -> Draft {
    courses(vec![
        topic(
            "Trees",
            &["Binary trees", "Balance"],
            vec![
                resource("A book on trees", "https://a.org/trees", 10.0),
                resource("Video", "https://b.org/trees", 1.0),
            ],
        ),
        topic("Graphs", &["Search"], vec![resource("Graphs for all", "https://a.org/graphs", 5.0)]),
    ])
}

fn ids(changes: &[milepost_author::update::Entry]) -> Vec<&str> {
    changes.iter().map(|one| one.id.as_str()).collect()
}

#[test]
fn hand_edits_stay_and_the_source_flows_in() {
    let file = text(&first())
        .replace("title = \"Balance\"", "title = \"Balanced trees\"")
        .replace("hours = 10\n", "hours = 12 # it took me longer\n")
        .replace("# Made from", "# Mine. Made from");
    let mut now = first();
    let trees = &mut now.stages[0].topics[0];
    trees.resources[0].hours = Some(Hours(8.0, 9.0));
    trees.resources[0].node.title = "The book on trees".to_owned();
    trees.resources[1].hours = Some(Hours(2.0, 2.0));
    let (text, update) = again(&file, &now);
    let path = path(&text);
    let book = &path.stages[0].topics[0].resources[0];
    assert_eq!(book.tracked.id, "a-book-on-trees", "an id that is written stays");
    assert_eq!(book.tracked.title, "The book on trees");
    assert_eq!(book.hours, Some(12.0));
    assert!(text.contains("hours = 12 # it took me longer\n"));
    assert!(text.contains("# Mine. Made from"));
    assert_eq!(path.stages[0].topics[0].resources[1].hours, Some(2.0));
    assert_eq!(path.stages[0].topics[0].skills[1].tracked.title, "Balanced trees");
    let conflicts: Vec<_> = update
        .conflicts
        .iter()
        .map(|one| (one.id.as_str(), one.key.as_str(), one.source.as_deref()))
        .collect();
    assert_eq!(conflicts, [("a-book-on-trees", "hours", Some("[8, 9]"))]);
    let changed: Vec<_> =
        update.changed.iter().map(|one| (one.id.as_str(), one.keys.join(" "))).collect();
    assert_eq!(
        changed,
        [("a-book-on-trees", "title".to_owned()), ("trees-video", "hours".to_owned())]
    );
    // What was decided is not told again.
    assert_eq!(again(&text, &now), (text.clone(), Update::default()));
}

#[test]
fn what_is_new_comes_behind_what_is_before_it() {
    let file = text(&first());
    let mut now = first();
    let trees = &mut now.stages[0].topics[0];
    trees.resources.insert(1, resource("Video", "https://c.org/trees", 3.0));
    trees.skills.insert(1, Skill { node: Node::new("Heaps", 1), can: None });
    now.stages[0].topics.insert(
        1,
        topic("Tables", &["Hashing"], vec![resource("On hashing", "https://a.org/hash", 2.0)]),
    );
    let (text, update) = again(&file, &now);
    let path = path(&text);
    let titles: Vec<&str> =
        path.stages[0].topics.iter().map(|topic| topic.title.as_str()).collect();
    assert_eq!(titles, ["Trees", "Tables", "Graphs"]);
    let topic = &path.stages[0].topics[0];
    let of_trees: Vec<(&str, &str)> = topic
        .resources
        .iter()
        .map(|one| (one.tracked.id.as_str(), one.url.as_deref().unwrap()))
        .collect();
    assert_eq!(
        of_trees,
        [
            ("a-book-on-trees", "https://a.org/trees"),
            ("trees-video-c", "https://c.org/trees"),
            ("trees-video", "https://b.org/trees"),
        ],
        "the tick on the old video is not on the new one"
    );
    let skills: Vec<&str> = topic.skills.iter().map(|one| one.tracked.id.as_str()).collect();
    assert_eq!(skills, ["binary-trees", "heaps", "balance"]);
    assert_eq!(ids(&update.added), ["heaps", "trees-video-c", "tables", "hashing", "on-hashing"]);
    // Every line of the old file is there, in its order.
    let mut lines = text.lines();
    for line in file.lines() {
        assert!(lines.any(|new| new == line), "{line:?} is gone\n{text}");
    }
}

#[test]
fn what_is_new_keeps_its_order_where_nothing_is_before_it() {
    let mut few = first();
    few.stages[0].topics[1].skills.clear();
    let file = text(&few);
    let mut now = few.clone();
    let skill = |title: &str| Skill { node: Node::new(title, 1), can: None };
    now.stages[0].topics[1].skills = ["Depth", "Breadth", "Paths"].map(skill).to_vec();
    let trees = &mut now.stages[0].topics[0].skills;
    trees.splice(0..0, ["Roots", "Leaves"].map(skill));
    let (text, update) = again(&file, &now);
    assert_eq!(update.added.len(), 5);
    let path = path(&text);
    let titles = |topic: usize| {
        let skills = &path.stages[0].topics[topic].skills;
        skills.iter().map(|one| one.tracked.title.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(titles(0), ["Roots", "Leaves", "Binary trees", "Balance"]);
    assert_eq!(titles(1), ["Depth", "Breadth", "Paths"]);
}

#[test]
fn what_is_gone_is_retired_and_can_come_back() {
    let file = text(&first());
    let mut now = first();
    now.stages[0].topics[0].resources.remove(1);
    now.stages[0].topics[0].skills.remove(1);
    let (text, update) = again(&file, &now);
    assert_eq!(ids(&update.retired), ["balance", "trees-video"]);
    let topic = path(&text).stages[0].topics[0].clone();
    assert!(topic.resources[1].tracked.retired && topic.skills[1].tracked.retired);
    assert_eq!(again(&text, &now), (text.clone(), Update::default()));
    let (back, update) = again(&text, &first());
    assert_eq!(update.changed.len(), 2);
    assert_eq!(back, file);
}

#[test]
fn what_moved_or_is_called_otherwise_is_still_itself() {
    let file = text(&first());
    let mut now = first();
    let moved = now.stages[0].topics[0].resources.remove(0);
    now.stages[0].topics[1].resources.push(moved);
    now.stages[0].topics[1].node.title = "Networks".to_owned();
    now.stages[0].topics[1].resources[0].node.url = Some("https://a.org/networks".to_owned());
    let (text, update) = again(&file, &now);
    assert!(update.added.is_empty() && update.retired.is_empty(), "{update:?}");
    assert_eq!(update.changed.len(), 2);
    let topic = path(&text).stages[0].topics[1].clone();
    assert_eq!((topic.id.as_str(), topic.title.as_str()), ("graphs", "Networks"));
    assert_eq!(topic.resources[0].url.as_deref(), Some("https://a.org/networks"));
}

#[test]
fn what_was_written_by_hand_is_left_alone() {
    let own = "\n[[stages.topics.resources]]\nid = \"own\"\ntitle = \"My own page\"\n\
               url = \"https://own.org\"\ntype = \"docs\"\n";
    let file = text(&first()) + own;
    let mut now = first();
    now.stages[0].topics[1].resources.push(resource("A page", "https://own.org", 3.0));
    let (text, update) = again(&file, &now);
    assert_eq!(update, Update::default());
    assert_eq!(text, file);
}

/// A list of links of which one got a box, as a document that is edited gets it.
#[test]
fn what_becomes_another_kind_of_item_replaces_what_it_was() {
    let file = text(&first()).replace("title = \"Graphs for all\"", "title = \"Graphs, for all\"");
    let file = file.replace("url = \"https://a.org/graphs\"\n",
        "url = \"https://a.org/graphs\"\nsummary = \"Read it twice.\"\nlinks = [{ title = \"Mine\", url = \"https://my.org\" }]\n");
    let mut now = first();
    let [trees, graphs] = now.stages[0].topics.as_mut_slice() else { panic!("two topics") };
    let link = graphs.resources.remove(0);
    graphs.skills.push(Skill { node: link.node, can: None });
    let box_ = trees.skills.remove(1);
    trees.resources.push(Resource { node: box_.node, ..Resource::default() });
    let (text, update) = again(&file, &now);
    let switched: Vec<_> =
        update.switched.iter().map(|one| (one.from.as_str(), one.to.as_str())).collect();
    assert_eq!(
        switched,
        [("balance", "balance-resource"), ("graphs-for-all", "graphs-for-all-skill")]
    );
    assert!(update.added.is_empty() && update.retired.is_empty(), "{update:?}");
    let after = path(&text);
    let skill = after.resolve("graphs-for-all").and_then(|node| match node {
        milepost_path::Node::Item(item) => item.skill(),
        _ => None,
    });
    let skill = skill.expect("it is a skill now");
    // What was edited by hand stays.
    assert_eq!(skill.tracked.title, "Graphs, for all");
    assert_eq!(skill.tracked.summary.as_deref(), Some("Read it twice."));
    assert_eq!(skill.tracked.details().links[0].url, "https://my.org");
    assert_eq!(after.resolve("balance").map(|node| node.kind().as_str()), Some("resource"));
    assert_eq!(again(&text, &now), (text.clone(), Update::default()));
    // And back: it has its id again.
    let (back, update) = again(&text, &first());
    assert_eq!(update.switched.len(), 2, "{update:?}");
    let back_path = path(&back);
    assert!(back_path.item("balance").is_some() && back_path.item("graphs-for-all").is_some());
    assert_eq!(
        back_path
            .resolve("balance-resource")
            .and_then(|node| node.id().map(str::to_owned))
            .as_deref(),
        Some("balance")
    );
    assert_eq!(again(&back, &first()), (back.clone(), Update::default()));
}

#[test]
fn what_somebody_requires_or_teaches_by_hand_is_not_in_the_way_of_another_kind() {
    let file = text(&first())
        .replace(
            "id = \"graphs\"\n",
            "id = \"graphs\"\nrequires = [[\"balance\", \"binary-trees\"]]\n",
        )
        .replace("id = \"trees-video\"\n", "id = \"trees-video\"\nskills = [\"balance\"]\n");
    let mut now = first();
    let trees = &mut now.stages[0].topics[0];
    let box_ = trees.skills.remove(1);
    now.stages[0]
        .milestones
        .push(milepost_author::draft::Milestone { node: box_.node, ..Default::default() });
    let (text, update) = again(&file, &now);
    assert_eq!(update.switched.len(), 1, "{update:?}");
    assert!(text.contains("requires = [[\"balance-milestone\", \"binary-trees\"]]"), "{text}");
    assert!(!text.contains("skills = [\"balance\"]"), "{text}");
    path(&text);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_source_changes_nothing(draft in random::drafts()) {
        if let Ok(settled) = settle(draft, &Options { name: "courses.md".to_owned(), ..Options::default() }) {
            let file = toml(&settled, "courses");
            let (text, update, _) = update(&file, blocks(&settled, "courses")).unwrap();
            prop_assert_eq!(text, file);
            prop_assert_eq!(update, Update::default());
        }
    }

    #[test]
    fn no_id_is_ever_lost(first in random::drafts(), second in random::drafts()) {
        let options = Options { name: "courses.md".to_owned(), ..Options::default() };
        if let (Ok(first), Ok(second)) = (settle(first, &options), settle(second, &options)) {
            let file = toml(&first, "courses");
            let before = path(&file);
            let (text, _, _) = update(&file, blocks(&second, "courses")).unwrap();
            if let Some(after) = milepost_path::read(&text).roadmap {
                for item in before.items() {
                    prop_assert!(after.resolve(&item.tracked().id).is_some());
                }
                // And nothing is new a second time.
                let (_, update, _) = update(&text, blocks(&second, "courses")).unwrap();
                prop_assert!(update.added.is_empty() && update.retired.is_empty(), "{:?}", update);
            }
        }
    }
}
