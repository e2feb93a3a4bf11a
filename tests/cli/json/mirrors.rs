//! What each report must be, field by field.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde_json::Value;

/// A value or null, but never absent: `Option` alone would not mind.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Nullable<T>(pub(super) Option<T>);

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
        pub(super) struct $name {
            pub(super) schema: u32,
            pub(super) command: String,
            $(pub(super) $field: $type,)*
        }
    )*};
}

/// A part of a report.
macro_rules! parts {
    ($($name:ident { $($(#[$meta:meta])* $field:ident : $type:ty,)* })*) => {$(
        #[derive(Debug, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name { $($(#[$meta])* pub(super) $field: $type,)* }
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
pub(super) type Counted = std::collections::BTreeMap<String, usize>;

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

pub(super) type Day = chrono::NaiveDate;

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
pub(super) enum Requires {
    One(String),
    AnyOf(Vec<String>),
}

/// Words that are promised.
macro_rules! words {
    ($($name:ident { $($(#[$meta:meta])* $word:ident)* })*) => {$(
        #[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub(super) enum $name { $($(#[$meta])* $word,)* }
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
