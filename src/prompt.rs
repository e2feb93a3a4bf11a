//! Questions to the person at the terminal. Each has a flag that answers it, so nothing ever
//! depends on a prompt; where nobody can answer, none is asked.

use std::collections::VecDeque;

use dialoguer::console::{self, Term};
use dialoguer::{Confirm, Editor, FuzzySelect, Input, MultiSelect};

use crate::error::{Error, Result};
use crate::text::width;

/// Whom to ask.
pub trait Prompt {
    /// Yes or no.
    ///
    /// # Errors
    /// The prompt was cancelled.
    fn confirm(&mut self, question: &str) -> Result<bool>;

    /// One of several lines; typing narrows them down.
    ///
    /// # Errors
    /// The prompt was cancelled.
    fn choose(&mut self, question: &str, lines: &[String]) -> Result<usize>;

    /// Any of several lines.
    ///
    /// # Errors
    /// The prompt was cancelled.
    fn choose_some(&mut self, question: &str, lines: &[String]) -> Result<Vec<usize>>;

    /// A short text on one line; none where it was left empty.
    ///
    /// # Errors
    /// The prompt was cancelled.
    fn line(&mut self, question: &str) -> Result<Option<String>>;

    /// One of several keys.
    ///
    /// # Errors
    /// The prompt was cancelled.
    fn key(&mut self, question: &str, keys: &[Key]) -> Result<usize>;

    /// A text, written in the editor; none where it was left empty.
    ///
    /// # Errors
    /// The prompt was cancelled, or the editor cannot be run.
    fn edit(&mut self, start: &str) -> Result<Option<String>>;
}

/// A key that answers a question.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The letter; none for the enter key.
    pub letter: Option<char>,
    /// What it says.
    pub word: &'static str,
}

/// The person at the terminal.
#[derive(Debug, Clone, Copy)]
pub struct Terminal;

/// Lines of a list that are shown at once.
const LINES: usize = 12;
/// The end of what is typed.
const CTRL_D: console::Key = console::Key::Char('\u{4}');
/// Columns that dialoguer puts before a line.
const MARGIN: usize = 8;

impl Prompt for Terminal {
    fn confirm(&mut self, question: &str) -> Result<bool> {
        let answer = Confirm::new().with_prompt(question).default(false).interact_opt();
        answer.map_err(failed)?.ok_or_else(Error::cancelled)
    }

    fn choose(&mut self, question: &str, lines: &[String]) -> Result<usize> {
        let lines = fitted(lines);
        let answer = FuzzySelect::new()
            .with_prompt(question)
            .items(&lines)
            .default(0)
            .max_length(LINES)
            .interact_opt();
        answer.map_err(failed)?.ok_or_else(Error::cancelled)
    }

    fn choose_some(&mut self, question: &str, lines: &[String]) -> Result<Vec<usize>> {
        let lines = fitted(lines);
        let answer = MultiSelect::new()
            .with_prompt(if columns() < 60 {
                question.to_owned()
            } else {
                format!("{question} (space marks, enter takes, esc leaves)")
            })
            // What was chosen is in the answer; said here, it would fill the screen.
            .report(false)
            .items(&lines)
            .max_length(LINES)
            .interact_opt();
        answer.map_err(failed)?.ok_or_else(Error::cancelled)
    }

    fn line(&mut self, question: &str) -> Result<Option<String>> {
        let answer: String =
            Input::new().with_prompt(question).allow_empty(true).interact_text().map_err(failed)?;
        Ok(Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty()))
    }

    fn key(&mut self, question: &str, keys: &[Key]) -> Result<usize> {
        let told = |error: std::io::Error| failed(error.into());
        let terminal = Term::stderr();
        let offered = width::wrap_indented("", "  ", &offer(question, keys), columns());
        terminal.write_str(&offered).map_err(told)?;
        loop {
            let letter = match terminal.read_key_raw().map_err(told)? {
                console::Key::Enter => None,
                console::Key::Escape | console::Key::CtrlC | CTRL_D => {
                    return Err(Error::cancelled());
                }
                console::Key::Char(letter) => Some(letter.to_ascii_lowercase()),
                console::Key::Unknown => return Err(failed(gone().into())),
                _ => continue,
            };
            if let Some(chosen) = keys.iter().position(|key| key.letter == letter) {
                return Ok(chosen);
            }
        }
    }

    fn edit(&mut self, start: &str) -> Result<Option<String>> {
        Editor::new().extension(".md").edit(start).map_err(|error| {
            Error::failed(format!("the editor could not be run: {error}"))
                .hint("set VISUAL or EDITOR, or give the text on the command line")
        })
    }
}

fn columns() -> usize {
    terminal_size::terminal_size().map_or(80, |(columns, _)| usize::from(columns.0))
}

/// Lines cut to the screen: dialoguer draws them again with every key, and counts a line that the
/// terminal has broken in two as one.
fn fitted(lines: &[String]) -> Vec<String> {
    let room = columns().saturating_sub(MARGIN).max(20);
    lines.iter().map(|line| width::fit(line, room)).collect()
}

/// A question with the keys that answer it.
fn offer(question: &str, keys: &[Key]) -> String {
    let key = |key: &Key| match key.letter {
        Some(letter) => format!("{letter} {}", key.word),
        None => format!("enter {}", key.word),
    };
    let keys: Vec<String> = keys.iter().map(key).collect();
    format!("{question} [{}]", keys.join(", "))
}

fn gone() -> std::io::Error {
    std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "the terminal is gone")
}

fn failed(error: dialoguer::Error) -> Error {
    let dialoguer::Error::IO(error) = error;
    if error.kind() == std::io::ErrorKind::Interrupted {
        return Error::cancelled();
    }
    Error::failed(format!("the question could not be asked: {error}"))
        .hint("answer it with a flag; `--help` lists them")
}

/// An answer that was written down before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// To [`Prompt::confirm`].
    Confirm(bool),
    /// To [`Prompt::choose`] and [`Prompt::choose_some`]: what the chosen lines contain.
    Lines(Vec<String>),
    /// To [`Prompt::key`]: the word of the key.
    Key(&'static str),
    /// To [`Prompt::line`] and [`Prompt::edit`].
    Text(Option<String>),
    /// The prompt is cancelled.
    Cancel,
}

/// Answers that were written down before, for tests and demonstrations.
#[derive(Debug, Clone, Default)]
pub struct Scripted {
    answers: VecDeque<Answer>,
}

impl Scripted {
    /// Gives these answers in order, and cancels after the last.
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self { answers: answers.into_iter().collect() }
    }

    fn lines(&mut self, question: &str, lines: &[String]) -> Result<Vec<usize>> {
        match self.answers.pop_front() {
            Some(Answer::Lines(wanted)) => wanted
                .iter()
                .map(|wanted| {
                    lines.iter().position(|line| line.contains(wanted)).ok_or_else(|| {
                        Error::failed(format!("`{question}` offers no line with `{wanted}`"))
                    })
                })
                .collect(),
            other => Err(unfit(question, other)),
        }
    }
}

fn unfit(question: &str, answer: Option<Answer>) -> Error {
    match answer {
        None | Some(Answer::Cancel) => Error::cancelled(),
        Some(answer) => Error::failed(format!("{answer:?} is no answer to `{question}`")),
    }
}

impl Prompt for Scripted {
    fn confirm(&mut self, question: &str) -> Result<bool> {
        match self.answers.pop_front() {
            Some(Answer::Confirm(yes)) => Ok(yes),
            other => Err(unfit(question, other)),
        }
    }

    fn choose(&mut self, question: &str, lines: &[String]) -> Result<usize> {
        self.lines(question, lines)?.first().copied().ok_or_else(Error::cancelled)
    }

    fn choose_some(&mut self, question: &str, lines: &[String]) -> Result<Vec<usize>> {
        self.lines(question, lines)
    }

    fn line(&mut self, question: &str) -> Result<Option<String>> {
        match self.answers.pop_front() {
            Some(Answer::Text(text)) => Ok(text),
            other => Err(unfit(question, other)),
        }
    }

    fn key(&mut self, question: &str, keys: &[Key]) -> Result<usize> {
        match self.answers.pop_front() {
            Some(Answer::Key(word)) => {
                keys.iter().position(|key| key.word == word).ok_or_else(|| {
                    Error::failed(format!("`{}` offers no `{word}`", offer(question, keys)))
                })
            }
            other => Err(unfit(question, other)),
        }
    }

    fn edit(&mut self, _: &str) -> Result<Option<String>> {
        match self.answers.pop_front() {
            Some(Answer::Text(text)) => Ok(text),
            other => Err(unfit("the editor", other)),
        }
    }
}
