//! config.toml: its keys, what it says, and in which line.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use milepost_core::{DiskError, disk};
use milepost_path::{near, safe};
use serde::Serialize;
use toml::de::{DeTable, DeValue};

use super::Colour;
use super::names::expand;
use crate::error::{Code, Error, Result, remedy};

/// No configuration is larger.
pub(crate) const MOST_BYTES: u64 = 1024 * 1024;

/// The hours of a week.
const WEEK: f64 = 168.0;

/// A key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[value(rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub(crate) enum Key {
    /// The file of your record
    Db,
    /// When to use color
    Color,
    /// Your name, for the portfolio
    Name,
    /// The hours that you plan, for paths that you start without a number
    HoursPerWeek,
    /// Whether a copy of the record is kept each day
    Copies,
}

impl Key {
    /// All of them.
    pub(crate) const ALL: [Self; 5] =
        [Self::Db, Self::Color, Self::Name, Self::HoursPerWeek, Self::Copies];

    /// As it is written.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Db => "db",
            Self::Color => "color",
            Self::Name => "name",
            Self::HoursPerWeek => "hours_per_week",
            Self::Copies => "copies",
        }
    }

    /// The values, where there are few.
    pub(crate) fn choices(self) -> &'static [&'static str] {
        match self {
            Self::Color => &["auto", "always", "never"],
            Self::Copies => &["true", "false"],
            Self::Db | Self::Name | Self::HoursPerWeek => &[],
        }
    }

    /// What its value must be.
    fn form(self) -> &'static str {
        match self {
            Self::Db => "a file name in quotes",
            Self::Color => "\"auto\", \"always\" or \"never\"",
            Self::Name => "text in quotes",
            Self::HoursPerWeek => "a number",
            Self::Copies => "true or false",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// The value that somebody typed for it; whether it can be one, [`File::of`] says.
    pub(crate) fn typed(self, text: &str) -> Value {
        let number =
            || text.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Number);
        let truth = || text.parse().ok().map(Value::Truth);
        let read = match self {
            Self::HoursPerWeek => number(),
            Self::Copies => truth(),
            Self::Db | Self::Color | Self::Name => None,
        };
        read.unwrap_or_else(|| Value::Text(text.to_owned()))
    }
}

/// The value of a key.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum Value {
    Text(String),
    Number(f64),
    Truth(bool),
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Truth(truth) => truth.fmt(f),
        }
    }
}

impl Value {
    /// A value that is written in a file; `None` where no key has such values.
    fn of(written: &DeValue<'_>) -> Option<Self> {
        Some(match written {
            DeValue::String(text) => Self::Text(text.to_string()),
            DeValue::Integer(number) => {
                Self::Number(i64::from_str_radix(number.as_str(), number.radix()).ok()? as f64)
            }
            DeValue::Float(number) => Self::Number(number.as_str().parse().ok()?),
            DeValue::Boolean(truth) => Self::Truth(*truth),
            DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => return None,
        })
    }
}

/// What the file says of a key.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Said {
    pub(crate) key: Key,
    /// As it is written.
    pub(crate) value: Value,
    /// The line, from 1.
    pub(crate) line: usize,
}

/// What the file says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct File {
    pub(super) db: Option<PathBuf>,
    pub(super) color: Option<Colour>,
    pub(super) name: Option<String>,
    pub(super) hours_per_week: Option<f64>,
    pub(super) copies: Option<bool>,
    said: Vec<Said>,
}

/// What is wrong with the text of a file.
#[derive(Debug)]
pub(crate) struct Problem {
    /// The key whose value is wrong; `None` where something else is.
    pub(crate) key: Option<Key>,
    /// In words of our own.
    pub(crate) message: String,
    at: usize,
    /// What to do, if not to look at the keys.
    pub(crate) hint: Option<String>,
}

impl Problem {
    /// As an error of a file with this text.
    pub(crate) fn error(self, path: &Path, text: &str) -> Error {
        let place = disk::show(path);
        let line = line(text, self.at);
        let error = Error::new(Code::InvalidConfig, format!("{place}:{line}: {}", self.message));
        error.hint(self.hint.unwrap_or_else(keys))
    }
}

fn line(text: &str, at: usize) -> usize {
    1 + text.get(..at).map_or(0, |before| before.matches('\n').count())
}

impl File {
    /// What a file says; nothing where there is none.
    ///
    /// # Errors
    /// It cannot be read, or says something unknown.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let Some(text) = text(path)? else { return Ok(Self::default()) };
        Self::of(&text, path)
            .map_err(|problem| problem.error(path, &text).hint("`milepost config edit` opens it"))
    }

    /// What the text of a file says, which is or will be at this path.
    ///
    /// # Errors
    /// It says something unknown.
    pub(crate) fn of(text: &str, path: &Path) -> std::result::Result<Self, Problem> {
        let mut file = Self::default();
        for (key, value) in table(text)? {
            let at = key.span().start;
            let name = key.get_ref().as_ref();
            let Some(key) = Key::named(name) else { return Err(unknown(name, at)) };
            let wrong = |message: String, hint| Problem { key: Some(key), message, at, hint };
            let value = Value::of(value.get_ref());
            match (key, &value) {
                (Key::Db, Some(Value::Text(name))) if name.is_empty() => {
                    return Err(wrong("`db` is empty".to_owned(), None));
                }
                (Key::Db, Some(Value::Text(name))) => {
                    let name = expand(name.into());
                    let name = name.map_err(|why| wrong(format!("`db`: {why}"), None))?;
                    // The current directory must not decide which record is meant.
                    file.db = Some(path.parent().map_or(name.clone(), |folder| folder.join(name)));
                }
                (Key::Color, Some(Value::Text(text))) if Colour::from_str(text, false).is_ok() => {
                    file.color = Colour::from_str(text, false).ok();
                }
                (Key::Name, Some(Value::Text(name))) => file.name = Some(name.clone()),
                (Key::HoursPerWeek, Some(Value::Number(hours))) => {
                    if !(*hours > 0.0 && *hours <= WEEK) {
                        let hint = format!("a week has {WEEK} hours");
                        return Err(wrong(format!("`hours_per_week` is {hours}"), Some(hint)));
                    }
                    file.hours_per_week = Some(*hours);
                }
                (Key::Copies, Some(Value::Truth(copies))) => file.copies = Some(*copies),
                _ => return Err(wrong(format!("`{name}` must be {}", key.form()), None)),
            }
            let line = line(text, at);
            file.said.extend(value.map(|value| Said { key, value, line }));
        }
        Ok(file)
    }

    /// What it says of a key.
    pub(crate) fn said(&self, key: Key) -> Option<&Said> {
        self.said.iter().find(|said| said.key == key)
    }
}

/// The text of a file; `None` where there is none.
///
/// # Errors
/// It cannot be read.
pub(crate) fn text(path: &Path) -> Result<Option<String>> {
    match disk::read::text(path, MOST_BYTES) {
        Ok(text) => Ok(Some(text)),
        // A home that is no directory, or has a name that no file can have, holds no configuration.
        Err(unread) if unread.is_missing() => Ok(None),
        Err(unread) => {
            let what_to_do = remedy(&unread);
            let error = Error::from(DiskError::Unread(path.to_owned(), unread));
            Err(error.hint(what_to_do))
        }
    }
}

/// The keys of a text, with their values.
///
/// # Errors
/// It is not TOML.
pub(super) fn table(text: &str) -> std::result::Result<DeTable<'_>, Problem> {
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(text.len(), |span| span.start);
        let message = match error.message() {
            // Of TOML's four ways to quote, the parser names the last.
            words if words.starts_with("string values must be quoted") => {
                "a value or its quotes are missing".to_owned()
            }
            words => format!("this is not TOML: {}", safe::short(words, 200)),
        };
        Problem { key: None, message, at, hint: None }
    })?;
    Ok(table.into_inner())
}

fn unknown(name: &str, at: usize) -> Problem {
    let meant = near::nearest(name, Key::ALL.map(Key::name));
    let name = safe::short(name, 80);
    let hint = meant.map(|key| format!("did you mean `{key}`? {}", keys()));
    Problem { key: None, message: format!("unknown key `{name}`"), at, hint }
}

/// Which keys there are.
fn keys() -> String {
    let names = Key::ALL.map(|key| format!("`{}`", key.name()));
    format!("its keys are {}", crate::text::quantity::list(&names))
}
