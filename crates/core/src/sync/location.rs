//! Which remote a text names. This is the only place where that is decided.
//!
//! | the text | the remote |
//! |---|---|
//! | `https://…`, `ssh://…`, `file://…`, `user@host:path` | that repository, by git |
//! | the path of a repository, or one that ends in `.git` | that repository, by git |
//! | any other path | that folder |
//! | `folder:PATH` | that folder, whatever is in it |
//! | `postgres://…` | that database, if this program was given what speaks to one |
//!
//! A record keeps what was decided, not the text: what lies in a folder later does not make it another
//! remote.

use std::path::{Path, PathBuf, absolute};

use super::database::{self, Database, OpenDatabase, Session};
use super::folder::Folder;
use super::git::{Address, AddressFault, Git};
use super::remote::{Remote, RemoteError};
use super::turn::place;

/// What the address of a folder begins with.
const FOLDER: &str = "folder:";

/// Where a remote is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A folder, by its absolute path.
    Folder(PathBuf),
    /// A repository.
    Git(Address),
    /// A database.
    Database(Database),
}

/// Why a text names no remote. It holds nothing of the text, which can have a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoLocation {
    /// It is no address of a folder or of a repository.
    Address(AddressFault),
    /// It is that of a database, and cannot be kept.
    Database(AddressFault),
}

impl Location {
    /// Where the remote is that a learner names.
    ///
    /// # Errors
    /// The text names none.
    pub(crate) fn read(text: &str) -> Result<Self, NoLocation> {
        match Self::of(text)? {
            Self::Git(address) => {
                let path = Path::new(address.as_str());
                let is_folder = path.is_absolute() && !is_repository(path);
                Ok(if is_folder { Self::Folder(path.to_owned()) } else { Self::Git(address) })
            }
            other => Ok(other),
        }
    }

    /// Where the remote is that a record keeps as a URL.
    ///
    /// # Errors
    /// Another version kept it, or another program changed it.
    pub fn of(url: &str) -> Result<Self, NoLocation> {
        let url = url.trim();
        if let Some(database) = Database::read(url) {
            return database.map(Self::Database).map_err(NoLocation::Database);
        }
        let Some(path) = url.strip_prefix(FOLDER) else {
            return Ok(Self::Git(Address::read(url).map_err(NoLocation::Address)?));
        };
        if path.chars().any(milepost_path::chars::is_unsafe) {
            return Err(NoLocation::Address(AddressFault::Hidden));
        }
        let path = absolute(path).map_err(|_empty| NoLocation::Address(AddressFault::Length))?;
        Ok(Self::Folder(path))
    }

    /// What a record keeps of it.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Folder(path) => format!("{FOLDER}{}", path.display()),
            Self::Git(address) => address.to_string(),
            Self::Database(database) => database.to_string(),
        }
    }

    /// The remote there. Nobody is asked yet.
    ///
    /// What belongs to it lies beside the record. With `can_ask`, what speaks to it can ask for a password
    /// at the terminal.
    ///
    /// # Errors
    /// It is a database, and this program was given nothing that speaks to one.
    pub(crate) fn open(
        &self,
        record: &Path,
        session: Session,
        database: Option<OpenDatabase>,
    ) -> Result<Box<dyn Remote>, RemoteError> {
        let Session { time, can_ask } = session;
        match self {
            Self::Folder(path) => Ok(Box::new(Folder::new(path))),
            Self::Git(address) => {
                let clone = place(record, &self.url());
                Ok(Box::new(Git::new(address.clone(), clone, time, can_ask)))
            }
            Self::Database(address) => {
                let (program, needs) = (database::PROGRAM, env!("CARGO_PKG_VERSION"));
                let open = database.ok_or(RemoteError::NoProgram { program, needs })?;
                Ok(open(address, session))
            }
        }
    }
}

/// Whether git would know a folder as a repository, or its name says that it is one.
fn is_repository(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "git")
        || path.join(".git").exists()
        || (path.join("HEAD").is_file() && path.join("objects").is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_names_a_folder_or_a_repository() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
        std::fs::create_dir_all(home.path().join("bare/objects")).unwrap();
        std::fs::write(home.path().join("bare/HEAD"), "ref: refs/heads/main\n").unwrap();
        std::fs::create_dir_all(home.path().join("clone/.git")).unwrap();
        std::fs::create_dir(home.path().join("plain")).unwrap();
        let database = Location::read(" postgres://me@host/db ").unwrap();
        assert_eq!(database.url(), "postgres://me@host/db");
        assert_eq!(Location::of(&database.url()), Ok(database));
        for (text, is_git) in [
            (path("bare"), true),
            (path("clone"), true),
            (path("new.git"), true),
            (path("plain"), false),
            (path("new"), false),
            (format!("folder:{}", path("bare")), false),
            (format!("  {}\n", path("plain")), false),
            ("https://example.org/log".to_owned(), true),
            ("git@example.org:log".to_owned(), true),
            ("file:///srv/log".to_owned(), true),
        ] {
            let location = Location::read(&text).unwrap();
            assert_eq!(matches!(location, Location::Git(_)), is_git, "{text}");
            // What is kept names the same, whatever lies there by then.
            assert_eq!(Location::of(&location.url()), Ok(location), "{text}");
        }
        let plain = Location::read(&path("plain")).unwrap();
        std::fs::create_dir(home.path().join("plain/.git")).unwrap();
        assert_eq!(Location::of(&plain.url()), Ok(plain));
        let here = std::env::current_dir().unwrap();
        assert_eq!(Location::read("a/b"), Ok(Location::Folder(here.join("a/b"))));
    }

    #[test]
    fn what_names_none_is_refused_without_repeating_it() {
        use AddressFault as Fault;
        for (text, why) in [
            ("postgres://me:s3cret@host/db", NoLocation::Database(Fault::Password)),
            ("PostgreSQL://host/db?password=s3cret", NoLocation::Database(Fault::Password)),
            ("", NoLocation::Address(Fault::Length)),
            ("folder:", NoLocation::Address(Fault::Length)),
            ("folder:/a\u{1b}b", NoLocation::Address(Fault::Hidden)),
            ("https://me:s3cret@example.org/log", NoLocation::Address(Fault::Password)),
            ("ext::sh", NoLocation::Address(Fault::Scheme)),
            ("s3://bucket", NoLocation::Address(Fault::Scheme)),
        ] {
            assert_eq!(Location::read(text), Err(why), "{text}");
        }
    }
}
