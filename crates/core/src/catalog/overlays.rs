//! Overlays: found beside the learner's own paths, by their names, and applied to their paths as these
//! are read. What is broken of an overlay leaves the path as its file has it.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use milepost_path::Roadmap;
use milepost_path::overlay::{Loose, Overlay, apply};
use xxhash_rust::xxh3::xxh3_128;

use super::file::Head;
use super::problem::Problem;
use super::{Catalog, file, index, last_good};

/// A file that is called as an overlay.
#[derive(Debug)]
pub(super) struct OverlayFile {
    path: PathBuf,
    /// The id of the path in its name.
    id: String,
    read: OnceCell<Option<Read>>,
}

#[derive(Debug)]
struct Read {
    overlay: Overlay,
    len: usize,
    hash: u128,
}

/// A path, as an overlay bends it if there is one.
#[derive(Debug)]
pub(super) struct Bent {
    pub(super) roadmap: Roadmap,
    /// The names in the overlay that the path lacks; `None` without an overlay.
    loose: Option<Vec<Loose>>,
}

/// An overlay that is installed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Installed<'a> {
    /// Its file.
    pub file: &'a Path,
    /// What it says.
    pub overlay: &'a Overlay,
    /// What of it could not be taken.
    pub loose: &'a [Loose],
}

impl OverlayFile {
    /// A file, if it is called as an overlay.
    pub(super) fn named(path: &Path) -> Option<Self> {
        let id = file::named_overlay(path)?.to_owned();
        Some(Self { path: path.to_owned(), id, read: OnceCell::new() })
    }
}

impl Catalog {
    /// The overlay of a path that is installed: one that is called after its id, else after an id that
    /// it had and no path has.
    fn overlay_file(&self, path: &Roadmap) -> Option<&OverlayFile> {
        let files = self.overlay_files();
        let of = |id: &str| files.iter().find(|file| file.id == id);
        let mut olds = path.replaces.iter();
        of(&path.id).or_else(|| olds.find_map(|old| of(old).filter(|_| !self.has_file_of(old))))
    }

    /// Whether a path seems to have an id. This reads no file, since one might be in the middle of being read.
    fn has_file_of(&self, id: &str) -> bool {
        let is = |file: &super::OwnFile| match file.head() {
            Head::Path { id: peeked, .. } => peeked == id,
            Head::Career | Head::Overlay => false,
            Head::Unknown => file.path.file_stem().is_some_and(|stem| stem == id),
        };
        self.built_ins.path(id).is_some() || self.own_files().iter().any(is)
    }

    fn read_overlay<'a>(&'a self, file: &'a OverlayFile) -> Option<&'a Read> {
        let read = || match file::read_overlay(&file.path, &file.id) {
            Ok((overlay, text)) => {
                Some(Read { overlay, len: text.len(), hash: last_good::hash(&text) })
            }
            Err(problem) => {
                self.note(problem);
                None
            }
        };
        file.read.get_or_init(read).as_ref()
    }

    /// A path as its overlay bends it. `key` stands for the text or index that it was read from, and
    /// how long that is: what was made of the same two before is taken from the cache.
    pub(super) fn bent(&self, base: Roadmap, key: (&str, u128), len: usize) -> Bent {
        let Some(file) = self.overlay_file(&base) else {
            let roadmap = self.decisions.applied_to(base);
            return Bent { roadmap, loose: None };
        };
        let Some(read) = self.read_overlay(file) else {
            let roadmap = self.decisions.applied_to(base);
            return Bent { roadmap, loose: None };
        };
        if let Some(id) = Overlay::clash(&base) {
            self.note(Problem::OverlayClash(file.path.clone(), id.to_owned()));
            let roadmap = self.decisions.applied_to(base);
            return Bent { roadmap, loose: None };
        }
        // An overlay follows what was decided of its path, as it follows the path's `replaces`.
        if self.decisions.concern(&base) {
            let (roadmap, loose) = apply(&self.decisions.applied_to(base), &read.overlay);
            return Bent { roadmap: self.decisions.applied_to(roadmap), loose: Some(loose) };
        }
        let (kind, base_hash) = key;
        let hashes = [base_hash.to_be_bytes(), read.hash.to_be_bytes()].concat();
        let both = xxh3_128(&[kind.as_bytes(), &hashes].concat());
        let len = len.saturating_add(read.len);
        let cache = self.cache.as_deref();
        let kept = cache.and_then(|cache| index::load_of(cache, len, both));
        let (roadmap, loose) = kept.unwrap_or_else(|| {
            let made = apply(&base, &read.overlay);
            if let Some(cache) = cache {
                index::keep_of(cache, len, both, &made);
            }
            made
        });
        Bent { roadmap, loose: Some(loose) }
    }

    /// Another version of a path, as the installed overlay would bend it.
    pub(crate) fn bend(&self, base: &Roadmap) -> Roadmap {
        let file = self.overlay_file(base).and_then(|file| self.read_overlay(file));
        file.map_or_else(|| base.clone(), |read| apply(base, &read.overlay).0)
    }

    /// What of the installed overlay would be loose in another version of its path.
    pub(crate) fn loose_in(&self, base: &Roadmap) -> Vec<Loose> {
        let file = self.overlay_file(base).and_then(|file| self.read_overlay(file));
        file.map_or_else(Vec::new, |read| apply(base, &read.overlay).1)
    }

    /// Whether an overlay is called after a path.
    pub(super) fn has_overlay(&self, id: &str) -> bool {
        self.overlay_files().iter().any(|file| file.id == id)
    }

    /// The file in which the overlay of a path is, whether it can be used or not.
    pub(crate) fn overlay_place(&self, path: &Roadmap) -> Option<&Path> {
        self.overlay_file(path).map(|file| file.path.as_path())
    }

    /// The overlay that bends an installed path.
    pub(crate) fn overlay(&self, id: &str) -> Option<Installed<'_>> {
        let bent = self.installed_bent(id)?;
        let loose = bent.loose.as_deref()?;
        let file = self.overlay_file(&bent.roadmap)?;
        let read = self.read_overlay(file)?;
        Some(Installed { file: &file.path, overlay: &read.overlay, loose })
    }

    /// The path with this id as its file has it, without an overlay.
    pub(crate) fn unbent(&self, id: &str) -> Option<Cow<'_, Roadmap>> {
        let bent = self.installed_bent(id)?;
        if bent.loose.is_none() {
            return Some(Cow::Borrowed(&bent.roadmap));
        }
        let read = self.read_unbent(id)?;
        Some(Cow::Owned(self.decisions.applied_to(read)))
    }

    fn read_unbent(&self, id: &str) -> Option<Roadmap> {
        if let Some(file) = self.own_file(id) {
            let (roadmap, _) = file::read(&file.path, self.cache.as_deref()).ok().flatten()?;
            return Some(roadmap);
        }
        if self.last_good(id).is_some() {
            let kept = self.kept().iter().find(|kept| kept.id == id)?;
            return milepost_path::read(&kept.read()?.1).roadmap;
        }
        self.built_ins.path(id)?.roadmap()
    }

    /// Notes the overlays whose path is nowhere, and those that another one hides.
    pub(super) fn note_lost_overlays(&self, all: &[&Roadmap]) {
        if self.lost_overlays_are_told.replace(true) {
            return;
        }
        for (at, file) in self.overlay_files().iter().enumerate() {
            let mut before = self.overlay_files().iter().take(at);
            let taken = all
                .iter()
                .any(|path| self.overlay_file(path).is_some_and(|used| used.path == file.path));
            if let Some(first) = before.find(|other| other.id == file.id) {
                self.note(Problem::SecondOverlay(file.path.clone(), first.path.clone()));
            } else if !taken && self.read_overlay(file).is_some() {
                self.note(Problem::OverlayOfNothing(file.path.clone(), file.id.clone()));
            }
        }
    }
}
