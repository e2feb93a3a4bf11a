//! What `export` writes.

use super::*;

reports! {
    Written {
        file: Nullable<String>, format: String, bytes: u64, opened: bool, text: Nullable<String>,
    }
    Portfolio {
        owner: Nullable<String>, as_of: Day, paths: Vec<PortfolioPath>, activity: Activity,
        schedule: Schedule, matrix: Nullable<Matrix>, retired: Vec<RetiredItem>,
        answers: Vec<AnswerOn>, away: Vec<Stretch>,
    }
}

parts! {
    PortfolioPath {
        id: String, title: String, summary: Nullable<String>, role: Nullable<String>,
        updated: Nullable<Day>, version: Nullable<String>, author: Nullable<String>,
        license: Nullable<String>, source: Nullable<String>, lang: Nullable<String>,
        replaces: Vec<String>, requires: Vec<Requires>, followed: bool, started_on: Nullable<Day>,
        target_on: Nullable<Day>, hours_per_week: Nullable<f64>, planned_end: Nullable<Day>,
        needs_hours_per_week: Nullable<f64>, pace: Nullable<Pace>, recent_pace: Nullable<Pace>,
        steady: Nullable<Steady>, forecast: Nullable<Forecast>,
        forecast_note: Nullable<String>, burndown: Vec<Left>, progress: Progress,
        portfolio: Vec<PortfolioHeading>, stages: Vec<PortfolioStage>,
        interview: Vec<PortfolioInterview>,
    }
    PortfolioHeading { id: String, title: String, }
    PortfolioStage {
        id: String, title: String, summary: Nullable<String>, about: Nullable<String>,
        choose: Nullable<u16>, replaces: Vec<String>, requires: Vec<Requires>,
        months: Nullable<[f64; 2]>, progress: Progress, notes: Vec<Said>, evidence: Vec<Said>,
        topics: Vec<PortfolioTopic>, items: Vec<PortfolioItem>,
    }
    PortfolioTopic {
        id: String, title: String, summary: Nullable<String>, about: Nullable<String>,
        url: Nullable<String>, links: Vec<NodeLink>, tags: Vec<String>, choose: Nullable<u16>,
        roles: Vec<String>, replaces: Vec<String>, requires: Vec<Requires>, hours: Nullable<f64>,
        hours_range: Nullable<[f64; 2]>, progress: Progress, notes: Vec<Said>, evidence: Vec<Said>,
        studied: Vec<StudyDay>,
    }
    StudyDay { on: Day, minutes: u32, }
    PortfolioItem {
        r#ref: String, kind: Kind, id: String, title: String, summary: Nullable<String>,
        about: Nullable<String>, can: Nullable<String>, topic: Nullable<String>,
        portfolio: Nullable<String>, optional: bool, retired: bool, status: ItemStatus,
        since: Nullable<Day>, begun: Nullable<Day>, known: bool, hours: Nullable<f64>,
        hours_range: Nullable<[f64; 2]>, url: Nullable<String>, links: Vec<NodeLink>,
        tags: Vec<String>, #[serde(rename = "type")] resource: Nullable<String>,
        cost: Nullable<Cost>, by: Nullable<String>, part: Nullable<String>, lang: Nullable<String>,
        instead_of: Vec<String>, teaches: Vec<String>, look_up: bool, requires: Vec<Requires>,
        replaces: Vec<String>, criteria: Vec<String>, done_under: Nullable<Vec<String>>, rubric: Vec<Rubric>, pass: Nullable<u16>,
        proof: Vec<String>, skills: Vec<String>, open_skills: Vec<String>, notes: Vec<Said>,
        evidence: Vec<Said>, studied: Vec<StudyDay>, same_as: Nullable<String>,
    }
    PortfolioInterview {
        id: String, title: String, replaces: Vec<String>, topics: Vec<String>,
        questions: Vec<PortfolioQuestion>,
    }
    PortfolioQuestion {
        id: String, ask: String, look_for: Nullable<String>, about: Nullable<String>,
        replaces: Vec<String>,
    }
    Said { on: Day, text: String, }
    Schedule { milestones: Vec<ExpectedMilestone>, weeks: Vec<PlanWeek>, notes: Vec<String>, }
    ExpectedMilestone {
        r#ref: String, title: String, on: Day, hours: f64, hours_per_week: f64, basis: String,
    }
    Matrix { role: Nullable<AimedRole>, areas: Vec<MatrixArea>, }
    MatrixArea {
        id: String, title: String, level: Nullable<u8>, on: Nullable<Day>, target: Nullable<u8>,
        statement: Nullable<String>, history: Vec<LevelOn>, notes: Vec<Said>, evidence: Vec<Said>,
    }
    LevelOn { on: Day, level: u8, }
    RetiredItem {
        r#ref: String, title: String, kind: Nullable<Kind>, hours: Nullable<f64>,
        criteria: Vec<String>, status: ItemStatus, since: Nullable<Day>, begun: Nullable<Day>,
        known: bool, notes: Vec<Said>, evidence: Vec<Said>, studied: Vec<StudyDay>,
    }
    AnswerOn { r#ref: String, on: Day, grade: Grade, }
}
