//! What `docs/sources.md` says of the paths.

use super::*;

/// What `docs/sources.md` names besides ids: commands, and keys of the format.
const NO_IDS: [&str; 7] = ["log", "next", "replaces", "roles", "start", "status", "updated"];

/// Whether a path has this item, or this question.
fn has(path: &Roadmap, id: &str) -> bool {
    let mut questions = path.interview.iter().flat_map(|topic| &topic.questions);
    match id.strip_prefix("question:") {
        Some(question) => questions.any(|one| one.id == question),
        None => path.node(id).is_some(),
    }
}

#[test]
fn what_the_account_of_the_sources_names_is_there() {
    let (career, roadmaps) = (career(), roadmaps());
    let paths = roadmaps.keys().map(String::as_str);
    let areas = career.areas.iter().map(|area| area.id.as_str());
    let roles = career.roles.iter().map(|role| role.id.as_str());
    let elsewhere: BTreeSet<&str> = paths.chain(areas).chain(roles).chain(NO_IDS).collect();
    let text = std::fs::read_to_string(file("docs/sources.md")).unwrap();
    // The path whose ids stand there without it.
    let mut here = None;
    let (mut named, mut missing) = (0, Vec::new());
    for (at, line) in text.lines().enumerate() {
        if line.starts_with("## ") {
            here = None;
        }
        if let Some((_, rest)) = line.split_once("Ids are those of `paths/") {
            here = roadmaps.get(rest.split(".toml").next().unwrap());
        }
        for name in line.split('`').skip(1).step_by(2) {
            let found = match name.split_once('/') {
                Some((path, id)) => roadmaps.get(path).is_none_or(|path| has(path, id)),
                None if is_id(name) => {
                    elsewhere.contains(name) || here.is_some_and(|path| path.node(name).is_some())
                }
                None => continue,
            };
            if !found {
                missing.push(format!("docs/sources.md:{}: {name}", at + 1));
            }
            named += 1;
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(named > 400, "{named} names");
}

fn counted_skills(topic: &Topic) -> usize {
    topic.skills.iter().filter(|skill| !skill.tracked.optional).count()
}

/// The cells of a row of a Markdown table.
fn cells(row: &str) -> Vec<&str> {
    row.trim_matches('|').split('|').map(str::trim).collect()
}

#[test]
fn the_account_of_the_sources_counts_right() {
    let text = std::fs::read_to_string(file("docs/sources.md")).unwrap();
    let says =
        |what: String| assert!(text.contains(&what), "docs/sources.md does not say {what:?}");
    let roadmaps = roadmaps();
    let topics = |id: &str| roadmaps[id].stages.iter().flat_map(|stage| &stage.topics);
    let counted = |id: &str| topics(id).map(counted_skills).sum::<usize>();
    let optional = |id: &str| topics(id).map(|one| one.skills.len()).sum::<usize>() - counted(id);

    says(format!("`foundations/development-tools`: {} skills", counted("foundations")));
    for (id, extra) in ENGINEERING.into_iter().zip(["The {} optional ones", "{} optional ones"]) {
        says(format!("{} topics, {} skills", topics(id).count(), counted(id)));
        says(extra.replace("{}", &optional(id).to_string()));
        let path = &roadmaps[id];
        let milestones: usize = path.stages.iter().map(|stage| stage.milestones.len()).sum();
        assert_eq!((milestones, path.interview.len(), path.portfolio.len()), (9, 5, 4), "{id}");
    }
    let career = career();
    let (areas, statements) = (career.areas.len(), career.areas.len() * HIGHEST);
    says(format!("{statements} statements in {areas} areas"));
    for stage in &roadmaps["checklists"].stages {
        says(format!("stage `checklists/{}`, {} milestones", stage.id, stage.milestones.len()));
    }
}

#[test]
fn each_subsection_of_the_curriculum_is_a_topic_with_its_bullets() {
    let text = std::fs::read_to_string(file("docs/sources.md")).unwrap();
    let path = roadmap("ml-ai-curriculum");
    let (mut subsections, mut bullets) = (0, 0);
    for row in text.lines().filter(|line| line.starts_with('|')) {
        let cells = cells(row);
        let (Some(what), Some(Ok(said))) = (cells.get(1), cells.get(2).map(|n| n.parse::<usize>()))
        else {
            continue;
        };
        let Some((kind, id)) = what.split_once(" `").map(|(k, id)| (k, id.trim_matches('`')))
        else {
            continue;
        };
        let mut stages = path.stages.iter();
        let topics: Vec<&Topic> = match kind {
            "stage" => stages.find(|stage| stage.id == id).unwrap().topics.iter().collect(),
            "topic" => {
                (subsections, bullets) = (subsections + 1, bullets + said);
                stages.flat_map(|stage| &stage.topics).filter(|topic| topic.id == id).collect()
            }
            _ => continue,
        };
        assert_eq!(topics.into_iter().map(counted_skills).sum::<usize>(), said, "{row}");
    }
    let heading = format!("({subsections} subsections, {bullets} bullets)");
    assert!(text.contains(&heading) && subsections > 30, "{heading}");
}

#[test]
fn the_tools_that_are_said_to_be_in_no_path_are_in_none() {
    let text = std::fs::read_to_string(file("docs/sources.md")).unwrap();
    let (_, list) = text.split_once("### What the roles guide names and no path has").unwrap();
    let list = list.split("\n### ").next().unwrap();
    let mut titles = Vec::new();
    for roadmap in roadmaps().values() {
        titles.extend(roadmap.items().map(|item| item.title().to_owned()));
    }
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect()
    };
    let titles: Vec<Vec<String>> = titles.iter().map(|title| words(title)).collect();
    let mut all = 0;
    for section in ["4.1", "4.2", "4.3"] {
        let row = list.lines().find(|line| line.starts_with(&format!("| {section} "))).unwrap();
        let tools: Vec<&str> = cells(row)[1]
            .split([';', ','])
            .map(str::trim)
            .filter(|tool| !tool.starts_with("except "))
            .collect();
        all += tools.len();
        let says = [format!("{} of its tools are in no path", tools.len())];
        let of = text.lines().find(|line| line.starts_with(&format!("| {section} "))).unwrap();
        let said =
            of.contains(&says[0]) || of.contains(&format!("{} of its 16 tools", tools.len()));
        assert!(said, "{section} has {} tools: {of}", tools.len());
        for tool in tools {
            let tool = words(tool);
            let named = titles.iter().find(|title| title.windows(tool.len()).any(|at| at == tool));
            assert_eq!(named, None, "{tool:?} is in a path");
        }
    }
    assert!(list.contains(&format!("{all} are in no path")), "{all} tools");
}
