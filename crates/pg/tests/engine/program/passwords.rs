//! Where the password comes from, and what is said where none does.

use std::os::unix::fs::PermissionsExt;

use super::Machines;
use crate::kit::database::Database;
use crate::pty::Terminal;
use crate::sandbox::Sandbox;

const CTRL_C: &str = "\u{3}";
const ESC: &str = "\u{1b}";

/// A machine that syncs, and has forgotten its password.
fn without_password(database: Database<'_>) -> Machines<'_> {
    let mut both = Machines::begun(database);
    both.laptop.set("PGPASSWORD", "");
    both.laptop.ok(["done", "web/graphql"]);
    both
}

fn passfile(machine: &Sandbox, name: &str, text: &str, mode: u32) {
    let file = machine.write(name, text);
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_password_comes_from_where_the_programs_of_postgresql_have_theirs() {
    let Some(database) = Database::new() else { return };
    let mut both = without_password(database);
    let line = both.database.passfile_line(&both.database.owner);
    insta::assert_snapshot!(both.said(&both.laptop, "sync"), @"
    --- stderr ---
    error: could not log in to home (DATABASE): it wants a password, and none is known
    hint: the password comes from PGPASSWORD, else from the passfile (~/.pgpass), else you are asked at a terminal
    [exit 1]
    ");
    passfile(&both.laptop, ".pgpass", &line, 0o600);
    insta::assert_snapshot!(both.said(&both.laptop, "sync"), @"sent 1 change to home (DATABASE)");
    passfile(&both.laptop, ".pgpass", &line, 0o644);
    insta::assert_snapshot!(both.said(&both.laptop, "sync"), @"
    --- stderr ---
    error: could not log in to home (DATABASE): others can read the passwords in ~/.pgpass; `chmod 600 ~/.pgpass` ends that
    hint: the password comes from PGPASSWORD, else from the passfile (~/.pgpass), else you are asked at a terminal
    [exit 1]
    ");
    passfile(&both.laptop, ".pgpass", "*:*:*:*:wrong-s3cret\n", 0o600);
    insta::assert_snapshot!(both.said(&both.laptop, "sync"), @r#"
    --- stderr ---
    error: could not log in to home (DATABASE): password authentication failed for user "ROLE" (28P01)
    hint: the password comes from PGPASSWORD, else from the passfile (~/.pgpass), else you are asked at a terminal
    [exit 1]
    "#);
    passfile(&both.laptop, "elsewhere", &line, 0o600);
    let elsewhere = both.laptop.home().join("elsewhere").to_str().unwrap().to_owned();
    both.laptop.set("PGPASSFILE", &elsewhere);
    insta::assert_snapshot!(both.said(&both.laptop, "sync"), @"in sync with home (DATABASE)");
    both.laptop.set("PGPASSWORD", "another-s3cret");
    insta::assert_snapshot!(both.said(&both.laptop, "sync"), @r#"
    --- stderr ---
    error: could not log in to home (DATABASE): password authentication failed for user "ROLE" (28P01)
    hint: the password comes from PGPASSWORD, else from the passfile (~/.pgpass), else you are asked at a terminal
    [exit 1]
    "#);
}

#[test]
fn a_password_is_asked_for_unseen() {
    let Some(database) = Database::new() else { return };
    let both = without_password(database);
    let password = &both.database.owner.password;
    let ask = |keys: &str| {
        let mut command = both.laptop.command();
        let mut terminal = Terminal::run(command.arg("sync"), (24, 200));
        terminal.shows("(not shown)");
        terminal.is_asked();
        let asked = both.spelt(terminal.contents().trim());
        terminal.press(keys);
        let said = String::from_utf8_lossy(&terminal.said).into_owned();
        assert!(!said.contains(password) && !said.contains("s3cret"), "{said}");
        let (code, left) = terminal.ends();
        assert!(!left.contains(password) && !left.contains("s3cret"), "{left}");
        format!("{asked}\n---\n{}\n[exit {}]", both.spelt(left.trim()), code.unwrap())
    };
    insta::assert_snapshot!(ask(ESC), @"
    Password of ROLE (not shown):
    ---
    error: cancelled; nothing was changed
    [exit 130]
    ");
    insta::assert_snapshot!(ask(CTRL_C), @"
    Password of ROLE (not shown):
    ---
    error: cancelled; nothing was changed
    [exit 130]
    ");
    insta::assert_snapshot!(ask("\r"), @"
    Password of ROLE (not shown):
    ---
    Password of ROLE (not shown):
    error: could not log in to home (DATABASE): it wants a password, and none is known
    hint: the password comes from PGPASSWORD, else from the passfile (~/.pgpass), else you are asked at a terminal
    [exit 1]
    ");
    insta::assert_snapshot!(ask("wrong-s3cret\r"), @r#"
    Password of ROLE (not shown):
    ---
    Password of ROLE (not shown):
    error: could not log in to home (DATABASE): password authentication failed for user "ROLE" (28P01)
    hint: the password comes from PGPASSWORD, else from the passfile (~/.pgpass), else you are asked at a terminal
    [exit 1]
    "#);
    assert_eq!(both.laptop.json([""; 0])["unsynced"], 1);
    insta::assert_snapshot!(ask(&format!("{password}\r")), @"
    Password of ROLE (not shown):
    ---
    Password of ROLE (not shown):
    sent 1 change to home (DATABASE)
    [exit 0]
    ");
    assert_eq!(both.laptop.json([""; 0])["unsynced"], 0);
    // Who says so is not asked.
    let mut command = both.laptop.command();
    let terminal = Terminal::run(command.args(["sync", "--no-input"]), (24, 200));
    let (code, left) = terminal.ends();
    insta::assert_snapshot!(format!("{code:?}\n{}", both.spelt(left.trim())), @"
    Some(1)
    error: could not log in to home (DATABASE): it wants a password, and none is known
    hint: the password comes from PGPASSWORD, else from the passfile (~/.pgpass), else you are asked at a terminal
    ");
}
