//! Markdown: lists, headings, boxes and tables.

use super::*;

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
fn an_address_is_no_title() {
    let text = "\
## Learning to weave

### Basics

- <https://example.org/guides/first-loom.html>
- https://www.example.org/watch?v=3
- Warping <https://example.org/warp>
- Knots (https://example.org/knots) for all (90m)
- Twills (10h) - https://example.org/twills
- Dyes (2 h) with [roots](https://example.org/roots)
- [Felting](https://example.org/felt)
";
    let draft = draft_of(Kind::Markdown, "notes.md", text).unwrap();
    let path = path(&write::toml(&draft, "it"));
    assert_eq!(path.title, "Learning to weave");
    let found =
        path.items().map(|item| (item.id().to_owned(), item.title().to_owned(), item.hours()));
    let found: Vec<_> = found.collect();
    let expected = [
        ("first-loom-example-org", "First loom (example.org)", None),
        ("example-org", "example.org", None),
        ("warping", "Warping", None),
        ("knots-for-all", "Knots for all", Some(1.5)),
        ("twills", "Twills", Some(10.0)),
        ("dyes-with-roots", "Dyes with roots", Some(2.0)),
        ("felting", "Felting", None),
    ];
    let expected = expected.map(|(id, title, hours)| (id.to_owned(), title.to_owned(), hours));
    assert_eq!(found, expected);
}
