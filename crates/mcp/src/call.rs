//! One call: the record, the paths and the clock are opened for it and closed after it, off the thread
//! that talks with the client, and within a time.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use milepost::config::{Colour, Config};
use milepost::context::Context;
use milepost::error::{Code, Error, Result};
use milepost::words;
use rmcp::RoleServer;
use rmcp::service::RequestContext;
use tokio::task::JoinError;

/// How long a client waits for an answer at most. Longer than a command waits for a record that another
/// program keeps locked, which is told by a sentence of its own.
const DEADLINE: Duration = Duration::from_secs(30);

/// Where calls look.
#[derive(Debug, Clone)]
pub(crate) struct World {
    /// The record; where the environment says without one.
    pub(crate) db: Option<PathBuf>,
}

/// A call that failed, with what must be told beside it.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) error: Error,
    pub(crate) warnings: Vec<String>,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, warnings: Vec::new() }
    }
}

impl World {
    /// Does the work of a call; gives up when the client does, or when its time is over.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        request: &RequestContext<RoleServer>,
        work: impl FnOnce(&Context) -> Result<T> + Send + 'static,
    ) -> std::result::Result<(T, Vec<String>), Failed> {
        let world = self.clone();
        let mut working = tokio::task::spawn_blocking(move || world.work(work));
        let given_up = tokio::select! {
            done = &mut working => return done.unwrap_or_else(|error| Err(broken(&error).into())),
            () = request.ct.cancelled() => Error::cancelled(),
            () = tokio::time::sleep(DEADLINE) => words::timed_out(DEADLINE.as_secs()),
        };
        // What has not begun does not begin any more.
        working.abort();
        Err(given_up.into())
    }

    fn work<T>(
        &self,
        work: impl FnOnce(&Context) -> Result<T>,
    ) -> std::result::Result<(T, Vec<String>), Failed> {
        let config = Config::resolve(self.db.as_deref(), Some(Colour::Never), &environment)?;
        let context = Context::new(config);
        let done = work(&context);
        let mut warnings: Vec<String> =
            context.app.take_warnings().iter().map(words::warning).collect();
        if let Err(error) = context.app.keep_copy() {
            warnings.push(words::no_copy(error.into()));
        }
        match done {
            Ok(made) => Ok((made, warnings)),
            Err(error) => Err(Failed { error, warnings }),
        }
    }
}

fn broken(error: &JoinError) -> Error {
    Error::new(Code::Internal, format!("the call broke off: {error}"))
}

#[expect(clippy::disallowed_methods, reason = "the one place where the environment comes in")]
fn environment(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}
