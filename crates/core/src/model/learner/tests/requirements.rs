//! What holds a node back, and what waits for it.

use super::*;

#[test]
fn when_a_node_is_finished() {
    let shelf = sketch(
        "path p
         stage s
         topic t
         skill a
         skill b optional
         resource r
         topic u
         resource v
         resource w optional
         topic empty
         milestone m",
    );
    for (marks, finished) in [
        ("", "p/empty"),
        ("p/a=done", "p/a p/t p/empty"),
        ("p/a=skipped", "p/a p/t p/empty"),
        ("p/a=doing p/b=done p/r=done", "p/b p/r p/empty"),
        ("p/v=done", "p/v p/u p/empty"),
        // Beside skills, resources finish nothing; in a topic without, they are what is to be done.
        ("p/a=done p/m=done p/r=done", "p/a p/m p/r p/t p/empty"),
        ("p/a=done p/m=done p/v=done", "p p/s p/a p/m p/v p/t p/u p/empty"),
    ] {
        let standing = standing(marks);
        let view = Learner { shelf: &shelf, standing: &standing };
        for name in ["p", "p/s", "p/t", "p/a", "p/b", "p/r", "p/u", "p/v", "p/w", "p/m", "p/empty"]
        {
            let expected = finished.split(' ').any(|one| one == name);
            assert_eq!(view.is_finished(&node(&shelf, name)), expected, "{name} with {marks}");
        }
    }
}

#[test]
fn when_a_requirement_is_met() {
    let shelf = sketch(
        "path p
         stage s
         topic t
         skill a
         skill b
         milestone m
         path q
         stage s
         topic t
         skill x was=old",
    );
    for (any_of, marks, expected) in [
        ("p/a", "", false),
        ("p/a", "p/a=doing", false),
        ("p/a", "p/a=done", true),
        ("p/a", "p/a=skipped", true),
        ("p/a p/m", "p/m=done", true),
        ("p/a p/m", "p/b=done", false),
        ("p/t", "p/a=done", false),
        ("p/t", "p/a=done p/b=done", true),
        ("p/s", "p/a=done p/b=done", false),
        ("p/s", "p/a=done p/b=done p/m=done", true),
        ("p", "p/a=done p/b=done p/m=done", true),
        ("q", "p/a=done", false),
        ("p/s q", "q/x=done", true),
        ("q/old", "", false),
        ("q/old", "q/x=done", true),
        ("q/old", "q/old=done", true),
        // It is not there, and no study could change that.
        ("gone", "", true),
        ("gone/x p/gone", "", true),
        // But where there is another way, that one is left.
        ("gone p/a", "", false),
        ("gone p/a", "p/a=done", true),
        // What was done before it went is done.
        ("gone/x p/a", "gone/x=done", true),
        ("gone/x p/a", "gone/x=doing", false),
    ] {
        let standing = standing(marks);
        let view = Learner { shelf: &shelf, standing: &standing };
        let any_of = any_of.split(' ').map(Ref::from_text).collect();
        let requirement = Requirement { any_of };
        assert_eq!(view.is_met(&requirement), expected, "{requirement:?} with {marks}");
        assert_eq!(RequirementCache::new(view).is_met(&requirement), expected);
    }
}

#[test]
fn what_holds_a_node_back() {
    let shelf = sketch(
        "path base
         stage s
         topic t
         skill x
         path p needs=base
         stage one
         topic first
         skill a
         milestone m needs=first
         stage two needs=one
         topic second
         skill b
         topic third needs=second|base/t
         skill c
         milestone n needs=b",
    );
    for (marks, ready) in [
        // What asks for nothing waits for the path.
        ("", "base/t base/s base base/x"),
        ("base/x=done", "base/t base/s base base/x p p/one p/first p/a"),
        // What asks for something waits for that, whatever the path asks.
        ("p/a=done", "base/t base/s base base/x p/m"),
        ("p/a=done p/m=done", "base/t base/s base base/x p/m p/two p/second p/b"),
        (
            "p/a=done p/m=skipped p/b=done",
            "base/t base/s base base/x p/m p/two p/second p/b p/third p/c p/n",
        ),
        (
            "p/a=done p/m=done base/x=done",
            "base/t base/s base base/x p p/one p/first p/a p/m p/two p/second p/b p/third p/c",
        ),
    ] {
        let standing = standing(marks);
        let view = Learner { shelf: &shelf, standing: &standing };
        let mut readiness = RequirementCache::new(view);
        for name in [
            "base", "base/s", "base/t", "base/x", "p", "p/one", "p/first", "p/a", "p/m", "p/two",
            "p/second", "p/b", "p/third", "p/c", "p/n",
        ] {
            let expected = ready.split(' ').any(|one| one == name);
            let node = node(&shelf, name);
            assert_eq!(view.is_ready(&node), expected, "{name} with {marks}");
            assert_eq!(readiness.is_ready(&node), expected, "{name} with {marks}");
            assert_eq!(view.unmet(&node).is_empty(), expected, "{name} with {marks}");
        }
    }
}

#[test]
fn who_depends_on_a_node() {
    let shelf = sketch(
        "path p
         stage one
         topic t
         skill a was=old
         resource r
         milestone m needs=a
         stage two needs=one
         topic u
         skill b same=q/y
         topic v needs=p/|t
         milestone n needs=old
         path q needs=p
         stage s
         topic w
         skill y
         milestone o needs=y
         path o
         stage s
         topic own needs=p/a
         skill z same=p/a",
    );
    let standing = Standing::default();
    let view = Learner { shelf: &shelf, standing: &standing };
    for (of, expected) in [
        ("p/a", &["p/m", "p/u", "p/v", "p/n", "q/w", "o/own"][..]),
        ("p/old", &["p/m", "p/u", "p/v", "p/n", "q/w", "o/own"]),
        ("p/r", &["p/u", "p/v", "p/n", "q/w"]),
        ("p/t", &["p/u", "p/v", "p/n", "q/w"]),
        ("p/one", &["p/u", "p/v", "p/n", "q/w"]),
        ("p/n", &["p/v", "q/w"]),
        // Done here is done there.
        ("p/b", &["p/v", "q/w", "q/o"]),
        ("q/y", &["q/o"]),
        // Its own topic asks for what it is the same as.
        ("o/z", &["p/m", "p/u", "p/v", "p/n", "q/w"]),
        ("q", &[]),
    ] {
        let found = view.dependents(&node(&shelf, of), &shelf);
        let found: Vec<Ref> = found.iter().map(Node::reference).collect();
        assert_eq!(texts(&found), expected, "of {of}");
    }
}

#[test]
fn topics_and_milestones_are_what_can_be_held_back() {
    let shelf = sketch(
        "path p
         stage s
         topic t
         skill a
         resource r
         topic u
         milestone m
         stage v
         milestone n",
    );
    let found: Vec<Ref> = gated_nodes(&shelf[0]).map(|node| node.reference()).collect();
    assert_eq!(texts(&found), ["p/t", "p/u", "p/m", "p/n"]);
    assert_eq!(texts(&requirable_refs(&shelf, &node(&shelf, "p/a"))), ["p/a", "p/t", "p/s", "p"]);
    assert_eq!(texts(&requirable_refs(&shelf, &node(&shelf, "p/t"))), ["p/t", "p/s", "p"]);
    assert_eq!(texts(&requirable_refs(&shelf, &node(&shelf, "p/m"))), ["p/m", "p/s", "p"]);
    assert_eq!(texts(&requirable_refs(&shelf, &node(&shelf, "p/s"))), ["p/s", "p"]);
    assert_eq!(texts(&requirable_refs(&shelf, &node(&shelf, "p"))), ["p"]);
}
