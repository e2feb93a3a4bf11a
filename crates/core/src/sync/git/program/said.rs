//! What git says to people, so that it can be repeated: short, safe for a terminal, without secrets.

use milepost_path::safe;

/// How many bytes of the beginning are kept, and as many of the end.
const MOST_BYTES: usize = 4096;

/// How many characters are repeated.
const MOST_CHARS: usize = 400;

/// The beginning and the end of what was said.
#[derive(Debug, Default)]
pub(super) struct Said {
    head: Vec<u8>,
    tail: Vec<u8>,
    /// Whether there was more between them.
    is_cut: bool,
}

impl Said {
    pub(super) fn add(&mut self, bytes: &[u8]) {
        let room = MOST_BYTES.saturating_sub(self.head.len()).min(bytes.len());
        let (head, tail) = bytes.split_at(room);
        self.head.extend_from_slice(head);
        self.tail.extend_from_slice(
            tail.get(tail.len().saturating_sub(MOST_BYTES)..).unwrap_or_default(),
        );
        let over = self.tail.len().saturating_sub(MOST_BYTES);
        self.tail.drain(..over);
        self.is_cut |= over > 0 || tail.len() > MOST_BYTES;
    }

    /// Its lines as one, without advice for those who use git themselves.
    pub(super) fn text(&self) -> String {
        let (mut head, mut tail) = (self.head.as_slice(), self.tail.as_slice());
        if self.is_cut {
            // An address that is cut in two would not be known for one.
            let is_end = |byte: &u8| *byte == b'\n';
            head =
                head.get(..head.iter().rposition(is_end).unwrap_or_default()).unwrap_or_default();
            tail =
                tail.get(tail.iter().position(is_end).unwrap_or(tail.len())..).unwrap_or_default();
        }
        let all = [head, tail].concat();
        let all = String::from_utf8_lossy(&all);
        let lines = all.split(['\n', '\r']).map(str::trim);
        let lines: Vec<_> =
            lines.filter(|line| !line.is_empty() && !line.starts_with("hint:")).collect();
        safe::short(&without_users(&lines.join(" ")), MOST_CHARS)
    }
}

/// A text without what stands in its addresses before the host, which can be a secret: where an address
/// leads is the learner's configuration.
fn without_users(text: &str) -> String {
    let mut parts = text.split("://");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str("://");
        let end =
            part.find(|c: char| c.is_whitespace() || "'\"<>".contains(c)).unwrap_or(part.len());
        let (address, after) = part.split_at(end);
        let (user, rest) = address.rsplit_once('@').unwrap_or(("", address));
        // A path can have an @, and a password a slash.
        let is_user = user.contains(':') || !user.contains('/');
        kept.push_str(if is_user { rest } else { address });
        kept.push_str(after);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(said: &[&str]) -> String {
        let mut all = Said::default();
        said.iter().for_each(|bytes| all.add(bytes.as_bytes()));
        all.text()
    }

    #[test]
    fn lines_become_one() {
        assert_eq!(text(&[]), "");
        let said =
            "remote: full  \r\nfatal: no\n\nhint: Updates were\nhint: rejected\nerror: failed\n";
        assert_eq!(text(&[said]), "remote: full fatal: no error: failed");
        assert_eq!(
            text(&["fatal: \x1b[31mred\x07 \u{202E}"]),
            "fatal: \u{FFFD}[31mred\u{FFFD} \u{FFFD}"
        );
    }

    #[test]
    fn no_secret_is_repeated() {
        for (said, expected) in [
            (
                "unable to access 'https://me:s3cret@host/x.git/'",
                "unable to access 'https://host/x.git/'",
            ),
            ("https://s3cret@host http://a:s3@cret@host/", "https://host http://host/"),
            ("ssh://git@host:22/a", "ssh://host:22/a"),
            ("https://me:s3/cret@host/x", "https://host/x"),
            ("https://host/a@b", "https://host/a@b"),
            ("a://b://s3cret@c", "a://b://c"),
            ("git@host: denied", "git@host: denied"),
        ] {
            assert_eq!(text(&[said]), expected);
        }
        let secret = "\nfatal: https://me:s3cret@host/\n".repeat(300);
        for shift in 0..40 {
            let mut all = Said::default();
            all.add(&vec![b'\n'; shift]);
            all.add(secret.as_bytes());
            let kept = all.text();
            assert!(all.is_cut && kept.contains("host") && !kept.contains("s3"), "{kept}");
        }
    }

    #[test]
    fn of_much_the_beginning_and_the_end_are_kept() {
        let mut all = Said::default();
        all.add(b"first\n");
        for _ in 0..100 {
            all.add(&[b'x'; 70_000]);
        }
        all.add(b"\nlast");
        assert!(all.head.len() == MOST_BYTES && all.tail.len() == MOST_BYTES);
        assert_eq!(all.text(), "first last");
        assert_eq!(text(&[&"x".repeat(5000)]).chars().count(), MOST_CHARS);
    }
}
