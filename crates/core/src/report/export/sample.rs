//! Two small paths and a record, for the tests of all formats; their titles and notes hold what
//! formats have to escape.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "it is for tests"
)]

use std::sync::LazyLock;

use chrono::NaiveDate;
use milepost_path::{
    Cost, Criterion, Heading, ItemInfo, Link, Milestone, Ref, Requirement, Resource, ResourceKind,
    Roadmap, Skill, Stage, Topic,
};

use crate::model::event::{Goals, Grade};
use crate::model::former::Former;
use crate::model::learner::Learner;
use crate::model::standing::{Answer, Dated, Following, ItemState, Standing, Status, SubjectState};
use crate::report::export::{Document, document, retired};

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn tracked(id: &str, title: &str) -> ItemInfo {
    ItemInfo { id: id.to_owned(), title: title.to_owned(), ..ItemInfo::default() }
}

fn skill(id: &str, title: &str) -> Skill {
    Skill { tracked: tracked(id, title), ..Skill::default() }
}

fn resource(id: &str, title: &str, by: Option<&str>, url: Option<&str>) -> Resource {
    Resource {
        tracked: tracked(id, title),
        by: by.map(str::to_owned),
        url: url.map(str::to_owned),
        kind: ResourceKind::Book,
        cost: Some(Cost::Free),
        hours: Some(4.0),
        ..Resource::default()
    }
}

fn topic(id: &str, title: &str, skills: Vec<Skill>, resources: Vec<Resource>) -> Topic {
    Topic {
        id: id.to_owned(),
        title: title.to_owned(),
        hours: Some(10.0),
        skills,
        resources,
        ..Topic::default()
    }
}

fn any_of(references: &[&str]) -> Requirement {
    Requirement { any_of: references.iter().map(|one| Ref::from_text(one)).collect() }
}

fn milestone(id: &str, title: &str, heading: Option<&str>, requires: &[&[&str]]) -> Milestone {
    Milestone {
        tracked: tracked(id, title),
        hours: Some(8.0),
        requires: requires.iter().map(|one| any_of(one)).collect(),
        portfolio: heading.map(str::to_owned),
        ..Milestone::default()
    }
}

fn stage(id: &str, title: &str, topics: Vec<Topic>, milestones: Vec<Milestone>) -> Stage {
    Stage { id: id.to_owned(), title: title.to_owned(), topics, milestones, ..Stage::default() }
}

/// A path that another one refers to.
pub fn base() -> Roadmap {
    let skills = vec![skill("sql", "SQL"), skill("git", "Git")];
    Roadmap {
        id: "base".to_owned(),
        title: "Basics".to_owned(),
        stages: vec![stage(
            "start",
            "Start",
            vec![topic("tools", "Tools", skills, Vec::new())],
            Vec::new(),
        )],
        ..Roadmap::default()
    }
    .indexed()
}

/// The path of the portfolio.
pub fn web() -> Roadmap {
    let mut fastapi = skill("fastapi", "FastAPI");
    fastapi.tracked.replaces = vec!["fast-api".to_owned()];
    let mut sql = skill("sql", "SQL | NoSQL");
    sql.tracked.same_as = Some(Ref::from_text("base/sql"));
    let mut graphql = skill("graphql", "GraphQL");
    graphql.tracked.optional = true;
    let api = topic(
        "api",
        "APIs in *Python*",
        vec![fastapi, skill("rest", "REST_principles"), sql, graphql],
        vec![
            resource(
                "book",
                "Web APIs [2nd ed.]",
                Some("R&D <Press>"),
                Some("https://example.org/a_(b)"),
            ),
            resource("other-book", "Never read", None, None),
        ],
    );
    let deploy = topic(
        "deploy",
        "Deployment",
        vec![skill("docker", "Docker"), skill("cloud", "1. Cloud")],
        vec![resource("talk", "# A talk", None, None)],
    );
    let queues = topic("queues-topic", "Queues", vec![skill("queues", "Queues")], Vec::new());
    let mut first = milestone("first-api", "First API: <b>bold</b>", Some("apis"), &[&["web/api"]]);
    first.criteria = ["It answers in `200 ms` | or less.", "Eight tests pass."]
        .map(|one| one.to_owned().into())
        .to_vec();
    let mut function =
        milestone("function", "A function", Some("apis"), &[&["web/queues", "web/api"]]);
    function.criteria = vec!["It scales to zero.".to_owned().into()];
    Roadmap {
        id: "web".to_owned(),
        title: "Web services".to_owned(),
        portfolio: vec![
            Heading { id: "search".to_owned(), title: "Search".to_owned() },
            Heading { id: "apis".to_owned(), title: "API integrations".to_owned() },
        ],
        stages: vec![
            stage(
                "foundation",
                "Foundation",
                vec![api, deploy],
                vec![
                    milestone("left-out", "Left out", Some("apis"), &[]),
                    function,
                    first,
                    milestone("certificate", "A certificate", None, &[]),
                ],
            ),
            stage(
                "scale",
                "Scale",
                vec![queues],
                vec![milestone("scaled", "Scaled", Some("apis"), &[&["web/queues", "web/deploy"]])],
            ),
        ],
        ..Roadmap::default()
    }
    .indexed()
}

fn said(texts: &[&str]) -> Vec<Dated> {
    let said = |text: &&str| Dated { on: day(2026, 3, 1), text: (*text).to_owned() };
    texts.iter().map(said).collect()
}

/// A record of both paths, and of an item that is in none any more.
pub fn recorded() -> Standing {
    let mut standing = Standing::default();
    let following = Following { since: day(2026, 1, 5), goals: Goals::default() };
    standing.put(&Ref::path_only("web"), Some(SubjectState::Path(following)));
    let answer = |on, grade| Answer { on, grade };
    let answers = vec![answer(day(2026, 2, 1), Grade::Again), answer(day(2026, 2, 2), Grade::Easy)];
    standing.put(&Ref::question("web", "gone"), Some(SubjectState::Question(answers)));
    let mut put = |reference: &str, state: ItemState| {
        standing.put(&Ref::from_text(reference), Some(SubjectState::Item(state)));
    };
    let state = |status, month, day_of_month| ItemState {
        status,
        since: Some(day(2026, month, day_of_month)),
        ..ItemState::default()
    };
    put("web/fast-api", state(Status::Done, 1, 20));
    put("web/rest", state(Status::Done, 1, 21));
    put(
        "base/sql",
        ItemState {
            known: true,
            evidence: said(&["https://www.example.com/certificates/1?lang=en#top"]),
            ..state(Status::Done, 1, 22)
        },
    );
    put("base/git", state(Status::Done, 1, 22));
    put("web/docker", state(Status::Doing, 2, 1));
    put("web/book", state(Status::Done, 2, 3));
    put("web/talk", state(Status::Done, 2, 4));
    put("web/left-out", state(Status::Skipped, 2, 5));
    put(
        "web/first-api",
        ItemState {
            begun: Some(day(2026, 2, 10)),
            notes: said(&["private: the deadline\nwas <tight>"]),
            evidence: said(&["https://github.com/ada/api", "docs/`odd` name.md"]),
            ..state(Status::Done, 3, 1)
        },
    );
    put("web/function", ItemState { begun: Some(day(2026, 3, 2)), ..state(Status::Doing, 3, 2) });
    put("web/old-thing", state(Status::Done, 1, 10));
    put("web/api", ItemState { notes: said(&["on the whole topic"]), ..ItemState::default() });
    standing
}

/// The portfolio of the one path.
pub fn sample() -> Document {
    // Properties ask for it hundreds of times.
    static SAMPLE: LazyLock<Document> = LazyLock::new(|| sample_of(&vec![base(), web()], 1));
    SAMPLE.clone()
}

/// The same portfolio, whose path says all that a path can say of what is done.
pub fn told() -> Document {
    let mut document = sample();
    let path = &mut document.paths[0];
    path.author = Some("A *Mentor*".to_owned());
    path.license = Some("CC BY 4.0".to_owned());
    path.summary = Some("Tick what you know.".to_owned());
    for item in path.stages.iter_mut().flat_map(|stage| &mut stage.items) {
        let text = |text: &str| Some(text.to_owned());
        match item.id.as_str() {
            "fastapi" => item.can = text("I can write `async` <services>."),
            "cloud" => item.can = text("I can pay for it."),
            "rest" | "talk" => item.retired = true,
            "certificate" => item.retired = true,
            "book" => item.part = text("chapters 3 to 7"),
            "first-api" => {
                item.about = text("What the\nteam <asked> for.");
                let url = "https://example.org/slides".to_owned();
                item.links = vec![Link { title: "The [slides]".to_owned(), url }];
                item.pass = Some(3);
                let points =
                    [1, 4].map(|points| Criterion { points: Some(points), ..Criterion::default() });
                item.rubric = points.to_vec();
            }
            _ => {}
        }
    }
    document
}

/// The portfolio of the installed paths, without the first ones.
pub fn sample_of(installed: &Vec<Roadmap>, without: usize) -> Document {
    let standing = recorded();
    let view = Learner { shelf: installed, standing: &standing };
    let all: Vec<&Roadmap> = installed.iter().collect();
    let recorded = crate::model::retired::retired(&all, &view).into_iter();
    let formers = recorded.map(|(reference, state)| Former::new(reference, None, state.clone()));
    let retired = retired(formers.collect(), &standing);
    document(
        &all[without..],
        &view,
        Some("Ada"),
        day(2026, 3, 9),
        retired,
        &crate::model::guidance::NextFilter::default(),
    )
}
