//! `milepost roles`

use milepost_core::fit::{Core, Fit};
use milepost_core::report::roles::{
    self, CloserPart, GapPart, Query, Report, RoleReport, StepPart,
};
use milepost_path::{HIGHEST, LEVELS, safe};

use super::shared::item_row;
use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};
use crate::text::{bar, quantity, width};
use crate::words::{self, reason};

/// Show how close you are to a role, and what closes the gaps
///
/// The fit is the share of what the role needs that you have. Each skill area is weighted by the
/// level that the role needs (its target), so an area with target 3 counts three times as much per
/// level as one with target 1: 100 × the sum of (your level × target) / the sum of (target ×
/// target). Your level comes from `milepost assess`, up to the target: what is above it does not
/// make up for other areas. An area that you have not assessed counts as level 0.
///
/// Core areas are those in which the role needs level 3 or more, or else those in which it needs
/// the most. You are close to a role when you are within one level in all of them.
///
/// With ROLE, it shows what the role does, your areas against its targets, the gaps by size, what
/// leads to each missing level and in how many hours, and what to do first. The hours include what
/// you must study and build before. What you build counts for the lower levels of an area as well,
/// so the hours of a gap are those of its highest level, not the sum of all.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost roles
  milepost roles ai-engineer
  milepost roles --json")]
pub struct Args {
    /// The role [default: all of them]
    #[arg(value_name = "ROLE", add = super::completions::roles())]
    role: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// The role is unknown, or the record cannot be read.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let query = Query { role: args.role.clone() };
    out.tell_answer(&roles::report(&query, &context.app)?, text)
}

/// The report for people.
pub fn text(report: &Report, screen: &Screen) -> String {
    match &report.role {
        Some(role) => full_text(role, screen),
        None => list_text(report, screen),
    }
}

fn list_text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let mut text = String::new();
    let ids = report.roles.iter().map(|role| width::columns(&role.id)).max().unwrap_or(0);
    // The mark, the bar, the percentage and the gaps between them.
    let room = columns.saturating_sub(ids + 2 + 2 + 2 + 6).min(24);
    let mut shows_core = false;
    for role in &report.roles {
        let mark = if role.aimed { "* " } else { "  " };
        let id = width::pad(&role.id, ids);
        let id = if role.aimed { paint.bold(&id) } else { id };
        let percent = quantity::percent(role.fit.percent);
        let bar = match room {
            0..6 => String::new(),
            room => format!("{}  ", bar::bar(role.fit.percent / 100.0, room, paint.unicode)),
        };
        let line = format!("{mark}{id}  {bar}{percent:>6}");
        let gaps = match role.gaps {
            0 => "no gap".to_owned(),
            gaps => quantity::count(gaps, "gap"),
        };
        let Core { within_one, areas } = role.core;
        let core = format!("  core {within_one}/{areas}");
        let rest = format!("{core}  {gaps}");
        let room = columns.saturating_sub(width::columns(&line));
        let rest = [&*rest, &*core].into_iter().find(|one| one.len() <= room).unwrap_or("");
        shows_core |= !rest.is_empty();
        text.push_str(&format!("{line}{rest}\n"));
    }
    let aims = report.roles.iter().any(|role| role.aimed);
    let star = if aims { "* where your paths lead. " } else { "" };
    let core = match shows_core {
        true => "core 2/3: you are within one level in 2 of the 3 areas that matter most. ",
        false => "",
    };
    let legend = format!(
        "{star}The fit is the share of what a role needs that you have; the more it needs of an \
         area, the more that area counts. {core}{} of {} skill areas assessed (`milepost assess`). `milepost roles ROLE` \
         shows the gaps and what closes them.",
        report.assessed, report.areas
    );
    text.push('\n');
    text + &width::wrap_indented("", "", &paint.dim(&legend), columns)
}

fn full_text(role: &RoleReport, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let wrapped = |first: &str, text: &str| {
        width::wrap_indented(first, &" ".repeat(width::columns(first)), text, columns)
    };
    let mut text = item_row::heading(&role.title, &role.id, screen);
    text.push_str(&wrapped("", &safe::line(&role.scope)));
    text.push('\n');
    for (label, list) in [("Delivers", &role.deliverables), ("Measured by", &role.metrics)] {
        if !list.is_empty() {
            text.push_str(&wrapped(&format!("{label:<12} "), &safe::line(&quantity::list(list))));
        }
    }
    for path in &role.paths {
        let followed = if path.followed { "followed" } else { "not followed" };
        let percent = quantity::percent(path.percent);
        let id = paint.dim(&path.id);
        let line = format!("{} ({id}), {followed}, {percent}", safe::line(&path.title));
        text.push_str(&wrapped("Path         ", &line));
    }
    let Fit { percent, assessed, areas, .. } = role.fit;
    let are = if assessed == 1 { "is" } else { "are" };
    let line = format!(
        "{} of what it needs, each area weighted by the level that it needs; {}; {assessed} of its \
         {areas} areas {are} assessed",
        paint.bold(&quantity::percent(percent)),
        words::roles::core(&role.core)
    );
    text.push_str(&wrapped("Fit          ", &line));
    text.push('\n');
    let longest = role.areas.iter().map(|area| width::columns(&safe::line(&area.title))).max();
    let room = longest.unwrap_or(0).min(columns.saturating_sub(2 * HIGHEST + 10)).max(8);
    for area in &role.areas {
        let title = width::pad(&width::fit(&safe::line(&area.title), room), room);
        let level = area.level.map_or("-".to_owned(), |level| level.to_string());
        let bar = bar::levels(area.level.unwrap_or(0), area.target, HIGHEST as u8, paint.unicode);
        text.push_str(&format!("{title}  {bar}  {level} of {}\n", area.target));
    }
    if role.gaps.is_empty() {
        text.push('\n');
        text.push_str(&wrapped(
            "",
            "No gaps: by your own assessment, you have everything it \
         needs.",
        ));
        return text;
    }
    text.push_str(&format!("\n{}\n", paint.heading("Gaps, largest first")));
    for gap in &role.gaps {
        text.push_str(&gap_text(gap, screen));
    }
    let legend = "Hours include what you must study and build first. What you build speaks for lower \
                  levels, too, so a gap takes what leads to its highest level.";
    text.push_str(&wrapped("", &paint.dim(legend)));
    text.push_str(&format!("\n{}\n", paint.heading("First")));
    match &role.first {
        Some(first) => {
            let row = &first.row;
            let hours =
                row.hours.map_or(String::new(), |hours| format!(", {}", quantity::hours(hours)));
            let title = paint.bold(&safe::line(&row.title));
            let facts = format!("{} ({}{hours})", paint.dim(row.reference.as_str()), row.what());
            text.push_str(&item_row::line("", &title, &facts, screen));
            for because in &first.because {
                text.push_str(&wrapped("  - ", &safe::line(&reason::sentence(because))));
            }
            let hint = match role.paths.first().filter(|_| !role.follows) {
                Some(path) => {
                    let (path, role) = (&path.id, &role.id);
                    format!("To begin: `milepost start {path} --role {role}`.")
                }
                None => format!("`milepost next --role {}` shows more.", role.id),
            };
            text.push_str(&wrapped("", &paint.dim(&hint)));
        }
        None => {
            let path = role.paths.iter().find(|path| !path.followed);
            let hint = match path {
                Some(path) => format!("Follow a path that leads there: milepost start {}", path.id),
                None => "Nothing left to study on your paths; `milepost paths` has more.".into(),
            };
            text.push_str(&wrapped("", &hint));
        }
    }
    text
}

fn gap_text(gap: &GapPart, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let wrapped = |first: &str, text: &str| {
        // A narrow screen has no room for a reference below the label.
        let indent = if columns < 60 { 2 } else { width::columns(first) };
        width::wrap_indented(first, &" ".repeat(indent.min(width::columns(first))), text, columns)
    };
    let hours = match gap.hours {
        hours if hours > 0.0 => format!(", about {}", quantity::hours(hours)),
        _ => String::new(),
    };
    let title = paint.bold(&safe::line(&gap.title));
    let line = format!("{title}: level {}, needs {}{hours}", gap.level, gap.target);
    let mut text = wrapped("", &line);
    for step in &gap.steps {
        let word = LEVELS.get(usize::from(step.level)).copied().unwrap_or_default();
        let label = format!("  {} {word}: ", step.level);
        text.push_str(&wrapped(&label, &step_text(step, gap, screen)));
    }
    text
}

/// What leads to a level; where the way to a higher one speaks for it, only what is nearer.
fn step_text(step: &StepPart, gap: &GapPart, screen: &Screen) -> String {
    let paint = screen.paint;
    if step.spoken_for {
        return format!("your record suggests it: `milepost assess {}`", gap.area);
    }
    let best = step.closers.first();
    let all = gap.steps.iter().flat_map(|step| &step.closers);
    let covering = all.clone().find(|one| Some(&one.reference) == step.comes_with.as_ref());
    if let Some(covering) = covering
        && best.is_none_or(|best| !best.proves || best.hours_in_all() >= covering.hours_in_all())
    {
        return format!("comes with {}", safe::line(&covering.title));
    }
    let learn = "learn it at work, and keep evidence";
    match best {
        Some(best) if best.proves => closer_text(best, step.closers.len() - 1, screen),
        Some(best) => {
            let reference = paint.dim(best.reference.as_str());
            let touches = format!("{} {reference} only touches it", safe::line(&best.title));
            format!("no installed path proves it ({touches}); {learn}")
        }
        None => paint.dim(&format!("no installed path leads there; {learn}")),
    }
}

/// What leads to a level, and how much else does.
fn closer_text(closer: &CloserPart, more: usize, screen: &Screen) -> String {
    let all = quantity::hours(closer.hours_in_all());
    let mut facts = vec![closer.kind.as_str().to_owned()];
    if closer.before > 0.0 {
        facts.push(format!("about {all} with what comes before it"));
    } else {
        facts.extend((closer.hours > 0.0).then_some(all));
        facts.extend((!closer.ready).then(|| "not ready yet".to_owned()));
    }
    facts.extend((!closer.followed).then(|| "not followed".to_owned()));
    let more = match more {
        0 => String::new(),
        more => format!("; {more} more"),
    };
    let reference = screen.paint.dim(closer.reference.as_str());
    format!("{} ({reference}; {}{more})", safe::line(&closer.title), facts.join(", "))
}
