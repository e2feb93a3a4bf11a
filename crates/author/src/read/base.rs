//! The address of a document: where the links lead that are relative to it.

use std::borrow::Cow;

use milepost_path::address::Address;

/// The longest address.
const LONGEST: usize = 2_000;

/// The address of a document, where it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Base(Option<Parts>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    scheme: &'static str,
    /// With the port, and what stands before it.
    authority: String,
    /// From the first slash to the last.
    folder: String,
    /// From the first slash on.
    path: String,
}

impl Base {
    /// Takes an address as a base. `None` if it is not a web address.
    pub(super) fn of(address: &str) -> Self {
        let Some(address) = Address::of(address).filter(|one| one.rest.len() < LONGEST) else {
            return Self(None);
        };
        let (authority, rest) = address.split();
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        let mut path = if path.is_empty() { "/".to_owned() } else { path.to_owned() };
        // The first page of a repository shows a file that lies in it.
        let names = path.trim_matches('/').split('/').count();
        if address.site() == "github.com" && names == 2 {
            path = format!("/{}/blob/HEAD/", path.trim_matches('/'));
        }
        let end = path.rfind('/').map_or(0, |slash| slash + 1);
        let folder = path.get(..end).unwrap_or_default().to_owned();
        Self(Some(Parts { scheme: address.scheme, authority: authority.to_owned(), folder, path }))
    }

    /// Where an address leads that stands in the document. What leads nowhere stays as it is.
    pub(super) fn resolve<'a>(&self, address: &'a str) -> Cow<'a, str> {
        let unchanged = Cow::Borrowed(address);
        let Some(Parts { scheme, authority, folder, path }) = &self.0 else { return unchanged };
        let address = address.trim();
        let has_scheme = address.split(['/', '?', '#']).next().unwrap_or_default().contains(':');
        if address.is_empty() || address.starts_with('#') || has_scheme || address.len() > LONGEST {
            return unchanged;
        }
        if let Some(rest) = address.strip_prefix("//") {
            return format!("{scheme}://{rest}").into();
        }
        let (names, end) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
        let full = match names {
            "" => path.clone(),
            names if names.starts_with('/') => straight(names),
            names => straight(&format!("{folder}{names}")),
        };
        format!("{scheme}://{authority}{full}{end}").into()
    }
}

/// A path without `.` and `..`.
fn straight(path: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    let is_folder = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
    for name in path.split('/').filter(|name| !name.is_empty()) {
        match name {
            "." => {}
            ".." => drop(names.pop()),
            name => names.push(name),
        }
    }
    let end = if is_folder && !names.is_empty() { "/" } else { "" };
    format!("/{}{end}", names.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_lead_beside_the_document() {
        let base = Base::of("https://example.org/courses/rust/README.md?plain=1#top");
        for (address, expected) in [
            ("notes.md", "https://example.org/courses/rust/notes.md"),
            ("./week 1/a.md#b", "https://example.org/courses/rust/week 1/a.md#b"),
            ("../go/", "https://example.org/courses/go/"),
            ("../../../../x", "https://example.org/x"),
            ("/about?q=1", "https://example.org/about?q=1"),
            ("?page=2", "https://example.org/courses/rust/README.md?page=2"),
            ("//cdn.example.org/a", "https://cdn.example.org/a"),
            ("https://other.org/a/../b", "https://other.org/a/../b"),
            ("mailto:me@example.org", "mailto:me@example.org"),
            ("javascript:alert(1)", "javascript:alert(1)"),
            ("#part", "#part"),
            ("", ""),
        ] {
            assert_eq!(base.resolve(address), expected, "{address}");
        }
        let root = Base::of("http://example.org:8080");
        assert_eq!(root.resolve("a/b"), "http://example.org:8080/a/b");
        let repository = Base::of("https://github.com/ada/courses");
        assert_eq!(
            repository.resolve("docs/a.md"),
            "https://github.com/ada/courses/blob/HEAD/docs/a.md"
        );
        let file = Base::of("https://github.com/ada/courses/blob/main/README.md");
        assert_eq!(file.resolve("a.md"), "https://github.com/ada/courses/blob/main/a.md");
        assert_eq!(Base::of("ftp://x"), Base::default());
        assert_eq!(Base::default().resolve("a.md"), "a.md");
    }
}
