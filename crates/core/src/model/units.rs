//! What a route is made of as wholes, topics and milestones, and what happened to each: the
//! [`History`] that a pace is reckoned from.
//!
//! History begins with the route. What was done up to twelve weeks before is part of it, and so on
//! backwards; one old mark is not, so that it pulls no pace down. What lies ahead is the plan, so that
//! the hours of a forecast are those of the plan. What was credited is no work, and a mark of the
//! future is none before its day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use milepost_path::{Item, Node, NodeKind, Ref, Roadmap, find};
use rustc_hash::{FxHashMap, FxHashSet};

use super::activity::finished_on;
use super::as_marked::{Counted, Id, belonging, gone};
use super::counting::{self, Counts};
use super::effort::Effort;
use super::guidance::Step;
use super::learner::{Learner, former_refs, progress_ref, recorded_refs};
use super::pace::{Credit, Finish, History, Kind, Unit, Work};
use super::standing::{ItemState, Status};
use super::study_days::StudyDays;

mod ends;

/// What was done at most so many days before the beginning is part of the history.
const LINKED: i64 = 84;

/// The minutes of some paths by day, up to a day.
pub(crate) fn minutes<'a>(
    view: &Learner<'a>,
    paths: &[&'a Roadmap],
    today: NaiveDate,
) -> BTreeMap<NaiveDate, u32> {
    let mut minutes: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    for spent in spent(view, paths, today) {
        let day = minutes.entry(spent.effort.on).or_default();
        *day = day.saturating_add(spent.effort.minutes);
    }
    minutes
}

/// What happened on a route that was begun on a day, if it was, and what is ahead by its plan.
pub fn history<'a>(
    view: &Learner<'a>,
    route: &[&'a Roadmap],
    steps: &[Step<'a>],
    (begun, planned): (Option<NaiveDate>, Option<f64>),
    today: NaiveDate,
) -> History {
    let days = StudyDays::without(view.standing.all().away());
    let mut tally = Tally { days, parts: Vec::new(), numbers: FxHashMap::default() };
    let ahead = tally.plan(view, steps);
    let mut done: Vec<Done<'a>> = Vec::new();
    let mut seen: FxHashSet<Ref> = FxHashSet::default();
    for roadmap in route {
        counting::each(view, &Node::Path(roadmap), |item, counts| {
            let kept = progress_ref(view.shelf, &item);
            if !seen.insert(kept.clone()) {
                return;
            }
            let is_goal = counts == Counts::Goal;
            let state = view.state(&item);
            let at = if is_goal { Some(tally.number(&item)) } else { tally.found(&item) };
            if let Some(at) = at {
                tally.look(at, state, item.hours().filter(|_| is_goal && ahead.contains(&kept)));
            }
            if let Some(on) = state.and_then(finished_on).filter(|on| *on <= today) {
                let counted = Counted::of(view.shelf, &item, counts, state);
                done.push(Done { on, kept, at: tally.place(&counted), counted });
            }
        });
    }
    for gone in gone(view, route) {
        let (path, id) = gone.place;
        let kept = Ref::node(path, id);
        let on = finished_on(gone.state).filter(|on| *on <= today && !seen.contains(&kept));
        if let Some(on) = on {
            let at = tally.place(&gone.counted);
            if let Some(at) = at {
                tally.look(at, Some(gone.state), None);
            }
            done.push(Done { on, kept, at, counted: gone.counted });
        }
    }
    let spent = spent(view, route, today);
    let events = done.iter().map(|one| one.on).chain(spent.iter().map(|one| one.effort.on));
    let start = tally.start(events.collect(), begun, today);
    let mut history = History {
        today: tally.days.number(today),
        start,
        planned,
        logged: tally.log(&spent, start),
        ..History::default()
    };
    let with_time: FxHashSet<&Ref> = spent.iter().map(|one| &one.effort.subject).collect();
    done.retain(|one| tally.days.number(one.on) >= start);
    done.sort_by_key(|one| one.on);
    for one in &done {
        if let Some(part) = one.at.and_then(|at| tally.parts.get_mut(at)) {
            part.goals += one.counted.proven();
        }
    }
    for part in &mut tally.parts {
        part.credit.hours = part.goals.max(part.planned);
    }
    for one in &done {
        tally.finish(one, with_time.contains(&one.kept), &mut history);
    }
    history.choice = ends::of_choices(view, route);
    let next = steps.iter().find(|step| step.hours > 0.0);
    let next = next.and_then(|step| tally.found(step.act.items().first()?));
    history.next = next.and_then(|at| tally.parts.get(at)).map_or(0.0, |part| part.left);
    history.units = tally.parts.iter().map(Part::unit).collect();
    history
}

/// Time that was spent on something of a route.
struct Spent<'s, 'a> {
    effort: &'s Effort,
    /// The topic or milestone, if it is for one.
    of: Option<Id<'a>>,
    /// Whether it is for a resource by itself.
    is_reading: bool,
}

/// The time that was spent on some paths, up to a day: on what these no longer have, too.
fn spent<'s, 'a: 's>(
    view: &Learner<'a>,
    paths: &[&'a Roadmap],
    today: NaiveDate,
) -> Vec<Spent<'s, 'a>> {
    let efforts = view.standing.all().efforts();
    if efforts.is_empty() {
        return Vec::new();
    }
    let mut subjects: FxHashMap<Ref, (Option<Id<'a>>, bool)> = FxHashMap::default();
    let mut know = |places: Vec<Ref>, of: Option<Id<'a>>, is_reading: bool| {
        for place in places {
            subjects.entry(place).or_insert((of, is_reading));
        }
    };
    for roadmap in paths {
        let id = roadmap.id.as_str();
        for stage in &roadmap.stages {
            for topic in &stage.topics {
                let node = Node::Topic(roadmap, stage, topic);
                know(vec![node.reference()], Some((id, &topic.id)), false);
                know(former_refs(view.shelf, &node), Some((id, &topic.id)), false);
            }
            for item in roadmap.items_of_stage(stage) {
                let of = item.topic.map_or((id, item.id()), |topic| (id, topic.id.as_str()));
                know(recorded_refs(view.shelf, &item), Some(of), item.resource().is_some());
            }
            let node = Node::Stage(roadmap, stage);
            know(vec![node.reference()], None, false);
        }
    }
    for gone in gone(view, paths) {
        let (path, id) = gone.place;
        let is_reading = gone.counted.kind == Some(NodeKind::Resource);
        subjects.entry(Ref::node(path, id)).or_insert((gone.counted.group, is_reading));
    }
    let belongs = belonging(view, paths);
    let of_paths = efforts.iter().filter(|effort| effort.on <= today);
    of_paths
        .filter_map(|effort| {
            let known = subjects.get(&effort.subject).copied();
            let (of, is_reading) = known.or_else(|| {
                // A topic that is gone, or what was studied and never marked.
                let subject = &effort.subject;
                let is_gone = find(view.shelf, subject).is_none() && belongs(subject.path());
                is_gone.then_some((None, false))
            })?;
            Some(Spent { effort, of, is_reading })
        })
        .collect()
}

/// Something that was finished by study.
struct Done<'a> {
    on: NaiveDate,
    kept: Ref,
    /// The number of its topic or milestone.
    at: Option<usize>,
    counted: Counted<'a>,
}

/// Sums of a topic or milestone.
struct Part {
    kind: Kind,
    /// Of the goals that are ahead, or were reached.
    goals: f64,
    /// Of the plan that is ahead.
    left: f64,
    /// Of what is in it, with what was studied of that already.
    planned: f64,
    /// By how much what is ahead can be less or more.
    spare: ends::Spare,
    /// Of the goals that were reached, and of the resources that were finished.
    credit: Credit,
    /// What was studied.
    logged: f64,
    /// Whether time was logged on more than its resources.
    is_logged_whole: bool,
    begun: Option<i64>,
    /// The day on which something of it was finished last.
    ended: Option<i64>,
}

impl Part {
    fn unit(&self) -> Unit {
        Unit {
            kind: self.kind,
            hours: self.credit.hours,
            left: self.left,
            spare: self.spare.ends(),
            worth: self.credit.worth(),
            logged: self.logged,
            begun: self.begun,
            ended: self.ended,
        }
    }

    fn begin(&mut self, on: i64) {
        self.begun = Some(self.begun.map_or(on, |begun| begun.min(on)));
    }
}

/// The topics and milestones of a route on the way to its history.
struct Tally<'a> {
    days: StudyDays,
    parts: Vec<Part>,
    numbers: FxHashMap<Id<'a>, usize>,
}

impl<'a> Tally<'a> {
    /// The topic or milestone of an item, which is new if it was not there.
    fn number(&mut self, item: &Item<'a>) -> usize {
        let kind = if item.topic.is_some() { Kind::Topic } else { Kind::Milestone };
        self.numbered(id(item), kind)
    }

    /// The topic or milestone of something that was finished; `None` if it is in no part of the plan
    /// and none counts it.
    fn place(&mut self, counted: &Counted<'a>) -> Option<usize> {
        let group = counted.group?;
        let is_milestone = counted.kind == Some(NodeKind::Milestone);
        let kind = if is_milestone { Kind::Milestone } else { Kind::Topic };
        match counted.is_goal {
            true => Some(self.numbered(group, kind)),
            false => self.numbers.get(&group).copied(),
        }
    }

    fn numbered(&mut self, id: Id<'a>, kind: Kind) -> usize {
        let Self { parts, numbers, .. } = self;
        *numbers.entry(id).or_insert_with(|| {
            parts.push(Part {
                kind,
                goals: 0.0,
                left: 0.0,
                planned: 0.0,
                spare: ends::Spare::default(),
                credit: Credit::default(),
                logged: 0.0,
                is_logged_whole: false,
                begun: None,
                ended: None,
            });
            parts.len() - 1
        })
    }

    fn found(&self, item: &Item<'a>) -> Option<usize> {
        self.numbers.get(&id(item)).copied()
    }

    /// Takes what is ahead from a plan; gives where the progress of its items is kept.
    fn plan(&mut self, view: &Learner<'a>, steps: &[Step<'a>]) -> FxHashSet<Ref> {
        let mut ahead = FxHashSet::default();
        for step in steps {
            let items = step.act.items();
            ahead.extend(items.iter().map(|item| progress_ref(view.shelf, item)));
            if let Some(item) = items.first() {
                let at = self.number(item);
                if let Some(part) = self.parts.get_mut(at) {
                    part.left += step.hours;
                    part.planned += step.of;
                    part.spare.take(step);
                }
            }
        }
        ahead
    }

    /// Takes what is recorded of an item, with its hours where it is a goal that is ahead.
    fn look(&mut self, at: usize, state: Option<&ItemState>, ahead: Option<f64>) {
        let Some(part) = self.parts.get_mut(at) else { return };
        part.goals += ahead.unwrap_or(0.0);
        let Some(state) = state.filter(|state| !state.known) else { return };
        let is_begun = matches!(state.status, Status::Doing | Status::Done);
        if let Some(on) = state.begun.or(state.since).filter(|_| is_begun) {
            part.begin(self.days.number(on));
        }
    }

    /// The number of the first day of a history with these days in it.
    fn start(&self, mut events: Vec<NaiveDate>, begun: Option<NaiveDate>, today: NaiveDate) -> i64 {
        events.sort_unstable();
        let first = self.days.number(begun.unwrap_or(today).min(today));
        events
            .iter()
            .rev()
            .map(|on| self.days.number(*on))
            .fold(first, |first, on| if first - on <= LINKED { first.min(on) } else { first })
    }

    /// Takes the time that was spent; gives the hours by day, since a day.
    fn log(&mut self, spent: &[Spent<'_, 'a>], start: i64) -> Vec<(i64, f64)> {
        let mut logged: BTreeMap<i64, f64> = BTreeMap::new();
        for one in spent {
            let hours = f64::from(one.effort.minutes) / 60.0;
            let on = self.days.number(one.effort.on);
            if on >= start {
                *logged.entry(on).or_default() += hours;
            }
            let at = one.of.and_then(|of| self.numbers.get(&of));
            if let Some(part) = at.and_then(|at| self.parts.get_mut(*at)) {
                part.logged += hours;
                part.is_logged_whole |= !one.is_reading;
                part.begin(on);
            }
        }
        logged.into_iter().collect()
    }

    /// Takes what was finished.
    fn finish(&mut self, one: &Done<'a>, is_logged: bool, history: &mut History) {
        let on = self.days.number(one.on);
        let part = one.at.and_then(|at| self.parts.get_mut(at));
        let is_logged = is_logged || part.as_ref().is_some_and(|part| part.is_logged_whole);
        let Counted { is_goal, teaches, hours, of, .. } = one.counted;
        if let Some(part) = part.filter(|_| is_goal || teaches) {
            part.ended = part.ended.max(Some(on));
            let hours = if is_goal {
                part.credit.grow(one.counted.proven(), 0.0)
            } else {
                part.credit.grow_by_reading(hours, of)
            };
            history.finished.push(Work { on, kind: part.kind, hours });
        }
        if one.counted.kind != Some(NodeKind::Skill) && one.counted.hours > 0.0 {
            history.finishes.push(Finish { on, hours: one.counted.hours, is_logged });
        }
    }
}

fn id<'a>(item: &Item<'a>) -> Id<'a> {
    let id = item.topic.map_or(item.id(), |topic| topic.id.as_str());
    (item.roadmap.id.as_str(), id)
}

#[cfg(test)]
mod tests;
