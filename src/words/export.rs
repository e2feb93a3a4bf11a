//! The portfolio as JSON, and why there is nothing to export.

use chrono::NaiveDate;
use milepost_core::progress::Activity;
use milepost_core::report::export::{
    self, AnswerPart, AwayPart, Matrix, PathPart, Refusal, Retired,
};
use milepost_core::schedule::{Expected, Schedule, Week};
use serde::Serialize;

use super::{Document, forecast, interview};
use crate::error::{Code, Error};

#[derive(Serialize)]
struct Json<'a> {
    owner: Option<&'a str>,
    as_of: NaiveDate,
    paths: Vec<PathJson<'a>>,
    activity: &'a Activity,
    schedule: ScheduleJson<'a>,
    matrix: Option<&'a Matrix>,
    retired: &'a [Retired],
    answers: &'a [AnswerPart],
    away: &'a [AwayPart],
}

#[derive(Serialize)]
struct PathJson<'a> {
    #[serde(flatten)]
    path: &'a PathPart,
    forecast_note: Option<String>,
}

#[derive(Serialize)]
struct ScheduleJson<'a> {
    milestones: &'a [Expected],
    weeks: &'a [Week],
    notes: Vec<String>,
}

impl Document for export::Document {
    const COMMAND: &'static str = "export";

    fn json(&self) -> impl Serialize {
        let path = |path| PathJson { path, forecast_note: forecast::note(&path.note) };
        let Schedule { milestones, weeks, notes, .. } = &self.schedule;
        let notes = notes.iter().map(forecast::no_day).collect();
        Json {
            owner: self.owner.as_deref(),
            as_of: self.as_of,
            paths: self.paths.iter().map(path).collect(),
            activity: &self.activity,
            schedule: ScheduleJson { milestones, weeks, notes },
            matrix: self.matrix.as_ref(),
            retired: &self.retired,
            answers: &self.answers,
            away: &self.away,
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let (why, hint) = match refusal {
            Refusal::NothingRecorded => ("nothing to export: nothing is recorded", START),
            Refusal::Nothing => {
                ("nothing to export: you follow no path and nothing is recorded", START)
            }
            Refusal::InNoPath => (
                "nothing in the record belongs to an installed path",
                "`milepost add FILE` installs a path; `--format json` exports the record",
            ),
            Refusal::NothingDone => (
                "you have finished nothing yet that you could show",
                "omit `--public` to include what is in progress and planned",
            ),
            Refusal::NothingForResume => (
                "there is nothing for a résumé yet: no milestone is done, and no skill area has the \
                 level that you aim at",
                "`milepost done MILESTONE --evidence URL` records what you built, `milepost assess` \
                 what you can do",
            ),
            Refusal::NoQuestions { with } => {
                let error = Self::new(Code::NothingThere, "there are no interview questions here");
                let hint = interview::with_questions(&with, |path| {
                    format!("milepost export {path} --format anki -o questions.txt")
                });
                return match hint {
                    None => error,
                    Some(hint) => error.hint(hint),
                };
            }
        };
        Self::new(Code::NothingThere, why).hint(hint)
    }
}

/// How to begin.
const START: &str = "`milepost start PATH` follows a path; `milepost paths` lists them";
