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
    error: `milepost completions` does not take `tcsh`
    hint: choose from bash, zsh, fish, powershell, elvish
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
        (&["stat"], &["status | Show how far you are, and when you arrive"]),
        (&["list", "--kind", "m"], &["milestone"]),
        (&["--color", "n"], &["never | Never"]),
        (
            &["config", "get", "co"],
            &[
                "color | When to use color",
                "copies | Whether a copy of the record is kept each day",
            ],
        ),
        (&["config", "set", "color", "a"], &["auto", "always"]),
        (&["config", "set", "copies", "t"], &["true"]),
        (&["config", "set", "name", "a"], &[]),
        (&["config", "unset", "n"], &[]),
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

/// What bash is offered for a line up to the cursor, where it replaces this part of it.
fn offered_in_bash(sandbox: &Sandbox, line: &str, replaced: &str) -> String {
    let mut command = sandbox.command();
    command.env("MILEPOST_COMPLETE", "bash").args(["--", line, replaced]);
    let output = command.output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", sandbox.said(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn bash_asks_with_the_line() {
    let sandbox = shelf::following();
    assert_eq!(offered_in_bash(&sandbox, "milepost done scri", "scri"), "scripts \n");
    assert_eq!(
        offered_in_bash(&sandbox, "milepost show web/question:idem", "idem"),
        "idempotency \n"
    );
    sandbox.write("my own.toml", "");
    assert_eq!(offered_in_bash(&sandbox, "milepost check my", "my"), "my\\ own.toml \n");
    assert_eq!(offered_in_bash(&sandbox, "milepost check 'my o", "my o"), "my own.toml' \n");
}

/// The words without their titles.
fn names(sandbox: &Sandbox, words: &[&str]) -> Vec<String> {
    let offered = offered(sandbox, words).into_iter();
    let names = offered.map(|one| one.split(" | ").next().unwrap().to_owned());
    // Options can always follow.
    names.filter(|name| !name.starts_with('-')).collect()
}

#[test]
fn a_command_is_offered_what_it_can_do_something_with() {
    let sandbox = shelf::following();
    let has = |words: &[&str], name: &str| names(&sandbox, words).contains(&name.to_owned());
    assert!(has(&["done", "pi"], "pipes") && !has(&["todo", "pi"], "pipes"));
    sandbox.ok(["doing", "scripts"]);
    assert!(!has(&["doing", "scr"], "scripts") && has(&["todo", "scr"], "scripts"));
    assert!(has(&["done", "scr"], "scripts") && has(&["skip", "scr"], "scripts"));
    sandbox.ok(["done", "pipes"]);
    assert!(!has(&["done", "pi"], "pipes") && !has(&["skip", "tools/pi"], "tools/pipes"));
    assert!(has(&["todo", "pi"], "pipes") && has(&["note", "pi"], "pipes"));
    // What it is part of counts as far as something is left.
    assert!(has(&["todo", "too"], "tools") && has(&["done", "too"], "tools"));
    sandbox.ok(["done", "tools", "--yes"]);
    assert!(!has(&["doing", "tools/"], "tools/shell"));
    let followed = names(&sandbox, &["stop", ""]);
    assert!(followed.contains(&"tools".to_owned()), "{followed:?}");
    assert!(!followed.contains(&"ai-integration".to_owned()), "{followed:?}");
}

#[test]
fn options_are_offered_their_values() {
    let sandbox = shelf::following();
    for (words, name) in [
        (&["list", "--topic", "sh"][..], "shell"),
        (&["list", "--stage", ""], "first"),
        (&["done", "--on", "y"], "yesterday"),
        (&["interview", "--practice", ""], "design"),
        (&["show", "web/question:"], "web/question:idempotency"),
        (&["show", "web/q"], "web/question:"),
    ] {
        let offered = names(&sandbox, words);
        assert!(offered.contains(&name.to_owned()), "{words:?}: {offered:?}");
    }
}

#[test]
fn the_record_is_that_of_the_line() {
    let sandbox = shelf::following();
    sandbox.ok(["--db", "other.db", "start", "foundations"]);
    assert_eq!(names(&sandbox, &["--db", "other.db", "stop", ""]), ["foundations"]);
    assert_eq!(names(&sandbox, &["--db=other.db", "stop", ""]), ["foundations"]);
    assert_eq!(names(&sandbox, &["--db", "~/other.db", "stop", ""]), ["foundations"]);
    assert_eq!(names(&sandbox, &["--db", "none.db", "stop", ""]), [""; 0]);
    assert!(!sandbox.home().join("none.db").exists());
}

#[test]
fn who_completes_waits_for_nobody() {
    let sandbox = shelf::following();
    assert!(!names(&sandbox, &["stop", ""]).is_empty());
    let other = rusqlite::Connection::open(sandbox.db()).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let mut command = sandbox.command();
    command.env("MILEPOST_COMPLETE", "fish").args(["--", "milepost", "stop", "t"]);
    let mut asking = command.stdout(std::process::Stdio::piped()).spawn().unwrap();
    // Who waits is let through before its patience ends, and then knows what is followed.
    let tries = (0..800).take_while(|_| asking.try_wait().unwrap().is_none());
    tries.for_each(|_| std::thread::sleep(std::time::Duration::from_millis(10)));
    other.execute_batch("COMMIT").unwrap();
    let answer = asking.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&answer.stdout), "", "it waited");
    assert_eq!(names(&sandbox, &["stop", "t"]), ["tools"]);
}

#[test]
fn only_keys_that_the_file_has_can_be_unset() {
    let sandbox = Sandbox::new();
    sandbox.ok(["config", "set", "name", "Anna"]);
    sandbox.ok(["config", "set", "copies", "false"]);
    let names = |word| offered(&sandbox, &["config", "unset", word]);
    assert_eq!(names("")[..2], ["name | Anna", "copies | false"]);
    assert_eq!(names("c"), ["copies | false"]);
    assert!(names("h").is_empty());
}

/// What a real shell says that finds the program; `None` if the shell is not installed, with a message.
fn shell(sandbox: &Sandbox, name: &str, args: &[&str], script: &str) -> Option<String> {
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_milepost")).parent().unwrap();
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", binary.display());
    let script = sandbox.write("session", script);
    let mut command = std::process::Command::new(name);
    command.args(args).arg(script).env_clear().env("HOME", sandbox.home()).env("PATH", path);
    command.env("MILEPOST_NOW", crate::sandbox::NOW).env("TZ", "UTC").env("TERM", "dumb");
    let command = command.current_dir(sandbox.home()).stdin(std::process::Stdio::null());
    match command.output() {
        Ok(output) => Some(sandbox.said(&output)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            crate::engines::missing(&format!("there is no {name} here"));
            None
        }
        Err(error) => panic!("{name}: {error}"),
    }
}

/// A home with names that a shell has to quote.
fn with_names() -> Sandbox {
    let sandbox = shelf::following();
    sandbox.write("my own.toml", "");
    sandbox.write("docs of mine/a.toml", "");
    sandbox.write("$x*.toml", "");
    sandbox
}

#[test]
fn a_real_bash_completes() {
    let sandbox = with_names();
    let script = r#"
        source <(milepost completions bash)
        ask() {
            COMP_LINE="$1" COMP_POINT=${#1}
            _milepost milepost "$2" milepost
            printf '<%s>' "${COMPREPLY[@]}"; echo
        }
        ask 'milepost done scri' scri
        ask 'milepost check my' my
        ask 'milepost check "my o' 'my o'
        ask 'milepost check ~/my\ o' '~/my\ o'
        ask 'milepost check docs' docs
        ask 'milepost check \$' '\$'
        ask 'milepost show web/question:idem' idem
        ask 'milepost done nothing' nothing
    "#;
    let Some(said) = shell(&sandbox, "bash", &["--norc"], script) else { return };
    let expected = [
        "<scripts >",
        r"<my\ own.toml >",
        "<my own.toml\" >",
        r"<~/my\ own.toml >",
        r"<docs\ of\ mine/>",
        r"<\$x\*.toml >",
        "<idempotency >",
        "<>",
    ];
    assert_eq!(said.lines().collect::<Vec<_>>(), expected, "{said}");
}

#[test]
fn a_real_fish_completes() {
    let sandbox = with_names();
    let script = r#"
        milepost completions fish | source
        for line in 'milepost done scri' 'milepost check my' 'milepost check my\ o' 'milepost check "my o' \
            'milepost check docs' 'milepost show web/question:idem' 'milepost --db ~/no done nothing'
            echo (complete -C $line | string join '|')
        end
    "#;
    let Some(said) = shell(&sandbox, "fish", &["--no-config"], script) else { return };
    let lines: Vec<&str> = said.lines().map(|line| line.split('\t').next().unwrap()).collect();
    let expected = [
        "scripts",
        "my own.toml",
        "my own.toml",
        "my own.toml",
        "docs of mine/",
        "web/question:idempotency",
        "",
    ];
    assert_eq!(lines, expected, "{said}");
}

#[test]
fn a_real_zsh_completes() {
    let sandbox = with_names();
    // The inner shell completes as at a terminal; a key shows what then stands on its line.
    let script = r#"
        zmodload zsh/zpty || exit 3
        zpty inner "zsh -f -i"
        send() { zpty -w inner "$1" }
        send 'PS1=; setopt zle; bindkey -e; source <(milepost completions zsh)'
        send 'shown() { print -r -- "[[$BUFFER]]"; BUFFER=; }; zle -N shown; bindkey "^X" shown; print rea""dy'
        zpty -r -m inner all '*ready*'
        while IFS= read -r line; do
            zpty -w -n inner "$line"$'\t\x18'
            zpty -r -m inner all '*\[\[*\]\]*'
            all="${all##*\[\[}"; print -r -- "<${all%%\]\]*}>"
        done < lines
        zpty -d inner
    "#;
    sandbox.write(
        "lines",
        "milepost done scri\nmilepost check my\nmilepost check ~/my\nmilepost check ~/my\\ o\n\
         milepost check docs\nmilepost --db ~/no\nmilepost show web/question:idem\n",
    );
    sandbox.write("no.db", "");
    let Some(said) = shell(&sandbox, "zsh", &["-f"], script) else { return };
    let expected = [
        "<milepost done scripts >",
        r"<milepost check my\ own.toml >",
        r"<milepost check ~/my\ own.toml >",
        r"<milepost check ~/my\ own.toml >",
        r"<milepost check docs\ of\ mine/>",
        "<milepost --db ~/no.db >",
        "<milepost show web/question:idempotency >",
    ];
    assert_eq!(said.lines().collect::<Vec<_>>(), expected, "{said}");
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
