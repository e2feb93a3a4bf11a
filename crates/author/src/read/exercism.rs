//! The `config.json` of an Exercism track: subjects, the exercises that teach them, and those to
//! practise on.

use std::collections::{HashMap, HashSet};

use milepost_path::ResourceKind;
use serde::Deserialize;

use super::json::{Few, parse};
use super::{MOST_ITEMS, Many, Options, ReadError};
use crate::counts::{Construct, LeftOut};
use crate::draft::{Draft, Need, Node, Resource, Skill, Stage, Teaches, Topic};
use crate::guess::{Guess, Guessed};

#[derive(Deserialize)]
struct Track {
    language: Option<String>,
    slug: Option<String>,
    blurb: Option<String>,
    exercises: Exercises,
    #[serde(default)]
    concepts: Few<Concept, MOST_ITEMS>,
}

#[derive(Deserialize)]
struct Exercises {
    #[serde(default)]
    concept: Few<Exercise, MOST_ITEMS>,
    #[serde(default)]
    practice: Few<Exercise, MOST_ITEMS>,
    #[serde(default)]
    foregone: Few<String, MOST_ITEMS>,
}

#[derive(Deserialize)]
struct Concept {
    uuid: Option<String>,
    slug: String,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Exercise {
    slug: String,
    name: Option<String>,
    uuid: Option<String>,
    difficulty: Option<f64>,
    status: Option<String>,
    #[serde(default)]
    concepts: Few<String, 100>,
    #[serde(default)]
    prerequisites: Few<String, 100>,
    #[serde(default)]
    practices: Few<String, 100>,
    #[serde(default)]
    topics: Few<String, 100>,
}

/// From which difficulty on practice is called so.
const LEVELS: [(&str, f64); 3] = [("Easy", 0.0), ("Medium", 4.0), ("Hard", 7.0)];

/// Reads the configuration of a track.
///
/// # Errors
/// It is no such file, or has more than a path can hold.
pub(super) fn read(text: &str, _: &Options) -> Result<Draft, ReadError> {
    let track: Track = parse(text)?;
    let slug = track.slug.unwrap_or_default();
    let mut draft = Draft {
        title: track.language.map(|language| format!("{language} on Exercism")),
        summary: track.blurb,
        ..Draft::default()
    };
    let mut concepts: HashMap<String, Concept> = HashMap::new();
    for concept in track.concepts.all(Many::Items)? {
        draft.counts.read(Construct::Subjects);
        concepts.entry(concept.slug.clone()).or_insert(concept);
    }
    let taught =
        taught(track.exercises.concept.all(Many::Items)?, &slug, &mut concepts, &mut draft);
    let practice = practice(track.exercises.practice.all(Many::Items)?, &slug, &mut draft);
    for _ in track.exercises.foregone.first() {
        draft.counts.leave_out(LeftOut::Unfinished);
    }
    for _ in concepts {
        draft.counts.leave_out(LeftOut::Untaught);
    }
    for (title, topics) in [("Concepts", taught), ("Practice", practice)] {
        if !topics.is_empty() {
            draft.stages.push(Stage { node: Node::new(title, 0), topics, ..Stage::default() });
        }
    }
    Ok(draft)
}

/// A topic an exercise that teaches, with what it teaches as skills.
fn taught(
    exercises: Vec<Exercise>,
    track: &str,
    concepts: &mut HashMap<String, Concept>,
    draft: &mut Draft,
) -> Vec<Topic> {
    let mut topics = Vec::new();
    for mut exercise in exercises {
        draft.counts.read(Construct::Exercises);
        if is_unfinished(&exercise, draft) {
            continue;
        }
        let own = std::mem::take(&mut exercise.concepts).first();
        let skills: Vec<Skill> = own
            .into_iter()
            .map(|slug| {
                let known = concepts.remove(&slug);
                let name = known.as_ref().and_then(|known| known.name.clone());
                let node = Node {
                    id: Some(slug.clone()),
                    key: known.and_then(|known| known.uuid),
                    ..Node::new(name.unwrap_or_else(|| titled(&slug)), 0)
                };
                Skill { node, can: None }
            })
            .collect();
        let title = match skills.as_slice() {
            [] => named(&exercise),
            skills => {
                let titles = skills.iter().take(3).map(|skill| skill.node.title.as_str());
                titles.collect::<Vec<_>>().join(", ")
            }
        };
        let mut node = Node::new(title, 0);
        node.requires = needs(&mut exercise);
        if !skills.is_empty() {
            node.guesses.push(Guess::new(Guessed::Title, named(&exercise)));
        }
        let resources = vec![resource(exercise, track)];
        topics.push(Topic { node, skills, resources, ..Topic::default() });
    }
    topics
}

/// The exercises to practise on, by how hard they are.
fn practice(exercises: Vec<Exercise>, track: &str, draft: &mut Draft) -> Vec<Topic> {
    let mut levels: [Vec<Resource>; 3] = Default::default();
    for mut exercise in exercises {
        draft.counts.read(Construct::Exercises);
        if is_unfinished(&exercise, draft) {
            continue;
        }
        let difficulty = exercise.difficulty.unwrap_or_default();
        let at = LEVELS.iter().rposition(|(_, from)| difficulty >= *from).unwrap_or_default();
        let requires = needs(&mut exercise);
        let mut resource = resource(exercise, track);
        resource.node.requires = requires;
        if let Some(level) = levels.get_mut(at) {
            level.push(resource);
        }
    }
    let named = LEVELS.iter().zip(levels).filter(|(_, resources)| !resources.is_empty());
    named
        .map(|((title, _), resources)| {
            let mut node = Node::new(format!("{title} exercises"), 0);
            node.guesses.push(Guess::new(Guessed::Section, "difficulty"));
            Topic { node, resources, ..Topic::default() }
        })
        .collect()
}

fn is_unfinished(exercise: &Exercise, draft: &mut Draft) -> bool {
    let unfinished = exercise.status.as_deref() == Some("wip");
    if unfinished {
        draft.counts.leave_out(LeftOut::Unfinished);
    }
    unfinished
}

fn needs(exercise: &mut Exercise) -> Vec<Need> {
    let all = std::mem::take(&mut exercise.prerequisites).first();
    all.into_iter().map(Need::Named).collect()
}

fn resource(exercise: Exercise, track: &str) -> Resource {
    let title = named(&exercise);
    let mut seen = HashSet::new();
    let tags = exercise.practices.first().into_iter().chain(exercise.topics.first());
    let tags = tags.map(|tag| tag.replace('_', "-")).filter(|tag| seen.insert(tag.clone()));
    let is_address = !track.is_empty() && milepost_path::is_id(&exercise.slug);
    let url = format!("https://exercism.org/tracks/{track}/exercises/{}", exercise.slug);
    let node = Node {
        tags: tags.collect(),
        url: is_address.then_some(url),
        retired: exercise.status.as_deref() == Some("deprecated"),
        id: Some(exercise.slug),
        key: exercise.uuid,
        ..Node::new(title, 0)
    };
    Resource {
        node,
        kind: Some(ResourceKind::Exercise),
        teaches: Teaches::All,
        ..Resource::default()
    }
}

fn named(exercise: &Exercise) -> String {
    exercise.name.clone().unwrap_or_else(|| titled(&exercise.slug))
}

/// A title for what has only a slug.
fn titled(slug: &str) -> String {
    let words = slug.replace(['-', '_'], " ");
    let mut chars = words.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + chars.as_str()
}
