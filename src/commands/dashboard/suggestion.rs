//! A command that would help now and was never used: some days long, after what it would help with.

use chrono::NaiveDate;

use super::finished_on;
use crate::model::roadmap::{Node, Roadmap, Stage};
use crate::model::view::View;
use crate::words::reason::ReasonJson;

/// For so many days something is suggested.
const DAYS: i64 = 14;

/// The suggestion of a day, if there is one.
pub(super) fn of(view: &View<'_>, paths: &[&Roadmap], today: NaiveDate) -> Option<ReasonJson> {
    let standing = view.standing;
    let is_new = |on: NaiveDate| today.signed_duration_since(on).num_days() <= DAYS;
    let is_finished = |path: &Roadmap, stage: &Stage| {
        let node = Node::Stage(path, stage);
        view.is_finished(&node) && finished_on(view, &node).is_some_and(is_new)
    };
    let has_finished = |path: &&Roadmap| path.stages.iter().any(|stage| is_finished(path, stage));
    let follows = |path: &&Roadmap| standing.following().get(&path.id);
    let aims = |path: &&Roadmap| follows(path).is_some_and(|one| one.goals.role.is_some());
    let suggest = |code, text: &str| Some(ReasonJson { code, text: text.to_owned() });
    let has_aim = paths.iter().any(aims);
    if standing.assessed().is_empty() {
        let is_new = |path: &&Roadmap| follows(path).is_some_and(|one| is_new(one.since));
        if paths.iter().any(|path| (aims(path) && is_new(path)) || has_finished(path)) {
            let text = "How good are you by now? `milepost assess` asks, area by area.";
            return suggest("assess", text);
        }
    } else if !has_aim {
        let newest = standing.assessed().values().flatten().map(|one| one.on).max();
        if newest.is_some_and(is_new) {
            let text = "Which role fits you? `milepost roles` compares your levels with each.";
            return suggest("roles", text);
        }
    }
    let has_questions = |path: &&&Roadmap| !path.interview.is_empty();
    if standing.answered().is_empty() && paths.iter().filter(has_questions).any(has_finished) {
        let text = "A stage is done: `milepost interview` asks what an interviewer would.";
        return suggest("interview", text);
    }
    None
}
