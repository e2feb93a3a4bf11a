use crate::model::fixture::{COURSES, sketch, standing};
use crate::model::guidance::{Guide, NextFilter, WhyNot};
use crate::model::learner::Learner;

#[test]
fn the_head_of_the_plan_is_next_and_nothing_else_is() {
    let shelf = sketch(COURSES);
    let mut marks = String::new();
    for _ in 0..20 {
        let standing = standing(&marks);
        let view = Learner { shelf: &shelf, standing: &standing };
        let path = shelf.iter().find(|path| path.id == "p").unwrap();
        let guide = Guide::new(&view, &[path], &NextFilter::default());
        let Some(step) = guide.plan(true).into_iter().next() else { return };
        // A proof takes no time: what `next` has first is the first step that does.
        let next = guide.next(1, false).unwrap_or_default();
        let head = next.first().map(|one| one.item.reference());
        for item in shelf.iter().flat_map(|path| path.items()) {
            let because = guide.why(&milepost_path::Node::Item(item)).because;
            let is_next = Some(item.reference()) == head;
            assert_eq!(because == WhyNot::IsNext, is_next, "{marks}: {}", item.reference());
        }
        for item in step.act.items() {
            marks.push_str(&format!(" {}=done", item.reference()));
        }
    }
    panic!("the plan has no end: {marks}");
}
