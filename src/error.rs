//! What can go wrong, as the user is told: what, where, what to do next, and the exit code.

use std::fmt;
use std::io::{self, ErrorKind};

use milepost_core::disk::read::Unread;

/// The kinds of errors: each has an exit code.
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
    pub fn exit(self) -> u8 {
        match self {
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Database => 3,
            Self::Cancelled => 130,
        }
    }
}

/// Makes of one list the codes, their words and their kinds.
macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident $word:literal $kind:ident,)*) => {
        /// What a script can tell apart. The words are promised, and so is the exit code of each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Code {
            $($(#[$doc])* $code,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$code,)*];

            /// Its word.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$code => $word,)*
                }
            }

            /// Its kind.
            pub fn kind(self) -> Kind {
                match self {
                    $(Self::$code => Kind::$kind,)*
                }
            }
        }
    };
}

codes! {
    /// The command line, or a variable of the environment, is wrong.
    Usage "usage" Usage,
    /// Somebody has to answer, and nobody can be asked.
    NoTerminal "no-terminal" Usage,
    /// No path is called so.
    UnknownPath "unknown-path" Failed,
    /// No item, topic, stage, question or term is called so.
    UnknownRef "unknown-ref" Failed,
    /// No role, skill area, mock interview or filter is called so.
    UnknownName "unknown-name" Failed,
    /// Several things are called so.
    AmbiguousRef "ambiguous-ref" Failed,
    /// It is there, but is not something that the command can work on.
    WrongKind "wrong-kind" Failed,
    /// There is nothing that the command could work on.
    NothingThere "nothing-there" Failed,
    /// There is no record yet.
    NoRecord "no-record" Failed,
    /// Something would be lost, replaced or recorded that must not be, or not without a flag.
    Refused "refused" Failed,
    /// A file or an input cannot be read.
    Unreadable "unreadable" Failed,
    /// A file cannot be written or removed.
    Unwritable "unwritable" Failed,
    /// There is no room for it.
    DiskFull "disk-full" Failed,
    /// It is written, but the disk did not confirm that it will stay.
    Unconfirmed "unconfirmed" Failed,
    /// What stands in a file is wrong.
    InvalidFile "invalid-file" Failed,
    /// A newer version wrote the file.
    NewerFile "newer-file" Failed,
    /// What stands in the configuration is wrong.
    InvalidConfig "invalid-config" Failed,
    /// Another program keeps the record locked.
    Locked "locked" Failed,
    /// It took too long.
    TimedOut "timed-out" Failed,
    /// The record was moved, replaced or removed meanwhile.
    Moved "moved" Failed,
    /// There is no home directory.
    NoHome "no-home" Failed,
    /// A browser or an editor cannot be run, or failed.
    NoProgram "no-program" Failed,
    /// A remote does not answer.
    Unreachable "unreachable" Failed,
    /// A remote answers, and does not let it be done.
    Denied "denied" Failed,
    /// There is no key of a log.
    NoKey "no-key" Failed,
    /// A key is none, or that of another log.
    WrongKey "wrong-key" Failed,
    /// Anything else: a fault of the program, or of what it rests on.
    Internal "internal" Failed,
    /// The record is damaged.
    Damaged "damaged" Database,
    /// A newer version wrote the record.
    Newer "newer" Database,
    /// What is in the place of the record is no record.
    NotARecord "not-a-record" Database,
    /// The record cannot be read as it is.
    UnreadableRecord "unreadable-record" Database,
    /// Somebody cancelled a prompt.
    Cancelled "cancelled" Cancelled,
}

impl Code {
    /// That of something that the system would not write.
    pub(crate) fn unwritable(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Unwritable,
        }
    }
}

/// How a command ends that has answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Good,
    /// The answer tells of errors, so there is nothing more to say; the exit code is that of their
    /// kind.
    Found(Kind),
}

impl From<()> for Outcome {
    fn from((): ()) -> Self {
        Self::Good
    }
}

/// An error as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    code: Code,
    message: String,
    details: Vec<String>,
    hints: Vec<String>,
}

/// The result of nearly everything.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error with its code; the message is a plain sentence that begins in lower case and has no
    /// full stop.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, message, details: Vec::new(), hints: Vec::new() }
    }

    /// Wrong usage.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Code::Usage, message)
    }

    /// A prompt that was cancelled.
    pub fn cancelled() -> Self {
        Self::new(Code::Cancelled, "cancelled; nothing was changed")
    }

    /// A prompt that was cancelled after something was changed; the message says what.
    pub(crate) fn stopped(message: impl Into<String>) -> Self {
        Self::new(Code::Cancelled, message)
    }

    /// Adds a line below the message. The message itself is one line, whatever it repeats of what
    /// somebody else wrote.
    #[must_use]
    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.details.push(detail.into());
        self
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same with other words; what to do stays.
    #[must_use]
    pub(crate) fn reworded(self, message: impl Into<String>) -> Self {
        Self { message: message.into(), ..self }
    }

    /// The same without what to do.
    #[must_use]
    pub(crate) fn without_hints(self) -> Self {
        Self { hints: Vec::new(), ..self }
    }

    /// What a script can tell it by.
    pub fn code(&self) -> Code {
        self.code
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.code.kind()
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
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// That a value has no JSON, which no input should bring about.
#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
pub fn no_json(error: serde_json::Error) -> Error {
    Error::new(Code::Internal, format!("no JSON can be made: {error}"))
}

/// Why the system refused something, in words that fit behind a colon. For what has no words here,
/// the system's own, without the number that Rust adds.
pub fn reason(error: &io::Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "there is no such file or directory",
        ErrorKind::PermissionDenied => "permission denied",
        ErrorKind::AlreadyExists => "something with that name already exists",
        ErrorKind::NotADirectory => "a part of its name is not a directory",
        ErrorKind::IsADirectory => "it is a directory",
        ErrorKind::InvalidFilename => "its name is too long",
        ErrorKind::StorageFull => "the disk is full",
        ErrorKind::QuotaExceeded => "your disk quota is used up",
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

/// What to do about a file that milepost found by itself and cannot read.
pub(crate) fn remedy(unread: &Unread) -> &'static str {
    match unread {
        Unread::Io(_) => "make it readable, or move it away",
        _ => "correct the file, or move it away",
    }
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

    #[test]
    fn what_to_do_about_a_file_depends_on_what_is_wrong() {
        let denied = Unread::Io(io::Error::from(ErrorKind::PermissionDenied));
        assert_eq!(remedy(&denied), "make it readable, or move it away");
        assert_eq!(remedy(&Unread::NotUtf8(3)), "correct the file, or move it away");
    }
}
