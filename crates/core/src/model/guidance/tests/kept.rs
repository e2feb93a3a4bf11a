//! What a plan keeps from step to step is what it would find afresh.

use milepost_path::Career;

use super::order::Order;
use super::plan::ranks;
use super::*;
use crate::model::fixture::{Choices, career, numbers};
use crate::model::guidance::need::Need;
use crate::model::guidance::scope::Waiter;

/// Areas that anything in the paths raises.
fn random_career(world: &World, choices: &mut Choices<'_>) -> Career {
    let topics = world.shelf.iter().flat_map(|path| {
        let topics = path.stages.iter().flat_map(|stage| &stage.topics);
        topics.map(move |topic| format!("{}/{}", path.id, topic.id))
    });
    let items = world.items();
    let all: Vec<String> =
        topics.chain(items.iter().map(|item| item.reference().to_string())).collect();
    let mut areas = String::new();
    for area in ["data", "security"] {
        areas.push_str(area);
        for by in &all {
            let (weight, level) = (1 + choices.below(3), choices.below(4));
            if level > 0 {
                areas.push_str(&format!(" {by}:{weight}>{level}"));
            }
        }
        areas.push('\n');
    }
    career(&areas, &[("data", 3), ("security", 2)])
}

#[test]
fn a_resource_that_goes_on_from_one_of_two_topics_needs_the_one_that_is_begun() {
    let shelf = sketch(
        "path p
         stage one
         topic t 5h
         skill a
         resource ra 5h teaches=a needs=p/u|p/v
         topic s 5h needs=p/v
         skill z
         resource rz 5h teaches=z
         stage two
         topic v 5h
         skill c
         resource rc 5h teaches=c
         topic w 5h
         skill d
         resource rd 5h teaches=d
         topic u 5h
         skill b
         resource rb 5h teaches=b",
    );
    let plan = |marks: &str| plan_of(&shelf, &standing(marks), &NextFilter::default());
    assert_eq!(plan(""), "rc c? ra a? rz z? rd d? rb b?");
    assert_eq!(plan("p/rc=done"), "c? ra a? rz z? rd d? rb b?");
}

#[test]
fn a_milestone_that_proves_what_is_studied_anyway_is_planned_from_the_first_step_on() {
    let shelf = sketch(
        "path base
         stage s
         topic tools 10h
         skill git
         skill shell
         resource both 5h teaches=git,shell
         milestone check 4h needs=git,shell
         path goal needs=base/
         stage s
         topic t 5h needs=base/git
         skill a
         resource ra 5h teaches=a",
    );
    let plan = |marks: &str| plan_of(&shelf, &standing(marks), &NextFilter::default());
    assert_eq!(plan(""), "both git+shell? check ra a?");
    assert_eq!(plan("base/both=done"), "git+shell? check ra a?");
    assert_eq!(plan("base/both=done base/git=done base/shell=done"), "check ra a?");
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn kept_needs_and_orders_equal_fresh_ones(
        (world, log) in histories(),
        numbers in numbers(60),
        asked in any::<(bool, u8, u8)>(),
    ) {
        let view = viewed(&world, &log.standing);
        let (with_role, of_paths, today) = asked;
        let career = random_career(&world, &mut Choices::new(&numbers));
        let goal = with_role.then(|| Goal { career: &career, role: &career.roles[0] });
        let filter = NextFilter { goal, today: day(u64::from(today) * 2), ..NextFilter::default() };
        // Those that are left out are only required.
        let mut paths = world.paths();
        paths.truncate(1 + usize::from(of_paths) % paths.len());
        let guide = Guide::new(&view, &paths, &filter);
        let mut walk = guide.walk();
        let mut done = Vec::new();
        while let Some(step) = walk.next(true) {
            done.push(step);
            let (scope, at) = (&guide.scope, &walk.at);
            let fresh = Need::new(scope, &at.state, &ranks(scope, &at.state, guide.aim.as_ref()));
            let topics = (0..scope.topics.len()).map(Waiter::Topic);
            for node in topics.chain((0..scope.milestones.len()).map(Waiter::Milestone)) {
                let name = scope.node(node).map(|node| node.reference());
                prop_assert_eq!(at.need.of(node), fresh.of(node), "{:?} {:#?}", name, lines(&done));
            }
            for (item, one) in scope.items.iter().enumerate() {
                let (kept, new) = (at.need.of_item(item), fresh.of_item(item));
                prop_assert_eq!(kept, new, "{} {:#?}", one.reference, lines(&done));
            }
            let fresh: Vec<_> = Order::new(&guide.ground(at)).iter().collect();
            prop_assert_eq!(at.order.iter().collect::<Vec<_>>(), fresh, "{:#?}", lines(&done));
        }
    }
}
