//! A database for one test.

use std::sync::atomic::{AtomicUsize, Ordering};

use tokio_postgres::Config;

use super::client::Session;
use super::cluster::Cluster;

/// A fresh database with a role that owns it and is nothing else; both are dropped with it.
pub struct Database<'a> {
    pub cluster: &'a Cluster,
    pub name: String,
    pub owner: Role,
}

/// A role that can log in.
#[derive(Clone)]
pub struct Role {
    pub name: String,
    pub password: String,
}

impl Database<'static> {
    /// One in the shared cluster; none where PostgreSQL is not installed, which is said.
    pub fn new() -> Option<Self> {
        Cluster::shared().map(Database::on)
    }
}

impl<'a> Database<'a> {
    /// One in this cluster.
    pub fn on(cluster: &'a Cluster) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(1);
        let name = format!("db{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let owner = create_role(cluster, format!("{name}_owner"));
        cluster.sql(&format!("CREATE DATABASE {name} OWNER {}", owner.name));
        Self { cluster, name, owner }
    }

    /// Another role, which can connect and nothing more; its name begins with that of the database.
    pub fn role(&self, name: &str) -> Role {
        create_role(self.cluster, format!("{}_{name}", self.name))
    }

    /// `postgres://OWNER@127.0.0.1:PORT/NAME`, without the password.
    pub fn url(&self) -> String {
        self.url_at(&self.owner, self.cluster.port())
    }

    /// The URL for this role at this port of loopback: that of a proxy, a pooler or another cluster.
    pub fn url_at(&self, role: &Role, port: u16) -> String {
        format!("postgres://{}@127.0.0.1:{port}/{}", role.name, self.name)
    }

    /// The owner's URL for the Unix socket.
    pub fn socket_url(&self) -> String {
        let folder = self.cluster.folder().display().to_string().replace('/', "%2F");
        format!("postgres://{}@{folder}:{}/{}", self.owner.name, self.cluster.port(), self.name)
    }

    /// A line of a passfile, for all hosts and ports.
    pub fn passfile_line(&self, role: &Role) -> String {
        format!("*:*:{}:{}:{}\n", self.name, role.name, role.password)
    }

    /// How this role connects at this port of loopback, with its password.
    pub fn config_at(&self, role: &Role, port: u16) -> Config {
        let mut config = Config::new();
        config.host("127.0.0.1").port(port).dbname(&self.name);
        config.user(&role.name).password(&role.password);
        config
    }

    /// A session of the owner, over loopback.
    pub fn session(&self) -> Session {
        let config = self.config_at(&self.owner, self.cluster.port());
        Session::open(&config).unwrap()
    }

    /// Runs statements as the superuser in this database; the rows as `psql -At` has them.
    pub fn sql(&self, statements: &str) -> Vec<String> {
        self.cluster.sql_in(&self.name, statements)
    }

    /// Ends all sessions in this database, as an administrator does.
    pub fn end_sessions(&self) {
        self.cluster.sql(&format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'",
            self.name
        ));
    }

    /// What the server logged for this database. A line that goes on keeps what follows it.
    pub fn log(&self) -> String {
        let ours = format!("@{} ", self.name);
        let mut is_ours = false;
        let log = self.cluster.log();
        let lines = log.split_inclusive('\n').filter(|line| {
            if !line.starts_with('\t') {
                is_ours = line.contains(&ours);
            }
            is_ours
        });
        lines.collect()
    }
}

fn create_role(cluster: &Cluster, name: String) -> Role {
    let password = uuid::Uuid::new_v4().simple().to_string();
    cluster.create_role(&name, &password);
    Role { name, password }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        // The cluster can be down by now; all goes when it goes.
        let dropped = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        if self.cluster.try_sql_in("postgres", &dropped).is_err() {
            return;
        }
        let roles =
            format!("SELECT rolname FROM pg_roles WHERE starts_with(rolname, '{}_')", self.name);
        for role in self.cluster.try_sql_in("postgres", &roles).unwrap_or_default() {
            let _ = self.cluster.try_sql_in("postgres", &format!("DROP ROLE {role}"));
        }
    }
}
