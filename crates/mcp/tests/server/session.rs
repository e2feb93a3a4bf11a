//! A client of the server: rmcp's own, over pipes; and a bare one that writes any bytes.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use rmcp::model::{CallToolRequestParams, CallToolResult, ProtocolVersion};
use rmcp::service::{ClientLifecycleMode, ClientServiceExt, RunningService, ServiceError};
use rmcp::{Peer, RoleClient};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::sandbox::Sandbox;

/// The eras of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Era {
    /// A session that begins with `initialize`.
    Sessions,
    /// Each request says what it needs.
    Stateless,
}

pub(crate) struct Session {
    runtime: Runtime,
    client: RunningService<RoleClient, ()>,
    child: tokio::process::Child,
}

impl Session {
    pub(crate) fn start(sandbox: &Sandbox, era: Era) -> Self {
        Self::with(sandbox, era, &[])
    }

    pub(crate) fn with(sandbox: &Sandbox, era: Era, args: &[&str]) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut command = tokio::process::Command::from(sandbox.server());
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let (client, child) = runtime.block_on(async {
            let mut child = command.spawn().unwrap();
            let pipes = (child.stdout.take().unwrap(), child.stdin.take().unwrap());
            let era = match era {
                Era::Sessions => ClientLifecycleMode::Initialize,
                Era::Stateless => ClientLifecycleMode::Discover {
                    preferred_versions: vec![ProtocolVersion::V_2026_07_28],
                },
            };
            (().serve_with_lifecycle(pipes, era).await.unwrap(), child)
        });
        Self { runtime, client, child }
    }

    /// Asks something of the server.
    pub(crate) fn ask<T>(&self, ask: impl AsyncFnOnce(&Peer<RoleClient>) -> T) -> T {
        self.runtime.block_on(ask(self.client.peer()))
    }

    /// Calls a tool.
    pub(crate) fn call(&self, tool: &str, arguments: Value) -> CallToolResult {
        self.try_call(tool, arguments).unwrap()
    }

    /// Calls a tool, or says why it could not be called.
    pub(crate) fn try_call(
        &self,
        tool: &str,
        arguments: Value,
    ) -> Result<CallToolResult, ServiceError> {
        let Value::Object(arguments) = arguments else { panic!("{arguments}") };
        let call = CallToolRequestParams::new(tool.to_owned()).with_arguments(arguments);
        self.ask(async |server| server.call_tool(call).await)
    }

    /// The document of a call that must succeed.
    pub(crate) fn document(&self, tool: &str, arguments: Value) -> Value {
        let result = self.call(tool, arguments.clone());
        assert_ne!(result.is_error, Some(true), "{tool} {arguments}: {result:?}");
        result.structured_content.unwrap()
    }

    /// The process id of the server.
    pub(crate) fn id(&self) -> u32 {
        self.child.id().unwrap()
    }

    /// Closes the pipes; says whether the server ended well.
    pub(crate) fn end(self) -> bool {
        let Self { runtime, client, mut child } = self;
        runtime.block_on(async {
            client.cancel().await.unwrap();
            child.wait().await.unwrap().success()
        })
    }
}

/// The texts of a result: the report for people, and what is said beside it.
pub(crate) fn texts(result: &CallToolResult) -> Vec<String> {
    result.content.iter().map(|block| block.as_text().unwrap().text.clone()).collect()
}

/// A client that writes whatever it likes.
pub(crate) struct Bare {
    pub(crate) child: Child,
    pub(crate) stdin: Option<ChildStdin>,
    stdout: Option<BufReader<ChildStdout>>,
}

impl Bare {
    /// Starts a server, and a session of the older era with it.
    pub(crate) fn start(sandbox: &Sandbox) -> Self {
        let mut server = sandbox.server();
        server.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = server.spawn().unwrap();
        let stdin = child.stdin.take();
        let stdout = child.stdout.take().map(BufReader::new);
        let mut bare = Self { child, stdin, stdout };
        bare.send(&json!({"jsonrpc": "2.0", "id": "hello", "method": "initialize", "params": {
            "protocolVersion": "2025-11-25", "capabilities": {},
            "clientInfo": {"name": "bare", "version": "1"},
        }}));
        bare.receive("hello");
        bare.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        bare
    }

    /// Writes bytes as they are.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        self.stdin.as_mut().unwrap().write_all(bytes).unwrap();
    }

    /// Writes a message.
    pub(crate) fn send(&mut self, message: &Value) {
        self.write(format!("{message}\n").as_bytes());
    }

    /// Calls a tool.
    pub(crate) fn call(&mut self, id: &str, tool: &str, arguments: &Value) {
        self.send(&request(id, tool, arguments));
    }

    /// The next message with this id; those before it are passed over.
    pub(crate) fn receive(&mut self, id: &str) -> Value {
        loop {
            let message = self.next();
            if message["id"] == id {
                return message;
            }
        }
    }

    /// The next message.
    pub(crate) fn next(&mut self) -> Value {
        let mut line = String::new();
        let read = self.stdout.as_mut().unwrap().read_line(&mut line).unwrap();
        assert!(read > 0, "the server ended");
        serde_json::from_str(&line).unwrap()
    }

    /// Closes both pipes.
    pub(crate) fn close(&mut self) {
        (self.stdin, self.stdout) = (None, None);
    }

    /// Whether it still answers.
    pub(crate) fn is_well(&mut self) -> bool {
        self.call("well", "status", &json!({}));
        self.receive("well")["result"]["structuredContent"]["command"] == "status"
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The request that calls a tool.
pub(crate) fn request(id: &str, tool: &str, arguments: &Value) -> Value {
    let params = json!({"name": tool, "arguments": arguments});
    json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params})
}
