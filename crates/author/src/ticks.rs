//! What a document has ticked, as a list of its own: a tick is a statement of the learner, who looks at
//! it before it becomes a part of a record.

use std::fmt::Write;

use chrono::NaiveDate;

use crate::draft::Draft;
use crate::value::quoted;

/// Something that is ticked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticked {
    /// The id of the node.
    pub id: String,
    /// Its title.
    pub title: String,
    /// On which day, if the document says it.
    pub on: Option<NaiveDate>,
    /// What is written beside it.
    pub note: Option<String>,
}

/// What is ticked in a draft that is settled, in its order.
pub fn ticked(draft: &Draft) -> Vec<Ticked> {
    let nodes = draft.nodes().into_iter();
    nodes
        .filter_map(|(_, _, node)| {
            let tick = node.tick.as_ref()?;
            Some(Ticked {
                id: node.id.clone()?,
                title: node.title.clone(),
                on: tick.on,
                note: tick.note.clone(),
            })
        })
        .collect()
}

/// The list as TOML. `source` is what it was found in.
pub fn toml(ticks: &[Ticked], path: &str, source: &str) -> String {
    let mut out = format!(
        "# What is ticked in {source}. Delete what you have not done, then record the rest:\n\
         # milepost done --from FILE\n"
    );
    for tick in ticks {
        // Writing to a string does not fail.
        let reference = quoted(&format!("{path}/{}", tick.id));
        let _ = write!(out, "\n[[tick]]\nref = {reference}\ntitle = {}\n", quoted(&tick.title));
        if let Some(on) = tick.on {
            let _ = writeln!(out, "on = {on}");
        }
        if let Some(note) = &tick.note {
            let _ = writeln!(out, "note = {}", quoted(note));
        }
    }
    out
}
