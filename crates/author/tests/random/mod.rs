//! Random drafts.

use milepost_author::draft::{
    Draft, Hours, Interview, Milestone, Need, Node, Question, Resource, Skill, Stage, Teaches,
    Topic,
};
use proptest::prelude::*;

pub(crate) fn titles() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec!["Video", "SQL", "Trees", "my-notes", "日本", "a\u{ad}b", "Week 1", "<b>x</b>"])
            .prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[a-c ]{0,90}",
    ]
}

prop_compose! {
    fn nodes()(
        title in titles(),
        about in prop::collection::vec(titles(), 0..3),
        url in prop::option::of(prop::sample::select(vec!["https://a.org", "http://b.org/x y", "ftp://c", "#d", ""])),
        requires in prop::collection::vec(titles(), 0..3),
        key in prop::option::of("[a-d]"),
        id in prop::option::of("[a-c]{1,2}|my-x|A b"),
        flags in any::<(bool, bool)>(),
    ) -> Node {
        Node {
            id,
            title,
            about,
            url: url.map(str::to_owned),
            requires: requires.into_iter().map(Need::Named).collect(),
            key,
            optional: flags.0,
            retired: flags.1,
            ..Node::default()
        }
    }
}

fn hours() -> impl Strategy<Value = Option<Hours>> {
    prop::option::of(
        (prop::sample::select(vec![0.0, 0.004, 0.75, 3.0, 1e9, f64::NAN]), 0.0..50.0)
            .prop_map(|(low, high)| Hours(low, high)),
    )
}

prop_compose! {
    fn resources()(
        node in nodes(),
        hours in hours(),
        instead in prop::collection::vec(titles(), 0..2),
        teaches in prop::collection::vec(titles(), 0..2),
    ) -> Resource {
        Resource {
            node,
            hours,
            instead_of: instead.into_iter().map(Need::Named).collect(),
            teaches: if teaches.is_empty() { Teaches::All } else { Teaches::Named(teaches) },
            ..Resource::default()
        }
    }
}

prop_compose! {
    fn topics()(
        node in nodes(),
        hours in hours(),
        choose in prop::option::of(0_u16..4),
        skills in prop::collection::vec(nodes(), 0..4),
        resources in prop::collection::vec(resources(), 0..4),
    ) -> Topic {
        let skills = skills.into_iter().map(|node| Skill { node, can: None }).collect();
        Topic { node, hours, choose, skills, resources }
    }
}

prop_compose! {
    pub(crate) fn drafts()(
        title in prop::option::of(titles()),
        stages in prop::collection::vec(
            (nodes(), prop::option::of(0_u16..4), prop::collection::vec(topics(), 0..4),
             prop::collection::vec((nodes(), hours()), 0..3)),
            0..4,
        ),
        groups in prop::collection::vec((nodes(), prop::collection::vec(titles(), 0..4)), 0..3),
    ) -> Draft {
        let milestone = |(node, hours)| Milestone { node, hours, criteria: Vec::new() };
        let stages = stages.into_iter().map(|(node, choose, topics, milestones)| Stage {
            node,
            choose,
            topics,
            milestones: milestones.into_iter().map(milestone).collect(),
            months: None,
        });
        let question = |ask: String| Question { ask, ..Question::default() };
        let groups = groups.into_iter().map(|(node, questions)| Interview {
            topics: node.requires.clone(),
            node,
            questions: questions.into_iter().map(question).collect(),
        });
        Draft { title, stages: stages.collect(), interview: groups.collect(), ..Draft::default() }
    }
}
