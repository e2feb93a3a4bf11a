//! What a log says of itself in the clear: how it is sealed, who can read it, and by what a key is known as
//! the right one before anything is put.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::key::Key;
use super::segment;

/// How a log is laid out: which segments it has, under which names.
const FORMAT: u32 = 1;

/// The cipher of this version.
const CIPHER: &str = "xchacha20-poly1305";

/// What a log says of itself. What a newer version adds is passed over: `reader` says who must not.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Header {
    /// The form of the log.
    format: u32,
    /// The oldest form whose readers understand it.
    reader: u32,
    cipher: String,
    /// The log that it belongs to.
    log: Uuid,
    /// A code over all of it that matters, by the key: in hexadecimal.
    check: String,
}

/// Why a log cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub enum HeaderError {
    /// Its header says nothing that can be read.
    Unreadable,
    /// A newer version made it: its form, and the newest that is known here.
    Newer {
        /// The form that a reader must know.
        form: u32,
        /// The newest that this one knows.
        newest: u32,
    },
    /// It is sealed with another cipher.
    Cipher(String),
    /// It is that of another log.
    OtherLog(Uuid),
    /// It was made with another key.
    OtherKey,
}

impl Header {
    /// That of a new log.
    pub(super) fn new(log: Uuid, key: &Key) -> Self {
        let check = check(log, key, FORMAT, FORMAT, CIPHER);
        Self { format: FORMAT, reader: FORMAT, cipher: CIPHER.to_owned(), log, check }
    }

    /// As it is written. The same for the same log and key.
    pub(super) fn render(&self) -> String {
        let Self { format, reader, cipher, log, check } = self;
        format!(
            "{{\n  \"format\": {format},\n  \"reader\": {reader},\n  \"cipher\": \"{cipher}\",\n  \"log\": \"{log}\",\n  \
             \"check\": \"{check}\"\n}}\n"
        )
    }

    /// Reads the header of a log.
    ///
    /// # Errors
    /// It is none, or that of another log, or of one that this version cannot use.
    pub(super) fn read(bytes: &[u8], log: Uuid) -> Result<Self, HeaderError> {
        #[derive(Deserialize)]
        struct Reader {
            reader: u32,
        }
        // Of a newer one, the rest might not be readable.
        let Ok(Reader { reader }) = serde_json::from_slice(bytes) else {
            return Err(HeaderError::Unreadable);
        };
        if reader > FORMAT {
            return Err(HeaderError::Newer { form: reader, newest: FORMAT });
        }
        let Ok(header) = serde_json::from_slice::<Self>(bytes) else {
            return Err(HeaderError::Unreadable);
        };
        if header.cipher != CIPHER {
            return Err(HeaderError::Cipher(header.cipher));
        }
        if header.log != log {
            return Err(HeaderError::OtherLog(header.log));
        }
        Ok(header)
    }

    /// Refuses any other key than the one that the log was made with.
    ///
    /// # Errors
    /// It is another one, or somebody changed the header.
    pub(super) fn is_of(&self, key: &Key) -> Result<(), HeaderError> {
        let Self { format, reader, cipher, log, check: said } = self;
        if check(*log, key, *format, *reader, cipher) == *said {
            Ok(())
        } else {
            Err(HeaderError::OtherKey)
        }
    }
}

fn check(log: Uuid, key: &Key, format: u32, reader: u32, cipher: &str) -> String {
    let by = key.derived("header");
    let numbers = [format.to_be_bytes(), reader.to_be_bytes()].concat();
    let code = super::key::mac(&by, &[log.as_bytes(), &numbers, cipher.as_bytes()]);
    segment::hexadecimal(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: Uuid = Uuid::from_u128(1);

    #[test]
    fn it_opens_with_its_key_only() {
        let (key, other) = (Key::new().unwrap(), Key::new().unwrap());
        let text = Header::new(LOG, &key).render();
        let header = Header::read(text.as_bytes(), LOG).unwrap();
        assert_eq!(header.is_of(&key), Ok(()));
        assert_eq!(header.is_of(&other), Err(HeaderError::OtherKey));
        assert_eq!(header.render(), text);
        assert_eq!(Header::new(LOG, &key).render(), text);
        assert!(text.len() < crate::sync::remote::MOST_HEADER_BYTES);
    }

    #[test]
    fn what_is_wrong_with_it_is_told() {
        let key = Key::new().unwrap();
        let text = Header::new(LOG, &key).render();
        let two = Uuid::from_u128(2);
        for (other, expected) in [
            (text.replace(LOG.to_string().as_str(), &two.to_string()), HeaderError::OtherLog(two)),
            (
                text.replace("\"reader\": 1", "\"reader\": 2"),
                HeaderError::Newer { form: 2, newest: 1 },
            ),
            (
                "{\"reader\": 7, \"sealed\": []}".to_owned(),
                HeaderError::Newer { form: 7, newest: 1 },
            ),
            (text.replace("xchacha20-poly1305", "rot13"), HeaderError::Cipher("rot13".to_owned())),
            (text[..text.len() / 2].to_owned(), HeaderError::Unreadable),
            (String::new(), HeaderError::Unreadable),
            ("[".repeat(4000), HeaderError::Unreadable),
        ] {
            assert_eq!(Header::read(other.as_bytes(), LOG).unwrap_err(), expected, "{other}");
        }
        // What is added is passed over; what is changed is not.
        let more = text.replace("\"format\"", "\"colour\": \"blue\",\n  \"format\"");
        assert_eq!(Header::read(more.as_bytes(), LOG).unwrap().is_of(&key), Ok(()));
        let changed = text.replace("\"format\": 1", "\"format\": 2");
        let changed = Header::read(changed.as_bytes(), LOG).unwrap();
        assert_eq!(changed.is_of(&key), Err(HeaderError::OtherKey));
    }
}
