//! The rules for single values: texts, ids, addresses, efforts, months and words.
//!
//! Each function reports at most one problem of a value and gives what can be used of it.

use std::collections::HashSet;
use std::ops::Range;

use super::diagnostic::{Code, Diagnostic, quote};
use super::findings::Findings;
use super::raw::{Effort, Given, Number, Text};
use crate::address::{Address, Fault};
use crate::chars::is_unsafe;
use crate::limits::{MOST_CHARACTERS, MOST_HOURS, MOST_OF_LINES};
use crate::near::slug;
use crate::reference::{CAREER, RESERVED, is_id, is_lang};

const MOST_MONTHS: f64 = 600.0;

/// Checks a title or text.
pub(super) fn text(
    key: &str,
    given: Option<&Text<'_>>,
    findings: &mut Findings<'_>,
) -> Option<String> {
    let text = given?;
    if key == "title" && has_markup(text.value) {
        let message = format!("a title is plain text: {} is shown as it is", quote(text.value));
        let help = "write the characters themselves, without tags or entities";
        findings.push(Diagnostic::new(Code::Markup, &text.span, message).help(help.to_owned()));
    }
    Some(checked(text, || format!("`{key}`"), findings))
}

/// Checks a text of several lines; gives it with plain line breaks and none at its end.
pub(super) fn lines(
    key: &str,
    given: Option<&Text<'_>>,
    findings: &mut Findings<'_>,
) -> Option<String> {
    let text = given?;
    let problem = problem_of(text, MOST_OF_LINES, |c| is_unsafe(c) && !matches!(c, '\n' | '\r'));
    tell(problem, || format!("`{key}`"), text, findings);
    Some(text.value.trim_end().replace("\r\n", "\n"))
}

/// Checks a list of texts.
pub(super) fn texts(
    key: &str,
    given: &Given<Vec<Text<'_>>>,
    findings: &mut Findings<'_>,
) -> Vec<String> {
    given.items().iter().map(|text| entry(key, text, findings)).collect()
}

/// Checks a text of a list.
pub(super) fn entry(key: &str, text: &Text<'_>, findings: &mut Findings<'_>) -> String {
    checked(text, || format!("an entry of `{key}`"), findings)
}

fn checked(text: &Text<'_>, name: impl Fn() -> String, findings: &mut Findings<'_>) -> String {
    let problem = problem_of(text, MOST_CHARACTERS, is_unsafe);
    if problem.is_none() && is_placeholder(text.value) {
        let message = format!("{} is a placeholder: {}", name(), quote(text.value));
        let help = "write the text, or omit it until you have one";
        findings
            .push(Diagnostic::new(Code::Placeholder, &text.span, message).help(help.to_owned()));
    }
    tell(problem, name, text, findings);
    text.value.to_owned()
}

/// Whether a text has a tag or an entity of HTML: `<b>`, `</b>`, `&amp;`.
fn has_markup(text: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric());
    let tag = |rest: &str| {
        let name = rest.split([' ', '>', '/']).find(|name| !name.is_empty()).unwrap_or_default();
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
            && is_name(name)
            && rest.contains('>')
    };
    let entity = |rest: &str| {
        let name = rest.split_once(';').map(|(name, _)| name.trim_start_matches('#'));
        name.is_some_and(|name| is_name(name) && (2..10).contains(&name.len()))
    };
    text.split('<').skip(1).any(tag) || text.split('&').skip(1).any(entity)
}

/// Whether a text only holds the place of one.
fn is_placeholder(text: &str) -> bool {
    const PLACEHOLDERS: [&str; 9] =
        ["tbd", "tba", "todo", "fixme", "xxx", "...", "…", "placeholder", "?"];
    let text = text.trim();
    let is_one = |word: &&str| text.trim_end_matches(['.', ':']).eq_ignore_ascii_case(word);
    text == "..."
        || PLACEHOLDERS.iter().any(is_one)
        || text.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("lorem ipsum"))
}

/// What is wrong with a text.
enum TextProblem {
    Empty,
    Long(usize),
    Holds(char),
}

fn problem_of(text: &Text<'_>, most: usize, refused: fn(char) -> bool) -> Option<TextProblem> {
    if text.value.trim().is_empty() {
        Some(TextProblem::Empty)
    } else if is_longer(text.value, most) {
        Some(TextProblem::Long(most))
    } else {
        text.value.chars().find(|c| refused(*c)).map(TextProblem::Holds)
    }
}

fn tell(
    problem: Option<TextProblem>,
    name: impl Fn() -> String,
    text: &Text<'_>,
    findings: &mut Findings<'_>,
) {
    let Some(problem) = problem else { return };
    let (code, span, message) = match problem {
        TextProblem::Empty => (Code::EmptyText, text.span.clone(), "is empty".to_owned()),
        TextProblem::Long(most) => {
            let most = if most == MOST_CHARACTERS { "2,000" } else { "20,000" };
            (Code::LongText, text.span.clone(), format!("has more than {most} characters"))
        }
        TextProblem::Holds(c) => {
            (Code::UnsafeText, place_of(c, text, findings), format!("contains {}", name_of(c)))
        }
    };
    findings.push(Diagnostic::new(code, &span, format!("{} {message}", name())));
}

fn is_longer(text: &str, most: usize) -> bool {
    text.len() > most && text.chars().nth(most).is_some()
}

/// Where a character stands, where it stands there as itself and is not written as an escape.
fn place_of(c: char, text: &Text<'_>, findings: &Findings<'_>) -> Range<usize> {
    match findings.source(&text.span).find(c) {
        Some(at) => text.span.start + at..text.span.start + at + c.len_utf8(),
        None => text.span.clone(),
    }
}

pub(super) fn name_of(c: char) -> String {
    let code = u32::from(c);
    match c {
        '\n' | '\r' => "a line break".to_owned(),
        '\t' => "a tab".to_owned(),
        _ if c.is_control() => format!("the control character U+{code:04X}"),
        '\u{2028}' | '\u{2029}' => format!("the line separator U+{code:04X}"),
        '\u{e0000}'..='\u{e007f}' => format!("the invisible tag character U+{code:04X}"),
        _ => format!("the invisible bidirectional control U+{code:04X}"),
    }
}

/// Says that a text is no id, and gives whether it is one.
pub(super) fn id(text: &Text<'_>, findings: &mut Findings<'_>) -> bool {
    if is_id(text.value) {
        return true;
    }
    let (message, help) = if text.value.is_empty() {
        ("the id is empty".to_owned(), None)
    } else if text.value.len() > 64 && text.value.is_ascii() {
        (format!("the id {} has more than 64 characters", quote(text.value)), None)
    } else {
        let help = slug(text.value).map_or_else(
            || "an id is made of a-z, 0-9 and single hyphens".to_owned(),
            |slug| format!("write it as `{slug}`"),
        );
        (format!("{} is not an id", quote(text.value)), Some(help))
    };
    findings.push(Diagnostic::new(Code::BadId, &text.span, message).help(help));
    false
}

/// Says that the id of a path is one that milepost uses itself.
pub(super) fn not_reserved(id: &Text<'_>, findings: &mut Findings<'_>) {
    if RESERVED.contains(&id.value) {
        let message = format!(
            "a path cannot be called {}: milepost uses that \
         name",
            quote(id.value)
        );
        let help = match id.value {
            CAREER => "a career file has `kind = \"career\"` and no id; a path needs another id",
            _ => "give the path another id",
        };
        findings.push(Diagnostic::new(Code::ReservedId, &id.span, message).help(help.to_owned()));
    }
}

/// Checks the tag of a language: `en`, `pt-BR`, `zh-Hant`.
pub(super) fn lang(given: Option<&Text<'_>>, findings: &mut Findings<'_>) -> Option<String> {
    let text = given?;
    if !is_lang(text.value) {
        let message = format!("{} is not a language tag", quote(text.value));
        let help = "write two or three small letters, such as `en`, and a region after a hyphen \
         where \
                    it matters: `pt-BR`";
        findings.push(Diagnostic::new(Code::BadLang, &text.span, message).help(help.to_owned()));
    }
    Some(text.value.to_owned())
}

/// Checks a list of ids that stand for things outside of the file.
pub(super) fn ids(
    key: &str,
    given: &Given<Vec<Text<'_>>>,
    findings: &mut Findings<'_>,
) -> Vec<String> {
    distinct(key, given, findings)
        .into_iter()
        .filter(|text| id(text, findings))
        .map(|text| text.value.to_owned())
        .collect()
}

/// The entries of a list, each once; says which are there again.
pub(super) fn distinct<'r, 'a>(
    key: &str,
    given: &'r Given<Vec<Text<'a>>>,
    findings: &mut Findings<'_>,
) -> Vec<&'r Text<'a>> {
    let mut seen = HashSet::new();
    let mut entries = Vec::with_capacity(given.items().len());
    for text in given.items() {
        if seen.insert(text.value) {
            entries.push(text);
        } else {
            repeated(key, text.value, &text.span, findings);
        }
    }
    entries
}

/// Says that a list names something again.
pub(super) fn repeated(key: &str, value: &str, span: &Range<usize>, findings: &mut Findings<'_>) {
    let message = format!("`{key}` names {} twice", quote(value));
    findings
        .push(Diagnostic::new(Code::RepeatedEntry, span, message).help("remove one".to_owned()));
}

/// Checks an address.
pub(super) fn url(given: Option<&Text<'_>>, findings: &mut Findings<'_>) -> Option<String> {
    let url = given?;
    let value = url.value;
    let problem = if value.is_empty() {
        Some(("`url` is empty", "omit `url` if there is none"))
    } else if is_longer(value, MOST_CHARACTERS) {
        Some(("`url` has more than 2,000 characters", "use a shorter address"))
    } else {
        Address::read(value).err().map(|fault| match fault {
            Fault::Hidden => {
                ("`url` contains a space or an invisible character", "write a space as `%20`")
            }
            Fault::Backslash => (
                "`url` contains a backslash",
                "write `/`, or `%5C` for a \
             backslash",
            ),
            Fault::Scheme => {
                ("`url` does not start with http:// or https://", "write the whole address")
            }
            Fault::Host => ("`url` has no host", "write the whole address"),
        })
    };
    if let Some((message, help)) = problem {
        findings.push(Diagnostic::new(Code::BadUrl, &url.span, message).help(help.to_owned()));
    }
    Some(value.to_owned())
}

/// An effort in hours: the mean, and the ends where it is a range.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hours {
    pub(super) mean: Option<f64>,
    pub(super) range: Option<[f64; 2]>,
}

/// Checks an effort in hours.
pub(super) fn hours(given: &Given<Effort>, findings: &mut Findings<'_>) -> Hours {
    let Some(effort) = given.good() else {
        return Hours::default();
    };
    let [low, high] = effort.ends;
    if !checked_effort("hours", low, &effort.span, MOST_HOURS, findings)
        || (effort.is_range && !checked_effort("hours", high, &effort.span, MOST_HOURS, findings))
    {
        return Hours::default();
    }
    if effort.is_range && low >= high {
        let message = "`hours` must ascend: write the smaller number first";
        let help = "write a single number if you know the effort";
        let wrong = Diagnostic::new(Code::BadHours, &effort.span, message);
        findings.push(wrong.help(help.to_owned()));
        return Hours::default();
    }
    Hours { mean: Some(f64::midpoint(low, high)), range: effort.is_range.then_some(effort.ends) }
}

/// Checks an effort in hours or minutes; gives hours.
pub(super) fn hours_or_minutes(
    given: &Given<Effort>,
    minutes: &Given<Number>,
    findings: &mut Findings<'_>,
) -> Hours {
    if !given.is_absent()
        && let Some(second) = minutes.good()
    {
        let message = "`minutes` is given beside `hours`";
        findings.push(
            Diagnostic::new(Code::HoursAndMinutes, &second.span, message)
                .help("remove `minutes`".to_owned()),
        );
    }
    let mut effort = hours(given, findings);
    if let Some(minutes) = minutes.good()
        && checked_effort("minutes", minutes.value, &minutes.span, MOST_HOURS * 60.0, findings)
    {
        effort.mean = effort.mean.or(Some(minutes.value / 60.0));
    }
    effort
}

fn checked_effort(
    key: &str,
    value: f64,
    span: &Range<usize>,
    most: f64,
    findings: &mut Findings<'_>,
) -> bool {
    if value > 0.0 && value <= most {
        return true;
    }
    let most = if key == "hours" { "10,000" } else { "600,000" };
    let message = format!("`{key}` must be more than 0 and at most {most}");
    let help = (value == 0.0).then(|| format!("omit `{key}` if the effort is open or unknown"));
    findings.push(Diagnostic::new(Code::BadHours, span, message).help(help));
    false
}

/// Checks a whole number from 1 on; a stand-in where it is none.
pub(super) fn whole(
    key: &str,
    given: &Given<Number>,
    most: u16,
    code: Code,
    findings: &mut Findings<'_>,
) -> u16 {
    let Some(number) = given.good() else {
        return 1;
    };
    if number.value.fract() == 0.0 && number.value >= 1.0 && number.value <= f64::from(most) {
        return number.value as u16;
    }
    let most = if most == 1_440 { "1,440".to_owned() } else { most.to_string() };
    let message = format!("{} must be a whole number from 1 to {most}", quote(key));
    findings.push(Diagnostic::new(code, &number.span, message));
    1
}

/// How many points a criterion can be worth.
pub(super) const MOST_POINTS: u16 = 1_000;

/// Checks a number of points.
pub(super) fn points(key: &str, given: &Given<Number>, findings: &mut Findings<'_>) -> Option<u16> {
    let number = given.good()?;
    let most = if key == "pass" { u16::MAX } else { MOST_POINTS };
    if number.value.fract() == 0.0 && number.value >= 1.0 && number.value <= f64::from(most) {
        return Some(number.value as u16);
    }
    let message = format!("`{key}` must be a whole number from 1 to {most}");
    findings.push(Diagnostic::new(Code::BadPoints, &number.span, message));
    None
}

/// Checks the window of a stage.
pub(super) fn months(
    given: &Given<([f64; 2], Range<usize>)>,
    findings: &mut Findings<'_>,
) -> Option<[f64; 2]> {
    let ([first, last], span) = given.good()?;
    let range = 0.0..=MOST_MONTHS;
    let message = if !range.contains(first) || !range.contains(last) {
        "`months` must be from 0 to 600"
    } else if first >= last {
        "`months` must ascend: write the first month before the last"
    } else {
        return Some([*first, *last]);
    };
    findings.push(Diagnostic::new(Code::BadMonths, span, message));
    None
}

/// Checks a word of a fixed list.
pub(super) fn word<T: Copy>(
    key: &str,
    given: Option<&Text<'_>>,
    all: &[T],
    as_str: fn(T) -> &'static str,
    findings: &mut Findings<'_>,
) -> Option<T> {
    let text = given?;
    let known = all.iter().copied().find(|word| as_str(*word) == text.value);
    if known.is_none() {
        let words: Vec<&str> = all.iter().map(|word| as_str(*word)).collect();
        let help = findings
            .did_you_mean(text.value, words.iter().copied())
            .unwrap_or_else(|| format!("write one of {}", words.join(", ")));
        let message = format!("{} is not a `{key}`", quote(text.value));
        findings.push(Diagnostic::new(Code::UnknownWord, &text.span, message).help(help));
    }
    known
}
