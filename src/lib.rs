//! milepost turns a learning roadmap, written as a plain TOML file, into something you finish.
//!
//! | crate | what it knows |
//! |---|---|
//! | `crates/path` | what a path file is: the format, its checks, a roadmap as a value |
//! | `crates/core` | the learner: the record, what follows from it, a report for each question |
//! | `crates/author` | what an author needs: drafts of paths, made from other documents, and their TOML |
//! | `crates/pg` | databases: this command line, which syncs with PostgreSQL, too; a program of its own |
//! | `crates/mcp` | assistants: the same reports, over the Model Context Protocol; a program of its own |
//! | `milepost` (this one) | the command line: flags, questions, sentences, exports, the shipped paths |
//!
//! Each has a map like this one in its `lib.rs`. Data flows one way: arguments → query → catalog and
//! store → pure decision → one transaction → report → text or JSON. Imports go down only: `cli →
//! commands → {context, output, prompt, export} → words → {milepost-core, milepost-author} →
//! milepost-path`.
//!
//! | I want to change … | open |
//! |---|---|
//! | a flag, the help or the wording of `milepost X` | `commands/X.rs` |
//! | the questions and text that done, doing, skip and todo share | `commands/shared/mark.rs` |
//! | a sentence of a report, hint, warning or refusal; JSON | `words/` |
//! | how one of several is chosen at the terminal | `commands/shared/select.rs` |
//! | the look of exports; of tables and bars | `export/`, `templates/`; `text/` |
//! | what TAB offers; how a shell asks and quotes | `commands/completions/values.rs`; `shell.rs` |
//! | how a question is asked at the terminal, Ctrl-C, the editor | `prompt/` |
//! | a code of an error and its exit code, how it is shown | `error.rs`; `output.rs` |
//! | what a person is told when something is wrong with a record | `words/store_error.rs` |
//! | what a person is told of path files that cannot be used; of a file that cannot be written | `words/catalog_problem.rs`; `disk_error.rs` |
//! | the JSON Schema of a report, for other front ends | `words::Described`, by the feature `schemars` |
//! | the clock and the time zone | `clock.rs` |
//! | where files live, environment, defaults | `config.rs` |
//! | the keys of config.toml; how its text is changed; what sets a key | `config/file.rs`; `config/change.rs`; `config/setting.rs` |
//! | what editors know of the files | `schemas/`; `fmt`: `crates/author/src/format.rs` |
//! | a built-in path; areas, roles and the glossary | `paths/*.toml`; `paths/career.toml`: nothing else |

pub mod builtin;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod context;
pub mod error;
pub mod export;
pub mod output;
pub mod prompt;
pub mod text;
pub mod words;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};

pub use cli::Ended;
use milepost_core::sync::database::OpenDatabase;
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
    /// What speaks to databases, where this program does.
    pub database: Option<OpenDatabase>,
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
            database: None,
        }
    }
}

/// Runs one command line.
pub fn run(args: impl IntoIterator<Item = OsString>, io: &mut Io<'_>) -> Ended {
    cli::run(args, io)
}
