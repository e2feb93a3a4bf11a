//! The portfolio: what the learner did, as values, of which every format is made.

pub(crate) mod document;
mod earlier;
pub(crate) mod item;
pub(crate) mod matrix;
pub(crate) mod path;
pub(crate) mod public;
#[cfg(any(test, feature = "fixtures"))]
pub mod sample;

use milepost_path::Roadmap;

pub use document::{AnswerPart, AwayPart, Document, Retired, StudyDay};
use document::{document, retired};
pub use item::ItemPart;
pub use matrix::{Aim, LevelOn, Matrix, MatrixArea};
pub use path::{PathPart, StagePart, TopicPart};
use uuid::Uuid;

use super::{Answer, App, Error, Hint, Result, aim, interview};
use crate::model::learner::Learner;
use crate::model::standing::Standing;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The paths, by id or title; none for those that are followed.
    pub paths: Vec<String>,
    /// Whose portfolio it is.
    pub owner: Option<String>,
    /// What it is for.
    pub purpose: Purpose,
    /// Whether it is to be shown to others: only what is done, without what is private.
    pub public: bool,
}

/// What a portfolio is for, which decides what is enough for one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Purpose {
    /// For people: what no path has any more is in it as far as it is earlier work.
    #[default]
    Portfolio,
    /// For programs: all that is recorded.
    Data,
    /// A calendar, which is about paths only.
    Calendar,
    /// The items of paths, to tick.
    Checklist,
    /// The interview questions of paths, for a program that asks them.
    Cards,
    /// What belongs in a résumé, of what can be shown to others.
    Resume,
}

/// Why there is nothing to export.
#[derive(Debug)]
pub enum Refusal {
    /// Nothing is recorded.
    NothingRecorded,
    /// No path is followed, and nothing is recorded.
    Nothing,
    /// No path has any of what is recorded.
    InNoPath,
    /// Nothing is done that could be shown to others.
    NothingDone,
    /// None of the paths has an interview question.
    NoQuestions {
        /// The ids of the paths that have some.
        with: Vec<String>,
    },
    /// No milestone is done, and no skill area has the level that it is to have, for a résumé.
    NothingForResume,
}

/// Makes the portfolio.
///
/// # Errors
/// A path is unknown, there is nothing to export, or the record cannot be read.
pub fn report(query: &Query, app: &App) -> Result<Answer<Document>> {
    let standing = app.standing_with_efforts()?;
    let view = Learner { shelf: app.catalog(), standing: &standing };
    let paths = chosen(&query.paths, app, &standing)?;
    let mut gone = retired(app.formers(&standing)?, &standing);
    if !query.paths.is_empty() {
        gone.retain(|one| query.paths.iter().any(|id| id == one.reference.path()));
    }
    let owner = query.owner.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let filter = aim::filter(None, &paths, &standing, app)?;
    let mut document = Document {
        made_at: app.stamp.now,
        matrix: skill_matrix(query.purpose, &view, app)?,
        device: device(query.purpose, app)?,
        asked_for: query.paths.clone(),
        ..document(&paths, &view, owner, app.today(), gone, &filter)
    };
    if !query.paths.is_empty() {
        document.answers.retain(|one| query.paths.iter().any(|id| id == one.reference.path()));
    }
    if query.purpose == Purpose::Resume {
        return resume(&document, app);
    }
    let shown = match query.purpose {
        Purpose::Data => document.retired.len(),
        Purpose::Portfolio => {
            document.retired.iter().filter(|one| is_shown(one, &document)).count()
        }
        Purpose::Calendar | Purpose::Checklist | Purpose::Cards | Purpose::Resume => 0,
    };
    if paths.is_empty() && shown == 0 {
        let is_nothing = document.retired.is_empty();
        return Err(refused(if is_nothing { Refusal::Nothing } else { Refusal::InNoPath }));
    }
    if query.purpose == Purpose::Cards {
        // Nobody looks for the items of a record among questions, so nothing is left out.
        let has_questions = document.paths.iter().any(|path| path.questions().next().is_some());
        return if has_questions {
            Ok(app.answer(document))
        } else {
            Err(refused(Refusal::NoQuestions { with: interview::ids_with_questions(app) }))
        };
    }
    let left_out = document.retired.len() - shown;
    let mut hints: Vec<Hint> =
        (left_out > 0).then_some(Hint::LeftOut(left_out)).into_iter().collect();
    if query.purpose == Purpose::Calendar {
        hints.extend(document.schedule.notes.iter().cloned().map(Hint::NoDay));
    }
    if query.public {
        document = public::public(&document).ok_or_else(|| refused(Refusal::NothingDone))?;
    }
    Ok(app.answer(document).hints(hints))
}

/// What belongs in a résumé. It is made to be sent, so it is what can be shown to others.
fn resume(document: &Document, app: &App) -> Result<Answer<Document>> {
    let says_something = |document: &Document| {
        document.matrix.is_some()
            || !document.earlier.is_empty()
            || document.paths.iter().any(|path| path.milestones().next().is_some())
    };
    let document = public::public(document)
        .filter(says_something)
        .ok_or_else(|| refused(Refusal::NothingForResume))?;
    let hint = document.owner.is_none().then_some(Hint::NoOwner);
    Ok(app.answer(document).hints(hint))
}

/// Whether earlier work shows what no path has any more.
fn is_shown(retired: &Retired, document: &Document) -> bool {
    document.earlier.iter().any(|item| item.reference == retired.reference)
}

/// The paths that were named, each once; else the followed ones, else those with a record.
fn chosen<'a>(named: &[String], app: &'a App, standing: &Standing) -> Result<Vec<&'a Roadmap>> {
    let mut paths: Vec<&Roadmap> = Vec::new();
    for id in named {
        let roadmap = app.path(id)?;
        if !paths.iter().any(|known| known.id == roadmap.id) {
            paths.push(roadmap);
        }
    }
    if named.is_empty() {
        paths = app.followed(standing);
    }
    if paths.is_empty() {
        let catalog = app.catalog();
        let view = Learner { shelf: catalog, standing };
        let all = catalog.all().into_iter().map(|(roadmap, _)| roadmap);
        let recorded = |path: &&Roadmap| path.items().any(|item| view.state(&item).is_some());
        paths = all.filter(recorded).collect();
    }
    Ok(paths)
}

/// Whose calendar it is; nothing else has a use for it.
fn device(purpose: Purpose, app: &App) -> Result<Option<Uuid>> {
    if purpose != Purpose::Calendar {
        return Ok(None);
    }
    match app.store()? {
        Some(mut store) => Ok(Some(store.read()?.device()?)),
        None => Ok(None),
    }
}

/// The skill areas against the role that one aims at. The career file is read only where one was
/// assessed; and what raises its areas, in whatever paths, only for a résumé.
fn skill_matrix(purpose: Purpose, view: &Learner<'_>, app: &App) -> Result<Option<Matrix>> {
    let standing = view.standing.all();
    if standing.assessed().is_empty() {
        return Ok(None);
    }
    let role = aim::target(None, standing, app)?;
    let career = aim::career(app)?;
    let matrix = matrix::matrix(career, role, standing);
    Ok(match purpose {
        Purpose::Resume => matrix.map(|matrix| matrix.with_topics(career, view)),
        _ => matrix,
    })
}

fn refused(refusal: Refusal) -> Error {
    super::Refusal::Export(refusal).into()
}

#[cfg(test)]
mod tests;
