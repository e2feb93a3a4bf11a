//! The text of `show`: a path or stage as a tree, a topic with its resources, an item in full.

use milepost_core::Status;
use milepost_core::progress::Kind;
use milepost_core::progress::Progress;
use milepost_core::report::requires::Requires;
use milepost_core::report::show::node::{Gone, NodeReport, TaughtBy};
use milepost_path::{Criterion, NodeKind, Ref, safe};

use crate::commands::shared::item_row;
use crate::output::Screen;
use crate::text::{bar, quantity, width};
use crate::words::work;

/// The text of a report.
pub(super) fn text(report: &NodeReport, screen: &Screen) -> String {
    match report.kind {
        _ if report.gone.is_some() => item_text(report, screen),
        None => report.children.iter().map(|path| path_text(path, screen) + "\n").collect(),
        Some(NodeKind::Path) => path_text(report, screen),
        Some(NodeKind::Stage) => {
            let summary = paragraph(report.summary.as_deref(), "", screen);
            let blank = if summary.is_empty() { "" } else { "\n" };
            let mut text =
                format!("{}{summary}{blank}{}", stage_head(report, screen), parts(report, screen));
            text.push_str(&choice(report, "topic", screen));
            text + &about(report, screen) + &links(report, screen) + &said(report, screen)
        }
        Some(NodeKind::Topic) => topic_text(report, screen),
        Some(_) => item_text(report, screen),
    }
}

/// Title, reference and progress: the first line of everything that has parts.
fn head(report: &NodeReport, screen: &Screen) -> String {
    let reference = report.reference.as_ref().map_or("", Ref::as_str);
    let mut text =
        item_row::heading(report.title.as_deref().unwrap_or_default(), reference, screen);
    if let Some(progress) = &report.progress {
        text.push_str(&progress_line(progress, screen));
    }
    text
}

fn progress_line(progress: &Progress, screen: &Screen) -> String {
    let columns = if screen.text_width() < 50 { 10 } else { 20 };
    let bar = bar::bar(progress.percent / 100.0, columns, screen.paint.unicode);
    let percent = quantity::percent(progress.percent);
    let (done, total) = (progress.hours.done, progress.hours.total);
    format!("{bar} {percent}  {} of {}\n", quantity::hours(done), quantity::hours(total))
}

fn paragraph(text: Option<&str>, indent: &str, screen: &Screen) -> String {
    text.map_or(String::new(), |text| {
        width::wrap_indented(indent, indent, &safe::line(text), screen.text_width())
    })
}

/// Text of several lines, each with a wrap of its own.
fn about(report: &NodeReport, screen: &Screen) -> String {
    report.about.as_deref().map_or(String::new(), |about| {
        let wrapped = safe::block(about)
            .lines()
            .map(|line| match line.trim() {
                "" => "\n".to_owned(),
                _ => width::wrap_indented("", "", line, screen.text_width()),
            })
            .collect::<String>();
        format!("\n{wrapped}")
    })
}

/// Where else to look: the address of a topic, and the links of everything.
fn more_links(report: &NodeReport, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    for link in &report.links {
        let title = safe::line(&link.title);
        // Not wrapped: a broken address is no address.
        text.push_str(&format!("  - {title}  {}\n", paint.link(&link.url, &safe::line(&link.url))));
    }
    if text.is_empty() { text } else { format!("\n{}\n{text}", paint.heading("Links")) }
}

fn references(all: &[Ref]) -> String {
    all.iter().map(Ref::as_str).collect::<Vec<_>>().join(", ")
}

/// How many of the parts are enough.
fn choice(report: &NodeReport, what: &str, screen: &Screen) -> String {
    report.choose.map_or(String::new(), |choose| {
        paragraph(Some(&format!("{choose} of these {what}s are enough.")), "", screen)
    })
}

/// The criteria of a milestone, with their points where it counts them.
fn criteria(report: &NodeReport) -> Vec<String> {
    if report.rubric.is_empty() {
        return report.criteria.clone();
    }
    let shown = |one: &Criterion| {
        let points = one.points.map_or(String::new(), |points| {
            format!(" ({})", quantity::count(usize::from(points), "point"))
        });
        let steps = one.scale.iter().map(|step| format!("{}: {}", step.points, step.text));
        let scale = steps.collect::<Vec<_>>().join("; ");
        let scale = if scale.is_empty() { scale } else { format!(" - {scale}") };
        format!("{}{points}{scale}", one.text)
    };
    report.rubric.iter().map(shown).collect()
}

/// How long it was studied, if it was.
fn studied(report: &NodeReport) -> Option<String> {
    report.minutes.filter(|minutes| *minutes > 0).map(quantity::minutes)
}

/// Who wrote a path, in which version, and under which licence.
fn origin(report: &NodeReport, screen: &Screen) -> String {
    let parts = [
        report.version.as_deref().map(|version| format!("version {version}")),
        report.updated.map(|day| format!("updated {day}")),
        report.author.as_deref().map(|author| format!("by {author}")),
        report.license.clone(),
        report.source.as_deref().map(|source| format!("after {source}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    // The day alone is of no use to somebody who only looks.
    if parts.len() < 2 {
        return String::new();
    }
    paragraph(Some(&parts.join(", ")), "", screen)
}

fn path_text(report: &NodeReport, screen: &Screen) -> String {
    let mut text = head(report, screen);
    text.push_str(&paragraph(report.summary.as_deref(), "", screen));
    text.push_str(&origin(report, screen));
    for stage in &report.children {
        text.push('\n');
        text.push_str(&stage_head(stage, screen));
        text.push_str(&parts(stage, screen));
    }
    text
}

/// The first line of a stage.
fn stage_head(report: &NodeReport, screen: &Screen) -> String {
    let paint = screen.paint;
    let months =
        report.months.map_or(String::new(), |months| format!(" ({})", quantity::months(months)));
    let percent = report.progress.map_or(String::new(), |p| quantity::percent(p.percent));
    let title = paint.heading(&safe::line(report.title.as_deref().unwrap_or_default()));
    item_row::line("", &format!("{title}{months}"), &percent, screen)
}

/// The topics and milestones of a stage.
fn parts(report: &NodeReport, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    for child in &report.children {
        let id = child.reference.as_ref().and_then(Ref::id).unwrap_or_default();
        let hours =
            child.hours.map_or(String::new(), |hours| format!("  {}", quantity::hours(hours)));
        let title = safe::line(child.title.as_deref().unwrap_or_default()).into_owned();
        let blocked = blocked(child, screen);
        if child.kind == Some(NodeKind::Topic) {
            let title = paint.bold(&title);
            let rest = format!("{}{hours}{blocked}", paint.dim(id));
            text.push_str(&item_row::line("  ", &title, &rest, screen));
            let skills = child.children.iter().filter(|one| one.kind == Some(NodeKind::Skill));
            text.extend(skills.map(|skill| item_line("    ", skill, "", screen)));
            let resources: Vec<_> =
                child.children.iter().filter(|one| one.kind == Some(NodeKind::Resource)).collect();
            if !resources.is_empty() {
                let with = |status| resources.iter().filter(|r| r.status == Some(status)).count();
                let counted = resources.len() - with(Status::Skipped);
                let count = quantity::count(counted, "resource");
                let count = paint.dim(&format!("{} of {count} done", with(Status::Done)));
                text.push_str(&item_row::line("    ", &count, "", screen));
            }
        } else {
            text.push_str(&item_line("  ", child, &format!("{hours}{blocked}"), screen));
        }
    }
    text
}

fn blocked(report: &NodeReport, screen: &Screen) -> String {
    let finished = report.status.is_some_and(|status| !status.is_open())
        || report.progress.is_some_and(|progress| progress.counted().left() == 0);
    if report.unmet.is_empty() || finished {
        return String::new();
    }
    screen.paint.warn(&format!("  needs {}", quantity::list(&unmet(report))))
}

/// What it waits for, the alternatives of each joined.
fn unmet(report: &NodeReport) -> Vec<String> {
    let joined = |any_of: &Vec<String>| {
        any_of.iter().map(|title| safe::line(title)).collect::<Vec<_>>().join(" or ")
    };
    report.unmet.iter().map(joined).collect()
}

fn item_line(indent: &str, report: &NodeReport, detail: &str, screen: &Screen) -> String {
    let paint = screen.paint;
    let mark = paint.status_mark(item_row::mark(report.status.unwrap_or_default()));
    let title = safe::line(report.title.as_deref().unwrap_or_default()).into_owned();
    let id = report.reference.as_ref().and_then(Ref::id).unwrap_or_default();
    let optional = match (report.retired, report.optional) {
        (Some(true), _) => " (retired)",
        (_, Some(true)) => " (optional)",
        _ => "",
    };
    let rest = format!("{}{detail}", paint.dim(id));
    item_row::line(&format!("{indent}{mark} "), &format!("{title}{optional}"), &rest, screen)
}

fn topic_text(report: &NodeReport, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = head(report, screen);
    let studied = studied(report).map(|time| format!("Studied for {time}."));
    text.push_str(&paragraph(studied.as_deref(), "", screen));
    text.push_str(&paragraph(report.summary.as_deref(), "", screen));
    text.push_str(&choice(report, "skill", screen));
    if let Some(day) = report.snoozed_until {
        text.push_str(&paragraph(Some(&format!("Snoozed until {day}.")), "", screen));
    }
    if let Some(url) = &report.url {
        text.push_str(&format!("{}\n", paint.link(url, &safe::line(url))));
    }
    text.push_str(&about(report, screen));
    for kind in [NodeKind::Skill, NodeKind::Resource] {
        let items: Vec<_> = report.children.iter().filter(|one| one.kind == Some(kind)).collect();
        if items.is_empty() {
            continue;
        }
        let label = if kind == NodeKind::Skill { "Skills" } else { "Resources" };
        text.push_str(&format!("\n{}\n", paint.heading(label)));
        for item in items {
            let detail = match (item.resource_kind, item.cost) {
                (Some(kind), cost) => {
                    let hours = item.hours.map_or("ongoing".to_owned(), quantity::hours);
                    let cost = cost.map_or(String::new(), |cost| format!(", {}", cost.as_str()));
                    format!("  {}{cost}, {hours}", kind.as_str())
                }
                (None, _) => String::new(),
            };
            text.push_str(&item_line("  ", item, &paint.dim(&detail), screen));
        }
    }
    text.push_str(&more_links(report, screen));
    text.push_str(&links(report, screen));
    text.push_str(&said(report, screen));
    text
}

fn item_text(report: &NodeReport, screen: &Screen) -> String {
    let paint = screen.paint;
    let reference = report.reference.as_ref().map_or("", Ref::as_str);
    let mut text =
        item_row::heading(report.title.as_deref().unwrap_or_default(), reference, screen);
    text.push_str(&paragraph(report.summary.as_deref(), "", screen));
    text.push('\n');
    let status = report.status.unwrap_or_default();
    let since = report.since.map_or(String::new(), |day| format!(" since {day}"));
    let known = if report.known == Some(true) { ", credited as known" } else { "" };
    let mark = paint.status_mark(item_row::mark(status));
    let mut line = |label: &str, value: &str| {
        if !value.is_empty() {
            text.push_str(&item_row::labelled(label, 10, &safe::line(value), screen));
        }
    };
    line("you can", report.can.as_deref().unwrap_or_default());
    let snoozed =
        report.snoozed_until.map_or(String::new(), |day| format!(", snoozed until {day}"));
    if report.status.is_some() {
        line("status", &format!("{}{since}{known}{snoozed}", status.as_str()));
    }
    let kind = report.resource_kind.map_or_else(
        || report.kind.map_or("", NodeKind::as_str).to_owned(),
        |kind| {
            let cost = report.cost.map_or(String::new(), |cost| format!(" ({})", cost.as_str()));
            format!("{}{cost}", kind.as_str())
        },
    );
    line("kind", &kind);
    line("by", report.by.as_deref().unwrap_or_default());
    // Only what has no end is ongoing, such as a community; else nobody said how long it takes.
    let without = if report.resource_kind.is_some() { "ongoing" } else { "" };
    line("part", report.part.as_deref().unwrap_or_default());
    line("language", report.lang.as_deref().unwrap_or_default());
    let effort = work::left(report.hours_left, report.hours);
    line("effort", if effort.is_empty() { without } else { &effort });
    line("studied", &studied(report).unwrap_or_default());
    line("stage", report.stage.as_deref().unwrap_or_default());
    line("topic", report.topic.as_deref().unwrap_or_default());
    line("teaches", &report.teaches.join(", "));
    if !report.instead_of.is_empty() {
        line("in place", &format!("of {}", references(&report.instead_of)));
    }
    line("or", &references(&report.instead));
    line("tags", &report.tags.join(", "));
    line("same as", report.same_as.as_ref().map_or("", Ref::as_str));
    if report.optional == Some(true) {
        line("optional", "shown, but not counted");
    }
    if let Some(gone) = report.gone {
        let why = match gone {
            Gone::FromPath => "no longer in the path",
            Gone::WithPath => "its path is not installed",
        };
        line("retired", &format!("{why}; your record of it is kept"));
    } else if report.retired == Some(true) {
        line("retired", "kept for records that have it, but not counted");
    }
    if let Some(pass) = report.pass {
        line("pass", &format!("{pass} points"));
    }
    if let Some(url) = &report.url {
        let url = paint.link(url, &safe::line(url));
        text.push_str(&item_row::labelled("url", 10, &url, screen));
    }
    text = text.replacen("status    ", &format!("{:<10}{mark} ", "status"), 1);
    text.push_str(&more_links(report, screen));
    text.push_str(&about(report, screen));
    text.push_str(&taught_by(report, screen));
    let label = if report.done_under.is_some() { "Criteria (changed since)" } else { "Criteria" };
    text.push_str(&bullets(label, &criteria(report), screen));
    if let Some(before) = &report.done_under {
        text.push_str(&bullets("Criteria when it was done", before, screen));
    }
    text.push_str(&bullets("To hand in", &report.proof, screen));
    text.push_str(&links(report, screen));
    text.push_str(&said(report, screen));
    text
}

/// The resources that teach a skill, with what part each has in the course of the topic.
fn taught_by(report: &NodeReport, screen: &Screen) -> String {
    if report.taught_by.is_empty() {
        return String::new();
    }
    let paint = screen.paint;
    let mut text = format!("\n{}\n", paint.heading("Taught by"));
    for one in &report.taught_by {
        let mark = paint.status_mark(item_row::mark(one.status));
        let title = safe::line(&one.title);
        let facts = [
            one.kind.map(|kind| kind.as_str().to_owned()),
            one.cost.map(|cost| cost.as_str().to_owned()),
            one.hours.map(quantity::hours),
            part_in_course(one),
        ];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        let title = format!("{title} ({})", facts.join(", "));
        let id = one.reference.id().unwrap_or_default();
        text.push_str(&item_row::line(&format!("  {mark} "), &title, &paint.dim(id), screen));
    }
    text
}

/// What a resource is beside the course of its topic.
fn part_in_course(one: &TaughtBy) -> Option<String> {
    if one.core {
        return Some("core".to_owned());
    }
    let titles: Vec<_> = one.instead_of_titles.iter().map(|title| safe::line(title)).collect();
    let instead = (!titles.is_empty()).then(|| format!("instead of {}", quantity::list(&titles)));
    instead.or_else(|| one.optional.then(|| "optional".to_owned()))
}

fn bullets(label: &str, texts: &[String], screen: &Screen) -> String {
    if texts.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", screen.paint.heading(label));
    for one in texts {
        let one = safe::block(one);
        text.push_str(&width::wrap_indented("  - ", "    ", &one, screen.text_width()));
    }
    text
}

fn links(report: &NodeReport, screen: &Screen) -> String {
    let requires: Vec<String> = report
        .requires
        .iter()
        .map(|one| match one {
            Requires::One(reference) => reference.to_string(),
            Requires::AnyOf(any) => any.iter().map(Ref::as_str).collect::<Vec<_>>().join(" or "),
        })
        .collect();
    let unlocks: Vec<String> = report.unlocks.iter().map(Ref::to_string).collect();
    let are_met = report.unmet.is_empty() && report.not_found.is_empty();
    let label = if are_met { "Requires (all met)" } else { "Requires" };
    let mut text = bullets(label, &requires, screen);
    if !report.not_found.is_empty() {
        let names: Vec<String> = report.not_found.iter().map(Ref::to_string).collect();
        let gone = format!("in no installed path: {}", quantity::list(&names));
        text.push_str(&width::wrap_indented("  ", "    ", &gone, screen.text_width()));
    }
    if !report.unmet.is_empty() {
        let missing = format!("still open: {}", quantity::list(&unmet(report)));
        text.push_str(&width::wrap_indented("  ", "    ", &missing, screen.text_width()));
    }
    text.push_str(&bullets("Leads to", &unlocks, screen));
    text
}

fn said(report: &NodeReport, screen: &Screen) -> String {
    let mut text = String::new();
    for (label, kind) in [("Notes", Kind::Note), ("Evidence", Kind::Evidence)] {
        let said = report.said.iter().filter(|one| one.kind == kind);
        for (at, one) in said.enumerate() {
            if at == 0 {
                text.push_str(&format!("\n{}\n", screen.paint.heading(label)));
            }
            let first = format!("{:>3}. ", one.number);
            let said = safe::block(&one.text);
            text.push_str(&width::wrap_indented(&first, "     ", &said, screen.text_width()));
        }
    }
    text
}
