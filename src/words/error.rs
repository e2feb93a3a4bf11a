//! Why there is no report, as a person is told it: the sentence, the code, and what to do next.

use milepost_core::{Candidate, Named, Refusal};
use milepost_path::safe;

use super::{did_you_mean, revert};
use crate::error::{Code, Error};

impl From<milepost_core::Error> for Error {
    fn from(error: milepost_core::Error) -> Self {
        match error {
            milepost_core::Error::Store(error) => error.into(),
            milepost_core::Error::Disk(error) => error.into(),
            milepost_core::Error::Refused(refusal) => (*refusal).into(),
        }
    }
}

/// That there was no answer in so many seconds, and that nothing came of the question.
pub fn timed_out(seconds: u64) -> Error {
    Error::new(
        Code::TimedOut,
        format!("there was no answer within {seconds} s; nothing was recorded"),
    )
    .hint("try again, with fewer calls at once")
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoHome => {
                Self::new(Code::NoHome, "there is no home directory to keep the record in")
                    .hint("name a file with `--db` or MILEPOST_DB")
            }
            Refusal::Unknown { what, name, near, known } => unknown(what, &name, &near, &known),
            Refusal::PartOfPath { name, part } => {
                let Candidate { reference, kind, .. } = part;
                let path = reference.path();
                unknown(Named::Path, &name, &[], &[]).without_hints().hint(format!(
                    "it is a {kind} of `{path}`: `milepost show {reference}` shows it"
                ))
            }
            Refusal::Ambiguous { name, candidates } => {
                let message = format!("{} {} things", could_mean(&name), candidates.len());
                let error = Self::new(Code::AmbiguousRef, message);
                candidates.iter().map(candidate).fold(error, Self::hint)
            }
            Refusal::AmbiguousQuestion { name, candidates } => {
                let message = format!("{} {} questions", could_mean(&name), candidates.len());
                let names: Vec<String> = candidates.iter().map(ToString::to_string).collect();
                Self::new(Code::AmbiguousRef, message).hint(did_you_mean(&names))
            }
            Refusal::IsQuestion(reference) => {
                Self::new(Code::WrongKind, format!("{reference} is an interview question")).hint(
                    format!("`milepost show {reference}` shows it, `milepost interview` asks it"),
                )
            }
            Refusal::NotInPath(reference, has_path) => Self::new(
                Code::UnknownRef,
                if has_path {
                    format!("{reference} is no longer in its path; your record of it is kept")
                } else {
                    format!("the path of {reference} cannot be used now; your record of it is kept")
                },
            )
            .hint(format!("`milepost show {reference}` shows it, `milepost note` adds to it")),
            Refusal::Hidden(reference) => Self::new(
                Code::UnknownRef,
                format!("{reference} is hidden by your overlay of its path"),
            )
            .hint(format!("`milepost hide --remove {reference}` shows it again")),
            Refusal::NoCareer => Self::new(
                Code::InvalidFile,
                "no career file can be used, so there are no skill areas or roles",
            )
            .hint("`milepost check` shows what is wrong with yours"),
            Refusal::GivenUp => {
                Self::new(Code::Cancelled, "the change was given up before it was recorded")
            }
            Refusal::Erased(reference) => Self::new(Code::Refused, revert::erased(&reference))
                .hint("`milepost undo --yes` takes back the change before it"),
            Refusal::NoText(refusal) => refusal.into(),
            Refusal::Note(refusal) => refusal.into(),
            Refusal::Redact(refusal) => refusal.into(),
            Refusal::Away(refusal) => refusal.into(),
            Refusal::Search(refusal) => refusal.into(),
            Refusal::Next(refusal) => refusal.into(),
            Refusal::Open(refusal) => refusal.into(),
            Refusal::Compare(refusal) => refusal.into(),
            Refusal::Show(refusal) => refusal.into(),
            Refusal::Assess(refusal) => refusal.into(),
            Refusal::Interview(refusal) => refusal.into(),
            Refusal::Backup(refusal) => refusal.into(),
            Refusal::Restore(refusal) => refusal.into(),
            Refusal::Remark(refusal) => refusal.into(),
            Refusal::Mark(refusal) => refusal.into(),
            Refusal::Ticks(refusal) => refusal.into(),
            Refusal::Snooze(refusal) => refusal.into(),
            Refusal::Study(refusal) => refusal.into(),
            Refusal::Import(refusal) => refusal.into(),
            Refusal::Export(refusal) => refusal.into(),
            Refusal::Add(refusal) => (*refusal).into(),
            Refusal::Check(refusal) => refusal.into(),
            Refusal::Overlay(refusal) => (*refusal).into(),
            Refusal::Remove(refusal) => refusal.into(),
            Refusal::Sync(refusal) => refusal.into(),
        }
    }
}

/// That nothing has a name, with the names that are like it, or what lists all of them.
fn unknown(what: Named, name: &str, near: &[String], known: &[String]) -> Error {
    let shown = safe::short(name, 80);
    let there_is_no = |what: &str| format!("there is no {what} `{shown}`");
    let listed = || format!("choose from {}", known.join(", "));
    let lists = |command: &str| format!("`{command}` lists them");
    let (code, message, list) = match what {
        Named::Path => (Code::UnknownPath, there_is_no("path"), lists("milepost paths")),
        Named::Role => (Code::UnknownName, there_is_no("role"), lists("milepost roles")),
        Named::Away => (
            Code::UnknownRef,
            format!("no days away are recorded for {}", shown.trim_start_matches("away:")),
            "`milepost away` lists them; name one as `away:2026-12-20`".to_owned(),
        ),
        Named::Area => {
            (Code::UnknownName, there_is_no("skill area"), lists("milepost assess --list"))
        }
        Named::Remote => {
            (Code::UnknownName, there_is_no("remote"), lists("milepost sync --status"))
        }
        Named::Practice => (
            Code::UnknownName,
            there_is_no("mock interview"),
            lists("milepost interview --practice"),
        ),
        Named::Stage => (Code::UnknownName, there_is_no("stage") + " here", listed()),
        Named::Topic => (Code::UnknownName, there_is_no("topic") + " here", listed()),
        Named::Ref => (
            Code::UnknownRef,
            match shown.trim() {
                "" => "an empty text names nothing".to_owned(),
                _ => format!("nothing is called `{shown}`"),
            },
            "`milepost list` lists items, `milepost search` searches everything".to_owned(),
        ),
        Named::Question => (
            Code::UnknownRef,
            format!("no interview question is called `{shown}`"),
            "`milepost interview --list` lists them".to_owned(),
        ),
    };
    let hint = if near.is_empty() { list.clone() } else { did_you_mean(near) };
    let said = Error::new(code, message).hint(hint);
    match what {
        // Several, as other programs take them; a title has a blank after its comma.
        Named::Ref if name.contains(',') && !name.contains(char::is_whitespace) => {
            said.hint("name several things one by one, without commas between them")
        }
        // There are few, and the names of some are not what the field calls them.
        Named::Role if !near.is_empty() => said.hint(list),
        _ => said,
    }
}

/// What a reference could mean, as the beginning of a sentence or as a question.
pub(crate) fn could_mean(name: &str) -> String {
    format!("`{}` could mean", safe::short(name, 80))
}

/// One of the things that a reference could mean, on a line.
pub(crate) fn candidate(candidate: &Candidate) -> String {
    let title = safe::line(&candidate.title);
    format!("{}  ({}: {title})", candidate.reference, candidate.kind)
}
