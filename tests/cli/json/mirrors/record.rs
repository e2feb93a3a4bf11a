//! The record as a whole: `backup`, `restore`, `import`, `export --full`, `doctor`; and `completions`.

use super::*;

reports! {
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
    Completions { shell: String, script: String, }
}

parts! {
    Recorded {
        id: uuid::Uuid, device: uuid::Uuid, command: uuid::Uuid, at: chrono::DateTime<chrono::Utc>,
        on: Day, r#ref: String, action: Action, payload: Value, checksum: String, ord: Option<uuid::Uuid>,
    }
    Finding {
        code: String, severity: FindingSeverity, message: String, help: Nullable<String>, fixed: bool,
    }
}

words! {
    FindingSeverity { Ok Note Warning Error }
}
