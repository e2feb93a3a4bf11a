//! Markdown as a flat list of blocks: what a document is made of, without anything nested.
//!
//! Nested lists are blocks with a depth, so that no depth of nesting takes a stack.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::counts::{Construct, Counts, LeftOut};
use crate::read::base::Base;
use crate::read::html::{self, Piece};
use crate::read::rich::{Builder, Rich};
use crate::read::table::{Row, Table};

/// A block.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    /// The line of the source, from 1.
    pub(super) line: usize,
    /// In how many lists it is.
    pub(super) depth: usize,
    pub(super) what: What,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    /// A heading; 1 is the highest.
    Heading {
        level: u8,
        text: Rich,
    },
    /// An entry of a list, with a box to tick or without; `list` numbers the lists of a document.
    Item {
        task: Option<bool>,
        list: usize,
        text: Rich,
    },
    /// A paragraph, or a text in HTML.
    Text(Rich),
    Table(Table),
    /// Code.
    Code(String),
    /// The beginning of what can be folded away, and what stands over it.
    Fold(Rich),
    /// The end of it.
    Unfold,
}

/// What a document says of itself before it begins.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    pub(super) license: Option<String>,
    /// Its address.
    pub(super) address: Option<String>,
}

/// How many lines a document can have of itself before it begins.
const MOST_HEAD: usize = 200;
/// How many bytes of a block of code are kept: enough to see a sentence in it.
const MOST_CODE: usize = 2_000;

/// The blocks of a document, whose links are relative to `base`, else to the address that it says.
pub(super) fn blocks(text: &str, base: Option<&str>, counts: &mut Counts) -> (Head, Vec<Block>) {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    // The parser would take any text between two lines of dashes for what a document says of itself.
    let (head, body) = head(text);
    let base = base.or(head.address.as_deref()).map(Base::of).unwrap_or_default();
    let mut state = State::new(body, base, counts);
    state.lines.line += text
        .len()
        .checked_sub(body.len())
        .and_then(|end| text.get(..end))
        .map_or(0, |head| head.matches('\n').count());
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        state.lines.go_to(range.start);
        state.event(event);
    }
    state.finish();
    (head, state.blocks)
}

/// What a document says of itself, one `key: value` a line between two lines of dashes; and what
/// follows.
fn head(text: &str) -> (Head, &str) {
    let mut said = Head::default();
    let lines = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"));
    let Some(mut rest) = lines else {
        return (said, text);
    };
    for _ in 0..MOST_HEAD {
        let Some((line, after)) = rest.split_once('\n') else { break };
        rest = after;
        if line.trim_end() == "---" {
            return (said, rest);
        }
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']);
        let value = Rich::plain(value, &mut Counts::default()).text;
        let slot = match key.trim() {
            "title" => &mut said.title,
            "author" => &mut said.author,
            "license" | "licence" => &mut said.license,
            "source" | "url" | "canonical" | "canonical_url" => &mut said.address,
            _ => continue,
        };
        if !value.is_empty() {
            *slot = Some(value);
        }
    }
    // It has no end, so it was none.
    (Head::default(), text)
}

/// The line of an offset, as offsets go up.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn go_to(&mut self, offset: usize) {
        if let Some(between) = self.text.as_bytes().get(self.at..offset) {
            self.line += between.iter().filter(|byte| **byte == b'\n').count();
            self.at = offset;
        }
    }
}

struct State<'t, 'c> {
    counts: &'c mut Counts,
    /// Where relative links lead.
    base: Base,
    lines: Lines<'t>,
    blocks: Vec<Block>,
    /// The line that is being read, and the block that it belongs to; none of a cell.
    open: Option<(Builder, Option<usize>)>,
    /// The lists that are open.
    lists: Vec<usize>,
    next_list: usize,
    quotes: usize,
    is_code: bool,
    /// The text of a block of HTML or code.
    raw: String,
    table: Option<Table>,
}

impl<'t, 'c> State<'t, 'c> {
    fn event(&mut self, event: Event<'_>) {
        if self.quotes > 0 {
            match event {
                Event::Start(Tag::BlockQuote(_)) => self.quotes += 1,
                Event::End(TagEnd::BlockQuote(_)) => self.quotes -= 1,
                Event::Start(Tag::Paragraph | Tag::Item) => {
                    self.counts.leave_out(LeftOut::Paragraphs);
                }
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.is_code => self.raw.push_str(&text),
            Event::Text(text) => self.line().text(&text),
            Event::Code(code) => self.line().code(&code),
            Event::Html(html) => self.raw.push_str(&html),
            Event::InlineHtml(tag) => self.inline(&tag),
            Event::SoftBreak | Event::HardBreak => self.line().text(" "),
            Event::TaskListMarker(is_done) => {
                self.counts.read(Construct::Tasks);
                if let Some(Block { what: What::Item { task, .. }, .. }) = self.blocks.last_mut() {
                    *task = Some(is_done);
                }
            }
            Event::Rule => self.close(),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => {
                // The first paragraph of an entry is the text of it.
                let is_of_item =
                    matches!(&self.open, Some((_, Some(at))) if self.is_bare_item(*at));
                if !is_of_item {
                    self.push(What::Text(Rich::default()));
                }
            }
            Tag::Heading { level, .. } => {
                self.counts.read(Construct::Headings);
                let level = number(level);
                self.push(What::Heading { level, text: Rich::default() });
            }
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes = 1;
            }
            Tag::CodeBlock(_) => {
                self.close();
                self.counts.leave_out(LeftOut::Code);
                self.is_code = true;
            }
            Tag::List(_) => {
                self.close();
                self.next_list += 1;
                self.lists.push(self.next_list);
            }
            Tag::Item => {
                self.counts.read(Construct::Bullets);
                let list = self.lists.last().copied().unwrap_or(0);
                self.push(What::Item { task: None, list, text: Rich::default() });
            }
            Tag::Table(_) => {
                self.close();
                self.table = Some(Table::default());
            }
            Tag::TableRow => {
                let line = self.lines.line;
                if let Some(table) = &mut self.table {
                    table.rows.push(Row { line, cells: Vec::new() });
                }
            }
            Tag::TableCell => self.open = Some((Builder::default(), None)),
            Tag::Link { dest_url, .. } => {
                let address = self.base.resolve(&dest_url).into_owned();
                self.line().link(&address);
            }
            Tag::Image { .. } => {
                self.counts.leave_out(LeftOut::Images);
                self.line().picture();
            }
            Tag::Strong => self.line().bold(),
            Tag::Emphasis => self.line().italic(),
            Tag::Strikethrough => self.line().strike(),
            Tag::HtmlBlock | Tag::TableHead => {}
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item => self.close(),
            TagEnd::CodeBlock => {
                self.is_code = false;
                let mut code = std::mem::take(&mut self.raw);
                code.truncate(super::super::rich::floor(&code, MOST_CODE));
                self.block(What::Code(code));
            }
            TagEnd::HtmlBlock => self.html(),
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::TableCell => {
                if let Some((line, _)) = self.open.take() {
                    let cell = line.finish(self.counts);
                    match self.table.as_mut().map(|table| (table.rows.last_mut(), &mut table.head))
                    {
                        Some((Some(row), _)) => row.cells.push(cell),
                        Some((None, head)) => head.push(cell.text),
                        None => {}
                    }
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.block(What::Table(table));
                }
            }
            TagEnd::Link => self.line().end_link(),
            TagEnd::Image => self.line().end_picture(),
            TagEnd::Strong => self.line().end_bold(),
            TagEnd::Emphasis => self.line().end_italic(),
            _ => {}
        }
    }

    /// The line that is being read; a new one where none is, as in what no block claims.
    fn line(&mut self) -> &mut Builder {
        if self.open.is_none() {
            self.push(What::Text(Rich::default()));
        }
        &mut self.open.get_or_insert_with(|| (Builder::default(), None)).0
    }

    /// Whether a block is an entry of a list without text, so far.
    fn is_bare_item(&self, at: usize) -> bool {
        at + 1 == self.blocks.len()
            && matches!(self.blocks.get(at), Some(Block { what: What::Item { .. }, .. }))
    }

    fn block(&mut self, what: What) {
        self.blocks.push(Block { line: self.lines.line, depth: self.lists.len(), what });
    }

    /// A block begins whose text follows.
    fn push(&mut self, what: What) {
        self.close();
        self.block(what);
        self.open = Some((Builder::default(), self.blocks.len().checked_sub(1)));
    }

    /// The block that is being read has its text.
    fn close(&mut self) {
        let Some((line, at)) = self.open.take() else {
            return;
        };
        let rich = line.finish(self.counts);
        let Some(block) = at.and_then(|at| self.blocks.get_mut(at)) else {
            return;
        };
        match &mut block.what {
            What::Heading { text, .. } | What::Item { text, .. } | What::Text(text) => *text = rich,
            What::Fold(_) | What::Table(_) | What::Code(_) | What::Unfold => {}
        }
    }

    /// A tag inside a line.
    fn inline(&mut self, tag: &str) {
        let mut is_left_out = false;
        for piece in html::pieces(tag) {
            match &piece {
                Piece::Open(name, _) if name == "details" || name == "summary" => {}
                Piece::Close(name) if name == "summary" => {}
                Piece::Close(name) if name == "details" => {
                    self.close();
                    self.block(What::Unfold);
                }
                piece => {
                    self.line();
                    if let Some((line, _)) = &mut self.open {
                        is_left_out |= !html::give(piece, line, &self.base, self.counts);
                    }
                }
            }
        }
        if is_left_out {
            self.counts.leave_out(LeftOut::Html);
        }
    }

    /// A block of HTML: its headings, what can be folded away, and its text with its links.
    fn html(&mut self) {
        self.close();
        let raw = std::mem::take(&mut self.raw);
        self.counts.leave_out(LeftOut::Html);
        let mut line = Builder::default();
        let mut item = None;
        for piece in html::pieces(&raw) {
            let name = match &piece {
                Piece::Open(name, _) | Piece::Close(name) => name.as_str(),
                Piece::Text(_) => "",
            };
            let level = name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok());
            let level = level.filter(|level| (1..=6).contains(level));
            let is_open = matches!(piece, Piece::Open(..));
            match name {
                "details" if is_open => {}
                "details" => {
                    self.text_of_html(&mut line, item);
                    self.block(What::Unfold);
                }
                "ul" | "ol" => {
                    self.text_of_html(&mut line, item.take());
                    self.next_list += 1;
                }
                "li" => {
                    self.text_of_html(&mut line, item.take());
                    item = is_open.then_some(self.next_list);
                }
                "summary" if is_open => self.text_of_html(&mut line, item),
                "summary" => {
                    let text = std::mem::take(&mut line).finish(self.counts);
                    self.block(What::Fold(text));
                }
                _ if level.is_some() && is_open => self.text_of_html(&mut line, item),
                _ => match level {
                    Some(level) => {
                        let text = std::mem::take(&mut line).finish(self.counts);
                        self.counts.read(Construct::Headings);
                        self.block(What::Heading { level, text });
                    }
                    None => {
                        html::give(&piece, &mut line, &self.base, self.counts);
                    }
                },
            }
        }
        self.text_of_html(&mut line, item);
    }

    /// Text in HTML is a paragraph, or the entry of a list.
    fn text_of_html(&mut self, line: &mut Builder, item: Option<usize>) {
        let text = std::mem::take(line).finish(self.counts);
        if text.is_empty() {
            return;
        }
        match item {
            Some(list) => {
                self.counts.read(Construct::Bullets);
                let line = self.lines.line;
                let depth = self.lists.len() + 1;
                self.blocks.push(Block {
                    line,
                    depth,
                    what: What::Item { task: None, list, text },
                });
            }
            None => self.block(What::Text(text)),
        }
    }

    fn finish(&mut self) {
        self.close();
        if !self.raw.is_empty() {
            self.html();
        }
    }
}

impl<'t, 'c> State<'t, 'c> {
    fn new(text: &'t str, base: Base, counts: &'c mut Counts) -> Self {
        Self {
            counts,
            base,
            lines: Lines { text, at: 0, line: 1 },
            blocks: Vec::new(),
            open: None,
            lists: Vec::new(),
            next_list: 0,
            quotes: 0,
            is_code: false,
            raw: String::new(),
            table: None,
        }
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
