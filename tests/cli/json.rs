//! The JSON of every report, read strictly: a field that is renamed, missing, added or of another
//! type fails here. What is added on purpose is added here too, and to the documentation.

#![allow(dead_code, reason = "reading a report strictly is what its fields are for")]

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde_json::Value;

use crate::sandbox::{Sandbox, words};
use crate::shelf;

/// A value or null, but never absent: `Option` alone would not mind.
#[derive(Debug, Clone, PartialEq)]
struct Nullable<T>(Option<T>);

impl<'de, T: DeserializeOwned> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(from)?;
        serde_json::from_value(value).map(Nullable).map_err(D::Error::custom)
    }
}

/// A report: the fields of every one, then its own.
macro_rules! reports {
    ($($(#[$meta:meta])* $name:ident { $($field:ident : $type:ty,)* })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $name { schema: u32, command: String, $($field: $type,)* }
    )*};
}

/// A part of a report.
macro_rules! parts {
    ($($name:ident { $($(#[$meta:meta])* $field:ident : $type:ty,)* })*) => {$(
        #[derive(Debug, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $name { $($(#[$meta])* $field: $type,)* }
    )*};
}

reports! {
    Dashboard {
        as_of: Day, paths: Vec<DashboardPath>, in_progress: Vec<Begun>, next: Vec<Step>,
        prove: Vec<Provable>, streak_weeks: u32,
        hours_this_week: f64, basis_this_week: Nullable<Measure>, planned_hours_per_week: Nullable<f64>,
        reviews_due: usize, reviews_minutes: usize, pause: Nullable<Pause>,
        unsynced: Nullable<u64>, suggestion: Nullable<Because>,
    }
    Status { as_of: Day, paths: Vec<StatusPath>, activity: Activity, }
    Next {
        prove: Vec<ToProve>, recommendations: Vec<Recommended>, code: Nullable<String>, note: Nullable<String>,
        role: Nullable<String>, reviews: Nullable<Reviews>, reviews_due: usize,
        why: Nullable<NotNext>,
    }
    Plan {
        from: Day, rate: Nullable<Rate>, weeks: Vec<PlanWeek>, milestones: Vec<PlanMilestone>, hours: f64,
        paid: Vec<Paid>, note: Nullable<String>,
    }
    Log { events: Vec<Event>, week: Nullable<Week>, }
    Interview {
        mode: Mode, questions: Vec<InterviewQuestion>, answered: Vec<Answered>, unchanged: Vec<String>,
        readiness: Vec<Readiness>, practice: Vec<Practice>,
    }
    ShowQuestion {
        r#ref: String, kind: String, title: String, path: String, topic: String, topic_title: String,
        exercises: Vec<String>, look_for: Nullable<String>, answers: Vec<GivenAnswer>,
        due_on: Nullable<Day>, due: bool,
    }
    Graph { path: String, graph: String, }
    Compare { paths: Vec<ComparedPath>, shared: Shared, required_by_both: Vec<String>, first: String, because: String, }
    List { items: Vec<Item>, }
    Search { items: Vec<Hit>, found: usize, }
    Paths { paths: Vec<PathRow>, career_source: String, career_outdated: Nullable<Outdated>, }
    ShowTerm { r#ref: String, kind: String, title: String, path: Nullable<String>, meaning: String, source: Nullable<String>, url: Nullable<String>, children: Vec<Value>, }
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
    UndoList { changes: Vec<Step2>, }
    Start { started: Vec<Started>, unchanged: Vec<String>, known: Vec<String>, }
    Stop { stopped: Vec<String>, unchanged: Vec<String>, }
    Open { r#ref: String, title: String, url: String, opened: bool, }
    Assess { role: Nullable<AimedRole>, areas: Vec<Area>, changed: Vec<Assessed>, unchanged: Vec<String>, }
    Roles { roles: Vec<RoleLine>, role: Nullable<Role>, areas: usize, assessed: usize, }
    Fmt { files: Vec<FormedFile>, }
    Schema { kind: String, json_schema: Value, }
    Check { files: Vec<File>, errors: usize, warnings: usize, }
    New {
        id: String, file: Nullable<String>, from: Nullable<NewFrom>, size: Size, read: Counted, guessed: Counted,
        requirements: Requirements, columns: Vec<UnknownColumn>, left_out: Counted, ticks: NewTicks,
        update: Nullable<Updated>, warnings: usize, text: Nullable<String>,
    }
    Add { added: Vec<Added>, unchanged: Vec<String>, dry_run: bool, }
    Remove {
        removed: String, file: String, built_in_is_back: bool, kept: Nullable<String>,
        effects: Nullable<Effects>,
    }
    Hide { hidden: bool, changed: Vec<HiddenPart>, unchanged: Vec<String>, overlays: Vec<OverlayChange>, dry_run: bool, }
    LinkAdded { r#ref: String, title: String, link: NodeLink, overlay: Nullable<OverlayChange>, dry_run: bool, }
    Backup { file: String, bytes: u64, events: u64, replaced: bool, }
    Restore {
        file: String, db: String, events: u64, events_before: Nullable<u64>, kept: Nullable<String>,
        changed: bool,
    }
    Import {
        file: String, added: usize, unchanged: usize, reordered: usize, brought_back: usize,
        kept: Nullable<String>, taken_back: bool, dry_run: bool,
    }
    Record { record: u32, device: uuid::Uuid, machine: Option<uuid::Uuid>, events: Vec<Recorded>, }
    Doctor {
        file: Nullable<String>, events: Nullable<usize>, findings: Vec<Finding>, errors: usize,
        warnings: usize, notes: usize, fixed: usize,
    }
    Sync {
        remote: String, url: String, sent: usize, received: usize, waiting: u64,
        skipped: Vec<SkippedSegment>, conflicts: Vec<MarkedTwice>, remotes_lost: usize, repaired: bool,
        renamed: Nullable<NewDevice>, too_long: Vec<String>, missing_paths: Vec<String>, dry_run: bool,
    }
    SyncInit {
        remote: String, url: String, sent: usize, received: usize, waiting: u64,
        skipped: Vec<SkippedSegment>, conflicts: Vec<MarkedTwice>, remotes_lost: usize, repaired: bool,
        renamed: Nullable<NewDevice>, too_long: Vec<String>, missing_paths: Vec<String>, dry_run: bool,
        log: uuid::Uuid, created: bool, key_file: Nullable<String>,
    }
    SyncJoin {
        remote: String, url: String, sent: usize, received: usize, waiting: u64,
        skipped: Vec<SkippedSegment>, conflicts: Vec<MarkedTwice>, remotes_lost: usize, repaired: bool,
        renamed: Nullable<NewDevice>, too_long: Vec<String>, missing_paths: Vec<String>, dry_run: bool,
        log: uuid::Uuid, ours: Side, theirs: Side, common: usize, kept: Nullable<String>,
        key_file: Nullable<String>,
    }
    SyncStatus { remotes: Vec<SyncRemote>, }
    SyncKey { log: uuid::Uuid, file: Nullable<String>, key: Nullable<String>, checked: bool, }
    SyncForget {
        remote: String, url: String, log: uuid::Uuid, erased: Nullable<Erasure>, key_removed: bool,
    }
    Completions { shell: String, script: String, }
    Redact { r#ref: String, title: String, kind: TextKind, number: usize, copies: Vec<String>, }
    Written {
        file: Nullable<String>, format: String, bytes: u64, opened: bool, text: Nullable<String>,
    }
}

/// How many of each.
type Counted = std::collections::BTreeMap<String, usize>;

parts! {
    SkippedSegment { segment: String, code: SegmentFault, message: String, }
    MarkedTwice {
        r#ref: String, title: Nullable<String>, ours: SideMark, theirs: SideMark, counts: Counts, text: String,
    }
    SideMark { status: String, on: Day, device: uuid::Uuid, machine: Nullable<String>, }
    NewDevice { from: uuid::Uuid, to: uuid::Uuid, }
    Side { events: usize, from: Nullable<Day>, to: Nullable<Day>, devices: usize, }
    SyncRemote {
        name: String, url: String, log: uuid::Uuid, waiting: u64, synced_at: Nullable<String>,
    }
    NewFrom { name: String, kind: Nullable<String>, }
    Size {
        stages: usize, topics: usize, skills: usize, resources: usize, milestones: usize, questions: usize,
    }
    Requirements { found: usize, text: usize, circular: usize, }
    UnknownColumn { name: String, kept_in: Nullable<String>, tables: usize, }
    NewTicks { found: usize, file: Nullable<String>, }
    Updated {
        added: Vec<NewNode>, changed: Vec<NewKeys>, conflicts: Vec<NewConflict>, retired: Vec<NewNode>,
        switched: Vec<NewSwitch>,
    }
    NewNode { id: String, title: String, }
    NewKeys { id: String, keys: Vec<String>, }
    NewConflict { id: String, key: String, source: Nullable<String>, }
    NewSwitch { from: String, to: String, title: String, }
    Count { done: usize, skipped: usize, total: usize, }
    Hours { done: f64, total: f64, }
    Progress { milestones: Count, skills: Count, resources: Count, hours: Hours, percent: f64, }
    DashboardPath {
        id: String, title: String, followed: bool, progress: Progress, stages: Vec<DashboardStage>,
        finished_on: Nullable<Day>, target_on: Nullable<Day>, needs_hours_per_week: Nullable<f64>,
        steady: Nullable<Steady>, forecast: Nullable<Forecast>,
    }
    Found { line: usize, r#ref: String, by: Naming, items: Nullable<usize>, }
    NotFound {
        line: usize, r#ref: Nullable<String>, url: Nullable<String>, title: Nullable<String>,
        code: NotFoundCode, candidates: Vec<String>,
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
    Stretch { from: Day, to: Day, why: Nullable<String>, }
    WeekStudied { r#ref: String, title: String, minutes: u32, }
    Week { from: Day, to: Day, hours: f64, minutes: u32, planned_hours_per_week: Nullable<f64>, studied: Vec<WeekStudied>, done: Vec<WeekLine>, begun: Vec<WeekLine>, stalled: Vec<WeekLine>, notes: usize, answers: usize, assessments: usize, }
    WeekLine { r#ref: String, title: String, since: Day, hours: Nullable<f64>, }
    ComparedPath {
        id: String, title: String, progress: Progress, hours_left: f64, hours_before: f64,
        hours_after_other: f64, stages: Vec<ComparedStage>,
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
    Because { code: String, text: String, }
    Item {
        r#ref: String, kind: Kind, title: String, path: String, stage: String, topic: Nullable<String>,
        status: ItemStatus, hours: Nullable<f64>, url: Nullable<String>,
        #[serde(rename = "type")] resource: Nullable<String>, cost: Nullable<Cost>,
    }
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
    Hit {
        r#ref: String, kind: String, title: String, path: Nullable<String>, stage: Nullable<String>,
        topic: Nullable<String>, status: Nullable<ItemStatus>, hours: Nullable<f64>,
        url: Nullable<String>, #[serde(rename = "type")] resource: Nullable<String>,
        cost: Nullable<Cost>, snippet: Nullable<String>, score: f64,
    }
    Event {
        id: uuid::Uuid, at: chrono::DateTime<chrono::Utc>, on: Day, action: Action, r#ref: String,
        title: Nullable<String>, note: Nullable<String>, evidence: Vec<String>, erased: usize, removed: Vec<String>, grade: Nullable<Grade>,
        level: Nullable<u8>, until: Nullable<Day>, minutes: Nullable<u32>, known: bool, since: Nullable<Day>,
        from: Nullable<String>, undone: bool, by: Nullable<String>,
    }
    Recorded {
        id: uuid::Uuid, device: uuid::Uuid, command: uuid::Uuid, at: chrono::DateTime<chrono::Utc>,
        on: Day, r#ref: String, action: Action, payload: Value, checksum: String, ord: Option<uuid::Uuid>,
    }
    Finding {
        code: String, severity: FindingSeverity, message: String, help: Nullable<String>, fixed: bool,
    }
    InterviewQuestion {
        r#ref: String, path: String, topic: String, title: String, look_for: Nullable<String>, times: usize,
        grade: Nullable<Grade>, last_on: Nullable<Day>, due_on: Nullable<Day>, due: bool,
        stability: Nullable<f64>, recall: Nullable<f64>, because: Vec<Because>,
    }
    Answered { r#ref: String, title: String, grade: Grade, on: Day, due_on: Nullable<Day>, times: usize, }
    GivenAnswer { on: Day, grade: Grade, }
    Readiness {
        path: String, topic: String, title: String, percent: f64, recall: f64, skills: Count,
        milestones: Count, questions: usize, answered: usize, due: usize, grades: Grades,
        last_on: Nullable<Day>, advice: Because,
    }
    Grades { again: usize, hard: usize, good: usize, easy: usize, }
    Practice { id: String, title: String, minutes: u16, task: String, criteria: Vec<String>, }
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
    PathRow {
        id: String, title: String, source: String, version: Nullable<String>, updated: Nullable<Day>,
        outdated: Nullable<Outdated>, replaces_built_in: bool, overlay: Nullable<Overlay>,
        followed: bool,
        stages: usize, topics: usize, skills: usize, resources: usize, milestones: usize, hours: f64,
        percent: f64,
    }
    Outdated { file: String, version: Nullable<String>, updated: Nullable<Day>, }
    Studied { r#ref: String, title: String, can: Nullable<String>, }
    Later { r#ref: String, title: String, after: Vec<Titled>, }
    Titled { r#ref: String, title: String, }
    NotNext { r#ref: String, title: String, code: String, text: String, }
    TaughtBy {
        r#ref: String, title: String, status: ItemStatus, hours: Nullable<f64>,
        #[serde(rename = "type")] resource: Nullable<String>, cost: Nullable<Cost>, core: bool,
        optional: bool, instead_of: Vec<String>,
    }
    Changed { r#ref: String, title: String, from: String, to: String, }
    Step2 { at: chrono::DateTime<chrono::Utc>, action: Action, refs: Vec<String>, titles: Vec<String>, events: usize, own: bool,
        by: Nullable<String>,
        file: Nullable<String>, }
    Started {
        id: String, title: String, started_on: Day, target_on: Nullable<Day>,
        hours_per_week: Nullable<f64>, role: Nullable<String>, required_by: Nullable<String>,
        hours: f64, hours_left: Nullable<f64>, needs_hours_per_week: Nullable<f64>,
    }
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
    File { file: String, diagnostics: Vec<Diagnostic>, left_out: usize, }
    FormedFile { file: String, form: Form, text: Nullable<String>, diagnostics: Vec<Diagnostic>, }
    Diagnostic {
        code: String, severity: Severity, line: usize, column: usize, end_line: usize, end_column: usize, message: String,
        help: Nullable<String>,
    }
    Added {
        id: String, title: String, file: String, kind: AddedAs, renamed_from: Nullable<String>,
        version: TextChange, updated: DayChange,
        effects: Nullable<Effects>, changes: Nullable<Revision>, overlay: Nullable<Overlay>,
        kept: Nullable<String>,
    }
    Overlay {
        file: String, written_for: Nullable<Day>, added: usize, hidden: usize, hours: Vec<HoursSet>,
        loose: Vec<Loose>,
    }
    HoursSet { id: String, path: NumberChange, yours: f64, }
    NumberChange { before: Nullable<f64>, after: Nullable<f64>, }
    Loose { id: String, by: String, why: String, }
    HiddenPart { r#ref: String, title: String, }
    OverlayChange {
        path: String, file: String, is_new: bool, percent: PercentChange, hours: HoursChange,
        kept: Nullable<String>, removed: Vec<String>, added: Vec<String>,
    }
    Effects {
        percent: PercentChange, hours: HoursChange, lost: Vec<Turn>,
        gained: Vec<Turn>, back: Vec<Turn>, renamed: Vec<FromTo>, looks_renamed: Vec<LooksRenamed>,
        reused: Vec<Reused>, set_apart: Vec<Reused>, answers_lost: Vec<String>,
        levels_lost: Vec<String>, dependents: Vec<Dependent>, locked: Vec<String>, tied: Vec<Tied>,
        reordered: bool,
    }
    Turn {
        r#ref: String, title: String, before: Nullable<String>, after: Nullable<String>,
        by: Nullable<String>, on: Nullable<Day>,
    }
    TextChange { before: Nullable<String>, after: Nullable<String>, }
    DayChange { before: Nullable<Day>, after: Nullable<Day>, }
    PercentChange { before: Nullable<f64>, after: Nullable<f64>, }
    HoursChange { before: Nullable<Hours>, after: Nullable<Hours>, }
    FromTo { from: String, to: String, }
    LooksRenamed { from: String, to: String, why: String, title: String, }
    Reused { r#ref: String, from: String, to: String, status: Value, }
    Dependent { path: String, r#ref: String, }
    Tied { r#ref: String, status: String, kept: String, kept_status: String, }
    Revision {
        added: Vec<Part>, renamed: Vec<RenamedPart>, removed: Vec<RemovedPart>,
        changed: Vec<ChangedPart>, path_keys: Vec<String>,
    }
    ChangedPart { r#ref: String, kind: Kind, title: String, what: Vec<Field>, }
    Field { key: String, from: Nullable<String>, to: Nullable<String>, }
    Part { r#ref: String, kind: Kind, title: String, }
    RenamedPart { r#ref: String, kind: Kind, title: String, from: String, }
    RemovedPart { r#ref: String, kind: Kind, title: String, status: Nullable<ItemStatus>, }
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

type Day = chrono::NaiveDate;

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
enum Requires {
    One(String),
    AnyOf(Vec<String>),
}

/// Words that are promised.
macro_rules! words {
    ($($name:ident { $($(#[$meta:meta])* $word:ident)* })*) => {$(
        #[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        enum $name { $($(#[$meta])* $word,)* }
    )*};
}

words! {
    Kind { Path Stage Topic Skill Resource Milestone }
    ItemStatus { Todo Doing Done Skipped }
    Naming { Ref Url Title }
    NotFoundCode { Unknown NoPath Question Ambiguous Another Twice }
    Action {
        Started Stopped Done Doing Skipped Todo Noted Undone Redone Assessed Answered Snoozed Studied Away
        Corrected Unnoted Redacted Imported Renamed
        #[serde(rename = "set_apart")]
        SetApart
    }
    TextKind { Note Evidence }
    Grade { Again Hard Good Easy }
    Mode { Session Answers List Readiness Practice }
    Cost { Free Paid Freemium }
    Measure { Studied Planned }
    Severity { Error Warning }
    Form { Formatted Unformatted Unchanged Invalid }
    FindingSeverity { Ok Note Warning Error }
    AddedAs { New Update InsteadOfBuiltIn }
    SegmentFault { Missing Torn Sealed Newer Damaged Event TwoFacts }
    Counts { Ours Theirs }
    Erasure { All HistoryStays }
}

/// The report of a command line, read strictly.
fn read<T: DeserializeOwned>(sandbox: &Sandbox, line: &str) -> T {
    let said = sandbox.ok(words(line).into_iter().chain(["--json".to_owned()]));
    serde_json::from_str(&said).unwrap_or_else(|error| panic!("{line}: {error}\n{said}"))
}

/// `show`, whose fields are also those of its children.
fn show(sandbox: &Sandbox, reference: &str) -> Show {
    let mut value = sandbox.json(["show", reference]);
    let fields = value.as_object_mut().unwrap();
    assert_eq!(fields.remove("schema"), Some(1.into()));
    assert_eq!(fields.remove("command"), Some("show".into()));
    serde_json::from_value(value).unwrap_or_else(|error| panic!("show {reference}: {error}"))
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn dashboard() {
    let welcome: Dashboard = read(&shelf::home(), "");
    assert!(welcome.paths.iter().all(|path| !path.followed) && welcome.next.is_empty());
    assert!(welcome.hours_this_week.is_sign_positive(), "not -0.0");
    let board: Dashboard = read(&shelf::lived_in(), "");
    assert_eq!((board.schema, board.command.as_str()), (1, "dashboard"));
    assert_eq!(board.as_of, day("2026-11-20"));
    let ids: Vec<&str> = board.paths.iter().map(|path| path.id.as_str()).collect();
    assert_eq!(ids, ["tools", "web"]);
    assert!(board.paths.iter().all(|path| path.followed));
    assert_eq!(board.next[0].r#ref, "web/rest-guide");
    assert_eq!(board.next[0].because[0].code, "in-progress");
    assert_eq!(board.hours_this_week, 8.0);
    let [guide] = board.in_progress.as_slice() else { panic!("{board:?}") };
    assert_eq!((guide.r#ref.as_str(), guide.minutes), ("web/rest-guide", 0));
    assert_eq!(guide.since, Nullable(Some(day("2026-10-30"))));
    assert_eq!((guide.hours.0, guide.hours_left.0), (Some(3.0), Some(3.0)));
    let [tools, web] = board.paths.as_slice() else { panic!("{board:?}") };
    assert_eq!(tools.finished_on, Nullable(Some(day("2026-10-16"))));
    assert_eq!(tools.steady, Nullable(None), "it arrives with what it is a means to");
    assert_eq!(web.target_on, Nullable(Some(day("2027-06-30"))));
    let status: Status = read(&shelf::lived_in(), "status");
    assert_eq!((&web.steady, &web.forecast), (&status.paths[1].steady, &status.paths[1].forecast));
    assert_eq!(board.pause, Nullable(None), "it was recorded today, for days before");
    assert_eq!(board.suggestion.0.unwrap().code, "assess");
}

#[test]
fn status() {
    let sandbox = shelf::lived_in();
    let status: Status = read(&sandbox, "status");
    assert_eq!(status.as_of, day("2026-11-20"));
    let [tools, web] = status.paths.as_slice() else { panic!("{status:?}") };
    assert_eq!(tools.target_on, Nullable(None));
    assert_eq!(web.target_on, Nullable(Some(day("2027-06-30"))));
    assert_eq!(web.hours_per_week, Nullable(Some(5.0)));
    assert_eq!(web.started_on, Nullable(Some(day("2026-11-20"))));
    let Progress { milestones, skills, resources, hours, percent } = &web.progress;
    assert_eq!((milestones.done, milestones.skipped, milestones.total), (1, 0, 2));
    assert_eq!((skills.done, skills.total), (2, 4), "GraphQL is optional");
    assert_eq!((resources.done, resources.total), (0, 3));
    // 12 hours of a topic are 6 for each of its two skills; the optional one takes no share.
    assert_eq!((hours.done, hours.total, *percent), (20.0, 34.0, 58.8));
    let backup = &tools.progress.milestones;
    assert_eq!((backup.skipped, backup.total, tools.progress.hours.total), (1, 1, 16.0));
    assert_eq!(tools.progress.percent, 100.0);
    assert_eq!(
        web.stages.iter().map(|stage| stage.id.as_str()).collect::<Vec<_>>(),
        ["build", "run"]
    );
    assert_eq!(web.stages[0].months, Nullable(Some([0.0, 3.0])));
    let pace = web.pace.0.as_ref().unwrap();
    assert!(pace.weeks >= 5 && pace.hours_per_week > 0.0);
    let forecast = web.forecast.0.as_ref().unwrap();
    assert!(status.as_of < forecast.earliest && forecast.earliest < forecast.latest);
    assert_eq!(status.activity.active_days, 4, "what was known is no activity");
    assert_eq!(status.activity.days[0].on, day("2026-10-09"));
    assert_eq!(status.activity.days[0].items, 1);

    let left: Vec<f64> = web.burndown.iter().map(|left| left.hours).collect();
    assert!(left.is_sorted_by(|a, b| a >= b) && left.len() > 2, "{left:?}");
    assert_eq!(web.planned_end, Nullable(Some(day("2027-05-20"))), "six months");

    let only: Status = read(&sandbox, "status web");
    assert_eq!(only.paths.len(), 1);
    let fresh: Status = read(&shelf::following(), "status web");
    assert!(fresh.paths[0].pace.0.is_none() && fresh.paths[0].forecast.0.is_none());
    assert!(fresh.paths[0].forecast_note.0.is_some(), "no forecast is explained");
    let none: Status = read(&shelf::home(), "status");
    assert!(none.paths.is_empty());
}

#[test]
fn plan() {
    let sandbox = shelf::following();
    let plan: Plan = read(&sandbox, "plan --hours-per-week 5 --weeks 0");
    assert_eq!(plan.from, day("2026-11-20"));
    let rate = plan.rate.0.as_ref().unwrap();
    assert_eq!((rate.hours_per_week, rate.basis.as_str()), (5.0, "plan"));
    let laid: f64 = plan.weeks.iter().map(|week| week.hours).sum();
    assert!((laid - plan.hours).abs() < 1e-6, "{laid} of {}", plan.hours);
    // It begins as `next` does, and every milestone of it has its day.
    let next: Next = read(&sandbox, "next");
    let first = &plan.weeks[0].work[0];
    assert_eq!(first.r#ref, next.recommendations[0].r#ref);
    assert!(first.hours <= first.of && first.url.0.is_some());
    let built = plan.weeks.iter().flat_map(|week| &week.work);
    let built = built.filter(|one| one.kind == Kind::Milestone && one.finishes);
    let built: Vec<&str> = built.map(|one| one.r#ref.as_str()).collect();
    let days: Vec<&str> = plan.milestones.iter().map(|one| one.r#ref.as_str()).collect();
    assert_eq!(built, days);
    let shell = plan.paid.iter().any(|one| one.r#ref == "web/ops-book");
    assert!(shell, "{:?}", plan.paid);
    let free: Plan = read(&sandbox, "plan --hours-per-week 5 --free");
    assert!(free.paid.is_empty());
    let none: Plan = read(&shelf::home(), "plan");
    assert!(none.weeks.is_empty() && none.note.0.is_some() && none.rate.0.is_none());
}

#[test]
fn next() {
    let sandbox = shelf::following();
    let next: Next = read(&sandbox, "next -n 0");
    assert_eq!(next.note, Nullable(None));
    let first = &next.recommendations[0];
    assert_eq!((first.r#ref.as_str(), first.kind), ("tools/http-guide", Kind::Resource));
    assert_eq!(first.topic, Nullable(Some("networks".to_owned())));
    assert_eq!(first.hours, Nullable(Some(0.75)));
    assert_eq!(
        (&first.resource, &first.cost),
        (&Nullable(Some("docs".to_owned())), &Nullable(Some(Cost::Free)))
    );
    let codes: Vec<&str> = first.because.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["covers", "needed-for"]);
    let wished: Next = read(&sandbox, "next --time 1h --free");
    let minutes: Vec<_> = wished.recommendations.iter().map(|one| one.minutes.0).collect();
    assert_eq!(minutes, [Some(45), Some(15)], "the first, and a part of the next");
    let none: Next = read(&shelf::home(), "next");
    assert!(none.recommendations.is_empty() && none.note.0.is_some());
    assert_eq!(none.code.0.as_deref(), Some("no-path"));
    // What was studied is asked for.
    sandbox.ok(["done", "tools/http-guide"]);
    let asked: Next = read(&sandbox, "next");
    assert!(
        asked.prove.iter().all(|one| one.studied_by == ["tools/http-guide"]),
        "{:?}",
        asked.prove
    );
    assert!(!asked.prove.is_empty());
    // A milestone and a skill have neither address nor cost.
    sandbox.ok(["done", "tools/shell", "--yes"]);
    let next: Next = read(&sandbox, "next -n 0");
    let milestone = next.recommendations.iter().find(|one| one.kind == Kind::Milestone).unwrap();
    assert_eq!((&milestone.topic, &milestone.url), (&Nullable(None), &Nullable(None)));
}

#[test]
fn log() {
    let sandbox = shelf::lived_in();
    let log: Log = read(&sandbox, "log --limit 0");
    let actions: Vec<Action> = log.events.iter().map(|event| event.action).collect();
    use Action::{Doing, Done, Noted, Skipped, Started, Undone};
    assert_eq!(
        actions,
        [
            Noted, Undone, Done, Done, Skipped, Done, Doing, Done, Done, Done, Done, Done, Started,
            Started
        ]
    );
    let service = log.events.iter().find(|event| event.r#ref == "web/service").unwrap();
    assert_eq!(service.on, day("2026-11-16"));
    assert_eq!(
        service.at,
        "2026-11-20T08:30:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap()
    );
    assert_eq!(service.title, Nullable(Some("A service in public".to_owned())));
    assert_eq!(service.note, Nullable(Some("it answers".to_owned())));
    assert_eq!(service.evidence, ["https://example.org/me/service"]);
    let undone: Vec<&str> =
        log.events.iter().filter(|event| event.undone).map(|event| event.r#ref.as_str()).collect();
    assert_eq!(undone, ["web/alerts"]);
    sandbox.ok(["redo"]);
    sandbox.ok(["stop", "web"]);
    sandbox.ok(["todo", "rest"]);
    let log: Log = read(&sandbox, "log");
    assert!(
        [Action::Stopped, Action::Todo].iter().all(|a| log.events.iter().any(|e| e.action == *a))
    );
}

#[test]
fn a_week() {
    let sandbox = shelf::lived_in();
    let log: Log = read(&sandbox, "log");
    assert!(log.week.0.is_none());
    let log: Log = read(&sandbox, "log --week");
    let week = log.week.0.unwrap();
    assert_eq!((week.from, week.to, week.hours), (day("2026-11-16"), day("2026-11-20"), 8.0));
    let refs = |lines: &[WeekLine]| lines.iter().map(|l| l.r#ref.clone()).collect::<Vec<_>>();
    assert_eq!(refs(&week.done), ["web/service"]);
    assert_eq!(refs(&week.stalled), ["web/rest-guide"]);
    assert!(week.begun.is_empty());
}

#[test]
fn comparison_and_graph() {
    let sandbox = shelf::lived_in();
    let compare: Compare = read(&sandbox, "compare tools web");
    assert_eq!(
        compare.paths.iter().map(|path| path.id.as_str()).collect::<Vec<_>>(),
        ["tools", "web"]
    );
    assert_eq!((compare.paths[0].hours_left, compare.paths[1].hours_left), (0.0, 14.0));
    assert_eq!(compare.shared.items[0].r#ref, "tools/http");
    assert_eq!(compare.first, "tools");
    assert!(!compare.because.is_empty());
    let graph: Graph = read(&sandbox, "show web --graph mermaid");
    assert_eq!((graph.path.as_str(), graph.command.as_str()), ("web", "show"));
    assert!(graph.graph.contains("APIs"), "{}", graph.graph);
}

#[test]
fn show_of_every_kind() {
    let sandbox = shelf::lived_in();
    let path = show(&sandbox, "web");
    assert_eq!(path.kind, Nullable(Some(Kind::Path)));
    assert_eq!((&path.status, &path.stage), (&Nullable(None), &Nullable(None)));
    assert_eq!(path.children.len(), 2);
    let stage = show(&sandbox, "web/build");
    assert_eq!(stage.kind, Nullable(Some(Kind::Stage)));
    assert_eq!(stage.months, Nullable(Some([0.0, 3.0])));
    let kinds: Vec<_> = stage.children.iter().map(|child| child.kind.0.unwrap()).collect();
    assert_eq!(kinds, [Kind::Topic, Kind::Milestone]);
    let topic = show(&sandbox, "web/operations");
    let any = vec!["tools/shell".to_owned(), "tools/backup-script".to_owned()];
    assert!(topic.requires.contains(&Requires::AnyOf(any)), "{:?}", topic.requires);
    assert!(topic.requires.contains(&Requires::One("web/service".to_owned())));
    assert_eq!(topic.unlocks, ["web/on-call"]);
    assert_eq!(topic.ready, Nullable(Some(true)));
    let apis = show(&sandbox, "apis");
    assert_eq!(apis.notes, ["read the second half again"]);
    let skill = show(&sandbox, "rest");
    assert_eq!(
        (&skill.status, &skill.since),
        (&Nullable(Some(ItemStatus::Done)), &Nullable(Some(day("2026-11-06"))))
    );
    assert_eq!(skill.evidence, ["https://example.org/me/rest"]);
    assert_eq!(skill.known, Nullable(Some(false)));
    let same = show(&sandbox, "web/http");
    assert_eq!(same.same_as, Nullable(Some("tools/http".to_owned())));
    assert_eq!((&same.status, same.notes.len()), (&Nullable(Some(ItemStatus::Done)), 1));
    let resource = show(&sandbox, "shell-book");
    assert_eq!(resource.by, Nullable(Some("A. Author".to_owned())));
    assert_eq!(resource.teaches, ["pipes", "scripts"]);
    assert_eq!(
        (&resource.cost, &resource.hours),
        (&Nullable(Some(Cost::Free)), &Nullable(Some(8.0)))
    );
    let milestone = show(&sandbox, "service");
    assert_eq!(milestone.criteria.len(), 2);
    assert_eq!(milestone.proof, ["repository"]);
    assert_eq!(milestone.topic, Nullable(None));
    assert_eq!(show(&sandbox, "graphql").optional, Nullable(Some(true)));
    assert_eq!(show(&sandbox, "pipes").known, Nullable(Some(true)));
    let term: ShowTerm = read(&sandbox, "show cold-start");
    assert_eq!((term.r#ref.as_str(), term.kind.as_str()), ("glossary/cold-start", "term"));
    assert_eq!((term.title.as_str(), &term.path), ("Cold start", &Nullable(None)));
    assert!(term.meaning.starts_with("The first answer") && term.source.0.is_some());
    let term: ShowTerm = read(&sandbox, "show uptime");
    assert_eq!((term.source, term.url, term.children.len()), (Nullable(None), Nullable(None), 0));
    let terms = sandbox.json(["show", "glossary"])["children"].take();
    assert_eq!(
        (terms[0]["ref"].as_str(), terms[1]["ref"].as_str()),
        (Some("glossary/uptime"), Some("glossary/cold-start"))
    );
}

#[test]
fn lists() {
    let sandbox = shelf::lived_in();
    let list: List = read(&sandbox, "list");
    assert_eq!(list.items.len(), 18);
    let book = list.items.iter().find(|item| item.r#ref == "web/ops-book").unwrap();
    assert_eq!((book.kind, book.status), (Kind::Resource, ItemStatus::Todo));
    assert_eq!(
        (&book.resource, &book.cost),
        (&Nullable(Some("book".to_owned())), &Nullable(Some(Cost::Paid)))
    );
    assert_eq!(book.url, Nullable(Some("https://example.org/ops".to_owned())));
    let videos = list.items.iter().find(|item| item.r#ref == "web/api-videos").unwrap();
    assert_eq!((&videos.hours, &videos.url), (&Nullable(None), &Nullable(None)));

    let search: Search = read(&sandbox, "search status codes at last");
    // The same item stands in both paths.
    assert_eq!((search.found, search.items[0].r#ref.as_str()), (2, "tools/http"));
    assert_eq!(search.items[0].snippet, Nullable(Some("status codes at last".to_owned())));
    let search: Search = read(&sandbox, "search idempotent");
    assert_eq!(
        (search.items[0].kind.as_str(), &search.items[0].status),
        ("question", &Nullable(None))
    );
    let search: Search = read(&sandbox, "search asleep");
    let [term] = search.items.as_slice() else { panic!("{search:?}") };
    assert_eq!((term.r#ref.as_str(), term.kind.as_str()), ("glossary/cold-start", "term"));
    assert_eq!(
        (&term.path, &term.stage, &term.status),
        (&Nullable(None), &Nullable(None), &Nullable(None))
    );
    assert_eq!(term.url, Nullable(Some("https://example.org/cold-start".to_owned())));
    let search: Search = read(&sandbox, "search service --limit 1");
    assert!(search.found > 1 && search.items.len() == 1 && search.items[0].score > 0.0);

    let paths: Paths = read(&sandbox, "paths");
    let web = paths.paths.iter().find(|path| path.id == "web").unwrap();
    assert!(web.followed && web.source.ends_with("/paths/web.toml") && !web.replaces_built_in);
    assert_eq!(
        (web.stages, web.topics, web.skills, web.milestones, web.resources),
        (2, 2, 4, 2, 3)
    );
    assert_eq!((web.hours, web.percent), (34.0, 58.8));
    assert!(paths.paths.iter().any(|path| path.source == "built-in"));
    assert!(paths.career_source.ends_with("/paths/career.toml"));
    assert!(web.outdated.0.is_none() && paths.career_outdated.0.is_none());
    let added = Sandbox::new();
    assert_eq!(read::<Paths>(&added, "paths").career_source, "built-in");
    let file = added.write("tools.toml", shelf::TOOLS);
    added.ok(["add", "tools.toml"]);
    added.write("tools.toml", &shelf::TOOLS.replacen("title", "version = \"2\"\ntitle", 1));
    let paths: Paths = read(&added, "paths");
    let tools = paths.paths.iter().find(|path| path.id == "tools").unwrap();
    let outdated = tools.outdated.0.as_ref().unwrap();
    assert_eq!((outdated.file.as_str(), &outdated.updated.0), (file.to_str().unwrap(), &None));
    assert_eq!(outdated.version.0.as_deref(), Some("2"));
}

#[test]
fn changes() {
    let sandbox = shelf::following();
    for (line, changed, unchanged, unlocked) in [
        ("doing pipes", "tools/pipes todo doing", "", ""),
        ("doing pipes", "", "tools/pipes", ""),
        ("done pipes --note x", "tools/pipes doing done", "", ""),
        ("done tools/shell --yes", "tools/scripts todo done", "", "tools/backup-script"),
        ("skip backup-script", "tools/backup-script todo skipped", "", ""),
        ("todo backup-script", "tools/backup-script skipped todo", "", ""),
        ("note rest x", "web/rest todo todo", "", ""),
        ("undo", "web/rest todo todo", "", ""),
        ("undo", "tools/backup-script todo skipped", "", ""),
        ("redo", "tools/backup-script skipped todo", "", ""),
        ("done web/http tools/http", "web/http todo done", "", ""),
    ] {
        let report: Changes = if line.starts_with("done") {
            let Done { schema, command, changed, unchanged, unlocked, studied, later } =
                read(&sandbox, line);
            assert!(studied.is_empty() && later.is_empty(), "no resource is among them");
            Changes { schema, command, changed, unchanged, unlocked }
        } else {
            read(&sandbox, line)
        };
        assert_eq!(report.command, line.split(' ').next().unwrap());
        let shown: Vec<String> = report
            .changed
            .iter()
            .map(|one| format!("{} {} {}", one.r#ref, one.from, one.to))
            .collect();
        assert_eq!(shown.join(" "), changed, "{line}");
        assert_eq!(report.unchanged.join(" "), unchanged, "{line}");
        assert_eq!(report.unlocked.join(" "), unlocked, "{line}");
    }
    for (line, until, changed, unchanged) in [
        ("snooze alerts web/operations 2026-12-24", Some("2026-12-24"), 2, ""),
        ("snooze alerts web/http 2026-12-24", Some("2026-12-24"), 0, "web/alerts web/http"),
        ("snooze alerts none", None, 1, ""),
    ] {
        let report: Snooze = read(&sandbox, line);
        assert_eq!(report.until.0, until.map(day), "{line}");
        assert_eq!(report.changed.len(), changed, "{line}");
        assert_eq!(report.unchanged.join(" "), unchanged, "{line}");
    }
    assert_eq!(show(&sandbox, "web/operations").snoozed_until.0, Some(day("2026-12-24")));
    assert_eq!(show(&sandbox, "web/alerts").snoozed_until.0, None);
    let log: Log = read(&sandbox, "log --limit 3");
    let said: Vec<_> = log.events.iter().map(|event| (event.action, event.until.0)).collect();
    let until = Some(day("2026-12-24"));
    assert_eq!(said, [(Action::Snoozed, None), (Action::Snoozed, until), (Action::Snoozed, until)]);
    let studied: Study = read(&sandbox, "study rest-guide 45m --from 8:00 --note x");
    let Study { changed, unchanged, on, minutes, minutes_in_all, hours, .. } = studied;
    assert_eq!((changed[0].from.as_str(), changed[0].to.as_str()), ("todo", "doing"));
    assert!(unchanged.is_empty());
    assert_eq!((on, minutes, minutes_in_all, hours.0), (day("2026-11-20"), 45, 45, Some(3.0)));
    let studied: Study = read(&sandbox, "study web/apis 30m");
    assert_eq!((studied.minutes_in_all, studied.hours.0), (75, Some(12.0)));
    assert_eq!(show(&sandbox, "web/apis").minutes.0, Some(75));
    let guide = show(&sandbox, "web/rest-guide");
    assert_eq!((guide.minutes.0, guide.hours_left.0), (Some(45), Some(2.25)));
    let next: Next = read(&sandbox, "next");
    assert_eq!(next.recommendations[0].hours_left.0, Some(2.25));
    let board: Dashboard = read(&sandbox, "");
    assert_eq!(board.in_progress[0].hours_left.0, Some(2.25));
    let log: Log = read(&sandbox, "log --limit 2");
    let said: Vec<_> = log.events.iter().map(|event| (event.action, event.minutes.0)).collect();
    assert_eq!(said, [(Action::Studied, Some(30)), (Action::Studied, Some(45))]);
    let week = read::<Log>(&sandbox, "log --week").week.0.unwrap();
    let parts: Vec<_> = week.studied.iter().map(|one| (one.r#ref.as_str(), one.minutes)).collect();
    assert_eq!((week.minutes, parts), (75, vec![("web/apis", 30), ("web/rest-guide", 45)]));
    assert!(week.studied.iter().all(|one| !one.title.is_empty()));
    sandbox.ok(["undo"]);
    sandbox.ok(["undo"]);
    for (line, changed, away) in [
        ("away --list", 0, ""),
        ("away 2026-12-20 2027-01-03 --why skiing", 1, "2026-12-20 2027-01-03 skiing"),
        ("away 2027-01-02 2027-01-05", 1, "2026-12-20 2027-01-05 skiing"),
        ("away 2026-12-24", 0, "2026-12-20 2027-01-05 skiing"),
        ("away yesterday", 1, "2026-11-19 2026-11-19 , 2026-12-20 2027-01-05 skiing"),
        ("away", 0, "2026-11-19 2026-11-19 , 2026-12-20 2027-01-05 skiing"),
        ("away --remove 2026-12-31", 1, "2026-11-19 2026-11-19 "),
        ("away --remove 2026-11-19", 1, ""),
    ] {
        let report: Away = read(&sandbox, line);
        assert_eq!(report.changed.len(), changed, "{line}");
        let shown = report.away.iter().map(|one| {
            format!("{} {} {}", one.from, one.to, one.why.0.as_deref().unwrap_or_default())
        });
        assert_eq!(shown.collect::<Vec<_>>().join(", "), away, "{line}");
    }
    let log: Log = read(&sandbox, "log --limit 3");
    let said: Vec<_> = log.events.iter().map(|event| (event.action, event.until.0)).collect();
    let away = |until: Option<&str>| (Action::Away, until.map(day));
    assert_eq!(said, [away(None), away(None), away(Some("2026-11-19"))]);
    assert_eq!(log.events[1].r#ref, "away:2026-12-20");
    for _ in 0..5 {
        sandbox.ok(["undo"]);
    }
    let taken: Changes = read(&sandbox, "undo");
    assert_eq!((taken.changed[0].from.as_str(), taken.changed[0].to.as_str()), ("todo", "snoozed"));
    let brought: Changes = read(&sandbox, "redo");
    assert_eq!(
        (brought.changed[0].from.as_str(), brought.changed[0].to.as_str()),
        ("snoozed", "todo")
    );
    sandbox.ok(["undo"]);
    sandbox.ok(["undo"]);
    let undoable: UndoList = read(&sandbox, "undo --list");
    assert_eq!((undoable.command.as_str(), undoable.changes[0].action), ("undo", Action::Done));
    assert_eq!(undoable.changes[0].refs.len(), undoable.changes[0].titles.len());
    let fresh = shelf::home();
    let none: Changes = read(&fresh, "undo");
    assert!(none.changed.is_empty());
    let none: UndoList = read(&fresh, "undo --list");
    assert!(none.changes.is_empty());
    let redo: Changes = read(&fresh, "redo");
    assert_eq!(redo.command, "redo");
}

#[test]
fn the_undo_of_a_start() {
    let sandbox = shelf::following();
    let report: Changes = read(&sandbox, "undo");
    let shown: Vec<_> = report
        .changed
        .iter()
        .map(|one| (one.r#ref.as_str(), one.from.as_str(), one.to.as_str()))
        .collect();
    assert_eq!(shown, [("tools", "followed", "not followed"), ("web", "followed", "not followed")]);
}

#[test]
fn assess() {
    let sandbox = shelf::following();
    sandbox.ok(["done", "tools/shell", "--yes"]);
    let none: Assess = read(&sandbox, "assess --role operator");
    let shells = &none.areas[0];
    assert_eq!((shells.id.as_str(), shells.level.0, shells.target.0), ("shells", None, Some(3)));
    let found = shells.suggestion.0.as_ref().unwrap();
    let by = &found.because[0];
    assert_eq!((found.level, by.r#ref.as_str(), by.kind), (1, "tools/shell", Kind::Topic));
    let line = "assess shells --level 2 --evidence https://example.org/a --on 2026-11-01";
    let first: Assess = read(&sandbox, line);
    let change = &first.changed[0];
    assert_eq!((change.r#ref.as_str(), change.from.0, change.to), ("career/area:shells", None, 2));
    assert_eq!((first.areas.len(), &first.role), (1, &Nullable(None)));
    let again: Assess = read(&sandbox, line);
    assert_eq!((again.changed.len(), again.unchanged.len()), (0, 1));
    let history: Assess = read(&sandbox, "assess --history");
    let one = &history.areas[0].history[0];
    assert_eq!((one.level, one.on, one.evidence.len()), (2, day("2026-11-01"), 1));
}

#[test]
fn roles() {
    let sandbox = shelf::following();
    sandbox.ok(["start", "web", "--role", "operator"]);
    sandbox.ok(["assess", "services", "--level", "4"]);
    let all: Roles = read(&sandbox, "roles");
    let shown: Vec<_> = all.roles.iter().map(|one| (one.id.as_str(), one.fit.percent)).collect();
    assert_eq!(shown, [("web-developer", 90.0), ("operator", 5.2)]);
    assert_eq!((all.roles[1].aimed, all.roles[1].gaps, all.assessed, all.areas), (true, 2, 1, 3));
    assert!(all.role.0.is_none());
    let one: Roles = read(&sandbox, "roles operator");
    let role = one.role.0.unwrap();
    assert_eq!(one.roles.len(), 1);
    let gap = &role.gaps[0];
    assert_eq!((gap.area.as_str(), gap.level, gap.target), ("shells", 0, 3));
    let closers: Vec<usize> = gap.steps.iter().map(|step| step.closers.len()).collect();
    assert_eq!(closers, [1, 1, 0]);
    let closer = &gap.steps[0].closers[0];
    assert_eq!((closer.r#ref.as_str(), closer.weight, closer.hours), ("tools/shell", 3, 10.0));
    assert!(closer.ready && closer.followed);
    let next: Next = read(&sandbox, "next");
    assert_eq!(next.role.0.as_deref(), Some("Operator"));
    let first = role.first.0.unwrap();
    assert_eq!(first.r#ref, next.recommendations[0].r#ref);
    let mut because = next.recommendations.iter().flat_map(|one| &one.because);
    assert!(because.any(|one| one.code == "role-gap"), "{:?}", next.recommendations);
}

#[test]
fn a_list_of_ticks() {
    let sandbox = shelf::following();
    sandbox.write(
        "ticks.toml",
        "[[tick]]\nref = \"pipes\"\n[[tick]]\ntitle = \"APIs\"\n[[tick]]\nref = \"logs\"\n",
    );
    let report: DoneFrom = read(&sandbox, "done --from ticks.toml --skip-unclear --yes");
    assert_eq!((report.command.as_str(), report.changed.len(), report.not_done), ("done", 3, 0));
    assert_eq!(report.unlocked, ["web/service"]);
    let found = Found {
        line: 3,
        r#ref: "web/apis".to_owned(),
        by: Naming::Title,
        items: Nullable(Some(2)),
    };
    assert_eq!(report.found[1], found);
    assert_eq!(report.found[0].items, Nullable(None));
    let not_found = NotFound {
        line: 5,
        r#ref: Nullable(Some("logs".to_owned())),
        url: Nullable(None),
        title: Nullable(None),
        code: NotFoundCode::Ambiguous,
        candidates: vec!["tools/logs".to_owned(), "web/logs".to_owned()],
    };
    assert_eq!(report.not_found, [not_found]);
    let again: DoneFrom = read(&sandbox, "done --from ticks.toml --skip-unclear");
    assert_eq!(
        (again.changed.len(), again.unchanged.as_slice()),
        (0, &["tools/pipes".to_owned()][..])
    );
}

#[test]
fn the_record_out_and_in_and_its_health() {
    let sandbox = shelf::lived_in();
    let record: Record = read(&sandbox, "export --full");
    let form = (record.schema, record.command.as_str(), record.record);
    assert_eq!(form, (1, "export", milepost_core::store::FORM));
    let done = record.events.iter().find(|one| one.action == Action::Done).unwrap();
    assert_eq!((done.payload["v"].as_u64(), done.checksum.len()), (Some(1), 16));
    assert_eq!(done.device, record.device);
    sandbox.ok(["export", "--full", "-o", "record.json"]);
    let import: Import = read(&sandbox, "import record.json");
    assert_eq!((import.file.as_str(), import.added, import.dry_run), ("record.json", 0, false));
    assert_eq!(import.unchanged, record.events.len());
    let doctor: Doctor = read(&sandbox, "doctor --fix");
    assert_eq!((doctor.errors, doctor.events), (0, Nullable(Some(record.events.len()))));
    assert!(doctor.file.0.unwrap().ends_with("/progress.db"));
    let one = doctor.findings.iter().find(|one| one.code == "record").unwrap();
    assert_eq!((one.severity, one.fixed, &one.help), (FindingSeverity::Ok, false, &Nullable(None)));
}

#[test]
fn what_was_synced() {
    let (laptop, desktop) = (shelf::lived_in(), shelf::following());
    let share = tempfile::tempdir().unwrap();
    let folder = share.path().join("log");
    let at = folder.to_str().unwrap();
    let init: SyncInit = read(&laptop, &format!("sync init {at}"));
    assert_eq!((init.remote.as_str(), init.created, init.waiting), ("home", true, 0));
    assert_eq!(init.url, format!("folder:{at}"));
    assert_eq!(init.sent, laptop.json(["doctor"])["events"].as_u64().unwrap() as usize);
    let key: SyncKey = read(&laptop, "sync key");
    assert_eq!((key.log, &key.key, key.file), (init.log, &Nullable(None), init.key_file));
    let key: SyncKey = read(&laptop, "sync key --show");
    let Nullable(Some(key)) = key.key else { panic!("no key") };

    laptop.ok(["skip", "web/graphql", "--why", "not now"]);
    desktop.ok(["done", "web/graphql"]);
    let mut keyed = desktop;
    let desktop = keyed.set("MILEPOST_SYNC_KEY", &key);
    let join: SyncJoin = read(desktop, &format!("sync join {at} --device ci --yes"));
    assert_eq!((join.log, join.received, join.common), (init.log, init.sent, 0));
    assert_eq!((join.theirs.events, join.theirs.devices), (init.sent, 1));
    assert!(join.kept.0.is_some() && join.key_file == Nullable(None));
    std::fs::write(share.path().join("key"), &key).unwrap();
    let mut check = desktop.command();
    check.args(["sync", "key", "--check", "--json"]);
    let key = std::fs::File::open(share.path().join("key")).unwrap();
    let checked = check.stdin(key).output().unwrap();
    assert!(serde_json::from_slice::<SyncKey>(&checked.stdout).unwrap().checked);

    let would: Sync = read(&laptop, "sync --dry-run");
    let dashboard: Dashboard = read(&laptop, "");
    assert_eq!((would.dry_run, would.sent, dashboard.unsynced), (true, 1, Nullable(Some(1))));
    let synced: Sync = read(&laptop, "sync");
    assert_eq!((synced.sent, synced.received, synced.waiting), (1, join.ours.events, 0));
    let [marked] = &synced.conflicts[..] else { panic!("{:?}", synced.conflicts) };
    assert_eq!((marked.r#ref.as_str(), marked.ours.status.as_str()), ("web/graphql", "skipped"));
    assert_eq!(marked.theirs.machine, Nullable(Some("ci".to_owned())));

    std::fs::remove_dir_all(folder.join(init.log.to_string())).unwrap();
    let repaired: Sync = read(&laptop, "sync --repair");
    assert!(repaired.repaired && repaired.remotes_lost > 0 && repaired.sent > synced.sent);
    let status: SyncStatus = read(&laptop, "sync --status");
    assert_eq!((status.remotes[0].waiting, status.remotes.len()), (0, 1));
    let forget: SyncForget = read(&laptop, "sync forget --erase --yes");
    assert_eq!((forget.erased, forget.key_removed), (Nullable(Some(Erasure::All)), true));
}

#[test]
fn interview() {
    let sandbox = shelf::lived_in();
    sandbox.write("grades.toml", "[grades]\nidempotency = \"hard\"\n");
    let list: Interview = read(&sandbox, "interview --list");
    assert_eq!((list.mode, list.questions[0].times), (Mode::List, 0));
    assert_eq!(list.questions[0].recall, Nullable(None));
    let grades: Interview = read(&sandbox, "interview --answers grades.toml --on \"2 days ago\"");
    let one = &grades.answered[0];
    assert_eq!((grades.mode, one.grade, one.on), (Mode::Answers, Grade::Hard, day("2026-11-18")));
    let again: Interview = read(&sandbox, "interview --answers grades.toml --on \"2 days ago\"");
    assert_eq!(again.unchanged, ["web/question:idempotency"]);
    let list: Interview = read(&sandbox, "interview --list");
    let one = &list.questions[0];
    assert_eq!((one.r#ref.as_str(), one.due), ("web/question:idempotency", true));
    assert_eq!(
        (&one.grade, &one.due_on),
        (&Nullable(Some(Grade::Hard)), &Nullable(Some(day("2026-11-19"))))
    );
    assert_eq!((&one.recall, &one.stability), (&Nullable(Some(0.86)), &Nullable(Some(1.29))));
    assert_eq!(one.because[0].code, "due");
    let ready: Interview = read(&sandbox, "interview --readiness");
    let one = &ready.readiness[0];
    assert_eq!((one.topic.as_str(), one.grades.hard, one.recall), ("api-design", 1, 0.86));
    assert_eq!((one.skills.done, one.skills.total, one.milestones.done), (2, 2, 1));
    // Of 4: 2 × 0.866 + 1 + 1.
    assert_eq!((one.percent, one.advice.code.as_str()), (93.3, "due"));
    let practice: Interview = read(&sandbox, "interview --practice design");
    assert_eq!((practice.practice[0].minutes, practice.practice[0].criteria.len()), (45, 1));
    let shown: ShowQuestion = read(&sandbox, "show web/question:idempotency");
    assert_eq!((shown.kind.as_str(), shown.answers[0].grade), ("question", Grade::Hard));
    let log: Log = read(&sandbox, "log --limit 1");
    assert_eq!(
        (log.events[0].action, &log.events[0].grade),
        (Action::Answered, &Nullable(Some(Grade::Hard)))
    );
}

#[test]
fn everything_else() {
    let sandbox = shelf::home();
    let start: Start = read(&sandbox, "start web --by 2027-06-30 --hours-per-week 5");
    let [tools, web] = start.started.as_slice() else { panic!("{start:?}") };
    assert_eq!(tools.required_by, Nullable(Some("web".to_owned())));
    assert_eq!(
        (&web.required_by, &web.target_on),
        (&Nullable(None), &Nullable(Some(day("2027-06-30"))))
    );
    assert_eq!((web.hours_per_week.0, web.hours), (Some(5.0), 34.0));
    let stop: Stop = read(&sandbox, "stop web");
    assert_eq!((stop.stopped, stop.unchanged.len()), (vec!["web".to_owned()], 0));
    let open: Open = read(&sandbox, "open http-guide --print");
    assert_eq!(
        (open.r#ref.as_str(), open.url.as_str(), open.opened),
        ("tools/http-guide", "https://example.org/http", false)
    );

    sandbox.write("new.toml", &shelf::TOOLS.replace("id = \"tools\"", "id = \"new\""));
    let check: Check = read(&sandbox, "check new.toml");
    assert_eq!((check.files[0].file.as_str(), check.errors, check.warnings), ("new.toml", 0, 0));
    sandbox.write("odd.toml", "format = 1\nid = \"odd\"\ntitle = \"Odd\"\n");
    let check: Check = read(&sandbox, "check odd.toml");
    let one = &check.files[0].diagnostics[0];
    assert_eq!((one.severity, one.code.as_str(), check.warnings), (Severity::Warning, "empty", 1));
    assert_eq!((one.line, one.column, one.end_line, one.end_column), (2, 6, 2, 11));

    let fmt: Fmt = read(&sandbox, "fmt new.toml");
    assert_eq!((fmt.files[0].file.as_str(), fmt.files[0].form), ("new.toml", Form::Unchanged));
    assert!(fmt.files[0].text.0.is_none() && fmt.files[0].diagnostics.is_empty());
    let schema: Schema = read(&sandbox, "schema config");
    assert_eq!((schema.kind.as_str(), schema.json_schema.is_object()), ("config", true));

    let add: Add = read(&sandbox, "add new.toml --dry-run");
    assert_eq!(
        (add.dry_run, add.added[0].kind, add.added[0].id.as_str()),
        (true, AddedAs::New, "new")
    );
    let add: Add = read(&sandbox, "add new.toml");
    assert!(!add.dry_run && add.added[0].file.ends_with("/paths/new.toml"));
    let add: Add = read(&sandbox, "add new.toml");
    assert_eq!((add.added.len(), add.unchanged), (0, vec!["new".to_owned()]));
    sandbox.ok(["done", "new/pipes", "new/scripts"]);
    let newer = shelf::TOOLS.replace("id = \"tools\"", "id = \"new\"");
    let newer = newer.replace("id = \"pipes\"", "id = \"plumbing\"");
    sandbox.write("new.toml", &newer.replace("title = \"Scripts\"", "title = \"Knitting\""));
    let refused = sandbox.output(["add", "new.toml", "--yes"]);
    assert_eq!(refused.status.code(), Some(1));
    let add: Add = read(&sandbox, "add new.toml --dry-run");
    let effects = add.added[0].effects.0.as_ref().unwrap();
    assert_eq!(effects.looks_renamed[0].why, "same title");
    assert_eq!(
        (effects.lost[0].r#ref.as_str(), effects.reused[0].r#ref.as_str()),
        ("new/pipes", "new/scripts")
    );
    assert_eq!(
        (&effects.lost[0].before, &effects.lost[0].after),
        (&Nullable(Some("done".to_owned())), &Nullable(None))
    );
    let add: Add = read(&sandbox, "add new.toml --yes --carry --lose");
    let effects = add.added[0].effects.0.as_ref().unwrap();
    assert_eq!((effects.renamed.len(), effects.set_apart.len(), effects.reused.len()), (1, 1, 0));
    assert!(add.added[0].kept.0.is_some());
    let log: Log = read(&sandbox, "log --limit 2");
    let said = |at: usize| (log.events[at].action, log.events[at].from.0.as_deref());
    assert_eq!(said(0), (Action::SetApart, Some("Scripts")));
    assert_eq!(said(1), (Action::Renamed, Some("new/pipes")));
    let hide: Hide = read(&sandbox, "hide web/rest --dry-run");
    assert!(hide.dry_run && hide.overlays[0].added.contains(&"  \"rest\",".to_owned()));
    let link: LinkAdded = read(&sandbox, "link web/rest https://example.org -n");
    assert!(link.dry_run && link.overlay.0.unwrap().removed.is_empty());
    let hide: Hide = read(&sandbox, "hide web/rest web/graphql");
    assert!(!hide.dry_run);
    assert!(hide.hidden && hide.unchanged.is_empty() && hide.overlays[0].is_new);
    assert_eq!((hide.changed[0].r#ref.as_str(), hide.changed.len()), ("web/rest", 2));
    let hide: Hide = read(&sandbox, "hide --remove web/rest web/http");
    assert!(!hide.hidden && hide.changed.len() == 1 && hide.unchanged == ["web/http"]);
    assert!(
        hide.overlays[0].kept.0.is_some() && hide.overlays[0].file.ends_with("web.overlay.toml")
    );
    let link: LinkAdded = read(&sandbox, "link web/rest https://www.example.org/rest-wiki");
    assert_eq!((link.r#ref.as_str(), link.link.title.as_str()), ("web/rest", "example.org"));
    assert_eq!(link.overlay.0.as_ref().unwrap().path, "web");
    let link: LinkAdded = read(&sandbox, "link web/rest https://www.example.org/rest-wiki");
    assert!(link.overlay.0.is_none());
    let overlay = "format = 1\nkind = \"overlay\"\nextends = \"web\"\n[hide]\nitems = [\"gone\"]\n";
    sandbox.write("web.overlay.toml", overlay);
    let add: Add = read(&sandbox, "add web.overlay.toml --yes --lose");
    assert_eq!(add.added[0].id, "web.overlay");
    let paths: Paths = read(&sandbox, "paths");
    let web = paths.paths.iter().find(|path| path.id == "web").unwrap();
    let loose = &web.overlay.0.as_ref().unwrap().loose[0];
    assert_eq!(
        (loose.id.as_str(), loose.by.as_str(), loose.why.as_str()),
        ("gone", "gone", "gone")
    );
    let remove: Remove = read(&sandbox, "remove web --overlay --yes");
    assert_eq!(remove.removed, "web.overlay");

    let remove: Remove = read(&sandbox, "remove new --yes");
    assert_eq!((remove.removed.as_str(), remove.built_in_is_back), ("new", false));
    assert!(remove.kept.0.is_some() && remove.effects.0.is_some());
    assert!(remove.file.ends_with("/paths/new.toml"));
    let backup: Backup = read(&sandbox, "backup copy.db");
    assert_eq!((backup.file.as_str(), backup.replaced), ("copy.db", false));
    assert!(backup.events > 0 && backup.bytes > 0);
    let restore: Restore = read(&sandbox, "restore copy.db");
    assert!(!restore.changed && restore.kept.0.is_none());
    assert_eq!(
        (restore.events, restore.events_before),
        (backup.events, Nullable(Some(backup.events)))
    );
    let restore: Restore = read(&sandbox, "restore copy.db --db elsewhere.db");
    assert!(restore.changed && restore.events_before.0.is_none());
    let completions: Completions = read(&sandbox, "completions fish");
    assert_eq!(completions.shell, "fish");
}

reports! {
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

#[test]
fn the_portfolio_of_a_life() {
    let sandbox = shelf::lived_in();
    sandbox.write("grades.toml", "[grades]\nidempotency = \"hard\"\n");
    for line in [
        "start web --role operator",
        "assess shells --level 2 --note x --evidence https://example.org/a",
        "interview --answers grades.toml",
        "note web/service secret",
        "note alerts gone",
        "away 2026-12-20 2027-01-03",
        "study rest-guide 45m",
    ] {
        sandbox.ok(words(line));
    }
    let redacted: Redact = read(&sandbox, "redact web/service 2 --yes");
    assert_eq!((redacted.kind, redacted.number), (TextKind::Note, 2));
    let without = shelf::WEB.replace("  { id = \"alerts\", title = \"Alerts\" },\n", "");
    sandbox.write(".config/milepost/paths/web.toml", &without);
    let portfolio: Portfolio = read(&sandbox, "export --format json");
    assert!(!portfolio.schedule.milestones.is_empty() && !portfolio.schedule.weeks.is_empty());
    let matrix = portfolio.matrix.0.unwrap();
    assert_eq!(
        (matrix.role.0.unwrap().id.as_str(), matrix.areas[0].history.len()),
        ("operator", 1)
    );
    assert_eq!(portfolio.answers[0].grade, Grade::Hard);
    assert_eq!(portfolio.away.len(), 1);
    let [gone] = portfolio.retired.as_slice() else { panic!("{:?}", portfolio.retired) };
    assert_eq!((gone.r#ref.as_str(), gone.notes.len()), ("web/alerts", 1));

    let shown: Written = read(&sandbox, "export --format csv");
    assert_eq!((&shown.file, shown.format.as_str()), (&Nullable(None), "csv"));
    assert_eq!(shown.text.0.map(|text| text.len() as u64), Some(shown.bytes));
    let written: Written = read(&sandbox, "export -o portfolio.md");
    assert_eq!((written.format.as_str(), &written.text), ("markdown", &Nullable(None)));
}

/// A path file in which every key of the format stands.
const EVERY_KEY: &str = include_str!("../../crates/path/tests/paths/valid/every-key.toml");

#[test]
fn the_portfolio_has_all_of_the_path_file() {
    let sandbox = Sandbox::new();
    sandbox.write(".config/milepost/paths/cooking.toml", EVERY_KEY);
    let line = "export cooking --format json";
    let portfolio: Portfolio = read(&sandbox, line);
    let answer = sandbox.json(words(line));
    let said = texts(&answer);
    let mut lost = Vec::new();
    let file: toml::Table = toml::from_str(EVERY_KEY).unwrap();
    leaves(&toml::Value::Table(file), &mut |text| {
        let reference = format!("cooking/{text}");
        if !said.iter().any(|one| *one == text || *one == reference) {
            lost.push(text.to_owned());
        }
    });
    assert_eq!(lost, Vec::<String>::new());

    let stage = &portfolio.paths[0].stages[0];
    let topic = &stage.topics[0];
    assert_eq!((&stage.choose, &topic.choose), (&Nullable(Some(1)), &Nullable(Some(1))));
    assert_eq!(topic.hours_range, Nullable(Some([4.0, 8.0])));
    let item = |id: &str| stage.items.iter().find(|item| item.id == id).unwrap();
    assert_eq!(item("knife-course").hours_range, Nullable(Some([5.0, 7.0])));
    assert_eq!(item("knife-book").hours_range, Nullable(None));
    let git = Requires::One("foundations/git".to_owned());
    assert_eq!(item("knife-course").requires, [git]);
    assert_eq!(item("knife-video").instead_of, ["cooking/knife-course"]);
    let chart = item("knife-chart");
    assert!(chart.look_up && chart.teaches.is_empty());
    assert!(item("filleting").retired && !item("chopping").retired);
    let salad = item("salad");
    assert_eq!(salad.pass, Nullable(Some(5)));
    let points: Vec<Option<u16>> = salad.rubric.iter().map(|one| one.points.0).collect();
    assert_eq!(points, [None, Some(3), Some(4)]);
    let top = RubricStep { points: 4, text: "like a picture".to_owned() };
    assert_eq!(salad.rubric[2].scale[2], top);
}

/// Shows each text and day of a path file, as the program has them: without what is ignored, and
/// without the points before a step of a scale.
fn leaves(value: &toml::Value, show: &mut impl FnMut(&str)) {
    match value {
        toml::Value::Table(table) => {
            let ignored = |key: &str| key.starts_with("x-") || ["$schema", "kind"].contains(&key);
            let kept = table.iter().filter(|(key, _)| !ignored(key));
            kept.for_each(|(_, value)| leaves(value, show));
        }
        toml::Value::Array(values) => values.iter().for_each(|value| leaves(value, show)),
        toml::Value::String(text) => match text.split_once(": ") {
            Some((points, step)) if points.parse::<u16>().is_ok() => show(step),
            _ => show(text.trim()),
        },
        toml::Value::Datetime(day) => show(&day.to_string()),
        _ => {}
    }
}

/// All texts in an answer.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text.trim()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_mirrors_are_strict() {
    let good = r#"{"schema":1,"command":"stop","stopped":[],"unchanged":[]}"#;
    assert!(serde_json::from_str::<Stop>(good).is_ok());
    assert!(serde_json::from_str::<Stop>(&good.replace("\"unchanged\"", "\"same\"")).is_err());
    assert!(serde_json::from_str::<Stop>(&good.replace("}", ",\"more\":1}")).is_err());
    let note = r#"{"schema":1,"command":"next","prove":[],"recommendations":[],"code":null,"role":null,"reviews":null,"reviews_due":0,"why":null,"note":null}"#;
    assert!(serde_json::from_str::<Next>(note).is_ok());
    assert!(serde_json::from_str::<Next>(&note.replace(",\"note\":null", "")).is_err());
}

#[test]
fn a_path_made_of_a_document() {
    let sandbox = Sandbox::new();
    let row =
        |hours: &str| format!("Title,URL,Hours,Mood\nRope,https://example.org/rope,{hours},good\n");
    sandbox.write("courses.csv", &row("8"));
    let made: New = read(&sandbox, "new knots --from courses.csv");
    assert_eq!((made.size.resources, made.file), (1, Nullable(Some("knots.toml".to_owned()))));
    assert_eq!(made.columns.len(), 1);
    assert_eq!(made.text, Nullable(None));
    let text: New = read(&sandbox, "new knots -o -");
    assert!(text.text.0.is_some_and(|text| text.contains("id = \"knots\"")));
    sandbox.write("courses.csv", &(row("9") + "Net,https://example.org/net,2,\n"));
    let again: New = read(&sandbox, "new knots --from courses.csv --update knots.toml");
    let update = again.update.0.unwrap();
    assert_eq!((update.added.len(), update.changed.len(), update.conflicts.len()), (1, 1, 0));
}
