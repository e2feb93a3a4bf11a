//! Sync over PostgreSQL: the first one of a large record, and those after it. `docs/performance.md` says how
//! to run it. Prints the tables that are there, with their targets.
//!
//! `postgres [--runs N] [--events N] DATABASE [MILEPOST_PG [FLOORS]]`; `peak` is looked for in the folder of the
//! floors. The password comes from where `psql` has it. The logs that it makes are erased at the end.

use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use milepost_core::Stamp;
use milepost_core::internals::store::Store;
use milepost_measure::{PATH, entries, path_file, roadmap};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const ITEMS: usize = 1_000;
const FEW: usize = 100;

/// Bytes of memory that are aimed at.
const MOST_MEMORY: u64 = 64_000_000;

fn main() -> ExitCode {
    match Settings::read(std::env::args().skip(1)).and_then(|settings| run(&settings)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

struct Settings {
    runs: usize,
    events: usize,
    database: String,
    milepost: PathBuf,
    floors: PathBuf,
}

impl Settings {
    fn read(mut args: impl Iterator<Item = String>) -> Result<Self> {
        let (mut runs, mut events) = (40, 100_000);
        let mut places = Vec::new();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--runs" => runs = args.next().ok_or("--runs N")?.parse()?,
                "--events" => events = args.next().ok_or("--events N")?.parse()?,
                _ => places.push(arg),
            }
        }
        let mut places = places.into_iter();
        let database = places.next().ok_or("name a database: postgres://…")?;
        let or = |place: Option<String>, usual: &str| {
            std::fs::canonicalize(place.unwrap_or_else(|| usual.to_owned()))
        };
        let milepost = or(places.next(), "target/release/milepost-pg")?;
        let floors = or(places.next(), "benches/floor/target/release")?;
        Ok(Self { runs, events, database, milepost, floors })
    }
}

/// A machine with a record.
struct Machine<'a> {
    settings: &'a Settings,
    home: PathBuf,
}

impl<'a> Machine<'a> {
    fn new(settings: &'a Settings, home: PathBuf) -> Result<Self> {
        let paths = home.join(".config/milepost/paths");
        std::fs::create_dir_all(&paths)?;
        std::fs::write(paths.join("sample.toml"), path_file(ITEMS))?;
        Ok(Self { settings, home })
    }

    fn record(&self, events: usize) -> Result<()> {
        let now: DateTime<Utc> = "2026-11-20T08:30:00Z".parse()?;
        let mut store =
            Store::open_or_create(&self.home.join(".local/share/milepost/progress.db"))?;
        let mut writing = store.write(Stamp { now, today: now.date_naive() })?;
        for (entry, on) in entries(&roadmap(ITEMS), usize::MAX, events) {
            writing.append(entry, on)?;
        }
        Ok(writing.commit()?)
    }

    /// How long a command takes that finds a key on standard input, and how many bytes of memory.
    fn peak(&self, line: &str, key: &str) -> Result<(Duration, u64)> {
        let file = self.home.join("key.txt");
        std::fs::write(&file, key)?;
        let mut command = Command::new(self.settings.floors.join("peak"));
        command.arg(&self.settings.milepost).args(line.split(' ')).env("HOME", &self.home);
        let begun = Instant::now();
        let output = command.current_dir(&self.home).stdin(File::open(file)?).output()?;
        let took = begun.elapsed();
        let peak = String::from_utf8(output.stderr)?;
        if !output.status.success() {
            return Err(format!("milepost-pg {line}: {peak}").into());
        }
        Ok((took, peak.trim().parse()?))
    }

    /// How long a command takes; it must succeed.
    fn time(&self, program: &Path, args: &[&str]) -> Result<(Duration, Vec<u8>)> {
        let mut command = Command::new(program);
        command.args(args).env("HOME", &self.home).current_dir(&self.home).stdin(Stdio::null());
        let begun = Instant::now();
        let output = command.output()?;
        let took = begun.elapsed();
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("{} {args:?}: {said}", program.display()).into());
        }
        Ok((took, output.stdout))
    }

    fn milepost(&self, line: &str) -> Result<(Duration, Vec<u8>)> {
        self.time(&self.settings.milepost, &line.split(' ').collect::<Vec<_>>())
    }
}

/// Two machines that share a record.
struct Pair<'a> {
    one: Machine<'a>,
    other: Machine<'a>,
}

fn run(settings: &Settings) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let database = &settings.database;
    let mut pairs = Vec::new();
    println!(
        "| the first sync | events | s | of | s | ratio | target | peak memory, MB | target | |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for events in [FEW, settings.events] {
        let machine =
            |name: &str| Machine::new(settings, folder.path().join(format!("{name}-{events}")));
        let (one, other, third) = (machine("one")?, machine("other")?, machine("third")?);
        one.record(events)?;
        let (export, whole) = one.milepost("export --full")?;
        let (sent, memory) = one.peak(&format!("sync init {database} --new"), "")?;
        row("send", events, (sent, "export --full", export, 2.0), memory);
        let key = String::from_utf8(one.milepost("sync key --show --quiet")?.1)?.trim().to_owned();
        let file = third.home.join("whole.json");
        std::fs::write(&file, whole)?;
        let (import, _) = third.milepost("import whole.json")?;
        let (taken, memory) = other.peak(&format!("sync join {database} --yes"), &key)?;
        row("take up", events, (taken, "import", import, 1.5), memory);
        pairs.push(Pair { one, other });
    }
    println!("\nmedians of {} interleaved runs\n", settings.runs);
    later(settings, &pairs)?;
    for pair in &pairs {
        pair.one.milepost("sync forget --erase --yes")?;
    }
    Ok(())
}

fn row(
    what: &str,
    events: usize,
    (took, floor, least, most): (Duration, &str, Duration, f64),
    memory: u64,
) {
    let ratio = took.as_secs_f64() / least.as_secs_f64();
    // What few events take is the connection.
    let is_above = events > FEW && (ratio > most || memory > MOST_MEMORY);
    println!(
        "| {what} | {events} | {:.2} | `{floor}` | {:.2} | {ratio:.2} | {most} | {:.1} | 64 | {} |",
        took.as_secs_f64(),
        least.as_secs_f64(),
        memory as f64 / 1e6,
        if is_above { "above" } else { "" },
    );
}

/// Small syncs of both pairs in turn, beside the least that a client does.
fn later(settings: &Settings, pairs: &[Pair<'_>]) -> Result<()> {
    let psql = Path::new("psql");
    let mut least = Vec::new();
    let mut times = vec![[const { Vec::new() }; 3]; pairs.len()];
    for round in 0..settings.runs {
        for (pair, [send, take, nothing]) in pairs.iter().zip(&mut times) {
            let status = ["done", "doing"][round % 2];
            pair.one.milepost(&format!("{status} {PATH}/t0-skill-{}", round % 4))?;
            send.push(pair.one.milepost("sync")?.0);
            take.push(pair.other.milepost("sync")?.0);
            nothing.push(pair.one.milepost("sync")?.0);
            let args = ["--no-psqlrc", "-c", "select 1", &settings.database];
            least.push(pair.one.time(psql, &args)?.0);
        }
    }
    let median = |times: &[Duration]| {
        let mut times = times.to_vec();
        times.sort();
        times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    };
    let [few, many] = times.as_slice() else { return Err("two pairs".into()) };
    println!("| | ms with {FEW} events | with {} | ratio | target | |", settings.events);
    println!("|---|---|---|---|---|---|");
    for (at, what) in ["send an event", "take an event", "nothing new"].into_iter().enumerate() {
        let (few, many) = (median(&few[at]), median(&many[at]));
        let above = if many > 1.3 * few { "above" } else { "" };
        println!("| {what} | {few:.1} | {many:.1} | {:.2} | 1.3 | {above} |", many / few);
    }
    let (least, nothing) = (median(&least), median(&many[2]));
    println!(
        "\n`psql -c 'select 1'` takes {least:.1} ms, nothing new {:.2} times that",
        nothing / least
    );
    Ok(())
}
