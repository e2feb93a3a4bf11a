//! `milepost config`: what is set and by what; `change` changes config.toml, `edit` opens it.

mod change;
mod edit;

use clap::Subcommand;
use milepost_core::disk;
use milepost_path::safe;
use serde::Serialize;

use crate::config::file::{Key, Value};
use crate::config::setting::{Origin, Setting};
use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};
use crate::text::width;
use crate::words::config as words;

/// Show or change your configuration
///
/// Shows each key of the file config.toml with its value and where that comes from: an option or the
/// environment, which override the file; the file, with the line; or the default. When milepost changes
/// a key, everything else in the file stays as it is, comments too.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost config                          what is set, and where
  milepost config set name \"Anna Weber\"
  milepost config set hours_per_week 6
  milepost config unset color
  milepost config edit")]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show each key, its value and where it comes from
    #[command(before_help = "\
Examples:
  milepost config list
  milepost config list --json")]
    List,

    /// Print the value of a key
    ///
    /// Fails if it is not set and has no default.
    #[command(before_help = "\
Examples:
  milepost config get db
  milepost config get hours_per_week")]
    Get {
        /// The key
        #[arg(value_enum)]
        key: Key,
    },

    Set(change::SetArgs),
    Unset(change::UnsetArgs),

    /// Open config.toml in your editor
    ///
    /// You edit a copy. milepost reads it when you close the editor, and replaces config.toml only if
    /// there is no mistake in it; otherwise it says what is wrong and offers to open the copy again.
    #[command(before_help = "\
Examples:
  milepost config edit")]
    Edit,

    /// Print where config.toml is, or would be
    #[command(before_help = "\
Examples:
  milepost config path")]
    Path,
}

/// What is answered.
#[derive(Serialize)]
struct Report {
    file: Option<String>,
    exists: bool,
    /// Whether the file was written.
    written: bool,
    /// The keys whose value in the file was changed.
    changed: Vec<Changed>,
    settings: Vec<Setting>,
}

/// A change of what the file says of a key.
#[derive(Debug, Serialize)]
struct Changed {
    key: Key,
    from: Option<Value>,
    to: Option<Value>,
}

impl Report {
    fn of(context: &Context, settings: Vec<Setting>) -> Self {
        let file = context.config.path.as_ref();
        Self {
            file: file.map(|file| file.display().to_string()),
            exists: file.is_some_and(|file| file.exists()),
            written: false,
            changed: Vec::new(),
            settings,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// The file cannot be read or written, or has a mistake; nothing is set; or nobody can edit it.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    match &args.action {
        None | Some(Action::List) => {
            let settings = Key::ALL.map(|key| context.config.setting(key)).to_vec();
            tell(&Report::of(context, whole(context, settings)?), out, list)
        }
        Some(Action::Get { key }) => {
            let setting = whole(context, context.config.setting(*key))?;
            if setting.value.is_none() {
                return Err(words::not_set(key.name()));
            }
            tell(&Report::of(context, vec![setting]), out, |report, _| {
                let value = report.settings.first().and_then(|one| one.value.as_ref());
                value.map_or_else(String::new, |value| safe::line(&value.to_string()).into_owned())
            })
        }
        Some(Action::Path) => {
            change::path(context)?;
            tell(&Report::of(context, Vec::new()), out, |report, _| {
                safe::line(report.file.as_deref().unwrap_or_default()).into_owned()
            })
        }
        Some(Action::Set(args)) => change::set(args, context, out),
        Some(Action::Unset(args)) => change::unset(args, context, out),
        Some(Action::Edit) => edit::run(context, out),
    }
}

/// Something that follows from the file, where that has no mistake.
fn whole<T>(context: &Context, of_file: T) -> Result<T> {
    context.config.problem.clone().map_or(Ok(of_file), Err)
}

fn tell(
    report: &Report,
    out: &mut Output<'_, '_>,
    text: impl FnOnce(&Report, &Screen) -> String,
) -> Result<()> {
    out.report("config", report, text)
}

fn list(report: &Report, screen: &Screen) -> String {
    let file = report.file.as_deref().map(|file| disk::show(file.as_ref()));
    let file = file.map(|file| words::file(&file, report.exists));
    let file = file.map(|file| width::wrap_indented("", "  ", &file, screen.sentence_width()));
    let settings = report.settings.iter().map(|setting| line(setting, screen));
    file.into_iter().chain(settings).collect()
}

/// A key with its value, and where that comes from.
fn line(setting: &Setting, screen: &Screen) -> String {
    let longest = Key::ALL.map(|key| key.name().len()).into_iter().max().unwrap_or_default();
    let name = width::pad(setting.key.name(), longest);
    let value = setting.value.as_ref().map(|value| safe::short(&value.to_string(), 300) + " ");
    let from = screen.paint.dim(&format!("({})", safe::line(&origin(setting))));
    let value = value.unwrap_or_default() + &from;
    let first = format!("  {}  ", screen.paint.bold(&name));
    let rest = " ".repeat(longest + 4);
    width::wrap_indented(&first, &rest, &value, screen.sentence_width())
}

/// Where a value comes from, and what it hides.
fn origin(setting: &Setting) -> String {
    let place = setting.line.map(|line| format!("config.toml:{line}"));
    match (setting.origin, setting.from) {
        (None, _) => words::NOT_SET.to_owned(),
        (Some(Origin::Default), _) => words::DEFAULT.to_owned(),
        (Some(Origin::File), _) => place.unwrap_or_default(),
        (Some(Origin::Option | Origin::Environment), from) => {
            let value = setting.in_file.as_ref().map(|value| safe::short(&value.to_string(), 80));
            words::given(from.unwrap_or_default(), place.zip(value))
        }
    }
}
