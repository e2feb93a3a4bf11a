use crate::model::fixture::{sketch, standing};
use crate::model::guidance::{Guide, NextFilter, WhyNot};
use crate::model::learner::Learner;

const SHELF: &str = "
    path base
    stage s
    topic basics 10h = Basics
    skill x
    skill y
    resource x-course 6h teaches=x = Course of X
    resource y-course 4h teaches=y = Course of Y
    path p
    stage one
    topic t 24h needs=base/x = Topic T
    skill a
    skill b
    skill c optional
    resource core-a 10h teaches=a = Core A
    resource core-b 10h teaches=b paid = Core B
    resource both 30h teaches=a,b instead=core-a,core-b = Both
    resource more 5h teaches=b optional = More
    resource lookup 1h teaches= = Look-up
    milestone m 5h needs=t = Milestone M
    stage two
    topic v 6h = Topic V
    skill d
    resource v-course 6h = Course of V
    milestone n 3h needs=m,v = Milestone N
    milestone aside 3h optional = Aside
    path other
    stage s
    topic o
    skill q
";

#[test]
fn the_head_of_the_plan_is_next_and_nothing_else_is() {
    let shelf = sketch(SHELF);
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
