//! The first steps of six learners with their reasons, as `docs/guidance.md` shows them.
//! `UPDATE_DOCS=1 cargo test --test guidance` writes down what they are now.

use std::fmt::Write as _;

use milepost::text::quantity;
use milepost::words::reason;
use milepost_core::Catalog;
use milepost_core::internals::guidance::{Act, Step};
use milepost_path::{Item, Ref};

use super::learner::*;
use super::measure::Hours;
use super::sandbox::Sandbox;

/// How many steps are shown of each.
const STEPS: usize = 25;

/// A learner of the documentation, and the commands that make one.
struct Shown<'c> {
    title: &'static str,
    commands: &'static [&'static str],
    learner: Walker<'c>,
}

fn learners(catalog: &Catalog) -> [Shown<'_>; 6] {
    [
        Shown {
            title: "A: can program and has the tools, AI integration",
            commands: &[
                "start ai-integration",
                "done --known foundations/programming foundations/development-tools",
                "next",
            ],
            learner: Walker::new(catalog, AI).knows(PROGRAMMER),
        },
        Shown {
            title: "B: a beginner, AI integration, pays for nothing",
            commands: &["start ai-integration", "next --free"],
            learner: Walker::new(catalog, AI).free(),
        },
        Shown {
            title: "C: a backend engineer of some years, wants to be an AI engineer",
            commands: &[
                "start ai-integration --role ai-engineer",
                "done --known foundations ai-integration/api-development \
                 ai-integration/cloud-platforms ai-integration/system-design",
                "next",
            ],
            learner: Walker::new(catalog, AI).knows(SENIOR).role("ai-engineer"),
        },
        Shown {
            title: "D: has the foundations, ML engineering, pays for nothing",
            commands: &["start ml-engineering", "done --known foundations", "next --free"],
            learner: Walker::new(catalog, ML).knows(FOUNDATIONS).free(),
        },
        Shown {
            title: "E: can program and has the tools, ML engineering",
            commands: &[
                "start ml-engineering",
                "done --known foundations/programming foundations/development-tools",
                "next",
            ],
            learner: Walker::new(catalog, ML).knows(PROGRAMMER),
        },
        Shown {
            title: "F: nothing known, the curriculum, wants to be an AI engineer",
            commands: &["start ml-ai-curriculum --role ai-engineer", "next"],
            learner: Walker::new(catalog, CURRICULUM).role("ai-engineer"),
        },
    ]
}

#[test]
fn the_guide_shows_the_steps_of_six_learners() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/guidance.md");
    let kept = std::fs::read_to_string(file).unwrap();
    let hand_written = kept.split("\n### ").next().unwrap().trim_end();
    let catalog = catalog();
    let mut now = format!("{hand_written}\n");
    for shown in learners(&catalog) {
        now.push_str(&transcript(shown));
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(file, now).unwrap();
        return;
    }
    for (at, (shown, is)) in kept.lines().zip(now.lines()).enumerate() {
        assert_eq!(shown, is, "docs/guidance.md:{}", at + 1);
    }
    assert_eq!(kept, now);
}

/// The commands of the documentation lead to its first step.
#[test]
fn the_commands_of_the_guide_show_its_first_step() {
    for shown in learners(&catalog()) {
        let sandbox = Sandbox::new();
        let (last, first) = shown.commands.split_last().unwrap();
        for command in first {
            let yes = command.starts_with("done").then_some("--yes");
            sandbox.ok(command.split_whitespace().chain(yes));
        }
        let report = sandbox.json(last.split_whitespace());
        let turn = shown.learner.turn().unwrap();
        let step = &report["recommendations"][0];
        assert_eq!(step["ref"], turn.items[0].as_str(), "{}", shown.title);
        assert_eq!(
            step["because"],
            serde_json::to_value(reason::json(&turn.why)).unwrap(),
            "{}",
            shown.title
        );
    }
}

fn transcript(shown: Shown<'_>) -> String {
    let Shown { title, commands, mut learner } = shown;
    let mut text = format!("\n### {title}\n\n```sh\n");
    for command in commands {
        writeln!(text, "milepost {}", command).unwrap();
    }
    text.push_str("```\n\n| | step | hours | why |\n|--:|---|--:|---|\n");
    let mut spent = Hours::default();
    let steps: Vec<(Vec<Ref>, String)> = learner
        .plan()
        .iter()
        .take(STEPS)
        .map(|step| (step.act.items().iter().map(Item::reference).collect(), row(step, &mut spent)))
        .collect();
    for (at, (items, row)) in steps.into_iter().enumerate() {
        let turn = learner.turn().unwrap();
        let why = match turn.did {
            Did::Prove => studied_by(&learner, &items),
            Did::Study | Did::Build => {
                assert_eq!(turn.items, items);
                let reasons: Vec<String> = turn.why.iter().map(reason::sentence).collect();
                cell(&reasons.join("; "))
            }
        };
        writeln!(text, "| {} | {row} | {why} |", at + 1).unwrap();
        learner.finish(&items);
    }
    text
}

/// What a step does, and its hours; adds them up.
fn row(step: &Step<'_>, spent: &mut Hours) -> String {
    let hours = quantity::hours(step.hours);
    let titles: Vec<&str> = step.act.items().iter().map(Item::title).collect();
    let titles = cell(&quantity::list(&titles));
    let cells = match &step.act {
        Act::Study(item) => {
            let part = item.resource().unwrap().part.as_deref();
            let part = part.map_or(String::new(), |part| format!(", {}", cell(part)));
            format!("{titles}{part} | {hours}")
        }
        Act::Prove(..) if step.hours > 0.0 => format!("*prove* {titles} | up to {hours}"),
        Act::Prove(..) => format!("*prove* {titles} |"),
        Act::Build(_) => {
            let before = match (spent.studied, spent.planned) {
                (0.0, _) => "milestone".to_owned(),
                (studied, planned) if studied == planned => format!("milestone, after {studied} h"),
                (studied, planned) => {
                    format!("milestone, after {studied} h; {planned} h with practice")
                }
            };
            format!("**{titles}** ({before}) | {hours}")
        }
    };
    spent.planned += step.hours;
    if !matches!(step.act, Act::Prove(..)) {
        spent.studied += step.hours;
    }
    cells
}

/// What the skills of a proof were studied with.
fn studied_by(learner: &Walker<'_>, skills: &[Ref]) -> String {
    let guide = learner.guide();
    let proofs = guide.to_prove();
    let mut studied: Vec<&str> = Vec::new();
    for skill in skills {
        let proof = proofs.iter().find(|one| one.item.reference() == *skill).unwrap();
        for item in &proof.studied_by {
            if !studied.contains(&item.id()) {
                studied.push(item.id());
            }
        }
    }
    let studied: Vec<String> = studied.iter().map(|id| format!("`{id}`")).collect();
    format!("studied with {}", quantity::list(&studied))
}

/// Text for a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
