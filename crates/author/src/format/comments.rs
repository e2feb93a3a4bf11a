//! What stands between keys and values: comments and blank lines.

use toml_edit::Value;

/// The lines before a key, a header, a value or the end.
pub(super) struct Comments<'t> {
    /// Comments; none is a blank line between them.
    lines: Vec<Option<&'t str>>,
    begins_blank: bool,
    ends_blank: bool,
}

impl<'t> Comments<'t> {
    /// Reads what stands before something: lines, the last of which is only indented.
    pub(super) fn of(raw: &'t str) -> Self {
        let mut all: Vec<Option<&str>> = Vec::new();
        let (mut begins_blank, mut is_blank) = (false, false);
        let whole = raw.rsplit_once('\n').map_or("", |(whole, _)| whole);
        // At the end of a file there can be no line after it.
        let last = raw.rsplit('\n').next().unwrap_or_default().trim();
        let lines = whole.split('\n').take(if raw.contains('\n') { usize::MAX } else { 0 });
        for line in lines.map(str::trim).chain((!last.is_empty()).then_some(last)) {
            if line.is_empty() {
                is_blank = true;
                continue;
            }
            if all.is_empty() {
                begins_blank = is_blank;
            } else if is_blank {
                all.push(None);
            }
            all.push(Some(line));
            is_blank = false;
        }
        let ends_blank = is_blank && !all.is_empty();
        Self { lines: all, begins_blank, ends_blank }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Writes them before something that begins a line.
    pub(super) fn write(&self, indent: &str, text: &mut String) {
        for line in &self.lines {
            if let Some(line) = line {
                text.push_str(indent);
                text.push_str(line);
            }
            text.push('\n');
        }
        if self.ends_blank {
            text.push('\n');
        }
    }

    /// Writes them between the keys of a table.
    pub(super) fn write_between(&self, is_first: bool, text: &mut String) {
        if self.begins_blank && !is_first && !self.is_empty() {
            text.push('\n');
        }
        self.write("", text);
    }

    /// Writes them behind everything.
    pub(super) fn write_at_the_end(&self, text: &mut String) {
        if self.is_empty() {
            return;
        }
        if self.begins_blank && !text.is_empty() {
            text.push('\n');
        }
        Self { ends_blank: false, begins_blank: false, lines: self.lines.clone() }.write("", text);
    }
}

/// Writes the comment at the end of a line.
pub(super) fn write_behind(raw: &str, text: &mut String) {
    let comment = raw.trim();
    if !comment.is_empty() {
        text.push_str("  ");
        text.push_str(comment);
    }
}

/// What stands before a value.
pub(super) fn prefix(value: &Value) -> &str {
    value.decor().prefix().and_then(|raw| raw.as_str()).unwrap_or_default()
}

/// What stands behind a value.
pub(super) fn suffix(value: &Value) -> &str {
    value.decor().suffix().and_then(|raw| raw.as_str()).unwrap_or_default()
}

/// The comment in the rest of the line, and the lines below it.
pub(super) fn rest_of_line(raw: &str) -> (&str, &str) {
    let end = raw.find('\n').unwrap_or(raw.len());
    let (rest, below) = raw.split_at(end);
    (rest.trim(), below.strip_prefix('\n').unwrap_or(below))
}
