//! The file that a person means by a name, wherever it is written: `~/` is the home directory.

use std::path::{Component, Path, PathBuf};

use clap::builder::{PathBufValueParser, TypedValueParser};
use milepost_path::safe;

/// Reads the name of a file on the command line, as the other places read theirs.
pub fn file_name() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(expand)
}

/// The file that a person means by a name. What begins with `~/` is in the home directory, also where
/// no shell has seen to that: behind `--db=`, in a variable, in config.toml. Else a record would be
/// made in a folder called `~`. A file that is called so is `./~`.
///
/// # Errors
/// A sentence: it begins with the home directory of somebody else, or there is none.
pub(crate) fn expand(name: PathBuf) -> std::result::Result<PathBuf, String> {
    expand_in(name, home().as_deref())
}

fn expand_in(name: PathBuf, home: Option<&Path>) -> std::result::Result<PathBuf, String> {
    let bytes = name.as_os_str().as_encoded_bytes();
    let mut parts = name.components();
    match parts.next() {
        Some(Component::Normal(first)) if first == "~" => match home {
            Some(home) => Ok(home.join(parts)),
            None => Err("there is no home directory for `~` to stand for".to_owned()),
        },
        Some(Component::Normal(first)) if bytes.starts_with(b"~") && bytes.contains(&b'/') => {
            let first = safe::short(&first.to_string_lossy(), 80);
            Err(format!(
                "`{first}/` stands for no directory here, only `~/` does; write the name in full, \
                 or `./{first}/` for a folder that is called so"
            ))
        }
        _ => Ok(name),
    }
}

/// The home directory, unless its name is relative: the current directory must not decide which record
/// is meant.
fn home() -> Option<PathBuf> {
    etcetera::home_dir().ok().filter(|home| home.is_absolute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_is_the_home_directory() {
        let home = Some(Path::new("/home/anna"));
        for (name, expected) in [
            ("~/rec.db", Ok("/home/anna/rec.db")),
            ("~//a/../rec.db", Ok("/home/anna/a/../rec.db")),
            ("~", Ok("/home/anna")),
            ("./~", Ok("./~")),
            ("./~/rec.db", Ok("./~/rec.db")),
            ("a/~/rec.db", Ok("a/~/rec.db")),
            ("/~/rec.db", Ok("/~/rec.db")),
            ("~notes.toml", Ok("~notes.toml")),
            ("rec.db~", Ok("rec.db~")),
            ("-", Ok("-")),
            ("~bob/rec.db", Err("`~bob/` stands for no directory here")),
            ("~bob/", Err("`~bob/` stands for no directory here")),
            ("~+/rec.db", Err("`~+/` stands for no directory here")),
        ] {
            match (expand_in(name.into(), home), expected) {
                (Ok(path), Ok(expected)) => assert_eq!(path, Path::new(expected), "{name}"),
                (Err(problem), Err(start)) => assert!(problem.starts_with(start), "{problem}"),
                (result, _) => panic!("{name}: {result:?}"),
            }
        }
        assert!(expand_in("~/rec.db".into(), None).is_err());
        assert_eq!(expand_in("rec.db".into(), None), Ok("rec.db".into()));
    }
}
