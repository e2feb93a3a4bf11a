//! TOML of other programs.

use milepost_path::line_column;
use serde::de::DeserializeOwned;

use super::ReadError;

/// Reads a document.
pub(super) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, ReadError> {
    let wrong = |at: usize, message: &str| {
        let (line, column) = line_column(text, at);
        ReadError::Syntax { line, column, message: message.to_owned() }
    };
    if let Some(refused) = milepost_path::refused(text) {
        return Err(wrong(refused.span.start, &refused.message));
    }
    toml::from_str(text)
        .map_err(|error| wrong(error.span().map_or(0, |span| span.start), error.message()))
}
