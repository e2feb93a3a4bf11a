//! Tables of small texts: what the reader takes, what it refuses and what it says.

use super::*;

/// A whole path around keys of a milestone.
fn milestone(keys: &str) -> String {
    format!(
        "format = 1\nid = \"p\"\ntitle = \"P\"\n[[portfolio]]\nid = \"h\"\ntitle = \"H\"\n\
         [[stages]]\nid = \"s\"\ntitle = \"S\"\n[[stages.milestones]]\nid = \"m\"\ntitle = \"M\"\n\
         hours = 1\ncriteria = [\"Done?\"]\n{keys}\n"
    )
}

/// A whole path around a stage with a topic and a milestone.
fn stages(text: &str) -> String {
    format!("format = 1\nid = \"p\"\ntitle = \"P\"\n{text}\n")
}

#[test]
fn line_and_column_count_from_one_in_characters() {
    let text = "\u{feff}aé\r\n\tb\n";
    let cases = [
        (0, (1, 1)),
        (3, (1, 1)),
        (4, (1, 2)),
        (5, (1, 2)),
        (6, (1, 3)),
        (8, (2, 1)),
        (9, (2, 2)),
        (10, (2, 3)),
        (11, (3, 1)),
        (99, (3, 1)),
    ];
    for (offset, place) in cases {
        assert_eq!(line_column(text, offset), place, "{offset}");
    }
    assert_eq!(line_column("", 0), (1, 1));
}

#[test]
fn most_important_keeps_errors_and_the_order_of_the_text() {
    let at = |code, start: usize| Diagnostic::new(code, &(start..start), "x");
    let all = vec![at(Code::Empty, 0), at(Code::BadId, 9), at(Code::Empty, 5), at(Code::BadUrl, 3)];
    let starts = |most| {
        let (kept, left_out) = most_important(all.clone(), most);
        (kept.iter().map(|d| d.span.start).collect::<Vec<_>>(), left_out)
    };
    assert_eq!(starts(9), (vec![0, 3, 5, 9], 0));
    assert_eq!(starts(3), (vec![0, 3, 9], 1));
    assert_eq!(starts(2), (vec![3, 9], 2));
    assert_eq!(starts(0), (vec![], 4));
}

#[test]
fn values_that_are_right() {
    for keys in [
        "",
        "summary = 'It''s'".replace("''s", "s").as_str(),
        "evidence = []",
        "optional = true",
        "portfolio = \"h\"",
        "replaces = [\"a\", \"b\"]",
        "requires = []",
        "requires = [\"q/x\", [\"q/y\", \"r/z\"]]",
        "same_as = \"q/m\"",
    ] {
        assert_eq!(told(&milestone(keys)), [""; 0], "{keys}");
    }
    let urls = [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "https://user@example.org/",
        "https://münchen.example/ä",
        "http://[2001:db8::1]/",
    ];
    for url in urls {
        let resource = format!(
            "[[stages]]\nid = \"s\"\ntitle = \"S\"\n[[stages.topics]]\nid = \"t\"\ntitle = \"T\"\n\
             resources = [{{ id = \"r\", title = \"R\", type = \"tool\", cost = \"free\", url = \"{url}\" }}]"
        );
        assert_eq!(told(&stages(&resource)), [""; 0], "{url}");
    }
}

#[test]
fn numbers_in_all_their_forms() {
    let cases = [
        ("0x10", Some(16.0)),
        ("1_000", Some(1000.0)),
        ("+5", Some(5.0)),
        ("1e-3", Some(0.001)),
        ("10_000.0", Some(10_000.0)),
        ("10_000.1", None),
        ("-0.0", None),
        ("-inf", None),
    ];
    for (number, hours) in cases {
        let text = milestone("").replace("hours = 1", &format!("hours = {number}"));
        let path = read(&text).roadmap;
        let found = path.as_ref().and_then(|path| path.item("m")?.hours());
        assert_eq!(found, hours, "{number}");
        assert_eq!(path.is_some(), hours.is_some(), "{number}");
    }
}

#[test]
fn messages_say_what_and_help_says_what_next() {
    let cases = [
        (
            "critera = []",
            "a milestone has no key `critera`",
            // The key is given too, so the near name is not the missing one.
            "did you mean `criteria`?",
        ),
        ("portfolio = \"g\"", "this file has no portfolio heading `g`", "choose from `h`"),
        (
            "requires = \"q/x\"",
            "`requires` must be an array of references, not a string",
            "write `requires = [\"q/x\"]`",
        ),
        ("same_as = \"m\"", "`same_as` does not name a path: `m`", "write `other-path/m`"),
        (
            "summary = \"a\\u202Eb\"",
            "`summary` contains the invisible bidirectional control U+202E",
            "",
        ),
        (
            "\"\\u001B[31m`key`\" = 1",
            "a milestone has no key `\u{fffd}[31m'key'`",
            "its keys are id, title, summary, about, url, links, tags, optional, retired, same_as, \
             replaces, hours, requires, portfolio, criteria, pass, evidence",
        ),
    ];
    for (keys, message, help) in cases {
        assert_eq!(only(&milestone(keys)), (message.to_owned(), help.to_owned()), "{keys}");
    }
    let (message, _) = only(&milestone(&format!("{} = 1", "k".repeat(300))));
    assert_eq!(message, format!("a milestone has no key `{}…`", "k".repeat(100)));
}

#[test]
fn help_says_what_to_write() {
    let path = |text: &str| format!("format = 1\nid = \"p\"\ntitle = \"P\"\n{text}");
    let stage = |text: &str| {
        path(&format!(
            "[[portfolio]]\nid = \"menus\"\ntitle = \"M\"\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
             [[stages.milestones]]\nid = \"m\"\ntitle = \"M\"\nhours = 1\ncriteria = [\"x\"]\n{text}"
        ))
    };
    let topic = "[[stages.topics]]\nid = \"t\"\ntitle = \"T\"\n";
    let cases = [
        (path(topic), "write `[[stages]]`, with an `id` and a `title`, before its topics"),
        (
            path(&format!("{topic}[[stages]]\nid = \"s\"\ntitle = \"S\"\n")),
            "write `[[stages]]` before its topics and milestones",
        ),
        (
            stage("[[stages.resources]]\nid = \"r\""),
            "resources belong to a topic: write `[[stages.topics.resources]]`",
        ),
        (
            stage("role = \"cook\""),
            "this is a key of the path: write it above the first table in brackets",
        ),
        (stage("portfolio = \"dishes\""), "choose from `menus`"),
        (stage("optional = \"yes\""), "write `true`"),
        (stage("optional = \"perhaps\""), "write `true` or `false`"),
        (stage("summary = 2026"), "write it in quotes: `summary = \"2026\"`"),
        (stage("replaces = [\"Base de données\"]"), "write it as `base-de-donnees`"),
        (
            stage("evidence = [\n  \"one,\n  \"two\",\n]"),
            "close it with the quote that it begins with",
        ),
        (stage("skills = [{ title = “SQL” }]"), "write straight quotes: `\"SQL\"`"),
        (
            stage("links = [\"The forum\"]"),
            "write `{ title = \"The forum\", url = \"https://...\" }`",
        ),
        (
            stage("[stages.topics]\nid = \"t\"\ntitle = \"T\""),
            "write its header in two pairs of brackets, as in `[[stages.topics]]`",
        ),
        (
            "{ \"id\": \"p\" }".to_owned(),
            "begin with `format = 1`, `id` and `title`, and then `[[stages]]`",
        ),
    ];
    for (text, help) in cases {
        assert_eq!(only(&text).1, help, "{text}");
    }
    // The quote is named, not the bracket that it keeps open.
    let text = path("replaces = [\n  \"a\",\n  \"b,\n  \"c\",\n");
    assert_eq!(told(&text), ["syntax@6:3"]);
    // What names a node by the id that it should have is right.
    let bad = stage("requires = [\"big-soup\"]").replace("\"s\"", "\"Big soup\"");
    assert_eq!(told(&bad), ["bad-id@8:6"]);
}

#[test]
fn one_mistake_is_one_error() {
    let cases = [
        // A misspelt key is not missing too, and what it would have said is not missed.
        ("[[stages]]\nid = \"s\"\ntitel = \"S\"", &["unknown-key@6:1"][..]),
        (
            "[[stages]]\nid = \"s\"\ntitle = \"S\"\n[[stages.milestones]]\nid = \"m\"\n\
             title = \"M\"\nhour = 2\ncriterion = [\"x\"]",
            &["unknown-key@10:1", "unknown-key@11:1"],
        ),
        // What refers to a node with a bad id, or without one, is right.
        (
            "[[stages]]\nid = \"s\"\ntitle = \"S\"\n[[stages.topics]]\nid = \"My topic\"\n\
             title = \"T\"\n[[stages.topics]]\ntitle = \"My other\"\n[[stages.topics]]\n\
             id = \"u\"\ntitle = \"U\"\nrequires = [\"My topic\", \"my-other\"]\n\
             [[stages.milestones]]\nid = \"m\"\ntitle = \"M\"\nhours = 1\ncriteria = [\"x\"]",
            &["bad-id@8:6", "missing-key@10:1"],
        ),
        // A list that cannot be read can hold what references name.
        (
            "[[stages]]\nid = \"s\"\ntitle = \"S\"\nmilestones = 1\nrequires = [\"m\"]",
            &["wrong-type@7:14"],
        ),
        // A resource that names no skill might have meant the one that none teaches.
        (
            "[[stages]]\nid = \"s\"\ntitle = \"S\"\n[[stages.topics]]\nid = \"t\"\ntitle = \"T\"\n\
             hours = 1\nskills = [{ id = \"k\", title = \"K\" }]\n[[stages.topics.resources]]\n\
             id = \"r\"\ntitle = \"R\"\ntype = \"book\"\ncost = \"free\"\nskills = [\"l\"]\n\
             [[stages.milestones]]\nid = \"m\"\ntitle = \"M\"\nhours = 1\ncriteria = [\"x\"]",
            &["unknown-reference@17:11"],
        ),
    ];
    for (text, codes) in cases {
        let found = told(&stages(text));
        let errors: Vec<&String> =
            found.iter().filter(|found| !found.starts_with("empty")).collect();
        assert_eq!(errors, codes, "{text}");
    }
}

#[test]
fn after_a_syntax_error_only_what_is_there_counts() {
    // The header is lost, so its keys are in the table before.
    let text = stages("[[stages\nid = \"s\"\ntitle = \"\"\n[[stages.topics]]\nid = \"T\"");
    assert_eq!(told(&text), ["syntax@4:9"]);
    // Elsewhere a bad value is still one, and on the line of the error it is not.
    let text = stages("summary = \"\"\nrole = \"\" x\nupdated = 5");
    assert_eq!(told(&text), ["empty-text@4:11", "syntax@5:11", "wrong-type@6:11"]);
    // A key is missing where its table was read whole.
    let text = "format = 1\nid = \"p\"\n[[stages]]\nid = \"s\"\ntitle \n[[stages]]\nid = \"t\"\n";
    assert_eq!(told(text), ["missing-key@1:1", "syntax@5:7"]);
    let text = "format = 1\nid = \"p\"\n[[stages]]\nid = \"s\"\n = \"S\"\n[[stages]]\nid = \"t\"\n";
    assert_eq!(told(text), ["missing-key@1:1", "syntax@5:2", "missing-key@6:1"]);
    let text = "format = 1\nid = \"p\"\nupdated = \n[[stages]]\nmonths = [1, 0]\n";
    assert_eq!(
        told(text),
        ["syntax@3:11", "missing-key@4:1", "missing-key@4:1", "bad-months@5:10"]
    );
    let text = "format = 1\nid = \"p\"\n[[stages]]\nid = \"P q\"\ntitle = \"x\ny = [\n";
    assert_eq!(told(text), ["missing-key@1:1", "bad-id@4:6", "syntax@5:11", "syntax@6:5"]);
}

#[test]
fn documents_of_all_kinds() {
    let cases: &[(&str, &[&str])] = &[
        ("", &["missing-key@1:1", "missing-key@1:1", "missing-key@1:1"]),
        ("\u{feff}format = 2", &["format@1:10"]),
        ("format = 1.0", &["missing-key@1:1", "missing-key@1:1", "wrong-type@1:10"]),
        ("format = 18446744073709551616", &["format@1:10"]),
        ("kind = \"career\"\nformat = 2\n", &["format@2:10"]),
        ("kind = \"carer\"\nformat = 2\n", &["kind@1:8", "format@2:10"]),
        ("kind = 1\nformat = 2\n", &["wrong-type@1:8", "format@2:10"]),
        ("\0", &["syntax@1:1"]),
        ("format = 1\r\nid = \"p\"\r\ntitle = \"\"\"P\r\nQ\"\"\"\r\n", &["unsafe-text@3:13"]),
    ];
    for (text, codes) in cases {
        let found = told(text);
        let errors: Vec<&String> =
            found.iter().filter(|found| !found.starts_with("empty")).collect();
        assert_eq!(errors, *codes, "{text:?}");
    }
    // Dotted keys and inline tables are TOML like any other.
    let inline = "format = 1\nid = \"p\"\ntitle = \"P\"\nstages = [{ id = \"s\", title = \"S\", \
                  milestones = [{ id = \"m\", title = \"M\", hours = 1, criteria = [\"x\"] }] }]";
    assert_eq!(told(inline), [""; 0]);
    // An interview can stand before what it exercises.
    let early = stages(
        "interview = [{ id = \"i\", title = \"I\", topics = [\"t\"], questions = [] }]\n\
         [[stages]]\nid = \"s\"\ntitle = \"S\"\n[[stages.topics]]\nid = \"t\"\ntitle = \"T\"\n\
         [[stages.milestones]]\nid = \"i\"\ntitle = \"M\"\nhours = 1\ncriteria = [\"x\"]",
    );
    assert_eq!(told(&early), ["duplicate-id@12:6"]);
}

#[test]
fn circles_are_told_once_with_their_way() {
    let topic = |id: &str, requires: &str| {
        format!("[[stages.topics]]\nid = \"{id}\"\ntitle = \"x\"\nrequires = [{requires}]\n")
    };
    let stage = "[[stages]]\nid = \"s\"\ntitle = \"S\"\nmilestones = [{ id = \"m\", title = \"M\", \
                 hours = 1, criteria = [\"x\"] }]\n";
    let circles = |topics: &[(&str, &str)]| -> Vec<String> {
        let topics: String = topics.iter().map(|(id, requires)| topic(id, requires)).collect();
        let reading = read(&stages(&format!("{stage}{topics}")));
        assert!(reading.diagnostics.iter().all(|d| d.code == Code::CircularRequires));
        let way = |d: &Diagnostic| d.message.split('`').nth(1).unwrap_or_default().to_owned();
        reading.diagnostics.iter().map(way).collect()
    };
    assert_eq!(circles(&[("a", "\"b\""), ("b", "\"c\""), ("c", "")]), [""; 0]);
    assert_eq!(circles(&[("a", "\"b\""), ("b", "\"a\"")]), ["a -> b -> a"]);
    assert_eq!(
        circles(&[("a", "\"b\", \"c\""), ("b", "\"p/a\""), ("c", "[\"m\", \"a\"]")]),
        ["a -> b -> a", "a -> c -> a"]
    );
    assert_eq!(circles(&[("a", "\"m\""), ("b", "\"a\", \"m\"")]), [""; 0]);
}

#[test]
fn a_control_character_in_a_string_is_told_as_one() {
    for (text, expected) in [
        ("title = \"a\u{7}b\"", "a string contains the control character U+0007"),
        ("title = 'a\u{1b}b'", "a string contains the control character U+001B"),
        ("title = \"open", "a string is not closed on its line"),
    ] {
        let reading = read(&format!("format = 1\n{text}\n"));
        let found: Vec<&str> = reading.diagnostics.iter().map(|d| d.message.as_str()).collect();
        assert!(found.contains(&expected), "{found:?}");
    }
}
