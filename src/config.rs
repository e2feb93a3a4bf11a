//! Flags, environment, config.toml and the platform's directories, resolved into values: a flag
//! beats the environment, which beats the file, which beats the default.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use clap::ValueEnum;
use clap::builder::{PathBufValueParser, TypedValueParser};
use etcetera::BaseStrategy;
use milepost_core::sync::{Key, NoKey};
use milepost_core::{DiskError, Places, disk};
use milepost_path::safe;
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::builtin::BUILT_INS;
use crate::error::{Code, Error, Result, remedy};

/// The name of the folder under each of the platform's directories.
const FOLDER: &str = "milepost";

/// The variable with the key of a log.
pub const SYNC_KEY: &str = "MILEPOST_SYNC_KEY";

/// No configuration is larger.
const MOST_BYTES: u64 = 1024 * 1024;

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
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

/// What the configuration file can say.
#[derive(Debug, Default)]
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
        let read = match &config_folder {
            Some(folder) => read(&folder.join("config.toml")),
            None => Ok(File::default()),
        };
        let (mut file, problem) = match read {
            Ok(file) => (file, None),
            Err(error) => (File::default(), Some(error)),
        };
        if let (Some(folder), Some(db)) = (&config_folder, &mut file.db) {
            // The current directory must not decide which record is meant.
            *db = folder.join(&*db);
        }
        // What the environment says of colour is decided in `output`, as long as this says auto.
        let env_decides = named("NO_COLOR").is_some() || named("CLICOLOR_FORCE").is_some();
        let file_colour = file.color.filter(|_| !env_decides);
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
                db: match db {
                    Some(db) => Some(db.to_owned()),
                    None => file_in("MILEPOST_DB")?
                        .or(file.db)
                        .or_else(|| Some(folder(|base| base.data_dir())?.join("progress.db"))),
                },
                paths,
                paths_were_named: listed.is_some(),
                paths_folder,
                cache: folder(|base| base.cache_dir()),
                copies: file.copies.unwrap_or(true),
            },
            colour: colour.or(file_colour).unwrap_or_default(),
            name: file.name,
            hours_per_week: file.hours_per_week,
            now: named("MILEPOST_NOW").map(|now| read_now(&now)).transpose()?,
            zone: named("TZ").map(|zone| zone.to_string_lossy().into_owned()),
            sync_key: named(SYNC_KEY).map(|key| Key::read(&key.to_string_lossy())),
            problem,
        })
    }
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

fn read(path: &Path) -> Result<File> {
    let place = disk::show(path);
    let text = match disk::read::text(path, MOST_BYTES) {
        Ok(text) => text,
        // A home that is no directory, or has a name that no file can have, holds no configuration.
        Err(unread) if unread.is_missing() => return Ok(File::default()),
        Err(unread) => {
            let what_to_do = remedy(&unread);
            let error = Error::from(DiskError::Unread(path.to_owned(), unread));
            return Err(error.hint(what_to_do));
        }
    };
    let file = parse(&text).map_err(|(at, problem)| {
        let line = 1 + text.get(..at).map_or(0, |before| before.matches('\n').count());
        Error::new(Code::InvalidConfig, format!("{place}:{line}: {problem}"))
            .hint("its keys are `db`, `color`, `name`, `hours_per_week` and `copies`")
    })?;
    if let Some(hours) = file.hours_per_week
        && !(hours > 0.0 && hours <= 168.0)
    {
        return Err(Error::new(
            Code::InvalidConfig,
            format!("{place}: `hours_per_week` is {hours}"),
        )
        .hint("a week has 168 hours"));
    }
    Ok(file)
}

/// What a configuration file says; or what is wrong with it, in words of our own, and where.
fn parse(text: &str) -> std::result::Result<File, (usize, String)> {
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(text.len(), |span| span.start);
        let words = match error.message() {
            // Of TOML's four ways to quote, the parser names the last.
            words if words.starts_with("string values must be quoted") => {
                "a value or its quotes are missing".to_owned()
            }
            words => format!("this is not TOML: {}", safe::short(words, 200)),
        };
        (at, words)
    })?;
    let mut file = File::default();
    for (key, value) in table.into_inner() {
        let at = key.span().start;
        let (is_set, form) = match key.get_ref().as_ref() {
            "db" => (set(&mut file.db, value), "a file name in quotes"),
            "color" => (set(&mut file.color, value), "\"auto\", \"always\" or \"never\""),
            "name" => (set(&mut file.name, value), "text in quotes"),
            "hours_per_week" => (set(&mut file.hours_per_week, value), "a number"),
            "copies" => (set(&mut file.copies, value), "true or false"),
            other => {
                let other = safe::short(other, 80);
                return Err((at, format!("unknown key `{other}`")));
            }
        };
        if !is_set {
            return Err((at, format!("`{}` must be {form}", key.get_ref())));
        }
        if let Some(db) = file.db.take() {
            file.db = Some(expand(db).map_err(|problem| (at, format!("`db`: {problem}")))?);
        }
    }
    Ok(file)
}

fn set<'d, T: Deserialize<'d>>(to: &mut Option<T>, value: Spanned<DeValue<'d>>) -> bool {
    *to = T::deserialize(ValueDeserializer::from(value)).ok();
    to.is_some()
}

/// Reads the name of a file on the command line, as `expand` does.
pub fn file_name() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(expand)
}

/// The file that a person means by a name. What begins with `~/` is in the home directory, also where
/// no shell has seen to that: behind `--db=`, in a variable, in config.toml. Else a record would be
/// made in a folder called `~`. A file that is called so is `./~`.
///
/// # Errors
/// A sentence: it begins with the home directory of somebody else, or there is none.
pub(crate) fn expand(name: PathBuf) -> std::result::Result<PathBuf, String> {
    expand_in(name, home().as_deref())
}

fn expand_in(name: PathBuf, home: Option<&Path>) -> std::result::Result<PathBuf, String> {
    let bytes = name.as_os_str().as_encoded_bytes();
    let mut parts = name.components();
    match parts.next() {
        Some(Component::Normal(first)) if first == "~" => match home {
            Some(home) => Ok(home.join(parts)),
            None => Err("there is no home directory for `~` to stand for".to_owned()),
        },
        Some(Component::Normal(first)) if bytes.starts_with(b"~") && bytes.contains(&b'/') => {
            let first = safe::short(&first.to_string_lossy(), 80);
            Err(format!(
                "`{first}/` stands for no directory here, only `~/` does; write the name in full, \
                 or `./{first}/` for a folder that is called so"
            ))
        }
        _ => Ok(name),
    }
}

/// The home directory. A relative one does not count: the current directory must not decide which
/// record is meant.
fn home() -> Option<PathBuf> {
    etcetera::home_dir().ok().filter(|home| home.is_absolute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_is_the_home_directory() {
        let home = Some(Path::new("/home/anna"));
        for (name, expected) in [
            ("~/rec.db", Ok("/home/anna/rec.db")),
            ("~//a/../rec.db", Ok("/home/anna/a/../rec.db")),
            ("~", Ok("/home/anna")),
            ("./~", Ok("./~")),
            ("./~/rec.db", Ok("./~/rec.db")),
            ("a/~/rec.db", Ok("a/~/rec.db")),
            ("/~/rec.db", Ok("/~/rec.db")),
            ("~notes.toml", Ok("~notes.toml")),
            ("rec.db~", Ok("rec.db~")),
            ("-", Ok("-")),
            ("~bob/rec.db", Err("`~bob/` stands for no directory here")),
            ("~bob/", Err("`~bob/` stands for no directory here")),
            ("~+/rec.db", Err("`~+/` stands for no directory here")),
        ] {
            match (expand_in(name.into(), home), expected) {
                (Ok(path), Ok(expected)) => assert_eq!(path, Path::new(expected), "{name}"),
                (Err(problem), Err(start)) => assert!(problem.starts_with(start), "{problem}"),
                (result, _) => panic!("{name}: {result:?}"),
            }
        }
        assert!(expand_in("~/rec.db".into(), None).is_err());
        assert_eq!(expand_in("rec.db".into(), None), Ok("rec.db".into()));
    }
}
