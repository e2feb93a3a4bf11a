//! Overlays: which are used, that all views see one path, and that no answer is stale.

use super::cache::{WAYS, index_files, long, seen, set_modified};
use super::*;
use milepost_path::overlay::Why;
use milepost_path::{Roadmap, Shelf};

/// An overlay with a skill of this title, in the topic that [`path_file`] makes.
fn overlay_file(id: &str, title: &str, more: &str) -> String {
    format!(
        "format = 1\nkind = \"overlay\"\nextends = \"{id}\"\n[[topics]]\nid = \"{id}-topic\"\n\
         skills = [{{ id = \"my-skill\", title = \"{title}\" }}]\n{more}"
    )
}

/// An overlay of a path that [`long`] makes.
fn overlay(title: &str) -> String {
    overlay_file("kept", title, "")
}

impl Folder {
    /// The title of what the overlay adds to a path.
    fn added(&self, id: &str) -> Option<String> {
        let catalog = self.catalog();
        let path = catalog.roadmap(id)?;
        path.item("my-skill").map(|item| item.title().to_owned())
    }
}

#[test]
fn an_overlay_bends_a_path_that_ships_and_one_of_ones_own() {
    let folder = Folder::new();
    folder.write("mine.toml", &path_file("mine", "Mine", ""));
    let file = folder.write("mine.overlay.toml", &overlay_file("mine", "More", ""));
    folder.write(
        "ai-integration.overlay.toml",
        "format = 1\nkind = \"overlay\"\nextends = \"ai-integration\"\n[hide]\nitems = [\"fastapi-book\", \"gone\"]",
    );
    let catalog = folder.catalog();
    assert!(catalog.roadmap("mine").unwrap().item("my-skill").is_some());
    assert!(catalog.unbent("mine").unwrap().item("my-skill").is_none());
    let installed = catalog.overlay("mine").unwrap();
    assert_eq!((installed.file, installed.loose), (&*file, &[][..]));
    let book = |path: &Roadmap| path.item("fastapi-book").is_some();
    let shipped = catalog.roadmap("ai-integration").unwrap();
    assert!(!book(shipped) && shipped.hides("fastapi-book"));
    assert!(book(&catalog.base("ai-integration").unwrap()));
    let [loose] = catalog.overlay("ai-integration").unwrap().loose else { panic!() };
    assert_eq!((loose.id.as_str(), loose.why), ("gone", Why::Gone));
    // The path is listed once, and where it comes from stays.
    let all = catalog.all();
    let bent: Vec<_> = all.iter().filter(|(path, _)| path.id == "ai-integration").collect();
    assert!(matches!(bent.as_slice(), [(path, Source::BuiltIn)] if !book(path)));
    assert!(catalog.overlay("foundations").is_none());
    assert!(
        matches!(look_up(&catalog, "my-skill", &[]), Lookup::One(node) if node.reference().as_str() == "mine/my-skill")
    );
    assert!(catalog.take_problems().is_empty());
}

#[test]
fn looking_at_one_path_reads_no_other_overlay() {
    let folder = Folder::new();
    folder.write("mine.toml", &path_file("mine", "Mine", ""));
    folder.write("foundations.overlay.toml", "this is not TOML");
    folder.write("mine.overlay.toml", "this is not TOML");
    let catalog = folder.catalog();
    assert!(matches!(look_up(&catalog, "ai-integration/fastapi", &[]), Lookup::One(_)));
    assert_eq!(catalog.read_so_far(), 1);
    assert!(catalog.take_problems().is_empty());
    assert!(catalog.roadmap("mine").is_some());
    assert_eq!(catalog.read_so_far(), 2);
    assert_eq!(catalog.take_problems().len(), 1, "only its own");
}

#[test]
fn an_overlay_that_cannot_be_used_leaves_its_path() {
    let folder = Folder::new();
    folder.write("mine.toml", &path_file("mine", "Mine", ""));
    folder.write("own.toml", &path_file("own", "Own", "").replace("own-milestone", "my-milestone"));
    for (name, text, expected) in [
        ("mine.overlay.toml", overlay_file("mine", "", ""), "Invalid(Invalid {"),
        ("mine.overlay.toml", "format = ".to_owned(), "OverlayName("),
        ("mine.overlay.toml", overlay_file("other", "More", ""), "OverlayName("),
        ("mine.overlay.toml", path_file("mine", "Mine", ""), "OverlayName("),
        ("bend.toml", overlay_file("mine", "More", ""), "OverlayName("),
        ("away.overlay.toml", overlay_file("away", "More", ""), "OverlayOfNothing("),
        ("own.overlay.toml", overlay_file("own", "More", ""), "OverlayClash("),
    ] {
        let file = folder.write(name, &text);
        let catalog = folder.catalog();
        let all = catalog.all();
        assert!(all.iter().all(|(path, _)| path.item("my-skill").is_none()), "{name}");
        assert!(["mine", "own"].iter().all(|id| all.iter().any(|(path, _)| path.id == **id)));
        let problems = told(&catalog);
        assert!(matches!(problems.as_slice(), [one] if one.starts_with(expected)), "{problems:?}");
        assert!(catalog.overlay("mine").is_none());
        fs::remove_file(file).unwrap();
    }
}

#[test]
fn of_two_overlays_the_first_is_used_and_an_old_id_finds_its_path() {
    let (folder, second) = (Folder::new(), Folder::new());
    folder.write("mine.toml", &path_file("mine", "Mine", "replaces = [\"old\"]"));
    folder.write(
        "old.overlay.toml",
        &overlay_file("old", "By the old id", "").replace("old-topic", "mine-topic"),
    );
    assert_eq!(folder.added("mine").as_deref(), Some("By the old id"));
    folder.write("mine.overlay.toml", &overlay_file("mine", "First", ""));
    assert_eq!(folder.added("mine").as_deref(), Some("First"));
    second.write("mine.overlay.toml", &overlay_file("mine", "Second", ""));
    let places = vec![folder.0.path().to_owned(), second.0.path().to_owned()];
    let catalog = Catalog::new(built_ins(), places, true, None);
    assert_eq!(catalog.roadmap("mine").unwrap().item("my-skill").unwrap().title(), "First");
    catalog.all();
    let problems = told(&catalog);
    assert!(problems.iter().any(|one| one.starts_with("SecondOverlay(")), "{problems:?}");
    // The path with the old id has its overlay back when it is there.
    folder.write("old.toml", &path_file("old", "Old", ""));
    fs::remove_file(folder.0.path().join("mine.overlay.toml")).unwrap();
    assert_eq!(folder.added("mine"), None);
}

#[test]
fn no_change_of_an_overlay_shows_an_old_path() {
    for (way, change) in WAYS {
        let folder = Folder::new();
        folder.write("kept.toml", &long("Path"));
        let file = folder.write("kept.overlay.toml", &overlay("First"));
        assert_eq!(folder.added("kept").as_deref(), Some("First"), "{way}");
        assert_eq!(index_files(&folder.cache()).len(), 2, "the path, and what became of it");
        let before = seen(&file);
        change(&file, &overlay("Third"));
        set_modified(&file, before.1);
        assert_eq!(seen(&file), before, "{way} keeps size and time");
        assert_eq!(folder.added("kept").as_deref(), Some("Third"), "{way}");
        change(&file, &overlay("First"));
        assert_eq!(folder.added("kept").as_deref(), Some("First"), "{way}");
        fs::remove_file(&file).unwrap();
        assert_eq!(folder.added("kept"), None, "{way}");
        assert_eq!(folder.title("kept").as_deref(), Some("Path"), "{way}");
    }
}

#[test]
fn no_change_of_the_base_shows_an_old_path() {
    for (way, change) in WAYS {
        let folder = Folder::new();
        let file = folder.write("kept.toml", &long("First"));
        folder.write("kept.overlay.toml", &overlay("More"));
        assert_eq!(folder.title("kept").as_deref(), Some("First"), "{way}");
        let before = seen(&file);
        change(&file, &long("Third"));
        set_modified(&file, before.1);
        assert_eq!(folder.title("kept").as_deref(), Some("Third"), "{way}");
        assert_eq!(folder.added("kept").as_deref(), Some("More"), "{way}");
    }
}

#[test]
fn what_is_kept_of_an_overlay_is_what_was_read() {
    let folder = Folder::new();
    folder.write("kept.toml", &long("Path"));
    folder.write("kept.overlay.toml", &overlay_file("kept", "More", "[hide]\nitems = [\"gone\"]"));
    let first = folder.catalog();
    let path = first.roadmap("kept").cloned();
    let loose = first.overlay("kept").unwrap().loose.to_vec();
    assert_eq!(loose.len(), 1);
    let again = folder.catalog();
    assert_eq!(again.roadmap("kept").cloned(), path);
    assert_eq!(again.overlay("kept").unwrap().loose, loose);
    // Each of the two indexes, damaged, is made anew.
    for index in index_files(&folder.cache()) {
        let whole = fs::read(&index).unwrap();
        for at in (0..whole.len()).step_by(31) {
            let mut bad = whole.clone();
            bad[at] ^= 0x10;
            fs::write(&index, &bad).unwrap();
            assert_eq!(folder.catalog().roadmap("kept").cloned(), path, "byte {at}");
        }
        assert!(super::super::index::useless(&folder.cache()).is_empty());
    }
}
