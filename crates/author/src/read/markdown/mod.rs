//! Markdown: what a document for people lists becomes the draft of a path.
//!
//! | I want to change … | open |
//! |---|---|
//! | how Markdown becomes blocks | `blocks.rs` |
//! | which headings are about the document and not part of it | `sections.rs` |
//! | which line of a list is an entry, and of which kind | `items/lists.rs` |
//! | which paragraph is one | `items/paragraphs.rs` |
//! | titles that depend on what is beside them | `groups.rs` |
//! | `Choose one`, `below is optional`, points | `phrases.rs`, `rubric.rs` |
//! | which headings become stages and which topics | `outline.rs` |
//! | which part of a line is the title; tables; hours; ticks | `../title.rs`, `../table`, `../effort.rs`, `../tick.rs` |

use super::entry::Entry;
use super::needs::Known;
use super::{MOST_ITEMS, Many, Options, ReadError, arrange, title};
use crate::counts::Counts;
use crate::draft::Draft;

mod blocks;
mod groups;
mod items;
mod limits;
mod outline;
mod phrases;
mod rubric;
mod sections;

use blocks::{Block, What};
use groups::{Found, Style};
use sections::Section;

/// Reads Markdown.
///
/// # Errors
/// It has nothing that can be an item of a path, or too much of it.
pub(super) fn read(text: &str, options: &Options) -> Result<Draft, ReadError> {
    limits::check(text)?;
    let mut counts = Counts::default();
    let (head, blocks) = blocks::blocks(text, options.base.as_deref(), &mut counts);
    let (mut sections, title) = sections::sections(&blocks);
    let style = style(&blocks, &sections, title);
    let mut found = Vec::with_capacity(sections.len());
    let mut is_duty = true;
    let mut items = 0;
    for section in &mut sections {
        section.is_optional |= !is_duty;
        let of_section = blocks.get(section.blocks.clone()).unwrap_or_default();
        let one = if section.is_aside {
            Found::default()
        } else {
            items::read(of_section, section, style, &mut counts)
        };
        is_duty &= !one.ends_duty;
        items += one.groups.iter().map(|group| group.entries.len()).sum::<usize>();
        if items > MOST_ITEMS {
            return Err(ReadError::TooMany { what: Many::Items, most: MOST_ITEMS });
        }
        found.push(one);
    }
    let headings = sections.iter().map(|section| section.title.as_str());
    let known = Known::of(entries(&mut found).map(|entry| &*entry), headings);
    for entry in entries(&mut found) {
        known.resolve(entry);
    }
    let named = title.and_then(|at| sections.get(at)).map(|section| section.title.clone());
    let mut draft = Draft {
        title: head.title.or(named),
        author: head.author,
        license: head.license,
        counts,
        ..Draft::default()
    };
    let name = draft.title.clone().unwrap_or_else(|| arrange::of_file(&options.name));
    draft.stages = outline::stages(&sections, title, found, &name, &mut draft.counts);
    if draft.stages.is_empty() { Err(ReadError::Nothing) } else { Ok(draft) }
}

/// Whether a heading is taken for one about the document, as `Contributing` is: what is below it is left
/// out.
pub fn is_aside(heading: &str) -> bool {
    sections::is_aside(&title::of_heading(heading))
}

/// All entries of a document.
fn entries(found: &mut [Found]) -> impl Iterator<Item = &mut Entry> {
    found.iter_mut().flat_map(|one| &mut one.groups).flat_map(|group| &mut group.entries)
}

/// How a document lists what it teaches.
fn style(blocks: &[Block], sections: &[Section], title: Option<usize>) -> Style {
    let below = |at: usize| at > 0 && Some(at) != title;
    let has_sections = sections.iter().enumerate().any(|(at, one)| below(at) && !one.is_aside);
    let mut style = Style { has_sections, ..Style::default() };
    let (mut tasks, mut bare) = (0, 0);
    for section in sections.iter().filter(|section| !section.is_aside) {
        let of_section = blocks.get(section.blocks.clone()).unwrap_or_default();
        for (at, block) in of_section.iter().enumerate() {
            match &block.what {
                What::Item { task: Some(_), text, .. } => {
                    let below = of_section.get(at + 1).filter(|below| below.depth > block.depth);
                    let has_page = text.pages().next().is_some() || below.is_some_and(is_link);
                    tasks += 1;
                    bare += usize::from(!has_page);
                }
                What::Table(table) if table.rows.len() > 1 => style.has_tables = true,
                _ => {}
            }
        }
    }
    style.has_tasks = tasks > 0;
    style.are_goals = tasks > 0 && bare * 10 >= tasks;
    style
}

/// Whether a block is a link in a list.
fn is_link(block: &Block) -> bool {
    matches!(&block.what, What::Item { task: None, text, .. } if text.pages().next().is_some())
}
