//! What another program goes on with: which one is started, and what is said where there is none. The
//! programs themselves are tested in their own crates.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::sandbox::Sandbox;

/// The program in a folder of its own, where no other is beside it.
fn alone(sandbox: &Sandbox) -> PathBuf {
    let program = sandbox.home().join("bin/milepost");
    fs::create_dir_all(program.parent().unwrap()).unwrap();
    let built = Path::new(env!("CARGO_BIN_EXE_milepost"));
    // A link would be followed to where the others might have been built.
    if !program.exists() && fs::hard_link(built, &program).is_err() {
        fs::copy(built, &program).unwrap();
    }
    program
}

/// A program that says its version, or else what it was started with and what it reads.
fn program(at: &Path, version: &str) {
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
    let given = sandbox.write("given", "from standard input\n");
    command.stdin(Stdio::from(fs::File::open(given).unwrap()));
    sandbox.said(&command.args(args).output().unwrap())
}

#[test]
fn the_server_of_this_version_takes_its_place() {
    let sandbox = Sandbox::new();
    let right = concat!("milepost-mcp ", env!("CARGO_PKG_VERSION"));
    program(&sandbox.home().join("elsewhere/milepost-mcp"), right);
    let path = format!("{}:/usr/bin:/bin", sandbox.home().join("elsewhere").display());
    let said = started(&sandbox, &path, &["mcp", "--db", "my.db", "--allow-writes"]);
    assert_eq!(said, "~/elsewhere/milepost-mcp\n--db my.db --allow-writes\nfrom standard input\n");
    // That beside the program comes first.
    program(&sandbox.home().join("bin/milepost-mcp"), right);
    let said = started(&sandbox, &path, &["mcp"]);
    let db = "~/.local/share/milepost/progress.db";
    assert_eq!(said, format!("~/bin/milepost-mcp\n--db {db}\nfrom standard input\n"));
}

#[test]
fn without_the_right_server_it_says_how_to_get_it() {
    let sandbox = Sandbox::new();
    let version = env!("CARGO_PKG_VERSION");
    let install = format!(
        "hint: in the source code of milepost {version}, `cargo install --path crates/mcp --locked` \
         installs it\n"
    );
    assert_eq!(
        started(&sandbox, "/nowhere", &["mcp"]),
        format!(
            "--- stderr ---\nerror: milepost-mcp, the server for assistants, is not installed\n{install}\
             hint: or put it beside `milepost`, or into a directory of PATH\n[exit 1]\n"
        )
    );
    program(&sandbox.home().join("bin/milepost-mcp"), "milepost-mcp 9.9.9");
    assert_eq!(
        started(&sandbox, "/usr/bin:/bin", &["mcp"]),
        format!(
            "--- stderr ---\nerror: milepost-mcp says that it is `milepost-mcp 9.9.9`, and this is milepost \
             {version}\n{install}[exit 1]\n"
        )
    );
    let said = started(&sandbox, "/usr/bin:/bin", &["mcp", "--json"]);
    assert!(said.contains("\"code\":\"usage\"") && said.ends_with("[exit 2]\n"), "{said}");
}

#[test]
fn with_a_database_the_program_that_speaks_to_one_goes_on() {
    let sandbox = Sandbox::new();
    let right = concat!("milepost-pg ", env!("CARGO_PKG_VERSION"));
    program(&sandbox.home().join("elsewhere/milepost-pg"), right);
    let path = format!("{}:/usr/bin:/bin", sandbox.home().join("elsewhere").display());
    let url = "postgres://me@example.org/db";
    // The whole command line, and what was not read yet.
    for line in [
        &["sync", "init", url, "--name", "work", "--json"][..],
        &["--db", "my.db", "sync", "join", "postgresql://example.org/db", "--yes"],
    ] {
        let said = started(&sandbox, &path, line);
        let args = line.join(" ");
        assert_eq!(said, format!("~/elsewhere/milepost-pg\n{args}\nfrom standard input\n"));
    }
    // What needs no database needs no program.
    let said = started(&sandbox, "/nowhere", &["sync", "--status"]);
    assert!(!said.contains("milepost-pg"), "{said}");
}

#[test]
fn without_what_speaks_to_databases_it_says_how_to_get_it() {
    let sandbox = Sandbox::new();
    let version = env!("CARGO_PKG_VERSION");
    let init = ["sync", "init", "postgres://me@example.org/db"];
    assert_eq!(
        started(&sandbox, "/nowhere", &init),
        format!(
            "--- stderr ---\nerror: milepost-pg, which syncs with PostgreSQL, is not installed\nhint: in the \
             source code of milepost {version}, `cargo install --path crates/pg --locked` installs it\n\
             hint: or put it beside `milepost`, or into \
             a directory of PATH\n[exit 1]\n"
        )
    );
    let said =
        started(&sandbox, "/nowhere", &["sync", "init", "postgres://me:s3cret@example.org/db"]);
    assert!(said.contains("has a password in it") && !said.contains("s3cret"), "{said}");
}
