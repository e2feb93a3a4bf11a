//! Learners who follow milepost through the shipped paths, from the first evening to the last.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use chrono::{Days, NaiveDate};
use milepost::catalog::Catalog;
use milepost::model::guidance::{Act, Goal, Guide, Wish};
use milepost::model::roadmap::{Item, Node, Ref, Roadmap, What, find};
use milepost::model::standing::{ItemState, Standing, Status, Subject};
use milepost::model::view::{View, kept};

struct Learner<'c> {
    catalog: &'c Catalog,
    paths: Vec<&'c Roadmap>,
    wish: Wish<'c>,
    standing: Standing,
    day: NaiveDate,
}

fn catalog() -> Catalog {
    Catalog::new(Vec::new(), false, None)
}

impl<'c> Learner<'c> {
    fn new(catalog: &'c Catalog, paths: &[&str]) -> Self {
        let paths = paths.iter().map(|id| catalog.roadmap(id).unwrap()).collect();
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        Self { catalog, paths, wish: Wish::default(), standing: Standing::default(), day }
    }

    fn free(mut self) -> Self {
        self.wish.free = true;
        self
    }

    fn role(mut self, id: &str) -> Self {
        let career = self.catalog.career().unwrap();
        self.wish.goal = Some(Goal { career, role: career.role(id).unwrap() });
        self
    }

    fn knows(mut self, references: &[&str]) -> Self {
        for reference in references {
            let node = find(self.catalog, &Ref::from_text(reference)).unwrap();
            for item in node.items() {
                if item.resource().is_none() && !item.tracked().optional {
                    self.put(&item, Status::Done, true);
                }
            }
        }
        self
    }

    fn put(&mut self, item: &Item<'_>, status: Status, known: bool) {
        let state = ItemState { status, since: Some(self.day), known, ..ItemState::default() };
        self.standing.put(&kept(self.catalog, item), Some(Subject::Item(state)));
    }

    fn guide(&self) -> Guide<'_> {
        let view = View { shelf: self.catalog, standing: &self.standing };
        Guide::new(&view, &self.paths, &self.wish)
    }

    /// Follows what is next to the end, as lines.
    fn transcript(&mut self, most: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let (mut studied, mut planned) = (0.0, 0.0);
        let steps = self.guide().plan(false);
        for step in steps.iter().take(most) {
            planned += step.hours;
            let line = match &step.act {
                Act::Study(item) => {
                    let part = item.resource().unwrap().part.as_deref();
                    let part = part.map_or(String::new(), |part| format!(" [{part}]"));
                    studied += step.hours;
                    format!("{} {}{part}", item.id(), step.hours)
                }
                Act::Prove(_, skills) => {
                    let ids: Vec<&str> = skills.iter().map(Item::id).collect();
                    let spare = if step.hours > 0.0 {
                        format!(" (spare {:.1})", step.hours)
                    } else {
                        String::new()
                    };
                    format!("? {}{spare}", ids.join(", "))
                }
                Act::Build(item) => {
                    let line = format!(
                        "BUILD {} {} <{studied:.1} / {:.1}>",
                        item.id(),
                        step.hours,
                        planned - step.hours
                    );
                    studied += step.hours;
                    line
                }
            };
            lines.push(line);
        }
        lines.push(format!("studied {studied:.1} planned {planned:.1} steps {}", steps.len()));
        lines
    }
}

#[test]
fn print() {
    let catalog = catalog();
    let tools = ["foundations/programming", "foundations/development-tools"];
    let senior = [
        "foundations/programming",
        "foundations/development-tools",
        "ai-integration/api-development",
        "ai-integration/cloud-platforms",
        "foundations/mathematics",
    ];
    let mut all = vec![
        ("A", Learner::new(&catalog, &["foundations", "ai-integration"]).knows(&tools)),
        ("B", Learner::new(&catalog, &["foundations", "ai-integration"]).free()),
        (
            "C",
            Learner::new(&catalog, &["foundations", "ai-integration"])
                .knows(&senior)
                .role("ai-engineer"),
        ),
        (
            "D",
            Learner::new(&catalog, &["foundations", "ml-engineering"])
                .knows(&["foundations"])
                .free(),
        ),
        ("E", Learner::new(&catalog, &["foundations", "ml-engineering"]).knows(&tools)),
        ("F", Learner::new(&catalog, &["ml-ai-curriculum"]).role("ai-engineer")),
    ];
    for (name, learner) in &mut all {
        println!("== {name}");
        for (at, line) in learner.transcript(usize::MAX).iter().enumerate() {
            println!("{} {line}", at + 1);
        }
    }
}
