//! The portfolio as a plain value, from which every format is made.
//!
//! It has all that the record and the path files say about the chosen paths, raw: nothing is
//! escaped, cut or left out, so that JSON is lossless and a format decides itself what to show. Its
//! numbers come from [`crate::model::progress::progress`], [`crate::model::outlook`] and
//! [`crate::model::pace`], as everywhere.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::earlier::earlier;
use super::matrix::Matrix;
use crate::model::activity::{Activity, activity};
use crate::model::as_marked;
use crate::model::away::{Away, joined};
use crate::model::counting::{self, Counts};
use crate::model::effort::{Days, Effort};
use crate::model::event::Grade;
use crate::model::forecast::Forecast;
use crate::model::former::Former;
use crate::model::guidance::NextFilter;
use crate::model::outlook::{Left, Outlook, Steady, outlook};
use crate::model::pace::Pace;
use crate::model::progress::Progress;
use crate::model::roadmap::{
    self, Cost, Criterion, Heading, InterviewTopic, Item, Link, Milestone, Node, NodeKind, Ref,
    Requirement, Resource, ResourceKind, Roadmap, Stage, Topic, find,
};
use crate::model::route;
use crate::model::schedule::{Expected, Frame, Schedule, Week, schedule};
use crate::model::standing::{Said, Standing, Status};
use crate::model::summary::Summary;
use crate::model::view::{View, kept};
use crate::report::requires::Requires;
use crate::text::quantity;
use crate::words::forecast;

/// The portfolio.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// Whose it is.
    pub owner: Option<String>,
    /// The day that it is made for.
    pub as_of: NaiveDate,
    /// When it is made. A calendar must say so; JSON does not, so that the same data is the same
    /// text all day.
    #[serde(skip)]
    pub made_at: DateTime<Utc>,
    /// The device that the record belongs to, by which the calendars of two people differ.
    #[serde(skip)]
    pub device: Option<Uuid>,
    /// The ids of the paths that were asked for; none where it is about whatever is followed.
    #[serde(skip)]
    pub asked_for: Vec<String>,
    /// The chosen paths.
    pub paths: Vec<PathPart>,
    /// What was finished by study in them, by day, and streaks by week.
    pub activity: Activity,
    /// What lies ahead on them.
    pub schedule: SchedulePart,
    /// The skill areas, where one was assessed.
    pub matrix: Option<Matrix>,
    /// What is recorded about items that no path has any more.
    pub retired: Vec<Retired>,
    /// The milestones that are retired or gone from their paths, and are more than a plan.
    #[serde(skip)]
    pub earlier: Vec<ItemPart>,
    /// Answers to interview questions.
    pub answers: Vec<AnswerPart>,
    /// Days away from study.
    pub away: Vec<AwayPart>,
}

/// What lies ahead.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct SchedulePart {
    /// The milestones of the plan, in its order.
    pub milestones: Vec<Expected>,
    /// The next weeks, as long as something is left.
    pub weeks: Vec<Week>,
    /// What has no day, and why, as sentences.
    pub notes: Vec<String>,
}

impl SchedulePart {
    fn new(schedule: Schedule) -> Self {
        let notes = schedule.notes.iter().map(forecast::no_day).collect();
        Self { milestones: schedule.milestones, weeks: schedule.weeks, notes }
    }
}

/// A stretch of days away from study.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AwayPart {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// The reason.
    pub why: Option<String>,
}

/// The time that was spent on something on one day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StudyDay {
    /// The day.
    pub on: NaiveDate,
    /// How long, in minutes.
    pub minutes: u32,
}

/// A path.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathPart {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One or two sentences about it.
    pub summary: Option<String>,
    /// The role that it leads to.
    pub role: Option<String>,
    /// When its author last changed it.
    pub updated: Option<NaiveDate>,
    /// The author's name for this state of it.
    pub version: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Under which licence it can be used.
    pub license: Option<String>,
    /// What it was made from.
    pub source: Option<String>,
    /// The language of its texts.
    pub lang: Option<String>,
    /// Ids that it had before.
    pub replaces: Vec<String>,
    /// What to have finished first.
    pub requires: Vec<Requires>,
    /// Whether it is followed.
    pub followed: bool,
    /// Since when it is followed.
    pub started_on: Option<NaiveDate>,
    /// The day to finish by.
    pub target_on: Option<NaiveDate>,
    /// The hours that one means to study a week.
    pub hours_per_week: Option<f64>,
    /// The day on which the planned months of the last stage end, counted from the start.
    pub planned_end: Option<NaiveDate>,
    /// The hours a week that it takes to finish by the target.
    pub needs_hours_per_week: Option<f64>,
    /// The pace on the way through this path and the followed ones that it requires. So for what
    /// follows, up to the burndown.
    pub pace: Option<Pace>,
    /// The pace over at most four weeks.
    pub recent_pace: Option<Pace>,
    /// When one arrives at a steady rate.
    pub steady: Option<Steady>,
    /// When one arrives by what happened.
    pub forecast: Option<Forecast>,
    /// Why there is no forecast, or how it was reckoned.
    pub forecast_note: Option<String>,
    /// Hours left over time, up to now.
    pub burndown: Vec<Left>,
    /// How far it is.
    pub progress: Progress,
    /// The headings of the portfolio.
    pub portfolio: Vec<Heading>,
    /// Its stages.
    pub stages: Vec<StagePart>,
    /// Its interview topics with their questions.
    pub interview: Vec<InterviewTopic>,
}

/// A stage of a path.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StagePart {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence about it.
    pub summary: Option<String>,
    /// Plain text of several lines.
    pub about: Option<String>,
    /// So many of its topics are enough.
    pub choose: Option<u16>,
    /// Ids that it had before.
    pub replaces: Vec<String>,
    /// What all of it requires.
    pub requires: Vec<Requires>,
    /// The planned window in months since the start.
    pub months: Option<[f64; 2]>,
    /// How far it is.
    pub progress: Progress,
    /// Notes on the stage itself.
    pub notes: Vec<Said>,
    /// Evidence for the stage itself.
    pub evidence: Vec<Said>,
    /// Its topics.
    pub topics: Vec<TopicPart>,
    /// Its items: by topic the skills and resources, then the milestones.
    pub items: Vec<ItemPart>,
}

/// A topic of a stage; its items are those of the stage that name it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopicPart {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence about it.
    pub summary: Option<String>,
    /// Plain text of several lines.
    pub about: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// More addresses.
    pub links: Vec<Link>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// So many of its skills are enough.
    pub choose: Option<u16>,
    /// For which roles it is; all of them where empty.
    pub roles: Vec<String>,
    /// Ids that it had before.
    pub replaces: Vec<String>,
    /// What it requires itself.
    pub requires: Vec<Requires>,
    /// The effort to reach all its skills.
    pub hours: Option<f64>,
    /// The ends of the effort, where the file gives a range.
    pub hours_range: Option<[f64; 2]>,
    /// How far it is.
    pub progress: Progress,
    /// Notes on the topic itself.
    pub notes: Vec<Said>,
    /// Evidence for the topic itself.
    pub evidence: Vec<Said>,
    /// The time that was spent on the topic itself, by day.
    pub studied: Vec<StudyDay>,
}

/// A skill, resource or milestone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemPart {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its kind.
    pub kind: NodeKind,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence about it.
    pub summary: Option<String>,
    /// Plain text of several lines.
    pub about: Option<String>,
    /// What a person who has the skill can say: "I ...".
    pub can: Option<String>,
    /// The id of its topic; a milestone has none.
    pub topic: Option<String>,
    /// The id of a milestone's heading in the portfolio.
    pub portfolio: Option<String>,
    /// Shown, but not counted.
    pub optional: bool,
    /// Shown to those who have it in their record, and counted for nobody.
    pub retired: bool,
    /// What it is for the percentages.
    #[serde(skip)]
    pub counts: Counts,
    /// Its status.
    pub status: Status,
    /// The day since which it has this status.
    pub since: Option<NaiveDate>,
    /// The day on which it was begun, where that was said.
    pub begun: Option<NaiveDate>,
    /// Credited as already known, not studied.
    pub known: bool,
    /// Its effort.
    pub hours: Option<f64>,
    /// The ends of its effort, where the file gives a range.
    pub hours_range: Option<[f64; 2]>,
    /// Its address.
    pub url: Option<String>,
    /// More addresses.
    pub links: Vec<Link>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// A resource's kind.
    #[serde(rename = "type")]
    pub resource_kind: Option<ResourceKind>,
    /// What a resource costs.
    pub cost: Option<Cost>,
    /// A resource's author or provider.
    pub by: Option<String>,
    /// Which part of a resource is meant.
    pub part: Option<String>,
    /// A resource's language, where it is another than the path's.
    pub lang: Option<String>,
    /// The resources that this one can take the place of.
    pub instead_of: Vec<Ref>,
    /// Ids of the skills that a resource teaches.
    pub teaches: Vec<String>,
    /// Look-up material, which teaches nothing.
    pub look_up: bool,
    /// What it requires itself.
    pub requires: Vec<Requires>,
    /// Ids that it had before.
    pub replaces: Vec<String>,
    /// What a milestone has to meet.
    pub criteria: Vec<String>,
    /// Of a milestone whose criteria changed since it was done: those that it was done under.
    pub done_under: Option<Vec<String>>,
    /// The criteria with their points; empty where nobody counts points.
    pub rubric: Vec<Criterion>,
    /// How many points are enough.
    pub pass: Option<u16>,
    /// What to hand in as proof of a milestone.
    pub proof: Vec<String>,
    /// Titles of the skills that a milestone shows, by what it requires: those that are done. It
    /// proves none that is open, whether or not it is done itself.
    pub skills: Vec<String>,
    /// Titles of the skills that it requires and that are open.
    pub open_skills: Vec<String>,
    /// Notes, oldest first.
    pub notes: Vec<Said>,
    /// Evidence, oldest first.
    pub evidence: Vec<Said>,
    /// The time that was spent on it, by day.
    pub studied: Vec<StudyDay>,
    /// The item of another path under which its progress is kept.
    pub same_as: Option<Ref>,
}

impl PathPart {
    /// Whether the file says whose it is.
    pub fn has_origin(&self) -> bool {
        self.author.is_some() || self.license.is_some()
    }

    /// Its items, in the order of the file.
    pub fn items(&self) -> impl Iterator<Item = &ItemPart> {
        self.stages.iter().flat_map(|stage| &stage.items)
    }

    /// The milestones that a portfolio shows among its work; those that are retired are earlier work.
    pub fn milestones(&self) -> impl Iterator<Item = &ItemPart> {
        let is_shown = |item: &&ItemPart| item.is_shown() && !item.retired;
        self.items().filter(|item| item.kind == NodeKind::Milestone).filter(is_shown)
    }

    /// Whether something of it is more than a plan; what was only read beside it says little.
    pub fn is_begun(&self) -> bool {
        self.items().any(|item| item.counts != Counts::Means && item.is_begun())
    }

    /// What is left of it, in words.
    pub fn ahead(&self) -> String {
        let Progress { milestones, skills, resource_goals, .. } = self.progress;
        let goals = [(milestones, "milestone"), (skills, "skill"), (resource_goals, "resource")];
        let left = goals.into_iter().filter(|(count, _)| count.left() > 0);
        let words: Vec<String> =
            left.map(|(count, noun)| quantity::count(count.left(), noun)).collect();
        if words.is_empty() {
            "nothing ahead".to_owned()
        } else {
            quantity::list(&words) + " ahead"
        }
    }
}

impl ItemPart {
    /// A skill of which nothing is known.
    pub(super) fn empty(reference: Ref) -> Self {
        Self {
            reference,
            kind: NodeKind::Skill,
            id: String::new(),
            title: String::new(),
            summary: None,
            about: None,
            can: None,
            topic: None,
            portfolio: None,
            optional: false,
            retired: false,
            counts: Counts::Goal,
            status: Status::Todo,
            since: None,
            begun: None,
            known: false,
            hours: None,
            hours_range: None,
            url: None,
            links: Vec::new(),
            tags: Vec::new(),
            resource_kind: None,
            cost: None,
            by: None,
            part: None,
            lang: None,
            instead_of: Vec::new(),
            teaches: Vec::new(),
            look_up: false,
            requires: Vec::new(),
            replaces: Vec::new(),
            criteria: Vec::new(),
            done_under: None,
            rubric: Vec::new(),
            pass: None,
            proof: Vec::new(),
            skills: Vec::new(),
            open_skills: Vec::new(),
            notes: Vec::new(),
            evidence: Vec::new(),
            studied: Vec::new(),
            same_as: None,
        }
    }

    /// The time that was spent on it, in minutes.
    pub fn minutes(&self) -> u32 {
        self.studied.iter().fold(0, |sum, day| sum.saturating_add(day.minutes))
    }

    /// The time that was spent on it, in words.
    pub fn studied_in_words(&self) -> Option<String> {
        let minutes = self.minutes();
        (minutes > 0).then(|| format!("{} studied", quantity::minutes(minutes)))
    }

    /// Whether it is more than a plan.
    pub fn is_begun(&self) -> bool {
        matches!(self.status, Status::Done | Status::Doing) || !self.evidence.is_empty()
    }

    /// Whether it went from its path before anything of it was recorded.
    pub fn is_gone(&self) -> bool {
        let is_silent = self.notes.is_empty() && self.evidence.is_empty();
        self.retired && self.status == Status::Todo && is_silent
    }

    /// Whether a portfolio shows it: what was skipped, or went from the path before it was begun,
    /// is nobody's business.
    pub fn is_shown(&self) -> bool {
        self.status != Status::Skipped && (self.is_begun() || !self.retired)
    }

    /// Whether it is still to be begun: what nothing counts is no plan.
    pub fn is_ahead(&self) -> bool {
        self.status == Status::Todo && self.counts != Counts::Aside
    }

    /// The criteria that a portfolio shows: of what is done, those that it was done under.
    pub fn proven_criteria(&self) -> &[String] {
        self.done_under.as_ref().unwrap_or(&self.criteria)
    }

    /// The points that a criterion is worth, where points are counted; those of today say nothing about
    /// other criteria.
    pub fn points(&self, criterion: usize) -> Option<u16> {
        self.rubric.get(criterion).filter(|_| self.done_under.is_none())?.points
    }

    /// How many points there are, and how many are enough, in words.
    pub fn points_in_words(&self) -> Option<String> {
        let points = |n: u32| quantity::count(n as usize, "point");
        let all = roadmap::points(&self.rubric).unwrap_or(0);
        match self.pass.filter(|_| self.done_under.is_none()) {
            Some(enough) if all > 0 => Some(format!("{enough} of {} are enough", points(all))),
            _ => (all > 0).then(|| points(all)),
        }
    }

    /// What is done comes before what is begun, and that before what is ahead.
    pub fn rank(&self) -> u8 {
        match self.status {
            Status::Done => 0,
            Status::Doing => 1,
            Status::Todo | Status::Skipped => 2,
        }
    }
}

/// What is recorded under a reference that no path has any more.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Retired {
    /// The reference, as it was.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// The title that it had; its id where older events do not say.
    pub title: String,
    /// What it was, if its events say so.
    pub kind: Option<NodeKind>,
    /// Its effort when it was marked, if its events say so.
    pub hours: Option<f64>,
    /// The criteria under which a milestone was done.
    pub criteria: Vec<String>,
    /// Its status.
    pub status: Status,
    /// The day since which it has this status.
    pub since: Option<NaiveDate>,
    /// The day on which it was begun, where that was said.
    pub begun: Option<NaiveDate>,
    /// Credited as already known, not studied.
    pub known: bool,
    /// Notes, oldest first.
    pub notes: Vec<Said>,
    /// Evidence, oldest first.
    pub evidence: Vec<Said>,
    /// The time that was spent on it, by day.
    pub studied: Vec<StudyDay>,
}

/// An answer to an interview question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerPart {
    /// The question, whether or not a path has it still.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// The day that it is for.
    pub on: NaiveDate,
    /// How well.
    pub grade: Grade,
}

/// All answers that are recorded, by question, oldest first.
pub fn answers(standing: &Standing) -> Vec<AnswerPart> {
    let parts = standing.answered().iter().flat_map(|(reference, answers)| {
        answers.iter().map(|answer| AnswerPart {
            reference: reference.clone(),
            on: answer.on,
            grade: answer.grade,
        })
    });
    parts.collect()
}

/// The portfolio of some paths, as made when its day begins, without a skill matrix.
pub fn document<'a>(
    paths: &[&'a Roadmap],
    view: &View<'a>,
    owner: Option<&str>,
    as_of: NaiveDate,
    retired: Vec<Retired>,
    filter: &NextFilter<'a>,
) -> Document {
    let outlooks: Vec<Outlook<'_>> = paths.iter().map(|path| outlook(view, path, as_of)).collect();
    let parts = paths.iter().zip(&outlooks).map(|(path, outlook)| path_part(path, view, outlook));
    let parts: Vec<PathPart> = parts.collect();
    Document {
        earlier: earlier(&parts, &retired),
        owner: owner.map(str::to_owned),
        as_of,
        made_at: as_of.and_time(NaiveTime::MIN).and_utc(),
        device: None,
        asked_for: Vec::new(),
        paths: parts,
        activity: activity(view, &route::all_walked(view, paths), as_of),
        schedule: SchedulePart::new(schedule(view, &outlooks, filter, Frame::from(as_of))),
        matrix: None,
        retired,
        answers: answers(view.standing.all()),
        away: away(view.standing.all()),
    }
}

fn away(standing: &Standing) -> Vec<AwayPart> {
    let stretches = joined(standing.away()).into_iter();
    stretches.map(|Away { from, to, why }| AwayPart { from, to, why }).collect()
}

/// The time that was spent on a node itself, by day.
fn studied(node: &Node<'_>, view: &View<'_>) -> Vec<StudyDay> {
    by_day(view.efforts(node))
}

fn by_day<'e>(efforts: impl IntoIterator<Item = &'e Effort>) -> Vec<StudyDay> {
    let mut days = Days::new();
    for Effort { on, minutes, .. } in efforts {
        *days.entry(*on).or_default() += minutes;
    }
    days.into_iter().map(|(on, minutes)| StudyDay { on, minutes }).collect()
}

/// What is recorded but shown by no path, with the time that was spent on it.
pub fn retired(formers: Vec<Former>, standing: &Standing) -> Vec<Retired> {
    let part = |former: Former| Retired {
        studied: by_day(standing.efforts_on(&former.reference)),
        kind: former.kind(),
        criteria: former.criteria().to_vec(),
        hours: former.state.as_marked.as_ref().and_then(|was| was.hours),
        reference: former.reference,
        title: former.title,
        status: former.state.status,
        since: former.state.since,
        begun: former.state.begun,
        known: former.state.known,
        notes: former.state.notes,
        evidence: former.state.evidence,
    };
    formers.into_iter().map(part).collect()
}

fn path_part(roadmap: &Roadmap, view: &View<'_>, outlook: &Outlook<'_>) -> PathPart {
    let forecast_note = forecast::note(&outlook.note());
    let following = view.standing.all().following().get(&roadmap.id);
    let goals = following.map(|following| following.goals.clone()).unwrap_or_default();
    let Summary { id, title, progress } = Summary::of(view, &Node::Path(roadmap));
    PathPart {
        id,
        title,
        summary: roadmap.summary.clone(),
        role: roadmap.role.clone(),
        updated: roadmap.updated,
        version: roadmap.version.clone(),
        author: roadmap.author.clone(),
        license: roadmap.license.clone(),
        source: roadmap.source.clone(),
        lang: roadmap.lang.clone(),
        replaces: roadmap.replaces.clone(),
        requires: requires(&roadmap.requires),
        followed: following.is_some(),
        started_on: following.map(|following| following.since),
        target_on: goals.target_on,
        hours_per_week: goals.hours_per_week,
        planned_end: outlook.planned_end,
        needs_hours_per_week: outlook.needs_hours_per_week,
        pace: outlook.pace,
        recent_pace: outlook.recent_pace,
        steady: outlook.steady,
        forecast: outlook.forecast.ok(),
        forecast_note,
        burndown: outlook.burndown.clone(),
        progress,
        portfolio: roadmap.portfolio.clone(),
        stages: roadmap.stages.iter().map(|stage| stage_part(roadmap, stage, view)).collect(),
        interview: roadmap.interview.clone(),
    }
}

fn stage_part(roadmap: &Roadmap, stage: &Stage, view: &View<'_>) -> StagePart {
    let node = Node::Stage(roadmap, stage);
    let (notes, evidence) = said(&node, view);
    let mut items = Vec::new();
    counting::each(view, &node, |item, counts| {
        let mut part = ItemPart { counts, ..item_part(&item, view) };
        if let Some(milestone) = item.milestone() {
            (part.skills, part.open_skills) = required_skills(milestone, view);
        }
        items.push(part);
    });
    let Summary { id, title, progress } = Summary::of(view, &node);
    StagePart {
        id,
        title,
        summary: stage.summary.clone(),
        about: stage.about.clone(),
        choose: stage.choose,
        replaces: stage.replaces.clone(),
        requires: requires(&stage.requires),
        months: stage.months,
        progress,
        notes,
        evidence,
        topics: stage.topics.iter().map(|topic| topic_part(roadmap, stage, topic, view)).collect(),
        items,
    }
}

fn topic_part(roadmap: &Roadmap, stage: &Stage, topic: &Topic, view: &View<'_>) -> TopicPart {
    let node = Node::Topic(roadmap, stage, topic);
    let (notes, evidence) = said(&node, view);
    let details = topic.details();
    let Summary { id, title, progress } = Summary::of(view, &node);
    TopicPart {
        id,
        title,
        summary: topic.summary.clone(),
        about: details.about.clone(),
        url: details.url.clone(),
        links: details.links.clone(),
        tags: details.tags.clone(),
        choose: topic.choose,
        roles: topic.roles.clone(),
        replaces: topic.replaces.clone(),
        requires: requires(&topic.requires),
        hours: topic.hours,
        hours_range: topic.range,
        progress,
        notes,
        evidence,
        studied: studied(&node, view),
    }
}

fn requires(requirements: &[Requirement]) -> Vec<Requires> {
    requirements.iter().map(Requires::from).collect()
}

/// All that a path file and the record say of an item by itself.
fn item_part(item: &Item<'_>, view: &View<'_>) -> ItemPart {
    let state = view.state(item);
    let tracked = item.tracked();
    let (notes, evidence) = said(&Node::Item(*item), view);
    let place = kept(view.shelf, item);
    let reference = item.reference();
    let part = ItemPart {
        kind: item.kind(),
        id: tracked.id.clone(),
        title: tracked.title.clone(),
        summary: tracked.summary.clone(),
        about: tracked.details().about.clone(),
        can: item.skill().and_then(|skill| skill.can.clone()),
        topic: item.topic.map(|topic| topic.id.clone()),
        optional: tracked.optional,
        retired: tracked.retired,
        status: view.status(item),
        since: state.and_then(|state| state.since),
        begun: state.and_then(|state| state.begun),
        known: state.is_some_and(|state| state.known),
        hours: item.hours(),
        hours_range: item.hours_range().filter(|[least, most]| least != most),
        url: item.url().map(str::to_owned),
        links: tracked.details().links.clone(),
        tags: tracked.details().tags.clone(),
        replaces: tracked.replaces.clone(),
        notes,
        evidence,
        studied: studied(&Node::Item(*item), view),
        same_as: (place != reference).then_some(place),
        ..ItemPart::empty(reference)
    };
    match (item.resource(), item.milestone()) {
        (Some(resource), _) => with_resource(part, item, resource),
        (_, Some(milestone)) => {
            let done_under = as_marked::done_under(item, state).map(<[String]>::to_vec);
            ItemPart { done_under, ..with_milestone(part, milestone) }
        }
        (None, None) => part,
    }
}

/// What only a resource has.
fn with_resource(part: ItemPart, item: &Item<'_>, resource: &Resource) -> ItemPart {
    ItemPart {
        resource_kind: Some(resource.kind),
        cost: resource.cost,
        by: resource.by.clone(),
        part: resource.part.clone(),
        lang: resource.lang.clone(),
        instead_of: resource.instead_of.iter().map(|id| Ref::node(&item.roadmap.id, id)).collect(),
        teaches: resource.skills.clone(),
        look_up: resource.is_reference,
        requires: requires(&resource.requires),
        ..part
    }
}

/// What only a milestone has.
fn with_milestone(part: ItemPart, milestone: &Milestone) -> ItemPart {
    ItemPart {
        portfolio: milestone.portfolio.clone(),
        criteria: milestone.criteria.iter().map(|one| one.text.clone()).collect(),
        rubric: milestone.rubric().to_vec(),
        pass: milestone.pass,
        proof: milestone.evidence.clone(),
        requires: requires(&milestone.requires),
        ..part
    }
}

fn said(node: &Node<'_>, view: &View<'_>) -> (Vec<Said>, Vec<Said>) {
    let owned = |said: Vec<&Said>| said.into_iter().cloned().collect();
    (owned(view.notes_on(node)), owned(view.evidence_for(node)))
}

/// Titles of the skills, and of the skills of the topics, that a milestone requires, each once: the
/// done ones and the open ones. What was skipped is neither, nor is an open skill that nothing counts.
fn required_skills(milestone: &Milestone, view: &View<'_>) -> (Vec<String>, Vec<String>) {
    let (mut done, mut open) = (Vec::new(), Vec::new());
    for requirement in &milestone.requires {
        let alternatives = requirement.any_of.iter();
        let mut nodes: Vec<Node<'_>> =
            alternatives.filter_map(|one| find(view.shelf, one)).collect();
        // One of the alternatives suffices: the finished ones are those that it rests on.
        if nodes.iter().any(|node| view.is_finished(node)) {
            nodes.retain(|node| view.is_finished(node));
        } else {
            nodes.truncate(1);
        }
        nodes.retain(|node| matches!(node.kind(), NodeKind::Skill | NodeKind::Topic));
        for node in &nodes {
            counting::each(view, node, |item, counts| {
                let titles: &mut Vec<String> = match view.status(&item) {
                    Status::Done => &mut done,
                    Status::Todo | Status::Doing if counts != Counts::Aside => &mut open,
                    Status::Todo | Status::Doing | Status::Skipped => return,
                };
                let known = titles.iter().any(|title| title == item.title());
                if item.kind() == NodeKind::Skill && !known {
                    titles.push(item.title().to_owned());
                }
            });
        }
    }
    (done, open)
}

#[cfg(test)]
mod tests {
    use proptest::{collection, prelude::*, sample::select};

    use super::super::sample::{self, day, recorded, web};
    use super::*;
    use crate::model::progress::progress;
    use crate::model::retired::retired as recorded_elsewhere;
    use crate::model::standing::ItemState;
    use crate::model::standing::Subject;

    fn item<'a>(document: &'a Document, id: &str) -> &'a ItemPart {
        let stages = document.paths.iter().flat_map(|path| &path.stages);
        let mut items = stages.flat_map(|stage| &stage.items);
        items.find(|item| item.id == id).unwrap()
    }

    #[test]
    fn it_has_what_the_record_and_the_paths_say() {
        let document = sample::sample();
        let path = &document.paths[0];
        assert!(path.followed);
        assert_eq!(path.started_on, Some(day(2026, 1, 5)));
        let api = item(&document, "first-api");
        assert_eq!(api.skills, ["FastAPI", "REST_principles", "SQL | NoSQL"]);
        assert_eq!(api.portfolio.as_deref(), Some("apis"));
        let sql = item(&document, "sql");
        assert_eq!(sql.same_as, Some(Ref::from_text("base/sql")));
        assert_eq!(sql.status, Status::Done);
        let topic = &path.stages[0].topics[0];
        assert_eq!(topic.notes[0].text, "on the whole topic");
    }

    #[test]
    fn alternatives_count_where_they_are_finished() {
        let document = sample::sample();
        // It requires the skill `queues` or the topic `api`; that one is finished.
        let skills = ["FastAPI", "REST_principles", "SQL | NoSQL"];
        assert_eq!(item(&document, "function").skills, skills);
        // It requires `queues` or the topic `deploy`; neither is.
        assert_eq!(item(&document, "scaled").open_skills, ["Queues"]);
    }

    #[test]
    fn a_milestone_shows_no_skill_that_is_open() {
        let shelf = vec![sample::base(), web()];
        let mut standing = recorded();
        // It is built, though one of its three skills is open again and another is left out.
        let state = |status| Subject::Item(ItemState { status, ..ItemState::default() });
        standing.put(&Ref::from_text("web/rest"), Some(state(Status::Doing)));
        standing.put(&Ref::from_text("base/sql"), Some(state(Status::Skipped)));
        let view = View { shelf: &shelf, standing: &standing };
        let document = document(
            &[&shelf[1]],
            &view,
            None,
            day(2026, 3, 9),
            Vec::new(),
            &NextFilter::default(),
        );
        let api = item(&document, "first-api");
        assert_eq!(api.status, Status::Done);
        assert_eq!(api.skills, ["FastAPI"]);
        assert_eq!(api.open_skills, ["REST_principles"]);
        assert!(item(&document, "scaled").skills.is_empty());
    }

    #[test]
    fn what_nothing_shows_any_more_is_retired() {
        let shelf = vec![sample::base(), web()];
        let standing = recorded();
        let view = View { shelf: &shelf, standing: &standing };
        let references = |installed: &[&Roadmap]| -> Vec<String> {
            let recorded = recorded_elsewhere(installed, &view);
            recorded.iter().map(|(reference, _)| reference.to_string()).collect()
        };
        assert_eq!(references(&[&shelf[0], &shelf[1]]), ["web/old-thing"]);
        // Without the other path its record still shows, by `same_as`; the rest does not.
        assert_eq!(references(&[&shelf[1]]), ["base/git", "web/old-thing"]);
    }

    #[test]
    fn a_record_under_an_id_of_old_is_retired_once_it_is_overtaken() {
        let shelf = vec![web()];
        let mut standing = Standing::default();
        let view = |standing: &Standing| {
            let view = View { shelf: &shelf, standing };
            recorded_elsewhere(&[&shelf[0]], &view).len()
        };
        let done = ItemState { status: Status::Done, ..ItemState::default() };
        let put = |standing: &mut Standing, reference: &str| {
            standing.put(&Ref::from_text(reference), Some(Subject::Item(done.clone())));
        };
        put(&mut standing, "web/fast-api");
        assert_eq!(view(&standing), 0, "shown by what replaces it");
        put(&mut standing, "web/fastapi");
        assert_eq!(view(&standing), 1);
    }

    proptest! {
        #[test]
        fn numbers_are_those_of_the_model(
            statuses in collection::vec(select(Status::ALL.to_vec()), 0..9)
        ) {
            let shelf = vec![sample::base(), web()];
            let mut standing = Standing::default();
            for (item, status) in shelf[1].items().zip(statuses) {
                let state = ItemState { status, ..ItemState::default() };
                standing.put(&item.reference(), Some(Subject::Item(state)));
            }
            let view = View { shelf: &shelf, standing: &standing };
            let document = document(&[&shelf[1]], &view, None, day(2026, 3, 9), Vec::new(), &NextFilter::default());
            let path = &document.paths[0];
            prop_assert_eq!(path.progress, progress(&view, &Node::Path(&shelf[1])));
            let outlook = outlook(&view, &shelf[1], day(2026, 3, 9));
            prop_assert_eq!(&path.burndown, &outlook.burndown);
            prop_assert_eq!(path.forecast, outlook.forecast.ok());
            let activity = activity(&view, &[&shelf[1]], day(2026, 3, 9));
            prop_assert_eq!(&document.activity, &activity);
            for (part, stage) in path.stages.iter().zip(&shelf[1].stages) {
                prop_assert_eq!(part.progress, progress(&view, &Node::Stage(&shelf[1], stage)));
                for (part, topic) in part.topics.iter().zip(&stage.topics) {
                    let topic = Node::Topic(&shelf[1], stage, topic);
                    prop_assert_eq!(part.progress, progress(&view, &topic));
                }
            }
            prop_assert_eq!(recorded_elsewhere(&[&shelf[0], &shelf[1]], &view), Vec::new());
        }
    }
}
