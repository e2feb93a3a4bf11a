//! What `undo` and `redo` say of a change.

use milepost_core::report::change::{Changed, State};
use milepost_core::report::revert::Same;
use milepost_core::report::undo::Undoables;
use milepost_path::Ref;
use serde::Serialize;

use super::Document;

impl Document for Undoables {
    const COMMAND: &'static str = "undo";

    fn json(&self) -> impl Serialize {
        self
    }
}

/// What became of a change, and what else changed of it where its state is the same.
pub(crate) fn became(change: &Changed, same: Same, is_redo: bool) -> String {
    let (to, from) = (word(change.to), word(change.from));
    match change.to {
        _ if change.from == change.to => else_changed(same, is_redo),
        State::Followed(false) => "no longer followed".to_owned(),
        State::Level(_) | State::Grade(_) | State::Away(_) => format!("{to} now, was {from}"),
        State::Item(_) | State::Snoozed | State::Followed(true) => {
            format!("{to} again, was {from}")
        }
    }
}

/// How something stands, as a sentence has it: its code says `there` where you are not away.
fn word(state: State) -> &'static str {
    match state {
        State::Away(false) => "not away",
        state => state.as_str(),
    }
}

fn else_changed(same: Same, is_redo: bool) -> String {
    let what = match same {
        Same::SaidAgain => return "the text is back".to_owned(),
        Same::SaidNoLonger => return "the text is gone".to_owned(),
        Same::SnoozedUntil => "the new day",
        Same::Correction => "the correction",
        Same::Recorded => "what was recorded",
        Same::Goals => "the change of goals",
        Same::Assessment => "the newest assessment",
        Same::Answer => "the newest answer",
    };
    format!("{what} is {}", if is_redo { "redone" } else { "undone" })
}

/// That the last change erased a text for good.
pub(crate) fn erased(reference: &Ref) -> String {
    format!("the last change erased a text of `{reference}` for good; it cannot be undone")
}
