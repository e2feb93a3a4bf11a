//! A life with milepost: somebody who studies what `next` says through the shipped paths, evening by
//! evening, with holidays, a pause, and a record that is not always kept as it should be.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, Days, NaiveDate};
use milepost_core::forecast::Away;
use milepost_core::internals::effort::{Effort, Session};
use milepost_core::internals::event::EventKind;
use milepost_core::internals::guidance::{Advice, Guide, Lesson, NextFilter, Nothing};
use milepost_core::internals::learner::{Learner, progress_ref};
use milepost_core::internals::path_forecast::{PathForecast, outlook};
use milepost_core::internals::standing::{Standing, SubjectState};
use milepost_core::{Annotation, Catalog, Goals, Status};
use milepost_path::{Item, Node, Ref, Roadmap, find};

use crate::learner::Dice;

pub(crate) const PATH: &str = "ai-integration";
pub(crate) const START: NaiveDate = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
/// What is known from the start: Python, git, SQL and the tools.
const KNOWN: [&str; 2] = ["foundations/programming", "foundations/development-tools"];
/// Stretches of weeks without study: holidays of every year, and a pause of six weeks.
const HOLIDAYS: [(u64, u64); 6] =
    [(28, 30), (51, 52), (80, 82), (103, 104), (132, 134), (155, 156)];
pub(crate) const PAUSE: (u64, u64) = (60, 66);
/// How many times its hours something takes, and the spread of that.
const TAKES: (f64, f64) = (1.1, 0.3);
/// Which part of the practice that the plan leaves room for is done.
const PRACTICE: f64 = 0.5;
/// After how many days a mark is recorded that was forgotten.
const FORGOTTEN: u64 = 5;

/// How somebody lives with milepost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way {
    pub(crate) name: &'static str,
    /// Marks what a resource leaves studied at once, and builds as soon as something can be built.
    pub(crate) is_keen: bool,
    /// Writes down how long was studied.
    pub(crate) logs: bool,
    /// Says holidays and the pause: the latter when it is over.
    pub(crate) says_away: bool,
    /// The most days that nineteen of twenty weekly moves have: in weeks 10 to 40, and later.
    pub(crate) most_moves: [f64; 2],
}

pub(crate) struct Life<'c> {
    pub(crate) way: Way,
    catalog: &'c Catalog,
    paths: Vec<&'c Roadmap>,
    standing: Standing,
    minutes: BTreeMap<(Ref, NaiveDate), u32>,
    dice: Dice,
    /// The hours that things still take in truth.
    takes: HashMap<Ref, f64>,
    /// Practice before skills are proven, by topic.
    practice: BTreeMap<Ref, f64>,
    /// What was finished and is not recorded yet, with the day of that.
    forgotten: Vec<(NaiveDate, NaiveDate, Item<'c>)>,
    finished: usize,
    /// Whether something was finished since it was last asked what is proven.
    is_asked: bool,
    pub(crate) studied: f64,
    /// Of each day with study.
    pub(crate) by_day: BTreeMap<NaiveDate, f64>,
    /// Weeks in which something was recorded for a day that has come.
    pub(crate) active: BTreeSet<u64>,
    pub(crate) today: NaiveDate,
    /// What the last evening was told.
    pub(crate) told: String,
    /// Evenings, and those that were answered with something to study or build.
    pub(crate) evenings: (usize, usize),
}

pub(crate) fn day_of(week: u64) -> NaiveDate {
    START + Days::new(7 * week)
}

impl<'c> Life<'c> {
    pub(crate) fn new(way: Way, catalog: &'c Catalog) -> Self {
        let paths = ["foundations", PATH].map(|id| catalog.roadmap(id).unwrap()).to_vec();
        let mut life = Self {
            way,
            catalog,
            paths,
            standing: Standing::default(),
            minutes: BTreeMap::new(),
            dice: Dice::new(7 + u64::from(way.is_keen)),
            takes: HashMap::new(),
            practice: BTreeMap::new(),
            forgotten: Vec::new(),
            finished: 0,
            is_asked: true,
            studied: 0.0,
            by_day: BTreeMap::new(),
            active: BTreeSet::new(),
            today: START,
            told: String::new(),
            evenings: (0, 0),
        };
        for id in ["foundations", PATH] {
            let goals = Goals { hours_per_week: Some(6.0), ..Goals::default() };
            life.record(&Ref::path_only(id), START, &EventKind::Started(goals));
        }
        for reference in KNOWN {
            let node = find(catalog, &Ref::from_text(reference)).unwrap();
            for item in node.items() {
                if item.resource().is_none() && !item.tracked().optional {
                    life.mark(&item, Status::Done, START, true);
                }
            }
        }
        if way.says_away {
            HOLIDAYS.iter().for_each(|weeks| life.say_away(*weeks));
        }
        life
    }

    pub(crate) fn view(&self) -> Learner<'_> {
        Learner { shelf: self.catalog, standing: &self.standing }
    }

    pub(crate) fn path(&self) -> &'c Roadmap {
        self.paths[1]
    }

    pub(crate) fn paths(&self) -> &[&'c Roadmap] {
        &self.paths
    }

    pub(crate) fn outlook(&self) -> PathForecast<'_> {
        outlook(&self.view(), self.path(), self.today)
    }

    pub(crate) fn away(&self) -> &[Away] {
        self.standing.away()
    }

    /// Lives a week, up to its Sunday.
    pub(crate) fn live(&mut self, week: u64) {
        let is_in = |(from, to): &(u64, u64)| (*from..*to).contains(&week);
        if week == PAUSE.1 && self.way.says_away {
            self.say_away(PAUSE);
        }
        let is_away = HOLIDAYS.iter().any(is_in) || is_in(&PAUSE);
        let hours = if is_away { 0.0 } else { (6.0 + 1.5 * self.dice.normal()).clamp(1.5, 11.0) };
        let mut left = (hours * 60.0) as u32;
        let mut evenings = BTreeMap::new();
        for of_week in [1, 3, 5, 0, 6, 2, 4] {
            let long = (45 + 15 * (6.0 * self.dice.roll()) as u32).min(left);
            left -= long;
            if long >= 15 {
                evenings.insert(of_week, long);
            }
        }
        for of_week in 0..7 {
            self.today = day_of(week) + Days::new(of_week);
            self.remember();
            if let Some(long) = evenings.get(&of_week) {
                self.evening(*long);
            }
        }
    }

    /// Records what was forgotten, for the day on which it was.
    fn remember(&mut self) {
        let today = self.today;
        let (due, later) = self.forgotten.drain(..).partition(|(recorded, ..)| *recorded <= today);
        self.forgotten = later;
        for (_, on, item) in due {
            self.mark(&item, Status::Done, on, false);
            self.prove_at_once(&item);
        }
    }

    fn evening(&mut self, mut left: u32) {
        let mut is_first = true;
        while left > 0 {
            // Who does what is asked sees it at the beginning of an evening.
            if self.is_asked && (is_first || self.way.is_keen) {
                self.is_asked = false;
                self.prove();
            }
            if let Some((topic, hours)) = self.practice.pop_first() {
                let spent = self.spend(&topic, false, hours, &mut left);
                if hours > spent {
                    self.practice.insert(topic, hours - spent);
                } else {
                    self.is_asked = true;
                }
                continue;
            }
            let Some(item) = self.choose(is_first) else { return };
            is_first = false;
            let reference = progress_ref(self.catalog, &item);
            let hours = self.hours_of(&item, &reference);
            if self.view().status(&item) == Status::Todo && !self.way.logs {
                self.mark(&item, Status::Doing, self.today, false);
            }
            let spent = self.spend(&reference, true, hours, &mut left);
            self.takes.insert(reference.clone(), hours - spent);
            if hours - spent < 1.0 / 60.0 {
                self.finish(item);
            }
        }
    }

    /// The hours that an item still takes in truth.
    fn hours_of(&mut self, item: &Item<'_>, reference: &Ref) -> f64 {
        if let Some(hours) = self.takes.get(reference) {
            return *hours;
        }
        let (mean, spread) = TAKES;
        item.hours().unwrap() * mean * (spread * self.dice.normal() - spread * spread / 2.0).exp()
    }

    /// Studies something for some of the time that is left.
    fn spend(&mut self, subject: &Ref, begins: bool, hours: f64, left: &mut u32) -> f64 {
        let minutes = ((hours * 60.0).ceil() as u32).clamp(1, *left);
        *left -= minutes;
        self.studied += f64::from(minutes) / 60.0;
        *self.by_day.entry(self.today).or_default() += f64::from(minutes) / 60.0;
        if self.way.logs {
            let session = Session { minutes, from: None };
            let fact = EventKind::Studied { session, begins, remark: Annotation::default() };
            self.record(subject, self.today, &fact);
            *self.minutes.entry((subject.clone(), self.today)).or_default() += minutes;
            let effort = |((subject, on), minutes): (&(Ref, NaiveDate), &u32)| Effort {
                on: *on,
                subject: subject.clone(),
                minutes: *minutes,
            };
            self.standing.put_efforts(self.minutes.iter().map(effort).collect());
            self.active.insert(self.week());
        }
        f64::from(minutes) / 60.0
    }

    /// Answers what is asked: after some practice where the plan leaves room for it.
    fn prove(&mut self) {
        let mut to_practise = BTreeMap::new();
        let mut to_mark = Vec::new();
        let view = self.view();
        let filter = NextFilter { today: self.today, ..NextFilter::default() };
        for proof in Guide::new(&view, &self.paths, &filter).to_prove() {
            let (roadmap, topic) = (proof.item.roadmap, proof.item.topic.unwrap());
            let topic = Ref::node(&roadmap.id, &topic.id);
            let is_known = self.takes.contains_key(&topic);
            if proof.spare > 0.0 && !is_known {
                to_practise.insert(topic, PRACTICE * proof.spare);
            } else {
                to_mark.push(proof.item.reference());
            }
        }
        for reference in to_mark {
            if !self.practice.keys().any(|topic| is_of(self.catalog, &reference, topic)) {
                let item = item(self.catalog, &reference);
                self.mark(&item, Status::Done, self.today, false);
            }
        }
        for (topic, hours) in to_practise {
            self.takes.insert(topic.clone(), 0.0);
            self.practice.insert(topic, hours);
        }
    }

    /// What `next` says, and what is made of it.
    fn choose(&mut self, is_first: bool) -> Option<Item<'c>> {
        let view = Learner { shelf: self.catalog, standing: &self.standing };
        let filter = NextFilter { today: self.today, ..NextFilter::default() };
        let guide = Guide::new(&view, &self.paths, &filter);
        let found = guide.next(5, false);
        let answer = match &found {
            Ok(all) => all.first().map_or(String::new(), |one| one.item.id().to_owned()),
            Err(Nothing::Finished) => "arrived".to_owned(),
            Err(Nothing::Prove) => "prove".to_owned(),
            Err(other) => panic!("{}: {other:?}", self.today),
        };
        if is_first {
            self.evenings.0 += 1;
            self.evenings.1 += usize::from(found.is_ok());
            self.told = answer;
        }
        let all: Vec<Advice<'_>> = found.ok()?;
        let is_open = |one: &&Advice<'_>| {
            let is_rest = one.because.iter().any(|because| because.code() == "rest");
            let is_forgotten = |(_, _, item): &(NaiveDate, NaiveDate, Item<'_>)| {
                item.reference() == one.item.reference()
            };
            !is_rest && !self.forgotten.iter().any(is_forgotten)
        };
        let open: Vec<&Advice<'_>> = all.iter().filter(is_open).collect();
        let in_progress = |one: &&&Advice<'_>| view.status(&one.item) == Status::Doing;
        let milestone = || open.iter().find(|one| one.item.milestone().is_some());
        let chosen = match open.iter().find(in_progress) {
            Some(one) => Some(one),
            // Now and then out of order.
            None if self.dice.roll() < 0.08 => open.last(),
            None if self.way.is_keen => milestone().or(open.first()),
            None => open.first(),
        };
        let reference = chosen?.item.reference();
        Some(item(self.catalog, &reference))
    }

    /// Marks something done: now and then some days later, or with a clock that is wrong.
    fn finish(&mut self, item: Item<'c>) {
        self.finished += 1;
        match self.finished % 12 {
            5 => self.forgotten.push((self.today + Days::new(FORGOTTEN), self.today, item)),
            at => {
                let is_wrong = at == 0 && self.finished == 12;
                let on = if is_wrong { self.today + Days::new(400) } else { self.today };
                self.mark(&item, Status::Done, on, false);
                self.prove_at_once(&item);
            }
        }
    }

    /// `done --with-skills`, unless there is something to practise first.
    fn prove_at_once(&mut self, done: &Item<'c>) {
        if !self.way.is_keen || done.resource().is_none() {
            return;
        }
        let filter = NextFilter { today: self.today, ..NextFilter::default() };
        let proofs = Guide::new(&self.view(), &self.paths, &filter).to_prove();
        if proofs.iter().any(|proof| proof.spare > 0.0 && is_beside(&proof.item, done)) {
            return;
        }
        let lesson = Lesson::of(&self.view(), done, self.today).unwrap();
        let studied: Vec<Ref> = lesson.studied().iter().map(Item::reference).collect();
        for reference in studied {
            let item = item(self.catalog, &reference);
            self.mark(&item, Status::Done, self.today, false);
        }
    }

    fn mark(&mut self, item: &Item<'_>, status: Status, on: NaiveDate, known: bool) {
        self.is_asked |= item.skill().is_none() && status == Status::Done;
        let remark = Annotation::default();
        self.record(
            &progress_ref(self.catalog, item),
            on,
            &EventKind::Marked { status, known, remark, item: None },
        );
        let week = (on - START).num_days() as u64 / 7;
        if status == Status::Done && !known {
            self.active.insert(week);
        }
    }

    fn say_away(&mut self, (from, to): (u64, u64)) {
        let fact = EventKind::Away { to: Some(day_of(to) - Days::new(1)), why: None };
        self.record(&Ref::away(day_of(from)), day_of(from), &fact);
    }

    fn record(&mut self, subject: &Ref, on: NaiveDate, fact: &EventKind) {
        let state = SubjectState::after(self.standing.subject(subject), on, fact);
        self.standing.put(subject, state);
    }

    /// The number of this week.
    pub(crate) fn week(&self) -> u64 {
        (self.today - START).num_days() as u64 / 7
    }

    /// The hours of a week in which the learner studied.
    pub(crate) fn hours_this_week(&self) -> f64 {
        let monday = self.today - Days::new(u64::from(self.today.weekday().num_days_from_monday()));
        self.by_day.range(monday..=self.today).map(|(_, hours)| hours).sum()
    }
}

fn item<'c>(catalog: &'c Catalog, reference: &Ref) -> Item<'c> {
    match find(catalog, reference) {
        Some(Node::Item(item)) => item,
        _ => panic!("no item {reference}"),
    }
}

/// Whether two items are of one topic.
fn is_beside(one: &Item<'_>, other: &Item<'_>) -> bool {
    one.roadmap.id == other.roadmap.id
        && one.topic.map(|topic| &topic.id) == other.topic.map(|topic| &topic.id)
}

/// Whether an item is of a topic.
fn is_of(catalog: &Catalog, reference: &Ref, topic: &Ref) -> bool {
    let of = item(catalog, reference);
    of.topic.is_some_and(|one| Ref::node(&of.roadmap.id, &one.id) == *topic)
}
