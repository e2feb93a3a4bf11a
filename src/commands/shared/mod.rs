//! What several commands share: how they read files, choose an item, ask and show a line of it,
//! and how another program goes on.

pub mod answer_file;
pub mod diagnostics;
pub mod draft;
pub mod input;
pub mod item_row;
pub mod mark;
pub mod overlay;
pub(in crate::commands) mod program;
pub mod resource_type;
pub mod select;
pub mod weekly_hours;
