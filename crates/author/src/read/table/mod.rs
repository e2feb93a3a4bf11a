//! A table of cells becomes entries: the one reader for tables in Markdown and for sheets.

use std::collections::{HashMap, HashSet};

use super::effort;
use super::entry::{Entry, Shape};
use super::kind;
use super::rich::Rich;
use super::{tick, title};
use crate::counts::{Construct, Counts, LeftOut};
use crate::draft::{Criterion, Hours};
use crate::guess::{Guess, Guessed};

pub(super) mod cards;
mod roles;

use roles::Role;

/// A table: its headings and its rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Table {
    /// Empty where the table has none.
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Row {
    /// The line of the source, from 1.
    pub(super) line: usize,
    pub(super) cells: Vec<Rich>,
}

/// An entry, and where its table says that it belongs.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Placed {
    pub(super) entry: Entry,
    pub(super) stage: Option<String>,
    pub(super) topic: Option<String>,
}

/// Whether a row of a sheet is one of headings.
pub(super) fn is_head(cells: &[String]) -> bool {
    roles::is_head(cells)
}

/// The entries of a table.
pub(super) fn entries(table: &Table, counts: &mut Counts) -> Vec<Placed> {
    counts.read(Construct::Tables);
    let roles = roles::of(&table.head, &table.rows);
    let heading = |column: usize| table.head.get(column).map_or("", String::as_str);
    for (column, role) in roles.iter().enumerate() {
        let filled =
            table.rows.iter().any(|row| row.cells.get(column).is_some_and(|c| !c.is_empty()));
        match role {
            Role::Ignored if filled => counts.column(heading(column), None),
            Role::Unknown if filled => counts.column(heading(column), Some(kept_in(table, column))),
            _ => {}
        }
    }
    let mut placed: Vec<(usize, Placed)> = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        counts.read(Construct::Rows);
        match entry(row, &roles, &heading) {
            Some(entry) => placed.push((at, entry)),
            None => counts.leave_out(LeftOut::Untitled),
        }
    }
    name_apart(&mut placed, table, &roles);
    let mut placed: Vec<Placed> = placed.into_iter().map(|(_, one)| one).collect();
    // Rows that name nothing to open and no effort are subjects.
    let is_study = |one: &Placed| {
        let entry = &one.entry;
        entry.has_link() || entry.kind.is_some() || entry.by.is_some() || entry.cost.is_some()
    };
    let of_courses = [Role::Duration, Role::Effort, Role::Url, Role::Item];
    let is_list = roles.iter().any(|role| of_courses.contains(role)) || placed.iter().any(is_study);
    for one in placed.iter_mut().filter(|_| !is_list) {
        one.entry.shape = Shape::Skill;
    }
    placed
}

/// Whether the cells of an unknown column become links or text: what most of them are.
fn kept_in(table: &Table, column: usize) -> &'static str {
    let cells = || table.rows.iter().filter_map(|row| row.cells.get(column));
    let links = cells().filter(|cell| cell.pages().next().is_some()).count();
    let texts = cells().filter(|cell| !cell.text.is_empty()).count();
    if links * 2 >= texts.max(1) { "links" } else { "about" }
}

/// What a row says. `None` where it has no title.
fn entry<'h>(row: &Row, roles: &[Role], heading: &impl Fn(usize) -> &'h str) -> Option<Placed> {
    let cell = |role: Role| {
        let column = roles.iter().position(|one| *one == role)?;
        Some((column, row.cells.get(column)?))
    };
    let text = |role: Role| {
        let (_, cell) = cell(role)?;
        Some(cell.text.as_str()).filter(|text| is_said(text))
    };
    let (title_column, title_cell) = cell(Role::Title)?;
    let mut entry = title::entry(title_cell, row.line)?;
    if is_unsaid(&entry.node.title) {
        return None;
    }
    entry.node.retired |= title_cell.is_struck;
    let pages =
        [Role::Url, Role::Links].into_iter().filter_map(cell).flat_map(|(_, cell)| cell.pages());
    for (link, url) in pages {
        if entry.node.url.is_none() {
            entry.node.url = Some(url.to_owned());
        } else {
            title::add_link(&mut entry.node, &link.title, url);
        }
    }
    effort_of(&mut entry, &cell, heading);
    described(&mut entry, &text);
    entry.needs = cell(Role::Needs).map(|(_, cell)| cell.clone());
    ticked(&mut entry, row, &text);
    // A table of `Courses` has courses.
    let of_all = heading(title_column);
    title::kind_of_section(&mut entry, kind::of(of_all), of_all);
    for (column, role) in roles.iter().enumerate() {
        let Some(cell) = row.cells.get(column).filter(|cell| !cell.is_empty()) else { continue };
        match role {
            Role::Unknown => unknown(&mut entry, cell, heading(column)),
            Role::Tag if is_said(&cell.text) => entry.node.tags.push(cell.text.to_lowercase()),
            _ => {}
        }
    }
    // The first address of a row is its own, where its title does not lead elsewhere.
    if entry.node.url.is_none() && title_cell.links.is_empty() && !entry.node.links.is_empty() {
        entry.node.url = Some(entry.node.links.remove(0).url);
    }
    let numbered = |(column, cell): (usize, &Rich)| {
        let name = cell.text.as_str();
        let is_number = name.bytes().all(|b| b.is_ascii_digit());
        let name = if is_number { format!("{} {name}", heading(column)) } else { name.to_owned() };
        let name = title::plain(&name);
        (!cell.text.is_empty() && !name.is_empty()).then_some(name)
    };
    Some(Placed {
        entry,
        stage: cell(Role::Stage).and_then(numbered),
        topic: cell(Role::Topic).and_then(numbered),
    })
}

/// The hours of a row: weeks and hours a week, or what stands in one column.
fn effort_of<'r, 'h>(
    entry: &mut Entry,
    cell: &impl Fn(Role) -> Option<(usize, &'r Rich)>,
    heading: &impl Fn(usize) -> &'h str,
) {
    let amount = |role| {
        let (column, cell) = cell(role)?;
        let amount = effort::amount(&cell.text, roles::unit(heading(column)));
        amount.map(|amount| (amount, cell.text.as_str()))
    };
    let ends = |role| amount(role).and_then(|(amount, _)| effort::hours(amount));
    if let (Some(Hours(least, _)), Some(Hours(_, most))) =
        (ends(Role::HoursLeast), ends(Role::HoursMost))
    {
        entry.hours = (least <= most).then_some(Hours(least, most));
        return;
    }
    let cells = [Role::Duration, Role::Effort, Role::Hours].into_iter().filter_map(cell);
    let both = cells.map(|(_, cell)| cell.text.as_str());
    if let Some((text, hours)) =
        both.filter_map(|text| Some((text, effort::weeks_and_hours(text)?))).next()
    {
        entry.hours = Some(hours);
        entry.node.guesses.push(Guess::new(Guessed::Hours, text));
        return;
    }
    let duration = amount(Role::Duration);
    let weekly = amount(Role::Effort).or_else(|| {
        // `5` under `Effort` are hours, as far as anybody knows.
        let (_, cell) = cell(Role::Effort)?;
        let amount = effort::amount(&cell.text, Some(effort::Unit::Hours))?;
        Some((amount, cell.text.as_str()))
    });
    if let (Some((weeks, duration)), Some((effort, weekly))) = (duration, weekly)
        && let Some(hours) = effort::over_weeks(weeks, effort)
    {
        entry.hours = Some(hours);
        let from = format!("{duration} x {weekly}");
        entry.node.guesses.push(Guess::new(Guessed::Hours, from));
        return;
    }
    let alone = [Role::Hours, Role::Duration, Role::Effort].into_iter().filter_map(amount);
    entry.hours = alone.filter_map(|(amount, _)| effort::hours(amount)).next();
    if entry.hours.is_none() {
        for role in [Role::Duration, Role::Effort, Role::Hours] {
            if let Some((column, cell)) = cell(role)
                && is_said(&cell.text)
            {
                entry.node.about.push(format!("{}: {}", heading(column), cell.text));
            }
        }
    }
}

/// What a row says in words.
fn described<'r>(entry: &mut Entry, text: &impl Fn(Role) -> Option<&'r str>) {
    let owned = |role| text(role).map(str::to_owned);
    if let Some(summary) = text(Role::Summary) {
        let is_short = summary.chars().count() <= 240 && entry.node.summary.is_none();
        if is_short {
            entry.node.summary = Some(summary.to_owned());
        } else {
            entry.node.about.push(summary.to_owned());
        }
    }
    entry.by = owned(Role::By).or(entry.by.take());
    entry.part = owned(Role::Part).or(entry.part.take());
    entry.can = owned(Role::Can);
    entry.lang = text(Role::Lang).filter(|lang| is_language(lang)).map(str::to_owned);
    entry.node.id = text(Role::Id).map(|id| id.rsplit('/').next().unwrap_or(id).to_owned());
    entry.node.key = owned(Role::Key);
    if let Some(word) = text(Role::Kind) {
        match kind::of(word) {
            Some(kind) => entry.kind = Some(kind),
            None => entry.node.tags.push(word.to_lowercase()),
        }
    }
    let cost = text(Role::Cost).map(|word| (word, kind::cost(word)));
    match cost {
        Some((_, Some(cost))) => entry.cost = Some(cost),
        Some((word, None)) => entry.node.about.push(word.to_owned()),
        None => {}
    }
    let tags = text(Role::Tags).unwrap_or_default();
    let separator = if tags.contains([',', ';']) { [',', ';'] } else { [' ', ' '] };
    let tags = tags.split(separator).map(|tag| tag.trim().trim_start_matches('#').to_lowercase());
    entry.node.tags.extend(tags.filter(|tag| !tag.is_empty()));
    let mut seen = HashSet::new();
    entry.node.tags.retain(|tag| seen.insert(tag.clone()));
    let says = |role| text(role).is_some_and(|word| tick::said(word) == Some(true));
    entry.node.optional |= says(Role::Optional);
    entry.node.retired |= says(Role::Retired);
    entry.is_lookup = says(Role::LookUp);
    let criteria = text(Role::Criteria).into_iter().flat_map(|all| all.split(';'));
    entry.criteria = criteria
        .map(|text| Criterion { text: text.trim().to_owned(), ..Criterion::default() })
        .filter(|criterion| !criterion.text.is_empty())
        .collect();
    match text(Role::Item).map(str::to_lowercase).as_deref() {
        Some("skill" | "topic") => entry.shape = Shape::Skill,
        Some("milestone" | "project") => entry.shape = Shape::Milestone,
        Some(word) => entry.kind = entry.kind.or_else(|| kind::of(word)),
        None => {}
    }
}

/// A language tag, as far as a cell with a few letters is one.
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric());
    (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| is_word(part) && part.len() <= 8)
}

/// Whether a row is ticked, and on which day.
fn ticked<'r>(entry: &mut Entry, row: &Row, text: &impl Fn(Role) -> Option<&'r str>) {
    let done = text(Role::Done).map(|word| tick::said(word) == Some(true));
    let marked = row.cells.iter().any(|cell| tick::is_marked(&cell.text));
    if done.unwrap_or(marked) {
        title::take_tick(entry);
        let days = text(Role::Day).into_iter().chain(text(Role::Done));
        let on = days.filter_map(tick::day).map(|(on, _)| on).next();
        if let Some(tick) = &mut entry.node.tick {
            tick.on = on.or(tick.on);
        }
    }
}

/// Keeps what stands under an unknown heading: addresses as links, texts under their heading.
fn unknown(entry: &mut Entry, cell: &Rich, heading: &str) {
    for (link, url) in cell.pages() {
        let title = if link.title.is_empty() || title::is_generic(&link.title) {
            heading
        } else {
            &link.title
        };
        title::add_link(&mut entry.node, title, url);
    }
    let beside = cell.beside_links();
    let is_text = beside.chars().filter(|c| c.is_alphanumeric()).count() > 2;
    let has_page = cell.pages().next().is_some();
    if is_said(&cell.text)
        && if has_page { is_text && beside.len() > 12 } else { cell.links.is_empty() }
    {
        let text = &cell.text;
        let line = if heading.is_empty() { text.clone() } else { format!("{heading}: {text}") };
        entry.node.about.push(line);
    }
}

/// Gives rows with one title what tells them apart: what they are about, who made them, where they
/// belong, their number.
fn name_apart(placed: &mut [(usize, Placed)], table: &Table, roles: &[Role]) {
    let number = roles.iter().position(|role| *role == Role::Number);
    for role in [Role::Summary, Role::By, Role::Topic, Role::Number] {
        let more = |at: usize, one: &Placed| {
            let cell = |column: usize| Some(table.rows.get(at)?.cells.get(column)?.text.clone());
            let more = match role {
                Role::Summary => one.entry.node.summary.clone(),
                Role::By => one.entry.by.clone(),
                Role::Topic => one.topic.clone(),
                _ => number.and_then(cell),
            };
            let more = more.filter(|more| is_said(more) && more.chars().count() <= 90);
            more.map(|more| title::plain(&more))
        };
        let mut all: HashMap<String, (usize, HashSet<Option<String>>)> = HashMap::new();
        for (at, one) in placed.iter() {
            let (times, different) = all.entry(one.entry.node.title.to_lowercase()).or_default();
            *times += 1;
            different.insert(more(*at, one));
        }
        all.retain(|_, (times, different)| *times > 1 && different.len() > 1);
        for (at, one) in placed.iter_mut() {
            let more = more(*at, one);
            let node = &mut one.entry.node;
            if let Some(more) = more.filter(|_| all.contains_key(&node.title.to_lowercase())) {
                node.guesses.push(Guess::new(Guessed::Title, more.clone()));
                node.title = format!("{}: {more}", node.title);
            }
        }
    }
}

/// Whether a cell says anything.
pub(super) fn is_said(text: &str) -> bool {
    text.contains(char::is_alphanumeric) && !is_unsaid(text) || tick::is_marked(text)
}

/// Whether a text says "none".
fn is_unsaid(text: &str) -> bool {
    let word = text.trim().trim_end_matches('.').to_lowercase();
    matches!(word.as_str(), "tbd" | "tba" | "todo" | "none" | "n/a" | "na" | "null" | "nan")
}

/// What of a table was a guess: none of its columns has a heading.
pub(super) fn guess_columns(placed: &mut [Placed]) {
    for one in placed {
        one.entry.node.guesses.push(Guess::new(Guessed::Column, ""));
    }
}
