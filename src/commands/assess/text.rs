//! What `assess` shows: the areas against a role, one area in full, or how they grew.

use milepost_core::report::assess::{AreaPart, Report, SuggestionPart};
use milepost_path::{HIGHEST, LEVELS, safe};

use crate::output::Screen;
use crate::text::{bar, quantity, width};
use crate::words;

/// The report for people: what was recorded, then the areas.
pub fn text(report: &Report, screen: &Screen) -> String {
    let body = match report.areas.as_slice() {
        [area] => one(area, report, screen),
        areas => all(areas, report, screen),
    };
    recorded(report, screen) + &body
}

/// What was recorded, with a blank line behind it.
fn recorded(report: &Report, screen: &Screen) -> String {
    let mut text = String::new();
    for change in &report.changed {
        let from = match change.from {
            Some(from) if from == change.to => ", as before".to_owned(),
            Some(from) => format!(", was {from}"),
            None => String::new(),
        };
        let title = screen.paint.bold(&safe::line(&change.title));
        let line = format!("{title} is at level {}{from}", level_word(change.to));
        text.push_str(&width::wrap_indented("", "  ", &line, screen.text_width()));
    }
    for reference in &report.unchanged {
        let line = format!("{reference}: already recorded for that day");
        text.push_str(&width::wrap_indented("", "  ", &line, screen.text_width()));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// What the record speaks for, by titles.
pub(super) fn speaks(found: &SuggestionPart) -> String {
    let by: Vec<&str> = found.because.iter().map(|by| by.title.as_str()).collect();
    safe::line(&quantity::list(&by)).into_owned()
}

fn level_word(level: u8) -> String {
    let word = LEVELS.get(usize::from(level)).copied().unwrap_or_default();
    format!("{level} ({word})")
}

/// The radar of a terminal: a bar an area, with the level that the role needs.
fn all(areas: &[AreaPart], report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let mut text = String::new();
    let against = match &report.role {
        Some(role) => {
            format!(
                "Skill areas against {}: fit {}, {}",
                safe::line(&role.title),
                quantity::percent(role.fit.percent),
                words::roles::core(&role.core)
            )
        }
        None => "Skill areas".to_owned(),
    };
    text.push_str(&width::wrap_indented("", "  ", &paint.heading(&against), columns));
    let longest = areas.iter().map(|area| width::columns(&safe::line(&area.title))).max();
    let room = longest.unwrap_or(0).min(columns.saturating_sub(2 * HIGHEST + 10)).max(8);
    for area in areas {
        let title = width::pad(&width::fit(&safe::line(&area.title), room), room);
        let target = area.target.unwrap_or(0);
        let bar = bar::levels(area.level.unwrap_or(0), target, HIGHEST as u8, paint.unicode);
        let mut line = format!("{title}  {bar}  ");
        line.push_str(&match (area.level, area.target) {
            (Some(level), Some(target)) => format!("{level} of {target}"),
            (Some(level), None) => level_word(level),
            (None, Some(target)) => format!("- of {target}"),
            (None, None) => "-".to_owned(),
        });
        text.push_str(&(line + "\n"));
        if let Some(found) = &area.suggestion {
            let what = speaks(found);
            let line = paint.dim(&format!("your record suggests level {} ({what})", found.level));
            text.push_str(&width::wrap_indented("  ", "  ", &line, columns));
        }
    }
    let assessed = areas.iter().filter(|area| area.level.is_some()).count();
    text.push('\n');
    let mut legend = format!("{assessed} of {} areas assessed.", areas.len());
    if report.role.is_some() {
        legend.push_str(" The lighter part of a bar is what the role still needs.");
    } else {
        legend.push_str(" `--role ROLE` compares with a role; `milepost roles` lists them.");
    }
    text + &width::wrap_indented("", "", &paint.dim(&legend), columns)
}

/// One area with its statements.
fn one(area: &AreaPart, report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let title = paint.heading(&safe::line(&area.title));
    let mut text = width::wrap_indented("", "", &title, columns);
    if let Some(summary) = &area.summary {
        text.push_str(&width::wrap_indented("", "", &safe::line(summary), columns));
    }
    text.push('\n');
    for (at, (statement, word)) in area.statements.iter().zip(LEVELS.iter().skip(1)).enumerate() {
        let reached = area.level.is_some_and(|level| usize::from(level) > at);
        let mark = match (reached, paint.unicode) {
            (true, true) => "✓",
            (true, false) => "x",
            (false, _) => " ",
        };
        let label = format!("{mark} {} {word}: ", at + 1);
        let indent = " ".repeat(label.chars().count());
        text.push_str(&width::wrap_indented(&label, &indent, &safe::line(statement), columns));
    }
    text.push('\n');
    let mut lines = Vec::new();
    match (area.level, area.on) {
        (Some(level), Some(on)) => lines.push(format!("level {} since {on}", level_word(level))),
        _ => lines.push("not assessed yet".to_owned()),
    }
    if let (Some(role), Some(target)) = (&report.role, area.target) {
        lines.push(format!("{} needs level {target}", safe::line(&role.title)));
    }
    if let Some(found) = &area.suggestion {
        lines.push(format!("your record suggests level {}: {}", found.level, speaks(found)));
    }
    let said = area.history.last();
    for evidence in said.iter().flat_map(|last| &last.evidence) {
        lines.push(format!("shown by {}", safe::line(evidence)));
    }
    lines.extend(said.and_then(|last| last.note.as_deref()).map(|note| safe::line(note).into()));
    for line in lines {
        text.push_str(&width::wrap_indented("", "  ", &line, columns));
    }
    text
}

/// How the areas grew.
pub(super) fn history(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let mut text = recorded(report, screen);
    for area in report.areas.iter().filter(|area| !area.history.is_empty()) {
        let title = paint.bold(&safe::line(&area.title));
        text.push_str(&width::wrap_indented("", "", &title, columns));
        let mut before: Option<u8> = None;
        for one in &area.history {
            let change = match before {
                Some(before) if one.level > before => format!("  +{}", one.level - before),
                Some(before) if one.level < before => format!("  -{}", before - one.level),
                _ => String::new(),
            };
            before = Some(one.level);
            let bar = bar::levels(one.level, 0, HIGHEST as u8, paint.unicode);
            let line = format!("{}  {bar}  {}{change}", one.on, level_word(one.level));
            text.push_str(&width::wrap_indented("  ", "    ", &line, columns));
            for said in one.note.iter().chain(&one.evidence) {
                text.push_str(&width::wrap_indented("    ", "    ", &safe::line(said), columns));
            }
        }
    }
    if text.is_empty() {
        let nothing = "Nothing is assessed yet: `milepost assess` starts.";
        return width::wrap_indented("", "", nothing, columns);
    }
    text
}
