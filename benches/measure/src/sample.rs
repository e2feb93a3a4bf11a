//! Paths and records of any size to measure with.

use std::fmt::Write;

use chrono::{DateTime, Days, NaiveDate, Utc};
use milepost_core::internals::event::{Event, EventKind, NewEvent};
use milepost_core::{Annotation, Goals, Status};
use milepost_path::{Ref, Roadmap};
use uuid::Uuid;

/// The id of the path.
pub const PATH: &str = "sample";

/// A path file of about so many items, ten a topic: four skills, five resources, one milestone. Each
/// topic requires the one before it in its stage, of which there are ten.
pub fn path_file(items: usize) -> String {
    let topics = (items / 10).max(1);
    let a_stage = topics.div_ceil(10).max(1);
    let mut text = format!("format = 1\nid = \"{PATH}\"\ntitle = \"A path to measure\"\n");
    for topic in 0..topics {
        if topic % a_stage == 0 {
            let stage = topic / a_stage;
            let _ = write!(
                text,
                "\n[[stages]]\nid = \"stage-{stage}\"\ntitle = \"Stage {stage} of the path\"\n\
                 months = [{}, {}]\n",
                stage * 2,
                stage * 2 + 2
            );
        }
        topic_of(&mut text, topic, topic % a_stage != 0);
    }
    text
}

fn topic_of(text: &mut String, topic: usize, has_one_before: bool) {
    let _ = write!(
        text,
        "\n[[stages.topics]]\nid = \"topic-{topic}\"\ntitle = \"Topic {topic}, with a title of its own\"\n\
         hours = 12\n"
    );
    if has_one_before {
        let _ = writeln!(text, "requires = [\"topic-{}\"]", topic - 1);
    }
    text.push_str("skills = [\n");
    for skill in 0..4 {
        let _ = writeln!(
            text,
            "  {{ id = \"t{topic}-skill-{skill}\", title = \"Skill {skill} of topic {topic}\" }},"
        );
    }
    text.push_str("]\n");
    for resource in 0..5 {
        let (kind, cost) = [("docs", "free"), ("book", "paid")][resource % 2];
        let _ = write!(
            text,
            "[[stages.topics.resources]]\nid = \"t{topic}-resource-{resource}\"\n\
             title = \"Resource {resource} of topic {topic}\"\ntype = \"{kind}\"\ncost = \"{cost}\"\n\
             hours = {}\nurl = \"https://example.com/topic/{topic}/{resource}\"\n",
            resource + 1
        );
    }
    let _ = write!(
        text,
        "[[stages.milestones]]\nid = \"t{topic}-milestone\"\ntitle = \"Milestone of topic {topic}\"\n\
         hours = 8\nrequires = [\"topic-{topic}\"]\ncriteria = [\"It runs.\", \"It is tested.\"]\n"
    );
}

/// The path of [`path_file`].
///
/// # Panics
/// The file has an error.
pub fn roadmap(items: usize) -> Roadmap {
    let reading = milepost_path::read(&path_file(items));
    reading.roadmap.unwrap_or_else(|| panic!("{:#?}", reading.diagnostics))
}

/// What [`entries`] says of all items, as events.
pub fn events(roadmap: &Roadmap, count: usize) -> Vec<Event> {
    let at = DateTime::<Utc>::UNIX_EPOCH;
    let id = |seq: usize| Uuid::from_u128(seq as u128 + 1);
    let event = |(seq, (entry, on))| Event {
        id: id(seq),
        device: id(0),
        command: id(seq),
        at,
        on,
        by: None,
        entry,
    };
    entries(roadmap, usize::MAX, count).enumerate().map(event).collect()
}

/// A history of so many events: the path is followed, then its items, at most so many, are marked in
/// turn, again and again, day by day, so that two of three end up done.
pub fn entries(
    roadmap: &Roadmap,
    most_items: usize,
    count: usize,
) -> impl Iterator<Item = (NewEvent, NaiveDate)> {
    let ids: Vec<&str> = roadmap.items().map(|item| item.id()).take(most_items).collect();
    let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or_default();
    (0..count).map(move |at| {
        let on = first + Days::new(at as u64 * 1_000 / count.max(1) as u64);
        if at == 0 {
            let subject = Ref::path_only(PATH);
            let fact = EventKind::Started(Goals::default());
            return (NewEvent { subject, title: None, fact }, on);
        }
        let item = at % ids.len();
        let remark = Annotation::default();
        let status = if item % 3 == 2 { Status::Doing } else { Status::Done };
        let subject = Ref::node(PATH, ids[item]);
        let title = Some("An item with a title".to_owned());
        (
            NewEvent {
                subject,
                title,
                fact: EventKind::Marked { status, known: false, remark, item: None },
            },
            on,
        )
    })
}
