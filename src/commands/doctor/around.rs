//! What lies around the record, in words.

use std::path::Path;

use super::{Finding, Severity};
use crate::store::surroundings::{self, Trouble};
use crate::text::{quantity, shell};

/// Looks around the record, and mends.
pub(super) fn look(db: &Path, fix: bool, findings: &mut Vec<Finding>) {
    for trouble in surroundings::look(db) {
        let mut finding = finding(&trouble);
        if fix {
            match surroundings::mend(&trouble) {
                Ok(mended) => finding.fixed = mended,
                Err(error) => finding.help = Some(error.to_string()),
            }
        }
        findings.push(finding);
    }
}

/// What lies beside the record after it was read.
pub(super) fn look_beside(db: &Path, findings: &mut Vec<Finding>) {
    findings.extend(surroundings::look_beside(db).iter().map(finding));
}

/// The name of a file in a command.
fn word(path: &Path) -> String {
    shell::word(&path.display().to_string()).into_owned()
}

fn finding(trouble: &Trouble) -> Finding {
    use Severity::{Error, Note, Warning};
    const FIX: &str = "`milepost doctor --fix` makes it private";
    match trouble {
        Trouble::OpenFile(path, mode) => Finding::new(
            "permissions",
            Warning,
            format!("others may read or change {} (mode {mode:04o})", path.display()),
            FIX,
        ),
        Trouble::OpenDirectory(path, mode) => Finding::new(
            "permissions",
            Warning,
            format!("others may look into {} (mode {mode:04o})", path.display()),
            FIX,
        ),
        Trouble::ReplaceableByOthers(path, mode) => Finding::new(
            "permissions",
            Warning,
            format!(
                "others may put another file in the place of the record, because they may write \
                 to {} (mode {mode:04o})",
                path.display()
            ),
            format!("`chmod go-w {}`, or keep the record elsewhere", word(path)),
        ),
        Trouble::Owner(path, owner, me) => Finding::new(
            "owner",
            Warning,
            format!("{} belongs to user {owner}, and this is user {me}", path.display()),
            "run milepost as the user that it belongs to, or give it to this one with `chown`",
        ),
        Trouble::WriteProtected(path) => Finding::new(
            "permissions",
            Note,
            format!("{} is write-protected, so nothing can be recorded", path.display()),
            format!("`chmod u+w {}`, unless it is meant to be so", word(path)),
        ),
        Trouble::Leftovers(files) => {
            let n = quantity::count(files.len(), "file");
            let first = files.first().map(|file| file.display().to_string()).unwrap_or_default();
            Finding::new(
                "leftovers",
                Note,
                format!("{n} of a milepost that was killed while it made a file: {first}"),
                "`milepost doctor --fix` removes what is left",
            )
        }
        Trouble::Orphan(journal) => Finding::new(
            "journal",
            Error,
            format!("the record is not there, but its journal is: {}", journal.display()),
            "put the record back beside it; or, to begin anew, remove the journal",
        ),
        Trouble::Beside(file) => Finding::new(
            "journal",
            Warning,
            format!("{} lies beside the record, and milepost did not leave it", file.display()),
            "end the other program that has the record open; if there is none, move the file away",
        ),
        Trouble::LittleRoom(free) => Finding::new(
            "space",
            Warning,
            format!(
                "there are {} MiB left on the disk of the record",
                quantity::thousands(usize::try_from(free >> 20).unwrap_or(usize::MAX))
            ),
            "make room; with a full disk nothing can be recorded, and nothing is lost",
        ),
        Trouble::ReadOnly => Finding::new(
            "space",
            Note,
            "the file system of the record is mounted read-only, so nothing can be recorded",
            "mount it for writing, or name another file with `--db`",
        ),
        Trouble::Network(kind) => Finding::new(
            "network",
            Warning,
            format!(
                "the record is on a file system over a network ({kind}), where locks between \
                 machines and what a power cut leaves cannot be relied on"
            ),
            "keep the record on a disk of this machine, and `milepost backup` to the network",
        ),
    }
}
