//! Career files: skill areas, roles, practice scenarios and a glossary.
//!
//! `raw` is such a file as it is written, `reader` makes it from the document, `validate` turns
//! it into a [`Career`](crate::career::Career), each by the manner of its namesake for paths.

mod raw;
mod reader;
mod validate;

pub(super) use raw::RawCareer;
pub(super) use validate::validate;
