//! The file of `--answers`: grades by question.

use std::collections::HashMap;
use std::path::Path;

use milepost_core::report::references;
use milepost_core::{App, Grade};
use milepost_path::{Ref, safe};
use toml::de::DeTable;

use crate::commands::shared::answer_file::{self, Problems};
use crate::error::Result;

const FORM: &str = "the file has a table [grades] with lines such as `idempotency = \"good\"`";

/// The grades in the order of the file. All of them are good, or none is taken.
pub(super) fn read(path: &Path, app: &App) -> Result<Vec<(String, Grade)>> {
    answer_file::read(path, |document, problems| grades(document, problems, app))
}

fn grades(
    document: &DeTable<'_>,
    problems: &mut Problems<'_>,
    app: &App,
) -> Result<Vec<(String, Grade)>> {
    problems.only(document, &["grades"], FORM);
    let Some(lines) = problems.lines(document, "grades", FORM) else {
        if document.is_empty() {
            problems.push(&(0..0), format!("there are no grades; {FORM}"));
        }
        return Ok(Vec::new());
    };
    let followed = app.followed_ids()?;
    let followed: Vec<&str> = followed.iter().map(String::as_str).collect();
    let mut seen: HashMap<Ref, String> = HashMap::new();
    let mut given = Vec::new();
    for line in lines {
        let reference = match references::question(line.key, &followed, app) {
            Ok(asked) => asked.reference(),
            Err(error) => {
                problems.push_error(&line.span, &error.into());
                continue;
            }
        };
        let shown = safe::short(line.key, 80);
        if let Some(before) = seen.insert(reference.clone(), shown.clone()) {
            problems.push(&line.span, format!("`{shown}` is the same question as `{before}`"));
        }
        match line.value.as_str().and_then(Grade::parse) {
            Some(grade) => given.push((reference.to_string(), grade)),
            None => {
                let written = problems.written(&line.value_span);
                let known = "write \"again\", \"hard\", \"good\" or \"easy\"";
                problems.push(&line.value_span, format!("`{written}` is not a grade; {known}"));
            }
        }
    }
    Ok(given)
}
