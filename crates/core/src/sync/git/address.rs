//! Where a repository is, as a learner names it: what git would take for something else, or what holds a
//! secret, is refused before git sees it.
//!
//! The address is kept in the record, stands among the arguments of a process that others can list, and is
//! shown; so a password has no place in it. What a refusal says never repeats the address.

use std::fmt;
use std::path;

/// How git can reach a repository. Anything else, such as `ftp`, is a helper program, which we do not start.
const SCHEMES: [&str; 7] = ["file", "git", "http", "https", "ssh", "git+ssh", "ssh+git"];

/// How the tokens of the large hosts begin, which some put where a user name belongs.
const TOKENS: [&str; 7] = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-"];

/// How long an address can be.
pub(in crate::sync) const MOST_CHARS: usize = 2000;

/// The address of a repository that git can be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

/// Why a text is no address of a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There is nothing in it, or too much.
    Length,
    /// It has a line break or another character that is not shown.
    Hidden,
    /// It, or its host, begins with `-`: a program would take it for an option.
    Option,
    /// It names a program that git would start (`ext::`, `fd::`), or a scheme that git does not speak itself.
    Scheme,
    /// It names no host.
    Host,
    /// It holds a password or a token, which would be kept where others can read it.
    Password,
}

impl Address {
    /// The address that a text is. A path is made absolute, from the current directory.
    ///
    /// # Errors
    /// Why git is not given it.
    pub(crate) fn read(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > MOST_CHARS {
            return Err(Fault::Length);
        }
        if text.chars().any(milepost_path::chars::is_unsafe) {
            return Err(Fault::Hidden);
        }
        if text.starts_with('-') {
            return Err(Fault::Option);
        }
        match Form::of(text) {
            Form::Helper => Err(Fault::Scheme),
            Form::Url { scheme, rest } => {
                read_url(scheme, rest)?;
                Ok(Self(text.to_owned()))
            }
            Form::Ssh { host, path } => {
                if path.split_once('@').is_some_and(|(before, _)| !before.contains('/')) {
                    // `name:password@host:path`: ssh would take the name for the host.
                    return Err(Fault::Password);
                }
                check_host(host)?;
                Ok(Self(text.to_owned()))
            }
            Form::Path => {
                let path = path::absolute(text).map_err(|_gone: std::io::Error| Fault::Host)?;
                Ok(Self(path.into_os_string().into_string().map_err(|_not_text| Fault::Hidden)?))
            }
        }
    }

    /// As git is given it.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

/// How git reads an address.
enum Form<'t> {
    /// `NAME::ANYTHING` starts the program `git-remote-NAME`.
    Helper,
    /// `SCHEME://REST`
    Url { scheme: &'t str, rest: &'t str },
    /// `HOST:PATH`, with no slash before the colon.
    Ssh { host: &'t str, path: &'t str },
    /// A folder of this machine.
    Path,
}

impl<'t> Form<'t> {
    fn of(text: &'t str) -> Self {
        let is_name = |name: &str| {
            !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        };
        if let Some((name, _)) = text.split_once("::")
            && is_name(name)
        {
            return Self::Helper;
        }
        if let Some((scheme, rest)) = text.split_once("://")
            && is_name(scheme)
        {
            return Self::Url { scheme, rest };
        }
        // An address of the sixth version has colons itself.
        let colon = text.split_once("]:").filter(|(host, _)| host.contains('['));
        match colon.or_else(|| text.split_once(':')) {
            // A drive.
            Some((letter, _)) if cfg!(windows) && letter.len() == 1 => Self::Path,
            Some((host, path)) if !host.contains('/') => Self::Ssh { host, path },
            _ => Self::Path,
        }
    }
}

fn read_url(scheme: &str, rest: &str) -> Result<(), Fault> {
    if !SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return Err(Fault::Scheme);
    }
    let is_local = scheme.eq_ignore_ascii_case("file");
    let authority = rest.split('/').next().unwrap_or_default();
    let user = user_of(authority);
    if names_password(user) || (!is_local && has_password(rest)) {
        return Err(Fault::Password);
    }
    if TOKENS.iter().any(|token| user.starts_with(token)) {
        return Err(Fault::Password);
    }
    if is_local { Ok(()) } else { check_host(authority) }
}

/// Whether what follows the scheme of a URL has a password before its host.
pub(in crate::sync) fn has_password(rest: &str) -> bool {
    // It can have a slash, which was not written as %2F: so the last @ counts.
    let before = rest.rsplit_once('@').map_or("", |(before, _)| before);
    let user = user_of(rest.split('/').next().unwrap_or_default());
    names_password(user) || (user.is_empty() && before.contains(':') && !is_port(before))
}

fn user_of(authority: &str) -> &str {
    authority.rsplit_once('@').map_or("", |(user, _)| user)
}

fn names_password(user: &str) -> bool {
    user.contains(':') || user.to_ascii_lowercase().contains("%3a")
}

/// Whether what stands before an @ is a host with its port and a path: `host:8080/a@b`.
fn is_port(before: &str) -> bool {
    let after_colon = before.rsplit_once(':').map_or("", |(_, after)| after);
    let port = after_colon.split('/').next().unwrap_or_default();
    after_colon.contains('/') && !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit())
}

fn check_host(authority: &str) -> Result<(), Fault> {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if host.starts_with('-') || authority.starts_with('-') {
        return Err(Fault::Option);
    }
    if host.contains(char::is_alphanumeric) { Ok(()) } else { Err(Fault::Host) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_git_reaches_itself_is_taken() {
        for text in [
            "https://example.org/me/log.git",
            "https://me@example.org:8443/log.git",
            "https://example.org:8443/a@b/log.git",
            "HTTP://example.org/log",
            "http://127.0.0.1:8080/log.git",
            "ssh://git@example.org:22/~/log.git",
            "ssh://[::1]:2222/log.git",
            "git://example.org/log.git",
            "git@example.org:me/log.git",
            "example.org:log.git",
            "git@[::1]:log.git",
            "file:///srv/log.git",
            "file:///srv/a:b@c/log.git",
            "/srv/log.git",
            "/srv/with a blank/log.git",
            "/srv/a:b@c/log.git",
            "/srv/-log.git",
        ] {
            assert_eq!(Address::read(text).map(|read| read.to_string()).as_deref(), Ok(text));
        }
        assert_eq!(Address::read("  /srv/log.git\n").unwrap().as_str(), "/srv/log.git");
    }

    #[test]
    fn a_path_is_absolute() {
        let here = std::env::current_dir().unwrap();
        for text in ["log.git", "./log.git", "./a:b.git"] {
            let read = Address::read(text).unwrap();
            let name = text.trim_start_matches("./");
            assert_eq!(read.as_str(), here.join(name).to_str().unwrap());
        }
    }

    #[test]
    fn what_would_start_something_else_is_refused() {
        let long = format!("/srv/{}", "x".repeat(MOST_CHARS));
        for (text, fault) in [
            ("", Fault::Length),
            (" ", Fault::Length),
            (&long, Fault::Length),
            ("ext::sh -c 'touch /gone'", Fault::Scheme),
            ("EXT::sh", Fault::Scheme),
            ("fd::17", Fault::Scheme),
            ("codecommit::eu://log", Fault::Scheme),
            ("http::http://example.org/", Fault::Scheme),
            ("ftp://example.org/log.git", Fault::Scheme),
            ("javascript://example.org", Fault::Scheme),
            ("--upload-pack=touch gone", Fault::Option),
            ("-", Fault::Option),
            ("ssh://-oProxyCommand=touch/log", Fault::Option),
            ("ssh://git@-oProxyCommand=touch/log", Fault::Option),
            ("git@-oProxyCommand=touch:log", Fault::Option),
            ("https://", Fault::Host),
            ("https:///log", Fault::Host),
            (":log", Fault::Host),
            ("https://example.org/a\nb", Fault::Hidden),
            ("/srv/\u{202E}gol", Fault::Hidden),
            ("/srv/\x1b[2J", Fault::Hidden),
        ] {
            assert_eq!(Address::read(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn a_password_is_refused_and_not_repeated() {
        for text in [
            "https://me:s3cret@example.org/log.git",
            "https://:s3cret@example.org/log.git",
            "https://me:@example.org/log.git",
            "https://me:s3/cret@example.org/log.git",
            "https://me%3As3cret@example.org/log.git",
            "https://me:s3@cret@example.org/log.git",
            "https://ghp_s3cret@example.org/log.git",
            "https://github_pat_s3cret@example.org/log.git",
            "https://glpat-s3cret@example.org/log.git",
            "ssh://me:s3cret@example.org/log.git",
            "me:s3cret@example.org:log.git",
            "me:s3cret@example.org/log.git",
        ] {
            let fault = Address::read(text).unwrap_err();
            assert_eq!(fault, Fault::Password, "{text}");
            assert!(!format!("{fault:?}").contains("s3cret"));
        }
    }
}
