//! `status --burndown`: the hours that are left over time, the planned line and the forecast.

use chrono::NaiveDate;
use milepost_core::forecast::shown;
use milepost_core::report::status::{PathReport, Report};
use milepost_path::safe;

use crate::output::Screen;
use crate::text::chart::{Line, Pattern, plot};
use crate::text::{quantity, width};
use crate::words::forecast;

/// Rows of a chart.
const ROWS: usize = 12;
/// Columns of the numbers beside it.
const SCALE: usize = 8;

/// The charts of a report.
pub(super) fn text(report: &Report, screen: &Screen) -> String {
    let mut text = String::new();
    for path in &report.paths {
        let title = screen.paint.heading(&safe::line(&path.head.summary.title));
        let head = format!("{title} ({}): hours left", screen.paint.dim(&path.head.summary.id));
        text.push_str(&width::wrap_indented("", "  ", &head, screen.text_width()));
        text.push_str(&chart(path, report.as_of, screen));
        text.push('\n');
    }
    text
}

fn chart(path: &PathReport, today: NaiveDate, screen: &Screen) -> String {
    let unicode = screen.paint.unicode;
    let plan = path.head.target_on.or(path.planned_end);
    let latest = path.forecast.map(|forecast| forecast.latest);
    let end = [plan, latest, Some(today)].into_iter().flatten().max().unwrap_or(today);
    let Some(shown) = shown(&path.burndown, path.head.started_on, plan, end) else {
        return String::new();
    };
    let Some((first, last)) = shown.points.first().zip(shown.points.last()) else {
        return String::new();
    };
    let most = shown.points.iter().map(|left| left.hours).fold(0.0, f64::max);
    if most <= 0.0 {
        return "nothing left to do\n".to_owned();
    }
    let days = |day: NaiveDate| day.signed_duration_since(first.on).num_days() as f64;
    let span = days(end).max(1.0);
    let at = |day: NaiveDate, hours: f64| (days(day) / span, hours / most);

    let mut actual = Vec::new();
    for pair in shown.points.windows(2) {
        if let [from, to] = pair {
            // Hours fall on the day on which something is finished, not on the way there.
            actual.extend([at(from.on, from.hours), at(to.on, from.hours), at(to.on, to.hours)]);
        }
    }
    let mut lines = vec![Line { points: actual, pattern: Pattern::Solid }];
    let mut legend = vec![format!("{} left", Pattern::Solid.sample(unicode))];
    if let Some(forecast) = path.forecast {
        for day in [forecast.earliest, forecast.latest] {
            let points = vec![at(today, last.hours), at(day, 0.0)];
            lines.push(Line { points, pattern: Pattern::Dashed });
        }
        legend.push(format!("{} forecast", Pattern::Dashed.sample(unicode)));
    }
    if let Some((from, plan)) = shown.plan {
        let points = vec![at(from.on, from.hours), at(plan, 0.0)];
        lines.push(Line { points, pattern: Pattern::Dotted });
        legend.push(format!("{} plan", Pattern::Dotted.sample(unicode)));
    }
    let columns = screen.text_width().saturating_sub(SCALE + 1).max(10);
    let mut text = String::new();
    let drawn = plot(&lines, columns, ROWS, unicode);
    let rows = drawn.len();
    for (row, line) in drawn.iter().enumerate() {
        let label = match row {
            0 => quantity::hours(most),
            row if row == rows / 2 => {
                quantity::hours(most * (rows - 1 - row) as f64 / (rows - 1) as f64)
            }
            row if row + 1 == rows => "0 h".to_owned(),
            _ => String::new(),
        };
        let axis = if unicode { '│' } else { '|' };
        let line = format!("{label:>SCALE$}{axis}{line}");
        text.push_str(line.trim_end());
        text.push('\n');
    }
    let (from, to) = (first.on.to_string(), end.to_string());
    let gap = columns.saturating_sub(from.len() + to.len());
    text.push_str(&format!("{}{from}{}{to}\n", " ".repeat(SCALE + 1), " ".repeat(gap)));
    let legend = screen.paint.dim(&legend.join("   "));
    let indent = " ".repeat(SCALE + 1);
    text.push_str(&width::wrap_indented(&indent, &indent, &legend, screen.text_width()));
    if let Some(note) = forecast::note(&path.note) {
        text.push_str(&width::wrap_indented(&indent, &indent, &note, screen.text_width()));
    }
    text
}
