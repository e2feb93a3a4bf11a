//! The file of `--answers`: levels by area, with evidence and notes.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use serde::Deserialize;

use super::{Given, area};
use crate::catalog::file;
use crate::commands::mark;
use crate::error::{Error, Result};
use crate::model::career::{Career, HIGHEST};
use crate::text::safe;

/// More than this is no list of levels.
const MOST_BYTES: u64 = 1024 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answers {
    levels: BTreeMap<String, i64>,
    #[serde(default)]
    evidence: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    notes: BTreeMap<String, String>,
}

/// Reads the answers, in the order of the areas. All of them are good, or none is taken.
pub(super) fn read<'a>(path: &Path, career: &'a Career) -> Result<Vec<Given<'a>>> {
    let (name, text) = if path == Path::new("-") {
        ("standard input".to_owned(), stdin()?)
    } else {
        let text = file::text(path).map_err(Error::failed)?;
        (safe::short(&path.display().to_string(), 300), text)
    };
    let form = "it has a table [levels] with lines such as `retrieval = 2`";
    let answers: Answers = toml::from_str(&text).map_err(|error| {
        let line = error
            .span()
            .map_or(1, |span| 1 + text.get(..span.start).unwrap_or_default().matches('\n').count());
        let message = safe::short(error.message(), 300);
        Error::failed(format!("{name}:{line}: {message}")).hint(form)
    })?;
    let told = |error: Error| error.hint(format!("that is in {name}; nothing was recorded"));
    for id in answers.evidence.keys().chain(answers.notes.keys()) {
        if !answers.levels.contains_key(id) {
            let id = safe::short(id, 80);
            let message = format!("{name} says something about `{id}`, but has no level for it");
            return Err(Error::failed(message).hint(form));
        }
    }
    let mut given = Vec::new();
    for (id, level) in &answers.levels {
        let area = area(id, career).map_err(told)?;
        let known = u8::try_from(*level).ok().filter(|level| usize::from(*level) <= HIGHEST);
        let level = known.ok_or_else(|| {
            Error::failed(format!("{name}: there is no level {level} for `{id}`"))
                .hint("levels go from 0 (none) to 4 (expert); nothing was recorded")
        })?;
        let evidence = answers.evidence.get(id).map_or(&[][..], Vec::as_slice);
        let note = answers.notes.get(id).map(String::as_str);
        let remark = mark::remark(note, evidence).map_err(told)?;
        given.push(Given { area, level, remark });
    }
    let place = |one: &Given<'_>| career.areas.iter().position(|area| area.id == one.area.id);
    given.sort_by_key(place);
    Ok(given)
}

fn stdin() -> Result<String> {
    let mut text = String::new();
    std::io::stdin().take(MOST_BYTES).read_to_string(&mut text).map_err(|error| {
        Error::failed(format!("standard input could not be read: {error}"))
            .hint("pipe text in UTF-8 into it")
    })?;
    Ok(text)
}
