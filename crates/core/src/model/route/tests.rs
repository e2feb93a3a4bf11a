use milepost_path::Ref;

use super::*;
use crate::model::event::Goals;
use crate::model::fixture::{day, sketch};
use crate::model::standing::{Following, SubjectState};

const PATHS: &str = "
    path goal needs=one/|two/,base/
    path one needs=base/
    path two needs=deep/
    path base
    path deep needs=gone/|deeper/
    path deeper";

fn following(ids: &str) -> Standing {
    let mut standing = Standing::default();
    for id in ids.split_whitespace() {
        let following = Following { since: day(1, 1), goals: Goals::default() };
        standing.put(&Ref::path_only(id), Some(SubjectState::Path(following)));
    }
    standing
}

fn ids(paths: Vec<&Roadmap>) -> String {
    paths.into_iter().map(|path| path.id.as_str()).collect::<Vec<_>>().join(" ")
}

fn found<'a>(shelf: &'a Vec<Roadmap>, id: &str) -> &'a Roadmap {
    shelf.roadmap(id).unwrap()
}

#[test]
fn what_is_followed_is_the_alternative_that_is_required() {
    let shelf = sketch(PATHS);
    for (followed, required, walked) in [
        ("", "one base", "goal"),
        ("goal one base", "one base", "goal one base"),
        // The second alternative is followed: the first is not begun, and costs nothing.
        ("goal two base", "two base deep deeper", "goal two base"),
        // What is not followed on the way does not hide what is behind it.
        ("goal two deeper", "two base deep deeper", "goal two deeper"),
    ] {
        let standing = following(followed);
        let goal = found(&shelf, "goal");
        let all = super::required(&shelf, &standing, &[goal]);
        assert_eq!(ids(all.iter().map(|one| one.0).collect()), required, "{followed}");
        let view = Learner { shelf: &shelf, standing: &standing };
        assert_eq!(ids(super::walked(&view, goal)), walked, "{followed}");
    }
}

#[test]
fn each_is_required_by_the_first_that_asks() {
    let shelf = sketch(PATHS);
    let (goal, one) = (found(&shelf, "goal"), found(&shelf, "one"));
    let pairs: Vec<(&str, &str)> = required(&shelf, &Standing::default(), &[one, goal])
        .into_iter()
        .map(|(path, by)| (path.id.as_str(), by.id.as_str()))
        .collect();
    assert_eq!(pairs, [("base", "one")]);
}

#[test]
fn a_circle_ends() {
    let shelf = sketch("path a needs=b/\npath b needs=a/");
    let standing = following("a b");
    let view = Learner { shelf: &shelf, standing: &standing };
    assert_eq!(ids(walked(&view, &shelf[0])), "a b");
    assert_eq!(ids(in_order(shelf.iter().collect())), "a b");
}

#[test]
fn each_comes_after_all_that_it_names() {
    let shelf = sketch(PATHS);
    assert_eq!(ids(in_order(shelf.iter().collect())), "base one deeper deep two goal");
}
