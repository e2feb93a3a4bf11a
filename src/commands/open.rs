//! `milepost open`

use serde::Serialize;

use super::select;
use crate::context::Context;
use crate::error::{Code, Error, Result, reason};
use crate::model::address::Address;
use crate::model::roadmap::{Node, Ref};
use crate::model::view::View;
use crate::output::Output;
use crate::text::safe;

/// Open a resource's page in the browser
///
/// A topic, a skill or a milestone has a page where its path gives one. Of a skill without a page, it is
/// that of the first open resource that teaches it.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost open fastapi-docs
  milepost open fastapi --print")]
pub struct Args {
    /// A resource, skill, topic or milestone
    #[arg(value_name = "REF", add = super::completions::references())]
    reference: String,

    /// Only print the address
    #[arg(long)]
    print: bool,
}

#[derive(Serialize)]
struct Report {
    #[serde(rename = "ref")]
    reference: Ref,
    title: String,
    url: String,
    opened: bool,
}

/// Runs the command.
///
/// # Errors
/// The reference is unknown, there is no address, or no browser can be run.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let standing = context.standing()?;
    let view = View { shelf: context.catalog(), standing: &standing };
    let node = select::node(&args.reference, &standing.followed_ids(), context, out)?;
    let Some((reference, title, url)) = page(&node, &view) else {
        return Err(Error::new(Code::WrongKind, format!("`{}` has no page", node.reference()))
            .hint(format!("`milepost show {}` says what there is", node.reference())));
    };
    if !args.print {
        // The format lets only http and https in; a path of another making might not.
        let Some(address) = Address::of(&url) else {
            return Err(Error::new(
                Code::WrongKind,
                format!("`{}` is no web address", safe::short(&url, 200)),
            ));
        };
        open::that_detached(address.href()).map_err(|error| {
            Error::new(Code::NoProgram, format!("no browser could be run: {}", reason(&error)))
                .hint(format!("`milepost open {reference} --print` prints the address"))
        })?;
    }
    let report = Report { reference, title, url, opened: !args.print };
    out.report("open", &report, |report, _| {
        let url = safe::line(&report.url);
        if report.opened {
            format!("opened {}  {url}\n", safe::line(&report.title))
        } else {
            format!("{url}\n")
        }
    })
}

fn page(node: &Node<'_>, view: &View<'_>) -> Option<(Ref, String, String)> {
    if let Some(url) = node.url() {
        return Some((node.reference(), node.title().to_owned(), url.to_owned()));
    }
    let Node::Item(item) = node else { return None };
    let topic = item.topic?;
    let mut teaching: Vec<_> = item
        .roadmap
        .items_of_topic(item.stage, topic)
        .filter_map(|one| Some((one, one.resource()?)))
        .filter(|(_, resource)| resource.skills.iter().any(|id| id == item.id()))
        .collect();
    // Stable: the first of the file among those that are open.
    teaching.sort_by_key(|(one, _)| !view.is_open(one));
    teaching.into_iter().find_map(|(one, resource)| {
        Some((one.reference(), one.title().to_owned(), resource.url.clone()?))
    })
}
