//! Path files that somebody names.

use std::path::PathBuf;

/// A file that somebody gave.
#[derive(Debug, Clone)]
pub enum Given {
    /// A file, or a folder with path files.
    Place(PathBuf),
    /// A text that was read already, with the name for it.
    Text(String, String),
}
