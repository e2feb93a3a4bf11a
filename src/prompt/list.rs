//! A list from which lines are chosen: what is typed narrows it down.

use dialoguer::console::Key;
use dialoguer::theme::{SimpleTheme, Theme};

use super::field::Field;
use crate::text::width;

/// Lines that are shown at once, where the screen has room for them.
const MOST_SHOWN: usize = 12;

/// The state of a choice.
pub(super) struct List<'l> {
    question: &'l str,
    lines: &'l [String],
    /// The lines in lower case.
    folded: Vec<String>,
    filter: Field,
    /// The lines that pass the filter.
    found: Vec<usize>,
    /// The place in `found` that the cursor is on.
    at: usize,
    /// The first place in `found` that is shown.
    top: usize,
    /// For each line whether it was chosen; `None` if only one can be.
    marked: Option<Vec<bool>>,
}

impl<'l> List<'l> {
    pub(super) fn new(question: &'l str, lines: &'l [String], several: bool) -> Self {
        Self {
            question,
            lines,
            folded: lines.iter().map(|line| line.to_lowercase()).collect(),
            filter: Field::default(),
            found: (0..lines.len()).collect(),
            at: 0,
            top: 0,
            marked: several.then(|| vec![false; lines.len()]),
        }
    }

    /// Takes a key on a screen of some rows; gives the chosen lines once they are taken.
    pub(super) fn press(&mut self, key: &Key, rows: usize) -> Option<Vec<usize>> {
        let page = shown_at_once(rows);
        let last = self.found.len().saturating_sub(1);
        match key {
            Key::Enter => return self.taken(),
            Key::ArrowUp | Key::BackTab | Key::Char('\u{10}') => {
                self.at = self.at.checked_sub(1).unwrap_or(last);
            }
            Key::ArrowDown | Key::Tab | Key::Char('\u{e}') => {
                self.at = if self.at >= last { 0 } else { self.at + 1 };
            }
            Key::PageUp => self.at = self.at.saturating_sub(page),
            Key::PageDown => self.at = (self.at + page).min(last),
            Key::Char(' ') if self.marked.is_some() => self.mark(),
            key => {
                let before = self.filter.text();
                self.filter.press(key);
                if self.filter.text() != before {
                    self.narrow();
                }
            }
        }
        None
    }

    /// What was marked; where nothing was, the line under the cursor.
    fn taken(&self) -> Option<Vec<usize>> {
        let marked = self.marked.iter().flatten().enumerate().filter(|(_, marked)| **marked);
        let marked: Vec<usize> = marked.map(|(at, _)| at).collect();
        if !marked.is_empty() {
            return Some(marked);
        }
        self.found.get(self.at).map(|at| vec![*at])
    }

    fn mark(&mut self) {
        let at = self.found.get(self.at).copied();
        if let (Some(marked), Some(at)) = (&mut self.marked, at)
            && let Some(marked) = marked.get_mut(at)
        {
            *marked = !*marked;
        }
    }

    /// The lines that hold each word as it was typed; where there are none, those that hold its
    /// letters in order, the closest together first.
    fn narrow(&mut self) {
        let typed = self.filter.text().to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let lines = || self.folded.iter().enumerate();
        self.found = lines()
            .filter(|(_, line)| words.iter().all(|word| line.contains(word)))
            .map(|(at, _)| at)
            .collect();
        if self.found.is_empty() {
            let over =
                |line: &str| -> Option<usize> { words.iter().map(|word| spread(line, word)).sum() };
            let mut loose: Vec<(usize, usize)> =
                lines().filter_map(|(at, line)| over(line).map(|over| (over, at))).collect();
            loose.sort_unstable();
            self.found = loose.into_iter().map(|(_, at)| at).collect();
        }
        (self.at, self.top) = (0, 0);
    }

    /// The lines to draw on a screen of this size: the question and what was typed, a part of the
    /// list, and how to go on.
    pub(super) fn view(&mut self, rows: usize, columns: usize) -> Vec<String> {
        // A line as wide as the screen would leave the cursor on either of two rows.
        let room = columns.saturating_sub(1);
        let page = shown_at_once(rows);
        self.top = self.top.min(self.at).max((self.at + 1).saturating_sub(page));
        let mut drawn = vec![width::fit(&self.head(room), room)];
        for (at, line) in self.found.iter().enumerate().skip(self.top).take(page) {
            drawn.push(width::fit(&self.item(*line, at == self.at), room));
        }
        drawn.push(width::fit(&self.foot(room), room));
        drawn
    }

    fn head(&self, room: usize) -> String {
        let typed = self.filter.text();
        let left = room.saturating_sub(width::columns(self.question) + 1);
        let (typed, _) = self.filter.window(left.max(width::columns(&typed).min(8) + 1));
        // On a narrow screen what is typed is worth more than the end of the question.
        let question = width::fit(self.question, room.saturating_sub(width::columns(&typed) + 2));
        format!("{question} {typed}_")
    }

    fn item(&self, line: usize, active: bool) -> String {
        let text = self.lines.get(line).map_or("", String::as_str);
        let mut drawn = String::new();
        // Writing to a string does not fail.
        let _ = match &self.marked {
            Some(marked) => {
                let marked = marked.get(line).copied().unwrap_or_default();
                SimpleTheme.format_multi_select_prompt_item(&mut drawn, text, marked, active)
            }
            None => SimpleTheme.format_select_prompt_item(&mut drawn, text, active),
        };
        drawn
    }

    fn foot(&self, room: usize) -> String {
        let marked = self.marked.iter().flatten().filter(|marked| **marked).count();
        let of_all = format!("{} of {}", self.found.len(), self.lines.len());
        let count = if marked > 0 { format!("{of_all}, {marked} selected") } else { of_all };
        let keys = match self.marked {
            Some(_) if marked > 0 => [
                "type to filter, space: select, enter: done, esc: cancel",
                "space: select, enter: done, esc: cancel",
                "space: select, enter: done",
            ],
            // Then enter takes the line under the cursor.
            Some(_) => [
                "type to filter, space: select, enter: choose, esc: cancel",
                "space: select, enter: choose, esc: cancel",
                "space: select, enter: choose",
            ],
            None => [
                "type to filter, enter: choose, esc: cancel",
                "enter: choose, esc: cancel",
                "enter: choose",
            ],
        };
        let mut feet = keys.iter().map(|keys| format!("({count}; {keys})"));
        feet.find(|foot| width::columns(foot) <= room).unwrap_or_else(|| format!("({count})"))
    }
}

/// How much of a list fits on a screen beside the lines around it.
fn shown_at_once(rows: usize) -> usize {
    rows.saturating_sub(2).clamp(1, MOST_SHOWN)
}

/// Over how many characters of a line the letters of a word are spread at least; `None` if it does
/// not hold them in order.
fn spread(line: &str, word: &str) -> Option<usize> {
    let line: Vec<char> = line.chars().collect();
    let from = |start: usize| {
        let mut at = start;
        for wanted in word.chars() {
            at += line.get(at..)?.iter().position(|c| *c == wanted)? + 1;
        }
        Some(at - start)
    };
    (0..line.len()).filter_map(from).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> Vec<String> {
        let lines = (1..=30).map(|n| match n {
            3 => "FastAPI  (fastapi, skill)".to_owned(),
            7 => "Fast tapes in APIs  (tapes, skill)".to_owned(),
            _ => format!("Item {n}"),
        });
        lines.collect()
    }

    fn press(list: &mut List<'_>, text: &str) {
        for c in text.chars() {
            assert!(list.press(&Key::Char(c), 24).is_none());
        }
    }

    #[test]
    fn several_are_marked_through_a_filter() {
        let lines = lines();
        let mut list = List::new("Which?", &lines, true);
        press(&mut list, "FSTAPI");
        assert_eq!(
            list.view(24, 80),
            [
                "Which? FSTAPI_",
                "> [ ] FastAPI  (fastapi, skill)",
                "  [ ] Fast tapes in APIs  (tapes, skill)",
                "(2 of 30; type to filter, space: select, enter: choose, esc: cancel)",
            ]
        );
        press(&mut list, " ");
        for _ in 0..6 {
            list.press(&Key::Backspace, 24);
        }
        press(&mut list, "m 9");
        let drawn = list.view(24, 80);
        assert_eq!(drawn[1], "> [ ] Item 9", "a space marks, and filters nothing");
        assert!(
            drawn
                .last()
                .unwrap()
                .contains("2 selected; type to filter, space: select, enter: done")
        );
        for _ in 0..2 {
            list.press(&Key::Backspace, 24);
        }
        press(&mut list, "m29 ");
        assert_eq!(list.press(&Key::Enter, 24), Some(vec![0, 2, 28]));
    }

    #[test]
    fn enter_takes_the_line_under_the_cursor_where_none_is_marked() {
        let lines = lines();
        for several in [false, true] {
            let mut list = List::new("Which?", &lines, several);
            list.press(&Key::ArrowUp, 24);
            assert_eq!(list.press(&Key::Enter, 24), Some(vec![29]));
            list.press(&Key::ArrowDown, 24);
            list.press(&Key::PageDown, 24);
            assert_eq!(list.press(&Key::Enter, 24), Some(vec![12]));
            press(&mut list, "zzz");
            assert_eq!(list.view(24, 80)[0], "Which? zzz_");
            assert_eq!(list.press(&Key::Enter, 24), None);
        }
    }

    #[test]
    fn it_fits_on_every_screen_and_shows_the_cursor() {
        let lines: Vec<String> = (0..40).map(|n| format!("{n} {}", "word ".repeat(30))).collect();
        for rows in [0, 1, 2, 3, 4, 5, 6, 13, 14, 15, 24] {
            for columns in [0, 1, 2, 8, 12, 13, 20, 26, 27, 28, 40, 63, 80, 200] {
                let mut list = List::new("A question of some words?", &lines, true);
                press(&mut list, "word");
                for _ in 0..15 {
                    list.press(&Key::ArrowDown, rows);
                    let view = list.view(rows, columns);
                    assert!(view.len() <= rows.max(3), "{rows} {columns}");
                    for line in &view {
                        assert!(width::columns(line) < columns.max(1), "{rows} {columns} {line}");
                    }
                    let at = format!("> [ ] {} ", list.at);
                    assert!(columns < 12 || view.iter().any(|line| line.starts_with(&at)));
                }
            }
        }
    }
}
