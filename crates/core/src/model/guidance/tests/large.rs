//! What a plan of a large path costs: twice as large is twice the work, not four times.

use std::fmt::Write;

use super::*;

/// A path of one stage, whose text goes on with some topics.
fn path(topics: usize, topic: impl Fn(&mut String, usize)) -> Roadmap {
    let mut text = String::from(
        "format = 1\nid = \"p\"\ntitle = \"P\"\n\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n",
    );
    for at in 0..topics {
        writeln!(text, "[[stages.topics]]\nid = \"t{at}\"\ntitle = \"T\"\nhours = 4").unwrap();
        topic(&mut text, at);
    }
    let reading = milepost_path::read(&text);
    reading.roadmap.unwrap_or_else(|| panic!("{:#?}", reading.diagnostics))
}

/// A skill, and a resource that teaches it.
fn lesson(text: &mut String, at: usize) {
    writeln!(text, "skills = [{{ id = \"k{at}\", title = \"K\" }}]").unwrap();
    writeln!(
        text,
        "[[stages.topics.resources]]\nid = \"r{at}\"\ntitle = \"R\"\ntype = \"docs\"\nhours = 2"
    )
    .unwrap();
}

fn chained(many: usize) -> Roadmap {
    path(many, |text, at| {
        if at > 0 {
            writeln!(text, "requires = [\"t{}\"]", at - 1).unwrap();
        }
        lesson(text, at);
    })
}

fn one_topic_of_skills(many: usize) -> Roadmap {
    path(1, |text, _| {
        text.push_str("skills = [\n");
        for at in 0..many {
            writeln!(text, "{{ id = \"k{at}\", title = \"K\" }},").unwrap();
        }
        text.push_str("]\n");
    })
}

/// How often the state of something is looked at, for what is next, with reasons, and for the plan.
fn looks(roadmap: Roadmap) -> usize {
    let shelf = vec![roadmap];
    let standing = Standing::default();
    let view = Learner { shelf: &shelf, standing: &standing };
    let before = LOOKS.with(std::cell::Cell::get);
    let guide = Guide::new(&view, &goals(&shelf), &NextFilter::default());
    guide.to_prove();
    let _ = guide.next(usize::MAX, true);
    assert!(!guide.plan(false).is_empty());
    LOOKS.with(std::cell::Cell::get) - before
}

#[test]
fn twice_as_large_is_at_most_twice_the_work() {
    for (name, shape) in
        [("chained", chained as fn(usize) -> Roadmap), ("one topic of skills", one_topic_of_skills)]
    {
        let (one, two) = (looks(shape(200)), looks(shape(400)));
        assert!(two <= 2 * one + 100, "{name}: {one}, of twice as much {two}");
    }
}
