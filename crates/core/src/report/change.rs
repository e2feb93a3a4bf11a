//! What a verb changed: how something stood before, and how it stands now.

use milepost_path::{LEVELS, Ref};
use serde::{Serialize, Serializer};

use crate::model::event::Grade;
use crate::model::standing::Status;

/// The report of changes that have nothing else to tell.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Changes {
    /// What changed.
    pub changed: Vec<Changed>,
    /// What is so already.
    pub unchanged: Vec<Ref>,
    /// What became ready by it.
    pub unlocked: Vec<Ref>,
}

/// One change of a status.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Changed {
    /// What changed.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
    /// How it stood before.
    pub from: State,
    /// How it stands now.
    pub to: State,
}

/// How something stands that a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The status of an item.
    Item(Status),
    /// An item or topic is left out of plans until a day.
    Snoozed,
    /// Whether a path is followed.
    Followed(bool),
    /// The level of a skill area, where it is assessed.
    Level(Option<u8>),
    /// The newest grade of an interview question, where it was answered.
    Grade(Option<Grade>),
    /// Whether one is away from study in these days.
    Away(bool),
}

impl State {
    /// How an item or a topic stands.
    pub(crate) fn of(status: Status, is_snoozed: bool) -> Self {
        if is_snoozed { Self::Snoozed } else { Self::Item(status) }
    }

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Item(status) => status.as_str(),
            Self::Snoozed => "snoozed",
            Self::Followed(true) => "followed",
            Self::Followed(false) => "not followed",
            Self::Level(None) => "not assessed",
            Self::Level(Some(level)) => LEVELS.get(usize::from(level)).copied().unwrap_or_default(),
            Self::Grade(None) => "not answered",
            Self::Away(true) => "away",
            Self::Away(false) => "there",
            Self::Grade(Some(grade)) => grade.as_str(),
        }
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for State {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "State".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string"})
    }
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
