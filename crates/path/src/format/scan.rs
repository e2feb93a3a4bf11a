//! A look at the tokens of a text before the TOML parser sees it.
//!
//! The parser bounds how deep brackets nest (80) and how many parts a dotted key has (80), but not
//! their product: 13 KB of dotted keys in nested inline tables make 6,000 tables inside each
//! other, and dropping those overflows a stack of 2 MiB. It also keeps every token (50 bytes) and
//! makes room for eleven keys in every table (1.4 KB): 8 MB of `{a=1},` take 2 GB. So what is too
//! deep or too much is refused unread.
//!
//! The scan follows the parser's own rules for where a token ends, also in broken text, since a
//! text on which they disagree would slip through.

use super::diagnostic::{Code, Diagnostic};

/// How deep brackets can nest.
const MOST_DEPTH: usize = 64;

/// How many dots a dotted key can have; the longest of the format, in a table header, has two.
const MOST_DOTS: usize = 8;

/// How many tokens a text can have. A file of 100,000 skills has two million, 16 MiB of resources
/// have five.
const MOST_TOKENS: usize = 6_000_000;

/// How many tables a text can have, at most: inline tables, headers, and one for every dot.
const MOST_TABLES: usize = 400_000;

/// What the scan saw.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Scan {
    /// How many tokens there are.
    pub(super) tokens: usize,
    /// Where the outermost bracket opens that is never closed.
    pub(super) open_bracket: Option<usize>,
    /// Where the first string opens that its line does not close.
    pub(super) open_line: Option<usize>,
    /// Where the multi-line string opens that is never closed.
    pub(super) open_string: Option<usize>,
}

/// Scans a text, or says why it is refused.
pub(super) fn scan(text: &str) -> Result<Scan, Diagnostic> {
    let bytes = text.as_bytes();
    let mut seen = Scan::default();
    let mut open: Vec<usize> = Vec::new();
    let mut dots = 0;
    let mut tables = 0;
    // Brackets at the start of a line, outside of any value, are a table header. It ends with its
    // line whether it is closed or not.
    let mut line_start = true;
    let mut header = false;
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let closed;
        (at, closed) = token_end(bytes, at);
        seen.tokens += 1;
        if seen.tokens > MOST_TOKENS || tables > MOST_TABLES {
            let message = "the file has too many parts";
            return Err(Diagnostic::new(Code::Limit, &(start..at), message)
                .help("split it into several paths".to_owned()));
        }
        match byte {
            b' ' | b'\t' | b'#' => continue,
            b'\n' | b'\r' => {
                line_start = true;
                header = false;
                continue;
            }
            b'.' => {
                dots += 1;
                tables += 1;
                if dots > MOST_DOTS {
                    return Err(too_deep(start, "a key has more than 9 parts"));
                }
            }
            b'=' | b',' => dots = 0,
            b'[' | b'{' => {
                dots = 0;
                header |= byte == b'[' && line_start && open.is_empty();
                tables += usize::from(header || byte == b'{');
                if !header {
                    open.push(start);
                }
                if open.len() > MOST_DEPTH {
                    return Err(too_deep(start, "brackets nest more than 64 deep"));
                }
            }
            b']' | b'}' => {
                dots = 0;
                if !header {
                    open.pop();
                }
            }
            _ if !closed => seen.open_string = Some(start),
            b'"' | b'\'' if seen.open_line.is_none() => {
                let token = bytes.get(start..at).unwrap_or_default();
                if token.len() < 2 || token.last() != Some(&byte) {
                    seen.open_line = Some(start);
                }
            }
            _ => {}
        }
        line_start = false;
    }
    seen.open_bracket = open.first().copied();
    Ok(seen)
}

fn too_deep(at: usize, message: &str) -> Diagnostic {
    Diagnostic::new(Code::TooDeep, &(at..at + 1), message)
        .help("nothing in a path file needs more than a few levels".to_owned())
}

/// Where the token ends that starts here, always after its start, and whether it is anything but
/// a multi-line string that the end of the text cut off.
fn token_end(bytes: &[u8], at: usize) -> (usize, bool) {
    let rest = bytes.get(at..).unwrap_or_default();
    let length = match rest {
        [b'.' | b'=' | b',' | b'[' | b']' | b'{' | b'}' | b'\n', ..] => 1,
        [b'\r', b'\n', ..] => 2,
        [b'\r', ..] => 1,
        [b' ' | b'\t', ..] => run(rest, |byte| !matches!(byte, b' ' | b'\t')),
        [b'#', ..] => run(rest, |byte| matches!(byte, b'\r' | b'\n')),
        [quote @ (b'"' | b'\''), ..] if is_triple(rest, *quote) => {
            match multi_line_string(rest, *quote) {
                Some(length) => length,
                None => return (bytes.len(), false),
            }
        }
        [quote @ (b'"' | b'\''), ..] => string(rest, *quote),
        _ => run(rest, |byte| b".=,[]{} \t#\r\n".contains(&byte)),
    };
    (at + length.max(1), true)
}

/// How many bytes come before the one that ends the token, or the text.
fn run(rest: &[u8], ends: impl Fn(u8) -> bool) -> usize {
    rest.iter().position(|byte| ends(*byte)).unwrap_or(rest.len())
}

fn is_triple(rest: &[u8], quote: u8) -> bool {
    rest.starts_with(&[quote; 3])
}

/// The length of a string that ends with its line at the latest.
fn string(rest: &[u8], quote: u8) -> usize {
    let mut at = 1;
    loop {
        let tail = rest.get(at..).unwrap_or_default();
        at += run(tail, |byte| byte == quote || matches!(byte, b'\n' | b'\\'));
        match rest.get(at) {
            None | Some(b'\n') => return at,
            Some(b'\\') if quote == b'"' => at += escaped(rest, at),
            Some(b'\\') => at += 1,
            Some(_) => return at + 1,
        }
    }
}

/// The length of a string in three quotes, with up to two more at its end; `None` if the text
/// ends first.
fn multi_line_string(rest: &[u8], quote: u8) -> Option<usize> {
    let mut at = 3;
    while let Some(&byte) = rest.get(at) {
        if byte == b'\\' && quote == b'"' {
            at += escaped(rest, at);
        } else if byte == quote && rest.get(at..).is_some_and(|tail| is_triple(tail, quote)) {
            let more = rest.iter().skip(at + 3).take(2).take_while(|byte| **byte == quote);
            return Some(at + 3 + more.count());
        } else {
            at += 1;
        }
    }
    None
}

/// The length of a backslash and what it takes the meaning from.
fn escaped(rest: &[u8], at: usize) -> usize {
    if matches!(rest.get(at + 1), Some(b'\\' | b'"')) { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<(Code, usize)> {
        scan(text).err().map(|d| (d.code, d.span.start))
    }

    #[test]
    fn counts_tokens_as_the_parser_does() {
        let cases = [
            ("", 0),
            ("\u{feff}", 0),
            ("a = 1", 5),
            ("a = 'x # y' # z\r\n", 8),
            ("a = \"x \\\" y\"", 5),
            ("a = \"x\nb", 7),
            ("a = '''\n'''''b", 6),
            ("a = \"\"\"\\\"\"\"\" x", 7),
            ("ab\"c d\"", 3),
        ];
        for (text, tokens) in cases {
            assert_eq!(scan(text).map(|seen| seen.tokens), Ok(tokens), "{text:?}");
        }
    }

    #[test]
    fn refuses_what_is_too_deep() {
        assert_eq!(code(&format!("x = {}{}", "[".repeat(64), "]".repeat(64))), None);
        assert_eq!(code(&format!("x = {}", "[".repeat(65))), Some((Code::TooDeep, 68)));
        assert_eq!(code(&format!("x = {}", "{a=".repeat(65))), Some((Code::TooDeep, 196)));
        assert_eq!(code("a.b.c.d.e.f.g.h.i = 1"), None);
        assert_eq!(code("a.b.c.d.e.f.g.h.i.j = 1"), Some((Code::TooDeep, 17)));
        assert_eq!(code("a.b.c.d.e.f.\ng.h.i.j = 1"), Some((Code::TooDeep, 18)));
        assert_eq!(code("a = '.........' # .........\nb = \"..........\""), None);
    }

    #[test]
    fn a_header_ends_with_its_line() {
        assert_eq!(scan(&"[[a\n".repeat(100)).map(|seen| seen.open_bracket), Ok(None));
        assert_eq!(scan("x = [\n[a]\n").map(|seen| seen.open_bracket), Ok(Some(4)));
        assert_eq!(scan("x = [[1], {a = 1}]\n").map(|seen| seen.open_bracket), Ok(None));
    }

    #[test]
    fn finds_the_string_that_is_never_closed() {
        let cases = [
            ("a = \"\"\"x\n", Some(4)),
            ("a = \"\"\"x\"\"\"", None),
            ("a = \"\"\"\"\"\"", None),
            ("a = \"\"\"\"\"", Some(4)),
            ("a = \"\"\"x\\\"\"\"", Some(4)),
            ("a = '''x\\'''", None),
            ("a = \"x", None),
        ];
        for (text, open) in cases {
            assert_eq!(scan(text).map(|seen| seen.open_string), Ok(open), "{text:?}");
        }
    }
}
