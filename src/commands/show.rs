//! `milepost show`: something of a path with all that is known of it; `text` writes it for people.
//! `question` is about interview questions, `term` about the glossary.

mod question;
mod term;
mod text;

use clap::ValueEnum;
use milepost_core::report::show::{self, Query, Report, graph};

use super::shared::select;
use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};
use crate::words;

/// Show a path as a tree, or one thing in full
///
/// For a topic, skill, resource or milestone: its status, criteria, notes and evidence, what it
/// requires and what it unlocks; for a skill, also the resources that teach it. Without REF, the
/// paths that you follow; `show glossary` lists all terms.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost show ai-integration
  milepost show api-development
  milepost show qa-system
  milepost show ai-integration/question:idempotency
  milepost show hallucination
  milepost show ai-integration --graph mermaid")]
pub struct Args {
    /// A path, stage, topic, item, interview question or glossary term
    #[arg(value_name = "REF", add = super::completions::shown())]
    reference: Option<String>,

    /// Print the graph of requirements instead, for Graphviz or Mermaid
    #[arg(long, value_name = "LANGUAGE")]
    graph: Option<Language>,
}

/// The languages in which a graph can be written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Language {
    /// Graphviz, for `dot -Tsvg`
    Dot,
    /// Mermaid, which code-hosting sites draw
    Mermaid,
}

impl Language {
    fn language(self) -> graph::Language {
        match self {
            Self::Dot => graph::Language::Dot,
            Self::Mermaid => graph::Language::Mermaid,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// The reference is unknown or unclear, or the record cannot be read.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let query =
        Query { reference: args.reference.clone(), graph: args.graph.map(Language::language) };
    let replace = |query: &mut Query, _: &str, chosen: &str| query.reference = Some(chosen.into());
    let answer = select::complete(query, replace, out, |query| show::report(query, &context.app))?;
    out.tell_answer(&answer, text)
}

/// The report for people.
pub fn text(report: &Report, screen: &Screen) -> String {
    match report {
        Report::Node(node) => text::text(node, screen),
        Report::Question(question) => question::text(question, screen),
        Report::Term(term) => term::text(term, screen),
        Report::Graph(graph) => words::show::graph::text(graph),
    }
}
