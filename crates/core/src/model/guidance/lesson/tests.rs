use milepost_path::Item;

use super::Lesson;
use crate::model::fixture::{day, item, sketch, standing};
use crate::model::learner::Learner;

const SHELF: &str = "
    path p
    stage s
    topic t 40h needs=u
    skill a
    skill b
    skill c optional
    resource core-a 10h teaches=a
    resource core-ab 10h teaches=a,b
    resource both 30h teaches=a,b instead=core-a,core-ab
    resource more 5h teaches=b,c optional
    resource lookup 1h teaches=
    topic u
    skill z
    milestone m
";

fn ids(items: &[Item<'_>]) -> String {
    items.iter().map(|item| item.id()).collect::<Vec<_>>().join("+")
}

#[test]
fn a_topic_says_what_was_studied_and_what_comes_later() {
    // Marks, the resource that is asked about, what was studied, and what something still teaches.
    for (marks, resource, studied, later) in [
        ("", "core-a", "", "a<core-ab"),
        ("p/core-a=done", "core-a", "", "a<core-ab"),
        ("p/core-ab=done", "core-ab", "b", "a<core-a"),
        ("p/core-a=done p/core-ab=done", "core-ab", "a+b", ""),
        ("p/core-a=done p/core-ab=skipped", "core-a", "a", ""),
        // The alternative takes the place of both.
        ("p/both=done", "both", "a+b", ""),
        ("p/core-a=done p/both=doing", "core-a", "", "a<both"),
        // What is marked is no longer asked for.
        ("p/core-a=done p/core-ab=done p/a=done", "core-a", "b", ""),
        // What is only for looking things up teaches nothing.
        ("p/lookup=done", "lookup", "", ""),
    ] {
        let (shelf, standing) = (sketch(SHELF), standing(marks));
        let view = Learner { shelf: &shelf, standing: &standing };
        let resource = item(&shelf, &format!("p/{resource}"));
        let lesson = Lesson::of(&view, &resource, day(1, 1)).unwrap();
        assert_eq!(ids(&lesson.studied()), studied, "{marks}");
        let line = |(skill, teachers): &(Item<'_>, Vec<Item<'_>>)| {
            format!("{}<{}", skill.id(), ids(teachers))
        };
        let found: Vec<String> = lesson.taught_later(&[resource]).iter().map(line).collect();
        assert_eq!(found.join(" "), later, "{marks}");
    }
}

#[test]
fn a_skill_names_its_teachers() {
    let (shelf, standing) = (sketch(SHELF), standing(""));
    let view = Learner { shelf: &shelf, standing: &standing };
    for (skill, expected) in [
        ("a", "core-a* core-ab* both=core-a+core-ab"),
        ("b", "core-ab* both=core-a+core-ab more"),
        ("c", "more"),
    ] {
        let skill = item(&shelf, &format!("p/{skill}"));
        let lesson = Lesson::of(&view, &skill, day(1, 1)).unwrap();
        let line = |one: &super::Teacher<'_>| match (one.is_core, one.instead_of.as_slice()) {
            (true, _) => format!("{}*", one.item.id()),
            (false, []) => one.item.id().to_owned(),
            (false, named) => format!("{}={}", one.item.id(), ids(named)),
        };
        let teachers: Vec<String> = lesson.teachers(&skill).iter().map(line).collect();
        assert_eq!(teachers.join(" "), expected);
    }
    assert!(Lesson::of(&view, &item(&shelf, "p/m"), day(1, 1)).is_none());
}

#[test]
fn what_teaches_a_skill_comes_by_its_worth() {
    let shelf = "
        path p
        stage s
        topic t 40h
        skill a
        resource docs 10h teaches=a free
        resource paid 8h teaches=a instead=docs paid
        resource video 5h teaches=a free
        resource extra 3h teaches=a optional paid
        resource more 3h teaches=a optional free
    ";
    for (marks, order) in [
        ("", "docs+video+more+paid+extra"),
        ("p/video=doing", "video+docs+more+paid+extra"),
        // What the alternative would teach was studied.
        ("p/docs=done", "video+more+extra+docs+paid"),
        ("p/docs=done p/video=done", "more+extra+docs+video+paid"),
        ("p/docs=skipped", "paid+video+more+extra+docs"),
    ] {
        let (shelf, standing) = (sketch(shelf), standing(marks));
        let view = Learner { shelf: &shelf, standing: &standing };
        let skill = item(&shelf, "p/a");
        let lesson = Lesson::of(&view, &skill, day(1, 1)).unwrap();
        assert_eq!(ids(&lesson.by_worth(&skill)), order, "{marks}");
    }
}
