use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = all.filter(|file| file.extension().is_some()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

#[test]
fn what_a_file_says_stays_and_twice_is_once() {
    let folders = ["../../paths", "../path/tests/paths/valid", "../path/tests/paths/invalid"];
    let mut formatted = 0;
    for file in folders.iter().flat_map(|folder| files(folder)) {
        let text = fs::read_to_string(&file).unwrap();
        let Ok(once) = format(&text) else { continue };
        let (before, after) = (milepost_path::read(&text), milepost_path::read(&once));
        assert_eq!(before.roadmap, after.roadmap, "{}", file.display());
        assert_eq!(before.career, after.career, "{}", file.display());
        let codes = |reading: &milepost_path::Reading| {
            let mut codes: Vec<_> = reading.diagnostics.iter().map(|one| one.code).collect();
            codes.sort();
            codes
        };
        assert_eq!(codes(&before), codes(&after), "{}", file.display());
        assert_eq!(format(&once).as_deref(), Ok(once.as_str()), "{}", file.display());
        formatted += 1;
    }
    assert!(formatted > 60, "{formatted}");
}

#[test]
fn the_form_of_a_file() {
    let text = "\u{feff}#:schema x\n# About it.\n\n\ntitle='T'\n# the id\nid   =   \"p\"  #here\n\
        format=1\nx-tool = { b=1, a=2 }\n\n\n\n# First.\n\n# Stage.\n  [[ stages ]]  # one\n\n\
        title=\"S\"\n\nid=\"s\"\n[[stages.topics]]\n\
        skills=[{title=\"K\",id=\"k\"},{id=\"l\",\n title=\"L\"}, # last\n # end\n]\nid=\"t\"\n\
        roles=[\n\"a\",\"b\"]\nrequires = [ \"x\" , [\"y\",\"z\"], ]\n# The end.";
    let formatted = format(text).unwrap();
    assert_eq!(
        formatted,
        "#:schema x\n# About it.\n\nformat = 1\n# the id\nid = \"p\"  #here\ntitle = 'T'\n\
         x-tool = { b = 1, a = 2 }\n\n# First.\n\n# Stage.\n[[stages]]  # one\nid = \"s\"\n\
         title = \"S\"\n\n[[stages.topics]]\nid = \"t\"\nrequires = [\"x\", [\"y\", \"z\"]]\n\
         roles = [\n  \"a\",\n  \"b\",\n]\nskills = [\n  { id = \"k\", title = \"K\" },\n  \
         { id = \"l\", title = \"L\" },  # last\n  # end\n]\n# The end.\n"
    );
    assert_eq!(format(&formatted).as_deref(), Ok(formatted.as_str()));
}

#[test]
fn the_form_of_an_overlay() {
    let text = "#:schema overlay.schema.json\n# Ours.\nextends=\"web\"\nkind=\"overlay\"\nformat=1\n\
        [hide]\nitems=[\"a\",\n\"b\"] # no use\n[[topics]]\nhours=9\nid=\"apis\"\n\
        skills=[{after=\"rest\",title=\"gRPC\",id=\"my-grpc\"}]\nafter=\"http\"\n";
    let formatted = format(text).unwrap();
    assert_eq!(
        formatted,
        "#:schema overlay.schema.json\n# Ours.\nformat = 1\nkind = \"overlay\"\nextends = \"web\"\n\n\
         [hide]\nitems = [\"a\", \"b\"]  # no use\n\n[[topics]]\nid = \"apis\"\nafter = \"http\"\n\
         hours = 9\nskills = [\n  { id = \"my-grpc\", title = \"gRPC\", after = \"rest\" },\n]\n"
    );
    assert_eq!(format(&formatted).as_deref(), Ok(formatted.as_str()));
}

#[test]
fn a_list_over_several_lines_keeps_its_comments() {
    let text = "a = [ # all\n  1, # one\n\n  # two\n  2 # really\n  , 3 # three\n  # end\n]\nb = [ # none\n]\n";
    let once = format(text).unwrap();
    assert_eq!(
        once,
        "a = [  # all\n  1,  # one\n\n  # two\n  2,  # really\n  3,  # three\n  # end\n]\nb = [  # none\n]\n"
    );
    assert_eq!(format(&once).as_deref(), Ok(once.as_str()));
    let wide = format!("a = [{}]\n", ["\"0123456789\""; 12].join(", "));
    assert!(format(&wide).unwrap().starts_with("a = [\n  \"0123456789\",\n"));
}

#[test]
fn tables_keep_their_order_and_line_ends_stay() {
    let text = "[b]\nx = 1\n[a.c]\ny = 2\n[a]\nz.w = 3\n[a.d]\n";
    let once = "[b]\nx = 1\n\n[a.c]\ny = 2\n\n[a]\nz.w = 3\n[a.d]\n";
    assert_eq!(format(text).as_deref(), Ok(once));
    assert_eq!(format(once).as_deref(), Ok(once));
    assert_eq!(format("a=1\r\n\r\n[b]\r\nc=2\r\n").as_deref(), Ok("a = 1\r\n\r\n[b]\r\nc = 2\r\n"));
    assert_eq!(format("# only\n\n").as_deref(), Ok("# only\n"));
    assert_eq!(format("").as_deref(), Ok(""));
    assert_eq!(format("a = \n"), Err(Unformatted::NotToml));
}

#[test]
fn the_order_has_the_keys_of_the_schemas() {
    let schema = |kind: &str| -> serde_json::Value {
        let file = format!("../../schemas/{kind}.schema.json");
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
    };
    let (path, career) = (schema("path"), schema("career"));
    let (overlay, ticks) = (schema("overlay"), schema("ticks"));
    for keys in KEYS {
        let table = match (keys.of, keys.kind) {
            ("", "") => &path,
            ("", "career") => &career,
            ("", _) => &overlay,
            (name, _) => {
                let name = match name {
                    "portfolio" => "heading",
                    "stages" => "stage",
                    "topics" => "topic",
                    "skills" => "skill",
                    "resources" => "resource",
                    "milestones" => "milestone",
                    "links" => "link",
                    "criteria" => "criterion",
                    "questions" => "question",
                    "areas" => "area",
                    "raised_by" => "raise",
                    "roles" => "role",
                    "glossary" => "term",
                    other => other,
                };
                // An overlay has the tables of a path, with one more key.
                let all = [&overlay, &path, &career, &ticks];
                let defs = all.map(|schema| &schema["$defs"][name]);
                defs.into_iter().find(|one| one.is_object()).unwrap()
            }
        };
        let known: std::collections::BTreeSet<&str> =
            table["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        assert!(
            keys.keys.iter().copied().collect::<std::collections::BTreeSet<_>>() == known,
            "{}",
            keys.of
        );
    }
    let tables = |schema: &serde_json::Value| {
        let defs = schema["$defs"].as_object().unwrap().values();
        1 + defs.filter(|one| one["properties"].is_object()).count()
    };
    // Of an overlay, the file itself and `hide` are its own; a list of ticks has only ticks.
    assert_eq!(KEYS.len(), tables(&path) + tables(&career) + 3);
}

/// A random piece of TOML: keys, comments, blank lines, lists, tables, in any shape that is allowed.
fn piece() -> impl Strategy<Value = String> {
    let blank = prop_oneof!["", "\n", "\n\n", "# c\n", "  # d e\n\n", "\n# f\n"];
    let value = prop_oneof![
        "-?[1-9]{1,3}".prop_map(|it| it),
        "\"[a-z ]{0,9}\"".prop_map(|it| it),
        "'[a-z#\"]{0,5}'".prop_map(|it| it),
        Just("\"\"\"\na\n b\"\"\"".to_owned()),
        Just("2026-11-21".to_owned()),
    ];
    let list = (prop::collection::vec((value.clone(), 0..5_usize), 0..4), any::<bool>()).prop_map(
        |(values, comma)| {
            let mut text = "[".to_owned();
            let count = values.len();
            for (at, (value, shape)) in values.into_iter().enumerate() {
                let before = ["", " ", "\n", " # g\n", "\n\n# h\n  "][shape];
                text.push_str(&format!(
                    "{before}{value}{}",
                    if comma || at + 1 < count { "," } else { "" }
                ));
            }
            text + if comma { " # i\n]" } else { "]" }
        },
    );
    let table = prop::collection::vec(value.clone(), 0..3).prop_map(|values| {
        let keys = ["title", "x-a", "id"].iter().zip(values);
        let pairs: Vec<String> = keys.map(|(key, value)| format!("{key}={value}")).collect();
        format!("{{{}}}", pairs.join(" ,"))
    });
    let tables = (table.clone(), table.clone()).prop_map(|(a, b)| format!("[{a}, # j\n{b}]"));
    let any = prop_oneof![value, list, table, tables];
    (blank, any, prop_oneof!["", " # k", "   #l  "])
        .prop_map(|(blank, value, behind)| format!("{blank}KEY = {value}{behind}\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_file_says_the_same_and_twice_is_once(
        pieces in prop::collection::vec((piece(), 0..4_usize), 0..12),
    ) {
        let names = ["summary", "title", "x-a", "id", "url", "about", "format", "roles", "links", "x-b", "skills", "tags"];
        let mut text = String::new();
        for (at, (piece, header)) in pieces.iter().enumerate() {
            match header {
                1 => text.push_str("\n[[stages]]\n"),
                2 if text.contains("[[stages]]") => text.push_str("# m\n[[stages.topics]] # n\n"),
                _ => {}
            }
            text.push_str(&piece.replacen("KEY", names[at], 1));
        }
        let read: toml::Table = text.parse().expect("it is TOML");
        let once = format(&text).expect("it is formatted");
        prop_assert_eq!(&once.parse::<toml::Table>().expect("it is TOML"), &read);
        prop_assert_eq!(format(&once), Ok(once.clone()));
        let comments = |text: &str| ["# c", "# d e", "# f", "# g", "# h", "# i", "# j", "# k", "#l", "# m", "# n"].map(|one| text.matches(one).count());
        prop_assert_eq!(comments(&text), comments(&once));
        prop_assert!(once.lines().all(|line| line == line.trim_end()));
    }
}
