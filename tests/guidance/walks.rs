//! Whole walks, with what each must not exceed.

use std::collections::{BTreeMap, BTreeSet};

use milepost_core::internals::counting;
use milepost_core::internals::guidance::{Act, Nothing};
use milepost_core::{Catalog, Status};
use milepost_path::{Item, Node, Ref};

use super::learner::*;
use super::measure::{Hours, Measures, are_alternatives, measure};
use super::need::Stages;

/// What a walk must not exceed, in hours.
struct Limits {
    /// Before the first milestone of the path.
    first: Hours,
    /// Without building anything.
    run: f64,
}

const fn limits(studied: f64, planned: f64, run: f64) -> Limits {
    Limits { first: Hours { studied, planned }, run }
}

/// The hours of a plan against those of the goals that it reaches.
const MOST_PLANNED: f64 = 1.02;

fn path_of(learner: &Walker<'_>) -> String {
    learner.paths.last().unwrap().id.clone()
}

/// A work, or the proofs between two works.
#[derive(Debug, PartialEq)]
enum Part {
    Work(Ref),
    Proofs(BTreeSet<Ref>),
}

fn sequence<'i>(acts: impl Iterator<Item = (bool, Vec<Ref>)> + 'i) -> Vec<Part> {
    let mut all: Vec<Part> = Vec::new();
    for (is_proof, items) in acts {
        match (is_proof, all.last_mut()) {
            (true, Some(Part::Proofs(proofs))) => proofs.extend(items),
            (true, _) => all.push(Part::Proofs(items.into_iter().collect())),
            (false, _) => all.extend(items.into_iter().map(Part::Work)),
        }
    }
    all
}

/// Plans, and holds the plan to its limits.
fn plan(name: &str, learner: &Walker<'_>, limits: &Limits) {
    let measures = measure(&learner.plan(), &path_of(learner));
    println!("{}", row(name, &measures));
    hold(name, &measures, limits);
}

/// The same, and follows what is next to the end: that is the plan, too.
fn walk(name: &str, mut learner: Walker<'_>, limits: &Limits) {
    plan(name, &learner, limits);
    let path = path_of(&learner);
    let planned = sequence(learner.plan().iter().map(|step| {
        let items = step.act.items().iter().map(Item::reference);
        (matches!(step.act, Act::Prove(..)), items.collect())
    }));
    let mut late: Vec<String> = Vec::new();
    let mut asked: Vec<Ref> = Vec::new();
    let (turns, end) = learner.follow(|learner, turn| match turn.did {
        Did::Prove => asked.extend(turn.items.iter().cloned()),
        Did::Study => late.extend(passed_over(learner, &path, &turn.items[0])),
        Did::Build => {}
    });
    let walked = sequence(turns.iter().map(|turn| (turn.did == Did::Prove, turn.items.clone())));
    assert_eq!(walked, planned, "{name}");
    assert!(matches!(end, End::Rest | End::Nothing(Nothing::Finished)), "{name}: {end:?}");
    assert_eq!(late, [""; 0], "{name}");
    let once: BTreeSet<&Ref> = asked.iter().collect();
    assert_eq!(once.len(), asked.len(), "{name} is asked twice");
    let roadmap = learner.shelf.roadmap(&path).unwrap();
    let goals = counting::goals(&learner.view(), &Node::Path(roadmap));
    assert!(!goals.iter().any(|goal| learner.view().is_open(goal)), "{name} leaves something open");
}

/// Milestones of a path that could be built now and are needed no later than a resource.
fn passed_over(learner: &Walker<'_>, path: &str, resource: &Ref) -> Vec<String> {
    let view = learner.view();
    let roadmap = learner.shelf.roadmap(path).unwrap();
    let milestones = roadmap.items().filter(|item| item.milestone().is_some());
    let ready: Vec<Item<'_>> =
        milestones.filter(|one| view.is_open(one) && view.is_ready(&Node::Item(*one))).collect();
    if ready.is_empty() {
        return Vec::new();
    }
    let stages = Stages::new(learner, path);
    let item = learner.item(resource);
    let stage = stages.of_resource(learner, &item);
    let passed = ready.iter().filter(|one| stages.of_milestone(one) <= stage || stage.is_none());
    passed.map(|one| format!("{} before {}", item.id(), one.id())).collect()
}

fn hold(name: &str, measures: &Measures, limits: &Limits) {
    let first = measures.first.unwrap();
    let ratio = measures.total.planned / measures.needed;
    assert!(ratio <= MOST_PLANNED, "{name}: {ratio} times what is needed");
    assert!(measures.total.studied >= 0.7 * measures.needed, "{name}: too little is studied");
    assert!(first.studied <= limits.first.studied, "{name}: first milestone after {first:?}");
    assert!(first.planned <= limits.first.planned, "{name}: first milestone after {first:?}");
    let (run, end) = &measures.longest;
    assert!(*run <= limits.run, "{name}: {run} h without building anything, up to {end}");
    assert_eq!(measures.again, [""; 0], "{name}: taken up again");
    assert_eq!(measures.after_another, [""; 0], "{name}: studied after an alternative");
    if name.contains("free") {
        assert_eq!(measures.paid, [""; 0], "{name}: paid");
    }
}

fn row(name: &str, measures: &Measures) -> String {
    let first = measures.first.unwrap_or_default();
    let (run, end) = &measures.longest;
    format!(
        "{name:34} {:>6.0} {:>7.0} {:>7.0} {:>5.2} {:>6.0} /{:>4.0} {run:>5.0} {end}",
        measures.needed,
        measures.total.planned,
        measures.total.studied,
        measures.total.planned / measures.needed,
        first.studied,
        first.planned,
    )
}

fn head() {
    println!(
        "{:34} {:>6} {:>7} {:>7} {:>5} {:>12} {:>5}",
        "walk", "needed", "planned", "studied", "ratio", "first built", "run"
    );
}

/// Plans all, and walks those whose names are given.
fn walk_all<'c>(
    walked: &[&str],
    all: impl IntoIterator<Item = (&'static str, Walker<'c>, Limits)>,
) {
    head();
    for (name, learner, limits) in all {
        if walked.contains(&name) {
            walk(name, learner, &limits);
        } else {
            plan(name, &learner, &limits);
        }
    }
}

#[test]
fn ai_integration_is_walked_in_the_hours_that_it_plans() {
    let catalog = catalog();
    let new = || Walker::new(&catalog, AI);
    let programmer = || new().knows(PROGRAMMER);
    let role = "ai-engineer";
    walk_all(
        &["AI, nothing known", "AI, programming and tools, role", "AI, senior, role"],
        [
            ("AI, nothing known", new(), limits(195.0, 235.0, 120.0)),
            ("AI, nothing known, free", new().free(), limits(195.0, 235.0, 120.0)),
            ("AI, nothing known, role", new().role(role), limits(215.0, 270.0, 140.0)),
            ("AI, programming and tools", programmer(), limits(60.0, 100.0, 100.0)),
            ("AI, programming and tools, free", programmer().free(), limits(60.0, 100.0, 100.0)),
            (
                "AI, programming and tools, role",
                programmer().role(role),
                limits(75.0, 130.0, 130.0),
            ),
            ("AI, foundations", new().knows(FOUNDATIONS), limits(60.0, 100.0, 100.0)),
            ("AI, senior", new().knows(SENIOR), limits(0.0, 0.0, 95.0)),
            ("AI, senior, role", new().knows(SENIOR).role(role), limits(0.0, 0.0, 95.0)),
        ],
    );
}

#[test]
fn ml_engineering_is_walked_in_the_hours_that_it_plans() {
    let catalog = catalog();
    let new = || Walker::new(&catalog, ML);
    let programmer = || new().knows(PROGRAMMER);
    let founded = || new().knows(FOUNDATIONS);
    walk_all(
        &["ML, nothing known", "ML, foundations, free", "ML, foundations, role"],
        [
            ("ML, nothing known", new(), limits(305.0, 305.0, 180.0)),
            ("ML, nothing known, free", new().free(), limits(300.0, 305.0, 180.0)),
            ("ML, programming and tools", programmer(), limits(180.0, 180.0, 180.0)),
            ("ML, programming and tools, free", programmer().free(), limits(180.0, 180.0, 180.0)),
            ("ML, foundations", founded(), limits(80.0, 80.0, 120.0)),
            ("ML, foundations, free", founded().free(), limits(80.0, 80.0, 120.0)),
            ("ML, foundations, role", founded().role("ml-engineer"), limits(80.0, 80.0, 120.0)),
        ],
    );
}

#[test]
fn the_curriculum_is_walked_in_the_hours_that_it_plans() {
    let catalog = catalog();
    let new = || Walker::new(&catalog, CURRICULUM);
    walk_all(
        &["curriculum, nothing known"],
        [
            ("curriculum, nothing known", new(), limits(105.0, 105.0, 110.0)),
            ("curriculum, nothing known, free", new().free(), limits(105.0, 105.0, 110.0)),
            (
                "curriculum, nothing known, role",
                new().role("ai-engineer"),
                limits(70.0, 70.0, 80.0),
            ),
        ],
    );
}

/// With a role, the curriculum leads to what the role is about.
#[test]
fn a_role_brings_its_milestones_of_the_curriculum_forward() {
    let catalog = catalog();
    let learner = Walker::new(&catalog, CURRICULUM).role("ai-engineer");
    let before = measure(&learner.plan(), CURRICULUM[0]).before;
    for (id, most) in [("prompt-suite", 90.0), ("limited-agent", 165.0), ("tune-and-serve", 160.0)]
    {
        assert!(before[id].planned <= most, "{id} after {:?}", before[id]);
    }
}

/// Marks with each resource just the skills that it leaves studied, as `done --with-skills` does.
fn follow_honestly(learner: &mut Walker<'_>) -> (Hours, Option<f64>, f64) {
    let path = path_of(learner);
    let (mut spent, mut first, mut run, mut longest) = (Hours::default(), None, 0.0_f64, 0.0_f64);
    while let Ok(turn) = learner.turn() {
        for item in turn.items.iter().map(|one| learner.item(one)) {
            let hours = item.hours().unwrap_or(0.0);
            match turn.did {
                // A skill that nothing left teaches is said to be so.
                Did::Prove => continue,
                Did::Study => run += hours,
                Did::Build => {
                    if item.roadmap.id == path {
                        first = first.or(Some(spent.studied));
                    }
                    run = 0.0;
                }
            }
            spent.studied += hours;
            longest = longest.max(run);
        }
        learner.finish(&turn.items);
        if turn.did == Did::Study {
            let studied = learner.studied_with(&turn.items[0]);
            learner.finish(&studied);
        }
    }
    (spent, first, longest)
}

/// A learner who marks, with each resource, what it leaves studied is the fastest, and studies no less.
#[test]
fn whoever_marks_what_was_studied_with_each_resource_arrives_in_the_hours_of_study() {
    let catalog = catalog();
    let walks = [
        ("AI, programming and tools", Walker::new(&catalog, AI).knows(PROGRAMMER), 60.0, 100.0),
        ("AI, nothing known", Walker::new(&catalog, AI), 195.0, 120.0),
        ("ML, foundations", Walker::new(&catalog, ML).knows(FOUNDATIONS), 80.0, 120.0),
        ("curriculum, nothing known", Walker::new(&catalog, CURRICULUM), 105.0, 110.0),
    ];
    for (name, mut learner, most, run) in walks {
        let planned = measure(&learner.plan(), &path_of(&learner)).total.studied;
        let (spent, first, longest) = follow_honestly(&mut learner);
        let first = first.unwrap();
        println!(
            "{name}: {:.0} h, the first built after {first:.0} h, run {longest:.0}",
            spent.studied
        );
        assert!((spent.studied - planned).abs() < 1e-6, "{name}: {} of {planned}", spent.studied);
        assert!(first <= most, "{name}: first milestone after {first} h");
        assert!(longest <= run, "{name}: {longest} h without building anything");
    }
}

#[test]
fn two_paths_side_by_side_tear_no_topic_apart() {
    let catalog = catalog();
    let learner = Walker::new(&catalog, &["foundations", "ai-integration", "ml-engineering"]);
    let learner = learner.knows(FOUNDATIONS);
    let measures = measure(&learner.plan(), "ai-integration");
    head();
    println!("{}", row("AI and ML, foundations", &measures));
    hold("AI and ML, foundations", &measures, &limits(60.0, 100.0, 125.0));
}

/// The same numbers for the same seed, on every machine.
struct Numbers(u64);

impl Numbers {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn is_one_of_three(&mut self) -> bool {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.is_multiple_of(3)
    }
}

fn starts(catalog: &Catalog) -> [(&'static str, Walker<'_>); 5] {
    [
        ("AI, nothing known", Walker::new(catalog, AI)),
        ("AI, programming and tools, free", Walker::new(catalog, AI).knows(PROGRAMMER).free()),
        ("ML, nothing known, free", Walker::new(catalog, ML).free()),
        ("ML, foundations", Walker::new(catalog, ML).knows(FOUNDATIONS)),
        ("curriculum, role", Walker::new(catalog, CURRICULUM).role("ai-engineer")),
    ]
}

#[test]
fn whoever_skips_a_third_of_the_resources_still_arrives_and_studies_nothing_twice() {
    let catalog = catalog();
    for seed in 0..40 {
        let (start, mut learner) = starts(&catalog).into_iter().nth(seed as usize % 5).unwrap();
        let name = format!("{start}, skips by {seed}");
        let mut numbers = Numbers::new(seed);
        for roadmap in learner.paths.clone() {
            for item in roadmap.items().filter(|item| item.resource().is_some()) {
                if numbers.is_one_of_three() {
                    learner.mark(item.reference().as_str(), Status::Skipped);
                }
            }
        }
        let path = path_of(&learner);
        let plan = learner.plan();
        holds_for_a_skipper(&name, &measure(&plan, &path), start.contains("free"));
        let reached: BTreeSet<Ref> =
            plan.iter().flat_map(|step| step.act.items()).map(Item::reference).collect();
        let roadmap = learner.shelf.roadmap(&path).unwrap();
        for goal in counting::goals(&learner.view(), &Node::Path(roadmap)) {
            let is_reached = reached.contains(&goal.reference()) || !learner.view().is_open(&goal);
            assert!(is_reached, "{name}: {} is never reached", goal.reference());
        }
    }
}

fn holds_for_a_skipper(name: &str, measures: &Measures, is_free: bool) {
    assert_eq!(measures.again, [""; 0], "{name}: taken up again");
    assert_eq!(measures.after_another, [""; 0], "{name}: studied after an alternative");
    if is_free {
        assert_eq!(measures.paid, [""; 0], "{name}: paid");
    }
}

#[test]
fn whoever_skips_every_third_recommendation_arrives_too() {
    let catalog = catalog();
    for (seed, (start, mut learner)) in starts(&catalog).into_iter().enumerate() {
        let path = path_of(&learner);
        let mut numbers = Numbers::new(seed as u64 + 100);
        let mut studied: Vec<Ref> = Vec::new();
        while let Ok(turn) = learner.turn() {
            if turn.did == Did::Study && numbers.is_one_of_three() {
                learner.mark(turn.items[0].as_str(), Status::Skipped);
                continue;
            }
            if turn.did == Did::Study {
                studied.extend(turn.items.iter().cloned());
            }
            learner.finish(&turn.items);
        }
        let items: Vec<Item<'_>> = studied.iter().map(|one| learner.item(one)).collect();
        for (at, one) in items.iter().enumerate() {
            let earlier = &items[..at];
            let twice = earlier.iter().find(|other| are_alternatives(one, other));
            assert!(twice.is_none(), "{start}: {} after {}", one.id(), twice.unwrap().id());
        }
        let roadmap = learner.shelf.roadmap(&path).unwrap();
        assert!(learner.view().is_finished(&Node::Path(roadmap)), "{start} does not arrive");
    }
}

#[test]
fn whoever_never_proves_anything_comes_to_where_nothing_is_left_but_to_prove() {
    let catalog = catalog();
    for (start, mut learner) in starts(&catalog) {
        let (turns, end) = learner.follow_silently();
        let asked = learner.asked().len();
        println!("{start}: nothing left but to prove after {} steps, {asked} asked", turns.len());
        assert_eq!(end, End::Nothing(Nothing::Prove), "{start}");
        assert!(asked > 3, "{start}: {asked}");
        // The answers open the way again.
        let answers = learner.turn().unwrap();
        learner.finish(&answers.items);
        assert!(matches!(learner.turn(), Ok(turn) if turn.did != Did::Prove), "{start}");
    }
}

/// The time of an evening, in minutes.
const EVENING: f64 = 45.0;

#[test]
fn a_hundred_evenings_of_45_minutes_each_have_something_to_study_or_build() {
    let catalog = catalog();
    for (start, mut learner) in starts(&catalog) {
        let mut spent: BTreeMap<Ref, f64> = BTreeMap::new();
        let (mut answered, mut things) = (0, BTreeSet::new());
        for _ in 0..100 {
            let mut left = EVENING;
            while left > 0.0 {
                let Ok(turn) = learner.turn() else { break };
                if turn.did == Did::Prove {
                    learner.finish(&turn.items);
                    continue;
                }
                let item = &turn.items[0];
                let minutes = learner.item(item).hours().unwrap() * 60.0;
                let known = spent.entry(item.clone()).or_default();
                let part = left.min(minutes - *known);
                *known += part;
                left -= part;
                things.insert(item.clone());
                if *known >= minutes {
                    learner.finish(&turn.items);
                }
            }
            answered += usize::from(left == 0.0);
        }
        println!("{start}: {answered} of 100 evenings are full, of {} things", things.len());
        assert!(answered >= 95, "{start}: {answered} of 100 evenings");
    }
}
