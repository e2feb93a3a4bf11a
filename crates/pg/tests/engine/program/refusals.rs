//! What people are told where nothing can be synced.

use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{Machines, spelt};
use crate::kit::certs::{Authority, Validity};
use crate::kit::cluster::{Cluster, Options};
use crate::kit::database::Database;
use crate::kit::free_port;
use crate::kit::proxy::{Direction, Proxy};
use crate::kit::standby::Standby;
use crate::sandbox::Sandbox;
use crate::shelf;

/// What a machine with this password says that begins at this address.
fn begins(database: &Database<'_>, url: &str, password: &str) -> String {
    let mut machine = shelf::following();
    machine.set("PGPASSWORD", password);
    begins_on(&machine, database, url)
}

fn begins_on(machine: &Sandbox, database: &Database<'_>, url: &str) -> String {
    let mut command = machine.command();
    command.env_remove("COLUMNS").args(["sync", "init", url]);
    spelt(&machine.said(&command.output().unwrap()), url, database)
}

#[test]
fn a_server_that_is_not_there_or_not_the_right_one_is_told() {
    let Some(database) = Database::new() else { return };
    let password = database.owner.password.as_str();
    let nobody = database.url_at(&database.owner, free_port());
    insta::assert_snapshot!(begins(&database, &nobody, password), @"
    --- stderr ---
    error: home (DATABASE) cannot be reached: 127.0.0.1: connection refused
    hint: check the address and the network; sync again later; everything else works without it
    [exit 1]
    ");
    let nowhere = "postgres://me@nowhere.invalid/db";
    let said = begins(&database, nowhere, password);
    assert!(said.contains("DATABASE) cannot be reached: nowhere.invalid: "), "{said}");
    insta::assert_snapshot!(begins(&database, &database.url(), "wrong-s3cret"), @r#"
    --- stderr ---
    error: could not log in to home (DATABASE): password authentication failed for user "ROLE" (28P01)
    hint: the password comes from PGPASSWORD, else from the passfile (~/.pgpass), else you are asked at a terminal
    [exit 1]
    "#);
    let url = database.url();
    let (server, _) = url.rsplit_once('/').unwrap();
    insta::assert_snapshot!(begins(&database, &format!("{server}/nowhere"), password), @r#"
    --- stderr ---
    error: home (DATABASE) refused: database "nowhere" does not exist (3D000)
    hint: check the address, and what the role can do there; the next `milepost sync` tries again
    [exit 1]
    "#);
    insta::assert_snapshot!(begins(&database, "postgres://h/db?sslmode=require", password), @"
    --- stderr ---
    error: home (DATABASE) cannot be used as a remote: `sslmode` can only be `verify-full`: a server must prove who it is, except on a socket and on this machine
    hint: check the address; `milepost sync --status` lists the remotes
    [exit 1]
    ");
    insta::assert_snapshot!(begins(&database, "postgres:///db", password), @"
    --- stderr ---
    error: home (DATABASE) cannot be used as a remote: it names no role: write postgres://ROLE@HOST/DATABASE
    hint: check the address; `milepost sync --status` lists the remotes
    [exit 1]
    ");
    let bent = "postgres://a%1b[31mb@127.0.0.1:1/db";
    let said = begins(&database, bent, password);
    assert!(said.contains("cannot be reached") && !said.contains('\u{1b}'), "{said}");
}

#[test]
fn a_table_of_somebody_else_is_left_alone() {
    let Some(database) = Database::new() else { return };
    database.session().sql("CREATE TABLE milepost_log (id int)").unwrap();
    let said = begins(&database, &database.url(), &database.owner.password);
    insta::assert_snapshot!(said, @r#"
    --- stderr ---
    error: home (DATABASE) cannot be used as a remote: its table is not milepost's: column "log" does not exist
    hint: check the address; `milepost sync --status` lists the remotes
    [exit 1]
    "#);
    assert_eq!(database.sql("SELECT count(*) FROM milepost_log"), ["0"]);
    // A role that can do nothing there.
    let Some(database) = Database::new() else { return };
    database.sql("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    let guest = database.role("guest");
    let url = database.url_at(&guest, database.cluster.port());
    insta::assert_snapshot!(begins(&database, &url, &guest.password), @"
    --- stderr ---
    error: home (DATABASE) refused: permission denied for schema public (42501)
    hint: check the address, and what the role can do there; the next `milepost sync` tries again
    [exit 1]
    ");
}

#[test]
fn a_standby_is_told() {
    let Some(primary) = Cluster::start(&Options::default()) else { return };
    let database = Database::on(&primary);
    let standby = Standby::of(&primary);
    let url = database.url_at(&database.owner, standby.port());
    insta::assert_snapshot!(begins(&database, &url, &database.owner.password), @"
    --- stderr ---
    error: home (DATABASE) refused: this server only reads: it is a standby, or was set so; name the primary, or both
    hint: check the address, and what the role can do there; the next `milepost sync` tries again
    [exit 1]
    ");
}

#[test]
fn a_server_that_does_not_prove_who_it_is_is_told() {
    let (Some(ours), Some(theirs)) = (Authority::new(), Authority::new()) else { return };
    let settings = Options {
        tls: Some(theirs.server(&["DNS:localhost"], Validity::Now)),
        ..Options::default()
    };
    let Some(cluster) = Cluster::start(&settings) else { return };
    let database = Database::on(&cluster);
    let role = &database.owner;
    let url = |host: &str, authority: &Authority| {
        let file = authority.certificate();
        let (file, port) = (file.display(), cluster.port());
        format!("postgres://{}@{host}:{port}/{}?sslrootcert={file}", role.name, database.name)
    };
    insta::assert_snapshot!(begins(&database, &url("localhost", &ours), &role.password), @"
    --- stderr ---
    error: home (DATABASE) is not trusted: it does not prove who it is: invalid peer certificate: UnknownIssuer
    hint: no password and nothing of your record was sent; if the certificate is signed by your own authority, add `?sslrootcert=FILE` to the address
    [exit 1]
    ");
    insta::assert_snapshot!(begins(&database, &url("127.0.0.1", &theirs), &role.password), @r#"
    --- stderr ---
    error: home (DATABASE) is not trusted: it does not prove who it is: invalid peer certificate: certificate not valid for name "127.0.0.1"; certificate is only valid for DnsName("localhost")
    hint: no password and nothing of your record was sent; if the certificate is signed by your own authority, add `?sslrootcert=FILE` to the address
    [exit 1]
    "#);
    let said = begins(&database, &url("localhost", &theirs), &role.password);
    assert!(said.contains("this record now syncs with home"), "{said}");
}

#[test]
fn a_server_that_says_nothing_more_is_given_up_in_time() {
    let Some(database) = Database::new() else { return };
    let proxy = Proxy::to(database.cluster);
    let url = database.url_at(&database.owner, proxy.port());
    let both = Machines::at(database, url);
    both.laptop.ok(["sync", "init", &both.url]);
    both.laptop.ok(["done", "web/graphql"]);
    proxy.stall_after(Direction::ToClient, 5);
    let begun = Instant::now();
    let mut sync = both.command(&both.laptop, "sync --timeout 1");
    let mut sync = sync.stderr(Stdio::null()).spawn().unwrap();
    // Nothing else waits for it.
    both.laptop.ok(["done", "web/rest"]);
    assert!(sync.wait().unwrap().code() == Some(1));
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    insta::assert_snapshot!(both.said(&both.laptop, "sync --timeout 1"), @"
    --- stderr ---
    error: home (DATABASE) took longer than 1 second
    hint: what arrived until then is kept; `milepost sync --timeout 600` gives it more time
    [exit 1]
    ");
    proxy.refuse();
    let said = both.said(&both.laptop, "sync");
    proxy.heal();
    let broke = "error: home (DATABASE) cannot be reached: the connection broke: connection ";
    assert!(said.contains(broke) && !said.contains("os error"), "{said}");
    insta::assert_snapshot!(both.said(&both.laptop, "sync"), @"sent 2 changes to home (DATABASE)");
}
