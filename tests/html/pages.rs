//! Records whose pages are looked at.

use std::path::{Path, PathBuf};

use crate::sandbox::{self, Sandbox};

/// Marks of several months: milestones with evidence, skills, resources, some of them skipped,
/// begun or known.
const MARKS: &[&[&str]] = &[
    &["done", "foundations/programming", "--known", "--yes"],
    &["done", "foundations/linear-algebra", "--on", "2026-08-10"],
    &["done", "foundations/development-tools", "--yes", "--on", "2026-08-20"],
    &["done", "ai-integration/fastapi-docs", "--on", "2026-08-29"],
    &["done", "ai-integration/fastapi", "--on", "2026-09-01", "--note", "a <private> note"],
    &["done", "ai-integration/rest-principles", "--on", "2026-09-14"],
    &["done", "ai-integration/api-security", "--on", "2026-09-29"],
    &["done", "ai-integration/rest-api-design", "--on", "2026-10-02"],
    &["skip", "ai-integration/cloud-basics"],
    &["assess", "prompting", "--level", "3", "--note", "a <private> note"],
    &[
        "assess",
        "retrieval",
        "--level",
        "2",
        "--evidence",
        "https://github.com/ada/a-very-long-name-of-a-repository-that-fits-no-phone?x=\"1\"&y",
    ],
    &["assess", "data", "--level", "4"],
    &["doing", "ai-integration/cloud-functions"],
    &["done", "ai-integration/api-deployment", "--on", "2026-10-20"],
    &[
        "done",
        "ai-integration/pretrained-model-api",
        "--on",
        "2026-11-15",
        "--evidence",
        "https://github.com/ada/a-very-long-name-of-a-repository-that-fits-no-phone?x=\"1\"&y",
        "--evidence",
        "docs/<script>alert(1)</script>/a-file-name-without-any-place-to-break-it-in-the-middle.md",
    ],
];

/// Half of a path done, with evidence, notes and levels.
pub fn realistic() -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.set("MILEPOST_NOW", "2026-08-03T09:00:00+01:00");
    sandbox.ok(["start", "ai-integration", "--hours-per-week", "8", "--by", "2028-06-01"]);
    sandbox.set("MILEPOST_NOW", sandbox::NOW);
    for marks in MARKS {
        sandbox.ok(*marks);
    }
    sandbox
}

/// A path whose titles are of one long word, or of what is read from the right.
const AWKWARD: &str = r#"
format = 1
kind = "path"
id = "awkward"
author = "محمد بن موسى الخوارزمي"
license = "a-licence-with-a-name-that-has-no-place-to-break-it-in-the-middle-of-it-at-all"
title = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
summary = "Pneumonoultramicroscopicsilicovolcanoconiosis_pneumonoultramicroscopicsilicovolcanoconiosis"

[[portfolio]]
id = "heading"
title = "مشاريع (projects) 2026"

[[stages]]
id = "stage"
title = "אבני דרך (milestones) 2026"
months = [0, 6]

[[stages.topics]]
id = "topic"
title = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
hours = 20
skills = [
  { id = "arabic", title = "أساسيات التعلم الآلي (machine learning) والتطبيق العملي 2026", can = "أستطيع بناء خدمة (API) 2026" },
  { id = "long", title = "std::collections::hash_map::OccupiedEntry::remove_entry::without::any::blank" },
]

[[stages.topics.resources]]
id = "book"
title = "كتاب عن (machine learning) 2026"
by = "محمد بن موسى الخوارزمي (al-Khwarizmi) 820"
part = "الفصل 3 (chapter) a-part-of-a-book-that-has-no-place-to-break-it-in-the-middle-of-it"
url = "https://example.org/a-very-long-address/that-has-no-place-to-break-it-in-the-middle/of-it-at-all"
type = "book"
cost = "free"

[[stages.milestones]]
id = "milestone"
title = "نشر خدمة (API) في السحابة 2026"
hours = 10
requires = ["topic"]
about = "أول سطر (API) 2026\nstd::collections::hash_map::OccupiedEntry::remove_entry::without::any::blank"
links = [{ title = "a-very-long-title-of-an-address-that-has-no-place-to-break-it", url = "https://example.org/a" }]
pass = 2
portfolio = "heading"
criteria = [{ text = "تجيب الخدمة `GET /health` في 200 ms", points = 3 }, "`cargo_build_without_any_blank_in_a_name_of_more_than_sixty_characters --release`"]
"#;

fn awkward() -> Sandbox {
    let sandbox = Sandbox::new();
    let path = sandbox.write("awkward.toml", AWKWARD);
    sandbox.ok(["add", path.to_str().unwrap()]);
    sandbox.ok(["start", "awkward", "--hours-per-week", "5", "--role", "ai-engineer"]);
    let note = "ملاحظة عن (API) 2026";
    let proof = "/srv/projects/a-folder-without-any-place-to-break-it-in-the-middle/مشروع (API).md";
    sandbox.ok(["done", "awkward/arabic", "--on", "2026-10-02", "--note", note]);
    sandbox.ok(["done", "awkward/book", "--on", "2026-10-03", "--note", note]);
    sandbox.ok(["done", "awkward/milestone", "--on", "2026-10-04", "--evidence", proof]);
    sandbox.ok(["assess", "retrieval", "--level", "2", "--evidence", proof, "--note", note]);
    sandbox.ok(["assess", "prompting", "--level", "4", "--evidence", &"x".repeat(200)]);
    sandbox
}

/// Writes all pages that are looked at into a folder: much of a record, letters from the right and
/// long words, nothing begun, and everything done.
pub fn all(folder: &Path) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    let mut write = |sandbox: &Sandbox, name: &str, args: &[&str]| {
        let page = folder.join(format!("{name}.html"));
        let output = ["export", "-o", page.to_str().unwrap()];
        sandbox.ok(output.iter().chain(args));
        pages.push(page);
    };
    let sandbox = realistic();
    write(&sandbox, "realistic", &["--name", "Ada \"<b>\" Lovelace"]);
    write(&sandbox, "with-notes", &["--notes"]);
    write(&sandbox, "public", &["--public", "--name", "Ada Lovelace"]);
    sandbox.ok(["start", "ml-engineering"]);
    write(&sandbox, "not-begun", &["ml-engineering"]);
    let stages = sandbox.json(["status", "foundations"]);
    for stage in stages["paths"][0]["stages"].as_array().unwrap() {
        let stage = format!("foundations/{}", stage["id"].as_str().unwrap());
        sandbox.ok(["done", &stage, "--yes"]);
    }
    write(&sandbox, "all-done", &["foundations"]);
    let awkward = awkward();
    write(&awkward, "awkward", &["--notes", "--name", "محمد (Mo) 2026"]);
    write(&awkward, "awkward-public", &["--public"]);
    pages
}
