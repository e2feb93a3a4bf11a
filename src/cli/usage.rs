//! What is said of a command line that is wrong, in the layout of all other errors: what it lacks, what
//! it cannot take, and what was meant.

use std::collections::HashSet;
use std::ffi::OsString;
use std::num::{IntErrorKind, ParseIntError};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use milepost_path::near::near;
use milepost_path::safe;

use crate::error::Error;
use crate::text::quantity;
use crate::words::did_you_mean;

/// Of what somebody typed, an error repeats so many characters.
const SHOWN: usize = 60;

/// What is wrong with a command line, and what to do.
pub(super) fn wrong(error: &clap::Error, args: &[OsString], tree: &clap::Command) -> Error {
    lacking(error, args, tree)
        .or_else(|| negative(error, args, tree))
        .or_else(|| refused(error, args, tree))
        .unwrap_or_else(|| in_other_words(error))
}

/// What a command line lacks, what that is, and an example; or that there is no such command. `None` if
/// something else is wrong.
fn lacking(error: &clap::Error, args: &[OsString], tree: &clap::Command) -> Option<Error> {
    let Named { command, name, rest } = named(args, tree);
    if error.kind() == ErrorKind::ArgumentConflict && command.has_subcommands() {
        return no_command(command, &name, rest);
    }
    let known = || command.get_arguments().chain(tree.get_arguments());
    let (lacks, option) = match (error.kind(), error.get(ContextKind::InvalidArg)?) {
        (ErrorKind::MissingRequiredArgument, ContextValue::Strings(lacks)) => (lacks.clone(), None),
        (ErrorKind::InvalidValue, ContextValue::String(lacks)) if has_no_value(error) => {
            (vec![lacks.clone()], lacks.split(' ').next())
        }
        _ => return None,
    };
    let is_last = |lacks: &String| match option {
        None => last_of_all(lacks, command),
        Some(_) => None,
    };
    let last = match lacks.as_slice() {
        [one] => is_last(one),
        _ => None,
    };
    let found = |(at, name): (usize, &String)| {
        let is_named = |known: &&clap::Arg| bare(&known.to_string()) == bare(name);
        // Of two that are called alike, it is the second that is not there, or both are not.
        let behind = lacks.iter().skip(at + 1).filter(|other| *other == name).count();
        let alike: Vec<&clap::Arg> = known().filter(is_named).collect();
        (bare(name), alike.iter().rev().nth(behind).copied())
    };
    let lacks: Vec<(String, Option<&clap::Arg>)> = match last {
        Some(last) => vec![(bare(&last.to_string()), Some(last))],
        None => lacks.iter().enumerate().map(found).collect(),
    };
    let names: Vec<&str> = lacks.iter().map(|(name, _)| name.as_str()).collect();
    let message = match option {
        Some(option) => format!("`{option}` needs a value"),
        None => format!("`{name}` needs {}", quantity::list(&names)),
    };
    let explained = lacks.iter().filter_map(|(name, known)| {
        let help = (*known)?.get_help()?.to_string();
        // What is needed here has no default.
        let help = match help.split_once(" [default: ").filter(|_| option.is_none()) {
            Some((before, rest)) => {
                format!("{before}{}", rest.split_once(']').map_or("", |(_, after)| after))
            }
            None => help,
        };
        Some(format!("{name}: {help}"))
    });
    let said = explained.fold(Error::usage(message), Error::detail);
    let option = option.or_else(|| names.iter().find_map(|name| name.split(' ').next()));
    let said = match example(command, option, rest) {
        Some(example) => said.hint(format!("for example `{example}`")),
        None => said,
    };
    Some(said.hint(format!("`{name} --help` explains the rest")))
}

/// A number below 0 or a time with a hyphen before it, which clap takes for an option: what can stand
/// there. `None` if something else is wrong, or the command takes texts, which can begin with a hyphen.
fn negative(error: &clap::Error, args: &[OsString], tree: &clap::Command) -> Option<Error> {
    let (ErrorKind::UnknownArgument, Some(ContextValue::String(wrong))) =
        (error.kind(), error.get(ContextKind::InvalidArg))
    else {
        return None;
    };
    if !wrong.strip_prefix('-')?.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let Named { command, name, rest } = named(args, tree);
    let words: Vec<&str> = rest.iter().map_while(|word| word.to_str()).collect();
    // Of `-1h`, clap names only `-1`.
    let at = words.iter().position(|word| word.starts_with(wrong.as_str()))?;
    let (word, before) = (words.get(at)?, at.checked_sub(1).and_then(|at| words.get(at)));
    let is_named = |arg: &&clap::Arg| {
        let long = arg.get_long().map(|long| format!("--{long}"));
        let short = arg.get_short().map(|short| format!("-{short}"));
        before.is_some_and(|before| [long, short].iter().flatten().any(|name| name == before))
    };
    let mut options = tree.get_arguments().chain(command.get_arguments());
    let option = options.find(is_named).filter(|option| option.get_action().takes_values());
    let (what, could_be) = match option {
        Some(option) => (format!("`{}`", before?), vec![option]),
        None if super::takes_text(command.get_name()) => return None,
        None => (format!("`{name}`"), command.get_positionals().collect()),
    };
    let explained = could_be
        .into_iter()
        .filter_map(|arg| Some(format!("{}: {}", both_names(arg), arg.get_help()?)));
    let message = format!("{what} does not take `{}`", safe::short(word, SHOWN));
    let said = explained.fold(Error::usage(message), Error::detail);
    Some(said.hint(format!("`{name} --help` explains the rest")))
}

/// What is really not there where several values come before a last one: clap takes the only one that
/// there is for the last.
fn last_of_all<'c>(lacks: &str, command: &'c clap::Command) -> Option<&'c clap::Arg> {
    let mut positionals = command.get_positionals().skip_while(|one| one.to_string() != lacks);
    let first = positionals.next()?;
    let last = positionals.last().filter(|last| last.is_required_set())?;
    matches!(first.get_action(), clap::ArgAction::Append).then_some(last)
}

/// Whether an option stands there without a value.
fn has_no_value(error: &clap::Error) -> bool {
    match error.get(ContextKind::InvalidValue) {
        Some(ContextValue::String(value)) => value.is_empty(),
        Some(_) => false,
        None => true,
    }
}

/// The command that a command line names, as `sync init`; `None` for the program itself.
pub(super) fn topic(args: &[OsString], tree: &clap::Command) -> Option<String> {
    named(args, tree).name.strip_prefix("milepost ").map(str::to_owned)
}

/// What a command line names.
struct Named<'t, 'a> {
    /// The command; the program itself where none is named.
    command: &'t clap::Command,
    /// How it is called, from `milepost` on.
    name: String,
    /// What comes after it.
    rest: &'a [OsString],
}

fn named<'t, 'a>(args: &'a [OsString], tree: &'t clap::Command) -> Named<'t, 'a> {
    let mut rest = args.get(1..).unwrap_or_default();
    let mut named = Named { command: tree, name: String::from("milepost"), rest };
    while let Some((arg, others)) = rest.split_first() {
        rest = others;
        if let Some(found) = named.command.find_subcommand(arg) {
            let name = format!("{} {}", named.name, found.get_name());
            named = Named { command: found, name, rest };
            continue;
        }
        let is = |long: &str| arg.to_str().and_then(|arg| arg.strip_prefix("--")) == Some(long);
        let mut options = tree.get_arguments().chain(named.command.get_arguments());
        if options.any(|one| one.get_long().is_some_and(is) && one.get_action().takes_values()) {
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    named
}

/// That a command has no such command, where one is written: clap takes the word for an argument, and
/// says of what comes after it that the two do not go together.
fn no_command(command: &clap::Command, name: &str, rest: &[OsString]) -> Option<Error> {
    let mut words = rest.iter().filter_map(|word| word.to_str());
    let word = words.find(|word| !word.starts_with('-'))?;
    words.find(|word| !word.starts_with('-'))?;
    let known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    let meant = near(word, known.iter().map(|one| (*one, (*one).to_owned())));
    let said = Error::usage(format!("`{name}` has no command `{}`", safe::short(word, SHOWN)));
    Some(match meant.is_empty() {
        true => said.hint(format!("`{name} --help` lists its commands")),
        false => said.hint(did_you_mean(&meant)),
    })
}

/// An argument with its value; an option also by its letter: `-n, --limit N`.
fn both_names(arg: &clap::Arg) -> String {
    let short = arg.get_short().filter(|_| arg.get_long().is_some());
    let short = short.map(|short| format!("-{short}, ")).unwrap_or_default();
    format!("{short}{}", bare(&arg.to_string()))
}

/// `REF` of `<REF>...`, `--on DATE` of `--on <DATE>`.
fn bare(argument: &str) -> String {
    argument.chars().filter(|c| !matches!(c, '<' | '>' | '[' | ']' | '.')).collect()
}

/// An example in the help of a command: the first with an option, where one is lacking; else the first
/// with the options that are there, else the first.
fn example(command: &clap::Command, option: Option<&str>, rest: &[OsString]) -> Option<String> {
    let examples = command.get_before_help()?.to_string();
    let lines = examples.lines().map(str::trim).filter(|line| line.starts_with("milepost "));
    // What an example is for stands two blanks behind it.
    let commands: Vec<&str> = lines.filter_map(|line| line.split("  ").next()).collect();
    let has = |line: &str, option: &str| line.split(' ').any(|word| word == option);
    let first = |wanted: &[&str]| {
        commands.iter().find(|line| wanted.iter().all(|option| has(line, option)))
    };
    let found = match option.filter(|option| option.starts_with('-')) {
        Some(option) => first(&[option]),
        None => first(&given(rest)).or_else(|| commands.first()),
    };
    found.map(|line| (*line).to_owned())
}

/// The options of a command line, without their values.
fn given(rest: &[OsString]) -> Vec<&str> {
    let words = rest.iter().map_while(|word| word.to_str().filter(|word| *word != "--"));
    let options = words.filter(|word| word.starts_with("--"));
    options.filter_map(|word| word.split('=').next()).collect()
}

/// What a command line has that cannot stand there: a command, an option, a value, or two that do not
/// go together. `None` if something else is wrong.
fn refused(error: &clap::Error, args: &[OsString], tree: &clap::Command) -> Option<Error> {
    let at = named(args, tree);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            Some(unknown_command(text(error, ContextKind::InvalidSubcommand)?, &at))
        }
        ErrorKind::UnknownArgument => {
            Some(unknown_argument(text(error, ContextKind::InvalidArg)?, tree, &at))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => wrong_value(error, tree, &at),
        ErrorKind::TooManyValues => {
            let (of, value) = (option_of(error)?, text(error, ContextKind::InvalidValue)?);
            let said =
                Error::usage(format!("`{of}` does not take `{}`", safe::short(value, SHOWN)));
            Some(said.hint(format!("`{} --help` says what it takes", at.name)))
        }
        ErrorKind::ArgumentConflict => conflict(error, &at),
        _ => None,
    }
}

/// The option that an error is about.
fn option_of(error: &clap::Error) -> Option<&str> {
    let of = text(error, ContextKind::InvalidArg)?.split(' ').next()?;
    of.starts_with('-').then_some(of)
}

/// A command that is not known, and those that are like it, the most alike first.
fn unknown_command(typed: &str, at: &Named<'_, '_>) -> Error {
    let known = at.command.get_subcommands().map(clap::Command::get_name);
    let meant = near(typed, known.map(|name| (name, name.to_owned())));
    let said = Error::usage(format!("there is no command `{}`", safe::short(typed, SHOWN)));
    match meant.is_empty() {
        true => said.hint(format!("`{} --help` lists the commands", at.name)),
        false => said.hint(did_you_mean(&meant)),
    }
}

/// An option that a command does not have, or a value more than it takes.
fn unknown_argument(typed: &str, tree: &clap::Command, at: &Named<'_, '_>) -> Error {
    let (name, shown) = (&at.name, safe::short(typed, SHOWN));
    if !typed.starts_with('-') {
        return Error::usage(format!("`{name}` does not take `{shown}`"))
            .hint(format!("`{name} --help` says what it takes"));
    }
    let said = Error::usage(format!("`{name}` has no option `{shown}`"));
    let said = match typed.strip_prefix("--").map(|long| options_like(long, tree, at)) {
        Some(meant) if !meant.is_empty() => said.hint(did_you_mean(&meant)),
        _ => said.hint(format!("`{name} --help` lists its options")),
    };
    match super::takes_text(at.command.get_name()) {
        true => said.hint("write `--` before a text that begins with a hyphen"),
        false => said,
    }
}

/// The options of a command that are like one that it does not have, the most alike first.
fn options_like(typed: &str, tree: &clap::Command, at: &Named<'_, '_>) -> Vec<String> {
    let options = at.command.get_arguments().chain(tree.get_arguments());
    let mut known: Vec<&str> =
        options.filter(|one| !one.is_hide_set()).filter_map(clap::Arg::get_long).collect();
    let mut seen = HashSet::new();
    known.retain(|name| seen.insert(*name));
    let shown = |name: &str| format!("--{name}");
    let alike = near(typed, known.iter().map(|name| (*name, shown(name))));
    // The beginning of a name, as `--dry`, is no near name, and as clear.
    let begun = known.iter().filter(|name| name.starts_with(typed)).map(|name| shown(name));
    if alike.is_empty() { begun.collect() } else { alike }
}

/// A value that something cannot have: why, and what it can have.
fn wrong_value(error: &clap::Error, tree: &clap::Command, at: &Named<'_, '_>) -> Option<Error> {
    let (of, value) =
        (text(error, ContextKind::InvalidArg)?, text(error, ContextKind::InvalidValue)?);
    let (name, shown) = (&at.name, safe::short(value, SHOWN));
    let message = format!("`{}` does not take `{shown}`", option_of(error).unwrap_or(name));
    if let Some(ContextValue::Strings(valid)) = error.get(ContextKind::ValidValue) {
        let meant = near(value, valid.iter().map(|one| (one.as_str(), one.clone())));
        let said = Error::usage(message);
        let said = if meant.is_empty() { said } else { said.hint(did_you_mean(&meant)) };
        return Some(said.hint(format!("choose from {}", valid.join(", "))));
    }
    let why = std::error::Error::source(error).map(unreadable)?;
    let said = Error::usage(format!("{message}: {why}"));
    let mut known = at.command.get_arguments().chain(tree.get_arguments());
    let known = known.find(|known| known.to_string() == of);
    let said = match known.and_then(|known| Some((known, known.get_help()?))) {
        Some((known, help)) => said.detail(format!("{}: {help}", both_names(known))),
        None => said,
    };
    Some(said.hint(format!("`{name} --help` explains the rest")))
}

/// Two options or values that do not go together, or one that is there twice.
fn conflict(error: &clap::Error, at: &Named<'_, '_>) -> Option<Error> {
    let called = |argument: &str| {
        let bare = bare(argument);
        format!("`{}`", bare.split(' ').next().unwrap_or_default())
    };
    let of = text(error, ContextKind::InvalidArg)?;
    let others = match error.get(ContextKind::PriorArg)? {
        ContextValue::String(other) => vec![other.clone()],
        ContextValue::Strings(others) => others.clone(),
        _ => return None,
    };
    let message = match others.as_slice() {
        [other] if other == of => format!("{} can be given only once", called(of)),
        _ => {
            let others: Vec<String> = others.iter().map(|other| called(other)).collect();
            let others: Vec<&str> = others.iter().map(String::as_str).collect();
            format!("{} does not go with {}", called(of), quantity::list(&others))
        }
    };
    Some(Error::usage(message).hint(format!("`{} --help` explains the options", at.name)))
}

/// What clap says about a command line for which there are no words here: its first paragraph is the
/// message, and each of the others something to do.
fn in_other_words(error: &clap::Error) -> Error {
    let text = error.render().to_string();
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

fn text(error: &clap::Error, kind: ContextKind) -> Option<&str> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text),
        _ => None,
    }
}

/// Why a value cannot be read. What Rust and clap say of a number is no sentence for people.
fn unreadable(why: &(dyn std::error::Error + 'static)) -> String {
    let said = why.to_string();
    if let Some(number) = why.downcast_ref::<ParseIntError>() {
        let is_large = matches!(number.kind(), IntErrorKind::PosOverflow);
        return if is_large { "it is too large" } else { "it is not a whole number" }.to_owned();
    }
    let range = said.split_once(" is not in ").and_then(|(_, range)| range.split_once("..="));
    match range {
        Some((first, last)) => format!("it must be from {first} to {last}"),
        None => said,
    }
}
