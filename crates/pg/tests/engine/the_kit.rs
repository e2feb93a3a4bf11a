//! What the kit promises to the other tests.

mod neighbours;
mod proxies;

use std::path::Path;
use std::time::{Duration, Instant};

use crate::kit::client::{Session, said};
use crate::kit::cluster::{Cluster, Options, Stop};
use crate::kit::database::Database;

fn runs(pid: i32) -> bool {
    rustix::process::Pid::from_raw(pid)
        .is_some_and(|pid| rustix::process::test_kill_process(pid).is_ok())
}

/// Whether both are gone in a while: the system takes a moment to forget a process.
fn are_gone(pid: i32, folder: &Path) -> bool {
    let end = Instant::now() + Duration::from_secs(10);
    while (runs(pid) || folder.exists()) && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(20));
    }
    !runs(pid) && !folder.exists()
}

#[test]
fn a_cluster_leaves_nothing_over() {
    let Some(cluster) = Cluster::start(&Options::default()) else { return };
    let (folder, pid) = (cluster.folder().to_owned(), cluster.pid().unwrap());
    assert_eq!(cluster.sql("SELECT 1, 'two'; SELECT NULL, 3"), ["1|two", "|3"]);
    assert!(runs(pid) && folder.is_dir());
    drop(cluster);
    assert!(!folder.exists());
    assert!(are_gone(pid, &folder));
}

#[test]
#[ignore = "`killed_tests_leave_nothing_over` runs and kills it"]
#[expect(clippy::print_stdout, reason = "the test that kills it reads where its cluster is")]
fn a_cluster_for_a_minute() {
    let Some(cluster) = Cluster::shared() else { return };
    println!("folder {}", cluster.folder().display());
    std::thread::sleep(Duration::from_secs(60));
}

#[test]
fn killed_tests_leave_nothing_over() {
    if Cluster::shared().is_none() {
        return;
    }
    let mut tests = std::process::Command::new(std::env::current_exe().unwrap());
    tests.args(["--exact", "the_kit::a_cluster_for_a_minute", "--ignored", "--nocapture"]);
    let mut tests = tests.stdout(std::process::Stdio::piped()).spawn().unwrap();
    let said = std::io::BufReader::new(tests.stdout.take().unwrap());
    let folder = std::io::BufRead::lines(said)
        .map_while(Result::ok)
        .find_map(|line| Some(line.strip_prefix("folder ")?.to_owned()))
        .unwrap();
    let folder = Path::new(&folder);
    let pid = std::fs::read_to_string(folder.join("data/postmaster.pid")).unwrap();
    let pid = pid.lines().next().unwrap().parse().unwrap();
    assert!(runs(pid));
    tests.kill().unwrap();
    tests.wait().unwrap();
    assert!(are_gone(pid, folder));
}

#[test]
fn a_cluster_stops_and_comes_back_with_its_data() {
    let options = Options {
        default_transaction_isolation: "serializable",
        max_connections: 12,
        ..Options::default()
    };
    let Some(cluster) = Cluster::start(&options) else { return };
    assert_eq!(
        cluster.sql("SHOW transaction_isolation; SHOW max_connections"),
        ["serializable", "12"]
    );
    cluster.sql("CREATE TABLE kept AS SELECT 7 AS n");
    cluster.stop(Stop::Fast);
    assert!(Session::open(&cluster.superuser("postgres")).is_err());
    cluster.start_again();
    cluster.restart(Stop::Immediate);
    assert_eq!(cluster.sql("SELECT n FROM kept"), ["7"]);
}

#[test]
fn a_database_is_its_owners() {
    let Some(one) = Database::new() else { return };
    let other = Database::on(one.cluster);
    one.session().sql("CREATE TABLE mine AS SELECT 'canary' AS text").unwrap();
    assert_eq!(one.sql("SELECT text FROM mine"), ["canary"]);
    assert!(one.log().contains("canary") && !other.log().contains("canary"));
    // Another role comes in and sees nothing; a wrong password does not come in.
    let mut role = one.role("guest");
    let config = one.config_at(&role, one.cluster.port());
    let refused = Session::open(&config).unwrap().sql("SELECT text FROM mine").err().unwrap();
    assert_eq!(said(&refused), "permission denied for table mine (42501)");
    role.password.push('x');
    let refused = Session::open(&one.config_at(&role, one.cluster.port())).err().unwrap();
    assert!(said(&refused).ends_with("(28P01)"), "{}", said(&refused));
    let (cluster, name) = (one.cluster, one.name.clone());
    drop(one);
    let left = "SELECT datname FROM pg_database UNION ALL SELECT rolname FROM pg_roles";
    let left = cluster.sql(left);
    assert!(left.contains(&other.name), "{left:?}");
    assert!(!left.iter().any(|one| one.starts_with(&format!("{name}_")) || *one == name));
}
