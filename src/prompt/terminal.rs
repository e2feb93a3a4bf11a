//! The person at the terminal.

use std::ffi::OsString;
use std::io;
use std::path::Path;

use dialoguer::console::{Key as Pressable, Term};
use dialoguer::theme::{SimpleTheme, Theme};

use super::field::Field;
use super::frame::Frame;
use super::keys::{Keys, Pressed};
use super::list::List;
use super::signals::Signals;
use super::{Key, Prompt, editor, offer, size};
use crate::error::{Code, Error, Result, reason};
use crate::text::width;

/// With fewer rows there is no room to move around in a list.
const FEWEST_ROWS: usize = 5;
/// With fewer columns beside a question, what is typed goes below it.
const LEAST_ROOM: usize = 20;

/// The person at the terminal. Draws as dialoguer does, whose own questions leave the terminal
/// without a cursor when a signal ends them.
#[derive(Debug)]
pub struct Terminal {
    env: fn(&str) -> Option<OsString>,
    /// Made for the first question.
    signals: Option<Signals>,
    /// What of the last answer might still come.
    rest: Rest,
}

/// The rest of a word of which the first letter was the answer. Who types `again` and enter, or `yes`,
/// has answered once: neither the other letters nor the enter key answer the next question.
#[derive(Debug, Clone, Copy, Default)]
struct Rest {
    letters: &'static str,
    is_begun: bool,
}

impl Rest {
    /// What follows the first letter of a word.
    fn of(word: &'static str, letter: Option<char>) -> Self {
        let letters = letter.and_then(|letter| word.strip_prefix(letter)).unwrap_or_default();
        Self { letters, is_begun: false }
    }

    /// Whether a key belongs to the word.
    fn takes(&mut self, key: &Pressable) -> bool {
        match key {
            Pressable::Char(letter) => {
                if let Some(after) = self.letters.strip_prefix(letter.to_ascii_lowercase()) {
                    *self = Self { letters: after, is_begun: true };
                    return true;
                }
            }
            Pressable::Enter if self.is_begun => {
                *self = Self::default();
                return true;
            }
            _ => {}
        }
        *self = Self::default();
        false
    }

    /// Whether a line that was entered is that word.
    fn is_line(&mut self, typed: &str) -> bool {
        let letters = std::mem::take(self).letters;
        !letters.is_empty() && typed.eq_ignore_ascii_case(letters)
    }
}

impl Terminal {
    /// Asks at the terminal; the environment names the editor.
    pub fn new(env: fn(&str) -> Option<OsString>) -> Self {
        Self { env, signals: None, rest: Rest::default() }
    }

    fn signals(&mut self) -> Result<&Signals> {
        if self.signals.is_none() {
            self.signals = Some(Signals::new().map_err(failed)?);
        }
        self.signals.as_ref().ok_or_else(Error::cancelled)
    }

    fn keys(&mut self) -> Result<Keys<'_>> {
        Keys::open(self.signals()?).map_err(failed)
    }

    fn pick(&mut self, question: &str, lines: &[String], several: bool) -> Result<Vec<usize>> {
        if size().0 < FEWEST_ROWS {
            return self.numbers(question, lines, several);
        }
        self.rest = Rest::default();
        let mut keys = self.keys()?;
        let mut frame = Frame::new();
        let mut list = List::new(question, lines, several);
        loop {
            let (rows, columns) = size();
            frame.draw(&list.view(rows, columns), None).map_err(failed)?;
            let Some(key) = next(&mut keys)? else { continue };
            if let Some(taken) = list.press(&key, rows) {
                return Ok(taken);
            }
        }
    }

    /// Asks for a line, of which this is shown.
    fn typed(&mut self, question: &str, shown: fn(&Field) -> Field) -> Result<Option<String>> {
        let mut rest = std::mem::take(&mut self.rest);
        let mut keys = self.keys()?;
        let mut frame = Frame::new();
        let mut field = Field::default();
        let asked = themed(|f| SimpleTheme.format_input_prompt(f, question, None));
        loop {
            let (lines, cursor) = with_field(&asked, &shown(&field), size().1.saturating_sub(1));
            frame.draw(&lines, Some(cursor)).map_err(failed)?;
            match next(&mut keys)? {
                Some(Pressable::Enter) if rest.is_line(&field.text()) => field = Field::default(),
                Some(Pressable::Enter) => break,
                Some(key) => {
                    field.press(&key);
                }
                None => {}
            }
        }
        let said = shown(&field).text().trim().to_owned();
        let asked = themed(|f| SimpleTheme.format_input_prompt_selection(f, question, &said));
        frame.leave(asked.trim_end()).map_err(failed)?;
        Ok(Some(field.text().trim().to_owned()).filter(|said| !said.is_empty()))
    }

    /// Asks for the numbers of lines, where the screen is too low to choose on.
    fn numbers(&mut self, question: &str, lines: &[String], several: bool) -> Result<Vec<usize>> {
        let room = size().1.saturating_sub(1).max(LEAST_ROOM);
        let numbered = lines.iter().enumerate().map(|(at, line)| format!("{} {line}", at + 1));
        let listed: String = numbered.map(|line| width::fit(&line, room) + "\n").collect();
        write(&listed)?;
        let what = if several { "numbers" } else { "a number" };
        loop {
            let typed = self.line(&format!("{question} ({what})"))?.ok_or_else(Error::cancelled)?;
            match numbers(&typed, lines.len()) {
                Ok(chosen) if several || chosen.len() == 1 => return Ok(chosen),
                Ok(_) => write("choose only one\n")?,
                Err(wrong) => {
                    write(&format!("`{wrong}` is not a number from 1 to {}\n", lines.len()))?;
                }
            }
        }
    }
}

impl Prompt for Terminal {
    fn confirm(&mut self, question: &str) -> Result<bool> {
        let mut rest = std::mem::take(&mut self.rest);
        let mut keys = self.keys()?;
        let mut frame = Frame::new();
        let asked = themed(|f| SimpleTheme.format_confirm_prompt(f, question, Some(false)));
        let (yes, rest) = loop {
            let lines = width::wrap(&asked, size().1.saturating_sub(1));
            let end = end(&lines);
            frame.draw(&lines, Some(end)).map_err(failed)?;
            match next(&mut keys)?.filter(|key| !rest.takes(key)) {
                Some(Pressable::Char('y' | 'Y')) => break (true, Rest::of("yes", Some('y'))),
                Some(Pressable::Char('n' | 'N')) => break (false, Rest::of("no", Some('n'))),
                Some(Pressable::Enter) => break (false, Rest::default()),
                Some(Pressable::Char('q')) => return Err(Error::cancelled()),
                _ => {}
            }
        };
        let said = themed(|f| SimpleTheme.format_confirm_prompt_selection(f, question, Some(yes)));
        frame.leave(&said).map_err(failed)?;
        drop(keys);
        self.rest = rest;
        Ok(yes)
    }

    fn choose(&mut self, question: &str, lines: &[String]) -> Result<usize> {
        self.pick(question, lines, false)?.first().copied().ok_or_else(Error::cancelled)
    }

    fn choose_some(&mut self, question: &str, lines: &[String]) -> Result<Vec<usize>> {
        self.pick(question, lines, true)
    }

    fn line(&mut self, question: &str) -> Result<Option<String>> {
        self.typed(question, |field| field.clone())
    }

    fn secret(&mut self, question: &str) -> Result<Option<String>> {
        self.typed(question, |_| Field::default())
    }

    fn key(&mut self, question: &str, keys: &[Key]) -> Result<usize> {
        let offered = width::wrap_indented("", "  ", &offer(question, keys), size().1);
        let mut rest = std::mem::take(&mut self.rest);
        let mut pressed = self.keys()?;
        write(&offered)?;
        let (chosen, key) = loop {
            let letter = match next(&mut pressed)?.filter(|key| !rest.takes(key)) {
                Some(Pressable::Enter) => None,
                Some(Pressable::Char(letter)) => Some(letter.to_ascii_lowercase()),
                _ => continue,
            };
            let mut places = keys.iter().enumerate();
            if let Some(found) = places.find(|(_, key)| key.letter == letter) {
                break found;
            }
        };
        drop(pressed);
        self.rest = Rest::of(key.word, key.letter);
        Ok(chosen)
    }

    fn edit(&mut self, file: &Path) -> Result<()> {
        let words = editor::chosen(self.env);
        editor::open(&words, file, self.signals()?)
    }
}

/// The next key; `None` if only the screen might have changed.
fn next(keys: &mut Keys<'_>) -> Result<Option<Pressable>> {
    match keys.next().map_err(failed)? {
        Pressed::Key(key) => Ok(Some(key)),
        Pressed::Resized => Ok(None),
        Pressed::Leave => Err(Error::cancelled()),
    }
}

/// What dialoguer's theme makes of a part of a question.
fn themed(format: impl Fn(&mut dyn std::fmt::Write) -> std::fmt::Result) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = format(&mut text);
    text
}

/// A question and what is typed, behind it or below it, and the place of the cursor.
fn with_field(asked: &str, field: &Field, room: usize) -> (Vec<String>, (usize, usize)) {
    let mut lines = width::wrap(asked.trim_end(), room);
    let (mut line, mut column) = end(&lines);
    column += 1;
    if column + LEAST_ROOM > room {
        lines.push(String::new());
        (line, column) = (line + 1, 0);
    }
    let (typed, at) = field.window(room.saturating_sub(column));
    if let Some(last) = lines.last_mut() {
        let shown = format!("{}{typed}", width::pad(last, column));
        *last = shown;
    }
    (lines, (line, column + at))
}

/// The place behind the last of some lines.
fn end(lines: &[String]) -> (usize, usize) {
    (lines.len().saturating_sub(1), lines.last().map_or(0, |line| width::columns(line)))
}

/// Places from 0 on, from numbers and ranges such as `1 3 5-7`; or what is none.
fn numbers(typed: &str, most: usize) -> std::result::Result<Vec<usize>, String> {
    let mut chosen = Vec::new();
    for word in typed.split([' ', ',']).filter(|word| !word.is_empty()) {
        let number = |text: &str| text.parse().ok().filter(|n| (1..=most).contains(n));
        let (from, to) = word.split_once('-').unwrap_or((word, word));
        let (Some(from), Some(to)) =
            (number(from), number(to).filter(|to| number(from) <= Some(*to)))
        else {
            return Err(word.chars().take(20).collect());
        };
        for at in from - 1..to {
            if !chosen.contains(&at) {
                chosen.push(at);
            }
        }
    }
    if chosen.is_empty() { Err(typed.chars().take(20).collect()) } else { Ok(chosen) }
}

fn write(text: &str) -> Result<()> {
    Term::stderr().write_str(text).map_err(failed)
}

fn failed(error: io::Error) -> Error {
    Error::new(Code::Unreadable, format!("the question could not be asked: {}", reason(&error)))
        .hint("use an option instead; `--help` lists them")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_one_by_one_and_as_ranges() {
        assert_eq!(numbers("2", 3), Ok(vec![1]));
        assert_eq!(numbers(" 3, 1-2 2 ", 3), Ok(vec![2, 0, 1]));
        for (typed, wrong) in
            [("0", "0"), ("1 4", "4"), ("x", "x"), ("2-", "2-"), ("1 3-1", "3-1"), (",", ",")]
        {
            assert_eq!(numbers(typed, 3), Err(wrong.to_owned()), "{typed}");
        }
    }

    #[test]
    fn the_rest_of_a_word_is_no_answer() {
        let taken = |word, typed: &str| {
            let mut rest = Rest::of(word, word.chars().next());
            let key = |c| if c == '\r' { Pressable::Enter } else { Pressable::Char(c) };
            typed.chars().map(|c| u8::from(rest.takes(&key(c))).to_string()).collect::<String>()
        };
        for (word, typed, expected) in [
            ("again", "gain\r\r", "111110"),
            ("skips", "kip\r\r", "11110"),
            ("yes", "ES\ry", "1110"),
            // A letter is an answer by itself, and the enter key after it the next.
            ("again", "\rgain", "00000"),
            ("easy", "s", "0"),
            ("good", "os\r", "100"),
        ] {
            assert_eq!(taken(word, typed), expected, "{word}: {typed:?}");
        }
        let mut rest = Rest::of("yes", Some('y'));
        assert!(rest.is_line("es") && !rest.is_line("es"));
    }

    #[test]
    fn what_is_typed_stands_behind_a_short_question_and_below_a_long_one() {
        let mut field = Field::default();
        for c in "https://example.org/a/long/one".chars() {
            field.press(&Pressable::Char(c));
        }
        let (lines, cursor) = with_field("What shows it?: ", &field, 79);
        assert_eq!(lines, ["What shows it?: https://example.org/a/long/one"]);
        assert_eq!(cursor, (0, 46));
        let (lines, cursor) = with_field("What shows it?: ", &field, 30);
        assert_eq!(lines, ["What shows it?:", "ttps://example.org/a/long/one"]);
        assert_eq!(cursor, (1, 29));
        for room in 0..90 {
            let (lines, (line, column)) = with_field("What shows it?: ", &field, room);
            assert!(line < lines.len() && column <= room);
            assert!(lines.iter().all(|line| width::columns(line) <= room.max(1)), "{room}");
        }
    }
}
