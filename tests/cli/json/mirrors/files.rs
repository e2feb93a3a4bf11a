//! Files: of paths, `new`, `check`, `fmt`, `schema`, `add`, `remove`, `hide`, `link`; `config`.

use super::*;

reports! {
    Fmt { files: Vec<FormedFile>, }
    Help { topic: Nullable<String>, text: String, }
    Version { version: String, }
    Config {
        file: Nullable<String>, exists: bool, written: bool, changed: Vec<KeyChange>, settings: Vec<Setting>,
    }
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
}

parts! {
    KeyChange { key: String, from: Nullable<Value>, to: Nullable<Value>, }
    Setting {
        key: String, value: Nullable<Value>, origin: Nullable<String>, from: Nullable<String>, line: Nullable<usize>,
        in_file: Nullable<Value>,
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
}

words! {
    Severity { Error Warning }
    Form { Formatted Unformatted Unchanged Invalid }
    AddedAs { New Update InsteadOfBuiltIn }
}

/// How many of each.
pub(in crate::json) type Counted = std::collections::BTreeMap<String, usize>;
