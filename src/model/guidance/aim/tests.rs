use super::Goal;
use crate::model::career::Career;
use crate::model::fixture::{assess, career, sketch};
use crate::model::guidance::{Guide, Wish};
use crate::model::roadmap::Roadmap;
use crate::model::standing::Standing;
use crate::model::view::View;

/// The items of the plan for a role in order, each with what it does for the role.
fn order(shelf: &[Roadmap], standing: &Standing, career: Option<&Career>) -> Vec<String> {
    let view = View { shelf: &shelf.to_vec(), standing };
    let paths: Vec<&Roadmap> = view.shelf.roadmap("p").into_iter().collect();
    let goal = career.map(|career| Goal { career, role: &career.roles[0] });
    let steps = Guide::new(&view, &paths, &Wish { goal, ..Wish::default() }).plan(false);
    let items = steps.iter().flat_map(|step| step.act.items());
    items.map(|item| item.id().to_owned()).collect()
}

#[test]
fn a_role_pulls_what_closes_its_largest_gap_to_the_front_of_its_stage() {
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
    let pulled = ["big", "low", "plain", "small", "opens", "later", "last"];
    assert_eq!(order(&shelf, &standing, Some(&career)), pulled);
    // Where the level is reached, what speaks for it pulls no longer.
    assess(&mut standing, &[("a", 1), ("b", 1)]);
    let pulled = ["low", "big", "plain", "opens", "later", "small", "last"];
    assert_eq!(order(&shelf, &standing, Some(&career)), pulled);
}
