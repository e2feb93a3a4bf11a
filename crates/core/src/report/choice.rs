//! What is open and ready in the followed paths: what a front end offers where no item is named.

use milepost_path::{Item, Node, sort};

use super::{App, Candidate, Result};
use crate::model::learner::{Learner, RequirementCache};
use crate::model::standing::Status;

/// An item that can be taken up.
#[derive(Debug)]
pub struct Open {
    /// The item.
    pub item: Candidate,
    /// Whether it is in progress.
    pub is_begun: bool,
}

/// The open items that nothing holds back, without those of one status; what is in progress comes first.
///
/// # Errors
/// The record cannot be read.
pub fn open(without: Option<Status>, app: &App) -> Result<Vec<Open>> {
    let standing = app.standing()?;
    let view = Learner { shelf: app.catalog(), standing: &standing };
    let mut readiness = RequirementCache::new(view);
    let mut open = Vec::new();
    let followed = app.followed(&standing);
    for item in followed.into_iter().flat_map(|path| path.items()) {
        let status = view.status(&item);
        if !status.is_open() || without == Some(status) || !readiness.is_ready(&Node::Item(item)) {
            continue;
        }
        open.push(Open::new(&item, status));
    }
    sort::by_key(&mut open, |one| !one.is_begun);
    Ok(open)
}

impl Open {
    fn new(item: &Item<'_>, status: Status) -> Self {
        Self { item: Candidate::new(&Node::Item(*item)), is_begun: status == Status::Doing }
    }
}
