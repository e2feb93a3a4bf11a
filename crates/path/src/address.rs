//! What a web address is: the one rule for path files, for links on a terminal, on a page and in
//! Markdown, and for what is opened in a browser.

use std::net::Ipv6Addr;

use super::chars::is_unsafe;

/// A web address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address<'t> {
    /// `http` or `https`, whatever the case in which it was written.
    pub scheme: &'static str,
    /// What follows `://`.
    pub rest: &'t str,
}

/// Why a text is no web address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It holds a blank or a character that is not shown.
    Hidden,
    /// It holds a backslash, which browsers take for a slash: it could lead elsewhere than it seems.
    Backslash,
    /// It does not begin with `http://` or `https://`.
    Scheme,
    /// It names no host.
    Host,
}

impl<'t> Address<'t> {
    /// The address that a text is, blanks around it left out; `None` if it is anything else.
    pub fn of(text: &'t str) -> Option<Self> {
        Self::read(text.trim()).ok()
    }

    /// The address that a text is.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(text: &'t str) -> Result<Self, Fault> {
        if text.chars().any(|char| char.is_whitespace() || is_unsafe(char)) {
            return Err(Fault::Hidden);
        }
        if text.contains('\\') {
            return Err(Fault::Backslash);
        }
        let (written, rest) = text.split_once("://").ok_or(Fault::Scheme)?;
        let mut known = ["http", "https"].into_iter();
        let scheme = known.find(|one| written.eq_ignore_ascii_case(one)).ok_or(Fault::Scheme)?;
        let address = Self { scheme, rest };
        let host = address.host();
        // An address of the sixth version has colons itself.
        let name = if host.starts_with('[') { host } else { host.split(':').next().unwrap_or("") };
        if name.contains(char::is_alphanumeric) { Ok(address) } else { Err(Fault::Host) }
    }

    /// The host, with its port.
    pub(crate) fn host(&self) -> &'t str {
        let (authority, _) = self.split();
        // What stands before an @ is no host, though it can look like one.
        authority.rsplit_once('@').map_or(authority, |(_, host)| host)
    }

    /// The path, without what is asked of it, and without a slash at its end.
    pub fn path(&self) -> &'t str {
        let (_, after) = self.split();
        after.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/')
    }

    /// The host as people say it, without `www.`.
    pub fn site(&self) -> &'t str {
        let host = self.host();
        host.strip_prefix("www.").filter(|rest| !rest.is_empty()).unwrap_or(host)
    }

    /// The whole address.
    pub fn href(&self) -> String {
        format!("{}://{}", self.scheme, self.rest)
    }

    /// The address as RFC 3986 has it, for programs that are strict about it: what it does not allow
    /// is percent-encoded. `None` where that is not enough, as with a port that is no number.
    pub fn uri(&self) -> Option<String> {
        let (authority, after) = self.split();
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (format!("{}@", encoded(user, ":")), host),
            None => (String::new(), authority),
        };
        let (name, port) = match host.strip_prefix('[') {
            Some(number) => {
                let (number, port) = number.split_once(']')?;
                (format!("[{}]", number.parse::<Ipv6Addr>().ok()?), port)
            }
            None => {
                let (name, port) = host.split_at(host.find(':').unwrap_or(host.len()));
                (encoded(name, ""), port)
            }
        };
        let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
        if !port.is_empty() && !port.strip_prefix(':').is_some_and(is_port) {
            return None;
        }
        let (path, fragment) = match after.split_once('#') {
            Some((path, fragment)) => (path, format!("#{}", encoded(fragment, ":@/?"))),
            None => (after, String::new()),
        };
        let path = encoded(path, ":@/?");
        Some(format!("{}://{user}{name}{port}{path}{fragment}", self.scheme))
    }

    /// The authority, and all behind it.
    pub fn split(&self) -> (&'t str, &'t str) {
        self.rest.split_at(self.rest.find(['/', '?', '#']).unwrap_or(self.rest.len()))
    }
}

/// A part of an address, in which some characters mean what they are besides those that do
/// everywhere.
fn encoded(part: &str, also: &str) -> String {
    let mut out = String::with_capacity(part.len());
    let is_hex = |at: usize| part.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
    for (at, byte) in part.bytes().enumerate() {
        let stays = byte.is_ascii_alphanumeric()
            || b"-._~!$&'()*+,;=".contains(&byte)
            || also.as_bytes().contains(&byte)
            || byte == b'%' && is_hex(at + 1) && is_hex(at + 2);
        if stays {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn strict_programs_get_an_address_of_rfc_3986() {
        for (text, expected) in [
            ("https://github.com/ada/api", Some("https://github.com/ada/api")),
            ("HTTP://a.b:8080?x=1&y=[2]#a#b", Some("http://a.b:8080?x=1&y=%5B2%5D#a%23b")),
            (
                "https://a.b/ü%20%zz<>\"|^`{}",
                Some("https://a.b/%C3%BC%20%25zz%3C%3E%22%7C%5E%60%7B%7D"),
            ),
            ("https://ada:pass@a.b:/x", Some("https://ada:pass@a.b:/x")),
            ("https://a@b@c.d", Some("https://a%40b@c.d")),
            (
                "https://пример.рф",
                Some("https://%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80.%D1%80%D1%84"),
            ),
            ("http://[::1]:80/", Some("http://[::1]:80/")),
            ("http://[::1", None),
            ("http://[abc]", None),
            ("http://[::1]x", None),
            ("https://a:b/", None),
            ("https://a:1:2/", None),
        ] {
            let uri = Address::of(text).and_then(|one| one.uri());
            assert_eq!(uri.as_deref(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_address_of_rfc_3986_is_one(rest in "[-\\PC/?#\\[\\]@:%&a0.]{0,20}") {
            if let Some(uri) = Address::of(&format!("https://a{rest}")).and_then(|one| one.uri()) {
                let allowed = |byte: u8| byte.is_ascii_alphanumeric()
                    || b"-._~!$&'()*+,;=:@/?#[]%".contains(&byte);
                prop_assert!(uri.bytes().all(allowed), "{}", uri);
                prop_assert!(uri.matches('#').count() <= 1);
                prop_assert_eq!(Address::of(&uri).unwrap().uri(), Some(uri));
            }
        }
    }

    #[test]
    fn what_is_a_web_address() {
        for (text, expected) in [
            ("https://github.com/ada/api", Ok(("github.com", "/ada/api"))),
            // Of the scheme, the case says nothing.
            ("HTTP://Example.org/a/?q=1#x", Ok(("Example.org", "/a"))),
            ("hTTps://a", Ok(("a", ""))),
            ("https://github.com@evil.example/x", Ok(("evil.example", "/x"))),
            ("https://a.b?x=https://c/d", Ok(("a.b", ""))),
            ("http://[::1]:8080/", Ok(("[::1]:8080", ""))),
            ("https://пример.рф/путь", Ok(("пример.рф", "/путь"))),
            ("https://www.", Ok(("www.", ""))),
            ("https://", Err(Fault::Host)),
            ("https:///etc/passwd", Err(Fault::Host)),
            ("https://:8080/x", Err(Fault::Host)),
            ("https://ada@/x", Err(Fault::Host)),
            ("https://-/x", Err(Fault::Host)),
            ("https://a b", Err(Fault::Hidden)),
            (" https://a", Err(Fault::Hidden)),
            ("https://a\u{202e}b", Err(Fault::Hidden)),
            ("https://a\u{a0}b", Err(Fault::Hidden)),
            ("https://a\\@b/c", Err(Fault::Backslash)),
            ("javascript://%0aalert(1)", Err(Fault::Scheme)),
            ("javascript:alert(1)", Err(Fault::Scheme)),
            ("file:///etc/passwd", Err(Fault::Scheme)),
            ("docs/a.md", Err(Fault::Scheme)),
            ("", Err(Fault::Scheme)),
        ] {
            let found = Address::read(text).map(|one| (one.host(), one.path()));
            assert_eq!(found, expected, "{text:?}");
        }
        assert_eq!(
            Address::of(" HTTP://a.b/?x=1 ").map(|one| one.href()).as_deref(),
            Some("http://a.b/?x=1")
        );
        assert_eq!(Address::of("https://www.a.b").map(|one| one.site()), Some("a.b"));
    }
}
