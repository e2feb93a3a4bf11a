//! The file of `--answers`: levels by area, with evidence and notes.

use std::collections::BTreeMap;
use std::path::Path;

use milepost_core::report::aim;
use milepost_core::report::assess::{Given, area};
use milepost_core::{Annotation, App};
use milepost_path::{HIGHEST, safe, sort};
use toml::de::{DeTable, DeValue};

use crate::commands::shared::answer_file::{self, Line, Problems};
use crate::commands::shared::mark;
use crate::error::Result;

const FORM: &str = "the file has a table [levels] with lines such as `retrieval = 2`, and \
                    optionally [evidence] with lists and [notes] with texts";

/// Reads the answers, in the order of the areas. All of them are good, or none is taken.
pub(super) fn read(path: &Path, app: &App) -> Result<Vec<Given>> {
    answer_file::read(path, |document, problems| given(document, problems, app))
}

fn given(document: &DeTable<'_>, problems: &mut Problems<'_>, app: &App) -> Result<Vec<Given>> {
    problems.only(document, &["levels", "evidence", "notes"], FORM);
    let Some(lines) = problems.lines(document, "levels", FORM) else {
        problems.push(&(0..0), format!("there are no levels; {FORM}"));
        return Ok(Vec::new());
    };
    let mut remarks = remarks(document, &lines, problems);
    let mut given = Vec::new();
    for line in lines {
        let area = match area(line.key, app) {
            Ok(area) => area.id.clone(),
            Err(error) => {
                problems.push_error(&line.span, &error.into());
                continue;
            }
        };
        match level(line.value) {
            Some(level) => {
                let remark = remarks.remove(line.key).unwrap_or_default();
                given.push(Given { area, level, remark });
            }
            None => {
                let written = problems.written(&line.value_span);
                let known = "levels go from 0 (none) to 4 (expert)";
                problems.push(&line.value_span, format!("`{written}` is not a level; {known}"));
            }
        }
    }
    let areas = &aim::career(app)?.areas;
    sort::by_key(&mut given, |one| areas.iter().position(|area| area.id == one.area));
    Ok(given)
}

fn level(value: &DeValue<'_>) -> Option<u8> {
    let integer = value.as_integer()?;
    let level = u8::from_str_radix(integer.as_str(), integer.radix()).ok()?;
    (usize::from(level) <= HIGHEST).then_some(level)
}

/// What is said with the levels, by area.
fn remarks<'d>(
    document: &'d DeTable<'d>,
    levels: &[Line<'_>],
    problems: &mut Problems<'_>,
) -> BTreeMap<&'d str, Annotation> {
    let mut remarks: BTreeMap<&'d str, Annotation> = BTreeMap::new();
    for (table, wanted) in [("evidence", "a list of texts"), ("notes", "a text")] {
        for line in problems.lines(document, table, FORM).into_iter().flatten() {
            if !levels.iter().any(|level| level.key == line.key) {
                let shown = safe::short(line.key, 80);
                problems.push(&line.span, format!("`{shown}` has no level in this file"));
                continue;
            }
            let (note, evidence) = match (table, line.value) {
                ("notes", DeValue::String(note)) => (Some(note.as_ref()), Some(Vec::new())),
                ("evidence", DeValue::Array(texts)) => {
                    let texts = texts.iter().map(|text| text.get_ref().as_str().map(str::to_owned));
                    (None, texts.collect())
                }
                _ => (None, None),
            };
            let Some(evidence) = evidence else {
                problems.push(&line.value_span, format!("{table} must be {wanted}"));
                continue;
            };
            match mark::remark(note, &evidence) {
                Ok(said) => {
                    let remark = remarks.entry(line.key).or_default();
                    remark.note = said.note.or_else(|| remark.note.take());
                    remark.evidence.extend(said.evidence);
                }
                Err(error) => problems.push_error(&line.value_span, &error),
            }
        }
    }
    remarks
}
