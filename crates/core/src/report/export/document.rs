//! The portfolio as a plain value, from which every format is made.
//!
//! It has all that the record and the path files say about the chosen paths, raw: nothing is
//! escaped, cut or left out, so that JSON is lossless and a format decides itself what to show. Its
//! numbers come from [`crate::model::progress::progress`], [`crate::model::path_forecast`] and
//! [`crate::model::pace`], as everywhere.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use milepost_path::{Node, NodeKind, Ref, Requirement, Roadmap};
use serde::Serialize;
use uuid::Uuid;

use super::earlier::earlier;
use super::item::ItemPart;
use super::matrix::Matrix;
use super::path::{PathPart, path_part};
use crate::model::activity::{Activity, activity};
use crate::model::away::{Away, joined};
use crate::model::effort::{Days, Effort};
use crate::model::event::Grade;
use crate::model::former::Former;
use crate::model::guidance::NextFilter;
use crate::model::learner::Learner;
use crate::model::path_forecast::{PathForecast, outlook};
use crate::model::route;
use crate::model::schedule::{Frame, Schedule, schedule};
use crate::model::standing::{Dated, Standing, Status};
use crate::report::requires::Requires;

/// The portfolio.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Whose it is.
    pub owner: Option<String>,
    /// The day that it is made for.
    pub as_of: NaiveDate,
    /// When it is made. A calendar must say so; JSON does not, so that the same data is the same
    /// text all day.
    pub made_at: DateTime<Utc>,
    /// The device that the record belongs to, by which the calendars of two people differ.
    pub device: Option<Uuid>,
    /// The ids of the paths that were asked for; `None` if it is about whatever is followed.
    pub asked_for: Vec<String>,
    /// The chosen paths.
    pub paths: Vec<PathPart>,
    /// What was finished by study in them, by day, and streaks by week.
    pub activity: Activity,
    /// What lies ahead on them.
    pub schedule: Schedule,
    /// The skill areas, where one was assessed.
    pub matrix: Option<Matrix>,
    /// What is recorded about items that no path has any more.
    pub retired: Vec<Retired>,
    /// The milestones that are retired or gone from their paths, and are more than a plan.
    pub earlier: Vec<ItemPart>,
    /// Answers to interview questions.
    pub answers: Vec<AnswerPart>,
    /// Days away from study.
    pub away: Vec<AwayPart>,
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
    pub notes: Vec<Dated>,
    /// Evidence, oldest first.
    pub evidence: Vec<Dated>,
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
pub(crate) fn answers(standing: &Standing) -> Vec<AnswerPart> {
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
    view: &Learner<'a>,
    owner: Option<&str>,
    as_of: NaiveDate,
    retired: Vec<Retired>,
    filter: &NextFilter<'a>,
) -> Document {
    let outlooks: Vec<PathForecast<'_>> =
        paths.iter().map(|path| outlook(view, path, as_of)).collect();
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
        schedule: schedule(view, &outlooks, filter, Frame::from(as_of)),
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
pub(super) fn studied(node: &Node<'_>, view: &Learner<'_>) -> Vec<StudyDay> {
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

pub(super) fn requires(requirements: &[Requirement]) -> Vec<Requires> {
    requirements.iter().map(Requires::from).collect()
}

pub(super) fn said(node: &Node<'_>, view: &Learner<'_>) -> (Vec<Dated>, Vec<Dated>) {
    let owned = |said: Vec<&Dated>| said.into_iter().cloned().collect();
    (owned(view.notes_on(node)), owned(view.evidence_for(node)))
}

#[cfg(test)]
mod tests {
    use proptest::{collection, prelude::*, sample::select};

    use super::super::sample::{self, day, recorded, web};
    use super::*;
    use crate::model::progress::progress;
    use crate::model::retired::retired as recorded_elsewhere;
    use crate::model::standing::ItemState;
    use crate::model::standing::SubjectState;

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
        let state = |status| SubjectState::Item(ItemState { status, ..ItemState::default() });
        standing.put(&Ref::from_text("web/rest"), Some(state(Status::Doing)));
        standing.put(&Ref::from_text("base/sql"), Some(state(Status::Skipped)));
        let view = Learner { shelf: &shelf, standing: &standing };
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
        let view = Learner { shelf: &shelf, standing: &standing };
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
            let view = Learner { shelf: &shelf, standing };
            recorded_elsewhere(&[&shelf[0]], &view).len()
        };
        let done = ItemState { status: Status::Done, ..ItemState::default() };
        let put = |standing: &mut Standing, reference: &str| {
            standing.put(&Ref::from_text(reference), Some(SubjectState::Item(done.clone())));
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
                standing.put(&item.reference(), Some(SubjectState::Item(state)));
            }
            let view = Learner { shelf: &shelf, standing: &standing };
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
