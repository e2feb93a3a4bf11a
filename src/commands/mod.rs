//! The commands: one file a verb, with its arguments and help, what it asks, and the text of its
//! report. What several verbs share stands in [`shared`]; a command calls no other command.

pub mod add;
pub mod assess;
pub mod away;
pub mod backup;
pub mod check;
pub mod compare;
pub mod completions;
pub mod config;
pub mod dashboard;
pub mod doctor;
pub mod doing;
pub mod done;
pub mod export;
pub mod fmt;
pub mod hide;
pub mod import;
pub mod interview;
pub mod link;
pub mod list;
pub mod log;
pub mod mcp;
pub mod new;
pub mod next;
pub mod note;
pub mod open;
pub mod paths;
pub mod plan;
pub mod redact;
pub mod redo;
pub mod remove;
pub mod restore;
pub mod roles;
pub mod schema;
pub mod search;
pub mod shared;
pub mod show;
pub mod skip;
pub mod snooze;
pub mod start;
pub mod status;
pub mod stop;
pub mod study;
pub mod sync;
pub mod todo;
pub mod undo;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::{Outcome, Result};
use crate::output::Output;

/// Makes of a list of modules, by what somebody wants to do, the commands, what runs them, and the way to
/// have one of them without the others.
macro_rules! commands {
    ($($group:literal: $($name:ident($module:ident)),*;)*) => {
        // A doc comment here would take the place of that of the program.
        #[derive(Debug, Subcommand)]
        #[expect(missing_docs, reason = "each is documented at its Args, where its help comes from")]
        pub enum Command {
            $($($name($module::Args),)*)*
        }

        impl Command {
            /// The names of the commands, by what somebody wants to do.
            pub(crate) const GROUPS: &[(&str, &[&str])] =
                &[$(($group, &[$(stringify!($module)),*])),*];

            /// Runs the command.
            ///
            /// # Errors
            /// See the command.
            pub fn run(&self, context: &Context, out: &mut Output<'_, '_>) -> Result<Outcome> {
                match self {
                    $($(Self::$name(args) => $module::run(args, context, out).map(Into::into),)*)*
                }
            }

            /// The arguments of one command, by its name.
            pub(crate) fn alone(name: &str) -> Option<clap::Command> {
                match name {
                    $($(stringify!($module) => {
                        Some($module::Args::augment_args(clap::Command::new(stringify!($module))))
                    })*)*
                    _ => None,
                }
            }
        }
    };
}

commands! {
    "Follow a path": Paths(paths), Compare(compare), Start(start), Stop(stop);
    "See where you are, and what is next":
        Next(next), Plan(plan), Status(status), Log(log), Snooze(snooze), Away(away);
    "Record what you do":
        Done(done), Doing(doing), Skip(skip), Todo(todo), Study(study), Note(note), Undo(undo), Redo(redo),
        Redact(redact);
    "Look something up": Show(show), List(list), Search(search), Open(open);
    "Find a role, and show what you can do":
        Assess(assess), Roles(roles), Interview(interview), Export(export);
    "Use paths of your own":
        New(new), Check(check), Fmt(fmt), Schema(schema), Add(add), Remove(remove), Hide(hide), Link(link);
    "Keep your record": Sync(sync), Import(import), Backup(backup), Restore(restore), Doctor(doctor);
    "Set it up, and use it from elsewhere": Config(config), Mcp(mcp), Completions(completions);
}
