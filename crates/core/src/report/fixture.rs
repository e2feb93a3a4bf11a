//! A home for tests: a folder with the learner's own paths and a record, and the apps that are asked.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "it is for tests"
)]

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, NaiveTime};
use milepost_path::Ref;
use tempfile::TempDir;

use super::app::Places;
use super::{App, Error, Refusal, Result};
use crate::catalog::fixture::built_ins;
use crate::model::event::{EventKind, Goals, NewEvent};
use crate::model::standing::Standing;
use crate::store::{Stamp, Store};

/// A folder with paths and a record.
pub struct Home(TempDir);

impl Home {
    /// A home with some path files, and no record yet.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(home.file("paths")).unwrap();
        for (name, text) in files {
            std::fs::write(home.file("paths").join(name), text).unwrap();
        }
        home
    }

    /// The name of a file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// What is asked there, at ten in the morning of 2026-11-20.
    pub fn app(&self) -> App {
        let now = DateTime::parse_from_rfc3339("2026-11-20T10:00:00Z").unwrap().to_utc();
        let places = Places {
            built_ins: built_ins(),
            db: Some(self.file("record.db")),
            paths: vec![self.file("paths")],
            ..Places::default()
        };
        let time = NaiveTime::from_hms_opt(10, 0, 0).unwrap();
        App::new(places, Stamp { now, today: now.date_naive() }, time)
    }

    /// Records what happened to some subjects, each on its day; all of it is one change.
    pub fn record(&self, facts: impl IntoIterator<Item = (&'static str, NaiveDate, EventKind)>) {
        let app = self.app();
        let mut store = app.store_to_write().unwrap();
        let mut writing = store.write(app.stamp).unwrap();
        for (subject, on, fact) in facts {
            let subject = Ref::from_text(subject);
            writing.append(NewEvent { subject, title: None, fact }, on).unwrap();
        }
        app.commit(writing).unwrap();
    }

    /// Follows some paths.
    pub fn follow(&self, paths: &[&'static str]) {
        let today = self.app().today();
        self.record(paths.iter().map(|path| (*path, today, EventKind::Started(Goals::default()))));
    }
}

/// The record of an app, made where there is none.
pub fn record(app: &App) -> Store {
    app.store_to_write().unwrap()
}

/// How everything stands in the record of an app.
pub fn standing(app: &App) -> Standing {
    app.standing().unwrap()
}

/// What a query was refused for.
pub fn refused<T>(result: Result<T>) -> Refusal {
    match result.err().unwrap() {
        Error::Refused(refusal) => *refusal,
        other => panic!("{other:?}"),
    }
}
