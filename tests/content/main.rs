//! The paths that ship: their form, their size, and what is promised of their resources. Whether an
//! address answers is not asked here; no test goes out to the network.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]

mod ids;
#[path = "../cli/sandbox.rs"]
mod sandbox;
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use milepost::builtin::BUILT_INS;
use milepost_path::{Career, Cost, HIGHEST, NodeKind, Resource, Roadmap, Stage, Topic, is_id};
use sandbox::Sandbox;

/// The two-year paths.
const ENGINEERING: [&str; 2] = ["ai-integration", "ml-engineering"];

/// Sites that have no https of their own.
const PLAIN_HTTP: &[&str] = &["http://neuralnetworksanddeeplearning.com/", "http://www.mmds.org/"];

fn file(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), name].iter().collect()
}

/// The files of `paths/` by the id that their name gives.
fn files() -> BTreeMap<String, PathBuf> {
    let entries = std::fs::read_dir(file("paths")).unwrap();
    let files = entries.map(|entry| entry.unwrap().path());
    files.map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), path)).collect()
}

/// Those of them that are paths.
fn path_files() -> BTreeMap<String, PathBuf> {
    let mut files = files();
    assert!(files.remove(milepost_path::CAREER).is_some());
    files
}

fn roadmaps() -> BTreeMap<String, Roadmap> {
    let read = |path: PathBuf| {
        let reading = milepost_path::read(&std::fs::read_to_string(&path).unwrap());
        reading.roadmap.unwrap_or_else(|| panic!("{}: {:?}", path.display(), reading.diagnostics))
    };
    path_files().into_iter().map(|(id, path)| (id, read(path))).collect()
}

fn roadmap(id: &str) -> Roadmap {
    roadmaps().remove(id).unwrap_or_else(|| panic!("no {id}"))
}

fn career() -> Career {
    let reading = milepost_path::read(&std::fs::read_to_string(file("paths/career.toml")).unwrap());
    reading.career.unwrap_or_else(|| panic!("{:?}", reading.diagnostics))
}

/// Of a stage's topics and milestones.
fn hours(stage: &Stage) -> f64 {
    let topics = stage.topics.iter().filter_map(|topic| topic.hours);
    topics.chain(stage.milestones.iter().filter_map(|one| one.hours)).sum()
}

#[test]
fn every_file_passes_the_checker() {
    let mut sandbox = Sandbox::new();
    // They were changed after the day of the tests.
    sandbox.set("MILEPOST_NOW", "2100-01-01T10:00:00Z");
    let args = files().into_values().map(PathBuf::into_os_string);
    let said = sandbox.ok(["check".into()].into_iter().chain(args));
    assert_eq!(said, format!("{} files: 0 errors, 0 warnings\n", files().len()));
}

#[test]
fn what_is_embedded_is_what_lies_in_the_folder() {
    let embedded: BTreeMap<String, Roadmap> =
        BUILT_INS.paths.iter().map(|one| (one.id.to_owned(), one.roadmap().unwrap())).collect();
    let in_folder = roadmaps();
    assert_eq!(
        embedded.keys().collect::<Vec<_>>(),
        in_folder.keys().collect::<Vec<_>>(),
        "a file is named after its id, and each is embedded"
    );
    for (id, roadmap) in &in_folder {
        assert_eq!(&roadmap.id, id);
        assert!(embedded[id] == *roadmap, "{id} is embedded in another version");
        let one = BUILT_INS.path(id).unwrap();
        assert_eq!(one.mentions, roadmap.mentions(), "{id}");
    }
}

#[test]
fn foundations_are_three_topics_of_twelve_skills() {
    let foundations = roadmap("foundations");
    let topics: Vec<_> = foundations.stages.iter().flat_map(|stage| &stage.topics).collect();
    assert_eq!(topics.len(), 3);
    assert_eq!(topics.iter().map(|topic| topic.skills.len()).sum::<usize>(), 12);
    assert!(foundations.requires.is_empty(), "it is where one begins");
}

#[test]
fn the_engineering_paths_are_three_stages_of_three_topics_of_three_skills() {
    for id in ENGINEERING {
        let path = roadmap(id);
        assert_eq!(path.stages.len(), 3, "{id}");
        for stage in &path.stages {
            assert_eq!(stage.topics.len(), 3, "{id}/{}", stage.id);
            assert_eq!(stage.milestones.len(), 3, "{id}/{}", stage.id);
            for topic in &stage.topics {
                let counted = topic.skills.iter().filter(|skill| !skill.tracked.optional);
                assert_eq!(counted.count(), 3, "{id}/{}", topic.id);
            }
        }
        let months: Vec<_> = path.stages.iter().map(|stage| stage.months.unwrap()).collect();
        assert_eq!(months, [[0.0, 6.0], [6.0, 12.0], [12.0, 24.0]], "{id}");
        let questions: Vec<usize> = path.interview.iter().map(|one| one.questions.len()).collect();
        assert_eq!(questions, [6; 5], "{id}: five interview topics of six questions");
        let required: Vec<_> = path.requires.iter().flat_map(|one| &one.any_of).collect();
        assert_eq!(required.iter().map(|one| one.as_str()).collect::<Vec<_>>(), ["foundations"]);
    }
}

#[test]
fn each_skill_says_what_one_can_do_who_has_it() {
    for id in ["foundations"].iter().chain(&ENGINEERING) {
        let path = roadmap(id);
        let skills = path.items().filter_map(|item| item.skill());
        for skill in skills.filter(|skill| !skill.tracked.retired) {
            let can = skill.can.as_deref().unwrap_or_default();
            let is_sentence = can.starts_with("I can ") && can.ends_with('.');
            assert!(is_sentence, "{id}/{}: {can}", skill.tracked.id);
            assert!(!can.trim_end_matches('.').contains(". "), "{id}/{}: {can}", skill.tracked.id);
        }
    }
}

#[test]
fn a_stage_fits_its_months_and_says_so() {
    // The hours a week that a stage takes: research and large-scale training are more than the
    // usual nine.
    let weekly = |id: &str, stage: &str| match (id, stage) {
        ("ai-integration", "foundation") => 8.0,
        ("ml-engineering", "expertise") => 10.0,
        _ => 9.0,
    };
    for id in ENGINEERING {
        let path = roadmap(id);
        for stage in &path.stages {
            let [first, last] = stage.months.unwrap();
            let (hours, weeks) = (hours(stage), (last - first) * 52.0 / 12.0);
            let a_week = weekly(id, &stage.id);
            assert_eq!((hours / weeks).round(), a_week, "{id}/{}: {hours} hours", stage.id);
            let summary = stage.summary.as_deref().unwrap();
            let says = [format!("{hours} hours"), format!("{a_week} a week")];
            assert!(says.iter().all(|part| summary.contains(part)), "{id}/{}: {says:?}", stage.id);
        }
        let all: f64 = path.stages.iter().map(hours).sum();
        assert!(path.summary.unwrap().contains(&format!("{all} hours")), "{id}: {all}");
    }
    let foundations = roadmap("foundations");
    let all: f64 = foundations.stages.iter().map(hours).sum();
    let says = format!("{all} hours, about {} weeks at 9 hours a week", (all / 9.0).round());
    assert!(foundations.summary.unwrap().contains(&says), "{says}");
}

#[test]
fn nobody_has_to_pay() {
    let mut wrong = Vec::new();
    for (id, roadmap) in roadmaps() {
        for topic in roadmap.stages.iter().flat_map(|stage| &stage.topics) {
            for skill in topic.skills.iter().map(|skill| &skill.tracked.id) {
                let free = topic
                    .resources
                    .iter()
                    .any(|resource| resource.is_free() && resource.skills.contains(skill));
                if !free {
                    wrong.push(format!("{id}/{skill} has no free resource"));
                }
            }
            let costs = |wanted: Cost| topic.resources.iter().any(|one| one.cost == Some(wanted));
            if costs(Cost::Paid) && !costs(Cost::Free) {
                wrong.push(format!("{id}/{} has something paid and nothing free", topic.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The course of a topic: its resources in order, without alternatives, extras and look-up material.
fn course(topic: &Topic) -> Vec<&Resource> {
    let is_core = |one: &&Resource| {
        !one.skills.is_empty() && one.instead_of.is_empty() && !one.tracked.optional
    };
    topic.resources.iter().filter(is_core).collect()
}

#[test]
fn the_course_of_a_topic_teaches_its_skills_in_its_hours() {
    let mut wrong = Vec::new();
    for (id, roadmap) in roadmaps() {
        for topic in roadmap.stages.iter().flat_map(|stage| &stage.topics) {
            let counted = || topic.skills.iter().filter(|skill| !skill.tracked.optional);
            if counted().next().is_none() {
                continue;
            }
            let course = course(topic);
            let hours: f64 = course.iter().filter_map(|one| one.hours).sum();
            let planned = topic.hours.unwrap();
            if !(0.5..=1.2).contains(&(hours / planned)) {
                wrong.push(format!("{id}/{}: {hours} h of course in {planned} h", topic.id));
            }
            for one in &course {
                if one.part.is_none() && one.hours.is_some_and(|hours| hours > 40.0) {
                    wrong.push(format!("{id}/{} is long and names no part", one.tracked.id));
                }
            }
            for skill in counted().map(|skill| &skill.tracked.id) {
                if !course.iter().any(|one| one.skills.contains(skill)) {
                    wrong.push(format!("{id}/{skill}: nothing of the course teaches it"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn addresses_are_secure_and_every_one_is_said_once_in_a_topic() {
    let mut wrong = Vec::new();
    let mut plain = Vec::new();
    for (id, roadmap) in roadmaps() {
        for topic in roadmap.stages.iter().flat_map(|stage| &stage.topics) {
            let urls: Vec<&str> =
                topic.resources.iter().filter_map(|resource| resource.url.as_deref()).collect();
            for (at, url) in urls.iter().enumerate() {
                if !url.starts_with("https://") {
                    plain.push((*url).to_owned());
                }
                if urls[..at].contains(url) {
                    wrong.push(format!("{id}/{}: {url} stands there twice", topic.id));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    plain.sort();
    plain.dedup();
    assert_eq!(plain, PLAIN_HTTP, "without https, or listed in vain");
}

#[test]
fn every_milestone_can_be_checked() {
    for (id, roadmap) in roadmaps() {
        for milestone in roadmap.stages.iter().flat_map(|stage| &stage.milestones) {
            let place = format!("{id}/{}", milestone.tracked.id);
            // A line of a checklist is smaller than a thing to build.
            let least = if id == "checklists" { 2 } else { 3 };
            assert!(milestone.criteria.len() >= least, "{place} has too few criteria");
            assert!(milestone.hours.is_some(), "{place} has no hours");
            for criterion in &milestone.criteria {
                assert!(criterion.text.ends_with('.'), "{place}: {criterion:?}");
            }
        }
    }
}

#[test]
fn every_question_says_what_a_strong_answer_covers() {
    for (id, roadmap) in roadmaps() {
        for question in roadmap.interview.iter().flat_map(|topic| &topic.questions) {
            let answer = question.look_for.as_deref().unwrap_or_default();
            assert!(!answer.is_empty(), "{id}/{}", question.id);
        }
    }
}

#[test]
fn the_examples_of_the_documentation_pass_the_checker() {
    let text = std::fs::read_to_string(file("docs/path-format.md")).unwrap();
    let examples: Vec<_> =
        text.split("```toml\n").skip(1).map(|rest| rest.split("```").next()).collect();
    let [Some(path), Some(rarer), Some(overlay), Some(career), Some(ticks)] = examples.as_slice()
    else {
        panic!("five examples")
    };
    let sandbox = Sandbox::new();
    sandbox.write("path.toml", path);
    sandbox.write("rarer.toml", rarer);
    sandbox.write("overlay.toml", overlay);
    sandbox.write("career.toml", career);
    assert_eq!(
        sandbox.run(["check", "path.toml", "rarer.toml", "overlay.toml", "career.toml"]),
        "4 files: 0 errors, 0 warnings\n"
    );
    sandbox.ok(["add", "path.toml", "career.toml", "--yes"]);
    // The list is of the path that it stands beside.
    sandbox.write("ticks.toml", ticks);
    sandbox.ok(["done", "--from", "ticks.toml", "--yes"]);
    assert_eq!(sandbox.ok(["list", "home-lab", "--status", "done"]).lines().count(), 3);
    sandbox.ok(["add", "rarer.toml", "overlay.toml", "--yes"]);
}

#[test]
fn the_embedded_career_file_is_the_one_in_the_folder() {
    assert!(BUILT_INS.career() == Some(career()));
}

#[test]
fn every_area_has_four_statements_that_one_can_say_yes_or_no_to() {
    let career = career();
    assert_eq!(career.areas.len(), 13, "eight of the matrix and five beside it");
    for area in &career.areas {
        assert!(area.summary.is_some(), "{}", area.id);
        for (at, level) in area.levels.iter().enumerate() {
            assert!(level.ends_with('.') && level.len() < 120, "{}: {level}", area.id);
            assert!(!area.levels[..at].contains(level), "{}: {level}", area.id);
        }
    }
}

#[test]
fn what_raises_an_area_is_there_and_reaches_level_three() {
    let (career, roadmaps) = (career(), roadmaps());
    let mut nothing_at_four = Vec::new();
    for area in &career.areas {
        for raise in &area.raised_by {
            let node = roadmaps.get(raise.by.path()).and_then(|path| path.node(raise.by.id()?));
            let kind = node.map(|node| node.kind());
            let fits = [NodeKind::Topic, NodeKind::Skill, NodeKind::Milestone].map(Some);
            assert!(fits.contains(&kind), "{}: {} is {kind:?}", area.id, raise.by);
            // What is only read proves little, and nothing of the upper levels.
            let most = if raise.level >= 3 { 1 } else { 2 };
            let is_read = kind == Some(NodeKind::Topic);
            assert!(!is_read || raise.weight <= most, "{}: {} weighs too much", area.id, raise.by);
        }
        for level in 1..=HIGHEST {
            let speaks = |weight| {
                let mut all = area.raised_by.iter();
                all.any(|one| usize::from(one.level) == level && one.weight >= weight)
            };
            assert!(speaks(2) || level == 4, "nothing much raises {} to {level}", area.id);
            if level == 4 && !speaks(1) {
                nothing_at_four.push(area.id.as_str());
            }
        }
    }
    // Named in docs/sources.md.
    let named = [
        "retrieval",
        "monitoring",
        "security",
        "compliance",
        "serving",
        "experimentation",
        "responsible-ai",
    ];
    assert_eq!(nothing_at_four, named);
}

#[test]
fn every_milestone_raises_an_area() {
    let (career, roadmaps) = (career(), roadmaps());
    for (id, roadmap) in &roadmaps {
        for milestone in roadmap.stages.iter().flat_map(|stage| &stage.milestones) {
            let reference = format!("{id}/{}", milestone.tracked.id);
            let mut raises = career.areas.iter().flat_map(|area| &area.raised_by);
            assert!(raises.any(|one| one.by.as_str() == reference), "{reference} raises nothing");
        }
    }
}

/// A role that works in many areas and answers for none.
const BROAD: &str = "ai-developer";

#[test]
fn every_role_has_targets_and_paths_that_lead_to_them() {
    let (career, roadmaps) = (career(), roadmaps());
    for role in &career.roles {
        assert!(role.targets.len() >= 11, "{}: {} targets", role.id, role.targets.len());
        let hands_over = role.targets.iter().any(|one| one.level >= 3);
        assert!(hands_over || role.id == BROAD, "{}", role.id);
        assert!(!role.deliverables.is_empty() && !role.metrics.is_empty(), "{}", role.id);
        // Of each area that the role needs, its paths teach something.
        for target in &role.targets {
            let area = career.area(&target.area).unwrap();
            let taught = area
                .raised_by
                .iter()
                .any(|one| role.paths.iter().any(|path| path == one.by.path()));
            assert!(taught, "{}: no path of it teaches {}", role.id, area.id);
        }
        assert!(role.paths.iter().all(|path| roadmaps.contains_key(path)), "{}", role.id);
    }
    for roadmap in roadmaps.values() {
        if let Some(role) = &roadmap.role {
            let leads = career.role(role).is_some_and(|role| role.paths[0] == roadmap.id);
            assert!(leads, "{} says that it leads to {role}", roadmap.id);
        }
    }
}

#[test]
fn five_mock_interviews_and_nine_terms() {
    let career = career();
    let minutes: Vec<u16> = career.practice.iter().map(|one| one.minutes).collect();
    assert_eq!(minutes, [45, 45, 60, 30, 30]);
    assert!(career.practice.iter().all(|one| one.criteria.len() >= 3));
    assert_eq!(career.glossary.len(), 9);
    for term in &career.glossary {
        let url = term.url.as_deref().unwrap_or_default();
        assert!(url.starts_with("https://") && term.source.is_some(), "{}", term.id);
    }
}

/// The program keeps the comments at the top, for `milepost new --from PATH`; others would be lost.
#[test]
fn comments_stand_at_the_top() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("paths");
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let text = std::fs::read_to_string(&file).unwrap();
        let below = text.lines().skip_while(|line| line.starts_with('#'));
        let comments: Vec<&str> = below.filter(|line| line.trim_start().starts_with('#')).collect();
        assert!(comments.is_empty(), "{}: {comments:#?}", file.display());
    }
}

#[test]
fn every_file_that_ships_has_the_one_form_and_names_its_schema() {
    let mut all = 0;
    for entry in std::fs::read_dir(file("paths")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let kind = if path.ends_with("career.toml") { "career" } else { "path" };
        let first = format!("#:schema ../schemas/{kind}.schema.json\n");
        assert!(text.starts_with(&first), "{}", path.display());
        let formatted = milepost_author::format::format(&text);
        assert!(formatted.as_deref() == Ok(&*text), "milepost fmt {}", path.display());
        all += 1;
    }
    assert_eq!(all, roadmaps().len() + 1);
}
