//! An exported record on its way in: taken up as it was, or refused.

use milepost::error::Error;
use milepost::words::record::unreadable;
use milepost_core::internals::{record, store};
use milepost_core::record::FORM;
use milepost_core::transfer::{read, render};

/// Reads an export of a record.
pub fn run(input: &[u8]) {
    let export = match read(input, FORM) {
        Ok(export) => export,
        Err(why) => {
            let error = unreadable("record.json", &why);
            assert!(error.message().starts_with("record.json"), "{error}");
            assert!(error.message().len() < 2_000 && !error.hints().is_empty(), "{error}");
            super::assert_shown_safely(error.message());
            return;
        }
    };
    // Whether its checksums agree or not, what was read is written again as the same.
    let checked = store::check(&record::parts(export.clone()).1);
    if let Err(error) = checked {
        assert!(!Error::from(error).message().is_empty());
    }
    let text = render(&export, FORM).expect("it can be exported");
    super::assert_shown_safely(&text);
    let again = read(text.as_bytes(), FORM).expect("and read");
    assert_eq!(again, export);
}
