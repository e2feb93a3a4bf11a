//! Documents as people write them, each with the traps of a real one, and the paths that they become.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

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
fn tables_of_courses() {
    let (draft, path) = markdown("courses.md");
    assert_eq!(
        outline(&path),
        "\
# First steps
- First steps
  r A First Stool
# Making
- Wood
  r Joints A: Halves
  r Joints B: Tails
  r Green-Wood Carving
  r Finishing
- Metal
  r Filing
  r Forging
- Metal: choose 1
  s Casting in Sand
  s Casting in Wax
# Business
- Selling
  r Prices
"
    );
    let range = |title| item(&path, title).hours_range();
    assert_eq!(range("A First Stool"), Some([84.0, 140.0]));
    assert_eq!(range("Joints B: Tails"), Some([50.0, 60.0]));
    assert_eq!(range("Green-Wood Carving"), Some([32.0, 96.0]));
    assert_eq!(range("Finishing"), Some([130.5, 130.5]));
    assert_eq!(range("Forging"), None);
    assert_eq!(about(&path, "Forging"), "Duration: 14 weeks");
    // A choice takes as long as the shorter or the longer of them.
    let choice = path.stages[1].topics[2].clone();
    assert_eq!((choice.choose, choice.range), (Some(1), Some([20.0, 30.0])));
    assert_eq!(needs(&path, "Joints B: Tails"), ["joints-a-halves"]);
    assert!(about(&path, "Joints B: Tails").contains("Needs: a steady hand"));
    assert_eq!(needs(&path, "Finishing"), ["green-wood-carving", "joints-a-halves"]);
    assert_eq!(needs(&path, "Filing"), ["wood"]);
    assert_eq!(needs(&path, "Forging"), ["filing"]);
    // Its own address is in the repository, so no other is taken for it.
    assert_eq!(item(&path, "A First Stool").url(), None);
    let names: Vec<String> =
        links(&path, "Joints A: Halves").into_iter().map(|(title, _)| title).collect();
    assert_eq!(names, ["alternative", "part 1", "part 2"]);
    assert_eq!(links(&path, "Prices")[0].0, "Worksheets");
    assert_eq!(path.stages[1].topics[0].details().tags, ["joints", "sawing by hand"]);
    // The table says that they are courses, wherever they are.
    let kinds: Vec<_> = path.items().filter_map(|item| Some(item.resource()?.kind)).collect();
    assert_eq!(kinds, [ResourceKind::Course; 8]);
    let free = path.items().filter_map(|item| item.resource().and_then(|one| one.cost)).count();
    assert_eq!(free, 0, "nobody said what they cost");
    assert_eq!(draft.counts.left_out[&LeftOut::Anchors], 6);
    assert_eq!(ticked(&draft), [("Filing", Some("2026-05-17".to_owned()))]);
}

#[test]
fn paragraphs_that_are_links() {
    let (draft, path) = markdown("paragraphs.md");
    assert_eq!(ticked(&draft), [("Butter: Cold and Warm", None)]);
    assert_eq!(
        outline(&path),
        "\
# Curriculum
- Bread
  r What is Flour
  r Yeast and Time
- Cake
  r Butter: Cold and Warm
  r Layers with a Knife
  r Layers with a Wire
"
    );
    assert!(about(&path, "What is Flour").contains("can skip this first course"));
    let wire = item(&path, "Layers with a Wire").resource().unwrap();
    assert_eq!(wire.instead_of, ["layers-with-a-knife"]);
    assert_eq!(links(&path, "Layers with a Wire").len(), 2);
}

#[test]
fn boxes_at_any_depth() {
    let (draft, path) = markdown("checklist.md");
    assert_eq!(
        outline(&path),
        "\
# Garden University
- Before you begin: choose 1
  s Soil in a Year
  s Soil in a Week
- Soil
  s What soil is
  s Worms
  s [Review] Soil in 4 minutes
- Plants: Beans
  s About beans
  s Build a frame (that can grow by itself)
  s posts() - how many posts it has
  s Build a frame (that can grow by itself): Description
  s Sowing
- Plants: Peas
  s Peas: Description
  s Peas
  s Tab-indented peas
- More books
  s Old Gardens
"
    );
    // What is below a box is more of it.
    assert_eq!(item(&path, "About beans").url(), Some("https://www.youtube.com/watch?v=4"));
    assert_eq!(links(&path, "About beans")[0].1, "https://archive.example/beans");
    assert!(about(&path, "About beans").ends_with("no need to take notes"));
    assert!(about(&path, "posts() - how many posts it has").contains("four are enough"));
    assert_eq!(ticked(&draft), [("Worms", Some("2026-05-17".to_owned()))]);
    assert!(item(&path, "Old Gardens").tracked().optional, "all below the line is an extra");
    assert!(!item(&path, "Peas").tracked().optional);
    assert_eq!(draft.counts.left_out[&LeftOut::Doubles], 1);
}

#[test]
fn a_list_from_the_top_down() {
    let (draft, path) = markdown("topdown.md");
    let topics: Vec<&str> = path.stages[0].topics.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(
        topics,
        [
            "First things",
            "Motivation",
            "Sailing overview",
            "Inky Sails",
            "Practical Books",
            "Series",
            "Podcasts: Podcasts for beginners",
            "Podcasts: More podcasts"
        ]
    );
    assert!(ticked(&draft).is_empty(), "an instruction is no tick");
    assert!(item(&path, "Sailing without wind").tracked().retired);
    // A soft hyphen is not seen, and no part of a title.
    assert_eq!(
        item(&path, "Knots, ropes and rope work").reference().id(),
        Some("knots-ropes-and-rope-work")
    );
    assert_eq!(
        item(&path, "How to sail in six months").url(),
        Some("https://www.youtube.com/watch?v=12")
    );
    assert_eq!(path.stages[0].topics[3].details().url.as_deref(), Some("https://inky.example"));
    assert_eq!(
        links(&path, "Winds"),
        [("Code repository".to_owned(), "https://code.example/winds".to_owned())]
    );
    item(&path, "Series: Video");
    assert_eq!(item(&path, "Winds").resource().unwrap().kind, ResourceKind::Book);
}

#[test]
fn modules_of_subjects() {
    let (draft, path) = markdown("modules.md");
    assert_eq!(draft.title.as_deref(), Some("Tea Camp: A Free 9-Week Course"));
    assert_eq!(
        outline(&path),
        "\
# Modules
- Module 1: Leaves
  s What is tea?
  s Picking and drying
  s Module 1: Leaves: Homework
- Module 2: Water
  s Hard water vs. soft water
  s Boiling (in a pot)
  s Module 2: Water: Homework
- Final Project
  s A ceremony that uses all of it
"
    );
    let urls: Vec<_> =
        path.stages[0].topics.iter().map(|one| one.details().url.as_deref()).collect();
    assert_eq!(urls, [None, Some("https://tea.example/02-water"), None]);
}

#[test]
fn links_over_lists_are_headings() {
    let (draft, path) = markdown("cohort.md");
    assert_eq!(
        outline(&path),
        "\
# cohort
- Tea Camp, the third time
  r First evening
- Module 1: Leaves
  r Module 1: Leaves: Homework
  r Module 1: Leaves: Solution
- Module 2: Water
  r Module 2: Water: Homework
"
    );
    let urls: Vec<_> =
        path.stages[0].topics.iter().map(|one| one.details().url.as_deref()).collect();
    assert_eq!(urls, [None, None, Some("https://tea.example/02-water")]);
    assert_eq!(draft.counts.left_out[&LeftOut::Links], 4);
}

#[test]
fn a_rubric_is_a_milestone() {
    let (_, path) = markdown("project.md");
    let milestone = item(&path, "Evaluation Criteria").milestone().unwrap();
    let criteria: Vec<_> =
        milestone.criteria.iter().map(|one| (one.text.as_str(), one.points)).collect();
    assert_eq!(
        criteria,
        [
            ("Description of the tea", Some(2)),
            ("Water", Some(4)),
            ("The cups are clean", Some(1)),
            ("Somebody is thanked", Some(2))
        ]
    );
    let steps: Vec<u16> = milestone.criteria[0].scale.iter().map(|step| step.points).collect();
    assert_eq!(steps, [0, 1, 2]);
}

#[test]
fn subjects_with_references() {
    let (draft, path) = markdown("concepts.md");
    assert_eq!(
        outline(&path),
        "\
# Notebooks
- Tools
  r AutoLens
  r Find Mars
  r Night Log
# Fundamentals
- Optics
  s Lenses
  s Mirrors
  s Prisms
  r Visual intro to light
  r Optics
- Nights
  s Darkness
  s Patience
  r Dark places
"
    );
    assert_eq!(links(&path, "Find Mars")[0].1, "https://lab.example/mars");
    assert_eq!(item(&path, "Find Mars").url(), Some("https://blog.example/mars"));
    assert_eq!(item(&path, "Mirrors").url(), Some("https://optics.example/newton"));
    assert_eq!(item(&path, "Prisms").url(), Some("https://optics.example/prism"));
    let paper = item(&path, "Optics").resource().unwrap();
    assert_eq!((paper.by.as_deref(), paper.kind), (Some("Ida Lund et al"), ResourceKind::Paper));
    assert_eq!(draft.counts.left_out[&LeftOut::Images], 3);
    // A line of dashes under a text is no head of the document.
    assert_eq!(path.stages.len(), 2);
}

#[test]
fn a_catalogue_with_accidents() {
    let (draft, path) = markdown("catalogue.md");
    assert_eq!(
        outline(&path),
        "\
# Silk
- General Purpose
  r Red
  r Blue
  r Green
  r Red
- Lines
  r Twine
  r Wire
# Paper
- General Purpose
  r Box
"
    );
    assert!(item(&path, "Blue").tracked().retired);
    assert_eq!(item(&path, "Green").url(), Some("https://kites.example/green"));
    assert_eq!(links(&path, "Twine").len(), 1);
    let ids: Vec<&str> =
        path.stages.iter().flat_map(|one| &one.topics).map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["silk-general-purpose", "lines", "paper-general-purpose"]);
    assert_eq!(draft.counts.left_out[&LeftOut::Anchors], 3);
}

#[test]
fn tables_of_lessons() {
    let (_, path) = markdown("lessons.md");
    assert_eq!(
        outline(&path),
        "\
# Sheep for Beginners
- Wool
  r What wool is
  r The history of wool
- Shearing
  r Shearing: Hold a sheep
  r Shearing: Cut the wool
- Dogs
  r Herding: 05
  r Herding: 06
- More lessons
  r Setup
  r Grass
  r Water
"
    );
    assert_eq!(item(&path, "What wool is").url(), Some("https://sheep.example/1"));
    assert_eq!(item(&path, "What wool is").resource().unwrap().by.as_deref(), Some("Amy"));
    assert_eq!(item(&path, "The history of wool").url(), None);
    assert_eq!(item(&path, "Setup").url(), None);
    assert_eq!(links(&path, "Grass")[0].0, "Learn More");
}

#[test]
fn a_lesson() {
    let (_, path) = markdown("lesson.md");
    assert_eq!(
        outline(&path),
        "\
# lesson
- Lesson overview
  s What a table is.
  s How two tables are joined.
- Assignment
  r Read the basics up to joins.
  r Do the quiz.
- Additional resources
  r A longer text
"
    );
}

#[test]
fn decks_of_cards() {
    let (_, path) = made(Kind::Cards, "deck.txt");
    let groups: Vec<_> =
        path.interview.iter().map(|one| (one.title.as_str(), one.questions.len())).collect();
    assert_eq!(groups, [("Heaps", 3), ("stacks", 1)]);
    let heap = &path.interview[0].questions[0];
    assert_eq!(heap.ask, "What is a heap?");
    assert_eq!(heap.look_for.as_deref(), Some("A tree in an array. Its root is the least."));
    let gap = &path.interview[1].questions[0];
    assert_eq!(
        (gap.ask.as_str(), gap.look_for.as_deref()),
        ("A _____ is last in, first out.", Some("stack"))
    );

    for kind in [Kind::Cards, Kind::Csv] {
        let (draft, path) = made(kind, "cards.csv");
        let questions: Vec<&str> = path.questions().map(|one| one.question.ask.as_str()).collect();
        assert_eq!(
            questions,
            ["What is a boat, and why?", "A _____ is a rope", "What is \"lee\"?"]
        );
        assert_eq!(draft.counts.left_out[&LeftOut::Untitled], 1);
    }
}

#[test]
fn a_sheet_of_courses() {
    let (draft, path) = made(Kind::Csv, "sheet.csv");
    assert_eq!(
        outline(&path),
        "\
# sheet
- Clay
  r Pottery for All
  r Glazes
- Cloth
  r Weaving: Loom, Ltd.
  r Weaving: Another Loom
"
    );
    let pottery = item(&path, "Pottery for All").resource().unwrap();
    assert_eq!(pottery.cost.map(|cost| cost.as_str()), Some("free"));
    assert_eq!(pottery.by.as_deref(), Some("Clay School"));
    assert_eq!(pottery.tracked.details().tags, ["beginner", "online"]);
    assert!(about(&path, "Glazes").contains("rating: 4.7"));
    assert_eq!(item(&path, "Glazes").resource().unwrap().hours, None, "weeks are no effort");
    let columns: Vec<_> =
        draft.counts.columns.iter().map(|one| (one.name.as_str(), one.kept_in)).collect();
    assert_eq!(columns, [("rating", Some("about"))]);
}

#[test]
fn a_sheet_with_ticks() {
    let (draft, path) = made(Kind::Tsv, "hours.tsv");
    assert_eq!(
        outline(&path),
        "# hours\n- Week 1\n  r Notes and rests\n  r Scales\n- Week 2\n  r Chords\n"
    );
    assert_eq!(item(&path, "Chords").hours(), Some(1.5));
    assert_eq!(item(&path, "Scales").hours_range(), Some([3.0, 4.0]));
    let day = Some("2026-05-17".to_owned());
    assert_eq!(ticked(&draft), [("Notes and rests", None), ("Chords", day)]);
}

#[test]
fn the_columns_of_our_own_export() {
    let (draft, path) = made(Kind::Csv, "export.csv");
    assert_eq!(
        outline(&path),
        "# base\n- tables\n  s Joining tables\n  r A book of tables\n  m A shop\n"
    );
    let ids: Vec<&str> = path.items().map(|item| item.tracked().id.as_str()).collect();
    assert_eq!(ids, ["join", "book", "shop"]);
    assert_eq!(
        item(&path, "Joining tables").skill().unwrap().can.as_deref(),
        Some("I can join two tables")
    );
    assert_eq!(item(&path, "Joining tables").hours_range(), Some([8.0, 12.0]));
    let book = item(&path, "A book of tables").resource().unwrap();
    assert!(book.tracked.optional);
    assert_eq!((book.part.as_deref(), book.lang.as_deref()), (Some("chapters 1 to 3"), Some("en")));
    assert_eq!(ticked(&draft), [("Joining tables", Some("2026-05-17".to_owned()))]);
}

#[test]
fn without_headings_the_cells_say_what_they_are() {
    let text = "Knots;https://knots.example\nSails;https://sails.example\n";
    let draft = draft_of(Kind::Csv, "list.csv", text).unwrap();
    let path = path(&write::toml(&draft, "it"));
    assert_eq!(outline(&path), "# list\n- list\n  r Knots\n  r Sails\n");
    assert_eq!(item(&path, "Sails").url(), Some("https://sails.example"));
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
