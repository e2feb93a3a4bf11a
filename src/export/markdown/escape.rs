//! Foreign text in Markdown, one function for each place where it can stand.
//!
//! [`text`] is for all running text, table cells and link labels, [`prose`] for running text in which
//! an author put code between backticks, [`target`] for the address of a link, [`code`] for a code
//! span. What they give has no line break and no blank at either end, and
//! can begin neither markup nor HTML, wherever on a line it is put; so no caller has to know what is
//! in it. Where dialects differ, the form is chosen that all of them read: `<` and `&` become
//! entities, because not every program takes a backslash before them.

use milepost_path::address::Address;
use milepost_path::safe;

use super::super::spans::{Span, spans};

/// The longest label of a link.
const LONGEST_LABEL: usize = 60;

/// What stands for a text of nothing but blanks, which would let markup around it collapse.
const NOTHING: &str = "–";

/// Running text, shown as it is. Bare addresses do not become links.
pub(in crate::export) fn text(foreign: &str) -> String {
    let folded = fold(foreign);
    if folded.is_empty() {
        return NOTHING.to_owned();
    }
    let mut out = String::with_capacity(folded.len() + 8);
    escape(&folded, &mut out);
    out
}

/// Running text in which what stands between backticks is shown as code. Not for table cells.
pub(super) fn prose(foreign: &str) -> String {
    let folded = fold(foreign);
    if folded.is_empty() {
        return NOTHING.to_owned();
    }
    let mut out = String::with_capacity(folded.len() + 8);
    for span in spans(&folded) {
        match span {
            Span::Plain(text) => escape(text, &mut out),
            Span::Code(text) => out.push_str(&code(text)),
        }
    }
    out
}

/// Adds text without its markup, whatever is put before and behind it.
fn escape(text: &str, out: &mut String) {
    let mut before = String::new();
    let mut rest = text.chars();
    while let Some(char) = rest.next() {
        match char {
            '<' => out.push_str("&lt;"),
            '>' if before.is_empty() => out.push_str("&gt;"),
            '&' if may_be_entity(rest.as_str()) => out.push_str("&amp;"),
            _ => {
                if is_markup(char, &before, rest.as_str()) {
                    out.push('\\');
                }
                out.push(char);
            }
        }
        before.push(char);
    }
}

/// Whether a character between two texts would be markup.
fn is_markup(char: char, before: &str, after: &str) -> bool {
    let ends_word = after.is_empty() || after.starts_with(' ');
    match char {
        // Spans, links, attributes and templates, table cells, strikethrough, formulas.
        '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '|' | '~' | '$' => true,
        // Lists, underlined headings, rules, definitions.
        '-' | '+' | '=' | ':' if before.is_empty() => true,
        // Headings, and what closes them at the end of the line.
        '#' => before.is_empty() || (before.ends_with(' ') && is_hashes(after)),
        // Numbered lists.
        '.' | ')' if ends_word && is_number(before) => true,
        // Addresses that GitHub makes links of.
        ':' => after.starts_with("//"),
        '.' => ends_with_www(before),
        _ => false,
    }
}

fn is_hashes(text: &str) -> bool {
    text.chars().all(|char| char == '#')
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|char| char.is_ascii_digit())
}

fn ends_with_www(text: &str) -> bool {
    let mut backwards = text.chars().rev();
    (0..3).all(|_| backwards.next().is_some_and(|char| char.eq_ignore_ascii_case(&'w')))
}

/// Whether what follows an ampersand makes an entity of it. At the end of the text it can: nobody
/// knows what comes after.
fn may_be_entity(after: &str) -> bool {
    let name = after.strip_prefix('#').unwrap_or(after);
    let rest = name.trim_start_matches(|char: char| char.is_ascii_alphanumeric());
    rest.is_empty() || (rest.len() < name.len() && rest.starts_with(';'))
}

/// The address of a link, between its parentheses. None where it is no web address: nothing else
/// is ever linked.
pub(in crate::export) fn target(foreign: &str) -> Option<String> {
    let address = Address::of(foreign)?;
    let Address { scheme, rest } = address;
    let authority = address.split().0.len();
    let mut out = format!("{scheme}://");
    for (at, byte) in rest.bytes().enumerate() {
        let stays = match byte {
            // These end the address, or mean something on the way to it.
            b'<' | b'>' | b'(' | b')' | b'"' | b'\\' | b'`' | b'|' | b'^' | b'{' | b'}' => false,
            // Part of the address of a host only.
            b'[' | b']' => at < authority,
            b'&' => {
                let after = rest.get(at + 1..).unwrap_or_default();
                if may_be_entity(after) {
                    out.push_str("&amp;");
                    continue;
                }
                true
            }
            _ => byte.is_ascii_graphic(),
        };
        if stays {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(out)
}

/// A short name for a web address: host and path. Not escaped yet.
pub(super) fn label(address: &str) -> String {
    let short = match Address::of(address) {
        Some(address) => format!("{}{}", address.site(), address.path()),
        None => address.to_owned(),
    };
    safe::short(&short, LONGEST_LABEL)
}

/// A code span. Not for table cells, where a bar would need a backslash that shows.
pub(super) fn code(foreign: &str) -> String {
    let folded = fold(foreign);
    if folded.is_empty() {
        return folded;
    }
    let longest = folded.split(|char| char != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // A blank on both sides keeps a backtick from the fence; it is not shown.
    let touches = folded.starts_with('`') || folded.ends_with('`');
    let blank = if touches { " " } else { "" };
    format!("{fence}{blank}{folded}{blank}{fence}")
}

/// One line without control characters, and single blanks only.
fn fold(foreign: &str) -> String {
    let line = safe::line(foreign);
    let words: Vec<&str> = line.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_shown_as_it_is() {
        for (foreign, expected) in [
            ("", "–"),
            (" \n ", "–"),
            ("REST principles", "REST principles"),
            ("AWS/GCP/Azure basics (CLF-C02), v2.1", "AWS/GCP/Azure basics (CLF-C02), v2.1"),
            ("C# and R&D, a -> b, 5 + 5 = 10!", "C# and R&D, a -> b, 5 + 5 = 10!"),
            ("*", "\\*"),
            ("_", "\\_"),
            ("snake_case ~5 min", "snake\\_case \\~5 min"),
            ("|", "\\|"),
            ("\\|", "\\\\\\|"),
            ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
            ("<!-- ", "&lt;!--"),
            ("](javascript:alert(1))", "\\](javascript:alert(1))"),
            ("![x](y)", "!\\[x\\](y)"),
            ("[x]: http://y", "\\[x\\]: http\\://y"),
            ("`a` ``b``", "\\`a\\` \\`\\`b\\`\\`"),
            ("# x", "\\# x"),
            ("x # y ##", "x # y \\##"),
            ("1. x", "1\\. x"),
            ("12) x", "12\\) x"),
            ("3.11 x", "3.11 x"),
            ("1.", "1\\."),
            ("- x", "\\- x"),
            ("---", "\\---"),
            ("===", "\\==="),
            ("+ x", "\\+ x"),
            (": x", "\\: x"),
            ("> x > y", "&gt; x > y"),
            ("&lt;", "&amp;lt;"),
            ("&#60; &#x3c; &", "&amp;#60; &amp;#x3c; &amp;"),
            ("AT&T", "AT&amp;T"),
            ("AT&T & others", "AT&T & others"),
            ("{{ x }} {: .y}", "\\{\\{ x \\}\\} \\{: .y\\}"),
            ("$a$", "\\$a\\$"),
            ("see https://x.org", "see https\\://x.org"),
            ("see WWW.x.org", "see WWW\\.x.org"),
            ("  a \n\n b\t\r\nc  ", "a b c"),
            ("a\u{a0}\u{3000} b\u{2003}", "a b"),
            ("a\u{202e}b\u{1b}[31m\u{0}", "a\u{fffd}b\u{fffd}\\[31m\u{fffd}"),
        ] {
            assert_eq!(text(foreign), expected, "{foreign:?}");
        }
    }

    #[test]
    fn code_in_prose_is_code() {
        for (foreign, expected) in [
            ("", "–"),
            ("`make *all*` runs_all", "`make *all*` runs\\_all"),
            ("It answers in `200 ms` | or less.", "It answers in `200 ms` \\| or less."),
            ("a & `&lt;` &", "a & `&lt;` &amp;"),
            ("`` a`b `` and `c", "``a`b`` and \\`c"),
            ("`a\n b` # c", "`a b` # c"),
            ("`- x`", "`- x`"),
        ] {
            assert_eq!(prose(foreign), expected, "{foreign:?}");
        }
    }

    #[test]
    fn only_web_addresses_are_linked() {
        for (foreign, expected) in [
            ("https://github.com/ada/api", Some("https://github.com/ada/api")),
            ("HTTP://Example.org", Some("http://Example.org")),
            (" https://x.org ", Some("https://x.org")),
            ("https://x.org/a_(b)<c>", Some("https://x.org/a_%28b%29%3Cc%3E")),
            ("https://x.org/a b", None),
            ("https://x.org/?a=1&b=2", Some("https://x.org/?a=1&b=2")),
            ("https://x.org/?a&lt;b", Some("https://x.org/?a&amp;lt;b")),
            ("https://x.org/%20\"`|", Some("https://x.org/%20%22%60%7C")),
            ("https://x.org\\@y.org", None),
            ("https://[::1]/a[]", Some("https://[::1]/a%5B%5D")),
            ("https://x.org/é\n", Some("https://x.org/%C3%A9")),
            ("https://x.org/\u{202e}é", None),
            ("https://x.org/a\nb", None),
            ("javascript:alert(1)", None),
            ("javascript://x.org/%0aalert(1)", None),
            ("https:x.org", None),
            ("https://", None),
            ("https:///x", None),
            ("https://a@/x", None),
            ("//x.org", None),
            ("ftp://x.org", None),
            ("x https://x.org", None),
            ("docs/eval.md", None),
        ] {
            assert_eq!(target(foreign).as_deref(), expected, "{foreign:?}");
        }
    }

    #[test]
    fn labels_are_host_and_path() {
        for (address, expected) in [
            ("https://github.com/ada/api/", "github.com/ada/api"),
            ("https://www.example.com", "example.com"),
            ("https://example.com/?q=1#a", "example.com"),
            ("https://github.com@evil.org/x", "evil.org/x"),
            ("https://evil.org/@github.com", "evil.org/@github.com"),
        ] {
            assert_eq!(label(address), expected, "{address:?}");
        }
        let long = format!("https://x.org/{}", "a".repeat(100));
        assert_eq!(label(&long).chars().count(), LONGEST_LABEL);
    }

    #[test]
    fn code_is_fenced() {
        for (foreign, expected) in [
            ("a1b2c3", "`a1b2c3`"),
            ("a`b", "``a`b``"),
            ("`a", "`` `a ``"),
            ("a```", "```` a``` ````"),
            ("a\n b", "`a b`"),
            ("  ", ""),
            ("<b>&lt;*", "`<b>&lt;*`"),
        ] {
            assert_eq!(code(foreign), expected, "{foreign:?}");
        }
    }

    /// What a reader of Markdown makes of text; panics where some of it would be markup.
    fn shown(markdown: &str) -> String {
        let mut out = String::new();
        let mut rest = markdown.chars();
        while let Some(char) = rest.next() {
            match char {
                '\\' => {
                    let escaped = rest.next().unwrap();
                    assert!(escaped.is_ascii_punctuation(), "{markdown:?}");
                    out.push(escaped);
                }
                '&' if may_be_entity(rest.as_str()) => {
                    let (name, after) = rest.as_str().split_once(';').unwrap();
                    out.push(match name {
                        "lt" => '<',
                        "gt" => '>',
                        "amp" => '&',
                        _ => panic!("{markdown:?}"),
                    });
                    rest = after.chars();
                }
                '`' | '*' | '_' | '[' | ']' | '{' | '}' | '<' | '|' | '~' | '$' => {
                    panic!("{char} in {markdown:?}")
                }
                '#' | '-' | '+' | '=' | '>' | ':' if out.is_empty() => panic!("{markdown:?}"),
                ':' if rest.as_str().starts_with("//") => panic!("{markdown:?}"),
                _ => out.push(char),
            }
        }
        out
    }

    /// Text of the characters that mean something, in any order.
    fn nasty() -> impl Strategy<Value = String> {
        let pieces = [
            "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "+", "-", ".", "!", "|", "<",
            ">", "&", "~", "$", "=", ":", "//", "\n", "\r", "\t", " ", "1", "a", "lt;", "#60;",
            "www", "http", "\u{202e}", "\u{0}", "é", "\u{a0}",
        ];
        proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..12)
            .prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn no_text_is_markup(foreign in prop_oneof![nasty(), any::<String>()]) {
            let escaped = text(&foreign);
            let folded = fold(&foreign);
            let expected = if folded.is_empty() { NOTHING } else { &folded };
            prop_assert_eq!(shown(&escaped), expected);
            prop_assert_eq!(escaped.trim(), &escaped);
            prop_assert!(!escaped.chars().any(char::is_control));
            // Whatever is put behind it: an ampersand at its end stays one.
            prop_assert!(!escaped.ends_with('&'));
            let rest = escaped.trim_start_matches(|char: char| char.is_ascii_digit());
            let ends = [". ", ") "].iter().any(|end| format!("{rest} ").starts_with(end));
            prop_assert!(rest.len() == escaped.len() || !ends, "{:?}", escaped);
        }

        #[test]
        fn no_target_ends_early(rest in prop_oneof![nasty(), any::<String>()]) {
            if let Some(target) = target(&format!("https://x{rest}")) {
                let harmless =
                    |byte: u8| byte.is_ascii_graphic() && !b"<>()\"\\`|^{}".contains(&byte);
                prop_assert!(target.starts_with("https://x"));
                prop_assert!(target.bytes().all(harmless), "{}", target);
            }
        }

        #[test]
        fn only_web_addresses_have_a_target(foreign in prop_oneof![nasty(), any::<String>()]) {
            let web = foreign.trim().to_ascii_lowercase();
            let web = web.starts_with("http://") || web.starts_with("https://");
            prop_assert!(web || target(&foreign).is_none());
        }

        #[test]
        fn no_code_leaves_its_span(foreign in prop_oneof![nasty(), any::<String>()]) {
            let span = code(&foreign);
            if span.is_empty() {
                prop_assert_eq!(fold(&foreign), "");
            } else {
                let inner = span.trim_start_matches('`');
                let fence = span.len() - inner.len();
                let inner = inner.strip_suffix(&"`".repeat(fence)).unwrap();
                prop_assert!(inner.split(|char| char != '`').all(|run| run.len() < fence));
                prop_assert_eq!(inner.trim(), fold(&foreign));
            }
        }
    }
}
