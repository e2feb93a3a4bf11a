//! A line of text while it is being typed.

use dialoguer::console::Key;

use crate::text::width;

/// What was typed so far, and where the next character goes.
#[derive(Debug, Clone, Default)]
pub(super) struct Field {
    text: Vec<char>,
    at: usize,
}

impl Field {
    /// What was typed.
    pub(super) fn text(&self) -> String {
        self.text.iter().collect()
    }

    /// Takes a key; whether it was one for a text.
    pub(super) fn press(&mut self, key: &Key) -> bool {
        match key {
            Key::Char('\u{15}') => {
                self.text.drain(..self.at);
                self.at = 0;
            }
            Key::Char('\u{17}') => self.cut_word(),
            Key::Char(typed) if !typed.is_control() => {
                self.text.insert(self.at, *typed);
                self.at += 1;
            }
            Key::Backspace if self.at > 0 => {
                self.at -= 1;
                self.text.remove(self.at);
            }
            Key::Del if self.at < self.text.len() => {
                self.text.remove(self.at);
            }
            Key::ArrowLeft => self.at = self.at.saturating_sub(1),
            Key::ArrowRight => self.at = (self.at + 1).min(self.text.len()),
            Key::Home => self.at = 0,
            Key::End => self.at = self.text.len(),
            Key::Backspace | Key::Del => {}
            _ => return false,
        }
        true
    }

    fn cut_word(&mut self) {
        let before = self.text.get(..self.at).unwrap_or_default();
        let blanks = before.iter().rev().take_while(|c| c.is_whitespace()).count();
        let rest = before.get(..self.at - blanks).unwrap_or_default();
        let word = rest.iter().rev().take_while(|c| !c.is_whitespace()).count();
        let from = self.at - blanks - word;
        self.text.drain(from..self.at);
        self.at = from;
    }

    /// The part of the text around the cursor that fits into some columns, and the column of the
    /// cursor in it.
    pub(super) fn window(&self, room: usize) -> (String, usize) {
        let wide = |c: &char| width::columns(c.encode_utf8(&mut [0; 4]));
        // The cursor itself takes a column.
        let mut left = room.saturating_sub(1);
        let mut from = self.at;
        while let Some(before) = from.checked_sub(1)
            && let Some(c) = self.text.get(before)
            && wide(c) <= left
        {
            left -= wide(c);
            from = before;
        }
        let column = room.saturating_sub(1) - left;
        let mut shown: String = self.text.get(from..self.at).unwrap_or_default().iter().collect();
        for c in self.text.get(self.at..).unwrap_or_default() {
            if wide(c) > left {
                break;
            }
            left -= wide(c);
            shown.push(*c);
        }
        (shown, column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Field {
        let mut field = Field::default();
        for c in text.chars() {
            assert!(field.press(&Key::Char(c)));
        }
        field
    }

    #[test]
    fn text_is_typed_and_corrected() {
        let mut field = typed("a littlé text");
        for key in [Key::Home, Key::Del, Key::Del, Key::End, Key::Backspace, Key::ArrowLeft] {
            assert!(field.press(&key));
        }
        field.press(&Key::Char('n'));
        assert_eq!(field.text(), "littlé tenx");
        field.press(&Key::End);
        field.press(&Key::Char('\u{17}'));
        assert_eq!(field.text(), "littlé ");
        field.press(&Key::Char('\u{17}'));
        assert_eq!(field.text(), "");
        // Nothing is there to take away, and nowhere to go.
        for key in [Key::Backspace, Key::Del, Key::ArrowLeft, Key::ArrowRight] {
            assert!(field.press(&key));
        }
        let mut field = typed("all of it");
        field.press(&Key::ArrowLeft);
        field.press(&Key::Char('\u{15}'));
        assert_eq!(field.text(), "t");
        assert!(!field.press(&Key::Enter) && !field.press(&Key::Char('\u{1}')));
    }

    #[test]
    fn what_is_shown_holds_the_cursor_and_fits() {
        let mut field = typed("0123456789漢字");
        assert_eq!(field.window(40), ("0123456789漢字".to_owned(), 14));
        assert_eq!(field.window(8), ("789漢字".to_owned(), 7));
        field.press(&Key::Home);
        assert_eq!(field.window(8), ("0123456".to_owned(), 0));
        assert_eq!(field.window(1), (String::new(), 0));
        assert_eq!(field.window(0), (String::new(), 0));
    }
}
