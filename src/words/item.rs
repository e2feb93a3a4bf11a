//! What several texts say of items.

/// What stands above skills that were studied.
pub const STUDIED: &str = "Studied: can you do this?";
