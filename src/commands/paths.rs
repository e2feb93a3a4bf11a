//! `milepost paths`

use milepost_core::report::paths::{self, Origin, Outdated, PathReport, Query, Report};
use milepost_path::{CAREER, safe};

use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};
use crate::text::columns::Align;
use crate::text::table::Table;
use crate::text::{quantity, shell, width};
use crate::words::overlay as said;

/// List the available paths
///
/// Shows the size and hours of each, where it comes from, whether you follow it and how far you
/// are. If the file that you added has a newer version, it says so and shows the command that
/// installs it.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost paths
  milepost paths --json")]
pub struct Args {}

/// Runs the command.
///
/// # Errors
/// The record cannot be read.
pub(crate) fn run(_: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    out.tell_answer(&paths::report(&Query, &context.app)?, text)
}

/// The columns of the table of paths, from all of them to those that you need to choose.
const LAYOUTS: [&[&str]; 3] = [
    &["Path", "Title", "Skills", "Milestones", "Resources", "Hours", "Done"],
    &["Path", "Title", "Goals", "Resources", "Hours", "Done"],
    &["Path", "Hours", "Done"],
];

/// Below this width a title says nothing, so there is no room for titles.
const LEAST_TITLE: usize = 20;

fn text(report: &Report, screen: &Screen) -> String {
    let columns = screen.text_width();
    let mut layouts = LAYOUTS.iter().map(|headers| table(report, headers, screen));
    let table = layouts.find_map(|table| table).unwrap_or_else(|| lines(report, screen));
    let mut notes = String::new();
    let paths = report.paths.iter();
    let paths = paths.map(|row| {
        let outdated = row.outdated.as_ref();
        (row.id.as_str(), row.replaces_built_in, &row.source, which(row), outdated)
    });
    let outdated = report.career_outdated.as_ref();
    let career = (CAREER, true, &report.career_source, String::new(), outdated);
    for (id, replaces_built_in, source, which, outdated) in paths.chain([career]) {
        let (file, good) = match source {
            Origin::BuiltIn => continue,
            Origin::File(file) => (file, ""),
            Origin::LastGood(file) => (file, " the last good version of"),
        };
        let instead = if replaces_built_in { ", in place of the built-in one," } else { "" };
        let from = format!("{id}{which}{instead} comes from{good}");
        let source = file.display().to_string();
        notes.push_str(&whole("", &from, &safe::line(&source), screen));
        if let Some(outdated) = outdated {
            let (what, command) = newer(outdated);
            notes.push_str(&whole("  ", &what, &command, screen));
        }
    }
    for row in &report.paths {
        let Some(overlay) = &row.overlay else { continue };
        let line = format!("{} has an overlay: {}", row.id, said::summary(overlay));
        notes.push_str(&width::wrap_indented("", "  ", &line, columns));
        for line in overlay.hours.iter().map(said::hours) {
            notes.push_str(&width::wrap_indented("  ", "    ", &line, columns));
        }
        for line in overlay.loose.iter().map(said::loose) {
            let line = format!("loose: {line}");
            notes.push_str(&width::wrap_indented("  ", "    ", &line, columns));
        }
    }
    let followed = report.paths.iter().any(|row| row.followed);
    let legend = if followed {
        "* You follow it. `milepost show PATH` shows a path."
    } else {
        "Follow one with `milepost start PATH`; `milepost show PATH` shows it."
    };
    let legend = width::wrap_indented("", "", &screen.paint.dim(legend), columns);
    format!("{table}{legend}{notes}")
}

/// Some words and what stays in one piece after them, to be copied: it can be wider than the screen.
fn whole(indent: &str, words: &str, piece: &str, screen: &Screen) -> String {
    let line = format!("{indent}{words} {piece}");
    if screen.width.is_none_or(|columns| width::columns(&line) <= columns) {
        return format!("{line}\n");
    }
    let words = width::wrap_indented(indent, &format!("{indent}  "), words, screen.text_width());
    format!("{words}{indent}  {piece}\n")
}

/// That there is a newer version, and the command that installs it.
fn newer(outdated: &Outdated) -> (String, String) {
    let what = match (&outdated.version, outdated.updated) {
        (Some(version), _) => format!("version {} is available", safe::line(version)),
        (None, Some(day)) => format!("it was updated on {day}"),
        (None, None) => "its file has changed".to_owned(),
    };
    let command = format!("milepost add {}", shell::word(&outdated.file));
    (format!("outdated, {what}:"), format!("`{}`", safe::line(&command)))
}

/// The version of a path and the day of its last change, as far as its file names them.
fn which(row: &PathReport) -> String {
    let version = row.version.as_deref().map(|version| format!("version {}", safe::line(version)));
    let updated = row.updated.map(|day| format!("updated {day}"));
    let which: Vec<String> = version.into_iter().chain(updated).collect();
    if which.is_empty() { String::new() } else { format!(" ({})", which.join(", ")) }
}

/// The paths where a screen is too narrow for a table: an id is typed, so none is cut, and what else
/// there is to choose by is below it.
fn lines(report: &Report, screen: &Screen) -> String {
    let mut text = String::new();
    for row in &report.paths {
        let (mark, id) = match row.followed {
            true => ("* ", screen.paint.bold(&row.id)),
            false => ("  ", row.id.clone()),
        };
        let (hours, done) = (quantity::hours(row.hours), quantity::percent(row.percent));
        text.push_str(&format!("{mark}{id}\n    {hours}, {done} done\n"));
    }
    text
}

/// The table with these columns; `None` if an id would have to be cut, or a title too much.
fn table(report: &Report, headers: &[&str], screen: &Screen) -> Option<String> {
    let paint = screen.paint;
    let cells = |row: &PathReport, header: &str| match header {
        "Path" => format!("{}{}", if row.followed { "* " } else { "  " }, row.id),
        "Title" => safe::line(&row.title).into_owned(),
        "Skills" => quantity::thousands(row.skills),
        "Milestones" => quantity::thousands(row.milestones),
        "Goals" => quantity::thousands(row.skills + row.milestones),
        "Resources" => quantity::thousands(row.resources),
        "Hours" => quantity::hours(row.hours),
        _ => quantity::percent(row.percent),
    };
    let mut rows: Vec<Vec<String>> =
        report.paths.iter().map(|row| headers.iter().map(|h| cells(row, h)).collect()).collect();
    let widest = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| width::columns(cell));
        cells.chain(headers.get(at).map(|header| header.len())).max().unwrap_or(0)
    };
    let title = headers.iter().position(|header| *header == "Title");
    let all = (0..headers.len()).map(|at| widest(at) + 2).sum::<usize>().saturating_sub(2);
    if title.is_none() && screen.width.is_some_and(|screen| all > screen) {
        return None;
    }
    if let (Some(title), Some(screen)) = (title, screen.width) {
        let others: usize =
            (0..headers.len()).filter(|at| *at != title).map(|at| widest(at) + 2).sum();
        let room = screen.saturating_sub(others);
        if room < LEAST_TITLE.min(widest(title)) {
            return None;
        }
        for cell in rows.iter_mut().filter_map(|row| row.get_mut(title)) {
            *cell = width::fit(cell, room);
        }
    }
    let align: Vec<Align> = headers
        .iter()
        .map(|header| if matches!(*header, "Path" | "Title") { Align::Left } else { Align::Right })
        .collect();
    let mut table = Table::new(headers.iter().copied(), &align);
    for (row, mut cells) in report.paths.iter().zip(rows) {
        if let Some(id) = cells.first_mut().filter(|_| row.followed) {
            *id = paint.bold(id);
        }
        table.row(cells);
    }
    Some(table.render(screen.width, paint))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paint::Paint;
    use milepost_core::report::fixture::Home;

    #[test]
    fn an_id_is_never_cut() {
        const LONG: &str = "an-introduction-to-distributed-systems-for-platform-engineers";
        let ours = "format = 1\nid = \"ours\"\ntitle = \"Ours\"\n\
                    [[stages]]\nid = \"s\"\ntitle = \"S\"\n\
                    [[stages.milestones]]\nid = \"m\"\ntitle = \"M\"\n";
        let long = ours.replace("ours", LONG);
        for file in [ours, &long] {
            let home = Home::with(&[("ours.toml", file)]);
            home.follow(&["ours"]);
            shows_each_id(&paths::report(&Query, &home.app()).unwrap().report);
        }
    }

    fn shows_each_id(report: &Report) {
        for width in [20, 40, 60, 80, 100, 200] {
            let text = text(report, &Screen { width: Some(width), paint: Paint::PLAIN });
            for path in &report.paths {
                let found = text.lines().any(|line| {
                    line.get(2..).and_then(|line| line.split(' ').next()) == Some(path.id.as_str())
                });
                assert!(found, "{width}: {} is not in\n{text}", path.id);
            }
            // With room, all of it is shown.
            assert!(width < 200 || text.contains("Milestones"), "{text}");
            assert_eq!(
                text.matches("% done").count() + text.matches("%\n").count(),
                report.paths.len()
            );
        }
    }
}
