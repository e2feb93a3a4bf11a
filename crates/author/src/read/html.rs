//! HTML as far as documents for people have it between Markdown, or in a cell: the text of it, its
//! links, and which of its elements sort what is in them.

use super::base::Base;
use super::rich::{Builder, Rich};
use crate::counts::{Counts, LeftOut};

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// The start of an element: its name in lower case, and all that stands in the tag.
    Open(String, &'t str),
    /// The end of an element.
    Close(String),
    /// Text, with its entities as they are written.
    Text(&'t str),
}

/// The pieces of a text; what is no tag is text.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    // A search that found nothing is not made again: a text can be full of `<`.
    let mut has_ends = true;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let Some(after) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                let (text, after) = rest.split_at(end);
                rest = after;
                return Some(Piece::Text(text));
            };
            if let Some(comment) = after.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let is_tag =
                after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
            let end = if is_tag && has_ends { after.find('>') } else { None };
            has_ends &= !is_tag || end.is_some();
            let Some((tag, behind)) =
                end.and_then(|end| Some((after.get(..end)?, after.get(end + 1..)?)))
            else {
                rest = after;
                return Some(Piece::Text("<"));
            };
            rest = behind;
            let name = |tag: &str| {
                let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
                tag.get(..end.min(20)).unwrap_or_default().to_ascii_lowercase()
            };
            return Some(match tag.strip_prefix('/') {
                Some(tag) => Piece::Close(name(tag)),
                None => Piece::Open(name(tag), tag),
            });
        }
    })
}

/// An attribute of a tag, such as the `href` of `a href="..."`.
pub(super) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    loop {
        let (before, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let key = before.trim_end().rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let (value, behind) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = after.get(1..)?;
                inner.split_once(quote).unwrap_or((inner, ""))
            }
            _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = behind;
    }
}

/// A text with its entities as the characters that they stand for.
pub(super) fn decoded(text: &str) -> String {
    const ENTITIES: [(&str, &str); 8] = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&hellip;", "…"),
        ("&amp;", "&"),
    ];
    if !text.contains('&') {
        return text.to_owned();
    }
    ENTITIES.iter().fold(text.to_owned(), |text, (entity, char)| text.replace(entity, char))
}

/// Gives a piece to a line; false where it is nothing that a line has.
pub(super) fn give(
    piece: &Piece<'_>,
    line: &mut Builder,
    base: &Base,
    counts: &mut Counts,
) -> bool {
    match piece {
        Piece::Text(text) => line.text(&decoded(text)),
        Piece::Open(name, tag) => match name.as_str() {
            "a" => match attribute(tag, "href") {
                Some(address) => line.link(&base.resolve(&decoded(address))),
                None => return false,
            },
            "img" => {
                counts.leave_out(LeftOut::Images);
                line.picture();
                line.text(&decoded(attribute(tag, "alt").unwrap_or_default()));
                line.end_picture();
            }
            "b" | "strong" => line.bold(),
            "i" | "em" => line.italic(),
            "s" | "del" | "strike" => line.strike(),
            "br" | "p" | "div" | "li" | "td" | "tr" => line.text(" "),
            _ => return false,
        },
        Piece::Close(name) => match name.as_str() {
            "a" => line.end_link(),
            "b" | "strong" => line.end_bold(),
            "i" | "em" => line.end_italic(),
            "p" | "div" | "li" | "td" => line.text(" "),
            _ => return false,
        },
    }
    true
}

/// The line that a text in HTML is.
pub(super) fn line(text: &str, counts: &mut Counts) -> Rich {
    let mut line = Builder::default();
    let mut is_left_out = false;
    for piece in pieces(text) {
        is_left_out |= !give(&piece, &mut line, &Base::default(), counts);
    }
    if is_left_out {
        counts.leave_out(LeftOut::Html);
    }
    line.finish(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_html_says() {
        let mut counts = Counts::default();
        let text = "<div>Read <a class=x href='https://a.example?x=1&amp;y=2'>the <b>book</b></a> &amp; \
                    <!-- not this --><img alt=\"p\" src=x>2 < 3";
        let rich = line(text, &mut counts);
        assert_eq!(rich.text, "Read the book & 2 < 3");
        let pages: Vec<_> = rich.pages().map(|(link, url)| (link.title.as_str(), url)).collect();
        assert_eq!(pages, [("the book", "https://a.example?x=1&y=2")]);
        assert_eq!(counts.left_out.get(&LeftOut::Images), Some(&1));
    }

    #[test]
    fn what_is_no_tag_is_text() {
        for text in ["a < b", "<<<<", "<a href=", "< a>", "x<!-- y", "&amp", "</"] {
            let mut counts = Counts::default();
            line(text, &mut counts);
        }
        assert_eq!(pieces("<<b").count(), 2 + 1);
        assert_eq!(attribute("a href = \"x\" title=y", "title"), Some("y"));
        assert_eq!(attribute("a href", "href"), None);
    }
}
