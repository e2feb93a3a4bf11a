//! The path format: TOML text → checked [`Roadmap`], [`Career`] or [`Overlay`], or what is wrong with it.
//!
//! A text goes through `scan` (is it safe to parse), `syntax` (is it TOML), `reader` (which keys
//! it has, into the tables of `raw`) and `validate` (what they say; `names` for ids, `links` for
//! references, `parts` for what stands beside each other, `rules` for values, `lints` for what is
//! probably a mistake, `allow` for comments that accept it; `career` has all of this for career files, `overlay` what overlays
//! have of their own; `places` only
//! says where ids stand). Every step pushes what it finds and goes on, so that one run
//! reports all problems of a file; none reads a file, prints or knows the time. References to
//! other files are checked by [`check_foreign`], when there is a shelf to look at.
//!
//! The rule it keeps: [`Reading::roadmap`] or [`Reading::career`] is there exactly when no
//! diagnostic is an error, and no text makes it panic, recurse without bound, or take more than
//! near-linear time.
//!
//! The catalog calls it for the user's files, `check` for any file, and the build script of the command
//! line for those that ship.

use std::ops::Range;

use crate::career::Career;
use crate::kind::NodeKind;
use crate::overlay::Overlay;
use crate::reference::Ref;
use crate::roadmap::Roadmap;

mod allow;
mod career;
mod circles;
mod diagnostic;
mod fields;
mod findings;
mod links;
mod lints;
mod names;
mod overlay;
mod parts;
mod places;
mod raw;
mod reader;
mod references;
mod remedy;
mod rules;
mod scan;
mod syntax;
#[cfg(test)]
mod tests;
mod ticks;
mod types;
mod validate;

use raw::RawFile;

pub use allow::Allowed;
pub use diagnostic::{Code, Diagnostic, MOST_DIAGNOSTICS, Severity, line_column, most_important};
pub use places::Places;
pub use references::check_foreign;
pub(crate) use references::circular;
pub use ticks::{MOST_TICKS, Tick, read_ticks};

/// What one text says.
#[derive(Debug)]
pub struct Reading {
    /// The roadmap; there exactly when it is a path file and no diagnostic is an error.
    pub roadmap: Option<Roadmap>,
    /// The career; there exactly when it is a career file and no diagnostic is an error.
    pub career: Option<Career>,
    /// The overlay; there exactly when it is one and no diagnostic is an error.
    pub overlay: Option<Overlay>,
    /// Whether it says that it is a career file.
    pub is_career: bool,
    /// Whether it says that it is an overlay.
    pub is_overlay: bool,
    /// What is wrong, in the order of the text: at most [`diagnostic::MOST_DIAGNOSTICS`], errors
    /// before warnings where not all can be kept.
    pub diagnostics: Vec<Diagnostic>,
    /// How many diagnostics were not kept.
    pub left_out: usize,
    /// The references to other files that could be read, also where something else is an error.
    pub foreign: Vec<Foreign>,
}

/// A reference from one file to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// What it names.
    pub reference: Ref,
    /// Where it is written.
    pub span: Range<usize>,
    /// What it is for.
    pub purpose: Purpose,
    /// The kind of the node that has it, the path itself too; none for an area or role of a career
    /// file.
    pub kind: Option<NodeKind>,
    /// The id of that node, area or role; empty where the file leaves it out.
    pub from: String,
}

/// What a reference is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// It must be finished first.
    Requires,
    /// The path had this id before.
    Replaces,
    /// It is the same item.
    SameAs,
    /// It raises an area of a career file.
    Raises,
    /// It leads to a role of a career file.
    LeadsTo,
    /// An overlay extends the path, or names something of it.
    Extends,
}

/// Why a text is not worth parsing as TOML: it has too many parts, or they stand too deep in each other.
/// What else parses the TOML of strangers asks this first.
pub fn refused(text: &str) -> Option<Diagnostic> {
    scan::scan(text).err()
}

/// Reads and checks a path file, a career file or an overlay.
pub fn read(text: &str) -> Reading {
    let mut findings = findings::Findings::new(text);
    let document = syntax::parse(text, syntax::PATH, &mut findings);
    let raw = document.as_ref().map(|document| reader::read_file(document, &mut findings));
    let (mut roadmap, mut career, mut foreign) = (None, None, Vec::new());
    let (mut is_career, mut is_overlay, mut overlay) = (false, false, None);
    match raw {
        Some(RawFile::Path(path)) => {
            let checked = validate::validate(&path, &mut findings);
            (roadmap, foreign) = (Some(checked.0), checked.1);
        }
        Some(RawFile::Career(raw)) => {
            is_career = true;
            if let Some(raw) = raw {
                let checked = career::validate(&raw, &mut findings);
                (career, foreign) = (Some(checked.0), checked.1);
            }
        }
        Some(RawFile::Overlay(raw)) => {
            is_overlay = true;
            if let Some(raw) = raw {
                let checked = overlay::validate(raw, &mut findings);
                (overlay, foreign) = (Some(checked.0), checked.1);
            }
        }
        Some(RawFile::Unknown) | None => {}
    }
    let sound = findings.is_sound();
    let (diagnostics, left_out) = findings.finish();
    Reading {
        roadmap: roadmap.filter(|_| sound).map(Roadmap::indexed),
        career: career.filter(|_| sound),
        overlay: overlay.filter(|_| sound),
        is_career,
        is_overlay,
        diagnostics,
        left_out,
        foreign,
    }
}
