//! The portfolio, which has all of the path file.

use super::*;

#[test]
fn the_portfolio_of_a_life() {
    let sandbox = shelf::lived_in();
    sandbox.write("grades.toml", "[grades]\nidempotency = \"hard\"\n");
    for line in [
        "start web --role operator",
        "assess shells --level 2 --note x --evidence https://example.org/a",
        "interview --answers grades.toml",
        "note web/service secret",
        "note alerts gone",
        "away 2026-12-20 2027-01-03",
        "study rest-guide 45m",
    ] {
        sandbox.ok(words(line));
    }
    let redacted: Redact = read(&sandbox, "redact web/service 2 --yes");
    assert_eq!((redacted.kind, redacted.number), (TextKind::Note, 2));
    let without = shelf::WEB.replace("  { id = \"alerts\", title = \"Alerts\" },\n", "");
    sandbox.write(".config/milepost/paths/web.toml", &without);
    let portfolio: Portfolio = read(&sandbox, "export --format json");
    assert!(!portfolio.schedule.milestones.is_empty() && !portfolio.schedule.weeks.is_empty());
    let matrix = portfolio.matrix.0.unwrap();
    assert_eq!(
        (matrix.role.0.unwrap().id.as_str(), matrix.areas[0].history.len()),
        ("operator", 1)
    );
    assert_eq!(portfolio.answers[0].grade, Grade::Hard);
    assert_eq!(portfolio.away.len(), 1);
    let [gone] = portfolio.retired.as_slice() else { panic!("{:?}", portfolio.retired) };
    assert_eq!((gone.r#ref.as_str(), gone.notes.len()), ("web/alerts", 1));

    let shown: Written = read(&sandbox, "export --format csv");
    assert_eq!((&shown.file, shown.format.as_str()), (&Nullable(None), "csv"));
    assert_eq!(shown.text.0.map(|text| text.len() as u64), Some(shown.bytes));
    let written: Written = read(&sandbox, "export -o portfolio.md");
    assert_eq!((written.format.as_str(), &written.text), ("markdown", &Nullable(None)));
}

/// A path file in which every key of the format stands.
const EVERY_KEY: &str = include_str!("../../../crates/path/tests/paths/valid/every-key.toml");

#[test]
fn the_portfolio_has_all_of_the_path_file() {
    let sandbox = Sandbox::new();
    sandbox.write(".config/milepost/paths/cooking.toml", EVERY_KEY);
    let line = "export cooking --format json";
    let portfolio: Portfolio = read(&sandbox, line);
    let answer = sandbox.json(words(line));
    let said = texts(&answer);
    let mut lost = Vec::new();
    let file: toml::Table = toml::from_str(EVERY_KEY).unwrap();
    leaves(&toml::Value::Table(file), &mut |text| {
        let reference = format!("cooking/{text}");
        if !said.iter().any(|one| *one == text || *one == reference) {
            lost.push(text.to_owned());
        }
    });
    assert_eq!(lost, Vec::<String>::new());

    let stage = &portfolio.paths[0].stages[0];
    let topic = &stage.topics[0];
    assert_eq!((&stage.choose, &topic.choose), (&Nullable(Some(1)), &Nullable(Some(1))));
    assert_eq!(topic.hours_range, Nullable(Some([4.0, 8.0])));
    let item = |id: &str| stage.items.iter().find(|item| item.id == id).unwrap();
    assert_eq!(item("knife-course").hours_range, Nullable(Some([5.0, 7.0])));
    assert_eq!(item("knife-book").hours_range, Nullable(None));
    let git = Requires::One("foundations/git".to_owned());
    assert_eq!(item("knife-course").requires, [git]);
    assert_eq!(item("knife-video").instead_of, ["cooking/knife-course"]);
    let chart = item("knife-chart");
    assert!(chart.look_up && chart.teaches.is_empty());
    assert!(item("filleting").retired && !item("chopping").retired);
    let salad = item("salad");
    assert_eq!(salad.pass, Nullable(Some(5)));
    let points: Vec<Option<u16>> = salad.rubric.iter().map(|one| one.points.0).collect();
    assert_eq!(points, [None, Some(3), Some(4)]);
    let top = RubricStep { points: 4, text: "like a picture".to_owned() };
    assert_eq!(salad.rubric[2].scale[2], top);
}

/// Shows each text and day of a path file, as the program has them: without what is ignored, and
/// without the points before a step of a scale.
fn leaves(value: &toml::Value, show: &mut impl FnMut(&str)) {
    match value {
        toml::Value::Table(table) => {
            let ignored = |key: &str| key.starts_with("x-") || ["$schema", "kind"].contains(&key);
            let kept = table.iter().filter(|(key, _)| !ignored(key));
            kept.for_each(|(_, value)| leaves(value, show));
        }
        toml::Value::Array(values) => values.iter().for_each(|value| leaves(value, show)),
        toml::Value::String(text) => match text.split_once(": ") {
            Some((points, step)) if points.parse::<u16>().is_ok() => show(step),
            _ => show(text.trim()),
        },
        toml::Value::Datetime(day) => show(&day.to_string()),
        _ => {}
    }
}

/// All texts in an answer.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text.trim()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}
