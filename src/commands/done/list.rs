//! The text of `done --from`: what each line of a list became.

use std::collections::HashMap;

use milepost_core::Status;
use milepost_core::report::ticks::{By, Report};
use milepost_path::{Ref, safe};

use crate::commands::shared::{item_row, mark};
use crate::output::Screen;
use crate::text::width;
use crate::words::mark as said;
use crate::words::ticks::{self as words, Group};

/// So many lines of a group are shown before anybody is asked.
const MOST: usize = 200;

/// The text of an answer; where somebody has seen the changes before, only what they came to.
pub(super) fn text(report: &Report, was_shown: bool, screen: &Screen) -> String {
    let line = |text: &str| width::wrap_indented("", "  ", text, screen.text_width());
    let mut text = String::new();
    if !was_shown {
        text.push_str(&changes(report, true, usize::MAX, screen));
    }
    let has_changed = !report.mark.changed.is_empty();
    if was_shown || !has_changed {
        text.push_str(&line(&words::sum(report, true)));
    }
    text.push_str(&mark::consequences(&report.mark, screen));
    text
}

/// What a list would change.
pub(super) fn preview(report: &Report, screen: &Screen) -> String {
    changes(report, false, MOST, screen)
}

fn changes(report: &Report, is_done: bool, most: usize, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut by: HashMap<&Ref, By> = HashMap::new();
    for one in &report.found {
        by.insert(&one.node.reference, one.by);
    }
    let by = |reference: &Ref| by.get(reference).map_or("", |by| words::by(*by));
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for group in Group::ALL {
        let all = report.mark.changed.iter().zip(&report.mark.corrected).zip(&report.details);
        let lines = all.filter(|((change, _), (_, known))| Group::of(change, *known) == group);
        let lines = lines.map(|((change, correction), (on, _))| {
            let reference = paint.dim(change.reference.as_str());
            let what = match (group, correction) {
                (Group::Changed, Some(correction)) => said::corrected(*correction),
                (Group::Changed, None) => "  noted".to_owned(),
                (Group::Known | Group::Done, _) => format!("  {on}"),
            };
            let rest = joined(&format!("{reference}{what}"), by(&change.reference));
            let head = format!("  {} ", paint.status_mark(item_row::mark(Status::Done)));
            item_row::line(&head, &paint.bold(&safe::line(&change.title)), &rest, screen)
        });
        let lines: Vec<String> = lines.collect();
        groups.push((group.head(lines.len(), is_done), lines));
    }
    let wholes = report.found.iter().filter_map(|one| Some((one, one.items?)));
    let wholes = wholes.map(|(one, count)| {
        let reference = paint.dim(one.node.reference.as_str());
        let rest = format!("{reference}  {}, {}", one.node.kind, words::items(count));
        let rest = joined(&rest, by(&one.node.reference));
        item_row::line("  ", &safe::line(&one.node.title), &rest, screen)
    });
    groups.push(("whole topics and stages:".to_owned(), wholes.collect()));
    let unchanged = report.mark.unchanged.iter().map(|(reference, state)| {
        let since = state.since.map_or(String::new(), |since| format!("  {since}"));
        let rest = joined(since.trim_start(), by(reference));
        item_row::line("  ", reference.as_str(), &rest, screen)
    });
    let unchanged: Vec<String> = unchanged.collect();
    groups.push((words::done_already(unchanged.len()), unchanged));
    let left_out = report
        .not_found
        .iter()
        .map(|one| width::wrap_indented("  ", "    ", &words::unclear(one), screen.text_width()));
    let left_out: Vec<String> = left_out.collect();
    groups.push((words::left_out(left_out.len()), left_out));
    let mut text = String::new();
    for (head, lines) in groups.iter().filter(|(_, lines)| !lines.is_empty()) {
        text.push_str(&format!("{}\n", paint.heading(head)));
        lines.iter().take(most).for_each(|line| text.push_str(line));
        let more = lines.len().saturating_sub(most);
        if more > 0 {
            text.push_str(&format!("  and {more} more\n"));
        }
    }
    if report.not_done > 0 {
        text.push_str(&format!("{}\n", words::not_done(report.not_done)));
    }
    text
}

/// Two parts of a line, the second of which can be empty.
fn joined(first: &str, second: &str) -> String {
    match (first, second) {
        (first, "") => first.to_owned(),
        ("", second) => second.to_owned(),
        (first, second) => format!("{first}, {second}"),
    }
}
