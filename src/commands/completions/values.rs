//! What TAB offers in a place of a command line: ids of paths and items, as far as the state allows.

use std::cell::{Cell, RefCell};
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::ValueEnum;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use milepost_core::report::values::{self, About, Kind, Query};
use milepost_path::safe;

use crate::config::Config;
use crate::config::file::{Key, Value};
use crate::context::Context;
use crate::words::sync::place;

thread_local! {
    /// The record that the command line names. clap hands a completer nothing but the word at hand.
    static NAMED: RefCell<Option<PathBuf>> = const { RefCell::new(None) };
    /// The key of the configuration that it names last.
    static KEY: Cell<Option<Key>> = const { Cell::new(None) };
}

/// Takes from a command line which record it means, and which key of the configuration.
pub(super) fn remember(words: &[OsString]) {
    let words: Vec<&OsStr> = words.iter().map(OsString::as_os_str).collect();
    // The last one is being typed.
    let before = words.get(..words.len().saturating_sub(1)).unwrap_or_default();
    let mut named = None;
    for (at, word) in before.iter().enumerate() {
        if *word == "--" {
            break;
        }
        if *word == "--db" {
            named = before.get(at + 1).map(|value| home_expanded(value));
        } else if let Some(value) = word.to_str().and_then(|word| word.strip_prefix("--db=")) {
            named = Some(PathBuf::from(value));
        }
    }
    NAMED.set(named);
    let key = |word: &&OsStr| Key::from_str(word.to_str()?, false).ok();
    KEY.set(before.iter().rev().find_map(key));
}

/// The value that the shell will hand over for a word that begins with `~/`.
fn home_expanded(value: &OsStr) -> PathBuf {
    let rest = value.to_str().and_then(|value| value.strip_prefix("~/"));
    match (rest, variable("HOME")) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(value),
    }
}

#[expect(clippy::disallowed_methods, reason = "a completion script hands no environment over")]
fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// Completes days that are often meant.
pub(crate) fn past_days() -> ArgValueCompleter {
    const DAYS: [&str; 9] = [
        "today",
        "yesterday",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    ArgValueCompleter::new(|current: &OsStr| {
        let begun = DAYS.iter().filter(|day| current.to_str().is_some_and(|c| day.starts_with(c)));
        begun.map(CompletionCandidate::new).collect()
    })
}

/// Completes the values of the key that was named, where there are few.
pub(crate) fn settings() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let choices = KEY.get().map(Key::choices).unwrap_or_default().iter();
        let begun = choices.filter(|one| current.to_str().is_some_and(|c| one.starts_with(c)));
        begun.map(CompletionCandidate::new).collect()
    })
}

/// Completes the keys that config.toml has.
pub(crate) fn keys_in_file() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let Ok(config) = Config::resolve(None, None, &variable) else { return Vec::new() };
        let set = Key::ALL.into_iter().map(|key| (key, config.setting(key).in_file));
        let set =
            set.filter(|(key, _)| current.to_str().is_some_and(|c| key.name().starts_with(c)));
        let value = |value: Value| Some(safe::short(&value.to_string(), 80).into());
        set.filter_map(|(key, in_file)| {
            Some(CompletionCandidate::new(key.name()).help(value(in_file?)))
        })
        .collect()
    })
}

/// Completes references of anything.
pub(crate) fn references() -> ArgValueCompleter {
    completer(Kind::Anything)
}

/// Completes references of what is open.
pub(crate) fn open() -> ArgValueCompleter {
    completer(Kind::Open)
}

/// Completes references of what is not begun.
pub(crate) fn not_begun() -> ArgValueCompleter {
    completer(Kind::NotBegun)
}

/// Completes references of what was begun, finished or skipped.
pub(crate) fn begun() -> ArgValueCompleter {
    completer(Kind::Begun)
}

/// Completes references of all that can be shown.
pub(crate) fn shown() -> ArgValueCompleter {
    completer(Kind::Shown)
}

/// Completes references of what can be hidden, and of what is.
pub(crate) fn hidden_or_not() -> ArgValueCompleter {
    completer(Kind::HiddenOrNot)
}

/// Completes ids of paths.
pub(crate) fn paths() -> ArgValueCompleter {
    completer(Kind::Path)
}

/// Completes ids of the paths that are followed.
pub(crate) fn followed() -> ArgValueCompleter {
    completer(Kind::Followed)
}

/// Completes what can be removed.
pub(crate) fn removable() -> ArgValueCompleter {
    completer(Kind::Removable)
}

/// Completes ids of stages.
pub(crate) fn stages() -> ArgValueCompleter {
    completer(Kind::Stage)
}

/// Completes ids of topics.
pub(crate) fn topics() -> ArgValueCompleter {
    completer(Kind::Topic)
}

/// Completes ids of skill areas.
pub(crate) fn areas() -> ArgValueCompleter {
    completer(Kind::Area)
}

/// Completes ids of roles.
pub(crate) fn roles() -> ArgValueCompleter {
    completer(Kind::Role)
}

/// Completes ids of mock interviews.
pub(crate) fn practice() -> ArgValueCompleter {
    completer(Kind::Practice)
}

/// Completes names of remotes.
pub(crate) fn remotes() -> ArgValueCompleter {
    completer(Kind::Remote)
}

fn completer(kind: Kind) -> ArgValueCompleter {
    ArgValueCompleter::new(move |current: &OsStr| {
        current.to_str().and_then(|typed| candidates(kind, typed)).unwrap_or_default()
    })
}

fn candidates(kind: Kind, typed: &str) -> Option<Vec<CompletionCandidate>> {
    let named = NAMED.with_borrow(Clone::clone);
    let context = Context::new(Config::resolve(named.as_deref(), None, &variable).ok()?);
    let found = values::report(&Query { kind, typed }, &context.app).into_iter();
    let candidates = found.map(|value| {
        let help = help(value.about);
        let help = Some(help).filter(|help| !help.is_empty());
        let help = help.map(|help| safe::line(&help).into_owned().into());
        CompletionCandidate::new(value.text).help(help)
    });
    Some(candidates.collect())
}

fn help(about: About) -> String {
    match about {
        About::Title(title) => title,
        About::Questions => "an interview question".to_owned(),
        About::Hidden => "hidden".to_owned(),
        About::Remote(url) => place(&url),
    }
}
