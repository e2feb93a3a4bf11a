//! Objects of the clone, as `cat-file` prints them: what there is under some names, and what is in it.
//! Others who can write to the repository decide what that is, so everything has a limit.

use std::io::{self, Write};
use std::ops::ControlFlow;

use super::cache::{Cache, Fault, Oid};
use super::lines::Lines;
use super::program::Deadline;

/// What is under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing.
    Missing,
    /// A file, or a link, with as many bytes.
    Blob { oid: Oid, size: u64 },
    /// A folder, or a commit of another repository.
    Other,
}

/// An object with what is in it.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) oid: Oid,
    pub(super) is_blob: bool,
    pub(super) is_tree: bool,
    pub(super) bytes: Vec<u8>,
}

/// What there is under each of some names, such as `COMMIT:PATH`.
pub(super) fn kinds(
    cache: &Cache,
    names: &[String],
    deadline: Deadline,
) -> Result<Vec<Kind>, Fault> {
    let mut kinds = Vec::with_capacity(names.len());
    let mut lines = Lines::default();
    let mut take = |bytes: &[u8]| {
        lines.feed(bytes, |line| {
            kinds.push(match head(line) {
                Some((oid, b"blob", size)) => Kind::Blob { oid, size },
                Some(_) => Kind::Other,
                None => Kind::Missing,
            });
            ControlFlow::Continue(())
        })
    };
    let write = |to: &mut dyn Write| each_line(to, names);
    cache.local(&["cat-file", "--batch-check"], deadline, Some(&write), &mut take)?;
    if kinds.len() == names.len() { Ok(kinds) } else { Err(cache.damaged()) }
}

/// Reads what is under each of some names, in their order; nothing for what is not there. It ends early,
/// and says so, before an object of more bytes than `most`.
pub(super) fn read(
    cache: &Cache,
    names: &[impl AsRef<str> + Sync],
    most: usize,
    deadline: Deadline,
    take: &mut dyn FnMut(Option<Object>),
) -> Result<bool, Fault> {
    if names.is_empty() {
        return Ok(true);
    }
    let mut count = 0;
    let mut objects = Objects { most, waiting: Vec::new(), begun: None };
    let mut feed = |bytes: &[u8]| {
        objects.feed(bytes, &mut |object| {
            count += 1;
            take(object);
        })
    };
    let write = |to: &mut dyn Write| each_line(to, names);
    if !cache.local(&["cat-file", "--batch"], deadline, Some(&write), &mut feed)? {
        return Ok(false);
    }
    if count == names.len() { Ok(true) } else { Err(cache.damaged()) }
}

/// What `cat-file --batch` prints: `ID KIND SIZE`, the bytes, and a line break; or `NAME missing`.
#[derive(Debug)]
struct Objects {
    most: usize,
    waiting: Vec<u8>,
    /// The object that has begun, and how many bytes it has.
    begun: Option<(Object, usize)>,
}

impl Objects {
    fn feed(&mut self, bytes: &[u8], take: &mut dyn FnMut(Option<Object>)) -> ControlFlow<()> {
        self.waiting.extend_from_slice(bytes);
        let mut at = 0;
        loop {
            let rest = self.waiting.get(at..).unwrap_or_default();
            match self.begun.take() {
                Some((mut object, size)) => {
                    // With the line break behind it.
                    let Some(whole) = rest.get(..=size) else {
                        self.begun = Some((object, size));
                        break;
                    };
                    at += whole.len();
                    object.bytes = whole.get(..size).unwrap_or_default().to_vec();
                    take(Some(object));
                }
                None => {
                    let Some(end) = rest.iter().position(|byte| *byte == b'\n') else {
                        break;
                    };
                    let line = rest.get(..end).unwrap_or_default();
                    at += end + 1;
                    let Some((oid, kind, size)) = head(line) else {
                        take(None);
                        continue;
                    };
                    let Some(size) = usize::try_from(size).ok().filter(|size| *size <= self.most)
                    else {
                        return ControlFlow::Break(());
                    };
                    let (is_blob, is_tree) = (kind == b"blob", kind == b"tree");
                    self.begun = Some((Object { oid, is_blob, is_tree, bytes: Vec::new() }, size));
                }
            }
        }
        self.waiting.drain(..at);
        ControlFlow::Continue(())
    }
}

/// The parts of `ID KIND SIZE`; none for what is missing.
fn head(line: &[u8]) -> Option<(Oid, &[u8], u64)> {
    let mut parts = line.split(|byte| *byte == b' ');
    let (oid, kind, size) = (parts.next()?, parts.next()?, parts.next()?);
    Some((Oid::read(oid)?, kind, str::from_utf8(size).ok()?.parse().ok()?))
}

fn each_line(to: &mut dyn Write, lines: &[impl AsRef<str>]) -> io::Result<()> {
    let mut to = io::BufWriter::new(to);
    for line in lines {
        to.write_all(line.as_ref().as_bytes())?;
        to.write_all(b"\n")?;
    }
    to.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objects() -> Objects {
        Objects { most: 100, waiting: Vec::new(), begun: None }
    }

    #[test]
    fn objects_are_the_same_in_any_pieces() {
        let id = "0123456789abcdef0123456789abcdef01234567";
        let printed = format!(
            "{id} blob 5\nab\ncd\n{id} blob 0\n\nx:y missing\n{id} tree 1\nx\n{id} blob 100\n"
        );
        for size in 1..=printed.len() {
            let mut objects = objects();
            let mut found = Vec::new();
            for piece in printed.as_bytes().chunks(size) {
                let mut take = |object: Option<Object>| {
                    let object =
                        object.map(|object| (object.is_blob, object.is_tree, object.bytes));
                    found.push(object);
                };
                assert!(objects.feed(piece, &mut take).is_continue());
            }
            let expected = [
                Some((true, false, b"ab\ncd".to_vec())),
                Some((true, false, vec![])),
                None,
                Some((false, true, b"x".to_vec())),
            ];
            assert_eq!(found, expected, "{size}");
        }
    }

    #[test]
    fn what_is_too_large_ends_it() {
        let id = "0".repeat(64);
        for size in ["101", "18446744073709551615"] {
            let mut never = |_| panic!("it is too large");
            let printed = format!("{id} blob {size}\nab");
            assert!(objects().feed(printed.as_bytes(), &mut never).is_break(), "{size}");
        }
        for printed in
            [format!("{id} blob -1"), format!("{id} blob"), "0 blob 1".to_owned(), "".into()]
        {
            let mut found = Vec::new();
            let flow = objects()
                .feed(format!("{printed}\n").as_bytes(), &mut |one| found.push(one.is_none()));
            assert!(flow.is_continue() && found == [true], "{printed}");
        }
    }
}
