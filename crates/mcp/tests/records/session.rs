//! A client on a pipe, which knows nothing of the library that the server is made with.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::home::Home;

/// How a client says who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Era {
    /// Once, at the beginning.
    Initialized,
    /// With each request.
    Stateless,
}

/// The server, and what was asked of it.
pub(crate) struct Session {
    server: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    about: Value,
    era: Era,
    asked: u64,
}

impl Session {
    /// A server that can record, asked by `tester`.
    pub(crate) fn writing(home: &Home, era: Era) -> Self {
        Self::start(home, &["--allow-writes"], "tester", era)
    }

    /// A server, asked by a client with this name.
    pub(crate) fn start(home: &Home, args: &[&str], name: &str, era: Era) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_milepost-mcp"));
        command.args(args).env_clear().envs(home.environment());
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut server = command.spawn().unwrap();
        let (to, from) = (server.stdin.take(), server.stdout.take().unwrap());
        let about = json!({"name": name, "version": "1.0.0"});
        let mut session = Self { server, to, from: BufReader::new(from), about, era, asked: 0 };
        if era == Era::Initialized {
            let about = session.about.clone();
            let params =
                json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": about});
            let answer = session.ask("initialize", params);
            assert_eq!(answer["result"]["protocolVersion"], "2025-11-25", "{answer}");
            session.write(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        }
        session
    }

    fn write(&mut self, message: &Value) {
        writeln!(self.to.as_ref().unwrap(), "{message}").unwrap();
    }

    /// Sends a request; gives its id.
    pub(crate) fn send(&mut self, method: &str, mut params: Value) -> u64 {
        self.asked += 1;
        if self.era == Era::Stateless {
            params["_meta"] = json!({
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientInfo": self.about,
                "io.modelcontextprotocol/clientCapabilities": {},
            });
        }
        self.write(
            &json!({"jsonrpc": "2.0", "id": self.asked, "method": method, "params": params}),
        );
        self.asked
    }

    /// Says something that has no answer.
    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.write(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// The next answer.
    pub(crate) fn receive(&mut self) -> Value {
        let mut line = String::new();
        assert_ne!(self.from.read_line(&mut line).unwrap(), 0, "the server is gone");
        serde_json::from_str(&line).unwrap()
    }

    /// Asks, and waits for the answer.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.send(method, params);
        let answer = self.receive();
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    /// The result of a call.
    pub(crate) fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let answer = self.ask("tools/call", json!({"name": tool, "arguments": arguments}));
        assert!(answer["error"].is_null(), "{tool}: {answer}");
        answer["result"].clone()
    }

    /// The client dies: nobody reads or writes any longer.
    pub(crate) fn client_dies(mut self) {
        self.to = None;
        let Self { server, from, .. } = &mut self;
        // Closed as well, by taking its place.
        let _ = std::mem::replace(from, BufReader::new(nobody()));
        assert!(server.wait().unwrap().code().is_some());
    }

    /// The server is killed.
    pub(crate) fn kill(mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
    }
}

/// A stream that ends at once.
fn nobody() -> ChildStdout {
    let mut ended = Command::new("true").stdout(Stdio::piped()).spawn().unwrap();
    ended.wait().unwrap();
    ended.stdout.take().unwrap()
}

impl Drop for Session {
    fn drop(&mut self) {
        self.to = None;
        // It might be gone already.
        let _ = self.server.wait();
    }
}
