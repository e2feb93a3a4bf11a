//! The days ahead as a calendar (RFC 5545), to import or subscribe to: target days, when paths and
//! milestones can be expected, and what to study in each of the next weeks.
//!
//! All events are all-day and leave the time free; what is a forecast is marked as tentative.
//! [`milepost_core::schedule`] says what falls on which day; here it is only written. A line is at most
//! 75 octets long and is folded between characters.
//!
//! Two entries are the same, so that a calendar program takes the later for a new version of the
//! earlier, when they are of one record, known by its device, and
//!
//! - both are the target day of one path, or the earliest or the latest day of its forecast,
//! - or both are about one milestone, whatever paths were asked for,
//! - or both are about the study of one week, which a Monday names, and of the same paths: those that
//!   were asked for, or whatever is followed. What fills a week depends on all of them together.
//!
//! So calendars of two people, or of two paths, never overwrite each other. A later export is the
//! newer version by `SEQUENCE` and `LAST-MODIFIED`. It replaces what it still has and takes nothing
//! back: a finished milestone, a past week or a target that was given up stays where it was
//! imported. To get rid of that, subscribe to the file, or empty the calendar first.

use chrono::{DateTime, Days, NaiveDate, Utc};
use milepost_core::forecast::{Basis, Forecast};
use milepost_core::report::export::{Document, PathPart};
use milepost_core::schedule::{Expected, Portion, Week};
use milepost_path::{NodeKind, safe};

use crate::error::{Code, Error, Result};
use crate::text::quantity;

/// The longest line, in octets, without its end.
const LINE: usize = 75;
/// How many titles stand in the heading of a week.
const TITLES: usize = 3;

/// One entry of the calendar.
struct Event {
    /// What makes it the same entry the next time.
    id: String,
    first: NaiveDate,
    last: NaiveDate,
    summary: String,
    /// Its lines.
    description: Vec<String>,
    category: &'static str,
    is_tentative: bool,
}

/// The days ahead of a document as a calendar.
///
/// # Errors
/// Nothing has a day; a calendar without an entry is none.
pub(crate) fn render(document: &Document) -> Result<String> {
    let mut events = Vec::new();
    for path in &document.paths {
        events.extend(path.target_on.map(|on| target(path, on)));
        events.extend(path.forecast.into_iter().flat_map(|forecast| arrivals(path, forecast)));
    }
    events.extend(document.schedule.milestones.iter().map(milestone));
    events.extend(document.schedule.weeks.iter().map(|one| week(one, &document.asked_for)));
    if events.is_empty() {
        return Err(Error::new(
            Code::NothingThere,
            "there is nothing to put in a calendar: no dates are known",
        )
        .hint("`milepost start PATH --by DATE --hours-per-week N` sets your goals"));
    }
    let name = match document.owner.as_deref() {
        Some(owner) => format!("milepost: {owner}"),
        None => "milepost".to_owned(),
    };
    let mut lines = Lines::default();
    lines.push("BEGIN:VCALENDAR");
    lines.push("VERSION:2.0");
    lines.push(&format!("PRODID:-//milepost//milepost {}//EN", env!("CARGO_PKG_VERSION")));
    lines.push("CALSCALE:GREGORIAN");
    lines.text("NAME", &name);
    // The older name of the same, which more programs read.
    lines.text("X-WR-CALNAME", &name);
    for event in &events {
        lines.event(event, document);
    }
    lines.push("END:VCALENDAR");
    Ok(lines.text)
}

fn target(path: &PathPart, on: NaiveDate) -> Event {
    Event {
        id: format!("target.{}", path.id),
        first: on,
        last: on,
        summary: format!("Target: {}", path.title),
        description: vec![format!("The day to finish {} by.", path.title), so_far(path)],
        category: "Target",
        is_tentative: false,
    }
}

/// Two days, for a bar from the one to the other would cover a calendar for years.
fn arrivals(path: &PathPart, forecast: Forecast) -> Vec<Event> {
    let Forecast { earliest, latest, .. } = forecast;
    let whose = if path.pace.is_some() { "From your own pace" } else { "From your plan" };
    let mark = |end: &str, on: NaiveDate, words: &str| Event {
        id: format!("forecast-{end}.{}", path.id),
        first: on,
        last: on,
        summary: format!("Forecast: {} finished{words}", path.title),
        description: vec![format!("{whose}: between {earliest} and {latest}."), so_far(path)],
        category: "Forecast",
        is_tentative: true,
    };
    vec![mark("earliest", earliest, " at the earliest"), mark("latest", latest, " at the latest")]
}

fn so_far(path: &PathPart) -> String {
    let percent = quantity::percent(path.progress.percent);
    match path.progress.hours.left() {
        left if left > 0.0 => format!("So far: {percent}; {} left.", quantity::hours(left)),
        _ => format!("So far: {percent}."),
    }
}

fn milestone(expected: &Expected) -> Event {
    let rate = quantity::hours(expected.rate.hours_per_week);
    let basis = match expected.rate.basis {
        Basis::Pace => format!("at your pace of {rate} a week"),
        Basis::Plan => format!("at the planned {rate} a week"),
    };
    Event {
        id: format!("milestone.{}", dotted(expected.reference.as_str())),
        first: expected.on,
        last: expected.on,
        summary: format!("Milestone expected: {}", expected.title),
        description: vec![
            format!("After {} of study and work, {basis}.", quantity::hours(expected.hours)),
            expected.reference.to_string(),
        ],
        category: "Milestone",
        is_tentative: true,
    }
}

fn week(week: &Week, asked_for: &[String]) -> Event {
    let takes_time = |portion: &&Portion| portion.hours > 0.0;
    let busy: Vec<&Portion> = week.work.iter().filter(takes_time).collect();
    let titles: Vec<&str> =
        busy.iter().take(TITLES).map(|portion| portion.title.as_str()).collect();
    let more = match busy.len().saturating_sub(TITLES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    // The week that has begun is the same entry on each of its days.
    let sunday = week.to;
    let monday = sunday.checked_sub_days(Days::new(6)).unwrap_or(sunday);
    let mut paths = asked_for.to_vec();
    milepost_path::sort::by(&mut paths, Ord::cmp);
    paths.dedup();
    Event {
        id: [vec![format!("study.{monday}")], paths].concat().join("."),
        first: week.from,
        last: week.to,
        summary: format!("Study {}: {}{more}", quantity::hours(week.hours), titles.join(", ")),
        description: week.work.iter().flat_map(portion).collect(),
        category: "Study",
        is_tentative: true,
    }
}

fn portion(portion: &Portion) -> Vec<String> {
    let hours = quantity::hours(portion.hours);
    let all = quantity::hours(portion.of);
    let hours = match (portion.of > portion.hours, portion.finishes) {
        (true, false) => format!("{hours} of {all}"),
        (true, true) => format!("the last {hours} of {all}"),
        (false, _) => hours,
    };
    let (title, reference) = (&portion.title, &portion.reference);
    let mut lines = vec![match portion.kind {
        NodeKind::Skill if portion.of <= 0.0 => format!("Prove: {title}, {reference}"),
        NodeKind::Skill => format!("Prove, with practice: {title} ({hours}), {reference}"),
        NodeKind::Milestone => format!("Build: {title} ({hours}), {reference}"),
        _ => format!("{title} ({hours}), {reference}"),
    }];
    lines.extend(portion.url.as_ref().map(|url| format!("- {url}")));
    lines
}

/// A reference without its slash, for some servers make a file name of an identity.
fn dotted(reference: &str) -> String {
    reference.replace('/', ".")
}

/// The number of an entry's version. Nothing keeps count of exports, but a later one is of a later
/// second; this fits in the 32 bits that programs have for it until 2088.
fn version(made_at: DateTime<Utc>) -> i64 {
    /// The year 2020 began.
    const FIRST: i64 = 1_577_836_800;
    (made_at.timestamp() - FIRST).clamp(0, i64::from(i32::MAX))
}

/// Content lines, the only way into the text.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn event(&mut self, event: &Event, document: &Document) {
        let day = |day: NaiveDate| day.format("%Y%m%d");
        let made_at = document.made_at.format("%Y%m%dT%H%M%SZ");
        let device = document.device.map(|device| format!(".{device}")).unwrap_or_default();
        // The end is the day after, but for the last day that there is.
        let end = event.last.succ_opt().unwrap_or(event.last);
        self.push("BEGIN:VEVENT");
        self.text("UID", &format!("{}{device}@milepost", event.id));
        self.push(&format!("DTSTAMP:{made_at}"));
        self.push(&format!("LAST-MODIFIED:{made_at}"));
        self.push(&format!("SEQUENCE:{}", version(document.made_at)));
        self.push(&format!("DTSTART;VALUE=DATE:{}", day(event.first)));
        self.push(&format!("DTEND;VALUE=DATE:{}", day(end)));
        self.text("SUMMARY", &event.summary);
        let lines: Vec<_> = event.description.iter().map(|line| escaped(line)).collect();
        self.push(&format!("DESCRIPTION:{}", lines.join("\\n")));
        self.text("CATEGORIES", event.category);
        let status = if event.is_tentative { "TENTATIVE" } else { "CONFIRMED" };
        self.push(&format!("STATUS:{status}"));
        self.push("TRANSP:TRANSPARENT");
        self.push("END:VEVENT");
    }

    /// A property whose value is a text, which can hold what is foreign.
    fn text(&mut self, name: &str, value: &str) {
        self.push(&format!("{name}:{}", escaped(value)));
    }

    /// A line that holds nothing foreign but what was escaped.
    fn push(&mut self, line: &str) {
        let mut length = 0;
        for char in line.chars() {
            if length + char.len_utf8() > LINE {
                self.text.push_str("\r\n ");
                length = 1;
            }
            self.text.push(char);
            length += char.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// One line of a value of the type TEXT. Control characters, which it must not hold, are replaced;
/// a line break of what is foreign is a blank.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in safe::line(text).chars() {
        if matches!(char, '\\' | ';' | ',') {
            out.push('\\');
        }
        out.push(char);
    }
    out
}

#[cfg(test)]
mod tests;
