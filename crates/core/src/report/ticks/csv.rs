//! A list of ticks as CSV: the columns of our own CSV export, of which any can be left out, and `on` and
//! `note`. A spreadsheet separates them by commas, semicolons or tabs.

use chrono::NaiveDate;
use csv::{ReaderBuilder, StringRecord, Trim};
use milepost_path::MOST_TICKS;
use milepost_path::address::Address;
use milepost_path::near::nearest;

use super::list::{Invalid, Lines, List, Name, Tick, Wrong as Any};
use crate::model::standing::Status;

/// What is read.
const READ: [Column; 9] = [
    Column::Ref,
    Column::Url,
    Column::Title,
    Column::Status,
    Column::Since,
    Column::On,
    Column::Known,
    Column::Note,
    Column::Evidence,
];

/// What our own export has besides: what is in the path anyway, and what no mark has.
const BESIDES: [&str; 21] = [
    "path",
    "stage",
    "topic",
    "kind",
    "begun",
    "optional",
    "hours",
    "type",
    "cost",
    "portfolio",
    "notes",
    "can",
    "by",
    "part",
    "lang",
    "tags",
    "hours_least",
    "hours_most",
    "look_up",
    "retired",
    "minutes",
];

/// A table with more columns is no list.
const MOST_COLUMNS: usize = 1_000;
/// A longer name is none; in characters.
const MOST_CHARACTERS: usize = 2_000;

/// A column that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The reference.
    Ref,
    /// The address.
    Url,
    /// The title.
    Title,
    /// The status: only what is done is ticked.
    Status,
    /// The day, as the export calls it.
    Since,
    /// The day.
    On,
    /// Whether it is credited as known.
    Known,
    /// A note.
    Note,
    /// Evidence, a piece a line.
    Evidence,
}

impl Column {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ref => "ref",
            Self::Url => "url",
            Self::Title => "title",
            Self::Status => "status",
            Self::Since => "since",
            Self::On => "on",
            Self::Known => "known",
            Self::Note => "note",
            Self::Evidence => "evidence",
        }
    }
}

/// What can be wrong with a CSV.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// There is no column of this name; one that could be meant.
    UnknownColumn(String, Option<&'static str>),
    /// A column is there twice.
    ColumnTwice(&'static str),
    /// There are more columns than any list has.
    TooManyColumns,
    /// No column names what is done.
    NoNames,
    /// A row has more cells than there are columns.
    TooManyCells(usize, usize),
    /// A row names nothing.
    NamesNothing,
    /// A name is longer than any that there is.
    Long(Column),
    /// This is no web address.
    NoAddress(String),
    /// This is no day.
    NoDay(String),
    /// The two columns for the day have two days.
    TwoDays,
    /// This is neither true nor false.
    NoFlag(String),
    /// This is no status.
    NoStatus(String),
    /// There are more rows than a list has ticks.
    TooMany,
}

/// How a CSV begins.
#[derive(Debug)]
pub(super) struct Header {
    delimiter: u8,
}

/// The header of a CSV; `None` if a text does not begin with one.
pub(super) fn header(text: &str) -> Option<Header> {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let is_known = |name: &str| {
        let name = name.trim().trim_matches('"').trim().to_lowercase();
        column(&name).is_some() || BESIDES.contains(&name.as_str())
    };
    let known = |delimiter: char| first.split(delimiter).filter(|name| is_known(name)).count();
    let of = [',', ';', '\t'].map(|delimiter| (known(delimiter), delimiter));
    // Of equals the first: a single column has none of them.
    let (_, delimiter) =
        of.into_iter().rev().filter(|(known, _)| *known > 0).max_by_key(|one| one.0)?;
    u8::try_from(delimiter).ok().map(|delimiter| Header { delimiter })
}

fn column(name: &str) -> Option<Column> {
    READ.into_iter().find(|column| column.as_str() == name)
}

/// Reads the rows.
pub(super) fn read(text: &str, header: &Header, today: NaiveDate) -> Result<List, Invalid> {
    let mut reader = ReaderBuilder::new()
        .delimiter(header.delimiter)
        .flexible(true)
        .has_headers(false)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut invalid = Invalid::default();
    let mut list = List::default();
    let mut row = StringRecord::new();
    let mut lines = Lines::of(text);
    let mut columns: Option<Vec<Option<Column>>> = None;
    // The text is UTF-8 and rows can have any length, so that nothing of it cannot be read.
    while reader.read_record(&mut row).unwrap_or(false) {
        // Where a row begins, the reader has not yet left the end of the line before it.
        let at = row.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(usize::MAX));
        let ends = text.get(at..).unwrap_or_default().bytes();
        let ends = ends.take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let line = lines.at(at.saturating_add(ends));
        let Some(columns) = &columns else {
            if row.len() > MOST_COLUMNS {
                invalid.push(line, None, Any::Csv(Wrong::TooManyColumns));
                break;
            }
            columns = Some(columns_of(&row, line, &mut invalid));
            continue;
        };
        if row.iter().all(str::is_empty) {
            continue;
        }
        if list.ticks.len() == MOST_TICKS {
            invalid.push(line, None, Any::Csv(Wrong::TooMany));
            break;
        }
        match tick(&row, columns, line, today, &mut invalid) {
            Some(tick) => list.ticks.push(tick),
            None => list.not_done += 1,
        }
    }
    invalid.or(list)
}

fn columns_of(row: &StringRecord, line: usize, invalid: &mut Invalid) -> Vec<Option<Column>> {
    let mut columns = Vec::new();
    let mut seen: Vec<&'static str> = Vec::new();
    for name in row {
        let name = name.to_lowercase();
        let column = column(&name);
        let known =
            column.map(Column::as_str).or_else(|| BESIDES.into_iter().find(|one| *one == name));
        columns.push(column);
        let wrong = match known {
            Some(known) if seen.contains(&known) => Some(Wrong::ColumnTwice(known)),
            Some(known) => {
                seen.push(known);
                None
            }
            None => {
                let near = nearest(&name, READ.map(Column::as_str));
                let near = near.and_then(|near| READ.into_iter().find(|one| one.as_str() == near));
                Some(Wrong::UnknownColumn(name, near.map(Column::as_str)))
            }
        };
        if let Some(wrong) = wrong {
            invalid.push(line, None, Any::Csv(wrong));
        }
    }
    if ![Column::Ref, Column::Url, Column::Title].iter().any(|one| columns.contains(&Some(*one))) {
        invalid.push(line, None, Any::Csv(Wrong::NoNames));
    }
    columns
}

/// What a row says; `None` if it says that its item is not done.
fn tick(
    row: &StringRecord,
    columns: &[Option<Column>],
    line: usize,
    today: NaiveDate,
    invalid: &mut Invalid,
) -> Option<Tick> {
    if row.iter().skip(columns.len()).any(|cell| !cell.is_empty()) {
        let wrong = Wrong::TooManyCells(row.len(), columns.len());
        invalid.push(line, None, Any::Csv(wrong));
    }
    let cell = |column: Column| {
        let at = columns.iter().position(|one| *one == Some(column))?;
        row.get(at).map(unguarded).filter(|cell| !cell.is_empty())
    };
    let mut wrong = |wrong: Wrong| invalid.push(line, None, Any::Csv(wrong));
    if columns.contains(&Some(Column::Status)) {
        match cell(Column::Status).map(|word| (word, Status::parse(&word.to_lowercase()))) {
            Some((_, Some(Status::Done))) => {}
            Some((word, None)) => wrong(Wrong::NoStatus(word.to_owned())),
            Some(_) | None => return None,
        }
    }
    let mut name = |column: Column| {
        let name = cell(column)?;
        if name.chars().nth(MOST_CHARACTERS).is_some() {
            wrong(Wrong::Long(column));
        }
        Some(name.to_owned())
    };
    let (reference, url, title) = (name(Column::Ref), name(Column::Url), name(Column::Title));
    if let Some(url) = url.as_ref().filter(|url| Address::read(url).is_err()) {
        wrong(Wrong::NoAddress(url.clone()));
    }
    if reference.is_none() && url.is_none() && title.is_none() {
        wrong(Wrong::NamesNothing);
    }
    let known = cell(Column::Known).and_then(|word| match word.to_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => {
            wrong(Wrong::NoFlag(word.to_owned()));
            None
        }
    });
    let on = match (cell(Column::On), cell(Column::Since)) {
        (Some(on), Some(since)) if on != since => {
            wrong(Wrong::TwoDays);
            None
        }
        (on, since) => on.or(since),
    };
    let on = on.and_then(|text| {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        // `%Y` takes fewer digits, and a sign.
        let day = day.filter(|day| day.to_string() == text);
        if day.is_none() {
            wrong(Wrong::NoDay(text.to_owned()));
        }
        day
    });
    let evidence: Vec<String> = cell(Column::Evidence)
        .map(|cell| cell.lines().map(str::trim).filter(|line| !line.is_empty()))
        .map(|lines| lines.map(str::to_owned).collect())
        .unwrap_or_default();
    let on = on.map(|on| invalid.day((line, None), on, today));
    let remark = invalid.remark(line, cell(Column::Note), &evidence);
    Some(Tick { line, name: Name { reference, url, title }, on, known, remark })
}

/// A cell without the apostrophe by which our export keeps a spreadsheet from taking it for a formula.
fn unguarded(cell: &str) -> &str {
    let formula =
        |rest: &&str| rest.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    cell.strip_prefix('\'').filter(formula).unwrap_or(cell)
}
