//! The only writer to stdout and stderr. stdout is the answer, human or JSON, and is written once;
//! stderr is everything said about it.

use std::io::{ErrorKind, Write};

use milepost_core::{Answer, json};
use milepost_path::safe;
use serde::Serialize;

use crate::Io;
use crate::config::{Colour, Env, environment_colour};
use crate::error::{Code, Error, Result, no_json, reason};
use crate::text::paint::Paint;
use crate::text::width;
use crate::words::{self, Document};

/// More of a message, in characters, helps nobody.
const MOST_CHARS: usize = 2000;

/// What a report's text is written for.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// Columns; `None` if the answer goes into a pipe or a file.
    pub width: Option<usize>,
    /// Colours and links.
    pub paint: Paint,
}

impl Screen {
    /// Columns for flowing text, which wants a limit everywhere.
    pub(crate) fn text_width(&self) -> usize {
        self.width.unwrap_or(80).clamp(20, 100)
    }

    /// Columns for a sentence that names files: in a pipe it is one line, so that what reads it finds
    /// each name whole, blanks and all.
    pub(crate) fn sentence_width(&self) -> usize {
        self.width.map_or(usize::MAX, |_| self.text_width())
    }
}

/// An error as it is in JSON: its texts on one line each, whatever they repeat.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Failure {
    code: &'static str,
    message: String,
    details: Vec<String>,
    hints: Vec<String>,
    exit: u8,
}

impl Failure {
    /// The JSON of an error.
    pub fn of(error: &Error) -> Self {
        let all = |texts: &[String]| texts.iter().map(|text| told(text)).collect();
        Self {
            code: error.code().as_str(),
            message: told(error.message()),
            details: all(error.details()),
            hints: all(error.hints()),
            exit: error.kind().exit(),
        }
    }
}

/// A text of an error as it is told: one line, so that nothing that it repeats can pass for another
/// message.
fn told(text: &str) -> String {
    safe::short(text, MOST_CHARS)
}

/// The only writer.
pub struct Output<'a, 'io> {
    io: &'a mut Io<'io>,
    answer: String,
    said: String,
    json: bool,
    quiet: bool,
    screen: Screen,
    messages: Paint,
}

impl<'a, 'io> Output<'a, 'io> {
    /// Decides once how to write.
    pub fn new(io: &'a mut Io<'io>, colour: Colour, json: bool, quiet: bool) -> Self {
        let env: Env<'_> = &*io.env;
        let dumb = env("TERM").is_some_and(|term| term == "dumb");
        let unicode = draws_unicode(env);
        let paint = |terminal: bool| {
            let on = match colour {
                Colour::Always => true,
                Colour::Never => false,
                Colour::Auto => wants_colour(env, terminal && !dumb),
            };
            let links = terminal && on && !dumb && knows_links(env);
            Paint { colour: on, links, unicode }
        };
        let width = screen_width(env, io.stdout_is_terminal);
        let screen = Screen { width, paint: paint(io.stdout_is_terminal) };
        let messages = paint(io.stderr_is_terminal);
        Self { answer: String::new(), said: String::new(), json, quiet, screen, messages, io }
    }

    /// Whether the answer is JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Whether only the answer, warnings and errors are wanted.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// For what text is written.
    pub(crate) fn screen(&self) -> Screen {
        self.screen
    }

    /// Whom to ask; `None` if nobody can answer.
    pub(crate) fn prompt(&mut self) -> Option<&mut (dyn crate::prompt::Prompt + 'io)> {
        self.io.prompt.as_deref_mut()
    }

    /// Answers with a report: as JSON, or as the text that is made of the same value.
    ///
    /// # Errors
    /// The report cannot be written as JSON.
    pub(crate) fn report<R: Serialize>(
        &mut self,
        command: &str,
        report: &R,
        text: impl FnOnce(&R, &Screen) -> String,
    ) -> Result<()> {
        if self.json {
            let spread = self.io.stdout_is_terminal;
            let text = json::document(command, report, spread).map_err(no_json)?;
            self.answer.push_str(&text);
        } else {
            let screen = self.screen;
            self.answer(&text(report, &screen));
        }
        Ok(())
    }

    /// Answers with a report, and says what goes with it.
    ///
    /// # Errors
    /// The report cannot be written as JSON.
    pub(crate) fn tell_answer<R: Document>(
        &mut self,
        answer: &Answer<R>,
        text: impl FnOnce(&R, &Screen) -> String,
    ) -> Result<()> {
        self.tell_beside(answer);
        let screen = self.screen;
        if self.json {
            self.report(answer.report.command(), &answer.report.json(), |_, _| String::new())
        } else {
            self.answer(&text(&answer.report, &screen));
            Ok(())
        }
    }

    /// Says what goes with a report.
    pub(crate) fn tell_beside<R>(&mut self, answer: &Answer<R>) {
        answer.hints.iter().for_each(|hint| self.say(&words::hint(hint)));
        answer.warnings.iter().for_each(|warning| self.warn(&words::warning(warning)));
    }

    /// Adds text to the answer.
    pub(crate) fn answer(&mut self, text: &str) {
        self.answer.push_str(text);
        if !text.is_empty() && !text.ends_with('\n') {
            self.answer.push('\n');
        }
    }

    /// Says something about the answer, after it, unless told to be quiet.
    pub(crate) fn say(&mut self, text: &str) {
        if !self.quiet {
            let columns = self.screen.sentence_width();
            self.said.push_str(&width::wrap_indented("", "  ", &safe::line(text), columns));
        }
    }

    /// Says something after the answer, even with `--quiet`.
    pub(crate) fn warn(&mut self, text: &str) {
        let label = self.messages.warn("warning:");
        self.said.push_str(&format!("{label} {}\n", safe::short(text, MOST_CHARS)));
    }

    /// Takes back what was to be said, where JSON is asked for: then an error is all that is said.
    pub(crate) fn give_up(&mut self) {
        if self.json {
            self.answer.clear();
            self.said.clear();
        }
    }

    /// Tells an error and what to do.
    pub(crate) fn error(&mut self, error: &Error) {
        if self.json {
            let text = json::failure(&Failure::of(error)).unwrap_or_default();
            return self.tell(&text);
        }
        let line = |label: &str, text: &str| format!("{label} {}\n", told(text));
        let mut text = line(&self.messages.bad("error:"), error.message());
        text.extend(error.details().iter().map(|detail| line(" ", detail)));
        let hint = self.messages.bold("hint:");
        text.extend(error.hints().iter().map(|text| line(&hint, text)));
        self.tell(&text);
    }

    /// Writes text to stderr as it is.
    pub(crate) fn tell(&mut self, text: &str) {
        // Nobody is left to be told that stderr cannot be written.
        let _ = self.io.stderr.write_all(text.as_bytes());
    }

    /// Writes the answer, then what was said about it.
    ///
    /// # Errors
    /// It could not be written, and not because the reader has had enough.
    pub fn finish(&mut self) -> Result<()> {
        let answer = std::mem::take(&mut self.answer);
        let written =
            self.io.stdout.write_all(answer.as_bytes()).and_then(|()| self.io.stdout.flush());
        if written.as_ref().is_err_and(|error| error.kind() != ErrorKind::BrokenPipe) {
            self.give_up();
        }
        let said = std::mem::take(&mut self.said);
        self.tell(&said);
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(Error::new(
                Code::unwritable(&error),
                format!("the answer could not be written: {}", reason(&error)),
            )
            .hint("anything the command changed is kept")),
            Ok(()) => Ok(()),
        }
    }
}

/// Whether bars, charts and calendars can be drawn with more than ASCII: the terminal has such
/// characters (the console of Linux has neither braille nor parts of blocks), and the locale, where
/// one is said, is of UTF-8.
fn draws_unicode(env: Env<'_>) -> bool {
    if env("TERM").is_some_and(|term| term == "dumb" || term == "linux") {
        return false;
    }
    let named = |name: &&str| env(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(named);
    locale.is_none_or(|locale| {
        let locale = locale.to_string_lossy().to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

fn wants_colour(env: Env<'_>, terminal: bool) -> bool {
    match environment_colour(env) {
        Some((Colour::Never, _)) => false,
        Some((Colour::Always, _)) => true,
        _ => terminal && env("CLICOLOR").is_none_or(|value| value != "0"),
    }
}

/// Terminals that are known to take OSC 8 links. Others show some of the escape, so not knowing
/// means no.
fn knows_links(env: Env<'_>) -> bool {
    let value = |name: &str| {
        env(name).map(|value| value.to_string_lossy().into_owned()).unwrap_or_default()
    };
    if value("FORCE_HYPERLINK") == "1" {
        return true;
    }
    let program = value("TERM_PROGRAM");
    let known = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio"];
    let vte = value("VTE_VERSION").parse().is_ok_and(|version: u32| version >= 5000);
    let kitty = ["xterm-kitty", "xterm-ghostty", "foot", "alacritty"];
    known.contains(&program.as_str())
        || vte
        || env("WT_SESSION").is_some()
        || kitty.contains(&value("TERM").as_str())
        || env("KONSOLE_VERSION").is_some()
}

fn screen_width(env: Env<'_>, terminal: bool) -> Option<usize> {
    let given = env("COLUMNS")
        .and_then(|value| value.to_str()?.trim().parse::<usize>().ok())
        .filter(|columns| (1..=10_000).contains(columns));
    let screen = || {
        let (columns, _) = terminal_size::terminal_size()?;
        (columns.0 > 0).then_some(usize::from(columns.0))
    };
    if terminal { given.or_else(screen).or(Some(80)) } else { given }
}
