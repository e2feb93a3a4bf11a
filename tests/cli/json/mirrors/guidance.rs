//! What to do next, and when: `next`, `plan`, `start`, `stop`.

use super::*;

reports! {
    Next {
        prove: Vec<ToProve>, recommendations: Vec<Recommended>, code: Nullable<String>, note: Nullable<String>,
        role: Nullable<String>, reviews: Nullable<Reviews>, reviews_due: usize,
        why: Nullable<NotNext>,
    }
    Plan {
        from: Day, rate: Nullable<Rate>, weeks: Vec<PlanWeek>, milestones: Vec<PlanMilestone>, hours: f64,
        paid: Vec<Paid>, note: Nullable<String>,
    }
    Start { started: Vec<Started>, unchanged: Vec<String>, known: Vec<String>, }
    Stop { stopped: Vec<String>, unchanged: Vec<String>, }
}

parts! {
    Because { code: String, text: String, }
    Step {
        r#ref: String, kind: Kind, title: String, path: String, stage: String, topic: Nullable<String>,
        status: ItemStatus, hours: Nullable<f64>, url: Nullable<String>,
        #[serde(rename = "type")] resource: Nullable<String>, cost: Nullable<Cost>,
        because: Vec<Because>,
    }
    Recommended {
        r#ref: String, kind: Kind, title: String, path: String, stage: String, topic: Nullable<String>,
        status: ItemStatus, hours: Nullable<f64>, url: Nullable<String>,
        #[serde(rename = "type")] resource: Nullable<String>, cost: Nullable<Cost>,
        summary: Nullable<String>, by: Nullable<String>, part: Nullable<String>, minutes: Nullable<u64>,
        hours_left: Nullable<f64>, instead: Vec<Item>, later: bool, because: Vec<Because>,
    }
    ToProve {
        r#ref: String, title: String, can: Nullable<String>, studied_by: Vec<String>, paid: Vec<String>,
        practice_hours: f64,
    }
    Reviews { due: usize, minutes: u64, }
    Rate { hours_per_week: f64, basis: String, }
    PlanWeek { from: Day, to: Day, hours: f64, work: Vec<PlanWork>, }
    PlanWork {
        r#ref: String, kind: Kind, title: String, hours: f64, of: f64, finishes: bool, url: Nullable<String>,
    }
    PlanMilestone { r#ref: String, title: String, on: Day, }
    Paid { r#ref: String, title: String, }
    NotNext { r#ref: String, title: String, code: String, text: String, }
    Started {
        id: String, title: String, started_on: Day, target_on: Nullable<Day>,
        hours_per_week: Nullable<f64>, role: Nullable<String>, required_by: Nullable<String>,
        hours: f64, hours_left: Nullable<f64>, needs_hours_per_week: Nullable<f64>,
    }
}
