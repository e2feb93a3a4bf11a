//! Any text, and any text near a valid file, is read without a panic, and what is said about it
//! holds.

use proptest::prelude::*;

use super::*;
use crate::kind::NodeKind;
use crate::node::Node;
use crate::reference::is_id;

/// Pieces that mean something to the format, so that mutations reach beyond the parser.
const PIECES: &[&str] = &[
    "\n",
    "\"",
    "'",
    "\"\"\"",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "#",
    "\\",
    "é",
    "\u{202e}",
    "\u{1b}",
    "\u{e0041}",
    "\u{feff}",
    "0",
    "-1",
    "nan",
    "1e999",
    "true",
    "2026-11-21",
    "2026-11-21T10:00:00Z",
    "\nid = \"salad\"\n",
    "\nrequires = [\"salad\", [\"knives\"]]\n",
    "\nrequires = [\"basics\"]\n",
    "\nsame_as = \"ml-engineering/first-model\"\n",
    "\nskills = [\"chopping\"]\n",
    "\nhours = 3\n",
    "\nminutes = 3\n",
    "\nmonths = [0, 1]\n",
    "\nreplaces = [\"cutting\"]\n",
    "\nportfolio = \"menus\"\n",
    "\n[[stages]]\n",
    "\n[[stages.topics]]\n",
    "\n[[stages.topics.resources]]\n",
    "\n[[stages.milestones]]\n",
    "\n[[interview]]\n",
    "\n[[portfolio]]\n",
    "\n[stages]\n",
    "{ id = \"x\", title = \"X\" },",
    "kind = \"career\"\n",
    "\n[[areas]]\n",
    "\n[[roles]]\n",
    "\n[[practice]]\n",
    "\n[[glossary]]\n",
    "\nlevels = [\"a\", \"b\", \"c\", \"d\"]\n",
    "\nraised_by = [{ by = \"foundations/git\", weight = 3, level = 2 }]\n",
    "\ntargets = { tools = 3 }\n",
];

/// One change of a text, at a place that is a part of its length.
#[derive(Debug, Clone)]
enum Change {
    Delete { at: f64, length: usize },
    Insert { at: f64, piece: String },
    Copy { from: f64, length: usize, to: f64 },
}

fn change() -> impl Strategy<Value = Change> {
    let piece = prop_oneof![
        4 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop_oneof![
        (0.0..1.0, 1usize..40).prop_map(|(at, length)| Change::Delete { at, length }),
        (0.0..1.0, piece).prop_map(|(at, piece)| Change::Insert { at, piece }),
        (0.0..1.0, 1usize..200, 0.0..1.0).prop_map(|(from, length, to)| Change::Copy {
            from,
            length,
            to
        }),
    ]
}

fn apply(text: &str, changes: &[Change]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for change in changes {
        let place = |part: f64| (part * bytes.len() as f64) as usize;
        match change {
            Change::Delete { at, length } => {
                let at = place(*at);
                let end = (at + length).min(bytes.len());
                bytes.drain(at..end);
            }
            Change::Insert { at, piece } => {
                let at = place(*at);
                bytes.splice(at..at, piece.bytes());
            }
            Change::Copy { from, length, to } => {
                let (from, to) = (place(*from), place(*to));
                let copy = bytes[from..(from + length).min(bytes.len())].to_vec();
                bytes.splice(to..to, copy);
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What holds for every text.
fn holds(text: &str, shelf: &Held) {
    let reading = read(text);
    let foreign = check_foreign(&reading, shelf);
    let errors = reading.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    let given = [reading.roadmap.is_some(), reading.career.is_some(), reading.overlay.is_some()];
    let is_path = !reading.is_career && !reading.is_overlay;
    let expected = [is_path, reading.is_career, reading.is_overlay].map(|kind| kind && errors == 0);
    assert_eq!(given, expected, "{:#?}", reading.diagnostics);
    assert!(reading.diagnostics.len() <= diagnostic::MOST_DIAGNOSTICS);
    assert!(reading.diagnostics.is_sorted_by_key(|d| d.span.start));
    for diagnostic in reading.diagnostics.iter().chain(&foreign) {
        let span = &diagnostic.span;
        assert!(text.get(span.clone()).is_some(), "{diagnostic:?}");
        assert_eq!(diagnostic.severity, diagnostic.code.severity());
        for sentence in diagnostic.help.iter().chain([&diagnostic.message]) {
            assert!(!sentence.chars().any(crate::chars::is_unsafe), "{sentence:?}");
            assert!(!sentence.is_empty() && !sentence.ends_with('.'), "{sentence:?}");
            assert!(!sentence.starts_with(char::is_uppercase), "{sentence:?}");
            assert!(sentence.len() < 2_500, "{sentence:?}");
            assert_eq!(sentence.matches('`').count() % 2, 0, "{sentence:?}");
        }
    }
    for foreign in &reading.foreign {
        assert!(text.get(foreign.span.clone()).is_some(), "{foreign:?}");
    }
    if let Some(roadmap) = &reading.roadmap {
        is_right(roadmap);
    }
    if let Some(career) = &reading.career {
        is_right_career(career);
    }
    if let Some(overlay) = &reading.overlay {
        for base in &shelf.0 {
            is_right(&crate::overlay::apply(base, overlay).0);
        }
    }
}

/// What holds for every career that is given away.
fn is_right_career(career: &Career) {
    let unique = |ids: Vec<&String>| {
        let all = ids.len();
        let distinct: std::collections::HashSet<&String> = ids.iter().copied().collect();
        assert!(distinct.len() == all && ids.iter().all(|id| is_id(id)), "{ids:?}");
    };
    unique(career.areas.iter().map(|area| &area.id).collect());
    unique(career.roles.iter().map(|role| &role.id).collect());
    unique(career.practice.iter().map(|one| &one.id).collect());
    unique(career.glossary.iter().map(|term| &term.id).collect());
    for area in &career.areas {
        assert!(area.levels.iter().all(|level| !level.trim().is_empty()));
        for raise in &area.raised_by {
            assert!((1..=3).contains(&raise.weight) && (1..=4).contains(&raise.level));
            assert!(is_id(raise.by.path()) && raise.by.id().is_some_and(is_id));
        }
    }
    for role in &career.roles {
        let place = |area: &String| career.areas.iter().position(|known| known.id == *area);
        let places: Vec<_> = role.targets.iter().map(|target| place(&target.area)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted_by(|a, b| a < b));
        assert!(role.targets.iter().all(|target| (1..=4).contains(&target.level)));
        assert!(role.paths.iter().all(|path| is_id(path)));
    }
    assert!(career.practice.iter().all(|one| (1..=1_440).contains(&one.minutes)));
}

/// What holds for every roadmap that is given away.
fn is_right(path: &Roadmap) {
    let ids: Vec<&str> = path.ids().collect();
    assert!(is_id(&path.id) && ids.iter().all(|id| is_id(id)));
    assert!(ids.is_sorted_by(|a, b| a < b), "ids are unique");
    for item in path.items() {
        assert!(!item.title().trim().is_empty());
        assert!(item.hours().is_none_or(|hours| hours > 0.0 && hours <= 10_000.0));
        assert!(item.tracked().replaces.iter().all(|old| is_id(old) && path.node(old).is_none()));
        assert!(item.tracked().same_as.as_ref().is_none_or(|same| same.path() != path.id));
        if let (Some(resource), Some(topic)) = (item.resource(), item.topic) {
            let own = |id: &String| topic.skills.iter().any(|skill| skill.tracked.id == *id);
            assert!(resource.skills.iter().all(own));
        }
        if let Some(heading) = item.milestone().and_then(|milestone| milestone.portfolio.as_ref()) {
            assert!(path.portfolio.iter().any(|known| known.id == *heading));
        }
        for requirement in Node::Item(item).requirements() {
            assert!(!requirement.any_of.is_empty());
            for reference in requirement.any_of.iter().filter(|r| r.path() == path.id) {
                let kind = path.node(reference.id().unwrap_or_default()).map(|node| node.kind());
                let can_be = |kind| kind != NodeKind::Resource || item.resource().is_some();
                assert!(kind.is_some_and(can_be), "{reference}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        holds(&text, &Held(Vec::new()));
    }

    #[test]
    fn any_heap_of_pieces_is_read(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        holds(&pieces.concat(), &Held(Vec::new()));
    }

    #[test]
    fn any_file_near_a_valid_one_is_read(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec(change(), 1..6),
    ) {
        let files = fixtures("valid");
        let (_, text) = &files[which.index(files.len())];
        holds(&apply(text, &changes), &shelf());
    }

    #[test]
    fn any_invalid_file_with_a_change_is_read(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec(change(), 1..4),
    ) {
        let files = fixtures("invalid");
        let (_, text) = &files[which.index(files.len())];
        holds(&apply(text, &changes), &shelf());
    }
}
