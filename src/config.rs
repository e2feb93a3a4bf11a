//! Flags, environment, config.toml and the platform's directories, resolved into values: a flag
//! beats the environment, which beats the file, which beats the default.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use clap::ValueEnum;
use etcetera::BaseStrategy;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::text::safe;

/// The name of the folder under each of the platform's directories.
const FOLDER: &str = "milepost";

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Colour {
    /// On a terminal that wants it.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Reads an environment variable.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// What the configuration file may say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    db: Option<PathBuf>,
    color: Option<Colour>,
    name: Option<String>,
    hours_per_week: Option<f64>,
    copies: Option<bool>,
}

/// The resolved configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The database; none where neither a name nor a home directory is known.
    pub db: Option<PathBuf>,
    /// When to use colour.
    pub colour: Colour,
    /// The name on the portfolio.
    pub name: Option<String>,
    /// The hours that one means to study a week, for paths that are begun without a number.
    pub hours_per_week: Option<f64>,
    /// Whether copies of the record are kept, one a day, without being asked for.
    pub copies: bool,
    /// Files and folders with one's own paths, and whether they were named explicitly.
    pub paths: Vec<PathBuf>,
    /// Whether [`Config::paths`] comes from `MILEPOST_PATHS`, so that each must be there.
    pub paths_were_named: bool,
    /// The folder into which `add` copies; none where no home directory is known.
    pub paths_folder: Option<PathBuf>,
    /// Where the indexes of parsed paths are kept.
    pub cache: Option<PathBuf>,
    /// The fixed clock.
    pub now: Option<DateTime<FixedOffset>>,
    /// What TZ says; the zone itself is looked up where the clock is read.
    pub zone: Option<String>,
    /// What is wrong with config.toml, where it was left out for that.
    pub problem: Option<Error>,
}

impl Config {
    /// Resolves everything.
    ///
    /// # Errors
    /// The configuration file cannot be read, or says something unknown; `MILEPOST_NOW` is no time.
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
    /// `MILEPOST_NOW` is no time.
    pub fn examine(db: Option<&Path>, colour: Option<Colour>, env: Env<'_>) -> Result<Self> {
        let named = |name: &str| env(name).filter(|value| !value.is_empty());
        let base = etcetera::choose_base_strategy().ok();
        let config_folder = named("MILEPOST_CONFIG")
            .map(PathBuf::from)
            .or_else(|| base.as_ref().map(|base| base.config_dir().join(FOLDER)));
        let read = match &config_folder {
            Some(folder) => read(&folder.join("config.toml")),
            None => Ok(File::default()),
        };
        let (mut file, problem) = match read {
            Ok(file) => (file, None),
            Err(error) => (File::default(), Some(error)),
        };
        if let (Some(folder), Some(db)) = (&config_folder, &mut file.db) {
            // Where one stands must not decide which record is meant.
            *db = folder.join(&*db);
        }
        // What the environment says of colour is decided in `output`, as long as this says auto.
        let env_decides = named("NO_COLOR").is_some() || named("CLICOLOR_FORCE").is_some();
        let file_colour = file.color.filter(|_| !env_decides);
        let paths_folder = config_folder.as_ref().map(|folder| folder.join("paths"));
        let listed = named("MILEPOST_PATHS");
        let paths = match &listed {
            Some(list) => {
                std::env::split_paths(list).filter(|path| !path.as_os_str().is_empty()).collect()
            }
            None => paths_folder.iter().cloned().collect(),
        };
        Ok(Self {
            db: db
                .map(Path::to_owned)
                .or_else(|| named("MILEPOST_DB").map(PathBuf::from))
                .or(file.db)
                .or_else(|| {
                    base.as_ref().map(|base| base.data_dir().join(FOLDER).join("progress.db"))
                }),
            colour: colour.or(file_colour).unwrap_or_default(),
            name: file.name,
            hours_per_week: file.hours_per_week,
            copies: file.copies.unwrap_or(true),
            paths,
            paths_were_named: listed.is_some(),
            paths_folder,
            cache: base.as_ref().map(|base| base.cache_dir().join(FOLDER)),
            now: named("MILEPOST_NOW").map(|now| read_now(&now)).transpose()?,
            zone: named("TZ").map(|zone| zone.to_string_lossy().into_owned()),
            problem,
        })
    }
}

fn read_now(value: &OsString) -> Result<DateTime<FixedOffset>> {
    let text = value.to_string_lossy();
    DateTime::parse_from_rfc3339(&text).map_err(|error| {
        Error::usage(format!("MILEPOST_NOW is `{}`: {error}", safe::short(&text, 80)))
            .hint("write it as 2026-11-20T09:30:00+01:00, or leave it unset")
    })
}

fn read(path: &Path) -> Result<File> {
    let place = path.display();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        // A home that is no directory holds no configuration either.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(File::default());
        }
        Err(error) => {
            return Err(Error::failed(format!("{place} cannot be read: {error}"))
                .hint("mend its permissions, or move it away"));
        }
    };
    let file: File = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| {
            1 + text.get(..span.start).map_or(0, |before| before.matches('\n').count())
        });
        Error::failed(format!("{place}:{line}: {}", safe::short(error.message(), 200)))
            .hint("it may say `db`, `color`, `name`, `hours_per_week` and `copies`")
    })?;
    if let Some(hours) = file.hours_per_week
        && !(hours > 0.0 && hours <= 168.0)
    {
        return Err(Error::failed(format!("{place}: `hours_per_week` is {hours}"))
            .hint("a week has 168 hours"));
    }
    Ok(file)
}
