//! `check_path`: `check -` with a text, and what `add --dry-run` says of it.

use milepost::commands::{add as adding, check as command};
use milepost::error::{Error, Result};
use milepost_core::report::add;
use milepost_core::report::check::{Given, Query, Report, report};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::{Ask, Call, More};
use crate::answer::{Made, fields};
use crate::arguments;

pub(super) struct CheckPath;

/// The longest draft, in bytes; a path of a thousand items has a tenth of that.
const MOST_BYTES: usize = 1024 * 1024;

#[derive(Deserialize, JsonSchema)]
pub(super) struct Arguments {
    /// The whole path file, as TOML, of at most 1 MiB. `milepost://docs/path-format` says how to write
    /// it.
    text: String,
}

/// What installing the draft would do.
const EFFECT: More = ("effect", || {
    let generator = arguments::settings()
        .for_serialize()
        .with(|settings| settings.inline_subschemas = true)
        .into_generator();
    generator.into_root_schema_for::<Option<add::Report>>().to_value()
});

impl Ask for CheckPath {
    const NAME: &'static str = "check_path";
    const TITLE: &'static str = "Check a draft of a path";
    const ABOUT: &'static str = "Checks a path file that you wrote for the learner: every problem with \
        its place and a remedy, and, where there is no error, what installing it would do to the \
        record (`effect`). Nothing is installed: the learner does that with `milepost add`.";
    const MORE: &'static [More] = &[EFFECT];
    const LONG: Option<&'static str> = Some("text");
    type Arguments = Arguments;
    type Report = Report;

    fn run(arguments: Arguments, call: &Call<'_>) -> Result<Made> {
        if arguments.text.len() > MOST_BYTES {
            return Err(Error::usage("`text` is too long")
                .hint(format!("the limit is {MOST_BYTES} bytes; paths can require one another")));
        }
        let app = &call.context.app;
        let draft = || vec![Given::Text("-".to_owned(), arguments.text.clone())];
        let answer = report(&Query { files: draft(), against: None }, app)?;
        let made = Made::of(&answer, command::text)?;
        if answer.report.errors() > 0 {
            return Ok(made.with_field("effect", Value::Null));
        }
        let query = add::Query { files: draft(), dry_run: true, ..add::Query::default() };
        let effect = add::report(&query, app)?;
        let text = Made::of(&effect, adding::text)?;
        Ok(made.with_field("effect", fields(&effect.report)?.into()).with_text_of(text))
    }
}
