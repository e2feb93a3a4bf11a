//! From what somebody typed to a node, an interview question or another named thing: `path/item`, or
//! an id alone where that is clear among the followed paths, else among all; in whatever case; else a
//! whole title. Nothing is guessed; what is near is suggested.

use std::collections::HashSet;

use milepost_path::near::near;
use milepost_path::{Node, PathQuestion, QUESTION, RESERVED, Roadmap};

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
    let mut found = with_id(catalog, text, followed);
    if found.is_empty() {
        found = distinct(catalog, by_title(catalog, &folded(text), followed));
    }
    match found.as_slice() {
        [] => Lookup::Unknown(near_ids(catalog, text)),
        [one] => Lookup::One(*one),
        _ => Lookup::Several(found),
    }
}

/// What a reference means by its ids alone, in whatever case: nothing, one thing, or several; nothing
/// near is looked for.
pub(crate) fn with_id<'a>(catalog: &'a Catalog, text: &str, followed: &[&str]) -> Vec<Node<'a>> {
    let exact = by_id(catalog, text, followed);
    let folded = if exact.is_empty() { folded(text) } else { String::new() };
    if folded.is_empty() || folded == text { exact } else { by_id(catalog, &folded, followed) }
}

/// The place of what somebody named in a list of ids and titles: the one with this id, in whatever
/// case, else the only one with this title.
pub(crate) fn named<'n>(
    text: &str,
    names: impl IntoIterator<Item = (&'n str, &'n str)>,
) -> Option<usize> {
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

fn by_id<'a>(catalog: &'a Catalog, text: &str, followed: &[&str]) -> Vec<Node<'a>> {
    if let Some((path, id)) = text.split_once('/') {
        let named = catalog.roadmap(path).and_then(|roadmap| roadmap.resolve(id));
        return named.into_iter().collect();
    }
    let roadmaps: Vec<&Roadmap> = followed.iter().filter_map(|id| catalog.roadmap(id)).collect();
    let mut found: Vec<Node<'a>> = catalog.roadmap(text).map(Node::Path).into_iter().collect();
    found.extend(in_paths(&roadmaps, text));
    if found.is_empty() {
        found = in_paths(&all(catalog), text);
    }
    distinct(catalog, found)
}

fn all(catalog: &Catalog) -> Vec<&Roadmap> {
    catalog.all().into_iter().map(|(roadmap, _)| roadmap).collect()
}

/// Looks an interview question up: `path/question:id`, `path/id`, or `question:id` or its id alone;
/// `followed` are the paths to look into first.
pub(crate) fn look_up_question<'a>(
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

/// The ids that are most like a reference which means nothing.
fn near_ids(catalog: &Catalog, text: &str) -> Vec<String> {
    let all = all(catalog);
    let Some((path, id)) = text.split_once('/') else { return near_anywhere(&all, text) };
    if let Some(roadmap) = catalog.roadmap(path) {
        if id.is_empty() {
            return vec![path.to_owned()];
        }
        return nearest(id, roadmap.ids()).into_iter().map(|id| format!("{path}/{id}")).collect();
    }
    // The id can be right where only the path is misspelt, else both are. What is suggested exists.
    let paths = nearest(path, all.iter().map(|roadmap| roadmap.id.as_str()));
    if id.is_empty() {
        return paths;
    }
    // What stands below a word of the format is no part of a path.
    if paths.is_empty() && !RESERVED.contains(&path) {
        return near_anywhere(&all, id);
    }
    let paths: Vec<&Roadmap> = paths.iter().filter_map(|path| catalog.roadmap(path)).collect();
    let has_it = |roadmap: &&&Roadmap| roadmap.resolve(id).is_some();
    let whole = |roadmap: &Roadmap, id: &str| format!("{}/{id}", roadmap.id);
    let right: Vec<String> = paths.iter().filter(has_it).map(|one| whole(one, id)).collect();
    if !right.is_empty() {
        return right;
    }
    let ids =
        |one: &&Roadmap| nearest(id, one.ids()).into_iter().map(|id| whole(one, &id)).collect();
    paths.iter().flat_map::<Vec<String>, _>(ids).take(MOST_NEAR).collect()
}

fn in_paths<'a>(roadmaps: &[&'a Roadmap], id: &str) -> Vec<Node<'a>> {
    roadmaps.iter().filter_map(|roadmap| roadmap.resolve(id)).collect()
}

/// Items that are the same as each other are one: the first of them.
pub(crate) fn distinct<'a>(
    catalog: &Catalog,
    found: impl IntoIterator<Item = Node<'a>>,
) -> Vec<Node<'a>> {
    let mut seen = HashSet::new();
    let place = |node: &Node<'_>| match node {
        Node::Item(item) => progress_ref(catalog, item),
        node => node.reference(),
    };
    found.into_iter().filter(|node| seen.insert(place(node))).collect()
}

fn near_anywhere(all: &[&Roadmap], text: &str) -> Vec<String> {
    let paths = all.iter().map(|roadmap| (roadmap.id.as_str(), roadmap.id.clone()));
    let nodes =
        all.iter().flat_map(|roadmap| roadmap.ids().map(|id| (id, format!("{}/{id}", roadmap.id))));
    // What has several words is rather a title.
    let titles: Vec<(String, String)> = match folded(text) {
        wanted if wanted.contains(' ') => titles(all),
        _ => Vec::new(),
    };
    let titled = titles.iter().map(|(title, reference)| (title.as_str(), reference.clone()));
    let mut seen = HashSet::new();
    let mut near = near(text, paths.chain(nodes).chain(titled));
    near.retain(|reference| seen.insert(reference.clone()));
    near.truncate(MOST_NEAR);
    near
}

/// The titles of all that a path has, as they are compared, each with its reference.
fn titles(all: &[&Roadmap]) -> Vec<(String, String)> {
    let nodes = all.iter().flat_map(|roadmap| {
        let nodes = roadmap.ids().filter_map(|id| roadmap.node(id));
        std::iter::once(Node::Path(roadmap)).chain(nodes)
    });
    nodes.map(|node| (folded(node.title()), node.reference().to_string())).collect()
}

/// The names most like a text, the most alike first.
pub(crate) fn nearest<'n>(text: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    some_near(text, names.into_iter().map(|name| (name, name.to_owned())))
}

fn some_near<'n>(text: &str, names: impl IntoIterator<Item = (&'n str, String)>) -> Vec<String> {
    let mut near = near(text, names);
    near.truncate(MOST_NEAR);
    near
}
