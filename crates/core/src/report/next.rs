//! What to study, prove and build next, and why; or why something is not next.

use chrono::NaiveDate;
use milepost_path::{Item, Node, NodeKind, Ref, ResourceKind, find};
use serde::Serialize;

use super::row::Row;
use super::{Answer, App, Hint, NoPath, Result, aim, news, references};
use crate::model::guidance::{self, Advice, Before, Guide, NextFilter, Proof, Reason, Why, WhyNot};
use crate::model::interview;
use crate::model::learner::Learner;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The path; the followed ones without one.
    pub path: Option<String>,
    /// The hours that the learner has now.
    pub hours: Option<f64>,
    /// Nothing that must be paid for.
    pub free: bool,
    /// Only resources of these kinds, if any.
    pub kinds: Vec<ResourceKind>,
    /// Only what is for this role, or for every role; what closes its largest gap first.
    pub role: Option<String>,
    /// Also what nothing needs: the rest of required paths.
    pub all: bool,
    /// What to explain: why this is not next.
    pub why: Option<String>,
    /// At most this many steps; all without a number.
    pub most: Option<usize>,
    /// Whether to tell, once, what is new in the paths.
    pub news: bool,
}

/// What is next.
#[derive(Debug)]
pub struct Report {
    /// Skills that were studied and are open.
    pub prove: Vec<ToProve>,
    /// The steps, the first step first.
    pub recommendations: Vec<Recommended>,
    /// Why there is no step.
    pub nothing: Option<Nothing>,
    /// The title of the role towards which they go.
    pub role: Option<String>,
    /// Interview questions of these paths that are due.
    pub reviews: Option<Reviews>,
    /// Why something that was asked about is not next.
    pub why: Option<NotNext>,
}

/// Why something is not next.
#[derive(Debug)]
pub struct NotNext {
    /// Its reference.
    pub reference: Ref,
    /// Its title.
    pub title: String,
    /// The reason.
    pub because: WhyNot,
    /// What of the plan comes before it.
    pub before: Option<Before>,
}

/// Interview questions that are due.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Reviews {
    /// How many.
    pub due: usize,
    /// How long they take.
    pub minutes: u64,
}

/// A skill to prove.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct ToProve {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
    /// What a person who has it can say.
    pub can: Option<String>,
    /// What was done that teaches it.
    pub studied_by: Vec<Ref>,
    /// What teaches it and must be paid for, where nothing else is left and the filters exclude it.
    pub paid: Vec<Ref>,
    /// The practice that the plan leaves room for, in hours.
    pub practice_hours: f64,
    /// The id of its topic.
    #[serde(skip)]
    pub topic: Option<String>,
    /// The titles of what must be paid for.
    #[serde(skip)]
    pub paid_titles: Vec<String>,
}

/// A step.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Recommended {
    /// The resource or milestone.
    #[serde(flatten)]
    pub row: Row,
    /// One sentence about it.
    pub summary: Option<String>,
    /// Who made it.
    pub by: Option<String>,
    /// The part of it that is meant.
    pub part: Option<String>,
    /// What of the time that there is fits into it, in minutes.
    pub minutes: Option<u64>,
    /// What is left of it.
    pub hours_left: Option<f64>,
    /// What could be studied in its place.
    pub instead: Vec<Row>,
    /// Whether it belongs to a later stage than the first step.
    pub later: bool,
    /// Why, the weightiest reason first.
    #[serde(skip)]
    pub because: Vec<Reason>,
}

impl Recommended {
    fn new(one: Advice<'_>, view: &Learner<'_>) -> Self {
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
            because: one.because,
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
            paid_titles: paid().map(|item| item.title().to_owned()).collect(),
            practice_hours: proof.spare,
            topic: item.topic.map(|topic| topic.id.clone()),
        }
    }
}

/// Why there is no step.
#[derive(Debug)]
pub enum Nothing {
    /// There is no path.
    NoPath(NoPath),
    /// All is done or skipped.
    Finished,
    /// Only proofs are left.
    Prove {
        /// The first skill to prove.
        first: Option<Ref>,
        /// Whether filters were asked for, so that others might be ready.
        is_filtered: bool,
    },
    /// All that is left is snoozed, or waits for what is.
    Snoozed {
        /// The first of it that comes back.
        reference: Ref,
        /// Its title, where it is installed.
        title: Option<String>,
        /// Its day.
        until: NaiveDate,
    },
    /// All that is open waits for something to which nothing leads.
    Blocked {
        /// What it waits for, each with its title where it is installed.
        by: Vec<(Ref, Option<String>)>,
        /// The path that was named.
        path: Option<String>,
    },
    /// Nothing that is ready passes the filters.
    NoMatch,
}

impl Nothing {
    /// The code, which is stable.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::NoPath(_) => "no-path",
            Self::Finished => "finished",
            Self::Prove { .. } => "prove",
            Self::Snoozed { .. } => "snoozed",
            Self::Blocked { .. } => "blocked",
            Self::NoMatch => "no-match",
        }
    }

    fn of(
        nothing: guidance::Nothing,
        query: &Query,
        prove: &[ToProve],
        view: &Learner<'_>,
    ) -> Self {
        let title = |one: &Ref| find(view.shelf, one).map(|node| node.title().to_owned());
        match nothing {
            guidance::Nothing::Finished => Self::Finished,
            guidance::Nothing::Prove => Self::Prove {
                first: prove.first().map(|one| one.reference.clone()),
                is_filtered: query.free || !query.kinds.is_empty() || query.role.is_some(),
            },
            guidance::Nothing::Snoozed(reference, until) => {
                Self::Snoozed { title: title(&reference), reference, until }
            }
            guidance::Nothing::Blocked(by) => {
                let titled = |one: Ref| (one.clone(), title(&one));
                let by = by.into_iter().map(titled).collect();
                Self::Blocked { by, path: query.path.clone() }
            }
            guidance::Nothing::NoMatch => Self::NoMatch,
        }
    }
}

/// Why something cannot be explained.
#[derive(Debug)]
pub enum Refusal {
    /// A plan has no such step, but only parts of it.
    NoStep(Ref, NodeKind),
}

/// The shortest part of something that is worth beginning, in minutes.
const SHORTEST: u64 = 5;

/// What is next on the path that was named, or on those that are followed.
///
/// # Errors
/// The path, the role or what is to be explained is unknown, or the record cannot be read.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let standing = app.standing_with_effort_sums()?;
    let view = Learner { shelf: app.catalog(), standing: &standing };
    let paths = app.chosen(query.path.as_deref(), &standing)?;
    let asked = query.why.as_deref().map(|text| asked(text, &standing.followed_ids(), app));
    let asked = asked.transpose()?;
    let filter = NextFilter {
        free: query.free,
        kinds: query.kinds.clone(),
        ..aim::filter(query.role.as_deref(), &paths, &standing, app)?
    };
    let due = interview::due(&view, &paths, app.today());
    let minutes = (due * interview::MINUTES) as u64;
    let mut report = Report {
        prove: Vec::new(),
        recommendations: Vec::new(),
        nothing: paths.is_empty().then(|| Nothing::NoPath(app.no_path(&standing))),
        role: filter.goal.map(|goal| goal.role.title.clone()),
        reviews: (due > 0).then_some(Reviews { due, minutes }),
        why: None,
    };
    if !paths.is_empty() {
        let guide = Guide::new(&view, &paths, &filter);
        report.why = asked.map(|node| not_next(&node, &guide));
        report.prove = guide.to_prove().iter().map(ToProve::new).collect();
        let most = query.most.unwrap_or(usize::MAX);
        match guide.next(if query.hours.is_some() { usize::MAX } else { most }, query.all) {
            Ok(found) => {
                let all = found.into_iter().map(|one| Recommended::new(one, &view)).collect();
                report.recommendations = match query.hours {
                    Some(hours) => fit(all, hours, most),
                    None => all,
                };
            }
            Err(nothing) => {
                report.nothing = Some(Nothing::of(nothing, query, &report.prove, &view));
            }
        }
    }
    let reviews = (due > 0 && query.why.is_none())
        .then(|| Hint::ReviewsDue { count: due, path: query.path.clone() });
    let news = if query.news { news::take(&paths, &view, app) } else { Vec::new() };
    Ok(app.answer(report).hint(reviews).hints(news))
}

/// What is to be explained: something that a plan can have as a step.
fn asked<'a>(text: &str, followed: &[&str], app: &'a App) -> Result<Node<'a>> {
    let node = references::node(text, followed, app)?;
    if matches!(node, Node::Path(_) | Node::Stage(..)) {
        return Err(super::Refusal::Next(Refusal::NoStep(node.reference(), node.kind())).into());
    }
    Ok(node)
}

fn not_next(node: &Node<'_>, guide: &Guide<'_>) -> NotNext {
    let Why { because, before } = guide.why(node);
    NotNext { reference: node.reference(), title: node.title().to_owned(), because, before }
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
            one.because.insert(0, Reason::FitsTime { minutes: needs.unwrap_or(0) });
            other = Some(one);
        }
    }
    chosen.extend(other.filter(|_| most > 1));
    chosen
}

#[cfg(test)]
mod tests {
    use super::super::Refusal as Refused;
    use super::super::fixture::{Home, refused};
    use super::*;

    const BAKING: &str = r#"format = 1
id = "baking"
title = "Baking"

[[stages]]
id = "first"
title = "First"

[[stages.topics]]
id = "dough"
title = "Dough"
hours = 4
skills = [{ id = "knead", title = "Kneading" }]

[[stages.topics.resources]]
id = "book"
title = "The Book"
type = "book"
hours = 3
skills = ["knead"]

[[stages.topics]]
id = "oven"
title = "Oven"
hours = 1
skills = [{ id = "bake", title = "Baking" }]

[[stages.topics.resources]]
id = "film"
title = "The Film"
url = "https://example.org/film"
type = "video"
minutes = 20
skills = ["bake"]

[[stages.milestones]]
id = "loaf"
title = "A loaf"
hours = 2
requires = ["dough"]
criteria = ["It rose."]
"#;

    fn ask(query: Query) -> Result<Report> {
        let home = Home::with(&[("baking.toml", BAKING)]);
        report(&query, &home.app()).map(|answer| answer.report)
    }

    fn baking() -> Query {
        Query { path: Some("baking".to_owned()), ..Query::default() }
    }

    #[test]
    fn steps_are_limited_filtered_and_cut_to_the_time() {
        let video = vec![ResourceKind::Video];
        let hours = |hours| Query { hours: Some(hours), ..baking() };
        for (query, steps) in [
            (baking(), "book film"),
            (Query { most: Some(1), ..baking() }, "book"),
            (Query { kinds: video, ..baking() }, "film"),
            // A part of the first, or another that fits as a whole.
            (hours(0.5), "book:30 film:20 fits-time"),
            (Query { most: Some(1), ..hours(0.5) }, "book:30"),
            (hours(3.25), "book:180 film:15"),
            (hours(5.0), "book:180 film:20"),
        ] {
            let shown = |one: &Recommended| {
                let id = one.row.reference.as_str().trim_start_matches("baking/");
                let minutes = one.minutes.map_or(String::new(), |minutes| format!(":{minutes}"));
                let first = one.because.first().map(Reason::code);
                let fits = first.filter(|code| *code == "fits-time");
                format!("{id}{minutes}{}", fits.map_or(String::new(), |code| format!(" {code}")))
            };
            let report = ask(query.clone()).unwrap();
            let is: Vec<String> = report.recommendations.iter().map(shown).collect();
            assert_eq!(is.join(" "), steps, "{query:?}");
            assert!(report.nothing.is_none(), "{query:?}");
        }
    }

    #[test]
    fn without_a_step_there_is_a_reason() {
        let no_match = Query { kinds: vec![ResourceKind::Paper], ..baking() };
        for (query, code) in [(Query::default(), "no-path"), (no_match, "no-match")] {
            let report = ask(query).unwrap();
            assert_eq!(report.nothing.as_ref().map(Nothing::as_str), Some(code));
            assert!(report.recommendations.is_empty(), "{code}");
        }
    }

    #[test]
    fn what_is_explained_is_a_step_of_the_plan() {
        let why = |reference: &str| ask(Query { why: Some(reference.to_owned()), ..baking() });
        let loaf = why("baking/loaf").unwrap().why.unwrap();
        assert_eq!((loaf.title.as_str(), loaf.because.code()), ("A loaf", "waits"));
        assert_eq!(loaf.before.map(|one| one.steps), Some(2), "the book, practice");
        for (text, whole) in [("baking", NodeKind::Path), ("baking/first", NodeKind::Stage)] {
            let refused = refused(why(text));
            let Refused::Next(Refusal::NoStep(name, kind)) = refused else { panic!("{refused:?}") };
            assert_eq!((name.as_str().trim_end_matches('/'), kind), (text, whole));
        }
        let unknown = refused(ask(Query { path: Some("no".to_owned()), ..Query::default() }));
        assert!(matches!(unknown, Refused::Unknown { .. }), "{unknown:?}");
    }
}
