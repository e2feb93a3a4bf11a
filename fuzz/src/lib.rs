//! What must hold for any input from outside. Each target takes any bytes, and panics where
//! something does not hold; that it does not hang and keeps to its memory, the fuzzer sees.
//!
//! | target | input |
//! |---|---|
//! | `paths` | a path file or a career file |
//! | `references` | a REF on the command line, after the paths that are followed |
//! | `days` | a DATE, a target or a span of time |
//! | `drafts` | the kind of a document on the first line, then a document that becomes a path |
//! | `events` | subject, action and payload of an event, a line each |
//! | `indexes` | an index in the cache |
//! | `records` | an exported record that is imported |
//! | `segments` | what a segment of a shared log is made of, its header, name or key, the kind on the first line |
//! | `screens` | foreign text on its way to a terminal |
//! | `exports` | foreign text in every place of every export, a line each |
//! | `ticks` | a list of what is done, in TOML or CSV |
//! | `commands` | a command and its arguments, a line each, on a record |

pub mod commands;
pub mod days;
pub mod drafts;
pub mod events;
pub mod exports;
pub mod indexes;
pub mod paths;
pub mod records;
pub mod references;
pub mod screens;
pub mod segments;
pub mod ticks;

/// A target: any bytes go in.
pub type Target = fn(&[u8]);

/// All targets by name.
pub const ALL: &[(&str, Target)] = &[
    ("commands", commands::run),
    ("days", days::run),
    ("drafts", drafts::run),
    ("events", events::run),
    ("exports", exports::run),
    ("indexes", indexes::run),
    ("paths", paths::run),
    ("records", records::run),
    ("references", references::run),
    ("screens", screens::run),
    ("segments", segments::run),
    ("ticks", ticks::run),
];

/// Whether a character acts on a terminal, or reorders or hides what stands beside it.
fn acts(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(char, '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}')
}

/// That a text of several lines is safe to show.
fn assert_shown_safely(text: &str) {
    let raw = text.chars().find(|char| *char != '\n' && acts(*char));
    assert!(raw.is_none(), "{raw:?} in {text:?}");
}
