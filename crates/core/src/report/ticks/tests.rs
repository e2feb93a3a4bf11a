use super::super::Refusal as Refused;
use super::super::fixture::{Home, refused};
use super::list::{Invalid, Wrong, read};
use super::*;

const PATH: &str = r#"format = 1
id = "web"
title = "Web"
[[stages]]
id = "build"
title = "Build"
[[stages.topics]]
id = "apis"
title = "APIs"
hours = 12
skills = [
  { id = "rest", title = "REST", replaces = ["restful"] },
  { id = "http", title = "HTTP", same_as = "tools/http" },
  { id = "graphql", title = "GraphQL", optional = true },
  { id = "rpc", title = "RPC", retired = true },
]
[[stages.topics.resources]]
id = "guide"
title = "A Guide, Part One"
type = "guide"
url = "https://example.org/guide"
skills = ["rest"]
[[stages.topics.resources]]
id = "guide-two"
title = "A Guide, Part Two"
type = "guide"
url = "https://example.org/guide"
skills = ["http"]
[[stages.milestones]]
id = "service"
title = "A service"
hours = 8
requires = ["apis"]
criteria = ["It answers."]
"#;

const TOOLS: &str = r#"format = 1
id = "tools"
title = "Tools"
[[stages]]
id = "first"
title = "First"
[[stages.topics]]
id = "networks"
title = "Networks"
hours = 6
skills = [{ id = "http", title = "HTTP" }, { id = "logs", title = "Reading logs" }, { id = "rpc", title = "RPC" }]
[[stages.topics.resources]]
id = "guide"
title = "Networks, a Guide"
type = "guide"
url = "https://www.example.org/networks#top"
skills = ["http"]
"#;

fn home() -> Home {
    let home = Home::with(&[("web.toml", PATH), ("tools.toml", TOOLS)]);
    home.follow(&["web"]);
    home
}

fn query(home: &Home, text: &str) -> Query {
    let list = read(text, home.app().today()).unwrap();
    Query { name: "t".to_owned(), list, skip_unclear: true, yes: true, on: None }
}

fn recorded(home: &Home, text: &str) -> Report {
    report(&query(home, text), &home.app()).unwrap().report
}

/// What a list changes: `web/rest@2026-11-20+`, with a plus where it is credited.
fn changed(report: &Report) -> String {
    let changes = report.mark.changed.iter().zip(&report.details);
    let changes = changes.map(|(change, (on, known))| {
        let known = if *known { "+" } else { "" };
        format!("{}@{on}{known}", change.reference)
    });
    changes.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_line_is_found_by_its_reference_else_its_address_else_its_title() {
    let home = home();
    for (line, expected) in [
        ("ref='web/rest'", "web/rest by ref"),
        ("ref='REST'", "web/rest by ref"),
        ("ref='web/restful'\ntitle='Quite another'", "web/rest by ref"),
        ("ref='Reading  logs'", "tools/logs by title"),
        // Its id changed, but its path still has it.
        ("ref='web/old'\ntitle='rest!'", "web/rest by title"),
        ("ref='tools/old'\nurl='http://example.org/networks/'", "tools/guide by url"),
        ("ref='web/old'\ntitle='Reading logs'", "unknown []"),
        ("ref='nope/rest'\ntitle='REST'", "no-path []"),
        ("ref='web/res'", "unknown [\"web/rest\"]"),
        ("url='https://example.org/guide'", "ambiguous [\"web/guide\", \"web/guide-two\"]"),
        ("url='https://example.org/guide'\ntitle='a guide; part TWO'", "web/guide-two by url"),
        ("url='https://example.org/none'\ntitle='GraphQL'", "web/graphql by title"),
        ("title='HTTP'", "web/http by title"),
        ("title='apis'", "web/apis by title"),
        ("title='Web'", "unknown [\"web\"]"),
        ("title='RPC'", "web/rpc by title"),
        ("ref='guide'", "web/guide by ref"),
        ("ref='service'\ntitle='A cluster that heals itself'", "another [\"web/service\"]"),
        ("ref='web/guide'\nurl='https://example.org/other'", "another [\"web/guide\"]"),
        ("ref='web/guide'\nurl='https://example.org/guide'\ntitle='Renamed'", "web/guide by ref"),
    ] {
        let report = recorded(&home, &format!("[[tick]]\n{line}\n"));
        let found = report.found.iter();
        let found = found.map(|one| format!("{} by {}", one.node.reference, one.by.as_str()));
        let not = report.not_found.iter();
        let not = not.map(|one| format!("{} {:?}", one.why.as_str(), one.why.candidates()));
        let told: Vec<String> = found.chain(not).collect();
        assert_eq!(told, [expected], "{line}");
    }
}

#[test]
fn what_is_retired_is_meant_where_nothing_else_is() {
    let home = home();
    home.follow(&["tools"]);
    let report = recorded(&home, "title\nRPC\n");
    assert_eq!(changed(&report), "tools/rpc@2026-11-20+");
}

#[test]
fn each_line_has_its_day_and_its_credit() {
    let home = home();
    let text = "[[tick]]\nref='rest'\non=2026-09-01\n[[tick]]\nref='guide'\nknown=false\n\
                [[tick]]\nref='service'\nnote='in 2019'\n";
    let query = Query { on: NaiveDate::from_ymd_opt(2026, 10, 1), ..query(&home, text) };
    let first = report(&query, &home.app()).unwrap().report;
    assert_eq!(
        changed(&first),
        "web/rest@2026-09-01+ web/guide@2026-10-01 web/service@2026-10-01+"
    );
    // Credited milestones need no evidence.
    assert!(first.mark.finished.unwrap().unshown.is_none());
    // The same again changes nothing.
    let again = report(&query, &home.app()).unwrap().report;
    assert_eq!((changed(&again).as_str(), again.mark.unchanged.len()), ("", 3));
    // What is done stays as it is, unless its line says otherwise.
    let other = "[[tick]]\nref='guide'\n[[tick]]\nref='rest'\non=2026-09-02\n";
    assert_eq!(changed(&recorded(&home, other)), "web/rest@2026-09-02");
    let credited = recorded(&home, "[[tick]]\nref='guide'\nknown=true\n");
    assert_eq!(changed(&credited), "web/guide@2026-11-20+");
    let state = home.app().standing().unwrap();
    let state = state.item("web", "guide").unwrap();
    assert!(state.known && state.since == NaiveDate::from_ymd_opt(2026, 10, 1));
}

#[test]
fn a_topic_leaves_out_what_has_a_line_of_its_own() {
    let home = home();
    let text = "[[tick]]\nref='build'\n[[tick]]\nref='apis'\non=2026-09-01\n[[tick]]\n\
                ref='tools/http'\non=2026-09-02\n";
    let report = recorded(&home, text);
    assert_eq!(
        changed(&report),
        "tools/http@2026-09-02+ web/rest@2026-09-01+ web/service@2026-11-20+"
    );
    let counts: Vec<Option<usize>> = report.found.iter().map(|one| one.items).collect();
    assert_eq!(counts, [Some(1), Some(1), None]);
}

#[test]
fn lines_about_one_thing_agree_or_the_second_is_unclear() {
    let home = home();
    let text = "[[tick]]\nref='rest'\nevidence=['https://a.b/1']\n[[tick]]\nref='web/rest'\n\
                note='n'\nevidence=['https://a.b/2']\n[[tick]]\nref='rest'\non=2026-09-01\n\
                [[tick]]\nref='rest'\nnote='m'\n";
    let report = recorded(&home, text);
    let lines: Vec<(usize, &str)> =
        report.not_found.iter().map(|one| (one.line, one.why.as_str())).collect();
    assert_eq!(lines, [(8, "twice"), (11, "twice")]);
    let state = home.app().standing().unwrap();
    let state = state.item("web", "rest").unwrap();
    assert_eq!((state.notes.len(), state.evidence.len()), (1, 2));
}

#[test]
fn nothing_is_recorded_before_all_is_clear_and_meant() {
    let home = Home::with(&[("web.toml", PATH)]);
    let ask = |query: &Query| match refused(report(query, &home.app())) {
        Refused::Ticks(refusal) => refusal,
        other => panic!("{other:?}"),
    };
    let text = "[[tick]]\nref='rest'\n[[tick]]\ntitle='Foo'\n";
    let mut query = Query { skip_unclear: false, yes: true, ..query(&home, text) };
    let Refusal::Unclear { lines, of, .. } = ask(&query) else { panic!() };
    assert_eq!((lines.len(), lines[0].line, of), (1, 3, 2));
    (query.skip_unclear, query.yes) = (true, false);
    let Refusal::NeedsYes(seen) = ask(&query) else { panic!() };
    assert_eq!(changed(&seen), "web/rest@2026-11-20+");
    assert!(!home.file("record.db").exists());
    query.yes = true;
    assert_eq!(changed(&report(&query, &home.app()).unwrap().report), changed(&seen));
    // Where nothing changes there is nothing to agree to.
    query.yes = false;
    assert!(report(&query, &home.app()).unwrap().report.mark.changed.is_empty());
}

#[test]
fn a_csv_has_the_columns_of_the_export() {
    let home = home();
    let text = "\u{feff}path,ref,title,status,since,known,evidence,notes,hours\r\n\
                web,web/rest,REST,done,2026-09-01,false,\"https://a.b/1\n'https://a.b/2\",x,3\r\n\
                web,web/guide,\"A Guide, Part One\",todo,,false,,,\r\n,,,,,,,,\r\n\
                web,web/graphql,'=GraphQL,DONE,,TRUE,,,\r\n";
    let text = text.trim_start_matches('\u{feff}');
    let report = recorded(&home, text);
    assert_eq!(changed(&report), "web/rest@2026-09-01 web/graphql@2026-11-20+");
    assert_eq!((report.not_done, report.found[1].line), (1, 6));
    let standing = home.app().standing().unwrap();
    assert_eq!(standing.item("web", "rest").unwrap().evidence.len(), 2);
    for separated in ["title;on\nService;\n", "on\ttitle\n2026-09-01\tA service\n"] {
        assert_eq!(read(separated, home.app().today()).unwrap().ticks.len(), 1);
    }
}

/// What is wrong with a list: `line column what`.
fn wrong(text: &str) -> Vec<String> {
    let Invalid { problems, left_out } = read(text, home().app().today()).unwrap_err();
    assert_eq!(left_out, 0);
    let told = |one: &list::Problem| {
        let what = match &one.what {
            Wrong::Diagnostic(one) => one.message.clone(),
            Wrong::Csv(wrong) => format!("{wrong:?}"),
            other => format!("{other:?}"),
        };
        format!("{}:{} {what}", one.line, one.column.unwrap_or_default())
    };
    problems.iter().map(told).collect()
}

#[test]
fn all_that_is_wrong_with_a_list_is_told() {
    assert_eq!(
        wrong("title,knwon,on,since,title\nx,,2026-09-01,2026-09-02,\n,yes,1.2.2026,,,,x\n"),
        [
            "1:0 UnknownColumn(\"knwon\", Some(\"known\"))",
            "1:0 ColumnTwice(\"title\")",
            "2:0 TwoDays",
            "3:0 TooManyCells(7, 5)",
            "3:0 NamesNothing",
            "3:0 NoDay(\"1.2.2026\")",
        ]
    );
    assert_eq!(
        wrong("status,url,known,note\nfinished,ftp://a,maybe,\n"),
        ["2:0 NoStatus(\"finished\")", "2:0 NoAddress(\"ftp://a\")", "2:0 NoFlag(\"maybe\")",]
    );
    assert_eq!(wrong("on,note\n2026-11-21,x\n")[0], "1:0 NoNames");
    assert_eq!(wrong("title,on\nx,2026-11-21\n"), ["2:0 Future(2026-11-21)"]);
    assert_eq!(
        wrong("# x\n[[tick]]\nref='a'\non=2026-11-21\nnote='  '\nevidence=['a\\nb', \"a\\nb\"]\n"),
        ["4:4 Future(2026-11-21)", "2:0 Remark(EmptyNote)",]
    );
    let long = format!("title\n{}\n", "x".repeat(2_001));
    assert_eq!(wrong(&long), ["2:0 Long(Title)"]);
    assert_eq!(wrong("what,when\nx,y\n").len(), 1);
    assert_eq!(
        wrong("{\"a\": 1}"),
        ["1:1 this looks like JSON, and a list of ticks is TOML or CSV"]
    );
    let many = |count: usize| format!("title{}\n", ",x".repeat(count));
    let invalid = read(&many(999), home().app().today()).unwrap_err();
    assert_eq!((invalid.problems.len(), invalid.left_out), (50, 949));
    assert_eq!(wrong(&many(1_000)), ["1:0 TooManyColumns"]);
}
