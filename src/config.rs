//! Flags, environment, config.toml and the platform's directories, resolved into values: a flag
//! beats the environment, which beats the file, which beats the default. `file` reads config.toml,
//! `change` changes its text, `setting` says what each key is set to and by what, `names` what a name of
//! a file means.

pub(crate) mod change;
pub(crate) mod file;
mod names;
pub(crate) mod setting;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use clap::ValueEnum;
use etcetera::BaseStrategy;
use milepost_core::sync::{Key, NoKey};
use milepost_core::{Places, disk};
use milepost_path::safe;

use crate::builtin::BUILT_INS;
use crate::error::{Error, Result};
use file::File;
pub(crate) use names::expand;
pub use names::file_name;
use setting::{Given, Origin};

/// The name of the folder under each of the platform's directories.
const FOLDER: &str = "milepost";

/// The variable with the key of a log.
pub const SYNC_KEY: &str = "MILEPOST_SYNC_KEY";

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Colour {
    /// When the terminal supports it.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Reads an environment variable.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// The resolved configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Where everything lies.
    pub places: Places,
    /// When to use colour.
    pub colour: Colour,
    /// The name on the portfolio.
    pub name: Option<String>,
    /// The planned hours a week, for paths that are started without a number.
    pub hours_per_week: Option<f64>,
    /// The fixed clock.
    pub now: Option<DateTime<FixedOffset>>,
    /// What TZ says; the zone itself is looked up where the clock is read.
    pub zone: Option<String>,
    /// The key of the log in the environment, or why that text is not a key.
    pub sync_key: Option<std::result::Result<Key, NoKey>>,
    /// What is wrong with config.toml, where it was left out for that.
    pub problem: Option<Error>,
    /// Where config.toml is, or would be; `None` if no home directory is known.
    pub(crate) path: Option<PathBuf>,
    /// What it says.
    pub(crate) file: File,
    /// What beats it.
    given: Given,
    /// The record, where nothing names one.
    usual_db: Option<PathBuf>,
}

impl Config {
    /// Resolves everything.
    ///
    /// # Errors
    /// The configuration file cannot be read, or says something unknown; or as `Config::examine`.
    pub fn resolve(db: Option<&Path>, colour: Option<Colour>, env: Env<'_>) -> Result<Self> {
        let config = Self::examine(db, colour, env)?;
        match config.problem {
            Some(error) => Err(error),
            None => Ok(config),
        }
    }

    /// Resolves everything; a configuration file with a problem is left out, and the problem kept.
    ///
    /// # Errors
    /// `MILEPOST_NOW` is no time, or a variable names a file in the home of somebody else.
    pub(crate) fn examine(db: Option<&Path>, colour: Option<Colour>, env: Env<'_>) -> Result<Self> {
        let named = |name: &str| env(name).filter(|value| !value.is_empty());
        let file_in = |name: &str| -> Result<Option<PathBuf>> {
            named(name).map(|value| expand_variable(name, value.into())).transpose()
        };
        let base = etcetera::choose_base_strategy().ok();
        let folder = |of: fn(&dyn BaseStrategy) -> PathBuf| {
            let folder = base.as_ref().map(|base| of(base).join(FOLDER));
            // As for the home directory.
            folder.filter(|folder| folder.is_absolute())
        };
        let config_folder =
            file_in("MILEPOST_CONFIG")?.or_else(|| folder(|base| base.config_dir()));
        let path = config_folder.as_ref().map(|folder| folder.join("config.toml"));
        let (file, problem) = match path.as_deref().map_or_else(|| Ok(File::default()), File::read)
        {
            Ok(file) => (file, None),
            Err(error) => (File::default(), Some(error)),
        };
        let given = Given {
            db: match db {
                Some(db) => Some((db.to_owned(), Origin::Option, "--db")),
                None => file_in("MILEPOST_DB")?.map(|db| (db, Origin::Environment, "MILEPOST_DB")),
            },
            color: colour.map(|colour| (colour, Origin::Option, "--color")).or_else(|| {
                environment_colour(env).map(|(colour, name)| (colour, Origin::Environment, name))
            }),
        };
        let usual_db = folder(|base| base.data_dir()).map(|data| data.join("progress.db"));
        let given_db = given.db.as_ref().map(|(db, ..)| db.clone());
        let paths_folder = config_folder.as_ref().map(|folder| folder.join("paths"));
        let listed = named("MILEPOST_PATHS");
        let paths = match &listed {
            Some(list) => std::env::split_paths(list)
                .filter(|path| !path.as_os_str().is_empty())
                .map(|path| expand_variable("MILEPOST_PATHS", path))
                .collect::<Result<_>>()?,
            None => paths_folder.iter().cloned().collect(),
        };
        Ok(Self {
            places: Places {
                built_ins: BUILT_INS,
                db: given_db.or_else(|| file.db.clone()).or_else(|| usual_db.clone()),
                paths,
                paths_were_named: listed.is_some(),
                paths_folder,
                cache: folder(|base| base.cache_dir()),
                copies: file.copies.unwrap_or(true),
            },
            colour: given.color.map(|(colour, ..)| colour).or(file.color).unwrap_or_default(),
            name: file.name.clone(),
            hours_per_week: file.hours_per_week,
            now: named("MILEPOST_NOW").map(|now| read_now(&now)).transpose()?,
            zone: named("TZ").map(|zone| zone.to_string_lossy().into_owned()),
            sync_key: named(SYNC_KEY).map(|key| Key::read(&key.to_string_lossy())),
            problem,
            path,
            file,
            given,
            usual_db,
        })
    }
}

/// What the environment says of colour, whatever the file says, and which variable of it does.
pub(crate) fn environment_colour(env: Env<'_>) -> Option<(Colour, &'static str)> {
    let said = |name: &str| env(name).filter(|value| !value.is_empty());
    if said("NO_COLOR").is_some() {
        return Some((Colour::Never, "NO_COLOR"));
    }
    let forced = said("CLICOLOR_FORCE")?;
    Some((if forced == "0" { Colour::Auto } else { Colour::Always }, "CLICOLOR_FORCE"))
}

fn expand_variable(variable: &str, name: PathBuf) -> Result<PathBuf> {
    let shown = disk::show(&name);
    expand(name).map_err(|problem| Error::usage(format!("{variable} is `{shown}`: {problem}")))
}

fn read_now(value: &OsString) -> Result<DateTime<FixedOffset>> {
    let text = value.to_string_lossy();
    DateTime::parse_from_rfc3339(&text).ok().ok_or_else(|| {
        let text = safe::short(&text, 80);
        Error::usage(format!("MILEPOST_NOW is `{text}`, which is not a time with a zone"))
            .hint("write it as 2026-11-20T09:30:00+01:00, or unset it")
    })
}
