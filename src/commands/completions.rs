//! `milepost completions`, and the completion of ids that its scripts call back for.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, ValueEnum};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::Shells;
use serde::Serialize;

use crate::Io;
use crate::catalog::Source;
use crate::cli::Cli;
use crate::config::Config;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::career::Career;
use crate::model::roadmap::{CAREER, Node};
use crate::output::Output;
use crate::text::safe;

/// The variable by which a completion script asks; its value is the shell.
const VARIABLE: &str = "MILEPOST_COMPLETE";

/// Print a completion script
///
/// It completes commands, options, and the ids of paths and items.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  source <(milepost completions bash)              in ~/.bashrc
  source <(milepost completions zsh)               in ~/.zshrc
  milepost completions fish | source               in ~/.config/fish/config.fish")]
pub struct Args {
    /// The shell
    shell: Shell,
}

#[derive(Serialize)]
struct Report {
    shell: String,
    script: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

/// Runs the command.
///
/// # Errors
/// The script cannot be made.
pub fn run(args: &Args, out: &mut Output<'_, '_>) -> Result<()> {
    let name = args.shell.to_possible_value();
    let name = name.as_ref().map_or("", |value| value.get_name());
    let failed = |why: &str| Error::failed(format!("no script can be made for {name}{why}"));
    let shells = Shells::builtins();
    let shell = shells.completer(name).ok_or_else(|| failed(""))?;
    let mut script = Vec::new();
    shell
        .write_registration(VARIABLE, "milepost", "milepost", "milepost", &mut script)
        .map_err(|error: std::io::Error| failed(&format!(": {error}")))?;
    let script = String::from_utf8_lossy(&script).into_owned();
    let report = Report { shell: name.to_owned(), script };
    out.report("completions", &report, |report, _| report.script.clone())
}

/// Answers a completion script; none where this is an ordinary run.
pub fn complete(args: &[OsString], io: &mut Io<'_>) -> Option<ExitCode> {
    let name = (io.env)(VARIABLE).filter(|name| !name.is_empty())?;
    let shells = Shells::builtins();
    let shell = shells.completer(name.to_str()?)?;
    let typed = args.iter().skip_while(|arg| *arg != "--").skip(1).cloned().collect();
    let folder = std::env::current_dir().ok();
    let mut command = Cli::command();
    command.build();
    let mut answer = Vec::new();
    // A shell that gets no answer completes nothing; a message would end up in the command line.
    let done = shell.write_complete(&mut command, typed, folder.as_deref(), &mut answer);
    let written = done.is_ok() && io.stdout.write_all(&answer).is_ok();
    Some(if written { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Completes references: ids of followed paths, and `path/item` of any.
pub fn references() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| candidates(current, true))
}

/// Completes ids of paths.
pub fn paths() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| candidates(current, false))
}

/// Completes what can be removed: ids of paths of one's own, and `career` where there is one.
pub fn removable() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let (Some(typed), Some(context)) = (current.to_str(), context()) else {
            return Vec::new();
        };
        let catalog = context.catalog();
        let paths = catalog.all().into_iter().map(|(path, source)| (&path.id, &path.title, source));
        let mut own: Vec<CompletionCandidate> = paths
            .filter(|(id, _, source)| *source != Source::BuiltIn && id.starts_with(typed))
            .map(|(id, title, _)| candidate(id.clone(), title))
            .collect();
        if CAREER.starts_with(typed) && catalog.career_source() != Source::BuiltIn {
            let title = catalog.career().map_or("", |career| &career.title);
            own.push(candidate(CAREER.to_owned(), title));
        }
        own
    })
}

/// Completes ids of skill areas.
pub fn areas() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        of_career(current, |career| {
            career.areas.iter().map(|area| (area.id.as_str(), area.title.as_str())).collect()
        })
    })
}

/// Completes ids of roles.
pub fn roles() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        of_career(current, |career| {
            career.roles.iter().map(|role| (role.id.as_str(), role.title.as_str())).collect()
        })
    })
}

fn of_career(
    current: &OsStr,
    names: impl Fn(&Career) -> Vec<(&str, &str)>,
) -> Vec<CompletionCandidate> {
    let (Some(typed), Some(context)) = (current.to_str(), context()) else {
        return Vec::new();
    };
    let names = context.catalog().career().map(names).unwrap_or_default();
    let begun = names.into_iter().filter(|(id, _)| id.starts_with(typed));
    begun.map(|(id, title)| candidate(id.to_owned(), title)).collect()
}

#[expect(clippy::disallowed_methods, reason = "a completion script hands no environment over")]
fn context() -> Option<Context> {
    let env = |name: &str| std::env::var_os(name);
    Config::resolve(None, None, &env).ok().map(Context::new)
}

fn candidate(value: String, title: &str) -> CompletionCandidate {
    CompletionCandidate::new(value).help(Some(safe::line(title).into_owned().into()))
}

fn candidates(current: &OsStr, with_items: bool) -> Vec<CompletionCandidate> {
    let (Some(typed), Some(context)) = (current.to_str(), context()) else {
        return Vec::new();
    };
    let catalog = context.catalog();
    if let Some((path, _)) = typed.split_once('/').filter(|_| with_items) {
        let Some(roadmap) = catalog.roadmap(path) else {
            return Vec::new();
        };
        return roadmap
            .ids()
            .map(|id| (format!("{path}/{id}"), roadmap.node(id)))
            .filter(|(value, _)| value.starts_with(typed))
            .map(|(value, node)| candidate(value, node.map_or("", |node| node.title())))
            .collect();
    }
    let all = catalog.all();
    let mut found: Vec<CompletionCandidate> = all
        .iter()
        .filter(|(roadmap, _)| roadmap.id.starts_with(typed))
        .map(|(roadmap, _)| candidate(roadmap.id.clone(), &roadmap.title))
        .collect();
    if with_items {
        let standing = context.standing().unwrap_or_default();
        for roadmap in context.followed(&standing) {
            for id in roadmap.ids().filter(|id| id.starts_with(typed)) {
                let title = roadmap.node(id).as_ref().map_or("", Node::title);
                found.push(candidate(id.to_owned(), title));
            }
        }
    }
    found
}
