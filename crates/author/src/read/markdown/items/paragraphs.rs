//! The paragraphs of a section: what they say about the list below them, and those that are a link to
//! something to study.

use super::Reader;
use crate::counts::LeftOut;
use crate::draft::Need;
use crate::guess::{Guess, Guessed};
use crate::read::markdown::blocks::{Block, What};
use crate::read::markdown::phrases;
use crate::read::rich::{Rich, Target};
use crate::read::{kind, tick, title};

impl Reader<'_, '_> {
    /// A paragraph.
    pub(super) fn text(&mut self, line: usize, text: &Rich, rest: &[Block]) {
        self.open.clear();
        self.into = 0;
        self.list = None;
        self.kind = (kind::of_heading(&self.section.title), self.section.title.clone());
        if text.text.is_empty() {
            return;
        }
        self.ends_duty(&text.text);
        let is_before_list = matches!(
            rest.first().map(|block| &block.what),
            Some(What::Item { .. } | What::Table(_))
        );
        if let Some(most) = phrases::choose(&text.text).filter(|_| is_before_list) {
            self.choose = Some((most, text.text.clone()));
            return;
        }
        let words = phrases::listed(text);
        if !words.is_empty() {
            self.found.tags.extend(words);
            return;
        }
        let label = title::plain(&text.text);
        if is_before_list && label.chars().count() <= 60 && text.links.is_empty() {
            if let Some(kind) = kind::of_heading(&label) {
                self.kind = (Some(kind), label);
                return;
            }
            let is_bold = text.bold > 0 && text.bold + 1 >= text.text.trim_end().len();
            if is_bold && !title::is_generic(&label) {
                self.heading = Some((label, None));
                return;
            }
        }
        if let (true, [link]) = (is_before_list, text.links.as_slice())
            && link.at == (0..text.text.len())
            && link.to != Target::Anchor
        {
            let url = text.pages().next().map(|(_, url)| url.to_owned());
            self.heading = Some((label, url));
            return;
        }
        if self.study(line, text) {
            return;
        }
        let is_condition = text.is_italic && text.text.chars().count() <= 240;
        if is_condition && self.section.level > 0 {
            self.condition = Some(text.text.clone());
        } else {
            self.counts.leave_out(LeftOut::Paragraphs);
        }
    }

    /// Takes a paragraph that is a link to something to study; false where it is prose.
    fn study(&mut self, line: usize, text: &Rich) -> bool {
        let is_prose = self.style.has_tasks
            || self.style.has_tables
            || self.section.level == 0 && self.style.has_sections;
        let first = text.links.first();
        let starts = first.is_some_and(|link| {
            let before = text.text.get(..link.at.start).unwrap_or_default();
            !link.at.is_empty()
                && link.to != Target::Anchor
                && !before.contains(char::is_alphanumeric)
        });
        let beside = text.beside_links();
        let beside = beside.chars().filter(|c| c.is_alphanumeric()).count();
        let has_little = beside <= 40 || beside * 2 <= text.text.len();
        if is_prose || !starts || !has_little {
            return false;
        }
        let mut parts = phrases::alternatives(text);
        if parts.is_empty() {
            parts.push(text.clone());
        }
        let mut first: Option<String> = None;
        for part in parts {
            let Some(mut entry) = title::entry(&part, line) else { continue };
            entry.node.optional |= self.is_optional;
            if tick::is_marked(&part.text) {
                title::take_tick(&mut entry);
            }
            if let Some(first) = &first {
                entry.instead_of.push(Need::Named(first.clone()));
                entry.node.guesses.push(Guess::new(Guessed::Alternative, "or"));
            } else {
                first = Some(entry.node.url.clone().unwrap_or_else(|| entry.node.title.clone()));
            }
            self.push(entry);
        }
        first.is_some()
    }
}
