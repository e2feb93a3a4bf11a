//! What marks come to: what is recorded, what it changes, and what is told besides.

use std::collections::HashSet;

use chrono::NaiveDate;
use milepost_path::{Item, Node, NodeKind, Ref};

use super::super::change::{Changed, State};
use super::super::{App, Candidate, Hint};
use super::finish::{Lessons, Request};
use super::{Fallen, Query, Report, TopicCount, Verb};
use crate::model::as_marked;
use crate::model::event::{Annotation, NewEvent};
use crate::model::learner::Learner;
use crate::model::marking::{self, Decision, Mark, Target};
use crate::model::progress::progress;
use crate::model::states::{After, States};
use crate::model::unlock::newly_ready;

/// Some items of a command, with what is said of all of them.
#[derive(Debug)]
pub(in crate::report) struct Part<'a> {
    /// The items.
    pub(in crate::report) items: Vec<Item<'a>>,
    /// Whether they are credited as already known.
    pub(in crate::report) known: bool,
    /// The day on which it was, where one is named.
    pub(in crate::report) on: Option<NaiveDate>,
    /// What is said about them.
    pub(in crate::report) remark: Annotation,
}

impl Part<'_> {
    /// What it comes to.
    pub(super) fn decide(&self, verb: Verb, view: &Learner<'_>) -> Decision {
        let targets: Vec<Target> = self.items.iter().map(|item| view.target(item)).collect();
        let Self { known, on, ref remark, .. } = *self;
        match verb.status() {
            Some(status) => {
                marking::mark(&Mark { status, known, on, remark: remark.clone() }, &targets)
            }
            None => marking::note(remark, &targets),
        }
    }
}

/// What is to be recorded, and told.
pub(in crate::report) struct Outcome {
    /// What is told.
    pub(in crate::report) report: Report,
    /// What is recorded, each with its day.
    pub(in crate::report) entries: Vec<(NewEvent, NaiveDate)>,
    /// For each change, its day and whether it is credited as known.
    pub(in crate::report) details: Vec<(NaiveDate, bool)>,
    /// What helps to go on.
    pub(in crate::report) hints: Vec<Hint>,
}

/// What the parts of a command come to.
struct Decided {
    decision: Decision,
    /// The day of each entry.
    days: Vec<NaiveDate>,
    details: Vec<(NaiveDate, bool)>,
    today: NaiveDate,
}

impl Decided {
    fn add(&mut self, part: &Part<'_>, verb: Verb, view: &Learner<'_>) {
        let on = part.on.unwrap_or(self.today);
        self.decision.extend(part.decide(verb, view));
        self.days.resize(self.decision.entries.len(), on);
        self.details.resize(self.decision.changed.len(), (on, part.known));
    }

    fn after<'a>(&self, states: &'a dyn States) -> After<'a> {
        After::of(states, self.decision.entries.iter().cloned().zip(self.days.iter().copied()))
    }
}

/// What a command comes to that marks some items, or says something about them.
pub(in crate::report) fn outcome(
    query: &Query,
    parts: &[Part<'_>],
    followed: &[String],
    states: &dyn States,
    app: &App,
) -> Outcome {
    let catalog = app.catalog();
    let followed: Vec<&str> = followed.iter().map(String::as_str).collect();
    let before = Learner { shelf: catalog, standing: states };
    let today = app.today();
    let (decision, days, details) = (Decision::default(), Vec::new(), Vec::new());
    let mut decided = Decided { decision, days, details, today };
    parts.iter().for_each(|part| decided.add(part, query.verb, &before));
    let asked: Vec<Item<'_>> = parts.iter().flat_map(|part| part.items.iter().copied()).collect();
    let lessons = {
        let after = decided.after(states);
        Lessons::of(&asked, &before, &Learner { standing: &after, ..before }, today)
    };
    let is_true = |skill: &Item<'_>| {
        let named = query.skills.iter().flatten().any(|one| *one == skill.reference());
        named || query.with_skills
    };
    let skills: Vec<Item<'_>> =
        lessons.studied.iter().filter(|one| is_true(one)).copied().collect();
    let items = [asked.as_slice(), &skills].concat();
    let remark = Annotation::default();
    let skills = Part { items: skills, known: query.known, on: query.on, remark };
    decided.add(&skills, query.verb, &before);
    let after = decided.after(states);
    let after = Learner { standing: &after, ..before };
    let Decided { mut decision, days, details, .. } = decided;
    let is_finished = query.verb.status().is_some_and(|status| !status.is_open());
    let unlocked = if is_finished {
        let mentioning = |path: &str| {
            let ids = catalog.that_mention(path, &followed).into_iter();
            ids.filter_map(|id| catalog.roadmap(id)).collect()
        };
        let finished = newly_finished(&items, &decision, &before);
        newly_ready(&before, &after, &finished, &mentioning)
    } else {
        Vec::new()
    };
    let finished = (query.verb == Verb::Done)
        .then(|| Request { query, parts }.finished(&lessons, &decision, (&before, &after)));
    let mut hints = Vec::new();
    if !decision.entries.is_empty() && query.verb != Verb::Note {
        hints.extend(not_followed(items.iter().map(|item| item.roadmap.id.as_str()), &followed));
    }
    if query.verb == Verb::Doing {
        hints.extend(snoozed_topics(&items, &before, today));
    }
    as_marked::complete(&mut decision.entries, &items, &after);
    let changed: Vec<Changed> = decision.changed.iter().map(changed).collect();
    let report = Report {
        verb: query.verb,
        is_dated: query.on.is_some(),
        topic: topic_count(&items, &changed, &after),
        fallen: fallen(&items, &before, &after),
        corrected: decision.changed.iter().map(|change| change.correction).collect(),
        changed,
        unchanged: decision.unchanged.into_iter().map(|one| (one.named, one.state)).collect(),
        unlocked: unlocked.iter().map(Candidate::new).collect(),
        finished,
    };
    Outcome { report, entries: decision.entries.into_iter().zip(days).collect(), details, hints }
}

fn changed(change: &marking::Change) -> Changed {
    Changed {
        reference: change.named.clone(),
        title: change.title.clone(),
        from: State::Item(change.from),
        to: State::Item(change.to),
    }
}

fn newly_finished<'a>(
    items: &[Item<'a>],
    decision: &Decision,
    view: &Learner<'_>,
) -> Vec<Item<'a>> {
    let changed: HashSet<&Ref> = decision.changed.iter().map(|change| &change.named).collect();
    let mut items = items.to_vec();
    items.retain(|item| changed.contains(&item.reference()) && view.is_open(item));
    items
}

fn fallen(items: &[Item<'_>], before: &Learner<'_>, after: &Learner<'_>) -> Option<Fallen> {
    let choice = items.iter().find(|item| item.stage.choose.is_some() && item.topic.is_some())?;
    let path = Node::Path(choice.roadmap);
    let (before, after) = (progress(before, &path), progress(after, &path));
    let falls = after.percent < before.percent && after.hours.done >= before.hours.done;
    falls.then(|| Fallen {
        path: choice.roadmap.id.clone(),
        stage: choice.stage.title.clone(),
        percent: [before.percent, after.percent],
    })
}

fn topic_count(items: &[Item<'_>], changed: &[Changed], after: &Learner<'_>) -> Option<TopicCount> {
    let ([item], [change]) = (items, changed) else {
        return None;
    };
    let topic = item.topic?;
    // What was only said changes no count.
    if change.from == change.to {
        return None;
    }
    let progress = progress(after, &Node::Topic(item.roadmap, item.stage, topic));
    let (count, of) = match item.kind() {
        NodeKind::Skill => (progress.skills, NodeKind::Skill),
        _ => (progress.resource_goals, NodeKind::Resource),
    };
    (count.counted() > 0).then(|| TopicCount { title: topic.title.clone(), of, count })
}

/// That paths are not followed yet, each once.
pub(crate) fn not_followed<'a>(
    paths: impl IntoIterator<Item = &'a str>,
    followed: &[&str],
) -> impl Iterator<Item = Hint> {
    let mut said = HashSet::new();
    paths
        .into_iter()
        .filter(move |path| !followed.contains(path) && said.insert(*path))
        .map(|path| Hint::NotFollowed(path.to_owned()))
}

/// That the topics of what the learner takes up are left out of plans.
fn snoozed_topics(items: &[Item<'_>], view: &Learner<'_>, today: NaiveDate) -> Vec<Hint> {
    let (mut hints, mut said) = (Vec::new(), HashSet::new());
    for item in items {
        let Some(topic) = item.topic else { continue };
        let node = Node::Topic(item.roadmap, item.stage, topic);
        let until = view.snoozed_until(&node).filter(|until| *until > today);
        if let Some(until) = until.filter(|_| said.insert(node.reference())) {
            hints.push(Hint::SnoozedTopic { topic: node.reference(), until });
        }
    }
    hints
}
