//! `milepost snooze`

use chrono::NaiveDate;
use serde::Serialize;

use super::{row, select};
use crate::context::Context;
use crate::error::{Code, Error, Result};
use crate::model::roadmap::{Node, Ref};
use crate::model::standing::{self, Standing, Target};
use crate::model::view::{View, places_of};
use crate::output::{Output, Screen};
use crate::report::change::{Changed, State};
use crate::text::{day, safe, width};

/// Leave something out of `next` and `plan` until a day
///
/// It stays open and counted. What requires it waits, too. A skill that is snoozed is not asked for; a
/// topic that is snoozed offers nothing. `none` ends it, and so does `milepost doing`, `study`, `done` or
/// `skip` of an item.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost snooze faiss 2027-01-10
  milepost snooze cloud-platforms \"in 3 weeks\"
  milepost snooze faiss none")]
pub struct Args {
    /// What it is about: items and topics
    #[arg(value_name = "REF", required = true, add = super::completions::open())]
    refs: Vec<String>,

    /// The day on which it comes back: 2027-01-10, `in 3 weeks`; `none` brings it back now
    #[arg(value_name = "UNTIL", required = true)]
    until: String,
}

#[derive(Serialize)]
struct Report {
    /// The day; none where it is brought back.
    until: Option<NaiveDate>,
    changed: Vec<Changed>,
    unchanged: Vec<Ref>,
    #[serde(skip)]
    unchanged_states: Vec<Target>,
}

/// Runs the command.
///
/// # Errors
/// A reference is unknown or names what cannot be snoozed, UNTIL is no day to come, or the record cannot
/// be written.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let today = context.today();
    let until = match args.until.as_str() {
        "none" => None,
        text => Some(coming(text, today)?),
    };
    let catalog = context.catalog();
    let followed = match context.store()? {
        Some(mut store) => store.read()?.standing_of([])?,
        None => Standing::default(),
    };
    let nodes = select::nodes(&args.refs, &followed.followed_ids(), context, out)?;
    if let Some(node) = nodes.iter().find(|node| matches!(node, Node::Path(_) | Node::Stage(..))) {
        let (name, kind) = (node.reference(), node.kind());
        return Err(Error::new(
            Code::WrongKind,
            format!("`{name}` is a {kind}: items and topics are snoozed"),
        )
        .hint(format!("name a part of it: `milepost show {name}` lists them")));
    }
    let mut store = context.store_to_write()?;
    let mut writing = store.write(context.stamp)?;
    let wanted: Vec<Ref> = nodes.iter().flat_map(|node| places_of(catalog, node)).collect();
    let standing = writing.reading().standing_of(&wanted)?;
    let view = View { shelf: catalog, standing: &standing };
    let targets: Vec<Target> = nodes.iter().map(|node| view.snooze_target(node)).collect();
    let decision = standing::snooze(until, &targets);
    let is_snoozed = |reference: &Ref| {
        let target = targets.iter().find(|target| target.named == *reference);
        target.and_then(|target| target.state.snoozed_until).is_some_and(|day| day > today)
    };
    let changed = decision.changed.into_iter().map(|change| Changed {
        from: State::of(change.from, is_snoozed(&change.named)),
        to: State::of(change.to, until.is_some()),
        reference: change.named,
        title: change.title,
    });
    let report = Report {
        until,
        changed: changed.collect(),
        unchanged: decision.unchanged.iter().map(|target| target.named.clone()).collect(),
        unchanged_states: decision.unchanged,
    };
    for entry in decision.entries {
        writing.append(entry, today)?;
    }
    if report.changed.is_empty() {
        drop(writing);
    } else {
        context.commit(writing)?;
    }
    out.report("snooze", &report, text)
}

/// The day that UNTIL names.
fn coming(text: &str, today: NaiveDate) -> Result<NaiveDate> {
    let until = day::parse_future(text, today).map_err(|error| {
        Error::usage(error.problem()).hint(format!("write {}, or `none`", error.accepted()))
    })?;
    if until == today {
        return Err(Error::usage(format!("{today} is today, so there is nothing to wait for"))
            .hint("name a day to come, or bring it back with `none`"));
    }
    Ok(until)
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let how = match report.until {
        Some(day) => format!("snoozed until {day}"),
        None => "back in `milepost next`".to_owned(),
    };
    let changed = report.changed.iter().map(|change| {
        let title = paint.bold(&safe::line(&change.title));
        row::line("", &title, &format!("{}  {how}", paint.dim(change.reference.as_str())), screen)
    });
    let unchanged = report.unchanged_states.iter().map(|target| {
        let how = match (target.state.status.is_open(), report.until) {
            (false, _) => format!("is {} already", target.state.status.as_str()),
            (true, Some(day)) => format!("is snoozed until {day} already"),
            (true, None) => "is not snoozed".to_owned(),
        };
        let line = format!("{} {how}; nothing changed", target.named);
        width::wrap_indented("", "    ", &line, screen.text_width())
    });
    changed.chain(unchanged).collect()
}
