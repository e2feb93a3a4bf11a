//! `check` as JSON, and what it finds beside what the path format says.

use milepost_core::report::check::{FileReport, Found, Report, What};
use milepost_path::Severity;
use serde::Serialize;

use super::{Document, disk_error};

#[derive(Serialize)]
struct Json {
    files: Vec<FileJson>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct FileJson {
    file: String,
    diagnostics: Vec<FoundJson>,
    left_out: usize,
}

#[derive(Serialize)]
struct FoundJson {
    code: &'static str,
    severity: Severity,
    line: usize,
    column: usize,
    message: String,
    help: Option<String>,
}

impl Document for Report {
    const COMMAND: &'static str = "check";

    fn json(&self) -> impl Serialize {
        let found = |one: &Found| FoundJson {
            code: one.what.code(),
            severity: one.what.severity(),
            line: one.line,
            column: one.column,
            message: message(&one.what),
            help: help(&one.what),
        };
        let file = |one: &FileReport| FileJson {
            file: one.file.display().to_string(),
            diagnostics: one.found.iter().map(found).collect(),
            left_out: one.left_out,
        };
        let files = self.files.iter().map(file).collect();
        Json { files, errors: self.errors(), warnings: self.warnings() }
    }
}

/// What is wrong.
pub fn message(what: &What) -> String {
    match what {
        What::Diagnostic(one) => one.message.clone(),
        What::Unreadable(unread) => disk_error::unread(unread),
        What::SameId(id) => format!("two of the files have the id `{id}`"),
    }
}

/// What to do.
pub fn help(what: &What) -> Option<String> {
    let help = match what {
        What::Diagnostic(one) => return one.help.clone(),
        What::Unreadable(_) => "check the name, the permissions and the encoding of the file",
        What::SameId(_) => "give each path its own id",
    };
    Some(help.to_owned())
}
