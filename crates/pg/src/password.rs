//! Where a password comes from: the variable PGPASSWORD, else the passfile (the variable PGPASSFILE, or
//! `.pgpass` in the home directory), else the person at the terminal. It is kept nowhere.
//!
//! The passfile is that of PostgreSQL's own programs: a line `HOST:PORT:DATABASE:ROLE:PASSWORD` a password,
//! with `\` before a colon or a backslash, and `*` for any; the first line that fits counts.
//! <https://www.postgresql.org/docs/current/libpq-pgpass.html>

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tokio_postgres::config::Host;

use crate::address::{Address, Server};
use crate::environment;

/// How large a passfile can be.
const MOST_BYTES: u64 = 1 << 20;

/// What the environment says of passwords.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources {
    password: Option<String>,
    passfile: Option<PathBuf>,
}

impl Sources {
    /// What it says now.
    pub(crate) fn of_environment() -> Self {
        let passfile = environment::variable("PGPASSFILE").map(PathBuf::from);
        Self {
            password: environment::text("PGPASSWORD"),
            passfile: passfile.or_else(|| environment::at_home(".pgpass")),
        }
    }

    /// The password for a server that is known without asking. None where there is none.
    ///
    /// # Errors
    /// The passfile cannot be read, or others can read it, too.
    pub(crate) fn known(
        &self,
        address: &Address,
        server: &Server,
    ) -> Result<Option<Vec<u8>>, String> {
        if let Some(password) = &self.password {
            return Ok(Some(password.clone().into_bytes()));
        }
        let named = address.passfile.as_ref().or(self.passfile.as_ref());
        let Some(file) = named else { return Ok(None) };
        let shown = || milepost_path::safe::short(&file.display().to_string(), 200);
        match read(file) {
            Ok(text) => Ok(find(&text, address, server).map(String::into_bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) if error.kind() == ErrorKind::PermissionDenied && is_open(file) => Err(
                format!("others can read the passwords in {0}; `chmod 600 {0}` ends that", shown()),
            ),
            Err(error) => Err(format!("{} cannot be read: {}", shown(), error.kind())),
        }
    }
}

fn read(file: &Path) -> io::Result<String> {
    let metadata = fs::metadata(file)?;
    if !metadata.is_file() || metadata.len() > MOST_BYTES {
        return Err(ErrorKind::InvalidData.into());
    }
    if is_open(file) {
        return Err(ErrorKind::PermissionDenied.into());
    }
    fs::read_to_string(file)
}

/// Whether others can read a file.
#[cfg(unix)]
fn is_open(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;

    fs::metadata(file).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

/// Whether others can read a file, which the permissions of its directory decide here.
#[cfg(not(unix))]
fn is_open(_: &Path) -> bool {
    false
}

/// The password that a passfile has for a server.
fn find(text: &str, address: &Address, server: &Server) -> Option<String> {
    let host = match &server.host {
        Host::Tcp(host) => host.as_str(),
        // So it is called there.
        #[cfg(unix)]
        Host::Unix(_) => "localhost",
    };
    let port = server.port.to_string();
    let wanted = [host, &port, &address.database, &address.user];
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let mut rest = line.trim_end_matches('\r');
        for wanted in wanted {
            let (field, after) = field(rest)?;
            if field != "*" && unescaped(field) != wanted {
                return None;
            }
            rest = after;
        }
        Some(unescaped(rest))
    })
}

/// The text before the next colon that ends a field, and the text after it.
fn field(line: &str) -> Option<(&str, &str)> {
    let mut is_escaped = false;
    let end = line.char_indices().find_map(|(at, c)| {
        let ends = c == ':' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends.then_some(at)
    })?;
    Some((line.get(..end)?, line.get(end + 1..)?))
}

fn unescaped(field: &str) -> String {
    let mut is_escaped = false;
    let keeps = |c: &char| {
        is_escaped = *c == '\\' && !is_escaped;
        !is_escaped
    };
    field.chars().filter(keeps).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str, url: &str) -> Option<String> {
        let address = Address::read(url, None).unwrap();
        find(text, &address, &address.servers[0])
    }

    #[test]
    fn the_first_line_that_fits_counts() {
        let text = "# h:5432:db:me:comment\n\
                    \n\
                    h:5432:other:me:not this\n\
                    h:5432:db:me:first\r\n\
                    *:*:*:me:any\n\
                    localhost:5432:db:so:ck:et\n\
                    h\\:x:5432:a\\\\b:you:with\\:colon and \\\\\n\
                    half:5432:db\n";
        for (url, password) in [
            ("postgres://me@h/db", Some("first")),
            ("postgres://me@h:5433/db", Some("any")),
            ("postgres://me@elsewhere/else", Some("any")),
            ("postgres://you@h/db", None),
            ("postgres://you@h%3Ax/a%5Cb", Some("with:colon and \\")),
            ("postgres://half@half/db", None),
        ] {
            assert_eq!(found(text, url).as_deref(), password, "{url}");
        }
        // What follows the role is the password, whatever is in it.
        let socket = "postgres:///db?host=/run/postgresql&user=so";
        assert_eq!(found(text, socket).as_deref(), cfg!(unix).then_some("ck:et"));
    }

    #[cfg(unix)]
    #[test]
    fn a_passfile_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;

        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("pass");
        fs::write(&file, "*:*:*:*:s3cret\n").unwrap();
        let url = format!("postgres://me@h/db?passfile={}", file.display());
        let address = Address::read(&url, None).unwrap();
        let known = || Sources::default().known(&address, &address.servers[0]);
        for mode in [0o640, 0o604, 0o620] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            let refused = known().unwrap_err();
            assert!(refused.contains("chmod 600") && !refused.contains("s3cret"), "{refused}");
        }
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(known(), Ok(Some(b"s3cret".to_vec())));
        fs::remove_file(&file).unwrap();
        assert_eq!(known(), Ok(None));
        fs::create_dir(&file).unwrap();
        assert!(known().unwrap_err().contains("cannot be read"));
        let said = Sources { password: Some("said".to_owned()), passfile: None };
        assert_eq!(said.known(&address, &address.servers[0]), Ok(Some(b"said".to_vec())));
    }

    /// A field as a passfile has it.
    fn escaped(field: &str) -> String {
        field.replace('\\', "\\\\").replace(':', "\\:")
    }

    proptest! {
        #[test]
        fn what_a_passfile_says_is_found(
            before in prop::collection::vec("[ -~]{0,30}", 0..4),
            fields in prop::array::uniform3("[a-z:\\\\*]{2,8}"),
            password in "[!-~]{1,20}",
        ) {
            let [host, database, user] = fields;
            let server = Server { host: Host::Tcp(host.clone()), port: 5432 };
            let address = Address {
                servers: vec![server.clone()],
                user: user.clone(),
                database: database.clone(),
                roots: None,
                passfile: None,
            };
            let [host, database, user, escaped_password] =
                [&host, &database, &user, &password].map(|field| escaped(field));
            let line = format!("{host}:5432:{database}:{user}:{escaped_password}");
            prop_assert_eq!(find(&line, &address, &server), Some(password));
            // Lines before it are of others, or count instead; none of them stops anything.
            let text = format!("{}\n{line}", before.join("\n"));
            prop_assert!(find(&text, &address, &server).is_some());
            let others = format!("#{line}\nx{line}\n{host}:5433:{database}:{user}:x\n{host}:5432");
            prop_assert_eq!(find(&others, &address, &server), None);
        }
    }

    #[cfg(unix)]
    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_passfile_of_any_bytes_gives_nothing_away(
            before in prop::collection::vec(any::<u8>(), 0..60),
            after in prop::collection::vec(any::<u8>(), 0..60),
            mode in prop::sample::select(vec![0o600, 0o644, 0o400]),
        ) {
            use std::os::unix::fs::PermissionsExt;

            let file = tempfile::NamedTempFile::new().unwrap();
            fs::write(file.path(), [&before, &b"s3cret"[..], &after].concat()).unwrap();
            fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).unwrap();
            let url = format!("postgres://me@h/db?passfile={}", file.path().display());
            let address = Address::read(&url, None).unwrap();
            if let Err(why) = Sources::default().known(&address, &address.servers[0]) {
                prop_assert!(!why.contains("s3cret"), "{}", why);
            }
        }
    }
}
