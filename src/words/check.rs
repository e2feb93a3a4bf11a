//! `check` as JSON, and what it finds beside what the path format says.

use milepost_core::disk::read::Unread;
use milepost_core::effects::Why as Alike;
use milepost_core::effects::breach;
use milepost_core::effects::breach::{Kind, Part};
use milepost_core::report::check::{FileReport, Found, Refusal, Report, What};
use milepost_path::overlay::Why;
use milepost_path::{NodeKind, Severity, safe};
use serde::Serialize;

use super::{Document, disk_error};
use crate::error::{Code, Error};
use crate::text::{quantity, shell};

#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct Json {
    files: Vec<FileJson>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct FileJson {
    file: String,
    diagnostics: Vec<FoundJson>,
    left_out: usize,
}

/// Something that is wrong, as JSON.
#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub(super) struct FoundJson {
    code: &'static str,
    severity: Severity,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: String,
    help: Option<String>,
}

impl Document for Report {
    const COMMAND: &'static str = "check";

    fn json(&self) -> impl Serialize {
        let file = |one: &FileReport| FileJson {
            file: one.file.display().to_string(),
            diagnostics: one.found.iter().map(found).collect(),
            left_out: one.left_out,
        };
        let files = self.files.iter().map(file).collect();
        Json { files, errors: self.errors(), warnings: self.warnings() }
    }
}

super::described!(Report as Json);

pub(super) fn found(one: &Found) -> FoundJson {
    FoundJson {
        code: one.what.code(),
        severity: one.what.severity(),
        line: one.line,
        column: one.column,
        end_line: one.end_line,
        end_column: one.end_column,
        message: message(&one.what),
        help: help(&one.what),
    }
}

/// What is wrong.
pub(crate) fn message(what: &What) -> String {
    match what {
        What::Diagnostic(one) => one.message.clone(),
        What::Unreadable(unread) => disk_error::unread(unread),
        What::NoFiles => "the folder has no files that end in .toml".to_owned(),
        What::SameId(id) => format!("two of the files have the id `{id}`"),
        What::Future(on) => format!("`updated` is {on}, which has not come yet"),
        What::NotKept(one) => not_kept(one),
        What::Loosened { overlay, id, why } => {
            let id = safe::short(id, 80);
            let has = match why {
                Why::Gone => "this version does not have".to_owned(),
                Why::Kind(kind) => format!("is a {kind} in this version"),
                Why::Elsewhere => "is elsewhere in this version".to_owned(),
                Why::Circle => "cannot be required in this version".to_owned(),
                Why::TooMany => "has no room in this version".to_owned(),
            };
            format!("the overlay {overlay} names `{id}`, which {has}")
        }
    }
}

/// What to do.
pub(crate) fn help(what: &What) -> Option<String> {
    let help = match what {
        What::Diagnostic(one) => return one.help.clone(),
        What::NotKept(one) => return Some(keep(one)),
        What::Loosened { id, .. } => {
            let id = safe::short(id, 80);
            return Some(format!(
                "list `{id}` in the `replaces` of what takes its place, or change the overlay"
            ));
        }
        What::Unreadable(Unread::NotRegular) => "name a file or folder, or `-` for standard input",
        What::Unreadable(_) => "check the name, the permissions and the encoding of the file",
        What::NoFiles => "name a folder with path files, or a file",
        What::SameId(_) => "give each path its own id",
        What::Future(_) => "write the day of the last change",
    };
    Some(help.to_owned())
}

/// What a new version does not keep.
fn not_kept(what: &breach::What) -> String {
    match what {
        breach::What::Gone(Part { kind: Kind::Role, id, .. }) => {
            format!("the role `{id}` is gone; learners who aim at it have no role")
        }
        breach::What::Gone(Part { kind, id, .. }) => {
            format!("the {} `{id}` is gone, with all that is recorded of it", kind_of(*kind))
        }
        breach::What::LooksRenamed { from, why, .. } => {
            let same = match why {
                Alike::Title => "title",
                Alike::Url => "URL",
            };
            format!("`{}` is gone, and this has its {same}: it looks renamed", from.id)
        }
        breach::What::Reused { before, after, .. } => {
            let (was, is) = if before.title == after.title && before.kind != after.kind {
                let a = |part: &Part| format!("a {}", kind_of(part.kind));
                (a(before), a(after))
            } else {
                let title = |part: &Part| format!("\"{}\"", safe::short(&part.title, 80));
                (title(before), title(after))
            };
            let id = &after.id;
            let whose = if before.id == after.id { "it" } else { "the old id" };
            format!(
                "`{id}` was {was} and is {is}: what is recorded under {whose} would count for something else"
            )
        }
        breach::What::NotReplaced { old, .. } => {
            format!("`replaces` no longer lists `{old}`, so what is recorded under it is lost")
        }
        breach::What::Criteria(part) => {
            let id = &part.id;
            format!(
                "the criteria of `{id}` changed; learners who finished it did so under the old ones"
            )
        }
        breach::What::Path { old, .. } => {
            format!("the id of the path was `{old}`, and its `replaces` does not list that")
        }
        breach::What::Everything => {
            "it has nothing of the previous version: this is another path".to_owned()
        }
    }
}

/// What to do about what a new version does not keep.
fn keep(what: &breach::What) -> String {
    let replaces = |ids: &[String]| {
        let ids: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
        format!("write `replaces = [{}]`", ids.join(", "))
    };
    match what {
        breach::What::Gone(Part { kind, id, .. }) => match kind {
            Kind::Node(NodeKind::Skill | NodeKind::Resource | NodeKind::Milestone) => format!(
                "keep it with `retired = true`, or list `{id}` in the `replaces` of what takes its place"
            ),
            Kind::Role => "keep the role".to_owned(),
            kind => format!(
                "list `{id}` in the `replaces` of the {} that takes its place",
                kind_of(*kind)
            ),
        },
        breach::What::LooksRenamed { replaces: all, .. } => {
            format!("{}, so that what is recorded follows", replaces(all))
        }
        breach::What::Reused { before, moved_to: Some(to), .. } if before.id != *to => {
            format!("give it an id of its own; `{to}` is what `{}` was", before.id)
        }
        breach::What::Reused { before, .. } => match before.kind {
            Kind::Node(kind) if kind.is_item() => {
                "give it an id of its own, and keep the old one with `retired = true`".to_owned()
            }
            _ => "give it an id of its own".to_owned(),
        },
        breach::What::NotReplaced { replaces: all, .. }
        | breach::What::Path { replaces: all, .. } => replaces(all),
        breach::What::Criteria(_) => {
            "if it asks for something else now, give it an id of its own and \
            keep the old one with `retired = true`"
                .to_owned()
        }
        breach::What::Everything => "give it an id of its own".to_owned(),
    }
}

fn kind_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Node(kind) => kind.as_str(),
        Kind::Question => "question",
        Kind::Area => "skill area",
        Kind::Role => "role",
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unread(error) => Self::from(error).without_hints().hint(
                "`--against` takes the previous version: a file, a folder, or `-` for standard input",
            ),
            Refusal::NoFiles(folder) => {
                Self::new(Code::NothingThere, format!("{folder} has no files that end in .toml"))
                    .hint("`--against` takes the previous version: a file or a folder with files")
            }
            Refusal::Invalid(one) => Self::new(
                Code::InvalidFile,
                format!(
                    "{} has {}, the first at {}:{}: {}; nothing can be compared with it",
                    one.file,
                    quantity::count(one.errors, "error"),
                    one.line,
                    one.column,
                    one.message
                ),
            )
            .hint(format!("`milepost check {}` shows all of them", shell::word(&one.file))),
            Refusal::NotAVersion(old) => Self::new(
                Code::NothingThere,
                format!("none of the files is another version of {old}"),
            )
            .hint("a version has the same id, or lists the old id in its `replaces`"),
        }
    }
}

#[cfg(test)]
mod tests;
