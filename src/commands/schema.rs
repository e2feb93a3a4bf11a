//! `milepost schema`

use serde::Serialize;
use serde_json::Value;

use crate::context::Context;
use crate::error::{Code, Error, Result, no_json};
use crate::output::Output;

/// Print the JSON Schema of a kind of file
///
/// With it, an editor that has a TOML language server completes keys and marks mistakes. The first
/// line of a file names its schema: `#:schema ./path.schema.json`. `milepost check` sees more: wrong
/// references, circles and duplicates.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost schema path > path.schema.json
  milepost schema overlay")]
pub struct Args {
    /// The kind of file
    #[arg(value_name = "KIND", value_enum)]
    kind: Kind,
}

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    /// A path
    Path,
    /// Skill areas, roles, mock interviews and a glossary
    Career,
    /// What you add to a path, hide in it and set in it
    Overlay,
    /// A list of what is done, for `done --from`
    Ticks,
    /// The file config.toml
    Config,
    #[value(hide = true)]
    Cohort,
}

impl Kind {
    fn schema(self) -> Option<&'static str> {
        Some(match self {
            Self::Path => include_str!("../../schemas/path.schema.json"),
            Self::Career => include_str!("../../schemas/career.schema.json"),
            Self::Overlay => include_str!("../../schemas/overlay.schema.json"),
            Self::Ticks => include_str!("../../schemas/ticks.schema.json"),
            Self::Config => include_str!("../../schemas/config.schema.json"),
            Self::Cohort => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Career => "career",
            Self::Overlay => "overlay",
            Self::Ticks => "ticks",
            Self::Config => "config",
            Self::Cohort => "cohort",
        }
    }
}

#[derive(Serialize)]
struct Report {
    kind: Kind,
    json_schema: Value,
}

/// Runs the command.
///
/// # Errors
/// There are no files of this kind yet.
pub(crate) fn run(args: &Args, _: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let kind = args.kind.name();
    let schema = args.kind.schema().ok_or_else(|| {
        let message = format!("this version reads no {kind} files, so it has no schema of them");
        Error::new(Code::NothingThere, message)
            .hint("there are schemas of `path`, `career`, `overlay`, `ticks` and `config`")
    })?;
    let json_schema = serde_json::from_str(schema).map_err(no_json)?;
    out.report("schema", &Report { kind: args.kind, json_schema }, |_, _| schema.to_owned())
}
