//! Many machines that share a record through a folder or a git repository: whatever is written, copied,
//! restored, cut off and hidden, by whatever clocks, in the end all have one log.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::world::{BEGINNING, Fails, Flaky, Home, folder};
use crate::model::standing::Status;
use crate::sync::folder::Folder;
#[cfg(unix)]
use crate::sync::git::tests::sandbox::Sandbox;
use crate::sync::remote::Remote;
use crate::sync::{Key, Options};

const ITEMS: [&str; 4] = ["a/w", "a/x", "a/y", "b/z"];

/// A day, in milliseconds.
const DAY: i64 = 86_400_000;

/// Chance that is the same each time.
struct Chance(u64);

impl Chance {
    /// Splitmix64.
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % end.max(1) as u64) as usize
    }

    fn any<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}

/// Where the record is shared.
enum There {
    Folder(tempfile::TempDir),
    /// A repository, and the clones of the machines.
    #[cfg(unix)]
    Git(Box<Sandbox>, String),
}

impl There {
    fn folder() -> Self {
        Self::Folder(folder())
    }

    #[cfg(unix)]
    fn git() -> Self {
        let sandbox = Box::new(Sandbox::new());
        let repository = sandbox.repository("log.git");
        Self::Git(sandbox, repository)
    }

    /// As a machine asks it.
    fn remote(&self, at: usize) -> Box<dyn Remote> {
        match self {
            Self::Folder(folder) => Box::new(Folder::new(folder.path())),
            #[cfg(unix)]
            Self::Git(sandbox, repository) => {
                Box::new(sandbox.machine(&format!("machine-{at}"), repository))
            }
        }
    }
}

/// One history.
struct World {
    chance: Chance,
    there: There,
    key: Key,
    machines: Vec<Home>,
    /// How far each clock is off, in milliseconds.
    clocks: Vec<i64>,
    now: i64,
    /// Copies of records, and whose they are.
    backups: Vec<(usize, Vec<u8>)>,
    /// For each event what its machine knew when it wrote it.
    known: HashMap<Uuid, Vec<Uuid>>,
    /// What a sync said was shared.
    shared: HashSet<Uuid>,
    renamed: usize,
    cut_off: usize,
}

impl World {
    fn new(seed: u64, there: There) -> Self {
        let mut chance = Chance(seed);
        let first = Home::new();
        first.mark("a/first", Status::Done);
        let known = first.ids().into_iter().map(|id| (id, Vec::new())).collect();
        let key = first.init(&mut *there.remote(0));
        let count = 2 + chance.below(5);
        let mut machines = vec![first];
        for at in 1..count {
            let home = Home::new();
            if chance.below(2) == 0 {
                home.mark(&format!("b/own{at}"), Status::Doing);
            }
            machines.push(home);
        }
        let clocks =
            (0..count).map(|_| chance.below(20 * DAY as usize) as i64 - 10 * DAY).collect();
        let (backups, shared, renamed, cut_off) = (Vec::new(), HashSet::new(), 0, 0);
        let mut world = Self {
            chance,
            there,
            key,
            machines,
            clocks,
            now: BEGINNING,
            backups,
            known,
            shared,
            renamed,
            cut_off,
        };
        for at in 1..count {
            for id in world.machines[at].ids() {
                world.known.insert(id, Vec::new());
            }
            world.machines[at].join(&mut *world.remote(at), &world.key);
        }
        world
    }

    fn remote(&self, at: usize) -> Box<dyn Remote> {
        self.there.remote(at)
    }

    fn run(&mut self, at: usize) {
        self.now += (self.chance.below(3) * self.chance.below(DAY as usize)) as i64;
        self.machines[at].now = self.now + self.clocks[at];
        let machine = &self.machines[at];
        let known = machine.ids();
        let written = match self.chance.below(5) {
            0 => machine.undo(),
            _ => {
                vec![machine.mark(self.chance.any::<&str>(&ITEMS), *self.chance.any(&Status::ALL))]
            }
        };
        self.known.extend(written.into_iter().map(|id| (id, known.clone())));
    }

    /// A sync that might be cut off at any call, in any way, or see only some of what is there.
    fn sync(&mut self, at: usize) {
        let mut inner = self.remote(at);
        let (calls, how) = (self.chance.below(8), self.chance.below(4));
        let (hides, salt) = (self.chance.below(2) == 0, self.chance.below(256) as u8);
        let mut flaky = Flaky::new(&mut *inner);
        flaky.fails = [Fails::Before, Fails::Half, Fails::After].get(how).map(|how| (calls, *how));
        // A repository shows a commit whole or not at all, and says from where to go on.
        if hides && matches!(self.there, There::Folder(_)) {
            flaky.shows = Box::new(move |name| (name.hash[0] ^ salt) % 2 == 0);
        }
        let (pull, push) =
            *self.chance.any(&[(true, true), (true, true), (true, false), (false, true)]);
        let repair = self.chance.below(12) == 0;
        let options = Options { pull, push, repair, ..Options::default() };
        match self.machines[at].try_sync(&mut flaky, options) {
            Ok(synced) => {
                assert!(synced.skipped.is_empty() && synced.too_long.is_empty(), "{synced:?}");
                self.renamed += usize::from(synced.renamed.is_some());
                if push || repair {
                    self.shared.extend(self.machines[at].ids());
                }
            }
            Err(_) => self.cut_off += 1,
        }
    }

    fn play(&mut self, steps: usize) {
        for _ in 0..steps {
            let at = self.chance.below(self.machines.len());
            match self.chance.below(16) {
                0..=6 => self.run(at),
                7..=12 => self.sync(at),
                13 => {
                    let bytes = std::fs::read(self.machines[at].record()).unwrap();
                    self.backups.push((at, bytes));
                }
                14 if !self.backups.is_empty() => {
                    let which = self.chance.below(self.backups.len());
                    let (whose, bytes) = &self.backups[which];
                    // There, or on another machine: then two live on from one. What only that one had and
                    // never shared is lost with it, as it is with any restore.
                    let to = if self.chance.below(2) == 0 { *whose } else { at };
                    self.machines[to].restore(bytes);
                }
                _ => self.clocks[at] = self.chance.below(20 * DAY as usize) as i64 - 10 * DAY,
            }
        }
    }

    /// All sync until nothing is new to anybody; then all must have one log.
    fn settle(&mut self) {
        let mut rounds = 0;
        loop {
            let done = self.machines.iter().enumerate().fold(0, |sum, (at, machine)| {
                let synced = machine.sync(&mut *self.remote(at));
                sum + synced.sent
                    + synced.received
                    + synced.lost
                    + usize::from(synced.renamed.is_some())
            });
            if done == 0 {
                break;
            }
            rounds += 1;
            assert!(rounds < 8, "it never ends");
        }
        let log = self.machines[0].ids();
        let places: HashMap<Uuid, usize> =
            log.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        assert_eq!(places.len(), log.len(), "doubled");
        assert!(self.shared.iter().all(|id| places.contains_key(id)), "lost");
        for (id, at) in &places {
            let known = self.known[id].iter().filter_map(|id| places.get(id));
            assert!(known.into_iter().all(|known| known < at), "what was known comes later");
        }
        for machine in &self.machines[1..] {
            machine.agrees_with(&self.machines[0]);
        }
        // Whoever comes now has the same.
        let fresh = Home::new();
        fresh.join(&mut *self.remote(self.machines.len()), &self.key);
        fresh.agrees_with(&self.machines[0]);
    }
}

/// Plays so many histories; gives how many syncs were cut off, and how many records went on as another device.
fn play(seeds: std::ops::Range<u64>, steps: usize, there: fn() -> There) -> (usize, usize) {
    let mut sum = (0, 0);
    for seed in seeds {
        let mut world = World::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d), there());
        world.play(steps);
        world.settle();
        sum = (sum.0 + world.cut_off, sum.1 + world.renamed);
    }
    sum
}

#[test]
fn all_machines_have_one_log_in_the_end() {
    let (cut_off, renamed) = play(0..12, 40, There::folder);
    assert!(cut_off > 10 && renamed > 2, "{cut_off} {renamed}");
}

/// `cargo test --release --lib in_many_shared_histories -- --ignored` takes some minutes.
#[test]
#[ignore = "1,000 histories of records"]
fn in_many_shared_histories_all_machines_have_one_log_in_the_end() {
    let (cut_off, renamed) = play(1_000_000..1_001_000, 80, There::folder);
    assert!(cut_off > 1000 && renamed > 200, "{cut_off} {renamed}");
}

#[cfg(unix)]
#[test]
fn over_git_all_machines_have_one_log_in_the_end() {
    let (cut_off, _) = play(0..1, 30, There::git);
    assert!(cut_off > 0);
}

/// Three machines with clocks a week apart and 500 changes.
fn five_hundred_changes(there: There) {
    let mut world = World::new(7, there);
    world.machines.truncate(3);
    world.clocks = vec![0, 7 * DAY, -7 * DAY];
    while world.known.len() < 500 {
        world.play(20);
    }
    world.settle();
}

#[test]
#[ignore = "500 changes"]
fn after_five_hundred_changes_three_machines_have_one_log() {
    five_hundred_changes(There::folder());
}

#[cfg(unix)]
#[test]
#[ignore = "500 changes over git"]
fn after_five_hundred_changes_over_git_three_machines_have_one_log() {
    five_hundred_changes(There::git());
}
