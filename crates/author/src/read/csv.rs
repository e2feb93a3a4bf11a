//! Sheets: CSV and TSV, with any separator, with headings or without, and decks of cards.

use csv::{ReaderBuilder, StringRecord};

use super::needs::Known;
use super::table::{self, Placed, Row, Table, cards};
use super::{MOST_ITEMS, Many, Options, ReadError, arrange, html, rich::Rich};
use crate::counts::{Counts, LeftOut};
use crate::draft::Draft;

/// How many columns of a row are read.
const MOST_COLUMNS: usize = 200;
/// What separates cells, the likeliest first.
const SEPARATORS: [u8; 4] = *b",\t;|";
/// How many rows are looked at to find the separator.
const LOOKED_AT: usize = 20;

/// Reads a sheet with commas, or with what separates its cells instead.
///
/// # Errors
/// It is no sheet, or has too many rows.
pub(super) fn read(text: &str, options: &Options) -> Result<Draft, ReadError> {
    let said = Directives::of(text);
    let separator = said.separator.unwrap_or_else(|| separator(said.rest));
    draft(&said, separator, false, options)
}

/// Reads a sheet with tabs.
///
/// # Errors
/// It is no sheet, or has too many rows.
pub(super) fn read_tabs(text: &str, options: &Options) -> Result<Draft, ReadError> {
    let said = Directives::of(text);
    let separator = said.separator.unwrap_or(b'\t');
    draft(&said, separator, false, options)
}

/// Reads flash cards: a question and an answer a row.
///
/// # Errors
/// It is no sheet, or has too many rows.
pub(super) fn read_cards(text: &str, options: &Options) -> Result<Draft, ReadError> {
    let said = Directives::of(text);
    let separator = said.separator.unwrap_or_else(|| separator(said.rest));
    draft(&said, separator, true, options)
}

/// What the lines at the head of an export of Anki say, such as `#separator:tab`.
#[derive(Debug, Default)]
struct Directives<'t> {
    separator: Option<u8>,
    /// The headings.
    columns: Option<&'t str>,
    /// Headings that single lines give: the column from 1, and the heading.
    headings: Vec<(usize, &'static str)>,
    deck: Option<&'t str>,
    /// How many lines they are.
    lines: usize,
    /// What follows them.
    rest: &'t str,
}

impl<'t> Directives<'t> {
    fn of(text: &'t str) -> Self {
        let mut said = Self { rest: text, ..Self::default() };
        while let Some(line) = said.rest.strip_prefix('#') {
            let (line, rest) = line.split_once('\n').unwrap_or((line, ""));
            let Some((key, value)) = line.trim_end().split_once(':') else { break };
            let number = || value.trim().parse().ok();
            match key.to_lowercase().as_str() {
                "separator" => said.separator = named_separator(value),
                "columns" => said.columns = Some(value),
                "deck" => said.deck = Some(value),
                "tags column" => said.headings.extend(number().map(|at| (at, "tags"))),
                "deck column" => said.headings.extend(number().map(|at| (at, "deck"))),
                "guid column" => said.headings.extend(number().map(|at| (at, "guid"))),
                "notetype column" => said.headings.extend(number().map(|at| (at, "portfolio"))),
                "html" | "notetype" | "tags" | "if matches" => {}
                _ => break,
            }
            said.lines += 1;
            said.rest = rest;
        }
        said
    }

    fn is_deck(&self) -> bool {
        self.lines > 0
    }
}

fn named_separator(name: &str) -> Option<u8> {
    match name.trim().to_lowercase().as_str() {
        "" | "tab" | "\\t" => Some(b'\t'),
        "comma" => Some(b','),
        "semicolon" => Some(b';'),
        "pipe" => Some(b'|'),
        "colon" => Some(b':'),
        "space" => Some(b' '),
        name => name.bytes().next().filter(u8::is_ascii),
    }
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes())
}

/// What separates the cells of a sheet: what gives its first rows the same number of cells, and the
/// more the better.
fn separator(text: &str) -> u8 {
    let worth = |separator: &u8| {
        let rows = reader(text, *separator).into_records().take(LOOKED_AT);
        let cells: Vec<usize> = rows.map_while(Result::ok).map(|row| row.len()).collect();
        let Some(first) = cells.first().copied().filter(|first| *first > 1) else {
            return (0, 0);
        };
        (cells.iter().filter(|cells| **cells == first).count() * 100 / cells.len(), first)
    };
    // Of equals, `max_by_key` takes the last.
    SEPARATORS.into_iter().rev().max_by_key(worth).unwrap_or(b',')
}

fn draft(
    said: &Directives<'_>,
    separator: u8,
    is_deck: bool,
    options: &Options,
) -> Result<Draft, ReadError> {
    let mut draft = Draft { title: said.deck.map(str::to_owned), ..Draft::default() };
    let table = table(said, separator, &mut draft.counts)?;
    let is_deck = is_deck || said.is_deck() || cards::is_deck(&table);
    if is_deck {
        let title = draft.title.clone().unwrap_or_else(|| "Cards".to_owned());
        draft.interview = cards::groups(&table, &title, &mut draft.counts);
        return if draft.interview.is_empty() { Err(ReadError::Nothing) } else { Ok(draft) };
    }
    let has_head = table.head.iter().any(|heading| !heading.is_empty());
    let mut placed: Vec<Placed> = table::entries(&table, &mut draft.counts);
    if !has_head {
        table::guess_columns(&mut placed);
    }
    if placed.is_empty() {
        return Err(ReadError::Nothing);
    }
    let known = Known::of(placed.iter().map(|one| &one.entry), std::iter::empty());
    for one in &mut placed {
        known.resolve(&mut one.entry);
    }
    draft.stages = arrange::sheet(placed, &options.name);
    Ok(draft)
}

/// The cells of a sheet.
fn table(said: &Directives<'_>, separator: u8, counts: &mut Counts) -> Result<Table, ReadError> {
    let mut records = reader(said.rest, separator);
    let mut record = StringRecord::new();
    let mut table = Table::default();
    let mut columns = 0;
    let mut is_first = true;
    if let Some(names) = said.columns {
        let split = char::from(separator);
        table.head = names.split(split).take(MOST_COLUMNS).map(str::to_owned).collect();
        is_first = false;
    }
    loop {
        let line = records.position().line() as usize + said.lines;
        match records.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let line = error.position().map_or(line, |at| at.line() as usize + said.lines);
                return Err(ReadError::Syntax { line, column: 0, message: error.to_string() });
            }
        }
        let cells = record.iter().take(MOST_COLUMNS);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            counts.leave_out(LeftOut::Untitled);
            continue;
        }
        if std::mem::take(&mut is_first) {
            let cells: Vec<String> = cells.clone().map(|cell| cell.trim().to_owned()).collect();
            if !said.is_deck() && table::is_head(&cells) {
                table.head = cells;
                continue;
            }
        }
        if table.rows.len() >= MOST_ITEMS {
            return Err(ReadError::TooMany { what: Many::Rows, most: MOST_ITEMS });
        }
        let cells: Vec<Rich> = cells.map(|cell| self::cell(cell, counts)).collect();
        columns = columns.max(cells.len());
        table.rows.push(Row { line: line.max(1), cells });
    }
    for (column, heading) in &said.headings {
        if table.head.len() < *column && *column <= MOST_COLUMNS {
            table.head.resize(*column, String::new());
        }
        if let Some(cell) = column.checked_sub(1).and_then(|at| table.head.get_mut(at)) {
            (*heading).clone_into(cell);
        }
    }
    if !table.head.is_empty() || !said.is_deck() {
        table.head.resize(table.head.len().max(columns), String::new());
    }
    Ok(table)
}

/// A cell: plain text, or the text of HTML, which cards are often written in.
fn cell(cell: &str, counts: &mut Counts) -> Rich {
    // A spreadsheet takes a cell that begins with such a character for a formula.
    let formula = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    let cell = formula.unwrap_or(cell);
    if cell.contains('<') && cell.contains('>') || cell.contains('&') && cell.contains(';') {
        html::line(cell, counts)
    } else {
        Rich::plain(cell, counts)
    }
}
