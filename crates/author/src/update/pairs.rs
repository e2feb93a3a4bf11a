//! Which node of a file is which of the source: by what is most certain first, and only where there is
//! one on each side. What stays without another is new, or gone.

use std::collections::HashMap;
use std::hash::Hash;

use super::nodes::{FileNode, SourceNode};
use crate::origin::{canonical, hash};
use crate::value::Value;

/// The lists of a path, the outer before the inner.
const LISTS: [&str; 7] =
    ["stages", "interview", "topics", "milestones", "skills", "resources", "questions"];

/// Which is which.
pub(super) struct Pairs {
    /// For each node of the file, that of the source.
    pub(super) of_file: Vec<Option<usize>>,
    /// For each node of the source, that of the file.
    pub(super) of_source: Vec<Option<usize>>,
}

/// Finds them. The path itself is the first of both.
pub(super) fn pairs(there: &[FileNode], now: &[SourceNode]) -> Pairs {
    let mut pairs = Pairs { of_file: vec![None; there.len()], of_source: vec![None; now.len()] };
    pairs.set(0, 0);
    let above =
        |parent: Option<usize>| parent.and_then(|at| there.get(at)).map(|one| plain(&one.title));
    let above_now =
        |parent: Option<usize>| parent.and_then(|at| now.get(at)).map(|one| plain(one.title()));
    pairs.by(there, now, |one| one.key.clone(), |one| one.key().map(str::to_owned));
    // What the source said of it when it was read last, whatever the file says by now. What it still says
    // all of the same is the same.
    pairs.by(there, now, FileNode::said, |one| Some(one.says()));
    for list in LISTS {
        pairs.in_order(there, now, list, true);
    }
    let of = |node: &FileNode, key: &str| node.origin.as_ref()?.get(key).cloned();
    let titled = |node: &FileNode| of(node, "title").or_else(|| of(node, "ask"));
    let addressed = |node: &FileNode| of(node, "url");
    pairs.by(
        there,
        now,
        |one| Some((titled(one)?, addressed(one)?)),
        |one| Some((hash_of(one.title()), hash_of(one.url()?))),
    );
    pairs.by(
        there,
        now,
        |one| Some((address(one.url.as_deref()?), plain(&one.title))),
        |one| Some((address(one.url()?), plain(one.title()))),
    );
    pairs.by(
        there,
        now,
        |one| Some((one.id.clone(), titled(one)?)),
        |one| Some((one.block.id().to_owned(), hash_of(one.title()))),
    );
    pairs.by(
        there,
        now,
        |one| Some((above(one.parent), titled(one)?)),
        |one| Some((above_now(one.parent), hash_of(one.title()))),
    );
    pairs.by(
        there,
        now,
        |one| Some((above(one.parent), plain(&one.title))),
        |one| Some((above_now(one.parent), plain(one.title()))),
    );
    pairs.by(there, now, addressed, |one| one.url().map(hash_of));
    pairs.by(there, now, |one| one.url.as_deref().map(address), |one| one.url().map(address));
    pairs.by(there, now, titled, |one| Some(hash_of(one.title())));
    pairs.by(there, now, |one| Some(plain(&one.title)), |one| Some(plain(one.title())));
    // What nothing tells apart is taken in its order, so that it is not new each time.
    for list in LISTS {
        pairs.in_order(there, now, list, true);
        pairs.in_order(there, now, list, false);
    }
    // A section with another title is the one that most of its parts are in.
    pairs.by_parts(there, now, "topics");
    pairs.by_parts(there, now, "stages");
    pairs
}

impl Pairs {
    fn set(&mut self, file: usize, source: usize) {
        if let (Some(of_file), Some(of_source)) =
            (self.of_file.get_mut(file), self.of_source.get_mut(source))
        {
            *of_file = Some(source);
            *of_source = Some(file);
        }
    }

    /// Pairs those without another that are the only ones with a name on both sides.
    fn by<'n, N: Hash + Eq>(
        &mut self,
        there: &'n [FileNode],
        now: &'n [SourceNode],
        of_file: impl Fn(&'n FileNode) -> Option<N>,
        of_source: impl Fn(&'n SourceNode) -> Option<N>,
    ) {
        let mut names: HashMap<_, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (at, node) in there.iter().enumerate() {
            if self.of_file.get(at) == Some(&None)
                && let Some(name) = of_file(node)
            {
                names.entry((node.list(), name)).or_default().0.push(at);
            }
        }
        for (at, node) in now.iter().enumerate() {
            if self.of_source.get(at) == Some(&None)
                && let Some(name) = of_source(node)
            {
                names.entry((node.list, name)).or_default().1.push(at);
            }
        }
        for (file, source) in names.into_values() {
            if let ([file], [source]) = (file.as_slice(), source.as_slice())
                && can_be(there.get(*file), now.get(*source))
            {
                self.set(*file, *source);
            }
        }
    }

    /// Pairs those of a list without another that the source says the same of, in their order: those in
    /// the same section, or all.
    fn in_order(&mut self, there: &[FileNode], now: &[SourceNode], list: &str, in_section: bool) {
        let mut groups: HashMap<_, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (at, node) in there.iter().enumerate() {
            let is_open = self.of_file.get(at) == Some(&None) && node.list() == list;
            if let Some(said) = node.said().filter(|_| is_open) {
                let section = node.parent.filter(|_| in_section);
                groups.entry((section, said)).or_default().0.push(at);
            }
        }
        for (at, node) in now.iter().enumerate() {
            if self.of_source.get(at) != Some(&None) || node.list != list {
                continue;
            }
            let section = node.parent.and_then(|parent| self.of_source.get(parent).copied());
            let section = section.flatten().filter(|_| in_section);
            groups.entry((section, node.says())).or_default().1.push(at);
        }
        for (files, sources) in groups.into_values() {
            let can_be =
                |(file, source): &(usize, usize)| can_be(there.get(*file), now.get(*source));
            for (file, source) in files.into_iter().zip(sources).filter(can_be) {
                self.set(file, source);
            }
        }
    }

    fn by_parts(&mut self, there: &[FileNode], now: &[SourceNode], list: &str) {
        let mut votes: HashMap<usize, HashMap<usize, usize>> = HashMap::new();
        let mut sizes: HashMap<usize, usize> = HashMap::new();
        for (node, pair) in now.iter().zip(&self.of_source) {
            let Some(parent) = node.parent else { continue };
            let is_open = self.of_source.get(parent) == Some(&None);
            if !is_open || now.get(parent).is_none_or(|one| one.list != list) {
                continue;
            }
            *sizes.entry(parent).or_default() += 1;
            let of = pair.and_then(|at| there.get(at)).and_then(|one| one.parent);
            if let Some(of) = of.filter(|of| self.of_file.get(*of) == Some(&None)) {
                *votes.entry(parent).or_default().entry(of).or_default() += 1;
            }
        }
        let mut chosen: Vec<(usize, usize)> = Vec::new();
        for (source, votes) in votes {
            let most = votes.into_iter().max_by_key(|(file, count)| (*count, usize::MAX - *file));
            let all = sizes.get(&source).copied().unwrap_or_default();
            chosen.extend(most.filter(|(_, n)| n * 2 > all).map(|(file, _)| (file, source)));
        }
        milepost_path::sort::by(&mut chosen, Ord::cmp);
        for (file, source) in chosen {
            let is_open = self.of_file.get(file) == Some(&None);
            if is_open && can_be(there.get(file), now.get(source)) {
                self.set(file, source);
            }
        }
    }
}

/// Whether two parts can be the same: not if the source names them differently on purpose.
fn can_be(file: Option<&FileNode>, source: Option<&SourceNode>) -> bool {
    let keys = file.and_then(|one| one.key.as_deref()).zip(source.and_then(SourceNode::key));
    keys.is_none_or(|(file, source)| file == source)
}

/// The hash by which a file knows what the source said.
pub(super) fn hash_of(text: &str) -> String {
    hash(&canonical(&Value::Text(text.to_owned())))
}

/// A title without what people change in passing.
pub(super) fn plain(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let plain = words.collect::<Vec<_>>().join(" ").to_lowercase();
    // A title of signs alone is as it stands.
    if plain.is_empty() { title.to_owned() } else { plain }
}

/// An address without what changes when a site moves from http to https.
pub(super) fn address(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.trim_end_matches('/').to_owned()
}
