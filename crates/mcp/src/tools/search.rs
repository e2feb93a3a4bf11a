//! `search`.

use milepost::commands::search as command;
use milepost::error::Result;
use milepost::output::Screen;
use milepost_core::report::search::{Query, Report, report};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Ask, Call, More, NEXT_CURSOR};
use crate::answer::Made;
use crate::pages::Place;

pub(super) struct Search;

/// How many entries are shown by default.
const ENTRIES: u16 = 20;

#[derive(Deserialize, JsonSchema)]
pub(super) struct Arguments {
    /// The words: each must occur, or begin a word that does.
    text: String,
    /// At most this many; 20 without it, 0 for all.
    limit: Option<u16>,
    /// Search the learner's own notes, too.
    #[serde(default)]
    notes: bool,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl Ask for Search {
    const NAME: &'static str = "search";
    const TITLE: &'static str = "Search paths, questions and the glossary";
    const ABOUT: &'static str = "Finds everything that has all the words, in all paths, interview questions and the \
        glossary, and gives its reference (`ref`), which the other tools take.";
    const MORE: &'static [More] = &[NEXT_CURSOR];
    type Arguments = Arguments;
    type Report = Report;

    fn run(arguments: Arguments, call: &Call<'_>) -> Result<Made> {
        let limit = usize::from(arguments.limit.unwrap_or(ENTRIES));
        let query = Query { text: arguments.text, limit, notes: arguments.notes };
        let mut answer = report(&query, &call.context.app)?;
        let place = Place::read(call.id, &answer.report, arguments.cursor.as_deref())?;
        let next = place.cut(&mut answer.report.items)?;
        let text = |report: &Report, screen: &Screen| command::items(&report.items, screen);
        Ok(Made::of(&answer, text)?.with_next(next))
    }
}
