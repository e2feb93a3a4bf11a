use super::*;
use crate::report::Refusal as Refused;
use crate::report::fixture::{Home, refused};

const BAKERY: &str = r#"format = 1
id = "bakery"
title = "Bakery"

[[stages]]
id = "first"
title = "First"

[[stages.topics]]
id = "bread"
title = "Bread"
skills = [{ id = "kneading", title = "Kneading" }]

[[stages.topics]]
id = "cake"
title = "Cake"
requires = [["kneading", "mill/flour"]]
skills = [{ id = "icing", title = "Icing" }]

[[interview]]
id = "basics"
title = "Basics"
topics = ["bread"]
questions = [{ id = "rising", ask = "Why does it rise?" }]
"#;

const CAREER: &str = r#"format = 1
kind = "career"
title = "Careers"

[[areas]]
id = "ovens"
title = "Ovens"
levels = ["I use one.", "I own one.", "I build one.", "Others buy mine."]

[[roles]]
id = "baker"
title = "Baker"
scope = "Bakes."
targets = { ovens = 2 }

[[glossary]]
id = "icing"
title = "Icing"
meaning = "What is on a cake."

[[glossary]]
id = "uptime"
title = "Uptime"
meaning = "The share of time in which the oven is hot."

[[glossary]]
id = "cold-start"
title = "Cold start"
meaning = "The first loaf of the day."
"#;

fn home() -> Home {
    Home::with(&[("bakery.toml", BAKERY), ("career.toml", CAREER)])
}

fn query(reference: &str) -> Query {
    Query { reference: Some(reference.to_owned()), graph: None }
}

/// What is shown, as its reference and its kind.
fn shown(query: &Query, home: &Home) -> String {
    match report(query, &home.app()).unwrap().report {
        Report::Node(node) => {
            let named = node.reference.map(|one| one.to_string());
            let kind = node.kind.map_or("paths", |kind| kind.as_str());
            let children = node.children.into_iter().filter_map(|one| one.path);
            let named = named.unwrap_or_else(|| children.collect::<Vec<_>>().join(" "));
            format!("{kind} {named}")
        }
        Report::Question(question) => format!("{} {}", question.kind, question.reference),
        Report::Term(term) => format!("{} {}", term.kind, term.reference),
        Report::Graph(graph) => format!("graph {}", graph.path),
    }
}

#[test]
fn a_path_goes_before_its_questions_and_both_before_the_glossary() {
    let home = home();
    for (reference, expected) in [
        ("bakery", "path bakery"),
        ("bakery/first", "stage bakery/first"),
        ("bread", "topic bakery/bread"),
        ("icing", "skill bakery/icing"),
        ("rising", "question bakery/question:rising"),
        ("bakery/question:rising", "question bakery/question:rising"),
        ("glossary/icing", "term glossary/icing"),
        ("cold-start", "term glossary/cold-start"),
        ("Cold Start", "term glossary/cold-start"),
        ("career/cold-start", "term glossary/cold-start"),
        ("glossary", "glossary glossary"),
    ] {
        assert_eq!(shown(&query(reference), &home), expected, "{reference}");
    }
}

#[test]
fn what_is_not_here_is_named_where_it_is() {
    let home = home();
    let refused = |text: &str| match refused(report(&query(text), &home.app())) {
        Refused::Show(refusal) => format!("{refusal:?}"),
        Refused::Unknown { near, .. } => format!("unknown, near {near:?}"),
        other => panic!("{other:?}"),
    };
    for (reference, expected) in [
        ("career", "IsCareer"),
        ("career/area:ovens", "IsArea(\"career/area:ovens\", \"ovens\")"),
        ("Ovens", "IsArea(\"Ovens\", \"ovens\")"),
        ("baker", "IsRole(\"baker\", \"baker\")"),
        ("uptimes", "NearTerm(\"uptimes\", Ref(\"glossary/uptime\"))"),
        ("glossary/icin", "NearTerm(\"glossary/icin\", Ref(\"glossary/icing\"))"),
        ("glossary/nonsense", "NoTerm(\"nonsense\")"),
        ("bakery/uptime", "unknown, near []"),
        ("career/nonsense", "unknown, near []"),
        ("bakery/kneadin", "unknown, near [\"bakery/kneading\"]"),
    ] {
        assert_eq!(refused(reference), expected, "{reference}");
    }
}

#[test]
fn without_a_reference_it_is_about_what_is_followed() {
    let home = home();
    let plain = Query::default();
    let drawn = Query { graph: Some(Language::Dot), ..Query::default() };
    for (query, expected) in
        [(&plain, "Show(NoPath(Followed))"), (&drawn, "Show(NoPathToDraw(Followed))")]
    {
        assert_eq!(format!("{:?}", refused(report(query, &home.app()))), expected);
    }
    home.follow(&["bakery"]);
    assert_eq!(shown(&plain, &home), "path bakery");
    assert_eq!(shown(&drawn, &home), "graph bakery");
    home.follow(&["foundations"]);
    assert_eq!(shown(&plain, &home), "paths bakery foundations");
    // The last of them is what the others are for.
    assert_eq!(shown(&drawn, &home), "graph foundations");
}

#[test]
fn what_is_in_no_path_is_not_called_met() {
    for (requires, expected) in [
        ("[[\"kneading\", \"mill/flour\"]]", &[][..]),
        ("[\"mill/flour\", \"kneading\"]", &["mill/flour"][..]),
        ("[[\"mill/flour\", \"mill/bran\"]]", &["mill/flour", "mill/bran"][..]),
    ] {
        let text = BAKERY.replace("[[\"kneading\", \"mill/flour\"]]", requires);
        let home = Home::with(&[("bakery.toml", &text)]);
        let query = Query { reference: Some("bakery/cake".to_owned()), graph: None };
        let Report::Node(node) = report(&query, &home.app()).unwrap().report else { panic!() };
        let found: Vec<&str> = node.not_found.iter().map(Ref::as_str).collect();
        assert_eq!(found, expected, "{requires}");
    }
}
