//! The tools: a query and its report each, in a file each. What is the same for all of them is here: the
//! list, the schemas, and how a call becomes a result.

mod answer;
mod assess;
mod check_path;
mod list;
mod mark;
mod next;
mod plan;
mod questions;
mod readiness;
mod roles;
mod search;
mod show;
mod status;
mod study;
mod undo;
mod week;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use milepost::context::Context;
use milepost::error::{Error, Result};
use milepost::output::Failure;
use milepost::words::Described;
use milepost_core::report::show::Report as Shown;
use milepost_path::{near, safe};
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::answer::Made;
use crate::arguments;

/// A query and its report, as a tool.
trait Ask {
    /// The name of the tool.
    const NAME: &'static str;
    /// A title for people.
    const TITLE: &'static str;
    /// Its description for an assistant: when to call it, and what comes back.
    const ABOUT: &'static str;
    /// What it does to the record.
    const EFFECT: Effect = Effect::Reads;
    /// The fields that its document has beside those of the report.
    const MORE: &'static [More] = &[];
    /// The argument that can be a long text.
    const LONG: Option<&'static str> = None;
    /// The arguments.
    type Arguments: DeserializeOwned + JsonSchema;
    /// The report.
    type Report: Described;

    /// Answers.
    fn run(arguments: Self::Arguments, call: &Call<'_>) -> Result<Made>;
}

/// What a tool does to the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// Nothing.
    Reads,
    /// It records something; the same call again records nothing new.
    RecordsOnce,
    /// It records something, each time.
    RecordsEachTime,
    /// It takes back what was recorded.
    TakesBack,
}

/// A field that a document has beside those of its report: its name and its schema.
type More = (&'static str, fn() -> Value);

/// The cursor of the next page.
const NEXT_CURSOR: More = ("next_cursor", || json!({"type": ["string", "null"]}));

/// The fields that say what became of a call that can change the record.
const RECORDED: &[More] = &[
    ("recorded", || json!({"type": "boolean"})),
    ("by", || json!({"type": "string"})),
    ("undone_by", || {
        json!({
            "type": ["object", "null"],
            "properties": {"tool": {"type": ["string", "null"]}, "command": {"type": "string"}},
            "required": ["tool", "command"],
        })
    }),
];

/// What a tool needs to answer.
struct Call<'a> {
    /// The configuration, and the app that is asked.
    context: &'a Context,
    /// The tool with its arguments, except the cursor.
    id: u64,
    /// What the tool does to the record.
    effect: Effect,
}

/// One of the tools.
pub(crate) struct Entry {
    name: &'static str,
    effect: Effect,
    describe: fn() -> Tool,
    run: fn(JsonObject, &Context) -> Result<Made>,
}

/// All tools, in the order in which they are listed.
pub(crate) const ALL: &[Entry] = &[
    Entry::of::<status::Status>(),
    Entry::of::<next::Next>(),
    Entry::of::<plan::Plan>(),
    Entry::of::<search::Search>(),
    Entry::of::<show::Show>(),
    Entry::of::<list::List>(),
    Entry::of::<roles::Roles>(),
    Entry::of::<readiness::Readiness>(),
    Entry::of::<questions::Questions>(),
    Entry::of::<week::Week>(),
    Entry::of::<check_path::CheckPath>(),
    Entry::of::<mark::Mark>(),
    Entry::of::<study::Study>(),
    Entry::of::<answer::Answer>(),
    Entry::of::<assess::Assess>(),
    Entry::of::<undo::Undo>(),
];

impl Entry {
    const fn of<T: Ask>() -> Self {
        Self { name: T::NAME, effect: T::EFFECT, describe: describe::<T>, run: run::<T> }
    }

    /// The tool with this name.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn named(name: &str) -> Result<&'static Self> {
        let found = ALL.iter().find(|one| one.name == name);
        found.ok_or_else(|| {
            let error = Error::usage(format!("there is no tool `{}`", safe::short(name, 80)));
            match near::nearest(name, ALL.iter().map(|one| one.name)) {
                Some(meant) => error.hint(format!("did you mean `{meant}`?")),
                None => error.hint("`tools/list` lists them"),
            }
        })
    }

    /// Whether it changes the record.
    pub(crate) fn writes(&self) -> bool {
        self.effect != Effect::Reads
    }

    /// How it is listed.
    pub(crate) fn tool(&self) -> Tool {
        (self.describe)()
    }

    /// Answers a call.
    ///
    /// # Errors
    /// An argument is wrong, or there is no report.
    pub(crate) fn run(&self, given: JsonObject, context: &Context) -> Result<Made> {
        (self.run)(given, context)
    }
}

fn run<T: Ask>(mut given: JsonObject, context: &Context) -> Result<Made> {
    let mut hasher = DefaultHasher::new();
    T::NAME.hash(&mut hasher);
    for (name, value) in given.iter().filter(|(name, _)| *name != "cursor") {
        name.hash(&mut hasher);
        value.to_string().hash(&mut hasher);
    }
    let call = Call { context, id: hasher.finish(), effect: T::EFFECT };
    if T::EFFECT == Effect::Reads {
        return T::run(arguments::read(given, T::LONG)?, &call);
    }
    let hidden = arguments::leave_out_hidden(&mut given);
    let mut made = T::run(arguments::read(given, T::LONG)?, &call)?;
    for name in hidden {
        made.warn(&format!("characters that cannot be seen were left out of `{name}`"));
    }
    Ok(made)
}

fn describe<T: Ask>() -> Tool {
    let annotations = ToolAnnotations::with_title(T::TITLE).open_world(false);
    let annotations = match T::EFFECT {
        Effect::Reads => annotations.read_only(true),
        effect => annotations
            .read_only(false)
            .destructive(effect == Effect::TakesBack)
            .idempotent(effect == Effect::RecordsOnce),
    };
    Tool::new(T::NAME, T::ABOUT, arguments::schema::<T::Arguments>())
        .with_title(T::TITLE)
        .with_raw_output_schema(Arc::new(output::<T>()))
        .with_annotations(annotations)
}

/// The schema of what a tool answers with: the document of the command, or an error.
fn output<T: Ask>() -> JsonObject {
    let settings = || arguments::settings().for_serialize();
    let mut answer = arguments::object(T::Report::schema(settings().into_generator()));
    let definitions = answer.remove("$defs");
    let recorded: &[More] = if T::EFFECT == Effect::Reads { &[] } else { RECORDED };
    let more = T::MORE.iter().chain(recorded).map(|(name, schema)| (*name, schema()));
    let fields =
        more.chain([("schema", json!({"const": 1})), ("command", json!({"type": "string"}))]);
    let (names, schemas): (Vec<&str>, JsonObject) =
        fields.map(|(name, schema)| (name, (name.to_owned(), schema))).unzip();
    extend(&mut answer, "properties", schemas.into());
    extend(&mut answer, "required", names.into());
    let failure = arguments::object(settings().into_generator().into_root_schema_for::<Failure>());
    let failure = json!({
        "type": "object",
        "properties": {"schema": {"const": 1}, "error": failure},
        "required": ["schema", "error"],
    });
    let mut schema = JsonObject::new();
    schema.insert("type".to_owned(), "object".into());
    schema.insert("anyOf".to_owned(), json!([answer, failure]));
    if let Some(definitions) = definitions {
        schema.insert("$defs".to_owned(), definitions);
    }
    let mut schema = schema.into();
    without_words(&mut schema);
    match schema {
        Value::Object(schema) => schema,
        _ => JsonObject::new(),
    }
}

/// Takes the words out of a schema: docs/json.md says what the fields mean, and each word would take
/// room in the assistant's memory.
fn without_words(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            // A field that has one of these names has a schema, which is no text.
            fields.retain(|name, value| {
                !(value.is_string() && ["$schema", "title", "description"].contains(&name.as_str()))
            });
            fields.values_mut().for_each(without_words);
        }
        Value::Array(items) => items.iter_mut().for_each(without_words),
        _ => {}
    }
}

/// Takes the learner's notes out of what is shown.
pub(crate) fn without_notes(report: &mut Shown) {
    show::without_notes(report);
}

/// Adds to a list or an object that is a field.
fn extend(schema: &mut JsonObject, field: &str, more: Value) {
    match (schema.get_mut(field), more) {
        (Some(Value::Array(known)), Value::Array(more)) => known.extend(more),
        (Some(Value::Object(known)), Value::Object(more)) => known.extend(more),
        (_, more) => {
            schema.insert(field.to_owned(), more);
        }
    }
}

impl Made {
    /// Says whether something was recorded, by whom, and what takes it back.
    fn recorded(mut self, is_recorded: bool, call: &Call<'_>) -> Result<Self> {
        let by = call.context.app.by.as_ref().map(ToString::to_string).unwrap_or_default();
        let undone_by = match (is_recorded, call.effect) {
            (false, _) => Value::Null,
            (true, Effect::TakesBack) => {
                self.hint("`milepost redo` at the command line brings it back");
                json!({"tool": null, "command": "milepost redo"})
            }
            (true, _) => {
                self.hint("`undo` takes it back, and so does `milepost undo` at the command line");
                json!({"tool": undo::Undo::NAME, "command": "milepost undo"})
            }
        };
        let made = self.with_field("recorded", is_recorded.into()).with_field("by", by.into());
        Ok(made.with_field("undone_by", undone_by))
    }
}
