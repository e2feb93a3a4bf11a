//! A link is added to a topic or item: from a reference to the overlay of its path.

use milepost_path::address::Address;
use milepost_path::{Node, Ref};
use serde::Serialize;

use super::overlay::change::{Bend, Changed, Refusal, write};
use super::overlay::edit::Target;
use super::{Answer, App, Candidate, Result, references};

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The topic, skill, resource or milestone.
    pub reference: String,
    /// The address.
    pub url: String,
    /// What it leads to; the host where nothing is said.
    pub title: Option<String>,
    /// Write nothing.
    pub dry_run: bool,
}

/// What was linked.
#[derive(Debug, Serialize)]
pub struct Report {
    /// What has the link.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
    /// The link.
    pub link: Link,
    /// The overlay that was written; `None` if the link was there already.
    pub overlay: Option<Changed>,
    /// Whether nothing was written.
    pub dry_run: bool,
}

/// An address with what it leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What it leads to.
    pub title: String,
    /// The address.
    pub url: String,
}

/// Adds a link.
///
/// # Errors
/// The reference is unknown or unclear, or can have no link; the address is none; or the overlay cannot
/// be read or written.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let followed = app.followed_ids()?;
    let followed: Vec<&str> = followed.iter().map(String::as_str).collect();
    let node = references::node(&query.reference, &followed, app)?;
    if matches!(node, Node::Path(_) | Node::Stage(..)) {
        return Err(Refusal::WrongKind(Candidate::new(&node)).into());
    }
    if Address::read(&query.url).is_err() {
        return Err(Refusal::NoAddress(query.url.clone()).into());
    }
    let title = query.title.clone().unwrap_or_else(|| host(&query.url).to_owned());
    let link = Link { title, url: query.url.clone() };
    let mut report = Report {
        reference: node.reference(),
        title: node.title().to_owned(),
        link: link.clone(),
        overlay: None,
        dry_run: query.dry_run,
    };
    let known = node.links().iter().find(|known| known.url == link.url);
    if let Some(known) = known {
        report.link.title.clone_from(&known.title);
        return Ok(app.answer(report));
    }
    let mut bend = Bend::of(node.roadmap(), app)?;
    let ids = |id: &'_ str, olds: &'_ [String]| {
        std::iter::once(id.to_owned()).chain(olds.iter().cloned()).collect::<Vec<_>>()
    };
    let own = ids(node.id().unwrap_or_default(), node.replaces());
    let topic = node.topic().map(|topic| ids(&topic.id, &topic.replaces)).unwrap_or_default();
    let target = Target {
        kind: node.kind(),
        ids: own.iter().map(String::as_str).collect(),
        topic: topic.iter().map(String::as_str).collect(),
    };
    bend.draft.link(&target, &link.title, &link.url);
    let (mut overlays, warnings) = write(&[bend], query.dry_run, app)?;
    report.overlay = overlays.pop();
    let mut answer = app.answer(report);
    answer.warnings.extend(warnings);
    Ok(answer)
}

/// The host of an address.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    host.strip_prefix("www.").unwrap_or(host)
}
