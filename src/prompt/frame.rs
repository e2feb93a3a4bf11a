//! What a question has drawn on the screen: it is drawn anew in its place, and wiped when it is over.

use std::io;

use dialoguer::console::Term;

use super::size;
use crate::text::width;

/// The lines of a question on the screen. They are wiped, and the cursor is shown again, when it is
/// dropped, however the question ended.
pub(super) struct Frame {
    term: Term,
    /// The columns that each drawn line takes.
    drawn: Vec<usize>,
    /// The line of the cursor, and its column.
    cursor: (usize, usize),
}

impl Frame {
    pub(super) fn new() -> Self {
        Self { term: Term::buffered_stderr(), drawn: Vec::new(), cursor: (0, 0) }
    }

    /// Draws lines in the place of those drawn before. The cursor stands at a line and column, or is
    /// hidden.
    pub(super) fn draw(
        &mut self,
        lines: &[String],
        cursor: Option<(usize, usize)>,
    ) -> io::Result<()> {
        self.clear()?;
        self.term.write_str(&lines.join("\n"))?;
        self.drawn = lines.iter().map(|line| width::columns(line)).collect();
        let last = self.drawn.len().saturating_sub(1);
        match cursor {
            Some((line, column)) => {
                self.term.move_cursor_up(last.saturating_sub(line))?;
                self.term.write_str("\r")?;
                self.term.move_cursor_right(column)?;
                self.term.show_cursor()?;
                self.cursor = (line, column);
            }
            None => {
                self.term.hide_cursor()?;
                self.cursor = (last, self.drawn.last().copied().unwrap_or_default());
            }
        }
        self.term.flush()
    }

    /// Leaves a line in the place of the question.
    pub(super) fn leave(mut self, line: &str) -> io::Result<()> {
        self.clear()?;
        self.term.write_line(line)
    }

    /// Wipes what is drawn. The rows are counted on the screen as it is now: a terminal that became
    /// narrower has broken lines in two.
    fn clear(&mut self) -> io::Result<()> {
        let (_, columns) = size();
        let (line, column) = self.cursor;
        let above: usize =
            self.drawn.iter().take(line).map(|drawn| drawn.saturating_sub(1) / columns + 1).sum();
        self.term.move_cursor_up(above + column.saturating_sub(1) / columns)?;
        if !self.drawn.is_empty() {
            self.term.write_str("\r")?;
            self.term.clear_to_end_of_screen()?;
        }
        self.drawn.clear();
        self.cursor = (0, 0);
        Ok(())
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        // A terminal that takes nothing more has nothing left to restore.
        let _ = self.clear();
        let _ = self.term.show_cursor();
        let _ = self.term.flush();
    }
}
