//! The tables of a roadmap: the text of a path file from the path as a value.

use milepost_path::{
    Criterion, Details, InterviewTopic, ItemInfo, Link, Milestone, Requirement, Resource, Roadmap,
    Skill, Stage, Topic,
};

use crate::block::Block;
use crate::value::Value;

/// The tables of a roadmap, under another id where `id` is one. `comments` stand at the top.
///
/// The roadmap says the same when it is read from them, but for what it replaces, which a path
/// under another id does not.
pub fn blocks(roadmap: &Roadmap, id: &str, comments: Vec<String>) -> Block {
    let own = roadmap.id.as_str();
    let mut block = Block { comments, ..Block::default() };
    block.set("format", Some(Value::Number(1.0)));
    block.text("id", Some(id));
    block.text("title", Some(&roadmap.title));
    block.text("summary", roadmap.summary.as_deref());
    block.text("role", roadmap.role.as_deref());
    requires(&mut block, &roadmap.requires, own);
    block.set("updated", roadmap.updated.map(Value::Date));
    block.text("version", roadmap.version.as_deref());
    block.text("author", roadmap.author.as_deref());
    block.text("license", roadmap.license.as_deref());
    block.text("source", roadmap.source.as_deref());
    block.text("lang", roadmap.lang.as_deref());
    if id == own {
        block.texts("replaces", roadmap.replaces.iter().map(String::as_str));
    }
    let heading = |heading: &milepost_path::Heading| {
        let mut block = Block::default();
        block.text("id", Some(&heading.id));
        block.text("title", Some(&heading.title));
        block
    };
    block.list("portfolio", roadmap.portfolio.iter().map(heading).collect());
    block.list("stages", roadmap.stages.iter().map(|one| stage(one, own)).collect());
    block.list("interview", roadmap.interview.iter().map(interview).collect());
    block
}

fn stage(stage: &Stage, own: &str) -> Block {
    let mut block = Block::default();
    block.text("id", Some(&stage.id));
    block.text("title", Some(&stage.title));
    block.text("summary", stage.summary.as_deref());
    block.lines("about", stage.about.as_deref());
    block.set("choose", stage.choose.map(|most| Value::Number(most.into())));
    block.set("months", stage.months.map(|ends| numbers(&ends)));
    requires(&mut block, &stage.requires, own);
    olds(&mut block, &stage.replaces);
    block.list("topics", stage.topics.iter().map(|one| topic(one, own)).collect());
    block.list("milestones", stage.milestones.iter().map(|one| milestone(one, own)).collect());
    block
}

fn topic(topic: &Topic, own: &str) -> Block {
    let mut block = Block::default();
    block.text("id", Some(&topic.id));
    block.text("title", Some(&topic.title));
    block.text("summary", topic.summary.as_deref());
    details(&mut block, topic.details(), None);
    block.set("choose", topic.choose.map(|most| Value::Number(most.into())));
    block.set("hours", effort(topic.hours, topic.range));
    requires(&mut block, &topic.requires, own);
    block.texts("roles", topic.roles.iter().map(String::as_str));
    olds(&mut block, &topic.replaces);
    block.list("skills", topic.skills.iter().map(skill).collect());
    block.list("resources", topic.resources.iter().map(|one| resource(one, topic, own)).collect());
    block
}

fn skill(skill: &Skill) -> Block {
    let mut block = Block::default();
    begin(&mut block, &skill.tracked);
    block.text("can", skill.can.as_deref());
    details(&mut block, skill.tracked.details(), None);
    end(&mut block, &skill.tracked);
    block
}

fn resource(resource: &Resource, topic: &Topic, own: &str) -> Block {
    let mut block = Block::default();
    begin(&mut block, &resource.tracked);
    block.text("by", resource.by.as_deref());
    details(&mut block, resource.tracked.details(), resource.url.as_deref());
    block.text("type", Some(resource.kind.as_str()));
    block.text("cost", resource.cost.map(|cost| cost.as_str()));
    block.text("part", resource.part.as_deref());
    match resource.hours.filter(|hours| *hours < 1.0 && resource.range.is_none()) {
        Some(hours) if (hours * 60.0 - (hours * 60.0).round()).abs() < 1e-9 => {
            block.set("minutes", Some(Value::Number((hours * 60.0).round())));
        }
        _ => block.set("hours", effort(resource.hours, resource.range)),
    }
    block.text("lang", resource.lang.as_deref());
    requires(&mut block, &resource.requires, own);
    let asked = topic.skills.iter().filter(|skill| !skill.tracked.retired);
    let all = asked.map(|skill| skill.tracked.id.as_str());
    if resource.is_reference {
        block.set("skills", Some(Value::List(Vec::new())));
    } else if !resource.skills.iter().map(String::as_str).eq(all) {
        block.texts("skills", resource.skills.iter().map(String::as_str));
    }
    block.texts("instead_of", resource.instead_of.iter().map(String::as_str));
    end(&mut block, &resource.tracked);
    block
}

fn milestone(milestone: &Milestone, own: &str) -> Block {
    let mut block = Block::default();
    begin(&mut block, &milestone.tracked);
    details(&mut block, milestone.tracked.details(), None);
    block.set("hours", effort(milestone.hours, milestone.range));
    requires(&mut block, &milestone.requires, own);
    block.text("portfolio", milestone.portfolio.as_deref());
    let criteria: Vec<Value> = milestone.criteria.iter().map(criterion).collect();
    block.set("criteria", (!criteria.is_empty()).then_some(Value::Column(criteria)));
    block.set("pass", milestone.pass.map(|points| Value::Number(points.into())));
    block.texts("evidence", milestone.evidence.iter().map(String::as_str));
    end(&mut block, &milestone.tracked);
    block
}

fn criterion(criterion: &Criterion) -> Value {
    let text = Value::Text(criterion.text.clone());
    if !criterion.scale.is_empty() {
        let steps = criterion.scale.iter().map(|step| format!("{}: {}", step.points, step.text));
        return Value::Table(vec![("text", text), ("scale", Value::texts(steps))]);
    }
    match criterion.points {
        Some(points) => {
            Value::Table(vec![("text", text), ("points", Value::Number(points.into()))])
        }
        None => text,
    }
}

fn interview(topic: &InterviewTopic) -> Block {
    let question = |question: &milepost_path::Question| {
        let mut block = Block::default();
        block.text("id", Some(&question.id));
        block.text("ask", Some(&question.ask));
        block.text("look_for", question.look_for.as_deref());
        block.lines("about", question.about.as_deref());
        olds(&mut block, &question.replaces);
        block
    };
    let mut block = Block::default();
    block.text("id", Some(&topic.id));
    block.text("title", Some(&topic.title));
    olds(&mut block, &topic.replaces);
    block.set("topics", Some(Value::texts(topic.topics.iter().map(String::as_str))));
    block.list("questions", topic.questions.iter().map(question).collect());
    block
}

fn begin(block: &mut Block, info: &ItemInfo) {
    block.text("id", Some(&info.id));
    block.text("title", Some(&info.title));
    block.text("summary", info.summary.as_deref());
}

fn end(block: &mut Block, info: &ItemInfo) {
    block.text("same_as", info.same_as.as_ref().map(milepost_path::Ref::as_str));
    olds(block, &info.replaces);
    block.flag("optional", info.optional);
    block.flag("retired", info.retired);
}

fn details(block: &mut Block, details: &Details, url: Option<&str>) {
    block.lines("about", details.about.as_deref());
    block.text("url", url.or(details.url.as_deref()));
    block.set("links", links(&details.links));
    block.texts("tags", details.tags.iter().map(String::as_str));
}

/// More addresses, as a list of tables.
pub(crate) fn links(links: &[Link]) -> Option<Value> {
    let link = |link: &Link| {
        let (title, url) = (Value::Text(link.title.clone()), Value::Text(link.url.clone()));
        Value::Table(vec![("title", title), ("url", url)])
    };
    let all: Vec<Value> = links.iter().map(link).collect();
    (!all.is_empty()).then_some(Value::List(all))
}

/// An effort in hours, as a number or the two ends of a range.
fn effort(hours: Option<f64>, range: Option<[f64; 2]>) -> Option<Value> {
    range.map(|ends| numbers(&ends)).or(hours.map(Value::Number))
}

/// A list of numbers.
pub(crate) fn numbers(numbers: &[f64]) -> Value {
    Value::List(numbers.iter().copied().map(Value::Number).collect())
}

fn olds(block: &mut Block, replaces: &[String]) {
    block.texts("replaces", replaces.iter().map(String::as_str));
}

fn requires(block: &mut Block, requires: &[Requirement], own: &str) {
    let name = |reference: &milepost_path::Ref| {
        let id = reference.id().filter(|_| reference.path() == own);
        Value::Text(id.unwrap_or(reference.as_str()).to_owned())
    };
    let entry = |requirement: &Requirement| match requirement.any_of.as_slice() {
        [one] => name(one),
        any => Value::List(any.iter().map(name).collect()),
    };
    let all: Vec<Value> = requires.iter().map(entry).collect();
    block.set("requires", (!all.is_empty()).then_some(Value::List(all)));
}
