//! The `info.toml` of Rustlings: exercises in folders, in the order in which they are to be done, with
//! quizzes between them.

use milepost_path::ResourceKind;
use serde::Deserialize;

use super::{MOST_ITEMS, Many, Options, ReadError};
use crate::counts::Construct;
use crate::draft::{Criterion, Draft, Milestone, Need, Node, Resource, Stage, Topic};
use crate::guess::{Guess, Guessed};

#[derive(Deserialize)]
struct Info {
    #[serde(default)]
    exercises: Vec<Exercise>,
}

#[derive(Deserialize)]
struct Exercise {
    name: String,
    dir: Option<String>,
    #[serde(default)]
    hint: String,
}

/// Reads the list of exercises.
///
/// # Errors
/// It is no such file, or has more than a path can hold.
pub(super) fn read(text: &str, _: &Options) -> Result<Draft, ReadError> {
    let info: Info = super::toml::parse(text)?;
    if info.exercises.len() > MOST_ITEMS {
        return Err(ReadError::TooMany { what: Many::Items, most: MOST_ITEMS });
    }
    let mut draft = Draft { title: Some("Rustlings".to_owned()), ..Draft::default() };
    let mut open: Vec<Topic> = Vec::new();
    for exercise in info.exercises {
        draft.counts.read(Construct::Exercises);
        if is_quiz(&exercise) {
            let topics = std::mem::take(&mut open);
            draft.stages.push(stage(draft.stages.len() + 1, topics, Some(exercise)));
            continue;
        }
        let folder = titled(exercise.dir.as_deref().unwrap_or_default());
        match open.last_mut().filter(|topic| topic.node.title == folder) {
            Some(topic) => topic.resources.push(resource(exercise)),
            None => {
                let mut node = Node::new(folder, 0);
                let dir = exercise.dir.clone().unwrap_or_default();
                node.guesses.push(Guess::new(Guessed::Title, dir));
                let resources = vec![resource(exercise)];
                open.push(Topic { node, resources, ..Topic::default() });
            }
        }
    }
    if !open.is_empty() {
        draft.stages.push(stage(draft.stages.len() + 1, open, None));
    }
    Ok(draft)
}

fn is_quiz(exercise: &Exercise) -> bool {
    let folder = exercise.dir.as_deref();
    folder == Some("quizzes") || (folder.is_none() && exercise.name.starts_with("quiz"))
}

/// A part of the course, up to the quiz that ends it.
fn stage(number: usize, topics: Vec<Topic>, quiz: Option<Exercise>) -> Stage {
    let mut node = Node::new(format!("Part {number}"), 0);
    node.guesses.push(Guess::new(Guessed::Section, "quizzes"));
    let milestones = quiz.map(|quiz| {
        let mut node = Node { id: Some(quiz.name.clone()), ..Node::new(quiz.name, 0) };
        node.about = about(&quiz.hint);
        node.requires = topics.iter().map(|topic| Need::Named(topic.node.title.clone())).collect();
        node.guesses.push(Guess::new(Guessed::Requires, "what comes before it"));
        let text = "The exercise compiles, and its tests pass.".to_owned();
        let criteria = vec![Criterion { text, ..Criterion::default() }];
        Milestone { node, criteria, hours: None }
    });
    Stage { node, topics, milestones: milestones.into_iter().collect(), ..Stage::default() }
}

fn resource(exercise: Exercise) -> Resource {
    let node = Node {
        id: Some(exercise.name.replace('_', "-")),
        about: about(&exercise.hint),
        ..Node::new(exercise.name, 0)
    };
    Resource { node, kind: Some(ResourceKind::Exercise), ..Resource::default() }
}

/// A hint, hidden from those who do not look for it.
fn about(hint: &str) -> Vec<String> {
    let hint = hint.trim();
    if hint.is_empty() { Vec::new() } else { vec!["Hint:".to_owned(), hint.to_owned()] }
}

/// The title of a folder: `01_primitive_types` gives `Primitive types`.
fn titled(folder: &str) -> String {
    let words = folder
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '_')
        .replace(['_', '/'], " ");
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().collect::<String>() + chars.as_str(),
        None => "Exercises".to_owned(),
    }
}
