//! `done --from` as JSON, and its sentences: what is wrong with a list of ticks, what its lines name, and
//! what is recorded of it.

use milepost_core::report::change::Changed;
use milepost_core::report::mark::Finished;
use milepost_core::report::ticks::csv::Wrong as Csv;
use milepost_core::report::ticks::list::{Invalid, Name, Problem, Wrong};
use milepost_core::report::ticks::{By, Found, Refusal, Report, Unclear, Why};
use milepost_path::{Ref, safe};
use serde::Serialize;

use super::invalid_file::{invalid_file, listed};
use super::{Document, could_mean, did_you_mean};
use crate::error::{Code, Error};
use crate::text::quantity;

#[derive(Serialize)]
struct Json<'a> {
    changed: &'a [Changed],
    unchanged: Vec<&'a Ref>,
    unlocked: Vec<&'a Ref>,
    #[serde(flatten)]
    finished: &'a Option<Finished>,
    found: Vec<FoundJson<'a>>,
    not_found: Vec<NotFound<'a>>,
    not_done: usize,
}

#[derive(Serialize)]
struct FoundJson<'a> {
    line: usize,
    #[serde(rename = "ref")]
    reference: &'a Ref,
    by: By,
    items: Option<usize>,
}

#[derive(Serialize)]
struct NotFound<'a> {
    line: usize,
    #[serde(rename = "ref")]
    reference: &'a Option<String>,
    url: &'a Option<String>,
    title: &'a Option<String>,
    code: &'static str,
    candidates: Vec<&'a str>,
}

impl<'a> FoundJson<'a> {
    fn of(one: &'a Found) -> Self {
        let Found { line, by, ref node, items } = *one;
        Self { line, reference: &node.reference, by, items }
    }
}

impl<'a> NotFound<'a> {
    fn of(one: &'a Unclear) -> Self {
        let Unclear { line, name: Name { reference, url, title }, why } = one;
        let (code, candidates) = (why.as_str(), why.candidates());
        Self { line: *line, reference, url, title, code, candidates }
    }
}

impl Document for Report {
    const COMMAND: &'static str = "done";

    fn json(&self) -> impl Serialize {
        Json {
            changed: &self.mark.changed,
            unchanged: self.mark.unchanged.iter().map(|(reference, _)| reference).collect(),
            unlocked: self.mark.unlocked.iter().map(|one| &one.reference).collect(),
            finished: &self.mark.finished,
            found: self.found.iter().map(FoundJson::of).collect(),
            not_found: self.not_found.iter().map(NotFound::of).collect(),
            not_done: self.not_done,
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unclear { name, lines, of } => unclear_lines(&name, &lines, of),
            Refusal::NeedsYes(report) => {
                let would = sum(&report, false);
                let message = format!("the list would {would}; there is no terminal to ask on");
                Self::new(Code::NoTerminal, message).hint("pass `--yes` to confirm")
            }
        }
    }
}

/// That lines of a list are not clear.
fn unclear_lines(name: &str, lines: &[Unclear], of: usize) -> Error {
    let are = if lines.len() == 1 { "is" } else { "are" };
    let (count, of) = (quantity::thousands(lines.len()), quantity::count(of, "tick"));
    let message = format!("{count} of {of} in {name} {are} not clear, so nothing was recorded:");
    let needs_path = lines.iter().any(|one| matches!(one.why, Why::NoPath(_)));
    let is_unknown = |one: &Unclear| matches!(one.why, Why::Unknown(_) | Why::NoPath(_));
    let code = if lines.iter().any(is_unknown) { Code::UnknownRef } else { Code::AmbiguousRef };
    let lines = lines.iter().map(|one| format!("{name}:{}", unclear(one))).collect();
    let error = listed(Error::new(code, message), lines, 0);
    let error = error.hint("correct these lines, or leave them out with `--skip-unclear`");
    if needs_path { error.hint("`milepost add FILE` installs a path") } else { error }
}

/// Why nothing of a line is recorded, after its number.
pub(crate) fn unclear(one: &Unclear) -> String {
    let Name { reference, url, title } = &one.name;
    let shown = |text: &str| safe::short(text, 80);
    let what = match (reference, title, url) {
        (Some(text), ..) => format!("nothing is called `{}`", shown(text)),
        (None, Some(text), _) => format!("nothing has the title `{}`", shown(text)),
        (None, None, url) => {
            format!("nothing has the address `{}`", shown(url.as_deref().unwrap_or_default()))
        }
    };
    let name = reference.as_ref().or(title.as_ref()).or(url.as_ref());
    let name = name.map_or("", String::as_str);
    let why = match &one.why {
        Why::Unknown(near) if near.is_empty() => what,
        Why::Unknown(near) => format!("{what}; {}", did_you_mean(near)),
        Why::NoPath(path) => {
            format!("{what}: the path `{}` is not installed", shown(path))
        }
        Why::Question(asked) => format!("{asked} is an interview question"),
        Why::Several(count, first) => {
            let mut names: Vec<String> =
                first.iter().map(|one| format!("{} ({})", one.reference, one.kind)).collect();
            let more = count.saturating_sub(first.len());
            names.extend((more > 0).then(|| format!("{} more", quantity::thousands(more))));
            let things = quantity::thousands(*count);
            format!("{} {things} things: {}", could_mean(name), quantity::list(&names))
        }
        Why::Another(node) => {
            let (is, says) = (shown(&node.title), title.as_deref().or(url.as_deref()));
            let says = shown(says.unwrap_or_default());
            format!("{} is `{is}` here, but the line says `{says}`", node.reference)
        }
        Why::Twice(node, line) => {
            format!("line {line} says something else about {}", node.reference)
        }
    };
    format!("{}: {why}", one.line)
}

/// All that is wrong with a list.
pub fn invalid(name: &str, invalid: &Invalid) -> Error {
    let line = |one: &Problem| {
        let column = one.column.map_or(String::new(), |column| format!(":{column}"));
        format!("{name}:{}{column}: {}", one.line, wrong(&one.what))
    };
    invalid_file(name, invalid.problems.iter().map(line).collect(), invalid.left_out)
}

fn wrong(wrong: &Wrong) -> String {
    match wrong {
        Wrong::Diagnostic(one) => {
            let help = one.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
            format!("{}{help}", one.message)
        }
        Wrong::Csv(wrong) => csv(wrong),
        Wrong::Future(day) => format!("{day} is in the future"),
        Wrong::TooEarly => "a year before 1 is not in the calendar".to_owned(),
        Wrong::Remark(refusal) => {
            let error = Error::from(refusal.clone());
            let hint = error.hints().first().map_or(String::new(), |hint| format!("; {hint}"));
            format!("{}{hint}", error.message())
        }
    }
}

fn csv(wrong: &Csv) -> String {
    let shown = |text: &str| safe::short(text, 80);
    match wrong {
        Csv::UnknownColumn(name, near) => {
            let help = near.map_or_else(
                || {
                    "milepost reads ref, url, title, status, on, known, note and evidence"
                        .to_owned()
                },
                |near| did_you_mean(&[near.to_owned()]),
            );
            format!("there is no column `{}`; {help}", shown(name))
        }
        Csv::ColumnTwice(name) => format!("the column `{name}` is there twice; remove one"),
        Csv::TooManyColumns => "there are more than 1,000 columns; keep those of a list".to_owned(),
        Csv::NoNames => "no column says what is done; name one `ref`, `url` or `title`".to_owned(),
        Csv::TooManyCells(cells, columns) => {
            let (cells, columns) = (quantity::count(*cells, "cell"), quantity::thousands(*columns));
            format!("{cells} for {columns} columns; put quotes around a text with a separator")
        }
        Csv::NamesNothing => "the row names nothing; write its ref, url or title".to_owned(),
        Csv::Long(column) => format!("the {} has more than 2,000 characters", column.as_str()),
        Csv::NoAddress(text) => {
            format!("`{}` is not an address; write the whole address, with https://", shown(text))
        }
        Csv::NoDay(text) => format!("`{}` is not a day; write it as 2026-11-20", shown(text)),
        Csv::TwoDays => "`on` and `since` differ; remove one of them".to_owned(),
        Csv::NoFlag(text) => format!("`{}` is neither true nor false", shown(text)),
        Csv::NoStatus(text) => {
            format!("`{}` is not a status; write done, doing, skipped or todo", shown(text))
        }
        Csv::TooMany => "a list has at most 100,000 ticks; split it".to_owned(),
    }
}

/// What kind of change something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// It is credited as known.
    Known,
    /// It is done.
    Done,
    /// It was done already, and something about it changes.
    Changed,
}

impl Group {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 3] = [Self::Known, Self::Done, Self::Changed];

    /// That of a change.
    pub(crate) fn of(change: &Changed, known: bool) -> Self {
        match (change.from == change.to, known) {
            (true, _) => Self::Changed,
            (false, true) => Self::Known,
            (false, false) => Self::Done,
        }
    }

    /// The line above so many changes, made or to be made.
    pub(crate) fn head(self, count: usize, is_done: bool) -> String {
        let count = quantity::thousands(count);
        match (self, is_done) {
            (Self::Known, true) => format!("credited as known, {count}:"),
            (Self::Known, false) => format!("to credit as known, {count}:"),
            (Self::Done, true) => format!("marked done, {count}:"),
            (Self::Done, false) => format!("to mark done, {count}:"),
            (Self::Changed, true) => format!("changed, {count}:"),
            (Self::Changed, false) => format!("to change, {count}:"),
        }
    }
}

/// What a list did, or would do.
pub(crate) fn sum(report: &Report, is_done: bool) -> String {
    let of = |group: Group| {
        let all = report.mark.changed.iter().zip(&report.details);
        all.filter(|(change, (_, known))| Group::of(change, *known) == group).count()
    };
    let part = |group: Group| {
        let count = of(group);
        let n = quantity::thousands(count);
        let part = match (group, is_done) {
            (Group::Known, true) => format!("credited {n} as known"),
            (Group::Known, false) => format!("credit {n} as known"),
            (Group::Done, true) => format!("marked {n} done"),
            (Group::Done, false) => format!("mark {n} done"),
            (Group::Changed, true) => format!("changed {n}"),
            (Group::Changed, false) => format!("change {n}"),
        };
        (count > 0).then_some(part)
    };
    match Group::ALL.into_iter().filter_map(part).collect::<Vec<_>>() {
        parts if parts.is_empty() => "nothing changed".to_owned(),
        parts => quantity::list(&parts),
    }
}

/// Whether to record what a list comes to, as a question.
pub(crate) fn is_meant(report: &Report) -> String {
    match report.mark.changed.len() {
        1 => "Record this change?".to_owned(),
        n => format!("Record these {}?", quantity::count(n, "change")),
    }
}

/// How a list is taken back.
pub const WAY_BACK: &str = "`milepost undo` takes all of it back";

/// By what else than its reference a line named something.
pub(crate) fn by(by: By) -> &'static str {
    match by {
        By::Reference => "",
        By::Url => "by its address",
        By::Title => "by its title",
    }
}

/// How many items of a topic, stage or path a line marks.
pub(crate) fn items(count: usize) -> String {
    match count {
        0 => "nothing of it is open".to_owned(),
        n => format!("{} of it", quantity::count(n, "item")),
    }
}

/// The line above what was done already.
pub(crate) fn done_already(count: usize) -> String {
    format!("done already, {}:", quantity::thousands(count))
}

/// The line above the lines that are left out.
pub(crate) fn left_out(count: usize) -> String {
    format!("not clear and left out, {}:", quantity::count(count, "line"))
}

/// That rows say of their items that they are not done.
pub(crate) fn not_done(count: usize) -> String {
    format!("{} not done, left out", quantity::count(count, "row"))
}
