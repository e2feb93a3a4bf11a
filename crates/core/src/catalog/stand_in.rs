//! The last good texts at work: kept of what is followed, and read in the place of a broken file.

use std::path::PathBuf;

use milepost_path::Roadmap;

use super::last_good::{self, Kept};
use super::overlays::Bent;
use super::own::OwnFile;
use super::problem::Problem;
use super::{Catalog, TEXT, file, seen};

impl Catalog {
    /// Keeps the text of those of these paths, which are followed, of which none is kept yet.
    pub(crate) fn keep_first(&self, followed: &[&str]) {
        let is_new = |id: &&&str| !self.kept().iter().any(|kept| kept.id == **id);
        for file in followed.iter().filter(is_new).filter_map(|id| self.own_file(id)) {
            if let Some((path, hash)) = self.read_own(file).zip(file.hash.get()) {
                self.keep_text(file, path, hash);
            }
        }
    }

    fn keep_text(&self, file: &OwnFile, path: &Roadmap, hash: u128) {
        // Where it cannot be kept the next command tries again.
        let text = file::text(&file.path).ok().filter(|text| last_good::hash(text) == hash);
        if let (Some(folder), Some(text)) = (&self.kept_in, text) {
            last_good::keep(folder, &path.id, &file.path, &text);
        }
    }

    /// Keeps the text of each of these paths, which are followed, beside the record; forgets all others.
    /// Gives those whose file was named and is not as it was kept: as they were, and as they are.
    pub(crate) fn keep_good(&self, followed: &[&str]) -> Vec<(Roadmap, &Roadmap)> {
        let Some(folder) = &self.kept_in else { return Vec::new() };
        let mut changed = Vec::new();
        for file in followed.iter().filter_map(|id| self.own_file(id)) {
            let Some((now, hash)) = self.read_own(file).zip(file.hash.get()) else { continue };
            let kept = self.kept().iter().find(|kept| kept.id == now.id);
            if kept.is_some_and(|kept| kept.hash == hash) {
                continue;
            }
            let before = kept.filter(|_| self.named).and_then(Kept::read);
            self.keep_text(file, now, hash);
            let read = |text: &str| Some((milepost_path::read(text).roadmap?, text.len()));
            let before = before.and_then(|(_, text)| read(&text));
            // An overlay is the learner's own: what changed is what the path says.
            let kept = kept.map_or(0, |kept| kept.hash);
            let before = before.map(|(path, len)| self.bent(path, (TEXT, kept), len).roadmap);
            changed.extend(before.filter(|before| !seen::is_same(before, now)).map(|it| (it, now)));
        }
        if self.kept().iter().any(|kept| !followed.contains(&kept.id.as_str())) {
            last_good::forget(folder, |id, _| followed.contains(&id));
        }
        changed
    }

    pub(super) fn kept(&self) -> &[Kept] {
        let list = || self.kept_in.as_deref().map(last_good::list).unwrap_or_default();
        self.kept.get_or_init(list)
    }

    /// What stands in for the file of a path that is broken, with this file.
    pub(super) fn last_good(&self, id: &str) -> Option<&(PathBuf, Bent)> {
        let kept = self.kept().iter().find(|kept| kept.id == id)?;
        let read = || {
            let (origin, text) = kept.read()?;
            let mut files = self.own_files().iter();
            let file = files.find(|file| last_good::origin(&file.path) == origin)?;
            if self.read_own(file).is_some() || !file.is_broken.get() {
                return None;
            }
            let roadmap = milepost_path::read(&text).roadmap.filter(|roadmap| roadmap.id == id)?;
            let bent = self.bent(roadmap, (TEXT, kept.hash), text.len());
            self.note(Problem::LastGood(file.path.clone(), id.to_owned()));
            Some((file.path.clone(), bent))
        };
        kept.roadmap.get_or_init(read).as_ref()
    }
}
