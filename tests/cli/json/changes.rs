//! The reports of commands that change something.

use super::*;

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
    assert_eq!(form, (1, "export", milepost_core::record::FORM));
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
