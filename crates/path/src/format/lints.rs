//! What is right by the format and probably a mistake all the same.
//!
//! Each is a warning with a code of its own, which a comment can silence; see `allow`. They look at
//! the roadmap, which has the values, beside the raw tables, which have the places.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::ops::Range;

use super::diagnostic::{Code, Diagnostic, quote};
use super::findings::Findings;
use super::raw::{RawPath, RawResource, RawStage, RawTopic, Text};
use crate::parts::{Resource, Stage, Topic};
use crate::roadmap::Roadmap;

/// The most of a week that somebody can study. More does not fit into a life.
const MOST_HOURS_A_WEEK: f64 = 60.0;
const WEEKS_A_MONTH: f64 = 365.25 / 12.0 / 7.0;
/// From how much to how much of its hours the course of a topic should take.
const COURSE: [f64; 2] = [0.3, 1.5];

/// Warns of what is probably a mistake.
pub(super) fn lint(path: &RawPath<'_>, roadmap: &Roadmap, findings: &mut Findings<'_>) {
    let has_items = roadmap.items().next().is_some();
    let mut before: Option<f64> = None;
    for (raw, stage) in path.stages.items().iter().zip(&roadmap.stages) {
        if has_items {
            empty_stage(raw, findings);
        }
        months(raw, stage, &mut before, findings);
        for (raw, topic) in raw.topics.items().iter().zip(&stage.topics) {
            lost_hours(raw, topic, findings);
            course_hours(raw, topic, findings);
        }
    }
    twice(path, findings);
    for question in path.interview.items().iter().flat_map(|topic| topic.questions.items()) {
        if let (None, Some(ask)) = (&question.look_for, &question.ask) {
            let message = format!("{} does not say what a strong answer covers", quote(ask.value));
            warn(Code::NoLookFor, &ask.span, message, "add `look_for`", findings);
        }
    }
}

fn warn(code: Code, span: &Range<usize>, message: String, help: &str, findings: &mut Findings<'_>) {
    if !findings.incomplete {
        findings.push(Diagnostic::new(code, span, message).help(help.to_owned()));
    }
}

fn empty_stage(raw: &RawStage<'_>, findings: &mut Findings<'_>) {
    let nothing = raw.topics.items().is_empty() && raw.milestones.items().is_empty();
    if nothing && !raw.topics.is_bad() && !raw.milestones.is_bad() {
        let node = &raw.node;
        let message = format!("the stage {} has nothing to do", quote(node.id()));
        let help = "add `[[stages.topics]]` or `[[stages.milestones]]`";
        findings.warn(Code::Empty, &node.span, node.place(), &message, Some(help));
    }
}

/// Looks at the window of a stage: whether it fits behind the last one, and its hours into it.
fn months(
    raw: &RawStage<'_>,
    stage: &Stage,
    before: &mut Option<f64>,
    findings: &mut Findings<'_>,
) {
    let (Some([first, last]), Some((_, span))) = (stage.months, raw.months.good()) else {
        return;
    };
    if before.is_some_and(|end| first < end) {
        let message = format!(
            "the stage {} starts in month {first}, before the last one ends",
            quote(&stage.id)
        );
        let help = "stages follow one another; change the `months` of one of them";
        warn(Code::OverlappingMonths, span, message, help, findings);
    }
    *before = Some(before.map_or(last, |end| end.max(last)));
    // Of what is to choose, nobody knows what is chosen.
    if stage.choose.is_some() {
        return;
    }
    let milestones = stage.milestones.iter().filter(|one| is_core(&one.tracked));
    let hours: f64 = stage.topics.iter().filter_map(|topic| topic.hours).sum::<f64>()
        + milestones.filter_map(|milestone| milestone.hours).sum::<f64>();
    let weeks = (last - first) * WEEKS_A_MONTH;
    if hours > weeks * MOST_HOURS_A_WEEK {
        let message = format!(
            "the stage {} has {hours:.0} h for {weeks:.0} weeks, {:.0} h a week",
            quote(&stage.id),
            hours / weeks
        );
        let help = "give the stage more `months`, or its topics and milestones fewer `hours`";
        warn(Code::CrowdedStage, span, message, help, findings);
    }
}

fn is_core(tracked: &crate::parts::ItemInfo) -> bool {
    !tracked.optional && !tracked.retired
}

/// The hours of a topic are counted by its skills, or by its resources where it has no skills.
fn lost_hours(raw: &RawTopic<'_>, topic: &Topic, findings: &mut Findings<'_>) {
    let (Some(hours), Some(effort)) = (topic.hours, raw.hours.good()) else {
        return;
    };
    if raw.skills.is_bad() || raw.resources.is_bad() {
        return;
    }
    let mut resources =
        topic.resources.iter().filter(|one| is_core(&one.tracked) && !one.is_reference).peekable();
    let (message, help) = if !topic.skills.is_empty() {
        if topic.skills.iter().any(|skill| is_core(&skill.tracked)) {
            return;
        }
        ("all its skills are optional or retired".to_owned(), "make at least one skill count")
    } else if resources.peek().is_none() {
        ("it has no skills and no resource that counts".to_owned(), "add `skills`")
    } else {
        // Resources that say their hours count with these, and the topic's are for the others.
        let own: Option<f64> = resources.map(|resource| resource.hours).sum();
        let Some(own) = own.filter(|own| own + 0.5 < hours) else { return };
        let message = format!("it has no skills, and its resources take {own} of {hours} hours");
        (message, "change `hours`, or add `skills` to spread them over")
    };
    let message = format!("nothing counts the hours of {}: {message}", quote(&topic.id));
    warn(Code::LostHours, &effort.span, message, help, findings);
}

/// The course of a topic is what `next` recommends of it, one resource after the other.
fn course_hours(raw: &RawTopic<'_>, topic: &Topic, findings: &mut Findings<'_>) {
    let (Some(hours), Some(effort)) = (topic.hours, raw.hours.good()) else {
        return;
    };
    let skills = topic.skills.iter().filter(|skill| is_core(&skill.tracked));
    let counted: HashSet<&str> = skills.map(|skill| skill.tracked.id.as_str()).collect();
    if counted.is_empty() || topic.choose.is_some() {
        return;
    }
    let course: Vec<&Resource> =
        topic.resources.iter().filter(|one| is_of_course(one, &counted)).collect();
    let taught: HashSet<&str> =
        course.iter().flat_map(|one| &one.skills).map(String::as_str).collect();
    if !counted.is_subset(&taught) {
        return;
    }
    let takes: f64 = course.iter().filter_map(|one| one.hours).sum();
    let all_known = course.iter().all(|one| one.hours.is_some());
    let [least, most] = COURSE.map(|part| part * hours);
    let (message, help) = if takes > most {
        (
            format!(
                "the resources to study for {} take {takes} h, over 1.5 times its {hours} h",
                quote(&topic.id)
            ),
            "give it more `hours`, name a `part`, or make resources `optional`, `instead_of` another \
             or `skills = []`",
        )
    } else if all_known && takes < least {
        (
            format!(
                "the resources to study for {} take only {takes} h of its {hours} h",
                quote(&topic.id)
            ),
            "give it fewer `hours`, or add resources that teach the rest",
        )
    } else {
        return;
    };
    warn(Code::CourseHours, &effort.span, message, help, findings);
}

/// Whether a resource is a part of the course: it teaches what counts, and stands in for nothing.
fn is_of_course(resource: &Resource, counted: &HashSet<&str>) -> bool {
    let teaches = resource.skills.iter().any(|id| counted.contains(id.as_str()));
    is_core(&resource.tracked) && resource.instead_of.is_empty() && teaches
}

/// What is there twice: addresses and titles.
fn twice(path: &RawPath<'_>, findings: &mut Findings<'_>) {
    let mut urls = Seen::default();
    let mut skills = Seen::default();
    let mut milestones = Seen::default();
    let mut questions = Seen::default();
    let part =
        |resource: &RawResource<'_>| resource.part.as_ref().map(|part| part.value.to_owned());
    for stage in path.stages.items() {
        for topic in stage.topics.items() {
            let mut resources = Seen::default();
            for resource in topic.resources.items().iter().filter(|one| !one.item.retired) {
                if let Some(url) = &resource.item.details.url {
                    let key = (url.value.trim_end_matches('/').to_owned(), part(resource));
                    urls.see(key, url, Code::TwiceUrl, findings);
                }
                if let Some(title) = &resource.item.node.title {
                    let key = (title.value.to_lowercase(), part(resource));
                    resources.see(key, title, Code::TwiceTitle, findings);
                }
            }
            let shown = topic.skills.items().iter().filter(|skill| !skill.item.retired);
            for title in shown.filter_map(|skill| skill.item.node.title.as_ref()) {
                skills.see(title.value.to_lowercase(), title, Code::TwiceTitle, findings);
            }
        }
        let shown = stage.milestones.items().iter().filter(|one| !one.item.retired);
        for title in shown.filter_map(|milestone| milestone.item.node.title.as_ref()) {
            milestones.see(title.value.to_lowercase(), title, Code::TwiceTitle, findings);
        }
    }
    let all = path.interview.items().iter().flat_map(|topic| topic.questions.items());
    for ask in all.filter_map(|question| question.ask.as_ref()) {
        questions.see(ask.value.to_lowercase(), ask, Code::TwiceTitle, findings);
    }
}

/// Where something stands first.
struct Seen<K>(HashMap<K, usize>);

impl<K> Default for Seen<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Hash + Eq> Seen<K> {
    /// Warns where it is there already.
    fn see(&mut self, key: K, text: &Text<'_>, code: Code, findings: &mut Findings<'_>) {
        let Some(first) = self.0.get(&key) else {
            self.0.insert(key, text.span.start);
            return;
        };
        let line = findings.line(*first);
        let message = format!("{} is also on line {line}", quote(text.value));
        let help = match code {
            Code::TwiceUrl => "remove one, or say which `part` each of them means",
            _ => "remove one, or say how they differ",
        };
        warn(code, &text.span, message, help, findings);
    }
}
