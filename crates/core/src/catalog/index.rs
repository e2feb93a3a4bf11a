//! Indexes: parsed paths in a compact form that is read many times faster than TOML is parsed.
//!
//! The index of a user's file is kept in the cache folder under the hash of the file's text: the file
//! is always read and hashed (some hundred times quicker than parsing it), so whatever happens to
//! its times and size, no index can be stale. It carries a fingerprint of the code that wrote it, the
//! hash of the text that it is of and a checksum of itself; what does not agree is ignored and made
//! anew. A path that an overlay bends has an index of its own, under the hashes of both. A cache that cannot be written costs time, nothing else.
//!
//! Somebody can make one folder of the cache, the configuration and more. So the indexes are in a
//! folder of their own, and only what certainly is an index is ever removed: its name is the hash that
//! its own head repeats.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use milepost_path::{INDEX_FINGERPRINT, Roadmap};
use serde::Serialize;
use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::file;
use crate::disk;

/// Below this many bytes, parsing is as quick as the cache.
const WORTH_KEEPING: usize = 4096;
/// More files than this in the cache, and the oldest go.
const MOST_FILES: usize = 64;
/// A larger index is not read. None is as large as the text that it is of, but for what is short in
/// TOML and left out there.
const MOST_BYTES: u64 = 4 * file::MOST_BYTES;
/// The folders in the cache: that of the indexes, and that of earlier versions. The latter can be the
/// one with the user's own paths.
const FOLDERS: [&str; 2] = ["indexes", "paths"];
/// What an index is called, behind its hash.
const ENDING: &str = ".index";

/// Decodes a built-in index, of a path or of the career file.
pub fn decode_built_in<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// The kept index of a text.
pub(crate) fn load(cache: &Path, text: &str) -> Option<Roadmap> {
    load_of(cache, text.len(), hash(text))
}

/// What was kept of something of so many bytes under its hash.
pub(crate) fn load_of<T: DeserializeOwned>(cache: &Path, len: usize, hash: u128) -> Option<T> {
    if len < WORTH_KEEPING {
        return None;
    }
    let bytes = disk::read::bytes(&name(cache, hash), MOST_BYTES).ok()?;
    let (head, body) = bytes.split_at_checked(HEAD)?;
    (head == make_head(hash, body)).then(|| postcard::from_bytes(body).ok()).flatten()
}

/// Keeps the index of a text, if it is worth it.
pub(crate) fn keep(cache: &Path, text: &str, roadmap: &Roadmap) {
    keep_of(cache, text.len(), hash(text), roadmap);
}

/// Keeps what was made of something of so many bytes under its hash, if it is worth it.
pub(crate) fn keep_of<T: Serialize>(cache: &Path, len: usize, hash: u128, made: &T) {
    if len >= WORTH_KEEPING {
        // Failing costs the next command some time, so nobody needs to hear of it.
        let _ = write(cache, hash, made);
    }
}

/// The files of the cache that nobody reads: indexes of another version, damaged or in the folder of
/// earlier versions, and what was half written.
pub(crate) fn useless(cache: &Path) -> Vec<PathBuf> {
    let is_useful = |path: &Path| {
        let bytes = disk::read::bytes(path, MOST_BYTES).unwrap_or_default();
        hash_in_name(path).zip(bytes.split_at_checked(HEAD)).is_some_and(|(text, (head, body))| {
            path == name(cache, text) && head == make_head(text, body)
        })
    };
    let indexes = FOLDERS.iter().flat_map(|folder| indexes(&cache.join(folder)));
    let mut useless: Vec<PathBuf> =
        indexes.filter(|path| is_index(path) && !is_useful(path)).collect();
    useless.extend(disk::leftovers(&folder(cache)));
    milepost_path::sort::by(&mut useless, Ord::cmp);
    useless
}

/// The regular files in a folder that are called as an index is.
fn indexes(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    files.map(|entry| entry.path()).filter(|path| hash_in_name(path).is_some())
}

/// Whether a file was written as an index, by whatever version: what stands in its head of the text
/// is what it is called after.
fn is_index(path: &Path) -> bool {
    let head = disk::read::head(path, HEAD).unwrap_or_default();
    hash_in_name(path).is_some_and(|text| head.get(TEXT) == Some(&text.to_be_bytes()[..]))
}

/// The hash that an index is called after.
fn hash_in_name(path: &Path) -> Option<u128> {
    let hash = path.file_name().and_then(OsStr::to_str)?.strip_suffix(ENDING)?;
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let is_hash = hash.len() == 32 && hash.bytes().all(is_hex);
    is_hash.then(|| u128::from_str_radix(hash, 16).ok()).flatten()
}

/// How long a head is, and where it says of which text the index is.
const HEAD: usize = 32;
const TEXT: std::ops::Range<usize> = 8..24;

/// What stands before the index itself: whose code wrote it, of which text, and its checksum.
fn make_head(text: u128, body: &[u8]) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    let (left, right) = head.split_at_mut(8);
    let (middle, right) = right.split_at_mut(16);
    left.copy_from_slice(&xxh3_64(INDEX_FINGERPRINT.as_bytes()).to_be_bytes());
    middle.copy_from_slice(&text.to_be_bytes());
    right.copy_from_slice(&xxh3_64(body).to_be_bytes());
    head
}

fn hash(text: &str) -> u128 {
    xxh3_128(text.as_bytes())
}

fn name(cache: &Path, text: u128) -> PathBuf {
    folder(cache).join(format!("{text:032x}{ENDING}"))
}

/// Where the indexes are, in the cache.
pub(super) fn folder(cache: &Path) -> PathBuf {
    let [folder, _] = FOLDERS;
    cache.join(folder)
}

fn write<T: Serialize>(cache: &Path, text: u128, made: &T) -> io::Result<()> {
    let body = postcard::to_stdvec(made).map_err(io::Error::other)?;
    let folder = folder(cache);
    put(&folder, &name(cache, text), &[&make_head(text, &body), &body])?;
    forget_oldest(&folder)
}

/// Writes a file of the cache, in its folder, whole. Without a sync: what a power cut leaves half
/// written, its checksum must give away.
pub(super) fn put(folder: &Path, file: &Path, parts: &[&[u8]]) -> io::Result<()> {
    disk::make_directories(folder)?;
    // A temporary file is private; the rename keeps it so.
    let mut new = disk::temporary(folder)?;
    parts.iter().try_for_each(|part| new.write_all(part))?;
    new.persist(file).map(drop).map_err(|error| error.error)
}

fn forget_oldest(folder: &Path) -> io::Result<()> {
    let mut files: Vec<(SystemTime, PathBuf)> = indexes(folder)
        .filter_map(|path| Some((fs::symlink_metadata(&path).ok()?.modified().ok()?, path)))
        .collect();
    if files.len() > MOST_FILES {
        milepost_path::sort::by(&mut files, Ord::cmp);
        let too_many = files.len() - MOST_FILES;
        for (_, path) in files.iter().take(too_many).filter(|(_, path)| is_index(path)) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
