//! Where the parts of the checker put what they find.
//!
//! It knows the text, so that it can say lines and cut spans to size, and it drops what only
//! follows from a syntax error: after one, what is missing says nothing about the author.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

use super::allow::Allowed;
use super::diagnostic::{Code, Diagnostic, MOST_DIAGNOSTICS, Severity, fit, most_important, quote};
use crate::near::nearest;

/// How many names one run compares for its questions: a file with 60,000 wrong references must
/// not cost their square. Ten thousand ids are compared for each of the first few, which is what
/// a person reads.
const MOST_COMPARED: usize = 100_000;

/// How many problems wait before those that nobody will see are only counted.
const MOST_WAITING: usize = 2_000;

/// The problems of one text.
#[derive(Debug)]
pub(super) struct Findings<'a> {
    text: &'a str,
    found: Vec<Diagnostic>,
    left_out: usize,
    errors: usize,
    line_starts: OnceCell<Vec<usize>>,
    compared: usize,
    /// Lines with a syntax error, in ascending order.
    broken: Vec<usize>,
    /// Nodes stand in the file that could not be read, so that a reference might mean one of them.
    pub(super) incomplete: bool,
    /// Whether the file is an overlay, whose tables are also about things of its path.
    pub(super) is_overlay: bool,
    /// Where tables start that have a misspelt key, so that a key that seems missing can be it.
    pub(super) misspelt: HashSet<usize>,
    /// From where on the parser misread the text.
    pub(super) misread_from: Option<usize>,
    /// What the comments of the text allow, found when the first warning comes.
    allowed: OnceCell<Allowed<'a>>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            found: Vec::new(),
            left_out: 0,
            errors: 0,
            line_starts: OnceCell::new(),
            compared: 0,
            broken: Vec::new(),
            incomplete: false,
            is_overlay: false,
            misspelt: HashSet::new(),
            misread_from: None,
            allowed: OnceCell::new(),
        }
    }

    /// Adds a problem, unless it can only follow from a syntax error. Those come first, in the
    /// order of the text.
    pub(super) fn push(&mut self, mut diagnostic: Diagnostic) {
        diagnostic.span = fit(self.text, &diagnostic.span);
        if self.is_consequence(&diagnostic) || self.is_allowed(&diagnostic) {
            return;
        }
        if diagnostic.code == Code::Syntax {
            self.broken.push(self.line(diagnostic.span.start));
        }
        self.errors += usize::from(diagnostic.severity == Severity::Error);
        self.found.push(diagnostic);
        if self.found.len() >= MOST_WAITING {
            self.leave_out();
        }
    }

    /// Warns of what is not there in a table, unless it can be there and could not be read.
    pub(super) fn warn(
        &mut self,
        code: Code,
        table: &Range<usize>,
        place: &Range<usize>,
        message: &str,
        help: Option<&str>,
    ) {
        if !self.incomplete && !self.misspelt.contains(&table.start) {
            self.push(Diagnostic::new(code, place, message).help(help.map(str::to_owned)));
        }
    }

    /// Whether a comment of the text allows what a warning warns of.
    fn is_allowed(&self, diagnostic: &Diagnostic) -> bool {
        if diagnostic.severity == Severity::Error {
            return false;
        }
        let allowed = self.allowed.get_or_init(|| Allowed::of(self.text));
        if allowed.is_empty() {
            return false;
        }
        allowed.has(diagnostic.code.as_str(), self.line(diagnostic.span.start))
    }

    fn leave_out(&mut self) {
        let (kept, left_out) = most_important(std::mem::take(&mut self.found), MOST_DIAGNOSTICS);
        self.found = kept;
        self.left_out += left_out;
    }

    /// Whether the file can be used so far.
    pub(super) fn is_sound(&self) -> bool {
        self.errors == 0
    }

    /// Whether there is a problem of this code so far.
    pub(super) fn has(&self, code: Code) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.code == code)
    }

    /// The whole text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// The text of a span.
    pub(super) fn source(&self, span: &Range<usize>) -> &'a str {
        self.text.get(fit(self.text, span)).unwrap_or_default()
    }

    /// The line of a byte, from 1. The first call notes where lines start, so that many calls
    /// cost no more than one walk through the text.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.line_starts
            .get_or_init(|| self.text.match_indices('\n').map(|(at, _)| at + 1).collect())
            .partition_point(|start| *start <= offset)
            + 1
    }

    /// The name that might have been meant, as long as it is not too much to find out.
    pub(super) fn nearest<'c>(
        &mut self,
        wanted: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<&'c str> {
        let left = MOST_COMPARED.saturating_sub(self.compared);
        let mut compared = 0;
        let near = nearest(wanted, candidates.into_iter().take(left).inspect(|_| compared += 1));
        self.compared += compared;
        near
    }

    /// A question for the help: ``did you mean `x`?``.
    pub(super) fn did_you_mean<'c>(
        &mut self,
        wanted: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<String> {
        self.nearest(wanted, candidates).map(|near| format!("did you mean {}?", quote(near)))
    }

    /// The diagnostics in the order of the file, and how many are left out.
    pub(super) fn finish(mut self) -> (Vec<Diagnostic>, usize) {
        self.leave_out();
        (self.found, self.left_out)
    }

    /// Whether a problem can only follow from a syntax error: what is said about its lines or
    /// about text that was misread, and what is said to be missing where it might have stood.
    fn is_consequence(&self, diagnostic: &Diagnostic) -> bool {
        if self.broken.is_empty() {
            return false;
        }
        let span = &diagnostic.span;
        let end = match diagnostic.code {
            Code::Limit | Code::TooDeep | Code::Syntax | Code::DuplicateKey => return false,
            // The node that it names, or that it lacks, might be the one that was not read.
            Code::UnknownReference | Code::WrongKind => return true,
            _ if diagnostic.severity == Severity::Warning => return true,
            Code::MissingKey => self.end_of_table(span),
            _ => span.end,
        };
        let first = self.line(span.start);
        let next = self.broken.get(self.broken.partition_point(|line| *line < first));
        next.is_some_and(|line| *line <= self.line(end))
            || self.misread_from.is_some_and(|from| end > from)
    }

    /// Where the table ends whose header, or the whole of which, is at a span.
    fn end_of_table(&self, span: &Range<usize>) -> usize {
        if self.source(span).starts_with('{') {
            return span.end;
        }
        let rest = self.text.get(span.end..).unwrap_or_default();
        let is_header = |line: &str| line.trim_start_matches([' ', '\t']).starts_with('[');
        rest.match_indices('\n')
            .find(|(at, _)| rest.get(at + 1..).is_some_and(is_header))
            .map_or(self.text.len(), |(at, _)| span.end + at)
    }
}
