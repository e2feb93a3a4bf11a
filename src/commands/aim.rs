//! Which role is aimed at, for the commands that compare with one or steer towards one.

use crate::catalog::reference::named;
use crate::context::{self, Context};
use crate::error::{Code, Error, Result};
use crate::model::career::{Career, Role};
use crate::model::guidance::{Goal, Wish};
use crate::model::roadmap::Roadmap;
use crate::model::standing::Standing;

/// The career file.
///
/// # Errors
/// There is none that can be used.
pub fn career(context: &Context) -> Result<&Career> {
    context.catalog().career().ok_or_else(|| {
        Error::new(
            Code::InvalidFile,
            "no career file can be used, so there are no skill areas and no roles",
        )
        .hint("`milepost check` says what is wrong with yours")
    })
}

/// The role with this id or title.
///
/// # Errors
/// The career file has none.
pub fn role<'a>(id: &str, context: &'a Context) -> Result<&'a Role> {
    let career = career(context)?;
    find(id, career).ok_or_else(|| unknown(id, career))
}

fn find<'a>(text: &str, career: &'a Career) -> Option<&'a Role> {
    let names = career.roles.iter().map(|role| (role.id.as_str(), role.title.as_str()));
    named(text, names).and_then(|at| career.roles.get(at))
}

fn unknown(id: &str, career: &Career) -> Error {
    let known = career.roles.iter().map(|role| role.id.as_str());
    context::unknown(Code::UnknownName, "role", id, known, "milepost roles")
}

/// The role to compare with: the one that was named; else the one that a followed path was started
/// for; else the one to which the first followed path that names one leads.
///
/// # Errors
/// The named one is unknown.
pub fn target<'a>(
    named: Option<&str>,
    standing: &Standing,
    context: &'a Context,
) -> Result<Option<&'a Role>> {
    if let Some(id) = named {
        return role(id, context).map(Some);
    }
    let career = career(context)?;
    let followed = context.followed(standing);
    let set = followed.iter().find_map(|roadmap| set_for(roadmap, standing));
    let known = set.and_then(|id| career.role(id));
    let leads = || followed.iter().find_map(|roadmap| career.role(roadmap.role.as_deref()?));
    Ok(known.or_else(leads))
}

/// The role that a path was started for.
fn set_for<'s>(roadmap: &Roadmap, standing: &'s Standing) -> Option<&'s str> {
    standing.following().get(&roadmap.id)?.goals.role.as_deref()
}

/// What is wished for some paths where a role was named, or one of them was started for one: what is
/// for that role, and towards its gaps.
///
/// A role that only topics name, and the career file does not, filters them and steers nowhere.
///
/// # Errors
/// The named one is known to nobody.
pub fn wish<'a>(
    named: Option<&str>,
    paths: &[&Roadmap],
    standing: &Standing,
    context: &'a Context,
) -> Result<Wish<'a>> {
    // The career file is read only where somebody aims at something.
    let set = || paths.iter().find_map(|roadmap| set_for(roadmap, standing));
    let Some(id) = named.or_else(set) else {
        return Ok(Wish { today: context.today(), ..Wish::default() });
    };
    let wish = Wish { role: Some(id.to_owned()), today: context.today(), ..Wish::default() };
    let Some(career) = context.catalog().career() else {
        return Ok(wish);
    };
    if let Some(role) = find(id, career) {
        let role_id = Some(role.id.clone());
        return Ok(Wish { role: role_id, goal: Some(Goal { career, role }), ..wish });
    }
    let mut topics = paths.iter().flat_map(|roadmap| &roadmap.stages).flat_map(|one| &one.topics);
    let is_named_there = topics.any(|topic| topic.roles.iter().any(|role| role == id));
    if named.is_some() && !is_named_there {
        return Err(unknown(id, career));
    }
    Ok(wish)
}
