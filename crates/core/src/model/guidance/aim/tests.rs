use milepost_path::{Career, Ref, Roadmap};

use super::Goal;
use crate::model::fixture::{assess, career, sketch};
use crate::model::guidance::{Guide, NextFilter, Reason};
use crate::model::learner::Learner;
use crate::model::standing::Standing;

/// The items of the plan for a role in order, each with what it does for the role.
fn order(shelf: &[Roadmap], standing: &Standing, career: Option<&Career>) -> Vec<String> {
    let view = Learner { shelf: &shelf.to_vec(), standing };
    let paths: Vec<&Roadmap> = view.shelf.roadmap("p").into_iter().collect();
    let goal = career.map(|career| Goal { career, role: &career.roles[0] });
    let steps =
        Guide::new(&view, &paths, &NextFilter { goal, ..NextFilter::default() }).plan(false);
    let items = steps.iter().flat_map(|step| step.act.items());
    items.map(|item| item.id().to_owned()).collect()
}

#[test]
fn a_role_boosts_what_closes_its_largest_gap_to_the_front_of_its_stage() {
    let shelf = sketch(
        "path p
         stage s
         topic t 4h
         skill plain
         topic u 6h
         skill opens
         topic v 6h
         skill small
         topic w 6h needs=p/u
         skill later
         milestone low 9h
         milestone big 9h
         stage after
         topic x 6h
         skill last",
    );
    let career = career(
        "a p/big:3>1 p/t:3>1\nb p/v:2>1\nc p/w:3>2 p/x:3>2",
        &[("a", 3), ("b", 1), ("c", 2)],
    );
    let mut standing = Standing::default();
    let all = ["low", "big", "plain", "opens", "small", "later", "last"];
    assert_eq!(order(&shelf, &standing, None), all);
    // What closes the larger gap first; never before an earlier stage.
    let boosted = ["big", "low", "plain", "small", "opens", "later", "last"];
    assert_eq!(order(&shelf, &standing, Some(&career)), boosted);
    // Where the level is reached, what speaks for it boosts no longer.
    assess(&mut standing, &[("a", 1), ("b", 1)]);
    let boosted = ["low", "big", "plain", "opens", "later", "small", "last"];
    assert_eq!(order(&shelf, &standing, Some(&career)), boosted);
}

/// The reasons of the first step for a role.
fn first_reasons(shelf: &[Roadmap], standing: &Standing, career: &Career) -> Vec<Reason> {
    let view = Learner { shelf: &shelf.to_vec(), standing };
    let paths: Vec<&Roadmap> = view.shelf.roadmap("p").into_iter().collect();
    let goal = Some(Goal { career, role: &career.roles[0] });
    let guide = Guide::new(&view, &paths, &NextFilter { goal, ..NextFilter::default() });
    guide.next(1, false).unwrap().remove(0).because
}

#[test]
fn a_role_speaks_of_what_a_topic_is_most_about_and_only_as_it_begins() {
    let shelf = sketch(
        "path p
         stage s
         topic t 9h
         skill x
         skill y
         resource one 4h teaches=x
         resource two 4h teaches=y",
    );
    // Gap times weight is the same for all.
    let career = career("a p/t:1>1\nb p/t:3>1\nc p/t:3>1", &[("a", 3), ("b", 1), ("c", 1)]);
    let mut standing = Standing::default();
    let gap = Reason::RoleGap { area: "B".to_owned(), level: 0, target: 1 };
    assert_eq!(first_reasons(&shelf, &standing, &career)[1], gap);
    let begun = crate::model::fixture::standing("p/one=done p/x=done");
    let covers = Reason::Covers { skills: vec!["y".to_owned()], begins: None };
    assert_eq!(first_reasons(&shelf, &begun, &career), [covers]);
    // Who is at that level is told how to credit it.
    assess(&mut standing, &[("b", 2)]);
    let reasons = first_reasons(&shelf, &standing, &career);
    let reference = Ref::from_text("p/t");
    let credit = Reason::Assessed { area: "B".to_owned(), level: 2, reference };
    assert_eq!(reasons.last(), Some(&credit), "{reasons:?}");
}
