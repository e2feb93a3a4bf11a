//! The help of the program itself: its commands by what you want to do, and what it reads from the
//! environment. clap knows one long list of commands only.

use super::{EXAMPLES, STYLES};
use crate::commands::Command;
use crate::text::width::{columns, wrap_indented};

/// What the environment can say, and of what.
const ENVIRONMENT: [(&str, &str); 9] = [
    ("MILEPOST_DB", "The record, unless --db names one"),
    ("MILEPOST_CONFIG", "The configuration directory, with config.toml and your paths"),
    ("MILEPOST_PATHS", "The files and folders with your paths, if they are somewhere else"),
    ("MILEPOST_SYNC_KEY", "The key for `sync`, on a machine that must not store it"),
    ("MILEPOST_NOW", "Another time than now, such as 2026-11-20T09:30:00Z"),
    ("VISUAL, EDITOR", "The editor for your notes and `config edit`"),
    ("COLUMNS", "How wide an answer can be"),
    ("NO_COLOR", "If it is set, no colors"),
    ("CLICOLOR_FORCE", "If it is 1, colors even in a pipe"),
];

const PRECEDENCE: &str =
    "A flag takes precedence over the environment, and the environment over config.toml.";

const DOCUMENTATION: &str = "`milepost COMMAND --help` begins with examples. The documentation is in \
                             docs/, beside the source code: begin with docs/tour.md.";

/// Beside a name, a text needs so many columns; on a narrower screen it stands below it.
const ROOM: usize = 22;

/// The program with this help, for so many columns.
pub(super) fn of_program(program: clap::Command, wide: usize) -> clap::Command {
    // What an example is for stands three blanks behind it.
    let examples: Vec<(&str, &str)> =
        EXAMPLES.lines().filter_map(|line| line.trim().split_once("   ")).collect();
    let about = |name: &'static str| {
        let about = program.find_subcommand(name).and_then(clap::Command::get_about);
        (name, about.map(ToString::to_string).unwrap_or_default())
    };
    let of_commands = longest(Command::GROUPS.iter().flat_map(|(_, names)| *names));
    let mut text = heading("Examples");
    text.push_str(&rows(
        examples.iter().copied(),
        longest(examples.iter().map(|(line, _)| line)),
        wide,
    ));
    text.push_str("\n{about-with-newline}\n{usage-heading} {usage}\n");
    for (group, names) in Command::GROUPS {
        text.push_str(&format!("\n{}", heading(group)));
        text.push_str(&rows(names.iter().map(|name| about(name)), of_commands, wide));
    }
    text.push_str(&format!("\n{}{{options}}{{after-help}}", heading("Options")));
    let of_environment = longest(ENVIRONMENT.iter().map(|(name, _)| name));
    let mut more = heading("Environment") + &rows(ENVIRONMENT, of_environment, wide);
    for sentence in [PRECEDENCE, DOCUMENTATION] {
        more.push_str(&format!("\n{}", wrap_indented("", "", sentence, wide)));
    }
    program.term_width(wide).help_template(text).after_long_help(more)
}

fn heading(text: &str) -> String {
    let header = STYLES.get_header();
    format!("{header}{text}:{header:#}\n")
}

fn longest<'n>(names: impl IntoIterator<Item = &'n &'n str>) -> usize {
    names.into_iter().map(|name| columns(name)).max().unwrap_or_default()
}

/// Names, of which the longest has so many columns, each with what it is beside it or, on a narrow screen,
/// below it.
fn rows<'n, T: AsRef<str>>(
    rows: impl IntoIterator<Item = (&'n str, T)>,
    longest: usize,
    wide: usize,
) -> String {
    let literal = STYLES.get_literal();
    let beside = 2 + longest + 2;
    let mut text = String::new();
    for (name, what) in rows {
        let name_only = format!("  {literal}{name}{literal:#}");
        let blanks = " ".repeat(longest + 2 - columns(name));
        text.push_str(&if wide >= beside + ROOM {
            let name = format!("{name_only}{blanks}");
            wrap_indented(&name, &" ".repeat(beside), what.as_ref(), wide)
        } else {
            format!("{name_only}\n{}", wrap_indented("      ", "      ", what.as_ref(), wide))
        });
    }
    text
}
