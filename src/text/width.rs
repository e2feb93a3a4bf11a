//! How wide a text is on the screen, and text cut, padded and wrapped to a width.
//!
//! Widths are columns of a terminal as `unicode-width` counts them: CJK and emoji take two, marks
//! none. Our own escapes (SGR and OSC 8) take none, and what is cut or wrapped inside of them is
//! closed, and opened again on the next line. What is drawn as one character is never split: marks,
//! flags, and whatever `unicode-width` counts as one with what stands before it (emoji joined by
//! ZWJ, skin tones, ligatures). Foreign text passes `safe` first. Everything that aligns calls this.

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
/// broken, unless it has a `/`, as a file, a web address and a reference have, which nobody could copy
/// then: that, or a single character that is itself wider than `width`, makes a line wider. A file's
/// name in quotes is one word, whatever blanks it has.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    wrap_to(text, width, width)
}

/// [`wrap`], with a prefix before the first line and another before those after it.
///
/// The prefixes count in `width` and can hold escapes. Each line ends with a newline, and no line
/// with a space. An empty text gives the first prefix alone.
pub fn wrap_indented(first_prefix: &str, rest_prefix: &str, text: &str, width: usize) -> String {
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
            if kept == 0 && piece.is_space() {
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

/// Whether a word is the name of a file, a web address or a reference, or the end of a name with
/// blanks: to copy it, you need it whole, and a terminal breaks it without a line break.
fn is_name(word: &[Piece<'_>]) -> bool {
    word.iter().any(|piece| matches!(piece, Piece::Shown(text) if text.contains('/')))
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    const BOLD: &str = "\x1b[1m";
    const LINK: &str = "\x1b]8;;https://example.org\x1b\\";
    const FAMILY: &str = "👩‍👩‍👧";

    /// Texts of everything that is hard to measure.
    pub(in super::super) fn hard_text() -> impl Strategy<Value = String> {
        let parts = [
            "a",
            "b",
            "word",
            "  ",
            " ",
            "\n",
            "\t",
            "\r\n",
            "中",
            "文字",
            "é",
            "e\u{301}",
            "\u{301}",
            "\u{200D}",
            "\u{FE0F}",
            "\u{FE0E}",
            "❤",
            "❤\u{FE0F}",
            "👩",
            FAMILY,
            "👍🏽",
            "🏽",
            "🇩🇪",
            "🇺",
            "1\u{FE0F}\u{20E3}",
            "لا",
            "ل",
            "ا",
            "한",
            "\u{1112}\u{1161}\u{11AB}",
            "\u{17D2}\u{1780}",
            "\u{2019}\u{FE01}",
            "\u{A0}",
            "…",
            "\u{FFFD}",
            "\x1b",
            "\x1b[",
            "\x1b]8;",
            "\x07",
            BOLD,
            RESET,
            "\x1b[38;5;1m",
            LINK,
            LINK_END,
        ];
        let piece = prop_oneof![
            8 => prop::sample::select(parts.to_vec()).prop_map(str::to_owned),
            1 => any::<String>(),
        ];
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    /// A text without its escapes.
    fn shown(text: &str) -> String {
        Pieces(text)
            .filter_map(|piece| if let Piece::Shown(text) = piece { Some(text) } else { None })
            .collect()
    }

    fn is_closed(text: &str) -> bool {
        let mut open = Open::default();
        for piece in Pieces(text) {
            if let Piece::Escape(escape) = piece {
                open.note(escape);
            }
        }
        open.styles.is_empty() && open.link.is_none()
    }

    #[test]
    fn columns_are_those_of_the_screen() {
        for (text, expected) in [
            ("", 0),
            ("abc", 3),
            ("é", 1),
            ("e\u{301}", 1),
            ("中文", 4),
            ("👩‍💻", 2),
            (FAMILY, 2),
            ("👍🏽", 2),
            ("❤\u{FE0F}", 2),
            ("🇩🇪", 2),
            ("█▏░", 3),
            ("\x1b[1mabc\x1b[0m", 3),
            ("\x1b[38;5;12m中\x1b[0m", 2),
            ("\x1b]8;;https://example.org\x1b\\docs\x1b]8;;\x1b\\", 4),
            ("\x1b]8;id=1;https://example.org\x07docs\x1b]8;;\x07", 4),
            ("\x1b]8;;unfinished", 15),
            ("\x1b[2J", 4),
        ] {
            assert_eq!(columns(text), expected, "{text:?}");
        }
    }

    #[test]
    fn fit_cuts_whole_characters() {
        let link = format!("{LINK}docs{LINK_END}");
        for (text, width, expected) in [
            ("abc", 3, "abc".to_owned()),
            ("abcd", 3, "ab…".to_owned()),
            ("abcd", 1, "…".to_owned()),
            ("abcd", 0, String::new()),
            ("中文字", 5, "中文…".to_owned()),
            ("中文字", 4, "中…".to_owned()),
            ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…".to_owned()),
            ("👩‍👩‍👧👩‍👩‍👧", 3, "👩‍👩‍👧…".to_owned()),
            ("👩‍👩‍👧👩‍👩‍👧", 2, "…".to_owned()),
            ("🇩🇪🇫🇷", 3, "🇩🇪…".to_owned()),
            ("\x1b[1mabcd\x1b[0m", 4, "\x1b[1mabcd\x1b[0m".to_owned()),
            ("\x1b[1mabcd\x1b[0m", 3, "\x1b[1mab…\x1b[0m".to_owned()),
            (&link, 3, format!("{LINK}do…{LINK_END}")),
        ] {
            assert_eq!(fit(text, width), expected, "{text:?} {width}");
        }
    }

    #[test]
    fn pad_fills_to_the_width() {
        assert_eq!(pad("ab", 4), "ab  ");
        assert_eq!(pad_left("ab", 4), "  ab");
        assert_eq!(pad("中", 3), "中 ");
        assert_eq!(pad_left("abc", 2), "abc");
        assert_eq!(pad("\x1b[1ma\x1b[0m", 2), "\x1b[1ma\x1b[0m ");
        assert_eq!(pad("a", usize::MAX).len(), WIDEST);
    }

    #[test]
    fn wrap_breaks_at_spaces() {
        for (text, width, expected) in [
            ("", 10, &[][..]),
            ("   ", 10, &[""]),
            ("one two three", 7, &["one two", "three"]),
            ("one two three", 8, &["one two", "three"]),
            ("  one \t two  ", 80, &["one two"]),
            ("a\n\nb\n", 80, &["a", "", "b"]),
            ("a\r\nb", 80, &["a", "b"]),
            ("see extraordinary things", 8, &["see", "extraord", "inary", "things"]),
            ("中文字", 4, &["中文", "字"]),
            ("中文", 1, &["中", "文"]),
            ("12\u{A0}h a", 4, &["12\u{A0}h", "a"]),
            ("one two", 0, &["o", "n", "e", "t", "w", "o"]),
        ] {
            assert_eq!(wrap(text, width), expected, "{text:?} {width}");
        }
    }

    #[test]
    fn wrap_breaks_no_quoted_name() {
        for (text, expected) in [
            ("run `check '/a b/c d.toml'` now", &["run `check", "'/a b/c d.toml'`", "now"][..]),
            ("'/it'\\''s mine/x y' is it", &["'/it'\\''s mine/x y'", "is it"]),
            // No name; no end; no beginning.
            ("'a word or two' here", &["'a word or", "two' here"]),
            ("it '/a b c d e f", &["it '/a b c", "d e f"]),
            ("Ada's /a b c d' f", &["Ada's /a b", "c d' f"]),
        ] {
            assert_eq!(wrap(text, 10), expected, "{text}");
        }
    }

    #[test]
    fn wrap_carries_styles_over_lines() {
        assert_eq!(
            wrap("see \x1b[1mone two\x1b[0m end", 7),
            ["see \x1b[1mone\x1b[0m", "\x1b[1mtwo\x1b[0m end"]
        );
        assert_eq!(
            wrap(&format!("{LINK}ab cd{LINK_END}"), 2),
            [format!("{LINK}ab{LINK_END}"), format!("{LINK}cd{LINK_END}")]
        );
        assert_eq!(
            wrap("\x1b[1ma\n\nb\n\x1b[0m", 9),
            ["\x1b[1ma\x1b[0m", "", "\x1b[1mb\x1b[0m", ""]
        );
    }

    #[test]
    fn wrap_indented_counts_its_prefixes() {
        assert_eq!(wrap_indented("- ", "  ", "one two three", 9), "- one two\n  three\n");
        assert_eq!(
            wrap_indented("because: ", "  ", "a bb ccc dddd", 12),
            "because: a\n  bb ccc\n  dddd\n"
        );
        assert_eq!(wrap_indented("- ", "  ", "a\n\nb", 9), "- a\n\n  b\n");
        assert_eq!(wrap_indented("- ", "  ", "", 9), "-\n");
        assert_eq!(wrap_indented("long prefix ", "    ", "ab", 3), "long prefix a\n    b\n");
    }

    #[test]
    fn long_chains_stay_cheap() {
        let chain = "👩\u{200D}".repeat(20_000);
        assert!(columns(&fit(&chain, 40)) <= 40);
        let marks = format!("e{}中", "\u{301}".repeat(100_000));
        assert_eq!(wrap(&marks, 2).len(), 2);
        assert!(columns(&"\x1b]8;".repeat(20_000)) >= 60_000);
    }

    #[test]
    fn a_name_that_is_copied_is_not_broken() {
        for name in [
            "/home/anna/a-long-folder/path.toml:3:1:",
            "~/a-long-folder/path.toml",
            "../a-long-folder/path.toml",
            "`/a-long-folder/path.toml`",
            "(https://example.org/a/page)",
        ] {
            let lines = wrap(&format!("see {name} there"), 10);
            assert_eq!(lines, ["see", name, "there"]);
        }
        assert_eq!(wrap("unbreakable-word", 10), ["unbreakabl", "e-word"]);
    }

    proptest! {
        #[test]
        fn fit_never_exceeds(text in hard_text(), width in 0_usize..40) {
            let cut = fit(&text, width);
            prop_assert!(columns(&cut) <= width, "{:?}", cut);
            prop_assert_eq!(cut == text, columns(&text) <= width);
            prop_assert!(cut == text || is_closed(&cut), "{:?}", cut);
            let kept = shown(&cut);
            prop_assert!(cut == text || shown(&text).starts_with(kept.trim_end_matches('…')));
        }

        #[test]
        fn pieces_are_the_text(text in hard_text()) {
            prop_assert_eq!(Pieces(&text).map(Piece::text).collect::<String>(), text);
        }

        #[test]
        fn pad_reaches_the_width(text in hard_text(), width in 0_usize..60) {
            prop_assert_eq!(columns(&pad(&text, width)), columns(&text).max(width));
            prop_assert_eq!(columns(&pad_left(&text, width)), columns(&text).max(width));
        }

        #[test]
        fn wrap_loses_no_word(text in hard_text(), width in 0_usize..30) {
            // An ESC alone is foreign: moved, it could make an escape of what follows.
            let text: String =
                Pieces(&text).map(Piece::text).filter(|text| *text != "\x1b").collect();
            let lines = wrap(&text, width);
            let letters = |text: &str| shown(text).split(is_space).collect::<String>();
            prop_assert_eq!(letters(&lines.join("\n")), letters(&text));
            for line in &lines {
                let pieces: Vec<Piece> =
                    Pieces(line).filter(|piece| matches!(piece, Piece::Shown(_))).collect();
                let drawn = pieces.iter().filter(|piece| piece.text().width() > 0).count();
                let fits = columns(line) <= width || drawn <= 1 || line.contains('/');
                prop_assert!(fits, "{:?}", line);
                let mut ends = pieces.first().into_iter().chain(pieces.last());
                prop_assert!(!ends.any(|piece| piece.is_space()), "{:?}", line);
            }
        }

        #[test]
        fn wrap_breaks_no_word_that_fits(texts in prop::collection::vec(hard_text(), 1..8)) {
            let unbroken = |char: &char| !is_space(*char) && *char != '\x1b';
            let words: Vec<String> = texts
                .iter()
                .map(|text| format!("w{}", text.chars().filter(unbroken).collect::<String>()))
                .collect();
            // Counted by pieces, for the parts of a ligature are not kept together.
            let width = |word: &String| Pieces(word).map(|piece| piece.text().width()).sum();
            let widest: usize = words.iter().map(width).max().unwrap_or_default();
            for width in [widest, widest * 2] {
                let wrapped = wrap(&words.join(" "), width).join("\n");
                prop_assert_eq!(&wrapped.split(is_space).collect::<Vec<_>>(), &words);
            }
        }

        #[test]
        fn wrap_indented_ends_each_line(text in hard_text(), width in 0_usize..30) {
            let lines = wrap_indented("* ", "  ", &text, width);
            prop_assert!(lines.ends_with('\n'));
            prop_assert!(lines.lines().all(|line| !line.ends_with(' ')), "{:?}", lines);
        }
    }
}
