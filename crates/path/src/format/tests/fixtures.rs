//! Every file in `tests/paths` says in its first line what is found in it.

use super::*;
use crate::kind::ResourceKind;

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
    assert!(names.iter().all(|name| crate::reference::is_id(name)));
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
    assert!(Code::ALL.is_sorted_by_key(|code| code.severity()));
}

#[test]
fn the_file_with_every_key_is_read_whole() {
    let fixtures = fixtures("valid");
    let (_, text) = fixtures.iter().find(|(name, _)| name == "every-key").expect("a fixture");
    let path = sound(text);
    assert_eq!(path.title, "Cooking for Zoë & Ørjan");
    assert_eq!(path.role.as_deref(), Some("cook"));
    assert_eq!(path.updated.map(|day| day.to_string()).as_deref(), Some("2026-11-21"));
    let any_of = |requirement: &crate::parts::Requirement| {
        requirement.any_of.iter().map(Ref::as_str).collect::<Vec<_>>().join("|")
    };
    let all = |requires: &[crate::parts::Requirement]| {
        requires.iter().map(any_of).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(all(&path.requires), "foundations ml-engineering|foundations");
    let [basics, feast] = path.stages.as_slice() else { panic!("two stages") };
    assert_eq!((basics.months, feast.months), (Some([0.0, 2.5]), Some([2.5, 6.0])));
    assert_eq!(all(&basics.requires), "foundations/programming");
    assert_eq!(all(&feast.requires), "cooking/basics");
    assert_eq!(path.version.as_deref(), Some("2.1"));
    assert_eq!(path.author.as_deref(), Some("Zoë"));
    assert_eq!(path.license.as_deref(), Some("CC BY 4.0"));
    assert_eq!(path.source.as_deref(), Some("https://example.org/cooking"));
    assert_eq!(path.lang.as_deref(), Some("en-GB"));
    assert_eq!(path.replaces, ["kitchen", "cookery"]);
    assert_eq!(
        basics.about.as_deref(),
        Some("Two weekends are enough.\n\nTake a friend with you.")
    );
    assert_eq!((basics.choose, feast.choose), (Some(1), None));
    assert_eq!(basics.replaces, ["first-steps"]);
    let [knives, bread] = basics.topics.as_slice() else { panic!("two topics") };
    assert_eq!((knives.hours, knives.range, knives.choose), (Some(6.0), Some([4.0, 8.0]), Some(1)));
    assert_eq!(knives.replaces, ["blades"]);
    let details = knives.details();
    assert_eq!(details.about.as_deref(), Some("A sharp knife needs little force."));
    assert_eq!(details.url.as_deref(), Some("https://example.org/knives"));
    let links: Vec<_> = details.links.iter().map(|l| (l.title.as_str(), l.url.as_str())).collect();
    let forum = ("The forum", "https://example.org/forum");
    assert_eq!(links, [forum, ("Slides", "https://example.org/slides")]);
    assert_eq!(details.tags, ["tools", "basics"]);
    let node = |id: &str| path.node(id).expect("a node");
    assert_eq!(node("chopping").about(), Some("Keep the root on."));
    assert_eq!(node("chopping").url(), Some("https://example.org/onions"));
    assert_eq!((node("chopping").links().len(), node("chopping").tags().len()), (1, 1));
    assert_eq!(node("knife-book").url(), Some("https://example.org/knives?chapter=2#grip"));
    assert_eq!(node("carving").links(), []);
    let can = knives.skills.first().and_then(|skill| skill.can.as_deref());
    assert_eq!(can, Some("I chop an onion in a minute."));
    let retired = |id: &str| path.item(id).expect("an item").tracked().retired;
    assert_eq!((retired("filleting"), retired("carving")), (true, false));
    assert_eq!(knives.summary.as_deref(), Some("Sharp is safe."));
    assert_eq!(knives.roles, ["cook", "butcher"]);
    assert_eq!(all(&knives.requires), "foundations/matrices foundations/python|foundations/git");
    let [book, video, course, chart] = knives.resources.as_slice() else { panic!("resources") };
    let [talk, flours, club] = bread.resources.as_slice() else { panic!("three resources") };
    assert_eq!(course.tracked.details().tags, ["evening"]);
    assert_eq!((course.kind, course.cost), (ResourceKind::Exercise, None));
    assert_eq!((course.hours, course.range), (Some(6.0), Some([5.0, 7.0])));
    assert_eq!(course.part.as_deref(), Some("evenings 1 and 2"));
    assert_eq!(all(&course.requires), "foundations/git");
    assert_eq!(all(&talk.requires), "cooking/bread-chart");
    assert_eq!((talk.kind, flours.kind), (ResourceKind::Podcast, ResourceKind::Article));
    assert_eq!(
        (video.instead_of.as_slice(), video.lang.as_deref()),
        (&["knife-course".to_owned()][..], Some("nb"))
    );
    // What teaches nothing is told apart from what does not say what it teaches.
    assert_eq!((chart.is_reference, chart.skills.is_empty()), (true, true));
    assert_eq!((flours.is_reference, flours.skills.is_empty()), (false, true));
    assert_eq!((book.is_free(), chart.is_free(), course.is_free()), (false, true, false));
    assert_eq!(book.by.as_deref(), Some("Sebastián Ramírez"));
    assert_eq!((book.hours, video.hours, club.hours), (Some(12.0), Some(0.75), None));
    assert_eq!(book.skills, ["chopping", "carving"]);
    assert_eq!(video.skills, ["chopping", "carving", "typing"]);
    assert_eq!(club.url, None);
    assert_eq!(video.tracked.same_as.as_ref().map(Ref::as_str), Some("foundations/pro-git"));
    assert_eq!((book.tracked.optional, club.tracked.optional), (true, false));
    let salad = path.item("salad").and_then(|item| item.milestone()).expect("a milestone");
    assert_eq!(salad.portfolio.as_deref(), Some("menus"));
    assert_eq!((salad.hours, salad.range, salad.pass), (Some(1.5), Some([1.0, 2.0]), Some(5)));
    assert_eq!(salad.evidence.len(), 2);
    let [hurt, eaten, looks] = salad.criteria.as_slice() else { panic!("three criteria") };
    assert_eq!((hurt.text.as_str(), hurt.points, hurt.scale.len()), ("Nobody is hurt.", None, 0));
    assert_eq!((eaten.text.as_str(), eaten.points), ("It is eaten.", Some(3)));
    assert_eq!((looks.text.as_str(), looks.points), ("How it looks", Some(4)));
    let steps: Vec<_> = looks.scale.iter().map(|s| (s.points, s.text.as_str())).collect();
    assert_eq!(steps, [(0, "like hay"), (2, "like a salad"), (4, "like a picture")]);
    assert_eq!(salad.points(), Some(7));
    assert_eq!(
        all(&salad.requires),
        "cooking/knives cooking/chopping cooking/carving|cooking/chopping"
    );
    assert_eq!(
        path.replacement("slicing").map(|node| node.reference()),
        Some(Ref::node("cooking", "chopping"))
    );
    let resolved = |id: &str| path.resolve(id).map(|node| node.reference().to_string());
    assert_eq!(resolved("blades").as_deref(), Some("cooking/knives"));
    assert_eq!(resolved("first-steps").as_deref(), Some("cooking/basics"));
    assert_eq!(resolved("salad").as_deref(), Some("cooking/salad"));
    assert_eq!((resolved("kitchen"), path.node("blades").is_none()), (None, true));
    let question = path.question("bread-knife").map(|asked| asked.question.id.as_str());
    assert_eq!(question, Some("knives"));
    let [safety] = path.interview.as_slice() else { panic!("one interview topic") };
    assert_eq!(safety.topics, ["knives"]);
    let [_, knives] = safety.questions.as_slice() else { panic!("two questions") };
    assert_eq!(
        (safety.replaces.as_slice(), knives.replaces.as_slice()),
        (&["care".to_owned()][..], &["bread-knife".to_owned()][..])
    );
    assert_eq!(knives.about.as_deref(), Some("Think of the crust."));
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
    assert_eq!(tools.replaces, ["gear"]);
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
