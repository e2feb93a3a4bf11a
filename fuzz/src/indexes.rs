//! An index of a path: read, or ignored.

use milepost_core::internals::catalog::index::decode_built_in;
use milepost_path::{Career, Roadmap};

/// Decodes an index, as a path and as a career.
pub fn run(input: &[u8]) {
    if let Some(roadmap) = decode_built_in::<Roadmap>(input) {
        let bytes = postcard::to_stdvec(&roadmap).expect("it can be kept");
        let again: Roadmap = decode_built_in(&bytes).expect("and read");
        assert_eq!(postcard::to_stdvec(&again).ok(), Some(bytes));
    }
    if let Some(career) = decode_built_in::<Career>(input) {
        let bytes = postcard::to_stdvec(&career).expect("it can be kept");
        let again: Career = decode_built_in(&bytes).expect("and read");
        assert_eq!(postcard::to_stdvec(&again).ok(), Some(bytes));
    }
}
