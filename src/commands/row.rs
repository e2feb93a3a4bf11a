//! What several texts show in the same way: an item with its mark, a skill as a question, and that
//! interview questions are due.

use crate::model::roadmap::{Ref, Requirement, Shelf, find};
use crate::model::standing::Status;
use crate::output::Screen;
use crate::report::row::Row;
use crate::text::paint::{Mark, Paint};
use crate::text::{quantity, safe, width};

/// The time that was spent, and what is planned if that is known: `45 min of 3 h`.
pub fn spent(minutes: u32, planned: Option<f64>) -> String {
    let spent = quantity::minutes(minutes);
    match planned.map(|hours| (hours, quantity::hours(hours))) {
        None => spent,
        Some((hours, planned)) if f64::from(minutes) <= hours * 60.0 => {
            format!("{spent} of {planned}")
        }
        Some((_, planned)) => format!("{spent}, {planned} planned"),
    }
}

/// What is left of the hours of something: `9 of 15 h left`; `15 h` where nothing was studied of it.
pub fn left(left: Option<f64>, hours: Option<f64>) -> String {
    let Some(left) = left.or(hours) else { return String::new() };
    let said = quantity::hours(left);
    match hours.filter(|hours| *hours != left) {
        None => said,
        Some(hours) if left > hours => format!("{said} left"),
        Some(hours) => {
            let all = quantity::hours(hours);
            if all == said {
                // A little of much, rounded, is nothing.
                return all;
            }
            // The unit once, where both have the same.
            let short = said.strip_suffix(" h").filter(|_| all.ends_with(" h"));
            format!("{} of {all} left", short.unwrap_or(&said))
        }
    }
}

/// A title as reports show it, with a word where the item is retired.
pub fn title(title: &str, is_retired: bool) -> String {
    let title = safe::line(title);
    if is_retired { format!("{title} (retired)") } else { title.into_owned() }
}

/// The mark of the status of an item; blanks where it has none.
pub fn mark_of(row: &Row, paint: Paint) -> String {
    row.status.map_or("   ".to_owned(), |status| paint.status_mark(mark(status)))
}

/// A line with a title, and behind it what can be typed, such as a reference. Where the screen has no
/// room for both, what can be typed stands on a line of its own and is not cut.
pub fn line(head: &str, title: &str, rest: &str, screen: &Screen) -> String {
    let line = match rest {
        "" => format!("{head}{title}"),
        rest => format!("{head}{title}  {rest}"),
    };
    let Some(columns) = screen.width.filter(|columns| width::columns(&line) > *columns) else {
        return line + "\n";
    };
    let indent = " ".repeat(width::columns(head));
    let title = width::wrap_indented(head, &indent, title, columns);
    // A broken reference is no reference: it has the whole line, if it must.
    let longest = rest.split_whitespace().map(width::columns).max().unwrap_or(0);
    let indent = if indent.len() + longest > columns { "" } else { indent.as_str() };
    match rest {
        "" => title,
        rest if indent.len() + width::columns(rest) <= columns => {
            format!("{title}{indent}{rest}\n")
        }
        rest => title + &width::wrap_indented(indent, indent, rest, columns),
    }
}

/// What stands above skills that were studied.
pub const STUDIED: &str = "Studied: can you say this?";

/// A skill that was studied, as a question with the command that answers it.
pub fn question(question: &str, reference: &Ref, screen: &Screen) -> String {
    let command = screen.paint.dim(&format!("milepost done {reference}"));
    line("? ", &safe::line(question), &command, screen)
}

/// The titles of what a requirement asks for.
pub fn requirement(requirement: &Requirement, shelf: &dyn Shelf) -> String {
    let titles = requirement.any_of.iter().map(|reference| {
        let node = find(shelf, reference);
        node.map_or(reference.as_str().to_owned(), |node| safe::line(node.title()).into_owned())
    });
    titles.collect::<Vec<_>>().join(" or ")
}

/// That interview questions are due, and the command that asks them.
pub fn reviews_due(count: usize, path: Option<&str>) -> String {
    let (questions, are) = match count {
        1 => ("1 interview question".to_owned(), "is"),
        n => (quantity::count(n, "interview question"), "are"),
    };
    let path = path.map_or(String::new(), |path| format!(" {path}"));
    format!("{questions} {are} due: `milepost interview{path}`")
}

/// The mark of a status in text.
pub fn mark(status: Status) -> Mark {
    match status {
        Status::Todo => Mark::Todo,
        Status::Doing => Mark::Doing,
        Status::Done => Mark::Done,
        Status::Skipped => Mark::Skipped,
    }
}
