//! From what somebody typed to a node, an interview question or another named thing: `path/item`, or
//! an id alone where that is clear among the followed paths, else among all; in whatever case; else a
//! whole title. Nothing is guessed; what is near is suggested.

use milepost_path::near::near;
use milepost_path::{Node, PathQuestion, QUESTION, Roadmap};

use super::Catalog;
use crate::model::learner::progress_ref;

/// How many suggestions are given.
const MOST_NEAR: usize = 3;

/// What a text refers to.
#[derive(Debug)]
pub enum Lookup<T> {
    /// This.
    One(T),
    /// One of these, which are different things.
    Several(Vec<T>),
    /// Nothing; these are near.
    Unknown(Vec<String>),
}

/// Looks a reference up; `followed` are the paths to look into first.
pub fn look_up<'a>(catalog: &'a Catalog, text: &str, followed: &[&str]) -> Lookup<Node<'a>> {
    let exact = by_id(catalog, text, followed);
    if !matches!(exact, Lookup::Unknown(_)) {
        return exact;
    }
    let folded = folded(text);
    if folded != text {
        let found = by_id(catalog, &folded, followed);
        if !matches!(found, Lookup::Unknown(_)) {
            return found;
        }
    }
    match by_title(catalog, &folded, followed) {
        found if found.is_empty() => exact,
        found => one_or_several(catalog, found),
    }
}

/// The place of what somebody named in a list of ids and titles: the one with this id, in whatever
/// case, else the only one with this title.
pub fn named<'n>(text: &str, names: impl IntoIterator<Item = (&'n str, &'n str)>) -> Option<usize> {
    let names: Vec<(&str, &str)> = names.into_iter().collect();
    let wanted = folded(text);
    let by_id = names.iter().position(|(id, _)| *id == text || *id == wanted);
    by_id.or_else(|| {
        let mut titled = names.iter().enumerate().filter(|(_, (_, title))| folded(title) == wanted);
        let (at, _) = titled.next()?;
        titled.next().is_none().then_some(at)
    })
}

/// A text as ids and titles are compared: in lower case, with single blanks.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What has this title: in the followed paths, else anywhere.
fn by_title<'a>(catalog: &'a Catalog, title: &str, followed: &[&str]) -> Vec<Node<'a>> {
    if title.is_empty() {
        return Vec::new();
    }
    let titled = |roadmap: &'a Roadmap| {
        let nodes = roadmap.ids().filter_map(|id| roadmap.node(id));
        let all = std::iter::once(Node::Path(roadmap)).chain(nodes);
        all.filter(|node| folded(node.title()) == title).collect::<Vec<_>>()
    };
    let found: Vec<Node<'a>> =
        followed.iter().filter_map(|id| catalog.roadmap(id)).flat_map(titled).collect();
    if !found.is_empty() {
        return found;
    }
    catalog.all().into_iter().flat_map(|(roadmap, _)| titled(roadmap)).collect()
}

fn by_id<'a>(catalog: &'a Catalog, text: &str, followed: &[&str]) -> Lookup<Node<'a>> {
    if let Some((path, id)) = text.split_once('/') {
        return qualified(catalog, path, id);
    }
    let roadmaps: Vec<&Roadmap> = followed.iter().filter_map(|id| catalog.roadmap(id)).collect();
    let mut found: Vec<Node<'a>> = catalog.roadmap(text).map(Node::Path).into_iter().collect();
    found.extend(in_paths(&roadmaps, text));
    if found.is_empty() {
        let all: Vec<&Roadmap> = catalog.all().into_iter().map(|(roadmap, _)| roadmap).collect();
        found = in_paths(&all, text);
        if found.is_empty() {
            return Lookup::Unknown(near_anywhere(&all, text));
        }
    }
    one_or_several(catalog, found)
}

/// Looks an interview question up: `path/question:id`, `path/id`, or `question:id` or its id alone;
/// `followed` are the paths to look into first.
pub fn look_up_question<'a>(
    catalog: &'a Catalog,
    text: &str,
    followed: &[&str],
) -> Lookup<PathQuestion<'a>> {
    let text = folded(text);
    let (path, id) = match text.split_once('/') {
        Some((path, id)) => (Some(path), id),
        None => (None, text.as_str()),
    };
    let id = id.strip_prefix(QUESTION).unwrap_or(id);
    let in_paths = |paths: Vec<&'a Roadmap>| -> Vec<PathQuestion<'a>> {
        paths.into_iter().filter_map(|roadmap| roadmap.question(id)).collect()
    };
    let all = || catalog.all().into_iter().map(|(roadmap, _)| roadmap);
    let mut found = match path {
        Some(path) => in_paths(catalog.roadmap(path).into_iter().collect()),
        None => in_paths(followed.iter().filter_map(|id| catalog.roadmap(id)).collect()),
    };
    if found.is_empty() && path.is_none() {
        found = in_paths(all().collect());
    }
    match found.as_slice() {
        [one] => Lookup::One(*one),
        [] => {
            // Of the path that was named, if there is one; else the id can be right elsewhere.
            let here: Vec<&Roadmap> =
                path.and_then(|path| catalog.roadmap(path)).into_iter().collect();
            let paths = if here.is_empty() { all().collect() } else { here };
            let questions = paths.iter().flat_map(|roadmap| roadmap.questions());
            Lookup::Unknown(some_near(
                id,
                questions.map(|one| (one.question.id.as_str(), one.reference().to_string())),
            ))
        }
        _ => Lookup::Several(found),
    }
}

fn qualified<'a>(catalog: &'a Catalog, path: &str, id: &str) -> Lookup<Node<'a>> {
    let Some(roadmap) = catalog.roadmap(path) else {
        let all = catalog.all();
        // The id can be right where only the path is misspelt.
        let ids = all.iter().map(|(roadmap, _)| roadmap.id.as_str());
        let paths = nearest(path, ids);
        let whole = paths.into_iter().map(|path| match id {
            "" => path,
            id => format!("{path}/{id}"),
        });
        return Lookup::Unknown(whole.collect());
    };
    match roadmap.resolve(id) {
        Some(node) => Lookup::One(node),
        None => Lookup::Unknown(
            nearest(id, roadmap.ids()).into_iter().map(|id| format!("{path}/{id}")).collect(),
        ),
    }
}

fn in_paths<'a>(roadmaps: &[&'a Roadmap], id: &str) -> Vec<Node<'a>> {
    roadmaps.iter().filter_map(|roadmap| roadmap.resolve(id)).collect()
}

/// Items that are the same as each other are one.
fn one_or_several<'a>(catalog: &'a Catalog, mut found: Vec<Node<'a>>) -> Lookup<Node<'a>> {
    let mut seen = Vec::new();
    found.retain(|node| {
        let place = match node {
            Node::Item(item) => progress_ref(catalog, item),
            node => node.reference(),
        };
        let new = !seen.contains(&place);
        seen.push(place);
        new
    });
    match found.as_slice() {
        [one] => Lookup::One(*one),
        _ => Lookup::Several(found),
    }
}

fn near_anywhere(all: &[&Roadmap], text: &str) -> Vec<String> {
    let paths = all.iter().map(|roadmap| (roadmap.id.as_str(), roadmap.id.clone()));
    let nodes =
        all.iter().flat_map(|roadmap| roadmap.ids().map(|id| (id, format!("{}/{id}", roadmap.id))));
    some_near(text, paths.chain(nodes))
}

/// The names most like a text, the most alike first.
pub fn nearest<'n>(text: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    some_near(text, names.into_iter().map(|name| (name, name.to_owned())))
}

fn some_near<'n>(text: &str, names: impl IntoIterator<Item = (&'n str, String)>) -> Vec<String> {
    let mut near = near(text, names);
    near.truncate(MOST_NEAR);
    near
}
