//! The reasons of guidance: why a step comes, and why something else is not next.

use milepost_core::guidance::{LeftOut, Reason, Snoozed, StepName, WhyNot};
use serde::Serialize;

use crate::text::quantity;

/// How many titles a reason names.
const MOST_TITLES: usize = 3;

/// A reason as JSON: a stable code for scripts, and a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct ReasonJson {
    /// The code.
    pub code: &'static str,
    /// The sentence.
    pub text: String,
}

/// Reasons as JSON.
pub fn json(reasons: &[Reason]) -> Vec<ReasonJson> {
    reasons.iter().map(|one| ReasonJson { code: one.code(), text: sentence(one) }).collect()
}

/// Why a step comes.
pub fn sentence(reason: &Reason) -> String {
    match reason {
        Reason::InProgress(Some(day)) => format!("in progress since {day}"),
        Reason::InProgress(None) => "in progress".to_owned(),
        Reason::Untouched { weeks, reference } => {
            format!("untouched for {weeks} weeks: go on, or `milepost todo {reference}`")
        }
        Reason::FitsTime { minutes } => {
            format!("or this, which fits completely: {}", quantity::hours(*minutes as f64 / 60.0))
        }
        Reason::Covers { skills, begins } => {
            let begins =
                begins.as_ref().map_or(String::new(), |topic| format!(", to start {topic}"));
            format!("teaches {}{begins}", list(skills))
        }
        Reason::Instead { of, because } => match because {
            LeftOut::Skipped => format!("in place of {of}, which you skipped"),
            LeftOut::Filtered => format!("in place of {of}, which does not match your filters"),
            LeftOut::Paid => format!("free, in place of {of}"),
        },
        Reason::ReadyByCredit(reference) => format!(
            "you know everything it requires: build it, or credit it with `milepost done \
             {reference} --known`"
        ),
        Reason::Ready(proves) => match proves.as_slice() {
            [] => "everything it requires is done: prove it by building".to_owned(),
            titles => format!(
                "everything it requires is done; building it proves \
             {}",
                list(titles)
            ),
        },
        Reason::NeededFor { title, stage, part_of } => {
            let part = part_of.as_ref().map_or(String::new(), |topic| format!("part of {topic}, "));
            let stage = stage.map_or(String::new(), |number| format!(" (stage {number})"));
            format!("{part}for {title}{stage}")
        }
        Reason::Rest(path) => format!("the rest of {path}: nothing you follow needs it"),
        // Nobody is told that they are at nothing: they might only not have said.
        Reason::RoleGap { area, level: 0, target } => {
            format!("raises {area}: the role needs level {target}")
        }
        Reason::RoleGap { area, level, target } => {
            format!("raises {area}: you are at level {level}, the role needs {target}")
        }
        Reason::Assessed { area, level, reference } => format!(
            "you rated yourself level {level} in {area}: if you know this, credit it with \
             `milepost done {reference} --known`"
        ),
        Reason::Unlocks { titles, once_proven } => {
            let then = if *once_proven { " once you prove it" } else { "" };
            format!("unlocks {}{then}", list(titles))
        }
    }
}

/// Why something is not next, or that it is.
pub(crate) fn why_not(why: &WhyNot) -> String {
    match why {
        WhyNot::IsNext => "it is the next step".to_owned(),
        WhyNot::NotFollowed { path, title } => format!(
            "you do not follow {title}, and nothing you follow requires it; `milepost start \
             {path}` follows it"
        ),
        WhyNot::Retired => "its path has retired it".to_owned(),
        WhyNot::OtherRole => "its topic is for another role".to_owned(),
        WhyNot::NothingLeft => "all its skills are done or skipped".to_owned(),
        WhyNot::Known => "you credited it as known".to_owned(),
        WhyNot::Done(on) => {
            format!("you did it{}", on.map_or(String::new(), |day| format!(" on {day}")))
        }
        WhyNot::Skipped { on, reference } => {
            let on = on.map_or(String::new(), |day| format!(" on {day}"));
            format!("you skipped it{on}; `milepost todo {reference}` reopens it")
        }
        WhyNot::Snoozed { what, until, reference } => {
            let what = match what {
                Snoozed::Itself => "",
                Snoozed::Topic => "its topic is ",
                Snoozed::Taught => "what it teaches is ",
            };
            format!(
                "{what}snoozed until {until}; `milepost snooze {reference} none` brings it back"
            )
        }
        WhyNot::Prove(reference) => {
            format!("you have studied it: `milepost done {reference}` if you can do it")
        }
        WhyNot::Rest => "nothing you follow needs it, so it comes last; `milepost next --all` \
         shows it"
            .to_owned(),
        WhyNot::Waits { titles, next } => {
            let next = match (titles.as_slice(), next) {
                (_, None) => String::new(),
                ([only], Some(StepName::Title(title))) if only == title => String::new(),
                (_, Some(next)) => format!("; next on the way is {}", step(next)),
            };
            format!("it waits for {}{next}", list(titles))
        }
        WhyNot::WaitsForProof(titles) => {
            format!("it waits for {}, where only the proof is left", list(titles))
        }
        WhyNot::StudyFirst(teachers) => {
            format!("you have not studied it yet: {}", list(teachers))
        }
        WhyNot::Later(first) => {
            let first = first.as_ref().map_or("a proof".to_owned(), step);
            format!("{first} comes first; nothing else holds it back")
        }
        WhyNot::Optional => "it is optional".to_owned(),
        WhyNot::Enough(topic) => format!("you have done enough of {topic} without it"),
        WhyNot::LookUp => "it is for reference, not for study".to_owned(),
        WhyNot::Covered(by, is_done) => format!("{by}, which is {}, covers it", begun(*is_done)),
        WhyNot::AlternativeTo(to, is_done) => {
            format!("it is an alternative to {to}, which is {}", begun(*is_done))
        }
        WhyNot::Alternative { to, reference } => format!(
            "it is an alternative to {}; `milepost doing {reference}` chooses it instead",
            list(to)
        ),
        WhyNot::NothingOpen => "everything it teaches is done or skipped".to_owned(),
        WhyNot::Filtered => "it does not match your filters".to_owned(),
        WhyNot::Blocked(titles) => match titles.as_slice() {
            [] => "nothing that you can do next leads to it".to_owned(),
            titles => format!("it waits for {}, and nothing leads there", list(titles)),
        },
    }
}

fn begun(is_done: bool) -> &'static str {
    if is_done { "done" } else { "in progress" }
}

fn step(name: &StepName) -> String {
    match name {
        StepName::Title(title) => title.clone(),
        StepName::Practice(topic) => format!("practice for {topic}"),
    }
}

/// Some titles as a list, with how many more there are.
fn list(titles: &[String]) -> String {
    let shown = titles.get(..MOST_TITLES.min(titles.len())).unwrap_or(titles);
    match titles.len() - shown.len() {
        0 => quantity::list(shown),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests;
