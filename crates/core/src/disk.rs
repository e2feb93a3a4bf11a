//! Whole files on the disk: each is there under its name complete and durable, or as it was before.
//!
//! What is written goes into a private temporary file in the same directory, which is synced and then
//! renamed; the directory is synced after that. Links are followed and modes kept.
//! What is no regular file is never replaced, nor is the record, nor what SQLite keeps beside it.
//! How files are read that somebody else wrote, [`read`] knows. What goes wrong are facts; what a person
//! is told, and what to do next, is said above (the front end).
//!
//! What root makes in somebody's directory belongs to them, as what SQLite makes beside their record
//! does: after one `sudo`, a copy or a directory of root's would stop all that come later.

pub(crate) mod lock;
pub mod read;

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use milepost_path::safe;
use read::Unread;

/// After so many links to nowhere it is a circle.
const MOST_LINKS: usize = 40;

/// What SQLite keeps beside a database, by the ending of its name.
pub(crate) const COMPANIONS: [&str; 3] = ["-journal", "-wal", "-shm"];

/// How the name of a file begins and ends before it is whole.
const NEW: (&str, &str) = (".milepost-", ".new");

/// Writes a whole file. The record must not be its target.
///
/// # Errors
/// The target is no regular file, or is the record; its directory is not there; or it cannot be
/// written. The file is then as it was before.
pub fn write(target: &Path, record: Option<&Path>, bytes: &[u8]) -> Result<(), DiskError> {
    let place = Place::find(target, record)?;
    place.write(bytes).map_err(|error| not_written(target, error))
}

/// Looks whether a file could be written, for who would write it much later.
///
/// # Errors
/// As [`write()`]; but a directory that is not there can be made until then.
pub fn check(target: &Path, record: Option<&Path>) -> Result<(), DiskError> {
    match Place::find(target, record) {
        Ok(_) | Err(DiskError::NoDirectory(..)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Removes a file, so that it stays removed. What a link leads to is not touched.
///
/// # Errors
/// It cannot be removed; or it was, and the disk did not confirm it.
pub(crate) fn remove(path: &Path) -> Result<(), DiskError> {
    let removed = fs::remove_file(path).map_err(NotWritten::Failed);
    removed
        .and_then(|()| sync_directory(directory_of(path)).map_err(NotWritten::Unconfirmed))
        .map_err(|error| DiskError::NotRemoved(path.to_owned(), error))
}

/// What is wrong with a file that somebody named.
#[derive(Debug)]
pub enum DiskError {
    /// It is the record, or SQLite keeps it beside the record.
    IsRecord(PathBuf),
    /// It must not be written.
    WriteProtected(PathBuf),
    /// It is a directory.
    Directory(PathBuf),
    /// It is a FIFO, a device or a socket.
    NotRegular(PathBuf),
    /// There is no such directory to put it into.
    NoDirectory(PathBuf, PathBuf),
    /// Its name leads nowhere.
    Unresolved(PathBuf, io::Error),
    /// It was not written, or not surely.
    NotWritten(PathBuf, NotWritten),
    /// It was not removed, or not surely.
    NotRemoved(PathBuf, NotWritten),
    /// It was not read.
    Unread(PathBuf, Unread),
}

/// Why a file was not written, or not surely.
#[derive(Debug)]
pub enum NotWritten {
    /// It is as it was before.
    Failed(io::Error),
    /// It is what it should be, but the disk did not confirm that this outlasts a power cut.
    Unconfirmed(io::Error),
}

impl From<io::Error> for NotWritten {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// That a file could not be written, or not surely.
pub fn not_written(target: &Path, error: impl Into<NotWritten>) -> DiskError {
    DiskError::NotWritten(target.to_owned(), error.into())
}

/// Where a file that somebody named is to be, and what is there already.
#[derive(Debug)]
pub struct Place {
    path: PathBuf,
    existing: Option<Metadata>,
}

impl Place {
    /// Finds it, at the end of links.
    ///
    /// # Errors
    /// There is something else than a regular file that can be written, or the record, or no
    /// directory to put it into.
    pub(crate) fn find(target: &Path, record: Option<&Path>) -> Result<Self, DiskError> {
        let place = Self::resolve(target)?;
        if let Some(record) = record
            && is_record(&place.path, record)
        {
            return Err(DiskError::IsRecord(target.to_owned()));
        }
        Ok(place)
    }

    fn resolve(target: &Path) -> Result<Self, DiskError> {
        let told = |error| DiskError::Unresolved(target.to_owned(), error);
        match fs::metadata(target) {
            Ok(metadata) if metadata.is_file() => {
                if metadata.permissions().readonly() {
                    // A rename would not mind.
                    return Err(DiskError::WriteProtected(target.to_owned()));
                }
                let path = fs::canonicalize(target).map_err(told)?;
                Ok(Self { path, existing: Some(metadata) })
            }
            Ok(metadata) if metadata.is_dir() => Err(DiskError::Directory(target.to_owned())),
            Ok(_) => Err(DiskError::NotRegular(target.to_owned())),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let path = end_of_links(target).map_err(told)?;
                let directory = directory_of(&path);
                if !directory.is_dir() {
                    return Err(DiskError::NoDirectory(target.to_owned(), directory.to_owned()));
                }
                Ok(Self { path, existing: None })
            }
            Err(error) => Err(told(error)),
        }
    }

    /// The file itself, where it was named by a link.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The directory that the file is in.
    pub(crate) fn directory(&self) -> &Path {
        directory_of(&self.path)
    }

    /// Whether there is a file already in which there is something.
    pub(crate) fn is_taken(&self) -> bool {
        self.existing.as_ref().is_some_and(|existing| existing.len() > 0)
    }

    /// Writes the whole file.
    ///
    /// # Errors
    /// It could not be written; or the disk did not confirm it.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), NotWritten> {
        self.name(self.prepare(bytes)?)
    }

    /// Writes a file that is whole and durable, but does not have its name yet; [`Place::name`] gives
    /// it that.
    ///
    /// # Errors
    /// It could not be written, and nothing of it is left.
    pub(crate) fn prepare(&self, bytes: &[u8]) -> io::Result<TempPath> {
        // Private from the start, and removed again on every error.
        let mut file = temporary(self.directory())?;
        file.write_all(bytes)?;
        self.dress(file.path())?;
        file.as_file().sync_all()?;
        Ok(file.into_temp_path())
    }

    /// Gives a whole file in the same `Place::directory` its owner, its mode and its name.
    ///
    /// # Errors
    /// It could not be renamed, and the file is as it was before; or the disk did not confirm the new
    /// name.
    pub(crate) fn take(&self, file: TempPath) -> Result<(), NotWritten> {
        self.dress(&file)?;
        self.name(file)
    }

    /// Gives a file that was prepared its name.
    ///
    /// # Errors
    /// As [`Place::take`].
    pub(crate) fn name(&self, file: TempPath) -> Result<(), NotWritten> {
        file.persist(&self.path).map_err(|error| error.error)?;
        sync_directory(self.directory()).map_err(NotWritten::Unconfirmed)
    }

    /// Makes a file look like the one whose place it takes.
    fn dress(&self, file: &Path) -> io::Result<()> {
        if let Some(existing) = &self.existing {
            give(file, existing)?;
        }
        set_mode(file, self.existing.as_ref())
    }
}

/// A private temporary file in a directory. It is removed when it is dropped without being kept.
///
/// # Errors
/// It cannot be made.
pub(crate) fn temporary(directory: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    let file = builder.prefix(NEW.0).suffix(NEW.1).tempfile_in(directory)?;
    give(file.path(), &fs::metadata(directory)?)?;
    // The umask might have taken more away.
    set_private(file.path(), 0o600)?;
    Ok(file)
}

/// Removes the temporary files that a killed process left in a directory. Only for a directory in which
/// no other process can be at work.
pub(crate) fn remove_leftovers(directory: &Path) {
    for leftover in leftovers(directory) {
        // It only takes room; nothing depends on it.
        let _ = fs::remove_file(leftover);
    }
}

/// The temporary files in a directory: of those who are at work, and of one who was killed.
pub(crate) fn leftovers(directory: &Path) -> Vec<PathBuf> {
    let is_leftover = |entry: &fs::DirEntry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with(NEW.0)
            && name.ends_with(NEW.1)
            && entry.file_type().is_ok_and(|kind| kind.is_file())
    };
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.filter(is_leftover).map(|entry| entry.path()).collect();
    found.sort();
    found
}

/// Makes a directory and those above it that are missing: private, and durable.
///
/// # Errors
/// One of them cannot be made.
pub fn make_directories(directory: &Path) -> io::Result<()> {
    let missing: Vec<&Path> = directory
        .ancestors()
        .take_while(|ancestor| !ancestor.as_os_str().is_empty() && !ancestor.is_dir())
        .collect();
    for directory in missing.into_iter().rev() {
        match make_directory(directory) {
            Ok(()) => {}
            // Somebody else was first.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && directory.is_dir() => {}
            Err(error) => return Err(error),
        }
        sync_directory(directory_of(directory))?;
    }
    Ok(())
}

#[cfg(unix)]
fn make_directory(directory: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(directory)?;
    give(directory, &fs::metadata(directory_of(directory))?)?;
    // The umask might have taken more away.
    set_private(directory, 0o700)
}

#[cfg(not(unix))]
fn make_directory(directory: &Path) -> io::Result<()> {
    fs::create_dir(directory)
}

/// Gives a file or a directory this mode.
///
/// # Errors
/// It cannot be changed.
#[cfg(unix)]
pub fn set_private(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// Gives a file or a directory this mode, where there are modes.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub(crate) fn set_private(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

/// Gives what root just made to the owner of something else. Others can give nothing away.
#[cfg(unix)]
fn give(made: &Path, like: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt, fchown};

    use rustix::fs::OFlags;
    if !rustix::process::geteuid().is_root() || fs::symlink_metadata(made)?.uid() == like.uid() {
        return Ok(());
    }
    // The owner of the directory can put a link to something of root's in its place meanwhile.
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed();
    let file = File::options().read(true).custom_flags(flags).open(made)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() || (metadata.is_file() && metadata.nlink() == 1) {
        // Some file systems give nothing away. Then it is root's, as it would be without this.
        let _ = fchown(&file, Some(like.uid()), Some(like.gid()));
        Ok(())
    } else {
        Err(io::Error::other("something else was put in its place"))
    }
}

#[cfg(not(unix))]
fn give(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Private where it is new, whatever the umask; as it was where it is not.
#[cfg(unix)]
fn set_mode(file: &Path, existing: Option<&Metadata>) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    set_private(file, existing.map_or(0o600, |existing| existing.permissions().mode() & 0o7777))
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: Option<&Metadata>) -> io::Result<()> {
    Ok(())
}

/// Makes the names in a directory durable.
///
/// # Errors
/// The disk did not confirm it.
#[cfg(unix)]
pub(crate) fn sync_directory(directory: &Path) -> io::Result<()> {
    match File::open(directory) {
        Ok(directory) => directory.sync_all(),
        // You can be allowed to make files in a directory that you cannot read.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(()),
        Err(error) => Err(error),
    }
}

/// Makes the names in a directory durable, where that can be asked for.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub(crate) fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The name of a file for a message.
pub fn show(path: &Path) -> String {
    safe::short(&path.display().to_string(), 300)
}

/// A name with an ending.
pub(crate) fn with_ending(path: &Path, ending: impl AsRef<std::ffi::OsStr>) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The name at the end of links that lead to nothing yet.
fn end_of_links(target: &Path) -> io::Result<PathBuf> {
    let mut path = target.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_symlink() => {
                let next = fs::read_link(&path)?;
                path = directory_of(&path).join(next);
            }
            _ => return Ok(path),
        }
    }
    Err(io::Error::other("its links go in a circle"))
}

fn directory_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Whether a file is the record or one of those that SQLite keeps beside it, by name or, under
/// whatever name, by identity.
pub(crate) fn is_record(path: &Path, record: &Path) -> bool {
    let Ok(record) = std::path::absolute(record) else {
        return false;
    };
    // SQLite follows links and puts its files beside the real one.
    let real = fs::canonicalize(&record).ok();
    std::iter::once(record).chain(real).any(|record| {
        std::iter::once(&"").chain(&COMPANIONS).any(|ending| {
            let name = with_ending(&record, ending);
            same_name(path, &name) || same_file(path, &name)
        })
    })
}

fn same_name(a: &Path, b: &Path) -> bool {
    let full =
        |path: &Path| Some(fs::canonicalize(directory_of(path)).ok()?.join(path.file_name()?));
    full(a).is_some_and(|a| full(b) == Some(a))
}

/// Whether two names are of one file.
#[cfg(unix)]
pub(crate) fn same_file(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |path: &Path| fs::metadata(path).ok().map(|file| (file.dev(), file.ino()));
    identity(a).is_some_and(|a| identity(b) == Some(a))
}

/// Whether two names are of one file.
#[cfg(not(unix))]
pub(crate) fn same_file(a: &Path, b: &Path) -> bool {
    fs::canonicalize(a).is_ok_and(|a| fs::canonicalize(b).is_ok_and(|b| a == b))
}

#[cfg(test)]
mod tests;
