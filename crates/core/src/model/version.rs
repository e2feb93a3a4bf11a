//! Which of two versions is the newer one, as authors number them.

use std::cmp::Ordering;

/// Compares two versions: numbers by their value, so that `1.10` is after `1.9`; what comes before a
/// release, such as `2.0-rc1`, is before it. A `v` in front means nothing.
pub(crate) fn compare(one: &str, other: &str) -> Ordering {
    let (one, before_one) = parts(one);
    let (other, before_other) = parts(other);
    runs(one).cmp(&runs(other)).then_with(|| match (before_one, before_other) {
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (one, other) => runs(one.unwrap_or_default()).cmp(&runs(other.unwrap_or_default())),
    })
}

/// A release, and what says that the version is one before it.
fn parts(version: &str) -> (&str, Option<&str>) {
    let version = version.trim();
    let number = version.strip_prefix(['v', 'V']);
    let number = number.filter(|it| it.starts_with(|c: char| c.is_ascii_digit()));
    let version = number.unwrap_or(version);
    match version.split_once('-') {
        Some((release, before)) if before.starts_with(char::is_alphabetic) => {
            (release, Some(before))
        }
        _ => (version, None),
    }
}

/// A part of a version. A word is before a number.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Run<'v> {
    Word(&'v str),
    /// The length of a number without zeros before it, and its digits: no number is too long.
    Number(usize, &'v str),
}

fn runs(version: &str) -> Vec<Run<'_>> {
    let is_separator = |c: char| !c.is_alphanumeric();
    let mut runs = Vec::new();
    for mut rest in version.split(is_separator) {
        while let Some(first) = rest.chars().next() {
            let is_number = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != is_number).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            let digits = run.trim_start_matches('0');
            runs.push(if is_number { Run::Number(digits.len(), digits) } else { Run::Word(run) });
            rest = after;
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_version_is_newer_than_those_before_it() {
        let versions = [
            "",
            "draft",
            "0.9",
            "1",
            "1.2-beta",
            "1.2-rc1",
            "1.2-rc10",
            "1.2",
            "1.2a",
            "1.2b",
            "1.2.1",
            "v1.10",
            "2",
            "2026-11-20",
            "2026-12-01",
            "99999999999999999999999",
        ];
        for (at, one) in versions.iter().enumerate() {
            for (other_at, other) in versions.iter().enumerate() {
                assert_eq!(compare(one, other), at.cmp(&other_at), "{one:?} {other:?}");
            }
        }
        for (one, same) in [("v2", "2"), ("1.02", "1.2"), (" 3 ", "3"), ("2026.1", "2026-1")] {
            assert_eq!(compare(one, same), Ordering::Equal, "{one:?} {same:?}");
        }
    }
}
