//! Roles over the shipped paths: the fits of three people, what finished paths speak for, and what
//! closes a gap.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::NaiveDate;
use milepost_core::internals::fit::{Voice, core, fit, suggestion};
use milepost_core::internals::gap::{Gap, gaps};
use milepost_core::internals::guidance::{Act, Guide, NextFilter};
use milepost_core::internals::learner::{Learner, progress_ref};
use milepost_core::internals::standing::{Assessment, Standing, SubjectState};
use milepost_core::progress::ItemState;
use milepost_core::{Catalog, Status};
use milepost_path::{Milestone, Node, NodeKind, Ref, Requirement, Roadmap, Stage, find};

fn catalog() -> Catalog {
    Catalog::new(milepost::builtin::BUILT_INS, Vec::new(), false, None)
}

/// Somebody who gave themselves these levels; the other areas are at the level of `rest`.
fn assessed(catalog: &Catalog, levels: &[(&str, u8)], rest: u8) -> Standing {
    let mut standing = Standing::default();
    for area in &catalog.career().unwrap().areas {
        let own = levels.iter().find(|(id, _)| *id == area.id).map_or(rest, |(_, level)| *level);
        let on = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let one = Assessment { on, level: own, note: None, evidence: Vec::new() };
        standing.put(&Ref::area(&area.id), Some(SubjectState::Area(vec![one])));
    }
    assert!(levels.iter().all(|(id, _)| catalog.career().unwrap().area(id).is_some()));
    standing
}

fn backend_engineer(catalog: &Catalog) -> Standing {
    let two = ["prompting", "retrieval", "monitoring", "security", "serving"].map(|id| (id, 2));
    assessed(catalog, &[&two[..], &[("foundations", 3)]].concat(), 1)
}

/// The fits, the nearest first, with the core areas within one level.
fn fits(catalog: &Catalog, standing: &Standing) -> Vec<String> {
    let career = catalog.career().unwrap();
    let of = |role| (role, fit(career, role, standing), core(career, role, standing));
    let mut fits: Vec<_> = career.roles.iter().map(of).collect();
    fits.sort_by(|a, b| b.1.percent.total_cmp(&a.1.percent));
    let line = |(role, fit, core): &(&milepost_path::Role, _, _)| {
        let fit: &milepost_core::fit::Fit = fit;
        let core: &milepost_core::fit::Core = core;
        format!("{} {} {}/{}", role.id, fit.percent, core.within_one, core.areas)
    };
    fits.iter().take(6).map(line).collect()
}

#[test]
fn the_roles_of_three_people_come_in_the_order_of_somebody_who_hires() {
    let catalog = catalog();
    assert_eq!(
        fits(&catalog, &backend_engineer(&catalog)),
        [
            "ai-developer 94.1 7/7",
            "ai-engineer 75 4/4",
            "data-scientist 67.5 1/2",
            "mlops-engineer 66.1 3/4",
            "prompt-engineer 66 1/2",
            "ai-security-engineer 63.6 0/2",
        ]
    );
    let levels = [("modeling", 2), ("experimentation", 3), ("foundations", 3), ("cost", 0)];
    let scientist = assessed(&catalog, &levels, 1);
    assert_eq!(
        fits(&catalog, &scientist),
        [
            "data-scientist 86.4 2/2",
            "ai-developer 67.6 7/7",
            "ml-engineer 53.7 2/6",
            "mlops-engineer 52.5 1/4",
            "ai-engineer 50 1/4",
            "data-engineer 48.3 1/4",
        ]
    );
    let levels = [
        ("monitoring", 3),
        ("security", 3),
        ("serving", 3),
        ("foundations", 3),
        ("mlops", 2),
        ("cost", 2),
        ("compliance", 2),
        ("retrieval", 0),
        ("modeling", 0),
        ("responsible-ai", 0),
    ];
    let operator = assessed(&catalog, &levels, 1);
    assert_eq!(
        fits(&catalog, &operator),
        [
            "mlops-engineer 81.3 4/4",
            "ml-platform-engineer 73.5 5/6",
            "ai-developer 70.5 6/7",
            "ai-security-engineer 70.4 2/2",
            "llmops-engineer 69.1 3/4",
            "ai-engineer 68.3 2/4",
        ]
    );
}

/// The levels that the record of somebody speaks for who finished some paths, by area.
fn spoken_for(catalog: &Catalog, paths: &[&str]) -> Vec<(String, u8)> {
    let mut standing = Standing::default();
    for path in paths {
        for item in Node::Path(catalog.roadmap(path).unwrap()).items() {
            let state = ItemState { status: Status::Done, ..ItemState::default() };
            standing.put(&progress_ref(catalog, &item), Some(SubjectState::Item(state)));
        }
    }
    let view = Learner { shelf: catalog, standing: &standing };
    let level = |area: &milepost_path::Area| {
        (area.id.clone(), suggestion(area, &view).map_or(0, |found| found.level))
    };
    catalog.career().unwrap().areas.iter().map(level).collect()
}

#[test]
fn a_finished_path_speaks_for_what_its_milestones_show() {
    let catalog = catalog();
    let of = |paths: &[&str], wanted: &[&str]| -> Vec<u8> {
        let all = spoken_for(&catalog, paths);
        let level = |id: &&str| all.iter().find(|(area, _)| area == id).unwrap().1;
        wanted.iter().map(level).collect()
    };
    let ai = ["foundations", "ai-integration"];
    assert_eq!(of(&ai, &["monitoring", "cost", "security"]), [2, 3, 3]);
    let ml = ["foundations", "ml-engineering"];
    assert_eq!(of(&ml, &["mlops", "serving", "monitoring"]), [3, 3, 3]);
    // Nobody is an expert by what ships.
    for paths in [&ai[..], &ml, &["ml-ai-curriculum"]] {
        assert!(spoken_for(&catalog, paths).iter().all(|(_, level)| *level <= 3), "{paths:?}");
    }
}

#[test]
fn up_to_level_three_the_paths_of_a_role_speak_for_all_that_it_needs() {
    let catalog = catalog();
    let career = catalog.career().unwrap();
    for role in &career.roles {
        for target in &role.targets {
            let area = career.area(&target.area).unwrap();
            for level in 1..=target.level.min(3) {
                let mut own = area
                    .raised_by
                    .iter()
                    .filter(|one| role.paths.iter().any(|path| path == one.by.path()));
                let speaks = own.any(|raise| {
                    Voice::new(raise, find(&catalog, &raise.by).as_ref()).is_for(level)
                });
                assert!(speaks, "{}: nothing in its paths speaks for {} {level}", role.id, area.id);
            }
        }
    }
}

fn gap<'g, 'a>(gaps: &'g [Gap<'a>], area: &str) -> &'g Gap<'a> {
    gaps.iter().find(|gap| gap.area.id == area).unwrap()
}

#[test]
fn a_gap_is_closed_by_what_is_built_with_the_hours_of_what_comes_before() {
    let catalog = catalog();
    let career = catalog.career().unwrap();
    let standing = backend_engineer(&catalog);
    let view = Learner { shelf: &catalog, standing: &standing };
    for role in &career.roles {
        for gap in gaps(career, role, &view) {
            for step in &gap.steps {
                let Some(best) = step.closers.first() else { continue };
                // Only where its own paths have nothing to build.
                let can_build = step.closers.iter().any(|one| {
                    one.is_proof && one.node.kind() == NodeKind::Milestone && one.is_of_role
                });
                let is_built = best.node.kind() == NodeKind::Milestone;
                assert!(is_built || !can_build, "{}: {}", role.id, gap.area.id);
            }
        }
    }
    let engineer = gaps(career, career.role("ai-engineer").unwrap(), &view);
    let retrieval = gap(&engineer, "retrieval");
    assert_eq!(retrieval.way, [Ref::from_text("ml-ai-curriculum/two-stage-search")]);
    let search = &retrieval.steps[0].closers[0];
    // Its own 16 hours are the least of it: an index benchmark and three topics come before.
    assert_eq!(search.hours, 16.0);
    assert!(search.before > 100.0 && retrieval.hours == search.hours + search.before);
    // They are those of a plan that goes for nothing else. A plan also has milestones that prove what
    // is studied anyway, and those are not counted.
    let end = Requirement { any_of: retrieval.way.clone() };
    let goal = Milestone { requires: vec![end], ..Milestone::default() };
    let stages = vec![Stage { milestones: vec![goal], ..Stage::default() }];
    let asking = Roadmap { stages, ..Roadmap::default() };
    let plan = Guide::new(&view, &[&asking], &NextFilter::default()).plan(false);
    let all: f64 = plan.iter().map(|step| step.hours).sum();
    let learning = plan.iter().filter(|step| !matches!(step.act, Act::Build(_)));
    let learned: f64 = learning.map(|step| step.hours).sum();
    let required =
        ["notebook-to-package", "defended-baseline", "index-benchmark", "two-stage-search"];
    let built = required.map(|id| {
        find(&catalog, &Ref::node("ml-ai-curriculum", id)).unwrap().items()[0].hours().unwrap()
    });
    assert!((learned + built.iter().sum::<f64>() - retrieval.hours).abs() < 1e-6);
    assert!(all >= retrieval.hours);
    // Who has the prerequisites has less before it.
    let mut standing = standing.clone();
    let stage = find(&catalog, &Ref::from_text("ml-ai-curriculum/prerequisites")).unwrap();
    for item in stage.items() {
        let state = ItemState { status: Status::Done, known: true, ..ItemState::default() };
        standing.put(&progress_ref(&catalog, &item), Some(SubjectState::Item(state)));
    }
    let view = Learner { shelf: &catalog, standing: &standing };
    let after = gaps(career, career.role("ai-engineer").unwrap(), &view);
    let less = gap(&after, "retrieval").hours;
    assert!(less > 30.0 && less < retrieval.hours - 100.0, "{less} of {}", retrieval.hours);
}
