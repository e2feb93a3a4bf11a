//! The portfolio as Markdown, to be shown to an employer: what was built, the proof, then breadth.
//!
//! After a table of the paths come their milestones, the done ones first, with evidence, skills and
//! criteria; then the skill areas, where they were assessed; then the skills by topic; then what was
//! studied. What was skipped is left out, what is
//! ahead is kept short, and notes are private unless asked for. It reads well raw, too: blocks with
//! a blank line between them, task lists, one line for each criterion. Lists are indented by four,
//! which all dialects understand.

pub(super) mod escape;

use std::collections::HashSet;

use milepost_core::Status;
use milepost_core::progress::Counts;
use milepost_core::progress::Dated;
use milepost_core::progress::{Count, Progress};
use milepost_core::report::export::{Aim, Matrix};
use milepost_core::report::export::{Document, ItemPart, PathPart, StagePart, TopicPart};
use milepost_path::{Link, NodeKind, Ref, sort};

use super::{Options, done_of, hours_of, phrases};
use crate::text::quantity;
use crate::words;
use escape::text;

/// Behind criteria under which something was done, and which its path has no longer.
const CHANGED: &str = "changed since";

/// The portfolio as Markdown.
pub(crate) fn render(document: &Document, options: Options) -> String {
    let title = match document.owner.as_deref().filter(|owner| !owner.trim().is_empty()) {
        None => "# Learning portfolio".to_owned(),
        Some(owner) => format!("# Portfolio of {}", text(owner)),
    };
    let mut blocks = vec![title, format!("As of {}.", document.as_of)];
    if !document.paths.is_empty() {
        blocks.push(if options.public { done(&document.paths) } else { table(&document.paths) });
    }
    for path in &document.paths {
        push_milestones(&mut blocks, path, options);
    }
    if !document.earlier.is_empty() {
        blocks.push("## Earlier work".to_owned());
        let lines = document.earlier.iter().flat_map(|item| milestone(item, options));
        blocks.push(lines.collect::<Vec<String>>().join("\n"));
    }
    if let Some(matrix) = &document.matrix {
        push_matrix(&mut blocks, matrix, options);
    }
    push_skills(&mut blocks, document, options);
    push_resources(&mut blocks, document, options);
    blocks.push("---".to_owned());
    blocks.extend(document.paths.iter().filter_map(origin));
    blocks.push("Made with milepost\n".to_owned());
    blocks.join("\n\n")
}

/// Whose a path is, where its file says so.
pub(super) fn origin(path: &PathPart) -> Option<String> {
    let origin = phrases::origin(path, text)?;
    Some(format!("The path {} is {origin}.", text(&path.title)))
}

/// What is done of each path, where nobody is to see what is not.
fn done(paths: &[PathPart]) -> String {
    let mut lines = vec![
        "| Path | Milestones | Skills | Studied |".to_owned(),
        "|:-----|-----------:|-------:|--------:|".to_owned(),
    ];
    for path in paths {
        let Progress { milestones, skills, resources, .. } = path.progress;
        let done = |count: Count| match count.done {
            0 => "-".to_owned(),
            done => done.to_string(),
        };
        let cells = [text(&path.title), done(milestones), done(skills), done(resources)];
        lines.push(format!("| {} |", cells.join(" | ")));
    }
    lines.join("\n")
}

fn table(paths: &[PathPart]) -> String {
    let mut lines = vec![
        "| Path | Progress | Milestones | Skills | Hours |".to_owned(),
        "|:-----|---------:|-----------:|-------:|------:|".to_owned(),
    ];
    let cell = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    for path in paths {
        let progress = &path.progress;
        let cells = [
            text(&path.title),
            quantity::percent(progress.percent),
            cell(done_of(progress.milestones, "")),
            cell(done_of(progress.skills, "")),
            cell(hours_of(progress.hours)),
        ];
        lines.push(format!("| {} |", cells.join(" | ")));
    }
    lines.join("\n")
}

/// A path with its milestones, under their headings.
fn push_milestones(blocks: &mut Vec<String>, path: &PathPart, options: Options) {
    let milestones: Vec<&ItemPart> = path.milestones().collect();
    let is_begun = path.is_begun();
    if is_begun && milestones.is_empty() {
        // All that there is to say stands under the skills.
        return;
    }
    blocks.push(format!("## {}", text(&path.title)));
    if !is_begun {
        blocks.push(format!("Not begun yet: {}.", phrases::ahead(path)));
        return;
    }
    let under = |id: Option<&str>| -> Vec<&ItemPart> {
        let known = |id: &str| path.portfolio.iter().any(|heading| heading.id == id);
        milestones
            .iter()
            .filter(|item| item.portfolio.as_deref().filter(|id| known(id)) == id)
            .copied()
            .collect()
    };
    let others = if path.portfolio.is_empty() { "Milestones" } else { "Other milestones" };
    let headings = path.portfolio.iter();
    let mut groups: Vec<(String, Vec<&ItemPart>)> = headings
        .map(|heading| (text(&heading.title), under(Some(&heading.id))))
        .chain([(others.to_owned(), under(None))])
        .collect();
    for (_, milestones) in &mut groups {
        sort::by_key(milestones, |item| item.rank());
    }
    // What was built comes first here, too.
    sort::by_key(&mut groups, |(_, milestones)| milestones.first().map(|item| item.rank()));
    for (title, milestones) in groups {
        if !milestones.is_empty() {
            blocks.push(format!("### {title}"));
            let lines = milestones.into_iter().flat_map(|item| milestone(item, options));
            blocks.push(lines.collect::<Vec<String>>().join("\n"));
        }
    }
}

fn milestone(item: &ItemPart, options: Options) -> Vec<String> {
    let mut when: Vec<String> = match item.status {
        // The day on which something was credited says nothing about when it was built.
        Status::Done if item.known => None,
        Status::Done => item.since.map(|day| day.to_string()),
        Status::Doing => Some(match item.begun.or(item.since) {
            Some(day) => format!("in progress since {day}"),
            None => "in progress".to_owned(),
        }),
        _ => item.optional.then(|| "optional".to_owned()),
    }
    .into_iter()
    .collect();
    when.extend(phrases::studied(item));
    let title = format!("**{}**{}", text(&item.title), in_brackets(&when));
    let mut lines = vec![format!("{} {title}", bullet(item.status == Status::Done, options))];
    if let Some(proofs) = proofs(&item.evidence) {
        lines.push(format!("    - Evidence: {proofs}"));
    }
    if item.status != Status::Todo {
        lines.extend(item.about.iter().map(|about| format!("    - About: {}", text(about))));
        let links: Vec<String> = item.links.iter().map(link).collect();
        if !links.is_empty() {
            lines.push(format!("    - Links: {}", links.join(", ")));
        }
        if !item.skills.is_empty() {
            let skills: Vec<String> = item.skills.iter().map(|skill| text(skill)).collect();
            lines.push(format!("    - Skills: {}", skills.join(", ")));
        }
        let criteria = item.proven_criteria();
        if !criteria.is_empty() || item.done_under.is_some() {
            let mut about: Vec<String> = phrases::points(item).into_iter().collect();
            about.extend(item.done_under.iter().map(|_| CHANGED.to_owned()));
            let end = if criteria.is_empty() { ": none" } else { ":" };
            lines.push(format!("    - Criteria{}{end}", in_brackets(&about)));
            lines.extend(criteria.iter().enumerate().map(|(at, one)| {
                let points = item.points(at).map(|n| quantity::count(usize::from(n), "point"));
                let points: Vec<String> = points.into_iter().collect();
                format!("        - {}{}", escape::prose(one), in_brackets(&points))
            }));
        }
    }
    push_notes(&mut lines, "Note", &item.notes, options);
    lines
}

fn link(link: &Link) -> String {
    let title = text(&link.title);
    escape::target(&link.url).map_or(title.clone(), |target| format!("[{title}]({target})"))
}

/// What stands behind a title; nothing where there is nothing to say.
fn in_brackets(said: &[String]) -> String {
    if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) }
}

/// What is done and went from its path since.
fn retired(item: &ItemPart) -> Option<String> {
    item.retired.then(|| "retired".to_owned())
}

/// The skill areas with their levels, against the role.
fn push_matrix(blocks: &mut Vec<String>, matrix: &Matrix, options: Options) {
    blocks.push("## Skill areas".to_owned());
    let levels = "Self-assessed, from 1 (foundation) to 4 (expert)";
    if let Some(Aim { title, .. }) = matrix.role.as_ref().filter(|_| options.public) {
        blocks.push(format!("{levels}; \"needed\" is the level for the role of {}.", text(title)));
    } else if let Some(Aim { title, fit, core, .. }) = &matrix.role {
        blocks.push(format!(
            "Self-assessed against the role of {}: {}, weighted by the level it needs in each \
             area; {}.",
            text(title),
            quantity::percent(fit.percent),
            words::roles::core(core)
        ));
    } else {
        blocks.push(format!("{levels}."));
    }
    let mut lines = vec![
        "| Area | Level | Needed | Since | Evidence |".to_owned(),
        "|:-----|:------|-------:|:------|:---------|".to_owned(),
    ];
    for area in &matrix.areas {
        let dash = || "-".to_owned();
        let cells = [
            text(&area.title),
            phrases::level(area).unwrap_or_else(|| "not assessed".to_owned()),
            area.target.map_or_else(dash, |target| target.to_string()),
            area.on.map_or_else(dash, |on| on.to_string()),
            proofs(&area.evidence).unwrap_or_else(dash),
        ];
        lines.push(format!("| {} |", cells.join(" | ")));
    }
    blocks.push(lines.join("\n"));
    let noted = matrix.areas.iter().filter(|area| options.notes && !area.notes.is_empty());
    let notes = noted.flat_map(|area| {
        let title = text(&area.title);
        area.notes.iter().map(move |said| format!("- {}", note(&format!("Note on {title}"), said)))
    });
    let notes: Vec<String> = notes.collect();
    if !notes.is_empty() {
        blocks.push(notes.join("\n"));
    }
}

/// The skills by stage and topic. Paths and stages with nothing begun are no more than counted.
fn push_skills(blocks: &mut Vec<String>, document: &Document, options: Options) {
    let several = document.paths.len() > 1;
    let mut is_first = true;
    for path in &document.paths {
        let begun = |stage: &&StagePart| {
            let is_skill = |item: &&ItemPart| item.kind == NodeKind::Skill;
            stage.items.iter().filter(is_skill).any(ItemPart::is_begun)
                || stage.topics.iter().any(|topic| has_said(&topic.notes, &topic.evidence, options))
                || has_said(&stage.notes, &stage.evidence, options)
        };
        let (begun, rest): (Vec<&StagePart>, Vec<&StagePart>) = path.stages.iter().partition(begun);
        if begun.is_empty() {
            continue;
        }
        if std::mem::take(&mut is_first) {
            blocks.push("## Skills".to_owned());
        }
        if several {
            blocks.push(format!("### {}", text(&path.title)));
        }
        let level = if several { "####" } else { "###" };
        for stage in begun {
            let lines = stage_lines(stage, options);
            if !lines.is_empty() {
                blocks.push(format!("{level} {}", text(&stage.title)));
                blocks.push(lines.join("\n"));
            }
        }
        let ahead: Vec<String> = rest
            .into_iter()
            .filter(|stage| !options.public && stage.progress.skills.left() > 0)
            .map(|stage| {
                let skills = quantity::count(stage.progress.skills.left(), "skill");
                format!("{} ({skills})", text(&stage.title))
            })
            .collect();
        if !ahead.is_empty() {
            blocks.push(format!("Still ahead: {}.", quantity::list(&ahead)));
        }
    }
}

fn stage_lines(stage: &StagePart, options: Options) -> Vec<String> {
    let mut lines = Vec::new();
    for topic in &stage.topics {
        let skills: Vec<&ItemPart> = stage
            .items
            .iter()
            .filter(|item| item.kind == NodeKind::Skill && item.topic.as_ref() == Some(&topic.id))
            .filter(|item| item.is_shown() && (item.status != Status::Todo || item.is_ahead()))
            .collect();
        if !skills.is_empty() || has_said(&topic.notes, &topic.evidence, options) {
            lines.extend(topic_lines(topic, &skills, options));
        }
    }
    if let Some(proofs) = proofs(&stage.evidence) {
        lines.push(format!("- Evidence: {proofs}"));
    }
    if options.notes {
        lines.extend(stage.notes.iter().map(|said| format!("- {}", note("Note", said))));
    }
    lines
}

fn topic_lines(topic: &TopicPart, skills: &[&ItemPart], options: Options) -> Vec<String> {
    // What a person who has it can say has a line of its own.
    let (told, named): (Vec<&ItemPart>, Vec<&ItemPart>) =
        skills.iter().partition(|item| item.status == Status::Done && item.can.is_some());
    let with = |status| {
        let titles: Vec<String> =
            named.iter().filter(|item| item.status == status).map(|item| skill(item)).collect();
        titles.join(", ")
    };
    let parts: Vec<String> = [
        ("", with(Status::Done)),
        ("*in progress:* ", with(Status::Doing)),
        ("*open:* ", with(Status::Todo)),
    ]
    .into_iter()
    .filter(|(_, titles)| !titles.is_empty())
    .map(|(label, titles)| format!("{label}{titles}"))
    .collect();
    let is_done = |item: &&ItemPart| item.status == Status::Done || item.counts == Counts::Aside;
    let all_done = !skills.is_empty() && skills.iter().all(is_done);
    let mut line = format!("{} **{}**", bullet(all_done, options), text(&topic.title));
    if !parts.is_empty() {
        line.push_str(&format!(": {}", parts.join("; ")));
    }
    let mut lines = vec![line];
    for item in told {
        let can =
            item.can.iter().map(|can| format!("    - {}: {}", skill(item), escape::prose(can)));
        lines.extend(can);
    }
    if let Some(proofs) = proofs(&topic.evidence) {
        lines.push(format!("    - Evidence: {proofs}"));
    }
    push_notes(&mut lines, "Note", &topic.notes, options);
    for skill in skills {
        push_notes(&mut lines, &format!("On {}", text(&skill.title)), &skill.notes, options);
    }
    lines
}

/// A skill in a line of several.
fn skill(item: &ItemPart) -> String {
    let about: Vec<String> = retired(item).into_iter().chain(proofs(&item.evidence)).collect();
    text(&item.title) + &in_brackets(&about)
}

/// What was studied, each once, though it can stand in several paths.
fn push_resources(blocks: &mut Vec<String>, document: &Document, options: Options) {
    let mut seen: HashSet<&Ref> = HashSet::new();
    let mut lines = Vec::new();
    for item in document.paths.iter().flat_map(PathPart::items) {
        let is_done = item.kind == NodeKind::Resource && item.status == Status::Done;
        if is_done && seen.insert(item.same_as.as_ref().unwrap_or(&item.reference)) {
            lines.extend(resource(item, options));
        }
    }
    if !lines.is_empty() {
        blocks.push("## Books, courses and other study".to_owned());
        blocks.push(lines.join("\n"));
    }
}

fn resource(item: &ItemPart, options: Options) -> Vec<String> {
    let title = text(&item.title);
    let mut line = match item.url.as_deref().and_then(escape::target) {
        Some(target) => format!("- [{title}]({target})"),
        None => format!("- {title}"),
    };
    if let Some(part) = &item.part {
        line.push_str(&format!(", {}", text(part)));
    }
    if let Some(by) = &item.by {
        line.push_str(&format!(", {}", text(by)));
    }
    let kind = item.resource_kind.map(|kind| kind.as_str().to_owned());
    let day = item.since.filter(|_| !item.known).map(|day| day.to_string());
    let about: Vec<String> = kind.into_iter().chain(day).chain(retired(item)).collect();
    line.push_str(&in_brackets(&about));
    if let Some(proofs) = proofs(&item.evidence) {
        line.push_str(&format!(": {proofs}"));
    }
    let mut lines = vec![line];
    push_notes(&mut lines, "Note", &item.notes, options);
    lines
}

/// Evidence in a row: web addresses as links, files and commits as code.
fn proofs(evidence: &[Dated]) -> Option<String> {
    let proofs: Vec<String> = evidence
        .iter()
        .map(|said| match escape::target(&said.text) {
            Some(target) => format!("[{}]({target})", text(&escape::label(&said.text))),
            None => escape::code(&said.text),
        })
        .filter(|proof| !proof.is_empty())
        .collect();
    (!proofs.is_empty()).then(|| proofs.join(", "))
}

fn push_notes(lines: &mut Vec<String>, label: &str, notes: &[Dated], options: Options) {
    if options.notes {
        lines.extend(notes.iter().map(|said| format!("    - {}", note(label, said))));
    }
}

fn note(label: &str, said: &Dated) -> String {
    format!("{label}, {}: {}", said.on, text(&said.text))
}

fn has_said(notes: &[Dated], evidence: &[Dated], options: Options) -> bool {
    !evidence.is_empty() || (options.notes && !notes.is_empty())
}

/// A box that is ticked or not; where only what is done is shown, there is nothing to tick.
fn bullet(is_done: bool, options: Options) -> &'static str {
    match (options.public, is_done) {
        (true, _) => "-",
        (false, true) => "- [x]",
        (false, false) => "- [ ]",
    }
}

#[cfg(test)]
mod tests;
