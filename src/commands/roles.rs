//! `milepost roles`

use serde::Serialize;

use super::aim;
use super::row::{self, Row};
use crate::context::Context;
use crate::error::Result;
use crate::model::career::{HIGHEST, LEVELS, Role};
use crate::model::fit::{Closer, Fit, Gap, fit, gaps, level};
use crate::model::guidance::{Because, Goal, Guide, Wish};
use crate::model::progress::progress;
use crate::model::roadmap::{Node, NodeKind, Ref, Roadmap};
use crate::model::view::View;
use crate::output::{Output, Screen};
use crate::text::{bar, quantity, safe, width};

/// See how near you are to a role, and what closes the gaps
///
/// The fit is 100 × the levels that you have / the levels that the role needs. For each skill area
/// that the role needs, you have your own level by `milepost assess`, but no more than the role
/// needs: what is above a target makes up for nothing elsewhere. An area that was not assessed
/// counts as level 0.
///
/// With ROLE: what it does, your areas against its targets, the gaps by size, what leads to each
/// missing level and in how many hours, and what to do first.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost roles
  milepost roles ai-engineer
  milepost roles --json")]
pub struct Args {
    /// The role; all of them where it is left out
    #[arg(value_name = "ROLE", add = super::completions::roles())]
    role: Option<String>,
}

#[derive(Serialize)]
struct Report {
    roles: Vec<Line>,
    /// The one that was named, in full.
    role: Option<Full>,
    /// How many skill areas there are, and how many of them were assessed.
    areas: usize,
    assessed: usize,
}

#[derive(Serialize)]
struct Line {
    id: String,
    title: String,
    fit: Fit,
    /// Areas that are below its target.
    gaps: usize,
    /// Whether one aims at it.
    aimed: bool,
}

#[derive(Serialize)]
struct Full {
    id: String,
    title: String,
    scope: String,
    deliverables: Vec<String>,
    metrics: Vec<String>,
    paths: Vec<PathPart>,
    fit: Fit,
    areas: Vec<AreaPart>,
    gaps: Vec<GapPart>,
    first: Option<First>,
}

#[derive(Serialize)]
struct PathPart {
    id: String,
    title: String,
    followed: bool,
    percent: f64,
}

#[derive(Serialize)]
struct AreaPart {
    id: String,
    title: String,
    /// None where it was never assessed.
    level: Option<u8>,
    target: u8,
}

#[derive(Serialize)]
struct GapPart {
    area: String,
    title: String,
    level: u8,
    target: u8,
    /// Of what leads to each missing level first.
    hours: f64,
    steps: Vec<StepPart>,
}

#[derive(Serialize)]
struct StepPart {
    level: u8,
    statement: String,
    /// Whether something finished speaks for it already.
    spoken_for: bool,
    closers: Vec<CloserPart>,
}

#[derive(Serialize)]
struct CloserPart {
    #[serde(rename = "ref")]
    reference: Ref,
    kind: NodeKind,
    title: String,
    path: String,
    weight: u8,
    hours: f64,
    ready: bool,
    followed: bool,
}

/// What to do first: what `next --role` recommends first.
#[derive(Serialize)]
struct First {
    #[serde(flatten)]
    row: Row,
    because: Vec<Because>,
}

/// Runs the command.
///
/// # Errors
/// The role is unknown, or the record cannot be read.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let career = aim::career(context)?;
    let standing = context.standing()?;
    let view = View { shelf: context.catalog(), standing: &standing };
    let aimed = aim::target(None, &standing, context)?;
    let named = args.role.as_deref().map(|id| aim::role(id, context)).transpose()?;
    let shown = career.roles.iter().filter(|one| named.is_none_or(|role| role.id == one.id));
    let mut roles: Vec<Line> = shown
        .map(|role| {
            let is_below = |target: &&crate::model::career::Target| {
                level(&standing, &target.area) < target.level
            };
            Line {
                id: role.id.clone(),
                title: role.title.clone(),
                fit: fit(role, &standing),
                gaps: role.targets.iter().filter(is_below).count(),
                aimed: aimed.is_some_and(|aimed| aimed.id == role.id),
            }
        })
        .collect();
    roles.sort_by(|a, b| b.fit.percent.total_cmp(&a.fit.percent));
    let is_assessed =
        |area: &&crate::model::career::Area| !standing.assessments(&area.id).is_empty();
    let report = Report {
        roles,
        role: named.map(|role| full(role, &view, context)).transpose()?,
        areas: career.areas.len(),
        assessed: career.areas.iter().filter(is_assessed).count(),
    };
    out.report("roles", &report, text)
}

fn full(role: &Role, view: &View<'_>, context: &Context) -> Result<Full> {
    let career = aim::career(context)?;
    let standing = view.standing;
    let paths: Vec<&Roadmap> =
        role.paths.iter().filter_map(|id| context.catalog().roadmap(id)).collect();
    let needed = career.areas.iter().filter(|area| role.target(&area.id) > 0);
    let areas = needed.map(|area| AreaPart {
        id: area.id.clone(),
        title: area.title.clone(),
        level: standing.assessments(&area.id).last().map(|last| last.level),
        target: role.target(&area.id),
    });
    // What one follows already; else what would lead there.
    let followed = context.followed(standing);
    let studied = if followed.is_empty() { &paths } else { &followed };
    let goal = Some(Goal { career, role });
    let wish = Wish { goal, role: Some(role.id.clone()), ..Wish::default() };
    let first = Guide::new(view, studied, &wish).next(1, false).unwrap_or_default();
    let first = first.into_iter().next();
    Ok(Full {
        id: role.id.clone(),
        title: role.title.clone(),
        scope: role.scope.clone(),
        deliverables: role.deliverables.clone(),
        metrics: role.metrics.clone(),
        paths: paths.iter().map(|roadmap| path_part(roadmap, view)).collect(),
        fit: fit(role, standing),
        areas: areas.collect(),
        gaps: gaps(career, role, view).iter().map(gap_part).collect(),
        first: first.map(|one| First { row: Row::new(&one.item, view), because: one.because }),
    })
}

fn path_part(roadmap: &Roadmap, view: &View<'_>) -> PathPart {
    PathPart {
        id: roadmap.id.clone(),
        title: roadmap.title.clone(),
        followed: view.standing.following().contains_key(&roadmap.id),
        percent: progress(view, &Node::Path(roadmap)).percent,
    }
}

fn gap_part(gap: &Gap<'_>) -> GapPart {
    let steps = gap.steps.iter().map(|step| StepPart {
        level: step.level,
        statement: step.statement.to_owned(),
        spoken_for: step.is_spoken_for,
        closers: step.closers.iter().map(closer_part).collect(),
    });
    GapPart {
        area: gap.area.id.clone(),
        title: gap.area.title.clone(),
        level: gap.level,
        target: gap.target,
        hours: gap.hours(),
        steps: steps.collect(),
    }
}

fn closer_part(closer: &Closer<'_>) -> CloserPart {
    let node = &closer.node;
    CloserPart {
        reference: node.reference(),
        kind: node.kind(),
        title: node.title().to_owned(),
        path: node.roadmap().id.clone(),
        weight: closer.weight,
        hours: closer.hours,
        ready: closer.is_ready,
        followed: closer.is_followed,
    }
}

fn text(report: &Report, screen: &Screen) -> String {
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
    let room = columns.saturating_sub(ids + 2 + 2 + 2 + 7).min(24);
    for role in &report.roles {
        let mark = if role.aimed { "* " } else { "  " };
        let id = width::pad(&role.id, ids);
        let id = if role.aimed { paint.bold(&id) } else { id };
        let percent = quantity::percent(role.fit.percent);
        let bar = match room {
            0..6 => String::new(),
            room => format!("{}  ", bar::bar(role.fit.percent / 100.0, room, paint.unicode)),
        };
        let line = format!("{mark}{id}  {bar}{percent:>7}");
        let rest = match role.gaps {
            0 => "  no gap".to_owned(),
            gaps => format!("  {}", quantity::count(gaps, "gap")),
        };
        let fits = width::columns(&line) + rest.len() <= columns;
        text.push_str(&(line + if fits { &rest } else { "" } + "\n"));
    }
    let aims = report.roles.iter().any(|role| role.aimed);
    let star = if aims { "* where your paths lead. " } else { "" };
    let legend = format!(
        "{star}The fit is the share of the levels that a role needs and you have; {} of {} skill \
         areas are assessed (`milepost assess`). `milepost roles ROLE` shows gaps and what closes \
         them.",
        report.assessed, report.areas
    );
    text.push('\n');
    text + &width::wrap_indented("", "", &paint.dim(&legend), columns)
}

fn full_text(role: &Full, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let wrapped = |first: &str, text: &str| {
        width::wrap_indented(first, &" ".repeat(width::columns(first)), text, columns)
    };
    let title = paint.heading(&safe::line(&role.title));
    let mut text = wrapped("", &format!("{title} {}", paint.dim(&role.id)));
    text.push_str(&wrapped("", &safe::line(&role.scope)));
    text.push('\n');
    for (label, list) in [("Hands over", &role.deliverables), ("Measured by", &role.metrics)] {
        if !list.is_empty() {
            text.push_str(&wrapped(&format!("{label:<12} "), &safe::line(&quantity::list(list))));
        }
    }
    for path in &role.paths {
        let followed = if path.followed { "followed" } else { "not followed" };
        let percent = quantity::percent(path.percent);
        let id = paint.dim(&path.id);
        let line = format!("{} {id} ({followed}, {percent})", safe::line(&path.title));
        text.push_str(&wrapped("Path         ", &line));
    }
    let Fit { percent, has, needs, assessed, areas } = role.fit;
    let line = format!(
        "{}: you have {has} of the {needs} levels that it needs; {assessed} of its {areas} areas \
         are assessed",
        paint.bold(&quantity::percent(percent))
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
        text.push_str(&wrapped("", "No gap: you have all that it needs, by your own word."));
        return text;
    }
    text.push_str(&format!("\n{}\n", paint.heading("Gaps, the largest first")));
    for gap in &role.gaps {
        let hours = match gap.hours {
            hours if hours > 0.0 => format!(", about {}", quantity::hours(hours)),
            _ => String::new(),
        };
        let title = paint.bold(&safe::line(&gap.title));
        let line = format!("{title}: level {}, needs {}{hours}", gap.level, gap.target);
        text.push_str(&wrapped("", &line));
        for step in &gap.steps {
            let word = LEVELS.get(usize::from(step.level)).copied().unwrap_or_default();
            let label = format!("  {} {word}: ", step.level);
            if step.spoken_for {
                let waits = format!("your record speaks for it: `milepost assess {}`", gap.area);
                text.push_str(&wrapped(&label, &waits));
                continue;
            }
            let Some(best) = step.closers.first() else {
                let nothing = "no installed path leads there; learn it at work, and keep evidence";
                text.push_str(&wrapped(&label, &paint.dim(nothing)));
                continue;
            };
            let mut facts = vec![best.kind.as_str().to_owned()];
            facts.extend((best.hours > 0.0).then(|| quantity::hours(best.hours)));
            facts.extend((!best.ready).then(|| "not ready yet".to_owned()));
            facts.extend((!best.followed).then(|| "not followed".to_owned()));
            let more = match step.closers.len() - 1 {
                0 => String::new(),
                more => format!("; {more} more"),
            };
            let reference = paint.dim(best.reference.as_str());
            let title = safe::line(&best.title);
            let line = format!("{title} {reference} ({}{more})", facts.join(", "));
            text.push_str(&wrapped(&label, &line));
        }
    }
    text.push_str(&format!("\n{}\n", paint.heading("First")));
    match &role.first {
        Some(first) => {
            let row = &first.row;
            let hours =
                row.hours.map_or(String::new(), |hours| format!(", {}", quantity::hours(hours)));
            let title = paint.bold(&safe::line(&row.title));
            let facts = format!("{} ({}{hours})", paint.dim(row.reference.as_str()), row.what());
            text.push_str(&row::line("", &title, &facts, screen));
            for because in &first.because {
                text.push_str(&wrapped("  - ", &safe::line(&because.text)));
            }
            let hint = format!("`milepost next --role {}` has more like it.", role.id);
            text.push_str(&wrapped("", &paint.dim(&hint)));
        }
        None => {
            let path = role.paths.iter().find(|path| !path.followed);
            let hint = match path {
                Some(path) => format!("Follow a path that leads there: milepost start {}", path.id),
                None => "Nothing is left to study on your paths; `milepost paths` has more.".into(),
            };
            text.push_str(&wrapped("", &hint));
        }
    }
    text
}
