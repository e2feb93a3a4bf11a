//! One record on several machines: `sync`.

use super::*;

reports! {
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
}

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
}

words! {
    SegmentFault { Missing Torn Sealed Newer Damaged Event TwoFacts }
    Counts { Ours Theirs }
    Erasure { All HistoryStays }
}
