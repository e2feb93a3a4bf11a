//! What you can do, and what a role asks for: `assess`, `roles`, `interview`.

use super::*;

reports! {
    Interview {
        mode: Mode, questions: Vec<InterviewQuestion>, answered: Vec<Answered>, unchanged: Vec<String>,
        readiness: Vec<Readiness>, practice: Vec<Practice>,
    }
    Assess { role: Nullable<AimedRole>, areas: Vec<Area>, changed: Vec<Assessed>, unchanged: Vec<String>, }
    Roles { roles: Vec<RoleLine>, role: Nullable<Role>, areas: usize, assessed: usize, }
}

parts! {
    InterviewQuestion {
        r#ref: String, path: String, topic: String, title: String, look_for: Nullable<String>, times: usize,
        grade: Nullable<Grade>, last_on: Nullable<Day>, due_on: Nullable<Day>, due: bool,
        stability: Nullable<f64>, recall: Nullable<f64>, because: Vec<Because>,
    }
    Answered { r#ref: String, title: String, grade: Grade, on: Day, due_on: Nullable<Day>, times: usize, }
    Readiness {
        path: String, topic: String, title: String, percent: f64, recall: f64, skills: Count,
        milestones: Count, questions: usize, answered: usize, due: usize, grades: Grades,
        last_on: Nullable<Day>, advice: Because,
    }
    Grades { again: usize, hard: usize, good: usize, easy: usize, }
    Practice { id: String, title: String, minutes: u16, task: String, criteria: Vec<String>, }
    Fit { percent: f64, has: u32, needs: u32, assessed: usize, areas: usize, }
    Core { within_one: usize, areas: usize, }
    AimedRole { id: String, title: String, fit: Fit, core: Core, }
    Area {
        id: String, title: String, summary: Nullable<String>, level: Nullable<u8>,
        word: Nullable<String>, on: Nullable<Day>, target: Nullable<u8>, statements: [String; 4],
        suggestion: Nullable<Suggestion>, history: Vec<Assessment>,
    }
    Suggestion { level: u8, because: Vec<By>, }
    By { r#ref: String, kind: Kind, title: String, }
    Assessment { on: Day, level: u8, note: Nullable<String>, evidence: Vec<String>, }
    Assessed { r#ref: String, title: String, from: Nullable<u8>, to: u8, }
    RoleLine { id: String, title: String, fit: Fit, core: Core, gaps: usize, aimed: bool, }
    Role {
        id: String, title: String, scope: String, deliverables: Vec<String>, metrics: Vec<String>,
        paths: Vec<RolePath>, fit: Fit, core: Core, areas: Vec<RoleArea>, gaps: Vec<Gap>,
        first: Nullable<Step>,
    }
    RolePath { id: String, title: String, followed: bool, percent: f64, }
    RoleArea { id: String, title: String, level: Nullable<u8>, target: u8, }
    Gap {
        area: String, title: String, level: u8, target: u8, hours: f64, way: Vec<String>,
        steps: Vec<GapStep>,
    }
    GapStep {
        level: u8, statement: String, spoken_for: bool, closers: Vec<Closer>,
        comes_with: Nullable<String>,
    }
    Closer {
        r#ref: String, kind: Kind, title: String, path: String, weight: u8, level: u8, proves: bool,
        hours: f64, before: f64, ready: bool, followed: bool,
    }
}

words! {
    Grade { Again Hard Good Easy }
    Mode { Session Answers List Readiness Practice }
}
