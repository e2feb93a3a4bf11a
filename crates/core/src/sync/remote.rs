//! Where the segments of a log are kept: a grow-only set of files that are never changed. Three verbs are
//! enough, list, get and put; none needs a lock, a newest version or a condition. Nothing above this trait
//! knows which remote it speaks to, and no remote knows what a segment says.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::disk::DiskError;

/// How many bytes a sealed segment can have at most; a remote refuses to read a longer one.
pub const MOST_BYTES: usize = 512 * 1024;

/// How many bytes a header can have at most.
pub const MOST_HEADER_BYTES: usize = 4096;

/// How many segments a log can have at most: a remote that shows more is not believed.
pub const MOST_SEGMENTS: usize = 1_000_000;

/// The highest number that a segment can have, so that there is always one after it.
pub const LAST_NUMBER: u64 = 1 << 40;

/// How many segments share a folder: with few entries, the trees of git stay small.
const A_FOLDER: u64 = 64;

/// The name of a segment: which stream it is part of, its number there, and what it holds.
///
/// Its text is the path of its file in the folder of its log: `STREAM/NNNN/NN-HHHHHHHHHHHHHHHH.seg`, with the
/// number divided by 64 in four digits or more, the rest of that in two, and the hash in hexadecimal. What is
/// written in any other way is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// Who wrote it: one stream a device.
    pub stream: Uuid,
    /// Its number in the stream, from 1. Two copies of one record might give the same number twice.
    pub number: u64,
    /// The first 8 bytes of the SHA-256 of the sealed bytes.
    pub hash: [u8; 8],
}

impl Name {
    /// The name of these sealed bytes.
    pub fn of(stream: Uuid, number: u64, sealed: &[u8]) -> Self {
        Self { stream, number, hash: hash(sealed) }
    }

    /// It in the fewest bytes, which sort as it does.
    pub fn pack(&self) -> [u8; 32] {
        let mut packed = [0; 32];
        let parts = [&self.stream.as_bytes()[..], &self.number.to_be_bytes(), &self.hash];
        for (to, from) in packed.iter_mut().zip(parts.concat()) {
            *to = from;
        }
        packed
    }

    /// The name that was packed.
    pub fn unpack(packed: &[u8; 32]) -> Self {
        let [stream @ .., a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = *packed;
        let number = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
        Self { stream: Uuid::from_bytes(stream), number, hash: [i, j, k, l, m, n, o, p] }
    }

    /// Whether these are the bytes that it names.
    pub(crate) fn is_of(&self, sealed: &[u8]) -> bool {
        self.hash == hash(sealed)
    }
}

fn hash(bytes: &[u8]) -> [u8; 8] {
    let [a, b, c, d, e, f, g, h, ..] = <[u8; 32]>::from(Sha256::digest(bytes));
    [a, b, c, d, e, f, g, h]
}

impl fmt::Display for Name {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stream, number, hash } = self;
        let hash = u64::from_be_bytes(*hash);
        write!(to, "{stream}/{:04}/{:02}-{hash:016x}.seg", number / A_FOLDER, number % A_FOLDER)
    }
}

/// The error for a text that is not the name of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoName;

impl FromStr for Name {
    type Err = NoName;

    fn from_str(text: &str) -> Result<Self, NoName> {
        let read = || {
            let (stream, rest) = text.split_once('/')?;
            let (folder, file) = rest.split_once('/')?;
            let (rest, hash) = file.strip_suffix(".seg")?.split_once('-')?;
            let number = folder.parse::<u64>().ok()?.checked_mul(A_FOLDER)?;
            let number = number.checked_add(rest.parse().ok()?)?;
            let hash = u64::from_str_radix(hash, 16).ok()?.to_be_bytes();
            Some(Self { stream: stream.parse().ok()?, number, hash })
        };
        // One name has one text: a sign, a capital or a digit more would be a second one.
        let name = read().filter(|name| (1..=LAST_NUMBER).contains(&name.number));
        name.filter(|name| name.to_string() == text).ok_or(NoName)
    }
}

/// What a remote keeps of a log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The segments that are new since the cursor: all of them where there was none.
    pub names: Vec<Name>,
    /// From where the next listing goes on; it means something to this remote only. None where each
    /// listing is a whole one.
    pub cursor: Option<Vec<u8>>,
    /// Whether `names` is everything that is there, so that what is not in it is missing.
    pub is_whole: bool,
}

/// Takes what was found under a name: nothing, the bytes that it names, or others.
pub type Take<'a> = dyn FnMut(Name, Option<Vec<u8>>) + 'a;

/// A place that keeps logs.
pub trait Remote {
    /// The logs that are there.
    ///
    /// # Errors
    /// The remote cannot be asked.
    fn logs(&mut self) -> Result<Vec<Uuid>, RemoteError>;

    /// The header of a log. `None` if there is no such log.
    ///
    /// # Errors
    /// The remote cannot be asked.
    fn header(&mut self, log: Uuid) -> Result<Option<Vec<u8>>, RemoteError>;

    /// Makes a log. The same header again changes nothing.
    ///
    /// # Errors
    /// There is one with another header; or the remote cannot be asked.
    fn create(&mut self, log: Uuid, header: &[u8]) -> Result<(), RemoteError>;

    /// What is there. A cursor that the remote does not know any more (it went back) gives a whole listing.
    ///
    /// # Errors
    /// The remote cannot be asked, or has no such log.
    fn list(&mut self, log: Uuid, since: Option<&[u8]>) -> Result<Listing, RemoteError>;

    /// Hands over each of these segments. What is missing or torn is handed over as it was found: the
    /// caller compares the hash.
    ///
    /// # Errors
    /// The remote cannot be asked.
    fn get(&mut self, log: Uuid, names: &[Name], take: &mut Take<'_>) -> Result<(), RemoteError>;

    /// Puts all of these, durably. What is there already is done. Returns when they are there for others,
    /// with the cursor behind them where all that is before it was listed or put by this value.
    ///
    /// # Errors
    /// The remote cannot be asked, or has no such log. Some of them might be there nevertheless.
    fn put(
        &mut self,
        log: Uuid,
        segments: &[(Name, Vec<u8>)],
    ) -> Result<Option<Vec<u8>>, RemoteError>;

    /// Removes a log as far as this remote can. One that is not there is removed.
    ///
    /// # Errors
    /// The remote cannot be asked, or does not let it be removed.
    fn erase(&mut self, log: Uuid) -> Result<Erased, RemoteError>;
}

/// What is left after a log was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erased {
    /// Nothing that this program knows of.
    All,
    /// What the remote's own history keeps (git, backups of a database).
    HistoryStays,
}

/// Why a remote could not be asked. `said` is what the engine said, made safe for a terminal, without secrets.
#[derive(Debug)]
pub enum RemoteError {
    /// Nobody answers there, or the network broke.
    Unreachable {
        /// What the engine said.
        said: String,
    },
    /// The folder is not there, so its content is unknown: a USB stick might not be plugged in.
    NoFolder(PathBuf),
    /// Its time ran out.
    TimedOut {
        /// How long it had.
        after: Duration,
    },
    /// It answers, and refuses: access, a hook, a full disk there.
    Refused {
        /// What the engine said.
        said: String,
    },
    /// Who asks cannot log in: there is no password for it, or a wrong one.
    NoEntry {
        /// What the engine said.
        said: String,
    },
    /// It does not prove that it is what was asked for, so nothing was said to it.
    Unproven {
        /// What the engine said.
        said: String,
    },
    /// The person at the terminal was asked for something, and gave up.
    Cancelled,
    /// The program that speaks to it is not installed, or too old (`git`, `milepost-pg`).
    NoProgram {
        /// Its name.
        program: &'static str,
        /// The version that is needed.
        needs: &'static str,
    },
    /// It is there, but is not a remote of ours, or cannot be read.
    Foreign {
        /// What the engine said.
        said: String,
    },
    /// It has no such log.
    NoLog(Uuid),
    /// It has this log with another header.
    OtherHeader(Uuid),
    /// It shows more segments than a log can have.
    TooMany {
        /// How many that is.
        most: usize,
    },
    /// Where the log has a folder or a file, there is something else: a link, a FIFO, a device.
    InTheWay(PathBuf),
    /// This machine's own disk.
    Disk(DiskError),
    /// Another problem with a file or folder of this machine.
    Io {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

impl From<DiskError> for RemoteError {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_the_path_of_a_file() {
        let name = Name { stream: Uuid::from_u128(7), number: 131, hash: [0, 1, 2, 3, 4, 5, 6, 7] };
        let text = "00000000-0000-0000-0000-000000000007/0002/03-0001020304050607.seg";
        assert_eq!(name.to_string(), text);
        assert_eq!(text.parse(), Ok(name));
        assert_eq!(Name::unpack(&name.pack()), name);
        let far = Name { number: LAST_NUMBER, ..name };
        assert_eq!(far.to_string().parse(), Ok(far));
        for other in [
            text.replace("seg", "seg.tmp"),
            text.replace("seg", "sync-conflict-20261130-120000-ABCDEFG.seg"),
            text.replace(".seg", " (conflicted copy).seg"),
            text.replace("0002", "2"),
            text.replace("0002", "00002"),
            text.replace("0002", "+002"),
            text.replace("/03-", "/3-"),
            text.replace("/03-", "/64-"),
            text.replace("0002/03", "0000/00"),
            text.replace("0002", "99999999999999999999"),
            text.replace("0002", "17179869185"),
            text.replace("0607", "060"),
            text.replace("0607", "060G"),
            text.replace(
                "00000000-0000-0000-0000-000000000007",
                "00000000000000000000000000000007",
            ),
            text.replace("0607", "AB07"),
            text.replace('/', "\\"),
            format!("/{text}"),
            format!("{text}/"),
            String::new(),
        ] {
            assert_eq!(other.parse::<Name>(), Err(NoName), "{other}");
        }
    }

    #[test]
    fn a_name_says_what_it_is_of() {
        let name = Name::of(Uuid::nil(), 1, b"sealed");
        assert!(name.is_of(b"sealed") && !name.is_of(b"Sealed") && !name.is_of(b""));
        assert_eq!(
            name.to_string(),
            "00000000-0000-0000-0000-000000000000/0000/01-c9d0036bed6744bc.seg"
        );
    }

    proptest! {
        #[test]
        fn any_text_is_a_name_or_none(text in ".{0,40}|[0-9a-f-]{36}/[0-9]{1,6}/[0-9]{1,3}-[0-9a-f]{15,17}.seg") {
            if let Ok(name) = text.parse::<Name>() {
                prop_assert_eq!(name.to_string(), text);
            }
        }
    }
}
