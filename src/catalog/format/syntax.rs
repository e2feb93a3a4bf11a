//! TOML text → document, with every syntax error that the parser finds.
//!
//! The parser recovers well, but an unclosed bracket or string makes it misread all that follows.
//! Such an error is told once, where the bracket or string opens, which is where a person looks.

use toml::de::{DeTable, Error};

use super::diagnostic::{Code, Diagnostic, floor_boundary, plain, quote, unquoted};
use super::findings::Findings;
use super::rules::name_of;
use super::scan::{Scan, scan};

/// How long a text may be. The catalog refuses a longer file unread; this holds for other callers.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// Up to which length all errors are collected. The parser keeps some 160 bytes for each, and a
/// broken text can have one at every byte.
const MOST_BYTES_FOR_ALL: usize = 1024 * 1024;

/// How the parser says that a key has no value.
const NO_VALUE: &str = "key with no value";

/// Parses a text as far as it can be read; none where it is refused or nothing is known of it.
pub(super) fn parse<'a>(text: &'a str, findings: &mut Findings<'_>) -> Option<DeTable<'a>> {
    if text.len() > MOST_BYTES {
        let refused = Diagnostic::new(Code::Limit, &(0..0), "the file has more than 16 MiB");
        findings.push(refused.help("split it into several paths".to_owned()));
        return None;
    }
    let seen = match scan(text) {
        Ok(seen) => seen,
        Err(refused) => {
            findings.push(refused);
            return None;
        }
    };
    let (document, errors) = if text.len() <= MOST_BYTES_FOR_ALL {
        let (document, errors) = DeTable::parse_recoverable(text);
        (Some(document.into_inner()), errors)
    } else {
        match DeTable::parse(text) {
            Ok(document) => (Some(document.into_inner()), Vec::new()),
            Err(error) => (None, vec![error]),
        }
    };
    let mut problems: Vec<Diagnostic> =
        errors.iter().map(|error| diagnostic(error, text, findings)).collect();
    problems.sort_by_key(|problem| problem.span.start);
    // A second error of a line mostly follows from the first.
    problems.dedup_by_key(|problem| findings.line(problem.span.start));
    told_where_it_starts(&mut problems, &seen, text, findings);
    for problem in problems {
        findings.push(problem);
    }
    document
}

/// Puts an error that makes the parser misread what follows in the place of its consequences.
fn told_where_it_starts(
    problems: &mut Vec<Diagnostic>,
    seen: &Scan,
    text: &str,
    findings: &mut Findings<'_>,
) {
    if problems.is_empty() {
        return;
    }
    let unclosed = seen
        .open_string
        .map(|at| (at, 3, "this multi-line string is never closed"))
        .or(seen.open_bracket.map(|at| (at, 1, "this bracket is never closed")));
    if let Some((at, length, message)) = unclosed {
        problems.retain(|problem| problem.span.end < at);
        problems.push(Diagnostic::new(Code::Syntax, &(at..at + length), message));
        findings.misread_from = Some(at);
    }
    // The keys under a broken header go to the table before, and after a key without a value
    // the parser gives up.
    let broken = problems
        .iter()
        .filter(|problem| problem.code == Code::Syntax)
        .find(|problem| {
            problem.message.starts_with(NO_VALUE) || in_header(text, problem.span.start)
        })
        .map(|problem| problem.span.start);
    if let Some(at) = broken {
        problems.retain(|d| d.code != Code::DuplicateKey || d.span.start < at);
        let from = findings.misread_from.map_or(at, |from| from.min(at));
        findings.misread_from = Some(from);
    }
}

/// Whether the line of an offset is a table header, as far as it goes.
fn in_header(text: &str, offset: usize) -> bool {
    let before = text.get(..floor_boundary(text, offset)).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
    // An array in an array holds quoted texts.
    line.starts_with('[')
        && line.trim_start_matches('[').trim_start().starts_with(|c: char| c.is_alphanumeric())
}

/// The first control character from an offset on, as far as the line goes.
fn control_in_line(text: &str, from: usize) -> Option<(usize, char)> {
    let from = floor_boundary(text, from);
    let line = text.get(from..)?.split('\n').next()?;
    let line = line.strip_suffix('\r').unwrap_or(line);
    let (at, c) = line.char_indices().find(|(_, c)| c.is_control() && *c != '\t')?;
    Some((from + at, c))
}

fn diagnostic(error: &Error, text: &str, findings: &Findings<'_>) -> Diagnostic {
    let span = error.span().unwrap_or(text.len()..text.len());
    let message = error.message();
    let source = findings.source(&span);
    if message == "duplicate key" {
        return Diagnostic::new(
            Code::DuplicateKey,
            &span,
            format!("{} is set a second time", quote(source)),
        )
        .help(
            "a key stands once in its table, and a list of tables is written `[[so]]`".to_owned(),
        );
    }
    if message.contains("recurs") {
        return Diagnostic::new(Code::TooDeep, &span, plain(message));
    }
    if message.starts_with("string values must be quoted") {
        return if source.is_empty() {
            Diagnostic::new(Code::Syntax, &span, "a value is missing here")
        } else {
            let help = format!("write a text in double quotes: `\"{}\"`", unquoted(source));
            Diagnostic::new(Code::Syntax, &span, format!("{} is not a value", quote(source)))
                .help(help)
        };
    }
    if message.starts_with("invalid basic string") || message.starts_with("invalid literal string")
    {
        return match control_in_line(text, span.start) {
            Some((at, c)) => {
                let message = format!("a string holds {}", name_of(c));
                Diagnostic::new(Code::Syntax, &(at..at + c.len_utf8()), message)
                    .help("take it out; no text can have a control character".to_owned())
            }
            None => Diagnostic::new(Code::Syntax, &span, "a string is not closed on its line"),
        };
    }
    Diagnostic::new(Code::Syntax, &span, plain(message))
}
