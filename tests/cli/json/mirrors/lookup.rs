//! What the paths have: `show`, `list`, `search`, `paths`, `open`.

use super::*;

reports! {
    ShowQuestion {
        r#ref: String, kind: String, title: String, path: String, topic: String, topic_title: String,
        exercises: Vec<String>, look_for: Nullable<String>, answers: Vec<GivenAnswer>,
        due_on: Nullable<Day>, due: bool,
    }
    Graph { path: String, graph: String, }
    List { items: Vec<Item>, }
    Search { items: Vec<Hit>, found: usize, }
    Paths { paths: Vec<PathRow>, career_source: String, career_outdated: Nullable<Outdated>, }
    ShowTerm { r#ref: String, kind: String, title: String, path: Nullable<String>, meaning: String, source: Nullable<String>, url: Nullable<String>, children: Vec<Value>, }
    Open { r#ref: String, title: String, url: String, opened: bool, }
}

parts! {
    Item {
        r#ref: String, kind: Kind, title: String, path: String, stage: String, topic: Nullable<String>,
        status: ItemStatus, hours: Nullable<f64>, url: Nullable<String>,
        #[serde(rename = "type")] resource: Nullable<String>, cost: Nullable<Cost>,
    }
    Hit {
        r#ref: String, kind: String, title: String, path: Nullable<String>, stage: Nullable<String>,
        topic: Nullable<String>, status: Nullable<ItemStatus>, hours: Nullable<f64>,
        url: Nullable<String>, #[serde(rename = "type")] resource: Nullable<String>,
        cost: Nullable<Cost>, snippet: Nullable<String>, score: f64,
    }
    GivenAnswer { on: Day, grade: Grade, }
    PathRow {
        id: String, title: String, source: String, version: Nullable<String>, updated: Nullable<Day>,
        outdated: Nullable<Outdated>, replaces_built_in: bool, overlay: Nullable<Overlay>,
        followed: bool,
        stages: usize, topics: usize, skills: usize, resources: usize, milestones: usize, hours: f64,
        percent: f64,
    }
    Outdated { file: String, version: Nullable<String>, updated: Nullable<Day>, }
    TaughtBy {
        r#ref: String, title: String, status: ItemStatus, hours: Nullable<f64>,
        #[serde(rename = "type")] resource: Nullable<String>, cost: Nullable<Cost>, core: bool,
        optional: bool, instead_of: Vec<String>,
    }
    NodeLink { title: String, url: String, }
    Rubric { text: String, points: Nullable<u16>, scale: Vec<RubricStep>, }
    RubricStep { points: u16, text: String, }
    Numbered { number: usize, kind: TextKind, on: Day, text: String, }
    Show {
        r#ref: Nullable<String>, kind: Nullable<Kind>, title: Nullable<String>,
        summary: Nullable<String>, about: Nullable<String>, can: Nullable<String>,
        path: Nullable<String>, stage: Nullable<String>,
        topic: Nullable<String>, status: Nullable<ItemStatus>, since: Nullable<Day>,
        known: Nullable<bool>, snoozed_until: Nullable<Day>, optional: Nullable<bool>, retired: Nullable<bool>,
        same_as: Nullable<String>, choose: Nullable<u16>, links: Vec<NodeLink>, tags: Vec<String>,
        part: Nullable<String>, instead_of: Vec<String>, instead: Vec<String>,
        lang: Nullable<String>, rubric: Vec<Rubric>, pass: Nullable<u16>,
        version: Nullable<String>, updated: Nullable<Day>, author: Nullable<String>,
        license: Nullable<String>, source: Nullable<String>,
        ready: Nullable<bool>, hours: Nullable<f64>, hours_left: Nullable<f64>, minutes: Nullable<u32>, months: Nullable<[f64; 2]>, by: Nullable<String>,
        url: Nullable<String>, #[serde(rename = "type")] resource: Nullable<String>,
        cost: Nullable<Cost>, teaches: Vec<String>, taught_by: Vec<TaughtBy>, criteria: Vec<String>, done_under: Nullable<Vec<String>>, proof: Vec<String>,
        requires: Vec<Requires>, unlocks: Vec<String>, notes: Vec<String>, evidence: Vec<String>,
        said: Vec<Numbered>, progress: Nullable<Progress>, children: Vec<Show>,
    }
}

words! {
    Kind { Path Stage Topic Skill Resource Milestone }
    ItemStatus { Todo Doing Done Skipped }
    Cost { Free Paid Freemium }
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
pub(in crate::json) enum Requires {
    One(String),
    AnyOf(Vec<String>),
}
