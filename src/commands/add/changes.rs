//! What another version of a path changes, for people.

use crate::model::revision::{Part, Revision};
use crate::model::standing::Status;
use crate::output::Screen;
use crate::text::{quantity, safe, width};

/// So many of a kind are named.
const MOST: usize = 5;

/// The changes, a line or a few for each kind of them.
pub(super) fn text(changes: &Revision, screen: &Screen) -> String {
    if changes.is_empty() {
        let nothing = "it changes nothing but the text of the file";
        return width::wrap_indented("  ", "    ", nothing, screen.text_width());
    }
    let mut text = String::new();
    let mut group = |word: &str, lines: Vec<String>| {
        if lines.is_empty() {
            return;
        }
        let head = format!("{word} {}:", lines.len());
        text.push_str(&width::wrap_indented("  ", "    ", &head, screen.text_width()));
        let more = lines.len().saturating_sub(MOST);
        for line in lines.iter().take(MOST) {
            text.push_str(&width::wrap_indented("    ", "      ", line, screen.text_width()));
        }
        if more > 0 {
            text.push_str(&format!("    and {more} more\n"));
        }
    };
    let named = |part: &Part| {
        let reference = screen.paint.dim(part.reference.as_str());
        format!("{} {reference} ({})", safe::line(&part.title), part.kind)
    };
    group("adds", changes.added.iter().map(named).collect());
    let renamed = changes.renamed.iter();
    let renamed = renamed.map(|one| format!("{}, was {}", named(&one.part), one.from));
    group("renames, with their record,", renamed.collect());
    let removed = changes.removed.iter().map(|one| {
        let kept = match one.status {
            None | Some(Status::Todo) => String::new(),
            Some(status) => format!("; it is {}: that stays in the record", status.as_str()),
        };
        named(&one.part) + &kept
    });
    group("takes away", removed.collect());
    group("changes", changes.changed.iter().map(named).collect());
    if !changes.path_keys.is_empty() {
        let line = format!("changes of the path itself: {}", quantity::list(&changes.path_keys));
        text.push_str(&width::wrap_indented("  ", "    ", &line, screen.text_width()));
    }
    text
}
