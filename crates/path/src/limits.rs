//! How much a path file can hold. Past these nothing is read, so that no file takes time or memory out
//! of proportion, and what writes files stays within them.

/// Bytes of a file.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;
/// Stages of a path, areas or roles of a career file.
pub const MOST_FEW: usize = 1_000;
/// Ids that a path had before: whatever is looked up of each of its items is looked up under each of them.
pub const MOST_OLD_PATHS: usize = 16;
/// Entries of a list; positions of topics and items are kept in 16 bits.
pub const MOST_ENTRIES: usize = 60_000;
/// Skills, resources and milestones of a path.
pub const MOST_ITEMS: usize = 100_000;
/// Skills that the resources of a topic can teach by naming none: each is kept by name.
pub const MOST_IMPLIED: usize = 250_000;
/// Characters of a text of one line.
pub const MOST_CHARACTERS: usize = 2_000;
/// Characters of a text of several lines.
pub const MOST_OF_LINES: usize = 20_000;
/// Hours of an effort.
pub const MOST_HOURS: f64 = 10_000.0;
