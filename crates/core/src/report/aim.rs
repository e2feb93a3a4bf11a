//! Which role is aimed at, for the verbs that compare with one or steer towards one.

use milepost_path::{Career, Roadmap, Role};

use super::{App, Error, Named, Refusal, Result};
use crate::catalog::reference::named;
use crate::model::guidance::{Goal, NextFilter};
use crate::model::standing::Standing;

/// The career file.
///
/// # Errors
/// There is none that can be used.
pub fn career(app: &App) -> Result<&Career> {
    app.catalog().career().ok_or_else(|| Refusal::NoCareer.into())
}

/// The role with this id or title.
///
/// # Errors
/// The career file has none.
pub(crate) fn role<'a>(id: &str, app: &'a App) -> Result<&'a Role> {
    let career = career(app)?;
    find(id, career).ok_or_else(|| unknown(id, career))
}

fn find<'a>(text: &str, career: &'a Career) -> Option<&'a Role> {
    let names = career.roles.iter().map(|role| (role.id.as_str(), role.title.as_str()));
    named(text, names).and_then(|at| career.roles.get(at))
}

fn unknown(id: &str, career: &Career) -> Error {
    let known = career.roles.iter().map(|role| role.id.as_str());
    Refusal::unknown(Named::Role, id, known).into()
}

/// The role to compare with: the one that was named; else the one that a followed path was started
/// for; else the one to which the first followed path that names one leads.
///
/// # Errors
/// The named one is unknown.
pub(crate) fn target<'a>(
    named: Option<&str>,
    standing: &Standing,
    app: &'a App,
) -> Result<Option<&'a Role>> {
    if let Some(id) = named {
        return role(id, app).map(Some);
    }
    let career = career(app)?;
    let followed = app.followed(standing);
    let set = followed.iter().find_map(|roadmap| set_for(roadmap, standing));
    let known = set.and_then(|id| career.role(id));
    let leads = || followed.iter().find_map(|roadmap| career.role(roadmap.role.as_deref()?));
    Ok(known.or_else(leads))
}

/// The roles to which the followed paths lead: those that they were started for; else those that their
/// files name.
pub(crate) fn targets<'a>(standing: &Standing, app: &'a App) -> Result<Vec<&'a Role>> {
    let career = career(app)?;
    let followed = app.followed(standing);
    let set = followed.iter().filter_map(|roadmap| set_for(roadmap, standing));
    let set: Vec<&Role> = set.filter_map(|id| career.role(id)).collect();
    if !set.is_empty() {
        return Ok(set);
    }
    let named = followed.iter().filter_map(|roadmap| roadmap.role.as_deref());
    Ok(named.filter_map(|id| career.role(id)).collect())
}

/// The role that a path was started for.
fn set_for<'s>(roadmap: &Roadmap, standing: &'s Standing) -> Option<&'s str> {
    standing.following().get(&roadmap.id)?.goals.role.as_deref()
}

/// The filter for some paths: only what is for the role that was named, or that one of them was
/// started for, and what closes its gaps first.
///
/// A role that only topics name, and the career file does not, filters them and boosts nothing.
///
/// # Errors
/// The named one is known to nobody.
pub(crate) fn filter<'a>(
    named: Option<&str>,
    paths: &[&Roadmap],
    standing: &Standing,
    app: &'a App,
) -> Result<NextFilter<'a>> {
    // The career file is read only where somebody aims at something.
    let set = || paths.iter().find_map(|roadmap| set_for(roadmap, standing));
    let Some(id) = named.or_else(set) else {
        return Ok(NextFilter { today: app.today(), ..NextFilter::default() });
    };
    let filter =
        NextFilter { role: Some(id.to_owned()), today: app.today(), ..NextFilter::default() };
    let Some(career) = app.catalog().career() else {
        return Ok(filter);
    };
    if let Some(role) = find(id, career) {
        let role_id = Some(role.id.clone());
        return Ok(NextFilter { role: role_id, goal: Some(Goal { career, role }), ..filter });
    }
    let mut topics = paths.iter().flat_map(|roadmap| &roadmap.stages).flat_map(|one| &one.topics);
    let is_named_there = topics.any(|topic| topic.roles.iter().any(|role| role == id));
    if named.is_some() && !is_named_there {
        return Err(unknown(id, career));
    }
    Ok(filter)
}
