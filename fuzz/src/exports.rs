//! Foreign text in every place of an export: each format stays what it is, and nothing gets out of
//! its place.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::NaiveDate;
use milepost::export::{Format, Options, render};
use milepost_core::forecast::Note;
use milepost_core::internals::export::{document, retired};
use milepost_core::internals::former::Former;
use milepost_core::internals::learner::Learner;
use milepost_core::internals::standing::{Following, Standing, SubjectState};
use milepost_core::progress::{Dated, ItemState};
use milepost_core::report::export::Document;
use milepost_core::{Goals, Status};
use milepost_path::{Ref, Roadmap};

const PATH: &str = r#"
format = 1
id = "web"
title = "Web"
[[portfolio]]
id = "apis"
title = "APIs"
[[stages]]
id = "base"
title = "Base"
months = [0, 3]
[[stages.topics]]
id = "api"
title = "API"
hours = 10
skills = [{ id = "rest", title = "REST" }, { id = "sql", title = "SQL" }]
[[stages.topics.resources]]
id = "book"
title = "Book"
type = "book"
cost = "free"
hours = 4
url = "https://example.com/book"
[[stages.milestones]]
id = "first"
title = "First"
hours = 8
portfolio = "apis"
criteria = ["It answers."]
[[interview]]
id = "design"
title = "Design"
topics = ["api"]
questions = [{ id = "why", ask = "Why?", look_for = "Because.", about = "It is." }]
"#;

/// The tags and attributes of a page whose texts are plain.
static PLAIN: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let mut document = sample(&["plain"]);
    for item in items(&mut document) {
        for place in ["https://example.com/", "http://example.com/", "file.md"] {
            item.evidence.push(said(place));
        }
    }
    markup(&html(&document))
});

/// Puts the lines of the input into all places where foreign text goes.
pub fn run(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    // A record separator between the texts, so that a text can have several lines.
    let texts: Vec<&str> = text.split('\u{1e}').collect();
    let document = sample(&texts);
    let of = |format| {
        render(&document, format, Options { notes: true, public: false })
            .expect("it can be exported")
    };
    super::assert_shown_safely(&of(Format::Markdown));
    is_a_table(&of(Format::Csv));
    is_the_record(&of(Format::Json), &document);
    is_a_calendar(&of(Format::Ics));
    is_a_checklist(&of(Format::Checklist));
    is_a_deck(&of(Format::Anki));
    is_a_resume(&of(Format::JsonResume));
    let page = html(&document);
    let raw = page.chars().find(|char| *char != '\n' && *char != '\t' && super::acts(*char));
    assert!(raw.is_none(), "{raw:?}");
    let markup = markup(&page);
    let new: Vec<_> = markup.difference(&PLAIN).collect();
    assert!(new.is_empty(), "{new:?}");
    assert!(!page.to_lowercase().contains("href=\"javascript:"));
}

fn html(document: &Document) -> String {
    render(document, Format::Html, Options { notes: true, public: false })
        .expect("it can be exported")
}

fn said(text: &str) -> Dated {
    let on = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day");
    Dated { on, text: text.to_owned() }
}

/// A portfolio with these texts in it, again and again.
fn sample(texts: &[&str]) -> Document {
    static SHELF: LazyLock<Vec<Roadmap>> =
        LazyLock::new(|| vec![milepost_path::read(PATH).roadmap.expect("a path")]);
    let on = |month| NaiveDate::from_ymd_opt(2026, month, 1).expect("a day");
    let mut texts = texts.iter().copied().cycle();
    let mut next = || texts.next().unwrap_or_default().to_owned();
    let mut standing = Standing::default();
    let goals = Goals { target_on: Some(on(9)), hours_per_week: Some(2.0), ..Goals::default() };
    let following = Following { since: on(1), goals };
    standing.put(&Ref::path_only("web"), Some(SubjectState::Path(following)));
    for (at, id) in ["rest", "book", "first", "gone"].into_iter().enumerate() {
        let state = ItemState {
            status: if at == 1 { Status::Doing } else { Status::Done },
            since: Some(on(2)),
            begun: Some(on(1)),
            notes: vec![said(&next())],
            evidence: vec![said(&next())],
            ..Default::default()
        };
        standing.put(&Ref::node("web", id), Some(SubjectState::Item(state)));
    }
    let view = Learner { shelf: &*SHELF, standing: &standing };
    let all: Vec<&Roadmap> = SHELF.iter().collect();
    let recorded = milepost_core::internals::retired::retired(&all, &view).into_iter();
    let formers = recorded.map(|(reference, state)| Former::new(reference, None, state.clone()));
    let retired = retired(formers.collect(), view.standing.all());
    let mut document = document(
        &all,
        &view,
        Some(&next()),
        on(4),
        retired,
        &milepost_core::internals::guidance::NextFilter::default(),
    );
    for path in &mut document.paths {
        path.title = next();
        path.summary = Some(next());
        path.role = Some(next());
        path.note = Note::With { calibration: None, lately: None, counting: vec![next()] };
        for stage in &mut path.stages {
            stage.title = next();
            stage.notes.push(said(&next()));
            for topic in &mut stage.topics {
                topic.title = next();
                topic.evidence.push(said(&next()));
            }
        }
        for heading in &mut path.portfolio {
            heading.title = next();
        }
        for topic in &mut path.interview {
            topic.title = next();
            for question in &mut topic.questions {
                question.ask = next();
                (question.look_for, question.about) = (Some(next()), Some(next()));
            }
        }
    }
    for item in items(&mut document) {
        item.title = next();
        item.by = Some(next());
        item.url = Some(next());
        item.criteria.push(next());
    }
    document
}

fn items(
    document: &mut Document,
) -> impl Iterator<Item = &mut milepost_core::report::export::ItemPart> {
    document.paths.iter_mut().flat_map(|path| &mut path.stages).flat_map(|stage| &mut stage.items)
}

fn is_a_table(text: &str) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    for row in reader.records() {
        let row = row.expect("every row has as many fields as the first");
        for field in &row {
            super::assert_shown_safely(field);
            assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r']), "{field:?}");
        }
    }
}

/// JSON keeps every text as it is.
fn is_the_record(text: &str, document: &Document) {
    super::assert_shown_safely(text);
    let value: serde_json::Value = serde_json::from_str(text).expect("it is JSON");
    let title = |value: &serde_json::Value| value["title"].as_str().map(str::to_owned);
    for (part, shown) in document.paths.iter().zip(value["paths"].as_array().expect("paths")) {
        assert_eq!(title(shown).as_deref(), Some(part.title.as_str()));
    }
}

/// Lines of at most 75 bytes, each a property, or the rest of one.
fn is_a_calendar(text: &str) {
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    let mut open = Vec::new();
    for line in text.trim_end_matches("\r\n").split("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
        assert!(!line.chars().any(super::acts), "{line:?}");
        if let Some(name) = line.strip_prefix("BEGIN:") {
            open.push(name);
        } else if let Some(name) = line.strip_prefix("END:") {
            assert_eq!(open.pop(), Some(name));
        } else {
            let name: String = line.chars().take_while(char::is_ascii_uppercase).collect();
            assert!(line.starts_with(' ') || !name.is_empty(), "{line:?}");
        }
    }
    assert!(open.is_empty());
}

/// A line for each item, and headings over them.
fn is_a_checklist(text: &str) {
    super::assert_shown_safely(text);
    let is_box = |line: &&str| line.starts_with("- [x] ") || line.starts_with("- [ ] ");
    assert_eq!(text.lines().filter(is_box).count(), 4, "{text}");
    assert!(text.lines().all(|line| line.is_empty() || line.starts_with(['#', '-'])), "{text}");
}

/// A line for the question, whose fields have no markup but that of the cards.
fn is_a_deck(text: &str) {
    assert!(
        !text.chars().any(|char| !matches!(char, '\n' | '\t') && super::acts(char)),
        "{text:?}"
    );
    let notes: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(notes.len(), 1, "{text}");
    let columns: Vec<&str> = notes.iter().flat_map(|note| note.split('\t')).collect();
    assert_eq!(columns.len(), 5, "{text}");
    let known = ["bdi", "/bdi", "br", "code", "/code", "small", "/small"];
    for tag in markup(text) {
        assert!(known.contains(&tag.as_str()), "{tag}: {text}");
    }
}

/// JSON whose texts are lines that show.
fn is_a_resume(text: &str) {
    super::assert_shown_safely(text);
    let value: serde_json::Value = serde_json::from_str(text).expect("it is JSON");
    let projects = value["projects"].as_array().expect("a milestone is done");
    for project in projects {
        let name = project["name"].as_str().expect("a name");
        assert!(!name.trim().is_empty() && !name.contains('\n'), "{name:?}");
        assert!(project.get("url").is_none_or(|url| url.as_str().is_some_and(str::is_ascii)));
    }
}

/// The names of all tags and attributes of a page. What is escaped has none.
fn markup(page: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        let end = tag_end(after);
        let tag = after.get(..end).unwrap_or(after);
        let (name, attributes) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
        found.insert(name.to_owned());
        for (at, part) in attributes.split('"').enumerate() {
            if at % 2 == 0 {
                found.extend(part.split_whitespace().map(|word| format!("{name} {word}")));
            }
        }
        rest = after.get(end..).unwrap_or_default();
        // Text of its own kind goes to its end.
        for own in ["script", "style"] {
            if name == own {
                rest = rest.split_once(&format!("</{own}")).map_or("", |(_, rest)| rest);
            }
        }
    }
    found
}

/// Where a tag ends: at the first `>` outside of quotes.
fn tag_end(text: &str) -> usize {
    let mut quoted = false;
    text.find(|char| {
        quoted ^= char == '"';
        char == '>' && !quoted
    })
    .unwrap_or(text.len())
}
