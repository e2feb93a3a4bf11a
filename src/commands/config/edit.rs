//! `milepost config edit`: a copy is written, and takes the place of the file when it has no mistake.

use std::fs;
use std::path::{Path, PathBuf};

use milepost_core::disk;

use super::change::{path, write};
use crate::config::change::SCHEMA;
use crate::config::file::{File, Key, text};
use crate::context::Context;
use crate::error::{Code, Error, Result};
use crate::output::Output;
use crate::words::config as words;

/// How the name of a copy begins and ends.
const NAME: (&str, &str) = ("config-draft-", ".toml");

/// The copy that somebody edits, beside the file, so that an editor finds what the file names.
struct Copy {
    file: PathBuf,
    begun: String,
}

impl Copy {
    fn new(of: &Path, begun: String) -> Result<Self> {
        let folder = of.parent().unwrap_or(Path::new(""));
        let begin = || {
            disk::make_directories(folder)?;
            let named =
                tempfile::Builder::new().prefix(NAME.0).suffix(NAME.1).tempfile_in(folder)?;
            let file = named.into_temp_path().keep().map_err(|error| error.error)?;
            fs::write(&file, &begun)?;
            disk::set_private(&file, 0o600)?;
            Ok(file)
        };
        let file = begin().map_err(|error: std::io::Error| disk::not_written(of, error))?;
        Ok(Self { file, begun })
    }

    /// Whether there is something in it that was not there before. What cannot be read might be something.
    fn is_edited(&self) -> bool {
        !matches!(text(&self.file), Ok(Some(text)) if text == self.begun) && self.file.exists()
    }

    /// Removes it when nothing needs it; else it stays, and the error says where.
    fn end(self, of: &Path, done: Result<()>) -> Result<()> {
        match done {
            Err(error) if self.is_edited() => {
                let [copy, of] = [&self.file, of].map(|file| file.display().to_string());
                Err(error.hint(words::kept(&copy, &of)))
            }
            done => {
                // Where it cannot be removed it is in nobody's way.
                let _ = fs::remove_file(&self.file);
                done
            }
        }
    }
}

pub(super) fn run(context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let path = path(context)?;
    if out.prompt().is_none() {
        return Err(Error::new(Code::NoTerminal, words::NO_TERMINAL).hint(words::WITHOUT_TERMINAL));
    }
    // All that can be refused is refused before somebody writes something.
    disk::check(path, context.app.places.db.as_deref())?;
    let before = text(path)?;
    for file in left(path) {
        out.say(&words::left(&disk::show(&file)));
    }
    let begun = before.clone().unwrap_or_else(|| [SCHEMA, words::EMPTY].concat());
    let copy = Copy::new(path, begun)?;
    let done = edited(&copy, path, before.as_deref(), context, out);
    copy.end(path, done)
}

/// The copies beside the file that did not take its place.
fn left(path: &Path) -> Vec<PathBuf> {
    let entries = path.parent().map(fs::read_dir).into_iter().flatten().flatten().flatten();
    let is_copy = |entry: &fs::DirEntry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with(NAME.0) && name.ends_with(NAME.1)
    };
    entries.filter(is_copy).map(|entry| entry.path()).collect()
}

/// Lets the copy be edited until it has no mistake, and writes it.
fn edited(
    copy: &Copy,
    path: &Path,
    before: Option<&str>,
    context: &Context,
    out: &mut Output<'_, '_>,
) -> Result<()> {
    loop {
        let prompt = out.prompt().ok_or_else(Error::cancelled)?;
        prompt.edit(&copy.file).map_err(|error| match error.code() {
            Code::NoProgram => error.without_hints().hint(words::NO_EDITOR),
            _ => error,
        })?;
        let now = text(&copy.file)?.ok_or_else(Error::cancelled)?;
        let is_same = now == copy.begun;
        let wrong = match File::of(&now, path) {
            Ok(file) => {
                let now = if is_same { before.unwrap_or_default() } else { &now };
                return write(context, before, now, file, &Key::ALL, out);
            }
            Err(problem) => problem.error(&copy.file, &now),
        };
        if out.is_json() {
            return Err(wrong);
        }
        out.error(&wrong);
        let prompt = out.prompt().ok_or_else(Error::cancelled)?;
        if !prompt.confirm(words::AGAIN)? {
            let message = words::unchanged(wrong.message());
            return Err(wrong.reworded(message));
        }
    }
}
