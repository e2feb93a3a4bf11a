//! Overlays: what a learner adds to a path, hides of it and sets in it.
//!
//! What an overlay adds is written as in a path file, and read and checked by the same code. A table
//! whose id does not begin with `my-` is about something of the path and has a few keys only. What the
//! path has, and whether it has it still, is looked at when there is a shelf.

mod foreign;
mod reader;
mod validate;

pub(super) use foreign::check_foreign;
pub(super) use reader::RawOverlay;
pub(super) use validate::validate;
