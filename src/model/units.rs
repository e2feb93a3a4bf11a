//! What a route is made of as wholes, topics and milestones, and what happened to each: the
//! [`History`] that a pace is reckoned from.
//!
//! History begins with the route. What was done up to twelve weeks before is part of it, and so on
//! backwards; one old mark is not, so that it pulls no pace down. What lies ahead is the plan, so that
//! the hours of a forecast are those of the plan. What was credited is no work, and a mark of the
//! future is none before its day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use super::counting::{self, Counts};
use super::effort::Effort;
use super::guidance::Step;
use super::pace::{Credit, Finish, History, Kind, Unit};
use super::roadmap::{Item, Node, NodeKind, Ref, Roadmap};
use super::standing::{ItemState, Status};
use super::study_days::StudyDays;
use super::view::{View, kept, olds, places};

/// What was done at most so many days before the beginning is part of the history.
const LINKED: i64 = 84;

/// The minutes of some paths by day, up to a day.
pub fn minutes<'a>(
    view: &View<'a>,
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
    view: &View<'a>,
    route: &[&'a Roadmap],
    steps: &[Step<'a>],
    (begun, planned): (Option<NaiveDate>, Option<f64>),
    today: NaiveDate,
) -> History {
    let days = StudyDays::without(view.standing.away());
    let mut tally = Tally { days, parts: Vec::new(), numbers: FxHashMap::default() };
    let ahead = tally.plan(view, steps);
    let mut done: Vec<Done> = Vec::new();
    let mut seen: FxHashSet<Ref> = FxHashSet::default();
    for roadmap in route {
        counting::each(view, &Node::Path(roadmap), |item, counts| {
            let kept = kept(view.shelf, &item);
            if !seen.insert(kept.clone()) {
                return;
            }
            let is_goal = counts == Counts::Goal;
            let state = view.state(&item);
            let at = if is_goal { Some(tally.number(&item)) } else { tally.found(&item) };
            if let Some(at) = at {
                tally.look(at, state, item.hours().filter(|_| is_goal && ahead.contains(&kept)));
            }
            if let Some(on) = state.and_then(|state| finished_on(state, today)) {
                let hours = item.hours().unwrap_or(0.0);
                let teaches = item.resource().is_some_and(|resource| !resource.is_reference);
                let is_skill = item.kind() == NodeKind::Skill;
                done.push(Done { on, kept, at, hours, is_goal, teaches, is_skill });
            }
        });
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
    for one in done.iter().filter(|one| one.is_goal) {
        if let Some(part) = one.at.and_then(|at| tally.parts.get_mut(at)) {
            part.goals += one.hours;
        }
    }
    for part in &mut tally.parts {
        part.credit.hours = part.goals.max(part.planned);
    }
    for one in &done {
        tally.finish(one, with_time.contains(&one.kept), &mut history);
    }
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

/// A topic or milestone: its path and its id.
type Id<'a> = (&'a str, &'a str);

/// The time that was spent on some paths, up to a day.
fn spent<'s, 'a: 's>(
    view: &View<'a>,
    paths: &[&'a Roadmap],
    today: NaiveDate,
) -> Vec<Spent<'s, 'a>> {
    let efforts = view.standing.efforts();
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
                know(olds(view.shelf, &node), Some((id, &topic.id)), false);
            }
            for item in roadmap.items_of_stage(stage) {
                let of = item.topic.map_or((id, item.id()), |topic| (id, topic.id.as_str()));
                know(places(view.shelf, &item), Some(of), item.resource().is_some());
            }
            let node = Node::Stage(roadmap, stage);
            know(vec![node.reference()], None, false);
        }
    }
    let of_paths = efforts.iter().filter(|effort| effort.on <= today);
    of_paths
        .filter_map(|effort| {
            let (of, is_reading) = *subjects.get(&effort.subject)?;
            Some(Spent { effort, of, is_reading })
        })
        .collect()
}

/// The day on which something was finished by study.
fn finished_on(state: &ItemState, today: NaiveDate) -> Option<NaiveDate> {
    let is_work = state.status == Status::Done && !state.known;
    state.since.filter(|on| is_work && *on <= today)
}

/// Something that was finished by study.
struct Done {
    on: NaiveDate,
    kept: Ref,
    /// The number of its topic or milestone.
    at: Option<usize>,
    hours: f64,
    is_goal: bool,
    /// Whether it is a resource that teaches.
    teaches: bool,
    is_skill: bool,
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
    /// Of the goals that were reached, and of the resources that were finished.
    credit: Credit,
    /// What was studied.
    logged: f64,
    /// Whether time was logged on more than its resources.
    is_logged_whole: bool,
    begun: Option<i64>,
}

impl Part {
    fn unit(&self) -> Unit {
        Unit {
            kind: self.kind,
            hours: self.credit.hours,
            left: self.left,
            worth: self.credit.worth(),
            logged: self.logged,
            begun: self.begun,
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
        let Self { parts, numbers, .. } = self;
        *numbers.entry(id(item)).or_insert_with(|| {
            let kind = if item.topic.is_some() { Kind::Topic } else { Kind::Milestone };
            parts.push(Part {
                kind,
                goals: 0.0,
                left: 0.0,
                planned: 0.0,
                credit: Credit::default(),
                logged: 0.0,
                is_logged_whole: false,
                begun: None,
            });
            parts.len() - 1
        })
    }

    fn found(&self, item: &Item<'a>) -> Option<usize> {
        self.numbers.get(&id(item)).copied()
    }

    /// Takes what is ahead from a plan; gives where the progress of its items is kept.
    fn plan(&mut self, view: &View<'a>, steps: &[Step<'a>]) -> FxHashSet<Ref> {
        let mut ahead = FxHashSet::default();
        for step in steps {
            let items = step.act.items();
            ahead.extend(items.iter().map(|item| kept(view.shelf, item)));
            if let Some(item) = items.first() {
                let at = self.number(item);
                if let Some(part) = self.parts.get_mut(at) {
                    part.left += step.hours;
                    part.planned += step.of;
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
            let (hours, on) =
                (f64::from(one.effort.minutes) / 60.0, self.days.number(one.effort.on));
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
    fn finish(&mut self, one: &Done, is_logged: bool, history: &mut History) {
        let on = self.days.number(one.on);
        let part = one.at.and_then(|at| self.parts.get_mut(at));
        let is_logged = is_logged || part.as_ref().is_some_and(|part| part.is_logged_whole);
        match part {
            Some(part) if one.is_goal => {
                history.finished.push((on, part.credit.grow(one.hours, 0.0)));
            }
            Some(part) if one.teaches => {
                history.finished.push((on, part.credit.grow(0.0, one.hours)));
            }
            _ => {}
        }
        if !one.is_skill && one.hours > 0.0 {
            history.finishes.push(Finish { on, hours: one.hours, is_logged });
        }
    }
}

fn id<'a>(item: &Item<'a>) -> Id<'a> {
    let id = item.topic.map_or(item.id(), |topic| topic.id.as_str());
    (item.roadmap.id.as_str(), id)
}

#[cfg(test)]
mod tests;
