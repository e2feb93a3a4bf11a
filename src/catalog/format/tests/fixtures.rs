//! Every file in `tests/fixtures/paths` says in its first line what is found in it.

use super::*;

/// What the first line says: `# expect: nothing`, or codes with their places.
fn expected(text: &str) -> Vec<String> {
    let first = text.lines().next().unwrap_or_default();
    let list = first.strip_prefix("# expect: ").expect("a first line with what is expected");
    if list == "nothing" { Vec::new() } else { list.split(' ').map(str::to_owned).collect() }
}

fn found(text: &str, shelf: &Held) -> Vec<Diagnostic> {
    let reading = read(text);
    let foreign = check_foreign(&reading, shelf);
    let all = reading.diagnostics.into_iter().chain(foreign).collect();
    most_important(all, usize::MAX).0
}

#[test]
fn each_fixture_yields_what_it_says() {
    let shelf = shelf();
    for folder in ["valid", "invalid"] {
        for (name, text) in fixtures(folder) {
            let found = positions(&text, &found(&text, &shelf));
            assert_eq!(found, expected(&text), "{folder}/{name}.toml");
            assert_eq!(found.is_empty(), folder == "valid", "{folder}/{name}.toml");
        }
    }
}

#[test]
fn each_code_has_the_fixture_of_its_name() {
    let shelf = shelf();
    let fixtures = fixtures("invalid");
    for code in Code::ALL {
        let (_, text) = fixtures
            .iter()
            .find(|(name, _)| name == code.as_str())
            .unwrap_or_else(|| panic!("invalid/{code}.toml is missing"));
        assert!(found(text, &shelf).iter().any(|d| d.code == *code), "invalid/{code}.toml");
    }
    // Variants are named after a code too: `syntax--string.toml`.
    for (name, _) in fixtures {
        let code = name.split("--").next().unwrap_or_default();
        assert!(Code::ALL.iter().any(|known| known.as_str() == code), "invalid/{name}.toml");
    }
}

#[test]
fn codes_are_kebab_case_and_distinct_and_errors_come_first() {
    let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert!(names.iter().all(|name| crate::model::roadmap::is_id(name)));
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
    assert!(Code::ALL.is_sorted_by_key(|code| code.severity()));
    assert!(Code::ALL.iter().all(|code| code.explanation().ends_with('.')));
}

#[test]
fn the_file_with_every_key_is_read_whole() {
    let fixtures = fixtures("valid");
    let (_, text) = fixtures.iter().find(|(name, _)| name == "every-key").expect("a fixture");
    let path = sound(text);
    assert_eq!(path.title, "Cooking for Zoë & Ørjan");
    assert_eq!(path.role.as_deref(), Some("cook"));
    assert_eq!(path.updated.map(|day| day.to_string()).as_deref(), Some("2026-11-21"));
    let any_of = |requirement: &crate::model::roadmap::Requirement| {
        requirement.any_of.iter().map(Ref::as_str).collect::<Vec<_>>().join("|")
    };
    let all = |requires: &[crate::model::roadmap::Requirement]| {
        requires.iter().map(any_of).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(all(&path.requires), "foundations ml-engineering|foundations");
    let [basics, feast] = path.stages.as_slice() else { panic!("two stages") };
    assert_eq!((basics.months, feast.months), (Some([0.0, 2.5]), Some([2.5, 6.0])));
    assert_eq!(all(&basics.requires), "foundations/programming");
    assert_eq!(all(&feast.requires), "cooking/basics");
    let [knives] = basics.topics.as_slice() else { panic!("one topic") };
    assert_eq!(knives.summary.as_deref(), Some("Sharp is safe."));
    assert_eq!(knives.roles, ["cook", "butcher"]);
    assert_eq!(all(&knives.requires), "foundations/matrices foundations/python|foundations/git");
    let [book, video, club] = knives.resources.as_slice() else { panic!("three resources") };
    assert_eq!(book.by.as_deref(), Some("Sebastián Ramírez"));
    assert_eq!((book.hours, video.hours, club.hours), (Some(12.0), Some(0.75), None));
    assert_eq!(book.skills, ["chopping", "carving"]);
    assert_eq!(video.skills, ["chopping", "carving", "typing"]);
    assert_eq!(club.url, None);
    assert_eq!(video.tracked.same_as.as_ref().map(Ref::as_str), Some("foundations/pro-git"));
    assert_eq!((book.tracked.optional, club.tracked.optional), (true, false));
    let salad = path.item("salad").and_then(|item| item.milestone()).expect("a milestone");
    assert_eq!(salad.portfolio.as_deref(), Some("menus"));
    assert_eq!((salad.criteria.len(), salad.evidence.len()), (2, 2));
    assert_eq!(
        all(&salad.requires),
        "cooking/knives cooking/chopping cooking/carving|cooking/chopping"
    );
    assert_eq!(path.replacement("slicing").map(|item| item.id()), Some("chopping"));
    let [safety] = path.interview.as_slice() else { panic!("one interview topic") };
    assert_eq!(safety.topics, ["knives"]);
    assert_eq!(safety.questions.len(), 2);
    assert_eq!(path.mentions(), ["foundations", "ml-engineering"]);
}

#[test]
fn the_career_file_with_every_key_is_read_whole() {
    let fixtures = fixtures("valid");
    let (_, text) = fixtures.iter().find(|(name, _)| name == "career").expect("a fixture");
    let reading = read(text);
    let career = reading.career.expect("a career");
    assert_eq!(career.title, "Crafts");
    assert_eq!(career.updated.map(|day| day.to_string()).as_deref(), Some("2026-11-21"));
    let tools = career.area("tools").expect("an area");
    assert_eq!(tools.summary.as_deref(), Some("What a hand can hold."));
    assert_eq!(tools.levels[3], "I make them.");
    let raises: Vec<_> =
        tools.raised_by.iter().map(|one| (one.by.as_str(), one.weight, one.level)).collect();
    let expected = [
        ("foundations/programming", 3, 1),
        ("foundations/git", 2, 2),
        ("ml-engineering/first-model", 1, 4),
    ];
    assert_eq!(raises, expected);
    let smith = career.role("smith").expect("a role");
    assert_eq!((smith.scope.as_str(), smith.deliverables.len()), ("Iron, hot and cold.", 2));
    assert_eq!((smith.metrics.len(), smith.paths.len()), (1, 2));
    // In the order of the areas, not of the file.
    let targets: Vec<_> = smith.targets.iter().map(|one| (one.area.as_str(), one.level)).collect();
    assert_eq!(targets, [("tools", 4), ("patience", 2)]);
    let idler = career.role("idler").expect("a role");
    assert_eq!((idler.target("tools"), idler.target("patience")), (0, 4));
    let nail = &career.practice[0];
    assert_eq!((nail.minutes, nail.task.as_str(), nail.criteria.len()), (30, "Forge a nail.", 2));
    let iron = &career.glossary[0];
    assert_eq!(iron.source.as_deref(), Some("De re metallica, 1556"));
    assert_eq!(iron.url.as_deref(), Some("https://example.org/iron"));
    assert_eq!(reading.foreign.len(), 5);
}
