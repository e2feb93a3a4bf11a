//! One call of a remote: on a connection that is made when it is needed, made anew where it breaks, and within
//! its time.

use std::time::{Duration, Instant};

use milepost::prompt::{Prompt, Terminal};
use milepost_core::sync::database::{Database, Session};
use milepost_core::sync::remote::RemoteError;
use tokio::runtime::Runtime;
use tokio_postgres::Client;

use crate::address::Address;
use crate::connect::{Open, connect};
use crate::environment;
use crate::failure::{Failure, MOST_BREAKS, Retry, pause};
use crate::password::Sources;

/// How long a server is told that it is over.
const PARTING: Duration = Duration::from_millis(100);

/// Who asks a database.
pub(crate) struct Caller {
    address: Result<Address, String>,
    sources: Sources,
    session: Session,
    /// The password that the person gave.
    typed: Option<Vec<u8>>,
    line: Line,
}

/// A connection, and what drives it while something is waited for.
#[derive(Default)]
struct Line {
    /// There from the first call until it is dropped.
    runtime: Option<Runtime>,
    open: Option<Open>,
}

impl Drop for Line {
    fn drop(&mut self) {
        let Some(runtime) = self.runtime.take() else { return };
        if let Some(Open { client, driven }) = self.open.take() {
            // The server is told, if the network lets that through at once.
            drop(client);
            let _ = runtime.block_on(async { tokio::time::timeout(PARTING, driven).await });
        }
        // The name of a host might still be looked up, which nobody waits for any longer.
        runtime.shutdown_background();
    }
}

impl Caller {
    /// For a database. Nobody is asked yet.
    pub(crate) fn new(database: &Database, session: Session) -> Self {
        let login = ["PGUSER", "USER", "LOGNAME", "USERNAME"];
        let login = login.into_iter().find_map(environment::text);
        Self {
            address: Address::read(database.as_str(), login),
            sources: Sources::of_environment(),
            session,
            typed: None,
            line: Line::default(),
        }
    }

    /// Does something on a connection: on another one where this one breaks, and again where others were in
    /// the way, until the time is over.
    pub(crate) fn call<T>(
        &mut self,
        work: impl AsyncFn(&Client) -> Result<T, Failure>,
    ) -> Result<T, RemoteError> {
        let address = match &self.address {
            Ok(address) => address,
            Err(why) => return Err(RemoteError::Foreign { said: why.clone() }),
        };
        let time = self.session.time;
        let mut end = Instant::now() + time;
        let (mut breaks, mut tries) = (0, 0);
        loop {
            let Line { runtime, open } = &mut self.line;
            let runtime = match runtime {
                Some(runtime) => &*runtime,
                none => none.insert(new_runtime()?),
            };
            let left = end.saturating_duration_since(Instant::now());
            let (sources, typed) = (&self.sources, self.typed.as_deref());
            let attempt = async {
                if open.as_ref().is_none_or(|open| open.client.is_closed()) {
                    *open = Some(connect(address, sources, typed).await?);
                }
                match open {
                    Some(open) => work(&open.client).await,
                    None => Err(Failure::Unreachable(String::new())),
                }
            };
            let done = runtime.block_on(async { tokio::time::timeout(left, attempt).await });
            let Ok(done) = done else {
                self.line.open = None;
                return Err(RemoteError::TimedOut { after: time });
            };
            let failure = match done {
                Ok(done) => return Ok(done),
                Err(failure) => failure,
            };
            match failure.retry() {
                Retry::Conflict => {}
                Retry::Broken => {
                    self.line.open = None;
                    breaks += 1;
                    if breaks > MOST_BREAKS {
                        return Err(failure.told());
                    }
                }
                Retry::Never => {
                    let asks = matches!(failure, Failure::NoPassword)
                        && self.session.can_ask
                        && self.typed.is_none();
                    if !asks {
                        return Err(failure.told());
                    }
                    let role = milepost_path::safe::short(&address.user, 60);
                    let typed = match ask(&format!("Password of {role} (not shown)")) {
                        Ok(Some(typed)) => typed,
                        Ok(None) => return Err(failure.told()),
                        Err(_) => return Err(Failure::Cancelled.told()),
                    };
                    self.typed = Some(typed.into_bytes());
                    end = Instant::now() + time;
                    continue;
                }
            }
            let left = end.saturating_duration_since(Instant::now());
            std::thread::sleep(pause(tries).min(left));
            tries += 1;
        }
    }
}

fn new_runtime() -> Result<Runtime, RemoteError> {
    let built = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build();
    built.map_err(|error| RemoteError::Unreachable { said: error.to_string() })
}

/// Asks the person at the terminal.
fn ask(question: &str) -> milepost::error::Result<Option<String>> {
    Terminal::new(environment::variable).secret(question)
}
