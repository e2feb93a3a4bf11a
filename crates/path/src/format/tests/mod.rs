//! Tests of the path format as a whole: fixtures, tables, limits and properties.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::shelf::Shelf;

mod fixtures;
mod foreign;
mod limits;
mod properties;
mod reading;

/// A shelf of roadmaps that a test holds.
struct Held(Vec<Roadmap>);

impl Held {
    fn of(texts: &[&str]) -> Self {
        Self(texts.iter().map(|text| sound(text)).collect())
    }
}

impl Shelf for Held {
    fn roadmap(&self, id: &str) -> Option<&Roadmap> {
        self.0.iter().find(|roadmap| roadmap.id == id)
    }

    fn claimant(&self, old: &str, but: &str) -> Option<&str> {
        self.0.claimant(old, but)
    }
}

/// The roadmap of a text without an error.
fn sound(text: &str) -> Roadmap {
    let reading = read(text);
    reading.roadmap.unwrap_or_else(|| panic!("{:#?}\nin\n{text}", reading.diagnostics))
}

/// The diagnostics of a text as `code@line:column`.
fn told(text: &str) -> Vec<String> {
    positions(text, &read(text).diagnostics)
}

fn positions(text: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    let position = |diagnostic: &Diagnostic| {
        let (line, column) = line_column(text, diagnostic.span.start);
        format!("{}@{line}:{column}", diagnostic.code)
    };
    diagnostics.iter().map(position).collect()
}

/// The message and help of the one diagnostic of a text.
fn only(text: &str) -> (String, String) {
    let mut diagnostics = read(text).diagnostics;
    assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}\nin\n{text}");
    let diagnostic = diagnostics.remove(0);
    (diagnostic.message, diagnostic.help.unwrap_or_default())
}

fn fixture_folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paths").join(name)
}

/// The fixtures of a folder: file names without their ending, and texts.
fn fixtures(folder: &str) -> Vec<(String, String)> {
    let mut fixtures: Vec<(String, String)> = fs::read_dir(fixture_folder(folder))
        .expect("the folder of fixtures")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a text"))
        })
        .collect();
    fixtures.sort();
    fixtures
}

/// The paths that the fixtures refer to.
fn shelf() -> Held {
    Held(fixtures("shelf").iter().map(|(_, text)| sound(text)).collect())
}
