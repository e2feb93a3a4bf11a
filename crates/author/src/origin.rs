//! What a source said about each key, as hashes: by them a later reading of the source can tell what
//! was edited by hand since, and what has changed in the source.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::value::{Pair, Value, quoted};

/// The key that has them.
pub const ORIGIN: &str = "x-from";
/// The key that has what the source calls a node for good.
pub const SOURCE_KEY: &str = "x-uuid";

/// Keys that no source changes.
pub(crate) const APART: [&str; 4] = ["format", "id", ORIGIN, SOURCE_KEY];

/// The hashes of keys, such as `title:3f2a9c url:91bc02`.
pub fn origin(pairs: &[Pair]) -> String {
    let of_source = pairs.iter().filter(|(key, _)| !APART.contains(key));
    let hashes: BTreeMap<&str, String> =
        of_source.map(|(key, value)| (*key, hash(&canonical(value)))).collect();
    written(hashes.iter())
}

/// Hashes of keys as one text.
pub(crate) fn written<K: AsRef<str>, H: AsRef<str>>(
    hashes: impl Iterator<Item = (K, H)>,
) -> String {
    let pairs = hashes.map(|(key, hash)| format!("{}:{}", key.as_ref(), hash.as_ref()));
    pairs.collect::<Vec<_>>().join(" ")
}

/// The hash of a value in its one form. A million edits are needed until one is overlooked by chance.
pub fn hash(canonical: &str) -> String {
    format!("{:05x}", xxh3_64(canonical.as_bytes()) >> 44)
}

/// A value in one form, however it is laid out in a file.
pub fn canonical(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Lines(text) => quoted(text.trim_end()),
        Value::List(values) | Value::Column(values) => {
            let values: Vec<String> = values.iter().map(canonical).collect();
            format!("[{}]", values.join(","))
        }
        Value::Table(pairs) => {
            let pairs: Vec<String> =
                pairs.iter().map(|(key, value)| format!("{key}={}", canonical(value))).collect();
            format!("{{{}}}", pairs.join(","))
        }
        Value::Number(_) | Value::Flag(_) | Value::Date(_) => value.toml(),
    }
}
