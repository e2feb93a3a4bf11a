//! PostgreSQL as a remote.
