//! What is done, what is left and how fast: the dashboard, `status`, `compare`.

use super::*;

reports! {
    Dashboard {
        as_of: Day, paths: Vec<DashboardPath>, in_progress: Vec<Begun>, next: Vec<Step>,
        prove: Vec<Provable>, streak_weeks: u32,
        hours_this_week: f64, basis_this_week: Nullable<Measure>, planned_hours_per_week: Nullable<f64>,
        reviews_due: usize, reviews_minutes: usize, pause: Nullable<Pause>,
        unsynced: Nullable<u64>, suggestion: Nullable<Because>,
    }
    Status { as_of: Day, paths: Vec<StatusPath>, activity: Activity, }
    Compare { paths: Vec<ComparedPath>, shared: Shared, required_by_both: Vec<String>, first: String, because: String, }
}

parts! {
    Count { done: usize, skipped: usize, total: usize, }
    Hours { done: f64, total: f64, }
    Progress { milestones: Count, skills: Count, resources: Count, hours: Hours, percent: f64, }
    DashboardPath {
        id: String, title: String, followed: bool, progress: Progress, stages: Vec<DashboardStage>,
        finished_on: Nullable<Day>, target_on: Nullable<Day>, needs_hours_per_week: Nullable<f64>,
        steady: Nullable<Steady>, forecast: Nullable<Forecast>,
    }
    Begun {
        r#ref: String, kind: Kind, title: String, path: String, stage: String, topic: Nullable<String>,
        status: ItemStatus, hours: Nullable<f64>, url: Nullable<String>,
        #[serde(rename = "type")] resource: Nullable<String>, cost: Nullable<Cost>,
        since: Nullable<Day>, minutes: u32, hours_left: Nullable<f64>,
    }
    Provable { r#ref: String, title: String, }
    Pause { since: Day, days: i64, }
    DashboardStage { id: String, title: String, progress: Progress, }
    StatusPath {
        id: String, title: String, followed: bool, started_on: Nullable<Day>, target_on: Nullable<Day>,
        hours_per_week: Nullable<f64>, needs_hours_per_week: Nullable<f64>, progress: Progress,
        stages: Vec<StatusStage>, pace: Nullable<Pace>, recent_pace: Nullable<Pace>,
        steady: Nullable<Steady>, forecast: Nullable<Forecast>,
        forecast_note: Nullable<String>, planned_end: Nullable<Day>, burndown: Vec<Left>,
    }
    Left { on: Day, hours: f64, }
    ComparedPath {
        id: String, title: String, progress: Progress, hours_left: f64, hours_before: f64,
        hours_after_other: f64, hours_in_plan: f64, stages: Vec<ComparedStage>,
    }
    ComparedStage { id: String, title: String, hours_left: f64, progress: Progress, }
    Shared { progress: Progress, items: Vec<Item>, }
    StatusStage { id: String, title: String, months: Nullable<[f64; 2]>, progress: Progress, }
    Pace {
        hours_per_week: f64, weeks: u32, basis: Measure, calibration: Nullable<Calibration>,
    }
    Calibration { topics: Nullable<f64>, milestones: Nullable<f64>, }
    Steady { on: Day, hours_per_week: f64, basis: String, }
    Forecast { earliest: Day, latest: Day, expected: Day, }
    Activity {
        streak_weeks: u32, longest_streak_weeks: u32, active_days: usize, hours_this_week: f64,
        basis_this_week: Nullable<Measure>, days: Vec<ActiveDay>,
    }
    ActiveDay { on: Day, items: usize, hours: f64, minutes: u32, }
}

words! {
    Measure { Studied Planned }
}
