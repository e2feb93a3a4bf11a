//! What lies around a record and can hurt it: who else can read it, what was left beside it, and the
//! file system that it is on. Nothing here opens the record.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{Result, StoreError};
use super::{PATIENCE, file, write_lock};
use crate::disk;

/// The directory of all notes that are being written, beside the record.
pub const DRAFTS: &str = "drafts";

/// The file of such a note in its own directory, where editors keep their copies, too.
pub const DRAFT: &str = "note.md";

/// With less room than this a command can find the disk full.
const LITTLE_ROOM: u64 = 16 * 1024 * 1024;

/// The name of a directory that was made for the record alone.
const OWN_DIRECTORY: &str = "milepost";

/// Something around the record that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Others can read or change the record, by its mode.
    OpenFile(PathBuf, u32),
    /// Others can look into the directory that is the record's own, by its mode.
    OpenDirectory(PathBuf, u32),
    /// Others can put another file in the place of the record, by the mode of its directory.
    ReplaceableByOthers(PathBuf, u32),
    /// The record belongs to this user, and the program is run by that one.
    Owner(PathBuf, u32, u32),
    /// The record, or its directory, is write-protected.
    WriteProtected(PathBuf),
    /// What programs that were killed left.
    Leftovers(Vec<PathBuf>),
    /// A journal of a record that is not there.
    Orphan(PathBuf),
    /// A journal lies beside the record after it was looked at, or a file that SQLite keeps in
    /// another journal mode.
    Beside(PathBuf),
    /// So many bytes are free.
    LittleRoom(u64),
    /// Nothing can be written to this file system.
    ReadOnly,
    /// The record is on a file system of this kind, over a network.
    Network(String),
}

/// Looks around the record at a path, which need not be there.
pub(crate) fn look(path: &Path) -> Vec<Problem> {
    let Ok(path) = file::absolute(path) else {
        return Vec::new();
    };
    let real = fs::canonicalize(&path).unwrap_or(path);
    let Some(directory) = real.parent() else {
        return Vec::new();
    };
    let mut troubles = Vec::new();
    let is_file = fs::metadata(&real).is_ok_and(|metadata| metadata.is_file());
    access(&real, directory, is_file, &mut troubles);
    let leftovers = disk::leftovers(directory);
    if !leftovers.is_empty() {
        troubles.push(Problem::Leftovers(leftovers));
    }
    let journal = file::journal(&real);
    if fs::symlink_metadata(&real).is_err() && fs::symlink_metadata(&journal).is_ok() {
        troubles.push(Problem::Orphan(journal));
    }
    if let Some(kind) = network(directory) {
        troubles.push(Problem::Network(kind));
    }
    room(directory, &mut troubles);
    troubles
}

/// What lies beside a record after it was opened and read: by then SQLite has rolled back and
/// removed what was cut off.
pub(crate) fn look_beside(path: &Path) -> Vec<Problem> {
    let Ok(path) = file::absolute(path) else {
        return Vec::new();
    };
    let real = fs::canonicalize(&path).unwrap_or(path);
    disk::COMPANIONS
        .into_iter()
        .map(|ending| disk::with_ending(&real, ending))
        .filter(|name| fs::symlink_metadata(name).is_ok())
        .map(Problem::Beside)
        .collect()
}

/// The notes beside a record that are not recorded and in which there is something: of somebody who
/// is writing, or whose note could not be recorded.
pub fn drafts(record: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(record.with_file_name(DRAFTS)).into_iter().flatten().flatten();
    let files = entries.map(|entry| entry.path().join(DRAFT));
    let mut files: Vec<PathBuf> =
        files.filter(|file| fs::metadata(file).is_ok_and(|file| file.len() > 0)).collect();
    milepost_path::sort::by(&mut files, Ord::cmp);
    files
}

/// Mends what can be mended without losing anything; tells whether it did.
///
/// # Errors
/// It could be mended, but that failed.
pub(crate) fn mend(trouble: &Problem) -> Result<bool> {
    let told = |path: &Path, error| StoreError::NotMended(path.to_owned(), error);
    match trouble {
        Problem::OpenFile(path, mode) | Problem::OpenDirectory(path, mode) => {
            disk::set_private(path, mode & 0o700).map_err(|error| told(path, error))?;
            Ok(true)
        }
        Problem::Leftovers(leftovers) => {
            let Some(first) = leftovers.first() else {
                return Ok(false);
            };
            let turn = write_lock::wait(first, PATIENCE)?;
            if !turn.is_exclusive() {
                return Ok(false);
            }
            // What is gone meanwhile was being made, and is whole by now.
            for leftover in leftovers {
                match fs::remove_file(leftover) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        return Err(told(leftover, error));
                    }
                    _ => {}
                }
            }
            Ok(true)
        }
        _ => Ok(false),
    }
}

#[cfg(unix)]
fn access(real: &Path, directory: &Path, is_file: bool, troubles: &mut Vec<Problem>) {
    use std::os::unix::fs::MetadataExt;
    let me = rustix::process::geteuid().as_raw();
    if is_file && let Ok(metadata) = fs::metadata(real) {
        let mode = metadata.mode() & 0o7777;
        if mode & 0o077 != 0 {
            troubles.push(Problem::OpenFile(real.to_owned(), mode));
        }
        if metadata.uid() != me {
            troubles.push(Problem::Owner(real.to_owned(), metadata.uid(), me));
        }
        if mode & 0o200 == 0 {
            troubles.push(Problem::WriteProtected(real.to_owned()));
        }
    }
    if let Ok(metadata) = fs::metadata(directory) {
        let mode = metadata.mode() & 0o7777;
        let own = directory.file_name().is_some_and(|name| name == OWN_DIRECTORY);
        let sticky = mode & 0o1000 != 0;
        if own && mode & 0o077 != 0 {
            troubles.push(Problem::OpenDirectory(directory.to_owned(), mode));
        } else if mode & 0o022 != 0 && !sticky {
            troubles.push(Problem::ReplaceableByOthers(directory.to_owned(), mode));
        }
        if mode & 0o200 == 0 {
            troubles.push(Problem::WriteProtected(directory.to_owned()));
        }
    }
}

#[cfg(not(unix))]
fn access(_: &Path, _: &Path, _: bool, _: &mut Vec<Problem>) {}

#[cfg(unix)]
fn room(directory: &Path, troubles: &mut Vec<Problem>) {
    use rustix::fs::StatVfsMountFlags;
    let Ok(system) = rustix::fs::statvfs(directory) else {
        return;
    };
    if system.f_flag.contains(StatVfsMountFlags::RDONLY) {
        troubles.push(Problem::ReadOnly);
        return;
    }
    let free = system.f_bavail.saturating_mul(system.f_frsize);
    if free < LITTLE_ROOM {
        troubles.push(Problem::LittleRoom(free));
    }
}

#[cfg(not(unix))]
fn room(_: &Path, _: &mut Vec<Problem>) {}

/// The kind of file system that a directory is on, where that is one over a network. The kernel
/// names it exactly; a number as `statfs` gives it is the same for all that are in user space.
fn network(directory: &Path) -> Option<String> {
    let mounts = fs::read("/proc/self/mountinfo").ok()?;
    let kind = kind_of_mount(&String::from_utf8_lossy(&mounts), directory)?;
    is_network(&kind).then_some(kind)
}

/// The kind of the mount that a path lies on, from the text of `mountinfo`: the longest mount point
/// that the path begins with, and of several on one point the last.
fn kind_of_mount(mounts: &str, path: &Path) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        // 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw
        let Some((before, after)) = line.split_once(" - ") else {
            continue;
        };
        let (Some(point), Some(kind)) = (before.split(' ').nth(4), after.split(' ').next()) else {
            continue;
        };
        let point = PathBuf::from(unescape(point));
        let length = point.components().count();
        if path.starts_with(&point) && best.is_none_or(|(longest, _)| length >= longest) {
            best = Some((length, kind));
        }
    }
    best.map(|(_, kind)| kind.to_owned())
}

/// `\040` and the like, which stand for blanks, tabs, newlines and backslashes.
fn unescape(text: &str) -> String {
    let mut parts = text.split('\\');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..3).and_then(|digits| u8::from_str_radix(digits, 8).ok());
        match (code, part.get(3..)) {
            (Some(code), Some(rest)) => {
                plain.push(char::from(code));
                plain.push_str(rest);
            }
            _ => {
                plain.push('\\');
                plain.push_str(part);
            }
        }
    }
    plain
}

/// Whether a kind of file system is one over a network, or shares files with another machine.
fn is_network(kind: &str) -> bool {
    const KINDS: [&str; 14] = [
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
        "vboxsf",
    ];
    const IN_USER_SPACE: [&str; 12] = [
        "ceph",
        "cephfs",
        "davfs",
        "davfs2",
        "gcsfuse",
        "glusterfs",
        "gvfsd-fuse",
        "nfs",
        "rclone",
        "s3fs",
        "smbnetfs",
        "sshfs",
    ];
    match kind.strip_prefix("fuse.") {
        Some(kind) => IN_USER_SPACE.contains(&kind),
        None => KINDS.contains(&kind),
    }
}

#[cfg(test)]
mod tests;
