//! A plain client, for what a test does beside the program.

use std::future::Future;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tokio_postgres::{Client, Config, Error, NoTls, SimpleQueryMessage};

/// A connection without TLS, which ends in order when it is dropped.
pub struct Session {
    client: Option<Client>,
    connection: Option<JoinHandle<Result<(), Error>>>,
    runtime: Runtime,
}

impl Session {
    pub fn open(config: &Config) -> Result<Self, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut config = config.clone();
        config.connect_timeout(Duration::from_secs(10));
        let (client, connection) = runtime.block_on(config.connect(NoTls))?;
        let connection = Some(runtime.spawn(connection));
        Ok(Self { client: Some(client), connection, runtime })
    }

    /// Runs statements; the rows as `psql -At` has them: `1|two`.
    pub fn sql(&self, statements: &str) -> Result<Vec<String>, Error> {
        let answers = self.wait(self.client().simple_query(statements))?;
        let rows = answers.iter().filter_map(|answer| match answer {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        let text = |row: &tokio_postgres::SimpleQueryRow| {
            let columns: Vec<_> = (0..row.len()).map(|n| row.get(n).unwrap_or_default()).collect();
            columns.join("|")
        };
        Ok(rows.map(text).collect())
    }

    /// What `tokio-postgres` can do besides; `wait` runs it.
    pub fn client(&self) -> &Client {
        self.client.as_ref().unwrap()
    }

    /// Runs the connection until something has come.
    pub fn wait<T>(&self, what: impl Future<Output = T>) -> T {
        self.runtime.block_on(what)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        drop(self.client.take());
        if let Some(connection) = self.connection.take() {
            let end = async { tokio::time::timeout(Duration::from_secs(2), connection).await };
            let _ = self.runtime.block_on(end);
        }
    }
}

/// All that an error says, with what the server said.
pub fn said(error: &Error) -> String {
    match error.as_db_error() {
        Some(server) => format!("{} ({})", server.message(), server.code().code()),
        None => {
            let cause = std::error::Error::source(error);
            cause.map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"))
        }
    }
}
