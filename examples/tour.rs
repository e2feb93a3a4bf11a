//! The main job on the shipped paths, from the first command to the portfolio, in a home of its own:
//! `cargo run --example tour`. Your own record is not touched.

#![allow(clippy::print_stdout)]

use std::ffi::OsString;
use std::process::ExitCode;

/// What a learner types in the first days.
const COMMANDS: &[&[&str]] = &[
    &["start", "ai-integration", "--hours-per-week", "8"],
    &["next", "-n", "2"],
    &["done", "foundations/programming", "foundations/development-tools", "--known", "--yes"],
    &["doing", "fastapi-docs"],
    &["done", "fastapi", "--on", "yesterday", "--note", "typed handlers"],
    &["done", "rest-principles", "ai-integration/api-security"],
    &["next", "ai-integration", "-n", "2", "--free"],
    &["done", "pretrained-model-api", "--evidence", "https://example.com/my/api"],
    &["status", "ai-integration"],
    &["assess", "retrieval", "--level", "1", "--evidence", "https://example.com/my/search"],
    &["roles"],
    &["next", "--role", "ai-engineer", "-n", "1"],
    &["interview", "ai-integration", "--list", "-n", "2"],
    &["undo"],
    &["redo"],
    &["log", "--limit", "3"],
    &["export", "ai-integration", "--name", "Ada Lovelace"],
];

fn main() -> ExitCode {
    let home = match tempfile::tempdir() {
        Ok(home) => home,
        Err(error) => {
            println!("no temporary directory: {error}");
            return ExitCode::FAILURE;
        }
    };
    for words in COMMANDS {
        println!("\n$ milepost {}", words.join(" "));
        let db = home.path().join("progress.db");
        let fixed = [OsString::from("milepost"), "--db".into(), db.into_os_string()];
        let args = fixed.into_iter().chain(words.iter().map(OsString::from));
        let mut io = milepost::Io::real();
        io.prompt = None;
        let exit = milepost::run(args, &mut io).exit();
        if exit != 0 {
            return ExitCode::from(exit);
        }
    }
    ExitCode::SUCCESS
}
