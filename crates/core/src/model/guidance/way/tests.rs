use milepost_path::Ref;

use super::hours_to;
use crate::model::fixture::{sketch, standing};
use crate::model::learner::Learner;

const PATHS: &str = "
    path base
    stage s
    topic tools 10h
    skill git
    resource git-book 2h teaches=git
    skill shell
    resource shell-book 6h teaches=shell
    milestone extra 5h needs=git
    path p needs=base/git
    stage one
    topic t 8h
    skill a
    resource ra 3h
    resource other 4h instead=ra
    milestone early 7h needs=t
    milestone unasked 20h needs=t
    stage two
    topic u 4h needs=early
    skill b
    resource rb 4h
    milestone late 12h needs=u
    topic far 50h needs=late
    skill c";

#[test]
fn the_hours_to_something_are_those_of_all_that_must_come_before_it() {
    let shelf = sketch(PATHS);
    for (ends, marks, expected) in [
        // Of the required path one book, of the topic its hours with practice, of alternatives one.
        ("p/t", "", 2.0 + 8.0),
        ("p/early", "", 2.0 + 8.0 + 7.0),
        // What is built on the way counts, but not what nothing on the way asks for.
        ("p/late", "", 2.0 + 8.0 + 7.0 + 4.0 + 12.0),
        ("p/unasked", "", 2.0 + 8.0 + 20.0),
        // Each thing once.
        ("p/late p/unasked", "", 2.0 + 8.0 + 7.0 + 4.0 + 12.0 + 20.0),
        ("p/late p/early", "", 2.0 + 8.0 + 7.0 + 4.0 + 12.0),
        ("p/late", "p/a=done base/git=done", 7.0 + 4.0 + 12.0),
        ("p/late", "p/b=done p/early=skipped", 12.0),
        ("p/late", "p/late=done", 0.0),
        ("", "", 0.0),
    ] {
        let standing = standing(marks);
        let view = Learner { shelf: &shelf, standing: &standing };
        let goal = |ends: &str| ends.split_whitespace().map(Ref::from_text).collect();
        let found = hours_to(&view, &[goal("p/far"), goal(ends), goal("")], "dev");
        assert_eq!((found[1], found[2]), (expected, 0.0), "{ends}: {marks}");
    }
}
