//! The learners: how long things take them, when they study, and what they write down.

use chrono::{Days, NaiveDate};
use milepost::model::away::Away;
use milepost::model::forecast::forecast;
use milepost::model::pace::{Finish, History, Kind, Unit};
use milepost::model::study_days::StudyDays;

/// Numbers that are random but the same in every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Around 0, of spread 1.
    pub(crate) fn normal(&mut self) -> f64 {
        let (far, angle) = (1.0 - self.roll(), self.roll());
        (-2.0 * far.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
    }
}

/// A kind of learner.
#[derive(Clone, Copy)]
pub(crate) struct Learner {
    pub(crate) name: &'static str,
    /// How many times their hours topics and milestones take.
    pub(crate) takes: [f64; 2],
    /// The hours of a week.
    pub(crate) hours: fn(u64, &mut Dice) -> f64,
    /// Whether an evening of a week is written down.
    pub(crate) writes: fn(u64, u64) -> bool,
    /// The hours that the learner means to study a week.
    pub(crate) planned: Option<f64>,
    /// The first week of a pause, and the first after it.
    pub(crate) pause: Option<(u64, u64)>,
    /// Whether the pause is said.
    pub(crate) is_said: bool,
}

/// What must hold of a kind of learner.
pub(crate) struct Most {
    /// The median of the errors.
    pub(crate) error: f64,
    /// The part of the weeks in which the range holds, at least.
    pub(crate) cover: f64,
    /// The percentage of large moves in the weeks 10 to 40.
    pub(crate) moves: f64,
}

fn steady(_: u64, dice: &mut Dice) -> f64 {
    (7.0 + 1.4 * dice.normal()).max(0.0)
}

fn uneven(_: u64, dice: &mut Dice) -> f64 {
    (7.0 + 5.0 * dice.normal()).max(0.0)
}

fn with_one_huge_week(week: u64, dice: &mut Dice) -> f64 {
    if week == 22 { 40.0 } else { steady(week, dice) }
}

fn slower_later(week: u64, dice: &mut Dice) -> f64 {
    steady(week, dice) * if week < 30 { 1.0 } else { 4.0 / 7.0 }
}

fn always(_: u64, _: u64) -> bool {
    true
}

fn never(_: u64, _: u64) -> bool {
    false
}

fn every_second_week(week: u64, _: u64) -> bool {
    week.is_multiple_of(2)
}

/// One evening and every second time another, of three.
fn half(week: u64, evening: u64) -> bool {
    evening == 0 || (evening == 1 && week.is_multiple_of(2))
}

fn up_to_week_30(week: u64, _: u64) -> bool {
    week < 30
}

fn from_week_20(week: u64, _: u64) -> bool {
    week >= 20
}

pub(crate) const STEADY: Learner = Learner {
    name: "steady, 1.4 times, logged",
    takes: [1.4, 1.4],
    hours: steady,
    writes: always,
    planned: Some(7.0),
    pause: None,
    is_said: false,
};

const fn most(error: f64, cover: f64, moves: f64) -> Most {
    Most { error, cover, moves }
}

pub(crate) const LEARNERS: [(&Learner, Most); 19] = [
    (&Learner { name: "the same, unlogged", writes: never, ..STEADY }, most(0.16, 0.85, 20.0)),
    (
        &Learner { name: "reads 0.45, builds 1.4 times", takes: [0.45, 1.4], ..STEADY },
        most(0.20, 0.78, 12.0),
    ),
    (&Learner { name: "uneven weeks", hours: uneven, ..STEADY }, most(0.21, 0.77, 45.0)),
    (
        &Learner { name: "uneven weeks, unlogged", hours: uneven, writes: never, ..STEADY },
        most(0.24, 0.80, 28.0),
    ),
    (
        &Learner { name: "3 weeks away", pause: Some((20, 23)), is_said: true, ..STEADY },
        most(0.20, 0.80, 10.0),
    ),
    (
        &Learner { name: "3 weeks away, unsaid", pause: Some((20, 23)), ..STEADY },
        most(0.18, 0.82, 22.0),
    ),
    (
        &Learner { name: "6 weeks away", pause: Some((20, 26)), is_said: true, ..STEADY },
        most(0.20, 0.80, 10.0),
    ),
    (
        &Learner { name: "6 weeks away, unsaid", pause: Some((20, 26)), ..STEADY },
        most(0.18, 0.82, 35.0),
    ),
    (
        &Learner {
            name: "6 weeks away, unsaid, unlogged",
            pause: Some((20, 26)),
            writes: never,
            ..STEADY
        },
        most(0.20, 0.80, 33.0),
    ),
    (
        &Learner { name: "one week of 40 h", hours: with_one_huge_week, ..STEADY },
        most(0.22, 0.75, 15.0),
    ),
    (
        &Learner { name: "from 7 to 4 h in week 30", hours: slower_later, ..STEADY },
        most(0.32, 0.50, 10.0),
    ),
    (
        &Learner { name: "logs every second week", writes: every_second_week, ..STEADY },
        most(0.18, 0.85, 90.0),
    ),
    (&Learner { name: "logs half", writes: half, ..STEADY }, most(0.18, 0.82, 34.0)),
    (
        &Learner { name: "logs up to week 30", writes: up_to_week_30, ..STEADY },
        most(0.18, 0.82, 30.0),
    ),
    (
        &Learner { name: "logs from week 20 on", writes: from_week_20, ..STEADY },
        most(0.20, 0.80, 22.0),
    ),
    (
        &Learner { name: "means 12 h, does 7", planned: Some(12.0), ..STEADY },
        most(0.25, 0.64, 12.0),
    ),
    (
        &Learner { name: "the same, unlogged", planned: Some(12.0), writes: never, ..STEADY },
        most(0.18, 0.85, 20.0),
    ),
    (&Learner { name: "nothing planned", planned: None, ..STEADY }, most(0.20, 0.78, 12.0)),
    (
        &Learner { name: "nothing planned, unlogged", planned: None, writes: never, ..STEADY },
        most(0.17, 0.82, 25.0),
    ),
];

/// The units of a route, in the order in which they are studied and built, with their hours.
const ROUTE: [(Kind, f64); 18] = [
    (Kind::Topic, 56.0),
    (Kind::Topic, 34.0),
    (Kind::Milestone, 10.0),
    (Kind::Topic, 68.0),
    (Kind::Milestone, 20.0),
    (Kind::Topic, 30.0),
    (Kind::Milestone, 20.0),
    (Kind::Topic, 24.0),
    (Kind::Milestone, 40.0),
    (Kind::Topic, 48.0),
    (Kind::Milestone, 60.0),
    (Kind::Milestone, 30.0),
    (Kind::Topic, 42.0),
    (Kind::Topic, 45.0),
    (Kind::Topic, 48.0),
    (Kind::Milestone, 120.0),
    (Kind::Milestone, 60.0),
    (Kind::Milestone, 150.0),
];
/// The parts of a topic: its resources, and the practice for what they teach.
const PARTS: [f64; 5] = [0.18, 0.12, 0.25, 0.15, 0.3];
/// How far what a thing takes is from its kind.
const SPREAD: f64 = 0.3;

/// A thing that is done at one go.
struct Thing {
    unit: usize,
    hours: f64,
}

/// The life of one learner, in days since the start.
pub(crate) struct Walk {
    planned: Option<f64>,
    things: Vec<Thing>,
    /// The number without days away of each day.
    numbers: Vec<u64>,
    /// What was written down: the number of the day, the thing, the hours.
    written: Vec<(u64, usize, f64)>,
    /// The number of the day on which each thing was finished.
    finished: Vec<u64>,
    begun: Vec<Option<u64>>,
    /// The day of arrival.
    pub(crate) end: u64,
    days: StudyDays,
}

const START: NaiveDate = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();

impl Walk {
    pub(crate) fn new(learner: &Learner, seed: u64) -> Self {
        let mut dice = Dice(seed.wrapping_mul(7919).wrapping_add(13));
        let mut things = Vec::new();
        for (unit, (kind, hours)) in ROUTE.iter().enumerate() {
            let parts = if *kind == Kind::Topic { &PARTS[..] } else { &[1.0][..] };
            things.extend(parts.iter().map(|part| Thing { unit, hours: hours * part }));
        }
        let mut take = |thing: &Thing| {
            let takes = learner.takes[usize::from(ROUTE[thing.unit].0 == Kind::Milestone)];
            thing.hours * takes * (SPREAD * dice.normal() - SPREAD * SPREAD / 2.0).exp()
        };
        let takes: Vec<f64> = things.iter().map(&mut take).collect();
        let day = |week: u64| START + Days::new(7 * week);
        let pause = learner.pause.filter(|_| learner.is_said).map(|(from, to)| Away {
            from: day(from),
            to: day(to) - Days::new(1),
            why: None,
        });
        let mut walk = Self {
            planned: learner.planned,
            begun: vec![None; ROUTE.len()],
            things,
            numbers: Vec::new(),
            written: Vec::new(),
            finished: Vec::new(),
            end: 0,
            days: StudyDays::without(pause.as_slice()),
        };
        let mut left = takes[0];
        let mut hours = 0.0;
        while walk.finished.len() < walk.things.len() {
            let (week, of_week) = (walk.end / 7, walk.end % 7);
            if of_week == 0 {
                hours = (learner.hours)(week, &mut dice);
            }
            let number = walk.days.number(START + Days::new(walk.end)) - walk.days.number(START);
            let number = number as u64;
            walk.numbers.push(number);
            let is_pause = learner.pause.is_some_and(|(from, to)| (from..to).contains(&week));
            let evening = [1, 3, 5].iter().position(|day| *day == of_week);
            if let Some(evening) = evening.filter(|_| !is_pause) {
                let is_written = (learner.writes)(week, evening as u64);
                walk.study(number, hours / 3.0, is_written, &mut left, &takes);
            }
            walk.end += 1;
        }
        walk.end -= 1;
        walk
    }

    fn study(&mut self, on: u64, mut hours: f64, is_written: bool, left: &mut f64, takes: &[f64]) {
        while hours > 1e-9 && self.finished.len() < self.things.len() {
            let at = self.finished.len();
            self.begun[self.things[at].unit].get_or_insert(on);
            let spent = hours.min(*left);
            if is_written {
                self.written.push((on, at, spent));
            }
            hours -= spent;
            *left -= spent;
            if *left <= 1e-9 {
                self.finished.push(on);
                *left = takes.get(at + 1).copied().unwrap_or(0.0);
            }
        }
    }

    /// What is known at the end of a day.
    fn history(&self, today: u64) -> History {
        let now = self.numbers[today as usize];
        let mut units: Vec<Unit> = ROUTE
            .iter()
            .zip(&self.begun)
            .map(|((kind, hours), begun)| Unit {
                kind: *kind,
                hours: *hours,
                left: 0.0,
                worth: 0.0,
                logged: 0.0,
                begun: begun.filter(|begun| *begun <= now).map(|begun| begun as i64),
            })
            .collect();
        let written = &self.written[..self.written.partition_point(|(on, ..)| *on <= now)];
        let mut on_thing = vec![0.0; self.things.len()];
        for (_, thing, hours) in written {
            units[self.things[*thing].unit].logged += hours;
            on_thing[*thing] += hours;
        }
        let done = self.finished.partition_point(|on| *on <= now);
        for (at, thing) in self.things.iter().enumerate() {
            let unit = &mut units[thing.unit];
            *(if at < done { &mut unit.worth } else { &mut unit.left }) += thing.hours;
        }
        for unit in units.iter_mut().filter(|unit| unit.left > 0.0) {
            unit.worth = Unit::worth(unit.hours, 0.0, unit.worth);
        }
        let finishes = (0..done).map(|at| Finish {
            on: self.finished[at] as i64,
            hours: self.things[at].hours,
            is_logged: on_thing[at] > 0.0,
        });
        History {
            today: now as i64,
            start: 0,
            planned: self.planned,
            next: units[self.things[done].unit].left,
            units,
            logged: written.iter().map(|(on, _, hours)| (*on as i64, *hours)).collect(),
            finished: (0..done).map(|at| (self.finished[at] as i64, 1.0)).collect(),
            finishes: finishes.collect(),
        }
    }

    /// The ends and the middle of the range that is foretold at the end of a day, in days since the
    /// start.
    pub(crate) fn forecast(&self, today: u64) -> Option<[f64; 3]> {
        let mut history = self.history(today);
        let first = self.days.number(START);
        shift(&mut history, first);
        let estimate = history.estimate()?;
        let range = forecast(&estimate, &self.days, START + Days::new(today))?;
        let day = |day: NaiveDate| (day - START).num_days() as f64;
        Some([day(range.earliest), day(range.expected), day(range.latest)])
    }
}

/// Numbers days as the calendar does.
fn shift(history: &mut History, first: i64) {
    history.today += first;
    history.start += first;
    history.logged.iter_mut().for_each(|(on, _)| *on += first);
    history.finished.iter_mut().for_each(|(on, _)| *on += first);
    history.finishes.iter_mut().for_each(|one| one.on += first);
    for unit in &mut history.units {
        unit.begun = unit.begun.map(|begun| begun + first);
    }
}
