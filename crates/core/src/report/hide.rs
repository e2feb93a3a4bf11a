//! Parts of a path are hidden, or shown again: from references to the overlays of their paths.

use milepost_path::overlay::is_own;
use milepost_path::{Node, Ref, Roadmap};
use serde::Serialize;

use super::overlay::change::{Bend, Changed, Refusal, write};
use super::{Answer, App, Candidate, Result, references};

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The stages, topics and items.
    pub refs: Vec<String>,
    /// Show them again instead.
    pub remove: bool,
    /// Write nothing.
    pub dry_run: bool,
}

/// What was hidden, or is shown again.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Whether it is hidden now.
    pub hidden: bool,
    /// What changed.
    pub changed: Vec<Part>,
    /// What is so already.
    pub unchanged: Vec<Ref>,
    /// The overlays that were written, each with what it does.
    pub overlays: Vec<Changed>,
    /// Whether nothing was written.
    pub dry_run: bool,
}

/// A part of a path.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
}

/// Hides parts of paths, or shows them again: all of them or none. Their record stays.
///
/// # Errors
/// A reference is unknown or unclear, or names what cannot be hidden; or an overlay cannot be read or
/// written.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let followed = app.followed_ids()?;
    let followed: Vec<&str> = followed.iter().map(String::as_str).collect();
    let mut report = Report {
        hidden: !query.remove,
        changed: Vec::new(),
        unchanged: Vec::new(),
        overlays: Vec::new(),
        dry_run: query.dry_run,
    };
    let mut bends: Vec<(&Roadmap, Bend<'_>)> = Vec::new();
    for text in &query.refs {
        let named = match references::hidden(text, &followed, app) {
            Some(reference) => hidden(reference, app)?,
            None => visible(references::node(text, &followed, app)?, app)?,
        };
        let Named { path, id, part, is_hidden } = named;
        if is_hidden != query.remove {
            report.unchanged.push(part.reference);
            continue;
        }
        let at = match bends.iter().position(|(known, _)| known.id == path.id) {
            Some(at) => at,
            None => {
                bends.push((path, Bend::of(path, app)?));
                bends.len() - 1
            }
        };
        let Some((_, bend)) = bends.get_mut(at) else { continue };
        let is_changed = match query.remove {
            false => bend.draft.hide(&id),
            true => {
                let base = app.catalog().unbent(&path.id);
                let node = base.as_deref().and_then(|base| base.resolve(&id));
                let olds = node.iter().flat_map(|node| node.replaces()).map(String::as_str);
                let mut ids: Vec<&str> = olds.collect();
                ids.push(&id);
                let shown = bend.draft.show(&ids);
                if let Some(within) = node.filter(|_| !shown).and_then(|node| holder(&node, path)) {
                    return Err(Refusal::HiddenWithin(part.reference, within).into());
                }
                shown
            }
        };
        match is_changed {
            true => report.changed.push(part),
            false => report.unchanged.push(part.reference),
        }
    }
    let bends: Vec<Bend<'_>> = bends.into_iter().map(|(_, bend)| bend).collect();
    let mut warnings = Vec::new();
    if !report.changed.is_empty() {
        (report.overlays, warnings) = write(&bends, query.dry_run, app)?;
    }
    let mut answer = app.answer(report);
    answer.warnings.extend(warnings);
    Ok(answer)
}

/// Something that a reference names.
struct Named<'a> {
    path: &'a Roadmap,
    /// The id that it has.
    id: String,
    part: Part,
    is_hidden: bool,
}

fn hidden(reference: Ref, app: &App) -> Result<Named<'_>> {
    let path = app.path(reference.path())?;
    let id = reference.id().unwrap_or_default();
    let base = app.catalog().unbent(&path.id);
    let node = base.as_deref().and_then(|base| base.resolve(id));
    let title = node.map_or(id, |node| node.title()).to_owned();
    Ok(Named { path, id: id.to_owned(), part: Part { reference, title }, is_hidden: true })
}

fn visible<'a>(node: Node<'a>, app: &App) -> Result<Named<'a>> {
    let path = node.roadmap();
    let Some(id) = node.id() else {
        return Err(Refusal::WrongKind(Candidate::new(&node)).into());
    };
    if is_own(id) && app.catalog().overlay(&path.id).is_some() {
        let file = app.catalog().overlay_place(path);
        let file = file.map(crate::disk::show).unwrap_or_default();
        return Err(Refusal::IsOwn(node.reference(), file).into());
    }
    let part = Part { reference: node.reference(), title: node.title().to_owned() };
    Ok(Named { path, id: id.to_owned(), part, is_hidden: false })
}

/// What is hidden, and something stands in it.
fn holder(node: &Node<'_>, path: &Roadmap) -> Option<Ref> {
    let topic = node.topic().map(|topic| &topic.id);
    let stage = node.stage().map(|stage| &stage.id);
    let holders = [topic, stage].into_iter().flatten().filter(|id| node.id() != Some(id.as_str()));
    let mut holders = holders.filter(|id| path.hides(id));
    holders.next_back().map(|id| Ref::node(&path.id, id))
}
