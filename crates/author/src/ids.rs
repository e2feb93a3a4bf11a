//! The ids of a draft.
