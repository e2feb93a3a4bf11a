use std::fs;

use chrono::NaiveTime;

use super::*;
use crate::report::add::{self, Given};
use crate::report::app::Places;
use crate::report::fixture::Home;
use crate::report::{App, paths, remove};

/// A path with some keys of its own and one milestone.
fn path(keys: &str) -> String {
    let id = if keys.contains("id =") { "" } else { "id = \"ours\"\n" };
    format!(
        "format = 1\n{id}title = \"Ours\"\n{keys}\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
         [[stages.milestones]]\nid = \"m\"\ntitle = \"M\"\n"
    )
}

fn app(home: &Home) -> App {
    let app = home.app();
    let places = Places { paths_folder: Some(home.file("paths")), ..app.places };
    App::new(places, app.stamp, NaiveTime::MIN)
}

fn add(home: &Home, given: Given) {
    let query = add::Query { files: vec![given], yes: true, lose: true, ..Default::default() };
    let _ = add::report(&query, &app(home)).unwrap();
}

fn place(home: &Home, name: &str) -> Given {
    Given::Place(home.file(name))
}

fn outdated(home: &Home) -> Option<Outdated> {
    let report = paths::report(&paths::Query, &app(home)).unwrap().report;
    report.paths.into_iter().find(|path| path.id == "ours").unwrap().outdated
}

fn origin(home: &Home) -> PathBuf {
    home.file("paths/.origins/ours.json")
}

#[test]
fn a_newer_version_is_told_by_version_then_by_day_then_by_text() {
    for (installed, there, expected) in [
        ("version = \"1.9\"", "version = \"1.10\"", true),
        ("version = \"1.10\"", "version = \"1.9\"", false),
        // The version says more than the day.
        ("version = \"2\"\nupdated = 2026-01-01", "version = \"1\"\nupdated = 2026-02-01", false),
        ("version = \"2\"\nupdated = 2026-01-01", "version = \"2\"\nupdated = 2026-02-01", true),
        ("updated = 2026-02-01", "updated = 2026-01-01", false),
        ("updated = 2026-02-01", "version = \"1\"\nupdated = 2026-02-01", true),
        ("", "# Another text.", true),
        ("", "", false),
        ("", "id = \"others\"", false),
        ("", "id = \"others\"\nreplaces = [\"ours\"]", true),
        ("", "title = 3", false),
    ] {
        let home = Home::with(&[]);
        fs::write(home.file("mine.toml"), path(installed)).unwrap();
        add(&home, place(&home, "mine.toml"));
        assert_eq!(outdated(&home), None, "{installed}");
        fs::write(home.file("mine.toml"), path(there)).unwrap();
        let found = outdated(&home);
        assert_eq!(found.is_some(), expected, "{installed} {there} {found:?}");
        if let Some(found) = found {
            assert_eq!(found.file, home.file("mine.toml").display().to_string());
            assert_eq!(found.version.is_some(), there.contains("version"));
        }
    }
}

#[test]
fn a_file_that_is_edited_where_it_is_installed_is_not_outdated() {
    let home = Home::with(&[]);
    fs::write(home.file("mine.toml"), path("")).unwrap();
    add(&home, place(&home, "mine.toml"));
    fs::write(home.file("paths/ours.toml"), path("# Edited.")).unwrap();
    assert_eq!(outdated(&home), None);
}

#[test]
fn what_is_installed_again_or_brought_back_keeps_its_origin() {
    let home = Home::with(&[]);
    fs::write(home.file("one.toml"), path("version = \"1\"")).unwrap();
    add(&home, place(&home, "one.toml"));
    // The same text from elsewhere is the newer knowledge.
    fs::write(home.file("two.toml"), path("version = \"1\"")).unwrap();
    add(&home, place(&home, "two.toml"));
    fs::write(home.file("two.toml"), path("version = \"2\"")).unwrap();
    fs::write(home.file("one.toml"), path("version = \"3\"")).unwrap();
    assert_eq!(outdated(&home).unwrap().version.as_deref(), Some("2"));
    add(&home, place(&home, "two.toml"));
    assert_eq!(outdated(&home), None);

    let back = add::Query { back: Some("ours".to_owned()), yes: true, ..Default::default() };
    let _ = add::report(&back, &app(&home)).unwrap();
    assert_eq!(outdated(&home).unwrap().version.as_deref(), Some("2"));

    let query = remove::Query { path: "ours".to_owned(), ..Default::default() };
    let _ = remove::report(&query, &app(&home)).unwrap();
    let _ = add::report(&back, &app(&home)).unwrap();
    assert_eq!(outdated(&home).unwrap().version.as_deref(), Some("2"));

    // What came from standard input has no origin.
    add(&home, Given::Text("-".to_owned(), path("version = \"1.5\"")));
    assert_eq!(outdated(&home), None);
    assert!(!origin(&home).exists());
}

#[test]
fn a_path_that_has_another_id_now_is_outdated_until_the_new_one_is_installed_from_there() {
    let home = Home::with(&[]);
    fs::write(home.file("mine.toml"), path("")).unwrap();
    add(&home, place(&home, "mine.toml"));
    fs::write(home.file("mine.toml"), path("id = \"others\"\nreplaces = [\"ours\"]")).unwrap();
    assert!(outdated(&home).is_some());
    add(&home, place(&home, "mine.toml"));
    assert_eq!(outdated(&home), None);
}

#[test]
fn a_preview_and_a_file_of_a_process_are_not_remembered() {
    let home = Home::with(&[]);
    fs::write(home.file("mine.toml"), path("")).unwrap();
    let files = vec![place(&home, "mine.toml")];
    let query = add::Query { files, dry_run: true, ..Default::default() };
    let _ = add::report(&query, &app(&home)).unwrap();
    assert!(!origin(&home).exists());
    let folder = home.file("paths");
    assert_eq!(name(&folder.join(".before/ours-2026-11-20.toml"), &folder), None);
    assert_eq!(name(&home.file("x/../mine.toml"), &folder), None);
    let plain = name(&folder.join("../mine.toml"), &folder).unwrap();
    assert!(plain.is_absolute() && plain.ends_with("mine.toml"));
    assert!(!plain.components().any(|part| part == Component::ParentDir));
    #[cfg(unix)]
    assert_eq!(name(Path::new("/dev/stdin"), &folder), None);
}

#[test]
fn an_origin_that_is_damaged_or_leads_nowhere_is_silent() {
    let home = Home::with(&[]);
    fs::write(home.file("mine.toml"), path("version = \"1\"")).unwrap();
    add(&home, place(&home, "mine.toml"));
    fs::write(home.file("mine.toml"), path("version = \"2\"")).unwrap();
    let good = fs::read_to_string(origin(&home)).unwrap();
    assert!(outdated(&home).is_some());
    let folder = home.file("paths").display().to_string();
    for text in [
        "",
        "{",
        "[]",
        "{\"file\": 3, \"text\": \"\"}",
        "{\"file\": \"mine.toml\", \"text\": \"\"}",
        "{\"file\": \"/nowhere/\\u0000\", \"text\": \"\"}",
        &format!("{{\"file\": {folder:?}, \"text\": \"\"}}"),
        "{\"file\": \"/dev/zero\", \"text\": \"\"}",
        &" ".repeat(100_000),
        &"[".repeat(60_000),
    ] {
        fs::write(origin(&home), text).unwrap();
        assert_eq!(outdated(&home), None, "{text:.40}");
    }
    fs::write(origin(&home), good).unwrap();
    fs::remove_file(home.file("mine.toml")).unwrap();
    assert_eq!(outdated(&home), None);
    // Nor does it stop what installs.
    fs::remove_dir_all(home.file("paths/.origins")).unwrap();
    fs::write(home.file("paths/.origins"), "").unwrap();
    fs::write(home.file("mine.toml"), path("version = \"3\"")).unwrap();
    add(&home, place(&home, "mine.toml"));
    assert_eq!(outdated(&home), None);
}

#[cfg(unix)]
#[test]
fn an_origin_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::with(&[]);
    fs::write(home.file("mine.toml"), path("")).unwrap();
    add(&home, place(&home, "mine.toml"));
    let mode = |file: &Path| fs::metadata(file).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&origin(&home)), 0o600);
    assert_eq!(mode(origin(&home).parent().unwrap()), 0o700);
}
