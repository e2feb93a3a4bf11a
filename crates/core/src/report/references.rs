//! What a REF of a query means: nodes or an interview question.

use milepost_path::{Node, PathQuestion, QUESTION, Ref, Roadmap};

use super::{App, Candidate, Named, Refusal, Result};
use crate::catalog::reference::{Lookup, look_up, look_up_question};
use crate::model::former;
use crate::model::learner::Learner;
use crate::model::standing::Standing;

/// The nodes that some references name.
///
/// # Errors
/// One of them is unknown, or could mean several things.
pub(crate) fn nodes<'a>(refs: &[String], followed: &[&str], app: &'a App) -> Result<Vec<Node<'a>>> {
    refs.iter().map(|text| node(text, followed, app)).collect()
}

/// The node that a reference names.
///
/// # Errors
/// As [`nodes`].
pub(crate) fn node<'a>(text: &str, followed: &[&str], app: &'a App) -> Result<Node<'a>> {
    let name = || text.to_owned();
    Err(match look_up(app.catalog(), text, followed) {
        Lookup::One(node) => return Ok(node),
        Lookup::Several(nodes) => {
            let candidates = nodes.iter().map(Candidate::new).collect();
            Refusal::Ambiguous { name: name(), candidates }.into()
        }
        Lookup::Unknown(near) => match look_up_question(app.catalog(), text, followed) {
            Lookup::One(asked) => Refusal::IsQuestion(asked.reference()).into(),
            _ => match hidden(text, followed, app) {
                Some(reference) => Refusal::Hidden(reference).into(),
                None => {
                    let (what, known) = (Named::Ref, Vec::new());
                    Refusal::Unknown { what, name: name(), near, known }.into()
                }
            },
        },
    })
}

/// What an overlay hides and a reference names: `path/id`, or its id where that is clear among the
/// followed paths, else among all. What can be seen with that id alone goes first.
pub(super) fn hidden(text: &str, followed: &[&str], app: &App) -> Option<Ref> {
    let catalog = app.catalog();
    let text = text.trim().to_lowercase();
    let (path, id) = match text.split_once('/') {
        Some((path, id)) => (Some(path), id),
        None => (None, text.as_str()),
    };
    let among = |ids: &[&str]| {
        let paths = ids.iter().filter_map(|id| catalog.roadmap(id));
        let mut found = paths.filter(|path| path.hides(id));
        found.next().filter(|_| found.next().is_none())
    };
    let path = match path {
        Some(path) => among(&[path]),
        None => among(followed).or_else(|| {
            let all: Vec<&Roadmap> = catalog.all().into_iter().map(|(path, _)| path).collect();
            let ids: Vec<&str> = all.iter().map(|path| path.id.as_str()).collect();
            all.iter().all(|path| path.resolve(id).is_none()).then(|| among(&ids)).flatten()
        }),
    }?;
    let base = catalog.unbent(&path.id)?;
    Some(base.resolve(id)?.reference())
}

/// Why a reference names nothing: of what is recorded but in no path, that it is there no longer.
pub(super) fn no_longer_there(
    refs: &[String],
    why: Refusal,
    standing: &Standing,
    app: &App,
) -> Refusal {
    let Refusal::Unknown { what: Named::Ref, name, .. } = &why else { return why };
    let view = Learner { shelf: app.catalog(), standing };
    let text = refs.iter().find(|text| *text == name);
    let former = text.and_then(|text| former::find(&view, text, &standing.followed_ids()));
    former.map_or(why, |reference| {
        let has_path = app.catalog().roadmap(reference.path()).is_some();
        Refusal::NotInPath(reference, has_path)
    })
}

/// The interview question that a reference means which names no node; none if it means none.
///
/// # Errors
/// It can only be a question, and is unknown or could mean several.
pub(crate) fn question_or_none<'a>(
    text: &str,
    followed: &[&str],
    app: &'a App,
) -> Result<Option<PathQuestion<'a>>> {
    let found = look_up_question(app.catalog(), text, followed);
    if matches!(found, Lookup::Unknown(_)) && !text.contains(QUESTION) {
        return Ok(None);
    }
    the_question(found, text).map(Some)
}

/// The interview question that a reference names.
///
/// # Errors
/// It is unknown, or could mean several.
pub fn question<'a>(text: &str, followed: &[&str], app: &'a App) -> Result<PathQuestion<'a>> {
    the_question(look_up_question(app.catalog(), text, followed), text)
}

fn the_question<'a>(found: Lookup<PathQuestion<'a>>, text: &str) -> Result<PathQuestion<'a>> {
    match found {
        Lookup::One(asked) => Ok(asked),
        Lookup::Several(several) => Err(Refusal::ambiguous_question(text, &several).into()),
        Lookup::Unknown(near) => {
            let (what, name, known) = (Named::Question, text.to_owned(), Vec::new());
            Err(Refusal::Unknown { what, name, near, known }.into())
        }
    }
}
