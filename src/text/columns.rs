//! Plain rows in columns, for long lists, and how columns give way on a narrow screen.
//!
//! `list`, `search` and `log` might have ten thousand rows: they are measured once and written once
//! into one text. Cells can hold our own escapes; foreign text in them has passed `safe`. No line is
//! wider than the screen, and none ends with a space. A pipe has no width: nothing is cut there.
//! Tables for reports are in `table`.

use std::borrow::Cow;

use super::width::{WIDEST, columns, fit, is_plain, push_spaces};

/// The columns between two columns.
const GAP: usize = 2;

/// On which side of its column a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// At its beginning, as text.
    #[default]
    Left,
    /// At its end, as numbers.
    Right,
}

/// Rows of cells in columns, each row a line.
///
/// Where `width` is too small the last column is cut first, with '…', then the others; without a
/// width (a pipe) nothing is cut. A column without an alignment is aligned left.
///
/// No cell of the column at `whole` is cut, since somebody types what stands in it: `None` if the screen
/// has no room for that.
pub fn rows(
    rows: &[Vec<String>],
    align: &[Align],
    width: Option<usize>,
    whole: usize,
) -> Option<String> {
    let mut widths = Vec::new();
    for row in rows {
        widths.resize(widths.len().max(row.len()), 1);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = columns(&one_line(cell)).max(*width);
        }
    }
    let uncut = widths.get(whole).copied();
    let gap = match width {
        Some(limit) => {
            let last = widths.len().saturating_sub(1);
            squeeze(&mut widths, align, last, limit)
        }
        None => GAP,
    };
    if widths.get(whole).copied() != uncut {
        return None;
    }
    let line = widths.iter().map(|width| gap + (*width).min(WIDEST)).sum::<usize>();
    let mut out = String::with_capacity(rows.len().saturating_mul(line.min(WIDEST)).min(1 << 24));
    for row in rows {
        // Spaces are written only before a cell, so that no line ends with them.
        let mut spaces = 0;
        for (index, (width, cell)) in widths.iter().zip(row).enumerate() {
            let mut cell = one_line(cell);
            let mut used = columns(&cell);
            if used > *width {
                cell = Cow::Owned(fit(&cell, *width));
                used = columns(&cell);
            }
            let free = (*width).min(WIDEST).saturating_sub(used);
            let right = align.get(index) == Some(&Align::Right);
            if right {
                spaces += free;
            }
            if !cell.is_empty() {
                push_spaces(&mut out, spaces);
                out.push_str(&cell);
                spaces = 0;
            } else {
                spaces += used;
            }
            spaces += gap + if right { 0 } else { free };
        }
        out.push('\n');
    }
    Some(out)
}

/// A cell on one line: what would begin another is a space.
pub(super) fn one_line(cell: &str) -> Cow<'_, str> {
    let breaks = ['\n', '\r', '\t'];
    if is_plain(cell) || !cell.contains(breaks) {
        Cow::Borrowed(cell)
    } else {
        Cow::Owned(cell.replace(breaks, " "))
    }
}

/// Narrows columns until they fit into `limit`, and returns the gap between them.
///
/// First the elastic column gives way, to 8; then other text, the widest first, to 6; then the gap
/// becomes 1 and text goes down to 3, and last also numbers. Where not even one column for each is
/// left, columns are dropped from the right. What fits is left alone.
pub(super) fn squeeze(
    widths: &mut Vec<usize>,
    align: &[Align],
    elastic: usize,
    limit: usize,
) -> usize {
    let is_text = |index: usize| index == elastic || align.get(index) != Some(&Align::Right);
    if total(widths, GAP) <= limit {
        return GAP;
    }
    for width in widths.iter_mut() {
        *width = (*width).min(limit.min(WIDEST));
    }
    shrink(widths, GAP, limit, 8, |index| index == elastic);
    shrink(widths, GAP, limit, 6, |index| index != elastic && is_text(index));
    if total(widths, GAP) <= limit {
        return GAP;
    }
    shrink(widths, 1, limit, 3, is_text);
    shrink(widths, 1, limit, 1, |_| true);
    widths.truncate(limit.div_ceil(2).max(1));
    1
}

fn total(widths: &[usize], gap: usize) -> usize {
    let gaps = gap.saturating_mul(widths.len().saturating_sub(1));
    widths.iter().fold(gaps, |sum, width| sum.saturating_add(*width))
}

/// Takes from the widest of some columns, one by one, until all fit or each is at `floor`.
fn shrink(
    widths: &mut [usize],
    gap: usize,
    limit: usize,
    floor: usize,
    may_shrink: impl Fn(usize) -> bool,
) {
    for _ in limit..total(widths, gap) {
        let widest = widths
            .iter_mut()
            .enumerate()
            .filter(|(index, width)| **width > floor && may_shrink(*index))
            .max_by_key(|(_, width)| **width);
        let Some((_, width)) = widest else { return };
        *width -= 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::width::tests::hard_text;
    use super::*;

    /// Rows of which every column can be cut.
    fn rows(rows: &[Vec<String>], align: &[Align], width: Option<usize>) -> String {
        super::rows(rows, align, width, usize::MAX).unwrap()
    }

    #[test]
    fn a_column_that_must_stay_whole_is_not_cut() {
        let table = three();
        for width in (0..50).map(Some).chain([None]) {
            let cut = rows(&table, &ALIGN, width);
            let is_whole = table.iter().all(|row| row[0].is_empty() || cut.contains(&row[0]));
            let whole = super::rows(&table, &ALIGN, width, 0);
            assert_eq!(whole, is_whole.then_some(cut), "{width:?}");
        }
    }

    const ALIGN: [Align; 3] = [Align::Left, Align::Right, Align::Left];

    fn cells(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    fn three() -> Vec<Vec<String>> {
        cells(&[
            &["ai/fastapi", "8 h", "FastAPI and its dependencies"],
            &["ai/rest", "12 h", "REST"],
            &["ai/中文", "", ""],
        ])
    }

    #[test]
    fn rows_are_aligned() {
        assert_eq!(
            rows(&three(), &ALIGN, None),
            "ai/fastapi   8 h  FastAPI and its dependencies\n\
             ai/rest     12 h  REST\n\
             ai/中文\n"
        );
        assert_eq!(rows(&three(), &ALIGN, Some(46)), rows(&three(), &ALIGN, None));
    }

    #[test]
    fn the_last_column_takes_what_is_left() {
        assert_eq!(
            rows(&three(), &ALIGN, Some(30)),
            "ai/fastapi   8 h  FastAPI and…\n\
             ai/rest     12 h  REST\n\
             ai/中文\n"
        );
        assert_eq!(
            rows(&three(), &ALIGN, Some(20)),
            "ai/fa…  8 h FastAPI…\n\
             ai/re… 12 h REST\n\
             ai/中…\n"
        );
        assert_eq!(rows(&three(), &ALIGN, Some(3)), "… …\n… …\n…\n");
        assert_eq!(rows(&three(), &ALIGN, Some(0)), "\n\n\n");
    }

    #[test]
    fn cells_hold_escapes_and_no_line_breaks() {
        let painted = cells(&[&["\x1b[32m[x]\x1b[0m", "a\nb\tc"], &["[ ]", "long enough"]]);
        assert_eq!(rows(&painted, &[], Some(13)), "\x1b[32m[x]\x1b[0m  a b c\n[ ]  long en…\n");
    }

    #[test]
    fn uneven_rows() {
        assert_eq!(rows(&[], &ALIGN, Some(20)), "");
        assert_eq!(
            rows(&cells(&[&[], &["a"], &["a", "b"], &["", "b"]]), &[], None),
            "\na\na  b\n   b\n"
        );
        let right = [Align::Left, Align::Right];
        assert_eq!(rows(&cells(&[&["a", "1"], &["b", "10"]]), &right, None), "a   1\nb  10\n");
    }

    #[test]
    fn one_huge_cell_does_not_pad_the_others() {
        let huge = "x".repeat(1_000_000);
        let text = rows(&cells(&[&[&huge, "b"], &["a", "b"]]), &[], None);
        assert!(text.starts_with(&format!("{huge}  b\n")));
        assert!(text.len() < 1_000_000 + 2 * WIDEST);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide(
            table in prop::collection::vec(prop::collection::vec(hard_text(), 0..6), 0..5),
            right in any::<[bool; 6]>(),
            width in 0_usize..60,
        ) {
            let align = right.map(|right| if right { Align::Right } else { Align::Left });
            let text = rows(&table, &align, Some(width));
            prop_assert_eq!(text.matches('\n').count(), table.len());
            for line in text.split('\n') {
                prop_assert!(columns(line) <= width, "{:?}", line);
            }
            prop_assert_eq!(rows(&table, &align, None).matches('\n').count(), table.len());
        }
    }
}
