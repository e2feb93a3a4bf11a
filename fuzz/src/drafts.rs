//! `drafts`: the kind of a document on the first line, then the document. Whatever it says, a path that
//! is made of it passes `check`, is the same each time, and is as it was when the document is read again.
//! Of a document that has lost a half, or got it back, the path keeps each id.

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
    let options = Options { name: "document.txt".to_owned(), ..Options::default() };
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
        let half: String = text.chars().take(text.chars().count() / 2).collect();
        follow(kind, &half, &made.text);
        if let Ok(half) = made::from_document(kind, &half, &options, "it") {
            follow(kind, text, &half.text);
        }
    }
}

/// Brings a document into a path that was made of another version of it.
fn follow(kind: Kind, text: &str, file: &str) {
    let options =
        Options { base: Some("https://example.org/a/b".to_owned()), ..Options::default() };
    let after = match made::updated(file, kind, text, &options, "it") {
        Ok(made) => made,
        Err(MakeError::Invalid(wrong)) => panic!("{:?}: {}\n{file}", wrong.code, wrong.message),
        Err(_) => return,
    };
    let path = |text: &str| milepost_path::read(text).roadmap.expect("a path");
    let (before, now) = (path(file), path(&after.text));
    for item in before.items() {
        assert!(now.resolve(&item.tracked().id).is_some(), "{}\n{}", item.tracked().id, after.text);
    }
    let again = made::updated(&after.text, kind, text, &options, "it").expect("it was read before");
    let update = again.update.expect("it is an update");
    assert!(update.added.is_empty() && update.retired.is_empty(), "{update:?}\n{}", after.text);
    assert!(update.switched.is_empty(), "{update:?}\n{}", after.text);
}
