//! What can go wrong, as the user is told: what, where, what to do next, and the exit code.

use std::fmt;
use std::io::{self, ErrorKind};
use std::process::ExitCode;

/// The kinds of errors that differ for a script: each has an exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Refused, or failed.
    Failed,
    /// The command line is wrong.
    Usage,
    /// The database is unreadable, foreign or newer than the program.
    Database,
    /// A prompt was cancelled.
    Cancelled,
}

impl Kind {
    /// The promised exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Database => 3,
            Self::Cancelled => 130,
        }
    }
}

/// An error as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: Kind,
    message: String,
    details: Vec<String>,
    hints: Vec<String>,
}

/// The result of nearly everything.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error of a kind; the message is a plain sentence that begins in lower case and has no
    /// full stop.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), details: Vec::new(), hints: Vec::new() }
    }

    /// Refused or failed.
    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(Kind::Failed, message)
    }

    /// Wrong usage.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// An unusable database.
    pub fn database(message: impl Into<String>) -> Self {
        Self::new(Kind::Database, message)
    }

    /// A prompt that was cancelled.
    pub fn cancelled() -> Self {
        Self::new(Kind::Cancelled, "cancelled, nothing was changed")
    }

    /// A prompt that was cancelled after something was changed; the message says what.
    pub fn stopped(message: impl Into<String>) -> Self {
        Self::new(Kind::Cancelled, message)
    }

    /// Adds a line below the message. The message itself is one line, whatever it repeats of what
    /// somebody else wrote.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.details.push(detail.into());
        self
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What went wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The lines below the message.
    pub fn details(&self) -> &[String] {
        &self.details
    }

    /// What to do next.
    pub fn hints(&self) -> &[String] {
        &self.hints
    }

    /// The exit code.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.kind.code())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// Why the system refused something, in words that fit behind a colon. For what has no words here,
/// the system's own, without the number that Rust adds.
pub fn reason(error: &io::Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "there is no such file or directory",
        ErrorKind::PermissionDenied => "permission denied",
        ErrorKind::AlreadyExists => "there is something of that name already",
        ErrorKind::NotADirectory => "a part of its name is not a directory",
        ErrorKind::IsADirectory => "it is a directory",
        ErrorKind::InvalidFilename => "its name is too long",
        ErrorKind::StorageFull => "the disk is full",
        ErrorKind::QuotaExceeded => "your quota of the disk is used up",
        ErrorKind::FileTooLarge => "the file would be too large",
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only",
        _ => {
            let words = error.to_string();
            let end = words.find(" (os error ").unwrap_or(words.len());
            let mut words = words.get(..end).unwrap_or_default().to_owned();
            if let Some(first) = words.get_mut(..1) {
                first.make_ascii_lowercase();
            }
            return words;
        }
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_have_no_numbers() {
        for (code, expected) in [
            (2, "there is no such file or directory"),
            (5, "input/output error"),
            (13, "permission denied"),
            (28, "the disk is full"),
        ] {
            assert_eq!(reason(&io::Error::from_raw_os_error(code)), expected);
        }
        assert_eq!(
            reason(&io::Error::other("its links go in a circle")),
            "its links go in a circle"
        );
    }
}
