//! What a key of config.toml is set to, and by what.

use std::path::PathBuf;

use serde::Serialize;

use super::file::{File, Key, Value};
use super::{Colour, Config};

/// What sets a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Origin {
    /// An option of the command line.
    Option,
    /// A variable of the environment.
    Environment,
    /// The file.
    File,
    /// Nothing.
    Default,
}

/// What is given beside the file, with the name of the option or variable.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Given {
    pub(super) db: Option<(PathBuf, Origin, &'static str)>,
    pub(super) color: Option<(Colour, Origin, &'static str)>,
}

/// What a key is set to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Setting {
    pub(crate) key: Key,
    /// What counts; `None` where nothing is set and there is no default.
    pub(crate) value: Option<Value>,
    /// What sets it.
    pub(crate) origin: Option<Origin>,
    /// The option or variable that does.
    pub(crate) from: Option<&'static str>,
    /// The line of the file in which the key stands, whether it counts or not.
    pub(crate) line: Option<usize>,
    /// What stands there.
    pub(crate) in_file: Option<Value>,
}

impl Colour {
    fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

impl Config {
    /// What a key is set to.
    pub(crate) fn setting(&self, key: Key) -> Setting {
        let name = |db: &PathBuf| Value::Text(db.display().to_string());
        let word = |colour: Colour| Value::Text(colour.word().to_owned());
        let said = self.file.said(key);
        let given = match key {
            Key::Db => self.given.db.as_ref().map(|(db, origin, from)| (name(db), *origin, *from)),
            Key::Color => {
                self.given.color.map(|(colour, origin, from)| (word(colour), origin, from))
            }
            Key::Name | Key::HoursPerWeek | Key::Copies => None,
        };
        let read = match key {
            Key::Db => self.file.db.as_ref().map(name),
            _ => said.map(|said| said.value.clone()),
        };
        let default = match key {
            Key::Db => self.usual_db.as_ref().map(name),
            Key::Color => Some(word(Colour::default())),
            Key::Copies => Some(Value::Truth(true)),
            Key::Name | Key::HoursPerWeek => None,
        };
        let given = given.map(|(value, origin, from)| (value, origin, Some(from)));
        let read = read.map(|value| (value, Origin::File, None));
        let found = given.or(read).or(default.map(|value| (value, Origin::Default, None)));
        let origin = found.as_ref().map(|(_, origin, _)| *origin);
        let from = found.as_ref().and_then(|(_, _, from)| *from);
        Setting {
            key,
            value: found.map(|(value, ..)| value),
            origin,
            from,
            line: said.map(|said| said.line),
            in_file: said.map(|said| said.value.clone()),
        }
    }

    /// The same configuration with another file.
    pub(crate) fn with_file(&self, file: File) -> Self {
        Self { file, ..self.clone() }
    }
}
