//! The file of an overlay, while it is changed: read, changed, checked and written whole; what was
//! there is kept.

use std::path::{Path, PathBuf};

use milepost_path::overlay::{Overlay, apply};
use milepost_path::{Node, Ref, Roadmap, Severity, line_column};
use serde::Serialize;

use super::edit::Draft;
use super::overlay_key;
use crate::catalog::{Together, file};
use crate::disk::{self, DiskError, NotWritten, Place};
use crate::model::effects::Change;
use crate::model::learner::Learner;
use crate::model::progress::{Hours, progress};
use crate::model::standing::Standing;
use crate::report::{App, Candidate, Result, Warning, before};

/// Why an overlay is not changed.
#[derive(Debug)]
pub enum Refusal {
    /// There is no home directory to keep overlays in.
    NoFolder,
    /// A path or stage, where that cannot be meant.
    WrongKind(Candidate),
    /// Something that the overlay itself adds cannot be hidden: its reference, and the file.
    IsOwn(Ref, String),
    /// Something is hidden with what it stands in, and not by itself.
    HiddenWithin(Ref, Ref),
    /// The path has an id that only an overlay can have, so none can be used: the path, and the id.
    Clash(String, String),
    /// The file that is named after a path is no overlay of it.
    OfAnother {
        /// The file.
        file: String,
        /// The id of the path.
        id: String,
    },
    /// The overlay has errors already.
    Broken {
        /// The file.
        file: String,
        /// The line of the first error.
        line: usize,
        /// Its column.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// What is wrong with what would be written.
    Unfit(String),
    /// Something is no address of a page.
    NoAddress(String),
}

impl From<Refusal> for crate::report::Error {
    fn from(refusal: Refusal) -> Self {
        crate::report::Refusal::Overlay(Box::new(refusal)).into()
    }
}

/// What a change of an overlay does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    /// The id of the path.
    pub path: String,
    /// The file.
    pub file: String,
    /// Whether there was no overlay before.
    pub is_new: bool,
    /// How far you are, before and after.
    pub percent: Change<f64>,
    /// The hours that count, before and after.
    pub hours: Change<Hours>,
    /// Where what was there before is kept.
    pub kept: Option<String>,
    /// The lines of the file that go.
    pub removed: Vec<String>,
    /// The lines that come in their place.
    pub added: Vec<String>,
}

/// The overlay of a path while it is changed.
pub(in crate::report) struct Bend<'a> {
    path: &'a Roadmap,
    file: PathBuf,
    /// Under what it is kept, in the folder that `add` fills.
    key: String,
    before: Option<String>,
    pub(in crate::report) draft: Draft,
}

impl<'a> Bend<'a> {
    /// The overlay of a path, or a new one.
    pub(in crate::report) fn of(path: &'a Roadmap, app: &App) -> Result<Self> {
        let catalog = app.catalog();
        let base = catalog.unbent(&path.id);
        if let Some(id) = base.as_deref().and_then(Overlay::clash) {
            return Err(Refusal::Clash(path.id.clone(), id.to_owned()).into());
        }
        let Some(file) = catalog.overlay_place(path) else {
            let folder = app.places.paths_folder.as_deref().ok_or(Refusal::NoFolder)?;
            let draft = Draft::new(&path.id, &path.title, path.updated);
            let file = folder.join(file::overlay_name(&path.id));
            // Where the places are named, what is installed is not looked at, and can be there.
            if let Ok(text) = file::text(&file) {
                return Self::in_file(path, file, text);
            }
            return Ok(Self { path, key: overlay_key(&path.id), file, before: None, draft });
        };
        let unread = |unread| DiskError::Unread(file.to_owned(), unread);
        let text = file::text(file).map_err(unread)?;
        Self::in_file(path, file.to_owned(), text)
    }

    fn in_file(path: &'a Roadmap, file: PathBuf, text: String) -> Result<Self> {
        let id = file::named_overlay(&file).unwrap_or(&path.id);
        let key = overlay_key(id);
        let reading = milepost_path::read(&text);
        let mut errors = reading.diagnostics.iter();
        let first = errors.find(|one| one.severity == Severity::Error);
        let broken = |line, column, message| Refusal::Broken {
            file: disk::show(&file),
            line,
            column,
            message,
        };
        if let Some(first) = first {
            let (line, column) = line_column(&text, first.span.start);
            return Err(broken(line, column, first.message.clone()).into());
        }
        if reading.overlay.is_none_or(|overlay| overlay.extends != id) {
            let file = disk::show(&file);
            return Err(Refusal::OfAnother { file, id: id.to_owned() }.into());
        }
        let draft = Draft::of(&text).map_err(|message| broken(1, 1, message))?;
        Ok(Self { path, file, key, before: Some(text), draft })
    }

    /// The file, as a person is told it.
    pub(in crate::report) fn place(&self) -> String {
        disk::show(&self.file)
    }
}

/// Writes overlays: all of them or none; or only looks at them. Gives what each does.
pub(in crate::report) fn write(
    bends: &[Bend<'_>],
    dry_run: bool,
    app: &App,
) -> Result<(Vec<Changed>, Vec<Warning>)> {
    let standing = app.standing()?;
    let mut changes = Vec::new();
    for bend in bends {
        changes.push(bend.look(&standing, app)?);
    }
    if !dry_run {
        write_all(bends, &mut changes, app)?;
    }
    let is_unseen = |bend: &Bend<'_>| app.catalog().overlay_place(bend.path).is_none();
    let is_named = app.places.paths_were_named && bends.iter().any(is_unseen);
    Ok((changes, is_named.then_some(Warning::PathsAreNamed).into_iter().collect()))
}

fn write_all(bends: &[Bend<'_>], changes: &mut [Changed], app: &App) -> Result<()> {
    let record = app.places.db.as_deref();
    let mut prepared = Vec::new();
    for (bend, change) in bends.iter().zip(changes) {
        let folder = bend.file.parent().unwrap_or(Path::new(""));
        let told = |error| disk::not_written(&bend.file, NotWritten::Failed(error));
        disk::make_directories(folder).map_err(|error| disk::not_written(folder, error))?;
        let place = Place::find(&bend.file, record)?;
        prepared.push((place.prepare(bend.draft.text().as_bytes()).map_err(told)?, place));
        // What `add --back` brings back lies beside what `add` installs.
        if let (Some(before), Some(ours)) = (&bend.before, bend.ours(app)) {
            let kept = before::keep(ours, &bend.key, before.as_bytes(), app.today())?;
            change.kept = Some(disk::show(&kept));
        }
    }
    for (bend, (text, place)) in bends.iter().zip(prepared) {
        place.name(text).map_err(|error| disk::not_written(&bend.file, error))?;
        if let Some(ours) = bend.ours(app) {
            before::prune(ours, &bend.key);
        }
    }
    Ok(())
}

/// The lines of a text that go, and those that come in their place. All between the first and the last
/// of them is told, since a change is in one place.
fn differing(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.lines().collect(), after.lines().collect());
    let same = |(one, other): &(&&str, &&str)| one == other;
    let head = before.iter().zip(&after).take_while(same).count();
    let (before, after) = (before.get(head..), after.get(head..));
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let tail = before.iter().rev().zip(after.iter().rev()).take_while(same).count();
    let some = |lines: &[&str]| {
        lines.iter().take(lines.len() - tail).map(|line| (*line).to_owned()).collect()
    };
    (some(before), some(after))
}

impl Bend<'_> {
    /// The folder that `add` fills, if the file lies there.
    fn ours<'p>(&self, app: &'p App) -> Option<&'p Path> {
        let folder = app.places.paths_folder.as_deref()?;
        (self.file.parent() == Some(folder)).then_some(folder)
    }

    /// What the draft does; an error if it is no overlay.
    fn look(&self, standing: &Standing, app: &App) -> Result<Changed> {
        let text = self.draft.text();
        let reading = milepost_path::read(&text);
        let mut errors = reading.diagnostics.iter();
        if let Some(error) = errors.find(|one| one.severity == Severity::Error) {
            return Err(Refusal::Unfit(error.message.clone()).into());
        }
        let catalog = app.catalog();
        let base = catalog.unbent(&self.path.id);
        let overlay = reading.overlay.unwrap_or_default();
        let bent = base.map_or_else(|| self.path.clone(), |base| apply(&base, &overlay).0);
        let after = Together { files: vec![catalog.decisions().applied_to(bent)], catalog };
        let seen = |shelf, path| progress(&Learner { shelf, standing }, &Node::Path(path));
        let (before, now) =
            (seen(catalog, self.path), seen(&after, after.files.first().unwrap_or(self.path)));
        let (removed, added) = differing(self.before.as_deref().unwrap_or_default(), &text);
        Ok(Changed {
            path: self.path.id.clone(),
            file: self.place(),
            is_new: self.before.is_none(),
            percent: Change { before: before.percent, after: now.percent },
            hours: Change { before: before.hours, after: now.hours },
            kept: None,
            removed,
            added,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_that_differ_are_told() {
        let told = |before: &str, after: &str| {
            let (removed, added) = differing(before, after);
            format!("{} -> {}", removed.join("|"), added.join("|"))
        };
        assert_eq!(told("", "a\nb\n"), " -> a|b");
        assert_eq!(told("a\nb\n", "a\nb\n"), " -> ");
        assert_eq!(told("a\nb\nc\n", "a\nx\nb\nc\n"), " -> x");
        assert_eq!(told("a\na\n", "a\na\na\n"), " -> a");
        assert_eq!(told("a\nb\nc\nd\n", "a\nB\nc\nD\nd\n"), "b|c -> B|c|D");
        assert_eq!(told("a\nb\nc\n", "c\n"), "a|b -> ");
    }
}
