//! The text of an interview question in full.

use milepost_core::report::show::question::QuestionReport;
use milepost_path::{Ref, safe};

use crate::commands::shared::item_row;
use crate::output::Screen;
use crate::text::width;

/// The text of a report.
pub(super) fn text(report: &QuestionReport, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let mut text = item_row::heading(&report.title, report.reference.as_str(), screen) + "\n";
    let mut line = |label: &str, value: &str| {
        text.push_str(&item_row::labelled(label, 11, value, screen));
    };
    line("topic", &safe::line(&report.topic_title));
    let exercises: Vec<&str> = report.exercises.iter().map(Ref::as_str).collect();
    line("exercises", &exercises.join(", "));
    line(
        "due",
        &match report.due_on {
            None => "any time: it is new".to_owned(),
            Some(day) if report.due => format!("since {day}"),
            Some(day) => format!("on {day}"),
        },
    );
    if let Some(look_for) = &report.look_for {
        text.push_str(&format!("\n{}\n", paint.heading("A strong answer covers")));
        text.push_str(&width::wrap_indented("  ", "  ", &safe::line(look_for), columns));
    }
    if !report.answers.is_empty() {
        text.push_str(&format!("\n{}\n", paint.heading("Answers")));
        let answers = report.answers.iter();
        text.extend(answers.map(|one| format!("  {}  {}\n", one.on, one.grade.as_str())));
    }
    text
}
