//! Ticks, and the days that stand beside them.

use chrono::NaiveDate;

use crate::draft::Tick;

/// What marks a thing as done in a text.
const MARKS: [char; 4] = ['✅', '✔', '☑', '🗹'];
/// What stands around a day and means nothing without it, besides the brackets that it is in.
const AROUND: [char; 9] = ['✅', '✔', '☑', '🗹', '-', '–', '—', ',', ':'];

/// Whether a text says by a mark that a thing is done.
pub(super) fn is_marked(text: &str) -> bool {
    text.contains(MARKS)
}

/// Whether a cell says that a thing is done; `None` where it says neither.
pub(super) fn said(cell: &str) -> Option<bool> {
    let word = cell.trim().to_lowercase();
    let is_done = matches!(
        word.as_str(),
        "done" | "x" | "[x]" | "yes" | "y" | "true" | "1" | "completed" | "complete" | "finished"
    );
    let is_open = matches!(
        word.as_str(),
        "" | "[ ]" | "no" | "n" | "false" | "0" | "todo" | "open" | "doing" | "skipped" | "-"
    );
    if is_done || is_marked(&word) { Some(true) } else { is_open.then_some(false) }
}

/// The day in a text, as `2026-05-17` or `2026/05/17`, and the place of it.
pub(super) fn day(text: &str) -> Option<(NaiveDate, std::ops::Range<usize>)> {
    let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let mut from = 0;
    while let Some(found) = text.get(from..)?.find(['-', '/']) {
        let at = from + found;
        from = at + 1;
        let Some(start) = at.checked_sub(4) else { continue };
        let end = at + 6;
        let Some(day) = text.get(start..end) else { continue };
        let is_alone = !start.checked_sub(1).is_some_and(is_digit) && !is_digit(end);
        let form = if day.contains('/') { "%Y/%m/%d" } else { "%Y-%m-%d" };
        let is_form = [0, 1, 2, 3, 5, 6, 8, 9].iter().all(|digit| is_digit(start + digit));
        if let Ok(day) = NaiveDate::parse_from_str(day, form)
            && is_alone
            && is_form
        {
            return Some((day, start..end));
        }
    }
    None
}

/// Takes the mark and the day out of the text of a thing that is done.
pub(super) fn take(text: &str) -> (Tick, String) {
    let mut rest: String = text.chars().filter(|char| !MARKS.contains(char)).collect();
    let on = day(&rest).map(|(on, place)| {
        let before = rest.get(..place.start).unwrap_or_default();
        let before = before.trim_end_matches("@done(").trim_end();
        let before = before.strip_suffix("done").unwrap_or(before);
        let is_around = |c: char| AROUND.contains(&c) || c.is_whitespace();
        let before = before.trim_end_matches(|c| is_around(c) || matches!(c, '(' | '['));
        let after = rest.get(place.end..).unwrap_or_default();
        let after = after.trim_start_matches(|c| is_around(c) || matches!(c, ')' | ']'));
        rest = [before, after].join(" ");
        on
    });
    (Tick { on, note: None }, rest.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_beside_a_tick() {
        for (text, on, rest) in [
            ("Read it ✅ 2026-05-17", Some("2026-05-17"), "Read it"),
            ("Read it (2026/05/17)", Some("2026-05-17"), "Read it"),
            ("Read it @done(2026-05-17)", Some("2026-05-17"), "Read it"),
            ("Read it - done 2026-05-17: good", Some("2026-05-17"), "Read it good"),
            ("Read it (twice) (2026-05-17) (again)", Some("2026-05-17"), "Read it (twice) (again)"),
            ("✅ Read it", None, "Read it"),
            ("ISO 12026-05-17 is no day", None, "ISO 12026-05-17 is no day"),
            ("2026-13-01", None, "2026-13-01"),
            ("é-–-", None, "é-–-"),
        ] {
            let (tick, left) = take(text);
            assert_eq!((tick.on.map(|day| day.to_string()).as_deref(), left.as_str()), (on, rest));
        }
    }

    #[test]
    fn cells_that_say_it() {
        for done in ["x", "Done", "✅", "[x]", "TRUE"] {
            assert_eq!(said(done), Some(true), "{done}");
        }
        for open in ["", "no", "todo"] {
            assert_eq!(said(open), Some(false), "{open}");
        }
        assert_eq!(said("maybe"), None);
    }
}
