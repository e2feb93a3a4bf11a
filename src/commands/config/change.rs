//! `milepost config set` and `config unset`, and how config.toml is written.

use std::path::Path;

use milepost_core::disk;
use milepost_path::safe;

use super::{Changed, Report, tell};
use crate::config::Config;
use crate::config::change::{SCHEMA, with, without};
use crate::config::file::{File, Key, Problem, Value, text};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::{Output, Screen};
use crate::text::width;
use crate::words::config as words;

/// Set a key in config.toml
///
/// A relative `db` is relative to the folder of config.toml. Creates the file if there is none.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost config set name \"Anna Weber\"
  milepost config set hours_per_week 6
  milepost config set db ~/notes/progress.db
  milepost config set copies false")]
pub(super) struct SetArgs {
    /// The key
    #[arg(value_enum)]
    key: Key,

    /// Its value
    #[arg(allow_hyphen_values = true, add = crate::commands::completions::settings())]
    value: String,
}

/// Remove a key from config.toml, so that its default counts
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost config unset color")]
pub(super) struct UnsetArgs {
    /// The key
    #[arg(value_enum, add = crate::commands::completions::keys_in_file())]
    key: Key,
}

pub(super) fn set(args: &SetArgs, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let (key, value) = (args.key, args.key.typed(&args.value));
    let path = path(context)?;
    let before = text(path)?;
    let now = with(before.as_deref().unwrap_or(SCHEMA), key, &value);
    let now = now.map_err(|problem| unchanged(problem, path, before.as_deref()))?;
    let file = match File::of(&now, path) {
        Ok(file) => file,
        Err(problem) if problem.key == Some(key) => {
            return Err(words::unfit(&problem.message, problem.hint));
        }
        Err(problem) => return Err(unchanged(problem, path, Some(&now))),
    };
    if file.said(key).is_none_or(|said| said.value != value) {
        return Err(words::fault(key.name()));
    }
    // What says the same is not written in another way.
    let is_same = before.as_deref().is_some_and(|before| {
        File::of(before, path).is_ok_and(|old| old.said(key) == file.said(key))
    });
    let now = before.clone().filter(|_| is_same).unwrap_or(now);
    write(context, before.as_deref(), &now, file, &[key], out)
}

pub(super) fn unset(args: &UnsetArgs, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let path = path(context)?;
    let before = text(path)?;
    let old = before.as_deref().unwrap_or_default();
    let now = without(old, args.key).map_err(|problem| unchanged(problem, path, Some(old)))?;
    let file = File::of(&now, path).map_err(|problem| unchanged(problem, path, Some(&now)))?;
    write(context, before.as_deref(), &now, file, &[args.key], out)
}

/// Where the file is, or would be.
pub(super) fn path(context: &Context) -> Result<&Path> {
    context.config.path.as_deref().ok_or_else(words::no_place)
}

/// What is wrong with the file, so that nothing can be changed in it.
fn unchanged(problem: Problem, path: &Path, text: Option<&str>) -> Error {
    let error = problem.error(path, text.unwrap_or_default());
    let message = words::unchanged(error.message());
    error.reworded(message).hint(words::EDIT)
}

/// Writes what the file says now, if that is something else, and tells what it does to some keys.
pub(super) fn write(
    context: &Context,
    before: Option<&str>,
    now: &str,
    file: File,
    keys: &[Key],
    out: &mut Output<'_, '_>,
) -> Result<()> {
    let path = path(context)?;
    // What was there can have a mistake that is mended now.
    let old = File::of(before.unwrap_or_default(), path).unwrap_or_default();
    let value = |file: &File, key| file.said(key).map(|said| said.value.clone());
    let changes = keys.iter().map(|key| Changed {
        key: *key,
        from: value(&old, *key),
        to: value(&file, *key),
    });
    let changed = changes.filter(|change| change.from != change.to).collect();
    let is_other = now != before.unwrap_or_default();
    if is_other {
        let folder = path.parent().unwrap_or(Path::new(""));
        disk::make_directories(folder).map_err(|error| disk::not_written(folder, error))?;
        if text(path)?.as_deref() != before {
            return Err(words::changed_meanwhile(&disk::show(path)));
        }
        disk::write(path, context.app.places.db.as_deref(), now.as_bytes())?;
    }
    let after = context.config.with_file(file);
    let settings = keys.iter().map(|key| after.setting(*key)).collect();
    let report = Report { written: is_other, changed, ..Report::of(context, settings) };
    tell(&report, out, said)?;
    beside(&report, &context.config, out);
    Ok(())
}

/// What was done.
fn said(report: &Report, screen: &Screen) -> String {
    let file = disk::show(report.file.as_deref().unwrap_or_default().as_ref());
    let line = |line: &str| width::wrap_indented("", "  ", line, screen.sentence_width());
    if !report.written {
        let same = report.settings.iter().map(|setting| {
            let value = setting.in_file.as_ref().map(shown);
            line(&words::same(setting.key.name(), value.as_deref(), &file))
        });
        return match report.settings.len() {
            1 => same.collect(),
            _ => line(&words::nothing_changed(&file)),
        };
    }
    let changed = report.changed.iter().map(|one| {
        let (from, to) = (one.from.as_ref().map(shown), one.to.as_ref().map(shown));
        line(&words::changed(one.key.name(), from.as_deref(), to.as_deref()))
    });
    let written = report.changed.is_empty().then(|| line(&words::written(&file)));
    changed.chain(written).collect()
}

fn shown(value: &Value) -> String {
    safe::short(&value.to_string(), 200)
}

/// What goes with a change: the way back, what beats it, and that no record moves.
fn beside(report: &Report, before: &Config, out: &mut Output<'_, '_>) {
    for one in &report.changed {
        let from = one.from.as_ref().map(ToString::to_string);
        out.say(&words::way_back(one.key.name(), from.as_deref()));
    }
    for setting in &report.settings {
        let is = |one: &Changed| one.key == setting.key && one.to.is_some();
        let is_set = report.changed.iter().any(is);
        let Some(from) = setting.from.filter(|_| is_set) else { continue };
        let value = setting.value.as_ref().map(shown).unwrap_or_default();
        out.say(&words::beaten(setting.key.name(), from, &value));
    }
    let db = report.changed.iter().find(|one| one.key == Key::Db);
    let now =
        report.settings.iter().find(|setting| setting.key == Key::Db && setting.from.is_none());
    let (old, new) = (before.setting(Key::Db).value, now.and_then(|now| now.value.as_ref()));
    if let (Some(change), Some(old), Some(new)) = (db, old.map(|old| old.to_string()), new) {
        let new = new.to_string();
        if old != new && Path::new(&old).exists() {
            out.say(&words::moves_no_record(&old, &new));
        } else if change.to.as_ref().is_some_and(|to| to.to_string() != new) {
            out.say(&words::record_is(&new));
        }
    }
}
