//! What a client can attach to a conversation by its address: reports for people, the portfolio, and how a
//! path file is written. Private notes are in none of them.

use milepost::builtin::PATH_FORMAT;
use milepost::commands::{show, status};
use milepost::context::Context;
use milepost::error::{Code, Error, Result};
use milepost::export::{self, Format, Options};
use milepost_core::report::export::{Purpose, Query};
use milepost_path::safe;
use rmcp::model::{ReadResourceResult, Resource, ResourceContents, ResourceTemplate};

use crate::answer::SCREEN;
use crate::clean;
use crate::tools::without_notes;

/// The addresses of a path and of something in it, with the names that stand in for parts.
pub(crate) const PATH: &str = "milepost://path/{id}";
pub(crate) const ITEM: &str = "milepost://item/{path}/{id}";
/// How a path file is written.
pub(crate) const FORMAT: &str = "milepost://docs/path-format";

const STATUS: &str = "milepost://status";
const PORTFOLIO: &str = "milepost://portfolio.md";

const PLAIN: &str = "text/plain";
const MARKDOWN: &str = "text/markdown";

/// The resources that have a fixed address.
pub(crate) fn list() -> Vec<Resource> {
    let one = |uri: &str, name: &str, title: &str, about: &str, form: &str| {
        Resource::new(uri, name).with_title(title).with_description(about).with_mime_type(form)
    };
    vec![
        one(STATUS, "status", "How far the learner is", "Progress, pace and forecast.", PLAIN),
        one(
            PORTFOLIO,
            "portfolio.md",
            "The portfolio",
            "What the learner built, with evidence, and what they studied, as Markdown; without notes.",
            MARKDOWN,
        ),
        format(),
    ]
}

/// How a path file is written.
pub(crate) fn format() -> Resource {
    Resource::new(FORMAT, "path-format")
        .with_title("How a path file is written")
        .with_description("Every key of the format, with examples.")
        .with_mime_type(MARKDOWN)
        .with_size(PATH_FORMAT.len() as u64)
}

/// The resources whose address has ids in it.
pub(crate) fn templates() -> Vec<ResourceTemplate> {
    let one = |uri: &str, name: &str, title: &str, about: &str| {
        ResourceTemplate::new(uri, name)
            .with_title(title)
            .with_description(about)
            .with_mime_type(PLAIN)
    };
    vec![
        one(PATH, "path", "A path", "A path as a tree, with what is done."),
        one(
            ITEM,
            "item",
            "Something in a path",
            "A stage, topic, skill, resource or milestone in full.",
        ),
    ]
}

/// What a resource has; `None` if no resource can have such an address.
pub(crate) enum Address {
    Status,
    Portfolio,
    Format,
    /// The reference of a path or of something in it.
    Part(String),
}

impl Address {
    /// Reads an address. Its parts are plain ids, so nothing has to be decoded.
    pub(crate) fn read(uri: &str) -> Option<Self> {
        let is_id = |id: &str| {
            !id.is_empty()
                && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        };
        match uri {
            STATUS => return Some(Self::Status),
            PORTFOLIO => return Some(Self::Portfolio),
            FORMAT => return Some(Self::Format),
            _ => {}
        }
        let parts: Vec<&str> = uri.strip_prefix("milepost://")?.split('/').collect();
        match parts.as_slice() {
            ["path", id] if is_id(id) => Some(Self::Part((*id).to_owned())),
            ["item", path, id] if is_id(path) && is_id(id) => {
                Some(Self::Part(format!("{path}/{id}")))
            }
            _ => None,
        }
    }

    /// What is there.
    ///
    /// # Errors
    /// There is nothing, or the record cannot be read.
    pub(crate) fn contents(&self, uri: &str, context: &Context) -> Result<ReadResourceResult> {
        let app = &context.app;
        let (form, text) = match self {
            Self::Format => (MARKDOWN, PATH_FORMAT.to_owned()),
            Self::Status => {
                let query = milepost_core::report::status::Query { path: None, news: false };
                let answer = milepost_core::report::status::report(&query, app)?;
                (PLAIN, status::text(&answer.report, &SCREEN))
            }
            Self::Portfolio => {
                let query = Query {
                    paths: Vec::new(),
                    owner: context.config.name.clone(),
                    purpose: Purpose::Portfolio,
                    public: false,
                };
                let answer = milepost_core::report::export::report(&query, app)?;
                let options = Options { notes: false, public: false };
                (MARKDOWN, export::render(&answer.report, Format::Markdown, options)?)
            }
            Self::Part(reference) => {
                let query = milepost_core::report::show::Query {
                    reference: Some(reference.clone()),
                    graph: None,
                };
                let mut answer = milepost_core::report::show::report(&query, app)?;
                without_notes(&mut answer.report);
                (PLAIN, show::text(&answer.report, &SCREEN))
            }
        };
        let contents = ResourceContents::text(clean::text(&text), uri).with_mime_type(form);
        Ok(ReadResourceResult::new(vec![contents]))
    }
}

/// That no resource has an address.
pub(crate) fn unknown(uri: &str) -> Error {
    Error::new(Code::UnknownName, format!("there is no resource `{}`", safe::short(uri, 120)))
        .hint("`resources/list` and `resources/templates/list` list them")
}
