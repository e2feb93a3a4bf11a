//! `milepost mcp`: which server it starts, and what it says where there is none. The server itself is tested
//! in its own crate.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::sandbox::Sandbox;

/// The program in a folder of its own, where no server is beside it.
fn alone(sandbox: &Sandbox) -> PathBuf {
    let program = sandbox.home().join("bin/milepost");
    fs::create_dir_all(program.parent().unwrap()).unwrap();
    let built = Path::new(env!("CARGO_BIN_EXE_milepost"));
    // A link would be followed to where the server might have been built.
    if !program.exists() && fs::hard_link(built, &program).is_err() {
        fs::copy(built, &program).unwrap();
    }
    program
}

/// A server that says its version, or else what it was started with and what it reads.
fn server(at: &Path, version: &str) {
    let script = format!(
        "#!/bin/sh\nif [ \"$1\" = --version ]; then echo \"{version}\"; else echo \"$0\"; echo \"$@\"; cat; fi\n"
    );
    fs::create_dir_all(at.parent().unwrap()).unwrap();
    fs::write(at, script).unwrap();
    fs::set_permissions(at, fs::Permissions::from_mode(0o755)).unwrap();
}

fn started(sandbox: &Sandbox, path: &str, args: &[&str]) -> String {
    let mut command = Command::new(alone(sandbox));
    command.env_clear().env("HOME", sandbox.home()).env("PATH", path).current_dir(sandbox.home());
    let given = sandbox.write("given", "from the assistant\n");
    command.stdin(Stdio::from(fs::File::open(given).unwrap()));
    sandbox.said(&command.arg("mcp").args(args).output().unwrap())
}

#[test]
fn the_server_of_this_version_takes_its_place() {
    let sandbox = Sandbox::new();
    let right = concat!("milepost-mcp ", env!("CARGO_PKG_VERSION"));
    server(&sandbox.home().join("elsewhere/milepost-mcp"), right);
    let path = format!("{}:/usr/bin:/bin", sandbox.home().join("elsewhere").display());
    let said = started(&sandbox, &path, &["--db", "my.db", "--allow-writes"]);
    assert_eq!(said, "~/elsewhere/milepost-mcp\n--db my.db --allow-writes\nfrom the assistant\n");
    // That beside the program comes first.
    server(&sandbox.home().join("bin/milepost-mcp"), right);
    let said = started(&sandbox, &path, &[]);
    let db = "~/.local/share/milepost/progress.db";
    assert_eq!(said, format!("~/bin/milepost-mcp\n--db {db}\nfrom the assistant\n"));
}

#[test]
fn without_the_right_server_it_says_how_to_get_it() {
    let sandbox = Sandbox::new();
    let version = env!("CARGO_PKG_VERSION");
    let install = format!("hint: `cargo install milepost-mcp --version {version}` installs it\n");
    assert_eq!(
        started(&sandbox, "/nowhere", &[]),
        format!(
            "--- stderr ---\nerror: milepost-mcp is not installed, which assistants talk with\n{install}\
             hint: or put it beside `milepost`, or into a directory of PATH\n[exit 1]\n"
        )
    );
    server(&sandbox.home().join("bin/milepost-mcp"), "milepost-mcp 9.9.9");
    assert_eq!(
        started(&sandbox, "/usr/bin:/bin", &[]),
        format!(
            "--- stderr ---\nerror: milepost-mcp says that it is `milepost-mcp 9.9.9`, and this is milepost \
             {version}\n{install}[exit 1]\n"
        )
    );
    let said = started(&sandbox, "/usr/bin:/bin", &["--json"]);
    assert!(said.contains("\"code\":\"usage\"") && said.ends_with("[exit 2]\n"), "{said}");
}
