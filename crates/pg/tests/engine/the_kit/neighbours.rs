//! What stands beside a cluster: a standby, a pooler, an authority.

use std::path::Path;
use std::process::{Command, Stdio};

use tokio_postgres::types::Type;

use crate::kit::bouncer::Bouncer;
use crate::kit::certs::{Authority, Validity};
use crate::kit::client::{Session, said};
use crate::kit::cluster::{Cluster, Options, Stop};
use crate::kit::database::Database;
use crate::kit::proxy::Proxy;
use crate::kit::standby::Standby;

#[test]
fn a_standby_loses_what_came_last() {
    let Some(primary) = Cluster::start(&Options::default()) else { return };
    let standby = Standby::of(&primary);
    let database = Database::on(&primary);
    let clients = Proxy::to(&primary);
    let config = database.config_at(&database.owner, clients.port());
    let session = Session::open(&config).unwrap();
    session.sql("CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)").unwrap();
    standby.catch_up(&primary);
    let rows = |cluster: &Cluster| cluster.sql_in(&database.name, "SELECT n FROM kept ORDER BY n");
    assert_eq!(rows(&standby), ["1"]);
    let refused = standby.try_sql_in(&database.name, "INSERT INTO kept VALUES (9)").unwrap_err();
    assert!(said(&refused).ends_with("(25006)"), "{}", said(&refused));
    // It lags, and catches up.
    standby.lag();
    session.sql("INSERT INTO kept VALUES (2)").unwrap();
    assert_eq!(rows(&standby), ["1"]);
    standby.catch_up(&primary);
    assert_eq!(rows(&standby), ["1", "2"]);
    // It lags, and takes over at the address of the other.
    standby.lag();
    session.sql("INSERT INTO kept VALUES (3)").unwrap();
    assert_eq!(rows(&primary), ["1", "2", "3"]);
    primary.stop(Stop::Immediate);
    standby.promote();
    clients.switch_to(standby.port());
    assert!(session.sql("SELECT 1").is_err());
    let session = Session::open(&config).unwrap();
    session.sql("INSERT INTO kept VALUES (4)").unwrap();
    assert_eq!(rows(&standby), ["1", "2", "4"]);
}

#[test]
fn a_pooler_gives_each_transaction_what_session_is_free() {
    let Some(database) = Database::new() else { return };
    let Some(bouncer) = Bouncer::to(database.cluster, 1) else { return };
    let config = database.config_at(&database.owner, bouncer.port());
    let (one, other) = (Session::open(&config).unwrap(), Session::open(&config).unwrap());
    let session = |of: &Session| of.sql("SELECT pg_backend_pid()").unwrap();
    assert_eq!(session(&one), session(&other));
    let typed = one.client().query_typed("SELECT $1::int4", &[(&7, Type::INT4)]);
    assert_eq!(one.wait(typed).unwrap()[0].get::<_, i32>(0), 7);
    let mut wrong = config.clone();
    wrong.password("wrong");
    assert!(Session::open(&wrong).is_err());
    assert!(bouncer.log().contains(&database.owner.name), "{}", bouncer.log());
    let port = bouncer.port();
    drop((one, other, bouncer));
    assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
}

/// What OpenSSL makes of the certificate of a server, as a client that trusts this authority.
fn verdict(authority: &Authority, host: &str, port: u16) -> String {
    let mut client = Command::new("openssl");
    client.args(["s_client", "-starttls", "postgres", "-verify_return_error"]);
    client.args(["-connect", &format!("127.0.0.1:{port}"), "-no-CApath", "-no-CAstore"]);
    client.arg("-CAfile").arg(authority.certificate());
    let is_address = host.parse::<std::net::IpAddr>().is_ok();
    client.args([if is_address { "-verify_ip" } else { "-verify_hostname" }, host]);
    let output = client.stdin(Stdio::null()).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let line = said.lines().find_map(|line| {
        let (_, error) = line.split_once("verify error:num=")?;
        Some(error.split_once(':')?.1.to_owned())
    });
    line.unwrap_or_else(|| {
        let verified = said.lines().find(|line| line.trim().starts_with("Verif"));
        verified.unwrap_or(&said).trim().to_owned()
    })
}

#[test]
fn certificates_are_good_for_what_they_say() {
    let Some(authority) = Authority::new() else { return };
    let both = ["DNS:localhost", "IP:127.0.0.1"];
    let serve = |(certificate, key): (&Path, &Path)| {
        Cluster::start(&Options {
            tls: Some((certificate.to_owned(), key.to_owned())),
            hba: vec!["hostnossl all all 127.0.0.1/32 reject".into()],
            ..Options::default()
        })
    };
    let (certificate, key) = authority.server(&both, Validity::Now);
    let Some(cluster) = serve((&certificate, &key)) else { return };
    let database = Database::on(&cluster);
    let plain = Session::open(&database.config_at(&database.owner, cluster.port())).err().unwrap();
    assert!(said(&plain).ends_with("(28000)"), "{}", said(&plain));
    assert_eq!(verdict(&authority, "localhost", cluster.port()), "Verification: OK");
    assert_eq!(verdict(&authority, "127.0.0.1", cluster.port()), "Verification: OK");
    assert_eq!(verdict(&authority, "example.org", cluster.port()), "hostname mismatch");
    let other = Authority::new().unwrap();
    let unknown = verdict(&other, "localhost", cluster.port());
    assert_eq!(unknown, "unable to get local issuer certificate");
    // The proxy passes on what it cannot read, and counts that it asked, and what followed.
    let proxy = Proxy::to(&cluster);
    assert_eq!(verdict(&authority, "localhost", proxy.port()), "Verification: OK");
    assert!(proxy.counts().round_trips >= 2, "{:?}", proxy.counts());
    for (names, validity, expected) in [
        (&both[..], Validity::Expired, "certificate has expired"),
        (&both[..], Validity::NotYet, "certificate is not yet valid"),
        (&["DNS:example.org"][..], Validity::Now, "hostname mismatch"),
    ] {
        cluster.set_certificate(&authority.server(names, validity));
        assert_eq!(verdict(&authority, "localhost", cluster.port()), expected);
    }
}
