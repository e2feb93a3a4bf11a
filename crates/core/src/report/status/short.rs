//! What of `status` fits on a line of a prompt or a bar, which is asked for again and again: it is read at
//! a glance, and no plan is made for it.

use std::cmp::Reverse;

use chrono::NaiveDate;
use milepost_path::{Node, Roadmap, sort};
use serde::Serialize;

use super::{App, Result};
use crate::model::interview;
use crate::model::learner::Learner;
use crate::model::summary::Summary;

/// What is known of a path without a forecast.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Head {
    /// The path, with its progress.
    #[serde(flatten)]
    pub summary: Summary,
    /// Whether it is followed.
    pub followed: bool,
    /// Since when.
    pub started_on: Option<NaiveDate>,
    /// The day that the learner aims at.
    pub target_on: Option<NaiveDate>,
}

/// How far the learner is, in short.
#[derive(Debug, Default)]
pub struct Short {
    /// The paths: the one that was named, or those that are followed, what moved last first.
    pub paths: Vec<Head>,
    /// Interview questions of these paths that are due.
    pub reviews_due: usize,
}

/// Reports in short on the path that was named, or on those that are followed. Where no record can be read
/// at once, there is nothing to say; and what is wrong with the files of paths, other commands tell.
///
/// # Errors
/// The path is unknown, or the record is damaged.
pub fn short(path: Option<&str>, app: &App) -> Result<Short> {
    let Some(standing) = app.glance()? else { return Ok(Short::default()) };
    let view = Learner { shelf: app.catalog(), standing: &standing };
    let mut paths = match path {
        Some(named) => vec![app.path(named)?],
        None => app.followed_untold(&standing),
    };
    if paths.len() > 1 {
        // Stable: of equals, the order in which they are walked.
        sort::by_key(&mut paths, |path| Reverse(moved(path, &view)));
    }
    let report = Short {
        paths: paths.iter().map(|path| Head::of(path, &view)).collect(),
        reviews_due: interview::due(&view, &paths, app.today()),
    };
    app.take_warnings();
    Ok(report)
}

/// The day on which something of a path was taken up or finished last.
fn moved(path: &Roadmap, view: &Learner<'_>) -> Option<NaiveDate> {
    path.items().filter_map(|item| view.state(&item)?.since).max()
}

impl Head {
    pub(super) fn of(path: &Roadmap, view: &Learner<'_>) -> Self {
        let own = view.standing.all().following().get(&path.id);
        Self {
            summary: Summary::of(view, &Node::Path(path)),
            followed: own.is_some(),
            started_on: own.map(|own| own.since),
            target_on: own.and_then(|own| own.goals.target_on),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Query, report};
    use super::*;
    use crate::model::event::{Annotation, EventKind};
    use crate::model::standing::Status;
    use crate::report::Warning;
    use crate::report::fixture::Home;

    fn path(id: &str, requires: &str) -> String {
        format!(
            "format = 1\nid = \"{id}\"\ntitle = \"{id}\"\n{requires}[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
             [[stages.topics]]\nid = \"t\"\ntitle = \"T\"\nhours = 4\n\
             skills = [{{ id = \"a\", title = \"A\" }}, {{ id = \"b\", title = \"B\" }}]\n"
        )
    }

    fn home() -> Home {
        let (wood, wool) = (path("wood", ""), path("wool", "requires = [\"wood\"]\n"));
        Home::with(&[("wood.toml", &wood), ("wool.toml", &wool)])
    }

    fn ids(short: &Short) -> Vec<&str> {
        short.paths.iter().map(|path| path.summary.id.as_str()).collect()
    }

    #[test]
    fn it_says_what_the_long_report_says() {
        let home = home();
        home.follow(&["wool", "wood"]);
        let today = home.app().today();
        let done = EventKind::Marked {
            status: Status::Done,
            known: false,
            remark: Annotation::default(),
            item: None,
        };
        let heads = |paths: &[&Head]| -> Vec<String> {
            let mut heads: Vec<_> = paths.iter().map(|head| format!("{head:?}")).collect();
            heads.sort();
            heads
        };
        assert_eq!(ids(&short(None, &home.app()).unwrap()), ["wood", "wool"]);
        home.record([("wool/a", today, done)]);
        let said = short(None, &home.app()).unwrap();
        assert_eq!(ids(&said), ["wool", "wood"], "what moved last is first");
        let long = report(&Query::default(), &home.app()).unwrap().report;
        let long: Vec<&Head> = long.paths.iter().map(|path| &path.head).collect();
        assert_eq!(heads(&said.paths.iter().collect::<Vec<_>>()), heads(&long));
        assert_eq!(ids(&short(Some("wood"), &home.app()).unwrap()), ["wood"]);
        assert!(short(Some("wod"), &home.app()).is_err());
    }

    #[test]
    fn where_nothing_can_be_read_there_is_nothing_to_say() {
        let home = home();
        assert!(ids(&short(None, &home.app()).unwrap()).is_empty());
        assert!(ids(&short(Some("wood"), &home.app()).unwrap()).is_empty());
        assert!(!home.file("record.db").exists());
        home.follow(&["wood"]);
        // Somebody commits, and takes long.
        let other = rusqlite::Connection::open(home.file("record.db")).unwrap();
        other.execute_batch("BEGIN EXCLUSIVE").unwrap();
        assert!(ids(&short(None, &home.app()).unwrap()).is_empty());
        other.execute_batch("ROLLBACK; PRAGMA user_version = 11").unwrap();
        // A record of before is brought up by those who change something.
        assert!(ids(&short(None, &home.app()).unwrap()).is_empty());
        let version: i32 = other.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, 11);
        drop(other);
        std::fs::write(home.file("record.db"), "no record").unwrap();
        assert!(short(None, &home.app()).is_err());
    }

    #[test]
    fn what_changed_in_a_path_is_left_for_others_to_tell() {
        let home = home();
        home.follow(&["wood"]);
        let app = || {
            let mut app = home.app();
            // Where files are named, somebody else changes them.
            app.places.paths_were_named = true;
            app
        };
        assert!(report(&Query::default(), &app()).unwrap().warnings.is_empty());
        let other = path("wood", "").replace("id = \"b\"", "id = \"c\"");
        std::fs::write(home.file("paths/wood.toml"), other).unwrap();
        let quiet = app();
        assert_eq!(ids(&short(None, &quiet).unwrap()), ["wood"]);
        assert!(quiet.take_warnings().is_empty());
        let told = report(&Query::default(), &app()).unwrap().warnings;
        assert!(matches!(told[..], [Warning::PathChanged(_)]), "{told:?}");
    }
}
