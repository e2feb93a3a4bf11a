//! `completions`, and the completion of ids that the scripts call back for.

use crate::sandbox::Sandbox;
use crate::shelf;

#[test]
fn every_shell_gets_a_script_that_calls_back() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = sandbox.ok(["completions", shell]);
        assert!(script.contains("MILEPOST_COMPLETE"), "{shell}: {script}");
        let json = sandbox.json(["completions", shell]);
        assert_eq!((&json["shell"], &json["script"]), (&shell.into(), &script.into()));
    }
    insta::assert_snapshot!(sandbox.run(["completions", "tcsh"]), @"
    --- stderr ---
    error: invalid value 'tcsh' for '<SHELL>'
      [possible values: bash, zsh, fish, powershell, elvish]

      tip: a similar value exists: 'zsh'

    For more information, try '--help'.
    [exit 2]
    ");
    assert!(!sandbox.db().exists());
}

/// What fish is offered after these words, the last of which is being typed.
fn offered(sandbox: &Sandbox, words: &[&str]) -> Vec<String> {
    let mut command = sandbox.command();
    command.env("MILEPOST_COMPLETE", "fish").args(["--", "milepost"]).args(words);
    let output = command.output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", sandbox.said(&output));
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().map(|line| line.replace('\t', " | ")).collect()
}

#[test]
fn ids_are_completed_with_their_titles() {
    let sandbox = shelf::following();
    for (words, expected) in [
        (&["done", "pip"][..], &["pipes | Pipes"][..]),
        (
            &["show", "web/a"],
            &["web/apis | APIs", "web/api-videos | APIs on Film", "web/alerts | Alerts"],
        ),
        (&["start", "too"], &["tools | Tools"]),
        (&["start", "pip"], &[]),
        (&["open", "http-g"], &["http-guide | HTTP, a Guide"]),
        (&["note", "nope/x"], &[]),
        (&["stat"], &["status | Say how far you are, and when you arrive"]),
        (&["list", "--kind", "m"], &["milestone"]),
        (&["--color", "n"], &["never | Never"]),
    ] {
        let mut offered = offered(&sandbox, words);
        let mut expected = expected.to_vec();
        offered.sort();
        expected.sort_unstable();
        assert_eq!(offered, expected, "{words:?}");
    }
}

#[test]
fn what_can_be_removed_is_completed() {
    let sandbox = shelf::home();
    assert_eq!(
        offered(&sandbox, &["remove", ""])[..3],
        ["tools | Tools", "web | Web Services", "career | Careers"]
    );
    assert_eq!(offered(&sandbox, &["remove", "ca"]), ["career | Careers"]);
    assert!(offered(&sandbox, &["remove", "ai"]).is_empty(), "what is built in stays");
    assert!(offered(&Sandbox::new(), &["remove", "ca"]).is_empty());
}

#[test]
fn what_is_not_followed_is_completed_behind_its_path() {
    let sandbox = shelf::home();
    assert!(offered(&sandbox, &["done", "pip"]).is_empty());
    assert_eq!(offered(&sandbox, &["done", "tools/pip"]), ["tools/pipes | Pipes"]);
    let paths = offered(&sandbox, &["done", "tool"]);
    assert_eq!(paths, ["tools | Tools"]);
    assert!(!sandbox.db().exists(), "completing writes nothing");
}

#[test]
fn bash_asks_with_the_place_of_the_word() {
    let sandbox = shelf::following();
    let mut command = sandbox.command();
    command.env("MILEPOST_COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", "2");
    command.env("_CLAP_IFS", "\n").env("_CLAP_COMPLETE_COMP_TYPE", "9");
    let output = command.args(["--", "milepost", "done", "scri"]).output().unwrap();
    assert_eq!(sandbox.said(&output).trim_end(), "scripts");
}

#[test]
fn a_broken_record_or_configuration_completes_what_it_can_and_says_nothing() {
    let mut sandbox = shelf::home();
    sandbox.write("foreign.db", "not a database");
    sandbox.set("MILEPOST_DB", "foreign.db");
    assert_eq!(offered(&sandbox, &["done", "tools/pip"]), ["tools/pipes | Pipes"]);
    sandbox.write(".config/milepost/config.toml", "nonsense");
    assert!(offered(&sandbox, &["done", "tools/pip"]).is_empty());
}
