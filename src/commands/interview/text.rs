//! The text of `interview`: questions one a line, what was answered, readiness by topic.

use milepost_core::Grade;
use milepost_core::progress::Count;
use milepost_core::report::interview::{
    Answered, Mode, PracticePart, QuestionPart, ReadinessPart, Report,
};
use milepost_path::{RefTarget, safe};

use crate::commands::shared::item_row;
use crate::output::Screen;
use crate::text::columns::{Align, rows};
use crate::text::{day, quantity, width};
use crate::words::interview::advice;

/// The text of a report; a mock interview that was named is shown `in_full`.
pub(super) fn text(report: &Report, in_full: bool, screen: &Screen) -> String {
    match report.mode {
        Mode::List => list(report, screen),
        Mode::Readiness => readiness(&report.readiness, screen),
        Mode::Session | Mode::Answers => answered(report, screen),
        Mode::Practice => practice(&report.practice, in_full, screen),
    }
}

fn list(report: &Report, screen: &Screen) -> String {
    let questions = &report.questions;
    let paint = screen.paint;
    let due = |one: &QuestionPart| match one.due_on {
        Some(_) if one.due => paint.warn("due"),
        Some(day) => day.to_string(),
        None => "new".to_owned(),
    };
    let before = |one: &QuestionPart| match one.grade {
        Some(grade) if one.times > 1 => format!("{} ({}x)", grade.as_str(), one.times),
        Some(grade) => grade.as_str().to_owned(),
        None => "-".to_owned(),
    };
    let ask = |one: &QuestionPart| safe::line(&one.title).into_owned();
    // As short as `show` and `--answers` take it, so that there is room for the question.
    let name = |one: &QuestionPart| {
        let id = match one.reference.target() {
            RefTarget::Question(id) => id,
            _ => one.reference.as_str(),
        };
        paint.dim(&if report.of_one_path { id.to_owned() } else { format!("{}/{id}", one.path) })
    };
    let lines: Vec<Vec<String>> =
        questions.iter().map(|one| vec![due(one), before(one), name(one), ask(one)]).collect();
    rows(&lines, &[Align::Left; 4], screen.width, 2).unwrap_or_else(|| {
        // A narrow screen has no room for columns.
        let lines = questions.iter().map(|one| {
            let last = match one.grade {
                Some(_) => format!(", last {}", before(one)),
                None => String::new(),
            };
            item_row::line("", &ask(one), &format!("{}  {}{last}", name(one), due(one)), screen)
        });
        lines.collect()
    })
}

fn answered(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    let line = |one: &Answered| {
        let head = width::pad(&paint.bold(one.grade.as_str()), 5) + "  ";
        let due = one.due_on.map_or(String::new(), |day| format!("  due {day}"));
        let rest = format!("{}{due}", paint.dim(one.reference.as_str()));
        item_row::line(&head, &safe::line(&one.title), &rest, screen)
    };
    text.extend(report.answered.iter().map(line));
    for reference in &report.unchanged {
        let line = format!("{reference} already has that answer for that day; nothing changed");
        text.push_str(&width::wrap_indented("", "  ", &line, screen.text_width()));
    }
    if !report.answered.is_empty() {
        let count = |grade: Grade| {
            let n = report.answered.iter().filter(|one| one.grade == grade).count();
            (n > 0).then(|| format!("{n} {}", grade.as_str()))
        };
        let counts: Vec<String> = Grade::ALL.into_iter().filter_map(count).collect();
        let answers = quantity::count(report.answered.len(), "answer");
        let sum = format!("{answers}: {}", counts.join(", "));
        text.push_str(&width::wrap_indented("", "  ", &sum, screen.text_width()));
    }
    if text.is_empty() { "nothing answered\n".to_owned() } else { text }
}

fn readiness(topics: &[ReadinessPart], screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let mut text = String::new();
    for one in topics {
        let percent = width::pad_left(&quantity::percent(one.percent), 6);
        // A narrow screen has no room beside the number.
        let indent = " ".repeat(if columns < 60 { 2 } else { 8 });
        let title = paint.bold(&safe::line(&one.title));
        let reference = paint.dim(&one.path);
        text.push_str(&item_row::line(&format!("{percent}  "), &title, &reference, screen));
        let facts = [
            format!("recall {}%: {}", (one.recall * 100.0).floor(), recalled(one)),
            format!(
                "{}; {}",
                done(one.skills, "skill", "done"),
                done(one.milestones, "milestone", "proven")
            ),
        ];
        for fact in facts {
            text.push_str(&width::wrap_indented(&indent, &indent, &fact, columns));
        }
        let advice = advice(&one.advice, &one.path);
        let advice = format!("{} {}", paint.accent("next:"), safe::line(&advice));
        let below = if columns < 60 { indent.clone() } else { format!("{indent}  ") };
        text.push_str(&width::wrap_indented(&indent, &below, &advice, columns));
    }
    let formula = "Readiness is half the recall expected today (never answered counts 0), a quarter \
                   the skills done, a quarter the milestones proven.";
    text.push('\n');
    text + &width::wrap_indented("", "", &paint.dim(formula), columns)
}

/// Mock interviews: task and criteria of one, or of each the first line.
fn practice(all: &[PracticePart], in_full: bool, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let mut text = String::new();
    for one in all {
        let title = paint.heading(&safe::line(&one.title));
        let facts = format!("{}  {} min", paint.dim(&one.id), one.minutes);
        text.push_str(&item_row::line("", &title, &facts, screen));
        text.push_str(&width::wrap_indented("  ", "  ", &safe::line(&one.task), columns));
        if in_full {
            text.push_str("\nYou did well if\n");
            for criterion in &one.criteria {
                let criterion = safe::line(criterion);
                text.push_str(&width::wrap_indented("  - ", "    ", &criterion, columns));
            }
        }
    }
    if !in_full && !all.is_empty() {
        let more = "`milepost interview --practice ID` shows the criteria of one.";
        text.push('\n');
        text.push_str(&width::wrap_indented("", "", more, columns));
    }
    text
}

fn recalled(one: &ReadinessPart) -> String {
    let grades = [
        (one.grades.again, "again"),
        (one.grades.hard, "hard"),
        (one.grades.good, "good"),
        (one.grades.easy, "easy"),
    ];
    let grades: Vec<String> =
        grades.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    let mut text =
        format!("{} of {} answered", one.answered, quantity::count(one.questions, "question"));
    if let Some(last_on) = one.last_on {
        let ago = day::ago(last_on, one.today);
        text.push_str(&format!(" ({}, last {ago})", grades.join(", ")));
    }
    if one.due > 0 {
        text.push_str(&format!(", {} due", one.due));
    }
    text
}

fn done(count: Count, noun: &str, word: &str) -> String {
    let counted = count.counted();
    if counted == 0 {
        return format!("no {noun} to count");
    }
    format!("{} of {} {word}", count.done, quantity::count(counted, noun))
}
