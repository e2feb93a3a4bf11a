//! `milepost next`

use serde::Serialize;

use super::resource_type::Type;
use super::row;
use super::select;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::guidance::{Advice, Before, Guide, NextFilter, Nothing, Proof, Reason, Why};
use crate::model::interview;
use crate::model::roadmap::{Item, Node, Ref, find};
use crate::model::standing::{Standing, Status};
use crate::model::view::View;
use crate::output::{Output, Screen};
use crate::report::row::Row;
use crate::report::{Hint, aim, news};
use crate::text::{day, quantity, safe, width};
use crate::words;
use crate::words::reason::{self, ReasonJson};
use crate::words::{item, work};

/// Say what to study, prove and build next, and why
///
/// What you have studied comes first as a question: answer it with `milepost done`. Then come the
/// steps: what is in progress; a milestone that is ready; the next resource of the topic that you are
/// in; then new topics, in the order of the path. Each thing comes once: of alternatives, one.
///
/// `next` is the head of `milepost plan`. With --role, or when you started a path with one, topics and
/// milestones of the same stage that close the largest gap of the role come first.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost next
  milepost next --time 45m --free
  milepost next ai-integration --type course --type video -n 3
  milepost next --why qa-system")]
pub struct Args {
    /// The path [default: the paths that you follow]
    #[arg(value_name = "PATH", add = super::completions::paths())]
    path: Option<String>,

    /// The time that you have now: 45m, 1h30m, 2h; says how much of which step fits
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    time: Option<String>,

    /// Nothing that you must pay for
    #[arg(long)]
    free: bool,

    /// Only resources of this type; can be given several times
    #[arg(long = "type", value_name = "TYPE")]
    types: Vec<Type>,

    /// Only what is for this role, or for every role; what closes its largest gap first
    #[arg(long, value_name = "ROLE", add = super::completions::roles())]
    role: Option<String>,

    /// Also what nothing needs: the rest of the paths that yours require
    #[arg(long)]
    all: bool,

    /// Say instead why this topic, skill, resource or milestone is not next
    #[arg(long, value_name = "REF", add = super::completions::shown())]
    why: Option<String>,

    /// At most this many steps; 0 for all
    #[arg(short, value_name = "N", default_value_t = 5)]
    n: u16,
}

#[derive(Serialize)]
struct Report {
    /// Skills that were studied and are open.
    prove: Vec<ToProve>,
    recommendations: Vec<Recommended>,
    /// Why there is no recommendation: a word for scripts.
    code: Option<&'static str>,
    /// The same as a sentence.
    note: Option<String>,
    /// The title of the role towards which they go.
    role: Option<String>,
    /// Interview questions of these paths that are due.
    reviews: Option<Reviews>,
    reviews_due: usize,
    /// Why something that was asked about is not next.
    why: Option<NotNext>,
}

#[derive(Serialize)]
struct NotNext {
    #[serde(rename = "ref")]
    reference: Ref,
    title: String,
    code: &'static str,
    text: String,
}

#[derive(Serialize)]
struct Reviews {
    due: usize,
    minutes: u64,
}

#[derive(Serialize)]
struct ToProve {
    #[serde(rename = "ref")]
    reference: Ref,
    title: String,
    /// What a person who has it can say.
    can: Option<String>,
    /// What was done that teaches it.
    studied_by: Vec<Ref>,
    /// What teaches it and must be paid for, where nothing else is left and the filters exclude it.
    paid: Vec<Ref>,
    /// The practice that the plan leaves room for, in hours.
    practice_hours: f64,
    #[serde(skip)]
    topic: Option<String>,
    #[serde(skip)]
    paid_titles: Vec<String>,
}

#[derive(Serialize)]
struct Recommended {
    #[serde(flatten)]
    row: Row,
    /// One sentence about it.
    summary: Option<String>,
    by: Option<String>,
    /// The part of it that is meant.
    part: Option<String>,
    /// What of the time that there is fits into it, in minutes.
    minutes: Option<u64>,
    /// What is left of it.
    hours_left: Option<f64>,
    /// What could be studied in its place.
    instead: Vec<Row>,
    /// Whether it belongs to a later stage than the first step.
    later: bool,
    because: Vec<ReasonJson>,
}

impl Recommended {
    fn new(one: Advice<'_>, view: &View<'_>) -> Self {
        let resource = one.item.resource();
        Self {
            row: Row::new(&one.item, view),
            summary: one.item.tracked().summary.clone(),
            by: resource.and_then(|resource| resource.by.clone()),
            part: resource.and_then(|resource| resource.part.clone()),
            minutes: None,
            hours_left: one.hours_left,
            instead: one.instead.iter().map(|item| Row::new(item, view)).collect(),
            later: one.is_later,
            because: reason::json(&one.because),
        }
    }
}

impl ToProve {
    fn new(proof: &Proof<'_>) -> Self {
        let item = &proof.item;
        let is_paid =
            |item: &&Item<'_>| item.resource().is_some_and(|resource| !resource.is_free());
        let paid = || proof.unwanted.iter().filter(is_paid);
        Self {
            reference: item.reference(),
            title: item.title().to_owned(),
            can: item.skill().and_then(|skill| skill.can.clone()),
            studied_by: proof.studied_by.iter().map(Item::reference).collect(),
            paid: paid().map(Item::reference).collect(),
            paid_titles: paid().map(|item| safe::line(item.title()).into_owned()).collect(),
            practice_hours: proof.spare,
            topic: item.topic.map(|topic| topic.id.clone()),
        }
    }
}

/// How many questions are shown; the others are only counted.
const MOST_PROOFS: usize = 3;
/// The lines of a screen, one of which is for the prompt.
const SCREEN: usize = 24;
/// So many steps are meant to fit on it; who asks for more gets all that is said of them.
const SHOWN_WHOLE: usize = 5;
/// The shortest part of something that is worth beginning, in minutes.
const SHORTEST: u64 = 5;

/// Runs the command.
///
/// # Errors
/// The path is unknown, the time is none, or the record cannot be read.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let time = match &args.time {
        None => None,
        Some(text) => Some(day::span(text).map_err(|error| {
            Error::usage(error.problem()).hint(format!("write {}", error.accepted()))
        })?),
    };
    let standing = context.standing_with_effort_sums()?;
    let view = View { shelf: context.catalog(), standing: &standing };
    let paths = context.chosen(args.path.as_deref(), &standing)?;
    let asked = match &args.why {
        Some(reference) => Some(asked(reference, &standing, context, out)?),
        None => None,
    };
    let filter = NextFilter {
        free: args.free,
        kinds: args.types.iter().map(Type::kind).collect(),
        ..aim::filter(args.role.as_deref(), &paths, &standing, &context.app)?
    };
    let role = filter.goal.map(|goal| goal.role.title.clone());
    let due = interview::due(&view, &paths, context.today());
    let mut report = Report {
        prove: Vec::new(),
        recommendations: Vec::new(),
        code: None,
        note: None,
        role,
        reviews: (due > 0).then(|| Reviews { due, minutes: (due * interview::MINUTES) as u64 }),
        reviews_due: due,
        why: None,
    };
    if paths.is_empty() {
        report.code = Some("no-path");
        report.note = Some(
            "you follow no path yet: `milepost paths` lists them, `milepost start PATH` follows one"
                .to_owned(),
        );
    } else {
        let guide = Guide::new(&view, &paths, &filter);
        report.why = asked.map(|node| not_next(&node, &guide));
        report.prove = guide.to_prove().iter().map(ToProve::new).collect();
        let most = if args.n == 0 { usize::MAX } else { usize::from(args.n) };
        match guide.next(if time.is_some() { usize::MAX } else { most }, args.all) {
            Ok(found) => {
                let all = found.into_iter().map(|one| Recommended::new(one, &view)).collect();
                report.recommendations = match time {
                    Some(hours) => fit(all, hours, most),
                    None => all,
                };
            }
            Err(nothing) => {
                let (code, note) = why_nothing(&nothing, args, &view);
                report.code = Some(code);
                report.note = Some(note);
            }
        }
    }
    if due > 0 && args.why.is_none() {
        let path = args.path.clone();
        out.say(&words::hint(&Hint::ReviewsDue { count: due, path }));
    }
    out.report("next", &report, text)?;
    if !out.is_quiet() {
        let news = news::take(&paths, &view, &context.app);
        news.iter().for_each(|hint| out.say(&words::hint(hint)));
    }
    Ok(())
}

/// What `--why` asks about: something that a plan can have as a step.
fn asked<'a>(
    reference: &str,
    standing: &Standing,
    context: &'a Context,
    out: &mut Output<'_, '_>,
) -> Result<Node<'a>> {
    let node = select::node(reference, &standing.followed_ids(), context, out)?;
    if matches!(node, Node::Path(_) | Node::Stage(..)) {
        let (name, kind) = (node.reference(), node.kind());
        return Err(Error::usage(format!("`{name}` is a {kind}, which is no step of a plan"))
            .hint("name a topic, skill, resource or milestone"));
    }
    Ok(node)
}

fn not_next(node: &Node<'_>, guide: &Guide<'_>) -> NotNext {
    let Why { because, before } = guide.why(node);
    let (code, text) = (because.code(), reason::why_not(&because));
    let text = match before {
        None => text,
        Some(Before { hours, steps }) => {
            let hours = quantity::hours(hours);
            let steps = quantity::count(steps, "step");
            format!("{text}; {hours} of the plan ({steps}) come before it")
        }
    };
    let (reference, title) = (node.reference(), node.title().to_owned());
    NotNext { reference, title, code, text }
}

/// What fits the time: the first step or a part of it, or what is left of it and a part of the next;
/// and one whole thing that fits, as another choice.
fn fit(all: Vec<Recommended>, hours: f64, most: usize) -> Vec<Recommended> {
    let whole = (hours * 60.0).round() as u64;
    let mut left = whole;
    let mut chosen: Vec<Recommended> = Vec::new();
    let mut other: Option<Recommended> = None;
    for mut one in all {
        let needs = one.hours_left.map(|hours| (hours * 60.0).ceil() as u64);
        if left >= SHORTEST.min(whole) && chosen.len() < most {
            let minutes = needs.map_or(left, |needs| needs.min(left));
            left -= minutes;
            one.minutes = Some(minutes);
            chosen.push(one);
        } else if other.is_none() && needs.is_some_and(|needs| needs <= whole) && !one.later {
            one.minutes = needs;
            let fits = Reason::FitsTime { minutes: needs.unwrap_or(0) };
            one.because.splice(..0, reason::json(&[fits]));
            other = Some(one);
        }
    }
    chosen.extend(other.filter(|_| most > 1));
    chosen
}

/// Why there is nothing to study or build, and what to do about it.
fn why_nothing(nothing: &Nothing, args: &Args, view: &View<'_>) -> (&'static str, String) {
    match nothing {
        Nothing::Finished => (
            "finished",
            "you have arrived: all of it is done or skipped. `milepost export` writes the \
             portfolio, `milepost paths` shows where to go on"
                .to_owned(),
        ),
        Nothing::Prove => (
            "prove",
            "nothing is left but to prove: `milepost done REF` for each that is true of you"
                .to_owned(),
        ),
        Nothing::Snoozed(reference, until) => {
            let title = find(view.shelf, reference);
            let title =
                title.map_or(String::new(), |node| format!("{} ", safe::line(node.title())));
            let note = format!(
                "all that is left is snoozed or waits for what is: {title}({reference}) comes back \
                 on {until}; `milepost snooze {reference} none` brings it back now"
            );
            ("snoozed", note)
        }
        Nothing::Blocked(blockers) => {
            let names: Vec<String> = blockers
                .iter()
                .take(3)
                .map(|reference| match find(view.shelf, reference) {
                    Some(node) => format!("{} ({reference})", safe::line(node.title())),
                    None => reference.to_string(),
                })
                .collect();
            let path = args.path.as_ref().map_or(String::new(), |path| format!(" {path}"));
            let note = format!(
                "everything that is open waits for {}; look ahead with \
                 `milepost list{path} --status todo`",
                quantity::list(&names)
            );
            ("blocked", note)
        }
        Nothing::NoMatch => {
            ("no-match", "nothing that is ready matches the filters; remove one".to_owned())
        }
    }
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    if let Some(why) = &report.why {
        let title = paint.bold(&safe::line(&why.title));
        let mut text = row::line("", &title, &paint.dim(why.reference.as_str()), screen);
        let line = format!("- {}", safe::line(&why.text));
        text.push_str(&width::wrap_indented("  ", "    ", &line, columns));
        return text;
    }
    let mut text = proofs(report, screen);
    if let Some(note) = &report.note {
        if !text.is_empty() {
            text.push('\n');
        }
        return text + &width::wrap_indented("", "", note, columns);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let whole = steps(report, usize::MAX, screen);
    let count = report.recommendations.len();
    if count > SHOWN_WHOLE {
        return text + &whole;
    }
    // Where they are too long for a screen of 24 lines with a prompt, the last say less of themselves.
    let mut shorter = (0..count).rev().map(|from| steps(report, from, screen));
    let fits = |one: &String| one.lines().count() < SCREEN;
    let fitting = if fits(&whole) { None } else { shorter.find(fits) };
    text + &fitting.unwrap_or(whole)
}

/// The steps, without a line between them; from one on only the beginning of what is said of them.
fn steps(report: &Report, short_from: usize, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    let mut is_later = false;
    for (at, one) in report.recommendations.iter().enumerate() {
        if one.later && !is_later {
            is_later = true;
            if at > 0 {
                text.push('\n');
            }
            text.push_str(&paint.heading("After that"));
            text.push('\n');
        }
        text.push_str(&step(at + 1, one, at >= short_from, screen));
    }
    text
}

/// The skills to prove, as questions.
fn proofs(report: &Report, screen: &Screen) -> String {
    let columns = screen.text_width();
    let mut text = String::new();
    if report.prove.is_empty() {
        return text;
    }
    let is_studied = report.prove.iter().any(|one| !one.studied_by.is_empty());
    let head = if is_studied { item::STUDIED } else { "Nothing is left to study for:" };
    text.push_str(&screen.paint.heading(head));
    text.push('\n');
    let mut shown = report.prove.iter().take(MOST_PROOFS).peekable();
    while let Some(one) = shown.next() {
        let question = one.can.as_deref().unwrap_or(&one.title);
        text.push_str(&row::question(question, &one.reference, screen));
        if !one.paid_titles.is_empty() {
            let paid = format!("paid: {}", quantity::list(&one.paid_titles));
            text.push_str(&width::wrap_indented("  ", "    ", &paid, columns));
        }
        // The hours are those of a topic: said once, after the last of its skills.
        let is_last = shown.peek().is_none_or(|next| next.topic != one.topic);
        if one.practice_hours > 0.0 && is_last {
            let hours = quantity::hours(one.practice_hours);
            let practice = format!("if not yet: the plan leaves {hours} to practise");
            text.push_str(&width::wrap_indented("  ", "  ", &practice, columns));
        }
    }
    let more = report.prove.len().saturating_sub(MOST_PROOFS);
    if more > 0 {
        text.push_str(&format!("and {more} more\n"));
    }
    text
}

/// One step: its title with what it takes, what it is, why it is here, and what could stand in.
fn step(number: usize, one: &Recommended, is_short: bool, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let row = &one.row;
    let number = format!("{number}. ");
    let indent = " ".repeat(number.len());
    let mark = match row.status {
        Some(Status::Doing) => row::mark_of(row, paint) + " ",
        _ => String::new(),
    };
    let title = safe::line(&row.title);
    let linked = match &row.url {
        Some(url) => paint.link(url, &paint.bold(&title)),
        None => paint.bold(&title),
    };
    let part = one.part.as_deref().map_or(String::new(), |part| format!(", {}", safe::line(part)));
    let mut facts = vec![row.what().to_owned()];
    facts.extend(row.cost.map(|cost| cost.as_str().to_owned()));
    facts.push(effort(one));
    facts.retain(|fact| !fact.is_empty());
    let head = format!("{mark}{linked}{part} ({})", facts.join(", "));
    let reference = paint.dim(row.reference.as_str());
    let summary = one.summary.as_deref().map_or(String::new(), |summary| {
        let first = summary.split_once("; ").filter(|_| is_short).map(|(first, _)| first);
        let summary = first.map_or(summary.to_owned(), |first| format!("{first}."));
        width::wrap_indented(&indent, &indent, &safe::line(&summary), columns)
    });
    let reasons: Vec<&str> = one.because.iter().map(|because| because.text.as_str()).collect();
    let mut why = safe::line(&reasons.join("; ")).into_owned();
    if !why.is_empty() {
        why.insert_str(0, "- ");
    }
    // Where the title leaves the reference no room, it shares the line of the reasons.
    let is_wide = |line: &str, most: usize| width::columns(line) > most;
    let is_too_long =
        screen.width.is_some_and(|most| is_wide(&format!("{number}{head}  {reference}"), most));
    let shares = is_too_long && !is_wide(&format!("{indent}{reference}"), columns);
    let mut text = match shares {
        true => row::line(&number, &head, "", screen),
        false => row::line(&number, &head, &reference, screen),
    };
    if shares {
        let blank = if why.is_empty() { "" } else { " " };
        why = format!("{reference}{blank}{why}");
    }
    text.push_str(&summary);
    text.push_str(&reasons_and_alternatives(&why, &one.instead, &indent, columns));
    text
}

/// Why a step is here, and what could be studied in its place: as many titles as take no more lines,
/// or fit on a line of their own.
fn reasons_and_alternatives(why: &str, rows: &[Row], indent: &str, columns: usize) -> String {
    let rest = format!("{indent}  ");
    let wrap = |line: &str| width::wrap_indented(indent, &rest, line, columns);
    let alone = if why.is_empty() { String::new() } else { wrap(why) };
    if rows.is_empty() {
        return alone;
    }
    let titles: Vec<_> = rows.iter().map(|row| safe::line(&row.title)).collect();
    let instead = |shown: usize| {
        let more = match titles.len() - shown {
            0 => String::new(),
            more => format!(" / {more} more"),
        };
        format!("instead: {}{more}", titles.get(..shown).unwrap_or_default().join(" / "))
    };
    let count = |text: &str| text.lines().count();
    let most_first = || (1..=titles.len()).rev().map(instead);
    let beside = most_first().map(|one| wrap(&format!("{why}; {one}")));
    if let Some(beside) = beside.filter(|_| !why.is_empty()).find(|one| count(one) <= count(&alone))
    {
        return beside;
    }
    let below = most_first().map(|one| wrap(&one)).find(|one| count(one) == 1);
    alone + &below.unwrap_or_else(|| wrap(&instead(titles.len())))
}

/// What of a step fits the time, or its hours; where some of it was studied, what is left of them.
fn effort(one: &Recommended) -> String {
    let minutes = one.minutes;
    let Some(left) = one.hours_left else {
        return minutes.map_or(String::new(), |minutes| format!("{minutes} min of it"));
    };
    let is_begun = one.row.hours.is_some_and(|hours| hours != left);
    match minutes.filter(|minutes| (*minutes as f64) < left * 60.0) {
        None => work::left(Some(left), one.row.hours),
        Some(minutes) if is_begun => {
            format!("{minutes} min of the {} left", quantity::hours(left))
        }
        Some(minutes) => format!("{minutes} min of its {}", quantity::hours(left)),
    }
}
