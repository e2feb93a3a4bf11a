//! A file that is to be installed, and what is installed in its place.

use std::path::{Path, PathBuf};

use milepost_path::Roadmap;

use super::super::{App, Result};
use super::files::{Content, Valid};
use super::{Kind, Refusal};
use crate::catalog::{Source, file};
use crate::disk::{DiskError, read};

/// A file, and what is installed in its place.
pub(super) struct Subject {
    pub(super) file: Valid,
    pub(super) to: PathBuf,
    pub(super) before: Option<Vec<u8>>,
    pub(super) kind: Kind,
}

impl Subject {
    /// A file that is not installed in this version already; else the file.
    pub(super) fn of(
        file: Valid,
        folder: &Path,
        app: &App,
    ) -> Result<std::result::Result<Self, Valid>> {
        let to = folder.join(format!("{}.toml", file.id));
        let before = installed(&to)?;
        let catalog = app.catalog();
        let source = match file.content {
            Content::Career(_) => Some(catalog.career_source()),
            Content::Path(_) => catalog.source(&file.id),
            Content::Overlay(_) => None,
        };
        let kind = match (&before, source) {
            (Some(before), _) if is_text(before, &file.text) => return Ok(Err(file)),
            (Some(_), _) => Kind::Update,
            (None, Some(Source::BuiltIn)) => Kind::InsteadOfBuiltIn,
            (None, _) => Kind::New,
        };
        Ok(Ok(Self { file, to, before, kind }))
    }
}

impl Subject {
    /// The path in it, if it has one.
    pub(super) fn new_path(&self) -> Option<&Roadmap> {
        match &self.file.content {
            Content::Path(roadmap) => Some(roadmap),
            Content::Career(_) | Content::Overlay(_) => None,
        }
    }
}

/// The bytes of the file that is installed under a name; `None` if nothing is. What is there and
/// cannot be read is not new: to replace it would lose it.
fn installed(to: &Path) -> Result<Option<Vec<u8>>> {
    match read::bytes(to, file::MOST_BYTES) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(unread) if unread.is_missing() => Ok(None),
        Err(unread) => {
            Err(Refusal::InstalledUnread(DiskError::Unread(to.to_owned(), unread)).into())
        }
    }
}

/// Whether bytes are this text; those that are no text are none.
fn is_text(bytes: &[u8], text: &str) -> bool {
    read::decode(bytes.to_vec()).is_ok_and(|there| there == text)
}
