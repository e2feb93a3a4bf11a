//! Sessions in which `show` prints pages of items, cut to what a record says there. `show.rs` has
//! whole pages.

/// Rows of an item's page that the path decides. The first of them is on no other page.
const ROWS: [&str; 5] = ["kind ", "stage ", "topic ", "teaches ", "url "];
/// Sections of an item's page that the path decides, or that follow from the marks of other items.
const SECTIONS: [&str; 3] = ["Taught by", "Requires", "Leads to"];

/// What [`play`](crate::sandbox::Sandbox::play) gives, with of each item's page only the heading,
/// the status, the hours, the notes and the evidence.
pub(crate) fn brief(session: &str) -> String {
    let mut brief = String::new();
    let (mut is_page, mut is_item, mut is_left_out, mut blank) = (false, false, false, "");
    for line in session.lines() {
        if line.starts_with("$ ") {
            is_page = line.starts_with("$ show ");
            is_item = false;
        }
        is_item |= is_page && line.starts_with(ROWS[0]);
        if is_item && line.is_empty() {
            // Keep it only in front of a section that is kept.
            is_left_out = false;
            blank = "\n";
            continue;
        }
        if !line.starts_with(' ') {
            if is_left_out || !is_page {
                blank = "";
            }
            is_left_out = is_item && SECTIONS.iter().any(|name| line.starts_with(name));
        }
        let is_row = is_item && ROWS.iter().any(|row| line.starts_with(row));
        if is_left_out || is_row {
            continue;
        }
        brief += std::mem::take(&mut blank);
        brief.push_str(line);
        brief.push('\n');
    }
    brief
}
