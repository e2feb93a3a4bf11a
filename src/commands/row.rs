//! What several reports say in the same words: an item as `list`, `search`, `next` and `show` report
//! it, its marks in text, a skill as a question, and that interview questions are due.

use serde::Serialize;

use crate::model::roadmap::{Cost, Item, Node, Ref, Requirement, ResourceKind, Shelf, find};
use crate::model::search::Found;
use crate::model::standing::Status;
use crate::model::view::View;
use crate::output::Screen;
use crate::text::paint::{Mark, Paint};
use crate::text::{quantity, safe, width};

/// The fields that every report of an item has; of another thing that is found, those that it has.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its kind.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// The id of its path; a term has none.
    pub path: Option<String>,
    /// The id of its stage.
    pub stage: Option<String>,
    /// The id of its topic; a milestone has none.
    pub topic: Option<String>,
    /// The status of an item.
    pub status: Option<Status>,
    /// The effort of an item.
    pub hours: Option<f64>,
    /// Its address.
    pub url: Option<String>,
    /// A resource's kind.
    #[serde(rename = "type")]
    pub resource_kind: Option<ResourceKind>,
    /// What a resource costs.
    pub cost: Option<Cost>,
    /// Whether it is retired, which `show` reports.
    #[serde(skip)]
    pub is_retired: bool,
}

/// The time that was spent, and what is planned if that is known: `45 min of 3 h`.
pub fn spent(minutes: u32, planned: Option<f64>) -> String {
    let spent = quantity::minutes(minutes);
    match planned.map(|hours| (hours, quantity::hours(hours))) {
        None => spent,
        Some((hours, planned)) if f64::from(minutes) <= hours * 60.0 => {
            format!("{spent} of {planned}")
        }
        Some((_, planned)) => format!("{spent}, {planned} planned"),
    }
}

/// What is left of the hours of something: `9 of 15 h left`; `15 h` where nothing was studied of it.
pub fn left(left: Option<f64>, hours: Option<f64>) -> String {
    let Some(left) = left.or(hours) else { return String::new() };
    let said = quantity::hours(left);
    match hours.filter(|hours| *hours != left) {
        None => said,
        Some(hours) if left > hours => format!("{said} left"),
        Some(hours) => {
            let all = quantity::hours(hours);
            if all == said {
                // A little of much, rounded, is nothing.
                return all;
            }
            // The unit once, where both have the same.
            let short = said.strip_suffix(" h").filter(|_| all.ends_with(" h"));
            format!("{} of {all} left", short.unwrap_or(&said))
        }
    }
}

/// A title as reports show it, with a word where the item is retired.
pub fn title(title: &str, is_retired: bool) -> String {
    let title = safe::line(title);
    if is_retired { format!("{title} (retired)") } else { title.into_owned() }
}

impl Row {
    /// The row of an item.
    pub fn new(item: &Item<'_>, view: &View<'_>) -> Self {
        Self::of(&Found::Node(Node::Item(*item)), view)
    }

    /// The row of what was found.
    pub fn of(found: &Found<'_>, view: &View<'_>) -> Self {
        let (roadmap, stage, topic) = match found {
            Found::Node(node) => (Some(node.roadmap()), node.stage(), node.topic()),
            Found::Question(asked) => (Some(asked.roadmap), None, None),
            Found::Term(_) => (None, None, None),
        };
        let item = found.item();
        let resource = item.and_then(Item::resource);
        Self {
            reference: found.reference(),
            kind: found.kind(),
            title: found.title().to_owned(),
            path: roadmap.map(|roadmap| roadmap.id.clone()),
            stage: stage.map(|stage| stage.id.clone()),
            topic: topic.map(|topic| topic.id.clone()),
            status: item.map(|item| view.status(item)),
            hours: item.and_then(Item::hours),
            url: found.url().map(str::to_owned),
            resource_kind: resource.map(|resource| resource.kind),
            cost: resource.and_then(|resource| resource.cost),
            is_retired: item.is_some_and(|item| item.tracked().retired),
        }
    }

    /// The word for what it is: a resource's kind says more than `resource`.
    pub fn what(&self) -> &'static str {
        self.resource_kind.map_or(self.kind, ResourceKind::as_str)
    }

    /// The mark of its status; blanks where it has none.
    pub fn mark(&self, paint: Paint) -> String {
        self.status.map_or("   ".to_owned(), |status| paint.status_mark(mark(status)))
    }
}

/// A line with a title, and behind it what can be typed, such as a reference. Where the screen has no
/// room for both, what can be typed stands on a line of its own and is not cut.
pub fn line(head: &str, title: &str, rest: &str, screen: &Screen) -> String {
    let line = match rest {
        "" => format!("{head}{title}"),
        rest => format!("{head}{title}  {rest}"),
    };
    let Some(columns) = screen.width.filter(|columns| width::columns(&line) > *columns) else {
        return line + "\n";
    };
    let indent = " ".repeat(width::columns(head));
    let title = width::wrap_indented(head, &indent, title, columns);
    // A broken reference is no reference: it has the whole line, if it must.
    let longest = rest.split_whitespace().map(width::columns).max().unwrap_or(0);
    let indent = if indent.len() + longest > columns { "" } else { indent.as_str() };
    match rest {
        "" => title,
        rest if indent.len() + width::columns(rest) <= columns => {
            format!("{title}{indent}{rest}\n")
        }
        rest => title + &width::wrap_indented(indent, indent, rest, columns),
    }
}

/// What stands above skills that were studied.
pub const STUDIED: &str = "Studied: can you say this?";

/// A skill that was studied, as a question with the command that answers it.
pub fn question(question: &str, reference: &Ref, screen: &Screen) -> String {
    let command = screen.paint.dim(&format!("milepost done {reference}"));
    line("? ", &safe::line(question), &command, screen)
}

/// The titles of what a requirement asks for.
pub fn requirement(requirement: &Requirement, shelf: &dyn Shelf) -> String {
    let titles = requirement.any_of.iter().map(|reference| {
        let node = find(shelf, reference);
        node.map_or(reference.as_str().to_owned(), |node| safe::line(node.title()).into_owned())
    });
    titles.collect::<Vec<_>>().join(" or ")
}

/// That interview questions are due, and the command that asks them.
pub fn reviews_due(count: usize, path: Option<&str>) -> String {
    let (questions, are) = match count {
        1 => ("1 interview question".to_owned(), "is"),
        n => (quantity::count(n, "interview question"), "are"),
    };
    let path = path.map_or(String::new(), |path| format!(" {path}"));
    format!("{questions} {are} due: `milepost interview{path}`")
}

/// The mark of a status in text.
pub fn mark(status: Status) -> Mark {
    match status {
        Status::Todo => Mark::Todo,
        Status::Doing => Mark::Doing,
        Status::Done => Mark::Done,
        Status::Skipped => Mark::Skipped,
    }
}
