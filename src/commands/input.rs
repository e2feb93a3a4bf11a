//! What a command is given in a file or, as `-`, on the standard input, within bounds.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::error::{Error, Result};
use crate::text::{quantity, safe};

/// The name of a file as a message shows it.
pub fn name(path: &Path) -> String {
    if path == Path::new("-") {
        return "the standard input".to_owned();
    }
    safe::short(&path.display().to_string(), 300)
}

/// All bytes of a file; more than `most` are refused, not cut off.
///
/// # Errors
/// It is no regular file, cannot be read, or is too long.
pub fn bytes(path: &Path, most: usize) -> Result<Vec<u8>> {
    let name = name(path);
    let told = |error: io::Error| {
        Error::failed(format!("{name} cannot be read: {error}"))
            .hint("check the name and the permissions of the file")
    };
    let mut bytes = Vec::new();
    let read = |from: &mut dyn Read, bytes: &mut Vec<u8>| {
        from.take(most as u64 + 1).read_to_end(bytes).map(|_| ())
    };
    if path == Path::new("-") {
        read(&mut io::stdin().lock(), &mut bytes).map_err(told)?;
    } else {
        let metadata = fs::metadata(path).map_err(told)?;
        // Looked at before opening: opening a FIFO would wait for a writer.
        if !metadata.is_file() {
            let what = if metadata.is_dir() { "a directory" } else { "not a regular file" };
            return Err(Error::failed(format!("{name} is {what}"))
                .hint("name a file; `-` reads the standard input"));
        }
        read(&mut File::open(path).map_err(told)?, &mut bytes).map_err(told)?;
    }
    if bytes.len() > most {
        let most = quantity::thousands(most);
        return Err(Error::failed(format!("{name} has more than {most} bytes"))
            .hint("what belongs there is far smaller; name another file"));
    }
    Ok(bytes)
}

/// The text of a file.
///
/// # Errors
/// As [`bytes`]; or it is not UTF-8.
pub fn text(path: &Path, most: usize) -> Result<String> {
    String::from_utf8(bytes(path, most)?).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..valid).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        Error::failed(format!("{}:{line}: not UTF-8 text", name(path))).hint("save it as UTF-8")
    })
}
