//! What others look for in a page: html-validate in its text, axe-core in the browser. Both are from
//! npm, at the versions of `checkers/package-lock.json`; `npm ci` in that folder installs them.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::driver::Browser;
use crate::engines;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/html/checkers");

/// A file of an installed package; `None` if it is not there, or there is nothing to run it with.
fn installed(file: &str) -> Option<PathBuf> {
    let file = Path::new(FOLDER).join("node_modules").join(file);
    if file.is_file() && engines::program(&["node"]).is_some() {
        return Some(file);
    }
    engines::missing("no checkers of pages are installed (`npm ci` in tests/html/checkers)");
    None
}

/// The checkers.
pub struct Checkers {
    validator: PathBuf,
    axe: String,
}

impl Checkers {
    /// None where they are not installed.
    pub fn find() -> Option<Self> {
        let validator = installed("html-validate/bin/html-validate.mjs")?;
        let axe = std::fs::read_to_string(installed("axe-core/axe.min.js")?).unwrap();
        Some(Self { validator, axe })
    }

    /// What the validator finds in some files.
    pub fn faults(&self, pages: &[PathBuf]) -> Vec<String> {
        let node = engines::program(&["node"]).unwrap();
        let output = Command::new(node)
            .arg(&self.validator)
            .args(["--formatter", "json", "--config"])
            .arg(Path::new(FOLDER).join("html-validate.json"))
            .args(pages)
            .output()
            .unwrap();
        let reports: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {output:?}"));
        let mut faults = Vec::new();
        for report in reports.as_array().unwrap() {
            for message in report["messages"].as_array().unwrap() {
                let [line, rule, text] = ["line", "ruleId", "message"].map(|key| &message[key]);
                faults.push(format!("{}:{line}: {rule} {text}", report["filePath"]));
            }
        }
        assert!(output.status.success() || !faults.is_empty(), "{output:?}");
        faults
    }

    /// What axe finds on the page that is shown: rules and the elements that break them.
    pub fn barriers(&self, browser: &Browser) -> Vec<String> {
        browser.ask(&self.axe);
        let found = browser.ask(
            "return axe.run(document, {resultTypes: ['violations']}).then(result => ({
                passed: result.passes.length,
                violations: result.violations.map(one =>
                    `${one.id}: ${one.help}: ${one.nodes.map(node => node.html).join(' ')}`),
            }))",
        );
        assert!(found["passed"].as_u64() > Some(10), "axe looked at nothing: {found:#}");
        let violations = found["violations"].as_array().unwrap();
        violations.iter().map(|one| one.as_str().unwrap().to_owned()).collect()
    }
}

/// That the page is shown on a screen, or on paper, in a scheme.
pub fn show_in(browser: &Browser, medium: &str) {
    let (media, scheme) = match medium {
        "print" => ("print", "dark"),
        scheme => ("screen", scheme),
    };
    let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
    browser.devtools("Emulation.setEmulatedMedia", json!({"media": media, "features": features}));
}
