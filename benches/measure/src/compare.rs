//! Whole commands beside the floors, in one interleaved run, and what they need of memory:
//! `docs/performance.md` says how to run it. Prints a table of ratios of medians with their targets.
//!
//! `compare [--runs N] [--events N] [MILEPOST [FLOORS]]`; the floors are looked for in a folder.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use milepost_core::Stamp;
use milepost_core::internals::store::Store;
use milepost_measure::{entries, path_file, roadmap};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Bytes of memory and of the binary that are aimed at.
const MOST_MEMORY: u64 = 12_000_000;
const MOST_BINARY: u64 = 6_000_000;

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(missed) => {
            println!("\n{missed} above target");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

struct Settings {
    runs: usize,
    events: usize,
    milepost: PathBuf,
    floors: PathBuf,
}

fn run(args: Vec<String>) -> Result<usize> {
    if let [word, home, items, marked, events] = args.as_slice()
        && word == "prepare"
    {
        prepare(Path::new(home), items.parse()?, marked.parse()?, events.parse()?)?;
        return Ok(0);
    }
    let settings = settings(args)?;
    let folder = tempfile::tempdir()?;
    let bench = Bench { settings, folder: folder.path().to_owned() };
    let mut missed = 0;
    println!("medians of {} interleaved runs\n", bench.settings.runs);
    println!("| command | items | events | ms | floor | ms | ratio | target | |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for row in bench.against_floors()?.into_iter().chain(bench.against_history()?) {
        missed += usize::from(row.print());
    }
    println!(
        "\n| command | items | ms over a start | bytes printed | time ratio | bytes ratio | |"
    );
    println!("|---|---|---|---|---|---|---|");
    missed += bench.growth()?;
    println!("\n| command | peak memory, MB | target | |");
    println!("|---|---|---|---|");
    missed += bench.memory()?;
    let size = std::fs::metadata(&bench.settings.milepost)?.len();
    let (shown, verdict) = (size as f64 / 1e6, verdict(size < MOST_BINARY));
    println!("\nThe binary has {shown:.1} MB; target 6 {verdict}");
    Ok(missed + usize::from(size >= MOST_BINARY))
}

fn settings(args: Vec<String>) -> Result<Settings> {
    let (mut runs, mut events) = (200, 1_000_000);
    let mut places = Vec::new();
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--runs" => runs = args.next().ok_or("--runs N")?.parse()?,
            "--events" => events = args.next().ok_or("--events N")?.parse()?,
            _ => places.push(std::path::absolute(arg)?),
        }
    }
    let mut places = places.into_iter();
    let default = |place: &str| std::path::absolute(place);
    let milepost = places.next().map_or_else(|| default("target/release/milepost"), Ok)?;
    let floors = places.next().map_or_else(|| default("benches/floor/target/release"), Ok)?;
    let floor = |name: &str| floors.join(name);
    for needed in ["hello", "read", "mark", "peak"].map(floor).iter().chain([&milepost]) {
        if !needed.is_file() {
            return Err(format!("{} is not there; build it first", needed.display()).into());
        }
    }
    Ok(Settings { runs, events, milepost, floors })
}

/// Puts a path of so many items, and a record of so many events on some of them, under a home. In a
/// process of its own, so that the one that measures stays small.
fn prepare(home: &Path, items: usize, marked: usize, events: usize) -> Result<()> {
    let paths = home.join(".config/milepost/paths");
    std::fs::create_dir_all(&paths)?;
    std::fs::write(paths.join("sample.toml"), path_file(items))?;
    let now: DateTime<Utc> = "2026-11-20T08:30:00Z".parse()?;
    let mut store = Store::open_or_create(&home.join(".local/share/milepost/progress.db"))?;
    let roadmap = roadmap(items);
    let mut writing = store.write(Stamp { now, today: now.date_naive() })?;
    for (entry, on) in entries(&roadmap, marked, events) {
        writing.append(entry, on)?;
    }
    writing.commit()?;
    Ok(())
}

struct Bench {
    settings: Settings,
    folder: PathBuf,
}

/// A home, and what a program is told there.
struct Home(PathBuf);

impl Home {
    fn command(&self, program: &Path, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(args)
            .env_clear()
            .env("HOME", &self.0)
            .env("MILEPOST_NOW", "2026-11-20T09:30:00+01:00")
            .env("TZ", "UTC")
            .current_dir(&self.0)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    fn db(&self) -> PathBuf {
        self.0.join(".local/share/milepost/progress.db")
    }
}

/// A command to measure: its arguments in turn, so that each run changes something.
struct Candidate<'a> {
    home: &'a Home,
    program: &'a Path,
    turns: Vec<Vec<String>>,
}

/// One line of the comparison.
struct Row {
    name: String,
    items: String,
    events: String,
    floor: String,
    times: [Duration; 2],
    target: f64,
}

impl Row {
    /// Prints it; tells whether it misses its target.
    fn print(&self) -> bool {
        let [own, floor] = self.times.map(|time| time.as_secs_f64() * 1e3);
        let ratio = own / floor;
        let (name, items, events) = (&self.name, &self.items, &self.events);
        let verdict = verdict(ratio <= self.target);
        println!(
            "| {name} | {items} | {events} | {own:.2} | {} | {floor:.2} | {ratio:.2} | {} | {verdict} |",
            self.floor, self.target
        );
        ratio > self.target
    }
}

fn verdict(reached: bool) -> &'static str {
    if reached { "" } else { "**above**" }
}

impl Bench {
    /// A home with the shipped paths followed and some of their items done.
    fn shipped(&self) -> Result<Home> {
        let home = self.home("shipped")?;
        for line in [
            "start foundations ai-integration ml-engineering",
            "done foundations/programming ai-integration/fastapi --yes",
            "status",
        ] {
            self.ok(&home, line)?;
        }
        Ok(home)
    }

    fn sample(&self, items: usize, marked: usize, events: usize) -> Result<Home> {
        let home = self.home(&format!("sample-{items}-{events}"))?;
        let name = home.0.to_str().ok_or("a temporary folder has a plain name")?;
        let numbers = [items, marked, events].map(|number| number.to_string());
        let mut prepare = Command::new(std::env::current_exe()?);
        if !prepare.args(["prepare", name]).args(numbers).status()?.success() {
            return Err("the record could not be made".into());
        }
        self.ok(&home, "status")?;
        Ok(home)
    }

    fn home(&self, name: &str) -> Result<Home> {
        let home = self.folder.join(name);
        std::fs::create_dir_all(&home)?;
        Ok(Home(home))
    }

    fn ok(&self, home: &Home, line: &str) -> Result<()> {
        let args: Vec<&str> = line.split(' ').collect();
        let status = home.command(&self.settings.milepost, &args).status()?;
        if status.success() { Ok(()) } else { Err(format!("milepost {line}: {status}").into()) }
    }

    fn milepost<'a>(&'a self, home: &'a Home, lines: &[&str]) -> Candidate<'a> {
        let words = |line: &&str| line.split(' ').map(str::to_owned).collect();
        Candidate {
            home,
            program: &self.settings.milepost,
            turns: lines.iter().map(words).collect(),
        }
    }

    /// The medians of all candidates, run in turn.
    fn medians(&self, candidates: &[Candidate<'_>]) -> Result<Vec<Duration>> {
        let mut times = vec![Vec::new(); candidates.len()];
        for round in 0..self.settings.runs + 10 {
            for (candidate, times) in candidates.iter().zip(&mut times) {
                let turn = &candidate.turns[round % candidate.turns.len()];
                let args: Vec<&str> = turn.iter().map(String::as_str).collect();
                let mut command = candidate.home.command(candidate.program, &args);
                let begun = Instant::now();
                let status = command.status()?;
                let taken = begun.elapsed();
                if !status.success() {
                    return Err(
                        format!("{} {args:?}: {status}", candidate.program.display()).into()
                    );
                }
                // The first ones warm up.
                if round >= 10 {
                    times.push(taken);
                }
            }
        }
        Ok(times.into_iter().map(median).collect())
    }

    /// Each kind of command against the least that it could do, at 1,000 items.
    fn against_floors(&self) -> Result<Vec<Row>> {
        let home = self.sample(1_000, 1_000, 1_000)?;
        let floors = |name: &str| self.settings.floors.join(name);
        let (hello, read, mark) = (floors("hello"), floors("read"), floors("mark"));
        let marked = home.0.join("marked.db").display().to_string();
        let mut index = vec![home.db().display().to_string()];
        for entry in std::fs::read_dir(home.0.join(".cache/milepost/paths"))? {
            index.push(entry?.path().display().to_string());
        }
        let floor = |program, args: &[String]| Candidate {
            home: &home,
            program,
            turns: vec![args.to_vec()],
        };
        let marks = ["done sample/t7-skill-1", "todo sample/t7-skill-1"];
        let candidates = [
            floor(&hello, &[]),
            floor(&read, &index),
            floor(&mark, &[marked, "sample/t7-skill-1".to_owned()]),
            self.milepost(&home, &["--version"]),
            self.milepost(&home, &marks),
            self.milepost(&home, &["next"]),
            self.milepost(&home, &["status"]),
            self.milepost(&home, &["export --format json"]),
        ];
        let times = self.medians(&candidates)?;
        let row = |name: &str, at: usize, floor: (&str, usize), target| Row {
            name: format!("`milepost {name}`"),
            items: "1,000".to_owned(),
            events: "1,000".to_owned(),
            floor: floor.0.to_owned(),
            times: [times[at], times[floor.1]],
            target,
        };
        Ok(vec![
            row("--version", 3, ("hello", 0), 1.3),
            row("done REF", 4, ("mark", 2), 1.15),
            row("next", 5, ("read", 1), 1.3),
            row("status", 6, ("read", 1), 1.3),
            row("export --format json", 7, ("read", 1), 1.5),
        ])
    }

    /// The same commands with a long and a short history.
    fn against_history(&self) -> Result<Vec<Row>> {
        // On the same 90 items, so that it is the history alone that differs.
        let (short, long) =
            (self.sample(1_000, 90, 100)?, self.sample(1_000, 90, self.settings.events)?);
        // What is open in both.
        let marks = ["done sample/t99-skill-2", "todo sample/t99-skill-2"];
        let mut rows = Vec::new();
        for (name, lines) in [
            ("status", &["status"][..]),
            ("next", &["next"]),
            ("done REF", &marks),
            ("show REF", &["show sample/t7-skill-1"]),
            ("log", &["log"]),
        ] {
            let candidates = [self.milepost(&long, lines), self.milepost(&short, lines)];
            let times = self.medians(&candidates)?;
            rows.push(Row {
                name: format!("`milepost {name}`"),
                items: "1,000".to_owned(),
                events: grouped(self.settings.events),
                floor: "100 events".to_owned(),
                times: [times[0], times[1]],
                target: 1.1,
            });
        }
        Ok(rows)
    }

    /// Ten times the items: what it costs beside what it prints.
    fn growth(&self) -> Result<usize> {
        let (small, large) =
            (self.sample(1_000, 1_000, 1_000)?, self.sample(10_000, 10_000, 10_000)?);
        let mut missed = 0;
        for line in ["list", "export --format json", "export --format html", "status", "next"] {
            let candidates = [
                self.milepost(&small, &[line]),
                self.milepost(&large, &[line]),
                self.milepost(&small, &["--version"]),
            ];
            let times = self.medians(&candidates)?;
            let over = |at: usize| times[at].saturating_sub(times[2]).as_secs_f64() * 1e3;
            let mut bytes = [0; 2];
            for (home, bytes) in [&small, &large].into_iter().zip(&mut bytes) {
                let args: Vec<&str> = line.split(' ').collect();
                let mut command = home.command(&self.settings.milepost, &args);
                *bytes = command.stdout(Stdio::piped()).output()?.stdout.len();
            }
            let time_ratio = over(1) / over(0);
            let bytes_ratio = bytes[1] as f64 / bytes[0] as f64;
            // What prints as much for any path has ten times the items to read all the same.
            let reached = time_ratio <= bytes_ratio.max(10.0) * 1.1;
            missed += usize::from(!reached);
            println!(
                "| `milepost {line}` | 10,000 : 1,000 | {:.2} : {:.2} | {} : {} | {time_ratio:.1} | \
                 {bytes_ratio:.1} | {} |",
                over(1),
                over(0),
                bytes[1],
                bytes[0],
                verdict(reached)
            );
        }
        Ok(missed)
    }

    /// Peak memory with the shipped paths.
    fn memory(&self) -> Result<usize> {
        let home = self.shipped()?;
        let mut missed = 0;
        for line in [
            "--version",
            "status",
            "next",
            "show ai-integration",
            "list",
            "doing ai-integration/rest-principles",
            "export --format json",
            "export --format html",
            "search python",
        ] {
            let args: Vec<&str> = line.split(' ').collect();
            let mut command = home.command(&self.settings.floors.join("peak"), &[]);
            let output =
                command.arg(&self.settings.milepost).args(args).stderr(Stdio::piped()).output()?;
            if !output.status.success() {
                let said = String::from_utf8_lossy(&output.stderr);
                return Err(format!("milepost {line}: {}: {said}", output.status).into());
            }
            let bytes: u64 = String::from_utf8(output.stderr)?.trim().parse()?;
            let reached = bytes < MOST_MEMORY;
            missed += usize::from(!reached);
            let shown = bytes as f64 / 1e6;
            println!("| `milepost {line}` | {shown:.1} | 12 | {} |", verdict(reached));
        }
        Ok(missed)
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    groups.join(",")
}
