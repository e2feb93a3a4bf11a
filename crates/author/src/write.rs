//! The TOML of a draft.
