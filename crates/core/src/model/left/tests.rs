use super::*;
use crate::model::effort::Effort;
use crate::model::fixture::{day, sketch, standing};

/// What is left of the resource `r` and of the milestone `m`, to a tenth of an hour.
fn left_of(marks: &str, spent: &[(&str, u32)]) -> (f64, f64) {
    let shelf = sketch(
        "path p
         stage s
         topic t 40h
         skill a
         resource old 20h teaches=a
         resource r 10h teaches=a
         milestone m 8h needs=t",
    );
    let mut standing = standing(marks);
    let effort = |(at, (subject, minutes)): (usize, &(&str, u32))| Effort {
        on: day(2, 1 + at as u32),
        subject: Ref::from_text(subject),
        minutes: *minutes,
    };
    standing.put_efforts(spent.iter().enumerate().map(effort).collect());
    let view = Learner { shelf: &shelf, standing: &standing };
    let spending = Spending::of(&view, day(3, 1));
    let left = |id: &str| {
        let Some(Node::Item(item)) = find(&shelf, &Ref::node("p", id)) else { panic!("{id}") };
        (spending.left_of(&shelf, &item).unwrap() * 10.0).round() / 10.0
    };
    (left("r"), left("m"))
}

#[test]
fn what_is_left_is_what_was_not_studied_and_a_tenth_at_least() {
    for (marks, spent, expected) in [
        ("", &[][..], (10.0, 8.0)),
        ("p/r=doing", &[("p/r", 90)], (8.5, 8.0)),
        ("p/r=doing", &[("p/r", 90), ("p/r", 30), ("p/m", 120)], (8.0, 6.0)),
        // Late, and far too late.
        ("p/r=doing", &[("p/r", 570)], (1.0, 8.0)),
        ("p/r=doing", &[("p/r", 6000), ("p/m", 6000)], (1.0, 0.8)),
        // What was finished without time tells nothing; with time it tells how long things take.
        ("p/old=done p/r=doing", &[("p/r", 60)], (9.0, 8.0)),
        ("p/old=done p/r=doing", &[("p/old", 3600), ("p/r", 60)], (19.0, 8.0)),
        ("p/old=done p/r=doing", &[("p/old", 600), ("p/r", 60)], (6.5, 8.0)),
        // What is not finished does not, nor does it change what has no time.
        ("p/old=doing p/r=doing", &[("p/old", 3600), ("p/r", 60)], (9.0, 8.0)),
        ("p/old=done", &[("p/old", 3600)], (10.0, 8.0)),
        // Time on the topic is for its practice.
        ("p/r=doing", &[("p/t", 300), ("p/a", 300)], (10.0, 8.0)),
    ] {
        assert_eq!(left_of(marks, spent), expected, "{marks} {spent:?}");
    }
}
