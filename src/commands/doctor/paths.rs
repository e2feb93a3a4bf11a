//! The path files of one's own, and what is recorded of paths that are not there.

use std::path::{Path, PathBuf};

use super::{Finding, Severity};
use crate::catalog::builtin::BUILT_IN;
use crate::catalog::format::diagnostic::line_column;
use crate::catalog::format::{self, Severity as Found};
use crate::catalog::{Catalog, file};
use crate::context::Context;
use crate::disk::DiskError;
use crate::error::{Error, reason};
use crate::export::document::retired;
use crate::model::roadmap::{CAREER, Roadmap};
use crate::model::standing::Standing;
use crate::model::view::View;
use crate::text::{quantity, safe, shell};

/// More items than these are counted, not named.
const MOST_NAMED: usize = 5;

/// Looks at every path file, and at what is recorded of paths.
pub(super) fn look(standing: Option<&Standing>, context: &Context, findings: &mut Vec<Finding>) {
    let files = files(context, findings);
    let before = findings.len();
    let mut ids: Vec<(String, &Path)> = Vec::new();
    for path in &files {
        if let Some(id) = file_of(path, context.catalog(), findings) {
            if let Some((_, first)) = ids.iter().find(|(known, _)| *known == id) {
                findings.push(Finding::new(
                    "paths",
                    Severity::Warning,
                    format!(
                        "`{id}` is the id of two files, of which one is used: {} and {}",
                        first.display(),
                        path.display()
                    ),
                    "give each path an id of its own, or move one of the files away",
                ));
            } else {
                ids.push((id, path));
            }
        }
    }
    for (id, path) in &ids {
        let what = if id == CAREER { "career file" } else { "path" };
        if id == CAREER || BUILT_IN.iter().any(|one| one.id == *id) {
            findings.push(Finding::new(
                "paths",
                Severity::Note,
                format!("{} takes the place of the built-in {what} `{id}`", path.display()),
                format!("`milepost remove {id}` brings the built-in one back"),
            ));
        }
    }
    if !files.is_empty() && findings.len() == before {
        let files = quantity::count(files.len(), "file");
        findings.push(Finding::ok(
            "paths",
            format!("{files} with paths of your own, without a problem"),
        ));
    }
    if let Some(standing) = standing {
        recorded(standing, context.catalog(), findings);
    }
}

/// All files in which paths are looked for.
fn files(context: &Context, findings: &mut Vec<Finding>) -> Vec<PathBuf> {
    let named = context.places.paths_were_named;
    let (files, unread) = file::list_all(&context.places.paths, named);
    findings.extend(unread.into_iter().map(|(place, error)| {
        Finding::new(
            "paths",
            Severity::Warning,
            format!("no path is looked for in {}: {}", place.display(), reason(&error)),
            if named { "mend MILEPOST_PATHS, or the place" } else { "mend the place" },
        )
    }));
    files
}

/// Looks at one file; gives the id of what is in it, where it can be used.
fn file_of(path: &Path, catalog: &Catalog, findings: &mut Vec<Finding>) -> Option<String> {
    let text = match file::text(path) {
        Ok(text) => text,
        Err(unread) => {
            let problem = Error::from(DiskError::Unread(path.to_owned(), unread));
            findings.push(Finding::new(
                "paths",
                Severity::Error,
                format!("{problem}; it is left out"),
                "mend the file, or move it away",
            ));
            return None;
        }
    };
    let reading = format::read(&text);
    let foreign = format::check_foreign(&reading, catalog);
    let all = || reading.diagnostics.iter().chain(&foreign);
    let errors = all().filter(|one| one.severity == Found::Error).count();
    let warnings = all().count() - errors;
    let worst = all().min_by_key(|one| (one.severity, one.span.start));
    if let Some(worst) = worst {
        let (line, column) = line_column(&text, worst.span.start);
        let place = path.display();
        let (errors, warnings) =
            (quantity::count(errors, "error"), quantity::count(warnings, "warning"));
        // One that other files are to blame for is used all the same.
        let usable = reading.roadmap.is_some() || reading.career.is_some();
        let left_out = if usable { "" } else { "; it is left out" };
        findings.push(Finding::new(
            "paths",
            if usable { Severity::Warning } else { Severity::Error },
            format!("{place}:{line}:{column}: {} ({errors}, {warnings}){left_out}", worst.message),
            format!("`milepost check {}` shows all of it", shell::word(&place.to_string())),
        ));
    }
    let career = reading.career.map(|_| CAREER.to_owned());
    reading.roadmap.map(|roadmap| roadmap.id).or(career)
}

/// What is recorded of paths and items that are not installed.
fn recorded(standing: &Standing, catalog: &Catalog, findings: &mut Vec<Finding>) {
    for id in standing.followed_ids() {
        if catalog.roadmap(id).is_none() {
            let id = safe::short(id, 80);
            findings.push(Finding::new(
                "missing-path",
                Severity::Warning,
                format!("the path `{id}` is followed, but not installed"),
                format!(
                    "`milepost add` its file again, or `milepost stop {id}`; its record is kept"
                ),
            ));
        }
    }
    let all: Vec<&Roadmap> = catalog.all().into_iter().map(|(roadmap, _)| roadmap).collect();
    let retired = retired(&all, &View { shelf: catalog, standing });
    if retired.is_empty() {
        return;
    }
    let mut names: Vec<String> = retired
        .iter()
        .take(MOST_NAMED)
        .map(|one| safe::short(one.reference.as_str(), 80))
        .collect();
    if retired.len() > MOST_NAMED {
        names.push(format!("{} more", quantity::thousands(retired.len() - MOST_NAMED)));
    }
    findings.push(Finding::new(
        "retired",
        Severity::Note,
        format!(
            "no installed path has {} of the record: {}",
            quantity::count(retired.len(), "item"),
            quantity::list(&names)
        ),
        "they are kept; install their path again, or say in its file what took their place: \
         `replaces = [\"old-id\"]`",
    ));
}
