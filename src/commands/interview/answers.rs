//! The file of `--answers`: grades by question.

use std::collections::HashMap;
use std::path::Path;

use chrono::NaiveDate;
use toml::de::DeTable;

use super::{Answered, Mode, Report, append};
use crate::commands::answers::{self, Problems};
use crate::context::Context;
use crate::error::Result;
use crate::model::event::Grade;
use crate::model::roadmap::{Asked, Ref};
use crate::model::standing::Answer;
use crate::model::view::{View, question_places};
use crate::report::references;
use crate::text::safe;

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
    let catalog = context.catalog();
    let places = given.iter().flat_map(|(asked, _)| question_places(catalog, asked));
    let standing = writing.reading().standing_of(&places.collect::<Vec<_>>())?;
    let view = View { shelf: catalog, standing: &standing };
    for ((asked, grade), subject) in given.into_iter().zip(subjects) {
        let before = view.answers(&asked);
        let answer = Answer { on, grade };
        if before.contains(&answer) {
            report.unchanged.push(subject);
            continue;
        }
        append(&mut writing, &asked, grade, on)?;
        report.answered.push(Answered::new(&asked, answer, &before));
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
    answers::read(path, |document, problems| grades(document, problems, context))
}

fn grades<'a>(
    document: &DeTable<'_>,
    problems: &mut Problems<'_>,
    context: &'a Context,
) -> Result<Vec<Given<'a>>> {
    problems.only(document, &["grades"], FORM);
    let Some(lines) = problems.lines(document, "grades", FORM) else {
        if document.is_empty() {
            problems.push(&(0..0), format!("there are no grades; {FORM}"));
        }
        return Ok(Vec::new());
    };
    let followed = match context.store()? {
        Some(mut store) => store.read()?.standing_of([])?,
        None => Default::default(),
    };
    let followed = followed.followed_ids();
    let mut seen: HashMap<Ref, String> = HashMap::new();
    let mut given: Vec<Given<'a>> = Vec::new();
    for line in lines {
        let asked = match references::question(line.key, &followed, &context.app) {
            Ok(asked) => asked,
            Err(error) => {
                problems.push_error(&line.span, &error.into());
                continue;
            }
        };
        let shown = safe::short(line.key, 80);
        if let Some(before) = seen.insert(asked.reference(), shown.clone()) {
            problems.push(&line.span, format!("`{shown}` is the same question as `{before}`"));
        }
        match line.value.as_str().and_then(Grade::parse) {
            Some(grade) => given.push((asked, grade)),
            None => {
                let written = problems.written(&line.value_span);
                let known = "write \"again\", \"hard\", \"good\" or \"easy\"";
                problems.push(&line.value_span, format!("`{written}` is no grade; {known}"));
            }
        }
    }
    Ok(given)
}
