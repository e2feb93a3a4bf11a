//! Records that were written before there were minutes: the plan is their clock, as it was.

use chrono::{Datelike, Days};
use milepost_core::Catalog;
use milepost_core::forecast::Measure;
use milepost_core::forecast::NoForecast;
use milepost_core::internals::activity::activity;
use milepost_core::internals::learner::Learner;
use milepost_core::internals::path_forecast::outlook;
use milepost_core::internals::store::Store;

/// In each, a skill of ai-integration was done on the day on which its paths were begun.
const RECORDS: [&str; 3] = [
    include_str!("../../crates/core/tests/records/record-v1.sql"),
    include_str!("../../crates/core/tests/records/record-v2.sql"),
    include_str!("../../crates/core/tests/records/record-v3.sql"),
];

#[test]
fn a_record_made_before_reads_as_before() {
    let catalog = Catalog::new(milepost::builtin::BUILT_INS, Vec::new(), false, None);
    for (record, schema) in RECORDS.into_iter().zip(1..) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("progress.db");
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.execute_batch(record).unwrap();
        drop(connection);
        let mut store = Store::open(&path).unwrap().unwrap();
        let reading = store.read().unwrap();
        let mut standing = reading.standing().unwrap();
        standing.put_efforts(reading.efforts().unwrap());
        let view = Learner { shelf: &catalog, standing: &standing };
        let [foundations, ai] =
            ["foundations", "ai-integration"].map(|id| view.shelf.roadmap(id).unwrap());
        let today = standing.following()[&ai.id].since + Days::new(27);
        let seen = outlook(&view, ai, today);
        let pace = seen.pace.unwrap();
        let hours = view.shelf.roadmap("ai-integration").unwrap().item("fastapi").unwrap().hours();
        assert_eq!((pace.basis, pace.calibration, pace.weeks), (Measure::Planned, None, 2));
        let a_week = hours.unwrap() / 2.0;
        assert!((0.9 * a_week..=a_week).contains(&pace.hours_per_week), "{schema}: {pace:?}");
        assert_eq!(seen.steady.unwrap().rate.hours_per_week, 7.5);
        let range = seen.forecast.unwrap();
        assert!(today < range.earliest && range.earliest < range.expected, "{schema}: {range:?}");
        assert!(range.expected < range.latest && range.latest.year() < 2032, "{schema}: {range:?}");
        assert_eq!(outlook(&view, foundations, today).forecast, Err(NoForecast::NoPace));
        let active = activity(&view, &[foundations, ai], today);
        let [day] = &active.days[..] else { panic!("{schema}: {active:?}") };
        assert_eq!((day.items, day.minutes), (1, 0));
        assert!((day.hours - hours.unwrap()).abs() < 0.01, "{schema}: {day:?}");
    }
}
