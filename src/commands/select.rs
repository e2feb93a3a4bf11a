//! What a REF on the command line means: nodes, the items in them that a mark is for, or an interview
//! question.

use crate::catalog::reference::{Lookup, look_up, look_up_question};
use crate::context::{Context, did_you_mean};
use crate::error::{Code, Error, Result};
use crate::model::roadmap::{Asked, Item, Node, QUESTION};
use crate::output::Output;
use crate::text::{quantity, safe};

/// The nodes that some references name.
///
/// # Errors
/// One of them is unknown, or could mean several things and nobody can be asked.
pub fn nodes<'a>(
    refs: &[String],
    followed: &[&str],
    context: &'a Context,
    out: &mut Output<'_, '_>,
) -> Result<Vec<Node<'a>>> {
    refs.iter().map(|text| node(text, followed, context, out)).collect()
}

/// The node that a reference names.
///
/// # Errors
/// As [`nodes`].
pub fn node<'a>(
    text: &str,
    followed: &[&str],
    context: &'a Context,
    out: &mut Output<'_, '_>,
) -> Result<Node<'a>> {
    match look_up(context.catalog(), text, followed) {
        Lookup::One(node) => Ok(node),
        Lookup::Several(nodes) => {
            let lines: Vec<String> = nodes.iter().map(line).collect();
            let shown = safe::short(text, 80);
            if let Some(prompt) = out.prompt() {
                let chosen = prompt.choose(&format!("`{shown}` could mean"), &lines)?;
                if let Some(node) = nodes.get(chosen) {
                    return Ok(*node);
                }
            }
            let error = Error::new(
                Code::AmbiguousRef,
                format!("`{shown}` could mean {} things", nodes.len()),
            );
            Err(lines.into_iter().fold(error, Error::hint))
        }
        Lookup::Unknown(near) => {
            if let Lookup::One(asked) = look_up_question(context.catalog(), text, followed) {
                let reference = asked.reference();
                return Err(Error::new(
                    Code::WrongKind,
                    format!("{reference} is an interview question"),
                )
                .hint(format!(
                    "`milepost show {reference}` shows it, `milepost interview` asks it"
                )));
            }
            let error = Error::new(
                Code::UnknownRef,
                format!("nothing is called `{}`", safe::short(text, 80)),
            );
            Err(match near.as_slice() {
                [] => error.hint("`milepost list` shows what there is, `milepost search` finds it"),
                near => error.hint(did_you_mean(near)),
            })
        }
    }
}

/// The interview question that a reference means which names no node; none where it means none.
///
/// # Errors
/// It can only be a question, and is unknown or could mean several.
pub fn question_or_none<'a>(
    text: &str,
    followed: &[&str],
    context: &'a Context,
) -> Result<Option<Asked<'a>>> {
    let found = look_up_question(context.catalog(), text, followed);
    if matches!(found, Lookup::Unknown(_)) && !text.contains(QUESTION) {
        return Ok(None);
    }
    the_question(found, text).map(Some)
}

/// The interview question that a reference names.
///
/// # Errors
/// It is unknown, or could mean several.
pub fn question<'a>(text: &str, followed: &[&str], context: &'a Context) -> Result<Asked<'a>> {
    the_question(look_up_question(context.catalog(), text, followed), text)
}

fn the_question<'a>(found: Lookup<Asked<'a>>, text: &str) -> Result<Asked<'a>> {
    let shown = safe::short(text, 80);
    match found {
        Lookup::One(asked) => Ok(asked),
        Lookup::Several(several) => {
            let error = Error::new(
                Code::AmbiguousRef,
                format!("`{shown}` could mean {} questions", several.len()),
            );
            let names: Vec<String> =
                several.iter().map(|asked| asked.reference().to_string()).collect();
            Err(error.hint(did_you_mean(&names)))
        }
        Lookup::Unknown(near) => {
            let error =
                Error::new(Code::UnknownRef, format!("no interview question is called `{shown}`"));
            Err(match near.as_slice() {
                [] => error.hint("`milepost interview --list` shows all of them"),
                near => error.hint(did_you_mean(near)),
            })
        }
    }
}

/// A node on a line: its reference, kind and title.
fn line(node: &Node<'_>) -> String {
    let title = safe::line(node.title()).into_owned();
    format!("{}  ({}: {title})", node.reference(), node.kind())
}

/// The items that a mark of these nodes is for: an item itself; of a topic, stage or path those that
/// are `within` it, after a question or with `yes`.
///
/// # Errors
/// Nobody said yes.
pub fn items<'a>(
    nodes: &[Node<'a>],
    within: impl Fn(&Node<'a>) -> Vec<Item<'a>>,
    verb: &str,
    yes: bool,
    out: &mut Output<'_, '_>,
) -> Result<Vec<Item<'a>>> {
    let mut items = Vec::new();
    for node in nodes {
        let Node::Item(item) = node else {
            let within = within(node);
            if within.len() > 1 && !yes {
                let n = within.len();
                let what = quantity::count(n, noun(&within));
                let question = format!("{verb} {what} of {} ({})?", node.reference(), node.kind());
                let Some(prompt) = out.prompt() else {
                    return Err(Error::new(
                        Code::NoTerminal,
                        format!(
                            "`{}` is a {} with {what} to mark, and nobody can be asked",
                            node.reference(),
                            node.kind()
                        ),
                    )
                    .hint("pass `--yes`, or name the items"));
                };
                if !prompt.confirm(&question)? {
                    return Err(Error::cancelled());
                }
            }
            items.extend(within);
            continue;
        };
        items.push(*item);
    }
    Ok(items)
}

fn noun(items: &[Item<'_>]) -> &'static str {
    let all_resources = items.iter().all(|item| item.resource().is_some());
    if all_resources { "resource" } else { "goal" }
}
