//! Files that cannot be used: paths, records, places for them.

use super::*;

#[test]
fn bad_path_files_are_named_and_left_out_and_all_else_works() {
    let sandbox = shelf::following();
    let broken = shelf::WEB.replace("id = \"web\"", "id = \"broken\"").replace("type =", "tpye =");
    sandbox.write(".config/milepost/paths/broken.toml", &broken);
    sandbox.write(".config/milepost/paths/syntax.toml", "format = ");
    fs::write(sandbox.home().join(".config/milepost/paths/latin.toml"), b"# caf\xe9").unwrap();
    fs::create_dir(sandbox.home().join(".config/milepost/paths/folder.toml")).unwrap();
    sandbox.write(".config/milepost/paths/twin.toml", shelf::TOOLS);
    sandbox.write(".config/milepost/paths/.hidden.toml", "no");
    sandbox.write(".config/milepost/paths/readme.txt", "no");
    let output = sandbox.output(["paths"]);
    assert!(output.status.success());
    insta::assert_snapshot!(String::from_utf8_lossy(&output.stderr).replace(sandbox.home().to_str().unwrap(), "~"), @"
    warning: ~/.config/milepost/paths/broken.toml:32:1: a resource has no key `tpye` (and 2 more); the path is ignored, `milepost check ~/.config/milepost/paths/broken.toml` shows all problems
    warning: ~/.config/milepost/paths/folder.toml is a directory; it is ignored
    warning: ~/.config/milepost/paths/latin.toml:1: not UTF-8 text; save the file as UTF-8; it is ignored
    warning: ~/.config/milepost/paths/syntax.toml:1:10: a value is missing here; the path is ignored, `milepost check ~/.config/milepost/paths/syntax.toml` shows all problems
    warning: ~/.config/milepost/paths/twin.toml is ignored: ~/.config/milepost/paths/tools.toml has the id `tools` too
    ");
    for line in ["done tools/pipes", "--quiet status", "start broken"] {
        let said = sandbox.run(crate::sandbox::words(line));
        assert_eq!(said.contains("[exit 1]"), line == "start broken", "{said}");
    }
    // Without them, nothing is said.
    let said = sandbox.json(["status"]);
    assert_eq!(said["paths"].as_array().unwrap().len(), 2);
}

#[test]
fn a_followed_path_whose_file_is_broken_keeps_its_record() {
    let sandbox = shelf::lived_in();
    let file = sandbox.home().join(".config/milepost/paths/web.toml");
    let good = fs::read_to_string(&file).unwrap();
    let before = sandbox.ok(["status", "web"]);
    fs::write(&file, "format = ").unwrap();
    insta::assert_snapshot!(sandbox.play(
        "done web/rest
         undo --list --quiet",
    ), @"
    $ done web/rest
    web/rest is already done; nothing changed (`--on` changes its day)
    --- stderr ---
    warning: ~/.config/milepost/paths/web.toml:1:10: a value is missing here; the path is ignored, `milepost check ~/.config/milepost/paths/web.toml` shows all problems
    warning: the last good version of `web` is used until ~/.config/milepost/paths/web.toml is corrected
    $ undo --list --quiet
     1. noted APIs
     2. done A service in public
     3. skipped A backup script
     4. done REST
     5. doing Designing APIs
     6. done HTTP, a Guide
     7. done Reading logs
     8. done HTTP
     9. done Pipes and 1 more
    10. started Tools and 1 more
    ");
    assert_eq!(sandbox.ok(["status", "web"]), before, "the last good version stands in for it");
    fs::write(&file, good).unwrap();
    assert_eq!(sandbox.ok(["status", "web"]), before);
}

#[test]
fn a_place_that_was_named_and_is_not_there_is_told() {
    let mut sandbox = Sandbox::new();
    let file = sandbox.write("mine/tools.toml", shelf::TOOLS);
    let list = format!("{0}/nowhere:{1}::{0}/mine", sandbox.home().display(), file.display());
    sandbox.set("MILEPOST_PATHS", &list);
    insta::assert_snapshot!(sandbox.run(["show", "tools/http"]), @"
    HTTP  tools/http

    status    [ ] todo
    kind      skill
    effort    3 h
    stage     first
    topic     networks

    Taught by
      [ ] HTTP, a Guide (docs, free, 45 min, core)  http-guide
    --- stderr ---
    warning: ~/nowhere is ignored: there is no such file or directory; correct MILEPOST_PATHS, or the file or folder it names
    ");
}

/// A record with some bytes of its header changed.
fn patched(sandbox: &Sandbox, name: &str, at: usize, bytes: &[u8]) {
    let mut file = fs::read(sandbox.db()).unwrap();
    file[at..at + bytes.len()].copy_from_slice(bytes);
    fs::write(sandbox.home().join(name), file).unwrap();
}

#[test]
fn a_file_that_is_no_record_of_ours_is_refused_and_not_touched() {
    let sandbox = shelf::following();
    patched(&sandbox, "newer.db", 60, &99_u32.to_be_bytes());
    patched(&sandbox, "other.db", 68, &1_u32.to_be_bytes());
    sandbox.write("text.db", "a shopping list, longer than the header of a database would be\n");
    sandbox.write("empty.db", "");
    fs::write(sandbox.home().join("cut.db"), &fs::read(sandbox.db()).unwrap()[..60]).unwrap();
    fs::create_dir(sandbox.home().join("folder.db")).unwrap();
    let files = ["newer.db", "other.db", "text.db", "empty.db", "cut.db"];
    let before: Vec<_> = files.iter().map(|n| fs::read(sandbox.home().join(n)).unwrap()).collect();
    insta::assert_snapshot!(sandbox.play(
        "--db newer.db status
         --db other.db status
         --db text.db status
         --db empty.db status
         --db cut.db status
         --db folder.db status
         --db :memory: status",
    ), @"
    $ --db newer.db status
    --- stderr ---
    error: ~/newer.db was written by a newer milepost (schema 99; this one knows 14)
    hint: install the newer version; the file was not touched
    [exit 3]
    $ --db other.db status
    --- stderr ---
    error: ~/other.db is a SQLite database, but not a milepost record; it was not touched
    hint: name another file with `--db` or MILEPOST_DB
    [exit 3]
    $ --db text.db status
    --- stderr ---
    error: ~/text.db is not a SQLite database; it was not touched
    hint: name another file with `--db` or MILEPOST_DB
    [exit 3]
    $ --db empty.db status
    --- stderr ---
    error: ~/empty.db is empty; it is not a milepost record
    hint: remove it, or name another file with `--db` or MILEPOST_DB
    [exit 3]
    $ --db cut.db status
    --- stderr ---
    error: the record in ~/cut.db is damaged: it is cut off
    hint: `milepost doctor` says what can be done
    [exit 3]
    $ --db folder.db status
    --- stderr ---
    error: ~/folder.db is a directory
    hint: name a file with `--db` or MILEPOST_DB
    [exit 3]
    $ --db :memory: status
    --- stderr ---
    error: `:memory:` is not a file name
    hint: name a file with `--db` or MILEPOST_DB
    [exit 2]
    ");
    for name in files {
        for args in [&["done", "tools/pipes"][..], &["undo"], &["start", "tools"], &[]] {
            let all = ["--db", name].into_iter().chain(args.iter().copied());
            assert_eq!(sandbox.code(all), 3, "{name} {args:?}");
        }
    }
    let after: Vec<_> = files.iter().map(|n| fs::read(sandbox.home().join(n)).unwrap()).collect();
    assert!(before == after, "a refused file was changed");
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_no_place_for_a_record() {
    let sandbox = shelf::home();
    std::os::unix::fs::symlink("nowhere.db", sandbox.home().join("link.db")).unwrap();
    insta::assert_snapshot!(sandbox.run(["--db", "link.db", "start", "tools"]), @"
    --- stderr ---
    error: ~/link.db is a link to a file that is not there
    hint: correct or remove the link
    [exit 3]
    ");
}

#[cfg(target_os = "linux")]
#[test]
fn a_home_that_cannot_be_written_can_still_be_read() {
    let mut sandbox = Sandbox::new();
    // No user can create anything there.
    sandbox.set("HOME", "/proc/nowhere");
    assert_eq!(sandbox.json(["show", "foundations/git"])["status"], "todo");
    insta::assert_snapshot!(sandbox.play(
        "start foundations
         done foundations/git",
    ), @"
    $ start foundations
    --- stderr ---
    error: the record /proc/nowhere/.local/share/milepost/progress.db cannot be created: there is no such file or directory
    hint: check the directory, or name another file with `--db` or MILEPOST_DB
    [exit 1]
    $ done foundations/git
    --- stderr ---
    error: the record /proc/nowhere/.local/share/milepost/progress.db cannot be created: there is no such file or directory
    hint: check the directory, or name another file with `--db` or MILEPOST_DB
    [exit 1]
    ");
}

#[test]
fn what_needs_no_record_works_beside_a_damaged_one_and_says_what_it_leaves_out() {
    let sandbox = Sandbox::new();
    sandbox.write("tools.toml", shelf::TOOLS);
    sandbox.write(".local/share/milepost/progress.db", "this is no record");
    insta::assert_snapshot!(sandbox.play(
        "check tools.toml
         show foundations",
    ), @"
    $ check tools.toml
    1 file: 0 errors, 0 warnings
    --- stderr ---
    warning: what you decided about paths that changed is left out: ~/.local/share/milepost/progress.db is not a SQLite database; it was not touched; `milepost doctor` examines the record
    $ show foundations
    --- stderr ---
    error: ~/.local/share/milepost/progress.db is not a SQLite database; it was not touched
    hint: name another file with `--db` or MILEPOST_DB
    [exit 3]
    ");
    assert_eq!(sandbox.json(["check", "tools.toml"])["errors"], 0);
    // `doctor` has it among its findings.
    let said = sandbox.run(["doctor"]);
    assert!(!said.contains("warning: what you decided"), "{said}");
}
