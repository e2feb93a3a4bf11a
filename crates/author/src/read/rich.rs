//! A line of text with its links: the title and the rest of an item, whatever it was written in.

use std::ops::Range;

use milepost_path::address::Address;
use milepost_path::chars::is_unsafe;

use crate::counts::{Construct, Counts, LeftOut};

/// How many bytes of one line are kept: more than a path file takes in one text.
const MOST_BYTES: usize = 8_000;
/// How many links of one line are kept.
const MOST_LINKS: usize = 200;

/// A line of plain text, and what stood out in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Rich {
    /// Without marks, in one line, with single blanks.
    pub(super) text: String,
    /// Its links, in their order.
    pub(super) links: Vec<Linked>,
    /// Where what is in bold at its beginning ends; 0 where nothing is.
    pub(super) bold: usize,
    /// What stands in it as code.
    pub(super) codes: Vec<Range<usize>>,
    /// Whether all of it is in italics.
    pub(super) is_italic: bool,
    /// Whether it begins with something that is struck out.
    pub(super) is_struck: bool,
}

/// A link in a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Linked {
    /// The place of its text.
    pub(super) at: Range<usize>,
    /// Its text; that of the picture where it has nothing else.
    pub(super) title: String,
    /// Where it leads.
    pub(super) to: Target,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Target {
    /// To a page of the web.
    Web(String),
    /// To a place in the same document.
    Anchor,
    /// To a file beside it, to a mail box, nowhere.
    Elsewhere,
}

impl Target {
    /// Where an address leads.
    pub(super) fn of(address: &str) -> Self {
        if address.trim_start().starts_with('#') {
            return Self::Anchor;
        }
        // A blank in an address is written as one by many who copy it.
        let address = address.trim().replace(' ', "%20");
        match Address::of(&address) {
            Some(address) if address.rest.len() < MOST_BYTES / 4 => Self::Web(address.href()),
            _ => Self::Elsewhere,
        }
    }
}

impl Rich {
    /// The line that a plain text is, with the addresses in it as links.
    pub(super) fn plain(text: &str, counts: &mut Counts) -> Self {
        let mut builder = Builder::default();
        builder.text(text);
        builder.finish(counts)
    }

    /// Whether nothing is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.links.is_empty()
    }

    /// The pages of the web that it links, with the texts of the links.
    pub(super) fn pages(&self) -> impl Iterator<Item = (&Linked, &str)> {
        self.links.iter().filter_map(|link| match &link.to {
            Target::Web(url) => Some((link, url.as_str())),
            Target::Anchor | Target::Elsewhere => None,
        })
    }

    /// Whether it is nothing but links to places in the document.
    pub(super) fn is_anchor(&self) -> bool {
        let anchors = self.links.iter().filter(|link| link.to == Target::Anchor);
        self.pages().next().is_none()
            && anchors.map(|link| link.at.len()).sum::<usize>() * 2 > self.text.len()
            && !self.text.is_empty()
    }

    /// A part of the text without the addresses that stand in it as they are, and without the brackets
    /// around these: an address is where a thing is, not what it is called.
    pub(super) fn without_addresses(&self, part: Range<usize>) -> String {
        let mut rest = String::new();
        let mut end = part.start;
        let bare = self.links.iter().filter(|link| link.is_bare());
        for link in bare.filter(|link| part.start <= link.at.start && link.at.end <= part.end) {
            let before = self.text.get(end..link.at.start).unwrap_or_default();
            let after = self.text.get(link.at.end..part.end).unwrap_or_default();
            let opened = before.trim_end().strip_suffix(['<', '(', '[']);
            let closed = after.trim_start().strip_prefix(['>', ')', ']']);
            match opened.zip(closed) {
                Some((before, after)) => {
                    rest.push_str(before);
                    end = part.end - after.len();
                }
                None => {
                    rest.push_str(before);
                    end = link.at.end;
                }
            }
        }
        rest.push_str(self.text.get(end..part.end).unwrap_or_default());
        rest.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The text beside its links.
    pub(super) fn beside_links(&self) -> String {
        let mut rest = String::new();
        let mut end = 0;
        for link in &self.links {
            rest.push_str(self.text.get(end..link.at.start).unwrap_or_default());
            end = end.max(link.at.end);
        }
        rest.push_str(self.text.get(end..).unwrap_or_default());
        rest
    }

    /// The part of it in a range of bytes.
    pub(super) fn part(&self, range: Range<usize>) -> Self {
        let Some(text) = self.text.get(range.clone()) else {
            return Self::default();
        };
        let blanks = text.len() - text.trim_start().len();
        let shift = range.start + blanks;
        let is_in = |at: &Range<usize>| at.start >= shift && at.end <= range.end;
        let moved = |at: &Range<usize>| at.start - shift..at.end - shift;
        let links = self.links.iter().filter(|link| is_in(&link.at));
        Self {
            text: text.trim().to_owned(),
            links: links.map(|link| Linked { at: moved(&link.at), ..link.clone() }).collect(),
            codes: self.codes.iter().filter(|at| is_in(at)).map(moved).collect(),
            bold: if range.start < self.bold {
                self.bold.min(range.end).saturating_sub(shift)
            } else {
                0
            },
            is_italic: self.is_italic,
            is_struck: self.is_struck && range.start == 0,
        }
    }
}

impl Linked {
    /// Whether an address stands there as it is, and no text that leads to it.
    pub(super) fn is_bare(&self) -> bool {
        matches!(self.to, Target::Web(_))
            && (self.title.is_empty() || matches!(Target::of(&self.title), Target::Web(_)))
    }
}

/// Puts a line together from its pieces.
#[derive(Debug, Default)]
pub(super) struct Builder {
    rich: Rich,
    /// The links that are open: where their texts begin, and their addresses.
    open: Vec<(usize, Target)>,
    /// The text of a picture in the open link.
    picture: Option<String>,
    /// How many pictures are open.
    pictures: usize,
    bold: usize,
    italic: usize,
    upright: bool,
}

impl Builder {
    /// Adds text; blanks become one.
    pub(super) fn text(&mut self, text: &str) {
        if self.pictures > 0 {
            let picture = self.picture.get_or_insert_default();
            if picture.len() < MOST_BYTES {
                push_plain(picture, text);
            }
            return;
        }
        if self.rich.text.len() < MOST_BYTES {
            let before = self.rich.text.len();
            push_plain(&mut self.rich.text, text.get(..floor(text, MOST_BYTES)).unwrap_or(text));
            let is_word = self.rich.text.get(before..).is_some_and(|new| !new.trim().is_empty());
            self.upright |= is_word && self.italic == 0;
        }
    }

    /// Adds code.
    pub(super) fn code(&mut self, code: &str) {
        let start = self.rich.text.len();
        self.text(code);
        let end = self.rich.text.len();
        if start < end && self.rich.codes.len() < MOST_LINKS {
            self.rich.codes.push(start..end);
        }
    }

    /// A link begins.
    pub(super) fn link(&mut self, address: &str) {
        self.open.push((self.rich.text.len(), Target::of(address)));
        self.picture = None;
    }

    /// The link that began last ends.
    pub(super) fn end_link(&mut self) {
        let Some((start, to)) = self.open.pop() else {
            return;
        };
        let title = self.rich.text.get(start..).unwrap_or_default().trim().to_owned();
        let picture = self.picture.take().map(|text| text.trim().to_owned());
        let title = if title.is_empty() { picture.unwrap_or_default() } else { title };
        if self.rich.links.len() < MOST_LINKS {
            let at = start..self.rich.text.len();
            self.rich.links.push(Linked { at, title, to });
        }
    }

    /// A picture begins; text up to its end is what stands for it.
    pub(super) fn picture(&mut self) {
        self.pictures += 1;
    }

    /// The picture that began last ends.
    pub(super) fn end_picture(&mut self) {
        self.pictures = self.pictures.saturating_sub(1);
    }

    /// Bold text begins.
    pub(super) fn bold(&mut self) {
        if self.bold == 0 && self.rich.text.is_empty() {
            self.bold = 1;
        } else if self.bold > 0 {
            self.bold += 1;
        }
    }

    /// Bold text ends.
    pub(super) fn end_bold(&mut self) {
        if self.bold == 1 {
            self.rich.bold = self.rich.text.trim_end().len();
        }
        self.bold = self.bold.saturating_sub(1);
    }

    /// Italic text begins.
    pub(super) fn italic(&mut self) {
        self.italic += 1;
    }

    /// Italic text ends.
    pub(super) fn end_italic(&mut self) {
        self.italic = self.italic.saturating_sub(1);
    }

    /// Text that is struck out begins.
    pub(super) fn strike(&mut self) {
        self.rich.is_struck |= self.rich.text.is_empty();
    }

    /// The line.
    pub(super) fn finish(mut self, counts: &mut Counts) -> Rich {
        while !self.open.is_empty() {
            self.end_link();
        }
        let mut rich = self.rich;
        rich.is_italic = !self.upright && !rich.text.is_empty();
        let end = rich.text.trim_end().len();
        rich.text.truncate(end);
        rich.bold = rich.bold.min(end);
        find_addresses(&mut rich);
        for link in &mut rich.links {
            link.at = link.at.start.min(end)..link.at.end.min(end);
            match link.to {
                Target::Web(_) => counts.read(Construct::Links),
                Target::Anchor => counts.leave_out(LeftOut::Anchors),
                Target::Elsewhere => counts.leave_out(LeftOut::Links),
            }
        }
        rich
    }
}

/// Makes links of the addresses that stand in a text as they are.
fn find_addresses(rich: &mut Rich) {
    let mut from = 0;
    while let Some(found) = rich.text.get(from..).and_then(|rest| rest.find("http")) {
        let start = from + found;
        let rest = rich.text.get(start..).unwrap_or_default();
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let address = rest.get(..end).unwrap_or_default();
        let address =
            address.trim_end_matches(['.', ',', ';', ':', ')', ']', '>', '"', '\'', '!', '?']);
        from = start + end.max(4);
        let is_linked = |link: &Linked| link.at.start <= start && start < link.at.end;
        if let Target::Web(url) = Target::of(address)
            && rich.links.len() < MOST_LINKS
            && !rich.links.iter().any(is_linked)
        {
            let link = Linked {
                at: start..start + address.len(),
                title: String::new(),
                to: Target::Web(url),
            };
            let after = rich.links.partition_point(|one| one.at.start < start);
            rich.links.insert(after, link);
        }
    }
}

/// Adds a text in one line: blanks become one, what is not seen is left out.
fn push_plain(line: &mut String, text: &str) {
    for char in text.chars() {
        if char.is_whitespace() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !is_unsafe(char)
            && !matches!(char, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
        {
            line.push(char);
        }
    }
}

/// The nearest character boundary at or before an offset.
pub(super) fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_a_text_are_links() {
        let mut counts = Counts::default();
        let rich =
            Rich::plain("See  https://a.example/x?y=1, and\thttps://b.example.", &mut counts);
        assert_eq!(rich.text, "See https://a.example/x?y=1, and https://b.example.");
        let pages: Vec<_> = rich.pages().map(|(_, url)| url).collect();
        assert_eq!(pages, ["https://a.example/x?y=1", "https://b.example"]);
        assert_eq!(rich.beside_links(), "See , and .");
    }

    #[test]
    fn where_an_address_leads() {
        assert_eq!(Target::of("HTTPS://a.example"), Target::Web("https://a.example".into()));
        assert_eq!(
            Target::of("https://a.example/a b"),
            Target::Web("https://a.example/a%20b".into())
        );
        assert_eq!(Target::of("#contents"), Target::Anchor);
        for elsewhere in ["", "01-intro/README.md", "mailto:a@b.example", "javascript:alert(1)"] {
            assert_eq!(Target::of(elsewhere), Target::Elsewhere, "{elsewhere}");
        }
    }

    #[test]
    fn a_part_has_its_own_links() {
        let mut counts = Counts::default();
        let rich = Rich::plain("A https://a.example or B https://b.example", &mut counts);
        let part = rich.part(20..rich.text.len());
        assert_eq!(part.text, "or B https://b.example");
        assert_eq!(part.links[0].at, 5..22);
    }
}
