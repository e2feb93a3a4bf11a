//! The command line: global flags, the commands, and the one place that dispatches them.

mod help;
mod unparsed;
mod usage;
mod version;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{ExitCode, Termination};

use clap::builder::styling::{AnsiColor, Styles};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::Io;
use crate::commands::{Command, completions, dashboard};
use crate::config::{self, Colour, Config};
use crate::context::Context;
use crate::error::{Outcome, Result};
use crate::output::Output;
use crate::words;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXAMPLES: &str = "\
Examples:
  milepost start ai-integration     follow a path
  milepost next                     what to study next, and why
  milepost done fastapi             mark it done
  milepost status                   how far you are, and when you arrive
  milepost export -o portfolio.md   your portfolio";

/// Turn a learning roadmap into something you finish
///
/// milepost follows learning paths, records what you do, shows how far you are and what to do next
/// and why, and writes your portfolio. Everything stays in one file on this machine.
#[derive(Debug, Parser)]
#[command(name = "milepost", version, styles = STYLES, before_help = EXAMPLES, max_term_width = 100)]
pub struct Globals {
    /// Use this file as the record
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        value_parser = config::file_name(),
        help_heading = "Global options"
    )]
    pub db: Option<PathBuf>,

    /// Print the answer as one JSON document
    #[arg(long, global = true, help_heading = "Global options")]
    pub json: bool,

    /// When to use color
    #[arg(long, global = true, value_name = "WHEN", help_heading = "Global options")]
    pub color: Option<Colour>,

    /// Never ask a question
    #[arg(long, global = true, help_heading = "Global options")]
    pub no_input: bool,

    /// Print only the answer, warnings and errors
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub quiet: bool,
}

/// A command line.
#[derive(Debug)]
pub struct Cli {
    /// What goes with every command.
    pub globals: Globals,
    /// What to do; the dashboard where nothing is said.
    pub command: Option<Command>,
}

impl CommandFactory for Cli {
    fn command() -> clap::Command {
        Command::augment_subcommands(Globals::command())
    }

    fn command_for_update() -> clap::Command {
        Command::augment_subcommands_for_update(Globals::command_for_update())
    }
}

impl Cli {
    /// Reads a command line with the commands that it can mean.
    fn read(args: &[OsString], tree: &mut clap::Command) -> std::result::Result<Self, clap::Error> {
        let mut matches = tree.try_get_matches_from_mut(args.iter())?;
        let globals = Globals::from_arg_matches_mut(&mut matches)?;
        let command = match matches.subcommand_name() {
            Some(_) => Some(Command::from_arg_matches_mut(&mut matches)?),
            None => None,
        };
        Ok(Self { globals, command })
    }
}

/// Whether one of the values of a command is free text, which can begin with a hyphen.
fn takes_text(command: &str) -> bool {
    command == "note" || command == "search"
}

/// What clap has to know to read a command line, and to write help for so many columns. Building all commands
/// takes a third of a start, so where the first word says which one is meant, there is only that.
fn tree(args: &[OsString], columns: impl FnOnce() -> usize) -> clap::Command {
    let Some(first) = args.get(1) else {
        return Globals::command();
    };
    if first == "--version" || first == "-V" {
        return Globals::command().long_version(version::long());
    }
    match first.to_str().and_then(Command::alone) {
        Some(one) => Globals::command().subcommand(one),
        None => {
            let program = Cli::command().long_version(version::long());
            if asks_for_help(args) { help::of_program(program, columns()) } else { program }
        }
    }
}

/// Whether a command line can ask for help: the text of all commands costs more than all else.
fn asks_for_help(args: &[OsString]) -> bool {
    let is_short = |arg: &[u8]| matches!(arg, [b'-', letters @ ..] if !letters.starts_with(b"-") && letters.contains(&b'h'));
    args.iter().any(|arg| arg == "--help" || is_short(arg.as_encoded_bytes()))
}

/// What is left of a command line that was run: its exit code, and what nobody needs any more.
#[must_use]
pub struct Ended {
    exit: u8,
    /// Taking these apart costs a tenth of a start; a process that ends here leaves it out.
    _rest: (Option<clap::Command>, Option<Context>),
}

impl Ended {
    /// The exit code.
    pub fn exit(&self) -> u8 {
        self.exit
    }
}

impl Termination for Ended {
    /// The process ends: the system takes back the memory at once. The record is no part of what is
    /// left, so it is closed.
    fn report(self) -> ExitCode {
        let exit = self.exit;
        std::mem::forget(self);
        ExitCode::from(exit)
    }
}

/// Runs one command line.
pub(crate) fn run(args: impl IntoIterator<Item = OsString>, io: &mut Io<'_>) -> Ended {
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some(outcome) = completions::complete(&args, io) {
        return Ended { exit: exit(&Ok(outcome)), _rest: (None, None) };
    }
    let args = unparsed::as_option(args);
    let json = asks_for_json(&args);
    let columns = || Output::new(io, Colour::Never, false, true).screen().text_width();
    let mut tree = tree(&args, columns);
    let (exit, context) = match Cli::read(&args, &mut tree) {
        Ok(cli) => run_parsed(&cli, &args, io),
        Err(error) => (unparsed::answer_or_refuse(&error, &args, &tree, json, io), None),
    };
    Ended { exit, _rest: (Some(tree), context) }
}

/// Whether a command line that can be wrong asks for JSON: behind `--` are texts only.
fn asks_for_json(args: &[OsString]) -> bool {
    args.iter().skip(1).take_while(|arg| *arg != "--").any(|arg| arg == "--json")
}

fn exit(ended: &Result<Outcome>) -> u8 {
    match ended {
        Ok(Outcome::Good) => 0,
        Ok(Outcome::Found(kind)) => kind.exit(),
        Err(error) => error.kind().exit(),
    }
}

fn run_parsed(cli: &Cli, args: &[OsString], io: &mut Io<'_>) -> (u8, Option<Context>) {
    if cli.globals.no_input {
        io.prompt = None;
    }
    // `doctor` and `config` are about the configuration, too; they have to begin without it.
    let resolve = if matches!(cli.command, Some(Command::Doctor(_) | Command::Config(_))) {
        Config::examine
    } else {
        Config::resolve
    };
    let resolved = resolve(cli.globals.db.as_deref(), cli.globals.color, &*io.env);
    let colour = match &resolved {
        Ok(config) => config.colour,
        Err(_) => cli.globals.color.unwrap_or_default(),
    };
    let database = io.database;
    let mut out = Output::new(io, colour, cli.globals.json, cli.globals.quiet);
    let line = args.get(1..).unwrap_or_default().to_vec();
    let context = resolved.map(|config| Context { database, line, ..Context::new(config) });
    let ended = match &context {
        Ok(context) => answer(cli, context, &mut out),
        Err(error) => Err(error.clone()),
    };
    if let Err(error) = &ended {
        out.error(error);
    }
    (exit(&ended), context.ok())
}

fn answer(cli: &Cli, context: &Context, out: &mut Output<'_, '_>) -> Result<Outcome> {
    let done = dispatch(cli, context, out);
    for warning in context.app.take_warnings() {
        out.warn(&words::warning(&warning));
    }
    if done.is_err() {
        out.give_up();
    }
    // What was answered before an error is still the answer.
    let mut written = out.finish();
    if let Err(error) = context.app.keep_copy() {
        out.warn(&words::no_copy(error.into()));
        if done.is_err() || written.is_err() {
            out.give_up();
        }
        written = written.and(out.finish());
    }
    done.and_then(|outcome| written.map(|()| outcome))
}

fn dispatch(cli: &Cli, context: &Context, out: &mut Output<'_, '_>) -> Result<Outcome> {
    let Some(command) = &cli.command else {
        return dashboard::run(context, out).map(|()| Outcome::Good);
    };
    command.run(context, out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_alone_is_what_it_is_among_all() {
        let mut all = Cli::command();
        all.build();
        for known in all.get_subcommands_mut().filter(|one| one.get_name() != "help") {
            let name = known.get_name().to_owned();
            let mut alone = tree(&["milepost".into(), name.clone().into()], || 80);
            alone.build();
            let names: Vec<&str> = alone.get_subcommands().map(clap::Command::get_name).collect();
            assert_eq!(names, [name.as_str(), "help"]);
            let alone = alone.find_subcommand_mut(&name).unwrap();
            assert_eq!(alone.render_long_help().to_string(), known.render_long_help().to_string());
        }
    }
}
