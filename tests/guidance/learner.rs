//! Somebody who follows milepost: what is next at each moment, and what they make of it.

use chrono::{Days, NaiveDate};
use milepost_core::guidance::Reason;
use milepost_core::internals::event::EventKind;
use milepost_core::internals::guidance::{
    Act, Advice, Goal, Guide, Lesson, NextFilter, Nothing, Step,
};
use milepost_core::internals::learner::{Learner, progress_ref};
use milepost_core::internals::standing::{Standing, SubjectState};
use milepost_core::progress::ItemState;
use milepost_core::{Catalog, Status};
use milepost_path::{Item, Ref, Roadmap, Shelf, find};

/// Learners who can program in Python, and have git, SQL and the tools.
pub const PROGRAMMER: &[&str] = &["foundations/programming", "foundations/development-tools"];
pub const FOUNDATIONS: &[&str] = &["foundations"];
/// A backend engineer of some years.
pub const SENIOR: &[&str] = &[
    "foundations",
    "ai-integration/api-development",
    "ai-integration/cloud-platforms",
    "ai-integration/system-design",
];

/// The paths that are followed for one: those that it requires come with it.
pub const AI: &[&str] = &["foundations", "ai-integration"];
pub const ML: &[&str] = &["foundations", "ml-engineering"];
pub const CURRICULUM: &[&str] = &["ml-ai-curriculum"];

/// More steps than any path has.
const ENDLESS: usize = 1_000;

pub fn catalog() -> Catalog {
    Catalog::new(milepost::builtin::BUILT_INS, Vec::new(), false, None)
}

pub struct Walker<'c> {
    pub shelf: &'c dyn Shelf,
    catalog: &'c Catalog,
    pub paths: Vec<&'c Roadmap>,
    filter: NextFilter<'c>,
    standing: Standing,
    day: NaiveDate,
}

/// What one did in a sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    Study,
    Prove,
    Build,
}

/// A sitting: one thing that was studied or built, or skills that were proven.
#[derive(Debug, Clone)]
pub struct Turn {
    pub did: Did,
    pub items: Vec<Ref>,
    /// Why, as `next` has it; of skills none.
    pub why: Vec<Reason>,
}

/// How a walk by what is next ended.
#[derive(Debug, PartialEq)]
pub enum End {
    Nothing(Nothing),
    /// Nothing is left but the rest of a required path.
    Rest,
}

impl<'c> Walker<'c> {
    pub fn new(catalog: &'c Catalog, paths: &[&str]) -> Self {
        Self::on(catalog, catalog, paths)
    }

    /// A learner of paths that do not ship.
    pub fn on(catalog: &'c Catalog, shelf: &'c dyn Shelf, paths: &[&str]) -> Self {
        let paths = paths.iter().map(|id| shelf.roadmap(id).unwrap()).collect();
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let filter = NextFilter { today: day, ..NextFilter::default() };
        let standing = Standing::default();
        Self { shelf, catalog, paths, filter, standing, day }
    }

    pub fn free(mut self) -> Self {
        self.filter.free = true;
        self
    }

    pub fn role(mut self, id: &str) -> Self {
        self.aim_at(id);
        self
    }

    pub fn aim_at(&mut self, id: &str) {
        let career = self.catalog.career().unwrap();
        self.filter.goal = Some(Goal { career, role: career.role(id).unwrap() });
        self.filter.role = Some(id.to_owned());
    }

    /// Assesses a skill area.
    pub fn assess(&mut self, area: &str, level: u8) {
        let assessment = milepost_core::internals::standing::Assessment {
            on: self.day,
            level,
            note: None,
            evidence: Vec::new(),
        };
        self.standing.put(&Ref::area(area), Some(SubjectState::Area(vec![assessment])));
    }

    /// Credits the skills and milestones of nodes, as `done --known` does.
    pub fn knows(mut self, references: &[&str]) -> Self {
        for reference in references {
            let node = find(self.shelf, &Ref::from_text(reference)).unwrap();
            for item in node.items() {
                if item.resource().is_none() && !item.tracked().optional {
                    self.put(&item, Status::Done, true);
                }
            }
        }
        self
    }

    pub fn mark(&mut self, reference: &str, status: Status) {
        self.put(&self.item(&Ref::from_text(reference)), status, false);
    }

    pub fn with(mut self, references: &[&str], status: Status) -> Self {
        for reference in references {
            self.mark(reference, status);
        }
        self
    }

    pub fn item(&self, reference: &Ref) -> Item<'c> {
        let node = find(self.shelf, reference).unwrap_or_else(|| panic!("no {reference}"));
        node.items()[0]
    }

    pub fn today(&self) -> NaiveDate {
        self.filter.today
    }

    pub fn wait_until(&mut self, day: NaiveDate) {
        self.filter.today = day;
    }

    /// Puts a topic or an item off until a day.
    pub fn snooze(&mut self, reference: &str, until: NaiveDate) {
        let subject = Ref::from_text(reference);
        let fact = EventKind::Snoozed(Some(until));
        let state = SubjectState::after(self.standing.subject(&subject), self.filter.today, &fact);
        self.standing.put(&subject, state);
    }

    /// Where the progress of an item is kept: what is the same has one place.
    pub fn kept(&self, item: &Item<'_>) -> Ref {
        progress_ref(self.shelf, item)
    }

    fn put(&mut self, item: &Item<'_>, status: Status, known: bool) {
        let since = Some(self.day);
        let state = ItemState { status, since, known, ..ItemState::default() };
        self.standing.put(&progress_ref(self.shelf, item), Some(SubjectState::Item(state)));
    }

    /// Makes items done, a day after whatever was done before.
    pub fn finish(&mut self, items: &[Ref]) {
        self.day = self.day + Days::new(1);
        for reference in items {
            self.put(&self.item(reference), Status::Done, false);
        }
    }

    /// The skills that a resource that was done leaves studied.
    pub fn studied_with(&self, resource: &Ref) -> Vec<Ref> {
        let view = self.view();
        let lesson = Lesson::of(&view, &self.item(resource), self.filter.today).unwrap();
        lesson.studied().iter().map(Item::reference).collect()
    }

    pub fn view(&self) -> Learner<'_> {
        Learner { shelf: self.shelf, standing: &self.standing }
    }

    pub fn guide(&self) -> Guide<'_> {
        Guide::new(&self.view(), &self.paths, &self.filter)
    }

    pub fn plan(&self) -> Vec<Step<'_>> {
        self.guide().plan(false)
    }

    /// The plan as ids, with a question mark behind skills to prove.
    pub fn plan_ids(&self) -> Vec<String> {
        let word = |step: &Step<'_>| {
            let ids: Vec<&str> = step.act.items().iter().map(Item::id).collect();
            match step.act {
                Act::Prove(..) => format!("{}?", ids.join("+")),
                Act::Study(_) | Act::Build(_) => ids.join("+"),
            }
        };
        self.plan().iter().map(word).collect()
    }

    /// The ids of what is next.
    pub fn next_ids(&self, most: usize) -> Vec<String> {
        let guide = self.guide();
        let next = guide.next(most, false).unwrap_or_default();
        next.iter().map(|one| one.item.id().to_owned()).collect()
    }

    /// The ids of the skills that are asked for.
    pub fn asked(&self) -> Vec<String> {
        self.guide().to_prove().iter().map(|one| one.item.id().to_owned()).collect()
    }

    /// What is next: skills to prove, else the first step.
    pub fn turn(&self) -> Result<Turn, End> {
        let guide = self.guide();
        let proofs = guide.to_prove();
        if !proofs.is_empty() {
            return Ok(Turn {
                did: Did::Prove,
                items: proofs.iter().map(|one| one.item.reference()).collect(),
                why: Vec::new(),
            });
        }
        work(&guide)
    }

    /// Does what is next to the end, answering each question when it is asked. `look` sees each
    /// state before its turn.
    pub fn follow(&mut self, mut look: impl FnMut(&Self, &Turn)) -> (Vec<Turn>, End) {
        let mut turns = Vec::new();
        while turns.len() < ENDLESS {
            let turn = match self.turn() {
                Ok(turn) => turn,
                Err(end) => return (turns, end),
            };
            look(self, &turn);
            self.finish(&turn.items);
            turns.push(turn);
        }
        panic!("no end: {:?}", turns.last());
    }

    /// Does what is next and answers no question.
    pub fn follow_silently(&mut self) -> (Vec<Turn>, End) {
        let mut turns = Vec::new();
        while turns.len() < ENDLESS {
            let turn = work(&self.guide());
            match turn {
                Ok(turn) => {
                    self.finish(&turn.items);
                    turns.push(turn);
                }
                Err(end) => return (turns, end),
            }
        }
        panic!("no end: {:?}", turns.last());
    }

    /// Does what is next until a thing is done.
    pub fn follow_to(&mut self, id: &str) {
        for _ in 0..ENDLESS {
            let turn = self.turn().unwrap();
            self.finish(&turn.items);
            if turn.items.iter().any(|item| item.id() == Some(id)) {
                return;
            }
        }
        panic!("{id} never comes");
    }
}

/// The first step of what is next.
fn work(guide: &Guide<'_>) -> Result<Turn, End> {
    let next = guide.next(1, false).map_err(End::Nothing)?;
    let first = next.into_iter().next().unwrap();
    if first.because.iter().any(|one| matches!(one, Reason::Rest(_))) {
        return Err(End::Rest);
    }
    let Advice { item, because, .. } = first;
    Ok(Turn {
        did: if item.milestone().is_some() { Did::Build } else { Did::Study },
        items: vec![item.reference()],
        why: because,
    })
}
