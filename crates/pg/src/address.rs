//! What the address of a database says: `postgres://[USER@]HOST[:PORT][,HOST[:PORT]…][/DATABASE][?SETTINGS]`,
//! as PostgreSQL's own programs read it. What would weaken a connection is refused, and so is what would be
//! passed over in silence.

use std::path::PathBuf;

use percent_encoding::percent_decode_str;
use tokio_postgres::Config;
use tokio_postgres::config::Host;

/// The port of a server that says no other.
const PORT: u16 = 5432;

/// The settings that an address can have.
const SETTINGS: &str =
    "`user`, `dbname`, `host`, `port`, `sslrootcert`, `passfile` and `sslmode=verify-full`";

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// Its servers, in the order in which they are tried.
    pub servers: Vec<Server>,
    /// The role.
    pub user: String,
    /// The name of the database.
    pub database: String,
    /// The certificates that are trusted, where it is not those of the system.
    pub roots: Option<PathBuf>,
    /// The file with passwords, where it is not the usual one.
    pub passfile: Option<PathBuf>,
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Server {
    /// How it is reached.
    pub host: Host,
    /// Its port, which is part of the name of a socket, too.
    pub port: u16,
}

impl Address {
    /// What an address says; where it names no role, `login` is the one.
    ///
    /// # Errors
    /// What is wrong with it, without what it says.
    pub(crate) fn read(url: &str, login: Option<String>) -> Result<Self, String> {
        let (place, settings) = url.split_once('?').unwrap_or((url, ""));
        let mut roots = None;
        let mut passfile = None;
        let mut rest = Vec::new();
        for setting in settings.split('&').filter(|setting| !setting.is_empty()) {
            let Some((name, value)) = setting.split_once('=') else {
                return Err("it has a setting without a value".to_owned());
            };
            let decoded = || {
                let decoded = percent_decode_str(value).decode_utf8();
                decoded.map(String::from).map_err(|_no_text| format!("`{name}` is no text"))
            };
            match name {
                "sslrootcert" if value == "system" => roots = None,
                "sslrootcert" => roots = Some(PathBuf::from(decoded()?)),
                "passfile" => passfile = Some(PathBuf::from(decoded()?)),
                "sslmode" if value == "verify-full" => {}
                "sslmode" => {
                    return Err(
                        "`sslmode` can only be `verify-full`: a server must prove who it is, \
                                except on a socket and on this machine"
                            .to_owned(),
                    );
                }
                "user" | "dbname" | "host" | "port" => rest.push(setting),
                // An @ belongs to a role, so all of it might be a password with a ? in it.
                _ if value.contains('@') => {
                    return Err(format!(
                        "it has a setting that is not known; it can have {SETTINGS}"
                    ));
                }
                _ => {
                    let name = milepost_path::safe::short(name, 40);
                    return Err(format!("it has the setting `{name}`; it can have {SETTINGS}"));
                }
            }
        }
        let wrong = |error: tokio_postgres::Error| {
            let why = std::error::Error::source(&error).map(ToString::to_string);
            format!("it is not the address of a database: {}", why.unwrap_or_default())
        };
        let config: Config = format!("{place}?{}", rest.join("&")).parse().map_err(wrong)?;
        let user = config.get_user().filter(|user| !user.is_empty()).map(str::to_owned).or(login);
        let user = user.ok_or("it names no role: write postgres://ROLE@HOST/DATABASE")?;
        let database = config.get_dbname().unwrap_or(&user).to_owned();
        let servers = servers(&config)?;
        Ok(Self { servers, user, database, roots, passfile })
    }
}

fn servers(config: &Config) -> Result<Vec<Server>, String> {
    let (hosts, ports) = (config.get_hosts(), config.get_ports());
    if hosts.is_empty() {
        return Err("it names no host: write postgres://HOST/DATABASE, or \
                    postgres:///DATABASE?host=/run/postgresql for a socket"
            .to_owned());
    }
    if ports.len() > 1 && ports.len() != hosts.len() {
        return Err("it has more hosts than ports, or fewer".to_owned());
    }
    let port = |at: usize| ports.get(at).or(ports.first()).copied().unwrap_or(PORT);
    let servers = hosts.iter().enumerate();
    Ok(servers.map(|(at, host)| Server { host: host.clone(), port: port(at) }).collect())
}

#[cfg(test)]
mod tests {
    use milepost_core::sync::database::Database;
    use proptest::prelude::*;

    use super::*;

    fn read(url: &str) -> Result<Address, String> {
        Address::read(url, Some("login".to_owned()))
    }

    fn server(host: &str, port: u16) -> Server {
        Server { host: Host::Tcp(host.to_owned()), port }
    }

    #[test]
    fn an_address_says_where_a_database_is() {
        let address = |servers, user: &str, database: &str| Address {
            servers,
            user: user.to_owned(),
            database: database.to_owned(),
            roots: None,
            passfile: None,
        };
        for (url, expected) in [
            ("postgres://h/db", address(vec![server("h", 5432)], "login", "db")),
            ("postgresql://me@h:6000", address(vec![server("h", 6000)], "me", "me")),
            ("postgres://m%40e@h/d%20b", address(vec![server("h", 5432)], "m@e", "d b")),
            (
                "postgres://me@one,two:6000/db",
                address(vec![server("one", 5432), server("two", 6000)], "me", "db"),
            ),
            ("postgres://h/?user=me&dbname=db", address(vec![server("h", 5432)], "me", "db")),
            ("postgres://[::1]:6000/db", address(vec![server("::1", 6000)], "login", "db")),
            (
                "postgres://h/db?sslmode=verify-full",
                address(vec![server("h", 5432)], "login", "db"),
            ),
        ] {
            assert_eq!(read(url), Ok(expected), "{url}");
        }
        let files = read("postgres://h/db?sslrootcert=/etc/a%20ca.pem&passfile=/p").unwrap();
        assert_eq!(files.roots, Some(PathBuf::from("/etc/a ca.pem")));
        assert_eq!(files.passfile, Some(PathBuf::from("/p")));
        assert_eq!(read("postgres://h/db?sslrootcert=system").unwrap().roots, None);
    }

    #[cfg(unix)]
    #[test]
    fn a_host_that_is_a_path_is_a_socket() {
        let expected = Server { host: Host::Unix(PathBuf::from("/run/postgresql")), port: 5432 };
        for url in ["postgres:///db?host=/run/postgresql", "postgres://%2Frun%2Fpostgresql/db"] {
            assert_eq!(read(url).unwrap().servers, std::slice::from_ref(&expected), "{url}");
        }
    }

    #[test]
    fn what_would_weaken_it_or_says_nothing_is_refused() {
        for (url, part) in [
            ("postgres://h/db?sslmode=require", "`sslmode` can only be `verify-full`"),
            ("postgres://h/db?sslmode=disable", "`sslmode` can only be `verify-full`"),
            ("postgres://h/db?options=-c%20x", "the setting `options`"),
            ("postgres://me:12/?s3cret=x@h/db", "a setting that is not known"),
            ("postgres://h/db?target_session_attrs=any", "the setting `target_session_attrs`"),
            ("postgres://h/db?sslrootcert", "a setting without a value"),
            ("postgres:///db", "names no host"),
            ("postgres://h:x/db", "is not the address of a database"),
            ("postgres://one,two,three:1/db?port=1,2", "more hosts than ports"),
            ("postgres://h/db?sslrootcert=%ff", "`sslrootcert` is no text"),
        ] {
            let refused = read(url).unwrap_err();
            assert!(refused.contains(part) && !refused.contains("s3cret"), "{url}: {refused}");
        }
        assert!(Address::read("postgres://h/db", None).unwrap_err().contains("names no role"));
    }

    proptest! {
        #[test]
        fn any_text_is_an_address_or_is_refused(
            text in ".{0,80}",
            parts in prop::collection::vec("[a-z%]{1,6}|[0-9]{1,6}|[:@/?&=,.%\\[\\]-]|%[0-9a-f]{2}|host=|port=|user=|dbname=|passfile=|sslrootcert=", 0..12),
        ) {
            for url in [text.clone(), format!("postgres://{text}"), format!("postgres://{}", parts.concat())] {
                match read(&url) {
                    Ok(address) => prop_assert!(!address.servers.is_empty() && !address.user.is_empty()),
                    // It is one line, whatever it repeats.
                    Err(why) => prop_assert!(!why.is_empty() && why.lines().count() == 1, "{}", why),
                }
            }
        }

        #[test]
        fn an_address_with_a_password_never_gets_here(
            before in "[!->@-~]{0,10}", after in "[!->@-~]{0,10}", rest in "h/db|h:5432/db|one,two/db|%2Frun/db|/db\\?host=h",
        ) {
            // Only a ? cannot be in it, which begins the settings.
            let url = format!("postgres://me:{before}s3cret{after}@{rest}");
            prop_assert!(matches!(Database::read(&url), Some(Err(_))), "{}", url);
        }
    }
}
