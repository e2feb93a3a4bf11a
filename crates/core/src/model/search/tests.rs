use milepost_path::{Cost, Details, InterviewTopic, Question, ResourceKind};
use proptest::prelude::*;

use super::*;
use crate::model::fixture::{cases, day, histories, sketch, standing, viewed};
use crate::model::standing::{ItemState, Standing, Status, SubjectState};

fn library() -> Vec<Roadmap> {
    let mut shelf = sketch(
        "path ai = AI Integration
         stage foundation = Foundation
         topic api-development = API Development
         skill fastapi = FastAPI
         skill rest-principles = REST principles
         resource fastapi-docs docs = The documentation of the framework
         milestone first-api = Build an API
         path b = Über Größe und Maß
         stage s = ΑΒΓ
         topic t = Ёлка
         skill x = Éléments d'analyse",
    );
    let first = shelf.remove(0);
    let mut stages = first.stages.clone();
    let topic = &mut stages[0].topics[0];
    topic.summary = Some("Endpoints that others call".to_owned());
    topic.resources[0].by = Some("Sebastián Ramírez".to_owned());
    topic.skills[1].tracked.summary = Some("Verbs, codes and resources".to_owned());
    stages[0].milestones[0].criteria = vec!["Rate limits are enforced.".to_owned().into()];
    let question = |id: &str, ask: &str, look_for: Option<&str>| Question {
        id: id.to_owned(),
        ask: ask.to_owned(),
        look_for: look_for.map(str::to_owned),
        ..Question::default()
    };
    let interview = vec![InterviewTopic {
        id: "api-patterns".to_owned(),
        title: "Patterns of interfaces".to_owned(),
        questions: vec![
            question("idempotency", "What is idempotent?", Some("Retries that are safe")),
            question("paging", "How is a list paged?", None),
        ],
        ..InterviewTopic::default()
    }];
    let path = Roadmap {
        id: first.id.clone(),
        title: first.title.clone(),
        summary: Some("Models in products".to_owned()),
        stages,
        interview,
        ..Roadmap::default()
    };
    shelf.insert(0, path.indexed());
    shelf
}

fn glossary() -> Vec<Term> {
    let term = |id: &str, title: &str, meaning: &str| Term {
        id: id.to_owned(),
        title: title.to_owned(),
        meaning: meaning.to_owned(),
        source: Some("E. Codd, A Relational Model, 1970".to_owned()),
        url: Some("https://example.org/term".to_owned()),
    };
    vec![term("rest", "REST", "A style of interfaces."), term("join", "Join", "Two tables as one.")]
}

fn found(query: &str) -> Vec<String> {
    let shelf = library();
    let glossary = glossary();
    let standing = Standing::default();
    let view = Learner { shelf: &shelf, standing: &standing };
    let paths: Vec<&Roadmap> = shelf.iter().collect();
    search(&everywhere(&view, &paths, &glossary), query)
        .iter()
        .map(|hit| hit.what.reference().to_string())
        .collect()
}

fn everywhere<'a, 'v>(
    view: &'v Learner<'v>,
    paths: &'v [&'a Roadmap],
    terms: &'a [Term],
) -> Places<'a, 'v> {
    Places { view, paths, terms, formers: &[], notes: true }
}

#[test]
fn every_word_must_begin_a_word() {
    for (query, expected) in [
        ("", &[][..]),
        (" -- ", &[]),
        ("nowhere", &[]),
        ("integration", &["ai"]),
        ("integ", &["ai"]),
        ("tegration", &[]),
        ("fastapi nowhere", &[]),
        ("rest principles", &["ai/rest-principles"]),
        ("principles rest", &["ai/rest-principles"]),
        ("prin res", &["ai/rest-principles"]),
        ("rest-principles", &["ai/rest-principles"]),
        ("call endpoints", &["ai/api-development"]),
        ("verbs", &["ai/rest-principles"]),
        ("models", &["ai", "glossary/rest", "glossary/join"]),
        ("limits", &["ai/first-api"]),
        ("ramírez", &["ai/fastapi-docs"]),
        // Over several of its fields: the author, the type, the topic.
        ("ramírez docs api development", &["ai/fastapi-docs"]),
        ("idempotent", &["ai/question:idempotency"]),
        ("retries patterns", &["ai/question:idempotency"]),
        ("patterns", &["ai/question:idempotency", "ai/question:paging"]),
        ("question", &[]),
        ("join", &["glossary/join"]),
        ("tables one", &["glossary/join"]),
        ("codd join", &["glossary/join"]),
        ("glossary", &[]),
        // Both have the word in their titles.
        ("rest", &["ai/rest-principles", "glossary/rest"]),
        ("interfaces", &["ai/question:idempotency", "ai/question:paging", "glossary/rest"]),
        // In the singular or the plural.
        ("endpoint", &["ai/api-development"]),
        ("verb", &["ai/rest-principles"]),
        ("integrations", &["ai"]),
        ("documentations", &["ai/fastapi-docs"]),
        ("patterns retry", &["ai/question:idempotency"]),
    ] {
        assert_eq!(found(query), expected, "{query}");
    }
}

#[test]
fn a_word_counts_once_however_often_it_is_asked_for() {
    let shelf = library();
    let standing = Standing::default();
    let view = Learner { shelf: &shelf, standing: &standing };
    let paths: Vec<&Roadmap> = shelf.iter().collect();
    let scores = |query: &str| {
        let hits = search(&everywhere(&view, &paths, &[]), query);
        hits.iter().map(|hit| (hit.what.reference().to_string(), hit.score)).collect::<Vec<_>>()
    };
    let once = scores("rest principles");
    assert_eq!(once.len(), 1);
    assert_eq!(scores("rest principles Rest, PRINCIPLES rést"), once);
    assert_eq!(scores(&"rest principles ".repeat(1_000)), once);
}

#[test]
fn a_word_that_nothing_has_is_named_with_those_like_it() {
    let shelf = library();
    let (standing, glossary) = (Standing::default(), glossary());
    let view = Learner { shelf: &shelf, standing: &standing };
    let paths: Vec<&Roadmap> = shelf.iter().collect();
    for (query, expected) in [
        ("fastpi", Some(("fastpi", Some("fastapi")))),
        ("rest principels docs", Some(("principels", Some("principles")))),
        ("PRINCIPELS", Some(("principels", Some("principles")))),
        ("zzyzx", Some(("zzyzx", None))),
        ("rest zzyzx fastpi", Some(("zzyzx", None))),
        // Each is somewhere, but no entry has all of them.
        ("fastapi tables", None),
        ("fastapi", None),
        ("", None),
    ] {
        let said = unknown(&everywhere(&view, &paths, &glossary), query);
        let said = said.as_ref().map(|(word, near)| (word.as_str(), near.as_deref()));
        assert_eq!(said, expected, "{query}");
    }
}

#[test]
fn case_does_not_matter_in_any_alphabet() {
    for (query, expected) in [
        ("FASTAPI", "ai/fastapi"),
        ("fastapi", "ai/fastapi"),
        ("über", "b"),
        ("ÜBER GRÖSSE", "b"),
        ("ÜBER GRÖ", "b"),
        ("αβγ", "b/s"),
        ("ёлка", "b/t"),
        ("ЁЛКА", "b/t"),
        ("ÉLÉMENTS ANALYSE", "b/x"),
        ("sebastián", "ai/fastapi-docs"),
        ("SEBASTIÁN", "ai/fastapi-docs"),
        ("\u{1f600}", ""),
    ] {
        let found = found(query);
        assert_eq!(found.first().map_or("", String::as_str), expected, "{query}");
    }
}

#[test]
fn titles_weigh_most_and_whole_words_more_than_beginnings() {
    // `fastapi` is the title of the skill, and begins the id of the documentation.
    assert_eq!(found("fastapi"), ["ai/fastapi", "ai/fastapi-docs"]);
    // In the title, whole; in the title, of the milestone as well, which comes later; in the topic's
    // title for what stands in it.
    let api = found("api");
    assert_eq!(api[..2], ["ai/api-development", "ai/first-api"]);
    assert!(api[2..].contains(&"ai/fastapi".to_owned()));
    // A beginning in the title is worth as much as the whole id.
    assert_eq!(found("found"), ["ai/foundation"]);
}

#[test]
fn notes_and_evidence_are_found_with_the_item_and_its_parts() {
    let shelf = library();
    let mut standing = standing("ai/fastapi=done");
    let said = |text: &str| vec![Dated { on: day(1, 1), text: text.to_owned() }];
    let mut put = |reference: &str, notes: Vec<Dated>, evidence: Vec<Dated>| {
        let reference = Ref::from_text(reference);
        let state = ItemState { notes, evidence, ..ItemState::default() };
        standing.put(&reference, Some(SubjectState::Item(state)));
    };
    put("ai/rest-principles", said("hypermedia is rarely worth it"), Vec::new());
    put("ai/first-api", Vec::new(), said("https://example.org/hypermedia-demo"));
    put("ai/api-development", said("hypermedia, later"), Vec::new());
    let view = Learner { shelf: &shelf, standing: &standing };
    let paths: Vec<&Roadmap> = shelf.iter().collect();
    let hits = search(&everywhere(&view, &paths, &[]), "Hypermedia");
    let found: Vec<_> = hits.iter().map(|hit| hit.what.reference().to_string()).collect();
    assert_eq!(found, ["ai/api-development", "ai/rest-principles", "ai/first-api"]);
    assert_eq!(hits[1].snippet.as_deref(), Some("hypermedia is rarely worth it"));
    assert_eq!(hits[1].score, IN_NOTE);
}

#[test]
fn what_looks_the_same_is_found() {
    let shelf = library();
    let mut standing = Standing::default();
    let mut put = |id: &str, note: &str| {
        let notes = vec![Dated { on: day(1, 1), text: note.to_owned() }];
        let state = ItemState { notes, ..ItemState::default() };
        standing.put(&Ref::node("ai", id), Some(SubjectState::Item(state)));
    };
    put("fastapi", "in the cafe\u{301}, a re\u{301}sume\u{301} of ﬁne print");
    put("fastapi-docs", "in the caf\u{e9}, Straße and r\u{e9}sum\u{e9}");
    let view = Learner { shelf: &shelf, standing: &standing };
    let paths: Vec<&Roadmap> = shelf.iter().collect();
    let found = |query: &str| -> Vec<String> {
        let hits = search(&everywhere(&view, &paths, &[]), query);
        hits.iter().map(|hit| hit.what.reference().to_string()).collect()
    };
    for query in ["cafe", "caf\u{e9}", "cafe\u{301}", "CAFÉ", "resume", "ré\u{301}sumé"] {
        assert_eq!(found(query), ["ai/fastapi", "ai/fastapi-docs"], "{query}");
    }
    for query in ["strasse", "STRASSE", "straße", "Straßen"] {
        let expected: &[&str] = if query == "Straßen" { &[] } else { &["ai/fastapi-docs"] };
        assert_eq!(found(query), expected, "{query}");
    }
    assert_eq!(found("fine"), ["ai/fastapi"]);
    assert_eq!(found("ﬁn"), ["ai/fastapi"]);
    assert_eq!(found("ramirez"), ["ai/fastapi-docs"]);
}

#[test]
fn an_excerpt_is_of_the_place_that_was_found() {
    let long = "word ".repeat(2000);
    for (text, wanted, expected) in [
        ("Endpoints that others call", "call", "Endpoints that others call"),
        ("caf\u{e9} Straße here", "strasse", "caf\u{e9} Straße here"),
        ("", "x", ""),
    ] {
        assert_eq!(excerpt(text, &Wanted::new(wanted)), expected);
    }
    let note = format!("{long}the Straße was found {long}");
    let part = excerpt(&note, &Wanted::new("strasse"));
    assert!(part.starts_with("…word word word word the Straße was found word"), "{part}");
    assert!(part.ends_with("word…") && part.chars().count() <= BEFORE + AFTER + 2, "{part}");
    // One word that is longer than the excerpt, and nothing but accents.
    let part = excerpt(&"é".repeat(5000), &Wanted::new("eee"));
    assert!(part.chars().count() <= BEFORE + AFTER + 2, "{part}");
    assert_eq!(excerpt("\u{301}\u{301}", &Wanted::new("x")), "\u{301}\u{301}");
}

#[test]
fn a_snippet_shows_what_is_not_in_the_title() {
    let shelf = library();
    let standing = Standing::default();
    let view = Learner { shelf: &shelf, standing: &standing };
    let paths: Vec<&Roadmap> = shelf.iter().collect();
    let snippet = |query: &str| search(&everywhere(&view, &paths, &[]), query)[0].snippet.clone();
    assert_eq!(snippet("endpoints").as_deref(), Some("Endpoints that others call"));
    assert_eq!(snippet("safe").as_deref(), Some("Retries that are safe"));
    assert_eq!(snippet("principles"), None);
    let glossary = glossary();
    for query in ["join", "codd"] {
        let hits = search(&everywhere(&view, &paths, &glossary), query);
        let term = hits.iter().find(|hit| hit.what.reference().as_str() == "glossary/join");
        // A term is looked up for what it means, wherever the word was found.
        assert_eq!(term.unwrap().snippet.as_deref(), Some("Two tables as one."), "{query}");
    }
}

#[test]
fn what_was_found_says_what_it_is() {
    let shelf = library();
    let glossary = glossary();
    let standing = standing("ai/fastapi=done ai/fastapi-docs=doing");
    let view = Learner { shelf: &shelf, standing: &standing };
    let paths: Vec<&Roadmap> = shelf.iter().collect();
    for (query, kind, title, status, resource) in [
        ("integration", "path", "AI Integration", None, None),
        ("foundation", "stage", "Foundation", None, None),
        ("endpoints", "topic", "API Development", None, None),
        ("principles", "skill", "REST principles", Some(Status::Todo), None),
        (
            "ramírez",
            "resource",
            "The documentation of the framework",
            Some(Status::Doing),
            Some((ResourceKind::Docs, Some(Cost::Free))),
        ),
        ("limits", "milestone", "Build an API", Some(Status::Todo), None),
        ("idempotent", "question", "What is idempotent?", None, None),
        ("tables", "term", "Join", None, None),
    ] {
        let hits = search(&everywhere(&view, &paths, &glossary), query);
        let what = hits[0].what;
        assert_eq!((what.kind(), what.title()), (kind, title), "{query}");
        let item = what.item();
        let found = item.and_then(Item::resource).map(|one| (one.kind, one.cost));
        assert_eq!((item.map(|item| view.status(item)), found), (status, resource), "{query}");
    }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn no_query_makes_a_panic(query in "\\PC{0,20}") {
        for hit in found(&query) {
            prop_assert!(!hit.is_empty());
        }
    }

    #[test]
    fn an_excerpt_is_a_part_of_its_text(text in "(\\PC| |\n|é|ß|\u{301}){0,300}", wanted in "[a-z]{1,3}") {
        let part = excerpt(&text, &Wanted::new(&wanted));
        prop_assert!(text.contains(part.trim_matches('…').trim()));
        prop_assert!(part.chars().count() <= BEFORE + AFTER + 2);
    }

    #[test]
    fn one_word_more_finds_less((world, log) in histories(), words in prop::collection::vec("[a-z0-9]{1,2}", 1..4)) {
        let view = viewed(&world, &log.standing);
        let paths = world.paths();
        let found = |words: &[String]| -> Vec<Ref> {
            let hits = search(&everywhere(&view, &paths, &[]), &words.join(" "));
            assert!(hits.is_sorted_by(|a, b| a.score >= b.score));
            hits.iter().map(|hit| hit.what.reference()).collect()
        };
        let all = found(&words);
        for word in &words {
            let one = found(std::slice::from_ref(word));
            prop_assert!(all.iter().all(|reference| one.contains(reference)));
        }
        let mut turned = words;
        turned.reverse();
        prop_assert_eq!(found(&turned).len(), all.len());
    }

    #[test]
    fn each_title_finds_its_node((world, log) in histories()) {
        let view = viewed(&world, &log.standing);
        let paths = world.paths();
        for item in world.items() {
            let hits = search(&everywhere(&view, &paths, &[]), item.title());
            let is_found = hits.iter().any(|hit| hit.what.reference() == item.reference());
            prop_assert_eq!(is_found, view.is_shown(&item));
            if !is_found {
                continue;
            }
            prop_assert_eq!(hits[0].what.title(), item.title());
        }
    }
}

#[test]
fn a_tag_is_more_than_a_word_in_a_text() {
    let mut paths = sketch(
        "path p
         stage s
         topic t
         skill joins = Joins
         skill keys = Keys
         skill sql = Statements",
    );
    let [joins, keys, _] = paths[0].stages[0].topics[0].skills.as_mut_slice() else { panic!() };
    joins.tracked.summary = Some("One word of SQL.".to_owned());
    keys.tracked.details = Details { tags: vec!["SQL".to_owned()], ..Details::default() }.kept();
    let standing = Standing::default();
    let view = Learner { shelf: &paths, standing: &standing };
    let hits = search(&everywhere(&view, &[&paths[0]], &[]), "sql");
    let found: Vec<_> = hits.iter().map(|hit| hit.what.title()).collect();
    assert_eq!(found, ["Keys", "Statements", "Joins"]);
    assert_eq!(hits[0].snippet.as_deref(), Some("SQL"));
}

#[test]
fn what_no_path_has_any_more_is_found_by_its_title_and_what_was_said() {
    let said = |text: &str| vec![Dated { on: day(2, 3), text: text.to_owned() }];
    let state = ItemState { notes: said("rather steep"), ..ItemState::default() };
    let former = |id, title: Option<&str>, state: &ItemState| {
        Former::new(Ref::node("p", id), title.map(str::to_owned), state.clone())
    };
    let formers = [former("k1", Some("Plotting by hand"), &state), former("steep", None, &state)];
    let (shelf, standing) = (Vec::new(), Standing::default());
    let view = Learner { shelf: &shelf, standing: &standing };
    for (query, expected) in
        [("plot hand", &["p/k1"][..]), ("steep", &["p/steep", "p/k1"]), ("x", &[])]
    {
        let hits = search(&Places { formers: &formers, ..everywhere(&view, &[], &[]) }, query);
        let found: Vec<_> = hits.iter().map(|hit| hit.what.reference().to_string()).collect();
        assert_eq!(found, expected, "{query}");
    }
}
