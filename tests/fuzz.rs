//! The fuzz targets over their corpus: what the fuzzer found worth keeping, and whatever it broke
//! once. `RUSTC_BOOTSTRAP=1 cargo fuzz run -s none TARGET` looks for more.

#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

#[path = "../fuzz/src/lib.rs"]
mod targets;

/// Runs a target over its corpus; each file that breaks it is named.
fn holds_for_its_corpus(name: &str) {
    let (_, target) = targets::ALL.iter().find(|(known, _)| *known == name).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let mut count = 0;
    let mut broken = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let file = entry.unwrap().path();
        let input = std::fs::read(&file).unwrap();
        count += 1;
        if std::panic::catch_unwind(|| target(&input)).is_err() {
            broken.push(file);
        }
    }
    assert!(count > 5, "{} has {count} files", folder.display());
    assert!(broken.is_empty(), "{broken:#?}");
}

macro_rules! targets {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            holds_for_its_corpus(stringify!($name));
        })*

        #[test]
        fn each_target_is_run() {
            let named: Vec<&str> = targets::ALL.iter().map(|(name, _)| *name).collect();
            assert_eq!(named, [$(stringify!($name)),*]);
            for name in named {
                let file = format!("{}/fuzz/fuzz_targets/{name}.rs", env!("CARGO_MANIFEST_DIR"));
                assert!(Path::new(&file).is_file(), "{file}");
            }
        }
    };
}

targets! { commands days drafts events exports indexes paths records references screens segments ticks }
