//! The learners: how long things take them, when they study, and what they write down.

use chrono::{Days, NaiveDate};
use milepost_core::forecast::Away;
use milepost_core::internals::forecast::forecast;
use milepost_core::internals::pace::{Finish, History, Kind, Unit, Work};
use milepost_core::internals::study_days::StudyDays;

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

pub(crate) const LEARNERS: [(&Learner, Most); 20] = [
    (&Learner { name: "the same, unlogged", writes: never, ..STEADY }, most(0.15, 0.89, 14.2)),
    (
        &Learner { name: "reads 0.45, builds 1.4 times", takes: [0.45, 1.4], ..STEADY },
        most(0.19, 0.80, 2.5),
    ),
    (
        &Learner { name: "the same, unlogged", takes: [0.45, 1.4], writes: never, ..STEADY },
        most(0.30, 0.63, 10.2),
    ),
    (&Learner { name: "uneven weeks", hours: uneven, ..STEADY }, most(0.18, 0.83, 36.6)),
    (
        &Learner { name: "uneven weeks, unlogged", hours: uneven, writes: never, ..STEADY },
        most(0.15, 0.85, 17.9),
    ),
    (
        &Learner { name: "3 weeks away", pause: Some((20, 23)), is_said: true, ..STEADY },
        most(0.16, 0.83, 7.3),
    ),
    (
        &Learner { name: "3 weeks away, unsaid", pause: Some((20, 23)), ..STEADY },
        most(0.15, 0.84, 18.7),
    ),
    (
        &Learner { name: "6 weeks away", pause: Some((20, 26)), is_said: true, ..STEADY },
        most(0.16, 0.83, 7.2),
    ),
    (
        &Learner { name: "6 weeks away, unsaid", pause: Some((20, 26)), ..STEADY },
        most(0.16, 0.84, 32.2),
    ),
    (
        &Learner {
            name: "6 weeks away, unsaid, unlogged",
            pause: Some((20, 26)),
            writes: never,
            ..STEADY
        },
        most(0.16, 0.88, 22.1),
    ),
    (
        &Learner { name: "one week of 40 h", hours: with_one_huge_week, ..STEADY },
        most(0.18, 0.82, 10.4),
    ),
    (
        &Learner { name: "from 7 to 4 h in week 30", hours: slower_later, ..STEADY },
        most(0.20, 0.70, 9.0),
    ),
    (
        &Learner { name: "logs every second week", writes: every_second_week, ..STEADY },
        most(0.15, 0.91, 21.8),
    ),
    (&Learner { name: "logs half", writes: half, ..STEADY }, most(0.15, 0.87, 18.4)),
    (
        &Learner { name: "logs up to week 30", writes: up_to_week_30, ..STEADY },
        most(0.15, 0.89, 25.4),
    ),
    (
        &Learner { name: "logs from week 20 on", writes: from_week_20, ..STEADY },
        most(0.18, 0.82, 13.3),
    ),
    (
        &Learner { name: "means 12 h, does 7", planned: Some(12.0), ..STEADY },
        most(0.17, 0.81, 10.4),
    ),
    (
        &Learner { name: "the same, unlogged", planned: Some(12.0), writes: never, ..STEADY },
        most(0.17, 0.87, 17.3),
    ),
    (&Learner { name: "nothing planned", planned: None, ..STEADY }, most(0.16, 0.83, 9.5)),
    (
        &Learner { name: "nothing planned, unlogged", planned: None, writes: never, ..STEADY },
        most(0.15, 0.89, 14.8),
    ),
];

/// The units of a route of 927 h, half of it topics and half milestones.
const KINDS: [Kind; 18] = {
    use Kind::{Milestone as M, Topic as T};
    [T, T, M, T, M, T, T, M, T, M, T, M, T, M, M, T, M, M]
};
/// The steps of the route, in order: the number of a unit, and the hours of some of its things. A topic
/// ends with the practice that it leaves room for. It is the way of who knows programming and the tools
/// through a path to artificial intelligence, where some milestones need a part of a topic only.
const STEPS: [(usize, &[f64]); 20] = [
    (0, &[15.0, 2.0, 4.0, 45.0]),
    (1, &[8.0, 1.5, 3.0, 41.5]),
    (2, &[8.0]),
    (3, &[6.0, 12.0, 24.0, 8.0, 22.0]),
    (4, &[15.0]),
    (5, &[6.0, 6.0, 4.0, 2.0, 12.0]),
    (6, &[8.0]),
    (7, &[15.0]),
    (6, &[4.0, 6.0, 6.0]),
    (8, &[30.0, 12.0, 6.0]),
    (9, &[40.0]),
    (10, &[18.0, 2.0]),
    (11, &[30.0]),
    (10, &[6.0, 16.0]),
    (12, &[15.0, 1.0, 2.0, 6.0, 24.0]),
    (13, &[60.0]),
    (14, &[60.0]),
    (15, &[3.0, 3.0, 6.0, 8.0, 8.0, 17.0]),
    (16, &[150.0]),
    (17, &[120.0]),
];
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
        let things = STEPS.iter().flat_map(|(unit, hours)| {
            hours.iter().map(|hours| Thing { unit: *unit, hours: *hours })
        });
        let things: Vec<Thing> = things.collect();
        let mut take = |thing: &Thing| {
            let takes = learner.takes[usize::from(KINDS[thing.unit] == Kind::Milestone)];
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
            begun: vec![None; KINDS.len()],
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
        let mut units: Vec<Unit> = KINDS
            .iter()
            .zip(&self.begun)
            .map(|(kind, begun)| Unit {
                kind: *kind,
                hours: 0.0,
                left: 0.0,
                spare: [0.0; 2],
                worth: 0.0,
                logged: 0.0,
                begun: begun.filter(|begun| *begun <= now).map(|begun| begun as i64),
                ended: None,
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
            unit.hours += thing.hours;
            *(if at < done { &mut unit.worth } else { &mut unit.left }) += thing.hours;
            if at < done {
                unit.ended = Some(self.finished[at] as i64);
            }
        }
        for unit in units.iter_mut().filter(|unit| unit.left > 0.0) {
            unit.worth = Unit::worth(unit.hours, 0.0, unit.worth);
        }
        let finished = (0..done).map(|at| Work {
            on: self.finished[at] as i64,
            kind: KINDS[self.things[at].unit],
            hours: self.things[at].hours,
        });
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
            choice: 0.0,
            units,
            logged: written.iter().map(|(on, _, hours)| (*on as i64, *hours)).collect(),
            finished: finished.collect(),
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
    history.finished.iter_mut().for_each(|work| work.on += first);
    history.finishes.iter_mut().for_each(|one| one.on += first);
    for unit in &mut history.units {
        unit.begun = unit.begun.map(|begun| begun + first);
        unit.ended = unit.ended.map(|ended| ended + first);
    }
}
