//! A path file as it is written: every key that the format knows, with its place in the text.
//!
//! The reader makes these from a document whose shapes it has checked; `validate` turns them into
//! a roadmap. What is absent and what could not be read are told apart, so that the second is not
//! reported twice.

use std::ops::Range;

use chrono::NaiveDate;

use super::career::RawCareer;
use super::findings::Findings;
use super::overlay::RawOverlay;

/// A text with its place.
#[derive(Debug, Clone)]
pub(super) struct Text<'a> {
    pub(super) value: &'a str,
    pub(super) span: Range<usize>,
}

/// A number with its place.
#[derive(Debug, Clone)]
pub(super) struct Number {
    pub(super) value: f64,
    pub(super) span: Range<usize>,
}

/// An effort with its place: one number, or the two ends of a range.
#[derive(Debug, Clone)]
pub(super) struct Effort {
    pub(super) ends: [f64; 2],
    pub(super) is_range: bool,
    pub(super) span: Range<usize>,
}

/// The value of a key that can be left out.
#[derive(Debug, Clone)]
pub(super) enum Given<T> {
    /// The key is not there.
    Absent,
    /// It is there, but could not be read; that is already told.
    Bad,
    /// Its value.
    Good(T),
}

impl<T> Given<T> {
    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    pub(super) fn is_bad(&self) -> bool {
        matches!(self, Self::Bad)
    }

    pub(super) fn good(&self) -> Option<&T> {
        match self {
            Self::Good(value) => Some(value),
            _ => None,
        }
    }
}

impl<T> Given<Vec<T>> {
    /// Whether all of it that the file has could be read.
    pub(super) fn is_complete(&self, findings: &Findings<'_>) -> bool {
        !self.is_bad() && !findings.incomplete
    }

    pub(super) fn items(&self) -> &[T] {
        self.good().map_or(&[], Vec::as_slice)
    }
}

/// One entry of a `requires`.
#[derive(Debug)]
pub(super) struct RawRequirement<'a> {
    /// The alternatives; one where the entry is no inner array.
    pub(super) any_of: Vec<Text<'a>>,
    pub(super) span: Range<usize>,
}

/// What all nodes have.
#[derive(Debug)]
pub(super) struct RawNode<'a> {
    /// Its table header, or the whole of its inline table.
    pub(super) span: Range<usize>,
    pub(super) id: Option<Text<'a>>,
    pub(super) title: Option<Text<'a>>,
    pub(super) summary: Option<Text<'a>>,
    /// What it comes after; only an overlay says it.
    pub(super) after: Option<Text<'a>>,
}

impl<'a> RawNode<'a> {
    /// The place to name when the node as a whole is meant.
    pub(super) fn place(&self) -> &Range<usize> {
        self.id.as_ref().map_or(&self.span, |id| &id.span)
    }

    /// Its id, or nothing.
    pub(super) fn id(&self) -> &'a str {
        self.id.as_ref().map_or("", |id| id.value)
    }
}

/// What some nodes can say of themselves besides.
#[derive(Debug)]
pub(super) struct RawDetails<'a> {
    pub(super) about: Option<Text<'a>>,
    pub(super) url: Option<Text<'a>>,
    pub(super) links: Given<Vec<RawLink<'a>>>,
    pub(super) tags: Given<Vec<Text<'a>>>,
}

#[derive(Debug)]
pub(super) struct RawLink<'a> {
    pub(super) title: Option<Text<'a>>,
    pub(super) url: Option<Text<'a>>,
}

/// A document, by the kind of file that it says to be.
#[derive(Debug)]
pub(super) enum RawFile<'a> {
    Path(Box<RawPath<'a>>),
    /// None where it is of another format.
    Career(Option<RawCareer<'a>>),
    /// None where it is of another format.
    Overlay(Option<RawOverlay<'a>>),
    /// Another kind of file, or a path of another format.
    Unknown,
}

#[derive(Debug)]
pub(super) struct RawPath<'a> {
    pub(super) node: RawNode<'a>,
    pub(super) role: Option<Text<'a>>,
    pub(super) requires: Vec<RawRequirement<'a>>,
    pub(super) updated: Option<NaiveDate>,
    pub(super) version: Option<Text<'a>>,
    pub(super) author: Option<Text<'a>>,
    pub(super) license: Option<Text<'a>>,
    pub(super) source: Option<Text<'a>>,
    pub(super) lang: Option<Text<'a>>,
    pub(super) replaces: Given<Vec<Text<'a>>>,
    pub(super) portfolio: Given<Vec<RawNode<'a>>>,
    pub(super) stages: Given<Vec<RawStage<'a>>>,
    pub(super) interview: Given<Vec<RawInterview<'a>>>,
}

#[derive(Debug)]
pub(super) struct RawStage<'a> {
    pub(super) node: RawNode<'a>,
    pub(super) about: Option<Text<'a>>,
    pub(super) replaces: Given<Vec<Text<'a>>>,
    pub(super) choose: Given<Number>,
    pub(super) months: Given<([f64; 2], Range<usize>)>,
    pub(super) requires: Vec<RawRequirement<'a>>,
    pub(super) topics: Given<Vec<RawTopic<'a>>>,
    pub(super) milestones: Given<Vec<RawMilestone<'a>>>,
}

#[derive(Debug)]
pub(super) struct RawTopic<'a> {
    pub(super) node: RawNode<'a>,
    pub(super) details: RawDetails<'a>,
    pub(super) replaces: Given<Vec<Text<'a>>>,
    pub(super) choose: Given<Number>,
    pub(super) hours: Given<Effort>,
    pub(super) requires: Vec<RawRequirement<'a>>,
    pub(super) roles: Given<Vec<Text<'a>>>,
    pub(super) skills: Given<Vec<RawSkill<'a>>>,
    pub(super) resources: Given<Vec<RawResource<'a>>>,
}

/// What skills, resources and milestones have.
#[derive(Debug)]
pub(super) struct RawItem<'a> {
    pub(super) node: RawNode<'a>,
    pub(super) details: RawDetails<'a>,
    pub(super) retired: bool,
    pub(super) optional: bool,
    /// Whether the file says whether it is optional.
    pub(super) says_optional: bool,
    pub(super) same_as: Option<Text<'a>>,
    pub(super) replaces: Given<Vec<Text<'a>>>,
}

#[derive(Debug)]
pub(super) struct RawSkill<'a> {
    pub(super) item: RawItem<'a>,
    pub(super) can: Option<Text<'a>>,
}

#[derive(Debug)]
pub(super) struct RawResource<'a> {
    pub(super) item: RawItem<'a>,
    pub(super) by: Option<Text<'a>>,
    pub(super) kind: Option<Text<'a>>,
    pub(super) cost: Option<Text<'a>>,
    pub(super) hours: Given<Effort>,
    pub(super) minutes: Given<Number>,
    pub(super) part: Option<Text<'a>>,
    pub(super) lang: Option<Text<'a>>,
    pub(super) requires: Vec<RawRequirement<'a>>,
    pub(super) instead_of: Given<Vec<Text<'a>>>,
    pub(super) skills: Given<Vec<Text<'a>>>,
}

#[derive(Debug)]
pub(super) struct RawMilestone<'a> {
    pub(super) item: RawItem<'a>,
    pub(super) hours: Given<Effort>,
    pub(super) requires: Vec<RawRequirement<'a>>,
    pub(super) portfolio: Option<Text<'a>>,
    pub(super) criteria: Given<Vec<RawCriterion<'a>>>,
    pub(super) pass: Given<Number>,
    pub(super) evidence: Given<Vec<Text<'a>>>,
}

/// A criterion: a sentence, or a table.
#[derive(Debug)]
pub(super) struct RawCriterion<'a> {
    pub(super) span: Range<usize>,
    pub(super) text: Option<Text<'a>>,
    pub(super) points: Given<Number>,
    pub(super) scale: Given<Vec<Text<'a>>>,
}

#[derive(Debug)]
pub(super) struct RawInterview<'a> {
    pub(super) node: RawNode<'a>,
    pub(super) replaces: Given<Vec<Text<'a>>>,
    pub(super) topics: Given<Vec<Text<'a>>>,
    pub(super) questions: Given<Vec<RawQuestion<'a>>>,
}

#[derive(Debug)]
pub(super) struct RawQuestion<'a> {
    pub(super) id: Option<Text<'a>>,
    pub(super) ask: Option<Text<'a>>,
    pub(super) look_for: Option<Text<'a>>,
    pub(super) about: Option<Text<'a>>,
    pub(super) replaces: Given<Vec<Text<'a>>>,
}
