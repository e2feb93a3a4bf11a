//! A list of ticks as somebody wrote it, in TOML or CSV: all that it says, or all that is wrong with it.

use chrono::{Datelike, NaiveDate};
use milepost_path::{Diagnostic, MOST_DIAGNOSTICS, line_column, read_ticks};

use super::csv;
use crate::model::event::Annotation;
use crate::report::remark;
use crate::report::{Error, Refusal};

/// A longer text is no list of ticks.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;

/// What a list says.
#[derive(Debug, Default, PartialEq)]
pub struct List {
    /// The ticks in the order of the file.
    pub ticks: Vec<Tick>,
    /// How many rows of a CSV say that their item is not done.
    pub not_done: usize,
}

/// That something is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// The line on which it begins.
    pub line: usize,
    /// The names of what is done: at least one.
    pub name: Name,
    /// The day, where it says one.
    pub on: Option<NaiveDate>,
    /// Whether it is credited as known, where it says so.
    pub known: Option<bool>,
    /// What is said about it.
    pub remark: Annotation,
}

/// How a line names what is done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    /// By its reference.
    pub reference: Option<String>,
    /// By its address.
    pub url: Option<String>,
    /// By its title.
    pub title: Option<String>,
}

/// What is wrong with a list.
#[derive(Debug, Default)]
pub struct Invalid {
    /// The problems in the order of the file; not all where they are many.
    pub problems: Vec<Problem>,
    /// How many more there are.
    pub left_out: usize,
}

/// One problem of a list.
#[derive(Debug)]
pub struct Problem {
    /// The line.
    pub line: usize,
    /// The column; none in a CSV.
    pub column: Option<usize>,
    /// What is wrong.
    pub what: Wrong,
}

/// What can be wrong with a list.
#[derive(Debug)]
pub enum Wrong {
    /// Something that the format of the list says.
    Diagnostic(Diagnostic),
    /// Something of a CSV.
    Csv(csv::Wrong),
    /// A day lies in the future.
    Future(NaiveDate),
    /// A day lies before the year 1.
    TooEarly,
    /// A note or a piece of evidence cannot be recorded.
    Remark(remark::Refusal),
}

impl Invalid {
    pub(super) fn push(&mut self, line: usize, column: Option<usize>, what: Wrong) {
        if self.problems.len() < MOST_DIAGNOSTICS {
            self.problems.push(Problem { line, column, what });
        } else {
            self.left_out += 1;
        }
    }

    pub(super) fn or<T>(self, read: T) -> Result<T, Self> {
        if self.problems.is_empty() { Ok(read) } else { Err(self) }
    }

    /// What can be recorded of a note and evidence.
    pub(super) fn remark(
        &mut self,
        line: usize,
        note: Option<&str>,
        evidence: &[String],
    ) -> Annotation {
        match remark::remark(note, evidence) {
            Ok(remark) => remark,
            Err(Error::Refused(why)) => {
                if let Refusal::Remark(why) = *why {
                    self.push(line, None, Wrong::Remark(why));
                }
                Annotation::default()
            }
            // Nothing else is looked at.
            Err(_) => Annotation::default(),
        }
    }

    /// A day, if it has come.
    pub(super) fn day(
        &mut self,
        (line, column): (usize, Option<usize>),
        on: NaiveDate,
        today: NaiveDate,
    ) -> NaiveDate {
        if on > today {
            self.push(line, column, Wrong::Future(on));
        } else if on.year() < 1 {
            self.push(line, column, Wrong::TooEarly);
        }
        on
    }
}

/// Reads a list; whether it is TOML or CSV, it shows.
///
/// # Errors
/// Any part of it is wrong, or it names a day after today.
pub fn read(text: &str, today: NaiveDate) -> Result<List, Invalid> {
    match csv::header(text) {
        Some(header) => csv::read(text, &header, today),
        None => from_toml(text, today),
    }
}

fn from_toml(text: &str, today: NaiveDate) -> Result<List, Invalid> {
    let mut invalid = Invalid::default();
    let ticks = match read_ticks(text) {
        Ok(ticks) => ticks,
        Err((found, left_out)) => {
            for one in found {
                let (line, column) = line_column(text, one.span.start);
                invalid.push(line, Some(column), Wrong::Diagnostic(one));
            }
            invalid.left_out += left_out;
            return Err(invalid);
        }
    };
    let mut lines = Lines::of(text);
    let read = ticks.into_iter().map(|tick| {
        let line = lines.at(tick.span.start);
        let on = tick.on.map(|on| {
            // To find the column would cost the square where there is nothing to tell.
            let place = if on > today { line_column(text, tick.on_span.start) } else { (line, 1) };
            invalid.day((place.0, Some(place.1)), on, today)
        });
        let remark = invalid.remark(line, tick.note.as_deref(), &tick.evidence);
        let name = Name { reference: tick.reference, url: tick.url, title: tick.title };
        Tick { line, name, on, known: tick.known, remark }
    });
    let ticks = read.collect();
    invalid.or(List { ticks, not_done: 0 })
}

/// The lines of offsets that ascend.
pub(super) struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line of an offset.
    pub(super) fn at(&mut self, offset: usize) -> usize {
        let between = self.text.as_bytes().get(self.at..offset).unwrap_or_default();
        self.line += between.iter().filter(|byte| **byte == b'\n').count();
        self.at = self.at.max(offset);
        self.line
    }
}
