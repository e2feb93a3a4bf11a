//! What evidence is: an address, a path or a commit. A slip of the keys would stay in the portfolio.

use milepost_path::address::Address;

/// Whether a text looks as if it led somewhere. Whether there is a file of that name is not known here.
pub(crate) fn leads_somewhere(text: &str) -> bool {
    Address::of(text).is_some()
        || !is_nearly_an_address(text)
            && (text.contains(['/', '\\']) || has_extension(text) || is_commit(text))
}

/// Whether it begins as an address does, but with another scheme or with one slash. A drive of Windows is
/// one letter.
fn is_nearly_an_address(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| {
        let is_word = scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
        is_word && scheme.len() > 1 && rest.starts_with('/')
    })
}

fn has_extension(text: &str) -> bool {
    text.rsplit_once('.').is_some_and(|(name, extension)| {
        let is_word = extension.chars().all(char::is_alphanumeric);
        is_word && !name.is_empty() && (1..=8).contains(&extension.len())
    })
}

/// An abbreviated or whole name of a commit; shorter only where it says that it is one.
fn is_commit(text: &str) -> bool {
    let (name, least) = match text.strip_prefix("commit:") {
        Some(name) => (name.trim_start(), 4),
        None => (text, 7),
    };
    (least..=40).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_from_evidence() {
        for text in [
            "https://github.com/me/api",
            "HTTP://example.org",
            "github.com/me/api",
            "git@github.com:me/api.git",
            "docs/plan",
            "C:/docs/plan",
            "C:\\work\\plan",
            "plan.md",
            "a talk.pdf",
            "4f2a9bc",
            "commit:4f2a",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "doi.org/10.1000/182",
        ] {
            assert!(leads_somewhere(text), "{text}");
        }
        for text in [
            "htps://typo",
            "https:/example.org",
            "https://",
            "ttps://example.org/a.md",
            "javascript://x",
            "it works",
            "I built it.",
            "4f2a9b",
            "commit:xyz",
            "repository",
            "",
        ] {
            assert!(!leads_somewhere(text), "{text}");
        }
    }
}
