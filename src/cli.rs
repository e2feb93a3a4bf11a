//! The command line: global flags, the commands, and the one place that dispatches them.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::StyledStr;
use clap::builder::styling::{AnsiColor, Styles};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::Io;
use crate::commands::{
    add, assess, backup, check, compare, completions, dashboard, doctor, doing, done, export,
    import, interview, list, log, next, note, open, paths, plan, redo, remove, restore, roles,
    search, show, skip, start, status, stop, todo, undo,
};
use crate::config::{self, Colour, Config};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::Output;
use crate::text::safe;

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
  milepost export -o portfolio.md   the portfolio that you show";

/// Turn a learning roadmap into something you finish
///
/// milepost follows learning paths, records what you do, says how far you are and what to do next
/// and why, and writes your portfolio. Everything is in one file on this machine.
#[derive(Debug, Parser)]
#[command(name = "milepost", version, styles = STYLES, before_help = EXAMPLES, max_term_width = 100)]
pub struct Globals {
    /// Keep the record in this file
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        value_parser = config::file_name(),
        help_heading = "Global options"
    )]
    pub db: Option<PathBuf>,

    /// Answer with one JSON document
    #[arg(long, global = true, help_heading = "Global options")]
    pub json: bool,

    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", help_heading = "Global options")]
    pub color: Option<Colour>,

    /// Never ask a question
    #[arg(long, global = true, help_heading = "Global options")]
    pub no_input: bool,

    /// Say nothing but the answer, warnings and errors
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

/// Makes of a list of modules the commands, and the way to have one of them without the others.
macro_rules! commands {
    ($($name:ident($module:ident),)*) => {
        // A doc comment here would take the place of that of the program.
        #[derive(Debug, Subcommand)]
        #[expect(missing_docs, reason = "each is documented at its Args, where its help comes from")]
        pub enum Command {
            $($name($module::Args),)*
        }

        impl Command {
            /// The arguments of one command, by its name.
            fn alone(name: &str) -> Option<clap::Command> {
                match name {
                    $(stringify!($module) => {
                        Some($module::Args::augment_args(clap::Command::new(stringify!($module))))
                    })*
                    _ => None,
                }
            }
        }
    };
}

commands! {
    Paths(paths),
    Start(start),
    Stop(stop),
    Show(show),
    List(list),
    Done(done),
    Doing(doing),
    Skip(skip),
    Todo(todo),
    Note(note),
    Undo(undo),
    Redo(redo),
    Status(status),
    Next(next),
    Plan(plan),
    Compare(compare),
    Log(log),
    Search(search),
    Open(open),
    Export(export),
    Import(import),
    Assess(assess),
    Roles(roles),
    Interview(interview),
    Check(check),
    Add(add),
    Remove(remove),
    Backup(backup),
    Restore(restore),
    Doctor(doctor),
    Completions(completions),
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
    /// Reads a command line.
    fn read(args: Vec<OsString>) -> std::result::Result<Self, clap::Error> {
        let first = args.get(1).cloned();
        let mut tree = tree(first.as_deref());
        let read = tree.try_get_matches_from_mut(args).and_then(|mut matches| {
            let globals = Globals::from_arg_matches_mut(&mut matches)?;
            let command = match matches.subcommand_name() {
                Some(_) => Some(Command::from_arg_matches_mut(&mut matches)?),
                None => None,
            };
            Ok(Self { globals, command })
        });
        // Taking it apart would cost a tenth of a start.
        std::mem::forget(tree);
        read.map_err(|error| without_misleading_tip(error, first.as_deref()))
    }
}

/// Of what it takes for an option that is not known, clap says that it can be a value after `--`. Only
/// where free text is one of the values is that what somebody wants.
fn without_misleading_tip(mut error: clap::Error, command: Option<&OsStr>) -> clap::Error {
    let takes_text = command.is_some_and(|name| name == "note" || name == "search");
    if error.kind() == ErrorKind::UnknownArgument && !takes_text {
        error.remove(ContextKind::Suggested);
    }
    error
}

/// What clap has to know to read a command line that begins so. Building all commands takes a third
/// of a start, so where the first word says which one is meant, there is only that.
fn tree(first: Option<&OsStr>) -> clap::Command {
    let Some(first) = first else {
        return Globals::command();
    };
    if first == "--version" || first == "-V" {
        return Globals::command();
    }
    match first.to_str().and_then(Command::alone) {
        Some(one) => Globals::command().subcommand(one),
        None => Cli::command(),
    }
}

/// Runs one command line.
pub fn run(args: impl IntoIterator<Item = OsString>, io: &mut Io<'_>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some(code) = completions::complete(&args, io) {
        return code;
    }
    match Cli::read(args) {
        Ok(cli) => run_parsed(&cli, io),
        Err(error) => tell_usage(error, io),
    }
}

fn run_parsed(cli: &Cli, io: &mut Io<'_>) -> ExitCode {
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
    let mut out = Output::new(io, colour, cli.globals.json, cli.globals.quiet);
    let context = match resolved {
        Ok(config) => Context::new(config),
        Err(error) => {
            out.error(&error);
            return error.exit_code();
        }
    };
    let done = dispatch(cli, &context, &mut out);
    for problem in context.take_problems() {
        out.warn(&problem);
    }
    // What was answered before an error is still the answer: `check` lists what it found.
    let mut written = out.finish();
    if let Some(problem) = context.keep_copy() {
        out.warn(&problem);
        written = written.and(out.finish());
    }
    // The process ends here: taking thousands of parsed items apart would only delay it. The record
    // is no part of the context, so it is closed.
    std::mem::forget(context);
    match done.and(written) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if !error.message().is_empty() {
                out.error(&error);
            }
            error.exit_code()
        }
    }
}

fn dispatch(cli: &Cli, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let Some(command) = &cli.command else {
        return dashboard::run(context, out);
    };
    match command {
        Command::Paths(args) => paths::run(args, context, out),
        Command::Start(args) => start::run(args, context, out),
        Command::Stop(args) => stop::run(args, context, out),
        Command::Show(args) => show::run(args, context, out),
        Command::List(args) => list::run(args, context, out),
        Command::Done(args) => done::run(args, context, out),
        Command::Doing(args) => doing::run(args, context, out),
        Command::Skip(args) => skip::run(args, context, out),
        Command::Todo(args) => todo::run(args, context, out),
        Command::Note(args) => note::run(args, context, out),
        Command::Undo(args) => undo::run(args, context, out),
        Command::Redo(args) => redo::run(args, context, out),
        Command::Status(args) => status::run(args, context, out),
        Command::Next(args) => next::run(args, context, out),
        Command::Plan(args) => plan::run(args, context, out),
        Command::Compare(args) => compare::run(args, context, out),
        Command::Log(args) => log::run(args, context, out),
        Command::Search(args) => search::run(args, context, out),
        Command::Open(args) => open::run(args, context, out),
        Command::Export(args) => export::run(args, context, out),
        Command::Import(args) => import::run(args, context, out),
        Command::Assess(args) => assess::run(args, context, out),
        Command::Roles(args) => roles::run(args, context, out),
        Command::Interview(args) => interview::run(args, context, out),
        Command::Check(args) => check::run(args, context, out),
        Command::Add(args) => add::run(args, context, out),
        Command::Remove(args) => remove::run(args, context, out),
        Command::Backup(args) => backup::run(args, context, out),
        Command::Restore(args) => restore::run(args, context, out),
        Command::Doctor(args) => doctor::run(args, context, out),
        Command::Completions(args) => completions::run(args, out),
    }
}

/// Writes what clap has to say: help and version are answers, anything else is an error.
fn tell_usage(mut error: clap::Error, io: &mut Io<'_>) -> ExitCode {
    let mut out = Output::new(io, Colour::Auto, false, false);
    shorten(&mut error);
    let rendered = error.render();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = if out.screen().paint.colour {
                rendered.ansi().to_string()
            } else {
                rendered.to_string()
            };
            out.answer(&text);
            match out.finish() {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => {
                    out.error(&error);
                    error.exit_code()
                }
            }
        }
        _ => {
            let mut text = rendered.to_string();
            // What reads a value says what is wrong with it, and might repeat it.
            if let Some(source) = std::error::Error::source(&error) {
                text = text.replace(&source.to_string(), &one_line(&source.to_string()));
            }
            out.tell(&safe::block(&text));
            Error::usage("").exit_code()
        }
    }
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
            let mut alone = tree(Some(name.as_ref()));
            alone.build();
            let names: Vec<&str> = alone.get_subcommands().map(clap::Command::get_name).collect();
            assert_eq!(names, [name.as_str(), "help"]);
            let alone = alone.find_subcommand_mut(&name).unwrap();
            assert_eq!(alone.render_long_help().to_string(), known.render_long_help().to_string());
        }
    }
}
