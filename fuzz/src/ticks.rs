//! A list of ticks: read or refused with a place for each problem; and each line names one thing, or is
//! told why it does not.

use chrono::{DateTime, NaiveTime};
use milepost::error::Error;
use milepost::words::ticks::invalid;
use milepost_core::report::ticks::list::read;
use milepost_core::report::ticks::{Query, Refusal, Report, report};
use milepost_core::{App, Places, Stamp};

/// Reads a list, and looks at what it would come to.
pub fn run(input: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let now = DateTime::from_timestamp_millis(1_795_000_000_000).expect("an instant");
    let stamp = Stamp { now, today: now.date_naive() };
    let places = Places {
        built_ins: milepost::builtin::BUILT_INS,
        db: Some(folder.path().join("progress.db")),
        ..Places::default()
    };
    let text = String::from_utf8_lossy(input);
    let list = match read(&text, stamp.today) {
        Ok(list) => list,
        Err(why) => {
            assert!(why.problems.iter().all(|one| one.line <= text.lines().count().max(1)));
            return told(&invalid("ticks.toml", &why));
        }
    };
    let app = App::new(places, stamp, NaiveTime::MIN);
    let count = list.ticks.len();
    let mut query = Query { name: "ticks.toml".to_owned(), list, ..Query::default() };
    for skip_unclear in [false, true] {
        query.skip_unclear = skip_unclear;
        match report(&query, &app) {
            // There is no record, so that nothing of it is done already.
            Ok(answer) => assert!(answer.report.mark.changed.is_empty()),
            Err(milepost_core::Error::Refused(refusal)) => match *refusal {
                milepost_core::Refusal::Ticks(Refusal::NeedsYes(report)) => {
                    is_sound(&report, count)
                }
                milepost_core::Refusal::Ticks(unclear) => {
                    assert!(!skip_unclear);
                    told(&unclear.into());
                }
                other => unreachable!("{other:?}"),
            },
            Err(other) => unreachable!("{other:?}"),
        }
    }
}

fn is_sound(report: &Report, count: usize) {
    assert!(report.found.len() + report.not_found.len() <= count);
    assert_eq!(report.mark.changed.len(), report.details.len());
    let mut seen = std::collections::HashSet::new();
    assert!(report.found.iter().all(|one| seen.insert(&one.node.reference)));
}

/// What is told is short and safe.
fn told(error: &Error) {
    for text in std::iter::once(error.message()).chain(error.details().iter().map(String::as_str)) {
        assert!(!text.is_empty() && text.len() < 5_000, "{text}");
        super::assert_shown_safely(text);
        assert!(!text.contains('\n'), "{text:?}");
    }
    assert!(error.details().len() <= 21, "{error:?}");
}
