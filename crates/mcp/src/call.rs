//! One call: the record, the paths and the clock are opened for it and closed after it, off the thread
//! that talks with the client, and within a time.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use milepost::config::{Colour, Config};
use milepost::context::Context;
use milepost::error::{Code, Error, Result};
use milepost::words;
use milepost_core::Actor;
use rmcp::RoleServer;
use rmcp::service::RequestContext;
use tokio::task::JoinError;

/// The longest that a client waits for an answer. It is longer than a command waits for a record that
/// another program keeps locked, so that the error can say which of the two it was.
const DEADLINE: Duration = Duration::from_secs(30);

/// Where calls look.
#[derive(Debug, Clone)]
pub(crate) struct World {
    /// The record; where the environment says without one.
    pub(crate) db: Option<PathBuf>,
    /// Whether assistants can record something.
    pub(crate) allow_writes: bool,
}

/// A call that failed, with the warnings that go with it.
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
        let wanted = Arc::new(Wanted::default());
        let by =
            Actor::claimed("mcp", &request.client_info().map_or(String::new(), |one| one.name));
        let mut working = {
            let wanted = wanted.clone();
            tokio::task::spawn_blocking(move || world.work(by, wanted, work))
        };
        let given_up = tokio::select! {
            done = &mut working => return done.unwrap_or_else(|error| Err(broken(&error).into())),
            () = request.ct.cancelled() => Error::cancelled(),
            () = tokio::time::sleep(DEADLINE) => words::timed_out(DEADLINE.as_secs()),
        };
        // A call that has not begun never begins, and one that has begun records nothing. If it is
        // recording already, the client gets its answer: it could not know otherwise.
        working.abort();
        if wanted.give_up() {
            return Err(given_up.into());
        }
        working.await.unwrap_or_else(|error| Err(broken(&error).into()))
    }

    fn work<T>(
        &self,
        by: Actor,
        wanted: Arc<Wanted>,
        work: impl FnOnce(&Context) -> Result<T>,
    ) -> std::result::Result<(T, Vec<String>), Failed> {
        let config = Config::resolve(self.db.as_deref(), Some(Colour::Never), &environment)?;
        let mut context = Context::new(config);
        context.app.by = Some(by);
        context.app.is_wanted = Some(Box::new(move || wanted.take()));
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

/// Whether the client still waits for the answer. Once something is being recorded it must wait until
/// that is done, so that it never gives up on a change that is then made anyway.
#[derive(Debug, Default)]
struct Wanted(AtomicU8);

impl Wanted {
    const GIVEN_UP: u8 = 1;
    const TAKEN: u8 = 2;

    /// Gives up; false if something is being recorded, or was.
    fn give_up(&self) -> bool {
        self.0.compare_exchange(0, Self::GIVEN_UP, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    /// Whether something can be recorded: not after it was given up.
    fn take(&self) -> bool {
        self.0.compare_exchange(0, Self::TAKEN, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }
}

fn broken(error: &JoinError) -> Error {
    Error::new(Code::Internal, format!("the call broke off: {error}"))
}

#[expect(clippy::disallowed_methods, reason = "the one place where the environment comes in")]
fn environment(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_up_is_not_recorded_and_what_is_being_recorded_is_not_given_up() {
        let wanted = Wanted::default();
        assert!(wanted.give_up());
        assert!(!wanted.take());
        let wanted = Wanted::default();
        assert!(wanted.take());
        assert!(!wanted.give_up());
    }
}
