//! What a commit holds, found by its folders: those of a log, of its streams, and of their numbers. Of two
//! commits only the folders that differ are read. It is never looked deeper than our own files are, so
//! that folders within folders, which can stand for more files than there are atoms, cost nothing.

use rustc_hash::FxHashMap;
use uuid::Uuid;

use super::cache::{Cache, Fault, Oid};
use super::objects::{self, Kind, Object};
use super::program::Deadline;
use crate::sync::folder::{HEADER, id};
use crate::sync::remote::{MOST_HEADER_BYTES, MOST_SEGMENTS, Name, RemoteError};
use crate::sync::segment::hexadecimal;

/// How many bytes a folder can have. One of ours has 64 files, which is 5,000 bytes.
const MOST_TREE_BYTES: usize = 8 << 20;

/// How many entries are looked at, ours and others.
const MOST_ENTRIES: usize = 2 * MOST_SEGMENTS;

/// How many logs a repository can have.
const MOST_LOGS: usize = 10_000;

const FOLDER: &[u8] = b"40000";
const FILE: &[u8] = b"100644";
const SUBMODULE: &[u8] = b"160000";

/// The segments that were found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// There is no such log.
    NoLog,
    /// The older commit is not known, or something of it is gone or was changed: then only all that is
    /// there says what is so.
    WentBack,
    /// Those that are there, or that came since the older commit.
    Names(Vec<Name>),
}

/// The logs in a commit, which have a header.
pub(super) fn logs(cache: &Cache, tip: &Oid, deadline: Deadline) -> Result<Vec<Uuid>, Fault> {
    let root = tree(cache, root_of(tip), deadline)?;
    let folders = Entries::of(&root, tip).filter(|entry| entry.mode == FOLDER);
    let mut logs: Vec<_> =
        folders.filter_map(|entry| id(str::from_utf8(entry.name).ok()?)).collect();
    if logs.len() > MOST_LOGS {
        return Err(too_many());
    }
    let headers: Vec<String> = logs.iter().map(|log| header_of(tip, *log)).collect();
    let mut kinds = objects::kinds(cache, &headers, deadline)?.into_iter();
    logs.retain(|_| matches!(kinds.next(), Some(Kind::Blob { .. })));
    logs.sort_unstable();
    Ok(logs)
}

/// The header of a log in a commit, with its id. `None` if the commit has no such log.
pub(super) fn header(
    cache: &Cache,
    tip: &Oid,
    log: Uuid,
    deadline: Deadline,
) -> Result<Option<(Oid, Vec<u8>)>, Fault> {
    let mut found = None;
    let path = [header_of(tip, log)];
    let is_all = objects::read(cache, &path, MOST_HEADER_BYTES, deadline, &mut |it| found = it)?;
    match found {
        Some(header) if header.is_blob => Ok(Some((header.oid, header.bytes))),
        None if is_all => {
            must_be_missing(cache, tip, &format!("{log}/{HEADER}"), deadline)?;
            Ok(None)
        }
        // A folder, or too large.
        _ => Err(Fault::Final(RemoteError::InTheWay(format!("{log}/{HEADER}").into()))),
    }
}

/// Makes sure that there is nothing under a path of a commit. To `cat-file` that is the same as objects
/// that the clone lost.
pub(super) fn must_be_missing(
    cache: &Cache,
    tip: &Oid,
    path: &str,
    deadline: Deadline,
) -> Result<(), Fault> {
    let mut folder = root_of(tip);
    for part in path.split('/') {
        let tree = tree(cache, folder, deadline)?;
        match Entries::of(&tree, tip).find(|entry| entry.name == part.as_bytes()) {
            Some(entry) if entry.mode == FOLDER => folder = hexadecimal(entry.oid),
            Some(entry) if entry.mode != SUBMODULE && path.ends_with(part) => break,
            // What is in the way is nothing of ours, and of another repository nothing is here.
            _ => return Ok(()),
        }
    }
    Err(cache.damaged())
}

/// A folder that must be there.
fn tree(cache: &Cache, name: String, deadline: Deadline) -> Result<Vec<u8>, Fault> {
    let mut tree = None;
    let is_all = objects::read(cache, &[name], MOST_TREE_BYTES, deadline, &mut |it| tree = it)?;
    if !is_all {
        return Err(too_many());
    }
    tree.map(|tree| tree.bytes).ok_or_else(|| cache.damaged())
}

fn root_of(tip: &Oid) -> String {
    format!("{}^{{tree}}", tip.as_str())
}

fn header_of(tip: &Oid, log: Uuid) -> String {
    format!("{}:{log}/{HEADER}", tip.as_str())
}

/// The segments of a log in a commit, or those that came since an older one.
pub(super) fn segments(
    cache: &Cache,
    old: Option<&Oid>,
    tip: &Oid,
    log: Uuid,
    deadline: Deadline,
) -> Result<Found, Fault> {
    let of = |commit: &Oid| format!("{}:{log}", commit.as_str());
    let mut pairs = vec![Pair { path: String::new(), new: of(tip), old: old.map(of) }];
    let mut walk = Walk { tip, names: Vec::new(), entries: 0, went_back: false, is_over: false };
    for depth in Depth::ALL {
        let mut below = Vec::new();
        let asked: Vec<&str> = pairs.iter().flat_map(Pair::asked).collect();
        let mut waiting = pairs.iter();
        let mut new = None;
        let mut is_log = true;
        let mut is_lost = false;
        let mut take = |object: Option<Object>| {
            let is_missing = object.is_none();
            // A file where a folder should be is as good as nothing.
            let tree = object.filter(|object| object.is_tree).map(|object| object.bytes);
            let (pair, new, old) = match new.take() {
                None => {
                    is_log &= tree.is_some();
                    is_lost |= is_missing;
                    match waiting.next() {
                        Some(pair) if pair.old.is_some() => return new = Some((pair, tree)),
                        Some(pair) => (pair, tree, Some(Vec::new())),
                        None => return,
                    }
                }
                Some((pair, new)) => (pair, new, tree),
            };
            match (new, old) {
                (Some(new), Some(old)) => walk.compare(depth, &pair.path, &new, &old, &mut below),
                (Some(_), None) => walk.went_back = true,
                (None, _) => {}
            }
        };
        let is_all = objects::read(cache, &asked, MOST_TREE_BYTES, deadline, &mut take)?;
        if !is_all || walk.is_over {
            return Err(too_many());
        }
        match depth {
            Depth::Log if !is_log && !is_lost => return Ok(Found::NoLog),
            Depth::Log if !is_log => {
                must_be_missing(cache, tip, &log.to_string(), deadline)?;
                return Ok(Found::NoLog);
            }
            // It was named by the folder above, so our clone lost it.
            _ if !is_log => return Err(cache.damaged()),
            _ if walk.went_back => return Ok(Found::WentBack),
            _ => pairs = below,
        }
    }
    walk.names.sort_unstable();
    Ok(Found::Names(walk.names))
}

/// A folder in two commits.
struct Pair {
    /// Below the folder of the log, with a slash behind it.
    path: String,
    new: String,
    old: Option<String>,
}

impl Pair {
    fn asked(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.new.as_str()).chain(self.old.as_deref())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    Log,
    Stream,
    Numbers,
}

impl Depth {
    const ALL: [Self; 3] = [Self::Log, Self::Stream, Self::Numbers];

    /// Whether an entry of a folder of this depth can be ours.
    fn is_ours(self, entry: &Entry<'_>) -> bool {
        let name = str::from_utf8(entry.name).unwrap_or_default();
        match self {
            Self::Log => entry.mode == FOLDER && id(name).is_some(),
            Self::Stream => entry.mode == FOLDER && name.bytes().all(|byte| byte.is_ascii_digit()),
            Self::Numbers => entry.mode == FILE,
        }
    }
}

struct Walk<'a> {
    tip: &'a Oid,
    names: Vec<Name>,
    entries: usize,
    went_back: bool,
    is_over: bool,
}

impl Walk<'_> {
    /// Compares a folder with what it was: notes files that came, and folders that differ.
    fn compare(&mut self, depth: Depth, path: &str, new: &[u8], old: &[u8], below: &mut Vec<Pair>) {
        let is_ours = |entry: &Entry<'_>| depth.is_ours(entry);
        let mut before: FxHashMap<&[u8], &[u8]> = Entries::of(old, self.tip)
            .filter(is_ours)
            .map(|entry| (entry.name, entry.oid))
            .collect();
        for entry in Entries::of(new, self.tip) {
            self.entries += 1;
            self.is_over |= self.entries > MOST_ENTRIES || self.names.len() > MOST_SEGMENTS;
            if self.is_over {
                return;
            }
            if !is_ours(&entry) {
                continue;
            }
            let old = before.remove(entry.name);
            let Ok(name) = str::from_utf8(entry.name) else {
                continue;
            };
            if old == Some(entry.oid) {
                continue;
            }
            let path = format!("{path}{name}");
            if depth != Depth::Numbers {
                below.push(Pair {
                    path: path + "/",
                    new: hexadecimal(entry.oid),
                    old: old.map(hexadecimal),
                });
            } else if let Ok(name) = path.parse() {
                self.names.push(name);
                self.went_back |= old.is_some();
            }
        }
        let is_name = |name: &[u8]| {
            depth != Depth::Numbers
                || str::from_utf8(name)
                    .is_ok_and(|name| format!("{path}{name}").parse::<Name>().is_ok())
        };
        self.went_back |= before.into_keys().any(is_name);
    }
}

/// An entry of a folder, as git keeps it.
struct Entry<'t> {
    mode: &'t [u8],
    name: &'t [u8],
    oid: &'t [u8],
}

/// The entries of a folder: `MODE NAME`, a zero byte, and the bytes of the id.
struct Entries<'t> {
    rest: &'t [u8],
    id_bytes: usize,
}

impl<'t> Entries<'t> {
    /// `like` is an id of the same repository, whose length is that of all.
    fn of(tree: &'t [u8], like: &Oid) -> Self {
        Self { rest: tree, id_bytes: like.as_str().len() / 2 }
    }
}

impl<'t> Iterator for Entries<'t> {
    type Item = Entry<'t>;

    fn next(&mut self) -> Option<Entry<'t>> {
        let end = self.rest.iter().position(|byte| *byte == 0)?;
        let (head, rest) = self.rest.split_at_checked(end)?;
        let (oid, rest) = rest.get(1..)?.split_at_checked(self.id_bytes)?;
        let space = head.iter().position(|byte| *byte == b' ')?;
        self.rest = rest;
        Some(Entry { mode: head.get(..space)?, name: head.get(space + 1..)?, oid })
    }
}

fn too_many() -> Fault {
    Fault::Final(RemoteError::TooMany { most: MOST_SEGMENTS })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn like() -> Oid {
        Oid::read(&[b'0'; 40]).unwrap()
    }

    fn tree(entries: &[(&str, &str, u8)]) -> Vec<u8> {
        let one = |(mode, name, id): &(&str, &str, u8)| {
            [mode.as_bytes(), b" ", name.as_bytes(), b"\0", &[*id; 20]].concat()
        };
        entries.iter().flat_map(one).collect()
    }

    fn compare(depth: Depth, path: &str, new: &[u8], old: &[u8]) -> (usize, usize, bool) {
        let tip = like();
        let mut walk =
            Walk { tip: &tip, names: Vec::new(), entries: 0, went_back: false, is_over: false };
        let mut below = Vec::new();
        walk.compare(depth, path, new, old, &mut below);
        (walk.names.len(), below.len(), walk.went_back)
    }

    #[test]
    fn only_what_is_ours_counts() {
        let stream = Uuid::from_u128(1).to_string();
        let path = format!("{stream}/0000/");
        let (one, two) = ("01-0001020304050607.seg", "02-0001020304050607.seg");
        let all = tree(&[
            ("100644", one, 1),
            ("120000", two, 2),
            ("100755", two, 2),
            ("100644", "01-0001020304050607.seg.tmp", 3),
            ("40000", "03-0001020304050607.seg", 3),
        ]);
        assert_eq!(compare(Depth::Numbers, &path, &all, &[]), (1, 0, false));
        // What others do with theirs does not matter.
        let ours = tree(&[("100644", one, 1)]);
        assert_eq!(compare(Depth::Numbers, &path, &ours, &all), (0, 0, false));
        assert_eq!(compare(Depth::Numbers, &path, &all, &ours), (0, 0, false));
        // Ours went, or changed.
        assert_eq!(compare(Depth::Numbers, &path, &[], &ours), (0, 0, true));
        let changed = tree(&[("100644", one, 9)]);
        assert_eq!(compare(Depth::Numbers, &path, &changed, &ours), (1, 0, true));
        let folders = tree(&[("40000", &stream, 1), ("40000", "other", 1), ("160000", &stream, 1)]);
        assert_eq!(compare(Depth::Log, "", &folders, &[]), (0, 1, false));
        assert_eq!(compare(Depth::Log, "", &[], &folders), (0, 0, true));
        let numbers = tree(&[("40000", "0000", 1), ("40000", "0001", 1), ("40000", "x", 1)]);
        assert_eq!(compare(Depth::Stream, "x/", &numbers, &[]), (0, 2, false));
        assert_eq!(compare(Depth::Stream, "x/", &numbers, &numbers), (0, 0, false));
    }

    proptest! {
        #[test]
        fn any_bytes_are_entries_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0..57_usize) {
            for entry in Entries::of(&bytes, &like()) {
                prop_assert_eq!(entry.oid.len(), 20);
            }
            // An entry that is cut off is none.
            let whole = tree(&[("100644", "a", 1), ("40000", "b", 2)]);
            prop_assert_eq!(whole.len(), 57);
            prop_assert_eq!(Entries::of(&whole[..cut], &like()).count(), usize::from(cut >= 29));
        }
    }
}
