//! Tables for reports, on comfy-table: no frame, a rule under the header, two spaces between columns.
//!
//! comfy-table (without its crossterm) would count the escapes in a cell as text, and wraps what is
//! too wide. So cells are cut here, with `columns` and `width`, and comfy-table lays out stand-ins of
//! the same width, which are then exchanged for the cells; no cell's text can disturb the layout.
//! No line is wider than the screen: the first column gives way first. Reports of up to some
//! hundred rows call this; long lists use `columns::rows`.

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, TableStyle};

use super::columns::{Align, one_line, squeeze};
use super::paint::Paint;
use super::width::{WIDEST, columns, fit};

/// What stands for a column of a cell while the table is laid out.
const STAND_IN: char = 'x';

/// A table: headers, and rows of cells that can hold our own escapes.
#[derive(Debug, Clone)]
pub struct Table {
    headers: Vec<String>,
    align: Vec<Align>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with a header for each column; where all are empty, it has no header line.
    ///
    /// A column without an alignment is aligned left.
    pub fn new<H: Into<String>>(headers: impl IntoIterator<Item = H>, align: &[Align]) -> Self {
        Self {
            headers: headers.into_iter().map(Into::into).collect(),
            align: align.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a row; what is missing at its end is empty.
    pub fn row<C: Into<String>>(&mut self, cells: impl IntoIterator<Item = C>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// The table as lines of at most `width` columns, nothing where it has no row.
    ///
    /// Without a width (a pipe) nothing is cut.
    pub fn render(&self, width: Option<usize>, paint: Paint) -> String {
        let count =
            self.rows.iter().map(Vec::len).chain([self.headers.len()]).max().unwrap_or_default();
        if self.rows.is_empty() || count == 0 {
            return String::new();
        }
        let header = Some(&self.headers).filter(|headers| headers.iter().any(|h| !h.is_empty()));
        let mut widths = vec![1; count];
        for row in self.rows.iter().chain(header) {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = columns(&one_line(cell)).max(*width);
            }
        }
        let gap = squeeze(&mut widths, &self.align, 0, width.unwrap_or(WIDEST).min(WIDEST));
        if width == Some(0) {
            widths.clear();
        }
        let fitted = |row: &Vec<String>| -> Vec<String> {
            let row = row.iter().map(String::as_str).chain(std::iter::repeat(""));
            widths.iter().zip(row).map(|(width, cell)| fit(&one_line(cell), *width)).collect()
        };
        let header =
            header.map(|headers| fitted(headers).iter().map(|h| paint.heading(h)).collect());
        let rows = self.rows.iter().map(fitted).collect();
        self.lay_out(header, rows, gap, paint)
    }

    /// Lets comfy-table lay out stand-ins for the cells, and puts the cells in their places.
    fn lay_out(
        &self,
        header: Option<Vec<String>>,
        rows: Vec<Vec<String>>,
        gap: usize,
        paint: Paint,
    ) -> String {
        let rule = if paint.unicode { '─' } else { '-' };
        let mut table = comfy_table::Table::new();
        table
            .set_content_arrangement(ContentArrangement::Disabled)
            .load_style(TableStyle::new().header_separator(LineStyle::none().fill(rule)));
        if let Some(header) = &header {
            table.set_header(stand_ins(header));
        }
        table.add_rows(rows.iter().map(|row| stand_ins(row)));
        let last = table.column_count().saturating_sub(1);
        let gap = u16::try_from(gap).unwrap_or_default();
        for (index, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, if index == last { 0 } else { gap }));
            column.set_cell_alignment(match self.align.get(index) {
                Some(Align::Right) => CellAlignment::Right,
                _ => CellAlignment::Left,
            });
        }
        let mut cells = header.iter().chain(&rows).flatten().filter(|cell| columns(cell) > 0);
        let mut out = String::new();
        for line in table.lines() {
            let line = line.trim_end();
            if line.starts_with(rule) {
                out.push_str(&paint.dim(line));
            } else {
                put_cells(line, &mut cells, &mut out);
            }
            out.push('\n');
        }
        out
    }
}

fn stand_ins(cells: &[String]) -> Vec<String> {
    cells.iter().map(|cell| STAND_IN.to_string().repeat(columns(cell))).collect()
}

/// Writes a line with each run of stand-ins exchanged for the next cell.
fn put_cells<'a>(line: &str, cells: &mut impl Iterator<Item = &'a String>, out: &mut String) {
    let mut inside = false;
    for char in line.chars() {
        if char != STAND_IN {
            out.push(char);
        } else if !inside {
            out.extend(cells.next().map(String::as_str));
        }
        inside = char == STAND_IN;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::width::tests::hard_text;
    use super::*;

    const UNICODE: Paint = Paint { unicode: true, ..Paint::PLAIN };
    const FULL: Paint = Paint { colour: true, links: true, unicode: true };

    fn paths() -> Table {
        let mut table =
            Table::new(["path", "hours", "done"], &[Align::Left, Align::Right, Align::Right]);
        table.row(["AI integration engineer", "1,240 h", "62.25%"]);
        table.row(["基礎", "96 h", ""]);
        table
    }

    #[test]
    fn a_table() {
        assert_eq!(
            paths().render(Some(80), UNICODE),
            "path                       hours    done\n\
             ────────────────────────────────────────\n\
             AI integration engineer  1,240 h  62.25%\n\
             基礎                        96 h\n"
        );
        assert_eq!(paths().render(None, UNICODE), paths().render(Some(80), UNICODE));
        assert!(paths().render(None, Paint::PLAIN).contains("\n-----"));
    }

    #[test]
    fn the_first_column_gives_way_first() {
        assert_eq!(
            paths().render(Some(30), UNICODE),
            "path             hours    done\n\
             ──────────────────────────────\n\
             AI integrati…  1,240 h  62.25%\n\
             基礎              96 h\n"
        );
        assert_eq!(
            paths().render(Some(20), UNICODE),
            "path    hours   done\n\
             ────────────────────\n\
             AI i… 1,240 h 62.25%\n\
             基礎     96 h\n"
        );
    }

    #[test]
    fn cells_hold_escapes() {
        let mut table = Table::new(["", "item"], &[]);
        table.row([FULL.good("[x]"), FULL.link("https://a.b", "REST principles")]);
        table.row(["[ ]".to_owned(), "FastAPI".to_owned()]);
        assert_eq!(
            table.render(Some(12), FULL),
            "     \x1b[1m\x1b[36mitem\x1b[0m\n\
             \x1b[2m────────────\x1b[0m\n\
             \x1b[32m[x]\x1b[0m  \x1b]8;;https://a.b\x1b\\REST p…\x1b]8;;\x1b\\\n\
             [ ]  FastAPI\n"
        );
    }

    #[test]
    fn without_header_or_rows() {
        let mut table = Table::new(["", ""], &[]);
        assert_eq!(table.render(Some(80), UNICODE), "");
        table.row(["xx", "x\nx"]);
        table.row(["", ""]);
        table.row(["---", "a", "b"]);
        assert_eq!(table.render(Some(80), UNICODE), "xx   x x\n\n---  a    b\n");
        assert_eq!(Table::new(["a"], &[]).render(Some(80), UNICODE), "");
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide(
            headers in prop::collection::vec(hard_text(), 0..6),
            rows in prop::collection::vec(prop::collection::vec(hard_text(), 0..6), 0..5),
            right in any::<[bool; 6]>(),
            width in 0_usize..60,
        ) {
            let align = right.map(|right| if right { Align::Right } else { Align::Left });
            let mut table = Table::new(headers.clone(), &align);
            for row in &rows {
                table.row(row.clone());
            }
            let text = table.render(Some(width), FULL);
            for line in text.split('\n') {
                prop_assert!(columns(line) <= width, "{:?}", line);
            }
            let header = if headers.iter().any(|header| !header.is_empty()) { 2 } else { 0 };
            let columns = rows.iter().map(Vec::len).max().unwrap_or_default() + headers.len();
            let expected = if rows.is_empty() || columns == 0 { 0 } else { rows.len() + header };
            prop_assert!(width == 0 || text.matches('\n').count() == expected);
        }
    }
}
