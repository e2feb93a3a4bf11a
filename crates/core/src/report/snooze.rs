//! Leaving items and topics out of plans until a day: from references to one transaction.

use chrono::NaiveDate;
use milepost_path::{Node, Ref};

use super::change::{Changed, State};
use super::{Answer, App, Candidate, Error, Result, references};
use crate::model::learner::Learner;
use crate::model::marking::{self, Target};
use crate::model::standing::Status;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The items and topics.
    pub refs: Vec<String>,
    /// The day on which they come back; none brings them back now.
    pub until: Option<NaiveDate>,
}

/// What changed.
#[derive(Debug)]
pub struct Report {
    /// The day; `None` if they are brought back.
    pub until: Option<NaiveDate>,
    /// What changed.
    pub changed: Vec<Changed>,
    /// What is so already, or in no plan, with its status.
    pub unchanged: Vec<(Ref, Status)>,
}

/// Why nothing is left out.
#[derive(Debug)]
pub enum Refusal {
    /// A path or stage.
    WrongKind(Candidate),
    /// The day does not come after today.
    NotToCome {
        /// The day.
        until: NaiveDate,
        /// Today.
        today: NaiveDate,
    },
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        super::Refusal::Snooze(refusal).into()
    }
}

/// Leaves items and topics out until a day, or brings them back: all of them or none.
///
/// # Errors
/// A reference is unknown or unclear, or names what cannot be snoozed; the day is not to come; or the
/// record cannot be read or written.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let (today, until) = (app.today(), query.until);
    if let Some(until) = until.filter(|until| *until <= today) {
        return Err(Refusal::NotToCome { until, today }.into());
    }
    let followed = app.followed_ids()?;
    let followed: Vec<&str> = followed.iter().map(String::as_str).collect();
    let nodes = references::nodes(&query.refs, &followed, app)?;
    if let Some(node) = nodes.iter().find(|node| matches!(node, Node::Path(_) | Node::Stage(..))) {
        return Err(Refusal::WrongKind(Candidate::new(node)).into());
    }
    let mut store = app.store_to_write()?;
    let mut writing = store.write(app.stamp)?;
    let targets: Vec<Target> = writing.reading().ask(|states| {
        let view = Learner { shelf: app.catalog(), standing: states };
        nodes.iter().map(|node| view.snooze_target(node)).collect()
    })?;
    let decision = marking::snooze(until, &targets);
    let is_snoozed = |reference: &Ref| {
        let target = targets.iter().find(|target| target.named == *reference);
        target.and_then(|target| target.state.snoozed_until).is_some_and(|day| day > today)
    };
    let changed = decision.changed.into_iter().map(|change| Changed {
        from: State::of(change.from, is_snoozed(&change.named)),
        to: State::of(change.to, until.is_some()),
        reference: change.named,
        title: change.title,
    });
    let unchanged = decision.unchanged.into_iter().map(|one| (one.named, one.state.status));
    let report = Report { until, changed: changed.collect(), unchanged: unchanged.collect() };
    for entry in decision.entries {
        writing.append(entry, today)?;
    }
    if report.changed.is_empty() {
        drop(writing);
    } else {
        app.commit(writing)?;
    }
    Ok(app.answer(report))
}
