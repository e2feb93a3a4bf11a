//! The file in which a note is written. It lies beside the record until the note is recorded, so that
//! whatever fails and whatever is killed, what was written is there.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use milepost_core::disk;
use milepost_core::record::{DRAFT, DRAFTS};
use milepost_path::Ref;

use super::{input, mark};
use crate::context::Context;
use crate::error::Result;
use crate::text::shell;

/// A note that is being written.
#[derive(Debug)]
pub(crate) struct Draft {
    folder: PathBuf,
    /// Kept from the beginning: a drop on the way out of a panic would take the text with it.
    own: PathBuf,
    file: PathBuf,
    /// What the note is about.
    reference: Ref,
}

impl Draft {
    /// Begins an empty one.
    ///
    /// # Errors
    /// Nothing can be written beside the record.
    pub(crate) fn new(reference: &Ref, context: &Context) -> Result<Self> {
        let folder = context.app.db()?.with_file_name(DRAFTS);
        let name = reference.as_str().rsplit('/').next().unwrap_or_default();
        let begin = || {
            disk::make_directories(&folder)?;
            let own =
                tempfile::Builder::new().prefix(&format!("{name}-")).tempdir_in(&folder)?.keep();
            let file = own.join(DRAFT);
            fs::write(&file, "")?;
            disk::set_private(&file, 0o600)?;
            Ok((own, file))
        };
        let (own, file) = begin()
            .map_err(|error: std::io::Error| disk::not_written(&folder.join(DRAFT), error))?;
        Ok(Self { folder, own, file, reference: reference.clone() })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.file
    }

    /// What was written.
    ///
    /// # Errors
    /// It is too long, no UTF-8, or cannot be read.
    pub(crate) fn text(&self) -> Result<String> {
        match input::text(&self.file, mark::MOST_PIPED_BYTES) {
            // Who deletes the file says nothing.
            Err(_) if self.is_empty() => Ok(String::new()),
            read => read,
        }
    }

    /// Removes it when its note is recorded, or when there is nothing in it; else it stays, and the
    /// error says where.
    ///
    /// # Errors
    /// What was done failed.
    pub(crate) fn end(self, done: Result<()>) -> Result<()> {
        match done {
            Err(error) if !self.is_empty() => {
                let file = disk::show(&self.file);
                let name = self.file.display().to_string();
                let word = shell::word(&name);
                Err(error.hint(format!(
                    "your text is kept in {file}: `milepost note {} - < {word}` records it",
                    self.reference
                )))
            }
            done => {
                // Where they cannot be removed they are in nobody's way.
                let _ = fs::remove_dir_all(&self.own);
                // Only where no other draft is in it.
                let _ = fs::remove_dir(&self.folder);
                done
            }
        }
    }

    /// Whether nothing was written. What cannot be read might be something.
    fn is_empty(&self) -> bool {
        match fs::read(&self.file) {
            Ok(bytes) => bytes.trim_ascii().is_empty(),
            Err(error) => error.kind() == ErrorKind::NotFound,
        }
    }
}
