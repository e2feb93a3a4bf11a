//! The clone: a bare repository of one branch, for nobody but us. It is a cache. Whatever is wrong with it,
//! it is cloned anew, and nothing in it is ever checked out: no link is followed, no attribute obeyed, no
//! submodule fetched.
//!
//! Who works in it has the turn: a lock that is found in it was left by somebody who was killed.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::address::Address;
use super::lines::Lines;
use super::program::{Deadline, Ended, Input, Output, Program, keep};
use crate::disk::{self, read};
use crate::sync::remote::RemoteError;

/// The branch, which is ours in whatever repository it is.
pub(super) const BRANCH: &str = "refs/heads/milepost";

/// How many bytes one fetch can bring: some ten million events.
pub(super) const MOST_FETCHED: u64 = 1 << 30;

/// When the clone is packed: with so many packs, or with so many loose objects in 16 of their 256 folders.
/// A push leaves six, so 200 pushes leave as many.
const MOST_PACKS: usize = 50;
const MOST_LOOSE: usize = 200 * 6 / 16;

/// The id of an object, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Oid(String);

impl Oid {
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        let is_hex = text.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let text = Some(text).filter(|text| is_hex && [40, 64].contains(&text.len()))?;
        String::from_utf8(text.to_vec()).ok().map(Self)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why something cannot be done in the clone.
#[derive(Debug)]
pub(super) enum Fault {
    /// A new clone would not help.
    Final(RemoteError),
    /// A new clone should help; where it does not, this is what is wrong.
    Damaged(RemoteError),
}

impl Fault {
    pub(super) fn error(self) -> RemoteError {
        match self {
            Self::Final(error) | Self::Damaged(error) => error,
        }
    }
}

impl From<RemoteError> for Fault {
    fn from(error: RemoteError) -> Self {
        Self::Final(error)
    }
}

/// What became of a push.
#[derive(Debug)]
pub(super) struct Pushed {
    /// Whether it is there for others. Where it is not said to be, it might be nevertheless.
    pub(super) is_there: bool,
    /// What git and the other side said.
    pub(super) said: String,
}

/// What there is at the other side.
struct Asked {
    has_branch: bool,
    /// Whether its ids are those of SHA-256. `None` if it has no branch at all.
    is_sha256: Option<bool>,
}

/// The clone of a repository, in a folder.
#[derive(Debug)]
pub(super) struct Cache {
    pub(super) program: Program,
    pub(super) address: Address,
    pub(super) folder: PathBuf,
    /// How many bytes one fetch can bring.
    pub(super) most_fetched: u64,
}

impl Cache {
    /// Where the clone is.
    pub(super) fn clone_dir(&self) -> PathBuf {
        self.folder.join("git")
    }

    /// Fetches the branch and gives its newest commit; `None` if there is no branch.
    pub(super) fn fetch(&self, deadline: Deadline) -> Result<Option<Oid>, RemoteError> {
        let clone = self.clone_dir();
        if !clone.is_dir() {
            return self.renew(deadline);
        }
        remove_leftovers(&clone);
        // Not of a depth: that would make the other side count again where nothing is new.
        let fetched = self.fetch_into(&clone, "--update-shallow", deadline)?;
        match fetched.is_ok().then(|| fetch_head(&clone)).flatten() {
            Some(tip) => {
                self.pack_where_due(deadline);
                Ok(Some(tip))
            }
            // There is no branch, nobody answers, or the clone is damaged: only the first is told apart
            // by what git says for programs.
            None => self.renew(deadline),
        }
    }

    /// Clones anew, where somebody answers.
    pub(super) fn renew(&self, deadline: Deadline) -> Result<Option<Oid>, RemoteError> {
        disk::make_directories(&self.folder).map_err(|error| io(&self.folder, error))?;
        self.program.check(&self.folder, deadline)?;
        let asked = self.ask(deadline)?;
        let (clone, new) = (self.clone_dir(), self.folder.join("git.new"));
        for old in [&new, &clone] {
            remove(old).map_err(|error| io(old, error))?;
        }
        self.make(&new, &asked, deadline)?;
        let tip = if asked.has_branch {
            let fetched = self.fetch_into(&new, "--depth=1", deadline)?;
            let tip = fetched.is_ok().then(|| fetch_head(&new)).flatten();
            Some(tip.ok_or_else(|| self.refused(fetched.said()))?)
        } else {
            None
        };
        fs::rename(&new, &clone).map_err(|error| io(&clone, error))?;
        Ok(tip)
    }

    /// Makes an empty clone whose ids are those of the other side.
    fn make(&self, new: &Path, asked: &Asked, deadline: Deadline) -> Result<(), RemoteError> {
        let address = self.address.as_str();
        let arguments: &[&str] = match asked.is_sha256 {
            Some(true) => &["init", "--quiet", "--bare", "--template=", "--object-format=sha256"],
            Some(false) => &["init", "--quiet", "--bare", "--template="],
            // Only a clone learns it of an empty repository.
            None => &[
                "clone",
                "--quiet",
                "--bare",
                "--template=",
                "--no-local",
                "--no-tags",
                "--depth=1",
                "--end-of-options",
                address,
            ],
        };
        let mut all: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
        all.push(new.as_os_str());
        let ended = self.run(&all, deadline, None, &mut ignore, &|| self.not_too_large(new))?;
        if ended.is_ok() { Ok(()) } else { Err(self.refused(ended.said())) }
    }

    /// Asks the other side what it has, without the clone.
    fn ask(&self, deadline: Deadline) -> Result<Asked, RemoteError> {
        let nowhere = git_dir(&self.folder.join("none"));
        let arguments = ["ls-remote", "--quiet", "--end-of-options", self.address.as_str()];
        let arguments = with(&nowhere, &arguments);
        let mut asked = Asked { has_branch: false, is_sha256: None };
        let mut lines = Lines::default();
        let mut take = |bytes: &[u8]| {
            lines.feed(bytes, |line| {
                let mut parts = line.splitn(2, |byte| *byte == b'\t');
                if let Some(oid) = parts.next().and_then(Oid::read) {
                    asked.is_sha256 = Some(oid.as_str().len() == 64);
                    asked.has_branch |= parts.next() == Some(BRANCH.as_bytes());
                }
                // What follows is not needed; but to end it would end what ssh keeps for the next time.
                ControlFlow::Continue(())
            })
        };
        let ended = self.run(&arguments, deadline, None, &mut take, &go_on)?;
        if ended.is_ok() {
            Ok(asked)
        } else if ended.is_cut {
            Err(RemoteError::Foreign { said: ended.said() })
        } else {
            Err(RemoteError::Unreachable { said: ended.said() })
        }
    }

    fn fetch_into(
        &self,
        clone: &Path,
        how: &str,
        deadline: Deadline,
    ) -> Result<Ended, RemoteError> {
        let refspec = format!("+{BRANCH}:{BRANCH}");
        let address = self.address.as_str();
        let dir = git_dir(clone);
        let arguments = with(
            &dir,
            &["fetch", "--quiet", "--no-tags", how, "--end-of-options", address, &refspec],
        );
        let ended =
            self.run(&arguments, deadline, None, &mut ignore, &|| self.not_too_large(clone))?;
        if ended.is_cut {
            remove_leftovers(clone);
            let most = self.most_fetched >> 20;
            return Err(RemoteError::Foreign { said: format!("more than {most} MiB at once") });
        }
        Ok(ended)
    }

    /// Hands over a commit to the other side, as the newest of the branch. Never with force: where
    /// somebody was quicker, it is refused there.
    pub(super) fn push(&self, commit: &Oid, deadline: Deadline) -> Result<Pushed, RemoteError> {
        let refspec = format!("{}:{BRANCH}", commit.as_str());
        let dir = git_dir(&self.clone_dir());
        let address = self.address.as_str();
        let arguments = with(
            &dir,
            &["push", "--porcelain", "--no-verify", "--end-of-options", address, &refspec],
        );
        let mut printed = Vec::new();
        let mut take = |bytes: &[u8]| keep(&mut printed, bytes, 64 * 1024);
        let ended = self.run(&arguments, deadline, None, &mut take, &go_on)?;
        // A line of three parts for the branch: a flag, which refs, a summary.
        let suffix = format!(":{BRANCH}");
        let line = printed.split(|byte| *byte == b'\n').find_map(|line| {
            let mut parts = line.splitn(3, |byte| *byte == b'\t');
            let (flag, refs, summary) = (parts.next()?, parts.next()?, parts.next()?);
            refs.ends_with(suffix.as_bytes()).then_some((flag, summary))
        });
        let is_there =
            ended.is_ok() && line.is_some_and(|(flag, _)| matches!(flag, b" " | b"*" | b"="));
        let summary = line.filter(|(flag, _)| flag == b"!").map(|(_, summary)| summary);
        let said = ended.said_with(summary.unwrap_or_default());
        Ok(Pushed { is_there, said })
    }

    /// Does something in the clone, and nowhere else. Says whether it came to its end: it does not where
    /// what it prints is enough.
    pub(super) fn local(
        &self,
        arguments: &[&str],
        deadline: Deadline,
        input: Option<Input<'_>>,
        output: Output<'_>,
    ) -> Result<bool, Fault> {
        let dir = git_dir(&self.clone_dir());
        let ended = self.run(&with(&dir, arguments), deadline, input, output, &go_on)?;
        if ended.is_cut || ended.is_ok() {
            Ok(!ended.is_cut)
        } else {
            Err(Fault::Damaged(self.broken(ended.said())))
        }
    }

    /// Looks whether the history of a commit is there, as far as the clone has it.
    pub(super) fn look_through(&self, commit: &Oid, deadline: Deadline) -> Result<(), Fault> {
        let arguments = ["rev-list", "--quiet", commit.as_str()];
        self.local(&arguments, deadline, None, &mut ignore).map(drop)
    }

    /// Packs what many pushes and fetches left, seldom. Where it fails, the clone only stays as large.
    pub(super) fn pack_where_due(&self, deadline: Deadline) {
        let objects = self.clone_dir().join("objects");
        let count = |folder: &str| fs::read_dir(objects.join(folder)).into_iter().flatten().count();
        let loose: usize = (0x10..0x20).map(|folder| count(&format!("{folder:x}"))).sum();
        // A pack is of two files or more.
        if loose < MOST_LOOSE && count("pack") < 2 * MOST_PACKS {
            return;
        }
        if self.local(&["gc", "--quiet", "--prune=now"], deadline, None, &mut ignore).is_err() {
            remove_leftovers(&self.clone_dir());
        }
    }

    /// Whether what is being fetched is still of a size that a log can have.
    fn not_too_large(&self, clone: &Path) -> ControlFlow<()> {
        let packs = fs::read_dir(clone.join("objects/pack")).into_iter().flatten().flatten();
        let parts = packs.filter(|entry| entry.file_name().to_string_lossy().starts_with("tmp_"));
        let size: u64 =
            parts.filter_map(|entry| entry.metadata().ok()).map(|part| part.len()).sum();
        if size > self.most_fetched { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn run(
        &self,
        arguments: &[&OsStr],
        deadline: Deadline,
        input: Option<Input<'_>>,
        output: Output<'_>,
        watch: &dyn Fn() -> ControlFlow<()>,
    ) -> Result<Ended, RemoteError> {
        self.program.run(&self.folder, arguments, deadline, input, output, watch)
    }

    /// What is wrong where the other side answers and cannot be fetched from: our own disk, or it refuses.
    fn refused(&self, said: String) -> RemoteError {
        self.try_disk().err().unwrap_or(RemoteError::Refused { said })
    }

    /// What is wrong where the clone lacks something that it must have.
    pub(super) fn damaged(&self) -> Fault {
        Fault::Damaged(self.broken("git: objects are missing".to_owned()))
    }

    /// What is wrong where something fails in the clone.
    fn broken(&self, said: String) -> RemoteError {
        let told = || io(&self.clone_dir(), io::Error::other(said));
        self.try_disk().err().unwrap_or_else(told)
    }

    /// Whether something can be written beside the clone; git says so to people only.
    fn try_disk(&self) -> Result<(), RemoteError> {
        let written = disk::temporary(&self.folder).and_then(|mut file| {
            file.write_all(&[1; 64 * 1024])?;
            file.as_file().sync_all()
        });
        written.map_err(|error| io(&self.folder, error))
    }
}

/// The commit that a fetch brought, as git notes it for programs.
fn fetch_head(clone: &Path) -> Option<Oid> {
    let head = read::head(&clone.join("FETCH_HEAD"), 128).ok()?;
    head.split(|byte| *byte == b'\t').next().and_then(Oid::read)
}

/// Removes what somebody who was killed left in the clone: locks, and packs that are not whole.
fn remove_leftovers(clone: &Path) {
    let is_lock =
        |name: &str| name.ends_with(".lock") || name == "gc.pid" || name.contains("_crash_");
    let is_part = |name: &str| name.starts_with("tmp_") || name.starts_with(".tmp-");
    let remove = |folder: &str, is_left: &dyn Fn(&str) -> bool| {
        for entry in fs::read_dir(clone.join(folder)).into_iter().flatten().flatten() {
            if entry.file_name().to_str().is_some_and(is_left) {
                // Where it stays, git fails, and the clone is made anew.
                let _ = fs::remove_file(entry.path());
            }
        }
    };
    remove("", &is_lock);
    remove("refs/heads", &is_lock);
    remove("objects/pack", &|name| is_part(name) || is_lock(name));
}

/// Removes a folder, or whatever is in its place, where there is one. No link is followed.
fn remove(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) if read::is_missing(&error) => Ok(()),
        Err(error) => Err(error),
    }
}

fn git_dir(path: &Path) -> std::ffi::OsString {
    let mut argument = std::ffi::OsString::from("--git-dir=");
    argument.push(path);
    argument
}

fn with<'a>(dir: &'a OsStr, arguments: &[&'a str]) -> Vec<&'a OsStr> {
    std::iter::once(dir).chain(arguments.iter().copied().map(OsStr::new)).collect()
}

pub(super) fn ignore(_: &[u8]) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn go_on() -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn io(path: &Path, error: io::Error) -> RemoteError {
    RemoteError::Io { path: path.to_owned(), error }
}
