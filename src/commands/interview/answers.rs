//! The file of `--answers`: grades by question.

use std::collections::HashMap;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue};

use super::{Answered, Mode, Report, append, select};
use crate::catalog::file;
use crate::catalog::format::line_column;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::event::Grade;
use crate::model::roadmap::{Asked, Ref};
use crate::model::standing::Answer;
use crate::text::{quantity, safe};

/// More than this is no list of grades.
const MOST_BYTES: u64 = 1024 * 1024;
/// More problems than these help nobody.
const MOST_PROBLEMS: usize = 20;
const FORM: &str = "the file has a table [grades] with lines such as `idempotency = \"good\"`";

/// A question with its grade.
type Given<'a> = (Asked<'a>, Grade);

/// Records the grades of a file for a day in one transaction. What was recorded for that day with
/// that grade is not recorded twice.
pub(super) fn run(path: &Path, on: NaiveDate, context: &Context) -> Result<Report> {
    let given = read(path, context)?;
    let mut report = Report::of(Mode::Answers);
    if given.is_empty() {
        return Ok(report);
    }
    let subjects: Vec<Ref> = given.iter().map(|(asked, _)| asked.reference()).collect();
    let mut store = context.store_to_write()?;
    let mut writing = store.write(context.stamp)?;
    let standing = writing.reading().standing_of(&subjects)?;
    for ((asked, grade), subject) in given.into_iter().zip(subjects) {
        let before = standing.answers(&subject);
        let answer = Answer { on, grade };
        if before.contains(&answer) {
            report.unchanged.push(subject);
            continue;
        }
        append(&mut writing, &asked, grade, on)?;
        report.answered.push(Answered::new(&asked, answer, before));
    }
    if report.answered.is_empty() {
        drop(writing);
    } else {
        context.commit(writing)?;
    }
    Ok(report)
}

/// The grades in the order of the file. All of them are good, or none is taken.
fn read<'a>(path: &Path, context: &'a Context) -> Result<Vec<Given<'a>>> {
    let (name, text) = if path == Path::new("-") {
        ("standard input".to_owned(), stdin()?)
    } else {
        let text = file::text(path).map_err(Error::failed)?;
        (safe::short(&path.display().to_string(), 300), text)
    };
    let (document, errors) = DeTable::parse_recoverable(&text);
    let mut problems = Problems { text: &text, found: Vec::new() };
    for error in &errors {
        let span = error.span().unwrap_or(text.len()..text.len());
        let message = match error.message() {
            message if message.starts_with("string values must be quoted") => {
                "a grade is missing here, or its quotes: write `\"good\"`".to_owned()
            }
            message => safe::short(message, 300),
        };
        problems.push(&span, message);
    }
    let mut given = Vec::new();
    if errors.is_empty() {
        given = grades(document.get_ref(), &mut problems, context)?;
    }
    match problems.told(&name) {
        Some(error) => Err(error),
        None => Ok(given),
    }
}

fn grades<'a>(
    document: &DeTable<'_>,
    problems: &mut Problems<'_>,
    context: &'a Context,
) -> Result<Vec<Given<'a>>> {
    for key in document.keys().filter(|key| key.get_ref() != "grades") {
        let shown = safe::short(key.get_ref(), 80);
        problems.push(&key.span(), format!("`{shown}` is not known here; {FORM}"));
    }
    let table = match document.get("grades").map(|grades| (grades.get_ref(), grades.span())) {
        Some((DeValue::Table(table), _)) => table,
        Some((_, span)) => {
            problems.push(&span, format!("`grades` is no table; {FORM}"));
            return Ok(Vec::new());
        }
        None => {
            if problems.found.is_empty() {
                problems.push(&(0..0), format!("there are no grades; {FORM}"));
            }
            return Ok(Vec::new());
        }
    };
    let followed = match context.store()? {
        Some(mut store) => store.read()?.standing_of([])?,
        None => Default::default(),
    };
    let followed = followed.followed_ids();
    let mut seen: HashMap<Ref, String> = HashMap::new();
    let mut given: Vec<Given<'a>> = Vec::new();
    // A table hands its keys over by name.
    let mut lines: Vec<_> = table.iter().collect();
    lines.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in lines {
        let name = key.get_ref().as_ref();
        let asked = match select::question(name, &followed, context) {
            Ok(asked) => asked,
            Err(error) => {
                let hint = error.hints().first().map_or(String::new(), |hint| format!("; {hint}"));
                problems.push(&key.span(), format!("{}{hint}", error.message()));
                continue;
            }
        };
        if let Some(before) = seen.insert(asked.reference(), safe::short(name, 80)) {
            let shown = safe::short(name, 80);
            problems.push(&key.span(), format!("`{shown}` is the same question as `{before}`"));
        }
        match value.get_ref().as_str().and_then(Grade::parse) {
            Some(grade) => given.push((asked, grade)),
            None => {
                let written = problems.text.get(value.span()).unwrap_or_default();
                let written = safe::short(written.trim_matches(['"', '\'']), 80);
                problems.push(
                    &value.span(),
                    format!(
                        "`{written}` is no grade; write \"again\", \"hard\", \"good\" or \"easy\""
                    ),
                );
            }
        }
    }
    Ok(given)
}

/// What is wrong with a file, each with its place.
struct Problems<'t> {
    text: &'t str,
    found: Vec<(usize, String)>,
}

impl Problems<'_> {
    fn push(&mut self, span: &Range<usize>, message: String) {
        self.found.push((span.start, message));
    }

    fn told(mut self, name: &str) -> Option<Error> {
        self.found.sort();
        let line = |(at, message): &(usize, String)| {
            let (line, column) = line_column(self.text, *at);
            format!("\n  {name}:{line}:{column}: {message}")
        };
        let lines: String = self.found.iter().take(MOST_PROBLEMS).map(line).collect();
        let more = match self.found.len().saturating_sub(MOST_PROBLEMS) {
            0 => String::new(),
            n => format!("\n  and {n} more"),
        };
        let count = quantity::count(self.found.len(), "problem");
        (!self.found.is_empty()).then(|| {
            Error::failed(format!("{count} in {name}, so nothing was recorded:{lines}{more}"))
        })
    }
}

fn stdin() -> Result<String> {
    let mut text = String::new();
    std::io::stdin().take(MOST_BYTES).read_to_string(&mut text).map_err(|error| {
        Error::failed(format!("standard input could not be read: {error}"))
            .hint("pipe text in UTF-8 into it")
    })?;
    Ok(text)
}
