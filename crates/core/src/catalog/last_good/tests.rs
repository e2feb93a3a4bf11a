use milepost_path::Ref;

use super::*;
use crate::catalog::Source;
use crate::catalog::problem::Problem;
use crate::model::event::{EventKind, Goals, NewEvent};
use crate::report::fixture::Home;
use crate::report::{App, Warning, paths, status};

const ONE: &str = "format = 1\nid = \"one\"\ntitle = \"One\"\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
    [[stages.milestones]]\nid = \"m\"\ntitle = \"M\"\nhours = 1\ncriteria = [\"It runs.\"]\n";
const MORE: &str =
    "[[stages.milestones]]\nid = \"n\"\ntitle = \"N\"\nhours = 3\ncriteria = [\"It ends.\"]\n";
const BROKEN: &str = "format = 1\nid = \"one\"\ntitle = \"One\n";

/// A home in which the path `one` is followed, and `two` is not.
fn home() -> Home {
    let two = ONE.replace("\"one\"", "\"two\"").replace("\"One\"", "\"Two\"");
    let home = Home::with(&[("one.toml", ONE), ("two.toml", &two)]);
    mark(&home, EventKind::Started(Goals::default()));
    home
}

fn app(home: &Home) -> App {
    let mut app = home.app();
    app.places.paths_were_named = true;
    app
}

fn mark(home: &Home, fact: EventKind) {
    let app = app(home);
    let mut store = app.store_to_write().unwrap();
    let mut writing = store.write(app.stamp).unwrap();
    let entry = NewEvent { subject: Ref::path_only("one"), title: None, fact };
    writing.append(entry, app.today()).unwrap();
    app.commit(writing).unwrap();
}

fn write(home: &Home, name: &str, text: &str) {
    fs::write(home.file("paths").join(name), text).unwrap();
}

/// The warnings of `status`.
fn warned(home: &Home) -> Vec<String> {
    let answer = status::report(&status::Query::default(), &app(home)).unwrap();
    answer.warnings.iter().map(|one| told(one).unwrap_or_else(|| format!("{one:?}"))).collect()
}

/// What is told of a path whose file is broken or has changed.
fn told(warning: &Warning) -> Option<String> {
    match warning {
        Warning::Catalog(Problem::LastGood(file, id)) => {
            Some(format!("last good of {id}: {}", file.file_name()?.display()))
        }
        Warning::PathChanged(news) => Some(format!(
            "{} changed: {:?} added, {:?} removed, {:?}",
            news.path, news.added, news.removed, news.percent
        )),
        _ => None,
    }
}

fn kept(home: &Home) -> Vec<String> {
    list(&folder(&home.file("record.db"))).into_iter().map(|one| one.id).collect()
}

#[test]
fn what_was_only_just_begun_can_break_too() {
    let home = home();
    assert_eq!(kept(&home), Vec::<String>::new());
    let app = app(&home);
    app.catalog().roadmap("one");
    app.keep_copy().unwrap();
    assert_eq!(kept(&home), Vec::<String>::new(), "nothing was recorded");
    let mut store = app.store_to_write().unwrap();
    let mut writing = store.write(app.stamp).unwrap();
    let fact = EventKind::Noted(crate::model::event::Annotation::default());
    writing
        .append(NewEvent { subject: Ref::node("one", "m"), title: None, fact }, app.today())
        .unwrap();
    app.commit(writing).unwrap();
    drop(store);
    app.keep_copy().unwrap();
    assert_eq!(kept(&home), ["one"]);
    write(&home, "one.toml", BROKEN);
    assert!(self::app(&home).catalog().roadmap("one").is_some());
}

#[test]
fn a_broken_file_leaves_the_path_as_it_was_and_says_so() {
    let home = home();
    assert_eq!((warned(&home), kept(&home)), (vec![], vec!["one".to_owned()]));
    for text in [BROKEN, "", "x"] {
        write(&home, "one.toml", text);
        write(&home, "two.toml", &BROKEN.replace("one", "two"));
        let app = app(&home);
        assert_eq!(app.path("one").unwrap().title, "One", "{text}");
        assert!(app.path("two").is_err(), "nobody follows it");
        let said = app.take_warnings();
        let is_last_good =
            |one: &&Warning| told(one).is_some_and(|told| told == "last good of one: one.toml");
        assert_eq!(said.iter().filter(is_last_good).count(), 1, "{said:?}");
        // Each command that uses it says so again.
        let said = warned(&home);
        assert!(said.iter().any(|one| one == "last good of one: one.toml"), "{said:?}");
        let source = app.catalog().source("one");
        assert_eq!(source, Some(Source::LastGood(home.file("paths").join("one.toml"))));
        let report = paths::report(&paths::Query, &app).unwrap().report;
        let json = serde_json::to_value(&report).unwrap();
        let own = json["paths"].as_array().unwrap().iter().find(|one| one["id"] == "one").unwrap();
        assert_eq!(own["source"], "last good");
    }
    write(&home, "one.toml", ONE);
    write(&home, "two.toml", ONE.replace("\"one\"", "\"two\"").as_str());
    assert_eq!(warned(&home), Vec::<String>::new());
}

#[test]
fn what_is_gone_or_damaged_stands_in_for_nothing() {
    let home = home();
    warned(&home);
    // The file is gone, or holds another path.
    let file = home.file("paths").join("one.toml");
    fs::remove_file(&file).unwrap();
    assert!(app(&home).catalog().roadmap("one").is_none());
    write(&home, "one.toml", &ONE.replace("\"one\"", "\"other\""));
    assert!(app(&home).catalog().roadmap("one").is_none());
    // What is kept was changed by another hand.
    write(&home, "one.toml", BROKEN);
    assert!(app(&home).catalog().roadmap("one").is_some());
    let folder = folder(&home.file("record.db"));
    let text = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let whole = fs::read_to_string(&text).unwrap();
    fs::write(&text, whole.replace("\"One\"", "\"Two\"")).unwrap();
    assert!(app(&home).catalog().roadmap("one").is_none());
    fs::write(&text, whole).unwrap();
    assert!(app(&home).catalog().roadmap("one").is_some());
}

#[test]
fn a_changed_file_is_told_once_with_its_effect() {
    let home = home();
    assert_eq!(warned(&home), Vec::<String>::new());
    write(&home, "one.toml", &ONE.replace("\"One\"", "\"First\""));
    assert_eq!(warned(&home), Vec::<String>::new(), "nothing of progress changes");
    write(&home, "one.toml", &[ONE, MORE].concat());
    let said = "one changed: [Milestone] added, [] removed, [0.0, 0.0]";
    assert_eq!(warned(&home), [said]);
    assert_eq!(warned(&home), Vec::<String>::new());
    // Where nothing can be kept it is told each time.
    let folder = folder(&home.file("record.db"));
    write(&home, "one.toml", ONE);
    let target = folder.join(format!("one.{:032x}.toml", hash(ONE)));
    fs::create_dir(&target).unwrap();
    let said = "one changed: [] added, [Milestone] removed, [0.0, 0.0]";
    assert_eq!((warned(&home), warned(&home)), (vec![said.to_owned()], vec![said.to_owned()]));
}

#[test]
fn a_path_that_is_no_longer_followed_is_forgotten() {
    let home = home();
    warned(&home);
    write(&home, "one.toml", &[ONE, MORE].concat());
    warned(&home);
    assert_eq!(kept(&home), ["one"]);
    assert_eq!(fs::read_dir(folder(&home.file("record.db"))).unwrap().count(), 1);
    mark(&home, EventKind::Stopped);
    warned(&home);
    assert_eq!(kept(&home), Vec::<String>::new());
}
