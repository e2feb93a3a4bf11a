//! The keys of one table, taken one by one.
//!
//! A key that is asked for is a key of the format: what nobody asked for is unknown, so that no
//! list of keys stands beside the code that reads them.

use std::ops::Range;

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue};

use super::diagnostic::{Code, Diagnostic, quote, unquoted};
use super::findings::Findings;
use super::raw::{Effort, Given, Number, RawRequirement, Text};
use super::ticks::MOST_TICKS;
use super::types::{Expected, Value, as_number, as_text, wrong_entry, wrong_type};
use crate::limits::{MOST_ENTRIES, MOST_OLD_PATHS};

/// One table, while its keys are taken.
pub(super) struct Fields<'a> {
    table: &'a DeTable<'a>,
    /// Its header, or the whole of an inline table.
    pub(super) span: Range<usize>,
    /// What the table is, for messages: `a skill`.
    pub(super) what: &'static str,
    asked: Vec<&'static str>,
    found: usize,
    ignored: Option<&'static str>,
    missing: Vec<(&'static str, Option<String>)>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(table: &'a DeTable<'a>, span: Range<usize>, what: &'static str) -> Self {
        let (asked, missing) = (Vec::new(), Vec::new());
        Self { table, span, what, asked, found: 0, ignored: None, missing }
    }

    /// Says that a key means nothing here and is no mistake.
    pub(super) fn ignore(&mut self, key: &'static str) {
        self.ignored = Some(key);
    }

    /// The value of a key.
    pub(super) fn value(&mut self, key: &'static str) -> Option<&'a Value<'a>> {
        self.asked.push(key);
        let value = self.table.get(key);
        self.found += usize::from(value.is_some());
        value
    }

    /// A text, for a look at it before its key is taken.
    pub(super) fn peek(&self, key: &str) -> Option<&'a str> {
        self.table.get(key)?.get_ref().as_str()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The keys of the format that are there, each with its place.
    pub(super) fn given(&self) -> impl Iterator<Item = (&'a str, Range<usize>)> {
        let keys = self.table.iter().map(|(key, _)| (key.get_ref().as_ref(), key.span()));
        keys.filter(|(key, _)| self.asked.contains(key))
    }

    /// The place of the value of a key.
    pub(super) fn place(&self, key: &str) -> Option<Range<usize>> {
        self.table.get(key).map(toml::Spanned::span)
    }

    /// Notes that a key is missing that every table of this kind has.
    pub(super) fn missing(&mut self, key: &'static str, help: Option<String>) {
        self.missing.push((key, help));
    }

    /// A text that can be left out.
    pub(super) fn text(
        &mut self,
        key: &'static str,
        findings: &mut Findings<'_>,
    ) -> Option<Text<'a>> {
        let value = self.value(key)?;
        let text = as_text(value);
        if text.is_none() {
            wrong_type(key, Expected::Text, value, findings);
        }
        text
    }

    /// A text that every table of this kind has.
    pub(super) fn need_text(
        &mut self,
        key: &'static str,
        help: impl FnOnce() -> Option<String>,
        findings: &mut Findings<'_>,
    ) -> Option<Text<'a>> {
        if !self.has(key) {
            self.missing(key, help());
        }
        self.text(key, findings)
    }

    pub(super) fn number(
        &mut self,
        key: &'static str,
        findings: &mut Findings<'_>,
    ) -> Given<Number> {
        let Some(value) = self.value(key) else {
            return Given::Absent;
        };
        match as_number(value.get_ref()) {
            Some(number) => Given::Good(Number { value: number, span: value.span() }),
            None => {
                wrong_type(key, Expected::Number, value, findings);
                Given::Bad
            }
        }
    }

    /// An effort: a number, or the two ends of a range.
    pub(super) fn effort(
        &mut self,
        key: &'static str,
        findings: &mut Findings<'_>,
    ) -> Given<Effort> {
        let Some(value) = self.value(key) else {
            return Given::Absent;
        };
        let span = value.span();
        let ends = match value.get_ref().as_array().map(|array| &**array) {
            Some([low, high]) => as_number(low.get_ref()).zip(as_number(high.get_ref())),
            Some(_) => None,
            None => as_number(value.get_ref()).map(|number| (number, number)),
        };
        match ends {
            Some((low, high)) => {
                let is_range = value.get_ref().is_array();
                Given::Good(Effort { ends: [low, high], is_range, span })
            }
            None => {
                wrong_type(key, Expected::Effort, value, findings);
                Given::Bad
            }
        }
    }

    /// A number that every table of this kind has.
    pub(super) fn need_number(
        &mut self,
        key: &'static str,
        help: &str,
        findings: &mut Findings<'_>,
    ) -> Given<Number> {
        if !self.has(key) {
            self.missing(key, Some(help.to_owned()));
        }
        self.number(key, findings)
    }

    /// Numbers under names that the format does not give: `{ prompting = 3 }`.
    pub(super) fn numbers(
        &mut self,
        key: &'static str,
        findings: &mut Findings<'_>,
    ) -> Given<Vec<(Text<'a>, Given<Number>)>> {
        let Some(value) = self.value(key) else {
            return Given::Absent;
        };
        let Some(table) = value.get_ref().as_table() else {
            wrong_type(key, Expected::Targets, value, findings);
            return Given::Bad;
        };
        let mut numbers = Vec::with_capacity(table.len());
        for (name, value) in table {
            let name = Text { value: name.get_ref().as_ref(), span: name.span() };
            let number = match as_number(value.get_ref()) {
                Some(number) => Given::Good(Number { value: number, span: value.span() }),
                None => {
                    wrong_type(&unquoted(name.value), Expected::Whole, value, findings);
                    Given::Bad
                }
            };
            numbers.push((name, number));
        }
        Given::Good(numbers)
    }

    /// True or false; false where it is left out.
    pub(super) fn flag(&mut self, key: &'static str, findings: &mut Findings<'_>) -> bool {
        let Some(value) = self.value(key) else {
            return false;
        };
        value.get_ref().as_bool().unwrap_or_else(|| {
            wrong_type(key, Expected::Flag, value, findings);
            false
        })
    }

    /// A day without a time.
    pub(super) fn date(
        &mut self,
        key: &'static str,
        findings: &mut Findings<'_>,
    ) -> Option<NaiveDate> {
        let value = self.value(key)?;
        let date = match value.get_ref() {
            DeValue::Datetime(at) if at.time.is_none() && at.offset.is_none() => at.date,
            _ => None,
        }
        .and_then(|date| {
            NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
        });
        if date.is_none() {
            wrong_type(key, Expected::Date, value, findings);
        }
        date
    }

    /// Two numbers.
    pub(super) fn pair(
        &mut self,
        key: &'static str,
        findings: &mut Findings<'_>,
    ) -> Given<([f64; 2], Range<usize>)> {
        let Some(value) = self.value(key) else {
            return Given::Absent;
        };
        let pair = match value.get_ref().as_array().map(|array| &**array) {
            Some([first, last]) => as_number(first.get_ref()).zip(as_number(last.get_ref())),
            _ => None,
        };
        match pair {
            Some((first, last)) => Given::Good(([first, last], value.span())),
            None => {
                wrong_type(key, Expected::Pair, value, findings);
                Given::Bad
            }
        }
    }

    /// The entries of an array that can be left out; `None` if there are too many.
    pub(super) fn array(
        &mut self,
        key: &'static str,
        expected: Expected,
        most: usize,
        findings: &mut Findings<'_>,
    ) -> Given<&'a [Value<'a>]> {
        let Some(value) = self.value(key) else {
            return Given::Absent;
        };
        let Some(array) = value.get_ref().as_array() else {
            wrong_type(key, expected, value, findings);
            return Given::Bad;
        };
        if array.len() > most {
            let most = match most {
                MOST_TICKS => "100,000",
                MOST_ENTRIES => "60,000",
                MOST_OLD_PATHS => "16",
                _ => "1,000",
            };
            let message = format!("`{key}` has more than {most} entries");
            findings.push(Diagnostic::new(Code::Limit, &value.span(), message));
            return Given::Bad;
        }
        Given::Good(array)
    }

    /// An array of texts.
    pub(super) fn texts(
        &mut self,
        key: &'static str,
        findings: &mut Findings<'_>,
    ) -> Given<Vec<Text<'a>>> {
        self.texts_up_to(MOST_ENTRIES, key, findings)
    }

    /// An array of so many texts at most.
    pub(super) fn texts_up_to(
        &mut self,
        most: usize,
        key: &'static str,
        findings: &mut Findings<'_>,
    ) -> Given<Vec<Text<'a>>> {
        let array = match self.array(key, Expected::Texts, most, findings) {
            Given::Absent => return Given::Absent,
            Given::Bad => return Given::Bad,
            Given::Good(array) => array,
        };
        let mut texts = Vec::with_capacity(array.len());
        for value in array {
            match as_text(value) {
                Some(text) => texts.push(text),
                None => wrong_entry(&format!("`{key}`"), "strings", value, findings),
            }
        }
        // An entry that is no string might be the one that somebody misses.
        if texts.len() == array.len() { Given::Good(texts) } else { Given::Bad }
    }

    /// What must be finished first.
    pub(super) fn requirements(&mut self, findings: &mut Findings<'_>) -> Vec<RawRequirement<'a>> {
        match self.array("requires", Expected::References, MOST_ENTRIES, findings) {
            Given::Good(array) => {
                array.iter().filter_map(|value| requirement(value, findings)).collect()
            }
            Given::Absent | Given::Bad => Vec::new(),
        }
    }

    /// Reports the keys that nobody asked for, and those that are missing.
    pub(super) fn finish(mut self, findings: &mut Findings<'_>) {
        if self.found < self.table.len() {
            self.unknown(findings);
        }
        for (key, help) in self.missing {
            let message = format!("{} needs `{key}`", self.what);
            findings.push(Diagnostic::new(Code::MissingKey, &self.span, message).help(help));
        }
    }

    fn unknown(&mut self, findings: &mut Findings<'_>) {
        for (key, value) in self.table {
            let name = key.get_ref().as_ref();
            // Keys that begin with `x-` belong to the tools that write path files.
            let is_known = self.asked.contains(&name) || self.ignored == Some(name);
            if is_known || name.starts_with("x-") {
                continue;
            }
            findings.incomplete |= holds_tables(value.get_ref());
            let elsewhere = elsewhere(self.what, name);
            let near = match elsewhere {
                Some(_) => None,
                None => findings.nearest(name, self.asked.iter().copied()),
            };
            if let Some(near) = near
                && !self.table.contains_key(near)
            {
                // One mistake, one error: the missing key is this one.
                self.missing.retain(|(missing, _)| *missing != near);
                findings.misspelt.insert(self.span.start);
            }
            let help = near.map_or_else(
                || {
                    let keys = || format!("its keys are {}", self.asked.join(", "));
                    elsewhere.map_or_else(keys, str::to_owned)
                },
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("{} has no key {}", self.what, quote(name));
            findings.push(Diagnostic::new(Code::UnknownKey, &key.span(), message).help(help));
        }
    }
}

/// Where a key belongs that a table does not have.
fn elsewhere(what: &str, key: &str) -> Option<&'static str> {
    Some(match (what, key) {
        ("a path", "topics") => "topics belong to a stage: write `[[stages.topics]]`",
        ("a path", "milestones") => "milestones belong to a stage: write `[[stages.milestones]]`",
        ("a path" | "a stage", "resources") => {
            "resources belong to a topic: write `[[stages.topics.resources]]`"
        }
        ("a path" | "a stage" | "a milestone", "skills") => {
            "skills belong to a topic: write them under `[[stages.topics]]`"
        }
        ("a topic", "milestones") => "milestones belong to a stage: write `[[stages.milestones]]`",
        ("a topic", "months") => "`months` belong to a stage: write them under `[[stages]]`",
        ("a career file", _) => return None,
        ("an overlay", "items") => {
            "what an overlay hides belongs in a table: write `[hide]` above it"
        }
        ("an overlay", "skills" | "resources") => {
            "write them under `[[topics]]`, with the `id` of their topic"
        }
        ("an overlay", _) => return None,
        ("a path", _) => return None,
        (
            _,
            "role" | "updated" | "version" | "author" | "license" | "source" | "format" | "kind"
            | "portfolio" | "interview",
        ) => "this is a key of the path: write it above the first table in brackets",
        _ => return None,
    })
}

/// One entry of a `requires`; `None` if nothing of it could be read.
fn requirement<'a>(
    value: &'a Value<'a>,
    findings: &mut Findings<'_>,
) -> Option<RawRequirement<'a>> {
    let span = value.span();
    let any_of = match value.get_ref() {
        DeValue::String(_) => as_text(value).into_iter().collect(),
        DeValue::Array(inner) if inner.len() > MOST_ENTRIES => {
            let message = "an inner array of `requires` has more than 60,000 entries";
            findings.push(Diagnostic::new(Code::Limit, &span, message));
            return None;
        }
        DeValue::Array(inner) => {
            let mut any_of = Vec::with_capacity(inner.len());
            for value in &**inner {
                match as_text(value) {
                    Some(text) => any_of.push(text),
                    None => {
                        wrong_entry("an inner array of `requires`", "strings", value, findings);
                    }
                }
            }
            if any_of.is_empty() && !inner.is_empty() {
                return None;
            }
            any_of
        }
        _ => {
            wrong_entry("`requires`", "strings and arrays of strings", value, findings);
            return None;
        }
    };
    Some(RawRequirement { any_of, span })
}

fn holds_tables(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Table(_) => true,
        DeValue::Array(array) => array.first().is_some_and(|first| first.get_ref().is_table()),
        _ => false,
    }
}
