//! Long answers come in pages of about 8 KB: a page says where the next one begins.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use milepost::error::{Error, Result, no_json};
use milepost::words::Document;
use milepost_path::safe;
use serde::Serialize;

/// How much of the paged list a page has, in bytes of JSON. A single entry can be larger.
const PAGE: usize = 8 * 1024;

/// Which call a page is of, and where it begins.
#[derive(Debug)]
pub(crate) struct Place {
    /// Where it begins.
    from: usize,
    /// What the answer is, all of it: of another one, a place means nothing.
    whole: u64,
}

impl Place {
    /// Where the page of a cursor begins; without a cursor, at the first entry.
    ///
    /// # Errors
    /// It is not a cursor, or belongs to another call or to an answer that has changed.
    pub(crate) fn read<R: Document>(call: u64, report: &R, cursor: Option<&str>) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        call.hash(&mut hasher);
        serde_json::to_vec(&report.json()).map_err(no_json)?.hash(&mut hasher);
        let whole = hasher.finish();
        let Some(cursor) = cursor else { return Ok(Self { from: 0, whole }) };
        let read = cursor.split_once('-').and_then(|(from, of)| {
            Some((from.parse::<usize>().ok()?, u64::from_str_radix(of, 16).ok()?))
        });
        match read {
            Some((from, of)) if of == whole => Ok(Self { from, whole }),
            Some(_) => {
                Err(Error::usage("the cursor belongs to another answer, or the answer has changed")
                    .hint("call this again without `cursor`"))
            }
            None => {
                let shown = safe::short(cursor, 60);
                Err(Error::usage(format!("`{shown}` is not a cursor"))
                    .hint("give `next_cursor` of the previous page as it is"))
            }
        }
    }

    /// The entries of the page, of which each has so many bytes, and the cursor of the next page.
    pub(crate) fn page(&self, sizes: &[usize]) -> (Range<usize>, Option<String>) {
        let from = self.from.min(sizes.len());
        let mut to = from;
        let mut room = PAGE;
        for size in sizes.iter().skip(from) {
            if to > from && *size > room {
                break;
            }
            room = room.saturating_sub(*size);
            to += 1;
        }
        let next = (to < sizes.len()).then(|| format!("{to}-{:x}", self.whole));
        (from..to, next)
    }

    /// Reduces a list to what is on the page.
    ///
    /// # Errors
    /// An entry has no JSON.
    pub(crate) fn cut<T: Serialize>(&self, items: &mut Vec<T>) -> Result<Option<String>> {
        let size = |item| Ok(serde_json::to_vec(item).map_err(no_json)?.len());
        let sizes: Vec<usize> = items.iter().map(size).collect::<Result<_>>()?;
        let (on_page, next) = self.page(&sizes);
        items.truncate(on_page.end);
        items.drain(..on_page.start);
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_full_and_leave_nothing_out() {
        let sizes = [3000, 3000, 3000, 9000, 10, 8000, 300];
        let mut seen = Vec::new();
        let mut from = 0;
        loop {
            let (page, next) = Place { from, whole: 7 }.page(&sizes);
            seen.push(page.clone());
            let Some(next) = next else { break };
            assert_eq!(next, format!("{}-7", page.end));
            from = page.end;
        }
        assert_eq!(seen, [0..2, 2..3, 3..4, 4..6, 6..7]);
        assert_eq!(Place { from: 99, whole: 7 }.page(&sizes), (7..7, None));
        assert_eq!(Place { from: 0, whole: 7 }.page(&[]), (0..0, None));
    }
}
