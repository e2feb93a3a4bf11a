//! A private PostgreSQL cluster.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use tokio_postgres::{Config, Error};

use super::client::Session;
use super::free_port;
use super::home::{Home, run};
use crate::engines;

/// A server with a folder, a Unix socket and a port on loopback of its own.
///
/// The superuser `postgres` comes in by the socket without a password; everybody else needs the
/// password, by SCRAM.
pub struct Cluster {
    home: Home,
    binaries: PathBuf,
    port: u16,
}

pub struct Options {
    /// What is committed is on the disk, as in use. Else it is lost with the machine, but not with the server.
    pub fsync: bool,
    pub max_connections: u16,
    /// `read committed`, `repeatable read` or `serializable`.
    pub default_transaction_isolation: &'static str,
    /// All statements and what they bind are in the log.
    pub log_statements: bool,
    /// Certificate and key. A client decides whether it uses them, unless `hba` has other rules.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// Lines of `pg_hba.conf` that come before those of the kit.
    pub hba: Vec<String>,
    /// Lines of `postgresql.conf`.
    pub settings: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            fsync: false,
            max_connections: 100,
            default_transaction_isolation: "read committed",
            log_statements: false,
            tls: None,
            hba: Vec::new(),
            settings: Vec::new(),
        }
    }
}

/// How a server stops: `Fast` ends its sessions in order, `Immediate` is a crash that it recovers from.
#[derive(Clone, Copy)]
pub enum Stop {
    Fast,
    Immediate,
}

impl Cluster {
    /// Starts a new one; none where PostgreSQL is not installed, which is said.
    pub fn start(options: &Options) -> Option<Self> {
        let binaries = binaries()?;
        // `initdb` takes longer than all the rest.
        static TEMPLATE: OnceLock<Home> = OnceLock::new();
        let template = TEMPLATE.get_or_init(|| {
            let home = Home::new("");
            let mut initdb = home.command(binaries.join("initdb"));
            initdb.args(["--username=postgres", "--auth=trust", "--no-locale", "--encoding=UTF8"]);
            run(initdb.args(["--wal-segsize=1", "--no-sync", "--pgdata=data"]));
            home
        });
        let new = |home: &Home| {
            run(home.command("cp").arg("-R").arg(template.folder().join("data")).arg("data"));
        };
        Some(Self::start_from(new, options, &binaries))
    }

    /// Starts one from the folder `data` that `fill` puts into its home.
    pub fn start_from(fill: impl FnOnce(&Home), options: &Options, binaries: &Path) -> Self {
        let stop = format!(
            "[ -f \"$1/data/postmaster.pid\" ] && '{}' -D \"$1/data\" -m immediate -w stop",
            binaries.join("pg_ctl").display()
        );
        let home = if options.fsync { Home::on_disk(&stop) } else { Home::new(&stop) };
        fill(&home);
        let hba = format!(
            "{}
             local all,replication postgres trust
             local all all scram-sha-256
             host all,replication all 127.0.0.1/32 scram-sha-256\n",
            options.hba.join("\n")
        );
        home.write("data/pg_hba.conf", hba);
        let mut cluster = Self { home, binaries: binaries.to_owned(), port: 0 };
        if let Some(files) = &options.tls {
            cluster.write_certificate(files);
        }
        // Somebody else can take a port before the server has it.
        for _ in 0..3 {
            cluster.port = free_port();
            cluster.home.write("data/postgresql.conf", cluster.settings(options));
            if cluster.try_start() {
                return cluster;
            }
        }
        panic!("the server does not start:\n{}", cluster.log());
    }

    /// The one that the tests of this binary share; none where PostgreSQL is not installed, which is said.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        binaries()?;
        let options = Options { log_statements: true, max_connections: 200, ..Options::default() };
        Some(SHARED.get_or_init(|| Self::start(&options).unwrap()))
    }

    fn settings(&self, options: &Options) -> String {
        let folder = self.home.folder().display();
        let mut lines = vec![
            format!("port = {}", self.port),
            "listen_addresses = '127.0.0.1'".into(),
            format!("unix_socket_directories = '{folder}'"),
            "unix_socket_permissions = 0777".into(),
            "password_encryption = 'scram-sha-256'".into(),
            format!("max_connections = {}", options.max_connections),
            format!("default_transaction_isolation = '{}'", options.default_transaction_isolation),
            "log_line_prefix = '%m [%p] %u@%d '".into(),
            "shared_buffers = 16MB".into(),
            // In its folder: a server that is stopped at once leaves it.
            "dynamic_shared_memory_type = mmap".into(),
            // For a standby that lags: segments of 1 MB are soon gone.
            "wal_keep_size = 64MB".into(),
            "timezone = 'UTC'".into(),
        ];
        if !options.fsync {
            lines.extend(["fsync = off", "full_page_writes = off"].map(String::from));
        }
        if options.log_statements {
            lines.push("log_statement = 'all'".into());
        }
        if options.tls.is_some() {
            lines.push("ssl = on".into());
        }
        lines.extend(options.settings.iter().cloned());
        lines.join("\n") + "\n"
    }

    /// Where its data, its log and its socket are.
    pub fn folder(&self) -> &Path {
        self.home.folder()
    }

    /// On 127.0.0.1; the same for all its life.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The process of the server, which is there while it runs.
    pub fn pid(&self) -> Option<i32> {
        let file = std::fs::read_to_string(self.folder().join("data/postmaster.pid")).ok()?;
        file.lines().next()?.parse().ok()
    }

    /// One of the programs of PostgreSQL, as the user who runs the server.
    pub fn command(&self, program: &str) -> Command {
        self.home.command(self.binaries.join(program))
    }

    /// Where `initdb`, `pg_ctl` and the others are.
    pub fn binaries(&self) -> &Path {
        &self.binaries
    }

    /// What the server wrote since it began, of all databases.
    pub fn log(&self) -> String {
        let log = std::fs::read(self.folder().join("log")).unwrap_or_default();
        String::from_utf8_lossy(&log).into_owned()
    }

    /// How the superuser connects, by the socket.
    pub fn superuser(&self, database: &str) -> Config {
        let mut config = Config::new();
        config.host_path(self.folder()).port(self.port).user("postgres").dbname(database);
        config
    }

    /// Runs statements as the superuser; the rows as `psql -At` has them.
    pub fn sql(&self, statements: &str) -> Vec<String> {
        self.sql_in("postgres", statements)
    }

    /// `sql` in a database.
    pub fn sql_in(&self, database: &str, statements: &str) -> Vec<String> {
        let rows = self.try_sql_in(database, statements);
        rows.unwrap_or_else(|error| panic!("{statements}: {}", super::client::said(&error)))
    }

    /// `sql_in` that can fail.
    pub fn try_sql_in(&self, database: &str, statements: &str) -> Result<Vec<String>, Error> {
        Session::open(&self.superuser(database))?.sql(statements)
    }

    /// A role that can log in. Both are put into SQL as they are.
    pub fn create_role(&self, name: &str, password: &str) {
        self.sql(&format!("CREATE ROLE {name} LOGIN PASSWORD '{password}'"));
    }

    /// Stops the server; its data stays.
    pub fn stop(&self, how: Stop) {
        let mode = match how {
            Stop::Fast => "fast",
            Stop::Immediate => "immediate",
        };
        run(self.command("pg_ctl").args(["-D", "data", "-w", "-m", mode, "stop"]));
    }

    /// Starts a server that was stopped, on the same port.
    pub fn start_again(&self) {
        assert!(self.try_start(), "the server does not start again:\n{}", self.log());
    }

    /// Stops it and starts it again.
    pub fn restart(&self, how: Stop) {
        self.stop(how);
        self.start_again();
    }

    /// The server has another certificate and key from now on.
    pub fn set_certificate(&self, files: &(PathBuf, PathBuf)) {
        self.write_certificate(files);
        let loaded = || self.sql("SELECT pg_conf_load_time()");
        let before = loaded();
        run(self.command("pg_ctl").args(["-D", "data", "reload"]));
        let end = Instant::now() + Duration::from_secs(10);
        while loaded() == before {
            assert!(Instant::now() < end, "the server does not load it:\n{}", self.log());
        }
    }

    fn write_certificate(&self, (certificate, key): &(PathBuf, PathBuf)) {
        self.home.write("data/server.crt", std::fs::read(certificate).unwrap());
        self.home.write("data/server.key", std::fs::read(key).unwrap());
    }

    fn try_start(&self) -> bool {
        let mut start = self.command("pg_ctl");
        start.args(["-D", "data", "-l", "log", "-w", "-t", "30", "start"]);
        start.output().unwrap().status.success()
    }
}

/// The programs of the first `initdb` on the PATH, else those of the newest version that Debian installed.
fn binaries() -> Option<PathBuf> {
    let is_whole = |folder: &PathBuf| {
        ["initdb", "pg_ctl", "postgres", "pg_basebackup"].iter().all(|p| folder.join(p).is_file())
    };
    let on_path = engines::program(&["initdb"]).and_then(|initdb| {
        // A link leads to where the others are.
        Some(initdb.canonicalize().ok()?.parent()?.to_owned())
    });
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let version = |folder: &PathBuf| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let mut debian: Vec<PathBuf> = debian.map(|entry| entry.path()).collect();
    debian.sort_by_key(version);
    let debian = debian.into_iter().rev().map(|folder| folder.join("bin"));
    let found = on_path.into_iter().chain(debian).find(is_whole);
    if found.is_none() {
        engines::missing("no PostgreSQL");
    }
    found
}
