//! The user's own files: which there are, which of them has a path, and reading them.

use std::cell::{Cell, OnceCell};
use std::path::PathBuf;

use milepost_path::{Career, Roadmap};

use super::file::{self, Head};
use super::overlays::{Bent, OverlayFile};
use super::problem::Problem;
use super::{Catalog, TEXT};

/// The files in the places of the user's own paths.
#[derive(Debug)]
pub(super) struct Files {
    pub(super) paths: Vec<OwnFile>,
    pub(super) overlays: Vec<OverlayFile>,
}

#[derive(Debug)]
pub(super) struct OwnFile {
    pub(super) path: PathBuf,
    /// What can be told of it without parsing.
    head: OnceCell<Head>,
    pub(super) roadmap: OnceCell<Option<Bent>>,
    /// The hash of its text, if it is a path.
    pub(super) hash: Cell<Option<u128>>,
    pub(super) is_broken: Cell<bool>,
}

impl Catalog {
    /// The file with the path of this id. One that is named after the id goes first; of the others
    /// only the first lines are read, as long as these tell the id.
    pub(super) fn own_file(&self, id: &str) -> Option<&OwnFile> {
        let is = |file: &&OwnFile| {
            let may_be = match file.head() {
                Head::Path { id: peeked, .. } => peeked == id,
                Head::Career | Head::Overlay => false,
                Head::Unknown => true,
            };
            may_be && self.read_own(file).is_some_and(|roadmap| roadmap.id == id)
        };
        let named_so = |file: &&OwnFile| file.path.file_stem().is_some_and(|stem| stem == id);
        let files = self.own_files();
        files
            .iter()
            .filter(named_so)
            .find(is)
            .or_else(|| files.iter().filter(|file| !named_so(file)).find(is))
    }

    /// The user's career file and where it is. One that is called `career.toml` goes first; of the
    /// others only those are read whose first lines leave it open.
    pub(super) fn own_career(&self) -> Option<&(PathBuf, Career)> {
        let find = || {
            let (named, others): (Vec<_>, Vec<_>) =
                self.own_files().iter().partition(|file| file::is_named_career(&file.path));
            let mut found: Option<(PathBuf, Career)> = None;
            for file in named.into_iter().chain(others) {
                let problem = match (file.head(), &found) {
                    (Head::Path { .. } | Head::Overlay, _) | (Head::Unknown, Some(_)) => continue,
                    (Head::Career, Some((first, _))) => {
                        Problem::SecondCareer(file.path.clone(), first.clone())
                    }
                    (_, None) => match file::read_career(&file.path) {
                        Ok(career) => {
                            let career =
                                career.map(|career| self.decisions.applied_to_career(career));
                            found = career.map(|career| (file.path.clone(), career));
                            continue;
                        }
                        Err(problem) => problem,
                    },
                };
                self.note(problem);
            }
            found
        };
        self.own_career.get_or_init(find).as_ref()
    }

    pub(super) fn own_roadmaps(&self) -> Vec<(&OwnFile, &Roadmap)> {
        let mut found: Vec<(&OwnFile, &Roadmap)> = Vec::new();
        for file in self.own_files().iter().filter(|file| *file.head() != Head::Career) {
            let Some(roadmap) = self.read_own(file) else {
                continue;
            };
            match self.own_file(&roadmap.id) {
                Some(first) if std::ptr::eq(first, file) => found.push((file, roadmap)),
                Some(first) => self.note(Problem::SameId(
                    file.path.clone(),
                    roadmap.id.clone(),
                    first.path.clone(),
                )),
                None => {}
            }
        }
        found
    }

    /// Whether there are files of the user's.
    pub(crate) fn has_own(&self) -> bool {
        !self.own_files().is_empty()
    }

    pub(super) fn read_own<'a>(&'a self, file: &'a OwnFile) -> Option<&'a Roadmap> {
        self.read_own_bent(file).map(|bent| &bent.roadmap)
    }

    pub(super) fn read_own_bent<'a>(&'a self, file: &'a OwnFile) -> Option<&'a Bent> {
        let read = || match file::read(&file.path, self.cache.as_deref()) {
            Ok(read) => read.map(|(roadmap, origin)| {
                file.hash.set(Some(origin.hash));
                self.bent(roadmap, (TEXT, origin.hash), origin.len)
            }),
            Err(problem) => {
                file.is_broken.set(true);
                self.note(problem);
                None
            }
        };
        file.roadmap.get_or_init(read).as_ref()
    }

    pub(super) fn own_files(&self) -> &[OwnFile] {
        &self.files().paths
    }

    pub(super) fn overlay_files(&self) -> &[OverlayFile] {
        &self.files().overlays
    }

    fn files(&self) -> &Files {
        self.own.get_or_init(|| {
            let (all, unread) = file::list_all(&self.places, self.named);
            for (place, error) in unread {
                self.note(Problem::Place(place, error));
            }
            let file = |path| OwnFile {
                path,
                head: OnceCell::new(),
                roadmap: OnceCell::new(),
                hash: Cell::new(None),
                is_broken: Cell::new(false),
            };
            let mut files = Files { paths: Vec::new(), overlays: Vec::new() };
            for path in all {
                match OverlayFile::named(&path) {
                    Some(overlay) => files.overlays.push(overlay),
                    None => files.paths.push(file(path)),
                }
            }
            files
        })
    }
}

impl OwnFile {
    pub(super) fn head(&self) -> &Head {
        self.head.get_or_init(|| file::peek(&self.path))
    }
}
