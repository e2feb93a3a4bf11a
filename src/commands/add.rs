//! `milepost add`

mod changes;

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::catalog::format::diagnostic::{Severity, line_column};
use crate::catalog::{Catalog, Source, file, format};
use crate::context::Context;
use crate::disk;
use crate::error::{Error, Result};
use crate::model::revision::{Revision, revision};
use crate::model::roadmap::{CAREER, Roadmap, Shelf};
use crate::output::{Output, Screen};
use crate::text::{quantity, safe, width};

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
    #[arg(value_name = "FILE", required = true, value_hint = clap::ValueHint::FilePath)]
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
    /// `new`, `update`, or `instead-of-built-in`.
    kind: &'static str,
    /// What it changes of the path in whose place it comes; none where there is none.
    changes: Option<Revision>,
    /// Whether that was shown already, before the question.
    #[serde(skip)]
    was_shown: bool,
}

struct Planned {
    text: String,
    to: PathBuf,
    added: Added,
}

/// Runs the command.
///
/// # Errors
/// A file is no valid path or career file, an older version is there and nobody said yes, or it cannot be copied.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let folder = context.config.paths_folder.clone().ok_or_else(|| {
        Error::failed("there is no home directory to keep paths in")
            .hint("name a directory with MILEPOST_CONFIG")
    })?;
    let mut report = Report { added: Vec::new(), unchanged: Vec::new(), dry_run: args.dry_run };
    let mut planned: Vec<Planned> = Vec::new();
    for Valid { text, id, title, roadmap } in validated(&args.files, context)? {
        if planned.iter().any(|one| one.added.id == id) {
            return Err(if id == CAREER {
                Error::failed("two of the files are career files").hint("there is one at a time")
            } else {
                Error::failed(format!("two of the files have the id `{id}`"))
                    .hint("give each path an id of its own")
            });
        }
        let to = folder.join(format!("{id}.toml"));
        let there = std::fs::read_to_string(&to);
        let catalog = context.catalog();
        let source = if id == CAREER { Some(catalog.career_source()) } else { catalog.source(&id) };
        let kind = match (&there, source) {
            (Ok(there), _) if *there == text => {
                report.unchanged.push(id);
                continue;
            }
            (Ok(_), _) => "update",
            (Err(_), Some(Source::BuiltIn)) => "instead-of-built-in",
            (Err(_), _) => "new",
        };
        let file = to.display().to_string();
        let changes = match (&roadmap, catalog.roadmap(&id)) {
            (Some(new), Some(old)) => Some(revision(old, new, &context.standing()?)),
            _ => None,
        };
        let added = Added { id, title, file, kind, changes, was_shown: false };
        planned.push(Planned { text, to, added });
    }
    for one in planned.iter_mut().filter(|one| one.added.kind != "new") {
        if args.yes || args.dry_run {
            continue;
        }
        let id = &one.added.id;
        let is_career = id == CAREER;
        let what = match one.added.kind {
            "update" => "is installed already, in another version",
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
            return Err(Error::failed(format!("`{id}` {what}; nothing was added"))
                .hint(format!("{look}say it with `--yes`{another}")));
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
        install(&planned, &folder)?;
    }
    report.added = planned.into_iter().map(|one| one.added).collect();
    if !report.added.is_empty() && context.config.paths_were_named {
        out.warn("MILEPOST_PATHS is set, so the configuration directory is not looked into");
    }
    out.report("add", &report, text)
}

/// The files among each other, then all other paths.
struct Together<'a> {
    roadmaps: Vec<Roadmap>,
    catalog: &'a Catalog,
}

impl Shelf for Together<'_> {
    fn roadmap(&self, id: &str) -> Option<&Roadmap> {
        Shelf::roadmap(&self.roadmaps, id).or_else(|| self.catalog.roadmap(id))
    }
}

/// A file without an error.
struct Valid {
    text: String,
    id: String,
    title: String,
    /// Of a path.
    roadmap: Option<Roadmap>,
}

/// The files, none of which has an error.
fn validated(files: &[PathBuf], context: &Context) -> Result<Vec<Valid>> {
    let mut read = Vec::new();
    for path in files {
        let text = file::text(path).map_err(|problem| {
            Error::failed(format!("{problem}; nothing was added"))
                .hint("name a path file; `milepost check FILE` examines one")
        })?;
        let reading = format::read(&text);
        read.push((path, text, reading));
    }
    let roadmaps = read.iter().filter_map(|(_, _, reading)| reading.roadmap.clone()).collect();
    let shelf = Together { roadmaps, catalog: context.catalog() };
    let mut valid = Vec::new();
    for (path, text, reading) in read {
        let foreign = format::check_foreign(&reading, &shelf);
        let errors: Vec<_> = reading
            .diagnostics
            .iter()
            .chain(&foreign)
            .filter(|one| one.severity == Severity::Error)
            .collect();
        let place = path.display();
        let roadmap = reading.roadmap;
        let path = roadmap.as_ref().map(|roadmap| (roadmap.id.clone(), roadmap.title.clone()));
        let career = reading.career.map(|career| (CAREER.to_owned(), career.title));
        match (path.or(career), errors.first()) {
            (Some((id, title)), None) => valid.push(Valid { text, id, title, roadmap }),
            (_, Some(first)) => {
                let (line, column) = line_column(&text, first.span.start);
                let count = quantity::count(errors.len(), "error");
                return Err(Error::failed(format!(
                    "{place} has {count}, the first at {line}:{column}: {}; nothing was added",
                    first.message
                ))
                .hint(format!("`milepost check {place}` shows all of them")));
            }
            (None, None) => {
                return Err(Error::failed(format!("{place} holds no path; nothing was added")));
            }
        }
    }
    Ok(valid)
}

/// Copies all of them, or none: each is written beside its place first, and only when all are
/// there, they are renamed; should that fail half way, what was there before is put back.
fn install(planned: &[Planned], folder: &Path) -> Result<()> {
    let told = |error: std::io::Error| {
        Error::failed(format!("{} cannot be written: {error}; nothing was added", folder.display()))
            .hint("check the permissions and the space there")
    };
    disk::make_directories(folder).map_err(told)?;
    let mut written = Vec::new();
    for one in planned {
        let mut file = disk::temporary(folder).map_err(told)?;
        file.write_all(one.text.as_bytes()).map_err(told)?;
        file.as_file().sync_all().map_err(told)?;
        written.push((file, one));
    }
    let mut installed: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::new();
    for (file, one) in written {
        let before = std::fs::read(&one.to).ok();
        if let Err(error) = file.persist(&one.to) {
            for (to, before) in installed {
                // Putting back is all that can be done; the first error is what is told.
                let _ = match before {
                    Some(bytes) => std::fs::write(&to, bytes),
                    None => std::fs::remove_file(&to),
                };
            }
            return Err(told(error.error));
        }
        installed.push((one.to.clone(), before));
    }
    disk::sync_directory(folder).map_err(told)
}

fn text(report: &Report, screen: &Screen) -> String {
    let mut text = String::new();
    let line = |line: &str| width::wrap_indented("", "  ", line, screen.text_width());
    let would = if report.dry_run { "would be " } else { "" };
    for one in &report.added {
        let title = safe::line(&one.title);
        let how = match one.kind {
            "update" => "updated",
            "instead-of-built-in" if one.id == CAREER => "added in place of the built-in one",
            "instead-of-built-in" => "added in place of the built-in path",
            _ => "added",
        };
        text.push_str(&line(&format!("{would}{how}: {title} ({})", one.id)));
        let changes = one.changes.iter().filter(|_| !one.was_shown);
        text.extend(changes.map(|changes| changes::text(changes, screen)));
    }
    for id in &report.unchanged {
        let same = format!("{id} is installed already, in this version; nothing changed");
        text.push_str(&line(&same));
    }
    text
}
