//! `milepost next`

use clap::ValueEnum;
use serde::Serialize;

use super::aim;
use super::row::{self, Row};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::interview;
use crate::model::recommend::{Because, Nothing, Recommendation, Wish, recommend};
use crate::model::roadmap::{ResourceKind, find};
use crate::model::view::View;
use crate::output::{Output, Screen};
use crate::text::{day, quantity, safe, width};

/// Say what to study or build next, and why
///
/// What is in progress comes first; then by stage, by how much it unlocks, by how many open skills
/// it covers per hour, and by the order of the path. At most two resources of a topic.
///
/// With --role, or where a path was started with one, what raises the skill area with the largest
/// gap comes before the stages: the gap is the level that the role needs less your own by `milepost
/// assess`, times the weight (1 to 3) with which the topic or milestone raises the area.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost next
  milepost next --time 45m --free
  milepost next ai-integration --type course --type video -n 3")]
pub struct Args {
    /// The path; the followed ones where it is left out
    #[arg(value_name = "PATH", add = super::completions::paths())]
    path: Option<String>,

    /// Only what fits the time you have: 45m, 1h30m, 2h
    #[arg(long, value_name = "TIME")]
    time: Option<String>,

    /// Nothing that must be paid for
    #[arg(long)]
    free: bool,

    /// Only resources of this type; may be given several times
    #[arg(long = "type", value_name = "TYPE")]
    types: Vec<Type>,

    /// Only what is for this role, or for every role; what closes its largest gap first
    #[arg(long, value_name = "ROLE", add = super::completions::roles())]
    role: Option<String>,

    /// At most this many; 0 for all
    #[arg(short, value_name = "N", default_value_t = 5)]
    n: u16,
}

#[derive(Debug, Clone, Copy)]
struct Type(ResourceKind);

impl ValueEnum for Type {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [Type; 10] = {
            let mut all = [Type(ResourceKind::Docs); 10];
            let mut at = 0;
            while at < all.len() {
                all[at] = Type(ResourceKind::ALL[at]);
                at += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.0.as_str()))
    }
}

#[derive(Serialize)]
struct Report {
    recommendations: Vec<Recommended>,
    /// Why there is none.
    note: Option<String>,
    /// The title of the role towards which they go.
    role: Option<String>,
    /// Interview questions of these paths that are due.
    reviews_due: usize,
}

#[derive(Serialize)]
struct Recommended {
    #[serde(flatten)]
    row: Row,
    /// One sentence about it.
    summary: Option<String>,
    by: Option<String>,
    because: Vec<Because>,
}

impl Recommended {
    fn new(one: Recommendation<'_>, view: &View<'_>) -> Self {
        Self {
            row: Row::new(&one.item, view),
            summary: one.item.tracked().summary.clone(),
            by: one.item.resource().and_then(|resource| resource.by.clone()),
            because: one.because,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// The path is unknown, the time is none, or the record cannot be read.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let hours = match &args.time {
        None => None,
        Some(text) => Some(day::span(text).map_err(|error| {
            Error::usage(error.problem()).hint(format!("write {}", error.accepted()))
        })?),
    };
    let standing = context.standing()?;
    let view = View { shelf: context.catalog(), standing: &standing };
    let paths = context.chosen(args.path.as_deref(), &standing)?;
    let wish = Wish {
        hours,
        free: args.free,
        kinds: args.types.iter().map(|one| one.0).collect(),
        role: args.role.clone(),
        steer: aim::steer(args.role.as_deref(), &paths, &standing, context)?,
    };
    let (recommendations, note) = if paths.is_empty() {
        let note = "no path is followed yet: `milepost paths` lists them, \
                    `milepost start PATH` follows one";
        (Vec::new(), Some(note.to_owned()))
    } else {
        let most = if args.n == 0 { usize::MAX } else { usize::from(args.n) };
        match recommend(&view, &paths, &wish, most) {
            Ok(found) => {
                (found.into_iter().map(|one| Recommended::new(one, &view)).collect(), None)
            }
            Err(nothing) => (Vec::new(), Some(reason(&nothing, args, &view))),
        }
    };
    let role = wish.steer.map(|steer| steer.role);
    let reviews_due = interview::due(&standing, &paths, context.today());
    if reviews_due > 0 {
        out.say(&row::reviews_due(reviews_due, args.path.as_deref()));
    }
    out.report("next", &Report { recommendations, note, role, reviews_due }, text)
}

/// Why there is nothing to recommend, and what to do about it.
fn reason(nothing: &Nothing, args: &Args, view: &View<'_>) -> String {
    match nothing {
        Nothing::Finished => "nothing is left: all of it is done or skipped. \
             `milepost export` writes the portfolio, `milepost paths` shows where to go on"
            .to_owned(),
        Nothing::Blocked(blockers) => {
            let names: Vec<String> = blockers
                .iter()
                .take(3)
                .map(|reference| match find(view.shelf, reference) {
                    Some(node) => format!("{} ({reference})", safe::line(node.title())),
                    None => reference.to_string(),
                })
                .collect();
            let first = blockers.first().map_or("", |reference| reference.path());
            let path = args.path.as_ref().map_or(String::new(), |path| format!(" {path}"));
            format!(
                "all that is open is held back by {}: finish that first, for example with \
                 `milepost next {first}`, or look ahead with `milepost list{path} --status todo`",
                quantity::list(&names)
            )
        }
        Nothing::NoneAsWished(least) => {
            let least = least.filter(|_| args.time.is_some()).map_or(String::new(), |hours| {
                format!("; the shortest of all takes {}", quantity::hours(hours))
            });
            format!("nothing that is ready is as wished{least}: leave a filter out")
        }
    }
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    if let Some(note) = &report.note {
        return width::wrap_indented("", "", note, columns);
    }
    let mut text = String::new();
    for (at, one) in report.recommendations.iter().enumerate() {
        let row = &one.row;
        let number = format!("{}. ", at + 1);
        let indent = " ".repeat(number.len());
        let begun = match row.status {
            crate::model::standing::Status::Doing => {
                format!("{} ", paint.status_mark(row::mark(row.status)))
            }
            _ => String::new(),
        };
        let title = paint.bold(&safe::line(&row.title));
        let title = format!("{begun}{title}");
        if at > 0 {
            text.push('\n');
        }
        text.push_str(&width::wrap_indented(&number, &indent, &title, columns));
        let mut facts = vec![row.what().to_owned()];
        facts.extend(row.cost.map(|cost| cost.as_str().to_owned()));
        facts.extend(row.hours.map(quantity::hours));
        facts.extend(one.by.as_deref().map(|by| safe::line(by).into_owned()));
        let reference = paint.dim(row.reference.as_str());
        let facts = format!("{reference} ({})", facts.join(", "));
        text.push_str(&width::wrap_indented(&indent, &indent, &facts, columns));
        for because in &one.because {
            let bullet = format!("{indent}- ");
            let rest = format!("{indent}  ");
            let reason = safe::line(&because.text);
            text.push_str(&width::wrap_indented(&bullet, &rest, &reason, columns));
        }
        if let Some(url) = &row.url {
            text.push_str(&format!("{indent}{}\n", paint.link(url, &safe::line(url))));
        }
    }
    text
}
