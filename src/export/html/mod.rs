//! The portfolio as one page for a browser: what was built and its proof first, then progress.
//!
//! The page asks nothing of anyone: no request, no script, a Content-Security-Policy that allows
//! its one style sheet by hash and nothing else. What it looks like is in `templates/portfolio/`,
//! one template a part; every part is a type whose text askama escapes, so foreign text cannot
//! become markup by construction. Only [`askama::filters::HtmlSafe`] parts, all of them templates
//! of ours, go in as they are; `Style` is the one that holds no template.
//!
//! Pictures are SVG, drawn by the same templates; each has a title, a description and a table, or
//! stands beside its number. Widths are in percent, so that text keeps its size on a phone.

mod activity;
mod address;
mod burndown;
mod page;
mod parts;
mod radar;
mod skills;

use std::fmt;

use askama::Template;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use milepost_core::report::export::Document;
use milepost_path::safe;
use sha2::{Digest, Sha256};

use super::Options;
use crate::error::{Code, Error, Result};
pub(super) use parts::Sentence;

/// The portfolio as one HTML page.
///
/// # Errors
/// A template cannot be filled, which would be a fault of ours.
pub(crate) fn render(document: &Document, options: Options) -> Result<String> {
    let html = page::page(document, options)
        .render()
        .ok()
        .ok_or_else(|| Error::new(Code::Internal, "no page can be made of this record"))?;
    // Escaped it is already; this takes control and bidirectional characters, wherever they are.
    Ok(safe::block(&html))
}

/// The style sheet of the page.
struct Style(String);

impl Style {
    /// A browser takes `\r\n` for `\n` before it hashes.
    fn new() -> Self {
        Self(safe::block(include_str!("../../../templates/portfolio/style.css")))
    }

    /// What the Content-Security-Policy allows it by.
    fn hash(&self) -> String {
        format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(self.0.as_bytes())))
    }
}

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Style {}

#[cfg(test)]
mod tests;
