//! A command that would help now and was never used: some days long, after what it would help with.

use chrono::NaiveDate;
use milepost_path::{Node, Roadmap, Stage};

use super::finished_on;
use crate::model::learner::Learner;

/// For so many days something is suggested.
const DAYS: i64 = 14;

/// A command that would help and was never used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suggestion {
    /// To assess the skill areas.
    Assess,
    /// To compare the levels with roles.
    Roles,
    /// To practise interview questions.
    Interview,
}

impl Suggestion {
    /// The code, which is stable.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Assess => "assess",
            Self::Roles => "roles",
            Self::Interview => "interview",
        }
    }
}

/// The suggestion of a day, if there is one.
pub(super) fn of(view: &Learner<'_>, paths: &[&Roadmap], today: NaiveDate) -> Option<Suggestion> {
    let standing = view.standing.all();
    let is_new = |on: NaiveDate| today.signed_duration_since(on).num_days() <= DAYS;
    let is_finished = |path: &Roadmap, stage: &Stage| {
        let node = Node::Stage(path, stage);
        view.is_finished(&node) && finished_on(view, &node).is_some_and(is_new)
    };
    let has_finished = |path: &&Roadmap| path.stages.iter().any(|stage| is_finished(path, stage));
    let follows = |path: &&Roadmap| standing.following().get(&path.id);
    let aims = |path: &&Roadmap| follows(path).is_some_and(|one| one.goals.role.is_some());
    let has_aim = paths.iter().any(aims);
    if standing.assessed().is_empty() {
        let is_new = |path: &&Roadmap| follows(path).is_some_and(|one| is_new(one.since));
        if paths.iter().any(|path| (aims(path) && is_new(path)) || has_finished(path)) {
            return Some(Suggestion::Assess);
        }
    } else if !has_aim {
        let newest = standing.assessed().values().flatten().map(|one| one.on).max();
        if newest.is_some_and(is_new) {
            return Some(Suggestion::Roles);
        }
    }
    let has_questions = |path: &&&Roadmap| !path.interview.is_empty();
    let is_time = || paths.iter().filter(has_questions).any(has_finished);
    (standing.answered().is_empty() && is_time()).then_some(Suggestion::Interview)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::event::{Goals, Grade};
    use crate::model::fixture::{assess, day, sketch, standing};
    use crate::model::standing::{Answer, Following, SubjectState};
    use milepost_path::Ref;

    #[test]
    fn what_helps_is_suggested_for_some_days_until_it_is_used() {
        let shelf = sketch(
            "path p
             stage one
             topic t 6h
             skill a
             stage two
             topic u 6h
             skill b
             interview i needs=t
             question q = Why?",
        );
        let paths: Vec<&Roadmap> = shelf.iter().collect();
        let (assessing, roles, interview) =
            (Some(Suggestion::Assess), Some(Suggestion::Roles), Some(Suggestion::Interview));
        // What is done is so since the first of January, and so is an assessment.
        for (role, marks, level, answered, (month, on), expected) in [
            (false, "", 0, false, (1, 1), None),
            (true, "", 0, false, (1, 1), assessing),
            (true, "", 0, false, (1, 15), assessing),
            (true, "", 0, false, (1, 16), None),
            (false, "p/a=done", 0, false, (1, 15), assessing),
            (false, "p/a=done", 0, false, (1, 16), None),
            (true, "p/a=done", 2, false, (1, 15), interview),
            (true, "p/a=done", 2, false, (1, 16), None),
            (true, "p/a=done", 2, true, (1, 15), None),
            (false, "", 2, false, (1, 15), roles),
            (false, "", 2, false, (1, 16), None),
            (false, "p/a=done", 2, false, (1, 15), roles),
            (true, "", 2, false, (1, 15), None),
        ] {
            let mut standing = standing(marks);
            let goals = Goals { role: role.then(|| "dev".to_owned()), ..Goals::default() };
            let following = Following { since: day(1, 1), goals };
            standing.put(&Ref::path_only("p"), Some(SubjectState::Path(following)));
            if level > 0 {
                assess(&mut standing, &[("area", level)]);
            }
            if answered {
                let answer = Answer { on: day(1, 2), grade: Grade::Good };
                let question = shelf[0].questions().next().unwrap().reference();
                standing.put(&question, Some(SubjectState::Question(vec![answer])));
            }
            let view = Learner { shelf: &shelf, standing: &standing };
            let case = (role, marks, level, answered, month, on);
            assert_eq!(of(&view, &paths, day(month, on)), expected, "{case:?}");
        }
    }
}
