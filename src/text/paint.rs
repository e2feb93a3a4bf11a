//! Colour, links and status marks, decided once and then only asked for.
//!
//! `output` decides what the screen can do and hands a [`Paint`] down; nothing here looks at the
//! environment. Where colour is off each method returns exactly its text, and no state is shown by
//! colour alone. Every style is closed by a reset, and a style survives another inside of it. The
//! text must have passed `safe` before.

use anstyle::{AnsiColor, Style};
use milepost_path::address::Address;

const RESET: &str = "\x1b[0m";

/// The longest target that terminals take for a link (VTE's limit).
const LINK_MAX: usize = 2_083;

/// What the screen can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint {
    /// Whether to colour and to embolden.
    pub colour: bool,
    /// Whether to write hyperlinks (OSC 8).
    pub links: bool,
    /// Whether characters outside ASCII are drawn, as in bars and rules.
    pub unicode: bool,
}

/// The status of an item as a report shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Not begun.
    Todo,
    /// In progress.
    Doing,
    /// Finished.
    Done,
    /// Left out on purpose.
    Skipped,
}

impl Mark {
    /// The mark as text, three columns wide, readable without colour.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Mark::Todo => "[ ]",
            Mark::Doing => "[~]",
            Mark::Done => "[x]",
            Mark::Skipped => "[-]",
        }
    }
}

impl Paint {
    /// No colour, no links, ASCII only.
    pub const PLAIN: Paint = Paint { colour: false, links: false, unicode: false };

    /// What matters most in a line.
    pub(crate) fn bold(self, text: &str) -> String {
        self.styled(Style::new().bold(), text)
    }

    /// What you can overlook.
    pub(crate) fn dim(self, text: &str) -> String {
        self.styled(Style::new().dimmed(), text)
    }

    /// The heading of a report or of a part of it.
    pub(crate) fn heading(self, text: &str) -> String {
        self.styled(AnsiColor::Cyan.on_default().bold(), text)
    }

    /// What is well: done, on time, passed.
    pub(crate) fn good(self, text: &str) -> String {
        self.styled(AnsiColor::Green.on_default(), text)
    }

    /// What asks for attention: late, in doubt.
    pub(crate) fn warn(self, text: &str) -> String {
        self.styled(AnsiColor::Yellow.on_default(), text)
    }

    /// What is wrong.
    pub(crate) fn bad(self, text: &str) -> String {
        self.styled(AnsiColor::Red.on_default(), text)
    }

    /// What can be typed or named: references, commands.
    pub(crate) fn accent(self, text: &str) -> String {
        self.styled(AnsiColor::Cyan.on_default(), text)
    }

    /// A text that leads to a URL, where the terminal can and the URL is http or https without
    /// spaces and controls; else the text alone, so say the URL elsewhere where it must be seen.
    pub(crate) fn link(self, url: &str, text: &str) -> String {
        let target = if self.links { link_target(url) } else { None };
        match target {
            Some(target) if !text.is_empty() && !text.contains("\x1b]8;") => {
                format!("\x1b]8;;{target}\x1b\\{text}\x1b]8;;\x1b\\")
            }
            _ => text.to_owned(),
        }
    }

    /// The mark of a status, coloured where colour is on.
    pub(crate) fn status_mark(self, mark: Mark) -> String {
        match mark {
            Mark::Todo => mark.text().to_owned(),
            Mark::Doing => self.warn(mark.text()),
            Mark::Done => self.good(mark.text()),
            Mark::Skipped => self.dim(mark.text()),
        }
    }

    fn styled(self, style: Style, text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        let start = style.render().to_string();
        let inner = text.strip_suffix(RESET).unwrap_or(text);
        if inner.contains(RESET) {
            // A style inside ends with a reset of everything: begin again after it.
            let inner = inner.replace(RESET, &format!("{RESET}{start}"));
            format!("{start}{inner}{RESET}")
        } else {
            format!("{start}{inner}{RESET}")
        }
    }
}

/// A URL as a link can hold it: http or https, printable ASCII, the rest percent-encoded.
fn link_target(url: &str) -> Option<String> {
    let url = Address::of(url)?.href();
    let mut target = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii() {
            target.push(char::from(byte));
        } else {
            target.push_str(&format!("%{byte:02X}"));
        }
    }
    (target.len() <= LINK_MAX).then_some(target)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::width::{columns, tests::hard_text};
    use super::*;

    const FULL: Paint = Paint { colour: true, links: true, unicode: true };

    type Method = fn(Paint, &str) -> String;
    const METHODS: [Method; 7] = [
        Paint::bold,
        Paint::dim,
        Paint::heading,
        Paint::good,
        Paint::warn,
        Paint::bad,
        Paint::accent,
    ];

    #[test]
    fn styles_are_closed() {
        assert_eq!(FULL.bold("a"), "\x1b[1ma\x1b[0m");
        assert_eq!(FULL.good("a"), "\x1b[32ma\x1b[0m");
        for method in METHODS {
            assert_eq!(method(FULL, ""), "");
            assert!(method(FULL, "a").ends_with("a\x1b[0m"));
        }
    }

    #[test]
    fn a_style_survives_another_inside() {
        let inner = FULL.good("b");
        assert_eq!(FULL.bold(&format!("a{inner}c")), "\x1b[1ma\x1b[32mb\x1b[0m\x1b[1mc\x1b[0m");
        assert_eq!(FULL.bold(&inner), "\x1b[1m\x1b[32mb\x1b[0m");
    }

    #[test]
    fn links_lead_only_to_the_web() {
        for (url, expected) in [
            ("https://a.b/c?d=e;f", Some("https://a.b/c?d=e;f")),
            ("HTTP://a.b", Some("http://a.b")),
            ("https://a.b/ü", Some("https://a.b/%C3%BC")),
            ("https://", None),
            ("file:///etc/passwd", None),
            ("javascript://a", None),
            ("javascript:alert(1)", None),
            ("https://a.b/\x1b\\", None),
            ("https://a.b/\u{9c}", None),
            ("https://a.b/ c", None),
            ("a.b", None),
            ("", None),
        ] {
            let expected = match expected {
                Some(target) => format!("\x1b]8;;{target}\x1b\\docs\x1b]8;;\x1b\\"),
                None => "docs".to_owned(),
            };
            assert_eq!(FULL.link(url, "docs"), expected, "{url:?}");
            assert_eq!(Paint { links: false, ..FULL }.link(url, "docs"), "docs");
        }
        let long = format!("https://a.b/{}", "x".repeat(3_000));
        assert_eq!(FULL.link(&long, "docs"), "docs");
        assert_eq!(FULL.link("https://a.b", ""), "");
        let inside = FULL.link("https://a.b", "docs");
        assert_eq!(FULL.link("https://c.d", &inside), inside);
    }

    #[test]
    fn marks_differ_without_colour() {
        let marks = [Mark::Todo, Mark::Doing, Mark::Done, Mark::Skipped];
        assert_eq!(marks.map(|mark| Paint::PLAIN.status_mark(mark)), ["[ ]", "[~]", "[x]", "[-]"]);
        assert!(marks.into_iter().all(|mark| columns(&FULL.status_mark(mark)) == 3));
        assert_eq!(FULL.status_mark(Mark::Done), "\x1b[32m[x]\x1b[0m");
    }

    proptest! {
        #[test]
        fn plain_is_exactly_the_text(text in hard_text(), url in any::<String>()) {
            for method in METHODS {
                prop_assert_eq!(method(Paint::PLAIN, &text), text.clone());
            }
            prop_assert_eq!(Paint::PLAIN.link(&url, &text), text);
        }

        #[test]
        fn paint_takes_no_column(text in "[a-zé中 ]{0,12}", outer in 0_usize..7, inner in 0_usize..7) {
            let painted = METHODS[inner](FULL, &text);
            let painted = METHODS[outer](FULL, &format!("{painted}{text}"));
            let painted = FULL.link("https://example.org", &painted);
            prop_assert_eq!(columns(&painted), 2 * columns(&text));
            prop_assert!(text.is_empty() || painted.contains("\x1b[0m\x1b]8;;\x1b\\"));
        }
    }
}
