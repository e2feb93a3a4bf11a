//! The HTML export in a real browser, before a validator and a checker of accessibility, and
//! `--open`. The tests that need Chromium with its driver, fonts or the checkers are ignored until the
//! gate asks for them, and say that they are skipped where something is not installed.
//!
//! - `driver`: the browser; `fonts`: the one font that it sees.
//! - `pages`: records whose pages are looked at.
//! - `checkers`: html-validate and axe-core.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods
)]

#[path = "../engines/mod.rs"]
mod engines;
#[path = "../cli/sandbox.rs"]
mod sandbox;

mod checkers;
mod driver;
mod fonts;
mod pages;

use std::path::Path;

use checkers::{Checkers, show_in};
use driver::Browser;
use fonts::{Font, NARROW, WIDE};
use pages::realistic;
use sandbox::Sandbox;
use serde_json::{Value, json};

const WIDTHS: [u32; 5] = [320, 360, 390, 768, 1280];
const MEDIA: [&str; 3] = ["light", "dark", "print"];
/// What is folded away is looked at, too.
const UNFOLD: &str = "document.querySelectorAll('details').forEach(one => one.open = true)";

/// Opens a page on a screen; gives what it asks for and what is said about it.
fn opened(browser: &Browser, page: &Path, width: u32) -> Vec<String> {
    browser.screen(width);
    browser.open(page);
    let mut problems: Vec<String> = browser
        .log("browser")
        .into_iter()
        .map(|entry| format!("the console says {}", entry["message"]))
        .collect();
    // The page itself is the one that is asked for.
    let own = format!("file://{}", page.display());
    let others = browser.requests().into_iter().filter(|url| *url != own);
    problems.extend(others.map(|url| format!("it asks for {url}")));
    problems
}

/// What does not fit on the screen that the page is shown on.
fn too_wide(browser: &Browser, width: u32) -> Option<String> {
    let [wide, screen] = ["scrollWidth", "clientWidth"]
        .map(|what| browser.ask(&format!("return document.documentElement.{what}")));
    if wide.as_u64() <= screen.as_u64() && screen == json!(width) {
        return None;
    }
    let beyond = browser.ask(
        "return [...document.body.querySelectorAll('*')]
            .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth)
            .map(one => one.tagName + '.' + one.className).slice(0, 8).join(' ')",
    );
    Some(format!("it is {wide} wide on a screen of {screen}: {beyond}"))
}

/// What is wrong with a page on any screen and on paper.
fn problems(browser: &Browser, page: &Path) -> Vec<String> {
    let mut problems = Vec::new();
    for width in WIDTHS {
        show_in(browser, "light");
        let found = opened(browser, page, width);
        problems.extend(found.into_iter().map(|problem| format!("{width}: {problem}")));
        browser.ask(UNFOLD);
        for medium in MEDIA {
            show_in(browser, medium);
            let found = too_wide(browser, width);
            problems.extend(found.map(|problem| format!("{width} {medium}: {problem}")));
        }
    }
    problems
}

/// All pages fit on every screen with a font.
fn fits(font: &Font) {
    let folder = tempfile::tempdir().unwrap();
    let Some(browser) = Browser::start(folder.path(), font) else { return };
    for page in pages::all(folder.path()) {
        let problems = problems(&browser, &page);
        assert!(problems.is_empty(), "{}: {problems:#?}", page.display());
        assert_eq!(browser.fonts("footer p"), [font.family], "{}", page.display());
    }
}

#[test]
#[ignore = "needs a browser; the gate runs it"]
fn it_fits_on_every_screen_with_a_wide_font() {
    fits(&WIDE);
}

#[test]
#[ignore = "needs a browser; the gate runs it"]
fn it_fits_on_every_screen_with_a_narrow_font() {
    fits(&NARROW);
}

#[test]
#[ignore = "needs checkers from npm; the gate runs it"]
fn a_validator_finds_nothing() {
    let Some(checkers) = Checkers::find() else { return };
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(checkers.faults(&pages::all(folder.path())), Vec::<String>::new());
    // It looks at what it is given.
    let wrong = folder.path().join("wrong.html");
    let page = std::fs::read_to_string(folder.path().join("realistic.html")).unwrap();
    std::fs::write(&wrong, page.replace("<main>", "<main><p><div></div></p>")).unwrap();
    assert!(checkers.faults(&[wrong]).len() >= 2);
}

#[test]
#[ignore = "needs a browser; the gate runs it"]
fn a_checker_of_accessibility_finds_nothing() {
    let Some(checkers) = Checkers::find() else { return };
    let folder = tempfile::tempdir().unwrap();
    let Some(browser) = Browser::start(folder.path(), &WIDE) else { return };
    for page in pages::all(folder.path()) {
        for (width, scheme) in [(360, "light"), (1280, "dark")] {
            show_in(&browser, scheme);
            assert_eq!(opened(&browser, &page, width), Vec::<String>::new());
            browser.ask(UNFOLD);
            let barriers = checkers.barriers(&browser);
            assert!(barriers.is_empty(), "{} {scheme}: {barriers:#?}", page.display());
        }
    }
    browser.ask("document.querySelector('h1').innerHTML = '<img>'");
    assert!(!checkers.barriers(&browser).is_empty());
}

#[test]
#[ignore = "needs a browser; the gate runs it"]
fn a_browser_shows_it_without_a_word() {
    let sandbox = realistic();
    let Some(browser) = Browser::start(sandbox.home(), &WIDE) else { return };
    let page = sandbox.home().join("page.html");
    let status = sandbox.json(["status"]);
    sandbox.ok(["export", "--name", "Ada \"<b>\" Lovelace", "-o", "page.html"]);
    show_in(&browser, "dark");
    assert_eq!(opened(&browser, &page, 1280), Vec::<String>::new());

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
    show_in(&browser, "print");
    let paper = browser.ask("return getComputedStyle(document.body).backgroundColor");
    assert_eq!(paper, "rgb(255, 255, 255)");
    let whole = browser.ask(
        "return [...document.querySelectorAll('.milestone')]
            .every(one => getComputedStyle(one).breakInside === 'avoid')",
    );
    assert_eq!(whole, true);
}

/// The checks above can fail.
#[test]
#[ignore = "needs a browser; the gate runs it"]
fn a_browser_tells_what_is_wrong_with_a_page() {
    let sandbox = Sandbox::new();
    let Some(browser) = Browser::start(sandbox.home(), &WIDE) else { return };
    let page = sandbox.write(
        "page.html",
        "<meta name=viewport content='width=device-width'><img src='http://127.0.0.1:9/x.png'>\
         <style>@media print { p { min-width: 2000px } }</style>\
         <p style='width: 350px'>wide<script>console.error('ouch')</script>",
    );
    let problems = problems(&browser, &page).join("\n");
    for found in
        ["it asks for http://127.0.0.1:9/x.png", "ouch", "320 light: it is", "1280 print: it is"]
    {
        assert!(problems.contains(found), "{found}: {problems}");
    }
    assert!(!problems.contains("1280 light"), "{problems}");
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
    assert!(
        said.contains("a browser could not be started") && said.ends_with("[exit 1]\n"),
        "{said}"
    );
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
