//! Many machines: whatever they exchange, in whatever order and by whatever clocks, in the end all
//! have one log. The same histories are played on a model in memory and on real records.

mod before;
mod model;
mod real;

use std::collections::HashMap;

use uuid::Uuid;

use before::{Moment, Place, Theirs, interleave};

/// A day, in milliseconds.
const DAY: u64 = 86_400_000;

/// Where all clocks begin.
const BEGINNING: i64 = 1_790_000_000_000;

/// Chance that is the same each time.
#[derive(Debug)]
pub(super) struct Chance(u64);

impl Chance {
    /// Splitmix64.
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.bits() % end.max(1) as u64) as usize
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }

    /// As ids were made before: in their millisecond by chance.
    fn old_id(&mut self, now: i64) -> Uuid {
        let high = (now.max(0).unsigned_abs() << 16) | 0x7000 | (self.bits() & 0xfff);
        Uuid::from_u64_pair(high, (self.bits() >> 2) | (1 << 63))
    }
}

/// What a command does.
#[derive(Debug, Clone, Copy)]
pub(super) enum Action {
    /// Marks so many items.
    Mark(usize),
    /// Takes back the newest command.
    Undo,
    /// Brings back what was taken back last.
    Redo,
}

/// An event of the time before, in the order of its log.
#[derive(Debug, Clone, Copy)]
pub(super) struct Old {
    id: Uuid,
    device: Uuid,
    command: Uuid,
    at: i64,
    what: OldWhat,
}

#[derive(Debug, Clone, Copy)]
enum OldWhat {
    /// An item got a status.
    Marked(usize),
    /// The event at another place of the log was taken back.
    Undone(Uuid, usize),
}

/// A record of today.
pub(super) trait Replica: Sized {
    type Event: Clone;
    /// What an older record becomes.
    fn brought_up(device: Uuid, old: &[Old]) -> Self;
    /// A copy of its file: of the same device.
    fn copy(&self) -> Self;
    /// Runs a command; gives the ids of its events.
    fn run(&mut self, now: i64, action: Action, chance: &mut Chance) -> Vec<Uuid>;
    /// The log, as it is exported.
    fn events(&self) -> Vec<Self::Event>;
    /// The id of an event, and the device that wrote it.
    fn id(event: &Self::Event) -> (Uuid, Uuid);
    /// Imports events.
    fn take_up(&mut self, events: Vec<Self::Event>);
    /// Imports an export of the first form.
    fn take_up_old(&mut self, old: &[Old]);
    /// Panics where what it keeps does not agree, with its own log or with that of another.
    fn agrees_with(&self, other: &Self);
}

/// A machine, before or after its milepost was replaced by this one.
enum Machine<R> {
    Before(Uuid, Vec<Old>),
    Now(R),
}

impl<R: Replica> Machine<R> {
    fn copy(&self) -> Self {
        match self {
            Self::Before(device, log) => Self::Before(*device, log.clone()),
            Self::Now(replica) => Self::Now(replica.copy()),
        }
    }

    fn ids(&self) -> Vec<Uuid> {
        match self {
            Self::Before(_, log) => log.iter().map(|event| event.id).collect(),
            Self::Now(replica) => replica.events().iter().map(|event| R::id(event).0).collect(),
        }
    }

    fn bring_up(&mut self) {
        if let Self::Before(device, log) = self {
            *self = Self::Now(R::brought_up(*device, log));
        }
    }
}

/// What became of the histories.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    /// In the end a machine has another order than the others.
    diverged: usize,
    /// In the end something comes after what was done in its knowledge.
    out_of_order: usize,
    events: usize,
}

/// One history.
struct World<R> {
    chance: Chance,
    machines: Vec<Machine<R>>,
    /// How far each clock is off, in milliseconds.
    clocks: Vec<i64>,
    now: i64,
    backups: Vec<Machine<R>>,
    /// For each event what its machine knew when it wrote it.
    known: HashMap<Uuid, Vec<Uuid>>,
}

impl<R: Replica> World<R> {
    fn new(seed: u64) -> Self {
        let mut chance = Chance(seed);
        let count = 2 + chance.below(5);
        let mut world = Self {
            machines: Vec::new(),
            clocks: Vec::new(),
            now: BEGINNING,
            backups: Vec::new(),
            known: HashMap::new(),
            chance,
        };
        let first = world.chance.old_id(0);
        for _ in 0..count {
            // Some begin as a copy of the first one's file.
            let device = if world.chance.below(4) == 0 { first } else { world.chance.old_id(0) };
            world.machines.push(Machine::Before(device, Vec::new()));
            let off = world.wrong();
            world.clocks.push(off);
        }
        world
    }

    /// How far a clock is off: some are right, most are wrong by up to ten days.
    fn wrong(&mut self) -> i64 {
        if self.chance.below(3) == 0 {
            return 0;
        }
        (self.chance.bits() % (20 * DAY)).cast_signed() - (10 * DAY).cast_signed()
    }

    fn any(&mut self) -> usize {
        self.chance.below(self.machines.len())
    }

    /// Time goes on: often not at all, or by less than the clocks are off.
    fn step(&mut self) {
        let ahead = match self.chance.below(3) {
            0 => 0,
            1 => self.chance.bits() % 3,
            _ => self.chance.bits() % DAY,
        };
        self.now += ahead.cast_signed();
    }

    fn run(&mut self, at: usize) {
        let now = self.now + self.clocks[at];
        let known = self.machines[at].ids();
        let action = match self.chance.below(6) {
            0 => Action::Undo,
            1 => Action::Redo,
            _ => Action::Mark(1 + self.chance.below(3)),
        };
        let written = match &mut self.machines[at] {
            Machine::Now(replica) => replica.run(now, action, &mut self.chance),
            Machine::Before(device, log) => run_before(*device, log, now, action, &mut self.chance),
        };
        for id in written {
            self.known.insert(id, known.clone());
        }
    }

    /// What one machine exports, another imports.
    fn exchange(&mut self, from: usize, to: usize) {
        if from == to {
            return;
        }
        let all = self.chance.below(3) == 0;
        let sent = self.machines[from].copy();
        match (sent, &mut self.machines[to]) {
            // A newer form is refused.
            (Machine::Now(_), Machine::Before(..)) => {}
            (Machine::Before(_, theirs), Machine::Before(_, own)) => merge_before(own, &theirs),
            (Machine::Before(_, theirs), Machine::Now(replica)) => replica.take_up_old(&theirs),
            (Machine::Now(theirs), Machine::Now(replica)) => {
                for part in parts::<R>(theirs.events(), &mut self.chance) {
                    // Some parts come later, or never.
                    if all || self.chance.below(2) == 0 {
                        replica.take_up(part);
                    }
                }
            }
        }
    }

    fn play(&mut self) {
        let steps = 8 + self.chance.below(24);
        for step in 0..steps {
            self.step();
            let at = self.any();
            match self.chance.below(16) {
                0..=6 => self.run(at),
                7..=10 => {
                    let to = self.any();
                    self.exchange(at, to);
                }
                11 => self.backups.push(self.machines[at].copy()),
                12 => {
                    // A backup comes back, there or on another machine.
                    let count = self.backups.len();
                    if count > 0 {
                        self.machines[at] = self.backups[self.chance.below(count)].copy();
                    }
                }
                13 => self.clocks[at] = self.wrong(),
                // Half of the time is before the new program comes to anybody.
                _ if step * 2 > steps => self.machines[at].bring_up(),
                _ => {}
            }
        }
        for machine in &mut self.machines {
            machine.bring_up();
        }
        for _ in 0..self.chance.below(10) {
            self.step();
            let (at, to) = (self.any(), self.any());
            if self.chance.below(2) == 0 {
                self.run(at);
            } else {
                self.exchange(at, to);
            }
        }
        self.deliver();
    }

    /// Everything comes to everybody, in parts and in any order: to one machine first, then from it.
    fn deliver(&mut self) {
        let middle = self.any();
        let mut others: Vec<usize> = (0..self.machines.len()).filter(|at| *at != middle).collect();
        self.chance.shuffle(&mut others);
        let there = others.iter().map(|other| (*other, middle));
        let back = others.iter().map(|other| (middle, *other));
        for (from, to) in there.chain(back) {
            let Machine::Now(from) = &self.machines[from] else { continue };
            let parts = parts::<R>(from.events(), &mut self.chance);
            if let Machine::Now(to) = &mut self.machines[to] {
                for part in parts {
                    to.take_up(part);
                }
            }
        }
    }

    /// Whether all logs are the same, and everything comes after what its machine knew.
    fn look(&self, outcome: &mut Outcome) {
        let logs: Vec<Vec<Uuid>> = self.machines.iter().map(Machine::ids).collect();
        outcome.events += logs[0].len();
        if logs.iter().any(|log| *log != logs[0]) {
            outcome.diverged += 1;
            return;
        }
        let places: HashMap<Uuid, usize> =
            logs[0].iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let out_of_order = places.iter().any(|(id, at)| {
            let mut known = self.known[id].iter().filter_map(|id| places.get(id));
            known.any(|known| known > at)
        });
        if out_of_order {
            outcome.out_of_order += 1;
            return;
        }
        let replicas = self.machines.iter().filter_map(|machine| match machine {
            Machine::Now(replica) => Some(replica),
            Machine::Before(..) => None,
        });
        let replicas: Vec<&R> = replicas.collect();
        for other in &replicas {
            replicas[0].agrees_with(other);
        }
    }
}

/// A log as it travels: the events of each device by themselves, in pieces, in any order.
fn parts<R: Replica>(events: Vec<R::Event>, chance: &mut Chance) -> Vec<Vec<R::Event>> {
    if chance.below(4) == 0 {
        return vec![events];
    }
    let mut streams: Vec<(Uuid, Vec<R::Event>)> = Vec::new();
    for event in events {
        let (_, device) = R::id(&event);
        match streams.iter_mut().find(|(of, _)| *of == device) {
            Some((_, stream)) => stream.push(event),
            None => streams.push((device, vec![event])),
        }
    }
    let mut parts = Vec::new();
    for (_, mut stream) in streams {
        while stream.len() > 1 && chance.below(2) == 0 {
            parts.push(stream.split_off(chance.below(stream.len())));
        }
        parts.push(stream);
    }
    chance.shuffle(&mut parts);
    parts
}

fn run_before(
    device: Uuid,
    log: &mut Vec<Old>,
    now: i64,
    action: Action,
    chance: &mut Chance,
) -> Vec<Uuid> {
    let command = chance.old_id(now);
    let count = match action {
        Action::Mark(count) => count,
        Action::Undo | Action::Redo => 1,
    };
    let mut written = Vec::new();
    for _ in 0..count {
        let marked = log.iter().rev().find_map(|event| match event.what {
            OldWhat::Marked(item) => Some((event.id, item)),
            OldWhat::Undone(..) => None,
        });
        let what = match (action, marked) {
            (Action::Undo, Some((id, item))) => OldWhat::Undone(id, item),
            _ => OldWhat::Marked(chance.below(4)),
        };
        let id = chance.old_id(now);
        log.push(Old { id, device, command, at: now, what });
        written.push(id);
    }
    written
}

fn merge_before(own: &mut Vec<Old>, theirs: &[Old]) {
    let moment = |event: &Old| Moment { at: event.at, command: event.command };
    let places: HashMap<Uuid, usize> =
        own.iter().enumerate().map(|(at, event)| (event.id, at)).collect();
    let seen: Vec<Theirs> = theirs
        .iter()
        .map(|event| match places.get(&event.id) {
            Some(place) => Theirs::Shared(*place),
            None => Theirs::New(moment(event)),
        })
        .collect();
    let moments: Vec<Moment> = own.iter().map(moment).collect();
    let order = interleave(&moments, &seen);
    *own = order
        .into_iter()
        .map(|place| match place {
            Place::Own(at) => own[at],
            Place::Other(at) => theirs[at],
        })
        .collect();
}

/// Plays so many histories.
fn play<R: Replica>(seeds: std::ops::Range<u64>) -> Outcome {
    let mut outcome = Outcome::default();
    for seed in seeds {
        let mut world = World::<R>::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
        world.play();
        world.look(&mut outcome);
    }
    outcome
}

fn assert_one_log(outcome: &Outcome, histories: u64) {
    assert_eq!((outcome.diverged, outcome.out_of_order), (0, 0), "of {histories}: {outcome:?}");
    assert!(outcome.events as u64 > 5 * histories, "{outcome:?}");
}

#[test]
fn all_have_one_log_in_the_end() {
    assert_one_log(&play::<model::Model>(0..20_000), 20_000);
}

/// 200 histories, in two parts that run side by side.
#[test]
fn all_real_records_are_one_in_the_end() {
    assert_one_log(&play::<real::Real>(0..100), 100);
}

#[test]
fn all_other_real_records_are_one_in_the_end() {
    assert_one_log(&play::<real::Real>(100..200), 100);
}

/// `cargo test --release --lib in_many_histories -- --ignored` takes some minutes.
#[test]
#[ignore = "100,000 histories, and 2,000 on real records"]
fn in_many_histories_all_have_one_log_in_the_end() {
    assert_one_log(&play::<model::Model>(1_000_000..1_100_000), 100_000);
    assert_one_log(&play::<real::Real>(1_000_000..1_002_000), 2_000);
}
