//! The HTML export in a real browser, and `--open`. Where no Chromium with its driver is installed
//! (Debian: `chromium`, `chromium-driver`) the browser's tests say that they are skipped.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods
)]

#[path = "../cli/sandbox.rs"]
mod sandbox;

mod driver;

use driver::Browser;
use sandbox::Sandbox;
use serde_json::{Value, json};

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

fn realistic() -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.set("MILEPOST_NOW", "2026-08-03T09:00:00+01:00");
    sandbox.ok(["start", "ai-integration", "--hours-per-week", "8", "--by", "2028-06-01"]);
    sandbox.set("MILEPOST_NOW", sandbox::NOW);
    for marks in MARKS {
        sandbox.ok(*marks);
    }
    sandbox
}

fn browser(sandbox: &Sandbox) -> Option<Browser> {
    let browser = Browser::start(sandbox.home());
    if browser.is_none() {
        println!("skipped: no chromium with chromedriver is installed");
    }
    browser
}

/// Opens a page on a screen and in a scheme; gives what is wrong with it.
fn problems(browser: &Browser, page: &std::path::Path, width: u32, scheme: &str) -> Vec<String> {
    browser.screen(width);
    let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
    browser.devtools("Emulation.setEmulatedMedia", json!({"features": features}));
    browser.open(page);
    let mut problems: Vec<String> = browser
        .log("browser")
        .into_iter()
        .map(|entry| format!("the console says {}", entry["message"]))
        .collect();
    // The page itself is the one that is asked for.
    let others = browser.requests().into_iter().filter(|url| !url.ends_with("/page.html"));
    problems.extend(others.map(|url| format!("it asks for {url}")));
    let [wide, screen] = ["scrollWidth", "clientWidth"]
        .map(|what| browser.ask(&format!("return document.documentElement.{what}")));
    if wide.as_u64() > screen.as_u64() || screen != json!(width) {
        problems.push(format!("it is {wide} wide on a screen of {screen}"));
    }
    problems
}

#[test]
fn a_browser_shows_it_without_a_word() {
    let sandbox = realistic();
    let Some(browser) = browser(&sandbox) else { return };
    let page = sandbox.home().join("page.html");
    let status = sandbox.json(["status"]);
    sandbox.ok(["export", "--name", "Ada \"<b>\" Lovelace", "-o", "page.html"]);
    for (width, scheme) in [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")] {
        let problems = problems(&browser, &page, width, scheme);
        assert!(problems.is_empty(), "{width} {scheme}: {problems:#?}");
    }

    assert_eq!(
        browser.ask("return document.querySelector('h1').textContent"),
        "Ada \"<b>\" Lovelace"
    );
    assert_eq!(browser.ask("return document.querySelectorAll('script, img, link').length"), 0);
    // The style sheet is in force, so its hash is right.
    let dark = browser.ask("return getComputedStyle(document.body).backgroundColor");
    assert_eq!(dark, "rgb(18, 22, 23)");

    // The numbers are those of `status`.
    let shown = browser.ask(
        "return [...document.querySelectorAll('#progress .progress')].map(path => ({
            percent: [...path.querySelectorAll('data.percent')].map(one => Number(one.value)),
            points: [...path.querySelectorAll('.burndown tbody tr')].map(row => [
                row.querySelector('time').getAttribute('datetime'),
                Number(row.querySelector('data').value)]),
            forecast: [...path.querySelectorAll('.facts div')]
                .filter(fact => fact.querySelector('dt').textContent === 'Forecast')
                .flatMap(fact => [...fact.querySelectorAll('time')])
                .map(time => time.getAttribute('datetime')),
        }))",
    );
    let paths = status["paths"].as_array().unwrap();
    assert_eq!(paths.len(), 2);
    let expected: Vec<Value> = paths
        .iter()
        .map(|path| {
            let stages = path["stages"].as_array().unwrap();
            let percent: Vec<&Value> =
                [path].into_iter().chain(stages).map(|part| &part["progress"]["percent"]).collect();
            let burndown = path["burndown"].as_array().unwrap();
            let points: Vec<[&Value; 2]> =
                burndown.iter().map(|point| [&point["on"], &point["hours"]]).collect();
            let forecast: Vec<&Value> = ["earliest", "latest"]
                .into_iter()
                .filter_map(|end| path["forecast"].get(end))
                .collect();
            json!({"percent": percent, "points": points, "forecast": forecast})
        })
        .collect();
    // A number is one, with a decimal or without.
    let plain = |value: &Value| value.to_string().replace(".0,", ",").replace(".0]", "]");
    assert_eq!(plain(&shown), plain(&json!(expected)));
    assert!(paths.iter().any(|path| !path["forecast"].is_null()), "no forecast to compare");
    let days = browser.ask(
        "return [...document.querySelectorAll('.activity tbody time')]
            .map(time => time.getAttribute('datetime')).reverse()",
    );
    let active = status["activity"]["days"].as_array().unwrap();
    let active: Vec<&Value> = active.iter().map(|day| &day["on"]).collect();
    assert_eq!(days, json!(active));

    // What a screen reader is told.
    let tree = browser.devtools("Accessibility.getFullAXTree", json!({}));
    let nodes = tree["nodes"].as_array().unwrap();
    let names = |role: &str| -> Vec<&str> {
        let of_role = nodes.iter().filter(|node| node["role"]["value"] == role);
        of_role.filter_map(|node| node["name"]["value"].as_str()).collect()
    };
    for landmark in ["banner", "navigation", "main", "contentinfo"] {
        assert_eq!(names(landmark).len(), 1, "{landmark}");
    }
    let pictures = [names("image"), names("img")].concat();
    assert_eq!(pictures.len(), 4, "{pictures:?}");
    assert!(pictures.iter().any(|name| name.starts_with("Activity")), "{pictures:?}");
    assert!(pictures.iter().any(|name| name.starts_with("Hours left over time")), "{pictures:?}");

    // On paper it is light, whatever the scheme, and no milestone is torn apart.
    let pdf = browser.devtools("Page.printToPDF", json!({"preferCSSPageSize": true}));
    assert!(pdf["data"].as_str().unwrap().starts_with("JVBERi0"), "no PDF");
    browser.devtools(
        "Emulation.setEmulatedMedia",
        json!({"media": "print", "features": [
            {"name": "prefers-color-scheme", "value": "dark"},
        ]}),
    );
    let paper = browser.ask("return getComputedStyle(document.body).backgroundColor");
    assert_eq!(paper, "rgb(255, 255, 255)");
    let whole = browser.ask(
        "return [...document.querySelectorAll('.milestone')]
            .every(one => getComputedStyle(one).breakInside === 'avoid')",
    );
    assert_eq!(whole, true);

    // Nothing begun, and everything done.
    sandbox.ok(["start", "ml-engineering"]);
    sandbox.ok(["export", "ml-engineering", "-o", "page.html"]);
    let problems_of_none = problems(&browser, &page, 360, "light");
    assert!(problems_of_none.is_empty(), "{problems_of_none:#?}");
    let stages = sandbox.json(["status", "foundations"]);
    for stage in stages["paths"][0]["stages"].as_array().unwrap() {
        let stage = format!("foundations/{}", stage["id"].as_str().unwrap());
        sandbox.ok(["done", &stage, "--yes"]);
    }
    sandbox.ok(["export", "foundations", "-o", "page.html"]);
    let problems_of_all = problems(&browser, &page, 360, "light");
    assert!(problems_of_all.is_empty(), "{problems_of_all:#?}");
    assert_eq!(browser.ask("return document.querySelector('.percent').value"), "100");
}

/// The checks above can fail.
#[test]
fn a_browser_tells_what_is_wrong_with_a_page() {
    let sandbox = Sandbox::new();
    let Some(browser) = browser(&sandbox) else { return };
    let page = sandbox.write(
        "page.html",
        "<meta name=viewport content='width=device-width'><img src='http://127.0.0.1:9/x.png'>\
         <p style='width: 400px'>wide<script>console.error('ouch')</script>",
    );
    let problems = problems(&browser, &page, 360, "light").join("\n");
    for found in ["it asks for http://127.0.0.1:9/x.png", "ouch", "wide on a screen of 360"] {
        assert!(problems.contains(found), "{found}: {problems}");
    }
}

#[test]
fn it_is_one_small_page() {
    let sandbox = realistic();
    let page = sandbox.ok(["export", "--format", "html"]);
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert!(page.len() < 200_000, "{} bytes", page.len());
    assert!(!page.contains("private"));
    assert!(
        sandbox.ok(["export", "--format", "html", "--notes"]).contains("a &#60;private&#62; note")
    );
    // The same record is the same page.
    assert_eq!(page, sandbox.ok(["export", "--format", "html"]));
}

#[test]
fn open_needs_a_page_in_a_file() {
    let sandbox = realistic();
    for args in [
        vec!["export", "--format", "html", "--open"],
        vec!["export", "--format", "html", "-o", "-", "--open"],
        vec!["export", "-o", "page.md", "--open"],
    ] {
        assert_eq!(sandbox.code(&args), 2, "{args:?}");
        assert!(sandbox.run(&args).contains("-o portfolio.html"), "{args:?}");
    }
    assert!(!sandbox.home().join("page.md").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn open_hands_the_page_to_the_browser() {
    use std::os::unix::fs::PermissionsExt;

    let mut sandbox = realistic();
    let said = sandbox.run(["export", "-o", "page.html", "--open"]);
    assert!(said.contains("no browser could be run") && said.ends_with("[exit 1]\n"), "{said}");
    assert!(sandbox.home().join("page.html").exists(), "it is written all the same");

    // It leaves its argument, whole at once.
    let script = "#!/bin/sh\necho \"$1\" > opened.new && /bin/mv opened.new opened\n";
    let browser = sandbox.write("bin/xdg-open", script);
    std::fs::set_permissions(browser, std::fs::Permissions::from_mode(0o755)).unwrap();
    let bin = sandbox.home().join("bin").to_str().unwrap().to_owned();
    sandbox.set("PATH", &bin);
    let report = sandbox.json(["export", "--format", "html", "-o", "page.html", "--open"]);
    assert_eq!(report["opened"], true);
    let opened = sandbox.home().join("opened");
    let began = std::time::Instant::now();
    while !opened.exists() {
        assert!(began.elapsed().as_secs() < 10, "the browser was not run");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let page = sandbox.home().join("page.html");
    assert_eq!(std::fs::read_to_string(opened).unwrap().trim_end(), page.to_str().unwrap());
}
