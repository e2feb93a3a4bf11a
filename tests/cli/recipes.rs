//! The recipes of `docs/prompt.md`, where what they are for is installed: each shows the line, with its
//! percent sign, and nothing where there is no record.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::engines;
use crate::pty::Terminal;
use crate::sandbox::Sandbox;
use crate::shelf;

const LINE: &str = "web 58.8%, 222d left";

/// The blocks of the page in a language.
fn blocks(language: &str) -> Vec<String> {
    let page = include_str!("../../docs/prompt.md");
    let begin = format!("```{language}\n");
    let blocks = page.split(&begin).skip(1).map(|rest| rest.split("```").next().unwrap());
    let blocks: Vec<String> = blocks.map(str::to_owned).collect();
    assert!(!blocks.is_empty(), "{language}");
    blocks
}

/// A program in a home, which finds milepost. `None` if it is not installed, with a message.
fn installed(sandbox: &Sandbox, name: &str) -> Option<Command> {
    let Some(program) = engines::program(&[name]) else {
        engines::missing(&format!("there is no {name} here"));
        return None;
    };
    let ours = Path::new(env!("CARGO_BIN_EXE_milepost")).parent().unwrap();
    let mut command = Command::new(program);
    command.env_clear().env("HOME", sandbox.home()).current_dir(sandbox.home());
    command.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", ours.display()));
    command.env("MILEPOST_NOW", crate::sandbox::NOW).env("TZ", "UTC").env("LANG", "C.UTF-8");
    command.stdin(Stdio::null());
    Some(command)
}

/// What a shell shows in a home with a record, and in one without.
fn shown(shell: &str, args: &[&str], script: &str) -> Option<[String; 2]> {
    let show = |sandbox: Sandbox| {
        let mut command = installed(&sandbox, shell)?;
        let output = command.args(args).arg(script).output().unwrap();
        Some(sandbox.said(&output))
    };
    Some([show(shelf::lived_in())?, show(shelf::home())?])
}

#[test]
fn bash() {
    let script = format!("PS1='> '\n{}echo \"${{PS1@P}}|\"", blocks("bash")[0]);
    let Some(shown) = shown("bash", &["--norc", "-c"], &script) else { return };
    assert_eq!(shown, [format!("[{LINE}] > |\n"), "> |\n".to_owned()]);
}

#[test]
fn zsh() {
    let script = format!("{}print -P \"$RPROMPT|\"", blocks("zsh")[0]);
    let Some(shown) = shown("zsh", &["-f", "-c"], &script) else { return };
    assert_eq!(shown, [format!("{LINE}|\n"), "|\n".to_owned()]);
}

#[test]
fn fish() {
    let script = format!("{}fish_right_prompt", blocks("fish")[0]);
    let Some(shown) = shown("fish", &["--no-config", "-c"], &script) else { return };
    assert_eq!(shown, [format!("{LINE}\n"), String::new()]);
}

#[test]
#[ignore = "needs tmux; the gate runs it"]
fn tmux() {
    let sandbox = shelf::lived_in();
    sandbox.write("tmux.conf", &blocks("tmux")[0]);
    let tmux = |args: &[&str]| {
        let mut command = installed(&sandbox, "tmux")?;
        command.args(["-S", "socket", "-f", "tmux.conf"]).args(args);
        Some(command)
    };
    let Some(mut session) = tmux(&["new-session", "sleep 60"]) else { return };
    let mut terminal = Terminal::run(&mut session, (5, 100));
    let screen = terminal.shows(LINE);
    tmux(&["kill-server"]).unwrap().output().unwrap();
    // The time behind it is not cut off.
    let (_, time) = screen.split_once(LINE).unwrap();
    assert!(time.trim_end().ends_with(|last: char| last.is_ascii_digit()), "{screen}");
}

#[test]
#[ignore = "needs systemd; the gate runs it"]
fn systemd() {
    let sandbox = shelf::home();
    let units = blocks("ini");
    let names = ["sync.service", "sync.timer", "plan.service", "plan.timer"];
    assert_eq!(units.len(), names.len());
    let Some(mut command) = installed(&sandbox, "systemd-analyze") else { return };
    // It looks whether the program is there.
    std::fs::create_dir_all(sandbox.home().join(".cargo/bin")).unwrap();
    let program = sandbox.home().join(".cargo/bin/milepost");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_milepost"), program).unwrap();
    command.env("XDG_RUNTIME_DIR", sandbox.home()).args(["verify", "--user"]);
    for (name, unit) in names.iter().zip(&units) {
        let file = sandbox.write(&format!("units/milepost-{name}"), unit);
        command.arg(file);
    }
    assert_eq!(sandbox.said(&command.output().unwrap()), "");
    for line in units.iter().flat_map(|unit| unit.lines()) {
        if let Some(words) = line.strip_prefix("ExecStart=%h/.cargo/bin/milepost ") {
            takes(words);
        }
    }
}

#[test]
fn cron_and_the_others_name_commands_that_there_are() {
    for line in blocks("crontab")[0].lines() {
        let (_, words) = line.split_once("/milepost\" ").unwrap();
        takes(words.strip_suffix(" >/dev/null").unwrap_or(words));
    }
    for block in [blocks("toml"), blocks("json")].concat() {
        let (_, words) = block.split_once("\"milepost ").unwrap();
        takes(words.split('"').next().unwrap());
    }
}

/// The command line can be read.
fn takes(words: &str) {
    let read = <milepost::cli::Cli as clap::CommandFactory>::command()
        .try_get_matches_from(std::iter::once("milepost").chain(words.split(' ')));
    assert!(read.is_ok(), "{words}");
}
