//! A standby that lags, and takes over.

use std::ops::Deref;
use std::time::{Duration, Instant};

use super::cluster::{Cluster, Options};
use super::home::run;
use super::proxy::Proxy;

/// A cluster that follows another by asynchronous streaming, and only reads until it is promoted.
pub struct Standby {
    cluster: Cluster,
    link: Proxy,
}

impl Standby {
    /// One that has all that this cluster has.
    pub fn of(primary: &Cluster) -> Self {
        let link = Proxy::to(primary);
        let role = format!("standby_{}", link.port());
        primary.sql(&format!("CREATE ROLE {role} REPLICATION LOGIN PASSWORD 'streams'"));
        let source = format!(
            "host=127.0.0.1 port={} user={role} password=streams sslmode=disable",
            link.port()
        );
        let options = Options {
            // A standby needs as many as what it follows.
            max_connections: primary.sql("SHOW max_connections").remove(0).parse().unwrap(),
            settings: vec!["wal_retrieve_retry_interval = 100".into()],
            ..Options::default()
        };
        let cluster = Cluster::start_from(
            |home| {
                let mut copy = home.command(primary.binaries().join("pg_basebackup"));
                copy.args(["--pgdata=data", "--wal-method=stream", "--write-recovery-conf"]);
                copy.args(["--checkpoint=fast", "--no-sync", "--dbname"]).arg(&source);
                run(&mut copy);
            },
            &options,
            primary.binaries(),
        );
        let standby = Self { cluster, link };
        standby.catch_up(primary);
        standby
    }

    /// From now on it receives nothing: what the primary commits is lost when this one takes over.
    pub fn lag(&self) {
        // What is on its way already does not arrive either.
        self.link.refuse();
        self.link.cut_now();
    }

    /// Receives again, and waits until it has all that the primary has committed.
    pub fn catch_up(&self, primary: &Cluster) {
        self.link.heal();
        let written = primary.sql("SELECT pg_current_wal_flush_lsn()").remove(0);
        let has_all = format!("SELECT pg_last_wal_replay_lsn() >= '{written}'");
        let end = Instant::now() + Duration::from_secs(30);
        while self.cluster.sql(&has_all) != ["t"] {
            assert!(Instant::now() < end, "the standby stays behind:\n{}", self.cluster.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Takes over: it writes from now on, and follows nobody.
    pub fn promote(&self) {
        run(self.cluster.command("pg_ctl").args(["-D", "data", "-w", "promote"]));
    }
}

impl Deref for Standby {
    type Target = Cluster;

    fn deref(&self) -> &Cluster {
        &self.cluster
    }
}
