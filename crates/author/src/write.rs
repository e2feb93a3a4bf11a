//! The TOML of a draft.

use crate::block::Block;
use crate::draft::{
    Criterion, Draft, Hours, Interview, Milestone, Need, Node, Question, Resource, Skill, Stage,
    Teaches, Topic,
};
use crate::origin::{ORIGIN, SOURCE_KEY, origin};
use crate::roadmap::{links, numbers};
use crate::value::Value;

/// The first line of a path file: where editors find which keys there are.
pub const SCHEMA: &str = "#:schema path.schema.json";

/// The TOML of a draft that is settled, as the path `id`.
pub fn toml(draft: &Draft, id: &str) -> String {
    format!("{SCHEMA}\n{}", blocks(draft, id).toml())
}

/// The tables of a draft that is settled, as the path `id`.
pub fn blocks(draft: &Draft, id: &str) -> Block {
    let mut block = Block::default();
    if let Some(source) = &draft.source {
        block.comments.push(format!(
            "Made from {source} by `milepost new`. A comment with `guessed:` says what the"
        ));
        block
            .comments
            .push("source does not: correct what is wrong, and delete the comment.".to_owned());
    }
    block.set("format", Some(Value::Number(1.0)));
    block.text("id", Some(id));
    block.text("title", Some(draft.title.as_deref().unwrap_or(id)));
    block.text("summary", draft.summary.as_deref());
    block.text("version", draft.version.as_deref());
    block.text("author", draft.author.as_deref());
    block.text("license", draft.license.as_deref());
    block.text("source", draft.source.as_deref());
    block.text("lang", draft.lang.as_deref());
    let hashes = origin(&block.pairs);
    block.text(ORIGIN, Some(&hashes));
    block.list("stages", draft.stages.iter().map(stage).collect());
    block.list("interview", draft.interview.iter().map(interview).collect());
    block
}

fn stage(stage: &Stage) -> Block {
    let mut block = begin(&stage.node);
    // A stage has neither an address nor tags.
    let mut about = stage.node.about.clone();
    about.extend(stage.node.url.iter().cloned());
    about.extend(stage.node.links.iter().map(|link| format!("{}: {}", link.title, link.url)));
    let about = about.join("\n\n");
    block.lines("about", (!about.is_empty()).then_some(&about));
    block.set("choose", stage.choose.map(|most| Value::Number(most.into())));
    block.set("months", stage.months.map(|ends| numbers(&ends)));
    block.set("requires", needs(&stage.node.requires));
    block.list("topics", stage.topics.iter().map(topic).collect());
    block.list("milestones", stage.milestones.iter().map(milestone).collect());
    end(block, &stage.node)
}

fn topic(topic: &Topic) -> Block {
    let mut block = begin(&topic.node);
    details(&mut block, &topic.node);
    block.set("choose", topic.choose.map(|most| Value::Number(most.into())));
    block.set("hours", topic.hours.map(effort));
    block.set("requires", needs(&topic.node.requires));
    block.list("skills", topic.skills.iter().map(skill).collect());
    block.list("resources", topic.resources.iter().map(resource).collect());
    end(block, &topic.node)
}

fn skill(skill: &Skill) -> Block {
    let mut block = begin(&skill.node);
    block.text("can", skill.can.as_deref());
    details(&mut block, &skill.node);
    flags(&mut block, &skill.node);
    end(block, &skill.node)
}

fn resource(resource: &Resource) -> Block {
    let mut block = begin(&resource.node);
    block.text("by", resource.by.as_deref());
    details(&mut block, &resource.node);
    block.text("type", Some(resource.kind.unwrap_or_default().as_str()));
    block.text("cost", resource.cost.map(|cost| cost.as_str()));
    block.text("part", resource.part.as_deref());
    block.set("hours", resource.hours.map(effort));
    block.text("lang", resource.lang.as_deref());
    block.set("requires", needs(&resource.node.requires));
    match &resource.teaches {
        Teaches::All => {}
        Teaches::Named(ids) => block.set("skills", Some(Value::texts(ids))),
        Teaches::Nothing => block.set("skills", Some(Value::List(Vec::new()))),
    }
    block.set("instead_of", needs(&resource.instead_of));
    flags(&mut block, &resource.node);
    end(block, &resource.node)
}

fn milestone(milestone: &Milestone) -> Block {
    let mut block = begin(&milestone.node);
    details(&mut block, &milestone.node);
    block.set("hours", milestone.hours.map(effort));
    block.set("requires", needs(&milestone.node.requires));
    let criteria = milestone.criteria.iter().map(criterion).collect();
    block.set("criteria", Some(Value::Column(criteria)));
    flags(&mut block, &milestone.node);
    end(block, &milestone.node)
}

fn criterion(criterion: &Criterion) -> Value {
    let text = Value::Text(criterion.text.clone());
    if !criterion.scale.is_empty() {
        return Value::Table(vec![("text", text), ("scale", Value::texts(&criterion.scale))]);
    }
    match criterion.points {
        Some(points) => {
            Value::Table(vec![("text", text), ("points", Value::Number(points.into()))])
        }
        None => text,
    }
}

fn interview(group: &Interview) -> Block {
    let mut block = begin(&group.node);
    block.set("topics", Some(needs(&group.topics).unwrap_or(Value::List(Vec::new()))));
    block.list("questions", group.questions.iter().map(question).collect());
    end(block, &group.node)
}

fn question(question: &Question) -> Block {
    let mut block = Block::default();
    block.text("id", question.id.as_deref());
    block.text("ask", Some(&question.ask));
    block.text("look_for", question.look_for.as_deref());
    about(&mut block, &question.about);
    block.text(SOURCE_KEY, question.key.as_deref());
    let hashes = origin(&block.pairs);
    block.text(ORIGIN, Some(&hashes));
    block
}

fn begin(node: &Node) -> Block {
    let comments = node.guesses.iter().map(|guess| format!("guessed: {guess}")).collect();
    let mut block = Block { comments, ..Block::default() };
    block.text("id", node.id.as_deref());
    block.text("title", Some(&node.title));
    block.text("summary", node.summary.as_deref());
    block
}

fn end(mut block: Block, node: &Node) -> Block {
    let hashes = origin(&block.pairs);
    block.text(SOURCE_KEY, node.key.as_deref());
    block.text(ORIGIN, Some(&hashes));
    block
}

fn details(block: &mut Block, node: &Node) {
    about(block, &node.about);
    block.text("url", node.url.as_deref());
    block.set("links", links(&node.links));
    block.texts("tags", node.tags.iter().map(String::as_str));
}

fn about(block: &mut Block, paragraphs: &[String]) {
    let text = paragraphs.join("\n\n");
    block.lines("about", (!text.is_empty()).then_some(&text));
}

fn flags(block: &mut Block, node: &Node) {
    block.flag("optional", node.optional);
    block.flag("retired", node.retired);
}

fn effort(Hours(low, high): Hours) -> Value {
    if low < high { numbers(&[low, high]) } else { Value::Number(low) }
}

fn needs(needs: &[Need]) -> Option<Value> {
    let ids = needs.iter().filter_map(|need| match need {
        Need::Found(id) => Some(id.as_str()),
        Need::Named(_) => None,
    });
    let ids: Vec<&str> = ids.collect();
    (!ids.is_empty()).then(|| Value::texts(ids))
}
