use super::*;
use crate::report::Refusal as Refused;
use crate::report::backup;
use crate::report::fixture::{Home, refused};

fn back_up(home: &Home, file: &str, force: bool) -> Result<Answer<backup::Report>> {
    backup::report(&backup::Query { file: home.file(file), force }, &home.app())
}

/// The events that are restored, those before, and whether anything changed.
fn put_back(home: &Home, file: &str, yes: bool) -> Result<(u64, Option<u64>, bool)> {
    let query = Query { file: home.file(file), yes };
    let report = report(&query, &home.app())?.report;
    assert_eq!(report.kept.is_some(), report.changed && report.events_before.is_some());
    Ok((report.events, report.events_before, report.changed))
}

#[test]
fn no_copy_of_more_is_lost_to_one_of_less() {
    let home = Home::with(&[]);
    let why = |result| match refused(result) {
        Refused::Backup(refusal) => refusal,
        other => panic!("{other:?}"),
    };
    assert!(matches!(why(back_up(&home, "copy.db", true)), backup::Refusal::NoRecord(_)));
    home.follow(&["one"]);
    let first = back_up(&home, "copy.db", false).unwrap().report;
    assert_eq!((first.events, first.replaced), (1, false));
    home.follow(&["two"]);
    let second = back_up(&home, "copy.db", false).unwrap().report;
    assert_eq!((second.events, second.replaced), (2, true));
    std::fs::rename(home.file("record.db"), home.file("other.db")).unwrap();
    home.follow(&["three"]);
    assert!(matches!(why(back_up(&home, "copy.db", false)), backup::Refusal::HoldsMore(_)));
    std::fs::write(home.file("notes.txt"), "buy milk").unwrap();
    assert!(matches!(why(back_up(&home, "notes.txt", false)), backup::Refusal::NotACopy(_)));
    assert_eq!(std::fs::read(home.file("notes.txt")).unwrap(), b"buy milk");
    std::fs::write(home.file("empty.db"), "").unwrap();
    assert!(back_up(&home, "empty.db", false).is_ok());
    assert_eq!(back_up(&home, "copy.db", true).unwrap().report.events, 1);
}

#[test]
fn what_has_something_to_lose_needs_a_yes() {
    let home = Home::with(&[]);
    home.follow(&["one"]);
    let _ = back_up(&home, "copy.db", false).unwrap();
    // The same record has nothing to lose, and is not touched.
    assert_eq!(put_back(&home, "copy.db", false).unwrap(), (1, Some(1), false));
    home.follow(&["two"]);
    let present = |home: &Home| match refused(put_back(home, "copy.db", false)) {
        Refused::Restore(Refusal::NeedsYes { present, events, .. }) => (present, events),
        other => panic!("{other:?}"),
    };
    assert_eq!(present(&home), (Present::Record(2), 1));
    assert_eq!(put_back(&home, "copy.db", true).unwrap(), (1, Some(2), true));
    std::fs::write(home.file("record.db"), "no record").unwrap();
    assert_eq!(present(&home), (Present::Wreck, 1));
    assert_eq!(std::fs::read(home.file("record.db")).unwrap(), b"no record");
    std::fs::remove_file(home.file("record.db")).unwrap();
    assert_eq!(put_back(&home, "copy.db", false).unwrap(), (1, None, true));
    assert!(matches!(put_back(&home, "missing.db", true), Err(crate::report::Error::Store(_))));
}
