//! What a path has no longer stays in the record: it is found, shown and noted.

use crate::sandbox::Sandbox;
use crate::shelf;

/// A record on a path of which the next version leaves out what is done.
fn upgraded() -> Sandbox {
    let sandbox = Sandbox::new();
    let file = ".config/milepost/paths/tools.toml";
    sandbox.write(file, shelf::TOOLS);
    sandbox.play(
        "start tools
         done pipes --on 2026-11-02 --note \"sort | uniq -c\"
         done backup-script --on 2026-11-10 --evidence https://example.org/backup
         study logs 45m --on 2026-11-12
         doing scripts --on 2026-11-13
         note networks \"ports below 1024\"",
    );
    let text = shelf::TOOLS.replace("  { id = \"pipes\", title = \"Pipes\" },\n", "");
    let text = text.replace("  { id = \"logs\", title = \"Reading logs\" },\n", "");
    let (before, _) = text.split_once("[[stages.milestones]]").unwrap();
    sandbox.write(file, before);
    sandbox
}

#[test]
fn what_is_removed_is_found_shown_and_noted() {
    let sandbox = upgraded();
    insta::assert_snapshot!(sandbox.play(
        "search sort uniq
         show tools/pipes
         show backup-script
         note pipes \"tee splits them\" --evidence https://example.org/tee
         show pipes
         note pipes
         done tools/pipes
         undo
         doctor
         log --week --on 2026-11-10",
    ), @r#"
    $ search sort uniq
    [x] Pipes (no longer in the path)  tools/pipes  skill
        sort | uniq -c
    $ show tools/pipes
    Pipes  tools/pipes

    status    [x] done since 2026-11-02
    kind      skill
    effort    5 h
    topic     shell
    retired   no longer in the path; your record of it is kept

    Notes
      1. sort | uniq -c
    $ show backup-script
    A backup script  tools/backup-script

    status    [x] done since 2026-11-10
    kind      milestone
    effort    4 h
    retired   no longer in the path; your record of it is kept

    Criteria
      - It restores what it saved.
      - It says when it fails.

    Evidence
      1. https://example.org/backup
    $ note pipes "tee splits them" --evidence https://example.org/tee
    Pipes (skill)  tools/pipes  noted
    $ show pipes
    Pipes  tools/pipes

    status    [x] done since 2026-11-02
    kind      skill
    effort    5 h
    topic     shell
    retired   no longer in the path; your record of it is kept

    Notes
      1. sort | uniq -c
      2. tee splits them

    Evidence
      3. https://example.org/tee
    $ note pipes
    --- stderr ---
    error: there is no note and no terminal to ask on
    hint: give the text after the reference, or `-` to read it from standard input
    [exit 2]
    $ done tools/pipes
    --- stderr ---
    error: tools/pipes is no longer in its path; your record of it is kept
    hint: `milepost show tools/pipes` shows it, `milepost note` adds to it
    [exit 1]
    $ undo
    [x] Pipes  tools/pipes  the text is gone
    $ doctor
    ok      8 events on 6 subjects, all intact, and every report follows from them:
            ~/.local/share/milepost/progress.db
    warning ~/.config/milepost/paths/tools.toml:7:6: the stage `first`
            has skills, but no milestone (0 errors, 1 warning)
            help: `milepost check ~/.config/milepost/paths/tools.toml`
            shows every problem
    note    no installed path contains 3 items of your record: tools/backup-script,
            tools/logs and tools/pipes
            help: they are kept, and `milepost show` shows each; if something
            replaced one, say so in the path file: `replaces = ["old-id"]`

    1 warning, 1 note
    $ log --week --on 2026-11-10
    Week of 2026-11-09: 45 min studied, 1 item done, 4 h of the plan finished

    Studied
        tools/logs  45 min

    Done
      A backup script  tools/backup-script

    Begun
      Scripts  tools/scripts
    "#);
}

#[test]
fn the_past_of_a_path_is_what_it_was() {
    let before = upgraded();
    let now = before.json(["status"]);
    before.write(".config/milepost/paths/tools.toml", shelf::TOOLS);
    let was = before.json(["status"]);
    assert_eq!(now["activity"], was["activity"]);
    assert_eq!(now["activity"]["active_days"], 3);
    assert_eq!(now["paths"][0]["pace"], was["paths"][0]["pace"]);
    assert_ne!(
        now["paths"][0]["progress"], was["paths"][0]["progress"],
        "a percentage is the path's"
    );
    let shown = before.json(["show", "tools/pipes"]);
    assert_eq!((&shown["status"], &shown["kind"]), (&"done".into(), &"skill".into()));
}
