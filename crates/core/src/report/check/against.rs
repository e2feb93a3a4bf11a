//! Files beside the version before: which is which, and where what is not kept is told. `overlays`
//! has what an overlay makes of it.

mod overlays;

use std::ops::Range;
use std::path::Path;

use milepost_path::{Allowed, CAREER, MOST_DIAGNOSTICS, Places, Reading, Ref, RefTarget, Severity};

use super::super::add::{Invalid, invalid};
use super::super::given::Given;
use super::{Read, What, read_given};
use crate::catalog::Together;
use crate::disk::{self, DiskError};
use crate::model::effects::breach;

/// What is found, with the part of the new version near which it is told; none for the whole file.
pub(super) type Near = (Option<Ref>, What);

/// Why files are not compared.
#[derive(Debug)]
pub enum Refusal {
    /// The version before cannot be read.
    Unread(DiskError),
    /// The folder for the version before has no path files.
    NoFiles(String),
    /// The version before has errors.
    Invalid(Invalid),
    /// None of the files is another version of this one.
    NotAVersion(String),
}

impl From<Refusal> for super::super::Error {
    fn from(refusal: Refusal) -> Self {
        super::super::Refusal::Check(refusal).into()
    }
}

/// What each file does not keep of its version before, in the order of the files.
pub(super) fn breaches(
    old: &Given,
    files: &[Read],
    shelf: &Together<'_>,
) -> Result<Vec<Vec<Near>>, Refusal> {
    let olds = read_olds(old)?;
    let mut breaches: Vec<Vec<Near>> = files.iter().map(|_| Vec::new()).collect();
    let mut is_sound = true;
    let mut matched = vec![false; olds.len()];
    let alone = files.len() == 1 && olds.len() == 1;
    for (one, breaches) in files.iter().zip(&mut breaches) {
        let Ok((_, new)) = &one.found else {
            is_sound = false;
            continue;
        };
        is_sound &= new.roadmap.is_some() || new.career.is_some() || new.overlay.is_some();
        let ats: Vec<usize> = match &new.overlay {
            Some(overlay) => overlays::versions_before(overlay, &olds, shelf),
            None => version_before(new, &olds, alone).into_iter().collect(),
        };
        let befores = || ats.iter().filter_map(|at| olds.get(*at)).map(|(_, old)| old);
        *breaches = match &new.overlay {
            Some(overlay) => overlays::compared(befores(), overlay, shelf),
            None => befores().flat_map(|old| compared(old, new)).collect(),
        };
        if let Some(new) = &new.roadmap {
            let befores = befores().filter_map(|old| old.roadmap.as_ref());
            breaches.extend(befores.flat_map(|old| overlays::loosened(old, new, files, shelf)));
        }
        for at in ats {
            matched.get_mut(at).into_iter().for_each(|is| *is = true);
        }
    }
    // Of a folder, only those are meant that the files are versions of.
    let is_folder = matches!(old, Given::Place(place) if place.is_dir());
    let missing = match is_folder {
        true => matched.iter().all(|matched| !matched).then(|| name(old)),
        false => {
            let mut missing = olds.iter().zip(&matched).filter(|(_, matched)| !**matched);
            missing.next().map(|((name, _), _)| name.clone())
        }
    };
    match missing {
        // What is wrong with the files comes first.
        Some(name) if is_sound && !files.is_empty() => Err(Refusal::NotAVersion(name)),
        _ => Ok(breaches),
    }
}

fn read_olds(old: &Given) -> Result<Vec<(String, Reading)>, Refusal> {
    let mut olds = Vec::new();
    for Read { file, found } in read_given(old) {
        let (text, reading) = match found {
            Ok(found) => found,
            Err(What::Unreadable(unread)) => {
                return Err(Refusal::Unread(DiskError::Unread(file, unread)));
            }
            Err(_) => return Err(Refusal::NoFiles(disk::show(&file))),
        };
        let name = disk::show(&file);
        let mut errors = reading.diagnostics.iter().filter(|one| one.severity == Severity::Error);
        if let Some(first) = errors.next() {
            let count = 1 + errors.count();
            return Err(Refusal::Invalid(invalid(name, &text, first, count)));
        }
        olds.push((name, reading));
    }
    Ok(olds)
}

fn name(given: &Given) -> String {
    match given {
        Given::Place(place) => disk::show(place),
        Given::Text(name, _) => disk::show(Path::new(name)),
    }
}

/// Which of the old files a file is another version of. One file and one old file are versions of one
/// path, whatever their ids, where they have much in common.
fn version_before(new: &Reading, olds: &[(String, Reading)], alone: bool) -> Option<usize> {
    if new.career.is_some() {
        return olds.iter().position(|(_, old)| old.career.is_some());
    }
    let new = new.roadmap.as_ref()?;
    let with_id = |id: &str| {
        olds.iter().position(|(_, old)| old.roadmap.as_ref().is_some_and(|old| old.id == id))
    };
    let renamed = || new.replaces.iter().find_map(|id| with_id(id));
    let is_like = |(_, old): &(String, Reading)| {
        old.roadmap.as_ref().is_some_and(|old| {
            let there = old.ids().filter(|id| new.resolve(id).is_some()).count();
            2 * there >= old.ids().count()
        })
    };
    let only = || olds.iter().position(is_like).filter(|_| alone);
    with_id(&new.id).or_else(renamed).or_else(only)
}

fn compared(old: &Reading, new: &Reading) -> Vec<Near> {
    let breaches = match (old, new) {
        (Reading { roadmap: Some(old), .. }, Reading { roadmap: Some(new), .. }) => {
            breach::of_path(old, new)
        }
        (Reading { career: Some(old), .. }, Reading { career: Some(new), .. }) => {
            breach::of_career(old, new)
        }
        _ => Vec::new(),
    };
    breaches.into_iter().map(|one| (one.near, What::NotKept(one.what))).collect()
}

/// Where what is not kept is told in a text, as far as no comment allows it; and how many more there
/// are.
pub(super) fn placed(text: &str, breaches: Vec<Near>) -> (Vec<(Range<usize>, What)>, usize) {
    if breaches.is_empty() {
        return (Vec::new(), 0);
    }
    let (places, allowed) = (Places::of(text), Allowed::of(text));
    let line_starts: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
    let mut found = Vec::with_capacity(breaches.len());
    for (near, what) in breaches {
        let span = near.as_ref().and_then(|near| place(&places, near));
        let span = span.unwrap_or_else(|| places.file());
        let line = line_starts.partition_point(|start| *start <= span.start) + 1;
        if !allowed.has(what.code(), line) {
            found.push((span, what));
        }
    }
    // Errors go first where not all can be shown.
    milepost_path::sort::by_key(&mut found, |(span, what)| (what.severity(), span.start));
    let left_out = found.len().saturating_sub(MOST_DIAGNOSTICS);
    found.truncate(MOST_DIAGNOSTICS);
    (found, left_out)
}

fn place(places: &Places, near: &Ref) -> Option<Range<usize>> {
    match near.target() {
        RefTarget::Node(id) => places.node(id),
        RefTarget::Area(id) if near.path() == CAREER => places.node(id),
        RefTarget::Question(id) => places.question(id),
        RefTarget::Area(_) | RefTarget::Path | RefTarget::Away(_) => None,
    }
}
