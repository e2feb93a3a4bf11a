//! `next` as JSON; why there is nothing to do, and why something is not next.

use milepost_core::guidance::Before;
use milepost_core::report::next::{
    NotNext, Nothing, Recommended, Refusal, Report, Reviews, ToProve,
};
use milepost_path::{Ref, safe};
use serde::Serialize;

use super::Document;
use super::reason::{self, ReasonJson};
use crate::error::Error;
use crate::text::quantity;

/// How many of the things that hold everything back are named.
const MOST_BLOCKERS: usize = 3;

#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct Json<'a> {
    prove: &'a [ToProve],
    recommendations: Vec<StepJson<'a>>,
    code: Option<&'static str>,
    note: Option<String>,
    role: Option<&'a str>,
    reviews: Option<&'a Reviews>,
    reviews_due: usize,
    why: Option<NotNextJson<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct StepJson<'a> {
    #[serde(flatten)]
    step: &'a Recommended,
    because: Vec<ReasonJson>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct NotNextJson<'a> {
    #[serde(rename = "ref")]
    reference: &'a Ref,
    title: &'a str,
    code: &'static str,
    text: String,
}

impl Document for Report {
    const COMMAND: &'static str = "next";

    fn json(&self) -> impl Serialize {
        let step = |step| StepJson { step, because: reason::json(&step.because) };
        Json {
            prove: &self.prove,
            recommendations: self.recommendations.iter().map(step).collect(),
            code: self.nothing.as_ref().map(Nothing::as_str),
            note: self.nothing.as_ref().map(nothing),
            role: self.role.as_deref(),
            reviews: self.reviews.as_ref(),
            reviews_due: self.reviews.as_ref().map_or(0, |reviews| reviews.due),
            why: self.why.as_ref().map(why_json),
        }
    }
}

super::described!(Report as Json<'static>);

fn why_json(why: &NotNext) -> NotNextJson<'_> {
    let NotNext { reference, title, because, .. } = why;
    NotNextJson { reference, title, code: because.code(), text: not_next(why) }
}

/// Why something is not next, and what comes before it.
pub(crate) fn not_next(why: &NotNext) -> String {
    let text = reason::why_not(&why.because);
    let Some(Before { hours, steps }) = why.before else { return text };
    let (hours, steps) = (quantity::hours(hours), quantity::count(steps, "step"));
    format!("{text}; {hours} of the plan ({steps}) come first")
}

/// Why there is nothing to study or build, and what to do about it.
pub(crate) fn nothing(nothing: &Nothing) -> String {
    match nothing {
        Nothing::NoPath(why) => super::no_path_to_plan(*why),
        Nothing::Finished => "you have arrived: everything is done or skipped. `milepost export` \
         writes your portfolio, `milepost paths` shows where to go next"
            .to_owned(),
        Nothing::Prove { first, is_filtered } => {
            let what = match is_filtered {
                true => "nothing else that is ready matches the filters: remove one, or prove",
                false => "nothing else is ready: prove",
            };
            let how = first.as_ref().map_or(String::new(), |first| {
                format!("; mark each skill that you have, for example `milepost done {first}`")
            });
            format!("{what} what you studied{how}")
        }
        Nothing::Snoozed { reference, title, until } => {
            let title =
                title.as_ref().map_or(String::new(), |title| format!("{} ", safe::line(title)));
            format!(
                "everything left is snoozed, or waits for something snoozed: {title}({reference}) \
                 comes back on {until}; `milepost snooze {reference} none` brings it back now"
            )
        }
        Nothing::Blocked { by, path } => {
            let name = |(reference, title): &(Ref, Option<String>)| match title {
                Some(title) => format!("{} ({reference})", safe::line(title)),
                None => reference.to_string(),
            };
            let names: Vec<String> = by.iter().take(MOST_BLOCKERS).map(name).collect();
            let path = path.as_ref().map_or(String::new(), |path| format!(" {path}"));
            format!(
                "everything open waits for {}; look ahead with `milepost list{path} --status todo`",
                quantity::list(&names)
            )
        }
        Nothing::NoMatch => "nothing ready matches the filters; remove one".to_owned(),
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoStep(name, kind) => {
                Self::usage(format!("`{name}` is a {kind}, and a plan has only topics and items"))
                    .hint("name a topic, skill, resource or milestone")
            }
        }
    }
}
