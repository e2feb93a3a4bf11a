//! milepost turns a learning roadmap, written as a plain TOML file, into something one finishes.
//!
//! Data flows one way: arguments → query → catalog and store → pure decision → one transaction →
//! report → text or JSON. Imports go down only: `cli → commands → {context, output, prompt, export} →
//! words → report → {catalog, store} → model`.
//!
//! | I want to change … | open |
//! |---|---|
//! | a flag, the help or the wording of `milepost X` | `commands/X.rs` |
//! | what done, doing, skip and todo share | `report/mark.rs`; `commands/mark.rs` for their questions and text |
//! | what a note or evidence can be | `report/remark.rs` |
//! | what `milepost X` reports, for every front end | `report/X.rs` |
//! | a sentence of a report, hint, warning or refusal; JSON | `words/` |
//! | how a REF becomes a node; how one of several is chosen | `report/references.rs`, `catalog/reference.rs`; `commands/select.rs` |
//! | what is recorded that no installed path shows | `model/retired.rs` |
//! | what counts as progress; as activity | `model/progress.rs`; `model/activity.rs` |
//! | pace, how long things take; forecast | `model/pace.rs`, `units.rs`; `forecast.rs` |
//! | days away, and days that count | `model/away.rs`; `study_days.rs` |
//! | what a burndown shows, where its plan begins | `model/burndown.rs` |
//! | what is next, the plan, and its reasons | `model/guidance.rs` and its folder |
//! | what a percentage counts | `model/counting.rs` |
//! | the fit with a role, and what the record speaks for; what closes a gap | `model/fit.rs`; `model/gap.rs` |
//! | which interview question is asked, when it is due, readiness | `model/interview.rs` |
//! | when something is ready, where progress is kept | `model/view.rs` |
//! | where states come from; how a mark reads only those that it needs | `model/states.rs`; `store/states.rs` |
//! | what a mark unlocks | `model/unlock.rs` |
//! | what a mark keeps of its item, so that no path changes the past | `model/as_marked.rs` |
//! | what is recorded but in no path any more | `model/former.rs` |
//! | what a mark changes; undo and redo | `model/standing.rs`; `model/history.rs` |
//! | what stands in for a broken path file; how a changed one is told | `catalog/last_good.rs` |
//! | how new content that ships is told once | `report/news.rs`; `catalog/seen.rs` |
//! | which notes and evidence stand, and their numbers; how one is erased | `model/said.rs`; `store/erase.rs` |
//! | what came with an import | `store/imports.rs` |
//! | what a new version of a file does to the record; whether two things are one | `model/effects.rs`; `likeness.rs` |
//! | what the learner decided about things that changed | `model/decision.rs`; `store/decisions.rs` |
//! | what `add` and `remove` keep, and bring back | `report/before.rs` |
//! | a key of the path format, or a check | `crates/path`: `format/reader.rs`, `format/validate.rs` |
//! | a table or column of the database | `store/schema.rs` (a new step only) and its rows |
//! | what `doctor` finds in a record; around it | `store/verify.rs`; `store/surroundings.rs` |
//! | the whole record as JSON; how two become one | `export/record.rs`; `store/merge.rs` |
//! | the order of the log, and the ids of events | `model/order.rs`; labels of older events: `store/relabel.rs` |
//! | what a portfolio has, and what of it is for the public | `report/export/` |
//! | the look of exports; of tables and bars | `export/`; `text/` |
//! | backups, daily copies, upgrades of older records | `store/copy.rs`; `copies.rs`, `restore.rs`, `upgrade.rs` |
//! | how a file is written whole, privately and durably | `disk.rs` |
//! | what TAB offers; how a shell asks and quotes | `commands/completions/values.rs`; `shell.rs` |
//! | what is the same in a search | `model/form.rs` |
//! | how a question is asked at the terminal, Ctrl-C, the editor | `prompt/` |
//! | a code of an error and its exit code, how it is shown | `error.rs`; `output.rs` |
//! | what a person is told when something is wrong with a record | `words/store_error.rs`; the facts in `store/error.rs` |
//! | the clock and the time zone | `clock.rs` |
//! | what a person is told of path files that cannot be used; of a file that cannot be written | `words/catalog_problem.rs`; `disk_error.rs` |
//! | where files live, environment, defaults | `config.rs` |
//! | a built-in path; areas, roles and the glossary | `paths/*.toml`; `paths/career.toml`: nothing else |

pub mod catalog;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod context;
pub mod disk;
pub mod error;
pub mod export;
pub mod model;
pub mod output;
pub mod prompt;
pub mod report;
pub mod store;
pub mod text;
pub mod words;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};

pub use cli::Ended;
use prompt::Prompt;

/// Reads an environment variable.
pub type Environment<'io> = Box<dyn Fn(&str) -> Option<OsString> + 'io>;

/// What the program has to do with the world: where it writes, whom it can ask, what it is told.
pub struct Io<'io> {
    /// Where the answer goes.
    pub stdout: Box<dyn Write + 'io>,
    /// Where everything said about the answer goes.
    pub stderr: Box<dyn Write + 'io>,
    /// Whether the answer goes to a terminal.
    pub stdout_is_terminal: bool,
    /// Whether messages go to a terminal.
    pub stderr_is_terminal: bool,
    /// Whom to ask; `None` if nobody can answer.
    pub prompt: Option<Box<dyn Prompt + 'io>>,
    /// The environment variables.
    pub env: Environment<'io>,
}

impl Io<'_> {
    /// The real ones.
    #[expect(clippy::disallowed_methods, reason = "the one place where the environment comes in")]
    pub fn real() -> Self {
        let stderr_is_terminal = std::io::stderr().is_terminal();
        let can_answer = std::io::stdin().is_terminal() && stderr_is_terminal;
        Self {
            stdout: Box::new(std::io::stdout()),
            stderr: Box::new(std::io::stderr()),
            stdout_is_terminal: std::io::stdout().is_terminal(),
            stderr_is_terminal,
            prompt: can_answer.then(|| {
                Box::new(prompt::Terminal::new(|name| std::env::var_os(name))) as Box<dyn Prompt>
            }),
            env: Box::new(|name| std::env::var_os(name)),
        }
    }
}

/// Runs one command line.
pub fn run(args: impl IntoIterator<Item = OsString>, io: &mut Io<'_>) -> Ended {
    cli::run(args, io)
}
