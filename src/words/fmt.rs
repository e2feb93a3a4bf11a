//! What `fmt` did, as JSON and in words.

use milepost_core::report::check::FileReport;
use serde::Serialize;

use super::check::{FoundJson, found};
use crate::error::{Code, Error};

/// How a changed form comes back.
pub const WAY_BACK: &str = "only the layout changed; `milepost undo` does not restore the old one, but version control can";

/// The files, with their forms.
pub struct Report {
    /// The files.
    pub files: Vec<File>,
    /// Whether it came from standard input.
    pub is_piped: bool,
    /// Whether it was only looked at.
    pub check: bool,
}

/// A file with its form.
pub struct File {
    /// What stands in it, and what keeps it from being TOML.
    pub report: FileReport,
    /// The form that it should have.
    pub text: String,
    /// The form that it has.
    pub form: Form,
}

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// It was changed.
    Formatted,
    /// It should be changed.
    Unformatted,
    /// It is as it should be.
    Unchanged,
    /// It cannot be read.
    Invalid,
}

#[derive(Serialize)]
struct Json<'r> {
    files: Vec<FileJson<'r>>,
}

#[derive(Serialize)]
struct FileJson<'r> {
    file: String,
    form: Form,
    text: Option<&'r str>,
    diagnostics: Vec<FoundJson>,
}

impl Report {
    /// How many files have a form.
    pub(crate) fn count(&self, form: Form) -> usize {
        self.files.iter().filter(|file| file.form == form).count()
    }

    /// The counts that say something.
    pub(crate) fn counts(&self) -> Vec<(usize, &'static str)> {
        let all = [
            (Form::Formatted, "formatted"),
            (Form::Unformatted, "not formatted"),
            (Form::Unchanged, "unchanged"),
            (Form::Invalid, "with errors"),
        ];
        let all = all.map(|(form, word)| (self.count(form), word));
        all.into_iter().filter(|(count, _)| *count > 0).collect()
    }

    /// Whether the command fails.
    pub(crate) fn fails(&self) -> bool {
        let unformatted = self.check && self.count(Form::Unformatted) > 0;
        unformatted || self.count(Form::Invalid) > 0
    }

    /// What is written as JSON.
    pub(crate) fn json(&self) -> impl Serialize {
        Json { files: self.files.iter().map(|file| self.file_json(file)).collect() }
    }

    fn file_json<'r>(&self, file: &'r File) -> FileJson<'r> {
        FileJson {
            file: file.report.file.display().to_string(),
            form: file.form,
            text: (self.is_piped && file.form != Form::Invalid).then_some(file.text.as_str()),
            diagnostics: file.report.found.iter().map(found).collect(),
        }
    }
}

/// That a file could not be formatted though it is TOML.
pub(crate) fn fault(file: &str) -> Error {
    Error::new(Code::Internal, format!("{file} cannot be formatted without changing what it says"))
        .hint("the file is unchanged; this is a fault of milepost, so please report it")
}
