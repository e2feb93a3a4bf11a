//! One counting function: whatever view one looks at, the numbers are the same.

use serde_json::Value;

use crate::sandbox::Sandbox;

/// Some of everything: done, credited, in progress, skipped, and untouched.
fn some_of_everything() -> Sandbox {
    let sandbox = Sandbox::following("ai-integration");
    for args in [
        &["done", "foundations/programming", "foundations/development-tools", "--known", "--yes"][..],
        &["done", "fastapi", "rest-principles", "fastapi-docs", "--on", "2026-11-02"],
        &["done", "pretrained-model-api", "--evidence", "https://example.com/api"],
        &["doing", "api-security", "cloud-function"],
        &["skip", "pinecone", "weaviate", "lead-integration"],
    ] {
        sandbox.ok(args);
    }
    sandbox
}

fn counted<'v>(items: &'v [Value], kind: &str, status: &str) -> Vec<&'v Value> {
    items.iter().filter(|item| item["kind"] == kind && item["status"] == status).collect()
}

#[test]
fn every_view_counts_the_same() {
    let sandbox = some_of_everything();
    for path in ["ai-integration", "foundations"] {
        let status = sandbox.json(["status", path])["paths"][0].clone();
        let progress = &status["progress"];
        assert!(progress["percent"].as_f64().unwrap() > 0.0);

        // The tree, stage by stage, and the whole document.
        let show = sandbox.json(["show", path]);
        assert_eq!(&show["progress"], progress);
        let export = sandbox.json(["export", path]);
        assert_eq!(&export["paths"][0]["progress"], progress);
        for (at, stage) in status["stages"].as_array().unwrap().iter().enumerate() {
            assert_eq!(show["children"][at]["progress"], stage["progress"]);
            assert_eq!(export["paths"][0]["stages"][at]["progress"], stage["progress"]);
        }

        // The list of paths, the dashboard and the comparison.
        let of = |report: &Value| {
            let all = report["paths"].as_array().unwrap();
            all.iter().find(|one| one["id"] == path).unwrap().clone()
        };
        let listed = of(&sandbox.json(["paths"]));
        assert_eq!(listed["percent"], progress["percent"]);
        assert_eq!(listed["hours"], progress["hours"]["total"]);
        assert_eq!(&of(&sandbox.json::<&str>([]))["progress"], progress);
        let compare = of(&sandbox.json(["compare", path, "ml-engineering"]));
        assert_eq!(&compare["progress"], progress);

        // Items counted one by one, in the list and in the rows of the table, but for the optional.
        let stages = export["paths"][0]["stages"].as_array().unwrap().iter();
        let parts = stages.flat_map(|stage| stage["items"].as_array().unwrap());
        let optional: Vec<&Value> =
            parts.filter(|one| one["optional"] == true).map(|one| &one["ref"]).collect();
        let list = sandbox.json(["list", path]);
        let mut items = list["items"].as_array().unwrap().clone();
        items.retain(|item| !optional.contains(&&item["ref"]));
        let csv = sandbox.ok(["export", path, "--format", "csv"]);
        let cell = |reference: &Value| format!(",{},", reference.as_str().unwrap());
        let is_optional = |row: &str| optional.iter().any(|one| row.contains(&cell(one)));
        let csv: Vec<&str> = csv.lines().filter(|row| !is_optional(row)).collect();
        let of_kind = |kind: &str| format!("{path}/{kind}");
        for (name, kind) in
            [("milestones", "milestone"), ("skills", "skill"), ("resources", "resource")]
        {
            let count = &progress[name];
            for (status, field) in [("done", "done"), ("skipped", "skipped")] {
                let found = counted(&items, kind, status);
                assert_eq!(found.len() as u64, count[field], "{} {status}", of_kind(kind));
                let rows = csv.iter().filter(|row| row.contains(&format!(",{kind},")));
                let rows = rows.filter(|row| row.contains(&format!(",{status},"))).count();
                assert_eq!(rows as u64, count[field], "csv: {} {status}", of_kind(kind));
            }
            let all = items.iter().filter(|item| item["kind"] == kind).count();
            assert_eq!(all as u64, count["total"]);
        }
        let done: f64 = ["skill", "milestone"]
            .iter()
            .flat_map(|kind| counted(&items, kind, "done"))
            .map(|item| item["hours"].as_f64().unwrap())
            .sum();
        assert!((done - progress["hours"]["done"].as_f64().unwrap()).abs() < 1e-6);

        // The texts show the same percentage.
        let percent = format!("{}%", progress["percent"]);
        let texts = [
            sandbox.ok(["status", path]),
            sandbox.ok(["show", path]),
            sandbox.ok(["export", path]),
            sandbox.ok(["export", path, "--format", "html"]).replace('\u{a0}', " "),
        ];
        for text in texts {
            assert!(text.contains(&percent), "{percent} is not in:\n{text}");
        }
    }
}

/// Topics with skills, without, and with only optional ones; a choice of skills, and one of topics;
/// what is retired; and what has no hours.
const COURSE: &str = r#"format = 1
id = "course"
title = "Course"

[[stages]]
id = "one"
title = "One"

[[stages.topics]]
id = "a"
title = "A"
hours = 10
skills = [
  { id = "s", title = "S", url = "https://example.org/s" },
  { id = "side", title = "Side", optional = true },
  { id = "old", title = "Old", retired = true },
]

[[stages.topics]]
id = "b"
title = "B"
hours = 30

[[stages.topics.resources]]
id = "r1"
title = "R1"
url = "https://example.org/1"
type = "book"
cost = "free"
hours = 12

[[stages.topics.resources]]
id = "r2"
title = "R2"
url = "https://example.org/2"
type = "book"
cost = "free"

[[stages]]
id = "two"
title = "Two"

[[stages.topics]]
id = "c"
title = "C"

[[stages.topics.resources]]
id = "r3"
title = "R3"
url = "https://example.org/3"
type = "book"
cost = "free"
hours = 15

[[stages.topics]]
id = "d"
title = "D"
hours = 8
skills = [{ id = "extra", title = "Extra", optional = true }]

[[stages.topics]]
id = "e"
title = "E"
hours = 6
choose = 1
skills = [{ id = "left", title = "Left" }, { id = "right", title = "Right" }]

[[stages]]
id = "three"
title = "Three"
choose = 1

[[stages.topics]]
id = "long"
title = "Long"
hours = 40
skills = [{ id = "l1", title = "L1" }, { id = "l2", title = "L2" }]

[[stages.topics]]
id = "short"
title = "Short"
hours = 4
skills = [{ id = "short1", title = "Short" }]
"#;

fn course() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(".config/milepost/paths/course.toml", COURSE);
    sandbox.ok(["start", "course"]);
    sandbox
}

#[test]
fn what_topics_decide_is_the_same_in_every_view() {
    let sandbox = course();
    sandbox.ok(["done", "s", "right", "--on", "2026-11-02"]);
    let report = sandbox.json(["status", "course"]);
    let status = &report["paths"][0];
    let progress = &status["progress"];
    // S, R1, R2, R3, one of E and the shorter topic: 10 + 12 + 18 + 15 + 6 + 4 hours.
    assert_eq!(
        (&progress["hours"]["done"], &progress["hours"]["total"]),
        (&16.0.into(), &65.0.into())
    );
    assert_eq!(progress["percent"], 24.6);
    // Stages add up, and so do topics.
    let sum = |parts: &Value| -> f64 {
        let parts = parts.as_array().unwrap().iter();
        parts.filter_map(|part| part["progress"]["hours"]["total"].as_f64()).sum()
    };
    let show = sandbox.json(["show", "course"]);
    assert_eq!((sum(&status["stages"]), sum(&show["children"])), (65.0, 65.0));
    assert_eq!(sum(&show["children"][0]["children"]), 40.0);
    assert_eq!(
        (show["hours"].as_f64(), show["children"][1]["hours"].as_f64()),
        (Some(65.0), Some(21.0))
    );
    assert_eq!(
        show["children"][1]["children"][0]["hours"], 15.0,
        "a topic of resources has theirs"
    );
    assert_eq!(&sandbox.json(["export", "course"])["paths"][0]["progress"], progress);
    let compare = sandbox.json(["compare", "course", "foundations"]);
    assert_eq!(
        (&compare["paths"][0]["progress"], &compare["paths"][0]["hours_left"]),
        (progress, &49.0.into())
    );
    let burndown = status["burndown"].as_array().unwrap();
    assert_eq!(
        (&burndown[0]["hours"], &burndown.last().unwrap()["hours"]),
        (&65.0.into(), &49.0.into())
    );
    let days: f64 = report["activity"]["days"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| day["hours"].as_f64().unwrap())
        .sum();
    assert_eq!(days, 16.0);
    // An optional skill has no hours beside others; R2 has what the topic has left.
    let list = sandbox.json(["list", "course"]);
    let hours = |id: &str| {
        let items = list["items"].as_array().unwrap();
        let item = items.iter().find(|item| item["ref"] == format!("course/{id}")).unwrap();
        item["hours"].as_f64()
    };
    assert_eq!(
        (hours("s"), hours("side"), hours("r2"), hours("left")),
        (Some(10.0), None, Some(18.0), Some(6.0))
    );
}

#[test]
fn an_item_is_the_same_in_every_report() {
    let sandbox = course();
    sandbox.ok(["done", "s", "r1"]);
    let export = sandbox.json(["export", "course", "--format", "json"]);
    let stages = export["paths"][0]["stages"].as_array().unwrap();
    let parts: Vec<&Value> =
        stages.iter().flat_map(|stage| stage["items"].as_array().unwrap()).collect();
    for item in sandbox.json(["list", "course"])["items"].as_array().unwrap() {
        let reference = item["ref"].as_str().unwrap();
        let show = sandbox.json(["show", reference]);
        let query = ["search", item["title"].as_str().unwrap(), "--limit", "0"];
        let found = sandbox.json(query)["items"].as_array().unwrap().clone();
        let found = found.iter().find(|one| one["ref"] == reference).unwrap();
        let part = parts.iter().find(|part| part["ref"] == reference).unwrap();
        for (key, value) in item.as_object().unwrap() {
            assert_eq!((&show[key], &found[key]), (value, value), "{reference}: {key}");
            let exported = part.get(key).unwrap_or(value);
            assert_eq!(exported, value, "export of {reference}: {key}");
        }
    }
}

#[test]
fn reading_that_is_open_is_no_arrival() {
    let sandbox = course();
    sandbox.ok(["done", "course/a", "course/e", "course/three", "--yes", "--on", "2026-11-02"]);
    let status = sandbox.json(["status", "course"])["paths"][0].clone();
    assert!(status["progress"]["percent"].as_f64().unwrap() < 100.0);
    assert_ne!(status["forecast_note"], "arrived: nothing left");
    assert_eq!(
        sandbox.run(["done", "course/b"]),
        "--- stderr ---\nerror: `course/b` is a topic, which would mark 2 resources; there is no terminal to ask on\nhint: pass `--yes` to confirm, or name the items\n[exit 2]\n"
    );
    sandbox.ok(["done", "course/b", "course/c", "--yes"]);
    let status = sandbox.json(["status", "course"])["paths"][0].clone();
    assert_eq!(
        (&status["progress"]["percent"], &status["forecast_note"]),
        (&100.0.into(), &"arrived: nothing left".into())
    );
    assert!(
        sandbox.json(["next"])["recommendations"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["ref"] != "course/r3")
    );
}

#[test]
fn the_larger_choice_says_that_the_percentage_falls() {
    let sandbox = course();
    assert!(sandbox.ok(["export"]).contains("Not begun yet: 3 skills and 3 resources ahead"));
    // If resources are goals, a learner who has read one has begun.
    sandbox.ok(["done", "r1"]);
    assert!(!sandbox.ok(["export"]).contains("Not begun yet"));
    sandbox.ok(["done", "s"]);
    let said = sandbox.run(["doing", "l1"]);
    assert!(
        said.contains("course is at 21.7%, was at 33.8%: you chose the longer option of Three"),
        "{said}"
    );
    assert!(!sandbox.run(["done", "l1"]).contains("before"), "it rises again");
    // What was chosen counts; a topic of optional skills says nothing of a count.
    assert!(!sandbox.run(["done", "extra"]).contains("0 of 0"));
    assert!(sandbox.run(["done", "r2"]).contains("B: 2 of 2 resources done"));
}

#[test]
fn what_has_no_hours_counts_like_the_others() {
    let sandbox = Sandbox::new();
    let path = "format = 1\nid = \"mixed\"\ntitle = \"Mixed\"\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
        [[stages.topics]]\nid = \"t\"\ntitle = \"T\"\nhours = 10\nskills = [{ id = \"a\", title = \"A\" }]\n\
        [[stages.topics]]\nid = \"u\"\ntitle = \"U\"\nskills = [{ id = \"b\", title = \"B\" }, { id = \"c\", title = \"C\" }]\n\
        [[stages.milestones]]\nid = \"m\"\ntitle = \"M\"\ncriteria = [\"It runs.\"]\n";
    sandbox.write(".config/milepost/paths/mixed.toml", path);
    sandbox.ok(["start", "mixed"]);
    let percent = || sandbox.json(["status", "mixed"])["paths"][0]["progress"]["percent"].as_f64();
    for (id, expected) in [("a", 25.0), ("b", 50.0), ("c", 75.0), ("m", 100.0)] {
        sandbox.ok(["done", id]);
        assert_eq!(percent(), Some(expected), "{id}");
    }
    // A milestone that says no hours is not ongoing.
    assert!(!sandbox.ok(["show", "m"]).contains("ongoing"));
}

#[test]
fn start_and_compare_say_the_hours_that_paths_and_plan_say() {
    let sandbox = some_of_everything();
    sandbox.ok(["study", "api-security", "90m"]);
    sandbox.ok(["stop", "ai-integration"]);
    let hours = |report: &Value, list: &str| {
        let all = report[list].as_array().unwrap();
        all.iter().find(|one| one["id"] == "ai-integration").unwrap().clone()
    };
    let started = sandbox.json(["start", "ai-integration"]);
    let listed = hours(&sandbox.json(["paths"]), "paths")["hours"].clone();
    assert_eq!(hours(&started, "started")["hours"], listed);
    let compare = sandbox.json(["compare", "ai-integration", "ml-engineering"]);
    let plan = sandbox.json(["plan", "ai-integration"])["hours"].clone();
    let compared = hours(&compare, "paths");
    assert_eq!(compared["hours_in_plan"], plan);
    // What was studied is no goal that is done.
    assert_ne!(compared["hours_left"], plan);
}
