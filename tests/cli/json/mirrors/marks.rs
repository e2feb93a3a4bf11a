//! What happened, and what a command changed: `done` and the other marks, `study`, `away`, `log`.

use super::*;

reports! {
    Log { events: Vec<Event>, week: Nullable<Week>, }
    Changes { changed: Vec<Changed>, unchanged: Vec<String>, unlocked: Vec<String>, }
    Study {
        changed: Vec<Changed>, unchanged: Vec<String>, on: Day, minutes: u32, minutes_in_all: u32,
        hours: Nullable<f64>,
    }
    Away { changed: Vec<Changed>, away: Vec<Stretch>, }
    Snooze { until: Nullable<Day>, changed: Vec<Changed>, unchanged: Vec<String>, }
    Done {
        changed: Vec<Changed>, unchanged: Vec<String>, unlocked: Vec<String>, studied: Vec<Studied>,
        later: Vec<Later>,
    }
    DoneFrom {
        changed: Vec<Changed>, unchanged: Vec<String>, unlocked: Vec<String>, studied: Vec<Studied>,
        later: Vec<Later>, found: Vec<Found>, not_found: Vec<NotFound>, not_done: usize,
    }
    UndoList { changes: Vec<Step2>, more: bool, }
    Redact { r#ref: String, title: String, kind: TextKind, number: usize, copies: Vec<String>, }
}

parts! {
    Found { line: usize, r#ref: String, by: Naming, items: Nullable<usize>, }
    NotFound {
        line: usize, r#ref: Nullable<String>, url: Nullable<String>, title: Nullable<String>,
        code: NotFoundCode, candidates: Vec<String>,
    }
    Stretch { from: Day, to: Day, why: Nullable<String>, }
    WeekStudied { r#ref: String, title: String, minutes: u32, }
    Week { from: Day, to: Day, hours: f64, minutes: u32, planned_hours_per_week: Nullable<f64>, studied: Vec<WeekStudied>, done: Vec<WeekLine>, begun: Vec<WeekLine>, stalled: Vec<WeekLine>, notes: usize, answers: usize, assessments: usize, }
    WeekLine { r#ref: String, title: String, since: Day, hours: Nullable<f64>, }
    Event {
        id: uuid::Uuid, at: chrono::DateTime<chrono::Utc>, on: Day, action: Action, r#ref: String,
        title: Nullable<String>, note: Nullable<String>, evidence: Vec<String>, erased: usize, removed: Vec<String>, grade: Nullable<Grade>,
        level: Nullable<u8>, until: Nullable<Day>, minutes: Nullable<u32>, known: bool, since: Nullable<Day>,
        from: Nullable<String>, undone: bool, by: Nullable<String>,
    }
    Studied { r#ref: String, title: String, can: Nullable<String>, }
    Later { r#ref: String, title: String, after: Vec<Titled>, }
    Titled { r#ref: String, title: String, }
    Changed { r#ref: String, title: String, from: String, to: String, }
    Step2 { at: chrono::DateTime<chrono::Utc>, action: Action, refs: Vec<String>, titles: Vec<String>, events: usize, own: bool,
        by: Nullable<String>,
        file: Nullable<String>, }
}

words! {
    Naming { Ref Url Title }
    NotFoundCode { Unknown NoPath Question Ambiguous Another Twice }
    Action {
        Started Stopped Done Doing Skipped Todo Noted Undone Redone Assessed Answered Snoozed Studied Away
        Corrected Unnoted Redacted Imported Renamed
        #[serde(rename = "set_apart")]
        SetApart
    }
    TextKind { Note Evidence }
}
