//! TOML text → document, with every syntax error that the parser finds.
//!
//! The parser recovers well, but an unclosed bracket or string makes it misread all that follows.
//! Such an error is told once, where the bracket or string opens, which is where a person looks.

use crate::sort;
use toml::de::{DeTable, Error};

use super::diagnostic::{Code, Diagnostic, floor_boundary, plain, quote, unquoted};
use super::findings::Findings;
use super::remedy;
use super::rules::name_of;
use super::scan::{Scan, scan};
use crate::limits::MOST_BYTES;

/// Up to which length all errors are collected. The parser keeps some 160 bytes for each, and a
/// broken text can have one at every byte.
const MOST_BYTES_FOR_ALL: usize = 1024 * 1024;

/// How the parser says that a key has no value.
const NO_VALUE: &str = "key with no value";

const NOT_CLOSED: &str = "a string is not closed on its line";

/// What a text should be, where it is of another format altogether.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    /// That it is TOML.
    pub(super) what: &'static str,
    /// How it begins.
    pub(super) begin: &'static str,
}

/// That of a path file.
pub(super) const PATH: Form = Form {
    what: "a path file is TOML",
    begin: "begin with `format = 1`, `id` and `title`, and then `[[stages]]`",
};

/// Parses a text as far as it can be read; `None` if it is refused or nothing is known of it.
pub(super) fn parse<'a>(
    text: &'a str,
    form: Form,
    findings: &mut Findings<'_>,
) -> Option<DeTable<'a>> {
    if text.len() > MOST_BYTES {
        let refused = Diagnostic::new(Code::Limit, &(0..0), "the file has more than 16 MiB");
        findings.push(refused.help("split it into several paths".to_owned()));
        return None;
    }
    let seen = match scan(text) {
        Ok(seen) => seen,
        Err(refused) => {
            findings.push(another_format(text, form).unwrap_or(refused));
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
    if !errors.is_empty()
        && let Some(another) = another_format(text, form)
    {
        findings.push(another);
        return None;
    }
    let part_first = !errors.is_empty() && begins_with_a_part(text);
    let mut problems: Vec<Diagnostic> =
        errors.iter().map(|error| diagnostic(error, text, part_first, findings)).collect();
    sort::by_key(&mut problems, |problem| problem.span.start);
    // A second error of a line mostly follows from the first.
    problems.dedup_by_key(|problem| findings.line(problem.span.start));
    // A string that its line does not close took the comma behind it with it.
    let mut open = false;
    problems.retain(|problem| {
        let follows = open && problem.message.starts_with("missing comma");
        open = problem.message == NOT_CLOSED;
        !follows
    });
    told_where_it_starts(&mut problems, &seen, text, findings);
    for problem in problems {
        let remedy = (problem.code == Code::Syntax).then(|| remedy_at(text, &problem)).flatten();
        findings.push(match remedy {
            Some(remedy) => problem.help(remedy),
            None => problem,
        });
    }
    document
}

/// Says that a text is of another format altogether, which is one mistake and not fifty.
fn another_format(text: &str, form: Form) -> Option<Diagnostic> {
    let format = remedy::other_format(text)?;
    let message = format!("this looks like {format}, and {}", form.what);
    Some(Diagnostic::new(Code::Syntax, &(0..0), message).help(form.begin.to_owned()))
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
    let unclosed =
        seen.open_string.map(|at| (at, 3, "this multi-line string is never closed")).or(seen
            .open_bracket
            .map(|at| match seen.open_line {
                // It swallowed the rest of its line, and with it what closes the bracket.
                Some(quote) if quote > at => (quote, 1, NOT_CLOSED),
                _ => (at, 1, "this bracket is never closed"),
            }));
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

/// Whether the first header of stages is one of what stands in them.
pub(super) fn begins_with_a_part(text: &str) -> bool {
    let mut headers = text.lines().map(str::trim_start).filter(|line| line.starts_with("[[stages"));
    headers.next().is_some_and(|header| header.starts_with("[[stages."))
}

/// How long a line can be of which a remedy is sought: a longer one was not written by hand.
const MOST_OF_LINE: usize = 500;

/// What to write instead, by the line in which an error is.
fn remedy_at(text: &str, problem: &Diagnostic) -> Option<String> {
    let at = floor_boundary(text, problem.span.start);
    let from = floor_boundary(text, at.saturating_sub(MOST_OF_LINE));
    let start = text.get(from..at)?.rfind('\n').map_or(from, |end| from + end + 1);
    let to = floor_boundary(text, start + 2 * MOST_OF_LINE);
    let line = text.get(start..to)?.lines().next()?;
    if line.len() > MOST_OF_LINE {
        return None;
    }
    if problem.message == NOT_CLOSED {
        return Some(remedy::of_open_string(line));
    }
    remedy::of_line(line, at - start)
}

fn diagnostic(
    error: &Error,
    text: &str,
    begins_with_a_part: bool,
    findings: &Findings<'_>,
) -> Diagnostic {
    let span = error.span().unwrap_or(text.len()..text.len());
    let message = error.message();
    let source = findings.source(&span);
    if message == "duplicate key" && source == "stages" && begins_with_a_part {
        let message = "this stage comes after a part of a stage";
        let help = "write `[[stages]]` before its topics and milestones";
        return Diagnostic::new(Code::DuplicateKey, &span, message).help(help.to_owned());
    }
    if message == "duplicate key" {
        return Diagnostic::new(
            Code::DuplicateKey,
            &span,
            format!("{} is set a second time", quote(source)),
        )
        .help("a table has each key only once; write a list of tables as `[[name]]`".to_owned());
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
                let message = format!("a string contains {}", name_of(c));
                Diagnostic::new(Code::Syntax, &(at..at + c.len_utf8()), message)
                    .help("remove it; texts cannot contain control characters".to_owned())
            }
            None => Diagnostic::new(Code::Syntax, &span, NOT_CLOSED),
        };
    }
    Diagnostic::new(Code::Syntax, &span, plain(message))
}
