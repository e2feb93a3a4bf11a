//! A career file as it is written: every key that the format knows, with its place in the text.

use std::ops::Range;

use chrono::NaiveDate;

use super::super::raw::{Given, Number, RawNode, Text};

#[derive(Debug)]
pub(in super::super) struct RawCareer<'a> {
    pub(super) title: Option<Text<'a>>,
    pub(super) updated: Option<NaiveDate>,
    pub(super) areas: Given<Vec<RawArea<'a>>>,
    pub(super) roles: Given<Vec<RawRole<'a>>>,
    pub(super) practice: Given<Vec<RawPractice<'a>>>,
    pub(super) glossary: Given<Vec<RawTerm<'a>>>,
}

impl<'a> RawCareer<'a> {
    /// The areas, by which levels are recorded.
    pub(in super::super) fn areas(&self) -> impl Iterator<Item = &RawNode<'a>> {
        self.areas.items().iter().map(|area| &area.node)
    }
}

#[derive(Debug)]
pub(super) struct RawArea<'a> {
    pub(super) node: RawNode<'a>,
    pub(super) levels: Given<Vec<Text<'a>>>,
    /// The place of its levels; its own where it has none.
    pub(super) replaces: Given<Vec<Text<'a>>>,
    pub(super) levels_at: Range<usize>,
    pub(super) raised_by: Given<Vec<RawRaise<'a>>>,
}

#[derive(Debug)]
pub(super) struct RawRaise<'a> {
    pub(super) by: Option<Text<'a>>,
    pub(super) weight: Given<Number>,
    pub(super) level: Given<Number>,
}

#[derive(Debug)]
pub(super) struct RawRole<'a> {
    pub(super) node: RawNode<'a>,
    pub(super) scope: Option<Text<'a>>,
    pub(super) deliverables: Given<Vec<Text<'a>>>,
    pub(super) metrics: Given<Vec<Text<'a>>>,
    pub(super) paths: Given<Vec<Text<'a>>>,
    /// Area and level.
    pub(super) targets: Given<Vec<(Text<'a>, Given<Number>)>>,
}

#[derive(Debug)]
pub(super) struct RawPractice<'a> {
    pub(super) node: RawNode<'a>,
    pub(super) minutes: Given<Number>,
    pub(super) task: Option<Text<'a>>,
    pub(super) criteria: Given<Vec<Text<'a>>>,
}

#[derive(Debug)]
pub(super) struct RawTerm<'a> {
    pub(super) node: RawNode<'a>,
    pub(super) meaning: Option<Text<'a>>,
    pub(super) source: Option<Text<'a>>,
    pub(super) url: Option<Text<'a>>,
}
