//! What the lines of a list name: by reference, else by address, else by title, among the followed paths
//! first. Nothing is guessed: a line that could mean several things, or that says two different things,
//! means nothing.

use std::cell::OnceCell;
use std::collections::HashMap;

use milepost_path::{Node, Ref, Roadmap};
use serde::{Serialize, Serializer};

use super::list::{Name, Tick};
use crate::catalog::Catalog;
use crate::catalog::reference::{Lookup, distinct, look_up, look_up_question, with_id};
use crate::model::likeness::{is_like, title_key, url_key};
use crate::report::Candidate;

/// How often near names are looked for: people do not read further, and each search compares all names.
const MOST_NEAR: usize = 20;
/// How many of the things that a line could mean are named.
const MOST_CANDIDATES: usize = 5;
/// So much of two titles is compared: to compare long ones would cost their square. In characters.
const MOST_COMPARED: usize = 200;

/// By what a line named what it became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By its reference.
    Reference,
    /// By its address.
    Url,
    /// By its title.
    Title,
}

impl By {
    /// The word for it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Reference => "ref",
            Self::Url => "url",
            Self::Title => "title",
        }
    }
}

impl Serialize for By {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A line of which nothing is recorded.
#[derive(Debug, Clone)]
pub struct Unclear {
    /// The line.
    pub line: usize,
    /// How it names what is done.
    pub name: Name,
    /// Why nothing of it is recorded.
    pub why: Why,
}

/// Why nothing of a line is recorded.
#[derive(Debug, Clone)]
pub enum Why {
    /// Nothing is called so; references of what is near.
    Unknown(Vec<String>),
    /// The path of its reference is not installed.
    NoPath(String),
    /// It is an interview question.
    Question(Ref),
    /// It could mean so many things, of which these are the first.
    Several(usize, Vec<Candidate>),
    /// Its reference means something else than its title and address.
    Another(Candidate),
    /// An earlier line says something else about the same.
    Twice(Candidate, usize),
}

impl Why {
    /// The word for it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "unknown",
            Self::NoPath(_) => "no-path",
            Self::Question(_) => "question",
            Self::Several(..) => "ambiguous",
            Self::Another(_) => "another",
            Self::Twice(..) => "twice",
        }
    }

    /// References of what could be meant.
    pub fn candidates(&self) -> Vec<&str> {
        match self {
            Self::Unknown(near) => near.iter().map(String::as_str).collect(),
            Self::NoPath(_) => Vec::new(),
            Self::Question(one) => vec![one.as_str()],
            Self::Several(_, all) => all.iter().map(|one| one.reference.as_str()).collect(),
            Self::Another(one) | Self::Twice(one, _) => vec![one.reference.as_str()],
        }
    }
}

/// Nodes by their addresses and titles, and by both where several have one address: of a long list, each
/// line must find what it means at once.
#[derive(Default)]
struct Names<'a> {
    urls: HashMap<String, Vec<Node<'a>>>,
    titles: HashMap<String, Vec<Node<'a>>>,
    both: HashMap<(String, String), Vec<Node<'a>>>,
}

/// What a line could mean: how many things, and the first of them.
struct Meant<'a> {
    count: usize,
    first: Vec<Node<'a>>,
}

impl<'a> Meant<'a> {
    fn of(nodes: &[Node<'a>]) -> Option<Self> {
        let first = nodes.iter().take(MOST_CANDIDATES).copied().collect();
        (!nodes.is_empty()).then_some(Self { count: nodes.len(), first })
    }
}

impl<'a> Names<'a> {
    fn of(catalog: &'a Catalog, roadmaps: &[&'a Roadmap]) -> Self {
        let mut names = Self::default();
        for node in roadmaps.iter().flat_map(|roadmap| roadmap.nodes()) {
            // A path is more than a line of it says.
            if matches!(node, Node::Path(_)) {
                continue;
            }
            names.titles.entry(title_key(node.title())).or_default().push(node);
            if let Some(url) = node.url() {
                names.urls.entry(url_key(url)).or_default().push(node);
            }
        }
        for nodes in names.urls.values_mut().chain(names.titles.values_mut()) {
            *nodes = distinct(catalog, std::mem::take(nodes));
            let is_retired =
                |node: &Node<'_>| matches!(node, Node::Item(item) if item.tracked().retired);
            // What nobody is asked to do is meant where nothing else is.
            if !nodes.iter().all(is_retired) {
                nodes.retain(|node| !is_retired(node));
            }
        }
        let Self { urls, both, .. } = &mut names;
        for (url, nodes) in urls.iter().filter(|(_, nodes)| nodes.len() > 1) {
            for node in nodes {
                both.entry((url.clone(), title_key(node.title()))).or_default().push(*node);
            }
        }
        names
    }

    /// What has an address; several parts of one resource have one, so that then the title counts.
    fn with_url(&self, url: &str, title: Option<&str>) -> Option<Meant<'a>> {
        let nodes = self.urls.get(url)?;
        let both = title.filter(|_| nodes.len() > 1);
        let both = both.and_then(|title| self.both.get(&(url.to_owned(), title.to_owned())));
        Meant::of(both.unwrap_or(nodes))
    }

    fn with_title(&self, title: &str) -> Option<Meant<'a>> {
        Meant::of(self.titles.get(title)?)
    }
}

/// Looks up what lines name.
pub(super) struct Finder<'a, 'f> {
    catalog: &'a Catalog,
    followed: &'f [&'f str],
    near_left: usize,
    of_followed: Names<'a>,
    of_all: OnceCell<Names<'a>>,
    /// Those of single paths, which the references of lines name.
    of_paths: HashMap<String, Names<'a>>,
}

impl<'a, 'f> Finder<'a, 'f> {
    pub(super) fn new(catalog: &'a Catalog, followed: &'f [&'f str]) -> Self {
        let roadmaps: Vec<&Roadmap> =
            followed.iter().filter_map(|id| catalog.roadmap(id)).collect();
        Self {
            catalog,
            followed,
            near_left: MOST_NEAR,
            of_followed: Names::of(catalog, &roadmaps),
            of_all: OnceCell::new(),
            of_paths: HashMap::new(),
        }
    }

    fn all(&self) -> &Names<'a> {
        self.of_all.get_or_init(|| {
            let all: Vec<&Roadmap> =
                self.catalog.all().into_iter().map(|(roadmap, _)| roadmap).collect();
            Names::of(self.catalog, &all)
        })
    }

    /// What a line names, and by what.
    pub(super) fn find(&mut self, tick: &Tick) -> Result<(Node<'a>, By), Why> {
        let name = &tick.name;
        let found = match &name.reference {
            Some(reference) => self.by_reference(reference, name)?,
            None => self.by_name(name),
        };
        let Some((Meant { count, first }, by)) = found else { return Err(self.unknown(name)) };
        match first.as_slice() {
            [one] if count == 1 => Ok((*one, by)),
            several => Err(Why::Several(count, several.iter().map(Candidate::new).collect())),
        }
    }

    fn by_reference(
        &mut self,
        reference: &str,
        name: &Name,
    ) -> Result<Option<(Meant<'a>, By)>, Why> {
        let found = with_id(self.catalog, reference, self.followed);
        if let [node] = found.as_slice()
            && is_another(node, reference, name)
        {
            return Err(Why::Another(Candidate::new(node)));
        }
        if let Some(meant) = Meant::of(&found) {
            return Ok(Some((meant, By::Reference)));
        }
        match reference.split_once('/') {
            // Its id can have changed, but what is in other paths is something else.
            Some((path, _)) => match self.catalog.roadmap(path) {
                Some(roadmap) => {
                    let catalog = self.catalog;
                    let of_path = self.of_paths.entry(roadmap.id.clone());
                    let names = of_path.or_insert_with(|| Names::of(catalog, &[roadmap]));
                    Ok(by_name(name, |find| find(names)))
                }
                None => Err(Why::NoPath(path.to_owned())),
            },
            // A reference can be a whole title.
            None => {
                let title = Name { title: Some(reference.to_owned()), ..Name::default() };
                Ok(self.by_name(&title).or_else(|| self.by_name(name)))
            }
        }
    }

    fn by_name(&self, name: &Name) -> Option<(Meant<'a>, By)> {
        by_name(name, |find| find(&self.of_followed).or_else(|| find(self.all())))
    }

    fn unknown(&mut self, name: &Name) -> Why {
        let text = name.reference.as_ref().or(name.title.as_ref()).filter(|_| self.near_left > 0);
        let Some(text) = text else { return Why::Unknown(Vec::new()) };
        self.near_left -= 1;
        if name.reference.is_some()
            && let Lookup::One(asked) = look_up_question(self.catalog, text, self.followed)
        {
            return Why::Question(asked.reference());
        }
        match look_up(self.catalog, text, self.followed) {
            Lookup::Unknown(near) => Why::Unknown(near),
            // What is called so is a path.
            Lookup::One(node) => Why::Unknown(vec![node.reference().to_string()]),
            Lookup::Several(_) => Why::Unknown(Vec::new()),
        }
    }
}

/// What has the address of a line, else what has its title; `among` looks where it is looked for.
fn by_name<'a>(
    name: &Name,
    among: impl Fn(&dyn Fn(&Names<'a>) -> Option<Meant<'a>>) -> Option<Meant<'a>>,
) -> Option<(Meant<'a>, By)> {
    let url = name.url.as_deref().map(url_key);
    let title = name.title.as_deref().map(title_key);
    let with_url =
        url.and_then(|url| among(&|names: &Names<'a>| names.with_url(&url, title.as_deref())));
    if let Some(meant) = with_url {
        return Some((meant, By::Url));
    }
    let meant = title.and_then(|title| among(&|names: &Names<'a>| names.with_title(&title)));
    meant.map(|meant| (meant, By::Title))
}

/// Whether what has an id is something else than a line says by its title or address: then the id had
/// another meaning where the line was written.
fn is_another(node: &Node<'_>, reference: &str, name: &Name) -> bool {
    let id = reference.rsplit('/').next().unwrap_or_default();
    // What replaces it is the same, whatever it is called now.
    if !node.id().is_some_and(|own| own.eq_ignore_ascii_case(id)) {
        return false;
    }
    let short = |text: &str| text.chars().take(MOST_COMPARED).collect::<String>();
    let has_url =
        name.url.as_deref().zip(node.url()).map(|(one, other)| url_key(one) == url_key(other));
    match (&name.title, has_url) {
        (_, Some(true)) | (None, None) => false,
        (Some(title), _) => !is_like(&short(title), &short(node.title())),
        (None, Some(false)) => true,
    }
}
