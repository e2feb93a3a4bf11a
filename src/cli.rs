//! The command line: global flags, the commands, and the one place that dispatches them.

mod help;
mod usage;
mod version;

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::{ExitCode, Termination};

use clap::builder::StyledStr;
use clap::builder::styling::{AnsiColor, Styles};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use milepost_path::safe;

use crate::Io;
use crate::commands::{Command, completions, dashboard};
use crate::config::{self, Colour, Config};
use crate::context::Context;
use crate::error::{Error, Outcome, Result};
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
        let first = args.get(1).cloned();
        let read = tree.try_get_matches_from_mut(args.iter()).and_then(|mut matches| {
            let globals = Globals::from_arg_matches_mut(&mut matches)?;
            let command = match matches.subcommand_name() {
                Some(_) => Some(Command::from_arg_matches_mut(&mut matches)?),
                None => None,
            };
            Ok(Self { globals, command })
        });
        read.map_err(|error| {
            let mut error = without_misleading_tip(error, first.as_deref());
            usage::suggest_commands(&mut error, tree);
            usage::suggest_options(&mut error, args, tree);
            error
        })
    }
}

/// Of what it takes for an option that is not known, clap says that it can be a value after `--`. Only
/// where free text is one of the values is that what somebody wants.
fn without_misleading_tip(mut error: clap::Error, command: Option<&OsStr>) -> clap::Error {
    let takes_text = command.and_then(OsStr::to_str).is_some_and(takes_text);
    if error.kind() == ErrorKind::UnknownArgument && !takes_text {
        error.remove(ContextKind::Suggested);
    }
    error
}

/// Whether one of the values of a command is free text, which can begin with a hyphen.
fn takes_text(command: &str) -> bool {
    command == "note" || command == "search"
}

/// What clap has to know to read a command line that begins so, for so many columns. Building all commands
/// takes a third of a start, so where the first word says which one is meant, there is only that.
fn tree(first: Option<&OsStr>, columns: impl FnOnce() -> usize) -> clap::Command {
    let Some(first) = first else {
        return Globals::command();
    };
    if first == "--version" || first == "-V" {
        return Globals::command().long_version(version::long());
    }
    match first.to_str().and_then(Command::alone) {
        Some(one) => Globals::command().subcommand(one),
        None => help::of_program(Cli::command().long_version(version::long()), columns()),
    }
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
    let json = asks_for_json(&args);
    let columns = || Output::new(io, Colour::Never, false, true).screen().text_width();
    let mut tree = tree(args.get(1).map(OsString::as_os_str), columns);
    let (exit, context) = match Cli::read(&args, &mut tree) {
        Ok(cli) => run_parsed(&cli, &args, io),
        Err(error) => {
            let lacking = usage::lacking(&error, &args, &tree)
                .or_else(|| usage::negative(&error, &args, &tree));
            (tell_usage(error, lacking, json, io), None)
        }
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
    // `doctor` examines the configuration, too; it has to begin without it.
    let resolve = if matches!(cli.command, Some(Command::Doctor(_))) {
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

/// Writes what clap has to say: help and version are answers, anything else is an error. What a command
/// line lacks is said in words of our own.
fn tell_usage(mut error: clap::Error, lacking: Option<Error>, json: bool, io: &mut Io<'_>) -> u8 {
    let is_answer = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let mut out = Output::new(io, Colour::Auto, json, false);
    if let Some(lacking) = lacking {
        out.error(&lacking);
        return lacking.kind().exit();
    }
    shorten(&mut error);
    let rendered = error.render();
    if is_answer {
        let text = if out.screen().paint.colour {
            rendered.ansi().to_string()
        } else {
            rendered.to_string()
        };
        out.answer(&text);
        let written = out.finish();
        if let Err(error) = &written {
            out.error(error);
        }
        return exit(&written.map(|()| Outcome::Good));
    }
    let mut text = rendered.to_string();
    // What reads a value says what is wrong with it, and might repeat it.
    if let Some(source) = std::error::Error::source(&error) {
        text = text.replace(&source.to_string(), &one_line(&usage::unreadable(source)));
    }
    let wrong = as_error(&text);
    if json {
        out.error(&wrong);
    } else {
        out.tell(&safe::block(&text));
    }
    wrong.kind().exit()
}

/// What clap says about a wrong command line, as an error: its first paragraph is the message, and
/// each of the others something to do.
fn as_error(text: &str) -> Error {
    let mut parts = text.split("\n\n").map(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        words.join(" ")
    });
    let first = parts.next().unwrap_or_default();
    let message = first.strip_prefix("error: ").unwrap_or(&first);
    let hints = parts.filter(|part| !part.is_empty());
    hints.fold(Error::usage(message), |error, part| {
        error.hint(part.strip_prefix("tip: ").unwrap_or(&part))
    })
}

/// clap repeats arguments, and arguments can hold anything: each becomes one line of some length, so
/// that none can pass for a message.
fn shorten(error: &mut clap::Error) {
    let short: Vec<_> = error
        .context()
        .filter(|(kind, _)| *kind != ContextKind::Usage)
        .filter_map(|(kind, value)| Some((kind, shortened(value)?)))
        .collect();
    for (kind, value) in short {
        error.insert(kind, value);
    }
}

fn shortened(value: &ContextValue) -> Option<ContextValue> {
    let styled = |text: &StyledStr| StyledStr::from(one_line(&text.to_string()));
    Some(match value {
        ContextValue::String(text) => ContextValue::String(one_line(text)),
        ContextValue::Strings(texts) => {
            ContextValue::Strings(texts.iter().map(|text| one_line(text)).collect())
        }
        ContextValue::StyledStr(text) => ContextValue::StyledStr(styled(text)),
        ContextValue::StyledStrs(texts) => {
            ContextValue::StyledStrs(texts.iter().map(styled).collect())
        }
        _ => return None,
    })
}

fn one_line(text: &str) -> String {
    safe::short(text, 300)
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
            let mut alone = tree(Some(name.as_ref()), || 80);
            alone.build();
            let names: Vec<&str> = alone.get_subcommands().map(clap::Command::get_name).collect();
            assert_eq!(names, [name.as_str(), "help"]);
            let alone = alone.find_subcommand_mut(&name).unwrap();
            assert_eq!(alone.render_long_help().to_string(), known.render_long_help().to_string());
        }
    }
}
