//! A path file, an overlay or a career file: it is read, or what is wrong is said, in place.

use milepost_core::internals::catalog::index;
use milepost_core::internals::learner::Learner;
use milepost_core::internals::standing::Standing;
use milepost_core::internals::{progress, search};
use milepost_path::overlay::{Overlay, apply};
use milepost_path::{Career, Item, MOST_DIAGNOSTICS, Node, Roadmap, Severity, line_column};

/// Reads a file.
pub fn run(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let reading = milepost_path::read(&text);
    let none: Vec<Roadmap> = Vec::new();
    let foreign = milepost_path::check_foreign(&reading, &none);
    let errors = reading.diagnostics.iter().filter(|one| one.severity == Severity::Error).count();
    let (is_path, is_career) = (reading.roadmap.is_some(), reading.career.is_some());
    let is_good = is_path || is_career || reading.overlay.is_some();
    assert_eq!(is_good, errors == 0, "{:#?}", reading.diagnostics);
    assert!(!(is_path && is_career) && is_career <= reading.is_career);
    assert!(reading.diagnostics.len() <= MOST_DIAGNOSTICS);
    let lines = text.split('\n').count();
    for one in reading.diagnostics.iter().chain(&foreign) {
        assert!(text.get(one.span.clone()).is_some(), "{one:?}");
        let (line, column) = line_column(&text, one.span.start);
        assert!((1..=lines).contains(&line) && column >= 1, "{one:?}");
        for sentence in one.help.iter().chain([&one.message]) {
            assert!(!sentence.is_empty() && sentence.len() < 4_000, "{sentence:?}");
            super::assert_shown_safely(sentence);
        }
    }
    if let Some(roadmap) = &reading.roadmap {
        is_usable(roadmap);
    }
    if let Some(overlay) = &reading.overlay {
        bends(overlay);
    }
    if let Some(career) = &reading.career {
        let bytes = postcard::to_stdvec(career).expect("it can be kept");
        assert_eq!(index::decode_built_in::<Career>(&bytes).as_ref(), Some(career));
    }
}

/// That a path is a path still when an overlay bends it, and is bent the same each time.
fn bends(overlay: &Overlay) {
    let base = milepost::builtin::BUILT_INS.path("foundations").expect("it ships");
    let base = index::decode_built_in::<Roadmap>(base.index).expect("it is an index");
    let (bent, loose) = apply(&base, overlay);
    assert_eq!(apply(&base, overlay), (bent.clone(), loose));
    is_usable(&bent);
    // Titles and criteria are the author's.
    for item in base.items() {
        if let Some(Node::Item(now)) = bent.node(item.id()) {
            let criteria = |item: &Item<'_>| item.milestone().map(|one| one.criteria.clone());
            assert_eq!(now.tracked().title, item.tracked().title);
            assert_eq!(criteria(&now), criteria(&item));
        } else {
            assert!(bent.hides(item.id()), "{} is neither there nor hidden", item.id());
        }
    }
}

/// That a path can be kept as an index, counted and searched.
fn is_usable(roadmap: &Roadmap) {
    let bytes = postcard::to_stdvec(roadmap).expect("it can be kept");
    let kept = index::decode_built_in(&bytes);
    assert_eq!(kept.as_ref(), Some(roadmap));
    let shelf = vec![roadmap.clone()];
    let standing = Standing::default();
    let view = Learner { shelf: &shelf, standing: &standing };
    let percent = progress::progress(&view, &Node::Path(roadmap)).percent;
    assert!((0.0..=100.0).contains(&percent), "{percent}");
    let (view, paths) = (&view, &[roadmap][..]);
    let places = search::Places { view, paths, terms: &[], formers: &[], notes: true };
    for hit in search::search(&places, &roadmap.title) {
        assert!(!hit.what.title().is_empty());
    }
}
