//! `show` as JSON, and why there is nothing to show.

pub mod graph;

use milepost_core::report::show::node::NodeReport;
use milepost_core::report::show::question::QuestionReport;
use milepost_core::report::show::term::TermReport;
use milepost_core::report::show::{Refusal, Report};
use milepost_path::safe;
use serde::Serialize;

use super::{Document, did_you_mean, no_path};
use crate::error::{Code, Error};

#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
enum Json<'a> {
    Node(&'a NodeReport),
    Question(&'a QuestionReport),
    Term(&'a TermReport),
    Graph { path: &'a str, graph: String },
}

impl Document for Report {
    const COMMAND: &'static str = "show";

    fn json(&self) -> impl Serialize {
        match self {
            Self::Node(node) => Json::Node(node),
            Self::Question(question) => Json::Question(question),
            Self::Term(term) => Json::Term(term),
            Self::Graph(graph) => Json::Graph { path: &graph.path, graph: graph::text(graph) },
        }
    }
}

super::described!(Report as Json<'static>);

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let is = |code, name: &str, what: &str| {
            Self::new(code, format!("`{}` is a {what}", safe::short(name, 80)))
        };
        match refusal {
            Refusal::NoPath(why) => Self::new(Code::NothingThere, no_path(why))
                .hint("`milepost paths` lists them, `milepost show PATH` shows one"),
            Refusal::NoPathToDraw(why) => Self::new(Code::NothingThere, no_path(why))
                .hint("name a path: `milepost show PATH --graph dot`"),
            Refusal::NoTerm(id) => Self::new(
                Code::UnknownRef,
                format!("the glossary has no term `{}`", safe::short(&id, 80)),
            )
            .hint("`milepost show glossary` lists its terms"),
            Refusal::IsCareer => Self::new(
                Code::WrongKind,
                "`career` is not a path: it has the skill areas, roles and glossary",
            )
            .hint("see `milepost assess --list`, `milepost roles` and `milepost show glossary`"),
            Refusal::IsArea(name, area) => is(Code::WrongKind, &name, "skill area")
                .hint(format!("`milepost assess {area} --list` shows it")),
            Refusal::IsRole(name, role) => {
                is(Code::WrongKind, &name, "role").hint(format!("`milepost roles {role}` shows it"))
            }
            Refusal::NearTerm(name, term) => Self::new(
                Code::UnknownRef,
                format!("nothing is called `{}`", safe::short(&name, 80)),
            )
            .hint(did_you_mean(&[term.to_string()])),
        }
    }
}
