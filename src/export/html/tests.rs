//! What the page looks like, that its structure holds whatever the texts are, and that it asks
//! nothing of anyone.

use std::collections::{BTreeMap, HashSet};

use milepost_core::model::event::Goals;
use milepost_core::model::fit::{Core, Fit};
use milepost_core::model::learner::Learner;
use milepost_core::model::path_forecast::Note;
use milepost_core::model::standing::{Dated, Following, ItemState, Standing, Status, SubjectState};
use milepost_core::report::export::public::public as stripped;
use milepost_core::report::export::sample::{base, day, sample, sample_of, told, web};
use milepost_core::report::export::{Aim, Matrix, MatrixArea};
use milepost_core::report::export::{Document, document};
use milepost_path::{Link, Ref};
use proptest::prelude::*;

use super::*;

const SHOWN: Options = Options { notes: false, public: false };
const PUBLIC: Options = Options { notes: false, public: true };
const WITH_NOTES: Options = Options { notes: true, public: false };

/// A tag, as strictly read as ours are written: lower case or SVG's names, attributes in double
/// quotes, no `<` or `>` anywhere else.
#[derive(Debug, Clone, PartialEq)]
struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
    closes: bool,
    /// `<rect/>`, or an element that has no end.
    is_empty: bool,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// The tags of a page, and its text. The style sheet is neither.
fn read(html: &str) -> (Vec<Tag>, Vec<String>) {
    let (before, rest) = html.split_once("<style>").unwrap();
    let (_, after) = rest.split_once("</style>").unwrap();
    let before = before.strip_prefix("<!DOCTYPE html>").unwrap();
    let (mut tags, mut texts) = (Vec::new(), Vec::new());
    for part in [before, after] {
        let mut rest = part;
        while let Some((text, tail)) = rest.split_once('<') {
            assert!(!text.contains('>'), "a stray > in {text:?}");
            texts.push(text.to_owned());
            let (tag, tail) = tail.split_once('>').unwrap();
            tags.push(read_tag(tag));
            rest = tail;
        }
        assert!(!rest.contains('>'), "a stray > in {rest:?}");
    }
    (tags, texts)
}

fn read_tag(tag: &str) -> Tag {
    let closes = tag.starts_with('/');
    let tag = tag.trim_start_matches('/');
    let (tag, slash) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
    let end = tag.find(' ').unwrap_or(tag.len());
    let (name, mut rest) = tag.split_at(end);
    assert!(!name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()), "<{tag}>");
    let mut attributes = BTreeMap::new();
    while let Some(attribute) = rest.strip_prefix(' ').filter(|rest| !rest.is_empty()) {
        let (key, tail) = attribute.split_once("=\"").unwrap_or_else(|| panic!("<{tag}>"));
        assert!(key.chars().all(|c| c.is_ascii_alphabetic() || c == '-'), "{key:?} in <{tag}>");
        let (value, tail) = tail.split_once('"').unwrap();
        assert!(attributes.insert(key.to_owned(), value.to_owned()).is_none(), "{key} twice");
        rest = tail;
    }
    assert_eq!(rest, "", "<{tag}>");
    let is_empty = slash || matches!(name, "meta" | "br");
    Tag { name: name.to_owned(), attributes, closes, is_empty }
}

/// All that holds of every page.
fn check(html: &str) -> Vec<Tag> {
    let (tags, _) = read(html);
    let mut open: Vec<&Tag> = Vec::new();
    let mut ids = HashSet::new();
    let mut level = 0;
    let mut titles = 0;
    for (at, tag) in tags.iter().enumerate() {
        if tag.closes {
            let opened = open.pop().unwrap_or_else(|| panic!("</{}> closes nothing", tag.name));
            assert_eq!(opened.name, tag.name);
            continue;
        }
        if !tag.is_empty {
            open.push(tag);
        }
        for forbidden in ["script", "iframe", "img", "link", "object", "embed", "form", "base"] {
            assert_ne!(tag.name, forbidden);
        }
        for (key, value) in &tag.attributes {
            assert!(!key.starts_with("on") && key != "style" && key != "src", "{key}={value}");
        }
        if let Some(id) = tag.get("id") {
            assert!(ids.insert(id), "the id {id} stands twice");
        }
        if let Some(href) = tag.get("href") {
            assert_eq!(tag.name, "a");
            let is_web = href.starts_with("http://") || href.starts_with("https://");
            assert!(is_web || href.starts_with('#'), "{href}");
            assert!(!is_web || tag.get("rel") == Some("noopener noreferrer"), "{href}");
        }
        if let Some(heading) = tag.name.strip_prefix('h').and_then(|level| level.parse().ok()) {
            assert!(heading <= level + 1, "<h{heading}> after <h{level}>");
            level = heading;
            titles += usize::from(heading == 1);
        }
        let is_inside_svg = open.iter().rev().skip(1).any(|tag| tag.name == "svg");
        if tag.name == "svg" && !is_inside_svg && tag.get("aria-hidden").is_none() {
            let is_hidden = open.iter().any(|tag| tag.get("aria-hidden").is_some());
            let next: Vec<&str> = tags[at + 1..].iter().map(|tag| tag.name.as_str()).collect();
            let named = tag.get("role") == Some("img") && next[0] == "title";
            assert!(is_hidden || named, "a picture without words");
        }
        if tag.name == "th" {
            assert!(matches!(tag.get("scope"), Some("col" | "row")));
        }
    }
    assert!(open.is_empty(), "{} is not closed", open.last().unwrap().name);
    assert_eq!(titles, 1);
    let refers = ["href", "aria-labelledby"];
    for (tag, key) in tags.iter().flat_map(|tag| refers.map(|key| (tag, key))) {
        let Some(value) = tag.get(key) else { continue };
        let targets: Vec<&str> = match key {
            "href" => value.strip_prefix('#').into_iter().collect(),
            _ => value.split(' ').collect(),
        };
        for target in targets {
            assert!(ids.contains(target), "nothing has the id {target}");
        }
    }
    for landmark in ["header", "nav", "main", "footer"] {
        assert_eq!(tags.iter().filter(|tag| tag.name == landmark && !tag.closes).count(), 1);
    }
    assert_eq!(tags[0].get("lang"), Some("en"));
    tags
}

fn body(html: &str) -> &str {
    html.split_once("<body>").unwrap().1.split_once("</body>").unwrap().0
}

/// The page without blank lines, for a person to read.
fn compact(html: &str) -> String {
    body(html).lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_small_portfolio() {
    let html = render(&sample(), SHOWN).unwrap();
    check(&html);
    insta::assert_snapshot!(compact(&html));
}

#[test]
fn what_the_path_says_of_what_is_done() {
    let html = render(&told(), SHOWN).unwrap();
    check(&html);
    for piece in [
        "<bdi>What the\nteam &#60;asked&#62; for.</bdi>",
        "<a href=\"https://example.org/slides\" rel=\"noopener noreferrer\"><bdi>The [slides]</bdi></a>",
        "3 of 5 points are enough",
        "or less.</bdi> <span class=\"points\">(1 point)</span>",
        "<dt><bdi>FastAPI</bdi></dt><dd><bdi>I can write <code>async</code> &#60;services&#62;.</bdi></dd>",
        "<bdi>REST_principles</bdi> <span class=\"points\">(retired)</span>",
        "<span class=\"part\"><bdi>chapters 3 to 7</bdi></span>",
        "4 February 2026</time>, retired",
        "The path <bdi>Web services</bdi> is by <bdi>A *Mentor*</bdi>, under <bdi>CC BY 4.0</bdi>.",
    ] {
        assert!(html.contains(piece), "{piece}\n{}", compact(&html));
    }
    assert!(!html.contains("pay for it") && !html.contains("A certificate"));
}

/// A role, and areas whose level is more, less, as much as it needs, and unknown.
fn assessed() -> Matrix {
    let area = |id: &str, level, target| MatrixArea {
        id: id.to_owned(),
        title: format!("Area {id}"),
        level,
        on: Some(day(2026, 2, 2)),
        target,
        statement: None,
        history: Vec::new(),
        notes: vec![Dated { on: day(2026, 2, 2), text: "a weak spot".to_owned() }],
        evidence: Vec::new(),
    };
    let core = Core { within_one: 2, areas: 3 };
    let fit = Fit { percent: 38.0, has: 3, needs: 8, assessed: 5, areas: 6 };
    Matrix {
        role: Some(Aim { id: "role".to_owned(), title: "Engineer".to_owned(), fit, core }),
        areas: vec![
            area("above", Some(3), Some(2)),
            area("below", Some(1), Some(2)),
            area("equal", Some(2), Some(2)),
            area("unknown", None, Some(1)),
            area("beside", Some(1), None),
            area("nothing", Some(0), Some(0)),
        ],
    }
}

#[test]
fn what_is_public_is_what_is_done() {
    let mut document = Document { matrix: Some(assessed()), ..told() };
    document.paths.push(sample_of(&vec![base(), web()], 1).paths.remove(0));
    document.paths[1].id = "later".to_owned();
    document.paths[1].title = "Later".to_owned();
    for item in document.paths[1].stages.iter_mut().flat_map(|stage| &mut stage.items) {
        item.status = Status::Doing;
    }
    let public = render(&stripped(&document).unwrap(), PUBLIC).unwrap();
    check(&public);
    for shown in [
        "First API",
        "github.com/ada/api",
        "FastAPI",
        "Web APIs",
        "Area above",
        "Area equal",
        "Area beside",
        "1 milestone",
        "3 skills",
    ] {
        assert!(public.contains(shown), "{shown}\n{}", compact(&public));
    }
    for open in [
        "A function",
        "Scaled",
        "Docker",
        "Cloud",
        "GraphQL",
        "Later",
        "Ahead",
        "ahead",
        "In progress",
        "Progress",
        "progress",
        "Activity",
        "Pace",
        "Forecast",
        "%<",
        "Tick what",
        "team",
        "slides",
        "Area below",
        "Area unknown",
        "Area nothing",
        "weak spot",
        "deadline",
        "retired",
        "not assessed",
    ] {
        assert!(!body(&public).contains(open), "{open}\n{}", compact(&public));
    }
    document.paths.clear();
    assert_eq!(stripped(&Document { matrix: None, ..document }), None);
}

#[test]
fn only_the_style_sheet_is_allowed() {
    let html = render(&sample(), SHOWN).unwrap();
    let (_, rest) = html.split_once("<style>").unwrap();
    let (style, _) = rest.split_once("</style>").unwrap();
    let hash = BASE64_STANDARD.encode(Sha256::digest(style.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
    );
    assert!(html.contains(&format!("Content-Security-Policy\" content=\"{policy}\"")));
    for request in ["url(", "@import", "@font-face", "<", "\t", "\r"] {
        assert!(!style.contains(request), "{request:?} in the style sheet");
    }
}

#[test]
fn the_policy_comes_before_all_that_it_is_about() {
    let html = render(&sample(), SHOWN).unwrap();
    let at = |text: &str| html.find(text).unwrap();
    assert!(at("<meta charset") < at("Content-Security-Policy"));
    assert!(at("Content-Security-Policy") < at("<title>"));
    assert!(at("Content-Security-Policy") < at("<style>"));
}

#[test]
fn notes_are_private_unless_asked_for() {
    let shown = render(&sample(), SHOWN).unwrap();
    assert!(!shown.contains("deadline") && !shown.contains("whole topic"));
    let with_notes = render(&sample(), WITH_NOTES).unwrap();
    check(&with_notes);
    // Its lines stay lines.
    assert!(with_notes.contains("private: the deadline\nwas &#60;tight&#62;"));
    assert!(with_notes.contains("on the whole topic"));
}

#[test]
fn there_may_be_no_name_and_nothing() {
    let mut document = sample();
    document.paths.clear();
    document.activity = Default::default();
    for owner in [None, Some(""), Some(" \n ")] {
        document.owner = owner.map(str::to_owned);
        let html = render(&document, SHOWN).unwrap();
        check(&html);
        assert!(html.contains("<title>Learning portfolio</title>"));
        assert!(html.contains("Nothing studied or finished yet."));
    }
}

#[test]
fn a_path_that_was_not_begun_is_announced() {
    let document = sample_of(&vec![base(), web()], 0);
    let mut document = document;
    for item in
        document.paths.iter_mut().flat_map(|path| &mut path.stages).flat_map(|s| &mut s.items)
    {
        item.status = Status::Todo;
        item.evidence.clear();
    }
    let html = render(&document, SHOWN).unwrap();
    check(&html);
    assert!(html.contains("Not begun yet: "));
}

/// The standing in which a path is followed from January on, with some of it done.
fn followed(done: usize) -> Document {
    let shelf = vec![base(), web()];
    let mut standing = Standing::default();
    let goals = Goals { target_on: Some(day(2027, 1, 1)), hours_per_week: Some(4.0), role: None };
    let following = Following { since: day(2026, 1, 5), goals };
    standing.put(&Ref::path_only("web"), Some(SubjectState::Path(following)));
    for (item, at) in shelf[1].items().take(done).zip(0_u32..) {
        let state = ItemState {
            status: Status::Done,
            since: Some(day(2026, 1 + at / 3, 7 + 5 * (at % 3))),
            ..ItemState::default()
        };
        standing.put(&item.reference(), Some(SubjectState::Item(state)));
    }
    let view = Learner { shelf: &shelf, standing: &standing };
    document(
        &[&shelf[1]],
        &view,
        Some("Ada"),
        day(2026, 4, 1),
        Vec::new(),
        &milepost_core::model::guidance::NextFilter::default(),
    )
}

#[test]
fn a_picture_has_its_numbers_beside_it() {
    let html = render(&followed(8), SHOWN).unwrap();
    check(&html);
    let document = followed(8);
    let path = &document.paths[0];
    assert!(path.forecast.is_some());
    for left in &path.burndown {
        let day = format!("<time datetime=\"{}\">", left.on);
        let hours = crate::text::quantity::hours(left.hours);
        let row = html.lines().any(|line| line.contains(&day) && line.contains(&hours));
        assert!(row, "{left:?}");
    }
    for class in ["cone", "plan", "target", "today", "left", "area"] {
        assert!(html.contains(&format!("class=\"{class}\"")), "{class}");
    }
    let percent = format!("<data class=\"percent\" value=\"{}\">", path.progress.percent);
    assert_eq!(html.matches(&percent).count(), 2);
}

#[test]
fn nothing_left_is_no_cone() {
    let document = followed(usize::MAX);
    assert!(document.paths[0].progress.percent >= 100.0);
    let html = render(&document, SHOWN).unwrap();
    check(&html);
    assert!(html.contains("100%") && html.contains("arrived: nothing left"));
    assert!(!html.contains("class=\"cone\""));
}

/// Text from the right would change the order of what stands beside it.
#[test]
fn foreign_text_has_a_direction_of_its_own() {
    let mut document = all_texts("FOREIGN");
    for path in &mut document.paths {
        // Ids of paths have no direction.
        path.note = Note::With { calibration: None, lately: None, counting: Vec::new() };
    }
    let html = render(&document, WITH_NOTES).unwrap();
    let (tags, texts) = read(&html);
    let mut open: Vec<&Tag> = Vec::new();
    let mut found = 0;
    for (text, tag) in texts.iter().zip(&tags) {
        // The title of the window holds no markup.
        if text.contains("FOREIGN") && !open.iter().any(|tag| tag.name == "title") {
            let alone = text == "FOREIGN";
            let is_apart = |tag: &&Tag| tag.name == "bdi" || tag.get("dir") == Some("auto");
            assert!(alone && open.last().is_some_and(is_apart), "{text:?} in {:?}", open.last());
            found += 1;
        }
        if tag.closes {
            open.pop();
        } else if !tag.is_empty {
            open.push(tag);
        }
    }
    assert!(found > 60, "{found}");
}

#[test]
fn a_milestone_says_which_skills_it_shows_and_what_is_code() {
    let html = render(&sample(), SHOWN).unwrap();
    assert!(html.contains("<bdi>It answers in <code>200 ms</code> | or less.</bdi>"));
}

#[test]
fn paper_shows_the_whole_address_of_evidence() {
    let style = Style::new().0;
    let (_, print) = style.split_once("@media print").unwrap();
    assert!(print.contains("a.address::after { content: attr(href);"));
    assert!(
        render(&sample(), SHOWN)
            .unwrap()
            .contains("class=\"address\"><bdi>github.com/ada/api</bdi>")
    );
}

#[test]
fn control_and_bidirectional_characters_are_not_on_the_page() {
    let html = render(&all_texts("a\u{0}\u{1b}[31m\u{202e}b\u{9b}\u{2028}"), WITH_NOTES).unwrap();
    assert!(!html.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'));
    check(&html);
}

/// A document whose every foreign text is the given one.
fn all_texts(foreign: &str) -> Document {
    let mut document = followed(6);
    let own = || foreign.to_owned();
    let say = || vec![Dated { on: day(2026, 3, 1), text: own() }];
    document.owner = Some(own());
    for path in &mut document.paths {
        path.title = own();
        path.summary = Some(own());
        (path.author, path.license) = (Some(own()), Some(own()));
        path.note = Note::With { calibration: None, lately: None, counting: vec![own()] };
        path.portfolio.iter_mut().for_each(|heading| heading.title = own());
        for stage in &mut path.stages {
            stage.title = own();
            (stage.notes, stage.evidence) = (say(), say());
            for topic in &mut stage.topics {
                topic.title = own();
                (topic.notes, topic.evidence) = (say(), say());
            }
            for item in &mut stage.items {
                item.title = own();
                item.by = Some(own());
                (item.about, item.can, item.part) = (Some(own()), Some(own()), Some(own()));
                item.links = vec![Link { title: own(), url: own() }];
                item.url = Some(own());
                item.criteria.iter_mut().for_each(|one| *one = own());
                item.skills.iter_mut().for_each(|one| *one = own());
                (item.notes, item.evidence) = (say(), say());
            }
        }
    }
    document
}

/// Names and attributes of the tags, without what the attributes say, and without the code that
/// backticks make in criteria. That of evidence is `<code dir="auto">`.
fn shape(html: &str) -> Vec<(String, Vec<String>, bool)> {
    let html = html.replace("<code>", "").replace("</code>", "");
    let html = html.replace("<code dir=\"auto\">", "<code dir=\"auto\"></code>");
    let tag = |tag: Tag| (tag.name, tag.attributes.into_keys().collect(), tag.closes);
    check(&html).into_iter().map(tag).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// No foreign text opens or closes a tag or an attribute.
    #[test]
    fn foreign_text_changes_no_structure(
        rest in "[-\\PC\n\t\u{0}\u{202e}<>&\"'=/ ]{0,16}",
        notes: bool,
    ) {
        let options = Options { notes, public: false };
        let plain = render(&all_texts("x"), options).unwrap();
        let foreign = render(&all_texts(&format!("x{rest}")), options).unwrap();
        prop_assert_eq!(shape(&foreign), shape(&plain));
    }

    /// Not in an address either.
    #[test]
    fn addresses_change_no_structure(rest in "[-a-z<>&\"'=/?#%@:.]{0,16}") {
        let plain = render(&all_texts("https://x"), WITH_NOTES).unwrap();
        let foreign = render(&all_texts(&format!("https://x/{rest}")), WITH_NOTES).unwrap();
        prop_assert_eq!(shape(&foreign), shape(&plain));
    }

    /// Whatever was done when.
    #[test]
    fn every_stage_of_a_record_is_a_page(done in 0_usize..14, days in 0_u64..4000) {
        let mut document = followed(done);
        document.as_of = document.as_of + chrono::Days::new(days);
        check(&render(&document, SHOWN).unwrap());
    }
}

/// The colours of a scheme: the first block of the style sheet, or the one for the dark.
fn colours(style: &str, dark: bool) -> BTreeMap<String, [f64; 3]> {
    let block =
        if dark { style.split_once("(prefers-color-scheme: dark)").unwrap().1 } else { style };
    let block = block.split_once(":root {").unwrap().1.split_once('}').unwrap().0;
    let mut colours = BTreeMap::new();
    for declaration in block.split(';') {
        let Some((name, value)) = declaration.trim().split_once(": #") else { continue };
        let channel = |at: usize| u8::from_str_radix(&value[at..at + 2], 16).unwrap();
        let rgb = [0, 2, 4].map(|at| f64::from(channel(at)) / 255.0);
        colours.insert(name.to_owned(), rgb);
    }
    colours
}

/// As the Web Content Accessibility Guidelines define it.
fn luminance(rgb: [f64; 3]) -> f64 {
    let [r, g, b] =
        rgb.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[test]
fn text_stands_out_and_shades_differ_in_both_schemes() {
    let style = Style::new().0;
    for dark in [false, true] {
        let colours = colours(&style, dark);
        let light = |name: &str| luminance(colours[name]);
        let contrast = |a: &str, b: &str| {
            let (a, b) = (light(a), light(b));
            (a.max(b) + 0.05) / (a.min(b) + 0.05)
        };
        for (text, ground, least) in [
            ("--ink", "--paper", 7.0),
            ("--ink", "--card", 7.0),
            ("--ink", "--tint", 7.0),
            ("--soft", "--paper", 4.5),
            ("--soft", "--card", 4.5),
            ("--accent", "--paper", 4.5),
            ("--accent", "--tint", 4.5),
            ("--paper", "--accent", 4.5),
            // Pictures.
            ("--warm", "--paper", 3.0),
            ("--accent", "--bar", 3.0),
        ] {
            let found = contrast(text, ground);
            assert!(found >= least, "{text} on {ground}, dark {dark}: {found:.2}");
        }
        for pair in ["--l0", "--l1", "--l2", "--l3", "--l4"].windows(2) {
            let found = contrast(pair[0], pair[1]);
            let darker = light(pair[0]) > light(pair[1]);
            assert!(found >= 1.25 && darker != dark, "{pair:?}, dark {dark}: {found:.2}");
        }
    }
}
