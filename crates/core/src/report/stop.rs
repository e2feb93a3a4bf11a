//! Stops following paths.

use milepost_path::Ref;
use serde::Serialize;

use super::{Answer, App, Error, Named, Refusal, Result};
use crate::catalog::reference::nearest;
use crate::model::event::{EventKind, NewEvent};
use crate::model::standing::Standing;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query {
    /// The ids or titles of the paths.
    pub paths: Vec<String>,
}

/// What was stopped.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// The ids of the paths that were followed up to now.
    pub stopped: Vec<String>,
    /// The ids of those that were not.
    pub unchanged: Vec<String>,
}

/// Stops following the paths that were named; their record is kept.
///
/// # Errors
/// A path is unknown, or the record cannot be written. Nothing was changed then.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let mut report = Report::default();
    let Some(mut store) = app.store()? else {
        for id in &query.paths {
            report.unchanged.push(app.path(id)?.id.clone());
        }
        return Ok(app.answer(report));
    };
    let mut writing = store.write(app.stamp)?;
    let recorded = writing.reading().standing_of([])?;
    let standing = app.catalog().read_as(recorded.clone());
    for text in &query.paths {
        let id = followed_or_known(text, &standing, app)?;
        if !standing.following().contains_key(&id) {
            report.unchanged.push(id);
        } else if !report.stopped.contains(&id) {
            let title = app.catalog().roadmap(&id).map(|roadmap| roadmap.title.clone());
            // It can be followed under an id that the path had before, too.
            let is_it = |one: &&str| *one == id || leads_to(one, &id, app);
            for one in recorded.followed_ids().into_iter().filter(is_it) {
                let (subject, title) = (Ref::path_only(one), title.clone());
                writing
                    .append(NewEvent { subject, title, fact: EventKind::Stopped }, app.today())?;
            }
            report.stopped.push(id);
        }
    }
    if !report.stopped.is_empty() {
        app.commit(writing)?;
    }
    Ok(app.answer(report))
}

/// Whether what is recorded under an id counts for the path that has another now.
fn leads_to(old: &str, id: &str, app: &App) -> bool {
    app.catalog().roadmap(old).is_some_and(|roadmap| roadmap.id == id)
}

/// The id of a path; one whose file is gone can still be left, and is known by the record only.
fn followed_or_known(text: &str, standing: &Standing, app: &App) -> Result<String> {
    let followed = standing.followed_ids();
    let lower = text.to_lowercase();
    if let Some(id) = followed.iter().find(|id| **id == text || **id == lower) {
        return Ok((*id).to_owned());
    }
    let error = match app.path(text) {
        Ok(roadmap) => return Ok(roadmap.id.clone()),
        Err(error) => error,
    };
    let mut near = nearest(text, followed);
    near.truncate(1);
    match error {
        Error::Refused(_) if !near.is_empty() => {
            let (what, name, known) = (Named::Path, text.to_owned(), Vec::new());
            Err(Refusal::Unknown { what, name, near, known }.into())
        }
        error => Err(error),
    }
}
