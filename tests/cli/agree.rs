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

        // Items counted one by one, in the list and in the rows of the table.
        let list = sandbox.json(["list", path]);
        let items = list["items"].as_array().unwrap();
        let csv = sandbox.ok(["export", path, "--format", "csv"]);
        let of_kind = |kind: &str| format!("{path}/{kind}");
        for (name, kind) in
            [("milestones", "milestone"), ("skills", "skill"), ("resources", "resource")]
        {
            let count = &progress[name];
            for (status, field) in [("done", "done"), ("skipped", "skipped")] {
                let found = counted(items, kind, status);
                assert_eq!(found.len() as u64, count[field], "{} {status}", of_kind(kind));
                let rows = csv.lines().filter(|row| row.contains(&format!(",{kind},")));
                let rows = rows.filter(|row| row.contains(&format!(",{status},"))).count();
                assert_eq!(rows as u64, count[field], "csv: {} {status}", of_kind(kind));
            }
            let all = items.iter().filter(|item| item["kind"] == kind).count();
            assert_eq!(all as u64, count["total"]);
        }
        let done: f64 = ["skill", "milestone"]
            .iter()
            .flat_map(|kind| counted(items, kind, "done"))
            .map(|item| item["hours"].as_f64().unwrap())
            .sum();
        assert!((done - progress["hours"]["done"].as_f64().unwrap()).abs() < 1e-6);

        // The texts show the same percentage.
        let percent = format!("{} %", progress["percent"]);
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
