//! A pooler between a client and a cluster.

use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::cluster::Cluster;
use super::free_port;
use super::home::Home;
use crate::engines;

/// PgBouncer in transaction mode: two transactions of a client can run in two sessions of the server.
pub struct Bouncer {
    port: u16,
    process: Child,
    home: Home,
}

impl Bouncer {
    /// One before this cluster, for all its roles and databases; none where PgBouncer is not installed, which is
    /// said. So many sessions of the server are in each pool, which is of a role and a database.
    pub fn to(cluster: &Cluster, sessions: u8) -> Option<Self> {
        // Debian has it in a folder for administrators.
        let debian = std::path::PathBuf::from("/usr/sbin/pgbouncer");
        let found = engines::program(&["pgbouncer"]).or(debian.is_file().then_some(debian));
        let Some(program) = found else {
            engines::missing("no PgBouncer");
            return None;
        };
        let home = Home::new(r#"[ -f "$1/pid" ] && kill -QUIT "$(cat "$1/pid")""#);
        let folder = home.folder().display();
        let port = free_port();
        // The superuser tells it the secrets of the roles, and needs none on the socket.
        home.write("users", "\"postgres\" \"\"\n");
        let settings = format!(
            "[databases]
             * = host={socket} port={server} auth_user=postgres
             [pgbouncer]
             listen_addr = 127.0.0.1
             listen_port = {port}
             unix_socket_dir =
             auth_type = scram-sha-256
             auth_file = {folder}/users
             auth_query = SELECT rolname, rolpassword FROM pg_authid WHERE rolname = $1
             pool_mode = transaction
             default_pool_size = {sessions}
             max_client_conn = 100
             query_wait_timeout = 10
             ignore_startup_parameters = extra_float_digits
             logfile = {folder}/log
             pidfile = {folder}/pid\n",
            socket = cluster.folder().display(),
            server = cluster.port(),
        );
        let settings = settings.lines().map(str::trim_start).collect::<Vec<_>>().join("\n") + "\n";
        home.write("pgbouncer.ini", settings);
        let mut process = home.command(program);
        process.arg("pgbouncer.ini").stdout(Stdio::null()).stderr(Stdio::null());
        let mut process = process.spawn().unwrap();
        let end = Instant::now() + Duration::from_secs(10);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let log = || std::fs::read_to_string(home.folder().join("log")).unwrap_or_default();
            let is_over = process.try_wait().unwrap().is_some() || Instant::now() > end;
            assert!(!is_over, "PgBouncer does not start:\n{}", log());
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(Self { port, process, home })
    }

    /// Where it listens, on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What it wrote since it began.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.home.folder().join("log")).unwrap_or_default()
    }
}

impl Drop for Bouncer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        // Its home is told to kill it by the same file.
        let _ = std::fs::remove_file(self.home.folder().join("pid"));
    }
}
