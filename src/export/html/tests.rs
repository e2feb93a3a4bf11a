//! What the page looks like, that its structure holds whatever the texts are, and that it asks
//! nothing of anyone.

mod colours;
mod page;

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use milepost_core::fit::{Core, Fit};
use milepost_core::forecast::Note;
use milepost_core::internals::export::document;
use milepost_core::internals::export::public as stripped;
use milepost_core::internals::learner::Learner;
use milepost_core::internals::standing::{Following, Standing, SubjectState};
use milepost_core::progress::{Dated, ItemState};
use milepost_core::report::export::Document;
use milepost_core::report::export::sample::{base, day, sample, sample_of, told, web};
use milepost_core::report::export::{Aim, Matrix, MatrixArea};
use milepost_core::{Goals, Status};
use milepost_path::{Link, Ref};
use page::{Tag, body, check, compact, read};
use proptest::prelude::*;

use super::*;

const SHOWN: Options = Options { notes: false, public: false };
const PUBLIC: Options = Options { notes: false, public: true };
const WITH_NOTES: Options = Options { notes: true, public: false };

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
        topics: Vec::new(),
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
        &milepost_core::internals::guidance::NextFilter::default(),
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

type Shape = Vec<(String, Vec<String>, bool)>;

/// Names and attributes of the tags, without what the attributes say, and without the code that
/// backticks make in criteria. That of evidence is `<code dir="auto">`.
fn shape(html: &str) -> Shape {
    let html = html.replace("<code>", "").replace("</code>", "");
    let html = html.replace("<code dir=\"auto\">", "<code dir=\"auto\"></code>");
    let tag = |tag: Tag| (tag.name, tag.attributes.into_keys().collect(), tag.closes);
    check(&html).into_iter().map(tag).collect()
}

/// The shapes of pages with plain text in all places: without notes, with them, and of an address.
static PLAIN: LazyLock<[Shape; 3]> = LazyLock::new(|| {
    let shape = |text, options| shape(&render(&all_texts(text), options).unwrap());
    [shape("x", SHOWN), shape("x", WITH_NOTES), shape("https://x", WITH_NOTES)]
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// No foreign text opens or closes a tag or an attribute.
    #[test]
    fn foreign_text_changes_no_structure(
        rest in "[-\\PC\n\t\u{0}\u{202e}<>&\"'=/ ]{0,16}",
        notes: bool,
    ) {
        let options = Options { notes, public: false };
        let foreign = render(&all_texts(&format!("x{rest}")), options).unwrap();
        let [without, with, _] = &*PLAIN;
        prop_assert_eq!(&shape(&foreign), if notes { with } else { without });
    }

    /// Not in an address either.
    #[test]
    fn addresses_change_no_structure(rest in "[-a-z<>&\"'=/?#%@:.]{0,16}") {
        let foreign = render(&all_texts(&format!("https://x/{rest}")), WITH_NOTES).unwrap();
        let [_, _, address] = &*PLAIN;
        prop_assert_eq!(&shape(&foreign), address);
    }

    /// Whatever was done when.
    #[test]
    fn every_stage_of_a_record_is_a_page(done in 0_usize..14, days in 0_u64..4000) {
        let mut document = followed(done);
        document.as_of = document.as_of + chrono::Days::new(days);
        check(&render(&document, SHOWN).unwrap());
    }
}
