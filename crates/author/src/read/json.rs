//! JSON as it comes from strangers: only the fields that are asked for are kept, and so many of a list.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{Many, ReadError};

/// Reads a document.
pub(super) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, ReadError> {
    serde_json::from_str(text).map_err(|error| {
        let mut message = error.to_string();
        if let Some(at) = message.rfind(" at line ") {
            message.truncate(at);
        }
        ReadError::Syntax { line: error.line(), column: error.column(), message }
    })
}

/// The keys of the outermost table, the first of them; empty where the document is another thing.
pub(super) fn keys(text: &str) -> Vec<String> {
    serde_json::from_str::<Keys>(text).map(|keys| keys.0).unwrap_or_default()
}

/// How many keys are looked at.
const MOST_KEYS: usize = 200;

struct Keys(Vec<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Of;
        impl<'de> Visitor<'de> for Of {
            type Value = Keys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut keys = Vec::new();
                while let Some(key) = map.next_key::<String>()? {
                    map.next_value::<IgnoredAny>()?;
                    if keys.len() < MOST_KEYS {
                        keys.push(key);
                    }
                }
                Ok(Keys(keys))
            }
        }
        from.deserialize_map(Of)
    }
}

/// The entries of a list, up to `MOST` of them; those behind are skipped.
#[derive(Debug)]
pub(super) struct Few<T, const MOST: usize> {
    entries: Vec<T>,
    more: bool,
}

impl<T, const MOST: usize> Default for Few<T, MOST> {
    fn default() -> Self {
        Self { entries: Vec::new(), more: false }
    }
}

impl<T, const MOST: usize> Few<T, MOST> {
    /// The entries.
    pub(super) fn all(self, what: Many) -> Result<Vec<T>, ReadError> {
        if self.more { Err(ReadError::TooMany { what, most: MOST }) } else { Ok(self.entries) }
    }

    /// The entries; where there are more of them, the first.
    pub(super) fn first(self) -> Vec<T> {
        self.entries
    }
}

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for Few<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Of<T, const MOST: usize>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for Of<T, MOST> {
            type Value = Few<T, MOST>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Few::default())
            }

            // Some write a text where a list has nothing in it.
            fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
                Ok(Few::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut few = Few::default();
                loop {
                    if few.entries.len() < MOST {
                        let Some(entry) = seq.next_element()? else { break };
                        few.entries.push(entry);
                    } else {
                        let Some(IgnoredAny) = seq.next_element()? else { break };
                        few.more = true;
                    }
                }
                Ok(few)
            }
        }
        from.deserialize_any(Of(PhantomData))
    }
}
