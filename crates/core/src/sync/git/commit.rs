//! A commit on top of another one, made of its objects without a work tree or an index: `fast-import`
//! reads and writes only the folders that change.

use std::io::{self, Write};

use uuid::Uuid;

use super::cache::{BRANCH, Cache, Fault, Oid};
use super::program::{Deadline, keep};
use crate::sync::folder::HEADER;
use crate::sync::remote::Name;

/// What tells a git that checks the branch out to leave our files as they are.
const ATTRIBUTES: &[u8] = b"* -text\n";

/// Who makes commits. It is the same for all: who you are, the repository knows or need not know.
const COMMITTER: &str = "milepost <milepost@localhost>";

/// What a commit changes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change<'a> {
    /// Makes a log with this header.
    Create(&'a [u8]),
    /// Adds these segments.
    Put(&'a [(Name, Vec<u8>)]),
    /// Removes the log.
    Erase,
}

/// A commit that was made.
#[derive(Debug)]
pub(super) struct Built {
    pub(super) commit: Oid,
    /// Whether it has other files than the one before.
    pub(super) changes: bool,
    /// The header of the log in the commit before.
    pub(super) header_before: Option<Oid>,
    /// The header of the log in this commit.
    pub(super) header: Option<Oid>,
}

/// Makes a commit on top of another one, in the clone.
pub(super) fn build(
    cache: &Cache,
    base: Option<&Oid>,
    log: Uuid,
    change: Change<'_>,
    deadline: Deadline,
) -> Result<Built, Fault> {
    let mut printed = Vec::new();
    let mut take = |bytes: &[u8]| keep(&mut printed, bytes, 4096);
    let write = |to: &mut dyn Write| stream(to, base, log, change);
    // That the branch of the clone leads elsewhere, after a push that was refused, is no reason to stop:
    // it is ours alone, and the other side's is not touched here.
    let arguments = ["fast-import", "--quiet", "--done", "--force", "--date-format=now"];
    let is_all = cache.local(&arguments, deadline, Some(&write), &mut take)?;
    let mut answers: Vec<&[u8]> = printed.split(|byte| *byte == b'\n').collect();
    if base.is_none() {
        // Before the first commit there is nothing.
        answers.splice(0..0, [b"missing".as_slice(); 2]);
    }
    let built = match answers.as_slice() {
        [header_before, tree_before, header, tree, commit, b""] if is_all => {
            Oid::read(commit).map(|commit| Built {
                commit,
                changes: object(tree_before) != object(tree),
                header_before: object(header_before),
                header: object(header),
            })
        }
        _ => None,
    };
    built.ok_or_else(|| cache.damaged())
}

/// What `fast-import` reads. It answers with the header of the log and the root, before and after, and the
/// commit.
fn stream(to: &mut dyn Write, base: Option<&Oid>, log: Uuid, change: Change<'_>) -> io::Result<()> {
    let mut to = io::BufWriter::new(to);
    let header = format!("{log}/{HEADER}");
    let look = |to: &mut dyn Write, commit: &str| {
        writeln!(to, "ls {commit} \"{header}\"\nls {commit} \"\"")
    };
    if let Some(base) = base {
        look(&mut to, base.as_str())?;
    }
    write!(to, "commit {BRANCH}\nmark :1\ncommitter {COMMITTER} now\ndata 8\nmilepost\n")?;
    if let Some(base) = base {
        writeln!(to, "from {}", base.as_str())?;
    }
    let mut file = |path: &str, bytes: &[u8]| {
        write!(to, "M 100644 inline {path}\ndata {}\n", bytes.len())?;
        to.write_all(bytes)?;
        to.write_all(b"\n")
    };
    match change {
        Change::Create(bytes) => {
            file(".gitattributes", ATTRIBUTES)?;
            file(&header, bytes)?;
        }
        Change::Put(segments) => {
            for (name, sealed) in segments {
                file(&format!("{log}/{name}"), sealed)?;
            }
        }
        Change::Erase => writeln!(to, "D {log}")?,
    }
    writeln!(to)?;
    look(&mut to, ":1")?;
    write!(to, "get-mark :1\ndone\n")?;
    to.flush()
}

/// The id in `MODE KIND ID<tab>PATH`, which is `missing PATH` where there is nothing.
fn object(answer: &[u8]) -> Option<Oid> {
    let mut parts = answer.split(|byte| matches!(byte, b' ' | b'\t'));
    parts.nth(2).and_then(Oid::read)
}
