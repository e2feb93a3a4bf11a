use milepost_path::{HIGHEST, Ref, Roadmap};
use proptest::prelude::*;

use super::super::fixture::{area, assess, career, cases, sketch, standing};
use super::super::gap::gaps;
use super::*;
use crate::model::fixture::day;
use crate::model::standing::SubjectState;

#[test]
fn the_fit_is_the_share_of_what_a_role_needs_weighted_by_how_much_it_needs() {
    let needs: &[(&str, u8)] = &[("a", 3), ("b", 1)];
    for (targets, levels, percent, has, assessed) in [
        (needs, &[][..], 0.0, 0, 0),
        (needs, &[("a", 3), ("b", 1)], 100.0, 4, 2),
        // One level of what is needed three times as much, of 3 x 3 and 1 x 1.
        (needs, &[("a", 1)], 30.0, 1, 1),
        (needs, &[("a", 2), ("b", 1)], 70.0, 3, 2),
        // What is above one target makes up for no other; what no role needs does not count.
        (needs, &[("b", 4), ("c", 4)], 10.0, 1, 1),
        (needs, &[("a", 0), ("b", 0)], 0.0, 0, 2),
        // The newest assessment counts, also where it is lower.
        (needs, &[("a", 3), ("a", 1)], 30.0, 1, 1),
        (&[("a", 3)], &[("a", 2)], 66.6, 2, 1),
        (&[], &[], 100.0, 0, 0),
    ] {
        let career = career("a\nb\nc", targets);
        let mut standing = Standing::default();
        assess(&mut standing, levels);
        let fit = fit(&career, &career.roles[0], &standing);
        let expected = (percent, has, assessed, targets.len());
        assert_eq!((fit.percent, fit.has, fit.assessed, fit.areas), expected, "{levels:?}");
    }
}

#[test]
fn core_are_the_areas_from_level_three_on_or_else_those_with_the_highest_target() {
    let security: &[(&str, u8)] = &[("a", 4), ("b", 3), ("c", 2), ("d", 1)];
    let broad: &[(&str, u8)] = &[("a", 2), ("b", 2), ("c", 1)];
    for (targets, levels, expected) in [
        (security, &[][..], (0, 2)),
        (security, &[("a", 2), ("b", 1), ("c", 2), ("d", 1)], (0, 2)),
        (security, &[("a", 3), ("b", 1)], (1, 2)),
        (security, &[("a", 4), ("b", 2)], (2, 2)),
        (broad, &[], (0, 2)),
        (broad, &[("a", 1)], (1, 2)),
        (&[("a", 1)], &[], (1, 1)),
        (&[], &[], (0, 0)),
    ] {
        let career = career("a\nb\nc\nd", targets);
        let mut standing = Standing::default();
        assess(&mut standing, levels);
        let core = core(&career, &career.roles[0], &standing);
        assert_eq!((core.within_one, core.areas), expected, "{targets:?} {levels:?}");
    }
}

const PATHS: &str = "
    path p
    stage s
    topic t 4h
    skill k
    skill l
    topic u 6h needs=p/t
    skill m
    milestone b 10h
    milestone c 9h
    path q
    stage r
    topic v 2h
    skill n";

#[test]
fn a_level_is_suggested_for_what_is_finished_and_not_for_what_is_skipped_or_touched() {
    let area = area("a p/t:3>1 p/u:2>2 p/c:2>3 p/b:1>4");
    let shelf = sketch(PATHS);
    for (marks, expected) in [
        ("", None),
        ("p/k=done", None),
        ("p/k=done p/l=done", Some((1, "p/t"))),
        ("p/k=done p/l=done p/m=done", Some((2, "p/u"))),
        // Nothing speaks for the level below.
        ("p/m=done", None),
        // But what is built shows what the levels below ask for, too.
        ("p/c=done", Some((3, "p/c"))),
        ("p/c=done p/m=done", Some((3, "p/c"))),
        ("p/c=skipped", None),
        // One of its goals was done, the other left out.
        ("p/k=done p/l=skipped", Some((1, "p/t"))),
        ("p/k=skipped p/l=skipped", None),
        // It only touches the area.
        ("p/b=done", None),
        ("p/b=done p/c=done", Some((3, "p/c"))),
    ] {
        let standing = standing(marks);
        let view = Learner { shelf: &shelf, standing: &standing };
        let found = suggestion(&area, &view).map(|one| {
            (one.level, one.because.iter().map(|n| n.reference().to_string()).collect())
        });
        let expected = expected.map(|(level, by): (u8, &str)| (level, vec![by.to_owned()]));
        assert_eq!(found, expected, "{marks}");
    }
}

#[test]
fn a_renamed_area_keeps_the_newest_of_all_levels() {
    let mut career = career("a\nb", &[("a", 3)]);
    career.areas[0].replaces = vec!["older".to_owned(), "old".to_owned()];
    let mut standing = Standing::default();
    let of = |on, level| Assessment { on, level, note: None, evidence: Vec::new() };
    standing.put(&Ref::area("old"), Some(SubjectState::Area(vec![of(day(2, 1), 3)])));
    standing.put(&Ref::area("older"), Some(SubjectState::Area(vec![of(day(1, 1), 1)])));
    assert_eq!(level(&standing, &career.areas[0]), 3);
    assert_eq!(fit(&career, &career.roles[0], &standing).percent, 100.0);
    standing.put(&Ref::area("a"), Some(SubjectState::Area(vec![of(day(2, 1), 2)])));
    assert_eq!(level(&standing, &career.areas[0]), 2, "of one day, what is said of it now");
    standing.put(&Ref::area("a"), Some(SubjectState::Area(vec![of(day(1, 15), 2)])));
    assert_eq!(level(&standing, &career.areas[0]), 3);
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn more_of_a_level_never_lowers_the_fit_and_all_of_them_make_it_whole(
        targets in proptest::collection::vec(1u8..=HIGHEST as u8, 0..6),
        levels in proptest::collection::vec(0u8..=HIGHEST as u8, 6),
        raised in 0usize..6,
    ) {
        let names = ["a", "b", "c", "d", "e", "f"];
        let targets: Vec<(&str, u8)> = names.into_iter().zip(targets).collect();
        let career = career("a\nb\nc\nd\ne\nf", &targets);
        let of = |levels: &[u8]| {
            let mut standing = Standing::default();
            let levels: Vec<(&str, u8)> = names.into_iter().zip(levels.iter().copied()).collect();
            assess(&mut standing, &levels);
            let view = Learner { shelf: &Vec::<Roadmap>::new(), standing: &standing };
            let gaps = gaps(&career, &career.roles[0], &view).len();
            (fit(&career, &career.roles[0], &standing).percent, gaps)
        };
        let (before, gaps) = of(&levels);
        prop_assert!((0.0..=100.0).contains(&before));
        prop_assert_eq!(before == 100.0, gaps == 0);
        let mut more = levels;
        more[raised] = HIGHEST as u8;
        prop_assert!(of(&more).0 >= before);
    }
}
