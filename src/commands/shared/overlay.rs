//! What a change of an overlay does, and before it is made, what would be written.

use milepost_core::report::overlay::change::Changed;
use milepost_path::safe;

use crate::output::Screen;
use crate::text::width;
use crate::words::overlay as said;

/// How far the learner is by it. In a rehearsal, also the lines of the file that would change.
pub(crate) fn text(changed: &Changed, is_rehearsal: bool, screen: &Screen) -> String {
    let columns = screen.text_width();
    let wrapped = |line: &str| width::wrap_indented("", "  ", line, columns);
    let effect = said::effect(changed);
    if !is_rehearsal {
        return effect.map_or_else(String::new, |line| wrapped(&line));
    }
    let effect = effect.unwrap_or_else(|| said::no_effect(changed));
    let paint = screen.paint;
    // Lines of a file: they are not wrapped, so that they can be copied.
    let removed =
        changed.removed.iter().map(|line| paint.dim(&format!("  - {}", safe::line(line))));
    let added = changed.added.iter().map(|line| format!("  + {}", safe::line(line)));
    let lines = removed.chain(added).map(|line| line.trim_end().to_owned() + "\n");
    [wrapped(&effect), wrapped(&said::would_write(changed))].into_iter().chain(lines).collect()
}
