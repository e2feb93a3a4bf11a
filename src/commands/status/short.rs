//! `status --short`: a line for a prompt or a bar, without colours, which are theirs to give.

use chrono::NaiveDate;
use milepost_core::report::status::{Head, Short};

use crate::output::Screen;
use crate::text::{quantity, width};

/// No line has more columns.
const MOST: usize = 40;

/// So much is left of an id.
const LEAST: usize = 8;

/// The line: the open paths of which there is room, how many more there are, the days to the next target, and
/// how many questions are due. Of finished paths only where no other is left. Nothing without a path.
pub(super) fn line(report: &Short, today: NaiveDate, screen: &Screen) -> String {
    let columns = screen.width.map_or(MOST, |columns| columns.min(MOST));
    let is_open = |path: &&Head| path.summary.progress.counted().left() > 0;
    let open = report.paths.iter().filter(is_open);
    let target = open.clone().filter_map(|path| path.target_on).min();
    let target = target.map(|day| until(day, today));
    let due = (report.reviews_due > 0).then(|| format!("{} due", report.reviews_due));
    let named = |path: &Head| {
        let percent = quantity::percent(path.summary.progress.percent);
        (path.summary.id.clone(), percent)
    };
    let mut paths: Vec<(String, String)> = open.map(named).collect();
    if paths.is_empty() {
        paths = report.paths.iter().map(named).collect();
    }
    let written = |shown: &[(String, String)]| {
        let more = paths.len() - shown.len();
        let more = (more > 0).then(|| format!("{more} more"));
        let shown = shown.iter().map(|(id, percent)| format!("{id} {percent}"));
        let rest = [more, target.clone(), due.clone()].into_iter().flatten();
        shown.chain(rest).collect::<Vec<_>>().join(", ")
    };
    let Some(first) = paths.first() else { return String::new() };
    let all = (1..=paths.len()).rev().filter_map(|most| paths.get(..most)).map(written);
    if let Some(line) = { all }.find(|line| line.len() <= columns) {
        return line;
    }
    // Only an id can be cut without saying something else, as long as it says which path it is.
    let rest = written(&[(String::new(), first.1.clone())]).len();
    let id = width::fit(&first.0, columns.saturating_sub(rest).max(LEAST));
    width::fit(&written(&[(id, first.1.clone())]), columns)
}

/// How far away a target is.
fn until(day: NaiveDate, today: NaiveDate) -> String {
    match day.signed_duration_since(today).num_days() {
        0 => "last day".to_owned(),
        days if days < 0 => format!("{}d late", -days),
        days => format!("{days}d left"),
    }
}
