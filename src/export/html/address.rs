//! Addresses on the page: only http and https become links.

use std::borrow::Cow;

use crate::text::safe;

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

/// The web address that a text is; none where it is anything else.
pub(super) fn web(text: &str) -> Option<Web> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://")?;
    let scheme = ["http", "https"].into_iter().find(|known| scheme.eq_ignore_ascii_case(known))?;
    let is_odd = |char: char| char.is_whitespace() || char.is_control() || char == '\\';
    if rest.contains(is_odd) || !matches!(safe::line(rest), Cow::Borrowed(_)) {
        return None;
    }
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    // What stands before an @ is no host, though it may look like one.
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if host.is_empty() {
        return None;
    }
    let shown = host.strip_prefix("www.").filter(|rest| !rest.is_empty()).unwrap_or(host);
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    Some(Web {
        href: format!("{scheme}://{rest}"),
        label: safe::short(&format!("{shown}{path}"), LONGEST_LABEL),
        host: safe::short(shown, LONGEST_LABEL),
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
