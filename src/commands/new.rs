//! `milepost new`

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use milepost_author::made::{self, Made};
use milepost_author::read::{self, Kind, MOST_BYTES, Options};
use milepost_author::ticks;
use milepost_core::{BuiltIn, Named, Refusal, Source, disk};
use milepost_path::address::Address;
use milepost_path::near::slug;
use milepost_path::{RESERVED, is_id, safe};

use super::shared::input;
use crate::config;
use crate::context::Context;
use crate::error::{Code, Error, Result};
use crate::output::Output;
use crate::text::{quantity, shell};
use crate::words::new::{Origin, Report, Written, lines, unmade};

/// Write a path file of your own
///
/// Without `--from`, it writes a file with comments, to begin with. With it, it copies a path, or
/// drafts one from a document. What the document does not say, milepost guesses, and marks each guess
/// with a comment that begins with `# guessed:`. It installs nothing, and does not touch your record.
/// With `--update`, what the document no longer has is retired.
///
/// It reads Markdown with headings, lists or tables; tables in CSV or TSV; a roadmap as nodes and
/// edges in JSON; a curriculum in JSON; the `config.json` of an Exercism track; the `info.toml` of
/// Rustlings; and flash cards.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost new cooking                                a file to begin with
  milepost new mine --from ai-integration             a copy of a path
  milepost new ossu --from README.md                  a draft from a document
  milepost new ossu --from README.md -o -             look at it first
  milepost new ossu --from README.md --ticks did.toml
  milepost new ossu --from README.md --update ossu.toml
  milepost new ossu --from README.md --base https://github.com/ossu/math
  milepost new notes --from - --as md                 from standard input")]
pub struct Args {
    /// The id of the new path: a-z, 0-9 and hyphens
    #[arg(value_name = "ID")]
    id: String,

    /// A path to copy, or a document to make one from; `-` is standard input
    #[arg(
        long,
        value_name = "SOURCE",
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    from: Option<PathBuf>,

    /// The kind of document [default: by its name and content]
    #[arg(long = "as", value_name = "KIND", requires = "from")]
    kind: Option<As>,

    /// Update this file from the document; your edits and all ids stay
    #[arg(
        long,
        value_name = "FILE",
        requires = "from",
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    update: Option<PathBuf>,

    /// Write to this file, or `-` [default: ID.toml, or the file of --update]
    #[arg(short, long, value_name = "FILE", value_parser = config::file_name())]
    output: Option<PathBuf>,

    /// Write the ticks of the document to this file, for `done --from`
    #[arg(
        long,
        value_name = "FILE",
        requires = "from",
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    ticks: Option<PathBuf>,

    /// The address of the document, for its relative links
    #[arg(long, value_name = "URL", requires = "from", value_parser = address)]
    base: Option<String>,

    /// Overwrite files that exist
    #[arg(long)]
    force: bool,
}

/// A kind of document, as an option takes it.
#[derive(Debug, Clone, Copy)]
struct As(Kind);

impl ValueEnum for As {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [As; Kind::ALL.len()] = {
            let mut all = [As(Kind::Path); Kind::ALL.len()];
            let mut at = 0;
            while at < all.len() {
                all[at] = As(Kind::ALL[at]);
                at += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.0.as_str()))
    }
}

/// An address as `--base` takes it.
fn address(text: &str) -> std::result::Result<String, String> {
    match Address::of(text) {
        Some(_) => Ok(text.trim().to_owned()),
        None => Err("write the whole address, with http:// or https://".to_owned()),
    }
}

/// What a path was made from.
struct From {
    name: Option<String>,
    kind: Option<Kind>,
}

/// Runs the command.
///
/// # Errors
/// The id is none, the source cannot be read or nothing can be made of it, or a file exists already or
/// cannot be written.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    usable(&args.id)?;
    let default = PathBuf::from(format!("{}.toml", args.id));
    let named = args.output.as_deref();
    let file = named.or(args.update.as_deref()).unwrap_or(&default);
    let file = Some(file).filter(|file| *file != Path::new("-"));
    // Before anything is read: who waits for a long document wants to hear it at once.
    let is_update = |file: &&Path| args.update.as_deref() == Some(*file);
    for target in file.into_iter().filter(|file| !is_update(file)).chain(args.ticks.as_deref()) {
        is_free(target, args.force)?;
    }
    let (made, from) = make(args, context)?;
    let mut written = Written::default();
    if let Some(file) = file {
        if !(made.is_unchanged && is_update(&file)) {
            disk::write(file, context.app.places.db.as_deref(), made.text.as_bytes())?;
        }
        written.file = Some(file.display().to_string());
    }
    let ticks = args.ticks.as_deref().filter(|_| !made.ticks.is_empty());
    if let Some(file) = ticks {
        let source = from.name.as_deref().unwrap_or_default();
        let text = ticks::toml(&made.ticks, &args.id, &safe::line(source));
        disk::write(file, context.app.places.db.as_deref(), text.as_bytes())?;
        written.ticks = Some(file.display().to_string());
    }
    let origin = Origin { name: from.name.as_deref(), kind: from.kind };
    let report = Report::new(&made, &args.id, origin, &written);
    out.report("new", &report, |_, _| match file {
        Some(_) => String::new(),
        None => made.text.clone(),
    })?;
    tell(args, &made, origin, file, context, out);
    Ok(())
}

/// Says what was made and what to do next, below the answer.
fn tell(
    args: &Args,
    made: &Made,
    origin: Origin<'_>,
    file: Option<&Path>,
    context: &Context,
    out: &mut Output<'_, '_>,
) {
    let mut lines = lines(made, origin).into_iter();
    lines.next().iter().for_each(|line| out.say(line));
    lines.for_each(|line| out.say(&format!("  {line}")));
    if args.ticks.is_some() && made.ticks.is_empty() {
        out.say("the document has no ticks, so no list of ticks was written");
    }
    if let Some(file) = args.ticks.as_deref().filter(|_| !made.ticks.is_empty()) {
        let ticks = quantity::count(made.ticks.len(), "tick");
        out.say(&format!("wrote {} ({ticks})", disk::show(file)));
    }
    let Some(file) = file else { return };
    let name = disk::show(file);
    if made.is_unchanged && args.update.as_deref() == Some(file) {
        out.say(&format!("the source has nothing new; {name} is unchanged"));
        return;
    }
    out.say(&format!("wrote {name} ({})", quantity::count(made.text.len(), "byte")));
    if let Some(source) = context.app.catalog().source(&args.id) {
        out.say(match source {
            Source::BuiltIn => "once added, it replaces the built-in path with this id",
            _ => "a path with this id is installed: `milepost add` shows what would change",
        });
    }
    let word = shell::word(&name).into_owned();
    let mut next = format!("next: milepost check {word}; milepost add {word}");
    if let Some(file) = args.ticks.as_deref().filter(|_| !made.ticks.is_empty()) {
        next.push_str(&format!("; milepost done --from {}", shell::word(&disk::show(file))));
    }
    out.say(&next);
}

fn make(args: &Args, context: &Context) -> Result<(Made, From)> {
    let Some(source) = &args.from else {
        let made = made::starter(&args.id).map_err(|why| unmade(&args.id, &why))?;
        return Ok((made, From { name: None, kind: None }));
    };
    let named = source.to_str().filter(|name| is_id(name) && args.kind.is_none());
    let found = named.and_then(|id| Some((id, context.app.catalog().source(id)?)));
    match found {
        Some(_) if args.update.is_some() => Err(only_documents()),
        Some((id, Source::BuiltIn)) => {
            let built_in = context.app.places.built_ins.path(id);
            let path = built_in.and_then(BuiltIn::roadmap);
            let (Some(built_in), Some(path)) = (built_in, path) else {
                return Err(Refusal::unknown(Named::Path, id, []).into());
            };
            let made = made::from_roadmap(&path, &args.id, built_in.comments)
                .map_err(|why| unmade(id, &why))?;
            Ok((made, From { name: Some(id.to_owned()), kind: None }))
        }
        Some((_, Source::Own(file, _) | Source::LastGood(file))) => document(args, &file),
        None if source == Path::new("-") || source.exists() => document(args, source),
        None => Err(no_source(source, context)),
    }
}

/// A path from a file, or from standard input.
fn document(args: &Args, file: &Path) -> Result<(Made, From)> {
    let name = input::name(file);
    let text = input::text(file, MOST_BYTES)?;
    let base = file.file_name().filter(|_| file != Path::new("-"));
    let base = base.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let kind = match args.kind {
        Some(As(kind)) => kind,
        None => read::detect(&base, &text).map_err(|why| unmade(&name, &why.into()))?,
    };
    let options = Options { name: base, base: args.base.clone() };
    let made = match &args.update {
        Some(_) if kind == Kind::Path => return Err(only_documents()),
        Some(file) => {
            let file = input::text(file, MOST_BYTES)?;
            made::updated(&file, kind, &text, &options, &args.id)
        }
        None => made::from_document(kind, &text, &options, &args.id),
    };
    let made = made.map_err(|why| unmade(&name, &why))?;
    Ok((made, From { name: Some(name), kind: Some(kind).filter(|kind| *kind != Kind::Path) }))
}

/// That a path is no document that can be read again.
fn only_documents() -> Error {
    Error::usage("`--update` works only with a document, not with a path")
        .hint("`milepost new ID --from PATH -o FILE` writes a copy beside yours, to compare them")
}

/// That a source is neither a file nor a path.
fn no_source(source: &Path, context: &Context) -> Error {
    let shown = disk::show(source);
    let unknown = |id: &str| {
        let ids = context.app.catalog().ids();
        Error::from(milepost_core::Error::from(Refusal::unknown(Named::Path, id, ids)))
    };
    match source.to_str().filter(|name| is_id(name)) {
        Some(id) => unknown(id).reworded(format!("there is no path and no file `{shown}`")),
        None => Error::new(Code::Unreadable, format!("there is no file {shown}"))
            .hint("check the name, or name a path: `milepost paths` lists them"),
    }
}

/// Whether a path can have this id.
fn usable(id: &str) -> Result<()> {
    let shown = safe::short(id, 80);
    if RESERVED.contains(&id) {
        return Err(Error::usage(format!(
            "a path cannot be called `{shown}`: milepost uses that name"
        ))
        .hint("give it another id"));
    }
    if is_id(id) {
        return Ok(());
    }
    let error =
        Error::usage(format!("`{shown}` is not an id: a-z, 0-9 and single hyphens, at most 64"));
    Err(match slug(id.strip_suffix(".toml").unwrap_or(id)) {
        Some(slug) => error.hint(format!("did you mean `milepost new {slug}`?")),
        None => error,
    })
}

fn is_free(file: &Path, force: bool) -> Result<()> {
    // What a link leads to is written, so a link to nothing is free.
    if force || !file.exists() {
        return Ok(());
    }
    Err(Error::new(Code::Refused, format!("{} already exists", disk::show(file)))
        .hint("`--force` overwrites it; `-o FILE` names another file"))
}
