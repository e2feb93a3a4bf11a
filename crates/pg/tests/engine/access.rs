//! Who comes in, and to which servers: passwords, roles, sockets, certificates.

use std::io::{Read, Write};
use std::net::{TcpListener, UdpSocket};

use milepost_core::sync::remote::RemoteError;
use uuid::Uuid;

use crate::kit::certs::{Authority, Validity};
use crate::kit::cluster::{Cluster, Options};
use crate::kit::database::Database;
use crate::opened::{Opened, segments};

const LOG: Uuid = Uuid::from_u128(0xabc);

/// What a remote says that refuses.
fn refused<T: std::fmt::Debug>(result: Result<T, RemoteError>) -> String {
    match result {
        Err(
            RemoteError::Refused { said }
            | RemoteError::NoEntry { said }
            | RemoteError::Unproven { said },
        ) => said,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_wrong_password_is_told_at_once_and_not_repeated() {
    let Some(database) = Database::new() else { return };
    for passwords in ["*:*:*:*:s3cret-and-wrong\n", "*:*:*:somebody-else:x\n"] {
        let opened = Opened::by(&database.url(), passwords);
        let said = refused(opened.remote().logs());
        assert!(!said.contains("s3cret"), "{said}");
        let expected = if passwords.contains("wrong") { "28P01" } else { "wants a password" };
        assert!(said.contains(expected), "{said}");
    }
    let log = database.log();
    assert_eq!(log.matches("password authentication failed").count(), 1, "{log}");
}

#[test]
fn what_a_role_must_not_do_is_told() {
    let Some(database) = Database::new() else { return };
    let owner = Opened::new(&database);
    let mut owner = owner.remote();
    let guest = database.role("guest");
    let opened = Opened::at(&database, &guest, database.cluster.port());
    // No table can be made.
    database.sql("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    assert!(refused(opened.remote().create(LOG, b"header")).contains("42501"));
    database.sql(&format!("GRANT CREATE ON SCHEMA public TO {}", database.owner.name));
    owner.create(LOG, b"header").unwrap();
    owner.put(LOG, &segments(LOG, 1..3)).unwrap();
    // None can be read, then none written.
    assert!(refused(opened.remote().logs()).contains("42501"));
    database.sql(&format!("GRANT SELECT ON milepost_log, milepost_segment TO {}", guest.name));
    let mut remote = opened.remote();
    assert_eq!(remote.list(LOG, None).unwrap().names.len(), 2);
    assert!(refused(remote.put(LOG, &segments(LOG, 3..4))).contains("42501"));
    assert!(refused(remote.erase(LOG)).contains("42501"));
    assert_eq!(database.sql("SELECT count(*) FROM milepost_segment"), ["2"]);
    // A database that is not there, a role that is not.
    let url = database.url();
    let (server, _) = url.rsplit_once('/').unwrap();
    let nowhere =
        Opened::by(&format!("{server}/nowhere"), &format!("*:*:*:*:{}\n", database.owner.password));
    let said = refused(nowhere.remote().logs());
    assert!(said.contains("3D000"), "{said}");
}

#[test]
fn a_log_of_another_role_comes_after_ones_own() {
    let Some(database) = Database::new() else { return };
    let owner = Opened::new(&database);
    let mut owner = owner.remote();
    let other = database.role("other");
    owner.create(Uuid::from_u128(1), b"header").unwrap();
    database.sql(&format!("GRANT ALL ON milepost_log, milepost_segment TO {}", other.name));
    let opened = Opened::at(&database, &other, database.cluster.port());
    let mut remote = opened.remote();
    remote.create(Uuid::from_u128(2), b"header").unwrap();
    assert_eq!(remote.logs().unwrap(), [2, 1].map(Uuid::from_u128));
    assert_eq!(owner.logs().unwrap(), [1, 2].map(Uuid::from_u128));
}

#[test]
fn a_socket_of_this_machine_is_one_way() {
    let Some(database) = Database::new() else { return };
    let opened = Opened::by(&database.socket_url(), &database.passfile_line(&database.owner));
    let mut remote = opened.remote();
    remote.create(LOG, b"header").unwrap();
    assert_eq!(Opened::new(&database).remote().logs().unwrap(), [LOG]);
    let nowhere = Opened::by("postgres:///db?host=/nowhere/at/all&user=me", "");
    let failed = nowhere.remote().logs();
    assert!(matches!(failed, Err(RemoteError::Unreachable { .. })), "{failed:?}");
}

#[test]
fn a_server_that_does_not_prove_who_it_is_is_refused() {
    let (Some(ours), Some(theirs)) = (Authority::new(), Authority::new()) else { return };
    let good = ours.server(&["DNS:localhost", "IP:127.0.0.1"], Validity::Now);
    let settings = Options { tls: Some(good.clone()), ..Options::default() };
    let Some(cluster) = Cluster::start(&settings) else { return };
    let database = Database::on(&cluster);
    let ask = |host: &str, authority: &Authority| {
        let role = &database.owner;
        let url = format!(
            "postgres://{}@{host}:{}/{}?sslrootcert={}",
            role.name,
            cluster.port(),
            database.name,
            authority.certificate().display()
        );
        Opened::by(&url, &database.passfile_line(role)).remote().logs()
    };
    assert!(ask("localhost", &ours).unwrap().is_empty());
    assert!(ask("127.0.0.1", &ours).unwrap().is_empty());
    assert_eq!(cluster.sql("SELECT count(*) FROM pg_stat_ssl WHERE ssl"), ["0"]);
    for (certificate, why) in [
        (ours.server(&["DNS:elsewhere.example"], Validity::Now), "not valid for name"),
        (ours.server(&["DNS:localhost"], Validity::Expired), "expired"),
        (ours.server(&["DNS:localhost"], Validity::NotYet), "not valid yet"),
        (theirs.server(&["DNS:localhost"], Validity::Now), "UnknownIssuer"),
    ] {
        cluster.set_certificate(&certificate);
        let said = refused(ask("localhost", &ours));
        assert!(said.contains("does not prove who it is") && said.contains(why), "{why}: {said}");
    }
    // Nobody logged in to any of them.
    let logins = database.log();
    assert!(!logins.contains("connection authorized"), "{logins}");
    // One that does not encrypt at all.
    let Some(plain) = Database::new() else { return };
    let url = format!("{}?sslrootcert={}", plain.url(), ours.certificate().display());
    let said = refused(Opened::by(&url, &plain.passfile_line(&plain.owner)).remote().logs());
    assert!(said.contains("does not encrypt"), "{said}");
}

/// An address of this machine that others can reach, if it has one.
fn address_beyond_loopback() -> Option<std::net::IpAddr> {
    // Nothing is sent: the system only says which address it would use.
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

#[test]
fn beyond_this_machine_nothing_is_said_in_plain_text() {
    let Some(address) = address_beyond_loopback() else {
        crate::engines::missing("no network but loopback");
        return;
    };
    let listener = TcpListener::bind((address, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = std::thread::spawn(move || {
        let mut heard = Vec::new();
        let (mut stream, _) = listener.accept().unwrap();
        let mut first = [0; 8];
        stream.read_exact(&mut first).unwrap();
        heard.extend(first);
        // It does not encrypt.
        stream.write_all(b"N").unwrap();
        stream.read_to_end(&mut heard).unwrap();
        heard
    });
    let opened = Opened::by(&format!("postgres://me@{address}:{port}/db"), "*:*:*:*:s3cret\n");
    let said = refused(opened.remote().logs());
    assert!(said.contains("does not encrypt") || said.contains("trusts no certificate"), "{said}");
    // That it wants to encrypt, and nothing else: not even who asks.
    assert_eq!(server.join().unwrap(), [0, 0, 0, 8, 4, 210, 22, 47]);
}
