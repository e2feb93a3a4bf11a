//! `milepost add`

mod changes;

use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::catalog::format::diagnostic::{Severity, line_column};
use crate::catalog::{Catalog, Source, Together, file, format};
use crate::config;
use crate::context::Context;
use crate::disk::{self, DiskError, NotWritten, Place};
use crate::error::{Code, Error, Result};
use crate::model::revision::{Revision, revision};
use crate::model::roadmap::{CAREER, Roadmap};
use crate::model::standing::Standing;
use crate::output::{Output, Screen};
use crate::text::{quantity, safe, shell, width};

/// Install paths of your own
///
/// Each file is validated first, then copied into the configuration directory under its id; all of
/// them, or none. What another version of a path changes is shown first. A path with the id of a
/// built-in one takes its place; a career file takes that of the built-in one, as `career`.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost add my-path.toml
  milepost add my-path.toml --dry-run  what it would change
  milepost add my-path.toml --yes      in place of an older version")]
pub struct Args {
    /// The files
    #[arg(
        value_name = "FILE",
        required = true,
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    files: Vec<PathBuf>,

    /// Validate and say what would be done, but do nothing
    #[arg(short = 'n', long)]
    dry_run: bool,

    /// Replace an older version without a question
    #[arg(short, long)]
    yes: bool,
}

#[derive(Serialize)]
struct Report {
    added: Vec<Added>,
    unchanged: Vec<String>,
    dry_run: bool,
}

#[derive(Serialize)]
struct Added {
    id: String,
    title: String,
    file: String,
    kind: Kind,
    /// The id that it had before, where a path or something in the record has it.
    renamed_from: Option<String>,
    /// What it changes of the path in whose place it comes; none where there is none.
    changes: Option<Revision>,
    /// Whether that was shown already, before the question.
    #[serde(skip)]
    was_shown: bool,
}

/// What an installed file takes the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    /// Of nothing.
    New,
    /// Of another version of it.
    Update,
    /// Of a built-in path, or of the built-in career file.
    InsteadOfBuiltIn,
}

struct Planned {
    text: String,
    to: PathBuf,
    /// What is installed there now.
    before: Option<Vec<u8>>,
    added: Added,
}

/// Runs the command.
///
/// # Errors
/// A file is no valid path or career file, an older version is there and nobody said yes, or it cannot be copied.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let folder = context.app.places.paths_folder.clone().ok_or_else(|| {
        Error::new(Code::NoHome, "there is no home directory to keep paths in")
            .hint("name a directory with MILEPOST_CONFIG")
    })?;
    let mut report = Report { added: Vec::new(), unchanged: Vec::new(), dry_run: args.dry_run };
    let mut planned: Vec<Planned> = Vec::new();
    for Valid { text, id, title, roadmap } in validated(&args.files, context, out)? {
        if planned.iter().any(|one| one.added.id == id) {
            return Err(if id == CAREER {
                Error::new(Code::InvalidFile, "two of the files are career files")
                    .hint("there is one at a time")
            } else {
                Error::new(Code::InvalidFile, format!("two of the files have the id `{id}`"))
                    .hint("give each path an id of its own")
            });
        }
        let to = folder.join(format!("{id}.toml"));
        let before = installed(&to)?;
        let catalog = context.app.catalog();
        let source = if id == CAREER { Some(catalog.career_source()) } else { catalog.source(&id) };
        let kind = match (&before, source) {
            (Some(before), _) if is_text(before, &text) => {
                report.unchanged.push(id);
                continue;
            }
            (Some(_), _) => Kind::Update,
            (None, Some(Source::BuiltIn)) => Kind::InsteadOfBuiltIn,
            (None, _) => Kind::New,
        };
        let file = to.display().to_string();
        let mut renamed_from = None;
        let mut changes = None;
        if let Some(new) = &roadmap {
            let mut old = catalog.installed(&id);
            if old.is_none() && !new.replaces.is_empty() {
                renamed_from = old_id(new, &context.app.standing()?, catalog);
                old = renamed_from.as_deref().and_then(|old| catalog.installed(old));
            }
            if let Some(old) = old {
                changes = Some(revision(old, new, &context.app.standing()?));
            }
        }
        let added = Added { id, title, file, kind, renamed_from, changes, was_shown: false };
        planned.push(Planned { text, to, before, added });
    }
    for one in planned.iter_mut().filter(|one| one.added.kind != Kind::New) {
        if args.yes || args.dry_run {
            continue;
        }
        let id = &one.added.id;
        let is_career = id == CAREER;
        let what = match one.added.kind {
            Kind::Update => "is installed already, in another version",
            _ if is_career => "is built in, and this one would take its place",
            _ => "is a built-in path, whose place this one would take",
        };
        let changes =
            one.added.changes.as_ref().map(|changes| changes::text(changes, &out.screen()));
        if out.prompt().is_none() {
            let (look, another) = match is_career {
                true => ("", ""),
                false => ("`--dry-run` shows what it changes; ", ", or give the path another id"),
            };
            return Err(Error::new(Code::Refused, format!("`{id}` {what}; nothing was added"))
                .hint(format!("{look}pass `--yes`{another}")));
        }
        let question = format!("`{id}` {what}. Replace it?");
        if let Some(text) = changes {
            out.tell(&text);
            one.added.was_shown = true;
        }
        let Some(prompt) = out.prompt() else {
            return Err(Error::cancelled());
        };
        if !prompt.confirm(&question)? {
            return Err(Error::cancelled());
        }
    }
    if !args.dry_run {
        install(&planned, &folder, context.app.places.db.as_deref())?;
    }
    report.added = planned.into_iter().map(|one| one.added).collect();
    if !report.added.is_empty() && context.app.places.paths_were_named {
        out.warn("MILEPOST_PATHS is set, so the configuration directory is not looked into");
    }
    out.report("add", &report, text)
}

/// The id that a new path had before: one that a path has, or that something is recorded under.
fn old_id(new: &Roadmap, standing: &Standing, catalog: &Catalog) -> Option<String> {
    let is_recorded = |old: &str| {
        let items = || standing.items().iter().any(|(item, _)| item.path() == old);
        standing.following().contains_key(old) || items()
    };
    let known = |old: &&String| catalog.installed(old).is_some() || is_recorded(old);
    new.replaces.iter().find(known).cloned()
}

/// A file without an error.
struct Valid {
    text: String,
    id: String,
    title: String,
    /// Of a path.
    roadmap: Option<Roadmap>,
}

/// The files, none of which has an error. What is probably wrong not with a text, but with what is
/// installed, is said.
fn validated(files: &[PathBuf], context: &Context, out: &mut Output<'_, '_>) -> Result<Vec<Valid>> {
    let mut read = Vec::new();
    for path in files {
        let text = file::text(path).map_err(|unread| {
            nothing_was(DiskError::Unread(path.clone(), unread))
                .hint("name a path file; `milepost check FILE` examines one")
        })?;
        let reading = format::read(&text);
        read.push((path, text, reading));
    }
    let roadmaps = read.iter().filter_map(|(_, _, reading)| reading.roadmap.clone()).collect();
    let shelf = Together { files: roadmaps, catalog: context.app.catalog() };
    let mut valid = Vec::new();
    for (path, text, reading) in read {
        let foreign = format::check_foreign(&reading, &shelf);
        for one in foreign.iter().filter(|one| one.severity == Severity::Warning) {
            let help = one.help.as_deref().unwrap_or_default();
            out.warn(&format!("{}; {help}", one.message));
        }
        let errors: Vec<_> = reading
            .diagnostics
            .iter()
            .chain(&foreign)
            .filter(|one| one.severity == Severity::Error)
            .collect();
        let place = disk::show(path);
        let roadmap = reading.roadmap;
        let path = roadmap.as_ref().map(|roadmap| (roadmap.id.clone(), roadmap.title.clone()));
        let career = reading.career.map(|career| (CAREER.to_owned(), career.title));
        match (path.or(career), errors.first()) {
            (Some((id, title)), None) => valid.push(Valid { text, id, title, roadmap }),
            (_, Some(first)) => {
                let (line, column) = line_column(&text, first.span.start);
                let count = quantity::count(errors.len(), "error");
                return Err(Error::new(
                    Code::InvalidFile,
                    format!(
                        "{place} has {count}, the first at {line}:{column}: {}; nothing was added",
                        first.message
                    ),
                )
                .hint(format!("`milepost check {}` shows all of them", shell::word(&place))));
            }
            (None, None) => {
                return Err(Error::new(
                    Code::InvalidFile,
                    format!("{place} holds no path; nothing was added"),
                ));
            }
        }
    }
    Ok(valid)
}

/// The bytes of the file that is installed under a name; none where nothing is. What is there and
/// cannot be read is not new: to replace it would lose it.
fn installed(to: &Path) -> Result<Option<Vec<u8>>> {
    match disk::read::bytes(to, file::MOST_BYTES) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(unread) if unread.is_missing() => Ok(None),
        Err(unread) => Err(nothing_was(DiskError::Unread(to.to_owned(), unread))
            .hint("it would be replaced: make it readable, or move it away")),
    }
}

/// Whether bytes are this text; those that are no text are none.
fn is_text(bytes: &[u8], text: &str) -> bool {
    disk::read::decode(bytes.to_vec()).is_ok_and(|there| there == text)
}

fn nothing_was(error: impl Into<Error>) -> Error {
    let error = error.into();
    let message = format!("{error}; nothing was added");
    error.reworded(message)
}

/// Copies all of them, or none: each is written beside its place first, and only when all are there,
/// they get their names; should that fail half way, what was there before is put back.
fn install(planned: &[Planned], folder: &Path, record: Option<&Path>) -> Result<()> {
    let told = |to: &Path, error: io::Error| nothing_was(disk::not_written(to, error));
    disk::make_directories(folder).map_err(|error| told(folder, error))?;
    let mut written = Vec::new();
    for one in planned {
        let place = Place::find(&one.to, record).map_err(nothing_was)?;
        let file = place.prepare(one.text.as_bytes()).map_err(|error| told(&one.to, error))?;
        written.push((place, file, one));
    }
    let mut unconfirmed = None;
    for (at, (place, file, one)) in written.into_iter().enumerate() {
        match place.name(file) {
            Ok(()) => {}
            Err(error @ NotWritten::Unconfirmed(_)) => {
                unconfirmed.get_or_insert_with(|| disk::not_written(&one.to, error));
            }
            Err(error) => {
                let before = planned.iter().take(at);
                let stays = before.filter(|one| !put_back(one, record));
                let stays: Vec<&str> = stays.map(|one| one.added.id.as_str()).collect();
                return Err(match stays.as_slice() {
                    [] => nothing_was(disk::not_written(&one.to, error)),
                    ids => Error::from(disk::not_written(&one.to, error))
                        .hint(format!("added all the same, and not put back: {}", ids.join(", "))),
                });
            }
        }
    }
    unconfirmed.map_or(Ok(()), |error| Err(error.into()))
}

/// Makes what is installed what it was; tells whether it is.
fn put_back(one: &Planned, record: Option<&Path>) -> bool {
    match &one.before {
        Some(bytes) => disk::write(&one.to, record, bytes).is_ok(),
        None => disk::remove(&one.to).is_ok(),
    }
}

fn text(report: &Report, screen: &Screen) -> String {
    let mut text = String::new();
    let line = |line: &str| width::wrap_indented("", "  ", line, screen.text_width());
    let would = if report.dry_run { "would be " } else { "" };
    for one in &report.added {
        let title = safe::line(&one.title);
        let how = match one.kind {
            Kind::New => "added",
            Kind::Update => "updated",
            Kind::InsteadOfBuiltIn if one.id == CAREER => "added in place of the built-in one",
            Kind::InsteadOfBuiltIn => "added in place of the built-in path",
        };
        let id = &one.id;
        let renamed = one.renamed_from.iter().map(|old| format!(", renamed {old} -> {id}"));
        let renamed: String = renamed.collect();
        text.push_str(&line(&format!("{would}{how}: {title} ({id}){renamed}")));
        let changes = one.changes.iter().filter(|_| !one.was_shown);
        text.extend(changes.map(|changes| changes::text(changes, screen)));
    }
    for id in &report.unchanged {
        let same = format!("{id} is installed already, in this version; nothing changed");
        text.push_str(&line(&same));
    }
    text
}
