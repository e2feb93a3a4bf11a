//! What the parts of a topic or a stage say about each other: `choose` and `instead_of`.

use std::collections::HashMap;

use super::diagnostic::{Code, Diagnostic, quote};
use super::findings::Findings;
use super::names::{Kind, Names, wrong_kind};
use super::raw::{Given, Number, RawResource, Text};
use super::rules;

/// Checks how many of the parts are enough. `parts` is `None` if not all of them could be read.
pub(super) fn choose(
    what: &str,
    parts: Option<usize>,
    given: &Given<Number>,
    findings: &mut Findings<'_>,
) -> Option<u16> {
    let number = given.good()?;
    let wrong = |message: String, help: &str| {
        Diagnostic::new(Code::BadChoose, &number.span, message).help(help.to_owned())
    };
    let value = number.value;
    if value.fract() != 0.0 || !(1.0..=f64::from(u16::MAX)).contains(&value) {
        let message = "`choose` must be a whole number of at least 1".to_owned();
        findings.push(wrong(message, "omit `choose` if all of them are needed"));
        return None;
    }
    if let Some(parts) = parts.filter(|parts| *parts as f64 <= value) {
        let message = match parts {
            0 => format!("there are no {what}s to choose from"),
            1 => format!("there is only one {what} to choose from"),
            _ => format!("there are only {parts} {what}s to choose from"),
        };
        let help = "omit `choose` if all of them are needed; optional and retired ones do not \
         count";
        findings.push(wrong(message, help));
        return None;
    }
    Some(value as u16)
}

/// Checks the `instead_of` of the resources of one topic.
pub(super) fn instead_of(
    resources: &[RawResource<'_>],
    names: &Names<'_>,
    findings: &mut Findings<'_>,
) {
    if resources.iter().all(|resource| resource.instead_of.is_absent()) {
        return;
    }
    let beside: HashMap<&str, &RawResource<'_>> =
        resources.iter().map(|resource| (resource.item.node.id(), resource)).collect();
    for resource in resources {
        for text in rules::distinct("instead_of", &resource.instead_of, findings) {
            let Some(named) = beside.get(text.value) else {
                elsewhere(text, &beside, names, findings);
                continue;
            };
            if let Some((message, help)) = mismatch(resource, named) {
                let message = format!("{} {message}", quote(text.value));
                let wrong = Diagnostic::new(Code::BadInstead, &text.span, message);
                findings.push(wrong.help(help.to_owned()));
            }
        }
    }
}

/// Why a resource cannot stand in for another one of its topic, and what to do.
fn mismatch(
    resource: &RawResource<'_>,
    named: &RawResource<'_>,
) -> Option<(&'static str, &'static str)> {
    if resource.item.node.span == named.item.node.span {
        Some(("is the resource itself", "name the resource that it can replace"))
    } else if !named.instead_of.is_absent() {
        Some((
            "is itself an alternative to another one",
            "name the resource that both of them can replace",
        ))
    } else if resource.item.optional != named.item.optional {
        let message = if named.item.optional {
            "is optional, and this is not"
        } else {
            "is not optional, and this is"
        };
        Some((message, "make both of them optional, or neither"))
    } else {
        None
    }
}

/// Reports an `instead_of` that names no resource of the topic.
fn elsewhere(
    text: &Text<'_>,
    beside: &HashMap<&str, &RawResource<'_>>,
    names: &Names<'_>,
    findings: &mut Findings<'_>,
) {
    match names.get(text.value) {
        None if names.may_be_unread(text.value, findings) => {}
        None => {
            let message = format!("its topic has no resource {}", quote(text.value));
            let help = findings.did_you_mean(text.value, beside.keys().copied());
            let unknown = Diagnostic::new(Code::UnknownReference, &text.span, message);
            findings.push(unknown.help(help));
        }
        Some(node) if node.kind == Kind::Resource => {
            let message = format!("{} is a resource of another topic", quote(text.value));
            let help = "a resource is an alternative to resources of its own topic";
            let wrong = Diagnostic::new(Code::BadInstead, &text.span, message);
            findings.push(wrong.help(help.to_owned()));
        }
        Some(node) => wrong_kind(text, node.kind, Kind::Resource.as_str(), findings),
    }
}
