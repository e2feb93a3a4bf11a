//! What is said of a command line that is wrong, where clap's own words do not say what to do: what it
//! lacks, and which command was meant.

use std::ffi::OsString;
use std::num::{IntErrorKind, ParseIntError};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use milepost_path::near::near;
use milepost_path::safe;

use crate::error::Error;
use crate::text::quantity;
use crate::words::did_you_mean;

/// What a command line lacks, what that is, and an example; or that there is no such command. `None` if
/// something else is wrong.
pub(super) fn lacking(
    error: &clap::Error,
    args: &[OsString],
    tree: &clap::Command,
) -> Option<Error> {
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
pub(super) fn negative(
    error: &clap::Error,
    args: &[OsString],
    tree: &clap::Command,
) -> Option<Error> {
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
    let explained = could_be.into_iter().filter_map(|arg| {
        let short = arg.get_short().filter(|_| arg.get_long().is_some());
        let short = short.map(|short| format!("-{short}, ")).unwrap_or_default();
        Some(format!("{short}{}: {}", bare(&arg.to_string()), arg.get_help()?))
    });
    let message = format!("{what} does not take `{}`", safe::short(word, 60));
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
    let said = Error::usage(format!("`{name}` has no command `{}`", safe::short(word, 60)));
    Some(match meant.is_empty() {
        true => said.hint(format!("`{name} --help` lists its commands")),
        false => said.hint(did_you_mean(&meant)),
    })
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

/// Why a value cannot be read. What Rust and clap say of a number is no sentence for people.
pub(super) fn unreadable(why: &(dyn std::error::Error + 'static)) -> String {
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

/// Suggests for an unknown command those that are like it, the most alike first; if none is, what clap
/// suggests.
pub(super) fn suggest_commands(error: &mut clap::Error, tree: &clap::Command) {
    let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidSubcommand) else {
        return;
    };
    let known = tree.get_subcommands().map(clap::Command::get_name);
    let mut nearest = near(typed, known.map(|name| (name, name.to_owned())));
    if nearest.is_empty() {
        let Some(ContextValue::Strings(names)) = error.get(ContextKind::SuggestedSubcommand) else {
            return;
        };
        // Those of clap are in the order of likeness, too, but the most alike last.
        nearest = names.iter().rev().cloned().collect();
    }
    error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(nearest));
}

/// Where several options are like one that is not known, suggests all of them: clap knows only its own
/// favourite.
pub(super) fn suggest_options(error: &mut clap::Error, args: &[OsString], tree: &clap::Command) {
    let (Some(ContextValue::String(typed)), Some(_)) =
        (error.get(ContextKind::InvalidArg), error.get(ContextKind::SuggestedArg))
    else {
        return;
    };
    let Some(typed) = typed.strip_prefix("--") else { return };
    let Named { command, .. } = named(args, tree);
    let options = command.get_arguments().filter(|one| !one.is_hide_set());
    let known = options.filter_map(clap::Arg::get_long);
    let alike = near(typed, known.map(|name| (name, format!("--{name}"))));
    if alike.len() > 1 {
        error.insert(ContextKind::SuggestedArg, ContextValue::Strings(alike));
    }
}
