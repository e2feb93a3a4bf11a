//! Questions to the person at the terminal. Each has a flag that answers it, so nothing ever
//! depends on a prompt; where nobody can answer, none is asked.
//!
//! Esc, Ctrl-C, Ctrl-D and the signals that end a program all leave a question: what it drew is
//! wiped, the terminal is as before, and the caller is told that it was cancelled.

mod editor;
mod field;
mod frame;
mod keys;
mod list;
mod signals;
mod terminal;

use std::collections::VecDeque;
use std::fs;
use std::path::Path;

pub use terminal::Terminal;

use crate::error::{Code, Error, Result};

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

    /// Any of several lines; typing narrows them down.
    ///
    /// # Errors
    /// The prompt was cancelled.
    fn choose_some(&mut self, question: &str, lines: &[String]) -> Result<Vec<usize>>;

    /// A short text on one line; `None` if it was left empty.
    ///
    /// # Errors
    /// The prompt was cancelled.
    fn line(&mut self, question: &str) -> Result<Option<String>>;

    /// As [`Prompt::line`], of a text that nobody must see: nothing of it is shown.
    ///
    /// # Errors
    /// The prompt was cancelled.
    fn secret(&mut self, question: &str) -> Result<Option<String>>;

    /// One of several keys.
    ///
    /// # Errors
    /// The prompt was cancelled.
    fn key(&mut self, question: &str, keys: &[Key]) -> Result<usize>;

    /// Lets a file be written in the editor.
    ///
    /// # Errors
    /// The editor cannot be run, ended with an error, or was interrupted.
    fn edit(&mut self, file: &Path) -> Result<()>;
}

/// A key that answers a question.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The letter; none for the enter key.
    pub letter: Option<char>,
    /// What it says.
    pub word: &'static str,
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

/// An answer that was written down before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// To [`Prompt::confirm`].
    Confirm(bool),
    /// To [`Prompt::choose`] and [`Prompt::choose_some`]: what the chosen lines contain.
    Lines(Vec<String>),
    /// To [`Prompt::key`]: the word of the key.
    Key(&'static str),
    /// To [`Prompt::line`], [`Prompt::secret`] and [`Prompt::edit`], which leaves the file as it is where there is none.
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
                        Error::new(
                            Code::Internal,
                            format!("`{question}` offers no line with `{wanted}`"),
                        )
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
        Some(answer) => {
            Error::new(Code::Internal, format!("{answer:?} is no answer to `{question}`"))
        }
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

    fn secret(&mut self, question: &str) -> Result<Option<String>> {
        self.line(question)
    }

    fn key(&mut self, question: &str, keys: &[Key]) -> Result<usize> {
        match self.answers.pop_front() {
            Some(Answer::Key(word)) => {
                keys.iter().position(|key| key.word == word).ok_or_else(|| {
                    Error::new(
                        Code::Internal,
                        format!("`{}` offers no `{word}`", offer(question, keys)),
                    )
                })
            }
            other => Err(unfit(question, other)),
        }
    }

    fn edit(&mut self, file: &Path) -> Result<()> {
        match self.answers.pop_front() {
            Some(Answer::Text(None)) => Ok(()),
            Some(Answer::Text(Some(text))) => fs::write(file, text).map_err(|error| {
                Error::new(Code::unwritable(&error), format!("the text cannot be written: {error}"))
            }),
            other => Err(unfit("the editor", other)),
        }
    }
}

/// The rows and columns of the screen.
fn size() -> (usize, usize) {
    let (columns, rows) = terminal_size::terminal_size()
        .map_or((0, 0), |(columns, rows)| (usize::from(columns.0), usize::from(rows.0)));
    let known = |size: usize, usual: usize| if size == 0 { usual } else { size };
    (known(rows, 24), known(columns, 80))
}
