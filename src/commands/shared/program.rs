//! The other programs of milepost: each is installed separately, in the same version as this one, and
//! takes the place of this process.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use milepost_path::safe;

use crate::error::{Code, Error, Result, reason};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// One of them.
pub(in crate::commands) struct Program {
    /// Its name, and that of its package.
    pub name: &'static str,
    /// What it is, in a few words that follow its name.
    pub purpose: &'static str,
}

impl Program {
    /// Goes on as this program. It returns only an error: the program is not installed, has another
    /// version, or cannot be run.
    pub(in crate::commands) fn become_it<A: Into<OsString>>(
        &self,
        args: impl IntoIterator<Item = A>,
    ) -> Error {
        let found = match self.find() {
            Ok(found) => found,
            Err(error) => return error,
        };
        let mut command = Command::new(&found);
        command.args(args.into_iter().map(Into::into));
        self.not_run(&found, &become_it(command))
    }

    /// The program beside this one, else on PATH; it must have the same version.
    fn find(&self) -> Result<OsString> {
        let Self { name, purpose } = self;
        let beside = || -> Option<PathBuf> {
            let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
            Some(std::env::current_exe().ok()?.parent()?.join(name))
        };
        let candidates = beside().map(PathBuf::into_os_string).into_iter().chain([name.into()]);
        for candidate in candidates {
            let asked = Command::new(&candidate).arg("--version").stdin(Stdio::null()).output();
            let said = match asked {
                Ok(output) => String::from_utf8_lossy(&output.stdout).trim().to_owned(),
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(self.not_run(&candidate, &error)),
            };
            if said == format!("{name} {VERSION}") {
                return Ok(candidate);
            }
            let shown = safe::short(&said, 60);
            return Err(Error::new(
                Code::NoProgram,
                format!("{name} says that it is `{shown}`, and this is milepost {VERSION}"),
            )
            .hint(self.install()));
        }
        Err(Error::new(Code::NoProgram, format!("{name}, {purpose}, is not installed"))
            .hint(self.install())
            .hint("or put it beside `milepost`, or into a directory of PATH"))
    }

    fn install(&self) -> String {
        let folder = self.name.trim_start_matches("milepost-");
        format!(
            "in the source code of milepost {VERSION}, `cargo install --path crates/{folder} --locked` \
             installs it"
        )
    }

    fn not_run(&self, found: &OsString, error: &std::io::Error) -> Error {
        let shown = safe::short(&found.to_string_lossy(), 200);
        Error::new(Code::NoProgram, format!("could not start {shown}: {}", reason(error)))
            .hint(self.install())
    }
}

/// Goes on as the other program.
#[cfg(unix)]
fn become_it(mut command: Command) -> std::io::Error {
    use std::os::unix::process::CommandExt;

    command.exec()
}

/// Runs the other program, and ends as it does.
#[cfg(not(unix))]
#[expect(
    clippy::disallowed_methods,
    reason = "nothing is open in a process that another goes on for"
)]
fn become_it(mut command: Command) -> std::io::Error {
    match command.status() {
        Ok(ended) => std::process::exit(ended.code().unwrap_or(1)),
        Err(error) => error,
    }
}
