use proptest::prelude::*;

use super::super::career::{HIGHEST, Target};
use super::super::fixture::{cases, day, sketch, standing};
use super::super::guidance::{Goal, Guide, Wish};
use super::super::roadmap::Roadmap;
use super::super::standing::{Assessment, Following, Subject};
use super::*;

/// `data t:3>1 m:2>2` is an area and what raises it: reference, weight and level.
fn area(line: &str) -> Area {
    let mut words = line.split_whitespace();
    let id = words.next().unwrap();
    let raise = |word: &str| {
        let (by, rest) = word.split_once(':').unwrap();
        let (weight, level) = rest.split_once('>').unwrap();
        Raise {
            by: Ref::from_text(by),
            weight: weight.parse().unwrap(),
            level: level.parse().unwrap(),
        }
    };
    Area {
        id: id.to_owned(),
        title: id.to_uppercase(),
        summary: None,
        replaces: Vec::new(),
        levels: std::array::from_fn(|at| format!("{id} {}", at + 1)),
        raised_by: words.map(raise).collect(),
    }
}

fn career(areas: &str, targets: &[(&str, u8)]) -> Career {
    let target = |(area, level): &(&str, u8)| Target { area: (*area).to_owned(), level: *level };
    let role = Role {
        id: "dev".to_owned(),
        title: "Developer".to_owned(),
        scope: String::new(),
        deliverables: Vec::new(),
        metrics: Vec::new(),
        paths: Vec::new(),
        targets: targets.iter().map(target).collect(),
    };
    let areas = areas.lines().filter(|line| !line.trim().is_empty()).map(area).collect();
    Career { areas, roles: vec![role], ..Career::default() }
}

fn assess(standing: &mut Standing, levels: &[(&str, u8)]) {
    for (area, level) in levels {
        let one = Assessment { on: day(1, 1), level: *level, note: None, evidence: Vec::new() };
        let mut all = standing.assessments(area).to_vec();
        all.push(one);
        standing.put(&Ref::area(area), Some(Subject::Area(all)));
    }
}

#[test]
fn the_fit_is_the_share_of_the_levels_that_a_role_needs() {
    let needs: &[(&str, u8)] = &[("a", 3), ("b", 1)];
    for (targets, levels, percent, has, assessed) in [
        (needs, &[][..], 0.0, 0, 0),
        (needs, &[("a", 3), ("b", 1)], 100.0, 4, 2),
        (needs, &[("a", 1)], 25.0, 1, 1),
        // What is above one target makes up for no other; what no role needs does not count.
        (needs, &[("b", 4), ("c", 4)], 25.0, 1, 1),
        (needs, &[("a", 0), ("b", 0)], 0.0, 0, 2),
        // The newest assessment counts, also where it is lower.
        (needs, &[("a", 3), ("a", 1)], 25.0, 1, 1),
        (&[("a", 3)], &[("a", 2)], 66.6, 2, 1),
        (&[], &[], 100.0, 0, 0),
    ] {
        let career = career("a\nb\nc", targets);
        let mut standing = Standing::default();
        assess(&mut standing, levels);
        let fit = fit(&career.roles[0], &standing);
        let expected = (percent, has, assessed, targets.len());
        assert_eq!((fit.percent, fit.has, fit.assessed, fit.areas), expected, "{levels:?}");
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
    path q
    stage r
    topic v 2h
    skill n";

#[test]
fn gaps_are_by_size_and_each_missing_level_has_what_leads_to_it() {
    let career = career(
        "a p/t:3>1 p/u:3>2 q/v:3>2 p/b:2>3 gone/x:3>3
         b q/v:2>1",
        &[("b", 1), ("a", 4)],
    );
    let shelf = sketch(PATHS);
    let mut standing = standing("p/k=done");
    let following = Following { since: day(1, 1), goals: Default::default() };
    standing.put(&Ref::path_only("p"), Some(Subject::Path(following)));
    let show = |standing: &Standing| -> Vec<String> {
        let view = View { shelf: &shelf, standing };
        let mut lines = Vec::new();
        for gap in gaps(&career, &career.roles[0], &view) {
            let hours = gap.hours();
            lines.push(format!("{} {}->{} {hours}h", gap.area.id, gap.level, gap.target));
            for step in &gap.steps {
                let closer = |one: &Closer<'_>| {
                    let ready = if one.is_ready { "" } else { "!" };
                    format!(" {}{ready}={}h", one.node.reference(), one.hours)
                };
                let closers: String = step.closers.iter().map(closer).collect();
                let waits = if step.is_spoken_for { " spoken for" } else { "" };
                lines.push(format!("  {}:{closers}{waits}", step.statement));
            }
        }
        lines
    };
    assert_eq!(
        show(&standing),
        [
            "a 0->4 18h",
            "  a 1: p/t=2h",
            // Of a followed path first, though it is not ready.
            "  a 2: p/u!=6h q/v=2h",
            "  a 3: p/b=10h",
            "  a 4:",
            "b 0->1 2h",
            "  b 1: q/v=2h",
        ]
    );
    assess(&mut standing, &[("a", 2), ("b", 1)]);
    assert_eq!(show(&standing), ["a 2->4 10h", "  a 3: p/b=10h", "  a 4:"]);
    let done = super::super::fixture::standing("p/k=done p/l=done");
    assert_eq!(show(&done)[1], "  a 1: spoken for");
    assess(&mut standing, &[("a", 4)]);
    assert!(show(&standing).is_empty());
}

#[test]
fn a_level_is_suggested_for_what_is_finished_and_not_for_what_is_skipped_or_touched() {
    let area = area("a p/t:3>1 p/u:2>2 p/b:1>3");
    let shelf = sketch(PATHS);
    for (marks, expected) in [
        ("", None),
        ("p/k=done", None),
        ("p/k=done p/l=done", Some((1, "p/t"))),
        ("p/k=done p/l=done p/m=done", Some((2, "p/u"))),
        // Nothing speaks for the level below.
        ("p/m=done", None),
        // One of its goals was done, the other left out.
        ("p/k=done p/l=skipped", Some((1, "p/t"))),
        ("p/k=skipped p/l=skipped", None),
        // It only touches the area.
        ("p/b=done", None),
    ] {
        let standing = standing(marks);
        let view = View { shelf: &shelf, standing: &standing };
        let found = suggestion(&area, &view).map(|one| {
            (one.level, one.because.iter().map(|n| n.reference().to_string()).collect())
        });
        let expected = expected.map(|(level, by): (u8, &str)| (level, vec![by.to_owned()]));
        assert_eq!(found, expected, "{marks}");
    }
}

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
            let view = View { shelf: &Vec::<Roadmap>::new(), standing: &standing };
            let gaps = gaps(&career, &career.roles[0], &view).len();
            (fit(&career.roles[0], &standing).percent, gaps)
        };
        let (before, gaps) = of(&levels);
        prop_assert!((0.0..=100.0).contains(&before));
        prop_assert_eq!(before == 100.0, gaps == 0);
        let mut more = levels;
        more[raised] = HIGHEST as u8;
        prop_assert!(of(&more).0 >= before);
    }
}
