//! How wide a text is on the screen, and text cut, padded and wrapped to a width.
//!
//! Widths are columns of a terminal as `unicode-width` counts them: CJK and emoji take two, marks
//! none. Our own escapes (SGR and OSC 8) take none, and what is cut or wrapped inside of them is
//! closed, and opened again on the next line. What is drawn as one character is never split: marks,
//! flags, and whatever `unicode-width` counts as one with what stands before it (emoji joined by
//! ZWJ, skin tones, ligatures). Foreign text passes `safe` first. Everything that aligns calls this.

use milepost_path::is_id;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// No screen is wider; padding and bars stop here, whatever `COLUMNS` says.
pub(super) const WIDEST: usize = 10_000;

/// How many characters are tried as one; longer chains of emoji are split.
const CLUSTER_CHARS: usize = 32;

const RESET: &str = "\x1b[0m";
const LINK_END: &str = "\x1b]8;;\x1b\\";

/// The columns that a text takes on the screen; SGR and OSC 8 escapes take none.
pub fn columns(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    if !text.contains('\x1b') {
        return text.width();
    }
    let mut total: usize = 0;
    let mut rest = text;
    while let Some((shown, escape, tail)) = next_escape(rest) {
        total = total.saturating_add(shown.width());
        if !is_ours(escape) {
            total = total.saturating_add(escape.width());
        }
        rest = tail;
    }
    total.saturating_add(rest.width())
}

/// Cuts a text to at most `width` columns, with '…' where something was cut.
pub fn fit(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let Some(room) = width.checked_sub(1) else {
        return String::new();
    };
    let mut out = String::new();
    let mut used = 0;
    let mut open = Open::default();
    for piece in Pieces(text) {
        match piece {
            Piece::Escape(escape) => open.note(escape),
            Piece::Shown(shown) => {
                used += shown.width();
                if used > room {
                    break;
                }
            }
        }
        out.push_str(piece.text());
    }
    out.push('…');
    open.close(&mut out);
    out
}

/// Fills a text with spaces at its end to `width` columns; a wider text stays as it is.
pub fn pad(text: &str, width: usize) -> String {
    let mut out = text.to_owned();
    push_spaces(&mut out, width.min(WIDEST).saturating_sub(columns(text)));
    out
}

/// Fills a text with spaces before it to `width` columns; a wider text stays as it is.
pub fn pad_left(text: &str, width: usize) -> String {
    let mut out = String::new();
    push_spaces(&mut out, width.min(WIDEST).saturating_sub(columns(text)));
    out.push_str(text);
    out
}

/// Breaks a text at its spaces into lines of at most `width` columns.
///
/// A line break of the text stays one, an empty line too; other white space becomes one space, and
/// none stands at either end of a line. A word that is longer than a line begins a line and is
/// broken, unless it is a name, which nobody could copy then: it has a `/`, as a file, a web address and
/// a reference have, or is an id of several words. That, or a single character that is itself wider
/// than `width`, makes a line wider. A file's
/// name in quotes is one word, whatever blanks it has, and so are hours and minutes, as `10 h`.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    wrap_to(text, width, width)
}

/// [`wrap`], with a prefix before the first line and another before those after it.
///
/// The prefixes count in `width` and can hold escapes. Each line ends with a newline, and no line
/// with a space. An empty text gives the first prefix alone.
pub(crate) fn wrap_indented(
    first_prefix: &str,
    rest_prefix: &str,
    text: &str,
    width: usize,
) -> String {
    let lines = wrap_to(
        text,
        width.saturating_sub(columns(first_prefix)),
        width.saturating_sub(columns(rest_prefix)),
    );
    let mut out = String::new();
    let mut push = |prefix: &str, line: &str| {
        if line.is_empty() {
            out.push_str(prefix.trim_end());
        } else {
            out.push_str(prefix);
            out.push_str(line);
        }
        out.push('\n');
    };
    let mut lines = lines.iter();
    push(first_prefix, lines.next().map_or("", |line| line));
    lines.for_each(|line| push(rest_prefix, line));
    out
}

/// Whether a text is printable ASCII alone, so that its columns are its bytes.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

pub(super) fn push_spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

/// A part of a text that is never split.
#[derive(Clone, Copy)]
enum Piece<'a> {
    /// One of our own escapes: it takes no column.
    Escape(&'a str),
    /// What the terminal draws as one character.
    Shown(&'a str),
}

impl<'a> Piece<'a> {
    fn text(self) -> &'a str {
        match self {
            Piece::Escape(text) | Piece::Shown(text) => text,
        }
    }

    fn is_space(self) -> bool {
        matches!(self, Piece::Shown(text) if text.chars().all(is_space))
    }
}

/// White space at which a line can be broken: all but the no-break spaces.
fn is_space(char: char) -> bool {
    char.is_whitespace() && !matches!(char, '\u{A0}' | '\u{2007}' | '\u{202F}')
}

/// The pieces of a text, in order; together they are the text.
struct Pieces<'a>(&'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let escape = escape_len(self.0);
        let length = escape.or_else(|| cluster_len(self.0))?;
        let (piece, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(if escape.is_some() { Piece::Escape(piece) } else { Piece::Shown(piece) })
    }
}

/// The text before the next ESC, the escape or the lone ESC itself, and what follows.
fn next_escape(text: &str) -> Option<(&str, &str, &str)> {
    let (shown, rest) = text.split_at_checked(text.find('\x1b')?)?;
    let (escape, tail) = rest.split_at_checked(escape_len(rest).unwrap_or(1))?;
    Some((shown, escape, tail))
}

fn is_ours(escape: &str) -> bool {
    escape.len() > 1
}

/// How long the SGR or OSC 8 escape is with which a text begins, if it does.
fn escape_len(text: &str) -> Option<usize> {
    let body = text.strip_prefix('\x1b')?;
    if let Some(sgr) = body.strip_prefix('[') {
        let end = sgr.find(|char: char| !matches!(char, '0'..='9' | ';' | ':'))?;
        return sgr.get(end..)?.starts_with('m').then_some(end + "\x1b[m".len());
    }
    let link = body.strip_prefix("]8;")?;
    let end = link.find(|char: char| char.is_control())?;
    let tail = link.get(end..)?;
    let terminator = ["\x1b\\", "\x07"].into_iter().find(|end| tail.starts_with(end))?;
    Some("\x1b]8;".len() + end + terminator.len())
}

/// How long the first character as drawn is; `None` if the text is empty.
fn cluster_len(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let mut end = first.len_utf8();
    for (count, (at, char)) in text.char_indices().enumerate().skip(1) {
        let next_end = at + char.len_utf8();
        let joins = match char.width() {
            None => false,
            Some(_) if first.is_control() => false,
            Some(_) if char.is_ascii() => false,
            Some(0) => true,
            Some(_) if count >= CLUSTER_CHARS => false,
            Some(_) if is_regional(first) && is_regional(char) => count == 1,
            Some(_) => text.get(..next_end)?.width() <= text.get(..at)?.width(),
        };
        if !joins {
            break;
        }
        end = next_end;
    }
    Some(end)
}

/// Half of a flag.
fn is_regional(char: char) -> bool {
    matches!(char, '\u{1F1E6}'..='\u{1F1FF}')
}

/// The escapes that are open at some place of a text.
#[derive(Default)]
struct Open<'a> {
    styles: Vec<&'a str>,
    link: Option<&'a str>,
}

impl<'a> Open<'a> {
    fn note(&mut self, escape: &'a str) {
        if escape == RESET || escape == "\x1b[m" {
            self.styles.clear();
        } else if escape.starts_with("\x1b[") {
            self.styles.push(escape);
        } else {
            let target = escape.splitn(3, ';').nth(2).unwrap_or_default();
            let ends = target.is_empty() || target.starts_with(['\x1b', '\x07']);
            self.link = (!ends).then_some(escape);
        }
    }

    fn close(&self, out: &mut String) {
        if !self.styles.is_empty() {
            out.push_str(RESET);
        }
        if self.link.is_some() {
            out.push_str(LINK_END);
        }
    }

    fn reopen(&self, out: &mut String) {
        out.extend(self.link);
        out.extend(self.styles.iter().copied());
    }
}

fn wrap_to(text: &str, first_width: usize, rest_width: usize) -> Vec<String> {
    let mut lines = Lines {
        done: Vec::new(),
        line: String::new(),
        used: 0,
        open: Open::default(),
        first_width: first_width.max(1),
        rest_width: rest_width.max(1),
    };
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            lines.end();
        }
        let mut word = Vec::new();
        let (mut pieces, mut kept) = (Pieces(line), 0_usize);
        while let Some(piece) = pieces.next() {
            let begins = word.last().is_none_or(|last: &Piece<'_>| last.text() == "`");
            kept = match piece.text() {
                "'" if kept == 0 && begins => quoted_len(pieces.0),
                text => kept.saturating_sub(text.len()),
            };
            if kept == 0 && piece.is_space() && !lines.is_quantity(&word, pieces.0) {
                lines.word(&word);
                word.clear();
            } else {
                word.push(piece);
            }
        }
        lines.word(&word);
    }
    if !text.is_empty() {
        lines.end();
    }
    lines.done
}

/// Lines being filled.
struct Lines<'a> {
    done: Vec<String>,
    line: String,
    used: usize,
    open: Open<'a>,
    first_width: usize,
    rest_width: usize,
}

impl<'a> Lines<'a> {
    fn width(&self) -> usize {
        if self.done.is_empty() { self.first_width } else { self.rest_width }
    }

    /// Whether a word is a number, and what follows the blank behind it is its unit: nobody reads an
    /// `h` alone at the beginning of a line. Not where a line has no room for both.
    fn is_quantity(&self, word: &[Piece<'a>], rest: &str) -> bool {
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
        let has = |unit: &&&str| rest.strip_prefix(**unit).is_some_and(ends);
        let Some(unit) = ["h", "min"].iter().find(has).and(rest.split_whitespace().next()) else {
            return false;
        };
        let shown = word.iter().filter(|piece| matches!(piece, Piece::Shown(_)));
        let text: String = shown.map(|piece| piece.text()).collect();
        let number = text.trim_start_matches('(');
        let is_number = number.ends_with(|c: char| c.is_ascii_digit())
            && number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
        is_number && text.len() + 1 + columns(unit) <= self.first_width.min(self.rest_width)
    }

    /// Whether the line holds nothing but escapes.
    fn is_blank(&self) -> bool {
        Pieces(&self.line).all(|piece| matches!(piece, Piece::Escape(_)))
    }

    fn end(&mut self) {
        if self.is_blank() {
            self.line.clear();
        } else {
            self.open.close(&mut self.line);
        }
        self.done.push(std::mem::take(&mut self.line));
        self.open.reopen(&mut self.line);
        self.used = 0;
    }

    fn word(&mut self, pieces: &[Piece<'a>]) {
        let mut drawn = pieces.iter().filter(|piece| matches!(piece, Piece::Shown(_))).peekable();
        if drawn.peek().is_some() && !self.is_blank() {
            let width = drawn.fold(1, |sum, piece| piece.text().width().saturating_add(sum));
            if self.used.saturating_add(width) <= self.width() {
                self.line.push(' ');
                self.used += 1;
            } else {
                self.end();
            }
        }
        let mut is_whole = None;
        for piece in pieces {
            match piece {
                Piece::Escape(escape) => self.open.note(escape),
                Piece::Shown(text) => {
                    let columns = text.width();
                    if self.used > 0
                        && self.used.saturating_add(columns) > self.width()
                        && !*is_whole.get_or_insert_with(|| is_name(pieces))
                    {
                        self.end();
                    }
                    self.used = self.used.saturating_add(columns);
                }
            }
            self.line.push_str(piece.text());
        }
    }
}

/// How long the rest of a name in quotes is, as [`super::shell::word`] writes it: its blanks belong to
/// it. Zero where it is no name of a file.
fn quoted_len(rest: &str) -> usize {
    const QUOTE: &str = "'\\''";
    let mut end = 0;
    while let Some(at) = rest.get(end..).and_then(|rest| rest.find('\'')) {
        end += at;
        if !rest.get(end..).is_some_and(|rest| rest.starts_with(QUOTE)) {
            let is_name = rest.get(..end).is_some_and(|name| name.contains('/'));
            return if is_name { end + 1 } else { 0 };
        }
        end += QUOTE.len();
    }
    0
}

/// Whether a word is the name of a file, a web address, a reference or an id, or the end of a name with
/// blanks: to copy it, you need it whole, and a terminal breaks it without a line break.
fn is_name(word: &[Piece<'_>]) -> bool {
    let shown = word.iter().filter(|piece| matches!(piece, Piece::Shown(_)));
    let text: String = shown.map(|piece| piece.text()).collect();
    let bare = text.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    text.contains('/') || (bare.contains('-') && is_id(bare))
}

#[cfg(test)]
pub(super) mod tests;
