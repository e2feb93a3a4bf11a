//! The texts of a drawn roadmap without the drawing: a table with an entry for each node, by its id.

use std::fmt;

use milepost_path::ResourceKind;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::json::{Few, parse};
use super::{MOST_ITEMS, Many, Options, ReadError};
use crate::counts::Construct;
use crate::draft::{Draft, Node, Resource, Stage, Teaches, Topic};
use crate::guess::{Guess, Guessed};

#[derive(Deserialize)]
struct Entry {
    title: Option<String>,
    description: Option<String>,
    #[serde(default)]
    links: Few<Linked, 200>,
}

#[derive(Deserialize)]
struct Linked {
    title: Option<String>,
    url: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// The entries in the order of the document.
struct Entries {
    entries: Vec<(String, Entry)>,
    more: bool,
}

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Of;
        impl<'de> Visitor<'de> for Of {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let (mut entries, mut more) = (Vec::new(), false);
                while let Some(id) = map.next_key::<String>()? {
                    if entries.len() < MOST_ITEMS {
                        entries.push((id, map.next_value()?));
                    } else {
                        map.next_value::<IgnoredAny>()?;
                        more = true;
                    }
                }
                Ok(Entries { entries, more })
            }
        }
        from.deserialize_map(Of)
    }
}

/// Reads the texts of a roadmap.
///
/// # Errors
/// It is no such file, or has more than a path can hold.
pub(super) fn read(text: &str, options: &Options) -> Result<Draft, ReadError> {
    let Entries { entries, more } = parse(text)?;
    if more {
        return Err(ReadError::TooMany { what: Many::Items, most: MOST_ITEMS });
    }
    let mut draft = Draft::default();
    let mut topics = Vec::new();
    for (id, entry) in entries {
        draft.counts.read(Construct::Nodes);
        let mut node = Node { key: Some(id), ..Node::new(entry.title.unwrap_or_default(), 0) };
        node.about = entry.description.as_deref().map(prose).unwrap_or_default();
        let resources = entry.links.first().into_iter().filter_map(resource).collect();
        topics.push(Topic { node, resources, ..Topic::default() });
    }
    let name = options.name.rsplit_once('.').map_or(options.name.as_str(), |(name, _)| name);
    let mut node = Node::new(name.replace(['-', '_'], " "), 0);
    node.guesses.push(Guess::new(Guessed::Section, "the name of the file"));
    draft.stages.push(Stage { node, topics, ..Stage::default() });
    Ok(draft)
}

/// The paragraphs of a description, without the line that leads over to its links.
fn prose(description: &str) -> Vec<String> {
    let paragraphs = description.split("\n\n").map(str::trim);
    let says = |text: &&str| !(text.is_empty() || text.ends_with(':') && text.contains("esources"));
    paragraphs.filter(says).map(str::to_owned).collect()
}

fn resource(linked: Linked) -> Option<Resource> {
    let url = linked.url?;
    let title =
        linked.title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| url.clone());
    let node = Node { url: Some(url), ..Node::new(title, 0) };
    let kind = linked.kind.as_deref().and_then(|word| match word {
        "official" => Some(ResourceKind::Docs),
        "opensource" => Some(ResourceKind::Tool),
        "roadmap" => Some(ResourceKind::Guide),
        "feed" => Some(ResourceKind::Community),
        word => ResourceKind::parse(word),
    });
    Some(Resource { node, kind, teaches: Teaches::All, ..Resource::default() })
}

/// Whether a document is such a table: it has entries, and each has a title.
pub(super) fn is_flat(text: &str) -> bool {
    let read: Result<Entries, _> = serde_json::from_str(text);
    read.is_ok_and(|all| {
        !all.entries.is_empty() && all.entries.iter().all(|(_, entry)| entry.title.is_some())
    })
}
