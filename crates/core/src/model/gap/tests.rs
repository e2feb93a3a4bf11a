use super::super::fixture::{assess, career, day, sketch, standing};
use super::super::standing::{Following, Standing, SubjectState};
use super::*;

const PATHS: &str = "
    path p
    stage s
    topic t 4h
    skill k
    skill l
    topic u 6h needs=p/t
    skill m
    milestone b 10h
    path q
    stage r
    topic v 2h
    skill n";

#[test]
fn gaps_are_by_size_and_each_missing_level_has_what_leads_to_it() {
    let career = career(
        "a p/t:3>1 p/u:3>2 q/v:3>2 p/b:2>3 gone/x:3>3
         b q/v:2>1",
        &[("b", 1), ("a", 4)],
    );
    let shelf = sketch(PATHS);
    let mut standing = standing("p/k=done");
    let following = Following { since: day(1, 1), goals: Default::default() };
    standing.put(&Ref::path_only("p"), Some(SubjectState::Path(following)));
    let show = |standing: &Standing| -> Vec<String> {
        let view = Learner { shelf: &shelf, standing };
        let mut lines = Vec::new();
        for gap in gaps(&career, &career.roles[0], &view) {
            let way: Vec<&str> = gap.way.iter().map(Ref::as_str).collect();
            let Gap { level, target, hours, .. } = gap;
            lines.push(format!("{} {level}->{target} {hours}h by {}", gap.area.id, way.join(" ")));
            for step in &gap.steps {
                let closer = |one: &Closer<'_>| {
                    let proof = if one.is_proof { "" } else { "?" };
                    let before = match one.before {
                        0.0 => String::new(),
                        before => format!("+{before}h"),
                    };
                    format!(" {}{proof}={}h{before}", one.node.reference(), one.hours)
                };
                let closers: String = step.closers.iter().map(closer).collect();
                let waits = if step.is_spoken_for { " spoken for" } else { "" };
                let with = step.comes_with.map(|node| format!(" comes with {}", node.reference()));
                let with = with.unwrap_or_default();
                lines.push(format!("  {}:{closers}{with}{waits}", step.statement));
            }
        }
        lines
    };
    assert_eq!(
        show(&standing),
        [
            // What is built for level 3 shows what the levels below ask for.
            "a 0->4 10h by p/b",
            "  a 1: p/t=2h comes with p/b",
            // Of a followed path first, though something comes before it.
            "  a 2: p/u=6h+2h q/v=2h comes with p/b",
            "  a 3: p/b=10h",
            "  a 4:",
            "b 0->1 2h by q/v",
            "  b 1: q/v=2h",
        ]
    );
    assess(&mut standing, &[("a", 2), ("b", 1)]);
    assert_eq!(show(&standing), ["a 2->4 10h by p/b", "  a 3: p/b=10h", "  a 4:"]);
    let done = super::super::fixture::standing("p/k=done p/l=done");
    assert_eq!(show(&done)[1], "  a 1: p/b=10h spoken for");
    let done = super::super::fixture::standing("p/b=done");
    let waits = ["  a 1: p/t=4h spoken for", "  a 2: q/v=2h p/u=6h+4h spoken for"];
    assert_eq!(show(&done)[1..3], waits);
    assess(&mut standing, &[("a", 4)]);
    assert!(show(&standing).is_empty());
}

#[test]
fn what_is_built_comes_before_what_is_read_and_the_highest_level_closes_the_gap() {
    let shelf = sketch(
        "path p
         stage s
         topic t 4h
         skill k
         topic u 1h
         skill l
         milestone low 30h
         milestone big 20h needs=t
         milestone most 5h",
    );
    let show = |raised: &str, target: u8| -> Vec<String> {
        let career = career(&format!("a {raised}"), &[("a", target)]);
        let standing = Standing::default();
        let view = Learner { shelf: &shelf, standing: &standing };
        let gaps = gaps(&career, &career.roles[0], &view);
        let ids = |step: &Step<'_>| -> Vec<String> {
            let id = |one: &Closer<'_>| one.node.reference().id().unwrap().to_owned();
            step.closers.iter().map(id).collect()
        };
        let steps = gaps[0].steps.iter().map(|step| ids(step).join(" "));
        let way: Vec<&str> = gaps[0].way.iter().filter_map(Ref::id).collect();
        steps.chain([format!("{} {}h", way.join(" "), gaps[0].hours)]).collect()
    };
    // The shortest is the topic of one hour.
    assert_eq!(show("p/u:2>1 p/low:2>1", 1), ["low u", "low 30h"]);
    // Of two the one that does more, then the one with fewer hours, what comes before counted.
    assert_eq!(show("p/big:2>1 p/low:3>1", 1), ["low big", "low 30h"]);
    assert_eq!(show("p/low:3>1 p/big:3>1", 1), ["big low", "big 24h"]);
    // What goes beyond the target is better than nothing.
    assert_eq!(show("p/u:2>1 p/most:3>3", 1), ["u", "u 1h"]);
    assert_eq!(show("p/big:3>4 p/most:3>3", 1), ["most big", "most 5h"]);
    // The highest level closes the gap; what is read for it does not speak for the levels below.
    assert_eq!(show("p/low:3>1 p/big:3>2", 2), ["low", "big", "big 24h"]);
    assert_eq!(show("p/low:3>1 p/u:2>2", 2), ["low", "u", "u low 31h"]);
    // What only touches the area comes last and closes nothing.
    assert_eq!(show("p/most:1>1 p/u:2>1", 1), ["u most", "u 1h"]);
    assert_eq!(show("p/most:1>1", 1), ["most", " 0h"]);
    assert_eq!(show("p/most:1>1 p/low:2>2", 2), ["low most", "low", "low 30h"]);
}
