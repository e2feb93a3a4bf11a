//! `milepost-mcp`: what milepost reports, for assistants, over the Model Context Protocol on standard
//! input and output. `milepost mcp` starts it.
//!
//! | I want to change … | open |
//! |---|---|
//! | a tool: its arguments, its description, its query | `tools/X.rs` |
//! | the list of tools, their schemas | `tools.rs` |
//! | how arguments are read; what is refused | `arguments.rs` |
//! | what comes back: document, text, errors | `answer.rs` |
//! | which characters are left out, how long a text can be | `clean.rs` |
//! | how long answers are cut into pages | `pages.rs` |
//! | how the record is opened for a call; deadlines | `call.rs` |
//! | how much a client can ask at once | `transport.rs` |
//! | what can be attached by its address; completion of ids | `resources.rs`; `completion.rs` |
//! | what a person can begin a conversation with | `prompts.rs` |
//! | what a client is told of the server | `server.rs` |

mod answer;
mod arguments;
mod call;
mod clean;
mod completion;
mod pages;
mod prompts;
mod resources;
mod server;
mod tools;
mod transport;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use rmcp::ServiceExt;
use rmcp::service::ServerInitializeError;
use rmcp::transport::io::stdio_pipes;

use crate::call::World;
use crate::server::Server;
use crate::transport::Bounded;

/// How many calls work at once; the others wait their turn. Two more threads are for input and output
/// if these are not pipes.
const MOST_THREADS: usize = 4 + 2;
/// How long the server waits at its end for calls that were given up.
const LAST_WAIT: Duration = Duration::from_secs(2);

/// Let an assistant read your record, over the Model Context Protocol
///
/// Speaks on standard input and output, so an assistant starts it: `milepost mcp` is the command for
/// its configuration.
#[derive(Debug, Parser)]
#[command(name = "milepost-mcp", version)]
struct Args {
    /// Use this file as the record
    #[arg(long, value_name = "FILE", value_parser = milepost::config::file_name())]
    db: Option<PathBuf>,

    /// Let the assistant mark items, record study time, answers and levels, and undo what it recorded
    #[arg(long)]
    allow_writes: bool,
}

fn main() -> ExitCode {
    let Args { db, allow_writes } = Args::parse();
    let server = Server::new(World { db, allow_writes });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(MOST_THREADS)
        .build();
    let served = match runtime {
        Ok(runtime) => {
            let served = runtime.block_on(serve(server));
            runtime.shutdown_timeout(LAST_WAIT);
            served
        }
        Err(error) => Err(error.to_string()),
    };
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&error);
            ExitCode::FAILURE
        }
    }
}

/// Serves until the client closes its end, or somebody ends the process.
async fn serve(server: Server) -> Result<(), String> {
    let (read, write) = stdio_pipes();
    let serving = async {
        match server.serve(Bounded::new(read, write)).await {
            Ok(running) => running.waiting().await.map(drop).map_err(|error| error.to_string()),
            // A client that leaves before it has said anything is no failure.
            Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    };
    tokio::select! {
        served = serving => served,
        () = ended() => Ok(()),
    }
}

/// When somebody asks the process to end. What is being written is written, or not at all.
#[cfg(unix)]
async fn ended() {
    use tokio::signal::unix::{SignalKind, signal};

    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => drop(terminate.recv().await),
        Err(_) => std::future::pending().await,
    }
}

/// As above.
#[cfg(not(unix))]
async fn ended() {
    std::future::pending().await
}

/// Says on stderr what is wrong: stdout is the client's.
fn tell(problem: &str) {
    use std::io::Write;

    let problem = milepost_path::safe::short(problem, 500);
    // Nobody is left to be told that stderr cannot be written.
    let _ = writeln!(std::io::stderr(), "error: {problem}");
}
