//! Follows paths, with the goals that the learner aims at, and credits what is known already.

use chrono::NaiveDate;
use milepost_path::{Item, Node, Ref, Roadmap};
use serde::Serialize;

use super::{Answer, App, Hint, Result, aim, references};
use crate::model::away;
use crate::model::counting;
use crate::model::event::{Annotation, EventKind, NewEvent};
use crate::model::guidance::Guide;
use crate::model::learner::Learner;
use crate::model::marking::{self, Aims, Mark, Target};
use crate::model::progress::progress;
use crate::model::route;
use crate::model::standing::{Following, Standing, Status};
use crate::store::Writing;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The ids or titles of the paths.
    pub paths: Vec<String>,
    /// What the learner aims at with them; the role by its id or title.
    pub aims: Aims,
    /// The hours a week for paths that are new, where the aims say none.
    pub usual_hours: Option<f64>,
    /// The day on which they were begun; today without one.
    pub on: Option<NaiveDate>,
    /// References of what is known already, which is credited.
    pub known: Vec<String>,
}

/// What was started.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The paths that are followed now, or have other goals; what is required comes first.
    pub started: Vec<Started>,
    /// The ids of those that were followed with the same goals.
    pub unchanged: Vec<String>,
    /// What is credited as known.
    pub known: Vec<Ref>,
    /// The hours a week of all followed paths together, where hours were given to one of several that
    /// have some.
    #[serde(skip)]
    pub hours_per_week_in_all: Option<f64>,
    /// The day that it is for.
    #[serde(skip)]
    pub today: NaiveDate,
}

/// A path that is followed now, or has other goals.
#[derive(Debug, Serialize)]
pub struct Started {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Since when it is followed.
    pub started_on: NaiveDate,
    /// The day to finish by.
    pub target_on: Option<NaiveDate>,
    /// The hours a week that are planned.
    pub hours_per_week: Option<f64>,
    /// The role that the learner wants to be ready for.
    pub role: Option<String>,
    /// The path that asked for it, where it was not named itself.
    pub required_by: Option<String>,
    /// The hours that it counts.
    pub hours: f64,
    /// What is left of it, and of what it needs of other paths, in hours.
    pub hours_left: Option<f64>,
    /// The hours a week that this takes until the day to finish by.
    pub needs_hours_per_week: Option<f64>,
}

/// A topic that the learner might know already.
#[derive(Debug)]
pub struct KnownTopic {
    /// Its reference.
    pub reference: Ref,
    /// Its title.
    pub title: String,
    /// How many skills it has.
    pub skills: usize,
}

/// The topics of the paths that are new to the record, of which the learner might know some already;
/// `None` if no path that was named is new.
///
/// # Errors
/// A path or a role is unknown, or the record cannot be read.
pub fn new_topics(query: &Query, app: &App) -> Result<Option<Vec<KnownTopic>>> {
    // Nobody is asked in vain.
    aims(query, app)?;
    let named = named(&query.paths, app)?;
    let standing = app.standing()?;
    let catalog = app.catalog();
    let required = route::required(catalog, &standing, &named).into_iter().map(|(path, _)| path);
    let paths: Vec<&Roadmap> = required.chain(named.iter().copied()).collect();
    let view = Learner { shelf: catalog, standing: &standing };
    let is_known = |path: &&Roadmap| {
        standing.following().contains_key(&path.id)
            || path.items().any(|item| view.state(&item).is_some())
    };
    let new: Vec<&Roadmap> = paths.into_iter().filter(|path| !is_known(path)).collect();
    if !named.iter().any(|path| new.iter().any(|one| one.id == path.id)) {
        return Ok(None);
    }
    let topics = new.iter().flat_map(|path| {
        let topics = path.stages.iter().flat_map(|stage| &stage.topics);
        topics.filter(|topic| !topic.skills.is_empty()).map(|topic| KnownTopic {
            reference: Ref::node(&path.id, &topic.id),
            title: topic.title.clone(),
            skills: topic.skills.len(),
        })
    });
    Ok(Some(topics.collect()))
}

/// Follows the paths that were named, and those that they require.
///
/// # Errors
/// A path, a role or something known is unknown, or the record cannot be written. Nothing was changed
/// then.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let aims = aims(query, app)?;
    let on = query.on.unwrap_or(app.today());
    let named = named(&query.paths, app)?;
    let known = known(query, &named, app)?;

    let catalog = app.catalog();
    let mut store = app.store_to_write()?;
    let mut writing = store.write(app.stamp)?;
    let before = catalog.read_as(writing.reading().standing_of([])?);
    // What is required comes first.
    let required = route::required(catalog, &before, &named);
    let required = required.into_iter().map(|(path, by)| (path, Some(by.id.clone())));
    let wanted = required.chain(named.iter().map(|path| (*path, None)));
    let mut report = Report {
        started: Vec::new(),
        unchanged: Vec::new(),
        known: Vec::new(),
        hours_per_week_in_all: None,
        today: app.today(),
    };
    for (roadmap, required_by) in wanted {
        let now = before.following().get(&roadmap.id);
        // Goals are for what was named; the paths that it requires are means.
        let aims = match (&required_by, now) {
            (Some(_), _) => Aims::default(),
            (None, None) => Aims {
                hours_per_week: aims.hours_per_week.or(Some(query.usual_hours)),
                ..aims.clone()
            },
            (None, Some(_)) => aims.clone(),
        };
        let is_moved = query.on.is_some() && required_by.is_none();
        let moved = now.filter(|now| is_moved && now.since != on);
        match follow(roadmap, aims, now, moved.is_some(), on, &mut writing, app)? {
            None => report.unchanged.push(roadmap.id.clone()),
            Some(started) => report.started.push(Started { required_by, ..started }),
        }
    }
    if !known.is_empty() {
        let standing = catalog.read_as(writing.reading().standing()?);
        let view = Learner { shelf: catalog, standing: &standing };
        for (entry, reference) in credited(&known, &view) {
            writing.append(entry, on)?;
            report.known.push(reference);
        }
    }
    reckon(&mut report, &named, &writing, app)?;
    let is_changed = !report.started.is_empty() || !report.known.is_empty();
    if is_changed {
        app.commit(writing)?;
    }
    Ok(app.answer(report).hint(is_changed.then_some(Hint::Started)))
}

/// What is known already. An id alone means what these paths have of it, or those that they require: they
/// are followed as well.
fn known<'a>(query: &Query, named: &[&'a Roadmap], app: &'a App) -> Result<Vec<Node<'a>>> {
    if query.known.is_empty() {
        return Ok(Vec::new());
    }
    let standing = app.standing()?;
    let required =
        route::required(app.catalog(), &standing, named).into_iter().map(|(path, _)| path);
    let paths = named.iter().copied().chain(required);
    let ids: Vec<&str> = paths.map(|path| path.id.as_str()).collect();
    references::nodes(&query.known, &ids, app)
}

fn named<'a>(paths: &[String], app: &'a App) -> Result<Vec<&'a Roadmap>> {
    paths.iter().map(|id| app.path(id)).collect()
}

/// The aims, with the id of the role.
fn aims(query: &Query, app: &App) -> Result<Aims> {
    let role = match &query.aims.role {
        Some(Some(text)) => Some(Some(aim::role(text, app)?.id.clone())),
        role => role.clone(),
    };
    Ok(Aims { role, ..query.aims.clone() })
}

/// Records that a path is followed with some goals; `now` says how it was followed. None where that
/// changes nothing.
fn follow(
    roadmap: &Roadmap,
    aims: Aims,
    now: Option<&Following>,
    is_moved: bool,
    on: NaiveDate,
    writing: &mut Writing<'_>,
    app: &App,
) -> Result<Option<Started>> {
    let moved = now.filter(|_| is_moved).map(|now| now.goals.clone());
    let Some(goals) = marking::follow(aims, now).or(moved) else { return Ok(None) };
    let (id, title) = (&roadmap.id, &roadmap.title);
    let entry = |fact| NewEvent { subject: Ref::path_only(id), title: Some(title.clone()), fact };
    if is_moved {
        // A path is followed since the day on which it was begun after it was last left.
        writing.append(entry(EventKind::Stopped), app.today())?;
    }
    let since = now.filter(|_| !is_moved).map_or(on, |now| now.since);
    let on = if now.is_some() && !is_moved { app.today() } else { on };
    writing.append(entry(EventKind::Started(goals.clone())), on)?;
    Ok(Some(Started {
        id: id.clone(),
        title: title.clone(),
        started_on: since,
        target_on: goals.target_on,
        hours_per_week: goals.hours_per_week,
        role: goals.role,
        required_by: None,
        hours: 0.0,
        hours_left: None,
        needs_hours_per_week: None,
    }))
}

/// What credits the open goals of some nodes.
fn credited(known: &[Node<'_>], view: &Learner<'_>) -> Vec<(NewEvent, Ref)> {
    let goals = known.iter().flat_map(|node| match node {
        Node::Item(item) => vec![*item],
        node => counting::goals(view, node),
    });
    let open: Vec<Item<'_>> = goals.filter(|item| view.is_open(item)).collect();
    let targets: Vec<Target> = open.iter().map(|item| view.target(item)).collect();
    let mark = Mark { status: Status::Done, known: true, on: None, remark: Annotation::default() };
    let decision = marking::mark(&mark, &targets);
    let references = decision.changed.into_iter().map(|change| change.named);
    decision.entries.into_iter().zip(references).collect()
}

/// The hours of the paths as they stand now, what was skipped before left out; the hours a week of all of
/// them; and of those that have a day to finish by what is left, and the hours a week that this takes.
fn reckon(report: &mut Report, named: &[&Roadmap], writing: &Writing<'_>, app: &App) -> Result<()> {
    let started = &mut report.started;
    if started.is_empty() {
        return Ok(());
    }
    let mut standing = app.catalog().read_as(writing.reading().standing()?);
    let view = Learner { shelf: app.catalog(), standing: &standing };
    for path in &mut *started {
        path.hours = progress(&view, &Node::Path(app.path(&path.id)?)).hours.total;
    }
    if started.iter().any(|path| path.hours_per_week.is_some()) {
        let all = app.followed(&standing);
        let all = route::is_shared(&view, &all).then(|| route::planned_hours(&view, &all));
        report.hours_per_week_in_all = all.flatten();
    }
    if !started.iter().any(|path| path.target_on.is_some()) {
        return Ok(());
    }
    standing.put_efforts(writing.reading().effort_sums(app.today())?);
    for path in started {
        let found = named.iter().find(|one| one.id == path.id);
        if let (Some(roadmap), Some(target)) = (found, path.target_on) {
            let hours = hours_left(roadmap, &standing, app)?;
            path.hours_left = Some(hours);
            let away = away::joined(standing.away());
            let days = away::days_there(app.today(), target, &away);
            path.needs_hours_per_week =
                (days > 0 && hours > 0.0).then(|| hours * 7.0 / days as f64);
        }
    }
    Ok(())
}

/// What is left of the plan of a path, in hours.
fn hours_left(roadmap: &Roadmap, standing: &Standing, app: &App) -> Result<f64> {
    let view = Learner { shelf: app.catalog(), standing };
    let filter = aim::filter(None, &[roadmap], standing, app)?;
    Ok(Guide::new(&view, &[roadmap], &filter).hours_left())
}

#[cfg(test)]
mod tests;
