//! No text makes a reader panic, hang or write what `check` refuses.

#![allow(missing_docs)]

use std::time::Instant;

use milepost_author::read::{self, Kind, MOST_BYTES, Options, ReadError};
use milepost_author::settle::settle;
use milepost_author::write;
use milepost_path::Severity;
use proptest::prelude::*;

/// The path that a text becomes, checked; or why it becomes none.
fn made(kind: Kind, text: &str) -> Result<String, ReadError> {
    let options = Options { name: "it.md".to_owned(), ..Options::default() };
    let draft = settle(read::read(kind, text, &options)?, &options)?;
    let toml = write::toml(&draft, "it");
    let reading = milepost_path::read(&toml);
    let errors = reading.diagnostics.iter().filter(|one| one.severity == Severity::Error);
    let errors: Vec<_> = errors.map(|one| (one.code, &one.message)).collect();
    assert!(errors.is_empty(), "{errors:?}\n{}\n{toml}", text.get(..2_000).unwrap_or(text));
    Ok(toml)
}

/// Pieces that a document is made of, and that meet in other ways than anybody means.
fn pieces(of: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(of).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => "[ \t\r\n]{1,6}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

const OF_MARKDOWN: &[&str] = &[
    "# ",
    "## ",
    "### ",
    "#### ",
    "- ",
    "* ",
    "1. ",
    "    ",
    "\t",
    "\n",
    "\n",
    "\n\n",
    "> ",
    "---\n",
    "[ ] ",
    "[x] ",
    "[] ",
    "~~",
    "**",
    "_",
    "`",
    "```\n",
    "|",
    "|\n|--|--|\n",
    " | ",
    "[a](https://a.example)",
    "[b](#b)",
    "[](x)",
    "[c](https://c.example \"t\")",
    "![i](i.png)",
    "<https://d.example>",
    "https://e.example/x",
    "<a href='https://f.example'>",
    "</a>",
    "<a name=x>",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
    "<ul><li>",
    "</li>",
    "<h2>",
    "</h2>",
    "<img alt='p'>",
    "<!--",
    "-->",
    "Choose one:\n",
    "Your choice:",
    "Everything below this point is optional.",
    "2 points: it runs\n",
    "0 points: no\n",
    " (1 point)",
    " or ",
    " by Ada: ",
    "(video)",
    "(optional)",
    "[Deprecated]",
    "✅ 2026-05-17",
    "Curriculum\n",
    "Contents\n",
    "Prerequisites\n",
    "Homework\n",
    "References:\n",
    "Courses | Duration | Effort | Prerequisites\n",
    "--|--|--|--\n",
    "13 weeks | 6-10 hours/week | a, b and c\n",
    "Title",
    "a",
    "é",
    "\u{202e}",
    "\u{ad}",
    "{",
    "\"",
    "\\",
    "&amp;",
    "&#0;",
    "\u{0}",
    "\r\n",
    "Section | Lesson | Link\n",
];

const OF_SHEETS: &[&str] = &[
    ",",
    ",",
    ";",
    "\t",
    "\n",
    "\n",
    "\r\n",
    "\"",
    "\"\"",
    "title",
    "url",
    "Question",
    "Answer",
    "tags",
    "section",
    "stage",
    "topic",
    "ref",
    "kind",
    "skill",
    "milestone",
    "resource",
    "done",
    "x",
    "2026-05-17",
    "duration_weeks",
    "effort",
    "hours",
    "prerequisites",
    "cost",
    "free",
    "lang",
    "en",
    "criteria",
    "a; b",
    "1",
    "8",
    "1e999",
    "-5",
    "https://a.example",
    "#separator:tab\n",
    "#columns:a,b\n",
    "#tags column:3\n",
    "#tags column:99999999999\n",
    "{{c1::x}}",
    "[P] ",
    "<b>",
    "&lt;",
    "'=1",
    "\u{feff}",
    "é",
    "\u{202e}",
    "course/a",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_markdown(text in pieces(OF_MARKDOWN)) {
        let _ = made(Kind::Markdown, &text);
    }

    #[test]
    fn any_sheet(text in pieces(OF_SHEETS)) {
        for kind in [Kind::Csv, Kind::Tsv, Kind::Cards] {
            let _ = made(kind, &text);
        }
    }

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        for kind in [Kind::Markdown, Kind::Csv, Kind::Cards] {
            let _ = made(kind, &text);
        }
    }
}

/// Texts of a size that are hard to read.
fn hard(bytes: usize) -> Vec<(&'static str, Kind, String)> {
    let fill = |piece: &str| piece.repeat(bytes / piece.len());
    let steps = || {
        // Each line one level deeper, as far as so many bytes go.
        let mut text = String::new();
        let mut depth = 0;
        while text.len() < bytes {
            text.push_str(&"  ".repeat(depth));
            text.push_str("- a\n");
            depth += 1;
        }
        text
    };
    let short_rows = || {
        let columns = (bytes / 12).min(100_000);
        let head = "a|".repeat(columns) + "\n" + &"-|".repeat(columns) + "\n";
        let rows = "b|\n".repeat(bytes.saturating_sub(head.len()) / 3);
        head + &rows
    };
    vec![
        ("lists in a line", Kind::Markdown, fill("- ")),
        ("quotes in a line", Kind::Markdown, fill(">")),
        ("numbered lists in a line", Kind::Markdown, fill("1. ")),
        ("lists that get deeper", Kind::Markdown, steps()),
        ("one line", Kind::Markdown, format!("- {}", fill("word "))),
        ("one word", Kind::Markdown, fill("a")),
        ("links", Kind::Markdown, fill("[a](https://b.c)\n")),
        ("links in one line", Kind::Markdown, fill("[a](https://b.c) ")),
        ("a list of links", Kind::Markdown, fill("- [a](https://b.c/1)\n")),
        ("cells", Kind::Markdown, format!("a|b\n-|-\n{}", fill("c|d\n"))),
        ("columns and short rows", Kind::Markdown, short_rows()),
        ("tags that do not end", Kind::Markdown, fill("<a href=")),
        ("comments that do not end", Kind::Markdown, fill("<!-- ")),
        ("elements that do not end", Kind::Markdown, fill("<details><summary>")),
        ("brackets", Kind::Markdown, fill("[")),
        ("brackets and brackets", Kind::Markdown, fill("[](")),
        ("pictures in pictures", Kind::Markdown, fill("![")),
        ("stars", Kind::Markdown, fill("*a _b ")),
        ("code", Kind::Markdown, fill("`a ``b ")),
        ("headings", Kind::Markdown, fill("# a\n")),
        ("headings and boxes", Kind::Markdown, fill("## a\n- [ ] b\n")),
        ("references", Kind::Markdown, fill("[a]: https://b.c\n[a]\n")),
        ("entities", Kind::Markdown, fill("&amp;")),
        ("choices", Kind::Markdown, fill("Choose one:\n\n- [a](https://b.c)\n- b\n\n")),
        ("alternatives", Kind::Markdown, fill("[a](https://b.c) or ")),
        ("labels over labels", Kind::Markdown, fill("- a\n  - b\n    - [c](https://d.e)\n")),
        ("points", Kind::Markdown, format!("- a\n{}", fill("  - 1 point: b\n"))),
        ("rows", Kind::Csv, format!("title,url\n{}", fill("a,https://b.c\n"))),
        ("rows of cards", Kind::Csv, format!("question,answer\n{}", fill("a,b\n"))),
        ("a cell", Kind::Csv, format!("title\n\"{}\"", fill("a\n"))),
        ("a quote that does not end", Kind::Csv, format!("title\n\"{}", fill("a,"))),
        ("columns", Kind::Csv, fill("a,")),
        ("tags in a cell", Kind::Csv, format!("title\n{}", fill("<a "))),
        ("prerequisites", Kind::Csv, format!("title,prerequisites\na,\"{}\"", fill("a, and "))),
    ]
}

#[test]
fn hard_texts_end() {
    for (name, kind, text) in hard(20_000) {
        let start = Instant::now();
        let _ = made(kind, &text);
        // No measurement: only what grows with the square would take so long.
        assert!(start.elapsed().as_secs() < 20, "{name}");
    }
}

/// With the figures, for a look at them: `cargo test --release -p milepost-author --test hostile
/// -- --ignored --nocapture`.
#[test]
#[ignore = "takes 16 MiB of each"]
#[allow(clippy::print_stdout, reason = "the figures are what it is for")]
fn hard_texts_of_the_greatest_size_end() {
    for (name, kind, text) in hard(MOST_BYTES - 64) {
        // The peak of each alone, where the system can forget the one before.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        let start = Instant::now();
        let end = match made(kind, &text) {
            Ok(toml) => format!("a path of {} bytes", toml.len()),
            Err(error) => format!("{error:?}"),
        };
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
        println!("{name}: {:?}, {peak}, {end}", start.elapsed());
    }
}
