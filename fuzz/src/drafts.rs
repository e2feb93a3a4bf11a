//! `drafts`: the kind of a document on the first line, then the document. Whatever it says, a path that
//! is made of it passes `check`, is the same each time, and is as it was when the document is read again.

use milepost_author::made::{self, MakeError};
use milepost_author::read::{self, Kind, Options};

/// Runs the target.
///
/// # Panics
/// A path is not what it must be.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (kind, text) = text.split_once('\n').unwrap_or((&text, ""));
    let _ = read::detect(kind, text);
    let Some(kind) = Kind::parse(kind.trim()) else { return };
    let options = Options { name: "document.txt".to_owned() };
    let made = match made::from_document(kind, text, &options, "it") {
        Ok(made) => made,
        Err(MakeError::Invalid(wrong)) if kind != Kind::Path => {
            panic!("{:?}: {}", wrong.code, wrong.message)
        }
        Err(_) => return,
    };
    assert_eq!(made::from_document(kind, text, &options, "it").as_ref(), Ok(&made));
    assert!(milepost_path::read(&made.text).roadmap.is_some());
    if kind != Kind::Path {
        let again = made::updated(&made.text, kind, text, &options, "it");
        assert!(again.is_ok_and(|again| again.is_unchanged), "{}", made.text);
    }
}
