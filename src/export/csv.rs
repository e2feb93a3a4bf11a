//! The items as CSV, one row each, for a spreadsheet or a script: RFC 4180, UTF-8, lines that end
//! with CR LF. There is no byte order mark, which scripts take for a part of the first name; the
//! command puts one before it for Excel when asked.
//!
//! Paths, stages, topics and headings stand as ids. The pieces of evidence of an item stand in one
//! field, one a line, for a piece can hold blanks; notes, which are private, are a column that is
//! there only when asked for, before the columns that came later. A cell that a spreadsheet would
//! take for a formula begins with an apostrophe; control characters are replaced as for a terminal.
//! JSON is the lossless form.

use std::borrow::Cow;

use csv::{QuoteStyle, Terminator, WriterBuilder};
use milepost_core::progress::Dated;
use milepost_core::report::export::{Document, ItemPart, PathPart};
use milepost_path::safe;

use super::Options;
use crate::error::{Code, Error, Result};

/// The columns of the first version; `notes` comes after them.
const COLUMNS: [&str; 17] = [
    "path",
    "stage",
    "topic",
    "ref",
    "kind",
    "title",
    "status",
    "since",
    "begun",
    "known",
    "optional",
    "hours",
    "type",
    "cost",
    "url",
    "portfolio",
    "evidence",
];

/// What came later stands behind, so that no column changes its place.
const LATER: [&str; 10] = [
    "can",
    "by",
    "part",
    "lang",
    "tags",
    "hours_least",
    "hours_most",
    "look_up",
    "retired",
    "minutes",
];

/// The items of a document as CSV.
///
/// # Errors
/// No CSV can be made.
pub(crate) fn render(document: &Document, options: Options) -> Result<String> {
    let error = || Error::new(Code::Internal, "no CSV can be made of this record");
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(Vec::new());
    let notes = options.notes.then_some("notes");
    writer.write_record(COLUMNS.into_iter().chain(notes).chain(LATER)).ok().ok_or_else(error)?;
    for path in &document.paths {
        for stage in &path.stages {
            for item in stage.items.iter().filter(|item| !item.is_gone()) {
                let row = row(&path.id, &stage.id, item, options);
                writer.write_record(row).ok().ok_or_else(error)?;
            }
        }
    }
    // Those that a path still has as retired stand there.
    let has = |gone: &ItemPart| {
        document.paths.iter().flat_map(PathPart::items).any(|item| item.reference == gone.reference)
    };
    for item in document.earlier.iter().filter(|item| !has(item)) {
        let row = row(item.reference.path(), "", item, options);
        writer.write_record(row).ok().ok_or_else(error)?;
    }
    let bytes = writer.into_inner().ok().ok_or_else(error)?;
    String::from_utf8(bytes).ok().ok_or_else(error)
}

fn row(path: &str, stage: &str, item: &ItemPart, options: Options) -> Vec<String> {
    let ours = |word: Option<&str>| word.unwrap_or_default().to_owned();
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut row = vec![
        foreign(path),
        foreign(stage),
        foreign(item.topic.as_deref().unwrap_or_default()),
        foreign(item.reference.as_str()),
        ours(Some(item.kind.as_str())),
        foreign(&item.title),
        ours(Some(item.status.as_str())),
        day(item.since),
        day(item.begun),
        item.known.to_string(),
        item.optional.to_string(),
        item.hours.map(number).unwrap_or_default(),
        ours(item.resource_kind.map(|kind| kind.as_str())),
        ours(item.cost.map(|cost| cost.as_str())),
        foreign(item.url.as_deref().unwrap_or_default()),
        foreign(item.portfolio.as_deref().unwrap_or_default()),
        lines(item.evidence.iter().map(|said| safe::line(&said.text))),
    ];
    if options.notes {
        let note = |said: &Dated| Cow::Owned(format!("{} {}", said.on, safe::line(&said.text)));
        row.push(lines(item.notes.iter().map(note)));
    }
    let text = |text: &Option<String>| foreign(text.as_deref().unwrap_or_default());
    let [least, most] = item.hours_range.map_or_else(Default::default, |ends| ends.map(number));
    row.extend([
        text(&item.can),
        text(&item.by),
        text(&item.part),
        text(&item.lang),
        lines(item.tags.iter().map(|tag| safe::line(tag))),
        least,
        most,
        item.look_up.to_string(),
        item.retired.to_string(),
        item.minutes().to_string(),
    ]);
    row
}

/// Hours to the hundredth: a skill's part of its topic's is often a third.
fn number(hours: f64) -> String {
    ((hours * 100.0).round() / 100.0).to_string()
}

/// Pieces of one field, one a line.
fn lines<'a>(pieces: impl Iterator<Item = Cow<'a, str>>) -> String {
    guarded(&pieces.collect::<Vec<_>>().join("\n"))
}

/// A text that is not ours.
fn foreign(text: &str) -> String {
    guarded(&safe::line(text))
}

/// With an apostrophe before what a spreadsheet can take for a formula: also after blanks and what
/// has no width, which some of them cut off, and in the wide forms of East Asian keyboards.
fn guarded(text: &str) -> String {
    let starts_formula = |char: char| {
        matches!(char, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠')
    };
    let is_blank = |char: char| {
        char.is_whitespace() || matches!(char, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
    };
    let first = text.chars().find(|char| !is_blank(*char));
    let risky = first.is_some_and(starts_formula) || text.starts_with(starts_formula);
    if risky { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use csv::ReaderBuilder;
    use proptest::{collection, prelude::*};

    use super::*;
    use milepost_core::report::export::sample::{self, day};

    /// Header and rows, as the reader of the crate has them.
    fn read(text: &str) -> Vec<Vec<String>> {
        let mut reader = ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let rows = reader.records().map(|row| row.unwrap());
        rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
    }

    fn cell(rows: &[Vec<String>], reference: &str, column: &str) -> String {
        let column = rows[0].iter().position(|one| one == column).unwrap();
        let row = rows.iter().find(|row| row[3] == reference).unwrap();
        row[column].clone()
    }

    fn rendered(document: &Document, notes: bool) -> String {
        render(document, Options { notes, public: false }).unwrap()
    }

    #[test]
    fn one_row_an_item() {
        let document = sample::sample();
        let text = rendered(&document, false);
        let begin: Vec<&str> = text.split("\r\n").take(9).collect();
        insta::assert_snapshot!(begin.join("\n"), @r"
        path,stage,topic,ref,kind,title,status,since,begun,known,optional,hours,type,cost,url,portfolio,evidence,can,by,part,lang,tags,hours_least,hours_most,look_up,retired,minutes
        web,foundation,api,web/fastapi,skill,FastAPI,done,2026-01-20,,false,false,3.33,,,,,,,,,,,,,false,false,0
        web,foundation,api,web/rest,skill,REST_principles,done,2026-01-21,,false,false,3.33,,,,,,,,,,,,,false,false,0
        web,foundation,api,web/sql,skill,SQL | NoSQL,done,2026-01-22,,true,false,3.33,,,,,https://www.example.com/certificates/1?lang=en#top,,,,,,,,false,false,0
        web,foundation,api,web/graphql,skill,GraphQL,todo,,,false,true,,,,,,,,,,,,,,false,false,0
        web,foundation,api,web/book,resource,Web APIs [2nd ed.],done,2026-02-03,,false,false,4,book,free,https://example.org/a_(b),,,,R&D <Press>,,,,,,false,false,0
        web,foundation,api,web/other-book,resource,Never read,todo,,,false,false,4,book,free,,,,,,,,,,,false,false,0
        web,foundation,deploy,web/docker,skill,Docker,doing,2026-02-01,,false,false,5,,,,,,,,,,,,,false,false,0
        web,foundation,deploy,web/cloud,skill,1. Cloud,todo,,,false,false,5,,,,,,,,,,,,,false,false,0
        ");
        assert_eq!(
            text.matches("\r\n").count(),
            text.lines().count() - 1,
            "one field of two lines"
        );
        assert!(text.starts_with("path,") && text.ends_with("\r\n"));
        let items: usize = document
            .paths
            .iter()
            .flat_map(|path| &path.stages)
            .map(|stage| stage.items.len())
            .sum();
        assert_eq!(read(&text).len(), items + 1);
    }

    #[test]
    fn cells_say_what_the_document_says() {
        let rows = read(&rendered(&sample::sample(), true));
        for (reference, column, expected) in [
            ("web/fastapi", "hours", "3.33"),
            ("web/fastapi", "topic", "api"),
            ("web/fastapi", "since", "2026-01-20"),
            ("web/graphql", "optional", "true"),
            ("web/sql", "known", "true"),
            ("web/sql", "title", "SQL | NoSQL"),
            ("web/book", "url", "https://example.org/a_(b)"),
            ("web/book", "type", "book"),
            ("web/book", "cost", "free"),
            ("web/first-api", "portfolio", "apis"),
            ("web/first-api", "topic", ""),
            ("web/first-api", "begun", "2026-02-10"),
            ("web/first-api", "evidence", "https://github.com/ada/api\ndocs/`odd` name.md"),
            ("web/first-api", "notes", "2026-03-01 private: the deadline was <tight>"),
            ("web/left-out", "status", "skipped"),
            ("web/talk", "title", "# A talk"),
        ] {
            assert_eq!(cell(&rows, reference, column), expected, "{reference} {column}");
        }
    }

    #[test]
    fn later_columns_stand_behind() {
        let mut document = sample::told();
        let items = &mut document.paths[0].stages[0].items;
        let book = items.iter_mut().find(|item| item.id == "book").unwrap();
        book.tags = vec!["http".to_owned(), "=1".to_owned()];
        book.hours_range = Some([3.0, 5.0]);
        book.lang = Some("de".to_owned());
        let certificate = items.iter_mut().find(|item| item.id == "certificate").unwrap();
        certificate.notes = vec![Dated { on: day(2026, 3, 1), text: "begun?".to_owned() }];
        for notes in [false, true] {
            let rows = read(&rendered(&document, notes));
            let [old, new] = [&rows[0][..17], &rows[0][17 + usize::from(notes)..]];
            assert_eq!(
                (old, new),
                (&COLUMNS.map(str::to_owned)[..], &LATER.map(str::to_owned)[..])
            );
            for (reference, column, expected) in [
                ("web/fastapi", "can", "I can write `async` <services>."),
                ("web/book", "part", "chapters 3 to 7"),
                ("web/book", "by", "R&D <Press>"),
                ("web/book", "lang", "de"),
                ("web/book", "tags", "http\n=1"),
                ("web/book", "hours_least", "3"),
                ("web/book", "hours_most", "5"),
                ("web/book", "look_up", "false"),
                ("web/book", "retired", "false"),
                ("web/rest", "retired", "true"),
                ("web/certificate", "retired", "true"),
            ] {
                assert_eq!(cell(&rows, reference, column), expected, "{reference} {column}");
            }
        }
        // Nobody has anything of it.
        let items = &mut document.paths[0].stages[0].items;
        items.iter_mut().find(|item| item.id == "certificate").unwrap().notes.clear();
        assert!(read(&rendered(&document, true)).iter().all(|row| row[3] != "web/certificate"));
    }

    #[test]
    fn notes_are_private() {
        let document = sample::sample();
        assert!(!rendered(&document, false).contains("private"));
        assert!(!rendered(&document, false).contains("notes"));
    }

    #[test]
    fn no_formula_is_smuggled_in() {
        for (text, expected) in [
            ("FastAPI", "FastAPI"),
            ("", ""),
            ("a=1", "a=1"),
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "' =1"),
            ("  =1", "'  =1"),
            ("\u{a0}=1", "'\u{a0}=1"),
            ("\n=1", "' =1"),
            ("\r=1", "\u{FFFD}=1"),
            ("＝1", "'＝1"),
            ("\u{FEFF}=1", "'\u{FEFF}=1"),
            ("'=1", "'=1"),
            ("\u{202E}x", "\u{FFFD}x"),
        ] {
            assert_eq!(foreign(text), expected, "{text:?}");
        }
        assert_eq!(guarded("\rx"), "'\rx");
        assert_eq!(number(22.0 / 3.0), "7.33");
        assert_eq!(number(22.0), "22");
    }

    /// What is dangerous in a cell, a field or a line, often.
    fn nasty() -> impl Strategy<Value = String> {
        collection::vec(
            prop_oneof![
                proptest::sample::select(vec![
                    ",", "\"", "\r\n", "\n", "\r", ";", "=", "+", "-", "@", "\t", "'", " ", "\0",
                    "\u{feff}",
                ])
                .prop_map(str::to_owned),
                any::<char>().prop_map(|char| char.to_string()),
            ],
            0..8,
        )
        .prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn nothing_foreign_makes_a_row_a_field_or_a_formula(
            title in nasty(), evidence in collection::vec(nasty(), 0..3), note in nasty()
        ) {
            let mut document = sample::sample();
            let plain = read(&rendered(&document, true));
            let item = &mut document.paths[0].stages[0].items[1];
            let said = |text: &String| Dated { on: day(2026, 3, 1), text: text.clone() };
            item.title = title.clone();
            item.evidence = evidence.iter().map(said).collect();
            item.notes = vec![said(&note)];
            let text = rendered(&document, true);
            let rows = read(&text);
            prop_assert_eq!(rows.len(), plain.len());
            for (at, (row, plain)) in rows.iter().zip(&plain).enumerate() {
                prop_assert_eq!(row.len(), COLUMNS.len() + 1 + LATER.len());
                if at != 2 {
                    prop_assert_eq!(row, plain);
                }
            }
            for cell in &rows[2] {
                let first = cell.trim_start().chars().next().unwrap_or('x');
                prop_assert!(!"=+-@＝＋－＠".contains(first), "{:?}", cell);
            }
            // Without the apostrophe it is what was said, made safe.
            let read = &rows[2][5];
            let safe = safe::line(&title);
            prop_assert_eq!(read.strip_prefix('\'').filter(|rest| *rest == safe).unwrap_or(read), &*safe);
            let pieces = evidence.len().max(1);
            prop_assert_eq!(rows[2][16].split('\n').count(), pieces);
        }
    }
}
