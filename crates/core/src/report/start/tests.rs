use super::*;
use crate::report::fixture::{Home, refused};
use crate::report::{NoPath, Refusal, next};

fn query(paths: &[&str], hours: Option<f64>, known: &[&str]) -> Query {
    let texts = |all: &[&str]| all.iter().map(ToString::to_string).collect();
    let aims = Aims { hours_per_week: hours.map(Some), ..Aims::default() };
    Query { paths: texts(paths), aims, known: texts(known), ..Query::default() }
}

#[test]
fn what_is_known_is_what_the_paths_to_follow_have() {
    // `linear-algebra` is also in another path, as another thing.
    let home = Home::with(&[]);
    let mean = |paths: &[&str]| {
        let query = query(paths, None, &["linear-algebra"]);
        report(&query, &home.app()).map(|answer| answer.report.known)
    };
    let Refusal::Ambiguous { .. } = refused(mean(&["resource-library"])) else { panic!() };
    // A path that is required is followed as well.
    assert_eq!(mean(&["ai-integration"]).unwrap(), [Ref::node("foundations", "linear-algebra")]);
}

#[test]
fn hours_of_several_paths_are_told_together() {
    let home = Home::with(&[]);
    let start = |paths: &[&str], hours| {
        let query = query(paths, Some(hours), &[]);
        report(&query, &home.app()).unwrap().report.hours_per_week_in_all
    };
    // Those of a path that another one requires add none.
    assert_eq!(start(&["foundations"], 3.0), None);
    assert_eq!(start(&["ai-integration"], 6.0), None);
    assert_eq!(start(&["ml-engineering"], 8.0), Some(14.0));
    assert_eq!(start(&["ml-engineering"], 4.0), Some(10.0));
}

#[test]
fn a_path_that_is_followed_and_not_installed_is_none_that_was_never_followed() {
    let home = Home::with(&[]);
    let nothing = || next::report(&next::Query::default(), &home.app()).unwrap().report.nothing;
    assert!(matches!(nothing(), Some(next::Nothing::NoPath(NoPath::Followed))));
    home.follow(&["elsewhere"]);
    assert!(matches!(nothing(), Some(next::Nothing::NoPath(NoPath::Installed))));
    home.follow(&["ai-integration"]);
    assert!(nothing().is_none());
}
