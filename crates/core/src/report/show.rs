//! One thing in full: something of a path, an interview question, a term of the glossary; or the graph
//! of a path.

pub mod graph;
pub mod node;
pub mod question;
pub mod term;

use milepost_path::{Ref, Roadmap};

use graph::{Graph, Language};
use node::NodeReport;
use question::QuestionReport;
use term::TermReport;

use super::{Answer, App, NoPath, Result, references};
use crate::catalog::reference::{Lookup, look_up};
use crate::model::learner::Learner;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// What to show; the followed paths without one.
    pub reference: Option<String>,
    /// The graph of the path instead, in this language.
    pub graph: Option<Language>,
}

/// What was asked for.
#[derive(Debug)]
pub enum Report {
    /// A path or a part of one; or several paths, as the children of nothing.
    Node(Box<NodeReport>),
    /// An interview question.
    Question(QuestionReport),
    /// A term of the glossary, or all of it.
    Term(TermReport),
    /// What requires what in a path.
    Graph(Graph),
}

/// Why there is nothing to show.
#[derive(Debug)]
pub enum Refusal {
    /// Nothing is named, and there is no path.
    NoPath(NoPath),
    /// The graph of no path is named, and there is no path.
    NoPathToDraw(NoPath),
    /// The glossary has no such term.
    NoTerm(String),
    /// What is named is the career file.
    IsCareer,
    /// What is named is a skill area: the name, and its id.
    IsArea(String, String),
    /// What is named is a role: the name, and its id.
    IsRole(String, String),
    /// Nothing has this name; a term has one that is much like it.
    NearTerm(String, Ref),
}

impl From<Refusal> for super::Error {
    fn from(refusal: Refusal) -> Self {
        super::Refusal::Show(refusal).into()
    }
}

/// Shows what is named, or the followed paths.
///
/// # Errors
/// The reference is unknown or unclear, or the record cannot be read.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let standing = app.standing_with_efforts()?;
    let view = Learner { shelf: app.catalog(), standing: &standing };
    let followed = app.followed(&standing);
    let ids = standing.followed_ids();
    let report = match (&query.reference, query.graph) {
        (named, Some(language)) => {
            let roadmap = match named {
                Some(text) => references::node(text, &ids, app)?.roadmap(),
                None => one_path(&followed, app.no_path(&standing))?,
            };
            Report::Graph(Graph::of(roadmap, &view, language))
        }
        (Some(text), None) => match outside_of_paths(text, &ids, &view, app)? {
            Some(report) => report,
            None => {
                let node = references::node(text, &ids, app)?;
                Report::Node(Box::new(NodeReport::of(&node, &view, &followed, app.today())))
            }
        },
        (None, None) => {
            if followed.is_empty() {
                return Err(Refusal::NoPath(app.no_path(&standing)).into());
            }
            Report::Node(Box::new(NodeReport::of_paths(&view, &followed, app.today())))
        }
    };
    Ok(app.answer(report))
}

/// What a reference means that no path has: a question, a term, or something that is only in the record
/// any more. Only what names nothing of a path can be one.
fn outside_of_paths(
    text: &str,
    followed: &[&str],
    view: &Learner<'_>,
    app: &App,
) -> Result<Option<Report>> {
    let Lookup::Unknown(near) = look_up(app.catalog(), text, followed) else {
        return Ok(None);
    };
    if let Some(asked) = references::question_or_none(text, followed, app)? {
        return Ok(Some(Report::Question(QuestionReport::of(&asked, view, app.today()))));
    }
    let found_term = term::find(text, &near, app);
    if let Ok(Some(term)) = found_term {
        return Ok(Some(Report::Term(term)));
    }
    if let Some(former) = app.former(text, view.standing.all())? {
        return Ok(Some(Report::Node(Box::new(NodeReport::of_former(&former, view)))));
    }
    Ok(found_term?.map(Report::Term))
}

/// The path whose graph is meant where none is named.
fn one_path<'a>(followed: &[&'a Roadmap], else_why: NoPath) -> Result<&'a Roadmap> {
    // The last of them is what the others are for.
    followed.last().copied().ok_or_else(|| Refusal::NoPathToDraw(else_why).into())
}

#[cfg(test)]
mod tests;
