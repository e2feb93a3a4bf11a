//! A reference: it is one thing, several things, or nothing, and then what is near exists.

use milepost_core::Catalog;
use milepost_core::internals::catalog::reference::{Lookup, look_up};

/// Looks up the last line; those before it are the paths that are followed.
pub fn run(input: &[u8]) {
    thread_local! {
        static CATALOG: Catalog = Catalog::new(milepost::builtin::BUILT_INS, Vec::new(), false, None);
    }
    let text = String::from_utf8_lossy(input);
    let mut lines: Vec<&str> = text.split('\n').collect();
    let wanted = lines.pop().unwrap_or_default();
    CATALOG.with(|catalog| match look_up(catalog, wanted, &lines) {
        Lookup::One(node) => assert!(!node.reference().as_str().is_empty()),
        Lookup::Several(nodes) => assert!(nodes.len() > 1),
        Lookup::Unknown(near) => {
            for one in near {
                // What is suggested can be typed, and is one thing.
                assert!(matches!(look_up(catalog, &one, &[]), Lookup::One(_)), "{one:?}");
            }
        }
    });
}
