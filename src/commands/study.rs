//! `milepost study`

use chrono::{NaiveDate, Timelike};
use serde::Serialize;

use super::mark;
use super::{row, select};
use crate::context::Context;
use crate::error::{Code, Error, Result};
use crate::model::effort::{DAY, Session};
use crate::model::event::{Entry, Fact};
use crate::model::roadmap::{Node, Ref};
use crate::model::standing::{Standing, Status};
use crate::model::view::{View, all_places, kept};
use crate::output::{Output, Screen};
use crate::report::change::{Changed, State};
use crate::text::day::{self, DayError};
use crate::text::{quantity, safe, width};
use crate::words::work;

/// Record how long you studied something
///
/// An item that was not begun is in progress by it. The time counts for its day and for the topic;
/// what counts for the percentage is `milepost done`. Without TIME you are asked, or with --from it
/// is the time until now.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost study fastapi-docs 45m
  milepost study api-development 1h30 --on yesterday --note \"routing, by hand\"
  milepost study fastapi-docs --from 19:30")]
pub struct Args {
    /// The item or topic
    #[arg(value_name = "REF", add = super::completions::open())]
    reference: Option<String>,

    /// How long: 45m, 1h30, 1:30, 1.5h
    time: Option<String>,

    /// The day that it is for: 2026-11-20, yesterday, monday, `3 days ago`
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, add = super::completions::past_days())]
    on: Option<String>,

    /// When you began: 19:30. It stays in your own record
    #[arg(long, value_name = "TIME")]
    from: Option<String>,

    /// What you want to say about it; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
}

#[derive(Serialize)]
struct Report {
    changed: Vec<Changed>,
    /// Empty: the same time twice is twice the time.
    unchanged: Vec<Ref>,
    on: NaiveDate,
    minutes: u32,
    /// In all: on the item, or on the topic and what is in it.
    minutes_in_all: u32,
    /// What the path plans for it.
    hours: Option<f64>,
    #[serde(skip)]
    is_item: bool,
}

/// Runs the command.
///
/// # Errors
/// The reference is unknown or names no item or topic, the time or the day cannot be, nobody can be
/// asked, or the record cannot be written.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let on = mark::day(args.on.as_deref(), context)?;
    let from = args.from.as_deref().map(|text| began(text, on, context)).transpose()?;
    let time = args.time.as_deref().map(length).transpose()?;
    let remark = mark::given(args.note.as_deref(), &[])?;
    let node = subject(args, context, out)?;
    let minutes = match (time, from) {
        (Some(minutes), _) => minutes,
        (None, Some(from)) => until_now(&node, from, on, context)?,
        (None, None) => asked(&node, out)?,
    };
    let catalog = context.catalog();
    let places = all_places(catalog, &node);
    let mut store = context.store_to_write()?;
    let mut writing = store.write(context.stamp)?;
    let mut standing = writing.reading().standing_of(&places)?;
    standing.put_efforts(writing.reading().efforts_of(&places)?);
    let on_day = writing.reading().minutes_on(on)?;
    if on_day + i64::from(minutes) > i64::from(DAY) {
        let hours = quantity::hours(on_day as f64 / 60.0);
        let message = format!("{on} has 24 hours, and you studied for {hours} of them already");
        return Err(Error::new(Code::Refused, message)
            .hint("name another day with --on, or take back what is wrong: `milepost log`"));
    }
    let view = View { shelf: catalog, standing: &standing };
    let status = match &node {
        Node::Item(item) => Some(view.status(item)),
        _ => None,
    };
    let begins = status.is_some_and(Status::is_open);
    let before = status.unwrap_or_default();
    let report = Report {
        changed: vec![Changed {
            reference: node.reference(),
            title: node.title().to_owned(),
            from: State::Item(before),
            to: State::Item(if begins { Status::Doing } else { before }),
        }],
        unchanged: Vec::new(),
        on,
        minutes,
        minutes_in_all: view.minutes_within(&node).saturating_add(minutes),
        hours: match &node {
            Node::Item(item) => item.hours(),
            Node::Topic(_, _, topic) => topic.hours,
            _ => None,
        },
        is_item: status.is_some(),
    };
    let subject = match &node {
        Node::Item(item) => kept(catalog, item),
        node => node.reference(),
    };
    let fact = Fact::Studied { session: Session { minutes, from }, begins, remark };
    writing.append(Entry { subject, title: Some(node.title().to_owned()), fact }, on)?;
    context.commit(writing)?;
    out.report("study", &report, |report, screen| text(report, context.today(), screen))?;
    mark::say_if_not_followed([node.roadmap()], &standing.followed_ids(), out);
    Ok(())
}

/// The item or topic that was studied.
fn subject<'a>(args: &Args, context: &'a Context, out: &mut Output<'_, '_>) -> Result<Node<'a>> {
    let Some(reference) = &args.reference else {
        let standing = context.standing()?;
        let chosen = mark::choose_one("study", "Study", &standing, context, out)?;
        return select::node(chosen.as_str(), &[], context, out);
    };
    let followed = match context.store()? {
        Some(mut store) => store.read()?.standing_of([])?,
        None => Standing::default(),
    };
    let node = select::node(reference, &followed.followed_ids(), context, out)?;
    if matches!(node, Node::Path(_) | Node::Stage(..)) {
        let (name, kind) = (node.reference(), node.kind());
        let message = format!("`{name}` is a {kind}: time is recorded of items and topics");
        return Err(Error::new(Code::WrongKind, message)
            .hint(format!("name a part of it: `milepost show {name}` lists them")));
    }
    Ok(node)
}

fn refused(error: DayError) -> Error {
    Error::usage(error.problem()).hint(format!("write {}", error.accepted()))
}

/// How long TIME says.
fn length(text: &str) -> Result<u32> {
    day::session(text).map_err(refused)
}

/// When somebody began, in minutes since midnight.
fn began(text: &str, on: NaiveDate, context: &Context) -> Result<u32> {
    let from = day::clock(text).map_err(refused)?;
    let now = now(context);
    if on == context.today() && from > now {
        let now = clock(now);
        return Err(Error::usage(format!("{} has not come yet (it is {now})", clock(from)))
            .hint("with `--on yesterday` it is the evening before; TIME then says how long"));
    }
    Ok(from)
}

/// The time from a time of day until now.
fn until_now(node: &Node<'_>, from: u32, on: NaiveDate, context: &Context) -> Result<u32> {
    let (name, shown) = (node.reference(), clock(from));
    let how = format!("say how long: `milepost study {name} 45m --on {on} --from {shown}`");
    if on != context.today() {
        return Err(Error::usage("only what you began today goes on until now").hint(how));
    }
    match now(context).saturating_sub(from) {
        0 => Err(Error::usage(format!("it is {shown} now, so that is no time at all")).hint(how)),
        minutes => Ok(minutes),
    }
}

fn now(context: &Context) -> u32 {
    context.time.hour() * 60 + context.time.minute()
}

fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// What the person at the terminal says.
fn asked(node: &Node<'_>, out: &mut Output<'_, '_>) -> Result<u32> {
    let reference = node.reference();
    let Some(prompt) = out.prompt() else {
        let message = format!("how long you studied `{reference}` is not said");
        return Err(Error::new(Code::NoTerminal, message)
            .hint(format!("for example `milepost study {reference} 45m`")));
    };
    let title = safe::line(node.title()).into_owned();
    let mut question = format!("How long did you study {title}? (45m, 1h30)");
    loop {
        let Some(text) = prompt.line(&question)? else {
            return Err(Error::cancelled());
        };
        match day::session(&text) {
            Ok(minutes) => return Ok(minutes),
            Err(error) => question = error.to_string(),
        }
    }
}

fn text(report: &Report, today: NaiveDate, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    for change in &report.changed {
        let mark = match change.to {
            State::Item(status) if report.is_item => paint.status_mark(row::mark(status)) + " ",
            _ => String::new(),
        };
        let title = paint.bold(&safe::line(&change.title));
        let reference = paint.dim(change.reference.as_str());
        text.push_str(&row::line(&mark, &title, &reference, screen));
    }
    let on = if report.on == today { String::new() } else { format!(" on {}", report.on) };
    let all = work::spent(report.minutes_in_all, report.hours);
    let line = format!("studied {}{on}; so far {all}", quantity::minutes(report.minutes));
    text.push_str(&width::wrap_indented("    ", "    ", &line, screen.text_width()));
    text
}
