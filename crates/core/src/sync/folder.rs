//! A remote that is a folder, carried by whatever carries folders: Syncthing, NFS, a stick. The branch of a
//! repository has the same layout.
//!
//! `LOG/header.json` says what the log is, and beside it are the segments under their [names](Name). A file
//! appears whole and is never changed, so the carrier of the folder can be late, show half of it, or leave
//! files of its own: a file with any other form of name is ignored.
//!
//! Others can write there. Below the folder that was named, no link is followed, only regular files are
//! opened, and everything is read within bounds.

use std::fs::{self, DirEntry};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::remote::{
    Erased, Listing, MOST_BYTES, MOST_HEADER_BYTES, MOST_SEGMENTS, Name, Remote, RemoteError, Take,
};
use crate::disk::{self, read};

/// The file that says what a log is.
pub(super) const HEADER: &str = "header.json";

/// A folder that keeps logs.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at a path, which need not be there yet.
    pub(crate) fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    fn of(&self, log: Uuid) -> PathBuf {
        self.root.join(log.to_string())
    }

    /// The folder of a log that is there.
    fn present(&self, log: Uuid) -> Result<PathBuf, RemoteError> {
        self.is_there()?;
        let folder = self.of(log);
        if is_folder(&folder)? { Ok(folder) } else { Err(RemoteError::NoLog(log)) }
    }

    /// Whether the folder is there.
    fn is_there(&self) -> Result<(), RemoteError> {
        match fs::metadata(&self.root) {
            Ok(metadata) if metadata.is_dir() => Ok(()),
            Ok(_) => Err(io(&self.root, ErrorKind::NotADirectory.into())),
            Err(error) if read::is_missing(&error) => Err(RemoteError::NoFolder(self.root.clone())),
            Err(error) => Err(io(&self.root, error)),
        }
    }
}

impl Remote for Folder {
    fn logs(&mut self) -> Result<Vec<Uuid>, RemoteError> {
        self.is_there()?;
        let mut logs: Vec<Uuid> = Vec::new();
        each(&self.root, |entry, name| {
            let log = id(name).filter(|_| is_directory(entry));
            if let Some(log) = log
                && fs::symlink_metadata(entry.path().join(HEADER)).is_ok_and(|file| file.is_file())
            {
                logs.push(log);
            }
            Ok(())
        })?;
        logs.sort_unstable();
        Ok(logs)
    }

    fn header(&mut self, log: Uuid) -> Result<Option<Vec<u8>>, RemoteError> {
        self.is_there()?;
        let folder = self.of(log);
        if !is_folder(&folder)? {
            return Ok(None);
        }
        let path = folder.join(HEADER);
        if !is_file(&path)? {
            return Ok(None);
        }
        match read::bytes(&path, MOST_HEADER_BYTES as u64) {
            Ok(header) => Ok(Some(header)),
            Err(unread) if unread.is_missing() => Ok(None),
            Err(unread) => Err(disk::DiskError::Unread(path, unread).into()),
        }
    }

    fn create(&mut self, log: Uuid, header: &[u8]) -> Result<(), RemoteError> {
        let folder = self.of(log);
        // Somebody else's link is not followed; that the folder itself is named by one is the user's.
        match self.is_there() {
            Ok(()) => is_folder(&folder).map(drop)?,
            Err(RemoteError::NoFolder(_)) => {}
            Err(error) => return Err(error),
        }
        disk::make_directories(&folder).map_err(|error| io(&folder, error))?;
        match self.header(log)? {
            Some(there) if there == header => Ok(()),
            Some(_) => Err(RemoteError::OtherHeader(log)),
            None => Ok(disk::write(&folder.join(HEADER), None, header)?),
        }
    }

    fn list(&mut self, log: Uuid, _: Option<&[u8]>) -> Result<Listing, RemoteError> {
        let folder = self.present(log)?;
        let mut names = Vec::new();
        each(&folder, |stream, first| {
            if id(first).is_none() || !is_directory(stream) {
                return Ok(());
            }
            each(&stream.path(), |numbers, second| {
                if !is_directory(numbers) {
                    return Ok(());
                }
                each(&numbers.path(), |file, third| {
                    let is_file = file.file_type().is_ok_and(|kind| kind.is_file());
                    if let Ok(name) = format!("{first}/{second}/{third}").parse::<Name>()
                        && is_file
                    {
                        if names.len() == MOST_SEGMENTS {
                            return Err(RemoteError::TooMany { most: MOST_SEGMENTS });
                        }
                        names.push(name);
                    }
                    Ok(())
                })
            })
        })?;
        // What went away meanwhile might be the whole folder.
        self.present(log)?;
        names.sort_unstable();
        Ok(Listing { names, cursor: None, is_whole: true })
    }

    fn get(&mut self, log: Uuid, names: &[Name], take: &mut Take<'_>) -> Result<(), RemoteError> {
        let folder = self.present(log)?;
        for name in names {
            let found = segment(&folder, name);
            if found.is_none() {
                // A USB stick that was pulled out is not a folder that lost a file.
                self.is_there()?;
            }
            take(*name, found);
        }
        Ok(())
    }

    fn put(
        &mut self,
        log: Uuid,
        segments: &[(Name, Vec<u8>)],
    ) -> Result<Option<Vec<u8>>, RemoteError> {
        let folder = self.present(log)?;
        for (name, sealed) in segments {
            let path = folder.join(name.to_string());
            let numbers = path.parent().unwrap_or(&folder);
            for part in [numbers.parent().unwrap_or(&folder), numbers] {
                if !is_folder(part)? {
                    disk::make_directories(part).map_err(|error| io(part, error))?;
                }
            }
            if segment(&folder, name).is_some_and(|there| there == *sealed) {
                // Whatever wrote it might not have come as far as this.
                disk::sync_directory(numbers).map_err(|error| io(numbers, error))?;
            } else {
                is_file(&path)?;
                disk::write(&path, None, sealed)?;
            }
        }
        Ok(None)
    }

    fn erase(&mut self, log: Uuid) -> Result<Erased, RemoteError> {
        self.is_there()?;
        let folder = self.of(log);
        if is_folder(&folder)? {
            fs::remove_dir_all(&folder)
                .and_then(|()| disk::sync_directory(&self.root))
                .map_err(|error| io(&folder, error))?;
        }
        Ok(Erased::All)
    }
}

/// What is there under a name: nothing where it cannot be read, and no bytes where they are too many.
fn segment(folder: &Path, name: &Name) -> Option<Vec<u8>> {
    let path = folder.join(name.to_string());
    let numbers = path.parent()?;
    let is_ours =
        is_folder(numbers.parent()?).ok()? && is_folder(numbers).ok()? && is_file(&path).ok()?;
    match is_ours.then(|| read::bytes(&path, MOST_BYTES as u64))? {
        Ok(bytes) => Some(bytes),
        Err(read::Unread::TooLarge(_)) => Some(Vec::new()),
        Err(_) => None,
    }
}

/// The entries of a folder with their names. One that is gone has none.
fn each(
    folder: &Path,
    mut entry: impl FnMut(&DirEntry, &str) -> Result<(), RemoteError>,
) -> Result<(), RemoteError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if read::is_missing(&error) => return Ok(()),
        Err(error) => return Err(io(folder, error)),
    };
    for found in entries {
        let found = found.map_err(|error| io(folder, error))?;
        // All of our names are UTF-8.
        if let Some(name) = found.file_name().to_str() {
            entry(&found, name)?;
        }
    }
    Ok(())
}

/// An id in the one way in which we write it.
pub(super) fn id(name: &str) -> Option<Uuid> {
    name.parse().ok().filter(|id: &Uuid| id.to_string() == name)
}

/// Whether an entry is a directory, and not a link to one.
fn is_directory(entry: &DirEntry) -> bool {
    entry.file_type().is_ok_and(|kind| kind.is_dir())
}

/// Whether there is a folder. What is something else is refused.
fn is_folder(path: &Path) -> Result<bool, RemoteError> {
    is(path, fs::Metadata::is_dir)
}

/// Whether there is a file. What is something else is refused.
fn is_file(path: &Path) -> Result<bool, RemoteError> {
    is(path, fs::Metadata::is_file)
}

fn is(path: &Path, wanted: impl Fn(&fs::Metadata) -> bool) -> Result<bool, RemoteError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if wanted(&metadata) => Ok(true),
        Ok(_) => Err(RemoteError::InTheWay(path.to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(io(path, error)),
    }
}

fn io(path: &Path, error: std::io::Error) -> RemoteError {
    RemoteError::Io { path: path.to_owned(), error }
}

#[cfg(test)]
mod tests;
