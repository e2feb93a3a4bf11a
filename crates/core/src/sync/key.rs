//! The key of a log, with which everything that is shared is sealed. Anyone who has it can read the record;
//! without it nobody can.
//!
//! It lies in a file of its own beside the record, in none of its copies, and is shown only on demand: in
//! groups of base32 with a checksum, which can be read aloud and typed. No message and no error has any of
//! it.

use std::fmt;
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::disk::{self, DiskError, NotWritten, read};

/// How many bytes it has.
const BYTES: usize = 32;

/// How many bytes of a hash follow it when it is shown.
const CHECKSUM: usize = 3;

/// Those of Crockford: no letter looks like a digit.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many digits are shown together.
const GROUP: usize = 4;

/// The longest file with a key, with anything that surrounds its digits.
const MOST_BYTES: u64 = 1024;

/// The key of a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; BYTES]);

impl fmt::Debug for Key {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Key(…)")
    }
}

/// Why a text is not a key. It repeats nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoKey {
    /// It has the wrong number of digits.
    Length {
        /// How many it has.
        found: usize,
        /// How many a key has.
        expected: usize,
    },
    /// The character at this place, counted from 1, is not a digit of a key.
    Digit(usize),
    /// A digit was mistaken for another, or two were swapped.
    Checksum,
}

/// What is wrong with the file of a key.
#[derive(Debug)]
pub enum KeyError {
    /// There is no file.
    Missing(PathBuf),
    /// There is a file, but what it has is not a key.
    Unusable(PathBuf, NoKey),
    /// There is a different key, which is not overwritten.
    Another(PathBuf),
    /// It cannot be read or written.
    Disk(DiskError),
    /// The system gives no random bytes; what it says.
    NoChance(String),
}

impl Key {
    /// A new random key.
    ///
    /// # Errors
    /// The system has none.
    pub(crate) fn new() -> Result<Self, KeyError> {
        let mut key = [0; BYTES];
        getrandom::fill(&mut key).map_err(|error| KeyError::NoChance(error.to_string()))?;
        Ok(Self(key))
    }

    /// Reads what [`Key::show`] wrote, however it was typed.
    ///
    /// # Errors
    /// It is no key.
    pub fn read(text: &str) -> Result<Self, NoKey> {
        let mut bytes = [0u8; BYTES + CHECKSUM];
        let expected = bytes.len() * 8 / 5;
        let (mut found, mut bits, mut held) = (0, 0u32, 0u32);
        let mut whole = bytes.iter_mut();
        for (at, character) in text.trim().chars().enumerate() {
            if character == '-' || character.is_whitespace() {
                continue;
            }
            let digit = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = DIGITS.iter().position(|one| char::from(*one) == digit);
            let value =
                value.and_then(|value| u32::try_from(value).ok()).ok_or(NoKey::Digit(at + 1))?;
            found += 1;
            held = held << 5 | value;
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                if let Some(byte) = whole.next() {
                    *byte = (held >> bits & 0xff) as u8;
                }
            }
            held &= (1 << bits) - 1;
        }
        if found != expected {
            return Err(NoKey::Length { found, expected });
        }
        let read = bytes.split_first_chunk::<BYTES>().map(|(key, sum)| (Self(*key), sum));
        read.filter(|(key, sum)| key.checksum() == *sum).map(|(key, _)| key).ok_or(NoKey::Checksum)
    }

    /// Groups of digits, the last of which say whether the others were read right.
    pub fn show(&self) -> String {
        let mut shown = String::new();
        let (mut bits, mut held, mut digits) = (0u32, 0u32, 0);
        for byte in self.0.into_iter().chain(self.checksum()) {
            held = held << 8 | u32::from(byte);
            bits += 8;
            while bits >= 5 {
                bits -= 5;
                if digits > 0 && digits % GROUP == 0 {
                    shown.push('-');
                }
                digits += 1;
                let digit = usize::try_from(held >> bits & 31).ok().and_then(|at| DIGITS.get(at));
                shown.extend(digit.map(|digit| char::from(*digit)));
            }
            held &= (1 << bits) - 1;
        }
        shown
    }

    fn checksum(&self) -> [u8; CHECKSUM] {
        let [a, b, c, ..] = <[u8; 32]>::from(
            Sha256::new_with_prefix(b"milepost key").chain_update(self.0).finalize(),
        );
        [a, b, c]
    }

    /// Reads the key of a log that is kept beside a record.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    pub(crate) fn of(record: &Path, log: Uuid) -> Result<Self, KeyError> {
        let path = file(record, log);
        match read::text(&path, MOST_BYTES) {
            Ok(text) => Self::read(&text).map_err(|error| KeyError::Unusable(path, error)),
            Err(unread) if unread.is_missing() => Err(KeyError::Missing(path)),
            Err(unread) => Err(KeyError::Disk(DiskError::Unread(path, unread))),
        }
    }

    /// Keeps it as the key of a log beside a record, for nobody else to read.
    ///
    /// # Errors
    /// There is another one; or it cannot be written.
    pub(crate) fn keep(&self, record: &Path, log: Uuid) -> Result<(), KeyError> {
        match Self::of(record, log) {
            Ok(there) if there == *self => return Ok(()),
            Ok(_) => return Err(KeyError::Another(file(record, log))),
            Err(KeyError::Missing(_)) => {}
            Err(error) => return Err(error),
        }
        let path = file(record, log);
        let not_written =
            |error| KeyError::Disk(DiskError::NotWritten(path.clone(), NotWritten::Failed(error)));
        if let Some(folder) = path.parent() {
            disk::make_directories(folder).map_err(not_written)?;
            disk::set_private(folder, 0o700).map_err(not_written)?;
        }
        let text = format!("{}\n", self.show());
        disk::write(&path, Some(record), text.as_bytes()).map_err(KeyError::Disk)
    }

    /// Removes the key of a log that is kept beside a record, if there is one.
    ///
    /// # Errors
    /// It cannot be removed.
    pub(crate) fn remove(record: &Path, log: Uuid) -> Result<(), KeyError> {
        let path = file(record, log);
        match path.try_exists() {
            Ok(false) => Ok(()),
            _ => disk::remove(&path).map_err(KeyError::Disk),
        }
    }

    /// 32 bytes for one purpose, from which nothing follows for another.
    pub(super) fn derived(&self, purpose: &str) -> [u8; 32] {
        self.mac(&[b"milepost 1 ", purpose.as_bytes()])
    }

    /// A code over some bytes that only a holder of the key can make.
    pub(super) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        mac(&self.0, parts)
    }
}

/// HMAC-SHA-256.
pub(super) fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // As long as a block of the hash, for which HMAC fills a shorter key with zeros itself.
    let mut block = [0; 64];
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Where the key of a log is kept.
pub(crate) fn file(record: &Path, log: Uuid) -> PathBuf {
    let folder = record.parent().unwrap_or(Path::new("/"));
    folder.join("keys").join(format!("{log}.key"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LOG: Uuid = Uuid::from_u128(1);

    #[test]
    fn it_is_read_as_it_is_shown_and_as_people_type() {
        let key = Key(std::array::from_fn(|at| at as u8 * 7));
        let shown = key.show();
        assert_eq!(shown.len(), 69);
        assert_eq!(shown.split('-').map(str::len).collect::<Vec<_>>(), [4; 14]);
        assert_eq!(Key::read(&shown), Ok(key.clone()));
        let typed = shown.replace('-', " ").to_lowercase().replace('0', "o").replace('1', "l");
        assert_eq!(Key::read(&format!("  {typed}\n")), Ok(key.clone()));
        assert_eq!(Key::read(""), Err(NoKey::Length { found: 0, expected: 56 }));
        assert_eq!(Key::read(&shown[5..]), Err(NoKey::Length { found: 52, expected: 56 }));
        assert_eq!(
            Key::read(&"7".repeat(100_000)),
            Err(NoKey::Length { found: 100_000, expected: 56 })
        );
        assert_eq!(Key::read(&shown.replace("-", "-\u{1b}")), Err(NoKey::Digit(6)));
        assert_eq!(Key::read(&format!("{}U", &shown[..68])), Err(NoKey::Digit(69)));
        // A slip of one digit, anywhere.
        for at in (0..shown.len()).filter(|at| shown.as_bytes()[*at] != b'-') {
            let other = if shown.as_bytes()[at] == b'Z' { "Y" } else { "Z" };
            let slip = format!("{}{other}{}", &shown[..at], &shown[at + 1..]);
            assert_eq!(Key::read(&slip), Err(NoKey::Checksum), "{slip}");
        }
        assert_eq!(format!("{key:?}"), "Key(…)");
    }

    #[test]
    fn each_is_another_and_each_purpose() {
        let (one, other) = (Key::new().unwrap(), Key::new().unwrap());
        assert_ne!(one, other);
        assert_ne!(one.derived("a"), one.derived("b"));
        assert_ne!(one.derived("a"), other.derived("a"));
        // The first test vector of RFC 4231, whose key is shorter.
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        let code = mac(&key, &[b"Hi ", b"There"]);
        assert_eq!(code[..4], [0xb0, 0x34, 0x4c, 0x61]);
    }

    #[test]
    fn it_is_kept_for_nobody_else_and_never_overwritten() {
        let home = tempfile::tempdir().unwrap();
        let record = home.path().join("progress.db");
        assert!(matches!(Key::of(&record, LOG), Err(KeyError::Missing(_))));
        let key = Key::new().unwrap();
        key.keep(&record, LOG).unwrap();
        key.keep(&record, LOG).unwrap();
        assert_eq!(Key::of(&record, LOG).unwrap(), key);
        assert!(matches!(Key::new().unwrap().keep(&record, LOG), Err(KeyError::Another(_))));
        assert_eq!(Key::of(&record, LOG).unwrap(), key);
        let path = file(&record, LOG);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        }
        std::fs::write(&path, "not a key").unwrap();
        assert!(matches!(Key::of(&record, LOG), Err(KeyError::Unusable(..))));
        assert!(matches!(key.keep(&record, LOG), Err(KeyError::Unusable(..))));
        std::fs::write(&path, "7".repeat(2000)).unwrap();
        assert!(matches!(Key::of(&record, LOG), Err(KeyError::Disk(_))));
        Key::remove(&record, LOG).unwrap();
        Key::remove(&record, LOG).unwrap();
        assert!(!path.exists());
    }

    proptest! {
        #[test]
        fn any_text_is_a_key_or_none(text in "[0-9A-Za-z -]{50,70}|.{0,20}") {
            if let Ok(key) = Key::read(&text) {
                prop_assert_eq!(Key::read(&key.show()), Ok(key));
            }
        }

        #[test]
        fn any_key_is_read_back(bytes in any::<[u8; 32]>()) {
            prop_assert_eq!(Key::read(&Key(bytes).show()), Ok(Key(bytes)));
        }
    }
}
