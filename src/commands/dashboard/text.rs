//! The text of the dashboard and of the welcome.

use milepost_core::forecast::Measure;
use milepost_core::guidance::Reason;
use milepost_core::report::dashboard::{Begun, PathLine, Report, STEPS, Step};
use milepost_core::{Status, forecast};
use milepost_path::safe;

use crate::commands::shared::item_row;
use crate::output::Screen;
use crate::text::{bar, quantity, width};
use crate::words::dashboard::suggestion;
use crate::words::reason::sentence as because;
use crate::words::{sync, work};

/// The lines of a screen, one of which is for the prompt.
const SCREEN: usize = 24;
/// How many things in progress are shown, and where there is little room.
const MOST_BEGUN: [usize; 2] = [3, 2];
/// How many days a finished path is shown beside others that are not finished.
const NEWS: i64 = 14;

/// What is left out where a screen is too small, the first first.
#[derive(Clone, Copy, PartialEq)]
enum Room {
    Whole,
    NoStages,
    TwoSteps,
    OneStep,
    NoHint,
}

/// What there is and how to begin.
pub(super) fn welcome(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let about = "milepost turns a learning roadmap into something you finish: it says what to \
                 study next and why, records what you do, and writes your portfolio.";
    let mut text = width::wrap_indented("", "", about, columns);
    text.push_str("\nAvailable paths:\n\n");
    let longest = report.paths.iter().map(|path| path.summary.id.len()).max().unwrap_or(0);
    let lines = report.paths.iter().map(|path| {
        let hours = quantity::hours(path.summary.progress.hours.total);
        (&path.summary.id, format!("{}, {hours}", safe::line(&path.summary.title)))
    });
    let lines: Vec<_> = lines.collect();
    let room = screen.width.map(|columns| columns.saturating_sub(longest + 4));
    let fits = lines.iter().all(|(_, what)| room.is_none_or(|room| width::columns(what) <= room));
    for (id, what) in &lines {
        if fits {
            text.push_str(&format!("  {}  {what}\n", paint.bold(&width::pad(id, longest))));
        } else {
            text.push_str(&format!("  {}\n", paint.bold(id)));
            text.push_str(&width::wrap_indented("    ", "    ", what, columns));
        }
    }
    let command = paint.accent("milepost start ai-integration");
    let first = if report.paths.iter().any(|path| path.summary.id == "ai-integration") {
        format!("To begin, for example: {command}")
    } else {
        "To begin: milepost start PATH".to_owned()
    };
    text.push('\n');
    text.push_str(&width::wrap_indented("", "", &first, columns));
    text
}

/// How far you are, and what to do this evening.
pub(super) fn text(report: &Report, screen: &Screen) -> String {
    let is_finished = report.paths.iter().all(|path| path.summary.progress.counted().left() == 0);
    let rooms = [Room::Whole, Room::NoStages, Room::TwoSteps, Room::OneStep];
    let mut all = rooms.into_iter().map(|room| written(report, is_finished, room, screen));
    let fitting = all.find(|text| text.lines().count() < SCREEN);
    fitting.unwrap_or_else(|| written(report, is_finished, Room::NoHint, screen))
}

fn written(report: &Report, is_finished: bool, room: Room, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let sentence = |text: &str| width::wrap_indented("", "  ", text, columns);
    let mut text = String::new();
    if let Some(pause) = &report.pause {
        let back = format!("Welcome back: nothing recorded since {}.", pause.since);
        text.push_str(&width::wrap_indented("", "", &back, columns));
        let away = pause.since.succ_opt().zip(report.as_of.pred_opt());
        if let Some((from, to)) = away.filter(|_| pause.days <= forecast::MOST_DAYS) {
            let line = format!("If you were away, record it: `milepost away {from} {to}`");
            text.push_str(&width::wrap_indented("", "", &line, columns));
        }
        text.push('\n');
    }
    text.push_str(&paths(report, is_finished, room == Room::Whole, screen));
    text.push_str(&sentence(&paint.dim(&week(report))));
    if let Some(first) = report.prove.first() {
        let more = match report.prove.len() - 1 {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        let first = safe::line(&first.title);
        text.push_str(&sentence(&format!("To prove: {first}{more}: `milepost next`")));
    }
    if report.reviews_due > 0 {
        text.push_str(&sentence(&due(report)));
    }
    if let Some(unsynced) = report.unsynced.filter(|unsynced| *unsynced > 0) {
        let line = format!("{}: `milepost sync`", sync::unsynced(unsynced));
        text.push_str(&sentence(&line));
    }
    let [most, few] = MOST_BEGUN;
    let shown = report.in_progress.len().min(if room == Room::NoHint { few } else { most });
    if !report.in_progress.is_empty() {
        text.push_str(&format!("\n{}\n", paint.heading("In progress")));
    }
    for one in report.in_progress.iter().take(shown) {
        text.push_str(&begun(one, screen));
        let step = report.next.iter().find(|step| step.row.reference == one.row.reference);
        let is_asked = |one: &&Reason| matches!(one, Reason::Untouched { .. });
        if let Some(asked) = step.and_then(|step| step.because.iter().find(is_asked)) {
            let line = because(asked);
            text.push_str(&width::wrap_indented("    ", "    ", &safe::line(&line), columns));
        }
    }
    let more = report.in_progress.len() - shown;
    if more > 0 {
        let line = format!("and {more} more: `milepost list --status doing`");
        text.push_str(&width::wrap_indented("    ", "    ", &line, columns));
    }
    if is_finished || report.next.is_empty() {
        let done = if is_finished {
            "You have arrived. `milepost paths` shows where to go next."
        } else {
            "Nothing to recommend: `milepost next` says why."
        };
        text.push('\n');
        text.push_str(&sentence(done));
    }
    let most = match room {
        Room::Whole | Room::NoStages => STEPS.saturating_sub(shown).max(1),
        Room::TwoSteps => STEPS.saturating_sub(shown + 1).max(1),
        Room::OneStep | Room::NoHint => 1,
    };
    let is_new = |step: &&Step| step.row.status != Some(Status::Doing);
    let mut steps = report.next.iter().filter(is_new).take(most).enumerate().peekable();
    if steps.peek().is_some() {
        text.push_str(&format!("\n{}\n", paint.heading("Next")));
    }
    for (at, step) in steps {
        text.push_str(&next(at + 1, step, room != Room::NoHint, screen));
    }
    let mut last = String::new();
    if let Some(one) = report.suggestion {
        last.push_str(&sentence(suggestion(one)));
    }
    if room != Room::NoHint && !is_finished && !report.next.is_empty() {
        let hint = "`milepost next` shows more; record with `milepost study REF 45m` or `milepost \
             done REF`.";
        last.push_str(&sentence(hint));
    }
    if !last.is_empty() {
        text.push('\n');
    }
    text + &last
}

/// How far the paths are, each with the day on which you arrive.
fn paths(report: &Report, is_finished: bool, with_stages: bool, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let mut text = String::new();
    let hours = |path: &PathLine| {
        let hours = path.summary.progress.hours;
        format!("{} of {}", quantity::hours(hours.done), quantity::hours(hours.total))
    };
    // What the titles (30), the percentages (6), the hours and the gaps between them leave.
    let longest = report.paths.iter().map(|path| hours(path).len()).max().unwrap_or(0);
    let room = columns.saturating_sub(30 + 1 + 1 + 6 + 2 + longest).min(24);
    let narrow = room < 10;
    for path in &report.paths {
        let title = paint.bold(&safe::line(&path.summary.title));
        let bar = |columns| bar::bar(path.summary.progress.percent / 100.0, columns, paint.unicode);
        let percent = quantity::percent(path.summary.progress.percent);
        if narrow {
            text.push_str(&format!("{}\n  {} {percent}\n", width::fit(&title, columns), bar(10)));
        } else {
            let title = width::pad(&width::fit(&title, 30), 30);
            let bar = bar(room);
            text.push_str(&format!("{title} {bar} {percent:>6}  {}\n", hours(path)));
        }
        // A path of one stage says nothing more stage by stage.
        let shown = with_stages && !narrow && path.stages.len() > 1;
        for stage in path.stages.iter().filter(|_| shown) {
            let title = width::pad(&width::fit(&format!("  {}", safe::line(&stage.title)), 30), 30);
            let bar = bar::bar(stage.progress.percent / 100.0, room, paint.unicode);
            let percent = quantity::percent(stage.progress.percent);
            text.push_str(&format!("{title} {} {percent:>6}\n", paint.dim(&bar)));
        }
        if let Some(word) = finished(path, report, is_finished) {
            text.push_str(&width::wrap_indented("  ", "    ", &word, columns));
        }
        if let Some(arrival) = arrival(path, report) {
            text.push_str(&width::wrap_indented("  ", "    ", &paint.dim(&arrival), columns));
        }
    }
    text
}

/// When you arrive, and what the day that you aim at takes.
fn arrival(path: &PathLine, report: &Report) -> Option<String> {
    if !path.is_end || path.finished_on.is_some() {
        return None;
    }
    let id = &path.summary.id;
    let Some(range) = &path.forecast else {
        return report
            .planned_hours_per_week
            .is_none()
            .then(|| format!("to see when you arrive: `milepost start {id} --hours-per-week 6`"));
    };
    let steady = path.steady.as_ref().and_then(work::steady);
    let on = path.steady.map_or(range.expected, |steady| steady.on);
    let mut arrival = match steady {
        Some(steady) => format!("you arrive {steady}"),
        None => format!("you arrive {} by your pace", work::range(range, report.as_of)),
    };
    match (path.target_on, path.needs_hours_per_week) {
        (Some(target), _) if target < report.as_of => {
            let passed = format!(
                "; your target, {target}, has passed: `milepost start {id} --by DATE` sets another"
            );
            arrival.push_str(&passed);
        }
        (Some(target), Some(needs)) if on > target => {
            let needs = quantity::hours(needs);
            arrival.push_str(&format!("; by {target} at {needs} a week"));
        }
        (Some(target), _) if on <= target => {
            arrival.push_str(&format!(", in time for {target}"));
        }
        _ => {}
    }
    Some(arrival)
}

/// That a path is finished: some days long, and where nothing else is left.
fn finished(path: &PathLine, report: &Report, is_all: bool) -> Option<String> {
    let on = path.finished_on?;
    let is_new = report.as_of.signed_duration_since(on).num_days() <= NEWS;
    let id = &path.summary.id;
    (is_new || (is_all && path.is_end))
        .then(|| format!("you finished it on {on}: `milepost export {id} --public`"))
}

/// The hours of this week, of those that were meant.
fn week(report: &Report) -> String {
    let (hours, basis) = (report.hours_this_week, report.basis_this_week);
    let planned = report.planned_this_week.map(quantity::hours);
    let together = match planned {
        Some(_) if report.is_shared => " on all paths together",
        _ => "",
    };
    let worked = match (basis, planned) {
        (Some(Measure::Studied), Some(planned)) => {
            format!("{} of {planned} studied", quantity::hours(hours))
        }
        (_, None) => work::worked(hours, basis),
        (_, Some(planned)) => format!("{} (planned: {planned})", work::worked(hours, basis)),
    };
    let weeks = match report.streak_weeks {
        0 => String::new(),
        weeks => format!("; {} in a row", quantity::count(weeks as usize, "active week")),
    };
    format!("This week: {worked}{together}{weeks}")
}

fn due(report: &Report) -> String {
    let are = if report.reviews_due == 1 { "is" } else { "are" };
    let questions = quantity::count(report.reviews_due, "interview question");
    let long = quantity::hours(report.reviews_minutes as f64 / 60.0);
    format!("{questions} {are} due, about {long}: `milepost interview`")
}

/// Something in progress, with what is left of it.
fn begun(one: &Begun, screen: &Screen) -> String {
    let paint = screen.paint;
    let item = &one.row;
    let left = match work::left(one.hours_left, item.hours) {
        left if left.is_empty() => left,
        // A little of much, rounded, leaves all of it.
        left if one.minutes > 0 && !left.ends_with(" left") => {
            format!(", {}", work::spent(one.minutes, item.hours))
        }
        left => format!(", {left}"),
    };
    let since = one.since.map_or(String::new(), |since| format!(", since {since}"));
    let title = paint.bold(&safe::line(&item.title));
    let reference = paint.dim(item.reference.as_str());
    let facts = format!("{reference} ({}{left}{since})", item.what());
    item_row::line(&(item_row::mark_of(item, paint) + " "), &title, &facts, screen)
}

/// A step, with the weightiest reason where there is room.
fn next(number: usize, step: &Step, with_reason: bool, screen: &Screen) -> String {
    let paint = screen.paint;
    let item = &step.row;
    let title = paint.bold(&safe::line(&item.title));
    let hours = item.hours.map_or(String::new(), |hours| format!(", {}", quantity::hours(hours)));
    let reference = paint.dim(item.reference.as_str());
    let facts = format!("{reference} ({}{hours})", item.what());
    let mut text = item_row::line(&format!("{number}. "), &title, &facts, screen);
    if let Some(reason) = step.because.first().filter(|_| with_reason) {
        let line = because(reason);
        text.push_str(&width::wrap_indented("   ", "   ", &safe::line(&line), screen.text_width()));
    }
    text
}
