//! `status` as JSON.

use chrono::NaiveDate;
use milepost_core::progress::Activity;
use milepost_core::report::status::{PathReport, Report};
use serde::Serialize;

use super::{Document, forecast};

#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct Json<'a> {
    as_of: NaiveDate,
    paths: Vec<PathJson<'a>>,
    activity: &'a Activity,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct PathJson<'a> {
    #[serde(flatten)]
    path: &'a PathReport,
    forecast_note: Option<String>,
}

impl Document for Report {
    const COMMAND: &'static str = "status";

    fn json(&self) -> impl Serialize {
        let path = |path| PathJson { path, forecast_note: forecast::note(&path.note) };
        let paths = self.paths.iter().map(path).collect();
        Json { as_of: self.as_of, paths, activity: &self.activity }
    }
}

super::described!(Report as Json<'static>);
