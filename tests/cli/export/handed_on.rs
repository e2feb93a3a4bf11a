//! What other programs take: the questions for Anki, and a checklist that becomes a path.

use super::*;

#[test]
fn anki_gets_the_questions() {
    let sandbox = with_a_record();
    insta::assert_snapshot!(
        sandbox.play(
            "export --format anki
             export -o questions.apkg
             export --format anki -o questions.csv
             export --format anki -o questions.tsv
             export --format anki --notes
             export --format ics --notes
             export --format anki --public"
        ),
        @"
    $ export --format anki
    #separator:tab
    #html:true
    #notetype:Basic
    #if matches:update current
    #guid column:1
    #deck column:2
    #tags column:5
    milepost:web/question:idempotency	milepost::web::api-design	<bdi>What makes a call idempotent?</bdi>	<bdi>Same effect, once or twice.</bdi><br><br><small><bdi>Web Services</bdi>: <bdi>API design</bdi></small>	milepost::web::apis
    $ export -o questions.apkg
    --- stderr ---
    error: milepost cannot write questions.apkg: that format is not supported
    hint: Anki imports `--format anki -o questions.txt`
    [exit 2]
    $ export --format anki -o questions.csv
    --- stderr ---
    error: the ending of questions.csv and `--format` disagree
    hint: omit `--format`, or name the file: `-o questions.txt`
    [exit 2]
    $ export --format anki -o questions.tsv
    --- stderr ---
    error: milepost cannot write questions.tsv: that format is not supported
    hint: Anki imports `--format anki -o questions.txt`
    [exit 2]
    $ export --format anki --notes
    --- stderr ---
    error: this format has no notes
    hint: omit `--notes`; Markdown, HTML and CSV can include them, and JSON always does
    [exit 2]
    $ export --format ics --notes
    --- stderr ---
    error: this format has no notes
    hint: omit `--notes`; Markdown, HTML and CSV can include them, and JSON always does
    [exit 2]
    $ export --format anki --public
    --- stderr ---
    error: `--public` works only with Markdown, HTML and JSON Resume
    hint: `milepost export --public -o portfolio.html`
    [exit 2]
    "
    );
    let said = sandbox.run(["export", "tools", "--format", "anki"]);
    assert!(said.contains("error: there are no interview questions here"), "{said}");
    assert!(said.contains("`web`; for example `milepost export "), "{said}");
    sandbox.ok(["export", "--format", "anki", "-o", "questions.txt"]);
    let file = sandbox.home().join("questions.txt");
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text, sandbox.ok(["export", "--format", "anki"]));
    assert_eq!(sandbox.json(["export", "--format", "anki"])["text"], text);
    // They come back as what they were.
    sandbox.ok(["new", "again", "--from", "questions.txt"]);
    let again = std::fs::read_to_string(sandbox.home().join("again.toml")).unwrap();
    assert!(again.contains("ask = \"What makes a call idempotent?\""), "{again}");
    assert!(again.contains("title = \"api-design\""), "{again}");
}

#[test]
fn a_checklist_is_read_back_with_its_ticks() {
    let sandbox = with_a_record();
    sandbox.ok(["start", "tools"]);
    for line in [
        "done http --on 2026-11-01",
        "done backup-script --on 2026-11-02",
        "done web/logs --known",
        "doing rest-guide",
        "skip on-call",
    ] {
        sandbox.ok(crate::sandbox::words(line));
    }
    insta::assert_snapshot!(
        sandbox.play(
            "export --format checklist
             export --format checklist --notes
             export --format checklist --public
             export --format checklist -o list.txt
             export --format checklist -o list.html
             export --format checklist -o list.md"
        ),
        @"
    $ export --format checklist
    # Tools

    ## First steps

    ### Shell

    - [x] Pipes (5 h) (2026-11-20)
    - [ ] Scripts (5 h)
    - [ ] [The Shell Book](https://example.org/shell) (8 h)
    - [ ] [Shell in Depth](https://example.org/course) (12 h)

    ### Networks

    - [x] HTTP (3 h) (2026-11-01)
    - [ ] Reading logs (3 h)
    - [ ] [HTTP, a Guide](https://example.org/http) (45 min)

    ### Milestones

    - [x] A backup script (4 h) (2026-11-02)

    # Web Services

    ## Build

    ### APIs

    - [ ] REST (6 h)
    - [x] HTTP (6 h) (2026-11-01)
    - [ ] GraphQL (optional)
    - [ ] [Designing APIs](https://example.org/rest) (3 h)
    - [ ] APIs on Film

    ### Milestones

    - [ ] A service in public (8 h)

    ## Run

    ### Operations

    - [x] Log pipelines (4.5 h)
    - [ ] Alerts (4.5 h)
    - [ ] [Staying Up](https://example.org/ops) (20 h)
    $ export --format checklist --notes
    --- stderr ---
    error: this format has no notes
    hint: omit `--notes`; Markdown, HTML and CSV can include them, and JSON always does
    [exit 2]
    $ export --format checklist --public
    --- stderr ---
    error: `--public` works only with Markdown, HTML and JSON Resume
    hint: `milepost export --public -o portfolio.html`
    [exit 2]
    $ export --format checklist -o list.txt
    --- stderr ---
    wrote list.txt (743 bytes)
    $ export --format checklist -o list.html
    --- stderr ---
    error: the ending of list.html and `--format` disagree
    hint: omit `--format`, or name the file: `-o list.md`
    [exit 2]
    $ export --format checklist -o list.md
    --- stderr ---
    wrote list.md (743 bytes)
    "
    );
    let list = sandbox.ok(["export", "--format", "checklist"]);
    assert_eq!(std::fs::read_to_string(sandbox.home().join("list.md")).unwrap(), list);
    assert_eq!(sandbox.json(["export", "--format", "checklist"])["text"], list);

    sandbox.ok(["new", "again", "--from", "list.md", "--ticks", "ticks.toml"]);
    let ticks = std::fs::read_to_string(sandbox.home().join("ticks.toml")).unwrap();
    let said = ticks.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    insta::assert_snapshot!(said.collect::<Vec<_>>().join("\n"), @r#"
    [[tick]]
    ref = "again/pipes"
    title = "Pipes"
    on = 2026-11-20
    [[tick]]
    ref = "again/networks-http"
    title = "HTTP"
    on = 2026-11-01
    [[tick]]
    ref = "again/a-backup-script"
    title = "A backup script"
    on = 2026-11-02
    [[tick]]
    ref = "again/build-apis-http"
    title = "HTTP"
    on = 2026-11-01
    [[tick]]
    ref = "again/log-pipelines"
    title = "Log pipelines"
    "#);
    sandbox.ok(["add", "again.toml"]);
    sandbox.ok(["done", "--from", "ticks.toml", "--yes"]);
    let ticked = |list: &str| -> Vec<String> {
        let lines = list.lines().filter(|line| line.starts_with("- [x] "));
        let mut ticked: Vec<String> =
            lines.map(|line| line.split(" (").next().unwrap().to_owned()).collect();
        ticked.sort();
        ticked
    };
    let again = sandbox.ok(["export", "again", "--format", "checklist"]);
    assert_eq!(ticked(&again), ticked(&list));
}
