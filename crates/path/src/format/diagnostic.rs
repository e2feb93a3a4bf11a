//! What the checker says about a path file: codes, severities, diagnostics and positions.
//!
//! A code is one rule and its text never changes: scripts, fixtures and the documentation name it.
//! Foreign text enters a message only through `quote`, so that a message is safe to print anywhere.
//! The catalog, `check` and the build script read these values and choose how to show them.

use crate::sort;
use std::fmt;
use std::ops::Range;

use serde::Serialize;

use crate::chars::is_unsafe;

/// How many diagnostics of one file are kept.
pub const MOST_DIAGNOSTICS: usize = 50;

/// How much of a foreign text stands in a message, in characters.
const MOST_QUOTED: usize = 100;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, but something is probably forgotten.
    Warning,
}

impl Severity {
    /// The word for it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One table for everything that a code is, so that no list of codes can forget one.
macro_rules! codes {
    ($($name:ident $severity:ident $text:literal $explanation:literal,)*) => {
        /// The rules of a path file; each diagnostic names the one that was broken.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $explanation] $name,)*
        }

        impl Code {
            /// All codes: errors in the order in which a file is read, then the warnings.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable name.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// Whether the file can still be used.
            pub(crate) fn severity(self) -> Severity {
                match self {
                    $(Self::$name => Severity::$severity,)*
                }
            }
        }
    };
}

codes! {
    Limit Error "limit"
        "A file has at most 16 MiB, 1,000 stages, areas or roles, 60,000 entries in a list and 100,000 items.",
    TooDeep Error "too-deep"
        "Brackets nest at most 64 deep, and a dotted key has at most 9 parts.",
    Syntax Error "syntax"
        "A path file is a TOML document.",
    DuplicateKey Error "duplicate-key"
        "A key or table appears only once in its place.",
    Kind Error "kind"
        "The `kind` of a file is `path`, `career` or `overlay`; without one, it is a path.",
    Format Error "format"
        "The `format` of a path file is 1.",
    MissingKey Error "missing-key"
        "Every node has the keys that its kind requires.",
    UnknownKey Error "unknown-key"
        "A path file has only keys of the format.",
    WrongType Error "wrong-type"
        "The value of a key has the type that the format gives it.",
    EmptyText Error "empty-text"
        "A title or text is not empty or blank.",
    LongText Error "long-text"
        "A title or text has at most 2,000 characters, an `about` 20,000.",
    UnsafeText Error "unsafe-text"
        "A text contains no control, bidirectional or tag characters, and only an `about` has \
         line breaks.",
    BadUrl Error "bad-url"
        "A `url` starts with http:// or https://, has a host and contains no spaces.",
    UnknownWord Error "unknown-word"
        "The `type` and `cost` of a resource are words that the format knows.",
    BadHours Error "bad-hours"
        "An effort is more than 0 and at most 10,000 hours, a range ascends, and a practice takes 1 to 1,440 minutes.",
    HoursAndMinutes Error "hours-and-minutes"
        "A resource has `hours` or `minutes`, not both.",
    BadPoints Error "bad-points"
        "Points are whole numbers up to 1,000, a scale ascends, and `pass` is no more than all points together.",
    BadChoose Error "bad-choose"
        "`choose` is a whole number of at least 1, and less than the number of skills or topics \
         to choose from.",
    BadInstead Error "bad-instead"
        "`instead_of` names other resources of its topic that are as optional as it is and not \
         alternatives themselves.",
    BadLang Error "bad-lang"
        "A language is a tag such as `en` or `pt-BR`.",
    BadLevel Error "bad-level"
        "A level is a whole number from 1 to 4, and an area has a statement for each of them.",
    BadWeight Error "bad-weight"
        "The `weight` of what raises an area is 1, 2 or 3.",
    BadMonths Error "bad-months"
        "The `months` of a stage are two ascending numbers from 0 to 600.",
    BadId Error "bad-id"
        "An id is 1 to 64 of a-z, 0-9 and single hyphens inside.",
    ReservedId Error "reserved-id"
        "A path is not called `career` or `glossary`, which milepost uses.",
    DuplicateId Error "duplicate-id"
        "An id names one node of a path, and for one area, role, scenario or term of a career file.",
    ReplacesPresent Error "replaces-present"
        "An id in `replaces` is no longer in use.",
    ReplacedTwice Error "replaced-twice"
        "An old id is replaced by only one node.",
    PathReplacedTwice Error "path-replaced-twice"
        "An old id of a path is in `replaces` of only one path.",
    BadReference Error "bad-reference"
        "A reference is an id of this file, `path/id`, or an inner array of them.",
    UnknownReference Error "unknown-reference"
        "What a reference names exists.",
    UnknownPath Error "unknown-path"
        "The path that a reference names exists.",
    WrongKind Error "wrong-kind"
        "What a reference names is of the kind that it asks for.",
    RequiresItself Error "requires-itself"
        "Nothing requires itself, what contains it, or a part of itself.",
    LocalSameAs Error "local-same-as"
        "A `same_as` names an item of another path.",
    CircularRequires Error "circular-requires"
        "Requirements do not lead back to where they start.",
    CircularSameAs Error "circular-same-as"
        "A chain of `same_as` does not lead back to where it starts.",
    OverlayChange Error "overlay-change"
        "An overlay adds to a path, hides parts of it and sets hours, months, order and what is optional or \
         required besides; it changes nothing else.",
    OverlayPlace Error "overlay-place"
        "What an overlay adds is in a stage or topic, and it moves nothing there.",
    OverlayHide Error "overlay-hide"
        "An overlay hides what its path has, not what it adds itself.",
    OverlayClash Error "overlay-clash"
        "A path has no id that begins with `my-` if an overlay extends it.",
    OverlayLoose Warning "overlay-loose"
        "What an overlay names is in its path.",
    OldPathPresent Warning "old-path-present"
        "No path is installed under an id that another one replaces.",
    RepeatedEntry Warning "repeated-entry"
        "A list names each thing only once.",
    Empty Warning "empty"
        "A path and its stages have something to do, and a career file has areas.",
    NoCriteria Warning "no-criteria"
        "A milestone and a practice have at least one criterion.",
    NoMilestone Warning "no-milestone"
        "A stage with skills has a milestone that proves them.",
    UntaughtSkill Warning "untaught-skill"
        "Each skill is taught by a resource of its topic.",
    NoTargets Warning "no-targets"
        "A role names the level that it needs in at least one area.",
    NoHours Warning "no-hours"
        "Topics with skills and milestones have hours.",
    LostHours Warning "lost-hours"
        "Something counts the hours of a topic: its skills, or its resources if it has no skills.",
    CourseHours Warning "course-hours"
        "What a topic recommends takes 0.3 to 1.5 times its hours, if its resources teach all its skills.",
    CrowdedStage Warning "crowded-stage"
        "The hours of a stage fit into its months at 60 hours a week.",
    OverlappingMonths Warning "overlapping-months"
        "A stage starts when the one before it ends, or later.",
    RetiredRequired Warning "retired-required"
        "Nothing requires a retired item, which no learner has to do.",
    TwiceUrl Warning "twice-url"
        "Two resources with the same address are different parts of it.",
    TwiceTitle Warning "twice-title"
        "Two skills, two milestones, two resources of a topic and two questions say different things.",
    NoLookFor Warning "no-look-for"
        "An interview question says what a strong answer covers.",
    Placeholder Warning "placeholder"
        "A text says something.",
    Markup Warning "markup"
        "A title is plain text: tags and entities are shown as they are.",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One problem of a path file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that is broken.
    pub code: Code,
    /// How bad it is; always that of the code.
    pub severity: Severity,
    /// The key or value at fault, in bytes of the text.
    pub span: Range<usize>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem without help.
    pub(super) fn new(code: Code, span: &Range<usize>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            span: span.clone(),
            message: message.into(),
            help: None,
        }
    }

    /// The same problem with help.
    pub(super) fn help(mut self, help: impl Into<Option<String>>) -> Self {
        self.help = help.into();
        self
    }
}

/// Keeps the most important diagnostics, errors before warnings, in the order of the file, and
/// says how many are left out.
pub fn most_important(mut all: Vec<Diagnostic>, most: usize) -> (Vec<Diagnostic>, usize) {
    sort::by_key(&mut all, |d| (d.severity, d.span.start, d.code));
    let left_out = all.len().saturating_sub(most);
    all.truncate(most);
    sort::by_key(&mut all, |d| (d.span.start, d.severity, d.code));
    (all, left_out)
}

/// The line and column of a byte, both from 1; columns count characters.
///
/// An offset beyond the end is the end, and a byte order mark is no column.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..floor_boundary(text, offset)).unwrap_or_default();
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let last = before.rsplit('\n').next().unwrap_or_default();
    let last = if line == 1 { last.trim_start_matches('\u{feff}') } else { last };
    (line, last.chars().count() + 1)
}

/// The nearest character boundary at or before an offset.
pub(super) fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    at
}

/// A span that lies in the text, on character boundaries.
pub(super) fn fit(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = floor_boundary(text, span.start);
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// Foreign text for a message: without unsafe characters, and cut.
pub(super) fn plain(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(MOST_QUOTED)
        .map(|c| if is_unsafe(c) { char::REPLACEMENT_CHARACTER } else { c })
        .collect();
    if text.chars().nth(MOST_QUOTED).is_some() {
        shown.push('…');
    }
    shown
}

/// Foreign text to stand between backticks: one inside would end the quotation early.
pub(super) fn unquoted(text: &str) -> String {
    plain(text).replace('`', "'")
}

/// Foreign text in backticks.
pub(super) fn quote(text: &str) -> String {
    format!("`{}`", unquoted(text))
}
