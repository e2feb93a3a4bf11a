//! Addresses on the page: only http and https become links.

use milepost_path::address::Address;
use milepost_path::safe;

/// Of the text that stands for an address.
const LONGEST_LABEL: usize = 60;

/// A web address.
#[derive(Debug, PartialEq)]
pub(super) struct Web {
    /// What the link leads to.
    pub href: String,
    /// The host and the path, in short.
    pub label: String,
    /// The host.
    pub host: String,
}

/// The web address that a text is; `None` if it is anything else.
pub(super) fn web(text: &str) -> Option<Web> {
    let address = Address::of(text)?;
    let site = address.site();
    Some(Web {
        href: address.href(),
        label: safe::short(&format!("{site}{}", address.path()), LONGEST_LABEL),
        host: safe::short(site, LONGEST_LABEL),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_links() {
        for (text, expected) in [
            ("https://github.com/ada/api", Some(("github.com/ada/api", "github.com"))),
            (" HTTP://www.Example.org/a/?q=1#x ", Some(("Example.org/a", "Example.org"))),
            ("https://github.com@evil.example/x", Some(("evil.example/x", "evil.example"))),
            ("https://www.", Some(("www.", "www."))),
            ("http://[::1]:8080/", Some(("[::1]:8080", "[::1]:8080"))),
            ("https://", None),
            ("https:///etc/passwd", None),
            ("https://a b", None),
            ("https://a\\b", None),
            ("https://a\u{202e}b", None),
            ("javascript:alert(1)", None),
            ("javascript://%0aalert(1)", None),
            ("data:text/html,x", None),
            ("file:///etc/passwd", None),
            ("docs/a.md", None),
            ("", None),
        ] {
            let found = web(text);
            let shown = found.as_ref().map(|web| (web.label.as_str(), web.host.as_str()));
            assert_eq!(shown, expected, "{text:?}");
        }
        assert_eq!(web("HTTP://a.b/?x=1&y").unwrap().href, "http://a.b/?x=1&y");
    }
}
