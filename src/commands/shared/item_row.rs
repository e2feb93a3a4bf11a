//! How several texts lay out the same: an item with its mark, and a skill as a question.

use milepost_core::Status;
use milepost_core::report::row::Row;
use milepost_path::{Ref, safe};

use crate::output::Screen;
use crate::text::paint::{Mark, Paint};
use crate::text::width;

/// A title as reports show it, with a word where the item is retired.
pub(crate) fn title(title: &str, is_retired: bool) -> String {
    let title = safe::line(title);
    if is_retired { format!("{title} (retired)") } else { title.into_owned() }
}

/// The mark of the status of an item; blanks where it has none.
pub(crate) fn mark_of(row: &Row, paint: Paint) -> String {
    row.status.map_or("   ".to_owned(), |status| paint.status_mark(mark(status)))
}

/// A line with a title, and behind it what can be typed, such as a reference. Where the screen has no
/// room for both, what can be typed stands on a line of its own and is not cut.
pub(crate) fn line(head: &str, title: &str, rest: &str, screen: &Screen) -> String {
    let line = match rest {
        "" => format!("{head}{title}"),
        rest => format!("{head}{title}  {rest}"),
    };
    let Some(columns) = screen.width.filter(|columns| width::columns(&line) > *columns) else {
        return line + "\n";
    };
    // Without a mark, what can be typed still belongs to the title above it.
    let below = if head.is_empty() { 2 } else { width::columns(head) };
    let indent = " ".repeat(below);
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

/// A value beside its label, which takes so many columns. If a reference or an address is too long to
/// stand beside it, the value comes below the label.
pub(crate) fn labelled(label: &str, room: usize, value: &str, screen: &Screen) -> String {
    let columns = screen.text_width();
    let longest = value.split_whitespace().map(width::columns).max().unwrap_or(0);
    if screen.width.is_some_and(|most| room + longest > most) {
        return format!("{label}\n") + &width::wrap_indented("  ", "  ", value, columns);
    }
    width::wrap_indented(&format!("{label:<room$}"), &" ".repeat(room), value, columns)
}

/// The heading of a report about one thing: its title, and behind it what can be typed for it.
pub(crate) fn heading(title: &str, id: &str, screen: &Screen) -> String {
    let id = if id.is_empty() { String::new() } else { screen.paint.dim(id) };
    line("", &screen.paint.heading(&safe::line(title)), &id, screen)
}

/// A skill that was studied, as a question with the command that answers it.
pub(crate) fn question(question: &str, reference: &Ref, screen: &Screen) -> String {
    let command = screen.paint.dim(&format!("milepost done {reference}"));
    line("? ", &safe::line(question), &command, screen)
}

/// The mark of a status in text.
pub(crate) fn mark(status: Status) -> Mark {
    match status {
        Status::Todo => Mark::Todo,
        Status::Doing => Mark::Doing,
        Status::Done => Mark::Done,
        Status::Skipped => Mark::Skipped,
    }
}
