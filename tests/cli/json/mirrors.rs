//! What each report must be, field by field: here what they are written with, and a file a subject.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde_json::Value;

/// A value or null, but never absent: `Option` alone would not mind.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Nullable<T>(pub(super) Option<T>);

impl<'de, T: DeserializeOwned> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(from)?;
        serde_json::from_value(value).map(Nullable).map_err(D::Error::custom)
    }
}

/// A report: the fields of every one, then its own.
macro_rules! reports {
    ($($(#[$meta:meta])* $name:ident { $($field:ident : $type:ty,)* })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(in crate::json) struct $name {
            pub(in crate::json) schema: u32,
            pub(in crate::json) command: String,
            $(pub(in crate::json) $field: $type,)*
        }
    )*};
}

/// A part of a report.
macro_rules! parts {
    ($($name:ident { $($(#[$meta:meta])* $field:ident : $type:ty,)* })*) => {$(
        #[derive(Debug, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(in crate::json) struct $name { $($(#[$meta])* pub(in crate::json) $field: $type,)* }
    )*};
}

/// Words that are promised.
macro_rules! words {
    ($($name:ident { $($(#[$meta:meta])* $word:ident)* })*) => {$(
        #[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub(in crate::json) enum $name { $($(#[$meta])* $word,)* }
    )*};
}

pub(super) type Day = chrono::NaiveDate;

mod files;
mod guidance;
mod lookup;
mod marks;
mod portfolio;
mod progress;
mod record;
mod skills;
mod sync;

pub(super) use files::*;
pub(super) use guidance::*;
pub(super) use lookup::*;
pub(super) use marks::*;
pub(super) use portfolio::*;
pub(super) use progress::*;
pub(super) use record::*;
pub(super) use skills::*;
pub(super) use sync::*;
