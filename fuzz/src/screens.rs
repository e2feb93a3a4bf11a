//! Foreign text on its way to a terminal: nothing acts, nothing is wider than it can be.

use milepost::text::columns::{self, Align};
use milepost::text::paint::Paint;
use milepost::text::table::Table;
use milepost::text::width;
use milepost_path::safe;

/// Shows a text; the first byte is the width of the screen.
pub fn run(input: &[u8]) {
    let (first, rest) = input.split_first().unwrap_or((&80, &[]));
    let screen = usize::from(*first);
    let text = String::from_utf8_lossy(rest);
    let line = safe::line(&text);
    assert!(!line.chars().any(super::acts), "{line:?}");
    assert_eq!(safe::line(&line), line);
    let block = safe::block(&text);
    super::assert_shown_safely(&block);
    let short = safe::short(&text, screen);
    assert!(short.chars().count() <= screen && !short.chars().any(super::acts), "{short:?}");
    laid_out(&line, &block, screen);
}

fn laid_out(line: &str, block: &str, screen: usize) {
    assert!(width::columns(&width::fit(line, screen)) <= screen, "{line:?}");
    let all = width::columns(line);
    assert_eq!(width::columns(&width::pad(line, screen)), screen.max(all), "{line:?}");
    assert_eq!(width::columns(&width::pad_left(line, screen)), screen.max(all), "{line:?}");
    // What is drawn as one character has no room in less than it takes: two columns, and three where an emoji is
    // joined to another that is shown as text.
    let widest = screen.max(3);
    for shown in width::wrap(block, screen) {
        let is_one = shown.chars().count() == 1;
        // A name of a file, an address or a reference stays whole, to be copied.
        let is_whole = is_one || shown.contains('/');
        assert!(is_whole || width::columns(&shown) <= widest, "{shown:?} in {screen}");
    }
    let cells = vec![line.to_owned(), "12 h".to_owned(), block.to_owned()];
    let align = [Align::Left, Align::Right, Align::Left];
    let plain = Paint { colour: false, links: false, unicode: true };
    let mut table = Table::new(["what", "time", "said"], &align);
    table.row(cells.clone());
    let limit = screen.max(20);
    let rows = columns::rows(&[cells], &align, Some(limit), usize::MAX).unwrap_or_default();
    for text in [rows, table.render(Some(limit), plain)] {
        super::assert_shown_safely(&text);
        for shown in text.lines() {
            assert!(width::columns(shown) <= limit, "{shown:?} in {limit}");
        }
    }
}
