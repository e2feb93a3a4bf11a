//! Indexes: parsed paths in a compact form that is read many times faster than TOML is parsed.
//!
//! The index of a user's file is kept in the cache folder under the hash of the file's text: the file
//! is always read and hashed (some hundred times quicker than parsing it), so whatever happens to
//! its times and size, no index can be stale. It carries a fingerprint of the code that wrote it, the
//! hash of the text that it is of and a checksum of itself; what does not agree is ignored and made
//! anew. A cache that cannot be written costs time, nothing else.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use crate::model::roadmap::Roadmap;

/// Changes with every change of the types or of the reader (`build.rs` hashes their code).
const FINGERPRINT: &str = env!("MILEPOST_INDEX_FINGERPRINT");
/// Below this many bytes, parsing is as quick as the cache.
const WORTH_KEEPING: usize = 4096;
/// More files than this in the cache, and the oldest go.
const MOST_FILES: usize = 64;

/// Decodes a built-in index, of a path or of the career file.
pub fn decode_built_in<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// The kept index of a text.
pub fn load(cache: &Path, text: &str) -> Option<Roadmap> {
    if text.len() < WORTH_KEEPING {
        return None;
    }
    let hash = hash(text);
    let bytes = fs::read(name(cache, hash)).ok()?;
    let (head, body) = bytes.split_at_checked(HEAD)?;
    (head == make_head(hash, body)).then(|| postcard::from_bytes(body).ok()).flatten()
}

/// Keeps the index of a text, if it is worth it.
pub fn keep(cache: &Path, text: &str, roadmap: &Roadmap) {
    if text.len() >= WORTH_KEEPING {
        // Failing costs the next command some time, so nobody needs to hear of it.
        let _ = write(cache, hash(text), roadmap);
    }
}

/// The files of the cache that nobody reads: of another version, damaged, half written, or under a
/// name that is not their own.
pub fn useless(cache: &Path) -> Vec<PathBuf> {
    let is_useful = |path: &Path| {
        let bytes = fs::read(path).unwrap_or_default();
        let stem = path.file_stem().and_then(|stem| u128::from_str_radix(stem.to_str()?, 16).ok());
        stem.zip(bytes.split_at_checked(HEAD)).is_some_and(|(text, (head, body))| {
            *path == name(cache, text) && head == make_head(text, body)
        })
    };
    let entries = fs::read_dir(cache.join("paths")).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let mut useless: Vec<PathBuf> =
        files.map(|entry| entry.path()).filter(|path| !is_useful(path)).collect();
    useless.sort();
    useless
}

const HEAD: usize = 32;

/// What stands before the index itself: whose code wrote it, of which text, and its checksum.
fn make_head(text: u128, body: &[u8]) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    let (left, right) = head.split_at_mut(8);
    let (middle, right) = right.split_at_mut(16);
    left.copy_from_slice(&xxh3_64(FINGERPRINT.as_bytes()).to_be_bytes());
    middle.copy_from_slice(&text.to_be_bytes());
    right.copy_from_slice(&xxh3_64(body).to_be_bytes());
    head
}

fn hash(text: &str) -> u128 {
    xxh3_128(text.as_bytes())
}

fn name(cache: &Path, text: u128) -> PathBuf {
    cache.join("paths").join(format!("{text:032x}.index"))
}

fn write(cache: &Path, text: u128, roadmap: &Roadmap) -> std::io::Result<()> {
    let body = postcard::to_stdvec(roadmap).map_err(std::io::Error::other)?;
    let folder = cache.join("paths");
    make_private(&folder)?;
    // A temporary file is private; the rename keeps it so. No sync: what a power cut leaves half
    // written, its checksum gives away.
    let mut file = tempfile::NamedTempFile::new_in(&folder)?;
    file.write_all(&make_head(text, &body))?;
    file.write_all(&body)?;
    file.persist(name(cache, text)).map_err(|error| error.error)?;
    forget_oldest(&folder)
}

#[cfg(unix)]
fn make_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}

fn forget_oldest(folder: &Path) -> std::io::Result<()> {
    let mut files: Vec<(SystemTime, PathBuf)> = fs::read_dir(folder)?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.metadata().ok()?.modified().ok()?, entry.path()))
        })
        .collect();
    if files.len() > MOST_FILES {
        files.sort();
        for (_, path) in files.iter().take(files.len() - MOST_FILES) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
