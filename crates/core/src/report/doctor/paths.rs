//! The learner's own path files, and what is recorded of paths that are not there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use milepost_path::{Area, CAREER, Ref, Roadmap, Severity, line_column};

use super::record::Examined;
use super::{Finding, What};
use crate::catalog::problem::Problem;
use crate::catalog::{Catalog, file};
use crate::model::decision::is_before;
use crate::model::learner::{Learner, question_places};
use crate::model::retired::retired;
use crate::model::standing::Standing;
use crate::report::App;
use crate::report::overlay::Bending;

/// Looks at every path file, and at what is recorded of paths.
pub(super) fn look(examined: &Examined, app: &App, findings: &mut Vec<Finding>) {
    let is_named = app.places.paths_were_named;
    let (files, unread) = file::list_all(&app.places.paths, is_named);
    findings.extend(
        unread
            .into_iter()
            .map(|(place, error)| What::UnreadPlace { place, error, is_named }.into()),
    );
    let before = findings.len();
    let mut ids: Vec<(String, &PathBuf)> = Vec::new();
    for path in &files {
        let (id, found) = file_of(path, app.catalog());
        findings.extend(found.map(Finding::from));
        let Some(id) = id else { continue };
        match ids.iter().find(|(known, _)| *known == id) {
            Some((_, first)) => {
                let files = [(*first).clone(), path.clone()];
                findings.push(What::SameId { id, files }.into());
            }
            None => ids.push((id, path)),
        }
    }
    for (id, file) in ids {
        if id == CAREER || app.places.built_ins.path(&id).is_some() {
            findings.push(What::Replaces { file: file.clone(), id }.into());
        }
    }
    let installed = app.catalog().all().into_iter();
    let bent = installed.filter_map(|(path, _)| Bending::of(app.catalog(), &path.id));
    let bent = bent.filter(|overlay| !overlay.hours.is_empty());
    findings.extend(bent.map(|overlay| What::HoursSet(overlay).into()));
    // Of overlays, what is wrong with a file is not all that can be wrong.
    let problems = app.catalog().take_problems().into_iter();
    let of_overlays = problems.filter(|problem| {
        matches!(
            problem,
            Problem::OverlayName(..)
                | Problem::SecondOverlay(..)
                | Problem::OverlayClash(..)
                | Problem::OverlayOfNothing(..)
        )
    });
    findings.extend(of_overlays.map(|problem| What::Overlay(problem).into()));
    if !files.is_empty() && findings.len() == before {
        findings.push(What::PathsAreFine(files.len()).into());
    }
    if let Some(standing) = &examined.standing {
        recorded(standing, examined.is_synced, app.catalog(), findings);
    }
}

/// The id of what is in a file, where it can be used, and what is wrong with it.
fn file_of(path: &Path, catalog: &Catalog) -> (Option<String>, Option<What>) {
    let text = match file::text(path) {
        Ok(text) => text,
        Err(unread) => return (None, Some(What::UnreadFile(path.to_owned(), unread))),
    };
    let reading = milepost_path::read(&text);
    let foreign = milepost_path::check_foreign(&reading, catalog);
    let all = || reading.diagnostics.iter().chain(&foreign);
    let errors = all().filter(|one| one.severity == Severity::Error).count();
    let worst = all().min_by_key(|one| (one.severity, one.span.start));
    let found = worst.map(|worst| {
        let (line, column) = line_column(&text, worst.span.start);
        What::Invalid {
            file: path.to_owned(),
            line,
            column,
            message: worst.message.clone(),
            errors,
            warnings: all().count() - errors,
            is_usable: reading.roadmap.is_some()
                || reading.career.is_some()
                || reading.overlay.is_some(),
        }
    });
    let career = reading.career.as_ref().map(|_| CAREER.to_owned());
    let id = reading.roadmap.as_ref().map(|roadmap| roadmap.id.clone());
    (id.or(career), found)
}

/// What is recorded of paths and items that are not installed.
fn recorded(standing: &Standing, is_synced: bool, catalog: &Catalog, findings: &mut Vec<Finding>) {
    let missing = standing.followed_ids().into_iter().filter(|id| catalog.roadmap(id).is_none());
    findings.extend(missing.map(|id| What::MissingPath(id.to_owned(), is_synced).into()));
    let all: Vec<&Roadmap> = catalog.all().into_iter().map(|(roadmap, _)| roadmap).collect();
    let retired = retired(&all, &Learner { shelf: catalog, standing }).into_iter();
    // A thing that was set apart is not looked for: its id has another one now.
    let retired = retired.map(|(reference, _)| reference).filter(|one| !is_before(one));
    let retired: Vec<_> = retired.collect();
    if !retired.is_empty() {
        findings.push(What::Retired(retired).into());
    }
    let unasked = unasked(standing, catalog, &all);
    if !unasked.is_empty() {
        findings.push(What::Unasked(unasked).into());
    }
}

/// The questions and skill areas that have a record and are in no file.
fn unasked(standing: &Standing, catalog: &Catalog, all: &[&Roadmap]) -> Vec<Ref> {
    let areas = standing.assessed().keys().map(|id| Ref::area(id));
    let mut left: BTreeSet<Ref> = standing.answered().keys().cloned().chain(areas).collect();
    left.retain(|one| !is_before(one));
    if left.is_empty() {
        return Vec::new();
    }
    for asked in all.iter().flat_map(|roadmap| roadmap.questions()) {
        for place in question_places(catalog, &asked) {
            left.remove(&place);
        }
    }
    let areas = catalog.career().into_iter().flat_map(|career| &career.areas);
    for id in areas.flat_map(Area::ids) {
        left.remove(&Ref::area(id));
    }
    left.into_iter().collect()
}
