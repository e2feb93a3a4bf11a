//! The résumé, before the validator of JSON Resume, which is from npm.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::engines;
use crate::sandbox::{Sandbox, words};
use crate::shelf;

/// What JSON Resume's own validator says of a document: nothing if it is valid. `None` if it is not
/// installed, with a message.
fn faults(document: &str) -> Option<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/html/checkers");
    let package = Path::new(folder).join("node_modules/resume-schema");
    let (Some(node), true) = (engines::program(&["node"]), package.is_dir()) else {
        engines::missing("no validator of résumés is installed (`npm ci` in tests/html/checkers)");
        return None;
    };
    let script = "const [validator, document] = process.argv.slice(1);\n\
        require(validator).validate(JSON.parse(document), (faults) => {\n\
            if (faults) console.log(JSON.stringify(faults));\n\
        });";
    let output =
        Command::new(node).args(["-e", script]).arg(package).arg(document).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    Some(String::from_utf8(output.stdout).unwrap())
}

/// A home in which somebody built, studied, assessed and noted something.
fn lived_in() -> Sandbox {
    let sandbox = shelf::lived_in();
    for line in [
        "start web --role operator",
        "assess shells --level 3 --note secret --evidence https://example.org/a",
        "note web/service secret",
        "study service 2h",
    ] {
        sandbox.ok(words(line));
    }
    sandbox.ok(["done", "service", "--evidence", "https://example.org/ü[1]"]);
    sandbox
}

#[test]
#[ignore = "needs a validator from npm; the gate runs it"]
fn a_resume_is_valid() {
    for sandbox in [lived_in(), shelf::lived_in()] {
        let text = sandbox.ok(words("export --format jsonresume --name Ada"));
        let Some(faults) = faults(&text) else { return };
        assert_eq!(faults, "", "{text}");
    }
    // The validator sees what is wrong.
    for wrong in [
        r#"{"basics": {"name": 1}}"#,
        r#"{"projects": [{"endDate": "2026-3-1"}]}"#,
        r#"{"skills": {"name": "x"}}"#,
    ] {
        assert!(faults(wrong).unwrap().contains("path"), "{wrong}");
    }
}

#[test]
fn what_is_done_is_in_a_resume_and_nothing_else() {
    let text = lived_in().ok(words("export --format jsonresume --name Ada"));
    assert!(!text.contains("secret") && !text.contains("studied"), "{text}");
    let resume: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(resume["basics"]["name"], "Ada");
    assert_eq!(resume["skills"][0]["level"], "advanced");
    let projects = resume["projects"].as_array().unwrap();
    let service = projects.iter().find(|one| one["name"] == "A service in public").unwrap();
    assert!(service["endDate"].is_string() && service["url"].is_string(), "{service}");
    let keys: Vec<&str> = resume.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["$schema", "basics", "projects", "skills"]);
}

#[test]
fn a_resume_is_made_to_be_sent() {
    let sandbox = shelf::lived_in();
    let said = sandbox.run(words("export --format jsonresume -o resume.json"));
    assert!(said.contains("the résumé has no name yet: add yours with `--name NAME`"), "{said}");
    assert!(said.contains("wrote resume.json (") && said.contains("chmod a+r"), "{said}");
    let file = std::fs::read_to_string(sandbox.home().join("resume.json")).unwrap();
    assert_eq!(file, sandbox.ok(words("export --format jsonresume")));
    assert_eq!(file, sandbox.ok(words("export --format jsonresume --public")));
    assert_eq!(sandbox.json(words("export --format jsonresume"))["text"], file);
    insta::assert_snapshot!(
        sandbox.play(
            "export --format jsonresume --notes
             export --format jsonresume -o resume.md
             export --format jsonresume --full"
        ),
        @"
    $ export --format jsonresume --notes
    --- stderr ---
    error: this format has no notes
    hint: omit `--notes`; Markdown, HTML and CSV can include them, and JSON always does
    [exit 2]
    $ export --format jsonresume -o resume.md
    --- stderr ---
    error: the ending of resume.md and `--format` disagree
    hint: omit `--format`, or name the file: `-o resume.json`
    [exit 2]
    $ export --format jsonresume --full
    --- stderr ---
    error: `--full` works only with JSON
    hint: `milepost export --format json --full -o record.json`
    [exit 2]
    "
    );
    let new = shelf::home();
    let alone = new.run(words("export --format jsonresume"));
    new.ok(words("start web"));
    new.ok(words("done pipes"));
    assert_eq!(new.run(words("export --format jsonresume")), alone);
    insta::assert_snapshot!(alone, @"
    --- stderr ---
    error: there is nothing for a résumé yet: no milestone is done, and no skill area has the level that you aim at
    hint: `milepost done MILESTONE --evidence URL` records what you built, `milepost assess` what you can do
    [exit 1]
    ");
}
